"""Tone towards an actor in the outlet's own voice: each mention with the words that speak for it."""

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from .corpus import Corpus
from .errors import InputError
from .parallel import map_chunks
from .structure import Span
from .tone_rules import Cue, Sentence, find_cues, judge
from .uncertainty import RANGES, compare_rates

TONES = ("negative", "neutral", "positive")
COUNTED = ("named", "nominal", "pronoun")
_EXCERPT = 110


def _excerpt(text: str, begin: int, tone: Any) -> str:
    """Show some 110 characters of a sentence, cut at spaces, that hold the mention and its strongest cue.

    Where the two stand farther apart it is more.
    """
    text = re.sub(r"\s", " ", text)
    spans = sorted([(tone.start - begin, tone.end - begin), (tone.cue_start - begin, tone.cue_end - begin)])
    low, high = spans[0][0], max(spans[0][1], spans[1][1])
    spare = max(0, _EXCERPT - (high - low)) // 2
    start = max(0, min(low - spare, len(text) - _EXCERPT))
    end = min(len(text), max(high + spare, _EXCERPT))
    if start:
        start = min(low, text.find(" ", start) % (len(text) + 1) + 1)
    if end < len(text):
        end = max(high, text.rfind(" ", 0, end))
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def _find_in_sentences(
    sentences: Sequence[tuple[str, list[Span], list[Span]]],
) -> list[list[list[Cue]]]:
    """The cues of each mention, from the sentences' texts, mentions and quoted spans."""
    found = []
    for text, mentions, quoted in sentences:
        sentence = Sentence(text)
        found.append([find_cues(sentence, start, end, quoted) for start, end in mentions])
    return found


def _read_sentences(corpus: Corpus, counted: pd.DataFrame) -> Iterator[tuple[int, int, str, list[Cue]]]:
    """Position of each mention that has cues, where its sentence begins, its text, and the cues."""
    texts = corpus.sentences.set_index(["article_id", "sentence_id"])[["start", "text"]]
    sentences = dict(zip(texts.index, texts.itertuples(index=False), strict=True))
    quoted = {article_id: corpus.quoted_spans(article_id) for article_id in counted["article_id"].unique()}
    mentions_of: dict[tuple[str, int], list[Span]] = {}
    columns = (counted[c].tolist() for c in ("article_id", "sentence_id", "start", "end"))
    for article_id, sentence_id, start, end in zip(*columns, strict=True):
        begin = sentences[article_id, sentence_id].start
        mentions_of.setdefault((article_id, sentence_id), []).append((start - begin, end - begin))
    items = []
    for key, spans in mentions_of.items():
        begin, text = sentences[key]
        inside = [(a - begin, b - begin) for a, b in quoted[key[0]] if a < begin + len(text) and b > begin]
        items.append((text, spans, inside))
    at = 0
    for key, found in zip(mentions_of, map_chunks(_find_in_sentences, items, least=10_000), strict=True):
        for cues in found:
            if cues:
                yield at, *sentences[key], cues
            at += 1


def _list_cues(text: str, cues: list[Cue]) -> str:
    return "; ".join(f"{text[c.start : c.end]} {c.weight:+g} ({c.role})" for c in cues)


def find_tone(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """Judge the outlet's tone towards each mention of an actor, from the words around it.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.
    mentions : DataFrame
        From `find_mentions`. Judged are names, descriptions that stand alone and pronouns, where the table
        has them, as an actor, outside quotation marks; adjectives ("Norwegian troops") and titles are not.

    Returns
    -------
    DataFrame
        A row a mention judged: article_id, outlet, block_id, sentence_id, start, end, text,
        actor_id, tone (negative, neutral, positive), score (sum of the cues' weights), cues (the words,
        each with its weight and role), cue_start, cue_end (the cue that
        weighs most on the side of the score, the nearest of them; the mention where there is none).

    Notes
    -----
    The rule is `helpers.tone_rules.find_cues`, the words are ``data/tone.toml`` and, at half weight,
    the lexicon of VADER (Hutto & Gilbert 2014, MIT licence). Words inside quotation marks are their
    speaker's and never count. Reported blame counts against whom it is aimed at, for that is what a
    reader takes away; it need not be the outlet's own view. `check_tone` says how often it is wrong.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> tones = find_tone(corpus, find_mentions(corpus))
    >>> set(tones["tone"]) <= set(TONES)
    True
    """
    own = (mentions["use"] == "actor") & ~mentions["in_quote"] & mentions["kind"].isin(COUNTED)
    counted = mentions[own].sort_values(["article_id", "sentence_id", "start", "actor_id"], ignore_index=True)
    columns = ["article_id", "outlet", "block_id", "sentence_id", "start", "end", "text", "actor_id"]
    tones = counted[columns].copy()
    score, listed = np.zeros(len(tones)), [""] * len(tones)
    cue_start, cue_end = tones["start"].to_numpy(copy=True), tones["end"].to_numpy(copy=True)
    for at, begin, text, cues in _read_sentences(corpus, counted):
        score[at], listed[at] = sum(c.weight for c in cues), _list_cues(text, cues)
        mention = cue_start[at] - begin
        strongest = max(cues, key=lambda c: (c.weight * np.sign(score[at]), -abs(c.start - mention)))
        cue_start[at], cue_end[at] = begin + strongest.start, begin + strongest.end
    tones["tone"] = [judge(value) for value in score]
    return tones.assign(score=score, cues=listed, cue_start=cue_start, cue_end=cue_end)


def compare_tone(corpus: Corpus, tones: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Contrast the tone of each outlet towards each actor with that of the others.

    Parameters
    ----------
    corpus : Corpus
        Gives the articles and actors.
    tones : DataFrame
        From `find_tone`.
    by : {"outlet", "article_id"}
        What a group is.

    Returns
    -------
    DataFrame
        A row a group and actor judged in it: group, actor_id, actor, affiliation, n (mentions
        judged), n_negative, n_neutral, n_positive, net_tone = (n_positive - n_negative) / n from -1 to
        1, net_low, net_high (95 % range over paragraphs), net_rest (the other groups'), difference,
        loo_low, loo_high, boot_low, boot_high, p_value, lowest_p, q_value (see
        `helpers.uncertainty.compare_rates`), n_articles_group, example and example_tone (the excerpt
        with the largest score of the commoner side). Most mentions first within a group. The ranges
        hold the rule's judgements for right, which they often are not.

    Raises
    ------
    InputError
        Another `by`.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> table = compare_tone(corpus, find_tone(corpus, find_mentions(corpus)))
    >>> bool(table["net_tone"].between(-1, 1).all())
    True
    """
    units = corpus.grouped_paragraphs(by, "tone").assign(size=0)
    sign = tones["tone"].map({"negative": -1, "neutral": 0, "positive": 1})
    counts = tones.assign(n=sign, size=1, item=tones["actor_id"])
    counts = counts.groupby(["article_id", "block_id", "item"], as_index=False)[["n", "size"]].sum()
    compared = compare_rates(units, counts)
    keys = ["group", "actor_id"]
    tones = tones.assign(group=tones[by], strength=tones["score"].abs())
    n_tone = {t: (tones["tone"] == t).groupby([tones[k] for k in keys]).sum() for t in TONES}
    pairs = pd.MultiIndex.from_frame(compared[["group", "item"]])
    table = pd.DataFrame(
        {
            "group": compared["group"],
            "actor_id": compared["item"],
            "actor": [corpus.actors[a].name for a in compared["item"]],
            "affiliation": [corpus.actors[a].side for a in compared["item"]],
            "n": compared["size"].astype(int),
            **{f"n_{t}": n_tone[t].reindex(pairs, fill_value=0).to_numpy(dtype=int) for t in TONES},
            "net_tone": compared["rate"],
            "net_low": compared["rate_low"],
            "net_high": compared["rate_high"],
            "net_rest": compared["rate"] - compared["effect"],
            "difference": compared["effect"],
            **{c: compared[c] for c in RANGES},
            "n_articles_group": compared["n_articles_group"],
        }
    )
    commoner = np.where(table["n_negative"] >= table["n_positive"], "negative", "positive")
    wanted = pd.Series(commoner, index=pairs, dtype="str")
    of_mention = wanted.reindex(pd.MultiIndex.from_frame(tones[keys])).to_numpy()
    examples = tones[(tones["tone"] == of_mention)].sort_values("strength", ascending=False, kind="stable")
    examples = examples.drop_duplicates(keys).set_index(keys)
    where = ["article_id", "sentence_id"]
    sentences = examples[where].merge(corpus.sentences, on=where, how="left", validate="many_to_one")
    examples["excerpt"] = [
        _excerpt(text, begin, tone)
        for text, begin, tone in zip(
            sentences["text"], sentences["start"], examples.itertuples(), strict=True
        )
    ]
    for column, source in (("example", "excerpt"), ("example_tone", "tone")):
        table[column] = examples[source].astype("str").reindex(pairs).fillna("").to_numpy()
    order = ["group", "n", "actor_id"]
    return table.sort_values(order, ascending=[True, False, True], ignore_index=True)


def check_tone() -> pd.DataFrame:
    """Judge the check set: sentences written for it, whose tone is known.

    Parameters
    ----------
    None

    Returns
    -------
    DataFrame
        A row a sentence of ``data/tone_check.tsv``: text, target, label (what readers say), tone (what
        the rule says). Its head says how it was made.

    Examples
    --------
    >>> checked = check_tone()
    >>> len(checked), sorted(set(checked["label"]))
    (240, ['negative', 'neutral', 'positive'])
    """
    path = files("helpers").joinpath("data/tone_check.tsv")
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    checked = pd.DataFrame(rows[1:], columns=rows[0])
    checked["tone"] = [
        judge(sum(cue.weight for cue in find_cues(Sentence(row.text), int(row.start), int(row.end))))
        for row in checked.itertuples()
    ]
    return checked[["text", "target", "label", "tone"]]


def score_tone(checked: pd.DataFrame, n_draws: int = 2000) -> pd.DataFrame:
    """Say how often the judgements of a check set are right.

    Parameters
    ----------
    checked : DataFrame
        Columns label and tone, as from `check_tone`.
    n_draws : int
        How many resamples of its rows give the ranges.

    Returns
    -------
    DataFrame
        Rows macro-F1 (mean of the F1 of the three tones; 0.33 at most for one answer always) and
        accuracy; columns value, low, high (95 % of the resamples).

    Raises
    ------
    InputError
        Another label or tone, no row, no draw.

    Examples
    --------
    >>> right = pd.DataFrame({"label": TONES, "tone": TONES})
    >>> score_tone(right, n_draws=10)["value"].tolist()
    [1.0, 1.0]
    """
    if n_draws < 1 or not set(checked["label"]) | set(checked["tone"]) <= set(TONES) or checked.empty:
        raise InputError(
            f"the tone cannot be scored: expected labels and tones among {', '.join(TONES)}, at least one "
            f"row and one draw, got {len(checked)} rows and {n_draws} draws"
        )
    code = {tone: number for number, tone in enumerate(TONES)}
    pair = (checked["label"].map(code) * 3 + checked["tone"].map(code)).to_numpy(dtype=int)
    draws = np.random.default_rng(0).integers(len(pair), size=(n_draws, len(pair)))
    scores = np.array([_score(np.bincount(pair[rows], minlength=9)) for rows in draws])
    low, high = np.quantile(scores, [0.025, 0.975], axis=0)
    values = _score(np.bincount(pair, minlength=9))
    return pd.DataFrame({"value": values, "low": low, "high": high}, index=["macro-F1", "accuracy"])


def _score(cells: np.ndarray) -> tuple[float, float]:
    table = cells.reshape(3, 3)
    right, given = np.diag(table), table.sum(axis=0) + table.sum(axis=1)
    f1 = np.divide(2 * right, given, out=np.zeros(3), where=given > 0)
    return float(f1.mean()), float(right.sum() / max(1, table.sum()))

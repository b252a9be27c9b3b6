"""Who gets to speak in each outlet, how much, and how far the outlet stands from what is said."""

from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd

from .corpus import Corpus
from .errors import InputError
from .mentions import without_pronouns

OWN_VOICE = "own voice"
LEVELS = ("speaker", "side", "source_type")
# From the outlet's own words to words it holds at a distance, by the stance of the cue.
RUNGS = {
    "own voice": "own voice",
    "neutral": "said",
    "endorsing": "confirmed",
    "confronting": "warned, denied",
    "distancing": "claimed",
    "scare": "scare quotes",
}
_VOICED = ("direct", "partial", "indirect")


def count_voices(
    corpus: Corpus, quotes: pd.DataFrame, by: str = "outlet", level: str = "speaker"
) -> pd.DataFrame:
    """Count the words each outlet gives to each voice, its own among them.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.
    quotes : DataFrame
        From `find_quotes`.
    by : {"outlet", "article_id"}
        What a group is.
    level : {"speaker", "side", "source_type"}
        What a voice is: a speaker, the state or bloc a speaker belongs to, or a type of source.

    Returns
    -------
    DataFrame
        A row a group and voice: group, voice_id ("own voice", an actor's id, "" for speakers without
        one or without a side; for an unlisted speaker the words in small letters), voice (name
        shown), side (an actor's id, for the colour), source_type (with level speaker), n_quotes
        (quotations and attributions), n_words_quoted (inside marks), n_words_attributed (without
        marks), n_words, share (of the group's words), n_articles. Shares of a group sum to 1. The
        own voice first in each group, then most words.

    Raises
    ------
    InputError
        Another `by` or `level`.

    Notes
    -----
    A word belongs to one voice: to the quotation in marks before the attribution around it. Labels held
    at a distance and marks that quote no speech are the outlet's own words, and so are the words that
    name a source ("the ministry said"). A quotation printed twice in one article is counted once, its
    second printing as the outlet's own. Two sources named together are a voice of their own.

    Examples
    --------
    >>> from helpers import find_mentions, find_quotes, load_corpus
    >>> corpus = load_corpus()
    >>> voices = count_voices(corpus, find_quotes(corpus, find_mentions(corpus)), level="side")
    >>> bool((voices.groupby("group")["share"].sum().round(9) == 1).all())
    True
    """
    if level not in LEVELS:
        raise InputError(f"voices cannot be counted by {level!r}: expected one of {', '.join(LEVELS)}")
    groups = corpus.groups(by, "voices")
    told = name_voices(corpus, leave_counted(quotes), level)
    words = _words_of_voices(corpus, told)
    words["group"] = words["article_id"].map(groups)
    table = words.groupby(["group", "voice_id", "voice", "side"], sort=False)[
        ["quoted", "attributed", "n"]
    ].sum()
    table.columns = pd.Index(["n_words_quoted", "n_words_attributed", "n_words"])
    table = table.reset_index()
    told = told.assign(group=told["article_id"].map(groups))
    n_quotes = told.drop_duplicates("quote_id").groupby(["group", "voice_id"]).size()
    table["n_quotes"] = [
        int(n_quotes.get(key, 0)) for key in zip(table["group"], table["voice_id"], strict=True)
    ]
    table["share"] = table["n_words"] / table.groupby("group")["n_words"].transform("sum").clip(lower=1)
    table["n_articles"] = table["group"].map(groups.value_counts())
    if level == "speaker":
        types = told.drop_duplicates("voice_id").set_index("voice_id")["source_type"]
        table["source_type"] = [types.get(voice_id, "") for voice_id in table["voice_id"]]
    order = {group: n for n, group in enumerate(dict.fromkeys(groups))}
    table["first"] = table["group"].map(order)
    table["own"] = table["voice_id"] != OWN_VOICE
    table = table.sort_values(["first", "own", "n_words", "voice"], ascending=[True, True, False, True])
    columns = [
        "group",
        "voice_id",
        "voice",
        "side",
        *(["source_type"] if level == "speaker" else []),
        "n_quotes",
    ]
    columns += ["n_words_quoted", "n_words_attributed", "n_words", "share", "n_articles"]
    return table[columns].reset_index(drop=True)


def leave_counted(quotes: pd.DataFrame) -> pd.DataFrame:
    """Leave the rows that `count_voices` counts: not labels, nor words that the article quoted before."""
    quotes = quotes[quotes["kind"].isin(_VOICED)]
    whole = quotes["text"].groupby(quotes["quote_id"]).agg(" ".join)
    whole = whole.str.casefold().str.replace(r"[\W_]+", " ", regex=True).str.strip()
    first = quotes.drop_duplicates("quote_id").assign(words=lambda t: t["quote_id"].map(whole).astype("str"))
    long = first["words"].str.count(" ") >= 4  # short answers may be given twice
    twice = first.loc[long & first.duplicated(["article_id", "words"]), "quote_id"]
    return quotes[~quotes["quote_id"].isin(twice)]


def name_voices(corpus: Corpus, told: pd.DataFrame, level: str) -> pd.DataFrame:
    """Add voice_id, voice and side to rows of quotes, as `count_voices` counts them at a level."""
    actors = corpus.actors
    sides = [actors[a].side if a else "" for a in told["speaker_id"]]
    if level == "side":
        ids = sides
        names = [actors[s].name if s else "no state" for s in sides]
    elif level == "source_type":
        ids = [t or "unnamed" for t in told["source_type"]]
        names, sides = ids, [""] * len(ids)
    else:
        ids = [a or s.casefold() for a, s in zip(told["speaker_id"], told["speaker"], strict=True)]
        shown = dict(zip(reversed(ids), reversed(told["speaker"].tolist()), strict=True))  # as first printed
        names = [shown[i] or "nobody named" for i in ids]
    columns = {"voice_id": ids, "voice": names, "side": sides}
    # text also where there is no row
    return told.assign(**{c: pd.Series(v, index=told.index, dtype="str") for c, v in columns.items()})


def _words_of_voices(corpus: Corpus, told: pd.DataFrame) -> pd.DataFrame:
    """Per article and voice, the words in marks, those attributed without, and all of them."""
    rows = []
    spans: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    columns = ["article_id", "kind", "start", "end", "voice_id", "voice", "side"]
    for article_id, *span in zip(*(told[column].tolist() for column in columns), strict=True):
        spans[article_id].append(tuple(span))
    for article_id in corpus.articles["article_id"]:
        starts = np.array([start for _, start, _ in corpus.words(article_id)], dtype=np.int64)
        free = np.ones(len(starts), dtype=bool)
        # Those in marks first: what they hold is theirs.
        for kind, start, end, *voice in sorted(spans[article_id], key=lambda span: span[0] == "indirect"):
            held = slice(*np.searchsorted(starts, (start, end)))
            n = int(free[held].sum())
            free[held] = False
            rows.append((article_id, *voice, *((0, n, n) if kind == "indirect" else (n, 0, n))))
        rows.append((article_id, OWN_VOICE, "the outlet itself", "", 0, 0, int(free.sum())))
    columns = ["article_id", "voice_id", "voice", "side", "quoted", "attributed", "n"]
    return pd.DataFrame(rows, columns=columns)


def compare_voices(corpus: Corpus, quotes: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Sum up the voices of each outlet: how much is its own, and how many others share the rest.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.
    quotes : DataFrame
        From `find_quotes`.
    by : {"outlet", "article_id"}
        What a group is.

    Returns
    -------
    DataFrame
        A row a group: group, n_articles, n_words, n_words_quoted, n_words_attributed, n_words_own,
        share_own, n_speakers, shannon (H = −Σ p ln p over the speakers' shares p of the words that are
        not the outlet's own; 0 for one speaker, ln n for n equal ones), effective_speakers (e^H: so
        many equal speakers would be as diverse), simpson (1 − Σ p², the chance that two such words are
        of two speakers). Few words make few speakers: diversity of short and long texts does not
        compare.

    Raises
    ------
    InputError
        Another `by`.

    References
    ----------
    Shannon (1948); Simpson (1949); Jost (2006) for the effective number.

    Examples
    --------
    >>> from helpers import find_mentions, find_quotes, load_corpus
    >>> corpus = load_corpus()
    >>> table = compare_voices(corpus, find_quotes(corpus, find_mentions(corpus)))
    >>> parts = table[["n_words_own", "n_words_quoted", "n_words_attributed"]]
    >>> bool((parts.sum(axis="columns") == table["n_words"]).all())
    True
    """
    voices = count_voices(corpus, quotes, by)
    rows = []
    for group, part in voices.groupby("group", sort=False):
        own = part.loc[part["voice_id"] == OWN_VOICE, "n_words"].sum()
        others = part[(part["voice_id"] != OWN_VOICE) & (part["n_words"] > 0)]
        p = others["n_words"].to_numpy() / max(int(others["n_words"].sum()), 1)
        shannon = abs(float((p * np.log(p)).sum()))
        n = int(part["n_words"].sum())
        quoted, attributed = int(part["n_words_quoted"].sum()), int(part["n_words_attributed"].sum())
        diversity = (shannon, float(np.exp(shannon)), float(1 - (p**2).sum())) if len(p) else (0.0, 0.0, 0.0)
        n_articles = int(part["n_articles"].iloc[0])
        row = (group, n_articles, n, quoted, attributed, int(own), own / max(n, 1), len(others))
        rows.append((*row, *diversity))
    columns = [
        "group",
        "n_articles",
        "n_words",
        "n_words_quoted",
        "n_words_attributed",
        "n_words_own",
        "share_own",
    ]
    return pd.DataFrame(rows, columns=[*columns, "n_speakers", "shannon", "effective_speakers", "simpson"])


def find_stances(corpus: Corpus, mentions: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Say of each statement by or about a side how far the outlet stands from it.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.
    mentions : DataFrame
        From `find_mentions`; pronouns are not looked at.
    quotes : DataFrame
        From `find_quotes`.

    Returns
    -------
    DataFrame
        A row a statement and side: article_id, outlet, start, end, side (an actor's id), rung. "Own
        voice" are sentences about the side as an actor that hold no quotation or attribution; "scare
        quotes" are labels in marks, of the side named first in the sentence before them; the rungs
        between are what speakers of the side are reported to say, by the stance of the reporting verb
        (``data/reporting.toml``): said (neutral), confirmed (endorsing), "warned, denied"
        (confronting), claimed (distancing).

    Notes
    -----
    What one verb introduces is one statement, in marks or not. "Both ministries" count for the side of
    each. A verb's usual stance is not what a writer meant by it: read the sentences.

    Examples
    --------
    >>> from helpers import find_mentions, find_quotes, load_corpus
    >>> corpus = load_corpus()
    >>> mentions = find_mentions(corpus)
    >>> stances = find_stances(corpus, mentions, find_quotes(corpus, mentions))
    >>> set(stances["rung"]) <= set(RUNGS.values())
    True
    """
    actors = corpus.actors
    acting = without_pronouns(mentions[mentions["use"] == "actor"])
    acting = acting.assign(side=[actors[a].side for a in acting["actor_id"]])
    acting = acting[acting["side"] != ""]
    acting = acting.sort_values(["start", "end", "actor_id"], ascending=[True, False, True])
    rows: list[tuple[object, ...]] = []
    by_sentence = dict(tuple(acting.groupby(["article_id", "sentence_id"])))
    # a fragment in marks and the words around it that one verb introduces are one statement
    once = quotes["cue_start"].where(quotes["cue_start"] >= 0, -2 - quotes["quote_id"])
    for row in quotes[
        ~quotes.assign(once=once).duplicated(["article_id", "once", "speaker_text"])
    ].itertuples():
        sides: list[str] = []
        rung = RUNGS[row.stance or "neutral"]
        here = by_sentence.get((row.article_id, row.sentence_id), acting.head(0))
        if row.kind == "scare":
            rung = RUNGS["scare"]
            sides = here.loc[here["start"] < row.start, "side"].head(1).tolist()
        elif row.kind in _VOICED and row.speaker_id:
            sides = [actors[row.speaker_id].side]
        elif row.kind in _VOICED and " and " in row.speaker_text:
            named = [text in row.speaker_text for text in here["text"]]
            sides = sorted(set(here.loc[named, "side"]))
        rows += [(row.article_id, row.outlet, row.start, row.end, side, rung) for side in sides if side]
    held = _sentences_held(corpus, quotes)
    sentences = zip(acting["article_id"], acting["sentence_id"], strict=True)
    own = acting[[sentence not in held for sentence in sentences]]
    own = own.drop_duplicates(["article_id", "sentence_id", "side"])
    rows += [(r.article_id, r.outlet, r.start, r.end, r.side, RUNGS["own voice"]) for r in own.itertuples()]
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "start", "end", "side", "rung"])
    order = {article_id: n for n, article_id in enumerate(corpus.articles["article_id"])}
    table["order"] = table["article_id"].map(order)
    table = table.sort_values(["order", "start", "side"], kind="stable", ignore_index=True)
    return table.drop(columns="order").astype({"start": "int64", "end": "int64"})


def _sentences_held(corpus: Corpus, quotes: pd.DataFrame) -> set[tuple[str, int]]:
    """The sentences that hold a quotation or attribution, or a part of one: article_id, sentence_id."""
    starts = {a: part["start"].to_numpy() for a, part in corpus.sentences.groupby("article_id")}
    return {
        (row.article_id, sentence_id)
        for row in quotes.itertuples()
        for sentence_id in range(row.sentence_id, int(starts[row.article_id].searchsorted(row.end)))
    }


def count_stances(corpus: Corpus, stances: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Count, for each side, the statements on each rung from the outlet's own voice to scare quotes.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.
    stances : DataFrame
        From `find_stances`.
    by : {"outlet", "article_id"}
        What a group is.

    Returns
    -------
    DataFrame
        A row a group, side and rung, zeros kept: group, side, side_name, rung (in the order of the
        ladder), n_statements, n_articles. Sides with most statements first.

    Raises
    ------
    InputError
        Another `by`.

    Examples
    --------
    >>> from helpers import find_mentions, find_quotes, load_corpus
    >>> corpus = load_corpus()
    >>> mentions = find_mentions(corpus)
    >>> ladder = count_stances(corpus, find_stances(corpus, mentions, find_quotes(corpus, mentions)))
    >>> ladder["rung"].unique().tolist()
    ['own voice', 'said', 'confirmed', 'warned, denied', 'claimed', 'scare quotes']
    """
    groups = corpus.groups(by, "stances")
    counts = stances.groupby([stances["article_id"].map(groups), "side", "rung"]).size()
    totals = stances["side"].value_counts()
    sides = sorted(totals.index, key=lambda side: (-totals[side], side))
    n_articles = groups.value_counts()
    rows = [
        (
            group,
            side,
            corpus.actors[side].name,
            rung,
            int(counts.get((group, side, rung), 0)),
            int(n_articles[group]),
        )
        for side in sides
        for group in dict.fromkeys(groups)
        for rung in RUNGS.values()
    ]
    return pd.DataFrame(rows, columns=["group", "side", "side_name", "rung", "n_statements", "n_articles"])

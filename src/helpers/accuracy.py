"""How often the rules are right: what they find, held against an annotation of the same articles."""

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from .corpus import Corpus
from .errors import InputError
from .paths import CORPUS_DIR, PROJECT_ROOT, check_inside
from .quotes import QUOTE_KINDS
from .structure import BLOCK_KINDS

GOLD_TABLES = {
    "mentions": ("start", "end", "kind", "actor_ids", "use", "text"),
    "quotes": ("quote", "start", "end", "text", "kind", "speaker_id", "speaker_text", "via_id", "cue"),
    "blocks": ("start", "end", "kind"),
    "sentences": ("start", "end"),
}
MENTION_GROUPS = {
    "named": "names", "demonym": "adjectives", "title": "titles and descriptions",
    "nominal": "titles and descriptions", "pronoun": "pronouns",
}  # fmt: skip
NO_GOLD = (
    "This folder has no annotation in gold/, so how often the rules are right here is not known. "
    "tests/gold/README.md of the suite says how one is made and what it found on other articles."
)
_SPAN = ["article_id", "start", "end"]
# A table of spans has a line a span.
MAX_GOLD_BYTES = 20_000_000
_SCORES = ["n_gold", "n_found", "n_right", "precision", "recall", "f1"]


def gold_folder(corpus: Corpus) -> Path:
    """Where the annotation of a corpus lies: ``gold/`` in its folder, for the bundled one ``tests/gold/``."""
    return PROJECT_ROOT / "tests" / "gold" if corpus.folder == CORPUS_DIR else corpus.folder / "gold"


def load_gold(corpus: Corpus, table: str = "mentions") -> pd.DataFrame:
    """Read the annotation of a corpus, if it has one.

    Parameters
    ----------
    corpus : Corpus
        Its folder may have a folder ``gold/`` with a file ``<article_id>.<table>.tsv`` for some or all
        articles, tab separated; the bundled articles have theirs in ``tests/gold/``, whose README says how.
    table : {"mentions", "quotes", "blocks", "sentences"}
        Which.

    Returns
    -------
    DataFrame
        article_id and the columns of the files; start and end are whole numbers. A row a mention and actor:
        where a mention means several (``actor_ids`` joined by +) each has a row, with its actor_id. No
        rows where there is no annotation; articles annotated as holding nothing are in
        ``attrs["nothing_in"]``.

    Raises
    ------
    InputError
        Another table; in a file: a missing column, a number that is none, a text that is not the
        article's, an actor that ``actors.toml`` does not have.

    Examples
    --------
    >>> from helpers import load_corpus
    >>> corpus = load_corpus()
    >>> gold = load_gold(corpus)
    >>> gold["article_id"].nunique() == len(corpus.articles)
    True
    """
    if table not in GOLD_TABLES:
        raise InputError(
            f"unknown table {table!r} of an annotation: expected one of {', '.join(GOLD_TABLES)}"
        )
    columns = list(GOLD_TABLES[table])
    parts = [pd.DataFrame(columns=["article_id", *columns])]
    nothing_in = []
    for article_id in corpus.articles["article_id"]:
        path = gold_folder(corpus) / f"{article_id}.{table}.tsv"
        if path.is_file():
            parts.append(_read_gold(corpus, path, article_id, table))
            nothing_in += [article_id] if parts[-1].empty else []
    gold = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    gold = gold.astype({"start": "int64", "end": "int64"})
    if table == "mentions":
        gold = gold.assign(actor_id=gold["actor_ids"].str.split("+")).explode("actor_id", ignore_index=True)
    gold.attrs["nothing_in"] = nothing_in
    return gold


_KINDS = {"mentions": tuple(MENTION_GROUPS), "quotes": QUOTE_KINDS, "blocks": BLOCK_KINDS}


def _read_gold(corpus: Corpus, path: Path, article_id: str, table: str) -> pd.DataFrame:
    """The rows of one file, checked against the article."""
    where, raw, columns = f"{path.parent.name}/{path.name}", corpus.raw(article_id), list(GOLD_TABLES[table])
    check_inside(path)
    check_inside(path.parent)
    if path.stat().st_size > MAX_GOLD_BYTES:
        raise InputError(f"{where} has more than {MAX_GOLD_BYTES // 10**6} MB: take it out")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where} is not UTF-8 (byte {error.start}): save it again with the encoding UTF-8"
        ) from None
    reader = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    if missing := [c for c in columns if c not in (reader.fieldnames or [])]:
        raise InputError(f"{where} lacks the column {missing[0]!r}: expected {', '.join(columns)}")
    try:
        rows = list(reader)
    except csv.Error as error:
        raise InputError(f"{where} cannot be read ({error}): expected a table with tabs") from None
    for number, row in enumerate(rows, start=2):
        if fault := _find_fault(corpus, raw, row, table):
            raise InputError(f"{where} row {number}: {fault}")
    gold = pd.DataFrame(rows, columns=columns).astype({"start": "int64", "end": "int64"})
    gold.insert(0, "article_id", article_id)
    return gold


def _find_fault(corpus: Corpus, raw: str, row: Mapping[str, str], table: str) -> str:
    """What is wrong with one row, or nothing."""
    if short := [c for c in GOLD_TABLES[table] if row[c] is None]:
        return f"it has no cell for {short[0]!r}: put a tab between all columns"
    start, end = row["start"], row["end"]
    if not (
        start.isdecimal() and end.isdecimal() and len(start + end) < 40 and int(start) < int(end) <= len(raw)
    ):
        return (
            f"{start!r} to {end!r} is no span of the article: expected two numbers, the first the smaller, "
            f"up to {len(raw)}"
        )
    if "text" in row and raw[int(start) : int(end)] != row["text"]:
        found = raw[int(start) : int(end)]
        return f"{row['text']!r} does not stand at {start}: the article has {found!r} there"
    if table in _KINDS and row["kind"] not in _KINDS[table]:
        return f"unknown kind {row['kind']!r}: expected one of {', '.join(_KINDS[table])}"
    if table == "mentions" and row["use"] not in ("actor", "place"):
        return f"unknown use {row['use']!r}: expected 'actor' or 'place'"
    ids = "+".join(row.get(c) or "" for c in ("actor_ids", "speaker_id", "via_id")).split("+")
    if unknown := [a for a in ids if a and a not in corpus.actors]:
        return f"unknown actor {unknown[0]!r}: add it to actors.toml"
    return ""


def _annotated(found: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """What was found in the articles that are annotated."""
    return found[found["article_id"].isin([*gold["article_id"], *gold.attrs.get("nothing_in", [])])]


def _bare(raw: str, start: int, end: int) -> tuple[int, int]:
    """A span without a leading article or honorific and without a possessive ending."""
    while lead := re.match(r"(?:the|an?|m(?:r|rs|s)\.?) ", raw[start:end], re.IGNORECASE):
        start += lead.end()
    tail = re.search(r"['’]s?$", raw[start:end])
    return start, end - len(tail.group()) if tail else end


def _bare_rows(corpus: Corpus, rows: pd.DataFrame) -> pd.DataFrame:
    """Mentions as they are compared: bare span, actor, group of kinds; one row each."""
    spans = [_bare(corpus.raw(a), s, e) for a, s, e in rows[_SPAN].itertuples(index=False)]
    bare = rows.assign(
        start=[s for s, _ in spans], end=[e for _, e in spans], group=rows["kind"].map(MENTION_GROUPS)
    )
    return bare.drop_duplicates([*_SPAN, "actor_id", "group"])


def _match_mentions(corpus: Corpus, mentions: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """All rows of both sides, with a column _merge that says on which they stand."""
    found = _annotated(mentions, gold)
    columns = [*_SPAN, "actor_id", "group"]
    sides = [_bare_rows(corpus, table)[[*columns, "use"]] for table in (gold, found)]
    return sides[0].merge(sides[1], on=columns, how="outer", indicator=True, suffixes=("_gold", "_found"))


def _has_use(corpus: Corpus, matched: pd.DataFrame) -> pd.Series:
    """Which rows are names that both sides have, of actors that may be a place."""
    states = [a.id for a in corpus.actors.values() if a.type in ("state", "seat")]
    named = (matched["_merge"] == "both") & (matched["group"] == "names")
    return named & matched["actor_id"].isin(states)


def _score(n_gold: int, n_found: int, n_right: int) -> dict[str, float]:
    precision = n_right / n_found if n_found else float("nan")
    recall = n_right / n_gold if n_gold else float("nan")
    f1 = 2 * n_right / (n_gold + n_found) if n_gold + n_found else float("nan")
    return dict(zip(_SCORES, (n_gold, n_found, n_right, precision, recall, f1), strict=True))


def score_mentions(corpus: Corpus, mentions: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Say how many mentions are found, and how many of those found are right.

    Parameters
    ----------
    corpus : Corpus
        The corpus of both.
    mentions : DataFrame
        From `find_mentions`.
    gold : DataFrame
        From `load_gold`; only its articles are scored.

    Returns
    -------
    DataFrame
        A row each for names, adjectives, titles and descriptions, pronouns, and "actor or place" (of the
        names that both sides have, for states and seats of power): n_gold, n_found, n_right, precision =
        n_right / n_found, recall = n_right / n_gold, f1 = 2 n_right / (n_gold + n_found). Right is the same
        span (without "the", "Mr." and "'s"), actor and kind. Not a number where there is nothing to divide
        by. No rows without an annotation.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> scores = score_mentions(corpus, find_mentions(corpus), load_gold(corpus))
    >>> bool(scores.loc["names", "f1"] > 0.99)
    True
    """
    if not len(gold) and not gold.attrs.get("nothing_in"):
        return pd.DataFrame(columns=_SCORES)
    matched = _match_mentions(corpus, mentions, gold)
    rows = {}
    for group in dict.fromkeys(MENTION_GROUPS.values()):
        side = matched.loc[matched["group"] == group, "_merge"]
        n_right, n_missed, n_wrong = (int((side == s).sum()) for s in ("both", "left_only", "right_only"))
        rows[group] = _score(n_right + n_missed, n_right + n_wrong, n_right)
    both = matched[_has_use(corpus, matched)]
    rows["actor or place"] = _score(len(both), len(both), int((both["use_gold"] == both["use_found"]).sum()))
    return pd.DataFrame.from_dict(rows, orient="index").astype(dict.fromkeys(_SCORES[:3], "int64"))


def find_mention_errors(corpus: Corpus, mentions: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """List where the rules and the annotation disagree on mentions.

    Parameters
    ----------
    corpus : Corpus
        The corpus of both.
    mentions : DataFrame
        From `find_mentions`.
    gold : DataFrame
        From `load_gold`.

    Returns
    -------
    DataFrame
        A row a disagreement, in the order of the text, pronouns left out unless they were looked for:
        article_id, start, end, text, actor_id, group, error (not found, not in the annotation, place called
        actor, actor called place). `show_evidence` shows the sentences.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> errors = find_mention_errors(corpus, find_mentions(corpus), load_gold(corpus))
    >>> "pronouns" in set(errors["group"])
    False
    """
    matched = _match_mentions(corpus, mentions, gold)
    names = {"left_only": "not found", "right_only": "not in the annotation"}
    other_use = matched["use_gold"] + " called " + matched["use_found"]
    error = matched["_merge"].astype("str").map(names).where(matched["_merge"] != "both", other_use)
    other = _has_use(corpus, matched) & (matched["use_gold"] != matched["use_found"])
    same = (matched["_merge"] == "both") & ~other
    looked_for = (matched["group"] != "pronouns") | (mentions["kind"] == "pronoun").any()
    errors = matched.assign(error=error)[~same & looked_for]
    errors["text"] = [corpus.raw(a)[s:e] for a, s, e in errors[_SPAN].itertuples(index=False)]
    columns = [*_SPAN, "text", "actor_id", "group", "error"]
    return errors.sort_values([*_SPAN, "actor_id"])[columns].reset_index(drop=True)


def _pair_by_overlap(gold: pd.DataFrame, found: pd.DataFrame) -> dict[int, int]:
    """Pair rows that share at least half of what both cover together, by their index; none twice."""
    pairs: dict[int, int] = {}
    for row in gold.itertuples():
        others = found[(found["article_id"] == row.article_id) & ~found.index.isin(list(pairs.values()))]
        ends = others["end"].clip(upper=row.end) - others["start"].clip(lower=row.start)
        share = ends / (others["end"].clip(lower=row.end) - others["start"].clip(upper=row.start))
        if len(share) and share.max() >= 0.5:
            pairs[row.Index] = share.idxmax()
    return pairs


def _credited(gold: pd.Series, found: pd.Series) -> bool:
    """Whether the speaker is right: the same actor; for several, none; for an unlisted one, its words."""
    if gold["speaker_id"] and "+" not in gold["speaker_id"]:
        return bool(gold["speaker_id"] == found["speaker_id"])
    words = [set(str(row["speaker_text"]).lower().split()) for row in (gold, found)]
    return found["speaker_id"] == "" and (words[0] == words[1] or bool(words[0] & words[1]))


def score_quotes(quotes: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Say how many quotations and attributions are found, and whether their speakers are right.

    Parameters
    ----------
    quotes : DataFrame
        From `find_quotes`.
    gold : DataFrame
        From ``load_gold(corpus, "quotes")``; only its articles are scored.

    Returns
    -------
    DataFrame
        The columns of `score_mentions`. Rows: "in quotation marks" (direct, partial or scare; right is the
        same span and kind), "their speakers" (of those that are right), "without marks" (right is half of
        what both cover together), "their speakers, without marks". A speaker is right if it is the same
        actor, or for one who is not listed if it shares a word. No rows without an annotation.

    Examples
    --------
    >>> from helpers import find_mentions, find_quotes, load_corpus
    >>> corpus = load_corpus()
    >>> quotes = find_quotes(corpus, find_mentions(corpus))
    >>> scores = score_quotes(quotes, load_gold(corpus, "quotes"))
    >>> bool(scores.loc["in quotation marks", "f1"] > 0.95)
    True
    """
    if not len(gold) and not gold.attrs.get("nothing_in"):
        return pd.DataFrame(columns=_SCORES)
    found = _annotated(quotes, gold).reset_index(drop=True)
    marked = ("direct", "partial", "scare")
    of_gold, of_found = (
        {(*row[_SPAN], row["kind"]): index for index, row in table[table["kind"].isin(marked)].iterrows()}
        for table in (gold, found)
    )
    exact = {of_gold[key]: of_found[key] for key in of_gold if key in of_found}
    indirect = [table[table["kind"] == "indirect"] for table in (gold, found)]
    overlapping = _pair_by_overlap(*indirect)
    rows = {
        "in quotation marks": _score(len(of_gold), len(of_found), len(exact)),
        "their speakers": _score_speakers(gold, found, exact),
        "without marks": _score(len(indirect[0]), len(indirect[1]), len(overlapping)),
        "their speakers, without marks": _score_speakers(gold, found, overlapping),
    }
    return pd.DataFrame.from_dict(rows, orient="index").astype(dict.fromkeys(_SCORES[:3], "int64"))


def _score_speakers(gold: pd.DataFrame, found: pd.DataFrame, pairs: dict[int, int]) -> dict[str, float]:
    right = sum(_credited(gold.loc[a], found.loc[b]) for a, b in pairs.items())
    return _score(len(pairs), len(pairs), right)

"""Which facts each outlet tells, attributes, contradicts or leaves out."""

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pandas as pd

from .corpus import Corpus
from .errors import InputError
from .paths import read_toml
from .reporting import telling_nouns
from .statements import compare_statements, find_statements, group_statements

_FIELDS = {
    "join": {"facts"},
    "split": {"statement"},
    "also": {"statement", "fact"},
    "name": {"fact", "name"},
    "contradict": {"statement", "by"},
}


def find_facts(corpus: Corpus, mentions: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Group the statements of all articles that tell the same fact.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`. If its folder holds a ``facts.toml``, its corrections are applied.
    mentions : DataFrame
        From `find_mentions`; pronouns are not looked at.
    quotes : DataFrame
        From `find_quotes`.

    Returns
    -------
    DataFrame
        The rows of `helpers.statements.find_statements` with fact_id (the statement_id of the fact's
        first statement), fact (its name from ``facts.toml``, else the statement nearest to all the
        others), state (stated, attributed, contradicted), by (who contradicts, if anybody is named; else
        the speaker), and corrected (what ``facts.toml`` changed about this row, in words, or "").

    Raises
    ------
    InputError
        A ``facts.toml`` that cannot be read, or that names a statement or fact that does not exist.

    Notes
    -----
    Statements are joined by shared actors, numbers, dates and words; see
    `helpers.statements.compare_statements`. The grouping is a proposal: what one fact is, an analyst
    decides, in ``facts.toml``:

    - ``[[join]]`` with facts, a list of fact ids: they become one;
    - ``[[split]]`` with statement: it becomes a fact of its own;
    - ``[[also]]`` with statement and fact: the statement tells this fact, too (it has two rows);
    - ``[[name]]`` with fact and name: what the fact is called;
    - ``[[contradict]]`` with statement and, if known, by: the statement says the fact is not so.

    Without ``[[also]]`` a statement tells one fact. A denial that only points back ("Oslo rejected the
    charge") contradicts what was told directly before it; any other is a fact of its own, contradicted.

    Examples
    --------
    >>> from helpers import find_mentions, find_quotes, load_corpus
    >>> corpus = load_corpus()
    >>> mentions = find_mentions(corpus)
    >>> facts = find_facts(corpus, mentions, find_quotes(corpus, mentions))
    >>> bool(facts["fact_id"].isin(facts["statement_id"]).all())
    True
    """
    statements = find_statements(corpus, quotes)
    pairs = compare_statements(corpus, statements, mentions)
    group = group_statements(len(statements), pairs).tolist()
    denied = statements["state"] == "denied"
    for number in denied.to_numpy().nonzero()[0].tolist():
        if number and _points_back(statements, number):
            group[number] = group[number - 1]
    facts = statements.assign(group=group, corrected="", by=statements["speaker"])
    # a group bears the number of its first row, also where that one was a denial and is now elsewhere
    facts["group"] = facts.index.to_series().groupby(facts["group"]).transform("first")
    facts["state"] = facts["state"].mask(denied, "contradicted")
    names, further = _apply_corrections(facts, corpus.folder / "facts.toml")
    first = facts.groupby("group")["statement_id"].transform("first")
    central = _central_statements(facts, pairs)
    facts["fact_id"] = first
    facts["fact"] = [names.get(g) or facts["text"].iloc[central[g]] for g in facts["group"]]
    return _repeat(facts, further).drop(columns=["group"])


def _repeat(facts: pd.DataFrame, further: list[tuple[int, int]]) -> pd.DataFrame:
    """Give statements that tell a further fact another row, directly behind their own."""
    copies = facts.loc[[row for row, _ in further]]
    of_fact = facts.loc[[facts.index[facts["group"] == group][0] for _, group in further]]
    copies = copies.assign(
        fact_id=of_fact["fact_id"].to_numpy(),
        fact=of_fact["fact"].to_numpy(),
        corrected="tells this fact, too",
    )
    return pd.concat([facts, copies]).sort_index(kind="stable").reset_index(drop=True)


def _points_back(statements: pd.DataFrame, number: int) -> bool:
    """Whether a denial names what it denies only as "the charge", told before it in the article."""
    here, before = statements.iloc[number], statements.iloc[number - 1]
    words = re.findall(r"\w+", here["text"].lower())
    named = 0 < len(words) <= 6 and any(w in telling_nouns() for w in words)
    bare = named or words in (["it"], ["this"], ["that"], ["them"])
    return bool(bare and here["article_id"] == before["article_id"])


def _central_statements(facts: pd.DataFrame, pairs: pd.DataFrame) -> dict[int, int]:
    """Of each group, the row most alike to the others; of equals the first."""
    group = facts["group"].to_numpy()
    same = pairs[group[pairs["a"]] == group[pairs["b"]]] if len(pairs) else pairs
    likeness = pd.Series(0.0, index=facts.index)
    for side in ("a", "b"):
        likeness = likeness.add(same.groupby(side)["similarity"].sum(), fill_value=0.0)
    likeness[facts["state"] == "contradicted"] -= 10.0  # "the charge" names no fact
    return {int(g): int(likeness[rows].idxmax()) for g, rows in facts.groupby("group").groups.items()}


def _apply_corrections(facts: pd.DataFrame, path: Path) -> tuple[dict[int, str], list[tuple[int, int]]]:
    """Change the groups as ``facts.toml`` says; give the names of groups, and rows that tell one more."""
    names: dict[int, str] = {}
    further: list[tuple[int, int]] = []
    for kind, entry, where in _read_corrections(path):
        if kind == "join":
            rows = [_row(facts, fact, where) for fact in entry["facts"]]
            groups = [facts["group"].iloc[row] for row in rows]
            joined = facts["group"].isin(groups)
            facts.loc[joined & (facts["group"] != min(groups)), "corrected"] += "joined; "
            facts.loc[joined, "group"] = min(groups)
        elif kind == "split":
            row = _row(facts, entry["statement"], where)
            others = facts.index[(facts["group"] == facts["group"].iloc[row]) & (facts.index != row)]
            if len(others):
                facts.loc[others, "group"] = int(others.min())
            facts.loc[row, "group"] = row
            facts.loc[row, "corrected"] += "split off; "
        elif kind == "also":
            row, fact = (_row(facts, entry[field], where) for field in ("statement", "fact"))
            if facts["group"].iloc[row] != facts["group"].iloc[fact]:
                further.append((row, int(facts["group"].iloc[fact])))
        elif kind == "name":
            row = _row(facts, entry["fact"], where)
            names[int(facts["group"].iloc[row])] = entry["name"]
            facts.loc[facts["group"] == facts["group"].iloc[row], "corrected"] += "named; "
        else:
            row = _row(facts, entry["statement"], where)
            facts.loc[row, "state"] = "contradicted"
            facts.loc[row, "by"] = entry.get("by", facts["by"].iloc[row])
            facts.loc[row, "corrected"] += "marked as contradicting; "
    facts["corrected"] = facts["corrected"].str.removesuffix("; ")
    return names, further


def _row(facts: pd.DataFrame, statement_id: str, where: str) -> int:
    found = facts.index[facts["statement_id"] == statement_id]
    if len(found) == 0:
        article = statement_id.rpartition(":")[0]
        known = facts.loc[facts["statement_id"].str.rpartition(":")[0] == article, "statement_id"]
        letters = known[known.str.fullmatch(re.escape(statement_id) + "[a-z]")]
        known = letters if len(letters) else known
        expected = (
            f"one of {', '.join(known.head(3))}" + (f" … {known.iloc[-1]}" if len(known) > 3 else "")
            if len(known)
            else "an id from the column statement_id"
        )
        raise InputError(f"{where}: there is no statement {statement_id!r}: expected {expected}")
    return int(found[0])


def _read_corrections(path: Path) -> list[tuple[str, dict[str, Any], str]]:
    """The entries of ``facts.toml``: kind, entry, and how to call it; none where there is no file."""
    where = f"{path.parent.name}/{path.name}"
    if not path.is_file():
        return []
    content = read_toml(path, where)
    if unknown := set(content) - set(_FIELDS):
        raise InputError(f"{where}: unknown table {min(unknown)!r}: expected one of {', '.join(_FIELDS)}")
    entries = []
    for kind, listed in content.items():
        if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
            raise InputError(f"{where}: write [[{kind}]] with two brackets")
        for number, entry in enumerate(listed, 1):
            place = f"{where} ([[{kind}]] number {number})"
            _check_entry(kind, entry, place)
            entries.append((kind, entry, place))
    # in this order, so that each stands for the groups as they are in the end
    return sorted(entries, key=lambda e: ("split", "join", "also", "contradict", "name").index(e[0]))


def _check_entry(kind: str, entry: dict[str, Any], where: str) -> None:
    required = _FIELDS[kind] - {"by"}
    if missing := required - set(entry):
        raise InputError(f"{where}: {min(missing)} is missing: expected {', '.join(sorted(_FIELDS[kind]))}")
    if unknown := set(entry) - _FIELDS[kind]:
        raise InputError(
            f"{where}: unknown field {min(unknown)!r}: expected {', '.join(sorted(_FIELDS[kind]))}"
        )
    for field, value in entry.items():
        if field == "facts":
            if not isinstance(value, list) or len(value) < 2 or not all(isinstance(v, str) for v in value):
                raise InputError(
                    f'{where}: facts is {value!r}: expected a list of ids like ["001:4", "002:8"]'
                )
        elif not isinstance(value, str) or not value.strip():
            raise InputError(f"{where}: {field} is {value!r}: expected text in quotation marks")


def compare_facts(
    corpus: Corpus, mentions: pd.DataFrame, quotes: pd.DataFrame, by: str = "outlet"
) -> pd.DataFrame:
    """Say of each fact and outlet whether it is stated, attributed, contradicted or absent.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`; see `find_facts` for the corrections its folder may hold.
    mentions : DataFrame
        From `find_mentions`; pronouns are not looked at.
    quotes : DataFrame
        From `find_quotes`.
    by : {"outlet", "article_id"}
        What a group is.

    Returns
    -------
    DataFrame
        A row a fact and group: fact_id, fact, n_groups (that tell it), group, state, attributed_to (who
        is said to say it, and who to deny it; "" for none), n_statements, statement_id, article_id,
        sentence_id, start, end, text (of the statement that decided on the state; "", -1 where absent),
        corrected. The most widely told facts first. Where a group tells a fact in several ways the
        state is contradicted before stated before attributed.

    Raises
    ------
    InputError
        Another `by`, or a wrong ``facts.toml``.

    Notes
    -----
    "Absent" means that no statement of the group was found to tell the fact, in these articles; it may
    be told in other words, or in an article that is not in the folder. With one outlet, nothing can
    be absent. Not comparable between folders: what one fact is depends on all articles.

    Examples
    --------
    >>> from helpers import find_mentions, find_quotes, load_corpus
    >>> corpus = load_corpus()
    >>> mentions = find_mentions(corpus)
    >>> compared = compare_facts(corpus, mentions, find_quotes(corpus, mentions))
    >>> sorted(set(compared["state"]))
    ['absent', 'attributed', 'contradicted', 'stated']
    """
    group_of = corpus.groups(by, "facts")
    facts = find_facts(corpus, mentions, quotes)
    facts["group"] = facts["article_id"].map(group_of)
    rank = {"contradicted": 0, "stated": 1, "attributed": 2}
    best = facts.assign(rank=facts["state"].map(rank)).sort_values("rank", kind="stable")
    best = best.drop_duplicates(["fact_id", "group"]).drop(
        columns=["rank", "outlet", "speaker", "speaker_id", "cue"]
    )
    told = facts.groupby(["fact_id", "group"])
    shown = pd.DataFrame({"n_statements": told.size(), "attributed_to": _who_tells(facts)})
    order = facts.groupby("fact_id", sort=False).agg(
        fact=("fact", "first"), n_groups=("group", "nunique"), n=("group", "size")
    )
    order = order.sort_values(["n_groups", "n"], ascending=False, kind="stable")
    index = pd.MultiIndex.from_product([order.index, dict.fromkeys(group_of)], names=["fact_id", "group"])
    table = best.set_index(["fact_id", "group"]).drop(columns=["fact", "by", "cue_end"]).reindex(index)
    table = table.join(shown, how="left").reset_index()
    table = table.join(order[["fact", "n_groups"]], on="fact_id")
    missing = {"state": "absent", "sentence_id": -1, "start": -1, "end": -1, "n_statements": 0}
    text = dict.fromkeys(["statement_id", "article_id", "text", "corrected", "attributed_to"], "")
    table = table.fillna({**missing, **text})
    columns = [
        "fact_id", "fact", "n_groups", "group", "state", "attributed_to", "n_statements", "statement_id",
        "article_id", "sentence_id", "start", "end", "text", "corrected",
    ]  # fmt: skip
    whole = dict.fromkeys(["n_groups", "n_statements", "sentence_id", "start", "end"], "int64")
    return table[columns].astype(whole)


def _who_tells(facts: pd.DataFrame) -> "pd.Series[str]":
    """The sources of each fact in each group, those who deny it behind those who say it."""
    said: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    denied: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    columns = ["fact_id", "group", "state", "speaker", "by"]
    for fact_id, group, state, speaker, by in zip(*(facts[c].tolist() for c in columns), strict=True):
        source, told = (speaker, said) if state == "attributed" else (by, denied)
        if source and state in ("attributed", "contradicted"):
            told[fact_id, group][source] = None
    keys = facts.groupby(["fact_id", "group"]).size().index
    named = [(", ".join(said[key]), ", ".join(denied[key])) for key in keys]
    texts = ["; ".join(t for t in (yes, no and f"denied by {no}") if t) for yes, no in named]
    return pd.Series(texts, index=keys, dtype="str")

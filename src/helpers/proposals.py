"""A proposed ``actors.toml``, written from suggestions for a reader to edit."""

from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import tomlkit
from tomlkit.items import Table

_INTRODUCTION = """\
Who counts as whom: a proposal, made by rules from the articles in this folder. Read it, correct it, delete
what does not matter; every table and figure follows. Then run `python run.py check` on the folder.

type          person, state, organisation, bloc (states named as one), seat (a seat of power: itself where it
              speaks, its state where it acts)
affiliation   the id of the one actor that this one acts or speaks for; delete the line if there is none
aliases       other full names
short         what an article may call it once the full name was given; a person's first and last names and a
              state's ministries are understood
descriptions  what it is, without its state: "defence minister" for "the Norwegian defence minister"
"""
_STATE_LISTS = ("adjectives", "capitals", "peoples")
_LISTS = ("aliases", "short", "descriptions", *_STATE_LISTS)
_WIDTH = 110


def write_actors(suggestions: pd.DataFrame, path: Path) -> int:
    r"""Write suggested actors as an ``actors.toml``, with the reasons and what was not proposed as comments.

    Parameters
    ----------
    suggestions : DataFrame
        From `suggest_actors`.
    path : Path
        Where to write; a file that is there already is replaced.

    Returns
    -------
    int
        How many actors it holds.

    Examples
    --------
    >>> import tempfile
    >>> from helpers import load_actors, load_corpus, suggest_actors
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "actors.toml"
    ...     n = write_actors(suggest_actors(load_corpus()), path)
    ...     n == sum(actor.declared for actor in load_actors(path).values())
    True
    """
    document = tomlkit.document()
    for line in _INTRODUCTION.splitlines():
        document.add(tomlkit.comment(line) if line else tomlkit.nl())
    actors = tomlkit.aot()
    proposed = suggestions[~suggestions["type"].isin(["", "place"])]
    claimed: set[str] = set()
    written = _rows_with_a_name(proposed)
    ids = {row["actor_id"] for row in written}
    for row in written:
        actors.append(_entry(row, claimed, ids))
    if len(actors):
        document.add("actor", actors)
    text = tomlkit.dumps(document) + _left_out(suggestions)
    path.write_text(text, encoding="utf-8", newline="\n")
    return len(actors)


def _rows_with_a_name(proposed: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """The rows that `load_actors` takes: not those whose name is too short or another one's already."""
    claimed: set[str] = set()
    kept = []
    for row in proposed.to_dict("records"):
        keys = {_key(value) for key in ("aliases", *_STATE_LISTS) for value in row[key]}
        if _can_be_found(row["name"]) and _key(row["name"]) not in claimed:
            claimed |= {_key(row["name"]), *keys}
            kept.append(row)
    return kept


def _can_be_found(name: str) -> bool:
    return sum(c.isalnum() for c in _clean(name)) > 1


def _entry(row: Mapping[Any, Any], claimed: set[str], ids: set[str]) -> Table:
    """One actor, without what another one has already and without an affiliation that is not written."""
    entry = tomlkit.table()
    example = _around(str(row["example"]), str(row["name"]))
    entry.add(tomlkit.comment(f"{_how_often(row)}: {_one_line(str(row['reason']))}"))
    entry.add(tomlkit.comment(f"e.g. {example}"))
    near = row["near_misses"]
    if isinstance(near, tuple) and near:
        names = ", ".join(_one_line(name) for name in near[:5])
        entry.add(tomlkit.comment(f"Not merged, looks alike: {names}"))
    for key in ("id", "name", "type", "affiliation"):
        value = str(row["actor_id" if key == "id" else key])
        if value and (key != "affiliation" or value in ids):
            entry.add(key, _clean(value))
    claimed.add(_key(str(row["name"])))
    for key in _LISTS:
        values = [_clean(value) for value in row[key] if _can_be_found(value)]
        if key in ("short", "descriptions"):
            kept = values
        else:
            kept = [value for value in values if _key(value) not in claimed]
            claimed |= {_key(value) for value in kept}
        if kept:
            entry.add(key, kept)
    return entry


def _key(alias: str) -> str:
    """What `load_actors` holds two aliases to be the same by."""
    return _clean(alias).replace("’", "'").removeprefix("the ").removeprefix("The ")


def _clean(value: str) -> str:
    return " ".join("".join(c for c in value if c.isprintable()).split())


def _how_often(row: Mapping[Any, Any]) -> str:
    if row["n_mentions"] == 1:
        return "Once"
    where = "1 article" if row["n_articles"] == 1 else f"{row['n_articles']} articles"
    return f"{row['n_mentions']} times in {where}"


def _around(sentence: str, name: str) -> str:
    """A sentence for a comment, so cut that the name stands in it."""
    plain = _clean(sentence)
    at = max(plain.find(_clean(name)), 0)
    begin = max(0, min(at - _WIDTH // 3, len(plain) - _WIDTH))
    shown = plain[begin : begin + _WIDTH]
    return f"{'…' if begin else ''}{shown}{'…' if begin + _WIDTH < len(plain) else ''}"


def _one_line(text: str) -> str:
    """Article text for a comment: one line, nothing that is not printed, not too long."""
    plain = _clean(text)
    return plain if len(plain) <= _WIDTH else f"{plain[: _WIDTH - 1]}…"


def _left_out(suggestions: pd.DataFrame) -> str:
    lines = []
    for kind, title in (
        ("place", "Not proposed, since they seem to be places or things"),
        ("", "Not sure what these are"),
    ):
        rows = suggestions[suggestions["type"] == kind].sort_values(
            ["n_mentions", "name"], ascending=[False, True]
        )
        if rows.empty:
            continue
        shown = [
            f"{_one_line(name)} ({n})" for name, n in zip(rows["name"][:80], rows["n_mentions"], strict=False)
        ]
        more = f"+ {len(rows) - 80} more" if len(rows) > 80 else ""
        lines.append(f"\n# {title}: {len(rows)}")
        line = "#  "
        for name in [*shown, *([more] if more else [])]:
            if len(line) + len(name) > _WIDTH:
                lines.append(line)
                line = "#  "
            line += f" {name},"
        lines.append(line.rstrip(","))
    return "\n".join(lines) + "\n" if lines else ""

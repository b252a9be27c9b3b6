"""Things that are no actors and yet go by several names: a war, a treaty, a weapon."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .actors import LONGEST_NAME, Actor, read_entries
from .errors import InputError
from .matching import fold, lower_case

_FIELDS = ("id", "name", "labels", "note")


@dataclass(frozen=True)
class Thing:
    """One thing that outlets may call by different names.

    Parameters
    ----------
    id : str
        Short name used in tables; letters, digits and underscores.
    name : str
        The name shown; not looked for unless it is also a label.
    labels : tuple of str
        What texts call it, in any case; a plural -s is found with each.
    note : str
        Why the entry is as it is.
    """

    id: str
    name: str
    labels: tuple[str, ...]
    note: str = ""


def _read_thing(entry: Any, where: str) -> Thing:
    if not isinstance(entry, dict):
        raise InputError(f"{where}: expected a [[thing]] table with name and labels, got {entry!r}")
    if unknown := set(entry) - set(_FIELDS):
        raise InputError(f"{where}: unknown field {min(unknown)!r}: expected one of {', '.join(_FIELDS)}")
    for key in ("id", "name", "note"):
        if not isinstance(entry.get(key, ""), str):
            raise InputError(f"{where}: {key} is {entry[key]!r}: expected text in quotation marks")
    name = " ".join(entry.get("name", "").split())
    if not name:
        raise InputError(f"{where}: the name is empty: say what the thing is")
    labels = entry.get("labels", [])
    if not isinstance(labels, list) or not labels or not all(isinstance(v, str) for v in labels):
        raise InputError(f'{where} ({name}): labels is {labels!r}: expected a list like ["war", "invasion"]')
    labels = [" ".join(label.split()) for label in labels]
    for label in labels:
        if sum(c.isalnum() for c in label) < 2:
            raise InputError(
                f"{where} ({name}): {label!r} is too short to be looked for: expected two letters or more"
            )
        if len(label) > LONGEST_NAME:
            raise InputError(
                f"{where} ({name}): {label[:60]!r}… is too long to be looked for: expected up to "
                f"{LONGEST_NAME} characters"
            )
    thing_id = entry.get("id", re.sub(r"\W+", "_", name.casefold()).strip("_"))
    if not re.fullmatch(r"\w+", thing_id):
        raise InputError(f"{where} ({name}): the id {thing_id!r} must be letters, digits and underscores")
    return Thing(thing_id, name, tuple(labels), entry.get("note", ""))


def load_things(path: Path | str, actors: Iterable[Actor] = ()) -> dict[str, Thing]:
    r"""Read and check the ``[[thing]]`` tables of ``actors.toml``.

    Parameters
    ----------
    path : Path or str
        The file; each table has a name, labels, and if wanted id and note; see `Thing`.
    actors : iterable of Actor
        Whose ids are taken.

    Returns
    -------
    dict of str to Thing
        By id, in the order of the file; empty if it has none.

    Raises
    ------
    InputError
        What `load_actors` says of the file; an unknown field, no name, no labels, a label two things
        claim, an id that is taken.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "actors.toml"
    ...     _ = path.write_text('[[thing]]\nname = "the strike"\nlabels = ["strike", "walkout"]')
    ...     load_things(path)["the_strike"].labels
    ('strike', 'walkout')
    """
    where, entries = read_entries(path, "thing")
    taken = {actor.id: actor.name for actor in actors}
    things: dict[str, Thing] = {}
    claimed: dict[str, str] = {}
    for number, entry in enumerate(entries, 1):
        thing = _read_thing(entry, f"{where}, thing {number}")
        if thing.id in taken:
            raise InputError(
                f"{where}, thing {number}: the id {thing.id!r} is taken by {taken[thing.id]!r}: give one of "
                "them another id"
            )
        taken[thing.id] = thing.name
        for label in thing.labels:
            other = claimed.setdefault(unicodedata.normalize("NFC", fold(lower_case(label))), thing.id)
            if other != thing.id or thing.labels.count(label) > 1:
                raise InputError(
                    f"{where}, thing {number} ({thing.name}): the label {label!r} stands there already, for "
                    f"{other!r}: leave one of them out"
                )
        things[thing.id] = thing
    return things

"""The gazetteer: who counts as whom, read from ``actors.toml`` and checked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .errors import InputError
from .paths import read_toml, read_vocabulary

ACTOR_TYPES = ("person", "state", "organisation", "seat", "bloc")
GENDERS = ("she", "he", "they", "")
# The longest official names of bodies have some hundred characters.
LONGEST_NAME = 300
_TEXT_FIELDS = ("id", "name", "type", "affiliation", "gender", "note")
_LIST_FIELDS = ("aliases", "short", "descriptions", "adjectives", "capitals", "peoples")


@dataclass(frozen=True)
class Actor:
    """One person, state or organisation, and what texts call it.

    Parameters
    ----------
    id : str
        Short name used in every table; letters, digits and underscores.
    name : str
        The name shown, and itself an alias.
    type : str
        person, state, organisation, seat of power (itself where it speaks, its state where it
        acts), or bloc (states named as one).
    affiliation : str
        The id of the one actor it acts or speaks for; "" for none.
    side : str
        The state or bloc where the chain of affiliations ends; "" where it ends elsewhere.
    aliases : tuple of str
        Other full names. One that begins with "the " counts only after "the" or with "'s".
    short : tuple of str
        What an article may call it once the full name was given; may be shared between actors. A
        person's first and last name words are understood and need not be listed.
    descriptions : tuple of str
        What it is, without its state: "defense minister" for "the Norwegian defense minister".
    adjectives, capitals, peoples : tuple of str
        For states: "Norwegian"; "Oslo"; "Norwegians", the people, who are not their state.
    institution : str
        The entry of ``data/institutions.toml`` that this body of a state was made from, or "".
    gender : str
        For persons, the pronoun that texts use: she, he or they; "" leaves it to titles, first names and
        the texts themselves.
    note : str
        Why the entry is as it is.
    declared : bool
        False for a state body that no entry of the file names.
    """

    id: str
    name: str
    type: str
    affiliation: str = ""
    side: str = ""
    aliases: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    peoples: tuple[str, ...] = ()
    institution: str = ""
    gender: str = ""
    note: str = ""
    declared: bool = True


def institutions() -> dict[str, dict[str, Any]]:
    """The kinds of state bodies: their shown name, the forms texts use, the kind of mention.

    Examples
    --------
    >>> institutions()["defense_ministry"]["name"]
    'Defense Ministry'
    """
    return read_vocabulary("institutions")


def _check_fields(entry: dict[str, Any], where: str) -> None:
    allowed = (*_TEXT_FIELDS, *_LIST_FIELDS)
    for key, value in entry.items():
        if key not in allowed:
            raise InputError(f"{where}: unknown field {key!r}: expected one of {', '.join(allowed)}")
        if key in _TEXT_FIELDS and not isinstance(value, str):
            raise InputError(f"{where}: {key} is {value!r}: expected text in quotation marks")
        if key in _LIST_FIELDS:
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                raise InputError(f'{where}: {key} is {value!r}: expected a list like ["one", "two"]')
            if not all(v.strip() for v in value):
                raise InputError(f"{where}: {key} holds an empty text: delete it or fill it in")


def read_entries(path: Path | str, kind: str) -> tuple[str, list[Any]]:
    """Read the ``[[actor]]`` or the ``[[thing]]`` tables of ``actors.toml``, and how to call the file."""
    path = Path(path).absolute()
    where = f"{path.parent.name}/{path.name}"
    try:
        content = read_toml(path, where)
    except FileNotFoundError:
        raise InputError(f"{where} is missing: expected a file with one [[actor]] table per actor") from None
    except OSError:
        raise InputError(
            f"{where} cannot be read: expected a file with one [[actor]] table per actor"
        ) from None
    if unknown := set(content) - {"actor", "thing", "ignore"}:
        raise InputError(f"{where}: unknown table {min(unknown)!r}: expected [[actor]] or [[thing]]")
    entries = content.get(kind, [])
    if not isinstance(entries, list):
        raise InputError(f"{where}: write [[{kind}]] with two brackets for each {kind}")
    return where, entries


def _read_entry(entry: Any, where: str) -> Actor:
    if not isinstance(entry, dict):
        raise InputError(f"{where}: expected a [[actor]] table with name and type, got {entry!r}")
    _check_fields(entry, where)
    name = entry.get("name", "").strip()
    if not name:
        raise InputError(f"{where}: the name is empty: give the actor's full name")
    where = f"{where} ({' '.join(name.split())[:60]})"
    if entry.get("type") not in ACTOR_TYPES:
        raise InputError(
            f"{where}: unknown type {entry.get('type')!r}: expected one of {', '.join(ACTOR_TYPES)}"
        )
    actor_id = entry.get("id", re.sub(r"\W+", "_", name.casefold()).strip("_"))
    if not re.fullmatch(r"\w+", actor_id):
        raise InputError(f"{where}: the id {actor_id!r} must be letters, digits and underscores")
    gender = entry.get("gender", "")
    if gender not in GENDERS:
        raise InputError(f"{where}: unknown gender {gender!r}: expected she, he, they or nothing")
    if gender and entry["type"] != "person":
        raise InputError(f"{where}: gender belongs to persons only; this is a {entry['type']}")
    for key in ("adjectives", "capitals", "peoples"):
        if key in entry and entry["type"] != "state":
            raise InputError(f"{where}: {key} belong to states only; this is a {entry['type']}")
    lists: dict[str, Any] = {
        key: tuple(" ".join(v.split()) for v in entry.get(key, ())) for key in _LIST_FIELDS
    }
    for alias in (
        name,
        *lists["aliases"],
        *lists["short"],
        *lists["adjectives"],
        *lists["capitals"],
    ):
        if sum(c.isalnum() for c in alias) < 2:
            raise InputError(
                f"{where}: {alias!r} is too short to be looked for: expected two letters or more"
            )
    for alias in (name, *(alias for listed in lists.values() for alias in listed)):
        if len(alias) > LONGEST_NAME:
            raise InputError(
                f"{where}: {alias[:60]!r}… is too long to be looked for: expected up to {LONGEST_NAME} "
                "characters"
            )
    return Actor(
        id=actor_id,
        name=" ".join(name.split()),
        type=entry["type"],
        affiliation=entry.get("affiliation", ""),
        gender=gender,
        note=entry.get("note", ""),
        **lists,
    )


def _with_state_bodies(declared: dict[str, Actor]) -> dict[str, Actor]:
    """Add every state's ministries and forces; an entry that has such an id keeps what it says."""
    actors = dict(declared)
    for state in [a for a in declared.values() if a.type == "state"]:
        for key, kind in institutions().items():
            actor_id = f"{state.id}_{key}"
            made = Actor(
                id=actor_id,
                name=f"{(*state.adjectives, state.name)[0]} {kind['name']}",
                type="organisation",
                affiliation=state.id,
                declared=False,
            )
            body = declared.get(actor_id, made)
            actors[actor_id] = replace(body, institution=key, affiliation=body.affiliation or state.id)
    return actors


def _with_sides(actors: dict[str, Actor], where: str) -> dict[str, Actor]:
    sided = {}
    for actor in actors.values():
        chain = [actor.id]
        while affiliation := actors[chain[-1]].affiliation:
            if affiliation not in actors:
                raise InputError(
                    f"{where}, entry {actors[chain[-1]].name!r}: unknown affiliation {affiliation!r}: "
                    "expected the id of another entry; add that actor, correct the id, or delete the line"
                )
            if affiliation in chain:
                raise InputError(
                    f"{where}, entry {actor.name!r}: its affiliations run in a circle "
                    f"({' -> '.join([*chain, affiliation])}): leave one of them out"
                )
            chain.append(affiliation)
        has_side = actors[chain[-1]].type in ("state", "bloc")
        sided[actor.id] = replace(actor, side=chain[-1] if has_side else "")
    return sided


def _find_claims(actors: Iterable[Actor], where: str) -> list[str]:
    """A sentence for each alias that two actors claim."""
    claimed: dict[str, Actor] = {}
    claims: list[str] = []
    for actor in actors:
        for alias in (actor.name, *actor.aliases, *actor.adjectives, *actor.capitals, *actor.peoples):
            other = claimed.setdefault(re.sub(r"^[Tt]he ", "", alias.replace("’", "'")), actor)
            if other.id != actor.id:
                claims.append(
                    f"{where}: {alias!r} is claimed by both {other.id!r} and {actor.id!r}: leave it to "
                    "one of them, or move it to 'short' in both, so that each article decides"
                )
    return list(dict.fromkeys(claims))


def load_ignored(path: Path | str) -> frozenset[str]:
    r"""Read which names are to be proposed no more: the list ``ignore`` at the top of ``actors.toml``.

    Parameters
    ----------
    path : Path or str
        An ``actors.toml``.

    Returns
    -------
    frozenset of str
        The names as they are written there; empty without such a list.

    Raises
    ------
    InputError
        If the file cannot be read, or ``ignore`` is no list of texts.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "actors.toml"
    ...     _ = path.write_text('ignore = ["Road Initiative"]')
    ...     sorted(load_ignored(path))
    ['Road Initiative']
    """
    where, names = read_entries(path, "ignore")
    if not all(isinstance(name, str) for name in names):
        raise InputError(f'{where}: ignore is {names!r}: expected a list like ["one", "two"]')
    return frozenset(names)


def find_claims(path: Path | str) -> list[str]:
    """Find every alias that two actors claim.

    Parameters
    ----------
    path : Path or str
        An ``actors.toml``.

    Returns
    -------
    list of str
        A sentence for each, as `load_actors` would raise it; empty if there is none, or if the file cannot be
        read for another reason.

    Examples
    --------
    >>> find_claims("no_such_folder/actors.toml")
    []
    """
    try:
        where, declared = _read_declared(path)
    except InputError:
        return []
    return _find_claims(declared.values(), where)


def load_actors(path: Path | str) -> dict[str, Actor]:
    r"""Read and check a gazetteer.

    Parameters
    ----------
    path : Path or str
        A TOML file with one ``[[actor]]`` table per actor; the fields are those of `Actor`. ``id``
        may be left out and is then made from the name.

    Returns
    -------
    dict of str to Actor
        By id, in the order of the file; then the ministries, forces and other bodies of every state
        (``data/institutions.toml``), with ids like ``norway_defense_ministry``. An entry of the file
        with such an id gives that body its own name and further aliases.

    Raises
    ------
    InputError
        File missing, not UTF-8 or not TOML; an unknown field, type or affiliation; an empty name; an
        id given twice; an alias that two actors claim; affiliations in a circle.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "actors.toml"
    ...     _ = path.write_text('[[actor]]\nname = "Norway"\ntype = "state"\nadjectives = ["Norwegian"]')
    ...     actors = load_actors(path)
    >>> actors["norway"].side, actors["norway_navy"].name
    ('norway', 'Norwegian Navy')
    """
    where, declared = _read_declared(path)
    if claims := _find_claims(declared.values(), where):
        raise InputError(claims[0])
    return _with_sides(_with_state_bodies(declared), where)


def _read_declared(path: Path | str) -> tuple[str, dict[str, Actor]]:
    where, entries = read_entries(path, "actor")
    declared: dict[str, Actor] = {}
    for number, entry in enumerate(entries, 1):
        actor = _read_entry(entry, f"{where}, entry {number}")
        if actor.id in declared:
            raise InputError(
                f"{where}, entry {number}: the id {actor.id!r} is taken by {declared[actor.id].name!r}: "
                "give one of them another id"
            )
        declared[actor.id] = actor
    return where, declared

"""Which persons a text names, listed or not, and whether they are called he or she."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar

from .actors import Actor
from .reporting import word_class
from .sentences import sentence_openers
from .structure import Span
from .title_words import word_list

_TITLES = {
    "m": r"(?:Mr|Sir|Lord|King|Prince|[Ss]pokesman|[Cc]hairman|congressman|king|father|son|husband|brother)",
    "f": r"(?:Mrs|Ms|Miss|Dame|Lady|Queen|Princess|[Ss]pokeswoman|[Cc]hairwoman|congresswoman|queen|mother|"
    r"daughter|wife|sister)",
}
# "the chairman of the club, Jon Doe"; "Jon Doe, a spokesman"
_BEFORE = {sex: re.compile(rf"\b{t}\b\.?(?: (?:of|for|at) [^.;:,]+)?,? ?$") for sex, t in _TITLES.items()}
_INSIDE = {sex: re.compile(rf"{title}\b") for sex, title in _TITLES.items()}
_BEHIND = {sex: re.compile(rf", [^.;:,]*\b{title}\b") for sex, title in _TITLES.items()}
NAME = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]*\w"
    r"(?:[ ](?:(?:de|da|del|di|al|el|bin|ibn|van|von|der|den|la|le|of)[ ]){0,2}"
    r"(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w'’-]*\w|[A-Z]\b))*"
)
_OFFICES = frozenset("president minister secretary general senator governor prime judge".split())
Placed = TypeVar("Placed", bound=tuple[Any, ...])


class Row(NamedTuple):
    """A mention, as far as the rules on speakers look at it."""

    start: int
    end: int
    actor_id: str
    kind: str
    use: str


class Person(NamedTuple):
    """Where a person is named, and who it is; "" for one that no list holds."""

    start: int
    end: int
    actor_id: str


def beginning_in(placed: Sequence[Placed], start: int, end: int) -> Sequence[Placed]:
    """Those that begin in a span; `placed` are in order."""
    return placed[bisect_left(placed, (start,)) : bisect_left(placed, (end,))]


@cache
def _before_name() -> frozenset[str]:
    """Words before a name that are no part of it; "Lord" and "Lady" are."""
    return _OFFICES | {word.lower() for word in word_list("honorifics", "ranks") - {"Lord", "Lady"}}


def find_persons(
    text: str, rows: Sequence[Row], actors: dict[str, Actor], hidden: Sequence[Span]
) -> list[Person]:
    """Find the persons named outside quotations: listed ones, and runs of capitalised words that can be one.

    Parameters
    ----------
    text : str
        The folded text, with what does not count blanked.
    rows : sequence of Row
        Its mentions.
    actors : dict of str to Actor
        The gazetteer.
    hidden : sequence of (int, int)
        Its quotations.

    Examples
    --------
    >>> text = "Mr. Jon Stone met Eva Lind. Jon Stone Bank paid."
    >>> [text[p.start:p.end] for p in find_persons(text, [], {}, [])]
    ['Jon Stone', 'Eva Lind']
    """
    taken, quoted = bytearray(len(text)), bytearray(len(text))
    for start, end, *_ in rows:
        taken[start:end] = b"\1" * (end - start)
    for start, end in hidden:
        quoted[start:end] = b"\1" * (end - start)
    found = [
        Person(row.start, row.end, row.actor_id)
        for row in rows
        if actors[row.actor_id].type == "person" and row.kind != "title"
    ]
    for match in NAME.finditer(text):
        span = _person_in(match)
        if span and not any(taken[slice(*span)]):
            found.append(Person(*span, ""))
    return sorted(person for person in found if not quoted[person.start])


def _person_in(match: re.Match[str]) -> Span | None:
    """Where a run of capitalised words names a person, if it does: two to four words, none of a body."""
    start, end = match.span()
    words = match[0].split()
    while words and (words[0] in sentence_openers() or words[0].rstrip(".").lower() in _before_name()):
        start += len(words.pop(0)) + 1
    plain = {word.lower().strip(".,") for word in words}
    if not 2 <= len(words) <= 4 or plain & (word_class("bodies") | word_list("organisation_heads") | {"of"}):
        return None
    return start, end


def gender(text: str, start: int, end: int) -> str:
    """Whether a person named at a place is called he (m) or she (f), by title or role; "" for unknown.

    Examples
    --------
    >>> gender("Ms. Lind met Mr. Stone.", 4, 8), gender("Lind met Stone.", 0, 4)
    ('f', '')
    """
    before = text[max(0, start - 50) : start]
    for sex in "fm":
        if _INSIDE[sex].match(text, start, end) or _BEFORE[sex].search(before):
            return sex
    return next((sex for sex in "fm" if _BEHIND[sex].match(text, end, end + 50)), "")

"""Actor or place: whether a state acts in a sentence or is only where something happens.

The words that decide are in ``data/places.toml``.
"""

import re
from functools import cache

from .gazetteer import ADJECTIVE, CAPITAL, Gazetteer
from .language_models import NO_READING, Reading
from .names import is_facility
from .paths import read_vocabulary
from .phrases import Description
from .spans import Name, noun_goes_on

_REACH = 80  # characters before a name that are looked at
_DATELINE_REST = re.compile(
    r"(?:, [A-Z][\w. ]{2,25})?(?:, \w+\.? \d{1,2})?(?: \([\w/ .-]{2,20}\))? (?:—|–|--|-) "
)

_VERB = re.compile(r" (?:\w+ed|sa(?:id|ys)|told|will|would|has|had|is|was|did|went|won)\b")
# "Europe or the " in "to Europe or the US".
_PLACE_BEFORE = re.compile(r"(?<= )(?:[A-Z][\w.-]+ ){1,3}(?:and|or) (?:the )?$")
# "in Toulouse, " in "in Toulouse, France".
_CITY_BEFORE = re.compile(r"\b(?:in|at|of|near|from|to|outside) ((?:[A-Z][\w.-]+ ){0,2}[A-Z][\w.-]+), $")
_CLAUSE_END = re.compile(r"[\x1e\n,.;]")
_BASED = re.compile(r"[ -]based\b")
_SECOND_PLACE = re.compile(r", |,? (?:and|or) (?:the |in |to )?")
_GOES_TO = re.compile(r" (?:in)?to (?:the )?[A-Z]")
# What ends before a name. None of them is longer than the tail that is looked at, nor is its \b undecided.
_TAIL = 24
_LEFT = re.compile(r"\b(?:left|leav(?:e|es|ing)) $")
_FROM = re.compile(r"\bfrom (?:the )?$")
_FROM_ANY_CASE = re.compile(_FROM.pattern, re.IGNORECASE)
_TO = re.compile(r"\b(?:to|towards?) (?:the |both |neighbou?ring )?$", re.IGNORECASE)
_THE_CAPITAL = re.compile(r"\bthe capital,? $")
_IN = re.compile(r"\b(?:in|at) (?:the )?$", re.IGNORECASE)
_CLOSE_TO = re.compile(r"\bto \D{0,13}$")
# The last words of these, of "of" and of `_PLACE_BEFORE`.
_LAST_WORDS = frozenset(
    "left leave leaves leaving from the to toward towards both neighbouring neighboring capital in at of and "
    "or".split()
)


@cache
def _lists() -> dict[str, str]:
    """Each list of ``data/places.toml`` as one alternative of a regular expression."""
    lists = read_vocabulary("places").items()
    return {key: "|".join(w.lower().replace("*", r"\w*") for w in words) for key, words in lists}


@cache
def _pattern(template: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """A template with the names of lists in angle brackets, compiled."""
    return re.compile(re.sub(r"<(\w+)>", lambda m: f"(?:{_lists()[m[1]]})", template), flags)


def _found(template: str, before: str) -> bool:
    """Whether a pattern fits the words before a name, whatever their case.

    Small letters are much faster to search than any; beyond ASCII the two differ for a few letters.
    """
    if before.isascii():
        return _pattern(template, re.NOFLAG).search(before.lower()) is not None
    return _pattern(template).search(before) is not None


def is_place(
    text: str,
    name: Name,
    gazetteer: Gazetteer,
    previous: tuple[int, bool],
    reading: Reading = NO_READING,
) -> bool:
    """Say whether a state, a capital or a seat of power is only where something happens.

    A place: after in, at, near, into, enter, reach, arrive; after "to" where something goes and
    nothing is given; in datelines; in names of squares and airports; "X-based"; the country after
    its city ("Oslo, Norway"); "the X war". An actor: everywhere else, so as subject, with a
    possessive, as an adjective, after "from", "with", "for", "against" and "of".

    Parameters
    ----------
    text : str
        The folded text.
    name : Name
        The name in question.
    gazetteer : Gazetteer
        Says what kind of actor it is.
    previous : (int, bool)
        Where the name before it ends, and whether that was a place.
    reading : Reading
        A spaCy model's, if there is one. Where its parse is clear it comes before the words around the name,
        but not before datelines, airports and possessives.

    Returns
    -------
    bool
        True for a place.

    Examples
    --------
    >>> from helpers import Actor
    >>> gazetteer = Gazetteer({"norway": Actor("norway", "Norway", "state")})
    >>> [is_place(t, Name(t.index("N"), t.index("N") + 6, "norway", "name"), gazetteer, (0, False))
    ...  for t in ("in Norway", "flew to Norway", "a letter to Norway", "in Norway's name")]
    [True, True, False, False]
    """
    actor = gazetteer.actors[name.actor_id]
    if actor.type not in ("state", "seat") or name.form == ADJECTIVE or name.nested:
        return False
    after = text[name.end : name.end + 40]
    facility = actor.type == "state" and after.startswith(" ") and is_facility(text, name.end)
    if facility or _BASED.match(after):
        return True
    if after.startswith(("'s", "-")):
        return False
    before = _words_before(text, name.start)
    # So few characters are before it only where a paragraph begins.
    if len(before) < 30 and _DATELINE_REST.match(after):
        return True
    if reading.places and (parsed := _parsed(reading, name.start, name.end)) is not None:
        return parsed
    if previous[1] and _is_second_place(text[previous[0] : name.start], after):
        return True
    city = _CITY_BEFORE.search(before) if before.endswith(", ") else None
    if city and previous[0] <= name.start - len(before) + city.start(1):
        return True
    held_there = name.form == CAPITAL and _pattern(r" <gatherings>\b").match(after)
    if held_there or _pattern(r" <happenings>\b").match(after):
        return True
    if not _may_be_where(before):
        return False
    tail = before[-_TAIL:]
    if _LEFT.search(tail) and _pattern(r" <left_so>\b").match(after):
        return False
    if name.form == CAPITAL and _found(r"\b<parts_of_a_city>\b[^,.]{0,20}\bof $", before):
        return True
    if _GOES_TO.match(after) and _FROM.search(tail):
        return True
    return not _describes_noun(text, name, reading) and _is_where(_PLACE_BEFORE.sub("", before))


def _is_second_place(between: str, after: str) -> bool:
    """Whether a name that follows a place is one, too: "in Oslo and Bergen"."""
    goes_on = _SECOND_PLACE.fullmatch(between) is not None
    return goes_on and not (", and" in between and _VERB.match(after))


def _describes_noun(text: str, name: Name, reading: Reading) -> bool:
    """Whether an acronym is an adjective: "in US custody", not "people in US fear war"."""
    acronym = text[name.start : name.end].replace(".", "").isupper() and name.end - name.start <= 4
    return acronym and noun_goes_on(text, name.end) and name.end + 1 not in reading.verbs


def _parsed(reading: Reading, start: int, end: int) -> bool | None:
    """What a model's parse says of a name: whether it is a place, or None."""
    return next((reading.places[at] for at in range(start, end) if at in reading.places), None)


def _words_before(text: str, start: int) -> str:
    """What stands before a position in its paragraph, as far as it is looked at."""
    before = text[max(0, start - _REACH) : start]
    return before[max(before.rfind("\x1e"), before.rfind("\n")) + 1 :]


@cache
def _last_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """The words that a pattern for the words before a name can end with, and beginnings of such words."""
    lists = read_vocabulary("places")
    entries = [entry.lower() for key in ("where", "moves", "between") for entry in lists[key]]
    words = {*_LAST_WORDS, *(entry.split()[-1] for entry in entries)}
    return frozenset(words), tuple(word.partition("*")[0] for word in words if "*" in word)


def _may_be_where(before: str) -> bool:
    """False where the last word before a name shows that no pattern of the words before it can fit."""
    if not before.endswith(" "):
        return False
    word = before[:-1].rpartition(" ")[2].removesuffix(",").lower()
    words, beginnings = _last_words()
    plain = word.isascii() and word.isalnum()
    return not plain or word in words or word.startswith(beginnings)


def _is_where(before: str) -> bool:
    """Whether the words before a name make it a place."""
    tail = before[-_TAIL:]
    if _TO.search(tail):
        if _found(r"\b<goes>\b[^.;:\x1e]{0,25}\bto (?:the )?$", before):
            return True
        given = _found(r"\b<gives>\b[^.;:\x1e]{0,40}\b(?:to|towards?) (?:the |both )?$", before)
        return not given and _CLOSE_TO.search(before) is not None
    if _FROM_ANY_CASE.search(tail) and _found(r"\b<departs> from (?:the )?$", before):
        return True
    if _THE_CAPITAL.search(tail):
        return _found(r"\b(?:<where>|to|<moves>) the capital,? $", before)
    if _IN.search(tail) and _found(r"\b<no_place> (?:in|at) (?:the )?$", before):
        return False
    return _found(r"\b(?:<where>|<moves>) (?:<between> )*$", before)


def describes_place(text: str, description: Description, reading: Reading = NO_READING) -> bool:
    """Say whether "the country" is only where something happens: "rain fell in the country"."""
    if text.startswith("'s", description.end):
        return False
    parsed = _parsed(reading, description.start, description.end)
    return _is_where(_words_before(text, description.start)) if parsed is None else parsed


def speaks(text: str, name: Name) -> bool:
    """True where words of saying stand close to a seat of power, so that it is itself the actor."""
    before = _CLAUSE_END.split(text[max(0, name.start - 30) : name.start])[-1]
    after = _CLAUSE_END.split(text[name.end : name.end + 40])[0]
    return _found(r"\b<speaks>\b", f"{before} {after}")

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


@cache
def _lists() -> dict[str, str]:
    """Each list of ``data/places.toml`` as one alternative of a regular expression."""
    lists = read_vocabulary("places").items()
    return {key: "|".join(w.replace("*", r"\w*") for w in words) for key, words in lists}


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """A template with the names of lists in angle brackets, compiled."""
    return re.compile(re.sub(r"<(\w+)>", lambda m: f"(?:{_lists()[m[1]]})", template), re.IGNORECASE)


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
    before = _words_before(text, name.start)
    after = text[name.end : name.end + 40]
    if (is_facility(text, name.end) and actor.type == "state") or re.match(r"[ -]based\b", after):
        return True
    if after.startswith(("'s", "-")):
        return False
    # So few characters are before it only where a paragraph begins.
    if len(before) < 30 and _DATELINE_REST.match(after):
        return True
    if (parsed := _parsed(reading, name.start, name.end)) is not None:
        return parsed
    if (
        previous[1]
        and re.fullmatch(r", |,? (?:and|or) (?:the |in |to )?", text[previous[0] : name.start])
        and not (", and" in text[previous[0] : name.start] and _VERB.match(after))
    ):
        return True  # the second of two places
    city = _CITY_BEFORE.search(before)
    if city and previous[0] <= name.start - len(before) + city.start(1):
        return True
    held_there = name.form == CAPITAL and _pattern(r" <gatherings>\b").match(after)
    if held_there or _pattern(r" <happenings>\b").match(after):
        return True
    if re.search(r"\b(?:left|leav(?:e|es|ing)) $", before) and _pattern(r" <left_so>\b").match(after):
        return False
    if name.form == CAPITAL and _pattern(r"\b<parts_of_a_city>\b[^,.]{0,20}\bof $").search(before):
        return True
    if re.search(r"\bfrom (?:the )?$", before) and re.match(r" (?:in)?to (?:the )?[A-Z]", after):
        return True
    if _describes_noun(text, name, reading):
        return False
    return _is_where(_PLACE_BEFORE.sub("", before))


def _describes_noun(text: str, name: Name, reading: Reading) -> bool:
    """Whether an acronym is an adjective: "in US custody", not "people in US fear war"."""
    acronym = text[name.start : name.end].replace(".", "").isupper() and name.end - name.start <= 4
    return acronym and noun_goes_on(text, name.end) and name.end + 1 not in reading.verbs


def _parsed(reading: Reading, start: int, end: int) -> bool | None:
    """What a model's parse says of a name: whether it is a place, or None."""
    return next((reading.places[at] for at in range(start, end) if at in reading.places), None)


def _words_before(text: str, start: int) -> str:
    """What stands before a position in its paragraph, as far as it is looked at."""
    return re.split(r"[\x1e\n]", text[max(0, start - _REACH) : start])[-1]


def _is_where(before: str) -> bool:
    """Whether the words before a name make it a place."""
    if re.search(r"\b(?:to|towards?) (?:the |both |neighbou?ring )?$", before, re.IGNORECASE):
        given = _pattern(r"\b<gives>\b[^.;:\x1e]{0,40}\b(?:to|towards?) (?:the |both )?$").search(before)
        goes = _pattern(r"\b<goes>\b[^.;:\x1e]{0,25}\bto (?:the )?$").search(before)
        return goes is not None or (given is None and re.search(r"\bto \D{0,13}$", before) is not None)
    if _pattern(r"\b<departs> from (?:the )?$").search(before):
        return True
    if re.search(r"\bthe capital,? $", before):
        return _pattern(r"\b(?:<where>|to|<moves>) the capital,? $").search(before) is not None
    if _pattern(r"\b<no_place> (?:in|at) (?:the )?$").search(before):
        return False
    return _pattern(r"\b(?:<where>|<moves>) (?:<between> )*$").search(before) is not None


def describes_place(text: str, description: Description, reading: Reading = NO_READING) -> bool:
    """Say whether "the country" is only where something happens: "rain fell in the country"."""
    if text.startswith("'s", description.end):
        return False
    parsed = _parsed(reading, description.start, description.end)
    return _is_where(_words_before(text, description.start)) if parsed is None else parsed


def speaks(text: str, name: Name) -> bool:
    """True where words of saying stand close to a seat of power, so that it is itself the actor."""
    before = re.split(r"[\x1e\n,.;]", text[max(0, name.start - 30) : name.start])[-1]
    after = re.split(r"[\x1e\n,.;]", text[name.end : name.end + 40])[0]
    return _pattern(r"\b<speaks>\b").search(f"{before} {after}") is not None

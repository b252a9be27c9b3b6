"""What a number counts: the noun behind it, found by rule."""

import re
from functools import cache

import simplemma

from .sentences import function_words
from .value_words import MONTHS, VOCABULARY, WEEKDAYS

_NOUNS = VOCABULARY["nouns"]
_GAP = re.compile(r"[- ]?(?:of (?:(?:the|its|their|his|her|our|these|those|all) )?)?")
_WORD = re.compile(r"((?:[A-Z]\.){2,}|[A-Za-z](?:[\w&]|-(?=\w))*)('s?)?( ?)")
_JOINED = re.compile(r"-([a-z]+)(?= )(?<!est)(?<!ever)(?<!most)")  # "a 79-metre span"
_DETERMINED = re.compile(r"\b(?i:the|one|these|those)(?: [\w-]+)?$")
_NO_HEAD = re.compile(r"(?:known|due|likely|able|ever|[a-z]{3,}(?:ed|ly))$")


@cache
def _ends_phrase(word: str) -> bool:
    return word in _NOUNS["ends"] or (word in function_words() and word not in _NOUNS["in_spite"])


def _is_plural(word: str) -> bool:
    if word.lower() in _NOUNS["irregular"]:
        return True
    return len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


@cache
def _singular(word: str) -> str:
    lower = word.lower()
    if lower in _NOUNS["irregular"]:
        return str(_NOUNS["irregular"][lower])
    if not _is_plural(word):
        return lower
    lemma = simplemma.lemmatize(lower, lang="en").lower()
    return lemma if lemma != lower else lower.removesuffix("s")


def _phrase(text: str, at: int, *, one: bool) -> list[str]:
    """The words after a number, up to one that cannot be in its noun phrase."""
    words: list[str] = []
    gap = _GAP.match(text, at)
    at = gap.end() if gap else at
    plural = one
    while len(words) < 8 and (match := _WORD.match(text, at)):
        word, owner, space = match.groups()
        acronym = word.isupper() and len(word) > 1  # "US" is no "us"
        if (_ends_phrase(word.lower()) and not acronym) or word in WEEKDAYS or word in MONTHS:
            break
        # "Two refuelling tankers", but "two tankers refuelling" and "the first tanker refuelled".
        if words and plural and word.endswith(("ed", "ing", "ly")) and word.islower():
            break
        plural = plural or _is_plural(word)
        words.append(word)
        if not space or owner == "'" or (owner and one):  # "60% of Norway's exports" are exports
            break
        at = match.end()
    return words


def counts_several(text: str, at: int) -> bool:
    """Whether a plural is in the noun phrase behind a number.

    >>> counts_several("The 16 new ships left.", 6), counts_several("Flight 16 left.", 9)
    (True, False)
    """
    return any(map(_is_plural, _phrase(text, at, one=False)))


def plural_follows(text: str, at: int) -> bool:
    """Whether the very next word is a common noun in the plural.

    >>> plural_follows("1500 jobs", 4), plural_follows("1945 was hard", 4)
    (True, False)
    """
    word = _WORD.match(text, at + 1)
    return word is not None and word[1].islower() and _is_plural(word[1]) and not _ends_phrase(word[1])


def find_unit(text: str, at: int, *, one: bool = False) -> str:
    """Find the head of the noun phrase that begins at `at`, in the singular; "" for none.

    More than one of a thing is a plural, so its first plural word is the head, or the next where
    that is one too ("two weapons systems"); of `one` thing, the last word.

    >>> find_unit("three major markets fell", 5), find_unit("the 70th anniversary of it", 8, one=True)
    ('market', 'anniversary')
    """
    if joined := _JOINED.match(text, at):
        return _singular(joined[1])
    words = _phrase(text, at, one=one)
    if not words:
        return ""
    if words[0].endswith("ing") and words[0] not in _NOUNS["adjectives"] and _DETERMINED.search(text, 0, at):
        return ""
    lower = [word.lower() for word in words]
    if lower[0] in ("square", "cubic") and len(words) > 1:
        return _singular(words[1])
    for fixed in ("anniversary", "birthday", "time", "times"):
        if one and fixed in lower:
            return _singular(fixed)
    if not one and (plurals := [n for n, word in enumerate(words) if _is_plural(word)]):
        # "Three United States markets" are markets.
        plurals = [n for n in plurals if words[n][0].islower() or words[n][:-1].isupper()] or plurals
        head = words[plurals[0] + (plurals[0] + 1 in plurals)]
    elif _NO_HEAD.match(words[-1]):
        return ""
    else:
        head = words[-1]
    return _singular(head.rsplit("-", 1)[-1])

"""A name in a text, and what stands around it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from .title_words import titles


class Name(NamedTuple):
    """One name found in a text: where, whose, and in which form it was looked for."""

    start: int
    end: int
    actor_id: str
    form: str
    nested: bool = False


def overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the spans, which are in order and apart, shares a character with start to end.

    Examples
    --------
    >>> overlaps([(0, 3), (8, 9)], 2, 5), overlaps([(0, 3), (8, 9)], 3, 8)
    (True, False)
    """
    last = bisect_left(spans, (end,)) - 1
    return last >= 0 and spans[last][1] > start


def find_word(text: str, word: str) -> Iterator[int]:
    """Where a word begins that is no part of a longer one, hyphened or not.

    Examples
    --------
    >>> list(find_word("Roe, Roebuck and Roe-Stone", "Roe"))
    [0]
    """
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        alone = not (_joins(text[start - 1 : start]) or _joins(text[end : end + 1]))
        if alone:
            yield start
        start = text.find(word, end if alone else start + 1)


def _joins(mark: str) -> bool:
    return mark.isalnum() or mark in ("_", "-")


def may_follow(text: str, at: int, endings: frozenset[str]) -> bool:
    """Look whether a word with one of some endings can stand before a position, with a space or a full stop.

    False rules the words out whose `last_letters` they are: far cheaper than a pattern of all the words.

    Examples
    --------
    >>> endings = last_letters(["minister"])
    >>> [may_follow(text, 9, endings) for text in ("minister Doe", "Speaking Doe", "Our Prof. Doe")]
    [True, False, False]
    """
    return text[max(0, at - 5) : at].rstrip(" .\n")[-2:].lower() in endings


def last_letters(words: Iterable[str]) -> frozenset[str]:
    """The last two letters of each of some words, which have two or more, for `may_follow`."""
    return frozenset(word[-2:].lower() for word in words)


@cache
def _noun_follows() -> re.Pattern[str]:
    return re.compile(rf"[ -](?!(?:{'|'.join(titles()['after_noun'])}|\w+ed|\w+ly|\w+ing)\b)[a-z]")


def noun_goes_on(text: str, end: int) -> bool:
    """True where another noun seems to follow, so that what ends here only describes it.

    Examples
    --------
    >>> noun_goes_on("the army officers met", 8), noun_goes_on("the army moved in", 8)
    (True, False)
    """
    return _noun_follows().match(text[end : end + 20].lower()) is not None

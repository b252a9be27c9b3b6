"""A name in a text, and what stands around it."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from .title_words import titles


@dataclass(frozen=True)
class Name:
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

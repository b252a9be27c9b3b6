"""The words and figures that values are made of, and the form that a value takes."""

import calendar
import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .paths import read_vocabulary

VOCABULARY = read_vocabulary("values")
# First and last day an article may have appeared; None where no day is known.
Published = tuple[date, date] | None


class Value(NamedTuple):
    """One expression: where it stands in its sentence, and the columns of `find_values`."""

    start: int
    end: int
    kind: str
    value: str
    low: float
    high: float
    unit: str = ""


class Place(NamedTuple):
    """A sentence, dashes and spaces made plain one for one, and when its article appeared."""

    text: str
    published: Published
    titled: bool  # most words begin with a capital, as in a headline
    names: frozenset[str]  # figures that name something in this article, such as a type of aircraft


class Rule(NamedTuple):
    """What to look for, its groups named after the rule, and what to make of it."""

    pattern: str
    read: Callable[[re.Match[str], Place], Value | None]


def any_of(words: Collection[str]) -> str:
    """Pattern for one of several words or signs, the longest first.

    >>> any_of(["day", "fortnight"])
    '(?:fortnight|day)'
    """
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def any_word(words: Collection[str]) -> str:
    """Pattern for one of several words, and no longer one."""
    return any_of(words) + r"\b"


# ---- numbers ------------------------------------------------------------------------------------

UP_TO_19: list[str] = VOCABULARY["up_to_19"]
_TENS: list[str] = VOCABULARY["tens"]
BIG = {word: 10**zeros for word, zeros in VOCABULARY["big"].items()}
SCALES = BIG | {word: 10**zeros for word, zeros in VOCABULARY["short"].items()}
_WORD_VALUES = {w: n for n, w in enumerate(UP_TO_19)} | {w: 10 * n for n, w in enumerate(_TENS, 2)}
ORDINALS = {w: n for n, w in enumerate(VOCABULARY["ordinals"], 1)} | {"hundredth": 100}
ORDINALS |= {w.replace("y", "ieth"): 10 * n for n, w in enumerate(_TENS, 2)}

# A comma with other than three digits after it is no number of English; 10:30 and 5 pm are times.
DIGITS = (
    r"(?<!\d[,.:/])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+|\d+(?:\.\d+)?)"
    r"(?![,.:]?\d| ?[AaPp]\.?[Mm]\b)"
)
BELOW_100 = rf"(?:{any_word(_TENS)}(?:[- ]{any_word(UP_TO_19[1:10])})?|{any_word(UP_TO_19)})"
_BELOW_1000 = rf"(?:(?:{any_word(UP_TO_19)}|an?)[- ]hundred\b(?: (?:and )?{BELOW_100})?|{BELOW_100})"
_IN_WORDS = (
    rf"(?:half[- ](?:an?[- ](?:{any_word([*BIG, 'hundred', 'dozen'])})|dozen\b)"
    rf"|an?[- ](?:half[- ])?{any_word([*BIG, 'dozen'])}"
    rf"|{_BELOW_1000}(?: and a half\b)?"
    rf"(?:[- ]{any_word(BIG)}(?: and {BELOW_100}| {_BELOW_1000})?|[- ]dozen\b)*)"
)
NUMBER = (
    rf"(?:{DIGITS}(?: and a half\b)?"
    rf"(?:[- ]?{any_word(VOCABULARY['short'])}|(?:[- ]{any_word(['hundred', 'dozen', *BIG])})+)?"
    rf"|(?i:{_IN_WORDS}))"
)
ORDINAL = rf"(?:\d+(?:st|nd|rd|th)\b|(?i:(?:{any_word(_TENS)}-)?{any_word(ORDINALS)}))"


def read_number(words: str) -> Decimal:
    """Read the number that figures or words name.

    >>> read_number("two hundred and five thousand"), read_number("15 000"), read_number("half a dozen")
    (Decimal('205000'), Decimal('15000'), Decimal('6.0'))
    """
    total, current = Decimal(0), Decimal(-1)  # -1: nothing named yet
    for word in re.findall(r"\d+(?:[, ]\d{3})*(?:\.\d+)?|[a-z]+", words.lower()):
        if word[0].isdigit():
            current = Decimal(re.sub("[, ]", "", word))
        elif word in ("a", "an"):
            current = Decimal(1) if current < 0 else current
        elif word == "half":
            current = (
                Decimal("0.5") if current <= 1 and words[:1].lower() in "ah" else current + Decimal("0.5")
            )
        elif word in ("hundred", "dozen"):
            current = abs(current) * (100 if word == "hundred" else 12)
        elif word in SCALES:
            total, current = total + abs(current) * SCALES[word], Decimal(0)
        elif word != "and":
            current = max(current, Decimal(0)) + _WORD_VALUES[word]
    return total + current


def read_ordinal(words: str) -> int:
    """Read a place in an order.

    >>> read_ordinal("22nd"), read_ordinal("twenty-second")
    (22, 22)
    """
    if words[0].isdigit():
        return int(words[:-2])
    tens, _, ones = words.lower().rpartition("-")
    return _WORD_VALUES.get(tens, 0) + ORDINALS[ones]


# ---- days ---------------------------------------------------------------------------------------

_LONG_MONTHS = {name: n for n, name in enumerate(calendar.month_name) if name}
_SHORT_MONTHS = {name[:3]: n for name, n in _LONG_MONTHS.items() if name != "May"} | {"Sept": 9}
_LONG_MONTHS |= {name.upper(): n for name, n in _LONG_MONTHS.items()}
MONTHS = _LONG_MONTHS | _SHORT_MONTHS
MONTH = rf"(?:{any_word(_LONG_MONTHS)}|{any_word(_SHORT_MONTHS)}\.?)"
WEEKDAYS = {name: n for n, name in enumerate(calendar.day_name)}
YEAR = r"(?:1[1-9]|20)\d\d(?![\d%]|[,.]\d)"
TO = "(?: ?[-—] ?| to )"
# In days; a month is a twelfth of a year of 365.25 days.
DURATIONS = {
    "second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14,
    "month": 30.4375, "year": 365.25, "decade": 3652.5, "century": 36525, "centurie": 36525,
}  # fmt: skip

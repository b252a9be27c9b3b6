"""Amounts in the text: shares, places in an order, money, lengths of time, ages and counts."""

import math
import re
from decimal import Decimal
from typing import NamedTuple

from .sentences import function_words
from .value_units import counts_several, find_unit, plural_follows
from .value_words import (
    BELOW_100,
    BIG,
    DIGITS,
    DURATIONS,
    MONTHS,
    NUMBER,
    ORDINAL,
    ORDINALS,
    SCALES,
    TO,
    UP_TO_19,
    VOCABULARY,
    WEEKDAYS,
    YEAR,
    Place,
    Rule,
    Value,
    any_of,
    any_word,
    read_number,
    read_ordinal,
)  # fmt: skip

# Said in the smaller unit, so that two weeks are fourteen days.
_SAME = {
    "week": (7, "day"), "fortnight": (14, "day"), "decade": (10, "year"),
    "century": (100, "year"), "centurie": (100, "year"),
}  # fmt: skip
_CURRENCIES = {sign: code for code, of in VOCABULARY["currencies"].items() for sign in of["before"]}
_CURRENCY_WORDS = {word: code for code, of in VOCABULARY["currencies"].items() for word in of["behind"]}
CURRENCY = any_of(_CURRENCIES)
_CLAIMED = {words: of["claimed"] for of in VOCABULARY["hedges"] for words in of["before"] + of["behind"]}
_HEDGE = rf"(?i:{any_word([words for of in VOCABULARY['hedges'] for words in of['before']])}) (?:just )?"
_BEHIND = re.compile(any_of([words for of in VOCABULARY["hedges"] for words in of["behind"]]) + r"(?!\w)")
_TAIL = re.compile(
    r"(?P<percent> ?%|[- ](?i:percent|per cent|pct)\b)"
    r"|[- ](?P<age>(?i:year|month|week|day))s?[- ](?i:olds?)\b"
    rf"|[- ](?P<duration>(?i:{any_of(DURATIONS)}))s?\b"
    rf"|[- ](?P<money>(?i:{any_of(_CURRENCY_WORDS)}))s?\b"
)
_SERIES = re.compile(rf"(?:(?:,? and|,? or|,) {NUMBER})+")


class _Amount(NamedTuple):
    start: int
    end: int
    low: Decimal
    high: Decimal
    least: float  # what is claimed, the hedge considered
    most: float

    @property
    def named(self) -> str:
        return "/".join(dict.fromkeys(f"{n.normalize():f}" for n in (self.low, self.high)))


def _amount(span: tuple[int, int], low: Decimal, high: Decimal, hedge: str = "") -> _Amount:
    below, above = _CLAIMED.get(hedge, (1.0, 1.0))
    low_end, high_end = sorted((low, high))
    most = math.inf if math.isinf(above) else float(high_end * Decimal(str(above)))
    return _Amount(*span, low, high, float(low_end * Decimal(str(below))), most)


def _hedge(words: str | None) -> str:
    return (words or "").strip().lower().removesuffix(" just")


# ---- what kind of amount ------------------------------------------------------------------------


def _money(of: _Amount, currency: str) -> Value:
    return Value(of.start, of.end, "money", f"{of.named} {currency}", of.least, of.most, currency.lower())


def _duration(of: _Amount, word: str) -> Value:
    times, unit = _SAME.get(word, (1, word))
    named = of._replace(low=of.low * times, high=of.high * times).named + f" {unit}"
    days = DURATIONS[word]
    named += "s" * (of.high * times != 1)
    return Value(of.start, of.end, "duration", named, of.least * days, of.most * days, unit)


def _age(of: _Amount, word: str) -> Value:
    named = of.named + ("" if word == "year" else f" {word}" + "s" * (of.high != 1))
    years = DURATIONS[word] / DURATIONS["year"]
    return Value(of.start, of.end, "age", named, of.least * years, of.most * years, "year")


def _percent(of: _Amount, text: str, at: int) -> Value:
    """A share of what follows `at`."""
    unit = find_unit(text, at) if text.startswith(" of ", at) else ""
    return Value(of.start, of.end, "percent", f"{of.named}%", of.least, of.most, unit)


def _count(of: _Amount, text: str) -> Value:
    unit = find_unit(text, of.end, one=of.low == of.high == 1)
    return Value(of.start, of.end, "count", of.named, of.least, of.most, unit)


def _measured(of: _Amount, text: str) -> Value | None:
    """A share, an age, a length of time or an amount of money, by what follows the number."""
    tail = _TAIL.match(text, of.end)
    if tail is not None:
        of = of._replace(end=tail.end())
    else:  # "five, six or seven years": the first are years too
        more = _SERIES.match(text, of.end)
        tail = more and _TAIL.match(text, more.end())
        if tail is None:
            return None
    word = tail[str(tail.lastgroup)].lower()
    if tail["percent"]:
        return _percent(of, text, tail.end())
    if tail["age"]:
        return _age(of, word)
    if tail["duration"]:
        return _duration(of, word)
    if word in ("won", "pound") and of.high < 1000:
        return None  # a verb; a weight
    return _money(of, _CURRENCY_WORDS[word])


def read_amount(span: tuple[int, int], low: int, high: int, text: str) -> Value:
    """Read plain figures as an amount of what follows them.

    >>> read_amount((0, 4), 1500, 1500, "1500 jobs")[2:]
    ('count', '1500', 1500.0, 1500.0, 'job')
    """
    of = _amount(span, Decimal(low), Decimal(high))
    return _measured(of, text) or _count(of, text)


def is_amount(text: str, at: int) -> bool:
    """Whether what follows figures says that they count: "1500 jobs", "2000 dollars"."""
    lower = text[at + 1 : at + 2].islower()
    return plural_follows(text, at) or (lower and _TAIL.match(text, at) is not None)


# ---- what is a name -----------------------------------------------------------------------------

_NUMBERED = re.compile(rf"(?:\b(?i:{any_of(VOCABULARY['names']['before_figures'])})[- ]|#)$")


def is_numbered(text: str, at: int) -> bool:
    """Whether a figure is the number of something: "section 4", "Flight 12"."""
    return _NUMBERED.search(text, 0, at) is not None


def _is_name(start: int, figure: str, place: Place, unit: str) -> bool:
    """Whether a number is part of a name: "Boeing 747", "Flight 12", "the Big Three"."""
    before = place.text[:start]
    if is_numbered(before, start):
        return True
    several = counts_several(place.text, start + len(figure))
    if figure in place.names and not several:
        return True
    if figure[0].isalpha():
        inside = before.strip("\"'“‘( ") != "" and not re.search(r"[:.!?—] ?[\"'“‘]?$", before)
        return figure[0].isupper() and inside and not place.titled
    previous = re.search(r"(?:^|[\s\"'“‘(])([A-Z][\w&.-]*|[a-z]+[A-Z]\w*)('s)? $", before)
    if previous is None or not re.fullmatch(r"\d+(?:\.\d+)?", figure):
        return False
    word = previous[1]
    if previous[2]:  # "Poor's 500 Index", but "Norway's 16 ships"
        return not several
    if word.lower() in function_words() or word in WEEKDAYS or word in MONTHS:
        return False
    return unit == "" or not (place.titled or previous.start(1) == 0)


# ---- numbers ------------------------------------------------------------------------------------

_BEHIND_NAME = re.compile(r"[A-Z][\w'-]+, $")
_PRONOUN = re.compile(
    r"\b(?i:no|any|every|some|this|that|which|the|each|another|number|not|other|good|bad|big|only) $"
)
_CHANGED = re.compile(rf"\b{any_of(VOCABULARY['tense']['changes'])} $")


def _number(match: re.Match[str], place: Place) -> Value | None:
    text, first, second, hedge = place.text, match["n_one"], match["n_two"], _hedge(match["n_hedge"])
    start, end = match.span()
    if second is None:  # "between" and "from" belong to a range alone
        start = min(match.start(g) for g in ("n_hedge", "n_cur", "n_one") if match[g])
    low = read_number(first)
    high = read_number(second) if second else low
    if second and first[-1].isdigit() and low < high and (scale := re.search("[a-z]+$", second)):
        low *= SCALES.get(scale.group(), 1)  # "10-15 million"
    if match["n_join"] == " to " and 3 * low < high and _CHANGED.search(text, 0, match.start()):
        end, high, second = match.start("n_join"), low, None  # "down $2 to $77": two amounts, no range
    if second and low >= high and not match.group().lower().startswith("from"):
        return None  # a score, a vote, a designation
    if behind := _BEHIND.match(text, end):
        hedge, end = behind.group(), behind.end()
    of = _amount((start, end), low, high, hedge)
    if currency := match["n_cur"] or match["n_cur2"]:
        return _money(of, _CURRENCIES[currency.strip()])
    if measured := _measured(of, text):
        return measured
    if second is None and not match["n_hedge"] and _is_age(start, end, first, place):
        return _age(of, "year")
    return _keep_count(_count(of, text), first, _hedge(match["n_hedge"]), place)


def _is_age(start: int, end: int, figure: str, place: Place) -> bool:
    """An age stands between commas behind a name: "Jon Stone, 34, said"."""
    return (
        re.fullmatch(r"[1-9]\d|1[01]\d", figure) is not None
        and _BEHIND_NAME.search(place.text, 0, start) is not None
        and re.compile(r",(?! \d)|[;)]|$| (?:and|of)\b").match(place.text, end) is not None
    )


def _keep_count(counted: Value, figure: str, hedge: str, place: Place) -> Value | None:
    """The count, unless the number is a pronoun, a name or part of a word."""
    text, start, end = place.text, counted.start, counted.end
    if text[end : end + 1].isalpha():
        return None
    if not hedge:
        if figure.lower() == "one" and (
            not counted.unit or _PRONOUN.search(text, 0, start) or text.startswith(" of ", end)
        ):
            return None
        return None if _is_name(start, figure, place, counted.unit) else counted
    if hedge in ("about", "around") and not counted.unit and re.fullmatch(r"1[5-9]\d\d|20\d\d", figure):
        return Value(start, end, "year", figure, float(figure), float(figure))
    return counted


# ---- places in an order, shares, numbers nobody counted -----------------------------------------

_COUNTED = re.compile(rf" {NUMBER}")
_NOT_ORDINAL = re.compile(r"-(?:hand|class|rate|guess|degree|aid|responder|come|string)")
_PAST = re.compile(rf" (?:[a-z]+ed|{any_of(VOCABULARY['tense']['past'])})\b")
_DETERMINED = re.compile(
    r"(?:\b(?i:the|an?|its|his|her|their|our|my|your|this|that|every|each)|'s|s') (?:very )?$|-[a-z]+ $"
)


def _ordinal(match: re.Match[str], place: Place) -> Value | None:
    """A place in an order; not the adverb, nor a name such as "First World War"."""
    text, (start, end), words = place.text, match.span(), match.group()
    several = _COUNTED.match(text, end)
    unit = find_unit(text, several.end() if several else end, one=several is None)
    if words[0].isalpha():
        determined = _DETERMINED.search(text, 0, start)
        if not (determined or unit) or _NOT_ORDINAL.match(text, end) or _is_name(start, words, place, unit):
            return None
        if words[0].isupper() and re.match(" [A-Z]", text[end:]) and not place.titled:
            return None
        if not determined and (text[:start].lower().endswith("at ") or _PAST.match(text, end)):
            return None
    nth = read_ordinal(words)
    return Value(start, end, "ordinal", f"{nth}", nth, nth, unit)


def _vague(match: re.Match[str], place: Place) -> Value:
    text, (start, end), words = place.text, match.span(), match.group().lower().split()
    if len(words) == 1:
        low, high = VOCABULARY["vague"][words[0]]
    else:  # "a few hundred", "tens of thousands"
        times = {"dozen": 12, "hundred": 100, "ten": 10} | BIG
        scale = times[words[-1].removesuffix("s")]
        scale *= times[words[0].removesuffix("s")] if words[1] == "of" else 1
        low, high = 2 * scale, 10 * scale - 1
    tail = _TAIL.match(text, end + 3 * text.startswith(" of ", end))
    if tail and tail["money"]:
        code = _CURRENCY_WORDS[tail["money"].lower()]
        return Value(start, tail.end(), "money", f"{' '.join(words)} {code}", low, high, code.lower())
    return Value(start, end, "count", " ".join(words), low, high, find_unit(text, end))


_BELOW_TEN = any_word(UP_TO_19[1:10])
_PARTS = {"half": 2, "halve": 2, "quarter": 4} | {word: n for word, n in ORDINALS.items() if 3 <= n <= 10}


def _share(match: re.Match[str], place: Place) -> Value | None:
    text, (start, end) = place.text, match.span()
    if match["s_half"] and re.search(r"\b(?:first|second|other|latter|better|top|bottom|a) $", text[:start]):
        return None
    top, part = Decimal(1), Decimal(2)
    if match["s_n"]:
        top, part = read_number(match["s_n"]), read_number(match["s_of"])
        if top >= part or part < 3:
            return None
    elif match["s_part"]:
        top, part = read_number(match["s_top"]), Decimal(_PARTS[match["s_part"].lower().removesuffix("s")])
    percent = 100 * top / part
    # "A third" is said of 33 and of 34 per cent.
    of = _amount(
        (start, end), Decimal(math.floor(percent)), Decimal(math.ceil(percent)), _hedge(match["s_hedge"])
    )
    percent = round(percent, 1)
    share = _percent(of._replace(low=percent, high=percent), text, end)
    return share._replace(unit=find_unit(text, end)) if match["s_n"] else share


def _since(match: re.Match[str], _place: Place) -> Value:
    return _duration(_amount(match.span(), Decimal(1), Decimal(1)), match["si_unit"].lower())


def _aged(match: re.Match[str], _place: Place) -> Value:
    low = read_number(match["a_n"])
    of = _amount(match.span(), low, Decimal(match["a_to"]) if match["a_to"] else low)
    return _age(of, "year")


AMOUNTS = {
    "share": Rule(
        rf"(?P<s_hedge>{_HEDGE})?(?i:(?P<s_top>an?|{_BELOW_TEN})(?:(?P<s_dash>-)| )"
        rf"(?P<s_part>{any_of(_PARTS)}s?)\b(?:(?<=s)|(?= of\b)|(?(s_dash)|(?(s_hedge)|(?!))))"
        r"|(?P<s_half>half)(?= (?:of|the|its|their|his|her|all)\b)"
        rf"|(?P<s_n>{_BELOW_TEN}|\d+) (?:in|out of)(?: every)? "
        rf"(?P<s_of>{BELOW_100}|\d{{1,3}})\b(?! ?%|[-,.]?\d|[- ]{any_of(DURATIONS)}))",
        _share,
    ),
    "ordinal": Rule(ORDINAL, _ordinal),
    "vague": Rule(
        rf"(?i:(?:tens|hundreds|thousands) of (?:{any_of(BIG)}s)"
        rf"|(?:several|a few) {any_word(['dozen', 'hundred', *BIG])}"
        rf"|{any_of([word for word in VOCABULARY['vague'] if word not in ('tens', 'scores')])}"
        r"|(?:tens|scores)(?= of ))\b",
        _vague,
    ),
    "since": Rule(
        r"(?i:an?) (?P<si_unit>day|week|month|year|decade|century)"
        r"(?= (?:ago|after|before|earlier|later)\b)",
        _since,
    ),
    "aged": Rule(
        rf"(?i:aged|at age|the age of) (?P<a_n>{DIGITS}|(?i:{BELOW_100}))(?:{TO}(?P<a_to>\d+))?",
        _aged,
    ),
    "number": Rule(
        rf"(?:(?:(?i:from)(?! {YEAR}\b(?! to ))|(?P<n_between>(?i:between))) )?(?P<n_hedge>{_HEDGE})?"
        rf"(?P<n_cur>{CURRENCY} ?)?"
        rf"(?P<n_one>{NUMBER})(?:(?P<n_join>(?(n_between) and |(?:-|—| - | to | or )))(?:{_HEDGE})?"
        rf"(?P<n_cur2>{CURRENCY} ?)?(?P<n_two>{NUMBER}))?",
        _number,
    ),
}  # fmt: skip

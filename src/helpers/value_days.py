"""Days, months, years, periods and times of day in the text, also those told from the article's own day."""

import calendar
import math
import re
from collections.abc import Callable
from datetime import date, timedelta

from .value_amounts import is_amount, is_numbered, read_amount
from .value_words import (
    MONTH,
    MONTHS,
    ORDINAL,
    TO,
    VOCABULARY,
    WEEKDAYS,
    YEAR,
    Place,
    Rule,
    Value,
    any_of,
    any_word,
    read_ordinal,
)  # fmt: skip

_NAMES = VOCABULARY["names"]
_WEEKDAY = any_word(WEEKDAYS)
_PART = r"(?:(?i:early|late|mid)[- ])?"
_DAY_OF_MONTH = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[,.:]\d|%)"
_OF_YEAR = rf"(?:(?:,? |,? of |/){YEAR}| (?:of )?(?:last|this|next) year\b)"
_STEPS = {"last": -1, "yesterday": -1, "next": 1, "tomorrow": 1}
_DAY = timedelta(days=1)

# ---- what is to come ----------------------------------------------------------------------------

_TENSE = re.compile(
    rf"(?P<future>\b{any_word(VOCABULARY['tense']['future'])}|'ll\b"
    r"|(?P<infinitive>(?<!according )\bto (?!(?:the|an?|its|his|her|their)\b)[a-z]+(?<!s)(?<!ing)\b))"
    rf"|\b(?:{any_of(VOCABULARY['tense']['past'])}|[a-z]{{2,}}ed)\b"
)


def _is_ahead(text: str, start: int, end: int, *, infinitive: bool = True) -> bool:
    """Whether a day is spoken of as to come: by the nearest sign before it, else the first after."""
    signs = [sign for sign in _TENSE.finditer(text) if infinitive or not sign["infinitive"]]
    before = [sign for sign in signs if sign.end() <= start]
    sign = before[-1] if before else next((sign for sign in signs if sign.start() >= end), None)
    return sign is not None and sign["future"] is not None


# ---- the form of the value ----------------------------------------------------------------------


def _days(span: tuple[int, int], low: date | None, high: date | None) -> Value | None:
    if low is None or high is None:
        return None  # there is no 31 June
    value = "/".join(dict.fromkeys((low.isoformat(), high.isoformat())))
    return Value(*span, "date", value, low.toordinal(), high.toordinal())


def _months(span: tuple[int, int], low: date, high: date) -> Value:
    value = "/".join(dict.fromkeys((f"{low:%Y-%m}", f"{high:%Y-%m}")))
    end = high.replace(day=calendar.monthrange(high.year, high.month)[1])
    return Value(*span, "month", value, low.replace(day=1).toordinal(), end.toordinal())


def _years(span: tuple[int, int], kind: str, low: int, high: int) -> Value:
    return Value(*span, kind, f"{low}" if kind == "year" and low == high else f"{low}/{high}", low, high)


def _unknown(place: Place, span: tuple[int, int], kind: str) -> Value:
    return Value(*span, kind, place.text[slice(*span)].lower(), math.nan, math.nan)


def _near(place: Place, span: tuple[int, int], find: Callable[[date], tuple[date, date]]) -> Value | None:
    """Days named by their distance from the article's; `find` never goes backwards."""
    if place.published is None:
        return _unknown(place, span, "date")
    return _days(span, find(place.published[0])[0], find(place.published[1])[1])


# ---- days and months of the calendar ------------------------------------------------------------


def _day_in(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def _numbered_year(of_year: str | None, place: Place) -> int | None:
    """The year that stands behind a day or month, if it can be known."""
    if of_year is None:
        return None
    if found := re.search(r"\d{4}", of_year):
        return int(found.group())
    return place.published[0].year + _STEPS.get(of_year.split()[-2], 0) if place.published else None


def _iso(match: re.Match[str], _place: Place) -> Value | None:
    year, month, day = map(int, match.group().split("-"))
    found = _day_in(year, month, day) if 1 <= month <= 12 else None
    return _days(match.span(), found, found)


def _calendar_day(match: re.Match[str], place: Place) -> Value | None:
    """A day of a month, or the days from one to another."""
    name, day, until, of_year = (
        match[f"md_{part}"] or match[f"dm_{part}"] for part in ("month", "day", "last", "year")
    )
    month, first = MONTHS[name.rstrip(".")], int(re.sub(r"\D", "", day))
    last = int(re.sub(r"\D", "", until)) if until else first
    if last < first or not _day_in(2000, month, last):
        return None
    year = _numbered_year(of_year, place)
    if year is None:
        if place.published is None:
            unknown = _unknown(place, match.span(), "date")
            named = "/".join(f"{month:02}-{day:02}" for day in sorted({first, last}))
            return unknown if of_year else unknown._replace(value=named)
        near = place.published[0]
        years = [y for y in (near.year - 1, near.year, near.year + 1) if _day_in(y, month, last)]
        year = min(years, key=lambda y: abs(date(y, month, first) - near), default=near.year)
    return _days(match.span(), _day_in(year, month, first), _day_in(year, month, last))


def _month(match: re.Match[str], place: Place) -> Value:
    year = _numbered_year(match["m_year"], place)
    if year is None:
        return _unknown(place, match.span(), "month")
    month = date(year, MONTHS[match["m_month"].rstrip(".")], 1)
    return _months(match.span(), month, month)


_UNTIL = re.compile(r"\b(?:until|by|before) the (?:end|start|beginning|middle) $")


def _month_alone(match: re.Match[str], place: Place) -> Value:
    lead, number = match["ma_lead"].lower(), MONTHS[match["ma_month"].rstrip(".")]
    span = match.span() if lead in ("last", "this", "next") else match.span("ma_text")
    if place.published is None:
        return _unknown(place, span, "month")
    if lead == "of":
        ahead = _UNTIL.search(place.text, 0, match.start()) is not None
    else:
        ahead = lead == "next" or (
            lead not in ("last", "since") and _is_ahead(place.text, *span, infinitive=False)
        )

    def find(day: date) -> date:
        year = day.year
        if number == day.month:  # "last July" in July is that of the year before
            year += _STEPS.get(lead, 0)
        elif lead != "this":
            year += number < day.month if ahead else -(number > day.month)
        return date(year, number, 1)

    return _months(span, find(place.published[0]), find(place.published[1]))


# ---- days told from the article's own -----------------------------------------------------------

_NAMED_DAY = re.compile(rf"\b{any_of(_NAMES['before_weekdays'])} $")
_NAMED_BY_DAY = re.compile(rf"'?s? ?(?:{any_of(_NAMES['behind_weekdays'])}|Night [A-Z])\b")


def _weekday(match: re.Match[str], place: Place) -> Value | None:
    if _NAMED_DAY.search(place.text, 0, match.start()) or _NAMED_BY_DAY.match(place.text, match.end()):
        return None
    lead, number = (match["w_lead"] or "").lower(), WEEKDAYS[match["w_day"]]
    ahead = lead in ("next", "coming") or (lead != "last" and _is_ahead(place.text, *match.span()))

    def find(day: date) -> tuple[date, date]:
        day += _DAY * _STEPS.get(lead, 0)
        day += _DAY * ((number - day.weekday()) % 7 if ahead else -((day.weekday() - number) % 7))
        return day, day

    return _near(place, match.span(), find)


def _relative(match: re.Match[str], place: Place) -> Value | None:
    span, unit = match.span(), (match["r_unit"] or "").lower()
    step = _STEPS.get((match["r_which"] or match.group()).lower(), 0)
    if place.text[: span[0]].lower().endswith("the "):
        return None  # "the last year" is a length of time, "the next month" depends on the story
    if unit in ("month", "year"):
        if place.published is None:
            return _unknown(place, span, unit)
        first, last = place.published
        if unit == "year":
            return _years(span, "year", first.year + step, last.year + step)
        years_months = [divmod(12 * day.year + day.month - 1 + step, 12) for day in (first, last)]
        return _months(span, *(date(year, month + 1, 1) for year, month in years_months))

    def find(day: date) -> tuple[date, date]:
        if not unit.startswith("week"):
            return day + _DAY * step, day + _DAY * step
        monday = day + _DAY * (7 * step - day.weekday())
        return monday + _DAY * (5 if unit == "weekend" else 0), monday + _DAY * 6

    return _near(place, span, find)


# ---- years and times ----------------------------------------------------------------------------

_OF_A_YEAR = re.compile(
    r"(?:\b(?i:the|in|since|of|by|from|until|till|during|before|after|for|early|late|mid)[- ]"
    r"|'s |\d{4} (?:and|or) )$"
)


def _counts(match: re.Match[str], place: Place) -> bool:
    """Whether what looks like a year counts what follows it: "1500 jobs", not "the 1945 talks"."""
    return is_amount(place.text, match.end()) and not _OF_A_YEAR.search(place.text, 0, match.start())


def _year(match: re.Match[str], place: Place) -> Value | None:
    if is_numbered(place.text, match.start()):
        return None
    year = int(match["y_year"])
    if match["y_year"] == match.group() and _counts(match, place):
        return read_amount(match.span(), year, year, place.text)
    return _years(match.span(), "year", year, year)


def _period(match: re.Match[str], place: Place) -> Value | None:
    low, end = int(match["p_from"]), match["p_to"]
    high = int(end)
    if end.endswith("00") and _counts(match, place):  # "between 1500 and 2000 jobs"
        return read_amount(match.span(), low, high, place.text) if low < high else None
    if len(end) == 2:
        high += low - low % 100 + 100 * (end == "00")
        if high <= low and 1 <= int(end) <= 12 and "-" in match.group():  # "2015-07"
            month = date(low, int(end), 1)
            return _months(match.span(), month, month)
    return _years(match.span(), "period", low, high) if low < high else None


def _decade(match: re.Match[str], place: Place) -> Value | None:
    year, part = int(match["d_year"].strip("'")), (match["d_part"] or "").lower()
    if year < 100:  # "the '80s", and "in their 80s" is an age
        if not ("'" in match.group() or place.text.endswith("the ", 0, match.start())):
            return None
        year += 1900
    low, high = {"early": (0, 4), "mid": (3, 6), "late": (5, 9)}.get(part, (0, 9))
    if year % 100 == 0 and year < 2000 and not part:
        high = 99
    return _years(match.span(), "period", year + low, year + high)


def _century(match: re.Match[str], _place: Place) -> Value:
    nth = read_ordinal(match["c_nth"])
    return _years(match.span(), "period", 100 * nth - 99, 100 * nth)


_ZONE = re.compile(rf" ({any_of(_NAMES['time_zones'])})\b")


def _time(match: re.Match[str], place: Place) -> Value:
    hour, minute = 12 * (match.group().lower() == "noon"), 0
    if match["t_hour"]:
        hour, minute = int(match["t_hour"]), int((match["t_min"] or match["t_dot"] or ":0")[1:])
    if half := match["t_half"]:
        hour = hour % 12 + 12 * (half.strip().lower()[0] == "p")
    zone = _ZONE.match(place.text, match.end())
    at = 60 * hour + minute
    return Value(*match.span(), "time", f"{hour:02}:{minute:02}", at, at, zone[1].lower() if zone else "")


# ---- what is looked for, in this order ----------------------------------------------------------

DAYS = {
    "iso": Rule(rf"{YEAR}-\d\d-\d\d\b", _iso),
    "calendar_day": Rule(
        rf"(?:{_WEEKDAY},? )?(?:(?P<md_month>{MONTH}) (?:the )?(?P<md_day>{_DAY_OF_MONTH})"
        rf"(?:{TO}(?P<md_last>{_DAY_OF_MONTH}))?(?P<md_year>{_OF_YEAR})?"
        rf"|(?:the )?(?P<dm_day>{_DAY_OF_MONTH})(?:(?:{TO}| and )(?P<dm_last>{_DAY_OF_MONTH}))?"
        rf" (?:of )?(?P<dm_month>{MONTH})(?P<dm_year>{_OF_YEAR})?)",
        _calendar_day,
    ),
    "month": Rule(rf"{_PART}(?P<m_month>{MONTH})(?P<m_year>{_OF_YEAR})", _month),
    "month_alone": Rule(
        r"(?P<ma_lead>(?i:in|since|by|until|till|during|from|before|after|of|last|this|next)) "
        rf"(?P<ma_text>{_PART}(?P<ma_month>{MONTH}))(?![\w-]|{_OF_YEAR}|,? \d)",
        _month_alone,
    ),
    "weekday": Rule(rf"(?:(?P<w_lead>(?i:last|next|this|coming)) )?(?P<w_day>{_WEEKDAY})", _weekday),
    "relative": Rule(
        r"(?i:(?:(?:earlier|later|late|early) )?(?P<r_which>last|this|next) "
        r"(?P<r_unit>week|weekend|month|year|night|morning|afternoon|evening)"
        r"|yesterday|today|tonight|tomorrow)\b",
        _relative,
    ),
    "period": Rule(
        rf"(?:(?:(?i:from)|(?P<p_between>(?i:between))) )?(?P<p_from>{YEAR})"
        r"(?(p_between) and |(?: ?[-—] ?|/| to | until | till | through ))"
        rf"(?P<p_to>{YEAR}|\d\d\b(?![,.]?\d|%))",
        _period,
    ),
    "decade": Rule(
        r"(?:(?P<d_part>(?i:early|mid|late))[- ](?:the )?)?(?P<d_year>(?:1[1-9]|20)\d0|'?[2-9]0)'?s\b",
        _decade,
    ),
    "century": Rule(rf"{_PART}(?P<c_nth>{ORDINAL})[- ](?i:century|centuries)\b", _century),
    "time": Rule(
        r"(?P<t_hour>[01]?\d|2[0-4])(?:(?P<t_min>:[0-5]\d)|(?P<t_dot>\.[0-5]\d))?"
        r"(?P<t_half> ?[AaPp](?:[Mm]\b|\.[Mm]\b\.?))?(?(t_min)|(?(t_half)|(?!)))(?![:.]?\d)"
        r"|(?i:noon|midnight)\b",
        _time,
    ),
    "year": Rule(rf"{_PART}(?P<y_year>{YEAR})(?![\w+]|-[a-z]+-)", _year),
}  # fmt: skip

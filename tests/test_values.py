"""What numbers, days and amounts are found in the text, and what each is worth in comparing."""

import math
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Corpus, load_corpus
from helpers.value_words import VOCABULARY
from helpers.values import COLUMNS, _values_in, find_values

thorough = settings(derandomize=True, deadline=None, max_examples=100)

WEDNESDAY = date(2024, 5, 15)


def found(text: str, first: date | None = WEDNESDAY, last: date | None = None) -> list[tuple[str, str, str]]:
    """Text, kind and value of all that is found in one sentence."""
    published = (first, last or first) if first else None
    return [(text[v.start : v.end], v.kind, v.value) for v in _values_in(text, published)]


def values(text: str, first: date | None = WEDNESDAY) -> list[str]:
    return [value for _, _, value in found(text, first)]


def ranges(text: str) -> list[tuple[float, float]]:
    return [(v.low, v.high) for v in _values_in(text, (WEDNESDAY, WEDNESDAY))]


def units(text: str) -> list[str]:
    return [v.unit for v in _values_in(text, (WEDNESDAY, WEDNESDAY))]


# ---- one expression, its kind and its value -----------------------------------------------------

EXPRESSIONS = [
    # days
    ("They met on July 27, 1953.", "July 27, 1953", "date", "1953-07-27"),
    ("They met on 27 July 1953.", "27 July 1953", "date", "1953-07-27"),
    ("They met on the 27th of July 1953.", "the 27th of July 1953", "date", "1953-07-27"),
    ("They met on Monday, July 27, 1953.", "Monday, July 27, 1953", "date", "1953-07-27"),
    ("They met on Jul. 27, 1953.", "Jul. 27, 1953", "date", "1953-07-27"),
    ("They met on 1953-07-27.", "1953-07-27", "date", "1953-07-27"),
    ("MET ON JULY 27, 1953", "JULY 27, 1953", "date", "1953-07-27"),
    ("They met on Sept. 9, 2001.", "Sept. 9, 2001", "date", "2001-09-09"),
    ("They met on July 27-28, 1953.", "July 27-28, 1953", "date", "1953-07-27/1953-07-28"),
    ("They met on 27–29 July 1953.", "27–29 July 1953", "date", "1953-07-27/1953-07-29"),
    ("They met on June 3.", "June 3", "date", "2024-06-03"),
    ("They met on 30 December.", "30 December", "date", "2023-12-30"),
    ("They met on June 3 last year.", "June 3 last year", "date", "2023-06-03"),
    # months
    ("They met in July 2023.", "July 2023", "month", "2023-07"),
    ("They met in late May 2023.", "late May 2023", "month", "2023-05"),
    ("They met in November last year.", "November last year", "month", "2023-11"),
    ("They met in February.", "February", "month", "2024-02"),
    ("They met in May.", "May", "month", "2024-05"),
    ("They will meet in August.", "August", "month", "2024-08"),
    ("They met last May.", "last May", "month", "2023-05"),
    ("They met last July.", "last July", "month", "2023-07"),
    ("They meet next March.", "next March", "month", "2025-03"),
    ("They have until the end of June.", "June", "month", "2024-06"),
    ("They met in 2023-07.", "2023-07", "month", "2023-07"),
    ("They met last month.", "last month", "month", "2024-04"),
    # years and runs of years
    ("They met in 1953.", "1953", "year", "1953"),
    ("He left, 1953 was hard.", "1953", "year", "1953"),
    ("The 1953 talks failed.", "1953", "year", "1953"),
    ("They met in early 2020.", "early 2020", "year", "2020"),
    ("They met last year.", "last year", "year", "2023"),
    ("They met earlier this year.", "earlier this year", "year", "2024"),
    ("They meet next year.", "next year", "year", "2025"),
    ("The 1950-53 war ended.", "1950-53", "period", "1950/1953"),
    ("It lasted from 1950 to 1953.", "from 1950 to 1953", "period", "1950/1953"),
    ("It fell between 1950 and 1953.", "between 1950 and 1953", "period", "1950/1953"),
    ("The 1999-00 season ended.", "1999-00", "period", "1999/2000"),
    ("It began in the 1950s.", "1950s", "period", "1950/1959"),
    ("It began in the ’80s.", "’80s", "period", "1980/1989"),
    ("It began in the late 1940s.", "late 1940s", "period", "1945/1949"),
    ("It began in the mid-1990s.", "mid-1990s", "period", "1993/1996"),
    ("It began in the 1800s.", "1800s", "period", "1800/1899"),
    ("It began in the 20th century.", "20th century", "period", "1901/2000"),
    ("A nineteenth-century ship.", "nineteenth-century", "period", "1801/1900"),
    # times of day
    ("They met at 10:30.", "10:30", "time", "10:30"),
    ("They met at 5 p.m. in Oslo.", "5 p.m.", "time", "17:00"),
    ("They met at 5.30pm.", "5.30pm", "time", "17:30"),
    ("They met at 12 a.m. in Oslo.", "12 a.m.", "time", "00:00"),
    ("They met at noon.", "noon", "time", "12:00"),
    ("They met at midnight.", "midnight", "time", "00:00"),
    # places in an order
    ("It was the 70th anniversary.", "70th", "ordinal", "70"),
    ("It was the first visit.", "first", "ordinal", "1"),
    ("It was their twenty-first visit.", "twenty-first", "ordinal", "21"),
    ("It is the third-largest port.", "third", "ordinal", "3"),
    # counts
    ("It showed 16 ships.", "16", "count", "16"),
    ("It showed four ships.", "four", "count", "4"),
    ("It showed two.", "two", "count", "2"),
    ("It showed 15,000 men.", "15,000", "count", "15000"),
    ("It showed 1.5 million men.", "1.5 million", "count", "1500000"),
    ("It showed half a dozen men.", "half a dozen", "count", "6"),
    ("It showed two and a half million men.", "two and a half million", "count", "2500000"),
    ("It showed two dozen men.", "two dozen", "count", "24"),
    ("It showed one hundred and five men.", "one hundred and five", "count", "105"),
    ("He saw six thousand three hundred men.", "six thousand three hundred", "count", "6300"),
    ("It showed 10k men.", "10k", "count", "10000"),
    ("It rose to 1,847.27 points.", "1,847.27", "count", "1847.27"),
    ("It showed 1500 ships.", "1500", "count", "1500"),
    ("It showed zero growth.", "zero", "count", "0"),
    ("It showed around 15,000 men.", "around 15,000", "count", "15000"),
    ("It showed 10 or more men.", "10 or more", "count", "10"),
    ("It showed 10 to 15 men.", "10 to 15", "count", "10/15"),
    ("It showed between 10 and 15 men.", "between 10 and 15", "count", "10/15"),
    ("It showed two or three men.", "two or three", "count", "2/3"),
    ("It showed 10-15 million men.", "10-15 million", "count", "10000000/15000000"),
    ("It showed dozens of men.", "dozens", "count", "dozens"),
    ("It showed tens of thousands of men.", "tens of thousands", "count", "tens of thousands"),
    ("It showed several hundred men.", "several hundred", "count", "several hundred"),
    ("One analyst spoke.", "One", "count", "1"),
    ("It cut between 1500 and 2000 jobs.", "between 1500 and 2000", "count", "1500/2000"),
    ("It grew from 2000 to 3000 men.", "from 2000 to 3000", "count", "2000/3000"),
    # shares
    ("It grew by 12.5%.", "12.5%", "percent", "12.5%"),
    ("It grew by 20 to 25 percent.", "20 to 25 percent", "percent", "20/25%"),
    ("A quarter of the men left.", "A quarter", "percent", "25%"),
    ("Two-thirds of the men left.", "Two-thirds", "percent", "66.7%"),
    ("Half of the men left.", "Half", "percent", "50%"),
    ("Two in five voters left.", "Two in five", "percent", "40%"),
    # money
    ("It cost US$ 40 billion.", "US$ 40 billion", "money", "40000000000 USD"),
    ("It cost $3.5m.", "$3.5m", "money", "3500000 USD"),
    ("It cost £2.5bn.", "£2.5bn", "money", "2500000000 GBP"),
    ("It cost 40 billion dollars.", "40 billion dollars", "money", "40000000000 USD"),
    ("It cost 15,000 won.", "15,000 won", "money", "15000 KRW"),
    ("It cost $10 million to $15 million.", "$10 million to $15 million", "money", "10000000/15000000 USD"),
    ("It cost $10-15 million.", "$10-15 million", "money", "10000000/15000000 USD"),
    ("It cost millions of dollars.", "millions of dollars", "money", "millions USD"),
    # lengths of time
    ("It lasted 70 years.", "70 years", "duration", "70 years"),
    ("It was a two-day visit.", "two-day", "duration", "2 days"),
    ("It lasted five decades.", "five decades", "duration", "50 years"),
    ("It lasted two weeks.", "two weeks", "duration", "14 days"),
    ("It lasted two and a half hours.", "two and a half hours", "duration", "2.5 hours"),
    ("It lasted two to three years.", "two to three years", "duration", "2/3 years"),
    ("It came a year after.", "a year", "duration", "1 year"),
    ("It lasted two centuries.", "two centuries", "duration", "200 years"),
    # ages
    ("A man aged 34 left.", "aged 34", "age", "34"),
    ("A 34-year-old man left.", "34-year-old", "age", "34"),
    ("Jon Stone, 34, left.", "34", "age", "34"),
    ("He died at the age of 34.", "the age of 34", "age", "34"),
    ("A three-month-old child slept.", "three-month-old", "age", "3 months"),
    # relative days
    ("They met yesterday.", "yesterday", "date", "2024-05-14"),
    ("They met last night.", "last night", "date", "2024-05-14"),
    ("They met last week.", "last week", "date", "2024-05-06/2024-05-12"),
    ("They met this week.", "this week", "date", "2024-05-13/2024-05-19"),
    ("They meet next week.", "next week", "date", "2024-05-20/2024-05-26"),
    ("They meet this weekend.", "this weekend", "date", "2024-05-18/2024-05-19"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "text", "kind", "value"), EXPRESSIONS)
def test_expressions(sentence: str, text: str, kind: str, value: str) -> None:
    assert found(sentence) == [(text, kind, value)]


@pytest.mark.parametrize(
    "sentence",
    [
        # what bears a number as its name
        "COVID-19 spread.", "An F-16 flew.", "The G7 met.",
        "A Boeing 747 landed.", "An iPhone 4 broke.", "They met in Flight 370.", "Resolution 1718 passed.",
        "It came as No. 1.", "See section 4 and page 12.", "The Big Three met.",
        "MH17 fell.", "The First World War ended.", "The H1N1 virus spread.", "It has 4G.",
        "An mp3 player broke.", "It has a USB 1.1 port.",
        "It is part of Local 1520 now.",
        # pronouns and adverbs
        "One of them left.", "No one knew.", "Another one broke.",
        "They spoke to one another.",
        "It is the one resembling a ship.", "First, he left.", "At first she stayed.",
        "It was first reported here.", "A first-hand report came.", "It was a one-sided talk.",
        # addresses, numbers to call, scores
        "See www.example.org/2023/07 now.", "Call 555-123-4567 now.",
        "Call +44 20 7946 0958 now.", "Write to a12@example.org now.", "Norway won 2-1.", "They voted 15-0.",
        "The odds are 3:1.", "It was 9/11.", "Version 1.2.3 came.",
        # days that are none
        "They meet on Sundays.", "Black Friday came.", "The Sunday Times wrote.", "They met on June 31.",
        "He may March on.", "They may go.", "The last year was hard.", "A few men left.", "Some people left.",
    ],
)  # fmt: skip
def test_no_value(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize(
    "sentences",
    [
        ["the 1950-53 war", "the 1950–53 war", "the 1950-1953 war", "from 1950 to 1953",
         "between 1950 and 1953"],
        ["July 27, 1953", "27 July 1953", "the 27th of July 1953", "1953-07-27", "Jul. 27, 1953"],
        ["three men", "3 men", "3.0 men"],
        ["15,000 men", "15 000 men", "15\u202f000 men", "15\xa0000 men", "15000 men",
         "fifteen thousand men"],
        ["1.5 million men", "1,500,000 men", "one and a half million men",
         "one million five hundred thousand men"],
        ["six men", "half a dozen men", "half-dozen men"],
        ["$40 billion", "US$ 40 billion", "40 billion dollars", "USD 40bn", "40,000,000,000 US dollars"],
        ["12.5%", "12.5 percent", "12.50 per cent", "12.5 pct"],
        ["50 years", "five decades", "fifty years", "fifty-year"],
        ["two weeks", "14 days", "14-day"],
        ["the 1950s", "from 1950 to 1959", "the 1950’s"],
        ["the seventieth day", "the 70th day"],
    ],
)  # fmt: skip
def test_same_meaning_same_value(sentences: list[str]) -> None:
    assert len({tuple(values(sentence)) for sentence in sentences}) == 1
    assert len(values(sentences[0])) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the 1950-1953 war", "the 1950-1952 war"),
        ("July 27, 1953", "July 28, 1953"),
        ("16 men", "17 men"),
        ("$40 billion", "$40 million"),
        ("$40", "€40"),
        ("12.5%", "12.4%"),
        ("70th", "71st"),
        ("70 years", "70 months"),
    ],
)
def test_other_meaning_other_value(one: str, other: str) -> None:
    assert values(one) != values(other)
    assert len(values(one)) == len(values(other)) == 1


# ---- ranges -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("16 men", 16, 16),
        ("around 15,000 men", 13_500, 16_500),
        ("nearly 100 men", 90, 100),
        ("just over 100 men", 100, 110),
        ("more than 10 men", 10, math.inf),
        ("at least 10 men", 10, math.inf),
        ("10 or more men", 10, math.inf),
        ("10-plus men", 10, math.inf),
        ("10 or so men", 9, 11),
        ("up to 10 men", 0, 10),
        ("fewer than 10 men", 0, 10),
        ("more than zero men", 0, math.inf),
        ("10 to 15 men", 10, 15),
        ("from 15 to 10 men", 10, 15),
        ("about 10 to 20 men", 9, 22),
        ("dozens of men", 24, 199),
        ("thousands of men", 2_000, 99_999),
        ("tens of thousands of men", 20_000, 99_999),
        ("hundreds of millions of men", 200_000_000, 999_999_999),
        ("a few thousand men", 2_000, 9_999),
        ("a third of the men", 33, 34),
        ("two-thirds of the men", 66, 67),
        ("a quarter of the men", 25, 25),
        ("more than half of the men", 50, math.inf),
        ("$40 billion", 4e10, 4e10),
        ("the 1950s", 1950, 1959),
        ("1953", 1953, 1953),
        ("the 1950-53 war", 1950, 1953),
        ("July 27, 1953", date(1953, 7, 27).toordinal(), date(1953, 7, 27).toordinal()),
        ("in February 2024", date(2024, 2, 1).toordinal(), date(2024, 2, 29).toordinal()),
        ("last week", date(2024, 5, 6).toordinal(), date(2024, 5, 12).toordinal()),
        ("two weeks", 14, 14),
        ("24 hours", 1, 1),
        ("24 months", 730.5, 730.5),
        ("two years", 730.5, 730.5),
        ("5 p.m.", 1020, 1020),
        ("aged 10 to 15", 10, 15),
        ("a six-month-old child", 0.5, 0.5),
        ("the 70th day", 70, 70),
    ],
)
def test_ranges(text: str, low: float, high: float) -> None:
    assert ranges(text) == [
        (pytest.approx(low, rel=1e-12), high if math.isinf(high) else pytest.approx(high))
    ]


# ---- what is counted ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("16 ICBMs that rolled", "icbm"),
        ("four short-range ballistic missiles.", "missile"),
        ("15,000 personnel and more", "personnel"),
        ("70th anniversary celebrations of the war", "anniversary"),
        ("the first Russian defense minister to come", "minister"),
        ("the first visit of its kind", "visit"),
        ("the first time guests came", "time"),
        ("the first four ships", "ship"),
        ("two countries look forward", "country"),
        ("between the two countries.”", "country"),
        ("two weapons systems", "system"),
        ("179 new aerial refueling tankers at sea", "tanker"),
        ("three major United States markets fell", "market"),
        ("five U.S. warships", "warship"),
        ("the two Koreas", "korea"),
        ("tens of thousands of mobilized spectators", "spectator"),
        ("16 of the missiles", "missile"),
        ("three men", "man"),
        ("12 people", "people"),
        ("a 16-member delegation", "member"),
        ("500,000 square feet of land", "foot"),
        ("one rival", "rival"),
        ("60% of Norway’s exports", "export"),
        ("60% more", ""),
        ("the two walking past ships", ""),
        ("the two warring sides", "side"),
        ("they lost two in the war", ""),
        ("at 14:48 UTC", "utc"),
        ("$5", "usd"),
        ("two weeks", "day"),
    ],
)
def test_units(text: str, unit: str) -> None:
    assert units(text)[0] == unit


def test_the_first_numbers_of_a_series_share_its_unit() -> None:
    assert values("It fell by 1.5 and 3 percent.") == ["1.5%", "3%"]
    assert values("After five, six or seven years.") == ["5 years", "6/7 years"]


def test_a_change_is_two_amounts_and_no_range() -> None:
    assert values("It was down $2 to $77.") == ["2 USD", "77 USD"]


def test_figures_that_name_something_in_the_article(toy_folder: Path) -> None:
    (toy_folder / "a.txt").write_text(
        "Anna Berg flew in a Boeing 747.\n\nShe said the 747 was old, as 12 men knew.\n"
    )
    found_there = find_values(load_corpus(toy_folder))
    assert found_there["value"].tolist() == ["12"]


# ---- days that hang on the article's own --------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("They met on Wednesday.", "2024-05-15"),
        ("They met on Tuesday.", "2024-05-14"),
        ("They met on Thursday.", "2024-05-09"),
        ("They will meet on Thursday.", "2024-05-16"),
        ("They will meet on Wednesday.", "2024-05-15"),
        ("On Thursday, they will meet.", "2024-05-16"),
        ("On Thursday, they met.", "2024-05-09"),
        ("It is expected to end with a parade on Friday.", "2024-05-17"),
        ("A visit scheduled to begin Friday.", "2024-05-17"),
        ("The ministry said Tuesday it would send help.", "2024-05-14"),
        ("The ministry said the guests would leave on Friday.", "2024-05-17"),
        ("He arrived to attend a parade on Saturday.", "2024-05-18"),
        ("They prepare ahead of the Friday event.", "2024-05-17"),
        ("They met last Wednesday.", "2024-05-08"),
        ("They meet next Wednesday.", "2024-05-22"),
        ("They talked on the coming Friday.", "2024-05-17"),
        ("According to reports on Friday, they met.", "2024-05-10"),
    ],
)
def test_weekdays(sentence: str, day: str) -> None:
    assert [value for _, kind, value in found(sentence) if kind == "date"] == [day]


def test_an_article_of_several_possible_days_gives_several() -> None:
    first, last = date(2024, 5, 15), date(2024, 5, 17)
    assert found("They met on Thursday.", first, last) == [("Thursday", "date", "2024-05-09/2024-05-16")]
    assert found("They met on Tuesday.", first, last) == [("Tuesday", "date", "2024-05-14")]
    assert found("They met last month.", first, date(2024, 6, 1)) == [
        ("last month", "month", "2024-04/2024-05")
    ]
    assert found("They met last year.", date(2023, 12, 31), date(2024, 1, 1)) == [
        ("last year", "year", "2022/2023")
    ]


@pytest.mark.parametrize(
    ("sentence", "kind", "value"),
    [
        ("They met on Wednesday.", "date", "wednesday"),
        ("They met Last Week.", "date", "last week"),
        ("They met last year.", "year", "last year"),
        ("They met this month.", "month", "this month"),
        ("They met in February.", "month", "february"),
        ("They met on July 27.", "date", "07-27"),
        ("They met in November last year.", "month", "november last year"),
        ("They met yesterday.", "date", "yesterday"),
    ],
)
def test_without_a_day_of_publication(sentence: str, kind: str, value: str) -> None:
    (only,) = _values_in(sentence, None)
    assert (only.kind, only.value) == (kind, value)
    assert math.isnan(only.low)
    assert math.isnan(only.high)


def test_what_needs_no_day_of_publication_is_the_same_without() -> None:
    sentence = "On July 27, 1953, 16 ships left, 70 years ago, in the 1950-53 war."
    assert found(sentence, None) == found(sentence)


# ---- properties ---------------------------------------------------------------------------------

ONES = VOCABULARY["up_to_19"]
TENS = ["", "", *VOCABULARY["tens"]]


def in_words(n: int, joiner: str) -> str:
    if n < 20:
        return ONES[n]
    if n < 100:
        return TENS[n // 10] + ("-" + ONES[n % 10] if n % 10 else "")
    return f"{ONES[n // 100]} hundred" + (joiner + in_words(n % 100, joiner) if n % 100 else "")


def test_numbers_in_words_come_back() -> None:
    for n in range(1000):
        assert values(f"It had {in_words(n, ' and ')} ships, {in_words(n, ' ')} men.") == [str(n)] * 2


@thorough
@given(st.integers(0, 10**15))
def test_numbers_in_figures_come_back(n: int) -> None:
    for written in (f"{n:,}", f"{n:,}".replace(",", "\u202f"), str(n)):
        assert values(f"It had {written} ships.") == [str(n)]


@thorough
@given(st.dates(date(1100, 1, 1), date(2099, 12, 31)))
def test_days_come_back(day: date) -> None:
    ways = f"{day:%B} {day.day}, {day:%Y}", f"{day.day} {day:%B %Y}", day.isoformat()
    assert [found(f"They met on {way}.") for way in ways] == [
        [(way, "date", day.isoformat())] for way in ways
    ]


@thorough
@given(st.text(alphabet="0123456789 ,.-–/:$%tbsoneMayJulyFri’'\n", max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    last = 0
    for value in _values_in(text, (WEDNESDAY, WEDNESDAY)):
        assert last <= value.start < value.end <= len(text)
        assert value.low <= value.high
        last = value.end


# ---- corpora ------------------------------------------------------------------------------------


def test_the_table(toy: Corpus) -> None:
    table = find_values(toy)
    assert table.columns.tolist() == COLUMNS
    assert table.to_dict("records") == [
        {
            "article_id": "a", "outlet": "Daily", "sentence_id": 1, "start": 83, "end": 89, "text": "Monday",
            "kind": "date", "value": "2024-02-26", "low": 738942.0, "high": 738942.0, "unit": "",
        },
        {
            "article_id": "a", "outlet": "Daily", "sentence_id": 4, "start": 165, "end": 168, "text": "two",
            "kind": "count", "value": "2", "low": 2.0, "high": 2.0, "unit": "country",
        },
    ]  # fmt: skip


def test_no_values_give_an_empty_table(toy_folder: Path) -> None:
    (toy_folder / "a.txt").write_text("Anna Berg left.\n")
    table = find_values(load_corpus(toy_folder))
    assert table.empty
    assert table.columns.tolist() == COLUMNS
    assert table["low"].dtype == float


def test_the_bundled_articles(bundled: Corpus) -> None:
    table = find_values(bundled)
    assert all(bundled.raw(r.article_id)[r.start : r.end] == r.text for r in table.itertuples())
    inside = table.merge(bundled.sentences, on=["article_id", "sentence_id"], suffixes=("", "_of"))
    assert len(inside) == len(table)
    assert (inside["start_of"] <= inside["start"]).all()
    assert (inside["end"] <= inside["end_of"]).all()
    assert (table["low"] <= table["high"]).all()
    assert not table.duplicated(["article_id", "start"]).any()


def test_what_the_bundled_articles_say_of_the_war(bundled: Corpus) -> None:
    table = find_values(bundled)
    periods = table[(table["kind"] == "period") & (table["low"] == 1950) & (table["high"] < 1955)]
    assert periods[["text", "value"]].to_numpy().tolist() == [
        ["1950-1953", "1950/1953"],
        ["1950-1952", "1950/1952"],
        ["1950-53", "1950/1953"],
    ]
    anniversaries = table[table["unit"] == "anniversary"]
    assert set(anniversaries["value"]) == {"70"}
    assert anniversaries["article_id"].nunique() == 5


def test_columns_hold_one_type_each(bundled: Corpus) -> None:
    table = find_values(bundled)
    assert all(pd.api.types.is_integer_dtype(table[c]) for c in ("sentence_id", "start", "end"))
    assert all(table[c].dtype == float for c in ("low", "high"))

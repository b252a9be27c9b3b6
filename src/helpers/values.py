"""Numbers, days, years, amounts and ages in the text that counts, each in one comparable form."""

import re
from collections.abc import Sequence
from datetime import date

import pandas as pd

from .corpus import Corpus
from .parallel import map_chunks
from .value_amounts import AMOUNTS, CURRENCY
from .value_days import DAYS
from .value_words import DURATIONS, YEAR, Place, Published, Rule, Value, any_word

COLUMNS = [
    "article_id", "outlet", "sentence_id", "start", "end", "text", "kind", "value", "low", "high", "unit",
]  # fmt: skip

# Addresses, telephone numbers, versions and what bears a number as its name.
_SKIPPED = (
    r"https?://\S+|www\.\S+|[\w.+-]+@\w[\w.-]*|\+\d[\d ()-]{6,}\d"
    r"|(?!\d{4}-\d\d-\d\d\b)\d+(?:[-.]\d+){2,}"
    rf"|(?!{YEAR}/)\d+(?:/\d+)+\b"
    rf"|(?!{CURRENCY} ?\d)(?:[A-Z][\w.]*|[a-z]+[A-Z]\w*)-?\d[\w/-]*(?:\.\d+)?|[a-z]+\d\w*"
    rf"|(?i:one)-(?!{any_word(DURATIONS)}|third|quarter|fifth|tenth|half)[a-z-]+"
)
# In the order in which they are tried.
_RULES = {"skipped": Rule(_SKIPPED, lambda _match, _place: None), **DAYS, **AMOUNTS}
_PATTERN = re.compile(
    r"(?<![\w$€£])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, (pattern, _) in _RULES.items()) + ")"
)
# One character for one, so that offsets hold.
_PLAIN = str.maketrans("\n\t\r\xa0\u2009\u202f–‑‐’‘", "      ---''")
_NAMING = re.compile(r"\b(?:(?:[A-Z]\w*|[a-z]+[A-Z]\w*) (\d{3})\b(?![,.]\d|%| ?[-—])|(\d{3})(?:s|-\d)\b)")


def _naming_figures(texts: Sequence[str]) -> frozenset[str]:
    """Figures of three digits that stand behind a name or in a plural: "Boeing 747", "the 747s"."""
    found = {match[match.lastindex or 0] for text in texts for match in _NAMING.finditer(text)}
    return frozenset(figure for figure in found if int(figure) % 100)  # "the FTSE 100" names no other 100


def _values_in(text: str, published: Published, names: frozenset[str] = frozenset()) -> list[Value]:
    plain = text.translate(_PLAIN)
    words = re.findall(r"[A-Za-z][\w'-]{3,}", plain)
    titled = sum(word[0].isupper() for word in words) > 0.6 * len(words) and plain[-1:].isalnum()
    place = Place(plain, published, titled, names)
    found = []
    at = 0
    while match := _PATTERN.search(plain, at):
        rule = next(rule for name, rule in _RULES.items() if match[name] is not None)
        value = rule.read(match, place)
        if value is not None:
            found.append(value)
        at = value.end if value else match.end()
    return found


def _published(first: str, last: str) -> Published:
    if not first:
        return None
    return date.fromisoformat(first), date.fromisoformat(last or first)


_Article = tuple[str, str, list[tuple[int, int, str]]]


def _find_in_articles(articles: Sequence[_Article]) -> list[list[tuple[int, int, int, str, Value]]]:
    """Per article, its values: sentence_id, start, end, text and the value."""
    found = []
    for first, last, sentences in articles:
        published, names = _published(first, last), _naming_figures([text for _, _, text in sentences])
        found.append(
            [
                (sentence_id, start + v.start, start + v.end, text[v.start : v.end], v)
                for sentence_id, start, text in sentences
                for v in _values_in(text, published, names)
            ]
        )
    return found


def find_values(corpus: Corpus) -> pd.DataFrame:
    """Every number, day, year, amount and age in the text that counts, so put that two can be compared.

    Same meaning, same `value`: "1914-18", "1914–1918" and "from 1914 to 1918" are 1914/1918; "May 8,
    1945" and "the 8th of May 1945" are 1945-05-08; "three" is 3, "1.5 million" is 1500000. What a
    hedge leaves open is in `low` and `high` alone. Two values of one kind and unit differ for certain
    only where their ranges do not meet.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.

    Returns
    -------
    DataFrame
        A row is one expression, in the order of the text: article_id, outlet, sentence_id, start, end,
        text (``raw[start:end]``: the number, its hedge, and a unit of time or money, but not the noun
        counted), kind, value, low, high, unit. By kind:

        - date: a day, or days "2024-05-06/2024-05-12"; low and high are ``date.toordinal()``.
        - month: "2024-05"; low and high are its first and last day, the same way.
        - year: "1945", also for "early 1945"; low and high are years.
        - period: years "1914/1918"; early, mid and late in a decade are its years 0-4, 3-6 and 5-9.
        - time: "17:00"; low and high are minutes from midnight; unit is the time zone, if named.
        - ordinal: "40" for "40th" and "fortieth"; unit is what has that place ("anniversary").
        - count: "16"; unit is what is counted. "Dozens" and "tens of thousands" stay words, with a
          range up to where the next such word would be said.
        - percent: "12.5%", also of "a quarter" (25%) and "two in five" (40%); unit is the whole.
        - money: "40000000000 USD"; unit is the currency. A bare "$" is read as US dollars.
        - duration: "40 years", "14 days" for two weeks, "50 years" for five decades; low and high are
          days, a year 365.25 of them; unit is the one in the value.
        - age: "34"; low and high are years.

        A range ("10 to 15", "two or three") has a value "10/15". Hedges: "about", "around", "some" and
        the like are ±10 %; "nearly" 10 % below; "just over" 10 % above; "more than", "over", "at
        least" have no upper end; "up to", "less than" begin at 0. A third is 33 to 34 %.

        `unit` is the head noun, in lower case and in the singular, found by rule: the first plural after
        a number other than one, else the last word before a function word or a mark; "" for none.

    Notes
    -----
    "Wednesday" is the last one up to the day of publication, or the next where the sentence speaks of
    what is to come: by the sign nearest before it ("will", "expected", "to meet" against "said",
    "met"), else the first after. "February" is the last one, "May 8" the nearest. An article that
    may have appeared on several days gives several; where ``published_to`` is empty, it is the day of
    ``published_from``. Without a day of publication the value is the words ("last week", "05-08")
    and low and high are NaN.

    No value are: figures that name something ("F-16", "Boeing 747", "No. 1", "the Big Three", "First
    World War"), "one" as a pronoun ("one of", "no one"), "first" as an adverb ("first, …", "first
    met"), scores and votes ("2-1"), addresses, telephone and section numbers, Fridays in general.
    Left out are "few", "several", "a couple", "a handful", "twice", the sign of a number, and figures
    with a unit grown on to them ("5kg").

    Examples
    --------
    >>> from helpers import load_corpus
    >>> values = find_values(load_corpus())
    >>> values.loc[values["kind"] == "period", ["text", "value"]].drop_duplicates().values.tolist()[:2]
    [['1950-1953', '1950/1953'], ['1950-1952', '1950/1952']]
    """
    sentences = {
        article_id: list(zip(of["sentence_id"], of["start"], of["text"], strict=True))
        for article_id, of in corpus.sentences.groupby("article_id", sort=False)
    }
    articles = list(corpus.articles.itertuples())
    found = map_chunks(
        _find_in_articles,
        [(row.published_from, row.published_to, sentences.get(row.article_id, [])) for row in articles],
    )
    rows = [
        (row.article_id, row.outlet, *where, *value[2:])
        for row, values in zip(articles, found, strict=True)
        for *where, value in values
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype(
        {"sentence_id": "int64", "start": "int64", "end": "int64", "low": "float64", "high": "float64"}
    )

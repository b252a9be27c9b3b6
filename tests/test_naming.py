"""What each outlet calls each actor: the toy corpus by hand, and each form of naming."""

from pathlib import Path

import pandas as pd
import pytest

from helpers import Actor, Corpus, count_labels
from helpers.naming import FORMS

DAILY, UNKNOWN = "Daily", "unknown outlet (c)"


def test_the_toy_corpus_by_hand(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    labels = count_labels(toy, toy_mentions)
    assert list(labels.columns) == [
        "outlet", "actor_id", "actor", "affiliation", "label", "form", "n", "share",
    ]  # fmt: skip
    expected = [
        (DAILY, "anna_berg", "Anna Berg", "full name", 2, 2 / 4),
        (DAILY, "anna_berg", "Ms. Berg", "Mr.", 1, 1 / 4),
        (DAILY, "anna_berg", "Norwegian foreign minister", "title", 1, 1 / 4),
        (DAILY, "east_borduria", "Szohod", "capital", 2, 2 / 4),
        (DAILY, "east_borduria", "East Borduria", "country name", 1, 1 / 4),
        (DAILY, "east_borduria", "two countries", "description", 1, 1 / 4),
        (DAILY, "jon_stone", "Jon Stone", "full name", 2, 2 / 4),
        (DAILY, "jon_stone", "Mr. Stone", "Mr.", 1, 1 / 4),
        (DAILY, "jon_stone", "Stone", "surname", 1, 1 / 4),
        (DAILY, "norway", "Norway", "country name", 3, 3 / 6),
        (DAILY, "norway", "Norwegian", "adjective", 1, 1 / 6),
        (DAILY, "norway", "Oslo", "capital", 1, 1 / 6),
        (DAILY, "norway", "two countries", "description", 1, 1 / 6),
        (DAILY, "norway_navy", "Norway's navy", "full name", 1, 1.0),
        (DAILY, "nrk", "NRK", "full name", 1, 1.0),
        (UNKNOWN, "east_borduria", "East", "country name", 2, 1.0),
        (UNKNOWN, "norway", "Norway", "country name", 1, 1.0),
        (UNKNOWN, "west_borduria", "West Borduria", "country name", 1, 1.0),
    ]
    columns = ["outlet", "actor_id", "label", "form", "n", "share"]
    assert list(labels[columns].itertuples(index=False, name=None)) == expected
    first = labels.iloc[0]
    assert (first["actor"], first["affiliation"]) == ("Anna Berg", "norway")


ACTORS = {
    "norway": Actor(
        "norway", "Norway", "state", aliases=("the Kingdom",), adjectives=("Norwegian",), capitals=("Oslo",)
    ),
    "anna": Actor("anna", "Anna Maria Berg", "person", aliases=("Anna Lund",), short=("AMB",)),
    "nrk": Actor("nrk", "Norsk Radio", "organisation", aliases=("NRK", "the Radio"), short=("Radio One",)),
    "palace": Actor("palace", "Red Palace", "seat", affiliation="norway"),
    "navy": Actor("navy", "Norwegian Navy", "organisation", affiliation="norway", institution="navy"),
}


def make_corpus() -> Corpus:
    return Corpus(pd.DataFrame(), pd.DataFrame(), pd.DataFrame(), ACTORS, Path("made"), {}, {})


def make_mentions(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    """One row an (actor_id, kind, text)."""
    return pd.DataFrame(rows, columns=["actor_id", "kind", "text"]).assign(outlet="Daily")


@pytest.mark.parametrize(
    ("actor_id", "kind", "text", "label", "form"),
    [
        ("anna", "named", "Anna Maria Berg", "Anna Maria Berg", "full name"),
        ("anna", "named", "ANNA MARIA BERG", "ANNA MARIA BERG", "full name"),
        ("anna", "named", "Anna\nMaria\u00a0Berg", "Anna Maria Berg", "full name"),
        ("anna", "named", "Anna Lund", "Anna Lund", "full name"),
        ("anna", "named", "Berg", "Berg", "surname"),
        ("anna", "named", "Lund", "Lund", "surname"),
        ("anna", "named", "AMB", "AMB", "surname"),
        ("anna", "named", "Anna", "Anna", "other name"),
        ("anna", "named", "Mr. Berg", "Mr. Berg", "Mr."),
        ("anna", "named", "Mrs Anna Maria Berg", "Mrs Anna Maria Berg", "Mr."),
        ("anna", "named", "Miss Berg", "Miss Berg", "Mr."),
        ("anna", "title", "minister", "minister", "title"),
        ("anna", "nominal", "Norway’s envoy", "Norway's envoy", "description"),
        ("norway", "named", "Norway", "Norway", "country name"),
        ("norway", "named", "Kingdom", "Kingdom", "country name"),
        ("norway", "named", "Oslo", "Oslo", "capital"),
        ("norway", "named", "OSLO", "OSLO", "capital"),
        ("norway", "demonym", "Norwegian", "Norwegian", "adjective"),
        ("norway", "nominal", "country", "country", "description"),
        ("nrk", "named", "NRK", "NRK", "full name"),
        ("nrk", "named", "Radio", "Radio", "full name"),
        ("nrk", "named", "Radio One", "Radio One", "other name"),
        ("nrk", "nominal", "broadcaster", "broadcaster", "description"),
        ("palace", "named", "Red Palace", "Red Palace", "full name"),
        ("navy", "named", "Norway’s navy", "Norway's navy", "full name"),
    ],
)
def test_each_form(actor_id: str, kind: str, text: str, label: str, form: str) -> None:
    labels = count_labels(make_corpus(), make_mentions([(actor_id, kind, text)]))
    assert labels[["label", "form", "n", "share"]].to_numpy().tolist() == [[label, form, 1, 1.0]]
    assert form in FORMS


def test_apostrophes_and_line_ends_do_not_make_two_labels() -> None:
    rows = [("navy", "named", t) for t in ("Norway's navy", "Norway’s navy", "Norway’s\nnavy")]
    labels = count_labels(make_corpus(), make_mentions(rows))
    assert labels[["label", "n", "share"]].to_numpy().tolist() == [["Norway's navy", 3, 1.0]]


def test_one_text_in_two_kinds_makes_two_rows() -> None:
    rows = [("anna", "title", "envoy"), ("anna", "nominal", "envoy"), ("anna", "nominal", "envoy")]
    labels = count_labels(make_corpus(), make_mentions(rows))
    assert sorted(labels[["form", "n"]].itertuples(index=False, name=None)) == [
        ("description", 2), ("title", 1),
    ]  # fmt: skip


def test_no_mentions_give_an_empty_table() -> None:
    assert len(count_labels(make_corpus(), make_mentions([]))) == 0


def test_the_bundled_counts_add_up(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    labels = count_labels(bundled, bundled_mentions)
    expected = bundled_mentions.groupby(["outlet", "actor_id"]).size()
    assert labels.groupby(["outlet", "actor_id"])["n"].sum().to_dict() == expected.to_dict()
    assert set(labels["form"]) <= set(FORMS)

"""Suggested actors: what a few sentences give, by hand; laws that hold for any text."""

import re
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from conftest import make_plain_corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Corpus, load_corpus, suggest_actors
from helpers.suggest import COLUMNS


def suggest(*texts: str) -> pd.DataFrame:
    with TemporaryDirectory() as folder:
        return suggest_actors(make_plain_corpus(Path(folder), *texts))


def types(*texts: str) -> dict[str, str]:
    """The type that each name gets."""
    table = suggest(*texts)
    return dict(zip(table["name"], table["type"], strict=True))


def one(name: str, *texts: str) -> dict[str, Any]:
    """What is suggested under one name."""
    table = suggest(*texts)
    rows = table[table["name"] == name].to_dict("records")
    assert len(rows) == 1, table["name"].tolist()
    return {str(key): value for key, value in rows[0].items()}


PERSON, BODY, PLACE, STATE, SEAT = "person", "organisation", "place", "state", "seat"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # persons
        ("They met Anna Berg.", {"Anna Berg": PERSON}),
        ("They met Minister Berg.", {"Berg": PERSON}),
        ("They met Ms. Sarnova, and Sarnova left.", {"Sarnova": PERSON}),
        ("They met Xx Sarnova, 43, and left.", {"Xx Sarnova": PERSON}),
        ("They met Omar al-Sarn. Then Al-Sarn left.", {"Omar al-Sarn": PERSON}),
        ("They met Hans van der Sarn. Van der Sarn left.", {"Hans van der Sarn": PERSON}),
        ("They met Theresa May in May.", {"Theresa May": PERSON}),
        ("They met April Stone. April left in April.", {"April Stone": PERSON}),
        ("They met Anna Price. Price said the price fell.", {"Anna Price": PERSON}),
        ("They met Martin King.", {"Martin King": PERSON}),
        ("They met Tchaz Baker and Anna Baker.", {"Anna Baker": PERSON, "Tchaz Baker": PERSON}),
        ("Georgia Stone met Chad Lund.", {"Chad Lund": PERSON, "Georgia Stone": PERSON}),
        ("They met J. R. Stone, 43, and J.R. Stone left.", {"J. R. Stone": PERSON}),
        ("At 14:05 GMT Jon Stone said no.", {"Jon Stone": PERSON}),
        ("They met Nadia Ali Sarnov. Minister Ali Sarnov left.", {"Nadia Ali Sarnov": PERSON}),
        # of the same surname: two persons, and nobody else
        (
            "Anna Berg met Karl Berg. Mr. Berg left, and Ms. Berg stayed.",
            {"Anna Berg": PERSON, "Karl Berg": PERSON},
        ),
        (
            "They met Jon Stone Jr. and Jon Stone Sr. there.",
            {"Jon Stone Jr": PERSON, "Jon Stone Sr": PERSON},
        ),
        ("They met Mr. Lund. The Lund family met the Lund brothers.", {"Lund": PERSON}),
        # after its bearer something else is named
        ("The Sarnov administration fell.", {"Sarnov": ""}),
        ("They saw the Sarnov Tower.", {"Sarnov Tower": PLACE}),
        ("They read the Sarnov Post.", {"Sarnov Post": BODY}),
        ("They saw Kim Il Sung Square.", {"Kim Il Sung Square": PLACE}),
        ("They met Anna Sarnov of Sarnov Motors.", {"Anna Sarnov": PERSON, "Sarnov Motors": BODY}),
        ("Anna Sarnov met Sarnov Bros, a firm.", {"Anna Sarnov": PERSON, "Sarnov Bros": BODY}),
        ("They signed the Sarnov Accord there.", {"Sarnov Accord": PLACE}),
        # organisations
        ("They met the Bank of Sarn.", {"Bank of Sarn": BODY}),
        ("They joined the Labour Party.", {"Labour Party": BODY}),
        ("They met NATO there.", {"NATO": BODY}),
        ("They watched the broadcaster Sarnov.", {"Sarnov": BODY}),
        ("They sold Sarnov shares.", {"Sarnov": BODY}),
        ("The Sarnov spokesman left.", {"Sarnov": BODY}),
        ("They met the White House.", {"White House": SEAT}),
        ("They met Mr. Sarnov. The carmaker Sarnov fell. Sarnov shares fell.", {"Sarnov": BODY}),
        ("The Sarn Trade Union met. STX left.", {"STX": BODY, "Sarn Trade Union": BODY}),
        # places
        ("They stayed in Sarn for long.", {"Sarn": PLACE}),
        ("They saw Lake Sarn and the Sarn River.", {"Lake Sarn": PLACE, "Sarn River": PLACE}),
        ("They left for Sarn, Norway.", {"Norway": STATE, "Sarn": PLACE}),
        ("They stayed in California for long.", {"California": PLACE}),
        # states
        ("The Norwegian envoy left.", {"Norway": STATE}),
        ("They met Georgia.", {}),
        ("They met Georgia and the Georgian envoy.", {"Georgia": STATE}),
        ("They met Georgia in Tbilisi.", {}),  # a capital alone is no proof of its state
        ("They met in Oslo and left.", {}),
        ("Oslo agreed. Then Oslo left.", {}),
        ("Oslo agreed. Oslo paid. Then Oslo left.", {"Norway": STATE}),
        # nobody
        ("Prices fell. Reading is good. Weather matters. Growth slowed.", {}),
        ("SARN (AP) — Prices fell there.", {}),
        ("By Jane Doe\n\nPrices fell there.", {}),
        ("ANNA BERG LEFT THE TOWN.", {}),
        ("Minister Anna Berg Visits Sarn For Talks", {}),
        ("", {}),
    ],
)
def test_types(text: str, expected: dict[str, str]) -> None:
    assert types(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "aliases", "short"),
    [
        ("José Sarn met Jose Sarn. José Sarn left.", "José Sarn", ("Jose Sarn",), ()),
        ("Jane O’Sarn met Jane O'Sarn.", "Jane O'Sarn", (), ()),
        ("Robert Sarn left. Robert Sarn and Bob Sarn met.", "Robert Sarn", ("Bob Sarn",), ()),
        ("Jane Sarn left. Jane Sarn and J. Sarn met.", "Jane Sarn", ("J. Sarn",), ()),
        ("Jane Sarn left. Jane Sarn and Jane Q. Sarn met.", "Jane Sarn", ("Jane Q. Sarn",), ()),
        ("Pedro Ruiz left. Pedro Ruiz Mateo and Pedro Ruiz met.", "Pedro Ruiz", ("Pedro Ruiz Mateo",), ()),
        ("Minister Park Jin-woo left. They met Jin Woo Park.", "Park Jin-woo", ("Jin Woo Park",), ()),
        (
            'They met Robert "Bobby" Sarn and Robert Sarn.',
            "Robert Sarn",
            ('Robert "Bobby" Sarn',),
            ("Bobby",),
        ),
        ("They met Anna Sarn. Then Sarn left, and Anna stayed.", "Anna Sarn", (), ()),
        ("Minister Anna Sarnez left. Minister Sarnez Lorvo met.", "Anna Sarnez", (), ("Sarnez Lorvo",)),
        # organisations
        (
            "The Sarn Research Institute (SRI) met. SRI left.",
            "Sarn Research Institute",
            ("SRI",),
            (),
        ),
        ("The Sarn Trade Union met. STU left.", "Sarn Trade Union", ("STU",), ()),
        ("They met Sarnov Steel Inc. there. Sarnov Steel left.", "Sarnov Steel Inc", ("Sarnov Steel",), ()),
        ("They met Sarnov Steel. Sarnov’s board left.", "Sarnov Steel", (), ("Sarnov",)),
        (
            "The Sarn Defence Council met the Sarn Defense Council.",
            "Sarn Defense Council",
            ("Sarn Defence Council",),
            (),
        ),
    ],
)
def test_wordings_of_one_name(text: str, name: str, aliases: tuple[str, ...], short: tuple[str, ...]) -> None:
    found = one(name, text)
    assert (found["aliases"], found["short"]) == (aliases, short)


def test_merges_are_said() -> None:
    found = one("Robert Sarn", "Robert Sarn left.", "Robert Sarn met. They saw Bob Sarn.")
    assert "merged: 'Bob Sarn' by nickname" in found["reason"]
    assert (found["n_mentions"], found["n_articles"]) == (3, 2)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # other spellings within one article are two persons; so are two generations, two first names
        ("They met Sergei Sarnov and Sergey Sarnov.", ["Sergei Sarnov", "Sergey Sarnov"]),
        ("They met Jon Sarn Jr. and Jon Sarn Sr. there.", ["Jon Sarn Jr", "Jon Sarn Sr"]),
        ("They met Anna Sarnova and Anna Sarnovo.", ["Anna Sarnova", "Anna Sarnovo"]),
    ],
)
def test_near_misses_are_shown_and_not_merged(text: str, names: list[str]) -> None:
    table = suggest(text)
    assert sorted(table["name"]) == names
    assert dict(zip(table["name"], table["near_misses"], strict=True)) == {
        names[0]: (names[1],),
        names[1]: (names[0],),
    }
    assert table["aliases"].tolist() == [(), ()]


def test_a_wording_that_two_can_have_is_nobodys() -> None:
    table = suggest("Jane Sarn met John Sarn. They saw J. Sarn.").set_index("name")
    assert set(table.loc["J. Sarn", "near_misses"]) == {"Jane Sarn", "John Sarn"}
    assert table.loc["Jane Sarn", "aliases"] == table.loc["John Sarn", "aliases"] == ()


def test_the_usual_wording_is_not_two_persons() -> None:
    """However often "J. Sarn" stands there, Jane is not John."""
    table = suggest("They met J. Sarn. J. Sarn left. J. Sarn ate. Jane Sarn met John Sarn.").set_index("name")
    assert not any({"Jane Sarn", "John Sarn"} <= {name, *row.aliases} for name, row in table.iterrows())
    assert {"Jane Sarn", "John Sarn"} & set(table.index)


def test_the_same_name_goes_before_initials() -> None:
    table = suggest("Jane Sarn met John Sarn. Jane Sarn met John Sarn. J. Sarn left. They met Jané Sarn.")
    assert table.set_index("name").loc["Jane Sarn", "aliases"] == ("Jané Sarn",)


def test_a_wording_between_two_shows_them_to_be_one() -> None:
    kate, catherine = "They met Kate Sarn.", "They met Catherine Sarn."
    assert len(suggest(kate, kate, catherine, catherine)) == len(suggest(kate, catherine))
    table = suggest(kate, kate, catherine, catherine, "They met Katherine Sarn.")
    assert len(table) == 1
    assert set(table["aliases"][0]) == {"Kate Sarn", "Catherine Sarn", "Katherine Sarn"} - {table["name"][0]}


def test_spellings_of_two_articles_are_one_person() -> None:
    table = suggest("They met Sergei Sarnov.", "They met Sergey Sarnov.")
    assert table["name"].tolist() == ["Sergey Sarnov"]
    assert table["aliases"].tolist() == [("Sergei Sarnov",)]
    assert "by spelling" in table["reason"][0]


@pytest.mark.parametrize(
    ("text", "affiliation", "descriptions"),
    [
        ("They met Norwegian Foreign Minister Anna Berg.", "norway", ("foreign minister",)),
        ("Foreign Minister Anna Berg left.", "", ("foreign minister",)),
        ("They met Anna Berg, Norway’s prime minister.", "norway", ("prime minister",)),
        ("They met Anna Berg, head of the Bank of Sarn. Bank of Sarn fell.", "bank_of_sarn", ("head",)),
        ("They met Sarn Council Leader Anna Berg.", "sarn_council", ("leader",)),
        ("They met Anna Berg, a friend of Norway.", "", ()),
        ("They met the farmer Anna Berg and Mrs. Anna Berg.", "", ()),
    ],
)
def test_affiliations_and_descriptions(text: str, affiliation: str, descriptions: tuple[str, ...]) -> None:
    found = one("Anna Berg", text)
    assert (found["affiliation"], found["descriptions"]) == (affiliation, descriptions)
    assert ("affiliation: stands with" in found["reason"]) is bool(affiliation)


def test_a_seat_belongs_to_its_state() -> None:
    table = suggest("They met the White House and the US envoy.").set_index("name")
    assert (
        table.loc["White House", "affiliation"] == table.loc["United States", "actor_id"] == "united_states"
    )


def test_a_state_comes_with_what_it_is_called() -> None:
    found = one("Norway", "The Norwegian envoy met Norway.")
    assert found["type"] == STATE
    assert (found["adjectives"], found["capitals"], found["peoples"]) == (
        ("Norwegian",),
        ("Oslo",),
        ("Norwegians",),
    )
    assert "Norwegian (1), Norway (1)" in found["reason"]


def test_two_bodies_that_stand_with_each_other_make_no_circle() -> None:
    table = suggest(
        "They met Sarn Bank, the head of Lorv Council. They met Lorv Council, the head of Sarn Bank. "
        "Sarn Bank shares fell, and so did Lorv Council shares."
    ).set_index("name")
    assert table["type"].tolist() == [BODY, BODY]
    assert sorted(table["affiliation"]) in (["", "lorv_council"], ["", "sarn_bank"])


def test_ids_are_unique_and_plain() -> None:
    table = suggest("They met Jose-Luis O’Sarn. They met the O'Sarn Bank and Sarn & Sons, a firm.")
    assert table["actor_id"].is_unique
    assert suggest("They met Sarn Bank. They met the Sarn-Sarn Bank and the Sarn Sarn Bank.")[
        "actor_id"
    ].is_unique
    assert all(re.fullmatch(r"\w+", actor_id) for actor_id in table["actor_id"])
    assert "jose_luis_o_sarn" in set(table["actor_id"])


def test_the_most_widely_mentioned_come_first_and_places_last() -> None:
    texts = ["They met Jon Stone. They stayed in Sarn.", "Then they met Jon Stone and Anna Berg in Sarn."]
    table = suggest(*texts)
    assert table["name"].tolist() == ["Jon Stone", "Anna Berg", "Sarn"]
    assert table["n_articles"].tolist() == [2, 1, 2]


def test_columns() -> None:
    assert list(suggest("They met Anna Berg.").columns) == COLUMNS
    empty = suggest("")
    assert list(empty.columns) == COLUMNS
    assert empty.empty


def check(corpus: Corpus, table: pd.DataFrame) -> None:
    """Every suggestion says why, and shows a sentence in which it stands."""
    sentences = {
        (row.article_id, " ".join(row.text.split())): (row.start, row.end)
        for row in corpus.sentences.itertuples()
    }
    fold = str.maketrans("’‘ʼ‑‐", "'''--")
    assert list(table.columns) == COLUMNS
    assert table["actor_id"].is_unique
    assert not table.duplicated(["name", "type"]).any()
    known = {""} | set(table["actor_id"])
    for row in table.itertuples():
        assert row.name.strip() == row.name != ""
        assert row.reason
        assert row.type in (PERSON, STATE, BODY, SEAT, PLACE, "")
        assert row.affiliation in known - {row.actor_id}
        assert 1 <= row.n_articles <= row.n_mentions
        start, end = sentences[row.article_id, row.example]
        assert start <= row.start < row.end <= end
        shown = " ".join(corpus.raw(row.article_id)[row.start : row.end].translate(fold).split())
        if row.type != STATE:
            assert shown in (row.name, *row.aliases, *row.short)
        assert row.name not in row.aliases
        assert row.name not in row.near_misses
        for column in ("aliases", "short", "descriptions", "near_misses"):
            values = getattr(row, column)
            assert len(set(values)) == len(values)


def test_the_bundled_articles(bundled: Corpus) -> None:
    table = suggest_actors(bundled)
    check(bundled, table)
    assert set(table["type"]) >= {PERSON, STATE, BODY, PLACE}
    pd.testing.assert_frame_equal(table, suggest_actors(bundled))


_PIECES = [
    *"Anna Berg Jon Stone Bob Robert Bobby van der al-Hakim Jr. Sr. Mr. Ms Gen. J. R. Jin-woo Park".split(),
    *"Foreign Minister minister President Norway Norwegian Georgia Oslo US U.S. The the of for and".split(),
    *"Bank Council Inc Square Post Motors May Monday GMT By said who in near shares family 43 14:05".split(),
    '"Lolo"', "‘Lolo’", "(JSB)", "JSB", "'s", "’s", "-based", ",", ".", ".", "!", ":", "“", "”", "\n\n",
    "\x1e", "\x00", "🙂", "José", "Jose", "İ", "漢字", "[[actor]]", "# x", "\\", "<b>", "White House", "NATO",
]  # fmt: skip
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join)


@settings(derandomize=True, deadline=None, max_examples=70)
@given(texts=st.lists(_TEXTS, min_size=1, max_size=3))
def test_odd_texts(texts: list[str]) -> None:
    """Nothing crashes, and the same texts give the same table twice."""
    with TemporaryDirectory() as folder:
        corpus = make_plain_corpus(Path(folder), *texts)
        table = suggest_actors(corpus)
        check(corpus, table)
        pd.testing.assert_frame_equal(table, suggest_actors(corpus))


def test_the_order_of_the_articles_does_not_matter() -> None:
    texts = [
        "Foreign Minister Anna Berg met Robert Sarn of Norway. The Sarn Research Institute (SRI) left.",
        "They met Bob Sarn and A. Berg. SRI agreed with the Norwegian envoy.",
        "Robert Sarn met Annie Berg. Sarnov Motors shares fell.",
    ]
    columns = ["actor_id", "name", "type", "affiliation", "n_mentions", "n_articles"]
    tables = [suggest(*(texts[i] for i in order)) for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0))]
    for table in tables[1:]:
        pd.testing.assert_frame_equal(table[columns], tables[0][columns])
        assert table["aliases"].map(set).tolist() == tables[0]["aliases"].map(set).tolist()


def seconds(text: str) -> float:
    with TemporaryDirectory() as folder:
        corpus = make_plain_corpus(Path(folder), text)
        start = time.perf_counter()
        suggest_actors(corpus)
        return time.perf_counter() - start


def _names(n: int) -> list[str]:
    letters = "aeiou"
    endings = [a + b + c for a in letters for b in letters for c in letters]
    return [
        f"{chr(65 + i % 26)}{'bdfgklmnprstvz'[i % 14]}{endings[i // 26 % 125]}{i % 7 * 'n'}" for i in range(n)
    ]


@pytest.mark.parametrize(
    "make",
    [
        lambda n: " ".join(_names(n)),  # a line of capitalised words
        lambda n: " ".join(f"{name}." for name in _names(n)),  # sentences of one word
        lambda n: " ".join(f"They met Anna {name}." for name in _names(n)),
    ],
)
def test_time_grows_with_the_text(make: Any) -> None:
    """Four times the text takes about four times as long, and not sixteen times."""
    seconds("They met Anna Berg.")  # word lists are read
    short, long = (seconds(f"They saw {make(n)} there.") for n in (300, 1200))
    assert long < 10 * short + 0.2


@pytest.mark.parametrize(
    ("text", "name", "column", "expected"),
    [
        # an envoy to a state is not that state's
        ("They met German Ambassador to Poland Eva Lind there.", "Eva Lind", "affiliation", ""),
        ("They met German Ambassador Eva Lind there.", "Eva Lind", "affiliation", "germany"),
        # an acronym in brackets, also one that spells a word
        ("The Water Help Office (WHO) met. The WHO left.", "Water Help Office", "aliases", ("WHO",)),
        # bodies with "and"; a portfolio is no body
        ("The Health and Safety Executive met.", "Health and Safety Executive", "type", "organisation"),
        ("They met Climate and Energy Minister Eva Lind.", "Eva Lind", "descriptions", ("energy minister",)),
        # a firm that goes by its founder's name
        ("Jon Sarn, 80, founded Sarn Motors. Sarn shares fell.", "Sarn Motors", "short", ("Sarn",)),
    ],
)  # fmt: skip
def test_what_a_reader_found(tmp_path: Path, text: str, name: str, column: str, expected: object) -> None:
    (tmp_path / "a.txt").write_text(f"Somebody met somebody in the old town\n\n{text}\n", encoding="utf-8")
    (tmp_path / "articles.csv").write_text("file,outlet\na.txt,Daily\n")
    (tmp_path / "actors.toml").write_text("")
    suggested = suggest_actors(load_corpus(tmp_path)).set_index("name")
    assert suggested.loc[name, column] == expected

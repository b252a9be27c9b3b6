"""The world's states and the first names of many countries, as proposals read them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.countries import load_countries, territories
from helpers.first_names import first_name_gender, fold_accents, is_first_name
from helpers.name_words import state_names
from helpers.paths import read_vocabulary


@pytest.mark.parametrize(
    ("name", "adjectives", "capitals", "peoples"),
    [
        ("Norway", ("Norwegian",), ("Oslo",), ("Norwegians",)),
        ("Japan", ("Japanese",), ("Tokyo",), ()),
        ("Germany", ("German",), ("Berlin",), ("Germans",)),
        ("Iceland", ("Icelandic",), None, None),
        ("Ireland", ("Irish",), ("Dublin",), None),
        ("Kosovo", None, ("Pristina",), None),
        ("Argentina", ("Argentine", "Argentinian", "Argentinean"), ("Buenos Aires",), None),
    ],
)
def test_countries(
    name: str,
    adjectives: tuple[str, ...] | None,
    capitals: tuple[str, ...] | None,
    peoples: tuple[str, ...] | None,
) -> None:
    country = load_countries()[name]
    for expected, found in (
        (adjectives, country.adjectives), (capitals, country.capitals), (peoples, country.peoples),
    ):  # fmt: skip
        assert expected is None or found == expected


@pytest.mark.parametrize(
    ("words", "state", "form"),
    [
        ("United States", "United States", "name"),
        ("US", "United States", "name"),
        ("U.S.", "United States", "name"),
        ("American", "United States", "adjective"),
        ("Americans", "United States", "people"),
        ("Britain", "United Kingdom", "name"),
        ("U.K.", "United Kingdom", "name"),
        ("British", "United Kingdom", "adjective"),
        ("Turkey", "Turkey", "name"),
        ("Türkiye", "Turkey", "name"),
        ("Czechia", "Czech Republic", "name"),
        ("Burma", "Myanmar", "name"),
        ("Swaziland", "Eswatini", "name"),
        ("Holy See", "Vatican", "name"),
        ("Bahamas", "Bahamas", "name"),
        ("Norwegian", "Norway", "adjective"),
        ("Oslo", "Norway", "capital"),
        ("Norwegians", "Norway", "people"),
        ("Kosovo", "Kosovo", "name"),
        ("Luxembourg", "Luxembourg", "name"),  # its capital is called so, too
        ("Singapore", "Singapore", "name"),
    ],
)
def test_ways_to_name_a_state(words: str, state: str, form: str) -> None:
    assert state_names()[tuple(words.split())] == (state, form)


@pytest.mark.parametrize(
    "words", ["Scotland", "Hong Kong", "Guam", "Sarn", "The", "America's", "NO", "DE", "USSR"]
)
def test_no_states(words: str) -> None:
    assert tuple(words.split()) not in state_names()


@pytest.mark.parametrize(
    ("name", "ambiguous"), [("Georgia", True), ("Jordan", True), ("Chad", True), ("Norway", False)]
)
def test_a_states_name_that_is_something_else_too(name: str, ambiguous: bool) -> None:
    assert load_countries()[name].ambiguous is ambiguous


def test_the_table_is_whole() -> None:
    """Some two hundred states in order, and our own lists name no other."""
    countries = load_countries()
    assert 190 <= len(countries) <= 200
    assert list(countries) == sorted(countries)
    for name, country in countries.items():
        assert country.name == name == name.strip() != ""
        assert name not in country.aliases
        assert len(set(country.aliases)) == len(country.aliases)
        for words in (country.aliases, country.adjectives, country.capitals, country.peoples):
            assert all(word.strip() == word != "" and word[0].isupper() for word in words)
        assert (
            state_names()[tuple(name.replace("-", " ").split())] if " " in name and "-" not in name else True
        )
    ours = read_vocabulary("countries")
    for key in ("aliases", "adjectives", "capitals", "peoples"):
        assert set(ours[key]) <= set(countries)
    assert set(ours["seats"].values()) <= set(countries)
    assert set(ours["ambiguous"]["names"]) <= set(countries) | territories()


def test_nearly_every_state_has_an_adjective_and_a_capital() -> None:
    countries = load_countries().values()
    # left out on purpose: "Kingston", "Victoria" and "Georgetown" are persons and other places, too
    assert [c.name for c in countries if not c.capitals] == ["Guyana", "Jamaica", "Seychelles", "Vatican"]
    assert sum(not c.adjectives for c in countries) <= 6


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("California", True),
        ("Scotland", True),
        ("Greenland", True),
        ("Norway", False),
        ("Sarn", False),
        ("", False),
    ],
)
def test_territories(name: str, expected: bool) -> None:
    assert (name in territories()) is expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Anna", True), ("ANNA", True), ("anna", True), ("José", True), ("Jose", True), ("Łukasz", True),
        ("Fatima", True), ("Georgia", True), ("Jordan", True), ("Chad", True),
        ("Parliament", False), ("Minister", False), ("Sarn", False), ("", False), ("123", False),
        ("Stone", False), ("Porter", False),
    ],
)  # fmt: skip
def test_is_first_name(word: str, expected: bool) -> None:
    assert is_first_name(word) is expected


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Anna", "f"), ("anna", "f"), ("John", "m"), ("José", "m"), ("Anna-Lena", "f"), ("Karl-Heinz", "m"),
        ("Kim", ""), ("Sarn", ""), ("", ""), ("-", ""),
    ],
)  # fmt: skip
def test_first_name_gender(name: str, gender: str) -> None:
    assert first_name_gender(name) == gender


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Łukasz Çelik", "lukasz celik"), ("ØRSTED", "orsted"), ("Işık", "isik"), ("e\u0301", "e"),
        ("ß", "ss"), ("", ""), ("ﬁ", "fi"), ("金", "金"),
    ],
)  # fmt: skip
def test_fold_accents(text: str, expected: str) -> None:
    assert fold_accents(text) == expected


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(max_size=20))
def test_odd_words(word: str) -> None:
    once = fold_accents(word)
    assert fold_accents(once) == once
    assert first_name_gender(word) in ("", "m", "f")
    assert is_first_name(word) in (True, False)

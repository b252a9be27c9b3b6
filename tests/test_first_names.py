"""First names: what is one, and whether a man or a woman bears it."""

import pytest

from helpers.first_names import first_name_gender, full_name_gender, is_first_name


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Maria", "f"),
        ("Ingrid", "f"),
        ("Lucía", "f"),
        ("Zsófia", "f"),
        ("John", "m"),
        ("Sergei", "m"),
        ("Íñigo", "m"),
        ("Inigo", "m"),
        ("MOHAMMED", "m"),
        ("Jean-Luc", "m"),
        # both, or none
        ("Kim", ""),
        ("Robin", ""),
        ("Sasha", ""),
        ("Parliament", ""),
        ("", ""),
        ("-", ""),
    ],
)
def test_the_gender_of_a_first_name(name: str, gender: str) -> None:
    assert first_name_gender(name) == gender


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Ingrid Roe", "f"),
        ("John van der Roe", "m"),
        ("Roe", ""),
        ("", ""),
        # surnames that stand first
        ("Park Jin-woo", ""),
        ("Li Na", ""),
        ("Han Seung-woo", ""),
    ],
)
def test_the_gender_of_a_full_name(name: str, gender: str) -> None:
    assert full_name_gender(name) == gender


@pytest.mark.parametrize(
    ("word", "found"),
    [("Ingrid", True), ("lucia", True), ("Parliament", False), ("Monday", False), ("", False)],
)
def test_what_is_a_first_name(word: str, found: bool) -> None:
    assert is_first_name(word) is found

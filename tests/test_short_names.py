"""Short names: whom a surname, a first name or another spelling means, by hand in an invented gazetteer."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Actor, load_actors
from helpers.gazetteer import Gazetteer
from helpers.names import find_names
from helpers.short_names import in_title_case, style

PERSONS = {
    "anna": "Anna Berg", "karl": "Karl Berg", "jon": "Jon Stone", "robert": "Robert Lund",
    "sergei": "Sergei Sarnov", "park": "Roe Jin-woo", "hans": "Hans van der Sarn", "omar": "Omar al-Hakim",
    "pedro": "Pedro Ruiz Mateo", "jorg": "Jörg Müller",
    "junior": "Tom Marsh Jr.", "senior": "Tom Marsh Sr.",
    "may": "Theresa May", "ines": "Inés Roy-Lorv", "nadia": "Nadia Tariq",
    "price": "Grace Price", "ford": "Edward Tarn",
}  # fmt: skip
Row = tuple[str, str]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    actors = {key: Actor(key, name, "person") for key, name in PERSONS.items()}
    return Gazetteer(
        actors | {"ruritania": Actor("ruritania", "Ruritania", "state", adjectives=("Ruritanian",))}
    )


def rows(text: str, gazetteer: Gazetteer) -> list[Row]:
    return [(text[n.start : n.end], n.actor_id) for n in find_names([text], gazetteer)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # other spellings and orders of a listed name
        ("They met Bob Lund there.", [("Bob Lund", "robert")]),
        ("They met Bob Lund. Then Bob left.", [("Bob Lund", "robert"), ("Bob", "robert")]),
        ("They met R. Lund there.", [("R. Lund", "robert")]),
        ("They met Robert Q. Lund there.", [("Robert Q. Lund", "robert")]),
        ("They met Sergey Sarnow there.", [("Sergey Sarnow", "sergei")]),
        ("They met Jin Woo Roe and Roe Jinwoo.", [("Jin Woo Roe", "park"), ("Roe Jinwoo", "park")]),
        ("They met Berg Anna there.", [("Berg Anna", "anna")]),
        ("They met Pedro Ruiz. Ruiz left.", [("Pedro Ruiz", "pedro"), ("Ruiz", "pedro")]),
        ("Pedro Ruiz Mateo left. Ruiz Mateo ate.", [("Pedro Ruiz Mateo", "pedro"), ("Ruiz Mateo", "pedro")]),
        ("They met Jorg Muller and Joerg Mueller.", [("Jorg Muller", "jorg"), ("Joerg Mueller", "jorg")]),
        ("Jörg Müller left. Then Muller ate.", [("Jörg Müller", "jorg"), ("Muller", "jorg")]),
        ("They met JÖRG MÜLLER there.", [("JÖRG MÜLLER", "jorg")]),
        ("They met Ines Roy-Lorv. Lorv left.", [("Ines Roy-Lorv", "ines"), ("Lorv", "ines")]),
        ("Hans van der Sarn left. Sarn ate.", [("Hans van der Sarn", "hans"), ("Sarn", "hans")]),
        ("Omar al-Hakim left. Al-Hakim ate.", [("Omar al-Hakim", "omar"), ("Al-Hakim", "omar")]),
        ("Omar al-Hakim left. Then al-Hakim ate.", [("Omar al-Hakim", "omar"), ("al-Hakim", "omar")]),
        ("Nadia Tariq left. Then al-Tariq ate.", [("Nadia Tariq", "nadia"), ("al-Tariq", "nadia")]),
        ("Omar al-Hakim left. Hakim ate.", [("Omar al-Hakim", "omar"), ("Hakim", "omar")]),
        ('They met Robert "Lolo" Lund. Lolo left.', [('Robert "Lolo" Lund', "robert"), ("Lolo", "robert")]),
        ("They met Robert ‘Lolo’ Lund. Lolo left.", [("Robert ‘Lolo’ Lund", "robert"), ("Lolo", "robert")]),
        (
            "Robert Lund, known to friends as Lolo, left. Lolo ate.",
            [("Robert Lund", "robert"), ("Lolo", "robert"), ("Lolo", "robert")],
        ),
        # somebody else
        ("They met Rob Berg and Arne Stone.", []),
        ("They met Susan Lund there.", []),
        ("They met Robert Stone there.", []),
        # two generations
        ("Tom Marsh Jr. left.", [("Tom Marsh Jr.", "junior")]),
        ("Tom Marsh Sr. left.", [("Tom Marsh Sr.", "senior")]),
        (
            "Tom Marsh Jr. met Tom Marsh Sr. there. Then Marsh left.",
            [("Tom Marsh Jr.", "junior"), ("Tom Marsh Sr.", "senior"), ("Marsh", "junior")],
        ),
        # two of one surname: honorific, sex, role, the one called so before, the last
        (
            "Anna Berg met Karl Berg. Mr. Berg left, and Ms. Berg ate.",
            [("Anna Berg", "anna"), ("Karl Berg", "karl"), ("Mr. Berg", "karl"), ("Ms. Berg", "anna")],
        ),
        (
            "Minister Anna Berg met Karl Berg, a farmer. Then Minister Berg left.",
            [("Anna Berg", "anna"), ("Karl Berg", "karl"), ("Berg", "anna")],
        ),
        (
            "Anna Berg left, and then Berg ate. Karl Berg slept. Later Berg woke.",
            [("Anna Berg", "anna"), ("Berg", "anna"), ("Karl Berg", "karl"), ("Berg", "anna")],
        ),
        (
            "Anna Berg met Karl Berg. Then Berg left.",
            [("Anna Berg", "anna"), ("Karl Berg", "karl"), ("Berg", "karl")],
        ),
        ("They met Mr. Berg there.", [("Mr. Berg", "karl")]),
        ("They met Mrs. Berg there.", [("Mrs. Berg", "anna")]),
        ("They met Berg there.", []),
        # a surname that is a month, a common word
        ("Theresa May left in May. May said so.", [("Theresa May", "may"), ("May", "may")]),
        ("Theresa May left. On May 3 and in May it rained.", [("Theresa May", "may")]),
        ("Theresa May left. Mrs. May ate. May’s plan fell.",
         [("Theresa May", "may"), ("Mrs. May", "may"), ("May", "may")]),
        ("Grace Price said the price fell. Price said so.", [("Grace Price", "price"), ("Price", "price")]),
        # what is called after somebody
        ("Edward Tarn left. The Tarn family ate.", [("Edward Tarn", "ford")]),
        ("Edward Tarn left. The Tarn administration fell.", [("Edward Tarn", "ford")]),
        ("Edward Tarn left. Tarn Tower fell.", [("Edward Tarn", "ford")]),
        ("Edward Tarn left. They read the Tarn Post.", [("Edward Tarn", "ford")]),
        ("Edward Tarn left. They met in Tarn.", [("Edward Tarn", "ford")]),
        ("Edward Tarn left. They have trust in Tarn.", [("Edward Tarn", "ford"), ("Tarn", "ford")]),
        # a company that is called after its founder
        ("Edward Tarn left Tarn Motors. Tarn shares fell.", [("Edward Tarn", "ford")]),
        ("Edward Tarn left. The carmaker Tarn fell. Then Tarn shares fell.", [("Edward Tarn", "ford")]),
        ("Edward Tarn left Tarn Motors. Then Mr. Tarn ate.", [("Edward Tarn", "ford"), ("Mr. Tarn", "ford")]),
        ("Edward Tarn left. Tarn shares fell. Then Tarn ate.", [("Edward Tarn", "ford"), ("Tarn", "ford")]),
        # datelines, capitals, headlines
        ("ANNA BERG LEFT. KARL BERG ATE.", [("ANNA BERG", "anna"), ("KARL BERG", "karl")]),
        ("Stone Visits Long Halls\n\nJon Stone came.", [("Stone", "jon"), ("Jon Stone", "jon")]),
        ("They met Jon Stone’s envoy.", [("Jon Stone", "jon")]),
        ("They met the Ruritanian Jon Stone.", [("Ruritanian", "ruritania"), ("Jon Stone", "jon")]),
        ("", []),
    ],
)  # fmt: skip
def test_short_names(text: str, expected: list[Row], gazetteer: Gazetteer) -> None:
    assert rows(text, gazetteer) == expected


def test_the_same_name_goes_before_initials() -> None:
    actors = {"robert": Actor("robert", "Robert Sarn", "person"), "r": Actor("r", "R. Sarn", "person")}
    text = 'They met Róbert "Lolo" Sarn there.'
    assert rows(text, Gazetteer(actors)) == [('Róbert "Lolo" Sarn', "robert")]


@pytest.mark.parametrize(
    "name", ["Ana (Lolo) Roe", "[[actor]]", "C++ Roe", ".* Roe", "\\d Roe", "(?:xx Roe", "$Roe Lund"]
)
def test_names_with_characters_of_regular_expressions(name: str, tmp_path: Path) -> None:
    path = tmp_path / "actors.toml"
    path.write_text(f"[[actor]]\nname = '{name}'\ntype = \"person\"\nshort = ['{name}']\n", encoding="utf-8")
    gazetteer = Gazetteer(load_actors(path))
    (found,) = find_names([f"They met {name} there. Roe left, and the road was dry."], gazetteer)
    assert all(n.start < n.end for n in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. ", "Mr"), ("Mr ", "Mr"), ("Gen. ", "Gen"), ("Dame ", "Dame"), ("Señora ", "Señora"),
        ("the ", ""), ("Mr", ""), ("", ""), ("FarMr. ", ""),
    ],
)  # fmt: skip
def test_style(text: str, expected: str) -> None:
    assert style(f"{text}Berg", len(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stone Visits Long Halls", True),
        ("Stone visits long halls there", False),
        ("They met.\nStone Visits Long Halls", True),
        ("Stone Visits Halls", False),
    ],
)
def test_in_title_case(text: str, expected: bool) -> None:
    assert in_title_case(text, text.index("Stone")) is expected


_PIECES = [
    *"Anna Karl Berg Jon Stone Bob Robert Lund Sergey Sarnov Jin Woo Roe Hans van der".split(),
    *"al-Hakim Tom Marsh Jr. Sr. Theresa May Price price Mr. Ms Gen. Minister minister R. Tarn".split(),
    *"shares Tower family in the The said".split(),
    '"Lolo"', "‘Bobby’", "(Lolo)", "Lolo", "nicknamed", "'s", "’s", ",", ".", "\n", "\x1e", "é", "Müller",
    "🙂", "(AP) —",
]  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=200)
@given(pieces=st.lists(st.sampled_from(_PIECES), max_size=25))
def test_random_texts(pieces: list[str], gazetteer: Gazetteer) -> None:
    """Names lie apart and in the text; the same text gives the same names."""
    text = " ".join(pieces)
    (names,) = find_names([text], gazetteer)
    assert (names,) == tuple(find_names([text], gazetteer))
    for name in names:
        assert 0 <= name.start < name.end <= len(text)
        assert text[name.start : name.end].strip() == text[name.start : name.end]
    assert len({(n.start, n.end) for n in names}) == len(names)

"""Candidates: which capitalised words can be a name, and what stands around them; expected rows by hand."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from conftest import make_plain_corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.candidates import COLUMNS, find_candidates
from helpers.name_words import in_capitals, is_body, is_capital, is_organisation_name, split_tokens


def find(*texts: str) -> pd.DataFrame:
    with TemporaryDirectory() as folder:
        return find_candidates(make_plain_corpus(Path(folder), *texts))


def names(text: str) -> list[str]:
    """The candidates that are no states."""
    found = find(text)
    return found.loc[found["kind"] == "", "text"].tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a run of capitalised words, with what may stand inside
        ("They met Anna Berg in town.", ["Anna Berg"]),
        ("They met Anna Maria Q. Berg in town.", ["Anna Maria Q. Berg"]),
        ("They met J. R. Stone and J.R. Stone there.", ["J. R. Stone", "J.R. Stone"]),
        ("J. R. Stone left. A. Berg left too.", ["J. R. Stone", "A. Berg"]),
        ("They met Hans van der Berg and Omar al-Hakim.", ["Hans van der Berg", "Omar al-Hakim"]),
        ("They met Jean-Luc O’Neil and Ana de la O.", ["Jean-Luc O'Neil", "Ana de la O"]),
        ('They met Jon "Lolo" Stone there.', ['Jon "Lolo" Stone']),
        ("They met Jon ‘Lolo’ Stone there.", ["Jon 'Lolo' Stone"]),
        ("They met Jon (Lolo) Stone there.", ["Jon (Lolo) Stone"]),
        ("They met Jon Stone Jr. and Jon Stone Sr. there.", ["Jon Stone Jr", "Jon Stone Sr"]),
        ("They met Pedro Ruiz Mateo there.", ["Pedro Ruiz Mateo"]),
        ("They met Łukasz Çelik and Ægir Þór there.", ["Łukasz Çelik", "Ægir Þór"]),
        ("They saw Lund & Sons there.", ["Lund & Sons"]),
        ("They met Anna\u00a0Berg there.", ["Anna Berg"]),
        # a run ends at a mark, a weekday, a legal form
        ("They met Berg, Lund and Stone.", ["Berg", "Lund", "Stone"]),
        ("They met Berg’s Lund there.", ["Berg", "Lund"]),
        ("They met Anna Berg Monday in town.", ["Anna Berg"]),
        ("They sued Sarn Ltd Berg said so.", ["Sarn Ltd", "Berg"]),
        ("Quarrels over the van in der town.", []),
        # titles and honorifics are no part of a name
        ("They met Mr. Berg and Ms Lund.", ["Berg", "Lund"]),
        ("They met Gen. Jon Stone and Lt. Col. Anna Berg.", ["Jon Stone", "Anna Berg"]),
        ("They met Prime Minister Anna Berg.", ["Anna Berg"]),
        ("They met PM Anna Berg and Jon Stone MP.", ["Anna Berg", "Jon Stone"]),
        ("Foreign Minister Anna Berg left.", ["Anna Berg"]),
        ("They met Sheikh Omar and Doña Ana.", ["Omar", "Ana"]),
        ("They met the Prime Minister and the Deputy Foreign Minister.", []),
        # a surname that is a title, too
        ("They met Martin King and Ingrid King Lund.", ["Martin King", "Ingrid King Lund"]),
        # what opens a sentence is no name
        ("Prices fell. The prices rose. Reading is good. However, Anna Berg left.", ["Anna Berg"]),
        ("Then Anna Berg left. Yesterday Jon Stone left.", ["Anna Berg", "Jon Stone"]),
        ("“Prices fell,” Anna Berg said.", ["Anna Berg"]),
        ("Stone said so. They met Stone.", ["Stone", "Stone"]),
        ("Stone walls fell. A stone fell.", []),
        # months and days
        ("They left on Monday, in May and on March 3.", []),
        ("They met Theresa May in May.", ["Theresa May"]),
        ("They met April Stone in April.", ["April Stone"]),
        ("In April Minister Anna Berg left.", ["Anna Berg"]),
        # bodies, buildings, laws
        ("The Sarn administration fell.", ["Sarn"]),
        ("They saw Sarn Tower and Sarn Square.", ["Sarn Tower", "Sarn Square"]),
        ("They read the Sarn Post there.", ["Sarn Post"]),
        ("The Bank of Sarn and the Board for the Arts.", ["Bank of Sarn", "Board for the Arts"]),
        ("The Ministry of Trade and Industry of Sarn.", ["Ministry of Trade and Industry", "Sarn"]),
        ("They joined the Labour Party there.", ["Labour Party"]),
        (
            "The court heard Chief Executive Anna Berg of Sarn Holdings Inc.",
            ["Anna Berg", "Sarn Holdings Inc"],
        ),
        ("The Sarn Council spokesman Jon Stone left.", ["Sarn Council", "Jon Stone"]),
        ("They met Sarn Council Leader Jon Stone.", ["Sarn Council", "Jon Stone"]),
        ("The Government and the Court met in the House.", []),
        ("A Sarn-based firm met a Berg-led team.", ["Sarn", "Berg"]),
        # bylines, credits, datelines, time stamps, capitals
        ("By Jane Doe\n\nThey met Anna Berg there.", ["Anna Berg"]),
        ("They met Anna Berg. Photo: Jon Stone", ["Anna Berg"]),
        ("They met Anna Berg (Picture: Jon Stone) there.", ["Anna Berg"]),
        ("SARN (AP) — They met Anna Berg there.", ["Anna Berg"]),
        ("SARN, March 3 (Sarn News) - They met Anna Berg there.", ["Anna Berg"]),
        ("SARN, Ruritania (AP) — They met Anna Berg there.", ["Anna Berg"]),
        ("At 14:05 GMT Anna Berg left.", ["Anna Berg"]),
        ("10.32am Anna Berg left the town.", ["Anna Berg"]),
        ("BREAKING NEWS: They met Anna Berg.", ["Anna Berg"]),
        ("ANNA BERG LEFT THE TOWN.", []),
        ("Anna Berg Visits Sarn For Talks", []),
        ("They met NATO and the ILO there.", ["NATO", "ILO"]),
        # a list of a hundred words in capitals is no name
        ("They met " + "Sarn " * 100 + "there.", []),
        ("", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "cues", "role", "affiliation"),
    [
        ("They met Minister Berg.", ("title",), "minister", ""),
        ("They met Foreign Minister Berg.", ("title",), "foreign minister", ""),
        ("Foreign Minister Berg left.", ("title",), "foreign minister", ""),
        ("Deputy Foreign Minister Berg left.", ("title",), "deputy foreign minister", ""),
        ("Then Foreign Minister Berg left.", ("title",), "foreign minister", ""),
        ("They met Mr. Berg.", ("title",), "", ""),
        ("They met Norwegian Foreign Minister Berg.", ("title",), "foreign minister", "Norway"),
        ("They met Norwegian foreign minister Berg.", ("title",), "foreign minister", "Norway"),
        ("They met the deputy foreign minister Berg.", ("title",), "deputy foreign minister", ""),
        ("They met the lawyer, Berg, there.", ("apposition",), "lawyer", ""),
        ("They met Berg, the prime minister of Norway.", ("apposition",), "prime minister", "Norway"),
        ("They met Berg, Norway’s prime minister.", ("apposition",), "prime minister", "Norway"),
        ("They met Berg, a spokesman for Sarn Holdings.", ("apposition",), "spokesman", "Sarn Holdings"),
        ("They met Berg, a spokesman for the Bank of Sarn.", ("apposition",), "spokesman", "Bank of Sarn"),
        ("They met Berg, the company’s director.", ("apposition",), "director", ""),
        ("They met Berg, 43, there.", ("age",), "", ""),
        ("They met Berg (43) there.", ("age",), "", ""),
        ("They met Berg, aged 43.", ("age",), "", ""),
        ("They met Berg, who left.", ("who",), "", ""),
        ("They saw Berg, which fell.", ("which",), "", ""),
        ("Rain, Berg said.", ("says",), "", ""),
        ("“Rain,” said Berg.", ("says",), "", ""),
        ("They met the Berg there.", ("the",), "", ""),
        ("They met the Berg family.", ("not the person",), "", ""),
        ("They met the Berg administration.", ("not the person",), "", ""),
        ("They sold Berg shares.", ("firm",), "", ""),
        ("They met Berg’s chief executive.", ("firm",), "", ""),
        ("They met a Berg spokesman.", ("firm", "employs"), "", ""),
        ("They met the broadcaster Berg.", ("kind of body",), "", ""),
        ("They saw Berg, a broadcaster.", ("body apposition",), "", ""),
        ("They saw Berg, a Norwegian broadcaster.", ("body apposition",), "", "Norway"),
        ("They saw Berg (BRG) there.", ("acronym BRG",), "", ""),
        ("They stayed in Berg, Norway.", ("in",), "", ""),
        ("They left for Berg, Norway.", ("city",), "", "Norway"),
        ("They stayed near Berg for long.", ("in",), "", ""),
        ("They saw a Berg-based firm.", ("in",), "", ""),
        ("They saw the Berg valley.", ("the", "place noun"), "", ""),
        ("They saw villages of Berg there.", ("place noun",), "", ""),
        ("They met the mayor of Berg, who left.", (), "", ""),
        ("They saw Berg there.", (), "", ""),
    ],
)
def test_what_stands_around(text: str, cues: tuple[str, ...], role: str, affiliation: str) -> None:
    found = find(text)
    row = found[found["text"] == "Berg"].iloc[0]
    assert (row["cues"], row["role"], row["affiliation"]) == (cues, role, affiliation)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway met the Norwegians.", [("Norway", "Norway"), ("Norwegians", "Norway")]),
        ("The Norwegian envoy left Oslo.", [("Norwegian", "Norway"), ("Oslo", "Norway")]),
        ("The U.S. envoy left the US.", [("U.S.", "United States"), ("US", "United States")]),
        ("They met Norwegian Anna Berg.", [("Norwegian", "Norway")]),
        ("They met Norway’s Anna Berg.", [("Norway", "Norway")]),
        # inside the name of a body or a place
        ("They saw the Oslo Opera House.", []),
        ("They met the Norwegian Refugee Council.", []),
        ("They crossed Oslo Bridge.", []),
        ("The Norwegian Bridge fell.", [("Norwegian", "Norway")]),
        # a state's name that is a first name too
        ("Georgia met Jordan and Chad.", [("Georgia", "Georgia"), ("Jordan", "Jordan"), ("Chad", "Chad")]),
        ("They met Georgia Stone and Chad Lund.", []),
        ("They met Georgia Prime Minister Anna Berg.", [("Georgia", "Georgia")]),
        ("They crossed the Jordan River.", []),
        ("They met Norway Stone.", [("Norway", "Norway")]),
    ],
)
def test_states(text: str, expected: list[tuple[str, str]]) -> None:
    found = find(text)
    of_states = found[found["kind"] == "state"]
    assert list(zip(of_states["text"], of_states["affiliation"], strict=True)) == expected


def test_a_body_before_a_title_is_whom_the_person_acts_for() -> None:
    found = find("They met Sarn Council Leader Jon Stone.").set_index("text")
    assert found.loc["Sarn Council", "cues"] == ("employs",)
    assert found.loc["Jon Stone", ["role", "affiliation"]].tolist() == ["leader", "Sarn Council"]


def test_columns_and_order() -> None:
    found = find("They met Anna Berg.", "", "They met Jon Stone in Oslo.")
    assert list(found.columns) == COLUMNS
    assert found["article_id"].tolist() == ["a0", "a2", "a2"]
    assert list(find("").columns) == COLUMNS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S. envoy", ["U.S.", "envoy"]),
        ("Berg's O'Neil", ["Berg", "'s", "O'Neil"]),
        ("Berg-led, Yi-ting, Gulf-wide", ["Berg", "-", "led", ",", "Yi-ting", ",", "Gulf-wide"]),
        ("AT&T, Jean-Luc; J.R. Stone", ["AT&T", ",", "Jean-Luc", ";", "J.R.", "Stone"]),
        ("", []),
    ],
)
def test_split_tokens(text: str, expected: list[str]) -> None:
    tokens = split_tokens(text)
    assert [t.text for t in tokens] == expected
    assert all(text[t.start : t.end] == t.text for t in tokens)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Berg", True), ("al-Berg", True), ("d'Or", True), ("al-berg", False), ("berg", False), ("3", False)],
)
def test_is_capital(word: str, expected: bool) -> None:
    assert is_capital(word) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foreign Minister Flies To Sarn", True),
        ("FOREIGN MINISTER FLIES", False),  # three words tell nothing
        ("FOREIGN MINISTER FLIES AWAY.", True),
        ("Foreign Minister Anna Berg Flies.", False),  # a sentence
        ("Foreign Minister Anna Berg flies away soon", False),
        ("", False),
    ],
)
def test_in_capitals(text: str, expected: bool) -> None:
    assert in_capitals(text) is expected


@pytest.mark.parametrize(
    ("name", "body", "organisation"),
    [
        ("Sarn Council", True, True),
        ("Council of Sarn", True, True),
        ("Sarn Post", True, True),
        ("Sarn Motors", True, True),
        ("Sarn SE", True, True),
        ("Sarn Defence Ministry", False, True),  # the state's, found with the state
        ("President Post", False, True),
        ("Jane Doe", False, False),
        ("House of Berg", True, True),
    ],
)
def test_words_of_organisations(name: str, body: bool, organisation: bool) -> None:
    assert is_body(split_tokens(name)) is body
    assert is_organisation_name(name) is organisation


_PIECES = [
    *"Anna Berg Jon Stone van der al-Hakim Jr. Mr. Ms Gen. J. R. Foreign Minister minister President".split(),
    *"Norway Norwegian Georgia Oslo US U.S. The the of for and & Bank Council Inc Square Post May".split(),
    *"Monday GMT By Photo: said says who in near shares family administration Sarn SARN 43 14:05".split(),
    "(AP) —", "(Lolo)", '"Lolo"', "‘Lolo’", "'s", "’s", "-based", "-led", ",", ".", "!", ":", "“", "”",
    "\n", "\n\n", "\t", "\u00a0", "\u200b", "\x1e", "\x00", "🙂", "é", "İ", "ß", "漢字", "[[actor]]", "# x",
    "\\", "<b>",
]  # fmt: skip
ODD_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join) | st.text(max_size=60).filter(
    lambda text: not any("\ud800" <= c <= "\udfff" for c in text)
)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(text=ODD_TEXTS)
def test_odd_texts(text: str) -> None:
    """Every span lies inside the raw text, which reads so there but for plain apostrophes and spaces."""
    with TemporaryDirectory() as folder:
        corpus = make_plain_corpus(Path(folder), text)
        found = find_candidates(corpus)
        raw = corpus.raw("a0")
    plain = str.maketrans("’‘ʼ‑‐", "'''--")
    sentences = corpus.sentences.set_index("sentence_id")
    for row in found.itertuples():
        assert 0 <= row.start < row.end <= len(raw)
        assert (
            "".join(" " if c.isspace() else c for c in raw[row.start : row.end].translate(plain)) == row.text
        )
        assert row.text == row.text.strip() != ""
        sentence = sentences.loc[row.sentence_id]
        assert sentence["start"] <= row.start < row.end <= sentence["end"]
        assert row.kind in ("", "state")
    assert found["start"].is_monotonic_increasing
    assert (found["end"].to_numpy()[:-1] <= found["start"].to_numpy()[1:]).all()

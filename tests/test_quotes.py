"""Who says what: kinds, spans, cues and speakers on invented texts, and what holds for any text."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import Corpus, find_mentions, load_corpus
from helpers.quote_kinds import has_clause
from helpers.quotes import QUOTE_COLUMNS, QUOTE_KINDS, find_quotes
from helpers.reporting import SOURCE_TYPES, STANCES

ACTORS = """
[[actor]]
id = "norway"
name = "Norway"
type = "state"
adjectives = ["Norwegian"]
capitals = ["Oslo"]

[[actor]]
id = "borduria"
name = "Borduria"
type = "state"
adjectives = ["Bordurian"]
capitals = ["Szohod"]

[[actor]]
id = "anna_berg"
name = "Anna Berg"
type = "person"
affiliation = "norway"
descriptions = ["foreign minister"]

[[actor]]
id = "jon_stone"
name = "Jon Stone"
type = "person"
affiliation = "borduria"
descriptions = ["envoy"]

[[actor]]
id = "btv"
name = "BTV"
type = "organisation"
affiliation = "borduria"
descriptions = ["state broadcaster"]

[[actor]]
id = "nordwire"
name = "Nordwire"
type = "organisation"
descriptions = ["news agency"]

[[actor]]
id = "dockers"
name = "Dockers Union"
type = "organisation"
descriptions = ["trade union"]
"""

Reader = Callable[..., pd.DataFrame]


def load(folder: Path, texts: dict[str, str]) -> Corpus:
    """A corpus of these texts by one outlet."""
    folder.mkdir(exist_ok=True)
    (folder / "actors.toml").write_text(ACTORS, encoding="utf-8")
    rows = "".join(f"{name}.txt,Daily\n" for name in texts)
    (folder / "articles.csv").write_text("file,outlet\n" + rows, encoding="utf-8")
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    return load_corpus(folder)


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """From one text to its table of quotations."""

    def read_text(text: str) -> pd.DataFrame:
        corpus = load(tmp_path / "corpus", {"a": text})
        return find_quotes(corpus, find_mentions(corpus))

    return read_text


def rows(quotes: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return list(quotes[list(columns)].itertuples(index=False, name=None))


# ---- kinds --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # direct: at least a clause
        ("“The talks failed again,” Jon Stone said.", [("direct", "The talks failed again,")]),
        ("Jon Stone said: “No comment.”", [("direct", "No comment.")]),
        ("Jon Stone said the deal “is a threat to us all” there.", [("partial", "is a threat to us all")]),
        ("Jon Stone said “the door remains open” to all.", [("direct", "the door remains open")]),
        ("Jon Stone said that “we never asked for it” at all.", [("direct", "we never asked for it")]),
        ("Jon Stone said that “it can't go on” like this.", [("direct", "it can't go on")]),
        ("It rained – “The talks have failed again.”", [("direct", "The talks have failed again.")]),
        # partial: a fragment in the outlet's own sentence
        ("Jon Stone praised the “courage of the crew” on Monday.", [("partial", "courage of the crew")]),
        ("Jon Stone called the deal “a grave threat” to peace.", [("partial", "a grave threat")]),
        ("Jon Stone warned of “serious consequences” for the port.", [("partial", "serious consequences")]),
        (
            "Jon Stone spoke of a ship “that must not sail” from there, he said.",
            [("partial", "that must not sail")],
        ),
        # scare: a label held at a distance
        ("The so-called “Sea Law” was passed.", [("scare", "Sea Law")]),
        ("Crowds marked the self-proclaimed “Victory Day” there.", [("scare", "Victory Day")]),
        ("The law, dubbed “the gag”, was passed.", [("scare", "the gag")]),
        ("The “experts” met in a barn.", [("scare", "experts")]),
        # other: no speech
        ("The film “North Wind” opened.", [("other", "North Wind")]),
        ("Crowds chanted the slogan “Bread Now” there.", [("other", "Bread Now")]),
        ("The ship bore the number “77” there.", [("other", "77")]),
        ("The code-named “Red Fox” plan failed.", [("other", "Red Fox")]),
        ("“77”", [("other", "77")]),
        # indirect: no marks
        ("Jon Stone said the talks had failed.", [("indirect", "the talks had failed")]),
        ("Jon Stone saw the ship.", []),
        ("They never said that the talks had failed.", []),
        ("Jon Stone announced Anna Berg.", []),
        ("Jon Stone did not say that the talks had failed.", []),
        ("Jon Stone wants to say that it failed.", []),
        ("The ship left to say goodbye.", []),
        ("The minister's claims were read in Oslo.", []),
        # both under one cue: the fragment alone, or also a clause's worth of content
        ("Jon Stone said it was “a grave threat” there.", [("partial", "a grave threat")]),
        (
            "Jon Stone said that the whole crew of the old ship had faced “a grave threat” there.",
            [
                ("indirect", "the whole crew of the old ship had faced"),
                ("partial", "a grave threat"),
            ],
        ),
    ],
)  # fmt: skip
def test_kinds(text: str, found: list[tuple[str, str]], read: Reader) -> None:
    assert rows(read(text), "kind", "text") == found


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("the talks have failed", True), ("it's over for us", True), ("we sail", True),
        ("the door remains open", True),
        ("will they go?", True), ("nothing was said", True), ("so we sail now", True),
        ("a man who can't stay", False),
        ("the crew which the captain has paid", False), ("is a threat", False), ("to have failed", False),
        ("a grave threat", False), ("the remains of the crew", False), ("said we sail", False),
        ("", False), ("…", False),
    ],
)  # fmt: skip
def test_what_holds_a_clause(text: str, clause: bool) -> None:
    assert has_clause(text) == clause


# ---- marks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "marks",
    ["“”", '""', "‘’", "''", "«»", "„“", "„”"],
    ids=["curly", "straight", "single", "apostrophe", "angle", "low 9", "low 99"],
)  # fmt: skip
def test_marks_of_every_style(marks: str, read: Reader) -> None:
    quotes = read(f"{marks[0]}The talks have failed,{marks[1]} Jon Stone said.")
    assert rows(quotes, "kind", "start", "text", "speaker_id", "cue") == [
        ("direct", 1, "The talks have failed,", "jon_stone", "said")
    ]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        # nested: the outer one
        ("“He called it ‘a sham’ there,” Jon Stone said.", ["He called it ‘a sham’ there,"]),
        ('"He called it “a sham” there," Jon Stone said.', ["He called it “a sham” there,"]),
        # not balanced: to the end of the sentence, or back to its start
        ("Jon Stone said: “It has failed. The ship left.", ["It has failed."]),
        ("It rained. It has failed,” Jon Stone said.", ["It has failed,"]),
        # apostrophes quote nothing
        ("In the '70s, rock 'n' roll and O'Leary filled the players' hall.", []),
        # nothing inside
        ('Jon Stone said "" and “” and “ ”.', []),
        ("“” ”“ \"\" '' «» „“ ‘’", []),
    ],
)
def test_marks_that_nest_or_do_not_match(text: str, quoted: list[str], read: Reader) -> None:
    quotes = read(text)
    assert quotes.loc[quotes["kind"] != "indirect", "text"].tolist() == quoted


def test_a_mark_left_open_swallows_no_paragraph(read: Reader) -> None:
    quotes = read(
        "Jon Stone said: “It has failed. It rained.\n\nAnna Berg said that it was late.\n\nIt rained."
    )
    assert rows(quotes, "kind", "text", "speaker_id") == [
        ("direct", "It has failed.", "jon_stone"),
        ("indirect", "it was late", "anna_berg"),
    ]


@pytest.mark.parametrize(("first", "last"), ["“”", '""', "«»"])
def test_a_quotation_over_paragraphs_is_one(first: str, last: str, read: Reader) -> None:
    text = f"{first}We have failed.\n\n{first}We will try again,{last} Jon Stone said.\n\nHe left."
    quotes = read(text)
    assert rows(quotes, "quote_id", "speaker_id", "text") == [
        (0, "jon_stone", "We have failed."),
        (0, "jon_stone", "We will try again,"),
    ]


# ---- cues and speakers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # before, after, inverted, between
        ("Jon Stone said, “The talks have failed.”", ("jon_stone", "said")),
        ("“The talks have failed,” Jon Stone said.", ("jon_stone", "said")),
        ("“The talks have failed,” said Jon Stone.", ("jon_stone", "said")),
        ("“The talks have failed,” said the Bordurian envoy, Jon Stone, on Monday.", ("jon_stone", "said")),
        ("“The talks,” Jon Stone said, “have failed.”", ("jon_stone", "said")),
        ("“The talks have failed,” he said.", ("", "said")),
        ("Jon Stone: “The talks have failed again.”", ("jon_stone", "")),
        # of several sentences, with the mark set too late
        ("“We have failed. We will try again,” Jon Stone said.", ("jon_stone", "said")),
        ('Jon Stone said: "It has failed. " The ship left.', ("jon_stone", "said")),
        # over what stands between
        ("Jon Stone, an envoy, said: “The talks have failed.”", ("jon_stone", "said")),
        ("Jon Stone, who left early, said: “The talks have failed.”", ("jon_stone", "said")),
        ("Jon Stone said on Monday in Oslo: “The talks have failed.”", ("jon_stone", "said")),
        ("Jon Stone said in a statement: “The talks have failed.”", ("jon_stone", "said")),
        ("Jon Stone told reporters in Oslo: “The talks have failed.”", ("jon_stone", "told")),
        ("On Monday Jon Stone also said: “The talks have failed.”", ("jon_stone", "said")),
        # tense and form
        ("“The talks have failed,” Jon Stone says.", ("jon_stone", "says")),
        ("“The talks have failed,” Jon Stone was quoted as saying.", ("jon_stone", "was quoted as saying")),
        ("Jon Stone left, saying: “The talks have failed.”", ("jon_stone", "saying")),
        # phrases
        ("According to Jon Stone, “the talks have failed”.", ("jon_stone", "According to")),
        ("“The talks have failed,” according to Jon Stone.", ("jon_stone", "according to")),
        # bodies
        ("“The talks have failed,” the Dockers Union said.", ("dockers", "said")),
        ("“The talks have failed,” Norway’s foreign ministry said.", ("norway_foreign_ministry", "said")),
        ("“The talks have failed,” said Oslo.", ("norway", "said")),
        ("“The talks have failed,” a Norwegian official said.", ("norway", "said")),
        ("“The talks have failed,” a Dockers Union spokesman said.", ("dockers", "said")),
        # two together are credited together or not at all
        ("“The talks have failed,” Norway and Borduria said.", ("", "said")),
        ("“The talks have failed,” Jon Stone and Anna Berg said.", ("", "said")),
        # nobody listed
        ("“The talks have failed,” one analyst said.", ("", "said")),
        # nobody at all
        ("“The talks have failed again.”", ("", "")),
    ],
)  # fmt: skip
def test_speaker_and_cue_of_a_direct_quotation(text: str, found: tuple[str, str], read: Reader) -> None:
    quotes = read(text)
    assert set(quotes["kind"]) == {"direct"}
    assert set(rows(quotes, "speaker_id", "cue")) == {found}
    assert quotes["quote_id"].tolist() == [0] * len(quotes)


@pytest.mark.parametrize(
    ("text", "speaker", "speaker_text"),
    [
        ("Jon Stone spoke. “The talks have failed,” he said.", "Jon Stone", "he"),
        ("Mr. Stone met Ms. Berg. “The talks have failed,” she said.", "Anna Berg", "she"),
        ("Ms. Anna Berg met Mr. Jon Stone. “The talks have failed,” he said.", "Jon Stone", "he"),
        ("Norway closed the port. “The talks have failed,” it said.", "Norway", "it"),
        # nobody who is only named in a quotation
        ("“We left Borduria,” Norway said. “The talks have failed,” it said.", "Norway", "it"),
        # who spoke goes before who was named
        (
            "“It is late,” Mr. Jon Stone said of Mr. Ole Lund. He said: “The talks have failed.”",
            "Jon Stone",
            "He",
        ),
        # the nearest sentence
        ("Jon Stone left. Ole Lund came. “The talks have failed,” he said.", "Ole Lund", "he"),
        # persons no list holds
        ("“The talks have failed,” said Eva Lind, a professor.", "Eva Lind", "Eva Lind"),
        ("Eva Lind spoke. “The talks have failed,” Lind said.", "Eva Lind", "Lind"),
        (
            "Eva Lind, an analyst, said it failed. “The talks have failed,” the analyst said.",
            "Eva Lind",
            "the analyst",
        ),
        ("The head of the port, Eva Lind, said: “The talks have failed.”", "Eva Lind", "Eva Lind"),
        ("“The talks have failed,” one analyst said.", "one analyst", "one analyst"),
        ("“The talks have failed,” the dockers said.", "dockers", "the dockers"),
        # two together
        ("“The talks have failed,” Norway and Borduria said.", "Norway and Borduria", "Norway and Borduria"),
        # whoever wrote the letter
        (
            "BTV read out a letter from Jon Stone. “The talks have failed,” the letter said.",
            "Jon Stone",
            "the letter",
        ),
        ("“The talks have failed,” Norway’s statement said.", "Norway", "Norway’s statement"),
    ],
)  # fmt: skip
def test_who_is_meant(text: str, speaker: str, speaker_text: str, read: Reader) -> None:
    direct = read(text).query(
        "kind == 'direct' and text == 'The talks have failed,' | text == 'The talks have failed.'"
    )
    assert rows(direct, "speaker", "speaker_text") == [(speaker, speaker_text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # the sentences behind a quotation go on with its speaker
        (
            "“We have failed,” Jon Stone said. “We will try again.”",
            [(0, "We have failed,", "jon_stone"), (0, "We will try again.", "jon_stone")],
        ),
        (
            "“We have failed,” Jon Stone said.\n\n“We will try again.”",
            [(0, "We have failed,", "jon_stone"), (0, "We will try again.", "jon_stone")],
        ),
        # after what was told without marks
        (
            "Anna Berg said it was late. “We will try again.”",
            [(0, "it was late", "anna_berg"), (1, "We will try again.", "anna_berg")],
        ),
        # a cue in the sentence before
        (
            "Jon Stone told Nordwire on Monday:\n\n“We have failed.”",
            [(0, "We have failed.", "jon_stone")],
        ),
        # two sentences parted by the cue
        (
            "“We have failed,” Jon Stone said, adding: “We will try again.”",
            [(0, "We have failed,", "jon_stone"), (1, "We will try again.", "jon_stone")],
        ),
        # another cue is another quotation
        (
            "“We have failed,” Jon Stone said. “We will try again,” he said.",
            [(0, "We have failed,", "jon_stone"), (1, "We will try again,", "jon_stone")],
        ),
        # printed twice, marked twice
        (
            "“We have failed,” Jon Stone said.\n\nIt rained.\n\n“We have failed,” said Jon Stone.",
            [(0, "We have failed,", "jon_stone"), (1, "We have failed,", "jon_stone")],
        ),
        # what does not count stands between
        (
            "“We have failed,” Jon Stone said.\n\nRead more\n\n“We will try again.”",
            [(0, "We have failed,", "jon_stone"), (0, "We will try again.", "jon_stone")],
        ),
        # a paragraph of the outlet's own between: nobody is carried over it
        ("“We have failed,” Jon Stone said.\n\nIt rained.\n\n“We will try again.”",
            [(0, "We have failed,", "jon_stone"), (1, "We will try again.", "")]),
    ],
)  # fmt: skip
def test_quotations_in_pieces(text: str, found: list[tuple[int, str, str]], read: Reader) -> None:
    assert rows(read(text), "quote_id", "text", "speaker_id") == found


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("“The talks have failed,” Jon Stone told Nordwire.", "jon_stone", "nordwire"),
        ("“The talks have failed,” Jon Stone told BTV.", "jon_stone", "btv"),
        ("“The talks have failed,” Jon Stone said in an interview with Nordwire.", "jon_stone", "nordwire"),
        ("“The talks have failed,” Jon Stone told Anna Berg.", "jon_stone", ""),
        ("“The talks have failed,” Jon Stone said, according to Nordwire.", "jon_stone", "nordwire"),
        ("Nordwire quoted Jon Stone as saying: “The talks have failed.”", "jon_stone", "nordwire"),
        ("“The talks have failed,” Nordwire said.", "nordwire", ""),
    ],
)
def test_who_relays(text: str, speaker: str, via: str, read: Reader) -> None:
    assert rows(read(text), "kind", "speaker_id", "via_id") == [("direct", speaker, via)]


# ---- indirect -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jon Stone said that talks had failed.", [("talks had failed", "jon_stone", "said")]),
        ("Jon Stone said on Monday that talks had failed.", [("talks had failed", "jon_stone", "said")]),
        ("Jon Stone told reporters that talks had failed.", [("talks had failed", "jon_stone", "told")]),
        ("Talks had failed, Jon Stone said.", [("Talks had failed", "jon_stone", "said")]),
        ("Talks had failed, said Jon Stone.", [("Talks had failed", "jon_stone", "said")]),
        ("According to Jon Stone, talks had failed.", [("talks had failed", "jon_stone", "According to")]),
        ("Talks had failed, according to Jon Stone.", [("Talks had failed", "jon_stone", "according to")]),
        # going on
        (
            "Jon Stone said talks had failed, adding that it was late.",
            [("talks had failed", "jon_stone", "said"), ("it was late", "jon_stone", "adding")],
        ),
        (
            "Jon Stone said talks had failed, while Anna Berg said it was late.",
            [("talks had failed", "jon_stone", "said"), ("it was late", "anna_berg", "said")],
        ),
        # with an object before the content
        (
            "Norway accused Borduria of sending arms to the rebels.",
            [("sending arms to the rebels", "norway", "accused")],
        ),
        ("Norway denied the charge.", [("the charge", "norway", "denied")]),
        ("Norway left the charge.", []),
        # passive
        (
            "Borduria was accused of sending arms to the rebels by Norway.",
            [("sending arms to the rebels", "norway", "accused")],
        ),
        (
            "The deal is seen by Anna Berg as a threat to the port.",
            [
                ("The deal", "anna_berg", "seen"),
                ("a threat to the port", "anna_berg", "seen"),
            ],
        ),
        ("Jon Stone was quoted as saying that talks had failed.",
            [("talks had failed", "jon_stone", "was quoted as saying")]),
        ("With Jon Stone saying that talks had failed, crowds left.",
            [("talks had failed, crowds left", "jon_stone", "saying")]),
        # letters and statements
        ("In a statement, Norway said the port was shut.", [("the port was shut", "norway", "said")]),
        # the outlet's own inference is none
        ("The port was shut, suggesting that talks had failed.", []),
    ],
)  # fmt: skip
def test_indirect(text: str, found: list[tuple[str, str, str]], read: Reader) -> None:
    quotes = read(text)
    assert rows(quotes, "text", "speaker_id", "cue") == found
    assert set(quotes["kind"]) <= {"indirect"}


# ---- stance and source type ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("said", "neutral"), ("told reporters", "neutral"), ("believes", "neutral"),
        ("claimed", "distancing"), ("alleged", "distancing"), ("insisted", "distancing"),
        ("confirmed", "endorsing"), ("noted", "endorsing"), ("admitted", "endorsing"),
        ("warned", "confronting"), ("complained", "confronting"), ("made it clear", "endorsing"),
    ],
)  # fmt: skip
def test_stance_of_the_cue(cue: str, stance: str, read: Reader) -> None:
    quotes = read(f"Jon Stone {cue} that talks had failed.")
    assert rows(quotes, "text", "stance") == [("talks had failed", stance)]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("Norway", "officials"), ("Anna Berg", "officials"), ("a Norwegian official", "officials"),
        ("Norway’s defense ministry", "officials"), ("the mayor", "officials"),
        ("BTV", "state media"), ("state media", "state media"),
        ("Nordwire", "media"), ("a local newspaper", "media"),
        ("one analyst", "experts"), ("Eva Lind, a professor in Bergen,", "experts"),
        ("one eyewitness", "witnesses"), ("a resident", "witnesses"),
        ("the chief executive", "companies"),
        ("the Dockers Union", "groups"), ("an activist", "groups"),
        ("a source", "unnamed"), ("critics", "unnamed"),
        ("Eva Lind", "others"),
        ("Norway and Borduria", "officials"), ("Norway and Nordwire", "others"),
    ],
)  # fmt: skip
def test_source_types(source: str, kind: str, read: Reader) -> None:
    quotes = read(f"“The talks have failed,” {source} said.")
    assert rows(quotes, "kind", "source_type") == [("direct", kind)]


# ---- the table ----------------------------------------------------------------------------------


def test_the_table_of_one_quotation(read: Reader) -> None:
    quotes = read("It rained.\n\n“The talks have failed,” Jon Stone told Nordwire.")
    assert quotes.columns.tolist() == QUOTE_COLUMNS
    assert quotes.to_dict("records") == [
        {
            "article_id": "a", "outlet": "Daily", "sentence_id": 1, "quote_id": 0, "start": 13, "end": 35,
            "text": "The talks have failed,", "kind": "direct", "speaker_id": "jon_stone",
            "speaker_text": "Jon Stone", "via_id": "nordwire", "cue": "told", "cue_start": 47, "cue_end": 51,
            "stance": "neutral", "speaker": "Jon Stone", "source_type": "officials",
        }
    ]  # fmt: skip


def test_a_quotation_without_cue_and_speaker(read: Reader) -> None:
    found = rows(read("The “experts” met."), "speaker_id", "speaker", "cue", "cue_start", "cue_end", "stance")
    assert found == [("", "", "", -1, -1, "")]


def test_articles_follow_each_other_and_numbers_go_on(tmp_path: Path) -> None:
    told = "“The talks have failed,” Jon Stone said. Anna Berg said it was late."
    corpus = load(tmp_path / "corpus", {"b": told, "a": "It rained.", "c": told})
    quotes = find_quotes(corpus, find_mentions(corpus))
    assert rows(quotes, "article_id", "quote_id", "kind") == [
        ("b", 0, "direct"), ("b", 1, "indirect"), ("c", 2, "direct"), ("c", 3, "indirect"),
    ]  # fmt: skip


@pytest.mark.parametrize("columns", ["start", "end", "quote_id", "sentence_id", "cue_start", "cue_end"])
def test_an_empty_table_has_the_same_columns(columns: str, read: Reader) -> None:
    quotes = read("It rained.")
    assert len(quotes) == 0
    assert quotes.columns.tolist() == QUOTE_COLUMNS
    assert quotes[columns].dtype == "int64"


def test_without_mentions_sources_are_still_named(tmp_path: Path) -> None:
    corpus = load(tmp_path / "corpus", {"a": "“The talks have failed,” Jon Stone told Nordwire."})
    quotes = find_quotes(corpus, find_mentions(corpus).head(0))
    assert rows(quotes, "speaker_id", "speaker", "via_id") == [("", "Jon Stone", "")]


@pytest.mark.parametrize(
    ("text", "n_quotes"),
    [
        ("“This article is one quotation. It has two sentences.”", 1),
        ("Это «всё хорошо», сказал он.\n\n日本は「はい」と言った。", 1),
        ("... , ; : - — . ! ?", 0),
        ("Jon Stone said: “" + "word " * 5000 + "ends.” He left.", 1),
        ("Jon Stone said: “We go.”\r\n\r\n“We stay,” he added.\rIt rained.\n“We run,”\n\n she said.", 3),
        ("“" * 50 + "”" * 50, 0),
        ("said according to by " * 30, 0),
    ],
    ids=["one quotation", "other letters", "marks only", "5,000 words", "line ends", "empty", "cues only"],
)
def test_texts_that_are_hardly_news(text: str, n_quotes: int, read: Reader) -> None:
    quotes = read(text)
    assert (quotes["kind"] != "indirect").sum() == n_quotes


pieces = st.sampled_from(
    "“ ” \" ‘ ’ ' « » „ . , : ; ? ! — ( ) \n \n\n \r\n said says told by according to as quoted saying he "
    "she it that the a who minister Jon Stone Anna Berg Norway Nordwire talks failed is was not accused of "
    "calling so-called Mr. U.S. 77 don't 's and , , . .".split(" ")
)
spaced = st.lists(st.tuples(pieces, st.sampled_from(["", " ", " "])), max_size=40).map(
    lambda items: "".join(piece + space for piece, space in items)
)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=spaced)
def test_any_text(text: str, tmp_path: Path) -> None:
    corpus = load(tmp_path / "corpus", {"a": f"It rained.\n\n{text}"})
    quotes, raw = find_quotes(corpus, find_mentions(corpus)), corpus.raw("a")
    assert set(quotes["kind"]) <= set(QUOTE_KINDS)
    assert set(quotes["stance"]) <= {*STANCES, ""}
    assert set(quotes["source_type"]) <= {*SOURCE_TYPES, ""}
    assert set(quotes["speaker_id"]) <= {*corpus.actors, ""}
    assert quotes["start"].is_monotonic_increasing
    assert quotes["quote_id"].drop_duplicates().is_monotonic_increasing
    marked = quotes[quotes["kind"] != "indirect"]
    assert all(b <= c for (_, b), (c, _) in pairwise(rows(marked, "start", "end")))
    for row in quotes.itertuples():
        assert row.start < row.end
        assert row.text == raw[row.start : row.end]
        assert (row.cue_start < 0 and row.cue == "") or row.cue == raw[row.cue_start : row.cue_end] != ""
        assert row.cue_end <= row.start or row.end <= row.cue_start
    for _, pieces_of_one in quotes.groupby("quote_id"):
        assert len(pieces_of_one[["kind", "speaker_id", "cue_start"]].drop_duplicates()) == 1


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "The bridge was built of cheap steel, city councillor Jonas Pell claimed.",
            "Jonas Pell",
            "The bridge was built of cheap steel",
        ),
        ("Repairs, Jonas Pell said, would take a year.", "Jonas Pell", "Repairs"),
        ("Jonas Pell, head of sales at Acme said the deal was done.", "Jonas Pell", "the deal was done"),
    ],
)
def test_a_title_before_the_name_and_a_word_before_the_source(
    text: str, speaker: str, content: str, read: Reader
) -> None:
    quotes = read(f"Words for the top line\n\n{text}\n")
    assert set(quotes["speaker"]) == {speaker}
    assert quotes["text"].iloc[0] == content

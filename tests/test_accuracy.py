"""How often the rules are right: small annotations of the toy corpus, with every score counted by hand."""

import math
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from helpers import (
    Corpus,
    InputError,
    find_mention_errors,
    find_mentions,
    find_quotes,
    load_corpus,
    load_gold,
    score_mentions,
    score_quotes,
    show_evidence,
)
from helpers.accuracy import gold_folder
from helpers.paths import CORPUS_DIR, PROJECT_ROOT

MENTIONS = ["start", "end", "kind", "actor_ids", "use", "text"]
QUOTES = ["quote", "start", "end", "text", "kind", "speaker_id", "speaker_text", "via_id", "cue"]
SCORES = ["n_gold", "n_found", "n_right", "precision", "recall", "f1"]
Write = Callable[..., None]


@pytest.fixture
def write(toy: Corpus) -> Write:
    """Write an annotation into the toy folder: the texts are those at the spans unless given."""

    def write_gold(
        article_id: str, rows: list[str], table: str = "mentions", columns: list[str] = MENTIONS
    ) -> None:
        folder = toy.folder / "gold"
        folder.mkdir(exist_ok=True)
        text = "\n".join(["\t".join(columns), *(row.replace("|", "\t") for row in rows)]) + "\n"
        (folder / f"{article_id}.{table}.tsv").write_text(text, encoding="utf-8")

    return write_gold


# Article b is "Stone praises Norway" and, from 22, "Jon Stone of East Borduria praised Norway. The stone
# bridge in Oslo will stay shut."; its mentions are found at 0, 14, 22, 35, 57 and, as a place, 85.
B_ALL = [
    "0|5|named|jon_stone|actor|Stone",
    "14|20|named|norway|actor|Norway",
    "22|31|named|jon_stone|actor|Jon Stone",
    "35|48|named|east_borduria|actor|East Borduria",
    "57|63|named|norway|actor|Norway",
    "85|89|named|norway|place|Oslo",
]


def read_scores(scores: pd.DataFrame) -> dict[str, tuple[int, int, int]]:
    return {str(row.Index): (row.n_gold, row.n_found, row.n_right) for row in scores.itertuples()}


# --- reading -----------------------------------------------------------------------------------------------


def test_the_annotation_lies_beside_the_articles_and_that_of_the_bundled_ones_with_the_tests(
    toy: Corpus, bundled: Corpus
) -> None:
    assert gold_folder(toy) == toy.folder / "gold"
    assert bundled.folder == CORPUS_DIR
    assert gold_folder(bundled) == PROJECT_ROOT / "tests" / "gold"


def test_a_row_a_mention_and_actor_with_whole_numbers(toy: Corpus, write: Write) -> None:
    write("b", B_ALL[1:2])
    write(
        "a",
        ["165|178|nominal|norway+east_borduria|actor|two countries", "0|9|named|anna_berg|actor|Anna Berg"],
    )
    gold = load_gold(toy)
    assert gold.columns.tolist() == ["article_id", *MENTIONS, "actor_id"]
    assert gold[["article_id", "start", "end", "kind", "actor_id", "use", "text"]].to_numpy().tolist() == [
        ["a", 165, 178, "nominal", "norway", "actor", "two countries"],
        ["a", 165, 178, "nominal", "east_borduria", "actor", "two countries"],
        ["a", 0, 9, "named", "anna_berg", "actor", "Anna Berg"],
        ["b", 14, 20, "named", "norway", "actor", "Norway"],
    ]
    assert gold[["start", "end"]].dtypes.tolist() == ["int64", "int64"]


@pytest.mark.parametrize(
    ("table", "columns", "row"),
    [
        ("quotes", QUOTES, "1|161|196|The two countries trust each other,|direct|jon_stone|Mr. Stone||said"),
        ("blocks", ["start", "end", "kind"], "0|23|headline"),
        ("sentences", ["start", "end"], "0|23"),
    ],
)
def test_the_other_tables_are_read_with_their_columns(
    toy: Corpus, write: Write, table: str, columns: list[str], row: str
) -> None:
    write("a", [row], table, columns)
    gold = load_gold(toy, table)
    assert gold.columns.tolist() == ["article_id", *columns]
    assert [str(cell) for cell in gold.iloc[0]] == ["a", *row.split("|")]
    assert load_gold(toy).empty  # and no other table takes them for its own


def test_without_a_folder_there_is_no_annotation_and_no_score(
    toy: Corpus, toy_mentions: pd.DataFrame
) -> None:
    gold = load_gold(toy)
    assert gold.empty and gold.columns.tolist() == ["article_id", *MENTIONS, "actor_id"]
    quotes = load_gold(toy, "quotes")
    assert quotes.empty and quotes.columns.tolist() == ["article_id", *QUOTES]
    assert gold[["start", "end"]].dtypes.tolist() == ["int64", "int64"]
    for scores in (
        score_mentions(toy, toy_mentions, gold),
        score_quotes(find_quotes(toy, toy_mentions), quotes),
    ):
        assert scores.empty and scores.columns.tolist() == SCORES
    errors = find_mention_errors(toy, toy_mentions, gold)
    assert errors.empty
    assert errors.columns.tolist() == ["article_id", "start", "end", "text", "actor_id", "group", "error"]
    assert repr(show_evidence(toy, errors)) == "No sentence stands behind these rows."


def test_a_byte_order_mark_and_windows_line_ends_are_read_over(toy: Corpus, write: Write) -> None:
    write("b", B_ALL)
    path = toy.folder / "gold" / "b.mentions.tsv"
    expected = load_gold(toy)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    pd.testing.assert_frame_equal(load_gold(toy), expected)
    assert len(expected) == 6


def test_quotation_marks_in_a_cell_are_no_quoting(toy: Corpus, write: Write) -> None:
    rows = ['0|9|named|anna_berg|actor|Anna Berg|"said', "52|61|named|anna_berg|actor|Anna Berg|"]
    write("a", rows, columns=[*MENTIONS, "note"])
    assert load_gold(toy)["start"].tolist() == [0, 52]


@pytest.mark.parametrize(
    ("rows", "columns", "message"),
    [
        (
            ["0|5|named|actor|Stone"],
            ["start", "end", "kind", "use", "text"],
            (
                r"^gold/b\.mentions\.tsv lacks the column 'actor_ids': expected start, end, kind, actor_ids, "
                r"use, text$"
            ),
        ),
        (
            [B_ALL[0], "1x|5|named|jon_stone|actor|Stone"],
            MENTIONS,
            (
                r"^gold/b\.mentions\.tsv row 3: '1x' to '5' is no span of the article: expected two numbers, "
                r"the first the smaller, up to 106$"
            ),
        ),
        (
            ["-1|5|named|jon_stone|actor|Stone"],
            MENTIONS,
            r"^gold/b\.mentions\.tsv row 2: '-1' to '5' is no span of the article: expected two numbers, ",
        ),
        (
            ["5|5|named|jon_stone|actor|"],
            MENTIONS,
            r"^gold/b\.mentions\.tsv row 2: '5' to '5' is no span of the article: expected two numbers, ",
        ),
        (
            ["100|107|named|jon_stone|actor|shut."],
            MENTIONS,
            r"^gold/b\.mentions\.tsv row 2: '100' to '107' is no span of the article: expected two numbers, ",
        ),
        (
            ["0|5|named|jon_stone|actor|Rock"],
            MENTIONS,
            r"^gold/b\.mentions\.tsv row 2: 'Rock' does not stand at 0: the article has 'Stone' there$",
        ),
        (
            [*B_ALL, "0|5|named|norway+the_moon|actor|Stone"],
            MENTIONS,
            r"^gold/b\.mentions\.tsv row 8: unknown actor 'the_moon': add it to actors\.toml$",
        ),
    ],
)
def test_an_error_in_an_annotation_says_where_and_what(
    toy: Corpus, write: Write, rows: list[str], columns: list[str], message: str
) -> None:
    write("b", rows, columns=columns)
    with pytest.raises(InputError, match=message):
        load_gold(toy)


@pytest.mark.parametrize("column", ["speaker_id", "via_id"])
def test_an_unknown_speaker_or_relay_is_an_error(toy: Corpus, write: Write, column: str) -> None:
    cells = {"speaker_id": "jon_stone", "via_id": "nrk"} | {column: "the_moon"}
    row = f"1|161|164|The|direct|{cells['speaker_id']}|Mr. Stone|{cells['via_id']}|said"
    write("a", [row], "quotes", QUOTES)
    with pytest.raises(InputError, match=r"^gold/a\.quotes\.tsv row 2: unknown actor 'the_moon': add it to"):
        load_gold(toy, "quotes")


def test_a_file_that_is_not_utf_8_is_an_error(toy: Corpus, write: Write) -> None:
    write("b", [])
    path = toy.folder / "gold" / "b.mentions.tsv"
    path.write_bytes("start\tcaf\u00e9".encode("latin-1"))
    message = r"^gold/b\.mentions\.tsv is not UTF-8 \(byte 9\): save it again with the encoding UTF-8$"
    with pytest.raises(InputError, match=message):
        load_gold(toy)


def test_another_table_is_an_error(toy: Corpus) -> None:
    message = "^unknown table 'words' of an annotation: expected one of mentions, quotes, blocks, sentences$"
    with pytest.raises(InputError, match=message):
        load_gold(toy, "words")


# --- mentions ----------------------------------------------------------------------------------------------


def test_only_annotated_articles_are_scored(toy: Corpus, toy_mentions: pd.DataFrame, write: Write) -> None:
    write("b", B_ALL)
    scores = score_mentions(toy, toy_mentions, load_gold(toy))
    assert read_scores(scores) == {
        "names": (6, 6, 6), "adjectives": (0, 0, 0), "titles and descriptions": (0, 0, 0),
        "pronouns": (0, 0, 0), "actor or place": (4, 4, 4),
    }  # fmt: skip
    assert scores.loc["names", ["precision", "recall", "f1"]].tolist() == [1, 1, 1]
    assert scores.loc["pronouns", ["precision", "recall", "f1"]].isna().all()
    assert scores.columns.tolist() == SCORES
    assert find_mention_errors(toy, toy_mentions, load_gold(toy)).empty


def test_precision_and_recall_are_those_counted_by_hand(
    toy: Corpus, toy_mentions: pd.DataFrame, write: Write
) -> None:
    gold = [
        *B_ALL[2:4],  # right
        "14|20|named|west_borduria|actor|Norway",  # another actor: one missed, one wrong
        "57|63|demonym|norway|actor|Norway",  # another kind: missed as an adjective, wrong as a name
        "85|89|named|norway|actor|Oslo",  # right, but called a place
        "65|68|pronoun|jon_stone|actor|The",
    ]  # found and not annotated: Stone at 0
    write("b", gold)
    scores = score_mentions(toy, toy_mentions, load_gold(toy))
    assert read_scores(scores) == {
        "names": (4, 6, 3), "adjectives": (1, 0, 0), "titles and descriptions": (0, 0, 0),
        "pronouns": (1, 0, 0), "actor or place": (2, 2, 1),
    }  # fmt: skip
    assert scores.loc["names", ["precision", "recall", "f1"]].tolist() == [3 / 6, 3 / 4, 6 / 10]
    adjectives = scores.loc["adjectives", ["precision", "recall", "f1"]].tolist()
    assert math.isnan(adjectives[0]) and adjectives[1:] == [0, 0]
    errors = find_mention_errors(toy, toy_mentions, load_gold(toy))
    assert errors.to_numpy().tolist() == [
        ["b", 0, 5, "Stone", "jon_stone", "names", "not in the annotation"],
        ["b", 14, 20, "Norway", "norway", "names", "not in the annotation"],
        ["b", 14, 20, "Norway", "west_borduria", "names", "not found"],
        ["b", 57, 63, "Norway", "norway", "adjectives", "not found"],
        ["b", 57, 63, "Norway", "norway", "names", "not in the annotation"],
        ["b", 85, 89, "Oslo", "norway", "names", "actor called place"],
    ]
    shown = show_evidence(toy, errors).sentences
    assert shown["start"].tolist() == [0, 22, 65]
    assert [[row.text[s:e] for s, e in row.marks] for row in shown.itertuples()] == [
        ["Stone", "Norway"], ["Norway"], ["Oslo"],
    ]  # fmt: skip


def test_a_place_called_an_actor_is_named(toy: Corpus, toy_mentions: pd.DataFrame, write: Write) -> None:
    write("b", [*B_ALL[:4], B_ALL[4].replace("actor", "place"), B_ALL[5]])
    errors = find_mention_errors(toy, toy_mentions, load_gold(toy))
    assert errors[["start", "error"]].to_numpy().tolist() == [[57, "place called actor"]]


def test_use_is_compared_for_names_of_states_and_seats_only(
    toy: Corpus, toy_mentions: pd.DataFrame, write: Write
) -> None:
    # A person cannot be a place, and what an adjective is for is not asked.
    write("a", ["0|9|named|anna_berg|place|Anna Berg", "25|34|demonym|norway|place|Norwegian",
                "73|79|named|east_borduria|place|Szohod"])  # fmt: skip
    scores = score_mentions(toy, toy_mentions, load_gold(toy))
    assert read_scores(scores)["actor or place"] == (1, 1, 1)
    assert read_scores(scores)["adjectives"] == (1, 1, 1)


def test_articles_honorifics_and_possessives_are_no_part_of_a_span(
    toy: Corpus, toy_mentions: pd.DataFrame, write: Write
) -> None:
    # Found are "Norway’s navy" and in it "Norway", "Ms. Berg", "two countries", "Mr. Stone".
    write(
        "a",
        [
            "132|140|named|norway|actor|Norway’s",
            "95|99|named|anna_berg|actor|Berg",
            "161|178|nominal|norway+east_borduria|actor|The two countries",
            "202|207|named|jon_stone|actor|Stone",
        ],
    )
    errors = find_mention_errors(toy, toy_mentions, load_gold(toy))
    assert "not found" not in set(errors["error"])
    assert read_scores(score_mentions(toy, toy_mentions, load_gold(toy)))["titles and descriptions"] == (
        2,
        3,
        2,
    )


def test_a_mention_of_several_actors_is_right_or_wrong_for_each(
    toy: Corpus, toy_mentions: pd.DataFrame, write: Write
) -> None:
    write("a", ["165|178|nominal|norway+west_borduria|actor|two countries"])
    errors = find_mention_errors(toy, toy_mentions, load_gold(toy))
    both = errors[errors["start"] == 165]
    assert both[["actor_id", "error"]].to_numpy().tolist() == [
        ["east_borduria", "not in the annotation"], ["west_borduria", "not found"],
    ]  # fmt: skip


def test_a_mention_that_is_written_twice_counts_once(
    toy: Corpus, toy_mentions: pd.DataFrame, write: Write
) -> None:
    write("b", [*B_ALL, B_ALL[0]])
    twice = pd.concat([toy_mentions, toy_mentions])
    assert read_scores(score_mentions(toy, twice, load_gold(toy)))["names"] == (6, 6, 6)


# --- quotations --------------------------------------------------------------------------------------------

# Found in a: 91-119 "Ms. Berg will meet Jon Stone" (indirect, NRK) and 161-196 (direct, Mr. Stone).
TWO = "The two countries trust each other,"
DIRECT = f"1|161|196|{TWO}|direct|jon_stone|Mr. Stone||said"
INDIRECT = "2|91|119|Ms. Berg will meet Jon Stone|indirect|nrk|NRK||said"


@pytest.mark.parametrize(
    ("rows", "marked", "speakers", "unmarked", "unmarked_speakers"),
    [
        ([DIRECT, INDIRECT], (1, 1, 1), (1, 1, 1), (1, 1, 1), (1, 1, 1)),
        # another kind, another end: both wrong
        ([DIRECT.replace("direct", "partial")], (1, 1, 0), (0, 0, 0), (0, 1, 0), (0, 0, 0)),
        ([f"1|161|195|{TWO[:-1]}|direct|jon_stone|||"], (1, 1, 0), (0, 0, 0), (0, 1, 0), (0, 0, 0)),
        # another speaker
        ([DIRECT.replace("jon_stone", "anna_berg")], (1, 1, 1), (1, 1, 0), (0, 1, 0), (0, 0, 0)),
        # 14 of the 28 characters are half, 13 are not
        ([f"2|91|105|{'Ms. Berg will '}|indirect|nrk|NRK||"], (0, 1, 0), (0, 0, 0), (1, 1, 1), (1, 1, 1)),
        ([f"2|91|104|{'Ms. Berg will'}|indirect|nrk|NRK||"], (0, 1, 0), (0, 0, 0), (1, 1, 0), (0, 0, 0)),
        # marks that quote no speech are not scored
        ([DIRECT.replace("direct", "other")], (0, 1, 0), (0, 0, 0), (0, 1, 0), (0, 0, 0)),
    ],
)
def test_quotations_are_scored_as_counted_by_hand(
    toy: Corpus,
    toy_mentions: pd.DataFrame,
    write: Write,
    rows: list[str],
    marked: tuple[int, int, int],
    speakers: tuple[int, int, int],
    unmarked: tuple[int, int, int],
    unmarked_speakers: tuple[int, int, int],
) -> None:
    write("a", rows, "quotes", QUOTES)
    scores = score_quotes(find_quotes(toy, toy_mentions), load_gold(toy, "quotes"))
    assert read_scores(scores) == {
        "in quotation marks": marked, "their speakers": speakers,
        "without marks": unmarked, "their speakers, without marks": unmarked_speakers,
    }  # fmt: skip
    n_gold, n_found, n_right = marked
    values = scores.loc["in quotation marks", ["precision", "recall", "f1"]].tolist()
    expected = [n_right / n_found, n_right / n_gold if n_gold else math.nan, 2 * n_right / (n_gold + n_found)]
    assert values == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        (("ann", "Ann Ash"), ("ann", "she"), True),
        (("ann", "Ann Ash"), ("bo", "Ann Ash"), False),
        (("ann", "Ann Ash"), ("", "Ann Ash"), False),
        (("", ""), ("", ""), True),  # nobody, and nobody is named
        (("", ""), ("ann", ""), False),
        (("", ""), ("", "a clerk"), False),
        (("", "the Clerk"), ("", "a clerk"), True),  # not listed: a word in common
        (("", "the clerk"), ("", "a guard"), False),
        (("", "a clerk"), ("ann", "a clerk"), False),
        (("ann+bo", "the two"), ("", "the two"), True),  # several
        (("ann+bo", "the two"), ("ann", "the two"), False),
    ],
)
def test_a_speaker_is_right_if_it_is_the_same(
    gold: tuple[str, str], found: tuple[str, str], right: bool
) -> None:
    row = {"article_id": "a", "start": 0, "end": 9, "kind": "direct"}
    tables = [pd.DataFrame([row | dict(zip(("speaker_id", "speaker_text"), who, strict=True))])
              for who in (found, gold)]  # fmt: skip
    assert read_scores(score_quotes(*tables))["their speakers"] == (1, 1, int(right))


def test_no_quotation_is_paired_twice_and_only_annotated_articles_are_scored() -> None:
    columns = ["article_id", "start", "end", "kind", "speaker_id", "speaker_text"]
    gold = [("a", 0, 10, "indirect", "ann", ""), ("a", 2, 10, "indirect", "ann", "")]
    found = [("a", 0, 10, "indirect", "ann", ""), ("b", 2, 10, "indirect", "ann", "")]
    tables = [pd.DataFrame(rows, columns=columns) for rows in (found, gold)]
    assert read_scores(score_quotes(*tables))["without marks"] == (2, 1, 1)


def test_the_scores_of_the_bundled_articles_are_sums_over_the_articles(
    bundled: Corpus, bundled_mentions: pd.DataFrame
) -> None:
    gold = load_gold(bundled)
    whole = score_mentions(bundled, bundled_mentions, gold)
    parts = [score_mentions(bundled, bundled_mentions, part) for _, part in gold.groupby("article_id")]
    for column in SCORES[:3]:
        assert whole[column].tolist() == sum(part[column] for part in parts).tolist()  # type: ignore[union-attr]
    errors = find_mention_errors(bundled, bundled_mentions, gold)
    named = errors[errors["group"] == "names"]["error"].value_counts()
    names = whole.loc["names"]
    assert named.get("not found", 0) == names["n_gold"] - names["n_right"]
    assert named.get("not in the annotation", 0) == names["n_found"] - names["n_right"]
    assert len(show_evidence(bundled, errors, n=1000).sentences) <= len(errors)


def test_mentions_found_anew_score_as_those_given(toy: Corpus, write: Write) -> None:
    write("c", ["26|32|named|norway|actor|Norway"])
    scores = score_mentions(toy, find_mentions(toy), load_gold(toy))
    assert read_scores(scores)["names"] == (1, 4, 1)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            "26|32|foo|norway|actor|Norway",
            "unknown kind 'foo': expected one of named, demonym, title, nominal, pronoun",
        ),
        ("26|32|named|norway|acter|Norway", "unknown use 'acter': expected 'actor' or 'place'"),
        ("26|32|named|norway|actor", "it has no cell for 'text': put a tab between all columns"),
    ],
)
def test_a_row_that_would_be_lost_is_an_error(row: str, fault: str, toy_folder: Path) -> None:
    gold = toy_folder / "gold"
    gold.mkdir(exist_ok=True)
    head = "start|end|kind|actor_ids|use|text"
    (gold / "c.mentions.tsv").write_text(f"{head}\n{row}\n".replace("|", "\t"), encoding="utf-8")
    with pytest.raises(InputError, match=f"^gold/c.mentions.tsv row 2: {re.escape(fault)}$"):
        load_gold(load_corpus(toy_folder))


def test_an_article_annotated_as_holding_nothing_is_scored(toy_folder: Path) -> None:
    gold = toy_folder / "gold"
    gold.mkdir(exist_ok=True)
    head = "start|end|kind|actor_ids|use|text\n".replace("|", "\t")
    (gold / "b.mentions.tsv").write_text(head, encoding="utf-8")
    corpus = load_corpus(toy_folder)
    mentions = find_mentions(corpus)
    found = load_gold(corpus)
    assert found.attrs["nothing_in"] == ["b"]
    names = score_mentions(corpus, mentions, found).loc["names"]
    n_found = ((mentions["article_id"] == "b") & (mentions["kind"] == "named")).sum()
    assert (names.n_gold, names.n_found, names.n_right) == (0, n_found, 0)
    assert n_found > 0

"""Statements: cut by hand, their likeness and their groups against a plain brute force."""

import math
import tempfile
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import Corpus, find_mentions, find_quotes, load_corpus, statements
from helpers.statements import (
    DENIALS,
    LOWEST_SIMILARITY,
    compare_statements,
    find_statements,
    group_statements,
)

ACTORS = """
[[actor]]
id = "norway"
name = "Norway"
type = "state"
adjectives = ["Norwegian"]
capitals = ["Oslo"]

[[actor]]
id = "sweden"
name = "Sweden"
type = "state"
capitals = ["Stockholm"]

[[actor]]
id = "jon_stone"
name = "Jon Stone"
type = "person"
affiliation = "sweden"
"""
COLUMNS = [
    "statement_id", "article_id", "outlet", "sentence_id", "start", "end", "text", "state", "speaker_id",
    "speaker", "cue", "cue_end",
]  # fmt: skip
WHOLE = ["sentence_id", "start", "end", "cue_end"]
Told = tuple[str, str, str, str]  # words, kind, speaker, cue


def make(*texts: str, names: Sequence[str] = "abcdef") -> Corpus:
    """A corpus of these texts as a.txt by A, b.txt by B, …."""
    with tempfile.TemporaryDirectory() as folder:
        rows = ["file,outlet"]
        for number, text in enumerate(texts):
            (Path(folder) / f"{names[number]}.txt").write_text(text, encoding="utf-8", newline="")
            rows.append(f"{names[number]}.txt,{'ABCDEF'[number]}")
        (Path(folder) / "articles.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        (Path(folder) / "actors.toml").write_text(ACTORS, encoding="utf-8")
        return load_corpus(folder)


def quotes(corpus: Corpus, *told: Told, article_id: str = "a") -> pd.DataFrame:
    """Quotations as `find_quotes` would list them, each where its words and its cue first stand."""
    raw, rows = corpus.raw(article_id), []
    for words, kind, speaker, cue in told:
        start, cue_start = raw.index(words), raw.index(cue) if cue else -1
        cue_end = cue_start + len(cue) if cue else -1
        speaker_id = speaker.lower().replace(" ", "_")
        rows.append(
            (
                article_id,
                start,
                start + len(words),
                kind,
                speaker_id,
                speaker,
                speaker,
                cue,
                cue_start,
                cue_end,
            )
        )
    columns = [
        "article_id", "start", "end", "kind", "speaker_id", "speaker_text", "speaker", "cue", "cue_start",
        "cue_end",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def cut(text: str, *told: Told) -> list[tuple[str, ...]]:
    """State, text, speaker and cue of each statement of a text."""
    corpus = make(f"News\n\n{text}\n")
    found = find_statements(corpus, quotes(corpus, *told))
    return list(found[["state", "text", "speaker", "cue"]].itertuples(index=False, name=None))


def stated(text: str) -> tuple[str, ...]:
    return "stated", text, "", ""


# ---- one sentence, its statements ---------------------------------------------------------------

DOE, ROE = "Jane Doe", "Rick Roe"
FAILED = "the talks had failed badly"
IN_MARKS = "The talks have failed very badly,"


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Five words are standing here.", [], [stated("Five words are standing here.")]),
        ("Only four stand here.", [], []),
        ("Only four – — stand & here.", [], []),
        ("The UN’s ship didn’t leave.", [], [stated("The UN’s ship didn’t leave.")]),
        ("UN’s ship didn’t leave.", [], []),
        ("It sank   in the dark harbour.", [], [stated("It sank in the dark harbour.")]),
        # what is told, and nothing of who tells it
        (
            f"Jane Doe said {FAILED}.",
            [(FAILED, "indirect", DOE, "said")],
            [("attributed", FAILED, DOE, "said")],
        ),
        (
            f"“{IN_MARKS}” Jane Doe said.",
            [(IN_MARKS, "direct", DOE, "said")],
            [("attributed", IN_MARKS, DOE, "said")],
        ),
        (
            f"Jane Doe, a lecturer in Oslo, said {FAILED}.",
            [(FAILED, "indirect", DOE, "said")],
            [("attributed", FAILED, DOE, "said")],
        ),
        # words in marks that nobody says are the outlet's
        ("They saw the “so-called front line” there.", [("so-called front line", "scare", "", "")],
         [stated("They saw the “so-called front line” there.")]),
        ("They saw “The Long Winter Is Over” there.", [("The Long Winter Is Over", "other", "", "")],
         [stated("They saw “The Long Winter Is Over” there.")]),
        # pieces under one cue are one statement, from the first to the last
        (
            f"“{IN_MARKS}” Jane Doe said, “and nobody will mend them now.”",
            [(IN_MARKS, "direct", DOE, "said"), ("and nobody will mend them now.", "direct", DOE, "said")],
            [("attributed", f"{IN_MARKS}” Jane Doe said, “and nobody will mend them now.", DOE, "said")],
        ),
        # two cues are two
        (
            f"Jane Doe said {FAILED}, while Rick Roe claimed that all of them went well.",
            [(FAILED, "indirect", DOE, "said"), ("all of them went well", "indirect", ROE, "claimed")],
            [("attributed", FAILED, DOE, "said"), ("attributed", "all of them went well", ROE, "claimed")],
        ),
        # two speakers of one cue are two
        (
            f"{FAILED.capitalize()} and all of them went well, it was said.",
            [
                (FAILED.capitalize(), "indirect", DOE, "said"),
                ("all of them went well", "indirect", ROE, "said"),
            ],
            [
                ("attributed", FAILED.capitalize(), DOE, "said"),
                ("attributed", "all of them went well", ROE, "said"),
            ],
        ),
        # a denial, however short
        ("Jane Doe denied it.", [("it", "indirect", DOE, "denied")], [("denied", "it", DOE, "denied")]),
        (
            f"Rejecting that {FAILED}, Jane Doe left.",
            [(FAILED, "indirect", DOE, "Rejecting")],
            [("denied", FAILED, DOE, "Rejecting")],
        ),
        (f"Jane Doe doubted {FAILED}.", [(FAILED, "indirect", DOE, "doubted")],
         [("attributed", FAILED, DOE, "doubted")]),
        # less than five words said: the whole sentence, if that has five
        ("Jane Doe said all was lost.", [("all was lost", "indirect", DOE, "said")],
         [("attributed", "Jane Doe said all was lost.", DOE, "said")]),
        ("“All was lost,” Doe said.", [("All was lost,", "direct", DOE, "said")],
         [("attributed", "“All was lost,” Doe said.", DOE, "said")]),
        ("“All lost,” Doe said.", [("All lost,", "partial", DOE, "said")], []),
        # what the outlet tells beside it: six words and a verb that is inflected for tense
        (
            f"The soldiers were tired and hungry there, saying {FAILED}.",
            [(FAILED, "indirect", "", "saying")],
            [stated("The soldiers were tired and hungry there"), ("attributed", FAILED, "", "saying")],
        ),
        (
            f"Friday, the soldiers were tired and hungry, saying {FAILED}.",
            [(FAILED, "indirect", "", "saying")],
            [stated("the soldiers were tired and hungry"), ("attributed", FAILED, "", "saying")],
        ),
        # right before the cue stands who says it, right behind it when and where
        (
            f"The soldiers were tired and hungry, Jane Doe said: {FAILED}.",
            [(FAILED, "indirect", DOE, "said")],
            [("attributed", FAILED, DOE, "said")],
        ),
        (
            f"“{IN_MARKS}” Jane Doe said, as people waited in the snow.",
            [(IN_MARKS, "direct", DOE, "said")],
            [("attributed", IN_MARKS, DOE, "said"), stated("as people waited in the snow")],
        ),
        (
            f"“{IN_MARKS}” Jane Doe said on Monday in Oslo, as people waited in the snow, and left.",
            [(IN_MARKS, "direct", DOE, "said")],
            [("attributed", IN_MARKS, DOE, "said"), stated("as people waited in the snow, and left")],
        ),
        (
            f"“{IN_MARKS}” Jane Doe said as people waited in the snow.",
            [(IN_MARKS, "direct", DOE, "said")],
            [("attributed", IN_MARKS, DOE, "said")],
        ),
        (
            f"“{IN_MARKS}” Jane Doe said, as people waited in snow.",  # five words
            [(IN_MARKS, "direct", DOE, "said")],
            [("attributed", IN_MARKS, DOE, "said")],
        ),
        (
            f"“{IN_MARKS}” Jane Doe said, on a long and bitter winter night.",  # no verb
            [(IN_MARKS, "direct", DOE, "said")],
            [("attributed", IN_MARKS, DOE, "said")],
        ),
        (
            "It would be kept in the whole land as “a very great feast day”, Jane Doe said.",  # leads to it
            [("a very great feast day", "partial", DOE, "said")],
            [("attributed", "a very great feast day", DOE, "said")],
        ),
        (
            "It would be kept in the whole land: “a very great feast day”, Jane Doe said.",
            [("a very great feast day", "partial", DOE, "said")],
            [
                stated("It would be kept in the whole land"),
                ("attributed", "a very great feast day", DOE, "said"),
            ],
        ),
        # a quotation of two sentences is a statement in each
        (
            "Jane Doe said: “We will win this war. We will never stop before Oslo.”",
            [("We will win this war. We will never stop before Oslo.", "direct", DOE, "said")],
            [
                ("attributed", "We will win this war.", DOE, "said"),
                ("attributed", "We will never stop before Oslo.", DOE, "said"),
            ],
        ),
        # without a cue
        (f"“{IN_MARKS}”", [(IN_MARKS, "direct", "", "")], [("attributed", IN_MARKS, "", "")]),
        # neighbours have no part in it
        (
            f"Jane Doe said {FAILED}. The storm sank the boat.",
            [(FAILED, "indirect", DOE, "said")],
            [("attributed", FAILED, DOE, "said"), stated("The storm sank the boat.")],
        ),
    ],
)  # fmt: skip
def test_statements_of_a_text(text: str, told: list[Told], expected: list[tuple[str, ...]]) -> None:
    assert cut(text, *told) == expected


@pytest.mark.parametrize(
    ("cue", "state"),
    [
        *[(form, "denied") for form in (
            "denies", "denied", "denying", "dismissed", "REJECTED", "Refuting", "disputed", "rebutted",
        )],
        *[(form, "attributed") for form in ("said", "denial", "has denied", "criticised", "doubts")],
    ],
)  # fmt: skip
def test_what_is_a_denial(cue: str, state: str) -> None:
    assert cut(f"Doe {cue} {FAILED}.", (FAILED, "indirect", DOE, cue)) == [(state, FAILED, DOE, cue)]


def test_denials_are_forms_of_six_verbs() -> None:
    stems = Counter(form[:4] for form in DENIALS)
    assert stems == {"deny": 2, "deni": 2, "dism": 4, "reje": 4, "refu": 4, "disp": 4, "rebu": 4}


def test_a_row_by_hand() -> None:
    soldiers = "The soldiers were tired and hungry there"
    text = (
        "Talks Open in the Old Town\n\n"  # a headline: no statement, but sentence 0
        f"{soldiers}, saying the talks had failed badly. "
        "It snowed all day long.\n"
    )
    corpus = make(text)
    found = find_statements(corpus, quotes(corpus, (FAILED, "indirect", DOE, "saying")))
    assert list(found.columns) == COLUMNS
    assert [str(found[column].dtype) for column in WHOLE] == ["int64"] * 4
    assert found.to_numpy().tolist() == [
        ["a:1a", "a", "A", 1, 28, 68, soldiers, "stated", "", "", "", -1],
        ["a:1b", "a", "A", 1, 77, 103, FAILED, "attributed", "jane_doe", DOE, "saying", 76],
        ["a:2", "a", "A", 2, 105, 128, "It snowed all day long.", "stated", "", "", "", -1],
    ]  # fmt: skip


def test_what_is_told_twice_is_found_where_it_is_the_outlets() -> None:
    waited = "as people waited in the snow"
    corpus = make(f"News\n\n“{IN_MARKS}” Jane Doe said {waited}, {waited}.\n")
    found = find_statements(corpus, quotes(corpus, (IN_MARKS, "direct", DOE, "said")))
    assert found[["text", "start"]].to_numpy().tolist() == [
        [IN_MARKS, 7],
        [waited, corpus.raw("a").rindex(waited)],
    ]


def test_only_body_and_captions_hold_statements() -> None:
    corpus = make(
        "Talks Open in the Old Town\n\nBy Anna Berg\n\n"
        "Anna Berg, left, greets Jon Stone on March 4, 2024. (Daily Photo/Per Lund)\n\n"
        "The soldiers of both lands were tired, hungry and far from home on that night.\n\n"
        "A Bridge Too Few for the Town\n\n"
        "The old bridge over the river was shut to all but the carts of the bakers.\n\n"
        "Leave a Reply\nYour name\n"
    )
    assert {"headline", "subheading", "caption", "body", "boilerplate"} <= set(corpus.blocks["kind"])
    assert find_statements(corpus, quotes(corpus))["text"].tolist() == [
        "Anna Berg, left, greets Jon Stone on March 4, 2024.",
        "The soldiers of both lands were tired, hungry and far from home on that night.",
        "The old bridge over the river was shut to all but the carts of the bakers.",
    ]


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["001_ab12", "002_cd34"], ["001:0", "002:0"]),
        (["001_ab12", "001_cd34"], ["001_ab12:0", "001_cd34:0"]),
        (["north", "south"], ["north:0", "south:0"]),
    ],
)
def test_an_id_bears_the_number_of_the_file(names: list[str], ids: list[str]) -> None:
    corpus = make("The storm sank the old boat.", "The bakers sold all their bread.", names=names)
    found = find_statements(corpus, quotes(corpus, article_id=names[0]))
    assert found["statement_id"].tolist() == ids


@pytest.mark.parametrize("text", ["Talks Open", "He left.", "Буря", "***"])
def test_an_article_without_statements(text: str) -> None:
    corpus = make(text)
    found = find_statements(corpus, quotes(corpus))
    assert list(found.columns) == COLUMNS
    assert len(found) == 0
    assert [str(found[column].dtype) for column in WHOLE] == ["int64"] * 4
    pairs = compare_statements(corpus, found, find_mentions(corpus))
    assert list(pairs.columns) == ["a", "b", "similarity"]
    assert len(pairs) == 0
    assert group_statements(0, pairs).tolist() == []


def test_letters_other_than_latin_are_words_too() -> None:
    assert cut("Буря потопила старую рыбацкую лодку.") == [stated("Буря потопила старую рыбацкую лодку.")]
    assert cut("Буря потопила старую лодку.") == []


def test_with_the_quotations_that_are_found() -> None:
    corpus = make(
        "News\n\nJon Stone said that the talks had failed badly. “The two lands trust each other,” "
        "Mr. Stone said. According to Jon Stone, the ship sank near Oslo. Jon Stone denied the charge. "
        "The storm sank the boat.\n"
    )
    found = find_statements(corpus, find_quotes(corpus, find_mentions(corpus)))
    assert found[["state", "text", "speaker_id"]].to_numpy().tolist() == [
        ["attributed", FAILED, "jon_stone"],
        ["attributed", "The two lands trust each other,", "jon_stone"],
        ["attributed", "the ship sank near Oslo", "jon_stone"],
        ["denied", "the charge", "jon_stone"],
        ["stated", "The storm sank the boat.", ""],
    ]


def n_words(text: str) -> int:
    """Runs of letters and digits, an apostrophe between two of them joining."""
    text = f" {text} "
    held = [
        here.isalnum() or (here in "'’" and before.isalnum() and after.isalnum())
        for before, here, after in zip(text, text[1:], text[2:], strict=False)
    ]
    return sum(here and not before for before, here in pairwise([False, *held]))


def check_statements(corpus: Corpus, told: pd.DataFrame, found: pd.DataFrame) -> None:
    assert found["statement_id"].is_unique
    assert found[["article_id", "sentence_id", "start"]].apply(tuple, axis=1).is_monotonic_increasing
    assert set(found["state"]) <= {"stated", "attributed", "denied"}
    told = told[told["kind"].isin(["direct", "partial", "indirect"])]
    sentences = corpus.sentences.merge(corpus.blocks[["article_id", "block_id", "kind"]])
    for sentence in sentences[sentences["kind"].isin(["body", "caption"])].itertuples():
        raw = corpus.raw(sentence.article_id)
        here = told[told["article_id"] == sentence.article_id]
        here = here[(here["start"] < sentence.end) & (here["end"] > sentence.start)]
        rows = found[
            (found["article_id"] == sentence.article_id) & (found["sentence_id"] == sentence.sentence_id)
        ]
        long_enough = n_words(sentence.text) >= 5
        if here.empty:
            whole = [("stated", sentence.start, sentence.end)] if long_enough else []
            assert list(rows[["state", "start", "end"]].itertuples(index=False, name=None)) == whole
            continue
        assert len(rows) >= long_enough
        for row in rows.itertuples():
            assert sentence.start <= row.start < row.end <= sentence.end
            assert row.text == " ".join(raw[row.start : row.end].split())
            assert row.state == "denied" or n_words(row.text) >= 5
            if row.state == "stated":
                assert (row.speaker_id, row.speaker, row.cue, row.cue_end) == ("", "", "", -1)
                assert ((here["end"] <= row.start) | (here["start"] >= row.end)).all()
            else:
                assert row.speaker in set(here["speaker"])
                assert row.cue_end in {-1, *here["cue_end"]}


SENTENCE = st.lists(
    st.sampled_from(["storm", "was", "sank", "it’s", "old", "Oslo", "—", "12", "Monday", "as"]), max_size=9
).map(lambda words: " ".join(["The", *words]) + ". ")
CUT = st.tuples(
    st.integers(0, 150), st.integers(1, 60), st.sampled_from(["direct", "indirect", "scare"]),
    st.sampled_from([DOE, ROE]), st.integers(-1, 150), st.sampled_from(["said", "denied"]),
)  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(SENTENCE, min_size=1, max_size=4), st.lists(CUT, max_size=4))
def test_what_holds_of_every_text(texts: list[str], cuts: list[tuple[int, int, str, str, int, str]]) -> None:
    corpus = make("News\n\n" + "".join(texts).rstrip() + "\n")
    size = len(corpus.raw("a"))
    told = pd.DataFrame(
        [
            ("a", min(a, size - 1), min(a + n, size), kind, who, who, who, cue, at, at + 4 if at >= 0 else -1)
            for a, n, kind, who, at, cue in cuts
        ],
        columns=quotes(corpus).columns,
    )
    check_statements(corpus, told, find_statements(corpus, told))


def test_what_holds_of_the_bundled_articles(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    told = find_quotes(bundled, bundled_mentions)
    found = find_statements(bundled, told)
    check_statements(bundled, told, found)
    assert set(found["state"]) == {"stated", "attributed", "denied"}
    assert found["article_id"].nunique() == 5


# ---- likeness -----------------------------------------------------------------------------------


def alike(*sentences: str, told: Sequence[Told] = ()) -> dict[tuple[int, int], float]:
    corpus = make("News\n\n" + " ".join(sentences) + "\n")
    found = find_statements(corpus, quotes(corpus, *told))
    pairs = compare_statements(corpus, found, find_mentions(corpus))
    return {(a, b): s for a, b, s in pairs.itertuples(index=False, name=None)}


def test_likeness_by_hand() -> None:
    # Three statements: zorb and quim stand in two and weigh ln(4/2) = ln 2, the others ln(4/1) = 2 ln 2.
    # So 2 · 1² in common, and 2 · 1² + 3 · 2² = 14 the square of either's length.
    found = alike(
        "The zorb quim blat drex fonk.", "The hask perl mond wint dolf.", "The zorb quim vask trun glip."
    )
    assert found == {(0, 2): pytest.approx(2 / 14)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("delegates", "delegation"),
        ("mugs", "mug"),
        ("signed", "signing"),
        ("Oslo", "Norway"),
        ("Oslo’s glip", "Norway's glip"),
        ("12 mugs", "twelve mugs"),
        ("4 May 1920", "May 4, 1920"),
        ("at 10:30", "at 11:45"),  # a time of day is no mark of a fact
        ("the", "of"),
        ("zorb zorb", "zorb"),
    ],
)
def test_words_that_meet(one: str, other: str) -> None:
    found = alike(f"The zorb quim blat drex {one}.", f"The zorb quim blat drex {other}.")
    assert found == {(0, 1): pytest.approx(1.0)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fonk", "glip"),
        ("Oslo", "Stockholm"),
        ("12 mugs", "13 mugs"),
        ("4 May 1920", "5 May 1920"),
        ("4 May 1920", "4 May 1921"),
        ("delegates", "dele"),
    ],
)
def test_words_that_do_not_meet(one: str, other: str) -> None:
    found = alike(f"The zorb quim blat drex {one}.", f"The zorb quim blat drex {other}.")
    assert found[0, 1] < 0.999


def test_who_stands_between_cue_and_content_belongs_to_it() -> None:
    def accuse(victim: str) -> dict[tuple[int, int], float]:
        first, second = "arming zorb quim blat drex", "arming zorb quim blat dreX"
        return alike(
            f"Jane accused Oslo of {first}.", f"Rick blamed {victim} for {second}.",
            told=[(first, "indirect", "Jane", "accused"), (second, "indirect", "Rick", "blamed")],
        )  # fmt: skip

    assert accuse("Norway") == {(0, 1): pytest.approx(1.0)}
    # Two statements: the five words weigh ln(3/2), the accused ln 3.
    same, other = 5 * math.log(3 / 2) ** 2, math.log(3) ** 2
    assert accuse("Stockholm") == {(0, 1): pytest.approx(same / (same + other))}


# Each with its features; commas keep neighbours apart.
TOKENS = {
    "the": set(), "of": set(), "it": set(), "zorb": {"zorb"}, "quim": {"quim"}, "blat": {"blat"},
    "Norway": {"@norway"}, "Oslo": {"@norway"}, "Stockholm": {"@sweden"}, "12 mugs": {"#12 mug", "mug"},
    "twelve mugs": {"#12 mug", "mug"}, "13 mugs": {"#13 mug", "mug"}, "delegates": {"delega"},
    "delegation": {"delega"},
}  # fmt: skip
TOKEN = st.sampled_from(sorted(TOKENS))


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    st.lists(st.lists(TOKEN, min_size=3, max_size=6), min_size=1, max_size=6),
    st.sampled_from([2, 3, 300]),
    st.sampled_from([1, 2, 8]),
)
@example([["the", "of", "it"], ["the", "of", "it"]], 300, 8)
@example([["zorb", "quim", "blat"]] * 3, 2, 8)
@example([["zorb", "quim", "blat"]] * 3, 300, 2)
@example([["zorb", "quim", "it"], ["zorb", "blat", "it"]], 300, 8)
def test_likeness_is_that_of_a_brute_force(sentences: list[list[str]], most: int, few: int) -> None:
    with patch.multiple(statements, MOST_STATEMENTS=most, FEW=few):
        found = alike(*[f"There is {', '.join(tokens)}." for tokens in sentences])
    features = [set().union(*(TOKENS[token] for token in tokens)) for tokens in sentences]
    n_with = Counter(feature for held in features for feature in held)
    weight = {f: math.log((len(sentences) + 1) / n) for f, n in n_with.items()}
    for a, b in combinations(range(len(sentences)), 2):
        shared = [f for f in features[a] & features[b] if n_with[f] <= most]
        length = [math.sqrt(sum(weight[f] ** 2 for f in features[side])) for side in (a, b)]
        cosine = sum(weight[f] ** 2 for f in shared) / (length[0] * length[1]) if shared else 0.0
        if abs(cosine - LOWEST_SIMILARITY / 3) < 1e-9:
            continue
        telling = [f for f in shared if n_with[f] <= max(few, len(sentences) / 10)]
        assert ((a, b) in found) == (cosine > LOWEST_SIMILARITY / 3 and len(telling) >= 2)
        assert found.get((a, b), cosine) == pytest.approx(cosine)
    assert list(found) == sorted(found)
    assert all(a < b for a, b in found)


# ---- groups -------------------------------------------------------------------------------------


def pairs_of(similarity: dict[tuple[int, int], float]) -> pd.DataFrame:
    return pd.DataFrame([(*pair, s) for pair, s in similarity.items()], columns=["a", "b", "similarity"])


@pytest.mark.parametrize(
    ("n", "similarity", "lowest", "expected"),
    [
        (0, {}, 0.5, []),
        (3, {}, 0.5, [0, 1, 2]),
        (2, {(0, 1): 0.5}, 0.5, [0, 0]),
        (2, {(0, 1): 0.49}, 0.5, [0, 1]),
        # 1 and 2 first, then 0 with both: (0.5 + 0.25) / 2
        (3, {(0, 1): 0.5, (0, 2): 0.25, (1, 2): 0.75}, 0.375, [0, 0, 0]),
        (3, {(0, 1): 0.5, (0, 2): 0.25, (1, 2): 0.75}, 0.376, [0, 1, 1]),
        # a pair that was not scored counts as 0: (0.5 + 0) / 2
        (3, {(0, 1): 0.5, (1, 2): 0.75}, 0.25, [0, 0, 0]),
        (3, {(0, 1): 0.5, (1, 2): 0.75}, 0.26, [0, 1, 1]),
        # two groups of two: (4 · 0.5) / 4, and with one of the four pairs alone 0.5 / 4
        (4, {(0, 3): 1, (1, 2): 1, (0, 1): 0.5, (0, 2): 0.5, (1, 3): 0.5, (2, 3): 0.5}, 0.5, [0, 0, 0, 0]),
        (4, {(0, 3): 1, (1, 2): 1, (0, 1): 0.5}, 0.2, [0, 1, 1, 0]),
        (4, {(0, 3): 1, (1, 2): 1, (0, 1): 0.5}, 0.125, [0, 0, 0, 0]),
        # of two equally alike, those that stand first
        (3, {(1, 2): 0.75, (0, 1): 0.75}, 0.5, [0, 0, 2]),
    ],
)
def test_groups_by_hand(
    n: int, similarity: dict[tuple[int, int], float], lowest: float, expected: list[int]
) -> None:
    assert group_statements(n, pairs_of(similarity), lowest).tolist() == expected


def brute_groups(n: int, similarity: dict[tuple[int, int], float], lowest: float) -> list[int]:
    """Join the two groups with the highest average, again and again; of equals those that stand first."""
    groups = [[i] for i in range(n)]
    while True:
        scored = []
        for one, other in combinations(sorted(groups), 2):
            total = sum(similarity.get((min(i, j), max(i, j)), 0.0) for i in one for j in other)
            scored.append((-total / (len(one) * len(other)), one, other))
        if not scored or -min(scored)[0] < lowest:
            return [next(min(group) for group in groups if i in group) for i in range(n)]
        _, one, other = min(scored)
        groups = [group for group in groups if group not in (one, other)] + [sorted(one + other)]


# Eighths, so that sums are exact and equal averages tie in both.
EIGHTHS = st.integers(1, 8).map(lambda k: k / 8)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.data(), st.integers(1, 9), st.sampled_from([0.125, 0.25, 0.3, 0.5, 0.7]))
def test_groups_are_those_of_a_brute_force(data: st.DataObject, n: int, lowest: float) -> None:
    every = list(combinations(range(n), 2))
    kept = data.draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    similarity = {pair: data.draw(EIGHTHS) for pair in kept}
    expected = brute_groups(n, similarity, lowest)
    assert group_statements(n, pairs_of(similarity), lowest).tolist() == expected
    backwards = dict(reversed(similarity.items()))
    assert group_statements(n, pairs_of(backwards), lowest).tolist() == expected


def test_groups_of_the_bundled_articles_are_alike_on_average(
    bundled: Corpus, bundled_mentions: pd.DataFrame
) -> None:
    found = find_statements(bundled, find_quotes(bundled, bundled_mentions))
    pairs = compare_statements(bundled, found, bundled_mentions)
    group = group_statements(len(found), pairs)
    similarity = {(a, b): s for a, b, s in pairs.itertuples(index=False, name=None)}
    members = {g: (group == g).nonzero()[0].tolist() for g in set(group.tolist())}
    assert all(min(rows) == g for g, rows in members.items())
    assert 0 < sum(len(rows) > 1 for rows in members.values()) < len(members)
    # No two groups are left that should have been joined.
    for one, other in combinations(members.values(), 2):
        total = sum(similarity.get((min(i, j), max(i, j)), 0.0) for i in one for j in other)
        assert total / (len(one) * len(other)) < LOWEST_SIMILARITY

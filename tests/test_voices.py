"""Voices and stances: tiny corpora counted by hand, and a brute force that gives out word by word."""

import math
import re
import tempfile
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import (
    Corpus,
    InputError,
    compare_voices,
    count_stances,
    count_voices,
    find_mentions,
    find_quotes,
    find_stances,
    load_corpus,
)
from helpers.quotes import QUOTE_COLUMNS
from helpers.voices import LEVELS, OWN_VOICE, RUNGS, leave_counted, name_voices

ACTORS = """
[[actor]]
name = "Norway"
type = "state"
adjectives = ["Norwegian"]
capitals = ["Oslo"]

[[actor]]
name = "Anna Berg"
type = "person"
affiliation = "norway"
descriptions = ["foreign minister"]

[[actor]]
name = "Borduria"
type = "state"
adjectives = ["Bordurian"]

[[actor]]
name = "Jon Stone"
type = "person"
affiliation = "borduria"

[[actor]]
name = "Nordic League"
type = "bloc"

[[actor]]
name = "Kim Lee"
type = "person"
affiliation = "nordic_league"

[[actor]]
name = "Acme"
type = "organisation"
"""


def make(*texts: str, outlets: str = "ABCDEF") -> Corpus:
    """A corpus of these texts as a.txt, b.txt, …; outlets as letters, "ABA"."""
    with tempfile.TemporaryDirectory() as folder:
        rows = ["file,outlet"]
        for number, text in enumerate(texts):
            name = f"{chr(97 + number)}.txt"
            (Path(folder) / name).write_text(f"{text}\n", encoding="utf-8", newline="")
            rows.append(f"{name},{outlets[number]}")
        (Path(folder) / "articles.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        (Path(folder) / "actors.toml").write_text(ACTORS, encoding="utf-8")
        return load_corpus(folder)


Told = tuple[str, str, str, str, str, str]


def tell(corpus: Corpus, *rows: Told) -> pd.DataFrame:
    """Quotations as `find_quotes` gives them: article, kind, speaker_id, speaker, source_type and words.

    A bar in the words parts the spans of one quotation. The words are looked for behind those before.
    """
    table, at = [], dict.fromkeys(corpus.articles["article_id"], 0)
    sentences = corpus.sentences
    for quote_id, (article_id, kind, actor, speaker, source, words) in enumerate(rows):
        for piece in words.split("|"):
            # what is attributed without marks may hold what is quoted in it
            start = corpus.raw(article_id).index(piece, 0 if kind == "indirect" else at[article_id])
            end = start + len(piece)
            at[article_id] = max(at[article_id], end if kind != "indirect" else 0)
            here = sentences[(sentences["article_id"] == article_id) & (sentences["start"] <= start)]
            cells = {
                "article_id": article_id, "outlet": "", "sentence_id": here["sentence_id"].max(),
                "quote_id": quote_id, "start": start, "end": end, "text": piece, "kind": kind,
                "speaker_id": actor, "speaker_text": speaker, "via_id": "", "cue": "", "cue_start": -1,
                "cue_end": -1, "stance": "", "speaker": speaker, "source_type": source,
            }  # fmt: skip
            table.append(cells)
    whole = ["sentence_id", "quote_id", "start", "end", "cue_start", "cue_end"]
    return pd.DataFrame(table, columns=QUOTE_COLUMNS).astype(dict.fromkeys(whole, "int64"))


TEXTS = (
    # 7 words, 4 of them told; 8 words, 5 in marks; 2 words
    "Anna Berg said the talks had failed. “We will not sign this,” Jon Stone said. It rained.",
    # 13 words: 3 in marks in 10 that an analyst tells
    "Norway claimed it had won “a great victory” on Sunday, one analyst said.",
    # 6 words, a label in 4 that Acme tells; 4 words
    "Their “peace talks” ended, Acme said. Jon Stone said nothing.",
    "Read more",
)
ROWS: tuple[Told, ...] = (
    ("a", "indirect", "anna_berg", "Anna Berg", "officials", "the talks had failed"),
    ("a", "direct", "jon_stone", "Jon Stone", "officials", "We will not sign this,"),
    ("b", "partial", "norway", "Norway", "officials", "a great victory"),
    ("b", "indirect", "", "one analyst", "experts", "Norway claimed it had won “a great victory” on Sunday"),
    ("c", "scare", "", "", "", "peace talks"),
    ("c", "indirect", "acme", "Acme", "companies", "Their “peace talks” ended"),
    ("c", "indirect", "jon_stone", "Jon Stone", "officials", "nothing"),
)
COLUMNS = (
    "group voice_id voice side n_quotes n_words_quoted n_words_attributed n_words share n_articles".split()
)
OUR = (OWN_VOICE, "the outlet itself", "")


@pytest.fixture(scope="module")
def four() -> Corpus:
    return make(*TEXTS, outlets="BBAA")


@pytest.fixture(scope="module")
def told(four: Corpus) -> pd.DataFrame:
    return tell(four, *ROWS)


# ---- counts of voices ---------------------------------------------------------------------------

# group, voice_id, voice, side, n_quotes, words in marks, words without, all, share, n_articles
SPEAKERS = [
    ("B", *OUR, 0, 0, 0, 11, 11 / 30, 2),
    ("B", "one analyst", "one analyst", "", 1, 0, 7, 7, 7 / 30, 2),
    ("B", "jon_stone", "Jon Stone", "borduria", 1, 5, 0, 5, 5 / 30, 2),
    ("B", "anna_berg", "Anna Berg", "norway", 1, 0, 4, 4, 4 / 30, 2),
    ("B", "norway", "Norway", "norway", 1, 3, 0, 3, 3 / 30, 2),
    ("A", *OUR, 0, 0, 0, 5, 5 / 10, 2),
    ("A", "acme", "Acme", "", 1, 0, 4, 4, 4 / 10, 2),
    ("A", "jon_stone", "Jon Stone", "borduria", 1, 0, 1, 1, 1 / 10, 2),
]
SIDES = [
    ("B", *OUR, 0, 0, 0, 11, 11 / 30, 2),
    # of as many words the first by name
    ("B", "norway", "Norway", "norway", 2, 3, 4, 7, 7 / 30, 2),
    ("B", "", "no state", "", 1, 0, 7, 7, 7 / 30, 2),
    ("B", "borduria", "Borduria", "borduria", 1, 5, 0, 5, 5 / 30, 2),
    ("A", *OUR, 0, 0, 0, 5, 5 / 10, 2),
    ("A", "", "no state", "", 1, 0, 4, 4, 4 / 10, 2),
    ("A", "borduria", "Borduria", "borduria", 1, 0, 1, 1, 1 / 10, 2),
]
SOURCES = [
    ("B", *OUR, 0, 0, 0, 11, 11 / 30, 2),
    ("B", "officials", "officials", "", 3, 8, 4, 12, 12 / 30, 2),
    ("B", "experts", "experts", "", 1, 0, 7, 7, 7 / 30, 2),
    ("A", *OUR, 0, 0, 0, 5, 5 / 10, 2),
    ("A", "companies", "companies", "", 1, 0, 4, 4, 4 / 10, 2),
    ("A", "officials", "officials", "", 1, 0, 1, 1, 1 / 10, 2),
]
ARTICLES = [
    ("a", *OUR, 0, 0, 0, 8, 8 / 17, 1),
    ("a", "jon_stone", "Jon Stone", "borduria", 1, 5, 0, 5, 5 / 17, 1),
    ("a", "anna_berg", "Anna Berg", "norway", 1, 0, 4, 4, 4 / 17, 1),
    ("b", *OUR, 0, 0, 0, 3, 3 / 13, 1),
    ("b", "one analyst", "one analyst", "", 1, 0, 7, 7, 7 / 13, 1),
    ("b", "norway", "Norway", "norway", 1, 3, 0, 3, 3 / 13, 1),
    ("c", *OUR, 0, 0, 0, 5, 5 / 10, 1),
    ("c", "acme", "Acme", "", 1, 0, 4, 4, 4 / 10, 1),
    ("c", "jon_stone", "Jon Stone", "borduria", 1, 0, 1, 1, 1 / 10, 1),
    # an article in which nothing counts
    ("d", *OUR, 0, 0, 0, 0, 0.0, 1),
]


@pytest.mark.parametrize(
    ("by", "level", "expected"),
    [
        ("outlet", "speaker", SPEAKERS),
        ("outlet", "side", SIDES),
        ("outlet", "source_type", SOURCES),
        ("article_id", "speaker", ARTICLES),
    ],
)
def test_voices_by_hand(
    by: str, level: str, expected: list[tuple[object, ...]], four: Corpus, told: pd.DataFrame
) -> None:
    assert four.articles["n_words"].tolist() == [17, 13, 10, 0]
    voices = count_voices(four, told, by=by, level=level)
    assert list(voices[COLUMNS].itertuples(index=False, name=None)) == expected
    extra = {"source_type"} if level == "speaker" else set()
    assert set(voices.columns) - set(COLUMNS) == extra
    assert voices.columns.tolist().index("n_quotes") == 4 + len(extra)


def test_speakers_have_the_type_of_source_they_are_first_called(four: Corpus, told: pd.DataFrame) -> None:
    types = count_voices(four, told).drop_duplicates("voice_id").set_index("voice_id")["source_type"]
    assert types.to_dict() == {
        OWN_VOICE: "", "one analyst": "experts", "jon_stone": "officials", "anna_berg": "officials",
        "norway": "officials", "acme": "companies",
    }  # fmt: skip
    later = told.assign(source_type=told["source_type"].where(told["article_id"] != "c", "witnesses"))
    voices = count_voices(four, later)
    assert voices.loc[voices["voice_id"] == "jon_stone", "source_type"].tolist() == ["officials"] * 2
    by_type = count_voices(four, later, level="source_type")
    assert by_type.loc[by_type["group"] == "A", "voice_id"].tolist() == [OWN_VOICE, "witnesses"]
    assert by_type.loc[by_type["group"] == "A", "n_words"].tolist() == [5, 5]


@pytest.mark.parametrize(
    ("actor", "speaker", "source", "named"),
    [
        ("anna_berg", "Anna Berg", "officials", "anna_berg Anna Berg norway|norway Norway norway"),
        ("norway", "Norway", "officials", "norway Norway norway|norway Norway norway"),
        (
            "kim_lee",
            "Kim Lee",
            "officials",
            "kim_lee Kim Lee nordic_league|nordic_league Nordic League nordic_league",
        ),
        ("acme", "Acme", "companies", "acme Acme -|- no state -"),
        ("", "one analyst", "experts", "one analyst one analyst -|- no state -"),
        ("", "Oslo and Borduria", "officials", "oslo and borduria Oslo and Borduria -|- no state -"),
        ("", "", "", "- nobody named -|- no state -"),
    ],
)
def test_names_of_voices(actor: str, speaker: str, source: str, named: str, four: Corpus) -> None:
    quotes = tell(four, ("a", "direct", actor, speaker, source, "It rained."))
    rows = [name_voices(four, quotes, level).iloc[0] for level in LEVELS]
    found = [" ".join(row[c] or "-" for c in ("voice_id", "voice", "side")) for row in rows]
    assert "|".join(found[:2]) == named
    assert found[2] == f"{source or 'unnamed'} {source or 'unnamed'} -"
    pd.testing.assert_frame_equal(name_voices(four, quotes, "side")[QUOTE_COLUMNS], quotes)


SPOKEN = "We will not sign this."  # 5 words


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        (["“We will not sign this,” he said.", "“We will not sign this,” he said."], [5]),
        # printed otherwise: marks and case do not matter
        (["“We will not sign this,” he said.", "He said: “We will not sign this.”"], [5]),
        (["“We will not sign – this,” he said.", "“we WILL not, sign this” he said."], [5]),
        # four words may be said twice
        (["“We will not sign,” he said.", "“We will not sign,” he said."], [4, 4]),
        (["“We will not sign this,” he said.", "“We will not sign that,” he said."], [5, 5]),
        (["“We will not sign this,” he said.", "“We will not sign this now,” he said."], [5, 6]),
    ],
)
def test_what_an_article_prints_twice_counts_once(words: list[str], counted: list[int]) -> None:
    said = [re.findall("“(.*)”", sentence)[0] for sentence in words]
    for texts in ([" ".join(words)], words):
        corpus = make(*texts)
        of = ["a", "a"] if len(texts) == 1 else ["a", "b"]
        quotes = tell(
            corpus,
            *((a, "direct", "jon_stone", "Jon Stone", "", s) for a, s in zip(of, said, strict=True)),
        )
        voices = count_voices(corpus, quotes, by="article_id")
        voices = voices[voices["voice_id"] == "jon_stone"]
        if len(texts) == 1:
            assert voices["n_quotes"].tolist() == [len(counted)]
            assert voices["n_words"].tolist() == [sum(counted)]
            assert leave_counted(quotes)["quote_id"].tolist() == [*range(len(counted))]
        else:  # in another article it is told anew
            assert voices["n_quotes"].tolist() == [1, 1]
            assert voices["n_words"].tolist() == [len(s.replace("–", " ").split()) for s in said]


def test_a_quotation_in_pieces_is_one() -> None:
    corpus = make(
        "“We will,” he said, “not sign this.” He said: “We will not sign this.” “We will,” he said."
    )
    row = ("a", "direct", "jon_stone", "Jon Stone", "officials")
    quotes = tell(corpus, (*row, "We will,|not sign this."), (*row, SPOKEN), (*row, "We will,"))
    assert len(quotes) == 4
    voices = count_voices(corpus, quotes).set_index("voice_id")
    # the second is the first in one piece, and the outlet's own; the third has too few words to be a copy
    assert voices.loc["jon_stone", ["n_quotes", "n_words_quoted"]].tolist() == [2, 7]
    assert voices.loc[OWN_VOICE, "n_words"] == 6 + 5


def test_what_is_no_speech_is_the_outlets_own(four: Corpus, told: pd.DataFrame) -> None:
    for kind, n_quotes in (("direct", 1), ("partial", 1), ("indirect", 1), ("scare", 0), ("other", 0)):
        voices = count_voices(four, told.iloc[[1]].assign(kind=kind)).set_index("voice_id")
        assert ("jon_stone" in voices.index) == bool(n_quotes)
        assert voices.loc[OWN_VOICE, "n_words"].tolist() == [30 - 5 * n_quotes, 10]
        assert voices["n_words_quoted"].sum() == (5 if kind in ("direct", "partial") else 0)


@pytest.mark.parametrize("as_found", [True, False])
def test_nobody_but_the_outlet_speaks(as_found: bool, told: pd.DataFrame) -> None:
    corpus = make("It rained.", "Read more")
    quotes = find_quotes(corpus, find_mentions(corpus)) if as_found else told.head(0)
    for level in LEVELS:
        voices = count_voices(corpus, quotes, level=level)
        assert voices[["group", "voice_id", "n_words", "share"]].to_numpy().tolist() == [
            ["A", OWN_VOICE, 2, 1.0],
            ["B", OWN_VOICE, 0, 0.0],
        ]
    assert compare_voices(corpus, quotes).to_numpy().tolist() == [
        ["A", 1, 2, 0, 0, 2, 1.0, 0, 0.0, 0.0, 0.0],
        ["B", 1, 0, 0, 0, 0, 0.0, 0, 0.0, 0.0, 0.0],
    ]


NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
SPEAKER = st.sampled_from(
    [("norway", "Norway"), ("anna_berg", "Anna Berg"), ("acme", "Acme"), ("", "an analyst"), ("", "")]
)
QUOTE = st.tuples(
    st.integers(0, 2),  # the article
    st.sampled_from(["direct", "partial", "indirect", "indirect", "scare", "other"]),
    SPEAKER,
    st.sampled_from(["officials", "experts", ""]),
    st.lists(st.integers(0, 12), min_size=2, max_size=2, unique=True).map(sorted),
)


@pytest.fixture(scope="module")
def three() -> Corpus:
    """Twelve words an article, of two outlets."""
    texts = [" ".join(NUMBERS), " ".join(NUMBERS).capitalize() + ".", "\n\n".join(NUMBERS)]
    return make(*texts, outlets="ABA")


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    rows=st.lists(QUOTE, max_size=6),
    level=st.sampled_from(LEVELS),
    by=st.sampled_from(["outlet", "article_id"]),
)
@example(
    rows=[
        (0, "indirect", ("norway", "Norway"), "officials", [0, 9]),
        (0, "direct", ("acme", "Acme"), "", [2, 8]),
        (0, "direct", ("", ""), "", [2, 8]),
    ],
    level="speaker",
    by="outlet",
)
def test_words_are_those_of_a_brute_force(
    rows: list[tuple[int, str, tuple[str, str], str, list[int]]], level: str, by: str, three: Corpus
) -> None:
    """Each word goes to the first quotation in marks that holds it, else to the first attribution."""
    table: list[tuple[object, ...]] = []
    for quote_id, (n, kind, (actor, speaker), source, (begin, end)) in enumerate(rows):
        words = three.words("abc"[n])
        start, stop = words[begin][1], words[end - 1][2]
        text = three.raw("abc"[n])[start:stop]
        cells = ("abc"[n], "", 0, quote_id, start, stop, text, kind, actor, speaker, "", "", -1, -1, "")
        table.append((*cells, speaker, source))
    quotes = pd.DataFrame(table, columns=QUOTE_COLUMNS).astype({"quote_id": "int64"})
    outlet = {"a": "A", "b": "B", "c": "A"}

    def voice(row: dict[str, str]) -> str:
        if level == "source_type":
            return row["source_type"] or "unnamed"
        if level == "side":
            return "norway" if row["speaker_id"] in ("norway", "anna_berg") else ""
        return row["speaker_id"] or row["speaker"]

    seen: set[tuple[str, str]] = set()
    counted = []
    for row in quotes.to_dict("records"):
        if row["kind"] in ("scare", "other"):
            continue
        key = row["article_id"], " ".join(row["text"].lower().strip(".").split())
        if len(key[1].split()) >= 5 and key in seen:
            continue
        seen.add(key)
        counted.append(row)
    expected: Counter[tuple[str, str, str]] = Counter()
    for a in "abc":
        group = a if by == "article_id" else outlet[a]
        expected[group, OWN_VOICE, "n_words"] += 0
        for _, start, _ in three.words(a):
            held = [r for r in counted if r["article_id"] == a and r["start"] <= start < r["end"]]
            held.sort(key=lambda r: r["kind"] == "indirect")
            name = voice(held[0]) if held else OWN_VOICE
            expected[group, name, "n_words"] += 1
            if held:
                how = "n_words_attributed" if held[0]["kind"] == "indirect" else "n_words_quoted"
                expected[group, name, how] += 1
    for row in counted:
        group = row["article_id"] if by == "article_id" else outlet[row["article_id"]]
        expected[group, voice(row), "n_quotes"] += 1

    voices = count_voices(three, quotes, by=by, level=level)
    numbers = ["n_quotes", "n_words_quoted", "n_words_attributed", "n_words"]
    found = {
        (row["group"], row["voice_id"], column): row[column]
        for row in voices.to_dict("records")
        for column in numbers
    }
    assert len(found) == 4 * len(voices)
    assert {key: n for key, n in found.items() if n} == {key: n for key, n in expected.items() if n}
    totals = {"a": 12, "b": 12, "c": 12, "A": 24, "B": 12}
    assert voices["share"].tolist() == [
        n / totals[g] for n, g in zip(voices["n_words"], voices["group"], strict=True)
    ]
    assert voices.loc[~voices["group"].duplicated(), "voice_id"].tolist() == [
        OWN_VOICE for _ in set(voices["group"])
    ]
    others = voices[voices["voice_id"] != OWN_VOICE]
    keys = others.assign(n=-others["n_words"])[["group", "n", "voice"]].to_numpy().tolist()
    assert keys == sorted(keys)


# ---- diversity ----------------------------------------------------------------------------------


def test_the_voices_of_an_outlet_summed_up_by_hand(four: Corpus, told: pd.DataFrame) -> None:
    table = compare_voices(four, told)
    assert table.columns.tolist() == [
        "group", "n_articles", "n_words", "n_words_quoted", "n_words_attributed", "n_words_own", "share_own",
        "n_speakers", "shannon", "effective_speakers", "simpson",
    ]  # fmt: skip
    assert table.iloc[:, :8].to_numpy().tolist() == [
        ["B", 2, 30, 8, 11, 11, 11 / 30, 4],
        ["A", 2, 10, 0, 5, 5, 0.5, 2],
    ]
    shares = [[7 / 19, 5 / 19, 4 / 19, 3 / 19], [4 / 5, 1 / 5]]
    shannon = [-sum(p * math.log(p) for p in of) for of in shares]
    assert table["shannon"].tolist() == pytest.approx(shannon)
    assert table["effective_speakers"].tolist() == pytest.approx([math.exp(h) for h in shannon])
    assert table["simpson"].tolist() == pytest.approx([1 - (49 + 25 + 16 + 9) / 361, 1 - 17 / 25])
    by_article = compare_voices(four, told, by="article_id")
    columns = ["group", "n_articles", "n_words", "n_words_own", "n_speakers"]
    assert by_article[columns].to_numpy().tolist() == [
        ["a", 1, 17, 8, 2], ["b", 1, 13, 3, 2], ["c", 1, 10, 5, 2], ["d", 1, 0, 0, 0],
    ]  # fmt: skip


@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_n_speakers_with_as_many_words_are_as_diverse_as_n(n: int, three: Corpus) -> None:
    rows = [("a", "direct", "", f"speaker {i}", "", " ".join(NUMBERS[2 * i : 2 * i + 2])) for i in range(n)]
    row = compare_voices(three, tell(three, *rows), by="article_id").iloc[0]
    assert row["n_speakers"] == n
    assert row["n_words_own"] == 12 - 2 * n
    assert row["share_own"] == (12 - 2 * n) / 12
    assert row["shannon"] == pytest.approx(math.log(n), abs=1e-12)
    assert math.copysign(1, row["shannon"]) == 1  # no -0.0
    assert row["effective_speakers"] == pytest.approx(n)
    assert row["simpson"] == pytest.approx(1 - 1 / n)


def test_a_speaker_whose_words_are_all_anothers_is_none(three: Corpus) -> None:
    """What is attributed holds nothing but the quotation in it."""
    quotes = tell(
        three,
        ("a", "direct", "norway", "Norway", "", "three four"),
        ("a", "indirect", "acme", "Acme", "", "three four"),
    )
    voices = count_voices(three, quotes, by="article_id")
    assert voices.loc[voices["voice_id"] == "acme", ["n_quotes", "n_words"]].to_numpy().tolist() == [[1, 0]]
    assert compare_voices(three, quotes, by="article_id")["n_speakers"].tolist() == [1, 0, 0]


# ---- stances ------------------------------------------------------------------------------------


def read(corpus: Corpus, mentions: pd.DataFrame, quotes: pd.DataFrame) -> list[tuple[str, str, str]]:
    stances = find_stances(corpus, mentions, quotes)
    spans = zip(stances["article_id"], stances["start"], stances["end"], strict=True)
    words = [corpus.raw(a)[start:end] for a, start, end in spans]
    return list(zip(stances["side"], stances["rung"], words, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jon Stone said the talks had failed.", [("borduria", "said", "the talks had failed")]),
        ("Jon Stone claimed the ship had sunk.", [("borduria", "claimed", "the ship had sunk")]),
        ("Jon Stone warned that war was near.", [("borduria", "warned, denied", "war was near")]),
        ("Jon Stone confirmed that it had sunk.", [("borduria", "confirmed", "it had sunk")]),
        ("Kim Lee said the talks had failed.", [("nordic_league", "said", "the talks had failed")]),
        ("“The talks have failed,” Jon Stone said.", [("borduria", "said", "The talks have failed,")]),
        # who has no side is on no rung, and the sentence is not the outlet's own
        ("Acme said Norway had left.", []),
        ("One analyst said Norway had left.", []),
        # the outlet's own voice: a side acts, once a sentence
        ("Norway left.", [("norway", "own voice", "Norway")]),
        ("Norway left Anna Berg in Borduria.", [("norway", "own voice", "Norway")]),
        (
            "Norway met Borduria.",
            [("norway", "own voice", "Norway"), ("borduria", "own voice", "Borduria")],
        ),
        ("They met in Oslo.", []),
        ("It rained.", []),
        # labels in marks
        ("Norway held so-called “peace talks” there.", [("norway", "scare quotes", "peace talks")]),
        (
            "Borduria and Norway held so-called “peace talks” there.",
            [("borduria", "scare quotes", "peace talks")],
        ),
        # … of nobody named before it
        ("The so-called “peace talks” of Norway failed.", []),
        # a quotation over several sentences: none of them is the outlet's own
        (
            "“Go. Norway lied. Borduria lied. Stay,” Kim Lee said. Norway left.",
            [
                ("nordic_league", "said", "Go. Norway lied. Borduria lied. Stay,"),
                ("norway", "own voice", "Norway"),
            ],
        ),
        # in pieces: one statement, where its first piece is
        (
            "“The talks have failed,” Jon Stone said, “and Norway lied to us.” Norway left.",
            [("borduria", "said", "The talks have failed,"), ("norway", "own voice", "Norway")],
        ),
    ],
)
def test_stances_by_hand(text: str, expected: list[tuple[str, str, str]]) -> None:
    corpus = make(text)
    mentions = find_mentions(corpus)
    assert read(corpus, mentions, find_quotes(corpus, mentions)) == expected


@pytest.mark.parametrize(
    ("kind", "stance", "rung"),
    [
        ("direct", "", "said"),
        ("direct", "neutral", "said"),
        ("partial", "endorsing", "confirmed"),
        ("indirect", "confronting", "warned, denied"),
        ("indirect", "distancing", "claimed"),
        ("other", "neutral", None),
        ("scare", "neutral", None),  # whoever speaks it, nobody is named before it
    ],
)
def test_the_rung_is_that_of_the_cue(kind: str, stance: str, rung: str | None) -> None:
    corpus = make("We will not sign this.")
    quotes = tell(corpus, ("a", kind, "jon_stone", "Jon Stone", "officials", SPOKEN)).assign(stance=stance)
    expected = [("borduria", rung, SPOKEN)] if rung else []
    assert read(corpus, find_mentions(corpus), quotes) == expected


def test_a_quotation_in_pieces_is_one_statement() -> None:
    corpus = make("“We will,” he said, “not sign this.” Norway left.")
    quotes = tell(corpus, ("a", "direct", "anna_berg", "Anna Berg", "officials", "We will,|not sign this."))
    assert read(corpus, find_mentions(corpus), quotes) == [
        ("norway", "said", "We will,"),
        ("norway", "own voice", "Norway"),
    ]


def test_the_table_of_stances() -> None:
    corpus = make("Norway left. Jon Stone said it rained.", "Borduria met Norway.", outlets="BA")
    mentions = find_mentions(corpus)
    quotes = find_quotes(corpus, mentions)
    expected = [
        ("a", "B", 0, 6, "norway", "own voice"),
        ("a", "B", 28, 37, "borduria", "said"),
        ("b", "A", 0, 8, "borduria", "own voice"),
        ("b", "A", 13, 19, "norway", "own voice"),
    ]
    stances = find_stances(corpus, mentions, quotes)
    assert stances.columns.tolist() == ["article_id", "outlet", "start", "end", "side", "rung"]
    assert list(stances.itertuples(index=False, name=None)) == expected
    empty = find_stances(corpus, mentions.head(0), quotes.head(0))
    assert len(empty) == 0
    assert empty.columns.tolist() == stances.columns.tolist()
    assert empty["start"].dtype == empty["end"].dtype == "int64"


def test_mentions_in_any_order_give_the_same(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    corpus = make("Borduria met Norway. Norway and Borduria held so-called “peace talks” there.")
    for here, mentions in ((corpus, find_mentions(corpus)), (bundled, bundled_mentions)):
        quotes = find_quotes(here, mentions)
        stances = find_stances(here, mentions, quotes)
        for seed in range(3):
            shuffled = mentions.sample(frac=1, random_state=seed)
            pd.testing.assert_frame_equal(find_stances(here, shuffled, quotes), stances)


def test_no_sentence_of_the_outlets_own_voice_holds_what_is_told(
    bundled: Corpus, bundled_mentions: pd.DataFrame
) -> None:
    quotes = find_quotes(bundled, bundled_mentions)
    own = find_stances(bundled, bundled_mentions, quotes).query("rung == 'own voice'")
    assert len(own) > 100
    for row in own.itertuples():
        in_article = bundled.sentences[bundled.sentences["article_id"] == row.article_id]
        here = in_article[(in_article["start"] <= row.start) & (row.start < in_article["end"])].iloc[0]
        told = quotes[quotes["article_id"] == row.article_id]
        assert not ((told["start"] < here["end"]) & (told["end"] > here["start"])).any(), here["text"]


# ---- the ladder ---------------------------------------------------------------------------------

STANCES = [
    ("a", "norway", "said"),
    ("a", "norway", "said"),
    ("b", "norway", "claimed"),
    ("b", "borduria", "own voice"),
    ("c", "borduria", "scare quotes"),
    ("c", "borduria", "scare quotes"),
    ("c", "nordic_league", "confirmed"),
    ("c", "nordic_league", "confirmed"),
    ("c", "nordic_league", "warned, denied"),
    ("c", "nordic_league", "warned, denied"),
]
LADDER = ["own voice", "said", "confirmed", "warned, denied", "claimed", "scare quotes"]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (
            "outlet",
            {
                ("B", "nordic_league", "Nordic League", 2): [0, 0, 0, 0, 0, 0],
                ("A", "nordic_league", "Nordic League", 2): [0, 0, 2, 2, 0, 0],
                # of as many statements the first by id
                ("B", "borduria", "Borduria", 2): [1, 0, 0, 0, 0, 0],
                ("A", "borduria", "Borduria", 2): [0, 0, 0, 0, 0, 2],
                ("B", "norway", "Norway", 2): [0, 2, 0, 0, 1, 0],
                ("A", "norway", "Norway", 2): [0, 0, 0, 0, 0, 0],
            },
        ),
        (
            "article_id",
            {
                ("a", "nordic_league", "Nordic League", 1): [0, 0, 0, 0, 0, 0],
                ("b", "nordic_league", "Nordic League", 1): [0, 0, 0, 0, 0, 0],
                ("c", "nordic_league", "Nordic League", 1): [0, 0, 2, 2, 0, 0],
                ("d", "nordic_league", "Nordic League", 1): [0, 0, 0, 0, 0, 0],
                ("a", "borduria", "Borduria", 1): [0, 0, 0, 0, 0, 0],
                ("b", "borduria", "Borduria", 1): [1, 0, 0, 0, 0, 0],
                ("c", "borduria", "Borduria", 1): [0, 0, 0, 0, 0, 2],
                ("d", "borduria", "Borduria", 1): [0, 0, 0, 0, 0, 0],
                ("a", "norway", "Norway", 1): [0, 2, 0, 0, 0, 0],
                ("b", "norway", "Norway", 1): [0, 0, 0, 0, 1, 0],
                ("c", "norway", "Norway", 1): [0, 0, 0, 0, 0, 0],
                ("d", "norway", "Norway", 1): [0, 0, 0, 0, 0, 0],
            },
        ),
    ],
)
def test_the_ladder_by_hand(
    by: str, expected: dict[tuple[str, str, str, int], list[int]], four: Corpus
) -> None:
    assert list(RUNGS.values()) == LADDER
    stances = pd.DataFrame(STANCES, columns=["article_id", "side", "rung"])
    ladder = count_stances(four, stances, by=by)
    assert ladder.columns.tolist() == ["group", "side", "side_name", "rung", "n_statements", "n_articles"]
    rows = [
        [group, side, name, rung, n, n_articles]
        for (group, side, name, n_articles), counts in expected.items()
        for rung, n in zip(LADDER, counts, strict=True)
    ]
    assert ladder.to_numpy().tolist() == rows


def test_a_ladder_of_three_against_two_sides(four: Corpus) -> None:
    """The order of sides is by their statements, whatever their ids."""
    stances = pd.DataFrame(STANCES[:5], columns=["article_id", "side", "rung"])
    assert count_stances(four, stances)["side"].drop_duplicates().tolist() == ["norway", "borduria"]


def test_a_ladder_without_statements(four: Corpus) -> None:
    stances = pd.DataFrame([], columns=["article_id", "side", "rung"])
    ladder = count_stances(four, stances)
    assert len(ladder) == 0
    assert ladder.columns.tolist() == ["group", "side", "side_name", "rung", "n_statements", "n_articles"]


def test_every_statement_is_on_the_ladder_once(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    stances = find_stances(bundled, bundled_mentions, find_quotes(bundled, bundled_mentions))
    ladder = count_stances(bundled, stances)
    assert ladder["n_statements"].sum() == len(stances) > 150
    assert len(ladder) == 6 * 4 * stances["side"].nunique()


# ---- bad input ----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["outlet", "", "speakers", None])
def test_a_level_that_is_none(level: str, four: Corpus, told: pd.DataFrame) -> None:
    sentence = f"voices cannot be counted by {level!r}: expected one of speaker, side, source_type"
    with pytest.raises(InputError, match=f"^{re.escape(sentence)}$"):
        count_voices(four, told, level=level)


@pytest.mark.parametrize("by", ["agency", "article", ""])
def test_groups_that_are_none(by: str, four: Corpus, told: pd.DataFrame) -> None:
    expected = f"cannot be compared by {by!r}: expected 'outlet' or 'article_id'"
    for compare in (count_voices, compare_voices):
        with pytest.raises(InputError, match=f"^{re.escape(f'voices {expected}')}$"):
            compare(four, told, by=by)
    stances = pd.DataFrame(STANCES, columns=["article_id", "side", "rung"])
    with pytest.raises(InputError, match=f"^{re.escape(f'stances {expected}')}$"):
        count_stances(four, stances, by=by)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # both are credited, and nobody else the sentence names
        (
            "Norway and Borduria rejected the charge.",
            [("borduria", "warned, denied"), ("norway", "warned, denied")],
        ),
        # one verb, one statement, however many pieces it has
        (
            "Norway insisted that the “old treaty” had forced the two fleets to leave the harbour.",
            [("norway", "claimed")],
        ),
        ("“We will go,” Jon Stone said, “and we will stay.”", [("borduria", "said")]),
        (
            "Jon Stone said it was late, adding that it was cold.",
            [("borduria", "said"), ("borduria", "said")],
        ),
    ],
)
def test_a_verb_is_one_statement_of_each_who_says_it(text: str, expected: list[tuple[str, str]]) -> None:
    corpus = make(f"Words for the top line\n\n{text}")
    mentions = find_mentions(corpus)
    stances = find_stances(corpus, mentions, find_quotes(corpus, mentions))
    assert sorted(zip(stances["side"], stances["rung"], strict=True)) == expected

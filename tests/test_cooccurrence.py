"""Co-occurrence: the toy corpus by hand, and random tables held against sets and itertools."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Actor, Corpus, InputError, count_cooccurrences, find_meetings
from helpers.cooccurrence import check_edges, find_window, list_windows, order_pairs, sentences_in_window
from helpers.corpus import load_corpus
from helpers.mention_counts import leave_out_nested, roll_up_mentions
from helpers.mentions import find_mentions

PAIR = ["source", "target"]
COLUMNS = [
    *PAIR, "source_name", "target_name", "within", "level", "use",
    "n_windows", "n_source", "n_target", "n_all", "weight",
]  # fmt: skip

# In how many sentences (10), runs of two (7) and three (5), paragraphs (6) and articles (3) of the toy corpus
# each actor acts.
ACTORS = ("anna_berg", "east_borduria", "jon_stone", "norway", "norway_navy", "nrk", "west_borduria")
ALONE = {
    "sentence": (3, 5, 4, 6, 1, 1, 1),
    "2 sentences": (3, 5, 5, 7, 2, 2, 1),
    "3 sentences": (3, 4, 4, 5, 2, 3, 1),
    "paragraph": (2, 4, 4, 5, 1, 1, 1),
    "article": (1, 3, 2, 3, 1, 1, 1),
}
N_ALL = {"sentence": 10, "2 sentences": 7, "3 sentences": 5, "paragraph": 6, "article": 3}
TOGETHER = {
    "sentence": [
        ("east_borduria", "norway", 3), ("jon_stone", "norway", 3), ("east_borduria", "jon_stone", 2),
        ("anna_berg", "east_borduria", 1), ("anna_berg", "jon_stone", 1), ("anna_berg", "norway", 1),
        ("anna_berg", "nrk", 1), ("east_borduria", "west_borduria", 1), ("jon_stone", "nrk", 1),
        ("norway", "norway_navy", 1),
    ],
    # Article c has two sentences and is one window of three.
    "2 sentences": [
        ("east_borduria", "norway", 5), ("jon_stone", "norway", 5), ("anna_berg", "norway", 3),
        ("east_borduria", "jon_stone", 3), ("anna_berg", "jon_stone", 2), ("anna_berg", "nrk", 2),
        ("jon_stone", "norway_navy", 2), ("jon_stone", "nrk", 2), ("norway", "norway_navy", 2),
        ("norway", "nrk", 2), ("anna_berg", "east_borduria", 1), ("anna_berg", "norway_navy", 1),
        ("east_borduria", "norway_navy", 1), ("east_borduria", "west_borduria", 1),
        ("norway", "west_borduria", 1), ("norway_navy", "nrk", 1),
    ],
    "3 sentences": [
        ("east_borduria", "norway", 4), ("jon_stone", "norway", 4), ("anna_berg", "jon_stone", 3),
        ("anna_berg", "norway", 3), ("anna_berg", "nrk", 3), ("east_borduria", "jon_stone", 3),
        ("jon_stone", "nrk", 3), ("norway", "nrk", 3), ("anna_berg", "east_borduria", 2),
        ("anna_berg", "norway_navy", 2), ("east_borduria", "nrk", 2), ("jon_stone", "norway_navy", 2),
        ("norway", "norway_navy", 2), ("norway_navy", "nrk", 2), ("east_borduria", "norway_navy", 1),
        ("east_borduria", "west_borduria", 1), ("norway", "west_borduria", 1),
    ],
    "paragraph": [
        ("jon_stone", "norway", 4), ("east_borduria", "norway", 3), ("east_borduria", "jon_stone", 2),
        ("anna_berg", "east_borduria", 1), ("anna_berg", "jon_stone", 1), ("anna_berg", "norway", 1),
        ("anna_berg", "nrk", 1), ("east_borduria", "norway_navy", 1), ("east_borduria", "west_borduria", 1),
        ("jon_stone", "norway_navy", 1), ("jon_stone", "nrk", 1), ("norway", "norway_navy", 1),
        ("norway", "nrk", 1), ("norway", "west_borduria", 1),
    ],
    "article": [
        ("east_borduria", "norway", 3), ("east_borduria", "jon_stone", 2), ("jon_stone", "norway", 2),
        ("anna_berg", "east_borduria", 1), ("anna_berg", "jon_stone", 1), ("anna_berg", "norway", 1),
        ("anna_berg", "norway_navy", 1), ("anna_berg", "nrk", 1), ("east_borduria", "norway_navy", 1),
        ("east_borduria", "nrk", 1), ("jon_stone", "norway_navy", 1), ("jon_stone", "nrk", 1),
        ("norway", "norway_navy", 1), ("norway", "nrk", 1), ("norway_navy", "nrk", 1),
        ("east_borduria", "west_borduria", 1), ("norway", "west_borduria", 1),
    ],
}  # fmt: skip


def as_tuples(table: pd.DataFrame, columns: list[str]) -> list[tuple[Any, ...]]:
    return list(table[columns].itertuples(index=False, name=None))


@pytest.mark.parametrize("within", list(TOGETHER))
def test_the_toy_corpus_by_hand(within: str, toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    edges = count_cooccurrences(toy, toy_mentions, within=within)
    assert list(edges.columns) == COLUMNS
    expected = sorted(TOGETHER[within], key=lambda e: (-e[2], e[0], e[1]))
    assert as_tuples(edges, [*PAIR, "n_windows"]) == expected
    alone = dict(zip(ACTORS, ALONE[within], strict=True))
    assert edges["n_source"].tolist() == [alone[a] for a in edges["source"]]
    assert edges["n_target"].tolist() == [alone[a] for a in edges["target"]]
    assert set(edges["n_all"]) == {N_ALL[within]}
    assert as_tuples(edges, ["within", "level", "use"]) == [(within, "actor", "actor")] * len(edges)
    assert edges["weight"].tolist() == edges["n_windows"].tolist()
    assert edges["source_name"].tolist() == [toy.actors[a].name for a in edges["source"]]
    assert edges["target_name"].tolist() == [toy.actors[a].name for a in edges["target"]]


def test_the_window_is_the_sentence_unless_told_otherwise(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    edges = count_cooccurrences(toy, toy_mentions)
    pd.testing.assert_frame_equal(edges, count_cooccurrences(toy, toy_mentions, "sentence"))


# Rows: who, windows with both, with each, all of the group.
COUNTS = [*PAIR, "n_windows", "n_source", "n_target", "n_all"]


def test_each_outlet_by_itself(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    edges = count_cooccurrences(toy, toy_mentions, by="outlet")
    assert list(edges.columns) == ["outlet", *COLUMNS]
    unknown = "unknown outlet (c)"
    assert as_tuples(edges, ["outlet", *COUNTS]) == [
        ("Daily", "jon_stone", "norway", 3, 4, 5, 8),
        ("Daily", "east_borduria", "jon_stone", 2, 3, 4, 8),
        ("Daily", "east_borduria", "norway", 2, 3, 5, 8),
        ("Daily", "anna_berg", "east_borduria", 1, 3, 3, 8),
        ("Daily", "anna_berg", "jon_stone", 1, 3, 4, 8),
        ("Daily", "anna_berg", "norway", 1, 3, 5, 8),
        ("Daily", "anna_berg", "nrk", 1, 3, 1, 8),
        (unknown, "east_borduria", "norway", 1, 2, 1, 2),
        (unknown, "east_borduria", "west_borduria", 1, 2, 1, 2),
        ("Daily", "jon_stone", "nrk", 1, 4, 1, 8),
        ("Daily", "norway", "norway_navy", 1, 5, 1, 8),
    ]


def test_each_article_by_itself(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    edges = count_cooccurrences(toy, toy_mentions, "paragraph", by="article_id")
    assert list(edges.columns) == ["article_id", *COLUMNS]
    assert as_tuples(edges[edges["article_id"] == "b"], COUNTS) == [
        ("jon_stone", "norway", 2, 2, 2, 2),
        ("east_borduria", "jon_stone", 1, 1, 2, 2),
        ("east_borduria", "norway", 1, 1, 2, 2),
    ]
    assert as_tuples(edges[edges["article_id"] == "c"], COUNTS) == [
        ("east_borduria", "norway", 1, 1, 1, 1),
        ("east_borduria", "west_borduria", 1, 1, 1, 1),
        ("norway", "west_borduria", 1, 1, 1, 1),
    ]


def test_rolled_up(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """Berg, NRK and the navy are Norway, Stone is East Borduria; what only Norway's do is no pair."""
    edges = count_cooccurrences(toy, toy_mentions, rolled_up=True)
    assert as_tuples(edges, [*COUNTS, "level"]) == [
        ("east_borduria", "norway", 6, 7, 8, 10, "affiliation"),
        ("east_borduria", "west_borduria", 1, 7, 1, 10, "affiliation"),
    ]


def test_places_alone_and_places_too(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """Norwegians arrive in Szohod, a place, and a bridge in Oslo stays shut."""
    assert len(count_cooccurrences(toy, toy_mentions, "article", use="place")) == 0
    edges = count_cooccurrences(toy, toy_mentions, use=None)
    assert as_tuples(edges, [*COUNTS, "use"])[:4] == [
        ("east_borduria", "norway", 4, 6, 7, 10, "any"),
        ("jon_stone", "norway", 3, 4, 7, 10, "any"),
        ("anna_berg", "east_borduria", 2, 3, 6, 10, "any"),
        ("east_borduria", "jon_stone", 2, 6, 4, 10, "any"),
    ]


def test_two_places_meet() -> None:
    rows = [("x", 0, "ann", "place"), ("x", 0, "bo", "place"), ("x", 0, "cy", "actor")]
    edges = count_cooccurrences(make_corpus(), make_mentions(rows), use="place")
    assert as_tuples(edges, [*COUNTS, "use"]) == [("ann", "bo", 1, 1, 1, 8, "place")]


def test_meetings_of_the_toy_corpus(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    meetings = find_meetings(toy, toy_mentions)
    assert list(meetings.columns) == [
        "article_id", "outlet", "place", "block_id", "position", *COLUMNS[:7], "time",
    ]  # fmt: skip
    assert as_tuples(meetings, ["article_id", "place", "block_id", *PAIR, "time"]) == [
        ("a", 0, 0, "anna_berg", "east_borduria", 1),
        ("a", 1, 1, "anna_berg", "norway", 1),
        ("a", 2, 1, "anna_berg", "jon_stone", 1),
        ("a", 2, 1, "anna_berg", "nrk", 1),
        ("a", 2, 1, "jon_stone", "nrk", 1),
        ("a", 3, 2, "norway", "norway_navy", 1),
        ("a", 4, 2, "east_borduria", "jon_stone", 1),
        ("a", 4, 2, "east_borduria", "norway", 1),
        ("a", 4, 2, "jon_stone", "norway", 1),
        ("b", 0, 0, "jon_stone", "norway", 1),
        ("b", 1, 1, "east_borduria", "jon_stone", 1),
        ("b", 1, 1, "east_borduria", "norway", 1),
        ("b", 1, 1, "jon_stone", "norway", 2),
        ("c", 0, 0, "east_borduria", "norway", 1),
        ("c", 1, 0, "east_borduria", "west_borduria", 1),
    ]
    # Article a has 209 characters that count, b 103, c 108; line ends between blocks are not among them.
    assert {(a, place): p for a, place, p in as_tuples(meetings, ["article_id", "place", "position"])} == {
        ("a", 0): 0.0, ("a", 1): 23 / 209, ("a", 2): 89 / 209, ("a", 3): 128 / 209, ("a", 4): 156 / 209,
        ("b", 0): 0.0, ("b", 1): 20 / 103, ("c", 0): 0.0, ("c", 1): 61 / 108,
    }  # fmt: skip
    assert meetings["outlet"].tolist() == ["Daily"] * 13 + ["unknown outlet (c)"] * 2


# Random tables. x has five sentences in four paragraphs with a credit and a link between them, one of
# the paragraphs ("***") without a sentence; y has two sentences, w one, and z nothing that counts.

LAYOUT: dict[str, list[tuple[str, int]]] = {
    "y": [("caption", 2)],
    "x": [
        ("headline", 2), ("credit", 0), ("body", 2), ("boilerplate", 0), ("caption", 1), ("subheading", 0),
    ],
    "z": [("boilerplate", 0)],
    "w": [("credit", 0), ("body", 1)],
}  # fmt: skip
OUTLETS = {"y": "Weekly", "x": "Daily", "z": "Weekly", "w": "Daily"}
SIDES = {"ann": "land", "bo": "land", "cy": "", "di": "realm", "land": "land", "realm": "realm"}
MENTIONED = ["ann", "bo", "cy", "di", "land"]
COUNTED = ("headline", "subheading", "caption", "body")
WITHINS = ["sentence", "2 sentences", "3 sentences", "9 sentences", "paragraph", "article"]

Mention = tuple[str, int, str, str]
Window = tuple[str, int, int, set[int]]  # article, place, the block it begins in, its sentences


def make_corpus(
    layout: Mapping[str, list[tuple[str, int]]] = LAYOUT,
    outlets: Mapping[str, str] = OUTLETS,
    sides: Mapping[str, str] = SIDES,
) -> Corpus:
    """A corpus of sentences of nine characters, a space after each; a block without one has five."""
    blocks, sentences, texts = [], [], {}
    for article, kinds in layout.items():
        at = number = 0
        for block, (kind, n) in enumerate(kinds):
            start = at
            for _ in range(n):
                sentences.append((article, block, number, at, at + 9, "abcdefgh."))
                at, number = at + 10, number + 1
            at = at if n else at + 6
            blocks.append((article, block, kind, start, at - 1))
        texts[article] = "abcdefgh. " * at
    tables = [
        pd.DataFrame(
            {"article_id": list(layout), "outlet": [outlets[a] for a in layout], "published_from": ""}
        ),
        pd.DataFrame(blocks, columns=["article_id", "block_id", "kind", "start", "end"]),
        pd.DataFrame(sentences, columns=["article_id", "block_id", "sentence_id", "start", "end", "text"]),
    ]
    actors = {a: Actor(a, a.title(), "person", side=side) for a, side in sides.items()}
    return Corpus(*tables, actors, Path("made"), texts, {})


CORPUS = make_corpus()


def make_mentions(rows: list[Mention], corpus: Corpus = CORPUS) -> pd.DataFrame:
    """A mention is one character of its sentence, another one for each actor."""
    outlet = dict(zip(corpus.articles["article_id"], corpus.articles["outlet"], strict=True))
    found = {(s.article_id, s.sentence_id): (s.block_id, s.start) for s in corpus.sentences.itertuples()}
    number = {a: i for i, a in enumerate(corpus.actors)}
    table = [
        (a, outlet[a], found[a, s][0], s, start := found[a, s][1] + number[actor] % 9, start + 1, actor, use)
        for a, s, actor, use in rows
    ]
    columns = ["article_id", "outlet", "block_id", "sentence_id", "start", "end", "actor_id", "use"]
    return pd.DataFrame(table, columns=columns)


def windows_slowly(within: str, layout: Mapping[str, list[tuple[str, int]]] = LAYOUT) -> list[Window]:
    """Every window that counts, by counting sentences along the layout."""
    windows: list[Window] = []
    for article, kinds in layout.items():
        counter = itertools.count()
        blocks = {b: [next(counter) for _ in range(n)] for b, (_, n) in enumerate(kinds)}
        block_of = {s: b for b, sentences in blocks.items() for s in sentences}
        counted = [b for b, (kind, _) in enumerate(kinds) if kind in COUNTED]
        if within == "article":
            windows.append((article, 0, counted[0] if counted else -1, set(block_of)))
        elif within == "paragraph":
            windows += [(article, b, b, set(blocks[b])) for b in counted]
        elif block_of:
            k = 1 if within == "sentence" else int(within[0])
            firsts = range(max(1, len(block_of) - k + 1))
            windows += [(article, s, block_of[s], set(range(s, s + k)) & set(block_of)) for s in firsts]
    return windows


def actors_in_windows(
    rows: list[Mention], windows: list[Window], *, rolled_up: bool = False, use: str | None = "actor"
) -> list[set[str]]:
    """Who stands in each window."""
    return [
        {
            (SIDES.get(actor, "") or actor) if rolled_up else actor
            for article, sentence, actor, how in rows
            if article == window[0] and sentence in window[3] and use in (None, how)
        }
        for window in windows
    ]


def count_pairs(windows: list[set[str]]) -> Counter[tuple[str, str]]:
    return Counter(pair for actors in windows for pair in itertools.combinations(sorted(actors), 2))


PLACES = [("x", s) for s in range(5)] + [("y", 0), ("y", 1), ("w", 0)]
MENTIONS: st.SearchStrategy[list[Mention]] = st.lists(
    st.builds(
        lambda at, actor, use: (*at, actor, use),
        st.sampled_from(PLACES),
        st.sampled_from(MENTIONED),
        st.sampled_from(["actor", "actor", "actor", "place"]),
    ),
    max_size=25,
)
WITHIN = st.sampled_from(WITHINS)
USE = st.sampled_from(["actor", "place", None])


def few(n: int) -> Callable[[Any], Any]:
    """So many examples, the same on every run."""
    return settings(derandomize=True, deadline=None, max_examples=n)


@few(60)
@given(MENTIONS, WITHIN, st.sampled_from([None, "outlet", "article_id"]), st.booleans(), USE)
def test_counts_by_brute_force(
    rows: list[Mention], within: str, by: str | None, rolled_up: bool, use: str | None
) -> None:
    edges = count_cooccurrences(
        CORPUS, make_mentions(rows), within=within, by=by, rolled_up=rolled_up, use=use
    )
    windows = windows_slowly(within)
    groups = {None: dict.fromkeys(LAYOUT, ""), "outlet": OUTLETS, "article_id": {a: a for a in LAYOUT}}[by]
    expected = []
    for group in sorted(set(groups.values())):
        inside = [w for w in windows if groups[w[0]] == group]
        actors = actors_in_windows(rows, inside, rolled_up=rolled_up, use=use)
        alone = Counter(itertools.chain.from_iterable(actors))
        expected += [
            (group, a, b, n, alone[a], alone[b], len(inside)) for (a, b), n in count_pairs(actors).items()
        ]
    expected.sort(key=lambda e: (-e[3], e[1], e[2], e[0]))
    found = as_tuples(edges, [by, *COUNTS]) if by else [("", *e) for e in as_tuples(edges, COUNTS)]
    assert found == expected
    assert list(edges.columns) == ([by] if by else []) + COLUMNS
    how = (within, "affiliation" if rolled_up else "actor", use or "any")
    assert as_tuples(edges, ["within", "level", "use"]) == [how] * len(edges)
    assert as_tuples(edges, ["source_name", "target_name", "weight"]) == [
        (e[1].title(), e[2].title(), e[3]) for e in expected
    ]


@few(30)
@given(MENTIONS, WITHIN, USE)
def test_rolled_up_is_a_recount_of_the_rolled_up_rows(
    rows: list[Mention], within: str, use: str | None
) -> None:
    mentions = make_mentions(rows)
    edges = count_cooccurrences(CORPUS, mentions, within, rolled_up=True, use=use)
    recount = count_cooccurrences(CORPUS, roll_up_mentions(CORPUS, mentions), within, use=use)
    pd.testing.assert_frame_equal(edges, recount.assign(level="affiliation"))
    assert not {"ann", "bo", "di"} & {*edges["source"], *edges["target"]}
    assert (edges["source"] < edges["target"]).all()


@few(30)
@given(MENTIONS, WITHIN, st.booleans())
def test_the_counts_of_the_outlets_add_up_to_those_of_all(
    rows: list[Mention], within: str, rolled_up: bool
) -> None:
    mentions = make_mentions(rows)
    pooled = count_cooccurrences(CORPUS, mentions, within, rolled_up=rolled_up)
    for by in ("outlet", "article_id"):
        apart = count_cooccurrences(CORPUS, mentions, within, by=by, rolled_up=rolled_up)
        assert dict(apart.groupby(PAIR)["n_windows"].sum()) == {
            (a, b): n for a, b, n in as_tuples(pooled, [*PAIR, "n_windows"])
        }


@few(20)
@given(MENTIONS, st.randoms(use_true_random=False), WITHIN)
def test_the_order_of_the_rows_does_not_matter(rows: list[Mention], random: Random, within: str) -> None:
    """Nor does what the index says."""
    shuffled = list(rows)
    random.shuffle(shuffled)
    mentions, others = make_mentions(rows), make_mentions(shuffled)
    others.index = pd.Index([0] * len(others))
    for count in (count_cooccurrences, find_meetings):
        pd.testing.assert_frame_equal(
            count(CORPUS, mentions, within=within), count(CORPUS, others, within=within)
        )
    by_outlet = [count_cooccurrences(CORPUS, m, within, by="outlet") for m in (mentions, others)]
    pd.testing.assert_frame_equal(*by_outlet)


@few(40)
@given(MENTIONS, WITHIN)
def test_counts_are_symmetric(rows: list[Mention], within: str) -> None:
    """Renaming the actors so that their alphabet runs backwards swaps the ends of each pair, no more."""
    swap = dict(zip(MENTIONED, reversed(MENTIONED), strict=True))
    edges = count_cooccurrences(CORPUS, make_mentions(rows), within)
    swapped = count_cooccurrences(CORPUS, make_mentions([(a, s, swap[i], u) for a, s, i, u in rows]), within)
    back = {(swap[t], swap[s], n, nt, ns, n_all) for s, t, n, ns, nt, n_all in as_tuples(swapped, COUNTS)}
    assert set(as_tuples(edges, COUNTS)) == back


@few(40)
@given(MENTIONS, WITHIN, st.booleans(), USE)
def test_meetings_by_brute_force(rows: list[Mention], within: str, rolled_up: bool, use: str | None) -> None:
    """Each window in the order of the articles and the text, each pair counted through its article."""
    meetings = find_meetings(CORPUS, make_mentions(rows), within, rolled_up=rolled_up, use=use)
    windows = windows_slowly(within)
    times: Counter[tuple[str, str, str]] = Counter()
    expected = []
    for (article, place, block, _), actors in zip(
        windows, actors_in_windows(rows, windows, rolled_up=rolled_up, use=use), strict=True
    ):
        for pair in itertools.combinations(sorted(actors), 2):
            times[(article, *pair)] += 1
            time = times[(article, *pair)]
            expected.append((article, OUTLETS[article], place, block, *pair, time))
    keys = ["article_id", "outlet", "place", "block_id", *PAIR]
    assert as_tuples(meetings, [*keys, "time"]) == expected
    how = (within, "affiliation" if rolled_up else "actor", use or "any")
    assert as_tuples(meetings, ["within", "level", "use"]) == [how] * len(meetings)
    # The rows are those that count_cooccurrences counts.
    edges = count_cooccurrences(CORPUS, make_mentions(rows), within, rolled_up=rolled_up, use=use)
    assert Counter(as_tuples(meetings, PAIR)) == {
        (a, b): n for a, b, n in as_tuples(edges, [*PAIR, "n_windows"])
    }


def characters_before(article: str, start: int) -> float:
    """The share of the characters that count that stand before `start`, one by one."""
    blocks = CORPUS.blocks[CORPUS.blocks["article_id"] == article]
    counted = [
        at for b in blocks.itertuples() if b.kind in COUNTED for at in range(b.start, b.end)
    ]  # fmt: skip
    return sum(at < start for at in counted) / len(counted)


@pytest.mark.parametrize("within", WITHINS)
def test_all_windows_are_listed(within: str) -> None:
    windows = list_windows(CORPUS, within)
    expected = windows_slowly(within)
    assert as_tuples(windows, ["article_id", "place", "block_id"]) == [w[:3] for w in expected]
    starts = {(s.article_id, s.sentence_id): s.start for s in CORPUS.sentences.itertuples()}
    blocks = {(b.article_id, b.block_id): b.start for b in CORPUS.blocks.itertuples()}
    by_block = within in ("paragraph", "article")
    assert windows["start"].tolist() == [
        (blocks.get((a, block), 0) if by_block else starts[a, place]) for a, place, block, _ in expected
    ]
    positions = CORPUS.positions(windows)
    known = windows["block_id"] >= 0
    assert positions[known].tolist() == [
        characters_before(a, start) for a, start in as_tuples(windows[known], ["article_id", "start"])
    ]
    assert positions[~known].isna().all()  # an article without a character that counts has no places


def test_positions_keep_the_index_they_were_asked_for() -> None:
    windows = list_windows(CORPUS, "sentence").iloc[::-1]
    positions = CORPUS.positions(windows)
    assert positions.index.tolist() == windows.index.tolist()
    assert positions.name == "position"
    assert positions.iloc[-1] == 0


@pytest.mark.parametrize("k", [2, 3, 5, 6, 999_999_999])
def test_an_article_with_fewer_sentences_than_the_run_is_one_window(k: int) -> None:
    """Two who stand at the two ends of the five sentences of x meet once, from five sentences on."""
    rows = [("x", 0, "ann", "actor"), ("x", 4, "bo", "actor"), ("w", 0, "cy", "actor")]
    edges = count_cooccurrences(CORPUS, make_mentions(rows), f"{k} sentences")
    assert edges["n_windows"].tolist() == ([1] if k >= 5 else [])
    runs = {2: 6, 3: 5}.get(k, 3)  # of x, y and w; z has none
    assert edges["n_all"].tolist() == ([runs] if k >= 5 else [])
    assert len(list_windows(CORPUS, f"{k} sentences")) == runs


NOBODY: list[list[Mention]] = [
    [],
    [("x", 0, "ann", "actor")],
    [("x", 0, "ann", "actor"), ("x", 0, "ann", "actor")],
    [("x", 0, "ann", "actor"), ("x", 0, "bo", "place")],
    [("x", 0, "ann", "actor"), ("y", 0, "bo", "actor")],
]


@pytest.mark.parametrize("within", WITHINS)
@pytest.mark.parametrize("rows", NOBODY)
def test_nobody_meets(rows: list[Mention], within: str) -> None:
    mentions = make_mentions(rows)
    for by in (None, "outlet", "article_id"):
        edges = count_cooccurrences(CORPUS, mentions, within, by=by)
        assert len(edges) == 0
        assert list(edges.columns) == ([by] if by else []) + COLUMNS
    assert len(find_meetings(CORPUS, mentions, within)) == 0
    assert "time" in find_meetings(CORPUS, mentions, within).columns


def test_an_actor_in_every_window() -> None:
    """All windows of the one and the other: what is common is what the rarer one has."""
    rows = [(a, s, "ann", "actor") for a, s in PLACES] + [("x", 2, "bo", "actor"), ("w", 0, "bo", "actor")]
    edges = count_cooccurrences(CORPUS, make_mentions(rows))
    assert as_tuples(edges, COUNTS) == [("ann", "bo", 2, 8, 2, 8)]


def test_a_corpus_without_a_text_that_counts() -> None:
    corpus = make_corpus({"z": [("boilerplate", 0)]})
    mentions = make_mentions([], corpus)
    for within in WITHINS:
        assert len(count_cooccurrences(corpus, mentions, within, by="outlet")) == 0
        assert len(find_meetings(corpus, mentions, within)) == 0
        assert len(list_windows(corpus, within)) == (within == "article")


def test_the_mentions_are_left_as_they_were(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    before, windows = toy_mentions.copy(), toy.sentences.copy()
    count_cooccurrences(toy, toy_mentions, "3 sentences", by="outlet", rolled_up=True)
    find_meetings(toy, toy_mentions, "3 sentences")
    pd.testing.assert_frame_equal(toy_mentions, before)
    pd.testing.assert_frame_equal(toy.sentences, windows)


# A mention inside a longer one.


def test_the_state_inside_its_navy_is_left_out(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """ "Norwegian" in Berg's title too; "the two countries" are two mentions of one span, and stay."""
    kept = leave_out_nested(toy_mentions)
    gone = toy_mentions.drop(kept.index)
    assert as_tuples(gone, ["text", "actor_id", "start"]) == [
        ("Norwegian", "norway", 25), ("Norway", "norway", 132),
    ]  # fmt: skip
    pairs = as_tuples(count_cooccurrences(toy, kept), PAIR)
    assert ("norway", "norway_navy") not in pairs
    assert ("anna_berg", "norway") not in pairs
    assert ("east_borduria", "norway") in pairs


SPANS = st.lists(
    st.builds(
        lambda article, start, length, actor: (article, start, start + length, actor),
        st.sampled_from("xy"),
        st.integers(0, 8),
        st.integers(1, 6),
        st.sampled_from("ab"),
    ),
    max_size=12,
)


@few(60)
@given(SPANS)
def test_nested_mentions_by_brute_force(spans: list[tuple[str, int, int, str]]) -> None:
    """A row goes if another of its article reaches at least as far on both sides and is longer."""
    columns = ["article_id", "start", "end", "actor_id"]
    mentions = pd.DataFrame(spans, columns=columns, index=range(5, 5 + len(spans)))
    mentions = mentions.astype({"start": "int64", "end": "int64"})
    expected = [
        n
        for n, (article, start, end, _) in enumerate(spans, start=5)
        if not any(a == article and s <= start and e >= end and e - s > end - start for a, s, e, _ in spans)
    ]
    assert leave_out_nested(mentions).index.tolist() == expected


# Errors.


@pytest.mark.parametrize(
    "within",
    ["document", "", "Sentence", "sentences", "1 sentence", "1 sentences",
     "2 sentence", "0 sentences", "03 sentences", "-1 sentences", "3  sentences",
     " 3 sentences", "3 sentences ", "3 paragraphs", "1234567890 sentences", None, 3],
)  # fmt: skip
def test_an_unknown_window_is_an_error(within: Any) -> None:
    message = (
        rf"^unknown window {within!r}: expected one of sentence, paragraph, article, or a number of "
        r"sentences such as '3 sentences'$"
    )
    for count in (count_cooccurrences, find_meetings):
        with pytest.raises(InputError, match=message):
            count(CORPUS, make_mentions([]), within=within)
    with pytest.raises(InputError, match=message):
        list_windows(CORPUS, within)


def test_sentences_in_a_window() -> None:
    words = ["sentence", "paragraph", "article", "2 sentences", "10 sentences", "100 sentences"]
    assert [sentences_in_window(word) for word in words] == [0, 0, 0, 2, 10, 100]


@pytest.mark.parametrize("by", ["actor_id", "", "Outlet"])
def test_pairs_are_not_counted_by_anything_else(by: str) -> None:
    message = rf"^pairs cannot be counted by {by!r}: expected 'outlet', 'article_id', or None for all$"
    with pytest.raises(InputError, match=message):
        count_cooccurrences(CORPUS, make_mentions([]), by=by)


@pytest.mark.parametrize("use", ["any", "", "Actor"])
def test_an_unknown_use_is_an_error(use: str) -> None:
    for count in (count_cooccurrences, find_meetings):
        with pytest.raises(
            InputError, match=f"^unknown use {use!r}: expected 'actor', 'place', or None for both$"
        ):
            count(CORPUS, make_mentions([]), use=use)


@pytest.mark.parametrize("rolled_up", [False, True])
def test_a_mention_of_an_actor_of_another_corpus_is_an_error(rolled_up: bool) -> None:
    """The first of them in the alphabet."""
    mentions = make_mentions([("x", 0, "ann", "actor")] * 3).assign(actor_id=["zoe", "ann", "yan"])
    message = "^mentions name 'yan', which is no actor of the corpus: add it to actors.toml$"
    with pytest.raises(InputError, match=message):
        count_cooccurrences(CORPUS, mentions, rolled_up=rolled_up)


def test_edges_that_lack_a_column_or_hold_a_pair_twice_are_an_error() -> None:
    edges = pd.DataFrame({"source": ["a", "a"], "target": ["b", "b"]})
    with pytest.raises(
        InputError,
        match=r"^the edges lack the column 'weight': expected a table from count_cooccurrences$",
    ):
        check_edges(edges, ("source", "weight", "n_all"))
    message = "^a pair stands twice in the edges: take those of one outlet, article or window at a time$"
    with pytest.raises(InputError, match=message):
        check_edges(edges, ("source", "target"))
    check_edges(edges, ("source", "target"), once=False)
    check_edges(edges.iloc[:1], ("source", "target"))


# The bundled articles.


def pairs_in_sentences(mentions: pd.DataFrame) -> Iterator[set[str]]:
    for _, rows in mentions[mentions["use"] == "actor"].groupby(["article_id", "sentence_id"]):
        yield set(rows["actor_id"])


def test_the_bundled_articles_are_counted_as_sets_count_them(
    bundled: Corpus, bundled_mentions: pd.DataFrame
) -> None:
    edges = count_cooccurrences(bundled, bundled_mentions)
    assert {(a, b): n for a, b, n in as_tuples(edges, [*PAIR, "n_windows"])} == count_pairs(
        list(pairs_in_sentences(bundled_mentions))
    )
    assert set(edges["n_all"]) == {len(bundled.sentences)}


def test_an_article_of_furniture_alone_is_a_window_of_its_own_kind(toy_folder: Path) -> None:
    """It has no sentence and no paragraph that counts, and is one article all the same."""
    (toy_folder / "d.txt").write_text("Read more\n", encoding="utf-8")
    with (toy_folder / "articles.csv").open("a", encoding="utf-8") as file:
        file.write("d.txt,Daily,,,,,,,\n")
    corpus = load_corpus(toy_folder)
    assert not corpus.blocks.loc[corpus.blocks["article_id"] == "d", "kind"].isin(COUNTED).any()
    mentions = find_mentions(corpus)
    for within, n_all in {**N_ALL, "article": 4}.items():
        assert set(count_cooccurrences(corpus, mentions, within)["n_all"]) == {n_all}
        assert len(list_windows(corpus, within)) == n_all


def test_mentions_of_another_corpus_are_an_error() -> None:
    message = "^mentions stand in 'elsewhere', which is no article of the corpus: find both in one corpus$"
    with pytest.raises(InputError, match=message):
        count_cooccurrences(CORPUS, make_mentions([("x", 0, "ann", "actor")]).assign(article_id="elsewhere"))


def test_edges_name_their_window_if_it_is_one(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    edges = count_cooccurrences(toy, toy_mentions, "paragraph")
    assert find_window(edges) == "paragraph"
    assert find_window(edges.drop(columns="within")) == "window"
    assert find_window(pd.concat([edges, count_cooccurrences(toy, toy_mentions)])) == "window"


def test_pairs_are_in_one_order_whether_one_number_can_hold_it_or_not() -> None:
    rng = np.random.default_rng(0)
    columns = [rng.integers(0, 4, 200) for _ in range(4)]
    found = [order_pairs(*columns, n_actors=n) for n in (4, 2**31)]
    n_both, source, target, group = columns
    keys = list(zip((-n_both).tolist(), source.tolist(), target.tolist(), group.tolist(), strict=True))
    assert [[keys[i] for i in order] for order in found] == [sorted(keys)] * 2

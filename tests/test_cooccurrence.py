"""Co-occurrence: the toy corpus by hand, and random tables held against itertools."""

import itertools
from collections import Counter
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Actor, Corpus, InputError, count_cooccurrences
from helpers.cooccurrence import WINDOWS

COLUMNS = [
    "source", "target", "source_name", "target_name", "within", "level", "use",
    "n_windows", "n_source", "n_target", "n_all", "weight",
]  # fmt: skip

# In how many sentences (10), paragraphs (6) and articles (3) of the toy corpus each actor acts.
ALONE = {
    "sentence": {"anna_berg": 3, "east_borduria": 5, "jon_stone": 4, "norway": 6},
    "paragraph": {"anna_berg": 2, "east_borduria": 4, "jon_stone": 4, "norway": 5},
    "article": {"anna_berg": 1, "east_borduria": 3, "jon_stone": 2, "norway": 3},
}
ONCE = {"norway_navy": 1, "nrk": 1, "west_borduria": 1}
N_ALL = {"sentence": 10, "paragraph": 6, "article": 3}
TOGETHER = {
    "sentence": [
        ("east_borduria", "norway", 3), ("jon_stone", "norway", 3), ("east_borduria", "jon_stone", 2),
        ("anna_berg", "east_borduria", 1), ("anna_berg", "jon_stone", 1), ("anna_berg", "norway", 1),
        ("anna_berg", "nrk", 1), ("east_borduria", "west_borduria", 1), ("jon_stone", "nrk", 1),
        ("norway", "norway_navy", 1),
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


@pytest.mark.parametrize("within", list(WINDOWS))
def test_the_toy_corpus_by_hand(within: str, toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    edges = count_cooccurrences(toy, toy_mentions, within=within)
    assert list(edges.columns) == COLUMNS
    found = list(edges[["source", "target", "n_windows"]].itertuples(index=False, name=None))
    assert found == sorted(TOGETHER[within], key=lambda e: (-e[2], e[0], e[1]))
    alone = ALONE[within] | ONCE
    assert edges["n_source"].tolist() == [alone[a] for a in edges["source"]]
    assert edges["n_target"].tolist() == [alone[a] for a in edges["target"]]
    assert set(edges["n_all"]) == {N_ALL[within]}
    assert set(edges["within"]) == {within}
    assert edges["weight"].tolist() == edges["n_windows"].tolist()
    assert edges["source_name"].tolist() == [toy.actors[a].name for a in edges["source"]]
    assert edges["target_name"].tolist() == [toy.actors[a].name for a in edges["target"]]


# Random tables: two articles of four sentences each, two a paragraph.

ACTOR_IDS = ["ann", "bo", "cy", "di"]
ARTICLE_IDS = ["x", "y"]
KINDS = ["body", "caption", "boilerplate", "credit", "headline"]


def make_corpus() -> Corpus:
    articles = pd.DataFrame({"article_id": ARTICLE_IDS})
    blocks = pd.DataFrame([(a, i, k) for a in ARTICLE_IDS for i, k in enumerate(KINDS)])
    blocks.columns = ["article_id", "block_id", "kind"]
    sentences = pd.DataFrame(
        [(a, s) for a in ARTICLE_IDS for s in range(4)], columns=["article_id", "sentence_id"]
    )
    actors = {a: Actor(a, a.title(), "person") for a in ACTOR_IDS}
    return Corpus(articles, blocks, sentences, actors, Path("made"), {}, {})


Mention = tuple[str, int, str, str]
MENTIONS = st.lists(
    st.tuples(
        st.sampled_from(ARTICLE_IDS),
        st.integers(0, 3),
        st.sampled_from(ACTOR_IDS),
        st.sampled_from(["actor", "actor", "actor", "place"]),
    ),
    max_size=25,
)


def make_mentions(rows: list[Mention]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["article_id", "sentence_id", "actor_id", "use"])
    return table.assign(block_id=[s // 2 for _, s, _, _ in rows])


def count_slowly(rows: list[Mention], within: str) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Pairs and actors by sets of actors a window."""
    windows: dict[object, set[str]] = {}
    for article, sentence, actor, use in rows:
        key = {"sentence": (article, sentence), "paragraph": (article, sentence // 2), "article": article}
        if use == "actor":
            windows.setdefault(key[within], set()).add(actor)
    pairs = Counter(p for actors in windows.values() for p in itertools.combinations(sorted(actors), 2))
    return pairs, Counter(a for actors in windows.values() for a in actors)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(MENTIONS, st.sampled_from(list(WINDOWS)))
def test_counts_by_brute_force(rows: list[Mention], within: str) -> None:
    edges = count_cooccurrences(make_corpus(), make_mentions(rows), within=within)
    pairs, alone = count_slowly(rows, within)
    found = list(edges[["source", "target", "n_windows"]].itertuples(index=False, name=None))
    assert found == sorted(((a, b, n) for (a, b), n in pairs.items()), key=lambda e: (-e[2], e[0], e[1]))
    assert edges["n_source"].tolist() == [alone[a] for a in edges["source"]]
    assert edges["n_target"].tolist() == [alone[a] for a in edges["target"]]
    assert set(edges["n_all"]) <= {{"sentence": 8, "paragraph": 6, "article": 2}[within]}
    assert (edges["source"] < edges["target"]).all()
    assert (edges["n_windows"] <= edges[["n_source", "n_target"]].min(axis="columns")).all()


@settings(derandomize=True, deadline=None, max_examples=40)
@given(MENTIONS, st.randoms(use_true_random=False), st.sampled_from(list(WINDOWS)))
def test_the_order_of_the_rows_does_not_matter(rows: list[Mention], random: Random, within: str) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, other = (
        count_cooccurrences(make_corpus(), make_mentions(r), within=within) for r in (rows, shuffled)
    )
    pd.testing.assert_frame_equal(one, other)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(MENTIONS, st.sampled_from(list(WINDOWS)))
def test_counts_are_symmetric(rows: list[Mention], within: str) -> None:
    """Renaming the actors so that their alphabet runs backwards swaps the ends of each pair, no more."""
    swap = dict(zip(ACTOR_IDS, reversed(ACTOR_IDS), strict=True))
    edges = count_cooccurrences(make_corpus(), make_mentions(rows), within=within)
    swapped = count_cooccurrences(
        make_corpus(), make_mentions([(a, s, swap[actor], u) for a, s, actor, u in rows]), within=within
    )
    columns = ["source", "target", "n_windows", "n_source", "n_target"]
    back = {(swap[t], swap[s], n, nt, ns) for s, t, n, ns, nt in swapped[columns].to_numpy().tolist()}
    assert {tuple(row) for row in edges[columns].to_numpy().tolist()} == back


@pytest.mark.parametrize("within", list(WINDOWS))
@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("x", 0, "ann", "actor")],
        [("x", 0, "ann", "actor"), ("x", 0, "ann", "actor")],
        [("x", 0, "ann", "actor"), ("x", 0, "bo", "place")],
        [("x", 0, "ann", "actor"), ("y", 0, "bo", "actor")],
    ],
)
def test_nobody_meets(rows: list[Mention], within: str) -> None:
    edges = count_cooccurrences(make_corpus(), make_mentions(rows), within=within)
    assert len(edges) == 0
    assert list(edges.columns) == COLUMNS


@pytest.mark.parametrize("within", ["document", "", "Sentence"])
def test_an_unknown_window_is_an_error(within: str) -> None:
    with pytest.raises(
        InputError, match=f"^unknown window '{within}': expected one of sentence, paragraph, article$"
    ):
        count_cooccurrences(make_corpus(), make_mentions([]), within=within)

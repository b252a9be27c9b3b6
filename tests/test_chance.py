"""Mentions dealt anew within articles: what each draw keeps, and that every deal is as likely."""

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_association import step_up
from test_cooccurrence import (
    COLUMNS,
    CORPUS,
    MENTIONS,
    NOBODY,
    SIDES,
    WITHIN,
    Mention,
    as_tuples,
    count_pairs,
    few,
    make_corpus,
    make_mentions,
    windows_slowly,
)

from helpers import InputError, chance, compare_with_chance, count_cooccurrences
from helpers.chance import FIRST_SWEEPS, SWEEPS, trade

CHANCE = ["n_by_chance", "p_shuffled_these_articles", "q_shuffled_these_articles"]
Cells = list[tuple[int, int]]  # a row and an actor, none twice
CELLS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 4)), unique=True, max_size=24)
HOMES = st.lists(st.integers(0, 2), min_size=8, max_size=8)


@few(60)
@given(CELLS, HOMES, st.integers(0, 9))
def test_trades_keep_rows_actors_and_articles(cells: Cells, homes: list[int], seed: int) -> None:
    row, actor = (np.array([cell[i] for cell in cells], dtype=np.int64) for i in (0, 1))
    home = np.array(sorted(homes), dtype=np.int64)
    rng = np.random.default_rng(seed)
    traded = row
    for _ in range(5):
        traded = trade(traded, actor, home, rng)
    after = list(zip(traded.tolist(), actor.tolist(), strict=True))
    assert len(set(after)) == len(cells)
    assert Counter(r for r, _ in after) == Counter(r for r, _ in cells)
    assert Counter((home[r], a) for r, a in after) == Counter((home[r], a) for r, a in cells)


@pytest.mark.parametrize(
    ("cells", "n_tables"),
    [
        ([(0, 0), (0, 1), (1, 2), (1, 3)], 6),  # four actors on two rows of two
        ([(0, 0), (1, 1), (2, 2)], 6),  # three actors on three rows of one
        ([(0, 0), (0, 1), (1, 0), (2, 2)], 5),
    ],
)
def test_every_table_with_these_rows_and_actors_is_as_likely(cells: Cells, n_tables: int) -> None:
    row, actor = (np.array([cell[i] for cell in cells]) for i in (0, 1))
    rng, home = np.random.default_rng(1), np.zeros(int(row.max()) + 1, dtype=np.int64)
    seen: Counter[frozenset[tuple[int, int]]] = Counter()
    for _ in range(1_200):
        for _ in range(4):  # so that one draw says little of the next
            row = trade(row, actor, home, rng)
        seen[frozenset(zip(row.tolist(), actor.tolist(), strict=True))] += 1
    assert len(seen) == n_tables
    expected = 1_200 / n_tables
    assert max(abs(n - expected) for n in seen.values()) < 4.5 * expected**0.5


@few(40)
@given(MENTIONS, WITHIN, st.booleans(), st.sampled_from(["actor", None]))
def test_p_and_mean_are_those_of_the_draws_counted_by_sets(
    rows: list[Mention], within: str, rolled_up: bool, use: str | None
) -> None:
    draws: list[Any] = []
    with pytest.MonkeyPatch.context() as patch:

        def keep(row: Any, actor: Any, home: Any, rng: Any) -> Any:
            traded = trade(row, actor, home, rng)
            draws.append((traded.tolist(), actor.tolist()))
            return traded

        patch.setattr(chance, "trade", keep)
        found = compare_with_chance(
            CORPUS, make_mentions(rows), within, rolled_up=rolled_up, use=use, draws=7
        )
    edges = count_cooccurrences(CORPUS, make_mentions(rows), within, rolled_up=rolled_up, use=use)
    pd.testing.assert_frame_equal(found[COLUMNS], edges)
    assert len(draws) == (FIRST_SWEEPS + 6 * SWEEPS if len(edges) else 0)
    used = [
        (article, s, (SIDES[actor] or actor) if rolled_up else actor)
        for article, s, actor, how in rows
        if use in (None, how)
    ]
    unit = "sentence" if within.endswith("sentences") else within
    spans = {(w[0], w[1]): w[3] for w in windows_slowly(unit)}
    units = sorted(
        key for key, sentences in spans.items() if any(a == key[0] and s in sentences for a, s, _ in used)
    )
    ids = sorted({actor for _, _, actor in used})
    met = []
    for traded, actors in draws[FIRST_SWEEPS - 1 :: SWEEPS]:
        held: dict[tuple[str, int], set[str]] = {key: set() for key in units}
        for row, actor in zip(traded, actors, strict=True):
            held[units[row]].add(ids[actor])
        windows = [
            set().union(*(held.get((w[0], place), set()) for place in (w[3] if unit != within else [w[1]])))
            for w in windows_slowly(within)
        ]
        met.append(count_pairs(windows))
    pairs = as_tuples(found, ["source", "target", "n_windows"])
    p = [(1 + sum(draw[a, b] >= n for draw in met)) / 8 for a, b, n in pairs]
    assert found[CHANCE[1]].tolist() == pytest.approx(p)
    assert found[CHANCE[0]].tolist() == pytest.approx(
        [sum(draw[a, b] for draw in met) / 7 for a, b, _ in pairs]
    )
    assert found[CHANCE[2]].tolist() == pytest.approx(step_up(p, len(ids) * (len(ids) - 1) // 2))


def test_a_second_mention_in_a_sentence_changes_nothing() -> None:
    rows = [("x", s, a, "actor") for s, a in [(0, "ann"), (0, "bo"), (1, "cy"), (2, "ann"), (3, "di")]]
    one, other = (compare_with_chance(CORPUS, make_mentions(r), draws=50) for r in (rows, [*rows, rows[0]]))
    pd.testing.assert_frame_equal(one, other)


def test_no_actor_moves_to_another_article() -> None:
    """Where each article has one actor only, no draw lets any two meet who did not."""
    rows = [("x", s, "ann", "actor") for s in range(5)] + [("y", 0, "bo", "actor"), ("y", 0, "cy", "actor")]
    found = compare_with_chance(CORPUS, make_mentions(rows), draws=20)
    assert as_tuples(found, ["source", "target", *CHANCE]) == [("bo", "cy", 1.0, 1.0, 1.0)]


@few(25)
@given(MENTIONS, WITHIN, st.randoms(use_true_random=False))
def test_the_draws_do_not_hang_on_the_order_of_the_rows(
    rows: list[Mention], within: str, random: Any
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, other = (
        compare_with_chance(CORPUS, make_mentions(r).set_index(pd.Index([0] * len(r))), within, draws=5)
        for r in (rows, shuffled)
    )
    pd.testing.assert_frame_equal(one, other)


@few(15)
@given(MENTIONS)
def test_within_a_whole_article_nothing_can_change(rows: list[Mention]) -> None:
    found = compare_with_chance(CORPUS, make_mentions(rows), "article", draws=3)
    assert set(found[CHANCE[1]]) <= {1.0}
    assert found["n_by_chance"].tolist() == found["n_windows"].tolist()


def test_a_planted_pair_stands_out_and_no_other() -> None:
    """Ann and bo share their ten sentences; cy and di, and di and land, one of ten, as by chance."""
    corpus = make_corpus({"x": [("body", 40)]}, {"x": "Daily"})
    first = {"ann": 0, "bo": 0, "cy": 10, "di": 19, "land": 28}
    rows = [("x", at + s, actor, "actor") for actor, at in first.items() for s in range(10)]
    found = compare_with_chance(corpus, make_mentions(rows, corpus), draws=499)
    planted, *others = found.itertuples()
    assert [planted.source, planted.target, planted.n_windows] == ["ann", "bo", 10]
    assert planted.n_by_chance < 3
    assert planted.p_shuffled_these_articles == 1 / 500
    assert planted.q_shuffled_these_articles == pytest.approx(10 / 500)  # five actors make ten pairs
    assert [(row.source, row.target) for row in others] == [("cy", "di"), ("di", "land")]
    assert min(row.p_shuffled_these_articles for row in others) > 0.2


@pytest.mark.parametrize("rows", NOBODY)
def test_nobody_meets(rows: list[Mention]) -> None:
    found = compare_with_chance(CORPUS, make_mentions(rows), draws=2)
    assert len(found) == 0
    assert list(found.columns) == [*COLUMNS, *CHANCE]


@pytest.mark.parametrize("draws", [0, -3])
def test_too_few_draws_are_an_error(draws: int) -> None:
    with pytest.raises(InputError, match=f"^draws is {draws}: expected 1 or more$"):
        compare_with_chance(CORPUS, make_mentions([]), draws=draws)


def test_what_count_cooccurrences_refuses_is_refused() -> None:
    with pytest.raises(InputError, match=r"^unknown window 'page': expected one of sentence, paragraph,.*'$"):
        compare_with_chance(CORPUS, make_mentions([]), within="page")
    with pytest.raises(InputError, match=r"^unknown use 'any': expected 'actor', 'place', or None for both$"):
        compare_with_chance(CORPUS, make_mentions([]), use="any")

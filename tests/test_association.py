"""Weights of a pair: published numbers, exact sums, and their limits."""

import itertools
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from test_cooccurrence import COLUMNS, CORPUS, MENTIONS, NOBODY, as_tuples, few, make_mentions

from helpers import (
    Corpus,
    InputError,
    count_cooccurrences,
    hypergeometric_p,
    jaccard,
    npmi,
    weigh_cooccurrences,
)
from helpers.association import adjust_p

ADDED = ["jaccard", "npmi", "n_expected"]
P = ["p_these_articles", "q_these_articles"]


# n_both, n_source, n_target, n_all; what comes out.
@pytest.mark.parametrize(
    ("counts", "j", "n"),
    [
        ((8, 20, 10, 100), 8 / 22, 0.54887),
        ((2, 20, 10, 100), 2 / 28, 0.0),  # as often as if independent
        ((1, 20, 10, 100), 1 / 29, math.log(0.5) / math.log(100)),
        ((5, 5, 5, 100), 1.0, 1.0),  # never apart
        ((0, 20, 10, 100), 0.0, -1.0),  # never together
        ((0, 0, 10, 100), 0.0, -1.0),
        ((9, 9, 9, 9), 1.0, math.nan),  # everywhere
        ((4, 4, 8, 8), 0.5, 0.0),  # one is everywhere, and says nothing of the other
        ((0, 0, 0, 9), math.nan, -1.0),
        ((0, 0, 0, 0), math.nan, math.nan),  # nothing to count in
    ],
)
def test_jaccard_and_npmi_by_hand(counts: tuple[int, int, int, int], j: float, n: float) -> None:
    assert jaccard(*counts[:3]) == pytest.approx(j, abs=1e-12, nan_ok=True)
    assert npmi(*counts) == pytest.approx(n, abs=5e-6, nan_ok=True)


def test_the_numbers_of_the_methods() -> None:
    assert round(float(jaccard(8, 20, 10)), 4) == 0.3636
    assert round(float(npmi(8, 20, 10, 100)), 5) == 0.54887


@st.composite
def counts_of_a_pair(draw: Any) -> tuple[int, int, int, int]:
    """Windows with both, with each and all, as they can be."""
    n_all = draw(st.integers(1, 60))
    source, target = draw(st.integers(0, n_all)), draw(st.integers(0, n_all))
    both = draw(st.integers(max(0, source + target - n_all), min(source, target)))
    return both, source, target, n_all


@few(60)
@given(st.lists(counts_of_a_pair(), min_size=1, max_size=8))
def test_weights_by_their_formulas(rows: list[tuple[int, int, int, int]]) -> None:
    """A table at once as each row by itself, within the range, and alike from both ends."""
    both, source, target, n_all = (np.array(c) for c in zip(*rows, strict=True))
    for number, (b, s, t, n) in enumerate(rows):
        expected = Fraction(b, s + t - b) if s + t > b else math.nan
        assert jaccard(both, source, target)[number] == pytest.approx(float(expected), nan_ok=True)
        if b == n:
            value = math.nan
        elif b == 0:
            value = -1.0
        else:
            value = math.log(Fraction(b * n, s * t)) / -math.log(Fraction(b, n))
        assert npmi(both, source, target, n_all)[number] == pytest.approx(value, nan_ok=True, abs=1e-12)
        # The exact tail: all ways to draw the target's windows with so many marked ones or more.
        ways = sum(math.comb(s, k) * math.comb(n - s, t - k) for k in range(b, min(s, t) + 1))
        assert hypergeometric_p(both, source, target, n_all)[number] == pytest.approx(
            float(Fraction(ways, math.comb(n, t))), rel=1e-9
        )
    for weight in (jaccard(both, source, target), hypergeometric_p(both, source, target, n_all)):
        known = weight[~np.isnan(weight)]
        assert ((known >= 0) & (known <= 1)).all()
    np.testing.assert_array_equal(jaccard(both, source, target), jaccard(both, target, source))
    np.testing.assert_allclose(npmi(both, source, target, n_all), npmi(both, target, source, n_all))
    np.testing.assert_array_equal(
        hypergeometric_p(both, source, target, n_all), hypergeometric_p(both, target, source, n_all)
    )


@few(30)
@given(counts_of_a_pair())
def test_p_is_the_upper_tail_of_fishers_exact_test(counts: tuple[int, int, int, int]) -> None:
    both, source, target, n_all = counts
    table = [[both, source - both], [target - both, n_all - source - target + both]]
    expected = fisher_exact(table, alternative="greater").pvalue
    assert hypergeometric_p(*counts) == pytest.approx(expected, rel=1e-9)


def test_p_keeps_its_shape_and_its_limits() -> None:
    assert hypergeometric_p([[3, 0], [3, 4]], 4, 4, 8).tolist() == [
        [pytest.approx(17 / 70), 1.0],
        [pytest.approx(17 / 70), pytest.approx(1 / 70)],
    ]
    assert hypergeometric_p([], [], [], 9).shape == (0,)
    assert hypergeometric_p(9, 9, 9, 9) == 1
    # Far out in the tail, where 1 - cdf would be 0.
    assert hypergeometric_p(40, 40, 40, 1000) == pytest.approx(1 / math.comb(1000, 40), rel=1e-9)


def step_up(p: list[float], n_tested: int) -> list[float]:
    """Benjamini and Hochberg by hand: the smallest p m / rank among all p that are as large or larger."""
    everything = sorted([*p, *[1.0] * (n_tested - len(p))])
    scaled = [value * n_tested / rank for rank, value in enumerate(everything, start=1)]
    return [min(q for value, q in zip(everything, scaled, strict=True) if value >= own) for own in p]


@few(60)
@given(st.integers(2, 6), st.data())
def test_q_by_a_step_up_over_all_pairs_of_the_actors(n_actors: int, data: st.DataObject) -> None:
    n_pairs = math.comb(n_actors, 2)
    p = data.draw(
        st.lists(st.sampled_from([0.001, 0.01, 0.02, 0.04, 0.2, 0.9, 1.0]), min_size=1, max_size=n_pairs)
    )
    q = adjust_p(np.array(p), n_actors)
    assert q.tolist() == pytest.approx(step_up(p, n_pairs))
    assert all(a <= b <= 1 for a, b in zip(p, q, strict=True))


def test_q_of_nothing() -> None:
    assert adjust_p(np.array([]), 0).tolist() == []
    assert adjust_p(np.array([]), 3).tolist() == []
    assert adjust_p(np.array([0.25]), 2).tolist() == [0.25]


# The table.


@pytest.mark.parametrize(
    ("weight", "column"), [("raw", "n_windows"), ("jaccard", "jaccard"), ("npmi", "npmi")]
)
def test_the_weight_that_was_chosen(
    weight: str, column: str, toy: Corpus, toy_mentions: pd.DataFrame
) -> None:
    edges = count_cooccurrences(toy, toy_mentions)
    before = edges.copy()
    weighed = weigh_cooccurrences(edges, weight)
    pd.testing.assert_frame_equal(edges, before)
    assert list(weighed.columns) == [*COLUMNS, *ADDED, *P]
    assert weighed["weight"].tolist() == weighed[column].tolist()
    assert weighed["weight"].is_monotonic_decreasing
    assert weighed.index.tolist() == list(range(len(edges)))
    # Pairs of one weight stay in the order they came in.
    order = {pair: n for n, pair in enumerate(as_tuples(edges, ["source", "target"]))}
    keys = [(-w, order[a, b]) for a, b, w in as_tuples(weighed, ["source", "target", "weight"])]
    assert keys == sorted(keys)


def test_many_pairs_of_one_weight_stay_in_their_order() -> None:
    pairs = list(itertools.combinations("abcdefghijklmnop", 2))
    edges = pd.DataFrame(pairs, columns=["source", "target"]).assign(
        n_windows=[n % 3 + 1 for n in range(len(pairs))], n_source=9, n_target=9, n_all=50
    )
    weighed = weigh_cooccurrences(edges, "jaccard")
    order = sorted(range(len(pairs)), key=lambda n: (-(n % 3), n))
    assert as_tuples(weighed, ["source", "target"]) == [pairs[n] for n in order]


def test_the_toy_corpus_by_hand(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """Berg is in three of ten sentences, NRK in one, with her; seven actors make 21 pairs."""
    weighed = weigh_cooccurrences(count_cooccurrences(toy, toy_mentions)).set_index(["source", "target"])
    row = weighed.loc[("anna_berg", "nrk")]
    assert row[ADDED].tolist() == pytest.approx([1 / 3, math.log(10 / 3) / math.log(10), 0.3])
    assert row["p_these_articles"] == pytest.approx(0.3)
    # Stone and Norway: three of four and six sentences, so 80 + 15 of 210 ways.
    assert weighed.loc[("jon_stone", "norway"), P[0]] == pytest.approx(95 / 210)
    assert weighed[P[1]].tolist() == pytest.approx(step_up(weighed[P[0]].tolist(), 21))
    assert weigh_cooccurrences(weighed.reset_index()).columns.tolist() == [*COLUMNS, *ADDED, *P]


@few(40)
@given(MENTIONS, st.sampled_from([None, "outlet", "article_id"]), st.sampled_from(["raw", "jaccard", "npmi"]))
def test_a_table_of_random_mentions(rows: list[Any], by: str | None, weight: str) -> None:
    edges = count_cooccurrences(CORPUS, make_mentions(rows), by=by)
    weighed = weigh_cooccurrences(edges, weight)
    counts = ["n_windows", "n_source", "n_target", "n_all"]
    assert sorted(as_tuples(weighed, ["source", "target", *counts])) == sorted(
        as_tuples(edges, ["source", "target", *counts])
    )
    assert weighed["jaccard"].tolist() == jaccard(*(weighed[c] for c in counts[:3])).tolist()
    assert weighed["npmi"].tolist() == pytest.approx(
        npmi(*(weighed[c] for c in counts)).tolist(), nan_ok=True
    )
    assert weighed["n_expected"].tolist() == [s * t / n for s, t, n in as_tuples(weighed, counts[1:])]
    known = weighed["weight"].dropna()
    assert known.is_monotonic_decreasing
    assert weighed["weight"].iloc[: len(known)].notna().all()  # what is no number comes last
    # p over windows never stands beside outlets or articles.
    assert [c for c in weighed.columns if c in P] == ([] if by else P)
    if by is None and len(edges):
        n_actors = len({*edges["source"], *edges["target"]})
        assert weighed[P[0]].tolist() == pytest.approx(hypergeometric_p(*(weighed[c] for c in counts)))
        assert weighed[P[1]].tolist() == pytest.approx(
            step_up(weighed[P[0]].tolist(), math.comb(n_actors, 2))
        )


@pytest.mark.parametrize("rows", NOBODY)
@pytest.mark.parametrize("weight", ["raw", "jaccard", "npmi"])
def test_nobody_meets(rows: list[Any], weight: str) -> None:
    weighed = weigh_cooccurrences(count_cooccurrences(CORPUS, make_mentions(rows)), weight)
    assert len(weighed) == 0
    assert list(weighed.columns) == [*COLUMNS, *ADDED, *P]


def test_one_window_tells_nothing() -> None:
    rows = [("y", 0, "ann", "actor"), ("y", 1, "bo", "actor")]
    edges = count_cooccurrences(CORPUS, make_mentions(rows), "article", by="article_id")
    weighed = weigh_cooccurrences(edges, "npmi")
    assert weighed["jaccard"].tolist() == [1.0]
    assert weighed["npmi"].isna().tolist() == [True]
    assert weighed["weight"].isna().tolist() == [True]


# Errors.


@pytest.mark.parametrize("weight", ["n_windows", "NPMI", ""])
def test_an_unknown_weight_is_an_error(weight: str) -> None:
    edges = count_cooccurrences(CORPUS, make_mentions([]))
    with pytest.raises(InputError, match=f"^unknown weight '{weight}': expected one of raw, jaccard, npmi$"):
        weigh_cooccurrences(edges, weight)


@pytest.mark.parametrize("column", ["n_windows", "n_source", "n_target", "n_all"])
def test_a_column_that_is_missing_is_an_error(column: str) -> None:
    edges = count_cooccurrences(CORPUS, make_mentions([])).drop(columns=column)
    message = rf"^the edges lack the column '{column}': expected a table from count_cooccurrences$"
    with pytest.raises(InputError, match=message):
        weigh_cooccurrences(edges)


def test_npmi_stays_within_its_range_to_the_last_digit() -> None:
    n_all = np.arange(1, 31)
    both, total = np.meshgrid(n_all, n_all)
    values = npmi(both[both < total], both[both < total], both[both < total], total[both < total])
    assert values.max() == 1
    assert values.min() > -1

"""Pairs that stand out: the disparity filter by its formula."""

import itertools
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cooccurrence import (
    few,
)

from helpers import (
    Corpus,
    InputError,
    count_cooccurrences,
    find_backbone,
    weigh_cooccurrences,
)

Edge = tuple[str, str, float]
CHANCE = ["n_by_chance", "p_shuffled_these_articles", "q_shuffled_these_articles"]


def make_edges(rows: list[Edge]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["source", "target", "weight"]).astype({"weight": "float64"})


# The disparity filter.


def test_the_number_of_the_methods() -> None:
    """A tie of 6 of 10 of an actor with three ties; its other end has no other, and says nothing."""
    found = find_backbone(make_edges([("a", "b", 6), ("a", "c", 3), ("a", "d", 1)]), alpha=0.2)
    assert found["alpha"].tolist() == pytest.approx([0.16, 0.49, 0.81])
    assert found["in_backbone"].tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("rows", "alphas"),
    [
        ([("a", "b", 5)], [1.0]),  # both ends of degree 1
        ([("a", "b", 3), ("a", "c", 1)], [0.25, 0.75]),
        ([("a", "b", 3), ("a", "c", 1), ("a", "d", 0)], [0.25, 0.75, 1.0]),  # 0 is no tie: not of degree 3
        ([("a", "b", 0), ("a", "c", 0)], [1.0, 1.0]),
        ([("a", "b", 4), ("b", "c", 1), ("c", "d", 1)], [0.2, 0.5, 0.5]),  # the smaller of its two ends
        ([], []),
    ],
)
def test_alphas_by_hand(rows: list[Edge], alphas: list[float]) -> None:
    assert find_backbone(make_edges(rows))["alpha"].tolist() == pytest.approx(alphas)


GRAPHS: st.SearchStrategy[list[Edge]] = st.dictionaries(
    st.sampled_from(list(itertools.combinations("abcde", 2))), st.integers(0, 9), max_size=10
).map(lambda ties: [(*pair, weight) for pair, weight in ties.items()])


@few(60)
@given(GRAPHS, st.sampled_from([0.05, 0.3, 1.0]))
def test_alphas_by_the_published_formula(rows: list[Edge], level: float) -> None:
    """Exact fractions, each end by itself."""
    expected = []
    for source, target, weight in rows:
        alphas = [Fraction(1)]
        for end in (source, target):
            ties = [Fraction(w) for a, b, w in rows if end in (a, b) and w > 0]
            if weight > 0 and len(ties) > 1:
                alphas.append((1 - Fraction(weight) / sum(ties)) ** (len(ties) - 1))
        expected.append(min(alphas))
    edges = make_edges(rows).assign(note="kept")
    found = find_backbone(edges, level)
    assert found["alpha"].tolist() == pytest.approx([float(a) for a in expected])
    # Alphas at the level itself are told apart by the last digit.
    for alpha, kept in zip(expected, found["in_backbone"], strict=True):
        assert kept == (alpha < level) or (level < 1 and abs(float(alpha) - level) < 1e-9)
    pd.testing.assert_frame_equal(found[["source", "target", "weight", "note"]], edges)


@few(30)
@given(GRAPHS, st.sampled_from([0.5, 3.0, 1000.0]), st.randoms(use_true_random=False))
def test_alphas_do_not_hang_on_the_unit_or_the_order(rows: list[Edge], factor: float, random: Any) -> None:
    edges = make_edges(rows)
    alphas = find_backbone(edges)["alpha"].tolist()
    scaled = find_backbone(edges.assign(weight=edges["weight"] * factor))
    assert scaled["alpha"].tolist() == pytest.approx(alphas)
    order = list(range(len(rows)))
    random.shuffle(order)
    shuffled = find_backbone(edges.iloc[order]).sort_index()
    assert shuffled["alpha"].tolist() == pytest.approx(alphas)
    turned = find_backbone(edges.rename(columns={"source": "target", "target": "source"}))
    assert turned["alpha"].tolist() == pytest.approx(alphas)


def test_the_backbone_is_a_choice_of_the_weighed_pairs(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    edges = weigh_cooccurrences(count_cooccurrences(toy, toy_mentions, "article"), "jaccard")
    found = find_backbone(edges, 1.0)
    assert list(found.columns) == [*edges.columns, "alpha", "in_backbone"]
    assert not find_backbone(edges)["in_backbone"].any()  # small graphs lose every pair
    assert found["in_backbone"].all()


@pytest.mark.parametrize(("weight", "shown"), [(-0.5, "-0.5"), (float("nan"), "nan"), (-1e-9, "-1e-09")])
def test_a_weight_that_is_negative_or_missing_is_an_error(weight: float, shown: str) -> None:
    edges = make_edges([("a", "b", 2), ("b", "c", weight), ("c", "d", -7)])
    message = (
        rf"^the weight of 'b' and its partner is {shown}: the disparity filter needs weights of 0 or more, "
        r"such as weigh_cooccurrences\(edges, 'raw'\)$"
    )
    with pytest.raises(InputError, match=message):
        find_backbone(edges)


@pytest.mark.parametrize("alpha", [0, -0.1, 1.1, float("nan")])
def test_a_level_outside_its_range_is_an_error(alpha: float) -> None:
    with pytest.raises(InputError, match=rf"^alpha is {alpha}: expected a level above 0, to 1$"):
        find_backbone(make_edges([("a", "b", 1)]), alpha)


@pytest.mark.parametrize("column", ["source", "target", "weight"])
def test_a_column_that_is_missing_is_an_error(column: str) -> None:
    message = rf"^the edges lack the column '{column}': expected a table from count_cooccurrences$"
    with pytest.raises(InputError, match=message):
        find_backbone(make_edges([("a", "b", 1)]).drop(columns=column))


def test_several_graphs_in_one_table_are_an_error(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    edges = count_cooccurrences(toy, toy_mentions, by="outlet")
    message = r"^a pair stands twice in the edges: take those of one outlet, article or window at a time$"
    with pytest.raises(InputError, match=message):
        find_backbone(edges)
    assert len(find_backbone(edges[edges["outlet"] == "Daily"])) == 9

"""Pairs that stand out: the disparity filter by its formula, and mentions dealt anew within articles."""

import itertools
from collections import Counter
from fractions import Fraction
from typing import Any

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

from helpers import (
    Corpus,
    InputError,
    compare_with_chance,
    count_cooccurrences,
    find_backbone,
    weigh_cooccurrences,
)
from helpers.cooccurrence import Incidence

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


# Mentions dealt anew.


class Spy:
    """Keeps the actors of every draw, and the rows they were dealt to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.draws: list[tuple[Incidence, list[str]]] = []
        matrix = Incidence.matrix

        def keep(incidence: Incidence, actor: Any = None, rows: Any = slice(None)) -> Any:
            if actor is not None:
                self.draws.append((incidence, incidence.actor_ids[actor].tolist()))
            return matrix(incidence, actor, rows)

        monkeypatch.setattr(Incidence, "matrix", keep)


@few(40)
@given(MENTIONS, WITHIN, st.booleans(), st.sampled_from(["actor", None]))
def test_each_draw_keeps_what_it_should(
    rows: list[Mention], within: str, rolled_up: bool, use: str | None
) -> None:
    """Actors an article, mentions a window; and p and mean are those of the draws, counted by sets."""
    with pytest.MonkeyPatch.context() as patch:
        spy = Spy(patch)
        found = compare_with_chance(
            CORPUS, make_mentions(rows), within, rolled_up=rolled_up, use=use, draws=7
        )
    edges = count_cooccurrences(CORPUS, make_mentions(rows), within, rolled_up=rolled_up, use=use)
    pd.testing.assert_frame_equal(found[COLUMNS], edges)
    assert len(spy.draws) == (7 if len(edges) else 0)
    used = [
        (article, s, (SIDES[actor] or actor) if rolled_up else actor)
        for article, s, actor, how in rows
        if use in (None, how)
    ]
    spans = {(w[0], w[1]): w[3] for w in windows_slowly(within)}
    met = []
    for incidence, actors in spy.draws:
        articles = incidence.article_ids[incidence.article].tolist()
        of_mention: dict[int, tuple[str, str]] = {}
        windows: dict[tuple[str, int], list[tuple[int, str]]] = {}
        for mention, article, place, actor in zip(
            incidence.mention.tolist(), articles, incidence.place.tolist(), actors, strict=True
        ):
            # A mention in several windows is the same actor in all of them.
            assert of_mention.setdefault(mention, (article, actor)) == (article, actor)
            windows.setdefault((article, place), []).append((mention, actor))
        assert Counter(of_mention.values()) == Counter((article, actor) for article, _, actor in used)
        assert {key: len(mentions) for key, mentions in windows.items()} == {
            key: n
            for key, sentences in spans.items()
            if (n := sum(article == key[0] and s in sentences for article, s, _ in used))
        }
        met.append(count_pairs([{actor for _, actor in mentions} for mentions in windows.values()]))
    n_actors = len({actor for _, _, actor in used})
    pairs = as_tuples(found, ["source", "target", "n_windows"])
    p = [(1 + sum(draw[a, b] >= n for draw in met)) / 8 for a, b, n in pairs]
    assert found[CHANCE[1]].tolist() == pytest.approx(p)
    assert found[CHANCE[0]].tolist() == pytest.approx(
        [sum(draw[a, b] for draw in met) / 7 for a, b, _ in pairs]
    )
    assert found[CHANCE[2]].tolist() == pytest.approx(step_up(p, n_actors * (n_actors - 1) // 2))
    assert all(1 / 8 <= value <= 1 for value in p)


def test_every_deal_of_an_article_is_as_likely(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four actors on two sentences of two places: two given ones share one in a third of the deals."""
    rows = [("x", s, a, "actor") for s, a in [(0, "ann"), (0, "bo"), (3, "cy"), (3, "di")]]
    spy = Spy(monkeypatch)
    found = compare_with_chance(CORPUS, make_mentions(rows), draws=900)
    # 300 of 900 expected, with a standard deviation of 14.
    assert found["n_by_chance"].tolist() == pytest.approx([1 / 3, 1 / 3], abs=4 * 14 / 900)
    assert found[CHANCE[1]].tolist() == pytest.approx([1 / 3, 1 / 3], abs=4 * 14 / 900)
    assert len({tuple(actors) for _, actors in spy.draws}) == 24
    assert len(set(Counter(tuple(actors) for _, actors in spy.draws).values())) > 1


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

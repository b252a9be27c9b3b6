"""Networks: a published graph, graphs small enough for brute force, and the same result everywhere."""

import itertools
import math
import os
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cooccurrence import CORPUS, NOBODY, WITHINS, Mention, as_tuples, few, make_mentions

from helpers import (
    Corpus,
    InputError,
    compare_windows,
    count_cooccurrences,
    find_communities,
    measure_actors,
    place_actors,
    weigh_cooccurrences,
)
from helpers import network as module
from helpers.network import build_graph

Edge = tuple[str, str, float]
MEASURES = [
    "actor_id", "actor", "within", "n_partners", "strength", "betweenness", "eigenvector", "community",
    "modularity",
]  # fmt: skip


def make_edges(rows: list[Edge]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["source", "target", "weight"]).astype(
        {"source": "str", "target": "str", "weight": "float64"}
    )


def make_club() -> pd.DataFrame:
    """Zachary's karate club, without weights, its 34 members by number."""
    return make_edges([(f"m{a:02d}", f"m{b:02d}", 1) for a, b in nx.karate_club_graph().edges])


CLIQUES = make_edges(
    [(*pair, 3) for group in ("abcd", "efgh") for pair in itertools.combinations(group, 2)] + [("d", "e", 1)]
)


# The graph.


def test_actors_and_ties_come_in_alphabetical_order() -> None:
    graph = build_graph(
        make_edges([("c", "d", 2), ("b", "c", 0), ("a", "c", -1), ("a", "b", 1), ("e", "f", math.nan)])
    )
    assert list(graph.nodes) == ["a", "b", "c", "d", "e", "f"]
    assert list(graph.edges(data="weight")) == [("a", "b", 1.0), ("c", "d", 2.0)]


# Communities and measures.


def test_the_karate_club() -> None:
    club = make_club()
    communities = find_communities(club)
    assert communities["modularity"].unique().round(4).tolist() == [0.4198]
    assert communities["community"].nunique() == 4
    measures = measure_actors(club).set_index("actor_id")
    assert round(measures.loc["m00", "betweenness"], 4) == 0.4376
    assert round(measures.loc["m33", "eigenvector"], 4) == 0.3734
    assert measures.loc["m33", ["n_partners", "strength"]].tolist() == [17, 17]
    assert measures.index[0] == "m33"


def test_two_cliques_and_a_bridge() -> None:
    communities = find_communities(CLIQUES)
    assert as_tuples(communities, ["actor_id", "community"]) == [(a, 1) for a in "abcd"] + [
        (a, 2) for a in "efgh"
    ]
    # 36 of 37 inside, half of it in each.
    assert communities["modularity"].tolist() == pytest.approx([36 / 37 - 1 / 2] * 8)
    measures = measure_actors(CLIQUES).set_index("actor_id")
    assert measures.index.tolist()[:2] == ["d", "e"]
    # Of 21 pairs of others 12 lie on either side of d: three times four.
    assert measures["betweenness"].to_dict() == {a: 12 / 21 if a in "de" else 0 for a in "abcdefgh"} | {
        a: pytest.approx(12 / 21) for a in "de"
    }
    assert measures.loc["d", ["n_partners", "strength"]].tolist() == [4, 10.0]


def test_an_actor_without_ties_is_a_group_of_its_own() -> None:
    """Nor is a pair that meets less than by chance a tie."""
    edges = make_edges([("a", "b", 2), ("b", "c", -0.5), ("c", "d", 0)])
    measures = measure_actors(edges)
    assert as_tuples(measures, ["actor_id", "n_partners", "strength", "betweenness", "community"]) == [
        ("a", 1, 2.0, 0.0, 1), ("b", 1, 2.0, 0.0, 1), ("c", 0, 0.0, 0.0, 2), ("d", 0, 0.0, 0.0, 3),
    ]  # fmt: skip
    assert measures["eigenvector"].tolist() == pytest.approx([math.sqrt(0.5), math.sqrt(0.5), 0, 0], abs=1e-6)


def test_without_any_tie_there_is_no_modularity() -> None:
    communities = find_communities(make_edges([("a", "b", -1)]))
    assert communities["community"].tolist() == [1, 2]
    assert communities["modularity"].isna().all()


def test_the_group_of_greatest_strength_is_the_first() -> None:
    """Not that of most actors, nor the first in the alphabet."""
    edges = make_edges([("a", "b", 1), ("b", "c", 1), ("a", "c", 1), ("y", "z", 9)])
    assert as_tuples(find_communities(edges), ["actor_id", "community"]) == [
        ("a", 2), ("b", 2), ("c", 2), ("y", 1), ("z", 1),
    ]  # fmt: skip


# Lengths 1, 1/2 and 1/4 add up exactly, so that paths of one length are of one length.
GRAPHS: st.SearchStrategy[list[Edge]] = st.dictionaries(
    st.sampled_from(list(itertools.combinations("abcdef", 2))), st.sampled_from([1, 2, 4, 0, -1]), max_size=15
).map(lambda ties: [(*pair, weight) for pair, weight in ties.items()])


def betweenness_slowly(actors: list[str], ties: dict[tuple[str, str], int]) -> dict[str, float]:
    """All simple paths between all two others, as fractions."""
    length = {(a, b): Fraction(1, w) for pair, w in ties.items() for a, b in (pair, pair[::-1])}
    shares = dict.fromkeys(actors, Fraction(0))
    for start, end in itertools.combinations(actors, 2):
        paths: list[tuple[Fraction, tuple[str, ...]]] = []
        for n in range(len(actors) - 1):
            for middle in itertools.permutations([a for a in actors if a not in (start, end)], n):
                steps = list(itertools.pairwise((start, *middle, end)))
                if all(step in length for step in steps):
                    paths.append((sum((length[s] for s in steps), Fraction(0)), middle))
        shortest = [middle for size, middle in paths if size == min(paths)[0]]
        for actor in actors:
            if shortest:
                shares[actor] += Fraction(sum(actor in middle for middle in shortest), len(shortest))
    pairs = math.comb(max(len(actors) - 1, 0), 2)
    return {actor: float(share / pairs) if pairs else 0.0 for actor, share in shares.items()}


@few(40)
@given(GRAPHS)
def test_measures_by_brute_force(rows: list[Edge]) -> None:
    measures = measure_actors(make_edges(rows))
    actors = sorted({a for row in rows for a in row[:2]})
    ties = {(a, b): int(w) for a, b, w in rows if w > 0}
    matrix = np.array([[ties.get((a, b), ties.get((b, a), 0)) for b in actors] for a in actors], dtype=float)
    strength = {a: matrix[i].sum() for i, a in enumerate(actors)}
    assert measures["actor_id"].tolist() == sorted(actors, key=lambda a: (-strength[a], a))
    assert measures["strength"].tolist() == [strength[a] for a in measures["actor_id"]]
    assert measures["n_partners"].tolist() == [
        (matrix[actors.index(a)] > 0).sum() for a in measures["actor_id"]
    ]
    between = betweenness_slowly(actors, ties)
    assert measures["betweenness"].tolist() == pytest.approx(
        [between[a] for a in measures["actor_id"]], abs=1e-9
    )
    if actors:
        vector = measures.set_index("actor_id").loc[actors, "eigenvector"].to_numpy()
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
        assert (vector >= 0).all()
        np.testing.assert_allclose(matrix @ vector, np.linalg.eigvalsh(matrix).max() * vector, atol=2e-3)


@few(40)
@given(GRAPHS)
def test_modularity_by_its_formula(rows: list[Edge]) -> None:
    communities = find_communities(make_edges(rows))
    group = dict(as_tuples(communities, ["actor_id", "community"]))
    ties = [(a, b, w) for a, b, w in rows if w > 0]
    total = sum(w for *_, w in ties)
    assert list(group) == sorted(group)
    strength = dict.fromkeys(group.values(), 0.0)
    for a, b, w in ties:
        strength[group[a]] += w
        strength[group[b]] += w
    assert sorted(strength) == list(range(1, len(strength) + 1))
    assert [strength[n] for n in sorted(strength)] == sorted(strength.values(), reverse=True)
    if not total:
        assert communities["modularity"].isna().all()
        return
    inside = sum(w for a, b, w in ties if group[a] == group[b])
    quality = inside / total - sum((s / (2 * total)) ** 2 for s in strength.values())
    assert communities["modularity"].tolist() == pytest.approx([quality] * len(group))
    # Louvain's method starts from each actor by itself, and from there it only rises.
    degree = {a: sum(w for x, y, w in ties if a in (x, y)) for a in group}
    assert quality >= -sum((s / (2 * total)) ** 2 for s in degree.values()) - 1e-9


def test_the_best_of_twenty_runs_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """One run from so many pairs on, and betweenness is not measured there."""
    seeds = []
    louvain: Callable[..., Any] = nx.community.louvain_communities

    def run(graph: Any, seed: int) -> Any:
        seeds.append(seed)
        nodes = set(graph.nodes)
        return louvain(graph, seed=seed) if seed == 13 else [{node} for node in nodes]

    monkeypatch.setattr(nx.community, "louvain_communities", run)
    assert find_communities(CLIQUES)["community"].nunique() == 2
    assert seeds == list(range(20))
    seeds.clear()
    monkeypatch.setattr(module, "MOST_TIES", len(CLIQUES) + 1)
    assert measure_actors(CLIQUES)["betweenness"].notna().all()
    assert len(seeds) == 20
    seeds.clear()
    monkeypatch.setattr(module, "MOST_TIES", len(CLIQUES))
    measures = measure_actors(CLIQUES)
    assert seeds == [0]
    assert measures["betweenness"].isna().all()
    assert measures["strength"].notna().all()


def test_an_eigenvector_that_does_not_settle_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise nx.PowerIterationFailedConvergence(2000)

    monkeypatch.setattr(nx, "eigenvector_centrality", fail)
    measures = measure_actors(CLIQUES)
    assert measures["eigenvector"].isna().all()
    assert measures["eigenvector"].dtype == "float64"


def test_names_and_windows_are_those_of_the_edges(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    edges = count_cooccurrences(toy, toy_mentions, "paragraph")
    measures = measure_actors(edges)
    assert list(measures.columns) == MEASURES
    assert measures["actor"].tolist() == [toy.actors[a].name for a in measures["actor_id"]]
    assert set(measures["within"]) == {"paragraph"}
    assert len(measures) == 7
    bare = measure_actors(edges[["source", "target", "weight"]])
    assert bare["actor"].tolist() == bare["actor_id"].tolist()
    assert set(bare["within"]) == {"window"}
    mixed = edges.assign(within=["sentence", *edges["within"].iloc[1:]])
    assert set(measure_actors(mixed)["within"]) == {"window"}


def test_no_edges_are_no_actors() -> None:
    for edges in (make_edges([]), count_cooccurrences(CORPUS, make_mentions([]))):
        assert list(measure_actors(edges).columns) == MEASURES
        assert len(measure_actors(edges)) == 0
        assert list(find_communities(edges).columns) == ["actor_id", "community", "modularity"]
        assert len(find_communities(edges)) == 0


# Several windows.


@pytest.mark.parametrize("weight", ["raw", "npmi"])
def test_windows_are_measured_one_by_one(weight: str, toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    windows = ("paragraph", "2 sentences", "sentence")
    places = compare_windows(toy, toy_mentions, windows, weight=weight, rolled_up=False, use=None)
    assert list(places.columns) == [*MEASURES, "strength_rank", "betweenness_rank"]
    assert places["within"].drop_duplicates().tolist() == list(windows)
    for within in windows:
        edges = count_cooccurrences(toy, toy_mentions, within, use=None)
        alone = measure_actors(weigh_cooccurrences(edges, weight))
        part = places[places["within"] == within].reset_index(drop=True)
        pd.testing.assert_frame_equal(part[MEASURES], alone)
        for measure in ("strength", "betweenness"):
            values = part[measure].tolist()
            assert part[f"{measure}_rank"].tolist() == [1 + sum(v > own for v in values) for own in values]


def test_four_windows_are_compared_unless_told_otherwise(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    places = compare_windows(toy, toy_mentions, rolled_up=True)
    assert places["within"].drop_duplicates().tolist() == ["sentence", "3 sentences", "paragraph", "article"]
    assert set(places["actor_id"]) == {"norway", "east_borduria", "west_borduria"}


def test_a_rank_of_what_is_not_measured_is_missing(
    toy: Corpus, toy_mentions: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_TIES", 1)
    places = compare_windows(toy, toy_mentions, ["sentence"])
    assert places["betweenness_rank"].isna().all()
    assert places["strength_rank"].min() == 1


@pytest.mark.parametrize("rows", NOBODY)
def test_windows_in_which_nobody_meets(rows: list[Mention]) -> None:
    places = compare_windows(CORPUS, make_mentions(rows), WITHINS)
    assert len(places) == 0
    assert list(places.columns) == [*MEASURES, "strength_rank", "betweenness_rank"]


# Where to draw them.


@few(20)
@given(GRAPHS, st.randoms(use_true_random=False))
def test_places_lie_in_the_square_and_do_not_hang_on_the_order(rows: list[Edge], random: Any) -> None:
    edges = make_edges(rows)
    placed = place_actors(edges)
    assert list(placed.columns) == ["actor_id", "x", "y"]
    assert placed["actor_id"].tolist() == sorted({a for row in rows for a in row[:2]})
    for axis in ("x", "y"):
        assert placed[axis].between(0, 1).all()
        assert [placed[axis].min(), placed[axis].max()] == [0, 1] or not len(placed)
    apart = [np.hypot(*(a - b)) for a, b in itertools.combinations(placed[["x", "y"]].to_numpy(), 2)]
    assert min(apart, default=1) > 0.4 / math.sqrt(len(placed) or 1)  # so that marks do not cover each other
    order = list(range(len(rows)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(place_actors(edges.iloc[order]), placed)
    pd.testing.assert_frame_equal(find_communities(edges.iloc[order]), find_communities(edges))
    pd.testing.assert_frame_equal(measure_actors(edges.iloc[order]), measure_actors(edges))


def test_one_pair_has_two_places() -> None:
    placed = place_actors(make_edges([("a", "b", 1)]))
    assert sorted(placed["x"]) == [0, 1]
    assert sorted(placed["y"]) == [0, 1]
    apart = place_actors(make_edges([("a", "b", 0)]))  # without a tie they are drawn all the same
    assert sorted(apart["x"]) == [0, 1]


def test_nobody_has_no_place() -> None:
    placed = place_actors(make_edges([]))
    assert list(placed.columns) == ["actor_id", "x", "y"]
    assert len(placed) == 0
    assert placed[["x", "y"]].dtypes.tolist() == ["float64", "float64"]


def test_those_who_meet_are_drawn_near_each_other() -> None:
    placed = place_actors(CLIQUES).set_index("actor_id")
    distance = {
        pair: math.dist(placed.loc[pair[0]], placed.loc[pair[1]])
        for pair in itertools.combinations("abcdefgh", 2)
    }
    inside = [d for (a, b), d in distance.items() if (a in "abcd") == (b in "abcd")]
    across = [d for (a, b), d in distance.items() if (a in "abcd") != (b in "abcd")]
    assert np.mean(inside) < 0.6 * np.mean(across)


def test_a_graph_of_uneven_weights_does_not_hang_on_the_order() -> None:
    """Weights that add up to another last digit in another order."""
    club = make_club()
    club["weight"] = [(0.1, 0.3, 0.7, 1 / 3)[n % 4] for n in range(len(club))]
    shuffled = club.sample(frac=1, random_state=2)
    for make in (measure_actors, find_communities, place_actors):
        pd.testing.assert_frame_equal(make(shuffled), make(club), check_exact=True)


# The same in every process: strings hash differently in each.

SCRIPT = """
import sys
import pandas as pd
from helpers import find_communities, measure_actors, place_actors
edges = pd.read_csv(sys.argv[1])
for make in (measure_actors, find_communities, place_actors):
    print(make(edges).to_csv(index=False, float_format=repr))
"""


def test_another_process_finds_the_same(tmp_path: Path) -> None:
    edges = make_club()
    edges.to_csv(tmp_path / "edges.csv", index=False)
    source = str(Path(module.__file__).parents[1])
    there = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "edges.csv")],
        env={**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": source},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    here = "".join(
        make(edges).to_csv(index=False, float_format=repr) + "\n"
        for make in (measure_actors, find_communities, place_actors)
    )
    assert there == here


# Errors.

NETWORKS = [build_graph, find_communities, measure_actors, place_actors]


@pytest.mark.parametrize("make", NETWORKS)
@pytest.mark.parametrize("column", ["source", "target", "weight"])
def test_a_column_that_is_missing_is_an_error(make: Callable[..., Any], column: str) -> None:
    message = rf"^the edges lack the column '{column}': expected a table from count_cooccurrences$"
    with pytest.raises(InputError, match=message):
        make(CLIQUES.drop(columns=column))


@pytest.mark.parametrize("make", NETWORKS)
def test_a_pair_that_stands_twice_is_an_error(make: Callable[..., Any]) -> None:
    message = r"^a pair stands twice in the edges: take those of one outlet, article or window at a time$"
    with pytest.raises(InputError, match=message):
        make(pd.concat([CLIQUES, CLIQUES.iloc[[3]]]))


def test_no_window_is_an_error(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    message = r"^windows is empty: expected some such as 'sentence', 'paragraph'$"
    with pytest.raises(InputError, match=message):
        compare_windows(toy, toy_mentions, [])
    with pytest.raises(InputError, match=r"^unknown weight 'w': expected one of raw, jaccard, npmi$"):
        compare_windows(toy, toy_mentions, weight="w")


def test_paths_of_one_length_are_seen_as_such_where_floats_would_round() -> None:
    pairs = [("a", "b", 6), ("a", "c", 10), ("b", "c", 15)]  # 1/10 + 1/15 = 1/6
    measures = measure_actors(pd.DataFrame(pairs, columns=["source", "target", "weight"]))
    assert measures.set_index("actor_id").loc["c", "betweenness"] == 0.5


def test_a_pair_named_both_ways_is_twice() -> None:
    pairs = pd.DataFrame([("a", "b", 2), ("b", "a", 5)], columns=["source", "target", "weight"])
    with pytest.raises(InputError, match=r"^a pair stands twice in the edges: take those of one outlet,"):
        build_graph(pairs)

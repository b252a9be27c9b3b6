"""What the pairs make together: who links whom, which groups form, where to draw each actor."""

import math
from collections.abc import Sequence
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from .association import weigh_cooccurrences
from .cooccurrence import check_edges, count_cooccurrences, find_window
from .corpus import Corpus
from .errors import InputError

# Louvain's method hangs on the order in which it looks at the actors: the best of so many orders.
COMMUNITY_SEEDS = 20
LAYOUT_SEED = 7
# From here on paths and groups would take minutes and more.
MOST_TIES = 20_000


def build_graph(edges: pd.DataFrame) -> Any:
    """Make a networkx graph of the pairs whose weight is above 0; its actors in alphabetical order.

    Parameters
    ----------
    edges : DataFrame
        A row a pair: source, target, weight.

    Returns
    -------
    networkx.Graph
        Every actor of the table; each edge with its weight.

    Raises
    ------
    InputError
        A missing column; a pair twice, as in a table counted by outlet.

    Examples
    --------
    >>> edges = pd.DataFrame([("a", "b", 2), ("b", "c", 0)], columns=["source", "target", "weight"])
    >>> graph = build_graph(edges)
    >>> list(graph.nodes), list(graph.edges(data="weight"))
    (['a', 'b', 'c'], [('a', 'b', 2.0)])
    """
    check_edges(edges, ("source", "target", "weight"))
    graph: Any = nx.Graph()
    graph.add_nodes_from(sorted({*edges["source"], *edges["target"]}))
    ties = edges[edges["weight"] > 0].sort_values(["source", "target"])
    graph.add_weighted_edges_from(
        (source, target, float(weight))
        for source, target, weight in ties[["source", "target", "weight"]].itertuples(index=False)
    )
    return graph


def find_communities(edges: pd.DataFrame) -> pd.DataFrame:
    """Group actors who are mentioned together more than their ties would make likely.

    Louvain's method: groups are joined as long as that raises the modularity Q = sum over groups of
    [w_inside / w - (s / 2w)^2], w the weight of all pairs, s the strength of the group's actors.

    Parameters
    ----------
    edges : DataFrame
        A row a pair: source, target, weight; pairs of weight 0 or below are no ties.

    Returns
    -------
    DataFrame
        A row an actor, by actor_id: actor_id, community (1 is the group of greatest strength), modularity
        (of the whole; the same in each row; not a number without ties), from -0.5 to 1. Of 20 seeded runs
        (one, from 20,000 pairs on) the one of greatest modularity. An actor without ties is a group of
        its own. Modularity is above 0 in random graphs too, and graphs of unlike size do not compare.

    References
    ----------
    Blondel, Guillaume, Lambiotte & Lefebvre (2008), "Fast unfolding of communities in large networks";
    Newman & Girvan (2004), "Finding and evaluating community structure in networks".

    Examples
    --------
    >>> pairs = [("a", "b", 5), ("b", "c", 5), ("a", "c", 5), ("c", "d", 1), ("d", "e", 5)]
    >>> find_communities(pd.DataFrame(pairs, columns=["source", "target", "weight"]))["community"].tolist()
    [1, 1, 1, 2, 2]
    """
    graph = build_graph(edges)
    ids = list(graph.nodes)
    # Whole numbers come out of sets in the same order in every process, strings do not.
    numbered = nx.convert_node_labels_to_integers(graph)
    best: list[set[int]] = [{node} for node in numbered]
    quality = math.nan
    if numbered.number_of_edges():
        seeds = COMMUNITY_SEEDS if numbered.number_of_edges() < MOST_TIES else 1
        found = [nx.community.louvain_communities(numbered, seed=seed) for seed in range(seeds)]
        qualities = [round(nx.community.modularity(numbered, groups), 12) for groups in found]
        quality = max(qualities)
        best = found[qualities.index(quality)]
    strength = dict(numbered.degree(weight="weight"))
    best = sorted(best, key=lambda group: (-round(sum(strength[node] for node in group), 9), min(group)))
    community = {node: number for number, group in enumerate(best, start=1) for node in group}
    return pd.DataFrame(
        {
            "actor_id": pd.Series(ids, dtype="str"),
            "community": pd.Series([community[node] for node in numbered], dtype="int64"),
            "modularity": quality,
        }
    )


def measure_actors(edges: pd.DataFrame) -> pd.DataFrame:
    """Measure each actor's place in the network, each measure the answer to a question.

    Parameters
    ----------
    edges : DataFrame
        From `count_cooccurrences` or `weigh_cooccurrences`: source, target, weight; if present
        source_name, target_name, within.

    Returns
    -------
    DataFrame
        A row an actor, those of greatest strength first: actor_id, actor (name), within, and

        - n_partners (degree): with how many others is it mentioned, at a weight above 0?
        - strength: how often, summed over these pairs' weights?
        - betweenness: over whom do the shortest paths between the others lead? The share of them, a pair's
          length being 1 / weight, so that frequent pairs are short, and a way round over them may be
          shorter than a rare direct tie; 0 to 1.
        - eigenvector: who is mentioned with those who are themselves mentioned with many? Largest
          eigenvector of the weights, of length 1; not a number where the iteration does not settle.
        - community, modularity: see `find_communities`.

        From 20,000 pairs on betweenness is not a number: it would take hours. Measures of graphs of
        unlike size or other weights do not compare; their ranks do, with care. Frequent actors lead in
        all of them.

    References
    ----------
    Freeman (1977), "A set of measures of centrality based on betweenness"; Bonacich (1987), "Power and
    centrality"; Brandes (2001), "A faster algorithm for betweenness centrality".

    Examples
    --------
    >>> pairs = pd.DataFrame([("a", "b", 2), ("b", "c", 1)], columns=["source", "target", "weight"])
    >>> measure_actors(pairs)[["actor_id", "n_partners", "strength", "betweenness"]].values.tolist()
    [['b', 2, 3.0, 1.0], ['a', 1, 2.0, 0.0], ['c', 1, 1.0, 0.0]]
    """
    graph = build_graph(edges)
    ids = list(graph.nodes)
    between = find_betweenness(graph)
    names = dict(zip(ids, ids, strict=True))
    for end in ("source", "target"):
        if f"{end}_name" in edges.columns:
            names |= dict(zip(edges[end], edges[f"{end}_name"], strict=True))
    measures = pd.DataFrame(
        {
            "actor_id": pd.Series(ids, dtype="str"),
            "actor": pd.Series([names[a] for a in ids], dtype="str"),
            "within": find_window(edges),
            "n_partners": pd.Series([graph.degree(a) for a in ids], dtype="int64"),
            "strength": pd.Series([graph.degree(a, weight="weight") for a in ids], dtype="float64"),
            "betweenness": pd.Series([between[a] for a in ids], dtype="float64"),
            "eigenvector": _find_eigenvector(graph),
        }
    ).merge(find_communities(edges), on="actor_id", validate="one_to_one")
    return measures.sort_values(["strength", "actor_id"], ascending=[False, True], ignore_index=True)


def find_betweenness(graph: Any) -> dict[str, float]:
    """Give each actor of `build_graph` its betweenness, see `measure_actors`.

    Examples
    --------
    >>> pairs = pd.DataFrame([("a", "b", 2), ("b", "c", 1)], columns=["source", "target", "weight"])
    >>> find_betweenness(build_graph(pairs))
    {'a': 0.0, 'b': 1.0, 'c': 0.0}
    """
    if graph.number_of_edges() >= MOST_TIES:
        return dict.fromkeys(graph, math.nan)
    weights = [tie["weight"] for _, _, tie in graph.edges(data=True)]
    # As fractions of whole numbers, 1/10 + 1/15 is as long as 1/6, which rounded numbers miss.
    whole = all(weight == int(weight) for weight in weights)
    unit = math.lcm(*(int(weight) for weight in weights)) if whole else 1
    for _, _, tie in graph.edges(data=True):
        tie["length"] = unit // int(tie["weight"]) if whole else unit / tie["weight"]
    found = nx.betweenness_centrality(graph, weight="length")
    return {actor: round(value, 12) for actor, value in found.items()}


def _find_eigenvector(graph: Any) -> pd.Series:
    try:
        values = nx.eigenvector_centrality(graph, max_iter=2000, weight="weight") if len(graph) else {}
    except nx.PowerIterationFailedConvergence:
        return pd.Series(math.nan, index=range(len(graph)))
    return pd.Series([round(values[a], 9) for a in graph], dtype="float64")


def compare_windows(
    corpus: Corpus,
    mentions: pd.DataFrame,
    windows: Sequence[str] = ("sentence", "3 sentences", "paragraph", "article"),
    *,
    weight: str = "raw",
    rolled_up: bool = False,
    use: str | None = "actor",
) -> pd.DataFrame:
    """Measure each actor's place once for each window, to see what hangs on its choice.

    Parameters
    ----------
    corpus : Corpus
        As for `count_cooccurrences`.
    mentions : DataFrame
        As for `count_cooccurrences`.
    windows : sequence of str
        The windows, as for its `within`.
    weight : str
        As for `weigh_cooccurrences`.
    rolled_up : bool
        As for `count_cooccurrences`.
    use : str or None
        As for `count_cooccurrences`.

    Returns
    -------
    DataFrame
        The rows of `measure_actors` for each window, with strength_rank and betweenness_rank (1 is the
        highest; ties share the better rank).

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> places = compare_windows(corpus, find_mentions(corpus), ["sentence", "paragraph"])
    >>> places[places["strength_rank"] == 1]["within"].tolist()
    ['sentence', 'paragraph']
    """
    parts = []
    for within in windows:
        edges = count_cooccurrences(corpus, mentions, within, rolled_up=rolled_up, use=use)
        part = measure_actors(weigh_cooccurrences(edges, weight)).assign(within=within)
        for measure in ("strength", "betweenness"):
            part[f"{measure}_rank"] = part[measure].rank(ascending=False, method="min").astype("Int64")
        parts.append(part)
    if not parts:
        raise InputError("windows is empty: expected some such as 'sentence', 'paragraph'")
    return pd.concat(parts, ignore_index=True)


def _push_apart(points: np.ndarray, least: float) -> np.ndarray:
    """Move points that are nearer to each other than `least` apart, within the unit square."""
    for _ in range(100):
        away = points[:, None] - points[None]
        distance = np.hypot(*np.moveaxis(away, 2, 0))
        np.fill_diagonal(distance, np.inf)
        if (distance >= least).all():
            break
        short = np.clip(least - distance, 0, None) / 2
        with np.errstate(invalid="ignore", divide="ignore"):
            step = np.where(distance[..., None] > 0, away / distance[..., None], 0) * short[..., None]
        points = np.clip(points + np.nansum(step, axis=1), 0, 1).round(6)
    return points


def place_actors(edges: pd.DataFrame) -> pd.DataFrame:
    """Say where to draw each actor, so that those who meet often are near each other.

    Parameters
    ----------
    edges : DataFrame
        The pairs to be drawn: source, target, weight. For several networks on one layout, the pairs of all
        of them: each pair once.

    Returns
    -------
    DataFrame
        By actor_id: actor_id, x, y, from 0 to 1. Positions come from `networkx.spring_layout` with a fixed
        seed over the actors in alphabetical order, evened out halfway to their ranks and pushed apart
        where they would cover each other: only nearness speaks, and only roughly.

    References
    ----------
    Fruchterman & Reingold (1991), "Graph drawing by force-directed placement".

    Examples
    --------
    >>> pairs = pd.DataFrame([("a", "b", 2), ("b", "c", 1)], columns=["source", "target", "weight"])
    >>> place_actors(pairs)["x"].between(0, 1).all().item()
    True
    """
    graph = build_graph(edges)
    for _, _, tie in graph.edges(data=True):
        tie["pull"] = math.log1p(tie["weight"])
    if not len(graph):
        return pd.DataFrame({"actor_id": pd.Series(dtype="str"), "x": [], "y": []})
    apart = 5 / math.sqrt(len(graph))
    found = nx.spring_layout(graph, seed=LAYOUT_SEED, weight="pull", k=apart, iterations=200)
    # Processors differ in the last digits; what is left is the same on all.
    points = np.array([found[actor] for actor in graph]).round(6)
    span = np.ptp(points, axis=0)
    span[span == 0] = 1
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    even = (points - points.min(axis=0)) / span / 2 + ranks / max(len(points) - 1, 1) / 2
    even = _push_apart(even, 0.6 / math.sqrt(len(even)))
    return pd.DataFrame({"actor_id": pd.Series(list(graph), dtype="str"), "x": even[:, 0], "y": even[:, 1]})

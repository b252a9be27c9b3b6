"""Time co-occurrence on made mentions against networkx, in one run, and check that both found the same.

Run with the project's Python: ``.venv/bin/python benchmarks/benchmark.py [windows actors mentions]``.
"""

import itertools
import resource
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from helpers import Actor, Corpus, count_cooccurrences, weigh_cooccurrences

SENTENCES_PER_ARTICLE = 50


def make_corpus(n_windows: int, n_actors: int, n_mentions: int) -> tuple[Corpus, pd.DataFrame]:
    """Make a corpus without text and mentions whose frequencies fall off as names' do."""
    rng = np.random.default_rng(0)
    n_articles = -(-n_windows // SENTENCES_PER_ARTICLE)
    articles = np.array([f"article_{k:06d}" for k in range(n_articles)], dtype=object)
    actors = np.array([f"actor_{k:05d}" for k in range(n_actors)], dtype=object)
    share = 1 / np.arange(1, n_actors + 1) ** 0.7
    window = np.sort(rng.integers(0, n_windows, n_mentions))
    mentions = pd.DataFrame(
        {
            "article_id": articles[window // SENTENCES_PER_ARTICLE],
            "sentence_id": window % SENTENCES_PER_ARTICLE,
            "actor_id": actors[rng.choice(n_actors, n_mentions, p=share / share.sum())],
            "use": "actor",
        }
    )
    every = np.arange(n_windows)
    sentences = pd.DataFrame(
        {
            "article_id": articles[every // SENTENCES_PER_ARTICLE],
            "sentence_id": every % SENTENCES_PER_ARTICLE,
        }
    )
    listed = pd.DataFrame({"article_id": articles, "outlet": "Made"})
    gazetteer = {actor: Actor(actor, actor, "person") for actor in actors}
    return Corpus(listed, pd.DataFrame(), sentences, gazetteer, Path("made"), {}, {}), mentions


def project_with_networkx(mentions: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Count pairs as a bipartite projection, from the same table."""
    graph: Any = nx.Graph()
    windows = list(zip(mentions["article_id"], mentions["sentence_id"], strict=True))
    graph.add_edges_from(zip(windows, mentions["actor_id"], strict=True))
    projected = nx.bipartite.weighted_projected_graph(graph, set(mentions["actor_id"]))
    return {(min(a, b), max(a, b)): n for a, b, n in projected.edges(data="weight")}


def count_with_itertools(mentions: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Count pairs window by window, from the same table."""
    counts: dict[tuple[str, str], int] = {}
    held: dict[tuple[str, int], set[str]] = {}
    for article, sentence, actor in zip(
        mentions["article_id"], mentions["sentence_id"], mentions["actor_id"], strict=True
    ):
        held.setdefault((article, sentence), set()).add(actor)
    for actors in held.values():
        for pair in itertools.combinations(sorted(actors), 2):
            counts[pair] = counts.get(pair, 0) + 1
    return counts


def best_of(times: int, function: Callable[[], Any]) -> tuple[Any, float]:
    """Give the result and the least of some times, so that a first call's set-up does not count."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        result = function()
        seconds.append(time.perf_counter() - start)
    return result, min(seconds)


def main() -> None:
    """Print the times at full size, and the ratios to peers on a tenth of it."""
    sizes = [int(argument) for argument in sys.argv[1:]] or [1_000_000, 5_000, 1_900_000]
    edges, counted = run(sizes[0], sizes[1], sizes[2])
    weighed = best_of(1, lambda: weigh_cooccurrences(edges, "npmi"))[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"  weigh_cooccurrences {weighed:.2f} s; peak memory {peak:.2f} GB")
    tenth = sizes[0] // 10, sizes[1], sizes[2] // 10
    edges, counted = run(*tenth)
    mentions = make_corpus(*tenth)[1]
    ours = dict(zip(zip(edges["source"], edges["target"], strict=True), edges["n_windows"], strict=True))
    for name, count in (("itertools", count_with_itertools), ("networkx", project_with_networkx)):
        theirs, seconds = best_of(1, partial(count, mentions))
        if theirs != ours:
            sys.exit(f"{name} found other pairs")
        print(f"  {name} {seconds:.2f} s, {seconds / counted:.0f} times as long, the same pairs")


def run(n_windows: int, n_actors: int, n_mentions: int) -> tuple[pd.DataFrame, float]:
    """Count the pairs of a made corpus, the best of three times."""
    corpus, mentions = make_corpus(n_windows, n_actors, n_mentions)
    edges, seconds = best_of(3, lambda: count_cooccurrences(corpus, mentions))
    print(
        f"{n_windows:,} windows, {n_actors:,} actors, {n_mentions:,} mentions, {len(edges):,} pairs that meet"
    )
    print(f"  count_cooccurrences {seconds:.2f} s")
    return edges, seconds


if __name__ == "__main__":
    main()

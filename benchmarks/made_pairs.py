"""Made mentions to time co-occurrence with, and the peers that count the same."""

import itertools
import sys
from functools import partial
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from timing import best_of, print_row

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


def time_pairs() -> None:
    """Pairs of a million windows, and the ratios to peers on a tenth of it."""
    print_row("what", "windows", "actors", "mentions", "pairs that meet", "time")
    sizes = 1_000_000, 5_000, 1_900_000
    edges, _ = _time_ours(*sizes)
    weighed = best_of(1, lambda: weigh_cooccurrences(edges, "npmi"))[1]
    print_row("weigh_cooccurrences: all weights", "", "", "", f"{len(edges):,}", f"{weighed:.2f} s")
    tenth = sizes[0] // 10, sizes[1], sizes[2] // 10
    edges, counted = _time_ours(*tenth)
    mentions = make_corpus(*tenth)[1]
    ours = dict(zip(zip(edges["source"], edges["target"], strict=True), edges["n_windows"], strict=True))
    peers = {
        "window by window in plain Python": count_with_itertools,
        "bipartite projection in networkx": project_with_networkx,
    }
    for name, count in peers.items():
        theirs, seconds = best_of(1, partial(count, mentions))
        if theirs != ours:
            sys.exit(f"{name} found other pairs")
        print_row(name, *(f"{n:,}" for n in (*tenth, len(theirs))), f"{seconds / counted:.0f} times as long")


def _time_ours(n_windows: int, n_actors: int, n_mentions: int) -> tuple[pd.DataFrame, float]:
    corpus, mentions = make_corpus(n_windows, n_actors, n_mentions)
    edges, seconds = best_of(3, lambda: count_cooccurrences(corpus, mentions))
    sizes = n_windows, n_actors, n_mentions, len(edges)
    print_row("count_cooccurrences", *(f"{n:,}" for n in sizes), f"{seconds:.2f} s")
    return edges, seconds

"""Which pairs meet more often than chance would bring them together within the same articles."""

from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from .association import adjust_p
from .cooccurrence import Ints, count_cooccurrences, find_incidence, find_runs, sentences_in_window
from .corpus import Corpus
from .errors import InputError

# Sweeps of trades before the first draw, and from one draw to the next.
FIRST_SWEEPS, SWEEPS = 50, 3


def compare_with_chance(
    corpus: Corpus,
    mentions: pd.DataFrame,
    within: str = "sentence",
    *,
    rolled_up: bool = False,
    use: str | None = "actor",
    draws: int = 999,
) -> pd.DataFrame:
    """Hold how often each pair meets against articles in which mentions have changed places.

    In each draw the actors of an article are dealt anew over its sentences (over its paragraphs, where
    these are the windows): each actor stands in as many sentences as before, and in each sentence stand as
    many actors; what goes is who stands beside whom. A second mention in one sentence does not count.

    Parameters
    ----------
    corpus : Corpus
        As for `count_cooccurrences`.
    mentions : DataFrame
        As for `count_cooccurrences`.
    within : str
        As for `count_cooccurrences`.
    rolled_up : bool
        As for `count_cooccurrences`.
    use : str or None
        As for `count_cooccurrences`.
    draws : int
        How many times; from a fixed seed.

    Returns
    -------
    DataFrame
        The edges of `count_cooccurrences` with n_by_chance (windows with both, mean over the draws),
        p_shuffled_these_articles = (1 + draws with as many or more) / (1 + draws), one-sided, and
        q_shuffled_these_articles (Benjamini-Hochberg over all pairs of the actors mentioned). p cannot fall
        below 1 / (1 + draws), and q of a lone pair among P not below P / (1 + draws). It is about
        these articles only: that the same would be found in others of an outlet does not follow, and it
        does not compare outlets. Within an article as window nothing can change, and p is 1.

    Raises
    ------
    InputError
        Fewer than 1 draw; see `count_cooccurrences`.

    Notes
    -----
    Global curveball trades: sentences of an article are paired at random, and each pair deals the actors
    that only one of the two has anew between them. Draws follow each other in a chain, three rounds apart.

    References
    ----------
    Strona et al. (2014), "A fast and unbiased procedure to randomize ecological binary matrices";
    Carstens, Berger & Strona (2018), "A unifying framework for fast randomization of ecological networks".

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> edges = compare_with_chance(corpus, find_mentions(corpus), "article", draws=9)
    >>> edges["p_shuffled_these_articles"].unique().tolist()
    [1.0]
    """
    if draws < 1:
        raise InputError(f"draws is {draws}: expected 1 or more")
    edges = count_cooccurrences(corpus, mentions, within, rolled_up=rolled_up, use=use)
    k = sentences_in_window(within)
    # Sorted, so that the draws do not hang on the order of the rows.
    mentions = mentions.sort_values(["article_id", "block_id", "sentence_id", "actor_id"], kind="stable")
    found = find_incidence(corpus, mentions, "sentence" if k else within, rolled_up=rolled_up, use=use)
    _, first, row = np.unique(found.window, return_index=True, return_inverse=True)
    home, place = found.article[first], found.place[first]
    row, actor = np.unique(np.stack([row, found.actor]), axis=1)
    runs = _join_rows(corpus, found.article_ids, home, place, k) if k else None
    number = pd.Series(range(len(found.actor_ids)), index=found.actor_ids)
    source, target = (edges[end].map(number).to_numpy() for end in ("source", "target"))
    observed = edges["n_windows"].to_numpy()
    total, as_many = np.zeros(len(edges)), np.zeros(len(edges))
    rng = np.random.default_rng(0)
    for draw in range(draws if len(edges) else 0):
        for _ in range(SWEEPS if draw else FIRST_SWEEPS):
            row = trade(row, actor, home, rng)
        shape = (len(home), len(found.actor_ids))
        matrix: Any = sparse.csr_array((np.ones(len(row), dtype=np.int32), (row, actor)), shape=shape)
        if runs is not None:
            matrix = runs @ matrix
            matrix.data[:] = 1
        n_both = np.asarray((matrix.T @ matrix).tocsr()[source, target]).ravel()
        total += n_both
        as_many += n_both >= observed
    p = (1 + as_many) / (1 + draws)
    return edges.assign(
        n_by_chance=total / draws,
        p_shuffled_these_articles=p,
        q_shuffled_these_articles=adjust_p(p, len(found.actor_ids)),
    )


def _join_rows(corpus: Corpus, article_ids: Any, home: Ints, place: Ints, k: int) -> Any:
    """Runs of k sentences by sentences, 1 where the sentence is in the run."""
    index, begin = find_runs(corpus, article_ids, home, place, k)
    run = np.unique(np.stack([home[index], begin]), axis=1, return_inverse=True)[1].ravel()
    shape = (int(run.max(initial=-1)) + 1, len(home))
    return sparse.csr_array((np.ones(len(run), dtype=np.int32), (run, index)), shape=shape)


def trade(row: Ints, actor: Ints, home: Ints, rng: np.random.Generator) -> Ints:
    """Pair the rows of each article at random and deal anew what only one of two has.

    Parameters
    ----------
    row, actor : array of int
        The cells of a table of windows by actors that hold a 1.
    home : array of int
        The article of each row.
    rng : Generator
        Where chance comes from.

    Returns
    -------
    array of int
        The rows of the cells after the trades; each row has as many cells, each actor as many in its
        article, and no cell is there twice.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> trade(np.array([0, 0, 1, 2]), np.array([0, 1, 0, 1]), np.array([0, 0, 1]), rng).tolist()
    [0, 0, 1, 2]
    """
    order = np.lexsort((rng.random(len(home)), home))
    begins = np.flatnonzero(np.diff(home[order], prepend=-1))
    at = np.arange(len(order)) - np.repeat(begins, np.diff(begins, append=len(order)))
    pair, side = np.empty(len(order), dtype=np.int64), np.empty(len(order), dtype=np.int64)
    pair[order], side[order] = np.cumsum(at % 2 == 0) - 1, at % 2
    rows_of = np.zeros((int(pair.max(initial=-1)) + 1, 2), dtype=np.int64)
    rows_of[pair, side] = np.arange(len(order))
    of_pair = pair[row]
    # What both rows of a pair have stands twice in the order of pair and actor, and stays.
    key = of_pair * (int(actor.max(initial=0)) + 1) + actor
    sorted_cells = np.argsort(key, kind="stable")
    twice = np.diff(key[sorted_cells], prepend=-1) == 0
    twice[:-1] |= twice[1:]
    free = sorted_cells[~twice]
    n_first = np.bincount(of_pair[free][side[row[free]] == 0], minlength=len(rows_of))
    dealt = free[np.lexsort((rng.random(len(free)), of_pair[free]))]
    its_pair = of_pair[dealt]
    first = np.searchsorted(its_pair, its_pair)
    traded = row.copy()
    traded[dealt] = rows_of[its_pair, (np.arange(len(dealt)) - first >= n_first[its_pair]).astype(np.int64)]
    return traded

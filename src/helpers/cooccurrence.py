"""Which actors are mentioned together."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from .corpus import Corpus
from .errors import InputError
from .structure import COUNTED_KINDS

WINDOWS = {
    "sentence": ["article_id", "sentence_id"],
    "paragraph": ["article_id", "block_id"],
    "article": ["article_id"],
}


def _count_windows(corpus: Corpus, within: str) -> int:
    """All windows that count, those without any actor too."""
    if within == "sentence":
        return len(corpus.sentences)
    if within == "paragraph":
        return int(corpus.blocks["kind"].isin(COUNTED_KINDS).sum())
    return len(corpus.articles)


def count_cooccurrences(corpus: Corpus, mentions: pd.DataFrame, within: str = "sentence") -> pd.DataFrame:
    """Count the windows in which two actors are both mentioned.

    Parameters
    ----------
    corpus : Corpus
        Gives the number of all windows, empty ones too.
    mentions : DataFrame
        From `find_mentions`. Places are left out: a state where something happens takes no part.
    within : {"sentence", "paragraph", "article"}
        The window.

    Returns
    -------
    DataFrame
        A row a pair that meets at least once, the commonest first: source, target (actor ids,
        source before target in the alphabet), source_name, target_name, within, n_windows (windows with
        both; a window counts a pair once), n_source, n_target (windows with each), n_all (all
        windows), weight (here n_windows). Counts of outlets of different length do not compare.

    Raises
    ------
    InputError
        Another `within`.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> edges = count_cooccurrences(corpus, find_mentions(corpus))
    >>> bool((edges["source"] < edges["target"]).all())
    True
    """
    if within not in WINDOWS:
        raise InputError(f"unknown window {within!r}: expected one of {', '.join(WINDOWS)}")
    acting = mentions[mentions["use"] == "actor"]
    actor_ids = np.array(sorted(set(acting["actor_id"])), dtype=object)
    windows = acting.groupby(WINDOWS[within]).ngroup().to_numpy()
    column = (
        np.searchsorted(actor_ids, acting["actor_id"].to_numpy()) if len(acting) else np.array([], dtype=int)
    )
    shape = (int(windows.max(initial=-1)) + 1, len(actor_ids))
    incidence = sparse.csr_array((np.ones(len(acting), dtype=np.int64), (windows, column)), shape=shape)
    incidence.data[:] = 1  # csr_array has summed an actor's mentions in one window
    together = sparse.triu(incidence.T @ incidence, k=1).tocoo()
    alone: npt.NDArray[np.int64] = np.asarray(incidence.sum(axis=0)).ravel()
    names = np.array([corpus.actors[a].name for a in actor_ids], dtype=object)
    edges = pd.DataFrame(
        {
            "source": actor_ids[together.row],
            "target": actor_ids[together.col],
            "source_name": names[together.row],
            "target_name": names[together.col],
            "within": within,
            "n_windows": together.data,
            "n_source": alone[together.row],
            "n_target": alone[together.col],
            "n_all": _count_windows(corpus, within),
            "weight": together.data,
        }
    )
    return edges.sort_values(["n_windows", "source", "target"], ascending=[False, True, True]).reset_index(
        drop=True
    )

"""How much more than their frequency brings two actors together: weights of a pair, by name."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from .cooccurrence import check_edges
from .errors import InputError

Numbers = npt.ArrayLike
Floats = npt.NDArray[np.float64]

WEIGHTS = {"raw": "n_windows", "jaccard": "jaccard", "npmi": "npmi"}
_COUNTS = ("n_windows", "n_source", "n_target", "n_all")


def jaccard(n_both: Numbers, n_source: Numbers, n_target: Numbers) -> Floats:
    """Share of the windows with either actor that have both.

    J = n_both / (n_source + n_target - n_both), from 0 (never together) to 1 (never apart).

    Parameters
    ----------
    n_both : array_like
        Windows with both.
    n_source : array_like
        Windows with the one.
    n_target : array_like
        Windows with the other.

    Returns
    -------
    ndarray of float
        Not a number where neither occurs.

    Notes
    -----
    Does not allow for chance: two actors who are everywhere have a high J. A frequent and a rare actor
    cannot reach 1, whatever they do, so that J does not compare pairs of unlike frequency; nor does it
    compare windows of different length.

    References
    ----------
    Jaccard (1912), "The distribution of the flora in the alpine zone".

    Examples
    --------
    >>> round(float(jaccard(8, 20, 10)), 4)
    0.3636
    """
    both, source, target = (np.asarray(n, dtype=float) for n in (n_both, n_source, n_target))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(both / (source + target - both))


def npmi(n_both: Numbers, n_source: Numbers, n_target: Numbers, n_all: Numbers) -> Floats:
    """Normalised pointwise mutual information: together more or less than by chance.

    NPMI = ln[p_both / (p_source p_target)] / -ln p_both, each p a share of all windows; from -1 (never
    together) over 0 (as often as if independent) to 1 (never apart).

    Parameters
    ----------
    n_both : array_like
        Windows with both.
    n_source : array_like
        Windows with the one.
    n_target : array_like
        Windows with the other.
    n_all : array_like
        All windows, empty ones too.

    Returns
    -------
    ndarray of float
        -1 where n_both is 0; not a number where both are in every window (p_both = 1: nothing could be
        seen there) or where there are no windows.

    Notes
    -----
    High for two rare actors who met once by accident: read n_windows beside it. It hangs on what counts as
    a window and on how many are empty, so values from different windows, or from texts of different make-up,
    do not compare.

    References
    ----------
    Bouma (2009), "Normalized (pointwise) mutual information in collocation extraction".

    Examples
    --------
    >>> round(float(npmi(8, 20, 10, 100)), 5), float(npmi(0, 20, 10, 100)), float(npmi(9, 9, 9, 9))
    (0.54887, -1.0, nan)
    """
    arrays = np.broadcast_arrays(*(np.asarray(n, dtype=float) for n in (n_both, n_source, n_target, n_all)))
    both, source, target, total = arrays
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.log(both * total / (source * target)) / -np.log(both / total)
    value = np.where(both == 0, -1.0, np.clip(value, -1.0, 1.0))
    return np.where((both == total) | (total == 0), np.nan, value)


def hypergeometric_p(n_both: Numbers, n_source: Numbers, n_target: Numbers, n_all: Numbers) -> Floats:
    """Chance of so many common windows or more if the windows of each actor were dealt at random.

    p = P(X >= n_both), X hypergeometric: of n_all windows n_source are marked and n_target drawn (the upper
    tail of Fisher's exact test); from 0 to 1.

    Parameters
    ----------
    n_both : array_like
        Windows with both.
    n_source : array_like
        Windows with the one.
    n_target : array_like
        Windows with the other.
    n_all : array_like
        All windows, empty ones too.

    Returns
    -------
    ndarray of float
        1 where n_both is 0; 0 where it is smaller than a float can hold.

    Notes
    -----
    Its unit is the window, as if each had been written independently. Sentences of one article have not, so
    p is about these articles only and nearly always too small; it says nothing of an outlet and does not
    compare outlets. `compare_with_chance` keeps each article's own actors.

    Examples
    --------
    >>> round(float(hypergeometric_p(3, 4, 4, 8)), 6)  # 17 of 70 ways
    0.242857
    """
    arrays = [np.asarray(n, dtype=np.int64) for n in (n_both, n_source, n_target, n_all)]
    shape = np.broadcast_shapes(*(n.shape for n in arrays))
    both, source, target, total = (np.broadcast_to(n, shape).ravel() for n in arrays)
    # A tail costs microseconds, and most of many pairs share their four counts with another.
    cases = pd.DataFrame(
        {"both": both, "few": np.minimum(source, target), "many": np.maximum(source, target), "total": total}
    )
    number = cases.groupby(list(cases.columns), sort=False).ngroup().to_numpy()
    case = cases.drop_duplicates()
    from scipy.stats import hypergeom  # half a second to import

    tail = hypergeom.sf(case["both"] - 1, case["total"], case["many"], case["few"])
    p: Floats = np.asarray(tail, dtype=float)[number].reshape(shape)
    return p


def adjust_p(p: Floats, n_actors: int) -> Floats:
    """Benjamini-Hochberg q of pairs that meet; every other pair of the actors counts as tested, with p = 1.

    Examples
    --------
    >>> adjust_p(np.array([0.01, 0.02]), n_actors=3).tolist()
    [0.03, 0.03]
    """
    others = max(n_actors * (n_actors - 1) // 2 - len(p), 0)
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(np.append(p, np.ones(others)))[: len(p)], dtype=float)


def weigh_cooccurrences(edges: pd.DataFrame, weight: str = "raw") -> pd.DataFrame:
    """Give every pair all weights, and choose the one that filters, networks and files go by.

    Parameters
    ----------
    edges : DataFrame
        From `count_cooccurrences`: n_windows, n_source, n_target, n_all.
    weight : {"raw", "jaccard", "npmi"}
        What `weight` is to be: n_windows, `jaccard` or `npmi`.

    Returns
    -------
    DataFrame
        The same rows, those of greatest weight first, with jaccard, npmi, n_expected (n_source n_target /
        n_all: windows with both if independent), weight; and, if all articles were counted together,
        p_these_articles and q_these_articles: `hypergeometric_p`, and Benjamini-Hochberg over all
        pairs of the actors in the table, those that never meet with p = 1. A table counted by outlet or
        article gets neither: p over windows must not stand beside a comparison of outlets. Weigh before
        taking rows out: q depends on all of them.

    Raises
    ------
    InputError
        Another weight; a column that is missing.

    Examples
    --------
    >>> from helpers import count_cooccurrences, find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> edges = weigh_cooccurrences(count_cooccurrences(corpus, find_mentions(corpus)), "npmi")
    >>> bool(edges["npmi"].between(-1, 1).all()), bool((edges["weight"] == edges["npmi"]).all())
    (True, True)
    """
    if weight not in WEIGHTS:
        raise InputError(f"unknown weight {weight!r}: expected one of {', '.join(WEIGHTS)}")
    check_edges(edges, _COUNTS, once=False)
    counts = [edges[c].to_numpy() for c in _COUNTS]
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = counts[1] * counts[2] / counts[3]
    weighed = edges.assign(jaccard=jaccard(*counts[:3]), npmi=npmi(*counts), n_expected=expected)
    if not {"outlet", "article_id"} & set(edges.columns):
        p = hypergeometric_p(*counts)
        n_actors = len(pd.unique(pd.concat([edges["source"], edges["target"]])))
        weighed = weighed.assign(p_these_articles=p, q_these_articles=adjust_p(p, n_actors))
    weighed["weight"] = weighed[WEIGHTS[weight]]
    return weighed.sort_values("weight", ascending=False, kind="stable", ignore_index=True)

"""Which pairs stand out: by their share in each actor's ties, and against chance within the articles."""

import numpy as np
import pandas as pd

from .association import adjust_p
from .cooccurrence import check_edges, count_cooccurrences, find_incidence
from .corpus import Corpus
from .errors import InputError

BACKBONE_ALPHA = 0.05


def find_backbone(edges: pd.DataFrame, alpha: float = BACKBONE_ALPHA) -> pd.DataFrame:
    """Say which pairs carry more of an actor's weight than an even split by chance would give them.

    The disparity filter: alpha_ij = (1 - w_ij / s_i)^(k_i - 1) for an actor of strength s_i (sum of its
    weights) and degree k_i; a pair stays if the smaller alpha of its two ends is below `alpha`.

    Parameters
    ----------
    edges : DataFrame
        A row a pair: source, target, weight (0 or more; a pair of weight 0 is no tie).
    alpha : float
        The level, above 0 to 1; smaller keeps fewer pairs.

    Returns
    -------
    DataFrame
        The same rows with alpha (of the pair: the smaller of its ends'; 1 without a tie) and in_backbone.
        An end of degree 1 says nothing, as in the source: its pair stays only if the other end's alpha is
        below the level. Small graphs often lose every pair; then `draw_cooccurrence_network` draws all,
        and says so. The level is no test of significance, and alphas of graphs of unlike size do not compare.

    Raises
    ------
    InputError
        A negative or missing weight, as NPMI may have; a level outside 0 to 1; a missing column; a table
        counted by outlet or article, whose rows are several graphs.

    References
    ----------
    Serrano, Boguñá & Vespignani (2009), "Extracting the multiscale backbone of complex weighted networks".

    Examples
    --------
    >>> rows = [("a", "b", 6), ("a", "c", 3), ("a", "d", 1)]
    >>> find_backbone(pd.DataFrame(rows, columns=["source", "target", "weight"]))["alpha"].round(2).tolist()
    [0.16, 0.49, 0.81]
    """
    check_edges(edges, ("source", "target", "weight"))
    if not 0 < alpha <= 1:
        raise InputError(f"alpha is {alpha}: expected a level above 0, to 1")
    weight = edges["weight"].to_numpy(dtype=float)
    if not (weight >= 0).all():
        raise InputError(
            f"the weight of {edges['source'][~(weight >= 0)].iloc[0]!r} and its partner is "
            f"{weight[~(weight >= 0)][0]:g}: the disparity filter needs weights of 0 or more, "
            "such as weigh_cooccurrences(edges, 'raw')"
        )
    ends = pd.concat([edges["source"], edges["target"]], ignore_index=True)
    both = np.concatenate([weight, weight])
    strength = pd.Series(both).groupby(ends.to_numpy()).transform("sum").to_numpy()
    degree = pd.Series(both > 0).groupby(ends.to_numpy()).transform("sum").to_numpy()
    with np.errstate(invalid="ignore", divide="ignore"):
        of_end = np.where((degree > 1) & (both > 0), (1 - both / strength) ** (degree - 1), 1.0)
    of_pair = np.minimum(*np.split(of_end, 2))
    return edges.assign(alpha=of_pair, in_backbone=of_pair < alpha)


def compare_with_chance(
    corpus: Corpus,
    mentions: pd.DataFrame,
    within: str = "sentence",
    *,
    rolled_up: bool = False,
    use: str | None = "actor",
    draws: int = 999,
) -> pd.DataFrame:
    """Hold how often each pair meets against articles whose mentions have been dealt anew.

    In each draw the actors of an article change places among its mentions: each article keeps its length,
    how many mentions stand in each window, and how often each actor is mentioned; what goes is who stands
    beside whom.

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
        below 1 / (1 + draws), so that q of one pair among P cannot fall below P / (1 + draws). It is about
        these articles only: that the same would be found in others of an outlet does not follow, and it
        does not compare outlets. Within an article as window nothing can change, and p is 1.

    Raises
    ------
    InputError
        Fewer than 1 draw; see `count_cooccurrences`.

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
    # Sorted, so that the draws do not hang on the order of the rows.
    mentions = mentions.sort_values(["article_id", "block_id", "sentence_id", "actor_id"], kind="stable")
    incidence = find_incidence(corpus, mentions, within, rolled_up=rolled_up, use=use)
    _, one_row = np.unique(incidence.mention, return_index=True)
    actor, article = incidence.actor[one_row], incidence.article[one_row]
    mention = np.searchsorted(incidence.mention[one_row], incidence.mention)
    number = pd.Series(range(len(incidence.actor_ids)), index=incidence.actor_ids)
    source, target = (edges[end].map(number).to_numpy() for end in ("source", "target"))
    observed = edges["n_windows"].to_numpy()
    total, as_many = np.zeros(len(edges)), np.zeros(len(edges))
    rng = np.random.default_rng(0)
    for _ in range(draws if len(edges) else 0):
        # The rows are in order of article, so that sorting by it keeps each article's places.
        dealt = actor[np.lexsort((rng.random(len(actor)), article))]
        matrix = incidence.matrix(dealt[mention])
        n_both = np.asarray((matrix.T @ matrix).tocsr()[source, target]).ravel()
        total += n_both
        as_many += n_both >= observed
    p = (1 + as_many) / (1 + draws)
    return edges.assign(
        n_by_chance=total / draws,
        p_shuffled_these_articles=p,
        q_shuffled_these_articles=adjust_p(p, len(incidence.actor_ids)),
    )

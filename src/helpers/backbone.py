"""Which pairs carry an unusual share of an actor's ties."""

import numpy as np
import pandas as pd

from .cooccurrence import check_edges
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

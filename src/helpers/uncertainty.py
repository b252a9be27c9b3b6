"""What few articles can and cannot show: exact p over articles, leave-one-out, paragraph bootstrap.

Knows no text: it takes counts per paragraph and says how far a difference between groups of articles
hangs on single articles and paragraphs. The article is the sampling unit (Lijffijt et al. 2016).
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from itertools import combinations, pairwise
from math import comb
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from .errors import InputError

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
# From counts and sizes here and in the rest, and the items' positions, to one number an item.
Effect = Callable[[Floats, Floats, Floats, Floats, Ints], Floats]

MOST_ARRANGEMENTS = 20_000
DRAWS = (999, 9_000)
BOOTSTRAPS = 400
ENOUGH_P = 0.05
_CELLS = 4_000_000
RANGES = (
    "loo_low", "loo_high", "boot_low", "boot_high", "p_value", "lowest_p", "q_value",
)  # fmt: skip


def lowest_p(n_here: int, n_rest: int, *, two_sided: bool = True) -> float:
    """The lowest p that any result could reach when articles are dealt to two groups anew.

    1 / C(n_here + n_rest, n_here): the observed arrangement is one of so many. Two groups of one
    size reach twice that with |T|, for exchanging them gives the same |T|. Where there are more
    than 20,000 arrangements, 9,999 random ones are drawn and 1 / 10,000 is the limit.

    Parameters
    ----------
    n_here : int
        Articles in the group.
    n_rest : int
        Articles in all other groups.
    two_sided : bool
        Whether the statistic is |T|, as in `compare_rates`, or T.

    Returns
    -------
    float
        Between 0 and 1; 1 where one group has no article.

    Raises
    ------
    InputError
        A negative number of articles.

    Examples
    --------
    >>> lowest_p(1, 4), lowest_p(2, 3), lowest_p(3, 3), lowest_p(3, 3, two_sided=False)
    (0.2, 0.1, 0.1, 0.05)
    """
    if n_here < 0 or n_rest < 0:
        raise InputError(f"there cannot be {min(n_here, n_rest)} articles: expected 0 or more in each group")
    if not n_here or not n_rest:
        return 1.0
    arrangements = comb(n_here + n_rest, n_here)
    if arrangements > MOST_ARRANGEMENTS:
        return 1 / (1 + sum(DRAWS))
    return (2 if two_sided and n_here == n_rest else 1) / arrangements


def rate_difference(n: Floats, size: Floats, n_rest: Floats, size_rest: Floats, _items: Ints) -> Floats:
    """Rate here less rate in the rest; not a number where one of them has no words.

    Examples
    --------
    >>> rate_difference(3.0, 10.0, 1.0, 20.0, np.array([0]))
    array(0.25)
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.divide(n, size) - np.divide(n_rest, size_rest))


class _Table:
    """Counts and sizes of units (paragraphs) by item, and the same summed by article.

    `size` is one column where all items are measured against the same words, else a column an item.
    """

    def __init__(self, units: pd.DataFrame, counts: pd.DataFrame) -> None:
        keys = ["article_id", "block_id"]
        units = units.sort_values(keys).reset_index(drop=True)
        if units.duplicated(keys).any():
            raise InputError("a paragraph stands twice in the units: expected one row for each")
        self.units = units
        self.items = pd.Index(sorted(set(counts["item"])), name="item")
        at = pd.MultiIndex.from_frame(units[keys]).get_indexer(pd.MultiIndex.from_frame(counts[keys]))
        if (at < 0).any():
            lost = counts[keys][at < 0].iloc[0]
            raise InputError(
                f"paragraph {lost['block_id']} of article {lost['article_id']!r} has counts and no row among "
                "the units: expected one row for each"
            )
        column = self.items.get_indexer(counts["item"])
        shape = (len(units), len(self.items))

        def spread(values: pd.Series) -> Any:
            return sparse.csr_array((values.to_numpy(dtype=float), (at, column)), shape=shape)

        self.n = spread(counts["n"])
        self.own_sizes = own_sizes = "size" in counts.columns
        self.size = spread(counts["size"]) if own_sizes else units["size"].to_numpy(dtype=float)[:, None]
        self.articles = units.drop_duplicates("article_id")[["article_id", "group"]].reset_index(drop=True)
        self.of_article = units["article_id"].map(
            pd.Series(self.articles.index, index=self.articles["article_id"])
        )
        ones = (np.ones(len(units)), (self.of_article, np.arange(len(units))))
        sums = sparse.csr_array(ones, shape=(len(self.articles), len(units)))
        self.article_n = (sums @ self.n).tocsc()
        self.article_size = (sums @ self.size).tocsc() if own_sizes else np.asarray(sums @ self.size)

    def sizes(self, rows: Any, columns: Ints) -> Any:
        """Article sizes of some rows and items, ready to be added up."""
        if sparse.issparse(self.article_size):
            return self.article_size[:, columns][rows]
        return self.article_size[rows]


def _dense(matrix: Any) -> Floats:
    return np.asarray(matrix.toarray() if sparse.issparse(matrix) else matrix, dtype=float)


@lru_cache(maxsize=2)
def _shuffled(n: int, stage: int) -> npt.NDArray[np.int32]:
    """Random orders of n articles, a row a draw; every group takes its articles from the front."""
    order = np.tile(np.arange(n, dtype=np.int32), (DRAWS[stage], 1))
    return np.random.default_rng(stage).permuted(order, axis=1)


def _arrangements(n: int, k: int) -> Iterator[tuple[Ints, bool]]:
    """Ways to choose k of n articles, as rows of positions; and whether they are all there are."""
    if comb(n, k) <= MOST_ARRANGEMENTS:
        yield np.array(list(combinations(range(n), k)), dtype=np.int64).reshape(-1, k), True
        return
    for stage in range(len(DRAWS)):
        yield _shuffled(n, stage)[:, :k].astype(np.int64), False


def _permuted_p(table: _Table, here: npt.NDArray[np.bool_], columns: Ints) -> Floats:
    """P by dealing the articles anew: the share of arrangements with |T| at least as large.

    T is the difference of pooled rates, 0 where a side has no words. Drawn at random, the draws go
    on only for items of which fewer than ten among the first were as large: p cannot fall below
    what all draws would give.
    """
    n, k = len(here), int(here.sum())
    p = np.ones(len(columns))
    active = np.arange(len(columns))
    exceed, drawn = np.zeros(len(columns)), 0
    total_n = np.asarray(table.article_n.sum(axis=0)).ravel()[columns]
    total_size = _dense(table.sizes(slice(None), columns).sum(axis=0)).reshape(1, -1)

    def distance(rows: Any, chosen: Ints) -> Floats:
        n_here = _dense(rows @ table.article_n[:, columns[chosen]])
        size = _dense(rows @ table.sizes(slice(None), columns[chosen]))
        whole = total_size[:, chosen] if table.own_sizes else total_size
        both = (size > 0) & (whole > size)
        per_here = np.divide(1, size, where=both, out=np.zeros_like(size))
        per_rest = np.divide(1, whole - size, where=both, out=np.zeros_like(size))
        n_here *= per_here + per_rest
        n_here -= total_n[chosen] * per_rest
        return np.abs(n_here, out=n_here)

    observed_row = sparse.csr_array(here.astype(float)[None, :])
    observed = distance(observed_row, active)[0]
    tolerance = 1e-9 * np.maximum(observed, 1e-3)
    for chosen, every in _arrangements(n, k):
        drawn += len(chosen)
        dealt = sparse.csr_array(
            (np.ones(chosen.size), (np.repeat(np.arange(len(chosen)), k), chosen.ravel())),
            shape=(len(chosen), n),
        )
        step = max(1, _CELLS // len(chosen))
        for begin in range(0, len(active), step):
            part = active[begin : begin + step]
            exceed[part] += (distance(dealt, part) >= observed[part] - tolerance[part]).sum(axis=0)
        p[active] = exceed[active] / drawn if every else (1 + exceed[active]) / (1 + drawn)
        active = active[exceed[active] < 10]
        if every or not len(active):
            break
    return p


def _left_out(table: _Table, rows: Ints, columns: Ints) -> tuple[Ints, Floats, Floats]:
    """What leaving one of these articles out takes away: item, count and size, as flat arrays.

    Where all items share one size, articles without the item differ by their size only, so that the
    smallest and the largest of them give the extremes.
    """
    n = table.article_n[:, columns].tocsr()[rows]
    size = table.sizes(rows, columns)
    if sparse.issparse(size):
        # An article without the item takes nothing away, and one such shows what stays.
        lacking = np.flatnonzero(np.diff(size.tocsc().indptr) < len(rows))
        size = size.tocoo()
        lost = _dense(n)[size.row, size.col]
        nothing = np.zeros(len(lacking))
        held = np.concatenate([size.col.astype(np.int64), lacking])
        return held, np.concatenate([lost, nothing]), np.concatenate([size.data, nothing])
    found = n.tocoo()
    flat = size.ravel()
    items, counts, sizes = [found.col.astype(np.int64)], [found.data], [flat[found.row]]
    for order in (np.argsort(flat, kind="stable"), np.argsort(-flat, kind="stable")):
        unseen = np.arange(len(columns))
        for begin in range(0, len(order), 64):
            some = order[begin : begin + 64]
            lacks = _dense(n[some][:, unseen]) == 0
            lacking = lacks.any(axis=0)
            items.append(unseen[lacking])
            counts.append(np.zeros(int(lacking.sum())))
            sizes.append(flat[some[lacks.argmax(axis=0)[lacking]]])
            unseen = unseen[~lacking]
            if not len(unseen):
                break
    return np.concatenate(items), np.concatenate(counts), np.concatenate(sizes)


def _leave_one_out(
    table: _Table, here: npt.NDArray[np.bool_], columns: Ints, sums: tuple[Floats, ...], effect: Effect
) -> tuple[Floats, Floats]:
    """Smallest and largest effect with one article left out; a group's only article stays."""
    low, high = np.full(len(columns), np.inf), np.full(len(columns), -np.inf)
    n, size, n_rest, size_rest = (np.broadcast_to(s, len(columns)) for s in sums)
    for side, mask in (("here", here), ("rest", ~here)):
        rows = np.flatnonzero(mask)
        if len(rows) < 2:
            continue
        item, lost_n, lost_size = _left_out(table, rows, columns)
        if side == "here":
            args = (n[item] - lost_n, size[item] - lost_size, n_rest[item], size_rest[item])
        else:
            args = (n[item], size[item], n_rest[item] - lost_n, size_rest[item] - lost_size)
        values = effect(*args, columns[item])
        known = np.isfinite(values)
        np.minimum.at(low, item[known], values[known])
        np.maximum.at(high, item[known], values[known])
    missing = ~np.isfinite(low)
    low[missing], high[missing] = np.nan, np.nan
    return low, high


def _paragraph_weights(table: _Table) -> npt.NDArray[np.float32]:
    """How often each paragraph is drawn, a row a draw: within each article, as many as it has."""
    rng = np.random.default_rng(0)
    weights = np.zeros((BOOTSTRAPS, len(table.units)), dtype=np.float32)
    begin = 0
    for size in table.of_article.value_counts(sort=False).sort_index():
        weights[:, begin : begin + size] = rng.multinomial(size, np.full(size, 1 / size), BOOTSTRAPS)
        begin += size
    return weights


def _quantiles(values: Floats) -> tuple[Floats, Floats]:
    """2.5 and 97.5 % of each column, draws without a value left out; none where half have none."""
    known = np.isfinite(values)
    ordered = np.sort(np.where(known, values, np.inf), axis=0)
    count = known.sum(axis=0)
    at = np.arange(values.shape[1])
    low = ordered[np.floor(0.025 * np.maximum(count - 1, 0)).astype(int), at]
    high = ordered[np.ceil(0.975 * np.maximum(count - 1, 0)).astype(int), at]
    few = count * 2 < len(values)
    return np.where(few, np.nan, low), np.where(few, np.nan, high)


def _compare_group(
    table: _Table,
    group: str,
    weights: npt.NDArray[np.float32],
    drawn: tuple[npt.NDArray[np.float32], Floats],
    effect: Effect,
    *,
    zeros: bool,
) -> pd.DataFrame:
    """The rows of one group; `drawn` are the counts and sizes of all groups in each draw of paragraphs."""
    drawn_n, drawn_size = drawn
    here = (table.articles["group"] == group).to_numpy()
    of_group = (table.units["group"] == group).to_numpy()
    n_all, size_all = _dense(table.n[of_group].sum(axis=0)), _dense(table.size[of_group].sum(axis=0))
    given = size_all > 0 if table.own_sizes else n_all != 0
    columns = np.arange(len(table.items)) if zeros else np.flatnonzero(given)
    own = columns if table.own_sizes else np.array([0])
    n, size = n_all[columns], size_all[own]
    n_rest = _dense(table.n.sum(axis=0))[columns] - n
    size_rest = _dense(table.size.sum(axis=0))[own] - size
    star_n = _dense(table.n[of_group][:, columns].T @ weights[:, of_group].T).T
    star_size = _dense(table.size[of_group][:, own].T @ weights[:, of_group].T).T
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = n / size
        rate_low, rate_high = _quantiles(star_n / star_size)
    part = pd.DataFrame(
        {
            "group": group,
            "item": table.items[columns],
            "n": n.astype(int) if (n == n.astype(int)).all() else n,
            "size": np.broadcast_to(size, len(columns)),
            "n_rest": n_rest,
            "size_rest": np.broadcast_to(size_rest, len(columns)),
            "n_articles": _dense((table.article_n[:, columns][here] != 0).sum(axis=0)).astype(int),
            "n_articles_group": int(here.sum()),
            "rate": rate,
            "rate_low": rate_low,
            "rate_high": rate_high,
            "effect": np.nan,
            **dict.fromkeys(RANGES, np.nan),
            "lowest_p": lowest_p(int(here.sum()), int((~here).sum())),
            "p_value": 1.0,
        }
    )
    if not here.all() and len(columns):
        sums = (n, size, n_rest, size_rest)
        rest = (drawn_n[:, columns] - star_n, drawn_size[:, own] - star_size)
        part["effect"] = effect(*sums, columns)
        part["loo_low"], part["loo_high"] = _leave_one_out(table, here, columns, sums, effect)
        part["boot_low"], part["boot_high"] = _quantiles(effect(star_n, star_size, *rest, columns))
        part["p_value"] = _permuted_p(table, here, columns)
    return part


def _list_articles(units: pd.DataFrame, counts: pd.DataFrame) -> pd.Series:
    """By group and item: the articles that hold it, each with its count, most first."""
    groups = units.drop_duplicates("article_id").set_index("article_id")["group"]
    held = counts[counts["n"] != 0].groupby(["article_id", "item"])["n"].sum().reset_index()
    held["group"] = held["article_id"].map(groups)
    held = held.sort_values(["group", "item", "n", "article_id"], ascending=[True, True, False, True])
    held["text"] = held["article_id"] + " (" + held["n"].map("{:g}".format) + ")"
    texts = held["text"].tolist()
    begins = np.flatnonzero(~held.duplicated(["group", "item"]).to_numpy())
    joined = [", ".join(texts[a:b]) for a, b in pairwise([*begins, len(held)])]
    keys = held.iloc[begins]
    return pd.Series(joined, index=pd.MultiIndex.from_frame(keys[["group", "item"]]), dtype="str")


def compare_rates(
    units: pd.DataFrame,
    counts: pd.DataFrame,
    *,
    effect: Effect = rate_difference,
    zeros: bool = False,
) -> pd.DataFrame:
    """Hold each group's rate of each item against that of all other groups.

    Parameters
    ----------
    units : DataFrame
        A row a paragraph: article_id, block_id, group, size (words, or what else rates divide by).
        An article belongs to one group.
    counts : DataFrame
        A row a paragraph and item that occurs in it: article_id, block_id, item, n; and size, if an
        item has its own (the mentions of an actor, for the share of one label among them).
    effect : callable
        What is compared: from n, size, n_rest, size_rest and the items' positions in sorted order to
        a number; the difference of the rates unless given.
    zeros : bool
        Whether items that a group does not have get a row too.

    Returns
    -------
    DataFrame
        A row a group and item, sorted by both: group, item, n, size, n_rest, size_rest, n_articles
        (with the item), n_articles_group, articles (with the item, and how often), rate, rate_low,
        rate_high (the group's own n / size, and what 95 % of `BOOTSTRAPS` draws of paragraphs within
        each article give), effect, loo_low, loo_high (smallest and largest effect with one article
        left out; a group's only article stays), boot_low, boot_high (95 % range of the effect over
        the same draws: variation within these articles, not between articles), p_value, lowest_p, q_value.

        p_value is two-sided: the share of all ways to deal the articles to a group of this size
        whose |difference of pooled rates| is at least as large, the observed one among them; from
        20,000 ways on, (1 + as large) / (1 + draws) of random ones. It is about articles like these
        dealt at random, so it says nothing where outlet and date cannot be told apart. q_value
        (Benjamini-Hochberg over all groups and items) is missing where lowest_p is above 0.05:
        there are not enough articles. Without other groups, effect and ranges are missing and p is 1.

    Raises
    ------
    InputError
        Counts of a paragraph that has no row; a paragraph given twice.

    References
    ----------
    Lijffijt et al. (2016), "Significance testing of word frequencies in corpora"; Benjamini &
    Hochberg (1995).

    Examples
    --------
    >>> units = pd.DataFrame({"article_id": ["a", "b", "c"], "block_id": 0,
    ...                       "group": ["X", "Y", "Y"], "size": 100})
    >>> counts = pd.DataFrame({"article_id": ["a", "b"], "block_id": 0, "item": "war", "n": [6, 2]})
    >>> table = compare_rates(units, counts).set_index("group")
    >>> table.loc["X", ["rate", "effect", "loo_low", "loo_high", "p_value", "lowest_p"]].round(3).tolist()
    [0.06, 0.05, 0.04, 0.06, 0.333, 0.333]
    """
    table = _Table(units, counts)
    weights = _paragraph_weights(table)
    # Single precision holds whole numbers to 16 million, and half the memory.
    drawn = (np.asarray(table.n.T.astype(np.float32) @ weights.T).T, _dense(table.size.T @ weights.T).T)
    groups = sorted(set(units["group"]))
    compare = partial(_compare_group, table, weights=weights, drawn=drawn, effect=effect, zeros=zeros)
    with ThreadPoolExecutor() as pool:  # numpy and scipy leave the other cores free to work
        parts = list(pool.map(compare, groups))
    compared = pd.concat(parts, ignore_index=True)
    held = _list_articles(units, counts).reindex(pd.MultiIndex.from_frame(compared[["group", "item"]]))
    compared.insert(8, "articles", held.fillna("").to_numpy())
    enough = (compared["lowest_p"] <= ENOUGH_P).to_numpy()
    if enough.any():
        # Pairs without a row count as tested, with p = 1.
        tested = len(groups) * len(table.items)
        p = np.append(compared["p_value"], np.ones(max(0, tested - len(compared))))
        from scipy.stats import false_discovery_control  # half a second to import

        compared.loc[enough, "q_value"] = false_discovery_control(p)[: len(compared)][enough]
    return compared

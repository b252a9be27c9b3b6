"""Where outlets differ in whom they mention together, tested by dealing articles, not pairs."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .cooccurrence import find_meetings, list_windows
from .corpus import Corpus
from .errors import InputError
from .uncertainty import RANGES, compare_rates

CHANGES = ("only here", "stronger here", "as strong", "weaker here", "only there")
PAIR_COLUMNS = ["source", "target", "source_name", "target_name", "within", "level", "use"]


def compare_cooccurrences(
    corpus: Corpus,
    mentions: pd.DataFrame,
    within: str = "sentence",
    *,
    by: str = "outlet",
    groups: Sequence[str] | None = None,
    rolled_up: bool = False,
    use: str | None = "actor",
) -> pd.DataFrame:
    """Contrast in how many of its windows each outlet mentions two actors together with the other outlets.

    Parameters
    ----------
    corpus : Corpus
        As for `count_cooccurrences`.
    mentions : DataFrame
        As for `count_cooccurrences`.
    within : str
        As for `count_cooccurrences`.
    by : {"outlet", "article_id"}
        What a group is.
    groups : sequence of str, optional
        Only these outlets or articles, two or more; all unless given. With two, each is held against the
        other.
    rolled_up : bool
        As for `count_cooccurrences`.
    use : str or None
        As for `count_cooccurrences`.

    Returns
    -------
    DataFrame
        A row a group and pair that meets in any group, the largest differences of each group first: group,
        rest (what it is held against), source, target, source_name, target_name, within, level, use,
        change, n_windows (with both), n_all (windows of the group), share = n_windows / n_all,
        n_windows_rest, n_all_rest, share_rest, difference = share - share_rest, loo_low, loo_high, boot_low,
        boot_high, p_value, lowest_p, q_value, n_articles (in which they meet), n_articles_group, articles
        (see `helpers.uncertainty.compare_rates`: p deals articles, and a window that spans paragraphs is
        resampled with the one it begins in).

        change: only here, only there (the pair never meets on the other side), stronger here, weaker here
        (its share is larger or smaller), as strong; empty where a side has no window. Shares of windows of
        unlike length do not compare, nor do outlets that write longer sentences; "only" means in these
        articles.

    Raises
    ------
    InputError
        Another `by`; a group that is not in the corpus; fewer than two groups.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> two = corpus.articles["outlet"].unique()[:2]
    >>> table = compare_cooccurrences(corpus, find_mentions(corpus), groups=two)
    >>> bool((table.groupby(["source", "target"])["difference"].sum().abs() < 1e-9).all())
    True
    """
    group_of = corpus.groups(by, "pairs")
    known = sorted(set(group_of))
    wanted = known if groups is None else list(dict.fromkeys(groups))
    if isinstance(groups, str):
        raise InputError(f"groups is {groups!r}: expected a list of two or more of {', '.join(known)}")
    if unknown := [g for g in wanted if g not in known]:
        raise InputError(f"unknown {by} {unknown[0]!r}: expected some of {', '.join(known)}")
    if groups is not None and len(wanted) < 2:
        raise InputError(f"groups names {len(wanted)}: expected two or more of {', '.join(known)}")
    kept = group_of[group_of.isin(wanted)]
    windows = list_windows(corpus, within)
    sizes = windows.groupby(["article_id", "block_id"]).size().rename("size").reset_index()
    # An article without a window stays one of the articles that are dealt.
    units = kept.reset_index().merge(sizes, on="article_id", how="left")
    units = units.fillna({"block_id": -1, "size": 0}).astype({"block_id": "int64", "size": "int64"})
    meetings = find_meetings(corpus, mentions, within, rolled_up=rolled_up, use=use)
    meetings = meetings[meetings["article_id"].isin(kept.index)]
    pairs = meetings[PAIR_COLUMNS].drop_duplicates(["source", "target"])
    pairs = pairs.sort_values(["source", "target"], ignore_index=True)
    item = pd.MultiIndex.from_frame(pairs[["source", "target"]])
    counts = meetings.assign(item=item.get_indexer(pd.MultiIndex.from_frame(meetings[["source", "target"]])))
    counts = counts.groupby(["article_id", "block_id", "item"]).size().rename("n").reset_index()
    compared = compare_rates(units, counts, zeros=True)
    several = f"{len(wanted) - 1} other {'outlets' if by == 'outlet' else 'articles'}"
    rest = {g: several if len(wanted) != 2 else next(o for o in wanted if o != g) for g in wanted}
    n, n_rest = compared["n"].to_numpy(dtype=int), compared["n_rest"].to_numpy(dtype=int)
    difference = compared["effect"].to_numpy(dtype=float)
    change = np.select(
        [np.isnan(difference), n_rest == 0, n == 0, difference > 0, difference < 0],
        ["", CHANGES[0], CHANGES[4], CHANGES[1], CHANGES[3]],
        default=CHANGES[2],
    )
    table = pd.concat(
        [
            compared[["group"]].assign(rest=compared["group"].map(rest)),
            pairs.take(compared["item"]).reset_index(drop=True),
            pd.DataFrame(
                {
                    "change": pd.Series(change, dtype="str"),
                    "n_windows": n,
                    "n_all": compared["size"].astype(int),
                    "share": compared["rate"],
                    "n_windows_rest": n_rest,
                    "n_all_rest": compared["size_rest"].astype(int),
                    "share_rest": compared["rate"] - difference,
                    "difference": difference,
                }
            ),
            compared[[*RANGES, "n_articles", "n_articles_group", "articles"]],
        ],
        axis="columns",
    )
    table = table[(table["n_windows"] > 0) | (table["n_windows_rest"] > 0)]
    order = table["difference"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].sort_values("group", kind="stable", ignore_index=True)

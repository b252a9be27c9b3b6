"""Which actors are mentioned together: in which windows, how often, when first."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from .corpus import Corpus
from .errors import InputError
from .stored_tables import in_parts
from .structure import COUNTED_KINDS

Ints = npt.NDArray[np.int64]

# The column that numbers the windows of an article. "3 sentences" and the like have none.
WINDOWS = {"sentence": "sentence_id", "paragraph": "block_id", "article": None}
USES = {"actor": "actor", "place": "place", None: "any"}
# Of a table on disk, so many parts' counts are held before they are added up.
_HELD_PARTS = 16
EDGE_COLUMNS = [
    "source", "target", "source_name", "target_name", "within", "level", "use",
    "n_windows", "n_source", "n_target", "n_all", "weight",
]  # fmt: skip


def sentences_in_window(within: str) -> int:
    """Give k for "k sentences", or 0 for the other windows.

    Raises
    ------
    InputError
        Another window.

    Examples
    --------
    >>> sentences_in_window("3 sentences"), sentences_in_window("paragraph")
    (3, 0)
    """
    k = re.fullmatch(r"([2-9]|[1-9]\d{1,8}) sentences", str(within))
    if not k and str(within) not in WINDOWS:
        raise InputError(
            f"unknown window {within!r}: expected one of {', '.join(WINDOWS)}, or a number of sentences "
            "such as '3 sentences'"
        )
    return int(k.group(1)) if k else 0


@dataclass(frozen=True)
class Incidence:
    """Which actors stand in which windows: a row a mention, or with k sentences a mention and window.

    Parameters
    ----------
    actor_ids, article_ids : array of str
        What `actor` and `article` number.
    mention, actor, article, window : array of int
        The numbers of each row; windows are numbered over all articles, not without gaps.
    place : array of int
        The window's number in its article: sentence_id (its first sentence's), block_id, or 0.
    """

    actor_ids: npt.NDArray[np.object_]
    article_ids: npt.NDArray[np.object_]
    mention: Ints
    actor: Ints
    article: Ints
    window: Ints
    place: Ints

    def matrix(self, rows: Any = slice(None)) -> Any:
        """Give windows by actors, 1 where the actor is, for all rows or some."""
        window = self.window[rows]
        if len(window) < len(self.window):
            window = np.unique(window, return_inverse=True)[1]
        shape = (int(window.max(initial=-1)) + 1, len(self.actor_ids))
        ones = np.ones(len(window), dtype=np.int32)
        matrix = sparse.csr_array((ones, (window, self.actor[rows])), shape=shape)
        matrix.data[:] = 1  # an actor's mentions in one window have been added up
        return matrix


def find_incidence(
    corpus: Corpus, mentions: pd.DataFrame, within: str, *, rolled_up: bool, use: str | None
) -> Incidence:
    """Number the windows and say which actors stand in each; see `count_cooccurrences`."""
    k = sentences_in_window(within)
    if use is not None and str(use) not in USES:
        raise InputError(f"unknown use {use!r}: expected 'actor', 'place', or None for both")
    if use is not None:
        mentions = mentions[mentions["use"].to_numpy(dtype=object) == use]
    # Arrays of objects are numbered twice as fast as pandas' own strings.
    actor, ids = pd.factorize(mentions["actor_id"].to_numpy(dtype=object))
    article, article_ids = pd.factorize(mentions["article_id"].to_numpy(dtype=object))
    if unknown := sorted(set(ids) - set(corpus.actors)):
        raise InputError(
            f"mentions name {unknown[0]!r}, which is no actor of the corpus: add it to actors.toml"
        )
    if strange := sorted(set(article_ids) - corpus.article_ids):
        raise InputError(
            f"mentions stand in {strange[0]!r}, which is no article of the corpus: find both in one corpus"
        )
    if rolled_up:
        ids = np.array([corpus.actors[a].side or a for a in ids], dtype=object)
    actor_ids, in_order = np.unique(ids.astype(str), return_inverse=True)
    actor = in_order.astype(np.int64)[actor] if len(ids) else actor
    column = "sentence_id" if k else WINDOWS[within]
    place = mentions[column].to_numpy(dtype=np.int64) if column else np.zeros(len(mentions), dtype=np.int64)
    mention = np.arange(len(place))
    if k:
        mention, place = find_runs(corpus, article_ids, article, place, k)
        actor, article = actor[mention], article[mention]
    stride = int(place.max(initial=0)) + 1
    window = article * stride + place
    if len(article_ids) * stride > 4 * len(window):  # most numbers would be of windows without a mention
        window, _ = pd.factorize(window)
    return Incidence(actor_ids.astype(object), article_ids, mention, actor, article, window, place)


def find_runs(
    corpus: Corpus, article_ids: npt.NDArray[np.object_], article: Ints, sentence: Ints, k: int
) -> tuple[Ints, Ints]:
    """List the runs of k sentences that each sentence is in: its index, and the run's first sentence.

    Sentences are given by article (a position in `article_ids`) and number in it.
    """
    lengths = corpus.n_units("sentence").reindex(article_ids, fill_value=1)
    last = np.maximum(lengths.to_numpy() - k, 0)[article]
    first = np.maximum(sentence - k + 1, 0)
    times = np.maximum(np.minimum(sentence, last) - first + 1, 0)
    index = np.repeat(np.arange(len(sentence)), times)
    return index, first[index] + np.arange(len(index)) - np.repeat(np.cumsum(times) - times, times)


def list_windows(corpus: Corpus, within: str) -> pd.DataFrame:
    """List every window that counts, those without any actor too.

    Parameters
    ----------
    corpus : Corpus
        Gives the sentences, paragraphs and articles.
    within : str
        See `count_cooccurrences`.

    Returns
    -------
    DataFrame
        A row a window: article_id, place (its number in the article: sentence_id, its first sentence's;
        block_id; 0), block_id (the paragraph in which it begins; -1 in an article with no text that counts),
        start (where it begins in the raw text).

    Examples
    --------
    >>> from helpers import load_corpus
    >>> len(list_windows(load_corpus(), "sentence"))
    151
    """
    k = sentences_in_window(within)
    if within == "sentence" or k:
        windows = corpus.sentences[["article_id", "sentence_id", "block_id", "start"]]
        windows = windows.set_axis(["article_id", "place", "block_id", "start"], axis="columns")
        length = windows.groupby("article_id")["place"].transform("size")
        return windows[(windows["place"] <= length - k) | (windows["place"] == 0)].reset_index(drop=True)
    counted = corpus.blocks["kind"].isin(COUNTED_KINDS)
    blocks = corpus.blocks.loc[counted, ["article_id", "block_id", "start"]]
    if within == "paragraph":
        return blocks.assign(place=blocks["block_id"]).reset_index(drop=True)
    first = blocks.drop_duplicates("article_id")
    windows = corpus.articles[["article_id"]].merge(first, on="article_id", how="left")
    whole_numbers = {"block_id": -1, "start": 0}
    return windows.fillna(whole_numbers).astype(dict.fromkeys(whole_numbers, "int64")).assign(place=0)


def _count_windows(corpus: Corpus, within: str) -> pd.Series:
    """How many windows each article has, by article_id."""
    k = sentences_in_window(within)
    if within == "article":
        return pd.Series(1, index=corpus.articles["article_id"])
    if within == "paragraph":
        return corpus.n_units("paragraph")
    n = corpus.n_units("sentence")
    return n if k < 2 else (n - k + 1).clip(lower=1).where(n > 0, 0)


def find_window(edges: pd.DataFrame) -> str:
    """Say which window the edges were counted in; "window" where they do not say, or not one.

    Examples
    --------
    >>> find_window(pd.DataFrame({"within": ["article", "article"]})), find_window(pd.DataFrame())
    ('article', 'window')
    """
    windows = set(edges["within"]) if "within" in edges.columns else set()
    return str(windows.pop()) if len(windows) == 1 else "window"


def check_edges(edges: pd.DataFrame, columns: Iterable[str], *, once: bool = True) -> None:
    """Raise ``InputError`` if a table of edges lacks a column, or holds a pair twice and may not.

    Examples
    --------
    >>> check_edges(pd.DataFrame({"source": []}), ["source", "target"])
    Traceback (most recent call last):
    helpers.errors.InputError: the edges lack the column 'target': expected a table from count_cooccurrences
    """
    if missing := [c for c in columns if c not in edges.columns]:
        raise InputError(
            f"the edges lack the column {missing[0]!r}: expected a table from count_cooccurrences"
        )
    if not once:
        return
    ends = [edges["source"].to_numpy(dtype=object), edges["target"].to_numpy(dtype=object)]
    turned = ends[0] > ends[1]
    pairs = {"a": np.where(turned, ends[1], ends[0]), "b": np.where(turned, ends[0], ends[1])}
    if pd.DataFrame(pairs).duplicated().any():
        raise InputError(
            "a pair stands twice in the edges: take those of one outlet, article or window at a time"
        )


def count_cooccurrences(
    corpus: Corpus,
    mentions: pd.DataFrame,
    within: str = "sentence",
    *,
    by: str | None = None,
    rolled_up: bool = False,
    use: str | None = "actor",
) -> pd.DataFrame:
    """Count the windows in which two actors are both mentioned.

    Parameters
    ----------
    corpus : Corpus
        Gives the number of all windows, empty ones too.
    mentions : DataFrame
        From `find_mentions`; take rows out before to count some kinds only, and `leave_out_nested` to
        leave out the state inside a ministry's name. Pronouns among them count like the rest. A table on
        disk is read part by part.
    within : str
        The window: "sentence", "paragraph", "article", or a number of sentences in a row, such as
        "3 sentences" (every run of three, so that runs overlap; an article with fewer is one window).
    by : {None, "outlet", "article_id"}
        Count all articles together, or each outlet or article by itself.
    rolled_up : bool
        Put each actor's side, normally a state, in its place. Two actors of one side are then one actor,
        and no pair.
    use : str or None
        "actor" (default), "place", or None for both.

    Returns
    -------
    DataFrame
        A row a pair that meets at least once, the commonest first: with `by` the outlet or article_id;
        source, target (actor ids, source before target in the alphabet), source_name, target_name, within,
        level (actor, affiliation), use (actor, place, any), n_windows (windows with both; a window counts
        a pair once), n_source, n_target (windows with each), n_all (all windows), weight (here
        n_windows; see `weigh_cooccurrences`). Counts of outlets of different length do not compare.

    Raises
    ------
    InputError
        Another `within`, `by` or `use`; a mention of an actor that the corpus does not have.

    Notes
    -----
    Counted as the product X'X of the sparse matrix X of windows by actors: exact, and fast for millions
    of windows.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> mentions = find_mentions(corpus)
    >>> states = count_cooccurrences(corpus, mentions, within="paragraph", rolled_up=True)
    >>> states[["n_windows", "n_all"]].head(1).values.tolist()
    [[61, 119]]
    """
    if by not in (None, "outlet", "article_id"):
        raise InputError(
            f"pairs cannot be counted by {by!r}: expected 'outlet', 'article_id', or None for all"
        )
    n_windows = _count_windows(corpus, within)
    group = pd.Series("", index=n_windows.index) if by is None else corpus.groups(by, "pairs")
    n_all = n_windows.groupby(group.reindex(n_windows.index)).sum()
    levels = {(actor.side or actor.id) if rolled_up else actor.id for actor in corpus.actors.values()}
    actor_ids = np.array(sorted(levels), dtype=object)
    counted: list[tuple[Ints, Ints]] = []
    for part in in_parts(mentions):
        incidence = find_incidence(corpus, part, within, rolled_up=rolled_up, use=use)
        of_article = pd.Index(n_all.index).get_indexer(group.reindex(incidence.article_ids))
        of_actor = np.searchsorted(actor_ids, incidence.actor_ids)
        counted.append(_multiply(incidence, of_actor, of_article, len(actor_ids)))
        counted = [_add_up(counted)] if len(counted) > _HELD_PARTS else counted
    keys, n_both = counted[0] if len(counted) == 1 else _add_up(counted)
    ends, target = np.divmod(keys, len(actor_ids))
    # An actor's windows with itself are all its windows.
    itself = target == ends % len(actor_ids)
    alone = pd.Series(n_both[itself], index=ends[itself])
    ends, target, n_both = ends[~itself], target[~itself], n_both[~itself]
    number_of_group, source = np.divmod(ends, len(actor_ids))
    order = order_pairs(n_both, source, target, number_of_group, len(actor_ids))
    n_both, source, target, number_of_group = (c[order] for c in (n_both, source, target, number_of_group))
    first = number_of_group * len(actor_ids)
    edges = pd.DataFrame(
        {
            **name_pairs(corpus, actor_ids, source, target, within, rolled_up, use),
            "n_windows": n_both,
            "n_source": alone.loc[first + source].to_numpy(),
            "n_target": alone.loc[first + target].to_numpy(),
            "n_all": n_all.to_numpy()[number_of_group],
            "weight": n_both,
        },
        copy=False,
    )
    if by is not None:
        edges.insert(0, by, pd.Series(n_all.index, dtype="str").array.take(number_of_group))
    return edges


def _multiply(
    incidence: Incidence, actor: npt.NDArray[np.intp], group: npt.NDArray[np.intp], n_actors: int
) -> tuple[Ints, Ints]:
    """How many windows of a group each two actors share, those of one actor with itself too.

    `actor` and `group` number the actors and articles of the incidence. The first array holds group, source
    and target in one number.
    """
    of_row = group[incidence.article]
    numbers = np.unique(of_row).tolist()
    keys, counts = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    rows_of = pd.Series(of_row).groupby(of_row).indices if len(numbers) > 1 else {}
    for number in numbers:
        matrix = incidence.matrix(rows_of.get(number, slice(None)))
        product = sparse.triu(matrix.T @ matrix).tocoo()
        keys.append((number * n_actors + actor[product.row]) * n_actors + actor[product.col])
        counts.append(product.data.astype(np.int64))
    return np.concatenate(keys), np.concatenate(counts)


def _add_up(counted: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """Add the counts of equal keys."""
    if not counted:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    keys, place = np.unique(np.concatenate([keys for keys, _ in counted]), return_inverse=True)
    return keys, np.bincount(place, np.concatenate([n for _, n in counted])).astype(np.int64)


def order_pairs(n_both: Ints, source: Ints, target: Ints, group: Ints, n_actors: int) -> Ints:
    """Give the order of pairs: the commonest first, then by source, target and group.

    Examples
    --------
    >>> n_both, source, target = np.array([1, 3, 1]), np.array([0, 0, 1]), np.array([2, 1, 2])
    >>> order_pairs(n_both, source, target, np.zeros(3, dtype=np.int64), n_actors=3).tolist()
    [1, 0, 2]
    """
    n_groups = int(group.max(initial=0)) + 1
    if (int(n_both.max(initial=0)) + 1) * n_actors**2 * n_groups < 2**62:
        # One number holds all four, and sorts in a third of the time.
        return np.argsort(((-n_both * n_actors + source) * n_actors + target) * n_groups + group)
    return np.lexsort((group, target, source, -n_both))


def name_pairs(
    corpus: Corpus,
    actor_ids: npt.NDArray[np.object_],
    source: Any,
    target: Any,
    within: str,
    rolled_up: bool,
    use: str | None,
) -> dict[str, Any]:
    """Give the columns that say which pairs these are and how they were counted, from the actors' numbers."""
    # Taken from strings that pandas knows as such, millions of rows need not be looked through.
    ids = pd.Series(actor_ids, dtype="str").array
    names = pd.Series([corpus.actors[a].name for a in actor_ids], dtype="str").array
    how = {"within": within, "level": "affiliation" if rolled_up else "actor", "use": USES[use]}
    all_alike = np.zeros(len(source), dtype=np.int64)
    return {
        "source": ids.take(source),
        "target": ids.take(target),
        "source_name": names.take(source),
        "target_name": names.take(target),
        **{column: pd.Series([value], dtype="str").array.take(all_alike) for column, value in how.items()},
    }


def find_meetings(
    corpus: Corpus,
    mentions: pd.DataFrame,
    within: str = "sentence",
    *,
    rolled_up: bool = False,
    use: str | None = "actor",
) -> pd.DataFrame:
    """List each window in which two actors meet, in the order of the text: what `count_cooccurrences` counts.

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

    Returns
    -------
    DataFrame
        A row a window and pair: article_id, outlet, place (the window's number in its article: sentence_id,
        its first sentence's; block_id; 0), block_id (where it begins), position (characters of counted
        text before the window, as a share of all, 0 to 1), source, target, source_name, target_name,
        within, level, use, time (1 where the pair meets for the first time in the article, 2 for the
        second, …). A window with 100 actors has 4,950 rows: for large corpora take pairs out before.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> mentions = find_mentions(corpus)
    >>> meetings = find_meetings(corpus, mentions)
    >>> len(meetings) == int(count_cooccurrences(corpus, mentions)["n_windows"].sum())
    True
    """
    incidence = find_incidence(corpus, mentions, within, rolled_up=rolled_up, use=use)
    frame = pd.DataFrame({"window": incidence.window, "actor": incidence.actor}).drop_duplicates()
    both = frame.merge(frame, on="window")
    both = both[both["actor_x"] < both["actor_y"]]
    of_window = np.zeros(int(incidence.window.max(initial=-1)) + 1, dtype=np.int64)
    of_window[incidence.window] = np.arange(len(incidence.window))  # any row of the window will do
    row = of_window[both["window"]]
    meetings = pd.DataFrame(
        {
            "article_id": incidence.article_ids[incidence.article[row]],
            "place": incidence.place[row],
            **name_pairs(
                corpus, incidence.actor_ids, both["actor_x"], both["actor_y"], within, rolled_up, use
            ),
        }
    )
    windows = list_windows(corpus, within)
    windows["position"] = corpus.positions(windows)
    meetings = meetings.merge(windows, on=["article_id", "place"], validate="many_to_one")
    meetings["outlet"] = meetings["article_id"].map(corpus.articles.set_index("article_id")["outlet"])
    rank = pd.Series(range(len(corpus.articles)), index=corpus.articles["article_id"])
    meetings["rank"] = meetings["article_id"].map(rank)
    meetings = meetings.sort_values(["rank", "place", "source", "target"], ignore_index=True)
    meetings["time"] = meetings.groupby(["article_id", "source", "target"]).cumcount() + 1
    columns = ["article_id", "outlet", "place", "block_id", "position", *EDGE_COLUMNS[:7], "time"]
    return meetings[columns]

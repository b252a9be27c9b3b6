"""Count the mentions: by outlet, article, actor or kind, and one outlet against the others."""

from collections.abc import Sequence

import pandas as pd

from .corpus import Corpus
from .errors import InputError
from .mentions import KINDS, without_pronouns
from .stored_tables import StoredTable, in_parts, sum_parts
from .uncertainty import RANGES, compare_rates


def leave_out_nested(mentions: pd.DataFrame) -> pd.DataFrame:
    """Leave out mentions inside a longer mention of another actor.

    "Norway's Defense Ministry" is a mention of the ministry and, inside it, one of Norway. That the two stand
    together is a matter of spelling: without the inner one they meet only where Norway is mentioned apart.

    Parameters
    ----------
    mentions : DataFrame
        From `find_mentions`; of a table on disk each part is looked through when it is read.

    Returns
    -------
    DataFrame
        The rows whose span is not part of a longer one. Actors that share one span ("the two countries")
        stay.

    Examples
    --------
    >>> rows = [("a", 0, 25, "ministry"), ("a", 0, 6, "norway"), ("a", 30, 36, "norway")]
    >>> table = pd.DataFrame(rows, columns=["article_id", "start", "end", "actor_id"])
    >>> leave_out_nested(table)["start"].tolist()
    [0, 30]
    """
    if isinstance(mentions, StoredTable):
        return mentions.each(leave_out_nested)
    spans = mentions[["article_id", "start", "end"]].drop_duplicates()
    spans = spans.sort_values(["article_id", "start", "end"], ascending=[True, True, False])
    # A span is inside an earlier one if it ends no later than the furthest of them.
    furthest = spans.groupby("article_id")["end"].cummax().groupby(spans["article_id"]).shift(fill_value=-1)
    nested = pd.MultiIndex.from_frame(spans[spans["end"] <= furthest])
    return mentions[~pd.MultiIndex.from_frame(mentions[["article_id", "start", "end"]]).isin(nested)]


_USES = {"actor": ", places left out", "place": ", as places only", None: ", places too"}
_GROUPS = ("outlet", "article_id", "actor_id", "kind")


def roll_up_mentions(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """Put each actor's side, normally a state, in its place; actors without one stay themselves.

    Parameters
    ----------
    corpus : Corpus
        Gives the actors' sides.
    mentions : DataFrame
        From `find_mentions`.

    Returns
    -------
    DataFrame
        The same rows with another actor_id.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> mentions = find_mentions(corpus)
    >>> len(roll_up_mentions(corpus, mentions)) == len(mentions)
    True
    """
    return mentions.assign(actor_id=[corpus.actors[a].side or a for a in mentions["actor_id"]])


def count_mentions(
    corpus: Corpus,
    mentions: pd.DataFrame,
    by: str | Sequence[str] = ("outlet", "actor_id"),
    *,
    rolled_up: bool = False,
    use: str | None = "actor",
) -> pd.DataFrame:
    """Count mentions by outlet, article, actor or kind.

    Parameters
    ----------
    corpus : Corpus
        Gives the words, and every outlet, article and actor, so that zeros are kept.
    mentions : DataFrame
        From `find_mentions`; take rows out before to count some kinds only. A table on disk is read part by
        part. Pronouns are never counted among the others: they have a column of their own, by kind rows of
        their own.
    by : str or sequence of str
        Some of outlet, article_id, actor_id, kind.
    rolled_up : bool
        Count a person or organisation for the state it is affiliated with. A phrase that names
        an actor by its state ("Norway's Defense Ministry") holds two mentions and counts as two.
    use : str or None
        "actor" (default), "place", or None for both.

    Returns
    -------
    DataFrame
        The columns of `by`; with actor_id also actor (its name), type, affiliation (id of its
        side) and affiliation_name; n_mentions; n_pronouns (if there are any, and not by kind; no rate
        or share holds them); n_words (of the outlet, article or whole corpus);
        mentions_per_1000_words = 1000 * n_mentions / n_words; share = n_mentions / all mentions of
        the same outlet or article. Rates compare outlets; they say nothing of texts not in the
        corpus. Every combination has a row, zero or not, for actors that are in ``actors.toml`` or
        occur anywhere. ``attrs["counted"]`` says which kinds are in it.

    Raises
    ------
    InputError
        A column that mentions are not counted by.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> counts = count_mentions(corpus, find_mentions(corpus), by=["article_id", "kind"])
    >>> len(counts) == len(corpus.articles) * 5
    True
    """
    by = [by] if isinstance(by, str) else list(by)
    if not by:
        raise InputError(f"mentions must be counted by something: expected some of {', '.join(_GROUPS)}")
    for column in by:
        if column not in _GROUPS:
            raise InputError(
                f"mentions cannot be counted by {column!r}: expected some of {', '.join(_GROUPS)}"
            )
    actors = corpus.actors
    keys = list(dict.fromkeys([*by, "actor_id", "kind"]))
    sizes = sum_parts((_count_part(part, keys, use) for part in in_parts(mentions)), keys)
    if rolled_up:
        sizes = roll_up_mentions(corpus, sizes)
    seen = set(sizes["actor_id"])
    counted_actors = [
        a.id
        for a in actors.values()
        if a.id in seen or (a.declared and (not rolled_up or a.side in ("", a.id)))
    ]
    pronouns = sizes[sizes["kind"] == "pronoun"]
    if "kind" not in by:
        sizes = without_pronouns(sizes)
    kinds = [kind for kind in KINDS if kind in set(sizes["kind"])]
    levels = {
        "outlet": sorted(set(corpus.articles["outlet"])),
        "article_id": corpus.articles["article_id"].tolist(),
        "actor_id": counted_actors,
        "kind": list(KINDS),
    }
    index = pd.MultiIndex.from_product([levels[c] for c in by], names=by)
    counts = sizes.groupby(by)["n"].sum().reindex(index, fill_value=0).rename("n_mentions").reset_index()
    if len(pronouns) and "kind" not in by:
        n_pronouns = pronouns.groupby(by)["n"].sum().reindex(index, fill_value=0)
        counts["n_pronouns"] = n_pronouns.to_numpy()
    unit = "article_id" if "article_id" in by else "outlet" if "outlet" in by else None
    if unit:
        words = corpus.articles.groupby(unit)["n_words"].sum()
        counts["n_words"] = counts[unit].map(words)
        total = counts.groupby(unit)["n_mentions"].transform("sum")
    else:
        counts["n_words"] = corpus.articles["n_words"].sum()
        total = counts["n_mentions"].sum()
    counts.attrs["counted"] = f"Counted: {', '.join(kinds) or 'no'} mentions{_USES[use]}."
    counts["mentions_per_1000_words"] = 1000 * counts["n_mentions"] / counts["n_words"]
    counts["share"] = (counts["n_mentions"] / total).fillna(0.0)
    if "actor_id" in by:
        at = counts.columns.get_loc("actor_id") + 1
        sides = [actors[a].side for a in counts["actor_id"]]
        counts.insert(at, "type", [actors[a].type for a in counts["actor_id"]])
        counts.insert(at, "actor", [actors[a].name for a in counts["actor_id"]])
        counts.insert(at + 2, "affiliation", sides)
        counts.insert(at + 3, "affiliation_name", [actors[s].name if s else "" for s in sides])
    return counts


def _count_part(mentions: pd.DataFrame, keys: list[str], use: str | None) -> pd.DataFrame:
    if use is not None:
        mentions = mentions[mentions["use"] == use]
    return mentions.groupby(keys).size().rename("n").reset_index()


def compare_mentions(
    corpus: Corpus, mentions: pd.DataFrame, by: str = "outlet", *, use: str | None = "actor"
) -> pd.DataFrame:
    """Contrast how often each outlet mentions each actor with the other outlets.

    Parameters
    ----------
    corpus : Corpus
        Gives the words and actors.
    mentions : DataFrame
        From `find_mentions`; take rows out before to compare some kinds only. Pronouns are not counted.
    by : {"outlet", "article_id"}
        What a group is.
    use : str or None
        "actor" (default), "place", or None for both.

    Returns
    -------
    DataFrame
        A row a group and actor that any group mentions: group, actor_id, actor, n_mentions, n_words,
        mentions_per_1000_words, rate_low, rate_high (95 % range over paragraphs), rate_rest,
        difference (of the rates), loo_low, loo_high, boot_low, boot_high, p_value, lowest_p, q_value
        (see `helpers.uncertainty.compare_rates`), n_articles, n_articles_group, articles. The
        largest differences of each group first.

    Raises
    ------
    InputError
        Another `by`.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> compare_mentions(corpus, find_mentions(corpus))["lowest_p"].unique().tolist()
    [0.2, 0.1]
    """
    units = corpus.grouped_paragraphs(by, "mentions").rename(columns={"n_words": "size"})
    mentions = without_pronouns(mentions)
    if use is not None:
        mentions = mentions[mentions["use"] == use]
    counts = mentions.groupby(["article_id", "block_id", "actor_id"]).size().rename("n").reset_index()
    compared = compare_rates(units, counts.rename(columns={"actor_id": "item"}), zeros=True)
    per_1000 = {c: 1000 * compared[c] for c in ("rate", "rate_low", "rate_high", "effect", *RANGES[:4])}
    table = pd.DataFrame(
        {
            "group": compared["group"],
            "actor_id": compared["item"],
            "actor": [corpus.actors[a].name for a in compared["item"]],
            "n_mentions": compared["n"],
            "n_words": compared["size"].astype(int),
            "mentions_per_1000_words": per_1000["rate"],
            "rate_low": per_1000["rate_low"],
            "rate_high": per_1000["rate_high"],
            "rate_rest": per_1000["rate"] - per_1000["effect"],
            "difference": per_1000["effect"],
            **{c: per_1000.get(c, compared[c]) for c in RANGES},
            "n_articles": compared["n_articles"],
            "n_articles_group": compared["n_articles_group"],
            "articles": compared["articles"],
        }
    )
    order = table["difference"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].sort_values("group", kind="stable", ignore_index=True)

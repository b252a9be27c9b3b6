"""Who enters an article when, and how far into it."""

import pandas as pd

from .corpus import Corpus
from .mentions import without_pronouns


def locate_mentions(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """Say how far into its article each mention of an actor stands.

    Parameters
    ----------
    corpus : Corpus
        Gives the text that counts, by which positions are measured, and the actors.
    mentions : DataFrame
        From `find_mentions`; places and pronouns are left out.

    Returns
    -------
    DataFrame
        A row a mention, by article in the order of the text: article_id, label (of the article, see
        `Corpus.labels`), outlet, actor_id, actor, affiliation, affiliation_name, position (characters of
        counted text before it, as a share of all, 0 to 1), time (1 for the actor's first mention in the
        article, 2 for the second, …), sentence_id, start, end.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> bool(locate_mentions(corpus, find_mentions(corpus))["position"].between(0, 1).all())
    True
    """
    acting = without_pronouns(mentions[mentions["use"] == "actor"])
    acting = acting.sort_values(["article_id", "start", "actor_id"])
    sides = [corpus.actors[a].side for a in acting["actor_id"]]
    located = acting.assign(
        label=acting["article_id"].map(corpus.labels()),
        actor=[corpus.actors[a].name for a in acting["actor_id"]],
        affiliation=sides,
        affiliation_name=[corpus.actors[side].name if side else "" for side in sides],
        position=corpus.positions(acting),
        time=acting.groupby(["article_id", "actor_id"]).cumcount() + 1,
    )
    columns = [
        "article_id", "label", "outlet", "actor_id", "actor", "affiliation", "affiliation_name",
        "position", "time", "sentence_id", "start", "end",
    ]  # fmt: skip
    return located[columns].reset_index(drop=True)


def find_first_mentions(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """Say when each article brings in each actor.

    Parameters
    ----------
    corpus : Corpus
        Gives the text that counts, by which positions are measured.
    mentions : DataFrame
        From `find_mentions`; places and pronouns are left out.

    Returns
    -------
    DataFrame
        A row an article and actor: article_id, outlet, actor_id, actor, order (1 for the first
        actor of the article), position (characters of counted text before it, as a share of all,
        0 to 1), sentence_id, start, end.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> first = find_first_mentions(corpus, find_mentions(corpus))
    >>> bool(first["position"].between(0, 1).all())
    True
    """
    located = locate_mentions(corpus, mentions)
    first = located[located["time"] == 1].copy()
    first["order"] = first.groupby("article_id").cumcount() + 1
    columns = [
        "article_id", "outlet", "actor_id", "actor", "order", "position", "sentence_id", "start", "end",
    ]  # fmt: skip
    return first[columns].reset_index(drop=True)

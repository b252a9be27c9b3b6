"""What each outlet calls each actor."""

import pandas as pd

from .actors import Actor
from .corpus import Corpus
from .gazetteer import titles

FORMS = (
    "full name", "surname", "Mr.", "other name", "title", "description",
    "country name", "capital", "adjective",
)  # fmt: skip


def _form(text: str, kind: str, actor: Actor) -> str:
    """Which form of naming a mention is, from its kind and the actor's entry."""
    if kind != "named":
        return {"demonym": "adjective", "title": "title", "nominal": "description"}.get(kind, kind)
    first = text.split(" ", maxsplit=1)[0].rstrip(".")
    if actor.type == "person" and first in titles()["honorifics"]:
        return "Mr."
    label = text.casefold()
    if actor.type == "state":
        return "capital" if label in {capital.casefold() for capital in actor.capitals} else "country name"
    full = {name.removeprefix("the ").casefold() for name in (actor.name, *actor.aliases)}
    if label in full or actor.institution:
        return "full name"
    surnames = {short.casefold() for short in actor.short} | {name.rpartition(" ")[2] for name in full}
    ends_name = any(name.endswith(f" {label}") for name in full)
    return "surname" if actor.type == "person" and (label in surnames or ends_name) else "other name"


def plain_label(text: pd.Series) -> pd.Series:
    """Labels as they are compared: apostrophes straight, white space as one space."""
    return text.str.replace("’", "'").str.replace(r"\s+", " ", regex=True)


def count_labels(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """Count what each outlet calls each actor.

    Parameters
    ----------
    corpus : Corpus
        Gives the actors' entries.
    mentions : DataFrame
        From `find_mentions`. All are counted, places and quoted words too: take rows out before.

    Returns
    -------
    DataFrame
        A row an outlet, actor and label: outlet, actor_id, actor, affiliation, label (as written,
        apostrophes straight), form (full name, surname, Mr. (any honorific), other name, title,
        description, country name, capital, adjective), n, share (of the outlet's mentions of this
        actor). Commonest first within outlet and actor.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> labels = count_labels(corpus, find_mentions(corpus))
    >>> labels.groupby(["outlet", "actor_id"])["share"].sum().round(6).unique().tolist()
    [1.0]
    """
    actors = corpus.actors
    table = pd.DataFrame(
        {
            "outlet": mentions["outlet"],
            "actor_id": mentions["actor_id"],
            "actor": [actors[a].name for a in mentions["actor_id"]],
            "affiliation": [actors[a].side for a in mentions["actor_id"]],
            "label": plain_label(mentions["text"]),
        }
    )
    table["form"] = [
        _form(label, kind, actors[a])
        for label, kind, a in zip(table["label"], mentions["kind"], table["actor_id"], strict=True)
    ]
    counts = table.groupby(list(table.columns)).size().rename("n").reset_index()
    counts["share"] = counts["n"] / counts.groupby(["outlet", "actor_id"])["n"].transform("sum")
    order = ["outlet", "actor_id", "n", "label"]
    return counts.sort_values(order, ascending=[True, True, False, True]).reset_index(drop=True)

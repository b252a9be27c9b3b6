"""Who was merged into whom: by which rule each wording counts for its actor, and where that is a choice."""

import re
from collections import defaultdict

import pandas as pd

from .actors import Actor
from .corpus import Corpus
from .gazetteer import british_and_american, short_names
from .matching import fold, spellings
from .name_variants import same_person, split_name
from .title_words import titles

_NAMED = ("named", "demonym")


def audit_aliases(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """List each wording that counts for an actor, by which rule, and how many mentions hang on it.

    Parameters
    ----------
    corpus : Corpus
        Its actors.
    mentions : DataFrame
        From `find_mentions`; only names and adjectives are looked at.

    Returns
    -------
    DataFrame
        A row is one wording of one actor, the actors with most mentions first: actor_id, actor, text, rule,
        n_mentions, n_articles, n_actor (all named mentions of the actor), n_without (those that are left
        if this wording is not counted), could_be (tuple of the names of other actors whose wording it is
        too), example (a sentence). rule is "name" and "alias" for what ``actors.toml`` has, in any case,
        accents and spelling of "defence"; "adjective", "capital", "state and body"; "short" for what it
        lists so; "surname", "first name" for parts of the name; "nickname here" for one that the
        article itself gives; and the rules of `helpers.name_variants.same_person`.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> audit = audit_aliases(corpus, find_mentions(corpus))
    >>> bool((audit["n_mentions"] + audit["n_without"] == audit["n_actor"]).all())
    True
    """
    named = mentions[mentions["kind"].isin(_NAMED)]
    named = named.assign(text=[" ".join(text.split()) for text in named["text"]])
    sentences = corpus.sentences.set_index(["article_id", "sentence_id"])["text"]
    n_of_actor = named["actor_id"].value_counts()
    owners = _owners(corpus.actors)
    rows = []
    for (actor_id, text), part in named.groupby(["actor_id", "text"], sort=False):
        actor = corpus.actors[str(actor_id)]
        others = owners[bare_name(str(text))] - {actor.name}
        first = part.iloc[0]
        rows.append(
            (actor.id, actor.name, text, name_rule(str(text), actor), len(part), part["article_id"].nunique(),
             n_of_actor[actor_id], n_of_actor[actor_id] - len(part), tuple(sorted(others)),
             " ".join(sentences[first["article_id"], first["sentence_id"]].split()))
        )  # fmt: skip
    columns = ["actor_id", "actor", "text", "rule", "n_mentions", "n_articles", "n_actor", "n_without"]
    columns += ["could_be", "example"]
    audit = pd.DataFrame(rows, columns=columns)
    order = ["n_actor", "actor_id", "n_mentions", "text"]
    return audit.sort_values(order, ascending=[False, True, False, True], ignore_index=True)


def find_ambiguous_mentions(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """Find the mentions by a name that several actors share, so that the article had to decide.

    Parameters
    ----------
    corpus : Corpus
        Its actors.
    mentions : DataFrame
        From `find_mentions`.

    Returns
    -------
    DataFrame
        Their rows of `mentions`, with actor (whom each was counted for) and could_be (tuple of the names of
        the others); `show_evidence` shows their sentences.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> found = find_ambiguous_mentions(corpus, find_mentions(corpus))
    >>> bool((found["could_be"].map(len) > 0).all())
    True
    """
    owners = _owners(corpus.actors)
    names = [corpus.actors[a].name for a in mentions["actor_id"]]
    could_be = [
        tuple(sorted(owners[bare_name(" ".join(text.split()))] - {name}))
        for text, name in zip(mentions["text"], names, strict=True)
    ]
    found = mentions.assign(actor=names, could_be=could_be)
    named = found["kind"].isin(_NAMED)
    return found[named & (found["could_be"].map(len) > 0)]


def name_rule(text: str, actor: Actor) -> str:
    """Say by which rule a wording is an actor's; see `audit_aliases`.

    Examples
    --------
    >>> doe = Actor("jane_doe", "Jane Doe", "person", aliases=("JD Doe",))
    >>> [name_rule(t, doe) for t in ("Jane Doe", "JANE DOE", "Ms. Doe", "Jane", "J. Doe")]
    ['name', 'name', 'surname', 'first name', 'initials']
    """
    bare = bare_name(text)
    for rule, names in (
        ("name", (actor.name,)), ("alias", actor.aliases), ("adjective", actor.adjectives),
        ("capital", actor.capitals), ("short", actor.short),
    ):  # fmt: skip
        if any(bare in _ways(name) for name in names):
            return rule
    if actor.type != "person":
        return "state and body" if actor.institution else "acts for its state"
    words = bare.split()
    own = [split_name(name).words for name in (actor.name, *actor.aliases)]
    mine = split_name(bare).words
    if any(name[-len(mine) :] == mine for name in own):
        return "surname"
    if len(words) == 1 and any(name[0] == mine[0] for name in own):
        return "first name"
    rules = (same_person(bare, name) for name in (actor.name, *actor.aliases))
    return next((rule if rule != "same" else "name" for rule in rules if rule), "nickname here")


def bare_name(text: str) -> str:
    """Give a wording without "the" and without an honorific.

    Examples
    --------
    >>> bare_name("Ms. Doe"), bare_name("the North")
    ('Doe', 'North')
    """
    honorifics = "|".join(titles()["honorifics"])
    return re.sub(rf"^(?:[Tt]he |(?:{honorifics})\.? )+", "", fold(text))


def _ways(name: str) -> set[str]:
    """How texts may write a name, as `Gazetteer` looks for it."""
    bare = re.sub(r"^[Tt]he ", "", name)
    return {fold(bare)} | {
        spelling for way in british_and_american(bare) for spelling in spellings(way, any_case=False)
    }


def _owners(actors: dict[str, Actor]) -> dict[str, set[str]]:
    """Whose each short name, alias and name is, by the names of the actors."""
    owners: dict[str, set[str]] = defaultdict(set)
    for actor in actors.values():
        if actor.declared and actor.type != "seat":  # a seat that acts is its state by another rule
            for name in (actor.name, *actor.aliases, *short_names(actor)):
                for way in _ways(name):
                    owners[way].add(actor.name)
    return owners

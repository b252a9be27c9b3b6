"""Who speaks, and what kind of source that is."""

import re
from dataclasses import dataclass
from functools import cache

from .actors import Actor
from .paths import read_vocabulary


@dataclass(frozen=True)
class Speaker:
    """Who speaks: an actor's id or "", the name shown, the words used, whether it is a person."""

    actor_id: str
    name: str
    text: str
    is_person: bool
    phrase: str = ""  # name and description as printed, in lower case
    gender: str = ""  # m, f or ""
    members: tuple[str, ...] = ()  # the actors of "both ministries", who are credited together or not at all
    by_model: bool = False  # a spaCy model's parse named it


NOBODY = Speaker("", "", "", False)


@cache
def _source_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all source words, the longest first, and the type of each."""
    kinds = {
        word: kind.replace("_", " ")
        for kind, words in read_vocabulary("reporting")["sources"].items()
        for word in words
    }
    listed = "|".join(re.escape(word) for word in sorted(kinds, key=len, reverse=True))
    return re.compile(rf"\b({listed})(?:s|es)?\b"), kinds


def listed_type(text: str) -> str:
    """The type of the first description in a text that has a listed head: its last word that is listed.

    Examples
    --------
    >>> listed_type("a professor at the defence ministry"), listed_type("a state news agency")
    ('experts', 'state media')
    """
    pattern, kinds = _source_words()
    for part in re.split(r"\b(?:of|at|for|in|from|with|on|who|which)\b|,", text.lower()):
        if heads := pattern.findall(part):
            return kinds[heads[-1]]
    return ""


def source_type(speaker: Speaker, actors: dict[str, Actor]) -> str:
    """Sort a source: officials, state media, media, experts, witnesses, companies, groups, unnamed, others.

    By what the text calls it where it speaks, then by its entry in ``actors.toml``: a state or one of its
    bodies is official, a news outlet that acts for a state is state media.

    Examples
    --------
    >>> source_type(Speaker("", "one analyst", "one analyst", True, "one analyst"), {})
    'experts'
    """
    if speaker.members:
        types = {source_type(Speaker(m, actors[m].name, "", False), actors) for m in speaker.members}
        return types.pop() if len(types) == 1 else "others"
    actor = actors.get(speaker.actor_id)
    if actor is None:
        unlisted = "others" if re.search(r"[A-Z]", speaker.name) else "unnamed"
        return listed_type(speaker.phrase or speaker.text) or unlisted
    if actor.type in ("state", "seat", "bloc"):
        return "officials"
    for listed in _types_of_actor(speaker, actor, actors):
        if listed in ("media", "state media"):
            return "state media" if actor.side or listed == "state media" else "media"
        if listed == "officials" and not actor.side and actor.affiliation:
            continue  # a firm's spokeswoman
        if listed and (actor.type != "person" or not actor.side or listed == "experts"):
            return listed
    return "officials" if actor.side else "others"


def _types_of_actor(speaker: Speaker, actor: Actor, actors: dict[str, Actor]) -> list[str]:
    """What an actor is listed as, the surest first; "" where a text says nothing."""
    itself = " ".join([*actor.descriptions, actor.name]) if actor.type == "organisation" else ""
    employer = actors.get(actor.affiliation)
    employed = listed_type(employer.name) if employer and not actor.side else ""
    described = listed_type(", ".join(actor.descriptions))
    return [listed_type(itself), listed_type(speaker.phrase), described, employed]

"""The actors with everything they are looked for by, compiled once."""

import re
from collections import defaultdict
from typing import Any

from .actors import Actor, institutions
from .matching import Matcher, spellings
from .paths import read_vocabulary

# What a phrase of the gazetteer is; an alias with "the" in front needs the article in the text.
NAME, ARTICLE, ADJECTIVE, CAPITAL = "name", "article", "adjective", "capital"
PEOPLE, SHORT, BODY, BARE_BODY = "people", "short", "body", "bare body"


def titles() -> dict[str, Any]:
    """The word lists of ``data/titles.toml``: heads of descriptions, modifiers, facilities, honorifics."""
    return read_vocabulary("titles")


def british_and_american(phrase: str) -> set[str]:
    """Give both spellings of a phrase with "defence", "centre", "programme" or "labour" in it.

    Examples
    --------
    >>> sorted(british_and_american("Defense Ministry"))
    ['Defence Ministry', 'Defense Ministry']
    """
    ways = {phrase}
    for british, american in (
        ("efence", "efense"),
        ("entre", "enter"),
        ("rogramme", "rogram"),
        ("abour", "abor"),
    ):
        ways |= {re.sub(rf"{british}\b", american, w) for w in ways}
        ways |= {re.sub(rf"{american}\b", british, w) for w in ways}
    return ways


def short_names(actor: Actor) -> set[str]:
    """What an article may call an actor after its full name: the short forms, for persons the name's ends.

    The first word, the last word, and the last words from a small particle on ("von der Leyen").

    Examples
    --------
    >>> sorted(short_names(Actor("a", "Ursula von der Leyen", "person")))
    ['Leyen', 'Ursula', 'Von der Leyen', 'von der Leyen']
    """
    shorts = set(actor.short)
    if actor.type == "person":
        for name in (actor.name, *actor.aliases):
            words = [w for w in name.split() if not re.fullmatch(r"(Jr|Sr|I{1,3}|IV)\.?|\w\.", w)]
            if len(words) < 2 or not words[0][0].isupper():
                continue
            shorts |= {words[0], words[-1]}
            particle = next((i for i, w in enumerate(words) if i and w[0].islower()), 0)
            if particle:
                tail = " ".join(words[particle:])
                shorts |= {tail, tail[0].upper() + tail[1:]}  # capitalised where it opens a sentence
    return {s for s in shorts if len(s) > 1 and s not in (actor.name, *actor.aliases)}


class Gazetteer:
    """The actors with everything they are looked for by, compiled once.

    Parameters
    ----------
    actors : dict of str to Actor
        From `load_actors`.
    """

    def __init__(self, actors: dict[str, Actor]) -> None:
        self.actors = actors
        self.meanings: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for actor in actors.values():
            for alias in (actor.name, *actor.aliases) if actor.declared else ():
                bare = re.sub(r"^[Tt]he ", "", alias)
                self._add(bare, ARTICLE if bare != alias else NAME, actor.id, any_case=False)
            for adjective in actor.adjectives:
                self._add(adjective, ADJECTIVE, actor.id, any_case=False)
            for capital in actor.capitals:
                self._add(capital, CAPITAL, actor.id, any_case=False)
            for people in actor.peoples:
                self._add(people, PEOPLE, actor.id, any_case=False)
            for short in short_names(actor):
                self._add(short, SHORT, actor.id, any_case=False)
        for key, body in institutions().items():
            for phrase in body["forms"]:
                self._add(phrase, BODY, key, any_case=True)
        self.matcher = Matcher(self.meanings)
        self.by_phrase = [self.meanings[p] for p in self.matcher.phrases]
        self._described: dict[str, list[Actor]] = defaultdict(list)
        for actor in actors.values():
            for description in actor.descriptions:
                self._described[min(british_and_american(description.lower()))].append(actor)
        # "East and West Samoa", "both Samoas": states whose names end in the same word.
        self.shared_endings: dict[str, dict[str, str]] = defaultdict(dict)
        for actor in actors.values():
            first, _, last = actor.name.rpartition(" ")
            if actor.type == "state" and first and " " not in first:
                self.shared_endings[last][first] = actor.id
        self.shared_endings = {k: v for k, v in self.shared_endings.items() if len(v) > 1}

    def _add(self, phrase: str, form: str, meaning: str, *, any_case: bool) -> None:
        for way in british_and_american(phrase):
            for spelling in spellings(way, any_case=any_case):
                if (form, meaning) not in self.meanings[spelling]:
                    self.meanings[spelling].append((form, meaning))

    def described_as(self, phrase: str) -> list[Actor]:
        """Give the actors whose entry has this description, or one that ends the phrase.

        "Finance minister" ends "long-time finance minister", and does not fit "deputy finance minister".
        """
        words = phrase.split()
        for i in range(len(words)):
            if (end := " ".join(words[i:])) in self._described:
                return self._described[end]
            if words[i] in titles()["other_office"]:
                break
        return []

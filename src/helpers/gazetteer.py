"""The actors with everything they are looked for by, compiled once."""

import re
from collections import defaultdict

from .actors import Actor, institutions
from .matching import Matcher, spellings
from .name_variants import split_name, transliterated
from .title_words import titles

# What a phrase of the gazetteer is; an alias with "the" in front needs the article in the text.
NAME, ARTICLE, ADJECTIVE, CAPITAL = "name", "article", "adjective", "capital"
PEOPLE, SHORT, BODY, BARE_BODY = "people", "short", "body", "bare body"


_SPELLED_TWO_WAYS = re.compile("efen[cs]e|entre|enter|rogram|abou?r")


def british_and_american(phrase: str) -> set[str]:
    """Give both spellings of a phrase with "defence", "centre", "programme" or "labour" in it.

    Examples
    --------
    >>> sorted(british_and_american("Defense Ministry"))
    ['Defence Ministry', 'Defense Ministry']
    """
    ways = {phrase}
    if not _SPELLED_TWO_WAYS.search(phrase):
        return ways
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

    The first word, the last words, and the last words from a small particle on ("von der Leyen").

    Examples
    --------
    >>> sorted(short_names(Actor("a", "Ursula von der Leyen", "person")))
    ['Leyen', 'Ursula', 'Von der Leyen', 'von der Leyen']
    """
    shorts = set(actor.short)
    if actor.type == "person":
        for name in (actor.name, *actor.aliases):
            bare = re.sub(r"^[Tt]he ", "", name)  # not every "The" is The Weeknd
            words = [w for w in bare.split() if not re.fullmatch(r"(Jr|Sr|I{1,3}|IV)\.?|\w\.", w)]
            if len(words) < 2 or not words[0][0].isupper():
                continue
            last = words[-1].rpartition("-")[2]  # the "Reed" of "Doe-Reed", not the "woo" of "Jin-woo"
            shorts |= {words[0], words[-1], last if last[:1].isupper() else words[-1]}
            shorts |= {
                " ".join(words[i:]) for i in range(1, len(words) - 1) if words[i][0].isupper()
            }  # "Ruiz Mateo"
            particle = next((i for i, w in enumerate(words) if i and w[0].islower()), 0)
            if particle:
                tail = " ".join(words[particle:])
                shorts |= {tail, tail[0].upper() + tail[1:]}  # capitalised where it opens a sentence
    return {s for s in shorts if len(s) > 1 and s not in (actor.name, *actor.aliases)}


def _shared_endings(actors: dict[str, Actor]) -> dict[str, dict[str, str]]:
    """States whose names end in the same word: "East and West Samoa", "both Samoas"."""
    states: dict[str, dict[str, str]] = defaultdict(dict)
    for actor in actors.values():
        first, _, last = actor.name.rpartition(" ")
        if actor.type == "state" and first and " " not in first:
            states[last][first] = actor.id
    return {last: firsts for last, firsts in states.items() if len(firsts) > 1}


def _by_sound(actors: dict[str, Actor]) -> dict[str, list[str]]:
    """Whom a name that is spelled in another way may mean."""
    persons: dict[str, list[str]] = defaultdict(list)
    for actor in actors.values():
        if actor.type == "person":
            for sound in {transliterated(word) for word in split_name(actor.name).words} - {""}:
                persons[sound].append(actor.id)
    return persons


class Gazetteer:
    """The actors with everything they are looked for by, compiled once.

    Parameters
    ----------
    actors : dict of str to Actor
        From `load_actors`.
    """

    def __init__(self, actors: dict[str, Actor]) -> None:
        self.actors = dict(actors)
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
        self.by_sound = _by_sound(actors)
        self.matcher = Matcher(self.meanings)
        self.by_phrase = [self.meanings[p] for p in self.matcher.phrases]
        self._described: dict[str, list[Actor]] = defaultdict(list)
        for actor in actors.values():
            for description in actor.descriptions:
                self._described[min(british_and_american(description.lower()))].append(actor)
        self.shared_endings = _shared_endings(actors)

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


_last: list[Gazetteer] = []


def compile_gazetteer(actors: dict[str, Actor]) -> Gazetteer:
    """Give the gazetteer of some actors; the last one is kept, for articles that come in batches.

    Examples
    --------
    >>> actors = {"norway": Actor("norway", "Norway", "state")}
    >>> compile_gazetteer(actors) is compile_gazetteer(dict(actors))
    True
    """
    if not _last or _last[0].actors != actors:
        _last[:] = [Gazetteer(actors)]
    return _last[0]

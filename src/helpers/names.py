"""Names in the text: whom each stands for, with short names, ministries and nested states."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from .actors import Actor, institutions
from .matching import Matcher, fold, spellings
from .structure import sentence_openers

# What a phrase of the gazetteer is; an alias with "the" in front needs the article in the text.
NAME, ARTICLE, ADJECTIVE, CAPITAL, PEOPLE, SHORT, BODY = (
    "name", "article", "adjective", "capital", "people", "short", "body",
)  # fmt: skip
_STATE_FORMS = (NAME, ARTICLE, ADJECTIVE, CAPITAL)


@dataclass(frozen=True)
class Name:
    """One name found in a text: where, whose, and in which form it was looked for."""

    start: int
    end: int
    actor_id: str
    form: str
    nested: bool = False


@cache
def titles() -> dict[str, Any]:
    """The word lists of ``data/titles.toml``: heads of descriptions, modifiers, facilities, honorifics."""
    return tomllib.loads(files("helpers").joinpath("data/titles.toml").read_text(encoding="utf-8"))


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
    ['Leyen', 'Ursula', 'von der Leyen']
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
                shorts.add(" ".join(words[particle:]))
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
        # "North and South Korea", "both Koreas": states whose names end in the same word.
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
        """Give the actors whose entry has this description, or one that ends the phrase."""
        words = phrase.split()
        ends = (" ".join(words[i:]) for i in range(len(words)))
        return next((self._described[end] for end in ends if end in self._described), [])

    def find_names(self, texts: list[str]) -> list[list[Name]]:
        """Find the names in each text, in order; see `resolve_names` for the rules."""
        hits = self.matcher.find(texts)
        raw_hits: list[list[tuple[int, int, str, str]]] = [[] for _ in texts]
        for text, start, end, phrase in zip(
            hits.text.tolist(),
            hits.start.tolist(),
            hits.end.tolist(),
            hits.phrase.tolist(),
            strict=True,
        ):
            raw_hits[text] += [(start, end, form, key) for form, key in self.by_phrase[phrase]]
        return [resolve_names(fold(text), found, self) for text, found in zip(texts, raw_hits, strict=True)]


def resolve_names(text: str, hits: list[tuple[int, int, str, str]], gazetteer: Gazetteer) -> list[Name]:
    """Say which occurrences in one folded text are names, and of whom.

    Rules, in this order: an alias with "the" needs its article or a possessive; a state and a state
    body beside it make the body's name; the longest name at the leftmost place wins; a state's name or
    adjective inside a longer name that is not a person's keeps a row of its own; a person's name in
    a square's, a prize's or an administration's name is none; a short name counts for the one person
    of the article it can mean.
    """
    full = [Name(s, e, key, form) for s, e, form, key in hits if form in (NAME, ADJECTIVE, CAPITAL, PEOPLE)]
    full += [
        Name(s, e, key, form) for s, e, form, key in hits if form == ARTICLE and _has_article(text, s, e)
    ]
    states = {
        n.end: n for n in full if n.form in _STATE_FORMS and gazetteer.actors[n.actor_id].type == "state"
    }
    starts = {n.start: n for n in sorted(states.values(), key=lambda n: n.end)}
    bodies = [(s, e, key) for s, e, form, key in hits if form == BODY]
    full += _state_bodies(text, bodies, states, starts)
    full = _longest(full, gazetteer)
    full += _bare_bodies(text, bodies, full, gazetteer)
    full = _longest([n for n in full if not _absorbed(text, n, gazetteer)], gazetteer)
    full += _shared_endings(text, full, gazetteer)
    shorts = [Name(s, e, key, SHORT) for s, e, form, key in hits if form == SHORT]
    names = [n for n in full if n.form != PEOPLE] + _short_names(text, shorts, full, gazetteer)
    names = [_with_honorific(text, n, gazetteer) for n in names]
    return sorted(names, key=lambda n: (n.start, -n.end))


def _has_article(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 40) : start]
    if re.search(r"\b[Tt]he (?:[\w.-]+ )?$|\bTHE $", before):
        return True
    return text[end : end + 2] == "'s"


def _state_bodies(
    text: str, bodies: list[tuple[int, int, str]], states: dict[int, Name], starts: dict[int, Name]
) -> list[Name]:
    """ "Russia's Defense Ministry", "US Air Force", "the Ministry of Defence of India"."""
    found = []
    for start, end, key in bodies:
        if _is_attribute(text, start, end, key):
            continue
        before = re.search(r"(?:'s?)? $", text[max(0, start - 3) : start])
        state = states.get(start - len(before.group())) if before else None
        if state:
            found.append(Name(state.start, end, f"{state.actor_id}_{key}", BODY))
            continue
        after = re.match(r" of (?:the )?", text[end : end + 8])
        state = starts.get(end + after.end()) if after else None
        if state and state.form != ADJECTIVE:
            found.append(Name(start, state.end, f"{state.actor_id}_{key}", BODY))
    return found


_NOUN_GOES_ON = re.compile(
    r"[ -](?!(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|do|does|did|said|says|"
    r"and|or|but|nor|in|on|at|to|for|from|by|with|of|as|than|that|which|who|whose|after|before|during|since|until|"
    r"while|when|where|if|because|under|over|about|against|near|into|through|without|within|also|not|now|then|"
    r"the|a|an|this|its|their|his|her|more|be|been|being|still|just|only|yet|there|here|amid|via|despite|"
    r"\w+ed|\w+ly|began|fought|held|took|made|gave|told|sent|shot|went|won|lost|kept|left|led|fires|launches|"
    r"claims|denies|reports|confirms|announces)\b)[a-z]"
)


def noun_goes_on(text: str, end: int) -> bool:
    """True where another noun seems to follow, so that what ends here only describes it.

    Examples
    --------
    >>> noun_goes_on("the army officers met", 8), noun_goes_on("the army moved in", 8)
    (True, False)
    """
    return _NOUN_GOES_ON.match(text[end : end + 20].lower()) is not None


def _is_attribute(text: str, start: int, end: int, key: str) -> bool:
    """True in "military ties" or "government officials": the body only describes another noun."""
    attributive = institutions()[key].get("attributive") and text[start].islower()
    return bool(attributive) and noun_goes_on(text, end)


def _bare_bodies(
    text: str, bodies: list[tuple[int, int, str]], full: list[Name], gazetteer: Gazetteer
) -> list[Name]:
    """ "the Defense Ministry": the one of its kind that the text named with its state last, else none."""
    taken = [(n.start, n.end) for n in full]
    found = []
    for start, end, key in bodies:
        if any(a < end and start < b for a, b in taken):
            continue
        definite = text[max(0, start - 4) : start].lower() == "the "
        proper = text[start].isupper() and " " in text[start:end]
        if not (definite or proper) or noun_goes_on(text, end):
            continue
        same = [n for n in full if n.end <= start and gazetteer.actors[n.actor_id].institution == key]
        if same:
            found.append(Name(start, end, same[-1].actor_id, BODY))
    return found


def _longest(names: Iterable[Name], gazetteer: Gazetteer) -> list[Name]:
    """Leftmost-longest; what lies inside a longer name stays only if it says whose that is."""
    kept: list[Name] = []
    outer: Name | None = None
    for name in sorted(set(names), key=lambda n: (n.start, -n.end, n.form != BODY, n.form, n.actor_id)):
        if outer is None or name.start >= outer.end:
            kept.append(name)
            outer = name
        elif name.end <= outer.end and (name.start, name.end) != (outer.start, outer.end):
            holder, inner = gazetteer.actors[outer.actor_id], gazetteer.actors[name.actor_id]
            says_whose = inner.type == "state" and holder.type not in ("person", "state", "bloc")
            inside_kept = any(k.nested and k.start <= name.start and name.end <= k.end for k in kept[-3:])
            if says_whose and not inside_kept and outer.form != PEOPLE:
                kept.append(replace(name, nested=True))
    return kept


@cache
def _goes_on_as(*lists: str) -> re.Pattern[str]:
    words = "|".join(word for key in lists for word in titles()[key])
    gap = r"(?: (?:[Ii]nternational|[Cc]entral|[Nn]ational|[A-Z]\w+)){0,2}"
    return re.compile(rf"{gap} (?P<kind>(?i:{words}))\b")


def is_facility(text: str, end: int) -> bool:
    """True where the name that ends here goes on as an airport's, a square's or a university's.

    Examples
    --------
    >>> is_facility("Oslo international airport", 4), is_facility("Oslo agreed", 4)
    (True, False)
    """
    return _goes_on_as("facilities").match(text, end) is not None


def _absorbed(text: str, name: Name, gazetteer: Gazetteer) -> bool:
    """A person in "… Square" or "… administration", a state in "US$", an adjective in "the … people"."""
    if name.form == ADJECTIVE:
        return (
            re.match(r" (?:people|peoples|population|public)\b", text[name.end : name.end + 12]) is not None
        )
    if gazetteer.actors[name.actor_id].type != "person":
        return re.match(r" ?\$", text[name.end : name.end + 2]) is not None
    match = _goes_on_as("facilities", "named_after").match(text, name.end)
    return match is not None and (match["kind"][0].isupper() or match.group() == " administration")


def _shared_endings(text: str, full: list[Name], gazetteer: Gazetteer) -> list[Name]:
    """The "North" of "North and South Korea"."""
    found = []
    for name in full:
        ending = gazetteer.actors[name.actor_id].name.rpartition(" ")[2]
        for first, actor_id in gazetteer.shared_endings.get(ending, {}).items():
            match = re.search(
                rf"\b{re.escape(first)}(?= (?:and|or) $)",
                text[max(0, name.start - 40) : name.start],
            )
            if match and name.form in (NAME, ADJECTIVE) and actor_id != name.actor_id:
                offset = max(0, name.start - 40)
                found.append(Name(offset + match.start(), offset + match.end(), actor_id, name.form))
    return found


def _short_names(text: str, shorts: list[Name], full: list[Name], gazetteer: Gazetteer) -> list[Name]:
    taken = sorted((n.start, n.end) for n in full)
    ends = {n.end for n in full}
    begins = {n.start for n in full}
    candidates: dict[tuple[int, int], list[str]] = defaultdict(list)
    for short in shorts:
        if any(a < short.end and short.start < b for a, b in taken):
            continue
        candidates[short.start, short.end].append(short.actor_id)
    named_at: dict[str, list[int]] = defaultdict(list)
    for name in full:
        named_at[name.actor_id].append(name.start)
    found: list[Name] = []
    last_end = -1
    for (start, end), actor_ids in sorted(candidates.items(), key=lambda c: (c[0][0], -c[0][1])):
        if start < last_end or not _stands_alone(text, start, end, ends, begins):
            continue
        in_article = [a for a in actor_ids if a in named_at]
        if in_article:
            before = {
                a: max((p for p in named_at[a] if p < start), default=-min(named_at[a])) for a in in_article
            }
            actor_id = max(in_article, key=lambda a: before[a])
        elif len(actor_ids) == 1 and _is_a_name(text, start, end, gazetteer.actors[actor_ids[0]]):
            actor_id = actor_ids[0]
        else:
            continue
        named_at[actor_id].append(start)
        found.append(Name(start, end, actor_id, SHORT))
        last_end = end
    return found


@cache
def _honorific() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(titles()['honorifics'])})\.? $")


def _with_honorific(text: str, name: Name, gazetteer: Gazetteer) -> Name:
    if gazetteer.actors[name.actor_id].type != "person":
        return name
    match = _honorific().search(text[max(0, name.start - 8) : name.start])
    return replace(name, start=name.start - len(match.group())) if match else name


def _is_a_name(text: str, start: int, end: int, actor: Actor) -> bool:
    """A short name in an article that never gives the full one: only where it can be nothing else."""
    word = text[start:end]
    if _honorific().search(text[max(0, start - 8) : start]):
        return True
    is_surname = word in actor.short or any(n.endswith(word) for n in (actor.name, *actor.aliases))
    mid_sentence = re.search(r"[\w,] $", text[max(0, start - 2) : start]) is not None
    common_word = re.search(rf"\b{re.escape(word.lower())}\b", text) is not None
    return is_surname and mid_sentence and not common_word


@cache
def _not_names() -> frozenset[str]:
    """Capitalised words that may stand before or after a surname without being part of the name."""
    lists = titles()
    words = {w for key in ("person_heads", "modifiers", "organisation_heads") for w in lists[key]}
    days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    return frozenset({*words, *days, *(w.lower() for w in (*lists["honorifics"], *sentence_openers()))})


def _stands_alone(text: str, start: int, end: int, name_ends: set[int], name_starts: set[int]) -> bool:
    """False where the word is a part of some longer name that the gazetteer does not know."""
    after = re.match(r"[ -]([A-Z][\w.'-]*)", text[end : end + 40])
    if after and end + 1 not in name_starts and after.group(1).lower() not in _not_names():
        return not after.group().startswith("-") and _in_title_case(text, start)
    before = re.search(r"([A-Z][\w.'-]*)([ -])$", text[max(0, start - 40) : start])
    if not before or start - 1 in name_ends:
        return True
    word = before.group(1).rstrip(".").lower()
    if word in _not_names() or word.endswith("'s"):
        return before.group(2) == " "
    first = start - len(before.group())
    sentence_start = re.search(r"(?:^|[.!?:\n\x1e\"“”] ?)$", text[max(0, first - 3) : first]) is not None
    return sentence_start and before.group(2) == " " and word.endswith(("ing", "ed", "ly"))


def _in_title_case(text: str, at: int) -> bool:
    """True inside a line whose words nearly all begin with a capital, as headlines do."""
    line = (
        re.split(r"[\n\x1e]", text[max(0, at - 200) : at])[-1] + re.split(r"[\n\x1e]", text[at : at + 200])[0]
    )
    words = re.findall(r"[^\W\d_]{4,}", line)
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)

"""Sorting names nobody has listed: which wordings are one name, and what they can be."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import combinations

import pandas as pd
from simplemma import is_known

from .countries import territories
from .first_names import fold_accents, is_first_name
from .name_variants import has_full_form, same_person, split_name, transliterated
from .name_words import is_organisation_name, word_set
from .paths import read_vocabulary

# How much a cue speaks for a person, an organisation, a place; in reasons they are put in these words.
_CUES = {
    "title": ((3, 0, 0), "a title or role before it"),
    "age": ((4, 0, 0), "an age behind it"),
    "who": ((1.5, 0, 0), "followed by 'who'"),
    "apposition": ((2.5, 0, 0), "described as a person"),
    "says": ((0.5, 0.25, 0), "says something"),
    "kind of body": ((0, 2.5, 0), "the kind of body stands before it"),
    "body apposition": ((0, 3, 0), "described as a body"),
    "employs": ((0, 2, 0), "someone holds an office in it"),
    "firm": ((0, 2, 0), "has shares, a board or staff"),
    "which": ((0, 1, 0.5), "followed by 'which'"),
    "the": ((-2.5, 1, 0.3), "'the' before it"),
    "in": ((0, 0.2, 1.5), "'in' or 'near' before it"),
    "city": ((0, 0, 4), "a state's name behind it"),
    "place noun": ((0, 0, 3), "a kind of place behind it"),
    "model: person": ((3, 0, 0), "the model takes it for a person"),
    "model: organisation": ((0, 3, 0), "the model takes it for an organisation"),
    "model: group": ((0, 1.5, 0), "the model takes it for a people, faith or party"),
    "model: place": ((0, 0, 3), "the model takes it for a place"),
}
_LEGAL = re.compile(r",? (?:Inc|Corp|Ltd|LLC|LLP|PLC|plc|AG|SE|GmbH|SA|NV|Co|Company|Corporation)\.?$")


@dataclass
class Group:
    """The occurrences of one wording."""

    text: str
    rows: list[int]
    cues: Counter[str]
    roles: Counter[str]
    owners: Counter[str]
    articles: set[str]
    scores: tuple[float, ...] = (0, 0, 0)
    reasons: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The words of the wording."""
        return self.text.split()


@dataclass
class Proposal:
    """One actor as it will be proposed: its wordings, the first of them its name."""

    type: str
    groups: list[Group]
    merged: list[str] = field(default_factory=list)
    short: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The wording most articles use, the longer where two are as usual."""
        full = [g for g in self.groups if len(g.words) > 1] or self.groups
        full = [g for g in full if not re.search(r"[\"“”'‘(]\w", g.text)] or full
        best = max(full, key=lambda g: (len(g.articles), len(g.rows), len(g.text), g.text))
        return best.text


def group_candidates(candidates: pd.DataFrame) -> list[Group]:
    """Group occurrences by their wording, each with what speaks for a person, a body, a place."""
    rows: dict[str, list[int]] = defaultdict(list)
    for number, text in zip(candidates.index, candidates["text"], strict=True):
        rows[" ".join(text.split())].append(number)
    groups = []
    for text, numbers in rows.items():
        part = candidates.loc[numbers]
        cues = Counter(cue for cues in part["cues"] for cue in cues)
        roles, owners = (Counter(v for v in part[column] if v) for column in ("role", "affiliation"))
        groups.append(Group(text, numbers, cues, roles, owners, set(part["article_id"])))
    alone: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        if len(group.words) == 1:
            alone[group.text] |= group.articles
    for group in groups:
        later = len(group.words) > 1 and bool(alone[group.words[-1]] & group.articles)
        signs = [*_cue_signs(group), *_word_signs(group.text), *_name_signs(group.words, called_so=later)]
        group.scores = tuple(sum(sign[kind] for sign, _ in signs) for kind in range(3))
        group.reasons = [reason for _, reason in signs]
    return groups


_Sign = tuple[tuple[float, float, float], str]


def _cue_signs(group: Group) -> list[_Sign]:
    """What stands around it, each cue counted three times at most."""
    signs: list[_Sign] = []
    for cue, ((person, body, place), words) in _CUES.items():
        if n := min(group.cues[cue], 3):
            signs.append(((n * person, n * body, n * place), f"{words} ({group.cues[cue]})"))
    if any(cue.startswith("acronym ") for cue in group.cues):
        signs.append(((0, 4, 0), "an acronym behind it"))
    return signs


def _word_signs(text: str) -> list[_Sign]:
    """What its first and last word say: of an organisation, a place, a thing."""
    words = text.split()
    several = len(words) > 1
    surname_too = words[-1] in word_set("surnames_too")
    if is_organisation_name(text):
        weight = 2.5 if surname_too and len(words) == 2 else 5
        return [((0, weight, 0), f"{words[-1]!r} is an organisation's word")]
    if text in territories():
        return [((0, 0, 3), "a region's or territory's name")]
    if several and words[0] in word_set("before_place"):
        return [((0, 0, 5), f"{words[0]!r} begins a place's name")]
    if several and words[-1] in word_set("place_words", "thing_words"):
        return [((0, 0, 2 if surname_too else 4), f"{words[-1]!r} is a place's or a thing's word")]
    acronym = re.fullmatch(r"[A-Z][A-Z&]{1,4}|(?:[A-Z]\.){2,}", text) is not None
    return [((0, 2, 0), "an acronym")] if acronym else []


def _name_signs(words: list[str], *, called_so: bool) -> list[_Sign]:
    """Whether it begins with a first name, and whether its last word stands alone in the same article."""
    signs: list[_Sign] = []
    if _has_first_name(words):
        signs.append(((2.5 if len(words) > 1 else 0.5, 0, 0), "has a first name"))
    plain = is_known(words[0].lower(), lang="en") and not is_first_name(words[0])
    if called_so and not plain and not is_organisation_name(" ".join(words)):
        signs.append(((1.5, 0, 0), f"{words[-1]!r} stands alone too"))
    return signs


def _has_first_name(words: list[str]) -> bool:
    """Whether a name begins, or where the surname comes first ends, with a first name."""
    plain = [w for w in words if w[0].isupper()]
    ends = plain[:1] if len(plain) != 2 else plain
    if plain and has_full_form(plain[0]):
        return True
    return any(is_first_name(w.split("-")[0]) and len(w) > 2 for w in ends[:1]) or (
        len(plain) == 2 and is_first_name(plain[1]) and not is_known(plain[0].lower(), lang="en")
    )


def best_type(group: Group) -> str:
    """The type that most speaks for, "" where nothing does."""
    person, body, place = group.scores
    if max(group.scores) <= 0:
        return ""
    if person >= max(body, place):
        return "person"
    return "organisation" if body >= place else "place"


def _is_person(group: Group) -> bool:
    """Whether a wording is a person's full name."""
    words = group.words
    if not 2 <= len([w for w in words if w[0].isupper()]) <= 5 or words[-1].isdigit():
        return False
    return best_type(group) == "person" and (group.scores[0] >= 1.5 or not _is_plain(words))


def _is_plain(words: Iterable[str]) -> bool:
    """Whether every word is an English word: "Ecological Transition"."""
    return all(is_known(w.lower(), lang="en") for w in words)


def find_persons(groups: list[Group]) -> list[Proposal]:
    """Find the wordings that are persons, and merge those of one person."""
    persons: list[Proposal] = []
    full = [g for g in groups if _is_person(g)]
    surnames = {split_name(g.text).last for g in full}
    full += [g for g in groups if g not in full and _is_relative(g, surnames)]
    full = [g for g in full if not _is_tail(g, full) and not _is_firm_of(g, full)]
    # The usual wording first: the others are held against it.
    for group in sorted(full, key=lambda g: (-len(g.articles), -len(g.rows), -len(g.text), g.text)):
        fits = [(p, rule) for p in persons if (rule := _same(p, group))]
        sure = [(p, rule) for p, rule in fits if rule in ("same", "order")] or fits
        if len(sure) > 1 and _are_one(sure):
            for other, _ in sure[1:]:
                sure[0][0].groups += other.groups
                sure[0][0].merged += [f"{other.name!r} by {sure[0][1]}", *other.merged]
                persons.remove(other)
            sure = sure[:1]
        if len(sure) == 1:
            person, rule = sure[0]
            person.groups.append(group)
            if rule != "same":
                person.merged.append(f"{group.text!r} by {rule}")
        else:
            persons.append(Proposal("person", [group], near=[p.name for p, _ in fits]))
    for person in persons:
        quoted = [n for g in person.groups for n in re.findall(r"[\"“'‘(]([\w.-]+)[\"”'’)]", g.text)]
        person.short += [n for n in dict.fromkeys(quoted) if n not in person.short]
    longer = {g.words[0] for g in groups if len(g.words) > 1 and not _is_proposed(g, persons)}
    alone = [g for g in groups if len(split_name(g.text).words) == 1 and not is_short_for(g, persons)]
    alone = [g for g in alone if _is_lone_person(g, begins_a_name=g.text in longer)]
    by_key: dict[str, Proposal] = {}
    for group in sorted(alone, key=lambda g: (-len(g.rows), g.text)):
        key = fold_accents(group.text)
        if key in by_key:
            by_key[key].groups.append(group)
        else:
            by_key[key] = Proposal("person", [group])
    for group in groups:  # "Minister Campo Sáinz": the surname with the second one
        first = group.words[0]
        owners = [p for p in persons if split_name(p.name).last == fold_accents(first)]
        if (
            len(group.words) == 2
            and group.cues["title"]
            and len(owners) == 1
            and not _is_proposed(group, persons)
        ):
            owners[0].short.append(group.text)
    return [*persons, *by_key.values()]


def _is_relative(group: Group, surnames: set[str]) -> bool:
    """Whether a wording nothing else speaks for ends in a person's surname: "Mo Baker"."""
    words = group.words
    fits = len(words) == 2 and max(group.scores[1:]) <= 0.5 and split_name(group.text).last in surnames
    if (
        fits
        and not group.cues["the"]
        and not group.cues["not the person"]
        and not is_known(words[0].lower(), lang="en")
    ):
        group.reasons.append(f"shares the surname {words[-1]!r}")
        return True
    return False


def _is_tail(group: Group, full: list[Group]) -> bool:
    """Whether a wording is the end of a longer one: "Ben Youssef" of "Nur Ben Youssef"."""
    mine = split_name(group.text).words
    if len(mine) < 2:
        return True  # "De la Torre"
    names = (split_name(other.text).words for other in full)
    return any(len(name) > len(mine) and name[-len(mine) :] == mine for name in names)


def _is_firm_of(group: Group, full: list[Group]) -> bool:
    """Whether a wording without a first name begins with a person's surname: "Doe Motors"."""
    if _has_first_name(group.words[:1]) or group.cues["title"] or group.cues["age"]:
        return False
    first = split_name(group.text).first
    names = [split_name(other.text).words for other in full if other is not group]
    is_surname = any(first in name[1:] for name in names) and not any(first == name[0] for name in names)
    if is_surname:
        group.scores = (0, max(group.scores[1], 2), group.scores[2])
        group.reasons.append(f"begins with the surname {group.words[0]!r}")
    return is_surname


def _are_one(fits: list[tuple[Proposal, str]]) -> bool:
    """Whether a wording shows two persons to be one: "Katherine" fits "Kate" and "Catherine"."""
    articles = [set().union(*(g.articles for g in person.groups)) for person, _ in fits]
    apart = all(not (a & b) for a, b in combinations(articles, 2))
    return apart and all(rule in ("nickname", "spelling") for _, rule in fits)


def _is_proposed(group: Group, persons: list[Proposal]) -> bool:
    return any(group is g for p in persons for g in p.groups)


def _same(person: Proposal, group: Group) -> str:
    """By which rule a wording is one of a person's; other spellings within one article are two persons."""
    rule = same_person(person.groups[0].text, group.text)
    rule = rule or next((r for g in person.groups[1:] if (r := same_person(g.text, group.text))), "")
    if rule == "spelling" and any(g.articles & group.articles for g in person.groups):
        return ""
    return rule


def _is_lone_person(group: Group, *, begins_a_name: bool) -> bool:
    """Whether a single word is a person who is never named in full: "Ms. Doe", "Doe, 43,"."""
    person, body, place = group.scores
    sure = any(group.cues[cue] for cue in ("title", "age", "apposition", "model: person"))
    says = (
        group.cues["says"] > 0
        and not _is_plain([group.text])
        and not group.cues["the"]
        and not group.cues["in"]
    )
    says = says and is_first_name(group.text) and not begins_a_name
    return person > max(body, place) and (sure or says)


def is_short_for(group: Group, persons: list[Proposal]) -> bool:
    """Whether a wording is a part of a person's name: the surname, the first name, "De la Torre"."""
    mine = split_name(group.text).words
    for person in persons:
        for other in person.groups:
            name = split_name(other.text).words
            if group.text in person.short:
                return True
            if len(name) > len(mine) and (
                name[-len(mine) :] == mine or name[: len(mine)] == mine or set(mine) <= set(name)
            ):
                return True
    return False


def find_bodies(groups: list[Group], persons: list[Proposal]) -> list[Proposal]:
    """Organisations: wordings that differ by "the", case or legal form, acronyms, and first words alone."""
    seats = read_vocabulary("countries")["seats"]
    bodies: dict[str, Proposal] = {}
    chosen = [g for g in groups if g.text in seats or (best_type(g) == "organisation" and g.scores[1] >= 2)]
    for group in sorted(chosen, key=lambda g: (-len(g.words), -len(g.rows), g.text)):
        key = fold_accents(_LEGAL.sub("", group.text)).removeprefix("the ")
        if key in bodies:
            bodies[key].groups.append(group)
            continue
        long = [b for b in bodies.values() if _is_acronym_of(group, b)]
        if len(long) == 1:
            long[0].groups.append(group)
            long[0].merged.append(f"{group.text!r} by its initials")
        else:
            bodies[key] = Proposal("seat" if group.text in seats else "organisation", [group])
    surnames = {w for p in persons for g in p.groups for w in split_name(g.text).words}
    first_words = Counter(fold_accents(b.name.split()[0]) for b in bodies.values() if len(b.name.split()) > 1)
    for group in groups:
        word = fold_accents(group.text)
        if len(group.words) == 1 and first_words[word] == 1 and word not in surnames and word not in bodies:
            owner = next(
                b
                for b in bodies.values()
                if len(b.name.split()) > 1 and fold_accents(b.name.split()[0]) == word
            )
            if len(group.text) > 3 and not is_known(word, lang="en") and group.scores[1] > group.scores[2]:
                owner.groups.append(group)
                owner.short.append(group.text)
    return list(bodies.values())


def _is_acronym_of(group: Group, body: Proposal) -> bool:
    letters = group.text.replace(".", "")
    if not letters.isupper() or not 2 <= len(letters) <= 7:
        return False
    if any(f"acronym {group.text}" in g.cues for g in body.groups):
        return True
    initials = "".join(w[0] for w in re.split(r"[\s-]+", body.groups[0].text) if w[0].isupper())
    return len(letters) > 2 and letters == initials


def note_near_misses(persons: list[Proposal]) -> None:
    """Names that look alike and were not merged."""
    by_word: dict[str, list[Proposal]] = defaultdict(list)
    for person in persons:
        words = split_name(person.name).words
        for key in {transliterated(words[0]), transliterated(words[-1])} - {""}:
            by_word[key].append(person)
    for alike in by_word.values():
        for one, other in combinations(alike[:50], 2):
            if SequenceMatcher(None, fold_accents(one.name), fold_accents(other.name)).ratio() >= 0.8:
                for a, b in ((one, other), (other, one)):
                    if b.name not in a.near:
                        a.near.append(b.name)

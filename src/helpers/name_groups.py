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
from .gazetteer import british_and_american
from .name_variants import has_full_form, same_person, shared_keys, split_name, transliterated
from .name_words import is_capital, is_organisation_name, word_set
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


@dataclass(eq=False)
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


@dataclass(eq=False)
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
    by_text: dict[str, Group] = {}
    for row in candidates.itertuples():
        text = " ".join(row.text.split())
        group = by_text.setdefault(text, Group(text, [], Counter(), Counter(), Counter(), set()))
        group.rows.append(row.Index)
        group.cues.update(row.cues)
        group.roles.update([row.role] if row.role else [])
        group.owners.update([row.affiliation] if row.affiliation else [])
        group.articles.add(row.article_id)
    groups = list(by_text.values())
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
        listed = word_set(
            "organisation_words", "media_words", "firm_words", "legal_forms", "before_organisation"
        )
        word = next((w for w in reversed(words) if w in listed), words[0])
        return [((0, weight, 0), f"{word!r} is an organisation's word")]
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
    if not 2 <= len([w for w in words if is_capital(w)]) <= 5 or words[-1].isdigit():
        return False
    return best_type(group) == "person" and (group.scores[0] >= 1.5 or not _is_plain(words))


def _is_plain(words: Iterable[str]) -> bool:
    """Whether every word is an English word: "Ecological Transition"."""
    return all(is_known(w.lower(), lang="en") for w in words)


def find_persons(groups: list[Group]) -> list[Proposal]:
    """Find the wordings that are persons, and merge those of one person."""
    full = [g for g in groups if _is_person(g)]
    sure, surnames = set(full), {split_name(g.text).last for g in full}
    full += [g for g in groups if g not in sure and _is_relative(g, surnames)]
    persons = _merge(_without_others(full))
    _join_same(groups, persons)
    for person in persons:
        quoted = [n for g in person.groups for n in re.findall(r"[\"“'‘(]([\w.-]+)[\"”'’)]", g.text)]
        person.short += [n for n in dict.fromkeys(quoted) if n not in person.short]
    proposed = {g for p in persons for g in p.groups}
    longer = {g.words[0] for g in groups if len(g.words) > 1 and g not in proposed}
    parts = parts_of_names(groups, persons)
    alone = [g for g in groups if len(split_name(g.text).words) == 1 and g not in parts]
    alone = [g for g in alone if _is_lone_person(g, begins_a_name=g.text in longer)]
    by_key: dict[str, Proposal] = {}
    for group in sorted(alone, key=lambda g: (-len(g.rows), g.text)):
        key = fold_accents(group.text)
        if key in by_key:
            by_key[key].groups.append(group)
        else:
            by_key[key] = Proposal("person", [group])
    by_surname: dict[str, list[Proposal]] = defaultdict(list)
    for person in persons:
        by_surname[split_name(person.name).last].append(person)
    for group in groups:  # "Minister Campo Sáinz": the surname with the second one
        owners = by_surname.get(fold_accents(group.words[0]), [])
        if len(group.words) == 2 and group.cues["title"] and len(owners) == 1 and group not in proposed:
            owners[0].short.append(group.text)
    return [*persons, *by_key.values()]


def _merge(full: list[Group]) -> list[Proposal]:
    """Persons from wordings that are full names: those of one person together."""
    persons: dict[Proposal, int] = {}
    by_key: dict[tuple[str, ...], list[Proposal]] = defaultdict(list)
    # The usual wording first: the others are held against it.
    usual_first = sorted(full, key=lambda g: (-len(g.articles), -len(g.rows), -len(g.text), g.text))
    for number, group in enumerate(usual_first):
        keys = shared_keys(group.text)
        alike = {p for key in keys for p in by_key[key] if p in persons}
        fits = [(p, rule) for p in sorted(alike, key=persons.__getitem__) if (rule := _same(p, group))]
        sure = [(p, rule) for p, rule in fits if rule in ("same", "order")] or fits
        if len(sure) > 1 and _are_one(sure):
            for other, _ in sure[1:]:
                sure[0][0].groups += other.groups
                sure[0][0].merged += [f"{other.name!r} by {sure[0][1]}", *other.merged]
                persons.pop(other)
                keys = keys.union(*(shared_keys(g.text) for g in other.groups))
            sure = sure[:1]
        if len(sure) == 1:
            person, rule = sure[0]
            person.groups.append(group)
            if rule != "same":
                person.merged.append(f"{group.text!r} by {rule}")
        else:
            person = Proposal("person", [group], near=[p.name for p, _ in fits])
            persons[person] = number
        for key in sorted(keys):
            by_key[key].append(person)
    return list(persons)


def _join_same(groups: list[Group], persons: list[Proposal]) -> None:
    """Give a person the wordings that are the same name and did not look like a person's: "Jin Woo Park"."""
    by_key: dict[tuple[str, ...], set[Proposal]] = defaultdict(set)
    for person in persons:
        for key in shared_keys(person.name):
            by_key[key].add(person)
    proposed = {g for p in persons for g in p.groups}
    for group in groups:
        if group in proposed or len(group.words) < 2:
            continue
        alike = set().union(*(by_key.get(key, set()) for key in shared_keys(group.text)))
        fits = [(p, rule) for p in alike if (rule := same_person(p.name, group.text)) in ("same", "order")]
        if len(fits) == 1:
            person, rule = fits[0]
            person.groups.append(group)
            person.merged += [f"{group.text!r} by order"] if rule == "order" else []


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


def _without_others(full: list[Group]) -> list[Group]:
    """Leave out what begins or ends another's name.

    That is ends of longer names ("Ben Youssef" of "Nur Ben Youssef"), firms ("Doe Motors"), and, where a
    title stands before them, two surnames of which the second is left out elsewhere ("Minister Doe Roe").
    """
    names = {group: split_name(group.text).words for group in full}
    tails = {name[at:] for name in names.values() for at in range(1, len(name))}
    first = Counter(name[0] for name in names.values())
    later = Counter(word for name in names.values() for word in set(name[1:]))
    kept = []
    for group, name in names.items():
        if len(name) < 2 or name in tails:
            continue
        surname = later[name[0]] > (name[0] in name[1:]) and first[name[0]] == 1
        surname = surname and not _has_first_name(group.words[:1])
        if surname and group.cues["title"] and len(group.words) == 2 and later[name[0]] == 1:
            continue
        if surname and not (group.cues["title"] or group.cues["age"]):
            group.scores = (0, max(group.scores[1], 2), group.scores[2])
            group.reasons.append(f"begins with the surname {group.words[0]!r}")
        else:
            kept.append(group)
    return kept


def _are_one(fits: list[tuple[Proposal, str]]) -> bool:
    """Whether a wording shows two persons to be one: "Katherine" fits "Kate" and "Catherine"."""
    articles = [set().union(*(g.articles for g in person.groups)) for person, _ in fits]
    apart = all(not (a & b) for a, b in combinations(articles, 2))
    return apart and all(rule != "initials" for _, rule in fits)


def _same(person: Proposal, group: Group) -> str:
    """By which rule a wording is one of a person's; other spellings within one article are two persons."""
    rule = same_person(person.groups[0].text, group.text)
    rule = rule or next((r for g in person.groups[1:] if (r := same_person(g.text, group.text))), "")
    if rule == "spelling" and any(g.articles & group.articles for g in person.groups):
        return ""
    full = len(split_name(group.text).first) > 1
    if rule == "initials" and full and any(_contradicts(g, group) for g in person.groups):
        return ""  # "J. Doe" was "Jane Doe" already, and is not "John Doe" as well
    return rule


def _contradicts(one: Group, other: Group) -> bool:
    return len(split_name(one.text).first) > 1 and not same_person(one.text, other.text)


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


def parts_of_names(groups: Iterable[Group], persons: Iterable[Proposal]) -> set[Group]:
    """Find the wordings that are a part of a person's name: the surname, the first name, "De la Torre"."""
    quoted: set[str] = set()
    with_word: dict[str, list[frozenset[str]]] = defaultdict(list)
    for person in persons:
        quoted.update(person.short)
        for group in person.groups:
            name = split_name(group.text).words
            for word in set(name) if len(name) > 1 else ():
                with_word[word].append(frozenset(name))
    parts = set()
    for group in groups:
        mine = frozenset(split_name(group.text).words)
        names = min((with_word.get(word, []) for word in mine), key=len, default=[])
        if group.text in quoted or any(mine < name for name in names):
            parts.add(group)
    return parts


def find_bodies(groups: list[Group], persons: list[Proposal]) -> list[Proposal]:
    """Organisations: wordings that differ by "the", case or legal form, acronyms, and first words alone."""
    seats = read_vocabulary("countries")["seats"]
    bodies: dict[str, Proposal] = {}
    by_first_word: dict[str, list[Proposal]] = defaultdict(list)
    surnames = {w for p in persons for g in p.groups for w in split_name(g.text).words}
    chosen = [g for g in groups if g.text in seats or (best_type(g) == "organisation" and g.scores[1] >= 2)]
    chosen.sort(key=lambda g: (-len(g.words), -len(g.rows), g.text))
    others = set(groups) - set(chosen)
    for group in [*chosen, *(g for g in groups if g in others)]:
        key = min(british_and_american(fold_accents(_LEGAL.sub("", group.text)).removeprefix("the ")))
        owners = by_first_word[fold_accents(group.text)]
        if key in bodies:
            bodies[key].groups += [] if group in others else [group]
        elif len(owners) == 1 and _can_be_short(group, surnames) and group.text not in seats:
            owners[0].groups.append(group)
            owners[0].short.append(group.text)
        elif group not in others:
            long = [b for b in bodies.values() if _is_acronym_of(group, b)]
            if len(long) == 1:
                long[0].groups.append(group)
                long[0].merged.append(f"{group.text!r} by its initials")
                continue
            bodies[key] = Proposal("seat" if group.text in seats else "organisation", [group])
            if len(group.words) > 1:
                by_first_word[fold_accents(group.words[0])].append(bodies[key])
    return list(bodies.values())


def share_names_with_founders(bodies: list[Proposal], groups: Iterable[Group]) -> None:
    """Give a firm its founder's surname as a short name, where the texts use that alone for a firm."""
    alone = {g.text: g for g in groups if len(g.words) == 1}
    for body in bodies:
        group = alone.get(body.name.split()[0]) if len(body.name.split()) > 1 else None
        firm = ("firm", "kind of body", "body apposition")
        if group and group.text not in body.short and any(group.cues[cue] for cue in firm):
            body.short.append(group.text)


def _can_be_short(group: Group, surnames: set[str]) -> bool:
    """Whether a single word can stand for the body that begins with it: "Acme" for "Acme Holdings"."""
    word = fold_accents(group.text)
    plain = word in surnames or is_known(word, lang="en")
    return len(group.words) == 1 and len(word) > 3 and not plain and group.scores[1] > group.scores[2]


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

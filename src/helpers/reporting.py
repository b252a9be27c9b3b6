"""The words that attribute: reporting verbs by stance, telling nouns, phrases, kinds of sources."""

import re
from functools import cache
from typing import NamedTuple

from .paths import read_vocabulary

STANCES = ("neutral", "endorsing", "confronting", "distancing")
SOURCE_TYPES = (
    "officials", "state media", "media", "experts", "witnesses", "companies", "groups", "unnamed", "others",
)  # fmt: skip
Phrases = dict[str, list[tuple[tuple[str, ...], str]]]  # by first word: all words, and the stance
QUOTING = frozenset("quoted cited quotes cites quoting citing quote cite".split())


class Verb(NamedTuple):
    """One form of a reporting verb: its stance, what its content can be, and which form it is."""

    stance: str
    takes: frozenset[str]
    form: str  # base, s, past, ing


@cache
def reporting_verbs() -> dict[str, Verb]:
    """Every form of every verb of ``data/reporting.toml``.

    Examples
    --------
    >>> reporting_verbs()["claimed"].stance, reporting_verbs()["saying"].form
    ('distancing', 'ing')
    """
    verbs: dict[str, Verb] = {}
    for group in read_vocabulary("reporting")["verbs"]:
        takes = frozenset(group["takes"])
        for forms in group["verbs"]:
            base, *others = forms.split()
            for word in others:
                form = "ing" if word.endswith("ing") else "s" if word.endswith("s") else "past"
                verbs.setdefault(word, Verb(group["stance"], takes, form))
            # "put" and "read" are their own past: a form that is both counts as the past
            verbs.setdefault(base, Verb(group["stance"], takes, "base"))
    return verbs


@cache
def telling_nouns() -> dict[str, str]:
    """The stance of each noun that tells: "statement", "claim"; singular and plural."""
    nouns = {}
    for stance, words in read_vocabulary("reporting")["nouns"].items():
        for word in words:
            nouns[word] = stance
            ending = re.sub(r"(?<![aeiou])y$", "ie", word)
            ending = re.sub(r"(s|x|ch|sh)$", r"\1e", re.sub(r"sis$", "s", ending))
            nouns[ending + "s"] = stance
    return nouns


@cache
def attributing_phrases(side: str) -> Phrases:
    """Phrases with the source directly "after" or "before" them, by first word: words and stance."""
    phrases: Phrases = {}
    for entry in read_vocabulary("reporting")["phrases"][side]:
        words = tuple(entry["phrase"].split())
        phrases.setdefault(words[0], []).append((words, entry["stance"]))
    return {first: sorted(found, key=lambda p: -len(p[0])) for first, found in phrases.items()}


@cache
def word_class(name: str) -> frozenset[str]:
    """One of the word lists of ``data/reporting.toml`` that tell words in a sentence apart.

    Examples
    --------
    >>> "statement" in word_class("channels")
    True
    """
    return frozenset(read_vocabulary("reporting")["words"][name])


@cache
def leads(name: str) -> re.Pattern[str]:
    """What a text ends with if a listed word leads to what follows, an article between them allowed."""
    listed = "|".join(re.escape(word) for word in read_vocabulary("reporting")["leads"][name])
    return re.compile(rf"\b(?:{listed})\W*(?:(?:the|an?)\W+)?$", re.IGNORECASE)


@cache
def reporting_words() -> frozenset[str]:
    """Every word that can begin a telling: a sentence without one, and without quotations, tells nothing."""
    phrases = [*attributing_phrases("before"), *attributing_phrases("after")]
    return QUOTING.union(reporting_verbs(), phrases)

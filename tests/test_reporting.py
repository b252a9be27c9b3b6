"""The vocabulary of telling: forms of verbs, plurals of nouns, phrases, word lists that do not overlap."""

from collections import Counter
from itertools import combinations

import pytest

from helpers.paths import read_vocabulary
from helpers.reporting import (
    QUOTING,
    SOURCE_TYPES,
    STANCES,
    attributing_phrases,
    leads,
    reporting_verbs,
    reporting_words,
    telling_nouns,
    word_class,
)
from helpers.title_words import word_list

TAKES = {"clause", "that", "hearer", "quote", "object", "label"}
PREPOSITIONS = {"about", "against", "as", "at", "for", "from", "in", "into", "of", "on", "over", "to", "with"}


@pytest.mark.parametrize(
    ("word", "stance", "form"),
    [
        ("say", "neutral", "base"), ("says", "neutral", "s"), ("said", "neutral", "past"),
        ("saying", "neutral", "ing"), ("told", "neutral", "past"), ("wrote", "neutral", "past"),
        ("written", "neutral", "past"), ("claims", "distancing", "s"), ("alleging", "distancing", "ing"),
        ("confirmed", "endorsing", "past"), ("warn", "confronting", "base"),
        # a form that is both base and past counts as the past
        ("forecast", "neutral", "past"),
        # both spellings
        ("apologised", "neutral", "past"), ("apologized", "neutral", "past"),
    ],
)  # fmt: skip
def test_forms_of_verbs(word: str, stance: str, form: str) -> None:
    verb = reporting_verbs()[word]
    assert (verb.stance, verb.form) == (stance, form)


@pytest.mark.parametrize(
    ("word", "takes"),
    [
        ("said", {"clause", "quote"}),
        ("told", {"clause", "hearer", "quote", "of", "about", "to"}),
        ("called", {"label", "for", "on"}),
    ],
)
def test_what_verbs_take(word: str, takes: set[str]) -> None:
    assert reporting_verbs()[word].takes == takes


def test_every_table_of_verbs_is_well_formed() -> None:
    groups = read_vocabulary("reporting")["verbs"]
    bases = Counter(forms.split()[0] for group in groups for forms in group["verbs"])
    assert [base for base, n in bases.items() if n > 1] == []
    for group in groups:
        assert set(group) == {"stance", "takes", "reason", "verbs"}
        assert group["stance"] in STANCES
        assert set(group["takes"]) <= TAKES | PREPOSITIONS
        for forms in group["verbs"]:
            assert len(forms.split()) > 1, forms
    assert len(reporting_verbs()) > 1000


@pytest.mark.parametrize("word", ["chair", "table", "ran", "the"])
def test_other_words_tell_nothing(word: str) -> None:
    assert word not in reporting_verbs()
    assert word not in telling_nouns()
    assert word not in reporting_words()


@pytest.mark.parametrize(
    ("noun", "stance"),
    [
        ("statement", "neutral"), ("statements", "neutral"), ("reply", "neutral"), ("replies", "neutral"),
        ("survey", "neutral"), ("surveys", "neutral"), ("press release", "neutral"),
        ("speech", "neutral"), ("speeches", "neutral"), ("hypotheses", "distancing"),
        ("claims", "distancing"), ("analysis", "endorsing"), ("analyses", "endorsing"),
        ("theories", "distancing"), ("accusations", "confronting"),
    ],
)  # fmt: skip
def test_nouns_that_tell(noun: str, stance: str) -> None:
    assert telling_nouns()[noun] == stance


def test_phrases_begin_with_the_longest() -> None:
    assert attributing_phrases("after")["according"] == [(("according", "to"), "neutral")]
    for side in ("after", "before"):
        for first, found in attributing_phrases(side).items():
            assert all(words[0] == first and stance in STANCES for words, stance in found)
            lengths = [len(words) for words, _ in found]
            assert lengths == sorted(lengths, reverse=True)


def test_every_word_that_can_begin_a_telling() -> None:
    assert {"said", "according", "made", "was", "citing"} <= reporting_words()
    assert reporting_words() >= QUOTING | reporting_verbs().keys()


@pytest.mark.parametrize(
    ("name", "lead", "leads_there"),
    [
        ("label", "the so-called ", True), ("label", "known as the ", True), ("label", "dubbed a “", True),
        ("label", "so-called laws on ", False), ("label", "unknown as ", False), ("label", "it said ", False),
        ("no_speech", "the film ", True), ("no_speech", "the slogan: ", True), ("no_speech", "NUMBER ", True),
        ("no_speech", "filmmaker ", False), ("no_speech", "spread ", False), ("no_speech", "film of ", False),
    ],
)  # fmt: skip
def test_what_leads_to_a_quotation(name: str, lead: str, leads_there: bool) -> None:
    assert (leads(name).search(lead) is not None) == leads_there


def test_no_word_is_listed_twice() -> None:
    vocabulary = read_vocabulary("reporting")
    for section in ("nouns", "sources", "words", "leads"):
        for name, words in vocabulary[section].items():
            assert [w for w, n in Counter(words).items() if n > 1] == [], f"{section}.{name}"
            assert all(word == word.strip().lower() for word in words), f"{section}.{name}"
    for one, other in combinations(vocabulary["nouns"], 2):
        assert set(vocabulary["nouns"][one]).isdisjoint(vocabulary["nouns"][other])
    for one, other in combinations(vocabulary["sources"], 2):
        assert set(vocabulary["sources"][one]).isdisjoint(vocabulary["sources"][other])


def test_word_lists_leave_out_what_titles_list() -> None:
    heads = word_list("person_heads", "organisation_heads", "state_heads")
    assert word_class("tellers").isdisjoint(heads)
    assert word_class("no_persons").isdisjoint(heads)
    assert word_class("bodies").isdisjoint(word_list("organisation_heads"))
    assert word_class("times").isdisjoint(word_class("months"))


def test_sources_have_the_listed_types() -> None:
    listed = {kind.replace("_", " ") for kind in read_vocabulary("reporting")["sources"]}
    assert listed == set(SOURCE_TYPES) - {"others"}

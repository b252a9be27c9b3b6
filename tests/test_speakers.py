"""From the words that name a source to an actor or a name: persons, gender, pronouns, source types."""

import re

import pytest

from helpers.actors import Actor
from helpers.clause_words import split_words
from helpers.persons import Row, beginning_in, find_persons, gender
from helpers.source_types import NOBODY, Speaker, listed_type, source_type
from helpers.speakers import Speakers

ACTORS = {
    a.id: a
    for a in (
        Actor("norway", "Norway", "state", adjectives=("Norwegian",)),
        Actor("navy", "Norwegian Navy", "organisation", affiliation="norway", side="norway"),
        Actor("berg", "Anna Berg", "person", affiliation="norway", side="norway", descriptions=("minister",)),
        Actor("stone", "Jon Stone", "person"),
        Actor("moe", "Eli Moe", "person", affiliation="institute", descriptions=("analyst",)),
        Actor("institute", "Peace Institute", "organisation"),
        Actor(
            "btv", "BTV", "organisation", affiliation="norway", side="norway", descriptions=("broadcaster",)
        ),
        Actor("wire", "Nordwire", "organisation", descriptions=("news agency",)),
        Actor("acme", "Acme", "organisation", descriptions=("manufacturer", "company")),
    )
}
LABELS = {"Norwegian": "demonym", "the minister": "nominal"}
IDS = {"Norwegian": "norway", "Ms. Berg": "berg", "Anna Berg": "berg", "Berg": "berg", "the minister": "berg"}
IDS |= {a.name: a.id for a in ACTORS.values()}


def rows_of(text: str) -> list[Row]:
    """Mentions: every listed name, the longer ones holding the shorter."""
    found = [
        Row(m.start(), m.end(), actor, LABELS.get(name, "named"), "actor")
        for name, actor in IDS.items()
        for m in re.finditer(rf"\b{re.escape(name)}\b", text)
    ]
    return sorted(found)


def resolve(text: str, *sources: str) -> list[Speaker]:
    """Resolve words of a text one after the other, as they follow each other in it."""
    rows, ends = rows_of(text), [m.end() for m in re.finditer(r"[a-z]\.(?= |$)", text)]
    sentences = list(zip([0, *(end + 1 for end in ends)], ends, strict=False))
    speakers = Speakers(text, rows, ACTORS, [])
    resolved, at = [], 0
    for source in sources:
        at = text.index(source, at)
        back = [s for s in reversed(sentences) if s[0] <= at]
        words = split_words(text, *back[0], [], [(r.start, r.end) for r in rows])
        inside = [i for i, w in enumerate(words) if at <= w.start < at + len(source)]
        resolved.append(speakers.resolve(words, (inside[0], inside[-1] + 1), back))
        at += len(source)
    return resolved


# ---- persons ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Eva Lind met Ole Dahl.", ["Eva Lind", "Ole Dahl"]),
        ("Dr. Eva Lind met Prof. Ole A. Dahl.", ["Eva Lind", "Ole A. Dahl"]),
        ("President Eva Lind met Lord Dahl.", ["Eva Lind", "Lord Dahl"]),
        ("Ursula von der Leyen met Ludwig van Damm.", ["Ursula von der Leyen", "Ludwig van Damm"]),
        ("The Lind Company met the Peace Bank.", []),
        ("Lind met Dahl.", []),
        ("New North Sea Law Act Five", []),
        ("Anna Berg met Ms. Berg.", ["Anna Berg", "Ms. Berg"]),
        ("Bank of Oslo", []),
    ],
)
def test_persons(text: str, persons: list[str]) -> None:
    found = find_persons(text, [r for r in rows_of(text) if r.actor_id == "berg"], ACTORS, [])
    assert sorted({text[p.start : p.end] for p in found} - {"Berg"}) == sorted(persons)


def test_persons_in_quotations_are_no_sources() -> None:
    text = "“Eva Lind left,” said Ole Dahl."
    assert [text[p.start : p.end] for p in find_persons(text, [], {}, [(1, 15)])] == ["Ole Dahl"]


@pytest.mark.parametrize(
    ("text", "name", "sex"),
    [
        ("Mr. Lind left.", "Lind", "m"),
        ("Ms Lind left.", "Lind", "f"),
        ("Ms. Lind left.", "Ms. Lind", "f"),
        ("The spokeswoman Eva Lind left.", "Eva Lind", "f"),
        ("The chairman of the club, Ole Lind, left.", "Ole Lind", "m"),
        ("Eva Lind, a spokeswoman, left.", "Eva Lind", "f"),
        ("Ole Lind, the club's chairman, left.", "Ole Lind", "m"),
        ("Mr. Dahl met Eva Lind.", "Eva Lind", ""),
        ("Ms. Dahl met Mr. Lind.", "Lind", "m"),
        ("Eva Lind left. A spokesman came.", "Eva Lind", ""),
        ("Kingsley Lind left.", "Kingsley Lind", ""),
    ],
)
def test_gender(text: str, name: str, sex: str) -> None:
    start = text.index(name)
    assert gender(text, start, start + len(name)) == sex


def test_those_that_begin_in_a_span() -> None:
    rows = [
        Row(0, 4, "a", "named", "actor"),
        Row(2, 3, "b", "named", "actor"),
        Row(5, 9, "c", "named", "actor"),
    ]
    assert [row.actor_id for row in beginning_in(rows, 0, 5)] == ["a", "b"]
    assert [row.actor_id for row in beginning_in(rows, 2, 6)] == ["b", "c"]
    assert list(beginning_in(rows, 6, 99)) == []


# ---- speakers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "source", "actor", "name"),
    [
        # listed
        ("Jon Stone spoke.", "Jon Stone", "stone", "Jon Stone"),
        ("The envoy Jon Stone spoke.", "The envoy Jon Stone", "stone", "Jon Stone"),
        ("Norway spoke.", "Norway", "norway", "Norway"),
        ("The Norwegian Navy spoke.", "The Norwegian Navy", "navy", "Norwegian Navy"),
        # who speaks for a body speaks as the body, who only works there does not
        ("A spokesman for Acme spoke.", "A spokesman for Acme", "acme", "Acme"),
        ("An Acme spokesman spoke.", "An Acme spokesman", "acme", "Acme"),
        ("A lawyer at Acme spoke.", "A lawyer at Acme", "", "lawyer at Acme"),
        # an official is his state, another is not
        ("A Norwegian official spoke.", "A Norwegian official", "norway", "Norway"),
        ("The Norwegian embassy spoke.", "The Norwegian embassy", "norway", "Norway"),
        ("A Norwegian farmer spoke.", "A Norwegian farmer", "", "Norwegian farmer"),
        # a person behind a role
        ("The head of Acme, Jon Stone, spoke.", "The head of Acme", "stone", "Jon Stone"),
        ("The head of Acme, Eva Lind, spoke.", "The head of Acme", "", "Eva Lind"),
        ("The river, Eva Lind, spoke.", "The river", "", "river"),
        # nobody listed
        ("Eva Lind spoke.", "Eva Lind", "", "Eva Lind"),
        ("The  old miner spoke.", "The  old miner", "", "old miner"),
        # two
        ("Norway and Acme spoke.", "Norway and Acme", "", "Norway and Acme"),
        ("Jon Stone and Anna Berg spoke.", "Jon Stone and Anna Berg", "", "Jon Stone and Anna Berg"),
        # whose statement
        ("Acme's statement spoke.", "Acme's statement", "acme", "Acme"),
        ("A letter by Jon Stone came. The letter spoke.", "The letter", "stone", "Jon Stone"),
        ("A letter came. The letter spoke.", "The letter", "", "letter"),
    ],
)
def test_speaker(text: str, source: str, actor: str, name: str) -> None:
    [speaker] = resolve(text, source)
    assert (speaker.actor_id, speaker.name) == (actor, name)


@pytest.mark.parametrize(
    ("text", "sources", "name"),
    [
        ("Jon Stone came. He spoke.", ["He"], "Jon Stone"),
        ("Ms. Berg met Jon Stone. He spoke.", ["He"], "Jon Stone"),
        ("Ms. Berg met Jon Stone. She spoke.", ["She"], "Anna Berg"),
        ("Jon Stone came. It rained. He spoke.", ["He"], "Jon Stone"),
        # who spoke last goes before who is named
        ("Jon Stone spoke of Ole Dahl. He spoke.", ["Jon Stone", "He"], "Jon Stone"),
        ("Jon Stone spoke. Ole Dahl came. He spoke.", ["Jon Stone", "He"], "Ole Dahl"),
        # things and groups
        ("Acme met Jon Stone. It spoke.", ["It"], "Acme"),
        ("Jon Stone came. It spoke.", ["It"], "It"),
        ("Norway and Acme spoke. They spoke.", ["Norway and Acme", "They"], "Norway and Acme"),
        # too far back
        ("Jon Stone came. " + "It rained. " * 6 + "He spoke.", ["He"], "He"),
        # short names and descriptions
        ("Eva Lind spoke. Lind spoke.", ["Eva Lind", "Lind"], "Eva Lind"),
        ("Eva Lind, a miner, spoke. The miner spoke.", ["Eva Lind", "The miner"], "Eva Lind"),
        ("Eva Lind spoke. The miner spoke.", ["Eva Lind", "The miner"], "miner"),
    ],
)
def test_who_is_meant_by_a_pronoun_or_short_name(text: str, sources: list[str], name: str) -> None:
    last = resolve(text, *sources)[-1]
    assert (last.name, last.text) == (name, sources[-1])
    assert last.members == ()


def test_a_name_within_a_longer_name_is_no_source() -> None:
    text = "The Norwegian Navy and Norwegian crews spoke."
    speakers = Speakers(text, rows_of(text), ACTORS, [])
    assert [(row.start, row.actor_id) for row in speakers.rows] == [(4, "navy"), (23, "norway")]


def test_a_title_holds_no_name() -> None:
    text = "The Acme envoy Jon Stone spoke."
    rows = sorted([*rows_of(text), Row(4, 14, "stone", "title", "actor")])
    speakers = Speakers(text, rows, ACTORS, [])
    assert [row.actor_id for row in speakers.rows] == ["acme", "stone", "stone"]


def test_members_of_a_joint_speaker() -> None:
    [both] = resolve("Norway and Acme spoke.", "Norway and Acme")
    assert both.members == ("norway", "acme")
    assert not both.is_person


def test_to_identify_is_not_to_let_speak() -> None:
    text = "Jon Stone met Ole Dahl. He spoke."
    speakers = Speakers(text, rows_of(text), ACTORS, [])
    words = split_words(text, 0, 23, [], [])
    assert speakers.identify(words, (3, 5), [(0, 23)]).name == "Ole Dahl"
    later = split_words(text, 24, len(text), [], [])
    assert speakers.resolve(later, (0, 1), [(24, len(text)), (0, 23)]).name == "Jon Stone"


# ---- source types -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("two officials", "officials"), ("the foreign ministry", "officials"),
        ("a state news agency", "state media"), ("the news agency", "media"), ("the weekly", "media"),
        ("an analyst at the ministry", "experts"), ("a ministry analyst", "experts"),
        ("a resident of Oslo", "witnesses"), ("the company's boss", "companies"), ("rights groups", "groups"),
        ("people familiar with the matter", "unnamed"), ("the river", ""), ("", ""),
        ("Eva Lind, a professor", "experts"), ("officially", ""),
    ],
)  # fmt: skip
def test_listed_type(text: str, kind: str) -> None:
    assert listed_type(text) == kind


@pytest.mark.parametrize(
    ("actor", "phrase", "kind"),
    [
        ("norway", "norway", "officials"), ("navy", "navy", "officials"), ("berg", "ms. berg", "officials"),
        ("btv", "btv", "state media"), ("wire", "nordwire", "media"), ("acme", "acme", "companies"),
        ("institute", "the institute", "experts"), ("moe", "eli moe", "experts"),
        ("stone", "jon stone", "others"), ("stone", "jon stone, a resident", "witnesses"),
        # what a person of a state is called does not make it another's
        ("berg", "anna berg, a mother", "officials"), ("berg", "anna berg, a professor", "experts"),
        # an official outlet is its state's, also where the text calls it an agency
        ("btv", "the btv agency", "state media"),
    ],
)  # fmt: skip
def test_source_type_of_an_actor(actor: str, phrase: str, kind: str) -> None:
    entry = ACTORS[actor]
    assert source_type(Speaker(actor, entry.name, entry.name, entry.type == "person", phrase), ACTORS) == kind


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        (NOBODY, "unnamed"),
        (Speaker("", "Eva Lind", "Eva Lind", True), "others"),
        (Speaker("", "Eva Lind", "Lind", True, "lind, a nurse"), "witnesses"),
        (Speaker("", "Norway and the navy", "", False, members=("norway", "navy")), "officials"),
        (Speaker("", "Norway and Acme", "", False, members=("norway", "acme")), "others"),
    ],
)
def test_source_type_of_others(speaker: Speaker, kind: str) -> None:
    assert source_type(speaker, ACTORS) == kind

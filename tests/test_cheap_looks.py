"""Cheap looks before patterns never change what rules find: held against rules that try every pattern."""

import re
from contextlib import ExitStack
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import names, phrases, places, short_names, titles
from helpers.actors import Actor
from helpers.gazetteer import Gazetteer
from helpers.mentions import find_mentions_in
from helpers.paths import read_vocabulary
from helpers.spans import find_word

GAZETTEER = Gazetteer(
    {
        actor.id: actor
        for actor in (
            Actor("norway", "Norway", "state", side="norway", adjectives=("Norwegian",), capitals=("Oslo",)),
            Actor(
                "east_borduria", "East Borduria", "state", side="east_borduria", aliases=("BRD", "the East")
            ),
            Actor("west_borduria", "West Borduria", "state", side="west_borduria"),
            Actor("palace", "Blue Palace", "seat", affiliation="norway", side="norway"),
            Actor("anna_berg", "Anna Berg", "person", side="norway", descriptions=("foreign minister",)),
            Actor("jon_berg", "Jon Berg", "person", affiliation="berg_motors"),
            Actor("berg_motors", "Berg Motors", "organisation", short=("Berg",)),
            Actor("nrk", "NRK", "organisation", affiliation="norway", side="norway"),
        )
    }
)
NAMES = [
    name
    for actor in GAZETTEER.actors.values()
    for name in (actor.name, *actor.aliases, *actor.adjectives, *actor.capitals)
] + ["Berg", "Anna", "Jon", "Borduria", "Bordurias", "East and West Borduria", 'Jon "Lolo" Berg', "Lolo"]
LISTED = [
    entry.replace("*", "ed")
    for lists in (read_vocabulary("titles"), read_vocabulary("places"))
    for words in lists.values()
    for entry in words
]
OTHERS = (
    "the a an The In in of to from and or left behind nicknamed known as called by the two both men met he "
    "she said who was at with , , , . . ; : ( ) \" 's - – % shares , a bank carmaker stake capital THE İſ ı K"
).split(" ")
PARTS = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(OTHERS),
    st.sampled_from(LISTED),
    st.sampled_from(LISTED).map(str.capitalize),
    st.sampled_from(LISTED).map(str.upper),
)
GAPS = st.sampled_from([" "] * 12 + ["", ", ", ". ", "\n", " \n", "-"])
TEXTS = st.lists(st.tuples(PARTS, GAPS), min_size=4, max_size=60).map(
    lambda parts: "".join(f"{part}{gap}" for part, gap in parts)
)


def _found(text: str) -> tuple[object, ...]:
    found = names.find_names([text], GAZETTEER)[0]
    half = len(text) // 2
    return found, find_mentions_in(text, [(0, half), (half, len(text))], found, GAZETTEER)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_cheap_look_changes_nothing(text: str) -> None:
    found = _found(text)
    with ExitStack() as stack:
        for module in (names, short_names, titles):
            stack.enter_context(patch.object(module, "may_follow", lambda *_: True))
        stack.enter_context(patch.object(titles, "_may_be_title", lambda *_: True))
        stack.enter_context(patch.object(places, "_may_be_where", lambda *_: True))
        stack.enter_context(patch.object(phrases.Sentence, "may_hold", lambda *_: True))
        stack.enter_context(patch.object(short_names, "_SIGNS", ("",)))
        assert _found(text) == found


@given(
    st.lists(st.sampled_from([*LISTED, *OTHERS]), max_size=8).map(" ".join), st.sampled_from(["", " ", ", "])
)
@settings(max_examples=300, deadline=None)
def test_a_place_needs_one_of_the_last_words(words: str, end: str) -> None:
    before = words + end
    assert places._may_be_where(before) or not places._is_where(places._PLACE_BEFORE.sub("", before))


@given(st.text("Ro-_ .'é", max_size=30))
def test_find_word_is_the_pattern(text: str) -> None:
    assert list(find_word(text, "Ro")) == [m.start() for m in re.finditer(r"(?<![\w-])Ro(?![\w-])", text)]

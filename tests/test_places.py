"""Actor or place: rule 7 of the annotation rules as a table of contexts."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from helpers import load_actors
from helpers.gazetteer import Gazetteer
from helpers.mentions import find_mentions_in
from helpers.names import find_names
from helpers.places import is_place, speaks
from helpers.sentences import find_sentences
from helpers.spans import Name

ACTORS = """
[[actor]]
name = "Ruritania"
type = "state"
adjectives = ["Ruritanian"]
capitals = ["Strelsau"]
[[actor]]
name = "Borduria"
type = "state"
aliases = ["BRD"]
adjectives = ["Bordurian"]
capitals = ["Szohod"]
[[actor]]
name = "Blue Palace"
type = "seat"
affiliation = "borduria"
[[actor]]
name = "Anna Berg"
type = "person"
affiliation = "ruritania"
[[actor]]
name = "Radio Strelsau"
type = "organisation"
affiliation = "ruritania"
"""


def compile_gazetteer() -> Gazetteer:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "actors.toml"
        path.write_text(ACTORS, encoding="utf-8")
        return Gazetteer(load_actors(path))


GAZETTEER = compile_gazetteer()


def uses(text: str) -> dict[str, str]:
    """Each name or description of the text, as written, and its use."""
    names = find_names([text], GAZETTEER)[0]
    found = find_mentions_in(text, find_sentences(text), names, GAZETTEER)
    return {text[start:end]: use for start, end, _, _, use in found}


@pytest.mark.parametrize(
    "context",
    [
        # after in, into, at, near, enter, reach, arrive
        "They met in {}.",
        "In {}, they met.",
        "They marched into {} by night.",
        "A camp near {} burned.",
        "They live inside {} now.",
        "It rained across {} all day.",
        "They entered {} by night.",
        "The storm will reach {} by night.",
        "They left {} on Monday.",
        "They were arriving in {} by night.",
        "They met in neighbouring {}.",
        "They met in northern {}.",
        # after "to" where something goes and nothing is given
        "They flew to {} on Monday.",
        "She is on a trip to {} this week.",
        "They sent a delegation to {} on Monday.",
        "It sent its envoy to {} on Monday.",
        "They went back to {}.",
        # after "from" where somebody comes back, or with a "to"
        "They returned from {} on Monday.",
        "They flew from {} to Ruritania.",
        # "X-based", a war's name
        "The {}-based firm closed.",
        "They spoke of the {} war.",
        "They spoke of the {} conflict.",
        # the second of two places
        "They met in Ruritania and {}.",
        "They met in Ruritania, {} and Peru.",
        "They met in Toulouse, {}.",
    ],
)
@pytest.mark.parametrize("name", ["Borduria", "Szohod"])
def test_only_where_something_happens(context: str, name: str) -> None:
    assert uses(context.format(name))[name] == "place"


@pytest.mark.parametrize(
    "context",
    [
        # subjects
        "{} agreed.",
        "On Monday {} sent a ship.",
        "They say {} lies.",
        # possessives
        "{}'s answer came.",
        "They believe in {}'s answer.",
        "They looked into {}’s past.",
        # from, with, of, for, against, between, about, by
        "The delegates from {} spoke.",
        "The talks with {} failed.",
        "The support for {} is weak.",
        "The war against {} began.",
        "The leader of {} spoke.",
        "The talks between {} and Ruritania failed.",
        "They spoke about {}.",
        "It was built by {}.",
        # who receives, is spoken to or is acted on
        "It gave arms to {} last year.",
        "She wrote a letter to {} last year.",
        "It sold shells to {} last year.",
        "She warned of a threat to {} last year.",
        "They pledged support to {} last year.",
        "They talk to {} every day.",
        "They said so to {} last year.",
        "It stays close to {} in all.",
        "They accused {} of lying.",
        "They asked {} to stop.",
        # a visit is a diplomatic act
        "She will visit {} on Monday.",
        "She visits {} on Monday.",
        # not of place: trust in
        "Their trust in {} is weak.",
        "Their interest in {} is weak.",
        "Their anger at {} is old.",
        "They left {} out of it.",
        # before a noun, with a hyphen
        "The {}-led talks failed.",
    ],
)
@pytest.mark.parametrize("name", ["Borduria", "Szohod"])
def test_acts_or_is_acted_on(context: str, name: str) -> None:
    assert uses(context.format(name))[name] == "actor"


@pytest.mark.parametrize(
    ("text", "name", "use"),
    [
        # datelines
        ("SZOHOD (Reuters) - Talks began.", "SZOHOD", "place"),
        ("SZOHOD, Borduria (AP) — Talks began.", "SZOHOD", "place"),
        ("SZOHOD, Borduria (AP) — Talks began.", "Borduria", "place"),
        ("Szohod, March 3 (AFP) – Talks began.", "Szohod", "place"),
        ("Rain fell.\nSzohod — Talks began.", "Szohod", "place"),
        ("Then Ruritania and at last old Borduria - nobody else - agreed.", "Borduria", "actor"),
        # squares, airports, cities
        ("They met on Szohod Square.", "Szohod", "place"),
        ("They landed at Borduria International Airport.", "Borduria", "place"),
        ("They burned the Szohod airport.", "Szohod", "place"),
        ("They saw the outskirts of Szohod burn.", "Szohod", "place"),
        ("They saw the leader of Szohod burn.", "Szohod", "actor"),
        ("They met in the capital, Szohod, on Monday.", "Szohod", "place"),
        ("The capital, Szohod, sent a ship.", "Szohod", "actor"),
        ("They met in Szohod, Borduria.", "Borduria", "place"),
        ("They met in Ruritania, and Borduria agreed.", "Borduria", "actor"),
        ("They met in Oz or Borduria.", "Borduria", "place"),
        # a meeting is named after its city
        ("The Szohod talks failed.", "Szohod", "place"),
        ("The Borduria talks failed.", "Borduria", "actor"),
        # an acronym before a noun is an adjective
        ("He is in BRD custody.", "BRD", "actor"),
        ("He is in BRD.", "BRD", "place"),
        ("He is in BRD and well.", "BRD", "place"),
        # adjectives always act, and so does what is neither a state nor a seat
        ("They met in Bordurian waters.", "Bordurian", "actor"),
        ("They trust in Anna Berg.", "Anna Berg", "actor"),
        ("They work at Radio Strelsau.", "Radio Strelsau", "actor"),
        # seats of power
        ("They met at the Blue Palace.", "Blue Palace", "place"),
        ("The Blue Palace sent a ship.", "Blue Palace", "actor"),
        ("The Blue Palace said no.", "Blue Palace", "actor"),
        # nothing is reached across the end of a paragraph or of what counts
        ("They all went in\nBorduria agreed.", "Borduria", "actor"),
        ("They all went in\x1eBorduria agreed.", "Borduria", "actor"),
        ("", "", ""),
    ],
)
def test_single_contexts(text: str, name: str, use: str) -> None:
    assert uses(text).get(name, "") == use


def test_a_country_described_may_be_a_place_too() -> None:
    assert uses("Borduria voted. Rain fell in the country.")["country"] == "place"
    assert uses("Borduria voted. The country agreed.")["country"] == "actor"


def test_a_state_inside_a_longer_name_says_whose_it_is() -> None:
    found = uses("They met at Borduria's navy and in Borduria.")
    assert found == {"Borduria's navy": "actor", "Borduria": "place"}
    text = "They met in Borduria's navy."
    names = find_names([text], GAZETTEER)[0]
    assert [is_place(text, n, GAZETTEER, (0, False)) for n in names] == [False, False]


@pytest.mark.parametrize(
    ("gap", "place_before", "expected"),
    [
        (" and ", True, True),
        (", ", True, True),
        (" or ", True, True),
        (" and ", False, False),
        (" thanked ", True, False),
    ],
)
def test_the_place_before(gap: str, place_before: bool, expected: bool) -> None:
    text = f"They thanked Peru{gap}Borduria."
    at = text.index("Borduria")
    name = Name(at, at + len("Borduria"), "borduria", "name")
    previous = (text.index("Peru") + len("Peru"), place_before)
    assert is_place(text, name, GAZETTEER, previous) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Blue Palace said no.", True),
        ("The Blue Palace announced it.", True),
        ("A spokesman for the Blue Palace left.", True),
        ("According to the Blue Palace, it rained.", True),
        ("The Blue Palace declined to comment.", True),
        ("The Blue Palace sent a ship.", False),
        ("She said no. The Blue Palace burned.", False),
        ("The Blue Palace burned. She said no.", False),
        ("The Blue Palace\nShe said no.", False),
    ],
)
def test_speaks(text: str, expected: bool) -> None:
    at = text.index("Blue Palace")
    assert speaks(text, Name(at, at + 11, "blue_palace", "name")) is expected


@pytest.mark.parametrize(
    ("text", "actor_id", "use"),
    [
        ("The Blue Palace said no.", "blue_palace", "actor"),
        ("The Blue Palace sent a ship.", "borduria", "actor"),
        ("They met at the Blue Palace.", "blue_palace", "place"),
        ("Szohod sent a ship.", "borduria", "actor"),
        ("They met in Szohod.", "borduria", "place"),
    ],
)
def test_who_is_credited(text: str, actor_id: str, use: str) -> None:
    """A seat of power that acts stands for its state; where it speaks it is itself."""
    names = find_names([text], GAZETTEER)[0]
    found = find_mentions_in(text, find_sentences(text), names, GAZETTEER)
    assert [(a, u) for _, _, a, _, u in found] == [(actor_id, use)]

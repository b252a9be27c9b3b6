"""Titles and lone descriptions: table of sentences and what they describe, by hand; false friends."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from helpers import load_actors
from helpers.descriptions import find_descriptions
from helpers.gazetteer import Gazetteer
from helpers.matching import fold
from helpers.names import find_names
from helpers.phrases import Article
from helpers.sentences import find_sentences

RUR, NORTH, SOUTH = "ruritania", "north_borduria", "south_borduria"
ANNA, KARL, JON, EVA, VESTI = "anna_berg", "karl_berg", "jon_stone", "eva_lund", "vesti"


ACTORS = """
[[actor]]
name = "Ruritania"
type = "state"
adjectives = ["Ruritanian"]
capitals = ["Strelsau"]
[[actor]]
name = "North Borduria"
type = "state"
adjectives = ["North Bordurian"]
capitals = ["Szohod"]
[[actor]]
name = "South Borduria"
type = "state"
adjectives = ["South Bordurian"]
capitals = ["Klow"]
[[actor]]
name = "Anna Berg"
type = "person"
affiliation = "ruritania"
descriptions = ["foreign minister"]
[[actor]]
name = "Karl Berg"
type = "person"
affiliation = "north_borduria"
descriptions = ["ruler"]
[[actor]]
name = "Jon Stone"
type = "person"
affiliation = "south_borduria"
[[actor]]
name = "Eva Lund"
type = "person"
affiliation = "ruritania"
[[actor]]
name = "Vesti"
type = "organisation"
affiliation = "north_borduria"
[[actor]]
name = "Bordurian Press Agency"
type = "organisation"
affiliation = "north_borduria"
"""


def compile_gazetteer() -> Gazetteer:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "actors.toml"
        path.write_text(ACTORS, encoding="utf-8")
        return Gazetteer(load_actors(path))


GAZETTEER = compile_gazetteer()

Row = tuple[str, tuple[str, ...], str]


def describe(text: str, places: tuple[str, ...] = ()) -> list[Row]:
    """The descriptions of a text: what it says, whom it means, which kind."""
    plain = fold(text)
    names = find_names([text], GAZETTEER)[0]
    starts = {n.start for n in names if text[n.start : n.end] in places}
    article = Article(plain, find_sentences(plain), names, GAZETTEER, starts)
    return [(text[d.start : d.end], d.actor_ids, d.kind) for d in find_descriptions(article)]


def title(text: str, actor_id: str) -> list[Row]:
    return [(text, (actor_id,), "title")]


def nominal(text: str, *actor_ids: str) -> list[Row]:
    return [(text, actor_ids, "nominal")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prime Minister Jon Stone left.", title("Prime Minister", JON)),
        ("The envoy Eva Lund left.", title("envoy", EVA)),
        ("Ruritanian Foreign Minister Anna Berg left.", title("Ruritanian Foreign Minister", ANNA)),
        ("Ruritania’s foreign minister Anna Berg left.", title("Ruritania’s foreign minister", ANNA)),
        ("They met the South Bordurian president Jon Stone.", title("South Bordurian president", JON)),
        ("the former deputy defence minister Jon Stone", title("former deputy defence minister", JON)),
        ("retired army general Jon Stone", title("retired army general", JON)),
        ("Secretary of State Jon Stone left.", title("Secretary of State", JON)),
        ("chief executive officer Jon Stone", title("chief executive officer", JON)),
        ("Jon Stone came. Then President Stone left.", title("President", JON)),
        ("South Borduria's president, Jon Stone, left.", title("South Borduria's president", JON)),
        (
            "A professor at the university in Klow, Jon Stone, left.",
            title("professor at the university in Klow", JON),
        ),
        ("The broadcaster Vesti said so.", title("broadcaster", VESTI)),
        ("state news agency Vesti", title("state news agency", VESTI)),
        ("North Bordurian state media Vesti said so.", title("North Bordurian state media", VESTI)),
    ],
)
def test_titles_before_a_name(text: str, expected: list[Row]) -> None:
    assert describe(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jon Stone, the South Bordurian president, left.", title("South Bordurian president", JON)),
        ("Jon Stone, South Borduria’s president, left.", title("South Borduria’s president", JON)),
        ("Jon Stone, president of South Borduria, left.", title("president of South Borduria", JON)),
        ("They met Jon Stone, a former minister.", title("former minister", JON)),
        ("Jon Stone, then a minister, left.", title("minister", JON)),
        (
            "Jon Stone, vice chairman of the Council of Trade and Arts, left.",
            title("vice chairman of the Council of Trade and Arts", JON),
        ),
        ("Jon Stone, a minister leading the talks, left.", title("minister", JON)),
        ("Jon Stone, chief executive, left.", title("chief executive", JON)),
        ("Vesti, the state broadcaster, said so.", title("state broadcaster", VESTI)),
        ("The Vesti news agency said so.", title("news agency", VESTI)),
        ("Ruritania, a neighbour of South Borduria, agreed.", title("neighbour of South Borduria", RUR)),
        ("Ruritania, the old rival, agreed.", title("old rival", RUR)),
    ],
)
def test_titles_after_a_name(text: str, expected: list[Row]) -> None:
    assert describe(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Jon Stone, who leads the army, left.",
        "Jon Stone, leading the army, left.",
        "Jon Stone, flanked by a minister, left.",
        "Jon Stone, Roger Moore and a minister left.",
        "Jon Stone met a minister.",
        "Jon Stone. Minister and poet.",
        "Jon Stone's minister",
        "A minister told Jon Stone to go.",
        "Jon Stone and ministers left.",
        "Ruritania, neighbour and rival",
        "Ruritania, South Borduria and a power",
        "The Vesti news agency tower burned.",
        "Vesti Broadcaster",
        "A statement to a spokesman, Jon Stone said, was false.",
        "",
    ],
)
def test_no_description_beside_a_name(text: str) -> None:
    assert describe(text) == []


def test_a_list_gives_each_name_its_own_title() -> None:
    assert describe("Jon Stone, President Karl Berg and Minister Anna Berg left.") == [
        ("President", (KARL,), "title"),
        ("Minister", (ANNA,), "title"),
    ]


def test_a_person_inside_a_title_keeps_a_row() -> None:
    assert describe("Foreign minister Anna Berg came with Eva Lund, adviser to the foreign minister.") == [
        ("Foreign minister", (ANNA,), "title"),
        ("adviser to the foreign minister", (EVA,), "title"),
        ("foreign minister", (ANNA,), "nominal"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # by the entry in actors.toml, with the state
        ("The Ruritanian foreign minister left.", nominal("Ruritanian foreign minister", ANNA)),
        ("Ruritania's foreign minister left.", nominal("Ruritania's foreign minister", ANNA)),
        ("Strelsau’s foreign minister left.", nominal("Strelsau’s foreign minister", ANNA)),
        ("The long-time North Bordurian ruler left.", nominal("long-time North Bordurian ruler", KARL)),
        ("The North Bordurian ruler left.", nominal("North Bordurian ruler", KARL)),
        ("This North Bordurian ruler left.", nominal("North Bordurian ruler", KARL)),
        # of another state, or without a state and before any name
        ("The South Bordurian foreign minister left.", []),
        ("The Ruritanian ruler left.", []),
        ("The foreign minister left.", []),
        # somebody not known, a predicate, a group
        ("A foreign minister left.", []),
        ("She is the Ruritanian foreign minister.", []),
        ("They chose her as the Ruritanian foreign minister.", []),
        ("The Ruritanian foreign ministers left.", []),
        ("The ministers left.", []),
        # a former or a deputy minister is somebody else
        ("Ruritania's deputy foreign minister left.", []),
        ("The Ruritanian vice foreign minister left.", []),
        ("Ruritania's former foreign minister left.", []),
        # inside another word or phrase
        ("The foreign ministerial talks failed.", []),
    ],
)
def test_lone_descriptions_by_the_entry(text: str, expected: list[Row]) -> None:
    assert describe(text) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Anna Berg came.", "The foreign minister left.", nominal("foreign minister", ANNA)),
        ("Envoy Eva Lund came.", "The envoy left.", nominal("envoy", EVA)),
        ("Envoy Eva Lund came.", "The Ruritanian envoy left.", nominal("Ruritanian envoy", EVA)),
        ("Envoy Eva Lund came.", "The South Bordurian envoy left.", []),
        ("Envoy Eva Lund came.", "An envoy left.", []),
        ("Defence minister Jon Stone came.", "The defense minister left.", nominal("defense minister", JON)),
        # two of one title: the one named last
        (
            "President Jon Stone met President Karl Berg.",
            "The president left.",
            nominal("president", KARL),
        ),
        (
            "President Karl Berg met President Jon Stone.",
            "The president left.",
            nominal("president", JON),
        ),
        (
            "President Karl Berg met President Jon Stone.",
            "The North Bordurian president left.",
            nominal("North Bordurian president", KARL),
        ),
        # a body, by its name's last word
        (
            "The Bordurian Press Agency said so.",
            "The agency lied.",
            nominal("agency", "bordurian_press_agency"),
        ),
        ("Vesti said so.", "The agency lied.", []),
    ],
)
def test_lone_descriptions_by_what_was_said_before(first: str, second: str, expected: list[Row]) -> None:
    before = describe(first)
    assert describe(f"{first} {second}") == before + expected


def test_a_title_given_later_does_not_name_somebody_earlier() -> None:
    assert describe("The envoy left. Envoy Eva Lund came.") == title("Envoy", EVA)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ruritania voted. The country is small.", nominal("country", RUR)),
        ("Ruritania voted. The isolated country is small.", nominal("isolated country", RUR)),
        ("Ruritania voted. This nation is small.", nominal("nation", RUR)),
        ("Ruritania met South Borduria. The country is small.", nominal("country", SOUTH)),
        ("Strelsau voted. The country is small.", nominal("country", RUR)),
        # an adjective inside a title is no state that was just named
        ("Ruritania agreed with the North Bordurian envoy. The country is small.", nominal("country", RUR)),
        ("The Ruritanian regime fell.", nominal("Ruritanian regime", RUR)),
        ("Ruritania voted. The regime fell.", nominal("regime", RUR)),
        # false friends
        ("Ruritania voted. The sanctions regime fell.", []),
        ("Ruritania voted. The country of origin is small.", []),
        ("Ruritania voted. A country is small.", []),
        ("Ruritania is the country.", []),
        ("Ruritania voted. Each country is small.", []),
        ("Ruritania voted. Country music is loud.", []),
        ("The country is small.", []),
        ("Jon Stone left. The country is small.", []),
    ],
)
def test_the_country(text: str, expected: list[Row]) -> None:
    assert describe(text) == expected


BOTH = "Ruritania met North Borduria."
THREE = "Ruritania met North Borduria and South Borduria."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BOTH} The two countries agreed.", nominal("two countries", NORTH, RUR)),
        (f"{BOTH} Both countries agreed.", nominal("Both countries", NORTH, RUR)),
        (f"{BOTH} Both sides agreed.", nominal("Both sides", NORTH, RUR)),
        (f"{BOTH} These two nations agreed.", nominal("two nations", NORTH, RUR)),
        (f"{BOTH} Talks between the sides failed.", nominal("sides", NORTH, RUR)),
        (f"{THREE} The two countries agreed.", nominal("two countries", NORTH, SOUTH)),
        (f"{THREE} The three countries agreed.", nominal("three countries", NORTH, RUR, SOUTH)),
        # whoever acts for a state stands for it, a body too
        ("Anna Berg met Karl Berg. The two countries agreed.", nominal("two countries", NORTH, RUR)),
        ("Ruritania's navy met Vesti. The two countries agreed.", nominal("two countries", NORTH, RUR)),
        # every member or none
        ("Ruritania voted. The two countries agreed.", []),
        ("Ruritania met Strelsau. The two countries agreed.", []),
        (f"{BOTH} The three countries agreed.", []),
        (f"{THREE} The four countries agreed.", []),
        ("The two countries agreed. Ruritania met North Borduria.", []),
        # not definite
        (f"{BOTH} Two countries agreed.", []),
        (f"{BOTH} Countries agreed.", []),
        (f"{BOTH} The countries agreed.", []),
        (f"{BOTH} Sides were taken.", []),
    ],
)
def test_several_countries(text: str, expected: list[Row]) -> None:
    assert describe(text) == expected


def test_a_place_is_not_one_of_the_two_countries() -> None:
    text = "Ruritania met North Borduria in Klow. The two countries agreed."
    assert describe(text, places=("Klow",)) == nominal("two countries", NORTH, RUR)
    assert describe(text) == nominal("two countries", NORTH, SOUTH)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Both Bordurias agreed.", nominal("Both Bordurias", NORTH, SOUTH)),
        ("The two Bordurias agreed.", nominal("two Bordurias", NORTH, SOUTH)),
        ("The Bordurias agreed.", nominal("Bordurias", NORTH, SOUTH)),
        ("Two Bordurias exist.", nominal("Two Bordurias", NORTH, SOUTH)),
        ("Three Bordurias exist.", []),
        ("Bordurias exist.", []),
        ("Both Ruritanias agreed.", []),
    ],
)
def test_states_that_share_a_name(text: str, expected: list[Row]) -> None:
    assert describe(text) == expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("The two men agreed.", nominal("two men", ANNA, JON)),
        ("The two agreed.", nominal("two", ANNA, JON)),
        ("These two leaders smiled.", nominal("two leaders", ANNA, JON)),
        ("The two cars crashed.", []),
        ("The two.", []),
        ("Two men came.", []),
        ("The two tables stood.", []),
    ],
)
def test_the_two(rest: str, expected: list[Row]) -> None:
    assert describe(f"Anna Berg met Jon Stone. {rest}") == expected


def test_the_two_need_two_persons() -> None:
    assert describe("Anna Berg met Vesti. The two agreed.") == []
    assert describe("Eva Lund saw that Anna Berg met Jon Stone. The two agreed.") == nominal("two", ANNA, JON)

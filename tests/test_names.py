"""Names: whom each stands for, in one invented gazetteer; expected rows by hand."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Actor, load_actors
from helpers.gazetteer import Gazetteer, british_and_american, short_names
from helpers.names import find_names, is_facility, main_state
from helpers.spans import Name, noun_goes_on

ACTORS = """
actor = [
  {name = "Ruritania", type = "state", adjectives = ["Ruritanian"], capitals = ["Strelsau"],
   peoples = ["Ruritanians"]},
  {name = "North Borduria", type = "state", aliases = ["the North"], adjectives = ["North Bordurian"],
   capitals = ["Szohod"], peoples = ["North Bordurians"]},
  {name = "South Borduria", type = "state", aliases = ["the South"], adjectives = ["South Bordurian"],
   capitals = ["Klow"]},
  {id = "usa", name = "United States", type = "state", aliases = ["US", "U.S."], adjectives = ["American"],
   capitals = ["Washington"]},
  {name = "White House", type = "seat", affiliation = "usa"},
  {name = "the League", type = "bloc"},
  {name = "Anna Berg", type = "person", affiliation = "ruritania"},
  {name = "Karl Berg", type = "person", affiliation = "north_borduria"},
  {name = "Jon Stone", type = "person", affiliation = "south_borduria"},
  {name = "Li Wen", type = "person", short = ["Li"]},
  {name = "Greta von der Heide", type = "person"},
  {name = "Ruritania Jones", type = "person"},
  {name = "Ruritanian Workers Party", type = "organisation", affiliation = "ruritania"},
  {name = "University of North Bordurian Studies", type = "organisation"},
  {id = "ruritania_navy", name = "Blue Fleet", type = "organisation", affiliation = "ruritania"},
]
"""

Row = tuple[str, str]


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    path = tmp_path_factory.mktemp("names") / "actors.toml"
    path.write_text(ACTORS.replace("\n  ", " ").replace("\n]", "]"), encoding="utf-8")
    return Gazetteer(load_actors(path))


def rows(text: str, gazetteer: Gazetteer) -> list[Row]:
    return [(text[n.start : n.end], n.actor_id) for n in find_names([text], gazetteer)[0]]


ANNA, KARL, JON, LI = "anna_berg", "karl_berg", "jon_stone", "li_wen"
RUR, NORTH, SOUTH = "ruritania", "north_borduria", "south_borduria"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Berg spoke. Berg left.", [("Anna Berg", ANNA), ("Berg", ANNA)]),
        ("Anna Berg spoke. Anna left.", [("Anna Berg", ANNA), ("Anna", ANNA)]),
        ("Berg agrees. Anna Berg said so.", [("Berg", ANNA), ("Anna Berg", ANNA)]),
        # two persons with one surname: the one named last
        (
            "Anna Berg met Karl Berg. Berg left.",
            [("Anna Berg", ANNA), ("Karl Berg", KARL), ("Berg", KARL)],
        ),
        (
            "Karl Berg met Anna Berg. Berg left.",
            [("Karl Berg", KARL), ("Anna Berg", ANNA), ("Berg", ANNA)],
        ),
        (
            "Anna Berg met Karl Berg. Anna spoke, and Berg left.",
            [("Anna Berg", ANNA), ("Karl Berg", KARL), ("Anna", ANNA), ("Berg", ANNA)],
        ),
        # an honorific or a rank tells them apart
        (
            "Ms. Anna Berg met Gen. Karl Berg. Then Ms. Berg left, and Gen. Berg stayed.",
            [("Ms. Anna Berg", ANNA), ("Karl Berg", KARL), ("Ms. Berg", ANNA), ("Berg", KARL)],
        ),
        # neither was named: nobody knows which
        ("They met Berg, and then they left.", []),
        # "Mr." fits one of them only
        ("They met Berg, and then Mr. Berg left.", [("Mr. Berg", KARL)]),
        # one it can be, in an article that never gives the full name
        ("They met Stone in town.", [("Stone", JON)]),
        ("They met Mr. Stone in town.", [("Mr. Stone", JON)]),
        ("Mr Stone left.", [("Mr Stone", JON)]),
        ("Stone walls fell.", []),
        ("A stone fell on Stone.", []),
        ("They met Jon in town.", []),
        ("They met Li in town.", [("Li", LI)]),
        ("They met LI in town.", []),
        # the short name is part of some longer name
        ("Jon Stone met Roger Stone.", [("Jon Stone", JON)]),
        ("Jon Stone met Stone Phillips.", [("Jon Stone", JON)]),
        ("Li Wen came. The Li-Ning shoes and a Jet-Li film.", [("Li Wen", LI)]),
        ("Jon Stone left on Monday. On Tuesday Stone came.", [("Jon Stone", JON), ("Stone", JON)]),
        ("Jon Stone came. President Stone left.", [("Jon Stone", JON), ("Stone", JON)]),
        ("Jon Stone came. Then Stone left. When Stone slept.", [("Jon Stone", JON)] + 2 * [("Stone", JON)]),
        ("Jon Stone came. Meeting Stone was hard.", [("Jon Stone", JON), ("Stone", JON)]),
        ("Jon Stone came. Gen. Stone left.", [("Jon Stone", JON), ("Stone", JON)]),
        ("Jon Stone came. Dr. Stone left.", [("Jon Stone", JON), ("Dr. Stone", JON)]),
        ("Jon Stone came. Ruritania's Stone left.", [("Jon Stone", JON), ("Ruritania", RUR), ("Stone", JON)]),
        # in a headline every word has a capital
        ("Stone Visits Long Hall\n\nJon Stone came.", [("Stone", JON), ("Jon Stone", JON)]),
        # the sentence before ends in a name, a month or an abbreviation
        ("Jon Stone went to Klow. Stone slept.", [("Jon Stone", JON), ("Klow", SOUTH), ("Stone", JON)]),
        ("Jon Stone came in July. Stone left.", [("Jon Stone", JON), ("Stone", JON)]),
        ("Jon Stone met Roger Moore. Stone left.", [("Jon Stone", JON), ("Stone", JON)]),
        # the longest form
        (
            "Von der Heide left. Greta von der Heide came.",
            [("Von der Heide", "greta_von_der_heide"), ("Greta von der Heide", "greta_von_der_heide")],
        ),
        (
            "Greta von der Heide came. Ms von der Heide left.",
            [("Greta von der Heide", "greta_von_der_heide"), ("Ms von der Heide", "greta_von_der_heide")],
        ),
        ("ANNA BERG AND RURITANIA", [("ANNA BERG", ANNA), ("RURITANIA", RUR)]),
    ],
)
def test_persons(text: str, expected: list[Row], gazetteer: Gazetteer) -> None:
    assert rows(text, gazetteer) == expected


@pytest.mark.parametrize("honorific", ["Mr.", "Mr", "Mrs.", "Mrs", "Ms.", "Ms", "Miss", "Mx.", "Dr."])
def test_an_honorific_belongs_to_the_name(honorific: str, gazetteer: Gazetteer) -> None:
    assert rows(f"He saw {honorific} Jon Stone.", gazetteer) == [(f"{honorific} Jon Stone", JON)]
    assert rows(f"He saw {honorific} Stone.", gazetteer) == [(f"{honorific} Stone", JON)]


@pytest.mark.parametrize(
    "text",
    [
        "They met on Jon Stone Square.",
        "They landed at Jon Stone International Airport.",
        "Plane Lands At Jon Stone Airport",
        "It won the Anna Berg Prize.",
        "The Jon Stone administration fell.",
        # populations
        "Ruritanians and North Bordurians voted.",
        "The Ruritanian people voted.",
        "the Ruritanian public, the North Bordurian population",
        # money
        "It cost US$5 and US $6.",
        # no article
        "They went North, not South, said one League member.",
        "the north and the south",
        # inside other words
        "USA, Ruritaniana, Strelsauer, U.S",
        # descriptions without a state
        "a defense ministry; the Defense Ministry; our navy",
        "",
    ],
)
def test_nobody_is_named(text: str, gazetteer: Gazetteer) -> None:
    assert rows(text, gazetteer) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the North and the South", [("North", NORTH), ("South", SOUTH)]),
        ("The North agreed; THE SOUTH did not.", [("North", NORTH), ("SOUTH", SOUTH)]),
        ("North's answer came.", [("North", NORTH)]),
        ("North’s answer came.", [("North", NORTH)]),
        ("the isolated North", [("North", NORTH)]),
        ("the League met", [("League", "the_league")]),
        (
            "the North Bordurian army",
            [("North Bordurian army", "north_borduria_army"), ("North Bordurian", NORTH)],
        ),
        # other things of that name
        ("the North Pole, the South Pacific and the North Sea", []),
        ("the South Bank and the League One", []),
        # two states whose names end so
        ("North and South Borduria", [("North", NORTH), ("South Borduria", SOUTH)]),
        ("South or North Borduria", [("South", SOUTH), ("North Borduria", NORTH)]),
        ("North and South Bordurian envoys", [("North", NORTH), ("South Bordurian", SOUTH)]),
        ("the North and South Borduria", [("North", NORTH), ("South Borduria", SOUTH)]),
        ("the North and South Bordurian envoys", [("North", NORTH), ("South Bordurian", SOUTH)]),
        ("up North; and South Borduria", [("South Borduria", SOUTH)]),
        ("North and North Borduria", [("North Borduria", NORTH)]),
    ],
)
def test_states_with_a_point_of_the_compass(text: str, expected: list[Row], gazetteer: Gazetteer) -> None:
    assert rows(text, gazetteer) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a US-led talk, (US), the US's, U.S. envoy", [("US", "usa")] * 3 + [("U.S.", "usa")]),
        ("the American and the White House", [("American", "usa"), ("White House", "white_house")]),
        ("Strelsau told Washington", [("Strelsau", RUR), ("Washington", "usa")]),
        ("Ruritania Jones left.", [("Ruritania Jones", "ruritania_jones")]),
        ("The Blue Fleet sailed.", [("Blue Fleet", "ruritania_navy")]),
    ],
)
def test_states_and_seats(text: str, expected: list[Row], gazetteer: Gazetteer) -> None:
    assert rows(text, gazetteer) == expected


DEFENCE = "ruritania_defense_ministry"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ruritania's Defense Ministry", [("Ruritania's Defense Ministry", DEFENCE), ("Ruritania", RUR)]),
        ("Ruritania’s defence ministry", [("Ruritania’s defence ministry", DEFENCE), ("Ruritania", RUR)]),
        ("Ruritanian Defence Ministry", [("Ruritanian Defence Ministry", DEFENCE), ("Ruritanian", RUR)]),
        ("Strelsau's defense ministry", [("Strelsau's defense ministry", DEFENCE), ("Strelsau", RUR)]),
        (
            "the Ministry of Defence of Ruritania",
            [("Ministry of Defence of Ruritania", DEFENCE), ("Ruritania", RUR)],
        ),
        (
            "the Supreme Court of the United States",
            [("Supreme Court of the United States", "usa_supreme_court"), ("United States", "usa")],
        ),
        ("the US Air Force", [("US Air Force", "usa_air_force"), ("US", "usa")]),
        ("the United States' navy", [("United States' navy", "usa_navy"), ("United States", "usa")]),
        ("Ruritania's navy", [("Ruritania's navy", "ruritania_navy"), ("Ruritania", RUR)]),
        ("RURITANIA'S NAVY", [("RURITANIA'S NAVY", "ruritania_navy"), ("RURITANIA", RUR)]),
        # a body that only describes another noun is none; the state is still named
        ("Ruritanian military ties", [("Ruritanian", RUR)]),
        ("Ruritanian government officials", [("Ruritanian", RUR)]),
        (
            "The Ruritanian military said no.",
            [("Ruritanian military", "ruritania_military"), ("Ruritanian", RUR)],
        ),
        (
            "Ruritania's military officers",
            [("Ruritania's military", "ruritania_military"), ("Ruritania", RUR)],
        ),
    ],
)
def test_state_bodies(text: str, expected: list[Row], gazetteer: Gazetteer) -> None:
    assert rows(text, gazetteer) == expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("The Defense Ministry agreed.", [("Defense Ministry", DEFENCE)]),
        ("Then the defence ministry agreed.", [("defence ministry", DEFENCE)]),
        ("Its Defense Ministry agreed.", [("Defense Ministry", DEFENCE)]),
        ("A defense ministry agreed.", []),
        ("The defense ministry officials agreed.", []),
        ("A navy agreed.", []),
        # of the one state that the text is about
        ("The navy agreed.", [("navy", "ruritania_navy")]),
        ("The US envoy left. The navy agreed.", [("US", "usa")]),
        (
            "The US Defense Department and the Ministry of Defense agreed.",
            [
                ("US Defense Department", "usa_defense_ministry"),
                ("US", "usa"),
                ("Ministry of Defense", "usa_defense_ministry"),
            ],
        ),
    ],
)
def test_bare_bodies(second: str, expected: list[Row], gazetteer: Gazetteer) -> None:
    """A body without its state is the one of its kind that was named with its state last, if any was."""
    first = "Ruritania's Defense Ministry spoke. "
    assert rows(first + second, gazetteer) == [
        ("Ruritania's Defense Ministry", DEFENCE),
        ("Ruritania", RUR),
        *expected,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "the Ruritanian Workers Party",
            [Name(4, 28, "ruritanian_workers_party", "name"), Name(4, 14, RUR, "adjective", nested=True)],
        ),
        (
            "University of North Bordurian Studies",
            [
                Name(0, 37, "university_of_north_bordurian_studies", "name"),
                Name(14, 29, NORTH, "adjective", nested=True),
            ],
        ),
        (
            "Strelsau's navy",
            [Name(0, 15, "ruritania_navy", "body"), Name(0, 8, RUR, "capital", nested=True)],
        ),
        ("the South", [Name(4, 9, SOUTH, "article")]),
        ("Jon Stone, Stone", [Name(0, 9, JON, "name"), Name(11, 16, JON, "short")]),
        ("Ruritania Jones", [Name(0, 15, "ruritania_jones", "name")]),
    ],
)
def test_forms_and_nested_states(text: str, expected: list[Name], gazetteer: Gazetteer) -> None:
    assert find_names([text], gazetteer)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ruritania", RUR),
        ("Ruritania, Ruritanian, US", RUR),
        ("Ruritania, Strelsau, US, US", ""),
        ("US, Ruritania, US, US", "usa"),
        ("Ruritania, US", ""),
        ("Anna Berg, Anna Berg", ""),
        ("", ""),
    ],
)
def test_main_state(text: str, expected: str, gazetteer: Gazetteer) -> None:
    assert main_state(find_names([text], gazetteer)[0], gazetteer) == expected


def test_each_text_is_read_alone(gazetteer: Gazetteer) -> None:
    texts = ["Anna Berg spoke.", "", "Karl Berg spoke. Berg left.", "Then Berg left."]
    found = find_names(texts, gazetteer)
    assert [[n.actor_id for n in names] for names in found] == [[ANNA], [], [KARL, KARL], []]
    assert find_names([], gazetteer) == []


_PIECES = [
    *"Ruritania Ruritanian Ruritanians Strelsau North South Borduria Bordurian US U.S. American".split(),
    *"Anna Karl Berg Jon Stone Li Wen Greta Heide Roger Square Prize navy Navy League Party people".split(),
    *"the The and or of Mr. Ms President minister said met in Washington".split(),
    "Defense Ministry", "von der", "White House", "Workers Party",
    "'s", "’s", "-led", ",", ".", "\n", "\x1e", "😀",
]  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=300)
@given(pieces=st.lists(st.sampled_from(_PIECES), max_size=25))
def test_random_texts(pieces: list[str], gazetteer: Gazetteer) -> None:
    """In order; names apart from each other, or a state nested in one; in a batch as alone."""
    text = re.sub(r" (?=['’,.$-])", "", " ".join(pieces))
    names = find_names([text], gazetteer)[0]
    assert names == sorted(names, key=lambda n: (n.start, -n.end))
    outer = [n for n in names if not n.nested]
    assert all(a.end <= b.start for a, b in pairwise(outer))
    for name in names:
        assert text[name.start : name.end].strip() == text[name.start : name.end] != ""
        assert name.actor_id in gazetteer.actors
        if name.nested:
            assert gazetteer.actors[name.actor_id].type == "state"
            assert any(o.start <= name.start and name.end <= o.end for o in outer)
    assert find_names(["Jon Stone", text, "Berg"], gazetteer)[1] == names


def test_a_state_inside_another_states_name_is_no_mention() -> None:
    actors = {"samoa": Actor("samoa", "Samoa", "state"), "east": Actor("east", "East Samoa", "state")}
    assert find_names(["East Samoa met Samoa"], Gazetteer(actors)) == [
        [Name(0, 10, "east", "name"), Name(15, 20, "samoa", "name")]
    ]


@pytest.mark.parametrize(
    ("name", "kind", "short", "expected"),
    [
        ("Anna Berg", "person", (), {"Anna", "Berg"}),
        ("Anna Maria Berg", "person", (), {"Anna", "Berg", "Maria Berg"}),
        ("Jon Stone Jr.", "person", (), {"Jon", "Stone"}),
        ("Jon F. Stone III", "person", (), {"Jon", "Stone"}),
        ("Greta von der Heide", "person", (), {"Greta", "Heide", "von der Heide", "Von der Heide"}),
        ("Li Wen", "person", ("Li",), {"Li", "Wen"}),
        ("Plato", "person", (), set()),
        ("X Y", "person", (), set()),
        ("Ruritanian Workers Party", "organisation", (), set()),
        ("Ruritanian Workers Party", "organisation", ("RWP",), {"RWP"}),
    ],
)
def test_short_names(name: str, kind: str, short: tuple[str, ...], expected: set[str]) -> None:
    assert short_names(Actor("a", name, kind, short=short)) == expected


def test_short_names_come_from_aliases_too() -> None:
    assert short_names(Actor("a", "Anna Berg", "person", aliases=("Anna Lund", "Lund"))) == {"Anna", "Berg"}


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Defence Ministry", {"Defence Ministry", "Defense Ministry"}),
        ("Labor Center", {"Labor Center", "Labour Centre", "Labor Centre", "Labour Center"}),
        ("space programme", {"space programme", "space program"}),
        ("defenceless", {"defenceless"}),
        ("navy", {"navy"}),
    ],
)
def test_british_and_american(phrase: str, expected: set[str]) -> None:
    assert british_and_american(phrase) == expected


def test_descriptions_are_looked_up_by_their_end_and_in_both_spellings() -> None:
    minister = Actor("m", "Ann Lee", "person", descriptions=("defence minister",))
    gazetteer = Gazetteer({"m": minister})
    for phrase in ("defense minister", "defence minister", "prominent young defense minister"):
        assert gazetteer.described_as(min(british_and_american(phrase))) == [minister]
    assert gazetteer.described_as("minister") == []


@pytest.mark.parametrize(
    ("text", "end", "expected"),
    [
        ("Oslo international airport", 4, True),
        ("Oslo Central Station", 4, True),
        ("Oslo Square", 4, True),
        ("Oslo New Opera Hall", 4, True),
        ("Oslo agreed", 4, False),
        ("Oslo, Square", 4, False),
        ("Oslo", 4, False),
        ("Oslo parking", 4, False),
    ],
)
def test_is_facility(text: str, end: int, expected: bool) -> None:
    assert is_facility(text, end) is expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (" officers met", True),
        ("-backed", False),
        ("-officer", True),
        (" moved in", False),
        (" quickly", False),
        (" firing", False),
        (" said", False),
        (" Officers", True),
        (", officers", False),
        ("", False),
    ],
)
def test_noun_goes_on(rest: str, expected: bool) -> None:
    assert noun_goes_on(f"army{rest}", 4) is expected

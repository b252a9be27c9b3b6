"""The gazetteer: every field, the bodies made for each state, sides, and every error."""

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Actor, InputError, load_actors
from helpers.actors import ACTOR_TYPES, institutions

NORWAY = '[[actor]]\nname = "Norway"\ntype = "state"\nadjectives = ["Norwegian"]\n'
BERG = '[[actor]]\nname = "Anna Berg"\ntype = "person"\n'


def write(folder: Path, content: str | bytes) -> Path:
    """A gazetteer in a folder called news."""
    (folder / "news").mkdir(exist_ok=True)
    path = folder / "news" / "actors.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def load(folder: Path, content: str | bytes) -> dict[str, Actor]:
    return load_actors(write(folder, content))


# ---- fields -------------------------------------------------------------------------------------


def test_every_field_of_a_state(tmp_path: Path) -> None:
    actors = load(
        tmp_path,
        """
        [[actor]]
        id = "norway"
        name = "Norway"
        type = "state"
        affiliation = "pact"
        note = "The host."
        aliases = ["Kingdom of Norway", "the Kingdom"]
        short = ["the hosts"]
        descriptions = ["oil state"]
        adjectives = ["Norwegian", "Norse"]
        capitals = ["Oslo"]
        peoples = ["Norwegians"]

        [[actor]]
        id = "pact"
        name = "Salt Pact"
        type = "bloc"
        """,
    )
    assert actors["norway"] == Actor(
        id="norway",
        name="Norway",
        type="state",
        affiliation="pact",
        side="pact",
        aliases=("Kingdom of Norway", "the Kingdom"),
        short=("the hosts",),
        descriptions=("oil state",),
        adjectives=("Norwegian", "Norse"),
        capitals=("Oslo",),
        peoples=("Norwegians",),
        institution="",
        note="The host.",
        declared=True,
    )
    assert actors["pact"] == Actor(id="pact", name="Salt Pact", type="bloc", side="pact")


def test_the_least_an_entry_needs(tmp_path: Path) -> None:
    assert load(tmp_path, BERG) == {"anna_berg": Actor("anna_berg", "Anna Berg", "person")}


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [
        ("Anna Berg", "anna_berg"),
        ("Côte d’Ivoire", "côte_d_ivoire"),
        ("U.S. Navy", "u_s_navy"),
        ("Straße 7", "strasse_7"),
        ("(The) 4-Power  Talks!", "the_4_power_talks"),
    ],
)
def test_an_id_is_made_from_the_name(tmp_path: Path, name: str, actor_id: str) -> None:
    assert list(load(tmp_path, f'[[actor]]\nname = "{name}"\ntype = "bloc"')) == [actor_id]


@pytest.mark.parametrize("gender", ["she", "he", "they", ""])
def test_the_gender_of_a_person(tmp_path: Path, gender: str) -> None:
    assert load_actors(write(tmp_path, BERG))["anna_berg"].gender == ""
    assert load_actors(write(tmp_path, BERG + f'gender = "{gender}"'))["anna_berg"].gender == gender


def test_white_space_in_names_is_one_space(tmp_path: Path) -> None:
    actor = load(tmp_path, BERG.replace("Anna Berg", "  Anna   Berg ") + 'aliases = [" A.\t Berg "]')[
        "anna_berg"
    ]
    assert (actor.name, actor.aliases) == ("Anna Berg", ("A. Berg",))


@pytest.mark.parametrize("kind", ACTOR_TYPES)
def test_types(tmp_path: Path, kind: str) -> None:
    assert load(tmp_path, f'[[actor]]\nid = "x"\nname = "Xanadu"\ntype = "{kind}"')["x"].type == kind


@pytest.mark.parametrize("content", ["", "# nobody yet\n", "actor = []", "thing = []", "[[thing]]\n"])
def test_a_gazetteer_may_be_empty(tmp_path: Path, content: str) -> None:
    assert load(tmp_path, content) == {}


def test_byte_order_mark_and_line_ends_of_windows(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + BERG.replace("\n", "\r\n").encode()
    assert list(load(tmp_path, content)) == ["anna_berg"]


def test_a_path_may_be_text(tmp_path: Path) -> None:
    assert list(load_actors(str(write(tmp_path, BERG)))) == ["anna_berg"]


def test_actors_cannot_be_changed(tmp_path: Path) -> None:
    actor = load(tmp_path, BERG)["anna_berg"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        actor.name = "Eva Dahl"  # type: ignore[misc]


def test_one_alias_may_stand_twice_in_one_entry(tmp_path: Path) -> None:
    assert load(tmp_path, BERG + 'aliases = ["Anna Berg", "A. Berg", "A. Berg"]')["anna_berg"].aliases == (
        "Anna Berg",
        "A. Berg",
        "A. Berg",
    )


def test_short_forms_and_descriptions_may_be_shared(tmp_path: Path) -> None:
    shared = 'short = ["Berg"]\ndescriptions = ["envoy"]\n'
    actors = load(tmp_path, BERG + shared + BERG.replace("Anna", "Eva") + shared)
    assert [actors[a].short for a in ("anna_berg", "eva_berg")] == [("Berg",), ("Berg",)]


# ---- state bodies -------------------------------------------------------------------------------


def test_every_state_has_every_body_behind_the_entries(tmp_path: Path) -> None:
    actors = load(tmp_path, NORWAY + BERG + '[[actor]]\nname = "Borduria"\ntype = "state"\n')
    bodies = list(institutions())
    assert list(actors) == [
        "norway",
        "anna_berg",
        "borduria",
        *(f"norway_{key}" for key in bodies),
        *(f"borduria_{key}" for key in bodies),
    ]
    assert actors["norway_defense_ministry"] == Actor(
        id="norway_defense_ministry",
        name="Norwegian Defense Ministry",
        type="organisation",
        affiliation="norway",
        side="norway",
        institution="defense_ministry",
        declared=False,
    )
    assert actors["borduria_navy"].name == "Borduria Navy"
    assert all(
        actors[f"norway_{key}"].name == f"Norwegian {body['name']}" for key, body in institutions().items()
    )


@pytest.mark.parametrize("kind", ["person", "organisation", "seat", "bloc"])
def test_no_one_but_states_has_bodies(tmp_path: Path, kind: str) -> None:
    assert list(load(tmp_path, f'[[actor]]\nid = "x"\nname = "Xanadu"\ntype = "{kind}"')) == ["x"]


def test_an_entry_gives_a_body_its_own_name(tmp_path: Path) -> None:
    actors = load(
        tmp_path,
        NORWAY
        + '[[actor]]\nid = "norway_navy"\nname = "Royal Norwegian Navy"\ntype = "organisation"\n'
        + 'affiliation = "norway"\naliases = ["RNN"]\n',
    )
    assert actors["norway_navy"] == Actor(
        id="norway_navy",
        name="Royal Norwegian Navy",
        type="organisation",
        affiliation="norway",
        side="norway",
        aliases=("RNN",),
        institution="navy",
    )
    assert list(actors)[:2] == ["norway", "norway_navy"]
    assert list(actors).count("norway_navy") == 1


def test_a_body_with_an_entry_still_belongs_to_its_state(tmp_path: Path) -> None:
    body = '[[actor]]\nid = "norway_navy"\nname = "Royal Norwegian Navy"\ntype = "organisation"\n'
    navy = load(tmp_path, NORWAY + body)["norway_navy"]
    assert (navy.affiliation, navy.side) == ("norway", "norway")


def test_institutions_have_a_name_and_forms() -> None:
    for key, body in institutions().items():
        assert re.fullmatch(r"[a-z_]+", key)
        assert body["name"].istitle() or body["name"] == "Joint Chiefs of Staff"
        assert body["forms"]
        assert all(form == form.lower() for form in body["forms"])


# ---- sides --------------------------------------------------------------------------------------


def test_sides_follow_the_chain_to_its_end(tmp_path: Path) -> None:
    actors = load(
        tmp_path,
        NORWAY
        + '[[actor]]\nname = "Anna Berg"\ntype = "person"\naffiliation = "norway_defense_ministry"\n'
        + '[[actor]]\nname = "Eva Dahl"\ntype = "person"\naffiliation = "anna_berg"\n'
        + '[[actor]]\nname = "Oslo Palace"\ntype = "seat"\naffiliation = "norway"\n'
        + '[[actor]]\nname = "Per Lund"\ntype = "person"\naffiliation = "salt_institute"\n'
        + '[[actor]]\nname = "Salt Institute"\ntype = "organisation"\n'
        + '[[actor]]\nname = "the Pact"\nid = "pact"\ntype = "bloc"\n'
        + '[[actor]]\nname = "Old Palace"\ntype = "seat"\n'
        + '[[actor]]\nname = "Jon Stone"\ntype = "person"\n',
    )
    assert {a.id: a.side for a in actors.values() if a.declared} == {
        "norway": "norway",
        "anna_berg": "norway",
        "eva_dahl": "norway",
        "oslo_palace": "norway",
        "per_lund": "",
        "salt_institute": "",
        "pact": "pact",
        "old_palace": "",
        "jon_stone": "",
    }
    assert {a.side for a in actors.values() if not a.declared} == {"norway"}


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.integers(-1, 7), min_size=1, max_size=8))
def test_sides_against_walking_the_chain(tmp_path_factory: pytest.TempPathFactory, above: list[int]) -> None:
    # Entry n answers to entry above[n], or to no one; every other entry is a bloc, and only those are sides.
    above = [a if a < len(above) else -1 for a in above]
    entries = [
        f'[[actor]]\nid = "p{n}"\nname = "Person {n}"\ntype = "{"bloc" if n % 2 else "person"}"\n'
        + (f'affiliation = "p{a}"\n' if a >= 0 else "")
        for n, a in enumerate(above)
    ]
    ends = []
    for n in range(len(above)):
        at, steps = n, 0
        while above[at] >= 0 and steps <= len(above):
            at, steps = above[at], steps + 1
        ends.append("circle" if above[at] >= 0 else f"p{at}" if at % 2 else "")
    path = write(tmp_path_factory.mktemp("sides"), "".join(entries))
    if "circle" in ends:
        with pytest.raises(InputError, match="run in a circle"):
            load_actors(path)
    else:
        assert [actor.side for actor in load_actors(path).values()] == ends


# ---- errors -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            NORWAY.encode() + b"\xff",
            f" is not UTF-8 (byte {len(NORWAY)}): save it again with the encoding UTF-8",
        ),
        (
            "[[actor]]\nname = Norway",
            " is not valid TOML: Invalid value (at line 2, column 8); mend that line",
        ),
        (NORWAY + "[people]\n", ": unknown table 'people': expected [[actor]] or [[thing]]"),
        ('zoo = 1\nname = "Norway"', ": unknown table 'name': expected [[actor]] or [[thing]]"),
        ('[actor]\nname = "Norway"', ": write [[actor]] with two brackets for each actor"),
        ('actor = "Norway"', ": write [[actor]] with two brackets for each actor"),
        (
            'actor = ["Norway"]',
            ", entry 1: expected a [[actor]] table with name and type, got 'Norway'",
        ),
        (
            NORWAY + BERG + 'alias = ["A. Berg"]',
            (
                ", entry 2: unknown field 'alias': expected one of id, name, type, affiliation, "
                "gender, note, aliases, short, descriptions, adjectives, capitals, peoples"
            ),
        ),
        (
            "[[actor]]\nname = 7",
            ", entry 1: name is 7: expected text in quotation marks",
        ),
        (
            BERG + 'affiliation = ["norway"]',
            ", entry 1: affiliation is ['norway']: expected text in quotation marks",
        ),
        (
            BERG + 'aliases = "A. Berg"',
            ', entry 1: aliases is \'A. Berg\': expected a list like ["one", "two"]',
        ),
        (
            BERG + "short = [7]",
            ', entry 1: short is [7]: expected a list like ["one", "two"]',
        ),
        (
            BERG + 'descriptions = ["envoy", " "]',
            ", entry 1: descriptions holds an empty text: delete it or fill it in",
        ),
        ("[[actor]]", ", entry 1: the name is empty: give the actor's full name"),
        (
            '[[actor]]\nname = " "\ntype = "person"',
            ", entry 1: the name is empty: give the actor's full name",
        ),
        (
            '[[actor]]\nname = "Norway"\ntype = "country"',
            (
                ", entry 1 (Norway): unknown type 'country': expected one of person, state, "
                "organisation, seat, bloc"
            ),
        ),
        (
            '[[actor]]\nname = "Norway"',
            (
                ", entry 1 (Norway): unknown type None: expected one of person, state, "
                "organisation, seat, bloc"
            ),
        ),
        (
            BERG + 'id = "anna berg"',
            ", entry 1 (Anna Berg): the id 'anna berg' must be letters, digits and underscores",
        ),
        (
            BERG + 'id = ""',
            ", entry 1 (Anna Berg): the id '' must be letters, digits and underscores",
        ),
        (
            BERG + 'gender = "f"',
            ", entry 1 (Anna Berg): unknown gender 'f': expected she, he, they or nothing",
        ),
        (
            NORWAY + 'gender = "she"',
            ", entry 1 (Norway): gender belongs to persons only; this is a state",
        ),
        *(
            (
                BERG + f'{field} = ["Norse"]',
                f", entry 1 (Anna Berg): {field} belong to states only; this is a person",
            )
            for field in ("adjectives", "capitals", "peoples")
        ),
        *(
            (
                NORWAY.replace("adjectives", "note = ''\n#") + f'{field} = ["N."]',
                (", entry 1 (Norway): 'N.' is too short to be looked for: expected two letters or more"),
            )
            for field in ("aliases", "short", "adjectives", "capitals")
        ),
        (
            '[[actor]]\nid = "x"\nname = "X"\ntype = "bloc"',
            ", entry 1 (X): 'X' is too short to be looked for: expected two letters or more",
        ),
        (
            BERG + '[[actor]]\nid = "anna_berg"\nname = "Eva Dahl"\ntype = "person"',
            ", entry 2: the id 'anna_berg' is taken by 'Anna Berg': give one of them another id",
        ),
        (
            BERG + BERG,
            ", entry 2: the id 'anna_berg' is taken by 'Anna Berg': give one of them another id",
        ),
        (
            BERG + 'affiliation = "norge"',
            (
                ", entry 'Anna Berg': unknown affiliation 'norge': expected the id of another "
                "entry; add that actor, correct the id, or delete the line"
            ),
        ),
        (
            BERG + 'affiliation = "anna_berg"',
            (
                ", entry 'Anna Berg': its affiliations run in a circle (anna_berg -> anna_berg): "
                "leave one of them out"
            ),
        ),
        (
            BERG + 'affiliation = "eva"\n'
            '[[actor]]\nid = "eva"\nname = "Eva Dahl"\ntype = "person"\naffiliation = "per"\n'
            '[[actor]]\nid = "per"\nname = "Per Lund"\ntype = "person"\naffiliation = "eva"',
            (
                ", entry 'Anna Berg': its affiliations run in a circle "
                "(anna_berg -> eva -> per -> eva): leave one of them out"
            ),
        ),
        (
            NORWAY + 'aliases = ["Salt Coast"]\n[[actor]]\nid = "coast"\nname = "Salt Coast"\ntype = "bloc"',
            (
                ": 'Salt Coast' is claimed by both 'norway' and 'coast': leave it to one of them, "
                "or move it to 'short' in both, so that each article decides"
            ),
        ),
        (
            NORWAY + '[[actor]]\nid = "nore"\nname = "Norwegian"\ntype = "bloc"',
            (
                ": 'Norwegian' is claimed by both 'norway' and 'nore': leave it to one of them, or "
                "move it to 'short' in both, so that each article decides"
            ),
        ),
        (
            NORWAY + 'capitals = ["Oslo"]\n[[actor]]\nid = "palace"\nname = "Oslo"\ntype = "seat"',
            (
                ": 'Oslo' is claimed by both 'norway' and 'palace': leave it to one of them, or "
                "move it to 'short' in both, so that each article decides"
            ),
        ),
    ],
)
def test_errors(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(InputError) as error:
        load_actors(path)
    assert str(error.value) == f"news/actors.toml{sentence}"
    assert error.value.__cause__ is None
    assert error.value.__suppress_context__ or error.value.__context__ is None


def test_a_missing_file(tmp_path: Path) -> None:
    sentence = "news/actors.toml is missing: expected a file with one [[actor]] table per actor"
    with pytest.raises(InputError, match=re.escape(sentence)):
        load_actors(tmp_path / "news" / "actors.toml")


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "news" / "actors.toml").mkdir(parents=True)
    with pytest.raises(InputError, match=re.escape("news/actors.toml")):
        load_actors(tmp_path / "news" / "actors.toml")


def test_a_file_in_the_folder_one_stands_in_is_called_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # "/actors.toml" would be a file at the root of the disk.
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"actors\.toml is missing") as error:
        load_actors("actors.toml")
    assert not str(error.value).startswith("/")


def test_an_error_is_one_line_whatever_the_name(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        load(tmp_path, '[[actor]]\nname = "Anna\\nBerg"\ntype = "friend"')
    assert "\n" not in str(error.value)

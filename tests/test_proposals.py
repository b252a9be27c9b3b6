"""Written proposals: what stands in the file, and that every suggestion comes back from it unharmed."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Actor, Corpus, find_mentions, load_actors, load_corpus, suggest_actors, write_actors
from helpers.suggest import COLUMNS

LISTS = ("aliases", "short", "descriptions", "adjectives", "capitals", "peoples")


def row(name: str, kind: str = "person", **more: Any) -> dict[str, Any]:
    """One suggestion; what is not given is empty."""
    lists = dict.fromkeys((*LISTS, "near_misses"), ())
    plain = {"n_mentions": 1, "n_articles": 1, "reason": "has a first name", "example": f"They met {name}."}
    where = {"article_id": "a", "start": 9, "end": 9 + len(name)}
    actor_id = re.sub(r"\W+", "_", name.lower()).strip("_") or "actor"
    ids = {"actor_id": actor_id, "name": name, "type": kind, "affiliation": ""}
    return ids | lists | plain | where | more


def write(folder: Path, *rows: dict[str, Any]) -> tuple[str, dict[str, Actor], int]:
    """The file's text, the actors that it declares, and how many `write_actors` says there are."""
    path = folder / "actors.toml"
    n = write_actors(pd.DataFrame(rows, columns=COLUMNS), path)
    actors = {key: actor for key, actor in load_actors(path).items() if actor.declared}
    return path.read_text(encoding="utf-8"), actors, n


def test_a_file_by_hand(tmp_path: Path) -> None:
    text, actors, n = write(
        tmp_path,
        row("Ruritania", "state", adjectives=("Ruritanian",), capitals=("Sarn",), peoples=("Ruritanians",)),
        row("Anna Berg", affiliation="ruritania", aliases=("Ann Berg",), short=("Annie",),
            descriptions=("foreign minister",), near_misses=("Anna Bergh",), n_mentions=3, n_articles=2),
        row("Sarn Council", "organisation"),
        row("White Palace", "seat", affiliation="ruritania"),
        row("Lake Sarn", "place"),
        row("Sarnov", "", n_mentions=2),
        row("Bergov", "", n_mentions=1),
    )  # fmt: skip
    assert n == len(actors) == 4
    assert actors["anna_berg"] == Actor(
        "anna_berg", "Anna Berg", "person", "ruritania", side="ruritania", aliases=("Ann Berg",),
        short=("Annie",), descriptions=("foreign minister",),
    )  # fmt: skip
    assert actors["ruritania"].peoples == ("Ruritanians",)
    assert actors["white_palace"].affiliation == "ruritania"
    body = text[text.index("[[actor]]") :]
    assert body.count("[[actor]]") == 4
    assert (
        "[[actor]]\n# 3 times in 2 articles: has a first name\n# e.g. They met Anna Berg.\n"
        "# Not merged, looks alike: Anna Bergh\n"
        'id = "anna_berg"\nname = "Anna Berg"\ntype = "person"\naffiliation = "ruritania"\n'
        'aliases = ["Ann Berg"]\nshort = ["Annie"]\ndescriptions = ["foreign minister"]\n'
    ) in body
    assert body.endswith(
        "\n# Not proposed, since they seem to be places or things: 1\n#   Lake Sarn (1)\n"
        "\n# Not sure what these are: 2\n#   Sarnov (2), Bergov (1)\n"
    )


def test_nothing_to_propose(tmp_path: Path) -> None:
    text, actors, n = write(tmp_path)
    assert (n, actors) == (0, {})
    assert all(line.startswith("#") for line in text.splitlines() if line)


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "actors.toml").write_text("before = 1\n", encoding="utf-8")
    assert "before =" not in write(tmp_path, row("Anna Berg"))[0]


HOSTILE = [
    'Jon "Lolo" Stone', "Jon 'Lolo' Stone", "Jon \\ Stone", "Jon \\u0041 Stone", "C:\\new\\table", 'a""" b',
    "a''' b", "[[actor]]", "# xx", "xx] #", "a = 1", "{xx}", "%s {0} $1", "<b onload='x'>", "&amp; <b>",
    "Jon.*", "(?:Jon", "[a-z]+", "a|b", "^Jon$", "Jon+Stone?", "$Jon", "Łukasz Ørsted", "金正恩", "🙂 Stone",
    "Re\u0301", "O’Neil", "O'Neil", "The Sarn", "the Sarn", "true", "11", "2024-01-01", "nan", "Jon, Stone",
    "Jon;Stone", "İstanbul", "ßß",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_through(name: str, tmp_path: Path) -> None:
    text, actors, n = write(
        tmp_path,
        row(name, "organisation", reason=f"r {name}", example=f"e {name}", near_misses=(name,)),
        row("Anna Berg", aliases=(f"A {name}",), short=(f"S {name}",), descriptions=(f"d {name}",)),
        row(f"{name} b", ""),
    )
    assert n == 2
    one, other = actors.values()
    assert one.name == name
    assert (other.aliases, other.short, other.descriptions) == (
        (f"A {name}",),
        (f"S {name}",),
        (f"d {name}",),
    )
    assert text.count("\n[[actor]]\n") == 2


MARKS = ["\n", "\r\n", "\r", "\x00", "\x1b[31m", "\x07", "\u2028", "\u202e", "\u200b", "\x85", "\x1e"]


@pytest.mark.parametrize("mark", MARKS)
def test_line_ends_and_control_characters_end_no_comment_and_no_string(mark: str, tmp_path: Path) -> None:
    bad = f"Anna{mark}[[actor]]{mark}name = 1"
    text, actors, n = write(
        tmp_path,
        row(f"Jon{mark} Stone", aliases=(f"J{mark} Stone",), reason=bad, example=bad, near_misses=(bad,)),
        row(bad, ""),
        row(f"{bad} b", "place"),
    )
    assert n == len(actors) == 1
    (actor,) = actors.values()
    left = mark.replace("\x1b", "") if "[" in mark else ""
    assert (actor.name, actor.aliases) == (f"Jon{left} Stone", (f"J{left} Stone",))
    assert all(c.isprintable() or c == "\n" for c in text)


@pytest.mark.parametrize(
    ("first", "second", "aliases"),
    [
        # an alias belongs to the first that has it; a name that is taken is left out
        (
            row("Anna Berg", aliases=("A. Berg",)),
            row("Arne Berg", aliases=("A. Berg", "Arn Berg")),
            ("Arn Berg",),
        ),
        (row("Anna Berg"), row("Arne Berg", aliases=("Anna Berg",)), ()),
        (row("Sarn Bank", "organisation"), row("Sarn", "organisation", aliases=("The Sarn Bank",)), ()),
        (row("Sarn’s", "organisation"), row("Sarn", "organisation", aliases=("Sarn's",)), ()),
        (row("Sarn", "state", adjectives=("Sarnish",)), row("Sarnia", "state", adjectives=("Sarnish",)), ()),
    ],
)
def test_what_one_has_no_other_gets(
    first: dict[str, Any], second: dict[str, Any], aliases: tuple[str, ...], tmp_path: Path
) -> None:
    _, actors, n = write(tmp_path, first, second)
    assert n == 2
    assert actors[second["actor_id"]].aliases == aliases
    assert actors[second["actor_id"]].adjectives == ()


def test_a_name_that_is_taken_is_left_out(tmp_path: Path) -> None:
    rows = [row("Anna Berg", aliases=("A. Berg",)), row("A. Berg", actor_id="a_berg_2"), row("Jon Stone")]
    _, actors, n = write(tmp_path, *rows)
    assert n == 2
    assert list(actors) == ["anna_berg", "jon_stone"]


@pytest.mark.parametrize("name", ["A", "é", "-", "?!", "\n", "\x00\x01", "🙂🙂", "A.", "e\u0301"])
def test_what_cannot_be_looked_for_is_left_out(name: str, tmp_path: Path) -> None:
    """As `load_actors` would refuse the file, and with it the folder."""
    rows = [row(name), row("Anna Berg", affiliation="actor", aliases=(name, "A. Berg"), short=(name,))]
    _, actors, n = write(tmp_path, *rows, row("Jon Stone", affiliation=rows[0]["actor_id"]))
    assert n == 2
    assert actors["anna_berg"].aliases == ("A. Berg",)
    assert actors["anna_berg"].short == ()
    assert actors["jon_stone"].affiliation == ""


def test_an_affiliation_with_what_is_left_out_is_left_out(tmp_path: Path) -> None:
    rows = [row("Sarn Bank", "organisation", aliases=("SB",)), row("SB", "organisation", actor_id="sb_2")]
    _, actors, _ = write(tmp_path, *rows, row("Jon Stone", affiliation="sb_2"))
    assert list(actors) == ["sarn_bank", "jon_stone"]
    assert actors["jon_stone"].affiliation == ""


def test_short_names_may_be_shared(tmp_path: Path) -> None:
    _, actors, _ = write(tmp_path, row("Anna Berg", short=("Annie",)), row("Anne Lund", short=("Annie",)))
    assert [actor.short for actor in actors.values()] == [("Annie",), ("Annie",)]


def test_long_lines_and_long_lists_are_cut_and_counted(tmp_path: Path) -> None:
    near = tuple(f"Anna Berg{i}" for i in range(9))
    text, _, _ = write(
        tmp_path,
        row("Anna Berg", example="x" * 500, reason="y" * 500, near_misses=near),
        *(row(f"Sarnov{i}", "", n_mentions=i) for i in range(1, 101)),
        *(row(f"Lake{i}", "place") for i in range(80)),
    )
    assert max(map(len, text.splitlines())) < 150
    assert f"# e.g. {'x' * 110}…\n" in text
    assert "Anna Berg4" in text
    assert "Anna Berg5" not in text
    assert "# Not sure what these are: 100\n#   Sarnov100 (100), Sarnov99 (99)," in text
    assert "Sarnov21 (21), + 20 more" in text.replace("\n#  ", "")
    assert "Sarnov20 (" not in text
    assert "more" not in text[text.index("# Not proposed") : text.index("# Not sure")]


_NAMES = st.text("ab AB'’\"\\\n\r\t\x00\x1b#[]{}=.,é漢🙂\u2028\u200b", min_size=1, max_size=12).filter(
    lambda name: any(c.isalpha() for c in name)
)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    names=st.lists(st.tuples(_NAMES, st.lists(_NAMES, max_size=3)), max_size=5),
    kind=st.sampled_from(["person", "state", "organisation", "seat"]),
)
def test_any_names_come_back(
    names: list[tuple[str, list[str]]], kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The file can always be loaded; each name is there once, as it was but for what cannot be printed."""
    rows = [row(name, kind, actor_id=f"a{i}", aliases=tuple(more)) for i, (name, more) in enumerate(names)]
    _, actors, n = write(tmp_path_factory.mktemp("w"), *rows)
    assert n == len(actors)
    plain = [" ".join("".join(c for c in name if c.isprintable()).split()) for name, _ in names]
    clean = {f"a{i}": name for i, name in enumerate(plain)}
    assert {name for name in plain if sum(map(str.isalnum, name)) > 1} >= {a.name for a in actors.values()}
    assert all(actor.name == clean[key] for key, actor in actors.items())
    said = [a.replace("’", "'") for actor in actors.values() for a in (actor.name, *actor.aliases)]
    assert len(said) == len(set(said))


ARTICLES = [
    """\
Foreign Minister Anna Berg met Norway’s prime minister, Jon Stone. “Rain,” Mr. Stone said.

Robert "Bob" Sarn of the Sarn Research Institute (SRI) left. SRI agreed with the White House.
""",
    """\
Berg left the US on Monday. Bob Sarn stayed. The Sarn Research Institute's board met Norwegians.

J. Stone and Karl Stone agreed. They read the Sarn Post near Lake Sarn.
""",
]


def make_corpus(folder: Path) -> Corpus:
    folder.mkdir(exist_ok=True)
    if not (folder / "actors.toml").exists():
        (folder / "actors.toml").write_text("", encoding="utf-8")
    (folder / "articles.csv").write_text("file,outlet\na.txt,A\nb.txt,B\n", encoding="utf-8")
    for name, text in zip("ab", ARTICLES, strict=True):
        (folder / f"{name}.txt").write_text(f"It rained for hours.\n\n{text}", encoding="utf-8", newline="")
    return load_corpus(folder)


def test_every_suggestion_comes_back_and_is_found(tmp_path: Path) -> None:
    """Each proposed actor is mentioned where its example stands, once the file is in the folder."""
    folder = tmp_path / "c"
    table = suggest_actors(make_corpus(folder))
    write_actors(table, folder / "actors.toml")
    corpus = make_corpus(folder)
    proposed = table[~table["type"].isin(["", "place"])]
    assert len(proposed) == 9
    for suggestion in proposed.itertuples():
        actor = corpus.actors[suggestion.actor_id]
        assert (actor.name, actor.type, actor.affiliation) == (
            suggestion.name, suggestion.type, suggestion.affiliation,
        )  # fmt: skip
        assert all(getattr(actor, key) == getattr(suggestion, key) for key in LISTS)
    mentions = find_mentions(corpus)
    found = {(m.article_id, at, m.actor_id) for m in mentions.itertuples() for at in range(m.start, m.end)}
    shown = proposed[proposed["type"] != "seat"]  # a seat that acts is its state
    assert {(s.article_id, s.end - 1, s.actor_id) for s in shown.itertuples()} <= found


def test_the_bundled_articles(bundled: Corpus, tmp_path: Path) -> None:
    table = suggest_actors(bundled)
    path = tmp_path / "actors.toml"
    n = write_actors(table, path)
    actors = {a.id: a for a in load_actors(path).values() if a.declared}
    proposed = table[~table["type"].isin(["", "place"])]
    assert n == len(actors) == len(proposed)
    assert {(a.id, a.name, a.type, a.affiliation) for a in actors.values()} == set(
        proposed[["actor_id", "name", "type", "affiliation"]].itertuples(index=False, name=None)
    )
    first = path.read_bytes()
    write_actors(table, path)
    assert path.read_bytes() == first

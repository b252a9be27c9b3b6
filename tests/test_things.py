"""Things that are no actors: how actors.toml lists them, and where texts name them."""

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import Corpus, InputError, Thing, find_things, load_actors, load_corpus, load_things

NORWAY = '[[actor]]\nname = "Norway"\ntype = "state"\nadjectives = ["Norwegian"]\n'
WAR = '[[thing]]\nname = "the war"\nlabels = ["war", "invasion"]\n'


TWO = "expected two letters or more"
OUT = "leave one of them out"


def write(folder: Path, content: str | bytes) -> Path:
    """A gazetteer in a folder called news."""
    (folder / "news").mkdir(exist_ok=True)
    path = folder / "news" / "actors.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# ---- entries ------------------------------------------------------------------------------------


def test_every_field(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '[[thing]]\nid = "war"\nname = " the \\n war "\nlabels = [" the  war", "W.A.R."]\nnote = "Why."\n'
        + NORWAY
        + '[[thing]]\nname = "Côte d’Ivoire’s 4-day strike"\nlabels = ["strike"]\n',
    )
    assert list(load_things(path).items()) == [
        ("war", Thing("war", "the war", ("the war", "W.A.R."), "Why.")),
        (
            "côte_d_ivoire_s_4_day_strike",
            Thing("côte_d_ivoire_s_4_day_strike", "Côte d’Ivoire’s 4-day strike", ("strike",)),
        ),
    ]
    assert [actor.name for actor in load_actors(path).values() if actor.declared] == ["Norway"]


@pytest.mark.parametrize("content", ["", "# nothing\n", "thing = []", NORWAY])
def test_a_file_without_things(tmp_path: Path, content: str) -> None:
    assert load_things(write(tmp_path, content)) == {}


def test_a_path_may_be_text_and_things_may_stand_alone(tmp_path: Path) -> None:
    path = write(tmp_path, b"\xef\xbb\xbf" + WAR.replace("\n", "\r\n").encode())
    assert list(load_things(str(path))) == ["the_war"]
    assert load_actors(path) == {}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            WAR.encode() + b"\xff",
            f" is not UTF-8 (byte {len(WAR)}): save it again with the encoding UTF-8",
        ),
        ("[[thing]]\nname = war", " is not valid TOML: Invalid value (at line 2, column 8); mend that line"),
        (WAR + "[[event]]\n", ": unknown table 'event': expected [[actor]] or [[thing]]"),
        ('[thing]\nname = "the war"', ": write [[thing]] with two brackets for each thing"),
        ('thing = "war"', ": write [[thing]] with two brackets for each thing"),
        ('thing = ["war"]', ", thing 1: expected a [[thing]] table with name and labels, got 'war'"),
        (
            WAR + '[[thing]]\nname = "the strike"\nlabel = "strike"',
            ", thing 2: unknown field 'label': expected one of id, name, labels, note",
        ),
        ("[[thing]]\nname = 7", ", thing 1: name is 7: expected text in quotation marks"),
        (WAR + "id = 7", ", thing 1: id is 7: expected text in quotation marks"),
        (WAR + 'note = ["why"]', ", thing 1: note is ['why']: expected text in quotation marks"),
        ("[[thing]]", ", thing 1: the name is empty: say what the thing is"),
        (
            '[[thing]]\nname = " "\nlabels = ["war"]',
            ", thing 1: the name is empty: say what the thing is",
        ),
        *(
            (
                f'[[thing]]\nname = "the\\nwar"\n{labels}',
                f', thing 1 (the war): labels is {got}: expected a list like ["war", "invasion"]',
            )
            for labels, got in (
                ("", "[]"),
                ("labels = []", "[]"),
                ('labels = "war"', "'war'"),
                ('labels = ["war", 7]', "['war', 7]"),
            )
        ),
        *(
            (
                f"[[thing]]\nname = \"the war\"\nlabels = ['war', '{label}']",
                f", thing 1 (the war): {label.strip()!r} is too short to be looked for: {TWO}",
            )
            for label in ("", " ", "w", "w.", "<>", "\u200b")
        ),
        *(
            (
                WAR + f'id = "{thing_id}"',
                f", thing 1 (the war): the id {thing_id!r} must be letters, digits and underscores",
            )
            for thing_id in ("", "the war", "../war", "<b>")
        ),
        (
            '[[thing]]\nname = "?!"\nlabels = ["war"]',
            ", thing 1 (?!): the id '' must be letters, digits and underscores",
        ),
        (
            NORWAY + WAR + 'id = "norway"',
            ", thing 1: the id 'norway' is taken by 'Norway': give one of them another id",
        ),
        (
            NORWAY + WAR + 'id = "norway_navy"',
            ", thing 1: the id 'norway_navy' is taken by 'Norwegian Navy': give one of them another id",
        ),
        (
            WAR + '[[thing]]\nname = "The war"\nlabels = ["strike"]',
            ", thing 2: the id 'the_war' is taken by 'the war': give one of them another id",
        ),
        (
            WAR + '[[thing]]\nname = "the strike"\nlabels = ["strike", "WAR"]',
            ", thing 2 (the strike): the label 'WAR' stands there already, for 'the_war': " + OUT,
        ),
        (
            '[[thing]]\nname = "the war"\nlabels = ["war", " war"]',
            ", thing 1 (the war): the label 'war' stands there already, for 'the_war': " + OUT,
        ),
    ],
)
def test_errors(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(InputError) as error:
        load_things(path, load_actors(path).values() if NORWAY in str(content) else ())
    assert str(error.value) == f"news/actors.toml{sentence}"
    assert error.value.__suppress_context__ or error.value.__context__ is None


def test_a_missing_file(tmp_path: Path) -> None:
    sentence = "news/actors.toml is missing: expected a file with one [[actor]] table per actor"
    with pytest.raises(InputError, match=f"^{re.escape(sentence)}$"):
        load_things(tmp_path / "news" / "actors.toml")


def test_the_corpus_reads_them_and_their_errors(toy_folder: Path) -> None:
    path = toy_folder / "actors.toml"
    actors = path.read_text(encoding="utf-8")
    assert load_corpus(toy_folder).things == {}
    path.write_text(actors + WAR, encoding="utf-8")
    assert list(load_corpus(toy_folder).things) == ["the_war"]
    path.write_text(actors + WAR + 'id = "jon_stone"', encoding="utf-8")
    with pytest.raises(InputError, match=r"^toy/actors\.toml, thing 1: the id 'jon_stone' is taken by 'Jon"):
        load_corpus(toy_folder)


@pytest.mark.parametrize(("one", "other"), [("Berg's plan", "Berg’s plan"), ("café", "cafe\u0301")])
def test_two_spellings_of_one_label_cannot_belong_to_two_things(tmp_path: Path, one: str, other: str) -> None:
    things = f'[[thing]]\nname = "A"\nlabels = ["{one}"]\n[[thing]]\nname = "B"\nlabels = ["{other}"]\n'
    with pytest.raises(InputError, match="stands there already"):
        load_things(write(tmp_path, things))


# ---- finding ------------------------------------------------------------------------------------

THINGS = """
[[thing]]
id = "war"
name = "the fighting"
labels = ["war", "war in Norway", "special operation", "arm"]

[[thing]]
id = "coup"
name = "the coup"
labels = ["coup", "Norway talks", "arms", "Norway’s C.A.-plan"]

[[thing]]
id = "odd"
name = "odd"
labels = ["a+b (c)", "<b>plan</b>", ".*war.*", "war|coup", "été", "$5 tax", "[deal]", "\\\\d+ x"]
"""


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Corpus]:
    def made(things: str = THINGS, **texts: str) -> Corpus:
        (tmp_path / "actors.toml").write_text(NORWAY + things, encoding="utf-8")
        rows = "".join(f"{name}.txt,Outlet {name}\n" for name in texts)
        (tmp_path / "articles.csv").write_text(f"file,outlet\n{rows}", encoding="utf-8")
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        return load_corpus(tmp_path)

    return made


Make = Callable[..., Corpus]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # any case, a plural -s, what stands around
        ("The war began.", "war: war"),
        ("War came.", "war: War"),
        ("The wars ended.", "war: wars"),
        ("The WARS ended.", "war: WARS"),
        ("A Special Operation, a SPECIAL OPERATION, special operations.",
         "war: Special Operation|war: SPECIAL OPERATION|war: special operations"),
        ("(coup) “coup” coup’s coup-maker—coup", "coup: coup|coup: coup|coup: coup|coup: coup|coup: coup"),
        ("The fighting went on.", ""),
        # not inside other words
        ("Warfare, postwar, prewar, warring, coupé, war_room, war2 and wart.", ""),
        ("A war-torn, pre-war land.", "war: war|war: war"),
        # the longest, then the first of those that overlap
        ("The war in Norway went on.", "war: war in Norway"),
        ("The war in Norway talks began.", "war: war in Norway"),
        ("The Norway talks on the war in Norway talks.", "coup: Norway talks|war: war in Norway"),
        # as written comes before the plural of another
        ("An arm and arms.", "war: arm|coup: arms"),
        # apostrophes, hyphens and hard spaces
        ("It was Norway's C.A.-plan, Norway’s C.A.\u2011plan.",
         "coup: Norway's C.A.-plan|coup: Norway’s C.A.\u2011plan"),
        ("The special\u00a0operation went on.", "war: special\u00a0operation"),
        # labels that mean something elsewhere
        ("An a+b (c) deal, aab (c).", "odd: a+b (c)"),
        ("A <b>plan</b> and a plan.", "odd: <b>plan</b>"),
        (".*war.* or warx", "odd: .*war.*"),
        ("The war|coup came.", "odd: war|coup"),
        ("Cet été, cet e\u0301te\u0301, cet ete.", "odd: été|odd: e\u0301te\u0301|odd: ete"),
        ("The $5 tax, the 5 tax.", "odd: $5 tax"),
        ("The [deal] and the deal, 5 x, \\d+ x.", "odd: [deal]|odd: \\d+ x"),
    ],
)  # fmt: skip
def test_labels(text: str, found: str, make: Make) -> None:
    table = find_things(make(a=f"{text}\n"))
    assert "|".join(f"{row.thing_id}: {row.text}" for row in table.itertuples()) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("THE WAR BEGAN", ["WAR"]),
        ("The War In Norway", ["War In Norway"]),
        ("The Special OPERATION", ["Special OPERATION"]),
        ("It was Norway’s C.A.-Plan", ["Norway’s C.A.-Plan"]),
    ],
)
def test_labels_in_any_case(text: str, found: list[str], make: Make) -> None:
    assert find_things(make(a=f"{text}\n"))["text"].tolist() == found


LONG = (
    "The talks went on for days and days before the war in Norway was over at last, and nobody could say "
    "how the special operation had begun or why the coup had failed in the long summer of the special "
    "operations, for the war in Norway had been forgotten in all the towns that the coup and arms reached."
)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [50, 57, 64, 71])
def test_labels_run_on_over_line_ends(width: int, line_end: str, make: Make) -> None:
    text = line_end.join(textwrap.wrap(LONG, width)) + line_end
    found = find_things(make(a=text))
    assert [" ".join(label.split()) for label in found["text"]] == [
        "war in Norway", "special operation", "coup", "special operations", "war in Norway", "coup", "arms",
    ]  # fmt: skip
    assert [text[a:b] for a, b in zip(found["start"], found["end"], strict=True)] == found["text"].tolist()


def test_where_they_stand(make: Make) -> None:
    """In the order of articles.csv, only in what counts, with quoted words told apart."""
    text = "The War\n\nNorway left. The war began. “The coup and war,” she said.\n\nRead more about the war\n"
    corpus = make(b=text, a="\ufeff\U0001f600 A coup.\n", c="It rained.\n")
    found = find_things(corpus)
    assert list(found.columns) == [
        "article_id", "outlet", "block_id", "sentence_id", "start", "end", "text", "thing_id", "in_quote",
    ]  # fmt: skip
    assert list(found.itertuples(index=False, name=None)) == [
        ("b", "Outlet b", 0, 0, 4, 7, "War", "war", False),
        ("b", "Outlet b", 1, 2, 26, 29, "war", "war", False),
        ("b", "Outlet b", 1, 3, 42, 46, "coup", "coup", True),
        ("b", "Outlet b", 1, 3, 51, 54, "war", "war", True),
        ("a", "Outlet a", 0, 0, 4, 8, "coup", "coup", False),
    ]
    assert found["in_quote"].dtype == bool


@pytest.mark.parametrize(
    ("things", "text"), [("", "The war."), (THINGS, "It rained."), (THINGS, "Read more")]
)
def test_nothing_found_is_an_empty_table(things: str, text: str, make: Make) -> None:
    found = find_things(make(things, a=f"{text}\n"))
    assert len(found) == 0
    assert [str(found[c].dtype) for c in ("block_id", "start", "in_quote")] == ["int64", "int64", "bool"]


def test_bundled_things_stand_where_they_say(bundled: Corpus) -> None:
    found = find_things(bundled)
    sentences = bundled.sentences.set_index(["article_id", "sentence_id"])
    labels = {
        label.casefold() + s: thing.id
        for s in ("s", "")
        for thing in bundled.things.values()
        for label in thing.labels
    }
    assert set(found["thing_id"]) == set(bundled.things)
    for row in found.itertuples():
        assert bundled.raw(row.article_id)[row.start : row.end] == row.text
        assert labels[row.text.casefold()] == row.thing_id
        sentence = sentences.loc[(row.article_id, row.sentence_id)]
        assert sentence.start <= row.start < row.end <= sentence.end
        assert sentence.block_id == row.block_id
    ends = found.groupby("article_id")["end"].shift()
    assert (found["start"] >= ends.fillna(0)).all()


def test_bundled_things_against_a_regular_expression(bundled: Corpus) -> None:
    """The longest label first, wherever no longer one stands already."""
    labels = {label + s for thing in bundled.things.values() for label in thing.labels for s in ("", "s")}
    either = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
    found = find_things(bundled)
    assert list(zip(found["article_id"], found["text"], strict=True)) == [
        (a, match.group())
        for a in bundled.articles["article_id"]
        for match in pattern.finditer(bundled.counted_text(a))
    ]

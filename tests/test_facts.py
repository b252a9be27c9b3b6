"""Facts: told, attributed, contradicted and left out in a corpus counted by hand; corrections by hand."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import Corpus, InputError, compare_facts, find_facts, find_mentions, find_quotes, load_corpus

ACTORS = """
[[actor]]
id = "norway"
name = "Norway"
type = "state"
capitals = ["Oslo"]

[[actor]]
id = "sweden"
name = "Sweden"
type = "state"

[[actor]]
id = "anna_berg"
name = "Anna Berg"
type = "person"
affiliation = "norway"

[[actor]]
id = "jon_stone"
name = "Jon Stone"
type = "person"
affiliation = "sweden"
"""
BOAT = "The storm sank a fishing boat near the old harbour"
ARMED = "Sweden armed rebels in the northern forest"
TAXES = "Parliament voted on new school taxes"
BAKERS = "The bakers of the town opened their market early"
# a by A, b and c by B, d by C. What is told:
#   a:1 boat, a:2 armed (Berg), a:3 "the charge" (denied by Stone), a:4 taxes
#   b:1 boat, b:2 armed (denied by Stone); c:1 boat (Berg); d:1 bakers
TEXTS = {
    "a": f"{BOAT}. {ARMED}, Anna Berg said. Jon Stone rejected the charge. {TAXES}.",
    "b": f"{BOAT}. Jon Stone denied that {ARMED}.",
    "c": f"Anna Berg said that {BOAT.replace('The', 'the')}.",
    "d": f"{BAKERS}.",
}
OUTLETS = "ABBC"


def write(folder: Path, texts: dict[str, str], outlets: str, corrections: str | bytes | None = None) -> Path:
    folder = folder / "event"
    folder.mkdir(exist_ok=True)
    rows = [f"{name}.txt,{outlet}\n" for name, outlet in zip(texts, outlets, strict=True)]
    (folder / "articles.csv").write_text("file,outlet\n" + "".join(rows), encoding="utf-8")
    (folder / "actors.toml").write_text(ACTORS, encoding="utf-8")
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(f"Harbour News Today\n\n{text}\n", encoding="utf-8", newline="")
    if corrections is not None:
        content = corrections.encode() if isinstance(corrections, str) else corrections
        (folder / "facts.toml").write_bytes(content)
    return folder


Tables = tuple[Corpus, pd.DataFrame, pd.DataFrame]


def read(folder: Path) -> Tables:
    corpus = load_corpus(folder)
    mentions = find_mentions(corpus)
    return corpus, mentions, find_quotes(corpus, mentions)


Find = Callable[..., pd.DataFrame]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The articles above, read once."""
    return read(write(tmp_path_factory.mktemp("read_once"), TEXTS, OUTLETS))


def correct(tables: Tables, folder: Path, corrections: str | bytes) -> Tables:
    """The same articles in a folder with corrections."""
    corpus, mentions, quotes = tables
    return replace(corpus, folder=write(folder, {}, "", corrections)), mentions, quotes


@pytest.fixture
def find(tmp_path: Path, tables: Tables) -> Find:
    """The facts of the articles above with corrections, or of others."""

    def found(corrections: str | bytes = "", texts: dict[str, str] | None = None) -> pd.DataFrame:
        if texts is None:
            return find_facts(*correct(tables, tmp_path, corrections))
        return find_facts(*read(write(tmp_path, texts, OUTLETS[: len(texts)], corrections)))

    return found


def groups(facts: pd.DataFrame) -> dict[str, str]:
    """The statements of each fact."""
    return {str(fact): " ".join(rows["statement_id"]) for fact, rows in facts.groupby("fact_id", sort=False)}


def corrected(facts: pd.DataFrame) -> dict[str, str]:
    rows = facts[facts["corrected"] != ""]
    return dict(zip(rows["statement_id"], rows["corrected"], strict=True))


ALONE = {"a:1": "a:1 b:1 c:1", "a:2": "a:2 a:3 b:2", "a:4": "a:4", "d:1": "d:1"}


# ---- facts --------------------------------------------------------------------------------------


def test_facts_by_hand(tables: Tables) -> None:
    assert not (tables[0].folder / "facts.toml").exists()
    facts = find_facts(*tables)
    columns = ["statement_id", "outlet", "state", "speaker", "fact_id", "fact", "corrected"]
    assert facts[columns].to_numpy().tolist() == [
        ["a:1", "A", "stated", "", "a:1", f"{BOAT}.", ""],
        ["a:2", "A", "attributed", "Anna Berg", "a:2", ARMED, ""],
        ["a:3", "A", "contradicted", "Jon Stone", "a:2", ARMED, ""],
        ["a:4", "A", "stated", "", "a:4", f"{TAXES}.", ""],
        ["b:1", "B", "stated", "", "a:1", f"{BOAT}.", ""],
        ["b:2", "B", "contradicted", "Jon Stone", "a:2", ARMED, ""],
        ["c:1", "B", "attributed", "Anna Berg", "a:1", f"{BOAT}.", ""],
        ["d:1", "C", "stated", "", "d:1", f"{BAKERS}.", ""],
    ]
    assert groups(facts) == ALONE


def test_a_fact_is_called_by_the_statement_nearest_to_the_others(find: Find) -> None:
    texts = {
        "a": "The storm sank a wooden fishing boat beside three warehouses.",
        "b": "The storm sank a wooden fishing boat.",
        "c": "The storm sank a wooden fishing boat despite every warning.",
        "d": f"{TAXES}. {BAKERS}. {ARMED}. Poets read aloud from yellow books. Children built nine snowmen.",
    }
    facts = find(texts=texts)
    assert groups(facts)["a:1"] == "a:1 b:1 c:1"
    assert set(facts.loc[facts["fact_id"] == "a:1", "fact"]) == {"The storm sank a wooden fishing boat."}


@pytest.mark.parametrize(
    ("denial", "fact_id"),
    [
        ("Jon Stone rejected the charge.", "a:1"),
        ("Jon Stone denied the accusation by Oslo.", "a:1"),
        ("Jon Stone denied that the bakers opened their market.", "a:2"),  # it says what is denied
        ("Jon Stone denied that the charge of the bakers of Oslo was paid.", "a:2"),  # more than six words
    ],
)
def test_a_denial_that_points_back(denial: str, fact_id: str, find: Find) -> None:
    facts = find(texts={"a": f"{ARMED}, Anna Berg said. {denial}"})
    assert facts[["state", "fact_id"]].to_numpy().tolist() == [
        ["attributed", "a:1"],
        ["contradicted", fact_id],
    ]


def test_a_denial_points_back_in_its_own_article_alone(find: Find) -> None:
    facts = find(texts={"a": f"{ARMED}.", "b": "Jon Stone rejected the charge."})
    assert groups(facts) == {"a:1": "a:1", "b:1": "b:1"}
    facts = find(texts={"a": "Jon Stone rejected the charge.", "b": f"{ARMED}."})
    assert groups(facts) == {"a:1": "a:1", "b:1": "b:1"}
    assert facts["state"].tolist() == ["contradicted", "stated"]


@pytest.mark.parametrize(
    ("content", "fact_id"),
    [
        *[(content, "a:1") for content in ("it", "this", "That", "them", "the report", "any allegations")],
        *[(content, "a:2") for content in ("murder", "what they know of it", "…")],
    ],
)
def test_words_that_point_back(content: str, fact_id: str, tmp_path: Path) -> None:
    corpus, mentions, _ = read(write(tmp_path, {"a": f"{ARMED}. Jon Stone in Oslo denied {content}."}, "A"))
    cue = corpus.raw("a").index("denied")
    quote = {
        "article_id": "a", "start": cue + 7, "end": cue + 7 + len(content), "kind": "indirect",
        "speaker_id": "jon_stone", "speaker_text": "Jon Stone", "speaker": "Jon Stone", "cue": "denied",
        "cue_start": cue, "cue_end": cue + 6,
    }  # fmt: skip
    facts = find_facts(corpus, mentions, pd.DataFrame([quote]))
    assert facts[["state", "fact_id"]].to_numpy().tolist() == [["stated", "a:1"], ["contradicted", fact_id]]


@pytest.mark.parametrize("text", ["He left.", "Буря", "***"])
def test_without_statements(text: str, find: Find, tmp_path: Path) -> None:
    facts = find(texts={"a": text})
    assert len(facts) == 0
    assert {"fact_id", "fact", "state", "corrected"} <= set(facts.columns)
    compared = compare_facts(*read(tmp_path / "event"))
    assert len(compared) == 0
    assert list(compared.columns) == COMPARED


# ---- what an outlet tells -----------------------------------------------------------------------

COMPARED = [
    "fact_id", "fact", "n_groups", "group", "state", "attributed_to", "n_statements", "statement_id",
    "article_id", "sentence_id", "start", "end", "text", "corrected",
]  # fmt: skip
BOTH = "Anna Berg; denied by Jon Stone"


def test_facts_of_outlets_by_hand(tables: Tables) -> None:
    compared = compare_facts(*tables)
    assert list(compared.columns) == COMPARED
    columns = ["fact_id", "n_groups", "group", "state", "attributed_to", "n_statements", "statement_id"]
    assert compared[columns].to_numpy().tolist() == [
        ["a:1", 2, "A", "stated", "", 1, "a:1"],
        ["a:1", 2, "B", "stated", "Anna Berg", 2, "b:1"],
        ["a:1", 2, "C", "absent", "", 0, ""],
        ["a:2", 2, "A", "contradicted", BOTH, 2, "a:3"],
        ["a:2", 2, "B", "contradicted", "denied by Jon Stone", 1, "b:2"],
        ["a:2", 2, "C", "absent", "", 0, ""],
        ["a:4", 1, "A", "stated", "", 1, "a:4"],
        ["a:4", 1, "B", "absent", "", 0, ""],
        ["a:4", 1, "C", "absent", "", 0, ""],
        ["d:1", 1, "A", "absent", "", 0, ""],
        ["d:1", 1, "B", "absent", "", 0, ""],
        ["d:1", 1, "C", "stated", "", 1, "d:1"],
    ]
    where = ["fact", "article_id", "sentence_id", "start", "end", "text", "corrected"]
    assert compared.loc[[1, 2, 3], where].to_numpy().tolist() == [
        [f"{BOAT}.", "b", 1, 20, 71, f"{BOAT}.", ""],
        [f"{BOAT}.", "", -1, -1, -1, "", ""],
        [ARMED, "a", 3, 151, 161, "the charge", ""],
    ]
    whole = ["n_groups", "n_statements", "sentence_id", "start", "end"]
    assert [str(compared[column].dtype) for column in whole] == ["int64"] * 5


def test_facts_of_articles_by_hand(tables: Tables) -> None:
    compared = compare_facts(*tables, by="article_id")
    states = compared.pivot_table(
        index="fact_id", columns="group", values="state", aggfunc="first", sort=False
    )
    assert list(states.columns) == ["a", "b", "c", "d"]
    assert dict(zip(states.index, states.to_numpy().tolist(), strict=True)) == {
        "a:1": ["stated", "stated", "attributed", "absent"],
        "a:2": ["contradicted", "contradicted", "absent", "absent"],
        "a:4": ["stated", "absent", "absent", "absent"],
        "d:1": ["absent", "absent", "absent", "stated"],
    }
    boat = compared[compared["fact_id"] == "a:1"]
    assert boat["attributed_to"].tolist() == ["", "", "Anna Berg", ""]
    assert boat["n_groups"].tolist() == [3] * 4


@pytest.mark.parametrize(
    ("tellings", "state", "attributed_to"),
    [
        ([f"Anna Berg said {ARMED}."], "attributed", "Anna Berg"),
        ([f"Anna Berg said {ARMED}.", f"{ARMED}."], "stated", "Anna Berg"),
        ([f"{ARMED}.", f"Anna Berg said {ARMED}.", f"Jon Stone denied {ARMED}."], "contradicted", BOTH),
        ([f"Jon Stone denied {ARMED}.", f"{ARMED}."], "contradicted", "denied by Jon Stone"),
        # each once, in the order of the text
        ([f"{who} said {ARMED}." for who in ("Jon Stone", "Anna Berg", "Jon Stone")],
         "attributed", "Jon Stone, Anna Berg"),
        ([f"{who} denied {ARMED}." for who in ("Jon Stone", "Anna Berg")],
         "contradicted", "denied by Jon Stone, Anna Berg"),
    ],
)  # fmt: skip
def test_one_state_of_several(tellings: list[str], state: str, attributed_to: str, tmp_path: Path) -> None:
    """In articles of one outlet, so that order and neighbours do not matter."""
    texts = dict(zip("abc", tellings, strict=False))
    compared = compare_facts(*read(write(tmp_path, texts, "A" * len(texts))))
    columns = ["group", "state", "attributed_to", "n_statements"]
    assert compared[columns].to_numpy().tolist() == [["A", state, attributed_to, len(texts)]]


def test_an_outlet_with_nothing_that_counts_is_not_lost(tmp_path: Path) -> None:
    compared = compare_facts(*read(write(tmp_path, {"a": f"{BOAT}.", "b": "***"}, "AB")))
    assert compared[["group", "state"]].to_numpy().tolist() == [["A", "stated"], ["B", "absent"]]


def test_the_bundled_facts_add_up(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    quotes = find_quotes(bundled, bundled_mentions)
    facts = find_facts(bundled, bundled_mentions, quotes)
    for by in ("outlet", "article_id"):
        compared = compare_facts(bundled, bundled_mentions, quotes, by)
        assert len(compared) == facts["fact_id"].nunique() * bundled.articles[by].nunique()
        told = compared[compared["state"] != "absent"]
        sizes = facts.groupby(["fact_id", by])["statement_id"].agg(list).to_dict()
        assert {(f, g): n for f, g, n in told[["fact_id", "group", "n_statements"]].to_numpy()} == {
            key: len(ids) for key, ids in sizes.items()
        }
        states = facts.set_index("statement_id")["state"]
        for row in told.itertuples():
            here = states[sizes[row.fact_id, row.group]]
            best = next(s for s in ("contradicted", "stated", "attributed") if (here == s).any())
            assert (row.state, row.statement_id) == (best, here[here == best].index[0])
            assert row.text == " ".join(bundled.raw(row.article_id)[row.start : row.end].split())
        n_groups = told.groupby("fact_id")["group"].nunique()
        assert (compared["n_groups"] == compared["fact_id"].map(n_groups)).all()
        assert compared["n_groups"].is_monotonic_decreasing


def test_facts_are_compared_by_outlet_or_article(tables: Tables) -> None:
    sentence = "facts cannot be compared by 'speaker': expected 'outlet' or 'article_id'"
    with pytest.raises(InputError, match=f"^{re.escape(sentence)}$"):
        compare_facts(*tables, by="speaker")


# ---- corrections --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("corrections", "changed", "marked"),
    [
        ("", {}, {}),
        ("# nothing to mend\n", {}, {}),
        # join
        ('[[join]]\nfacts = ["a:4", "d:1"]\n', {"a:4": "a:4 d:1", "d:1": None}, {"d:1": "joined"}),
        ('[[join]]\nfacts = ["d:1", "a:4"]\n', {"a:4": "a:4 d:1", "d:1": None}, {"d:1": "joined"}),
        (
            '[[join]]\nfacts = ["d:1", "a:2", "a:4"]\n',
            {"a:2": "a:2 a:3 a:4 b:2 d:1", "a:4": None, "d:1": None},
            {"a:4": "joined", "d:1": "joined"},
        ),
        (
            '[[join]]\nfacts = ["a:2", "c:1"]\n',  # any statement stands for its fact
            {"a:1": "a:1 a:2 a:3 b:1 b:2 c:1", "a:2": None},
            {"a:2": "joined", "a:3": "joined", "b:2": "joined"},
        ),
        ('[[join]]\nfacts = ["a:1", "b:1"]\n', {}, {}),  # one already
        (
            '[[join]]\nfacts = ["a:4", "d:1"]\n[[join]]\nfacts = ["a:1", "d:1"]\n',
            {"a:1": "a:1 a:4 b:1 c:1 d:1", "a:4": None, "d:1": None},
            {"a:4": "joined", "d:1": "joined; joined"},
        ),
        # split
        ('[[split]]\nstatement = "c:1"\n', {"a:1": "a:1 b:1", "c:1": "c:1"}, {"c:1": "split off"}),
        ('[[split]]\nstatement = "a:1"\n', {"a:1": "a:1", "b:1": "b:1 c:1"}, {"a:1": "split off"}),
        (
            '[[split]]\nstatement = "b:1"\n[[split]]\nstatement = "a:1"\n',
            {"a:1": "a:1", "b:1": "b:1", "c:1": "c:1"},
            {"a:1": "split off", "b:1": "split off"},
        ),
        ('[[split]]\nstatement = "a:3"\n', {"a:2": "a:2 b:2", "a:3": "a:3"}, {"a:3": "split off"}),
        # first split, then join, whatever stands first
        (
            '[[join]]\nfacts = ["b:1", "d:1"]\n[[split]]\nstatement = "b:1"\n',
            {"a:1": "a:1 c:1", "b:1": "b:1 d:1", "d:1": None},
            {"b:1": "split off", "d:1": "joined"},
        ),
        (
            '[[join]]\nfacts = ["b:1", "a:4"]\n[[split]]\nstatement = "b:1"\n',
            {"a:1": "a:1 c:1", "a:4": "a:4 b:1"},
            {"b:1": "split off; joined"},
        ),
    ],
)
def test_joined_and_split(
    corrections: str, changed: dict[str, str | None], marked: dict[str, str], find: Find
) -> None:
    facts = find(corrections)
    assert groups(facts) == {fact: ids for fact, ids in {**ALONE, **changed}.items() if ids}
    assert corrected(facts) == marked


def test_a_denial_that_pointed_back_may_be_split_off(find: Find) -> None:
    """Also where it was the first of those that are worded alike."""
    texts = {
        "a": f"{ARMED}, Anna Berg said. Jon Stone rejected the charge of poison.",
        "b": f"{TAXES}. Jon Stone rejected the charge of poison in the village well.",
    }
    assert groups(find(texts=texts)) == {"a:1": "a:1 a:2", "b:1": "b:1", "b:2": "b:2"}
    facts = find('[[split]]\nstatement = "a:2"\n', texts)
    assert groups(facts) == {"a:1": "a:1", "a:2": "a:2", "b:1": "b:1", "b:2": "b:2"}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("statement", ["a:2", "a:3", "b:2"])
def test_named(mark: str, statement: str, find: Find) -> None:
    facts = find(f'{mark}[[name]]\nfact = "{statement}"\nname = "Arms for the “rebels”"\n')
    named = facts["fact"] == "Arms for the “rebels”"
    assert facts.loc[named, "statement_id"].tolist() == ["a:2", "a:3", "b:2"]
    assert (facts["corrected"] == named.map({True: "named", False: ""})).all()
    assert groups(facts) == ALONE


def test_names_are_of_the_facts_as_they_are_in_the_end(find: Find) -> None:
    facts = find(
        '[[name]]\nfact = "d:1"\nname = "Of the town"\n[[name]]\nfact = "c:1"\nname = "Berg’s boat"\n'
        '[[join]]\nfacts = ["a:4", "d:1"]\n[[split]]\nstatement = "c:1"\n'
    )
    assert dict(zip(facts["statement_id"], facts["fact"], strict=True)) == {
        "a:1": f"{BOAT}.", "a:2": ARMED, "a:3": ARMED, "a:4": "Of the town", "b:1": f"{BOAT}.", "b:2": ARMED,
        "c:1": "Berg’s boat", "d:1": "Of the town",
    }  # fmt: skip
    assert corrected(facts) == {"a:4": "named", "c:1": "split off; named", "d:1": "joined; named"}


@pytest.mark.parametrize(
    ("statement", "by", "attributed_to"),
    [
        ("b:1", "", "Anna Berg"),  # the outlet itself denies it
        ("b:1", 'by = "the coast guard"\n', "Anna Berg; denied by the coast guard"),
        ("c:1", "", "denied by Anna Berg"),
        ("c:1", 'by = "a sailor"\n', "denied by a sailor"),
    ],
)
def test_contradicted(statement: str, by: str, attributed_to: str, tmp_path: Path, tables: Tables) -> None:
    correction = f'[[contradict]]\nstatement = "{statement}"\n{by}'
    compared = compare_facts(*correct(tables, tmp_path, correction))
    boat = compared[(compared["fact_id"] == "a:1") & (compared["group"] == "B")]
    columns = ["state", "attributed_to", "n_statements", "statement_id", "corrected"]
    assert boat[columns].to_numpy().tolist() == [
        ["contradicted", attributed_to, 2, statement, "marked as contradicting"]
    ]
    others = compared.drop(boat.index)
    assert (others["corrected"] == "").all()
    assert others["state"].tolist().count("contradicted") == 2


def test_every_kind_at_once(find: Find) -> None:
    facts = find(
        '[[contradict]]\nstatement = "d:1"\nby = "the millers"\n[[name]]\nfact = "d:1"\nname = "Market"\n'
        '[[join]]\nfacts = ["c:1", "d:1"]\n[[split]]\nstatement = "c:1"\n'
    )
    last = facts.iloc[-1]
    assert last[["fact_id", "fact", "state", "corrected"]].tolist() == [
        "c:1",
        "Market",
        "contradicted",
        "joined; marked as contradicting; named",
    ]
    assert corrected(facts)["c:1"] == "split off; named"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_in_the_folder_is_changed(tmp_path: Path) -> None:
    corrections = '[[split]]\nstatement = "b:1"\n[[join]]\nfacts = ["a:4", "d:1"]\n'
    folder = write(tmp_path, TEXTS, OUTLETS, corrections)
    before = contents(folder)
    corpus, mentions, quotes = read(folder)
    tables = [table.copy() for table in (mentions, quotes, corpus.articles, corpus.sentences)]
    find_facts(corpus, mentions, quotes)
    compare_facts(corpus, mentions, quotes)
    assert contents(folder) == before
    assert sorted(before) == ["a.txt", "actors.toml", "articles.csv", "b.txt", "c.txt", "d.txt", "facts.toml"]
    for table, copy in zip((mentions, quotes, corpus.articles, corpus.sentences), tables, strict=True):
        pd.testing.assert_frame_equal(table, copy)


IDS = ["a:1", "a:2", "a:3", "a:4", "b:1", "b:2", "c:1", "d:1"]
ID = st.sampled_from(IDS)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(ID, max_size=3),
    st.lists(st.lists(ID, min_size=2, max_size=3), max_size=3),
    st.lists(st.tuples(ID, st.sampled_from(["one", "two"])), max_size=2),
)
def test_corrections_are_those_of_sets(
    find: Find, splits: list[str], joins: list[list[str]], names: list[tuple[str, str]]
) -> None:
    partition = [set(ids.split()) for ids in ALONE.values()]

    def of(statement: str) -> set[str]:
        return next(group for group in partition if statement in group)

    for statement in splits:
        of(statement).discard(statement)
        partition = [group for group in partition if group] + [{statement}]
    for ids in joins:
        joined = set().union(*(of(statement) for statement in ids))
        partition = [group for group in partition if not group & joined] + [joined]
    expected = {min(group): " ".join(sorted(group)) for group in partition}
    called = {min(of(statement)): name for statement, name in names}

    lines = [f'[[name]]\nfact = "{i}"\nname = "{name}"' for i, name in names]
    lines += [f"[[join]]\nfacts = {ids}" for ids in joins] + [f'[[split]]\nstatement = "{i}"' for i in splits]
    facts = find("\n".join(lines))
    assert groups(facts) == dict(sorted(expected.items()))
    found = dict(zip(facts["fact_id"], facts["fact"], strict=True))
    assert {fact: name for fact, name in found.items() if name in ("one", "two")} == called
    split, joined_ids = set(splits), {i for ids in joins for i in ids}
    for statement, mark in corrected(facts).items():
        assert ("split off" in mark) == (statement in split)
        assert ("named" in mark) == (min(of(statement)) in called)
        assert "joined" not in mark or of(statement) & joined_ids


# ---- errors -------------------------------------------------------------------------------------

JOIN, SPLIT, NAME, CONTRADICT = (
    f"event/facts.toml ([[{kind}]] number 1): " for kind in ("join", "split", "name", "contradict")
)
BRACKETS = "event/facts.toml: write [[{}]] with two brackets"
LIST = 'expected a list of ids like ["001:4", "002:8"]'
QUOTED = "expected text in quotation marks"
TABLES = "expected one of join, split, also, name, contradict"
NO_ID = "expected an id from the column statement_id"
OF_B = "there is no statement 'b:9': expected one of b:1, b:2"


@pytest.mark.parametrize(
    ("corrections", "message"),
    [
        ('[[joins]]\nfacts = ["a:1"]\n', f"event/facts.toml: unknown table 'joins': {TABLES}"),
        ('fact = "a:1"\n', f"event/facts.toml: unknown table 'fact': {TABLES}"),
        ("z = 1\nb = 2\n", f"event/facts.toml: unknown table 'b': {TABLES}"),
        ('[join]\nfacts = ["a:1", "a:2"]\n', BRACKETS.format("join")),
        ('[split]\nstatement = "a:1"\n', BRACKETS.format("split")),
        ('join = ["a:1", "a:2"]\n', BRACKETS.format("join")),
        ("contradict = 3\n", BRACKETS.format("contradict")),
        ("name = [1]\n", BRACKETS.format("name")),
        ("[[join]]\n", f"{JOIN}facts is missing: expected facts"),
        ("[[split]]\n", f"{SPLIT}statement is missing: expected statement"),
        ('[[name]]\nname = "x"\n', f"{NAME}fact is missing: expected fact, name"),
        ('[[name]]\nfact = "a:1"\n', f"{NAME}name is missing: expected fact, name"),
        ("[[name]]\n", f"{NAME}fact is missing: expected fact, name"),
        ('[[contradict]]\nby = "x"\n', f"{CONTRADICT}statement is missing: expected by, statement"),
        ('[[join]]\nfacts = ["a:1", "a:2"]\nby = "x"\n', f"{JOIN}unknown field 'by': expected facts"),
        ('[[split]]\nstatement = "a:1"\nfact = "x"\n', f"{SPLIT}unknown field 'fact': expected statement"),
        ('[[contradict]]\nstatement = "a:1"\nwho = "x"\n',
         f"{CONTRADICT}unknown field 'who': expected by, statement"),
        ('[[join]]\nfacts = "a:1"\n', f"{JOIN}facts is 'a:1': {LIST}"),
        ("[[join]]\nfacts = []\n", f"{JOIN}facts is []: {LIST}"),
        ('[[join]]\nfacts = ["a:1"]\n', f"{JOIN}facts is ['a:1']: {LIST}"),
        ('[[join]]\nfacts = ["a:1", 2]\n', f"{JOIN}facts is ['a:1', 2]: {LIST}"),
        ("[[split]]\nstatement = 1\n", f"{SPLIT}statement is 1: {QUOTED}"),
        ('[[split]]\nstatement = ["a:1"]\n', f"{SPLIT}statement is ['a:1']: {QUOTED}"),
        ('[[name]]\nfact = "a:1"\nname = " "\n', f"{NAME}name is ' ': {QUOTED}"),
        ('[[name]]\nfact = ""\nname = "x"\n', f"{NAME}fact is '': {QUOTED}"),
        ('[[contradict]]\nstatement = "a:1"\nby = ""\n', f"{CONTRADICT}by is '': {QUOTED}"),
        ('[[contradict]]\nstatement = "a:1"\nby = true\n', f"{CONTRADICT}by is True: {QUOTED}"),
        # ids that do not exist
        ('[[split]]\nstatement = "b:9"\n', SPLIT + OF_B),
        ('[[contradict]]\nstatement = "b:9"\n', CONTRADICT + OF_B),
        ('[[name]]\nfact = "b:9"\nname = "x"\n', NAME + OF_B),
        ('[[join]]\nfacts = ["a:1", "b:9"]\n', JOIN + OF_B),
        ('[[split]]\nstatement = "a:9"\n',
         f"{SPLIT}there is no statement 'a:9': expected one of a:1, a:2, a:3 … a:4"),
        ('[[split]]\nstatement = "e:1"\n', f"{SPLIT}there is no statement 'e:1': {NO_ID}"),
        ('[[split]]\nstatement = "x"\n', f"{SPLIT}there is no statement 'x': {NO_ID}"),
        # which of several
        ('[[split]]\nstatement = "a:1"\n[[split]]\n',
         f"{SPLIT.replace('1', '2')}statement is missing: expected statement"),
        ('[[split]]\nstatement = "a:1"\n[[split]]\nstatement = "b:9"\n', SPLIT.replace("1", "2") + OF_B),
        # the file itself
        ("[[split]]\nstatement = a:1\n",
         "event/facts.toml is not valid TOML: Invalid value (at line 2, column 13); mend that line"),
        (b'[[name]]\nfact = "a:1"\nname = "caf\xe9"\n',
         "event/facts.toml is not UTF-8 (byte 33): save it again with the encoding UTF-8"),
    ],
)  # fmt: skip
def test_errors(corrections: str | bytes, message: str, tmp_path: Path, tables: Tables) -> None:
    tables = correct(tables, tmp_path, corrections)
    for function in (find_facts, compare_facts):
        with pytest.raises(InputError, match=f"^{re.escape(message)}$"):
            function(*tables)


def test_a_statement_may_tell_a_second_fact(tmp_path: Path) -> None:
    corrections = '[[also]]\nstatement = "d:1"\nfact = "a:1"\n'
    plain = find_facts(*read(write(tmp_path, TEXTS, OUTLETS)))
    facts = find_facts(*read(write(tmp_path, TEXTS, OUTLETS, corrections)))
    assert len(facts) == len(plain) + 1
    rows = facts[facts["statement_id"] == "d:1"]
    assert rows["fact_id"].tolist() == ["d:1", "a:1"]
    assert rows["corrected"].tolist() == ["", "tells this fact, too"]
    boat = compare_facts(*read(tmp_path / "event")).query("fact_id == 'a:1'")
    assert boat.set_index("group")["state"].to_dict() == {"A": "stated", "B": "stated", "C": "stated"}
    # what it tells already is told once
    again = find_facts(*read(write(tmp_path, TEXTS, OUTLETS, corrections.replace("d:1", "b:1"))))
    assert len(again) == len(plain)


@pytest.mark.parametrize(
    ("denial", "contradicts"),
    [
        ("Jon Stone rejected the charge.", True),
        ("Jon Stone denied that it had used cheap steel.", False),
        ("Jon Stone denied that Sweden had ever built such a boat.", False),
    ],
)
def test_only_a_denial_that_points_back_contradicts_what_stands_before(
    tmp_path: Path, denial: str, contradicts: bool
) -> None:
    texts = {"a": f"The bridge will open in May, Anna Berg said. {denial}", "b": f"{BAKERS}."}
    facts = find_facts(*read(write(tmp_path, texts, "AB"))).query("article_id == 'a'")
    assert facts["state"].tolist() == ["attributed", "contradicted"]
    assert facts["fact_id"].duplicated().any() == contradicts


def test_an_id_without_its_letter_is_told_the_letters(tmp_path: Path) -> None:
    text = f"Anna Berg said that {ARMED}, and Jon Stone said that {BOAT.lower()}."
    folder = write(tmp_path, {"a": text, "b": f"{BAKERS}."}, "AB", '[[split]]\nstatement = "a:1"\n')
    with pytest.raises(InputError, match=r"there is no statement 'a:1': expected one of a:1a, a:1b$"):
        find_facts(*read(folder))

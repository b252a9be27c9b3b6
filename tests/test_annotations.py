"""Tables on disk: conditions choose the rows that a DataFrame gives, and nothing is read half."""

import copy
import errno
import json
import operator
import pickle
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from conftest import ACTORS, ARTICLES, A, B, C
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import (
    InputError,
    compare_cooccurrences,
    compare_mentions,
    compare_words,
    count_cooccurrences,
    count_mentions,
    find_all_words,
    find_labels,
    find_mentions,
    find_quotes,
    find_two_word_phrases,
    leave_out_nested,
    load_corpus,
    locate_mentions,
    part_files,
    show_evidence,
    stored_tables,
)
from helpers.annotations import AnnotatedCorpus, load_annotations
from helpers.article_parts import find_parts
from helpers.part_files import COMPLETE, TABLES, find_done, part_file, put_json, write_part
from helpers.scale import _COLUMNS, _nothing, annotate
from helpers.stored_tables import Column, StoredTable, in_parts, sum_parts

ADVICE = (
    "use count_mentions, count_cooccurrences or compare_words, look at its head(), or take a folder of "
    "fewer articles"
)
KINDS, USES = ["named", "title", "nominal"], ["actor", "place"]


def make_rows(rows: list[tuple[str, str, int]]) -> pd.DataFrame:
    """Mentions of which only kind, use and start differ."""
    of_row = dict.fromkeys(["article_id", "outlet", "text", "actor_id"], "a")
    of_row |= dict.fromkeys(["block_id", "sentence_id", "end"], 0) | {"in_quote": False}
    filled = [{**of_row, "kind": kind, "use": use, "start": start} for kind, use, start in rows]
    return pd.concat([_nothing("mentions"), pd.DataFrame(filled, columns=_COLUMNS["mentions"])]).astype(
        _nothing("mentions").dtypes
    )


def store(folder: Path, parts: list[pd.DataFrame]) -> StoredTable:
    """Mentions on disk, in parts, with the other tables empty."""
    for name in (*TABLES, part_files.UNFINISHED):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number, part in enumerate(parts):
        write_part(folder, number, {name: _nothing(name) for name in TABLES} | {"mentions": part})
    put_json(folder / COMPLETE, {"n_parts": len(parts)})
    return StoredTable(folder, "mentions")


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, StoredTable]:
    """Every combination of kind, use and one of four places, in memory and in three parts on disk."""
    rows = [(kind, use, start) for start in range(4) for kind in KINDS for use in USES]
    parts = [make_rows(rows[:5]), make_rows([]), make_rows(rows[5:])]
    table = store(tmp_path_factory.mktemp("stored"), parts)
    return pd.concat(parts, ignore_index=True), table


def all_of(table: StoredTable) -> pd.DataFrame:
    return pd.concat(list(table.parts()), ignore_index=True)


# ---- conditions ---------------------------------------------------------------------------------

COMPARED = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_LEAVES = st.one_of(
    st.tuples(st.just("start"), st.sampled_from(list(COMPARED)), st.integers(-1, 4)),
    st.tuples(st.just("kind"), st.sampled_from(list(COMPARED)), st.sampled_from([*KINDS, "other"])),
    st.tuples(st.just("use"), st.just("isin"), st.lists(st.sampled_from(USES), max_size=2)),
    st.tuples(st.just("start"), st.just("isin"), st.lists(st.integers(0, 4), max_size=3)),
    st.tuples(st.just("in_quote"), st.just("is"), st.none()),
)
_CONDITIONS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.tuples(st.just("~"), inner), st.tuples(st.sampled_from(["&", "|"]), inner, inner)
    ),
    max_leaves=6,
)


def build(table: Any, said: tuple[Any, ...]) -> Any:
    """A condition on a table, in memory or on disk."""
    match said:
        case ("~", inner):
            return ~build(table, inner)
        case ("&", one, other):
            return build(table, one) & build(table, other)
        case ("|", one, other):
            return build(table, one) | build(table, other)
        case (column, "isin", values):
            return table[column].isin(values)
        case (column, "is", _):
            return table[column]
        case (column, compared, value):
            return COMPARED[compared](table[column], value)
    raise AssertionError(said)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(_CONDITIONS)
def test_conditions_choose_what_they_choose_in_memory(
    stored: tuple[pd.DataFrame, StoredTable], said: tuple[Any, ...]
) -> None:
    table, on_disk = stored
    expected = table[build(table, said)].reset_index(drop=True)
    chosen = on_disk[build(on_disk, said)]
    pd.testing.assert_frame_equal(all_of(chosen), expected)
    pd.testing.assert_frame_equal(chosen.head(), expected.head())
    assert len(chosen) == len(expected)


def test_conditions_follow_one_another(stored: tuple[pd.DataFrame, StoredTable]) -> None:
    table, on_disk = stored
    named = on_disk[on_disk["kind"] == "named"]
    acting = named[named["use"] == "actor"]
    expected = table[(table["kind"] == "named") & (table["use"] == "actor")].reset_index(drop=True)
    pd.testing.assert_frame_equal(all_of(acting), expected)
    # a table that rows were chosen of is another one; the first still has all
    assert len(all_of(on_disk)) == len(table)


def test_a_list_that_can_be_read_once_is_kept(stored: tuple[pd.DataFrame, StoredTable]) -> None:
    _, on_disk = stored
    chosen = on_disk[on_disk["kind"].isin(kind for kind in ("named", "title"))]
    assert len(all_of(chosen)) == len(all_of(chosen)) == 16


def test_each_does_something_to_every_part(stored: tuple[pd.DataFrame, StoredTable]) -> None:
    table, on_disk = stored
    doubled = on_disk.each(lambda part: part.assign(start=part["start"] * 2)).each(
        lambda part: part[part["start"] == 6]
    )
    assert all_of(doubled)["kind"].tolist() == table.loc[table["start"] == 3, "kind"].tolist()
    nested = all_of(on_disk.each(leave_out_nested))
    assert len(nested) <= len(table)


@pytest.mark.parametrize("n", [0, 1, 5, 6, 23, 24, 100])
def test_head_reads_over_the_ends_of_parts(stored: tuple[pd.DataFrame, StoredTable], n: int) -> None:
    table, on_disk = stored
    pd.testing.assert_frame_equal(on_disk.head(n), table.head(n))


def test_head_reads_no_more_parts_than_it_needs(
    stored: tuple[pd.DataFrame, StoredTable], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    as_before = stored_tables.read_part_file
    monkeypatch.setattr(
        stored_tables, "read_part_file", lambda path: read.append(path.name) or as_before(path)
    )
    stored[1].head(5)
    assert read == ["part-000000.parquet"]


def test_a_table_says_what_it_is_without_a_path(stored: tuple[pd.DataFrame, StoredTable]) -> None:
    _, on_disk = stored
    assert repr(on_disk) == f"the table mentions of {on_disk.folder.name}/"
    assert str(on_disk.folder.parent) not in repr(on_disk[on_disk["kind"] == "named"])


def test_a_table_can_be_copied_and_sent_elsewhere(stored: tuple[pd.DataFrame, StoredTable]) -> None:
    table, on_disk = stored
    for again in (copy.copy(on_disk), copy.deepcopy(on_disk), pickle.loads(pickle.dumps(on_disk))):
        pd.testing.assert_frame_equal(all_of(again), table)
    assert getattr(on_disk, "_repr_html_", None) is None


UNSUPPORTED: list[tuple[str, Callable[[Any], Any]]] = [
    ("'groupby'", lambda t: t.groupby("kind")),
    ("'columns'", lambda t: t.columns),
    ("'merge'", lambda t: t.merge(t)),
    ("'to_csv'", lambda t: t.to_csv()),
    ("'iloc'", lambda t: t.iloc[0]),
    ("'empty'", lambda t: t.empty),
    ("[['kind', 'use']]", lambda t: t[["kind", "use"]]),
    ("'[3]'", lambda t: t[3]),
    ("'[0]'", list),
    ("'sum'", lambda t: t["start"].sum()),
    ("'value_counts'", lambda t: t["kind"].value_counts()),
    ("'str'", lambda t: t["kind"].str.lower()),
    ("'map'", lambda t: t["kind"].map({})),
    ("False", lambda t: t[False]),
]


@pytest.mark.parametrize(("asked", "use"), UNSUPPORTED, ids=[asked for asked, _ in UNSUPPORTED])
def test_what_needs_the_whole_table_is_refused_with_the_way_out(
    stored: tuple[pd.DataFrame, StoredTable], asked: str, use: Callable[[Any], Any]
) -> None:
    with pytest.raises(InputError) as said:
        use(stored[1])
    assert " is read in parts and has no " in str(said.value)
    assert asked.strip("'[]") in str(said.value)
    assert str(said.value).endswith(ADVICE)
    assert "\n" not in str(said.value)


CALCULATED: list[tuple[str, Callable[[Any], Any]]] = [
    ("plus", lambda c: c + 1),
    ("minus", lambda c: c - 1),
    ("times", lambda c: c * 2),
    ("by", lambda c: c / 2),
    ("one plus", lambda c: 1 + c),
    ("one minus", lambda c: 1 - c),
    ("two times", lambda c: 2 * c),
    ("two by", lambda c: 2 / c),
    ("two columns", lambda c: c - c),
    ("rest", lambda c: c % 2),
    ("whole by", lambda c: c // 2),
    ("power", lambda c: c**2),
    ("negative", lambda c: -c),
]
NO_CALCULATING = f"a column on disk is read in parts and has no sums, differences and the like: {ADVICE}"


@pytest.mark.parametrize(
    "calculate",
    [pytest.param(calculate, id=name) for name, calculate in CALCULATED],
)
def test_nothing_is_calculated_of_a_column(
    stored: tuple[pd.DataFrame, StoredTable], calculate: Callable[[Any], Any]
) -> None:
    with pytest.raises(InputError) as said:
        calculate(stored[1]["start"])
    assert str(said.value) == NO_CALCULATING


JOINED = "conditions on a table on disk are joined with & and |, each in brackets, not with and, or"
CHOSEN = "rows of a table on disk are chosen by conditions, such as mentions['kind'] == 'named'"
NO_VALUES = f"a column on disk is read in parts and has no values to go through: {ADVICE}"
WRONG: list[tuple[str, Callable[[Any], Any], str]] = [
    ("values of a column", lambda t: set(t["kind"]), NO_VALUES),
    ("in", lambda t: "named" in t["kind"], NO_VALUES),
    ("among those of a column", lambda t: t["start"].isin(t["end"]), NO_VALUES),
    ("and", lambda t: t[(t["kind"] == "named") and (t["use"] == "actor")], JOINED),
    ("or", lambda t: t[(t["kind"] == "named") or (t["use"] == "actor")], JOINED),
    ("not", lambda t: t[not t["in_quote"]], JOINED),
    ("between", lambda t: t[1 < t["start"] < 3], JOINED),
    ("a condition and a truth value", lambda t: t[(t["kind"] == "named") & True].head(), CHOSEN),
    ("a column that is no condition", lambda t: t[~t["start"]].head(), CHOSEN),
    ("a column of words", lambda t: t[t["kind"]].head(), CHOSEN),
    ("a column of numbers", lambda t: t[(t["start"] == 1) | t["start"]].head(), CHOSEN),
    (
        "a column that is not there",
        lambda t: t[t["kin"] == "named"].head(),
        f"the table has no column 'kin': expected one of {', '.join(_COLUMNS['mentions'])}",
    ),
]


@pytest.mark.parametrize(("use", "message"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_no_condition_is_refused_with_the_way_out(
    stored: tuple[pd.DataFrame, StoredTable], use: Callable[[Any], Any], message: str
) -> None:
    with pytest.raises(InputError) as said:
        use(stored[1])
    assert str(said.value) == message


UNSAID: list[tuple[str, Callable[[Any, pd.DataFrame], Any], str]] = [
    (
        "rows in memory",
        lambda t, _: t[pd.Series([True, False])],
        "their values stand in the message, by lines",
    ),
    (
        "a condition and one in memory",
        lambda t, m: t[(t["kind"] == "named") & (m["use"] == "actor")].head(),
        "rows of every part are taken by the places of those in memory",
    ),
    ("a truth value and a condition", lambda t, _: t[True & (t["start"] == 1)], "an error of Python's"),
    ("one of two conditions", lambda t, _: t[(t["start"] == 1) ^ t["in_quote"]], "an error of Python's"),
    ("among letters", lambda t, _: t[t["kind"].isin("named")].head(), "no kind is one of its letters"),
    ("another kind of value", lambda t, _: t[t["kind"] < 3].head(), "an error of Python's"),
    ("a list", lambda t, _: t[t["start"] == [1, 2]].head(), "an error of pandas'"),
]


@pytest.mark.parametrize(
    "use",
    [pytest.param(use, id=name) for name, use, _ in UNSAID],
)
def test_what_else_is_no_condition_is_refused_in_a_line(
    stored: tuple[pd.DataFrame, StoredTable], use: Callable[[Any, pd.DataFrame], Any]
) -> None:
    table, on_disk = stored
    with pytest.raises(InputError) as said:
        use(on_disk, table)
    assert "\n" not in str(said.value)


@pytest.mark.parametrize("compare", COMPARED.values(), ids=list(COMPARED))
def test_two_columns_compare_as_they_do_in_memory(
    stored: tuple[pd.DataFrame, StoredTable], compare: Callable[[Any, Any], Any]
) -> None:
    table, on_disk = stored
    expected = table[compare(table["start"], table["end"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(all_of(on_disk[compare(on_disk["start"], on_disk["end"])]), expected)


def test_a_table_counts_its_rows(stored: tuple[pd.DataFrame, StoredTable]) -> None:
    table, on_disk = stored
    assert len(on_disk) == len(table) == 24
    assert len(on_disk[on_disk["kind"] == "nobody's"]) == 0
    assert len(on_disk[on_disk["start"] > 1]) == 12


def test_a_condition_is_no_key() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Column(lambda part: part))


# ---- what is written ----------------------------------------------------------------------------


def fail_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the disk be full from the n-th file on."""
    seen = iter(range(100))

    def full(_: int) -> None:
        if next(seen) >= number:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("helpers.part_files.os.fsync", full)


@pytest.mark.parametrize("number", range(5))
def test_a_part_is_done_once_all_its_tables_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    fail_at(monkeypatch, number)
    with pytest.raises(OSError, match="No space left"):
        store(tmp_path, [make_rows([("named", "actor", 0)])])
    assert find_done(tmp_path) == set()
    assert list((tmp_path / part_files.UNFINISHED).iterdir()) == []
    assert [t for t in TABLES if any((tmp_path / t).iterdir())] == list(TABLES[:number])


def test_a_full_disk_says_so_through_the_file_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no device that is always full")
    as_before = Path.open

    def to_full(path: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        return as_before(Path("/dev/full") if mode == "wb" else path, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", to_full)
    with pytest.raises(OSError, match="No space left") as said:
        store(tmp_path, [make_rows([("named", "actor", 0)])])
    assert said.value.errno == errno.ENOSPC
    assert find_done(tmp_path) == set()


def test_the_types_of_columns_hold_where_there_are_no_rows(tmp_path: Path) -> None:
    store(tmp_path, [make_rows([]), make_rows([("named", "actor", 0)])])
    for name in TABLES:
        empty, full = (pq.read_schema(part_file(tmp_path, name, number)) for number in (0, 1))
        assert empty == full
        assert empty.names == _COLUMNS[name]
        assert empty.metadata is None


# ---- the folder ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy corpus with its tables, a part an article."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "toy").mkdir()
    for name, text in {
        "actors.toml": ACTORS, "articles.csv": ARTICLES, "a.txt": A, "b.txt": B, "c.txt": C,
    }.items():  # fmt: skip
        (folder / "toy" / name).write_text(text, encoding="utf-8", newline="")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("helpers.scale.find_parts", partial(find_parts, size=1))
        annotate(folder / "toy", folder / "toy" / "actors.toml", folder / "tables", workers=1)
    return folder


@pytest.fixture
def annotated(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the tables to do anything with; what annotates again finds the same parts."""
    monkeypatch.setattr("helpers.scale.find_parts", partial(find_parts, size=1))
    return shutil.copytree(made / "tables", tmp_path / "tables")


def test_the_folder_is_a_corpus(annotated: Path, toy_folder: Path) -> None:
    corpus, memory = load_corpus(annotated), load_corpus(toy_folder)
    assert isinstance(corpus, AnnotatedCorpus)
    assert repr(corpus) == "AnnotatedCorpus: 3 articles by 2 outlets, 72 words, tables on disk"
    assert int(memory.articles["n_words"].sum()) == 72
    assert corpus.actors == memory.actors
    assert corpus.articles["article_id"].tolist() == ["a", "b", "c"]
    assert corpus.labels().to_dict() == memory.labels().to_dict()
    for unit in ("sentence", "paragraph"):
        assert corpus.n_units(unit).to_dict() == memory.n_units(unit).to_dict()
    assert repr(find_mentions(corpus)) == "the table mentions of tables/"
    assert repr(find_all_words(corpus, find_mentions(corpus))) == "the table word_counts of tables/"


NO_TEXT = "tables/ holds tables and no texts: what reads the text itself needs a folder of articles"
NEEDS_TEXT: dict[str, Callable[[Any, Any], Any]] = {
    "raw": lambda c, m: c.raw("a"),
    "counted_text": lambda c, m: c.counted_text("a"),
    "words": lambda c, m: c.words("a"),
    "without": lambda c, m: c.without("a"),
    "paragraphs": lambda c, m: c.paragraphs(),
    "compare_mentions": compare_mentions,
    "find_two_word_phrases": find_two_word_phrases,
    "compare_cooccurrences": compare_cooccurrences,
    "show_evidence": show_evidence,
    "find_quotes": find_quotes,
    "find_labels": find_labels,
    "locate_mentions": locate_mentions,
    "pronouns": lambda c, m: find_mentions(c, pronouns=True),
    "words by article": lambda c, m: compare_words(c, find_all_words(c, m), by="article_id"),
    "corpus.blocks": lambda c, m: c.blocks.head(),
    "corpus.sentences": lambda c, m: c.sentences.groupby("article_id"),
}


@pytest.mark.parametrize("use", NEEDS_TEXT.values(), ids=NEEDS_TEXT)
def test_what_needs_texts_says_so(annotated: Path, use: Callable[[Any, Any], Any]) -> None:
    corpus = load_corpus(annotated)
    with pytest.raises(InputError) as said:
        use(corpus, find_mentions(corpus))
    message = str(said.value)
    assert "\n" not in message
    assert str(annotated.parent) not in message
    assert message == NO_TEXT or message.endswith(
        (ADVICE, "a folder of articles only", "expected 'outlet'", "such as edges.iloc[[0]]")
    )


def test_a_table_of_another_corpus_is_refused(annotated: Path, toy_folder: Path) -> None:
    (toy_folder / "c.txt").unlink()
    listed = (toy_folder / "articles.csv").read_text()
    (toy_folder / "articles.csv").write_text(listed.replace("c.txt,,,,,,,,\n", ""))
    with pytest.raises(InputError, match="stand in 'c', which is no article of the corpus"):
        count_cooccurrences(load_corpus(toy_folder), find_mentions(load_corpus(annotated)))


DAMAGED = (
    "tables/{}/part-000001.parquet cannot be read: delete the files of that name in all folders beside it "
    "and annotate again"
)


def damage(path: Path, how: str) -> None:
    content = path.read_bytes()
    if how == "missing":
        path.unlink()
    else:
        path.write_bytes({"empty": b"", "cut": content[: len(content) // 2], "other": b"PAR1" * 9}[how])


@pytest.mark.parametrize("how", ["empty", "cut", "other"])
def test_a_damaged_table_is_named_with_the_way_out(annotated: Path, how: str) -> None:
    corpus = load_corpus(annotated)
    damage(part_file(annotated, "mentions", 1), how)
    for count in (count_mentions, count_cooccurrences):
        with pytest.raises(InputError) as said:
            count(corpus, find_mentions(corpus))
        assert str(said.value) == DAMAGED.format("mentions")


@pytest.mark.parametrize("how", ["empty", "cut", "other"])
def test_damaged_articles_are_named_where_they_are_loaded(annotated: Path, how: str) -> None:
    damage(part_file(annotated, "articles", 1), how)
    with pytest.raises(InputError) as said:
        load_corpus(annotated)
    assert str(said.value) == DAMAGED.format("articles")


@pytest.mark.parametrize("damaged", TABLES)
def test_the_way_out_of_damage_leads_out(annotated: Path, toy_folder: Path, damaged: str) -> None:
    before = {p.relative_to(annotated): p.read_bytes() for p in annotated.rglob("*") if p.is_file()}
    damage(part_file(annotated, damaged, 1), "cut")
    for name in TABLES:
        part_file(annotated, name, 1).unlink()
    with pytest.raises(InputError) as said:
        load_corpus(annotated)
    assert str(said.value) == "tables/articles/ lacks part 1: delete complete.json and annotate again"
    annotate(toy_folder, toy_folder / "actors.toml", annotated, workers=1)
    assert {p.relative_to(annotated): p.read_bytes() for p in annotated.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("name", ["mentions", "word_counts", "sentences"])
def test_a_table_that_lacks_a_part_is_not_counted(annotated: Path, name: str) -> None:
    part_file(annotated, name, 1).unlink()
    table = load_corpus(annotated).stored(name)
    for read in (len, all_of, lambda table: table.head(1000)):
        with pytest.raises(InputError) as said:
            read(table)
        assert str(said.value) == DAMAGED.format(name)


def test_only_the_parts_that_are_counted_are_read(annotated: Path) -> None:
    shutil.copy(part_file(annotated, "mentions", 1), part_file(annotated, "mentions", 3))
    mentions = find_mentions(load_corpus(annotated))
    n_rows = [len(part) for part in mentions.parts()]
    assert len(n_rows) == 3
    assert len(mentions) == sum(n_rows)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        (name, how)
        for name in TABLES
        for how in ("missing", "cut", "empty", "other")
        if (name, how) != ("articles", "missing")  # that part is done anew
    ],
)
def test_annotating_again_says_what_is_damaged(annotated: Path, made: Path, name: str, how: str) -> None:
    damage(part_file(annotated, name, 1), how)
    with pytest.raises(InputError) as said:
        annotate(made / "toy", made / "toy" / "actors.toml", annotated, workers=1)
    assert str(said.value) == DAMAGED.format(name)


INCOMPLETE = (
    "tables/ is not complete (3 parts are done): give the same annotate command again, it goes on where it "
    "stopped"
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda folder: (folder / "complete.json").unlink(),
            INCOMPLETE,
        ),
        (
            lambda folder: (folder / "complete.json").write_text("{"),
            INCOMPLETE,
        ),
        (
            lambda folder: (folder / "complete.json").write_text("{}"),
            INCOMPLETE,
        ),
        (
            lambda folder: part_file(folder, "articles", 2).unlink(),
            "tables/articles/ lacks part 2: delete complete.json and annotate again",
        ),
        (lambda folder: (folder / "actors.toml").unlink(), "tables/actors.toml"),
    ],
)
def test_a_folder_that_is_not_whole_is_refused(
    annotated: Path, change: Callable[[Path], object], said: str
) -> None:
    change(annotated)
    for load in (load_corpus, load_annotations):
        with pytest.raises(InputError) as error:
            load(annotated)
        assert str(error.value).startswith(said)
        assert str(annotated.parent) not in str(error.value)


@pytest.mark.parametrize("content", ["[]", "3", '{"n_parts": "three"}', '{"n_parts": null}'])
def test_a_complete_json_that_is_none_is_refused(annotated: Path, content: str) -> None:
    (annotated / "complete.json").write_text(content)
    with pytest.raises(InputError, match="is not complete"):
        load_corpus(annotated)


def test_a_run_json_of_something_else_makes_no_tables(toy_folder: Path) -> None:
    (toy_folder / "run.json").write_text(json.dumps({"mine": True}))
    assert len(load_corpus(toy_folder).articles) == 3


# ---- adding up ----------------------------------------------------------------------------------


@settings(derandomize=True, deadline=None, max_examples=50)
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.integers(0, 9)), max_size=6),
        min_size=1,
        max_size=8,
    ),
    st.integers(0, 12),
)
def test_parts_add_up_to_the_whole_however_many_are_held(
    tables: list[list[tuple[str, str, int]]], held: int
) -> None:
    parts = [pd.DataFrame(rows, columns=["word", "outlet", "n"]).astype({"n": "int64"}) for rows in tables]
    expected = pd.concat(parts).groupby(["word", "outlet"], as_index=False).sum()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stored_tables, "_HELD_ROWS", held)
        pd.testing.assert_frame_equal(
            sum_parts(iter(parts), ["word", "outlet"]), expected, check_dtype=bool(len(expected))
        )


def test_a_table_in_memory_is_one_part(stored: tuple[pd.DataFrame, StoredTable]) -> None:
    table, on_disk = stored
    assert [part is table for part in in_parts(table)] == [True]
    assert [len(part) for part in in_parts(on_disk)] == [5, 0, 19]

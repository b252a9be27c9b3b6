"""Articles without number: what lies on disk is what a corpus in memory gives, whatever stopped the run."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ACTORS, ARTICLES, A, B, C

from helpers import (
    Corpus,
    InputError,
    compare_words,
    count_cooccurrences,
    count_mentions,
    find_all_words,
    find_mentions,
    leave_out_nested,
    load_corpus,
    scale,
)
from helpers.article_parts import find_parts
from helpers.part_files import ACTORS as ACTORS_FILE
from helpers.part_files import TABLES, part_file
from helpers.scale import annotate
from helpers.stored_tables import StoredTable

STORY = "Anna Berg came to Szohod. Norway sent {} ships."
TOY = {"actors.toml": ACTORS, "articles.csv": ARTICLES, "a.txt": A, "b.txt": B, "c.txt": C}


def put(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def all_of(table: Any) -> pd.DataFrame:
    return pd.concat(list(table.parts()), ignore_index=True)


def reasons(folder: Path) -> list[tuple[str, str]]:
    found: pd.DataFrame = all_of(StoredTable(folder, "set_aside"))
    return list(found.itertuples(index=False, name=None))


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part an article, or a row."""
    monkeypatch.setattr(scale, "find_parts", partial(find_parts, size=1))


@pytest.fixture
def actors(tmp_path: Path) -> Path:
    """The toy gazetteer."""
    return put(tmp_path / "who", **{"actors.toml": ACTORS}) / "actors.toml"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Six articles of three outlets, and a row without text."""
    rows = [
        f'"{STORY.format(n)}",{outlet}' for n, outlet in enumerate(["Daily", "Post", "Daily", "", "", "Sun"])
    ]
    return put(tmp_path / "in", **{"news.csv": "\n".join(["text,outlet", *rows, ",Sun", ""])}) / "news.csv"


# ---- the same as in memory ----------------------------------------------------------------------


@pytest.fixture(scope="module", params=[1, 200, 10**6], ids="in parts of {}".format)
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Corpus, pd.DataFrame, Any, Any]:
    """The toy corpus and its mentions, in memory and on disk."""
    folder = put(tmp_path_factory.mktemp("both") / "toy", **TOY)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(scale, "find_parts", partial(find_parts, size=request.param))
        out = folder.parent / "tables"
        annotate(folder, folder / "actors.toml", out, workers=1)
    assert len(list((out / "articles").iterdir())) == {1: 3, 200: 2, 10**6: 1}[request.param]
    corpus, on_disk = load_corpus(folder), load_corpus(out)
    return corpus, find_mentions(corpus), on_disk, find_mentions(on_disk)


def test_the_tables_are_those_of_the_corpus(both: tuple[Corpus, pd.DataFrame, Any, Any]) -> None:
    corpus, mentions, on_disk, stored = both
    pd.testing.assert_frame_equal(all_of(stored), mentions)
    pd.testing.assert_frame_equal(all_of(on_disk.stored("sentences")), corpus.sentences)
    sizes = {f"n_{unit}s": corpus.n_units(unit).to_numpy() for unit in ("paragraph", "sentence")}
    pd.testing.assert_frame_equal(all_of(on_disk.stored("articles")), corpus.articles.assign(**sizes))
    assert all_of(on_disk.stored("set_aside")).empty


def test_the_words_on_disk_are_the_words_in_memory(both: tuple[Corpus, pd.DataFrame, Any, Any]) -> None:
    corpus, mentions, on_disk, stored = both
    words, counts = find_all_words(corpus, mentions), all_of(find_all_words(on_disk, stored))
    keys = ["outlet", "word", "is_function_word", "in_name", "in_quote"]
    by = words.groupby(keys)["article_id"]
    expected = by.size().to_frame("n").assign(n_articles=by.nunique()).reset_index()
    pd.testing.assert_frame_equal(counts.groupby(keys, as_index=False).sum(), expected)
    assert counts["n"].sum() == corpus.articles["n_words"].sum()


Count = Callable[[Any, Any], pd.DataFrame]
COUNTS: dict[str, Count] = {
    "mentions": count_mentions,
    "mentions by article": lambda c, m: count_mentions(c, m, by="article_id"),
    "mentions by kind": lambda c, m: count_mentions(c, m, by=["outlet", "kind"], use=None),
    "mentions of places": lambda c, m: count_mentions(c, m, use="place"),
    "mentions rolled up": lambda c, m: count_mentions(c, m[m["kind"] != "title"], rolled_up=True),
    "mentions in quotes": lambda c, m: count_mentions(c, m[m["in_quote"]], by="actor_id"),
    "mentions of none": lambda c, m: count_mentions(c, m[m["actor_id"] == "nobody"]),
    "pairs": count_cooccurrences,
    "pairs in paragraphs": lambda c, m: count_cooccurrences(c, m, "paragraph", rolled_up=True, use=None),
    "pairs in articles": lambda c, m: count_cooccurrences(
        c, m[m["kind"].isin(["named"]) & ~(m["use"] == "place")], "article"
    ),
    "pairs in runs": lambda c, m: count_cooccurrences(c, m, "2 sentences", by="outlet"),
    "pairs in longer runs": lambda c, m: count_cooccurrences(c, m, "5 sentences", by="article_id"),
    "pairs by outlet": lambda c, m: count_cooccurrences(c, m, "paragraph", by="outlet"),
    "pairs of none": lambda c, m: count_cooccurrences(c, m[m["actor_id"] == "nobody"], by="outlet"),
}


@pytest.mark.parametrize("count", COUNTS.values(), ids=COUNTS)
def test_counts_from_disk_are_those_from_memory(
    both: tuple[Corpus, pd.DataFrame, Any, Any], count: Count
) -> None:
    corpus, mentions, on_disk, stored = both
    expected, found = count(corpus, mentions), count(on_disk, stored)
    pd.testing.assert_frame_equal(found, expected)
    assert found.attrs == expected.attrs


def test_pairs_without_the_nested_ones(both: tuple[Corpus, pd.DataFrame, Any, Any]) -> None:
    corpus, mentions, on_disk, stored = both
    pd.testing.assert_frame_equal(
        count_cooccurrences(on_disk, stored.each(leave_out_nested)),
        count_cooccurrences(corpus, leave_out_nested(mentions)),
    )


def test_pairs_of_many_parts_are_added_up_between(
    both: tuple[Corpus, pd.DataFrame, Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, mentions, on_disk, stored = both
    monkeypatch.setattr("helpers.cooccurrence._HELD_PARTS", 1)
    pd.testing.assert_frame_equal(
        count_cooccurrences(on_disk, stored, by="outlet"), count_cooccurrences(corpus, mentions, by="outlet")
    )


# What every article's counts are needed for, tables of counts cannot say.
NOT_ON_DISK = ["articles", "loo_low", "loo_high", "boot_low", "boot_high", "p_value", "lowest_p", "q_value"]
one_kind = lambda w: w[~w["is_function_word"] & ~w["in_name"] & ~w["in_quote"]]  # noqa: E731
WORDS: dict[str, Count] = {
    "content words": lambda c, w: compare_words(c, one_kind(w)),
    "another variance": lambda c, w: compare_words(c, one_kind(w), variance="four-term"),
    "another prior": lambda c, w: compare_words(c, one_kind(w), alpha_total=20.0),
    "no words": lambda c, w: compare_words(c, w[w["word"] == "?"]),
    "all words": compare_words,
}


@pytest.mark.parametrize("compare", WORDS.values(), ids=WORDS)
def test_keyness_from_disk_is_that_from_memory(
    both: tuple[Corpus, pd.DataFrame, Any, Any], compare: Count
) -> None:
    corpus, mentions, on_disk, stored = both
    expected = compare(corpus, find_all_words(corpus, mentions))
    found = compare(on_disk, find_all_words(on_disk, stored))
    assert list(found.columns) == list(expected.columns)
    if compare is compare_words:  # of some words it is not known; see below
        assert found["n_articles"].isna().any()
        known = found["n_articles"].notna()
        found["n_articles"] = found["n_articles"].where(known, expected["n_articles"]).astype("int64")
    pd.testing.assert_frame_equal(
        found.drop(columns=NOT_ON_DISK), expected.drop(columns=NOT_ON_DISK), check_dtype=bool(len(expected))
    )
    assert (found["articles"] == "").all()
    assert found[NOT_ON_DISK[1:]].isna().all(axis=None)


def test_articles_are_not_counted_where_kinds_of_one_word_are_left_together(
    both: tuple[Corpus, pd.DataFrame, Any, Any],
) -> None:
    """A word in a name and out of one, or in quotation marks and out, may be twice in one article."""
    corpus, mentions, on_disk, stored = both
    words = find_all_words(corpus, mentions)
    found = compare_words(on_disk, find_all_words(on_disk, stored)).set_index(["group", "word"])["n_articles"]
    kinds = words.drop_duplicates(["article_id", "word", "in_name", "in_quote"])
    twice = kinds[kinds.duplicated(["article_id", "word"])]
    once = words.drop_duplicates(["outlet", "word", "in_name", "in_quote"])
    several = once[once.duplicated(["outlet", "word"])]
    pairs = [set(zip(t["outlet"], t["word"], strict=True)) for t in (twice, several)]
    unknown = set(found.index[found.isna()])
    # in one article of both kinds: never known; of one kind in an outlet: always
    assert ("Daily", "stone") in pairs[0]
    assert pairs[0] <= unknown <= pairs[1]
    one = words[~words["in_quote"] & ~words["in_name"]]
    stored_one = find_all_words(on_disk, stored)
    stored_one = stored_one[~stored_one["in_quote"] & ~stored_one["in_name"]]
    assert compare_words(on_disk, stored_one)["n_articles"].equals(compare_words(corpus, one)["n_articles"])


@pytest.mark.parametrize("size", [1, 10**6])
def test_outlets_that_are_not_known_stay_apart_in_any_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    folder = put(
        tmp_path / "toy", **{"actors.toml": ACTORS, "1_a.txt": A, "1_b.txt": B},
        **{"articles.csv": "file,outlet\n1_a.txt,\n1_b.txt,\n"},
    )  # fmt: skip
    monkeypatch.setattr(scale, "find_parts", partial(find_parts, size=size))
    annotate(folder, folder / "actors.toml", tmp_path / "out", workers=1)
    found = load_corpus(tmp_path / "out").articles["outlet"].tolist()
    assert found == load_corpus(folder).articles["outlet"].tolist()
    assert found == ["unknown outlet (1_a)", "unknown outlet (1_b)"]


@pytest.mark.parametrize("size", [1, 10**6])
def test_outlets_of_a_table_that_are_not_known_are_called_by_its_rows(
    table: Path, actors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(scale, "find_parts", partial(find_parts, size=size))
    annotate(table, actors, tmp_path / "out", workers=1)
    articles = load_corpus(tmp_path / "out").articles
    assert articles["article_id"].tolist() == [f"news:{row}" for row in range(2, 8)]
    assert articles["outlet"].tolist() == [
        "Daily", "Post", "Daily", "unknown outlet (news:5)", "unknown outlet (news:6)", "Sun",
    ]  # fmt: skip
    mentions = all_of(StoredTable(tmp_path / "out", "mentions"))
    assert (
        mentions["outlet"].tolist()
        == mentions["article_id"].map(articles.set_index("article_id")["outlet"]).tolist()
    )


def test_the_size_of_parts_changes_no_row(
    table: Path, actors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for size in (1, 120, 10**6):
        monkeypatch.setattr(scale, "find_parts", partial(find_parts, size=size))
        result = annotate(table, actors, tmp_path / f"out{size}", workers=1)
        found.append(
            {n: all_of(StoredTable(tmp_path / f"out{size}", n)) for n in TABLES if n != "word_counts"}
        )
        assert (result["n_articles"], result["n_set_aside"]) == (6, 1)
    for others in found[1:]:
        for name, one in found[0].items():
            pd.testing.assert_frame_equal(others[name], one)


# ---- what is read and written -------------------------------------------------------------------


def write_forms(folder: Path) -> list[Path]:
    """The same articles as CSV, JSON Lines, Parquet and a folder of text files."""
    texts = [STORY.format(n) for n in range(3)]
    put(folder, **{"t.csv": "text\n" + "".join(f"{text}\n" for text in texts)})
    put(folder, **{"t.jsonl": "".join(json.dumps({"text": text}) + "\n" for text in texts)})
    pq.write_table(pa.table({"text": texts}), folder / "t.parquet")
    put(folder / "t", **{f"{n}.txt": text for n, text in enumerate(texts)})
    return [folder / name for name in ("t.csv", "t.jsonl", "t.parquet", "t")]


def test_every_form_of_the_same_articles_has_the_same_mentions(tmp_path: Path, actors: Path) -> None:
    places = write_forms(tmp_path / "in")
    mentions = []
    for number, place in enumerate(places):
        result = annotate(str(place), str(actors), str(tmp_path / f"out{number}"), workers=1)
        known = {"n_parts": 1, "n_articles": 3, "n_words": 27, "n_mentions": 9, "n_set_aside": 0}
        assert result == {**known, "n_without_outlet": 3, "n_without_date": 3}
        mentions.append(all_of(StoredTable(tmp_path / f"out{number}", "mentions")))
    for table in mentions[1:]:
        kept = ["start", "end", "text", "actor_id", "kind", "use", "in_quote", "sentence_id"]
        pd.testing.assert_frame_equal(table[kept], mentions[0][kept])
    both = annotate(places, actors, tmp_path / "both", workers=1)
    assert (both["n_articles"], both["n_mentions"]) == (12, 36)
    assert load_corpus(tmp_path / "both").articles["article_id"].is_unique


def test_the_result_says_what_lies_in_the_folder(
    table: Path, actors: Path, tmp_path: Path, small_parts: None
) -> None:
    before = files_of(table.parent)
    result = annotate(table, actors, tmp_path / "out", workers=1)
    tables = {name: all_of(StoredTable(tmp_path / "out", name)) for name in TABLES}
    assert result == {
        "n_parts": len(list((tmp_path / "out" / "articles").iterdir())),
        "n_articles": len(tables["articles"]),
        "n_words": tables["articles"]["n_words"].sum(),
        "n_mentions": len(tables["mentions"]),
        "n_set_aside": 1,
        "n_without_outlet": sum(o.startswith("unknown outlet (") for o in tables["articles"]["outlet"]),
        "n_without_date": sum(day == "" for day in tables["articles"]["published_from"]),
    }
    assert json.loads((tmp_path / "out" / "complete.json").read_text()) == result
    assert reasons(tmp_path / "out") == [("news.csv row 8", "The row has no text.")]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(
        [*TABLES, "run.json", "complete.json", "actors.toml"]
    )
    assert (tmp_path / "out" / ACTORS_FILE).read_bytes() == actors.read_bytes()
    assert files_of(table.parent) == before


def test_nothing_written_knows_the_machine(table: Path, actors: Path, tmp_path: Path) -> None:
    annotate(table, actors, tmp_path / "out", workers=1)
    written = files_of(tmp_path / "out")
    assert not [name for name, content in written.items() if str(tmp_path).encode() in content]


def test_a_second_call_does_nothing_again(
    table: Path, actors: Path, tmp_path: Path, small_parts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = annotate(table, actors, tmp_path / "out", workers=1)
    before = files_of(tmp_path / "out")
    monkeypatch.setattr(scale, "write_part", lambda *_: pytest.fail("a part that is done was done again"))
    assert annotate(table, actors, tmp_path / "out", workers=1) == first
    assert files_of(tmp_path / "out") == before


def test_progress_is_shown_where_it_is_asked_for(
    table: Path, actors: Path, tmp_path: Path, small_parts: None, capsys: pytest.CaptureFixture[str]
) -> None:
    annotate(table, actors, tmp_path / "out", workers=1)
    assert capsys.readouterr() == ("", "")
    for out in ("out", "other"):  # all of it from before, and none
        annotate(table, actors, tmp_path / out, workers=1, progress=True)
        said = capsys.readouterr()
        assert said.out == ""
        assert "100 % |" in said.err
        assert "6 articles" in said.err


def test_progress_needs_no_fast_clock(
    table: Path, actors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scale, "monotonic", lambda: 5.0)
    annotate(table, actors, tmp_path / "out", workers=1)


# ---- what is bad is set aside -------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 10**6])
def test_an_article_on_which_a_rule_fails_is_set_aside(
    table: Path, actors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    as_before = scale.find_mentions

    def fail(corpus: Corpus) -> pd.DataFrame:
        if any("sent 2 ships" in corpus.raw(a) for a in corpus.articles["article_id"]):
            raise ZeroDivisionError("by nothing")
        return as_before(corpus)

    whole = annotate(table, actors, tmp_path / "whole", workers=1)
    monkeypatch.setattr(scale, "find_parts", partial(find_parts, size=size))
    monkeypatch.setattr(scale, "find_mentions", fail)
    result = annotate(table, actors, tmp_path / "out", workers=1)
    assert (result["n_articles"], result["n_set_aside"]) == (5, 2)
    assert sorted(reasons(tmp_path / "out")) == [
        ("news.csv row 8", "The row has no text."),
        ("news:4", "A rule failed on this article (ZeroDivisionError: by nothing)."),
    ]
    kept = all_of(StoredTable(tmp_path / "whole", "mentions"))
    kept = kept[kept["article_id"] != "news:4"].reset_index(drop=True)
    pd.testing.assert_frame_equal(all_of(StoredTable(tmp_path / "out", "mentions")), kept)
    assert whole["n_mentions"] == result["n_mentions"] + 3


def test_the_words_of_a_batch_that_failed_add_up(
    table: Path, actors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One by one or together, the counts of a part have a row a word."""
    as_before = scale._find_tables
    annotate(table, actors, tmp_path / "whole", workers=1)

    def fail(articles: list[dict[str, str]], who: Any) -> Any:
        if len(articles) > 1:
            raise RecursionError
        return as_before(articles, who)

    monkeypatch.setattr(scale, "_find_tables", fail)
    annotate(table, actors, tmp_path / "out", workers=1)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


@pytest.mark.parametrize("sizes", [(1, 10**6), (2, 10**6), (256, 60)])
def test_the_size_of_batches_changes_nothing(
    table: Path, actors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sizes: tuple[int, int]
) -> None:
    annotate(table, actors, tmp_path / "whole", workers=1)
    monkeypatch.setattr(scale, "_BATCH", sizes[0])
    monkeypatch.setattr(scale, "_BATCH_CHARACTERS", sizes[1])
    annotate(table, actors, tmp_path / "out", workers=1)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


@pytest.mark.parametrize(
    "error", [MemoryError(), OSError(errno.EIO, "Input/output error"), KeyboardInterrupt()]
)
def test_what_is_no_articles_fault_stops_the_run(
    table: Path, actors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(corpus: Corpus) -> pd.DataFrame:
        raise error

    monkeypatch.setattr(scale, "find_mentions", fail)
    with pytest.raises(type(error)):
        annotate(table, actors, tmp_path / "out", workers=1)
    monkeypatch.undo()
    assert annotate(table, actors, tmp_path / "out", workers=1)["n_articles"] == 6


def test_where_nothing_can_be_read_the_reasons_are_said(actors: Path, tmp_path: Path) -> None:
    put(tmp_path / "in", **{"a.pdf": "%PDF", "b.txt": " ", "c.csv": "words\nOne.\n"})
    with pytest.raises(InputError) as said:
        annotate(tmp_path / "in", actors, tmp_path / "out", workers=1)
    assert str(said.value) == (
        "no article was found (a.pdf: Files ending in .pdf are not read: save the article as text (.txt) or "
        "HTML; c.csv: c.csv has no column 'text': it has 'words'; call the column that holds the articles "
        "'text'; b.txt: The file has no text)"
    )
    with pytest.raises(InputError, match=r"^out/ is not complete"):
        load_corpus(tmp_path / "out")


def test_a_table_without_rows_is_said(actors: Path, tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "t.parquet")
    with pytest.raises(InputError, match=r"^no article was found \(the files hold no rows\)$"):
        annotate(tmp_path / "t.parquet", actors, tmp_path / "out", workers=1)


def test_two_calls_at_once_are_refused(table: Path, actors: Path, tmp_path: Path) -> None:
    pytest.importorskip("fcntl", reason="this system knows no locks")
    annotate(table, actors, tmp_path / "out", workers=1)
    with scale._alone_in(tmp_path / "out"), pytest.raises(InputError) as said:
        annotate(table, actors, tmp_path / "out", workers=1)
    assert str(said.value) == "another annotate is at work in out/: wait for it"
    annotate(table, actors, tmp_path / "out", workers=1)


def test_a_worker_of_another_version_is_refused(
    table: Path, actors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_before = scale._work_through

    def elsewhere(*given: Any, **named: Any) -> Any:
        monkeypatch.setattr(scale, "version", lambda _: "0.0.1")
        return as_before(*given, **named)

    monkeypatch.setattr(scale, "_work_through", elsewhere)
    with pytest.raises(InputError, match=r"^a worker has version 0\.0\.1 of this suite, the run has "):
        annotate(table, actors, tmp_path / "out", workers=1)


@pytest.mark.parametrize("article", ["t.parquet", "in"])
def test_a_value_that_cannot_be_read_is_set_aside(actors: Path, tmp_path: Path, article: str) -> None:
    texts = pa.array([b"\xff\xfe", STORY.encode()], pa.binary()).view(pa.string())
    put(tmp_path / "in", **{"a.txt": STORY})
    for folder in (tmp_path, tmp_path / "in"):
        pq.write_table(pa.table({"text": texts}), folder / "t.parquet")
    result = annotate(tmp_path / article, actors, tmp_path / "out", workers=1)
    assert result["n_set_aside"] >= 1
    assert result["n_articles"] >= int(article == "in")


# ---- what is refused ----------------------------------------------------------------------------


def annotated(table: Path, actors: Path, out: Path) -> None:
    annotate(table, actors, out, workers=1)


OTHER = "out/ holds tables made with {}: choose another folder, or take this one away to begin anew"
REFUSED: list[tuple[str, Callable[[Path, Path, Path], Any], str]] = [
    (
        "other actors",
        lambda t, a, o: (annotated(t, a, o), a.write_text(ACTORS + "\n"), annotated(t, a, o)),
        OTHER.format("another actors.toml"),
    ),
    (
        "other articles",
        lambda t, a, o: (annotated(t, a, o), t.write_text("text\nOne.\n"), annotated(t, a, o)),
        OTHER.format("other articles"),
    ),
    (
        "another version",
        lambda t, a, o: (annotated(t, a, o), another(o, helpers="0.0"), annotated(t, a, o)),
        OTHER.format("another version of this suite"),
    ),
    (
        "another size of parts",
        lambda t, a, o: (annotated(t, a, o), another(o, part_size=5), annotated(t, a, o)),
        OTHER.format("parts of another size"),
    ),
    (
        "a folder with something in it",
        lambda t, a, o: (put(o, **{"mine.txt": "x"}), annotated(t, a, o)),
        "out has something in it already: choose a new folder",
    ),
    (
        "a file",
        lambda t, a, o: (o.write_text("x"), annotated(t, a, o)),
        "out has something in it already: choose a new folder",
    ),
    (
        "among the articles",
        lambda t, a, o: annotated(t.parent, a, t.parent / "out"),
        "out/ lies in in, where the articles are: choose another place",
    ),
    (
        "deep among the articles",
        lambda t, a, o: annotated(t.parent, a, t.parent / "x" / ".." / "y" / "out"),
        "out/ lies in in, where the articles are: choose another place",
    ),
    (
        "the articles themselves",
        lambda t, a, o: annotated(t, a, t),
        "news.csv/ lies in news.csv, where the articles are: choose another place",
    ),
    (
        "no articles",
        lambda t, a, o: annotated(t.parent / "nowhere", a, o),
        "there is no folder or file 'nowhere': expected text files, saved web pages or tables of articles",
    ),
    ("no actors", lambda t, a, o: annotated(t, a.parent / "b.toml", o), "who/b.toml"),
    (
        "wrong actors",
        lambda t, a, o: (a.write_text('[[actor]]\nname = "A"\n'), annotated(t, a, o)),
        "who/actors.toml",
    ),
    (
        "no place",
        lambda t, a, o: annotate([], a, o, workers=1),
        "there is nothing to read: name a file or a folder of articles",
    ),
    *(
        (
            f"{n} workers",
            lambda t, a, o, n=n: annotate(t, a, o, workers=n),  # type: ignore[misc]
            f"{n} is no number of processes: expected 1 or more",
        )
        for n in (0, -1)
    ),
    (
        "a run.json that was cut",
        lambda t, a, o: (put(o, **{"run.json": "{"}), annotated(t, a, o)),
        "out has something in it already: choose a new folder",
    ),
    (
        "a run.json of something else",
        lambda t, a, o: (put(o, **{"run.json": '{"articles": 3}'}), annotated(t, a, o)),
        "out has something in it already: choose a new folder",
    ),
    (
        "tables for articles",
        lambda t, a, o: (annotated(t, a, o), annotated(o, a, o.parent / "again")),
        "out/ holds tables, not articles: name what they were made from",
    ),
    (
        "tables beside articles",
        lambda t, a, o: (annotated(t, a, o), annotate([t, o], a, o.parent / "again", workers=1)),
        "out/ holds tables, not articles: name what they were made from",
    ),
]


def another(out: Path, **changed: Any) -> None:
    run = json.loads((out / "run.json").read_text())
    (out / "run.json").write_text(json.dumps(run | changed))


@pytest.mark.parametrize(("use", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_is_refused_in_a_sentence(
    table: Path, actors: Path, tmp_path: Path, use: Callable[[Path, Path, Path], Any], said: str
) -> None:
    out = tmp_path / "out"
    with pytest.raises(InputError) as error:
        use(table, actors, out)
    message = str(error.value)
    assert message.startswith(said)
    assert "\n" not in message
    assert str(tmp_path) not in message
    # what was refused was not begun
    begun = (out / "run.json").exists() and not (out / "complete.json").exists()
    assert not begun or {path.name for path in out.iterdir()} == {"run.json"}
    assert not (tmp_path / "again").exists()


def test_an_empty_folder_and_one_that_was_hardly_begun_are_taken(
    table: Path, actors: Path, tmp_path: Path
) -> None:
    annotate(table, actors, tmp_path / "whole", workers=1)
    (tmp_path / "empty").mkdir()
    put(tmp_path / "begun", **{"run.part": "{"})
    for name in ("empty", "begun", "deep/er"):
        annotate(table, actors, tmp_path / name, workers=1)
        assert files_of(tmp_path / name) == files_of(tmp_path / "whole")


# ---- what stops a run ---------------------------------------------------------------------------


def fill_disk(monkeypatch: pytest.MonkeyPatch, at: int, number: int = errno.ENOSPC) -> None:
    """Let the n-th file that is written, and those after it, find the disk full."""
    seen = iter(range(1000))

    def full(_: int) -> None:
        if next(seen) >= at:
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr("helpers.part_files.os.fsync", full)


@pytest.mark.parametrize(("at", "number"), [(0, errno.ENOSPC), (7, errno.ENOSPC), (14, errno.EDQUOT)])
def test_a_full_disk_is_said_and_gone_on_from(
    table: Path,
    actors: Path,
    tmp_path: Path,
    small_parts: None,
    monkeypatch: pytest.MonkeyPatch,
    at: int,
    number: int,
) -> None:
    annotate(table, actors, tmp_path / "whole", workers=1)
    with monkeypatch.context() as patched:
        fill_disk(patched, at, number)
        with pytest.raises(InputError) as said:
            annotate(table, actors, tmp_path / "out", workers=1)
    assert str(said.value) == (
        f"the disk is full; {at // 5} parts of out/ are done: make room, then give the same command again"
    )
    with pytest.raises(
        InputError, match=rf"^out/ is not complete \({at // 5} parts are done\): give the same"
    ):
        load_corpus(tmp_path / "out")
    annotate(table, actors, tmp_path / "out", workers=1)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


@pytest.mark.parametrize("name", ["run.part", "complete.part"])
def test_a_disk_that_is_full_for_small_files_is_said_too(
    table: Path, actors: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    as_before = Path.write_text

    def full(path: Path, *rest: Any, **named: Any) -> int:
        if path.name == name:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return as_before(path, *rest, **named)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        with pytest.raises(InputError) as said:
            annotate(table, actors, tmp_path / "out", workers=1)
    assert str(said.value) == (
        f"the disk is full; {int(name == 'complete.part')} parts of out/ are done: make room, then give the "
        "same command again"
    )
    annotate(table, actors, tmp_path / "out", workers=1)
    annotate(table, actors, tmp_path / "whole", workers=1)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


# A process that is killed at the n-th thing it does to the folder: opening a file, moving or removing one,
# and in the middle of what it writes. Each time another process looks at what is there and goes on.
KILLED = """
import io, json, os, signal, sys
from functools import partial
from pathlib import Path
import pyarrow.parquet as pq
from helpers import scale
from helpers.article_parts import find_parts

table, actors, folder, step = sys.argv[1:]
folder, step = Path(folder), int(step)
scale.find_parts = partial(find_parts, size=200)
files_of = lambda f: {p.relative_to(f).as_posix(): p.read_bytes() for p in f.rglob("*") if p.is_file()}
run = lambda out: scale.annotate(table, actors, out, workers=1)
result = run(folder / "whole")
whole = files_of(folder / "whole")

def kill_at(number, out):
    left = [number]
    def happened(event, arguments):
        if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "half"):
            if event == "half" or str(out) in str(arguments[0]):
                if event == "open" and "w" in (arguments[1] or ""):
                    place = Path(str(arguments[0]))
                    if place.parent.name != "unfinished" and place.suffix != ".part":
                        os._exit(7)  # a file is only ever moved to its place
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)
                left[0] -= 1
    as_before = pq.write_table
    def write_table(table, file, **named):
        whole = io.BytesIO()
        as_before(table, whole, **named)
        file.write(whole.getvalue()[: whole.tell() // 2])
        file.flush()
        sys.audit("half")
        file.write(whole.getvalue()[whole.tell() // 2 :])
    pq.write_table = write_table
    sys.addaudithook(happened)
    run(out)

number, wrong, n_killed = 0, [], 0
while True:
    out = folder / f"out{number}"
    child = os.fork()
    if not child:
        signal.alarm(30)
        kill_at(number, out)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        break
    n_killed += os.WTERMSIG(status) == signal.SIGKILL
    now = files_of(out) if out.exists() else {}
    half = [n for n in now if n in whole and now[n] != whole[n]]
    half += [n for n in now if n not in whole and not n.startswith("unfinished/") and not n.endswith(".part")]
    done = run(out)
    if half or done != result or files_of(out) != whole:
        wrong.append([number, half])
    number += step
print(json.dumps({"n_killed": n_killed, "number": number, "status": status, "wrong": wrong}))
"""


def test_a_file_named_twice_is_read_once(table: Path, actors: Path, tmp_path: Path) -> None:
    annotate(table, actors, tmp_path / "once", workers=1)
    other = tmp_path / "in" / ".." / "in" / "news.csv"
    annotate([table, table.parent, other], actors, tmp_path / "out", workers=1)
    once, out = files_of(tmp_path / "once"), files_of(tmp_path / "out")
    assert out == once


@pytest.mark.parametrize("n_done", [0, 1, 5])
def test_a_run_that_ends_before_its_parts_do_is_not_complete(
    table: Path,
    actors: Path,
    tmp_path: Path,
    small_parts: None,
    monkeypatch: pytest.MonkeyPatch,
    n_done: int,
) -> None:
    """Whatever gives parts out and loses some: the folder is not taken for whole."""
    annotate(table, actors, tmp_path / "whole", workers=1)

    def lose(function: Any, parts: Iterator[Any], out: Path, workers: int) -> Iterator[Any]:
        for part, _ in zip(parts, range(n_done), strict=False):
            yield part, function(part, out)

    with monkeypatch.context() as patched:
        patched.setattr(scale, "work_on_processes", lose)
        with pytest.raises(InputError) as said:
            annotate(table, actors, tmp_path / "out", workers=1)
    assert str(said.value) == "parts of out/ are missing: give the same command again"
    with pytest.raises(
        InputError, match=rf"^out/ is not complete \({n_done} parts are done\): give the same"
    ):
        load_corpus(tmp_path / "out")
    annotate(table, actors, tmp_path / "out", workers=1)
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


def test_a_part_that_was_said_to_be_done_and_is_not_there_is_missed(
    table: Path, actors: Path, tmp_path: Path, small_parts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(scale, "annotate_part", lambda part, out: (scale.Counts(1, 1, 1, 0, 0, 0), True))
        with pytest.raises(InputError, match=r"^parts of out/ are missing: give the same command again$"):
            annotate(table, actors, tmp_path / "out", workers=1)
    assert not (tmp_path / "out" / "complete.json").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not begun by fork here")
def test_a_run_killed_at_any_moment_is_gone_on_with_byte_for_byte(
    table: Path, actors: Path, tmp_path: Path
) -> None:
    (tmp_path / "runs").mkdir()
    code = [sys.executable, "-c", KILLED, str(table), str(actors), str(tmp_path / "runs"), "5"]
    done = subprocess.run(code, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["status"] == 0
    assert found["wrong"] == []
    assert found["n_killed"] == found["number"] / 5 > 9


def test_remains_of_another_process_are_no_part(table: Path, actors: Path, tmp_path: Path) -> None:
    annotate(table, actors, tmp_path / "out", workers=1)
    whole = files_of(tmp_path / "out")
    part_file(tmp_path / "out", "articles", 0).unlink()
    (tmp_path / "out" / "complete.json").unlink()
    (tmp_path / "out" / "unfinished").mkdir()
    put(tmp_path / "out" / "unfinished", **{"articles-000000-1.parquet": "PAR1"})
    put(tmp_path / "out", **{"complete.part": "{"})
    annotate(table, actors, tmp_path / "out", workers=1)
    assert files_of(tmp_path / "out") == whole


def test_the_parts_are_looked_for_one_by_one(
    table: Path, actors: Path, tmp_path: Path, small_parts: None
) -> None:
    """Parts are cut as they are needed, so that the first is under way before the last is known."""
    taken: list[int] = []

    def watch(sources: Any, size: int = 1) -> Iterator[Any]:
        for part in find_parts(sources, size):
            taken.append(part.number)
            yield part

    def work(part: Any, out: Path) -> Any:
        assert taken == list(range(part.number + 1))
        part_file(out, "articles", part.number).touch()
        return scale.Counts(1, 0, 0, 0, 0, 0), True

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(scale, "find_parts", watch)
        patched.setattr(scale, "annotate_part", work)
        assert annotate(table, actors, tmp_path / "out", workers=1)["n_parts"] == len(taken) > 5

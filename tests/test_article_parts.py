"""Articles in parts: whatever a file is cut into, what is read is what a reading as a whole gives."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import InputError, article_tables, read_articles
from helpers.article_parquet import find_parquet_ranges, parquet_size, read_parquet
from helpers.article_parts import Part, Sources, find_parts, find_sources, read_part
from helpers.article_tables import ALL_ROWS, RowRange, find_row_ranges, read_delimited, read_json_lines
from helpers.raw_articles import RawArticle, SetAside
from helpers.reading import READERS

Read = list[RawArticle | SetAside]
given_often = partial(settings, derandomize=True, deadline=None)

STORY = "Anna Berg came to Szohod."


def ranges_of(path: Path, size: int) -> list[RowRange]:
    find = find_parquet_ranges if path.suffix == ".parquet" else find_row_ranges
    found = list(find(path, size))
    # what a progress bar adds up
    assert all(0 <= n <= path.stat().st_size for _, n in found) or path.suffix == ".parquet"
    assert sum(n for _, n in found) == path.stat().st_size or path.suffix == ".parquet"
    return [rows for rows, _ in found]


def read_whole(path: Path) -> Read:
    return list(READERS[path.suffix](path, path.name))


def read_ranges(path: Path, size: int) -> Read:
    reader = READERS[path.suffix]
    return [one for rows in ranges_of(path, size) for one in reader(path, path.name, rows)]


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# ---- rows of delimited text ---------------------------------------------------------------------

ROWS = [
    ("plain", "text,outlet\nOne.,A\nTwo.,B\nThree.,C\n"),
    ("no last line end", "text,outlet\nOne.,A\nTwo.,B"),
    ("quoted line ends", 'text,outlet\n"One\nand, on",A\n"Two\r\nand\ron",B\n"T""hree",C\n'),
    ("blank lines", "\n\ntext,outlet\n\nOne.,A\n\n\nTwo.,B\n\n"),
    ("blank cells", "text,outlet\n,\nOne.,A\n,\n,B\n"),
    ("unpaired quotes", 'text,outlet\n"One" more,A\nTwo.,B\n"Three"",C\nFour.,D\n'),
    ("never closed", 'text,outlet\nOne.,A\n"Two.,B\nThree.,C\n'),
    ("CRLF", "text,outlet\r\nOne.,A\r\nTwo.,B\r\n\r\nThree.,C\r\n"),
    ("lone CR", 'text,outlet\rOne.,A\rTwo.,B\r"Th\ree",C\r'),
    ("mixed line ends", "text,outlet\r\nOne.,A\rTwo.,B\nThree.,C\r\n\rFour.,D"),
    ("too many cells", "text,outlet\nOne.,A,B\nTwo.,B\nThree.\n"),
    ("semicolons", "text;outlet\nOne, two.;A\nTwo.;B\n"),
    ("tabs", "outlet\ttext\nA\tOne, two.\nB\tTwo.\n"),
    ("letters", "text,outlet\nDéjà vu “here”.,É\nTwo – €.,Ñ\nNaïve.,Ç\n"),
    ("header only", "text,outlet\n"),
    ("header without line end", "text"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("content", [c for _, c in ROWS], ids=[name for name, _ in ROWS])
def test_rows_in_ranges_are_the_rows_of_the_whole(tmp_path: Path, content: str, encoding: str) -> None:
    path = put(tmp_path, "t.csv", content.encode(encoding))
    whole = read_whole(path)
    for size in (1, 7, 20, 10**6):
        assert read_ranges(path, size) == whole
    assert len(ranges_of(path, 10**6)) == 1


def test_ranges_end_where_rows_do_and_count_them(tmp_path: Path) -> None:
    path = put(tmp_path, "t.csv", 'text\n"a\nb"\n\n"c\nd"\ne\n')
    assert ranges_of(path, 1) == [
        RowRange(5, 2, 1, "utf-8"),
        RowRange(11, 3, 1, "utf-8"),
        RowRange(12, 4, 1, "utf-8"),
        RowRange(18, 5, 1, "utf-8"),
        RowRange(20, 6, -1, "utf-8"),
    ]
    assert [(a.source, a.text) for a in read_ranges(path, 1) if isinstance(a, RawArticle)] == [
        ("t.csv row 2", "a\nb"),
        ("t.csv row 4", "c\nd"),
        ("t.csv row 5", "e"),
    ]


_SOUP = st.lists(
    st.sampled_from(
        ["a", "b c", ",", ";", '"', '""', "\n", "\r\n", "\r", "\n\n", "é", "“", " ", "x,y\n", "😀"]
    ),
    max_size=60,
).map("".join)


@given_often(max_examples=150)
@given(_SOUP, st.integers(1, 40), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32-be"]))
def test_any_rows_in_ranges_are_the_rows_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, soup: str, size: int, encoding: str
) -> None:
    mark = "\ufeff" if encoding == "utf-32-be" else ""
    path = put(tmp_path_factory.getbasetemp(), "any.csv", f"{mark}text,outlet\n{soup}".encode(encoding))
    assert read_ranges(path, size) == read_whole(path)


@pytest.mark.parametrize(
    "encoding", ["cp1252", "cp1251", "koi8_r", "euc_jp", "cp932", "gb18030", "big5", "cp949"]
)
def test_rows_in_every_encoding_that_is_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    letters = {"cp1252": "Ärger", "cp1251": "Слово", "koi8_r": "Слово"}.get(encoding, "中文字")
    content = "text,outlet\n" + "".join(f'"{letters * n}\nand {n}",{letters}\n' for n in range(1, 40))
    path = put(tmp_path, "t.csv", content.encode(encoding, "replace"))
    monkeypatch.setattr(article_tables, "_find_encoding", lambda _: (encoding, True))
    whole = read_whole(path)
    assert len(whole) == 39
    assert all(isinstance(one, RawArticle) and letters[:1] in one.text for one in whole)
    for size in (1, 100):
        assert read_ranges(path, size) == whole


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_that_end_where_a_read_ahead_does(tmp_path: Path, encoding: str, end: str) -> None:
    """Files are read 8,192 bytes at a time; a line end may be cut in two there, or a letter."""
    for shift in range(8):
        row = f'"{"é" * (1_000 + shift)}{end}x",A{end}'
        path = put(tmp_path, "t.csv", f"text,outlet{end}{row * 40}".encode(encoding))
        assert read_ranges(path, 1_500) == read_whole(path)


def test_a_row_that_is_too_long_ends_both_readings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_tables, "MAX_ROW", 200)
    for content in (
        f"text\none\ntwo\n{'x' * 300}\nthree\nfour\n",
        'text\none\ntwo\n"' + "x\n" * 300 + "\nthree\nfour\n",
        f"text\none\ntwo\n{'x' * 300}",
    ):
        path = put(tmp_path, "t.csv", content)
        whole = read_whole(path)
        assert [type(one) for one in whole] == [RawArticle, RawArticle, SetAside]
        assert "neither it nor what follows is read" in whole[-1].reason
        for size in (1, 5, 100, 250):
            assert read_ranges(path, size) == whole


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("outlet,body text\nA,One.\nB,Two.\nC,Three.\n", id="no text"),
        pytest.param("text" + "x" * 100_001 + "\nOne.\nTwo.\nThree.\n", id="long header"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_once(tmp_path: Path, content: str) -> None:
    put(tmp_path, "t.csv", content)
    parts = list(find_parts(find_sources([tmp_path]), size=1))
    assert len([one for part in parts for one in read_part(part)]) == 1


def test_bytes_that_are_no_text_are_one_range(tmp_path: Path) -> None:
    path = put(tmp_path, "t.csv", b"text\0\n\0\n\0\n")
    assert ranges_of(path, 1) == [ALL_ROWS]
    assert read_ranges(path, 1) == read_whole(path)


# ---- lines of JSON ------------------------------------------------------------------------------

LINES = [
    ("plain", '{"text": "One."}\n{"text": "Two.", "outlet": "A"}\n'),
    ("no last line end", '{"text": "One."}\n{"text": "Two."}'),
    ("blank and broken", '\n{"text": "One."}\n\n{"text": \n{"text": "Two."}\n[1]\n  \n"x"\n\n'),
    ("CRLF", '{"text": "One."}\r\n\r\n{"text": "Two."}\r\n'),
    ("other line ends inside", '{"text": "One\u2028two\x85"}\n{"text": "Two\\r."}\r{"text": "x"}\n'),
    ("accents", '{"text": "Déjà vu."}\n{"text": "D\\u00e9j\\u00e0 \\ud800."}\n'),
    ("no text in some", '{"text": "One.", "outlet": "A"}\n{"text": ""}\n{"text": null}\n{"text": 5}\n'),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("content", [c for _, c in LINES], ids=[name for name, _ in LINES])
def test_lines_in_ranges_are_the_lines_of_the_whole(tmp_path: Path, content: str, encoding: str) -> None:
    path = put(tmp_path, "t.jsonl", content.encode(encoding, "replace"))
    whole = read_whole(path)
    for size in (1, 10, 40, 10**6):
        assert read_ranges(path, size) == whole


@given_often(max_examples=100)
@given(
    st.lists(
        st.sampled_from(
            ['{"text": "Déjà"}', '{"text": "a", "outlet": "“B”"}', "", "{", "  ", '{"text": ""}', "\r"]
        ),
        max_size=20,
    ),
    st.integers(1, 60),
    st.booleans(),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_lines_in_ranges_are_the_lines_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], size: int, ended: bool, encoding: str
) -> None:
    content = "\n".join(lines) + "\n" * ended
    path = put(tmp_path_factory.getbasetemp(), "any.jsonl", content.encode(encoding))
    assert read_ranges(path, size) == read_whole(path)


def test_a_line_that_is_too_long_is_one_of_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_tables, "MAX_ROW", 100)
    line = '{"text": "One."}\n'
    path = put(tmp_path, "t.jsonl", line + "x" * 150 + "\n" + line + "y" * 101 + "\n" + line * 2)
    whole = read_whole(path)
    assert [isinstance(one, RawArticle) for one in whole] == [True, False, True, False, True, True]
    for size in (1, 20, 40, 1000):
        assert read_ranges(path, size) == whole


def test_a_range_of_objects_without_text_is_no_file_without_text(tmp_path: Path) -> None:
    path = put(tmp_path, "t.jsonl", '{"text": "One."}\n{"outlet": "A"}\n{"text": "Two."}\n')
    whole = read_whole(path)
    assert [type(one) for one in whole] == [RawArticle, SetAside, RawArticle]
    parts = list(find_parts(find_sources([path]), size=1))
    aside = [one for part in parts for one in read_part(part) if isinstance(one, SetAside)]
    assert aside == [whole[1]]


# ---- Parquet ------------------------------------------------------------------------------------


def write_table(path: Path, columns: dict[str, Any], row_group_size: int = 3) -> Path:
    pq.write_table(pa.table(columns), path, row_group_size=row_group_size)
    return path


@given_often(max_examples=60)
@given(st.integers(0, 30), st.integers(1, 12), st.integers(1, 600), st.integers(1, 10))
def test_rows_of_parquet_in_ranges_are_the_rows_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, n_rows: int, group: int, size: int, batch: int
) -> None:
    days = [date(2024, 3, 1 + n % 28) if n % 4 else None for n in range(n_rows)]
    columns = {
        "text": pa.array([f"{STORY} {n}" if n % 5 else None for n in range(n_rows)], pa.string()),
        "outlet": pa.array(
            ["Daily" if n % 3 else "" for n in range(n_rows)], pa.string()
        ).dictionary_encode(),
        "date": pa.array(days, pa.date32()),
    }
    path = write_table(tmp_path_factory.getbasetemp() / "any.parquet", columns, group)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("helpers.article_parquet._BATCH", batch)
        whole = read_whole(path)
        assert [one.source for one in whole] == [f"any.parquet row {n + 1}" for n in range(n_rows)]
        assert read_ranges(path, size) == whole
    ranges = ranges_of(path, size)
    if n_rows:
        assert sum(rows.n_rows for rows in ranges) == n_rows
        assert all(0 < rows.n_rows <= group for rows in ranges)
    else:  # what is wrong with its columns is to be said, too
        assert ranges == [ALL_ROWS]


def test_a_large_row_group_is_cut_by_its_size(tmp_path: Path) -> None:
    path = write_table(tmp_path / "t.parquet", {"text": [f"{n:099}" for n in range(1000)]}, 1000)
    found = list(find_parquet_ranges(path, 10_000))
    n_bytes = pq.read_metadata(path).row_group(0).total_byte_size
    assert len(found) == -(-n_bytes // 10_000) >= 10
    assert max(n for _, n in found) < 10_200
    assert sum(n for _, n in found) == pytest.approx(n_bytes, abs=len(found))
    assert [rows.begin for rows, _ in found] == [0] * len(found)


@pytest.mark.parametrize(
    ("values", "days"),
    [
        (pa.array([date(2024, 3, 1), None], pa.date32()), ["2024-03-01", ""]),
        (pa.array([date(2024, 3, 1), None], pa.date64()), ["2024-03-01", ""]),
        (pa.array([datetime(2024, 3, 1, 23), None], pa.timestamp("s")), ["2024-03-01", ""]),
        (
            pa.array([datetime(2024, 3, 1, 23, tzinfo=UTC), None], pa.timestamp("us", "UTC")),
            ["2024-03-01", ""],
        ),
        (pa.array([datetime(2024, 3, 1, 23, 59), None], pa.timestamp("ns")), ["2024-03-01", ""]),
        (pa.array(["1 March 2024", ""], pa.large_string()), ["2024-03-01", ""]),
        (pa.array([20240301, None], pa.int64()), ["2024-03-01", ""]),
        (pa.array([1.5, None], pa.float64()), ["", ""]),
        (pa.array([True, None], pa.bool_()), ["", ""]),
        (pa.array([None, None], pa.null()), ["", ""]),
    ],
    ids=lambda v: str(v.type) if isinstance(v, pa.Array) else "",
)
def test_days_of_parquet(tmp_path: Path, values: pa.Array, days: list[str]) -> None:
    path = write_table(tmp_path / "t.parquet", {"published": values, "text": [STORY, STORY]})
    assert [one.published for one in read_whole(path) if isinstance(one, RawArticle)] == days
    assert read_ranges(path, 1) == read_whole(path)


def test_columns_of_parquet_with_something_inside_them(tmp_path: Path) -> None:
    columns = {
        "date.published": ["2024-03-01"],
        "source": [{"id": 3, "name": "Daily"}],
        "text": [STORY],
        "embedding": [[0.5, 0.25]],
    }
    (one,) = read_whole(write_table(tmp_path / "t.parquet", columns))
    assert isinstance(one, RawArticle)
    assert (one.outlet, one.published, one.text) == ("Daily", "2024-03-01", STORY)


def test_a_parquet_file_without_rows_has_nothing_and_no_fault(tmp_path: Path) -> None:
    path = write_table(tmp_path / "t.parquet", {"text": pa.array([], pa.string())})
    assert read_whole(path) == read_ranges(path, 1) == []


def test_a_parquet_file_without_rows_and_without_text_is_set_aside(tmp_path: Path) -> None:
    path = write_table(tmp_path / "t.parquet", {"x": pa.array([], pa.string())})
    with pytest.raises(InputError, match="no column 'text'"):
        read_whole(path)
    assert [one for part in find_parts(find_sources([path])) for one in read_part(part)] != []


def test_a_parquet_file_that_cannot_be_read_is_set_aside_once(tmp_path: Path) -> None:
    path = write_table(tmp_path / "t.parquet", {"text": [STORY] * 50})
    whole = path.read_bytes()
    reason = "The file is no Parquet file that can be read: write it again."
    for content in (
        whole[:-20],
        whole[: len(whole) // 2],
        b"PAR1",
        b"text\nOne.\n",
        whole[:-8] + b"\xff" * 4 + b"PAR1",
    ):
        put(tmp_path, "t.parquet", content)
        assert ranges_of(path, 1) == [ALL_ROWS]
        assert read_whole(path) == read_ranges(path, 1) == [SetAside("t.parquet", reason)]


def test_pages_of_parquet_that_are_damaged_lose_no_other_rows(tmp_path: Path) -> None:
    columns = {"text": [f"{STORY} {n} {'x' * n}" for n in range(30)]}
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table(columns), path, row_group_size=10, compression="none", use_dictionary=False)
    content = bytearray(path.read_bytes())
    at = pq.read_metadata(path).row_group(1).column(0).data_page_offset
    content[at : at + 30] = b"\xff" * 30
    path.write_bytes(content)
    read = read_ranges(path, 10**6)
    assert [one.source for one in read if isinstance(one, RawArticle)] == [
        f"t.parquet row {n}" for n in (*range(1, 11), *range(21, 31))
    ]
    assert [one.source for one in read if isinstance(one, SetAside)] == ["t.parquet"]


@pytest.mark.parametrize(
    ("values", "column"),
    [
        pytest.param(pa.array([b"\xff\xfe", b"Anna"], pa.binary()).view(pa.string()), "text", id="no UTF-8"),
        pytest.param(pa.array([2**50, 0], pa.timestamp("s")), "date", id="year 35,000,000"),
        pytest.param(pa.array([0, 1], pa.timestamp("ns", "Nowhere/Land")), "date", id="unknown time zone"),
    ],
)
def test_a_value_of_parquet_that_python_cannot_hold_stops_nothing(
    tmp_path: Path, values: pa.Array, column: str
) -> None:
    path = write_table(tmp_path / "t.parquet", {"text": [STORY, STORY], column: values})
    read = [one for part in find_parts(find_sources([path])) for one in read_part(part)]
    assert any(isinstance(one, SetAside) for one in read) or len(read) == 2


@pytest.mark.parametrize("reader", [read_delimited, read_json_lines, read_parquet])
def test_a_table_without_text_is_an_error_with_the_way_out(tmp_path: Path, reader: Any) -> None:
    if reader is read_parquet:
        path = write_table(tmp_path / "t.parquet", {"words": [STORY]})
    else:
        path = put(tmp_path, "t", "words\nOne.\n" if reader is read_delimited else '{"words": "One."}\n')
    with pytest.raises(InputError) as said:
        list(reader(path, "t"))
    assert str(said.value) == (
        "t has no column 'text': it has 'words'; call the column that holds the articles 'text'"
    )


# ---- what is to be read -------------------------------------------------------------------------


def read_parts(sources: Sources, size: int) -> tuple[list[dict[str, str]], list[SetAside]]:
    read = [one for part in find_parts(sources, size) for one in read_part(part)]
    return (
        [one for one in read if not isinstance(one, SetAside)],
        [one for one in read if isinstance(one, SetAside)],
    )


@pytest.fixture
def download(tmp_path: Path) -> Path:
    """Articles of every form, with what is not read beside them."""
    folder = tmp_path / "download"
    put(folder, "a.csv", f"text,outlet,date\n{STORY},Daily,2024-03-01\n,Daily,\n{STORY} 2,Post,03/04/2024\n")
    put(
        folder,
        "b.jsonl",
        json.dumps({"text": STORY + " 3", "title": "Berg leaves", "url": "https://x.example/"}),
    )
    put(folder, "c.json", json.dumps([{"text": STORY + " 4"}, {"text": STORY + " 5"}]))
    write_table(folder / "d.parquet", {"text": [f"{STORY} {n}" for n in range(6, 10)]})
    put(folder, "herald/one.txt", STORY + " 10")
    put(folder, "herald/two.txt", STORY + " 11")
    put(folder, "lone/three.txt", STORY + " 12")
    put(folder, "page.html", f"<html><head><title>T</title></head><body><p>{STORY * 9}</p></body></html>")
    put(folder, "notes.pdf", "%PDF")
    put(folder, "empty.txt", "")
    put(folder, ".hidden", "x")
    return folder


@pytest.mark.parametrize("size", [1, 60, 10**6])
def test_a_folder_is_read_as_read_articles_reads_it(download: Path, size: int) -> None:
    articles, aside = read_parts(find_sources([download]), size)
    expected, expected_aside = read_articles(download)
    as_read = {"article_id": "name", "published_from": "published", "published_to": "published"}
    columns = ["article_id", "text", "outlet", "agency", "published_from", "published_to", "url"]
    # one without an outlet is named here, so that no part need know of another; there by `load_corpus`
    known = [
        {**one, "outlet": one["outlet"].replace(f"unknown outlet ({one['article_id']})", "")}
        for one in articles
    ]
    found = sorted([one[c] for c in [*columns, "evidence", "confidence"]] for one in known)
    wanted = expected[[as_read.get(c, c) for c in [*columns, "evidence", "confidence"]]].to_numpy().tolist()
    # a title names its article there; here, where no other can be asked, the file and row do
    named = {row[1]: row[0] for row in found}
    assert [(r[1:]) for r in found] == sorted([row[1:] for row in wanted], key=lambda row: named[row[0]])
    assert {(one.source, one.reason) for one in aside} == set(
        expected_aside.itertuples(index=False, name=None)
    )


def test_ids_come_from_files_and_rows(download: Path) -> None:
    articles, _ = read_parts(find_sources([download]), 1)
    assert sorted(one["article_id"] for one in articles) == [
        "a:2", "a:4", "b:1", "c:1", "c:2", "d:1", "d:2", "d:3", "d:4", "one", "page", "three", "two",
    ]  # fmt: skip


def test_an_outlet_that_is_not_known_is_the_articles_own(download: Path) -> None:
    articles, _ = read_parts(find_sources([download]), 10**6)
    unknown = {one["article_id"]: one["outlet"] for one in articles if "unknown" in one["outlet"]}
    assert set(unknown) == {one["article_id"] for one in articles} - {"a:2", "a:4", "one", "two"}
    assert all(outlet == f"unknown outlet ({article_id})" for article_id, outlet in unknown.items())


def test_a_folder_of_text_files_names_their_outlet_as_a_guess(download: Path) -> None:
    articles, _ = read_parts(find_sources([download]), 10**6)
    guessed = {one["article_id"]: one for one in articles if "guessed" in one["evidence"]}
    assert {key: (one["outlet"], one["confidence"]) for key, one in guessed.items()} == {
        "one": ("herald", "outlet: low"),
        "two": ("herald", "outlet: low"),
    }


@pytest.mark.parametrize("size", [1, 40, 200, 10**6])
def test_parts_are_numbered_and_the_same_each_time(download: Path, size: int) -> None:
    parts = list(find_parts(find_sources([download]), size))
    assert [part.number for part in parts] == list(range(len(parts)))
    assert parts == list(find_parts(find_sources([download]), size))
    assert all(len(part.sources) <= 1 or part.rows == ALL_ROWS for part in parts)


def test_a_part_of_small_files_ends_once_it_is_large_enough(tmp_path: Path) -> None:
    for n in range(5):
        put(tmp_path, f"{n}.txt", "x" * 10)
    parts = list(find_parts(find_sources([tmp_path]), 20))
    assert [[s.name for s in part.sources] for part in parts] == [["0", "1"], ["2", "3"], ["4"]]
    assert [part.n_bytes for part in parts] == [20, 20, 10]


def test_files_and_folders_in_the_order_given(download: Path, tmp_path: Path) -> None:
    other = put(tmp_path, "z/a.csv", f"text\n{STORY}\n")
    articles, _ = read_parts(find_sources([other, download / "b.jsonl"]), 10**6)
    assert [one["article_id"] for one in articles] == ["a:2", "b:1"]
    # two files of one name get two names
    both, _ = read_parts(find_sources([other, download / "a.csv"]), 10**6)
    assert len({one["article_id"] for one in both}) == len(both) == 3


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(["a.csv", "a-2.txt"], id="a row and a file"),
        pytest.param(["a.csv", "a-2.csv", "a-2-2.txt"], id="a row, a row and a file"),
        pytest.param(["b row 3.txt", "b-row-3-3-txt.txt"], id="a file called row"),
        pytest.param(
            ["a.csv", "a:2.txt", "a-2.txt"],
            id="a file called as a row",
            marks=pytest.mark.skipif(os.name == "nt", reason="no file is called so there"),
        ),
    ],
)
def test_ids_are_different_and_safe(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        put(tmp_path, name, f"text\n{STORY}\n")
    articles, _ = read_parts(find_sources([tmp_path]), 10**6)
    ids = [one["article_id"] for one in articles]
    assert len(ids) == len(set(ids)) == len(names)
    assert all(set("/. ").isdisjoint(article_id) for article_id in ids)


def test_a_corpus_folder_keeps_its_names_and_rows(toy_folder: Path) -> None:
    for size in (1, 200, 10**6):
        articles, aside = read_parts(find_sources([toy_folder]), size)
        assert aside == []
        assert [(one["article_id"], one["outlet"], one["published_from"]) for one in articles] == [
            ("a", "Daily", "2024-03-01"),
            ("b", "Daily", "2024-03-02"),
            ("c", "unknown outlet (c)", ""),
        ]
    assert len(list(find_parts(find_sources([toy_folder]), 1))) == 3


def test_a_file_of_a_corpus_that_cannot_be_read_is_set_aside(toy_folder: Path) -> None:
    (toy_folder / "b.txt").write_bytes(b"caf\xe9")
    articles, aside = read_parts(find_sources([toy_folder]), 10**6)
    assert [one["article_id"] for one in articles] == ["a", "c"]
    assert aside == [
        SetAside("toy/b.txt", "toy/b.txt is not UTF-8 (byte 3): save it again with the encoding UTF-8.")
    ]


def test_a_file_that_one_may_not_read_is_set_aside(download: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, source: str) -> Iterator[RawArticle]:
        raise PermissionError(13, "Permission denied", str(path))

    parts = list(find_parts(find_sources([download / "herald"])))
    monkeypatch.setitem(READERS, ".txt", refuse)
    assert [one for part in parts for one in read_part(part)] == [
        SetAside(name, "The file cannot be read: give yourself the right to.")
        for name in ("one.txt", "two.txt")
    ]


@pytest.mark.parametrize("error", [ValueError("x" * 1000), RecursionError(), KeyError("a"), IndexError()])
def test_a_file_at_which_reading_fails_is_set_aside_whatever_it_is(
    download: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    as_before = READERS[".txt"]

    def fail(path: Path, source: str) -> Iterator[RawArticle | SetAside]:
        yield from as_before(path, source)
        if path.name == "one.txt":
            raise error

    parts = list(find_parts(find_sources([download / "herald"])))
    monkeypatch.setitem(READERS, ".txt", fail)
    read = [one for part in parts for one in read_part(part)]
    # what was read before stays, and so does the next file
    assert [one if isinstance(one, SetAside) else one["article_id"] for one in read] == [
        "one",
        SetAside("one.txt", f"Reading stopped here ({type(error).__name__})."),
        "two",
    ]


def test_the_end_of_the_run_is_no_files_fault(download: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(path: Path, source: str) -> Iterator[RawArticle]:
        raise KeyboardInterrupt

    parts = list(find_parts(find_sources([download / "herald"])))
    monkeypatch.setitem(READERS, ".txt", stop)
    with pytest.raises(KeyboardInterrupt):
        list(read_part(parts[0]))


def test_places_that_hold_the_same_file_give_it_once(download: Path) -> None:
    whole = find_sources([download])
    places = [download, download / "a.csv", download / "herald", download, download / "herald" / "one.txt"]
    again = find_sources(places)
    assert [path for _, path, _ in again.files] == [path for _, path, _ in whole.files]
    articles, _ = read_parts(again, 60)
    expected, _ = read_parts(whole, 60)
    assert articles == expected


def test_the_first_place_that_holds_a_file_names_it(download: Path) -> None:
    named = find_sources([download / "herald" / "one.txt", download]).files
    assert named[0][2] == "one.txt"
    assert "herald/one.txt" not in [called for _, _, called in named]
    assert len(named) == len(find_sources([download]).files)


def test_a_large_table_is_read_where_a_person_could_not(
    download: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpers.article_files.MAX_TABLE", 10)
    assert len(find_sources([download / "a.csv"]).files) == 1


@pytest.mark.parametrize(
    ("places", "said"),
    [
        (["nowhere"], "there is no folder or file 'nowhere': expected text files, saved web pages or tables"),
        ([], "there is nothing to read: name a file or a folder of articles"),
        (["tables"], "tables/ holds tables, not articles: name what they were made from"),
        (["t.csv", "tables"], "tables/ holds tables, not articles: name what they were made from"),
        (["hollow"], "hollow/ holds no file to read: put text files, web pages or tables in"),
        (["toy", "t.csv"], "toy/ is a corpus folder, whose articles keep their names: give it by itself"),
        (["t.csv", "toy"], "toy/ is a corpus folder, whose articles keep their names: give it by itself"),
    ],
)
def test_places_that_cannot_be_read(toy_folder: Path, tmp_path: Path, places: list[str], said: str) -> None:
    (tmp_path / "hollow").mkdir()
    put(tmp_path, "tables/run.json", json.dumps(dict.fromkeys(["articles", "actors", "part_size"], 0)))
    put(tmp_path, "t.csv", f"text\n{STORY}\n")
    with pytest.raises(InputError) as error:
        find_sources([tmp_path / place for place in places])
    assert str(error.value).startswith(said)
    assert str(tmp_path) not in str(error.value)


def test_the_fingerprint_tells_files_apart(download: Path, tmp_path: Path) -> None:
    first = find_sources([download]).fingerprint()
    assert first == find_sources([download]).fingerprint()
    text = (download / "herald" / "one.txt").read_text()
    changed = {
        "content": lambda: put(download, "herald/one.txt", text.replace("Anna", "Anne")),
        "size": lambda: put(download, "herald/one.txt", text + "!"),
        "name": lambda: put(download, "herald/one.txt", text).rename(download / "herald" / "once.txt"),
        "number": lambda: put(download, "herald/one.txt", text),
    }
    seen = [first]
    for change in changed.values():
        change()
        seen.append(find_sources([download]).fingerprint())
    assert len(set(seen)) == len(seen)


def fingerprint(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return Sources(((path.parent, path, path.name),)).fingerprint()


@pytest.mark.parametrize("size", [1, 15, 16, 100, 159, 160, 161, 175, 1000, 1007])
def test_the_fingerprint_reads_pieces_all_over_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """With pieces of 10 bytes: what is not read lies between two of them, and a small file is read whole."""
    monkeypatch.setattr("helpers.article_parts._PIECE", 10)
    content = bytes(size)
    whole = fingerprint(tmp_path / "t.csv", content)
    read = [
        at
        for at in range(size)
        if fingerprint(tmp_path / "t.csv", content[:at] + b"\1" + content[at + 1 :]) != whole
    ]
    assert len(read) >= min(size, 160 - 9)
    gaps = [b - a for a, b in pairwise(read)]
    assert max(gaps, default=1) <= max(1, size // 15 - 8)
    assert read[0] == 0
    assert size - read[-1] <= 15


def test_the_fingerprint_sees_the_ends_and_the_middle_of_a_large_file(tmp_path: Path) -> None:
    content = bytearray(b"text\n" + b"x" * 3_000_000)
    seen = {find_sources([put(tmp_path, "t.csv", bytes(content))]).fingerprint()}
    for at in (10, 1_500_000, 3_000_004):
        changed = content.copy()
        changed[max(5, at - 200_000) : at] = b"y" * len(changed[max(5, at - 200_000) : at])
        seen.add(find_sources([put(tmp_path, "t.csv", bytes(changed))]).fingerprint())
    assert len(seen) == 4


def test_what_there_is_to_read_adds_up(download: Path, toy_folder: Path) -> None:
    files = [p for p in download.rglob("*") if p.is_file() and p.stat().st_size and p.name[0] != "."]
    sizes = [
        parquet_size(p) if p.suffix == ".parquet" else p.stat().st_size for p in files if p.suffix != ".pdf"
    ]
    sources = find_sources([download])
    assert sources.n_bytes == sum(sizes) == sum(part.n_bytes for part in find_parts(sources))
    sources = find_sources([toy_folder])
    assert sources.n_bytes == sum(part.n_bytes for part in find_parts(sources))
    assert sources.n_bytes == sum((toy_folder / f"{name}.txt").stat().st_size for name in "abc")


def test_a_part_can_be_sent_elsewhere(download: Path) -> None:
    import pickle

    parts = list(find_parts(find_sources([download]), 1))
    assert pickle.loads(pickle.dumps(parts)) == parts
    assert isinstance(parts[0], Part)

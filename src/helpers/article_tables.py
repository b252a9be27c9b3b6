"""Articles in tables: rows of a CSV file, objects of a JSON file, read one by one."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from .errors import InputError
from .raw_articles import (
    MAX_TEXT,
    RawArticle,
    SetAside,
    clean,
    encoding_note,
    find_encoding,
    one_line,
    parse_day,
    shown,
    under_title,
)

# A row that holds an article of MAX_TEXT characters, written with escapes, and the rest of its cells.
MAX_ROW = 10_000_000
# Some thousand names of columns.
MAX_HEADER = 100_000
# JSON that is one list is read as a whole, which takes up to twenty times its size in memory.
MAX_LIST = 50_000_000
_CHUNK = 1 << 20
# Of a table with a header, as spreadsheets number rows.
FIRST_ROW = 2
# So many different keys of objects are looked through for a text column before it is said to be missing.
_MOST_KEYS = 1_000
# So many columns that are not used are named.
_MOST_UNUSED = 5

# What columns are called, the better name first; case, spaces and signs do not count.
_NAMES = {
    "text": "text body content article articletext articlebody fulltext maintext inhalt texte texto",
    "title": "title headline titel titre título",
    "outlet": "outlet source publisher media medium site sitename newspaper quelle fuente",
    "agency": "agency newsagency wire",
    "published": "date published publishedat publishedfrom pubdate publishdate publicationdate datepublished "
    "datum fecha",
    "url": "url link weburl",
}
_CELL = {name: (what, rank) for what, names in _NAMES.items() for rank, name in enumerate(names.split())}


def _plain(column: str) -> str:
    return re.sub(r"[\W_]+", "", column).casefold()


@lru_cache(maxsize=8)  # a table asks for the same columns at each row
def find_known_columns(columns: tuple[str, ...]) -> dict[str, list[str]]:
    """The columns for each thing we know, the best name first."""
    known = [(*_CELL[_plain(c)], c) for c in columns if _plain(c) in _CELL]
    return {what: [c for w, _, c in sorted(known) if w == what] for what in _NAMES}


def need_text(columns: tuple[str, ...], where: str) -> None:
    """Raise ``InputError`` if no column is called text or the like."""
    if not find_known_columns(columns)["text"]:
        raise InputError(
            f"{where} has no column 'text': it has {_list_columns(columns)}; call the column that holds the "
            "articles 'text'"
        )


def _list_columns(columns: tuple[str, ...]) -> str:
    names = [*(repr(shown(c)[:40]) for c in columns[:12]), *("…" for _ in columns[12:13])]
    return ", ".join(names) or "none"


def _cell(value: Any) -> str:
    """A cell as text; {"name": …} is how news services give a source."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, date):  # of a Parquet file, a time too
        value = value.isoformat()
    return value if isinstance(value, str) else str(value) if type(value) is int else ""


def read_row(row: Mapping[str, Any], source: str, stem: str, notes: tuple[str, ...]) -> RawArticle | SetAside:
    """One row as an article."""
    used: dict[str, str] = {}
    cells = dict.fromkeys(_NAMES, "")
    for what, columns in find_known_columns(tuple(row)).items():
        for column in columns:
            if cell := _cell(row[column]).strip():
                cells[what], used[what] = cell, column
                break
    if len(cells["text"]) > MAX_TEXT:
        return SetAside(source, f"The text has more than {MAX_TEXT:,} characters: split it.")
    text, found = clean(cells["text"])
    if not text.strip() and not find_known_columns(tuple(row))["text"]:
        return SetAside(source, f"The row has no 'text': it has {_list_columns(tuple(row))}.")
    if not text.strip():
        return SetAside(source, "The row has no text.")
    lines = {what: one_line(cells[what]) for what in ("title", "outlet", "agency", "url")}
    day, trouble = parse_day(cells["published"])
    if lines["outlet"] in ("-", "–", "—"):
        lines["outlet"] = ""  # how tables write that something is not known
    if not re.fullmatch(r"https?://\S+", lines["url"], re.IGNORECASE):
        lines["url"] = ""
    file, number = source.rsplit(" row ", 1)
    place = f"row {number} of {file}"
    told = [what for what, value in (("outlet", lines["outlet"]), ("published", day)) if value]
    first = f"From {place}."
    if told:
        columns = [shown(used[what])[:40] for what in told]
        named = f"column{'s' * (len(told) > 1)} {' and '.join(columns)} in {place}"
        first = f"{'Outlet' if 'outlet' in told else 'Date'}{' and date' * (len(told) > 1)} from the {named}."
    lost = [what for what in lines if cells[what] and not lines[what] and cells[what] not in ("-", "–", "—")]
    found += tuple(f"The {what} cannot be one and is left out." for what in lost)
    return RawArticle(
        text=under_title(text, lines["title"]) if lines["title"] else text.strip("\n"),
        source=source,
        stem=lines["title"] or stem,
        published=day,
        outlet_sure="high" if lines["outlet"] else "",
        date_sure="high" if day else "",
        notes=(first, *found, *([trouble] if trouble else []), *_name_unused(row, used), *notes),
        date_cell=one_line(cells["published"]),
        date_column=used.get("published", ""),
        **lines,
    )


def _name_unused(row: Mapping[str, Any], used: Mapping[str, str]) -> tuple[str, ...]:
    """Name the columns with something in them that nothing was taken from."""
    taken = set(used.values())
    names = [c for c, cell in row.items() if c and c not in taken and cell is not None and str(cell).strip()]
    named = ", ".join(shown(c)[:40] for c in names[:_MOST_UNUSED])
    more = f" and {len(names) - _MOST_UNUSED:,} more" if len(names) > _MOST_UNUSED else ""
    return (f"Columns not used: {named}{more}.",) if names else ()


class _TooLong(Exception):  # noqa: N818 # no error of the program's
    """A row goes on beyond MAX_ROW."""


class _Lines:
    """The lines of a file, none of them and no row of several longer than MAX_ROW."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.n_read = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.file.readline(MAX_ROW + 1)
        if not line:
            raise StopIteration
        self.n_read += len(line)
        if self.n_read <= MAX_ROW:
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self.file.readline(MAX_ROW)
        self.n_read = 0
        raise _TooLong


# Behind a mark that is never closed, texts and cells cannot be told apart.
_UNREAD = (
    f"This row has more than {MAX_ROW:,} characters; neither it nor what follows is read: look for a "
    "quotation mark that is never closed."
)
_UNPAIRED = "The quotation marks in this row do not pair: double those inside a cell."


class RowRange(NamedTuple):
    """Some rows of a table that is read in parts.

    Parameters
    ----------
    begin : int
        Where in the file they begin, as the file's own ``tell`` has it.
    first : int
        The number of the first of them; 0 in a whole table.
    n_rows : int
        How many; -1 for all that follow.
    encoding, guessed : str, bool
        What the file is written in, as `find_encoding` has it; "" to look for it.
    """

    begin: int = 0
    first: int = 0
    n_rows: int = -1
    encoding: str = ""
    guessed: bool = False

    def numbers(self, first: int) -> Iterable[int]:
        """Give the rows' numbers, where those of a whole table begin at `first`."""
        if self.n_rows < 0:
            return count(self.first or first)
        return range(self.first, self.first + self.n_rows)


ALL_ROWS = RowRange()


def _find_encoding(path: Path) -> tuple[str, bool]:
    with path.open("rb") as file:
        return find_encoding(iter(lambda: file.read(_CHUNK), b""))


def _open(path: Path, source: str, rows: RowRange = ALL_ROWS) -> tuple[str, tuple[str, ...]] | SetAside:
    """The encoding of a table with its note."""
    encoding, guessed = (rows.encoding, rows.guessed) if rows.encoding else _find_encoding(path)
    if not encoding:
        return SetAside(source, "The file is no text: save it again as CSV or JSON with the encoding UTF-8.")
    return encoding, encoding_note(encoding, guessed=guessed)


@contextmanager
def _long_cells() -> Iterator[None]:
    """The csv module's limit for a cell is one for the whole process, so it is put back."""
    before = csv.field_size_limit(MAX_ROW)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _find_delimiter(head: str) -> tuple[str, tuple[str, ...]]:
    """The sign that parts a header into most columns we know, and those columns."""
    headers = []
    for sign in ",;\t":
        columns = tuple(c.strip() for c in next(csv.reader([head], delimiter=sign), []))
        n_known = sum(map(len, find_known_columns(columns).values()))
        headers.append((bool(find_known_columns(columns)["text"]), n_known, len(columns), sign, columns))
    *_, sign, columns = max(headers, key=lambda header: header[:3])
    return sign, columns


def _read_header(lines: _Lines) -> str | None:
    """The first line with something in it; None for one that is no header."""
    try:
        head = next((line for line in lines if line.strip()), "")
    except _TooLong:
        return None
    return head if len(head) <= MAX_HEADER else None


def _next_rows(lines: _Lines, sign: str) -> Iterator[tuple[list[str], str]]:
    """The cells of each row, or why it has none; nothing follows a row that is too long."""
    rows = csv.reader(lines, delimiter=sign, strict=True)
    while True:
        lines.n_read = 0
        try:
            with _long_cells():
                row = next(rows, None)
        except _TooLong:
            yield [], _UNREAD
            return
        except csv.Error:
            yield [], _UNPAIRED
            continue
        if row is None:
            return
        yield row, ""


def read_delimited(path: Path, source: str, rows: RowRange = ALL_ROWS) -> Iterator[RawArticle | SetAside]:
    """Read a table with commas, semicolons or tabs: an article or a reason for each row, one at a time.

    Parameters
    ----------
    path, source : Path, str
        The file, and what to call it.
    rows : RowRange
        From `find_row_ranges`, to read a part only.

    Raises
    ------
    InputError
        If no column is called text or the like.
    """
    opened = _open(path, source, rows)
    if isinstance(opened, SetAside):
        yield opened
        return
    # newline="" leaves line ends inside quoted cells to the csv module.
    with path.open(encoding=opened[0], errors="replace", newline="") as file:
        lines = _Lines(file)
        head = _read_header(lines)
        is_first = rows.first in (0, FIRST_ROW)  # what is wrong with the whole table is said once
        if head is None:
            if is_first:
                reason = f"The first line has over {MAX_HEADER:,} characters: expected names of columns."
                yield SetAside(source, reason)
            return
        sign, columns = _find_delimiter(head)
        if is_first:
            need_text(columns, source)
        elif not find_known_columns(columns)["text"]:
            return
        if rows.begin:
            file.seek(rows.begin)
        for number, (row, trouble) in zip(rows.numbers(FIRST_ROW), _next_rows(lines, sign), strict=False):
            place = f"{source} row {number}"
            if trouble:
                yield SetAside(place, trouble)
            elif any(row):
                yield _read_cells(row, columns, place, f"{path.stem}-{number}", opened[1])


def _read_cells(
    row: list[str], columns: tuple[str, ...], place: str, stem: str, notes: tuple[str, ...]
) -> RawArticle | SetAside:
    if len(row) < len(columns) or any(row[len(columns) :]):
        return SetAside(
            place,
            f"The row has {len(row)} cells, the header {len(columns)}: put cells with commas in quotes.",
        )
    return read_row(dict(zip(columns, row, strict=False)), place, stem, notes)


def _parse(content: str) -> Any:
    """A JSON value, or None for what is none; nesting too deep and numbers too long to read are none."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _next_lines(lines: _Lines) -> Iterator[tuple[str, str]]:
    """Each line, or why it is not read."""
    while True:
        lines.n_read = 0
        try:
            line = next(lines, None)
        except _TooLong:
            yield "", f"The line has more than {MAX_ROW:,} characters."
            continue
        if line is None:
            return
        yield line, ""


def read_json_lines(path: Path, source: str, rows: RowRange = ALL_ROWS) -> Iterator[RawArticle | SetAside]:
    """Read a file with a JSON object on each line: an article or a reason for each, one at a time.

    With `rows` from `find_row_ranges` a part of it.
    """
    opened = _open(path, source, rows)
    if isinstance(opened, SetAside):
        yield opened
        return
    keys: dict[str, None] = {}
    with path.open(encoding=opened[0], errors="replace", newline="\n") as file:
        file.seek(rows.begin)
        for number, (line, trouble) in zip(rows.numbers(1), _next_lines(_Lines(file)), strict=False):
            place = f"{source} row {number}"
            if trouble:
                yield SetAside(place, trouble)
            elif line.strip():
                value = _parse(line)
                if isinstance(value, dict) and len(keys) < _MOST_KEYS:
                    keys |= dict.fromkeys(list(value)[:_MOST_KEYS])
                yield _read_object(value, place, path.stem, opened[1])
    if keys and rows.begin == 0 and rows.n_rows < 0:  # a part alone does not show what keys there are
        need_text(tuple(keys), source)


def find_row_ranges(path: Path, size: int) -> Iterator[tuple[RowRange, int]]:
    """Part a table into runs of rows, so that each can be read by itself.

    Parameters
    ----------
    path : Path
        A file for `read_delimited` or `read_json_lines`.
    size : int
        After how many characters a run ends.

    Yields
    ------
    (RowRange, int)
        The rows, and how many bytes of the file they are. The file is read for it, but not kept.
    """
    encoding, guessed = _find_encoding(path)
    if not encoding:
        yield ALL_ROWS, path.stat().st_size  # the reason is given where it is read
        return
    is_json = path.suffix.lower() in (".jsonl", ".ndjson")
    with path.open(encoding=encoding, errors="replace", newline="\n" if is_json else "") as file:
        lines = _Lines(file)
        head = "" if is_json else _read_header(lines) or ""
        following: Iterator[Any] = (
            _next_lines(lines) if is_json else _next_rows(lines, _find_delimiter(head)[0])
        )
        begin, done, first = 0 if is_json else file.tell(), 0, 1 if is_json else FIRST_ROW
        n_read, n_rows = 0, 0
        for _ in following:
            n_read, n_rows = n_read + lines.n_read, n_rows + 1
            if n_read < size:
                continue
            here = file.tell()
            at = here % 2**64  # higher up stands how the decoder goes on
            yield RowRange(begin, first, n_rows, encoding, guessed), at - done
            begin, done, first = here, at, first + n_rows
            n_read = n_rows = 0
    yield RowRange(begin, first, -1, encoding, guessed), path.stat().st_size - done


def _read_object(value: Any, place: str, stem: str, notes: tuple[str, ...]) -> RawArticle | SetAside:
    if not isinstance(value, dict):
        return SetAside(place, "The row is no JSON object that can be read.")
    return read_row(value, place, f"{stem}-{place.rsplit(' ', 1)[-1]}", notes)


def read_json(path: Path, source: str) -> Iterator[RawArticle | SetAside]:
    """Read a JSON file that is a list of objects, or an object that holds one."""
    if path.stat().st_size > MAX_LIST:
        yield SetAside(
            source,
            f"The file has more than {MAX_LIST // 10**6} MB: put each object on its line and call it .jsonl.",
        )
        return
    opened = _open(path, source)
    if isinstance(opened, SetAside):
        yield opened
        return
    value = _parse(path.read_bytes().decode(opened[0], errors="replace"))
    if isinstance(value, dict) and not find_known_columns(tuple(value))["text"]:
        value = next((inner for inner in value.values() if isinstance(inner, list) and inner), value)
    rows = value if isinstance(value, list) else [value]
    if not isinstance(value, list | dict):
        yield SetAside(
            source,
            "The file is no JSON that can be read: expected a list of objects (or call it .jsonl).",
        )
        return
    keys = list(dict.fromkeys(key for row in rows if isinstance(row, dict) for key in row))
    need_text(tuple(keys), source)
    for number, row in enumerate(rows, 1):
        yield _read_object(row, f"{source} row {number}", path.stem, opened[1])

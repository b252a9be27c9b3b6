"""Read what a corpus folder lists: the rows of articles.csv, checked, and the text of each file."""

import csv
import hashlib
import io
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd

from .errors import InputError
from .paths import check_inside

_REQUIRED = ("file", "outlet")
_OPTIONAL = ("agency", "published_from", "published_to", "url", "confidence", "evidence", "sha256")
_CONFIDENCE = re.compile(
    r"(outlet|date): (high|medium|low|none)(; (?!\1)(outlet|date): (high|medium|low|none))?"
)
# What may stand between the cells of articles.csv: spreadsheets write what their language has.
_SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs"}
# Far above any article or table of articles: what is larger is another file, put there by mistake.
MAX_TEXT_BYTES = 20_000_000
MAX_TABLE_BYTES = 200_000_000
# A quotation mark that is never closed takes what follows into the name.
LONGEST_OUTLET = 500


def _read(path: Path, where: str, most: int) -> bytes:
    check_inside(path)
    try:
        if path.stat().st_size > most:
            raise InputError(f"{where} has more than {most // 10**6} MB: split it or take it out")
        return path.read_bytes()
    except OSError:
        raise InputError(f"{where} cannot be read: expected a file in the corpus folder") from None


def _decode(content: bytes, where: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where} is not UTF-8 (byte {error.start}): save it again with the encoding UTF-8"
        ) from None
    if text.count("\0") * 10 > len(text):  # UTF-16 without its mark has a NUL beside each letter
        raise InputError(f"{where} is not UTF-8 (it holds NULs): save it again with the encoding UTF-8")
    return text


def _check_date(value: str, column: str, where: str) -> str:
    """A day as it stands in the corpus, from one written like that or as spreadsheets in German do."""
    if not value:
        return ""
    german = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", value)
    try:
        if german:
            day, month, year = map(int, german.groups())
            return date(year, month, day).isoformat()
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise InputError(
            f"{where}: {column} is {value!r}: expected a day like 2024-03-31, or nothing"
        ) from None
    return value


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than the system allows
        return False


def _check_row(
    row: dict[str, str], place: str, folder: Path, before: dict[str, int], sign: str
) -> dict[str, str]:
    """The cells of one row of articles.csv, or an error that says what is wrong with it."""
    if None in row or None in row.values():
        raise InputError(
            f"{place} has more or fewer cells than the header: put {_SIGNS[sign]} inside cells in quotes"
        )
    # An apostrophe keeps a spreadsheet from running a cell as a formula; see `write_articles`.
    cells = {c: re.sub(r"^'(?='*[=+@-])", "", (row.get(c) or "").strip()) for c in (*_REQUIRED, *_OPTIONAL)}
    name = cells["file"]
    if name != Path(name).name or name in ("", ".", ".."):
        raise InputError(
            f"{place}: {name!r} is no file name: expected the bare name of a file in {folder.name}/"
        )
    if name in before:
        raise InputError(f"{place}: {name!r} stands in row {before[name]} already: leave one of them out")
    if not _is_file(folder / name):
        raise InputError(f"{place}: there is no file {name!r} in {folder.name}/: add it or take the row out")
    for column in ("outlet", "agency"):
        if len(cells[column]) > LONGEST_OUTLET:
            raise InputError(
                f"{place}: {column} has {len(cells[column]):,} characters: expected a name of up to "
                f"{LONGEST_OUTLET}"
            )
    for column in ("published_from", "published_to"):
        cells[column] = _check_date(cells[column], column, place)
    if cells["published_to"] and cells["published_to"] < cells["published_from"]:
        raise InputError(
            f"{place}: published_to {cells['published_to']} is before published_from "
            f"{cells['published_from']}: swap them or correct one"
        )
    if cells["confidence"] and not _CONFIDENCE.fullmatch(cells["confidence"]):
        raise InputError(
            f"{place}: confidence is {cells['confidence']!r}: expected 'outlet: high; date: medium' "
            "(high, medium, low or none), or nothing"
        )
    return cells


def _find_sign(content: str) -> str:
    """The sign that parts the header into most columns we know; a comma where none does better."""
    known = {*_REQUIRED, *_OPTIONAL}
    n_known = {}
    for sign in _SIGNS:
        try:
            header = next(csv.reader(io.StringIO(content, newline=""), delimiter=sign), [])
        except csv.Error:  # said where the table is read
            header = []
        n_known[sign] = len(known.intersection(header))
    return max(n_known, key=lambda sign: n_known[sign])


def read_listed(folder: Path) -> pd.DataFrame:
    """The rows of articles.csv, checked against the folder."""
    where = f"{folder.name}/articles.csv"
    if not (folder / "articles.csv").is_file():
        raise InputError(
            f"{where} is missing: expected a table with a row per article and the columns "
            f"{', '.join((*_REQUIRED, *_OPTIONAL))}"
        )
    # newline="" leaves line ends inside quoted cells to the csv module.
    content = _decode(_read(folder / "articles.csv", where, MAX_TABLE_BYTES), where)
    sign = _find_sign(content)
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=sign)
    try:
        columns = list(reader.fieldnames or [])
        # A row that fits no header is refused below; one of a million cells beside others need not be kept.
        table = list(enumerate(reader, 2)) if len(set(columns)) == len(columns) else []
    except csv.Error as error:
        raise InputError(
            f"{where} cannot be read ({error}): expected a table with {_SIGNS[sign]}, one row an article"
        ) from None
    if twice := [column for column, n in Counter(columns).items() if n > 1]:
        raise InputError(f"{where}: the column {twice[0]!r} stands there twice: leave one of them out")
    for column in _REQUIRED:
        if column not in columns:
            raise InputError(f"{where} has no column {column!r}: it has {', '.join(columns) or 'none'}")
    if unknown := [c for c in columns if c not in (*_REQUIRED, *_OPTIONAL)]:
        raise InputError(
            f"{where}: unknown column {unknown[0]!r}: expected {', '.join((*_REQUIRED, *_OPTIONAL))}"
        )
    rows: list[dict[str, str]] = []
    before: dict[str, int] = {}
    for number, row in table:
        rows.append(_check_row(row, f"{where} row {number}", folder, before, sign))
        before[rows[-1]["file"]] = number
    if not rows:
        raise InputError(f"{where} lists no article: add a row per text file")
    if strays := sorted(
        p.name for p in folder.iterdir() if p.suffix.lower() in (".txt", ".text") and p.name not in before
    ):
        raise InputError(
            f"{folder.name}/{strays[0]} has no row in articles.csv"
            + (f" (nor have {len(strays) - 1} more files)" if len(strays) > 1 else "")
            + ": add a row with its outlet, or move the file out of the folder"
        )
    articles = pd.DataFrame(rows, columns=[*_REQUIRED, *_OPTIONAL])
    stems = articles["file"].map(lambda name: Path(name).stem)
    if stems.duplicated().any():
        raise InputError(f"{where}: two files are called {stems[stems.duplicated()].iloc[0]!r}: rename one")
    return articles.assign(article_id=stems)


def _check_text(text: str, content_hash: str, expected: str, where: str) -> None:
    if not text.strip():
        raise InputError(f"{where} is empty: put the article's text in, or take its row out of articles.csv")
    if expected and content_hash != expected.lower():
        raise InputError(
            f"{where} has changed since articles.csv was written (SHA-256 {content_hash[:12]}…, expected "
            f"{expected[:12]}…): restore the file, or empty the sha256 cell if the change is meant"
        )


def read_text(folder: Path, name: str, expected_hash: str) -> tuple[str, str]:
    """Read one file of a corpus folder: its text, and its SHA-256, which must be the expected one if any is.

    Raises
    ------
    InputError
        If it cannot be read, is empty, too large, not UTF-8 or has another hash.
    """
    where = f"{folder.name}/{name}"
    content = _read(folder / name, where, MAX_TEXT_BYTES)
    text, content_hash = _decode(content, where), hashlib.sha256(content).hexdigest()
    _check_text(text, content_hash, expected_hash, where)
    return text, content_hash

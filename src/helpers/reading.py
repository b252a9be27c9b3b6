"""Read one's own articles, whatever form they come in, and write them as a folder for `load_corpus`."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from .article_files import PAGE_ENDINGS, TEXT_ENDINGS, find_files
from .article_parquet import read_parquet
from .article_tables import read_delimited, read_json, read_json_lines
from .errors import InputError
from .raw_articles import (
    MAX_TEXT,
    RawArticle,
    SetAside,
    clean,
    decode,
    find_order,
    one_line,
    parse_day,
    safe_names,
    shown,
)
from .web_pages import read_page

# What is worked on later stands in memory as a whole.
MAX_ARTICLES = 200_000
# The reasons for more rows of one file than this say nothing new; they are counted.
MAX_REASONS = 1_000

ARTICLE_COLUMNS = "name text title outlet agency published url source evidence confidence".split()
_WRITTEN = "file outlet agency published_from published_to url confidence evidence sha256".split()

_Read = Iterator[RawArticle | SetAside]


def _read_text(path: Path, source: str) -> _Read:
    decoded = decode(path.read_bytes())
    if decoded is None:
        yield SetAside(source, "The file is no text: save it again as text with the encoding UTF-8.")
        return
    if len(decoded[0]) > MAX_TEXT:
        yield SetAside(source, f"The text has more than {MAX_TEXT:,} characters: split it.")
        return
    text, notes = clean(decoded[0])
    if not text.strip():
        yield SetAside(source, "The file has no text.")
        return
    text = text.strip("\n")
    yield RawArticle(text=text, source=source, stem=path.stem, notes=(f"From {source}.", *notes, *decoded[1]))


def _read_web_page(path: Path, source: str) -> _Read:
    yield read_page(path.read_bytes(), source, path.stem)


# By ending. Those of tables can also read a part; see `RowRange`.
READERS: dict[str, Callable[..., _Read]] = {
    **dict.fromkeys(TEXT_ENDINGS, _read_text),
    **dict.fromkeys(PAGE_ENDINGS, _read_web_page),
    **dict.fromkeys((".csv", ".tsv"), read_delimited),
    **dict.fromkeys((".jsonl", ".ndjson"), read_json_lines),
    ".json": read_json,
    ".parquet": read_parquet,
}


def _read_file(path: Path, source: str, room: int) -> tuple[list[RawArticle], list[SetAside]]:
    """The articles of one file and what is set aside in it, neither without bound."""
    articles: list[RawArticle] = []
    aside: list[SetAside] = []
    n_more = 0
    for one in READERS[path.suffix.lower()](path, source):
        if isinstance(one, SetAside) and len(aside) == MAX_REASONS:
            n_more += 1
        elif isinstance(one, SetAside):
            aside.append(one)
        elif len(articles) == room:
            full = f"There are more than {MAX_ARTICLES:,} articles: this one and what follows is not read."
            aside.append(SetAside(one.source, full))
            break
        else:
            articles.append(one)
    if n_more:
        aside.append(SetAside(source, f"{n_more:,} more rows cannot be read."))
    return _settle_days(articles), aside


def _settle_days(articles: list[RawArticle]) -> list[RawArticle]:
    """Read a date like 03/04/2024 as the certain dates of its column are, if those agree."""
    orders: dict[tuple[str, str], set[str]] = {}
    for article in articles:
        order, sign = find_order(article.date_cell)
        if order:
            orders.setdefault((article.date_column, sign), set()).add(order)
    settled = []
    for article in articles:
        found = orders.get((article.date_column, find_order(article.date_cell)[1]), set())
        if not article.published and len(found) == 1:
            order = next(iter(found))
            day, _ = parse_day(article.date_cell, order)
            if day:
                trouble = parse_day(article.date_cell)[1]
                file = article.source.rsplit(" row ", 1)[0]
                told = (
                    f"Date from the column {shown(article.date_column)[:40]}, {order} first as in other rows "
                    f"of {file}."
                )
                notes = tuple(told if note == trouble else note for note in article.notes)
                article = replace(article, published=day, date_sure="medium", notes=notes)  # noqa: PLW2901
        settled.append(article)
    return settled


def _guess_outlets(
    articles: list[tuple[Path, RawArticle]], root: Path, n_files: Mapping[Path, int]
) -> list[RawArticle]:
    """The name of a subfolder with several files, where nothing better is known of any of them."""
    told = {path.parent for path, article in articles if article.outlet}
    guessed = []
    for path, article in articles:
        folder = path.parent
        if folder == root or folder in told or n_files[folder] < 2:
            guessed.append(article)
            continue
        notes = (*article.notes[:1], "Outlet guessed from the folder's name.", *article.notes[1:])
        guessed.append(replace(article, outlet=one_line(folder.name), outlet_sure="low", notes=notes))
    return guessed


def _leave_out_copies(articles: list[RawArticle]) -> tuple[list[RawArticle], list[SetAside]]:
    """The same text by other outlets stays: who prints an agency's words is of interest."""
    first: dict[tuple[str, bytes], str] = {}
    kept, aside = [], []
    for article in articles:
        key = (article.outlet.casefold(), hashlib.sha256(article.text.encode()).digest())
        if before := first.get(key):
            aside.append(SetAside(article.source, f"The text and the outlet are those of {before}."))
        else:
            first[key] = article.source
            kept.append(article)
    return kept, aside


def read_articles(source: Path | str) -> tuple[pd.DataFrame, pd.DataFrame]:
    r"""Read articles from text files, saved web pages and tables.

    Parameters
    ----------
    source : Path or str
        A folder, read with its subfolders, or one file: .txt, .html, .csv, .tsv, .jsonl, .json or .parquet. A
        table needs a column text and may have title, outlet, agency, date and url, or what is
        usually said for them, in English, French, German or Spanish. A corpus folder within it is not
        read. Nothing is written, and nothing fetched.

    Returns
    -------
    articles : DataFrame
        A row is one article: name (a safe name for a file, each once), text, title, outlet, agency,
        published (a day or ""), url, source (file and row), evidence (where outlet and date come
        from, what was left out of the text) and confidence, as ``articles.csv`` has it.
    set_aside : DataFrame
        A row is a file or row that is not among the articles: source and reason.

    Raises
    ------
    InputError
        If there is no such folder or file, nothing in it, or no column of texts in a table and
        nothing else that can be read.

    Notes
    -----
    The title stands above the text if the text does not begin with it. A date that can be read in two
    ways is left empty, unless the other dates of its column settle it. The second of two same texts by
    the same outlet is set aside.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "talks.csv").write_text("outlet,text\nDaily,Talks opened.\nPost,\n")
    ...     articles, set_aside = read_articles(folder)
    >>> articles.loc[0, ["name", "outlet", "text", "confidence"]].tolist()
    ['talks-2', 'Daily', 'Talks opened.', 'outlet: high']
    >>> set_aside.to_dict("records")
    [{'source': 'talks.csv row 3', 'reason': 'The row has no text.'}]
    """
    found = find_files(Path(source))
    n_files = Counter(path.parent for path, _ in found.files)
    read_from: list[tuple[Path, RawArticle]] = []
    aside = list(found.aside)
    trouble: InputError | None = None
    for path, name in found.files:
        try:
            read, unread = _read_file(path, name, MAX_ARTICLES - len(read_from))
        except OSError:
            read, unread = [], [SetAside(name, "The file cannot be read: give yourself the right to.")]
        except InputError as error:
            trouble = trouble or error
            read, unread = [], [SetAside(name, f"{error}.")]
        read_from += [(path, article) for article in read]
        aside += unread
    if trouble and not read_from:
        raise trouble
    articles, copies = _leave_out_copies(_guess_outlets(read_from, found.root, n_files))
    aside += copies
    aside += found.skipped()
    rows = [
        (
            name,
            *(article.text, article.title, article.outlet, article.agency, article.published, article.url),
            *(article.source, " ".join(article.notes), confidence(article)),
        )
        for name, article in zip(safe_names(a.stem for a in articles), articles, strict=True)
    ]
    return (
        pd.DataFrame(rows, columns=ARTICLE_COLUMNS, dtype=str),
        pd.DataFrame([(a.source, a.reason) for a in aside], columns=["source", "reason"], dtype=str),
    )


def confidence(article: RawArticle) -> str:
    """Say how sure an article's outlet and date are, as ``articles.csv`` has it."""
    sure = {"outlet": article.outlet_sure, "date": article.date_sure}
    return "; ".join(f"{what}: {how}" for what, how in sure.items() if how)


def _guard(value: str) -> str:
    """An apostrophe before what a spreadsheet would run; `load_corpus` takes it off."""
    value = value.strip()
    return f"'{value}" if re.match("'*[=+@-]", value) else value


def write_articles(folder: Path | str, articles: pd.DataFrame) -> None:
    """Write articles as a folder that `load_corpus` reads, but for its ``actors.toml``.

    Parameters
    ----------
    folder : Path or str
        Made if it is missing; nothing may be in it, so nothing is overwritten.
    articles : DataFrame
        From `read_articles`.

    Returns
    -------
    None
        A file ``<name>.txt`` for each article, in UTF-8, and ``articles.csv`` with the columns file,
        outlet, agency, published_from, published_to, url, confidence, evidence and sha256.

    Raises
    ------
    InputError
        If the folder has something in it or cannot be made, or a name is not safe or stands there
        twice.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.txt").write_text("Talks opened.")
    ...     write_articles(Path(folder, "news"), read_articles(folder)[0])
    ...     sorted(path.name for path in Path(folder, "news").iterdir())
    ['a.txt', 'articles.csv']
    """
    folder = Path(folder)
    if missing := [c for c in ARTICLE_COLUMNS if c not in articles.columns]:
        raise InputError(f"the table of articles has no column {missing[0]!r}: pass what read_articles gave")
    if bad := [
        name for name in articles["name"] if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", str(name))
    ]:
        raise InputError(f"article name {shown(str(bad[0]))!r}: expected letters, digits, '_' and '-' only")
    if (twice := articles["name"].str.lower().duplicated()).any():
        raise InputError(f"two articles are called {articles['name'][twice].iloc[0]!r}: rename one")
    place = shown(folder.absolute().name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except (OSError, ValueError):  # no system takes a NUL
        raise InputError(f"the folder {place}/ cannot be made: choose another place") from None
    if taken:
        raise InputError(f"{place}/ has something in it already: choose a new folder")
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(_WRITTEN)
    for row in articles.fillna("").itertuples():
        content = str(row.text).encode(errors="replace")
        (folder / f"{row.name}.txt").write_bytes(content)
        days = (row.published, row.published)
        cells = (row.outlet, row.agency, *days, row.url, row.confidence, row.evidence)
        file_hash = hashlib.sha256(content).hexdigest()
        writer.writerow([f"{row.name}.txt", *(_guard(str(cell)) for cell in cells), file_hash])
    (folder / "articles.csv").write_bytes(table.getvalue().encode(errors="replace"))

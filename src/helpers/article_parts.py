"""Articles in parts: what is to be read, cut so that each part can be read by itself, on any machine."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from .article_files import CORPUS_FILES, TABLE_ENDINGS, TEXT_ENDINGS, find_files
from .article_parquet import find_parquet_ranges, parquet_size
from .article_tables import ALL_ROWS, RowRange, find_row_ranges
from .corpus import name_outlets
from .errors import InputError
from .listed_articles import read_listed, read_text
from .part_files import UNKNOWN_OUTLET
from .raw_articles import RawArticle, SetAside, one_line, safe_names, shown
from .reading import READERS, confidence

# In characters. A part is worked on as a whole: in memory it takes some thirty times that.
PART_SIZE = 2_000_000
# A file is known again by so many pieces of it, evenly spread, of so many bytes.
_PIECES, _PIECE = 16, 65_536
_RANGES: dict[str, Callable[[Path, int], Iterator[tuple[RowRange, int]]]] = {
    **dict.fromkeys((".csv", ".tsv", ".jsonl", ".ndjson"), find_row_ranges),
    ".parquet": find_parquet_ranges,
}


@dataclass(frozen=True)
class Source:
    """A file to read: where, what to call it, what its articles' ids begin with, whose it may be."""

    path: str
    called: str
    name: str
    outlet: str = ""


@dataclass(frozen=True)
class Part:
    """Articles that are read together.

    Parameters
    ----------
    sources : tuple of Source
        One table, or several files of one article each.
    n_bytes : int
        How much there is to read.
    rows : RowRange
        Which rows of the table.
    listed : tuple of dict
        For files of a corpus folder their rows of ``articles.csv``.
    aside : tuple of SetAside
        What was found beside them and is not read.
    number : int
        Counts the parts of one run.
    """

    sources: tuple[Source, ...]
    n_bytes: int
    rows: RowRange = ALL_ROWS
    listed: tuple[Mapping[str, Any], ...] = ()
    aside: tuple[SetAside, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Sources:
    """What is to be read: the files, each with the folder it was looked for in and what to call it.

    Parameters
    ----------
    files : tuple of (Path, Path, str)
        Folder, file and name; of a corpus folder the table of articles first.
    corpus : Path or None
        A corpus folder instead.
    aside : tuple of SetAside
        What is not read, and why.
    """

    files: tuple[tuple[Path, Path, str], ...]
    corpus: Path | None = None
    aside: tuple[SetAside, ...] = ()

    @property
    def n_bytes(self) -> int:
        """How much there is to read; of Parquet files, what they unpack to."""
        # Of a corpus folder the table of articles comes first, which is no article.
        paths = [path for _, path, _ in self.files[self.corpus is not None :]]
        return sum(parquet_size(p) if p.suffix.lower() == ".parquet" else p.stat().st_size for p in paths)

    def fingerprint(self) -> str:
        """Sum up names, sizes and pieces of all files, to see whether they are the same again."""
        summed = sha256()
        for _, path, called in self.files:
            size = path.stat().st_size
            places = {max(0, size - _PIECE) * number // (_PIECES - 1) for number in range(_PIECES)}
            with path.open("rb") as file:
                summed.update(repr((called, size)).encode())
                for at in sorted(places):
                    file.seek(at)
                    summed.update(file.read(_PIECE))
        return summed.hexdigest()


def find_sources(places: Sequence[Path]) -> Sources:
    """List the files to read.

    Parameters
    ----------
    places : sequence of Path
        Files (.parquet, .jsonl, .csv, .json, .txt, .html) and folders of them, or one corpus folder.

    Returns
    -------
    Sources
        In the order given, files of a folder by name.

    Raises
    ------
    InputError
        If there is no such file or folder, or nothing in it; a corpus folder beside something else.
    """
    if not places:
        raise InputError("there is nothing to read: name a file or a folder of articles")
    corpora = [p for p in places if p.is_dir() and all((p / name).is_file() for name in CORPUS_FILES)]
    if corpora and len(places) > 1:
        raise InputError(
            f"{corpora[0].name}/ is a corpus folder, whose articles keep their names: give it by itself"
        )
    if corpora:
        folder = corpora[0]
        names = ["articles.csv", *read_listed(folder)["file"]]
        return Sources(tuple((folder, folder / name, name) for name in names), folder)
    found = [find_files(place, most_table=None) for place in places]
    files: dict[Path, tuple[Path, Path, str]] = {}
    for one in found:
        for path, called in one.files:
            files.setdefault(path, (one.root, path, called))  # a folder and a file in it may both be named
    return Sources(
        tuple(files.values()),
        aside=tuple(reason for one in found for reason in (*one.aside, *one.skipped())),
    )


def find_parts(sources: Sources, size: int = PART_SIZE) -> Iterator[Part]:
    """Cut articles into parts, always the same ones for the same files.

    Parameters
    ----------
    sources : Sources
        From `find_sources`.
    size : int
        About how many characters a part has.

    Yields
    ------
    Part
        Numbered from 0. Tables are read for this once, a row at a time, and not kept.
    """
    parts = _corpus_parts(sources.corpus, size) if sources.corpus else _file_parts(sources, size)
    for number, part in enumerate(parts):
        yield replace(part, number=number)


def _corpus_parts(folder: Path, size: int) -> Iterator[Part]:
    rows: list[Mapping[str, Any]] = []
    n_bytes = 0
    source = (Source(str(folder), folder.name, ""),)
    listed = read_listed(folder)
    for row in listed.assign(outlet=name_outlets(listed)).to_dict("records"):
        n_bytes += (folder / row["file"]).stat().st_size
        rows.append(row)
        if n_bytes >= size:
            yield Part(source, n_bytes, listed=tuple(rows))
            rows, n_bytes = [], 0
    if rows:
        yield Part(source, n_bytes, listed=tuple(rows))


def _file_parts(sources: Sources, size: int) -> Iterator[Part]:
    if sources.aside:
        yield Part((), 0, aside=sources.aside)
    endings: dict[Path, Counter[str]] = {}
    for _, path, _ in sources.files:
        endings.setdefault(path.parent, Counter())[path.suffix.lower()] += 1
    names = safe_names(path.stem for _, path, _ in sources.files)
    small: list[Source] = []
    n_bytes = 0
    for (root, path, called), name in zip(sources.files, names, strict=True):
        source = Source(str(path), called, name, _guess_outlet(root, path, endings))
        if find_ranges := _RANGES.get(path.suffix.lower()):
            for rows, n_bytes_here in find_ranges(path, size):
                yield Part((source,), n_bytes_here, rows)
            continue
        small.append(source)
        n_bytes += path.stat().st_size
        if n_bytes >= size:
            yield Part(tuple(small), n_bytes)
            small, n_bytes = [], 0
    if small:
        yield Part(tuple(small), n_bytes)


def _guess_outlet(root: Path, path: Path, endings: Mapping[Path, Counter[str]]) -> str:
    """The name of a subfolder of text files, of which nothing better is known; see `read_articles`."""
    beside = endings[path.parent]
    if path.parent == root or beside.total() < 2 or not beside.keys() <= set(TEXT_ENDINGS):
        return ""
    return one_line(path.parent.name)


def read_part(part: Part) -> Iterator[dict[str, str] | SetAside]:
    """Read the articles of a part.

    Yields
    ------
    dict of str to str, or SetAside
        An article: article_id, outlet, agency, published_from, published_to, url, confidence, evidence,
        sha256, text. Or what is not read, and why.
    """
    yield from part.aside
    if part.listed:
        folder = Path(part.sources[0].path)
        for row in part.listed:
            try:
                text, content_hash = read_text(folder, row["file"], row["sha256"])
            except InputError as error:
                yield SetAside(shown(f"{folder.name}/{row['file']}"), f"{error}.")
                continue
            yield {**row, "text": text, "sha256": content_hash}
        return
    for source in part.sources:
        path = Path(source.path)
        reader = READERS[path.suffix.lower()]
        try:
            rows = () if part.rows == ALL_ROWS else (part.rows,)  # only tables are read in ranges
            for one in reader(path, source.called, *rows):
                yield one if isinstance(one, SetAside) else _as_row(one, source)
        except InputError as error:
            yield SetAside(source.called, f"{error}.")
        except OSError:
            yield SetAside(source.called, "The file cannot be read: give yourself the right to.")
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this file's, and is told
            yield SetAside(source.called, f"Reading stopped here ({type(error).__name__}).")


def _as_row(article: RawArticle, source: Source) -> dict[str, str]:
    is_table = Path(source.path).suffix.lower() in TABLE_ENDINGS
    # No name of a file has a colon, so no other article is called so.
    article_id = f"{source.name}:{article.source.rpartition(' ')[2]}" if is_table else source.name
    outlet, notes, sure = article.outlet, article.notes, confidence(article)
    if not outlet and source.outlet:
        outlet, notes = source.outlet, (*notes[:1], "Outlet guessed from the folder's name.", *notes[1:])
        sure = "; ".join(filter(None, ["outlet: low", sure]))
    return {
        "article_id": article_id,
        "outlet": outlet or f"{UNKNOWN_OUTLET}{article_id})",
        "agency": article.agency,
        "published_from": article.published,
        "published_to": article.published,
        "url": article.url,
        "confidence": sure,
        "evidence": " ".join(notes),
        "sha256": sha256(article.text.encode(errors="replace")).hexdigest(),
        "text": article.text,
    }

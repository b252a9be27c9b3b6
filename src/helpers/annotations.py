"""Tables of articles without number: a folder of Parquet files, part by part written and read."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from .actors import load_actors
from .corpus import Corpus
from .errors import InputError

# A part's articles are put in place last: where they are, the part is done.
TABLES = ("set_aside", "sentences", "mentions", "word_counts", "articles")
RUN, COMPLETE, UNFINISHED, ACTORS = "run.json", "complete.json", "unfinished", "actors.toml"
_HELD_ROWS = 1_000_000
_TEXT = (
    "article_id outlet agency headline published_from published_to url confidence evidence sha256 text "
    "actor_id kind use word source reason"
).split()
NUMBERS = "n_words n_paragraphs n_sentences block_id sentence_id start end n n_articles".split()
FLAGS = "in_quote in_name is_function_word".split()


def read_json(path: Path) -> dict[str, Any]:
    """Read one of the small files; empty for what is none of ours."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def put_json(path: Path, content: dict[str, Any]) -> None:
    """Write a small file in one stroke."""
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(path)


def is_annotated(folder: Path) -> bool:
    """Say whether a folder was written by `helpers.scale.annotate`."""
    return read_json(folder / RUN).keys() >= {"articles", "actors", "part_size"}


def part_file(folder: Path, table: str, number: int) -> Path:
    """Where a part of a table is."""
    return folder / table / f"part-{number:06d}.parquet"


def write_part(folder: Path, number: int, tables: dict[str, pd.DataFrame]) -> None:
    """Write one part of every table, so that whatever stops it leaves no file that is half written.

    Parameters
    ----------
    folder : Path
        Has a folder for each of `TABLES`.
    number : int
        The part's.
    tables : dict of str to DataFrame
        One for each of `TABLES`.

    Raises
    ------
    OSError
        The disk is full, or a folder is not there or cannot be written to.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {**dict.fromkeys(_TEXT, pa.string()), **dict.fromkeys(NUMBERS, pa.int64())}
    types |= dict.fromkeys(FLAGS, pa.bool_())
    for name in TABLES:
        schema = pa.schema([(column, types[column]) for column in tables[name].columns])
        table = pa.Table.from_pandas(tables[name], schema=schema, preserve_index=False)
        place = part_file(folder, name, number)
        unfinished = folder / UNFINISHED / f"{name}-{number:06d}-{os.getpid()}.parquet"
        try:
            with unfinished.open("wb") as file:
                pq.write_table(table.replace_schema_metadata(), file, compression="zstd")
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(place)
        finally:
            unfinished.unlink(missing_ok=True)


def count_part(folder: Path, number: int) -> tuple[int, int, int, int] | None:
    """Say how many articles, words, mentions and things set aside a part has; None if it is not done."""
    if not part_file(folder, "articles", number).is_file():
        return None
    n_words = _read(part_file(folder, "articles", number), ["n_words"])["n_words"]
    n_mentions, n_aside = (_count_rows(part_file(folder, name, number)) for name in ("mentions", "set_aside"))
    return len(n_words), int(n_words.sum()), n_mentions, n_aside


def find_done(folder: Path) -> set[int]:
    """Which parts are done."""
    return {int(path.stem.removeprefix("part-")) for path in (folder / "articles").glob("part-*.parquet")}


def _on_disk(asked: str, what: str) -> Exception:
    return InputError(
        f"{what} is read in parts and has no {asked}: use count_mentions, count_cooccurrences or "
        "compare_words, look at its head(), or take a folder of fewer articles"
    )


class Column:
    """A column of a `StoredTable`, or a condition on its rows, as one of a DataFrame.

    Parameters
    ----------
    find : callable
        From one part of the table to its values.
    """

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, find: Callable[[pd.DataFrame], Any]) -> None:
        self.find = find

    def __eq__(self, value: object) -> "Column":  # type: ignore[override]
        """Where the value is this one."""
        return Column(lambda part: self.find(part) == value)

    def __ne__(self, value: object) -> "Column":  # type: ignore[override]
        """Where the value is another."""
        return Column(lambda part: self.find(part) != value)

    def __lt__(self, value: object) -> "Column":
        """Where the value is less."""
        return Column(lambda part: self.find(part) < value)

    def __le__(self, value: object) -> "Column":
        """Where the value is less or this one."""
        return Column(lambda part: self.find(part) <= value)

    def __gt__(self, value: object) -> "Column":
        """Where the value is greater."""
        return Column(lambda part: self.find(part) > value)

    def __ge__(self, value: object) -> "Column":
        """Where the value is greater or this one."""
        return Column(lambda part: self.find(part) >= value)

    def __invert__(self) -> "Column":
        """Where the condition does not hold."""
        return Column(lambda part: ~_as_condition(self.find(part)))

    def __and__(self, other: "Column") -> "Column":
        """Where both conditions hold."""
        return Column(lambda part: _as_condition(self.find(part)) & _find_condition(other, part))

    def __or__(self, other: "Column") -> "Column":
        """Where one of them holds."""
        return Column(lambda part: _as_condition(self.find(part)) | _find_condition(other, part))

    def isin(self, values: Iterable[object]) -> "Column":
        """Where the value is among these."""
        chosen = list(values)
        return Column(lambda part: self.find(part).isin(chosen))

    def __bool__(self) -> bool:
        """Say that Python's own words would look at one condition only."""
        raise InputError(
            "conditions on a table on disk are joined with & and |, each in brackets, not with and, or"
        )

    def __iter__(self) -> NoReturn:
        """Say that something needs the whole column in memory."""
        raise _on_disk("values to go through", "a column on disk")

    def _calculate(self, _: object) -> NoReturn:
        raise _on_disk("sums, differences or products", "a column on disk")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _calculate

    def __getattr__(self, name: str) -> NoReturn:
        """Say that something needs the whole column in memory."""
        if name.startswith("_"):  # asked for by IPython, copy and pickle
            raise AttributeError(name)
        raise _on_disk(repr(name), "a column on disk")


def _as_condition(values: Any) -> Any:
    if not pd.api.types.is_bool_dtype(getattr(values, "dtype", None)):
        raise InputError(
            "rows of a table on disk are chosen by conditions, such as mentions['kind'] == 'named'"
        )
    return values


def _find_condition(condition: object, part: pd.DataFrame) -> Any:
    return _as_condition(condition.find(part) if isinstance(condition, Column) else condition)


@dataclass(frozen=True, eq=False)
class StoredTable:
    """A table that lies on disk in parts and is read one at a time.

    Parameters
    ----------
    folder : Path
        From `helpers.scale.annotate`.
    name : str
        One of `TABLES`.
    steps : tuple of callable
        What is done to each part when it is read, from DataFrame to DataFrame.

    Notes
    -----
    Rows are chosen as in a DataFrame: ``mentions[mentions["kind"] != "title"]``. What counts mentions, pairs
    and words takes one in place of a DataFrame.
    """

    folder: Path
    name: str
    steps: tuple[Callable[[pd.DataFrame], pd.DataFrame], ...] = ()

    def parts(self) -> Iterator[pd.DataFrame]:
        """Read the parts, one after the other."""
        if self.name not in TABLES:
            raise _on_disk("rows", repr(self))
        for number in range(read_json(self.folder / COMPLETE).get("n_parts", 0)):
            part = _read(part_file(self.folder, self.name, number))
            for step in self.steps:
                part = step(part)
            yield part

    def each(self, step: Callable[[pd.DataFrame], pd.DataFrame]) -> "StoredTable":
        """Do something to each part when it is read; an article lies in one part as a whole."""
        return StoredTable(self.folder, self.name, (*self.steps, step))

    def __getitem__(self, chosen: str | Column) -> "Column | StoredTable":
        """Give a column to choose rows by, or the rows chosen."""
        if isinstance(chosen, Column):
            condition = chosen
            return self.each(lambda part: part[_find_condition(condition, part)])
        if not isinstance(chosen, str):
            raise _on_disk(f"[{chosen!r}]", repr(self))
        return Column(lambda part: _find_column(part, chosen))

    def head(self, n: int = 5) -> pd.DataFrame:
        """Read the first rows."""
        found: list[pd.DataFrame] = []
        for part in self.parts():
            found.append(part.head(max(n, 0) - sum(map(len, found))))
            if sum(map(len, found)) >= n:
                break
        return pd.concat(found, ignore_index=True)

    def __len__(self) -> int:
        """Count the rows."""
        return sum(map(len, self.parts()))

    def __iter__(self) -> NoReturn:
        """Say that something needs the whole table in memory."""
        raise _on_disk("rows to go through", repr(self))

    def __getattr__(self, name: str) -> NoReturn:
        """Say that something needs the whole table in memory."""
        if name.startswith("_"):  # asked for by IPython, copy and pickle
            raise AttributeError(name)
        raise _on_disk(repr(name), repr(self))

    def __repr__(self) -> str:
        """Say what it is, in one line and without a path."""
        return f"the table {self.name} of {self.folder.name}/"


def _find_column(part: pd.DataFrame, name: str) -> pd.Series:
    if name not in part.columns:
        raise InputError(f"the table has no column {name!r}: expected one of {', '.join(part.columns)}")
    return part[name]


def _damaged(path: Path) -> InputError:
    table = path.parent
    return InputError(
        f"{table.parent.name}/{table.name}/{path.name} cannot be read: delete the files of that name in all "
        "folders beside it and annotate again"
    )


def _read(path: Path, columns: list[str] | None = None) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            return file.read(columns=columns).to_pandas()
    except (pa.ArrowException, OSError):
        raise _damaged(path) from None


def _count_rows(path: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(path).num_rows)
    except (pa.ArrowException, OSError):
        raise _damaged(path) from None


def in_parts(table: pd.DataFrame | StoredTable) -> Iterator[pd.DataFrame]:
    """Give a table in memory as one part, one on disk part by part.

    Examples
    --------
    >>> [len(part) for part in in_parts(pd.DataFrame({"n": [1, 2]}))]
    [2]
    """
    return table.parts() if isinstance(table, StoredTable) else iter([table])


def sum_parts(parts: Iterable[pd.DataFrame], keys: list[str]) -> pd.DataFrame:
    """Add up tables of counts, by `keys`, without holding more than they come to and some parts.

    Examples
    --------
    >>> tables = [pd.DataFrame({"word": ["a", "b"], "n": [1, 2]}), pd.DataFrame({"word": ["b"], "n": [3]})]
    >>> sum_parts(tables, ["word"]).to_dict("list")
    {'word': ['a', 'b'], 'n': [1, 5]}
    """
    held: list[pd.DataFrame] = []
    for part in parts:
        held.append(part)
        if sum(map(len, held)) > max(_HELD_ROWS, 2 * len(held[0])):
            held = [pd.concat(held).groupby(keys, as_index=False).sum()]
    return pd.concat(held).groupby(keys, as_index=False).sum()


class AnnotatedCorpus(Corpus):
    """Articles of which there are tables on disk and no texts; see `helpers.scale.annotate`."""

    def stored(self, name: str) -> StoredTable:
        """Give a table on disk."""
        return StoredTable(self.folder, name)

    def n_units(self, unit: str) -> pd.Series:
        """Say how many sentences or paragraphs each article has, by article_id."""
        return self._by_id[f"n_{unit}s"]

    @cached_property
    def _by_id(self) -> pd.DataFrame:
        return self.articles.set_index("article_id")

    def raw(self, article_id: str) -> NoReturn:  # noqa: ARG002 - there is none of any
        """Say that there are no texts."""
        raise InputError(
            f"{self.folder.name}/ holds tables and no texts: what reads the text itself needs a folder of "
            "articles"
        )

    def paragraphs(self) -> NoReturn:
        """Say that there are no texts."""
        self.raw("")

    def __repr__(self) -> str:
        """Say what is in it, in one line and without a path."""
        n_outlets = self.articles["outlet"].nunique()
        return (
            f"AnnotatedCorpus: {len(self.articles):,} articles by {n_outlets:,} outlets, "
            f"{self.articles['n_words'].sum():,} words, tables on disk"
        )


def load_annotations(folder: Path) -> AnnotatedCorpus:
    """Read what `helpers.scale.annotate` wrote; of its tables only the articles are held in memory.

    Raises
    ------
    InputError
        If it is not complete, or a file of it is missing.
    """
    n_parts = read_json(folder / COMPLETE).get("n_parts")
    if not isinstance(n_parts, int) or n_parts < 1:
        raise InputError(
            f"{folder.name}/ is not complete ({len(find_done(folder))} parts are done): give the same "
            "annotate command again, it goes on where it stopped"
        )
    if missing := set(range(n_parts)) - find_done(folder):
        raise InputError(
            f"{folder.name}/articles/ lacks part {min(missing)}: delete {COMPLETE} and annotate again"
        )
    columns = ["article_id", "outlet", "published_from", "n_words", "n_paragraphs", "n_sentences"]
    parts = [_read(part_file(folder, "articles", number), columns) for number in range(n_parts)]
    return AnnotatedCorpus(
        articles=pd.concat(parts, ignore_index=True),
        # What asks them for more than a table on disk can give is told so.
        blocks=StoredTable(folder, "blocks"),
        sentences=StoredTable(folder, "sentences"),
        actors=load_actors(folder / ACTORS),
        folder=folder,
        _texts={},
        _blocks={},
    )

"""A folder of tables in parts: Parquet files that are put in place whole, and what was run to make them."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from .errors import InputError

UNKNOWN_OUTLET = "unknown outlet ("

# A part's articles are put in place last: where they are, the part is done.
TABLES = ("set_aside", "sentences", "mentions", "word_counts", "articles")
RUN, COMPLETE, UNFINISHED, ACTORS = "run.json", "complete.json", "unfinished", "actors.toml"
_TEXT = (
    "article_id outlet agency headline published_from published_to url confidence evidence sha256 text "
    "actor_id kind use word source reason"
).split()
NUMBERS = "n_words n_paragraphs n_sentences block_id sentence_id start end n n_articles".split()
FLAGS = "in_quote in_name is_function_word".split()


class Counts(NamedTuple):
    """What a part holds."""

    n_articles: int
    n_words: int
    n_mentions: int
    n_set_aside: int
    n_without_outlet: int
    n_without_date: int


def count_tables(tables: Mapping[str, pd.DataFrame]) -> Counts:
    """Count what the tables of a part hold; of articles n_words, outlet and published_from are read."""
    articles = tables["articles"]
    return Counts(
        len(articles),
        int(articles["n_words"].sum()),
        len(tables["mentions"]),
        len(tables["set_aside"]),
        int(articles["outlet"].str.startswith(UNKNOWN_OUTLET).sum()),
        int((articles["published_from"] == "").sum()),
    )


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


def count_part(folder: Path, number: int) -> Counts | None:
    """Count what a part holds; None if it is not done."""
    if not part_file(folder, "articles", number).is_file():
        return None
    # All are looked at, so that a damaged one is found here and not where it is counted.
    n_rows = {name: range(_count_rows(part_file(folder, name, number))) for name in TABLES}
    looked_at = ["n_words", "outlet", "published_from"]
    articles = read_part_file(part_file(folder, "articles", number), looked_at)
    tables = {name: pd.DataFrame(index=rows) for name, rows in n_rows.items()}
    return count_tables({**tables, "articles": articles})


def find_done(folder: Path) -> set[int]:
    """Which parts are done."""
    return {int(path.stem.removeprefix("part-")) for path in (folder / "articles").glob("part-*.parquet")}


def _damaged(path: Path) -> InputError:
    table = path.parent
    return InputError(
        f"{table.parent.name}/{table.name}/{path.name} cannot be read: delete the files of that name in all "
        "folders beside it and annotate again"
    )


def read_part_file(path: Path, columns: list[str] | None = None) -> pd.DataFrame:
    """Read one file, or raise ``InputError`` with what to do about a damaged one."""
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

"""Articles in Parquet files, read a few rows at a time."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .article_tables import ALL_ROWS, RowRange, find_known_columns, need_text, read_row
from .raw_articles import RawArticle, SetAside

# Rows that are held in memory at once.
_BATCH = 256
_UNREADABLE = "The file is no Parquet file that can be read: write it again."


def read_parquet(path: Path, source: str, rows: RowRange = ALL_ROWS) -> Iterator[RawArticle | SetAside]:
    """Read a Parquet file: an article or a reason for each row.

    Parameters
    ----------
    path, source : Path, str
        The file, and what to call it.
    rows : RowRange
        From `find_parquet_ranges`, to read a part only; `begin` is the number of a row group.

    Raises
    ------
    InputError
        If no column is called text or the like.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            columns = tuple(file.schema_arrow.names)
            need_text(columns, source)
            known = [column for named in find_known_columns(columns).values() for column in named]
            metadata = file.metadata
            sizes = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
            groups = list(range(len(sizes))) if rows.n_rows < 0 else [rows.begin]
            number = sum(sizes[: rows.begin]) + 1
            last = number + sum(sizes) if rows.n_rows < 0 else rows.first + rows.n_rows
            for batch in file.iter_batches(_BATCH, row_groups=groups, columns=known):
                if number + len(batch) > rows.first:
                    for at, row in enumerate(_values(batch), number):
                        if rows.first <= at < last:
                            place = f"{source} row {at}"
                            unread = SetAside(place, "A value of the row cannot be read.")
                            yield unread if row is None else read_row(row, place, f"{path.stem}-{at}", ())
                number += len(batch)
                if number >= last:
                    return
    except (pa.ArrowException, OSError):
        yield SetAside(source, _UNREADABLE)


def _values(batch: Any) -> list[Mapping[str, Any] | None]:
    """The rows of a batch; None for one with bytes that are no text, a day beyond the calendar, …."""
    try:
        rows: list[Mapping[str, Any] | None] = batch.to_pylist()
    except Exception:  # noqa: BLE001 - of a dozen kinds, by the kind of the value
        if len(batch) == 1:
            return [None]
        return [row for at in range(len(batch)) for row in _values(batch.slice(at, 1))]
    return rows


def _read_metadata(path: Path) -> Any:
    """What stands at the end of a Parquet file; None where it cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_metadata(path)
    except (pa.ArrowException, OSError):
        return None


def parquet_size(path: Path) -> int:
    """How many bytes a Parquet file's rows unpack to."""
    if (metadata := _read_metadata(path)) is None or not metadata.num_rows:
        return path.stat().st_size
    return sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups))


def find_parquet_ranges(path: Path, size: int) -> Iterator[tuple[RowRange, int]]:
    """Part a Parquet file into runs of rows of about `size` bytes, none over two row groups.

    Rows of one row group are unpacked from its first on: groups of some thousand rows are read fastest.
    """
    metadata = _read_metadata(path)
    if metadata is None or not metadata.num_rows:
        yield ALL_ROWS, path.stat().st_size  # the reason is given where it is read
        return
    first = 1
    for group in range(metadata.num_row_groups):
        described = metadata.row_group(group)
        n_runs = max(1, -(-described.total_byte_size // size))
        step = max(1, -(-described.num_rows // n_runs))
        for begin in range(0, described.num_rows, step):
            n_rows = min(step, described.num_rows - begin)
            share = described.total_byte_size * n_rows // max(1, described.num_rows)
            yield RowRange(group, first + begin, n_rows), share
        first += described.num_rows

"""Tables too large for memory: read part by part, rows chosen as in a DataFrame."""

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from .errors import InputError
from .part_files import COMPLETE, TABLES, part_file, read_json, read_part_file

# So many rows of counts are held before they are added up.
_HELD_ROWS = 1_000_000


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
        return self._compare(operator.eq, value)

    def __ne__(self, value: object) -> "Column":  # type: ignore[override]
        """Where the value is another."""
        return self._compare(operator.ne, value)

    def __lt__(self, value: object) -> "Column":
        """Where the value is less."""
        return self._compare(operator.lt, value)

    def __le__(self, value: object) -> "Column":
        """Where the value is less or this one."""
        return self._compare(operator.le, value)

    def __gt__(self, value: object) -> "Column":
        """Where the value is greater."""
        return self._compare(operator.gt, value)

    def __ge__(self, value: object) -> "Column":
        """Where the value is greater or this one."""
        return self._compare(operator.ge, value)

    def _compare(self, how: Callable[[Any, Any], Any], value: object) -> "Column":
        """Compare with one value, or with another column of the table."""
        if not (isinstance(value, Column) or pd.api.types.is_scalar(value)):
            raise _on_disk("comparison with several values (but isin)", "a column on disk")

        def find(part: pd.DataFrame) -> Any:
            try:
                return how(self.find(part), value.find(part) if isinstance(value, Column) else value)
            except TypeError:  # of a text with a number
                raise InputError(
                    f"a column on disk cannot be compared with {value!r}: it has values of another kind"
                ) from None

        return Column(find)

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
        if isinstance(values, str):
            raise InputError(f"isin({values!r}) would look for letters: expected a list, isin([{values!r}])")
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

    def _calculate(self, *_: object) -> NoReturn:
        raise _on_disk("sums, differences and the like", "a column on disk")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _calculate
    __mod__ = __rmod__ = __floordiv__ = __rfloordiv__ = __pow__ = __rpow__ = __neg__ = __abs__ = _calculate
    __xor__ = __rxor__ = __rand__ = __ror__ = _calculate

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
    # A column in memory has no parts, so that its rows would be taken for those of each.
    return _as_condition(condition.find(part) if isinstance(condition, Column) else None)


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
            part = read_part_file(part_file(self.folder, self.name, number))
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
            raise _on_disk(f"[{' '.join(repr(chosen).split())[:60]}]", repr(self))
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

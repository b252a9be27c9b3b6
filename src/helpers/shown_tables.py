"""Tables as a reader wants them: headings in words with their units, numbers cut to what they can bear."""

import html
import math
import tomllib
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .errors import InputError

MISSING = "–"
# Jupyter sets numbers and texts alike to the right; a code host drops style sheets, but not these.
_LEFT, _RIGHT = "text-align:left", "text-align:right"


class _Look(NamedTuple):
    """How a column is shown: its heading, its unit, digits after the point (-1: by size)."""

    heading: str
    unit: str = ""
    digits: int = -1
    percent: bool = False


@lru_cache(maxsize=1)
def _looks() -> dict[str, _Look]:
    text = files("helpers").joinpath("data/columns.toml").read_text(encoding="utf-8")
    return {name: _Look(**look) for name, look in tomllib.loads(text).items()}


def _look_of(name: str) -> _Look:
    """The look of a column; one that is not listed is named by its own words."""
    return _looks().get(name, _Look(name.removeprefix("n_").replace("_", " ")))


def _digits(values: list[Any]) -> int:
    """Digits after the point by which the largest number of a column keeps two or more that say something."""
    finite = [abs(n) for n in values if isinstance(n, int | float) and math.isfinite(n)]
    if all(float(n).is_integer() for n in finite):
        return 0
    largest = max(finite)
    return 1 if largest >= 10 else 2 if largest >= 1 else min(1 - math.floor(math.log10(largest)), 9)


def _write(value: object, digits: int, percent: bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and not percent and not digits:
        return f"{value:,}"  # exact, however large
    if isinstance(value, int | float):
        if not math.isfinite(value):
            return MISSING
        return f"{value * 100 if percent else value:z,.{digits}f}"  # z: no minus before a zero
    if isinstance(value, list | tuple | np.ndarray):
        return ", ".join(map(str, value))
    if isinstance(value, set | frozenset):
        return ", ".join(sorted(map(str, value)))
    if value is None or value is pd.NA or value is pd.NaT:
        return MISSING
    if isinstance(value, datetime) and value.time() == time():
        return str(value.date())
    return str(value)


def _values(column: pd.Series) -> list[Any]:
    return [value.item() if isinstance(value, np.generic) else value for value in column.astype(object)]


def _write_column(column: pd.Series, look: _Look) -> tuple[list[str], bool]:
    """The cells of a column as text, and whether they are numbers."""
    values = _values(column)
    texts = [v for v in values if isinstance(v, str | bool | list | tuple)]
    numbers = any(isinstance(v, int | float) for v in values) and not texts
    return [_write(value, look.digits, look.percent) for value in values], numbers


@dataclass(frozen=True, eq=False)
class ShownTable:
    """A table made ready to read; shows itself in a notebook or as text.

    Parameters
    ----------
    cells : DataFrame
        What is shown, as text; the columns are the headings.
    names : list of str
        The columns' own names in the table it was made from, for code.
    units : list of str
        The unit of each column, "" for none.
    numbers : list of bool
        Whether a column holds numbers.
    n_headings : int
        How many of the first columns name their row.
    caption : str
        What the numbers are.
    n_left_out : int
        How many rows are not shown.
    """

    cells: pd.DataFrame
    names: list[str]
    units: list[str]
    numbers: list[bool]
    n_headings: int
    caption: str
    n_left_out: int

    def __repr__(self) -> str:
        """Columns side by side, the unit behind each heading."""
        titles = [
            f"{heading} ({unit})" if unit else heading
            for heading, unit in zip(self.cells.columns, self.units, strict=True)
        ]
        columns = []
        for position, title in enumerate(titles):
            # A text's own line ends would break the rows.
            cells = [" ".join(cell.split()) for cell in [title, *self.cells.iloc[:, position]]]
            width = max(map(len, cells))
            columns.append([c.rjust(width) if self.numbers[position] else c.ljust(width) for c in cells])
        lines = ["  ".join(row).rstrip() for row in zip(*columns, strict=True)]
        return "\n".join([*([self.caption] if self.caption else []), *lines, *self._rest()])

    def _repr_html_(self) -> str:
        sides = [_RIGHT if number else _LEFT for number in self.numbers]
        head = "".join(
            f'<th scope="col" style="{side}" title="{html.escape(name)}">{html.escape(str(heading))}'
            + (f"<br><small>{html.escape(unit)}</small></th>" if unit else "</th>")
            for heading, name, unit, side in zip(
                self.cells.columns, self.names, self.units, sides, strict=True
            )
        )
        body = []
        for row in self.cells.itertuples(index=False, name=None):
            cells = [
                f'<th scope="row" style="{side}">{html.escape(cell)}</th>'
                if position < self.n_headings
                else f'<td style="{side}">{html.escape(cell)}</td>'
                for position, (cell, side) in enumerate(zip(row, sides, strict=True))
            ]
            body.append(f"<tr>{''.join(cells)}</tr>")
        caption = f'<caption style="{_LEFT}">{html.escape(self.caption)}</caption>' if self.caption else ""
        rest = "".join(f"<p>{html.escape(line)}</p>" for line in self._rest())
        return (
            # The class keeps dollar signs of the text from being set as formulas.
            f'<table class="shown tex2jax_ignore mathjax_ignore">{caption}<thead><tr>{head}</tr></thead>'
            f"<tbody>{''.join(body)}</tbody></table>{rest}"
        )

    def _rest(self) -> list[str]:
        if not len(self.cells):
            return ["There is no such row."]
        return say_rest(self.n_left_out, "row")


def _find_looks(columns: list[tuple[str, pd.Series]], n_headings: int, *, pivoted: bool) -> list[_Look]:
    """The look of each column; what is one quantity, a pivot or the ends of a range, is written alike."""
    looks, kinds = [], []
    alike: dict[str, list[Any]] = {}
    for position, (name, column) in enumerate(columns):
        of_pivot = pivoted and position >= n_headings
        looks.append(_Look(name) if of_pivot else _look_of(name))
        kinds.append("" if of_pivot else _kind(name))
        alike.setdefault(kinds[-1], []).extend(_values(column))
    return [
        look if look.digits >= 0 else look._replace(digits=_digits(alike[kind]))
        for look, kind in zip(looks, kinds, strict=True)
    ]


def _kind(name: str) -> str:
    return name.removesuffix("_low").removesuffix("_high")


def show_table(table: pd.DataFrame, caption: str = "", n: int = 20) -> ShownTable:
    """Show a table with headings in words, units below them and short numbers.

    Parameters
    ----------
    table : DataFrame
        Any table of the suite, or one made from it. An index with a name becomes the first columns, another
        is not shown. Columns that the suite uses have a heading and a unit of their own
        (``data/columns.toml``): shares, for one, are shown in percent. Other columns, and those of a pivot
        (a table whose columns have a name together), are headed by their own names, and their numbers are cut
        to what the largest can bear.
    caption : str
        What the numbers are, with their unit where the columns cannot say it.
    n : int
        Show at most so many rows, from the first; the rest is counted.

    Returns
    -------
    ShownTable
        Shows itself, escaped. The tooltip of a heading is the column's name in the table.

    Raises
    ------
    InputError
        If it is no table, or n is below 1.

    Examples
    --------
    >>> import pandas as pd
    >>> counts = pd.DataFrame({"outlet": ["Daily"], "n_mentions": [1204], "mentions_per_1000_words": [12.34]})
    >>> show_table(counts)
    outlet  mentions  mentions (per 1,000 words)
    Daily      1,204                        12.3
    """
    if not isinstance(table, pd.DataFrame):
        raise InputError(f"table is a {type(table).__name__}: expected a DataFrame, such as counts.head(5)")
    if n < 1:
        raise InputError(f"n is {n}: expected 1 or more rows to show")
    named = [level is not None for level in table.index.names]
    if table.columns.nlevels > 1:
        joined = [", ".join(map(str, column)) for column in table.columns]
        table = table.set_axis(joined, axis="columns")
    shown = table.head(n)
    n_headings = sum(named) if all(named) else 0
    columns: list[tuple[str, pd.Series]] = []
    if n_headings:
        # By place: names may be numbers, and may be equal.
        levels = shown.index.set_names(list(range(n_headings)))
        columns += [
            (str(name), levels.get_level_values(level).to_series())
            for level, name in enumerate(shown.index.names)
        ]
    columns += [(str(name), shown.iloc[:, at]) for at, name in enumerate(shown.columns)]
    looks = _find_looks(columns, n_headings, pivoted=table.columns.name is not None)
    written = [_write_column(column, look) for (_, column), look in zip(columns, looks, strict=True)]
    cells = pd.DataFrame(dict(enumerate(texts for texts, _ in written)), dtype=object)
    return ShownTable(
        cells=cells.set_axis([look.heading for look in looks], axis="columns"),
        names=[name for name, _ in columns],
        units=[look.unit for look in looks],
        numbers=[number for _, number in written],
        n_headings=n_headings,
        caption=caption,
        n_left_out=len(table) - len(shown),
    )


def say_rest(n_left_out: int, noun: str) -> list[str]:
    """Say in a line how many more there are, or nothing if all are shown.

    Examples
    --------
    >>> say_rest(1, "row"), say_rest(1204, "use"), say_rest(0, "use")
    (['+ 1 more row'], ['+ 1,204 more uses'], [])
    """
    return [f"+ {n_left_out:,} more {noun}{'' if n_left_out == 1 else 's'}"] if n_left_out else []


def as_html(shown: Any) -> str:
    """Give what an object shows in a notebook; text where it has nothing better."""
    made = shown._repr_html_() if hasattr(shown, "_repr_html_") else None
    return f"<pre>{html.escape(repr(shown))}</pre>" if made is None else str(made)

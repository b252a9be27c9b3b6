"""What charts that look like a table share: row labels, column heads, shaded cells."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize

from helpers.charts_style import (
    INK,
    LINE,
    PALE,
    SHADES,
    SMALL,
    SOFT,
    TEXT,
    Side,
    clean_label,
    count_noun,
    find_luminance,
    format_together,
    mark,
    measure,
    wrap,
    write,
)

MAX_OUTLETS = 12  # of more, those with most mentions are shown and the others counted
UPRIGHT = 130.0  # points that an upright column head may take
MARK_WIDTH, GAP = 10.0, 8.0


@dataclass(frozen=True)
class RowLabels:
    """The labels of the rows of a chart, wrapped, with the heights that they need."""

    names: list[list[str]]
    notes: list[list[str]]
    sides: list[Side | None]
    name_width: float
    width: float
    heights: list[float]


def lay_out_rows(
    names: Sequence[str],
    sides: Sequence[Side | None],
    *,
    max_width: float = 112,
    pad: float = 4.5,
    name_sides: bool = True,
) -> RowLabels:
    """Wrap the row names and, if wanted, the names of their sides into two columns."""
    clean = [clean_label(name) for name in names]
    notes = [side.name if side and name_sides else "" for side in sides]
    lead = MARK_WIDTH if any(sides) else 0.0
    name_width = min(max((measure(name, TEXT) for name in clean), default=0.0), max_width)
    note_width = min(max((measure(note, SMALL) for note in notes if note), default=0.0), 58.0)
    name_lines = [wrap(name, name_width, TEXT) for name in clean]
    note_lines = [wrap(note, note_width, SMALL) if note else [] for note in notes]
    return RowLabels(
        names=name_lines,
        notes=note_lines,
        sides=list(sides),
        name_width=name_width,
        width=lead + name_width + GAP + (note_width + GAP if note_width else 0),
        heights=[
            max(len(a) * TEXT, len(b) * SMALL) * LINE + pad
            for a, b in zip(name_lines, note_lines, strict=True)
        ],
    )


def write_rows(ax: Axes, rows: RowLabels, edges: Sequence[float]) -> None:
    """Write marker, name and side of each row left of the axes, whose y is in points."""
    lead = MARK_WIDTH if any(rows.sides) else 0.0
    for k, (name, note, side) in enumerate(zip(rows.names, rows.notes, rows.sides, strict=True)):
        y = (edges[k] + edges[k + 1]) / 2
        if side:
            mark(ax, side, y, -rows.width + 3)
        write(ax, name, (0, y), shift=(lead - rows.width, 0), gid="row",
              color=INK if side or not any(rows.sides) else SOFT)  # fmt: skip
        if note:
            shift = (lead - rows.width + rows.name_width + GAP, 0)
            write(ax, note, (0, y), shift=shift, size=SMALL, color=SOFT, gid="side")


def find_edges(heights: Sequence[float]) -> list[float]:
    """Return the upper edge of each row and the lower edge of the last.

    Examples
    --------
    >>> find_edges([10.0, 20.0])
    [0.0, 10.0, 30.0]
    """
    return [0.0, *np.cumsum(np.asarray(heights, dtype=float)).tolist()]


@dataclass(frozen=True)
class Heads:
    """Column heads, level if every name fits in three lines without a broken word, else upright."""

    lines: list[list[str]]
    upright: bool
    height: float


def _part_long_words(name: str, room: float) -> str:
    """Let a word that is too wide break where a reader would: after a full stop, a hyphen or a slash."""
    words = name.split(" ")
    return " ".join(
        re.sub(r"(?<=[.\-/])(?=\w)", " ", word) if measure(word, SMALL, "bold") > room else word
        for word in words
    )


def lay_out_heads(names: Sequence[str], width: float) -> Heads:
    """Wrap column heads for columns `width` points wide."""
    clean = [clean_label(name) for name in names]
    room = width - 3
    parted = [_part_long_words(name, room) for name in clean]
    level = [wrap(name, room, SMALL, "bold") for name in parted]
    words_fit = all(measure(word, SMALL, "bold") <= room for name in parted for word in name.split())
    if words_fit and max(map(len, level), default=0) <= 3:
        return Heads(level, False, max(map(len, level), default=0) * SMALL * LINE + 4)
    n_lines = max(1, int(room // (SMALL * LINE)))
    longest = max(measure(name, SMALL, "bold") for name in clean)
    whole = max(measure(word, SMALL, "bold") for name in clean for word in name.split())
    length = max(longest / n_lines + 6, min(whole + 6, UPRIGHT))
    while max(len(wrap(name, length, SMALL, "bold")) for name in clean) > n_lines:
        length += 6
    return Heads([wrap(name, length, SMALL, "bold") for name in clean], True, length + 4)


def write_heads(ax: Axes, heads: Heads, x: Sequence[float], up: float) -> None:
    """Write the column heads at `x` (data), `up` points above the axes."""
    for at, lines in zip(x, heads.lines, strict=True):
        write(ax, lines, (at, 1), on=("data", "axes fraction"), shift=(0, up + 2), size=SMALL,
              weight="bold", ha="center", va="bottom", rotation=90 if heads.upright else 0,
              multialignment="left" if heads.upright else "center", gid="head")  # fmt: skip


def shade_cells(
    ax: Axes,
    x_edges: Sequence[float],
    y_edges: Sequence[float],
    values: np.ndarray,
    *,
    top: float,
    zero: str = "0",
) -> None:
    """Shade cells by value from zero (left white) to `top` and write each number, NaN as a dash."""
    shown = np.ma.masked_where(~(values > 0), values)
    ax.pcolormesh(x_edges, y_edges, shown, cmap=SHADES, vmin=0, vmax=max(top, 1),
                  edgecolors="white", linewidth=1)  # fmt: skip
    scale = Normalize(0, max(top, 1))
    ax_width = ax.get_window_extent().width / ax.figure.dpi * 72
    room = ax_width / abs(np.diff(ax.get_xlim())[0]) * min(np.diff(x_edges)) - 1
    texts = format_together([*values.ravel(), top], room)
    for row, column in np.ndindex(values.shape):
        value = float(values[row, column])
        at = (x_edges[column] + x_edges[column + 1]) / 2, (y_edges[row] + y_edges[row + 1]) / 2
        colour = text_colour(SHADES(scale(value))) if value > 0 else PALE
        text = zero if value == 0 else texts[row * values.shape[1] + column]
        write(ax, text, at, on=("data", "data"), size=SMALL, ha="center", color=colour,
              gid="cell")  # fmt: skip


def text_colour(background: tuple[float, float, float, float]) -> str:
    """Return a colour of text that stands out from the background 4.5 to 1: dark, black or white.

    Examples
    --------
    >>> [text_colour((grey, grey, grey, 1)) for grey in (1, 0.5, 0)]
    ['#1F1F1F', 'black', 'white']
    """
    behind = find_luminance(background) + 0.05
    if behind / (find_luminance(INK) + 0.05) >= 4.6:
        return INK
    return "black" if behind / 0.05 > 1.05 / behind else "white"


def rank_outlets(table: pd.DataFrame, value: str) -> tuple[list[str], int]:
    """Order outlets by the sum of `value`, largest first; return those shown, how many are not."""
    totals = table.groupby("outlet", observed=True)[value].sum().reset_index()
    totals = totals.sort_values([value, "outlet"], ascending=[False, True])
    outlets = totals["outlet"].tolist()
    return outlets[:MAX_OUTLETS], max(0, len(outlets) - MAX_OUTLETS)


def name_outlets(outlets: Sequence[str], n_hidden: int = 0) -> str:
    """List outlets for a source line, or count them where the list would be long.

    Examples
    --------
    >>> name_outlets(["A", "B", "C"]), name_outlets(list("ABCDEFGH"), 2)
    ('A, B and C', '8 outlets (+ 2 more not shown)')
    """
    more = f" (+ {n_hidden} more not shown)" if n_hidden else ""
    if len(outlets) > 6:
        return count_noun(len(outlets), "outlet") + more
    names = [clean_label(outlet) for outlet in outlets]
    return (names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}") + more

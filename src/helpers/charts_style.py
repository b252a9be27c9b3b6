"""The look that all charts share: type, colours of the sides, header, source line, fitted text.

Lengths are points (1/72 inch) unless said otherwise. Nothing here changes matplotlib's
settings for others: a chart is drawn inside `chart_style`.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.text import Annotation
from matplotlib.textpath import text_to_path

from helpers.errors import InputError

POINTS = 72 / 25.4  # points a millimetre
_SHEET: ContextVar[float] = ContextVar("sheet", default=170 * POINTS)  # the text of a page: 170 mm
SMALL, TEXT, SUBTITLE, TITLE = 7.0, 7.5, 8.0, 10.5  # sizes of type; none is smaller than 7 pt
LINE = 1.22  # height of a line of text, in sizes of type
INK, SOFT, FAINT, GREY = "#1F1F1F", "#666666", "#DDDDDD", "#8F8F8F"
PALE = "#757575"  # zeros and the like: as light as a text may be on white, 4.5 to 1
SHADES = LinearSegmentedColormap.from_list("slate", ["#F1F4F7", "#93A7BA", "#22384E"])
MISSING = "–"

STYLE: Any = {  # keys are those of matplotlib.rcParams
    "font.family": "DejaVu Sans",  # ships with matplotlib: the same on every machine
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,  # two dollar signs in a name are no formula
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.spines.bottom": False,
    "axes.linewidth": 0.6,
    "xtick.labelsize": SMALL,
    "xtick.color": SOFT,
    "xtick.major.size": 0,
    "ytick.left": False,
    "ytick.labelleft": False,
    "hatch.linewidth": 0.6,
    "hatch.color": "white",
    "figure.dpi": 144,
    "figure.constrained_layout.use": False,
    "figure.autolayout": False,
    "svg.fonttype": "path",  # text as outlines: looks the same where the font is missing
    "svg.hashsalt": "helpers",
    "pdf.fonttype": 3,
}


@dataclass(frozen=True)
class Side:
    """How one affiliation looks in every chart: never by colour alone."""

    name: str
    colour: str
    marker: str
    hatch: str

    @property
    def edge(self) -> str:
        """Colour of a mark's edge: white, to part it from a line; dark where a pale mark would be lost."""
        return "white" if find_luminance(self.colour) < 0.3 else SOFT  # 1.05 / 0.35: a contrast of 3 to 1


def find_luminance(colour: Any) -> float:
    """Return the relative luminance of a colour, 0 for black to 1 for white (WCAG 2).

    Examples
    --------
    >>> [round(find_luminance(colour), 2) for colour in ("black", "#0072B2", "white")]
    [0.0, 0.15, 1.0]
    """
    rgb = np.asarray(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@contextmanager
def chart_style() -> Iterator[None]:
    """Set the look of a chart for as long as it is drawn; also usable as a decorator."""
    with mpl.rc_context(STYLE):
        try:
            yield
        finally:
            # A notebook's backend turns interactive when the first figure opens. Were that undone with the
            # rest, no second figure would show.
            interactive = mpl.is_interactive()
    mpl.interactive(interactive)


@contextmanager
def chart_width(millimetres: float) -> Iterator[None]:
    """Draw charts in another width than 170 mm; the type keeps its size, the layout changes.

    Parameters
    ----------
    millimetres : float
        Width of the sheet.

    Raises
    ------
    InputError
        If it is no number from 80 to 420.

    Examples
    --------
    >>> with chart_width(120):
    ...     ax = draw_nothing(None, "Mentions", "No mention was found.")
    >>> round(ax.figure.get_size_inches()[0] * 25.4); plt.close()
    120
    """
    if not 80 <= millimetres <= 420:
        raise InputError(f"a chart {millimetres:g} mm wide: expected 80 (a column) to 420 (a poster)")
    token = _SHEET.set(millimetres * POINTS)
    try:
        yield
    finally:
        _SHEET.reset(token)


def sheet_width() -> float:
    """Return the width of a chart's sheet in points.

    Examples
    --------
    >>> round(sheet_width())
    482
    """
    return _SHEET.get()


NARROW, MIDDLING = 85, 120  # least width, in mm, of a chart that needs less room than most


# Okabe and Ito's set without yellow, which is too pale on white.
_LOOKS = (
    ("#0072B2", "o", ""),
    ("#D55E00", "s", "////"),
    ("#009E73", "^", "...."),
    ("#CC79A7", "D", "\\\\\\\\"),
    ("#E69F00", "v", "xxxx"),
    ("#56B4E9", "P", "----"),
    ("#000000", "X", "++++"),
)


def list_sides(table: pd.DataFrame) -> dict[str, Side]:
    """Give each side its colour, marker and hatch: the one source of all charts' colours.

    The seven sides with most mentions get a colour each, handed out in the alphabetical order
    of their ids, so that a small shift in the counts swaps no colours. All other sides, and
    actors without one (``""``), are grey. Every chart calls this on its own table; where a
    table holds only part of a corpus, call it on the whole and pass the result as ``sides``.

    Parameters
    ----------
    table : DataFrame
        Columns: affiliation (id, may be ``""``), affiliation_name, n_mentions.

    Returns
    -------
    dict of str to Side
        By affiliation id; ``""`` is always among the keys.

    References
    ----------
    Okabe, M. and Ito, K. (2008), Color Universal Design.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"affiliation": ["b", "a", ""], "affiliation_name": ["B", "A", ""],
    ...      "n_mentions": [9, 1, 4]})
    >>> [(key, side.colour, side.marker) for key, side in list_sides(table).items()]
    [('', '#8F8F8F', 'h'), ('a', '#0072B2', 'o'), ('b', '#D55E00', 's')]
    """
    check_columns(table, ("affiliation", "affiliation_name", "n_mentions"), "list_sides")
    rows = pd.DataFrame(
        {
            "side": table["affiliation"].fillna("").astype(str),
            "name": table["affiliation_name"].fillna("").astype(str),
            "n": table["n_mentions"].fillna(0),
        }
    )
    totals = rows.groupby("side").agg(name=("name", "first"), n=("n", "sum")).reset_index()
    totals = totals[totals["side"] != ""].sort_values(["n", "side"], ascending=[False, True])
    coloured = sorted(totals["side"].head(len(_LOOKS)))
    looks = dict(zip(coloured, _LOOKS, strict=False))
    sides = {"": Side("", GREY, "h", "")}
    for side, name in sorted(zip(totals["side"], totals["name"], strict=True)):
        sides[side] = Side(clean_label(name or side), *looks.get(side, (GREY, "h", "")))
    return sides


def check_columns(table: pd.DataFrame, columns: Iterable[str], chart: str) -> None:
    """Raise ``InputError`` with the missing columns if `table` is not the chart's table.

    Examples
    --------
    >>> check_columns(pd.DataFrame({"outlet": []}), ["outlet", "n"], "draw_naming")
    Traceback (most recent call last):
    helpers.errors.InputError: draw_naming: the table lacks the column 'n'; it has 'outlet'
    """
    missing = [repr(column) for column in columns if column not in table.columns]
    if missing:
        have = ", ".join(repr(str(column)) for column in table.columns) or "none"
        noun = "column" if len(missing) == 1 else "columns"
        raise InputError(f"{chart}: the table lacks the {noun} {', '.join(missing)}; it has {have}")


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())


def clean_label(text: object) -> str:
    r"""Make any string fit to draw: one line, no control characters, only glyphs the font has.

    Control and direction characters go (they could reorder the text around them); a character
    that the font lacks becomes ``�``. The data beside a figure keep the string as it is.

    Examples
    --------
    >>> clean_label("Jane\u202e\t  Doe \ud800")
    'Jane Doe �'
    """
    kept = []
    for character in str(text):
        if character.isspace():
            kept.append(" ")
        elif unicodedata.category(character) in ("Cc", "Cf"):
            continue
        else:
            kept.append(character if ord(character) in _glyphs() else "�")
    return re.sub(" +", " ", "".join(kept)).strip() or "(no name)"


def format_count(value: float, digits: int = 0) -> str:
    """Write a number for a chart: thousands by comma, a dash where there is none.

    Examples
    --------
    >>> format_count(1234), format_count(2.25, 1), format_count(float("nan"))
    ('1,234', '2.2', '–')
    """
    return f"{value:,.{digits}f}" if math.isfinite(value) else MISSING


def format_cell(value: float) -> str:
    """Write a number for a narrow cell: at most five characters.

    Examples
    --------
    >>> format_cell(9999), format_cell(12_345), format_cell(2_500_000)
    ('9,999', '12k', '2.5M')
    """
    if math.isfinite(value) and value >= 999_500:
        return f"{value / 1e6:.1f}M"
    return f"{value / 1e3:.0f}k" if value >= 10_000 else format_count(value)


def format_together(values: Iterable[float], room: float) -> list[str]:
    """Write numbers that stand side by side in one form: in full where all fit `room` points, else in k.

    Examples
    --------
    >>> format_together([10_886, 9_849, 250], 30), format_together([10_886, 9_849, 250], 20)
    (['10,886', '9,849', '250'], ['10.9k', '9.8k', '250'])
    """
    values = list(values)
    full = [format_count(value) for value in values]
    if max((measure(text, SMALL) for text in full), default=0.0) <= room:
        return full
    if max((value for value in values if math.isfinite(value)), default=0.0) >= 99_950:
        return [format_cell(value) for value in values]
    return [f"{v / 1e3:.1f}k" if v >= 1000 else text for v, text in zip(values, full, strict=True)]


def count_noun(n: float, noun: str, plural: str = "") -> str:
    """Write a count with its noun.

    Examples
    --------
    >>> count_noun(1, "actor"), count_noun(31, "actor"), count_noun(2, "party", "parties")
    ('1 actor', '31 actors', '2 parties')
    """
    return f"{format_count(n)} {noun if n == 1 else plural or noun + 's'}"


def list_some(items: Sequence[str], room: int, between: str = ", ", *, count: bool = False) -> str:
    """List the first items that fit `room` characters, one at least; if wanted, count the others.

    Examples
    --------
    >>> list_some(["Ann 3", "Bo 2", "Cy 1"], 12), list_some(["Ann 3", "Bo 2", "Cy 1"], 12, count=True)
    ('Ann 3, Bo 2', 'Ann 3, Bo 2, + 1 more')
    """
    n = 1
    while n < len(items) and len(between.join(items[: n + 1])) <= room:
        n += 1
    rest = [f"+ {len(items) - n} more"] if count and n < len(items) else []
    return between.join([*items[:n], *rest])


def name_windows(window: str, n: float = 2) -> str:
    """Name the windows that pairs were counted in, in the number that `n` asks for.

    Examples
    --------
    >>> name_windows("sentence"), name_windows("3 sentences"), name_windows("paragraph", 1)
    ('sentences', 'runs of 3 sentences', 'paragraph')
    """
    several = " " in window  # "3 sentences"
    if n == 1:
        return f"run of {window}" if several else window
    return f"runs of {window}" if several else f"{window}s"


@lru_cache(maxsize=20_000)
def measure(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of one line of text in points, with air for the hinting of screens."""
    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    width = text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]
    return float(width) * 1.05 + 0.5


def wrap(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """Break text into lines no wider than `width` points; a longer word is broken within.

    Examples
    --------
    >>> wrap("The Long Name Daily", 50, 7)
    ['The Long', 'Name Daily']
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if measure(longer, size, weight) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while measure(line, size, weight) > width and len(line) > 1:
            begin = _cut_word(line, width, size, weight)
            lines.append(begin)
            line = line[len(begin) :] if line.startswith(begin) else line[len(begin) - 1 :]
    return [*lines, line] if line else lines or [""]


def _cut_word(word: str, width: float, size: float, weight: str) -> str:
    """Return as much of a word as fits: up to a sign where a reader would break it, or with a hyphen.

    A hyphen would change an address or an id; scripts without capitals know none.
    """
    fitting = [k for k in range(1, len(word)) if measure(word[:k], size, weight) <= width]
    most = fitting[-1] if fitting else 1
    own = max(word.rfind(sign, 0, most) for sign in "-/.") + 1
    if own > 2:
        return word[:own]
    if word.isalpha() and word.lower() != word.upper():
        hyphened = [k for k in fitting[1:] if measure(f"{word[:k]}-", size, weight) <= width]
        return f"{word[: hyphened[-1]]}-" if hyphened else word[:most]
    return word[:most]


def write(
    ax: Axes,
    text: str | Sequence[str],
    xy: tuple[float, float],
    *,
    on: tuple[str, str] = ("axes fraction", "data"),
    shift: tuple[float, float] = (0, 0),
    size: float = TEXT,
    **look: Any,
) -> Annotation:
    """Write lines of text at `xy`, moved by `shift` points; `on` names the two coordinates."""
    lines = text if isinstance(text, str) else "\n".join(text)
    settings = {"ha": "left", "va": "center", "color": INK, **look}
    return ax.annotate(
        lines,
        xy,
        xycoords=on,
        xytext=shift,
        textcoords="offset points",
        annotation_clip=False,
        size=size,
        **settings,
    )


def mark(
    ax: Axes,
    side: Side,
    y: float,
    dx: float,
    dy: float = 0.7,
    *,
    on: str = "data",
    size: float = 5,
    gid: str | None = None,
) -> None:
    """Draw a side's marker `dx` points right of the axes' left edge, at height `y`."""
    base = ax.get_yaxis_transform() if on == "data" else ax.transAxes
    moved = base + mpl.transforms.ScaledTranslation(
        dx / 72,
        dy / 72,
        ax.get_figure(root=True).dpi_scale_trans,  # type: ignore[union-attr]
    )
    ax.plot(
        [0],
        [y],
        marker=side.marker,
        color=side.colour,
        markersize=size,
        markeredgecolor=side.edge,
        markeredgewidth=0.4,
        linestyle="none",
        transform=moved,
        clip_on=False,
        label="_side",
        gid=gid,
    )


def open_chart(
    ax: Axes | None,
    *,
    title: str,
    subtitle: str,
    source: str,
    height: float,
    left: float = 0,
    right: float = 0,
    top: float = 0,
    bottom: float = 0,
    n_panels: int = 1,
    n_columns: int = 1,
    inset: float = 0,
    key: Sequence[Side] = (),
    least: int = 148,
) -> list[Axes]:
    """Open a figure as wide as `chart_width` says with its header and source line; return its panels.

    Below `least` millimetres the chart's labels would have no room: ``InputError``.

    `left` is kept free for row labels at each row of panels; `inset` (left), `top`, `right` and
    `bottom` at each panel. Given an `ax`, that one panel is used as it is and only the texts are
    added: leave room around it.
    """
    margin, gap, sheet = 8.0, 10.0, sheet_width()
    if ax is None and sheet < (least - 0.1) * POINTS:
        raise InputError(
            f"chart {title!r} has no room for its labels on {sheet / POINTS:.0f} mm: "
            f"expected {least} mm or more"
        )
    width = sheet - 2 * margin if ax is None else ax.get_window_extent().width / ax.figure.dpi * 72
    titles = wrap(clean_label(title), width, TITLE, "bold")
    subtitles = wrap(clean_label(subtitle), width, SUBTITLE)
    sources = wrap(clean_label(source), width, SMALL) if source else [""]
    keys = _key_positions(key, width)
    key_height = 0.0 if not keys else (keys[-1][1] + 1) * SMALL * 1.6 + 2
    header = len(titles) * TITLE * LINE + len(subtitles) * SUBTITLE * LINE + key_height + 10
    footer = len(sources) * SMALL * LINE + 10

    if ax is None:
        n_rows = math.ceil(n_panels / n_columns)
        band = top + height + bottom
        total = 2 * margin + header + n_rows * band + (n_rows - 1) * gap + footer
        figure = plt.figure(figsize=(sheet / 72, total / 72))
        panel = (width - left - (n_columns - 1) * gap) / n_columns - inset - right
        axes = []
        for k in range(n_panels):
            row, column = divmod(k, n_columns)
            x = margin + left + inset + column * (inset + panel + right + gap)
            y = total - margin - header - row * (band + gap) - top - height
            axes.append(figure.add_axes((x / sheet, y / total, panel / sheet, height / total)))
        start, last = -left - inset, axes[n_columns * (n_rows - 1)]
    else:
        ax.spines[:].set_visible(False)
        ax.tick_params(left=False, labelleft=False)
        axes, start, last = [ax], 0.0, ax

    corner: Any = {"on": ("axes fraction", "axes fraction"), "va": "top"}
    up = top + header
    write(axes[0], titles, (0, 1), shift=(start, up), size=TITLE, weight="bold",
          gid="chart-title", **corner)  # fmt: skip
    up -= len(titles) * TITLE * LINE + 2
    write(axes[0], subtitles, (0, 1), shift=(start, up), size=SUBTITLE, color=SOFT,
          gid="chart-subtitle", **corner)  # fmt: skip
    up -= len(subtitles) * SUBTITLE * LINE + SMALL
    for x, line, side in keys:
        y = up - line * SMALL * 1.6
        mark(axes[0], side, 1, start + x + 3, y, on="axes")
        write(axes[0], side.name or "no side", (0, 1), shift=(start + x + 9, y), size=SMALL,
              on=("axes fraction", "axes fraction"))  # fmt: skip
    write(last, sources, (0, 0), shift=(start, -bottom - 8), size=SMALL, color=SOFT,
          gid="chart-source", **corner)  # fmt: skip
    return axes


def _key_positions(key: Sequence[Side], width: float) -> list[tuple[float, int, Side]]:
    """Place the entries of a key in lines: x in points, line number, side."""
    placed = []
    x, line = 0.0, 0
    for side in key:
        entry = 9 + measure(side.name or "no side", SMALL) + 12
        if x and x + entry > width:
            x, line = 0.0, line + 1
        placed.append((x, line, side))
        x += entry
    return placed


def draw_nothing(ax: Axes | None, title: str, sentence: str) -> Axes:
    """Draw the chart's title and a sentence that says why there is nothing to show."""
    (ax,) = open_chart(ax, title=title, subtitle=sentence, source="", height=12, least=NARROW)
    ax.set_axis_off()
    return ax


def find_title(ax: Axes) -> str:
    """Return the title of a chart that `open_chart` opened, or ``""``.

    Examples
    --------
    >>> find_title(draw_nothing(None, "Mentions", "No mention was found.")); plt.close()
    'Mentions'
    """
    return next((" ".join(t.get_text().split()) for t in ax.texts if t.get_gid() == "chart-title"), "")

"""Charts of framing: how often the words of each frame stand, and the tone towards each actor."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize

from helpers.charts_style import (
    FAINT,
    INK,
    LINE,
    MIDDLING,
    MISSING,
    PALE,
    SHADES,
    SMALL,
    SOFT,
    TEXT,
    Side,
    chart_style,
    check_columns,
    clean_label,
    count_noun,
    draw_nothing,
    format_cell,
    format_count,
    list_sides,
    list_some,
    mark,
    measure,
    open_chart,
    sheet_width,
    wrap,
    write,
)
from helpers.charts_tables import (
    find_edges,
    lay_out_heads,
    lay_out_rows,
    name_outlets,
    rank_outlets,
    text_colour,
    write_heads,
)
from helpers.errors import InputError

FRAMES = (
    "group",
    "frame",
    "frame_name",
    "family",
    "n",
    "rate_per_1000_words",
    "n_articles_present",
    "n_articles_group",
)
TONE = (
    "group",
    "actor_id",
    "actor",
    "affiliation",
    "n",
    "n_negative",
    "n_neutral",
    "n_positive",
    "net_tone",
    "net_low",
    "net_high",
    "example",
    "example_tone",
)
FAMILIES = {
    "policy": "Policy frames",
    "generic": "Generic frames",
    "loaded": "Loaded words",
    "own": "Own lists",
}
PITCH = SMALL * LINE
CAPTION = PITCH + 7
PLOT, COLUMN_GAP, SIGN = 98.0, 10.0, 9.0  # points
MAX_ROWS = 48  # of the tone chart: two to three pages
EXAMPLE_LINES = 3
FEW = 5  # mentions
SIGNS = {"negative": "−", "positive": "+"}


def _rank_frames(frames: pd.DataFrame) -> pd.DataFrame:
    """Return frame, frame_name, family and n over all groups, most uses first.

    Every list is counted over the same words, so that the order of uses is that of overall rates.
    """
    lists = frames.groupby("frame", observed=True).agg(
        frame_name=("frame_name", "first"), family=("family", "first"), n=("n", "sum")
    )
    order = ["n", "frame_name", "frame"]
    return lists.reset_index().sort_values(order, ascending=[False, True, True])


@chart_style()
def draw_frames(frames: pd.DataFrame, *, n_lists: int = 20) -> Axes:
    """Draw a heat map of lists of words by outlets, with rate, uses and articles in each cell.

    Rows are the `n_lists` lists used most, by family and within it by overall rate; columns the
    outlets (twelve at most) with most uses first. A cell is shaded by its rate, from zero to the
    highest shaded rate of the chart, if the list is present by the rule in one article of the
    outlet or more; otherwise it stays white and its numbers grey. It holds the rate, the number of
    uses and, where the outlet has several articles, in how many of them the list is present.

    Parameters
    ----------
    frames : DataFrame
        Columns: group (the outlet), frame (id of the list), frame_name, family (policy, generic,
        loaded, own), n, rate_per_1000_words (missing where the group has no words),
        n_articles_present (with three words of the list or more), n_articles_group.
    n_lists : int
        How many lists get a row.

    Returns
    -------
    Axes
        x in columns (0 is the left edge of the first), y in points from the top.

    Raises
    ------
    InputError
        If a column is missing or `n_lists` is below 1.
    """
    check_columns(frames, FRAMES, "draw_frames")
    if n_lists < 1:
        raise InputError(f"draw_frames: n_lists is {n_lists}: expected 1 or more")
    title = f"{_name_lists(frames)} per 1,000 words, by outlet"
    if frames.empty:
        return draw_nothing(None, title, "There are no lists of words or no articles: nothing to show.")
    ranked = _rank_frames(frames)
    shown = ranked.head(n_lists)
    families = [f for f in FAMILIES if f in set(shown["family"])]
    families += sorted(set(shown["family"]) - set(families))
    shown = pd.concat([shown[shown["family"] == family] for family in families])
    outlets, n_hidden = rank_outlets(frames.rename(columns={"group": "outlet"}), "n")

    values = frames.set_index(["frame", "group"])[list(FRAMES[4:])]
    cells = dict(zip(values.index, values.to_dict("records"), strict=True))
    absent = dict.fromkeys(FRAMES[4:], 0.0)
    grid = [[cells.get((frame, outlet), absent) for outlet in outlets] for frame in shown["frame"]]
    max_width = 118 if len(outlets) < 8 else 84
    rows = lay_out_rows(shown["frame_name"].tolist(), [None] * len(shown), max_width=max_width)
    free = sheet_width() - 16 - rows.width
    column = min(free / len(outlets), 100)
    form = _choose_form([cell for row in grid for cell in row], column - 5)
    heads = lay_out_heads(outlets, column)
    heights = [max(form.height(row), needed) for row, needed in zip(grid, rows.heights, strict=True)]
    captions, tops, height = _stack(shown["family"].tolist(), heights)
    rest = len(ranked) - len(shown)
    (ax,) = open_chart(
        None,
        least=MIDDLING,
        title=title,
        subtitle="In each cell the rate and "
        + ("the number of uses (n)" if form.prefix else "below it the number of uses")
        + ("; 1/2: three or more in 1 of 2 articles" if frames["n_articles_group"].max() > 1 else "")
        + ". The darker, the higher the rate. Compare along a row: lists differ in length.",
        source=f"Articles: {name_outlets(outlets, n_hidden)}. Unshaded: in no article three or more of "
        "the list's words. Lists in order of their rate in all outlets"
        + (f"; + {count_noun(rest, 'more list')} not shown." if rest else "."),
        height=height,
        left=rows.width,
        right=free - column * len(outlets),
        top=heads.height,
    )
    ax.set(xlim=(0, len(outlets)), ylim=(height, 0), xticks=[], yticks=[])
    write_heads(ax, heads, [k + 0.5 for k in range(len(outlets))], 0)
    for y, caption in captions:
        write(ax, caption, (0, y), shift=(-rows.width, 0), size=SMALL, color=SOFT, gid="caption")
    scale = Normalize(
        0, max((c["rate_per_1000_words"] for row in grid for c in row if _shaded(c)), default=1)
    )
    for top, row_height, name, row in zip(tops, heights, rows.names, grid, strict=True):
        y = top + row_height / 2
        write(ax, name, (0, y), shift=(-rows.width, 0), gid="row")
        for x, cell in enumerate(row):
            colour = SOFT if cell["n"] > 0 else PALE
            if _shaded(cell):
                shade = SHADES(scale(cell["rate_per_1000_words"]))
                colour = text_colour(shade)
                ax.bar(x + 0.5, row_height, width=1, bottom=top, color=shade, edgecolor="white",
                       linewidth=1, gid="shade")  # fmt: skip
            _write_numbers(ax, cell, form, x=x + 0.5, y=y, color=colour)
    return ax


def _shaded(cell: dict[str, Any]) -> bool:
    return bool(cell["n_articles_present"] > 0 and cell["rate_per_1000_words"] > 0)


def _name_lists(frames: pd.DataFrame) -> str:
    loaded = frames["family"] == "loaded"
    if not loaded.any():
        return "Frame words"
    return "Loaded words" if loaded.all() else "Frame words and loaded words"


def _stack(families: list[str], heights: list[float]) -> tuple[list[tuple[float, str]], list[float], float]:
    """Stack rows under a caption for each family: where captions and rows stand, height in all."""
    captions: list[tuple[float, str]] = []
    tops: list[float] = []
    y = 0.0
    for k, family in enumerate(families):
        if k == 0 or family != families[k - 1]:
            captions.append((y + CAPTION - PITCH / 2 - 2, FAMILIES.get(family, clean_label(family))))
            y += CAPTION
        tops.append(y)
        y += heights[k]
    return captions, tops, y


@dataclass(frozen=True)
class _Form:
    """How the numbers stand in a cell: notes beside the rate or below it, in one line or in two."""

    beside: bool
    joined: bool
    prefix: str
    column: float
    rate_width: float
    note_width: float = 0.0

    def write_notes(self, cell: dict[str, Any]) -> list[str]:
        """Uses and articles of a cell; none where there are no uses."""
        if not cell["n"] > 0:
            return []
        notes = [f"{self.prefix}{format_cell(cell['n'])}"]
        if _shaded(cell) and cell["n_articles_group"] > 1:
            present, of = (format_count(cell[f"n_articles_{part}"]) for part in ("present", "group"))
            notes.append(f"{present}/{of}")
        return [", ".join(notes)] if self.joined else notes

    def write_lines(self, cell: dict[str, Any]) -> list[str]:
        """Every line of a cell, the rate first."""
        if not np.isfinite(cell["rate_per_1000_words"]):
            return wrap("no words", self.column, SMALL)
        return [_write_rate(cell), *self.write_notes(cell)]

    def height(self, row: list[dict[str, Any]]) -> float:
        n_lines = 1 if self.beside else max(2, *(len(self.write_lines(cell)) for cell in row))
        return n_lines * PITCH + 7


def _choose_form(cells: list[dict[str, Any]], column: float) -> _Form:
    """Choose the lowest form of cell in which the numbers of all cells fit a column."""
    rate = max(measure(_write_rate(cell), TEXT, "bold") for cell in cells)
    forms = ((True, True, "n = "), (False, True, "n = "), (False, False, "n = "), (False, False, ""))
    for beside, joined, prefix in forms:
        form = _Form(beside, joined, prefix, column, rate)
        widest = max((measure(note, SMALL) for cell in cells for note in form.write_notes(cell)), default=0.0)
        if (rate + 5 + widest if beside else widest) <= column:
            break
    return replace(form, note_width=widest)


def _write_rate(cell: dict[str, Any]) -> str:
    rate = cell["rate_per_1000_words"]
    if not cell["n"] > 0:
        return "0"
    return "< 0.1" if rate < 0.05 else format_count(rate, 1)


def _write_numbers(ax: Axes, cell: dict[str, Any], form: _Form, *, x: float, y: float, color: str) -> None:
    """Write the numbers of a cell around its centre."""
    known = np.isfinite(cell["rate_per_1000_words"])
    look: Any = {"on": ("data", "data"), "color": color if known else PALE}
    rate: Any = {
        "size": TEXT if known else SMALL,
        "weight": "bold" if _shaded(cell) else "normal",
        "gid": "rate",
    }
    lines = form.write_lines(cell)
    if form.beside and known:
        split = (form.rate_width - 5 - form.note_width) / 2
        write(ax, lines[0], (x, y), shift=(split, 0), ha="right", **rate, **look)
        for note in lines[1:]:
            write(ax, note, (x, y), shift=(split + 5, 0), size=SMALL, gid="n", **look)
        return
    for k, line in enumerate(lines):
        place = rate if k == 0 else {"size": SMALL, "gid": "n" if known else "rate"}
        up = ((len(lines) - 1) / 2 - k) * PITCH
        write(ax, line, (x, y), shift=(0, up), ha="center", **place, **look)


def describe_frames(frames: pd.DataFrame) -> str:
    """Return the alternative text of `draw_frames`."""
    check_columns(frames, FRAMES, "describe_frames")
    if frames.empty:
        return "There are no lists of words or no articles."
    ranked = _rank_frames(frames)
    each = []
    for frame, name in ranked[["frame", "frame_name"]].head(3).itertuples(index=False):
        rates = frames[frames["frame"] == frame].dropna(subset=["rate_per_1000_words"])
        each.append(f"{clean_label(name)} {_span(rates, 'rate_per_1000_words', 1)}")
    return (
        f"Heat map of {_name_lists(frames).lower()} per 1,000 words: "
        f"{count_noun(len(ranked), 'list')} in {count_noun(frames['group'].nunique(), 'outlet')}. "
        f"Most used: {list_some(each, 340, '; ')}."
    )


def _span(table: pd.DataFrame, value: str, digits: int) -> str:
    """Say from which value in which group to which in which: ``from 0.5 in A to 2.0 in B``."""
    if table.empty:
        return MISSING
    ordered = table.sort_values([value, "group"])
    ends = [
        f"{round(row[value], digits) + 0.0:.{digits}f}".replace("-", "−") + f" in {clean_label(row['group'])}"
        for row in (ordered.iloc[0], ordered.iloc[-1])
    ]
    return ends[0] if len(ordered) == 1 else f"from {ends[0]} to {ends[1]}"


def _rank_actors(tone: pd.DataFrame) -> pd.DataFrame:
    """Return actor_id, actor, affiliation and n over all groups, most mentions first."""
    actors = tone.groupby("actor_id", observed=True).agg(
        actor=("actor", "first"), affiliation=("affiliation", "first"), n=("n", "sum")
    )
    actors = actors[actors["n"] > 0].reset_index()
    return actors.sort_values(["n", "actor", "actor_id"], ascending=[False, True, True])


@dataclass(frozen=True)
class _ToneRow:
    """One outlet's row in the block of an actor: what is written, and how high that is."""

    name: list[str]
    counts: list[str]
    example: list[str]
    cell: dict[str, Any] | None  # None: not mentioned

    @property
    def height(self) -> float:
        left = len(self.name) * TEXT * LINE + len(self.counts) * PITCH
        return max(left, len(self.example) * PITCH) + 6


@chart_style()
def draw_tone(tone: pd.DataFrame, *, n_actors: int = 6, sides: dict[str, Side] | None = None) -> Axes:
    """Draw the net tone of each outlet towards each actor, a block per actor, a row per outlet.

    A dot in the side's colour stands at net_tone, from -1 (all mentions negative) to 1 (all
    positive), hollow for fewer than five mentions; a thin line spans net_low to net_high, where both
    are known. Left stand the mentions by tone, right an example in three lines at most; a longer one
    ends in "…". Outlets (twelve at most) stand in the same order in all blocks, those with most
    mentions first. The chart holds 48 rows: with more than eight outlets it may show fewer actors.

    Parameters
    ----------
    tone : DataFrame
        Columns: group (the outlet), actor_id, actor, affiliation, n (mentions), n_negative,
        n_neutral, n_positive, net_tone, net_low, net_high, example (``""`` for none), example_tone
        (negative or positive).
    n_actors : int
        How many actors get a block: those mentioned most.
    sides : dict, optional
        From `list_sides`, where `tone` holds only part of a corpus.

    Returns
    -------
    Axes
        x is net tone, y points from the top.

    Raises
    ------
    InputError
        If a column is missing or `n_actors` is below 1.
    """
    check_columns(tone, TONE, "draw_tone")
    if n_actors < 1:
        raise InputError(f"draw_tone: n_actors is {n_actors}: expected 1 or more")
    title = "Tone towards each actor, by outlet"
    actors = _rank_actors(tone)
    if actors.empty:
        return draw_nothing(None, title, "No mention of any actor was judged: nothing to show.")
    outlets, n_hidden = rank_outlets(tone.rename(columns={"group": "outlet"}), "n")
    shown = actors.head(min(n_actors, max(1, MAX_ROWS // len(outlets))))
    looks = sides or list_sides(tone.assign(affiliation_name=tone["affiliation"], n_mentions=tone["n"]))
    told = tone[(tone["n"] > 0) & tone["group"].isin(outlets) & tone["actor_id"].isin(shown["actor_id"])]
    records = told.to_dict("records")
    cells = {(cell["actor_id"], cell["group"]): cell for cell in records}

    names = [measure(clean_label(outlet), TEXT) for outlet in outlets]
    counts = [measure(_count_tones(cell), SMALL) for cell in records]
    width = min(max(names + counts, default=0), 150)
    left = width + COLUMN_GAP
    right = sheet_width() - 16 - left - PLOT
    blocks = [
        [
            _lay_out_row(outlet, cells.get((actor, outlet)), width, right - COLUMN_GAP - SIGN)
            for outlet in outlets
        ]
        for actor in shown["actor_id"]
    ]
    heads = [wrap(clean_label(actor), left - 12, TEXT, "bold") for actor in shown["actor"]]
    heights = [len(head) * TEXT * LINE + 9 + sum(row.height for row in block) + 5
               for head, block in zip(heads, blocks, strict=True)]  # fmt: skip
    edges = find_edges(heights)
    rest = len(actors) - len(shown)
    (ax,) = open_chart(
        None,
        least=MIDDLING,
        title=title,
        subtitle="Dot: (positive − negative) / mentions, 0 = as many of both. Line: 95 % of its values when "
        "paragraphs are drawn anew within each article. Right: an example, − negative or + positive.",
        source=f"Articles: {name_outlets(outlets, n_hidden)}. Tone is judged by rules from the words around "
        "a mention, not by a reader. Hollow: fewer than "
        f"{FEW} mentions. Lines show variation within these articles, not between articles. Actors in order "
        "of their mentions" + (f"; + {count_noun(rest, 'more actor')} not shown." if rest else "."),
        height=edges[-1],
        left=left,
        right=right,
    )
    ax.set(xlim=(-1, 1), ylim=(edges[-1], 0), xticks=[], yticks=[])
    for head, block, top, side_id in zip(heads, blocks, edges[:-1], shown["affiliation"], strict=True):
        side = looks.get("" if pd.isna(side_id) else str(side_id), looks[""])
        y = top + len(head) * TEXT * LINE / 2 + 5
        ax.plot([-left / PLOT, 1 + right / PLOT], [top, top], color=FAINT, linewidth=0.6, clip_on=False,
                transform=ax.get_yaxis_transform())  # fmt: skip
        mark(ax, side, y, 3 - left)
        write(ax, head, (0, y), shift=(10 - left, 0), weight="bold", gid="actor")
        for x, text, ha in ((-1, "all negative", "left"), (0, "0", "center"), (1, "all positive", "right")):
            write(ax, text, (x, y), on=("data", "data"), size=SMALL, color=SOFT, ha=ha, gid="scale")
        y = top + len(head) * TEXT * LINE + 9
        for row in block:
            _draw_tone_row(ax, row, side, y, left=left)
            y += row.height
    return ax


def _count_tones(cell: dict[str, Any]) -> str:
    negative, neutral, positive = (format_count(cell[f"n_{t}"]) for t in ("negative", "neutral", "positive"))
    return f"{count_noun(cell['n'], 'mention')}: {negative} −, {neutral} neutral, {positive} +"


def _lay_out_row(outlet: str, cell: dict[str, Any] | None, left: float, right: float) -> _ToneRow:
    name = wrap(clean_label(outlet), left, TEXT)
    if cell is None:
        return _ToneRow(name, [], [], None)
    example = cell["example"] if isinstance(cell["example"], str) else ""
    text = clean_label(example)
    lines = wrap(text, right, SMALL) if example.strip() else []
    if len(lines) > EXAMPLE_LINES or (lines[1:] and lines[-1] == "…"):
        # The dots stand behind a word, never in a line of their own.
        lines = wrap(text.removesuffix("…"), right - measure(" …", SMALL), SMALL)[:EXAMPLE_LINES]
        lines[-1] += " …"
    return _ToneRow(name, wrap(_count_tones(cell), left, SMALL), lines, cell)


def _draw_tone_row(ax: Axes, row: _ToneRow, side: Side, top: float, *, left: float) -> None:
    """Draw a row from its upper edge down: name and counts, dot and line, example."""
    y = top + row.height / 2
    up = len(row.counts) * PITCH / 2
    write(ax, row.name, (0, y), shift=(-left, up), gid="row", color=INK if row.cell else SOFT)
    if row.cell is None:
        write(ax, "not mentioned", (-1, y), on=("data", "data"), size=SMALL, color=PALE, gid="counts")
        return
    down = len(row.name) * TEXT * LINE / 2
    write(ax, row.counts, (0, y), shift=(-left, -down), size=SMALL, color=SOFT, gid="counts")
    ax.plot([0, 0], [top, top + row.height], color="#BBBBBB", linewidth=0.8, zorder=0)
    for end in (-1, 1):
        ax.plot([end, end], [top, top + row.height], color=FAINT, linewidth=0.6, zorder=0, clip_on=False)
    line = [row.cell["net_low"], row.cell["net_high"]]
    if np.isfinite(line).all():
        ax.plot(line, [y, y], color=PALE, linewidth=0.8, zorder=1, clip_on=False, gid="line")
    if np.isfinite(row.cell["net_tone"]):
        few = row.cell["n"] < FEW
        ax.plot(row.cell["net_tone"], y, marker=side.marker, markersize=5.5, color=side.colour, zorder=2,
                markerfacecolor="white" if few else side.colour, markeredgewidth=1.1 if few else 0.4,
                markeredgecolor=side.colour if few else side.edge, clip_on=False, gid="dot")  # fmt: skip
    if row.example:
        sign = SIGNS.get(str(row.cell["example_tone"]), "")
        write(ax, sign, (1, y), on=("data", "data"), shift=(COLUMN_GAP, 0), size=SMALL, gid="sign")
        write(ax, row.example, (1, y), on=("data", "data"), shift=(COLUMN_GAP + SIGN, 0), size=SMALL,
              color=SOFT, gid="example")  # fmt: skip


def describe_tone(tone: pd.DataFrame) -> str:
    """Return the alternative text of `draw_tone`."""
    check_columns(tone, TONE, "describe_tone")
    actors = _rank_actors(tone)
    if actors.empty:
        return "No mention of any actor was judged."
    each = []
    for actor, name, n in actors[["actor_id", "actor", "n"]].head(3).itertuples(index=False):
        rows = tone[(tone["actor_id"] == actor) & (tone["n"] > 0)].dropna(subset=["net_tone"])
        each.append(f"{clean_label(name)} ({count_noun(n, 'mention')}) {_span(rows, 'net_tone', 2)}")
    return (
        "Dots of net tone, from −1 (all negative) to 1 (all positive), towards "
        f"{count_noun(len(actors), 'actor')} in {count_noun(tone['group'].nunique(), 'outlet')}. "
        f"Most mentioned: {list_some(each, 320, '; ')}."
    )

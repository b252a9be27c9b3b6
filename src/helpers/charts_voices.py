"""Charts of who speaks: whose words fill each outlet, and how far it stands from what each side says."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle
from matplotlib.transforms import ScaledTranslation

from helpers.charts_style import (
    FAINT,
    GREY,
    LINE,
    NARROW,
    PALE,
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
    list_sides,
    list_some,
    mark,
    measure,
    open_chart,
    sheet_width,
    wrap,
    write,
)
from helpers.charts_tables import find_edges, name_outlets, rank_outlets, text_colour
from helpers.errors import InputError

VOICES = ("group", "voice_id", "voice", "side", "n_words", "share")
LADDER = ("group", "side", "side_name", "rung", "n_statements")
OWN = "own voice"  # the voice_id, and the lowest rung
RUNGS = {  # rung: what the outlet does with the statement, where its name does not say so
    OWN: "",
    "said": "neutral",
    "confirmed": "endorsing",
    "warned, denied": "confronting",
    "claimed": "distancing",
    "scare quotes": "",
}
PITCH = SMALL * LINE
MAX_SIDES = 7  # as many as have a colour
MAX_PANELS = 4
BAR, SWATCH, GAP = 21.0, 7.0, 10.0  # points
LEAD = 1.5  # points between a name and the note below it
LTR = "\u200e"  # around a percentage: behind a right-to-left name it would read from the right
LARGEST = 16.0  # points across the circle of the largest number
OWN_LOOK = Side("", "#DADADA", "h", "")
REST_LOOK = Side("", GREY, "h", "OO")


@dataclass(frozen=True)
class _Segment:
    """One voice in the bar of one outlet."""

    label: str
    share: float
    start: float
    look: Side
    lines: list[str]  # of the label, within the segment; none: too narrow, it is named below the bar


@dataclass(frozen=True)
class _Note:
    """A segment named below its bar: `x` points from the left, `line` lines down."""

    segment: _Segment
    x: float
    line: int
    lines: list[str]


def _write_percent(share: float) -> str:
    """Write a share as per cent; what is no whole is never written as 0 or 100.

    Examples
    --------
    >>> [_write_percent(share) for share in (0.123, 0.001, 0.999, 1)]
    ['12 %', '< 1 %', '> 99 %', '100 %']
    """
    if 0 < share < 0.005:
        return "< 1 %"
    return "> 99 %" if 0.995 <= share < 1 - 1e-9 else f"{100 * share:.0f} %"


def _fill(column: pd.Series) -> pd.Series:
    """Return a column of texts with "" where one is missing, also where all are."""
    return column.astype(object).where(column.notna(), "").astype(str)


def _clean_voices(voices: pd.DataFrame, chart: str) -> pd.DataFrame:
    check_columns(voices, VOICES, chart)
    ids = {column: _fill(voices[column]) for column in ("voice_id", "side")}
    numbers = {column: voices[column].fillna(0) for column in ("n_words", "share")}
    return voices.assign(**ids, **numbers)


def _rank_voices(voices: pd.DataFrame) -> pd.DataFrame:
    """Return voice_id, voice, side and n_words of each side that speaks, most words first."""
    spoken = voices[~voices["voice_id"].isin([OWN, ""]) & (voices["n_words"] > 0)]
    ranked = spoken.groupby("voice_id", observed=True).agg(
        voice=("voice", "first"), side=("side", "first"), n_words=("n_words", "sum")
    )
    return ranked.reset_index().sort_values(["n_words", "voice_id"], ascending=[False, True])


@chart_style()
def draw_voices(
    voices: pd.DataFrame, ax: Axes | None = None, *, sides: dict[str, Side] | None = None
) -> Axes:
    """Draw whose words fill each outlet as stacked bars from 0 to 100 %.

    The outlet's own voice comes first, then the sides in order of all their words, then speakers
    without a side. A segment too narrow for its label is named below the bar. Outlets (the twelve
    with most words) stand in order of their own voice, least first. The seven sides with most words
    have a segment each, all others share one.

    Parameters
    ----------
    voices : DataFrame
        Columns: group (the outlet), voice_id (``"own voice"``, the id of a side's actor, or ``""``
        for speakers without a side), voice (its name), side (id for the colour, ``""`` for none),
        n_words (of this voice in this group), share (of the group's words, 0 to 1).
    ax : Axes, optional
        Where to draw; without it a figure is opened, 170 mm wide (`chart_width`).
    sides : dict, optional
        From `list_sides`, where `voices` holds only part of a corpus.

    Returns
    -------
    Axes
        x is the share of words, y points from the top.

    Raises
    ------
    InputError
        If a column is missing.
    """
    title = "Whose words fill the articles, by outlet"
    voices = _clean_voices(voices, "draw_voices")
    if not voices["n_words"].sum() > 0:
        return draw_nothing(ax, title, "There are no words in these articles: nothing to show.")
    names = {"side": "affiliation", "voice": "affiliation_name", "n_words": "n_mentions"}
    looks = sides or list_sides(voices.rename(columns=names))
    outlets, n_hidden = rank_outlets(voices.rename(columns={"group": "outlet"}), "n_words")
    own = voices["share"].where(voices["voice_id"] == OWN, 0.0).groupby(voices["group"], observed=True).sum()
    outlets.sort(key=own.to_dict().__getitem__)
    n_words = voices.groupby("group", observed=True)["n_words"].sum()
    ranked = _rank_voices(voices)

    notes = [count_noun(float(n_words[outlet]), "word") for outlet in outlets]
    width = min(max(measure(clean_label(outlet), TEXT) for outlet in outlets), 120)
    width = max(width, *(measure(note, SMALL) for note in notes))
    left = width + GAP
    panel = sheet_width() - 16 - left if ax is None else ax.get_window_extent().width / ax.figure.dpi * 72
    labels = [wrap(clean_label(outlet), width, TEXT) for outlet in outlets]
    bars = [_lay_out_bar(voices[voices["group"] == outlet], ranked, looks, panel) for outlet in outlets]
    below = [_lay_out_notes([segment for segment in bar if not segment.lines], panel) for bar in bars]
    heights = [
        max(len(label) * TEXT * LINE + LEAD + PITCH, BAR + (3 + _count_lines(row) * PITCH if row else 0)) + 9
        for label, row in zip(labels, below, strict=True)
    ]
    edges = find_edges(heights)
    rest = max(0, len(ranked) - MAX_SIDES)
    (ax,) = open_chart(
        ax,
        least=NARROW,
        title=title,
        subtitle="Share of each outlet's words by who speaks, in quotation marks or without. Least own "
        "voice first."
        + (" A segment too narrow for its label is named below its bar." if any(below) else ""),
        source=f"Articles: {name_outlets(outlets, n_hidden)}. Sides in order of all their words"
        + (f"; + {count_noun(rest, 'more side')} in one segment." if rest else "."),
        height=edges[-1],
        left=left,
        top=12,
    )
    ax.set(xlim=(0, 1), ylim=(edges[-1], 0), xticks=[], yticks=[])
    for x, text, ha in ((0, "0", "left"), (0.5, "50 %", "center"), (1, "100 %", "right")):
        write(ax, text, (x, 1), on=("data", "axes fraction"), shift=(0, 6), size=SMALL, color=SOFT, ha=ha,
              gid="scale")  # fmt: skip
    for label, note, bar, row, top in zip(labels, notes, bars, below, edges[:-1], strict=True):
        write(ax, label, (0, top + 3), shift=(-left, 0), va="top", gid="row")
        below_label = top + 3 + len(label) * TEXT * LINE + LEAD
        write(ax, note, (0, below_label), shift=(-left, 0), size=SMALL, color=SOFT, va="top",
              gid="words")  # fmt: skip
        _draw_bar(ax, bar, top + 3 + BAR / 2)
        _draw_notes(ax, row, top + 3 + BAR + 3 + PITCH / 2)
    return ax


def _lay_out_bar(
    rows: pd.DataFrame, ranked: pd.DataFrame, looks: dict[str, Side], panel: float
) -> list[_Segment]:
    """Put the voices of one outlet end to end and label those whose label fits."""
    share = rows.groupby("voice_id", observed=True)["share"].sum().to_dict()
    name = rows.groupby("voice_id", observed=True)["voice"].first().to_dict()
    shown, rest = ranked.head(MAX_SIDES), ranked["voice_id"].iloc[MAX_SIDES:]
    parts = [(name.get(OWN, ""), share.get(OWN, 0.0), OWN_LOOK)]
    parts += [
        (voice, share.get(voice_id, 0.0), looks.get(side, looks[""]))
        for voice_id, voice, side in shown[["voice_id", "voice", "side"]].itertuples(index=False)
    ]
    others = count_noun(sum(share.get(side, 0) > 0 for side in rest), "other side")
    parts.append((others, sum(share.get(side, 0.0) for side in rest), REST_LOOK))
    parts.append((name.get("", ""), share.get("", 0.0), looks[""]))
    bar: list[_Segment] = []
    start = 0.0
    for voice, part, look in parts:
        if part > 0:
            text, percent = clean_label(voice), _write_percent(part)
            room = part * panel - 6
            forms = ([f"{text} {LTR}{percent}{LTR}"], [text, percent])
            lines = next((f for f in forms if max(measure(line, SMALL) for line in f) <= room), [])
            bar.append(_Segment(forms[0][0], part, start, look, lines))
            start += part
    return bar


def _lay_out_notes(segments: list[_Segment], panel: float) -> list[_Note]:
    """Place labels one behind the other below a bar, in as many lines as they need."""
    notes: list[_Note] = []
    x, line = 0.0, 0
    for segment in segments:
        lines = wrap(segment.label, panel - SWATCH - 4, SMALL)
        entry = SWATCH + 4 + max(measure(text, SMALL) for text in lines)
        if x and x + entry > panel:
            x, line = 0.0, _count_lines(notes)
        notes.append(_Note(segment, x, line, lines))
        x += entry + GAP
    return notes


def _count_lines(notes: list[_Note]) -> int:
    return max((note.line + len(note.lines) for note in notes), default=0)


def _draw_bar(ax: Axes, bar: list[_Segment], y: float) -> None:
    if not bar:
        write(ax, "no words", (0, y), size=SMALL, color=SOFT, gid="none")
    for segment in bar:
        ax.barh(y, segment.share, left=segment.start, height=BAR, color=segment.look.colour,
                hatch=segment.look.hatch, edgecolor="white", linewidth=0.8, gid="segment")  # fmt: skip
        if segment.lines:
            # The label stands on a plain ground, not on the hatch.
            ground = {"facecolor": segment.look.colour, "edgecolor": "none", "pad": 1.5}
            write(ax, segment.lines, (segment.start + segment.share / 2, y), on=("data", "data"), size=SMALL,
                  ha="center", color=text_colour(to_rgba(segment.look.colour)), gid="label",
                  bbox=ground if segment.look.hatch else None)  # fmt: skip


def _draw_notes(ax: Axes, notes: list[_Note], y: float) -> None:
    inch = ax.get_figure(root=True).dpi_scale_trans  # type: ignore[union-attr]
    for note in notes:
        middle = y + note.line * PITCH
        corner = ScaledTranslation(0, middle, ax.get_yaxis_transform())  # type: ignore[arg-type]
        look = note.segment.look
        swatch = Rectangle((note.x / 72, -SWATCH / 144), SWATCH / 72, SWATCH / 72, facecolor=look.colour,
                           hatch=2 * look.hatch, linewidth=0, gid="swatch")  # fmt: skip
        swatch.set(transform=inch + corner, clip_on=False)
        ax.add_patch(swatch)
        for k, line in enumerate(note.lines):
            # By the baseline: centred text of one line would stand higher or lower than its neighbour's.
            write(ax, line, (0, middle), shift=(note.x + SWATCH + 4, -2.5 - k * PITCH), size=SMALL,
                  color=SOFT, va="baseline", gid="note")  # fmt: skip


def describe_voices(voices: pd.DataFrame) -> str:
    """Return the alternative text of `draw_voices`."""
    voices = _clean_voices(voices, "describe_voices")
    totals = voices.groupby("group", observed=True)["n_words"].sum()
    groups = totals[totals > 0].index
    if groups.empty:
        return "There are no words in these articles."
    ranked = _rank_voices(voices)
    each = [f"own voice {_span(voices, OWN, groups)}"]
    each += [
        f"{clean_label(voice)} {_span(voices, voice_id, groups)}"
        for voice_id, voice in ranked[["voice_id", "voice"]].head(2).itertuples(index=False)
    ]
    return (
        f"Stacked bars of whose words fill {count_noun(len(groups), 'outlet')}: {list_some(each, 350, '; ')}."
        f"{'' if len(ranked) else ' No side is quoted or paraphrased.'}"
    )


def _span(voices: pd.DataFrame, voice_id: str, groups: pd.Index) -> str:
    """Say from which share in which group to which in which."""
    rows = voices[voices["voice_id"] == voice_id].groupby("group", observed=True)["share"].sum()
    ordered = sorted((share, str(group)) for group, share in rows.reindex(groups, fill_value=0.0).items())
    ends = [f"{_write_percent(share)} in {clean_label(group)}" for share, group in (ordered[0], ordered[-1])]
    return ends[0] if len(ordered) == 1 else f"from {ends[0]} to {ends[1]}"


def _clean_ladder(ladder: pd.DataFrame, chart: str) -> pd.DataFrame:
    """Return the ladder with "" for no side; raise ``InputError`` for an unknown rung."""
    check_columns(ladder, LADDER, chart)
    strange = ladder.loc[~ladder["rung"].isin(list(RUNGS)), "rung"]
    if len(strange):
        expected = ", ".join(map(repr, RUNGS))
        raise InputError(f"{chart}: unknown rung {strange.iloc[0]!r}: expected one of {expected}")
    numbers = ladder["n_statements"].fillna(0)
    return ladder.assign(
        side=_fill(ladder["side"]), side_name=_fill(ladder["side_name"]), n_statements=numbers
    )


def _rank_sides(ladder: pd.DataFrame) -> pd.DataFrame:
    """Return side, side_name and n_statements of each side with a statement, most first."""
    ranked = ladder.groupby("side", observed=True).agg(
        side_name=("side_name", "first"), n_statements=("n_statements", "sum")
    )
    ranked = ranked[ranked["n_statements"] > 0].reset_index()
    ranked["side_name"] = ranked["side_name"].replace("", "no side")
    return ranked.sort_values(["n_statements", "side"], ascending=[False, True])


@chart_style()
def draw_ladder(
    ladder: pd.DataFrame, ax: Axes | None = None, *, sides: dict[str, Side] | None = None
) -> Axes:
    """Draw how far each outlet stands from statements by or about each side: a panel per side.

    Rows are the outlets (the twelve with most statements), columns the rungs of the attribution
    ladder. The area of a circle is proportional to the number of statements, in one scale for all
    panels; a zero is written. The four sides with most statements have a panel.

    Parameters
    ----------
    ladder : DataFrame
        Columns: group (the outlet), side, side_name, rung (own voice, said, confirmed, ``"warned,
        denied"``, claimed, scare quotes), n_statements. A row that is missing counts as zero.
    ax : Axes, optional
        Where to draw; without it a figure is opened, 170 mm wide (`chart_width`).
    sides : dict, optional
        From `list_sides`, where `ladder` holds only part of a corpus.

    Returns
    -------
    Axes
        x in rungs (0 is the left edge of the first), y points from the top.

    Raises
    ------
    InputError
        If a column is missing or a rung is unknown.
    """
    title = "Statements by or about each side, from own voice to scare quotes"
    ladder = _clean_ladder(ladder, "draw_ladder")
    ranked = _rank_sides(ladder)
    if ranked.empty:
        return draw_nothing(ax, title, "No statement of any side was found: nothing to show.")
    names = {"side": "affiliation", "side_name": "affiliation_name", "n_statements": "n_mentions"}
    looks = sides or list_sides(ladder.rename(columns=names))
    outlets, n_hidden = rank_outlets(ladder.rename(columns={"group": "outlet"}), "n_statements")
    shown, rest = ranked.head(MAX_PANELS), max(0, len(ranked) - MAX_PANELS)
    cells = ladder.groupby(["side", "group", "rung"], observed=True)["n_statements"].sum().to_dict()
    drawn = [(side, outlet, rung) for side in shown["side"] for outlet in outlets for rung in RUNGS]
    largest = max(cells.get(key, 0) for key in drawn)

    counts = [count_noun(n, "statement") for n in shown["n_statements"]]
    needed = [measure(clean_label(outlet), TEXT) for outlet in outlets]
    needed += [measure(clean_label(name), TEXT, "bold") + 10 for name in shown["side_name"]]
    needed += [measure(count, SMALL) + 10 for count in counts]
    width = min(max(needed), 165)
    left = width + GAP
    panel = sheet_width() - 16 - left if ax is None else ax.get_window_extent().width / ax.figure.dpi * 72
    rungs = {rung: wrap(rung, panel / len(RUNGS) - 5, SMALL, "bold") for rung in RUNGS}
    rows = [wrap(clean_label(outlet), width, TEXT) for outlet in outlets]
    heads = [wrap(clean_label(name), width - 10, TEXT, "bold") for name in shown["side_name"]]
    row_heights = [max(len(row) * TEXT * LINE, LARGEST) + 3 for row in rows]
    tallest = (max(map(len, rungs.values())) + any(RUNGS.values())) * PITCH
    head_heights = [max(len(head) * TEXT * LINE + LEAD + PITCH, tallest) + 10 for head in heads]
    edges = find_edges([head + sum(row_heights) + 6 for head in head_heights])
    (ax,) = open_chart(
        ax,
        title=title,
        subtitle="Number of statements, by how the outlet hands them on: from its own voice to quotation "
        "marks that hold a word at a distance. Area of a circle: the number, in one scale; 0 = never.",
        source=f"Articles: {name_outlets(outlets, n_hidden)}. Outlets and sides in order of statements"
        + (f"; + {count_noun(rest, 'more side')} not shown." if rest else "."),
        height=edges[-1],
        left=left,
    )
    ax.set(xlim=(0, len(RUNGS)), ylim=(edges[-1], 0), xticks=[], yticks=[])
    for side_id, head, count, height, top in zip(
        shown["side"], heads, counts, head_heights, edges[:-1], strict=True
    ):
        side = looks.get(side_id, looks[""])
        ax.plot([-left / panel, 1], [top, top], color=FAINT, linewidth=0.6, clip_on=False,
                transform=ax.get_yaxis_transform())  # fmt: skip
        mark(ax, side, top + 5 + TEXT * LINE / 2, 3 - left)
        write(ax, head, (0, top + 5), shift=(10 - left, 0), weight="bold", va="top", gid="side")
        below_head = top + 5 + len(head) * TEXT * LINE + LEAD
        write(ax, count, (0, below_head), shift=(10 - left, 0), size=SMALL, color=SOFT, va="top",
              gid="count")  # fmt: skip
        for x, (rung, lines) in enumerate(rungs.items()):
            look: Any = {"on": ("data", "data"), "shift": (3, 0), "size": SMALL, "va": "top"}
            write(ax, lines, (x, top + 5), weight="bold", gid="rung", **look)
            if RUNGS[rung]:
                below = top + 5 + len(lines) * PITCH
                write(ax, RUNGS[rung], (x, below), color=SOFT, gid="stance", **look)
        y = top + height
        for outlet, row, row_height in zip(outlets, rows, row_heights, strict=True):
            write(ax, row, (0, y + row_height / 2), shift=(-left, 0), gid="row")
            for x, rung in enumerate(RUNGS):
                n = float(cells.get((side_id, outlet, rung), 0))
                _draw_circle(ax, n, side, (x, y + row_height / 2), n / largest, panel / len(RUNGS))
            y += row_height
    return ax


def _draw_circle(ax: Axes, n: float, side: Side, at: tuple[float, float], part: float, column: float) -> None:
    """Draw a circle of `part` of the largest area in a column `column` points wide, its number beside it."""
    x, y = at
    centre = 3 + LARGEST / 2  # points from the column's left edge
    if not n > 0:
        write(ax, "0", at, on=("data", "data"), shift=(centre, 0), size=SMALL, color=PALE, ha="center",
              gid="n")  # fmt: skip
        return
    across = LARGEST * part**0.5
    ax.plot(x + centre / column, y, marker="o", markersize=across, color=side.colour, markeredgewidth=0,
            linestyle="none", clip_on=False, gid="circle")  # fmt: skip
    write(ax, format_cell(n), at, on=("data", "data"), shift=(centre + across / 2 + 2, 0), size=SMALL,
          gid="n")  # fmt: skip


def describe_ladder(ladder: pd.DataFrame) -> str:
    """Return the alternative text of `draw_ladder`."""
    ladder = _clean_ladder(ladder, "describe_ladder")
    ranked = _rank_sides(ladder)
    if ranked.empty:
        return "No statement of any side was found."
    numbers = ladder.groupby(["side", "rung"])["n_statements"].sum().to_dict()
    each = []
    for side, name, n in ranked.head(3).itertuples(index=False):
        told = [
            f"{rung} {format_cell(numbers[side, rung])}" for rung in RUNGS if numbers.get((side, rung), 0)
        ]
        each.append(f"{clean_label(name)} {format_cell(n)} ({'; '.join(told)})")
    return (
        f"Circles of {count_noun(float(ranked['n_statements'].sum()), 'statement')} by or about "
        f"{count_noun(len(ranked), 'side')} in {count_noun(ladder['group'].nunique(), 'outlet')}, from own "
        f"voice to scare quotes. Most statements: {list_some(each, 330)}."
    )

"""Charts of wording: the words that set a group apart, and what each outlet calls each actor."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.charts_style import (
    FAINT,
    INK,
    LINE,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    chart_style,
    check_columns,
    clean_label,
    count_noun,
    draw_nothing,
    format_count,
    measure,
    open_chart,
    wrap,
    write,
)
from helpers.charts_tables import (
    MAX_OUTLETS,
    find_edges,
    lay_out_rows,
    name_outlets,
    rank_outlets,
    write_rows,
)
from helpers.errors import InputError

KEYNESS = ("group", "word", "n", "log_odds", "z")
NAMING = ("outlet", "actor_id", "actor", "label", "n")
CELL_LINES = 3
TINT = "#D5DEE6"


def _top_words(keyness: pd.DataFrame, n_words: int) -> dict[str, pd.DataFrame]:
    """Return per group, in the table's order, the words used twice or more with the highest z above zero."""
    known = keyness.dropna(subset=["n", "log_odds", "z"])
    known = known[(known["z"] > 0) & (known["n"] > 1)].sort_values(["z", "word"], ascending=[False, True])
    groups = dict.fromkeys(keyness["group"])
    return {str(group): known[known["group"] == group].head(n_words) for group in groups}


@chart_style()
def draw_keyness(keyness: pd.DataFrame, *, n_words: int = 10) -> list[Axes]:
    """Draw the words that set each group apart, a panel per group, in one scale.

    A dot stands at the log-odds of the word, in the group against the rest; a thin line spans
    log_odds_low to log_odds_high where the table has them. Words are those used twice or more,
    with the highest z above zero, in that order. Nothing is said of significance.

    Parameters
    ----------
    keyness : DataFrame
        Columns: group, word, n, log_odds, z; if present log_odds_low and log_odds_high.
    n_words : int
        How many words a panel shows.

    Returns
    -------
    list of Axes
        One per group, twelve at most; x is log-odds, y points from the top.

    Raises
    ------
    InputError
        If a column is missing or `n_words` is below 1.
    """
    check_columns(keyness, KEYNESS, "draw_keyness")
    if n_words < 1:
        raise InputError(f"draw_keyness: n_words is {n_words}: expected 1 or more")
    title = "Words that set each text apart from the others"
    tops = _top_words(keyness, n_words)
    if all(top.empty for top in tops.values()):
        return [draw_nothing(None, title, "No word is used more in one group than in the rest.")]
    shown = dict(list(tops.items())[:MAX_OUTLETS])
    words = pd.concat(shown.values())
    ranged = {"log_odds_low", "log_odds_high"} <= set(keyness.columns)

    n_panels = len(shown)
    n_columns = min(3, n_panels)
    width = (WIDTH - 16 - (n_columns - 1) * 10) / n_columns
    clean = [clean_label(word) for word in words["word"]]
    word_width = min(max(measure(word, TEXT) for word in clean), width * 0.5)
    left = word_width + 8
    right = max(measure(_n(n), SMALL) for n in words["n"]) + 6
    heads = [wrap(clean_label(group), min(width, 220), SMALL, "bold") for group in shown]
    heights = [0.0] * max(len(top) for top in shown.values())
    for top in shown.values():
        for row, word in enumerate(top["word"]):
            n_lines = len(wrap(clean_label(word), word_width, TEXT))
            heights[row] = max(heights[row], n_lines * TEXT * LINE + 4)
    edges = find_edges(heights)
    hidden = max(0, len(tops) - n_panels)
    axes = open_chart(
        None,
        title=title,
        subtitle="Dot: log-odds against the rest, 0 = used alike. "
        + ("Line: ± 1.96 standard errors. " if ranged else "")
        + "n = uses here. Highest z first.",
        source=f"{count_noun(n_panels, 'group')}"
        + (f" (+ {hidden} more not shown)" if hidden else "")
        + f", {count_noun(n_words, 'word')} each at most, used twice or more. Log-odds with an "
        "informative Dirichlet prior (Monroe, Colaresi and Quinn 2008).",
        height=edges[-1],
        right=max(right, width - left - 250),
        top=max(map(len, heads)) * SMALL * LINE + 6,
        bottom=16,
        n_panels=n_panels,
        n_columns=n_columns,
        inset=left,
    )
    ends = words[["log_odds_low", "log_odds_high"]] if ranged else words[["log_odds"]]
    low, high = min(0.0, float(ends.min().min())), float(ends.max().max())
    for ax, head, top in zip(axes, heads, shown.values(), strict=True):
        ax.set(xlim=(low, high if high > low else low + 1), ylim=(edges[-1], 0), yticks=[])
        ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(3, integer=True))
        ax.plot([0, 0], [0, edges[-1]], color=FAINT, linewidth=1, zorder=0)
        write(ax, head, (0, 1), on=("axes fraction", "axes fraction"), shift=(-left, 5),
              size=SMALL, weight="bold", va="bottom", gid="head")  # fmt: skip
        if top.empty:
            write(ax, "No word stands out.", (0, edges[1] / 2), shift=(-left, 0),
                  color=SOFT)  # fmt: skip
        for row, word in enumerate(top.to_dict("records")):
            y = (edges[row] + edges[row + 1]) / 2
            end = word["log_odds"]
            if ranged and np.isfinite([word["log_odds_low"], word["log_odds_high"]]).all():
                end = word["log_odds_high"]
                ax.plot([word["log_odds_low"], end], [y, y], color="#9A9A9A", linewidth=0.8,
                        zorder=1, clip_on=False)  # fmt: skip
            ax.plot(word["log_odds"], y, marker="o", markersize=4.5, color="#22384E", zorder=2,
                    clip_on=False)  # fmt: skip
            write(ax, wrap(clean_label(word["word"]), word_width, TEXT), (0, y), shift=(-left, 0),
                  gid="word")  # fmt: skip
            write(ax, _n(word["n"]), (end, y), on=("data", "data"), shift=(5, 0), size=SMALL,
                  color=SOFT, gid="n")  # fmt: skip
    return axes


def _n(n: float) -> str:
    return f"n = {format_count(n)}"


@chart_style()
def draw_naming(naming: pd.DataFrame, *, n_actors: int = 10) -> list[Axes]:
    """Draw what each outlet calls each actor: in each cell the labels with their counts.

    Labels stand most frequent first, each on a bar whose length is its share of the cell's
    mentions; as many as fit in three lines, the others counted. The first is always whole.

    Parameters
    ----------
    naming : DataFrame
        Columns: outlet, actor_id, actor, label, n (rows of one label are added up).
    n_actors : int
        How many actors get a row: those named most often.

    Returns
    -------
    list of Axes
        One per band of outlets (six outlets or fewer a band); x in columns, y in points.

    Raises
    ------
    InputError
        If a column is missing or `n_actors` is below 1.
    """
    check_columns(naming, NAMING, "draw_naming")
    if n_actors < 1:
        raise InputError(f"draw_naming: n_actors is {n_actors}: expected 1 or more")
    title = "What each outlet calls each actor"
    used = naming[naming["n"] > 0]
    if used.empty:
        return [draw_nothing(None, title, "No actor is named in these articles.")]
    actors = used.groupby("actor_id", observed=True).agg(actor=("actor", "first"), n=("n", "sum"))
    actors = actors.reset_index().sort_values(["n", "actor"], ascending=[False, True])
    shown = actors.head(n_actors)
    outlets, n_hidden = rank_outlets(used, "n")
    cells = used.groupby(["actor_id", "outlet", "label"], observed=True)["n"].sum().reset_index()
    cells = cells.sort_values(["n", "label"], ascending=[False, True])

    names = [clean_label(actor) for actor in shown["actor"]]
    n_columns = -(-len(outlets) // -(-len(outlets) // 6))
    labels = lay_out_rows(names, [None] * len(names), max_width=76)
    column = min((WIDTH - 16 - labels.width) / n_columns, 130)
    texts = {
        (actor, outlet): _fit_labels(group, column - 8)
        for (actor, outlet), group in cells.groupby(["actor_id", "outlet"], observed=True)
    }
    pitch = SMALL * LINE + 0.6
    bands = [outlets[k : k + n_columns] for k in range(0, len(outlets), n_columns)]
    heads = [wrap(clean_label(outlet), column - 6, SMALL, "bold") for outlet in outlets]
    n_lines = {
        actor: max(sum(len(lines) for lines, _, _ in texts.get((actor, o), [])) for o in outlets)
        for actor in shown["actor_id"]
    }
    heights = [
        max(label, n_lines[actor] * pitch + 6)
        for label, actor in zip(labels.heights, shown["actor_id"], strict=True)
    ]
    edges = find_edges(heights)
    rest = len(actors) - len(shown)
    axes = open_chart(
        None,
        title=title,
        subtitle="Number of uses, most used first. Bar: share of all that the outlet calls the actor.",
        source=f"Articles: {name_outlets(outlets, n_hidden)}. Actors in order of all uses"
        + (f"; + {count_noun(rest, 'more actor')} not shown." if rest else "."),
        height=edges[-1],
        left=labels.width,
        right=WIDTH - 16 - labels.width - n_columns * column,
        top=max(map(len, heads)) * SMALL * LINE + 6,
        n_panels=len(bands),
        n_columns=1,
    )
    for ax, band in zip(axes, bands, strict=True):
        ax.set(xlim=(0, n_columns), ylim=(edges[-1], 0), xticks=[], yticks=[])
        write_rows(ax, labels, edges)
        ax.hlines(edges, 0, len(band), color=FAINT, linewidth=0.6, clip_on=False)
        left = -labels.width / (column * n_columns)
        for y in edges:
            ax.plot([left, 0], [y, y], color=FAINT, linewidth=0.6, clip_on=False,
                    transform=ax.get_yaxis_transform())  # fmt: skip
        for x, outlet in enumerate(band):
            write(ax, heads[outlets.index(outlet)], (x, 1), on=("data", "axes fraction"),
                  shift=(3, 4), size=SMALL, weight="bold", va="bottom", gid="head")  # fmt: skip
            for row, actor in enumerate(shown["actor_id"]):
                labels_here = texts.get((actor, outlet), [])
                _write_cell(ax, labels_here, x=x, y=edges[row] + 3, pitch=pitch, column=column)
    return axes


def _fit_labels(cell: pd.DataFrame, width: float) -> list[tuple[list[str], str, float]]:
    """Return lines, count and share of each label that fits in the lines of a cell."""
    total = float(cell["n"].sum())
    room = CELL_LINES
    fitted: list[tuple[list[str], str, float]] = []
    pairs = list(zip(cell["label"], cell["n"], strict=True))
    for k, (label, n) in enumerate(pairs):
        count = format_count(n)
        lines = wrap(clean_label(label), width - measure(count, SMALL, "bold") - 4, SMALL)
        needed = len(lines) + (k < len(pairs) - 1)  # a line is kept free for "+ n more"
        if k and needed > room:
            return [*fitted, ([f"+ {len(pairs) - k} more"], "", 0.0)]
        fitted.append((lines, count, float(n) / total))
        room -= len(lines)
    return fitted


def _write_cell(
    ax: Axes,
    labels: list[tuple[list[str], str, float]],
    *,
    x: float,
    y: float,
    pitch: float,
    column: float,
) -> None:
    """Write a cell's labels from its top `y` down, each with its bar."""
    if not labels:
        write(ax, "0", (x, y + pitch / 2), on=("data", "data"), shift=(4, 0), size=SMALL,
              color="#9A9A9A", gid="cell")  # fmt: skip
    inner = 1 - 5 / column
    for lines, count, share in labels:
        for line in lines:
            middle = y + pitch / 2
            if share:
                ax.barh(middle, share * inner, left=x + 1 / column, height=pitch - 0.8,
                        color=TINT, linewidth=0)  # fmt: skip
            write(ax, line, (x, middle), on=("data", "data"), shift=(4, 0), size=SMALL,
                  color=INK if share else SOFT, gid="cell")  # fmt: skip
            y += pitch
        if count:
            write(ax, count, (x + 1, y - pitch / 2), on=("data", "data"), shift=(-6, 0),
                  size=SMALL, weight="bold", ha="right", gid="n")  # fmt: skip


def describe_keyness(keyness: pd.DataFrame) -> str:
    """Return the alternative text of `draw_keyness`."""
    check_columns(keyness, KEYNESS, "describe_keyness")
    tops = {group: top for group, top in _top_words(keyness, 3).items() if not top.empty}
    if not tops:
        return "No word is used more in one group than in the rest."
    each = "; ".join(
        f"{clean_label(group)}: "
        + ", ".join(
            f"{clean_label(word)} ({odds:.1f})"
            for word, odds in zip(top["word"], top["log_odds"], strict=True)
        )
        for group, top in tops.items()
    )
    return f"Dots of log-odds of the words that set each group apart. Highest z first: {each}."


def describe_naming(naming: pd.DataFrame) -> str:
    """Return the alternative text of `draw_naming`."""
    check_columns(naming, NAMING, "describe_naming")
    used = naming[naming["n"] > 0]
    if used.empty:
        return "No actor is named in these articles."
    totals = used.groupby("actor_id", observed=True)["n"].sum()
    first = used[used["actor_id"] == totals.idxmax()]
    labels = first.groupby("label", observed=True)["n"].sum().reset_index()
    labels = labels.sort_values(["n", "label"], ascending=[False, True]).head(3)
    each = ", ".join(f"{clean_label(label)} {format_count(n)}" for label, n in labels.itertuples(index=False))
    return (
        f"Table of what {count_noun(used['outlet'].nunique(), 'outlet')} call "
        f"{count_noun(len(totals), 'actor')}. Most often named, "
        f"{clean_label(first['actor'].iloc[0])}: {each}."
    )

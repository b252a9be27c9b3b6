"""Charts of wording: the words that set a group apart, and what each outlet calls whom and what."""

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.charts_style import (
    FAINT,
    INK,
    LINE,
    MIDDLING,
    NARROW,
    PALE,
    SMALL,
    SOFT,
    TEXT,
    chart_style,
    check_columns,
    clean_label,
    count_noun,
    draw_nothing,
    format_count,
    list_some,
    measure,
    open_chart,
    sheet_width,
    wrap,
    write,
)
from helpers.charts_tables import (
    MAX_OUTLETS,
    find_edges,
    lay_out_rows,
    name_outlets,
    rank_outlets,
)
from helpers.errors import InputError

KEYNESS = ("group", "word", "n", "log_odds", "z")
LEFT_OUT, REDRAWN = ("loo_low", "loo_high"), ("boot_low", "boot_high")
ARTICLES = ("n_articles", "n_articles_group")
NAMING = ("outlet", "subject_id", "subject", "subject_type", "label", "n")
CELL_LINES = 3
MAX_THINGS = 6
LEAST_PANEL = 44.0  # points that the dots of a keyness panel need
TINT, BAR, THREAD = "#D5DEE6", "#8496A8", SOFT


def _top_words(keyness: pd.DataFrame, n_words: int) -> dict[str, pd.DataFrame]:
    """Return per group, in the table's order, the words used twice or more with the highest z above zero."""
    known = keyness.reindex(columns=[*KEYNESS, *LEFT_OUT, *REDRAWN, *ARTICLES])
    known = known.dropna(subset=["n", "log_odds", "z"])
    # A word whose log-odds would be written as 0.0 sets nothing apart.
    apart = (known["z"] > 0) & (known["log_odds"] >= 0.05)
    known = known[apart & (known["n"] > 1)].sort_values(["z", "word"], ascending=[False, True])
    groups = dict.fromkeys(keyness["group"])
    return {str(group): known[known["group"] == group].head(n_words) for group in groups}


def _find_limits(words: pd.DataFrame) -> tuple[float, float]:
    """Span zero, all dots and all bars; the lines may add half of that on either side, no more."""
    near = words[["log_odds", *LEFT_OUT]]
    low, high = min(0.0, float(near.min().min())), max(0.0, float(near.max().max()))
    spare = (high - low) / 2 or 0.5
    return (
        float(np.fmin(low, max(words["boot_low"].min(), low - spare))),
        float(np.fmax(high, min(words["boot_high"].max(), high + spare))) or 1.0,
    )


@chart_style()
def draw_keyness(keyness: pd.DataFrame, *, n_words: int = 10) -> list[Axes]:
    """Draw the words that set each group apart, a panel per group, in one scale.

    A dot stands at the log-odds of the word, in the group against the rest. A thin line spans
    boot_low to boot_high, a pale bar loo_low to loo_high, where both ends are known. The scale holds
    zero, all dots and all bars; lines widen it by half at either side at most, and one that
    reaches further is cut there with an arrowhead. Words are those used twice or more, with the
    highest z above zero and log-odds of 0.05 or more, in that order.

    Parameters
    ----------
    keyness : DataFrame
        Columns: group, word, n, log_odds, z; if present loo_low and loo_high (log-odds with one
        article left out), boot_low and boot_high (95 % of draws of paragraphs within the articles),
        n_articles (of the group, with the word), n_articles_group.
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
    sizes = keyness.reindex(columns=["group", "n_articles_group"]).groupby("group")["n_articles_group"].max()
    counted = bool(sizes.reindex(shown).notna().any())
    low, high = _find_limits(words)

    clean = [clean_label(word) for word in words["word"]]
    right = max(measure(_n(word), SMALL) for word in words.to_dict("records")) + 8
    n_panels = len(shown)
    for n_columns in range(min(3, n_panels), 0, -1):
        width = (sheet_width() - 16 - (n_columns - 1) * 10) / n_columns
        word_width = min(max(measure(word, TEXT) for word in clean), width * 0.5)
        left = word_width + 8
        if width - left - right >= LEAST_PANEL:
            break
    heads = [wrap(clean_label(group), min(width, 220), SMALL, "bold") for group in shown]
    heights = [0.0] * max(len(top) for top in shown.values())
    for top in shown.values():
        for row, word in enumerate(top["word"]):
            n_lines = len(wrap(clean_label(word), word_width, TEXT))
            heights[row] = max(heights[row], n_lines * TEXT * LINE + 4)
    edges = find_edges(heights)
    subtitle, source = _explain_keyness(words, (low, high))
    hidden = max(0, len(tops) - n_panels)
    axes = open_chart(
        None,
        least=NARROW,
        title=title,
        subtitle=subtitle,
        source=f"{count_noun(n_panels, 'group')}"
        + (f" (+ {hidden} more not shown)" if hidden else "")
        + f", {count_noun(n_words, 'word')} each at most, used twice or more. {source}",
        height=edges[-1],
        right=max(right, width - left - 250),
        top=(max(map(len, heads)) + counted) * SMALL * LINE + 6,
        bottom=16,
        n_panels=n_panels,
        n_columns=n_columns,
        inset=left,
    )
    for ax, head, (group, top) in zip(axes, heads, shown.items(), strict=True):
        ax.set(xlim=(low, high), ylim=(edges[-1], 0), yticks=[])
        ax.xaxis.set_major_locator(mpl.ticker.MaxNLocator(3, integer=True))
        ax.plot([0, 0], [0, edges[-1]], color=FAINT, linewidth=1, zorder=0)
        corner: Any = {"on": ("axes fraction", "axes fraction"), "size": SMALL, "va": "bottom"}
        write(ax, head, (0, 1), shift=(-left, 5 + counted * SMALL * LINE), weight="bold", gid="head",
              **corner)  # fmt: skip
        if counted and sizes[group] > 0:
            write(ax, count_noun(sizes[group], "article"), (0, 1), shift=(-left, 5), color=SOFT,
                  gid="articles", **corner)  # fmt: skip
        if top.empty:
            write(ax, "No word stands out.", (0, edges[1] / 2), shift=(-left, 0),
                  color=SOFT)  # fmt: skip
        for row, word in enumerate(top.to_dict("records")):
            y = (edges[row] + edges[row + 1]) / 2
            write(ax, wrap(clean_label(word["word"]), word_width, TEXT), (0, y), shift=(-left, 0),
                  gid="word")  # fmt: skip
            end = _draw_word(ax, word, y, (low, high))
            write(ax, _n(word), (end, y), on=("data", "data"), shift=(6, 0), size=SMALL, color=SOFT,
                  gid="n")  # fmt: skip
    return axes


def _draw_word(ax: Axes, word: dict[str, Any], y: float, limits: tuple[float, float]) -> float:
    """Draw bar, line and dot of a word; return where the rightmost of them ends."""
    ends = [word["log_odds"]]
    bar = [word[column] for column in LEFT_OUT]
    if np.isfinite(bar).all():
        ax.plot(bar, [y, y], color=BAR, linewidth=6, solid_capstyle="butt", zorder=1, clip_on=False,
                gid="bar")  # fmt: skip
        ends += bar
    line = [word[column] for column in REDRAWN]
    if np.isfinite(line).all():
        cut = np.clip(line, *limits).tolist()
        ax.plot(cut, [y, y], color=THREAD, linewidth=0.8, zorder=2, clip_on=False, gid="line")
        for goes_on, end, arrow in zip((line[0] < limits[0], line[1] > limits[1]), cut, "<>", strict=True):
            if goes_on:
                ax.plot(end, y, marker=arrow, markersize=3.5, color=THREAD, markeredgewidth=0, zorder=2,
                        clip_on=False, gid="cut")  # fmt: skip
        ends += cut
    ax.plot(word["log_odds"], y, marker="o", markersize=4.5, color="#22384E", zorder=3, clip_on=False)
    return float(max(ends))


def _n(word: dict[str, Any]) -> str:
    uses = f"n = {format_count(word['n'])}"
    if not word["n_articles_group"] > 1 or pd.isna(word["n_articles"]):
        return uses
    return f"{uses}, {format_count(word['n_articles'])} of {format_count(word['n_articles_group'])}"


def _explain_keyness(words: pd.DataFrame, limits: tuple[float, float]) -> tuple[str, str]:
    """Say what the marks are: the second line of the chart, and the end of its source line."""
    subtitle = "Dot: log-odds against the rest, 0 = used alike. "
    source = ""
    lines = words[list(REDRAWN)].dropna()
    if len(lines):
        subtitle += "Line: 95 % of its values when paragraphs are drawn anew within each article. "
        source += "Lines show variation within these articles, not between articles. "
        if lines["boot_low"].min() < limits[0] or lines["boot_high"].max() > limits[1]:
            source += "Arrowhead: the line goes on. "
    if len(words[list(LEFT_OUT)].dropna()):
        subtitle += "Bar: its values with one article left out. "
    several = words[words["n_articles_group"] > 1].dropna(subset=["n_articles"])
    subtitle += "n = uses here"
    if len(several):
        k, of = several[list(ARTICLES)].iloc[0].map(format_count)
        subtitle += f"; {k} of {of}: in {k} of the group's {of} articles"
    return (
        f"{subtitle}. Highest z first.",
        f"{source}Log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008).",
    )


@chart_style()
def draw_naming(naming: pd.DataFrame, *, n_actors: int = 10) -> list[Axes]:
    """Draw what each outlet calls each actor and thing: in each cell the labels with their counts.

    Labels stand most frequent first, each on a bar whose length is its share of the cell's
    uses; as many as fit in three lines, the others counted. The first is always whole. Things
    (subject_type ``"thing"``) stand below the actors, under a caption: the six named most often.

    Parameters
    ----------
    naming : DataFrame
        Columns: outlet, subject_id, subject, subject_type, label, n (rows of one label are added up).
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
    used = naming[naming["n"] > 0]
    title = "What each outlet calls each actor"
    if used.empty:
        return [draw_nothing(None, title, "No actor is named in these articles.")]
    subjects = _rank_subjects(used)
    is_thing = subjects["subject_type"] == "thing"
    actors, things = subjects[~is_thing], subjects[is_thing]
    shown = pd.concat([actors.head(n_actors), things.head(MAX_THINGS)])
    first_thing = min(len(actors), n_actors)
    outlets, n_hidden = rank_outlets(used, "n")
    cells = used.groupby(["subject_id", "outlet", "label"], observed=True)["n"].sum().reset_index()
    cells = cells.sort_values(["n", "label"], ascending=[False, True])

    names = [clean_label(subject) for subject in shown["subject"]]
    n_columns = -(-len(outlets) // -(-len(outlets) // 6))
    labels = lay_out_rows(names, [None] * len(names), max_width=76)
    column = min((sheet_width() - 16 - labels.width) / n_columns, 130)
    texts = {
        (subject, outlet): _fit_labels(group, column - 8)
        for (subject, outlet), group in cells.groupby(["subject_id", "outlet"], observed=True)
    }
    pitch = SMALL * LINE + 0.6
    bands = [outlets[k : k + n_columns] for k in range(0, len(outlets), n_columns)]
    heads = [wrap(clean_label(outlet), column - 6, SMALL, "bold") for outlet in outlets]
    n_lines = {
        subject: max(sum(len(lines) for lines, _, _ in texts.get((subject, o), [])) for o in outlets)
        for subject in shown["subject_id"]
    }
    heights = [
        max(label, n_lines[subject] * pitch + 6)
        for label, subject in zip(labels.heights, shown["subject_id"], strict=True)
    ]
    # The caption of the things is a band of its own between the rows.
    caption = SMALL * LINE + 6 if len(things) else 0.0
    edges = find_edges([*heights[:first_thing], caption, *heights[first_thing:]])
    tops = [*edges[:first_thing], *edges[first_thing + 1 : -1]]
    axes = open_chart(
        None,
        least=MIDDLING,
        title="What each outlet calls whom and what" if len(things) else title,
        subtitle="Number of uses, most used first. Bar: share of all that the outlet calls the "
        + ("actor or thing." if len(things) else "actor."),
        source=f"Articles: {name_outlets(outlets, n_hidden)}. "
        + ("Actors and things" if len(things) else "Actors")
        + " in order of all uses"
        + "".join(
            f"; + {count_noun(rest, f'more {noun}')} not shown"
            for noun, rest in (("actor", len(actors) - n_actors), ("thing", len(things) - MAX_THINGS))
            if rest > 0
        )
        + ".",
        height=edges[-1],
        left=labels.width,
        right=sheet_width() - 16 - labels.width - n_columns * column,
        top=max(map(len, heads)) * SMALL * LINE + 6,
        n_panels=len(bands),
        n_columns=1,
    )
    for ax, band in zip(axes, bands, strict=True):
        ax.set(xlim=(0, n_columns), ylim=(edges[-1], 0), xticks=[], yticks=[])
        left = -labels.width / (column * n_columns)
        for y in dict.fromkeys(edges):
            ax.plot([left, len(band) / n_columns], [y, y], color=FAINT, linewidth=0.6, clip_on=False,
                    transform=ax.get_yaxis_transform())  # fmt: skip
        if len(things):
            y = (edges[first_thing] + edges[first_thing + 1]) / 2
            write(ax, "Things", (0, y), shift=(-labels.width, 0), size=SMALL, color=SOFT, gid="caption")
        for row, name in enumerate(labels.names):
            write(ax, name, (0, tops[row] + heights[row] / 2), shift=(-labels.width, 0), gid="row")
        for x, outlet in enumerate(band):
            write(ax, heads[outlets.index(outlet)], (x, 1), on=("data", "axes fraction"),
                  shift=(3, 4), size=SMALL, weight="bold", va="bottom", gid="head")  # fmt: skip
            for top, subject in zip(tops, shown["subject_id"], strict=True):
                labels_here = texts.get((subject, outlet), [])
                _write_cell(ax, labels_here, x=x, y=top + 3, pitch=pitch, column=column)
    return axes


def _rank_subjects(used: pd.DataFrame) -> pd.DataFrame:
    """Return subject_id, subject, subject_type and n of each actor and thing, most uses first."""
    subjects = used.groupby("subject_id", observed=True).agg(
        subject=("subject", "first"), subject_type=("subject_type", "first"), n=("n", "sum")
    )
    order = ["n", "subject", "subject_id"]
    return subjects.reset_index().sort_values(order, ascending=[False, True, True])


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
              color=PALE, gid="cell")  # fmt: skip
    inner = 1 - 5 / column
    for lines, count, share in labels:
        for line in lines:
            middle = y + pitch / 2
            if share:
                ax.barh(middle, share * inner, left=x + 1 / column, height=pitch - 0.8,
                        color=TINT, linewidth=0, gid="use")  # fmt: skip
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
    each = [
        f"{clean_label(group)}: "
        + ", ".join(
            f"{clean_label(word)} ({odds:.1f})"
            for word, odds in zip(top["word"], top["log_odds"], strict=True)
        )
        for group, top in tops.items()
    ]
    return (
        "Dots of log-odds of the words that set each group apart. "
        f"Highest z first: {list_some(each, 350, '; ', count=True)}."
    )


def describe_naming(naming: pd.DataFrame) -> str:
    """Return the alternative text of `draw_naming`."""
    check_columns(naming, NAMING, "describe_naming")
    used = naming[naming["n"] > 0]
    if used.empty:
        return "No actor is named in these articles."
    subjects = _rank_subjects(used)
    n_things = int((subjects["subject_type"] == "thing").sum())
    first = used[used["subject_id"] == subjects["subject_id"].iloc[0]]
    labels = first.groupby("label", observed=True)["n"].sum().reset_index()
    labels = labels.sort_values(["n", "label"], ascending=[False, True]).head(3)
    each = ", ".join(f"{clean_label(label)} {format_count(n)}" for label, n in labels.itertuples(index=False))
    counts = [(len(subjects) - n_things, "actor"), (n_things, "thing")]
    n_outlets = used["outlet"].nunique()
    return (
        f"Table of what {count_noun(n_outlets, 'outlet calls', 'outlets call')} "
        f"{' and '.join(count_noun(n, noun) for n, noun in counts if n)}. Most often named, "
        f"{clean_label(subjects['subject'].iloc[0])}: {each}."
    )

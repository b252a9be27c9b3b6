"""Which findings hold under other choices."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.charts_style import (
    FAINT,
    INK,
    LINE,
    SMALL,
    SOFT,
    TEXT,
    chart_style,
    check_columns,
    clean_label,
    count_noun,
    draw_nothing,
    open_chart,
    sheet_width,
    wrap,
    write,
)
from helpers.charts_tables import find_edges, lay_out_heads, write_heads

COLUMNS = ("question", "answer", "choice", "variant", "outcome")
MOST_ARTICLES = 12
MOST_QUESTIONS = 30
SIGNS = {"holds": "•", "ties": "=", "flips": "✕", "cannot be asked": "–"}
SHADE = "#22384E"
LEAST_COLUMN = 8.6  # points that an upright head takes
LEAD = 1.5  # points between a question and its answer
ROWS = "Rows: the suite's main questions with the answer that its own choices give."


@chart_style()
def draw_robustness(checked: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw which answers hold, tie or flip when one choice is changed.

    A row a question with its answer, a column a variant, grouped by the kind of choice. A dot: the
    answer holds; = : it shares the first place; a dark cell with a cross: another answer; a dash: cannot
    be asked; blank: the choice has no bearing.

    Parameters
    ----------
    checked : DataFrame
        From `check_findings`: question, answer, choice, variant, outcome.
    ax : Axes, optional
        Where to draw; without it a figure is opened, 170 mm wide (`chart_width`).

    Returns
    -------
    Axes
        x in columns, y in points from the top. Cells have the gid ``cell``, sums ``sum``. Of more than
        twelve left-out articles the twelve with most flips are shown, of more than thirty questions
        the first thirty.

    Raises
    ------
    InputError
        If a column is missing.
    """
    table, variants, questions, notes = _select(checked, "draw_robustness")
    title = "Do the findings hold when other choices are made?"
    if not questions:
        return draw_nothing(ax, title, "No finding could be checked.")
    sum_width = 42.0
    free = sheet_width() - 16 - sum_width
    label_width = min(176.0, max(90.0, free - LEAST_COLUMN * len(variants)))
    column = (free - label_width) / len(variants)
    asked = [wrap(clean_label(question), label_width - 8, SMALL) for question, _ in questions]
    answers = [wrap(clean_label(answer), label_width - 8, TEXT, "bold") for _, answer in questions]
    below = [len(lines) * SMALL * LINE + LEAD for lines in asked]  # where the answer begins
    heights = [a + len(b) * TEXT * LINE + 7 for a, b in zip(below, answers, strict=True)]
    edges = find_edges(heights)
    heads = lay_out_heads([variant for _, variant in variants], column)
    (ax,) = open_chart(
        ax,
        title=title,
        subtitle="Each column changes one choice. • the answer holds; = it shares the first place; ✕ another "
        "answer; – cannot be asked; blank: no bearing on it. Right: in how many it holds, not counting =.",
        source=" ".join([ROWS, *notes]),
        height=edges[-1],
        left=label_width,
        right=sum_width,
        top=heads.height + 2,
    )
    n = len(variants)
    ax.set(xlim=(0, n), ylim=(edges[-1], 0), xticks=[], yticks=[])
    write_heads(ax, heads, [k + 0.5 for k in range(n)], 2)
    for k in range(1, n):
        if variants[k][0] != variants[k - 1][0]:
            ax.plot([k, k], [0, edges[-1]], color=FAINT, linewidth=0.8, zorder=0)
    for row, (question, answer) in enumerate(questions):
        y = (edges[row] + edges[row + 1]) / 2
        write(ax, asked[row], (0, edges[row] + 3), shift=(-label_width, 0), size=SMALL, color=SOFT, va="top",
              gid="question")  # fmt: skip
        write(ax, answers[row], (0, edges[row] + 3 + below[row]), va="top", weight="bold",
              shift=(-label_width, 0), gid="answer")  # fmt: skip
        ax.axhline(edges[row + 1], color=FAINT, linewidth=0.5, zorder=0)
        part = table[(table["question"] == question) & (table["answer"] == answer)]
        for outcome, choice, variant in zip(part["outcome"], part["choice"], part["variant"], strict=True):
            for k in (k for k, known in enumerate(variants) if known == (choice, variant)):
                flips = outcome == "flips"
                if flips:
                    ax.add_patch(Rectangle((k + 0.06, edges[row] + 1.5), 0.88, heights[row] - 3, color=SHADE))
                write(ax, SIGNS[outcome], (k + 0.5, y), on=("data", "data"), ha="center", gid="cell",
                      color="white" if flips else INK, size=TEXT + 1)  # fmt: skip
        whole = checked[(checked["question"] == question) & (checked["answer"] == answer)]
        could = whole[whole["outcome"] != "cannot be asked"]
        write(ax, f"{(could['outcome'] == 'holds').sum()} of {len(could)}", (1, y),
              on=("axes fraction", "data"), shift=(8, 0), gid="sum")  # fmt: skip
    return ax


def _select(
    checked: pd.DataFrame, chart: str
) -> tuple[pd.DataFrame, list[tuple[str, str]], list[tuple[str, str]], list[str]]:
    """Check the table; return the rows shown, their variants and questions in order, and what is left out."""
    check_columns(checked, COLUMNS, chart)
    pairs = list(checked[["question", "answer"]].drop_duplicates().itertuples(index=False, name=None))
    questions = pairs[:MOST_QUESTIONS]
    left_out = checked[checked["choice"] == "articles"]
    flips = (left_out["outcome"] == "flips").groupby(left_out["variant"]).sum()
    ranked = sorted(flips.index, key=lambda variant: (-flips[variant], variant))
    hidden = set(ranked[MOST_ARTICLES:])
    table = checked[~checked["variant"].isin(hidden)]
    order = dict.fromkeys(checked["choice"])
    variants = list(table[["choice", "variant"]].drop_duplicates().itertuples(index=False, name=None))
    variants.sort(key=lambda pair: list(order).index(pair[0]))
    notes = [
        f"+ {count_noun(len(hidden), 'left-out article')} with no more flips, counted on the right."
        if hidden
        else "",
        f"+ {count_noun(len(pairs) - len(questions), 'more question')}."
        if len(pairs) > len(questions)
        else "",
    ]
    return table, variants, questions, [note for note in notes if note]


def describe_robustness(checked: pd.DataFrame) -> str:
    """Return the alternative text of `draw_robustness`."""
    _, variants, questions, notes = _select(checked, "describe_robustness")
    if not questions:
        return "No finding could be checked."
    could = checked[checked["outcome"] != "cannot be asked"]
    flips = could["outcome"].eq("flips").groupby(could["question"], sort=False).sum()
    steady = int((flips == 0).sum())
    worst = flips.idxmax() if len(flips) and flips.max() else ""
    words = (
        f"Table of {count_noun(len(questions), 'question')} under "
        f"{count_noun(len(variants), 'other choice')}. {steady} of {len(flips)} answers are never "
        "replaced by another."
    )
    words += f" Most often replaced: {clean_label(worst)} ({int(flips.max())} times)." if worst else ""
    return " ".join([words, "; ".join(note.removesuffix(".") for note in notes) + "."]) if notes else words

"""The chart of what each file is made of: words that count and words set aside."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.charts_style import (
    GREY,
    INK,
    LINE,
    PALE,
    SMALL,
    SOFT,
    TEXT,
    chart_style,
    check_columns,
    clean_label,
    count_noun,
    draw_nothing,
    format_cell,
    format_count,
    measure,
    open_chart,
    wrap,
    write,
)
from helpers.charts_tables import find_edges
from helpers.errors import InputError

MAKEUP = ("article", "outlet", "kind", "n_words")
# kind: (heading, colour, hatch); the hatched ones do not count
KINDS = {
    "headline": ("head-\nline", "#22384E", ""),
    "subheading": ("sub-\nheads", "#5F7890", ""),
    "caption": ("cap-\ntions", "#93A7BA", ""),
    "body": ("body", "#D3DCE4", ""),
    "credit": ("credits", GREY, "//////"),
    "boilerplate": ("boiler-\nplate", "#BDBDBD", "xxxxxx"),
}
COUNTED = ("headline", "subheading", "caption", "body")


def _spread(makeup: pd.DataFrame, chart: str) -> pd.DataFrame:
    """Return articles by kinds of block, most counted words first."""
    check_columns(makeup, MAKEUP, chart)
    strange = makeup.loc[~makeup["kind"].isin(list(KINDS)), "kind"]
    if len(strange):
        expected = ", ".join(KINDS)
        raise InputError(f"{chart}: unknown kind {strange.iloc[0]!r}: expected one of {expected}")
    table = makeup.pivot_table(
        index=["article", "outlet"], columns="kind", values="n_words", aggfunc="sum", fill_value=0
    ).reindex(columns=list(KINDS), fill_value=0)
    table["counted"] = table[list(COUNTED)].sum(axis=1)
    return table.reset_index().sort_values(["counted", "article"], ascending=[False, True], ignore_index=True)


@chart_style()
def draw_article_makeup(makeup: pd.DataFrame, ax: Axes | None = None, *, n_articles: int = 30) -> Axes:
    """Draw words per kind of block as one bar an article, with all numbers beside it.

    Headline, sub-headings, captions and body count; credits and boilerplate are set aside and
    hatched. Articles with most counted words come first; those beyond `n_articles` are counted.

    Parameters
    ----------
    makeup : DataFrame
        Columns: article, outlet, kind (headline, subheading, caption, body, credit,
        boilerplate), n_words.
    ax : Axes, optional
        Where to draw; without it a figure is opened, 170 mm wide (`chart_width`).
    n_articles : int
        How many articles are drawn.

    Returns
    -------
    Axes
        x is words, y points from the top.

    Raises
    ------
    InputError
        If a column is missing or a kind is unknown.
    """
    title = "Words per article, by kind of passage"
    table = _spread(makeup, "draw_article_makeup")
    if table.empty or not table[list(KINDS)].to_numpy().any():
        return draw_nothing(ax, title, "There are no words in these articles.")
    shown = table.head(n_articles)

    label_width = min(108.0, max(measure(clean_label(name), TEXT) for name in _names(shown)))
    labels = [
        (
            wrap(clean_label(outlet), label_width, TEXT),
            wrap(clean_label(article), label_width, SMALL),
        )
        for outlet, article in shown[["outlet", "article"]].itertuples(index=False)
    ]
    heights = [(len(a) * TEXT + len(b) * SMALL) * LINE + 6 for a, b in labels]
    edges = find_edges(heights)
    headings = {kind: KINDS[kind][0] for kind in KINDS} | {"counted": "all\ncounted"}
    widths = {
        key: max(24.0, *(measure(line, SMALL) for line in heading.split("\n"))) + 8
        for key, heading in headings.items()
    }
    columns = [*COUNTED, "counted", "credit", "boilerplate"]
    table_width = sum(widths.values())
    totals = shown[list(KINDS)].sum(axis=1)
    rest = len(table) - len(shown)
    (ax,) = open_chart(
        ax,
        title=title,
        subtitle=f"{count_noun(len(table), 'article')}, "
        f"{count_noun(float(table['counted'].sum()), 'word')} that count. Hatched: set aside, in "
        "no count. Most counted words first.",
        source="Kinds of passage as the reading rules find them."
        + (f" + {count_noun(rest, 'more article')} with fewer words." if rest else ""),
        height=edges[-1],
        left=label_width + 8,
        right=table_width + 4,
        top=34,
    )
    ax.set(xlim=(0, float(totals.max())), ylim=(edges[-1], 0), xticks=[], yticks=[])
    for row, article in shown.iterrows():
        k = int(str(row))
        y, start = (edges[k] + edges[k + 1]) / 2, 0.0
        above, below = labels[k]
        top = edges[k] + 3 + len(above) * TEXT * LINE / 2
        write(ax, above, (0, top), shift=(-label_width - 8, 0), gid="row")
        low = edges[k + 1] - 3 - len(below) * SMALL * LINE / 2
        write(ax, below, (0, low), shift=(-label_width - 8, 0), size=SMALL, color=SOFT,
              gid="article")  # fmt: skip
        for kind, (_, colour, hatch) in KINDS.items():
            n = float(article[kind])
            if n > 0:
                ax.barh(y, n, left=start, height=11, color=colour, hatch=hatch, linewidth=0,
                        gid=kind)  # fmt: skip
                start += n

    dx = 4.0
    for column in columns:
        dx += widths[column]
        aside = column not in COUNTED and column != "counted"
        weight = "bold" if column == "counted" else "normal"
        write(ax, headings[column], (1, 1), on=("axes fraction", "axes fraction"), shift=(dx, 4),
              size=SMALL, ha="right", va="bottom", weight=weight, gid="head",
              color=SOFT if aside else INK)  # fmt: skip
        if column in KINDS:
            _swatch(ax, column, dx)
        for k, n in enumerate(shown[column]):
            y = (edges[k] + edges[k + 1]) / 2
            colour = PALE if n == 0 else SOFT if aside else INK
            write(ax, format_cell(n), (1, y), on=("axes fraction", "data"), shift=(dx, 0),
                  size=SMALL, ha="right", weight=weight, color=colour, gid=column)  # fmt: skip
    return ax


def _names(table: pd.DataFrame) -> list[str]:
    return [*table["outlet"], *table["article"]]


def _swatch(ax: Axes, kind: str, right: float) -> None:
    """Draw the colour of a kind over the head of its column."""
    inch = ax.get_figure(root=True).dpi_scale_trans  # type: ignore[union-attr]
    corner = mpl.transforms.ScaledTranslation(1, 1, ax.transAxes)  # type: ignore[arg-type]
    _, colour, hatch = KINDS[kind]
    place = (right - 14) / 72, 24 / 72
    swatch = Rectangle(place, 14 / 72, 6 / 72, facecolor=colour, hatch=hatch, linewidth=0)
    swatch.set(transform=inch + corner, clip_on=False, gid="swatch")
    ax.add_patch(swatch)


def describe_article_makeup(makeup: pd.DataFrame) -> str:
    """Return the alternative text of `draw_article_makeup`."""
    table = _spread(makeup, "describe_article_makeup")
    if table.empty:
        return "There are no words in these articles."
    counted = float(table["counted"].sum())
    aside = float(np.asarray(table[["credit", "boilerplate"]]).sum())
    first, last = table.iloc[0], table.iloc[-1]
    return (
        f"Bars of words in {count_noun(len(table), 'article')}: {format_count(counted)} count, "
        f"{format_count(aside)} are set aside. Longest: {clean_label(first['outlet'])} with "
        f"{count_noun(float(first['counted']), 'word')}; shortest: {clean_label(last['outlet'])} "
        f"with {format_count(float(last['counted']))}."
    )

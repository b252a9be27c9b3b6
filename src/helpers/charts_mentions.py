"""Charts of who is mentioned: how often, and how often per 1,000 words."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.charts_style import (
    FAINT,
    INK,
    PALE,
    SMALL,
    SOFT,
    Side,
    chart_style,
    check_columns,
    clean_label,
    count_noun,
    draw_nothing,
    format_count,
    format_together,
    list_sides,
    list_some,
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
    shade_cells,
    write_heads,
    write_rows,
)
from helpers.errors import InputError

COUNTS = (
    "outlet",
    "actor_id",
    "actor",
    "affiliation",
    "affiliation_name",
    "n_mentions",
    "n_words",
    "mentions_per_1000_words",
)
RULE = "A mention is a passage matched to an actor."  # where the table does not say what it counts


@dataclass(frozen=True)
class _Ranking:
    """The actors and outlets of a counts table, most mentioned first, and what is left out."""

    actors: pd.DataFrame  # index actor_id: actor, affiliation, n_mentions
    outlets: list[str]
    n_words: dict[str, float]
    n_hidden_actors: int
    n_hidden_outlets: int

    def grid(self, counts: pd.DataFrame, value: str) -> np.ndarray:
        """Return `value` as actors by outlets; a pair without a row counts as zero."""
        cells = counts.pivot_table(
            index="actor_id", columns="outlet", values=value, aggfunc="sum", min_count=1
        )
        cells = cells.reindex(index=self.actors.index, columns=self.outlets)
        seen = pd.MultiIndex.from_frame(counts[["actor_id", "outlet"]])
        pairs = pd.MultiIndex.from_product([self.actors.index, self.outlets])
        absent = ~pairs.isin(seen).reshape(cells.shape)
        return np.where(absent, 0.0, cells.to_numpy(dtype=float))


def _rank(counts: pd.DataFrame, n_actors: int, chart: str) -> _Ranking:
    check_columns(counts, COUNTS, chart)
    if n_actors < 1:
        raise InputError(f"{chart}: n_actors is {n_actors}: expected 1 or more")
    actors = counts.groupby("actor_id", observed=True).agg(
        actor=("actor", "first"),
        affiliation=("affiliation", "first"),
        n_mentions=("n_mentions", "sum"),
    )
    actors = actors[actors["n_mentions"] > 0].reset_index()
    actors = actors.sort_values(["n_mentions", "actor", "actor_id"], ascending=[False, True, True])
    actors = actors.set_index("actor_id")
    outlets, n_hidden = rank_outlets(counts, "n_mentions")
    n_words = counts.groupby("outlet", observed=True)["n_words"].max()
    return _Ranking(
        actors=actors.head(n_actors),
        outlets=outlets,
        n_words={str(outlet): float(n) for outlet, n in n_words.items()},
        n_hidden_actors=max(0, len(actors) - n_actors),
        n_hidden_outlets=n_hidden,
    )


def _look_up(ranking: _Ranking, sides: dict[str, Side]) -> list[Side | None]:
    ids = ranking.actors["affiliation"].fillna("").astype(str)
    return [sides.get(side, sides[""]) for side in ids]


@chart_style()
def draw_mention_counts(
    counts: pd.DataFrame,
    ax: Axes | None = None,
    *,
    n_actors: int = 20,
    sides: dict[str, Side] | None = None,
) -> Axes:
    """Draw a matrix of actors by outlets with the number of mentions in each cell.

    Rows are the `n_actors` most mentioned actors, columns the outlets (twelve at most) in order
    of all their mentions, then all outlets together. Cells are shaded from zero to the largest
    number of the matrix; the last row sums up the actors left out.

    Parameters
    ----------
    counts : DataFrame
        Columns: outlet, actor_id, actor, affiliation, affiliation_name, n_mentions, n_words,
        mentions_per_1000_words.
    ax : Axes, optional
        Where to draw; without it a figure is opened, 170 mm wide (`chart_width`).
    n_actors : int
        How many actors get a row of their own.
    sides : dict, optional
        From `list_sides`, where `counts` holds only part of a corpus.

    Returns
    -------
    Axes
        x in columns (0 is the left edge of the first), y in points from the top.

    Raises
    ------
    InputError
        If a column is missing or `n_actors` is below 1.
    """
    title = "Number of mentions, by actor and outlet"
    ranking = _rank(counts, n_actors, "draw_mention_counts")
    if ranking.actors.empty:
        return draw_nothing(ax, title, "No mention of any actor was found: nothing to show.")
    cells = ranking.grid(counts, "n_mentions")
    looks = _look_up(ranking, sides or list_sides(counts))
    names = ranking.actors["actor"].tolist()
    hidden = counts[~counts["actor_id"].isin(ranking.actors.index)]
    if ranking.n_hidden_actors:
        names.append(f"+ {count_noun(ranking.n_hidden_actors, 'more actor', 'more actors')}")
        looks.append(None)
    n_columns = len(ranking.outlets) + 1
    rows = lay_out_rows(names, looks, max_width=112 if n_columns < 10 else 84)
    free = sheet_width() - 16 - rows.width
    column = min(free / n_columns, 78)
    heads = lay_out_heads([*ranking.outlets, "All"], column)
    edges = find_edges(rows.heights)
    n_words = sum(ranking.n_words.values())
    (ax,) = open_chart(
        ax,
        title=title,
        subtitle=f"{count_noun(float(counts['n_mentions'].sum()), 'mention')}. The darker a cell, "
        "the more; 0 = never. Actors in order of all their mentions.",
        source=f"Articles: {name_outlets(ranking.outlets, ranking.n_hidden_outlets)}, "
        f"{count_noun(n_words, 'word')}. {counts.attrs.get('counted', RULE)}",
        height=edges[-1],
        left=rows.width,
        right=free - column * n_columns,
        top=heads.height + 12,
    )
    ax.set(xlim=(0, n_columns), ylim=(edges[-1], 0), xticks=[], yticks=[])
    centres = [k + 0.5 for k in range(n_columns)]
    write_heads(ax, heads, centres, 12)
    write(ax, "words", (0, 1), on=("axes fraction", "axes fraction"), shift=(-8, 6), size=SMALL,
          color=SOFT, ha="right")  # fmt: skip
    words = [ranking.n_words[outlet] for outlet in ranking.outlets]
    for x, text in zip(centres, format_together([*words, n_words], column - 3), strict=True):
        write(ax, text, (x, 1), on=("data", "axes fraction"), shift=(0, 6), size=SMALL,
              color=SOFT, ha="center", gid="words")  # fmt: skip
    n_rows = len(ranking.actors)
    shade_cells(ax, range(n_columns), edges[: n_rows + 1], cells, top=float(np.nanmax(cells)))
    write_rows(ax, rows, edges)

    totals = ranking.actors["n_mentions"].tolist()
    for k, total in enumerate(format_together(totals, column - 5)):
        write(ax, total, (n_columns - 0.5, (edges[k] + edges[k + 1]) / 2),
              on=("data", "data"), size=SMALL, weight="bold", ha="center", gid="total")  # fmt: skip
    if ranking.n_hidden_actors:
        y = (edges[n_rows] + edges[n_rows + 1]) / 2
        rest = hidden.groupby("outlet", observed=True)["n_mentions"].sum()
        numbers = [float(rest.get(outlet, 0)) for outlet in ranking.outlets]
        for x, text in zip(centres, format_together([*numbers, float(rest.sum())], column - 3), strict=True):
            write(ax, text, (x, y), on=("data", "data"), size=SMALL, color=SOFT,
                  ha="center", gid="rest")  # fmt: skip
    return ax


@chart_style()
def draw_mention_rates(
    counts: pd.DataFrame,
    *,
    n_actors: int = 15,
    sides: dict[str, Side] | None = None,
) -> list[Axes]:
    """Draw mentions per 1,000 words, a panel per outlet, in one scale and one order of actors.

    Parameters
    ----------
    counts, n_actors, sides
        As for `draw_mention_counts`.

    Returns
    -------
    list of Axes
        One per outlet; x is mentions per 1,000 words, y points from the top.

    Raises
    ------
    InputError
        If a column is missing or `n_actors` is below 1.
    """
    title = "Mentions per 1,000 words, by outlet"
    ranking = _rank(counts, n_actors, "draw_mention_rates")
    if ranking.actors.empty:
        return [draw_nothing(None, title, "No mention of any actor was found: nothing to show.")]
    rates = ranking.grid(counts, "mentions_per_1000_words")
    looks = _look_up(ranking, sides or list_sides(counts))
    used = [side for side in dict.fromkeys(looks) if side]
    names = ranking.actors["actor"].tolist()
    if ranking.n_hidden_actors:
        names.append(f"+ {count_noun(ranking.n_hidden_actors, 'more actor', 'more actors')}")
        looks.append(None)
    n_panels = len(ranking.outlets)
    n_columns = -(-n_panels // -(-n_panels // 6))  # bands of six at most, evenly filled
    crowded = n_columns > 4  # then the sides are named in a key, not in each row
    rows = lay_out_rows(names, looks, max_width=84 if crowded else 100, name_sides=not crowded)
    edges = find_edges(rows.heights)

    gap = 10.0
    width = (sheet_width() - 16 - rows.width - (n_columns - 1) * gap) / n_columns
    panel = min(width, 160)
    heads = [wrap(clean_label(outlet), panel + 6, SMALL, "bold") for outlet in ranking.outlets]
    head_height = max(map(len, heads)) * SMALL * 1.22
    axes = open_chart(
        None,
        title=title,
        subtitle="One scale for all panels, 0 = never. Actors in order of all their mentions.",
        source=f"Articles: {name_outlets(ranking.outlets, ranking.n_hidden_outlets)}. "
        f"{counts.attrs.get('counted', RULE)} "
        "Rate = mentions / words × 1,000.",
        height=edges[-1],
        left=rows.width,
        right=width - panel,
        top=head_height + 16,
        n_panels=n_panels,
        n_columns=n_columns,
        key=used if crowded else (),
    )
    largest = float(np.nanmax(rates))
    longest = measure(format_count(largest, 1), SMALL) + 5
    for k, ax in enumerate(axes):
        # The widest bar and its number together fill the panel.
        ax.set(xlim=(0, largest * panel / (panel - longest)), ylim=(edges[-1], 0))
        ax.set(xticks=[], yticks=[])
        ax.plot([0, 0], [0, edges[len(ranking.actors)]], color=FAINT, linewidth=1, zorder=3)
        outlet = ranking.outlets[k]
        write(ax, heads[k], (0, 1), on=("axes fraction", "axes fraction"), shift=(0, 14),
              size=SMALL, weight="bold", va="bottom", gid="head")  # fmt: skip
        write(ax, count_noun(ranking.n_words[outlet], "word"), (0, 1), shift=(0, 7), size=SMALL,
              on=("axes fraction", "axes fraction"), color=SOFT, gid="words")  # fmt: skip
        if k % n_columns == 0:
            write_rows(ax, rows, edges)
        for row, side in enumerate(looks[: len(ranking.actors)]):
            rate, y = float(rates[row, k]), (edges[row] + edges[row + 1]) / 2
            if side and rate > 0:
                ax.barh(y, rate, height=8, color=side.colour, hatch=side.hatch, linewidth=0,
                        gid="rate")  # fmt: skip
            write(ax, "0" if rate == 0 else format_count(rate, 1), (rate if rate > 0 else 0, y),
                  on=("data", "data"), shift=(3, 0), size=SMALL, gid="value",
                  color=INK if rate > 0 else PALE)  # fmt: skip
    return axes


def describe_mention_counts(counts: pd.DataFrame) -> str:
    """Return the alternative text of `draw_mention_counts`."""
    ranking = _rank(counts, max(1, len(counts)), "describe_mention_counts")
    if ranking.actors.empty:
        return "No mention of any actor was found."
    first = [
        f"{clean_label(actor)} {format_count(n)}"
        for actor, n in ranking.actors[["actor", "n_mentions"]].head(3).itertuples(index=False)
    ]
    total = float(ranking.actors["n_mentions"].sum())
    n_outlets = len(ranking.outlets) + ranking.n_hidden_outlets
    return (
        f"Matrix of mentions of {count_noun(len(ranking.actors), 'actor')} in "
        f"{count_noun(n_outlets, 'outlet')}, {count_noun(total, 'mention')} in all. "
        f"Most mentioned: {list_some(first, 300)}."
    )


def describe_mention_rates(counts: pd.DataFrame) -> str:
    """Return the alternative text of `draw_mention_rates`."""
    ranking = _rank(counts, max(1, len(counts)), "describe_mention_rates")
    if ranking.actors.empty:
        return "No mention of any actor was found."
    rates = ranking.grid(counts, "mentions_per_1000_words")[0]
    actor = clean_label(ranking.actors["actor"].iloc[0])
    each = [
        f"{format_count(rate, 1)} in {clean_label(outlet)}"
        for outlet, rate in zip(ranking.outlets, rates.tolist(), strict=True)
    ]
    return (
        f"Bars of mentions per 1,000 words of {count_noun(len(ranking.actors), 'actor')}, one "
        f"panel per outlet. The most mentioned, {actor}: {list_some(each, 300, count=True)}."
    )

"""Several outlets' networks on one layout: side by side, and the difference between two."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from helpers.charts_cooccurrence import EDGES, NODES
from helpers.charts_network import (
    LINE_COLOUR,
    draw_marks,
    line_width,
    mark_area,
    spread,
    strongest,
    wrap_names,
    write_names,
    write_sizes,
)
from helpers.charts_style import (
    INK,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    Side,
    chart_style,
    check_columns,
    clean_label,
    count_noun,
    draw_nothing,
    format_count,
    list_sides,
    measure,
    open_chart,
    wrap,
    write,
)
from helpers.charts_tables import rank_outlets
from helpers.errors import InputError
from helpers.network import place_actors

PANEL_PAIRS = 25
DIFFERENCES = 30
NO_PAIR = "No two actors appear together in any outlet."
HERE, THERE = "#22384E", "#8797A6"
DASHES = (3.2, 1.8)
_RATE = "mentions_per_1000_words"


def _sum_pairs(edges: pd.DataFrame) -> pd.DataFrame:
    """The pairs of all outlets together, with n_windows added up, as weight too."""
    pairs = edges.groupby(["source", "target"], as_index=False)["n_windows"].sum()
    return pairs.assign(weight=pairs["n_windows"])


def _percent(share: float) -> str:
    """Write a share in percent, with a decimal where it would be lost.

    Examples
    --------
    >>> _percent(0.353), _percent(0.02)
    ('35 %', '2.0 %')
    """
    return f"{format_count(100 * share, 0 if share >= 0.1 else 1)} %"


@chart_style()
def draw_cooccurrence_networks(
    edges: pd.DataFrame,
    nodes: pd.DataFrame,
    *,
    n_actors: int = 12,
    sides: dict[str, Side] | None = None,
    places: pd.DataFrame | None = None,
) -> list[Axes]:
    """Draw a small network for each outlet, all on one layout and one scale.

    A line's width is the share of the outlet's windows in which both appear, a mark's area the outlet's
    mentions per 1,000 words, so that outlets of different length compare. An actor whom the outlet does not
    mention keeps its place as a light ring.

    Parameters
    ----------
    edges : DataFrame
        Columns: outlet, source, target, n_windows, n_all (`count_cooccurrences` by outlet); if present
        within.
    nodes : DataFrame
        Columns: outlet, actor_id, actor, affiliation, affiliation_name, n_mentions,
        mentions_per_1000_words (`count_mentions` by outlet and actor).
    n_actors : int
        How many actors are shown: the most mentioned in all outlets together.
    sides : dict, optional
        From `list_sides`, where `nodes` holds only part of a corpus.
    places : DataFrame, optional
        From `place_actors`; made from the pairs of all outlets without it.

    Returns
    -------
    list of Axes
        A panel an outlet, most mentions first; of more than twelve, the first twelve. Each line has the
        gid ``pair``, each name ``actor``, each ring ``absent``.

    Raises
    ------
    InputError
        If a column is missing, an edge names an unknown actor, or `n_actors` is below 1.
    """
    title = "Actors who appear together, by outlet"
    actors, outlets, n_hidden = _check_networks(edges, nodes, n_actors)
    ids = set(actors["actor_id"])
    inside = edges[edges["source"].isin(ids) & edges["target"].isin(ids) & edges["outlet"].isin(outlets)]
    inside = inside.assign(share=inside["n_windows"] / inside["n_all"])
    if inside.empty:
        return [draw_nothing(None, title, "No two of the actors shown appear together in any outlet.")]
    window = _find_window(edges)
    looks = sides or list_sides(nodes)
    drawn = {
        outlet: strongest(part.sort_values(["share", "source", "target"], ascending=[False, True, True]),
                          PANEL_PAIRS, "share")
        for outlet, part in inside.groupby("outlet")
    }  # fmt: skip
    more = len(inside) - sum(map(len, drawn.values()))
    n_others = nodes.loc[nodes["n_mentions"] > 0, "actor_id"].nunique() - len(actors)
    columns = 1 if len(outlets) == 1 else 2 if len(outlets) <= 4 else 3
    used = {str(side) for side in actors["affiliation"].fillna("")}
    notes = [
        f"The {count_noun(len(actors), 'actor')} mentioned most"
        + (f" (+ {format_count(n_others)} more not shown)." if n_others else "."),
        f"+ {count_noun(more, 'pair')} with smaller shares." if more else "",
        f"+ {count_noun(n_hidden, 'more outlet')} not shown." if n_hidden else "",
    ]
    panel_width = (WIDTH - 16 - (columns - 1) * 10) / columns
    heads = {outlet: wrap(clean_label(outlet), panel_width, TEXT, "bold") for outlet in outlets}
    top = max(map(len, heads.values())) * TEXT * 1.22 + 6
    panels = open_chart(
        None,
        title=title,
        subtitle=f"Line: share of the outlet's {window}s in which both appear. Mark: its mentions per 1,000 "
        "words; a ring: never mentioned. One layout and one scale for all.",
        source=" ".join(filter(None, notes)),
        height=190 if columns < 3 else 150,
        top=top,
        bottom=32,
        n_panels=len(outlets),
        n_columns=columns,
        key=[side for key, side in looks.items() if key in used],
    )
    at_all = place_actors(_sum_pairs(inside)) if places is None else places
    names = wrap_names(actors, 70 if columns < 3 else 52)
    rates = nodes.pivot_table(index="actor_id", columns="outlet", values=_RATE, aggfunc="sum", fill_value=0.0)
    most, thickest = float(rates.loc[list(ids), outlets].max().max()), float(inside["share"].max())
    for ax, outlet in zip(panels, outlets, strict=True):
        write(ax, heads[outlet], (0, 1), on=("axes fraction", "axes fraction"), shift=(0, 2), size=TEXT,
              weight="bold", va="bottom", gid="panel")  # fmt: skip
        at = spread(at_all, ax, (42 if columns < 3 else 30, 14))
        known = actors[actors["actor_id"].isin(at)]
        pairs = drawn.get(outlet, inside.head(0))
        for pair in pairs[::-1].itertuples():
            ends = zip(at[pair.source], at[pair.target], strict=True)
            ax.plot(*ends, color=LINE_COLOUR, linewidth=line_width(pair.share, thickest), zorder=1,
                    solid_capstyle="round", gid="pair")  # fmt: skip
        here = known["actor_id"].map(rates[outlet])
        absent = known[here == 0]
        for actor in absent["actor_id"]:
            ax.scatter(*at[actor], s=14, facecolor="white", edgecolor=SOFT, linewidth=0.7, zorder=2,
                       gid="absent")  # fmt: skip
        present = known[here > 0]
        sizes = [mark_area(rate, most) if rate else 14.0 for rate in here]
        areas = dict(zip(known["actor_id"], sizes, strict=True))
        draw_marks(ax, present, at, [areas[actor] for actor in present["actor_id"]], looks)
        shown = known["actor_id"].tolist()
        write_names(ax, shown, names, at, [areas[a] for a in shown], faint=frozenset(absent["actor_id"]))
    left_below = panels[columns * ((len(panels) - 1) // columns)]
    x = write_sizes(left_below, most, "mentions per 1,000 words", y=-22)
    _write_share_widths(left_below, x, thickest, window, y=-22)
    return panels


def _check_networks(
    edges: pd.DataFrame, nodes: pd.DataFrame, n_actors: int
) -> tuple[pd.DataFrame, list[str], int]:
    """Check the tables; return the actors and outlets shown, and how many outlets are not."""
    chart = "draw_cooccurrence_networks"
    check_columns(edges, ("outlet", *EDGES, "n_all"), f"{chart} (edges)")
    check_columns(nodes, ("outlet", *NODES, _RATE), f"{chart} (nodes)")
    if n_actors < 1:
        raise InputError(f"{chart}: n_actors is {n_actors}: expected 1 or more")
    if strangers := sorted({*edges["source"], *edges["target"]} - {*nodes["actor_id"]}, key=str):
        raise InputError(f"{chart}: edges name {strangers[0]!r}, which is no actor_id in nodes")
    keys = ["actor_id", "actor", "affiliation"]
    actors = nodes.groupby(keys, as_index=False, dropna=False)["n_mentions"].sum()
    actors = actors[actors["n_mentions"] > 0].sort_values(
        ["n_mentions", "actor", "actor_id"], ascending=[False, True, True], ignore_index=True
    )
    outlets, n_hidden = rank_outlets(nodes, "n_mentions")
    return actors.head(n_actors), outlets, n_hidden


def _find_window(edges: pd.DataFrame) -> str:
    kinds = set(edges["within"]) if "within" in edges.columns else set()
    return str(kinds.pop()) if len(kinds) == 1 else "window"


def _write_share_widths(ax: Axes, x: float, thickest: float, window: str, y: float) -> None:
    """Write the key of line widths as shares, under axes whose data are points."""
    for share in (thickest / 4, thickest):
        ax.plot([x, x + 18], [y, y], color=LINE_COLOUR, linewidth=line_width(share, thickest),
                clip_on=False, gid="key")  # fmt: skip
        label = _percent(share) + (f" of {window}s" if share == thickest else "")
        write(ax, label, (0, 0), on=("axes fraction", "axes fraction"), shift=(x + 22, y), size=SMALL,
              color=SOFT, gid="key")  # fmt: skip
        x += 22 + measure(label, SMALL) + 8


def describe_cooccurrence_networks(edges: pd.DataFrame, nodes: pd.DataFrame, *, n_actors: int = 12) -> str:
    """Return the alternative text of `draw_cooccurrence_networks`."""
    actors, outlets, n_hidden = _check_networks(edges, nodes, n_actors)
    ids = set(actors["actor_id"])
    inside = edges[edges["source"].isin(ids) & edges["target"].isin(ids) & edges["outlet"].isin(outlets)]
    if inside.empty:
        return "No two of the actors shown appear together in any outlet."
    names = dict(zip(actors["actor_id"], actors["actor"], strict=True))
    parts = []
    for outlet in outlets:
        part = inside[inside["outlet"] == outlet]
        if part.empty:
            parts.append(f"{clean_label(outlet)}: none")
            continue
        top = part.assign(share=part["n_windows"] / part["n_all"]).sort_values(
            ["share", "source", "target"], ascending=[False, True, True]
        )
        first = top.iloc[0]
        pair = f"{clean_label(names[first['source']])} and {clean_label(names[first['target']])}"
        parts.append(f"{clean_label(outlet)}: {pair}, {_percent(first['share'])}")
    more = f" {count_noun(n_hidden, 'more outlet')} not shown." if n_hidden else ""
    return (
        f"Networks of {count_noun(len(actors), 'actor')} for {count_noun(len(outlets), 'outlet')} on one "
        f"layout. The pair in the largest share of {_find_window(edges)}s: {'; '.join(parts)}.{more}"
    )


@chart_style()
def draw_cooccurrence_difference(
    compared: pd.DataFrame,
    nodes: pd.DataFrame,
    ax: Axes | None = None,
    *,
    group: str,
    n_actors: int = 20,
    sides: dict[str, Side] | None = None,
    places: pd.DataFrame | None = None,
) -> Axes:
    """Draw which pairs one outlet mentions together more, or less, than the others.

    A solid dark line: a larger share of the outlet's windows; a dashed lighter one: a larger share of the
    others'. The width is the difference of the shares; a ring at the middle says that the other side
    never has the pair. Drawn are the largest differences, thirty at most.

    Parameters
    ----------
    compared : DataFrame
        From `compare_cooccurrences`: group, source, target, change, difference, n_windows, n_windows_rest,
        lowest_p; if present within.
    nodes : DataFrame
        Columns: actor_id, actor, affiliation, affiliation_name, n_mentions (in all outlets compared).
    ax : Axes, optional
        Where to draw; without it a figure 170 mm wide is opened.
    group : str
        The outlet, one of the groups of `compared`.
    n_actors : int
        How many actors are considered: the most mentioned.
    sides : dict, optional
        From `list_sides`, where `nodes` holds only part of a corpus.
    places : DataFrame, optional
        From `place_actors`; made from the pairs of both sides without it.

    Returns
    -------
    Axes
        Lines have the gid ``here`` or ``there``, rings ``only``, names ``actor``.

    Raises
    ------
    InputError
        If a column is missing, the group is none of the table, an edge names an unknown actor, or
        `n_actors` is below 1.
    """
    here, actors, others = _check_difference(compared, nodes, group, n_actors)
    if compared.empty:
        return draw_nothing(ax, f"Pairs in {clean_label(group)}", NO_PAIR)
    title = f"Pairs in {clean_label(group)}, against {others}"
    ids = set(actors["actor_id"])
    inside = here[here["source"].isin(ids) & here["target"].isin(ids)]
    uneven = inside[inside["difference"].abs() > 0]  # nothing to compare with leaves no number
    if uneven.empty:
        return draw_nothing(ax, title, "No pair of the actors shown differs between the two sides.")
    looks = sides or list_sides(nodes)
    size = uneven.assign(size=uneven["difference"].abs().round(9))
    size = size.sort_values(["size", "source", "target"], ascending=[False, True, True])
    pairs = strongest(size, DIFFERENCES, "size")
    shown = actors[actors["actor_id"].isin({*pairs["source"], *pairs["target"]})]
    window, names = _find_window(compared), wrap_names(shown)
    used = {str(side) for side in shown["affiliation"].fillna("")}
    n_lines = sum(len(lines) for lines in names.values())
    n_other_actors = nodes.loc[nodes["n_mentions"] > 0, "actor_id"].nunique() - len(actors)
    rest = int((here["difference"].abs() > 0).sum()) - len(pairs)
    p = float(here["lowest_p"].iloc[0])
    notes = [
        f"+ {count_noun(rest, 'pair')} with smaller differences or of other actors." if rest else "",
        f"+ {count_noun(n_other_actors, 'actor')} with fewer mentions." if n_other_actors else "",
        f"Lowest p that dealing these articles anew could reach: {p:.2g}.",
    ]
    (ax,) = open_chart(
        ax,
        title=title,
        subtitle=f"Line: difference of the shares of {window}s in which both appear. Mark: mentions in all. "
        "Position has no scale.",
        source=" ".join(filter(None, notes)),
        height=max(340.0 if len(shown) > 8 else 220.0, 6.5 * n_lines),
        bottom=44,
        key=[side for key, side in looks.items() if key in used],
    )
    all_pairs = pairs.assign(weight=pairs["n_windows"] + pairs["n_windows_rest"])
    at = spread(place_actors(all_pairs) if places is None else places, ax)
    largest, most = float(pairs["size"].max()), float(shown["n_mentions"].max())
    for pair in pairs[::-1].itertuples():
        (x0, y0), (x1, y1) = at[pair.source], at[pair.target]
        more_here = pair.difference > 0
        ax.plot([x0, x1], [y0, y1], linewidth=line_width(pair.size, largest), zorder=1,
                gid="here" if more_here else "there", **_look(more_here))  # fmt: skip
        if str(pair.change).startswith("only"):
            ax.plot([(x0 + x1) / 2], [(y0 + y1) / 2], marker="o", markersize=4.5, markerfacecolor="white",
                    markeredgecolor=_look(more_here)["color"], linestyle="none", zorder=1.5,
                    gid="only")  # fmt: skip
    areas = [mark_area(n, most) for n in shown["n_mentions"]]
    draw_marks(ax, shown, at, areas, looks)
    write_names(ax, shown["actor_id"].tolist(), names, at, areas)
    write_sizes(ax, most, "mention")
    _write_differences(ax, group, others, largest)
    return ax


def _look(more_here: bool) -> dict[str, Any]:
    if more_here:
        return {"color": HERE, "linestyle": "-", "solid_capstyle": "round"}
    return {"color": THERE, "linestyle": (0, DASHES), "dash_capstyle": "butt"}


def _check_difference(
    compared: pd.DataFrame, nodes: pd.DataFrame, group: str, n_actors: int
) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """Check the tables; return the group's rows, the actors considered, and what the other side is called."""
    chart = "draw_cooccurrence_difference"
    columns = ("group", "source", "target", "change", "difference", "n_windows", "n_windows_rest", "lowest_p")
    check_columns(compared, columns, chart)
    check_columns(nodes, NODES, f"{chart} (nodes)")
    groups = sorted(set(compared["group"]))
    if groups and group not in groups:  # a table without any pair names no group
        raise InputError(f"{chart}: unknown group {group!r}: expected one of {', '.join(groups)}")
    if n_actors < 1:
        raise InputError(f"{chart}: n_actors is {n_actors}: expected 1 or more")
    here = compared[compared["group"] == group]
    if strangers := sorted({*here["source"], *here["target"]} - {*nodes["actor_id"]}, key=str):
        raise InputError(f"{chart}: edges name {strangers[0]!r}, which is no actor_id in nodes")
    known = nodes[nodes["n_mentions"] > 0].drop_duplicates("actor_id")
    known = known.sort_values(["n_mentions", "actor", "actor_id"], ascending=[False, True, True])
    others = [clean_label(other) for other in groups if other != group]
    return (
        here,
        known.head(n_actors),
        others[0] if len(others) == 1 else f"{len(others) or 'no'} other outlets",
    )


def _write_differences(ax: Axes, group: str, others: str, largest: float) -> None:
    """Write the key of lines in a row of its own: more here, more there, and only on one side."""
    x, y, corner = 0.0, -34.0, ("axes fraction", "axes fraction")
    width = line_width(largest, largest)
    entries: Sequence[tuple[str, bool, bool]] = [
        (f"more in {clean_label(group)} (this width: {100 * largest:.1f} percentage points)", True, False),
        (f"more in {others}", False, False),
        ("never on the other side", True, True),
    ]
    for label, more_here, only in entries:
        lines = wrap(label, 120, SMALL)
        ax.plot([x, x + 36], [y, y], linewidth=width if not only else 1.5, clip_on=False, gid="key",
                **_look(more_here))  # fmt: skip
        if only:
            ax.plot([x + 18], [y], marker="o", markersize=4.5, markerfacecolor="white", markeredgecolor=HERE,
                    linestyle="none", clip_on=False, gid="key")  # fmt: skip
        write(ax, lines, (0, 0), on=corner, shift=(x + 42, y), size=SMALL, color=INK, gid="key")
        x += 42 + max(measure(line, SMALL) for line in lines) + 12


def describe_cooccurrence_difference(
    compared: pd.DataFrame, nodes: pd.DataFrame, *, group: str, n_actors: int = 20
) -> str:
    """Return the alternative text of `draw_cooccurrence_difference`."""
    here, actors, others = _check_difference(compared, nodes, group, n_actors)
    if compared.empty:
        return NO_PAIR
    names = dict(zip(actors["actor_id"], actors["actor"], strict=True))
    inside = here[here["source"].isin(names) & here["target"].isin(names)]
    sentences = []
    for side, sign in ((clean_label(group), 1), (others, -1)):
        part = inside.assign(size=(sign * inside["difference"]).round(9)).query("size > 0")
        part = part.sort_values(["size", "source", "target"], ascending=[False, True, True]).head(3)
        listed = "; ".join(
            f"{clean_label(names[r.source])} and {clean_label(names[r.target])} by {100 * r.size:.1f} "
            "percentage points" + (", never on the other side" if str(r.change).startswith("only") else "")
            for r in part.itertuples()
        )
        sentences.append(f"Larger share in {side}: {listed or 'no pair'}.")
    p = float(here["lowest_p"].iloc[0])
    return f"Network of differences. {' '.join(sentences)} Lowest attainable p: {p:.2g}."

"""Several outlets' networks on one layout: side by side, and the difference between two."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.charts_cooccurrence import EDGES, NODES, rank_actors
from helpers.charts_network import (
    LINE_COLOUR,
    check_places,
    draw_marks,
    find_height,
    line_width,
    mark_area,
    spread,
    strongest,
    wrap_names,
    write_names,
    write_sizes,
    write_widths,
)
from helpers.charts_style import (
    INK,
    LINE,
    SMALL,
    SOFT,
    TEXT,
    Side,
    chart_style,
    check_columns,
    clean_label,
    count_noun,
    draw_nothing,
    format_count,
    list_sides,
    list_some,
    measure,
    name_windows,
    open_chart,
    sheet_width,
    wrap,
    write,
)
from helpers.charts_tables import rank_outlets
from helpers.cooccurrence import find_window
from helpers.errors import InputError
from helpers.network import place_actors

PANEL_PAIRS = 25
DIFFERENCES = 30
NO_PAIR = "No two actors appear together in any outlet."
NO_PAIR_SHOWN = "No two of the actors shown appear together in any outlet."
HERE, THERE = "#22384E", LINE_COLOUR
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


def format_points(difference: float) -> str:
    """Write a difference of shares in percentage points.

    Examples
    --------
    >>> format_points(0.0891), format_points(0.00012)
    ('8.9', '0.012')
    """
    points = 100 * difference
    return f"{points:.1f}" if points >= 0.1 else f"{points:.2g}"


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
    actors, inside, outlets, n_hidden = _select(edges, nodes, n_actors, "draw_cooccurrence_networks")
    if inside.empty:
        return [draw_nothing(None, title, NO_PAIR_SHOWN)]
    window = find_window(edges)
    looks = sides or list_sides(nodes)
    crowded = inside["outlet"].value_counts().max() > PANEL_PAIRS
    often = inside[inside["n_windows"] > 1] if crowded and inside["n_windows"].max() > 1 else inside
    cut = _find_cut(often)
    drawn = dict(tuple(often[often["share"] > cut].groupby("outlet", sort=False)))
    which = f"more than {_percent(cut)} of the outlet's {name_windows(window)}"
    which = which if cut else f"2 or more {name_windows(window)} of an outlet"
    more = len(inside) - sum(map(len, drawn.values()))
    ids = set(actors["actor_id"])
    alone = len(ids - {*inside["source"], *inside["target"]})
    n_others = nodes.loc[nodes["n_mentions"] > 0, "actor_id"].nunique() - len(actors)
    columns = 1 if len(outlets) == 1 else 2 if len(outlets) <= 4 else 3
    used = {str(side) for side in actors["affiliation"].fillna("")}
    notes = [
        f"The {count_noun(len(actors), 'actor')} mentioned most"
        + (f" (+ {format_count(n_others)} more not shown)." if n_others else "."),
        f"Pairs in {which} (+ {format_count(more)} more)." if more else "",
        f"Never together with another of these: {count_noun(alone, 'actor')}." if alone else "",
        f"+ {count_noun(n_hidden, 'more outlet')} not shown." if n_hidden else "",
    ]
    panel_width = (sheet_width() - 16 - (columns - 1) * 10) / columns
    heads = {outlet: wrap(clean_label(outlet), panel_width, TEXT, "bold") for outlet in outlets}
    top = max(map(len, heads.values())) * TEXT * LINE + 6
    panels = open_chart(
        None,
        title=title,
        subtitle=f"Line: share of the outlet's {name_windows(window)} in which both appear. Mark: its "
        "mentions per 1,000 words; a ring: never mentioned. One layout and one scale for all.",
        source=" ".join(filter(None, notes)),
        height=190 if columns < 3 else 150,
        top=top,
        bottom=32,
        n_panels=len(outlets),
        n_columns=columns,
        key=[side for key, side in looks.items() if key in used],
    )
    at_all = place_actors(_sum_pairs(inside)) if places is None else places
    if places is not None:
        check_places(places["actor_id"], actors, "draw_cooccurrence_networks")
    names = wrap_names(actors, 70 if columns < 3 else 56, most_lines=2)
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
    widths = {thickest / 4: _percent(thickest / 4)}
    widths[thickest] = f"{_percent(thickest)} of {name_windows(window)}"
    write_widths(left_below, write_sizes(left_below, most, "mentions per 1,000 words", y=-22), widths, y=-22)
    return panels


def _select(
    edges: pd.DataFrame, nodes: pd.DataFrame, n_actors: int, chart: str
) -> tuple[pd.DataFrame, pd.DataFrame, list[str], int]:
    """Check the tables; return actors, pairs by share and outlets shown, and how many outlets are not."""
    check_columns(edges, ("outlet", *EDGES, "n_all"), f"{chart} (edges)")
    check_columns(nodes, ("outlet", *NODES, _RATE), f"{chart} (nodes)")
    keys = ["actor_id", "actor", "affiliation", "affiliation_name"]
    totals = nodes.groupby(keys, as_index=False, dropna=False)["n_mentions"].sum()
    actors = rank_actors(edges, totals, n_actors, chart).head(n_actors)
    outlets, n_hidden = rank_outlets(nodes, "n_mentions")
    ids = set(actors["actor_id"])
    inside = edges[edges["source"].isin(ids) & edges["target"].isin(ids) & edges["outlet"].isin(outlets)]
    inside = inside[inside["n_windows"] > 0]
    inside = inside.assign(share=inside["n_windows"] / inside["n_all"])
    inside = inside.sort_values(["share", "source", "target"], ascending=[False, True, True])
    return actors, inside, outlets, n_hidden


def _find_cut(inside: pd.DataFrame) -> float:
    """The share above which each outlet has twenty-five lines at most: one cut for all.

    A number of windows would leave an outlet of few articles without lines, whatever it writes. Where more
    tie for the first place of all, they are kept.
    """
    largest = inside.groupby("outlet")["share"].nth(PANEL_PAIRS)  # the pairs are in order of their shares
    return min(float(largest.max()) if len(largest) else 0.0, float(np.nextafter(inside["share"].max(), 0)))


def describe_cooccurrence_networks(edges: pd.DataFrame, nodes: pd.DataFrame, *, n_actors: int = 12) -> str:
    """Return the alternative text of `draw_cooccurrence_networks`."""
    actors, inside, outlets, n_hidden = _select(edges, nodes, n_actors, "describe_cooccurrence_networks")
    if inside.empty:
        return NO_PAIR_SHOWN
    names = dict(zip(actors["actor_id"], actors["actor"], strict=True))
    parts = []
    for outlet in outlets:
        part = inside[inside["outlet"] == outlet]
        if part.empty:
            parts.append(f"{clean_label(outlet)}: none")
            continue
        first = part.iloc[0]
        pair = f"{clean_label(names[first['source']])} and {clean_label(names[first['target']])}"
        parts.append(f"{clean_label(outlet)}: {pair}, {_percent(first['share'])}")
    more = f" {count_noun(n_hidden, 'more outlet')} not shown." if n_hidden else ""
    return (
        f"Networks of {count_noun(len(actors), 'actor')} for {count_noun(len(outlets), 'outlet')} on one "
        f"layout. The pair in the largest share of {name_windows(find_window(edges))}: "
        f"{list_some(parts, 240, '; ', count=True)}.{more}"
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
    others'. The width is the difference of the shares; a double line says that the other side never has
    the pair. Drawn are the largest differences, thirty at most.

    Parameters
    ----------
    compared : DataFrame
        From `compare_cooccurrences`: group, source, target, change, difference, n_windows, n_windows_rest,
        lowest_p; if present within.
    nodes : DataFrame
        Columns: actor_id, actor, affiliation, affiliation_name, n_mentions (in all outlets compared).
    ax : Axes, optional
        Where to draw; without it a figure is opened, 170 mm wide (`chart_width`).
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
        Lines have the gid ``here`` or ``there``, the white within double ones ``only``, names ``actor``.

    Raises
    ------
    InputError
        If a column is missing, the group is none of the table, an edge names an unknown actor, or
        `n_actors` is below 1.
    """
    here, actors, others = _check_difference(compared, nodes, group, n_actors, "draw_cooccurrence_difference")
    if compared.empty:
        return draw_nothing(ax, f"Pairs in {clean_label(group)}", NO_PAIR)
    title = f"Pairs in {clean_label(group)}, against {others}"
    ids = set(actors["actor_id"])
    inside = here[here["source"].isin(ids) & here["target"].isin(ids)]
    # What is nothing but rounding does not count; nothing to compare with leaves no number.
    uneven = inside[inside["difference"].abs().round(9) > 0]
    if uneven.empty:
        return draw_nothing(ax, title, "No pair of the actors shown differs between the two sides.")
    looks = sides or list_sides(nodes)
    size = uneven.assign(size=uneven["difference"].abs().round(9))
    size = size.sort_values(["size", "source", "target"], ascending=[False, True, True])
    pairs = strongest(size, DIFFERENCES, "size")
    shown = actors[actors["actor_id"].isin({*pairs["source"], *pairs["target"]})]
    window, names = find_window(compared), wrap_names(shown)
    used = {str(side) for side in shown["affiliation"].fillna("")}
    n_lines = sum(len(lines) for lines in names.values())
    n_other_actors = nodes.loc[nodes["n_mentions"] > 0, "actor_id"].nunique() - len(actors)
    rest = int((here["difference"].abs().round(9) > 0).sum()) - len(pairs)
    p = float(here["lowest_p"].iloc[0])
    fewest = int((pairs["n_windows"] + pairs["n_windows_rest"]).min())
    notes = [
        f"+ {count_noun(rest, 'pair')} with smaller differences or of other actors." if rest else "",
        f"+ {count_noun(n_other_actors, 'actor')} with fewer mentions." if n_other_actors else "",
        f"Lines rest on {format_count(fewest)} {name_windows(window, fewest)} or more in all.",
        f"Lowest p that dealing these articles anew could reach: {p:.2g}.",
    ]
    (ax,) = open_chart(
        ax,
        title=title,
        subtitle=f"Line: difference of the shares of {name_windows(window)} in which both appear. Mark: "
        "mentions in all. Position has no scale.",
        source=" ".join(filter(None, notes)),
        height=find_height(len(shown), n_lines),
        bottom=44,
        key=[side for key, side in looks.items() if key in used],
    )
    all_pairs = pairs.assign(weight=pairs["n_windows"] + pairs["n_windows_rest"])
    at = spread(place_actors(all_pairs) if places is None else places, ax)
    check_places(at, shown, "draw_cooccurrence_difference")
    largest, most = float(pairs["size"].max()), float(shown["n_mentions"].max())
    for pair in pairs[::-1].itertuples():
        more_here, width = pair.difference > 0, line_width(pair.size, largest)
        ends = list(zip(at[pair.source], at[pair.target], strict=True))
        ax.plot(*ends, linewidth=width, zorder=1, gid="here" if more_here else "there",
                **_look(more_here))  # fmt: skip
        if str(pair.change).startswith("only"):  # a line of white within makes it a double one
            ax.plot(*ends, color="white", linewidth=0.4 * width, zorder=1.1, gid="only")
    areas = [mark_area(n, most) for n in shown["n_mentions"]]
    draw_marks(ax, shown, at, areas, looks)
    write_names(ax, shown["actor_id"].tolist(), names, at, areas)
    write_sizes(ax, most, "mention")
    _write_differences(ax, clean_label(group), others, largest)
    return ax


def _look(more_here: bool) -> dict[str, Any]:
    if more_here:
        return {"color": HERE, "linestyle": "-", "solid_capstyle": "round"}
    return {"color": THERE, "linestyle": (0, DASHES), "dash_capstyle": "butt"}


def _check_difference(
    compared: pd.DataFrame, nodes: pd.DataFrame, group: str, n_actors: int, chart: str
) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """Check the tables; return the group's rows, the actors considered, and what the other side is called."""
    columns = (
        "group",
        "rest",
        "source",
        "target",
        "change",
        "difference",
        "n_windows",
        "n_windows_rest",
        "lowest_p",
    )
    check_columns(compared, columns, chart)
    groups = sorted(set(compared["group"]))
    if groups and group not in groups:  # a table without any pair names no group
        raise InputError(f"{chart}: unknown group {group!r}: expected one of {', '.join(groups)}")
    here = compared[compared["group"] == group]
    actors = rank_actors(here, nodes, n_actors, chart).head(n_actors)
    return here, actors, clean_label(here["rest"].iloc[0]) if len(here) else ""


def _write_differences(ax: Axes, group: str, others: str, largest: float) -> None:
    """Write the key of lines in a row of its own: more here, more there, never there, and the widest."""
    x, y, corner = 0.0, -34.0, ("axes fraction", "axes fraction")
    room = min(84.0, ax.get_window_extent().width / ax.figure.dpi * 72 / 4 - 41)
    # A long name has no room here; the title has it.
    first, second = (
        name if measure(name, SMALL) <= 84 else short
        for name, short in ((group, "the first"), (others, "the second"))
    )
    entries: Sequence[tuple[str, float, dict[str, Any], bool]] = [
        (f"more in {first}", 2.5, _look(True), False),
        (f"more in {second}", 2.5, _look(False), False),
        ("never on the other side", 4.0, _look(True), True),
        (f"{format_points(largest)} percentage points", line_width(largest, largest), {"color": SOFT}, False),
    ]
    for label, width, look, double in entries:
        lines = wrap(label, room, SMALL)
        ax.plot([x, x + 26], [y, y], linewidth=width, clip_on=False, gid="key", **look)
        if double:
            ax.plot([x, x + 26], [y, y], color="white", linewidth=0.4 * width, clip_on=False, gid="key")
        write(ax, lines, (0, 0), on=corner, shift=(x + 31, y), size=SMALL, color=INK, gid="key")
        x += 31 + max(measure(line, SMALL) for line in lines) + 10


def describe_cooccurrence_difference(
    compared: pd.DataFrame, nodes: pd.DataFrame, *, group: str, n_actors: int = 20
) -> str:
    """Return the alternative text of `draw_cooccurrence_difference`."""
    here, actors, others = _check_difference(
        compared, nodes, group, n_actors, "describe_cooccurrence_difference"
    )
    if compared.empty:
        return NO_PAIR
    names = dict(zip(actors["actor_id"], actors["actor"], strict=True))
    inside = here[here["source"].isin(names) & here["target"].isin(names)]
    sentences = []
    for side, sign in ((clean_label(group), 1), (others, -1)):
        part = inside.assign(size=(sign * inside["difference"]).round(9)).query("size > 0")
        part = part.sort_values(["size", "source", "target"], ascending=[False, True, True]).head(3)
        listed = [
            f"{clean_label(names[r.source])} and {clean_label(names[r.target])} by {format_points(r.size)}"
            + (", never on the other side" if str(r.change).startswith("only") else "")
            for r in part.itertuples()
        ] or ["no pair"]
        sentences.append(f"Larger share in {side}: {list_some(listed, 130, '; ')}.")
    p = float(here["lowest_p"].iloc[0])
    return (
        f"Network of differences, in percentage points (lowest attainable p: {p:.2g}). {' '.join(sentences)}"
    )

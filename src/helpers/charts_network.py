"""The network of who appears together with whom."""

import math
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import textalloc
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from helpers.charts_cooccurrence import (
    describe_pairs,
    say_too_few,
    say_what_is_left_out,
    select_pairs,
)
from helpers.charts_style import (
    INK,
    SMALL,
    SOFT,
    Side,
    chart_style,
    clean_label,
    count_noun,
    draw_nothing,
    format_count,
    list_sides,
    mark,
    measure,
    open_chart,
    wrap,
    write,
)

MAX_PAIRS = 60
LAYOUT_SEED = 7
LINE_COLOUR = "#B9C3CC"
NAME_WIDTH = 88.0


@chart_style()
def draw_cooccurrence_network(
    edges: pd.DataFrame,
    nodes: pd.DataFrame,
    ax: Axes | None = None,
    *,
    n_actors: int = 25,
    sides: dict[str, Side] | None = None,
) -> Axes:
    """Draw actors as marks joined by lines: the thicker, the more windows they share.

    The area of a mark is the number of mentions. Of more than sixty pairs, those with the most
    windows are drawn, ties together, and the others counted. Positions come
    from `networkx.spring_layout` with a fixed seed over the sorted actors, evened out halfway to
    their ranks: only nearness speaks, and only roughly; the numbers are in the matrix.

    Parameters
    ----------
    edges, nodes, ax, sides
        As for `helpers.charts.draw_cooccurrence_matrix`.
    n_actors : int
        How many actors are shown: the most mentioned.

    Returns
    -------
    Axes
        Each line has the gid ``pair``, each name the gid ``actor``.

    Raises
    ------
    InputError
        If a column is missing, an edge names an unknown actor, or `n_actors` is below 1.
    """
    title = "Network of actors who appear together"
    network = select_pairs(edges, nodes, n_actors, "draw_cooccurrence_network")
    if len(network.nodes) < 2 or network.pairs.empty:
        sentence = "No two actors appear together." if len(network.nodes) > 1 else ""
        return draw_nothing(ax, title, sentence or say_too_few(network))
    looks = sides or list_sides(nodes)
    pairs = _strongest(network.pairs)
    least = float(pairs["n_windows"].min())
    met = {*pairs["source"], *pairs["target"]}
    shown = network.nodes[network.nodes["actor_id"].isin(met)]
    alone = len(set(network.nodes["actor_id"]) - {*network.pairs["source"], *network.pairs["target"]})
    weak = len(network.nodes) - len(shown) - alone

    graph: Any = nx.Graph()
    graph.add_nodes_from(sorted(shown["actor_id"]))
    for source, target, n_windows in pairs.sort_values(["source", "target"]).itertuples(index=False):
        graph.add_edge(source, target, weight=math.log1p(n_windows))
    places = nx.spring_layout(
        graph, seed=LAYOUT_SEED, weight="weight", k=5 / math.sqrt(len(graph)), iterations=200
    )
    used = {str(side) for side in shown["affiliation"].fillna("")}
    notes = [
        f"Never together with another of these: {count_noun(alone, 'actor')}." if alone else "",
        f"Not drawn, with their pairs: {count_noun(weak, 'actor')}." if weak else "",
        f"+ {count_noun(len(network.pairs) - len(pairs), 'more pair')} with fewer {network.window}s."
        if len(network.pairs) > len(pairs)
        else "",
        say_what_is_left_out(network) if network.n_hidden_actors or not alone + weak else "",
    ]
    names = {
        actor: wrap(clean_label(name), NAME_WIDTH, SMALL)
        for actor, name in zip(shown["actor_id"], shown["actor"], strict=True)
    }
    n_lines = sum(len(lines) for lines in names.values())
    height = max(340.0 if len(shown) > 8 else 220.0, 6.5 * n_lines)  # long names need more sheet
    (ax,) = open_chart(
        ax,
        title=title,
        subtitle=f"{count_noun(len(shown), 'actor')}, "
        f"{count_noun(len(pairs), 'pair')}. Size: mentions; line: {network.window}s in which "
        "both appear. Position has no scale.",
        source=" ".join(note for note in notes if note),
        height=height,
        bottom=26,
        key=[side for key, side in looks.items() if key in used],
    )
    box = ax.get_window_extent()
    width, height = (side / ax.figure.dpi * 72 for side in (box.width, box.height))
    at = _spread(places, width, height)
    ax.set(xlim=(0, width), ylim=(0, height), xticks=[], yticks=[])
    thickest = float(pairs["n_windows"].max())
    for source, target, n_windows in pairs[::-1].itertuples(index=False):
        (x0, y0), (x1, y1) = at[source], at[target]
        ax.plot([x0, x1], [y0, y1], color=LINE_COLOUR, linewidth=_line(n_windows, thickest),
                solid_capstyle="round", zorder=1, gid="pair")  # fmt: skip
    most = float(shown["n_mentions"].max())
    for actor, side, n_mentions in shown[["actor_id", "affiliation", "n_mentions"]].itertuples(index=False):
        look = looks.get("" if pd.isna(side) else str(side), looks[""])
        ax.scatter(*at[actor], s=_area(n_mentions, most), marker=look.marker, color=look.colour,
                   edgecolor="white", linewidth=0.7, zorder=2)  # fmt: skip
    _write_names(ax, shown, names, at, most)
    _write_scales(ax, most, thickest, least, network.window)
    return ax


def _strongest(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs above the smallest number of windows that leaves sixty at most.

    Ties are kept or left out together; if more than sixty tie for the first place, all of them
    are returned.
    """
    if len(pairs) <= MAX_PAIRS:
        return pairs
    limit = pairs["n_windows"].iloc[MAX_PAIRS]
    above: pd.DataFrame = pairs[pairs["n_windows"] > limit]
    return above if len(above) else pairs.query("n_windows == @limit")


def _line(n_windows: float, thickest: float) -> float:
    return 0.5 + 4.5 * n_windows / thickest


def _area(n_mentions: float, most: float) -> float:
    return 16 + 240 * n_mentions / most


def _spread(places: dict[str, np.ndarray], width: float, height: float) -> dict[str, tuple[float, float]]:
    """Stretch positions over the axes, with a margin for the names at the edge.

    Half of each coordinate is its rank, which draws clumps apart and keeps left and right.
    """
    points = np.array([places[actor] for actor in places])
    span = np.ptp(points, axis=0)
    span[span == 0] = 1
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    even = (points - points.min(axis=0)) / span / 2 + ranks / max(len(points) - 1, 1) / 2
    inner = np.array([width - 120, height - 40])
    return {actor: (float(x) + 60, float(y) + 20) for actor, (x, y) in zip(places, even * inner, strict=True)}


def _write_names(
    ax: Axes,
    shown: pd.DataFrame,
    names: dict[str, list[str]],
    at: dict[str, tuple[float, float]],
    most: float,
) -> None:
    """Place the names so that none covers another name or a mark; over lines they have a halo.

    A name that finds no room is left out, and counted under the network.
    """
    ids = shown["actor_id"].tolist()
    xs, ys = [at[actor][0] for actor in ids], [at[actor][1] for actor in ids]
    pixels = ax.figure.dpi / 72  # textalloc wants the radius of a mark in pixels
    radii = [(math.sqrt(_area(n, most)) / 2 + 1) * pixels for n in shown["n_mentions"]]
    allocate: Any = textalloc.allocate
    *_, texts, _ = allocate(
        ax,
        xs,
        ys,
        ["\n".join(names[actor]) for actor in ids],
        x_scatter=xs,
        y_scatter=ys,
        scatter_sizes=radii,
        text_scatter_sizes=radii,
        avoid_label_lines_overlap=True,
        textsize=SMALL,
        textcolor=INK,
        linecolor=SOFT,
        linewidth=0.5,
        margin=0.002,
        min_distance=0.002,
        max_distance=0.2,
        nbr_candidates=400,
        draw_all=False,
        zorder=4,
    )
    placed = [text for text in texts if text is not None]
    for text in placed:
        text.set_gid("actor")
        text.set_path_effects([withStroke(linewidth=2, foreground="white")])
    if len(placed) < len(ids):
        note = f"+ {count_noun(len(ids) - len(placed), 'name')} without room"
        write(ax, note, (1, 0), on=("axes fraction", "axes fraction"), shift=(0, -14),
              size=SMALL, color=SOFT, ha="right", gid="unnamed")  # fmt: skip


def _write_scales(ax: Axes, most: float, thickest: float, least: float, window: str) -> None:
    """Write the keys of size and width under the axes, whose data are points."""
    x, y = 0.0, -14.0
    corner = ("axes fraction", "axes fraction")
    for n in sorted({1.0, float(round(most / 2)), most} - {0.0}):
        radius = math.sqrt(_area(n, most)) / 2
        mark(ax, Side("", SOFT, "o", ""), 0, x + radius, y, on="axes", size=2 * radius)
        label = count_noun(n, "mention") if n == most else format_count(n)
        x += 2 * radius + 4
        write(ax, label, (0, 0), on=corner, shift=(x, y), size=SMALL, color=SOFT, gid="key")
        x += measure(label, SMALL) + 10
    x += 16
    for n in sorted({least, float(round((least + thickest) / 2)), thickest}):
        ax.plot([x, x + 20], [y, y], color=LINE_COLOUR, linewidth=_line(n, thickest),
                clip_on=False, gid="key")  # fmt: skip
        label = count_noun(n, window) if n == thickest else format_count(n)
        write(ax, label, (0, 0), on=corner, shift=(x + 26, y), size=SMALL, color=SOFT, gid="key")
        x += 26 + measure(label, SMALL) + 10


def describe_cooccurrence_network(edges: pd.DataFrame, nodes: pd.DataFrame, *, n_actors: int = 25) -> str:
    """Return the alternative text of `draw_cooccurrence_network`."""
    network = select_pairs(edges, nodes, n_actors, "describe_cooccurrence_network")
    if len(network.nodes) < 2 or network.pairs.empty:
        return describe_pairs(edges, nodes, "Network", n_actors)
    drawn = _strongest(network.pairs)
    met = {*drawn["source"], *drawn["target"]}
    return describe_pairs(
        drawn.assign(within=network.window), nodes[nodes["actor_id"].isin(met)], "Network", n_actors
    )

"""The matrix of who appears together with whom, and which pairs both charts of them show."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from helpers.charts_style import (
    LINE,
    NARROW,
    SMALL,
    SOFT,
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
    name_windows,
    open_chart,
    sheet_width,
    wrap,
    write,
)
from helpers.charts_tables import find_edges, shade_cells
from helpers.cooccurrence import find_window
from helpers.errors import InputError

EDGES = ("source", "target", "n_windows")
NODES = ("actor_id", "actor", "affiliation", "affiliation_name", "n_mentions")


@dataclass(frozen=True)
class Network:
    """The most mentioned actors, the pairs among them that meet, and what is left out."""

    nodes: pd.DataFrame  # most mentioned first
    pairs: pd.DataFrame  # source, target, n_windows, in_backbone; most windows first
    n_hidden_actors: int
    n_hidden_pairs: int
    window: str  # what a window is: "sentence", or "window" where the edges do not say


def rank_actors(edges: pd.DataFrame, nodes: pd.DataFrame, n_actors: int, chart: str) -> pd.DataFrame:
    """Check the nodes against the edges; return those that are mentioned, the most mentioned first."""
    check_columns(nodes, NODES, f"{chart} (nodes)")
    if n_actors < 1:
        raise InputError(f"{chart}: n_actors is {n_actors}: expected 1 or more")
    if strangers := sorted({*edges["source"], *edges["target"]} - {*nodes["actor_id"]}, key=str):
        raise InputError(f"{chart}: edges name {strangers[0]!r}, which is no actor_id in nodes")
    if nodes["actor_id"].duplicated().any():
        twice = nodes["actor_id"][nodes["actor_id"].duplicated()].iloc[0]
        raise InputError(f"{chart}: {twice!r} stands twice in nodes: count mentions by actor_id only")
    known = nodes[nodes["n_mentions"] > 0]
    return known.sort_values(
        ["n_mentions", "actor", "actor_id"], ascending=[False, True, True], ignore_index=True
    )


def select_pairs(edges: pd.DataFrame, nodes: pd.DataFrame, n_actors: int, chart: str) -> Network:
    """Check both tables; return the `n_actors` most mentioned and the pairs among them."""
    check_columns(edges, EDGES, f"{chart} (edges)")
    known = rank_actors(edges, nodes, n_actors, chart)
    shown = known.head(n_actors)
    ids = set(shown["actor_id"])
    meet = edges[(edges["n_windows"] > 0) & (edges["source"] != edges["target"])]
    inside = meet[meet["source"].isin(ids) & meet["target"].isin(ids)]
    kept = inside["in_backbone"] if "in_backbone" in inside.columns else True
    inside = inside.assign(in_backbone=kept)[["source", "target", "n_windows", "in_backbone"]].sort_values(
        ["n_windows", "source", "target"], ascending=[False, True, True], ignore_index=True
    )
    hidden = len(known) - len(shown), len(meet) - len(inside)
    return Network(shown, inside, *hidden, find_window(edges))


def say_what_is_left_out(network: Network) -> str:
    """Return a sentence that counts the actors and pairs not shown."""
    if not network.n_hidden_actors:
        return "All actors are shown."
    return (
        f"Not shown: {count_noun(network.n_hidden_actors, 'actor')} with fewer mentions and the "
        f"{count_noun(network.n_hidden_pairs, 'pair')} with them."
    )


@chart_style()
def draw_cooccurrence_matrix(
    edges: pd.DataFrame,
    nodes: pd.DataFrame,
    ax: Axes | None = None,
    *,
    n_actors: int = 20,
    sides: dict[str, Side] | None = None,
) -> Axes:
    """Draw how many windows each pair of actors shares, as the lower half of a matrix.

    Each actor's name stands once, at the end of its row and the head of its column. Actors are
    ordered by side (the side with most mentions first), then by mentions; a light dot is zero.

    Parameters
    ----------
    edges : DataFrame
        Columns: source, target (actor ids, a pair once), n_windows; if present within, the kind of window.
    nodes : DataFrame
        Columns: actor_id, actor, affiliation, affiliation_name, n_mentions.
    ax : Axes, optional
        Where to draw; without it a figure is opened, 170 mm wide (`chart_width`).
    n_actors : int
        How many actors are shown: the most mentioned; fewer where the numbers need wide cells.
    sides : dict, optional
        From `list_sides`, where `nodes` holds only part of a corpus.

    Returns
    -------
    Axes
        x in columns, y in points from the top.

    Raises
    ------
    InputError
        If a column is missing, an edge names an unknown actor, or `n_actors` is below 1.
    """
    network = select_pairs(edges, nodes, n_actors, "draw_cooccurrence_matrix")
    title = f"Actors who appear together, by number of {name_windows(network.window)}"
    if len(network.nodes) < 2:
        return draw_nothing(ax, title, say_too_few(network))
    looks = sides or list_sides(nodes)
    actors = network.nodes.assign(side=network.nodes["affiliation"].fillna("").astype(str))
    weight = actors.groupby("side")["n_mentions"].sum()
    actors["weight"] = actors["side"].map(weight).where(actors["side"] != "", -1)
    actors = actors.sort_values(
        ["weight", "side", "n_mentions", "actor"],
        ascending=[False, True, False, True],
        ignore_index=True,
    )
    n = len(actors)
    place = {actor: k for k, actor in enumerate(actors["actor_id"])}
    cells = np.zeros((n, n))
    for source, target, n_windows, _ in network.pairs.itertuples(index=False):
        a, b = place[source], place[target]
        cells[max(a, b), min(a, b)] += n_windows

    name_width = 96.0
    side_names = [looks.get(side, looks[""]).name or "no side" for side in actors["side"]]
    left = min(max(measure(name, SMALL) for name in side_names), 66) + 20
    column = min((sheet_width() - 16 - left - name_width - 10) / max(n - 1, 1), 26)
    needed = measure(format_cell(float(cells.max())), SMALL) + 1.5
    if column < needed:
        fewer = int((sheet_width() - 16 - left - name_width - 10) / needed)
        return draw_cooccurrence_matrix(edges, nodes, ax, n_actors=fewer, sides=looks)
    names = [wrap(clean_label(actor), name_width, SMALL) for actor in actors["actor"]]
    heights = [max(len(name) * SMALL * LINE + 3, 14.0) for name in names]
    starts = [k for k in range(n) if k == 0 or actors["side"][k] != actors["side"][k - 1]]
    heads = {k: wrap(side_names[k], left - 20, SMALL) for k in starts}
    for k, end in zip(starts, [*starts[1:], n], strict=True):
        missing = len(heads[k]) * SMALL * LINE + 4 - sum(heights[k:end])
        heights[k] += max(0.0, missing)
    bounds = find_edges(heights)
    (ax,) = open_chart(
        ax,
        least=NARROW,
        title=title,
        subtitle=f"Number of {name_windows(network.window)} in which both appear: follow the row to the name "
        "at its end, the column up to the name at its head. A dot = never together.",
        source=f"{count_noun(n, 'actor')}, grouped by side, the most mentioned first. "
        + say_what_is_left_out(network),
        height=bounds[-1],
        left=left,
        right=sheet_width() - 16 - left - column * n,
        top=4,
    )
    ax.set(xlim=(0, n), ylim=(bounds[-1], 0), xticks=[], yticks=[])
    largest = float(cells.max())
    for row in range(1, n):
        here = cells[row : row + 1, :row]
        shade_cells(ax, range(row + 1), bounds[row : row + 2], here, top=largest, zero="·")
    for k, name in enumerate(names):
        y = (bounds[k] + bounds[k + 1]) / 2
        side = looks.get(actors["side"][k], looks[""])
        mark(ax, side, y, k * column + 7)
        write(ax, name, (0, y), shift=(k * column + 14, 0), size=SMALL, gid="actor")
        if k in heads:
            write(ax, heads[k], (0, bounds[k] + heights[k] / 2), shift=(-left + 10, 0), size=SMALL,
                  color=SOFT, gid="side")  # fmt: skip
            mark(ax, side, bounds[k] + heights[k] / 2, -left + 3)
            if k:
                rule = [-left / (n * column), k / n]
                ax.plot(rule, [bounds[k]] * 2, color=SOFT, linewidth=0.5, clip_on=False,
                        transform=ax.get_yaxis_transform())  # fmt: skip
    return ax


def say_too_few(network: Network) -> str:
    """Return the sentence of an empty chart."""
    if network.nodes.empty:
        return "No actor is mentioned: there is no pair to show."
    only = clean_label(network.nodes["actor"].iloc[0])
    return f"Only one actor is shown ({only}): there is no pair to show."


def describe_pairs(network: Network, kind: str, left_out: str) -> str:
    """Return the alternative text of a chart of pairs; `kind` is Matrix or Network."""
    if len(network.nodes) < 2:
        return say_too_few(network)
    if network.pairs.empty:
        return "No two actors appear together."
    names = dict(zip(network.nodes["actor_id"], network.nodes["actor"], strict=True))
    first = [
        f"{clean_label(names[a])} and {clean_label(names[b])} {format_count(n)}"
        for a, b, n in network.pairs[["source", "target", "n_windows"]].head(3).itertuples(index=False)
    ]
    return (
        f"{kind} of {count_noun(len(network.nodes), 'actor')} and "
        f"{count_noun(len(network.pairs), 'pair')} that appear in one {name_windows(network.window, 1)}. "
        f"Most {name_windows(network.window)} shared: {list_some(first, 200, '; ')}. {left_out}"
    )


def describe_cooccurrence_matrix(edges: pd.DataFrame, nodes: pd.DataFrame, *, n_actors: int = 20) -> str:
    """Return the alternative text of `draw_cooccurrence_matrix`."""
    network = select_pairs(edges, nodes, n_actors, "describe_cooccurrence_matrix")
    return describe_pairs(network, "Matrix", say_what_is_left_out(network))

"""The network of who appears together with whom."""

import io
import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from typing import Any

import pandas as pd
import textalloc
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from helpers.charts_cooccurrence import (
    Network,
    describe_pairs,
    say_too_few,
    say_what_is_left_out,
    select_pairs,
)
from helpers.charts_style import (
    INK,
    MIDDLING,
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
    name_windows,
    open_chart,
    wrap,
    write,
)
from helpers.errors import InputError
from helpers.network import place_actors

MAX_PAIRS = 60
LINE_COLOUR = "#8494A4"
NAME_WIDTH = 88.0
Points = dict[str, tuple[float, float]]


@chart_style()
def draw_cooccurrence_network(
    edges: pd.DataFrame,
    nodes: pd.DataFrame,
    ax: Axes | None = None,
    *,
    n_actors: int = 25,
    sides: dict[str, Side] | None = None,
    places: pd.DataFrame | None = None,
) -> Axes:
    """Draw actors as marks joined by lines: the thicker, the more windows they share.

    The area of a mark is the number of mentions. Where the edges have a column in_backbone, only pairs
    in it are drawn; if it holds none, all are, and the chart says so. Of more than sixty pairs, those with
    the most windows are drawn, ties together, and the others counted.

    Parameters
    ----------
    edges, nodes, ax, sides
        As for `helpers.charts.draw_cooccurrence_matrix`; edges may have in_backbone (`find_backbone`).
    n_actors : int
        How many actors are shown: the most mentioned.
    places : DataFrame, optional
        From `place_actors`, for several networks on one layout; made from the pairs drawn without it.

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
    kept, about_filter = filter_pairs(network)
    pairs = strongest(kept)
    shown = network.nodes[network.nodes["actor_id"].isin({*pairs["source"], *pairs["target"]})]
    names = wrap_names(shown)
    n_lines = sum(len(lines) for lines in names.values())
    (ax,) = open_chart(
        ax,
        least=MIDDLING,
        title=title,
        subtitle=f"{count_noun(len(shown), 'actor')}, {count_noun(len(pairs), 'pair')}. Size: mentions; "
        f"line: {name_windows(network.window)} in which both appear. Position has no scale.",
        source=" ".join(filter(None, [about_filter, *_say_what_is_not_drawn(network, kept, pairs)])),
        # Long names need more sheet.
        height=find_height(len(shown), n_lines),
        bottom=26,
        key=[side for key, side in looks.items() if key in {str(s) for s in shown["affiliation"].fillna("")}],
    )
    at = spread(place_actors(pairs.assign(weight=pairs["n_windows"])) if places is None else places, ax)
    check_places(at, shown, "draw_cooccurrence_network")
    thickest, most = float(pairs["n_windows"].max()), float(shown["n_mentions"].max())
    for pair in pairs[::-1].itertuples():
        ax.plot(*zip(at[pair.source], at[pair.target], strict=True), color=LINE_COLOUR,
                linewidth=line_width(pair.n_windows, thickest), solid_capstyle="round", zorder=1,
                gid="pair")  # fmt: skip
    areas = [mark_area(n, most) for n in shown["n_mentions"]]
    draw_marks(ax, shown, at, areas, looks)
    write_names(ax, shown["actor_id"].tolist(), names, at, areas)
    least = float(pairs["n_windows"].min())
    widths = {n: format_count(n) for n in sorted({least, float(round((least + thickest) / 2)), thickest})}
    widths[thickest] += f" {name_windows(network.window, thickest)}"
    write_widths(ax, write_sizes(ax, most, "mention"), widths)
    return ax


def find_height(n_actors: int, n_lines: int) -> float:
    """Return the height of a network in points: the more actors and the longer their names, the more."""
    return max(340.0 if n_actors > 8 else 220.0 if n_actors > 3 else 110.0, 6.5 * n_lines)


def filter_pairs(network: Network) -> tuple[pd.DataFrame, str]:
    """Return the pairs in the backbone, or all where it is empty, with a sentence about the filter."""
    pairs = network.pairs
    if pairs["in_backbone"].all():
        return pairs, ""
    inside = pairs[pairs["in_backbone"].astype(bool)]
    if inside.empty:
        return (
            pairs,
            "No pair of these actors passes the disparity filter, so all of theirs are drawn.",
        )
    dropped = count_noun(len(pairs) - len(inside), "pair")
    return inside, f"Filtered: {dropped} of these actors did not pass the disparity filter."


def strongest(pairs: pd.DataFrame, most: int = MAX_PAIRS, value: str = "n_windows") -> pd.DataFrame:
    """Return the pairs above the smallest value that leaves `most` at most; they are in order of it.

    Ties are kept or left out together; if more tie for the first place, all of them are returned.
    """
    if len(pairs) <= most:
        return pairs
    limit = pairs[value].iloc[most]
    above = pairs[pairs[value] > limit]
    return above if len(above) else pairs[pairs[value] == limit]


def _say_what_is_not_drawn(network: Network, kept: pd.DataFrame, pairs: pd.DataFrame) -> list[str]:
    """Return a sentence for each way in which actors or pairs are left out."""
    met, drawn = ({*table["source"], *table["target"]} for table in (network.pairs, pairs))
    alone = len(set(network.nodes["actor_id"]) - met)
    weak = len(met - drawn)
    more = len(kept) - len(pairs)
    return [
        f"Never together with another of these: {count_noun(alone, 'actor')}." if alone else "",
        f"Not drawn, with their pairs: {count_noun(weak, 'actor')}." if weak else "",
        f"+ {count_noun(more, 'more pair')} with fewer {name_windows(network.window)}." if more else "",
        say_what_is_left_out(network) if network.n_hidden_actors or not alone + weak else "",
    ]


def wrap_names(
    shown: pd.DataFrame, width: float = NAME_WIDTH, most_lines: int | None = None
) -> dict[str, list[str]]:
    """Return the names of actors in lines, by actor_id; what is longer than `most_lines` ends in dots."""
    names = {}
    for actor, name in zip(shown["actor_id"], shown["actor"], strict=True):
        lines = wrap(clean_label(name), width, SMALL)
        kept = lines[:most_lines]
        names[actor] = kept if len(kept) == len(lines) else [*kept[:-1], f"{kept[-1]}…"]
    return names


def line_width(value: float, thickest: float) -> float:
    """Return the width of a line in points; it grows with the value, from a hair line up."""
    return 0.5 + 4.5 * value / thickest


def mark_area(value: float, most: float) -> float:
    """Return the area of a mark in square points; it grows with the value, from a dot up."""
    return 16 + 240 * value / most


def spread(places: pd.DataFrame, ax: Axes, margin: tuple[float, float] = (60, 20)) -> Points:
    """Stretch positions over axes whose data are made points, with a margin for names at the edge."""
    box = ax.get_window_extent()
    width, height = (side / ax.figure.dpi * 72 for side in (box.width, box.height))
    ax.set(xlim=(0, width), ylim=(0, height), xticks=[], yticks=[])
    inner = width - 2 * margin[0], height - 2 * margin[1]
    return {
        actor: (margin[0] + x * inner[0], margin[1] + y * inner[1])
        for actor, x, y in places[["actor_id", "x", "y"]].itertuples(index=False)
    }


def draw_marks(
    ax: Axes, shown: pd.DataFrame, at: Points, areas: Sequence[float], looks: Mapping[str, Side]
) -> None:
    """Draw the mark of each actor, in the colour and shape of its side."""
    for actor, side, area in zip(shown["actor_id"], shown["affiliation"], areas, strict=True):
        look = looks.get("" if pd.isna(side) else str(side), looks[""])
        ax.scatter(*at[actor], s=area, marker=look.marker, color=look.colour, edgecolor=look.edge,
                   linewidth=0.7, zorder=2, gid="mark")  # fmt: skip


def write_names(
    ax: Axes,
    ids: Sequence[str],
    names: Mapping[str, list[str]],
    at: Points,
    areas: Sequence[float],
    faint: frozenset[str] = frozenset(),
) -> None:
    """Place the names so that none covers another name or a mark; over lines they have a halo.

    A name that finds no room is left out, and counted under the network. Those in `faint` are lighter.
    """
    if not ids:
        return
    xs, ys = [at[actor][0] for actor in ids], [at[actor][1] for actor in ids]
    pixels = ax.figure.dpi / 72  # textalloc wants the radius of a mark in pixels
    radii = [(math.sqrt(area) / 2 + 1) * pixels for area in areas]
    allocate: Any = textalloc.allocate
    with redirect_stdout(io.StringIO()):  # it prints where it finds no room; that is counted below
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
    for actor, text in zip(ids, texts, strict=True):
        if text is None:
            continue
        text.set_gid("actor")
        text.set_path_effects([withStroke(linewidth=2, foreground="white")])
        if actor in faint:
            text.set_color(SOFT)
    lost = sum(text is None for text in texts)
    if lost:
        write(ax, f"+ {count_noun(lost, 'name')} without room", (1, 0), on=("axes fraction", "axes fraction"),
              shift=(0, -8 if faint else -14), size=SMALL, color=SOFT, ha="right",
              gid="unnamed")  # fmt: skip


def write_sizes(ax: Axes, most: float, unit: str, y: float = -14.0) -> float:
    """Write the key of sizes under the axes; return where the next key may begin."""
    x, corner = 0.0, ("axes fraction", "axes fraction")
    digits = 1 if most < 20 and most != round(most) else 0
    values = {1.0, float(round(most / 2)), most} if not digits else {most / 4, most}
    for n in sorted(values - {0.0}):
        radius = math.sqrt(mark_area(n, most)) / 2
        mark(ax, Side("", SOFT, "o", ""), 0, x + radius, y, on="axes", size=2 * radius, gid="size")
        label = format_count(n, digits) if most >= 1 else f"{n:.2g}"
        if n == most:
            label = f"{label} {unit}" if digits or " " in unit else count_noun(n, unit)
        x += 2 * radius + 4
        write(ax, label, (0, 0), on=corner, shift=(x, y), size=SMALL, color=SOFT, gid="key")
        x += measure(label, SMALL) + 10
    return x + 16


def write_widths(ax: Axes, x: float, widths: Mapping[float, str], y: float = -14.0) -> None:
    """Write the key of line widths, each value with its label, under axes whose data are points."""
    for n, label in widths.items():
        ax.plot([x, x + 20], [y, y], color=LINE_COLOUR, linewidth=line_width(n, max(widths)),
                clip_on=False, gid="key")  # fmt: skip
        write(ax, label, (0, 0), on=("axes fraction", "axes fraction"), shift=(x + 26, y), size=SMALL,
              color=SOFT, gid="key")  # fmt: skip
        x += 26 + measure(label, SMALL) + 10


def check_places(placed: Iterable[str], shown: pd.DataFrame, chart: str) -> None:
    """Raise ``InputError`` if an actor to be drawn has no place."""
    known = set(placed)
    if missing := [actor for actor in shown["actor_id"] if actor not in known]:
        raise InputError(
            f"{chart}: places lacks {missing[0]!r}: make it with place_actors from all pairs drawn"
        )


def describe_cooccurrence_network(edges: pd.DataFrame, nodes: pd.DataFrame, *, n_actors: int = 25) -> str:
    """Return the alternative text of `draw_cooccurrence_network`."""
    network = select_pairs(edges, nodes, n_actors, "describe_cooccurrence_network")
    kept, about_filter = filter_pairs(network)
    drawn = strongest(kept)
    shown = network.nodes[network.nodes["actor_id"].isin({*drawn["source"], *drawn["target"]})]
    if drawn.empty:
        return describe_pairs(network, "Network", "")
    n_actors_left = network.n_hidden_actors + len(network.nodes) - len(shown)
    n_pairs_left = network.n_hidden_pairs + len(network.pairs) - len(drawn)
    left_out = (
        f"Not drawn: {count_noun(n_actors_left, 'actor')} and {count_noun(n_pairs_left, 'pair')}."
        if n_actors_left or n_pairs_left
        else "All actors are shown."
    )
    drawn_network = replace(network, nodes=shown, pairs=drawn)
    if about_filter:
        left_out = f"{about_filter.removesuffix('.')}; {left_out[0].lower()}{left_out[1:]}"
    return describe_pairs(drawn_network, "Network", left_out)

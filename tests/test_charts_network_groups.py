"""Networks side by side and their difference: what is drawn is read off the Axes and held to the tables."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from figure_checks import visible_texts
from matplotlib.axes import Axes
from matplotlib.text import Text
from test_charts import HOSTILE, LONG_OUTLETS, OUTLETS, make_actors, read, read_lines
from test_charts_framing import check_texts

from helpers import (
    Corpus,
    charts,
    compare_cooccurrences,
    count_cooccurrences,
    count_mentions,
    place_actors,
    save_figure,
)
from helpers.charts_network import LINE_COLOUR
from helpers.charts_style import find_title
from helpers.errors import InputError

NAMES = ["Ann Ash", "Ben Birch", "Cy Cedar", "Di Dogwood"]
LONG_NAMES = [f"Permanent Secretariat of the Harbour Commission, Section {k:02d}" for k in range(31)]
# The corners of the layout are taken, so that a place can be read off as a share of the marks' range.
PLACES = pd.DataFrame(
    {"actor_id": [f"actor-{k:02d}" for k in range(4)], "x": [0.0, 1.0, 0.3, 0.8], "y": [0.0, 1.0, 0.9, 0.2]}
)
COMPARED = [
    "group", "rest", "source", "target", "change", "difference", "n_windows", "n_windows_rest", "lowest_p",
]  # fmt: skip
Pair = tuple[str, str]


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def make_nodes(outlets: list[str], names: list[str]) -> pd.DataFrame:
    """Every outlet mentions the first actor; each later one is mentioned by all but one outlet in four."""
    table = (
        make_actors(names).drop(columns="n_mentions").merge(pd.DataFrame({"outlet": outlets}), how="cross")
    )
    actor, outlet = np.divmod(np.arange(len(table)), max(len(outlets), 1))
    table["n_mentions"] = np.where((actor + outlet) % 4 == 3, 0, 3 * (len(names) - actor) + 2 * outlet)
    words = 400 + 150 * outlet
    return table.assign(n_words=words, mentions_per_1000_words=1000 * table["n_mentions"] / words)


def make_edges(outlets: list[str], names: list[str]) -> pd.DataFrame:
    pairs = list(itertools.combinations([f"actor-{k:02d}" for k in range(len(names))], 2))
    rows = [
        (outlet, *pair, (7 * k + 3 * o) % 6, 40 + 30 * o)
        for o, outlet in enumerate(outlets)
        for k, pair in enumerate(pairs)
        if (7 * k + 3 * o) % 6
    ]
    return pd.DataFrame(rows, columns=["outlet", "source", "target", "n_windows", "n_all"])


def make_compared(outlets: list[str], names: list[str]) -> pd.DataFrame:
    """Every kind of change; 40 windows on the one side, 60 on the other."""
    rows: list[tuple[Any, ...]] = []
    pairs = list(itertools.combinations([f"actor-{k:02d}" for k in range(len(names))], 2))
    for o, outlet in enumerate(outlets):
        others = outlets[1 - o] if len(outlets) == 2 else f"{len(outlets) - 1} other outlets"
        for k, pair in enumerate(pairs):
            n, rest = (7 * k + 3 * o) % 5, (5 * k + o) % 7
            difference = n / 40 - rest / 60
            sign = "stronger here" if difference > 0 else "weaker here" if difference < 0 else "as strong"
            change = "only here" if not rest else "only there" if not n else sign
            rows += [(outlet, others, *pair, change, difference, n, rest, 0.2)] if n + rest else []
    return pd.DataFrame(rows, columns=COMPARED)


def find_places(ax: Axes) -> dict[tuple[float, float], tuple[float, float]]:
    """Where marks and rings are, and which share of their range that is."""
    at = np.array([mark.get_offsets()[0] for mark in ax.collections if mark.get_gid() in ("mark", "absent")])
    low, span = at.min(axis=0), np.ptp(at, axis=0)
    return {tuple(point.round(6)): tuple(((point - low) / span).round(6)) for point in at}


def read_pairs(ax: Axes, gid: str, places: pd.DataFrame = PLACES) -> dict[Pair, float]:
    """The width of the line of each pair; its actors are known by their places."""
    actor = {(round(x, 6), round(y, 6)): a for a, x, y in places.itertuples(index=False)}
    share = find_places(ax)
    found: dict[Pair, float] = {}
    for line in (line for line in ax.lines if line.get_gid() == gid):
        first, second = sorted(actor[share[tuple(point.round(6))]] for point in line.get_xydata())
        assert (first, second) not in found
        found[first, second] = line.get_linewidth()
    return found


def read_marks(ax: Axes, gid: str = "mark", places: pd.DataFrame = PLACES) -> dict[str, float]:
    """The area of the mark of each actor."""
    actor = {(round(x, 6), round(y, 6)): a for a, x, y in places.itertuples(index=False)}
    share = find_places(ax)
    marks = [mark for mark in ax.collections if mark.get_gid() == gid]
    return {actor[share[tuple(m.get_offsets()[0].round(6))]]: float(m.get_sizes()[0]) for m in marks}


def read_source(ax: Axes) -> str:
    return read_lines(ax, "chart-source")[0]


# --- one network an outlet ---------------------------------------------------------------------------------

NETWORK_CASES = {
    "three outlets": (OUTLETS, [f"Person {k} Ashgrove" for k in range(31)]),
    "one outlet": (OUTLETS[:1], NAMES[:3]),
    "twelve long outlets": (LONG_OUTLETS, LONG_NAMES[:8]),
    "hostile": (HOSTILE, HOSTILE),
}


@pytest.mark.parametrize("case", NETWORK_CASES)
def test_no_text_of_the_networks_overlaps_or_is_cut(case: str) -> None:
    outlets, names = NETWORK_CASES[case]
    check_texts(charts.draw_cooccurrence_networks(make_edges(outlets, names), make_nodes(outlets, names))[0])


# By mentions: 33, 30 and 27.
ORDER = OUTLETS[::-1]


def draw_three(**how: Any) -> list[Axes]:
    return charts.draw_cooccurrence_networks(
        make_edges(OUTLETS, NAMES), make_nodes(OUTLETS, NAMES), places=PLACES, **how
    )


def test_a_line_is_as_wide_as_the_share_of_its_outlets_windows() -> None:
    edges = make_edges(OUTLETS, NAMES)
    share = edges["n_windows"] / edges["n_all"]
    assert share[9] < share[1] < share[3] and edges["n_windows"][9] == edges["n_windows"][1]
    for ax, outlet in zip(draw_three(), ORDER, strict=True):
        assert read(ax, "panel") == [outlet]
        here = edges.assign(share=share)[edges["outlet"] == outlet]
        expected = {(r.source, r.target): 0.5 + 4.5 * r.share / share.max() for r in here.itertuples()}
        assert read_pairs(ax, "pair") == pytest.approx(expected)


def test_a_mark_grows_with_the_rate_and_a_ring_is_an_actor_who_is_not_mentioned() -> None:
    nodes = make_nodes(OUTLETS, NAMES)
    rates = nodes.set_index(["outlet", "actor_id"])["mentions_per_1000_words"]
    n_rings = 0
    for ax, outlet in zip(draw_three(), ORDER, strict=True):
        here = rates[outlet]
        expected = {a: 16 + 240 * rate / rates.max() for a, rate in here.items() if rate}
        assert read_marks(ax) == pytest.approx(expected)
        assert set(read_marks(ax, "absent")) == set(here[here == 0].index)
        n_rings += int((here == 0).sum())
        # The name of a ring is lighter than that of a mark.
        absent = set(nodes["actor"][(nodes["outlet"] == outlet) & (nodes["n_mentions"] == 0)])
        colours = {t.get_text(): t.get_color() for t in ax.texts if t.get_gid() == "actor"}
        assert set(colours) == set(NAMES)
        assert {name for name, colour in colours.items() if colour == "#666666"} == absent
    assert n_rings == 3


def test_every_panel_has_one_layout_and_one_scale() -> None:
    panels = draw_three()
    everywhere = [
        sorted(tuple(m.get_offsets()[0].round(6)) for m in ax.collections if m.get_gid() != "key")
        for ax in panels
    ]
    assert everywhere[0] == everywhere[1] == everywhere[2]
    assert len({tuple(np.round([*ax.get_xlim(), *ax.get_ylim()], 6)) for ax in panels}) == 1
    shares = {share for ax in panels for share in find_places(ax).values()}
    assert shares == {(r.x, r.y) for r in PLACES.itertuples()}
    assert len(shares) == 4


def test_without_places_the_layout_is_that_of_the_pairs_of_all_outlets() -> None:
    edges, nodes = make_edges(OUTLETS, NAMES), make_nodes(OUTLETS, NAMES)
    pairs = edges.groupby(["source", "target"], as_index=False)["n_windows"].sum()
    places = place_actors(pairs.rename(columns={"n_windows": "weight"}))
    for ax in charts.draw_cooccurrence_networks(edges, nodes):
        assert len(read_marks(ax, "mark", places)) + len(read_marks(ax, "absent", places)) == 4


def test_the_keys_say_what_a_mark_and_a_line_of_that_size_mean() -> None:
    panels = draw_three()
    assert [read(ax, "key") for ax in panels[:2]] == [[], []]
    # The highest rate is 12 mentions in 400 words, the largest share 5 of 40 windows.
    assert read(panels[2], "key") == ["1", "15", "30 mentions per 1,000 words", "3.1 %", "12 % of windows"]
    widths = [line.get_linewidth() for line in panels[2].lines if line.get_gid() == "key"]
    assert widths == [0.5 + 4.5 / 4, 5.0]
    edges = make_edges(OUTLETS, NAMES).assign(within="paragraph")
    panels = charts.draw_cooccurrence_networks(edges, make_nodes(OUTLETS, NAMES), places=PLACES)
    assert read(panels[2], "key")[-1] == "12 % of paragraphs"
    assert "share of the outlet's paragraphs" in read_lines(panels[0], "chart-subtitle")[0]


def test_outlets_and_actors_left_out_are_counted() -> None:
    outlets = [f"Outlet {k:02d}" for k in range(15)]
    nodes = make_nodes(outlets, NAMES)
    panels = charts.draw_cooccurrence_networks(make_edges(outlets, NAMES), nodes, n_actors=3)
    totals = nodes.groupby("outlet")["n_mentions"].sum()
    assert [read(ax, "panel")[0] for ax in panels] == sorted(outlets, key=lambda o: (-totals[o], o))[:12]
    assert [text for ax in panels for text in read_lines(ax, "chart-source")] == [
        "The 3 actors mentioned most (+ 1 more not shown). + 3 more outlets not shown."
    ]
    assert set(read(panels[0], "actor")) == set(NAMES[:3])


def test_of_many_pairs_those_in_most_windows_are_drawn_by_one_cut_for_all_outlets() -> None:
    names = [f"Person {k}" for k in range(9)]
    edges = make_edges(["A", "B"], names).assign(within="sentence")
    # 30 pairs an outlet, six for each count from 1 to 5; in B one pair of count 1 is one of 2.
    edges.loc[((edges["outlet"] == "B") & (edges["n_windows"] == 1)).idxmax(), "n_windows"] = 2
    assert edges.groupby(["outlet", "n_windows"]).size()["A"].tolist() == [6] * 5
    panels = charts.draw_cooccurrence_networks(edges, make_nodes(["A", "B"], names))
    n_drawn = {read(ax, "panel")[0]: sum(line.get_gid() == "pair" for line in ax.lines) for ax in panels}
    assert n_drawn == (edges["n_windows"] >= 2).groupby(edges["outlet"]).sum().to_dict()
    assert max(n_drawn.values()) == 25 < edges["outlet"].value_counts().min()
    assert read_source(panels[0]) == (
        "The 9 actors mentioned most. Pairs in 2 or more sentences of an outlet "
        f"(+ {len(edges) - sum(n_drawn.values())} more)."
    )


def test_a_pair_is_left_out_by_its_share_however_long_the_outlet() -> None:
    names = [f"Person {k}" for k in range(9)]
    edges = make_edges(["A", "B"], names)
    # The same shares in an outlet ten times as long.
    large = edges["outlet"] == "B"
    edges.loc[~large, ["n_windows", "n_all"]] = edges.loc[large, ["n_windows", "n_all"]].to_numpy() * 10
    edges.loc[large, "n_windows"] += 1
    edges.loc[~large, "n_windows"] += 10
    panels = charts.draw_cooccurrence_networks(edges, make_nodes(["A", "B"], names))
    n_drawn = {sum(line.get_gid() == "pair" for line in ax.lines) for ax in panels}
    assert len(n_drawn) == 1
    assert 0 < n_drawn.pop() <= 25
    assert "of the outlet's windows (+ " in read_source(panels[0])


@pytest.mark.parametrize(("n_outlets", "n_columns"), [(1, 1), (2, 2), (4, 2), (5, 3)])
def test_panels_stand_in_columns(n_outlets: int, n_columns: int) -> None:
    outlets = [f"Outlet {k}" for k in range(n_outlets)]
    panels = charts.draw_cooccurrence_networks(make_edges(outlets, NAMES[:3]), make_nodes(outlets, NAMES[:3]))
    assert len({round(ax.get_position().x0, 6) for ax in panels}) == n_columns
    wide = sum(ax.get_position().width for ax in panels[:n_columns])
    assert 0.9 < wide < 1


def test_sides_given_are_kept_and_the_key_names_those_drawn() -> None:
    nodes = make_nodes(OUTLETS, NAMES)
    others = nodes.assign(affiliation="aaa", affiliation_name="Aardvarks")
    sides = charts.list_sides(pd.concat([nodes, others]))
    panels = charts.draw_cooccurrence_networks(make_edges(OUTLETS, NAMES), nodes, sides=sides)
    marks = [m for ax in panels for m in ax.collections if m.get_gid() == "mark"]
    colours = {mpl.colors.to_hex(mark.get_facecolor()[0]).upper() for mark in marks}
    assert colours == {sides[side].colour for side in ("har", "isl", "")}
    assert charts.list_sides(nodes)["har"] != sides["har"]
    texts = {t.get_text() for t in panels[0].texts}
    assert {"Harbour Union", "Islanders", "no side"} < texts and "Aardvarks" not in texts


def test_an_outlet_without_pairs_or_words_keeps_its_panel() -> None:
    nodes = make_nodes(OUTLETS, NAMES)
    empty = nodes["outlet"] == OUTLETS[0]
    nodes.loc[empty, ["n_mentions", "n_words"]] = 0
    nodes.loc[empty, "mentions_per_1000_words"] = np.nan
    edges = make_edges(OUTLETS, NAMES)
    panels = charts.draw_cooccurrence_networks(edges[edges["outlet"] != OUTLETS[0]], nodes, places=PLACES)
    (ax,) = (ax for ax in panels if read(ax, "panel") == [OUTLETS[0]])
    assert set(read_marks(ax, "absent")) == set(PLACES["actor_id"])
    assert read_pairs(ax, "pair") == {} == read_marks(ax)
    check_texts(ax)


def test_the_networks_of_a_corpus_are_its_tables(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    edges = count_cooccurrences(bundled, bundled_mentions, by="outlet")
    nodes = count_mentions(bundled, bundled_mentions)
    panels = charts.draw_cooccurrence_networks(edges, nodes, n_actors=5)
    most = nodes.groupby("actor_id")["n_mentions"].sum().nlargest(5).index
    inside = edges[edges["source"].isin(most) & edges["target"].isin(most)]
    inside = inside.assign(share=inside["n_windows"] / inside["n_all"])
    for ax in panels:
        widths = [line.get_linewidth() for line in ax.lines if line.get_gid() == "pair"]
        here = inside[inside["outlet"] == read(ax, "panel")[0]]["share"]
        assert sorted(widths) == pytest.approx(sorted(0.5 + 4.5 * here / inside["share"].max()))
    check_texts(panels[0])


def test_the_words_for_the_networks_name_the_largest_share_of_each_outlet() -> None:
    edges, nodes = make_edges(OUTLETS, NAMES), make_nodes(OUTLETS, NAMES)
    edges = edges[(edges["outlet"] != OUTLETS[1])].assign(within="sentence")
    assert charts.describe_cooccurrence_networks(edges, nodes) == (
        "Networks of 4 actors for 3 outlets on one layout. The pair in the largest share of sentences: Coast "
        "Radio: Cy Cedar and Di Dogwood, 5.0 %; The Daily Lantern: none; Harbour Post: Cy Cedar and Di "
        "Dogwood, 12 %."
    )
    many = [f"Outlet {k:02d}" for k in range(14)]
    words = charts.describe_cooccurrence_networks(make_edges(many, NAMES), make_nodes(many, NAMES))
    assert words.endswith(" 2 more outlets not shown.")


# --- the difference ----------------------------------------------------------------------------------------

DIFFERENCE_CASES = {
    "three outlets": (OUTLETS, [f"Person {k} Ashgrove" for k in range(31)], OUTLETS[1]),
    "two outlets": (OUTLETS[:2], NAMES, OUTLETS[0]),
    "long names": (OUTLETS, LONG_NAMES, OUTLETS[0]),
    "twelve long outlets": (LONG_OUTLETS, LONG_NAMES, LONG_OUTLETS[0]),
    "two long outlets": (LONG_OUTLETS[:2], LONG_NAMES, LONG_OUTLETS[0]),
    **{f"hostile, {k}": (HOSTILE, HOSTILE, HOSTILE[k]) for k in range(10)},
}


@pytest.mark.parametrize("case", DIFFERENCE_CASES)
def test_no_text_of_the_difference_overlaps_or_is_cut(case: str) -> None:
    outlets, names, group = DIFFERENCE_CASES[case]
    compared = make_compared(outlets, names)
    check_texts(charts.draw_cooccurrence_difference(compared, make_actors(names), group=group))


def draw_lantern(compared: pd.DataFrame | None = None, **how: Any) -> Axes:
    table = make_compared(OUTLETS, NAMES) if compared is None else compared
    how = {"places": PLACES, "group": OUTLETS[1]} | how
    return charts.draw_cooccurrence_difference(table, make_actors(NAMES), **how)


def test_solid_is_more_here_dashed_more_there_and_the_width_is_the_difference() -> None:
    table = make_compared(OUTLETS, NAMES)
    here = table[table["group"] == OUTLETS[1]].set_index(["source", "target"])["difference"]
    assert (here > 0).sum() == 3 and (here < 0).sum() == 3
    ax = draw_lantern()
    width = 0.5 + 4.5 * here.abs() / here.abs().max()
    assert read_pairs(ax, "here") == pytest.approx(width[here > 0].to_dict())
    assert read_pairs(ax, "there") == pytest.approx(width[here < 0].to_dict())
    looks = {
        gid: {(line.get_linestyle(), line.get_color()) for line in ax.lines if line.get_gid() == gid}
        for gid in ("here", "there")
    }
    assert looks == {"here": {("-", "#22384E")}, "there": {("--", LINE_COLOUR)}}
    order = [line.get_linewidth() for line in ax.lines if line.get_gid() in looks]
    assert order == sorted(order)  # the widest, drawn last, hides none


def test_a_double_line_says_that_the_other_side_never_has_the_pair() -> None:
    table = make_compared(OUTLETS, NAMES)
    here = table[table["group"] == OUTLETS[1]].set_index(["source", "target"])["change"]
    only = here[here.str.startswith("only")]
    assert set(only) == {"only here", "only there"} and len(only) < len(here)
    ax = draw_lantern()
    widths = read_pairs(ax, "here") | read_pairs(ax, "there")
    # The white within takes the middle of the line.
    assert read_pairs(ax, "only") == pytest.approx({pair: 0.4 * widths[pair] for pair in only.index})
    assert {line.get_color() for line in ax.lines if line.get_gid() == "only"} == {"white"}
    zorders = {line.get_gid(): line.get_zorder() for line in ax.lines}
    assert zorders["only"] > max(zorders["here"], zorders["there"])


def test_a_mark_grows_with_the_mentions_in_all() -> None:
    assert read_marks(draw_lantern()) == pytest.approx(
        {f"actor-{k:02d}": 16 + 240 * (4 - k) / 4 for k in range(4)}
    )


def test_pairs_that_are_as_strong_are_not_drawn() -> None:
    table = make_compared(OUTLETS, NAMES)
    even = (table["source"] == "actor-00") & (table["target"] == "actor-01")
    table.loc[even, "difference"] = 0.0
    table.loc[even, "change"] = "as strong"
    ax = draw_lantern(table)
    drawn = read_pairs(ax, "here").keys() | read_pairs(ax, "there").keys()
    assert ("actor-00", "actor-01") not in drawn and len(drawn) == 5
    assert "+" not in read_source(ax)


def test_the_key_of_the_difference_names_both_sides_and_the_largest_width() -> None:
    ax = draw_lantern()
    here = make_compared(OUTLETS, NAMES).query("group == @OUTLETS[1]")["difference"]
    key = [text.replace("\n", " ") for text in read(ax, "key")]
    assert key == [
        "1", "6", "12 mentions", "more in The Daily Lantern", "more in 2 other outlets",
        "never on the other side", f"{100 * here.abs().max():.1f} percentage points",
    ]  # fmt: skip
    lines = [line for line in ax.lines if line.get_gid() == "key"]
    assert [line.get_linestyle() for line in lines] == ["-", "--", "-", "-", "-"]
    double, within, widest = lines[2:]
    assert within.get_color() == "white" and within.get_linewidth() == 0.4 * double.get_linewidth()
    assert widest.get_linewidth() == 5.0  # as the widest of the chart
    assert find_title(ax) == "Pairs in The Daily Lantern, against 2 other outlets"
    two = make_compared(OUTLETS[:2], NAMES)
    ax = charts.draw_cooccurrence_difference(two, make_actors(NAMES), group=OUTLETS[0])
    assert find_title(ax) == "Pairs in Harbour Post, against The Daily Lantern"
    assert "more in The Daily Lantern" in read_lines(ax, "key")
    of_a = two[(two["group"] == OUTLETS[0]) & (two["difference"] != 0)]
    fewest = (of_a["n_windows"] + of_a["n_windows_rest"]).min()
    assert read_source(ax) == (
        f"Lines rest on {fewest} windows or more in all. Lowest p that dealing these articles anew could "
        "reach: 0.2."
    )


def test_of_many_differences_the_largest_are_drawn_and_the_rest_counted() -> None:
    names = [f"Person {k:02d}" for k in range(24)]
    table = make_compared(["A", "B"], names)
    table = table.assign(
        difference=table["difference"] + np.arange(len(table)) / 1e5,
        lowest_p=table["group"].map({"A": 0.0421, "B": 0.5}),
    )
    ax = charts.draw_cooccurrence_difference(table, make_actors(names), group="A")
    of_a = table[table["group"] == "A"]
    shown = {f"actor-{k:02d}" for k in range(20)}
    inside = of_a[of_a["source"].isin(shown) & of_a["target"].isin(shown)]["difference"].abs()
    widths = [line.get_linewidth() for line in ax.lines if line.get_gid() in ("here", "there")]
    assert sorted(widths, reverse=True) == pytest.approx(
        (0.5 + 4.5 * inside.nlargest(30) / inside.max()).tolist(), abs=1e-6
    )
    largest = of_a.loc[inside.nlargest(30).index]
    fewest = (largest["n_windows"] + largest["n_windows_rest"]).min()
    assert read_source(ax) == (
        f"+ {len(of_a) - 30} pairs with smaller differences or of other actors. + 4 actors with fewer "
        f"mentions. Lines rest on {fewest} windows or more in all. Lowest p that dealing these articles anew "
        "could reach: 0.042."
    )
    ax = charts.draw_cooccurrence_difference(table, make_actors(names), group="A", n_actors=4)
    among = of_a[of_a["target"].isin([f"actor-{k:02d}" for k in range(4)])]
    n_drawn = sum(line.get_gid() in ("here", "there") for line in ax.lines)
    assert n_drawn == len(among) and set(read(ax, "actor")) <= set(names[:4])
    assert f"+ {len(of_a) - n_drawn} pairs" in read_source(ax) and "+ 20 actors" in read_source(ax)


def test_the_kind_of_window_is_named() -> None:
    ax = draw_lantern(make_compared(OUTLETS, NAMES).assign(within="paragraph"))
    assert "the shares of paragraphs in which both appear" in read_lines(ax, "chart-subtitle")[0]


def test_the_difference_is_drawn_into_given_axes() -> None:
    figure, ax = plt.subplots()
    assert draw_lantern(ax=ax) is ax
    assert figure.axes == [ax] and len(read_pairs(ax, "here")) == 3


def test_the_difference_of_a_corpus_is_its_table(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    compared = compare_cooccurrences(bundled, bundled_mentions, "paragraph")
    nodes = count_mentions(bundled, bundled_mentions, by="actor_id")
    group = compared["group"].iloc[0]
    ax = charts.draw_cooccurrence_difference(compared, nodes, group=group)
    ranked = nodes.sort_values(["n_mentions", "actor"], ascending=[False, True])
    most = set(ranked["actor_id"].head(20))
    part = compared[(compared["group"] == group) & compared["source"].isin(most)]
    part = part[part["target"].isin(most)]
    largest = part["difference"].abs().sort_values(ascending=False)
    drawn = {
        gid: sorted(line.get_linewidth() for line in ax.lines if line.get_gid() == gid)
        for gid in ("here", "there")
    }
    n = len(drawn["here"]) + len(drawn["there"])
    assert 0 < n <= 30
    rows = part.loc[largest.index[:n]]
    width = 0.5 + 4.5 * rows["difference"].abs() / largest.iloc[0]
    assert drawn["here"] == pytest.approx(sorted(width[rows["difference"] > 0]))
    assert drawn["there"] == pytest.approx(sorted(width[rows["difference"] < 0]))
    rings = sum(line.get_gid() == "only" for line in ax.lines)
    assert rings == rows["change"].isin(["only here", "only there"]).sum()
    assert f"could reach: {part['lowest_p'].iloc[0]:.2g}." in read_source(ax)
    check_texts(ax)


def test_the_words_for_the_difference_name_the_largest_of_both_sides() -> None:
    rows = [
        ("A", "B", "actor-00", "actor-01", "stronger here", 0.123, 5, 2, 1 / 3),
        ("A", "B", "actor-00", "actor-02", "only here", 0.2, 4, 0, 1 / 3),
        ("A", "B", "actor-01", "actor-02", "weaker here", -0.0104, 1, 2, 1 / 3),
        ("A", "B", "actor-01", "actor-03", "as strong", 0.0, 1, 1, 1 / 3),
        ("B", "A", "actor-01", "actor-03", "only here", 0.9, 1, 0, 1.0),
    ]
    table, actors = pd.DataFrame(rows, columns=COMPARED), make_actors(NAMES)
    assert charts.describe_cooccurrence_difference(table, actors, group="A") == (
        "Network of differences, in percentage points (lowest attainable p: 0.33). Larger share in A: "
        "Ann Ash and Cy Cedar by 20.0, never on the other side; Ann Ash and Ben Birch by 12.3. Larger share "
        "in B: Ben Birch and Cy Cedar by 1.0."
    )
    assert charts.describe_cooccurrence_difference(table, actors, group="A", n_actors=2) == (
        "Network of differences, in percentage points (lowest attainable p: 0.33). Larger share in A: "
        "Ann Ash and Ben Birch by 12.3. Larger share in B: no pair."
    )


# --- both --------------------------------------------------------------------------------------------------


def test_hostile_names_are_drawn_as_they_are() -> None:
    names = ["$x$ and $\\frac{", "_h", "<b>b</b>", "=1+1"]
    outlets = ["$a$ $b$", "<i>i</i>"]
    panels = charts.draw_cooccurrence_networks(make_edges(outlets, names), make_nodes(outlets, names))
    assert {read(ax, "panel")[0] for ax in panels} == set(outlets)
    assert set(read_lines(panels[0], "actor")) == set(names)
    ax = charts.draw_cooccurrence_difference(
        make_compared(outlets, names), make_actors(names), group=outlets[0]
    )
    assert set(read_lines(ax, "actor")) == set(names)
    assert find_title(ax) == "Pairs in $a$ $b$, against <i>i</i>"


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    edges, nodes = make_edges(OUTLETS[:2], NAMES), make_nodes(OUTLETS[:2], NAMES)
    compared, actors = make_compared(OUTLETS, NAMES), make_actors(NAMES)
    files = []
    for step in (1, -1):
        panels = charts.draw_cooccurrence_networks(edges[::step], nodes[::step])
        difference = charts.draw_cooccurrence_difference(compared[::step], actors[::step], group=OUTLETS[0])
        files.append(
            [save_figure(ax, "net", edges, "x", tmp_path)[0].read_bytes() for ax in (panels, difference)]
        )
    assert files[0] == files[1]
    words = {charts.describe_cooccurrence_networks(edges[::step], nodes[::step]) for step in (1, -1)}
    words |= {
        charts.describe_cooccurrence_difference(compared[::step], actors[::step], group=OUTLETS[0])
        for step in (1, -1)
    }
    assert len(words) == 2


NO_NODES = make_nodes(["A"], []).assign(outlet="A")


@pytest.mark.parametrize(
    ("draw", "sentence"),
    [
        (
            lambda: charts.draw_cooccurrence_networks(make_edges([], []), NO_NODES),
            "No two of the actors shown appear together in any outlet.",
        ),
        (
            lambda: charts.draw_cooccurrence_networks(make_edges(["A"], ["Ann"]), make_nodes(["A"], ["Ann"])),
            "No two of the actors shown appear together in any outlet.",
        ),
        (
            # The one pair is of an actor who is not among those shown.
            lambda: charts.draw_cooccurrence_networks(
                make_edges(["A"], NAMES[:3]).query("target == 'actor-02'"),
                make_nodes(["A"], NAMES[:3]),
                n_actors=2,
            ),
            "No two of the actors shown appear together in any outlet.",
        ),
        (
            lambda: draw_lantern(make_compared(OUTLETS, NAMES).assign(difference=0.0, change="as strong")),
            "No pair of the actors shown differs between the two sides.",
        ),
        (
            lambda: draw_lantern(n_actors=1),
            "No pair of the actors shown differs between the two sides.",
        ),
        # Nobody meets in the whole corpus: no group is known, and that is no mistake of the caller.
        (
            lambda: draw_lantern(make_compared([], [])),
            "No two actors appear together in any outlet.",
        ),
    ],
)
def test_nothing_to_show_gives_a_sentence(draw: Callable[[], Any], sentence: str) -> None:
    drawn = draw()
    ax = drawn[0] if isinstance(drawn, list) else drawn
    assert read_lines(ax, "chart-subtitle") == [sentence]
    assert find_title(ax) and len(visible_texts(ax)) == 2
    check_texts(ax)


def test_the_words_for_no_network_say_so() -> None:
    words = charts.describe_cooccurrence_networks(make_edges([], []), NO_NODES)
    assert words == "No two of the actors shown appear together in any outlet."
    words = charts.describe_cooccurrence_difference(make_compared([], []), make_actors([]), group="A")
    assert words == "No two actors appear together in any outlet."


def test_where_a_side_has_no_windows_there_is_no_difference() -> None:
    table = make_compared(OUTLETS, NAMES)
    table.loc[table["group"] == OUTLETS[1], ["difference", "change"]] = [np.nan, ""]
    ax = draw_lantern(table)
    assert read_lines(ax, "chart-subtitle") == ["No pair of the actors shown differs between the two sides."]
    words = charts.describe_cooccurrence_difference(table, make_actors(NAMES), group=OUTLETS[1])
    assert "Larger share in The Daily Lantern: no pair. Larger share in 2 other outlets: no pair." in words


EDGES, NODES = make_edges(OUTLETS, NAMES), make_nodes(OUTLETS, NAMES)
TABLE, ACTORS = make_compared(OUTLETS, NAMES), make_actors(NAMES)
STRANGER = {"actor-03": "nobody"}


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (
            lambda: charts.draw_cooccurrence_networks(EDGES.drop(columns="n_all"), NODES),
            (
                r"^draw_cooccurrence_networks \(edges\): the table lacks the column 'n_all'; it has "
                "'outlet', 'source', 'target', 'n_windows'$"
            ),
        ),
        (
            lambda: charts.draw_cooccurrence_networks(EDGES, make_actors(NAMES)[["actor_id", "actor"]]),
            (
                r"^draw_cooccurrence_networks \(nodes\): the table lacks the columns 'outlet', "
                "'affiliation', 'affiliation_name', 'n_mentions', "
                "'mentions_per_1000_words'; it has 'actor_id', 'actor'$"
            ),
        ),
        (
            lambda: charts.draw_cooccurrence_networks(EDGES, NODES, n_actors=0),
            "^draw_cooccurrence_networks: n_actors is 0: expected 1 or more$",
        ),
        (
            lambda: charts.draw_cooccurrence_networks(EDGES.replace(STRANGER), NODES),
            "^draw_cooccurrence_networks: edges name 'nobody', which is no actor_id in nodes$",
        ),
        (
            lambda: draw_lantern(TABLE.drop(columns="lowest_p")),
            (
                "^draw_cooccurrence_difference: the table lacks the column 'lowest_p'; it has 'group', "
                "'rest', 'source', 'target', 'change', 'difference', 'n_windows', 'n_windows_rest'$"
            ),
        ),
        (
            lambda: charts.draw_cooccurrence_difference(TABLE, NODES[["actor_id"]], group=OUTLETS[0]),
            (
                r"^draw_cooccurrence_difference \(nodes\): the table lacks the columns 'actor', "
                "'affiliation', 'affiliation_name', 'n_mentions'; it has 'actor_id'$"
            ),
        ),
        (
            lambda: draw_lantern(group="Post"),
            (
                "^draw_cooccurrence_difference: unknown group 'Post': expected one of Coast Radio, Harbour "
                "Post, The Daily Lantern$"
            ),
        ),
        (
            lambda: charts.draw_cooccurrence_networks(EDGES, NODES, places=PLACES.head(3)),
            "^draw_cooccurrence_networks: places lacks 'actor-03': make it with place_actors from all pairs",
        ),
        (
            lambda: draw_lantern(places=PLACES.head(3)),
            "^draw_cooccurrence_difference: places lacks 'actor-03': make it with place_actors from all",
        ),
        (
            lambda: charts.draw_cooccurrence_difference(TABLE, NODES, group=OUTLETS[0]),
            "^draw_cooccurrence_difference: 'actor-00' stands twice in nodes: count mentions by actor_id",
        ),
        (
            lambda: draw_lantern(n_actors=0),
            "^draw_cooccurrence_difference: n_actors is 0: expected 1 or more$",
        ),
        (
            lambda: draw_lantern(TABLE.replace(STRANGER)),
            "^draw_cooccurrence_difference: edges name 'nobody', which is no actor_id in nodes$",
        ),
    ],
)
def test_a_wrong_table_or_number_is_named(draw: Callable[[], Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        draw()


def test_ties_for_the_largest_count_are_all_drawn() -> None:
    pairs = list(itertools.combinations([f"actor-{k:02d}" for k in range(9)], 2))
    edges = pd.DataFrame(pairs, columns=["source", "target"]).assign(outlet="A", n_windows=2, n_all=9)
    nodes = make_nodes(["A"], [f"P{k}" for k in range(9)]).assign(n_mentions=1)
    (ax,) = charts.draw_cooccurrence_networks(edges, nodes)
    assert sum(line.get_gid() == "pair" for line in ax.lines) == 36


def test_names_find_room_in_small_panels_and_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    outlets = LONG_OUTLETS[:5]
    panels = charts.draw_cooccurrence_networks(
        make_edges(outlets, LONG_NAMES), make_nodes(outlets, LONG_NAMES)
    )
    assert capsys.readouterr().out == ""
    assert all(read(ax, "actor") for ax in panels)


def test_an_actor_in_no_pair_is_counted() -> None:
    names = ["Ann Ash", "Ben Birch", "Cy Cedar", "Lone Larch"]
    edges = make_edges(OUTLETS, names)
    edges = edges[~edges["target"].eq("actor-03") & ~edges["source"].eq("actor-03")]
    panels = charts.draw_cooccurrence_networks(edges, make_nodes(OUTLETS, names))
    source = [t.get_text() for t in panels[-1].figure.findobj(Text) if t.get_gid() == "chart-source"]
    assert "Never together with another of these: 1 actor." in " ".join(source).replace("\n", " ")

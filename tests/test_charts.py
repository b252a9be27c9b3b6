"""Charts: labels and lengths are read off the Axes and held against the table."""

import itertools
import re
from collections.abc import Callable, Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from figure_checks import find_overlaps, find_text_faults, visible_texts
from matplotlib.axes import Axes

from helpers import charts
from helpers.charts_style import clean_label, find_title, measure, wrap

OUTLETS = ["Harbour Post", "The Daily Lantern", "Coast Radio"]
LONG_OUTLETS = [
    f"The {word} Intercontinental Gazette of Trade, Weather and Shipping"
    for word in [
        "Alder",
        "Birch",
        "Cedar",
        "Dogwood",
        "Elder",
        "Fir",
        "Ginkgo",
        "Hazel",
        "Ivy",
        "Juniper",
        "Kapok",
        "Larch",
    ]
]
HOSTILE = [
    "$x$ and $\\frac{",
    "_hidden",
    "<b>bold</b>",
    "הארץ الجزيرة",
    "=1+1",
    "한국 신문",
    "W" * 60,
    "The Very Long Name " * 11,
    "a\tb\nc\x07\u202ed",
    "",
]
SIDES = {"har": "Harbour Union", "isl": "Islanders", "": ""}


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def make_actors(names: list[str]) -> pd.DataFrame:
    sides = list(SIDES)
    return pd.DataFrame(
        {
            "actor_id": [f"actor-{k:02d}" for k in range(len(names))],
            "actor": names,
            "affiliation": [sides[k % 3] for k in range(len(names))],
            "affiliation_name": [SIDES[sides[k % 3]] for k in range(len(names))],
            "type": "person",
            "n_mentions": [3 * (len(names) - k) for k in range(len(names))],
        }
    )


def make_counts(outlets: list[str], names: list[str]) -> pd.DataFrame:
    actors = make_actors(names).drop(columns=["type", "n_mentions"])
    table = actors.merge(pd.DataFrame({"outlet": outlets}), how="cross")
    rows = np.arange(len(table))
    table["n_mentions"] = (len(names) - rows // len(outlets)) * (rows % 4)
    table["n_words"] = [400 + 50 * outlets.index(outlet) for outlet in table["outlet"]]
    table["mentions_per_1000_words"] = 1000 * table["n_mentions"] / table["n_words"]
    table["share"] = 0.1
    return table


def make_naming(outlets: list[str], names: list[str], n_things: int = 0) -> pd.DataFrame:
    subjects = [(f"actor-{k:02d}", name, "person") for k, name in enumerate(names)]
    subjects += [(f"thing-{k:02d}", f"the long harbour strike {k}", "thing") for k in range(n_things)]
    rows = [
        (outlet, *subject, label, "title", 6 - j)
        for outlet in outlets
        for subject in subjects
        for j, label in enumerate([subject[1], "the minister", "Mr. Oak", "the envoy of the island"])
    ]
    columns = ["outlet", "subject_id", "subject", "subject_type", "label", "form", "n"]
    return pd.DataFrame(rows, columns=columns)


def make_keyness(groups: list[str], words: list[str]) -> pd.DataFrame:
    """Every other group has two articles; of a group's words every third knows no bar."""
    rows = [
        (group, word, 8 + k, 2.0 - 0.1 * k, 4.0 - 0.2 * k, 1.8 - 0.1 * k, 2.2 - 0.1 * k,
         1.5 - 0.1 * k, 2.5 - 0.1 * k, 1 + g % 2, 1 + g % 2)
        for g, group in enumerate(groups)
        for k, word in enumerate(words)
    ]  # fmt: skip
    columns = ["group", "word", "n", "log_odds", "z", "loo_low", "loo_high", "boot_low", "boot_high"]
    table = pd.DataFrame(rows, columns=[*columns, "n_articles", "n_articles_group"])
    table.loc[table.index % 3 == 2, ["loo_low", "loo_high"]] = np.nan
    return table


def make_makeup(outlets: list[str]) -> pd.DataFrame:
    words = {"headline": 9, "caption": 20, "body": 300, "credit": 6, "boilerplate": 40}
    rows = [
        (f"{k:03d}_a0b4bf94843ae443", outlet, kind, n + k)
        for k, outlet in enumerate(outlets)
        for kind, n in words.items()
    ]
    return pd.DataFrame(rows, columns=["article", "outlet", "kind", "n_words"])


def make_edges(actors: pd.DataFrame) -> pd.DataFrame:
    pairs = list(itertools.combinations(actors["actor_id"], 2))
    table = pd.DataFrame(pairs, columns=["source", "target"])
    table["n_windows"] = [(7 * k) % 5 for k in range(len(table))]
    return table.assign(weight=0.5)


def draw_all(outlets: list[str], names: list[str]) -> dict[str, Axes]:
    counts, actors = make_counts(outlets, names), make_actors(names)
    words = [name for name in names if name] + ["freight", "harbourmasters"]
    drawn: dict[str, Axes | list[Axes]] = {
        "makeup": charts.draw_article_makeup(make_makeup(outlets)),
        "counts": charts.draw_mention_counts(counts),
        "rates": charts.draw_mention_rates(counts),
        "keyness": charts.draw_keyness(make_keyness(outlets, words)),
        "naming": charts.draw_naming(make_naming(outlets, names, 8)),
        "matrix": charts.draw_cooccurrence_matrix(make_edges(actors), actors),
        "network": charts.draw_cooccurrence_network(make_edges(actors), actors),
    }
    return {key: ax[0] if isinstance(ax, list) else ax for key, ax in drawn.items()}


def read(ax: Axes, gid: str) -> list[str]:
    return [text.get_text() for text in ax.texts if text.get_gid() == gid]


def read_lines(ax: Axes, gid: str) -> list[str]:
    return [text.replace("\n", " ") for text in read(ax, gid)]


# --- text neither overlaps nor is cut -----------------------------------------------------------

CASES = {
    "three outlets": (OUTLETS, [f"Person {k} Ashgrove" for k in range(31)]),
    "one outlet": (OUTLETS[:1], ["Ann Ash", "Ben Birch", "Cy Cedar"]),
    "twelve long outlets": (
        LONG_OUTLETS,
        [f"Permanent Secretariat of the Harbour Commission, Section {k:02d}" for k in range(31)],
    ),
    "hostile": (HOSTILE, HOSTILE),
}


@pytest.mark.parametrize("case", CASES)
def test_no_text_overlaps_another_or_leaves_the_sheet(case: str) -> None:
    for chart, ax in draw_all(*CASES[case]).items():
        ax.figure.canvas.draw()
        edge = ax.figure.bbox
        boxes = [(t.get_text(), t.get_window_extent()) for t in visible_texts(ax)]
        assert len(boxes) > 5, chart
        for text, box in boxes:
            inside = edge.x0 <= box.x0 and box.x1 <= edge.x1
            assert inside and edge.y0 <= box.y0 and box.y1 <= edge.y1, (chart, text)
        assert find_overlaps([box for _, box in boxes]) == [], (chart, [t for t, _ in boxes])


@pytest.mark.parametrize("case", ["three outlets", "twelve long outlets"])
def test_no_text_is_smaller_than_seven_points_on_170_mm(case: str) -> None:
    for chart, ax in draw_all(*CASES[case]).items():
        assert ax.figure.get_size_inches()[0] * 25.4 == pytest.approx(170), chart
        assert min(t.get_fontsize() for t in visible_texts(ax)) >= 7, chart


def test_charts_can_be_wider_than_a_page() -> None:
    with charts.chart_width(254):
        drawn = draw_all(*CASES["three outlets"])
    for chart, ax in drawn.items():
        assert ax.figure.get_size_inches()[0] * 25.4 == pytest.approx(254), chart
        ax.figure.canvas.draw()
        assert find_text_faults(ax.figure) == [], chart


def test_the_check_for_overlap_can_fail() -> None:
    ax = charts.draw_mention_counts(make_counts(OUTLETS, ["Ann Ash"]))
    ax.text(0.5, 5, "x" * 20)
    assert find_overlaps([t.get_window_extent() for t in visible_texts(ax)])


def test_names_in_the_network_cover_no_mark() -> None:
    actors = make_actors(CASES["three outlets"][1])
    ax = charts.draw_cooccurrence_network(make_edges(actors), actors)
    ax.figure.canvas.draw()
    names = [t.get_window_extent() for t in ax.texts if t.get_gid() == "actor"]
    assert len(names) == len(ax.collections) == 24  # one of 25 meets no one often enough
    for name, mark in itertools.product(names, ax.collections):
        x, y = ax.transData.transform(mark.get_offsets()[0])
        half = np.sqrt(mark.get_sizes()[0]) / 2 * ax.figure.dpi / 72
        wide = min(name.x1, x + half) - max(name.x0, x - half)
        high = min(name.y1, y + half) - max(name.y0, y - half)
        assert wide < 0.8 or high < 0.8


# --- sides ---------------------------------------------------------------------------------------


def test_each_side_has_one_look_and_no_side_is_grey() -> None:
    sides = charts.list_sides(make_actors(["a", "b", "c"]))
    assert sides == {
        "": charts.Side("", "#8F8F8F", "h", ""),
        "har": charts.Side("Harbour Union", "#0072B2", "o", ""),
        "isl": charts.Side("Islanders", "#D55E00", "s", "////"),
    }


def test_a_shift_in_the_counts_swaps_no_colours() -> None:
    actors = make_actors(["a", "b", "c"])
    assert charts.list_sides(actors) == charts.list_sides(actors.assign(n_mentions=[1, 50, 2]))


def test_the_seven_largest_sides_get_a_colour_and_the_rest_are_grey() -> None:
    table = pd.DataFrame({"affiliation": list("abcdefghi"), "n_mentions": range(9)})
    sides = charts.list_sides(table.assign(affiliation_name=table["affiliation"]))
    assert [key for key, side in sides.items() if side.colour == "#8F8F8F"] == ["", "a", "b"]
    coloured = [side for side in sides.values() if side.colour != "#8F8F8F"]
    assert len({(s.colour) for s in coloured}) == len({s.marker for s in coloured}) == 7


def test_a_side_has_the_same_colour_in_every_chart() -> None:
    names = ["Ann Ash", "Ben Birch", "Cy Cedar", "Di Dogwood"]
    actors, counts = make_actors(names), make_counts(OUTLETS, names)
    rates = charts.draw_mention_rates(counts)[0]
    bars = {mpl.colors.to_hex(bar.get_facecolor()).upper() for bar in rates.patches}
    network = charts.draw_cooccurrence_network(make_edges(actors), actors)
    marks = {mpl.colors.to_hex(c.get_facecolor()[0]).upper() for c in network.collections}
    assert bars <= marks == {"#0072B2", "#D55E00", "#8F8F8F"}


# --- makeup --------------------------------------------------------------------------------------


def test_makeup_bars_are_as_long_as_the_words() -> None:
    ax = charts.draw_article_makeup(make_makeup(OUTLETS))
    assert read(ax, "row") == ["Coast Radio", "The Daily Lantern", "Harbour Post"]
    body = [bar.get_width() for bar in ax.patches if bar.get_gid() == "body"]
    assert body == [302, 301, 300]
    assert read(ax, "body") == ["302", "301", "300"]
    assert read(ax, "counted") == ["335", "332", "329"]
    assert read(ax, "subheading") == ["0", "0", "0"]
    hatched = {bar.get_gid() for bar in ax.patches if bar.get_hatch()}
    assert hatched - {"swatch"} == {"credit", "boilerplate"}


def test_makeup_counts_the_articles_left_out() -> None:
    ax = charts.draw_article_makeup(make_makeup(OUTLETS), n_articles=1)
    assert read(ax, "row") == ["Coast Radio"]
    assert "+ 2 more articles with fewer words." in read_lines(ax, "chart-source")[0]


def test_makeup_refuses_an_unknown_kind() -> None:
    table = make_makeup(OUTLETS).replace("credit", "advert")
    with pytest.raises(ValueError, match="unknown kind 'advert': expected one of headline, "):
        charts.draw_article_makeup(table)


# --- counts and rates ----------------------------------------------------------------------------


def test_count_matrix_writes_every_number_of_the_table() -> None:
    counts = make_counts(OUTLETS, ["Ann Ash", "Ben Birch", "Cy Cedar"])
    ax = charts.draw_mention_counts(counts)
    table = counts.pivot_table(index="actor", columns="outlet", values="n_mentions")
    outlets, actors = read_lines(ax, "head")[:-1], read_lines(ax, "row")
    assert sorted(outlets) == sorted(OUTLETS)
    assert sorted(actors) == ["Ann Ash", "Ben Birch", "Cy Cedar"]
    expected = table.loc[actors, outlets]
    assert read(ax, "cell") == [f"{n:.0f}" for n in expected.to_numpy().ravel()]
    assert "0" in read(ax, "cell")
    totals = expected.sum(axis=1)
    assert read(ax, "total") == [f"{n:.0f}" for n in totals]
    assert totals.is_monotonic_decreasing
    assert read(ax, "side") == [
        {"Ann Ash": "Harbour Union", "Ben Birch": "Islanders"}[a] for a in actors if a[0] in "AB"
    ]


def test_count_matrix_sums_up_the_actors_left_out() -> None:
    counts = make_counts(OUTLETS, [f"Person {k}" for k in range(5)])
    ax = charts.draw_mention_counts(counts, n_actors=2)
    shown = read_lines(ax, "row")
    assert shown[-1] == "+ 3 more actors"
    hidden = counts[~counts["actor"].isin(shown)].groupby("outlet")["n_mentions"].sum()
    outlets = read_lines(ax, "head")[:-1]
    numbers = [hidden[o] for o in outlets]
    assert read(ax, "rest") == [str(n) for n in [*numbers, sum(numbers)]]


def test_shades_grow_with_the_value_and_zero_is_left_white() -> None:
    ax = charts.draw_mention_counts(make_counts(OUTLETS, ["Ann Ash", "Ben Birch"]))
    mesh = ax.collections[0]
    values = np.ma.filled(mesh.get_array(), 0).ravel()
    cells = [int(text) for text in read(ax, "cell")]
    assert values.tolist() == cells
    light = mesh.to_rgba(values)[:, :3].sum(axis=1)
    order = np.argsort(values)
    assert all(np.diff(light[order][values[order] > 0]) <= 0)


def test_more_than_twelve_outlets_are_counted() -> None:
    ax = charts.draw_mention_counts(make_counts([f"Outlet {k}" for k in range(15)], ["Ann Ash"]))
    assert len(read(ax, "head")) == 12 + 1
    assert "12 outlets (+ 3 more not shown)" in read_lines(ax, "chart-source")[0]


def test_rate_bars_are_as_long_as_the_rates_and_share_scale_and_order() -> None:
    counts = make_counts(OUTLETS, ["Ann Ash", "Ben Birch", "Cy Cedar"])
    axes = charts.draw_mention_rates(counts)
    assert len({ax.get_xlim() for ax in axes}) == len({ax.get_ylim() for ax in axes}) == 1
    order = read_lines(axes[0], "row")
    for ax in axes:
        (outlet,) = read_lines(ax, "head")
        rows = counts[counts["outlet"] == outlet].set_index("actor").loc[order]
        rates = rows["mentions_per_1000_words"]
        widths = [bar.get_width() for bar in ax.patches]
        assert widths == pytest.approx(rates[rates > 0].tolist())
        assert read(ax, "value") == ["0" if r == 0 else f"{r:.1f}" for r in rates]
        assert read(ax, "words") == [f"{rows['n_words'].iloc[0]} words"]
        assert read(ax, "value").count("0") == (rates == 0).sum()


def test_a_rate_without_words_is_a_dash_and_nothing_says_nan() -> None:
    counts = make_counts(OUTLETS, ["Ann Ash", "Ben Birch"])
    counts.loc[counts["outlet"] == "Coast Radio", ["mentions_per_1000_words"]] = np.nan
    axes = charts.draw_mention_rates(counts)
    radio = next(ax for ax in axes if read_lines(ax, "head") == ["Coast Radio"])
    assert read(radio, "value") == ["–", "–"]
    assert not radio.patches
    assert not any("nan" in t.get_text() for t in visible_texts(axes[0]))


# --- words ---------------------------------------------------------------------------------------


def read_spans(ax: Axes, gid: str) -> list[list[float]]:
    return [list(line.get_xdata()) for line in ax.lines if line.get_gid() == gid]


def test_keyness_puts_dots_bars_and_lines_where_the_table_has_them() -> None:
    table = make_keyness(OUTLETS, ["freight", "storm", "barge", "ferry"])
    table.loc[table["word"] == "ferry", "z"] = -1.0
    axes = charts.draw_keyness(table)
    assert [read(ax, "head")[0] for ax in axes] == OUTLETS
    shown = table[table["z"] > 0]
    for ax, (_, rows) in zip(axes, shown.groupby("group", sort=False), strict=True):
        assert read(ax, "word") == ["freight", "storm", "barge"]
        dots = [line for line in ax.lines if line.get_marker() == "o"]
        assert [line.get_xdata()[0] for line in dots] == rows["log_odds"].tolist()
        assert read_spans(ax, "line") == rows[["boot_low", "boot_high"]].to_numpy().tolist()
        bars = rows[["loo_low", "loo_high"]].dropna()
        assert read_spans(ax, "bar") == bars.to_numpy().tolist()
        assert len(bars) == 2
        assert read_spans(ax, "cut") == []
        assert ax.get_xlim() == axes[0].get_xlim()
    assert [read(ax, "articles") for ax in axes] == [["1 article"], ["2 articles"], ["1 article"]]
    assert read(axes[0], "n") == ["n = 8", "n = 9", "n = 10"]
    assert read(axes[1], "n") == ["n = 8, 2 of 2", "n = 9, 2 of 2", "n = 10, 2 of 2"]
    (subtitle,) = read_lines(axes[0], "chart-subtitle")
    assert "Line: 95 % of its values when paragraphs are drawn anew within each article." in subtitle
    assert "Bar: its values with one article left out." in subtitle
    assert "n = uses here; 2 of 2: in 2 of the group's 2 articles." in subtitle


def test_keyness_cuts_a_line_that_reaches_far_and_says_so() -> None:
    table = make_keyness(["A"], ["freight", "storm", "barge", "ferry"])
    table[["boot_low", "boot_high"]] = [[-9.0, 2.1], [1.0, 9.0], [-np.inf, 2.0], [5.0, 9.0]]
    (ax,) = charts.draw_keyness(table)
    # zero to the end of the longest bar is 2.2: the lines may add half of that
    assert ax.get_xlim() == pytest.approx((-1.1, 3.3))
    lines = read_spans(ax, "line")
    assert lines == [pytest.approx(span) for span in ([-1.1, 2.1], [1.0, 3.3], [3.3, 3.3])]
    cuts = [line for line in ax.lines if line.get_gid() == "cut"]
    assert [line.get_marker() for line in cuts] == ["<", ">", ">"]
    assert [line.get_xdata()[0] for line in cuts] == pytest.approx([-1.1, 3.3, 3.3])
    assert "Arrowhead: the line goes on." in read_lines(ax, "chart-source")[0]


def test_keyness_needs_no_ranges_and_no_articles() -> None:
    table = make_keyness(["A"], ["freight", "storm"])[["group", "word", "n", "log_odds", "z"]]
    for bare in (table, table.assign(boot_low=np.nan, boot_high=1.0, loo_low=np.nan, loo_high=np.nan)):
        (ax,) = charts.draw_keyness(bare)
        assert [len(read_spans(ax, gid)) for gid in ("line", "bar", "cut")] == [0, 0, 0]
        assert read(ax, "n") == ["n = 8", "n = 9"]
        assert read(ax, "articles") == []
        (subtitle,) = read_lines(ax, "chart-subtitle")
        assert subtitle == "Dot: log-odds against the rest, 0 = used alike. n = uses here. Highest z first."
        assert "Lines" not in read_lines(ax, "chart-source")[0]


def test_keyness_leaves_out_words_whose_log_odds_are_written_as_zero() -> None:
    table = make_keyness(["A", "B"], ["freight", "storm", "barge"])
    table.loc[table["word"] == "storm", "log_odds"] = 0.04
    assert {word for ax in charts.draw_keyness(table) for word in read(ax, "word")} == {"freight", "barge"}
    assert "storm" not in charts.describe_keyness(table)


def test_a_network_of_one_pair_is_lower_than_one_of_many() -> None:
    few, many = make_actors(["Ann Ash", "Ben Birch"]), make_actors([f"Person {k}" for k in range(9)])
    heights = [
        charts.draw_cooccurrence_network(make_edges(actors).assign(n_windows=3), actors).figure.bbox.height
        for actors in (few, many)
    ]
    assert heights[0] < 0.6 * heights[1]


def test_keyness_keeps_every_label_clear_of_the_longest_line() -> None:
    table = make_keyness([f"Group {k}" for k in range(4)], ["freight", "storm", "barge"])
    table[["boot_low", "boot_high"]] = [-50.0, 50.0]
    axes = charts.draw_keyness(table.assign(n=123_456, n_articles=11, n_articles_group=12))
    axes[0].figure.canvas.draw()
    boxes = [text.get_window_extent() for text in visible_texts(axes[0])]
    assert find_overlaps(boxes) == []
    assert max(box.x1 for box in boxes) <= axes[0].figure.bbox.x1
    for ax in axes:
        low, high = ax.transData.transform([(ax.get_xlim()[k], 0) for k in (0, 1)])[:, 0]
        for gid, side in (("word", "x1"), ("n", "x0")):
            for text in (t for t in ax.texts if t.get_gid() == gid):
                edge = getattr(text.get_window_extent(), side)
                assert edge < low - 3 if gid == "word" else edge > high + 3


def test_keyness_shows_the_top_words_by_z_and_skips_missing_values() -> None:
    table = make_keyness(["A"], ["one", "two", "three", "four"])
    table.loc[0, "z"] = np.nan
    (ax,) = charts.draw_keyness(table, n_words=2)
    assert read(ax, "word") == ["two", "three"]


def test_naming_writes_labels_with_counts_and_counts_the_rest() -> None:
    rows = [("Daily", "a", "Ann Ash", "person", label, "name", n)
            for label, n in [("Ash", 7), ("Ann Ash", 2), ("she", 2), ("the boss", 1)]]  # fmt: skip
    rows.append(("Post", "a", "Ann Ash", "person", "Ash", "name", 1))
    rows.append(("Post", "b", "Bo Bay", "state", "Bay", "name", 1))
    columns = ["outlet", "subject_id", "subject", "subject_type", "label", "form", "n"]
    table = pd.DataFrame(rows, columns=columns)
    (ax,) = charts.draw_naming(table)
    assert read(ax, "row") == ["Ann Ash", "Bo Bay"]
    assert read(ax, "head") == ["Daily", "Post"]
    assert read(ax, "cell") == ["Ash", "Ann Ash", "+ 2 more", "0", "Ash", "Bay"]
    assert read(ax, "n") == ["7", "2", "1", "1"]
    full = ax.patches[-1].get_width()
    assert [bar.get_width() / full for bar in ax.patches] == pytest.approx([7 / 12, 2 / 12, 1, 1])
    assert find_title(ax) == "What each outlet calls each actor"
    assert read(ax, "caption") == []


def test_naming_puts_things_under_a_caption_and_counts_those_left_out() -> None:
    table = make_naming(["Daily", "Post"], ["Ann Ash", "Bo Bay", "Cy Cedar"], 8)
    table["n"] += 5 * (table["subject_id"] == "thing-07") + (table["subject_id"] == "actor-02")
    (ax,) = charts.draw_naming(table, n_actors=2)
    assert find_title(ax) == "What each outlet calls whom and what"
    rows = read_lines(ax, "row")
    assert rows[:2] == ["Cy Cedar", "Ann Ash"]  # used more than the actors, and still below them
    assert rows[2:] == [f"the long harbour strike {k}" for k in (7, 0, 1, 2, 3, 4)]
    assert read(ax, "caption") == ["Things"]
    assert (
        "Actors and things in order of all uses; + 1 more actor not shown; + 2 more things not shown."
        in read_lines(ax, "chart-source")[0]
    )
    heights = [t.xy[1] for t in ax.texts if t.get_gid() in ("row", "caption")]
    caption = next(t.xy[1] for t in ax.texts if t.get_gid() == "caption")
    rules = sorted({line.get_ydata()[0] for line in ax.lines})
    order = sorted(heights)
    assert order.index(caption) == 2
    assert any(order[1] < y < caption for y in rules)
    assert all(any(a < y < b for y in rules) for a, b in itertools.pairwise(order))


def test_naming_of_things_alone_has_their_caption_only() -> None:
    (ax,) = charts.draw_naming(make_naming(["Daily"], [], 2))
    assert read(ax, "caption") == ["Things"]
    assert read_lines(ax, "row") == ["the long harbour strike 0", "the long harbour strike 1"]


# --- co-occurrence -------------------------------------------------------------------------------


def test_matrix_groups_by_side_and_writes_every_pair_once() -> None:
    actors = make_actors(["Ann Ash", "Ben Birch", "Cy Cedar", "Di Dogwood"])
    edges = pd.DataFrame(
        [("actor-00", "actor-01", 5), ("actor-03", "actor-00", 2), ("actor-01", "actor-02", 1)],
        columns=["source", "target", "n_windows"],
    )
    ax = charts.draw_cooccurrence_matrix(edges, actors)
    # Harbour Union (12 + 3 mentions), Islanders (9), no side last
    assert read(ax, "actor") == ["Ann Ash", "Di Dogwood", "Ben Birch", "Cy Cedar"]
    assert read(ax, "side") == ["Harbour Union", "Islanders", "no side"]
    assert read(ax, "cell") == ["2", "5", "·", "·", "·", "1"]


def test_matrix_shows_fewer_actors_where_numbers_are_wide() -> None:
    actors = make_actors([f"Person {k}" for k in range(20)])
    edges = make_edges(actors)
    edges["n_windows"] *= 1111
    ax = charts.draw_cooccurrence_matrix(edges, actors)
    shown = len(read(ax, "actor"))
    assert 10 < shown < 20
    assert f"Not shown: {20 - shown} actors" in read_lines(ax, "chart-source")[0]


def test_network_draws_each_pair_as_wide_as_its_windows() -> None:
    actors = make_actors(["Ann Ash", "Ben Birch", "Cy Cedar", "Di Dogwood"])
    edges = pd.DataFrame(
        [("actor-00", "actor-01", 10), ("actor-00", "actor-02", 4)],
        columns=["source", "target", "n_windows"],
    )
    ax = charts.draw_cooccurrence_network(edges, actors)
    widths = [line.get_linewidth() for line in ax.lines if line.get_gid() == "pair"]
    assert widths == [0.5 + 4.5 * 0.4, 0.5 + 4.5]
    assert sorted(read(ax, "actor")) == ["Ann Ash", "Ben Birch", "Cy Cedar"]
    assert read(ax, "key") == ["1", "6", "12 mentions", "4", "7", "10 windows"]
    assert "Never together with another of these: 1 actor." in read_lines(ax, "chart-source")[0]
    areas = [c.get_sizes()[0] for c in ax.collections]
    assert areas == [16 + 240, 16 + 240 * 9 / 12, 16 + 240 * 6 / 12]


def test_network_keeps_at_most_sixty_pairs_and_counts_the_rest() -> None:
    actors = make_actors([f"Person {k}" for k in range(25)])
    edges = make_edges(actors)
    ax = charts.draw_cooccurrence_network(edges, actors)
    drawn = [line for line in ax.lines if line.get_gid() == "pair"]
    assert len(drawn) == (edges["n_windows"] == 4).sum() == 60
    hidden = (edges["n_windows"] > 0).sum() - 60
    assert f"+ {hidden} more pairs with fewer windows" in read_lines(ax, "chart-source")[0]


def test_network_is_the_same_whatever_the_order_of_the_rows() -> None:
    actors = make_actors([f"Person {k}" for k in range(12)])
    edges = make_edges(actors)
    one = charts.draw_cooccurrence_network(edges, actors)
    two = charts.draw_cooccurrence_network(edges[::-1], actors[::-1])
    places = [[c.get_offsets().tolist() for c in ax.collections] for ax in (one, two)]
    assert places[0] == places[1]


def read_ends(ax: Axes) -> list[list[list[float]]]:
    return [line.get_xydata().round(4).tolist() for line in ax.lines if line.get_gid() == "pair"]


def test_network_draws_the_pairs_in_the_backbone_and_counts_the_others() -> None:
    actors = make_actors([f"Person {k}" for k in range(6)])
    edges = make_edges(actors).assign(n_windows=2)
    edges["in_backbone"] = edges["source"] == "actor-01"
    ax = charts.draw_cooccurrence_network(edges, actors)
    assert sorted(read(ax, "actor")) == [f"Person {k}" for k in range(1, 6)]
    assert len(read_ends(ax)) == edges["in_backbone"].sum() == 4
    assert read_lines(ax, "chart-subtitle")[0].startswith("5 actors, 4 pairs. ")
    filtered = "Filtered: 11 pairs of these actors did not pass the disparity filter."
    assert read_lines(ax, "chart-source") == [f"{filtered} Not drawn, with their pairs: 1 actor."]
    words = charts.describe_cooccurrence_network(edges, actors)
    assert words.startswith("Network of 5 actors and 4 pairs that appear in one window. ")
    assert words.endswith(f" {filtered[:-1]}; not drawn: 1 actor and 11 pairs.")


def test_network_draws_all_pairs_where_none_is_in_the_backbone_and_says_so() -> None:
    actors = make_actors(["Ann Ash", "Ben Birch", "Cy Cedar"])
    edges = make_edges(actors).assign(n_windows=2)
    none = charts.draw_cooccurrence_network(edges.assign(in_backbone=False), actors)
    plain = charts.draw_cooccurrence_network(edges, actors)
    every = charts.draw_cooccurrence_network(edges.assign(in_backbone=True), actors)
    assert read_ends(none) == read_ends(plain) == read_ends(every)
    sentence = "No pair of these actors passes the disparity filter, so all of theirs are drawn."
    assert read_lines(none, "chart-source") == [f"{sentence} All actors are shown."]
    assert read_lines(plain, "chart-source") == read_lines(every, "chart-source") == ["All actors are shown."]
    words = charts.describe_cooccurrence_network(edges.assign(in_backbone=False), actors)
    plainly = charts.describe_cooccurrence_network(edges, actors)
    assert words == plainly.replace("All", f"{sentence[:-1]}; all") != plainly


def test_network_puts_actors_where_the_places_say() -> None:
    actors = make_actors(["Ann Ash", "Ben Birch", "Cy Cedar"])
    edges = make_edges(actors).assign(n_windows=[3, 2, 1])
    places = pd.DataFrame({"actor_id": actors["actor_id"], "x": [0.0, 0.25, 1.0], "y": [1.0, 0.0, 0.5]})
    for table in (places, places[::-1]):
        ax = charts.draw_cooccurrence_network(edges, actors, places=table)
        at = np.array([mark.get_offsets()[0] for mark in ax.collections])  # the most mentioned first
        share = (at - at.min(axis=0)) / np.ptp(at, axis=0)
        assert share == pytest.approx(places[["x", "y"]].to_numpy())
        # The strongest pair, Ann and Ben, is drawn last.
        assert read_ends(ax)[-1] == at[:2].round(4).tolist()


def test_of_five_thousand_actors_and_a_hundred_thousand_pairs_the_strongest_are_drawn() -> None:
    rng = np.random.default_rng(1)
    ids = np.array([f"actor-{k:04d}" for k in range(5000)])
    pairs = np.unique(rng.integers(0, 5000, (120_000, 2)), axis=0)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]
    pairs = np.concatenate([pairs, np.unique(5000 - 1 - pairs[:, ::-1], axis=0)])
    edges = pd.DataFrame({"source": ids[pairs[:, 0]], "target": ids[pairs[:, 1]]}).drop_duplicates()
    edges = edges.head(100_000).reset_index(drop=True)
    edges["n_windows"] = rng.permutation(len(edges)) + 1
    actors = make_actors([f"Person {k}" for k in range(5000)]).assign(actor_id=ids)
    ax = charts.draw_cooccurrence_network(edges, actors, n_actors=5000)
    widths = [line.get_linewidth() for line in ax.lines if line.get_gid() == "pair"]
    assert widths == pytest.approx([0.5 + 4.5 * n / 100_000 for n in range(99_941, 100_001)])
    strongest = edges[edges["n_windows"] > 99_940]
    n_drawn = len({*strongest["source"], *strongest["target"]})
    assert read_lines(ax, "chart-subtitle")[0].startswith(f"{n_drawn} actors, 60 pairs. ")
    assert (
        f"{5000 - n_drawn:,} actors. + 99,940 more pairs with fewer windows."
        in (read_lines(ax, "chart-source")[0])
    )
    names = len(read(ax, "actor"))
    assert names == n_drawn or read(ax, "unnamed") == [f"+ {n_drawn - names} names without room"]
    words = charts.describe_cooccurrence_network(edges, actors, n_actors=5000)
    assert words.startswith(f"Network of {n_drawn} actors and 60 pairs that appear in one window. ")


def test_an_actor_without_a_place_or_with_two_rows_is_an_error() -> None:
    actors = make_actors(["Ann Ash", "Ben Birch", "Cy Cedar"])
    edges = make_edges(actors).assign(n_windows=1)
    places = pd.DataFrame({"actor_id": ["actor-00", "actor-01"], "x": [0.0, 1.0], "y": [0.0, 1.0]})
    with pytest.raises(
        ValueError, match=r"^draw_cooccurrence_network: places lacks 'actor-02': make it with"
    ):
        charts.draw_cooccurrence_network(edges, actors, places=places)
    with pytest.raises(ValueError, match=r"^draw_cooccurrence_network: 'actor-01' stands twice in nodes: "):
        charts.draw_cooccurrence_network(edges, pd.concat([actors, actors[1:2]]))


@pytest.mark.parametrize("draw", [charts.draw_cooccurrence_matrix, charts.draw_cooccurrence_network])
def test_an_edge_to_an_unknown_actor_is_an_error(draw: Callable[..., Axes]) -> None:
    edges = pd.DataFrame({"source": ["actor-00"], "target": ["nobody"], "n_windows": [1]})
    with pytest.raises(ValueError, match="edges name 'nobody', which is no actor_id in nodes"):
        draw(edges, make_actors(["Ann Ash"]))


# --- nothing to show, bad tables -----------------------------------------------------------------

NO_EDGES = pd.DataFrame({"source": [], "target": [], "n_windows": []})
EMPTY = {
    "makeup": (lambda: charts.draw_article_makeup(make_makeup([])), "There are no words"),
    "counts": (lambda: charts.draw_mention_counts(make_counts(OUTLETS, [])), "No mention of any"),
    "rates": (lambda: charts.draw_mention_rates(make_counts(OUTLETS, [])), "No mention of any"),
    "keyness": (lambda: charts.draw_keyness(make_keyness([], [])), "No word is used more"),
    "naming": (lambda: charts.draw_naming(make_naming([], [])), "No actor is named"),
    "matrix": (
        lambda: charts.draw_cooccurrence_matrix(NO_EDGES, make_actors([])),
        "No actor is mentioned",
    ),
    "network of one": (
        lambda: charts.draw_cooccurrence_network(NO_EDGES, make_actors(["Ann Ash"])),
        r"Only one actor is shown \(Ann Ash\)",
    ),
    "network of strangers": (
        lambda: charts.draw_cooccurrence_network(NO_EDGES, make_actors(["Ann Ash", "Bo Bay"])),
        "No two actors appear together",
    ),
}


@pytest.mark.parametrize("chart", EMPTY)
def test_an_empty_table_gives_a_sentence(chart: str) -> None:
    draw, sentence = EMPTY[chart]
    drawn = draw()
    ax = drawn[0] if isinstance(drawn, list) else drawn
    assert re.match(sentence, read_lines(ax, "chart-subtitle")[0])
    assert find_title(ax)
    assert len(visible_texts(ax)) == 2


def test_a_missing_column_is_named() -> None:
    counts = make_counts(OUTLETS, ["Ann Ash"]).drop(columns=["n_words"])
    with pytest.raises(ValueError, match="draw_mention_counts: the table lacks the column 'n_w"):
        charts.draw_mention_counts(counts)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.draw_mention_counts(make_counts(OUTLETS, ["A"]), n_actors=0),
        lambda: charts.draw_mention_rates(make_counts(OUTLETS, ["A"]), n_actors=0),
        lambda: charts.draw_naming(make_naming(OUTLETS, ["A"]), n_actors=0),
        lambda: charts.draw_keyness(make_keyness(OUTLETS, ["A"]), n_words=0),
        lambda: charts.draw_cooccurrence_matrix(NO_EDGES, make_actors(["A"]), n_actors=0),
    ],
)
def test_a_count_of_rows_below_one_is_an_error(draw: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"is 0: expected 1 or more"):
        draw()


def test_a_given_axes_is_used() -> None:
    figure, ax = plt.subplots()
    counts = make_counts(OUTLETS, ["Ann Ash"])
    assert charts.draw_mention_counts(counts, ax) is ax
    assert find_title(ax) == "Number of mentions, by actor and outlet"
    assert figure.axes == [ax]


def test_drawing_leaves_the_settings_of_others_alone() -> None:
    before = dict(mpl.rcParams)
    draw_all(*CASES["one outlet"])
    assert dict(mpl.rcParams) == before


# --- labels --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a\tb\nc\x07\u202ed", "a b cd"),
        ("$x$", "$x$"),
        ("_x", "_x"),
        ("한국", "��"),
        ("\ud800", "�"),
        ("", "(no name)"),
        (" \u200f ", "(no name)"),
    ],
)
def test_clean_label(raw: str, clean: str) -> None:
    assert clean_label(raw) == clean


@pytest.mark.parametrize("text", ["one two three four", "W" * 60, "a " * 30 + "W" * 20])
def test_wrapped_lines_fit_and_lose_nothing(text: str) -> None:
    lines = wrap(text, 50, 7)
    assert max(measure(line, 7) for line in lines) <= 50
    assert "".join(line.removesuffix("-") for line in lines).replace(" ", "") == text.replace(" ", "")


def test_a_long_word_is_broken_after_a_hyphen_of_its_own_or_gets_one() -> None:
    assert wrap("Hwasong-18", 40, 7) == ["Hwasong-", "18"]
    assert wrap("Intercontinental", 50, 7) == ["Intercontine-", "ntal"]
    assert wrap("a0b4bf94843ae443", 50, 7) == ["a0b4bf94843", "ae443"]


def test_hostile_names_are_drawn_as_they_are() -> None:
    ax = charts.draw_mention_counts(make_counts(OUTLETS, ["$x$ and $\\frac{", "_h", "<b>b</b>"]))
    assert sorted(read_lines(ax, "row")) == ["$x$ and $\\frac{", "<b>b</b>", "_h"]


# --- alternative text ----------------------------------------------------------------------------


def test_alternative_texts_tell_the_main_numbers() -> None:
    names = ["Ann Ash", "Ben Birch"]
    counts, actors = make_counts(OUTLETS[:2], names), make_actors(names)
    edges = pd.DataFrame({"source": ["actor-00"], "target": ["actor-01"], "n_windows": [3]})
    assert charts.describe_mention_counts(counts) == (
        "Matrix of mentions of 2 actors in 2 outlets, 7 mentions in all. "
        "Most mentioned: Ben Birch 5, Ann Ash 2."
    )
    assert charts.describe_mention_rates(counts) == (
        "Bars of mentions per 1,000 words of 2 actors, one panel per outlet. The most "
        "mentioned, Ben Birch: 6.7 in The Daily Lantern, 5.0 in Harbour Post."
    )
    assert charts.describe_article_makeup(make_makeup(OUTLETS[:2])) == (
        "Bars of words in 2 articles: 661 count, 94 are set aside. Longest: The Daily Lantern "
        "with 332 words; shortest: Harbour Post with 329."
    )
    assert charts.describe_keyness(make_keyness(["A"], ["storm", "ferry"])) == (
        "Dots of log-odds of the words that set each group apart. Highest z first: "
        "A: storm (2.0), ferry (1.9)."
    )
    assert charts.describe_naming(make_naming(["A", "B"], ["Ann Ash"])) == (
        "Table of what 2 outlets call 1 actor. Most often named, Ann Ash: Ann Ash 12, "
        "the minister 10, Mr. Oak 8."
    )
    assert charts.describe_naming(make_naming(["A"], ["Ann Ash"], 2)).startswith(
        "Table of what 1 outlet calls 1 actor and 2 things. Most often named, Ann Ash: "
    )
    pairs = (
        " of 2 actors and 1 pair that appear in one window. Most windows shared: Ann Ash and "
        "Ben Birch 3. All actors are shown."
    )
    assert charts.describe_cooccurrence_matrix(edges, actors) == "Matrix" + pairs
    assert charts.describe_cooccurrence_network(edges, actors) == "Network" + pairs


def test_the_words_for_a_network_count_what_is_drawn() -> None:
    actors = make_actors([f"Actor {k:02d}" for k in range(25)])
    ids = actors["actor_id"].tolist()
    pairs = [(a, b, 1 + (3 * i + j) % 9) for i, a in enumerate(ids) for j, b in enumerate(ids) if i < j]
    edges = pd.DataFrame(pairs, columns=["source", "target", "n_windows"])
    ax = charts.draw_cooccurrence_network(edges, actors)
    drawn = sum(line.get_gid() == "pair" for line in ax.lines)
    assert drawn < len(pairs)
    assert f"{drawn} pairs" in read_lines(ax, "chart-subtitle")[0]
    assert f"{drawn} pairs" in charts.describe_cooccurrence_network(edges, actors)


def test_a_word_used_once_is_not_drawn() -> None:
    keyness = pd.DataFrame(
        {
            "group": ["Daily"] * 2,
            "word": ["once", "twice"],
            "n": [1, 2],
            "log_odds": [3.0, 1.0],
            "z": [2.0, 1.0],
        }
    )
    (ax,) = charts.draw_keyness(keyness)
    texts = [text.get_text() for text in ax.texts]
    assert any("twice" in text for text in texts)
    assert not any("once" in text for text in texts)

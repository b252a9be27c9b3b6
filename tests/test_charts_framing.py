"""Charts of framing: numbers, shades, dots and lines are read off the Axes and held against the table."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from figure_checks import find_overlaps, visible_texts
from matplotlib.axes import Axes
from test_charts import HOSTILE, LONG_OUTLETS, OUTLETS, read, read_lines

from helpers import charts
from helpers.charts_style import PALE, find_title
from helpers.errors import InputError

LISTS = [
    ("Economy", "policy"),
    ("External relations and standing", "policy"),
    ("Security and defence", "policy"),
    ("Crime", "policy"),
    ("Conflict", "generic"),
    ("Human interest", "generic"),
    ("Dramatic words", "loaded"),
    ("Harbour words", "own"),
]
SENTENCE = (
    "… the council praised her for keeping the ferries running through the worst of the winter storms …"
)


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def make_frames(
    outlets: list[str], lists: list[tuple[str, str]] = LISTS, n_articles: int = 1
) -> pd.DataFrame:
    """The list at k is used 6, 7, 8, 9 times or not at all; an outlet has 800 words."""
    rows = [
        (outlet, f"list-{k:02d}", name, family, 0 if k % 5 == 4 else 6 + (k + o) % 4)
        for o, outlet in enumerate(outlets)
        for k, (name, family) in enumerate(lists)
    ]
    table = pd.DataFrame(rows, columns=["group", "frame", "frame_name", "family", "n"])
    table["rate_per_1000_words"] = 1000 * table["n"] / 800
    table["n_articles_present"] = np.where(table["n"] > 7, n_articles, 0)
    return table.assign(n_articles_group=n_articles)


def make_tone(outlets: list[str], actors: list[str]) -> pd.DataFrame:
    """The actor at k is mentioned twelve times less k by each outlet."""
    rows: list[dict[str, Any]] = []
    for k, actor in enumerate(actors):
        for o, outlet in enumerate(outlets):
            n = max(1, 12 - k)
            negative, positive = (3, 1) if (o + k) % 2 else (1, 2)
            if n < 4:
                negative, positive = 0, n
            net = (positive - negative) / n
            rows.append(
                {
                    "group": outlet,
                    "actor_id": f"actor-{k:02d}",
                    "actor": actor,
                    "affiliation": ("har", "isl", "")[k % 3],
                    "n": n,
                    "n_negative": negative,
                    "n_neutral": n - negative - positive,
                    "n_positive": positive,
                    "net_tone": net,
                    "net_low": max(-1, net - 0.3),
                    "net_high": min(1, net + 0.3),
                    "example": SENTENCE,
                    "example_tone": "negative" if negative > positive else "positive",
                }
            )
    columns = ["group", "actor_id", "actor", "affiliation", "n", "n_negative", "n_neutral", "n_positive"]
    columns += ["net_tone", "net_low", "net_high", "example", "example_tone"]
    return pd.DataFrame(rows, columns=columns)


def check_texts(ax: Axes) -> None:
    """No text is small, overlaps another or leaves the sheet."""
    ax.figure.canvas.draw()
    texts = visible_texts(ax)
    edge = ax.figure.bbox
    boxes = [text.get_window_extent() for text in texts]
    for text, box in zip(texts, boxes, strict=True):
        inside = edge.x0 <= box.x0 and box.x1 <= edge.x1
        assert inside and edge.y0 <= box.y0 and box.y1 <= edge.y1, text.get_text()
        assert text.get_fontsize() >= 7
        assert "nan" not in text.get_text().lower().split()
    overlaps = find_overlaps(boxes)
    assert overlaps == [], [[texts[k].get_text() for k in pair] for pair in overlaps]
    assert ax.figure.get_size_inches()[0] * 25.4 == pytest.approx(170)


MANY_LISTS = [(f"{name} {k}", family) for k in range(3) for name, family in LISTS][:19]
FRAME_CASES = {
    "four outlets": make_frames([*OUTLETS, "tidings.example"], MANY_LISTS, 2),
    "five outlets": make_frames([*OUTLETS, "tidings.example", "Post"], MANY_LISTS, 2),
    "eight outlets": make_frames(LONG_OUTLETS[:8], MANY_LISTS, 3),
    "twelve long outlets": make_frames(LONG_OUTLETS, MANY_LISTS, 12),
    "large numbers": make_frames(LONG_OUTLETS, MANY_LISTS, 2).assign(n=123_456, rate_per_1000_words=123.4),
    "one outlet": make_frames(OUTLETS[:1]),
    "hostile": make_frames(HOSTILE, [(name, "own") for name in HOSTILE]),
    "no words anywhere": make_frames(LONG_OUTLETS).assign(n=0, rate_per_1000_words=np.nan),
}
TONE_CASES = {
    "four outlets": make_tone([*OUTLETS, "tidings.example"], [f"Person {k} Ashgrove" for k in range(9)]),
    "twelve long outlets": make_tone(LONG_OUTLETS, ["Permanent Secretariat of the Harbour", "Bo Bay"]),
    "large numbers": make_tone(LONG_OUTLETS, ["Bo Bay"]).assign(n=123_456_789, n_neutral=123_456_789),
    "one outlet": make_tone(OUTLETS[:1], ["Ann Ash"]),
    "hostile": make_tone(HOSTILE, HOSTILE).assign(example=" ".join(HOSTILE)),
}


@pytest.mark.parametrize("case", FRAME_CASES)
def test_no_text_of_the_frames_overlaps_or_is_cut(case: str) -> None:
    check_texts(charts.draw_frames(FRAME_CASES[case]))


@pytest.mark.parametrize("case", TONE_CASES)
def test_no_text_of_the_tone_overlaps_or_is_cut(case: str) -> None:
    check_texts(charts.draw_tone(TONE_CASES[case]))


@pytest.mark.parametrize("case", FRAME_CASES)
def test_the_numbers_of_a_cell_stay_in_it(case: str) -> None:
    ax = charts.draw_frames(FRAME_CASES[case])
    ax.figure.canvas.draw()
    for text in (t for t in ax.texts if t.get_gid() in ("rate", "n")):
        column = int(text.xy[0])
        left, right = ax.transData.transform([(column, 0), (column + 1, 0)])[:, 0]
        box = text.get_window_extent()
        assert left <= box.x0 and box.x1 <= right, text.get_text()


# --- frames --------------------------------------------------------------------------------------


def read_cells(ax: Axes, n_outlets: int) -> list[list[str]]:
    """The rate of every cell, row by row."""
    texts = [t for t in ax.texts if t.get_gid() == "rate"]
    rows = [t.get_text() for t in texts]
    return [rows[k : k + n_outlets] for k in range(0, len(rows), n_outlets)]


def test_frames_stand_by_family_and_rate_with_the_numbers_of_the_table() -> None:
    table = make_frames(OUTLETS)
    ax = charts.draw_frames(table)
    totals = table.groupby("frame_name")["n"].sum()
    rows = read_lines(ax, "row")
    assert read(ax, "caption") == ["Policy frames", "Generic frames", "Loaded words", "Own lists"]
    assert [set(rows[:4]), set(rows[4:6]), set(rows[6:7]), set(rows[7:])] == [
        {"Economy", "External relations and standing", "Security and defence", "Crime"},
        {"Conflict", "Human interest"},
        {"Dramatic words"},
        {"Harbour words"},
    ]
    assert totals[rows[:4]].is_monotonic_decreasing and totals[rows[4:6]].is_monotonic_decreasing
    outlets = read_lines(ax, "head")
    assert sorted(outlets) == sorted(OUTLETS)
    by_outlet = table.groupby("group")["n"].sum()
    assert by_outlet[outlets].is_monotonic_decreasing
    rates = table.pivot_table(index="frame_name", columns="group", values="rate_per_1000_words")
    expected = rates.loc[rows, outlets].to_numpy()
    assert read_cells(ax, 3) == [["0" if r == 0 else f"{r:.1f}" for r in row] for row in expected]
    n = table.pivot_table(index="frame_name", columns="group", values="n").loc[rows, outlets]
    assert read(ax, "n") == [f"n = {k:.0f}" for k in n.to_numpy().ravel() if k]
    assert find_title(ax) == "Frame words and loaded words per 1,000 words, by outlet"


def test_captions_stand_above_the_rows_of_their_family() -> None:
    ax = charts.draw_frames(make_frames(OUTLETS))
    stacked = sorted((t.xy[1], t.get_gid()) for t in ax.texts if t.get_gid() in ("row", "caption"))
    assert [gid for _, gid in stacked] == [
        "caption", "row", "row", "row", "row", "caption", "row", "row", "caption", "row", "caption", "row",
    ]  # fmt: skip


def test_shades_follow_the_rate_in_one_scale_and_only_where_a_list_is_present() -> None:
    table = make_frames(OUTLETS)
    ax = charts.draw_frames(table)
    outlets = read_lines(ax, "head")
    cells = table.set_index(["frame_name", "group"])
    middles = {t.xy[1]: t.get_text().replace("\n", " ") for t in ax.texts if t.get_gid() == "row"}
    drawn = {}
    for bar in ax.patches:
        middle = min(middles, key=lambda y, bar=bar: abs(y - bar.get_y() - bar.get_height() / 2))
        drawn[middles[middle], outlets[int(bar.get_x() + 0.5)]] = bar.get_facecolor()
    present = cells[cells["n_articles_present"] > 0]
    assert set(drawn) == set(present.index)
    assert 0 < len(drawn) < len(cells)
    # a cell of the same rate has the same shade in every row; a higher rate is darker
    by_rate: dict[float, set[Any]] = {}
    for key, colour in drawn.items():
        by_rate.setdefault(present.loc[key, "rate_per_1000_words"], set()).add(colour)
    assert all(len(colours) == 1 for colours in by_rate.values())
    light = [sum(next(iter(by_rate[rate]))[:3]) for rate in sorted(by_rate)]
    assert len(light) == 2 and light[0] > light[1]
    assert "Unshaded: in no article three or more of the list's words." in read_lines(ax, "chart-source")[0]


def test_numbers_stand_out_from_their_shade_and_are_grey_without_one() -> None:
    table = make_frames(["A"], [("Crime", "policy"), ("Conflict", "policy"), ("Morality", "policy")])
    table = table.assign(n=[40, 4, 1], rate_per_1000_words=[50.0, 5.0, 1.2], n_articles_present=[1, 1, 0])
    ax = charts.draw_frames(table)
    colours = {t.get_text(): t.get_color() for t in ax.texts if t.get_gid() in ("rate", "n")}
    assert colours == {
        "50.0": "white", "n = 40": "white", "5.0": "#1F1F1F", "n = 4": "#1F1F1F",
        "1.2": "#666666", "n = 1": "#666666",
    }  # fmt: skip


def test_articles_are_counted_where_an_outlet_has_several_and_the_list_is_present() -> None:
    table = make_frames(["A", "B"], LISTS[:2], 2).assign(
        n=[9, 5, 9, 2], n_articles_present=[2, 1, 1, 0], n_articles_group=[2, 2, 1, 1]
    )
    ax = charts.draw_frames(table)
    assert read(ax, "n") == ["n = 9, 2/2", "n = 9", "n = 5, 1/2", "n = 2"]
    assert "1/2: three or more in 1 of 2 articles" in read_lines(ax, "chart-subtitle")[0]
    single = charts.draw_frames(table.assign(n_articles_group=1))
    assert read(single, "n") == ["n = 9", "n = 9", "n = 5", "n = 2"]
    assert "articles" not in read_lines(single, "chart-subtitle")[0]


def test_narrow_columns_put_the_numbers_below_each_other() -> None:
    table = make_frames(LONG_OUTLETS, LISTS[:1], 2).assign(n=12, n_articles_present=2)
    ax = charts.draw_frames(table)
    assert read(ax, "n") == ["n = 12", "2/2"] * 12
    ax = charts.draw_frames(table.assign(n=1_234))
    assert read(ax, "n") == ["1,234", "2/2"] * 12
    assert "below it the number of uses" in read_lines(ax, "chart-subtitle")[0]


def test_an_outlet_without_words_says_so_and_small_rates_are_not_zero() -> None:
    table = make_frames(["A", "B"], LISTS[:2])
    table["rate_per_1000_words"] = [0.03, 7.0, np.nan, np.nan]
    table["n"] = [1, 7, 0, 0]
    ax = charts.draw_frames(table)
    assert read_cells(ax, 2) == [["7.0", "no words"], ["< 0.1", "no words"]]
    assert read(ax, "n") == ["n = 7", "n = 1"]


def test_lists_and_outlets_left_out_are_counted() -> None:
    table = make_frames([f"Outlet {k:02d}" for k in range(15)])
    ax = charts.draw_frames(table, n_lists=3)
    top = table.groupby("frame_name")["n"].sum().sort_values(ascending=False).index[:3]
    assert sorted(read_lines(ax, "row")) == sorted(top)
    assert len(read(ax, "head")) == 12
    (source,) = read_lines(ax, "chart-source")
    assert "12 outlets (+ 3 more not shown)" in source and "+ 5 more lists not shown." in source


@pytest.mark.parametrize(
    ("families", "title"),
    [
        (["policy", "generic"], "Frame words per 1,000 words, by outlet"),
        (["loaded", "loaded"], "Loaded words per 1,000 words, by outlet"),
    ],
)
def test_the_title_says_which_lists_are_shown(families: list[str], title: str) -> None:
    lists = [(f"List {k}", family) for k, family in enumerate(families)]
    assert find_title(charts.draw_frames(make_frames(OUTLETS, lists))) == title


# --- tone ----------------------------------------------------------------------------------------


def read_marks(ax: Axes, gid: str) -> list[Any]:
    return [line for line in ax.lines if line.get_gid() == gid]


def test_tone_draws_dots_lines_and_counts_of_the_table() -> None:
    table = make_tone(OUTLETS, ["Ann Ash", "Bo Bay"])
    table.loc[3, ["n", "n_neutral"]] = [10, 6]  # the first outlet of the second actor
    ax = charts.draw_tone(table)
    assert read(ax, "actor") == ["Ann Ash", "Bo Bay"]
    outlets = table.groupby("group")["n"].sum().sort_index().sort_values(ascending=False, kind="stable")
    assert read(ax, "row") == 2 * outlets.index.tolist()
    rows = table.set_index(["actor", "group"]).loc[list(itertools.product(read(ax, "actor"), outlets.index))]
    assert [dot.get_xdata()[0] for dot in read_marks(ax, "dot")] == rows["net_tone"].tolist()
    spans = [list(line.get_xdata()) for line in read_marks(ax, "line")]
    assert spans == rows[["net_low", "net_high"]].to_numpy().tolist()
    assert read(ax, "counts") == [
        f"{row.n} mentions: {row.n_negative} −, {row.n_neutral} neutral, {row.n_positive} +"
        for row in rows.itertuples()
    ]
    assert read(ax, "sign") == ["−" if tone == "negative" else "+" for tone in rows["example_tone"]]
    assert read_lines(ax, "example") == [SENTENCE] * 6
    assert ax.get_xlim() == (-1, 1)
    assert read(ax, "scale") == 2 * ["all negative", "0", "all positive"]
    assert "more actor" not in read_lines(ax, "chart-source")[0]


def test_each_dot_stands_in_the_row_of_its_outlet() -> None:
    table = make_tone(LONG_OUTLETS, ["Ann Ash", "Bo Bay"])
    ax = charts.draw_tone(table)
    dots = [dot.get_ydata()[0] for dot in read_marks(ax, "dot")]
    names = [t.xy[1] for t in ax.texts if t.get_gid() == "row"]
    assert dots == names and sorted(dots) == dots and len(dots) == 24


def test_an_outlet_that_does_not_mention_an_actor_has_no_dot() -> None:
    table = make_tone(["A", "B", "C"], ["Ann Ash"])
    table.loc[1, ["n", "net_tone", "net_low", "net_high"]] = [0, np.nan, np.nan, np.nan]
    ax = charts.draw_tone(table.drop(index=2))
    assert read(ax, "row") == ["A", "B"]
    assert read(ax, "counts") == ["12 mentions: 1 −, 9 neutral, 2 +", "not mentioned"]
    assert len(read_marks(ax, "dot")) == len(read_marks(ax, "line")) == len(read(ax, "example")) == 1
    by_text = {t.get_text(): t for t in ax.texts}
    assert by_text["not mentioned"].get_color() == PALE


def test_dots_of_few_mentions_are_hollow_and_the_source_says_so() -> None:
    table = make_tone(["A", "B"], ["Ann Ash"]).assign(n=[5, 4])
    ax = charts.draw_tone(table)
    full, hollow = read_marks(ax, "dot")
    assert full.get_markerfacecolor() != "white" and hollow.get_markerfacecolor() == "white"
    assert hollow.get_color() == full.get_color()
    assert "Hollow: fewer than 5 mentions." in read_lines(ax, "chart-source")[0]


def test_dots_have_the_look_of_their_side() -> None:
    table = make_tone(["A"], ["Ann Ash", "Bo Bay", "Cy Cedar"])
    sides = {
        "": charts.Side("", "#8F8F8F", "h", ""),
        "har": charts.Side("Harbour Union", "#0072B2", "o", ""),
        "isl": charts.Side("Islanders", "#D55E00", "s", "////"),
    }
    for ax in (charts.draw_tone(table), charts.draw_tone(table, sides=sides)):
        looks = [(dot.get_color(), dot.get_marker()) for dot in read_marks(ax, "dot")]
        assert looks == [("#0072B2", "o"), ("#D55E00", "s"), ("#8F8F8F", "h")]
    swapped = charts.draw_tone(table, sides=sides | {"har": sides["isl"]})
    assert read_marks(swapped, "dot")[0].get_marker() == "s"


def test_a_missing_range_or_tone_is_not_drawn() -> None:
    table = make_tone(["A", "B", "C"], ["Ann Ash"])
    table.loc[0, "net_low"] = np.nan
    table.loc[1, "net_tone"] = np.nan
    table["example"] = [np.nan, "", "  "]
    ax = charts.draw_tone(table)
    dots, lines = read_marks(ax, "dot"), read_marks(ax, "line")
    assert [dot.get_xdata()[0] for dot in dots] == table["net_tone"].dropna().tolist()
    assert [line.get_xdata()[0] for line in lines] == table["net_low"].dropna().tolist()
    assert read(ax, "example") == read(ax, "sign") == []
    assert len(read(ax, "counts")) == 3
    for line in ax.lines:
        assert np.isfinite(np.asarray(line.get_xdata(), dtype=float)).all()


def test_an_example_takes_three_lines_at_most() -> None:
    ax = charts.draw_tone(make_tone(["A"], ["Ann Ash"]).assign(example="word " * 99))
    (text,) = read(ax, "example")
    assert text.count("\n") == 2 and text.endswith("word …")


@pytest.mark.parametrize("n", range(10, 30))
def test_the_dots_that_end_an_example_stand_in_no_line_of_their_own(n: int) -> None:
    example = "… " + "ferry " * n + "…"
    ax = charts.draw_tone(make_tone(["A"], ["Ann Ash"]).assign(example=example))
    (text,) = read(ax, "example")
    assert text.replace("\n", " ") == example
    assert text.split("\n")[-1] != "…"


def test_the_most_mentioned_actors_have_a_block_and_the_others_are_counted() -> None:
    actors = [f"Person {k}" for k in range(9)]
    table = make_tone(OUTLETS, actors).sort_values("actor", ascending=False)
    ax = charts.draw_tone(table)
    assert read(ax, "actor") == actors[:6]
    assert "+ 3 more actors not shown." in read_lines(ax, "chart-source")[0]
    assert read(charts.draw_tone(table, n_actors=2), "actor") == actors[:2]


def test_with_twelve_outlets_four_actors_fit() -> None:
    ax = charts.draw_tone(
        make_tone([f"Outlet {k:02d}" for k in range(15)], [f"Person {k}" for k in range(6)])
    )
    assert len(read(ax, "actor")) == 4
    assert len(read(ax, "row")) == 48
    (source,) = read_lines(ax, "chart-source")
    assert "12 outlets (+ 3 more not shown)" in source and "+ 2 more actors not shown." in source


def test_the_tone_chart_says_what_its_marks_are() -> None:
    ax = charts.draw_tone(make_tone(OUTLETS, ["Ann Ash"]))
    (subtitle,), (source,) = read_lines(ax, "chart-subtitle"), read_lines(ax, "chart-source")
    assert "Line: 95 % of its values when paragraphs are drawn anew within each article." in subtitle
    assert "Lines show variation within these articles, not between articles." in source
    assert "judged by rules from the words around a mention, not by a reader" in source


# --- both ----------------------------------------------------------------------------------------


def test_hostile_strings_are_drawn_as_they_are() -> None:
    names = ["$x$ and $\\frac{", "<b>b</b>", "_h"]
    ax = charts.draw_frames(make_frames(names, [(name, "own") for name in names]))
    assert sorted(read_lines(ax, "row")) == sorted(read_lines(ax, "head")) == sorted(names)
    ax = charts.draw_tone(make_tone(names, names).assign(example="<i>$a$ & $b$</i>"))
    assert sorted(read_lines(ax, "actor")) == sorted(names)
    assert set(read_lines(ax, "row")) == set(names)
    assert set(read_lines(ax, "example")) == {"<i>$a$ & $b$</i>"}


EMPTY = {
    "frames": (lambda: charts.draw_frames(make_frames([])), "There are no lists of words or no articles"),
    "tone": (lambda: charts.draw_tone(make_tone([], [])), "No mention of any actor was judged"),
    "tone of nobody": (
        lambda: charts.draw_tone(make_tone(OUTLETS, ["Ann Ash"]).assign(n=0)),
        "No mention of any actor was judged",
    ),
}


@pytest.mark.parametrize("chart", EMPTY)
def test_an_empty_table_gives_a_sentence(chart: str) -> None:
    draw, sentence = EMPTY[chart]
    ax = draw()
    assert read_lines(ax, "chart-subtitle")[0] == f"{sentence}: nothing to show."
    assert find_title(ax)
    assert len(visible_texts(ax)) == 2


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (
            lambda: charts.draw_frames(make_frames(OUTLETS).drop(columns=["n", "family"])),
            "draw_frames: the table lacks the columns 'family', 'n'; it has",
        ),
        (
            lambda: charts.describe_frames(make_frames(OUTLETS).drop(columns="n")),
            "describe_frames: the table lacks the column 'n'; it has",
        ),
        (
            lambda: charts.draw_tone(make_tone(OUTLETS, ["A"]).drop(columns="net_low")),
            "draw_tone: the table lacks the column 'net_low'; it has",
        ),
        (
            lambda: charts.describe_tone(make_tone(OUTLETS, ["A"]).drop(columns="actor")),
            "describe_tone: the table lacks the column 'actor'; it has",
        ),
        (lambda: charts.draw_frames(make_frames(OUTLETS), n_lists=0), "n_lists is 0: expected 1 or more"),
        (
            lambda: charts.draw_tone(make_tone(OUTLETS, ["A"]), n_actors=0),
            "n_actors is 0: expected 1 or more",
        ),
    ],
)
def test_a_wrong_table_or_number_is_named(draw: Callable[[], object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        draw()


def test_drawing_leaves_tables_and_settings_alone() -> None:
    frames, tone = make_frames(OUTLETS), make_tone(OUTLETS, ["Ann Ash"])
    before, copies = dict(mpl.rcParams), (frames.copy(), tone.copy())
    charts.draw_frames(frames)
    charts.draw_tone(tone)
    assert dict(mpl.rcParams) == before
    pd.testing.assert_frame_equal(frames, copies[0])
    pd.testing.assert_frame_equal(tone, copies[1])


def test_alternative_texts_tell_the_main_numbers() -> None:
    frames = make_frames(["A", "B"], [("Crime", "policy"), ("Conflict", "generic")])
    assert charts.describe_frames(frames) == (
        "Heat map of frame words per 1,000 words: 2 lists in 2 outlets. Most used: Conflict from 8.8 in A "
        "to 10.0 in B; Crime from 7.5 in A to 8.8 in B."
    )
    assert charts.describe_frames(frames.assign(rate_per_1000_words=np.nan)).endswith("Conflict –; Crime –.")
    assert charts.describe_frames(frames[:0]) == "There are no lists of words or no articles."
    tone = make_tone(["A", "B"], ["Ann Ash", "Bo Bay"])
    assert charts.describe_tone(tone) == (
        "Dots of net tone, from −1 (all negative) to 1 (all positive), towards 2 actors in 2 outlets. Most "
        "mentioned: Ann Ash (24 mentions) from −0.17 in B to 0.08 in A; Bo Bay (22 mentions) from −0.18 "
        "in A to 0.09 in B."
    )
    one = tone[tone["group"] == "A"].assign(net_tone=-0.001)
    assert charts.describe_tone(one[:1]).endswith("Ann Ash (12 mentions) 0.00 in A.")
    assert charts.describe_tone(tone[:0]) == "No mention of any actor was judged."

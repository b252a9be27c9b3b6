"""Charts of who speaks: segments, circles and labels are read off the Axes and held against the table."""

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from figure_checks import find_overlaps, visible_texts
from matplotlib.axes import Axes
from test_charts import HOSTILE, LONG_OUTLETS, OUTLETS, read, read_lines
from test_charts_framing import check_texts

from helpers import charts, save_figure
from helpers import voices as tables
from helpers.charts_style import PALE, find_title
from helpers.charts_voices import RUNGS
from helpers.errors import InputError

SIDES = [("har", "Harbour Union"), ("isl", "Islanders"), ("mai", "Mainland"), ("ferr", "Ferrymen")]
NUMBERS = [0, 3, 12, 40, 150, 260, 7]
STATEMENTS = [0, 1, 0, 4, 16, 2, 9]


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def make_voices(outlets: list[str], sides: list[tuple[str, str]] = SIDES) -> pd.DataFrame:
    """The outlet at o says 500 words less 40 o itself; the sides follow in NUMBERS."""
    rows = []
    for o, outlet in enumerate(outlets):
        parts = [("own voice", "the outlet itself", "", max(60, 500 - 40 * o))]
        parts += [(key, name, key, NUMBERS[(o + 2 * k) % 7]) for k, (key, name) in enumerate(sides)]
        parts.append(("", "no side", "", 10 * o))
        total = sum(part[3] for part in parts)
        rows += [(outlet, *part, part[3] / total) for part in parts]
    return pd.DataFrame(rows, columns=["group", "voice_id", "voice", "side", "n_words", "share"])


def make_ladder(outlets: list[str], sides: list[tuple[str, str]] = SIDES, scale: int = 1) -> pd.DataFrame:
    cells = itertools.product(range(len(outlets)), enumerate(sides), enumerate(RUNGS))
    rows = [
        (outlets[o], key, name, rung, scale * STATEMENTS[(3 * o + k + 2 * r) % 7])
        for o, (k, (key, name)), (r, rung) in cells
    ]
    return pd.DataFrame(rows, columns=["group", "side", "side_name", "rung", "n_statements"])


def make_sides(n: int, name: str = "State") -> list[tuple[str, str]]:
    return [(f"side-{k:02d}", f"{name} {k:02d}") for k in range(n)]


def strip(text: str) -> str:
    return text.replace("\n", " ").replace("\u200e", "")


WILD = [(f"wild-{k}", name) for k, name in enumerate(HOSTILE)]
VOICES_CASES = {
    "four outlets": make_voices([*OUTLETS, "tidings.example"]),
    "twelve long outlets": make_voices(LONG_OUTLETS, make_sides(12, "Confederation of Harbour States")),
    "short names": make_voices(LONG_OUTLETS, make_sides(7, "U")),
    "one outlet": make_voices(OUTLETS[:1], []),
    "hostile": make_voices(HOSTILE, WILD),
    "an outlet without words": make_voices(OUTLETS).replace({"group": {}}).assign(
        n_words=lambda t: t["n_words"].where(t["group"] != OUTLETS[1], 0),
        share=lambda t: t["share"].where(t["group"] != OUTLETS[1], np.nan),
    ),
}  # fmt: skip
LADDER_CASES = {
    "four outlets": make_ladder([*OUTLETS, "tidings.example"]),
    "twelve long outlets": make_ladder(LONG_OUTLETS, make_sides(6, "Confederation of Harbour States")),
    "large numbers": make_ladder(LONG_OUTLETS, SIDES, 1_111),
    "huge numbers": make_ladder(LONG_OUTLETS, SIDES, 62_437),
    "one outlet": make_ladder(OUTLETS[:1], SIDES[:1]),
    "hostile": make_ladder(HOSTILE, WILD),
}


@pytest.mark.parametrize("case", VOICES_CASES)
def test_no_text_of_the_voices_overlaps_or_is_cut(case: str) -> None:
    check_texts(charts.draw_voices(VOICES_CASES[case]))


@pytest.mark.parametrize("case", LADDER_CASES)
def test_no_text_of_the_ladder_overlaps_or_is_cut(case: str) -> None:
    check_texts(charts.draw_ladder(LADDER_CASES[case]))


# --- voices --------------------------------------------------------------------------------------


def read_bars(ax: Axes) -> list[list[Any]]:
    """The segments of each outlet, from the top."""
    segments = sorted(
        (s for s in ax.patches if s.get_gid() == "segment"), key=lambda s: (s.get_y(), s.get_x())
    )
    return [list(bar) for _, bar in itertools.groupby(segments, key=lambda s: s.get_y())]


def rank_sides(table: pd.DataFrame) -> list[str]:
    sides = table[~table["voice_id"].isin(["own voice", ""])]
    totals = sides.groupby("voice_id")["n_words"].sum()
    return totals[totals > 0].sort_values(ascending=False, kind="stable").index.tolist()


def test_segments_are_as_wide_as_the_shares_and_fill_the_bar() -> None:
    table = make_voices([*OUTLETS, "tidings.example"])
    ax = charts.draw_voices(table)
    own = table[table["voice_id"] == "own voice"].set_index("group")["share"]
    assert read(ax, "row") == own.sort_values().index.tolist()
    shares = table.pivot_table(index="group", columns="voice_id", values="share")
    shares = shares.loc[read(ax, "row"), ["own voice", *rank_sides(table), ""]]
    bars = read_bars(ax)
    assert len(bars) == 4
    for bar, (_, expected) in zip(bars, shares.iterrows(), strict=True):
        assert [s.get_width() for s in bar] == pytest.approx([share for share in expected if share])
        starts = [s.get_x() for s in bar]
        assert starts == pytest.approx([0, *np.cumsum([s.get_width() for s in bar])[:-1]])
        assert bar[-1].get_x() + bar[-1].get_width() == pytest.approx(1)
    assert ax.get_xlim() == (0, 1)
    assert read(ax, "scale") == ["0", "50 %", "100 %"]
    words = table.groupby("group")["n_words"].sum()
    assert read(ax, "words") == [f"{words[outlet]:,} words" for outlet in read(ax, "row")]


@pytest.mark.parametrize("case", ["four outlets", "twelve long outlets", "short names", "hostile"])
def test_every_segment_is_named_once_in_itself_or_below_its_bar(case: str) -> None:
    table = VOICES_CASES[case]
    ax = charts.draw_voices(table)
    ax.figure.canvas.draw()
    n_labels = len(read(ax, "label"))
    swatches = [patch for patch in ax.patches if patch.get_gid() == "swatch"]
    assert n_labels + len(swatches) == sum(map(len, read_bars(ax)))
    assert n_labels and swatches
    segments = [segment for bar in read_bars(ax) for segment in bar]
    for text in (t for t in ax.texts if t.get_gid() == "label"):
        box = text.get_window_extent()
        inside = [s for s in segments if s.get_window_extent().containsx(box.x0) and
                  s.get_window_extent().y0 <= box.y0 and box.y1 <= s.get_window_extent().y1]  # fmt: skip
        assert len(inside) == 1 and inside[0].get_window_extent().containsx(box.x1), text.get_text()
        width = inside[0].get_width()
        percent = re.search(r"(\d+) %", strip(text.get_text()))
        assert percent and float(percent[1]) == pytest.approx(100 * width, abs=0.51)


def test_the_percentages_are_those_of_the_table() -> None:
    table = make_voices(OUTLETS)
    ax = charts.draw_voices(table)
    expected = [
        f"{voice} {100 * share:.0f} %" if share >= 0.005 else f"{voice} < 1 %"
        for voice, share in table[["voice", "share"]].itertuples(index=False)
        if share
    ]
    assert sorted(map(strip, read(ax, "label") + read(ax, "note"))) == sorted(expected)
    assert "named below its bar" in read_lines(ax, "chart-subtitle")[0]


def test_swatches_and_their_names_have_the_look_of_the_segment_that_is_too_narrow() -> None:
    table = make_voices(["A"], SIDES[:2]).assign(n_words=[960, 30, 10, 0], share=[0.96, 0.03, 0.01, 0])
    ax = charts.draw_voices(table)
    assert list(map(strip, read(ax, "note"))) == ["Harbour Union 3 %", "Islanders 1 %"]
    narrow = read_bars(ax)[0][1:]
    swatches = [patch for patch in ax.patches if patch.get_gid() == "swatch"]
    assert [s.get_facecolor() for s in swatches] == [s.get_facecolor() for s in narrow]
    assert [bool(s.get_hatch()) for s in swatches] == [bool(s.get_hatch()) for s in narrow] == [False, True]
    ax.figure.canvas.draw()
    for swatch, text in zip(swatches, (t for t in ax.texts if t.get_gid() == "note"), strict=True):
        left, right = swatch.get_window_extent(), text.get_window_extent()
        assert 0 < right.x0 - left.x1 < 12 and right.y0 < (left.y0 + left.y1) / 2 < right.y1


def test_segments_have_the_colour_and_hatch_of_their_side_and_own_voice_is_grey() -> None:
    table = make_voices(["A"], SIDES[:2]).assign(n_words=[40, 30, 20, 10], share=[0.4, 0.3, 0.2, 0.1])
    looks = [
        (mpl.colors.to_hex(s.get_facecolor()).upper(), s.get_hatch() or "")
        for s in read_bars(charts.draw_voices(table))[0]
    ]
    assert looks == [("#DADADA", ""), ("#0072B2", ""), ("#D55E00", "////"), ("#8F8F8F", "")]
    sides = charts.list_sides(
        pd.DataFrame({"affiliation": ["a", "har"], "affiliation_name": ["A", "H"], "n_mentions": [1, 1]})
    )
    bar = read_bars(charts.draw_voices(table, sides=sides))[0]
    assert [mpl.colors.to_hex(s.get_facecolor()).upper() for s in bar[1:3]] == ["#D55E00", "#8F8F8F"]


def test_labels_stand_out_from_a_plain_ground() -> None:
    table = make_voices(["A"], SIDES[:2]).assign(n_words=[40, 30, 30, 0], share=[0.4, 0.3, 0.3, 0])
    ax = charts.draw_voices(table)
    own, plain, hatched = (t for t in ax.texts if t.get_gid() == "label")
    assert [t.get_color() for t in (own, plain, hatched)] == ["#1F1F1F", "white", "black"]
    assert own.get_bbox_patch() is None and plain.get_bbox_patch() is None
    assert hatched.get_bbox_patch().get_facecolor() == read_bars(ax)[0][2].get_facecolor()


def test_sides_beyond_seven_share_a_segment_and_are_counted() -> None:
    table = make_voices(OUTLETS, make_sides(10))
    ax = charts.draw_voices(table)
    ranked = rank_sides(table)
    assert len(ranked) == 10
    assert "+ 3 more sides in one segment." in read_lines(ax, "chart-source")[0]
    names = " ".join(map(strip, read(ax, "label") + read(ax, "note")))
    for k, side in enumerate(ranked):
        assert (side.replace("side-", "State ") in names) == (k < 7)
    rest = table[table["voice_id"].isin(ranked[7:]) & (table["share"] > 0)].groupby("group")["share"]
    for outlet, bar in zip(read(ax, "row"), read_bars(ax), strict=True):
        others = [s.get_width() for s in bar if s.get_hatch() == "OO"]
        assert others == pytest.approx([rest.sum()[outlet]])
        noun = "side" if rest.count()[outlet] == 1 else "sides"
        percent = f"{100 * others[0]:.0f} %" if others[0] >= 0.005 else "< 1 %"
        assert f"{rest.count()[outlet]} other {noun} {percent}" in names


def test_outlets_beyond_twelve_are_counted_and_those_with_most_words_stay() -> None:
    table = make_voices([f"Outlet {k:02d}" for k in range(15)])
    ax = charts.draw_voices(table)
    words = table.groupby("group")["n_words"].sum().sort_values(ascending=False, kind="stable")
    assert set(read(ax, "row")) == set(words.index[:12])
    assert "12 outlets (+ 3 more not shown)" in read_lines(ax, "chart-source")[0]


def test_an_outlet_without_words_says_so_and_one_voice_fills_a_bar() -> None:
    ax = charts.draw_voices(VOICES_CASES["an outlet without words"])
    assert read(ax, "none") == ["no words"] and len(read_bars(ax)) == 2
    ax = charts.draw_voices(VOICES_CASES["one outlet"])
    assert list(map(strip, read(ax, "label"))) == ["the outlet itself 100 %"]
    assert "below" not in read_lines(ax, "chart-subtitle")[0]


def test_missing_ids_are_speakers_without_a_side() -> None:
    table = make_voices(OUTLETS)
    plain = [s.get_facecolor() for bar in read_bars(charts.draw_voices(table)) for s in bar]
    missing = table.assign(
        voice_id=table["voice_id"].replace("", np.nan), side=table["side"].replace("", None)
    )
    assert [s.get_facecolor() for bar in read_bars(charts.draw_voices(missing)) for s in bar] == plain
    nobody = table.drop(columns="side").assign(side=np.nan)
    assert len(read_bars(charts.draw_voices(nobody))) == 3


# --- ladder --------------------------------------------------------------------------------------


def read_cells(ax: Axes, n_outlets: int) -> np.ndarray:
    """The numbers of the ladder: panels, outlets, rungs."""
    return np.array(read(ax, "n")).reshape(-1, n_outlets, len(RUNGS))


def test_the_ladder_writes_every_number_of_the_table_and_every_zero() -> None:
    table = make_ladder(OUTLETS)
    ax = charts.draw_ladder(table)
    totals = table.groupby("side_name")["n_statements"].sum().sort_values(ascending=False, kind="stable")
    assert read(ax, "side") == totals.index.tolist()
    assert read(ax, "count") == [f"{n} statements" for n in totals]
    outlets = read(ax, "row")[:3]
    by_outlet = table.groupby("group")["n_statements"].sum()
    assert by_outlet[outlets].is_monotonic_decreasing
    assert read(ax, "row") == 4 * outlets
    assert read_lines(ax, "rung") == 4 * list(RUNGS)
    assert read(ax, "stance") == 4 * ["neutral", "endorsing", "confronting", "distancing"]
    cells = table.set_index(["side_name", "group", "rung"])["n_statements"]
    keys = list(itertools.product(totals.index, outlets, RUNGS))
    assert read_cells(ax, 3).ravel().tolist() == [str(n) for n in cells[keys]]
    zeros = [t for t in ax.texts if t.get_gid() == "n" and t.get_text() == "0"]
    assert len(zeros) == (table["n_statements"] == 0).sum() > 0
    assert {t.get_color() for t in zeros} == {PALE}


def test_the_rungs_are_those_of_the_table() -> None:
    assert list(RUNGS) == list(tables.RUNGS.values())
    named = {rung: stance for stance, rung in tables.RUNGS.items()}
    assert all(named[rung] == stance for rung, stance in RUNGS.items() if stance)


def read_circles(ax: Axes) -> list[Any]:
    return [line for line in ax.lines if line.get_gid() == "circle"]


def test_the_area_of_a_circle_is_proportional_to_its_number_in_one_scale() -> None:
    table = make_ladder(OUTLETS)
    ax = charts.draw_ladder(table)
    numbers = [int(t) for t in read(ax, "n") if t != "0"]
    circles = read_circles(ax)
    areas = [circle.get_markersize() ** 2 for circle in circles]
    assert {circle.get_marker() for circle in circles} == {"o"}
    assert len(areas) == len(numbers) == (table["n_statements"] > 0).sum()
    assert areas == pytest.approx([areas[0] / numbers[0] * n for n in numbers])
    assert max(areas) == pytest.approx(16**2)


@pytest.mark.parametrize("case", ["four outlets", "huge numbers", "large numbers", "hostile"])
def test_circles_stand_at_their_row_and_rung_and_touch_nothing(case: str) -> None:
    ax = charts.draw_ladder(LADDER_CASES[case])
    ax.figure.canvas.draw()
    boxes = []
    for circle in read_circles(ax):
        x, y = ax.transData.transform((circle.get_xdata()[0], circle.get_ydata()[0]))
        half = circle.get_markersize() / 2 * ax.figure.dpi / 72
        boxes.append(mpl.transforms.Bbox([[x - half, y - half], [x + half, y + half]]))
    texts = [t.get_window_extent() for t in visible_texts(ax)]
    assert find_overlaps(boxes) == []
    assert not [pair for pair in find_overlaps(boxes + texts) if pair[0] < len(boxes)]
    shown = [t for t in ax.texts if t.get_gid() == "n" and t.get_text() != "0"]
    for circle, text in zip(read_circles(ax), shown, strict=True):
        assert int(circle.get_xdata()[0]) == text.xy[0] and circle.get_ydata()[0] == text.xy[1]
        right = ax.transData.transform((text.xy[0] + 1, 0))[0]
        assert text.get_window_extent().x1 <= right
    rows = {t.xy[1] for t in ax.texts if t.get_gid() == "row"}
    assert {text.xy[1] for text in shown} <= rows


def test_each_panel_has_the_colour_and_marker_of_its_side() -> None:
    ax = charts.draw_ladder(make_ladder(["A"], SIDES[:2]))
    colours = dict.fromkeys(circle.get_color() for circle in read_circles(ax))
    marks = [(line.get_color(), line.get_marker()) for line in ax.lines if line.get_label() == "_side"]
    looks = {"Harbour Union": ("#0072B2", "o"), "Islanders": ("#D55E00", "s")}
    assert marks == [looks[name] for name in read(ax, "side")]
    assert list(colours) == [colour for colour, _ in marks]
    sides = {"": charts.Side("", "#8F8F8F", "h", ""), "har": charts.Side("Harbour Union", "#009E73", "^", "")}
    ax = charts.draw_ladder(make_ladder(["A"], SIDES[:1]), sides=sides)
    assert {circle.get_color() for circle in read_circles(ax)} == {"#009E73"}


def test_sides_and_outlets_left_out_are_counted() -> None:
    table = make_ladder([f"Outlet {k:02d}" for k in range(14)], make_sides(7))
    ax = charts.draw_ladder(table)
    totals = table.groupby("side_name")["n_statements"].sum().sort_values(ascending=False, kind="stable")
    assert read(ax, "side") == totals.index[:4].tolist()
    assert len(read(ax, "row")) == 48
    (source,) = read_lines(ax, "chart-source")
    assert "+ 3 more sides not shown." in source and "12 outlets (+ 2 more not shown)" in source


def test_a_row_that_is_missing_is_zero_and_no_side_is_named_so() -> None:
    table = make_ladder(["A"], [("", "")]).assign(n_statements=[0, 5, np.nan, 0, 1, 0])
    ax = charts.draw_ladder(table.drop(index=3))
    assert read_cells(ax, 1).tolist() == [[["0", "5", "0", "0", "1", "0"]]]
    assert read(ax, "side") == ["no side"]
    assert read(ax, "count") == ["6 statements"]


# --- both ----------------------------------------------------------------------------------------


def test_hostile_strings_are_drawn_as_they_are() -> None:
    names = ["$x$ and $\\frac{", "<b>b</b>", "_h"]
    sides = [(f"s{k}", name) for k, name in enumerate(names)]
    ax = charts.draw_voices(make_voices(names, sides))
    assert sorted(read_lines(ax, "row")) == sorted(names)
    told = "|".join(map(strip, read(ax, "label") + read(ax, "note")))
    assert all(name in told for name in names)
    ax = charts.draw_ladder(make_ladder(names, sides))
    assert set(read_lines(ax, "row")) == set(read_lines(ax, "side")) == set(names)


def test_a_percentage_behind_a_right_to_left_name_is_held_together() -> None:
    ax = charts.draw_voices(
        make_voices(["A"], [("s", "הארץ")]).assign(share=[0.4, 0.6, 0], n_words=[4, 6, 0])
    )
    assert read(ax, "label")[1] == "הארץ \u200e60 %\u200e"


EMPTY = {
    "voices": (lambda: charts.draw_voices(make_voices([])), "There are no words in these articles"),
    "voices without words": (
        lambda: charts.draw_voices(make_voices(OUTLETS).assign(n_words=0, share=np.nan)),
        "There are no words in these articles",
    ),
    "ladder": (lambda: charts.draw_ladder(make_ladder([])), "No statement of any side was found"),
    "ladder of zeros": (
        lambda: charts.draw_ladder(make_ladder(OUTLETS).assign(n_statements=0)),
        "No statement of any side was found",
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
            lambda: charts.draw_voices(make_voices(OUTLETS).drop(columns=["share", "side"])),
            "draw_voices: the table lacks the columns 'side', 'share'; it has",
        ),
        (
            lambda: charts.describe_voices(make_voices(OUTLETS).drop(columns="voice")),
            "describe_voices: the table lacks the column 'voice'; it has",
        ),
        (
            lambda: charts.draw_ladder(make_ladder(OUTLETS).drop(columns="rung")),
            "draw_ladder: the table lacks the column 'rung'; it has",
        ),
        (
            lambda: charts.draw_ladder(make_ladder(OUTLETS).replace("claimed", "alleged")),
            "draw_ladder: unknown rung 'alleged': expected one of 'own voice', 'said', 'confirmed', 'war",
        ),
        (
            lambda: charts.describe_ladder(make_ladder(OUTLETS).replace("claimed", "alleged")),
            "describe_ladder: unknown rung 'alleged'",
        ),
    ],
)
def test_a_wrong_table_is_named(draw: Callable[[], object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        draw()


def test_a_given_axes_is_used() -> None:
    for draw, table in (
        (charts.draw_voices, make_voices(OUTLETS)),
        (charts.draw_ladder, make_ladder(OUTLETS)),
    ):
        figure, ax = plt.subplots()
        assert draw(table, ax) is ax
        assert figure.axes == [ax] and find_title(ax)


def test_drawing_leaves_tables_and_settings_alone() -> None:
    voices, ladder = make_voices(OUTLETS), make_ladder(OUTLETS)
    before, copies = dict(mpl.rcParams), (voices.copy(), ladder.copy())
    charts.draw_voices(voices)
    charts.draw_ladder(ladder)
    assert dict(mpl.rcParams) == before
    pd.testing.assert_frame_equal(voices, copies[0])
    pd.testing.assert_frame_equal(ladder, copies[1])


def test_the_order_of_the_rows_changes_nothing(tmp_path: Path) -> None:
    for name, draw, table in (
        ("voices", charts.draw_voices, make_voices(OUTLETS)),
        ("ladder", charts.draw_ladder, make_ladder(OUTLETS)),
    ):
        files = [
            save_figure(draw(rows), name, table, "Alt.", tmp_path / str(k))[0].read_bytes()
            for k, rows in enumerate((table, table, table[::-1].reset_index(drop=True)))
        ]
        assert files[0] == files[1] == files[2]


def test_alternative_texts_tell_the_main_numbers() -> None:
    voices = make_voices(["A", "B"], SIDES[:2]).assign(
        n_words=[60, 30, 10, 0, 30, 50, 0, 20], share=[0.6, 0.3, 0.1, 0, 0.3, 0.5, 0, 0.2]
    )
    assert charts.describe_voices(voices) == (
        "Stacked bars of whose words fill 2 outlets: own voice from 30 % in B to 60 % in A; Harbour Union "
        "from 30 % in A to 50 % in B; Islanders from 0 % in B to 10 % in A."
    )
    assert charts.describe_voices(make_voices(["A"], [])) == (
        "Stacked bars of whose words fill 1 outlet: own voice 100 % in A. No side is quoted or paraphrased."
    )
    assert charts.describe_voices(voices[:0]) == "There are no words in these articles."
    ladder = make_ladder(["A", "B"], SIDES[:2]).assign(
        n_statements=[0, 5, 0, 2, 0, 0, 1, *[0] * 11, 0, 1, *[0] * 4]
    )
    assert charts.describe_ladder(ladder) == (
        "Circles of 9 statements by or about 2 sides in 2 outlets, from own voice to scare quotes. Most "
        "statements: Harbour Union 7 (said 5; warned, denied 2), Islanders 2 (own voice 1; said 1)."
    )
    assert charts.describe_ladder(ladder[:0]) == "No statement of any side was found."

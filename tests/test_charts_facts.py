"""Charts of what is told: marks, bars, blocks and bands are read off the Axes and held against the table."""

import itertools
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
from helpers.charts_style import find_title
from helpers.errors import InputError

FOUR = [*OUTLETS, "tidings.example"]
STATES = ["stated", "attributed", "contradicted", "absent", "stated"]
TEXTS = [
    "The harbour master opened the new pier on Tuesday",
    "Ferries run",
    (
        "The council denies that it sold the old lighthouse to a company of the islands, the paper said in "
        "December, and has repeated since, although the words of several clerks, two letters and a picture "
        "of the signing are said to show the contrary, as a spokesman of the company would neither confirm "
        "nor deny"
    ),
]
WHO = ["the council's press office", "Ann Ash", ""]


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def make_facts(outlets: list[str], n_facts: int, texts: list[str] = TEXTS) -> pd.DataFrame:
    """The states of the fact at k in the outlet at o follow STATES from k + 2 o."""
    rows: list[tuple[Any, ...]] = []
    for k in range(n_facts):
        states = [STATES[(k + 2 * o) % 5] for o in range(len(outlets))]
        told = sum(state != "absent" for state in states)
        rows += [
            (f"fact-{k:02d}", f"{k} {texts[k % len(texts)]}", told, outlet, state,
             WHO[(k + o) % 3] if state == "attributed" else "")
            for o, (outlet, state) in enumerate(zip(outlets, states, strict=True))
        ]  # fmt: skip
    return pd.DataFrame(rows, columns=["fact_id", "fact", "n_groups", "group", "state", "attributed_to"])


def make_articles(labels: list[str]) -> pd.DataFrame:
    sizes = [300 + 70 * (k % 5) for k in range(len(labels))]
    ids = [f"{k:03d}" for k in range(len(labels))]
    return pd.DataFrame({"article_id": ids, "label": labels, "n_words": sizes})


def make_passages(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["article_a", "article_b", "word_a", "word_b", "n_words", "quoted"])


def make_many(n_articles: int, n: int) -> pd.DataFrame:
    pairs = list(itertools.combinations(range(n_articles), 2))
    quoted = ["outside", "inside", "both"]
    return make_passages(
        [
            (f"{a:03d}", f"{b:03d}", (37 * k) % 250, (53 * k) % 250, 8 + k % 40, quoted[k % 3])
            for k, (a, b) in zip(range(n), itertools.cycle(pairs), strict=False)
        ]
    )


SHARED = make_passages(
    [
        ("000", "002", 10, 200, 40, "outside"),
        ("000", "002", 30, 100, 25, "inside"),
        ("001", "003", 5, 0, 12, "both"),
        ("002", "003", 0, 60, 9, "outside"),
    ]
)
FACT_CASES = {
    "four outlets": make_facts(FOUR, 12),
    "five outlets": make_facts([*FOUR, "Post, from the Tidings"], 12),
    "eight outlets": make_facts(LONG_OUTLETS[:8], 20),
    "twelve long outlets": make_facts(LONG_OUTLETS, 40),
    "one outlet": make_facts(OUTLETS[:1], 1),
    "hostile": make_facts(HOSTILE, 12, HOSTILE).assign(attributed_to="W" * 60),
    "hostile, wide": make_facts(HOSTILE[:4], 8, HOSTILE).assign(attributed_to="$x_1$ <b> " * 20),
}
PASSAGE_CASES = {
    "four articles": (SHARED, make_articles(FOUR)),
    "twelve long labels": (make_many(12, 300), make_articles(LONG_OUTLETS)),
    "fifteen": (make_many(15, 90), make_articles([f"{name}, 9 May" for name in LONG_OUTLETS + OUTLETS])),
    "none": (SHARED[:0], make_articles(FOUR)),
    "one article": (SHARED[:0], make_articles(["A"])),
    "hostile": (make_many(10, 30), make_articles(HOSTILE)),
    "long articles": (SHARED, make_articles(FOUR).assign(n_words=1_234_567)),
    "tiny articles": (SHARED[:0], make_articles(FOUR).assign(n_words=[0, 1, 1, 2])),
}


@pytest.mark.parametrize("case", FACT_CASES)
def test_no_text_of_the_facts_overlaps_or_is_cut(case: str) -> None:
    check_texts(charts.draw_facts(FACT_CASES[case]))


@pytest.mark.parametrize("case", PASSAGE_CASES)
def test_no_text_of_the_passages_overlaps_or_is_cut(case: str) -> None:
    check_texts(charts.draw_passages(*PASSAGE_CASES[case]))


# --- facts ---------------------------------------------------------------------------------------


def read_states(ax: Axes) -> dict[tuple[float, float], str]:
    """The state drawn at each place, by column and height."""
    marks = [line for line in ax.lines if line.get_gid() in STATES]
    places = [(line.get_xdata()[0], line.get_ydata()[0]) for line in marks]
    assert len(set(places)) == len(places)
    return dict(zip(places, [line.get_gid() for line in marks], strict=True))


def test_each_fact_and_outlet_has_the_mark_of_its_state() -> None:
    table = make_facts(FOUR, 12)
    ax = charts.draw_facts(table)
    outlets = read_lines(ax, "head")
    told = table[table["state"] != "absent"].groupby("group").size()
    assert sorted(outlets) == sorted(name.replace(".ex", ". ex") for name in FOUR)
    outlets = [name.replace(". ", ".") for name in outlets]
    assert told[outlets].is_monotonic_decreasing
    drawn = read_states(ax)
    heights = sorted({y for _, y in drawn})
    assert len(heights) == 12 and len(drawn) == 48
    cells = table.set_index(["fact_id", "group"])["state"]
    for row, fact in enumerate(table["fact_id"].unique()):
        states = [drawn[x + 0.5, heights[row]] for x in range(4)]
        assert states == [cells[fact, outlet] for outlet in outlets]
    assert set(drawn.values()) == set(STATES)
    rows = [t.xy[1] for t in ax.texts if t.get_gid() == "row"]
    assert rows == sorted(rows)
    assert [name.split()[0] for name in read(ax, "row")] == [str(k) for k in range(12)]
    n_groups = table.drop_duplicates("fact_id")["n_groups"]
    assert read(ax, "told") == [str(n) for n in n_groups]


def test_states_are_told_apart_by_marker_and_colour() -> None:
    ax = charts.draw_facts(make_facts(FOUR, 5))
    looks = {}
    for line in ax.lines:
        if line.get_gid() in STATES:
            look = line.get_marker(), line.get_fillstyle()
            looks.setdefault(line.get_gid(), set()).add((*look, line.get_color()))
    assert {state: {look[:2] for look in found} for state, found in looks.items()} == {
        "stated": {("s", "full")},
        "attributed": {("o", "left")},
        "contradicted": {("s", "none")},
        "absent": {("_", "full")},
    }
    colours = {look[2] for found in looks.values() for look in found}
    assert len(colours) == 4
    sides = {f"side {k}": 1 for k in range(7)}
    table = pd.DataFrame({"affiliation": list(sides), "affiliation_name": "", "n_mentions": 1})
    assert not colours & {side.colour for side in charts.list_sides(table).values()}
    crosses = [line for line in ax.lines if line.get_gid() == "cross"]
    squares = [place for place, state in read_states(ax).items() if state == "contradicted"]
    assert [(line.get_xdata()[0], line.get_ydata()[0]) for line in crosses][: len(squares)] == squares
    assert len(crosses) == len(squares) + 1  # and one in the key
    assert {line.get_marker() for line in crosses} == {"x"}


def test_a_key_names_the_four_states_with_their_marks() -> None:
    ax = charts.draw_facts(make_facts(FOUR, 5))
    assert read(ax, "key") == ["stated as fact", "attributed to someone", "contradicted", "absent"]
    marks = [line.get_marker() for line in ax.lines if line.get_gid() == "key-mark"]
    assert marks == ["s", "o", "s", "_"]
    for line, text in zip(
        (line for line in ax.lines if line.get_gid() == "key-mark"),
        (text for text in ax.texts if text.get_gid() == "key"),
        strict=True,
    ):
        ax.figure.canvas.draw()
        x, y = line.get_transform().transform((0, 0))
        box = text.get_window_extent()
        assert x + 4 * 2 < box.x0 < x + 25 and box.y0 < y < box.y1


def test_whom_a_fact_is_attributed_to_stands_below_its_mark_where_columns_are_wide() -> None:
    table = make_facts(FOUR, 12)
    ax = charts.draw_facts(table)
    named = table[(table["state"] == "attributed") & (table["attributed_to"] != "")]
    texts = [t for t in ax.texts if t.get_gid() == "who"]
    assert sorted(t.get_text().replace("\n", " ") for t in texts) == sorted(named["attributed_to"])
    drawn = read_states(ax)
    assert all(drawn[t.xy] == "attributed" for t in texts)
    assert "Below a mark: who says so, or who denies it." in read_lines(ax, "chart-subtitle")[0]
    ax = charts.draw_facts(make_facts(LONG_OUTLETS, 12))
    assert read(ax, "who") == []
    assert "Below a mark" not in read_lines(ax, "chart-subtitle")[0]


def test_who_says_it_is_shown_only_where_the_state_is_attributed() -> None:
    ax = charts.draw_facts(make_facts(FOUR, 4).assign(attributed_to="Ann Ash"))
    states = list(read_states(ax).values())
    assert read(ax, "who") == ["Ann Ash"] * states.count("attributed")
    assert read(charts.draw_facts(make_facts(FOUR, 4).assign(attributed_to=np.nan)), "who") == []


def test_who_denies_a_fact_stands_below_the_cross() -> None:
    facts = make_facts(FOUR, 4).assign(attributed_to="Ann Ash; denied by Bo Elm", state="contradicted")
    ax = charts.draw_facts(facts)
    assert set(" ".join(read(ax, "who")).split()) == {"denied", "by", "Bo", "Elm"}
    assert len(read(ax, "who")) == len(facts)


def test_texts_keep_clear_of_the_marks() -> None:
    for case in ("four outlets", "twelve long outlets", "hostile, wide"):
        ax = charts.draw_facts(FACT_CASES[case])
        ax.figure.canvas.draw()
        boxes = []
        for x, y in read_states(ax):
            px, py = ax.transData.transform((x, y))
            boxes.append(mpl.transforms.Bbox([[px - 9, py - 9], [px + 9, py + 9]]))
        n = len(boxes)
        boxes += [t.get_window_extent() for t in visible_texts(ax)]
        assert [pair for pair in find_overlaps(boxes) if pair[0] < n] == []


def test_a_long_fact_ends_at_a_word_with_dots() -> None:
    ax = charts.draw_facts(make_facts(FOUR, 3))
    short, _, long = read(ax, "row")
    assert short.replace("\n", " ") == f"0 {TEXTS[0]}"
    assert long.count("\n") == 2 and long.endswith(" …")
    words = long.removesuffix(" …").split()
    assert words == f"2 {TEXTS[2]}".split()[: len(words)]


def test_facts_and_outlets_left_out_are_counted() -> None:
    table = make_facts([f"Outlet {k:02d}" for k in range(15)], 40)
    ax = charts.draw_facts(table)
    assert len(read(ax, "row")) == 18 and len(read(ax, "head")) == 12
    (source,) = read_lines(ax, "chart-source")
    assert "12 outlets (+ 3 more not shown)" in source and "+ 22 more facts not shown." in source
    assert "40 facts" in read_lines(ax, "chart-subtitle")[0]
    assert "more fact" not in read_lines(charts.draw_facts(table[: 18 * 15]), "chart-source")[0]


def test_long_names_of_outlets_are_shortened_at_a_word_and_without_a_row_a_fact_is_absent() -> None:
    table = make_facts([*LONG_OUTLETS[:11], "The Very Long Name " * 11], 3)
    heads = read_lines(charts.draw_facts(table), "head")
    (head,) = [head for head in heads if head.startswith("The Very")]
    assert head.endswith(" …") and set(head.removesuffix(" …").split()) == {"The", "Very", "Long", "Name"}
    ax = charts.draw_facts(
        make_facts(["A", "B"], 1).assign(state="stated").drop(index=1).reset_index(drop=True)
    )
    assert list(read_states(ax).values()) == ["stated"]
    table = make_facts(["A", "B"], 2).assign(state="stated")
    states = read_states(charts.draw_facts(table.drop(index=3)))
    assert sorted(states.values()) == ["absent", "stated", "stated", "stated"]


# --- passages ------------------------------------------------------------------------------------


def read_blocks(ax: Axes) -> list[tuple[str, float, float, str]]:
    """Each block as label of its article, first word, length, quoted."""
    rows = {t.xy[1]: t.get_text().replace("\n", " ") for t in ax.texts if t.get_gid() == "row"}
    return [
        (rows[p.get_y() + p.get_height() / 2], p.get_x(), p.get_width(), p.get_gid().removeprefix("block-"))
        for p in ax.patches
        if (p.get_gid() or "").startswith("block-")
    ]


def test_bars_are_as_long_as_the_articles_and_blocks_as_the_passages() -> None:
    articles = make_articles(FOUR)
    ax = charts.draw_passages(SHARED, articles)
    sizes = articles.set_index("label")["n_words"]
    bars = [p for p in ax.patches if p.get_gid() == "article"]
    assert [bar.get_x() for bar in bars] == [0] * 4
    assert [bar.get_width() for bar in bars] == sizes[read_lines(ax, "row")].tolist()
    assert ax.get_xlim() == (0, sizes.max())
    names = articles.set_index("article_id")["label"]
    expected = []
    for p in SHARED.itertuples():
        expected.append((names[p.article_a], p.word_a, p.n_words, p.quoted))
        expected.append((names[p.article_b], p.word_b, p.n_words, p.quoted))
    assert sorted(read_blocks(ax)) == sorted(expected)


def test_each_word_counts_once_as_shared() -> None:
    ax = charts.draw_passages(SHARED, make_articles(FOUR))
    shared = dict(zip(read_lines(ax, "row"), read(ax, "shared"), strict=True))
    assert shared == {
        FOUR[0]: "45 of 300",  # 10 to 50 and 30 to 55
        FOUR[1]: "12 of 370",
        FOUR[2]: "74 of 440",
        FOUR[3]: "21 of 510",
    }


def test_bands_join_the_two_places_of_a_passage() -> None:
    ax = charts.draw_passages(SHARED, make_articles(FOUR))
    middles = {t.get_text().replace("\n", " "): t.xy[1] for t in ax.texts if t.get_gid() == "row"}
    bands = [p for p in ax.patches if p.get_gid() == "band"]
    assert len(bands) == len(SHARED)
    expected = []
    for p in SHARED.itertuples():
        ends = [(middles[FOUR[int(p.article_a)]], p.word_a), (middles[FOUR[int(p.article_b)]], p.word_b)]
        (y_up, x_up), (y_low, x_low) = sorted(ends)
        expected.append((x_up, y_up + 6, x_low, y_low - 6, x_low + p.n_words, x_up + p.n_words))
    drawn = []
    for band in bands:
        v = band.get_path().vertices
        drawn.append((v[0][0], v[0][1], v[3][0], v[3][1], v[4][0], v[7][0]))
    assert sorted(drawn) == sorted(expected)
    bars = [p.get_zorder() for p in ax.patches if p.get_gid() == "article"]
    assert max(band.get_zorder() for band in bands) < min(bars)


def test_blocks_in_quotation_marks_are_hatched_and_darker_and_a_key_says_so() -> None:
    ax = charts.draw_passages(SHARED, make_articles(FOUR))
    looks = {
        p.get_gid().removeprefix("block-"): (sum(p.get_facecolor()[:3]), p.get_hatch())
        for p in ax.patches
        if (p.get_gid() or "").startswith("block-")
    }
    assert looks["outside"][0] > looks["both"][0] > looks["inside"][0]
    assert [looks[quoted][1] for quoted in ("outside", "both", "inside")] == ["", "////", "xxxx"]
    assert read(ax, "key") == ["outside quotation marks", "inside and outside", "inside quotation marks"]
    swatches = [p for p in ax.patches if p.get_gid() == "key-mark"]
    assert [(sum(p.get_facecolor()[:3]), p.get_hatch()) for p in swatches] == [
        looks[quoted] for quoted in ("outside", "both", "inside")
    ]
    ax.figure.canvas.draw()
    for swatch, text in zip(swatches, (t for t in ax.texts if t.get_gid() == "key"), strict=True):
        left, right = swatch.get_window_extent(), text.get_window_extent()
        assert 0 < right.x0 - left.x1 < 12 and right.y0 < (left.y0 + left.y1) / 2 < right.y1
    ax = charts.draw_passages(SHARED[SHARED["quoted"] == "outside"], make_articles(FOUR))
    assert read(ax, "key") == ["outside quotation marks"]


@pytest.mark.parametrize(
    ("pairs", "order"),
    [
        ([("a", "c", 9)], "acbd"),
        ([("b", "d", 9), ("a", "d", 5), ("b", "c", 7)], "cbda"),
        ([("a", "b", 5), ("c", "d", 5)], "abcd"),
        ([("a", "b", 5), ("b", "c", 3), ("b", "d", 4)], "abdc"),
        ([("c", "d", 5), ("c", "d", 6), ("a", "b", 10)], "cdab"),
        ([], "abcd"),
    ],
)
def test_articles_that_share_most_stand_next_to_each_other(
    pairs: list[tuple[str, str, int]], order: str
) -> None:
    articles = pd.DataFrame({"article_id": list("abcd"), "label": list("abcd"), "n_words": 100})
    passages = make_passages([(a, b, 0, 0, n, "outside") for a, b, n in pairs])
    ax = charts.draw_passages(passages, articles, n_words=3)
    assert "".join(read(ax, "row")) == order


def test_articles_and_passages_left_out_are_counted() -> None:
    passages = make_many(15, 300)
    ax = charts.draw_passages(passages, make_articles([f"Paper {k:02d}" for k in range(15)]))
    totals = {f"Paper {k:02d}": 0 for k in range(15)}
    for a, b, n in passages[["article_a", "article_b", "n_words"]].itertuples(index=False):
        totals[f"Paper {a[1:]}"] += n
        totals[f"Paper {b[1:]}"] += n
    most = sorted(totals, key=lambda label: -totals[label])[:12]
    assert sorted(read(ax, "row")) == sorted(most)
    drawn = read_blocks(ax)
    among = passages["article_a"].isin([m.replace("Paper ", "0") for m in most])
    among &= passages["article_b"].isin([m.replace("Paper ", "0") for m in most])
    n = min(200, int(among.sum()))
    assert len(drawn) == 2 * n
    longest = passages[among]["n_words"].sort_values(ascending=False).head(n)
    assert sorted(block[2] for block in drawn) == sorted([*longest, *longest])
    (source,) = read_lines(ax, "chart-source")
    assert "12 articles (+ 3 more articles not shown)" in source
    assert f"300 shared passages (+ {300 - n} of them not drawn)" in source
    passages = make_many(4, 250)
    many = charts.draw_passages(passages, make_articles(FOUR))
    longest = passages["n_words"].sort_values(ascending=False).head(200)
    assert sorted(block[2] for block in read_blocks(many)) == sorted([*longest, *longest])
    assert "250 shared passages (+ 50 of them not drawn)" in read_lines(many, "chart-source")[0]


def test_without_a_passage_the_bars_stand_and_a_sentence_says_so() -> None:
    ax = charts.draw_passages(SHARED[:0], make_articles(FOUR), n_words=12)
    assert read_lines(ax, "chart-subtitle")[0].startswith("No run of 12 words is shared.")
    assert len([p for p in ax.patches if p.get_gid() == "article"]) == 4
    assert read_blocks(ax) == [] == read(ax, "key")
    assert read(ax, "shared") == ["0 of 300", "0 of 370", "0 of 440", "0 of 510"]
    assert read_lines(ax, "row") == FOUR
    shared = charts.draw_passages(SHARED, make_articles(FOUR))
    assert read_lines(shared, "chart-subtitle")[0].startswith("Runs of 8 words or more.")


def test_the_scale_is_named_and_stands_at_its_words() -> None:
    ax = charts.draw_passages(SHARED, make_articles(FOUR))
    texts = [t for t in ax.texts if t.get_gid() == "scale"]
    assert [t.get_text() for t in texts] == ["0", "150", "300", "word 450"]
    assert [t.xy[0] for t in texts] == [0, 150, 300, 450]


# --- both ----------------------------------------------------------------------------------------


def test_hostile_strings_are_drawn_as_they_are() -> None:
    names = ["$x$ and $\\frac{", "<b>b</b>", "_h"]
    ax = charts.draw_facts(make_facts(names, 3, names).assign(state="attributed", attributed_to="<i>$a$ $b$"))
    assert sorted(read_lines(ax, "head")) == sorted(names)
    assert read_lines(ax, "row") == [f"{k} {name}" for k, name in enumerate(names)]
    assert set(read_lines(ax, "who")) == {"<i>$a$ $b$"}
    ax = charts.draw_passages(SHARED[:2], make_articles(names))
    assert sorted(read_lines(ax, "row")) == sorted(names)


EMPTY = {
    "facts": (lambda: charts.draw_facts(make_facts([], 0)), "No fact was found"),
    "passages": (
        lambda: charts.draw_passages(SHARED[:0], make_articles([])),
        "There are no articles",
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
            lambda: charts.draw_facts(make_facts(FOUR, 2).drop(columns=["state", "fact"])),
            "draw_facts: the table lacks the columns 'fact', 'state'; it has",
        ),
        (
            lambda: charts.describe_facts(make_facts(FOUR, 2).drop(columns="n_groups")),
            "describe_facts: the table lacks the column 'n_groups'; it has",
        ),
        (
            lambda: charts.draw_facts(make_facts(FOUR, 2).replace("stated", "told")),
            "draw_facts: unknown state 'told': expected one of stated, attributed, contradicted, absent",
        ),
        (
            lambda: charts.draw_passages(SHARED.drop(columns="quoted"), make_articles(FOUR)),
            "draw_passages, passages: the table lacks the column 'quoted'; it has",
        ),
        (
            lambda: charts.describe_passages(SHARED, make_articles(FOUR).drop(columns="label")),
            "describe_passages, articles: the table lacks the column 'label'; it has",
        ),
        (
            lambda: charts.draw_passages(SHARED.replace("both", "partly"), make_articles(FOUR)),
            "draw_passages: unknown quoted 'partly': expected one of both, inside, outside",
        ),
        (
            lambda: charts.draw_passages(SHARED, make_articles(FOUR), n_words=10),
            "draw_passages: a passage has 9 words, n_words is 10: pass n_words as it was",
        ),
        (
            lambda: charts.draw_passages(SHARED, make_articles(FOUR[:3])),
            "draw_passages: a passage stands in '003', which is not among the articles",
        ),
        (
            lambda: charts.draw_passages(SHARED, make_articles(FOUR).assign(n_words=239)),
            "draw_passages: a passage ends at word 240 of '002', which has 239: count the words",
        ),
        (
            lambda: charts.draw_passages(SHARED.assign(article_b="000"), make_articles(FOUR)),
            "draw_passages: a passage joins '000' with itself: expected two articles",
        ),
    ],
)
def test_a_wrong_table_or_number_is_named(draw: Callable[[], object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        draw()


def test_a_given_axes_is_used() -> None:
    figure, ax = plt.subplots()
    assert charts.draw_facts(make_facts(FOUR, 3), ax) is ax
    assert figure.axes == [ax] and find_title(ax) == "Which outlet tells which fact"
    figure, ax = plt.subplots()
    assert charts.draw_passages(SHARED, make_articles(FOUR), ax) is ax
    assert figure.axes == [ax] and find_title(ax) == "Passages that articles share word for word"


def test_drawing_leaves_tables_and_settings_alone() -> None:
    facts, articles, passages = make_facts(FOUR, 3), make_articles(FOUR), SHARED.copy()
    before, copies = dict(mpl.rcParams), (facts.copy(), articles.copy())
    charts.draw_facts(facts)
    charts.draw_passages(passages, articles)
    assert dict(mpl.rcParams) == before
    pd.testing.assert_frame_equal(facts, copies[0])
    pd.testing.assert_frame_equal(articles, copies[1])
    pd.testing.assert_frame_equal(passages, SHARED)


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    for k in range(2):
        save_figure(
            charts.draw_facts(make_facts(FOUR, 3)), "facts", make_facts(FOUR, 3), "A.", tmp_path / str(k)
        )
        ax = charts.draw_passages(SHARED, make_articles(FOUR))
        save_figure(ax, "passages", SHARED, "A.", tmp_path / str(k))
    files = sorted((tmp_path / "0").iterdir())
    assert len(files) == 8
    for file in files:
        assert file.read_bytes() == (tmp_path / "1" / file.name).read_bytes()


def test_alternative_texts_tell_the_main_numbers() -> None:
    facts = make_facts(["A", "B"], 5).assign(n_groups=2)
    assert charts.describe_facts(facts) == (
        "Matrix of 5 facts by 2 outlets: 4 stated, 2 attributed, 2 contradicted, 2 absent. Most widely told, "
        "by 2 outlets: 0 The harbour master opened the new pier on Tuesday"
    )
    assert "4 stated, 2 attributed, 2 contradicted, 2 absent" in charts.describe_facts(
        facts[facts["state"] != "absent"]
    )
    assert charts.describe_facts(facts.assign(fact=TEXTS[2])).endswith(" …")
    assert charts.describe_facts(facts[:0]) == "No fact was found."
    articles = make_articles(FOUR)
    assert charts.describe_passages(SHARED, articles) == (
        "Map of 4 passages of 8 words or more shared by 4 articles (2 outside quotation marks, 1 inside and "
        "outside, 1 inside quotation marks). Most is shared by Harbour Post and Coast Radio: 2 passages, the "
        "longest of 40 words."
    )
    assert (
        charts.describe_passages(SHARED[:0], articles, n_words=9)
        == "No run of 9 words is shared by 4 articles."
    )
    assert charts.describe_passages(SHARED[:0], articles[:0]) == "There are no articles."

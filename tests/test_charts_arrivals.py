"""When each actor enters each article: places are measured in the text, and read off the Axes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from figure_checks import visible_texts
from matplotlib.axes import Axes
from test_charts import HOSTILE, LONG_OUTLETS, OUTLETS, SIDES, read, read_lines
from test_charts_framing import check_texts

from helpers import COUNTED_KINDS, Corpus, charts, find_first_mentions, locate_mentions, save_figure
from helpers.charts_style import find_title
from helpers.errors import InputError

COLUMNS = [
    "article_id", "label", "actor_id", "actor", "affiliation", "affiliation_name", "position", "time",
]  # fmt: skip
Mark = tuple[str, str, float]


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def make_located(labels: list[str], names: list[str]) -> pd.DataFrame:
    """The k-th article mentions the a-th actor (k + a) % 4 times, now early and now late."""
    sides = list(SIDES)
    rows = [
        (f"{k:03d}", label, f"actor-{a:02d}", name, sides[a % 3], SIDES[sides[a % 3]],
         (13 * a + 7 * k) % 50 / 100 + 0.15 * time, time + 1)
        for k, label in enumerate(labels)
        for a, name in enumerate(names)
        for time in range((k + a) % 4)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def read_marks(ax: Axes, gid: str) -> list[Mark]:
    """Each mark as name of its row, name of its column, share of the column."""
    rows = {t.xy[1]: t.get_text().replace("\n", " ") for t in ax.texts if t.get_gid() == "row"}
    heads = [head.replace(". ", ".") for head in read_lines(ax, "head")]
    lines = [line for line in ax.lines if line.get_gid() == gid]
    at = [(float(line.get_xdata()[0]), line.get_ydata()[0]) for line in lines]
    return sorted((rows[y], heads[int(x)], round((x - int(x) - 0.05) / 0.9, 6)) for x, y in at)


def expect_marks(located: pd.DataFrame, first: bool) -> list[Mark]:
    part = located[(located["time"] == 1) == first]
    return sorted(zip(part["actor"], part["label"], part["position"].round(6), strict=True))


# --- places in the text ------------------------------------------------------------------------------------


def test_a_position_is_the_share_of_the_counted_text_before_the_mention(
    toy: Corpus, toy_mentions: pd.DataFrame
) -> None:
    located = locate_mentions(toy, toy_mentions)
    counted = toy.blocks[toy.blocks["kind"].isin(COUNTED_KINDS)]
    for row in located.itertuples():
        blocks = counted[counted["article_id"] == row.article_id]
        inside = [at for b in blocks.itertuples() for at in range(b.start, b.end)]
        assert row.position == pytest.approx(sum(at < row.start for at in inside) / len(inside))
    # Ms. Berg: the headline has 23 characters, of the first paragraph 66 are before her; 209 count in all.
    berg = located[(located["article_id"] == "a") & (located["start"] == 91)]
    assert berg["position"].tolist() == [(23 + 66) / 209]


def test_mentions_are_numbered_within_their_article_and_places_left_out(
    toy: Corpus, toy_mentions: pd.DataFrame
) -> None:
    located = locate_mentions(toy, toy_mentions)
    assert len(located) == (toy_mentions["use"] == "actor").sum() == len(toy_mentions) - 2
    times = located.groupby(["article_id", "actor_id"])["time"].agg(list)
    assert times["a", "anna_berg"] == [1, 2, 3, 4]
    assert times["a", "east_borduria"] == [1, 2]  # she arrived in Szohod: a place
    assert times["b", "norway"] == times["c", "east_borduria"] == [1, 2]
    assert times["c", "west_borduria"] == [1]
    assert (
        located["start"].groupby([located["article_id"], located["actor_id"]]).is_monotonic_increasing.all()
    )


def test_a_mention_has_the_names_of_its_article_outlet_and_side(
    toy: Corpus, toy_mentions: pd.DataFrame
) -> None:
    located = locate_mentions(toy, toy_mentions)
    keys = ["article_id", "label", "outlet", "actor_id", "actor", "affiliation", "affiliation_name"]
    rows = set(located[keys].itertuples(index=False, name=None))
    norway = ("norway", "Norway")
    assert ("a", "Daily, 2024-03-01", "Daily", "nrk", "Norwegian Broadcasting Corporation", *norway) in rows
    assert ("b", "Daily, 2024-03-02", "Daily", "norway", "Norway", *norway) in rows
    assert ("c", "unknown outlet (c)", "unknown outlet (c)", *norway, *norway) in rows
    assert locate_mentions(toy, toy_mentions.head(0)).columns.tolist() == located.columns.tolist()


def test_first_mentions_are_those_a_search_of_the_text_finds_first(
    bundled: Corpus, bundled_mentions: pd.DataFrame
) -> None:
    acting = bundled_mentions[bundled_mentions["use"] == "actor"]
    acting = acting.sort_values(["article_id", "start", "actor_id"])
    expected = acting.drop_duplicates(["article_id", "actor_id"]).reset_index(drop=True)
    first = find_first_mentions(bundled, bundled_mentions)
    same = ["article_id", "outlet", "actor_id", "sentence_id", "start", "end"]
    pd.testing.assert_frame_equal(first[same], expected[same])
    assert first["position"].tolist() == bundled.positions(expected).tolist()
    assert first["actor"].tolist() == [bundled.actors[a].name for a in expected["actor_id"]]
    orders = first.groupby("article_id")["order"].agg(list)
    assert all(order == list(range(1, len(order) + 1)) for order in orders)
    columns = [
        "article_id",
        "outlet",
        "actor_id",
        "actor",
        "order",
        "position",
        "sentence_id",
        "start",
        "end",
    ]
    assert first.columns.tolist() == columns


# --- the chart ---------------------------------------------------------------------------------------------

CASES = {
    "three articles": make_located(OUTLETS, [f"Person {k} Ashgrove" for k in range(31)]),
    "one article": make_located(OUTLETS[:1], ["Ann Ash", "Ben Birch"]),
    "one actor": make_located(OUTLETS, ["Ann Ash"]),
    "twelve long labels": make_located(
        [f"{name}, 2024-03-01" for name in LONG_OUTLETS],
        [f"Permanent Secretariat of the Harbour Commission, Section {k:02d}" for k in range(20)],
    ),
    "hostile": make_located(HOSTILE, HOSTILE),
    "nobody": make_located([], []),
}


@pytest.mark.parametrize("case", CASES)
def test_no_text_overlaps_or_is_cut(case: str) -> None:
    check_texts(charts.draw_arrivals(CASES[case]))


def test_first_and_later_mentions_stand_where_the_table_has_them() -> None:
    located = CASES["three articles"]
    ax = charts.draw_arrivals(located, n_actors=31)
    assert read_marks(ax, "first") == expect_marks(located, True)
    assert read_marks(ax, "later") == expect_marks(located, False)
    assert ax.get_xlim() == (0, 3)


def test_a_corpus_is_drawn_as_it_is_located(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    located = locate_mentions(bundled, bundled_mentions)
    ax = charts.draw_arrivals(located)
    n_articles = located.groupby("actor")["article_id"].nunique()
    shown = read_lines(ax, "row")
    assert len(shown) == 18
    assert n_articles[shown].min() >= n_articles.drop(shown).max()
    part = located[located["actor"].isin(shown)]
    assert read_marks(ax, "first") == expect_marks(part, True)
    assert read_marks(ax, "later") == expect_marks(part, False)
    medians = part[part["time"] == 1].groupby("actor")["position"].median()
    assert medians[shown].is_monotonic_increasing
    check_texts(ax)


def make_few(rows: list[tuple[str, str, float, int]]) -> pd.DataFrame:
    """Of article, actor, position and time."""
    table = pd.DataFrame(rows, columns=["article_id", "actor", "position", "time"])
    return table.assign(
        label=table["article_id"].str.upper(), actor_id=table["actor"], affiliation="", affiliation_name=""
    )


FEW = make_few(
    [
        ("x", "late", 0.2, 1), ("x", "mid", 0.3, 1), ("x", "early", 0.4, 1), ("x", "early", 0.9, 2),
        ("y", "late", 0.9, 1), ("y", "early", 0.1, 1), ("y", "mid", 0.5, 1),
        ("z", "late", 0.7, 1), ("z", "early", 0.2, 1), ("z", "once", 0.0, 1), ("z", "once", 0.1, 2),
    ]
)  # fmt: skip


def test_actors_are_in_the_order_of_their_median_over_the_articles_that_mention_them() -> None:
    # once 0, early 0.2, mid 0.4, late 0.7; a mean or a minimum would order them otherwise
    assert read(charts.draw_arrivals(FEW), "row") == ["once", "early", "mid", "late"]


def test_actors_of_most_articles_are_shown_and_of_them_the_most_mentioned() -> None:
    ax = charts.draw_arrivals(FEW, n_actors=1)
    assert read(ax, "row") == ["early"]  # three articles, four mentions; late has three
    assert read(charts.draw_arrivals(FEW, n_actors=3), "row") == ["early", "mid", "late"]
    (source,) = read_lines(ax, "chart-source")
    assert source.startswith("The 1 actor in most articles (+ 3 more not shown). Position: share of the ")
    (source,) = read_lines(charts.draw_arrivals(FEW), "chart-source")
    assert source.startswith("The 4 actors in most articles. Position: ")


def test_of_more_than_twelve_articles_the_first_are_shown_and_the_rest_counted() -> None:
    located = make_located([f"Outlet {k:02d}" for k in range(15)], ["Ann Ash", "Ben Birch", "Cy Cedar"])
    only_there = located["article_id"].eq("013") & located["actor"].eq("Cy Cedar")
    located.loc[only_there, ["actor_id", "actor"]] = "Di Dogwood"
    ax = charts.draw_arrivals(located)
    assert read_lines(ax, "head") == [f"Outlet {k:02d}" for k in range(12)]
    assert set(read(ax, "row")) == {"Ann Ash", "Ben Birch", "Cy Cedar"}
    assert read_lines(ax, "chart-source")[0].startswith(
        "The 3 actors in most articles (+ 1 more not shown). The first 12 articles; + 3 more not shown. "
    )
    shown = located[located["article_id"] < "012"]
    assert read_marks(ax, "first") == expect_marks(shown, True)


def test_a_first_mention_has_the_mark_of_its_side_and_a_later_one_a_grey_stroke() -> None:
    located = make_located(OUTLETS, ["Ann Ash", "Ben Birch", "Cy Cedar"])
    sides = {
        "har": charts.Side("Harbour Union", "#000000", "X", ""),
        "isl": charts.Side("Islanders", "#56B4E9", "P", ""),
        "": charts.Side("", "#8F8F8F", "h", ""),
    }
    ax = charts.draw_arrivals(located, sides=sides)
    rows = {t.xy[1]: t.get_text() for t in ax.texts if t.get_gid() == "row"}
    looks = {
        (rows[line.get_ydata()[0]], line.get_marker(), mpl.colors.to_hex(line.get_color()).upper())
        for line in ax.lines
        if line.get_gid() == "first"
    }
    assert looks == {("Ann Ash", "X", "#000000"), ("Ben Birch", "P", "#56B4E9"), ("Cy Cedar", "h", "#8F8F8F")}
    later = {(line.get_marker(), line.get_color()) for line in ax.lines if line.get_gid() == "later"}
    assert later == {("|", "#8F8F8F")}
    zorders = {line.get_gid(): line.get_zorder() for line in ax.lines}
    assert zorders["first"] > zorders["later"]  # no stroke hides a first mention


def test_a_missing_side_is_none() -> None:
    located = make_located(OUTLETS, ["Ann Ash", "Ben Birch", "Cy Cedar"])
    missing = located.replace({"affiliation": {"": None}, "affiliation_name": {"": None}})
    marks = [
        {(line.get_marker(), line.get_color()) for line in charts.draw_arrivals(table).lines}
        for table in (located, missing)
    ]
    assert marks[0] == marks[1]


def test_it_is_drawn_into_given_axes() -> None:
    figure, ax = plt.subplots()
    assert charts.draw_arrivals(FEW, ax) is ax
    assert figure.axes == [ax]
    assert read_marks(ax, "first") == expect_marks(FEW.assign(label=FEW["article_id"].str.upper()), True)


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    located = make_located(OUTLETS, ["Ann Ash", "Ben Birch", "Cy Cedar"])
    # The articles keep the order of the table; within them any order of the mentions will do.
    other = located[::-1].sort_values("article_id", kind="stable")
    one, two = charts.draw_arrivals(located), charts.draw_arrivals(other)
    assert [read(one, gid) for gid in ("row", "head")] == [read(two, gid) for gid in ("row", "head")]
    assert [read_marks(one, gid) for gid in ("first", "later")] == [
        read_marks(two, gid) for gid in ("first", "later")
    ]
    assert charts.describe_arrivals(located) == charts.describe_arrivals(other)
    files = [
        save_figure(ax, "a", FEW, "x", tmp_path)[0].read_bytes()
        for ax in (one, charts.draw_arrivals(located))
    ]
    assert files[0] == files[1]


def test_hostile_names_are_drawn_as_they_are() -> None:
    names = ["$x$ and $\\frac{", "_h", "<b>b</b>", "=1+1"]
    ax = charts.draw_arrivals(make_located(names, names))
    assert read_lines(ax, "head") == names
    assert sorted(read_lines(ax, "row")) == sorted(names)


def test_nothing_to_show_gives_a_sentence() -> None:
    ax = charts.draw_arrivals(CASES["nobody"])
    assert read_lines(ax, "chart-subtitle") == ["No actor is mentioned."]
    assert find_title(ax) and len(visible_texts(ax)) == 2
    assert charts.describe_arrivals(CASES["nobody"]) == "No actor is mentioned."


def test_the_words_name_the_earliest_and_the_latest() -> None:
    assert charts.describe_arrivals(FEW) == (
        "First and later mentions of 4 actors over the course of 3 articles. Earliest by median: once, after "
        "0 % of the text; latest: late, after 70 %."
    )
    assert charts.describe_arrivals(FEW, n_actors=2).endswith(
        "Earliest by median: early, after 20 % of the text; latest: late, after 70 %. Not shown: 2 more "
        "actors."
    )
    many = make_located([f"Outlet {k:02d}" for k in range(14)], ["Ann Ash", "Ben Birch"])
    assert charts.describe_arrivals(many).endswith(" %. Not shown: 2 more articles.")


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (
            lambda: charts.draw_arrivals(FEW.drop(columns=["label", "time"])),
            (
                "^draw_arrivals: the table lacks the columns 'label', 'time'; it has 'article_id', "
                "'actor', 'position', 'actor_id', 'affiliation', 'affiliation_name'$"
            ),
        ),
        (
            lambda: charts.describe_arrivals(FEW[["article_id"]].assign(position=0.0)),
            (
                "^describe_arrivals: the table lacks the columns 'label', 'actor_id', 'actor', "
                "'affiliation', 'affiliation_name', 'time'; it has 'article_id', 'position'$"
            ),
        ),
        (
            lambda: charts.draw_arrivals(FEW, n_actors=0),
            "^draw_arrivals: n_actors is 0: expected 1 or more$",
        ),
        (
            lambda: charts.describe_arrivals(FEW, n_actors=-1),
            "^describe_arrivals: n_actors is -1: expected 1 or more$",
        ),
    ],
)
def test_a_wrong_table_or_number_is_named(draw: Callable[[], Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        draw()

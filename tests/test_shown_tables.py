"""Tables for readers: every cell is right or says nothing is there, headings are headings, text is text."""

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from helpers import InputError, show_table
from helpers.shown_tables import ShownTable, _digits, _looks, as_html

HOSTILE = [
    "<script>alert(1)</script>", "\" onmouseover=\"alert('x')", "a & b &lt;", "$x$ \\(y\\)", "{0} {{x}} %s %",
    "\u2060\u200b\u202e\u200f", "\ud800", "</th></table>", "<!-- x", "]]>",
]  # fmt: skip


class Grid(HTMLParser):
    """The cells of a page's tables and all that is around them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.titles: list[str] = []
        self.rows: list[list[tuple[str, str, str]]] = []  # tag, scope, text
        self.outside = ""
        self.open: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        found = {name: value or "" for name, value in attrs}
        self.attributes |= set(found)
        if tag == "br":
            return
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append((tag, found.get("scope", ""), ""))
        self.titles += [found["title"]] if "title" in found else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and {"th", "td"} & set(self.open):
            tag, scope, text = self.rows[-1][-1]
            self.rows[-1][-1] = tag, scope, text + data
        else:
            self.outside += data


def texts(shown: ShownTable) -> list[list[str]]:
    return [list(row) for row in shown.cells.itertuples(index=False, name=None)]


def cells(values: list[Any] | pd.Series, name: str = "x") -> list[str]:
    """How the values of one column are written."""
    column = values if isinstance(values, pd.Series) else pd.Series(values)
    return [row[0] for row in texts(show_table(column.rename(name).to_frame()))]


# Cells


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 20, 3000], ["1", "20", "3,000"]),
        ([-1204, 0, 7], ["-1,204", "0", "7"]),
        ([1.0, 2.0, np.nan], ["1", "2", "–"]),
        ([1.25, 12.0, 1234.56], ["1.2", "12.0", "1,234.6"]),
        ([1.256, -9.0], ["1.26", "-9.00"]),
        ([0.126, 0.5], ["0.13", "0.50"]),
        ([0.0123, 0.001], ["0.012", "0.001"]),
        ([0.0000123], ["0.000012"]),
        ([1e-300], ["0.000000000"]),
        ([1e15, 0.5], ["1,000,000,000,000,000.0", "0.5"]),
        ([-0.0, -0.0001, 0.4], ["0.00", "0.00", "0.40"]),
        ([-0.0], ["0"]),
        ([np.inf, -np.inf, np.nan], ["–", "–", "–"]),
        ([2**53 + 1, -(10**18) - 1], ["9,007,199,254,740,993", "-1,000,000,000,000,000,001"]),
        ([True, False], ["yes", "no"]),
        (pd.Series([True, None], dtype="boolean"), ["yes", "–"]),
        (pd.Series([1, None, 2000], dtype="Int64"), ["1", "–", "2,000"]),
        (pd.Series([0.25, None], dtype="Float64"), ["0.25", "–"]),
        (pd.Series(["a", None], dtype="string"), ["a", "–"]),
        (pd.Series(["a", np.nan, None, ""], dtype=object), ["a", "–", "–", ""]),
        (pd.Categorical(["b", None, "a"]), ["b", "–", "a"]),
        (pd.Categorical([3, 1000]), ["3", "1,000"]),
        ([np.int64(5), np.float32(0.5), np.bool_(True), np.str_("a")], ["5.00", "0.50", "yes", "a"]),
        ([["a", "b"], ("c", 1), [], ()], ["a, b", "c, 1", "", ""]),
        ([{"b", "a", "c"}, frozenset("a")], ["a, b, c", "a"]),
        ([np.array([1, 2]), np.array([3])], ["1, 2", "3"]),
        ([date(2024, 3, 1), None], ["2024-03-01", "–"]),
        (pd.to_datetime(pd.Series(["2024-03-01", None])), ["2024-03-01", "–"]),
        (pd.to_datetime(pd.Series(["2024-03-01 12:30"])), ["2024-03-01 12:30:00"]),
        ([pd.NA, pd.NaT, None], ["–", "–", "–"]),
    ],
)
def test_cells(values: Any, expected: list[str]) -> None:
    assert cells(pd.Series(values)) == expected


@pytest.mark.parametrize(
    ("name", "values", "heading", "unit", "expected"),
    [
        ("share", [0.126, 1.0, np.nan, -0.001], "share", "%", ["13", "100", "–", "0"]),
        ("share", [0, 1], "share", "%", ["0", "100"]),
        ("recall", [0.9994], "recall", "% of annotated", ["99.9"]),
        ("mentions_per_1000_words", [12.34, 5], "mentions", "per 1,000 words", ["12.3", "5.0"]),
        ("g2", [12, 3], "G²", "", ["12.0", "3.0"]),
        ("p_value", [0.333], "p", "", ["0.33"]),
        ("n_of_my_own", [1200], "of my own", "", ["1,200"]),
        ("my_column", [0.5], "my column", "", ["0.50"]),
        ("n_words", [1200], "words", "", ["1,200"]),
    ],
)
def test_headings_and_units(
    name: str, values: list[float], heading: str, unit: str, expected: list[str]
) -> None:
    shown = show_table(pd.DataFrame({name: values}))
    assert (list(shown.cells.columns), shown.units, shown.names) == ([heading], [unit], [name])
    assert cells(values, name) == expected
    assert shown.numbers == [True]


def test_the_looks_that_are_listed() -> None:
    """A share says how exact it is, for its digits are not found from its numbers."""
    assert len(_looks()) > 80
    assert [name for name, look in _looks().items() if look.percent and look.digits < 0] == []
    assert [name for name, look in _looks().items() if look.percent and "%" not in look.unit] == []
    assert [name for name, look in _looks().items() if not look.heading or "_" in look.heading] == []


def test_the_ends_of_a_range_are_written_alike() -> None:
    table = pd.DataFrame({"rain_low": [0.5], "rain_high": [120.25], "rain": [1.0], "snow": [0.5]})
    assert texts(show_table(table)) == [["0.5", "120.2", "1.0", "0.50"]]


@settings(deadline=None)
@given(
    st.lists(
        st.floats(width=64, min_value=-1e12, max_value=1e12) | st.integers(-(2**70), 2**70),
        min_size=1,
        max_size=20,
    )
)
@example([-0.0, 0.004])
@example([1e-9])
def test_every_number_reads_back_within_rounding(values: list[float]) -> None:
    column = pd.Series(values, dtype=object)
    digits = _digits(values)
    for value, cell in zip(values, cells(column), strict=True):
        assert re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})*(\.[0-9]+)?", cell)
        read = cell.replace(",", "")
        if isinstance(value, int) and not digits:
            assert int(read) == value
        else:
            assert float(read) == pytest.approx(value, abs=0.5000001 * 10**-digits, rel=1e-15)
        assert not re.fullmatch(r"-[0.,]*", cell), "a zero has no minus"


@settings(deadline=None)
@given(st.floats(min_value=1e-8, max_value=1e9))
def test_the_largest_number_keeps_two_digits_that_say_something(largest: float) -> None:
    (cell,) = cells([largest])
    assert len(re.sub("[.,]", "", cell).lstrip("0")) >= 2 or largest.is_integer()


# Rows and columns


def test_a_named_index_heads_its_rows() -> None:
    table = pd.DataFrame({"n": [3, 4]}, index=pd.Index([0.05, 0.1], name="level"))
    shown = show_table(table)
    assert texts(shown) == [["0.05", "3"], ["0.10", "4"]]
    assert (shown.names, shown.n_headings, shown.numbers) == (["level", "n"], 1, [True, True])
    grid = Grid(shown._repr_html_())
    assert [[(tag, scope) for tag, scope, _ in row] for row in grid.rows] == [
        [("th", "col"), ("th", "col")],
        [("th", "row"), ("td", "")],
        [("th", "row"), ("td", "")],
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a", "b"], ["a", "b", "x"]),
        (["a", "a"], ["a", "a", "x"]),
        ([1, 0], ["1", "0", "x"]),
        (["x", "a"], ["x", "a", "x"]),
        ([None, "b"], ["x"]),
        ([None, None], ["x"]),
    ],
)
def test_names_of_an_index_of_two(names: list[Any], expected: list[str]) -> None:
    index = pd.MultiIndex.from_tuples([("p", 1), ("q", 2)], names=names)
    shown = show_table(pd.DataFrame({"x": [10, 20]}, index=index))
    assert shown.names == expected
    assert texts(shown) == [row[-len(expected) :] for row in [["p", "1", "10"], ["q", "2", "20"]]]
    assert shown.n_headings == len(expected) - 1


def test_an_index_without_a_name_is_not_shown() -> None:
    assert texts(show_table(pd.DataFrame({"x": ["a"]}, index=[7]))) == [["a"]]


def test_a_pivot_has_the_names_of_its_columns_and_one_number_of_digits() -> None:
    """An outlet called share is no share."""
    table = pd.DataFrame({"share": [0.5, 12.25], "n_words": [1, 2]}, index=pd.Index([1.5, 2], name="n"))
    shown = show_table(table.rename_axis("outlet", axis="columns"))
    assert list(shown.cells.columns) == ["uses", "share", "n_words"]
    assert shown.units == ["", "", ""]
    assert texts(shown) == [["1.50", "0.5", "1.0"], ["2.00", "12.2", "2.0"]]


def test_columns_of_two_levels_are_joined() -> None:
    columns = pd.MultiIndex.from_tuples([("rank", "sentence"), ("rank", 2)], names=[None, "within"])
    shown = show_table(pd.DataFrame([[1, 2.5]], columns=columns))
    assert list(shown.cells.columns) == ["rank, sentence", "rank, 2"]
    assert texts(shown) == [["1", "2.50"]]


def test_columns_of_one_name_are_both_shown() -> None:
    shown = show_table(pd.DataFrame([[1, "a"], [2, "b"]], columns=["x", "x"]))
    assert texts(shown) == [["1", "a"], ["2", "b"]]
    assert shown.numbers == [True, False]
    assert repr(shown) == "x  x\n1  a\n2  b"


def test_columns_that_are_no_words() -> None:
    assert list(show_table(pd.DataFrame([[1, 2]])).cells.columns) == ["0", "1"]


@pytest.mark.parametrize(
    ("n_rows", "n", "n_shown", "rest"),
    [
        (0, 20, 0, "There is no such row."),
        (1, 1, 1, ""),
        (2, 1, 1, "+ 1 more row"),
        (20, 20, 20, ""),
        (5_000, 20, 20, "+ 4,980 more rows"),
    ],
)
def test_what_is_not_shown_is_counted(n_rows: int, n: int, n_shown: int, rest: str) -> None:
    shown = show_table(pd.DataFrame({"x": range(n_rows), "y": "a"}), n=n)
    grid = Grid(shown._repr_html_())
    assert [row[0][2] for row in grid.rows] == ["x", *(str(i) for i in range(n_shown))]
    assert grid.outside == rest
    assert repr(shown).splitlines()[1 + n_shown :] == ([rest] if rest else [])


@pytest.mark.parametrize("table", [pd.DataFrame(), pd.DataFrame(index=[1, 2])])
def test_a_table_without_columns(table: pd.DataFrame) -> None:
    shown = show_table(table, "Nothing")
    assert repr(shown).splitlines() == ["Nothing", "There is no such row."]
    assert Grid(shown._repr_html_()).outside == "NothingThere is no such row."


def test_the_table_itself_stays_as_it_is() -> None:
    table = pd.DataFrame({"share": [0.5]}, index=pd.Index(["a"], name="outlet"))
    before = table.copy()
    show_table(table)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize(
    ("table", "n", "sentence"),
    [
        (pd.Series([1]), 20, "table is a Series: expected a DataFrame, such as counts.head(5)"),
        ([1], 20, "table is a list: expected a DataFrame, such as counts.head(5)"),
        (None, 20, "table is a NoneType: expected a DataFrame, such as counts.head(5)"),
        (pd.DataFrame(), 0, "n is 0: expected 1 or more rows to show"),
        (pd.DataFrame(), -3, "n is -3: expected 1 or more rows to show"),
    ],
)
def test_what_is_no_table(table: Any, n: int, sentence: str) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(sentence)}$"):
        show_table(table, n=n)


# As text and as HTML


def test_text_is_set_in_columns() -> None:
    table = pd.DataFrame({"outlet": ["Daily\nNews", "B"], "share": [0.5, 1.0], "cues": [["say"], ["a", "b"]]})
    assert repr(show_table(table, "What is shared")).splitlines() == [
        "What is shared",
        "outlet      share (%)  cues",
        "Daily News         50  say",
        "B                 100  a, b",
    ]


def test_html_to_the_letter() -> None:
    table = pd.DataFrame({"share": [0.5]}, index=pd.Index(["A & B"], name="outlet"))
    assert show_table(table, "Who?")._repr_html_() == (
        '<table class="shown tex2jax_ignore mathjax_ignore"><caption style="text-align:left">Who?</caption>'
        '<thead><tr><th scope="col" style="text-align:left" title="outlet">outlet</th>'
        '<th scope="col" style="text-align:right" title="share">share<br><small>%</small></th></tr></thead>'
        '<tbody><tr><th scope="row" style="text-align:left">A &amp; B</th>'
        '<td style="text-align:right">50</td></tr></tbody></table>'
    )


def assert_text(shown: ShownTable, headings: list[str], rows: list[list[str]], caption: str) -> None:
    """Nothing of a page but its words comes from data, and each is where it belongs."""
    page = shown._repr_html_()
    grid = Grid(page)
    assert grid.tags <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "br", "small", "p"}
    assert grid.attributes <= {"class", "scope", "style", "title"}
    assert [(tag, scope) for tag, scope, _ in grid.rows[0]] == [("th", "col")] * len(headings)
    assert grid.titles == shown.names
    assert [text for *_, text in grid.rows[0]] == headings
    assert [[text for *_, text in row] for row in grid.rows[1:]] == rows
    assert grid.outside == caption
    assert page.startswith('<table class="shown tex2jax_ignore mathjax_ignore">')


@pytest.mark.parametrize("nasty", [*HOSTILE, "a\nb", "a\tb"])
def test_nasty_text_is_text_everywhere(nasty: str) -> None:
    index = pd.Index([nasty], name=nasty)
    table = pd.DataFrame(
        {nasty: [nasty], "list": [[nasty, nasty]], "kind": pd.Categorical([nasty])}, index=index
    )
    name = nasty.replace("_", " ")
    assert_text(
        show_table(table, nasty),
        [name, name, "list", "kind"],
        [[nasty, nasty, f"{nasty}, {nasty}", nasty]],
        nasty,
    )
    assert_text(show_table(table.rename_axis(nasty, axis="columns")), [name, nasty, "list", "kind"], [
        [nasty, nasty, f"{nasty}, {nasty}", nasty]
    ], "")  # fmt: skip
    line = " ".join(nasty.split())
    assert line in repr(show_table(table))
    assert len(repr(show_table(table)).split("\n")) == 2


# What HTML itself does not keep: NUL, and the line ends that a parser makes one.
anything = st.text(st.characters(exclude_characters="\x00\r"), max_size=8) | st.sampled_from(HOSTILE)


@settings(deadline=None)
@given(anything, st.lists(st.tuples(anything, anything), min_size=1, max_size=4))
def test_any_text_is_text(name: str, rows: list[tuple[str, str]]) -> None:
    assume(name not in _looks())
    table = pd.DataFrame(rows, columns=[name, "other"], dtype=object).set_index(name)
    heading = name.removeprefix("n_").replace("_", " ")
    assert_text(show_table(table), [heading, "other"], [list(row) for row in rows], "")


# What others show


class Shows:
    def __init__(self, shown: str | None) -> None:
        self.shown = shown

    def _repr_html_(self) -> str | None:
        return self.shown

    def __repr__(self) -> str:
        return "<Shows>"


@pytest.mark.parametrize(
    ("shown", "page"),
    [
        (3, "<pre>3</pre>"),
        ("<b>", "<pre>&#x27;&lt;b&gt;&#x27;</pre>"),
        (Shows("<i>x</i>"), "<i>x</i>"),
        (Shows(None), "<pre>&lt;Shows&gt;</pre>"),
        (None, "<pre>None</pre>"),
    ],
)
def test_anything_as_html(shown: object, page: str) -> None:
    assert as_html(shown) == page

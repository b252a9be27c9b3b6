"""A list to pick from: what it offers, what it shows with and without a kernel, and what can go wrong."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pandas as pd
import pytest

from helpers import Choice, Corpus, InputError, choices, count_mentions, execution, explore, show_evidence
from helpers.choices import MOST_CHOICES, WIDGET_VIEW

WORDS = pd.DataFrame({"word": ["fog", "ice", "fog"], "n": [3, 1, 5]})
HOSTILE = [
    "<script>alert(1)</script>",
    "\"' onclick='x' & &lt;",
    "$x$ {0} %s",
    "\u202e\u2060\u200b",
    "a\nb",
    "\ud800",
]


def total(rows: pd.DataFrame) -> int:
    return int(rows["n"].sum())


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in JupyterLab."""
    monkeypatch.setattr(choices, "_in_kernel", lambda: True)


class Page(HTMLParser):
    """Tags, attributes and words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def placed(shown: str) -> str:
    return f'<div style="line-height:1.5">{shown}</div>'


def pick(choice: Choice) -> Any:
    """The widget's list, and where it shows what is picked."""
    return choice.make_widget().children


# What is offered


@pytest.mark.parametrize(
    ("columns", "by", "entries"),
    [
        # in the order of the rows, each once
        ({"w": ["b", "a", "b"]}, "w", {"b": 2, "a": 1}),
        ({"w": ["a", "a"], "v": ["x", "y"]}, ["w", "v"], {"a – x": 1, "a – y": 1}),
        ({"w": ["a", "b"], "v": ["x", "y"]}, ["v", "w"], {"x – a": 1, "y – b": 1}),
        ({"w": ["a", "b"], "v": ["x", "y"]}, ("v",), {"x": 1, "y": 1}),
        ({"w": [2, 1, 2]}, "w", {"2": 2, "1": 1}),
        ({"w": [0.5, 2.0]}, "w", {"0.5": 1, "2.0": 1}),
        ({"w": [True, False]}, "w", {"True": 1, "False": 1}),
        ({"w": pd.Categorical(["b", "a", "b"], categories=["a", "b", "c"])}, "w", {"b": 2, "a": 1}),
        ({"w": pd.to_datetime(["2024-03-01"])}, "w", {"2024-03-01": 1}),
        ({"w": ["", "a"]}, "w", {"": 1, "a": 1}),
        # a row without a value has no name to pick it by
        ({"w": ["a", None, "b", float("nan")]}, "w", {"a": 1, "b": 1}),
        ({"w": ["a", "b", None], "v": [1, None, 2]}, ["w", "v"], {"a – 1.0": 1}),
        ({"w": [None]}, "w", {}),
        ({"w": []}, "w", {}),
        # equal as they are shown: one entry, both rows
        ({"w": pd.Series([1, "1"], dtype=object)}, "w", {"1": 2}),
    ],
)
def test_entries(columns: dict[str, Any], by: str | list[str], entries: dict[str, int]) -> None:
    choice = explore(pd.DataFrame(columns), by, len)
    assert {entry: len(rows) for entry, rows in choice.rows.items()} == entries
    assert list(choice.rows) == list(entries)


def test_an_entry_has_its_rows_whole_and_under_any_index() -> None:
    choice = explore(WORDS.set_index([[7, 7, 7]]), "word", total)
    assert choice.rows["fog"].to_numpy().tolist() == [["fog", 3], ["fog", 5]]
    assert choice.show_html("fog") == "<pre>8</pre>"
    assert choice.show_html("ice") == "<pre>1</pre>"


@pytest.mark.parametrize(("n", "left_out"), [(MOST_CHOICES, 0), (MOST_CHOICES + 1, 1), (1_700, 1_200)])
def test_a_long_list_is_cut_and_the_rest_counted(n: int, left_out: int) -> None:
    choice = explore(pd.DataFrame({"w": range(n)}), "w", len)
    assert (len(choice.rows), choice.n_left_out) == (MOST_CHOICES, left_out)
    assert "(JupyterLab has a list here, with 499 more)" in choice._repr_html_()
    picker, place = pick(choice)
    assert len(picker.options) == MOST_CHOICES
    said = f"<p>+ {left_out:,} more that the list leaves out</p>" if left_out else ""
    assert place.value == placed(f"<pre>1</pre>{said}")


@pytest.mark.parametrize(
    ("rows", "by", "sentence"),
    [
        (WORDS, "wrod", "explore: the table lacks the column 'wrod'; it has word, n"),
        (WORDS, ["word", "x", "y"], "explore: the table lacks the column 'x'; it has word, n"),
        (pd.DataFrame({0: [1]}), "a", "explore: the table lacks the column 'a'; it has 0"),
        (WORDS, [], "by is empty: expected a column of the table, or several"),
        (WORDS["word"], "word", "rows is a Series: expected a table, such as counts.head(50)"),
        (None, "word", "rows is a NoneType: expected a table, such as counts.head(50)"),
    ],
)
def test_errors(rows: Any, by: str | list[str], sentence: str) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(sentence)}$"):
        explore(rows, by, len)


# Without a kernel


def test_without_a_kernel_the_first_entry_stands() -> None:
    choice = explore(WORDS, "word", total)
    assert choice._repr_mimebundle_(include=None, exclude=None) == {
        "text/plain": "word: fog\n8",
        "text/html": (
            "<p>word: <b>fog</b> <small>(JupyterLab has a list here, with 1 more)</small></p><pre>8</pre>"
        ),
    }


def test_a_list_of_one_is_no_list() -> None:
    assert explore(WORDS.head(1), "word", total)._repr_html_() == "<p>word: <b>fog</b></p><pre>3</pre>"


@pytest.mark.parametrize(
    ("by", "what", "label"),
    [("word", "", "word"), ("word", "term", "term"), (["word", "n"], "", "word and n")],
)
def test_what_is_picked_has_a_name(by: str | list[str], what: str, label: str) -> None:
    choice = explore(WORDS, by, total, what)
    assert repr(choice).startswith(f"{label}: fog")
    assert choice._repr_html_().startswith(f"<p>{label}: <b>fog")
    assert pick(choice)[0].description == f"{label}:"


@pytest.mark.usefixtures("kernel")
def test_nothing_to_pick() -> None:
    choice = explore(WORDS.head(0), "word", total, "a <b> & c")
    assert choice._repr_mimebundle_() == {
        "text/plain": "There is no a <b> & c to pick.",
        "text/html": "<p>There is no a &lt;b&gt; &amp; c to pick.</p>",
    }


def test_pytest_is_no_kernel() -> None:
    assert not choices._in_kernel()
    assert WIDGET_VIEW not in explore(WORDS, "word", total)._repr_mimebundle_()


@pytest.mark.parametrize(("shell", "found"), [(None, False), ("terminal", False), ("lab", True)])
def test_where_there_is_a_kernel(shell: str | None, found: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    class Shell:
        def __init__(self) -> None:
            if shell == "lab":
                self.kernel = "a kernel"

    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: Shell() if shell else None)
    assert choices._in_kernel() is found


# With a kernel


@pytest.mark.usefixtures("kernel")
def test_with_a_kernel_both_are_there() -> None:
    choice = explore(WORDS, "word", total)
    bundle = choice._repr_mimebundle_(include=None)
    assert set(bundle) == {"text/plain", "text/html", WIDGET_VIEW}
    assert bundle["text/plain"] == repr(choice)
    assert bundle["text/html"] == choice._repr_html_()
    assert set(bundle[WIDGET_VIEW]) == {"version_major", "version_minor", "model_id"}


def test_what_is_picked_is_shown_and_asked_once() -> None:
    asked: list[str] = []

    def show(rows: pd.DataFrame) -> int:
        asked.append(rows["word"].iloc[0])
        return total(rows)

    choice = explore(WORDS, "word", show, "term")
    picker, place = pick(choice)
    assert (picker.value, picker.options, place.value) == ("fog", ("fog", "ice"), placed("<pre>8</pre>"))
    picker.value = "ice"
    assert place.value == placed("<pre>1</pre>")
    picker.value = "fog"
    assert place.value == placed("<pre>8</pre>")
    assert repr(choice) == "term: fog\n8"
    assert "<pre>8</pre>" in choice._repr_html_()
    assert asked == ["fog", "ice"]


def test_two_widgets_of_one_choice_do_not_share_what_is_picked() -> None:
    choice = explore(WORDS, "word", total)
    (one, first), (_, second) = pick(choice), pick(choice)
    one.value = "ice"
    assert (first.value, second.value) == (placed("<pre>1</pre>"), placed("<pre>8</pre>"))


# What may go wrong


def refuse(rows: pd.DataFrame) -> int:
    if len(rows) > 1:
        raise InputError("two <rows> & more")
    return total(rows)


@pytest.mark.usefixtures("kernel")
def test_an_entry_that_is_refused_says_why() -> None:
    choice = explore(WORDS, "word", refuse)
    bundle = choice._repr_mimebundle_()
    assert bundle["text/plain"] == "word: fog\ntwo <rows> & more"
    assert bundle["text/html"].endswith("<p>two &lt;rows&gt; &amp; more</p>")
    picker, place = pick(choice)
    assert place.value == placed("<p>two &lt;rows&gt; &amp; more</p>")
    picker.value = "ice"
    assert place.value == placed("<pre>1</pre>")


@pytest.mark.usefixtures("kernel")
def test_another_error_is_not_hidden() -> None:
    def fail(rows: pd.DataFrame) -> int:
        return 1 // (total(rows) - 1)  # only of ice

    choice = explore(WORDS, "word", fail)
    picker, place = pick(choice)
    with pytest.raises(ZeroDivisionError):
        picker.value = "ice"
    assert place.value == placed("<pre>0</pre>")
    with pytest.raises(ZeroDivisionError):
        explore(WORDS.iloc[1:], "word", fail)._repr_mimebundle_()


@pytest.mark.parametrize("nasty", HOSTILE)
def test_nasty_text_is_text(nasty: str) -> None:
    rows = pd.DataFrame({"w": [nasty, "b"]}, dtype=object)
    choice = explore(rows, "w", lambda rows: rows["w"].iloc[0], nasty)
    page = Page(choice._repr_html_())
    assert page.tags == {"p", "b", "small", "pre"}
    assert page.attributes == []
    assert page.text == (f"{nasty}: {nasty} (JupyterLab has a list here, with 1 more){nasty!r}")
    picker, place = pick(choice)
    assert picker.options == (nasty, "b")
    # A label is set as text, not as HTML.
    assert (picker.description, picker.description_allow_html) == (f"{nasty}:", False)
    assert Page(place.value).text == repr(nasty)
    assert Page(place.value).tags == {"div", "pre"}


# In the suite


def test_the_evidence_behind_a_count(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    counts = count_mentions(toy, toy_mentions).sort_values("n_mentions", ascending=False)
    choice = explore(counts, "actor", lambda rows: show_evidence(toy, rows[["actor_id"]]))
    assert next(iter(choice.rows)) == "Norway"
    assert set(choice.rows) == set(counts["actor"])
    picker, place = pick(choice)
    picker.value = "Norwegian Broadcasting Corporation"
    assert Page(place.value).text == "Daily 1 sentenceMs. Berg will meet Jon Stone, NRK said. a [91:130]"


@pytest.mark.usefixtures("kernel")
def test_a_saved_notebook_keeps_what_stands_alone() -> None:
    """The list needs a kernel and has a number of its own in every run."""
    from nbformat.v4 import new_code_cell, new_notebook, new_output

    bundle = explore(WORDS, "word", total)._repr_mimebundle_()
    json.dumps(bundle)
    output = new_output("execute_result", data=bundle, execution_count=5)
    notebook = new_notebook(cells=[new_code_cell("x", execution_count=5, outputs=[output])])
    execution.normalise(notebook)
    (kept,) = notebook.cells[0].outputs
    assert set(kept["data"]) == {"text/plain", "text/html"}
    assert kept["execution_count"] == 1

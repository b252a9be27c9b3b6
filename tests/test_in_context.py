"""Words in context: each use once, by outlet and place, between the very words that stand around it."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from conftest import make_plain_corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import (
    Concordance,
    Corpus,
    InputError,
    find_all_words,
    load_corpus,
    show_evidence,
    show_in_context,
)
from helpers.in_context import WIDTH

NASTY = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\" onclick='x' & &lt;", "$x$ {0} %s",
    "\u202e\u2060\u200b", "</td></table>",
]  # fmt: skip


class Grid(HTMLParser):
    """Tags, attributes and the cells of a page's table."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.titles: list[str] = []
        self.scopes: list[str] = []
        self.rows: list[list[str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        found = {name: value or "" for name, value in attrs}
        self.attributes |= set(found)
        self.titles += [found["title"]] if "title" in found else []
        self.scopes += [found.get("scope", "none")] if tag == "th" else []
        if tag in ("tr", "p"):
            self.rows.append([])
        if tag in ("th", "td", "p"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        self.rows[-1][-1] += data


def lines(shown: Concordance) -> list[tuple[str, str, str, str]]:
    columns = ["article_id", "before", "keyword", "after"]
    return list(shown.lines[columns].itertuples(index=False, name=None))


def spans(*places: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(list(places), columns=["article_id", "start", "end"])


# What is shown


def test_each_use_of_a_word(toy: Corpus) -> None:
    assert lines(show_in_context(toy, pd.DataFrame({"word": ["said"]}))) == [
        # whole words of 50 characters before it are shown, and behind it what is left of its paragraph
        ("a", "… on Monday. Ms. Berg will meet Jon Stone, NRK ", "said", "."),
        ("a", "… “The two countries trust each other,” Mr. Stone ", "said", "."),
        (
            "c",
            "… will not talk to Norway, the foreign minister ",
            "said",
            ". Norwegians and East and West Borduria disagree.",
        ),
    ]


def test_each_mention_of_an_actor_within_its_paragraph(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    named = toy_mentions[(toy_mentions["actor_id"] == "norway") & (toy_mentions["article_id"] == "b")]
    assert lines(show_in_context(toy, named)) == [
        # the headline ends before it, and nothing of it comes into the next paragraph
        ("b", "Stone praises ", "Norway", ""),
        ("b", "Jon Stone of East Borduria praised ", "Norway", ". The stone bridge in Oslo will stay shut."),
        ("b", "… East Borduria praised Norway. The stone bridge in ", "Oslo", " will stay shut."),
    ]


def test_among_which_are_shown(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    words = find_all_words(toy, toy_mentions)
    rows = pd.DataFrame({"word": ["stone"]})
    everywhere = show_in_context(toy, rows)
    assert [line[2] for line in lines(everywhere)] == ["Stone", "Stone", "Stone", "Stone", "stone"]
    apart = show_in_context(toy, rows, among=words[~words["in_name"]])
    before, after = "Jon Stone of East Borduria praised Norway. The ", " bridge in Oslo will stay shut."
    assert lines(apart) == [("b", before, "stone", after)]


@pytest.mark.parametrize(
    ("n", "kept", "left_out"),
    [
        (1, [0], 22),
        (2, [0, 11], 21),
        (5, [0, 4, 9, 13, 18], 18),
        (22, list(range(22)), 1),
        (23, list(range(23)), 0),
    ],
)
def test_some_of_many_are_spread_evenly(
    n: int, kept: list[int], left_out: int, toy: Corpus, toy_mentions: pd.DataFrame
) -> None:
    places = ["article_id", "start", "end"]
    everything = show_in_context(toy, toy_mentions, n=100).lines
    shown = show_in_context(toy, toy_mentions, n=n)
    assert len(everything) == len(toy_mentions[places].drop_duplicates()) == left_out + len(kept)
    pd.testing.assert_frame_equal(shown.lines, everything.iloc[kept].reset_index(drop=True))
    assert shown.n_left_out == left_out
    rest = f"+ {left_out} more use{'s' if left_out != 1 else ''}"
    assert repr(shown).endswith(f"\n{rest}") == (left_out > 0)
    assert shown._repr_html_().endswith(f"</table><p>{rest}</p>") == (left_out > 0)


def test_rows_in_any_order_and_twice_show_the_same(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    shuffled = pd.concat([toy_mentions, toy_mentions]).sample(frac=1, random_state=1)
    assert repr(show_in_context(toy, shuffled)) == repr(show_in_context(toy, toy_mentions))


def test_nothing_to_show(toy: Corpus) -> None:
    shown = show_in_context(toy, pd.DataFrame({"word": ["xylophone"]}))
    assert repr(shown) == "No use stands behind these rows."
    assert shown._repr_html_() == "<p>No use stands behind these rows.</p>"
    assert list(shown.lines.columns) == ["outlet", "article_id", "start", "end", "before", "keyword", "after"]


@pytest.mark.parametrize("n", [0, -2])
def test_a_use_at_least_is_shown(n: int, toy: Corpus) -> None:
    with pytest.raises(InputError, match=f"^n is {n}: expected 1 or more uses to show$"):
        show_in_context(toy, toy.sentences, n=n)


@pytest.mark.parametrize("rows", [pd.DataFrame({"colour": [1]}), pd.Series([1])])
def test_rows_that_lead_nowhere_are_the_same_error_as_for_evidence(rows: pd.DataFrame, toy: Corpus) -> None:
    with pytest.raises(InputError) as error:
        show_evidence(toy, rows)
    with pytest.raises(InputError, match=f"^{re.escape(str(error.value))}$"):
        show_in_context(toy, rows)


# Against the text itself


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_before_keyword_and_after_are_the_text(data: st.DataObject, bundled: Corpus) -> None:
    block = bundled.blocks.iloc[data.draw(st.integers(0, len(bundled.blocks) - 1))]
    start = data.draw(st.integers(block["start"], block["end"] - 1))
    end = data.draw(st.integers(start + 1, block["end"]))
    (line,) = show_in_context(bundled, spans((block["article_id"], start, end))).lines.itertuples()
    raw = bundled.raw(block["article_id"])
    first, last = max(block["start"], start - WIDTH), min(block["end"], end + WIDTH)
    assert line.keyword == raw[start:end]
    assert line.before.startswith("… ") == (first > block["start"])
    assert line.after.endswith(" …") == (last < block["end"])
    before, after = line.before.removeprefix("… "), line.after.removesuffix(" …")
    around = " ".join(raw[first:last].split())
    shown = " ".join(f"{before}{line.keyword}{after}".split())
    at = around.index(shown)
    # No more than part of a word is left out on either side.
    assert " " not in around[:at].rstrip()
    assert " " not in around[at + len(shown) :].strip()


def test_a_use_over_two_paragraphs_stands_between_what_is_around_both(toy: Corpus) -> None:
    shown = show_in_context(toy, spans(("b", 14, 31)))
    assert lines(shown) == [
        ("b", "Stone praises ", "Norway\n\nJon Stone", " of East Borduria praised Norway. The stone bridge …")
    ]
    assert repr(shown).splitlines() == [
        f"{'Stone praises ':>52}[Norway Jon Stone] of East Borduria praised Norway. The stone bridge …  Daily"
    ]


# As text and as HTML


def test_text_has_the_words_below_each_other(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    shown = show_in_context(toy, toy_mentions, n=100)
    assert {line.index("[") for line in repr(shown).splitlines()} == {WIDTH + 2}
    assert repr(shown).splitlines()[7].strip().split("  ")[0] == (
        "… arrived in Szohod on Monday. Ms. Berg will meet [Jon Stone], NRK said."
    )


def test_html_to_the_letter(toy: Corpus) -> None:
    head = "".join(
        f'<th scope="col" style="text-align:{side}">{name}</th>'
        for name, side in (("outlet", "left"), ("before", "right"), ("used", "center"), ("after", "left"))
    )
    assert show_in_context(toy, spans(("b", 14, 20)))._repr_html_() == (
        f'<table class="shown tex2jax_ignore mathjax_ignore"><thead><tr>{head}</tr></thead><tbody>'
        '<tr><th scope="row" style="text-align:left" title="b">Daily</th>'
        '<td style="text-align:right">Stone praises </td>'
        '<td style="text-align:center"><mark>Norway</mark></td>'
        '<td style="text-align:left"></td></tr></tbody></table>'
    )


@pytest.mark.parametrize("nasty", NASTY)
def test_nasty_text_is_text(nasty: str, tmp_path: Path) -> None:
    corpus = make_plain_corpus(tmp_path, f"There {nasty} was {nasty} a fog.")
    quoted = nasty.replace('"', '""')
    (tmp_path / "articles.csv").write_text(f'file,outlet\na0.txt,"{quoted}"\n', encoding="utf-8")
    corpus = load_corpus(tmp_path)
    start = corpus.raw("a0").rindex(nasty)
    shown = show_in_context(corpus, spans(("a0", start, start + len(nasty)), ("a0", start, start + 1)), n=1)
    grid = Grid(shown._repr_html_())
    assert grid.tags == {"table", "thead", "tbody", "tr", "th", "td", "mark", "p"}
    assert grid.attributes == {"class", "scope", "style", "title"}
    assert grid.titles == ["a0"]
    assert grid.scopes == ["col"] * 4 + ["row"]
    shown = show_in_context(corpus, spans(("a0", start, start + len(nasty))))
    (_, cells) = Grid(shown._repr_html_()).rows
    assert cells == [nasty, f"There {nasty} was ", nasty, " a fog."]

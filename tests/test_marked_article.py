"""An article read whole: its text is all there, a mention has its side's colour and code."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import Actor, Corpus, InputError, count_mentions, find_mentions, load_corpus, show_article
from helpers.annotations import AnnotatedCorpus
from helpers.charts_style import list_sides
from helpers.marked_article import _KINDS, _LINES, MarkedArticle, _codes, _mark

NASTY = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\" onclick='x' & &lt;", "$x$ {text} {0} %s",
    "{label} {{bg}} }{", "</span></div></p>", "word\u2060 joined\u2060", "\u202e\u200bx\u200b",
    "line-height: 2.5",
]  # fmt: skip
COLUMNS = ["article_id", "start", "end", "actor_id", "kind", "use"]
INVISIBLE = "\u200b"


class Page(HTMLParser):
    """A page's paragraphs, each its text without labels and its labels; lines by what is under them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.paragraphs: list[str] = []
        self.looks: list[str] = []  # the style of each paragraph
        self.labels: list[str] = []
        self.lines: list[str] = []  # what is drawn under each piece of a mention
        self.open: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        style = found.get("style", "")
        inside = [name for name, _ in self.open]
        assert tag not in ("p", "div") or "p" not in inside, "a paragraph ends where another box begins"
        self.tags.add(tag)
        self.attributes |= set(found)
        if tag == "p":
            self.paragraphs.append("")
            self.looks.append(style)
        if "font-size:10px" in style:
            self.labels.append("")
        if style.startswith("position:absolute;background:"):
            self.lines.append(re.findall("background:(.*?);top", style)[0])
        self.open.append((tag, style))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if any("font-size:10px" in style for _, style in self.open):
            self.labels[-1] += data.rstrip(INVISIBLE)
        else:
            self.paragraphs[-1] += data


def squeeze(text: str) -> str:
    """Text as a browser shows it: any white space is one space."""
    return " ".join(text.split())


def rows(*mentions: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(mentions), columns=COLUMNS)


def page_of(shown: MarkedArticle) -> Page:
    return Page(shown._repr_html_())


NORWAY, EAST, WEST = "#D55E00", "#0072B2", "#009E73"  # of three sides, by the alphabet


# The toy corpus, by hand


def test_an_article_as_text(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """Of nested mentions the outer; what does not count has none; a place's code is in brackets."""
    assert repr(show_article(toy, "a", toy_mentions)).splitlines() == [
        "Daily, 2024-03-01",
        "[Anna Berg|No] Visits [Szohod|EB]",
        (
            "[Norwegian foreign minister|No] [Anna Berg|No] arrived in [Szohod|(EB)] on Monday. "
            "[Ms. Berg|No] will meet [Jon Stone|EB], [NRK|No] said."
        ),
        "[Norway’s navy|No] sent no ship. “The [two countries|EB] trust each other,” [Mr. Stone|EB] said.",
        "Read more",
    ]


def test_an_article_as_html(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    page = page_of(show_article(toy, "b", toy_mentions))
    key, *paragraphs = page.paragraphs
    assert key == (
        "Whose: EB East Borduria, No Norway. As what:  name; "
        "a code in brackets and no line: only where something happens."
    )
    assert squeeze(paragraphs[0]) == "Stone praises Norway"
    assert squeeze(paragraphs[1]) == squeeze(toy.raw("b")[22:105])
    assert page.labels == ["EB", "No", "EB", "EB", "No", "(No)"]
    # a line below each word, none below a place
    assert page.lines == [EAST, NORWAY, EAST, EAST, EAST, EAST, NORWAY, "transparent"]


def test_what_a_paragraph_looks_like_by_its_kind(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    page = page_of(show_article(toy, "a", toy_mentions))
    assert page.looks == ["", *["line-height:2"] * 3, "line-height:2;color:#666"]
    assert squeeze(page.paragraphs[-1]) == "[boilerplate, not counted] Read more"
    caption = show_article(toy, "c", toy_mentions)._repr_html_()
    assert "<b>The" not in caption
    assert '<p style="line-height:2"><i>The' in caption
    assert '<p style="line-height:2"><b><span' in show_article(toy, "a", toy_mentions)._repr_html_()


def test_nested_mentions_have_a_line_each(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """The Norwegian foreign minister: a title over three words, an adjective below its first."""
    here = toy_mentions[(toy_mentions["start"] >= 25) & (toy_mentions["end"] <= 51)]
    page = page_of(show_article(toy, "a", here[here["article_id"] == "a"]))
    title, adjective = (_LINES[kind].format(NORWAY) for kind in ("title", "demonym"))
    assert page.lines == [title, adjective, title, title]
    assert page.labels == ["No", "No"]
    assert page.paragraphs[0] == "Whose: No Norway. As what:  adjective,  title beside a name."


def test_two_mentions_of_one_span_have_a_line_each(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    here = toy_mentions[toy_mentions["start"] == 165]
    assert here["actor_id"].tolist() == ["east_borduria", "norway"]
    page = page_of(show_article(toy, "a", here))
    assert page.labels == ["EB", "No"]
    assert len(page.lines) == 4  # two words


@pytest.mark.parametrize("kind", list(_LINES))
def test_every_kind_has_a_line_of_its_own_and_a_name(kind: str, toy: Corpus) -> None:
    page = page_of(show_article(toy, "b", rows(("b", 57, 63, "norway", kind, "actor"))))
    assert page.lines == [_LINES[kind].format(NORWAY)]
    assert page.paragraphs[0] == f"Whose: No Norway. As what:  {_KINDS[kind]}."
    assert len({line.format("x") for line in _LINES.values()}) == len(_LINES) == len(_KINDS)


def test_pronouns(toy: Corpus) -> None:
    mentions = find_mentions(toy, pronouns=True)
    assert repr(show_article(toy, "a", mentions)) == repr(show_article(toy, "a", find_mentions(toy)))
    one = rows(("a", 91, 94, "anna_berg", "pronoun", "actor"))
    assert "[Ms.|No] Berg" in repr(show_article(toy, "a", one))


def test_mentions_as_a_place_alone_have_no_kind(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    places = toy_mentions[toy_mentions["use"] == "place"]
    page = page_of(show_article(toy, "b", places))
    assert page.paragraphs[0] == (
        "Whose: No Norway. As what: a code in brackets and no line: only where something happens."
    )
    assert (page.labels, page.lines) == (["(No)"], ["transparent"])


def test_an_article_without_mentions(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    for none in (toy_mentions.head(0), toy_mentions[toy_mentions["article_id"] == "b"]):
        shown = show_article(toy, "c", none)
        page = page_of(shown)
        assert page.paragraphs[0] == "No mention is marked."
        assert (page.labels, page.lines, shown.key) == ([], [], [])
        assert repr(shown).split("\n", 1)[1] == toy.raw("c").strip().replace("\n\n", "\n")


def test_colours_are_those_of_all_mentions(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """West Borduria is the third side though it is in one article only."""
    sides = list_sides(count_mentions(toy, toy_mentions, by="actor_id"))
    for article_id in "abc":
        shown = show_article(toy, article_id, toy_mentions)
        assert [side for _, side in shown.key] == [side for id_, side in sides.items() if id_ and (
            id_ != "west_borduria" or article_id == "c"
        )]  # fmt: skip
        colours = dict(zip(shown.mentions["side"], shown.mentions["colour"], strict=True))
        assert colours == {id_: sides[id_].colour for id_ in colours}
    assert page_of(show_article(toy, "c", toy_mentions)).lines[-1] == WEST


def test_an_actor_without_a_side_is_grey(tmp_path: Path) -> None:
    (tmp_path / "actors.toml").write_text(
        '[[actor]]\nname = "Acme"\ntype = "organisation"\n[[actor]]\nname = "Norway"\ntype = "state"\n'
    )
    (tmp_path / "articles.csv").write_text("file,outlet\na.txt,A\n")
    (tmp_path / "a.txt").write_text("Acme left Norway in the morning.\n")
    corpus = load_corpus(tmp_path)
    shown = show_article(corpus, "a", find_mentions(corpus))
    assert [(code, side.name, side.colour) for code, side in shown.key] == [
        ("–", "", "#8F8F8F"),
        ("No", "Norway", "#0072B2"),
    ]
    page = page_of(shown)
    assert [label.strip("()") for label in page.labels] == ["–", "No"]
    assert page.lines[0] == "#8F8F8F"
    assert page.paragraphs[0].startswith("Whose: – no side, No Norway. As what:")


def test_codes_that_differ_by_capitals_alone_would_share_a_colour(tmp_path: Path) -> None:
    """displaCy finds a colour by its label in capitals."""
    names = ["North Osten", "Norland", "Osten"]
    (tmp_path / "actors.toml").write_text(
        "".join(f'[[actor]]\nname = "{name}"\ntype = "state"\n' for name in names), encoding="utf-8"
    )
    (tmp_path / "articles.csv").write_text("file,outlet\na.txt,A\n")
    (tmp_path / "a.txt").write_text("It met North Osten, then Norland, then Osten.\n", encoding="utf-8")
    corpus = load_corpus(tmp_path)
    shown = show_article(corpus, "a", find_mentions(corpus))
    page = page_of(shown)
    by_code = {code: side.colour for code, side in shown.key}
    assert len({code.upper() for code in by_code}) == len(names)
    # "North Osten" has two words and so two lines
    assert page.lines == [by_code[label] for label in (page.labels[0], *page.labels)]
    assert len(set(page.lines)) == len(names)


# Codes


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (["United States", "Ukraine"], ["US", "Uk"]),
        (["the West"], ["We"]),
        (["North Ontario", "Norway", "Norland"], ["NO", "Nor", "Norl"]),
        (["A", "B", ""], ["A", "B", "–"]),
        (["日", "日本"], ["日", "日本"]),
        (["Korea", "Korea", "Korea"], ["Ko", "Kor", "Kore"]),
        (["a b", "a b"], ["ab", "ab2"]),
        (["", "–"], ["–", "–2"]),
        (["  "], ["–"]),
        (["<b>", "&"], ["<b", "&"]),
        ([], []),
    ],
)
def test_codes(names: list[str], codes: list[str]) -> None:
    assert _codes(names) == codes


few = st.text("aAbB ß1–", max_size=3)


@settings(deadline=None)
@given(st.lists(few | st.text(max_size=6), max_size=12))
@example(["ß", "SS", "ss"])
@example(["A"] * 12)
def test_no_two_sides_have_one_code(names: list[str]) -> None:
    codes = _codes(names)
    assert len(codes) == len(names)
    assert len({code.upper() for code in codes}) == len(names)
    assert all(code.strip() for code in codes)


# Any spans in any text


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, pd.DataFrame]:
    """A text, and mentions nested, overlapping and side by side in it."""
    pieces = st.sampled_from(
        [*NASTY, "Norway", "’s", " ", "\n", "\u2060", "&amp;", "é", "\u00a0", "-", "ab cd"]
    )
    text = draw(st.lists(pieces, min_size=1, max_size=8).map("".join))
    spans = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 20)), max_size=6))
    mentions = [
        {
            "start": 100 + start,
            "end": 100 + min(len(text), start + length),
            "kind": draw(st.sampled_from(list(_LINES))),
            "use": draw(st.sampled_from(["actor", "place"])),
            "code": draw(st.sampled_from(["No", "EB", "–", "<b", "{0}"])),
            "colour": "#0072B2",
        }
        for start, length in spans
    ]
    return text, pd.DataFrame(mentions, columns=["start", "end", "kind", "use", "code", "colour"])


@settings(deadline=None)
@given(marked_texts())
def test_the_text_of_a_marked_paragraph_is_the_text(drawn: tuple[str, pd.DataFrame]) -> None:
    text, mentions = drawn
    page = Page(f"<p>{_mark(text, mentions, 100)}</p>")
    assert squeeze(page.paragraphs[0]) == squeeze(text)
    assert page.tags <= {"p", "span"}
    assert page.attributes <= {"style"}
    expected = []
    for m in mentions.itertuples():
        covered = text[m.start - 100 : m.end - 100]
        if covered[:1].strip():  # a mention never begins with a space
            expected.append(f"({m.code})" if m.use == "place" else m.code)
    assert sorted(page.labels) == sorted(expected)
    assert not page.lines or set(page.lines) <= {
        "transparent",
        *(x.format("#0072B2") for x in _LINES.values()),
    }


@pytest.mark.parametrize("article", range(5))
def test_the_bundled_articles_are_whole(
    article: int, bundled: Corpus, bundled_mentions: pd.DataFrame
) -> None:
    article_id = bundled.articles["article_id"].iloc[article]
    shown = show_article(bundled, article_id, bundled_mentions)
    raw, blocks = bundled.raw(article_id), shown.blocks
    texts = [squeeze(raw[a:b]) for a, b in zip(blocks["start"], blocks["end"], strict=True)]
    page = page_of(shown)
    aside = [re.sub(r"^\[\w+, not counted\] ", "", squeeze(text)) for text in page.paragraphs[1:]]
    assert aside == texts
    here = bundled_mentions[bundled_mentions["article_id"] == article_id]
    assert len(page.labels) == len(here)
    # As text: what is in brackets out again, it is the same.
    plain = re.sub(r"\[([^\[\]|]*)\|\(?[^()\[\]|]*\)?\]", r"\1", "\n".join(repr(shown).split("\n")[1:]))
    assert squeeze(plain) == " ".join(texts)


@pytest.mark.parametrize(
    "places",
    [
        [(14, 31)],  # over the end of a paragraph: not marked
        [(0, 20), (14, 31)],
        [(22, 40), (35, 63)],  # over each other, neither in the other
        [(22, 40), (30, 50), (45, 63)],
        [(22, 105), (22, 31), (22, 25), (57, 63)],
    ],
)
def test_odd_spans_lose_no_text(places: list[tuple[int, int]], toy: Corpus) -> None:
    shown = show_article(toy, "b", rows(*[("b", a, b, "norway", "named", "actor") for a, b in places]))
    page = page_of(shown)
    assert list(map(squeeze, page.paragraphs[1:])) == list(map(squeeze, toy.raw("b").strip().split("\n\n")))
    plain = re.sub(r"\[|\|No\]", "", repr(shown))
    assert plain == "Daily, 2024-03-02\n" + toy.raw("b").strip().replace("\n\n", "\n")
    assert len(page.labels) == len([a for a, b in places if b <= 20 or a >= 22])


# What cannot be shown


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_that_is_missing(column: str, toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    sentence = f"mentions lacks the column {column!r}: expected what find_mentions gives"
    with pytest.raises(InputError, match=f"^{re.escape(sentence)}$"):
        show_article(toy, "a", toy_mentions.drop(columns=column))


def test_an_unknown_article(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    with pytest.raises(InputError, match=r"^unknown article 'd': expected one of a, b, c$"):
        show_article(toy, "d", toy_mentions)


def test_tables_alone_have_no_text_to_show(tmp_path: Path, toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    folder = tmp_path / "tables"
    alone = AnnotatedCorpus(
        toy.articles, toy.blocks, toy.sentences, toy.actors, folder, _texts={}, _blocks={}
    )
    sentence = "tables/ holds tables and no texts: what reads the text itself needs a folder of articles"
    with pytest.raises(InputError, match=f"^{re.escape(sentence)}$"):
        show_article(alone, "a", toy_mentions)


# Untrusted text


@pytest.mark.parametrize("nasty", NASTY)
def test_nasty_text_is_text(nasty: str, tmp_path: Path) -> None:
    name = nasty.replace("\\", "\\\\").replace('"', '\\"')
    (tmp_path / "actors.toml").write_text(
        f'[[actor]]\nid = "x"\nname = "{name} Land"\ntype = "state"\naliases = ["Norway"]\n', encoding="utf-8"
    )
    quoted = nasty.replace('"', '""')
    (tmp_path / "articles.csv").write_text(f'file,outlet\na.txt,"{quoted}"\n', encoding="utf-8")
    text = f"It {nasty} rained {nasty} on Norway {nasty} for hours.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert isinstance(corpus.actors["x"], Actor)
    at = corpus.raw("a").index(nasty)
    mentions = rows(
        ("a", at, at + len(nasty), "x", "named", "actor"),
        ("a", text.index("Norway"), text.index("Norway") + 6, "x", "nominal", "place"),
        ("a", at, len(text) - 1, "x", "title", "actor"),
    )
    shown = show_article(corpus, "a", mentions)
    page = page_of(shown)
    assert page.tags <= {"div", "p", "b", "i", "small", "span"}
    assert page.attributes <= {"style", "class"}
    assert squeeze(page.paragraphs[1]) == squeeze(text)
    ((code, side),) = shown.key
    assert page.labels == [code, code, f"({code})"]
    assert page.paragraphs[0].startswith(f"Whose: {code} {side.name}. As what:")
    assert shown._repr_html_().startswith('<div class="article tex2jax_ignore mathjax_ignore"')

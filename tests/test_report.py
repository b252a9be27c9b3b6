"""The page of a run: findings first, words, tables and pictures, nothing that runs or is loaded."""

import base64
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import nbformat
import pandas as pd
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import report, save_figure
from helpers.charts import draw_article_makeup
from helpers.execution import NOTEBOOKS_DIR, WIDGET_VIEW
from helpers.paths import FIGURES_DIR
from helpers.report import write_report

PNG = base64.b64encode(b"inline").decode()
ALT = "One bar, “nine” words & <more>."
VOID = {"br", "col", "hr", "img", "meta"}


class Page(HTMLParser):
    """The tags of a page with their attributes, in order; its text, whole and by the tags it stands in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.source = text
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data
        self.texts.append((" ".join(self._open), data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def within(self, tag: str) -> list[str]:
        """The words directly in each such tag."""
        return [text for path, text in self.texts if path.split()[-1:] == [tag]]


def markdown(text: str, *tags: str) -> NotebookNode:
    return new_markdown_cell(text, metadata={"tags": list(tags)})


def code(source: str, *tags: str, **data: str) -> NotebookNode:
    """A cell with one output, its forms by their kind."""
    kinds = {"html": "text/html", "plain": "text/plain", "png": "image/png", "widget": WIDGET_VIEW}
    output = new_output("display_data", data={kinds[kind]: value for kind, value in data.items()})
    return new_code_cell(source, outputs=[output], metadata={"tags": list(tags)})


def write(folder: Path, *notebooks: list[NotebookNode], title: str = "A visit") -> Page:
    """The page of notebooks with these cells."""
    paths = [folder / f"0{number}_n.ipynb" for number in range(1, len(notebooks) + 1)]
    for path, cells in zip(paths, notebooks, strict=True):
        nbformat.write(new_notebook(cells=cells), path)
    return Page(write_report(paths, folder, folder / "out" / "index.html", title).read_text(encoding="utf-8"))


def save(folder: Path, name: str, n_rows: int = 1) -> None:
    """Save a figure, with a table of so many rows."""
    table = pd.DataFrame({"article": "a", "outlet": "<b>Däily</b>", "kind": "body", "n_words": [9] * n_rows})
    save_figure(draw_article_makeup(table.head(1)), name, table, ALT, folder)


def assert_harmless(page: Page) -> None:
    """Nothing runs, nothing is loaded: every address is in the page, or a link that a reader may follow."""
    assert {"script", "link", "iframe", "object", "embed", "svg", "base", "form"}.isdisjoint(
        tag for tag, _ in page.tags
    )
    assert [name for _, attributes in page.tags for name in attributes if name.startswith("on")] == []
    loading = ("src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "xlink:href")
    sources = [attributes[name] for _, attributes in page.tags for name in loading if name in attributes]
    assert [s for s in sources if not s.startswith(("data:image/png;base64,", "data:image/svg+xml,"))] == []
    links = [attributes["href"] for attributes in page.all("a")]
    assert [h for h in links if not h.startswith(("#", "http://", "https://", "data:text/csv;"))] == []
    styles = [attributes["style"] for _, attributes in page.tags if "style" in attributes]
    assert not re.search(r"url\(|@import|image-set|expression", " ".join([*styles, *page.within("style")]))
    policy = next(a["content"] for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline'")
    assert page.source.index("Content-Security-Policy") < page.source.index("<style")


def assert_readable(page: Page) -> None:
    """Headings in order, ids once, links to ids that are there, tables and pictures that can be heard."""
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = [a["href"][1:] for a in page.all("a") if a["href"].startswith("#")]
    assert set(inside) <= set(ids)
    assert all(image.get("alt") for image in page.all("img"))
    assert all("scope" in th for th in page.all("th"))
    regions = [a for _, a in page.tags if a.get("role") == "region"]
    assert len(regions) == len(page.all("table"))
    assert all(a["tabindex"] == "0" and a["aria-label"] for a in regions)
    assert len({a["aria-label"] for a in regions}) == len(regions)


# ---- The whole page -----------------------------------------------------------------------------


def test_the_page_of_the_bundled_articles(tmp_path: Path) -> None:
    notebooks = sorted(NOTEBOOKS_DIR.glob("*.ipynb"))
    written = [
        write_report(notebooks, FIGURES_DIR, tmp_path / name, "A visit").read_bytes()
        for name in ("a.html", "b.html")
    ]
    assert written[0] == written[1]
    page = Page(written[0].decode())
    assert_harmless(page)
    assert_readable(page)
    assert "5 articles by 4 outlets, 3,980 words in 151 sentences." in page.words
    assert len(page.all("img")) == len(list(FIGURES_DIR.glob("*.svg")))
    assert all(image["src"].startswith("data:image/svg+xml,") for image in page.all("img"))
    assert len([a for a in page.all("section") if a["id"].startswith("part-")]) == len(notebooks)
    assert len(written[0]) < 5_000_000


def test_it_has_a_language_a_title_landmarks_and_a_way_past_the_contents(tmp_path: Path) -> None:
    page = write(tmp_path, [markdown("# Who?")], title="A <visit>")
    assert page.all("html") == [{"lang": "en"}]
    assert page.within("title") == page.within("h1") == ["A <visit>"]
    assert [tag for tag, _ in page.tags if tag in ("header", "nav", "main")] == ["header", "nav", "main"]
    assert page.all("a")[0]["href"] == "#main"
    assert re.search(r"Made with version \d+\.\d+\.\d+ of the suite", page.words)


def test_the_contents_list_each_notebook_and_its_questions(tmp_path: Path) -> None:
    page = write(
        tmp_path,
        [markdown("# What came in?"), markdown("## How many?\n\n## By *whom*?")],
        [markdown("# Who?\n\n## How often?")],
    )
    assert_readable(page)
    listed = [text for path, text in page.texts if " nav " in path and path.endswith(" a")]
    assert listed == ["What came in?", "How many?", "By whom?", "Who?", "How often?"]
    assert "2 questions" in page.within("summary")
    headings = [tag for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert headings == ["h1", "h2", "h2", "h3", "h3", "h2", "h3"]


def test_levels_of_headings_leave_none_out(tmp_path: Path) -> None:
    page = write(
        tmp_path, [markdown("# A?\n\n#### B?"), markdown("## C?", "finding"), code("x", html="<h6>D</h6>")]
    )
    assert_readable(page)


def test_a_notebook_without_words_still_has_a_part(tmp_path: Path) -> None:
    page = write(tmp_path, [code("1", plain="1")])
    assert_readable(page)
    assert page.all("section")[0]["aria-label"] == "Untitled"


# ---- Findings -----------------------------------------------------------------------------------


def test_findings_come_first_and_once(tmp_path: Path) -> None:
    table = pd.DataFrame({"answer": ["Norway leads"]}).to_html()
    page = write(
        tmp_path,
        [
            markdown("# What came in?"),
            markdown("Five articles came in.", "seeds-only", "finding"),
            markdown("Rest one."),
        ],
        [markdown("# What else?"), markdown("Nothing found here.")],
        [markdown("# Who?"), code("outcomes", "finding", html=table), markdown("## Detail?")],
    )
    assert_readable(page)
    words = page.words[page.words.index("The findings", page.words.index("Skip")) :]
    order = ["Five articles came in.", "Norway leads", "Rest one.", "Nothing found here.", "Detail?"]
    places = [words.rindex(text) for text in order]
    assert places == sorted(places)
    assert [page.words.count(text) for text in order[:4]] == [1, 1, 1, 1]
    assert [a["id"] for a in page.all("section")] == ["findings", "part-1", "part-2", "part-3"]
    groups = [text for path, text in page.texts if path.endswith(" section h3 a")]
    assert groups == ["What came in?", "Who?"]


def test_without_findings_there_is_no_such_section(tmp_path: Path) -> None:
    page = write(tmp_path, [markdown("# Who?"), code("x = 1", "finding", plain="")])
    assert [a["id"] for a in page.all("section")] == ["part-1"]
    assert "findings" not in page.words


# ---- What cells show ----------------------------------------------------------------------------


def test_evidence_is_folded_behind_a_count(tmp_path: Path) -> None:
    item = "<li>It <mark>came</mark>. <small>a [1:9]</small></li>"
    inner = f"<p><b>Daily</b></p><ul>{item}{item}</ul><p><b>Herald</b></p><ul>{item}</ul><p>+ 4 more</p>"
    none = '<div class="evidence"><p>No sentence stands behind these rows.</p></div>'
    page = write(
        tmp_path,
        [
            markdown("# Who?"),
            code("show", html=f'<div class="evidence mathjax_ignore">{inner}</div>'),
            code("pick", html=f'<p>outlet: Daily</p><div class="evidence mathjax_ignore">{inner}</div>'),
            code("show", html=none),
        ],
    )
    assert page.all("details") == 2 * [{"class": "evidence mathjax_ignore"}]
    assert page.within("summary") == 2 * ["Evidence: 3 sentences"]
    assert {"details" in path for path, text in page.texts if text == "came"} == {True}
    assert "details" not in next(path for path, text in page.texts if text.startswith("No sentence"))


def test_tables_say_what_their_headings_head(tmp_path: Path) -> None:
    plain = pd.DataFrame({"text": ["a", "b"], "n": [1, 20.5]}, index=pd.Index(["x", "y"], name="outlet"))
    pivot = plain[["n"]].rename_axis(columns="kind")
    two = plain.set_index("text", append=True)
    deep = pd.concat({"left": plain, "right": plain}, axis=1)
    bare = plain.reset_index(drop=True)
    shown = (
        '<table class="shown"><caption>Who, by outlet</caption>'
        '<thead><tr><th scope="col">outlet</th></tr></thead>'
        '<tbody><tr><th scope="row" style="text-align:left">x</th></tr></tbody></table>'
    )
    tables = [plain.to_html(), pivot.to_html(), two.to_html(), deep.to_html(), bare.to_html(), shown]
    pages = [write(tmp_path, [markdown("# Who?"), code("t", html=html)]) for html in tables]
    for page in pages:
        assert_readable(page)
    assert [page.within("th") for page in pages[:3]] == [
        ["outlet", "text", "n", "x", "y"],
        ["outlet / kind", "n", "x", "y"],
        ["outlet", "text", "n", "x", "a", "y", "b"],
    ]
    assert {th["scope"] for th in pages[3].all("th")} == {"col", "colgroup", "row"}
    assert pages[4].within("th") == ["text", "n", "0", "1"]
    assert "Table: Who, by outlet" in [a.get("aria-label") for _, a in pages[5].tags]
    assert "Table: Who?" in [a.get("aria-label") for _, a in pages[0].tags]
    numbers = [text for path, text in pages[0].texts if path.endswith(" td")]
    assert numbers == ["a", "1.0", "b", "20.5"]
    assert [td.get("class") for td in pages[0].all("td")] == [None, "number", None, "number"]


def test_rows_keep_their_cells(tmp_path: Path) -> None:
    """What is marked and copied into a spreadsheet is the table that was shown."""
    table = pd.DataFrame(
        {("a", "x"): [1, 2], ("a", "y"): [3, 4]}, index=pd.MultiIndex.from_product([["k"], ["l", "m"]])
    )
    page = write(tmp_path, [markdown("# Who?"), code("t", html=table.to_html())])
    rows = page.source[page.source.index("<tbody") : page.source.index("</tbody")].split("<tr")[1:]
    assert [re.findall(r"<(?:td|th)[^>]*>(.*?)</", row) for row in rows] == [
        ["k", "l", "1", "3"],
        ["m", "2", "4"],
    ]
    assert 'rowspan="2"' in rows[0]


def test_a_saved_figure_stands_with_its_words_and_its_table(tmp_path: Path) -> None:
    save(tmp_path, "01_makeup")
    page = write(
        tmp_path,
        [
            markdown("# Who?"),
            code('save_figure(chart, "01_makeup", table, alt, folder)', png=PNG),
            code("x", png=PNG),
        ],
    )
    assert_harmless(page)
    assert_readable(page)
    saved, other = page.all("img")
    assert saved["alt"] == ALT
    picture = unquote(saved["src"].removeprefix("data:image/svg+xml,"))
    root = ElementTree.fromstring(picture)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    ids = {element.get("id") for element in root.iter()}
    used = [use.get("href", "")[1:] for use in root.iter("{http://www.w3.org/2000/svg}use")]
    assert used
    assert set(used) <= ids
    assert other["src"] == f"data:image/png;base64,{PNG}"
    caption = [text for path, text in page.texts if " figcaption" in path]
    assert caption[:3] == ["Words per article, by kind of passage", "In words", ALT]
    link = next(a for a in page.all("a") if "download" in a)
    assert link["download"] == "01_makeup.csv"
    content = unquote(link["href"].removeprefix("data:text/csv;charset=utf-8,"))
    assert content == "\ufeff" + (tmp_path / "01_makeup.csv").read_text(encoding="utf-8")


def test_the_largest_tables_stay_outside_a_page_that_would_be_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path, "01_small")
    save(tmp_path, "02_large", n_rows=8_000)
    cells = [markdown("# Who?")] + [
        code(f'save_figure(chart, "{name}", table, alt, folder)', png=PNG)
        for name in ("01_small", "02_large")
    ]

    def saved(page: Page) -> list[str]:
        return [a["download"] for a in page.all("a") if "download" in a]

    assert saved(write(tmp_path, cells)) == ["01_small.csv", "02_large.csv"]
    monkeypatch.setattr(report, "MOST_BYTES", 200_000)
    page = write(tmp_path, cells)
    assert saved(page) == ["01_small.csv"]
    assert re.search(r"Its table \(\d+ kB\) is not in this page: figures/02_large\.csv", page.words)


@pytest.mark.parametrize(
    ("plain", "shown", "tag"),
    [
        ("'Modularity of 0.3'", "Modularity of 0.3", "p"),
        ('"it\'s <b>"', "it's <b>", "p"),
        ("Corpus: no literal", "Corpus: no literal", "pre"),
        ("['a', 'b']", "['a', 'b']", "pre"),
        ("1204", "1204", "pre"),
    ],
)
def test_a_string_is_shown_without_quotation_marks(plain: str, shown: str, tag: str, tmp_path: Path) -> None:
    page = write(tmp_path, [markdown("# Who?"), code("x", plain=plain)])
    assert shown in page.within(tag)


def test_of_a_widget_its_static_form_is_shown(tmp_path: Path) -> None:
    both = code("pick", html="<p>the first</p>", plain="VBox(...)", widget="{}")
    page = write(tmp_path, [markdown("# Who?"), both, code("pick", plain="Dropdown(...)", widget="{}")])
    assert "the first" in page.words
    assert "VBox" not in page.words
    assert "Dropdown" not in page.words


def test_no_code_is_shown_and_what_was_printed_is(tmp_path: Path) -> None:
    printed = new_code_cell("secret_name = 1", outputs=[new_output("stream", text="\x1b[31m<9> words\x00\n")])
    page = write(tmp_path, [markdown("# Who?"), printed])
    assert "secret_name" not in page.source
    assert "<9> words" in page.words
    assert "\x1b" not in page.source


# ---- Links and hostile text ---------------------------------------------------------------------


def test_links_lead_to_parts_of_the_page_or_keep_their_words_only(tmp_path: Path) -> None:
    links = "[next](02_n.ipynb) [deep](02_n.ipynb#Who) [gone](07_x.ipynb) [up](../README.md#top) [out](https://x.example/a)"
    page = write(
        tmp_path,
        [markdown(f"# What?\n\n{links} [run](javascript:alert(1)) [x](#nowhere)")],
        [markdown("# Who?")],
    )
    assert_harmless(page)
    inside = [text for path, text in page.texts if path.endswith(" section p a")]
    assert inside[:3] == ["next", "deep", "out"]
    assert [a["href"] for a in page.all("a")].count("#part-2") == 3  # and once in the contents
    assert {" gone up ", " run x"} <= set(page.within("p"))


NASTY = [
    "<script>alert(1)</script>",
    '<img src=x onerror="a()">',
    "<style>*{display:none}</style>",
    "</table></section>",
    '" onmouseover="a()',
    "<iframe src=//evil.example></iframe>",
    "<!-- x",
    "]]>",
    "&lt;b&gt;",
    "a\u2028b",
    "<svg onload=a()>",
    "<math><mi//xlink:href='data:x,<script>a()</script>'>",
    "<meta http-equiv=refresh>",
]
UNESCAPED = [
    "<p style='background:url(//evil.example)'>x</p>",
    "<a href=' java\nscript:a()'>x</a>",
    "<img src='data:image/svg+xml,<svg/>'>",
    "<img srcset='//evil.example 2x' src='//evil.example'>",
    "<a href='data:text/html,<script>a()</script>' download=x>x</a>",
    "",
]


def test_article_text_is_text(tmp_path: Path) -> None:
    table = pd.DataFrame({"outlet": NASTY})
    escaped = table.to_html()
    page = write(tmp_path, [markdown("# Who?"), code("t", html=escaped), code("t", plain=table.to_string())])
    assert_harmless(page)
    assert_readable(page)
    for nasty in NASTY:
        assert nasty in page.within("td")


@pytest.mark.parametrize("nasty", NASTY + UNESCAPED)
def test_markup_that_was_not_escaped_does_not_run_either(nasty: str, tmp_path: Path) -> None:
    page = write(
        tmp_path,
        [
            markdown(f"# Who?\n\n{nasty}"),
            code("x", html=f"<div>{nasty}"),
            markdown("The end."),
        ],
        [markdown("# Second?")],
    )
    assert_harmless(page)
    assert "Second?" in page.within("h2")
    assert "The end." in page.words

"""The page of a run: words and pictures, nothing that runs or is loaded from elsewhere."""

import base64
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import save_figure
from helpers.charts import draw_article_makeup
from helpers.report import write_report

PNG = base64.b64encode(b"inline").decode()


class Page(HTMLParser):
    """The tags of a page, with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def page(tmp_path: Path) -> Page:
    table = pd.DataFrame({"article": ["a"], "outlet": ["<b>Daily</b>"], "kind": ["body"], "n_words": [9]})
    save_figure(draw_article_makeup(table), "01_makeup", table, "One bar, “nine” words & <more>.", tmp_path)
    image = new_output("display_data", data={"image/png": PNG, "text/plain": "<Figure>"})
    outlet = pd.DataFrame({"outlet": ["<script>alert(1)</script>", '<img src=x onerror="a()">']})
    shown = new_output("execute_result", data={"text/html": outlet.to_html(), "text/plain": "x"})
    first = new_notebook(
        cells=[
            new_markdown_cell(
                "# What <i>came</i> in?\n\nNext: [Who?](02_b.ipynb), [outside](http://x.example/a)"
            ),
            new_code_cell('_ = save_figure(chart, "01_makeup", table, alt, folder)', outputs=[image]),
            new_code_cell("table", outputs=[shown]),
            new_code_cell("chart", outputs=[image]),
        ]
    )
    second = new_notebook(cells=[new_markdown_cell("# Who?\n\n[elsewhere](../README.md#top)")])
    for name, notebook in {"01_a.ipynb": first, "02_b.ipynb": second}.items():
        nbformat.write(notebook, tmp_path / name)
    path = write_report(
        [tmp_path / "01_a.ipynb", tmp_path / "02_b.ipynb"],
        tmp_path,
        tmp_path / "out" / "index.html",
        "A <visit>",
    )
    return Page(path.read_text(encoding="utf-8"))


def test_nothing_runs_and_nothing_is_loaded(page: Page) -> None:
    assert "script" not in {tag for tag, _ in page.tags}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    sources = [attributes["src"] or "" for _, attributes in page.tags if "src" in attributes]
    assert sources
    assert all(source.startswith("data:image/png;base64,") for source in sources)
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_article_text_is_text(page: Page) -> None:
    assert "<script>alert(1)</script>" in page.words
    assert "A <visit>" in page.words


def test_a_saved_figure_stands_with_its_words(page: Page) -> None:
    images = [attributes for tag, attributes in page.tags if tag == "img"]
    assert images[0]["alt"] == "One bar, “nine” words & <more>."
    assert base64.b64decode((images[0]["src"] or "").split(",")[1]).startswith(b"\x89PNG")
    assert "One bar, “nine” words & <more>." in page.words


def test_links_lead_to_parts_of_the_page_or_keep_their_words_only(page: Page) -> None:
    links = [attributes["href"] or "" for tag, attributes in page.tags if tag == "a"]
    assert "#part-2" in links
    assert all(link.startswith(("#", "http://x.example")) for link in links)
    assert "elsewhere" in page.words


def test_the_contents_name_each_notebook(page: Page) -> None:
    assert [a.get("id") for tag, a in page.tags if tag == "section"] == ["part-1", "part-2"]
    assert page.words.count("Who?") >= 2

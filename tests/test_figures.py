"""Figures as files: the same bytes, the words inside, the data beside them."""

import base64
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from PIL import Image

from helpers.charts import draw_article_makeup
from helpers.errors import InputError
from helpers.figures import PNG_DPI, SavedFigure, save_figure, write_gallery

MAKEUP = pd.DataFrame(
    {
        "article": ["a1", "a1", "b2"],
        "outlet": ["Harbour & Sons <Post>", "Harbour & Sons <Post>", "Lantern"],
        "kind": ["body", "credit", "body"],
        "n_words": [300, 12, 250],
    }
)
ALT = 'Bars: 300 & 250 words, "quoted" <b>.'
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture
def ax() -> Axes:
    return draw_article_makeup(MAKEUP)


def test_four_files_are_written(ax: Axes, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "figures"
    paths = save_figure(ax, "01_words", MAKEUP, ALT, folder)
    names = ["01_words.svg", "01_words.png", "01_words.pdf", "01_words.csv"]
    assert [path.name for path in paths] == names
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


def test_what_was_saved_is_a_list_of_paths_that_names_them(ax: Axes, tmp_path: Path) -> None:
    saved = save_figure(ax, "01_words", MAKEUP, ALT, tmp_path)
    assert isinstance(saved, SavedFigure)
    assert isinstance(saved, list)
    assert saved == [tmp_path / f"01_words.{ending}" for ending in ("svg", "png", "pdf", "csv")]
    assert repr(saved) == "01_words.svg, 01_words.png, 01_words.pdf, 01_words.csv"
    assert str(tmp_path) not in f"{saved!r}{saved}"


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """What IPython is given to show: data and metadata of each output."""
    shown: list[tuple[dict[str, str], dict[str, Any]]] = []

    def display(data: dict[str, str], *, raw: bool, metadata: dict[str, Any] | None = None) -> None:
        assert raw
        shown.append((data, metadata or {}))

    monkeypatch.setattr("IPython.display.display", display)
    return shown


def test_a_notebook_shows_the_picture_that_was_saved_and_its_words(
    ax: Axes, tmp_path: Path, displayed: list[tuple[dict[str, str], dict[str, Any]]]
) -> None:
    from IPython.core.formatters import DisplayFormatter

    saved = save_figure(ax, "01_words", MAKEUP, f"  {ALT}\n\x07 More. ", tmp_path)
    content = (tmp_path / "01_words.png").read_bytes()
    assert DisplayFormatter().format(saved) == ({}, {})  # it has shown itself, so no list is shown
    (picture, metadata), (words, _) = displayed
    assert base64.b64decode(picture["image/png"], validate=True) == content
    assert str(tmp_path) not in picture["text/plain"]
    assert saved.alt == words["text/plain"] == f"{ALT} More."
    assert words["text/html"].endswith(
        "<summary>In words</summary>Bars: 300 &amp; 250 words, &quot;quoted&quot; &lt;b&gt;. More.</details>"
    )
    with Image.open(io.BytesIO(content)) as image:
        # as wide as in print, where a screen has 96 dots an inch
        assert metadata == {"image/png": {"alt": saved.alt, "width": image.width * 120 // PNG_DPI}}
        assert image.info["Description"] == saved.alt


def test_a_notebook_shows_the_new_picture_when_the_file_is_the_old_one(tmp_path: Path) -> None:
    """What is shown was drawn now, whatever stands in the folder."""
    first = save_figure(draw_article_makeup(MAKEUP), "f", MAKEUP, ALT, tmp_path)
    other = MAKEUP.assign(n_words=[1, 2, 3])
    second = save_figure(draw_article_makeup(other), "f", other, ALT, tmp_path)
    assert first.png != second.png == (tmp_path / "f.png").read_bytes()


@pytest.mark.parametrize("as_list", [False, True])
def test_a_figure_that_was_saved_is_closed_and_no_other(ax: Axes, tmp_path: Path, as_list: bool) -> None:
    other = draw_article_makeup(MAKEUP).get_figure(root=True)
    assert other is not None
    assert len(plt.get_fignums()) == 2
    save_figure([ax] if as_list else ax, "f", MAKEUP, ALT, tmp_path)
    assert plt.get_fignums() == [other.number]


def test_a_figure_of_several_panels_is_closed_as_a_whole(tmp_path: Path) -> None:
    _, panels = plt.subplots(1, 2)
    panels[0].set_title("Two panels")
    assert len(save_figure(list(panels), "f", MAKEUP, ALT, tmp_path)) == 4
    assert plt.get_fignums() == []


def test_a_figure_that_was_not_saved_stays_open(ax: Axes, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        save_figure(ax, "f", MAKEUP, "", tmp_path)
    assert len(plt.get_fignums()) == 1


def test_bytes_are_the_same_in_fresh_processes(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, 'tests')\n"
        "import test_charts as t\n"
        "from helpers import charts, figures\n"
        "actors = t.make_actors([f'Person {k}' for k in range(12)])\n"
        "edges = t.make_edges(actors)\n"
        "axes = [charts.draw_cooccurrence_network(edges, actors),\n"
        "        charts.draw_mention_rates(t.make_counts(t.OUTLETS, t.HOSTILE))]\n"
        "for k, ax in enumerate(axes):\n"
        "    figures.save_figure(ax, f'figure_{k}', edges, 'Words.', Path(sys.argv[1]))\n"
    )
    contents = []
    for run in ("1", "2"):
        folder = tmp_path / run
        subprocess.run(
            [sys.executable, "-c", code, str(folder)],
            check=True,
            cwd=Path(__file__).parents[1],
            env={**os.environ, "PYTHONHASHSEED": run, "MPLBACKEND": "agg"},
        )
        contents.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert len(contents[0]) == 8
    assert contents[0] == contents[1]


def test_files_hold_no_date_and_no_version(ax: Axes, tmp_path: Path) -> None:
    for path in save_figure(ax, "f", MAKEUP, ALT, tmp_path):
        content = path.read_bytes().lower()
        for word in (b"creationdate", b"matplotlib v", b"matplotlib.org", b"dc:date", b"producer"):
            assert word not in content, (path.name, word)


def test_svg_speaks(ax: Axes, tmp_path: Path) -> None:
    root = ElementTree.parse(save_figure(ax, "01_words", MAKEUP, ALT, tmp_path)[0]).getroot()
    title, words = root[0], root[1]
    assert (title.tag, title.text) == (SVG + "title", "Words per article, by kind of passage")
    assert (words.tag, words.text) == (SVG + "desc", ALT)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {words.get('id')}"
    assert title.get("id") == "01_words-title"
    assert root.find(f".//{SVG}text") is None  # outlines: needs no font


def test_png_and_pdf_hold_title_and_words(ax: Axes, tmp_path: Path) -> None:
    _, png, pdf, _ = save_figure(ax, "f", MAKEUP, "Größe – 300 words.", tmp_path)
    with Image.open(png) as picture:
        assert picture.info["Title"] == "Words per article, by kind of passage"
        assert picture.info["Description"] == "Größe – 300 words."
        assert picture.width == pytest.approx(170 / 25.4 * 200, abs=1)
    content = pdf.read_bytes()
    assert b"/Title (Words per article, by kind of passage)" in content
    assert b"/Subject" in content


def test_data_are_safe_to_open_in_a_spreadsheet(ax: Axes, tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "word": ["=1+1", "+1", "-x", "@sum", "\tx", "\rx", "a=b", 'say "x", y'],
            "n": [-5, 1, 2, 3, 4, 5, 6, 7],
            "=rate": [1.23456789, -0.5, 1e-9, np.nan, 1234567.0, 2.0, 0.1 + 0.2, 3.0],
        }
    )
    path = save_figure(ax, "f", table, ALT, tmp_path)[3]
    assert path.read_bytes().decode() == (
        "word,n,'=rate\n"
        "'=1+1,-5,1.23457\n"
        "'+1,1,-0.5\n"
        "'-x,2,1e-09\n"
        "'@sum,3,\n"
        "'\tx,4,1.23457e+06\n"
        '"\'\rx",5,2\n'
        "a=b,6,0.3\n"
        '"say ""x"", y",7,3\n'
    )


def test_a_file_is_touched_only_when_its_bytes_change(ax: Axes, tmp_path: Path) -> None:
    paths = save_figure(ax, "f", MAKEUP, ALT, tmp_path)
    for path in paths:
        os.utime(path, (0, 0))
    save_figure(ax, "f", MAKEUP.replace(250, 251), ALT, tmp_path)
    changed = [path.suffix for path in paths if path.stat().st_mtime > 0]
    assert changed == [".csv"]


def test_a_failing_write_leaves_the_old_file(
    ax: Axes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = save_figure(ax, "f", MAKEUP, ALT, tmp_path)
    before = {path: path.read_bytes() for path in paths}

    def fail(self: Path, target: Path) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        save_figure(ax, "f", MAKEUP, "Other words.", tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", ["", "a/b", "..", "../x", "a\\b", ".hidden", "x.png", "a b", "é"])
def test_a_name_that_is_no_plain_name_is_an_error(name: str, ax: Axes, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^figure name .*: expected letters, digits, '_' and '-'"):
        save_figure(ax, name, MAKEUP, ALT, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("alt", ["", " \n\t\x00"])
def test_a_figure_without_words_is_an_error(alt: str, ax: Axes, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="figure 'f' has no alternative text: pass alt="):
        save_figure(ax, "f", MAKEUP, alt, tmp_path)


def test_no_axes_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="figure 'f': axes is empty"):
        save_figure([], "f", MAKEUP, ALT, tmp_path)


def test_control_characters_and_surrogates_keep_no_file_from_being_read(ax: Axes, tmp_path: Path) -> None:
    table = pd.DataFrame({"text": pd.Series(["a\ud800b"], dtype=object)})
    paths = save_figure(ax, "f", table, "a\x07b\ud800c", tmp_path)
    assert ElementTree.parse(paths[0]).getroot()[1].text == "a b c"
    assert paths[3].read_text() == "text\na\\ud800b\n"


def test_gallery_shows_each_figure_with_its_words_and_files(ax: Axes, tmp_path: Path) -> None:
    save_figure(ax, "02_b", MAKEUP, "Second.", tmp_path)
    save_figure(ax, "01_a", MAKEUP, "First.", tmp_path)
    (tmp_path / "02_b.pdf").unlink()
    assert write_gallery(tmp_path).read_text() == (
        "# Figures\n\n"
        "Each figure as it is, in words, and as files to take.\n\n"
        "## Words per article, by kind of passage\n\n"
        '<img src="01_a.png" alt="First." width="800">\n\n'
        "In words: First.\n\n"
        "Files: [SVG](01_a.svg) · [PNG](01_a.png) · [PDF](01_a.pdf) · [CSV](01_a.csv)\n\n"
        "## Words per article, by kind of passage\n\n"
        '<img src="02_b.png" alt="Second." width="800">\n\n'
        "In words: Second.\n\n"
        "Files: [SVG](02_b.svg) · [PNG](02_b.png) · [CSV](02_b.csv)\n"
    )


def test_gallery_escapes_what_markdown_or_html_would_run(ax: Axes, tmp_path: Path) -> None:
    alt = '"><script>x</script> [a](javascript:b) *c* _d_ `e` $f$ # g | h \\ i\n\n- j & k'
    save_figure(ax, "f", MAKEUP, alt, tmp_path)
    text = write_gallery(tmp_path).read_text()
    assert "<script" not in text
    assert 'alt="&quot;&gt;&lt;script&gt;x&lt;/script&gt; [a](javascript:b)' in text
    words = next(line for line in text.splitlines() if line.startswith("In words: "))
    assert not set(words) & set('<>[]*_`$|\\"')
    assert "&#91;a&#93;(javascript:b) &#42;c&#42; &#95;d&#95;" in words


def test_gallery_of_an_empty_folder_says_so(tmp_path: Path) -> None:
    readme = write_gallery(tmp_path / "figures")
    assert readme.read_text() == "# Figures\n\nThere are no figures yet.\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "x.svg holds no title and description"),
        ("not a picture", "x.svg is no SVG file"),
    ],
)
def test_gallery_names_a_strange_svg(content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "x.svg").write_text(content)
    with pytest.raises(ValueError, match=message):
        write_gallery(tmp_path)

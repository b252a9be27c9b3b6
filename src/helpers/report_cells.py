"""What a cell of an executed notebook shows in the report: its words, its table, its figure."""

import ast
import html
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from nbconvert.filters import strip_ansi
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbformat import NotebookNode

from .choices import WIDGET_VIEW
from .figures import read_words
from .report_html import Rewriter

_SAVED = re.compile(r"save_figure\([^,]+, \"([A-Za-z0-9_-]+)\"")
# What an address can hold as it is, inside quotation marks in a page; the rest becomes %XX.
_PLAIN = " !$'()*+,-./:;=?@[]^_`{|}~"


def show_cell(cell: NotebookNode, figures: Path, rewriter: Rewriter, largest_table: int) -> str:
    """Give what a cell shows, as HTML; of code only what came out.

    Parameters
    ----------
    cell : NotebookNode
        A cell of an executed notebook.
    figures : Path
        Where its figures were saved.
    rewriter : Rewriter
        Makes the HTML of its part.
    largest_table : int
        Tables of figures with more bytes than this are not put into the page.

    Returns
    -------
    str
        The HTML, which may be empty.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell
    >>> show_cell(new_markdown_cell("**Who?** <b onclick='a()'>x</b>"), Path(), Rewriter({}), 0)
    '<p><strong>Who?</strong> <b>x</b></p>'
    """
    if cell.cell_type == "markdown":
        return rewriter.rewrite(markdown2html_mistune(cell.source)).strip()
    if cell.cell_type != "code":
        return ""
    saved = _SAVED.search(cell.source)
    picture = figures / f"{saved[1]}.svg" if saved else None
    shown = []
    for output in cell.outputs:
        data = output.get("data", {})
        if picture and picture.is_file() and "image/png" in data:
            shown.append(_show_figure(picture, largest_table))
            picture = None
        elif saved and 'class="in-words' in data.get("text/html", ""):
            continue  # they stand in the figure's caption
        elif output.output_type == "stream":
            shown.append(_show_text(output.text))
        else:
            shown.append(_show_data(data, output.get("metadata", {}), rewriter))
    return "\n".join(filter(None, shown))


def _show_data(data: dict[str, Any], metadata: dict[str, Any], rewriter: Rewriter) -> str:
    """The best form of an output that needs nothing that runs."""
    if "text/html" in data:
        return rewriter.rewrite(data["text/html"]).strip()
    if "image/png" in data:
        alt = metadata.get("image/png", {}).get("alt") or f"A picture, not described: {rewriter.last_heading}"
        source = "".join(data["image/png"].split())
        image = f'<img src="data:image/png;base64,{html.escape(source)}" alt="{html.escape(alt)}">'
        return f"<figure>{image}</figure>"
    if WIDGET_VIEW in data or "text/plain" not in data:
        return ""
    try:
        value = ast.literal_eval(data["text/plain"])
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        value = None
    if isinstance(value, str):  # a sentence, which a notebook shows in quotation marks
        return f"<p>{_escape(value)}</p>"
    return _show_text(data["text/plain"])


def _escape(text: str) -> str:
    return html.escape(strip_ansi(text), quote=False)


def _show_text(text: str) -> str:
    return f"<pre>{_escape(text)}</pre>" if text.strip() else ""


def _show_figure(svg: Path, largest_table: int) -> str:
    """A saved figure with its alternative text; below it these words, folded, and its table to take away."""
    title, alt = map(html.escape, read_words(svg))
    picture = svg.read_text(encoding="utf-8")
    size = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', picture)
    # On a screen a third larger than in print; the page makes it smaller where there is no room.
    place = f' width="{float(size[1]) * 5 / 3:.0f}" height="{float(size[2]) * 5 / 3:.0f}"' if size else ""
    return (
        f'<figure><img src="data:image/svg+xml,{_as_address(picture)}" alt="{alt}"{place}>'
        f"<figcaption><p>{title}</p><details><summary>In words</summary><p>{alt}</p></details>"
        f"{_link_table(svg.with_suffix('.csv'), largest_table)}</figcaption></figure>"
    )


def _as_address(svg: str) -> str:
    """Write a picture into an address, percent-encoded where it must be: smaller than base64."""
    svg = re.sub(r"<!--.*?-->", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    svg = re.sub(r"\s+", " ", svg).replace("> <", "><").strip()
    # Each letter is drawn by its id: a short id and the short form of a reference save a tenth of the page.
    svg = svg.replace("xlink:href=", "href=").replace("DejaVuSans-", "g")
    if "'" not in svg:
        svg = svg.replace('"', "'")
    return quote(svg, safe=_PLAIN)


def _link_table(csv: Path, largest_table: int) -> str:
    if not csv.is_file():
        return ""
    content, name = csv.read_bytes(), html.escape(csv.name)
    size = f"{max(1, round(len(content) / 1000))} kB"
    if len(content) > largest_table:
        return f"<p>Its table ({size}) is not in this page: figures/{name}</p>"
    # Spreadsheets know UTF-8 by the mark at its beginning.
    address = html.escape(f"data:text/csv;charset=utf-8,%EF%BB%BF{quote(content, safe=_PLAIN)}")
    return f'<p><a download="{name}" href="{address}">Save its table: {name}</a> ({size})</p>'

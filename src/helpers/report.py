"""One HTML page from executed notebooks: text, tables and figures, no code, nothing that runs or loads."""

import base64
import html
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from traitlets.config import Config

from .figures import read_words, write_if_changed

# The browser itself is told to run no script and to load nothing, whatever article text brought with it.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SAVED = re.compile(r"save_figure\([^,]+, \"([A-Za-z0-9_-]+)\"")


def write_report(notebooks: list[Path], figures: Path, path: Path, title: str) -> Path:
    """Write executed notebooks as one page that needs no other file and no network.

    Parameters
    ----------
    notebooks : list of Path
        The executed notebooks, in order.
    figures : Path
        Where their figures were saved; their words become the pictures' alternative texts.
    path : Path
        The file to write.
    title : str
        What the page is about.

    Returns
    -------
    Path
        The file.

    Examples
    --------
    >>> import tempfile
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     notebook = Path(folder) / "01_a.ipynb"
    ...     nbformat.write(new_notebook(cells=[new_markdown_cell("# Who?")]), notebook)
    ...     page = write_report([notebook], Path(folder), Path(folder) / "index.html", "A visit").read_text()
    >>> "<h1>A visit</h1>" in page, "<script" in page
    (True, False)
    """
    choices = {"exclude_input": True, "exclude_output_prompt": True, "exclude_anchor_links": True}
    exporter = HTMLExporter(config=Config({"HTMLExporter": {"template_name": "basic", **choices}}))
    style = files("helpers").joinpath("data/report.css").read_text(encoding="utf-8")
    parts, contents = [], []
    for number, notebook_path in enumerate(notebooks, 1):
        notebook = nbformat.read(notebook_path, as_version=4)
        contents.append(f'<li><a href="#part-{number}">{html.escape(_heading(notebook))}</a></li>')
        _give_words(notebook, figures)
        body, _ = exporter.from_notebook_node(notebook)
        body = re.sub(r"<script\b.*?</script>", "", body, flags=re.DOTALL | re.IGNORECASE)
        body = body.replace("<table", '<div class="wide"><table').replace("</table>", "</table></div>")
        parts.append(f'<section id="part-{number}">{_link_parts(body, notebooks)}</section>')
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#main">To the contents</a>
<header><h1>{html.escape(title)}</h1>
<nav aria-label="Contents"><ol>
{chr(10).join(contents)}
</ol></nav></header>
<main id="main">
{chr(10).join(parts)}
</main>
</body>
</html>
"""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_if_changed(path, page.encode(errors="xmlcharrefreplace"))
    return path


def _heading(notebook: NotebookNode) -> str:
    """The notebook's own question."""
    lines = (
        line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()
    )
    return next((line.removeprefix("# ") for line in lines if line.startswith("# ")), "Untitled")


def _give_words(notebook: NotebookNode, figures: Path) -> None:
    """Put each saved figure, with its words, in place of the picture that its cell shows."""
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        saved = _SAVED.search(cell.source)
        picture = figures / f"{saved[1]}.png" if saved else None
        words = figures / f"{saved[1]}.svg" if saved else None
        shown = [output for output in cell.outputs if "image/png" in output.get("data", {})]
        if picture and words and shown and picture.is_file() and words.is_file():
            title, alt = read_words(words)
            shown[0].data = _as_figure(picture.read_bytes(), title, alt)


def _as_figure(png: bytes, title: str, alt: str) -> dict[str, Any]:
    data = base64.b64encode(png).decode()
    image = f'<img src="data:image/png;base64,{data}" alt="{html.escape(alt)}">'
    words = f"<details><summary>{html.escape(title)}, in words</summary>{html.escape(alt)}</details>"
    return {"text/html": f"<figure>{image}<figcaption>{words}</figcaption></figure>"}


def _link_parts(body: str, notebooks: list[Path]) -> str:
    """Let links from one notebook to the next lead to its part; others lose their target, not their words."""
    for number, path in enumerate(notebooks, 1):
        body = body.replace(f'href="{path.name}', f'href="#part-{number}" data-part="')
    return re.sub(r'<a href="(?!#|https?://)[^"]*">(.*?)</a>', r"\1", body, flags=re.DOTALL)

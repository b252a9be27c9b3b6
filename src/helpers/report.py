"""One HTML page from executed notebooks: findings, tables, figures; no code, nothing that runs or loads."""

import html
import re
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from .figures import write_if_changed
from .report_cells import show_cell
from .report_html import Rewriter

# The browser itself is told to run no script and to load nothing, whatever article text brought with it.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
FINDING = "finding"
# Mail takes a page of this size; if it would be larger, tables of figures over LARGE_TABLE stay outside it.
MOST_BYTES = 5_000_000
LARGE_TABLE = 150_000
_CORPUS = re.compile(r"Corpus: (\d[\d,]* articles .*)")


@dataclass(frozen=True)
class _Part:
    """A notebook in the page: its id and question, its other questions with their ids, and its HTML."""

    own_id: str
    question: str
    questions: list[tuple[str, str]]
    findings: str
    rest: str


def write_report(notebooks: list[Path], figures: Path, path: Path, title: str) -> Path:
    """Write executed notebooks as one page that needs no other file and no network.

    What cells tagged ``finding`` say or show comes first, then the notebooks in order without them.

    Parameters
    ----------
    notebooks : list of Path
        The executed notebooks, in order.
    figures : Path
        Where their figures were saved, with their words and tables.
    path : Path
        The file to write.
    title : str
        What the page is about.

    Returns
    -------
    Path
        The file. The same notebooks and figures give the same bytes; where they would be more than 5 MB, the
        largest tables of figures are left out, and their captions say so.

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
    nodes = [nbformat.read(notebook, as_version=4) for notebook in notebooks]
    names = [notebook.name for notebook in notebooks]
    page = _write_page(nodes, names, figures, title, MOST_BYTES)
    if len(page) > MOST_BYTES:
        page = _write_page(nodes, names, figures, title, LARGE_TABLE)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_if_changed(path, page)
    return path


def _write_page(
    notebooks: list[NotebookNode], names: list[str], figures: Path, title: str, largest_table: int
) -> bytes:
    ids = [f"part-{number}" for number in range(1, len(names) + 1)]
    rewriter = Rewriter({name: f"#{own_id}" for name, own_id in zip(names, ids, strict=True)})
    parts = [
        _make_part(notebook, own_id, rewriter, figures, largest_table)
        for notebook, own_id in zip(notebooks, ids, strict=True)
    ]
    style = files("helpers").joinpath("data/report.css").read_text(encoding="utf-8")
    heading, made_with = html.escape(title), html.escape(version("helpers"))
    findings = _write_findings(parts)
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{heading}</title>
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#main">Skip the contents</a>
<header id="top">
<h1>{heading}</h1>
<p>{html.escape(_find_size(notebooks))}Made with version {made_with} of the suite.
Every count leads back to its sentences: in the folded evidence, and in the notebooks.</p>
</header>
<nav aria-labelledby="contents">
<h2 id="contents">Contents</h2>
{'<p><a href="#findings">The findings</a></p>' if findings else ""}
<ol>
{chr(10).join(map(_list_part, parts))}
</ol>
</nav>
<main id="main">
{findings}{chr(10).join(map(_write_part, parts))}
</main>
</body>
</html>
"""
    return page.encode(errors="xmlcharrefreplace")


def _make_part(
    notebook: NotebookNode, own_id: str, rewriter: Rewriter, figures: Path, largest_table: int
) -> _Part:
    """Turn a notebook into HTML: its findings, which stand elsewhere, and the rest."""
    findings: list[NotebookNode] = []
    rest: list[NotebookNode] = []
    for cell in notebook.cells:
        (findings if FINDING in cell.metadata.get("tags", []) else rest).append(cell)
    for cell in findings:  # the section's heading says it
        cell.source = cell.source.removeprefix("**The finding.** ")

    def show(cells: list[NotebookNode]) -> str:
        return "\n".join(filter(None, (show_cell(c, figures, rewriter, largest_table) for c in cells)))

    # The page has h1, its parts h2; the findings of a part stand below an h3 with its question.
    rewriter.begin(own_id, level=1, shift=1, heading="Untitled")
    shown = show(rest)
    (_, question), *questions = rewriter.headings or [("", "Untitled")]
    rewriter.begin(f"finding-{own_id}", level=3, shift=2, heading=question)
    return _Part(own_id, question, questions, show(findings), shown)


def _find_size(notebooks: list[NotebookNode]) -> str:
    """How much was read, in the words of the corpus, if a notebook shows it."""
    for notebook in notebooks:
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                found = _CORPUS.fullmatch(output.get("data", {}).get("text/plain", ""))
                if found:
                    return f"{found[1]}. "
    return ""


def _list_part(part: _Part) -> str:
    link = f'<a href="#{part.own_id}">{html.escape(part.question)}</a>'
    items = "".join(f'<li><a href="#{own_id}">{html.escape(q)}</a></li>' for own_id, q in part.questions)
    n = len(part.questions)
    more = f"<details><summary>{n} question{'' if n == 1 else 's'}</summary><ul>{items}</ul></details>"
    return f"<li>{link}{more if n else ''}</li>"


def _write_findings(parts: list[_Part]) -> str:
    """What was found, before how: nothing if no cell says so."""
    found = [
        f'<h3><a href="#{part.own_id}">{html.escape(part.question)}</a></h3>\n{part.findings}'
        for part in parts
        if part.findings
    ]
    if not found:
        return ""
    heading = '<h2 id="findings-heading">The findings</h2>'
    return (
        f'<section id="findings" aria-labelledby="findings-heading">\n{heading}\n'
        f"{chr(10).join(found)}\n</section>\n"
    )


def _write_part(part: _Part) -> str:
    back = '<p class="back"><a href="#top">Back to the contents</a></p>'
    label = html.escape(part.question)
    return f'<section id="{part.own_id}" aria-label="{label}">\n{part.rest}\n{back}\n</section>'

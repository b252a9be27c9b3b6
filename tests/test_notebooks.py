"""Hold every committed notebook against the rules of how a notebook here is built."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.cli import NOTEBOOKS_DIR

NOTEBOOKS = sorted(NOTEBOOKS_DIR.glob("*.ipynb"))
MAX_LINES = 12

MAGIC = re.compile(r"^\s*[%!]|\bpip3? install\b")
ABSOLUTE_PATH = re.compile(r"""(?:^|[\s'"(=\[])(?:/[\w.-]+){2,}|\b[A-Za-z]:\\""")
MEMORY_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,}\b")
WARNING = re.compile(r"\b[A-Za-z]+Warning\b")
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
UNIT = re.compile(r"\bper \d+(?:,\d{3})* words\b")
LINK = re.compile(r"\]\(([^)]+)\)")
DEFINITION = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
QUIET = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.AugAssign)


def tags(cell: NotebookNode) -> list[str]:
    """Give a cell's tags."""
    return list(cell.metadata.get("tags", []))


def text_of(cell: NotebookNode) -> str:
    """Join all that a code cell put out as text."""
    parts = []
    for output in cell.outputs:
        parts.append(output.get("text", ""))
        data = output.get("data", {})
        parts += [data[kind] for kind in ("text/plain", "text/html") if kind in data]
    return "\n".join(parts)


def parse(cell: NotebookNode) -> ast.Module:
    """Parse a code cell; what is no Python has a fault of its own."""
    try:
        return ast.parse(cell.source)
    except SyntaxError:
        return ast.Module(body=[], type_ignores=[])


def numbers_in(text: str) -> set[str]:
    """Find the numbers of a text, without thousands commas; a link's or a unit's are none."""
    text = UNIT.sub("", LINK.sub("]", text))
    return {number.replace(",", "") for number in NUMBER.findall(text)}


def find_layout_faults(notebook: NotebookNode, next_name: str) -> list[str]:
    """Find what is wrong with the order and the kinds of cells."""
    faults = []
    cells = notebook.cells
    if cells[0].cell_type != "markdown" or not cells[0].source.startswith("# "):
        faults.append("the first cell is not a title")
    if len(cells) < 2 or cells[1].cell_type != "markdown" or "seeds-only" not in tags(cells[1]):
        faults.append("the second cell is not the finding, tagged seeds-only")
    if sum("parameters" in tags(cell) for cell in cells) != 1:
        faults.append("not exactly one cell is tagged parameters")
    code = [cell for cell in cells if cell.cell_type == "code"]
    importing = [
        cell
        for cell in code
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(parse(cell)))
    ]
    if len(importing) != 1:
        faults.append("not exactly one cell imports")
    counts = [cell.execution_count for cell in code]
    if counts != list(range(1, len(code) + 1)):
        faults.append(f"execution counts are {counts}, not 1..{len(code)}")
    if cells[-1].cell_type != "markdown" or next_name not in LINK.findall(cells[-1].source):
        faults.append(f"the last cell has no link to {next_name}")
    shown = numbers_in("\n".join(text_of(cell) for cell in code))
    for cell in cells:
        if "seeds-only" in tags(cell):
            unseen = sorted(numbers_in(cell.source) - shown)
            faults += [f"the number {number} is shown by no cell" for number in unseen]
    return faults


def find_cell_faults(cell: NotebookNode) -> list[str]:
    """Find what is wrong within one cell."""
    lines = cell.source.splitlines()
    faults = {f"over {MAX_LINES} lines": len(lines) > MAX_LINES}
    if cell.cell_type == "code":
        body = parse(cell).body
        inside = [node for statement in body for node in ast.walk(statement)]
        shown = text_of(cell)
        faults |= {
            "a magic, shell or install command": any(MAGIC.search(line) for line in lines),
            "a definition": any(isinstance(node, DEFINITION) for node in inside),
            "an absolute path": bool(ABSOLUTE_PATH.search(f"{cell.source}\n{shown}")),
            "neither an output nor an assignment": not cell.outputs
            and not all(isinstance(statement, QUIET) for statement in body),
            "a figure saved but not shown": "save_figure(" in cell.source
            and not any("image/png" in output.get("data", {}) for output in cell.outputs),
            "an error": any(output.output_type == "error" for output in cell.outputs),
            "output on stderr": any(output.get("name") == "stderr" for output in cell.outputs),
            "a warning in the output": bool(WARNING.search(shown)),
            "a memory address in the output": bool(MEMORY_ADDRESS.search(shown)),
        }
    return [fault for fault, found in faults.items() if found]


def find_faults(notebook: NotebookNode, next_name: str) -> list[str]:
    """Find everything wrong with a notebook; faults within a cell name it, counted from 1."""
    faults = find_layout_faults(notebook, next_name)
    for position, cell in enumerate(notebook.cells, start=1):
        faults += [f"cell {position}: {fault}" for fault in find_cell_faults(cell)]
    return faults


def make_good_notebook() -> NotebookNode:
    """Make a small notebook that keeps every rule."""
    cells = [
        new_markdown_cell("# How often is each actor named?"),
        new_markdown_cell("Ada is named 1,204 times.", metadata={"tags": ["seeds-only"]}),
        new_code_cell("from helpers.paths import CORPUS_DIR", execution_count=1),
        new_code_cell("corpus_folder = CORPUS_DIR", execution_count=2, metadata={"tags": ["parameters"]}),
        new_code_cell(
            "1204",
            execution_count=3,
            outputs=[new_output("execute_result", data={"text/plain": "1204"}, execution_count=3)],
        ),
        new_markdown_cell("Next: [compare](02_compare.ipynb)"),
    ]
    return new_notebook(cells=cells)


def find_next(path: Path) -> set[str]:
    """Name the pages a notebook may link on to at its end."""
    position = NOTEBOOKS.index(path)
    if position + 1 < len(NOTEBOOKS):
        return {NOTEBOOKS[position + 1].name}
    return {"../README.md", NOTEBOOKS[0].name}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_keeps_the_rules(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    candidates = [find_faults(notebook, name) for name in sorted(find_next(path))]
    assert min(candidates, key=len) == []


def test_notebooks_are_numbered_from_01_and_no_number_twice() -> None:
    numbers = [path.name[:3] for path in NOTEBOOKS]
    assert numbers[:1] == ["01_"]
    assert all(re.fullmatch(r"\d\d_", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,204 of 3,980.5", {"1204", "3980.5"}),
        ("2.1 per 1,000 words", {"2.1"}),
        ("see [the next](02_b.ipynb)", set()),
    ],
)
def test_numbers_in_prose(text: str, numbers: set[str]) -> None:
    assert numbers_in(text) == numbers


def test_good_notebook_has_no_faults() -> None:
    assert find_faults(make_good_notebook(), "02_compare.ipynb") == []


def stream(text: str, name: str = "stdout") -> list[NotebookNode]:
    """Make the outputs of a cell that printed a text."""
    return [new_output("stream", text=text, name=name)]


@pytest.mark.parametrize(
    ("position", "change", "fault"),
    [
        (0, {"source": "No title"}, "the first cell is not a title"),
        (1, {"metadata": {}}, "the second cell is not the finding, tagged seeds-only"),
        (1, {"source": "Ada is named 1,205 times."}, "the number 1205 is shown by no cell"),
        (3, {"metadata": {}}, "not exactly one cell is tagged parameters"),
        (2, {"source": "x = 1"}, "not exactly one cell imports"),
        (4, {"source": "import re"}, "not exactly one cell imports"),
        (4, {"execution_count": None}, "execution counts are [1, 2, None], not 1..3"),
        (4, {"execution_count": 4}, "execution counts are [1, 2, 4], not 1..3"),
        (5, {"source": "The end."}, "the last cell has no link to 02_compare.ipynb"),
        (4, {"source": "x = 1\n" * 13}, "cell 5: over 12 lines"),
        (4, {"source": "%matplotlib inline"}, "cell 5: a magic, shell or install command"),
        (4, {"source": "!ls"}, "cell 5: a magic, shell or install command"),
        (4, {"source": "# pip install x"}, "cell 5: a magic, shell or install command"),
        (4, {"source": "def f(): return 1"}, "cell 5: a definition"),
        (4, {"source": "class A: pass"}, "cell 5: a definition"),
        (4, {"source": "open('/srv/data/a.txt')"}, "cell 5: an absolute path"),
        (4, {"source": "x = 'C:\\\\data'"}, "cell 5: an absolute path"),
        (4, {"outputs": stream("1204 /srv/data/a.txt")}, "cell 5: an absolute path"),
        (4, {"outputs": []}, "cell 5: neither an output nor an assignment"),
        (4, {"outputs": stream("1204", "stderr")}, "cell 5: output on stderr"),
        (
            4,
            {"outputs": stream("1204 FutureWarning: soon gone")},
            "cell 5: a warning in the output",
        ),
        (
            4,
            {"outputs": stream("1204 <A at 0x7f3a2c9e1d50>")},
            "cell 5: a memory address in the output",
        ),
        (
            4,
            {"outputs": [new_output("error", ename="E", evalue="", traceback=[])]},
            "cell 5: an error",
        ),
    ],
)
def test_each_fault_is_found(position: int, change: dict[str, Any], fault: str) -> None:
    notebook = make_good_notebook()
    notebook.cells[position].update(nbformat.from_dict(change))
    assert fault in find_faults(notebook, "02_compare.ipynb")


@pytest.mark.parametrize("text", ["</td></tr>", "and/or/both", "see https://example.org/a/b", "1/2/3"])
def test_what_looks_like_a_path_is_none(text: str) -> None:
    assert not ABSOLUTE_PATH.search(text)

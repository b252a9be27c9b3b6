"""Hold the committed notebooks and figures against a fresh run, pictures included.

`pytest --nbval` never compares a picture and passes a cell that was never run; this does not.
"""

from __future__ import annotations

import base64
import io
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import nbformat
import pytest
from matplotlib.testing.compare import compare_images
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image

from helpers.execution import NOTEBOOKS_DIR, execute_notebooks
from helpers.figures import write_gallery
from helpers.paths import FIGURES_DIR, PROJECT_ROOT

NOTEBOOKS = sorted(NOTEBOOKS_DIR.glob("*.ipynb"))
PICTURES = ("image/png", "image/svg+xml", "application/pdf")
# Another matplotlib moves every letter. Shrunk to so few pixels a chart drawn by 3.10 was 5 apart
# from one drawn by 3.11 (root mean square of 0..255), one with a bar a fifth shorter 26.
COARSE = (32, 20)
TOLERANCE = 12


def has_pinned_matplotlib() -> bool:
    """Tell whether pictures drawn here must match the committed ones byte for byte."""
    pins = (PROJECT_ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned = re.search(r"^matplotlib==(\S+)", pins, flags=re.MULTILINE)
    assert pinned
    return sys.platform == "linux" and mpl.__version__ == pinned.group(1)


def pictures_agree(committed: bytes, fresh: bytes, folder: Path, exact: bool) -> bool:
    """Compare two PNG files: their bytes, or how they look where another library drew them."""
    if committed == fresh:
        return True
    if exact:
        return False
    paths = [folder / "committed.png", folder / "fresh.png"]
    for path, content in zip(paths, (committed, fresh), strict=True):
        picture = Image.open(io.BytesIO(content)).convert("RGB")
        picture.resize(COARSE, Image.Resampling.BOX).save(path)
    return compare_images(str(paths[0]), str(paths[1]), tol=TOLERANCE) is None


def flatten(output: NotebookNode) -> dict[str, Any]:
    """Lay an output's data beside its other fields."""
    fields: dict[str, Any] = {**output, **output.get("data", {})}
    fields.pop("data", None)
    return fields


def find_cell_drift(committed: NotebookNode, fresh: NotebookNode, folder: Path, exact: bool) -> str:
    """Say in what the outputs of one code cell differ, or nothing."""
    if committed.execution_count != fresh.execution_count:
        return f"execution count {committed.execution_count}, not {fresh.execution_count}"
    if len(committed.outputs) != len(fresh.outputs):
        return f"{len(committed.outputs)} outputs, not {len(fresh.outputs)}"
    for old, new in zip(committed.outputs, fresh.outputs, strict=True):
        old_data, new_data = flatten(old), flatten(new)
        if old_data.keys() != new_data.keys():
            return f"outputs of kind {sorted(old_data)}, not {sorted(new_data)}"
        for kind, value in old_data.items():
            if kind == "image/png":
                pictures = [base64.b64decode(picture) for picture in (value, new_data[kind])]
                if not pictures_agree(*pictures, folder, exact):
                    return "another picture (image/png)"
            elif value != new_data[kind] and (exact or kind not in PICTURES):
                return f"another {kind}: {value!r}, not {new_data[kind]!r}"
    return ""


def find_drift(committed: NotebookNode, fresh: NotebookNode, folder: Path, exact: bool) -> list[str]:
    """Compare two runs of a notebook cell by cell; each difference names its cell, from 1."""
    if len(committed.cells) != len(fresh.cells):
        return [f"{len(committed.cells)} cells, not {len(fresh.cells)}"]
    pairs = zip(committed.cells, fresh.cells, strict=True)
    found = {
        number: find_cell_drift(old, new, folder, exact)
        for number, (old, new) in enumerate(pairs, start=1)
        if old.cell_type == "code"
    }
    return [f"cell {number}: {drift}" for number, drift in found.items() if drift]


def read_bytes(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@dataclass(frozen=True)
class FreshRun:
    """A run of all notebooks into another folder."""

    notebooks: Path
    figures: Path
    committed_before: dict[str, bytes]


@pytest.fixture(scope="module")
def fresh_run(tmp_path_factory: pytest.TempPathFactory) -> FreshRun:
    """Execute all notebooks once, their figures in a folder of their own."""
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.skip("test_browser.py holds its own run of the notebooks against what is committed")
    folder = tmp_path_factory.mktemp("fresh")
    run = FreshRun(folder / "notebooks", folder / "figures", read_bytes(FIGURES_DIR))
    run.notebooks.mkdir()
    run.figures.mkdir()
    execute_notebooks(NOTEBOOKS, run.notebooks, {"figures_folder": run.figures})
    write_gallery(run.figures)
    return run


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_outputs_are_those_of_a_fresh_run(path: Path, fresh_run: FreshRun, tmp_path: Path) -> None:
    committed = nbformat.read(path, as_version=4)
    fresh = nbformat.read(fresh_run.notebooks / path.name, as_version=4)
    assert find_drift(committed, fresh, tmp_path, has_pinned_matplotlib()) == []


def find_figure_drift(committed: dict[str, bytes], fresh: dict[str, bytes], folder: Path) -> list[str]:
    """Name the figures that one of two runs lacks, or that differ."""
    exact = has_pinned_matplotlib()
    drifted = sorted(committed.keys() ^ fresh.keys())
    if drifted:
        return drifted
    for name, content in fresh.items():
        if name.endswith(".png"):
            agree = pictures_agree(committed[name], content, folder, exact)
        else:
            # The bytes of an SVG or PDF speak only where the same library drew them.
            agree = committed[name] == content or (not exact and name.endswith((".svg", ".pdf")))
        if not agree:
            drifted.append(name)
    return drifted


def test_figures_are_those_of_a_fresh_run(fresh_run: FreshRun, tmp_path: Path) -> None:
    assert find_figure_drift(read_bytes(FIGURES_DIR), read_bytes(fresh_run.figures), tmp_path) == []


def test_another_or_a_missing_figure_is_drift(tmp_path: Path) -> None:
    one, other = {"a.csv": b"1", "b.csv": b"2"}, {"a.csv": b"1", "b.csv": b"3"}
    assert find_figure_drift(one, one, tmp_path) == []
    assert find_figure_drift(one, other, tmp_path) == ["b.csv"]
    assert find_figure_drift(one, {"a.csv": b"1"}, tmp_path) == ["b.csv"]


def test_a_run_with_another_figures_folder_leaves_figures_alone(fresh_run: FreshRun) -> None:
    assert read_bytes(FIGURES_DIR) == fresh_run.committed_before


CHART = """import matplotlib.pyplot as plt
_ = plt.bar([1, 2], [2, height])
plt.show()"""


@pytest.fixture(scope="module")
def small_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[NotebookNode, NotebookNode]:
    """Run one small notebook twice, the second time with a taller bar."""
    runs = []
    for height in (1, 2):
        folder = tmp_path_factory.mktemp("small")
        cells = [
            new_code_cell(f"height = {height}", id="a"),
            new_code_cell("_ = print(2)\n'text'", id="b"),
            new_code_cell(CHART, id="c"),
        ]
        path = folder / "01_small.ipynb"
        nbformat.write(new_notebook(cells=cells), path)
        execute_notebooks([path], folder, {})
        runs.append(nbformat.read(path, as_version=4))
    return runs[0], runs[1]


def test_the_same_run_has_no_drift(small_run: tuple[NotebookNode, ...], tmp_path: Path) -> None:
    assert find_drift(small_run[0], small_run[0], tmp_path, exact=True) == []


def test_another_picture_is_drift(small_run: tuple[NotebookNode, ...], tmp_path: Path) -> None:
    expected = ["cell 3: another picture (image/png)"]
    assert find_drift(*small_run, tmp_path, exact=True) == expected
    assert find_drift(*small_run, tmp_path, exact=False) == expected


def tampered_cell(**changes: Any) -> NotebookNode:
    """Make a run cell that printed 2, with changes."""
    cell = new_code_cell("print(2)", id="a", execution_count=1)
    cell.outputs = [new_output("stream", text="2\n", name="stdout")]
    cell.update(nbformat.from_dict(changes))
    return cell


DISPLAYED = ["metadata", "output_type", "text/plain"]
PRINTED = ["name", "output_type", "text"]


@pytest.mark.parametrize(
    ("changes", "drift"),
    [
        ({}, []),
        ({"execution_count": None}, ["cell 1: execution count None, not 1"]),
        ({"outputs": []}, ["cell 1: 0 outputs, not 1"]),
        (
            {"outputs": [new_output("stream", text="3\n", name="stdout")]},
            ["cell 1: another text: '3\\n', not '2\\n'"],
        ),
        (
            {"outputs": [new_output("stream", text="2\n", name="stderr")]},
            ["cell 1: another name: 'stderr', not 'stdout'"],
        ),
        (
            {"outputs": [new_output("display_data", data={"text/plain": "2"})]},
            [f"cell 1: outputs of kind {DISPLAYED}, not {PRINTED}"],
        ),
    ],
)
def test_each_tampered_output_is_drift(changes: dict[str, Any], drift: list[str], tmp_path: Path) -> None:
    committed = new_notebook(cells=[tampered_cell(**changes)])
    fresh = new_notebook(cells=[tampered_cell()])
    assert find_drift(committed, fresh, tmp_path, exact=True) == drift


def test_only_the_pinned_library_must_draw_every_letter_alike(
    small_run: tuple[NotebookNode, ...], tmp_path: Path
) -> None:
    png = base64.b64decode(small_run[0].cells[2].outputs[0].data["image/png"])
    picture = Image.open(io.BytesIO(png))
    wider = io.BytesIO()
    picture.resize((picture.width + 3, picture.height)).save(wider, format="png")
    assert pictures_agree(png, wider.getvalue(), tmp_path, exact=False)
    assert not pictures_agree(png, wider.getvalue(), tmp_path, exact=True)


def test_another_number_of_cells_is_drift(tmp_path: Path) -> None:
    committed = new_notebook(cells=[])
    fresh = new_notebook(cells=[tampered_cell()])
    assert find_drift(committed, fresh, tmp_path, exact=True) == ["0 cells, not 1"]


def test_bytes_of_a_vector_picture_count_only_where_exact(tmp_path: Path) -> None:
    old, new = (
        new_notebook(cells=[tampered_cell(outputs=[new_output("display_data", data={"image/svg+xml": svg})])])
        for svg in ("<svg>1</svg>", "<svg>2</svg>")
    )
    assert find_drift(old, new, tmp_path, exact=False) == []
    assert find_drift(old, new, tmp_path, exact=True) == [
        "cell 1: another image/svg+xml: '<svg>1</svg>', not '<svg>2</svg>'"
    ]

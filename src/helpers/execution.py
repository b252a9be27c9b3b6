"""Execute notebooks: in place, or as copies on another folder of articles."""

from __future__ import annotations

import ast
import asyncio
import os
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from helpers.choices import WIDGET_VIEW
from helpers.figures import write_if_changed
from helpers.part_files import is_annotated
from helpers.paths import PROJECT_ROOT

NOTEBOOKS_DIR = PROJECT_ROOT / "notebooks"
SECONDS_PER_CELL = 120
# Tables of millions of articles are read through cell by cell.
SECONDS_PER_CELL_ON_TABLES = 3600
# More kernels than this at once fail to start now and then.
KERNELS_AT_ONCE = 2
# A kernel that talks unencrypted says so on stderr, in every run.
KERNEL_CONFIG = Config({"KernelManager": {"transport_encryption": "auto"}})


_ON_TABLES = (
    "**On tables alone.** This run had tables of articles, not their texts. What needs the texts is left "
    "out: the tables and figures about it that are announced here, ranges and *p*, and the notebooks that "
    "need them throughout."
)


class NotebookError(Exception):
    """A notebook could not be read or one of its cells failed; the message is one sentence."""


def find_notebooks(folder: Path = NOTEBOOKS_DIR) -> list[Path]:
    """Find the numbered notebooks of a folder, in order.

    Parameters
    ----------
    folder : Path
        Where to look.

    Returns
    -------
    list of Path
        Every file named like ``01_load_the_text.ipynb``.

    Raises
    ------
    NotebookError
        If there is none.
    """
    notebooks = sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    if not notebooks:
        raise NotebookError(
            f"no notebooks in {folder.name}/: expected files named like 01_load_the_text.ipynb"
        )
    return notebooks


def needs_text(notebook: Path) -> bool:
    """Say whether a notebook as a whole needs texts, by the tag of its title."""
    return "needs-text" in read_notebook(notebook).cells[0].metadata.get("tags", [])


def set_parameters(notebook: NotebookNode, name: str, parameters: Mapping[str, Path]) -> None:
    """Give the cell tagged ``parameters`` other folders, in place.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook; its number of cells stays the same.
    name : str
        What to call it in an error.
    parameters : mapping of str to Path
        New values, by the name the cell assigns.

    Raises
    ------
    NotebookError
        If there is not exactly one such cell, or it assigns no such name.

    Examples
    --------
    >>> cell = nbformat.v4.new_code_cell("folder = OLD", metadata={"tags": ["parameters"]})
    >>> notebook = nbformat.v4.new_notebook(cells=[cell])
    >>> set_parameters(notebook, "01_a.ipynb", {"folder": Path("new")})
    >>> print(notebook.cells[0].source)
    folder = OLD
    from pathlib import Path
    folder = Path('new')
    """
    if not parameters:
        return
    cells = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    if len(cells) != 1:
        raise NotebookError(f"{name} has {len(cells)} cells tagged parameters: expected one")
    known = {
        target.id
        for statement in ast.parse(cells[0].source).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    for parameter in parameters:
        if parameter not in known:
            raise NotebookError(
                f"{name} has no parameter {parameter!r}: expected one of {', '.join(sorted(known))}"
            )
    values = [f"{key} = Path({value.as_posix()!r})" for key, value in parameters.items()]
    cells[0].source = "\n".join([cells[0].source, "from pathlib import Path", *values])


def normalise(notebook: NotebookNode) -> None:
    """Drop from an executed notebook, in place, what differs from run to run.

    Parameters
    ----------
    notebook : NotebookNode
        Afterwards its execution counts run 1..n; it holds no widget views, no timings and no
        version of Python, and of a cell's metadata only the tags.
    """
    count = 0
    for cell in notebook.cells:
        cell.metadata = {"tags": cell.metadata.tags} if cell.metadata.get("tags") else {}
        if cell.cell_type != "code":
            continue
        cell.outputs = [output for output in cell.outputs if _stands_alone(output)]
        for output in cell.outputs:
            output.get("data", {}).pop(WIDGET_VIEW, None)
        if cell.execution_count is not None:
            count += 1
            cell.execution_count = count
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = cell.execution_count
    notebook.metadata = {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python", "version": "3.11"},
    }


def _stands_alone(output: NotebookNode) -> bool:
    """Whether an output says something where there is no kernel: a widget does with HTML beside its view."""
    data = output.get("data", {})
    return WIDGET_VIEW not in data or "text/html" in data


def kernel_environment() -> dict[str, str]:
    """Give the variables under which every kernel draws and sorts alike."""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    # A backend chosen outside would keep pictures out of the notebooks.
    environment.pop("MPLBACKEND", None)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook, or say in a sentence why it cannot be read."""
    try:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
    except (ValueError, nbformat.ValidationError) as error:
        raise NotebookError(
            f"{path.name} is no notebook ({str(error).splitlines()[0]}): expected JSON of notebook format 4"
        ) from error
    return notebook


# What a notebook leaves behind in its kernel, for the next one: names, open charts, how pandas shows tables.
_CLEAR = """
import warnings, pandas, matplotlib.pyplot
matplotlib.pyplot.close("all")
with warnings.catch_warnings(action="ignore"):  # of options that will be gone one day
    pandas.reset_option("display.")
get_ipython().run_line_magic("reset", "-f")
"""


async def execute_notebook(
    notebook: NotebookNode, path: Path, kernel: AsyncKernelManager, seconds_per_cell: int = SECONDS_PER_CELL
) -> None:
    """Execute one notebook in a kernel, started if it is not; a failing cell becomes one sentence."""
    position = 0

    def note_position(cell: NotebookNode, cell_index: int) -> None:  # noqa: ARG001 - named by nbclient
        nonlocal position
        position = cell_index

    client = NotebookClient(
        notebook,
        km=kernel,
        timeout=seconds_per_cell,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        on_cell_execute=note_position,
        resources={"metadata": {"path": str(path.parent)}},
    )
    notebook.cells.insert(0, nbformat.v4.new_code_cell(_CLEAR))
    try:
        await client.async_execute(env=kernel_environment())
    except CellExecutionError as error:
        said = error.evalue.strip().splitlines() or ["no message"]
        trouble = f"{error.ename}: {said[0]}"
    except CellTimeoutError:
        trouble = f"took longer than {seconds_per_cell} seconds"
    except DeadKernelError:
        trouble = "the kernel died, perhaps for want of memory"
    else:
        return
    finally:
        notebook.cells.pop(0)
        if client.kc is not None:
            client.kc.stop_channels()
    raise NotebookError(f"{path.name}, cell {position}: {trouble}")


def _prepare(
    path: Path, parameters: Mapping[str, Path], left_out: set[str], *, on_tables: bool
) -> NotebookNode:
    """Read a notebook and make it ready to run: other folders, fewer cells, no outputs."""
    node = read_notebook(path)
    set_parameters(node, path.name, {key: value.absolute() for key, value in parameters.items()})
    node.cells = [cell for cell in node.cells if not left_out & set(cell.metadata.get("tags", []))]
    if on_tables:
        node.cells.insert(1, nbformat.v4.new_markdown_cell(_ON_TABLES, id="on-tables"))
    for cell in node.cells:
        if cell.cell_type == "code":
            cell.execution_count, cell.outputs = None, []
    return node


def execute_notebooks(
    notebooks: Sequence[Path], out_folder: Path, parameters: Mapping[str, Path]
) -> dict[str, bool]:
    """Execute notebooks, two at once, and write them into a folder.

    Two kernels take them in turn, and are cleared between two notebooks: starting one and importing pandas,
    matplotlib and spaCy takes longer than many a notebook.

    Parameters
    ----------
    notebooks : sequence of Path
        The notebooks to execute. Each runs with its own folder as working folder.
    out_folder : Path
        Where to write them, which may be their own folder. A file is written only when its
        bytes change, and a notebook with a failing cell is not written at all.
    parameters : mapping of str to Path
        New values for the cell tagged ``parameters``; empty to run the notebooks as they are. With
        another ``corpus_folder``, cells tagged ``seeds-only`` are left out; with one that holds tables and no
        texts, those tagged ``needs-text`` too.

    Returns
    -------
    dict of str to bool
        For each file name, whether its bytes changed.

    Raises
    ------
    NotebookError
        If a notebook cannot be read, lacks a parameter, or has a failing cell; the message names
        each such notebook, its cell (counted from 1, text cells too) and the error.
    """
    folder = parameters.get("corpus_folder")
    on_tables = folder is not None and is_annotated(folder)
    seconds = SECONDS_PER_CELL_ON_TABLES if on_tables else SECONDS_PER_CELL
    # What is true of the bundled articles only; what tables alone cannot answer.
    left_out = {"seeds-only", "needs-text"} if on_tables else {"seeds-only"} if folder else set()
    nodes = [_prepare(path, parameters, left_out, on_tables=on_tables) for path in notebooks]
    changed: dict[str, bool] = {}
    troubles: list[str] = []

    async def execute_next() -> None:
        """Execute what is waiting, one after the other, in one kernel as long as nothing goes wrong."""
        kernel: AsyncKernelManager | None = None
        while waiting:
            node, path = waiting.pop()
            start = time.monotonic()
            kernel = kernel or AsyncKernelManager(kernel_name="python3", config=KERNEL_CONFIG)
            try:
                await execute_notebook(node, path, kernel, seconds)
                normalise(node)
                content = (nbformat.writes(node).rstrip("\n") + "\n").encode()
                changed[path.name] = write_if_changed(out_folder / path.name, content)
                took = time.monotonic() - start
                state = f"{took:.1f} s  {'changed' if changed[path.name] else 'unchanged'}"
            except NotebookError as error:
                troubles.append(str(error))
                state = "failed"
                await kernel.shutdown_kernel(now=True)
                kernel = None
            count = len(changed) + len(troubles)
            print(f"  {count}/{len(notebooks)}  {path.name}  {state}", flush=True)
        if kernel:
            await kernel.shutdown_kernel(now=True)

    async def execute_all() -> None:
        await asyncio.gather(*(execute_next() for _ in range(min(KERNELS_AT_ONCE, len(notebooks)))))

    # The later ones take longer: begun first, they leave the short ones to fill the gaps.
    waiting = list(zip(nodes, notebooks, strict=True))
    # In a thread: in the main one nbclient would take Ctrl-C for itself.
    pool = ThreadPoolExecutor(1)
    try:
        pool.submit(asyncio.run, execute_all()).result()
    finally:
        waiting.clear()  # after Ctrl-C the notebooks under way may end; no other begins
        pool.shutdown()
    if troubles:
        raise NotebookError("\n".join(sorted(troubles)))
    return {path.name: changed[path.name] for path in notebooks}

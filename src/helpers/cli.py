"""The commands that `run.py` hands on once the environment stands."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

from helpers.execution import (
    KERNELS_AT_ONCE,
    NOTEBOOKS_DIR,
    NotebookError,
    execute_notebooks,
    find_notebooks,
    kernel_environment,
)
from helpers.figures import write_gallery
from helpers.paths import FIGURES_DIR, PROJECT_ROOT


def sum_up_files(folder: Path) -> dict[str, str]:
    """Give a checksum for each file of a folder, to see later what has changed."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def run() -> int:
    """Execute every notebook in place, write the gallery, and say what changed."""
    FIGURES_DIR.mkdir(exist_ok=True)
    before = sum_up_files(FIGURES_DIR)
    notebooks = find_notebooks()
    print(f"Executing {len(notebooks)} notebooks, {KERNELS_AT_ONCE} at once", flush=True)
    changed = execute_notebooks(notebooks, NOTEBOOKS_DIR, {})
    write_gallery(FIGURES_DIR)
    after = sum_up_files(FIGURES_DIR)
    print_changes("notebooks", [name for name in changed if changed[name]], len(changed))
    print_changes("figures", [n for n in after if before.get(n) != after[n]], len(after))
    print("Look at figures/README.md, or open the notebooks with `python run.py lab`.")
    return 0


def print_changes(folder: str, changed: list[str], n_files: int) -> None:
    """Say in a line how many files of a folder changed, and name them."""
    names = f": {', '.join(changed)}" if changed else ""
    print(f"{folder}/  {len(changed)} changed, {n_files - len(changed)} unchanged{names}")


def test() -> int:
    """Run every check, one after the other; pytest comes last, so that its summary does."""
    nbval = ["pytest", "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", "notebooks"]
    checks = {
        "ruff check": ["ruff", "check", "."],
        "ruff format": ["ruff", "format", "--check", "."],
        "mypy": ["mypy"],
        "pytest --nbval": nbval,
        "pytest": ["pytest"],
    }
    failed = []
    start = time.monotonic()
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        code = subprocess.call([sys.executable, "-m", *command], cwd=PROJECT_ROOT, env=kernel_environment())
        if code != 0:
            failed.append(name)
    seconds = time.monotonic() - start
    if failed:
        print(f"Failed: {', '.join(failed)} ({seconds:.0f} s)")
        return 1
    print(f"All {len(checks)} checks passed ({seconds:.0f} s)")
    return 0


def lab() -> int:
    """Open the first notebook in JupyterLab."""
    from jupyterlab.labapp import LabApp  # a second to import, for this command only

    os.environ.pop("MPLBACKEND", None)
    LabApp.launch_instance([str(find_notebooks()[0])])
    return 0


def main(arguments: list[str]) -> int:
    """Run the command that `run.py` handed on, and return its exit code."""
    try:
        return {"run": run, "test": test, "lab": lab}[arguments[0]]()
    except NotebookError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

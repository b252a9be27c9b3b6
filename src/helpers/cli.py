"""The commands that `run.py` hands on once the environment stands."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path

import nbformat

from helpers.actors import ACTOR_TYPES
from helpers.api_page import write_api_page
from helpers.check import check_corpus
from helpers.corpus import load_corpus
from helpers.errors import InputError
from helpers.execution import (
    KERNELS_AT_ONCE,
    NOTEBOOKS_DIR,
    NotebookError,
    execute_notebooks,
    find_notebooks,
    kernel_environment,
    needs_text,
)
from helpers.figures import clean_words, guard_cell, write_gallery
from helpers.language_models import find_model
from helpers.part_files import is_annotated
from helpers.paths import FIGURES_DIR, PROJECT_ROOT
from helpers.proposals import write_actors
from helpers.reading import read_articles, write_articles
from helpers.report import write_report
from helpers.settings import MODEL_VARIABLE
from helpers.suggest import suggest_actors

REPORT = PROJECT_ROOT / "report.html"
# More outlets than this are no groups to compare: the column of outlets was not found.
MOST_OUTLETS = 1_000


def sum_up_files(folder: Path) -> dict[str, str]:
    """Give a checksum for each file of a folder, to see later what has changed."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.is_file()
    }


def run() -> int:
    """Execute every notebook in place, write the gallery and the report, and say what changed."""
    FIGURES_DIR.mkdir(exist_ok=True)
    before = sum_up_files(FIGURES_DIR)
    notebooks = find_notebooks()
    print(f"Executing {len(notebooks)} notebooks, {KERNELS_AT_ONCE} at once", flush=True)
    changed = execute_notebooks(notebooks, NOTEBOOKS_DIR, {})
    write_gallery(FIGURES_DIR)
    write_api_page(PROJECT_ROOT / "docs" / "api.md")
    after = sum_up_files(FIGURES_DIR)
    print_changes("notebooks", [name for name in changed if changed[name]], len(changed))
    print_changes("figures", [n for n in after if before.get(n) != after[n]], len(after))
    write_report(notebooks, FIGURES_DIR, REPORT, "How did several newsrooms tell one event?")
    print(f"Open {REPORT.name} in a browser: findings, tables and figures in one file that can be mailed.")
    print("Look at figures/README.md, or open the notebooks with `python run.py lab`.")
    return 0


def print_changes(folder: str, changed: list[str], n_files: int) -> None:
    """Say in a line how many files of a folder changed, and name them."""
    names = f": {', '.join(changed)}" if changed else ""
    print(f"{folder}/  {len(changed)} changed, {n_files - len(changed)} unchanged{names}")


def test() -> int:
    """Run every check, one after the other; pytest comes last, so that its summary does."""
    nbval = ["pytest", "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", "notebooks"]
    # On all cores, a file to each; the longest first, see tests/conftest.py.
    at_once = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
    checks = {
        "ruff check": ["ruff", "check", "."],
        "ruff format": ["ruff", "format", "--check", "."],
        "mypy": ["mypy"],
        "pytest --nbval": [*nbval, *at_once],
        "pytest": ["pytest", *at_once],
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


def run_corpus(folder: Path) -> int:
    """Execute copies of the notebooks on another folder; write them, figures and a page into its report/."""
    corpus = load_corpus(folder)  # what is wrong with the folder is said once, not by six notebooks
    out = folder / "report"
    for place in (out, out / "notebooks", out / "figures"):
        _make_folder(place, f"{folder.name}/{place.relative_to(folder).as_posix()}")
    (out / "index.html").unlink(missing_ok=True)  # so that no old page stands beside new copies
    notebooks = find_notebooks()
    if is_annotated(folder):
        if (n_outlets := corpus.articles["outlet"].nunique()) > MOST_OUTLETS:
            raise InputError(
                f"{folder.name}/ has {n_outlets:,} outlets, too many to compare: give articles their outlet "
                "in a column 'outlet' and annotate them anew"
            )
        notebooks = [path for path in notebooks if not needs_text(path)]
    print(f"Executing copies of {len(notebooks)} notebooks, {KERNELS_AT_ONCE} at once", flush=True)
    parameters = {"corpus_folder": folder, "figures_folder": out / "figures"}
    execute_notebooks(notebooks, out / "notebooks", parameters)
    write_gallery(out / "figures")
    copies = [out / "notebooks" / path.name for path in notebooks]
    for path in copies:
        _make_portable(path, folder)
    page = write_report(copies, out / "figures", out / "index.html", f"How outlets told it: {folder.name}")
    print(f"Open {clean_words(str(page))} in a browser. The notebooks and figures lie beside it.")
    return 0


def _make_portable(path: Path, folder: Path) -> None:
    """Let an executed copy name the corpus as seen from itself, not from the root of this machine."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for place, seen in ((folder / "report" / "figures", "../figures"), (folder, "../..")):
            cell.source = cell.source.replace(f"Path({place.as_posix()!r})", f"Path({seen!r})")
    path.write_text(nbformat.writes(notebook).rstrip("\n") + "\n", encoding="utf-8")


def _make_folder(place: Path, called: str) -> None:
    """Make a folder of the report; what stands there already must be one, and lead nowhere else."""
    if place.is_symlink():
        raise InputError(f"{called} is a link to another place: take it away, the report goes there")
    if place.exists() and not place.is_dir():
        raise InputError(f"{called} is a file: take it away, the report goes there")
    place.mkdir(exist_ok=True)


def _lies_in(folder: Path, source: Path) -> bool:
    """Whether one is the other or within it; what is no path at all is told of where it is used."""
    try:
        return folder.resolve().is_relative_to(source.resolve())
    except (OSError, RuntimeError, ValueError):  # no system takes a NUL
        return False


def new(folder: Path, source: Path, model: str) -> int:
    """Make a corpus folder from files of articles, with proposed actors; all of it or nothing."""
    if _lies_in(folder, source):
        raise InputError(
            f"{folder.name}/ is or lies in {source.name}, where the articles are: choose a place outside it"
        )
    articles, set_aside = read_articles(source)
    if articles.empty:
        reasons = "; ".join(f"{row.source}: {row.reason}" for row in set_aside.head(3).itertuples())
        raise InputError(
            f"no article was found in {source.name} ({reasons or 'it is empty'}): expected .txt, .html, "
            ".csv, .jsonl or .parquet files"
        )
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise InputError(f"{folder.name}/ has something in it already: choose a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as unfinished:
        made = Path(unfinished) / folder.name
        write_articles(made, articles)
        if model:
            (made / "settings.toml").write_text(f"model = {json.dumps(model)}\n", encoding="utf-8")
        if not set_aside.empty:
            set_aside.map(guard_cell).to_csv(made / "set_aside.csv", index=False, lineterminator="\n")
        (made / "actors.toml").write_text("", encoding="utf-8")
        suggestions = suggest_actors(load_corpus(made))
        n_actors = write_actors(suggestions, made / "actors.toml")
        if folder.is_dir():
            folder.rmdir()
        made.rename(folder)
    counts = Counter(suggestions["type"])
    kinds = ", ".join(f"{counts[k]} {k}{'s' if counts[k] != 1 else ''}" for k in ACTOR_TYPES if counts[k])
    outlets = articles.loc[articles["outlet"] != "", "outlet"].nunique()
    unknown = int((articles["outlet"] == "").sum())
    name = clean_words(folder.name)
    print(f"{name}/articles.csv  articles: {len(articles)}, outlets: {outlets}, without one: {unknown}")
    print(f"{name}/actors.toml   actors proposed: {n_actors} ({kinds})")
    for row in set_aside.head(20).itertuples():
        print(f"  set aside: {clean_words(row.source)}: {clean_words(row.reason)}")
    if len(set_aside):
        print(f"  {len(set_aside)} set aside in all; the list is {name}/set_aside.csv")
    print("Read and correct both, then use `python run.py check` and `python run.py --corpus` on the folder.")
    return 0


def check(folder: Path) -> int:
    """Say in sentences what is wrong or doubtful in a corpus folder."""
    if is_annotated(folder):
        raise InputError(f"{folder.name}/ holds tables, not articles: check the folder they were made from")
    findings = check_corpus(folder)
    for kind, heading in (("wrong", "Wrong"), ("doubtful", "Doubtful"), ("to know", "To know")):
        sentences = findings.loc[findings["kind"] == kind, "sentence"]
        if len(sentences):
            print(f"{heading}:")
            print("\n".join(f"  - {clean_words(sentence)}" for sentence in sentences))
    if findings.empty:
        print("Nothing is wrong or doubtful.")
    return int((findings["kind"] == "wrong").any())


def annotate_files(given: argparse.Namespace) -> int:
    """Write the tables of any number of articles, and say what came out."""
    from helpers.scale import annotate, find_reasons  # pyarrow with it, for this command only

    start = time.monotonic()
    found = annotate(
        given.files,
        given.actors,
        given.out,
        workers=given.workers,
        scheduler=given.scheduler,
        progress=True,
    )
    name = clean_words(given.out.absolute().name)
    counts = "n_articles", "n_words", "n_mentions", "n_set_aside"
    articles, words, mentions, aside = (f"{found[count]:,}" for count in counts)
    seconds = f"{time.monotonic() - start:.0f} s"
    print(f"{name}/  articles: {articles}, words: {words}, mentions: {mentions} ({seconds})")
    for what, n in (("outlet", found["n_without_outlet"]), ("date", found["n_without_date"])):
        if n:
            own = ", each an outlet of its own" if what == "outlet" else ""
            print(f"  without a known {what}: {n:,}{own}")
    if found["n_set_aside"]:
        print(f"{name}/set_aside  files and rows that were not read: {aside}, each with its reason")
        for source, reason, n in islice(find_reasons(given.out, found["n_parts"]), 5):
            times = "once" if n == 1 else f"{n:,} times, first"
            print(f"  {times} {clean_words(source)}: {clean_words(reason)}")
    print(f"Use `python run.py --corpus` on {name} for counts, words and pairs in the notebooks.")
    return 0


def _positive(value: str) -> int:
    if not value.isdigit() or int(value) == 0:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of processes: expected 1 or more")
    return int(value)


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    """Read what stands behind `python run.py`."""
    parser = argparse.ArgumentParser(prog="python run.py", allow_abbrev=False)
    parser.set_defaults(command="run", corpus=None, model="")
    if arguments[:1] in (["new"], ["check"], ["test"], ["lab"], ["annotate"]):
        parser.add_argument("command")
    if arguments[:1] == ["new"]:
        parser.add_argument("folder", type=Path, help="the corpus folder to make")
        parser.add_argument("--from", dest="source", type=Path, required=True, help="where the articles are")
    elif arguments[:1] == ["check"]:
        parser.add_argument("folder", type=Path, help="the corpus folder")
    elif arguments[:1] == ["annotate"]:
        parser.add_argument(
            "files", type=Path, nargs="+", help="articles: Parquet, .jsonl, .csv, or a folder"
        )
        parser.add_argument("--actors", type=Path, required=True, help="an actors.toml")
        parser.add_argument("--out", type=Path, required=True, help="the folder for the tables")
        parser.add_argument("--workers", type=_positive, help="processes; one for each core if left out")
        parser.add_argument("--scheduler", default="", metavar="ADDRESS", help="a Dask scheduler's address")
    elif arguments[:1] not in (["test"], ["lab"]):
        parser.add_argument("--corpus", type=Path, help="a corpus folder of your own")
    if arguments[:1] not in (["test"], ["lab"], ["annotate"]):
        what = "an installed spaCy model whose evidence is used too"
        parser.add_argument("--model", default="", metavar="NAME", help=what)
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Run the command that `run.py` handed on, and return its exit code."""
    given = read_arguments(arguments)
    try:
        if given.model:
            # Looked for before anything is written; notebooks run in another folder, so a path is made full.
            given.model = find_model(given.model, Path.cwd())
            os.environ[MODEL_VARIABLE] = given.model
        if given.command == "new":
            return new(given.folder.absolute(), given.source.absolute(), given.model)
        if given.command == "check":
            return check(given.folder.absolute())
        if given.command == "annotate":
            return annotate_files(given)
        if given.command == "run" and given.corpus:
            return run_corpus(given.corpus.absolute())
        return {"run": run, "test": test, "lab": lab}[given.command]()
    except (NotebookError, InputError) as error:
        print(clean_lines(str(error)), file=sys.stderr)
        return 1
    except OSError as error:
        name = Path(str(error.filename)).name if error.filename else "a file"
        print(clean_lines(f"{name} cannot be used: {error.strerror or error}"), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def clean_lines(text: str) -> str:
    """Give each line of a message without characters that a terminal would obey."""
    return "\n".join(clean_words(line) for line in text.splitlines())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

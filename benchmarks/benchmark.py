"""Time the suite against its peers in one run, and check that both did the same work.

Run with the project's Python: ``.venv/bin/python benchmarks/benchmark.py [PART …]``. The parts are names,
growth, annotate, dask, pairs, start and suite; all of them without an argument. Each prints a Markdown table.
"""

import argparse
import hashlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
import psutil
from made_text import make_actors, make_articles, write_actors, write_articles
from timing import best_of, print_row

from helpers import Actor, annotate, find_listed_names, load_actors
from helpers.listed_names import compile_listed

MEGABYTE = 1_000_000
BATCH = 256


def count_words(texts: Sequence[str]) -> int:
    """Count runs without white space."""
    return sum(len(text.split()) for text in texts)


def in_batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Give some hundred texts at a time."""
    return (texts[i : i + BATCH] for i in range(0, len(texts), BATCH))


# ---- names as listed, with sentences ------------------------------------------------------------


Finder = Callable[[Sequence[str]], Any]


def time_names() -> None:
    """Names and adjectives with sentences: against spaCy with the same patterns, and the automaton alone."""
    print_row("actors", "how", "thousand words/s", "ours is", "found")
    for n_actors in (50, 5_000):
        actors = make_actors(n_actors)
        texts = list(make_articles(5 * MEGABYTE, actors))
        sample = texts[: len(texts) // 5]  # the peers take minutes for more
        patterns = compile_listed(actors).matcher.phrases
        ways: dict[str, tuple[Finder, Sequence[str], int]] = {
            "find_listed_names": (partial(find_names, actors), texts, 9),
            # Once, after other texts: a second time they would know every word.
            "spaCy, sentencizer and EntityRuler": (make_entity_ruler(patterns), sample, 1),
            "spaCy, sentencizer and PhraseMatcher": (make_phrase_matcher(patterns), sample, 1),
            "the automaton's hits, no more": (make_bare_scan(patterns), texts, 9),
        }
        results, speeds = {}, {}
        for way, (find, read, times) in ways.items():
            find(texts[-len(sample) :])
            results[way], seconds = best_of(times, partial(find, read))
            speeds[way] = count_words(read) / seconds
        ours, by_ruler, by_phrases, hits = results.values()
        check_names(sample, ours[0], by_ruler, by_phrases)
        found = (f"{sum(map(len, ours)):,} names", "the same", "the same", f"{sum(map(len, hits)):,} hits")
        for way, what in zip(ways, found, strict=True):
            ratio = speeds["find_listed_names"] / speeds[way]
            print_row(n_actors, way, f"{speeds[way] / 1e3:,.0f}", f"{ratio:.2f} times as fast", what)


def find_names(actors: dict[str, Actor], texts: Sequence[str]) -> list[pd.DataFrame]:
    """Give our tables."""
    return [find_listed_names(batch, actors) for batch in in_batches(texts)]


def make_entity_ruler(patterns: Sequence[str]) -> Finder:
    """Make spaCy's EntityRuler, behind its sentencizer."""
    import spacy  # the peers are imported where they run, so that they count in no process's memory

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "A", "pattern": pattern} for pattern in patterns])
    return lambda texts: [doc.ents for doc in nlp.pipe(texts)]


def make_phrase_matcher(patterns: Sequence[str]) -> Finder:
    """Make spaCy's PhraseMatcher, behind its sentencizer; of overlapping spans the longest stay."""
    import spacy
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("A", list(nlp.tokenizer.pipe(patterns)))
    return lambda texts: [filter_spans(matcher(doc, as_spans=True)) for doc in nlp.pipe(texts)]


def make_bare_scan(patterns: Sequence[str]) -> Finder:
    """Make the automaton without any rule: the ceiling."""
    from ahocorasick_rs import AhoCorasick

    scan = AhoCorasick(patterns)
    return lambda texts: [
        scan.find_matches_as_indexes("\x1e\x1e".join(batch), overlapping=True) for batch in in_batches(texts)
    ]


def check_names(texts: Sequence[str], table: pd.DataFrame, *peers: Sequence[Any]) -> None:
    """Compare names with spaCy's, which sees none that begins or ends within one of its tokens."""
    import spacy

    nlp = spacy.blank("en")
    for number, text in enumerate(texts[:BATCH]):
        tokens = nlp(text)
        starts, ends = {t.idx for t in tokens}, {t.idx + len(t) for t in tokens}
        rows = table[table["text"] == number]
        ours = {(a, b) for a, b in zip(rows["start"], rows["end"], strict=True) if a in starts and b in ends}
        for theirs in peers:
            seen = {(span.start_char, span.end_char) for span in theirs[number]}
            if ours != seen:
                sys.exit(
                    f"other names in article {number}: {[text[a:b] for a, b in sorted(ours ^ seen)][:5]}"
                )


# ---- growth -------------------------------------------------------------------------------------


def time_growth(sizes: Sequence[int]) -> None:
    """Names in more and more text, read as a stream in a process of its own: speed and peak memory."""
    print_row("actors", "MB", "thousand words/s", "peak memory, MB")
    for n_actors in (50, 5_000):
        actors = make_actors(n_actors)
        for size in sizes:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                write_actors(folder / "actors.toml", actors)
                write_articles(folder / "articles.jsonl", size * MEGABYTE, actors)
                words, seconds, peak = run_apart("names", str(folder))
            print_row(n_actors, size, f"{words / seconds / 1e3:,.0f}", f"{peak:,.0f}")


def measure_names(folder: Path) -> tuple[int, float]:
    """Find the names in a file of articles: words and seconds."""
    actors = load_actors(folder / "actors.toml")
    find_listed_names(["Nothing."], actors)
    n_words, seconds = 0, 0.0
    with (folder / "articles.jsonl").open(encoding="utf-8") as file:
        while texts := [json.loads(line)["text"] for line in islice(file, BATCH)]:
            start = time.perf_counter()
            find_listed_names(texts, actors)
            seconds += time.perf_counter() - start
            n_words += count_words(texts)
    return n_words, seconds


# ---- annotate -----------------------------------------------------------------------------------


def time_annotate(size: int, *, dask: bool) -> None:
    """All tables of `annotate`: one process, two, two Dask workers; the same files come out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        actors = make_actors(50)
        write_articles(folder / "articles.jsonl", size * MEGABYTE, actors)
        write_actors(folder / "actors.toml", actors)
        print_row("MB", "how", "thousand words/s", "peak memory, MB")
        speeds, sums = {}, set()
        ways = ["1 process", "2 processes", *(["2 Dask workers"] if dask else [])]
        for way in ways:
            out = folder / way.replace(" ", "_")
            words, seconds, peak = run_apart("annotate", str(folder), str(out), way)
            speeds[way] = words / seconds
            sums.add(sum_up(out))
            print_row(size, way, f"{speeds[way] / 1e3:,.0f}", f"{peak:,.0f}")
        if len(sums) > 1:
            sys.exit("the ways gave different files")
        print(f"Two processes: {speeds['2 processes'] / speeds['1 process']:.2f} times one.")
        if dask:
            print(
                f"Two Dask workers: {speeds['2 Dask workers'] / speeds['2 processes']:.2f} of two processes."
            )


def sum_up(folder: Path) -> str:
    """Sum up all Parquet files of a folder."""
    files = sorted(folder.rglob("*.parquet"))
    return hashlib.sha256(b"".join(hashlib.sha256(f.read_bytes()).digest() for f in files)).hexdigest()


def measure_annotate(folder: Path, out: Path, way: str) -> tuple[int, float]:
    """Annotate a folder's articles: words and seconds."""
    with start_dask(folder) if "Dask" in way else nullcontext("") as scheduler:
        start = time.perf_counter()
        articles, actors = folder / "articles.jsonl", folder / "actors.toml"
        found = annotate(articles, actors, out, workers=int(way[0]), scheduler=scheduler)
        return found["n_words"], time.perf_counter() - start


@contextmanager
def start_dask(folder: Path) -> Iterator[str]:
    """Start a scheduler and two workers as processes of this machine; gives the scheduler's address."""
    from distributed import Client

    file = folder / "scheduler.json"
    alone = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    processes = [start_quietly(["dask_scheduler", *alone])]
    try:
        while not file.exists() or not file.read_text():
            time.sleep(0.1)
        address: str = json.loads(file.read_text())["address"]
        for _ in range(2):
            alone = ["--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory", str(folder)]
            processes.append(start_quietly(["dask_worker", address, *alone]))
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address
    finally:
        for process in reversed(processes):
            process.terminate()
            process.wait()


def start_quietly(command: list[str]) -> "subprocess.Popen[bytes]":
    """Start one of Dask's processes."""
    command = [sys.executable, "-m", f"distributed.cli.{command[0]}", *command[1:]]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


# ---- the rest -----------------------------------------------------------------------------------


def time_start() -> None:
    """Import what a first cell needs, in fresh processes, beyond pandas."""
    code = "import time, pandas; t = time.perf_counter(); from helpers import load_corpus; "
    code += "print(time.perf_counter() - t)"
    seconds = min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5))
    print_row("from helpers import load_corpus, beyond pandas", f"{seconds:.3f} s")


def time_suite() -> None:
    """All notebooks against as many that only import what those import."""
    import nbformat

    from helpers.execution import KERNELS_AT_ONCE, execute_notebooks, find_notebooks

    packages = "pandas matplotlib.pyplot spacy spacy.lang.en scipy.stats scipy.sparse networkx".split()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "empty").mkdir()
        for path in find_notebooks():
            notebook = nbformat.read(path, as_version=4)
            code = [cell for cell in notebook.cells if cell.cell_type == "code"]
            first = next(i for i, cell in enumerate(code) if "parameters" in cell.metadata.get("tags", []))
            code[0].source += "".join(f"\nimport {package}" for package in packages)
            notebook.cells = code[: first + 1]
            nbformat.write(notebook, folder / "empty" / path.name)
        start = time.perf_counter()
        with ThreadPoolExecutor(KERNELS_AT_ONCE) as pool:  # each in a kernel of its own, as Jupyter does
            list(pool.map(execute_plainly, find_notebooks(folder / "empty")))
        empty = time.perf_counter() - start
        start = time.perf_counter()
        execute_notebooks(find_notebooks(), folder / "empty", {"figures_folder": folder / "figures"})
        full = time.perf_counter() - start
    print_row("all notebooks", f"{full:.1f} s", f"{full / empty:.2f} times as long as empty ones")


def execute_plainly(path: Path) -> None:
    """Execute a notebook as nbclient does without settings."""
    import nbformat
    from nbclient import NotebookClient

    NotebookClient(nbformat.read(path, as_version=4), timeout=120, kernel_name="python3").execute()


def run_apart(what: str, *arguments: str) -> tuple[int, float, float]:
    """Run a measurement in a process of its own: words, seconds, the most memory of a process of it in MB."""
    command = [sys.executable, __file__, "--measure", what, *arguments]
    words, seconds, peak = json.loads(subprocess.check_output(command).splitlines()[-1])
    return words, seconds, peak


def measure(what: str, arguments: list[str]) -> None:
    """Do what `run_apart` asks for, and look at the memory of all processes ten times a second."""
    peak, done = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.1):
            this = psutil.Process()
            for process in (this, *this.children(recursive=True)):
                with suppress(psutil.Error):
                    peak = max(peak, process.memory_info().rss)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        if what == "names":
            words, seconds = measure_names(Path(arguments[0]))
        else:
            words, seconds = measure_annotate(Path(arguments[0]), Path(arguments[1]), arguments[2])
    finally:
        done.set()
        watching.join()
    print(json.dumps([words, seconds, peak / MEGABYTE]))


def main() -> None:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 50, 500], help="of growth, in MB")
    parser.add_argument("--size", type=int, default=50, help="of annotate, in MB")
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        measure(given.measure[0], given.measure[1:])
        return
    packages = "numpy pandas scipy spacy networkx pyarrow ahocorasick-rs distributed".split()
    print(f"{platform.system()}, Python {platform.python_version()}, {os.cpu_count()} cores; ", end="")
    print(", ".join(f"{package} {version(package)}" for package in packages))
    from made_pairs import time_pairs

    parts = {
        "names": time_names,
        "growth": lambda: time_growth(given.sizes),
        "annotate": lambda: time_annotate(given.size, dask=False),
        "dask": lambda: time_annotate(given.size, dask=True),
        "pairs": time_pairs,
        "start": time_start,
        "suite": time_suite,
    }
    for name in given.parts or [part for part in parts if part != "annotate"]:
        print(f"\n## {name}\n")
        parts[name]()


if __name__ == "__main__":
    main()

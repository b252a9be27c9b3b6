"""The same tables for articles that do not fit in memory, or on one machine.

Articles are cut into parts (`helpers.article_parts`), each part is worked on as a small corpus with the
rules that everything else uses, here or elsewhere (`helpers.workers`), and its tables are put in place in one
stroke (`helpers.part_files`). So nothing is held but the parts under way, and a run that was stopped goes on
with the parts that are not there.
"""

import errno
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Self

import pandas as pd
from tqdm import tqdm

from .actors import Actor, load_actors
from .article_parts import PART_SIZE, Part, Sources, find_parts, find_sources, read_part
from .corpus import ARTICLE_COLUMNS, make_corpus
from .errors import InputError
from .mentions import MENTION_COLUMNS, find_mentions
from .part_files import (
    ACTORS,
    COMPLETE,
    FLAGS,
    NUMBERS,
    RUN,
    TABLES,
    UNFINISHED,
    Counts,
    count_part,
    count_tables,
    find_done,
    is_annotated,
    part_file,
    put_json,
    read_json,
    read_part_file,
    write_part,
)
from .raw_articles import SetAside
from .words import find_all_words
from .workers import work_on_dask, work_on_processes

# Of a part, so many articles or characters are worked on at once.
_BATCH, _BATCH_CHARACTERS = 128, 500_000
_WORD_KEYS = ["outlet", "word", "is_function_word", "in_name", "in_quote"]
UNFINISHED_RUN = Path(RUN).with_suffix(".part").name  # what a call stopped at once leaves
_OTHER = {
    "articles": "other articles",
    "actors": "another actors.toml",
    "helpers": "another version of this suite",
    "part_size": "parts of another size",
}
_COLUMNS = {
    "set_aside": ["source", "reason"],
    "sentences": ["article_id", "block_id", "sentence_id", "start", "end", "text"],
    "mentions": MENTION_COLUMNS,
    "word_counts": [*_WORD_KEYS, "n", "n_articles"],
    "articles": [*ARTICLE_COLUMNS, "n_paragraphs", "n_sentences"],
}


def annotate(
    articles: Path | str | Iterable[Path | str],
    actors: Path | str,
    out: Path | str,
    *,
    workers: int | None = None,
    scheduler: str = "",
    progress: bool = False,
) -> dict[str, int]:
    r"""Find sentences, mentions and words in any number of articles, and write their tables.

    Parameters
    ----------
    articles : Path or str, or several
        Files or folders: Parquet, JSON Lines or CSV with a column text and, as far as known, title, outlet,
        agency, date and url; text files; saved web pages; or one corpus folder. Nothing in them is changed.
    actors : Path or str
        The gazetteer, an ``actors.toml``; see `load_actors`.
    out : Path or str
        The folder to write to. If an earlier call for the same articles and actors was stopped there, by
        whatever, this one goes on with what is missing.
    workers : int, optional
        Processes on this machine; one for each core if it is left out.
    scheduler : str
        The address of a Dask scheduler, to work on its workers instead: they need this package, and must see
        the articles and `out` under the same paths.
    progress : bool
        Show how far it is.

    Returns
    -------
    dict of str to int
        n_parts, n_articles, n_words, n_mentions, n_set_aside, n_without_outlet, n_without_date: what lies in
        the folder in the end.

    Raises
    ------
    InputError
        If something is wrong with the actors, there is nothing to read, `out` holds something else or the
        result of other articles or actors, the disk is full, no scheduler answers, or the same part has
        stopped its process thrice.

    Notes
    -----
    `out` gets the folders ``articles`` (with n_paragraphs and n_sentences), ``sentences``, ``mentions`` (the
    rows of `find_mentions`, without pronouns), ``word_counts`` (outlet, word, is_function_word, in_name,
    in_quote; n uses in n_articles of the part) and ``set_aside`` (source, reason), a Parquet file in each for
    each part. An article that cannot be read, or on which a rule fails, is set aside with its reason. No
    language model takes part. Copies are not looked for, and a date that can be read in two ways is left
    empty. `load_corpus` takes the folder; `count_mentions`, `count_cooccurrences` and `compare_words` then
    work through its parts.

    Examples
    --------
    >>> import tempfile
    >>> from helpers.paths import CORPUS_DIR
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     annotate(CORPUS_DIR, CORPUS_DIR / "actors.toml", Path(folder, "out"), workers=1)["n_words"]
    3980
    """
    places = [articles] if isinstance(articles, Path | str) else list(articles)
    if workers is not None and workers < 1:
        raise InputError(f"{workers} is no number of processes: expected 1 or more")
    paths = [Path(place).absolute() for place in places]
    sources = find_sources(paths)
    out = Path(out).absolute()
    try:
        _begin(out, paths, Path(actors).absolute(), sources.fingerprint())
        with _alone_in(out):
            found = _work_through(sources, out, workers or os.cpu_count() or 1, scheduler, progress=progress)
            put_json(out / COMPLETE, found)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise InputError(
            f"the disk is full; {len(find_done(out))} parts of {out.name}/ are done: make room, then give "
            "the same command again"
        ) from None
    shutil.rmtree(out / UNFINISHED, ignore_errors=True)
    return found


def _work_through(
    sources: Sources, out: Path, workers: int, scheduler: str, *, progress: bool
) -> dict[str, int]:
    """Work on all parts that are not done, and add up what all came to."""
    parts = find_parts(sources)
    n_parts, totals = 0, Counts(*[0] * len(Counts._fields))
    with _Progress(sources.n_bytes, shown=progress) as bar:
        if scheduler:
            work = work_on_dask(annotate_part, parts, out, scheduler)
        else:
            work = work_on_processes(annotate_part, parts, out, workers)
        for part, (done, is_new) in work:
            n_parts, totals = n_parts + 1, Counts(*map(sum, zip(totals, done, strict=True)))
            bar.add(part, done, is_new=is_new)
    if next(parts, None) is not None or find_done(out) != set(range(n_parts)):
        raise InputError(f"parts of {out.name}/ are missing: give the same command again")
    if not totals.n_articles:
        found = [
            f"{source}: {reason}".rstrip(".") for source, reason, _ in islice(find_reasons(out, n_parts), 3)
        ]
        raise InputError(f"no article was found ({'; '.join(found) or 'the files hold no rows'})")
    return {"n_parts": n_parts, **totals._asdict()}


# ---- the folder ---------------------------------------------------------------------------------


def _begin(out: Path, places: list[Path], actors: Path, fingerprint: str) -> None:
    """Make the folder for the tables, or see that it is the one for these articles and actors."""
    load_actors(actors)  # what is wrong with it is said before anything is written
    for place in places:
        if out.resolve().is_relative_to(place.resolve()):
            raise InputError(
                f"{out.name}/ lies in {place.name}, where the articles are: choose another place"
            )
    content = actors.read_bytes()
    wanted = {
        "articles": fingerprint,
        "actors": sha256(content).hexdigest(),
        "helpers": version("helpers"),
        "part_size": PART_SIZE,
    }
    if is_annotated(out):
        begun = read_json(out / RUN)
        if different := [name for name in wanted if begun.get(name) != wanted[name]]:
            raise InputError(
                f"{out.name}/ holds tables made with {_OTHER[different[0]]}: choose another folder, or take "
                "this one away to begin anew"
            )
    elif out.exists() and (not out.is_dir() or {path.name for path in out.iterdir()} - {UNFINISHED_RUN}):
        raise InputError(f"{out.name} has something in it already: choose a new folder")
    out.mkdir(parents=True, exist_ok=True)
    put_json(out / RUN, wanted)
    for name in (*TABLES, UNFINISHED):
        (out / name).mkdir(exist_ok=True)
    (out / UNFINISHED / ACTORS).write_bytes(content)
    (out / UNFINISHED / ACTORS).replace(out / ACTORS)


@contextmanager
def _alone_in(out: Path) -> Iterator[None]:
    """Hold a folder for one call; the system lets go of it when the process ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows has none
        yield
        return
    folder = os.open(out, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems know no locks
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise InputError(f"another annotate is at work in {out.name}/: wait for it") from None
        yield
    finally:
        os.close(folder)


def find_reasons(out: Path, n_parts: int) -> Iterator[tuple[str, str, int]]:
    """Why files and rows were set aside, the commonest reason first: where first, the reason, how often."""
    first: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for number in range(n_parts):
        for row in read_part_file(part_file(out, "set_aside", number)).itertuples():
            first.setdefault(row.reason, row.source)
            counts[row.reason] += 1
    return ((first[reason], reason, n) for reason, n in counts.most_common())


class _Progress:
    """A bar with what is done, how fast, and how long it will take."""

    def __init__(self, n_bytes: int, *, shown: bool) -> None:
        self.start, self.n_articles, self.n_words = monotonic(), 0, 0
        self.bar = tqdm(
            total=n_bytes,
            disable=not shown,
            bar_format="{percentage:3.0f} % |{bar}| {elapsed}, {remaining} left{postfix}",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.close()

    def add(self, part: Part, done: Counts, *, is_new: bool) -> None:
        """Count a part; one of an earlier call took no time of this one."""
        self.n_articles += done.n_articles
        if is_new:
            self.n_words += done.n_words
        elif not self.bar.disable:
            self.bar.initial += part.n_bytes
        speed = self.n_words / max(monotonic() - self.start, 1e-9)  # some clocks tick slowly
        words = f", {speed:,.0f} words/s" if self.n_words else ""
        self.bar.set_postfix_str(f"{self.n_articles:,} articles{words}", refresh=False)
        self.bar.update(part.n_bytes)


# ---- one part -----------------------------------------------------------------------------------


@cache
def _gazetteer_of(path: str, _content: str) -> dict[str, Actor]:
    """The actors of a run; each process reads them once."""
    return load_actors(path)


def annotate_part(part: Part, out: Path) -> tuple[Counts, bool]:
    """Work on one part and put its tables in place; a part that is there already is left alone.

    Returns
    -------
    (Counts, bool)
        What it came to, and whether it was worked on.
    """
    if before := count_part(out, part.number):
        return before, False
    run = read_json(out / RUN)
    if run["helpers"] != version("helpers"):  # on another machine
        raise InputError(
            f"a worker has version {version('helpers')} of this suite, the run has {run['helpers']}: install "
            "the same on all machines"
        )
    actors = _gazetteer_of(str(out / ACTORS), run["actors"])
    found: dict[str, list[pd.DataFrame]] = {name: [_nothing(name)] for name in TABLES}
    for articles, aside in _batches(part):
        for tables in _annotate_batch(articles, actors):
            for name, table in tables.items():
                found[name].append(table)
        found["set_aside"].append(pd.DataFrame(aside, columns=_COLUMNS["set_aside"]))
    tables = {name: pd.concat(pieces, ignore_index=True) for name, pieces in found.items()}
    words = tables["word_counts"].groupby(_WORD_KEYS, as_index=False)[["n", "n_articles"]].sum()
    tables["word_counts"] = words
    write_part(out, part.number, tables)
    return count_tables(tables), True


def _nothing(name: str) -> pd.DataFrame:
    """A table without rows, so that one without any has its columns."""
    types = {**dict.fromkeys(NUMBERS, "int64"), **dict.fromkeys(FLAGS, "bool")}
    return pd.DataFrame({column: pd.Series(dtype=types.get(column, "str")) for column in _COLUMNS[name]})


def _batches(part: Part) -> Iterator[tuple[list[dict[str, str]], list[tuple[str, str]]]]:
    """The articles of a part, not many at once, and what was set aside among them."""
    articles: list[dict[str, str]] = []
    aside: list[tuple[str, str]] = []
    n_characters = 0
    for one in read_part(part):
        if isinstance(one, SetAside):
            aside.append((one.source, one.reason))
            continue
        articles.append(one)
        n_characters += len(one["text"])
        if len(articles) == _BATCH or n_characters > _BATCH_CHARACTERS:
            yield articles, aside
            articles, aside, n_characters = [], [], 0
    yield articles, aside


def _annotate_batch(
    articles: list[dict[str, str]], actors: dict[str, Actor]
) -> Iterator[dict[str, pd.DataFrame]]:
    """The tables of some articles; where a rule fails on one, of the others."""
    if not articles:
        return
    try:
        yield _find_tables(articles, actors)
    except (OSError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this article's, and is told
        if len(articles) == 1:
            reason = f"A rule failed on this article ({type(error).__name__}: {str(error)[:200]})."
            rows = [(articles[0]["article_id"], reason)]
            yield {"set_aside": pd.DataFrame(rows, columns=_COLUMNS["set_aside"])}
            return
        for article in articles:
            yield from _annotate_batch([article], actors)


def _find_tables(articles: list[dict[str, str]], actors: dict[str, Actor]) -> dict[str, pd.DataFrame]:
    texts = {article["article_id"]: article["text"] for article in articles}
    corpus = make_corpus(pd.DataFrame(articles), texts, actors, Path())
    mentions = find_mentions(corpus)
    words = find_all_words(corpus, mentions)
    by_article = words.groupby(["article_id", *_WORD_KEYS], sort=False).size().rename("n").reset_index()
    counts = by_article.groupby(_WORD_KEYS, sort=False)["n"].agg(n="sum", n_articles="size").reset_index()
    sizes = {f"n_{unit}s": corpus.n_units(unit).to_numpy() for unit in ("paragraph", "sentence")}
    return {
        "sentences": corpus.sentences,
        "mentions": mentions,
        "word_counts": counts,
        "articles": corpus.articles.assign(**sizes),
    }

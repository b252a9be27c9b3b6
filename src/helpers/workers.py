"""Work on parts of something on several processes, of this machine or of a Dask cluster."""

import os
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, TypeVar

from .article_parts import Part
from .errors import InputError

Result = TypeVar("Result")

# A process that dies takes its part with it; after so many deaths the part itself is to blame.
_MOST_LOSSES = 3
# How long to look for a scheduler and its workers, in seconds.
_PATIENCE = 30


def work_on_processes(
    function: Callable[[Part, Path], Result], parts: Iterator[Part], out: Path, workers: int
) -> Iterator[tuple[Part, Result]]:
    """Call a function for each part on processes of this machine, or with one worker in this process.

    Parameters
    ----------
    function : callable
        Takes a part and `out`; found by name in its module, for other processes.
    parts : iterator of Part
        Taken as they are needed.
    out : Path
        Where the function writes to.
    workers : int
        How many processes.

    Yields
    ------
    (Part, result)
        As they are done. A process that dies is replaced, and its part given to another.

    Raises
    ------
    InputError
        A part whose process died three times.
    """
    if workers == 1:
        yield from ((part, function(part, out)) for part in parts)
        return
    from joblib.externals.loky import ProcessPoolExecutor

    lost: list[Part] = []
    losses: Counter[int] = Counter()
    while True:
        pool = ProcessPoolExecutor(max_workers=workers, initializer=_end_with, initargs=(os.getpid(),))
        pending: dict[Any, Part] = {}
        try:
            while True:
                # Parts that were under way when a process died go one by one, to see which it was.
                while len(pending) < (1 if lost else 2 * workers):
                    following = lost.pop() if lost else next(parts, None)
                    if following is None:
                        break
                    try:
                        pending[pool.submit(function, following, out)] = following
                    except BrokenProcessPool:
                        lost.append(following)
                        raise
                if not pending:
                    return
                for future in wait(pending, return_when=FIRST_COMPLETED).done:
                    result = future.result()
                    yield pending.pop(future), result
        except BrokenProcessPool:
            losses.update(part.number for part in pending.values())
            lost += pending.values()
            if worst := [part for part in lost if losses[part.number] >= _MOST_LOSSES]:
                raise InputError(_say_lost(worst[0])) from None
        finally:
            pool.shutdown(wait=True, kill_workers=True)


def _end_with(parent: int) -> None:
    """Let a process end when the one that started it is gone, however it went."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    if os.name == "posix":  # elsewhere a process keeps the number of a parent that is gone
        threading.Thread(target=watch, daemon=True).start()


def _say_lost(part: Part) -> str:
    called = part.sources[0].called if part.sources else "a part"
    rows = f" from row {part.rows.first} on" if part.rows.first else ""
    return (
        f"{called}{rows}: the process that worked on it was stopped {_MOST_LOSSES} times, perhaps for want "
        "of memory: use fewer workers, or take a very long article out"
    )


def _reach(scheduler: str) -> None:
    """Wait until somebody answers at an address: a client that finds nobody says so itself, and late."""
    address = re.fullmatch(r"(?:\w+://)?\[?([^/\[\]]+?)\]?:(\d{1,5})", scheduler)
    if not address:
        raise InputError(
            f"{scheduler!r} is no address of a Dask scheduler: expected one like tcp://HOST:8786"
        )
    start = time.monotonic()
    while True:
        try:
            socket.create_connection((address[1], int(address[2])), _PATIENCE).close()
        except OSError:
            if time.monotonic() - start > _PATIENCE:
                raise
            time.sleep(0.2)
        else:
            return


def work_on_dask(
    function: Callable[[Part, Path], Result], parts: Iterator[Part], out: Path, scheduler: str
) -> Iterator[tuple[Part, Result]]:
    """Call a function for each part on the workers of a Dask scheduler; see `work_on_processes`.

    `scheduler` is its address. The scheduler itself gives the part of a lost worker to another.
    """
    try:
        from distributed import Client, KilledWorker, as_completed
        from distributed.client import FutureCancelledError
    except ImportError:
        raise InputError(
            "Dask is not installed: `pip install distributed`, here and on the workers"
        ) from None
    silent = InputError(
        f"no Dask scheduler with workers answers at {scheduler!r}: start one with `dask scheduler`, and "
        "workers with `dask worker ADDRESS --nthreads 1`"
    )
    try:
        _reach(scheduler)
        client: Any = Client(scheduler, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except InputError:
        raise
    except (OSError, ValueError, ImportError, OverflowError):
        raise silent from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise silent from None
        pending: dict[str, Part] = {}
        finished: Any = as_completed(loop=client.loop)  # type: ignore[no-untyped-call]

        def submit() -> None:
            # Where all workers are lost for a while, one part waits for the next of them.
            while len(pending) < max(1, 2 * sum(client.nthreads().values())):
                part = next(parts, None)
                if part is None:
                    return
                future = client.submit(function, part, out, pure=False)
                pending[future.key] = part
                finished.add(future)

        submit()
        for future in finished:
            part = pending.pop(future.key)
            try:
                result = future.result()
            except KilledWorker:
                raise InputError(_say_lost(part)) from None
            except FutureCancelledError:
                raise InputError(
                    "the Dask scheduler was lost: start it and its workers anew, then give the same command "
                    "again"
                ) from None
            yield part, result
            submit()

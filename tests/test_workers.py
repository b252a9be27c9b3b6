"""Work on several processes: whoever dies, every part is worked on, and the result is that of one process."""

import os
import signal
import socket
import subprocess
import sys
import time
import types
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conftest import ACTORS

from helpers import InputError, scale, workers
from helpers.article_parts import Part, Source, find_parts
from helpers.article_tables import RowRange
from helpers.scale import annotate
from helpers.workers import work_on_dask, work_on_processes

needs_signals = pytest.mark.skipif(os.name == "nt", reason="processes are not killed by signals there")
Killer = Callable[[Any, Path], int]


def make_parts(n: int) -> Iterator[Any]:
    """Parts that other processes need not import anything for."""
    for number in range(n):
        source = types.SimpleNamespace(called=f"{number}.csv")
        rows = types.SimpleNamespace(first=2 + number if number else 0)
        yield types.SimpleNamespace(number=number, sources=(source,), rows=rows)


def make_killer(deaths: dict[int, int]) -> Killer:
    """A function that kills its own process so many times at a part; sent by value, for others to call."""

    def work(part: Any, out: Path) -> int:
        import os
        import signal

        for time_ in range(deaths.get(part.number, 0)):
            try:
                (out / f"died-{part.number}-{time_}").touch(exist_ok=False)
            except FileExistsError:
                continue
            os.kill(os.getpid(), signal.SIGKILL)
        return int(part.number) * 10

    return work


# ---- this machine -------------------------------------------------------------------------------


def test_one_worker_is_this_process(tmp_path: Path) -> None:
    done = work_on_processes(lambda part, _: (part.number, os.getpid()), make_parts(3), tmp_path, 1)
    assert [result for _, result in done] == [(n, os.getpid()) for n in range(3)]


@needs_signals
def test_a_part_whose_process_dies_is_given_to_another(tmp_path: Path) -> None:
    done = list(work_on_processes(make_killer({1: 1, 3: 1}), make_parts(6), tmp_path, 2))
    assert sorted((part.number, result) for part, result in done) == [(n, n * 10) for n in range(6)]


@needs_signals
def test_a_part_that_kills_again_and_again_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as said:
        list(work_on_processes(make_killer({2: 9}), make_parts(4), tmp_path, 2))
    assert str(said.value) == (
        "2.csv from row 4 on: the process that worked on it was stopped 3 times, perhaps for want of memory: "
        "use fewer workers, or take a very long article out"
    )
    assert len(list(tmp_path.glob("died-2-*"))) == 3


def test_a_whole_file_is_named_without_a_row() -> None:
    part = Part((Source("/x/a.txt", "a.txt", "a"), Source("/x/b.txt", "b.txt", "b")), 3)
    assert workers._say_lost(part).startswith("a.txt: the process that worked on it was stopped 3 times, ")
    assert workers._say_lost(Part(part.sources, 3, RowRange(9, 5, 2))).startswith("a.txt from row 5 on: ")


class FakePool:
    """Works in this process, and breaks when it is told to."""

    break_at: tuple[int, ...] = ()
    n_submitted = 0

    def __init__(self, max_workers: int, **_: Any) -> None:
        self.broken = False

    def submit(self, function: Callable[..., Any], *given: Any) -> "Future[Any]":
        FakePool.n_submitted += 1
        future: Future[Any] = Future()
        if self.broken or FakePool.n_submitted in self.break_at:
            self.broken = True
            raise BrokenProcessPool("a process was terminated")
        try:
            future.set_result(function(*given))
        except BaseException as error:  # noqa: BLE001 - handed on, as a pool does
            future.set_exception(error)
        return future

    def shutdown(self, wait: bool, kill_workers: bool) -> None:
        assert wait
        assert kill_workers


@pytest.fixture
def fake_pool(monkeypatch: pytest.MonkeyPatch) -> type[FakePool]:
    """In place of processes; nothing breaks unless a test says so."""
    monkeypatch.setattr("joblib.externals.loky.ProcessPoolExecutor", FakePool)
    monkeypatch.setattr(FakePool, "n_submitted", 0)
    monkeypatch.setattr(FakePool, "break_at", ())
    return FakePool


@pytest.mark.parametrize("n", [0, 1, 4, 5, 9])
def test_every_part_is_worked_on_once(fake_pool: type[FakePool], tmp_path: Path, n: int) -> None:
    done = work_on_processes(lambda part, out: (part.number, out), make_parts(n), tmp_path, 2)
    assert sorted(result for _, result in done) == [(number, tmp_path) for number in range(n)]
    assert fake_pool.n_submitted == n


def test_parts_are_taken_as_they_are_needed(fake_pool: type[FakePool], tmp_path: Path) -> None:
    taken: list[int] = []

    def watch() -> Iterator[Any]:
        for part in make_parts(100):
            taken.append(part.number)
            yield part

    done = work_on_processes(lambda part, _: part.number, watch(), tmp_path, 2)
    next(done)
    assert len(taken) == 4
    done.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("break_at", [(1,), (3,), (6,), (2, 5)])
def test_no_part_is_lost_when_the_pool_is_found_broken(
    fake_pool: type[FakePool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, break_at: tuple[int, ...]
) -> None:
    monkeypatch.setattr(fake_pool, "break_at", break_at)
    done = work_on_processes(lambda part, _: part.number, make_parts(6), tmp_path, 2)
    assert {result for _, result in done} == set(range(6))


@pytest.mark.parametrize("killer", range(6))
def test_parts_that_were_under_way_beside_it_are_not_to_blame(
    fake_pool: type[FakePool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killer: int
) -> None:
    """All that are under way are lost together; then they go one by one."""

    def lose_together(pending: dict[Any, Any], return_when: str) -> Any:
        if any(part.number == killer for part in pending.values()):
            raise BrokenProcessPool("a process was terminated")
        return types.SimpleNamespace(done=list(pending))

    monkeypatch.setattr(workers, "wait", lose_together)
    done = []
    with pytest.raises(InputError, match=rf"^{killer}\.csv"):
        for part, _ in work_on_processes(lambda part, _: part.number, make_parts(6), tmp_path, 2):
            done.append(part.number)
    assert len(done) == len(set(done))
    assert killer not in done


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), InputError("so it is")])
def test_what_a_part_raises_is_raised(fake_pool: type[FakePool], tmp_path: Path, error: Exception) -> None:
    def fail(part: Any, out: Path) -> None:
        raise error

    with pytest.raises(type(error)) as said:
        list(work_on_processes(fail, make_parts(6), tmp_path, 2))
    assert said.value is error


# ---- annotating ---------------------------------------------------------------------------------


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Eight articles, and a row that is set aside."""
    rows = "".join(f"Anna Berg came to Szohod. Norway sent {n} ships.,Daily {n % 3}\n" for n in range(8))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "news.csv").write_text(f"text,outlet\n{rows},Daily\n")
    (tmp_path / "actors.toml").write_text(ACTORS)
    return tmp_path / "in" / "news.csv"


@pytest.fixture
def whole(table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What one process makes of it, undisturbed, a part an article or two."""
    monkeypatch.setattr(scale, "find_parts", partial(find_parts, size=60))
    result = annotate(table, tmp_path / "actors.toml", tmp_path / "whole", workers=1)
    assert (result["n_articles"], result["n_set_aside"]) == (8, 1)
    assert result["n_parts"] >= 4
    return files_of(tmp_path / "whole")


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def die_once(marks: Path, number: int) -> Callable[[Part, Path], Any]:
    """`annotate_part`, but that its process is killed the first time at a part; sent by value."""
    marker = str(marks / "died")

    def work(part: Any, out: Path) -> Any:
        import os
        import signal
        from pathlib import Path

        from helpers.scale import annotate_part

        if part.number == number and not Path(marker).exists():
            Path(marker).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return annotate_part(part, out)

    return work


@needs_signals
def test_two_workers_of_which_one_is_killed_make_what_one_makes(
    table: Path, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scale, "annotate_part", die_once(tmp_path, 2))
    annotate(table, tmp_path / "actors.toml", tmp_path / "out", workers=2)
    assert (tmp_path / "died").exists()
    assert files_of(tmp_path / "out") == whole


SLOWLY = """
import sys, time
from functools import partial
from helpers import scale
from helpers.article_parts import find_parts

def work(part, out):
    import time
    from helpers.scale import annotate_part
    done = annotate_part(part, out)
    if part.number:
        time.sleep(60)
    return done

scale.find_parts, scale.annotate_part = partial(find_parts, size=60), work
scale.annotate(*sys.argv[1:], workers=2)
"""


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@needs_signals
def test_a_whole_group_of_processes_killed_leaves_what_can_be_gone_on_with(
    table: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    code = [sys.executable, "-c", SLOWLY, str(table), str(tmp_path / "actors.toml"), str(out)]
    with subprocess.Popen(code, start_new_session=True) as process:
        try:
            wait_for(lambda: (out / "articles").is_dir() and any((out / "articles").iterdir()))
        finally:
            os.killpg(process.pid, signal.SIGKILL)
    assert not (out / "complete.json").exists()
    now = files_of(out)
    assert {name: now[name] for name in now if not name.startswith("unfinished/")}.items() <= whole.items()
    annotate(table, tmp_path / "actors.toml", out, workers=1)
    assert files_of(out) == whole


# ---- a Dask cluster -----------------------------------------------------------------------------


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """A scheduler and two workers as processes of their own on this machine."""
    pytest.importorskip("distributed", reason="Dask is not installed: pip install distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    port = address.rpartition(":")[2]
    dask = [sys.executable, "-m", "distributed.cli"]
    commands = [
        [f"{dask[2]}.dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"],
        *[
            [f"{dask[2]}.dask_worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard", *where]
            for where in (("--host", "127.0.0.1", "--local-directory", str(tmp_path / w)) for w in "ab")
        ],
    ]
    begun = []
    with (tmp_path / "log").open("wb") as log:
        try:
            for command in commands:
                command = [sys.executable, "-m", *command]  # noqa: PLW2901
                begun.append(subprocess.Popen(command, stdout=log, stderr=log))
            yield address
        finally:
            for process in begun:
                process.kill()
                process.wait()


@needs_signals
def test_a_cluster_of_which_a_worker_is_killed_makes_what_one_process_makes(
    table: Path, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cluster: str
) -> None:
    monkeypatch.setattr(scale, "annotate_part", die_once(tmp_path, 1))
    result = annotate(table, tmp_path / "actors.toml", tmp_path / "out", scheduler=cluster)
    assert (tmp_path / "died").exists()
    assert result["n_articles"] == 8
    assert files_of(tmp_path / "out") == whole


def test_without_dask_its_name_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError) as said:
        list(work_on_dask(lambda part, _: part, make_parts(1), tmp_path, "127.0.0.1:1"))
    assert str(said.value) == "Dask is not installed: `pip install distributed`, here and on the workers"


class FakeFuture:
    """Done when it is made."""

    def __init__(self, key: str, result: Callable[[], Any]) -> None:
        self.key, self.result = key, result


class SchedulerLost(Exception):  # noqa: N818 - named as Dask's
    """In place of Dask's own."""


class FakeClient:
    """A scheduler whose workers come and go."""

    n_workers: Iterator[int]
    no_workers = False

    loop = None

    def __init__(self, address: str, **_: Any) -> None:
        if address != "good":
            raise OSError(f"timed out connecting to {address}")
        self.n = 0

    def __enter__(self) -> "FakeClient":
        return self

    def __exit__(self, *_: object) -> None: ...

    def wait_for_workers(self, n: int, timeout: float) -> None:
        if self.no_workers:
            raise TimeoutError

    def nthreads(self) -> dict[str, int]:
        return {f"w{n}": 1 for n in range(next(self.n_workers))}

    def submit(self, function: Callable[..., Any], *given: Any, pure: bool) -> FakeFuture:
        assert not pure
        self.n += 1
        return FakeFuture(f"task-{self.n}", lambda: function(*given))


class KilledWorker(Exception):  # noqa: N818 - its name there
    """What a scheduler says of a task that has killed too many workers."""


class FakeCompleted:
    """Futures as they are done, which is at once."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.futures: list[FakeFuture] = []

    def add(self, future: FakeFuture) -> None:
        self.futures.append(future)

    def __iter__(self) -> Iterator[FakeFuture]:
        while self.futures:
            yield self.futures.pop(0)


@pytest.fixture
def fake_dask(monkeypatch: pytest.MonkeyPatch) -> type[FakeClient]:
    """In place of distributed."""
    module: Any = types.ModuleType("distributed")
    module.Client, module.KilledWorker, module.as_completed = FakeClient, KilledWorker, FakeCompleted
    lost: Any = types.ModuleType("distributed.client")
    lost.FutureCancelledError = SchedulerLost
    monkeypatch.setitem(sys.modules, "distributed", module)
    monkeypatch.setitem(sys.modules, "distributed.client", lost)
    monkeypatch.setattr(workers, "_reach", lambda address: None)
    monkeypatch.setattr(FakeClient, "n_workers", iter(lambda: 2, None), raising=False)
    return FakeClient


@pytest.mark.parametrize("n", [0, 1, 4, 9])
def test_a_cluster_works_on_every_part_once(fake_dask: type[FakeClient], tmp_path: Path, n: int) -> None:
    done = work_on_dask(lambda part, out: (part.number, out), make_parts(n), tmp_path, "good")
    assert [result for _, result in done] == [(number, tmp_path) for number in range(n)]


@pytest.mark.parametrize("n_workers", [[1, 1, 0], [1, 1, 1, 0], [0]])
def test_a_cluster_without_workers_for_a_while_loses_no_part(
    fake_dask: type[FakeClient], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n_workers: list[int]
) -> None:
    def count() -> Iterator[int]:
        yield from n_workers
        while True:
            yield 0

    monkeypatch.setattr(fake_dask, "n_workers", count())
    done = work_on_dask(lambda part, _: part.number, make_parts(6), tmp_path, "good")
    assert [result for _, result in done] == list(range(6))


def test_a_part_that_kills_workers_of_a_cluster_is_named(fake_dask: type[FakeClient], tmp_path: Path) -> None:
    def kill(part: Any, out: Path) -> None:
        raise KilledWorker

    with pytest.raises(
        InputError, match=r"^0\.csv: the process that worked on it was stopped 3 times, perhaps"
    ):
        list(work_on_dask(kill, make_parts(2), tmp_path, "good"))


def test_a_scheduler_that_is_lost_is_said(fake_dask: type[FakeClient], tmp_path: Path) -> None:
    def lose(part: Any, out: Path) -> None:
        raise SchedulerLost

    with pytest.raises(
        InputError, match=r"^the Dask scheduler was lost: start it and its workers anew, then"
    ):
        list(work_on_dask(lose, make_parts(2), tmp_path, "good"))


@pytest.mark.parametrize("workers_there", [False, True])
def test_a_cluster_that_does_not_answer_is_named(
    fake_dask: type[FakeClient], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers_there: bool
) -> None:
    monkeypatch.setattr(fake_dask, "no_workers", not workers_there)
    address = "10.0.0.1:8786" if workers_there else "good"
    with pytest.raises(InputError) as said:
        list(work_on_dask(lambda part, _: part, make_parts(1), tmp_path, address))
    assert str(said.value) == (
        f"no Dask scheduler with workers answers at {address!r}: start one with `dask scheduler`, and "
        "workers with `dask worker ADDRESS --nthreads 1`"
    )


@pytest.mark.parametrize("address", ["nonsense", "nonsense://x", "tcp://:8786", "tcp://a:b"])
def test_what_is_no_address_is_said(tmp_path: Path, address: str) -> None:
    with pytest.raises(
        InputError, match=f"^'{address}' is no address of a Dask scheduler: expected one like"
    ):
        list(work_on_dask(lambda part, _: part, make_parts(1), tmp_path, address))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "http://127.0.0.1:1"])
def test_an_address_that_is_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed: pip install distributed")
    monkeypatch.setattr(workers, "_PATIENCE", 0.2)
    with pytest.raises(
        InputError, match=f"^no Dask scheduler with workers answers at '{address}': start one"
    ):
        list(work_on_dask(lambda part, _: part, make_parts(1), tmp_path, address))

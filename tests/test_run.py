"""Test run.py, the commands behind it, and the pinned requirements; no network is used."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import cli, execution
from helpers.paths import PROJECT_ROOT


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load run.py as a module that believes it stands in a small project of its own."""
    spec = importlib.util.spec_from_file_location("run_under_test", PROJECT_ROOT / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "requirements.txt").write_text("a==1\n-e .\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "small"\n[tool.x]\ny = 1\n')
    monkeypatch.setattr(module, "PROJECT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module.shutil, "which", lambda _name: "uv")
    return module


Steps = list[list[str]]


@pytest.fixture
def record_steps(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Steps]:
    """Give a function that replaces the setup's steps: some fail, the rest leave what they make."""

    def record(*failing: str, interrupt: str = "no step") -> Steps:
        steps: Steps = []

        def run_step(label: str, command: list[str]) -> str | None:
            steps.append(command)
            if label.startswith(interrupt):
                raise KeyboardInterrupt
            if label.startswith(failing):
                return "no route to host"
            run.venv_python().parent.mkdir(parents=True, exist_ok=True)
            run.venv_python().touch()
            return None

        monkeypatch.setattr(run, "run_step", run_step)
        return steps

    return record


def test_help_names_every_command() -> None:
    shown = subprocess.run(
        [sys.executable, "run.py", "--help"],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    commands = re.findall(r"^python run\.py ?(\S*)", shown, flags=re.MULTILINE)
    assert commands == ["", "test", "lab", "new", "check", "--corpus", "annotate", "--help"]


@pytest.mark.parametrize("arguments", [["tset"], ["my_event"], ["--corpsu", "my_event"]])
def test_an_unknown_command_is_named(
    arguments: list[str], run: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(arguments) == 2
    said = (
        f"Unknown command {arguments[0]!r}: expected one of test, lab, new, check, annotate, --corpus, "
        "--model, --help, or none.\n"
    )
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("version", [(3, 8, 18), (3, 10, 13), (2, 7, 18)])
def test_an_old_python_gets_a_sentence(version: tuple[int, int, int], run: ModuleType) -> None:
    found = ".".join(map(str, version))
    assert run.check_python(version) == (
        f"This is Python {found}, but the suite needs Python 3.11 or newer: "
        "start it with a newer one, for example `python3.11 run.py`."
    )


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_a_new_python_will_do(version: tuple[int, int, int], run: ModuleType) -> None:
    assert run.check_python(version) is None


def test_an_old_python_can_read_run_py() -> None:
    source = (PROJECT_ROOT / "run.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))
    old = {"tomllib"}
    imported = {
        alias.name
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Import)
        for alias in statement.names
    }
    assert not imported & old
    assert imported <= sys.stdlib_module_names


def test_a_complete_setup_is_not_repeated(run: ModuleType, record_steps: Callable[..., Steps]) -> None:
    steps = record_steps()
    assert not run.is_set_up()
    run.set_up()
    python = str(run.venv_python())
    install = ["uv", "pip", "install", "--python", python, "--compile-bytecode", "--no-deps"]
    assert steps == [
        [sys.executable, "-m", "venv", "--clear", str(run.VENV)],
        [*install, "-r", "requirements.txt"],
    ]
    assert run.is_set_up()


@pytest.mark.parametrize(
    ("name", "content", "still_set_up"),
    [
        ("requirements.txt", "a==2\n-e .\n", False),
        ("pyproject.toml", '[project]\nname = "other"\n', False),
        ("pyproject.toml", '[project]\nname = "small"\n[tool.setuptools]\nz = 1\n', False),
        ("pyproject.toml", '[project]\nname = "small"\n[tool.x]\ny = 2\n', True),
    ],
)
def test_what_the_stamp_depends_on(
    name: str, content: str, still_set_up: bool, run: ModuleType, record_steps: Callable[..., Steps]
) -> None:
    record_steps()
    run.set_up()
    (run.PROJECT / name).write_text(content)
    assert run.is_set_up() is still_set_up


def test_another_python_or_folder_or_a_missing_one_needs_a_setup(
    run: ModuleType, record_steps: Callable[..., Steps], monkeypatch: pytest.MonkeyPatch
) -> None:
    record_steps()
    run.set_up()
    stamp = run.make_stamp()
    with monkeypatch.context() as patch:
        patch.setattr(run.sys, "version", "3.13.0 (another build)")
        assert run.make_stamp() != stamp
    run.venv_python().unlink()
    assert not run.is_set_up()
    (run.PROJECT / "moved").mkdir()
    for name in ("requirements.txt", "pyproject.toml"):
        (run.PROJECT / name).rename(run.PROJECT / "moved" / name)
    monkeypatch.setattr(run, "PROJECT", run.PROJECT / "moved")
    assert run.make_stamp() != stamp


@pytest.mark.parametrize("interrupt", ["Making", "Installing"])
def test_an_interrupted_setup_starts_over(
    interrupt: str,
    run: ModuleType,
    record_steps: Callable[..., Steps],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    record_steps()
    run.set_up()
    (run.PROJECT / "requirements.txt").write_text("a==2\n-e .\n")
    record_steps(interrupt=interrupt)
    assert run.main([]) == 130
    assert capsys.readouterr().out == "\nStopped: the next run makes .venv afresh.\n"
    # Even the old pins do not make the half-made environment pass for complete.
    (run.PROJECT / "requirements.txt").write_text("a==1\n-e .\n")
    assert not run.is_set_up()

    steps = record_steps()
    handed_on = []
    monkeypatch.setattr(run, "hand_over", lambda command: handed_on.append(command) or 7)
    assert run.main([]) == 7
    assert steps[0][1:4] == ["-m", "venv", "--clear"]
    assert len(steps) == 2
    assert run.main(["lab"]) == 7
    assert handed_on == [[], ["lab"]]
    assert len(steps) == 2


def test_uv_is_fetched_and_pip_stands_in(
    run: ModuleType, record_steps: Callable[..., Steps], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda _name: None)
    python = str(run.venv_python())
    options = ["--python", python, "--compile-bytecode", "--no-deps", "-r", "requirements.txt"]
    steps = record_steps("Installing the packages with uv")
    run.set_up()
    assert steps[1:3] == [
        [python, "-m", "pip", "install", run.UV],
        [python, "-m", "uv", "pip", "install", *options],
    ]
    steps = record_steps("Fetching uv")
    run.set_up()
    assert steps[2] == [python, "-m", "pip", "install", "--no-deps", "-r", "requirements.txt"]


NO_VENV = (
    "Python could not make the environment .venv (no route to host): install Python's venv "
    "module (on Debian and Ubuntu the package python3-venv), then run this again."
)
NO_PACKAGES = (
    "The packages in requirements.txt could not be installed (no route to host): "
    "check the network connection, then run this again."
)


@pytest.mark.parametrize(("failing", "sentence"), [("Making", NO_VENV), ("Installing", NO_PACKAGES)])
def test_a_failing_setup_says_so_in_a_sentence(
    failing: str, sentence: str, run: ModuleType, record_steps: Callable[..., Steps]
) -> None:
    record_steps(failing)
    with pytest.raises(SystemExit) as stop:
        run.main([])
    assert stop.value.code == sentence  # Python prints it and exits with 1
    assert not run.is_set_up()


@pytest.mark.parametrize(
    ("code", "last_words"),
    [
        ("pass", None),
        ("print('a'); print('b'); raise SystemExit(3)", "b"),
        ("exit(3)", "exit code 3"),
    ],
)
def test_a_step_gives_its_last_words(
    code: str, last_words: str | None, run: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.run_step("Counting", [sys.executable, "-c", code]) == last_words
    line = capsys.readouterr().out
    assert re.fullmatch(r"Counting \d+\.\d s(, failed)?\n", line)
    assert line.endswith(", failed\n") is (last_words is not None)


def test_children_write_bytecode_and_sort_alike(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONHASHSEED", "random")
    monkeypatch.setenv("MPLBACKEND", "agg")
    for environment in (run.child_environment(), execution.kernel_environment()):
        assert "PYTHONDONTWRITEBYTECODE" not in environment
        assert environment["PYTHONHASHSEED"] == "0"
    assert "MPLBACKEND" not in execution.kernel_environment()


def test_every_requirement_is_an_exact_pin() -> None:
    text = (PROJECT_ROOT / "requirements.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines[-1] == "-e ."
    pin = re.compile(r"[a-z0-9-]+==[\w.]+( ; [\w. '()=<>!]+)?")
    assert [line for line in lines[:-1] if not pin.fullmatch(line)] == []
    assert "://" not in text
    assert "--" not in text


def test_every_direct_requirement_is_pinned() -> None:
    pinned = (PROJECT_ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    names = {line.partition("==")[0] for line in pinned}
    direct = (PROJECT_ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    for line in direct:
        if line and not line.startswith("#"):
            name, _, version = line.partition("==")
            assert name in names
            assert not version or line in pinned


def save(path: Path, *sources: str, tags: tuple[str, ...] = ("parameters",)) -> Path:
    """Write a small notebook: a title, a cell with the tags, then the other cells."""
    cells = [new_markdown_cell("# Title", id="title")]
    cells += [new_code_cell(source, id=f"cell{n}") for n, source in enumerate(sources)]
    cells[1].metadata["tags"] = list(tags)
    nbformat.write(new_notebook(cells=cells), path)
    return path


def outputs_of(path: Path) -> list[str]:
    """Read what the last cell of a notebook put out."""
    last = nbformat.read(path, as_version=4).cells[-1]
    return [output.get("text") or output.data["text/plain"] for output in last.outputs]


def test_parameters_are_replaced_and_cells_kept(tmp_path: Path) -> None:
    path = save(tmp_path / "01_a.ipynb", "from pathlib import Path\nfolder = Path('old')", "folder.name")
    before = path.read_bytes()
    (tmp_path / "out").mkdir()
    changed = execution.execute_notebooks([path], tmp_path / "out", {"folder": tmp_path / "it's new"})
    assert changed == {"01_a.ipynb": True}
    fresh = nbformat.read(tmp_path / "out" / "01_a.ipynb", as_version=4)
    assert len(fresh.cells) == 3
    assert outputs_of(tmp_path / "out" / "01_a.ipynb") == ['"it\'s new"']
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("tags", "message"),
    [
        ((), "01_a.ipynb has 0 cells tagged parameters: expected one"),
        (
            ("parameters",),
            "01_a.ipynb has no parameter 'figures': expected one of corpus_folder, figures_folder",
        ),
    ],
)
def test_a_missing_parameter_is_named(tags: tuple[str, ...], message: str, tmp_path: Path) -> None:
    path = save(tmp_path / "01_a.ipynb", "corpus_folder = 1\nfigures_folder = 2", tags=tags)
    with pytest.raises(execution.NotebookError, match=f"^{re.escape(message)}$"):
        execution.execute_notebooks([path], tmp_path, {"figures": tmp_path})


def test_a_file_that_is_no_notebook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "01_a.ipynb"
    path.write_text("no JSON")
    with pytest.raises(execution.NotebookError, match=r"^01_a\.ipynb is no notebook \(.*\): expected"):
        execution.execute_notebooks([path], tmp_path, {})


def test_a_failing_cell_is_named_and_its_notebook_untouched(tmp_path: Path) -> None:
    bad = save(tmp_path / "01_bad.ipynb", "x = 1", "raise ValueError('no actor\\nat all')", "x")
    good = save(tmp_path / "02_good.ipynb", "x = 2", "x")
    before = bad.read_bytes()
    with pytest.raises(execution.NotebookError) as failure:
        execution.execute_notebooks([bad, good], tmp_path, {})
    assert str(failure.value) == "01_bad.ipynb, cell 3: ValueError: no actor"
    assert bad.read_bytes() == before
    assert outputs_of(good) == ["2"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["01_bad.ipynb", "02_good.ipynb"]


def test_a_second_run_changes_no_byte(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cell = "import sys\n_ = sys.stdout.write('a')\n_ = sys.stdout.write('b')\n{3, 1}"
    path = save(tmp_path / "01_a.ipynb", "x = 1", cell)
    assert execution.execute_notebooks([path], tmp_path, {}) == {"01_a.ipynb": True}
    before = path.read_bytes()
    assert execution.execute_notebooks([path], tmp_path, {}) == {"01_a.ipynb": False}
    assert path.read_bytes() == before
    lines = capsys.readouterr().out.splitlines()
    assert [re.sub(r"\d+\.\d s", "", line).split() for line in lines] == [
        ["1/1", "01_a.ipynb", "changed"],
        ["1/1", "01_a.ipynb", "unchanged"],
    ]


def test_normalise_drops_what_differs_from_run_to_run() -> None:
    result = new_output("execute_result", data={"text/plain": "1"}, execution_count=9)
    view = new_output("display_data", data={execution.WIDGET_VIEW: {}, "text/plain": "0%"})
    cells = [
        new_markdown_cell("# Title", id="a", metadata={"collapsed": True}),
        new_code_cell("1", id="b", execution_count=9, outputs=[view, result]),
        new_code_cell("", id="c"),
        new_code_cell("x = 1", id="d", execution_count=12),
    ]
    cells[1].metadata = nbformat.from_dict({"tags": ["t"], "execution": {"started": "10:00"}})
    notebook = new_notebook(cells=cells, metadata={"widgets": {"state": 1}})
    execution.normalise(notebook)
    assert [cell.metadata for cell in notebook.cells] == [{}, {"tags": ["t"]}, {}, {}]
    assert [cell.execution_count for cell in notebook.cells[1:]] == [1, None, 2]
    assert [output.data for output in notebook.cells[1].outputs] == [{"text/plain": "1"}]
    assert notebook.cells[1].outputs[0].execution_count == 1
    assert sorted(notebook.metadata) == ["kernelspec", "language_info"]
    assert notebook.metadata["language_info"]["version"] == "3.11"


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ({"text/plain": "1"}, {"text/plain": "1"}),
        ({"text/html": "<b>"}, {"text/html": "<b>"}),
        # a progress bar says nothing without its kernel, a choice shows its first entry
        ({execution.WIDGET_VIEW: {"model_id": "7f"}, "text/plain": "0%"}, None),
        ({execution.WIDGET_VIEW: {"model_id": "7f"}}, None),
        (
            {execution.WIDGET_VIEW: {"model_id": "7f"}, "text/plain": "x", "text/html": "<b>"},
            {"text/plain": "x", "text/html": "<b>"},
        ),
        ({}, {}),
    ],
)
@pytest.mark.parametrize("kind", ["execute_result", "display_data"])
def test_what_stands_without_a_kernel_is_kept(
    kind: str, data: dict[str, object], kept: dict[str, str] | None
) -> None:
    notebook = new_notebook(
        cells=[new_code_cell("x", execution_count=3, outputs=[new_output(kind, data=data)])]
    )
    execution.normalise(notebook)
    assert [output.data for output in notebook.cells[0].outputs] == ([] if kept is None else [kept])


def test_what_is_printed_or_goes_wrong_is_kept() -> None:
    outputs = [new_output("stream", text="a\n"), new_output("error", ename="E", evalue="v", traceback=[])]
    notebook = new_notebook(cells=[new_code_cell("x", execution_count=3, outputs=outputs)])
    execution.normalise(notebook)
    assert [output.output_type for output in notebook.cells[0].outputs] == ["stream", "error"]


def test_notebooks_are_found_in_order_or_missed_in_a_sentence(tmp_path: Path) -> None:
    for name in ("02_b.ipynb", "01_a.ipynb", "draft.ipynb", "03_c.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in execution.find_notebooks(tmp_path)] == ["01_a.ipynb", "02_b.ipynb"]
    empty = tmp_path / "notebooks"
    empty.mkdir()
    with pytest.raises(execution.NotebookError, match=r"^no notebooks in notebooks/: expected files named"):
        execution.find_notebooks(empty)


def test_run_says_what_it_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = tmp_path / "figures"
    figures.mkdir()
    (figures / "01_old.csv").write_text("old")
    source = f"open({str(figures / '01_new.csv')!r}, 'w').write('1')"
    path = save(tmp_path / "01_a.ipynb", "x = 1", source)
    monkeypatch.setattr(cli, "NOTEBOOKS_DIR", tmp_path)
    monkeypatch.setattr(cli, "FIGURES_DIR", figures)
    monkeypatch.setattr(cli, "REPORT", tmp_path / "report.html")
    monkeypatch.setattr(cli, "find_notebooks", lambda: [path])
    monkeypatch.setattr(cli, "write_gallery", lambda folder: None)
    assert cli.main([]) == 0
    assert capsys.readouterr().out.splitlines()[-4:] == [
        "notebooks/  1 changed, 0 unchanged: 01_a.ipynb",
        "figures/  1 changed, 1 unchanged: 01_new.csv",
        "Open report.html in a browser: findings, tables and figures in one file that can be mailed.",
        "Look at figures/README.md, or open the notebooks with `python run.py lab`.",
    ]
    assert "<h1>How did several newsrooms tell one event?</h1>" in (tmp_path / "report.html").read_text(
        encoding="utf-8"
    )


def test_a_failing_run_has_exit_code_1_and_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = save(tmp_path / "01_a.ipynb", "x = 1", "x / 0")
    monkeypatch.setattr(cli, "FIGURES_DIR", tmp_path)
    monkeypatch.setattr(cli, "find_notebooks", lambda: [path])
    assert cli.main([]) == 1
    sentence = "01_a.ipynb, cell 3: ZeroDivisionError: division by zero\n"
    assert capsys.readouterr().err == sentence


@pytest.mark.parametrize("failing", ["", "mypy"])
def test_test_runs_every_check_and_names_the_failing(
    failing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = []

    def call(command: list[str], **_: object) -> int:
        commands.append(" ".join(command[2:]))
        return int(command[2] == failing)

    monkeypatch.setattr(cli.subprocess, "call", call)
    assert cli.main(["test"]) == (1 if failing else 0)
    at_once = "-n auto --dist loadfile --no-loadscope-reorder"
    assert commands == [
        "ruff check .",
        "ruff format --check .",
        "mypy",
        f"pytest --nbval --nbval-current-env --nbval-cell-timeout=120 notebooks {at_once}",
        f"pytest {at_once}",
    ]
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("Failed: mypy (" if failing else "All 5 checks passed (")


def test_another_corpus_leaves_out_what_is_true_of_the_bundled_articles(tmp_path: Path) -> None:
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Title"),
            new_markdown_cell("**The finding.** Five articles.", metadata={"tags": ["seeds-only"]}),
            new_code_cell("corpus_folder = 1\nfigures_folder = 2", metadata={"tags": ["parameters"]}),
            new_code_cell("print(str(corpus_folder)[-4:], figures_folder)"),
        ]
    )
    path = tmp_path / "01_a.ipynb"
    nbformat.write(notebook, path)
    (tmp_path / "own").mkdir()
    execution.execute_notebooks([path], tmp_path / "own", {"corpus_folder": tmp_path / "mine"})
    own = nbformat.read(tmp_path / "own" / "01_a.ipynb", as_version=4)
    assert [cell.source.split("\n")[0] for cell in own.cells][0::1] == [
        "# Title",
        "corpus_folder = 1",
        "print(str(corpus_folder)[-4:], figures_folder)",
    ]
    assert own.cells[-1].outputs[0].text == "mine 2\n"
    execution.execute_notebooks([path], tmp_path / "own", {"figures_folder": tmp_path})
    assert len(nbformat.read(tmp_path / "own" / "01_a.ipynb", as_version=4).cells) == 4


@pytest.mark.parametrize(
    ("run_json", "left"),
    [
        ('{"articles": "", "actors": "", "part_size": 1}', ["# Title", "corpus_folder = 1", "'last'"]),
        # none of ours: the folder has texts
        ('{"mine": 1}', ["# Title", "text", "corpus_folder = 1", "'text'", "'last'"]),
        ("", ["# Title", "text", "corpus_folder = 1", "'text'", "'last'"]),
    ],
    ids=["tables", "another run.json", "texts"],
)
def test_tables_leave_out_what_needs_texts(tmp_path: Path, run_json: str, left: list[str]) -> None:
    tagged = {"tags": ["needs-text"]}
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Title"),
            new_markdown_cell("text", metadata=tagged),
            new_markdown_cell("both", metadata={"tags": ["seeds-only", "needs-text"]}),
            new_markdown_cell("bundled", metadata={"tags": ["seeds-only"]}),
            new_code_cell("corpus_folder = 1", metadata={"tags": ["parameters"]}),
            new_code_cell("'text'", metadata=tagged),
            new_code_cell("'last'"),
        ]
    )
    path = tmp_path / "01_a.ipynb"
    nbformat.write(notebook, path)
    before = path.read_bytes()
    for name in ("mine", "out"):
        (tmp_path / name).mkdir()
    if run_json:
        (tmp_path / "mine" / "run.json").write_text(run_json)
    execution.execute_notebooks([path], tmp_path / "out", {"corpus_folder": tmp_path / "mine"})
    cells = nbformat.read(tmp_path / "out" / "01_a.ipynb", as_version=4).cells
    first_lines = [cell.source.split("\n")[0] for cell in cells]
    assert [line for line in first_lines if not line.startswith("**On tables alone.**")] == left
    assert len(first_lines) == len(left) + ("'text'" not in left)
    assert [cell.execution_count for cell in cells if cell.cell_type == "code"] == list(
        range(1, len([cell for cell in cells if cell.cell_type == "code"]) + 1)
    )
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("tags", "needed"),
    [(["needs-text"], True), (["seeds-only", "needs-text"], True), (["seeds-only"], False), ([], False)],
)
def test_a_title_says_that_the_notebook_needs_texts(tmp_path: Path, tags: list[str], needed: bool) -> None:
    cells = [
        new_markdown_cell("# Title", metadata={"tags": tags} if tags else {}),
        new_code_cell("1", metadata={"tags": ["needs-text"]}),  # which says it of itself only
    ]
    path = tmp_path / "01_a.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    assert execution.needs_text(path) is needed

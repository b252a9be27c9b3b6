"""The commands for a folder of one's own: new, check, and a run of the notebooks on it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers import cli, find_mentions, load_actors, load_corpus
from helpers.paths import PROJECT_ROOT
from helpers.settings import MODEL_VARIABLE

STORIES = {
    "daily.txt": "Minister Visits Klow\n\nForeign Minister Ida Lund of Norway came to Klow. "
    "Ms. Lund met Jon Roe, 43, a spokesman for Acme Holdings.\n\n“We agree,” Mr. Roe said.\n",
    "herald.txt": "Talks end\n\nThe Norwegian foreign minister, Ida Lund, left, Acme Holdings said. "
    "Lund did not meet Eva Stone, the mayor.\n",
    "empty.txt": "",
    "notes.pdf": "%PDF-1.4",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder of outside files, two of them of no use."""
    folder = tmp_path / "download"
    folder.mkdir()
    for name, text in STORIES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "export.jsonl").write_text(
        json.dumps(
            {
                "text": "Ida Lund spoke with Jon Roe, a spokesman for Acme.",
                "outlet": "=Post",
                "date": "2024-05-01",
            }
        )
    )
    return folder


@pytest.fixture
def event(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The corpus folder that `new` makes of them."""
    assert cli.main(["new", str(tmp_path / "event"), "--from", str(source)]) == 0
    capsys.readouterr()
    return tmp_path / "event"


def test_new_makes_a_folder_that_loads(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in source.iterdir()}
    assert cli.main(["new", str(tmp_path / "event"), "--from", str(source)]) == 0
    said = capsys.readouterr().out
    assert "event/articles.csv  articles: 3, outlets: 1, without one: 2" in said
    assert "2 set aside in all; the list is event/set_aside.csv" in said
    assert "empty.txt" in said
    assert "notes.pdf" in said
    corpus = load_corpus(tmp_path / "event")
    assert len(corpus.articles) == 3
    assert corpus.articles["outlet"].tolist()[0] != corpus.articles["outlet"].tolist()[1]
    assert {"Ida Lund", "Jon Roe", "Eva Stone", "Norway", "Acme Holdings"} <= {
        actor.name for actor in corpus.actors.values()
    }
    assert {path.name: path.read_bytes() for path in source.iterdir()} == before


def test_new_proposes_types_and_affiliations(event: Path) -> None:
    actors = load_actors(event / "actors.toml")
    assert [actors[a].type for a in ("ida_lund", "norway", "acme_holdings")] == [
        "person",
        "state",
        "organisation",
    ]
    assert actors["ida_lund"].affiliation == "norway"
    assert actors["jon_roe"].affiliation == "acme_holdings"
    assert "foreign minister" in actors["ida_lund"].descriptions


def test_new_never_writes_into_a_folder_that_holds_something(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "actors.toml").write_text("# my work")
    assert cli.main(["new", str(folder), "--from", str(source)]) == 1
    assert "mine" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["actors.toml"]
    assert (folder / "actors.toml").read_text() == "# my work"


@pytest.mark.parametrize(
    "place", ["download", "download/event", "download/deep/event", "event/../download/a"]
)
def test_new_never_writes_into_the_source(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert cli.main(["new", str(tmp_path / place), "--from", str(source)]) == 1
    said = capsys.readouterr().err
    assert said.endswith(" is or lies in download, where the articles are: choose a place outside it\n")
    assert said.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_new_says_so_where_there_is_no_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "download").mkdir()
    (tmp_path / "download" / "a.txt").write_text("")
    assert cli.main(["new", str(tmp_path / "event"), "--from", str(tmp_path / "download")]) == 1
    assert capsys.readouterr().err.startswith("no article was found in download (a.txt: ")
    assert not (tmp_path / "event").exists()


def test_new_with_a_model_that_is_not_installed_makes_nothing(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, "")  # the command sets it; this has it put back
    code = cli.main(["new", str(tmp_path / "event"), "--from", str(source), "--model", "no_such_model"])
    said = capsys.readouterr().err
    assert code == 1
    assert said.startswith("the spaCy model 'no_such_model' is not installed: install it with ")
    assert said.count("\n") == 1
    assert not (tmp_path / "event").exists()


def test_check_speaks_of_what_is_doubtful(event: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (event / "actors.toml").write_text(
        '[[actor]]\nname = "Ida Lund"\ntype = "person"\n\n[[actor]]\nname = "Kai Nobody"\ntype = "person"\n'
    )
    before = {path.name: path.read_bytes() for path in event.iterdir()}
    assert cli.main(["check", str(event)]) == 0
    said = capsys.readouterr().out
    assert "No actor covers 'Jon Roe', a person by the look of it, 2 times in 2 article(s): “" in said
    assert "This actor never occurs: Kai Nobody. Check the spelling, or take the entry out." in said
    assert "1 outlet has one article" in said
    assert "2 articles have no outlet in articles.csv: daily, herald." in said
    assert {path.name: path.read_bytes() for path in event.iterdir()} == before


def test_check_names_every_alias_that_two_actors_claim(
    event: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (event / "actors.toml").write_text(
        '[[actor]]\nname = "A A"\ntype = "person"\naliases = ["X X", "Y Y"]\n\n'
        '[[actor]]\nname = "B B"\ntype = "person"\naliases = ["X X", "Y Y"]\n'
    )
    assert cli.main(["check", str(event)]) == 1
    said = capsys.readouterr().out
    assert said.count("is claimed by both 'a_a' and 'b_b'") == 2
    assert said.startswith("Wrong:\n")


def test_check_says_what_cannot_be_read(event: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (event / "articles.csv").unlink()
    assert cli.main(["check", str(event)]) == 1
    assert "event/articles.csv is missing" in capsys.readouterr().out


@pytest.fixture
def notebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One small notebook in place of the six."""
    cells = [
        new_markdown_cell("# Who is it?"),
        new_markdown_cell("**The finding.** Five articles.", metadata={"tags": ["seeds-only"]}),
        new_code_cell("from helpers import load_corpus\nfrom helpers.paths import CORPUS_DIR, FIGURES_DIR"),
        new_code_cell(
            "corpus_folder = CORPUS_DIR\nfigures_folder = FIGURES_DIR", metadata={"tags": ["parameters"]}
        ),
        new_code_cell("corpus = load_corpus(corpus_folder)\ncorpus.articles[['outlet', 'headline']]"),
    ]
    path = tmp_path / "notebooks" / "01_a.ipynb"
    path.parent.mkdir()
    nbformat.write(new_notebook(cells=cells), path)
    monkeypatch.setattr(cli, "find_notebooks", lambda: [path])
    return path.parent


def test_a_run_on_another_folder_writes_into_its_report_only(
    event: Path, notebooks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in event.iterdir()}
    original = (notebooks / "01_a.ipynb").read_bytes()
    assert cli.main(["--corpus", str(event)]) == 0
    assert {p.name: p.read_bytes() for p in event.iterdir() if p.is_file()} == before
    assert (notebooks / "01_a.ipynb").read_bytes() == original
    assert sorted(p.relative_to(event).as_posix() for p in (event / "report").rglob("*") if p.is_file()) == [
        "report/figures/README.md",
        "report/index.html",
        "report/notebooks/01_a.ipynb",
    ]
    page = (event / "report" / "index.html").read_text()
    assert "Five articles" not in page
    assert "Talks end" in page
    assert "=Post" in page
    # and the suite reads the folder again, with its report in it
    assert cli.main(["--corpus", str(event)]) == 0


def test_a_run_on_a_wrong_folder_says_so_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--corpus", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_report_that_is_a_link_is_not_followed(
    event: Path, notebooks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (event / "report").symlink_to(elsewhere)
    assert cli.main(["--corpus", str(event)]) == 1
    assert "event/report is a link to another place" in capsys.readouterr().err
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new"], "the following arguments are required: folder, --from"),
        (["check"], "the following arguments are required: folder"),
        (["check", "a", "b"], "unrecognized arguments: b"),
        (["--corpus"], "argument --corpus: expected one argument"),
        (["test", "now"], "unrecognized arguments: now"),
    ],
)
def test_wrong_arguments_get_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_paths_are_those_of_the_folder_one_stands_in(source: Path, tmp_path: Path) -> None:
    code = [sys.executable, "-P", "-m", "helpers.cli", "new", "event", "--from", "download"]
    done = subprocess.run(code, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "event" / "actors.toml").is_file()


def files_of_the_project() -> dict[str, bytes]:
    """What a run on another folder must leave alone."""
    folders = (PROJECT_ROOT / name for name in ("notebooks", "figures", "seeds"))
    return {path.name: path.read_bytes() for folder in folders for path in folder.iterdir() if path.is_file()}


def test_all_notebooks_run_on_a_folder_of_ones_own(event: Path) -> None:
    """From `new` to the report, unedited, with the suite's own notebooks."""
    before = files_of_the_project()
    assert cli.main(["--corpus", str(event)]) == 0
    assert files_of_the_project() == before
    copies = sorted((event / "report" / "notebooks").glob("*.ipynb"))
    assert [path.name[:2] for path in copies] == ["01", "02", "03", "04", "05", "06"]
    page = (event / "report" / "index.html").read_text()
    assert page.count('<section id="part-') == 6
    assert "<script" not in page
    assert "Shoigu" not in page
    assert 'alt="No description' not in page


# ---- annotate -----------------------------------------------------------------------------------


@pytest.fixture
def gazetteer(tmp_path: Path) -> Path:
    """Whom the stories are about."""
    path = tmp_path / "actors.toml"
    path.write_text(
        '[[actor]]\nname = "Ida Lund"\ntype = "person"\n\n[[actor]]\nname = "Norway"\ntype = "state"\n'
    )
    return path


def annotate(*arguments: object) -> int:
    return cli.main(["annotate", *map(str, arguments), "--workers", "1"])


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["check", "TABLES"], "tables/ holds tables, not articles: check the folder they were made from"),
        (
            ["new", "FOLDER", "--from", "TABLES"],
            "tables/ holds tables, not articles: name what they were made from",
        ),
    ],
)
def test_tables_are_no_articles(
    source: Path,
    gazetteer: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    said: str,
) -> None:
    tables = tmp_path / "tables"
    assert annotate(source, "--actors", gazetteer, "--out", tables) == 0
    capsys.readouterr()
    places = {"TABLES": str(tables), "FOLDER": str(tmp_path / "made")}
    assert cli.main([places.get(word, word) for word in command]) == 1
    assert capsys.readouterr().err == f"{said}\n"


def test_a_table_without_a_column_of_outlets_is_no_comparison(
    source: Path,
    gazetteer: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert annotate(source, "--actors", gazetteer, "--out", tmp_path / "tables") == 0
    monkeypatch.setattr(cli, "MOST_OUTLETS", 1)
    assert cli.main(["--corpus", str(tmp_path / "tables")]) == 1
    assert "outlets, too many to compare: give articles their outlet in a column" in capsys.readouterr().err


def reason_lines(tables: Path) -> list[str]:
    """What the command says of each reason: here each came once."""
    rows = pd.concat([pd.read_parquet(path) for path in sorted((tables / "set_aside").iterdir())])
    return [f"  once {row.source}: {row.reason}" for row in rows.itertuples()]


def test_annotate_writes_tables_and_says_what_came_out(
    source: Path, gazetteer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in source.iterdir()}
    assert annotate(source, "--actors", gazetteer, "--out", tmp_path / "tables") == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    corpus = load_corpus(tmp_path / "tables")
    assert len(corpus.articles) == 3
    n_words, n_mentions = corpus.articles["n_words"].sum(), len(find_mentions(corpus).head(1000))
    first = rf"tables/  articles: 3, words: {n_words}, mentions: {n_mentions} \(\d+ s\)"
    assert re.fullmatch(first, lines[0])
    assert (n_words, n_mentions) == (58, 8)
    assert lines[1:3] == [
        "  without a known outlet: 2, each an outlet of its own",
        "  without a known date: 2",
    ]
    reasons = reason_lines(tmp_path / "tables")
    assert lines[3:] == [
        "tables/set_aside  files and rows that were not read: 2, each with its reason",
        *reasons,
        "Use `python run.py --corpus` on tables for counts, words and pairs in the notebooks.",
    ]
    assert "100 % |" in said.err
    assert {path.name: path.read_bytes() for path in source.iterdir()} == before


def test_annotate_takes_several_places_and_says_nothing_of_what_is_not_set_aside(
    source: Path,
    gazetteer: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    files = ("download/export.jsonl", "download/daily.txt")
    assert annotate(*files, "--actors", "actors.toml", "--out", "tables") == 0
    said = capsys.readouterr().out
    assert said.startswith("tables/  articles: 2, words: ")
    assert "set_aside" not in said
    assert load_corpus(tmp_path / "tables").articles["article_id"].tolist() == ["export:1", "daily"]


def test_annotate_again_says_the_same(
    source: Path, gazetteer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for _ in range(2):
        assert annotate(source, "--actors", gazetteer, "--out", tmp_path / "tables") == 0
        said.append(re.sub(r"\(\d+ s\)", "", capsys.readouterr().out))
    assert said[0] == said[1]


@pytest.fixture
def two_notebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook of which a part needs texts, and one that needs them as a whole."""
    needs_text = {"tags": ["needs-text"]}
    first = [
        new_markdown_cell("# Who is it?"),
        new_markdown_cell("**The finding.** Five articles.", metadata={"tags": ["seeds-only"]}),
        new_code_cell("from helpers import count_mentions, find_mentions, load_corpus"),
        new_code_cell("corpus_folder = figures_folder = None", metadata={"tags": ["parameters"]}),
        new_code_cell("corpus = load_corpus(corpus_folder)\nmentions = find_mentions(corpus)"),
        new_code_cell("count_mentions(corpus, mentions)[['actor_id', 'n_mentions']]"),
        new_markdown_cell("What was said:", metadata=needs_text),
        new_code_cell("print(corpus.raw('daily'))", metadata=needs_text),
        new_markdown_cell("Go on with [what was said](02_b.ipynb)."),
    ]
    second = [
        new_markdown_cell("# What was said?", metadata=needs_text),
        new_code_cell("from helpers import load_corpus"),
        new_code_cell("corpus_folder = figures_folder = None", metadata={"tags": ["parameters"]}),
        new_code_cell("print(load_corpus(corpus_folder).raw('herald'))"),
    ]
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name, cells in (("01_a.ipynb", first), ("02_b.ipynb", second)):
        nbformat.write(new_notebook(cells=cells), folder / name)
    monkeypatch.setattr(cli, "find_notebooks", lambda: sorted(folder.iterdir()))
    return folder


def test_a_run_on_tables_leaves_out_what_needs_texts(
    source: Path,
    gazetteer: Path,
    two_notebooks: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tables = tmp_path / "tables"
    assert annotate(source, "--actors", gazetteer, "--out", tables) == 0
    before = {p.relative_to(tables): p.read_bytes() for p in tables.rglob("*") if p.is_file()}
    originals = [path.read_bytes() for path in sorted(two_notebooks.iterdir())]
    capsys.readouterr()
    assert cli.main(["--corpus", str(tables)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Executing copies of 1 notebooks, ")
    assert "02_b" not in said
    copies = tables / "report" / "notebooks"
    assert [path.name for path in copies.iterdir()] == ["01_a.ipynb"]
    sources = [cell.source for cell in nbformat.read(copies / "01_a.ipynb", as_version=4).cells]
    assert len(sources) == 7
    assert sources[1].startswith("**On tables alone.**")
    assert not any("said:" in text or "raw(" in text or "Five articles" in text for text in sources)
    page = (tables / "report" / "index.html").read_text()
    assert page.count('<section id="part-') == 1
    assert "ida_lund" in page
    assert "What was said" not in page
    assert "Go on with what was said." in page  # a link to what is not there is none
    assert str(tmp_path) not in page
    # the tables are as they were, and another run reads them with the report beside them
    now = {p.relative_to(tables): p.read_bytes() for p in tables.rglob("*") if p.is_file()}
    assert {path: now[path] for path in now if path.parts[0] != "report"} == before
    assert [path.read_bytes() for path in sorted(two_notebooks.iterdir())] == originals
    assert cli.main(["--corpus", str(tables)]) == 0


def test_a_run_on_texts_leaves_nothing_out_that_needs_them(
    event: Path, two_notebooks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--corpus", str(event)]) == 0
    assert capsys.readouterr().out.startswith("Executing copies of 2 notebooks, ")
    page = (event / "report" / "index.html").read_text()
    assert page.count('<section id="part-') == 2
    assert "Five articles" not in page
    for told in ("What was said:", "Minister Visits Klow", "What was said?", "Lund did not meet Eva Stone"):
        assert told in page
    assert 'href="#part-2"' in page


def test_annotate_after_a_report_goes_on_as_before(
    source: Path, gazetteer: Path, two_notebooks: Path, tmp_path: Path
) -> None:
    tables = tmp_path / "tables"
    assert annotate(source, "--actors", gazetteer, "--out", tables) == 0
    assert cli.main(["--corpus", str(tables)]) == 0
    before = {p.relative_to(tables): p.read_bytes() for p in tables.rglob("*") if p.is_file()}
    assert annotate(source, "--actors", gazetteer, "--out", tables) == 0
    assert {p.relative_to(tables): p.read_bytes() for p in tables.rglob("*") if p.is_file()} == before


def test_a_run_on_tables_that_are_not_complete_says_so_once(
    source: Path,
    gazetteer: Path,
    two_notebooks: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tables = tmp_path / "tables"
    assert annotate(source, "--actors", gazetteer, "--out", tables) == 0
    (tables / "complete.json").unlink()
    capsys.readouterr()
    assert cli.main(["--corpus", str(tables)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("tables/ is not complete (")
    assert said.err.count("\n") == 1
    assert not (tables / "report").exists()


@pytest.mark.parametrize(
    ("files", "actors", "out", "said"),
    [
        (
            "nowhere",
            "actors.toml",
            "tables",
            "there is no folder or file 'nowhere': expected text files, saved",
        ),
        ("download", "nobody.toml", "tables", "nobody.toml"),
        (
            "download",
            "actors.toml",
            "download/tables",
            "tables/ lies in download, where the articles are: choose",
        ),
        (
            "download/daily.txt",
            "actors.toml",
            "download",
            "download has something in it already: choose a new",
        ),
        ("download", "download", "tables", "download cannot be read: expected a file"),
    ],
)
def test_annotate_says_what_is_wrong_in_a_line(
    source: Path,
    gazetteer: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    files: str,
    actors: str,
    out: str,
    said: str,
) -> None:
    before = sorted(tmp_path.rglob("*"))
    assert annotate(tmp_path / files, "--actors", tmp_path / actors, "--out", tmp_path / out) == 1
    message = capsys.readouterr().err
    assert said in message
    assert message.count("\n") == 1
    assert str(tmp_path) not in message
    assert sorted(tmp_path.rglob("*")) == before


def test_annotate_that_is_stopped_says_so_and_goes_on(
    source: Path,
    gazetteer: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from helpers import scale

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(scale, "annotate_part", stop)
        assert annotate(source, "--actors", gazetteer, "--out", tmp_path / "tables") == 130
    assert capsys.readouterr().err.endswith("\nStopped.\n")
    assert annotate(source, "--actors", gazetteer, "--out", tmp_path / "tables") == 0


def test_annotate_hands_on_what_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from helpers import scale

    given: dict[str, object] = {}

    def take(articles: list[Path], actors: Path, out: Path, **rest: object) -> dict[str, int]:
        given.update(rest, articles=articles, actors=actors, out=out)
        counts = "n_articles n_words n_mentions n_set_aside n_without_outlet n_without_date"
        return dict.fromkeys(counts.split(), 0)

    monkeypatch.setattr(scale, "annotate", take)
    code = [
        "annotate",
        "a.csv",
        "b",
        "--actors",
        "c.toml",
        "--out",
        "d",
        "--workers",
        "3",
        "--scheduler",
        "e:1",
    ]
    assert cli.main(code) == 0
    assert given == {
        "articles": [Path("a.csv"), Path("b")],
        "actors": Path("c.toml"),
        "out": Path("d"),
        "workers": 3,
        "scheduler": "e:1",
        "progress": True,
    }
    assert cli.main(code[:7]) == 0
    assert (given["workers"], given["scheduler"]) == (None, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "the following arguments are required: files, --actors, --out"),
        (["a.csv"], "the following arguments are required: --actors, --out"),
        (["a.csv", "--actors", "a", "--out"], "argument --out: expected one argument"),
        (["a", "--actors", "a", "--out", "b", "--model", "c"], "unrecognized arguments: --model c"),
        *(
            (
                ["a", "--actors", "a", "--out", "b", "--workers", n],
                f"{n!r} is no number of processes: expected 1 or",
            )
            for n in ("0", "-1", "two", "1.5", "")
        ),
    ],
)
def test_wrong_arguments_of_annotate_get_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["annotate", *arguments])
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err

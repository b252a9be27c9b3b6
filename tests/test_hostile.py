"""Input made to break things: a right result or one sentence, in little time, and nothing outside touched."""

import csv
import json
import os
import re
import time
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers import (
    Actor,
    InputError,
    audit_aliases,
    check_corpus,
    cli,
    corpus,
    count_mentions,
    find_facts,
    find_mentions,
    find_quotes,
    load_corpus,
    load_gold,
    load_settings,
    load_word_lists,
    make_nodes,
    paths,
    save_figure,
    save_network,
    show_evidence,
    suggest_actors,
)
from helpers.charts import draw_article_makeup
from helpers.matching import Matcher, fold
from helpers.settings import MODEL_VARIABLE

STORY = "Talks end\n\nForeign minister Jane Doe of Norway spoke in Oslo. “We agree,” Ms. Doe said.\n"
ACTORS = """
[[actor]]
name = "Norway"
type = "state"
adjectives = ["Norwegian"]
capitals = ["Oslo"]

[[actor]]
name = "Jane Doe"
type = "person"
affiliation = "norway"
descriptions = ["foreign minister"]
"""
MILLION = 1_000_000
# What a spreadsheet runs.
RUN = ("=", "+", "-", "@", "\t", "\r")


def make(folder: Path, text: str | bytes = STORY, actors: str | bytes = ACTORS, **files: str | bytes) -> Path:
    """A corpus folder called news with one article; facts_toml="…" makes the file facts.toml."""
    folder = folder / "news"
    folder.mkdir()
    table = "file,outlet\na.txt,Daily\n"
    for name, content in {
        "a_txt": text, "articles_csv": table, "actors_toml": actors, **files,
    }.items():  # fmt: skip
        path = folder / name.replace("_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return folder


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file under a folder, with its time and bytes."""
    files = (p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    return {p.relative_to(folder).as_posix(): (p.stat().st_mtime_ns, p.read_bytes()) for p in files}


def refused(action: Callable[[], Any]) -> str:
    """The one sentence with which something is refused."""
    with pytest.raises(InputError) as error:
        action()
    sentence = str(error.value)
    assert len(sentence) < 2_000
    assert error.value.__suppress_context__ or error.value.__context__ is None
    return sentence


def work(folder: Path) -> dict[str, pd.DataFrame]:
    """All that is made of a corpus, with each span held against its article."""
    loaded = load_corpus(folder)
    mentions = find_mentions(loaded)
    quotes = find_quotes(loaded, mentions)
    suggested = suggest_actors(loaded)
    for table in (loaded.sentences, mentions, quotes):
        for row in table.itertuples():
            assert 0 <= row.start <= row.end <= len(loaded.raw(row.article_id))
            assert loaded.raw(row.article_id)[row.start : row.end] == row.text
    audit_aliases(loaded, mentions)
    show_evidence(loaded, mentions)._repr_html_()
    check_corpus(folder)
    return {"mentions": mentions, "quotes": quotes, "suggested": suggested, "sentences": loaded.sentences}


def command(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """A command's exit code and what it says, which no terminal obeys."""
    code = cli.main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", out + err)
    return code, out, err


# ---- sizes and encodings ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "of_new", "of_load"),
    [
        (b"", "The file is empty.", "news/a.txt is empty: put the article's text in, or take"),
        (b"\xef\xbb\xbf \n", "The file has no text.", "news/a.txt is empty: put the article's text in"),
        (
            STORY.encode("utf-16-le"),
            "The file is no text: save it again as text with the encoding UTF-8.",
            "news/a.txt is not UTF-8 (it holds NULs): save it again with the encoding UTF-8",
        ),
        (STORY.encode("utf-16"), "", "news/a.txt is not UTF-8 (byte 0)"),
        ("Déjà vu in Oslo.".encode("latin-1"), "", "news/a.txt is not UTF-8 (byte 1)"),
        ("Über Ö ".encode() + "é".encode("latin-1"), "", "news/a.txt is not UTF-8 (byte 9)"),
        (b"Half \xed\xa0\x80 a character.", "", "news/a.txt is not UTF-8 (byte 5)"),
        (b"\x00\x01\x02\xff" * 50, "The file is no text: save it again", "news/a.txt is not UTF-8 (byte 3)"),
    ],
)
def test_bytes_that_are_no_utf8(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, of_new: str, of_load: str
) -> None:
    folder = make(tmp_path, content)
    assert refused(lambda: load_corpus(folder)).startswith(of_load)
    code, out, _ = command(capsys, "check", folder)
    assert (code, out.count("\n")) == (1, 2)
    source = tmp_path / "download"
    source.mkdir()
    (source / "a.txt").write_bytes(content)
    (source / "z.txt").write_text("Always here.")
    code, out, _ = command(capsys, "new", tmp_path / "event", "--from", source)
    assert code == 0
    assert of_new in out
    assert len(load_corpus(tmp_path / "event").articles) == (1 if of_new else 2)


def test_a_text_of_100_mb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make(tmp_path)
    with (folder / "a.txt").open("ab") as file:
        file.truncate(100 * MILLION)
    assert refused(lambda: load_corpus(folder)) == "news/a.txt has more than 20 MB: split it or take it out"
    (folder / "z.txt").write_text("Always here.")
    code, out, _ = command(capsys, "new", tmp_path / "event", "--from", folder)
    assert code == 0
    assert "a.txt: The file has more than 50 MB: split it." in out


def test_a_gazetteer_of_200_mb(tmp_path: Path) -> None:
    folder = make(tmp_path)
    for name in ("actors.toml", "settings.toml", "facts.toml", "frames.toml", "loaded_words.toml"):
        with (folder / name).open("ab") as file:
            file.truncate(200 * MILLION)
    sentence = "has more than 50 MB: take out what is not needed"
    assert refused(lambda: load_corpus(folder)) == f"news/settings.toml {sentence}"
    assert refused(lambda: load_settings(folder)) == f"news/settings.toml {sentence}"
    (folder / "settings.toml").unlink()
    assert refused(lambda: load_corpus(folder)) == f"news/actors.toml {sentence}"
    for name in ("frames", "loaded_words"):
        assert (
            refused(lambda name=name: load_word_lists(name, folder))  # type: ignore[misc]
            == f"news/{name}.toml {sentence}"
        )
    (folder / "actors.toml").write_text(ACTORS)
    loaded = load_corpus(folder)
    mentions = find_mentions(loaded)
    quotes = find_quotes(loaded, mentions)
    assert refused(lambda: find_facts(loaded, mentions, quotes)) == f"news/facts.toml {sentence}"


# ---- characters nobody sees ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Spaces of other widths are those of an article: found.
        ("Jane\u00a0Doe spoke.", ["Jane\u00a0Doe"]),
        ("\u202eJane Doe\u202c spoke.", ["Jane Doe"]),
        ("\u200bJane Doe\u200b spoke.", ["Jane Doe"]),
        ("Jane Doe\x00 spoke.", ["Jane Doe"]),
        # Inside a name they part it: what is counted stands in the text as it is looked for. `new` takes
        # them out, so there the name is found; see below.
        ("Ja\u200bne Doe spoke.", []),
        ("Ja\u202ene Doe spoke.", []),
        ("Ja\u00adne Doe spoke.", []),
        ("Ja\x00ne Doe spoke.", []),
        # A letter that only looks alike is another letter.
        ("J\u0430ne Doe spoke.", []),
    ],
)
def test_what_nobody_sees_in_a_name(tmp_path: Path, text: str, found: list[str]) -> None:
    mentions = work(make(tmp_path, text))["mentions"]
    named = mentions[mentions["actor_id"] == "jane_doe"]
    assert [t for t in named["text"] if "Ja" in t] == found


def test_new_takes_out_what_nobody_sees(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Minister Ja\u200bne D\u00adoe\u202e of Nor\u2066way\x07 sp\x9boke.")
    assert command(capsys, "new", tmp_path / "event", "--from", source)[0] == 0
    made = load_corpus(tmp_path / "event")
    assert made.raw("a") == "Minister Jane Doe of Norway spoke."
    assert "Jane Doe" in set(find_mentions(made)["text"])
    assert made.articles["evidence"][0] == (
        "From a.txt. 2 control characters left out. 2 marks of writing direction left out. "
        "2 invisible characters left out."
    )


# ---- one line of a million characters -----------------------------------------------------------

LINES = {
    "letters": "a",
    "capitals": "A",
    "names nobody listed": "Aa Bb ",
    "hyphens": "Aa-Bb",
    "apostrophes": "Aa'",
    "quotation marks": "“",
    "straight marks": '"',
    "single marks": "' ",
    "said": "said ",
    "quotations": "“a” said ",
    "cued quotations": "“We agree,” he said. ",
    "names": "Jane Doe ",
    "short names": "Doe ",
    "states": "Norway ",
    "titles": "the Norwegian foreign minister ",
    "honorifics": "Mr. ",
    "initials": "A. ",
    "commas": "Xa, ",
    "of": "X of ",
    "Chinese": "中",
    "Arabic": "ال ",
    "marks over nothing": "\u0301",
    "brackets": "(",
    "stops": ". ",
    "nothing seen": "\u200b",
    "tabs": "x\t",
}


@pytest.mark.parametrize("piece", LINES.values(), ids=LINES)
def test_one_long_line(tmp_path: Path, piece: str) -> None:
    # 4,000 characters here; what a million take grows in line, see `test_one_line_of_a_million_characters`.
    text = piece * (4_000 // len(piece)) + "x"
    begun = time.monotonic()
    work(make(tmp_path, text))
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("piece", ["A", "Jane Doe, "])
def test_one_line_of_a_million_characters(tmp_path: Path, piece: str) -> None:
    begun = time.monotonic()
    size = MILLION if piece == "A" else MILLION // 20
    loaded = load_corpus(make(tmp_path, piece * (size // len(piece))))
    mentions = find_mentions(loaded)
    assert len(mentions) == (0 if piece == "A" else size // len(piece))
    assert time.monotonic() - begun < 30


def test_a_sentence_is_cut_between_words(tmp_path: Path) -> None:
    sentences = work(make(tmp_path, "word " * 1_200))["sentences"]
    assert [len(text.split()) for text in sentences["text"]] == [500, 500, 200]


# ---- many files ---------------------------------------------------------------------------------


def test_many_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "download"
    source.mkdir()
    for number in range(500):
        (source / f"{number}.txt").write_text(f"Norway spoke of {number}.")
    begun = time.monotonic()
    assert command(capsys, "new", tmp_path / "event", "--from", source)[0] == 0
    loaded = load_corpus(tmp_path / "event")
    assert len(loaded.articles) == 500
    assert time.monotonic() - begun < 60


# ---- links, names of files, folders -------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_out_of_the_folder(tmp_path: Path) -> None:
    folder = make(tmp_path)
    outside = tmp_path / "secret"
    outside.write_text("[[join]]\n")
    for name in ("settings.toml", "facts.toml", "frames.toml", "loaded_words.toml"):
        (folder / name).symlink_to(outside)
    said = "is a link that leads out of news/: put the file itself there"
    assert refused(lambda: load_corpus(folder)) == f"news/settings.toml {said}"
    assert refused(lambda: load_settings(folder)) == f"news/settings.toml {said}"
    (folder / "settings.toml").unlink()
    loaded = load_corpus(folder)
    mentions = find_mentions(loaded)
    quotes = find_quotes(loaded, mentions)
    assert refused(lambda: load_word_lists("frames", folder)) == f"news/frames.toml {said}"
    assert refused(lambda: load_word_lists("loaded_words", folder)) == f"news/loaded_words.toml {said}"
    assert refused(lambda: find_facts(loaded, mentions, quotes)) == f"news/facts.toml {said}"
    gold = tmp_path / "elsewhere"
    gold.mkdir()
    (gold / "a.mentions.tsv").write_text("")
    (folder / "gold").symlink_to(gold)
    assert refused(lambda: load_gold(loaded)) == f"news/gold {said}"
    (folder / "gold").unlink()
    (folder / "gold").mkdir()
    (folder / "gold" / "a.mentions.tsv").symlink_to(outside)
    assert refused(lambda: load_gold(loaded)).startswith("gold/a.mentions.tsv is a link that leads out of")
    (folder / "a.txt").unlink()
    (folder / "a.txt").symlink_to("a.txt")
    assert "there is no file 'a.txt'" in refused(lambda: load_corpus(folder))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
@pytest.mark.parametrize("name", ["a.txt", "actors.toml", "articles.csv", "settings.toml", "frames.toml"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    folder = make(tmp_path)
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    if name in ("settings.toml", "frames.toml"):  # no file of that name: the defaults
        assert load_settings(folder).model == ""
        assert load_word_lists("frames", folder) == load_word_lists("frames")
    else:
        refused(lambda: load_corpus(folder))


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("../a.txt", "'../a.txt' is no file name"),
        ("/etc/passwd", "'/etc/passwd' is no file name"),
        ("~/a.txt", "'~/a.txt' is no file name"),
        ("a.txt/../a.txt", "is no file name"),
        ("..\\a.txt", "there is no file '..\\\\a.txt'"),
        ("C:\\a.txt", "there is no file 'C:\\\\a.txt'"),
        ("con.txt", "there is no file 'con.txt'"),
        ("NUL", "there is no file 'NUL'"),
        ("a\0.txt", "there is no file 'a\\x00.txt'"),
        ('"a\nb.txt"', "there is no file 'a\\nb.txt'"),
        ("\u202etxt.a", "there is no file '\\u202etxt.a'"),
        ("$HOME", "there is no file '$HOME'"),
        ("x" * 300, "there is no file 'xxx"),
        ("é" * 200, "there is no file 'ééé"),  # 200 characters, 400 bytes
        ("x" * 100_000, "there is no file 'xxx"),
    ],
)
def test_names_of_files(tmp_path: Path, cell: str, said: str) -> None:
    folder = make(tmp_path, articles_csv=f"file,outlet\n{cell},Daily\n")
    before = snapshot(tmp_path)
    assert said in refused(lambda: load_corpus(folder))
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    ("one", "other"), [("é.txt", "e\u0301.txt"), ("ß.txt", "ss.txt"), ("Case.txt", "case.txt")]
)
def test_ids_that_nearly_collide_stay_apart(tmp_path: Path, one: str, other: str) -> None:
    folder = make(tmp_path, articles_csv=f"file,outlet\n{one},Daily\n{other},Post\n")
    (folder / "a.txt").unlink()
    (folder / one).write_text(STORY)
    if (folder / other).exists():
        pytest.skip("one file under both names on this disk")
    (folder / other).write_text("Norway went.")
    loaded = load_corpus(folder)
    assert loaded.raw(Path(other).stem) == "Norway went."
    assert list(loaded.articles["outlet"]) == ["Daily", "Post"]
    assert (find_mentions(loaded)["article_id"] == Path(other).stem).sum() == 1


def test_folders_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text(STORY)
    assert "empty/articles.csv is missing" in command(capsys, "check", tmp_path / "empty")[1]
    assert "there is no folder 'a.txt'" in command(capsys, "check", tmp_path / "a.txt")[1]
    assert "there is no folder 'a.txt'" in command(capsys, "--corpus", tmp_path / "a.txt")[2]
    assert "holds no file to read" in command(capsys, "new", tmp_path / "n", "--from", tmp_path / "empty")[2]
    # No command line can hold a NUL, a notebook can.
    assert "there is no folder" in refused(lambda: load_corpus(f"{tmp_path}/a\0b"))
    assert set(check_corpus(f"{tmp_path}/a\0b")["kind"]) == {"wrong"}
    code, _, err = command(capsys, "new", f"{tmp_path}/a\0b", "--from", tmp_path / "a.txt")
    assert (code, err.count("\n")) == (1, 1)
    code, _, err = command(capsys, "new", tmp_path / ("x" * 300), "--from", tmp_path / "a.txt")
    assert (code, err.count("\n")) == (1, 1)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "empty"]


def test_a_folder_that_may_not_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make(tmp_path)

    def refuse(path: Path) -> Iterable[Path]:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert command(capsys, "--corpus", folder) == (1, "", "news cannot be used: Permission denied\n")


@pytest.mark.parametrize(
    ("target", "source", "code"),
    [("in", "in", 1), ("in/event", "in", 1), (".", "in", 1), ("in/a.txt", "in", 1), ("in/a.txt/x", "in", 1)],
)
def test_new_into_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], target: str, source: str, code: int
) -> None:
    (tmp_path / source).mkdir()
    (tmp_path / source / "a.txt").write_text(STORY)
    before = snapshot(tmp_path)
    assert command(capsys, "new", tmp_path / target, "--from", tmp_path / source)[0] == code
    after = snapshot(tmp_path)
    assert after == before


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
@pytest.mark.parametrize("name", ["a\nb", "\x1b[31mred", "\u202ednuor", "half \udcff byte", "<b>&x"])
def test_a_folder_with_an_odd_name(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    try:
        code, out, _ = command(capsys, "new", tmp_path / name, "--from", tmp_path / "a.txt")
    except UnicodeEncodeError:
        pytest.skip("no such name on this disk")
    assert (code, "/articles.csv  articles: 1" in out) == (0, True)
    assert command(capsys, "check", tmp_path / name)[0] == 0


# ---- tables -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("file,outlet\na.txt" + ",x" * MILLION, "row 2 has more or fewer cells than the header"),
        ("file,outlet" + "," * MILLION + "\na.txt\n", "the column '' stands there twice"),
        ("file,outlet," + ",".join(map(str, range(200_000))), "unknown column '0'"),
        ('file,outlet\n"a.txt,Daily\n' + "x,y\n" * 100_000, "cannot be read (field larger than field limit"),
        ('file,outlet\na.txt,"Daily\n' + "x\n" * 30_000, "outlet has 60,"),
        ("file,outlet\n" + "a.txt,Daily\n" * 100_000, "row 3: 'a.txt' stands in row 2 already"),
        ("file,outlet\n" + "\n" * MILLION, "lists no article"),
        ("\0" * 1_000, "is not UTF-8 (it holds NULs)"),
        ("file,outlet\r\ra.txt,Daily\r", None),
        ("\ufefffile,outlet\na.txt,Dai\0ly\n", None),
    ],
)
def test_a_table_made_to_burst(tmp_path: Path, content: str, said: str | None) -> None:
    folder = make(tmp_path, articles_csv=content)
    begun = time.monotonic()
    if said is None:
        assert len(load_corpus(folder).articles) == 1
    else:
        assert said in refused(lambda: load_corpus(folder))
    assert time.monotonic() - begun < 10


def test_sources_made_to_burst(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "download"
    source.mkdir()
    for name, content in {
        "cells.csv": "text,outlet\nHello" + ",x" * MILLION,
        "open.csv": 'text,outlet\n"Hello\n' + "x,y\n" * 200_000,
        "columns.csv": "text,outlet" + "," * MILLION + "\nHi there.,D\n",
        "deep.jsonl": "[" * 100_000,
        "deep.json": '{"a":' * 100_000,
        "number.json": '[{"text": ' + "9" * 5_000 + "}]",
        "z.txt": "Always here.",
    }.items():
        (source / name).write_text(content)
    begun = time.monotonic()
    code, out, _ = command(capsys, "new", tmp_path / "event", "--from", source)
    assert time.monotonic() - begun < 20
    assert code == 0
    assert "articles: 1" in out
    with (tmp_path / "event" / "set_aside.csv").open(newline="") as file:
        aside = {row["source"].split(" row ")[0] for row in csv.DictReader(file)}
    assert aside == {"cells.csv", "open.csv", "columns.csv", "deep.jsonl", "deep.json", "number.json"}


FORMULAS = ['=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1"]


def test_formulas_in_every_table_that_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "download"
    source.mkdir()
    rows = [
        {
            "title": f"{f} Norway met",
            "text": f"{f} Minister Jane Doe of Norway spoke.",
            "outlet": f,
            "agency": f,
        }
        for f in [*FORMULAS, "\t=1", "\r=1"]
    ]
    (source / "=a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (source / "=1+1.pdf").write_text("")
    (source / "-empty.txt").write_text("")
    assert command(capsys, "new", tmp_path / "event", "--from", source)[0] == 0
    actors = ACTORS + "".join(
        f'\n[[actor]]\nname = {json.dumps(f + " Company")}\ntype = "organisation"\nid = "f{n}"\n'
        for n, f in enumerate(FORMULAS)
    )
    (tmp_path / "event" / "actors.toml").write_text(actors)
    loaded = load_corpus(tmp_path / "event")
    assert set(FORMULAS[:5]) <= set(loaded.articles["outlet"])
    mentions = find_mentions(loaded)
    nodes = make_nodes(count_mentions(loaded, mentions)).assign(actor=FORMULAS[0])
    edges = pd.DataFrame(
        {"source": [nodes["actor_id"][0]], "target": [nodes["actor_id"][1]], "weight": [1.0]}
    )
    save_network(edges, nodes, "network", tmp_path / "figures")
    makeup = pd.DataFrame({"article": FORMULAS, "outlet": FORMULAS, "kind": "body", "n_words": 9})
    save_figure(draw_article_makeup(makeup), "words", makeup, "Bars.", tmp_path / "figures")
    tables = [*(tmp_path / "event").glob("*.csv"), *(tmp_path / "figures").glob("*.csv")]
    assert len(tables) == 5
    for path in tables:
        with path.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert [cell for cell in cells if cell.startswith(RUN)] == []


# ---- actors.toml and its kin --------------------------------------------------------------------

DEEP = "is nested too deeply: expected tables and lists, a few levels of them"
BOMBS = {
    "lists": ("a = " + "[" * 10_000 + "]" * 10_000, DEEP),
    "open lists": ("[[actor]]\nname = " + "[" * 5_000, DEEP),
    "inline tables": ("a = " + "{a=" * 10_000 + "1" + "}" * 10_000, DEEP),
    "table": ("[" + ".".join("a" * 10_000) + "]\n", DEEP),
    "dotted key": (".".join("a" * 100_000) + " = 1", DEEP),
    "spaced key": (" . ".join('"a"' for _ in range(10_000)) + " = 1", DEEP),
    "long number": ("a = " + "9" * 5_000, "is not valid TOML: a number is too long; mend that line"),
    "open text": ("a = '''" + "x" * 100_000, "is not valid TOML: "),
    "binary": (b"\x00\x01\x02", "is not valid TOML: "),
    "UTF-16": ("a = 1".encode("utf-16"), "is not UTF-8 (byte 0)"),
    "half a character": (b"a = '\xed\xa0\x80'", "is not UTF-8 (byte 5)"),
    "twice": ("a = 1\na = 1", "is not valid TOML: "),
    "many tables": ("[[x]]\n" * 20_000, None),
}


@pytest.mark.parametrize(("content", "said"), BOMBS.values(), ids=BOMBS)
def test_toml_made_to_burst(tmp_path: Path, content: str | bytes, said: str | None) -> None:
    folder = make(tmp_path)
    loaded = load_corpus(folder)
    mentions = find_mentions(loaded)
    quotes = find_quotes(loaded, mentions)
    readers: dict[str, Callable[[], Any]] = {
        "actors": lambda: load_corpus(folder),
        "settings": lambda: load_settings(folder),
        "facts": lambda: find_facts(loaded, mentions, quotes),
        "frames": lambda: load_word_lists("frames", folder),
        "loaded_words": lambda: load_word_lists("loaded_words", folder),
    }
    begun = time.monotonic()
    for name, reader in readers.items():
        path = folder / f"{name}.toml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        sentence = refused(reader)
        assert sentence.startswith(f"news/{name}.toml")
        assert said is None or sentence.startswith(f"news/{name}.toml {said}")
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "entry",
    [
        "name = 1", "name = []", "name = {}", "name = 1979-05-27", "name = nan", "name = ''", "name = ' '",
        "name = 'A B'", "name = 'A B'\ntype = 'god'", "name = 'A B'\ntype = []",
        "name = 'A B'\ntype = 'person'\nid = ''", "name = 'A B'\ntype = 'person'\nid = '../x'",
        "name = 'A B'\ntype = 'person'\naliases = 'x'", "name = 'A B'\ntype = 'person'\naliases = [[]]",
        "name = 'A B'\ntype = 'person'\naliases = [' ']", "name = 'A B'\ntype = 'person'\naffiliation = 'x'",
        "name = 'A B'\ntype = 'person'\nid = 'a'\naffiliation = 'a'", "__class__ = 'x'",
        "name = 'A B'\ntype = 'person'\nnote = " + "[" * 60 + "]" * 60,
        "name = 'A B'\ntype = 'person'\nshort = [" + "'x'," * 100_000 + "]",
    ],
)  # fmt: skip
def test_entries_that_are_none(tmp_path: Path, entry: str) -> None:
    folder = make(tmp_path, actors=f"[[actor]]\n{entry}\n")
    assert refused(lambda: load_corpus(folder)).startswith("news/actors.toml, entry ")


@pytest.mark.parametrize("field", ["name", "aliases", "short", "adjectives", "labels"])
@pytest.mark.parametrize(
    "alias", ["a", ".", "(", "$", "^", r"\d", ".*", "(.*)+b", " ", "😀", "😀😀", "x" * 50_000]
)
def test_an_alias_that_cannot_be_looked_for(tmp_path: Path, alias: str, field: str) -> None:
    folder = make(tmp_path, actors=ACTORS + entry_with(alias, field))
    sentence = refused(lambda: load_corpus(folder))
    assert re.search(r"too short to be|too long to be|empty", sentence), sentence


def entry_with(alias: str, field: str) -> str:
    """An actor or thing with an alias."""
    value = json.dumps(alias, ensure_ascii=False)
    if field == "labels":
        return f'\n[[thing]]\nname = "thing"\nlabels = [{value}]\n'
    if field == "name":
        return f'\n[[actor]]\nname = {value}\ntype = "person"\nid = "odd"\n'
    return f'\n[[actor]]\nname = "Zz Yy"\ntype = "state"\nid = "odd"\n{field} = [{value}]\n'


@pytest.mark.parametrize("field", ["name", "aliases", "adjectives"])
@pytest.mark.parametrize(
    "alias",
    [
        "[a-z]+", "[A-Z]+x", r"\Qab", "ab(", "ab\\", "$ab", "^ab", "a|b", "(?P<a>b", "{{ab}}", "%(ab)s",
        "ab\u200bcd", "\u202eab", "中国", "الرياض", "ﬀi", "İİ", "ß1", "the the", "The ab", "a.b.",
        "<b>ab</b>", "Ab " * 99,
    ],
)  # fmt: skip
def test_an_alias_is_text_and_no_pattern(tmp_path: Path, alias: str, field: str) -> None:
    word = " ".join(alias.split())
    text = f"Talks end\n\nThe {word} spoke of Norway, and the {word} went. Abba xx aab a1.\n"
    mentions = work(make(tmp_path, text, ACTORS + entry_with(alias, field)))["mentions"]
    found = mentions[mentions["actor_id"] == "odd"]["text"]
    assert {fold(t).removeprefix("The ").removeprefix("the ") for t in found} <= {
        fold(word).removeprefix("The ").removeprefix("the ")
    }
    if re.fullmatch(r"\w+", word):
        assert len(found) == 2
    assert "Norway" in set(mentions["text"])


def test_fifty_thousand_actors_and_aliases(tmp_path: Path) -> None:
    names = [f"{a}{b}{c}" for a in "BCDFGHKLMN" for b in "aeiou" for c in "bcdfghklmn"]
    actors = ACTORS + "".join(
        f'[[actor]]\nname = "{first} {last}"\ntype = "person"\n'
        for first in names[:200]
        for last in (name + "son" for name in names[:100])
    )
    actors += '[[actor]]\nname = "Company"\ntype = "organisation"\naliases = ['
    actors += ", ".join(f'"Firm {n}"' for n in range(25_000)) + "]\n"
    text = f"{STORY}\nBab Babson met Firm 77 and Firm 24999.\n"
    begun = time.monotonic()
    loaded = load_corpus(make(tmp_path, text, actors))
    found = find_mentions(loaded)["text"].tolist()
    assert {"Bab Babson", "Firm 77", "Firm 24999", "Jane Doe"} <= set(found)
    assert time.monotonic() - begun < 40


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "lacks the column 'start'"),
        (b"\xff\xfe", "is not UTF-8 (byte 0)"),
        (b"start\tend\tkind\tactor_ids\tuse\ttext\n0\n", "it has no cell for 'end'"),
        (b"start\tend\tkind\tactor_ids\tuse\ttext\n" + b"9" * 5_000 + b"\t9\t\t\t\t\n", "is no span"),
        (b"start\tend\tkind\tactor_ids\tuse\ttext\n-1\t5\tnamed\tx\tactor\tTalks\n", "is no span"),
        (b"start\tend\tkind\tactor_ids\tuse\ttext\n0\t5\tnamed\tnobody\tactor\tTalks\n", "unknown actor"),
        (b"start\tend\tkind\tactor_ids\tuse\ttext\n" + b"x" * 200_000, "field larger than field limit"),
        (b"start\t" * 200_000, "lacks the column 'end'"),
    ],
)
def test_an_annotation_that_is_none(tmp_path: Path, content: bytes, said: str) -> None:
    folder = make(tmp_path)
    (folder / "gold").mkdir()
    (folder / "gold" / "a.mentions.tsv").write_bytes(content)
    loaded = load_corpus(folder)
    sentence = refused(lambda: load_gold(loaded))
    assert sentence.startswith("gold/a.mentions.tsv")
    assert said in sentence


@pytest.mark.parametrize(
    "model", ["../../x", "x; touch pwned", "__import__('os').system('touch pwned')", "\u202e"]
)
def test_a_models_name_is_never_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, "")  # set by `--model`, and put back afterwards
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(STORY)
    code, _, _ = command(capsys, "new", tmp_path / "event", "--from", tmp_path / "a.txt", "--model", model)
    assert code == 1
    assert not (tmp_path / "event").exists()
    folder = make(tmp_path, settings_toml=f"model = {json.dumps(model)}\n")
    command(capsys, "check", folder)
    assert "expected the name of an installed model" in refused(lambda: load_corpus(folder))
    assert not list(tmp_path.rglob("*pwned*"))


# ---- articles -----------------------------------------------------------------------------------


def test_an_article_of_quotation_marks_only(tmp_path: Path) -> None:
    tables = work(make(tmp_path, "“”\"'«»‘’ " * 200))
    assert [len(tables[name]) for name in ("mentions", "quotes", "suggested")] == [0, 0, 0]


def test_articles_in_another_language(tmp_path: Path) -> None:
    text = "Переговоры\n\nМинистр сказал: «Мы согласны». 部長は「合意した」と述べた。\n\n"
    text += "قال الوزير إننا متفقون.\n"
    tables = work(make(tmp_path, text))
    assert list(tables["quotes"]["text"]) == ["Мы согласны"]
    assert tables["mentions"].empty


def test_two_identical_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = make(tmp_path, b_txt=STORY, articles_csv="file,outlet\na.txt,Daily\nb.txt,Daily\n")
    mentions = work(folder)["mentions"]
    assert len(set(mentions["article_id"].value_counts())) == 1
    assert "2 articles have the very text of another article: a, b." in command(capsys, "check", folder)[1]


def test_the_of_a_persons_name_is_no_first_name(tmp_path: Path) -> None:
    actors = ACTORS + '\n[[actor]]\nname = "The Weeknd"\ntype = "person"\n'
    mentions = work(make(tmp_path, "The Weeknd sang. The crowd sang. Norway heard The Weeknd.", actors))[
        "mentions"
    ]
    assert list(mentions["text"]) == ["Weeknd", "Norway", "Weeknd"]


# ---- pages and pictures -------------------------------------------------------------------------

NASTY = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[click](javascript:alert(1))",
    "</td></tr></table></section>", "{{7*7}} {% raw %}", "$\\frac{a}{b}$ $$x$$ \\(y\\)",
    "<style>*{display:none}</style>", '" onmouseover="alert(1)', "<a href='javascript:alert(1)'>x</a>",
    "<iframe src=//evil.example></iframe>", "&lt;script&gt;alert(1)&lt;/script&gt;", "<!-- x", "]]>",
    "<svg onload=alert(1)>", "\x1b[31mred", "![x](http://evil.example/x.png)", "<meta http-equiv=refresh>",
]  # fmt: skip


class Page(HTMLParser):
    """The tags, attributes and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def assert_harmless(page: str) -> str:
    """Nothing in a page runs or loads; gives its words."""
    read = Page(page)
    forbidden = {
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "base",
        "form",
        "svg",
        "math",
        "video",
        "input",
    }
    assert not forbidden & set(read.tags)
    assert [name for name, _ in read.attributes if name.startswith("on")] == []
    addresses = [
        value for name, value in read.attributes if name in ("src", "href", "action", "srcset", "data")
    ]
    assert [a for a in addresses if not a.startswith(("#", "data:image/png;base64,"))] == []
    assert not re.search(
        r"url\(|@import|expression\(", " ".join(v for n, v in read.attributes if n == "style")
    )
    return "".join(read.words)


def nasty_folder(tmp_path: Path) -> Path:
    """A corpus with an outlet, a headline, a text and an actor for each of `NASTY`."""
    folder = make(tmp_path, actors=ACTORS + "".join(
        f'\n[[actor]]\nid = "n{n}"\nname = {json.dumps(f"Company {n} {nasty}")}\ntype = "organisation"\n'
        f'aliases = ["Company {n}"]\n'
        for n, nasty in enumerate(NASTY)
    ))  # fmt: skip
    (folder / "a.txt").unlink()
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["file", "outlet", "url", "evidence"])
        for n, nasty in enumerate(NASTY):
            table.writerow([f"{n}.txt", nasty, "javascript:alert(1)", nasty])
            text = f"{nasty} Norway\n\nNorway {nasty} met Company {n}. “We {nasty} agree,” Jane Doe said.\n"
            (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    return folder


def test_evidence_shows_markup_as_text(tmp_path: Path) -> None:
    loaded = load_corpus(nasty_folder(tmp_path))
    shown = show_evidence(loaded, find_mentions(loaded), n=1_000)._repr_html_()
    words = assert_harmless(shown)
    assert set(Page(shown).tags) <= {"div", "p", "b", "ul", "li", "small", "mark"}
    for nasty in NASTY:
        assert words.count(nasty) >= 3, nasty
    assert "mathjax_ignore" in shown
    assert assert_harmless(loaded._repr_html_())


def test_figures_with_nasty_outlets(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"article": NASTY, "outlet": NASTY, "kind": "body", "n_words": range(1, len(NASTY) + 1)}
    )
    before = snapshot(tmp_path)
    written = save_figure(draw_article_makeup(table), "words", table, " ".join(NASTY), tmp_path / "figures")
    assert snapshot(tmp_path).keys() - before.keys() == {f"figures/{path.name}" for path in written}
    svg = (tmp_path / "figures" / "words.svg").read_text(encoding="utf-8")
    read = Page(svg)
    assert not {"script", "iframe", "img", "a", "foreignobject", "image"} & set(read.tags)
    assert [name for name, _ in read.attributes if name.startswith("on")] == []
    outside = [v for n, v in read.attributes if n.endswith("href") and not v.startswith("#")]
    assert outside == []
    cli.write_gallery(tmp_path / "figures")
    gallery = (tmp_path / "figures" / "README.md").read_text(encoding="utf-8")
    assert "<script" not in gallery
    assert Page(gallery).tags == ["img"]
    with pytest.raises(InputError, match="expected letters"):
        save_figure(draw_article_makeup(table), "../words", table, "x", tmp_path / "figures")


@pytest.fixture
def notebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two small notebooks in place of the six, that show what articles hold in every way there is."""
    head = [
        new_markdown_cell("# Who is it?"),
        new_code_cell("from helpers import *\nfrom helpers.paths import CORPUS_DIR, FIGURES_DIR"),
        new_code_cell(
            "corpus_folder = CORPUS_DIR\nfigures_folder = FIGURES_DIR", metadata={"tags": ["parameters"]}
        ),
        new_code_cell("corpus = load_corpus(corpus_folder)\nmentions = find_mentions(corpus)"),
    ]
    shown = {
        "01_a.ipynb": [
            "corpus",
            "corpus.articles",
            "print(corpus.articles.to_string())",
            "corpus.articles['outlet'].tolist()",
            "corpus.sentences['text'][0]",
        ],
        "02_b.ipynb": [
            "show_evidence(corpus, mentions, n=100)",
            "count_mentions(corpus, mentions, by='outlet').head(30)",
            "find_quotes(corpus, mentions)[['outlet', 'text', 'speaker']]",
            "suggest_actors(corpus)",
            "import sys\nprint(corpus.raw(corpus.articles['article_id'][0]), file=sys.stderr)",
        ],
    }
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name, cells in shown.items():
        made = new_notebook(cells=[*head, *(new_code_cell(cell) for cell in cells)])
        nbformat.write(made, folder / name)
    monkeypatch.setattr(cli, "find_notebooks", lambda: sorted(folder.glob("*.ipynb")))
    return folder


def test_a_report_holds_markup_as_text_only(
    tmp_path: Path, notebooks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = nasty_folder(tmp_path).rename(tmp_path / "<b onclick=x>news")
    before = snapshot(tmp_path)
    code, out, err = command(capsys, "--corpus", folder)
    assert (code, err) == (0, ""), out
    after = snapshot(tmp_path)
    assert {name: after[name] for name in before} == before
    assert all("news/report/" in name for name in after.keys() - before.keys())
    page = (folder / "report" / "index.html").read_text(encoding="utf-8")
    words = assert_harmless(page)
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline'")
    assert page.index("Content-Security-Policy") < page.index("<style")
    assert page.count('<section id="part-') == 2
    assert "*{display" not in "".join(re.findall("<style.*?</style>", page, flags=re.DOTALL))
    for nasty in NASTY:
        plain = nasty.replace("\x1b[31m", "")
        assert plain in words, nasty
    assert "<h1>How outlets told it: &lt;b onclick=x&gt;news</h1>" in page


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("name", ["report", "report/figures", "report/notebooks"])
@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_report_is_written_into_its_folder_only(
    tmp_path: Path, notebooks: Path, capsys: pytest.CaptureFixture[str], name: str, kind: str
) -> None:
    folder = make(tmp_path)
    (folder / name).parent.mkdir(exist_ok=True)
    (tmp_path / "elsewhere").mkdir()
    if kind == "link":
        (folder / name).symlink_to(tmp_path / "elsewhere")
    else:
        (folder / name).write_text("mine")
    before = snapshot(tmp_path)
    said = "link to another place" if kind == "link" else "file"
    assert command(capsys, "--corpus", folder)[::2] == (
        1,
        f"news/{name} is a {said}: take it away, the report goes there\n",
    )
    assert snapshot(tmp_path) == before
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_page_that_is_a_link_is_replaced_and_not_followed(
    tmp_path: Path, notebooks: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "find_notebooks", lambda: [notebooks / "01_a.ipynb"])
    folder = make(tmp_path)
    outside = tmp_path / "mine.html"
    outside.write_text("mine")
    (folder / "report" / "notebooks").mkdir(parents=True)
    for name in ("index.html", "notebooks/01_a.ipynb"):
        (folder / "report" / name).symlink_to(outside)
    assert command(capsys, "--corpus", folder)[0] == 0
    assert outside.read_text() == "mine"


# ---- anything at all ----------------------------------------------------------------------------

bounded = settings(
    derandomize=True,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
BYTES = st.one_of(
    st.binary(max_size=120),
    st.lists(
        st.sampled_from(
            [
                b"[[actor]]", b"[[thing]]", b"name", b"type", b"aliases", b"labels", b"=", b'"', b"'",
                b"[", b"]",
                b"{", b"}", b"\n", b"\r", b",", b"file", b"outlet", b"a.txt", b"person", b"state", b"Norway",
                b"\x00", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"1", b".", b"#",
                b"\\u", b" ",
                b"2024-03-01", b"inf", b'"""', b"[[join]]", b"facts", b"[[list]]", b"model",
            ]
        ),
        max_size=40,
    ).map(b"".join),
)  # fmt: skip


@bounded
@given(content=BYTES, name=st.sampled_from(["a.txt", "articles.csv", "actors.toml"]))
@example(content=b"a=" + b"[" * 3_000, name="actors.toml")
@example(content=b"a=" + b"9" * 5_000, name="actors.toml")
@example(content=b"\x00" * 9, name="a.txt")
def test_any_bytes_in_a_file_of_the_corpus(content: bytes, name: str, tmp_path: Path) -> None:
    if not (tmp_path / "news").exists():
        make(tmp_path)
    folder = tmp_path / "news"
    kept = (folder / name).read_bytes()
    (folder / name).write_bytes(content)
    try:
        loaded = load_corpus(folder)
        mentions = find_mentions(loaded)
        find_quotes(loaded, mentions)
    except InputError as error:
        assert "\n" not in str(error)
    finally:
        (folder / name).write_bytes(kept)


@settings(bounded, max_examples=25)
@given(content=BYTES, name=st.sampled_from(["settings", "frames", "loaded_words", "facts"]))
def test_any_bytes_in_a_file_of_settings(content: bytes, name: str, tmp_path: Path) -> None:
    if not (tmp_path / "news").exists():
        make(tmp_path)
    folder = tmp_path / "news"
    loaded = load_corpus(folder)
    mentions = find_mentions(loaded)
    quotes = find_quotes(loaded, mentions)
    path = folder / f"{name}.toml"
    path.write_bytes(content)
    try:
        load_settings(folder) if name == "settings" else find_facts(loaded, mentions, quotes)
        for vocabulary in ("frames", "loaded_words"):
            load_word_lists(vocabulary, folder)
    except InputError as error:
        assert "\n" not in str(error)
    finally:
        path.unlink()


PIECES = [
    *"“”„«»‘’\"'‚‹›「」", *" \n\t\r,.:;!?…—–-()[]",
    "said", " said ", "Jane Doe", "Doe", "Norway", "Norwegian",
    "foreign minister",
    "Mr. ", "he ", " that ", "according to ", "told ", "We agree", "Oslo’s", "the ",
    "U.S.",
    "\x00", "\x1e", "\x1d", "\x85", "\u2028", "\u00a0", "\u200b", "\u200d", "\u202e", "\ufeff", "\u0301",
    "\ud800", "\udfff", "😀", "中国", "ال", "İ", "ß", "ﬁ", "Ǆ", "A", "NORWAY", "1,000", "$5", "http://x.y/",
    "Ann Lee, a spokeswoman for Acme Corp., ", "In Oslo on Monday", "(Photo: AP)", "Read more",
]  # fmt: skip
NASTY_TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=2), max_size=40).map("".join)
# What the fuzzing above found or nearly found, and what its authors feared.
CASES = [
    "", "\ud800", "“", "”“", "“ ”", "\x1d“\x1d”\x1d said Doe", "“a\ud800b,” Jane Doe said.", "said",
    "said said",
    "\u0301Jane Doe\u0301", "Jane\x1eDoe said “x", "‘’‘’ Doe’s’ said", "“A.” “B.” “C,” said",
    "Mr. Mr. Doe.", "\r\r\n",
    "İstanbul NORWAY ß said", "Doe: “", ". . . “. . .” . . .", "“Jane Doe” Jane Doe “Jane Doe” said",
    "X" * 300,
]  # fmt: skip


def check_text(text: str) -> None:
    """Every rule reads a text, and each span holds what its row says."""
    from helpers.corpus import Corpus
    from helpers.structure import find_blocks

    actors = actors_by_id()
    pieces = corpus._find_structure([text])[0]
    blocks = [(n, *block, len(words)) for n, (block, words, _) in enumerate(pieces)]
    found = [
        ("a", n, start, end, text[start:end])
        for n, (block, _, sentences) in enumerate(pieces)
        if block.kind in corpus.COUNTED_KINDS
        for start, end in sentences
    ]
    sentences = pd.DataFrame(found, columns=["article_id", "block_id", "start", "end", "text"])
    sentences.insert(2, "sentence_id", range(len(sentences)))
    table = pd.DataFrame(blocks, columns=["block_id", "kind", "start", "end", "reason", "n_words"])
    made = Corpus(
        pd.DataFrame({"article_id": ["a"], "outlet": ["Daily"], "headline": ""}),
        table.assign(article_id="a"),
        sentences.astype({"start": "int64", "end": "int64", "block_id": "int64"}),
        actors,
        paths.CORPUS_DIR,
        {"a": text},
        {"a": find_blocks(text)},
    )
    mentions = find_mentions(made)
    quotes = find_quotes(made, mentions)
    suggested = suggest_actors(made)
    for rows in (made.sentences, mentions, quotes):
        for row in rows.itertuples():
            assert 0 <= row.start <= row.end <= len(text)
            assert text[row.start : row.end] == row.text
    for row in quotes.itertuples():
        assert row.cue_start == -1 or text[row.cue_start : row.cue_end] == row.cue
    for row in suggested.itertuples():
        assert 0 <= row.start < row.end <= len(text)
    show_evidence(made, mentions)._repr_html_()


@cache
def actors_by_id() -> dict[str, Actor]:
    with TemporaryDirectory() as folder:
        return load_corpus(make(Path(folder))).actors


@pytest.mark.parametrize("text", CASES)
def test_texts_that_were_found(text: str) -> None:
    check_text(text)


@settings(bounded, max_examples=60)
@given(text=NASTY_TEXT)
def test_any_text_is_read(text: str) -> None:
    check_text(text)


ODD = st.text(alphabet="aB1_'’-\u2010 \u00a0\n.é\u0301İßﬁ\u200b\ud800😀中\u202eǄø(", max_size=14)


@settings(bounded, max_examples=200)
@given(phrases=st.lists(ODD.map(fold).filter(str.strip), max_size=4), texts=st.lists(ODD, max_size=3))
def test_the_matcher_against_brute_force(phrases: list[str], texts: list[str]) -> None:
    from helpers import matching

    phrases = [p for p in phrases if not re.search("[\ud800-\udfff\n]", p)]
    matcher = Matcher(phrases)
    hits = matcher.find(texts)
    found = list(
        zip(hits.text.tolist(), hits.start.tolist(), hits.end.tolist(), hits.phrase.tolist(), strict=True)
    )
    expected = []
    for number, text in enumerate(texts):
        plain = re.sub(
            "[\ud800-\udfff]", "\ufffd", fold(text).replace("\n", " ").translate(matching._ACCENTS)
        )
        word = [
            c == "_" or (ord(c) < 0x10000 and (c.isalnum() or unicodedata.combining(c) > 0)) for c in plain
        ]
        for which, phrase in enumerate(matcher.phrases):
            for start in range(len(plain) - len(phrase) + 1):
                end = start + len(phrase)
                joined = (start > 0 and word[start] and word[start - 1]) or (
                    end < len(plain) and word[end - 1] and word[end]
                )
                if plain.startswith(phrase, start) and not joined:
                    expected.append((number, start, end, which))
    assert sorted(found) == sorted(expected)

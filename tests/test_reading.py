"""Articles of any form become tables; what cannot be read is named, and nothing is lost without a word."""

import csv
import hashlib
import json
import os
import re
import socket
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import (
    InputError,
    article_tables,
    find_mentions,
    find_quotes,
    load_corpus,
    read_articles,
    reading,
    web_pages,
    write_articles,
)
from helpers.raw_articles import clean, parse_day, safe_names

COLUMNS = "name text title outlet agency published url source evidence confidence".split()
STORY = "Talks Open in Geneva\n\nThe talks opened on Monday. Norway’s minister spoke.\n"
BODY = "".join(
    f"<p>On day {n} the ministers met again by the lake, and both sides said that they would go on.</p>\n"
    for n in ("one", "two", "three", "four")
)
PAGE = f"""<!DOCTYPE html><html><head><title>Talks Open in Geneva | The Daily</title>
<meta property="og:title" content="Talks Open in Geneva"><meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2024-03-01T10:00:00+01:00">
<link rel="canonical" href="https://daily.example/talks"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Talks Open in Geneva</h1>{BODY}</article></body></html>"""


def put(folder: Path, **files: str | bytes) -> Path:
    """A folder called mine; a_txt="…" makes the file a.txt."""
    folder = folder / "mine"
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        path = folder / re.sub("_(?=[a-z]+$)", ".", name).replace("__", "/")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read(folder: Path, **files: str | bytes) -> tuple[pd.DataFrame, dict[str, str]]:
    """The articles, and the reasons by source."""
    articles, aside = read_articles(put(folder, **files))
    assert list(articles.columns) == COLUMNS
    assert list(aside.columns) == ["source", "reason"]
    assert articles["name"].map(re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}").fullmatch).all()
    assert articles["name"].str.lower().is_unique
    return articles, dict(zip(aside["source"], aside["reason"], strict=True))


def one(folder: Path, **files: str | bytes) -> Any:
    """The only article, with nothing set aside."""
    articles, aside = read(folder, **files)
    assert (len(articles), aside) == (1, {})
    return articles.iloc[0]


def refused(folder: Path, **files: str | bytes) -> str:
    """The only reason, with no article."""
    articles, aside = read(folder, **files)
    assert (len(articles), len(aside)) == (0, 1)
    return next(iter(aside.values()))


# ---- text files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "text", "evidence"),
    [
        (STORY, STORY.rstrip(), ""),
        (b"\xef\xbb\xbfTalks", "Talks", ""),
        ("“Talks”".encode("utf-16"), "“Talks”", ""),
        (b"\xfe\xff" + "“Talks”".encode("utf-16-be"), "“Talks”", ""),
        ("“Talks”".encode("utf-32"), "“Talks”", ""),
        ("“It’s on,” he said.".encode("cp1252"), "“It’s on,” he said.", "Read as windows-1252."),
        (
            "Переговоры открылись в понедельник, сказал министр.".encode("koi8_r"),
            "Переговоры открылись в понедельник, сказал министр.",
            "Read as koi8_r.",
        ),
        (b"One.\r\nTwo.\rThree.\n\n", "One.\nTwo.\nThree.", ""),
        ("A\x07 te\x1bst\x9c", "A test", "3 control characters left out."),
        ("A\u202e test", "A test", "1 mark of writing direction left out."),
        ("A te\u200bst\ufeff\u00ad", "A test", "3 invisible characters left out."),
        (
            "a\u200db می\u200cخواهم क्\u200dष 👩\u200d👧",
            "ab می\u200cخواهم क्\u200dष 👩\u200d👧",
            "1 invisible character left out.",
        ),
        ("A\ufffd test", "A\ufffd test", "1 broken character stands as \ufffd."),
        ("One\u2028two\x0cthree\ttab", "One\ntwo\nthree\ttab", ""),
    ],
)
def test_a_text_file(tmp_path: Path, content: str | bytes, text: str, evidence: str) -> None:
    article = one(tmp_path, talks_txt=content)
    assert (article["text"], article["evidence"]) == (text, f"From talks.txt. {evidence}".strip())
    assert (article["name"], article["source"]) == ("talks", "talks.txt")
    assert list(article[["title", "outlet", "agency", "published", "url", "confidence"]]) == [""] * 6


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty."),
        (b" \n\t\n", "The file has no text."),
        (b"\x00\x01\x02PNG", "The file is no text: save it again as text with the encoding UTF-8."),
        (
            "Talks".encode("utf-16-le"),
            "The file is no text: save it again as text with the encoding UTF-8.",
        ),
        (b"\xff\xfea", "The file is no text: save it again as text with the encoding UTF-8."),
        (b"\xef\xbb\xbfa\xff", "The file is no text: save it again as text with the encoding UTF-8."),
        (b"\xff\xfe", "The file has no text."),
        ("\u200b\x07", "The file has no text."),
    ],
)
def test_a_text_file_that_is_set_aside(tmp_path: Path, content: str | bytes, reason: str) -> None:
    assert refused(tmp_path, talks_txt=content) == reason


def test_a_text_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (reading, article_tables, web_pages):
        monkeypatch.setattr(module, "MAX_TEXT", 100)
    articles, aside = read(
        tmp_path, a_txt="a" * 101, b_csv="text\n" + "b" * 101, c_html=PAGE, d_txt="a" * 100
    )
    assert list(articles["name"]) == ["d"]
    assert aside == dict.fromkeys(
        ["a.txt", "b.csv row 2", "c.html"], "The text has more than 100 characters: split it."
    )


# ---- folders ------------------------------------------------------------------------------------


def test_a_folder_in_sorted_order_with_its_subfolders(tmp_path: Path) -> None:
    articles, aside = read(
        tmp_path,
        b_txt="B.",
        a_text="A.",
        Daily__y_txt="Y.",
        Daily__x_htm=PAGE,
        Daily__z_txt="Z.",
        lone__q_txt="Q.",
    )
    assert list(articles["source"]) == [
        "a.text",
        "b.txt",
        "Daily/x.htm",
        "Daily/y.txt",
        "Daily/z.txt",
        "lone/q.txt",
    ]
    # One of the files knows its outlet: the folder is called after something else.
    assert list(articles["outlet"]) == ["", "", "The Daily", "", "", ""]
    assert aside == {}


def test_a_folder_called_after_its_outlet(tmp_path: Path) -> None:
    articles, _ = read(
        tmp_path,
        Daily__y_txt="Y.",
        Daily__z_txt="Z.",
        lone__q_txt="Q.",
        mixed__a_txt="A.",
        mixed__b_html=PAGE,
    )
    assert list(articles["outlet"]) == ["Daily", "Daily", "", "", "The Daily"]
    assert list(articles["confidence"].iloc[:3]) == ["outlet: low", "outlet: low", ""]
    assert articles["evidence"].iloc[0] == "From Daily/y.txt. Outlet guessed from the folder's name."


def test_what_a_browser_saves_beside_a_page(tmp_path: Path) -> None:
    folder = put(tmp_path, x_html=PAGE, y_htm=PAGE.replace("four", "five"))
    for name in ("x_files", "y-Dateien", "other_files"):
        (folder / name).mkdir()
        (folder / name / "frame.html").write_text(PAGE.replace("four", name))
    articles, aside = read(tmp_path)
    assert list(articles["source"]) == ["x.html", "y.htm", "other_files/frame.html"]
    assert aside == {"mine": "Folders that belong to a saved page beside them are not read: 2."}


def test_a_corpus_folder_is_not_read_again(tmp_path: Path) -> None:
    folder = put(tmp_path, a_txt="A.", sub__b_txt="B.")
    write_articles(folder / "sub" / "event", read_articles(folder)[0].assign(text="Other."))
    add_actors(folder / "sub" / "event")
    (folder / "sub" / "event" / "report").mkdir()
    (folder / "sub" / "event" / "report" / "index.html").write_text(PAGE)
    articles, aside = read(tmp_path)
    assert list(articles["source"]) == ["a.txt", "sub/b.txt"]
    assert aside == {"mine": "Corpus folders, whose articles have been read before, are not read: 1."}
    # Asked for by name it is.
    assert "a.txt" in list(read_articles(folder / "sub" / "event")[0]["source"])


def test_one_file(tmp_path: Path) -> None:
    folder = put(tmp_path, a_txt="A.", b_txt="B.")
    articles, aside = read_articles(str(folder / "b.txt"))
    assert (list(articles["source"]), len(aside)) == (["b.txt"], 0)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.pdf", "Files ending in .pdf are not read: save the article as text (.txt) or HTML."),
        ("a.DOCX", "Files ending in .docx are not read: save the article as text (.txt) or HTML."),
        ("README", "Files without an ending are not read: save the article as text (.txt) or HTML."),
    ],
)
def test_files_of_other_kinds(tmp_path: Path, name: str, reason: str) -> None:
    (put(tmp_path) / name).write_bytes(b"x")
    assert read(tmp_path)[1] == {name: reason}
    assert read_articles(tmp_path / "mine" / name)[1]["reason"].tolist() == [reason]


def test_hidden_files_are_counted(tmp_path: Path) -> None:
    folder = put(tmp_path, a_txt="A.")
    for name in (".DS_Store", "Thumbs.db", "~$a.docx"):
        (folder / name).write_bytes(b"x")
    (folder / ".git").mkdir()
    (folder / ".git" / "b.txt").write_text("B.")
    articles, aside = read(tmp_path)
    assert list(articles["name"]) == ["a"]
    assert aside == {"mine": "Hidden files and folders are not read: 4."}


def test_links(tmp_path: Path) -> None:
    folder = put(tmp_path, a_txt="A.", sub__b_txt="B.")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "c.txt").write_text("C.")
    for name, target in {
        "out.txt": tmp_path / "secret.txt",
        "out": tmp_path / "elsewhere",
        "round.txt": folder / "round.txt",
        "loop": folder,
        "nowhere.txt": folder / "gone.txt",
        "copy.txt": folder / "sub" / "b.txt",
        "sub/up.txt": Path("..", "..", "secret.txt"),
    }.items():
        (folder / name).symlink_to(target)
    articles, aside = read(tmp_path)
    assert list(articles["source"]) == ["a.txt", "copy.txt"]
    out = "The link leads out of the folder: put the file itself into the folder."
    nowhere = "The link leads nowhere: put the file itself into the folder."
    assert aside == {
        "out": out,
        "out.txt": out,
        "sub/up.txt": out,
        "round.txt": nowhere,
        "nowhere.txt": nowhere,
        "loop": "Links to folders are not followed: put the files themselves into the folder.",
        "sub/b.txt": "The text and the outlet are those of copy.txt.",
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    folder = put(tmp_path)
    os.mkfifo(folder / "a.txt")
    assert refused(tmp_path) == "This is a device or a pipe, which is not opened."
    with pytest.raises(InputError, match=r"^there is no folder or file 'a\.txt': expected text files"):
        read_articles(folder / "a.txt")


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert refused(tmp_path, a_txt="A.") == "The file cannot be read: give yourself the right to."


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(path: Path) -> Any:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    put(tmp_path, a_txt="A.", shut__b_txt="B.")
    monkeypatch.setattr(os, "scandir", refuse)
    assert read(tmp_path)[1] == {"shut": "The folder cannot be read: give yourself the right to."}


@pytest.mark.parametrize("name", ["nowhere", "nowhere.txt", "a\x00b"])
def test_a_source_that_is_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as error:
        read_articles(tmp_path / name)
    assert str(error.value).startswith(
        "there is no folder or file 'nowhere" if "\x00" not in name else "there is no"
    )
    assert tmp_path.parent.name not in str(error.value)


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path)
    assert str(error.value) == "mine/ holds no file to read: put text files, web pages or tables in"


def test_sizes(tmp_path: Path) -> None:
    folder = put(tmp_path)
    for name, size in {
        "a.txt": 50_000_001,
        "b.csv": 500_000_001,
        "c.json": 50_000_001,
        "d.html": 20_000_001,
    }.items():
        with (folder / name).open("wb") as file:
            file.truncate(size)  # a hole: takes no room on the disk
    assert read(tmp_path)[1] == {
        "a.txt": "The file has more than 50 MB: split it.",
        "b.csv": "The file has more than 500 MB: split it.",
        "c.json": "The file has more than 50 MB: put each object on its line and call it .jsonl.",
        "d.html": "The page has more than 20 MB or 50,000 tags: save its text as .txt.",
    }


def test_more_articles_than_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ARTICLES", 3)
    articles, aside = read(tmp_path, a_csv="text\nA\nB\nC\nD\nE\n", b_txt="F", c_txt="")
    assert list(articles["text"]) == ["A", "B", "C"]
    full = "There are more than 3 articles: this one and what follows is not read."
    assert aside == {"a.csv row 5": full, "b.txt": full, "c.txt": "The file is empty."}


def test_more_reasons_than_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_REASONS", 2)
    articles, aside = read(tmp_path, a_csv="text,outlet\n" + ",Daily\n" * 5 + "A,Daily\n")
    assert list(articles["source"]) == ["a.csv row 7"]
    assert aside == {
        "a.csv row 2": "The row has no text.",
        "a.csv row 3": "The row has no text.",
        "a.csv": "3 more rows cannot be read.",
    }


@pytest.mark.parametrize(
    ("stems", "names"),
    [
        (["Talks open!", "talks-open", "TALKS OPEN"], ["Talks-open", "talks-open-2", "TALKS-OPEN-3"]),
        (["a", "a-2", "a", "A"], ["a", "a-2", "a-3", "A-4"]),
        (["../../etc/passwd", "C:\\x", "..", "", "-rf"], ["etc-passwd", "C-x", "article", "article-2", "rf"]),
        (["CON", "lpt1", "nul.", "COM"], ["article-CON", "article-lpt1", "article-nul", "COM"]),
        (["000_VOA", "Café à Genève", "x" * 200], ["000_VOA", "Cafe-a-Geneve", "x" * 60]),
        (["平和", "a\ud800b", "=1+1"], ["article", "ab", "1-1"]),
    ],
)
def test_names(stems: list[str], names: list[str]) -> None:
    assert list(safe_names(stems)) == names


def test_a_file_name_nobody_meant(tmp_path: Path) -> None:
    (put(tmp_path) / "ev\u202eil\n\x1b[31m=.txt").write_text("A.")
    assert list(read(tmp_path)[0]["source"]) == ["ev\ufffdil\ufffd\ufffd[31m=.txt"]


# ---- tables -------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["csv", "tsv"])
def test_a_table_with_any_delimiter(tmp_path: Path, sign: str, ending: str) -> None:
    row = [
        "Talks Open",
        '"One, two; three.\n\nSaid ""yes""."',
        "The Daily",
        "2024-03-01",
        "https://d.example/a",
        "AFP",
    ]
    header = ["Headline", "BODY", "Source", "Published_At", "Link", "Agency"]
    article = one(tmp_path, **{f"export_{ending}": f"{sign.join(header)}\n{sign.join(row)}\n"})
    assert article.drop("evidence").to_dict() == {
        "name": "Talks-Open",
        "text": 'Talks Open\n\nOne, two; three.\n\nSaid "yes".',
        "title": "Talks Open",
        "outlet": "The Daily",
        "agency": "AFP",
        "published": "2024-03-01",
        "url": "https://d.example/a",
        "source": f"export.{ending} row 2",
        "confidence": "outlet: high; date: high",
    }
    assert (
        article["evidence"]
        == f"Outlet and date from the columns Source and Published_At in row 2 of export.{ending}."
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"text": "A."},
            {"text": "A.", "name": "a-1", "evidence": "From row 1 of a.jsonl.", "confidence": ""},
        ),
        ({"text": "A.", "title": "A"}, {"text": "A.", "title": "A", "name": "A"}),
        (
            {"text": "Storm hits coast\nIt rained.", "title": "Storm hits coast | Daily"},
            {"text": "Storm hits coast\nIt rained."},
        ),
        (
            {"text": "A.", "source": {"id": None, "name": "BBC"}},
            {"outlet": "BBC", "evidence": "Outlet from the column source in row 1 of a.jsonl."},
        ),
        (
            {"text": "A.", "publishedAt": "2024-03-01T23:30:00Z"},
            {"published": "2024-03-01", "confidence": "date: high"},
        ),
        ({"content": "A.", "text": None, "body": ""}, {"text": "A."}),
        (
            {"text": "A.", "outlet": "-", "url": "javascript:alert(1)"},
            {
                "outlet": "",
                "url": "",
                "evidence": "From row 1 of a.jsonl. The url cannot be one and is left out.",
            },
        ),
        (
            {"text": "A.", "outlet": "x" * 600},
            {"outlet": "", "evidence": "From row 1 of a.jsonl. The outlet cannot be one and is left out."},
        ),
        ({"text": "A.", "outlet": "The\nDaily\u202e"}, {"outlet": "The Daily"}),
        (
            {"text": "A\x00\ud800"},
            {
                "text": "A\ufffd",
                "evidence": "From row 1 of a.jsonl. 1 control character left out. "
                "1 broken character stands as \ufffd.",
            },
        ),
        (
            {"text": "A.", "date": "03/04/2024"},
            {
                "published": "",
                "confidence": "",
                "evidence": "From row 1 of a.jsonl. "
                "The date '03/04/2024' can be read in two ways and is left out.",
            },
        ),
        ({"text": 5, "title": True}, {"text": "5", "title": ""}),
    ],
)
def test_a_row(tmp_path: Path, row: dict[str, Any], expected: dict[str, str]) -> None:
    article = one(tmp_path, a_jsonl=json.dumps(row))
    assert article[list(expected)].to_dict() == expected


@pytest.mark.parametrize(
    ("value", "day", "trouble"),
    [
        *(
            (value, "2024-03-01", "")
            for value in (
                "2024-03-01",
                "2024/3/1",
                "2024.03.01",
                "20240301",
                "2024-03-01T10:00:00+01:00",
                "2024-03-01 10:00:00.5 UTC",
                "20240301T100000Z",
                "1 March 2024",
                "1st March, 2024",
                "March 1, 2024",
                "Mar. 1 2024",
                "Friday, 1 March 2024",
                "Fri, 01 Mar 2024 10:00:00 GMT",
                "march 1st, 2024, 10:15 am",
                " 2024-03-01 ",
            )
        ),
        ("31/03/2024", "2024-03-31", ""),
        ("03/31/2024", "2024-03-31", ""),
        ("03/03/2024", "2024-03-03", ""),
        ("31.3.2024", "2024-03-31", ""),
        *(
            (value, "2024-03-12", "")
            for value in (
                "12.03.2024",
                "12.3.24",
                "12. 3. 2024",
                "12.03.2024, 10:30 Uhr",
                "12. März 2024",
                "Dienstag, 12. Mär. 2024",
                "12 mars 2024",
                "mardi 12 mars 2024 à 10h30",
                "12 de marzo de 2024",
                "martes, 12 de marzo del 2024",
            )
        ),
        ("1er août 2024", "2024-08-01", ""),
        ("1. Jänner 2024", "2024-01-01", ""),
        ("12.3.99", "1999-03-12", ""),
        ("03.31.2024", "", "The date '03.31.2024' is not understood and is left out."),
        ("03-04-2024", "", "The date '03-04-2024' can be read in two ways and is left out."),
        ("", "", ""),
        ("03/04/2024", "", "The date '03/04/2024' can be read in two ways and is left out."),
        ("31/31/2024", "", "The date '31/31/2024' is no day and is left out."),
        *(
            (value, "", f"The date {value!r} is not understood and is left out.")
            for value in (
                "2024-02-30",
                "yesterday",
                "2024",
                "March 2024",
                "gestern",
                "vor 3 Tagen",
                "mars 2024",
                "12. 2024",
                "1 Marchember 2024",
                "٢٠٢٤-٠٣-٠١",
                "0000-01-01",
            )
        ),
    ],
)
def test_dates(value: str, day: str, trouble: str) -> None:
    assert parse_day(value) == (day, trouble)


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (["03/04/2024", "13/03/2024"], ["2024-04-03", "2024-03-13"]),
        (["03/04/2024", "03/13/2024", "2024-01-02"], ["2024-03-04", "2024-03-13", "2024-01-02"]),
        (["03/04/2024", "13/03/2024", "03/13/2024"], ["", "2024-03-13", "2024-03-13"]),
        (["03/04/2024", "13-03-2024", "05/05/2024"], ["", "2024-03-13", "2024-05-05"]),
    ],
)
def test_certain_dates_settle_the_others_of_their_column(
    tmp_path: Path, dates: list[str], days: list[str]
) -> None:
    rows = "".join(f"Text {n}.,{date}\n" for n, date in enumerate(dates))
    articles, _ = read(tmp_path, a_csv="text,date\n" + rows)
    assert list(articles["published"]) == days
    order = {"2024-04-03": "day", "2024-03-04": "month"}.get(days[0])
    assert articles["evidence"].iloc[0] == "From row 2 of a.csv. " + (
        f"Date from the column date, {order} first as in other rows of a.csv."
        if order
        else "The date '03/04/2024' can be read in two ways and is left out."
    )
    assert articles["confidence"].iloc[0] == ("date: medium" if order else "")


def test_dates_of_another_table_settle_nothing(tmp_path: Path) -> None:
    articles, _ = read(tmp_path, a_csv="text,date\nA.,03/04/2024\n", b_csv="text,date\nB.,13/03/2024\n")
    assert list(articles["published"]) == ["", "2024-03-13"]


@pytest.mark.parametrize(
    "header",
    ["Titel;Quelle;Datum;Inhalt", "Titre;Source;Date;Texte", "Título;Medium;Fecha;Texto"],
)
def test_columns_in_other_languages(tmp_path: Path, header: str) -> None:
    article = one(tmp_path, a_csv=f"{header}\nTalks;Le Jour;12.03.2024;They opened.\n")
    assert article[["title", "outlet", "published", "text"]].tolist() == [
        "Talks",
        "Le Jour",
        "2024-03-12",
        "Talks\n\nThey opened.",
    ]


def test_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    table = "text,body,a,b,c,d,e,f\nA.,,1,2,,,,\nB.,B too,1,2,3,4,5,6\n"
    assert list(read(tmp_path, a_csv=table)[0]["evidence"]) == [
        "From row 2 of a.csv. Columns not used: a, b.",
        "From row 3 of a.csv. Columns not used: body, a, b, c, d and 2 more.",
    ]


def test_rows_that_are_set_aside(tmp_path: Path) -> None:
    table = 'text,outlet\nA.,Daily\n,Daily\n\nB.\nC.,Daily,x,y\nD.,Daily,,\n"E" no",Daily\n  ,Post\nF.,Post\n'
    articles, aside = read(tmp_path, a_csv=table)
    assert list(articles["text"]) == ["A.", "D.", "F."]
    assert aside == {
        "a.csv row 3": "The row has no text.",
        "a.csv row 5": "The row has 1 cells, the header 2: put cells with commas in quotes.",
        "a.csv row 6": "The row has 4 cells, the header 2: put cells with commas in quotes.",
        "a.csv row 8": "The quotation marks in this row do not pair: double those inside a cell.",
        "a.csv row 9": "The row has no text.",
    }


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    articles, aside = read(tmp_path, a_csv='text,outlet\nA.,Daily\n"B.,Daily\nC.,Daily\n')
    assert list(articles["text"]) == ["A."]
    assert aside == {
        "a.csv row 3": "The quotation marks in this row do not pair: double those inside a cell."
    }


@pytest.mark.parametrize(
    "content", ['text\nA.\n"' + "b\n" * 600 + '"\nC.\n', "text\nA.\n" + "b" * 1200 + "\nC.\n"]
)
def test_a_row_that_goes_on_and_on(tmp_path: Path, content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_tables, "MAX_ROW", 1000)
    limit = csv.field_size_limit()
    articles, aside = read(tmp_path, a_csv=content)
    assert list(articles["text"]) == ["A."]
    assert list(aside) == ["a.csv row 3"]
    assert aside["a.csv row 3"].endswith("is read: look for a quotation mark that is never closed.")
    assert csv.field_size_limit() == limit


def test_a_first_line_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reason = "The first line has over 100,000 characters: expected names of columns."
    assert refused(tmp_path, a_csv="text" + "," * 100_000) == reason
    monkeypatch.setattr(article_tables, "MAX_ROW", 1000)
    assert refused(tmp_path, a_csv="text" + "," * 100_000) == reason


def test_a_cell_of_a_hundred_million_characters(tmp_path: Path) -> None:
    folder = put(tmp_path)
    with (folder / "a.csv").open("wb") as file:
        file.write(b'text\nA.\n"')
        for _ in range(100):
            file.write(b"b" * 1_000_000)
    articles, aside = read(tmp_path)
    assert list(articles["text"]) == ["A."]
    assert list(aside) == ["a.csv row 3"]


def test_a_text_longer_than_the_csv_module_reads_by_itself(tmp_path: Path) -> None:
    assert len(one(tmp_path, a_csv="text\n" + "word " * 100_000).text.strip()) == 499_999


def test_lines_that_are_no_objects(tmp_path: Path) -> None:
    deep = "[" * 200_000
    lines = [
        '{"text": "A."}',
        "",
        "nonsense",
        "[1]",
        deep,
        '{"text": ' + "9" * 5000 + "}",
        '{"outlet": "Daily"}',
        '{"text": "B."}',
    ]
    articles, aside = read(tmp_path, a_jsonl="\n".join(lines))
    assert list(articles["text"]) == ["A.", "B."]
    no_object = "The row is no JSON object that can be read."
    assert aside == {
        **{f"a.jsonl row {n}": no_object for n in (3, 4, 5, 6)},
        "a.jsonl row 7": "The row has no 'text': it has 'outlet'.",
    }


def test_a_line_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_tables, "MAX_ROW", 1000)
    articles, aside = read(tmp_path, a_ndjson=json.dumps({"text": "b" * 3000}) + '\n{"text": "A."}\n')
    assert list(articles["text"]) == ["A."]
    assert aside == {"a.ndjson row 1": "The line has more than 1,000 characters."}


@pytest.mark.parametrize(
    "wrap",
    ["[%s]", '{"status": "ok", "articles": [%s]}', '{"errors": [], "data": [%s]}'],
    ids=["list", "api", "data"],
)
def test_a_json_list(tmp_path: Path, wrap: str) -> None:
    articles, aside = read(tmp_path, a_json=wrap % '{"text": "A.", "outlet": "Daily"}, {"text": ""}, 7')
    assert articles[["text", "outlet", "source"]].to_numpy().tolist() == [["A.", "Daily", "a.json row 1"]]
    assert aside == {
        "a.json row 2": "The row has no text.",
        "a.json row 3": "The row is no JSON object that can be read.",
    }


@pytest.mark.parametrize("content", ["[" * 200_000, "nonsense", '"text"', '{"text": "A."}\n{"text": "B."}'])
def test_json_that_cannot_be_read(tmp_path: Path, content: str) -> None:
    assert refused(tmp_path, a_json=content) == (
        "The file is no JSON that can be read: expected a list of objects (or call it .jsonl)."
    )


@pytest.mark.parametrize("ending", ["csv", "jsonl", "json"])
def test_a_table_that_is_no_text(tmp_path: Path, ending: str) -> None:
    reason = "The file is no text: save it again as CSV or JSON with the encoding UTF-8."
    assert refused(tmp_path, **{f"a_{ending}": b"PK\x03\x04\x00\x00"}) == reason


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_a_table_in_another_encoding(tmp_path: Path, encoding: str) -> None:
    article = one(tmp_path, a_csv="text;outlet\nIt’s on.;Le Café\n".encode(encoding))
    assert (article["text"], article["outlet"]) == ("It’s on.", "Le Café")
    assert article["evidence"].endswith("Read as windows-1252.") == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {"a_csv": "x,y\na,b\n"},
            "a.csv has no column 'text': it has 'x', 'y'; call the column that holds the articles 'text'",
        ),
        (
            {"a_csv": "\n\n"},
            "a.csv has no column 'text': it has none; call the column that holds the articles 'text'",
        ),
        (
            {"a_json": '[{"x": 1}]'},
            "a.json has no column 'text': it has 'x'; call the column that holds the articles 'text'",
        ),
        (
            {"a_jsonl": '{"x": 1}\n{"y": 1}'},
            "a.jsonl has no column 'text': it has 'x', 'y'; call the column that holds the articles 'text'",
        ),
    ],
)
def test_no_column_of_texts(tmp_path: Path, files: dict[str, str], sentence: str) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, **files)
    assert str(error.value) == sentence
    # Beside what can be read it is one reason among others.
    articles, aside = read(tmp_path, b_txt="B.")
    assert list(articles["text"]) == ["B."]
    assert aside[sentence.split(" ", maxsplit=1)[0]] == f"{sentence}."


def test_copies(tmp_path: Path) -> None:
    rows = ["A.,Daily", "A.,Post", "A.,DAILY", "B.,Daily", "A.,", "A.,"]
    articles, aside = read(tmp_path, a_csv="text,outlet\n" + "\n".join(rows))
    assert list(articles["source"]) == [f"a.csv row {n}" for n in (2, 3, 5, 6)]
    assert aside == {
        "a.csv row 4": "The text and the outlet are those of a.csv row 2.",
        "a.csv row 7": "The text and the outlet are those of a.csv row 6.",
    }


# ---- web pages ----------------------------------------------------------------------------------


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
def test_a_web_page(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    article = one(tmp_path, x_html=PAGE)
    assert article["text"].split("\n\n")[:2] == [
        "Talks Open in Geneva",
        "On day one the ministers met again by the lake, and both sides said that they would go on.",
    ]
    assert article["text"].count("Talks Open") == 1
    assert "Home" not in article["text"]
    assert article[["title", "outlet", "published", "url", "confidence"]].tolist() == [
        "Talks Open in Geneva",
        "The Daily",
        "2024-03-01",
        "https://daily.example/talks",
        "outlet: high; date: medium",
    ]
    assert article["evidence"] == "Outlet and date from the page's own metadata."
    assert (caplog.records, capfd.readouterr()) == ([], ("", ""))


def test_a_page_that_says_little_of_itself(tmp_path: Path) -> None:
    page = f'<html><head><link rel="canonical" href="https://www.daily.example/a"></head><body><article>{BODY}</article></body></html>'
    article = one(tmp_path, x_html=page)
    assert article[["outlet", "published", "confidence"]].tolist() == ["daily.example", "", "outlet: low"]
    assert article["evidence"] == "Outlet guessed from the page's address."


@pytest.mark.parametrize("said", ["windows-1251", "nonsense", "punycode"])
def test_the_encoding_a_page_declares(tmp_path: Path, said: str) -> None:
    words = "Министры встретились снова у озера, и обе стороны сказали, что продолжат переговоры."
    body = f"<article>{f'<p>{words}</p>' * 4}</article>"
    page = f'<html><head><meta charset="{said}"></head><body>{body}</body></html>'
    article = one(tmp_path, x_html=page.encode("cp1251"))
    assert words in article["text"]
    assert ("Read as windows-1251." in article["evidence"]) == (said != "windows-1251")


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    "content",
    [
        "<html></html>",
        "<html><body><p></p></body></html>",
        "no tags",
        "<div>" * 49_000,
        "<table><tr><td>" * 9_000,
        "<" * 49_000,
    ],
)
def test_pages_that_hold_nothing_or_too_much(tmp_path: Path, content: str) -> None:
    begun = time.monotonic()
    articles, aside = read(tmp_path, x_html=content)
    assert len(articles) + len(aside) == 1
    assert time.monotonic() - begun < 10


def test_a_page_of_many_tags(tmp_path: Path) -> None:
    reason = refused(tmp_path, x_html="<b>" * 50_001)
    assert reason == "The page has more than 20 MB or 50,000 tags: save its text as .txt."


def test_a_page_without_main_text(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    reason = refused(tmp_path, x_html="<html><head></head><body><img src='a.png'></body></html>")
    assert reason == "No main text was found in the page: copy it into a .txt file."
    assert caplog.records == []


def test_a_page_of_site_furniture(tmp_path: Path) -> None:
    page = (
        "<html><body><article><h1>Subscribe</h1><p>Sign up for our newsletter</p><p>Read more</p>"
        "<p>All rights reserved.</p></article></body></html>"
    )
    assert refused(tmp_path, x_html=page).startswith("No running text was found in the page, only headings")


def test_a_page_in_a_script_without_spaces(tmp_path: Path) -> None:
    words = "会談は月曜日に始まった。両者は続けると述べた。"
    page = f"<html><body><article><h1>会談</h1><p>{words}</p></article></body></html>"
    assert words in one(tmp_path, x_html=page)["text"]


def test_a_page_that_is_no_text(tmp_path: Path) -> None:
    assert refused(tmp_path, x_html=b"\x00\x01") == "The page is no text: save it again as HTML."


@pytest.mark.parametrize("error", [RecursionError, ValueError, KeyError, MemoryError])
def test_a_page_the_library_stumbles_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    import trafilatura

    def stumble(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(trafilatura, "bare_extraction", stumble)
    articles, aside = read(tmp_path, a_html=PAGE, b_txt="B.")
    assert list(articles["name"]) == ["b"]
    assert aside == {
        "a.html": f"The page cannot be taken apart ({error.__name__}): copy its text into a .txt file."
    }


# ---- writing ------------------------------------------------------------------------------------


def add_actors(folder: Path) -> Path:
    (folder / "actors.toml").write_text('[[actor]]\nname = "Norway"\ntype = "state"\n', encoding="utf-8")
    return folder


def test_what_is_written_loads(tmp_path: Path) -> None:
    outlets = ["=cmd|' /C calc'!A0", "-", "+1", "@Daily", "'Tis News", "'=1", 'Le Café, "Paris"', "-5", " x "]
    rows = [
        {"text": f"Talks Open\n\n{STORY}{n}", "outlet": o, "date": "2024-03-01"}
        for n, o in enumerate(outlets)
    ]
    articles, _ = read(tmp_path, a_jsonl="\n".join(map(json.dumps, rows)), b_html=PAGE, c_txt="A\x07 “text”.")
    target = tmp_path / "news" / "deep"
    write_articles(target, articles)
    corpus = load_corpus(add_actors(target))
    loaded = corpus.articles
    assert list(loaded["article_id"]) == list(articles["name"])
    assert [corpus.raw(name) for name in articles["name"]] == list(articles["text"])
    unknown = "unknown outlet (" + articles["name"] + ")"
    assert list(loaded["outlet"]) == list(articles["outlet"].where(articles["outlet"] != "", unknown))
    assert loaded["outlet"][0] == outlets[0]
    for ours, theirs in {"published": "published_from", "url": "url", "agency": "agency"}.items():
        assert list(loaded[theirs]) == list(articles[ours])
    for column in ("evidence", "confidence"):
        assert list(loaded[column]) == list(articles[column])
    assert list(loaded["published_to"]) == list(loaded["published_from"])
    with (target / "articles.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.reader(file))
    assert table[0] == "file outlet agency published_from published_to url confidence evidence sha256".split()
    assert [
        cell for row in table[1:] for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    ] == []
    assert table[1][-1] == hashlib.sha256((target / table[1][0]).read_bytes()).hexdigest()


def test_a_dash_as_an_outlet_keeps_being_one(tmp_path: Path) -> None:
    articles = one(tmp_path, a_txt=STORY).to_frame().T.assign(outlet="-")
    write_articles(tmp_path / "news", articles)
    assert list(load_corpus(add_actors(tmp_path / "news")).articles["outlet"]) == ["-"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "../a"}, "article name '../a': expected letters, digits, '_' and '-' only"),
        ({"name": "-a"}, "article name '-a': expected letters, digits, '_' and '-' only"),
        ({"name": ["b", "B"]}, "two articles are called 'B': rename one"),
    ],
)
def test_articles_that_cannot_be_written(tmp_path: Path, change: dict[str, Any], sentence: str) -> None:
    articles, _ = read(tmp_path, a_txt="A.", b_txt="B.")
    with pytest.raises(InputError) as error:
        write_articles(tmp_path / "news", articles.assign(**change))
    assert str(error.value) == sentence
    assert not (tmp_path / "news").exists()


def test_a_table_without_a_column(tmp_path: Path) -> None:
    articles, _ = read(tmp_path, a_txt="A.")
    with pytest.raises(
        InputError, match=r"^the table of articles has no column 'url': pass what read_articles gave$"
    ):
        write_articles(tmp_path / "news", articles.drop(columns="url"))


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    articles, _ = read(tmp_path, a_txt="A.")
    with pytest.raises(InputError) as error:
        write_articles(tmp_path / "mine", articles)
    assert str(error.value) == "mine/ has something in it already: choose a new folder"
    with pytest.raises(InputError, match=r"^the folder a\.txt/ cannot be made: choose another place$"):
        write_articles(tmp_path / "mine" / "a.txt", articles)
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["a.txt"]
    assert (tmp_path / "mine" / "a.txt").read_text() == "A."


# ---- load_corpus itself -------------------------------------------------------------------------


def corpus_folder(tmp_path: Path, text: str = STORY) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(text, encoding="utf-8", newline="")
    (folder / "articles.csv").write_text("file,outlet\na.txt,Daily\n", encoding="utf-8")
    return add_actors(folder)


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [
        ("a.txt", 20_000_001, "news/a.txt has more than 20 MB: split it or take it out"),
        ("articles.csv", 200_000_001, "news/articles.csv has more than 200 MB: split it or take it out"),
    ],
)
def test_a_corpus_file_that_is_too_large(tmp_path: Path, name: str, size: int, sentence: str) -> None:
    folder = corpus_folder(tmp_path)
    with (folder / name).open("ab") as file:
        file.truncate(size)
    with pytest.raises(InputError) as error:
        load_corpus(folder)
    assert str(error.value) == sentence


@pytest.mark.parametrize("name", ["a.txt", "articles.csv", "actors.toml"])
def test_a_corpus_file_that_is_a_link(tmp_path: Path, name: str) -> None:
    folder = corpus_folder(tmp_path)
    inside, outside = folder / "kept", tmp_path / "outside"
    (folder / name).rename(inside)
    (folder / name).symlink_to("kept")
    assert len(load_corpus(folder).articles) == 1
    inside.rename(outside)
    (folder / name).unlink()
    (folder / name).symlink_to(outside)
    with pytest.raises(InputError) as error:
        load_corpus(folder)
    assert str(error.value) == f"news/{name} is a link that leads out of news/: put the file itself there"


def test_a_header_cell_longer_than_the_csv_module_reads(tmp_path: Path) -> None:
    folder = corpus_folder(tmp_path)
    (folder / "articles.csv").write_text("file,outlet," + "x" * 200_000 + "\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"^news/articles\.csv cannot be read \(field larger than field limit"
    ):
        load_corpus(folder)


def test_control_characters_in_a_corpus(tmp_path: Path) -> None:
    text = (
        "Talks \x00Open\n\n“Nor\u202eway\x00 spoke,” Mr.\x1e Li said\x85. Norway’s\u2028 \x07minister. "
        "\ufeffNorwegian\u2066 ‘x\n"
    )
    corpus = load_corpus(corpus_folder(tmp_path, text))
    assert corpus.raw("a") == text
    for table in (corpus.sentences, find_mentions(corpus), find_quotes(corpus, find_mentions(corpus))):
        assert [text[a:b] for a, b in zip(table["start"], table["end"], strict=True)] == list(table["text"])
    assert list(find_mentions(corpus)["text"]) == ["Norway"]


# ---- anything at all ----------------------------------------------------------------------------

thorough = settings(
    derandomize=True,
    deadline=None,
    max_examples=120,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
PIECES = st.sampled_from(
    [
        b"text",
        b"outlet",
        b"date",
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r\n",
        b'"',
        b'""',
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b'{"text": "a"}\n',
        b"<p>",
        b"</p>",
        b"<html>",
        b"<body>",
        b"<!--",
        b"&#0;",
        b"&",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x00",
        b"\x80",
        b"\xe2\x80\x9c",
        b"\xed\xa0\x80",
        b"2024-03-01",
        b"\\ud800",
        b"\\u0000",
        b"word ",
        b"charset=utf-7",
    ]
)
ANYTHING = st.one_of(
    st.binary(max_size=200), st.lists(PIECES | st.binary(max_size=4), max_size=30).map(b"".join)
)


@thorough
@given(content=ANYTHING, name=st.sampled_from(["a.txt", "a.html", "a.csv", "a.jsonl", "a.json"]))
def test_any_bytes_are_read_or_set_aside(content: bytes, name: str, tmp_path: Path) -> None:
    (put(tmp_path) / "z.txt").write_text("Always here.")
    (tmp_path / "mine" / name).write_bytes(content)
    try:
        articles, aside = read_articles(tmp_path / "mine")
    finally:
        (tmp_path / "mine" / name).unlink()
    sources = [*articles["source"], *aside["source"]]
    assert "z.txt" in sources
    files = {re.sub(r" row \d+$", "", source) for source in sources}
    # A table may have no rows; anything else is in one of the two.
    assert name in files or name.endswith(("csv", "jsonl", "json"))
    if name.endswith(("txt", "html")):
        assert sorted(sources) == [name, "z.txt"]
    assert articles["name"].map(re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}").fullmatch).all()
    assert articles["name"].str.lower().is_unique
    assert (articles["text"].str.strip() != "").all()
    for text in articles["text"]:
        assert clean(text) == (text, clean(text)[1])
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)


@thorough
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {"text": st.text(max_size=30), "title": st.text(max_size=10), "outlet": st.text(max_size=10)}
        ),
        max_size=5,
    )
)
def test_each_row_is_in_one_of_the_tables_and_comes_back(rows: list[dict[str, str]], tmp_path: Path) -> None:
    folder = put(tmp_path, a_jsonl="\n".join([json.dumps({"text": "Always here."}), *map(json.dumps, rows)]))
    articles, aside = read_articles(folder)
    expected = [f"a.jsonl row {n}" for n in range(1, len(rows) + 2)]
    assert sorted([*articles["source"], *aside["source"]]) == sorted(expected)
    target = tmp_path / f"news{len(list(tmp_path.iterdir()))}"
    write_articles(target, articles)
    corpus = load_corpus(add_actors(target))
    assert [corpus.raw(name) for name in articles["name"]] == list(articles["text"])
    known = articles["outlet"] != ""
    assert list(corpus.articles.loc[known, "outlet"]) == list(articles.loc[known, "outlet"])


@given(names=st.lists(st.text(max_size=8) | st.sampled_from(["con", "A", "a", "a-2"]), max_size=12))
def test_names_are_safe_and_unique(names: list[str]) -> None:
    made = list(safe_names(names))
    assert len({name.lower() for name in made}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}", name) for name in made)

"""A folder of articles becomes tables, and says in one line what it cannot read."""

import csv
import dataclasses
import hashlib
import html
import io
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from helpers import COUNTED_KINDS, Corpus, InputError, load_corpus
from helpers.paths import CORPUS_DIR
from helpers.sentences import find_sentences, find_words
from helpers.structure import BLOCK_KINDS, find_blocks

HEADER = "file,outlet,agency,published_from,published_to,url,confidence,evidence,sha256"
STORY = "Talks Open in Geneva\n\nThe talks opened on Monday. Norway’s minister spoke.\n\nRead more\n"


def make(folder: Path, rows: list[str], **texts: str | bytes) -> Path:
    """A corpus folder called news; a_txt="…" makes the file a.txt."""
    folder = folder / "news"
    folder.mkdir()
    (folder / "actors.toml").write_text('[[actor]]\nname = "Norway"\ntype = "state"\n', encoding="utf-8")
    (folder / "articles.csv").write_bytes(("\n".join([HEADER, *rows]) + "\n").encode())
    for name, text in texts.items():
        content = text.encode() if isinstance(text, str) else text
        (folder / name.replace("_txt", ".txt")).write_bytes(content)
    return folder


def read_folder(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file's time and bytes."""
    return {p.name: (p.stat().st_mtime_ns, p.read_bytes()) for p in folder.iterdir()}


# ---- tables -------------------------------------------------------------------------------------


def test_articles_of_the_toy_corpus(toy: Corpus, toy_folder: Path) -> None:
    articles = toy.articles
    assert list(articles.columns) == [
        "article_id",
        "outlet",
        "agency",
        "headline",
        "published_from",
        "published_to",
        "url",
        "confidence",
        "evidence",
        "n_words",
        "sha256",
    ]
    assert list(articles["article_id"]) == ["a", "b", "c"]
    assert list(articles["outlet"]) == ["Daily", "Daily", "unknown outlet (c)"]
    assert list(articles["headline"]) == ["Anna Berg Visits Szohod", "Stone praises Norway", ""]
    assert list(articles["published_from"]) == ["2024-03-01", "2024-03-02", ""]
    assert list(articles["confidence"]) == ["outlet: high; date: high", "outlet: high; date: high", ""]
    assert list(articles["evidence"]) == ["printed on it", "printed on it", ""]
    assert list(articles["agency"]) == list(articles["url"]) == ["", "", ""]
    # a: headline and two paragraphs; b: headline and one; c: its second printing is not counted
    assert list(articles["n_words"]) == [4 + 18 + 14, 3 + 15, 18]
    assert list(articles["sha256"]) == [
        hashlib.sha256((toy_folder / name).read_bytes()).hexdigest() for name in ("a.txt", "b.txt", "c.txt")
    ]


def test_blocks_of_the_toy_corpus(toy: Corpus) -> None:
    assert list(toy.blocks.columns) == [
        "article_id",
        "block_id",
        "kind",
        "start",
        "end",
        "reason",
        "n_words",
    ]
    found = [
        (
            row.article_id,
            row.block_id,
            row.kind,
            row.n_words,
            toy.raw(row.article_id)[row.start : row.end][:9],
        )
        for row in toy.blocks.itertuples()
    ]
    assert found == [
        ("a", 0, "headline", 4, "Anna Berg"),
        ("a", 1, "body", 18, "Norwegian"),
        ("a", 2, "body", 14, "Norway’s "),
        ("a", 3, "boilerplate", 2, "Read more"),
        ("b", 0, "headline", 3, "Stone pra"),
        ("b", 1, "body", 15, "Jon Stone"),
        ("c", 0, "caption", 18, "The East "),
        ("c", 1, "boilerplate", 18, "The East "),
    ]


def test_sentences_of_the_toy_corpus(toy: Corpus) -> None:
    assert list(toy.sentences.columns) == ["article_id", "block_id", "sentence_id", "start", "end", "text"]
    assert [tuple(row) for row in toy.sentences.drop(columns=["start", "end"]).itertuples(index=False)] == [
        ("a", 0, 0, "Anna Berg Visits Szohod"),
        ("a", 1, 1, "Norwegian foreign minister Anna Berg arrived in Szohod on Monday."),
        ("a", 1, 2, "Ms. Berg will meet Jon Stone, NRK said."),
        ("a", 2, 3, "Norway’s navy sent no ship."),
        ("a", 2, 4, "“The two countries trust each other,” Mr. Stone said."),
        ("b", 0, 0, "Stone praises Norway"),
        ("b", 1, 1, "Jon Stone of East Borduria praised Norway."),
        ("b", 1, 2, "The stone bridge in Oslo will stay shut."),
        ("c", 0, 0, "The East will not talk to Norway, the foreign minister said."),
        ("c", 0, 1, "Norwegians and East and West Borduria disagree."),
    ]


def check_offsets(corpus: Corpus) -> None:
    """Hold every table against the raw text, read again."""
    for article in corpus.articles.itertuples():
        raw = corpus.raw(article.article_id)
        blocks = corpus.blocks[corpus.blocks["article_id"] == article.article_id]
        sentences = corpus.sentences[corpus.sentences["article_id"] == article.article_id]
        expected = find_blocks(raw)
        assert (
            list(zip(blocks["kind"], blocks["start"], blocks["end"], blocks["reason"], strict=True))
            == expected
        )
        assert list(blocks["block_id"]) == list(range(len(expected)))
        assert list(blocks["n_words"]) == [len(find_words(raw[b.start : b.end])) for b in expected]
        assert article.n_words == blocks.loc[blocks["kind"].isin(COUNTED_KINDS), "n_words"].sum()
        spans = [
            span for b in expected if b.kind in COUNTED_KINDS for span in find_sentences(raw, b.start, b.end)
        ]
        assert list(zip(sentences["start"], sentences["end"], strict=True)) == spans
        assert list(sentences["text"]) == [raw[a:b] for a, b in spans]
        assert list(sentences["sentence_id"]) == list(range(len(spans)))
        held = sentences.merge(blocks, on="block_id", validate="many_to_one", suffixes=("", "_block"))
        assert len(held) == len(sentences)
        assert ((held["start_block"] <= held["start"]) & (held["end"] <= held["end_block"])).all()


def test_offsets_of_the_toy_corpus(toy: Corpus) -> None:
    check_offsets(toy)


def test_the_bundled_corpus(bundled: Corpus) -> None:
    check_offsets(bundled)
    listed = pd.read_csv(CORPUS_DIR / "articles.csv", dtype=str, keep_default_na=False)
    assert list(bundled.articles["article_id"] + ".txt") == list(listed["file"])
    assert list(bundled.articles["sha256"]) == list(listed["sha256"])
    assert bundled.folder == CORPUS_DIR
    assert set(bundled.blocks["kind"]) <= set(BLOCK_KINDS)
    assert dict(zip(bundled.labels().index.str[:3], bundled.labels(), strict=True)) == {
        "000": "Voice of America, 2023-07-26",
        "001": "unknown outlet (001)",
        "002": "Voice of America, 2023-07-25",
        "003": "tudayadah.com",
        "004": "NTD",
    }


def test_rows_keep_the_order_of_articles_csv(tmp_path: Path) -> None:
    corpus = load_corpus(
        make(tmp_path, ["b.txt,Post" + "," * 7, "a.txt,Daily" + "," * 7], a_txt=STORY, b_txt=STORY)
    )
    assert list(corpus.articles["article_id"]) == ["b", "a"]


def test_two_columns_are_enough(tmp_path: Path) -> None:
    folder = make(tmp_path, [], a_txt=STORY)
    (folder / "articles.csv").write_text("outlet,file\nDaily,a.txt\n", encoding="utf-8")
    (article,) = load_corpus(folder).articles.itertuples()
    assert (article.article_id, article.outlet, article.headline) == ("a", "Daily", "Talks Open in Geneva")
    assert (article.agency, article.published_from, article.url, article.evidence) == ("", "", "", "")
    assert article.n_words == 4 + 5 + 3


def test_articles_csv_as_spreadsheets_write_it(tmp_path: Path) -> None:
    folder = make(tmp_path, [], a_txt=STORY)
    rows = [HEADER, ' a.txt ," Daily, Evening ",,2024-03-01,,,"outlet: low","one\r\ntwo, ""three""",']
    (folder / "articles.csv").write_bytes(b"\xef\xbb\xbf" + ("\r\n".join(rows) + "\r\n\r\n").encode())
    (article,) = load_corpus(folder).articles.itertuples()
    assert (article.article_id, article.outlet, article.published_to) == ("a", "Daily, Evening", "")
    assert (article.confidence, article.evidence) == ("outlet: low", 'one\r\ntwo, "three"')


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_articles_csv_with_other_signs_and_german_days(tmp_path: Path, sign: str, mark: str) -> None:
    folder = make(tmp_path, [], a_txt=STORY)
    row = ["a.txt", '"The Daily, of Oslo; and Bergen"', "16.03.2024", "7.4.2024"]
    header = ["file", "outlet", "published_from", "published_to"]
    table = f"{mark}{sign.join(header)}\r\n{sign.join(row)}\r\n"
    (folder / "articles.csv").write_bytes(table.encode())
    before = read_folder(folder)
    article = load_corpus(folder).articles.iloc[0]
    assert article[["outlet", "published_from", "published_to"]].tolist() == [
        "The Daily, of Oslo; and Bergen",
        "2024-03-16",
        "2024-04-07",
    ]
    assert read_folder(folder) == before


def test_files_of_other_endings_and_other_files_in_the_folder(tmp_path: Path) -> None:
    folder = make(tmp_path, ["a.md,Daily" + "," * 7])
    (folder / "a.md").write_text(STORY, encoding="utf-8")
    (folder / "notes.md").write_text("mine", encoding="utf-8")
    (folder / "old").mkdir()
    (folder / "old" / "b.txt").write_text(STORY, encoding="utf-8")
    assert list(load_corpus(folder).articles["article_id"]) == ["a"]


def test_an_article_of_furniture_alone_has_no_words(tmp_path: Path) -> None:
    corpus = load_corpus(make(tmp_path, ["a.txt,Daily" + "," * 7], a_txt="Read more\n\n…"))
    assert list(corpus.articles["n_words"]) == [0]
    assert list(corpus.blocks["kind"]) == ["boilerplate", "boilerplate"]
    assert corpus.sentences.empty
    assert "sentence_id" in corpus.sentences.columns


def test_paragraphs_of_the_toy_corpus(toy: Corpus) -> None:
    paragraphs = toy.paragraphs()
    assert list(paragraphs.columns) == ["article_id", "outlet", "block_id", "n_words"]
    assert list(paragraphs.itertuples(index=False, name=None)) == [
        ("a", "Daily", 0, 4),
        ("a", "Daily", 1, 18),
        ("a", "Daily", 2, 14),
        ("b", "Daily", 0, 3),
        ("b", "Daily", 1, 15),
        ("c", "unknown outlet (c)", 0, 18),
    ]


def test_an_article_without_a_block_that_counts_is_among_the_paragraphs(tmp_path: Path) -> None:
    rows = [f"{name}.txt,{outlet}" + "," * 7 for name, outlet in (("b", "Post"), ("a", "Daily"), ("c", ""))]
    folder = make(tmp_path, rows, a_txt=STORY, b_txt="Read more\n\n…", c_txt="Read more")
    corpus = load_corpus(folder)
    paragraphs = corpus.paragraphs()
    assert list(paragraphs.itertuples(index=False, name=None)) == [
        ("b", "Post", -1, 0),
        ("a", "Daily", 0, 4),
        ("a", "Daily", 1, 8),
        ("c", "unknown outlet (c)", -1, 0),
    ]
    assert [paragraphs[c].dtype for c in ("block_id", "n_words")] == ["int64", "int64"]
    assert [corpus.words(a) for a in ("b", "c")] == [[], []]


def test_words_of_the_toy_corpus(toy: Corpus) -> None:
    """In a: headline and two paragraphs; what does not count has none."""
    words = toy.words("a")
    text = [toy.raw("a")[start:end] for _, start, end in words]
    assert text[:6] == ["Anna", "Berg", "Visits", "Szohod", "Norwegian", "foreign"]
    assert text[22:25] == ["Norway’s", "navy", "sent"]
    assert [block for block, _, _ in words] == [0] * 4 + [1] * 18 + [2] * 14
    assert toy.words("c")[-1][0] == 0
    assert [len(toy.words(a)) for a in ("a", "b", "c")] == [36, 18, 18]


@pytest.mark.parametrize("name", ["toy", "bundled"])
def test_words_are_those_of_the_blocks_that_count(name: str, request: pytest.FixtureRequest) -> None:
    corpus: Corpus = request.getfixturevalue(name)
    for article in corpus.articles.itertuples():
        raw = corpus.raw(article.article_id)
        blocks = corpus.blocks[corpus.blocks["article_id"] == article.article_id]
        assert corpus.words(article.article_id) == [
            (block.block_id, block.start + start, block.start + end)
            for block in blocks[blocks["kind"].isin(COUNTED_KINDS)].itertuples()
            for start, end in find_words(raw[block.start : block.end])
        ]
    paragraphs = corpus.paragraphs()
    n_words = paragraphs.groupby("article_id")["n_words"].sum()
    assert n_words.to_dict() == corpus.articles.set_index("article_id")["n_words"].to_dict()


def test_actors_are_those_of_the_folder(toy: Corpus) -> None:
    assert [a.id for a in toy.actors.values() if a.declared] == [
        "norway",
        "east_borduria",
        "west_borduria",
        "anna_berg",
        "jon_stone",
        "nrk",
    ]


# ---- raw text -----------------------------------------------------------------------------------


def test_a_byte_order_mark_is_skipped_and_hashed(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + STORY.encode()
    content_hash = hashlib.sha256(content).hexdigest()
    corpus = load_corpus(make(tmp_path, [f"a.txt,Daily,,,,,,,{content_hash}"], a_txt=content))
    assert corpus.raw("a") == STORY
    assert corpus.blocks["start"].iloc[0] == 0
    assert corpus.articles["sha256"].iloc[0] == content_hash
    check_offsets(corpus)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_are_untouched(tmp_path: Path, end: str) -> None:
    text = STORY.replace("\n", end)
    corpus = load_corpus(make(tmp_path, ["a.txt,Daily" + "," * 7], a_txt=text))
    assert corpus.raw("a") == text
    assert list(corpus.blocks["kind"]) == ["headline", "body", "boilerplate"]
    assert list(corpus.articles["n_words"]) == [12]
    check_offsets(corpus)


def test_offsets_count_characters_not_bytes(tmp_path: Path) -> None:
    text = "\U0001f600 é\u0301 ’s\u00a0Talks\n\nÆrø sent “no ship.” It rained."
    corpus = load_corpus(make(tmp_path, ["a.txt,Daily" + "," * 7], a_txt=text))
    assert corpus.raw("a") == text
    check_offsets(corpus)


def test_an_unknown_article(toy: Corpus) -> None:
    with pytest.raises(InputError, match=re.escape("unknown article 'z': expected one of a, b, c")):
        toy.raw("z")
    with pytest.raises(InputError, match="unknown article 'z'"):
        toy.counted_text("z")
    with pytest.raises(InputError, match="unknown article 'z'"):
        toy.quoted_spans("z")
    with pytest.raises(InputError, match="unknown article 'z'"):
        toy.words("z")


@pytest.mark.parametrize("article_id", ["a", "b", "c"])
def test_counted_text_blanks_what_does_not_count(toy: Corpus, article_id: str) -> None:
    raw, counted = toy.raw(article_id), toy.counted_text(article_id)
    inside = {
        at
        for row in toy.blocks.itertuples()
        if row.article_id == article_id and row.kind in COUNTED_KINDS
        for at in range(row.start, row.end)
    }
    assert counted == "".join(c if at in inside else "\x1e" for at, c in enumerate(raw))


def test_counted_text_of_the_bundled_articles_is_as_long(bundled: Corpus) -> None:
    for article_id in bundled.articles["article_id"]:
        assert len(bundled.counted_text(article_id)) == len(bundled.raw(article_id))


def test_quoted_spans(toy: Corpus) -> None:
    quoted = {
        a: [toy.raw(a)[start:end] for start, end in toy.quoted_spans(a)] for a in toy.articles["article_id"]
    }
    assert quoted == {"a": ["The two countries trust each other,"], "b": [], "c": []}


# ---- outlets and labels -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "outlets"),
    [
        (["a.txt,", "b.txt,"], ["unknown outlet (a)", "unknown outlet (b)"]),
        (["01_x.txt,", "02_x.txt,"], ["unknown outlet (01)", "unknown outlet (02)"]),
        (["01_x.txt,", "02_x.txt,Daily"], ["unknown outlet (01)", "Daily"]),
        (["01_x.txt,", "01_y.txt,"], ["unknown outlet (01_x)", "unknown outlet (01_y)"]),
        (["01_x.txt, ", "01_y.txt,Daily"], ["unknown outlet (01_x)", "Daily"]),
        (["a.txt,Daily", "b.txt,Daily"], ["Daily", "Daily"]),
    ],
)
def test_unknown_outlets_are_never_pooled(tmp_path: Path, rows: list[str], outlets: list[str]) -> None:
    texts = {row.split(",")[0].replace(".txt", "_txt"): STORY for row in rows}
    corpus = load_corpus(make(tmp_path, [row + "," * 7 for row in rows], **texts))
    assert list(corpus.articles["outlet"]) == outlets


@pytest.mark.parametrize(
    ("rows", "labels"),
    [
        (["a.txt,Daily,,2024-03-01", "b.txt,Post,,2024-03-01"], ["Daily", "Post"]),
        (["a.txt,Daily,,2024-03-01", "b.txt,Daily,,2024-03-02"], ["Daily, 2024-03-01", "Daily, 2024-03-02"]),
        (["a.txt,Daily,,2024-03-01", "b.txt,Daily,,2024-03-01"], ["Daily, a", "Daily, b"]),
        (["a.txt,Daily,,2024-03-01", "b.txt,Daily,,"], ["Daily, 2024-03-01", "Daily, b"]),
        (["a.txt,Daily,,", "b.txt,Daily,,"], ["Daily, a", "Daily, b"]),
        (["a.txt,,,", "b.txt,,,"], ["unknown outlet (a)", "unknown outlet (b)"]),
        (
            ["a.txt,Daily,,2024-03-01", "b.txt,Daily,,2024-03-01", "c.txt,Daily,,2024-03-02"],
            ["Daily, a", "Daily, b", "Daily, 2024-03-02"],
        ),
    ],
)
def test_labels(tmp_path: Path, rows: list[str], labels: list[str]) -> None:
    texts = {row[0] + "_txt": STORY for row in rows}
    found = load_corpus(make(tmp_path, [row + "," * 5 for row in rows], **texts)).labels()
    assert found.name == "label"
    assert list(found.index) == [row[0] for row in rows]
    assert list(found) == labels


# ---- the corpus as an object --------------------------------------------------------------------


def test_it_says_what_is_in_it_without_a_path(toy: Corpus) -> None:
    line = "Corpus: 3 articles by 2 outlets, 72 words in 10 sentences"
    assert repr(toy) == line
    assert toy._repr_html_().startswith(f"<p>{line}</p><table")


def cells_of(page: str) -> list[list[str]]:
    """The cells of the one table of a page, row by row."""
    rows = re.findall("<tr>(.*?)</tr>", page)
    return [[html.unescape(cell) for cell in re.findall("<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def test_it_shows_its_outlets(toy: Corpus) -> None:
    assert cells_of(toy._repr_html_()) == [
        ["outlet", "articles", "first day", "last day", "words", "sentences"],
        ["Daily", "2", "2024-03-01", "2024-03-02", "54", "8"],
        ["unknown outlet (c)", "1", "–", "–", "18", "2"],
    ]


def test_it_shows_the_outlets_with_most_articles_and_counts_the_rest(tmp_path: Path) -> None:
    """Outlets with as many articles stand by the alphabet; a day that is not known is left out."""
    days = {"x": "2024-03-09", "y": "2024-03-02"}
    outlets = {f"a{n}": f"Outlet {chr(65 + n)}" for n in range(14)}
    outlets |= {"x": "Outlet N", "y": "Outlet N", "z": "<b> & \u202e$x$"}
    rows = [f"{name}.txt,{outlet},,{days.get(name, '')},,,,," for name, outlet in outlets.items()]
    texts = {f"{name}_txt": "It rained all day. It snowed." for name in outlets}
    folder = make(tmp_path, rows, **texts)
    page = load_corpus(folder)._repr_html_()
    _, *shown = cells_of(page)
    assert shown[0] == ["Outlet N", "3", "2024-03-02", "2024-03-09", "18", "6"]
    assert shown[1] == ["<b> & \u202e$x$", "1", "–", "–", "6", "2"]
    assert [row[0][-1] for row in shown[2:]] == list("ABCDEFGHIJ")
    assert page.endswith("<p>+ 3 more rows</p>")


def test_it_cannot_be_changed(toy: Corpus) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        toy.folder = Path()  # type: ignore[misc]


def test_the_folder_is_never_written_to(toy_folder: Path) -> None:
    before = read_folder(toy_folder)
    corpus = load_corpus(toy_folder)
    corpus.labels()
    for article_id in corpus.articles["article_id"]:
        corpus.counted_text(article_id)
        corpus.quoted_spans(article_id)
    assert read_folder(toy_folder) == before


def test_the_bundled_folder_is_never_written_to() -> None:
    before = read_folder(CORPUS_DIR)
    load_corpus()
    assert read_folder(CORPUS_DIR) == before


def test_the_folder_may_be_text_or_relative(toy_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert repr(load_corpus(str(toy_folder))) == repr(load_corpus(toy_folder))
    monkeypatch.chdir(toy_folder)
    assert len(load_corpus(".").articles) == 3


# ---- errors -------------------------------------------------------------------------------------

COLUMNS = HEADER.replace(",", ", ")
ROW = "a.txt,Daily,,,,,,,"


def expect(folder: Path, sentence: str) -> None:
    before = read_folder(folder) if folder.is_dir() else None
    with pytest.raises(InputError) as error:
        load_corpus(folder)
    assert str(error.value) == sentence
    assert error.value.__suppress_context__ or error.value.__context__ is None
    assert (read_folder(folder) if folder.is_dir() else None) == before


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        *(
            (
                [f"{name},Daily,,,,,,,"],
                f"2: {name!r} is no file name: expected the bare name of a file in news/",
            )
            for name in ("", "../a.txt", "/etc/passwd", "old/a.txt", "./a.txt", ".", "..", "a.txt/")
        ),
        (
            [ROW, "z.txt,Daily,,,,,,,"],
            "3: there is no file 'z.txt' in news/: add it or take the row out",
        ),
        (
            ["..\\a.txt,Daily,,,,,,,"],
            "2: there is no file '..\\\\a.txt' in news/: add it or take the row out",
        ),
        (
            [ROW, "b.txt,Post,,,,,,,", "a.txt,Daily,,,,,,,"],
            "4: 'a.txt' stands in row 2 already: leave one of them out",
        ),
        *(
            (
                [row],
                ("2 has more or fewer cells than the header: put commas inside cells in quotes"),
            )
            for row in ("a.txt,Daily", ROW + ",", "a.txt,The Daily, of Oslo,,,,,,,", '"a.txt,Daily,,,,,,,')
        ),
        *(
            (
                [f"a.txt,Daily,,{day},,,,,"],
                f"2: published_from is {day!r}: expected a day like 2024-03-31, or nothing",
            )
            for day in ("March 1", "2024-02-30", "2024-3-1", "01/03/2024", "2024", "20240301", "2024-W09-5")
        ),
        (
            ["a.txt,Daily,,2024-03-01,2024-03-32,,,,"],
            "2: published_to is '2024-03-32': expected a day like 2024-03-31, or nothing",
        ),
        *(
            (
                [f"a.txt,Daily,,,,,{confidence},,"],
                (
                    f"2: confidence is {confidence!r}: expected 'outlet: high; date: medium' "
                    "(high, medium, low or none), or nothing"
                ),
            )
            for confidence in (
                "high",
                "outlet: sure",
                "outlet:high",
                "outlet: high;",
                "page: low",
                "Outlet: high",
            )
        ),
    ],
)
def test_errors_in_a_row(tmp_path: Path, rows: list[str], sentence: str) -> None:
    expect(make(tmp_path, rows, a_txt=STORY, b_txt=STORY), f"news/articles.csv row {sentence}")


def test_a_table_without_rows(tmp_path: Path) -> None:
    expect(make(tmp_path, []), "news/articles.csv lists no article: add a row per text file")


def test_a_file_without_a_row(tmp_path: Path) -> None:
    way_out = "add a row with its outlet, or move the file out of the folder"
    expect(
        make(tmp_path, [ROW], a_txt=STORY, b_txt=STORY), f"news/b.txt has no row in articles.csv: {way_out}"
    )


def test_several_files_without_a_row(tmp_path: Path) -> None:
    expect(
        make(tmp_path, [ROW], a_txt=STORY, d_txt=STORY, b_txt=STORY, c_txt=STORY),
        "news/b.txt has no row in articles.csv (nor have 2 more files): add a row with its outlet, or move "
        "the file out of the folder",
    )


def test_two_files_of_one_stem(tmp_path: Path) -> None:
    folder = make(tmp_path, [ROW, "a.md,Post,,,,,,,"], a_txt=STORY)
    (folder / "a.md").write_text(STORY, encoding="utf-8")
    expect(folder, "news/articles.csv: two files are called 'a': rename one")


def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    expect(
        tmp_path / "nowhere",
        f"there is no folder 'nowhere' in {tmp_path.name}/: "
        "expected one with text files, articles.csv and actors.toml",
    )


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    expect(
        tmp_path / "a.txt",
        f"there is no folder 'a.txt' in {tmp_path.name}/: "
        "expected one with text files, articles.csv and actors.toml",
    )


def test_articles_csv_that_is_missing(tmp_path: Path) -> None:
    folder = make(tmp_path, [], a_txt=STORY)
    (folder / "articles.csv").unlink()
    expect(
        folder,
        f"news/articles.csv is missing: expected a table with a row per article and the columns {COLUMNS}",
    )


def test_actors_toml_that_is_missing(tmp_path: Path) -> None:
    folder = make(tmp_path, [ROW], a_txt=STORY)
    (folder / "actors.toml").unlink()
    expect(folder, "news/actors.toml is missing: expected a file with one [[actor]] table per actor")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "news/articles.csv has no column 'file': it has none"),
        (b"outlet\nDaily\n", "news/articles.csv has no column 'file': it has outlet"),
        (b"file,url\na.txt,\n", "news/articles.csv has no column 'outlet': it has file, url"),
        (b"file|outlet\na.txt|Daily\n", "news/articles.csv has no column 'file': it has file|outlet"),
        (
            b"file;outlet\na.txt;Daily;Post\n",
            (
                "news/articles.csv row 2 has more or fewer cells than the header: put semicolons inside "
                "cells in quotes"
            ),
        ),
        (
            b"file;outlet;published_from\na.txt;Daily;31.02.2024\n",
            (
                "news/articles.csv row 2: published_from is '31.02.2024': expected a day like 2024-03-31, "
                "or nothing"
            ),
        ),
        (
            b"file,outlet,date\na.txt,Daily,\n",
            f"news/articles.csv: unknown column 'date': expected {COLUMNS}",
        ),
        (
            b"file,outlet\na.txt,D\xe9j\xe0\n",
            "news/articles.csv is not UTF-8 (byte 19): save it again with the encoding UTF-8",
        ),
        (
            "file,outlet\n".encode("utf-16"),
            "news/articles.csv is not UTF-8 (byte 0): save it again with the encoding UTF-8",
        ),
    ],
)
def test_errors_in_the_table(tmp_path: Path, content: bytes, sentence: str) -> None:
    folder = make(tmp_path, [], a_txt=STORY)
    (folder / "articles.csv").write_bytes(content)
    expect(folder, sentence)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("é".encode("latin-1"), "is not UTF-8 (byte 0): save it again with the encoding UTF-8"),
        (b"Talks\xff", "is not UTF-8 (byte 5): save it again with the encoding UTF-8"),
        (STORY.encode("utf-16"), "is not UTF-8 (byte 0): save it again with the encoding UTF-8"),
        (b"", "is empty: put the article's text in, or take its row out of articles.csv"),
        (b" \r\n\t\n", "is empty: put the article's text in, or take its row out of articles.csv"),
        (b"\xef\xbb\xbf", "is empty: put the article's text in, or take its row out of articles.csv"),
    ],
)
def test_errors_in_a_text(tmp_path: Path, content: bytes, sentence: str) -> None:
    expect(make(tmp_path, [ROW], a_txt=content), f"news/a.txt {sentence}")


def test_a_text_that_has_changed(tmp_path: Path) -> None:
    now, then = hashlib.sha256(STORY.encode()).hexdigest(), hashlib.sha256(b"").hexdigest()
    expect(
        make(tmp_path, [ROW + then], a_txt=STORY),
        f"news/a.txt has changed since articles.csv was written (SHA-256 {now[:12]}…, expected "
        f"{then[:12]}…): restore the file, or empty the sha256 cell if the change is meant",
    )


@pytest.mark.parametrize("dress", [str.upper, str.lower, " {} ".format])
def test_a_hash_may_be_written_either_way(tmp_path: Path, dress: Callable[[str], str]) -> None:
    content_hash = hashlib.sha256(STORY.encode()).hexdigest()
    corpus = load_corpus(make(tmp_path, [ROW + dress(content_hash)], a_txt=STORY))
    assert list(corpus.articles["sha256"]) == [content_hash]


def test_a_text_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make(tmp_path, [ROW], a_txt=STORY)
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError) as error:
        load_corpus(folder)
    assert str(error.value) == "news/a.txt cannot be read: expected a file in the corpus folder"


def test_a_file_cell_with_the_whole_article_in_it(tmp_path: Path) -> None:
    folder = make(tmp_path, ["x" * 300 + ",Daily,,,,,,,"], a_txt=STORY)
    with pytest.raises(InputError, match=r"news/articles\.csv row 2: there is no file 'x"):
        load_corpus(folder)


def test_a_cell_longer_than_the_csv_module_reads(tmp_path: Path) -> None:
    folder = make(tmp_path, ["a.txt,Daily,,,,,," + "x" * (csv.field_size_limit() + 1) + ","], a_txt=STORY)
    with pytest.raises(InputError, match=r"news/articles\.csv"):
        load_corpus(folder)


def test_a_column_given_twice(tmp_path: Path) -> None:
    folder = make(tmp_path, [], a_txt=STORY)
    (folder / "articles.csv").write_text("file,outlet,outlet\na.txt,Daily,Post\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"news/articles\.csv.*'outlet'"):
        load_corpus(folder)


def test_a_span_of_days_that_runs_backwards(tmp_path: Path) -> None:
    folder = make(tmp_path, ["a.txt,Daily,,2024-03-02,2024-03-01,,,,"], a_txt=STORY)
    with pytest.raises(InputError, match=r"news/articles\.csv row 2: published_to .*2024-03-01"):
        load_corpus(folder)


def test_a_confidence_given_twice(tmp_path: Path) -> None:
    folder = make(tmp_path, ["a.txt,Daily,,,,,outlet: high; outlet: low,,"], a_txt=STORY)
    with pytest.raises(InputError, match=r"news/articles\.csv row 2: confidence is"):
        load_corpus(folder)


def test_the_folder_one_stands_in_is_called_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # "/articles.csv" would be a file at the root of the disk.
    folder = make(tmp_path, [], a_txt=STORY)
    monkeypatch.chdir(folder)
    with pytest.raises(InputError) as error:
        load_corpus(".")
    assert str(error.value) == "news/articles.csv lists no article: add a row per text file"


# ---- in a notebook ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shell() -> InteractiveShell:
    made = InteractiveShell()
    made.history_manager.enabled = False
    made.colors = "nocolor"
    return made


def run(shell: InteractiveShell, code: str) -> tuple[str, str]:
    with capture_output(display=False) as output:
        shell.run_cell(code)
    return output.stdout, output.stderr


def test_a_notebook_shows_one_line(shell: InteractiveShell, tmp_path: Path) -> None:
    folder = make(tmp_path, ["a.txt,Daily,,2024-02-30,,,,,"], a_txt=STORY)
    code = f"from helpers import load_corpus\ncorpus = load_corpus({str(folder)!r})"
    assert run(shell, code) == (
        (
            "InputError: news/articles.csv row 2: published_from is '2024-02-30': expected a day like "
            "2024-03-31, or nothing\n"
        ),
        "",
    )


def test_a_notebook_shows_one_line_for_the_gazetteer(shell: InteractiveShell, tmp_path: Path) -> None:
    folder = make(tmp_path, [ROW], a_txt=STORY)
    (folder / "actors.toml").write_text("[[actor]\n", encoding="utf-8")
    stdout, stderr = run(shell, f"from helpers import load_corpus\nload_corpus({str(folder)!r})")
    assert stdout.startswith("InputError: news/actors.toml is not valid TOML: ")
    assert (stdout.count("\n"), stderr) == (1, "")


def test_a_notebook_still_shows_where_other_errors_come_from(shell: InteractiveShell) -> None:
    stdout, _ = run(shell, "from helpers import load_corpus\nload_corpus(7)")
    assert "Traceback" in stdout
    assert stdout.count("\n") > 5


def test_outside_a_notebook_it_is_a_value_error() -> None:
    assert issubclass(InputError, ValueError)
    assert InputError("a.txt is empty")._render_traceback_() == ["InputError: a.txt is empty"]


def test_a_csv_written_by_python_reads_back(tmp_path: Path) -> None:
    evidence = 'He said, "no";\nthen\tleft. <b>&'
    line = io.StringIO()
    csv.writer(line).writerow(["a.txt", "=1+1", "", "", "", "", "", evidence, ""])
    corpus = load_corpus(make(tmp_path, [line.getvalue().rstrip("\r\n")], a_txt=STORY))
    assert corpus.articles[["outlet", "evidence"]].iloc[0].tolist() == ["=1+1", evidence]

"""Shared passages: tiny corpora counted by hand, and a brute force that compares every pair of places."""

import tempfile
import unicodedata
from itertools import permutations
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import Corpus, InputError, load_corpus, passages
from helpers.passages import compare_articles, count_shared_words, find_shared_passages

ACTORS = '[[actor]]\nid = "norway"\nname = "Norway"\ntype = "state"\n'


def make(*texts: str, outlets: str = "", days: list[str] | None = None) -> Corpus:
    """A corpus of these texts as a.txt, b.txt, …; outlets as letters, "ABA"."""
    with tempfile.TemporaryDirectory() as folder:
        rows = ["file,outlet,published_from"]
        for number, text in enumerate(texts):
            name = f"{chr(97 + number)}.txt"
            (Path(folder) / name).write_text(text, encoding="utf-8", newline="")
            rows.append(f"{name},{(outlets or 'ABCDEF')[number]},{days[number] if days else ''}")
        (Path(folder) / "articles.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        (Path(folder) / "actors.toml").write_text(ACTORS, encoding="utf-8")
        return load_corpus(folder)


def spell(text: str) -> list[tuple[int, int, str]]:
    """The words of a text, character by character."""
    text = "".join("'" if c in "’‘ʼ" else c for c in text)
    kinds = ["'" if c == "'" else unicodedata.category(c)[0] for c in text]
    words, at = [], 0
    while at < len(text):
        if kinds[at] not in "LN":
            at += 1
            continue
        end = at + 1
        while end < len(text) and (
            kinds[end] in "LNM" or (kinds[end] == "'" and end + 1 < len(text) and kinds[end + 1] in "LN")
        ):
            end += 1
        words.append((at, end, text[at:end].casefold()))
        at = end
    return words


def quoted(corpus: Corpus, article_id: str, start: int) -> bool:
    return any(a <= start < b for a, b in corpus.quoted_spans(article_id))


def brute_passages(corpus: Corpus, n_words: int) -> set[tuple[object, ...]]:
    """Every pair of places in every pair of articles."""
    ids = corpus.articles["article_id"].tolist()
    words = {a: spell(corpus.counted_text(a)) for a in ids}
    found = set()
    for number, a in enumerate(ids):
        for b in ids[number + 1 :]:
            for i, (start_a, _, word_a) in enumerate(words[a]):
                for j, (start_b, _, word_b) in enumerate(words[b]):
                    if word_a != word_b or (i and j and words[a][i - 1][2] == words[b][j - 1][2]):
                        continue
                    n = 1
                    while (
                        i + n < len(words[a])
                        and j + n < len(words[b])
                        and words[a][i + n][2] == words[b][j + n][2]
                    ):
                        n += 1
                    if n >= n_words:
                        end_a, end_b = words[a][i + n - 1][1], words[b][j + n - 1][1]
                        n_quoted = [
                            sum(quoted(corpus, side, start) for start, _, _ in words[side][k : k + n])
                            for side, k in ((a, i), (b, j))
                        ]
                        found.add((a, b, start_a, end_a, start_b, end_b, n, *n_quoted))
    return found


WORD = st.sampled_from(["x", "X", "y", "z’s", "z's"])
GAP = st.sampled_from([" ", " ", " ", ". ", "-", "\n\n", ", “", "” ", " \nRead more\n"])
TEXT = st.lists(st.tuples(WORD, GAP), max_size=14).map(lambda c: "".join(w + g for w, g in c) or "Read more")
TEXTS = st.lists(TEXT, min_size=1, max_size=4)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(TEXTS, st.integers(1, 6))
@example(["x " * 30, "x " * 23, "X x x y " + "x " * 9], 3)
@example(["x y " * 12, "x y " * 12], 2)
@example(["Read more", "Read more"], 1)
@example(["x y x y z’s x", "x y x y z's x"], 1)
def test_passages_are_those_of_a_brute_force(texts: list[str], n_words: int) -> None:
    corpus = make(*texts)
    found = find_shared_passages(corpus, n_words)
    for side in ("a", "b"):
        at = [
            [a for a, _, _ in spell(corpus.counted_text(i))].index(start)
            for i, start in zip(found[f"article_{side}"], found[f"start_{side}"], strict=True)
        ]
        assert found[f"word_{side}"].tolist() == at
    rows = found.drop(columns=["passage_id", "outlet_a", "outlet_b", "text", "quoted", "word_a", "word_b"])
    listed = [tuple(row) for row in rows.to_numpy().tolist()]
    assert len(listed) == len(set(listed))
    assert set(listed) == brute_passages(corpus, n_words)
    assert found["passage_id"].tolist() == list(range(len(found)))
    keys = found.assign(n_words=-found["n_words"])
    keys = keys[["n_words", "article_a", "article_b", "start_a", "start_b"]].to_numpy().tolist()
    assert keys == sorted(keys)


def brute_ngrams(corpus: Corpus, article_id: str, n_words: int) -> dict[tuple[str, ...], bool]:
    """Each n-gram, and whether it stands in quotation marks wherever it stands."""
    words = spell(corpus.counted_text(article_id))
    ngrams: dict[tuple[str, ...], bool] = {}
    for at in range(len(words) - n_words + 1):
        here = words[at : at + n_words]
        marked = all(quoted(corpus, article_id, start) for start, _, _ in here)
        ngram = tuple(word for _, _, word in here)
        ngrams[ngram] = ngrams.get(ngram, True) and marked
    return ngrams


@settings(derandomize=True, deadline=None, max_examples=100)
@given(TEXTS, st.integers(1, 4))
def test_containment_is_that_of_a_brute_force(texts: list[str], n_words: int) -> None:
    corpus = make(*texts)
    ids = corpus.articles["article_id"].tolist()
    ngrams = {a: brute_ngrams(corpus, a, n_words) for a in ids}
    expected = []
    for a, b in permutations(ids, 2):
        shared = [g for g in ngrams[a] if g in ngrams[b]]
        part = len(shared) / len(ngrams[a]) if ngrams[a] else 0.0
        expected.append((a, b, len(ngrams[a]), len(shared), part, sum(ngrams[a][g] for g in shared)))
    columns = ["article_id", "other_id", "n_ngrams", "n_shared", "containment", "n_shared_quoted"]
    pairs = compare_articles(corpus, n_words)
    found = [tuple(row) for row in pairs[columns].to_numpy().tolist()]
    assert sorted(found) == expected
    assert found == sorted(found)


DAYS = st.sampled_from(["", "2024-03-01", "2024-03-02"])


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(st.tuples(TEXT, DAYS, st.sampled_from("AB")), min_size=1, max_size=4), st.integers(1, 4))
def test_counts_are_those_of_a_brute_force(articles: list[tuple[str, str, str]], n_words: int) -> None:
    texts, days, outlets = zip(*articles, strict=True)
    corpus = make(*texts, outlets="".join(outlets), days=list(days))
    ids = corpus.articles["article_id"].tolist()
    rank = {a: (day == "", day, a) for a, day in zip(ids, days, strict=True)}
    shared: set[tuple[str, int]] = set()
    copied: set[tuple[str, int]] = set()
    for a, b, start_a, end_a, start_b, end_b, *_ in brute_passages(corpus, n_words):
        for here, other, start, end in ((a, b, start_a, end_a), (b, a, start_b, end_b)):
            within = {(here, s) for s, _, _ in spell(corpus.counted_text(here)) if start <= s < end}
            shared |= within
            copied |= within if rank[here] > rank[other] else set()
    expected = []
    for outlet in dict.fromkeys(outlets):
        words = [
            (a, start)
            for a, its_outlet in zip(ids, outlets, strict=True)
            if its_outlet == outlet
            for start, _, _ in spell(corpus.counted_text(a))
        ]
        n, n_shared = len(words), sum(word in shared for word in words)
        n_quoted = sum(word in shared and quoted(corpus, *word) for word in words)
        part = n_shared / n if n else 0.0
        once = sum(word not in copied for word in words)
        expected.append([outlet, n, n_shared, n_quoted, n - n_shared, part, once])
    counts = count_shared_words(corpus, find_shared_passages(corpus, n_words))
    assert counts.to_numpy().tolist() == expected


# Exact values


def texts_of(*texts: str, n_words: int = 3) -> list[str]:
    return find_shared_passages(make(*texts), n_words)["text"].tolist()


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("It’s the END now.", "So it's the end, now!", ["It’s the END now"]),
        ("It‘s the end.", "itʼs the end", ["It‘s the end"]),
        ("Rock 'n roll it is.", "rock n roll", ["Rock 'n roll"]),
        ("Itʼs ʼthe endʼ here.", "it's the end here", ["Itʼs ʼthe endʼ here"]),
        ("It''s the end.", "It's the end.", []),
        ("The Paris' end came.", "The Paris end came.", ["The Paris' end came"]),
        ("A US-led war.", "a us led war", ["A US-led war"]),
        ("One_two three.", "one two three", ["One_two three"]),
        ("It is over. The war", "Over.\n\nThe war, it", ["over. The war"]),
        ("Straße im Norden.", "STRASSE IM NORDEN.", ["Straße im Norden"]),
        ("Cafe\u0301 au lait.", "CAFE\u0301 au lait.", ["Cafe\u0301 au lait"]),
        ("Cafe\u0301 au lait.", "cafe au lait.", []),
        ("हिन्दी में समाचार", "यह हिन्दी में समाचार", ["हिन्दी में समाचार"]),
        ("हिन्दी में समाचार", "हिन्दू में समाचार", []),
        ("北京 说 今天", "他 北京，说：今天", ["北京 说 今天"]),
        ("北京说今天", "北京说", []),
        ("Москва и Пхеньян", "МОСКВА И ПХЕНЬЯН!", ["Москва и Пхеньян"]),
        ("The 3.5 tons.", "the 3,5 tons", ["The 3.5 tons"]),
    ],
)
def test_what_a_word_is(a: str, b: str, expected: list[str]) -> None:
    assert texts_of(a, b) == expected


def test_the_columns_of_a_passage() -> None:
    a = "He said: “We will win the war, he knows.”"
    b = "They lost. We will\n\nwin “the war” he said. Again: we will win."
    found = find_shared_passages(make(a, b), 3)
    start_b = b.index("We will")
    again = b.index("we will")
    assert (
        found.columns.tolist()
        == (
            "passage_id article_a outlet_a article_b outlet_b start_a end_a start_b end_b n_words quoted_a "
            "quoted_b quoted word_a word_b text"
        ).split()
    )
    assert found.to_numpy().tolist() == [
        [
            0,
            "a",
            "A",
            "b",
            "B",
            10,
            33,
            start_b,
            b.index(" said"),
            6,
            6,
            2,
            "both",
            2,
            2,
            "We will win the war, he",
        ],
        [1, "a", "A", "b", "B", 10, 21, again, again + 11, 3, 3, 0, "both", 2, 10, "We will win"],
    ]


def test_a_passage_goes_on_over_what_does_not_count() -> None:
    a = "The storm hit the coast on\n\nRead more\n\nMonday and left nothing."
    found = find_shared_passages(make(a, "The storm hit the coast on Monday and left nothing."))
    assert found["n_words"].tolist() == [10]
    assert found["text"].tolist() == [a[:-1]]
    # what does not count is not read
    assert texts_of("Read more", "Read more", n_words=1) == []


def test_two_identical_articles_and_one_alone() -> None:
    text = "One two three four five six seven eight nine."
    found = find_shared_passages(make(text, text))
    assert found[["n_words", "start_a", "end_b"]].to_numpy().tolist() == [[9, 0, len(text) - 1]]
    pairs = compare_articles(make(text, text))
    assert pairs[["n_ngrams", "n_shared", "containment"]].to_numpy().tolist() == [[2, 2, 1.0]] * 2
    counts = count_shared_words(make(text, text), found)
    assert counts[["n_own_words", "share_shared", "n_words_once"]].to_numpy().tolist() == [
        [0, 1, 9],
        [0, 1, 0],
    ]
    alone = make(f"{text} {text}")
    for table in (find_shared_passages(alone), compare_articles(alone)):
        assert len(table) == 0
    assert find_shared_passages(alone).columns.tolist() == found.columns.tolist()
    assert count_shared_words(alone, find_shared_passages(alone))["n_words_once"].tolist() == [18]


def test_a_word_said_over_and_over_makes_one_row_a_shift() -> None:
    found = find_shared_passages(make("no " * 900, "no " * 700), 5)
    assert len(found) == 900 + 700 - 1 - 2 * 4
    assert found["n_words"].value_counts()[700] == 201
    assert found["n_words"].min() == 5


def test_results_do_not_depend_on_the_size_of_the_pieces(
    bundled: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = find_shared_passages(bundled, 2)
    monkeypatch.setattr(passages, "_CELLS", 50)
    pd.testing.assert_frame_equal(find_shared_passages(bundled, 2), whole)


def test_containment_is_not_symmetric_and_tells_quoted_words_apart() -> None:
    short, long = "“We will win,” he said.", "We will win, he said. That was all there was to say that day."
    pairs = compare_articles(make(short, long), 2)
    columns = ["article_id", "other_id", "outlet", "other_outlet"]
    assert pairs[columns].to_numpy().tolist() == [["a", "b", "A", "B"], ["b", "a", "B", "A"]]
    assert pairs["n_ngrams"].tolist() == [4, 13]
    assert pairs["n_shared"].tolist() == [4, 4]
    assert pairs["containment"].tolist() == [1.0, 4 / 13]
    assert pairs["n_shared_quoted"].tolist() == [2, 0]
    twice = "“We will win,” he said. And yet we will win nothing."
    assert compare_articles(make(twice, long), 2)["n_shared_quoted"].tolist() == [0, 0]
    assert compare_articles(make("Too short.", long))["containment"].tolist() == [0.0, 0.0]


COPY = "one two three four"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["", "", ""], [5, 1, 1]),
        (["2024-03-02", "2024-03-01", ""], [1, 5, 1]),
        (["", "2024-03-02", "2024-03-01"], [1, 1, 5]),
        (["2024-03-01", "2024-03-01", "2024-03-01"], [5, 1, 1]),
    ],
)
def test_a_copy_counts_for_the_first_that_printed_it(days: list[str], expected: list[int]) -> None:
    corpus = make(*(f"{COPY} {end}." for end in ("red", "green", "blue")), days=days)
    counts = count_shared_words(corpus, find_shared_passages(corpus, 4))
    assert counts["n_words_once"].tolist() == expected
    assert counts["n_shared_words"].tolist() == [4, 4, 4]
    assert counts["n_own_words"].tolist() == [1, 1, 1]


def test_counts_by_outlet_and_by_article() -> None:
    corpus = make(f"{COPY} red.", "Read more", f"“{COPY}” blue.", outlets="BAB")
    found = find_shared_passages(corpus, 4)
    columns = ("group n_words n_shared_words n_shared_quoted n_own_words share_shared n_words_once").split()
    by_outlet = count_shared_words(corpus, found)
    assert by_outlet.columns.tolist() == columns
    assert by_outlet.to_numpy().tolist() == [["B", 10, 8, 4, 2, 0.8, 6], ["A", 0, 0, 0, 0, 0.0, 0]]
    by_article = count_shared_words(corpus, found, by="article_id")
    assert by_article.to_numpy().tolist() == [
        ["a", 5, 4, 0, 1, 0.8, 5],
        ["b", 0, 0, 0, 0, 0.0, 0],
        ["c", 5, 4, 4, 1, 0.8, 1],
    ]
    assert count_shared_words(corpus, found.head(0))["n_words_once"].tolist() == [10, 0]


# Bad input


@pytest.mark.parametrize("function", [find_shared_passages, compare_articles])
@pytest.mark.parametrize("n_words", [0, -3, 2.5, "8"])
def test_a_passage_has_a_word_at_least(toy: Corpus, function: object, n_words: object) -> None:
    with pytest.raises(InputError) as error:
        function(toy, n_words)  # type: ignore[operator]
    assert str(error.value) == f"n_words is {n_words!r}: expected a whole number of words, 1 or more"


def test_counts_name_an_unknown_group_and_article(toy: Corpus, bundled: Corpus) -> None:
    with pytest.raises(InputError) as error:
        count_shared_words(toy, find_shared_passages(toy), by="agency")
    expected = "shared words cannot be compared by 'agency': expected 'outlet' or 'article_id'"
    assert str(error.value) == expected
    with pytest.raises(InputError, match=r"unknown article '00.*': expected one of a, b, c"):
        count_shared_words(toy, find_shared_passages(bundled))

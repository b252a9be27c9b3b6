"""Words that set an outlet apart: published figures to five decimals, and a brute force in plain Python."""

import math
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from helpers import (
    Corpus,
    InputError,
    compare_words,
    find_all_words,
    find_mentions,
    find_two_word_phrases,
    load_corpus,
)
from helpers.words import g2, log_odds, log_ratio

# 12 of 500 words against 3 of 700


@pytest.mark.parametrize(
    ("variance", "delta", "z"), [("two-term", 1.44176, 2.58629), ("four-term", 1.44176, 2.57406)]
)
def test_log_odds(variance: str, delta: float, z: float) -> None:
    odds = log_odds(12, 500, 3, 700, alpha_word=1.25, alpha_total=100, variance=variance)
    assert round(float(odds.delta), 5) == delta
    assert round(float(odds.z), 5) == z
    assert float(odds.delta / odds.error) == pytest.approx(float(odds.z))


def test_g2_and_log_ratio() -> None:
    assert round(float(g2(12, 500, 3, 700)), 5) == 9.34808
    assert round(float(g2(3, 700, 12, 500)), 5) == -9.34808
    assert round(float(log_ratio(12, 500, 3, 700)), 5) == 2.48543
    assert round(float(log_ratio(3, 700, 12, 500)), 5) == -2.48543


@pytest.mark.parametrize(
    ("here", "size_here", "there", "size_there", "expected"),
    [
        (4, 100, 2, 100, 1.0),
        (2, 100, 2, 50, -1.0),
        (4, 100, 0, 100, 3.0),
        (0, 100, 4, 100, -3.0),
        (0, 100, 0, 200, 1.0),
    ],
)
def test_log_ratio_counts_a_zero_as_a_half(
    here: int, size_here: int, there: int, size_there: int, expected: float
) -> None:
    assert float(log_ratio(here, size_here, there, size_there)) == pytest.approx(expected)


COUNTS = st.tuples(st.integers(0, 30), st.integers(1, 60), st.integers(0, 30), st.integers(1, 60))


@settings(derandomize=True, deadline=None, max_examples=100)
@given(COUNTS.filter(lambda c: c[0] + c[2] > 0))
def test_g2_is_the_log_likelihood_ratio_of_the_four_cells(counts: tuple[int, int, int, int]) -> None:
    here, other_here, there, other_there = counts
    size_here, size_there = here + other_here, there + other_there
    cells = [[here, there], [other_here, other_there]]
    expected = chi2_contingency(cells, correction=False, lambda_="log-likelihood").statistic
    found = float(g2(here, size_here, there, size_there))
    assert abs(found) == pytest.approx(expected, abs=1e-9)
    if here * size_there != there * size_here:
        assert (found > 0) == (here / size_here > there / size_there)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(COUNTS, st.floats(0.01, 5), st.floats(10, 500), st.sampled_from(["two-term", "four-term"]))
def test_here_against_there_is_minus_there_against_here(
    counts: tuple[int, int, int, int], alpha: float, alpha_total: float, variance: str
) -> None:
    here, other_here, there, other_there = counts
    one = (here, here + other_here)
    two = (there, there + other_there)
    forth = log_odds(*one, *two, alpha, alpha_total, variance=variance)
    back = log_odds(*two, *one, alpha, alpha_total, variance=variance)
    assert float(forth.delta) == pytest.approx(-float(back.delta), abs=1e-9)
    assert float(forth.error) == pytest.approx(float(back.error))
    assert float(log_ratio(*one, *two)) == pytest.approx(-float(log_ratio(*two, *one)), abs=1e-9)


def test_formulas_take_arrays() -> None:
    here, there = np.array([12, 0]), np.array([3, 5])
    for formula in (g2, log_ratio):
        expected = [float(formula(a, 500, b, 700)) for a, b in zip(here, there, strict=True)]
        assert formula(here, 500, there, 700).tolist() == pytest.approx(expected)
    odds = log_odds(here, 500, there, 700, np.array([1.25, 0.5]), 100)
    assert odds.z.tolist() == pytest.approx(
        [float(log_odds(12, 500, 3, 700, 1.25, 100).z), float(log_odds(0, 500, 5, 700, 0.5, 100).z)]
    )


@pytest.mark.parametrize(
    ("counts", "alpha", "alpha_total", "odds", "two_terms", "four_terms"),
    [
        # (2 + 1) / (10 + 10 - 3) against (0 + 1) / (10 + 10 - 1)
        ((2, 10, 0, 10), 1, 10, (3 / 17) / (1 / 19), 1 / 3 + 1, 1 / 3 + 1 + 1 / 17 + 1 / 19),
        # (5 + 0.5) / (20 + 2 - 5.5) against (10 + 0.5) / (40 + 2 - 10.5): as often, 1 to 3 both
        ((5, 20, 10, 40), 0.5, 2, 1.0, 2 / 11 + 2 / 21, 2 / 11 + 2 / 21 + 2 / 33 + 2 / 63),
    ],
)
def test_log_odds_by_hand(
    counts: tuple[int, int, int, int],
    alpha: float,
    alpha_total: float,
    odds: float,
    two_terms: float,
    four_terms: float,
) -> None:
    for variance, squared in (("two-term", two_terms), ("four-term", four_terms)):
        found = log_odds(*counts, alpha, alpha_total, variance=variance)
        assert float(found.delta) == pytest.approx(math.log(odds), abs=1e-12)
        assert float(found.error) == pytest.approx(math.sqrt(squared))
    assert log_odds(*counts, alpha, alpha_total) == log_odds(*counts, alpha, alpha_total, variance="two-term")


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((10, 20, 0, 20), 2 * (10 * math.log(2) + 10 * math.log(2 / 3) + 20 * math.log(4 / 3))),
        ((0, 20, 10, 20), -2 * (10 * math.log(2) + 10 * math.log(2 / 3) + 20 * math.log(4 / 3))),
        ((20, 20, 0, 20), 2 * 40 * math.log(2)),
        ((5, 20, 5, 20), 0.0),
        ((2, 20, 4, 40), 0.0),
        ((0, 20, 0, 40), 0.0),
        ((20, 20, 40, 40), 0.0),
    ],
)
def test_g2_by_hand(counts: tuple[int, int, int, int], expected: float) -> None:
    assert float(g2(*counts)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("variance", ["three-term", "", "two term"])
def test_an_unknown_variance_is_an_error(variance: str) -> None:
    with pytest.raises(
        InputError, match=f"^unknown variance '{variance}': expected 'two-term' or 'four-term'$"
    ):
        log_odds(1, 10, 1, 10, 1, 10, variance=variance)


# Every word

# word, is_function_word, in_name, in_quote
WORDS_OF_A = [
    ("anna", 0, 1, 0), ("berg", 0, 1, 0), ("visits", 0, 0, 0), ("szohod", 0, 1, 0),
    ("norwegian", 0, 1, 0), ("foreign", 0, 0, 0), ("minister", 0, 0, 0), ("anna", 0, 1, 0),
    ("berg", 0, 1, 0), ("arrived", 0, 0, 0), ("in", 1, 0, 0), ("szohod", 0, 1, 0), ("on", 1, 0, 0),
    ("monday", 0, 0, 0), ("ms.", 0, 1, 0), ("berg", 0, 1, 0), ("will", 1, 0, 0), ("meet", 0, 0, 0),
    ("jon", 0, 1, 0), ("stone", 0, 1, 0), ("nrk", 0, 1, 0), ("said", 0, 0, 0),
    ("norway", 0, 1, 0), ("navy", 0, 1, 0), ("sent", 0, 0, 0), ("no", 1, 0, 0), ("ship", 0, 0, 0),
    ("the", 1, 0, 1), ("two", 1, 0, 1), ("countries", 0, 0, 1), ("trust", 0, 0, 1), ("each", 1, 0, 1),
    ("other", 1, 0, 1), ("mr.", 0, 1, 0), ("stone", 0, 1, 0), ("said", 0, 0, 0),
]  # fmt: skip


def test_the_words_of_the_toy_corpus_by_hand(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    words = find_all_words(toy, toy_mentions)
    assert list(words.columns) == [
        "article_id", "outlet", "block_id", "start", "end", "word",
        "is_function_word", "in_name", "in_quote",
    ]  # fmt: skip
    of_a = words[words["article_id"] == "a"]
    columns = ["word", "is_function_word", "in_name", "in_quote"]
    assert [(w, int(f), int(n), int(q)) for w, f, n, q in of_a[columns].to_numpy().tolist()] == WORDS_OF_A
    assert of_a["block_id"].tolist() == [0] * 4 + [1] * 18 + [2] * 14
    assert set(of_a["outlet"]) == {"Daily"}


@pytest.mark.parametrize("name", ["toy", "bundled"])
def test_there_are_as_many_rows_as_words(name: str, request: pytest.FixtureRequest) -> None:
    corpus: Corpus = request.getfixturevalue(name)
    words = find_all_words(corpus, request.getfixturevalue(f"{name}_mentions"))
    n_words = corpus.articles.set_index("article_id")["n_words"].to_dict()
    assert words.groupby("article_id").size().to_dict() == n_words
    for row in words.itertuples():
        text = corpus.raw(row.article_id)[row.start : row.end].replace("’", "'").casefold()
        assert text in (row.word, f"{row.word}'s", f"{row.word}'")


@pytest.mark.parametrize("name", ["toy", "bundled"])
def test_in_name_is_what_a_named_mention_covers(name: str, request: pytest.FixtureRequest) -> None:
    corpus: Corpus = request.getfixturevalue(name)
    mentions: pd.DataFrame = request.getfixturevalue(f"{name}_mentions")
    words = find_all_words(corpus, mentions)
    covered = {
        (row.article_id, at)
        for row in mentions[mentions["kind"].isin(["named", "demonym"])].itertuples()
        for at in range(row.start, row.end)
    }
    expected = [(row.article_id, row.start) in covered for row in words.itertuples()]
    wrong = words[words["in_name"] != expected]
    assert wrong[["article_id", "start", "word"]].to_numpy().tolist() == []


def load_words(folder: Path, **texts: str) -> tuple[Corpus, pd.DataFrame]:
    """The corpus of these articles, each of the outlet of its name, and its words."""
    (folder / "actors.toml").write_text("", encoding="utf-8")
    rows = "".join(f"{name}.txt,{name.capitalize()}\n" for name in texts)
    (folder / "articles.csv").write_text(f"file,outlet\n{rows}", encoding="utf-8")
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    corpus = load_corpus(folder)
    return corpus, find_all_words(corpus, find_mentions(corpus))


def test_figures_and_possessives(tmp_path: Path) -> None:
    text = "It’s Oslo’s 70th year, in 1990, with 3.5 of the ministers' cars and 12,000 men.\n"
    _, words = load_words(tmp_path, one=text)
    content = words[~words["is_function_word"]]["word"].tolist()
    assert content == ["oslo", "70th", "year", "ministers", "cars", "men"]
    figures = words[words["word"].isin(["1990", "3.5", "12,000"])]
    assert figures["is_function_word"].tolist() == [True] * 3


# Two words side by side

# a phrase of article a, is_function_word, in_name, in_quote
PHRASES_OF_A = [
    ("anna berg", 0, 1, 0), ("berg visits", 0, 1, 0), ("visits szohod", 0, 1, 0),
    ("norwegian foreign", 0, 1, 0), ("foreign minister", 0, 0, 0), ("minister anna", 0, 1, 0),
    ("anna berg", 0, 1, 0), ("berg arrived", 0, 1, 0), ("arrived in", 1, 0, 0), ("in szohod", 1, 1, 0),
    ("szohod on", 1, 1, 0), ("on monday", 1, 0, 0),
    ("ms. berg", 0, 1, 0), ("berg will", 1, 1, 0), ("will meet", 1, 0, 0), ("meet jon", 0, 1, 0),
    ("jon stone", 0, 1, 0), ("nrk said", 0, 1, 0),
    ("norway navy", 0, 1, 0), ("navy sent", 0, 1, 0), ("sent no", 1, 0, 0), ("no ship", 1, 0, 0),
    ("the two", 1, 0, 1), ("two countries", 1, 0, 1), ("countries trust", 0, 0, 1), ("trust each", 1, 0, 1),
    ("each other", 1, 0, 1), ("mr. stone", 0, 1, 0), ("stone said", 0, 1, 0),
]  # fmt: skip
PHRASES_OF_C = (
    "the east|east will|will not|not talk|talk to|to norway|the foreign|foreign minister|minister said|"
    "norwegians and|and east|east and|and west|west borduria|borduria disagree"
)


def test_the_phrases_of_the_toy_corpus_by_hand(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    words = find_all_words(toy, toy_mentions)
    phrases = find_two_word_phrases(toy, words)
    assert list(phrases.columns) == list(words.columns)
    of_a = phrases[phrases["article_id"] == "a"]
    columns = ["word", "is_function_word", "in_name", "in_quote"]
    assert [(w, int(f), int(n), int(q)) for w, f, n, q in of_a[columns].to_numpy().tolist()] == PHRASES_OF_A
    assert of_a["block_id"].tolist() == [0] * 3 + [1] * 15 + [2] * 11
    assert phrases.loc[phrases["article_id"] == "c", "word"].tolist() == PHRASES_OF_C.split("|")
    written = [
        toy.raw(article_id)[start:end]
        for article_id, start, end in of_a[["article_id", "start", "end"]].to_numpy()
    ]
    assert written[:3] == ["Anna Berg", "Berg Visits", "Visits Szohod"]
    assert written[18] == "Norway’s navy"


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("The arms control talks failed.", ["the arms", "arms control", "control talks", "talks failed"]),
        ("A well-known spy", ["a well", "well known", "known spy"]),
        ("Russia, China and", ["china and"]),
        ("It ended. Talks began", ["it ended", "talks began"]),
        ("Tall (very tall) men", ["very tall"]),
        ("He said: nothing", ["he said"]),
        ("In 1950–53 they fought", ["in 1950–53", "1950–53 they", "they fought"]),
        ("War — or peace", ["or peace"]),
        ("War—or peace/truce", ["or peace"]),
        ("Two  blanks", ["two blanks"]),
        ("One paragraph\n\nTwo paragraphs", ["one paragraph", "two paragraphs"]),
        ("Word", []),
    ],
)
def test_what_stands_between_two_words_of_a_phrase(text: str, phrases: list[str], tmp_path: Path) -> None:
    found = find_two_word_phrases(*load_words(tmp_path, one=text + "\n"))
    assert found["word"].tolist() == phrases


def test_phrases_do_not_reach_into_the_next_article(tmp_path: Path) -> None:
    found = find_two_word_phrases(*load_words(tmp_path, one="War came\n", two="Peace went\n"))
    assert found[["article_id", "word"]].to_numpy().tolist() == [["one", "war came"], ["two", "peace went"]]


def test_phrases_are_compared_like_words(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    words = find_all_words(toy, toy_mentions)
    phrases = find_two_word_phrases(toy, words)
    table = compare_words(toy, phrases[~phrases["in_name"]]).set_index(["group", "word"])
    found = table.loc[("Daily", "foreign minister")]
    assert found[["n", "n_rest", "articles"]].tolist() == [1, 1, "a (1)"]
    assert found["rate_per_1000_words"] == pytest.approx(1000 / 54)
    assert found["rate_rest"] == pytest.approx(1000 / 18)


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_words_make_no_phrase(n: int, toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    words = find_all_words(toy, toy_mentions)
    phrases = find_two_word_phrases(toy, words.head(n))
    assert phrases.to_dict("list") == {column: [] for column in words.columns}


# Comparing

ARTICLES = {"a1": "A", "a2": "A", "b1": "B", "c1": "C"}
N_WORDS = {"a1": 40, "a2": 60, "b1": 70, "c1": 30}
COLUMNS = [
    "group", "word", "n", "n_rest", "n_words", "n_words_rest", "rate_per_1000_words", "rate_rest",
    "log_odds", "z", "log_ratio", "g2",
    "n_articles", "n_articles_group", "articles", "loo_low", "loo_high", "boot_low", "boot_high",
    "p_value", "lowest_p", "q_value",
]  # fmt: skip


def make_corpus() -> Corpus:
    """Four articles of a headline, a body and what does not count."""
    articles = pd.DataFrame(
        {"article_id": list(ARTICLES), "outlet": list(ARTICLES.values()), "n_words": list(N_WORDS.values())}
    )
    blocks = pd.DataFrame(
        [
            (a, block_id, kind, n_words)
            for a, n in N_WORDS.items()
            for block_id, (kind, n_words) in enumerate([("headline", 5), ("body", n - 5), ("boilerplate", 9)])
        ],
        columns=["article_id", "block_id", "kind", "n_words"],
    )
    return Corpus(articles, blocks, pd.DataFrame(), {}, Path("made"), {}, {})


def make_words(pairs: list[tuple[str, str]]) -> pd.DataFrame:
    """One row an (article, word) pair, in the headline and the body by turns."""
    return pd.DataFrame(
        {
            "article_id": [a for a, _ in pairs],
            "outlet": [ARTICLES[a] for a, _ in pairs],
            "block_id": [k % 2 for k in range(len(pairs))],
            "word": [w for _, w in pairs],
            "start": range(len(pairs)),
        }
    ).astype({"article_id": "str", "outlet": "str", "word": "str"})


def compare_slowly(
    pairs: list[tuple[str, str]], by: str, alpha_total: float, variance: str
) -> dict[tuple[str, str], dict[str, float | str]]:
    """Every figure of compare_words from its formula, one word at a time."""
    group_of = ARTICLES if by == "outlet" else {a: a for a in ARTICLES}
    counts = Counter(pairs)
    sizes = Counter(a for a, _ in pairs)
    totals = Counter(w for _, w in pairs)
    everything, all_words = len(pairs), sum(N_WORDS.values())

    def add_up(word: str, here: set[str]) -> tuple[int, int]:
        return sum(counts[a, word] for a in here), sum(sizes[a] for a in here)

    def odds(word: str, here: set[str], rest: set[str]) -> tuple[float, float]:
        (n, size), (n_rest, size_rest) = add_up(word, here), add_up(word, rest)
        alpha = alpha_total * totals[word] / everything
        cells = (
            n + alpha,
            n_rest + alpha,
            size + alpha_total - n - alpha,
            size_rest + alpha_total - n_rest - alpha,
        )
        delta = math.log(cells[0] / cells[2]) - math.log(cells[1] / cells[3])
        return delta, math.sqrt(sum(1 / cell for cell in cells[: 2 if variance == "two-term" else 4]))

    def distance(word: str, here: set[str]) -> float:
        (n, size), (n_rest, size_rest) = add_up(word, here), add_up(word, set(ARTICLES) - here)
        return abs(n / size - n_rest / size_rest) if size and size_rest else 0

    table: dict[tuple[str, str], dict[str, float | str]] = {}
    for group in sorted(set(group_of.values())):
        here = {a for a in ARTICLES if group_of[a] == group}
        rest = set(ARTICLES) - here
        words_here = sum(N_WORDS[a] for a in here)
        dealt = [set(chosen) for chosen in combinations(ARTICLES, len(here))]
        for word in totals:
            n, size = add_up(word, here)
            n_rest, size_rest = add_up(word, rest)
            if not n or not size_rest:
                continue
            delta, error = odds(word, here, rest)
            left_out = [odds(word, here - {a}, rest)[0] for a in here if len(here) > 1]
            left_out += [odds(word, here, rest - {a})[0] for a in rest if len(rest) > 1]
            as_far = [distance(word, d) >= distance(word, here) - 1e-12 for d in dealt]
            holding = sorted((-counts[a, word], a) for a in here if counts[a, word])
            table[group, word] = {
                "n": n,
                "n_rest": n_rest,
                "n_words": size,
                "n_words_rest": size_rest,
                "rate_per_1000_words": 1000 * n / words_here,
                "rate_rest": 1000 * n_rest / (all_words - words_here),
                "log_odds": delta,
                "z": delta / error,
                "log_ratio": math.log2((n / size) / ((n_rest or 0.5) / size_rest)),
                "g2": float(g2(n, size, n_rest, size_rest)),
                "n_articles": len(holding),
                "n_articles_group": len(here),
                "articles": ", ".join(f"{a} ({-m})" for m, a in holding),
                "loo_low": min(left_out),
                "loo_high": max(left_out),
                "p_value": sum(as_far) / len(dealt),
                "lowest_p": (2 if len(here) == 2 else 1) / len(dealt),
                "q_value": math.nan,
            }
    return table


@settings(derandomize=True, deadline=None, max_examples=35)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(ARTICLES)), st.sampled_from("uvwxyz")), min_size=1, max_size=60
    ),
    st.sampled_from(["outlet", "article_id"]),
    st.sampled_from([0.5, 100.0, 1000.0]),
    st.sampled_from(["two-term", "four-term"]),
)
def test_compare_words_by_brute_force(
    pairs: list[tuple[str, str]], by: str, alpha_total: float, variance: str
) -> None:
    if len({w for _, w in pairs}) == 1:
        pairs = [*pairs, ("a1", "other")]
    table = compare_words(make_corpus(), make_words(pairs), by=by, alpha_total=alpha_total, variance=variance)
    assert list(table.columns) == COLUMNS
    expected = compare_slowly(pairs, by, alpha_total, variance)
    found = {(row["group"], row["word"]): row for row in table.to_dict("records")}
    assert set(found) == set(expected)
    assert len(found) == len(table)
    for key, figures in expected.items():
        assert {c: found[key][c] for c in figures} == pytest.approx(figures, abs=1e-9, nan_ok=True), key
        assert found[key]["boot_low"] <= found[key]["boot_high"]
    order = [(row["group"], -row["z"], row["word"]) for row in table.to_dict("records")]
    assert order == sorted(order)


def test_the_defaults_are_outlets_a_prior_of_100_words_and_two_terms() -> None:
    words = make_words([("a1", "u"), ("a2", "v"), ("b1", "u"), ("b1", "w"), ("c1", "v")])
    pd.testing.assert_frame_equal(
        compare_words(make_corpus(), words),
        compare_words(make_corpus(), words, "outlet", alpha_total=100, variance="two-term"),
    )


def test_four_terms_shrink_z_and_leave_the_rest() -> None:
    words = make_words([("a1", w) for w in "uuuvw"] + [("b1", w) for w in "uvvw"])
    two, four = (
        compare_words(make_corpus(), words, variance=variance).set_index(["group", "word"])
        for variance in ("two-term", "four-term")
    )
    assert (four["z"].abs() <= two["z"].abs()).all()
    assert four["z"].abs().sum() < two["z"].abs().sum()
    pd.testing.assert_frame_equal(four.loc[two.index].drop(columns="z"), two.drop(columns="z"))


@pytest.mark.parametrize(
    ("counts", "n_articles", "articles"),
    [
        ({"a1": 8}, 1, "a1 (8)"),
        ({"a1": 6, "a2": 2}, 2, "a1 (6), a2 (2)"),
        ({"a1": 1, "a2": 7}, 2, "a2 (7), a1 (1)"),
        ({"a1": 4, "a2": 4}, 2, "a1 (4), a2 (4)"),
    ],
)
def test_one_article_that_has_a_word_eight_times_is_seen(
    counts: dict[str, int], n_articles: int, articles: str
) -> None:
    fixed = [("a1", "v"), ("a2", "v"), ("b1", "v"), ("c1", "v")]
    words = make_words(fixed + [(a, "regime") for a, n in counts.items() for _ in range(n)])
    table = compare_words(make_corpus(), words).set_index(["group", "word"])
    row = table.loc[("A", "regime")]
    assert row[["n", "n_articles", "n_articles_group", "articles"]].tolist() == [8, n_articles, 2, articles]
    # Without the article that has it most, less is left of the difference.
    assert row["loo_low"] < row["log_odds"]


def test_paragraphs_all_alike_leave_the_bootstrap_no_range() -> None:
    pairs = [(a, w) for a in ("a1", "b1") for w in ("u", "u", "v", "v")] + [("b1", "v"), ("b1", "v")]
    table = compare_words(make_corpus(), make_words(pairs))
    assert len(table) == 4
    assert table["boot_low"].tolist() == pytest.approx(table["log_odds"].tolist())
    assert table["boot_high"].tolist() == pytest.approx(table["log_odds"].tolist())


def test_words_taken_out_do_not_count_as_words_of_the_comparison() -> None:
    pairs = [("a1", "u"), ("a1", "v"), ("b1", "u"), ("b1", "w"), ("b1", "the"), ("a2", "the")]
    words = make_words(pairs)
    table = compare_words(make_corpus(), words[words["word"] != "the"])
    expected = compare_slowly([p for p in pairs if p[1] != "the"], "outlet", 100.0, "two-term")
    found = {(row["group"], row["word"]): row["z"] for row in table.to_dict("records")}
    assert found == pytest.approx({key: figures["z"] for key, figures in expected.items()})


def test_quoted_words_taken_out(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    words = find_all_words(toy, toy_mentions)
    assert int(words["in_quote"].sum()) == 6
    table = compare_words(toy, words[~words["in_quote"]]).set_index(["group", "word"])
    assert not {"countries", "trust", "each", "other"} & set(table.index.get_level_values("word"))
    # Of "the" Daily has one left (b.txt), in 48 words; the rest has two in 18.
    the = table.loc[("Daily", "the")]
    assert the[["n", "n_rest"]].tolist() == [1, 2]
    assert the["log_ratio"] == pytest.approx(math.log2((1 / 48) / (2 / 18)))
    assert the["rate_per_1000_words"] == pytest.approx(1000 / 54)


def test_an_outlet_all_of_whose_words_were_taken_out() -> None:
    pairs = [("a1", "u"), ("a1", "v"), ("a2", "u"), ("b1", "v"), ("b1", "w")]
    table = compare_words(make_corpus(), make_words(pairs)).set_index(["group", "word"])
    # C has no row, its article still is one that could have been dealt.
    assert sorted(table.index) == [("A", "u"), ("A", "v"), ("B", "v"), ("B", "w")]
    assert table["lowest_p"].to_dict() == {
        ("A", "u"): 1 / 3, ("A", "v"): 1 / 3, ("B", "v"): 1 / 4, ("B", "w"): 1 / 4,
    }  # fmt: skip
    assert table.loc[("B", "w"), "p_value"] == 1 / 4


@pytest.mark.parametrize("pairs", [[], [("a1", "u")], [("a1", "u"), ("a2", "v"), ("a1", "v")]])
def test_one_outlet_only_gives_an_empty_table(pairs: list[tuple[str, str]]) -> None:
    table = compare_words(make_corpus(), make_words(pairs))
    assert len(table) == 0
    assert list(table.columns) == COLUMNS


@pytest.mark.parametrize("by", ["outlet", "article_id"])
def test_one_article_only_gives_an_empty_table(by: str, tmp_path: Path) -> None:
    table = compare_words(*load_words(tmp_path, one="War came and peace went.\n"), by=by)
    assert len(table) == 0
    assert list(table.columns) == COLUMNS


def test_words_shared_by_all_in_equal_parts_set_none_apart() -> None:
    table = compare_words(make_corpus(), make_words([(a, w) for a in ARTICLES for w in "uuvv"]))
    assert table[["group", "word"]].to_numpy().tolist() == [[g, w] for g in "ABC" for w in "uv"]
    for column in ("log_odds", "z", "log_ratio", "g2", "loo_low", "loo_high", "boot_low", "boot_high"):
        assert table[column].tolist() == pytest.approx([0] * 6, abs=1e-9), column
    assert table["p_value"].tolist() == [1.0] * 6


def test_the_toy_corpus(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    words = find_all_words(toy, toy_mentions)
    table = compare_words(toy, words).set_index(["group", "word"])
    said = table.loc[("Daily", "said")]
    assert said[["n", "n_rest", "n_articles", "n_articles_group", "articles"]].tolist() == [
        2,
        1,
        1,
        2,
        "a (2)",
    ]
    assert said["rate_per_1000_words"] == pytest.approx(2000 / 54)
    assert said["rate_rest"] == pytest.approx(1000 / 18)
    assert said["log_ratio"] == pytest.approx(math.log2((2 / 54) / (1 / 18)))
    # 2 of 36, 0 of 18 and 1 of 18: the third against the others 0.0185, the second 0.0556, the first 0.0278
    assert said["p_value"] == 1.0
    assert said["lowest_p"] == 1 / 3
    praised = table.loc[("Daily", "praised")]
    assert praised["articles"] == "b (1)"


def test_the_lowest_p_of_the_bundled_articles(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    words = find_all_words(bundled, bundled_mentions)
    table = compare_words(bundled, words[~words["is_function_word"] & ~words["in_name"] & ~words["in_quote"]])
    lowest = dict(zip(table["n_articles_group"], table["lowest_p"], strict=True))
    assert lowest == {1: 0.2, 2: 0.1}
    assert (table["p_value"] >= table["lowest_p"]).all()
    assert table["q_value"].isna().all()


@pytest.mark.parametrize("by", ["word", "actor_id", ""])
def test_an_unknown_grouping_is_an_error(by: str) -> None:
    with pytest.raises(
        InputError, match=f"^words cannot be compared by '{by}': expected 'outlet' or 'article_id'$"
    ):
        compare_words(make_corpus(), make_words([]), by=by)


@pytest.mark.parametrize("alpha_total", [0, -1.5])
def test_a_prior_that_is_not_above_zero_is_an_error(alpha_total: float) -> None:
    with pytest.raises(
        InputError,
        match=f"^the prior's weight alpha_total is {alpha_total}: expected a number above zero$",
    ):
        compare_words(make_corpus(), make_words([("a1", "u"), ("b1", "v")]), alpha_total=alpha_total)


@pytest.mark.parametrize("variance", ["three-term", ""])
def test_an_unknown_variance_of_a_comparison_is_an_error(variance: str) -> None:
    with pytest.raises(
        InputError, match=f"^unknown variance '{variance}': expected 'two-term' or 'four-term'$"
    ):
        compare_words(make_corpus(), make_words([("a1", "u"), ("b1", "v")]), variance=variance)


def test_what_are_no_words_is_said(toy: Corpus) -> None:
    with pytest.raises(InputError) as said:
        compare_words(toy, find_mentions(toy))
    assert str(said.value) == (
        "these are no words: expected a table from find_all_words or find_two_word_phrases"
    )

"""Words that set an outlet apart: published figures to five decimals, and a brute force in plain Python."""

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from helpers import Corpus, InputError, compare_words, find_all_words, find_mentions, load_corpus
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


def test_figures_and_possessives(tmp_path: Path) -> None:
    text = "It’s Oslo’s 70th year, in 1990, with 3.5 of the ministers' cars and 12,000 men.\n"
    (tmp_path / "actors.toml").write_text("", encoding="utf-8")
    (tmp_path / "articles.csv").write_text("file,outlet\na.txt,One\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    words = find_all_words(corpus, find_mentions(corpus))
    content = words[~words["is_function_word"]]["word"].tolist()
    assert content == ["oslo", "70th", "year", "ministers", "cars", "men"]
    figures = words[words["word"].isin(["1990", "3.5", "12,000"])]
    assert figures["is_function_word"].tolist() == [True] * 3


# Comparing

ARTICLES = {"a1": "A", "a2": "A", "b1": "B", "c1": "C"}
N_WORDS = {"a1": 40, "a2": 60, "b1": 70, "c1": 30}


def make_corpus() -> Corpus:
    articles = pd.DataFrame(
        {"article_id": list(ARTICLES), "outlet": list(ARTICLES.values()), "n_words": list(N_WORDS.values())}
    )
    return Corpus(articles, pd.DataFrame(), pd.DataFrame(), {}, Path("made"), {}, {})


def make_words(pairs: list[tuple[str, str]]) -> pd.DataFrame:
    """One row an (article, word) pair."""
    return pd.DataFrame(
        {
            "article_id": [a for a, _ in pairs],
            "outlet": [ARTICLES[a] for a, _ in pairs],
            "word": [w for _, w in pairs],
            "start": range(len(pairs)),
        }
    )


def compare_slowly(
    pairs: list[tuple[str, str]], by: str, alpha_total: float
) -> dict[tuple[str, str], dict[str, float]]:
    """Every figure of compare_words from its formula, one word at a time."""
    group_of = ARTICLES if by == "outlet" else {a: a for a in ARTICLES}
    counts = Counter((group_of[a], w) for a, w in pairs)
    sizes = Counter(group_of[a] for a, _ in pairs)
    totals = Counter(w for _, w in pairs)
    everything, all_words = len(pairs), sum(N_WORDS.values())
    table: dict[tuple[str, str], dict[str, float]] = {}
    for (group, word), n in counts.items():
        n_rest, size, rest = totals[word] - n, sizes[group], everything - sizes[group]
        if not rest:
            continue
        words_here = sum(N_WORDS[a] for a in ARTICLES if group_of[a] == group)
        alpha = alpha_total * totals[word] / everything
        delta = math.log((n + alpha) / (size + alpha_total - n - alpha)) - math.log(
            (n_rest + alpha) / (rest + alpha_total - n_rest - alpha)
        )
        error = math.sqrt(1 / (n + alpha) + 1 / (n_rest + alpha))
        table[group, word] = {
            "n": n,
            "n_rest": n_rest,
            "rate_per_1000_words": 1000 * n / words_here,
            "rate_rest": 1000 * n_rest / (all_words - words_here),
            "log_odds": delta,
            "log_odds_low": delta - 1.96 * error,
            "log_odds_high": delta + 1.96 * error,
            "z": delta / error,
            "log_ratio": math.log2((n / size) / ((n_rest or 0.5) / rest)),
            "n_articles": len({a for a, w in pairs if w == word and group_of[a] == group}),
        }
    return table


@settings(derandomize=True, deadline=None, max_examples=80)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(ARTICLES)), st.sampled_from("uvwxyz")), min_size=1, max_size=60
    ),
    st.sampled_from(["outlet", "article_id"]),
    st.sampled_from([0.5, 100.0, 1000.0]),
)
def test_compare_words_by_brute_force(pairs: list[tuple[str, str]], by: str, alpha_total: float) -> None:
    if len({w for _, w in pairs}) == 1:
        pairs = [*pairs, ("a1", "other")]
    table = compare_words(make_corpus(), make_words(pairs), by=by, alpha_total=alpha_total)
    expected = compare_slowly(pairs, by, alpha_total)
    found = {(row["group"], row["word"]): row for row in table.to_dict("records")}
    assert set(found) == set(expected)
    assert len(found) == len(table)
    sizes = Counter(ARTICLES[a] if by == "outlet" else a for a, _ in pairs)
    for key, figures in expected.items():
        for column, value in figures.items():
            assert found[key][column] == pytest.approx(value, abs=1e-9), (key, column)
        size = sizes[key[0]]
        assert found[key]["g2"] == pytest.approx(
            float(g2(figures["n"], size, figures["n_rest"], len(pairs) - size)), abs=1e-9
        )
    order = [(row["group"], -row["z"], row["word"]) for row in table.to_dict("records")]
    assert order == sorted(order)


def test_words_taken_out_do_not_count_as_words_of_the_comparison() -> None:
    pairs = [("a1", "u"), ("a1", "v"), ("b1", "u"), ("b1", "w"), ("b1", "the"), ("a2", "the")]
    words = make_words(pairs)
    table = compare_words(make_corpus(), words[words["word"] != "the"])
    expected = compare_slowly([p for p in pairs if p[1] != "the"], "outlet", 100.0)
    found = {(row["group"], row["word"]): row["z"] for row in table.to_dict("records")}
    assert found == pytest.approx({key: figures["z"] for key, figures in expected.items()})


@pytest.mark.parametrize("pairs", [[], [("a1", "u")], [("a1", "u"), ("a2", "v"), ("a1", "v")]])
def test_one_outlet_only_gives_an_empty_table(pairs: list[tuple[str, str]]) -> None:
    table = compare_words(make_corpus(), make_words(pairs))
    assert len(table) == 0
    assert list(table.columns) == [
        "group", "word", "n", "n_rest", "rate_per_1000_words", "rate_rest", "log_odds", "log_odds_low",
        "log_odds_high", "z", "log_ratio", "g2", "n_articles",
    ]  # fmt: skip


def test_the_toy_corpus(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    words = find_all_words(toy, toy_mentions)
    table = compare_words(toy, words).set_index(["group", "word"])
    said = table.loc[("Daily", "said")]
    assert said[["n", "n_rest", "n_articles"]].tolist() == [2, 1, 1]
    assert said["rate_per_1000_words"] == pytest.approx(2000 / 54)
    assert said["rate_rest"] == pytest.approx(1000 / 18)
    assert said["log_ratio"] == pytest.approx(math.log2((2 / 54) / (1 / 18)))


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

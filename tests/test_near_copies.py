"""Near copies: scores by hand, and a brute force that aligns every two sentences."""

import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_passages import make, quoted, spell

from helpers import Corpus, InputError, find_mentions, find_quotes, passages
from helpers.near_copies import find_near_copies

Units = list[tuple[str, list[tuple[int, int, str]], list[bool]]]


def brute_units(corpus: Corpus, n_words: int, quotes: pd.DataFrame | None) -> Units:
    """Sentences, the quoted runs of words in them, and the words of the spans given."""
    units = set()
    for row in [] if quotes is None else quotes.itertuples():
        text = corpus.counted_text(row.article_id)
        units.add((row.article_id, tuple(w for w in spell(text) if row.start <= w[0] < row.end)))
    for row in corpus.sentences.itertuples():
        inside = [w for w in spell(corpus.counted_text(row.article_id)) if row.start <= w[0] < row.end]
        marks = [quoted(corpus, row.article_id, start) for start, _, _ in inside]
        units.add((row.article_id, tuple(inside)))
        edges = [k for k in range(len(marks) + 1) if k in (0, len(marks)) or marks[k] != marks[k - 1]]
        units |= {(row.article_id, tuple(inside[i:j])) for i, j in pairwise(edges) if marks[i]}
    kept = [unit for unit in units if len(unit[1]) >= n_words]
    kept.sort(key=lambda unit: (unit[0], unit[1][0][0], -len(unit[1])))
    return [(a, list(ws), [quoted(corpus, a, start) for start, _, _ in ws]) for a, ws in kept]


def brute_near(
    corpus: Corpus, n_words: int, lowest: float, quotes: pd.DataFrame | None = None
) -> list[tuple[object, ...]]:
    sentences = [
        {w for start, _, w in spell(corpus.counted_text(r.article_id)) if r.start <= start < r.end}
        for r in corpus.sentences.itertuples()
    ]
    n = sum(map(bool, sentences))
    vocabulary = set().union(*sentences) if sentences else set()
    weight = {w: math.log((n + 1) / sum(w in s for s in sentences)) for w in vocabulary}
    units = brute_units(corpus, n_words, quotes)
    scored = []
    for i, (a, words_a, marks_a) in enumerate(units):
        for j, (b, words_b, marks_b) in enumerate(units):
            if a >= b:
                continue
            best = np.zeros((len(words_a) + 1, len(words_b) + 1))
            for k, (_, _, one) in enumerate(words_a):
                for m, (_, _, other) in enumerate(words_b):
                    longer = best[k, m] + weight[one] if one == other else 0
                    best[k + 1, m + 1] = max(best[k, m + 1], best[k + 1, m], longer)
            total = sum(weight[w] for _, _, w in [*words_a, *words_b])
            score = round(2 * best[-1, -1] / total, 9)
            if score >= lowest:
                scored.append((-score, i, j, a, b, words_a, words_b, marks_a, marks_b))
    used: set[tuple[int, str]] = set()
    rows = []
    for score, i, j, a, b, words_a, words_b, marks_a, marks_b in sorted(scored, key=lambda s: s[:3]):
        if not used & {(i, b), (j, a)}:
            used |= {(i, b), (j, a)}
            exact = [w for _, _, w in words_a] == [w for _, _, w in words_b]
            spans = words_a[0][0], words_a[-1][1], words_b[0][0], words_b[-1][1]
            rows.append((a, b, *spans, -score, exact, np.mean(marks_a), np.mean(marks_b)))
    return rows


NEAR = st.lists(
    st.tuples(
        st.sampled_from("red green blue white black red".split()),
        st.sampled_from([" ", " ", " ", ". The ", ", “", "” "]),
    ),
    min_size=1,
    max_size=14,
).map(lambda c: "The " + "".join(w + g for w, g in c))


# Spans from a share of an article to another: they may begin within a word, hold none, go over sentences.
SPANS = st.lists(
    st.tuples(st.integers(0, 1), st.lists(st.integers(0, 20), min_size=2, max_size=2).map(sorted)), max_size=4
)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.lists(NEAR, min_size=2, max_size=3),
    st.integers(1, 4),
    st.sampled_from([0.2, 0.5, 0.77, 1.0]),
    st.none() | SPANS,
)
def test_near_copies_are_those_of_a_brute_force(
    texts: list[str], n_words: int, lowest: float, spans: list[tuple[int, list[int]]] | None
) -> None:
    corpus = make(*texts)
    quotes = None
    if spans is not None:
        rows = [("ab"[n], *(len(texts[n]) * share // 20 for share in shares)) for n, shares in spans]
        quotes = pd.DataFrame(rows, columns=["article_id", "start", "end"])
    found = find_near_copies(corpus, n_words, lowest, quotes)
    columns = "article_a article_b start_a end_a start_b end_b score exact quoted_a quoted_b".split()
    expected = brute_near(corpus, n_words, lowest, quotes)
    assert [tuple(row) for row in found[columns].to_numpy().tolist()] == expected
    for row in found.itertuples():
        assert row.text_a == corpus.raw(row.article_a)[row.start_a : row.end_a]
        assert row.text_b == corpus.raw(row.article_b)[row.start_b : row.end_b]
        assert row.exact == (row.different_a == row.different_b == "")


def test_the_score_by_hand() -> None:
    a, b = "The red fox ran home quickly.", "The red dog ran back home."
    row = find_near_copies(make(a, b), 5, 0.1).iloc[0]
    # 2 sentences; in both: the, red, ran, home; in one: fox, quickly, dog, back
    both, one = math.log(3 / 2), math.log(3 / 1)
    assert row["score"] == pytest.approx(2 * 4 * both / (8 * both + 4 * one), abs=1e-9)
    assert (row["different_a"], row["different_b"]) == ("fox … quickly", "dog … back")
    assert not row["exact"]
    assert (row["text_a"], row["text_b"]) == (a[:-1], b[:-1])
    assert (
        find_near_copies(make(a, b), 5, 0.1).columns.tolist()
        == (
            "article_a outlet_a start_a end_a text_a article_b outlet_b start_b end_b text_b score exact "
            "quoted_a quoted_b different_a different_b"
        ).split()
    )


def test_order_counts_and_what_differs_is_shown_as_printed() -> None:
    a = "In Oslo the U.S. envoy signed a ten-year deal on fish."
    b = "The envoy signed a deal on fish in Oslo."
    row = find_near_copies(make(a, b), 5, 0.1).iloc[0]
    assert (row["different_a"], row["different_b"]) == ("In Oslo … U.S … ten-year", "in Oslo")


def test_a_quotation_is_compared_by_itself() -> None:
    said = "this visit will help to strengthen the ties of both"
    a = f"“{said.capitalize()},” the minister told a crowd of reporters in the capital on Friday."
    b = f"According to a statement that was sent to newspapers, “{said}”."
    found = find_near_copies(make(a, b), 8, 0.9)
    assert found[["exact", "quoted_a", "quoted_b"]].to_numpy().tolist() == [[True, 1.0, 1.0]]
    assert found["text_b"].tolist() == [said]
    assert find_near_copies(make(a, b), 11, 0.9).empty
    # an article that is one quotation: its sentence and its quotation are one
    whole = find_near_copies(make(f"“{said}.”", f"“{said}.”"), 8, 0.1)
    assert whole[["exact", "quoted_a", "quoted_b"]].to_numpy().tolist() == [[True, 1.0, 1.0]]


def test_each_sentence_has_one_partner_an_article() -> None:
    line = "the red fox ran home over nine hills"
    corpus = make(f"{line}. But {line}.", f"{line}.", f"Yes: {line}.")
    found = find_near_copies(corpus, 8, 0.1)
    pairs = found[["article_a", "start_a", "article_b"]].to_numpy().tolist()
    assert pairs[0] == ["a", 0, "b"]
    assert sorted(pairs[1:]) == [["a", 0, "c"], ["b", 0, "c"]]
    assert found["score"].is_monotonic_decreasing


def test_the_two_translations_in_the_bundled_articles(bundled: Corpus) -> None:
    row = find_near_copies(bundled).iloc[0]
    assert row["text_a"].startswith("help strengthen Russian-North Korean military ties")
    assert row["text_b"].startswith("This visit will contribute to strengthening Russian-North Korean")
    assert (row["article_a"][:3], row["article_b"][:3]) == ("000", "002")
    assert (row["quoted_a"], row["quoted_b"], row["exact"]) == (1.0, 1.0, False)
    assert row["different_a"] == "help strengthen … stage"


def test_two_identical_articles_and_one_alone() -> None:
    text = "One two three four five six seven eight nine."
    near = find_near_copies(make(text, text))
    assert near[["score", "exact", "different_a", "different_b"]].to_numpy().tolist() == [[1.0, True, "", ""]]
    alone = find_near_copies(make(f"{text} {text}"))
    assert len(alone) == 0
    assert alone.columns.tolist() == near.columns.tolist()


def test_results_do_not_depend_on_the_size_of_the_pieces(
    bundled: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = find_near_copies(bundled, 3, 0.2)
    assert len(whole) > 5
    monkeypatch.setattr(passages, "_CELLS", 50)
    pd.testing.assert_frame_equal(find_near_copies(bundled, 3, 0.2), whole)


# What is attributed without marks

TOLD = "the two old ships of the northern fleet had sunk near the coast"
A = f"After a long night of talks in the harbour, Norway said on Monday that {TOLD}."
B = f"According to Norway, {TOLD}. Nobody in the harbour saw them."


def spans_of(corpus: Corpus, *words: tuple[str, str]) -> pd.DataFrame:
    """Where words stand in articles."""
    rows = []
    for article_id, text in words:
        start = corpus.raw(article_id).index(text)
        rows.append((article_id, start, start + len(text)))
    return pd.DataFrame(rows, columns=["article_id", "start", "end"])


def test_what_is_attributed_is_compared_by_itself() -> None:
    corpus = make(A, B)
    quotes = find_quotes(corpus, find_mentions(corpus))
    assert quotes[["article_id", "text", "kind"]].to_numpy().tolist() == [
        ["a", TOLD, "indirect"],
        ["b", TOLD, "indirect"],
    ]
    assert find_near_copies(corpus, 8, 0.9).empty
    found = find_near_copies(corpus, 8, 0.9, quotes)
    columns = ["text_a", "text_b", "score", "exact", "quoted_a", "quoted_b", "different_a", "different_b"]
    assert found[columns].to_numpy().tolist() == [[TOLD, TOLD, 1.0, True, 0.0, 0.0, "", ""]]
    assert found[["start_a", "end_a", "start_b", "end_b"]].to_numpy().tolist() == [
        [A.index(TOLD), len(A) - 1, B.index(TOLD), B.index(". Nobody")]
    ]
    # the sentences around them are a pair of their own, with the score they have without
    alone, both = (find_near_copies(corpus, 8, 0.3, given) for given in (None, quotes))
    assert len(alone) == 1
    assert both["score"].tolist() == [1.0, alone["score"].iloc[0]]
    pd.testing.assert_frame_equal(both.tail(1).reset_index(drop=True), alone)


@pytest.mark.parametrize(("n_words", "n_pairs"), [(12, 1), (13, 1), (14, 0)])
def test_what_is_attributed_has_n_words_too(n_words: int, n_pairs: int) -> None:
    corpus = make(A, B)
    assert len(TOLD.split()) == 13
    spans = spans_of(corpus, ("a", TOLD), ("b", TOLD))
    assert len(find_near_copies(corpus, n_words, 0.9, spans)) == n_pairs


# Weights in the corpus of A and B by hand, 3 sentences: "the" is in all, what A shares with one other in two,
# the rest of A in one. The span has 3 × "the" and 10 words that both sentences have.
THE, TWO, ONE = math.log(4 / 3), math.log(4 / 2), math.log(4 / 1)
W_TOLD = 3 * THE + 10 * TWO
W_A = W_TOLD + THE + 4 * TWO + 9 * ONE  # the; of, in, harbour, Norway; after, a, long, night, …
W_B = W_TOLD + TWO + 2 * ONE  # Norway; according, to
SENTENCES = 2 * (W_TOLD + TWO) / (W_A + W_B)


@pytest.mark.parametrize(
    ("words", "scores"),
    [
        ([], [SENTENCES]),
        # the span is nearer to the other sentence than its own sentence is, which gets no second pair
        ([("a", TOLD)], [2 * W_TOLD / (W_TOLD + W_B)]),
        ([("b", TOLD)], [2 * W_TOLD / (W_TOLD + W_A)]),
        ([("a", TOLD), ("b", TOLD)], [1.0, SENTENCES]),
        ([("a", TOLD), ("b", TOLD), ("a", TOLD)], [1.0, SENTENCES]),
        # a whole sentence is there already
        ([("a", A), ("b", B[: B.index(" Nobody")])], [SENTENCES]),
        ([("a", TOLD), ("a", "the two old ships of the northern fleet")], [2 * W_TOLD / (W_TOLD + W_B)]),
    ],
)
def test_the_score_of_spans_by_hand(words: list[tuple[str, str]], scores: list[float]) -> None:
    corpus = make(A, B)
    found = find_near_copies(corpus, 7, 0.3, spans_of(corpus, *words))
    assert found["score"].tolist() == pytest.approx(scores, abs=1e-9)


def test_a_span_over_two_sentences_is_one() -> None:
    a = "The two ships sank. Nobody saw them go. It rained on the harbour."
    b = "Two ships sank; nobody saw them, a man in Oslo said on Friday."
    corpus = make(a, b)
    assert find_near_copies(corpus, 6, 0.8).empty
    said = "two ships sank. Nobody saw them", "Two ships sank; nobody saw them"
    spans = spans_of(corpus, ("a", said[0]), ("b", said[1]))
    found = find_near_copies(corpus, 6, 0.8, spans)
    assert found[["text_a", "text_b", "score", "exact"]].to_numpy().tolist() == [[*said, 1.0, True]]


def test_of_equal_scores_the_longer_span_has_the_pair() -> None:
    """Every word is in two sentences: 2 · 2 / (4 + 2) of the sentence, 2 · 1 / (1 + 2) of its first word."""
    corpus = make("Red green blue black. Blue black.", "Red green.")
    found = find_near_copies(corpus, 1, 0.6, spans_of(corpus, ("a", "Red")))
    assert found[["text_a", "text_b", "score"]].to_numpy().tolist() == [
        ["Red green blue black", "Red green", pytest.approx(2 / 3)]
    ]


def test_no_quotations_change_nothing(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    quotes = find_quotes(bundled, bundled_mentions)
    alone = find_near_copies(bundled, 5, 0.3)
    assert len(alone) > 0
    none = quotes.head(0)
    for empty in (none, none.astype(object), none[["article_id", "start", "end"]]):
        pd.testing.assert_frame_equal(find_near_copies(bundled, 5, 0.3, empty), alone)
    # the order and the number of rows that give one span do not matter
    whole = find_near_copies(bundled, 5, 0.3, quotes)
    assert len(whole) > len(alone)
    shuffled = pd.concat([quotes, quotes]).sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(find_near_copies(bundled, 5, 0.3, shuffled), whole)


# Bad input


@pytest.mark.parametrize("n_words", [0, -3, 2.5, "8"])
def test_a_sentence_has_a_word_at_least(toy: Corpus, n_words: object) -> None:
    with pytest.raises(InputError) as error:
        find_near_copies(toy, n_words)  # type: ignore[arg-type]
    assert str(error.value) == f"n_words is {n_words!r}: expected a whole number of words, 1 or more"


@pytest.mark.parametrize("score", [0, -0.1, 1.01, math.nan])
def test_a_score_lies_between_0_and_1(toy: Corpus, score: float) -> None:
    with pytest.raises(InputError) as error:
        find_near_copies(toy, 8, score)
    assert str(error.value) == f"lowest_score is {score!r}: expected a number above 0, at most 1"


def test_quotations_of_another_corpus_are_an_error(toy: Corpus) -> None:
    quotes = pd.DataFrame({"article_id": ["a", "z"], "start": [0, 0], "end": [9, 9]})
    with pytest.raises(InputError) as error:
        find_near_copies(toy, quotes=quotes)
    assert str(error.value) == "unknown article 'z': expected one of a, b, c"

"""Words that set an outlet or an article apart from the rest: log-odds, G2, log ratio."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from .corpus import Corpus
from .errors import InputError
from .mentions import inside
from .sentences import function_words
from .stored_tables import StoredTable, sum_parts
from .structure import Span
from .uncertainty import RANGES, Floats, Ints, compare_rates

Numbers = int | float | Floats | npt.NDArray[np.int64]


class LogOdds(NamedTuple):
    """Difference of log-odds, its standard error, and their quotient."""

    delta: Floats
    error: Floats
    z: Floats


def log_odds(
    n_here: Numbers,
    size_here: Numbers,
    n_there: Numbers,
    size_there: Numbers,
    alpha_word: Numbers,
    alpha_total: float,
    *,
    variance: str = "two-term",
) -> LogOdds:
    """Log-odds of a word in one group against another, with an informative Dirichlet prior.

    δ = ln[(y₁+α)/(n₁+α₀−y₁−α)] − ln[(y₂+α)/(n₂+α₀−y₂−α)]; σ² ≈ 1/(y₁+α) + 1/(y₂+α), the two-term
    form; the four-term form adds 1/(n₁+α₀−y₁−α) + 1/(n₂+α₀−y₂−α); z = δ/σ.

    Parameters
    ----------
    n_here : array_like
        y₁: how often the word occurs in the one group.
    size_here : array_like
        n₁: words in all there.
    n_there : array_like
        y₂: how often in the other.
    size_there : array_like
        n₂: words in all there.
    alpha_word : array_like
        α: the word's share of the prior, α₀ × its share of the background; above zero.
    alpha_total : float
        α₀: the prior's weight, in words.
    variance : {"two-term", "four-term"}
        Which approximation of σ².

    Returns
    -------
    LogOdds
        delta (natural logarithm; 0 means as often as there), error (σ), z. The z of two words may
        be compared; those of corpora of different size may not, for z grows with the number of
        words. Tokens of one article are not independent: z ranks words, it tests nothing.

    References
    ----------
    Monroe, Colaresi & Quinn (2008), "Fightin' Words", Political Analysis 16(4).

    Examples
    --------
    >>> result = log_odds(12, 500, 3, 700, alpha_word=1.25, alpha_total=100)
    >>> round(float(result.delta), 5), round(float(result.z), 5)
    (1.44176, 2.58629)
    >>> round(float(log_odds(12, 500, 3, 700, 1.25, 100, variance="four-term").z), 5)
    2.57406
    """
    if variance not in ("two-term", "four-term"):
        raise InputError(f"unknown variance {variance!r}: expected 'two-term' or 'four-term'")
    here, there = np.asarray(n_here) + alpha_word, np.asarray(n_there) + alpha_word
    other_here = np.asarray(size_here) + alpha_total - here
    other_there = np.asarray(size_there) + alpha_total - there
    delta = np.log(here / other_here) - np.log(there / other_there)
    squared = 1 / here + 1 / there
    if variance == "four-term":
        squared = squared + 1 / other_here + 1 / other_there
    error = np.sqrt(squared)
    return LogOdds(delta, error, delta / error)


def g2(
    n_here: Numbers,
    size_here: Numbers,
    n_there: Numbers,
    size_there: Numbers,
) -> Floats:
    """Signed log-likelihood ratio G² over all four cells: positive where the word is commoner here.

    G² = 2 Σ O ln(O/E) over the word and all other words, here and there; 0 ln 0 = 0. It grows with
    the size of the texts, so that values compare within one table only.

    References
    ----------
    Dunning (1993), "Accurate Methods for the Statistics of Surprise and Coincidence".

    Examples
    --------
    >>> round(float(g2(12, 500, 3, 700)), 5)
    9.34808
    """
    a, b = np.asarray(n_here, dtype=float), np.asarray(n_there, dtype=float)
    c, d = np.asarray(size_here) - a, np.asarray(size_there) - b
    total = a + b + c + d
    value = np.zeros(np.broadcast(a, b).shape)
    for observed, row, column in (
        (a, a + b, a + c),
        (b, a + b, b + d),
        (c, c + d, a + c),
        (d, c + d, b + d),
    ):
        expected = row * column / total
        with np.errstate(divide="ignore", invalid="ignore"):
            value = value + np.where(observed > 0, observed * np.log(observed / expected), 0.0)
    sign = np.sign(a * np.asarray(size_there) - b * np.asarray(size_here))
    return np.asarray(2 * value * sign)


def log_ratio(
    n_here: Numbers,
    size_here: Numbers,
    n_there: Numbers,
    size_there: Numbers,
) -> Floats:
    """Log ratio to base 2 of the two rates: 1 means twice as often here. A count of 0 enters as 0.5.

    References
    ----------
    Hardie (2014), "Log Ratio: an informal introduction".

    Examples
    --------
    >>> round(float(log_ratio(12, 500, 3, 700)), 5)
    2.48543
    """
    here, there = np.asarray(n_here, dtype=float), np.asarray(n_there, dtype=float)
    here, there = np.where(here == 0, 0.5, here), np.where(there == 0, 0.5, there)
    return np.asarray(np.log2((here / np.asarray(size_here)) / (there / np.asarray(size_there))))


def _outermost(spans: Iterable[Span]) -> list[Span]:
    """The spans that lie in no other; a name may hold the name of its state."""
    outer: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not outer or end > outer[-1][1]:
            outer.append((start, end))
    return outer


def find_all_words(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """List every word of the text that counts, with what is needed to leave some out.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.
    mentions : DataFrame
        From `find_mentions`: says which words are names.

    Returns
    -------
    DataFrame
        A row a word: article_id, outlet, block_id, start, end, word (lower case, possessive ending
        and apostrophe style dropped), is_function_word (in spaCy's English stop list, or without a
        letter), in_name (part of a named mention or a demonym), in_quote. As many rows as the
        articles' n_words. Of what `helpers.scale.annotate` wrote it is a table of counts on disk.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> words = find_all_words(corpus, find_mentions(corpus))
    >>> len(words) == int(corpus.articles["n_words"].sum())
    True
    """
    if (stored := corpus.stored("word_counts")) is not None:
        return stored
    named_of = dict(tuple(mentions[mentions["kind"].isin(["named", "demonym"])].groupby("article_id")))
    rows: list[tuple[int, int, int]] = []
    texts: list[str] = []
    in_name, in_quote, lengths = [], [], []
    for article_id in corpus.articles["article_id"]:
        here = corpus.words(article_id)
        raw = corpus.raw(article_id)
        starts = [start for _, start, _ in here]
        named = named_of.get(article_id, mentions.head(0))
        in_name.append(inside(_outermost(zip(named["start"], named["end"], strict=True)), starts))
        in_quote.append(inside(corpus.quoted_spans(article_id), starts))
        texts += [raw[start:end] for _, start, end in here]
        rows += here
        lengths.append(len(here))
    articles = corpus.articles[["article_id", "outlet"]]
    table = articles.loc[articles.index.repeat(lengths)].reset_index(drop=True)
    table[["block_id", "start", "end"]] = np.array(rows, dtype=np.int64).reshape(-1, 3)
    # Each spelling is folded once, however often it stands.
    code, written = pd.factorize(np.array(texts, dtype=object))
    folded = [_plain_word(text) for text in written]
    stop = function_words()
    grammatical = [w in stop or not any(map(str.isalpha, w)) for w in folded]
    table["word"] = pd.array(np.array(folded, dtype=object)[code], dtype="str")
    table["is_function_word"] = np.array(grammatical, dtype=bool)[code]
    table["in_name"] = np.concatenate(in_name)
    table["in_quote"] = np.concatenate(in_quote)
    return table


def _plain_word(text: str) -> str:
    return text.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")


def find_two_word_phrases(corpus: Corpus, words: pd.DataFrame) -> pd.DataFrame:
    """List every two words that stand side by side, in the form `compare_words` takes.

    Parameters
    ----------
    corpus : Corpus
        The one the words are from.
    words : DataFrame
        From `find_all_words`, whole: take rows out of the result, not before.

    Returns
    -------
    DataFrame
        The columns of `find_all_words`, a row a pair between which only white space or a hyphen
        stands. A pair is a function word, in a name or in a quotation if one of its words is.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> phrases = find_two_word_phrases(corpus, find_all_words(corpus, find_mentions(corpus)))
    >>> bool((phrases["word"].str.count(" ") == 1).all())
    True
    """
    first, second = words.iloc[:-1], words.iloc[1:].set_axis(words.index[:-1])
    beside = (first["article_id"] == second["article_id"]) & (first["block_id"] == second["block_id"])
    gaps: list[bool] = []
    for article_id, end, start, near in zip(
        first["article_id"], first["end"], second["start"], beside, strict=True
    ):
        gaps.append(near and corpus.raw(article_id)[end:start].strip() in ("", "-", "‑", "‐"))
    kept = np.array(gaps, dtype=bool)
    first, second = first[kept], second[kept]
    either = {c: first[c] | second[c] for c in ("is_function_word", "in_name", "in_quote")}
    pairs = first.assign(word=first["word"] + " " + second["word"], end=second["end"], **either)
    return pairs.reset_index(drop=True)


def size_paragraphs(corpus: Corpus, words: pd.DataFrame, by: str, what: str) -> pd.DataFrame:
    """Give the paragraphs by group with their size, in rows of `words`; see `Corpus.grouped_paragraphs`."""
    keys = ["article_id", "block_id"]
    size = words.groupby(keys).size().rename("size").reset_index()
    return corpus.grouped_paragraphs(by, what).merge(size, on=keys, how="left").fillna({"size": 0})


def compare_words(
    corpus: Corpus,
    words: pd.DataFrame,
    by: str = "outlet",
    *,
    alpha_total: float = 100.0,
    variance: str = "two-term",
) -> pd.DataFrame:
    """Contrast each group's words with those of all other groups.

    Parameters
    ----------
    corpus : Corpus
        Gives the articles and the groups' sizes for rates.
    words : DataFrame
        From `find_all_words` or `find_two_word_phrases`; rows taken out before (function words,
        names, quoted words) are not compared and do not count as words of the comparison. A table on
        disk is read part by part.
    by : {"outlet", "article_id"}
        What a group is.
    alpha_total : float
        Weight of the prior in words. The prior is each word's share of all words given, so it is
        estimated from the compared texts themselves and no true prior; it draws rare words
        towards zero, the more the larger it is.
    variance : {"two-term", "four-term"}
        Which approximation of the variance z is made with; see `log_odds`.

    Returns
    -------
    DataFrame
        A row a word and group it occurs in: group, word, n, n_rest, n_words and n_words_rest (words
        compared, here and in the rest), rate_per_1000_words and rate_rest (per 1,000 words of all
        kinds), log_odds, z, log_ratio, g2 (each against the rest),
        n_articles, n_articles_group, articles (in which it stands how often), then what
        `helpers.uncertainty.compare_rates` gives: loo_low, loo_high, boot_low, boot_high of the log-odds;
        p_value, lowest_p, q_value of the difference of the rates among the words compared. The
        highest z of each group first. Empty where there is but one group. From a table on disk the ranges
        and p are missing and ``articles`` is empty: they need every article's counts; n_articles is missing
        for words of which uses in and out of names or quotation marks are left together.

    Raises
    ------
    InputError
        Another `by` or `variance`; a prior that is not above zero; another `by` than outlet for a table on
        disk.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> words = find_all_words(corpus, find_mentions(corpus))
    >>> table = compare_words(corpus, words[~words["is_function_word"] & ~words["in_name"]])
    >>> bool((table["n"] > 0).all()), sorted(set(table["lowest_p"].tolist()))
    (True, [0.1, 0.2])
    """
    if alpha_total <= 0:
        raise InputError(f"the prior's weight alpha_total is {alpha_total}: expected a number above zero")
    is_stored = isinstance(words, StoredTable)
    if words.name != "word_counts" if is_stored else "word" not in words.columns:
        raise InputError("these are no words: expected a table from find_all_words or find_two_word_phrases")
    if is_stored:
        return _compare_stored(corpus, words, by, alpha_total, variance)
    units = size_paragraphs(corpus, words, by, "words")
    keys = ["article_id", "block_id"]
    counts = words.groupby([*keys, "word"]).size().rename("n").reset_index()
    counts = counts.rename(columns={"word": "item"})
    totals = counts.groupby("item")["n"].sum().sort_index()
    alpha = alpha_total * totals.to_numpy() / len(words)

    def delta(n: Floats, size: Floats, n_rest: Floats, size_rest: Floats, items: Ints) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            return log_odds(n, size, n_rest, size_rest, alpha[items], alpha_total).delta

    compared = compare_rates(units, counts, effect=delta)
    prior = pd.Series(alpha, index=totals.index)
    return _weigh_words(corpus, compared, prior, by, alpha_total, variance)


def _compare_stored(
    corpus: Corpus, words: StoredTable, by: str, alpha_total: float, variance: str
) -> pd.DataFrame:
    """Contrast outlets by counts of words that lie on disk."""
    if by != "outlet":
        raise InputError(f"words on disk cannot be compared by {by!r}: expected 'outlet'")
    keys = ["outlet", "word"]
    of_word = {"n": ("n", "sum"), "n_articles": ("n_articles", "sum"), "n_mixed": ("n", "size")}
    summed = (part.groupby(keys, as_index=False).agg(**of_word) for part in words.parts())
    counts = sum_parts((part.assign(n_mixed=part["n_mixed"] > 1) for part in summed), keys)
    # A word both in a name and out of one is counted apart, so that an article may be counted twice.
    counts["n_articles"] = counts["n_articles"].where(counts["n_mixed"] == 0)
    totals = counts.groupby("word")["n"].sum().sort_index()
    size = counts["outlet"].map(counts.groupby("outlet")["n"].sum())
    compared = pd.DataFrame(
        {
            "group": counts["outlet"],
            "item": counts["word"],
            "n": counts["n"],
            "size": size,
            "n_rest": counts["word"].map(totals) - counts["n"],
            "size_rest": counts["n"].sum() - size,
            "n_articles": counts["n_articles"],
            "n_articles_group": counts["outlet"].map(corpus.articles["outlet"].value_counts()),
            "articles": "",
            **dict.fromkeys(RANGES, np.nan),
        }
    )
    prior = alpha_total * totals / totals.sum()
    n, size_here, n_rest, size_rest = (compared[c].to_numpy() for c in ("n", "size", "n_rest", "size_rest"))
    of_word = prior.loc[compared["item"]].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        effect = log_odds(n, size_here, n_rest, size_rest, of_word, alpha_total).delta
    return _weigh_words(corpus, compared.assign(effect=effect), prior, by, alpha_total, variance)


def _weigh_words(
    corpus: Corpus, compared: pd.DataFrame, prior: pd.Series, by: str, alpha_total: float, variance: str
) -> pd.DataFrame:
    """The table of `compare_words` from what was counted, the prior by word."""
    # A group that holds all words there are has nothing to be held against.
    compared = compared[compared["size_rest"] > 0].reset_index(drop=True)
    cells = compared["n"], compared["size"], compared["n_rest"], compared["size_rest"]
    cells = tuple(cell.to_numpy() for cell in cells)
    of_word = prior.loc[compared["item"]].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):  # where one word is all there is
        z = log_odds(*cells, of_word, alpha_total, variance=variance).z
    words_here = compared["group"].map(corpus.articles.groupby(by)["n_words"].sum()).to_numpy()
    words_there = corpus.articles["n_words"].sum() - words_here
    table = pd.DataFrame(
        {
            "group": compared["group"],
            "word": compared["item"],
            "n": compared["n"],
            "n_rest": compared["n_rest"].astype(int),
            "n_words": compared["size"].astype(int),
            "n_words_rest": compared["size_rest"].astype(int),
            "rate_per_1000_words": 1000 * compared["n"] / words_here,
            "rate_rest": 1000 * compared["n_rest"] / words_there,
            "log_odds": compared["effect"],
            "z": z,
            "log_ratio": log_ratio(*cells),
            "g2": g2(*cells),
            "n_articles": compared["n_articles"],
            "n_articles_group": compared["n_articles_group"],
            "articles": compared["articles"],
            **{column: compared[column] for column in RANGES},
        }
    )
    return table.sort_values(["group", "z", "word"], ascending=[True, False, True]).reset_index(drop=True)

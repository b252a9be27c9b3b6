"""Words that set an outlet or an article apart from the rest: log-odds, G2, log ratio."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from .corpus import Corpus
from .errors import InputError
from .mentions import inside
from .sentences import find_words, function_words
from .structure import COUNTED_KINDS, Span

Floats = npt.NDArray[np.float64]
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
    n_here, n_there : array_like
        y₁, y₂: how often the word occurs.
    size_here, size_there : array_like
        n₁, n₂: words in all.
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
        articles' n_words.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> words = find_all_words(corpus, find_mentions(corpus))
    >>> len(words) == int(corpus.articles["n_words"].sum())
    True
    """
    stop = function_words()
    parts = []
    named_of = dict(tuple(mentions[mentions["kind"].isin(["named", "demonym"])].groupby("article_id")))
    blocks = corpus.blocks[corpus.blocks["kind"].isin(COUNTED_KINDS)]
    blocks_of = dict(tuple(blocks.groupby("article_id")))
    for article in corpus.articles.itertuples():
        raw = corpus.raw(article.article_id)
        rows = [
            (block.block_id, block.start + start, block.start + end)
            for block in blocks_of.get(article.article_id, blocks.head(0)).itertuples()
            for start, end in find_words(raw[block.start : block.end])
        ]
        part = pd.DataFrame(rows, columns=["block_id", "start", "end"])
        texts = [raw[start:end].casefold().replace("’", "'") for _, start, end in rows]
        named = named_of.get(article.article_id, mentions.head(0))
        spans = _outermost(zip(named["start"], named["end"], strict=True))
        part.insert(0, "outlet", article.outlet)
        part.insert(0, "article_id", article.article_id)
        part["word"] = [t.removesuffix("'s").removesuffix("'") for t in texts]
        part["is_function_word"] = [w in stop or not any(c.isalpha() for c in w) for w in part["word"]]
        part["in_name"] = inside(spans, part["start"].tolist())
        part["in_quote"] = inside(corpus.quoted_spans(article.article_id), part["start"].tolist())
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def compare_words(
    corpus: Corpus, words: pd.DataFrame, by: str = "outlet", *, alpha_total: float = 100.0
) -> pd.DataFrame:
    """Contrast each group's words with those of all other groups.

    Parameters
    ----------
    corpus : Corpus
        Gives the groups' sizes for rates.
    words : DataFrame
        From `find_all_words`; rows taken out before (function words, names, quoted words) are not
        compared and do not count as words of the comparison.
    by : {"outlet", "article_id"}
        What a group is.
    alpha_total : float
        Weight of the prior in words. The prior is each word's share of all words given, so it is
        estimated from the compared texts themselves and no true prior; it draws rare words
        towards zero, the more the larger it is.

    Returns
    -------
    DataFrame
        A row a word and group it occurs in: group, word, n, n_rest, rate_per_1000_words and
        rate_rest (per 1,000 words of all kinds), log_odds, log_odds_low, log_odds_high (δ ± 1.96 σ: spread of
        word counts within these articles, no test), z, log_ratio, g2, n_articles; the highest z of
        each group first. Empty where there is but one group.

    Raises
    ------
    InputError
        Another `by`; a prior that is not above zero.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> words = find_all_words(corpus, find_mentions(corpus))
    >>> table = compare_words(corpus, words[~words["is_function_word"] & ~words["in_name"]], by="article_id")
    >>> bool((table["n"] > 0).all())
    True
    """
    if by not in ("outlet", "article_id"):
        raise InputError(f"words cannot be compared by {by!r}: expected 'outlet' or 'article_id'")
    if alpha_total <= 0:
        raise InputError(f"the prior's weight alpha_total is {alpha_total}: expected a number above zero")
    counts = (
        words.groupby([by, "word"])
        .agg(n=("start", "size"), n_articles=("article_id", "nunique"))
        .reset_index()
    )
    total = counts.groupby("word")["n"].transform("sum").to_numpy()
    size = counts.groupby(by)["n"].transform("sum").to_numpy()
    everything = len(words)
    # A group that holds all words there are has nothing to be held against.
    counts, total, size = counts[size < everything], total[size < everything], size[size < everything]
    here = counts["n"].to_numpy()
    there, size_there = total - here, everything - size
    corpus_words = corpus.articles.groupby(by)["n_words"].sum()
    words_here = counts[by].map(corpus_words).to_numpy()
    words_there = corpus_words.sum() - words_here
    odds = log_odds(here, size, there, size_there, alpha_total * total / everything, alpha_total)
    table = pd.DataFrame(
        {
            "group": counts[by],
            "word": counts["word"],
            "n": here,
            "n_rest": there,
            "rate_per_1000_words": 1000 * here / words_here,
            "rate_rest": 1000 * there / words_there,
            "log_odds": odds.delta,
            "log_odds_low": odds.delta - 1.96 * odds.error,
            "log_odds_high": odds.delta + 1.96 * odds.error,
            "z": odds.z,
            "log_ratio": log_ratio(here, size, there, size_there),
            "g2": g2(here, size, there, size_there),
            "n_articles": counts["n_articles"],
        }
    )
    return table.sort_values(["group", "z", "word"], ascending=[True, False, True]).reset_index(drop=True)

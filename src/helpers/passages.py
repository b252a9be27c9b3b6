"""What text articles share, word for word."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from .corpus import Corpus
from .errors import InputError
from .mentions import inside
from .uncertainty import Ints

_FOLDED_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
# Tables are filled in pieces of this many cells, so that memory does not grow with the corpus.
_CELLS = 4_000_000


@cache
def _word_pattern(marks: str) -> re.Pattern[str]:
    letter = r"[^\W_ʼ]"
    run = rf"{letter}(?:{letter}|[{marks}])*" if marks else f"{letter}+"
    return re.compile(f"{run}(?:['’‘ʼ]{run})*")


def read_words(corpus: Corpus) -> pd.DataFrame:
    """List the words of all articles in order, each article behind a border, one more at the end.

    Columns article (its number), start, end, code (the same for the same word), quoted, is_word. A
    border's code is its own, so that no run of equal codes goes on over it.
    """
    codes: dict[str, int] = {}
    rows: list[tuple[int, int, int, int]] = []
    quoted: list[np.ndarray] = []
    article_ids = corpus.articles["article_id"].tolist()
    for number, article_id in enumerate(article_ids):
        text = corpus.counted_text(article_id)
        # Accents and vowel signs that stand alone are no \w for re, but part of the word.
        marks = "".join(sorted(c for c in set(text) if unicodedata.category(c)[0] == "M"))
        here = [(number, -1, -1, codes.setdefault(f" {number}", len(codes)))]
        for match in _word_pattern(marks).finditer(text):
            word = match.group().translate(_FOLDED_APOSTROPHES).casefold()
            here.append((number, *match.span(), codes.setdefault(word, len(codes))))
        quoted.append(inside(corpus.quoted_spans(article_id), [start for _, start, _, _ in here]))
        rows += here
    rows.append((len(article_ids), -1, -1, len(codes)))
    words = pd.DataFrame(np.array(rows, dtype=np.int64), columns=["article", "start", "end", "code"])
    return words.assign(quoted=np.append(np.concatenate(quoted), False), is_word=words["end"] >= 0)


def first_at(words: pd.DataFrame, article: Ints, position: Ints) -> Ints:
    """Rows of the first words that begin at or behind a position, or else of the border that follows."""
    width = int(max(words["end"].max(), np.max(position, initial=0))) + 2
    keys = words["article"].to_numpy() * width + words["start"].to_numpy()
    return np.searchsorted(keys, article * width + position)


def check_n_words(n_words: int) -> None:
    """Say what is wrong with a number of words, if it is no whole number from 1 on."""
    if not isinstance(n_words, int | np.integer) or n_words < 1:
        raise InputError(f"n_words is {n_words!r}: expected a whole number of words, 1 or more")


def _join_runs(ids: Ints, step: int) -> Ints:
    """Number the runs made of the run that begins at each place and the one `step` words later."""
    later = np.zeros_like(ids)
    later[:-step] = ids[step:]
    return np.unique(ids * (ids.max() + 1) + later, return_inverse=True)[1]


def _number_runs(code: Ints) -> list[Ints]:
    """Number the runs of 1, 2, 4, … words that begin at each place: the same run, the same number.

    It ends with the first length at which no run stands twice.
    """
    levels = [np.unique(code, return_inverse=True)[1]]
    while levels[-1].max() + 1 < len(code):
        levels.append(_join_runs(levels[-1], 1 << (len(levels) - 1)))
    return levels


def _number_ngrams(levels: list[Ints], n_words: int) -> Ints:
    whole = min(int(n_words).bit_length(), len(levels)) - 1
    step = n_words - (1 << whole)
    return _join_runs(levels[whole], step) if 0 < step < len(levels[0]) else levels[whole]


def _pair_places(ngrams: Ints, before: Ints, article: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Pair the places in two articles with the same n-gram and another word before it.

    Each such pair begins exactly one maximal run, so that no more are made than there are rows to
    give (and pairs within one article, which are left out): a word said a thousand times over
    makes a thousand, not a million.
    """
    places = np.flatnonzero(np.bincount(ngrams)[ngrams] > 1)
    places = places[np.lexsort((places, before[places], ngrams[places]))]
    key, left = ngrams[places], before[places]
    changes = np.append(False, (key[1:] != key[:-1]) | (left[1:] != left[:-1]))
    same_left = np.cumsum(changes)
    begin = np.searchsorted(same_left, same_left, side="right")
    n_partners = np.searchsorted(key, key, side="right") - begin
    for piece in pieces_of(n_partners):
        n = n_partners[piece]
        offset = np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
        one, other = np.repeat(places[piece], n), places[np.repeat(begin[piece], n) + offset]
        apart = article[one] != article[other]
        yield np.minimum(one, other)[apart], np.maximum(one, other)[apart]


def pieces_of(sizes: Ints) -> Iterator[slice]:
    """Slices of rows whose sizes sum to about `_CELLS`, at least one row each."""
    ends = np.flatnonzero(np.diff(np.cumsum(sizes) // _CELLS)) + 1
    edges = [0, *ends.tolist(), len(sizes)]
    yield from (slice(a, b) for a, b in pairwise(edges) if b > a)


def find_shared_passages(corpus: Corpus, n_words: int = 8) -> pd.DataFrame:
    """Find every passage that two articles share word for word.

    A word is a run of letters and digits with the accents and the apostrophes inside it ("It’s" is
    one word, "US-led" two), compared without case and style of apostrophe. What stands between
    words is passed over: punctuation, sentence and paragraph borders, what does not count.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`. Only headline, sub-headings, captions and body are read.
    n_words : int
        The fewest words a passage has.

    Returns
    -------
    DataFrame
        A row a common run of words that can be made longer at neither end, for every pair of places
        in two articles: a passage that stands twice in one of them has two rows. passage_id,
        article_a, outlet_a, article_b, outlet_b (a before b in the corpus), start_a, end_a, start_b,
        end_b (string indices into the raw text, from the first word to the last), n_words, quoted_a,
        quoted_b (how many of its words stand inside quotation marks), quoted ("inside" marks in both
        articles, "outside", or "both": partly so), word_a, word_b (index of its first word among the
        article's), text (as printed in a). The longest first, then in the order of the corpus and the
        text.

    Raises
    ------
    InputError
        `n_words` below 1.

    Notes
    -----
    Complete, and without pairing all places: each row is begun from its first n-gram, and its end is
    found in steps of powers of two. Time and memory grow with the words and with the rows. Rows are
    many where `n_words` is so small that common phrases pass: m times here and k times there is m × k.

    A passage says that two articles share a source or copied, not which: the same agency report or
    press release, one from the other, a third from both, or, where it is short, chance (Nicholls
    2019, "Detecting Textual Reuse in News Stories, At Scale").

    Examples
    --------
    >>> from helpers import load_corpus
    >>> shared = find_shared_passages(load_corpus(), n_words=9)
    >>> shared[["n_words", "quoted_a", "quoted_b"]].to_numpy().tolist()
    [[10, 10, 10], [10, 0, 0], [9, 9, 9], [9, 9, 0]]
    """
    check_n_words(n_words)
    words = read_words(corpus)
    start, end, article = (words[c].to_numpy() for c in ("start", "end", "article"))
    levels = _number_runs(words["code"].to_numpy())
    before = np.roll(words["code"].to_numpy(), 1)  # the first row is a border, which begins no run
    found = [(np.zeros(0, dtype=np.int64),) * 3]
    for a, b in _pair_places(_number_ngrams(levels, n_words), before, article):
        length = np.zeros(len(a), dtype=np.int64)
        for power in range(len(levels) - 1, -1, -1):
            length += (levels[power][a + length] == levels[power][b + length]) * (1 << power)
        found.append((a, b, length))
    a, b, length = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((b, a, article[b], article[a], -length))
    a, b, length = a[order], b[order], length[order]
    n_quoted = np.append(0, np.cumsum(words["quoted"]))
    table = pd.DataFrame({"passage_id": np.arange(len(a))})
    for side, at in (("a", a), ("b", b)):
        table[f"article_{side}"] = corpus.articles["article_id"].take(article[at]).array
        table[f"outlet_{side}"] = corpus.articles["outlet"].take(article[at]).array
    for side, at in (("a", a), ("b", b)):
        table[f"start_{side}"], table[f"end_{side}"] = start[at], end[at + length - 1]
    table["n_words"] = length
    for side, at in (("a", a), ("b", b)):
        table[f"quoted_{side}"] = n_quoted[at + length] - n_quoted[at]
    n_marked = table["quoted_a"] + table["quoted_b"]
    table["quoted"] = np.where(n_marked == 0, "outside", np.where(n_marked == 2 * length, "inside", "both"))
    borders = np.flatnonzero(~words["is_word"])
    for side, at in (("a", a), ("b", b)):
        table[f"word_{side}"] = at - borders[article[at]] - 1
    return table.assign(text=texts_of(corpus, table, "a"))


def texts_of(corpus: Corpus, table: pd.DataFrame, side: str) -> pd.Series:
    """The text of each row's span in article a or b."""
    spans = zip(table[f"article_{side}"], table[f"start_{side}"], table[f"end_{side}"], strict=True)
    return pd.Series([corpus.raw(article)[start:end] for article, start, end in spans], dtype="str")


def compare_articles(corpus: Corpus, n_words: int = 8) -> pd.DataFrame:
    """Say for each article how much of it every other contains.

    Containment = |A ∩ B| / |A|, A and B the sets of n-grams (n words in a row; see
    `find_shared_passages` for what a word is) of the two articles. It is not symmetric: where a short
    article stands whole inside a long one, it is 1 one way and small the other.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.
    n_words : int
        n.

    Returns
    -------
    DataFrame
        A row an ordered pair of articles: article_id, other_id, outlet, other_outlet, n_ngrams
        (different n-grams of the article), n_shared (of them, also in the other), containment
        (n_shared / n_ngrams; 0 where the article has fewer than n words), n_shared_quoted (of the
        shared, those that stand inside quotation marks with all their words wherever they occur in
        the article). In the order of the corpus.

    Raises
    ------
    InputError
        `n_words` below 1.

    Notes
    -----
    A high value says who may have copied, or that both used one source; it does not say which
    (Nicholls 2019, "Detecting Textual Reuse in News Stories, At Scale").

    Examples
    --------
    >>> from helpers import load_corpus
    >>> pairs = compare_articles(load_corpus())
    >>> len(pairs), int(pairs["n_shared"].sum())
    (20, 22)
    """
    check_n_words(n_words)
    words = read_words(corpus)
    ngrams = _number_ngrams(_number_runs(words["code"].to_numpy()), n_words)
    borders = np.flatnonzero(~words["is_word"])
    place = np.arange(len(words))
    next_border = borders[np.searchsorted(borders[:-1], place, side="right").clip(max=len(borders) - 1)]
    whole = words["is_word"].to_numpy() & (place + n_words <= next_border)
    n_quoted = np.append(0, np.cumsum(words["quoted"]))
    at = place[whole]
    table = pd.DataFrame(
        {
            "article": words["article"].to_numpy()[whole],
            "ngram": ngrams[whole],
            "quoted": n_quoted[at + n_words] - n_quoted[at] == n_words,
        }
    )
    each = table.groupby(["article", "ngram"])["quoted"].all().reset_index()
    size = (len(corpus.articles), len(words))
    cells = (each["article"], each["ngram"])
    held = sparse.csr_array((np.ones(len(each), dtype=np.int64), cells), shape=size)
    held_quoted = sparse.csr_array((each["quoted"].astype(np.int64), cells), shape=size)
    here, there = np.nonzero(~np.eye(len(corpus.articles), dtype=bool))
    n_ngrams = held.sum(axis=1)[here]
    n_shared = (held @ held.T).toarray()[here, there]
    return pd.DataFrame(
        {
            "article_id": corpus.articles["article_id"].take(here).array,
            "other_id": corpus.articles["article_id"].take(there).array,
            "outlet": corpus.articles["outlet"].take(here).array,
            "other_outlet": corpus.articles["outlet"].take(there).array,
            "n_ngrams": n_ngrams,
            "n_shared": n_shared,
            "containment": n_shared / np.maximum(n_ngrams, 1),
            "n_shared_quoted": (held_quoted @ held.T).toarray()[here, there],
        }
    )


def count_shared_words(corpus: Corpus, passages: pd.DataFrame, by: str = "outlet") -> pd.DataFrame:
    """Count each group's words, those it shares, and those that no earlier article printed.

    Parameters
    ----------
    corpus : Corpus
        The one the passages are from.
    passages : DataFrame
        From `find_shared_passages`; rows may be left out.
    by : {"outlet", "article_id"}
        What a group is.

    Returns
    -------
    DataFrame
        A row a group, in the order of the corpus: group, n_words (words as `find_shared_passages`
        defines them, so not the n_words of the articles table), n_shared_words (of them, in a passage
        that another article shares, of the same outlet too), n_shared_quoted (of these, inside
        quotation marks), n_own_words (all but the shared), share_shared (n_shared_words / n_words, 0
        without words), n_words_once.

    Raises
    ------
    InputError
        Another `by`; a passage of an article that is not in the corpus.

    Notes
    -----
    n_words_once leaves out the words of a passage that an earlier article has already, by the articles'
    published_from, those without a date last, and by the corpus's order within a day; summed, it is the
    corpus's words with copies between articles counted once. Printed first does not mean written first.

    Examples
    --------
    >>> from helpers import load_corpus
    >>> corpus = load_corpus()
    >>> counts = count_shared_words(corpus, find_shared_passages(corpus))
    >>> bool((counts["n_own_words"] + counts["n_shared_words"] == counts["n_words"]).all())
    True
    """
    groups = corpus.groups(by, "shared words")
    words = read_words(corpus)
    ids = corpus.articles["article_id"].tolist()
    number = {article_id: n for n, article_id in enumerate(ids)}
    day = corpus.articles["published_from"]
    rank = np.empty(len(ids), dtype=np.int64)
    rank[np.lexsort((np.arange(len(ids)), day.to_numpy(), day == ""))] = np.arange(len(ids))
    shared, copied = np.zeros((2, len(words) + 1), dtype=np.int64)
    sides = {}
    for side in ("a", "b"):
        for article_id in set(passages[f"article_{side}"]) - set(ids):
            corpus.raw(article_id)  # says that the article is unknown
        sides[side] = passages[f"article_{side}"].map(number).to_numpy(dtype=np.int64)
    for side, other in (("a", "b"), ("b", "a")):
        begin, end = (
            first_at(words, sides[side], passages[f"{edge}_{side}"].to_numpy(dtype=np.int64))
            for edge in ("start", "end")
        )
        later = rank[sides[side]] > rank[sides[other]]
        for marked, rows in ((shared, slice(None)), (copied, later)):
            np.add.at(marked, begin[rows], 1)
            np.add.at(marked, end[rows], -1)
    is_shared, is_copied = np.cumsum(shared)[:-1] > 0, np.cumsum(copied)[:-1] > 0
    marks = pd.DataFrame(
        {
            "n_words": words["is_word"],
            "n_shared_words": is_shared,
            "n_shared_quoted": is_shared & words["quoted"],
            "n_own_words": words["is_word"] & ~is_shared,
            "n_words_once": words["is_word"] & ~is_copied,
        }
    )
    per_article = marks.groupby(words["article"]).sum().iloc[:-1]
    counts = per_article.groupby(groups.reset_index(drop=True), sort=False).sum().reset_index()
    counts.insert(5, "share_shared", counts["n_shared_words"] / counts["n_words"].clip(lower=1))
    return counts

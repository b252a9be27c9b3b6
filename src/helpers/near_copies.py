"""What sentences and quotations articles share nearly: reworded, or quoted from two translations."""

import numpy as np
import pandas as pd
from scipy import sparse

from .corpus import Corpus
from .errors import InputError
from .passages import check_n_words, first_at, pieces_of, read_words, texts_of
from .uncertainty import Floats, Ints


def _find_units(
    corpus: Corpus, words: pd.DataFrame, n_words: int, quotes: pd.DataFrame | None
) -> tuple[pd.DataFrame, Ints]:
    """List what is compared, by rows of `words`: article, begin, end; and the sentence of each word."""
    sentences = corpus.sentences
    number = {article_id: n for n, article_id in enumerate(corpus.articles["article_id"])}
    article = sentences["article_id"].map(number).to_numpy(dtype=np.int64)
    begin, end = (first_at(words, article, sentences[edge].to_numpy()) for edge in ("start", "end"))
    sentence = np.full(len(words), -1)
    for index, (first, last) in enumerate(zip(begin, end, strict=True)):
        sentence[first:last] = index
    quoted = words["quoted"].to_numpy()
    edges = np.flatnonzero((np.diff(sentence) != 0) | (np.diff(quoted.astype(int)) != 0)) + 1
    pieces = np.array([edges[:-1], edges[1:]]).T
    pieces = pieces[quoted[pieces[:, 0]] & (sentence[pieces[:, 0]] >= 0)]
    spans = [np.array([begin, end]).T, pieces]
    if quotes is not None:
        for article_id in set(quotes["article_id"]) - set(number):
            corpus.raw(article_id)  # says that the article is unknown
        told = quotes["article_id"].map(number).to_numpy(dtype=np.int64)
        spans.append(
            np.array([first_at(words, told, quotes[edge].to_numpy()) for edge in ("start", "end")]).T
        )
    units = pd.DataFrame(np.concatenate(spans), columns=["begin", "end"])
    units = units[units["end"] - units["begin"] >= n_words].drop_duplicates()
    units = units.sort_values(["begin", "end"], ascending=[True, False], ignore_index=True)
    return units.assign(article=words["article"].to_numpy()[units["begin"]]), sentence


def _weigh_words(code: Ints, sentence: Ints) -> Floats:
    """Weight of each word by its code: ln((N + 1) / n) for a word in n of N sentences."""
    kept = sentence >= 0
    pairs = np.unique(np.array([sentence[kept], code[kept]]), axis=1)
    n_sentences = np.bincount(pairs[1], minlength=int(code.max()) + 1)
    return np.asarray(np.log((len(np.unique(pairs[0])) + 1) / np.maximum(n_sentences, 1)))


def _pair_units(units: pd.DataFrame, code: Ints, weight: Floats, lowest_score: float) -> tuple[Ints, Ints]:
    """Pairs of units of two articles whose shared words, in any order, would reach the score.

    Prefix filtering (Chaudhuri, Ganti & Kaushik 2006): a pair that reaches the score shares at least
    lowest / (2 − lowest) of either's weight, so that of each unit's words, from the rarest on, only
    those need be looked up with which less than that is left. No pair is lost, and the function
    words of a corpus are hardly ever looked up.
    """
    length = (units["end"] - units["begin"]).to_numpy()
    unit = np.repeat(np.arange(len(units)), length)
    offset = np.arange(len(unit)) - np.repeat(np.cumsum(length) - length, length)
    held = pd.DataFrame({"unit": unit, "code": code[np.repeat(units["begin"], length) + offset]})
    # The second "the" of a unit matches the second of another: common words are counted as often.
    held["nth"] = held.groupby(["unit", "code"]).cumcount()
    held["token"] = held.groupby(["code", "nth"]).ngroup()
    held["weight"] = weight[held["code"]]
    held["n_units"] = held.groupby("token")["unit"].transform("size")
    held = held.sort_values(["unit", "n_units", "token"], ignore_index=True)
    by_unit = held.groupby("unit")["weight"]
    total = by_unit.sum().to_numpy()
    left = total[held["unit"]] - by_unit.cumsum() + held["weight"]
    least = lowest_score / (2 - lowest_score) * total - 1e-6
    is_prefix = left >= least[held["unit"]]
    size = (len(units), int(held["token"].max()) + 1)

    def matrix(rows: pd.DataFrame, values: Floats) -> sparse.csr_array:
        return sparse.csr_array((values, (rows["unit"], rows["token"])), shape=size)

    prefix = held[is_prefix]
    weighed, looked_up = matrix(prefix, prefix["weight"]), matrix(prefix, np.ones(len(prefix))).T.tocsr()
    whole, whole_weighed = matrix(held, np.ones(len(held))), matrix(held, held["weight"])
    rest = total - np.bincount(prefix["unit"], prefix["weight"], minlength=len(units))
    article = units["article"].to_numpy()
    n_met = looked_up.sum(axis=1)
    cost = np.bincount(prefix["unit"], n_met[prefix["token"]], minlength=len(units)).astype(np.int64)
    found = [(np.zeros(0, dtype=np.int64),) * 2]
    for piece in pieces_of(cost):
        met = (weighed[piece] @ looked_up).tocoo()
        a, b = met.row.astype(np.int64) + piece.start, met.col.astype(np.int64)
        needed = lowest_score / 2 * (total[a] + total[b]) - 1e-6
        kept = (article[a] < article[b]) & (met.data + np.maximum(rest[a], rest[b]) >= needed)
        a, b, needed = a[kept], b[kept], needed[kept]
        kept = whole_weighed[a].multiply(whole[b]).sum(axis=1) >= needed
        found.append((a[kept], b[kept]))
    a, b = (np.concatenate(column) for column in zip(*found, strict=True))
    return a, b


def _align(a: Ints, b: Ints, weight: Floats, *, traced: bool) -> tuple[Floats, np.ndarray, np.ndarray]:
    """Weight of the heaviest common subsequence of each row of `a` with the row of `b` beside it.

    Rows are filled up with -1 (`a`) and -2 (`b`). With `traced`, also which words of `a` and of `b`
    are in it.
    """
    reached = np.zeros((len(a), b.shape[1] + 1))
    steps = [reached]
    for column in a.T:
        same = (b == column[:, None]) * weight[column][:, None]
        best = np.maximum(reached[:, 1:], reached[:, :-1] + same)
        reached = np.column_stack([np.zeros(len(a)), np.maximum.accumulate(best, axis=1)])
        if traced:
            steps.append(reached)
    in_a, in_b = np.zeros(a.shape, dtype=bool), np.zeros(b.shape, dtype=bool)
    if traced:
        table = np.array(steps)
        row = np.arange(len(a))
        i, j = np.full(len(a), a.shape[1]), np.full(len(a), b.shape[1])
        while len(row := row[(i[row] > 0) & (j[row] > 0)]):
            here = table[i[row], row, j[row]]
            up = here == table[i[row] - 1, row, j[row]]
            back = ~up & (here == table[i[row], row, j[row] - 1])
            match = row[~up & ~back]
            i[row[~back]] -= 1
            j[row[~up]] -= 1
            in_a[match, i[match]] = in_b[match, j[match]] = True
    return reached[:, -1], in_a, in_b


def _fill_up(code: Ints, units: pd.DataFrame, filler: int) -> Ints:
    """The codes of each unit in a row of a table, filled up to the longest."""
    place = units["begin"].to_numpy()[:, None] + np.arange((units["end"] - units["begin"]).max())
    return np.where(place < units["end"].to_numpy()[:, None], code[place.clip(max=len(code) - 1)], filler)


def _score_pairs(
    code: Ints, units: pd.DataFrame, weight: Floats, a: Ints, b: Ints, *, traced: bool = False
) -> tuple[Floats, list[tuple[np.ndarray, np.ndarray]]]:
    """Score each pair of units; with `traced`, also say which words of each have no match."""
    begin, end = units["begin"].to_numpy(), units["end"].to_numpy()
    before = np.append(0, np.cumsum(weight[code]))
    total = before[end] - before[begin]
    length = np.maximum(end[a] - begin[a], end[b] - begin[b])
    order = np.argsort(length, kind="stable")
    score = np.zeros(len(a))
    alone: list[tuple[np.ndarray, np.ndarray]] = [(np.zeros(0), np.zeros(0))] * len(a)
    for piece in pieces_of(length[order] ** 2):
        at = order[piece]
        one, other = a[at], b[at]
        codes_a, codes_b = _fill_up(code, units.iloc[one], -1), _fill_up(code, units.iloc[other], -2)
        common, in_a, in_b = _align(codes_a, codes_b, weight, traced=traced)
        score[at] = 2 * common / (total[one] + total[other])
        if traced:
            for row, pair in enumerate(at):
                alone[pair] = ~in_a[row][codes_a[row] >= 0], ~in_b[row][codes_b[row] >= 0]
    # Sums of the same weights in another order must tie.
    return np.round(score, 9), alone


def _keep_best(score: Floats, a: Ints, b: Ints, article: Ints) -> Ints:
    """Take pairs from the highest score down, a unit once for each other article."""
    used: set[tuple[int, int]] = set()
    kept = []
    for pair in np.lexsort((b, a, -score)).tolist():
        sides = {(a[pair], article[b[pair]]), (b[pair], article[a[pair]])}
        if used.isdisjoint(sides):
            used |= sides
            kept.append(pair)
    return np.array(kept, dtype=np.int64)


def _join_alone(raw: str, start: Ints, end: Ints, alone: np.ndarray) -> str:
    """The words without a match as they are printed, " … " where matched words stand between."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], alone, [0]]))).reshape(-1, 2)
    return " … ".join(" ".join(raw[start[first] : end[last - 1]].split()) for first, last in edges)


def find_near_copies(
    corpus: Corpus, n_words: int = 8, lowest_score: float = 0.5, quotes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find sentences that two articles share nearly: reworded, or quoted from two translations.

    What is compared is every sentence and, where a sentence holds words in quotation marks, these by
    themselves, if they are n words or more (see `find_shared_passages` for what a word is).

    Score = 2 w(LCS) / (w(A) + w(B)): LCS is the heaviest common subsequence of the words of A and B (the
    same words in the same order, with gaps), w the sum of the words' weights, ln((N + 1) / n) for a word
    in n of the corpus's N sentences. So 1 is the same words in the same order, 0 no word in common, and
    "the" counts for little. Words are compared as printed: "strengthen" is not "strengthening".

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`. Only headline, sub-headings, captions and body are read.
    n_words : int
        The fewest words of a sentence or quotation that is compared.
    lowest_score : float
        The lowest score that is listed, above 0, at most 1. The default, half of the weight in common,
        was chosen by looking: the bundled articles' pairs from 0.5 on are the same words reworded, those
        below 0.4 the same fact or subject in other words; and of 5,400 pairs of Wikinews articles
        on different subjects (companies, markets), none had two sentences at 0.5 (the highest: 0.42).
    quotes : DataFrame, optional
        From `find_quotes`: what is attributed without marks is compared by itself, too.

    Returns
    -------
    DataFrame
        A row a pair: article_a, outlet_a, start_a, end_a, text_a, article_b, outlet_b, start_b, end_b,
        text_b (the span from the first word to the last), score, exact (the same words in the same
        order), quoted_a, quoted_b (share of the words inside quotation marks), different_a,
        different_b (what is not in the common subsequence, " … " between its pieces). The highest score
        first. Each sentence or quotation stands at most once for each other article: pairs are taken
        from the highest score down.

    Raises
    ------
    InputError
        `n_words` below 1, `lowest_score` out of range; a quotation of an article that is not in the corpus.

    Notes
    -----
    Weights are those of the corpus, so scores of two corpora do not compare. No pair that reaches the
    score is missed: only pairs that cannot, for want of rare words in common, are never looked at. Time
    therefore grows with the pairs that share a rare word, and where one sentence is copied m times,
    with m².

    References
    ----------
    Lin (2004), "ROUGE", for the LCS score; Spärck Jones (1972) for the weights.

    Examples
    --------
    >>> from helpers import load_corpus
    >>> best = find_near_copies(load_corpus()).iloc[0]
    >>> best["different_a"], best["different_b"]
    ('help strengthen … stage', 'This visit will contribute to strengthening … step')
    """
    check_n_words(n_words)
    if not 0 < lowest_score <= 1:
        raise InputError(f"lowest_score is {lowest_score!r}: expected a number above 0, at most 1")
    words = read_words(corpus)
    code, n_quoted = words["code"].to_numpy(), np.append(0, np.cumsum(words["quoted"]))
    units, sentence = _find_units(corpus, words, n_words, quotes)
    weight = _weigh_words(code, sentence)
    a = b = np.zeros(0, dtype=np.int64)
    if len(units):
        a, b = _pair_units(units, code, weight, lowest_score)
    score, _ = _score_pairs(code, units, weight, a, b)
    kept = np.flatnonzero(score >= lowest_score)
    kept = kept[_keep_best(score[kept], a[kept], b[kept], units["article"].to_numpy())]
    a, b = a[kept], b[kept]
    score, alone = _score_pairs(code, units, weight, a, b, traced=True)
    exact = np.array([not np.any(np.append(*both)) for both in alone], dtype=np.bool_)
    table = pd.DataFrame(index=range(len(a)))
    for side, unit in (("a", a), ("b", b)):
        chosen = units.iloc[unit]
        table[f"article_{side}"] = corpus.articles["article_id"].take(chosen["article"]).array
        table[f"outlet_{side}"] = corpus.articles["outlet"].take(chosen["article"]).array
        table[f"start_{side}"] = words["start"].to_numpy()[chosen["begin"]]
        table[f"end_{side}"] = words["end"].to_numpy()[chosen["end"] - 1]
        table[f"text_{side}"] = texts_of(corpus, table, side)
    table["score"] = score
    table["exact"] = exact
    start, end = words["start"].to_numpy(), words["end"].to_numpy()
    for which, (side, unit) in enumerate((("a", a), ("b", b))):
        first, last = units["begin"].to_numpy()[unit], units["end"].to_numpy()[unit]
        table[f"quoted_{side}"] = (n_quoted[last] - n_quoted[first]) / (last - first)
        different = [
            _join_alone(corpus.raw(article_id), start[begin:behind], end[begin:behind], both[which])
            for article_id, begin, behind, both in zip(
                table[f"article_{side}"], first.tolist(), last.tolist(), alone, strict=True
            )
        ]
        table[f"different_{side}"] = pd.Series(different, dtype="str")
    columns = [c for c in table if not c.startswith(("quoted", "different"))]
    ends = [f"{c}_{side}" for c in ("quoted", "different") for side in ("a", "b")]
    return table[[*columns, *ends]]

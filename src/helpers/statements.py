"""What an article states: each piece of a sentence with one teller, and which pieces tell the same fact."""

import heapq
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from .corpus import Corpus, short_ids
from .matching import fold
from .mentions import without_pronouns
from .sentences import function_words
from .tone_words import lemma_of
from .uncertainty import Ints
from .value_words import WEEKDAYS
from .values import find_values

STATEMENT_COLUMNS = [
    "statement_id", "article_id", "outlet", "sentence_id", "start", "end", "text", "state", "speaker_id",
    "speaker", "cue", "cue_end",
]  # fmt: skip
# Told with one of these, a statement is not what the speaker says but what the speaker says is not so.
DENIALS = frozenset(
    "deny denies denied denying dismiss dismisses dismissed dismissing reject rejects rejected rejecting "
    "refute refutes refuted refuting dispute disputes disputed disputing rebut rebuts rebutted "
    "rebutting".split()
)
LEAST_WORDS = 5
STEM = 6  # letters of a word's dictionary form by which "delegate" and "delegation" meet
# How alike two statements must be on average to tell one fact: chosen on two invented events. On two others,
# 0.88 of the pairs of sentences put together told a fact in common, 0.37 of those that did were put together.
LOWEST_SIMILARITY = 0.14
# One rare word in common is no fact in common, nor are words that more than one statement in ten holds; in a
# small folder up to eight statements may hold them.
LEAST_SHARED, FEW = 2, 8
# A word in more statements than this says nothing of which fact it is; it also bounds the pairs looked at.
MOST_STATEMENTS = 300
_LEADING = frozenset("a an the of to in that as with by for on at from and or but which".split())
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|shall|should|did|does|do|[a-z]{3,}ed)\b"
)


def find_statements(corpus: Corpus, quotes: pd.DataFrame) -> pd.DataFrame:
    """Cut the sentences that count into statements with one teller each.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.
    quotes : DataFrame
        From `find_quotes`.

    Returns
    -------
    DataFrame
        A row a statement, in the order of the text: statement_id (the article's number or id, a colon and
        the sentence's, with a letter where the sentence holds several), article_id, outlet, sentence_id,
        start, end (from its first to its last character), text, state (stated: in the outlet's own
        voice; attributed: said by a source; denied: what a source says is not so), speaker_id, speaker,
        cue, cue_end (where the cue ends, -1 for none). What is said under one cue is one statement.
        Headlines and pieces of less than five words (six beside a telling) are left out; what only
        introduces a quotation is no statement.

    Examples
    --------
    >>> from helpers import find_mentions, find_quotes, load_corpus
    >>> corpus = load_corpus()
    >>> statements = find_statements(corpus, find_quotes(corpus, find_mentions(corpus)))
    >>> sorted(set(statements["state"]))
    ['attributed', 'denied', 'stated']
    """
    told_of: dict[str, list[Any]] = defaultdict(list)
    for quote in quotes[quotes["kind"].isin(["direct", "partial", "indirect"])].itertuples():
        told_of[quote.article_id].append(quote)
    ids = corpus.articles["article_id"]
    labels = dict(zip(ids, short_ids(ids), strict=True))
    outlets = corpus.articles.set_index("article_id")["outlet"]
    kinds = corpus.blocks.set_index(["article_id", "block_id"])["kind"].to_dict()
    rows: list[tuple[object, ...]] = []
    for sentence in corpus.sentences.itertuples():
        article_id = sentence.article_id
        if kinds[article_id, sentence.block_id] not in ("body", "caption"):
            continue
        raw = corpus.raw(article_id)
        here = [q for q in told_of[article_id] if q.start < sentence.end and q.end > sentence.start]
        found = sorted(_pieces(raw, sentence.start, sentence.end, here))
        for number, (start, end, *told) in enumerate(found):
            letter = chr(ord("a") + number) if len(found) > 1 else ""
            statement_id = f"{labels[article_id]}:{sentence.sentence_id}{letter}"
            text = " ".join(raw[start:end].split())
            outlet = outlets[article_id]
            rows.append((statement_id, article_id, outlet, sentence.sentence_id, start, end, text, *told))
    statements = pd.DataFrame(rows, columns=STATEMENT_COLUMNS)
    return statements.astype(dict.fromkeys(["sentence_id", "start", "end", "cue_end"], "int64"))


_Piece = tuple[int, int, str, str, str, str, int]


def _pieces(raw: str, start: int, end: int, told: list[Any]) -> Iterator[_Piece]:
    """The statements of one sentence: one for each cue, and what the outlet tells beside them."""
    own = raw[start:end]
    if not told:
        if _n_words(own) >= LEAST_WORDS:
            yield start, end, "stated", "", "", "", -1
        return
    n_found = 0
    for first, *others in _by_cue(told):
        a = max(start, min(q.start for q in (first, *others)))
        b = min(end, max(q.end for q in (first, *others)))
        denied = first.cue.lower() in DENIALS
        if denied or _n_words(raw[a:b]) >= LEAST_WORDS:
            state = "denied" if denied else "attributed"
            n_found += 1
            yield a, b, state, first.speaker_id, first.speaker, first.cue, int(first.cue_end)
    for quote in told:
        for a, b in ((quote.start, quote.end), (quote.cue_start, quote.cue_end)):
            begin, behind = max(a, start) - start, min(b, end) - start
            if behind > begin:
                own = own[:begin] + "\x1e" * (behind - begin) + own[behind:]
    for match in re.finditer(r"[^\x1e]+", own):
        bare = _without_frame(match[0], start + match.start(), told)
        if _n_words(bare) > LEAST_WORDS and _FINITE.search(bare) and bare.split()[-1].lower() not in _LEADING:
            n_found += 1
            at = start + match.start() + match[0].rindex(bare)
            yield at, at + len(bare), "stated", "", "", "", -1
    if n_found == 0 and _n_words(raw[start:end]) >= LEAST_WORDS:
        yield start, end, "attributed", told[0].speaker_id, told[0].speaker, told[0].cue, -1


def _without_frame(text: str, start: int, told: list[Any]) -> str:
    """What is left of the words beside a telling without those that only name its source or lead to it."""
    for quote in told:
        if quote.cue_start == start + len(text.rstrip()) + 1 and not quote.cue.endswith("ing"):
            text = ""  # "Doe, a lecturer in Oslo," said
        if quote.cue_end == start:
            text = text.partition(",")[2]  # said "on Monday at a meeting, one day after the vote"
    return re.sub(rf"^\W*(?:(?:{'|'.join(WEEKDAYS)})\b\W*)?|\W+$", "", text)


def _by_cue(told: list[Any]) -> Iterable[list[Any]]:
    """Quotations of one cue and speaker together, in the order of the text."""
    groups: dict[tuple[int, str, str], list[Any]] = defaultdict(list)
    for quote in told:
        groups[quote.cue_start, quote.speaker_id, quote.speaker_text].append(quote)
    return groups.values()


def _n_words(text: str) -> int:
    return len(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text))


def _features(corpus: Corpus, statements: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """What each statement is compared by: statement (its number), feature; each feature once a statement."""
    values = find_values(corpus)
    values = values[~values["kind"].isin(["time"])]
    rows: list[tuple[int, str]] = []
    named: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in mentions.itertuples():
        named[row.article_id].append((row.start, row.end, f"@{row.actor_id}"))
    for row in values.itertuples():
        named[row.article_id].append((row.start, row.end, f"#{row.value} {row.unit}".strip()))
    for found in named.values():
        found.sort()
    for number, statement in enumerate(statements.itertuples()):
        here = named[statement.article_id]
        # "accused Oslo of arming rebels": who is accused belongs to what is said
        begin = statement.cue_end if 0 < statement.cue_end < statement.start else statement.start
        first, last = bisect_left(here, (begin,)), bisect_left(here, (statement.end,))
        covered = [(a, b) for a, b, _ in here[first:last] if b <= statement.end]
        rows += [(number, feature) for _, b, feature in here[first:last] if b <= statement.end]
        text = fold(corpus.raw(statement.article_id)[statement.start : statement.end])
        for match in re.finditer(r"[^\W\d_]+(?:['-][^\W\d_]+)*", text):
            word = re.sub(r"'s?$", "", match[0].lower())
            at = statement.start + match.start()
            if len(word) < 3 or word in function_words() or any(a <= at < b for a, b in covered):
                continue
            rows.append((number, lemma_of(word)[:STEM]))
    return pd.DataFrame(rows, columns=["statement", "feature"]).drop_duplicates(ignore_index=True)


def weigh_features(item: pd.Series, feature: pd.Series, n_items: int, most: int) -> sparse.csr_array:
    """Weigh what items are compared by, so that the product of two rows is their cosine.

    A feature of n of N items weighs ln((N + 1) / n), and the rows have length 1; of a feature that one item
    or more than `most` have, the column is left out, which bounds the pairs that meet.
    """
    n = feature.groupby(feature).transform("size")
    weight = np.log((n_items + 1) / n)
    norm = np.sqrt((weight**2).groupby(item).sum())
    kept = (n > 1) & (n <= most)
    column, names = pd.factorize(feature[kept], sort=True)
    cells = (weight / item.map(norm))[kept], (item[kept], column)
    return sparse.csr_array(cells, shape=(n_items, len(names)))


def compare_statements(corpus: Corpus, statements: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Score every pair of statements that share something telling.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.
    statements : DataFrame
        From `find_statements`.
    mentions : DataFrame
        From `find_mentions`; pronouns are not looked at.

    Returns
    -------
    DataFrame
        a, b (row numbers in `statements`, a before b), similarity (0 to 1): the cosine of the two
        statements' shared actors, numbers, dates and dictionary forms of words, each weighted by
        ln((N + 1) / n), for a feature in n of N statements. Pairs below a third of the lowest
        similarity of one fact are left out, and those with less than two features in common that
        at most one statement in ten (or eight of them) holds.

    Notes
    -----
    A feature of more than 300 statements is passed over, so that the work grows with the statements
    and not with their pairs.
    """
    features = _features(corpus, statements, without_pronouns(mentions))
    matrix = weigh_features(features["statement"], features["feature"], len(statements), MOST_STATEMENTS)
    held = (matrix > 0).astype(np.int64)
    telling = held[:, held.sum(axis=0) <= max(FEW, len(statements) / 10)]
    enough = telling @ telling.T >= LEAST_SHARED
    product = sparse.coo_array(sparse.triu((matrix @ matrix.T).multiply(enough), k=1))
    kept = product.data >= LOWEST_SIMILARITY / 3
    pairs = pd.DataFrame({"a": product.row[kept], "b": product.col[kept], "similarity": product.data[kept]})
    return pairs.sort_values(["a", "b"], ignore_index=True)


def group_statements(n: int, pairs: pd.DataFrame, lowest: float = LOWEST_SIMILARITY) -> Ints:
    """Join statements to facts: the most alike first, as long as two groups are alike on average.

    Average linkage over the pairs that were scored; those that were not count as 0.

    Parameters
    ----------
    n : int
        How many statements there are.
    pairs : DataFrame
        From `compare_statements`.
    lowest : float
        The lowest average similarity of two groups that are joined.

    Returns
    -------
    ndarray of int
        The number of each statement's group: the row of the group's first statement.

    Examples
    --------
    >>> pairs = pd.DataFrame({"a": [0, 0], "b": [1, 2], "similarity": [0.9, 0.5]})
    >>> group_statements(3, pairs, lowest=0.3).tolist()
    [0, 0, 2]
    """
    size = [1] * n
    group = np.arange(n)
    members: dict[int, list[int]] = {i: [i] for i in range(n)}
    near: dict[int, dict[int, float]] = defaultdict(dict)
    heap: list[tuple[float, int, int]] = []
    for a, b, similarity in zip(pairs["a"], pairs["b"], pairs["similarity"], strict=True):
        near[int(a)][int(b)] = near[int(b)][int(a)] = float(similarity)
        if similarity >= lowest:
            heap.append((-float(similarity), int(a), int(b)))
    heapq.heapify(heap)
    while heap:
        score, a, b = heapq.heappop(heap)
        if a not in members or b not in members:
            continue
        if abs(near[a].get(b, 0.0) / (size[a] * size[b]) + score) > 1e-12:
            continue  # one of the two has grown since
        a, b = min(a, b), max(a, b)
        members[a] += members.pop(b)
        size[a] += size[b]
        for other, total in near.pop(b).items():
            if other == a:
                continue
            near[a][other] = near[other][a] = near[a].get(other, 0.0) + total
            del near[other][b]
        del near[a][b]
        for other, total in near[a].items():
            average = total / (size[a] * size[other])
            if average >= lowest:
                heapq.heappush(heap, (-average, min(a, other), max(a, other)))
    for first, numbers in members.items():
        group[numbers] = min(first, *numbers)
    return group

"""What two articles put differently: numbers, days, titles, spellings of a name, the same quotation."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations
from typing import Any

import pandas as pd
import simplemma
from scipy import sparse

from .corpus import Corpus
from .matching import fold
from .near_copies import find_near_copies
from .sentences import function_words, sentence_openers
from .statements import MOST_STATEMENTS, STEM, weigh_features
from .title_words import word_list
from .tone_words import lemma_of
from .values import find_values

DISAGREEMENT_COLUMNS = [
    "rank", "kind", "about", "article_a", "outlet_a", "start_a", "end_a", "text_a", "sentence_a", "article_b",
    "outlet_b", "start_b", "end_b", "text_b", "sentence_b", "score", "difference",
]  # fmt: skip
# Kinds of values that can stand for the same thing only in the same kind; the unit must be the same, too.
_BY_UNIT = frozenset(["count", "ordinal", "percent", "money", "duration", "age", "period"])
_KIND = dict.fromkeys(["count", "percent", "money", "duration", "age"], "number")
_KIND |= dict.fromkeys(["month", "year"], "date")
# How many words around a value say what it is of, and how alike those of two values must be.
WINDOW, LEAST_ALIKE = 8, 0.2
# Days need more: one sentence form tells of many days. Counts so many times apart are of two things.
LEAST_ALIKE_DAYS, MOST_TIMES = 0.35, 4
# The lowest score of one quotation with and without marks, and of two wordings in the same form.
SAME_QUOTE, SAME_WORDS = 0.4, 0.5
_VAGUE_HEADS = frozenset(
    "leader counterpart official member ally rival chief head critic candidate man woman son daughter wife "
    "brother sister father mother founder owner friend officer soldier".split()
)
# Words for one role, by what is left without "-man", "-woman" and "-person".
_SAME_ROLE = {
    "attorney": "lawyer", "spokes": "spokesperson", "congress": "lawmaker", "mp": "lawmaker",
    "legislator": "lawmaker", "parliamentarian": "lawmaker", "ceo": "executive", "academic": "researcher",
    "scientist": "researcher", "scholar": "researcher", "specialist": "expert", "councilor": "councillor",
}  # fmt: skip
_FULL_NAME = re.compile(
    r"(?<![\w'-])[A-ZÀ-Þ][\w'-]+(?: (?:[A-Z]\.|al|bin|de|der|van|von))*(?: [A-ZÀ-Þ][\w'-]+){1,2}(?![\w'-])"
)
_KNOWN_THING = re.compile(
    r"\b(?:the|these|those|both|its|their|his|her|all|our|any|other)\s+(?:\w+\s+)?$", re.IGNORECASE
)


def find_disagreements(corpus: Corpus, mentions: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Find what articles tell differently of the same thing.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.
    mentions : DataFrame
        From `find_mentions`.
    quotes : DataFrame
        From `find_quotes`.

    Returns
    -------
    DataFrame
        A row a difference, the surest first: rank (from 1), kind (number, date, period, ordinal, title,
        spelling, quote wording, quote form, quote speaker), about (what it is of), for each side
        article, outlet, start, end and text of what differs and the sentence around it, score (0 to
        1, by kind; see below), difference (in a sentence). A difference found in several places has
        one row, its most alike sentences.

    Notes
    -----
    A difference is no verdict: either side may be right, or both, of two things.

    Values (`helpers.values.find_values`) are held together where kind and unit are the same and their
    ranges do not meet; score is the cosine of the eight words on either side of them in the sentence,
    weighted by ln((N + 1) / n), for a word beside n of N values of the kind: 0.2 or more, 0.35 for days,
    and two words in common. Counts more than four times apart are taken to be of two things. Periods
    need one such word and one end in common. Quotations are compared as
    `helpers.near_copies.find_near_copies` does (score 0.5 and more, with and without marks 0.4), short
    ones in marks word for word. Spellings: names one or two letters apart that are no words of the
    language. Titles: a person's, with no role in common. Both have fixed, low scores.

    On two invented events that no rule was chosen on, with 8 planted differences each, 7 of 11 rows
    listed were planted ones, and 6 of the 16 were found: what is told in other words altogether ("17
    died", "the toll rose to 19") is not.

    Examples
    --------
    >>> from helpers import find_mentions, find_quotes, load_corpus
    >>> corpus = load_corpus()
    >>> mentions = find_mentions(corpus)
    >>> found = find_disagreements(corpus, mentions, find_quotes(corpus, mentions))
    >>> "period" in set(found["kind"])
    True
    """
    rows = [
        *_values(corpus),
        *_quotations(corpus, quotes),
        *_spellings(corpus),
        *_titles(corpus, mentions),
    ]
    table = pd.DataFrame(rows, columns=["kind", "about", "a", "b", "score"])
    table = table.sort_values("score", ascending=False, kind="stable", ignore_index=True)
    outlets, labels = corpus.articles.set_index("article_id")["outlet"], corpus.labels()
    sentences = dict(tuple(corpus.sentences.groupby("article_id")))
    found = []
    for rank, row in enumerate(table.itertuples(), 1):
        cells: list[object] = [rank, row.kind, row.about]
        for article_id, start, end in (row.a, row.b):
            text = " ".join(corpus.raw(article_id)[start:end].split())
            around = sentences[article_id]
            around = around.iloc[max(int(around["start"].searchsorted(start, "right")) - 1, 0)]
            cells += [article_id, outlets[article_id], start, end, text, " ".join(around["text"].split())]
        names = labels[row.a[0]], labels[row.b[0]]
        found.append([*cells, round(float(row.score), 6), _in_words(cells, *names)])
    return pd.DataFrame(found, columns=DISAGREEMENT_COLUMNS)


_Place = tuple[str, int, int]
_Row = tuple[str, str, _Place, _Place, float]


def _in_words(cells: list[object], outlet_a: str, outlet_b: str) -> str:
    _, kind, about, _, _, _, _, text_a, _, _, _, _, _, text_b, _ = cells
    if kind == "quote form":
        return f"{outlet_a} and {outlet_b} give {about} once in quotation marks and once in their own words."
    if kind == "quote speaker":
        return f"{outlet_a} and {outlet_b} give much the same words to different speakers: {about}."
    if kind == "quote wording":
        return f"{outlet_a} and {outlet_b} quote {about} in different words."
    one, other = _shorten(str(text_a)), _shorten(str(text_b))
    return f"{outlet_a} has “{one}”, {outlet_b} has “{other}”" + (f" ({about})." if about else ".")


def _shorten(text: str) -> str:
    words = text.split()
    return text if len(words) <= 12 else " ".join(words[:12]) + " …"


def _values(corpus: Corpus) -> Iterator[_Row]:
    """Values of the same kind and unit whose ranges do not meet, among words that are alike."""
    values = _with_context(corpus, find_values(corpus))
    table = {row.Index: row for row in values.itertuples()}
    best: dict[tuple[str, ...], _Row] = {}
    for i, j, likeness in _alike(values):
        one, other = table[i], table[j]
        if one.article_id == other.article_id or not _differ(one, other):
            continue
        shared = one.context & other.context
        is_period = one.kind == "period" and (one.low == other.low or one.high == other.high)
        least = LEAST_ALIKE_DAYS if _KIND.get(one.kind, one.kind) == "date" else LEAST_ALIKE
        if not is_period and (likeness < least or len(shared) < 2):
            continue
        unit = one.unit or other.unit
        key = (one.kind, unit, *sorted((one.value, other.value)))
        about = unit or ", ".join(sorted(one.thing & other.thing))
        # the years of a thing do not change with the sentence: one word in common is enough
        score = 0.5 + likeness / 2 if is_period else likeness
        if key not in best or best[key][-1] < score:
            best[key] = (_KIND.get(one.kind, one.kind), about, _place(one), _place(other), score)
    return iter(best.values())


def _place(value: Any) -> _Place:
    return value.article_id, value.start, value.end


def _with_context(corpus: Corpus, values: pd.DataFrame) -> pd.DataFrame:
    """Give each value the words around it in its sentence, and those behind it that say what it is of."""
    sentences = corpus.sentences.set_index(["article_id", "sentence_id"])[["start", "end"]]
    spans = {key: (start, end) for key, start, end in sentences.itertuples()}
    texts = {article_id: fold(corpus.raw(article_id)) for article_id in values["article_id"].unique()}
    columns: dict[str, list[Any]] = {"context": [], "thing": [], "known": []}
    for row in values.itertuples():
        raw = texts[row.article_id]
        start, end = spans[row.article_id, row.sentence_id]
        before = _content_words(raw[max(start, row.start - 200) : row.start])[-WINDOW:]
        after = _content_words(raw[row.end : min(end, row.end + 200)])[:WINDOW]
        columns["context"].append(frozenset(w for w in (*before, *after) if w))
        noun_phrase = after[: after.index("")] if "" in after else after
        columns["thing"].append(frozenset(noun_phrase[:4]))
        columns["known"].append(_KNOWN_THING.search(raw[max(start, row.start - 25) : row.start]) is not None)
    return values.assign(**columns)


def _content_words(text: str) -> list[str]:
    """The words of a text by their stem; "" for one that says nothing by itself."""
    words = re.findall(r"[^\W\d_][\w'-]*", text)
    return ["" if len(w) < 3 or w.lower() in function_words() else lemma_of(w.lower())[:STEM] for w in words]


def _alike(values: pd.DataFrame) -> Iterator[tuple[int, int, float]]:
    """Pairs of values of one kind with words around them in common, and the cosine of those words."""
    for _, rows in values.groupby("kind"):
        held = rows["context"].map(sorted).reset_index(drop=True).explode().dropna()
        matrix = weigh_features(held.index.to_series(), held, len(rows), MOST_STATEMENTS)
        product = sparse.coo_array(sparse.triu(matrix @ matrix.T, k=1))
        names = rows.index.to_numpy()
        pairs = sorted(zip(product.row.tolist(), product.col.tolist(), product.data.tolist(), strict=True))
        yield from ((int(names[a]), int(names[b]), float(likeness)) for a, b, likeness in pairs)


def _differ(one: Any, other: Any) -> bool:
    if one.kind == "time" or one.value == other.value:
        return False
    one_unit = one.unit == other.unit or (one.kind != "ordinal" and not (one.unit and other.unit))
    if one.kind in _BY_UNIT and not one_unit:
        return False
    if one.kind == "count" and (one.known or other.known or _times(one, other) > MOST_TIMES):
        return False  # "the two countries" were told before: their number is of other countries
    return one.kind == "period" or bool(one.high < other.low or other.high < one.low)


def _times(one: Any, other: Any) -> float:
    low, high = sorted((one.low or one.high, other.low or other.high))  # "up to 10" begins at 0
    return float(high / max(low, 1e-9))


def _quotations(corpus: Corpus, quotes: pd.DataFrame) -> Iterator[_Row]:
    """The same words told of different speakers, in and without marks, or quoted differently."""
    told = quotes[quotes["kind"].isin(["direct", "partial", "indirect"])]
    copies = find_near_copies(corpus, lowest_score=SAME_QUOTE, quotes=told)
    by_article: dict[str, list[Any]] = defaultdict(list)
    for quote in told.itertuples():
        by_article[quote.article_id].append(quote)
    seen: set[frozenset[int]] = set()
    yield from _same_words(told[told["kind"] != "indirect"], seen)
    for pair in copies.itertuples():
        one = _quote_at(by_article[pair.article_a], pair.start_a, pair.end_a)
        other = _quote_at(by_article[pair.article_b], pair.start_b, pair.end_b)
        if one is None or other is None:
            continue
        ids = frozenset([int(one.quote_id), int(other.quote_id)])
        if ids in seen:
            continue
        seen.add(ids)
        marks = [q.kind != "indirect" for q in (one, other)]
        speakers = one.speaker or one.speaker_text, other.speaker or other.speaker_text
        about = f"the words of {speakers[0] or 'a speaker'}"
        if pair.score < SAME_WORDS and marks[0] == marks[1]:
            continue
        if one.speaker_id and other.speaker_id and one.speaker_id != other.speaker_id:
            kind, about = "quote speaker", " and ".join(speakers)
        elif marks[0] != marks[1]:
            kind = "quote form"
        elif all(marks) and not pair.exact:
            kind = "quote wording"
        else:
            continue
        places = [(q.article_id, int(q.start), int(q.end)) for q in (one, other)]
        yield kind, about, places[0], places[1], float(pair.score)


def _same_words(told: pd.DataFrame, seen: set[frozenset[int]]) -> Iterator[_Row]:
    """The same few words in marks, too short for a near copy, of different speakers in two articles.

    The pairs go into `seen`: the sentences around them may be near copies, too.
    """
    words = told["text"].str.casefold().str.replace(r"[\W_]+", " ", regex=True).str.strip()
    n_words = words.str.count(" ") + 1
    for _, rows in told[n_words.between(3, 7) & (told["speaker_id"] != "")].groupby(words):
        first = rows.iloc[0]
        other = rows[
            (rows["speaker_id"] != first["speaker_id"]) & (rows["article_id"] != first["article_id"])
        ]
        if len(other):
            last = other.iloc[0]
            seen.add(frozenset([int(first["quote_id"]), int(last["quote_id"])]))
            a, b = ((q["article_id"], int(q["start"]), int(q["end"])) for q in (first, last))
            yield "quote speaker", f"{first['speaker']} and {last['speaker']}", a, b, 0.9


def _quote_at(quotes: list[Any], start: int, end: int) -> Any:
    """The quotation that holds most of a span, if it holds half of it; else None."""
    common = [(min(q.end, end) - max(q.start, start), -n) for n, q in enumerate(quotes)]
    most, n = max(common, default=(0, 0))
    return quotes[-n] if most >= (end - start) / 2 else None


def _spellings(corpus: Corpus) -> Iterator[_Row]:
    """Two spellings of one name: a letter or two apart, and no word of the language."""
    places: dict[str, list[_Place]] = defaultdict(list)
    full_names: dict[str, list[_Place]] = defaultdict(list)
    for article_id in corpus.articles["article_id"]:
        text = fold(corpus.counted_text(article_id))
        for match in _FULL_NAME.finditer(text):
            name = match[0].removesuffix("'s")
            if "'s " not in name and name.split()[0] not in sentence_openers():
                full_names[name].append((article_id, match.start(), match.start() + len(name)))
        for match in re.finditer(r"(?<![\w'-])[A-ZÀ-Þ][^\W\d_]{3,}(?:-[^\W\d_]+)*", text):
            places[match[0]].append((article_id, *match.span()))
    seen: set[frozenset[str]] = set()
    for one, other in _names_that_differ_in_a_word(full_names):
        seen |= {frozenset([a, b]) for a, b in zip(one.split(), other.split(), strict=True) if a != b}
        there = _other_place(full_names[other], full_names[one][0])
        yield "spelling", f"the name {one}", full_names[one][0], there, 0.45
    surnames: dict[str, str] = {}
    for name in full_names:
        surnames.setdefault(name.split()[-1], name)
    by_start: dict[str, list[str]] = defaultdict(list)
    for word in sorted(places):
        by_start[word[0]].append(word)
    for surname, name in sorted(surnames.items()):
        for word in by_start[surname[0]]:
            known = word in surnames or frozenset([surname, word]) in seen
            if not known and surname in places and _is_variant(surname, word):
                there = _other_place(places[word], places[surname][0])
                yield "spelling", f"the name {name}", places[surname][0], there, 0.4


def _names_that_differ_in_a_word(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of full names with the same words but one, and that nearly the same."""
    by_rest: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(names):
        words = name.split()
        for at, word in enumerate(words):
            by_rest[(*words[:at], "", *words[at + 1 :])].append((word, name))
    for found in by_rest.values():
        for (a, one), (b, other) in combinations(found, 2):
            near = _distance(a.lower(), b.lower()) <= (1 if min(len(a), len(b)) < 7 else 2)
            if min(len(a), len(b)) > 3 and near and not _is_one_word(a, b):
                yield one, other


def _is_one_word(a: str, b: str) -> bool:
    """Whether two words are words of the language, or one of them is the other's plural or adjective."""
    return a.startswith(b) or b.startswith(a) or a.lower() == b.lower() or _is_word(a) or _is_word(b)


def _other_place(places: list[_Place], first: _Place) -> _Place:
    return next((p for p in places if p[0] != first[0]), places[0])


def _is_variant(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 4 or _is_word(other) or other in sentence_openers():
        return False
    if one.startswith(other) or other.startswith(one) or other.lower().rstrip("s") == one.lower().rstrip("s"):
        return False
    return _distance(one.lower(), other.lower()) <= (1 if min(len(one), len(other)) < 8 else 2)


@cache
def _is_word(word: str) -> bool:
    return bool(simplemma.is_known(word.lower(), lang="en"))


def _distance(one: str, other: str) -> int:
    """How many letters to change, leave out or swap with their neighbour (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def _titles(corpus: Corpus, mentions: pd.DataFrame) -> Iterator[_Row]:
    """A person's titles in two articles that have no head word in common; one pair a person."""
    titles = mentions[(mentions["kind"] == "title") & mentions["actor_id"].map(_is_person(corpus))]
    for actor_id, rows in titles.groupby("actor_id", sort=False):
        heads: dict[str, dict[str, _Place]] = defaultdict(dict)
        for row in rows.itertuples():
            for head in _heads(row.text):
                heads[row.article_id].setdefault(head, (row.article_id, row.start, row.end))
        for a, b in combinations(heads, 2):
            one, other = set(heads[a]) - _VAGUE_HEADS, set(heads[b]) - _VAGUE_HEADS
            if one and other and not one & other:
                places = [heads[x][min(h)] for x, h in ((a, one), (b, other))]
                yield "title", f"the title of {corpus.actors[str(actor_id)].name}", places[0], places[1], 0.3
                break


def _is_person(corpus: Corpus) -> dict[str, bool]:
    return {actor.id: actor.type == "person" for actor in corpus.actors.values()}


def _heads(title: str) -> Iterable[str]:
    """The roles a title is built on: "coordinator" of "council coordinator for communications"."""
    lead = re.split(r"\b(?:of|at|for|in|from|with|on|who|which)\b", fold(title).lower())[0]
    heads = [w for w in re.findall(r"[\w-]+", lead) if w in word_list("person_heads")][-1:]
    return [_SAME_ROLE.get(re.sub(r"(?:wo)?men$|(?:wo)?man$|person$", "", head), head) for head in heads]

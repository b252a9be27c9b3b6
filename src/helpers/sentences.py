"""Where sentences end, where words stand, where quotation marks open and close.

Works on one article's raw text and returns spans into it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from .structure import COUNTED_KINDS, Block, Span, structure_rules

# In words. The longest sentences of prose have some hundred.
LONGEST_SENTENCE = 500


@cache
def _sentence_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    rules = structure_rules()["sentences"]
    return (
        frozenset(rules["abbreviations"]),
        frozenset(rules["maybe_final"]),
        frozenset(rules["openers"]),
    )


def sentence_openers() -> frozenset[str]:
    """Words that often open a sentence: capitalised there, and yet no names."""
    return _sentence_words()[2]


SENTENCE_END = re.compile(
    # The class goes first: it passes over all other characters at once.
    r"(?P<mark>[.!?…](?<![.!?…][.!?…])[.!?…]*)(?P<closers>[\"”’'»)\]]*)(?P<gap>\s+)(?=[\"“‘'«(\[]*(?P<next>[^\W_]\S*))"
)
SAID = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,4}(?:[a-z]+\s+){0,2}(?:said|says|asked|added|told|wrote|warned|shouted|replied|tweeted|insisted)\b|"
    r"(?:said|says|asked|added)\b"
)


def _word_before(text: str, end: int) -> str:
    """The letters, digits and joining signs that lead up to a place, which a line end may part from it."""
    end -= text.endswith("\n", 0, end)
    start = text.rfind(" ", max(0, end - 20), end) + 1
    if start and text[start:end].isalnum():
        return text[start:end]  # most words: found without a look at each letter
    start = end
    while start and (text[start - 1].isalnum() or text[start - 1] in "_.’'&-"):
        start -= 1
    return text[start:end]


_FIRST_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W\d_]")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_CLOSING_MARK = re.compile("[\"”’'»]")
BULLET = re.compile(r"[•*▪◦‣·–—-]\s+")


def words_before_no_end() -> frozenset[str]:
    """Words behind which a full stop may not end the sentence."""
    abbreviations, maybe_final, _ = _sentence_words()
    return abbreviations | maybe_final


def ends_here(text: str, match: re.Match[str]) -> bool:
    """Say whether a sentence ends at what `SENTENCE_END` found."""
    abbreviations, maybe_final, openers = _sentence_words()
    mark, following = match["mark"], match["next"]
    if following[0].islower():
        return False
    if mark in ("…", "...") and text[match.start() - 1 : match.start()].isspace():
        return False  # an ellipsis that stands alone marks words left out
    if mark[-1] in "?!" and _CLOSING_MARK.search(match["closers"]):
        return not SAID.match(text, match.end())
    if mark != ".":
        return True
    before = _word_before(text, match.start())
    if before in abbreviations:
        # "No. 1" and "Sept. 9" need their figure; "No." alone is an answer.
        return before in ("No", "Nos") and not following[0].isdigit()
    if before in maybe_final or ("." in before and _ACRONYM.fullmatch(before)):
        opener = _FIRST_WORD.match(following)
        return opener is not None and opener.group() in openers
    return match["closers"] != "" or before == "I" or not _LETTER.fullmatch(before)


def find_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Where the sentences of one block begin and end.

    A full stop ends no sentence after a title, a month, an initial or "No." before a figure; after
    an acronym ("U.S.") or a company form, only where the next word usually opens a sentence. Closing
    quotation marks and brackets belong to the sentence they close. A run of more than 500 words
    without an end, a list or a text without full stops, is cut.

    Parameters
    ----------
    text : str
        The raw text.
    start, end : int
        The block within it.

    Returns
    -------
    list of (int, int)
        String indices into `text`, without the white space between sentences.

    Examples
    --------
    >>> text = 'Mr. Li met the U.S. envoy. "It went well." No. 1 on the list: trade.'
    >>> [text[a:b] for a, b in find_sentences(text)]
    ['Mr. Li met the U.S. envoy.', '"It went well."', 'No. 1 on the list: trade.']
    """
    block = text[start:end]
    cuts = [(m.end("closers"), m.end("gap")) for m in SENTENCE_END.finditer(block) if ends_here(block, m)]
    bullet = BULLET.match(block)
    edges = [(0, bullet.end() if bullet else 0), *cuts, (len(block), len(block))]
    spans = [(a, b) for (_, a), (b, _) in pairwise(edges) if b > a]
    if any(b - a > LONGEST_SENTENCE for a, b in spans):
        spans = [piece for span in spans for piece in cut_long(block, *span)]
    return [(start + a, start + b) for a, b in spans] if start else spans


def cut_long(text: str, start: int, end: int) -> Iterator[Span]:
    """Cut what has more words than any sentence: the time for one grows with the square of them."""
    if end - start > LONGEST_SENTENCE:
        words = list(re.compile(r"\S+").finditer(text, start, end))
        pieces = [words[i : i + LONGEST_SENTENCE] for i in range(0, len(words), LONGEST_SENTENCE)]
        for piece, following in pairwise(pieces):
            yield start, piece[-1].end()
            start = following[0].start()
    yield start, end


_MARKS = re.compile("[“”„«»\"‘’']")
# An apostrophe that can close a quotation, and what a closing mark without an opening one stands behind.
_CLOSER = re.compile(r"(?<=[\w.,!?…])'(?!\w)")
_WORD_AND_STOP = re.compile(r"\w[.,?!…]$")
# Words that lose their beginning: "rock 'n' roll", "'Twas".
_ELISION = re.compile(r"(?:n|[Tt]was|[Tt]is|[Tt]il|[Ee]m|[Cc]ause)\b")


class _Block:
    """One block's text, with what every mark in it asks for found once and not once a mark."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        """Where its sentences begin, and where they end."""
        spans = find_sentences(self.text)
        return [start for start, _ in spans], [end for _, end in spans]

    @cached_property
    def _last_closers(self) -> tuple[list[int], list[int]]:
        """Where each line ends, and where the last apostrophe in it stands that can close; -1 for none."""
        ends = [m.start() for m in re.finditer(r"\n|\Z", self.text)]
        last = [
            max((m.start() for m in _CLOSER.finditer(self.text, start, end)), default=-1)
            for start, end in zip([0, *ends], ends, strict=False)
        ]
        return ends, last

    def is_closed_behind(self, at: int) -> bool:
        """Whether an apostrophe that can close a quotation stands behind this one in its line."""
        ends, last = self._last_closers
        return last[bisect_left(ends, at)] >= at + 3

    def visible_before(self, at: int) -> str:
        """The last character before a place that is not white space."""
        while at and self.text[at - 1].isspace():
            at -= 1
        return self.text[at - 1 : at]

    def ends_before(self, at: int) -> bool:
        """Whether a word with a full stop, a comma or the like stands right before a place."""
        return _WORD_AND_STOP.search(self.text, max(0, at - 3), at) is not None

    def sentence_start(self, at: int, earliest: int) -> int:
        """Where the sentence around a position begins, or behind what is quoted in it before."""
        starts, _ = self._edges
        start = starts[bisect_left(starts, at) - 1]
        return max(start, earliest + 1 if earliest > start else start)

    def open_to_sentence_end(self, opened: int) -> Span:
        """From behind a mark that is never closed to the end of its sentence."""
        _, ends = self._edges
        return opened + 1, max(ends[bisect_right(ends, opened)], opened + 1)


def _mark_role(block: _Block, at: int, mark: str, *, inside: bool) -> str:
    """Whether a mark opens or closes, by its shape or, where it has none, by its neighbours."""
    text = block.text
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark in "“„«":
        return "close" if inside else "open"
    if mark in "”»":
        return "close"
    opens = (before.isspace() or before in '([—–-/“"') and not after.isspace()
    if mark == '"':
        late = inside and after.islower() and block.visible_before(at) in ",.!?"  # '…, "he said'
        if opens and not late and not (inside and after in ".,;:!?)"):
            return "open"
        return "close" if inside else ""
    if mark == "‘":
        return "open" if opens else ""
    # An apostrophe stands in or after a word; as a closing mark it stands before no letter or digit.
    if mark == "'" and opens and after.isalpha():
        if _ELISION.match(text, at + 1):
            return ""
        # The closing mark must come.
        return "open" if block.is_closed_behind(at) else ""
    return "close" if inside and not before.isspace() and not after.isalnum() else ""


_PAIRS = {"“": "”", "„": "“”", "«": "»", '"': '"”', "‘": "’", "'": "'"}


def find_quoted_spans(raw: str, blocks: list[Block]) -> list[Span]:
    """What stands inside quotation marks, outermost marks only, the marks left out.

    Straight, curly, single and angled marks. A quotation that runs on over paragraphs opens each of
    them with a mark and closes the last. A mark that is never closed reaches to the end of its
    sentence and no further; one that nothing opened, behind a comma or the like, back to its sentence's
    start, and any other is passed over.

    Parameters
    ----------
    raw : str
        The article's raw text.
    blocks : list of Block
        From `find_blocks`; only blocks that count are read.

    Returns
    -------
    list of (int, int)
        String indices into `raw`, in order.

    Examples
    --------
    >>> from helpers.structure import find_blocks
    >>> raw = "He spoke of “strong ties,” she of 'no change'. It’s Paris' turn."
    >>> [raw[a:b] for a, b in find_quoted_spans(raw, find_blocks(raw))]
    ['strong ties,', 'no change']
    """
    spans: list[Span] = []
    counted = [b for b in blocks if b.kind in COUNTED_KINDS]
    for block, following in pairwise([*counted, Block("", len(raw), len(raw), "")]):
        inside = _Block(raw[block.start : block.end])
        text, found = inside.text, list[Span]()
        opened, closing, nested = -1, "", 0
        for match in _MARKS.finditer(text):
            mark, at = match.group(), match.start()
            role = _mark_role(inside, at, mark, inside=bool(closing) and mark in closing)
            if closing == _PAIRS['"'] and mark in "“”" and (mark == "“" or nested):
                nested += 1 if mark == "“" else -1
            elif not closing and role == "open":
                opened, closing, nested = at, _PAIRS[mark], 0
            elif not closing and mark in '”"' and inside.ends_before(at):
                earliest = max((b for _, b in found[-1:]), default=-1)
                found.append((inside.sentence_start(at, earliest), at))
            elif closing and role == "open" and _PAIRS[mark] == closing:
                start, end = inside.open_to_sentence_end(opened)
                found.append((start, max(start, min(end, at))))
                opened = at
            elif closing and role == "close" and mark in closing:
                found.append((opened + 1, at))
                closing = ""
        if closing:
            first = raw[following.start : following.start + 1]
            if first == text[opened] and first in ("“", '"', "«"):
                found.append((opened + 1, len(text)))
            else:
                found.append(inside.open_to_sentence_end(opened))
        spans += [(block.start + start, block.start + end) for start, end in found]
    return spans


@cache
def _tokenizers() -> tuple[Any, Any]:
    """SpaCy's, and one that does not look for special cases again in what it has split."""
    from spacy.lang.en import English  # a second to import; only what counts words needs it

    full: Any = English().tokenizer
    loaded = False

    def later(search: Callable[[str], Any], nothing: Any = None) -> Callable[[str], Any]:
        # What it looks for again are the cases in which these find something while it takes them in.
        return lambda text: search(text) if loaded else nothing

    affixes = later(full.prefix_search), later(full.suffix_search), later(full.infix_finditer, ())
    once = type(full)(full.vocab, full.rules, *affixes, url_match=full.url_match)
    loaded = True
    return full, once


# spaCy takes signs off a run without white space one by one and reads the rest anew each time, minutes for
# a million brackets. Neither more than 20 signs in a row nor 500 characters without a space are prose.
_SIGNS = re.compile(r"(?:[^\w\s]|_){21,}")
_UNBROKEN = re.compile(r"\S{501,}")
_HALVES = re.compile("[\ud800-\udfff]")  # of characters; nothing can encode them
_NO_PLAIN_SPACE = re.compile(r"[^\S ]")
_POSSESSIVE = ("'s", "’s", "'S", "’S")


def _blank_signs(found: re.Match[str]) -> str:
    """As many characters, the letters and digits in their places."""
    return re.sub(r"[\W_]", " ", found.group())


def _tokenize(text: str, tokenizer: Any) -> list[Span]:
    """The words of a text as one of spaCy's tokenizers splits it as a whole."""
    words: list[Span] = []
    plain = _UNBROKEN.sub(_blank_signs, _SIGNS.sub(_blank_signs, _HALVES.sub(" ", text)))
    for token in tokenizer(plain):
        word, start = token.text, token.idx
        if word.isalnum():
            words.append((start, start + len(word)))
        elif word in _POSSESSIVE and words and words[-1][1] == start:
            words[-1] = (words[-1][0], start + len(word))
        elif any(map(str.isalnum, word)):
            words.append((start, start + len(word)))
    return words


# The words of each run of characters without white space, from its start; None where the whole text decides.
_known_runs: dict[str, list[Span] | None] = {}
_MOST_RUNS = 100_000
_LONGEST_RUN = 100


def _learn_runs(runs: set[str]) -> None:
    """Find the words of those runs that were not met before.

    spaCy splits each run by itself and then looks for special cases in what it has split. One that it finds
    across a space (": )" is a smile) keeps it from another inside a run beside it. Without any inside it, a
    run stands for itself.
    """
    if len(_known_runs) > _MOST_RUNS:
        _known_runs.clear()
    new = [run for run in runs if run not in _known_runs and len(run) <= _LONGEST_RUN]
    joined = "\n".join(new)  # no special case holds a line end
    full, once = (_tokenize(joined, tokenizer) for tokenizer in _tokenizers())
    begin = 0
    for run in new:
        end = begin + len(run)
        words, others = (
            [
                (a - begin, b - begin)
                for a, b in spans[bisect_left(spans, (begin,)) : bisect_left(spans, (end,))]
            ]
            for spans in (full, once)
        )
        _known_runs[run] = words if words == others else None
        begin = end + 1


def find_words(text: str) -> list[Span]:
    """Where the words of a text stand: spaCy tokens that hold a letter or digit.

    A possessive ending is joined to its word; spaCy's other splits stay ("US-led" is two words). More
    than 20 signs in a row, and every sign in more than 500 characters without white space, part words.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (int, int)
        String indices into `text`, in order.

    Examples
    --------
    >>> text = "Mr. Kim’s two-day visit cost $3.5 million — no more."
    >>> [text[a:b] for a, b in find_words(text)]
    ['Mr.', 'Kim’s', 'two', 'day', 'visit', 'cost', '3.5', 'million', 'no', 'more']
    """
    runs = _NO_PLAIN_SPACE.sub(" ", text).split(" ")
    known = list(map(_known_runs.get, runs))
    if None in known:
        _learn_runs(set(runs))
        known = list(map(_known_runs.get, runs))
    words: list[Span] = []
    at = 0
    for run, spans in zip(runs, known, strict=True):
        if spans is None:
            return _tokenize(text, _tokenizers()[0])
        for start, end in spans:
            words.append((at + start, at + end))
        at += len(run) + 1
    return words


@cache
def function_words() -> frozenset[str]:
    """SpaCy's English stop list: words that carry grammar more than meaning."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)

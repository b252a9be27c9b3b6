"""Sentences as the outlet built them: a quotation is one word of one, however many sentences it holds."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .attributions import find_attributions
from .clause_words import QUOTE, Word, split_words
from .constructions import Attribution
from .matching import fold
from .reporting import reporting_words
from .sentences import SAID
from .source_types import Speaker
from .structure import Span

_OPENING, _CLOSING = "“”„«»\"‘’'", "“”»\"’'"


@dataclass
class Sentence:
    """One sentence: its words and tellings, and who speaks in each telling."""

    start: int
    end: int
    block: int
    words: list[Word] = field(default_factory=list)
    told: list[Attribution] = field(default_factory=list)
    speakers: dict[Attribution, Speaker] = field(default_factory=dict)


def build_sentences(
    text: str, sentences: Sequence[Sequence[int]], spans: Sequence[Span], names: Sequence[Span]
) -> list[Sentence]:
    """Join and part an article's sentences at its quotations, and find the tellings of each.

    Parameters
    ----------
    text : str
        The article, with what does not count blanked.
    sentences : sequence of (start, end, block_id)
        From the table of sentences.
    spans : sequence of (int, int)
        Its quotations, in order.
    names : sequence of (int, int)
        Where its actors are named, in order.

    Examples
    --------
    >>> text = "“Go. Stay,” Doe said. No."
    >>> for s in build_sentences(text, [(0, 4, 0), (5, 21, 0), (22, 25, 0)], [(1, 10)], []):
    ...     print(text[s.start : s.end], len(s.told))
    “Go. Stay,” Doe said. 1
    No. 0
    """
    marked = _with_marks(text, spans)
    pieces, behind = [], 0
    for start, end in marked:
        pieces += [text[behind:start], QUOTE * (end - start)]
        behind = end
    masked = fold("".join([*pieces, text[behind:]]))
    joined = _join(sentences, marked)
    built = [part for sentence in joined for part in _part(text, sentence, spans, marked)]
    for sentence in built:
        inside = marked[bisect_left(marked, (sentence.start,)) : bisect_left(marked, (sentence.end,))]
        stop = max(sentence.end, inside[-1][1] if inside else 0)
        plain = masked[sentence.start : stop].lower()
        if inside or not reporting_words().isdisjoint(re.findall(r"[\w-]+", plain)):
            sentence.words = split_words(masked, sentence.start, stop, marked, names)
            sentence.told = find_attributions(sentence.words)
    return built


def _with_marks(text: str, spans: Sequence[Span]) -> list[Span]:
    """Quotations with their marks, where they have them; a mark that two could claim is the first one's."""
    marked: list[Span] = []
    behind = 0
    for begin, stop in spans:
        start = begin - (begin > behind and text[begin - 1] in _OPENING)
        end = stop + (text[stop : stop + 1] in tuple(_CLOSING))
        marked.append((start, end))
        behind = end
    return marked


def _join(sentences: Sequence[Sequence[int]], marked: Sequence[Span]) -> list[Sentence]:
    """A sentence that ends inside a quotation goes on."""
    joined: list[Sentence] = []
    for start, end, block in sentences:
        before = bisect_left(marked, (start,)) - 1
        if joined and joined[-1].block == block and before >= 0 and start < marked[before][1]:
            joined[-1].end = max(end, joined[-1].end)
        else:
            joined.append(Sentence(start, end, block))
    return joined


def _part(text: str, sentence: Sentence, spans: Sequence[Span], marked: Sequence[Span]) -> Iterator[Sentence]:
    """Part a sentence where a quotation that ends like one is followed by a capital."""
    start = sentence.start
    first, last = bisect_left(spans, (sentence.start,)), bisect_left(spans, (sentence.end,))
    for (a, b), (_, end) in zip(spans[first:last], marked[first:last], strict=True):
        following = text[end : sentence.end].lstrip()
        quoted = text[a:b].rstrip()
        opens = re.match(r"[A-Z“\"]", following) is not None
        if opens and re.search(r"[.!?…]$", quoted) and (quoted[-1] == "." or not SAID.match(following)):
            yield Sentence(start, end, sentence.block)
            start = sentence.end - len(following)
    if start < sentence.end:
        yield Sentence(start, sentence.end, sentence.block)

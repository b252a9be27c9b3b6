"""The compiled matcher: where any of many phrases stands, in text of any size.

One Aho-Corasick automaton (ahocorasick-rs) reads a whole batch of articles at once; word boundaries
are then checked in numpy over the batch. Overlapping occurrences are all returned: which of them
count is for the mention rules to say.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

Ints = npt.NDArray[np.int64]

# One character for one character, so that offsets stay those of the raw text.
_SAME_LENGTH = {"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "‐": "-", "\u00a0": " ", "\u202f": " "}
_LINE_ENDS = str.maketrans("\n\r\t", "   ")
# "Müller" is found where "Muller" is looked for, and the other way round: each letter without its accent.
_ACCENTS = {
    code: base[0]
    for code in range(0xC0, 0x250)
    if (base := unicodedata.normalize("NFKD", chr(code)))[1:] and base[0].isascii() and base[0].isalpha()
} | {ord("ø"): "o", ord("Ø"): "O", ord("ł"): "l", ord("Ł"): "L", ord("ı"): "i"}
_BETWEEN_TEXTS = "\x1e\x1e"


def fold(text: str) -> str:
    r"""Make apostrophes, hyphens and spaces plain, keeping every offset.

    Examples
    --------
    >>> fold("Norway’s\u00a0envoy")
    "Norway's envoy"
    """
    for mark, plain in _SAME_LENGTH.items():
        text = text.replace(mark, plain)
    return text


def lower_case(text: str) -> str:
    """Make letters small where that keeps every offset.

    Examples
    --------
    >>> lower_case("The İzmir ACCORD")
    'the İzmir accord'
    """
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def spellings(phrase: str, *, any_case: bool) -> set[str]:
    """Ways a text may write a phrase: as given and in capitals; in any usual case if asked.

    Examples
    --------
    >>> sorted(spellings("state media", any_case=True))
    ['STATE MEDIA', 'State Media', 'State media', 'state media']
    >>> sorted(spellings("Doe", any_case=False))
    ['Doe']
    """
    phrase = fold(phrase)
    ways = {phrase}
    if len(phrase) > 3:  # "US" must not be found by way of "Us", nor "Li" in "LI"
        ways.add(phrase.upper())
    if any_case:
        minor = {"of", "and", "the", "for", "in", "on", "to", "a"}
        words = phrase.lower().split(" ")
        title = [w if w in minor else w[:1].upper() + w[1:] for w in words]
        ways |= {" ".join(words), " ".join(title), phrase[:1].upper() + phrase[1:].lower()}
    # A letter with its accent may be one character, which is read without it, or two.
    return {unicodedata.normalize("NFC", way).translate(_ACCENTS) for way in ways} | {
        unicodedata.normalize("NFD", way) for way in ways
    }


@dataclass(frozen=True)
class Hits:
    """Occurrences, one an index of the four arrays: which text, from where to where, which phrase."""

    text: Ints
    start: Ints
    end: Ints
    phrase: Ints


class Matcher:
    r"""Finds many phrases at once, exact on word boundaries.

    Parameters
    ----------
    phrases : iterable of str
        What to look for, case as given, after `fold`. Duplicates are looked for once.

    Notes
    -----
    A phrase is found where no letter, digit or underscore stands directly before or after it, so
    that "US" is found in "US-led", "(US)" and "US's", and neither in "USA" nor in "bus". Apostrophes
    may be straight or curly, spaces may be line ends.

    Examples
    --------
    >>> matcher = Matcher(["East", "East Timor", "US"])
    >>> hits = matcher.find(["The US-led East Timor talks", "East\nTimor; USA"])
    >>> [(int(t), int(a), matcher.phrases[p]) for t, a, p in zip(hits.text, hits.start, hits.phrase)]
    [(0, 4, 'US'), (0, 11, 'East'), (0, 11, 'East Timor'), (1, 0, 'East'), (1, 0, 'East Timor')]
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases: list[str] = sorted({fold(p).translate(_ACCENTS) for p in phrases})
        self._automaton = AhoCorasick(
            self.phrases, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def find(self, texts: Sequence[str]) -> Hits:
        """Find every occurrence in every text, sorted by text, start and end."""
        batch = fold(_BETWEEN_TEXTS.join(texts)).translate(_LINE_ENDS).translate(_ACCENTS)
        batch = re.sub("[\ud800-\udfff]", "\ufffd", batch)  # halves of characters cannot be encoded
        found = self._automaton.find_matches_as_indexes(batch, overlapping=True)
        phrase, start, end = np.array(found, dtype=np.int64).reshape(-1, 3).T
        in_word = _word_characters(batch)
        kept = ~(in_word[start] & in_word[start - 1]) & ~(in_word[end - 1] & in_word[end])
        phrase, start, end = phrase[kept], start[kept], end[kept]
        begins = np.cumsum([0, *(len(t) + len(_BETWEEN_TEXTS) for t in texts)])[:-1]
        text = np.searchsorted(begins, start, side="right") - 1
        inside = end <= begins[text] + np.array([len(t) for t in texts], dtype=np.int64)[text]
        text, start, end, phrase = text[inside], start[inside], end[inside], phrase[inside]
        order = np.lexsort((end, start))
        text, start, end, phrase = text[order], start[order], end[order], phrase[order]
        return Hits(text, start - begins[text], end - begins[text], phrase)


_IS_WORD = np.frombuffer(
    bytes(c == "_" or c.isalnum() or unicodedata.combining(c) > 0 for c in map(chr, range(0x10000))),
    dtype=np.bool_,
)  # beyond the basic plane stand emoji and rare scripts: those count as no word


def _word_characters(text: str) -> npt.NDArray[np.bool_]:
    """Which characters belong to words; one entry more than the text, the last one False."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    return np.append(_IS_WORD[np.minimum(codes, 0xFFFF)], False)

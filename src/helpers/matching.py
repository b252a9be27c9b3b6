"""The compiled matcher: where any of many phrases stands, in text of any size.

Texts are joined to a batch with one byte a character, so that places in it are places in the texts. One
Aho-Corasick automaton (ahocorasick-rs) reads the batch at once; word boundaries and, where they are asked
for, overlaps are then settled in arrays. Which of several overlapping names counts is for the mention
rules to say.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

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
# Bytes that several characters share: letters from the first on, other signs from the second on. Marks that
# close sentences and open others have bytes of their own, from the third on.
_LETTERS, _SIGNS, _OWN = 128, 240, 250
OWN_BYTES = {mark: _OWN + number for number, mark in enumerate("…”»“«")}


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


@cache
def _byte_of_each_character() -> npt.NDArray[np.uint8]:
    """The byte that stands for each character of the basic plane.

    ASCII keeps its codes. What lies beyond it, but for accents, apostrophes and the like, shares bytes: a
    phrase that holds such a character is looked at again where it was found.
    """
    codes = np.arange(0x10000)
    in_word = np.array([c == "_" or c.isalnum() or unicodedata.combining(c) > 0 for c in map(chr, codes)])
    letters = _LETTERS + codes % (_SIGNS - _LETTERS)
    table = np.where(in_word, letters, _SIGNS + codes % (_OWN - _SIGNS)).astype(np.uint8)
    table[:128] = codes[:128]
    plain = {ord(mark): ord(plain) for mark, plain in _SAME_LENGTH.items()}
    plain |= _LINE_ENDS
    plain |= {ord(mark): code for mark, code in OWN_BYTES.items()}
    plain |= {code: ord(letter) for code, letter in _ACCENTS.items()}
    table[list(plain)] = list(plain.values())
    return table


_IN_WORD = np.array([_LETTERS <= b < _SIGNS or chr(b) == "_" or chr(b).isalnum() for b in range(256)])
_IN_WORD[_SIGNS:] = False


@dataclass(frozen=True)
class Batch:
    """Texts joined into one, to be read together.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    codes : array of uint8
        A byte for each character, as the matcher reads it; between two texts two control characters.
    begins, ends : array of int
        Where each text begins and ends.
    """

    texts: Sequence[str]
    codes: npt.NDArray[np.uint8]
    begins: Ints
    ends: Ints


def join_texts(texts: Sequence[str]) -> Batch:
    r"""Join texts into one batch.

    Examples
    --------
    >>> batch = join_texts(["Åse’s", "Oslo"])
    >>> batch.codes.tobytes(), batch.begins.tolist(), batch.ends.tolist()
    (b"Ase's\x1e\x1eOslo", [0, 7], [5, 11])
    """
    text = _BETWEEN_TEXTS.join(texts)
    # Two bytes a character, but for those beyond the basic plane.
    encoded = text.encode("utf-16-le", "surrogatepass")
    if len(encoded) == 2 * len(text):
        characters = np.frombuffer(encoded, dtype=np.uint16)
    else:
        characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        # There stand emoji and rare scripts: those count as no word.
        characters = np.where(characters > 0xFFFF, 0xE000 + characters % 0x100, characters)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    begins = np.cumsum(lengths + len(_BETWEEN_TEXTS)) - lengths - len(_BETWEEN_TEXTS)
    return Batch(texts, _byte_of_each_character()[characters], begins, begins + lengths)


@dataclass(frozen=True)
class Hits:
    """Occurrences, one an index of the four arrays: which text, from where to where, which phrase."""

    text: Ints
    start: Ints
    end: Ints
    phrase: Ints

    def longest(self) -> "Hits":
        """Leave out what overlaps an earlier one or, of those that begin together, a longer one."""
        width = int(self.end.max(initial=0))
        start, end = self.start + self.text * width, self.end + self.text * width
        kept = []
        left = np.lexsort((-end, start))
        while len(left):
            furthest = np.maximum.accumulate(end[left])
            # Nothing before it reaches into it: it stays, and what it overlaps goes.
            alone = np.append(True, start[left[1:]] >= furthest[:-1])
            stays = left[alone]
            kept.append(stays)
            left = left[start[left] >= end[stays][np.cumsum(alone) - 1]]
        return self.only(np.sort(np.concatenate(kept))) if kept else self

    def only(self, chosen: Any) -> "Hits":
        """Give some of them, by a mask or their numbers."""
        return Hits(self.text[chosen], self.start[chosen], self.end[chosen], self.phrase[chosen])


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
    >>> [matcher.phrases[p] for p in hits.longest().phrase]
    ['US', 'East Timor', 'East Timor']
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases: list[str] = sorted({fold(p).translate(_ACCENTS) for p in phrases})
        read = [join_texts([phrase]).codes.tobytes() for phrase in self.phrases]
        self._automaton = BytesAhoCorasick(
            read, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )
        self._shares_bytes = np.array([max(codes, default=0) >= _LETTERS for codes in read], dtype=bool)

    def find(self, texts: Sequence[str]) -> Hits:
        """Find every occurrence in every text, sorted by text, start and end."""
        return self.find_in(join_texts(texts))

    def find_in(self, batch: Batch) -> Hits:
        """Find every occurrence in every text of a batch; see `find`."""
        found = self._automaton.find_matches_as_indexes(batch.codes.data, overlapping=True)
        numbers = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found))
        phrase, start, end = numbers.reshape(-1, 3).T
        codes = np.append(batch.codes, np.uint8(0))  # what stands before the first and after the last
        cut_before = _IN_WORD[codes[start]] & _IN_WORD[codes[start - 1]]
        kept = np.flatnonzero(~(cut_before | (_IN_WORD[codes[end - 1]] & _IN_WORD[codes[end]])))
        # Found by their ends; in one number the places sort fastest.
        kept = kept[np.argsort(start[kept] * (len(codes) + 1) + end[kept], kind="stable")]
        phrase, start, end = phrase[kept], start[kept], end[kept]
        text = np.searchsorted(batch.begins, start, side="right") - 1
        # A phrase may hold what stands between texts.
        kept = np.flatnonzero(end <= batch.ends[text])
        text, phrase, begins = text[kept], phrase[kept], batch.begins[text[kept]]
        hits = Hits(text, start[kept] - begins, end[kept] - begins, phrase)
        return hits.only(self._really_there(batch.texts, hits)) if self._shares_bytes[phrase].any() else hits

    def _really_there(self, texts: Sequence[str], hits: Hits) -> npt.NDArray[np.bool_]:
        """Which occurrences are of the phrase itself, not of one that is read as the same bytes."""
        there = np.ones(len(hits.text), dtype=bool)
        for at in np.flatnonzero(self._shares_bytes[hits.phrase]).tolist():
            written = fold(texts[hits.text[at]][hits.start[at] : hits.end[at]])
            written = written.translate(_LINE_ENDS).translate(_ACCENTS)
            there[at] = written == self.phrases[hits.phrase[at]]
        return there

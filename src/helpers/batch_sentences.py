"""Where sentences end in many texts at once: the same as `find_sentences` finds in each."""

from functools import cache

import numpy as np
import numpy.typing as npt

from .matching import OWN_BYTES, Batch, Ints
from .sentences import BULLET, LONGEST_SENTENCE, SENTENCE_END, cut_long, ends_here, words_before_no_end

Flags = npt.NDArray[np.bool_]

# So many letters of the word before a full stop are looked at.
_LOOKED_AT = 8


def _bytes_of(characters: str) -> Flags:
    """Which bytes stand for one of these characters and no other."""
    return np.isin(np.arange(256), [OWN_BYTES.get(c, ord(c)) for c in characters])


_MARK, _STOP, _SPACE, _APOSTROPHE = _bytes_of(".!?…"), ord("."), ord(" "), ord("'")
# An apostrophe is none here: straight and curly ones share a byte, and not all of them open or close.
_CLOSER, _OPENER = _bytes_of('"”»)]'), _bytes_of('"“«([')
_CAPITAL = _bytes_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SMALL = _bytes_of("abcdefghijklmnopqrstuvwxyz")
_IN_WORD = _CAPITAL | _SMALL | _bytes_of("0123456789_&-")
# Before these a mark may end a sentence; before anything else it stands inside a word or a number.
_BEHIND = _CLOSER | _bytes_of("'") | (np.arange(256) <= _SPACE) | (np.arange(256) >= 240)


def _pack(letters: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """Eight bytes in one number."""
    return np.ascontiguousarray(letters).view(np.uint64).ravel()


@cache
def _no_end_behind() -> npt.NDArray[np.uint64]:
    """The last letters of the words behind which a full stop may end nothing."""
    words = [word.encode("ascii", "replace")[-_LOOKED_AT:] for word in words_before_no_end()]
    letters = b"".join(word.rjust(_LOOKED_AT, b"\0") for word in words)
    return _pack(np.frombuffer(letters, dtype=np.uint8))


def _may_end_behind(codes: npt.NDArray[np.uint8], stops: Ints) -> Flags:
    """Before which full stops a word stands that is no abbreviation, acronym or initial."""
    letters = codes[stops[:, None] + np.arange(-_LOOKED_AT, 0)]
    # From the right, as far as the word goes.
    in_word = np.logical_and.accumulate(_IN_WORD[letters][:, ::-1], axis=1)[:, ::-1]
    length = in_word.sum(axis=1)
    before = letters[np.arange(len(stops)), np.minimum(_LOOKED_AT - 1 - length, _LOOKED_AT - 1)]
    is_plain = (length == _LOOKED_AT) | ((before != _STOP) & (before != _APOSTROPHE) & (before < 128))
    is_initial = (length == 1) & (_CAPITAL | _SMALL)[letters[:, -1]]
    listed = np.isin(_pack(np.where(in_word, letters, 0)), _no_end_behind())
    found: Flags = is_plain & (length > 0) & ~is_initial & ~listed
    return found


def find_all_sentences(batch: Batch) -> tuple[Ints, Ints, Ints]:
    """Find the sentences of every text of a batch.

    Parameters
    ----------
    batch : Batch
        From `join_texts`.

    Returns
    -------
    (array of int, array of int, array of int)
        The number of the text, and where in it each sentence starts and ends, in order: what
        `find_sentences` gives for each text.

    Notes
    -----
    Nearly all sentences end in one mark behind a plain word, with a space and a capital to follow. Those are
    found in arrays; of all other marks the rule of `find_sentences` is asked.

    Examples
    --------
    >>> from helpers.matching import join_texts
    >>> text, start, end = find_all_sentences(join_texts(["Mr. Li left. He was late.", "So?"]))
    >>> list(zip(text.tolist(), start.tolist(), end.tolist()))
    [(0, 0, 12), (0, 13, 25), (1, 0, 3)]
    """
    margin = np.zeros(_LOOKED_AT, dtype=np.uint8)
    codes = np.concatenate([margin, batch.codes, margin])
    marks = np.flatnonzero(_MARK[codes])
    marks = marks[_BEHIND[codes[marks + 1]]]
    end = marks + 1 + _CLOSER[codes[marks + 1]]
    following = end + 1
    for _ in range(2):  # paragraphs are parted by two or three line ends
        following += codes[following] == _SPACE
    first = codes[following + _OPENER[codes[following]]]
    # Before a small letter nothing ends.
    kept = np.flatnonzero((codes[end] != _SPACE) | ~_SMALL[first])
    marks, end, following, first = marks[kept], end[kept], following[kept], first[kept]
    plain = (codes[end] == _SPACE) & _CAPITAL[first] & ~_MARK[codes[marks - 1]]
    is_stop = codes[marks] == _STOP
    # Behind "?" and "!" that stand in quotation marks, and behind the ellipsis, more is to be looked at.
    plain &= is_stop | ((end == marks + 1) & (codes[marks] < 128))
    stops = np.flatnonzero(plain & is_stop)
    plain[stops] = _may_end_behind(codes, marks[stops])
    asked_ends, asked_starts = _ask(batch, marks[~plain] - _LOOKED_AT)
    bullets = [found.end() if (found := BULLET.match(text)) else 0 for text in batch.texts]
    begins = batch.begins + np.array(bullets, dtype=np.int64)
    starts = np.sort(np.concatenate([begins, following[plain] - _LOOKED_AT, asked_starts]))
    ends = np.sort(np.concatenate([batch.ends, end[plain] - _LOOKED_AT, asked_ends]))
    starts, ends = starts[ends > starts], ends[ends > starts]
    text = np.searchsorted(batch.begins, starts, side="right") - 1
    return _cut_long(batch, text, starts - batch.begins[text], ends - batch.begins[text])


def _ask(batch: Batch, marks: Ints) -> tuple[Ints, Ints]:
    """What the rule of `find_sentences` says of some marks: where sentences end, and where others begin."""
    numbers = np.searchsorted(batch.begins, marks, side="right") - 1
    cuts = set()
    for number, at in zip(numbers.tolist(), (marks - batch.begins[numbers]).tolist(), strict=True):
        text = batch.texts[number]
        while at and text[at - 1] in ".!?…":
            at -= 1  # noqa: PLW2901
        match = SENTENCE_END.match(text, at)
        if match and ends_here(text, match):
            cuts.add((number, match.end("closers"), match.end("gap")))
    number, end, start = np.array(sorted(cuts), dtype=np.int64).reshape(-1, 3).T
    return end + batch.begins[number], start + batch.begins[number]


def _cut_long(batch: Batch, text: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """Cut what has more words than any sentence; see `find_sentences`."""
    # So many words have at least as many letters, and spaces between them.
    if not (end - start >= 2 * LONGEST_SENTENCE).any():
        return text, start, end
    pieces = [
        (number, *piece)
        for number, a, b in zip(text.tolist(), start.tolist(), end.tolist(), strict=True)
        for piece in cut_long(batch.texts[number], a, b)
    ]
    text, start, end = np.array(pieces, dtype=np.int64).T
    return text, start, end

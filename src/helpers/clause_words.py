"""The words of one sentence, each quotation being one of them, and the classes that words belong to.

Classes that English closes are kept here; long lists of words stand in ``data/reporting.toml``.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from .reporting import word_class
from .structure import Span

QUOTE = "\x1d"
_TOKEN = re.compile(
    rf"{QUOTE}+"
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d[\d.,]*\d"
    r"|[^\W\d_](?=\.\s+[A-Z])\."  # an initial
    r"|\w+(?:(?:'(?!s\b)|[&/-])\w+)*"
    r"|'s\b|\.\.\.|[^\w\s]"
)
PUNCTUATION = frozenset(",;:.()–—-…!?\x1e\"“”‘’«»„'")
BE = frozenset("is are was were am be been being".split())
HAVE = frozenset("has have had having 've".split())
MODALS = frozenset("will would can could may might must shall should did does do 'll 'd".split())
AUXILIARIES = BE | HAVE | MODALS
NEGATIONS = frozenset("not never n't no neither nor without cannot hardly".split())
SUBJECT_PRONOUNS = frozenset("he she they it who we i you".split())
PREPOSITIONS = frozenset(
    "of at in on for from with by to about into near over under after before during since until against "
    "between among amid without within through despite as like than via per across outside inside along "
    "because".split()
)
SUBORDINATORS = frozenset(
    "that which who whom whose where when while as because although though if unless whether after before "
    "since until and but or so what how why".split()
)
DETERMINERS = frozenset(
    "the a an this that these those its his her their our my your some many most several one two three four "
    "five other another few both all no any each every".split()
)
COMPLEMENTISERS = frozenset("that whether how why what if when where".split())
JOINING = frozenset("and but or then yet".split())


class Word(NamedTuple):
    """A word, a mark or a whole quotation (its number, else -1), and where it stands."""

    text: str
    lower: str
    start: int
    end: int
    quote: int = -1
    name: bool = False  # part of a name


def split_words(
    masked: str, start: int, end: int, quotes: Sequence[Span], names: Sequence[Span]
) -> list[Word]:
    """Split one sentence into words, each quotation one of them.

    Parameters
    ----------
    masked : str
        The folded text, each character of a quotation and its marks replaced by `QUOTE`.
    start, end : int
        The sentence.
    quotes : sequence of (int, int)
        The article's quotations with their marks, in order.
    names : sequence of (int, int)
        Names, in order.

    Examples
    --------
    >>> masked = "Doe said " + QUOTE * 8
    >>> [w.text if w.quote < 0 else w.quote for w in split_words(masked, 0, 17, [(9, 17)], [(0, 3)])]
    ['Doe', 'said', 0]
    """
    words: list[Word] = []
    last = end
    while last > start and not (masked[last - 1].isalnum() or masked[last - 1] in ("_", QUOTE)):
        last -= 1
    for match in _TOKEN.finditer(masked, start, end):
        a, b = match.span()
        if match[0][0] == QUOTE:
            words += _split_quotations(a, b, quotes)
        elif match[0] == "." and words and words[-1].end == a and words[-1].quote == -1 and a + 1 < last:
            # only an abbreviation has a full stop inside a sentence
            begin = words[-1].start
            words[-1] = Word(masked[begin:b], masked[begin:b].lower(), begin, b)
        else:
            words.append(Word(match[0], match[0].lower(), a, b))
    here = names[bisect_left(names, (start,)) : bisect_left(names, (end,))]
    inside = {i for a, b in here for i, w in enumerate(words) if a <= w.start < b}
    return [w._replace(name=True) if i in inside else w for i, w in enumerate(words)]


def _split_quotations(begin: int, end: int, quotes: Sequence[Span]) -> list[Word]:
    """One word for each quotation of a masked run: two may touch."""
    words = []
    while begin < end:
        number = bisect_left(quotes, (begin,))
        known = number < len(quotes) and quotes[number][0] == begin
        stop = min(quotes[number][1], end) if known else end
        words.append(Word(QUOTE, QUOTE, begin, stop, number if known else -2))
        begin = max(stop, begin + 1)
    return words


def is_mark(word: Word) -> bool:
    """Whether it is punctuation or a quotation: no noun phrase reaches across."""
    return word.text in PUNCTUATION or word.quote != -1


def is_adverb(word: Word) -> bool:
    """Whether it may stand between a subject and its verb without being either."""
    manner = len(word.lower) > 4 and word.lower.endswith("ly") and word.text.islower()
    return manner or word.lower in word_class("adverbs")


def is_time(word: Word) -> bool:
    """Whether it names a day, a month or a time relative to now."""
    return word.lower in word_class("times") or word.lower in word_class("months")


def is_capital(word: Word) -> bool:
    """Whether it is written like a name."""
    return word.text[:1].isupper() or word.name


def is_finite(word: Word) -> bool:
    """A rough sign of a verb inside what should be a noun phrase."""
    past = len(word.lower) > 4 and word.lower.endswith("ed")
    return not word.name and word.text.islower() and (word.lower in AUXILIARIES or past)


# No subject of a verb has more words; what stands further off is no part of it.
LONGEST_PHRASE = 100


def skip_left(words: Sequence[Word], at: int) -> int:
    """From before a verb, over its adverbs and auxiliaries, to the last word of its subject."""
    while at >= 0 and not words[at].name and (is_adverb(words[at]) or words[at].lower in AUXILIARIES):
        at -= 1
    return at


def auxiliaries(words: Sequence[Word], verb: int) -> list[str]:
    """The auxiliaries, adverbs and negations right before a verb."""
    begin = verb
    while begin and not words[begin - 1].name and _goes_with_verb(words[begin - 1]):
        begin -= 1
    return [word.lower for word in words[begin:verb]]


def _goes_with_verb(word: Word) -> bool:
    return is_adverb(word) or word.lower in AUXILIARIES | NEGATIONS


def segment_start(words: Sequence[Word], at: int) -> int:
    """Where the run of words without a mark that ends at `at` begins, or its last hundred words do."""
    first = max(0, at - LONGEST_PHRASE)
    while at > first and not is_mark(words[at - 1]):
        at -= 1
    return at


def next_mark(words: Sequence[Word], at: int) -> int:
    """Where the next mark or quotation stands, or the sentence's end."""
    while at < len(words) and not is_mark(words[at]):
        at += 1
    return at


_LEADING = frozenset("that and but however meanwhile also additionally".split())
_TRAILING = frozenset("and but as while with where because which".split())


def trim(words: Sequence[Word], begin: int, end: int) -> Span | None:
    """Cut marks and joining words off both ends; None where nothing is left."""
    while begin < end and (
        (words[begin].quote == -1 and words[begin].text in PUNCTUATION - {"("})
        or words[begin].lower in _LEADING
    ):
        begin += 1
    while begin < end and (words[end - 1].text in PUNCTUATION - {")"} or words[end - 1].lower in _TRAILING):
        end -= 1
    return (begin, end) if begin < end else None

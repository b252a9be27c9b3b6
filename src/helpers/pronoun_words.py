"""Which words of a text are pronouns that stand for somebody, and where in their clause they stand."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from .clause_words import AUXILIARIES, DETERMINERS, PREPOSITIONS, SUBORDINATORS
from .noun_phrases import is_verb, leads_to_clause
from .paths import read_vocabulary
from .phrases import Token
from .structure import Span

_CASES = {
    "subject": frozenset("he she they i we".split()),
    "object": frozenset("him them me us".split()),
    "owner": frozenset("his hers its their theirs my mine our ours".split()),
}
_NO_OWNED = (
    PREPOSITIONS | SUBORDINATORS | DETERMINERS | AUXILIARIES | frozenset("to again then there here".split())
)
_NEAR = 120  # characters around an "it" that say whether it is empty
_BEFORE_MINE = frozenset("of is was 's than like".split())
_HONOURS = frozenset("majesty highness excellency holiness honour honor lordship ladyship".split())


class Pronoun(NamedTuple):
    """A pronoun: its form ("he" for "his"), its case, its sentence and quotation (-1 for none)."""

    start: int
    end: int
    form: str
    case: str  # subject, object, owner, self
    sentence: int
    quote: int


@cache
def forms() -> dict[str, str]:
    """Each form of each pronoun: "him" is one of "he".

    Examples
    --------
    >>> forms()["him"], forms()["themselves"]
    ('he', 'they')
    """
    return {form: word for word, listed in read_vocabulary("pronouns")["forms"].items() for form in listed}


def find_pronoun_words(
    text: str,
    tokens: Sequence[Token],
    sentences: Sequence[Sequence[int]],
    names: Sequence[Span],
    quote_at: Callable[[int], int],
) -> Iterator[Pronoun]:
    """Find the pronouns that can stand for somebody, in the order of the text.

    Left out are empty "it" (weather, time, "it is likely that", "it was Roe who"), "its" in "of its kind",
    words inside names, "IT" and "US" in capitals, "His Majesty", and "I" as a numeral.

    Parameters
    ----------
    text : str
        The folded text.
    tokens : sequence of Token
        Its words and marks.
    sentences : sequence of (start, end, …)
        Its sentences.
    names : sequence of (int, int)
        Names, in order.
    quote_at : callable
        Gives the number of the quotation that holds a place, -1 for none.

    Examples
    --------
    >>> from helpers.noun_phrases import split_tokens
    >>> text = "It is likely that she met him."
    >>> [(text[p.start : p.end], p.case) for p in find_pronoun_words(
    ...     text, split_tokens(text), [(0, 30)], [], lambda at: -1)]
    [('she', 'subject'), ('him', 'object')]
    """
    starts = [token.start for token in tokens]
    for number, (begin, end, *_) in enumerate(sentences):
        first, behind = bisect_left(starts, begin), bisect_left(starts, end)
        own = tokens[first:behind]
        for index in range(first, behind):
            token = tokens[index]
            form = forms().get(token.lower)
            if form is None or _inside(names, token.start):
                continue
            near = max(begin, token.start - _NEAR), min(end, token.end + _NEAR)
            empty = form == "it" and is_empty(text[near[0] : token.start], text[token.end : near[1]])
            if _stands(own, index - first) and not empty:
                yield Pronoun(
                    token.start, token.end, form, _case(own, index - first), number, quote_at(token.start)
                )


def _inside(names: Sequence[Span], at: int) -> bool:
    """Whether a place lies inside a name."""
    last = bisect_left(names, (at + 1,))
    return any(start <= at < end for start, end in names[max(0, last - 3) : last])


def _stands(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word with the form of a pronoun is one."""
    token = tokens[index]
    before = tokens[index - 1] if index else None
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    if token.lower == "i":
        capital = before is not None and before.text.isalpha() and before.text[0].isupper()
        in_name = index > 1 and tokens[index - 2].text[0].isupper()  # "World War I"
        return token.text == "I" and not (capital and (in_name or not (behind and is_verb(behind))))
    if token.lower in ("us", "it") and token.text.isupper():
        return before is not None and before.text.isalpha() and before.text.isupper()
    if token.lower == "mine":
        return before is not None and before.lower in _BEFORE_MINE
    return behind is None or behind.lower not in _HONOURS


def _case(tokens: Sequence[Token], index: int) -> str:
    """Where a pronoun stands: as subject, object or owner; "self" for "himself"."""
    lower = tokens[index].lower
    if lower.endswith(("self", "selves")):
        return "self"
    for case, listed in _CASES.items():
        if lower in listed:
            return case
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    if lower == "her":
        return "owner" if behind and behind.text[0].isalpha() and behind.lower not in _NO_OWNED else "object"
    before = tokens[index - 1] if index else None
    if before and before.lower in PREPOSITIONS | {"to"}:
        return "object"
    opens = (
        before is None
        or not before.text[0].isalpha()
        or before.lower in SUBORDINATORS
        or leads_to_clause(before)
    )
    return "subject" if opens or (behind and _leads_verb(tokens[index + 1 : index + 3])) else "object"


def _leads_verb(following: Sequence[Token]) -> bool:
    """Whether a verb follows, past an adverb."""
    first = following[0]
    if is_verb(first) or first.lower.endswith(("s", "ed")):
        return True
    return first.lower.endswith("ly") and len(following) > 1 and is_verb(following[1])


@cache
def _empty_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What follows an empty "it"; and what follows one behind "makes" and the like."""
    lists = {key: "|".join(words) for key, words in read_vocabulary("pronouns")["empty"].items()}
    adverb = r"not|also|still|now|very|quite|so|as|more|most|less|only|even|yet|just|never|all|far|\w+ly"
    adverbs = rf"(?: (?:{adverb}))*"
    auxiliary = r"(?: (?:will|would|may|might|could|should|has|had)|'d|'ll)?"
    be = rf"{auxiliary}{adverbs}(?:'s| (?:is|was|be|been|isn't|wasn't))"
    links = "that|whether|how|if|for|when|who|why|what|where|of|he|she|they|noting|remembering"
    behind = [
        rf"{be}{adverbs} (?:{lists['judgements']})\b(?: \w+){{0,2}}(?:[,.]| (?:to|{links})\b)",
        rf"{be}{adverbs} (?:{lists['raising']})\b(?: \w+)?(?: (?:{links})\b|,)",
        rf"{be}{adverbs} (?:{lists['weather_and_time']})\b",
        rf"{be}{adverbs} the (?:\w+ )?time\b",
        # "it was Roe who"
        r"(?: is| was|'s)(?: not| only)? (?:the |an? |in |on |at |(?-i:[A-Z]))[\w' .-]{0,50}? (?:who|that) ",
        rf" (?:{lists['seems']}) (?:\w+ )?(?:that|as|to|like|out)\b",
        r" (?:rained|rains|snowed|snows)\b",
        r" (?:will |would )?(?:takes?|took) (?:[\w'-]+ ){1,6}(?:to|before)\b",
        r" (?:comes?|came) (?:as|to|down|after|amid)\b",
    ]
    made = rf"{adverbs} (?:{lists['judgements']})\b"
    return re.compile("|".join(behind), re.IGNORECASE), re.compile(made, re.IGNORECASE)


def is_empty(before: str, behind: str) -> bool:
    """Say whether an "it" stands for nothing, from its sentence before and behind it.

    Examples
    --------
    >>> is_empty("", " is unlikely that talks resume."), is_empty("", " is unlikely to pay.")
    (True, False)
    """
    empty, made = _empty_patterns()
    if empty.match(behind) or re.match(r" (?:own )?kind\b", behind):
        return True
    last = re.search(r"(\w+) $", before.lower())
    return (
        last is not None
        and last[1] in read_vocabulary("pronouns")["empty"]["makes"]
        and made.match(behind) is not None
    )

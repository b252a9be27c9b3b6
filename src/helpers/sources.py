"""Where in a sentence the source stands: the subject of a reporting verb, or the name behind it."""

import re
from collections.abc import Sequence
from functools import cache

from .clause_words import (
    AUXILIARIES,
    COMPLEMENTISERS,
    DETERMINERS,
    JOINING,
    LONGEST_PHRASE,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    Word,
    is_adverb,
    is_capital,
    is_finite,
    is_mark,
    is_time,
    next_mark,
    segment_start,
    skip_left,
)
from .reporting import telling_nouns, word_class
from .structure import Span
from .title_words import word_list

_PERSON_ENDING = re.compile(r"..(?:er|or|ist|ian|eer|man|woman|ant)s?$|men$|women$")
_CLOSED = DETERMINERS | PREPOSITIONS | SUBORDINATORS
_OPENS_CLAUSE = SUBORDINATORS - {"and", "or"}
_RELATIVE = frozenset("who which that".split())
_OPENS_APPOSITION = frozenset("a an the who which whose where now then also one himself".split())
_ENDS_INVERTED = frozenset("on in after during as while who when before".split())
_BINDS_DETERMINER = frozenset("of at for in from".split())


def names_a_source(words: Sequence[Word]) -> bool:
    """Whether some words can name who tells: a name, a pronoun, a role, a body, a telling text.

    Examples
    --------
    >>> from .clause_words import split_words
    >>> [names_a_source(split_words(t, 0, len(t), [], [])) for t in ("the union", "a rainy day")]
    [True, False]
    """
    lowered = {word.lower for word in words}  # each word once, however often it stands there
    return (
        not lowered.isdisjoint(SUBJECT_PRONOUNS)
        or any(word.name or (word.text[0].isupper() and _is_name(words, at)) for at, word in enumerate(words))
        or any(map(_is_source_noun, lowered))
    )


def _is_name(words: Sequence[Word], at: int) -> bool:
    """Whether a word with a capital is one for being a name."""
    if _is_closed(words[at]):
        return False
    following = words[at + 1].text if at + 1 < len(words) else ""
    # "Satellite imagery": the first word of a sentence has its capital from there
    return bool(at) or not following or following[0].isupper() or following in ("'s", "'", ",")


def _is_closed(word: Word) -> bool:
    return word.lower in _CLOSED or is_time(word)


@cache
def _source_nouns() -> frozenset[str]:
    return word_list("person_heads", "organisation_heads", "state_heads") | word_class("tellers")


def _is_source_noun(word: str) -> bool:
    """Whether a common noun can tell: listed as such, or a trade by its ending."""
    if word in _source_nouns() or word.removesuffix("s") in _source_nouns():
        return True
    return _PERSON_ENDING.search(word) is not None and word not in word_class("no_persons")


def find_subject(words: Sequence[Word], verb: int) -> Span | None:
    """The words that name the subject of the verb at `verb`, looked for to its left."""
    end = skip_left(words, verb - 1)
    if end < 0 or words[end].lower in JOINING:
        return None
    if words[end].lower in _RELATIVE and end > 0:
        end -= 1 + (words[end - 1].text == ",")
        return _noun_phrase(words, segment_start(words, end), end + 1) if end >= 0 else None
    if words[end].lower in SUBJECT_PRONOUNS:
        return end, end + 1
    if words[end].text in (",", ")", "–", "—", "-"):
        return _before_insertion(words, end)
    if is_mark(words[end]):
        return None
    begin = segment_start(words, end)
    if _is_apposed_role(words, begin, end):
        return _before_insertion(words, begin - 1)  # "Doe, head of sales at Acme said"
    return _noun_phrase(words, begin, end + 1)


def _is_apposed_role(words: Sequence[Word], begin: int, end: int) -> bool:
    """Whether a run behind a comma is a role "of" or "at" something; "councillor Doe" is a person."""
    return (
        begin > 1
        and words[begin - 1].text == ","
        and words[begin].text.islower()
        and words[begin].lower not in DETERMINERS
        and any(w.lower in word_list("person_heads") for w in words[begin : begin + 4])
        and any(w.lower in PREPOSITIONS for w in words[begin : end + 1])
    )


def _before_insertion(words: Sequence[Word], end: int) -> Span | None:
    """The subject of a verb right behind a comma: over appositions and clauses to the name they belong to."""
    while end > 0:
        begin = end if is_mark(words[end - 1]) else segment_start(words, end - 1)
        run = words[begin:end]
        first = begin == 0 or words[begin - 1].text not in ",)(–—-"
        bracketed = words[end].text == ")" and words[begin - 1].text == "("
        if run and (first or not _looks_apposed(run)) and not bracketed:
            return _noun_phrase(words, begin, end)
        if begin == 0:
            return None
        end = begin - 1
    return None


def _looks_apposed(words: Sequence[Word]) -> bool:
    """Whether a run between commas describes what stands before it: an apposition, clause or place."""
    first, last = words[0], words[-1]
    if first.lower in _OPENS_APPOSITION | PREPOSITIONS or first.lower.isdigit():
        return True
    if re.match(r"(?:Jr|Sr|[RDI]-)", first.text) or (first.text.islower() and not first.name):
        return True
    return last.text.islower() and last.lower in word_list("person_heads")


def describes_source(words: Sequence[Word]) -> bool:
    """Whether a run behind "according to X," still describes X."""
    if not words or len(words) > 10:
        return False
    if words[0].lower in ("which", "who", "whose"):
        return True
    return words[0].lower in ("a", "an", "the") and not any(w.lower in AUXILIARIES for w in words)


def _noun_phrase(words: Sequence[Word], begin: int, end: int) -> Span | None:
    """The subject in a run of words before its verb: what leads in to it left out."""
    while begin < end and (
        words[begin].lower in ("but", "and", "yet", "so", "or") or is_adverb(words[begin])
    ):
        begin += 1
    if begin >= end:
        return None
    if (name := _name_behind_clause(words, begin, end)) is not None:
        return name, end
    # a clause or a time before the subject: it begins at the last article behind them
    if words[begin].lower in PREPOSITIONS | SUBORDINATORS or is_time(words[begin]):
        return _after_lead(words, begin, end)
    for at in range(end - 1, begin, -1):
        if words[at - 1].lower in _OPENS_CLAUSE:
            return _noun_phrase(words, at, end)
    if any(w.lower in AUXILIARIES and not w.name for w in words[begin:end]):
        return _last_phrase(words, begin, end)
    return begin, end


def _name_behind_clause(words: Sequence[Word], begin: int, end: int) -> int | None:
    """Where a run's last name begins, if a clause or a telling noun leads up to it."""
    name = end
    while name > begin and is_capital(words[name - 1]) and words[name - 1].lower not in DETERMINERS:
        name -= 1
    if not begin < name < end or not words[name - 1].text.islower():
        return None
    before = words[name - 1].lower
    return name if before in telling_nouns() or before in _OPENS_CLAUSE else None


def _last_phrase(words: Sequence[Word], begin: int, end: int) -> Span:
    """The last noun phrase of a run: from its last article on, or the name at its end."""
    for at in range(end - 1, begin - 1, -1):
        bound = at > begin and words[at - 1].lower in _BINDS_DETERMINER
        if words[at].lower in DETERMINERS and not bound:
            return at, end
    at = end
    while at > begin and is_capital(words[at - 1]):
        at -= 1
    return (at, end) if at < end else (end - 1, end)


def _after_lead(words: Sequence[Word], begin: int, end: int) -> Span | None:
    """The subject after "On Tuesday", "In a statement", "After the talks"."""
    at = begin + (words[begin].lower in PREPOSITIONS)
    while at < end and (is_time(words[at]) or words[at].text.isdigit()):
        at += 1
    if at > begin + 1 or (at == begin + 1 and is_time(words[begin])):
        return (at, end) if at < end else None
    return _last_phrase(words, begin + 1, end) if begin + 1 < end else None


def find_inverted(words: Sequence[Word], verb: int) -> Span | None:
    """The source after a verb: "…," said the minister, Jane Doe."""
    begin = verb + 1
    while begin < len(words) and is_adverb(words[begin]):
        begin += 1
    end = begin
    reach = min(len(words), begin + LONGEST_PHRASE)
    while end < reach and not is_mark(words[end]) and words[end].lower not in COMPLEMENTISERS:
        late = is_time(words[end]) and not words[end].name
        if end > begin and (late or words[end].lower in _ENDS_INVERTED):
            break
        end += 1
    run = words[begin:end]
    if not run or any(map(is_finite, run)) or not names_a_source(run):
        return None
    hearer = run[0].lower in word_class("hearers") and not (run[0].lower == "her" and len(run) > 1)
    return None if hearer or run[0].lower in PREPOSITIONS | SUBORDINATORS else (begin, end)


def first_phrase(words: Sequence[Word], begin: int, end: int) -> int:
    """Where the noun phrase that begins at `begin` ends, or `begin` if none does."""
    first = words[begin]
    opens = first.lower in ("the", "he", "she", "they", "it")
    if not (opens or is_capital(first)):
        return begin
    at = begin + 1
    while at < end and (is_capital(words[at]) or words[at].text == "'s"):
        at += 1
    return min(end, max(at, begin + 3)) if first.lower == "the" else at


def phrase_after(words: Sequence[Word], at: int) -> int:
    """Where the source behind "according to" ends: at a mark, brackets being part of it."""
    end = at
    while end < len(words) and not (is_mark(words[end]) and words[end].text not in "()'"):
        end += 1
    return end


def past_descriptions(words: Sequence[Word], end: int, *, opening: bool) -> int:
    """Past what describes a source between commas; at the end of a sentence nothing but content is left."""
    while end < len(words) and words[end].text == ",":
        stop = next_mark(words, end + 1)
        if not describes_source(words[end + 1 : stop]) or (opening and stop >= len(words) - 1):
            break
        end = stop
    return end

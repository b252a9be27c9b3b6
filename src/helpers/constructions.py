"""The constructions of English news by which one sentence tells who says what."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .clause_words import (
    BE,
    COMPLEMENTISERS,
    DETERMINERS,
    JOINING,
    NEGATIONS,
    PREPOSITIONS,
    Word,
    auxiliaries,
    is_adverb,
    is_finite,
    is_mark,
    is_time,
    segment_start,
    skip_left,
    trim,
)
from .contents import content_right, is_noun_here, skip_circumstances
from .reporting import QUOTING, Phrases, Verb, attributing_phrases, reporting_verbs, telling_nouns, word_class
from .sources import find_inverted, find_subject, names_a_source, past_descriptions, phrase_after
from .structure import Span

_ENDS_SOURCE = frozenset("as of for in during on to that after".split())
_DASHES = ("–", "—")


class Attribution(NamedTuple):
    """One telling. Spans count words of the sentence; `contents` may be empty."""

    cue: Span
    stance: str
    source: Span | None  # None: nobody named, the subject before goes on
    contents: tuple[Span, ...]
    relay: Span | None = None  # who passes it on
    side: str = "right"  # where the content stands
    form: str = "clause"  # clause, object, label, phrase


def find_phrases(words: Sequence[Word]) -> Iterator[Attribution]:
    """Find the tellings by a phrase: "according to X, …", "X was quoted as saying …"."""
    sourced_before, sourced_after = attributing_phrases("before"), attributing_phrases("after")
    at = 0
    while at < len(words):
        before, after = _phrase_at(words, at, sourced_before), _phrase_at(words, at, sourced_after)
        length = 1
        if before:
            length, stance = before
            yield from _with_source_before(words, (at, at + length), stance)
        elif after:
            length, stance = after
            yield from _with_source_after(words, (at, at + length), stance)
        at += length


def _phrase_at(words: Sequence[Word], at: int, phrases: Phrases) -> tuple[int, str] | None:
    """The length and stance of the attributing phrase that begins at a word."""
    for phrase, stance in phrases.get(words[at].lower, ()):
        if tuple(w.lower for w in words[at : at + len(phrase)]) == phrase:
            return len(phrase), stance
    return None


def _with_source_before(words: Sequence[Word], cue: Span, stance: str) -> Iterator[Attribution]:
    """Read "X was quoted as saying …", or, at a sentence's end, "…, X was quoted as saying"."""
    at, behind = cue
    source, content = find_subject(words, at), trim(words, behind, len(words))
    if source and content:
        yield Attribution(cue, stance, source, (content,))
    elif source and (left := trim(words, 0, source[0])):
        yield Attribution(cue, stance, source, (left,), side="left")


def _with_source_after(words: Sequence[Word], cue: Span, stance: str) -> Iterator[Attribution]:
    """Read "according to X, …", "…, according to X", "…, according to X, …"."""
    at, begin = cue
    end = phrase_after(words, begin)
    if begin >= end or not names_a_source(words[begin:end]):
        return
    opening = all(_may_open(w) for w in words[:at])
    behind = past_descriptions(words, end, opening=opening)
    right = trim(words, behind, len(words))
    if opening:
        contents = [right]
        side = "right"
    else:
        inserted = behind == end < len(words) and words[end].text == "," == words[at - 1].text
        contents = [trim(words, 0, at), right if inserted else None]
        side = "left"
    told = tuple(c for c in contents if c)
    yield Attribution(cue, stance, (begin, end), told, side=side, form="phrase")


def _may_open(word: Word) -> bool:
    """Whether a word before "according to" still leaves it at the sentence's start."""
    if word.quote != -1:
        return False
    return is_mark(word) or is_adverb(word) or word.lower in ("but", "and", "meanwhile", "also")


def find_verbs(words: Sequence[Word]) -> Iterator[Attribution]:
    """Find the tellings by a reporting verb."""
    for at, word in enumerate(words):
        if word.lower in QUOTING and (told := _quoted_by(words, at)):
            yield told
            continue
        verb = reporting_verbs().get(word.lower)
        if verb is None or word.name or _is_part_of_name(words, at) or is_noun_here(words, at, verb):
            continue
        if told := _by_verb(words, at, verb):
            yield told


def _is_part_of_name(words: Sequence[Word], at: int) -> bool:
    """Whether a capital inside a sentence, or a hyphen, makes the word part of a name or compound."""
    if at == 0:
        return False
    before = words[at - 1]
    shouted = words[at].text.isupper() and before.text.isupper()
    return before.text == "-" or (words[at].text[0].isupper() and not shouted)


def _by_verb(words: Sequence[Word], at: int, verb: Verb) -> Attribution | None:
    """Try the constructions one after the other: each verb form opens some of them."""
    helpers = auxiliaries(words, at)
    if any(word in NEGATIONS for word in helpers) or _is_infinitive(words, at):
        return None
    following = words[at + 1].lower if at + 1 < len(words) else ""
    is_helped = any(word in BE for word in helpers)
    if verb.form == "past" and (is_helped or following == "by"):
        return _passive(words, at, verb)
    if verb.form == "ing" and not is_helped:
        return _joined_on(words, at, verb)
    if _may_be_inverted(words, at, verb) and (told := _inverted(words, at, verb)):
        return told
    subject = find_subject(words, at)
    if subject is None:
        return _without_subject(words, at, verb)
    beside = any(w.quote != -1 for w in words[max(0, subject[0] - 1) : at + 3])
    if ("quote" in verb.takes and beside) or names_a_source(words[slice(*subject)]):
        return _with_subject(words, at, verb, subject)
    return None


def _is_infinitive(words: Sequence[Word], at: int) -> bool:
    """Whether "to" stands before a verb: who wants to say a thing has not said it yet."""
    left = skip_left(words, at - 1)
    return left >= 0 and words[left].lower == "to"


def _may_be_inverted(words: Sequence[Word], at: int, verb: Verb) -> bool:
    """Whether a source may follow the verb: behind a quotation, or behind a comma if nobody is told."""
    if at == 0 or "quote" not in verb.takes:
        return False
    before = words[at - 1]
    return before.quote != -1 or ("hearer" not in verb.takes and before.text in ",–—-")


def _without_subject(words: Sequence[Word], at: int, verb: Verb) -> Attribution | None:
    """Read "and warned that …", ", says …": the subject before goes on."""
    left = skip_left(words, at - 1)
    if left >= 0 and (words[left].lower in JOINING or words[left].text == ","):
        content = content_right(words, at, verb)
        return (
            Attribution((at, at + 1), verb.stance, None, (content[0],), form=content[1]) if content else None
        )
    if at and words[at - 1].quote != -1 and "quote" in verb.takes:
        return Attribution((at, at + 1), verb.stance, None, ((at - 1, at),), side="left")
    return None


def _with_subject(words: Sequence[Word], at: int, verb: Verb, subject: Span) -> Attribution | None:
    """Read "X said that …", or, set off by a comma, "…, X said" and "…, X said, …"."""
    before = subject[0] - 1
    while before >= 0 and words[before].lower in ("the", "a", "an", "as", "and"):
        before -= 1
    behind = skip_circumstances(words, at + 1, verb)
    ended = _ends_clause(words, behind)
    speaks = bool(verb.takes & {"clause", "that", "quote", "hearer"})
    beside_quote = before >= 0 and words[before].quote != -1
    if beside_quote and verb.takes & {"quote", "hearer"} and behind < len(words):
        followed = words[behind].quote != -1 and behind == at + 1
        ended = ended or not (followed or words[behind].lower in COMPLEMENTISERS)
    set_off = beside_quote or (before >= 0 and words[before].text in (",", "–", "—", "-"))
    cue = (at, at + 1)
    if set_off and ended and speaks:
        contents = _around(words, before + 1, behind)
        return Attribution(cue, verb.stance, subject, contents, side="left") if contents else None
    if content := content_right(words, at, verb):
        return Attribution(cue, verb.stance, subject, (content[0],), form=content[1])
    if ended and before >= 0 and words[before].lower in telling_nouns():
        # "the claims Oslo made and repeated": what is told stands before the source
        begin = max(i for i in range(before + 1) if i == 0 or words[i].lower in DETERMINERS)
        left = trim(words, begin, before + 1)
        return Attribution(cue, verb.stance, subject, (left,), side="left", form="object") if left else None
    if speaks and (behind >= len(words) or words[behind].text in ".:"):
        return Attribution(cue, verb.stance, subject, ())
    return None


def _ends_clause(words: Sequence[Word], at: int) -> bool:
    return at >= len(words) or words[at].text in (".", ",", ";", ")", "–", "—", "…", "!", "?")


def _around(words: Sequence[Word], before: int, behind: int) -> tuple[Span, ...]:
    """What is told on both sides of ", X said,": the left part, and the right where the telling goes on."""
    follows = _quote_follows(words, behind)
    left = trim(words, 0, before)
    if left and not _quotes_in(words, left) and (follows or _is_bare(words, left, behind)):
        left = None  # "A professor in Oslo, Jane Doe, said, …"
    contents = [left] if left else []
    right = trim(words, behind, len(words))
    if behind >= len(words) or right is None:
        return tuple(contents)
    if words[behind].text in (",", "–", "—", ".") and (follows or (left and _goes_on(words, left, behind))):
        return (*contents, right)
    if left and words[left[1] - 1].lower in ("including", "that", "which", "like"):
        return (right,)
    return tuple(contents)


def _is_bare(words: Sequence[Word], left: Span, behind: int) -> bool:
    """Whether one word stands before ", X said" and nothing goes on behind it: no telling."""
    return left[1] - left[0] < 2 and not _goes_on(words, left, behind)


def _quotes_in(words: Sequence[Word], span: Span) -> bool:
    return any(w.quote != -1 for w in words[slice(*span)])


def _quote_follows(words: Sequence[Word], at: int) -> bool:
    """Whether a quotation stands at a word, or behind the comma or colon there."""
    if at >= len(words) or words[at].quote != -1:
        return at < len(words)
    return words[at].text in ",:" and at + 1 < len(words) and words[at + 1].quote != -1


def _goes_on(words: Sequence[Word], left: Span, behind: int) -> bool:
    """Whether what stands behind ", X said," is told too: "and …", or the left part lacks its verb."""
    if behind + 1 >= len(words) or words[behind].text != ",":
        return False
    if words[behind + 1].lower in ("and", "but"):
        return True
    return not _quotes_in(words, left) and not any(map(is_finite, words[slice(*left)]))


def _inverted(words: Sequence[Word], at: int, verb: Verb) -> Attribution | None:
    """Read "…," said the minister, "…"."""
    source = find_inverted(words, at)
    if source is None:
        return None
    end = source[1]
    ended = end >= len(words) or words[end].text in (",", ".", ";")
    if words[at - 1].quote == -1 and not (ended or is_time(words[end]) or words[end].lower in PREPOSITIONS):
        return None
    left = trim(words, 0, at)
    contents = [left] if left else []
    behind = end
    while behind < len(words) and words[behind].quote == -1 and words[behind].text not in (".", ";", ":"):
        behind += 1
    if behind < len(words) and words[behind].quote != -1 and words[behind - 1].text in (",", *_DASHES):
        contents.append((behind, behind + 1))
    return Attribution((at, at + 1), verb.stance, source, tuple(contents), side="left") if contents else None


def _joined_on(words: Sequence[Word], at: int, verb: Verb) -> Attribution | None:
    """A participle that goes on telling: ", adding that …", "by saying …", "with X saying …"."""
    if words[at].lower in word_class("inferring"):
        return None
    source = None
    if not _joins(words, at):
        # "with the minister saying …"
        lead = [i for i in range(segment_start(words, at - 1), at) if words[i].lower == "with"]
        if not lead or not names_a_source(words[lead[-1] + 1 : at]):
            return None
        source = (lead[-1] + 1, at)
    content = content_right(words, at, verb)
    if content is None:
        return None
    (begin, end), form = content
    if at == 0:
        # "Describing it as …, the minister said": the main clause begins behind the comma
        ends = (
            i for i in range(begin, end) if words[i].text == "," or (i > begin and words[i - 1].quote != -1)
        )
        end = next(ends, end)
    return Attribution((at, at + 1), verb.stance, source, ((begin, end),), form=form)


def _joins(words: Sequence[Word], at: int) -> bool:
    """Whether a participle goes on from what stands before: a mark, "by", or a noun that tells."""
    if at == 0:
        return True
    before = words[at - 1]
    linked = before.lower in ("by", "and", "while") or before.lower in telling_nouns()
    return linked or before.quote != -1 or before.text in (",", *_DASHES)


def _passive(words: Sequence[Word], at: int, verb: Verb) -> Attribution | None:
    """Read "is seen by analysts as …", "was accused of … by the union": the source stands after "by"."""
    n = len(words)
    stop = next((i for i in range(at + 1, n) if words[i].text in (",", ";", ".") or words[i].quote != -1), n)
    by = next((i for i in range(at + 1, stop) if words[i].lower == "by"), None)
    if by is None:
        return None
    end = by + 1
    while end < stop and words[end].lower not in _ENDS_SOURCE and not is_time(words[end]):
        end += 1
    if not names_a_source(words[by + 1 : end]):
        return None
    contents = _passive_contents(words, verb, (at, by, end))
    told = tuple(c for c in contents if c)
    return Attribution((at, at + 1), verb.stance, (by + 1, end), told, form="object") if told else None


def _passive_contents(words: Sequence[Word], verb: Verb, places: tuple[int, int, int]) -> list[Span | None]:
    """What is told in the passive: behind the verb's preposition, behind the source, or the subject."""
    at, by, end = places
    behind, rest = trim(words, at + 1, by), trim(words, end, len(words))
    if behind and words[behind[0]].lower in verb.takes:
        return [trim(words, behind[0] + 1, behind[1]), rest]
    if rest:
        link = words[rest[0]].lower
        if link in ("as", "to", "that"):
            return [find_subject(words, at), trim(words, rest[0] + (link != "to"), rest[1])]
        if link in verb.takes:
            return [trim(words, rest[0] + 1, rest[1])]
    return [find_subject(words, at)] if verb.takes & {"clause", "that"} else []


def _quoted_by(words: Sequence[Word], at: int) -> Attribution | None:
    """Read "NRK quoted the minister as saying that …": the broadcaster passes on what the minister said."""
    link = next((i for i in range(at + 1, min(len(words), at + 16)) if words[i].lower == "as"), None)
    if link is None or link + 1 >= len(words) or not words[link + 1].lower.endswith("ing"):
        return None
    content, source = trim(words, link + 2, len(words)), (at + 1, link)
    if content is None or not names_a_source(words[slice(*source)]):
        return None
    return Attribution((link + 1, link + 2), "neutral", source, (content,), relay=find_subject(words, at))

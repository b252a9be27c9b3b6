"""Where in a sentence the content stands that a reporting verb tells: behind the time, place and hearer."""

from collections.abc import Sequence

from .clause_words import (
    COMPLEMENTISERS,
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    Word,
    is_adverb,
    is_capital,
    is_finite,
    is_mark,
    is_time,
    skip_left,
    trim,
)
from .reporting import Verb, telling_nouns, word_class
from .structure import Span

_CIRCUMSTANCES = frozenset("on in at during by via from to late early before after".split())
_OPENS_CIRCUMSTANCE = frozenset("in at on after during before over since".split())
_ENDS_HEARER = frozenset("in at on during after".split())
_KINDS_OF_CONTENT = frozenset("clause that hearer quote object".split())
_PLURAL_SUBJECTS = frozenset("they we i you who some many others people police".split())
_PRONOUN_OR_DETERMINER = frozenset("that this some many most several others these those".split())
_NOUN_GOES_ON = frozenset("of from by and about are were have".split())


def is_noun_here(words: Sequence[Word], at: int, verb: Verb) -> bool:
    """Whether a word that can be a reporting verb is a noun or an adjective where it stands."""
    after = words[at + 1] if at + 1 < len(words) else None
    if at == 0:
        return verb.form != "ing" or after is None
    before = words[at - 1]
    if _is_determined(before, verb) or (before.lower in PREPOSITIONS and verb.form != "ing"):
        return True
    if verb.form == "base":
        return not _takes_base_form(words, at)
    if verb.form == "s":
        # "his claims", "new reports": a noun follows an adjective; a verb follows its subject
        goes_on = after is not None and after.lower in _NOUN_GOES_ON
        return goes_on and before.lower not in SUBJECT_PRONOUNS
    if verb.form == "past" and after is not None:
        return before.lower in DETERMINERS and after.text.islower() and after.lower not in PREPOSITIONS
    return False


def _is_determined(before: Word, verb: Verb) -> bool:
    """Whether an article or possessive makes the next word a noun; "some" and "that" may be subjects."""
    if before.lower in _PRONOUN_OR_DETERMINER:
        return verb.form == "base" and before.lower in ("that", "this")
    return before.lower in DETERMINERS - {"both", "all"} or before.lower in ("'s", "of", "'")


def _takes_base_form(words: Sequence[Word], at: int) -> bool:
    """Whether what stands before goes with "say" rather than "says": a modal or a plural subject."""
    left = skip_left(words, at - 1)
    if left >= 0 and any(w.lower in MODALS for w in words[left + 1 : at]):
        return True
    subject = words[left] if left >= 0 else words[at - 1]
    plural = subject.lower.endswith("s") and not subject.lower.endswith("ss") and not subject.name
    return plural or subject.lower in _PLURAL_SUBJECTS


def skip_circumstances(words: Sequence[Word], at: int, verb: Verb) -> int:
    """Past the time, place, hearer and channel behind a verb: where its content would begin."""
    may_name_hearer = "hearer" in verb.takes
    while at < len(words):
        reach = _past_circumstance(words, at, verb)
        if reach == at and may_name_hearer and words[at].lower not in _CIRCUMSTANCES:
            reach, may_name_hearer = _hearer_end(words, at), False
        if reach == at:
            break
        at = reach
    return at


def _past_circumstance(words: Sequence[Word], at: int, verb: Verb) -> int:
    """Past one time, adverb, place or channel; `at` where none stands there."""
    word = words[at]
    of_date = word.text.isdigit() and words[at - 1].lower in word_class("months")
    if of_date or (is_time(word) and not _opens_clause(words, at)):
        return at + 1
    if is_adverb(word) and word.text.islower():
        return at + 1
    if word.lower in _CIRCUMSTANCES and at + 1 < len(words):
        return _circumstance_end(words, at, verb)
    return at


def _opens_clause(words: Sequence[Word], at: int) -> bool:
    """Whether "may", "march", "this", "last" begin the content rather than name a time."""
    ambiguous = words[at].lower in ("may", "march", "this", "last", "next", "late", "early")
    month = words[at].text == "March"
    return ambiguous and not month and not (at + 1 < len(words) and is_time(words[at + 1]))


def _phrase_end(words: Sequence[Word], at: int, stop: int) -> int:
    """From `at` on, the next mark or "that", no further than eight words behind."""
    while (
        stop < len(words)
        and not is_mark(words[stop])
        and words[stop].lower not in COMPLEMENTISERS
        and stop - at < 9
    ):
        stop += 1
    return stop


def _ends_phrase(words: Sequence[Word], at: int) -> bool:
    return at >= len(words) or is_mark(words[at]) or words[at].lower in COMPLEMENTISERS


def _circumstance_end(words: Sequence[Word], at: int, verb: Verb) -> int:
    """The end of "on Wednesday", "in a statement", "in Oslo", "to reporters"; `at` where it is none."""
    if words[at].lower in verb.takes:
        return at
    stop = _phrase_end(words, at, at + 1)
    run = words[at + 1 : stop]
    if not run:
        return at
    closed = _ends_phrase(words, stop)
    channel = any(w.lower in word_class("channels") for w in run[:5])
    if channel or is_time(run[0]) or run[0].text.isdigit():
        last = at + 1 + max(i for i, w in enumerate(run) if _is_channel_or_time(w))
        return stop if closed and not _begins_clause(words[last + 1 : stop]) else last + 1
    return stop if closed and len(run) <= 6 and not any(map(is_finite, run)) else at


def _begins_clause(words: Sequence[Word]) -> bool:
    """Whether content without "that" begins: "on Monday | the talks failed"."""
    if len(words) < 2 or words[0].lower in PREPOSITIONS or is_finite(words[0]):
        return False
    return any(map(is_finite, words[1:]))


def _is_channel_or_time(word: Word) -> bool:
    return word.lower in word_class("channels") or is_time(word) or word.text.isdigit()


def _hearer_end(words: Sequence[Word], at: int) -> int:
    """The end of who is told: up to "that", a mark or the end."""
    if _ends_phrase(words, at):
        return at
    if words[at].lower in word_class("hearers") - {"us"}:
        stop = at + 1
        placed = stop < len(words) and words[stop].lower in _ENDS_HEARER
        return _phrase_end(words, at, stop) if placed else stop
    stop = at
    limit = _phrase_end(words, at, at)
    # "told AFP the talks failed": a name ends where the content's article begins
    end = at
    while end < limit and is_capital(words[end]):
        end += 1
    opens = end < limit and words[end].lower in DETERMINERS | SUBJECT_PRONOUNS
    if end > at and opens and _begins_clause(words[end:limit]):
        return end
    while stop < limit:
        if words[stop].lower in _ENDS_HEARER or is_time(words[stop]):
            return stop
        stop += 1
    if _ends_phrase(words, stop):
        return stop
    return end if at < end < len(words) and words[end].text.islower() else at


def content_right(words: Sequence[Word], at: int, verb: Verb) -> tuple[Span, str] | None:
    """The content behind a verb and the form it has, as far as the verb can take one."""
    behind = skip_circumstances(words, at + 1, verb)
    begin = behind
    while begin < len(words) and words[begin].quote == -1 and _leads_to_content(words, begin):
        begin += 1
    # ", suggesting that …" is the outlet's own inference
    inferring = word_class("inferring")
    inferred = (
        i for i in range(begin + 1, len(words)) if words[i].lower in inferring and words[i - 1].text == ","
    )
    whole = trim(words, begin, next(inferred, len(words)))
    if whole is None:
        return None
    first = words[begin]
    clausal = first.lower in COMPLEMENTISERS and verb.takes & {"clause", "that", "hearer", "quote"}
    if first.quote != -1 or clausal:
        return whole, "clause"
    if first.lower == "to" and "to" not in verb.takes:
        return None
    if "clause" in verb.takes:
        size = whole[1] - whole[0]
        if first.lower not in PREPOSITIONS:
            return (whole, "clause") if size >= 2 else None
        if first.lower in _OPENS_CIRCUMSTANCE and size > 5:
            return whole, "clause"
    return _object_content(words, behind, verb)


def _leads_to_content(words: Sequence[Word], at: int) -> bool:
    """A comma, a colon, a dash, or "however" between commas."""
    if words[at].text in ",:–—":
        return True
    closed = words[at - 1].text == "," and at + 1 < len(words) and words[at + 1].text == ","
    return closed and is_adverb(words[at])


def _clause_end(words: Sequence[Word], begin: int) -> int:
    """Where an object's phrase ends: at a comma that opens something else, or at the sentence's end."""
    end = begin
    while end < len(words) and not (words[end].quote == -1 and words[end].text in ",;:–—."):
        end += 1
    if end + 1 < len(words) and words[end].text == ",":
        following = words[end + 1]
        if following.lower in ("including", "such", "especially") or following.quote != -1:
            return len(words)
    return end


def _object_content(words: Sequence[Word], begin: int, verb: Verb) -> tuple[Span, str] | None:
    """What stands behind a verb's preposition ("accused it of …"), or its object, where that is told."""
    if begin >= len(words):
        return None
    if (link := _link(words, begin, verb)) is not None:
        content = trim(words, link + (words[link].lower != "to"), _clause_end(words, link))
        return (content, "object") if content else None
    first = words[begin]
    end = _clause_end(words, begin)
    content = trim(words, begin, end)
    if content is None or (is_mark(first) and first.quote == -1):
        return None
    if "label" in verb.takes and any(w.quote != -1 for w in words[begin:end]):
        return content, "label"
    if "object" in verb.takes and first.lower not in PREPOSITIONS and _names_telling(words[begin:end], verb):
        return content, "object"
    return None


def _link(words: Sequence[Word], begin: int, verb: Verb) -> int | None:
    """Where the preposition stands that leads to a verb's content, an object before it allowed."""
    links = verb.takes - _KINDS_OF_CONTENT
    first = words[begin]
    if first.lower in links:
        return begin
    if not links or first.lower in PREPOSITIONS or is_mark(first):
        return None
    for at in range(begin + 1, min(len(words), begin + 14)):
        if words[at].lower in links and not words[at].name:
            return at
        if is_mark(words[at]) and words[at].text not in "()":
            return None
    return None


def _names_telling(words: Sequence[Word], verb: Verb) -> bool:
    """Whether a verb's object is something told: "the charge"; what is attacked or praised need not be."""
    if "for" in verb.takes or "label" in verb.takes or verb.stance != "confronting":
        return True
    return any(w.lower in telling_nouns() or w.quote != -1 for w in words[:6])

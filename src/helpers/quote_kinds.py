"""What kind of quotation stands between marks: direct, partial, scare or other."""

import re
from collections.abc import Sequence

from .clause_words import AUXILIARIES, Word
from .constructions import Attribution
from .matching import fold
from .reporting import leads, word_class

_NEGATED = frozenset(word + "n't" for word in AUXILIARIES) | {"can't", "won't", "shan't", "ain't", "cannot"}
_CLAUSE_VERBS = (AUXILIARIES | _NEGATED) - {"being", "having", "'ve", "'ll", "'d"}
_SUBJECTS = frozenset("i we they he she it you this that there these those who nobody everyone".split())
_PERSONAL = frozenset("i we they he she you".split())
_CONTRACTION = re.compile(r"(\w+)'(?:s|re|ve|ll|d|m)$")
_SUBORDINATORS = frozenset(
    "that which who whom whose when where if because as what how why while until since although".split()
)
_BETWEEN = frozenset("not also never now still always all both just".split())
_NO_CLAUSE_START = frozenset("to of like for with by from than".split())
_JOINING = frozenset("and but so or".split())
_OPENS_CLAUSE = frozenset([*",;:–—.", *_JOINING, "because", "maybe", "now", "then"])
_NO_SUBJECT = frozenset("that who which and or but to not whose where when".split()) | _CLAUSE_VERBS
_WITHIN_PHRASE = frozenset("a an the of as in its his her their to for with and by more about on".split())


def has_clause(text: str) -> bool:
    """Whether some quoted words hold a main clause of their own: a subject and, behind it, a finite verb.

    Examples
    --------
    >>> has_clause("the talks have failed"), has_clause("a threat that must not be ignored")
    (True, False)
    """
    words = re.findall(r"[\w'-]+|[^\w\s]", fold(text).lower())
    while words and not words[0][0].isalnum():
        words.pop(0)
    if len(words) > 1 and words[0] in _CLAUSE_VERBS and words[1] in _PERSONAL | {"it"}:
        return True  # "will they go?"
    capital = text.lstrip("\"'“‘ ([")[:1].isupper()
    if not words or words[0] in _NO_CLAUSE_START or (words[0] in _CLAUSE_VERBS and not capital):
        return False
    subordinate = False
    for at, word in enumerate(words):
        if word in _SUBORDINATORS and at:
            subordinate = True
        elif word in ",;:–—":
            subordinate = False
        elif not subordinate and _is_predicate(words, at):
            return True
    return False


def _is_predicate(words: Sequence[str], at: int) -> bool:
    """Whether a word is the verb of a main clause, by what stands before it."""
    before = next((w for w in reversed(words[:at]) if w not in _BETWEEN), "")
    opens = at == 0 or not words[at - 1][0].isalnum() or words[at - 1] in _JOINING
    contracted = _CONTRACTION.match(words[at])
    if contracted and contracted[1] in _SUBJECTS and opens and at + 1 < len(words):
        return True
    plain = words[at] in word_class("finite_verbs") and words[at + 1 : at + 2] != ["of"]
    if plain or words[at] in _CLAUSE_VERBS:
        return before[:1].isalnum() and before not in _NO_SUBJECT
    if before not in _PERSONAL or not words[at].isalpha():
        return False
    return words.index(before) in (0, at - 1) and (at < 2 or words[at - 2] in _OPENS_CLAUSE)


def is_whole(text: str) -> bool:
    """Whether quoted words open like a sentence and close like one.

    Examples
    --------
    >>> is_whole("No comment,"), is_whole("a grave threat")
    (True, False)
    """
    opens = re.match(r"\W*[A-Z0-9À-Þ]", text) is not None
    closes = re.search(r"[.,!?…—–-][\"'”’)\]]*$", text.rstrip()) is not None
    return opens and closes and len(text.split()) >= 2


def _is_label(text: str) -> bool:
    """Whether quoted words are written like a name: "Victory Day"."""
    words = re.findall(r"[\w'-]+", text)
    return 0 < len(words) <= 4 and all(w[0].isupper() or w in ("of", "the", "and") for w in words)


def quote_kind(text: str, lead: str, told: Attribution | None, words: Sequence[Word], at: int) -> str:
    """Tell the kind of a quotation.

    Parameters
    ----------
    text : str
        The quotation; where "X said" stands inside it, all its pieces.
    lead : str
        What stands before it in its sentence, folded.
    told : Attribution or None
        The telling whose content holds it.
    words : sequence of Word
        Its sentence.
    at : int
        Which of the words it is.

    Returns
    -------
    str
        direct, partial, scare or other.
    """
    if leads("label").search(lead):
        return "scare"
    if _quotes_no_speech(text, lead, told):
        return "other"
    if told is None:
        return "direct" if is_whole(text) and has_clause(text) else "scare"
    if has_clause(text) or _is_whole_content(told, words, at):
        return "direct"
    if is_whole(text) and not _is_within_phrase(words, at):
        return "direct"
    in_sentence = at > 0 and words[at - 1].text not in (",", ":") and told.cue[1] != at
    return "scare" if _is_label(text) and in_sentence and told.form != "object" else "partial"


def _quotes_no_speech(text: str, lead: str, told: Attribution | None) -> bool:
    """Whether it is a number, or what stands before it calls it a title, a slogan or a word."""
    if told and has_clause(text):
        return False
    if re.fullmatch(r"[\W\d_]+", text):
        return True
    spoken = told is not None and is_whole(text) and "slogan" not in lead[-12:]
    return not spoken and leads("no_speech").search(lead) is not None


def _is_whole_content(told: Attribution, words: Sequence[Word], at: int) -> bool:
    """Whether a quotation is all of a clause: directly behind "that" or the verb, up to a mark or the end."""
    if told.form != "clause" or not any(a == at for a, _ in told.contents):
        return False
    if words[at - 1].lower not in ("that", ",", ":") and told.cue[1] != at:
        return False
    following = words[at + 1].text if at + 1 < len(words) else "."
    return words[at].end - words[at].start > 25 and following in (".", ",", ";", "–", "—", "and")


def _is_within_phrase(words: Sequence[Word], at: int) -> bool:
    """Whether a quotation is part of a phrase of the outlet's: "a ", "the ", "of " before it."""
    return at > 0 and words[at - 1].quote == -1 and words[at - 1].lower in _WITHIN_PHRASE

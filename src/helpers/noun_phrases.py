"""Nouns as far as pronouns need them: where a phrase without a name stands, and what it describes."""

import re
from collections.abc import Sequence
from functools import cache

from .clause_words import AUXILIARIES, DETERMINERS, PREPOSITIONS, SUBORDINATORS
from .paths import read_vocabulary
from .phrases import CLOSED, Token
from .reporting import reporting_verbs, word_class
from .title_words import word_list

PERSON, BODY, THING = "person", "body", "thing"
SUBJECT_WORDS = frozenset("he she it who which that they i we".split())  # a verb follows, not a noun
_MOST_WORDS = 6  # of a phrase
_NUMBERS = frozenset("two three four five six seven eight nine ten dozens hundreds thousands both".split())
_OPENERS = DETERMINERS - frozenset("no any each every that this those these".split()) | {"whose", "'s"}
_NO_NOUN = (
    CLOSED
    | AUXILIARIES
    | PREPOSITIONS
    | SUBORDINATORS
    | SUBJECT_WORDS
    | frozenset(["not", "'s", "ago", "percent"])
)
_SHORT_VERBS = frozenset("'ve 're 'm 'd 'll".split())
# "the engineer | responsible for"
_BEHIND_NOUN = re.compile(
    r"\w+(?:ible|able|ful|ous)|familiar|close|due|likely|critical|loyal|present|absent|once|still"
)
_SINGULAR_S = ("ss", "us", "is", "news")
_ENDING = r"'(?:s|d|ll|ve|re|m)\b"
_TOKEN = re.compile(rf"[^\W_]+(?:(?:(?!{_ENDING})'|[-&])[^\W_]+)*|{_ENDING}|\S")


def split_tokens(text: str) -> list[Token]:
    """Split a folded text into words and marks; what is joined to a pronoun is a word of its own.

    Examples
    --------
    >>> [token.text for token in split_tokens("She'll call O'Dwyer's ex-wife.")]
    ['She', "'ll", 'call', "O'Dwyer", "'s", 'ex-wife', '.']
    """
    return [Token(m[0], *m.span(), m[0].lower()) for m in _TOKEN.finditer(text)]


@cache
def gendered_nouns() -> dict[str, str]:
    """Nouns that say whether their person is called he (m) or she (f).

    Examples
    --------
    >>> gendered_nouns()["spokeswoman"]
    'f'
    """
    return {noun: gender for gender, nouns in read_vocabulary("pronouns")["nouns"].items() for noun in nouns}


@cache
def heads(kind: str) -> frozenset[str]:
    """Nouns that a description of persons, bodies or groups is built on."""
    listed = frozenset(read_vocabulary("pronouns")["heads"][kind])
    if kind == "persons":
        return listed | word_list("person_heads") | frozenset(gendered_nouns())
    return listed | word_list("organisation_heads", "state_heads") if kind == "bodies" else listed


def is_verb(token: Token) -> bool:
    """Give a rough sign of a finite verb.

    Examples
    --------
    >>> tokens = split_tokens("Roe agreed that the bank's plan won't work.")
    >>> [token.text for token in tokens if is_verb(token)]
    ['agreed', "won't"]
    """
    lower = token.lower
    if lower in AUXILIARIES or lower in _SHORT_VERBS or lower.endswith("n't"):
        return True
    listed = lower in word_class("finite_verbs") or lower in _past_verbs() or tells(token)
    return token.text.islower() and (listed or (len(lower) > 4 and lower.endswith("ed")))


@cache
def _past_verbs() -> frozenset[str]:
    return frozenset(read_vocabulary("pronouns")["verbs"]["past"])


def tells(token: Token) -> bool:
    """Whether a word is a finite form of a verb of saying."""
    verb = reporting_verbs().get(token.lower)
    return verb is not None and verb.form in ("past", "s")


def leads_to_clause(token: Token) -> bool:
    """Whether a word is a finite verb of saying that a clause may follow: "said", not "praised"."""
    return tells(token) and "clause" in reporting_verbs()[token.lower].takes


def phrase_end(tokens: Sequence[Token], index: int) -> int:
    """Say where the noun phrase that begins at a token ends; `index` where none begins.

    It begins with a determiner, a number or a possessive ending, or is a bare plural of persons or bodies.

    Examples
    --------
    >>> tokens = split_tokens("The new plan angered residents.")
    >>> phrase_end(tokens, 0), phrase_end(tokens, 4), phrase_end(tokens, 3)
    (3, 5, 3)
    """
    first = tokens[index]
    if index and tokens[index - 1].lower in SUBJECT_WORDS:
        return index
    if first.lower in _OPENERS or first.text.isdigit():
        at = index + 1
        while at < len(tokens) and at - index < _MOST_WORDS and _goes_on(tokens, at, index):
            at += 1
        return at if at > index + 1 else index
    single = first.lower.removesuffix("s") if first.lower.endswith("s") else ""
    return index + (first.lower in heads("groups") or single in heads("persons") | heads("bodies"))


def _goes_on(tokens: Sequence[Token], at: int, begin: int) -> bool:
    """Whether a word belongs to the phrase: no mark, no name, no closed word, no verb behind a noun."""
    token = tokens[at]
    if not token.text[0].isalpha() or token.text[0].isupper() or token.lower in _NO_NOUN:
        return False
    if token.lower in word_class("times") or token.lower in word_class("months"):
        return False
    if tokens[at - 1].lower in heads("persons") and _BEHIND_NOUN.fullmatch(token.lower):
        return False
    behind = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if tokens[at - 1].lower in heads("persons") | heads("bodies") and behind in DETERMINERS:
        return False  # "the company | cut its forecast"
    return at == begin + 1 or not is_verb(token)


def describe(phrase: Sequence[Token]) -> tuple[str, bool]:
    """Say what a noun phrase describes (person, body or thing), and whether several.

    Examples
    --------
    >>> [describe(split_tokens(words)) for words in ("the mayor", "two banks", "a new plan")]
    [('person', False), ('body', True), ('thing', False)]
    """
    head = phrase[-1].lower
    several = head in heads("groups") or (head.endswith("s") and not head.endswith(_SINGULAR_S))
    several = several or phrase[0].lower in _NUMBERS
    for kind, nouns in ((PERSON, heads("persons")), (BODY, heads("bodies"))):
        if head in nouns or head.removesuffix("s") in nouns:
            return kind, several
    return PERSON if head in heads("groups") else THING, several

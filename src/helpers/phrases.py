"""Noun phrases as far as rules need them: tokens, head words, where a phrase begins."""

import re
from functools import cached_property
from typing import NamedTuple

from .actors import Actor
from .gazetteer import BARE_BODY, BODY, Gazetteer, british_and_american
from .names import main_state
from .sentences import sentence_openers
from .spans import Name
from .structure import Span
from .title_words import word_list

ARTICLES = frozenset("a an the".split())
POSSESSIVE_PRONOUNS = frozenset("his her its their our my your".split())
PREPOSITIONS = frozenset("of for at in on to with from under".split())
COPULAS = frozenset("is are was were be been being become became becomes remain remains remained".split())
# Words that no description reaches across.
BREAKS = COPULAS | frozenset(
    "and or but nor as that which who whom whose where when while because since if than then said says say "
    "saying told tells asked added according including like led has have had will would can could may might "
    "must shall should do does did not met meets after before during until by about against between".split()
)

CLOSED = ARTICLES | POSSESSIVE_PRONOUNS | PREPOSITIONS | BREAKS
_BEFORE_VERBS = frozenset("to will would can could may might must shall should did does do".split())
_BETWEEN_HEADS = frozenset(["operating", "financial"])  # "chief operating officer"
_HEADS = {"person": "person_heads", "organisation": "organisation_heads", "state": "state_titles"}
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:(?:'(?!s\b)|[&/-])\w+)*|'s\b|[^\w\s]")


class Token(NamedTuple):
    """A word or a mark of punctuation, and where it stands."""

    text: str
    start: int
    end: int
    lower: str


class Description(NamedTuple):
    """A title or a lone description, and the actors it means (several for "the two countries")."""

    start: int
    end: int
    actor_ids: tuple[str, ...]
    kind: str


class Article:
    """What the rules on descriptions look at.

    Parameters
    ----------
    text : str
        The folded text, characters that do not count replaced one for one.
    sentences : list of (int, int)
        Its sentences.
    names : list of Name
        From `find_names`, in order.
    gazetteer : Gazetteer
        The one that found them.
    places : set of int
        Starts of the names that are only where something happens.
    """

    def __init__(
        self, text: str, sentences: list[Span], names: list[Name], gazetteer: Gazetteer, places: set[int]
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.names = names
        self.gazetteer = gazetteer
        self.places = places

    @cached_property
    def name_at(self) -> dict[int, Name]:
        """The outermost name that each character of a name belongs to."""
        return {at: name for name in reversed(self.names) for at in range(name.start, name.end)}

    @cached_property
    def main_state(self) -> str:
        """The state the article is about, if there is one; see `helpers.names.main_state`."""
        return main_state([n for n in self.names if not n.nested], self.gazetteer)

    def actor(self, name: Name) -> Actor:
        """Whose name it is."""
        return self.gazetteer.actors[name.actor_id]

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens between two positions."""
        found = _TOKEN.finditer(self.text, start, end)
        return [Token(m[0], *m.span(), m[0].lower()) for m in found]

    def in_name(self, token: Token) -> bool:
        """True for a token that is part of a name."""
        return token.start in self.name_at

    def is_head(self, token: Token, kind: str) -> bool:
        """True for a word that a description of a person, an organisation or a state can be built on."""
        if self.in_name(token) and self.name_at[token.start].form not in (BODY, BARE_BODY):
            return False
        if kind == "organisation" and not token.text.islower():
            return False  # a capital makes it part of a name: "Ford Motor Company"
        return token.lower in word_list(_HEADS[kind])

    def last_head(self, tokens: list[Token], index: int, kind: str) -> int:
        """Index of the head that ends a run of them: "chief operating officer", "executive chairman"."""
        last = index
        for at in range(index + 1, min(index + 4, len(tokens))):
            if self.text[tokens[at - 1].end : tokens[at].start] != " ":
                break
            if self.is_head(tokens[at], kind):
                last = at
            elif tokens[at].lower not in _BETWEEN_HEADS and tokens[at].lower not in word_list("modifiers"):
                break
        return last

    def reach_left(self, tokens: list[Token], index: int, *, loose: bool) -> int:
        """Index of the token where the description that ends at `index` begins.

        Loosely, beside a name, an unlisted word may belong to it: "aircraft manufacturer".
        """
        begin = index
        while begin > 0:
            token = tokens[begin - 1]
            gap = self.text[token.end : tokens[begin].start]
            name = self.name_at.get(token.start)
            if name is not None and gap in (" ", "", "-"):
                while begin > 0 and tokens[begin - 1].start >= name.start:
                    begin -= 1
            elif gap in (" ", "") and self._belongs(tokens, begin - 1, loose=loose):
                begin -= 1
            else:
                break
        return begin

    def _belongs(self, tokens: list[Token], at: int, *, loose: bool) -> bool:
        """Whether a token can be part of the description that goes on behind it."""
        token = tokens[at]
        before = tokens[at - 1] if at else None
        if token.text in ("'s", "'"):
            heads = word_list("organisation_heads", "state_heads", "person_heads")
            return before is not None and (
                self.in_name(before) or before.text[0].isupper() or before.lower in heads
            )
        if token.lower in CLOSED or not token.text[0].isalnum():
            return False
        owns = tokens[at + 1].text in ("'s", "'")
        if token.lower in word_list("modifiers", "person_heads") or "-" in token.text or owns:
            return True
        if token.text[0].isupper():
            opens_sentence = before is None or before.text in ".!?"
            return not opens_sentence and token.text not in sentence_openers()
        if not loose or token.lower in word_list("not_modifiers"):
            return False
        after_verb = before is not None and before.lower in _BEFORE_VERBS
        return not after_verb and not token.text.endswith(("ed", "ing", "s", "ly"))

    def phrase(self, start: int, end: int) -> str:
        """A description without its state and in one spelling: what two of them are compared by."""
        for token in self.tokens(start, end):
            name = self.name_at.get(token.start)
            if name and self.actor(name).type == "state" and name.end < end:
                own = re.sub(r"^(?:'s?)? ?", "", self.text[name.end : end])
                return min(british_and_american(f"{self.text[start : name.start]}{own}".lower()))
        return min(british_and_american(self.text[start:end].lower()))

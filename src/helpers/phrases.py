"""Noun phrases as far as rules need them: tokens, head words, where a phrase begins."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property
from itertools import islice
from typing import NamedTuple

from .actors import Actor
from .gazetteer import ADJECTIVE, BARE_BODY, BODY, Gazetteer, british_and_american
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
HEADS = {"person": "person_heads", "organisation": "organisation_heads", "state": "state_titles"}
_OWN = re.compile(r"^(?:'s?)? ?")
_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:(?:'(?!s\b)|[&/-])\w+)*|'s\b|[^\w\s]")


class Token(NamedTuple):
    """A word or a mark of punctuation, and where it stands."""

    text: str
    start: int
    end: int
    lower: str


class Tokens:
    """The tokens of a stretch of text in columns: the four fields of `Token`, a list each.

    Parameters
    ----------
    text : str
        The whole text.
    spans : list of (int, int)
        Where each token begins and ends.
    """

    __slots__ = ("end", "lower", "start", "text")

    def __init__(self, text: str, spans: list[Span]) -> None:
        self.text = [text[start:end] for start, end in spans]
        self.lower = list(map(str.lower, self.text))
        self.start = [start for start, _ in spans]
        self.end = [end for _, end in spans]

    def __len__(self) -> int:  # noqa: D105 - how many tokens
        return len(self.text)


class Sentence:
    """A sentence, read only as far as somebody asks: most hold no word that a rule begins with."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end

    @cached_property
    def tokens(self) -> Tokens:
        """The tokens."""
        return Tokens(self.text, [m.span() for m in _TOKEN.finditer(self.text, self.start, self.end)])

    @cached_property
    def words(self) -> list[str]:
        """The runs of letters and digits, small."""
        return _WORD.findall(self.text[self.start : self.end].lower())

    def may_hold(self, entries: frozenset[str]) -> bool:
        """False where no token can be one of a word list's: the last word of each token is in `words`."""
        return not _last_words(entries).isdisjoint(self.words)


@cache
def _last_words(entries: frozenset[str]) -> frozenset[str]:
    return frozenset(map(last_word, entries))


def last_word(entry: str) -> str:
    """The last run of letters and digits of an entry, small: what `Sentence.words` has of it.

    Examples
    --------
    >>> last_word("co-founder")
    'founder'
    """
    words: list[str] = _WORD.findall(entry.lower())
    return words[-1]


class Description(NamedTuple):
    """A title or a lone description, and the actors it means (several for "the two countries")."""

    start: int
    end: int
    actor_ids: tuple[str, ...]
    kind: str


class Named:
    """Some names in the order of the text, and whom each counts for."""

    def __init__(self, names: Iterable[tuple[Name, str]]) -> None:
        self._names = list(names)
        self._starts = [name.start for name, _ in self._names]
        first = {actor_id: name.start for name, actor_id in reversed(self._names)}
        self._firsts = sorted(first.values())

    def last(self, at: int, count: int) -> tuple[str, ...]:
        """The last few different ones before a position, by id; none if there are fewer."""
        if bisect_left(self._firsts, at) < count:
            return ()
        found: set[str] = set()
        for name, actor_id in reversed(self._names[: bisect_left(self._starts, at)]):
            if name.end <= at:
                found.add(actor_id)
                if len(found) == count:
                    return tuple(sorted(found))
        return ()


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
        self.sentences = [Sentence(text, start, end) for start, end in sentences]
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

    @cached_property
    def _named_at(self) -> dict[str, list[int]]:
        """By actor, where in `names` its names are."""
        named_at: dict[str, list[int]] = defaultdict(list)
        for index, name in enumerate(self.names):
            named_at[name.actor_id].append(index)
        return named_at

    def last_before(self, actor_id: str, at: int) -> int:
        """Where in `names` the last name is that an actor has before a position, or -1."""
        named_at = self._named_at.get(actor_id, [])
        last = bisect_left(named_at, at, key=lambda index: self.names[index].start) - 1
        while last >= 0 and self.names[named_at[last]].end > at:
            last -= 1
        return named_at[last] if last >= 0 else -1

    @cached_property
    def organisations_by_ending(self) -> dict[str, set[str]]:
        """The organisations of the article by each ending, from a word on, of their names."""
        found: dict[str, set[str]] = defaultdict(set)
        for actor in (self.gazetteer.actors[a] for a in self._named_at):
            for name in (actor.name, *actor.aliases) if actor.type == "organisation" else ():
                words = name.lower().split(" ")
                for first in range(1, len(words)):
                    found[" ".join(words[first:])].add(actor.id)
        return found

    @cached_property
    def states(self) -> Named:
        """The names of states, but for the adjectives of titles."""
        outer = (n for n in self.names if not n.nested and self.actor(n).type == "state")
        return Named((n, n.actor_id) for n in outer if not self._in_title(n))

    @cached_property
    def sides(self) -> Named:
        """The names of whoever acts for a state, for that state; places left out."""
        acting = (n for n in self.names if not n.nested and n.start not in self.places)
        sides = ((n, self.actor(n).side) for n in acting)
        return Named((n, side) for n, side in sides if side and self.gazetteer.actors[side].type == "state")

    @cached_property
    def persons(self) -> Named:
        """The names of persons."""
        return self._of_type("person")

    @cached_property
    def organisations(self) -> Named:
        """The names of organisations."""
        return self._of_type("organisation")

    def _of_type(self, kind: str) -> Named:
        return Named((n, n.actor_id) for n in self.names if self.actor(n).type == kind)

    def _in_title(self, name: Name) -> bool:
        """True for the adjective of "the Norwegian foreign minister"."""
        if name.form != ADJECTIVE:
            return False
        tokens = self.tokens(name.end, name.end + 60, 4)
        for text, lower in zip(tokens.text, tokens.lower, strict=True):
            if lower in word_list("person_heads", "organisation_heads"):
                return True
            if lower not in word_list("modifiers") and not text[0].isupper():
                return False
        return False

    def actor(self, name: Name) -> Actor:
        """Whose name it is."""
        return self.gazetteer.actors[name.actor_id]

    def tokens(self, start: int, end: int, most: int | None = None) -> Tokens:
        """The tokens between two positions, or the first few of them."""
        return Tokens(self.text, [m.span() for m in islice(_TOKEN.finditer(self.text, start, end), most)])

    def in_name(self, tokens: Tokens, index: int) -> bool:
        """True for a token that is part of a name."""
        return tokens.start[index] in self.name_at

    def is_head(self, tokens: Tokens, index: int, kind: str) -> bool:
        """True for a word that a description of a person, an organisation or a state can be built on."""
        if tokens.lower[index] not in word_list(HEADS[kind]):
            return False
        if kind == "organisation" and not tokens.text[index].islower():
            return False  # a capital makes it part of a name: "Ford Motor Company"
        name = self.name_at.get(tokens.start[index])
        return name is None or name.form in (BODY, BARE_BODY)

    def last_head(self, tokens: Tokens, index: int, kind: str) -> int:
        """Index of the head that ends a run of them: "chief operating officer", "executive chairman"."""
        last = index
        for at in range(index + 1, min(index + 4, len(tokens))):
            if self.text[tokens.end[at - 1] : tokens.start[at]] != " ":
                break
            lower = tokens.lower[at]
            if self.is_head(tokens, at, kind):
                last = at
            elif lower not in _BETWEEN_HEADS and lower not in word_list("modifiers"):
                break
        return last

    def reach_left(self, tokens: Tokens, index: int, *, loose: bool) -> int:
        """Index of the token where the description that ends at `index` begins.

        Loosely, beside a name, an unlisted word may belong to it: "aircraft manufacturer".
        """
        begin = index
        while begin > 0:
            gap = self.text[tokens.end[begin - 1] : tokens.start[begin]]
            name = self.name_at.get(tokens.start[begin - 1])
            if name is not None and gap in (" ", "", "-"):
                while begin > 0 and tokens.start[begin - 1] >= name.start:
                    begin -= 1
            elif gap in (" ", "") and self._belongs(tokens, begin - 1, loose=loose):
                begin -= 1
            else:
                break
        return begin

    def _belongs(self, tokens: Tokens, at: int, *, loose: bool) -> bool:
        """Whether a token can be part of the description that goes on behind it."""
        text, lower = tokens.text[at], tokens.lower[at]
        if text in ("'s", "'"):
            heads = word_list("organisation_heads", "state_heads", "person_heads")
            return at > 0 and (
                self.in_name(tokens, at - 1)
                or tokens.text[at - 1][0].isupper()
                or tokens.lower[at - 1] in heads
            )
        if lower in CLOSED or not text[0].isalnum():
            return False
        owns = tokens.text[at + 1] in ("'s", "'")
        if lower in word_list("modifiers", "person_heads") or "-" in text or owns:
            return True
        if text[0].isupper():
            opens_sentence = at == 0 or tokens.text[at - 1] in ".!?"
            return not opens_sentence and text not in sentence_openers()
        if not loose or lower in word_list("not_modifiers"):
            return False
        after_verb = at > 0 and tokens.lower[at - 1] in _BEFORE_VERBS
        return not after_verb and not text.endswith(("ed", "ing", "s", "ly"))

    def phrase(self, start: int, end: int) -> str:
        """A description without its state and in one spelling: what two of them are compared by."""
        for token in _TOKEN.finditer(self.text, start, end):
            name = self.name_at.get(token.start())
            if name and self.actor(name).type == "state" and name.end < end:
                own = _OWN.sub("", self.text[name.end : end])
                return min(british_and_american(f"{self.text[start : name.start]}{own}".lower()))
        return min(british_and_american(self.text[start:end].lower()))

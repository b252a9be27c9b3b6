"""Which words of a sentence carry tone towards one mention in it, by rules on who does what to whom.

Read in turn: words that describe the mention, what governs it, what it does, is, has or gets, and
then the charged words that follow it in its clause. ``data/tone.toml`` holds the words and says what
each role means; words that are in none of its lists count half by VADER's lexicon.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from .matching import fold
from .structure import Span
from .tone_words import (
    any_polarity,
    lemma_of,
    lexicon_polarity,
    may_carry_tone,
    particles,
    phrasal_verbs,
    polarity_in,
    tone_roles,
)

# What a cue counts, by how it is joined to the mention.
WEIGHTS = {"joined": 2.0, "after": 1.0, "after, past a name": 0.5, "lexicon": 0.5}
NEGATED = -0.5  # "not a liar" is fainter praise than "liar" is blame
REACH = 16

_TOKEN = re.compile(r"\w+(?:['&/.-]\w+)*|[^\w\s]")
_ENDING = re.compile(r"n't$|'(?:s|re|ve|d|ll)$", re.IGNORECASE)
_MENTION = "\x00"
_STOPS = frozenset(";:—–.!?()[]")
_BE = frozenset("be is are was were been being am 's 're got get gets getting".split())
_AUXILIARIES = frozenset(
    "have has had having will would shall should can could may might must do does did to also".split()
)
_COPULAS = frozenset("be become remain seem look appear stay prove sound".split())
_RECEIVING = frozenset(
    "face draw receive get earn win garner suffer encounter meet spark provoke prompt trigger cause raise "
    "fuel have attract deserve invite enjoy gain command lose secure come go lack".split()
)
_LABELLING = frozenset(
    "call label brand dub describe portray depict paint characterise characterize denounce consider deem "
    "declare find accuse blame condemn slam criticise criticize praise hail treat view see regard "
    "cast".split()
)
_RELATIVES = frozenset("who which that".split())
_NEW_SUBJECTS = _RELATIVES | frozenset(
    "whose while whereas because although though if when where as but he she they it we i since unless "
    "until after before than".split()
)
_DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your any all both each some such".split()
)
_AIMED = frozenset("against on over at for towards toward to in about with".split())
_PREPOSITIONS = _AIMED | frozenset("of by from around into behind upon after".split())
_AFTER_PASSIVE = frozenset("by of over for after".split())
_LINKS = frozenset(["and", "or", ",", "&"])


class Token(NamedTuple):
    """A word or a mark, where it stands in the sentence, and its lower case."""

    text: str
    start: int
    end: int
    lower: str


class Cue(NamedTuple):
    """A word that carries tone: where it stands in the sentence, what it counts, and why."""

    start: int
    end: int
    weight: float
    role: str


def find_tokens(text: str) -> list[Token]:
    """Cut a sentence into words and marks; "n't" and "'s" are words of their own.

    Examples
    --------
    >>> [token.text for token in find_tokens("Doe's ally didn’t lie.")]
    ['Doe', "'s", 'ally', 'did', "n't", 'lie', '.']
    """
    tokens = []
    for match in _TOKEN.finditer(fold(text)):
        cut = _ENDING.search(match[0]) if "'" in match[0] else None
        edges = [match.start(), match.end()]
        if cut and cut.start():
            edges.insert(1, match.start() + cut.start())
        for start, end in pairwise(edges):
            part = match[0][start - match.start() : end - match.start()]
            tokens.append(Token(part, start, end, part.lower()))
    return tokens


class Sentence:
    """What the rules need to know of a sentence, made once for all mentions in it.

    Parameters
    ----------
    text : str
        The sentence.

    Examples
    --------
    >>> Sentence("Doe opened the window.").charged, Sentence("Doe lied.").charged
    (False, True)
    """

    def __init__(self, text: str) -> None:
        self.tokens = find_tokens(text)
        self.words = [token.lower for token in self.tokens]
        self.starts = [token.start for token in self.tokens]
        self.ends = [token.end for token in self.tokens]
        long = [t.text for t in self.tokens if len(t.text) > 3 and t.text.isalpha()]
        # A headline in title case shows no names by its capitals.
        self.title_case = sum(word[0].isupper() for word in long) > 0.7 * len(long) > 2
        # Whether any word could carry tone, so that the sentence need be read at all.
        self.charged = any(map(may_carry_tone, self.words))


def find_cues(sentence: Sentence, start: int, end: int, quoted: Iterable[Span] = ()) -> list[Cue]:
    """Find the words of a sentence that carry tone towards the mention from `start` to `end`.

    Parameters
    ----------
    sentence : Sentence
        Made from its text.
    start, end : int
        The mention in the sentence.
    quoted : iterable of (int, int)
        Spans of the sentence that are not the outlet's own words; nothing in them counts.

    Returns
    -------
    list of Cue
        In the order of the sentence. The sum of the weights is the tone; see `judge`.

    Examples
    --------
    >>> def cues(text, name):
    ...     at = text.index(name)
    ...     found = find_cues(Sentence(text), at, at + len(name))
    ...     return [(text[c.start : c.end], c.weight, c.role) for c in found]
    >>> cues("The board accused Doe of nothing.", "Doe")
    [('accused', -2.0, 'object')]
    >>> cues("Doe was not praised.", "Doe")
    [('praised', -1.0, 'passive, negated')]
    """
    if not sentence.charged:
        return []
    reading = _Reading(sentence, start, end, list(quoted))
    reading.before()
    reading.after()
    reading.clause()
    return [reading.cues[i] for i in sorted(reading.cues)]


def judge(score: float) -> str:
    """Call a sum of weights positive from 0.5 on, negative from -0.5 on, else neutral.

    Examples
    --------
    >>> judge(2.0), judge(0.25), judge(-0.5)
    ('positive', 'neutral', 'negative')
    """
    return "positive" if score >= 0.5 else "negative" if score <= -0.5 else "neutral"


class _Reading:
    """One sentence read around one mention, whose tokens are those from `first` to `last`."""

    def __init__(self, sentence: Sentence, start: int, end: int, quoted: list[Span]) -> None:
        self.tokens = sentence.tokens
        self.title_case = sentence.title_case
        self.first = bisect_right(sentence.ends, start)
        self.last = max(self.first, bisect_left(sentence.starts, end) - 1)
        self.words = sentence.words.copy()
        self.words[self.first : self.last + 1] = [_MENTION] * (self.last + 1 - self.first)
        self.quoted = quoted
        self.cues: dict[int, Cue] = {}
        self.spent: set[int] = set()

    def word(self, i: int) -> str:
        """Lower case of a token; a full stop outside the sentence, a mark of its own for the mention."""
        return self.words[i] if 0 <= i < len(self.words) else "."

    def is_name(self, i: int) -> bool:
        if not 0 < i < len(self.tokens) or not self.tokens[i].text[0].isupper():
            return False
        return not (self.title_case and any_polarity(self.tokens[i].lower))

    def polarity(self, i: int, *roles: str) -> int:
        """The first polarity that the token has in one of the roles."""
        word = self.word(i)
        return next((p for p in (polarity_in(role, word) for role in roles) if p), 0)

    def verb(self, i: int, role: str) -> tuple[int, int]:
        """Polarity of the verb at i in a role, phrasal verbs first, and its last token."""
        word = self.word(i)
        if not may_carry_tone(word):
            return 0, i
        phrasal, lemma = tone_roles()[f"phrasal {role}"], lemma_of(word)
        for length in (3, 2) if lemma in phrasal_verbs() else ():
            phrase = " ".join([lemma, *(self.word(k) for k in range(i + 1, i + length))])
            if phrase in phrasal:
                return phrasal[phrase], i + length - 1
        return polarity_in(role, word), i

    def add(self, i: int, polarity: int, role: str, last: int = -1, weight: str = "joined") -> None:
        """Note a cue, once a token; a negated one is turned round and counts half."""
        token = self.tokens[i] if polarity and i not in self.cues else None
        if token is None or any(a <= token.start < b for a, b in self.quoted):
            return
        value = polarity * WEIGHTS[weight]
        if self.finds_before(i, 3, particles("negators"), (*_STOPS, ",")):
            value, role = value * NEGATED, f"{role}, negated"
        self.cues[i] = Cue(token.start, self.tokens[max(i, last)].end, value, role)

    def finds_before(self, i: int, reach: int, words: frozenset[str], stops: Iterable[str]) -> bool:
        """Whether one of the words stands shortly before i, with no stop and no mention between."""
        for k in range(i - 1, max(-1, i - 1 - reach), -1):
            if self.word(k) in stops or self.word(k) == _MENTION:
                return False
            if self.word(k) in words or lemma_of(self.word(k)) in words:
                return True
        return False

    def unless_reversed(self, i: int, polarity: int) -> int:
        """Nothing for blame that is denied ("denied allegations"), blame for praise ("lacked courage")."""
        if polarity and self.finds_before(i, 4, particles("reversers"), _STOPS):
            return min(0, -polarity)
        return polarity

    def gather(self, i: int, reach: int, roles: tuple[str, ...], role: str, stops: frozenset[str]) -> None:
        """Note the charged words from i on, up to a stop."""
        for k in range(i, min(i + reach, len(self.tokens))):
            if self.word(k) in stops or self.word(k) == _MENTION:
                return
            self.add(k, self.unless_reversed(k, self.polarity(k, *roles)), role)

    # What describes the mention or governs it

    @cached_property
    def phrase_begin(self) -> int:
        """Where the noun phrase that ends with the mention begins: "the embattled former president"."""
        edges = _PREPOSITIONS | _STOPS | _NEW_SUBJECTS | _BE | _AUXILIARIES | _LINKS
        i = self.first
        while i > 0 and self.first - i < 7:
            word = self.word(i - 1)
            if word in _DETERMINERS:
                return i - 1
            if word in edges or self._is_verb(i - 1):
                break
            i -= 1
        return i

    def _is_verb(self, i: int) -> bool:
        """A lower-case word that the lists know as a verb, unless it is a participle after an article."""
        word = self.word(i)
        if self.is_name(i) or i == 0:
            return False
        lemma, after_article = lemma_of(word), self.word(i - 1) in _DETERMINERS
        if lemma in particles("reporting") or lemma in _LABELLING:
            return True
        if after_article and (word.endswith(("ed", "ing")) or self.polarity(i, "adjective")):
            return False
        if self.verb(i, "object")[0] or self.verb(i, "subject")[0]:
            return True
        # A past tense that no list knows: "met", "visited"; not a comparative, not a plural.
        past = lemma != word and not word.endswith(("s", "er", "est", "ing"))
        return past and not after_article and not self.polarity(i, "adjective", "owner")

    def before(self) -> None:
        """Adjectives of the mention, and the verb, noun or preposition that governs it."""
        begin = self.phrase_begin
        for k in range(begin, self.first):
            polarity = self.polarity(k, "adjective")
            if not polarity and self.word(k).endswith(("ed", "en")):
                polarity = self.polarity(k, "object")
            self.add(k, polarity or self.polarity(k, "owner"), "attribute")
        at = begin - 1
        if self.word(at) in _LINKS and self.is_name(at - 1):
            while at > 0 and (self.is_name(at) or self.word(at) in _LINKS):
                at -= 1  # a later member of a list: "accused Doe and Roe"
        if at < 0:
            return
        if self.word(at) == "by" and self.verb(at - 1, "object")[1] != at:
            self.agent(at)
        elif self.word(at) in _PREPOSITIONS:
            self.governed_by_preposition(at)
        else:
            if not any(self.word(k) in _BE for k in range(max(0, at - 3), at)):
                self.add(at, self.verb(at, "object")[0], "object")
            if lemma_of(self.word(at)) in _LABELLING:
                stops = _STOPS | (_NEW_SUBJECTS - {"as"})
                self.gather(self.last + 1, 8, ("adjective", "owner"), "label", stops)

    def agent(self, by: int) -> None:
        """What Doe did in "was attacked by Doe"."""
        for k in range(by - 1, max(-1, by - 6), -1):
            if self.word(k) in _STOPS or self.word(k) == ",":
                return
            if polarity := self.verb(k, "subject")[0]:
                self.add(k, polarity, "agent")
                return

    def governed_by_preposition(self, at: int) -> None:
        """Read "criticism of Doe", "lashed out at Doe", "confidence in Doe", "the failure of Doe"."""
        preposition = self.word(at)
        for k in range(at - 1, max(-1, at - 5), -1):
            word = self.word(k)
            if word in _STOPS or word in (",", _MENTION):
                break
            polarity, last = self.verb(k, "object")
            if polarity and last == at:
                self.add(k, polarity, "object", at)
                return
            roles = ("owner", "toward") if preposition == "of" else ("toward",)
            if preposition in _AIMED | {"of"} and (polarity := self.polarity(k, *roles)):
                if not self.finds_before(k, 4, particles("reversers"), _STOPS):
                    self.add(k, polarity, "aimed at")
                return
            if word in _PREPOSITIONS:
                break
        if preposition == "against":
            self.add(at, -1, "aimed at")

    # What the mention does, is, has or gets

    def after(self) -> None:
        """Possession, apposition, or the predicate of a subject."""
        i = self.last + 1
        if self.word(i) in ("'s", "'"):
            roles = ("owner", "adjective")
            stops = _STOPS | _LINKS | _PREPOSITIONS | _AUXILIARIES | _BE
            self.gather(i + 1, 5, roles, "possession", stops)
            return
        opens = self.word(i + 1)
        if self.word(i) == "," and (opens in _DETERMINERS or opens.endswith(("ed", "ing"))):
            self.gather(i + 1, 9, ("adjective", "owner"), "apposition", _STOPS | _NEW_SUBJECTS | {","})
        governed = self.word(self.phrase_begin - 1) in _PREPOSITIONS
        if governed and self.word(i) not in _RELATIVES:
            return
        while self.word(i) in ("and", "&") and self.is_name(i + 1):
            i += 1
            while self.is_name(i):
                i += 1
        self.subject(self.past_insertion(i))

    def past_insertion(self, i: int) -> int:
        """Past ", 41, of the left," or "(right)" between a subject and its verb."""
        closing = {",": ",", "(": ")"}.get(self.word(i))
        for k in range(i + 1, i + REACH) if closing else ():
            if self.word(k) == closing:
                return k + 1
            if self.word(k) in _STOPS:
                break
        return i

    def subject(self, i: int) -> None:
        """Read on from the token after a subject to its verb."""
        passive = False
        skipped = _AUXILIARIES | _RELATIVES | _BE | particles("negators")
        for _ in range(8):
            word = self.word(i)
            if word in skipped:
                passive = passive or word in _BE
            elif word.endswith("ly") and self.word(i + 1) not in _STOPS:
                self.add(i, self.polarity(i, "adverb"), "adverb")
            else:
                break
            i += 1
        word = self.word(i)
        if word in _STOPS | _LINKS | _NEW_SUBJECTS or self.is_name(i):
            return
        # A headline leaves "was" out: "Doe accused of theft".
        short = word.endswith("ed") and self.word(i + 1) in _AFTER_PASSIVE
        passive = passive or (short and self.verb(i, "object")[0] != 0)
        if passive and (not word.endswith("ing") or word in tone_roles()["adjective"]):
            self.passive(i)
        else:
            self.predicate(i, 0)

    def passive(self, i: int) -> None:
        """Read what follows a form of "be": "was accused", "is a liar"."""
        polarity, last = self.verb(i, "object")
        if tone_roles()["adjective"].get(self.word(i), polarity) != polarity:
            polarity = 0  # "is disciplined" is what it is, not what was done to it
        if polarity and (word := self.word(i)) and (word.endswith(("ed", "en")) or lemma_of(word) != word):
            self.add(i, polarity, "passive", last)
        else:
            self.complement(i, ("adjective", "owner", "toward"), "is")

    def complement(self, i: int, roles: tuple[str, ...], role: str) -> None:
        self.gather(i, 7, roles, role, _STOPS | (_NEW_SUBJECTS - {"as"}) | {"by", "and"})

    def predicate(self, i: int, depth: int) -> None:
        """Read the verb at i and what hangs on it: "tried to mislead", "faced criticism"."""
        lemma = lemma_of(self.word(i))
        if lemma in _COPULAS:
            self.complement(i + 1, ("adjective", "owner", "toward"), "is")
            return
        polarity, last = self.verb(i, "subject")
        self.add(i, polarity, "subject", last)
        if not polarity and (self.verb(i, "object")[0] or lemma in particles("reversers")):
            self.spent.add(i)  # "Doe accused Roe", "Doe denied it" say nothing of Doe
        if lemma in _RECEIVING:
            self.complement(last + 1, ("toward", "owner"), "gets")
        if lemma in particles("reporting") and not polarity:
            return
        if self.word(last + 1) == "to" and depth < 2:
            if lemma in particles("reversers"):
                return  # "failed to protect" is no praise
            self.predicate(last + 2, depth + 1)
            return
        for k in range(last + 1, min(last + 10, len(self.tokens))):
            if self.word(k) in _STOPS | _NEW_SUBJECTS or self.word(k) == _MENTION:
                return
            if self.word(k) in ("and", "but", "or"):
                self.second_verb(k + 1)
                return

    def second_verb(self, i: int) -> None:
        """Read "lied and cheated"; a bare form ("lies and war") may be a noun."""
        if self.word(i).endswith("ly") or self.word(i) in ("then", "also", "later", "has", "had"):
            i += 1
        polarity, last = self.verb(i, "subject")
        if lemma_of(self.word(i)) != self.word(i):
            self.add(i, polarity, "subject", last)

    def clause(self) -> None:
        """The charged words after the mention in its clause, not what it says of others."""
        weight = "after"
        for i in range(self.last + 1, min(self.last + 1 + REACH, len(self.tokens))):
            word = self.word(i)
            if word in (";", ":", "—", "–") or i in self.spent:
                return
            if self.is_name(i):
                weight = "after, past a name"
                continue
            if weight == "after" and i <= self.last + 4 and lemma_of(word) in particles("reporting"):
                return
            if not may_carry_tone(word):
                continue
            polarity = any_polarity(word) or self.verb(i, "object")[0] or self.verb(i, "subject")[0]
            self.add(i, self.unless_reversed(i, polarity), weight, weight=weight)
            if not polarity and word not in particles("negators"):
                self.add(i, lexicon_polarity(word), "lexicon", weight="lexicon")

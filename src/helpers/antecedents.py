"""What a pronoun can stand for: the persons, bodies, groups and things of each sentence, listed or not."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from .actors import Actor
from .clause_words import DETERMINERS, PREPOSITIONS, SUBORDINATORS
from .first_names import is_first_name
from .genders import unlisted_genders, unlisted_key
from .noun_phrases import (
    BODY,
    PERSON,
    SUBJECT_WORDS,
    THING,
    describe,
    gendered_nouns,
    heads,
    is_verb,
    leads_to_clause,
    phrase_end,
    split_tokens,
)  # fmt: skip
from .persons import NAME, Person, Row, beginning_in, find_persons
from .phrases import COPULAS, Token
from .sentences import sentence_openers
from .structure import Span
from .title_words import word_list

# Where in its clause a phrase stands; "inside" a longer name or as an adjective.
SUBJECT, OBJECT, BEHIND, OWNER = "subject", "object", "behind a preposition", "owner"
INSIDE, PLACE = "inside a name", "place"
UNSURE = 0.5  # weight of a run of capitals that is perhaps a person, and of a name that may be anything
LEAD = 4  # sentences in which a person without a name is named next
APPOSED = re.compile(r",? |, \d+, ")
_DEFINITE = frozenset("the this that his her its their whose 's".split())
_LONGEST = 100  # words and marks of a clause: what is no prose must not take its time squared
_CLAUSE_MARKS = frozenset(";:()—–")
_OPENING = SUBORDINATORS - {"and", "or", "until", "since", "what"}
_COORDINATED = re.compile(
    r'(?:, [^,.;"\x1e]{1,50},)? and (?:his |her |their |its )(?:[a-z-]+,? ){0,3}|'
    r" and (?:[a-z]+ ){0,3}|, (?:[a-z]+ ){0,2}|, and (?:[a-z]+ ){0,3}|,? (?:along|together) with "
)


class Antecedent(NamedTuple):
    """A phrase that a pronoun may stand for.

    `keys` are actors' ids, for who is not listed "?" and a name or noun. `root` is the span of the phrase,
    for a pronoun that of the phrase it stands for.
    """

    start: int
    end: int
    keys: tuple[str, ...]
    kind: str
    many: bool
    gender: str
    role: str
    clause: int  # where its clause begins
    quote: int
    root: Span
    weight: float = 1.0
    sure: float = 1.0


class Reading:
    """One article as the rules on pronouns read it.

    Parameters
    ----------
    text : str
        The folded text, with what does not count blanked.
    sentences : sequence of (start, end, block_id)
        Its sentences.
    quoted : sequence of (int, int)
        Its quotations, marks left out.
    rows : sequence of Row
        Its mentions, in order.
    actors : mapping of str to Actor
        The gazetteer.
    genders : mapping of str to str
        From `helpers.genders.learn_genders`.
    """

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sequence[int]],
        quoted: Sequence[Span],
        rows: Sequence[Row],
        actors: Mapping[str, Actor],
        genders: Mapping[str, str],
    ) -> None:
        self.text, self.sentences, self.quoted = text, sentences, quoted
        self.rows, self.actors = rows, actors
        self.tokens = split_tokens(text)
        self._starts = [token.start for token in self.tokens]
        self._quote_starts = [start for start, _ in quoted]
        self.persons = find_unlisted(text, rows, actors)
        self.genders = {**genders, **unlisted_genders(text, self.persons)}

    def quote_at(self, at: int) -> int:
        """Number of the quotation that holds a place, or -1."""
        number = bisect_right(self._quote_starts, at) - 1
        return number if number >= 0 and at < self.quoted[number][1] else -1

    def between(self, start: int, end: int) -> list[Token]:
        """The words and marks that begin in a span."""
        return self.tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, at: int) -> str:
        """The word or mark before a place, in lower case."""
        index = bisect_left(self._starts, at)
        return self.tokens[index - 1].lower if index else ""

    def behind(self, at: int) -> str:
        """The word or mark at or behind a place, in lower case."""
        index = bisect_left(self._starts, at)
        return self.tokens[index].lower if index < len(self.tokens) else ""

    def clause(self, begin: int, at: int) -> int:
        """Where the clause that holds a place begins, in a sentence that begins at `begin`."""
        index, first = bisect_left(self._starts, at), bisect_left(self._starts, begin)
        first = max(first, index - _LONGEST)
        while index > first:
            token = self.tokens[index - 1]
            if token.lower in _OPENING or token.text in _CLAUSE_MARKS:
                return token.start
            if self._said_without_that(index):
                return self.tokens[index].start
            joins = token.lower in ("and", "but", "or") and self._verb_near(index, 4)
            if joins or (token.text == "," and self._verb_near(index, 3)):
                return token.start
            if token.text in '"“”' and self.tokens[index].text[0].isupper():
                return token.start
            index -= 1
        return self.tokens[first].start if first < len(self.tokens) else begin

    def _verb_near(self, index: int, reach: int) -> bool:
        """Whether a subject and its verb stand behind a joining word."""
        return any(is_verb(token) for token in self.tokens[index + 1 : index + reach])

    def _said_without_that(self, index: int) -> bool:
        """Whether a clause begins at a word, right behind a verb of saying: "said | the bank had paid"."""
        if index == len(self.tokens) or not leads_to_clause(self.tokens[index - 1]):
            return False
        first = self.tokens[index]
        if not (first.text[0].isupper() or first.lower in DETERMINERS | SUBJECT_WORDS):
            return False
        for before, token in pairwise(self.tokens[index : index + 10]):
            abbreviated = token.text == "." and before.text in word_list("honorifics", "ranks")
            if not token.text[0].isalnum() and token.text not in ("'s", ",") and not abbreviated:
                return False
            if is_verb(token):
                return True
        return False

    def role(self, begin: int, start: int, end: int) -> str:
        """What a phrase is in its clause, roughly: owner, behind a preposition, subject or object."""
        if self.text.startswith("'s", end) or self.text[end - 1 : end + 1] == "s'":
            return OWNER
        first, index = bisect_left(self._starts, begin), bisect_left(self._starts, start)
        for token in self.tokens[max(first, index - 4) : index][::-1]:  # past "founder" in "of founder Roe"
            if token.lower in PREPOSITIONS | {"to"}:
                return BEHIND
            if not token.text[0].isalpha() or is_verb(token) or token.lower in SUBORDINATORS | SUBJECT_WORDS:
                break
        following = [token for token in self.between(end, end + 30) if token.text != ","]
        if following and is_verb(following[0]):
            return SUBJECT
        before = self.between(self.clause(begin, start), start)
        return OBJECT if any(is_verb(token) for token in before[1:]) else SUBJECT

    def make(
        self, begin: int, span: Span, keys: tuple[str, ...], kind: str, *, gender: str = "", role: str = ""
    ) -> Antecedent:
        """An antecedent at a span of the sentence that begins at `begin`."""
        start, end = span
        role = role or self.role(begin, start, end)
        clause, quote = self.clause(begin, start), self.quote_at(start)
        return Antecedent(start, end, keys, kind, len(keys) > 1, gender, role, clause, quote, span)


def find_unlisted(text: str, rows: Sequence[Row], actors: Mapping[str, Actor]) -> list[Person]:
    """Find the persons whom no actor covers: named in full, then by surname alone; also "Ms. Lind".

    Examples
    --------
    >>> text = "Eva Lind spoke. Lind left with Ms. Roe."
    >>> [text[p.start : p.end] for p in find_unlisted(text, [], {})]
    ['Eva Lind', 'Lind', 'Roe']
    """
    found = [person for person in find_persons(text, rows, dict(actors), []) if not person.actor_id]
    taken = bytearray(len(text))
    for start, end in [*((r.start, r.end) for r in rows), *((p.start, p.end) for p in found)]:
        taken[start:end] = b"\1" * (end - start)
    surnames = {text[p.start : p.end].rsplit(maxsplit=1)[-1] for p in found}
    honorific = re.compile(rf"\b(?:{'|'.join(sorted(word_list('honorifics')))})\.? $")
    for match in re.finditer(r"\b[A-ZÀ-Þ][\w'-]+\b", text):
        name = match[0].removesuffix("'s")
        at = match.start()
        if not taken[at] and (name in surnames or honorific.search(text[max(0, at - 6) : at])):
            found.append(Person(at, at + len(name), ""))
    return sorted(found)


class Antecedents:
    """The antecedents of one article, by sentence: `of_sentence`.

    In headlines only actors are antecedents: capitals and missing articles would make phrases of anything.
    A person or body without a name is linked to whom the article calls so: "the mayor", "his wife"; "the
    company" to the one organisation named within three sentences; who opens the lead ("A man …") to
    the first person named as a subject in the sentences that follow.

    Parameters
    ----------
    reading : Reading
        The article.
    flows : sequence of str
        For each sentence, what it is a part of: headline, caption or body.
    """

    def __init__(self, reading: Reading, flows: Sequence[str]) -> None:
        self._reading, self._flows = reading, flows
        self._called: list[tuple[int, str, tuple[str, ...]]] = []  # where somebody is called "mayor", and who
        self.of_sentence = [
            self._in_sentence(begin, end, flow)
            for (begin, end, *_), flow in zip(reading.sentences, flows, strict=True)
        ]
        self._called.sort()
        self._link()

    def _in_sentence(self, begin: int, end: int, flow: str) -> list[Antecedent]:
        found = [*self._listed(begin, end)]
        if flow != "headline":
            found += self._unlisted(begin, end)
            found += self._described(begin, end, sorted(found))
        found.sort()
        return sorted([*found, *self._coordinated(found)])

    def _listed(self, begin: int, end: int) -> Iterator[Antecedent]:
        reading = self._reading
        here = beginning_in(reading.rows, begin, end)
        titles = [row for row in here if row.kind == "title"]
        for row in titles:
            called = [t.lower for t in reading.between(row.start, row.end) if t.lower in heads("persons")]
            self._called += [(row.start, noun, (row.actor_id,)) for noun in called[:1]]
        spans: dict[Span, list[Row]] = {}
        for row in here:
            if row.kind != "title":
                spans.setdefault((row.start, row.end), []).append(row)
        reach = -1
        for span, rows in spans.items():
            keys = tuple(dict.fromkeys(row.actor_id for row in rows))
            held = span[1] <= reach or any(t.start <= span[0] and span[1] <= t.end for t in titles)
            reach = max(reach, span[1])
            role = INSIDE if held or rows[0].kind == "demonym" else PLACE if rows[0].use == "place" else ""
            kind = PERSON if reading.actors[keys[0]].type == "person" else BODY
            gender = reading.genders.get(keys[0], "") if kind == PERSON and len(keys) == 1 else ""
            if kind == PERSON and (before := reading.before(span[0])) in heads("persons"):
                self._called.append((span[0], before, keys))
            yield reading.make(begin, span, keys, kind, gender=gender, role=role)

    def _unlisted(self, begin: int, end: int) -> Iterator[Antecedent]:
        """Persons whom no actor covers, and other names."""
        reading = self._reading
        text = reading.text
        taken = [(row.start, row.end) for row in beginning_in(reading.rows, begin, end)]
        for person in beginning_in(reading.persons, begin, end):
            span = person.start, person.end
            taken.append(span)
            key = unlisted_key(text[slice(*span)])
            sure = key in reading.genders or is_first_name(text[slice(*span)].split()[0])
            made = reading.make(begin, span, (key,), PERSON, gender=reading.genders.get(key, ""))
            yield made if sure else made._replace(weight=UNSURE)
        for match in NAME.finditer(text, begin, end):
            name = match[0].lower()
            opens = match[0] in sentence_openers() or name in SUBORDINATORS | PREPOSITIONS | SUBJECT_WORDS
            if not opens and not _touches(taken, *match.span()):
                yield reading.make(begin, match.span(), ("?" + name,), THING)._replace(weight=UNSURE)

    def _described(self, begin: int, end: int, names: Sequence[Antecedent]) -> Iterator[Antecedent]:
        """Phrases without a name; one beside a name only says what that person is."""
        reading = self._reading
        text = reading.text
        tokens = reading.between(begin, end)
        taken = [(a.start, a.end) for a in names]
        index = 0
        while index < len(tokens):
            stop = phrase_end(tokens, index)
            span = tokens[index].start, tokens[max(index, stop - 1)].end
            if stop == index or _touches(taken, *span):
                index = max(stop, index + 1)
                continue
            noun = tokens[stop - 1].lower
            beside = [a for a in names if a.end <= span[0] and APPOSED.fullmatch(text[a.end : span[0]])]
            beside += [a for a in names if span[1] <= a.start and text[span[1] : a.start] in (", ", " ")]
            if beside and beside[0].kind == PERSON:
                self._called.append((span[0], noun, beside[0].keys))
            elif not beside and reading.before(span[0]) not in COPULAS:
                kind, many = describe(tokens[index:stop])
                gender = gendered_nouns().get(noun, "") if kind == PERSON else ""
                yield reading.make(begin, span, ("?" + noun,), kind, gender=gender)._replace(many=many)
            index = stop

    def _coordinated(self, found: Sequence[Antecedent]) -> Iterator[Antecedent]:
        """Read "Roe, Doe and Poe" as one: two or more of a kind."""
        text = self._reading.text
        for index, first in enumerate(found):
            run = [first]
            for other in found[index + 1 : index + _LONGEST // 4]:
                if other.kind == first.kind and _COORDINATED.fullmatch(text[run[-1].end : other.start]):
                    run.append(other)
                elif other.start >= run[-1].end:
                    break
            if len(run) > 1 and " and " in text[first.start : run[-1].start]:
                keys = tuple(dict.fromkeys(key for each in run for key in each.keys))
                span = first.start, run[-1].end
                yield first._replace(end=span[1], keys=keys, many=True, gender="", root=span, weight=1.0)

    def _link(self) -> None:
        reading = self._reading
        bodies: list[tuple[int, tuple[str, ...]]] = []
        for number, found in enumerate(self.of_sentence):
            for index, a in enumerate(found):
                keys: tuple[str, ...] = ()
                lone = len(a.keys) == 1 and a.keys[0].startswith("?") and not a.many
                definite = lone and reading.behind(a.start) in _DEFINITE
                if lone and a.kind == PERSON and a.keys[0][1:] in heads("persons"):
                    keys = (definite and self._called_so(a)) or self._named_next(number, a)
                elif definite and a.kind == BODY and a.keys[0][1:] in heads("companies"):
                    near = {keys for at, keys in bodies if number - at <= 2}
                    keys = near.pop() if len(near) == 1 else ()
                elif a.kind == BODY and not a.many and a.role not in (INSIDE, PLACE) and self._is_company(a):
                    bodies.append((number, a.keys))
                if keys:
                    gender = reading.genders.get(keys[0], a.gender) if a.kind == PERSON else ""
                    found[index] = a._replace(keys=keys, gender=gender)

    def _is_company(self, a: Antecedent) -> bool:
        actor = self._reading.actors.get(a.keys[0])
        return actor is not None and actor.type == "organisation" and not actor.institution

    def _called_so(self, a: Antecedent) -> tuple[str, ...]:
        """Whom the article calls so, before or, if it is but one person, anywhere."""
        genders = self._reading.genders
        fits = [
            (at, keys)
            for at, noun, keys in self._called
            if noun == a.keys[0][1:] and (not a.gender or genders.get(keys[0], "") in ("", a.gender))
        ]
        if before := [keys for at, keys in fits if at < a.start]:
            return before[-1]
        return fits[0][1] if len({keys for _, keys in fits}) == 1 else ()

    def _named_next(self, number: int, a: Antecedent) -> tuple[str, ...]:
        """Whom the sentences after the lead name first, if a person without a name opens the lead."""
        body = [n for n, flow in enumerate(self._flows) if flow == "body"]
        lead = self.of_sentence[number]
        if (
            body[:1] != [number]
            or a.role != SUBJECT
            or any(b.kind == PERSON and b.start < a.start for b in lead)
        ):
            return ()
        in_lead = {key for b in lead for key in b.keys}
        for later in body[1:LEAD]:
            for b in self.of_sentence[later]:
                listed = not b.keys[0].startswith("?")
                if b.kind == PERSON and listed and not b.many and b.role == SUBJECT:
                    fits = not a.gender or b.gender in ("", a.gender)
                    return b.keys if fits and not in_lead & set(b.keys) else ()
        return ()


def _touches(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether a span shares a character with one of others."""
    return any(a < end and start < b for a, b in spans)

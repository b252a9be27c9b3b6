"""Whose words they are: from the words that name a source to an actor, or to the fullest name in the text."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from .actors import Actor
from .clause_words import Word
from .matching import fold
from .persons import NAME, Person, Row, beginning_in, find_persons, gender
from .reporting import telling_nouns
from .source_types import NOBODY, Speaker, listed_type
from .structure import Span
from .title_words import word_list

_HE, _SHE = frozenset(["he", "him", "his"]), frozenset(["she", "her"])
_PRONOUNS = _HE | _SHE | frozenset("they it them which".split())
_CHIEF = re.compile(r"\b(?:CEO|CFO|COO|Chairman|Chief|Director|Minister|President|Secretary|Manager)\b")
_SPOKEN_FOR = re.compile(r"\b(?:spokes\w+|official|representative|statement|source|envoy)s?\b")
_ENDS_DESCRIPTION = frozenset("said says told that who adding".split())
_REACH = 6  # sentences that a pronoun looks back over


class Speakers:
    """Resolves the sources of one article, in the order of the text.

    Parameters
    ----------
    text : str
        The text, with what does not count blanked.
    rows : sequence of Row
        Its mentions, in order.
    actors : dict of str to Actor
        The gazetteer.
    hidden : sequence of (int, int)
        Quotations: who is named in them stands in no sentence of the outlet's.
    """

    def __init__(
        self, text: str, rows: Sequence[Row], actors: dict[str, Actor], hidden: Sequence[Span]
    ) -> None:
        self._printed, text = text, fold(text)
        self.text = text
        self.actors = actors
        self.rows = _outermost(rows)
        inside = {row for span in hidden for row in beginning_in(self.rows, *span)}
        self._outside = [row for row in self.rows if row not in inside]
        self.persons = find_persons(text, rows, actors, hidden)
        self._titles: dict[str, str] = {}  # the first title of each actor
        for row in rows:
            if row.kind == "title":
                self._titles.setdefault(row.actor_id, text[row.start : row.end].lower())
        self._full_names: dict[str, str] = {}
        for person in self.persons:
            name = text[person.start : person.end]
            if " " in name:
                self._full_names.setdefault(name.split()[-1], name)
        self._said: list[tuple[int, Speaker]] = []  # who spoke where

    def resolve(
        self, words: Sequence[Word], span: Span, sentences: Sequence[Span], *, by_model: bool = False
    ) -> Speaker:
        """Say who speaks at `span`, and remember it; `sentences` are those up to here, the last one first."""
        speaker = self.identify(words, span, sentences)
        if by_model:
            speaker = replace(speaker, by_model=True)
        at = self.text.find(speaker.text, words[span[0]].start)
        if at >= 0:  # folding has kept every place
            speaker = replace(speaker, text=self._printed[at : at + len(speaker.text)])
        self._said.append((words[span[0]].start, speaker))
        return speaker

    def identify(self, words: Sequence[Word], span: Span, sentences: Sequence[Span]) -> Speaker:
        """Say who is meant by the words at `span`."""
        first, last = words[span[0]], words[span[1] - 1]
        text = self.text[first.start : last.end]
        if span[1] - span[0] == 1 and first.lower in _PRONOUNS:
            found = self._antecedent(first.lower, first.start, sentences)
            return replace(found, name=found.name or text, text=text, members=())
        phrase = self._description(words, span)
        place = first.start, last.end
        return (
            self._named_person(place, phrase)
            or self._owner(place, sentences)
            or self._named_body(place, phrase)
            or self._known_before(text, phrase)
            or _described(text, phrase)
        )

    def _description(self, words: Sequence[Word], span: Span) -> str:
        """The source with the apposition behind it, in lower case."""
        begin, end = span
        if end < len(words) and words[end].text == ",":
            limit = min(len(words), end + 15)
            while end < limit and words[end].quote == -1 and words[end].text not in ".;:":
                if words[end].lower in _ENDS_DESCRIPTION:
                    break
                end += 1
        return self.text[words[begin].start : words[end - 1].end].lower()

    def _named_person(self, place: Span, phrase: str) -> Speaker | None:
        """The person named in the words, or right behind a role and a comma; two persons are none."""
        start, end = place
        text = self.text[start:end]
        listed = [
            row
            for row in self._rows(place)
            if self.actors[row.actor_id].type == "person" and not self.text.startswith("'s", row.end)
        ]
        if listed:
            several = len({row.actor_id for row in listed}) > 1
            if not several or " and " not in self.text[listed[0].start : listed[-1].end]:
                row = next((r for r in listed if r.kind == "named"), listed[0])
                shown = self.text[row.start : row.end] if row.kind == "named" else text
                return self._of_actor(row.actor_id, shown, phrase, start)
        elif apposed := self._apposed(text, end):
            return self._of_person(apposed, phrase)
        unlisted = [p for p in beginning_in(self.persons, start, end) if not p.actor_id]
        return self._of_person(unlisted[-1], phrase) if unlisted else None

    def _rows(self, place: Span) -> list[Row]:
        """The actors in the words; a country where something only happens is none."""
        return [row for row in beginning_in(self.rows, *place) if row.use == "actor"]

    def _apposed(self, text: str, end: int) -> Person | None:
        """Read "the head of the union, Jane Doe": the person named behind a role and a comma."""
        role = any(w in word_list("person_heads") for w in text.lower().split()) or _CHIEF.search(text)
        near = beginning_in(self.persons, end + 2, end + 3)
        if not role or not near or self.text[end : end + 2] != ", ":
            return None
        return near[0] if self.text[near[0].end : near[0].end + 1] in ("", *",.;)") else None

    def _of_person(self, person: Person, phrase: str) -> Speaker:
        start, end, actor_id = person
        name = self.text[start:end]
        if actor_id:
            return self._of_actor(actor_id, name, phrase, start)
        return Speaker("", name, name, True, phrase, gender(self.text, start, end))

    def _of_actor(self, actor_id: str, text: str, phrase: str, start: int) -> Speaker:
        actor = self.actors[actor_id]
        phrase = ", ".join(filter(None, [self._titles.get(actor_id, ""), phrase]))
        is_person = actor.type == "person"
        sex = gender(self.text, start, start + len(text)) if is_person else ""
        return Speaker(actor_id, actor.name, text, is_person, phrase, sex)

    def _owner(self, place: Span, sentences: Sequence[Span]) -> Speaker | None:
        """Whose letter, statement or report it is: its owner, or who signed it in the sentences before."""
        start, end = place
        text = self.text[start:end]
        noun = next((w for w in re.findall(r"[\w-]+", text.lower()) if w in telling_nouns()), None)
        if noun is None:
            return None
        if own := beginning_in(self.rows, start, end):
            if len({row.actor_id for row in own}) > 1:
                return None
            author = own[-1]
        elif (signed := self._author(noun, start, sentences)) is None:
            return None
        else:
            author = signed
        return replace(self._of_actor(author.actor_id, text, "", author.start), gender="")

    def _author(self, noun: str, start: int, sentences: Sequence[Span]) -> Row | None:
        """Who is named behind "by" or "from" where a letter or the like was spoken of before."""
        for begin, end in sentences[:3]:
            stop = min(end, start)
            for match in re.finditer(rf"\b{re.escape(noun)}\b", self.text[begin:stop], re.IGNORECASE):
                behind = begin + match.end()
                link = re.search(r"\b(?:by|from|on behalf of|of)\s", self.text[behind:stop])
                if link is None:
                    continue
                for row in beginning_in(self.rows, behind + link.end(), stop):
                    if row.kind in ("named", "nominal"):
                        return row
        return None

    def _named_body(self, place: Span, phrase: str) -> Speaker | None:
        """The body or state named in the words, unless it only says where somebody else belongs."""
        start, end = place
        text = self.text[start:end]
        rows = self._rows(place)
        bodies = [row for row in rows if row.kind != "demonym"]
        several = len({row.actor_id for row in bodies}) > 1
        joined = several and re.search(r"\band\b|&", text) is not None
        spoken_for = _SPOKEN_FOR.search(text.lower()) is not None
        if bodies and not joined:
            head = max(bodies, key=lambda row: (row.end, row.end - row.start)) if several else bodies[0]
            if spoken_for or not _has_own_head(text[: head.start - start]):
                shown = text if spoken_for and not several else self.text[head.start : head.end]
                return self._of_actor(head.actor_id, shown, phrase, start)
        states = [r for r in rows if r.kind == "demonym"]
        states = states or [r for r in bodies if self.text.startswith("'s", r.end)]
        if len({row.actor_id for row in states}) == 1 and listed_type(text) == "officials":
            return self._of_actor(states[0].actor_id, text, phrase, start)
        if len(bodies) > 1:
            members = tuple(dict.fromkeys(row.actor_id for row in bodies))
            return Speaker("", text, text, False, phrase, members=members)
        return None

    def _known_before(self, text: str, phrase: str) -> Speaker | None:
        """Read "Lind" after "Eva Lind", and "the analyst" after "Eva Lind, an analyst at …"."""
        for match in reversed(list(NAME.finditer(text))):
            full = self._full_names.get(match[0].split()[-1])
            if full:
                known = next((s for _, s in self._said if s.name == full), None)
                sex = known.gender if known else ""
                return Speaker("", full, match[0], True, known.phrase if known else phrase, sex)
        described = re.fullmatch(r"(?:the|this|that)\s+(?:\w+\s+){0,2}(\w+)", text, re.IGNORECASE)
        if described is None:
            return None
        head = re.compile(rf"\b{re.escape(described[1].lower())}\b")
        found = next((s for _, s in reversed(self._said) if head.search(s.phrase)), None)
        return replace(found, text=text, members=()) if found else None

    def _antecedent(self, pronoun: str, start: int, sentences: Sequence[Span]) -> Speaker:
        """Who a pronoun means: in the nearest sentence back, who spoke there, else who is named first."""
        is_person = pronoun in _HE | _SHE
        unfit = "m" if pronoun in _SHE else "f"
        oldest = min((begin for begin, _ in sentences[:_REACH]), default=start)
        said = [*takewhile(lambda spoken: spoken[0] >= oldest, reversed(self._said))][::-1]
        for index, (begin, end) in enumerate(sentences[:_REACH]):
            stop = min(end, start)
            spoke = [
                s
                for at, s in said
                if begin <= at < stop and s.is_person == is_person and not (is_person and s.gender == unfit)
            ]
            if spoke and index:
                return spoke[-1]
            named = self._first_person(begin, stop, unfit) if is_person else self._first_body(begin, stop)
            if named or spoke:
                return named or spoke[-1]
        return NOBODY

    def _first_person(self, begin: int, end: int, unfit: str) -> Speaker | None:
        for person in beginning_in(self.persons, begin, end):
            if gender(self.text, person.start, person.end) != unfit:
                return self._of_person(person, "")
        return None

    def _first_body(self, begin: int, end: int) -> Speaker | None:
        for row in beginning_in(self._outside, begin, end):
            if (
                row.use == "actor"
                and row.kind in ("named", "nominal")
                and self.actors[row.actor_id].type != "person"
            ):
                return self._of_actor(row.actor_id, self.text[row.start : row.end], "", row.start)
        return None


def _outermost(rows: Sequence[Row]) -> list[Row]:
    """The mentions that no longer one holds; a title holds none."""
    outermost: list[Row] = []
    reach, spans = -1, set[Span]()
    for row in sorted(rows, key=lambda r: (r.start, -r.end)):
        held = row.end <= reach and (row.start, row.end) not in spans
        if not held:
            outermost.append(row)
            if row.kind != "title":
                reach = max(reach, row.end)
                spans.add((row.start, row.end))
    return sorted(outermost)


def _has_own_head(before: str) -> bool:
    """Whether what stands before a body's name has a head of its own: "analysts at the institute"."""
    return re.search(r"\b(?:of|at|for|in|from|with)\b", before.lower()) is not None


def _described(text: str, phrase: str) -> Speaker:
    """A source without a name: its description, without the article."""
    shown = re.sub(r"^(?:the|a|an)\s+", "", text, flags=re.IGNORECASE)
    is_person = any(w in word_list("person_heads") for w in text.lower().split())
    return Speaker("", " ".join(shown.split()), text, is_person, phrase)

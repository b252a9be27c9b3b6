"""The tellings of one article: which words are told, by whom, how, and through whom."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .actors import Actor
from .clause_words import Word, is_capital
from .constructions import Attribution
from .matching import fold
from .persons import Row, beginning_in
from .quote_kinds import has_clause, is_whole, quote_kind
from .quoted_sentences import Sentence, build_sentences
from .source_types import NOBODY, Speaker, source_type
from .sources import first_phrase, names_a_source
from .speakers import Speakers
from .structure import Span

_LEAD = 80  # how many characters before a quotation say what it is


@dataclass
class Telling:
    """One quotation or attribution: its spans in the text, and what is known of it."""

    kind: str
    spans: list[Span]
    speaker: Speaker = NOBODY
    via_id: str = ""
    cue: Span | None = None
    stance: str = ""


def find_tellings(
    actors: dict[str, Actor],
    text: str,
    sentences: Sequence[Sequence[int]],
    spans: Sequence[Span],
    rows: Sequence[Row],
    subjects: Mapping[int, Span] | None = None,
) -> list[Telling]:
    """Find the tellings of one article.

    Parameters
    ----------
    actors : dict of str to Actor
        The gazetteer.
    text : str
        The article, with what does not count blanked.
    sentences : sequence of (start, end, block_id)
        From the table of sentences.
    spans : sequence of (int, int)
        Its quotations, in order.
    rows : sequence of Row
        Its mentions, in order.
    subjects : dict of int to (int, int), or None
        Where the subject of a verb of saying stands, by where the verb begins, as a spaCy model parses it.

    Examples
    --------
    >>> text = "“Go. Stay,” Jon Doe said."
    >>> [told] = find_tellings({}, text, [(0, 4, 0), (5, 25, 0)], [(1, 10)], [])
    >>> told.kind, told.speaker.name, text[slice(*told.cue)]
    ('direct', 'Jon Doe', 'said')
    """
    return _Reading(actors, text, sentences, spans, rows, subjects or {}).read()


class _Reading:
    """What is known of an article up to the sentence that is being read."""

    def __init__(
        self,
        actors: dict[str, Actor],
        text: str,
        sentences: Sequence[Sequence[int]],
        spans: Sequence[Span],
        rows: Sequence[Row],
        subjects: Mapping[int, Span],
    ) -> None:
        self.actors = actors
        self.text = text
        self.spans = spans
        self.subjects = subjects
        self.speakers = Speakers(text, rows, actors, spans)
        names = [(row.start, row.end) for row in rows if row.kind in ("named", "demonym")]
        self.sentences = build_sentences(text, sentences, spans, names)
        self.back: list[Span] = []  # the last sentences, this one first
        self.last: Sentence | None = None
        self.of_quote: dict[int, Telling] = {}

    def read(self) -> list[Telling]:
        """Go through the sentences in order: a pronoun looks back on who spoke."""
        tellings: list[Telling] = []
        for sentence in self.sentences:
            self.back = [(sentence.start, sentence.end), *self.back[:7]]
            for told in sentence.told:
                sentence.speakers[told] = self._speaker(sentence, told)
            for at, word in enumerate(sentence.words):
                if word.quote >= 0 and self.text[slice(*self.spans[word.quote])].strip():
                    tellings += self._quotation(sentence, at)
            for told in sentence.told:
                tellings += self._indirect(sentence, told)
            self.last = sentence
        return tellings

    def _speaker(self, sentence: Sentence, told: Attribution) -> Speaker:
        """Who speaks: by the rules, or where they find nobody, or nobody listed, as the model parses it."""
        speaker = self._by_rules(sentence, told)
        subject = self._parsed_subject(sentence, told)
        if speaker.actor_id or speaker.members or subject is None:
            return speaker
        found = self.speakers.identify(sentence.words, subject, self.back)
        if not found.actor_id and speaker is not NOBODY:
            return speaker
        return self.speakers.resolve(sentence.words, subject, self.back, by_model=True)

    def _parsed_subject(self, sentence: Sentence, told: Attribution) -> Span | None:
        """The words that a model's parse gives the cue as its subject, if none of them is quoted."""
        words = sentence.words
        spans = [self.subjects[w.start] for w in words[slice(*told.cue)] if w.start in self.subjects]
        inside = [i for i, w in enumerate(words) if spans and spans[0][0] <= w.start < spans[0][1]]
        if not inside or any(words[i].quote != -1 for i in inside):
            return None
        return inside[0], inside[-1] + 1

    def _by_rules(self, sentence: Sentence, told: Attribution) -> Speaker:
        """Who speaks; for ", adding that …" who spoke before in the sentence, else whom it names first."""
        if told.source:
            return self.speakers.resolve(sentence.words, told.source, self.back)
        earlier = [s for t, s in sentence.speakers.items() if t.cue < told.cue and s is not NOBODY]
        if earlier:
            return earlier[-1]
        subject = self._first_source(sentence.words, told.cue[0])
        if subject is None and told.cue[0] < 2:
            subject = next((t.source for t in sentence.told if t.cue > told.cue and t.source), None)
        return self.speakers.resolve(sentence.words, subject, self.back) if subject else NOBODY

    def _first_source(self, words: Sequence[Word], end: int) -> Span | None:
        """The first person named in a sentence, else its first noun phrase that can name who tells."""
        if not end:
            return None
        for person in beginning_in(self.speakers.persons, words[0].start, words[end - 1].end):
            named = [i for i in range(end) if person.start <= words[i].start < person.end]
            if named and words[min(named[-1] + 1, end - 1)].text != "'s":
                return named[0], named[-1] + 1
        for begin in range(end):
            stop = first_phrase(words, begin, end)
            if stop > begin and names_a_source(words[begin:stop]):
                return begin, stop
        return None

    def _quotation(self, sentence: Sentence, at: int) -> Iterator[Telling]:
        """Tell a quotation in marks; a further piece of the one before joins it and yields nothing."""
        number = sentence.words[at].quote
        told = _covering(sentence, at)
        if told is None and all(w.quote != -1 or not w.text[0].isalnum() for w in sentence.words):
            telling = self._uncued(sentence, number)
        else:
            telling = self._cued(sentence, at, told or self._implied(sentence, at))
        previous = self.of_quote.get(number - 1)
        if previous and telling and self._runs_on(number - 1):
            previous.kind, previous.speaker, previous.via_id = telling.kind, telling.speaker, telling.via_id
            previous.cue, previous.stance = telling.cue, telling.stance
            telling = None
        if telling:
            self.of_quote[number] = telling
            yield telling
        elif previous:
            previous.spans.append(self.spans[number])
            self.of_quote[number] = previous

    def _runs_on(self, number: int) -> bool:
        """Whether a quotation without a cue ends its paragraph open, so that the next goes on with it."""
        cued = self.of_quote[number].cue is not None
        between = self.text[self.spans[number][1] : self.spans[number + 1][0] - 1]
        return not cued and between != "" and not between.strip(" \r\n\x1e")

    def _cued(self, sentence: Sentence, at: int, told: Attribution | None) -> Telling | None:
        """A quotation in a sentence with words of the outlet's; None for a piece of the one before."""
        words, span = sentence.words, self.spans[sentence.words[at].quote]
        lead = fold(self.text[max(sentence.start, words[at].start - _LEAD) : words[at].start])
        kind = quote_kind(self._pieces(words, at, told), lead, told, words, at)
        if told is None or kind in ("scare", "other"):
            return Telling(kind, [span])
        cue = _cue_span(words, told)
        previous = self.of_quote.get(words[at].quote - 1)
        if kind == "direct" and previous and previous.kind == "direct" and cue and previous.cue == cue:
            return None
        via = self._via(sentence, told) if cue else ""
        return Telling(kind, [span], sentence.speakers[told], via, cue, told.stance)

    def _pieces(self, words: Sequence[Word], at: int, told: Attribution | None) -> str:
        """A quotation's text, with that of the others of its telling where "X said" parts them."""
        if told is None or told.side != "left" or len(told.contents) < 2:
            return self.text[slice(*self.spans[words[at].quote])]
        quoted = [w.quote for begin, end in told.contents for w in words[begin:end] if w.quote >= 0]
        return " ".join(self.text[slice(*self.spans[number])] for number in quoted)

    def _implied(self, sentence: Sentence, at: int) -> Attribution | None:
        """Who is named right beside a quoted sentence where no reporting verb is: "Doe:", ", Doe went on"."""
        words = sentence.words
        text = self.text[slice(*self.spans[words[at].quote])]
        if len(text.split()) < 4 or not (is_whole(text) or has_clause(text)):
            return None
        source = None
        if at > 1 and words[at - 1].text == ":":
            source = self._person_up_to(words, at - 1)
        if source is None and at + 1 < len(words) and text.rstrip().endswith((",", "?", "!")):
            end = first_phrase(words, at + 1, min(len(words), at + 9))
            source = (at + 1, end) if names_a_source(words[at + 1 : end]) else None
        if source is None and at and words[at - 1].text in (",", ":"):
            source = self._first_source(words, at)
        if source is None:
            return None
        told = Attribution((at, at), "", source, ((at, at + 1),), side="left")
        sentence.speakers[told] = self.speakers.resolve(words, source, self.back)
        return told

    def _person_up_to(self, words: Sequence[Word], end: int) -> Span | None:
        """The person whose name ends with the word before `end`."""
        for person in beginning_in(self.speakers.persons, words[0].start, words[end - 1].end):
            begin = next((i for i in range(end) if words[i].start == person.start), None)
            if person.end == words[end - 1].end and begin is not None:
                return begin, end
        return None

    def _uncued(self, sentence: Sentence, number: int) -> Telling | None:
        """A quotation that is a sentence by itself: the speaker before goes on."""
        span = self.spans[number]
        text = self.text[slice(*span)]
        if len(text.split()) < 3 and not has_clause(text) and not is_whole(text):
            return Telling("other", [span])
        last = self.last
        if last is None:
            return Telling("direct", [span])
        introducing = [told for told in last.told if not told.contents]
        if introducing and (last.words[-1].text == ":" or last.block != sentence.block):
            told = introducing[-1]
            return Telling(
                "direct", [span], last.speakers[told], "", _cue_span(last.words, told), told.stance
            )
        previous = self.of_quote.get(number - 1)
        if previous and previous.kind == "direct" and last.start <= previous.spans[-1][0] < last.end:
            return None
        return Telling("direct", [span], [NOBODY, *last.speakers.values()][-1])

    def _indirect(self, sentence: Sentence, told: Attribution) -> Iterator[Telling]:
        """What the source is said to say outside the marks, if it is more than what leads to a quotation."""
        words = sentence.words
        quoted = any(w.quote != -1 for begin, end in told.contents for w in words[begin:end])
        runs = [run for begin, end in told.contents for run in _unquoted_runs(words, begin, end)]
        sizes = {run: sum(w.text[0].isalnum() for w in words[slice(*run)]) for run in runs}
        runs = [run for run in runs if not quoted or sizes[run] > 3]
        if told.form == "clause" and all(is_capital(w) for run in runs for w in words[slice(*run)]):
            return  # a name is no clause
        brief = sum(sizes[run] for run in runs) < 7 or told.form in ("label", "object")
        if not runs or (quoted and brief):
            return
        spans = [(words[begin].start, words[end - 1].end) for begin, end in runs]
        via = self._via(sentence, told)
        cue = _cue_span(words, told)
        yield Telling("indirect", spans, sentence.speakers[told], via, cue, told.stance)

    def _via(self, sentence: Sentence, told: Attribution) -> str:
        """The outlet or agency that relays it: told to it, or according to it."""
        words = sentence.words
        if told.relay:
            relay = self.speakers.identify(words, told.relay, self.back)
            if relay.actor_id and relay.actor_id != sentence.speakers[told].actor_id:
                return relay.actor_id
        last = words[told.cue[1] - 1]
        for row in beginning_in(self.speakers.rows, last.end, sentence.end):
            gap = self.speakers.text[last.end : row.start]
            if not re.fullmatch(r"\s(?:[\w-]+\s){0,4}", gap):
                continue
            named = re.fullmatch(r"\s(?:to|in|on|with)\s(?:the\s|an?\s)?(?:interview\swith\s)?", gap)
            if (named or last.lower in ("told", "tells", "telling")) and self._relays(row.actor_id):
                return row.actor_id
        return ""

    def _relays(self, actor_id: str) -> bool:
        """Whether an actor can be a medium: an outlet, or an organisation of no state."""
        actor = self.actors[actor_id]
        kind = source_type(Speaker(actor_id, actor.name, "", False), self.actors)
        return kind in ("media", "state media") or (actor.type == "organisation" and not actor.side)


def _cue_span(words: Sequence[Word], told: Attribution) -> Span | None:
    first, behind = told.cue
    return (words[first].start, words[behind - 1].end) if behind > first else None


def _covering(sentence: Sentence, at: int) -> Attribution | None:
    """The telling whose content holds the quotation; the one with the nearest cue."""
    holding = [t for t in sentence.told if any(a <= at < b for a, b in t.contents)]
    return min(holding, key=lambda t: min(abs(t.cue[0] - at), abs(t.cue[1] - 1 - at)), default=None)


def _unquoted_runs(words: Sequence[Word], begin: int, end: int) -> Iterator[Span]:
    """The runs of words between quotations, without marks at their ends."""
    while begin < end:
        stop = next((i for i in range(begin, end) if words[i].quote != -1), end)
        first, last = begin, stop
        while first < last and not words[first].text[0].isalnum() and words[first].text not in "([":
            first += 1
        while first < last and not words[last - 1].text[0].isalnum() and words[last - 1].text not in ")]'":
            last -= 1
        if any(w.text[0].isalnum() for w in words[first:last]):
            yield first, last
        begin = stop + 1

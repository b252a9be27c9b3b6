"""Whom each pronoun of one article stands for: its candidates, weighed against each other."""

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .antecedents import APPOSED, BEHIND, OBJECT, OWNER, SUBJECT, Antecedent, Antecedents, Reading
from .clause_words import PREPOSITIONS, SUBORDINATORS
from .matching import fold
from .noun_phrases import BODY, PERSON, tells
from .persons import beginning_in
from .phrases import Token
from .pronoun_weights import REACH, WEIGHTS, Distance, Place, fits, weigh
from .pronoun_words import Pronoun, find_pronoun_words, forms
from .structure import Span

# Characters back and ahead: what is no prose, and has no sentences, must not take its time squared.
REACH_BACK, REACH_AHEAD = 3000, 60
_CUED, _CARRIED = 0.95, 0.8  # how sure the speaker of a quotation is: by a reporting verb, or carried over
_OF = re.compile(r"(?: (?!of |about )[\w.'-]+){0,3} (?:of|about) ")
_STATES = r"(?:countries|nations|states|peoples|sides|governments)"
_OUR_TWO = re.compile(rf" (?:(?:two |both |respective )?{_STATES}|bilateral|mutual)\b")
_THEIR_COMMON = re.compile(
    rf" (?:shared|mutual|common|joint|respective|bilateral|two) | (?:relationship|alliance|{_STATES})\b"
)
_BESIDE_SELF = frozenset("among around behind near between beside".split())  # "Roe saw the crowd behind him"
_GOES_ON = frozenset("added adds continued".split())
_LEADS = PREPOSITIONS | SUBORDINATORS - {"and", "but", "or"} | {"to"}
_ROLES = {"subject": SUBJECT, "object": OBJECT, "owner": OWNER, "self": OBJECT}


class Told(NamedTuple):
    """A piece of a quotation or attribution, as far as pronouns depend on it."""

    start: int
    end: int
    kind: str
    speaker: str  # an actor's id, for who is not listed "?" and the surname, or ""
    speaker_text: str
    cue: Span


class Resolved(NamedTuple):
    """A pronoun, whom it stands for, how sure that is, by which phrase and why."""

    start: int
    end: int
    keys: tuple[str, ...]
    score: float
    root: Span
    reason: str


class Resolver:
    """Resolves the pronouns of one article.

    Those outside quotations come first, in the order of the text, as who speaks in a quotation may hang on
    "he said"; "I" and "we" come last.

    Parameters
    ----------
    reading : Reading
        The article.
    told : sequence of Told
        Its quotations and attributions, in order.
    flows : sequence of str
        For each sentence, what it is a part of: headline (sub-headings too), caption or body.
    """

    def __init__(self, reading: Reading, told: Sequence[Told], flows: Sequence[str]) -> None:
        self.reading, self.told, self.flows = reading, told, flows
        self.found: dict[int, Resolved] = {}
        self.antecedents = Antecedents(reading, flows).of_sentence
        self.spoke = sorted((t.start, t.speaker) for t in told if t.speaker)
        self._quoted = sorted(t for t in told if t.kind != "indirect")
        self._quoted_from = [t.start for t in self._quoted]
        self._paragraphs = _number_paragraphs([block for _, _, block in reading.sentences], flows)

    def resolve(self) -> list[Resolved]:
        """The pronouns that stand for somebody, with the likeliest candidate, in the order of the text."""
        reading = self.reading
        names = [(row.start, row.end) for row in reading.rows if row.kind == "named"]
        pronouns = [
            *find_pronoun_words(reading.text, reading.tokens, reading.sentences, names, reading.quote_at)
        ]
        first_person = [p for p in pronouns if p.form in ("i", "we")]
        for pronoun in sorted(set(pronouns) - set(first_person), key=lambda p: (p.quote >= 0, p.start)):
            self._third_person(pronoun)
        for pronoun in first_person:
            if pronoun.quote >= 0:
                self._first_person(pronoun)
        return [self.found[at] for at in sorted(self.found)]

    # ---- he, she, it, they ----

    def _third_person(self, pronoun: Pronoun) -> None:
        place = self._place(pronoun)
        excluded = self._excluded(place)
        best: dict[tuple[str, ...], tuple[float, Antecedent, str]] = {}
        totals: dict[tuple[str, ...], float] = defaultdict(float)
        for candidate, sentence, far in self._candidates(pronoun):
            fit = fits(pronoun.form, candidate)
            if not fit or excluded & set(candidate.keys) or self._apposed(pronoun, candidate):
                continue
            between = self.reading.text[candidate.end : pronoun.start]
            weight, reason = weigh(place, candidate, self._distance(pronoun, sentence, far), between)
            weight *= fit * candidate.weight
            keys = tuple(sorted(candidate.keys))
            if keys not in best or weight > best[keys][0]:
                totals[keys] += weight - (1 - WEIGHTS["again"]) * (best[keys][0] if keys in best else 0)
                best[keys] = weight, candidate, reason
            else:
                totals[keys] += WEIGHTS["again"] * weight
        if not best:
            return
        keys, *others = sorted(totals, key=lambda k: (-totals[k], -best[k][1].start))
        against = WEIGHTS["nobody"] + (totals[others[0]] if others else 0)
        _, candidate, reason = best[keys]
        score = min(totals[keys] / (totals[keys] + against), candidate.sure)
        self._settle(place, Resolved(pronoun.start, pronoun.end, keys, score, candidate.root, reason))

    def _distance(self, pronoun: Pronoun, sentence: int, far: int) -> Distance:
        paragraphs = abs(self._paragraphs[pronoun.sentence] - self._paragraphs[sentence])
        flow, other = self.flows[pronoun.sentence], self.flows[sentence]
        return Distance(far, paragraphs, other == "headline" and flow != "headline")

    def _settle(self, place: Place, resolved: Resolved) -> None:
        """Keep a resolved pronoun, and let later ones stand for the same through it."""
        pronoun, keys = place.pronoun, resolved.keys
        self.found[pronoun.start] = resolved
        actor = self.reading.actors.get(keys[0])
        person = pronoun.form in ("he", "she") or (actor is not None and actor.type == "person")
        gender = {"he": "m", "she": "f"}.get(pronoun.form, self.reading.genders.get(keys[0], ""))
        many = len(keys) > 1 or pronoun.form == "they"
        insort(
            self.antecedents[pronoun.sentence],
            Antecedent(
                pronoun.start, pronoun.end, keys, PERSON if person else BODY, many, gender,
                _ROLES[pronoun.case], place.clause, pronoun.quote, resolved.root, WEIGHTS["pronoun"],
                resolved.score,
            )
        )  # fmt: skip
        if pronoun.case == "subject" and pronoun.quote < 0 and self._speaks(pronoun):
            insort(self.spoke, (pronoun.start, keys[0]))

    def _place(self, pronoun: Pronoun) -> Place:
        reading = self.reading
        begin = reading.sentences[pronoun.sentence][0]
        clause = reading.clause(begin, pronoun.start)
        relative = -1
        if pronoun.case != "object" and reading.behind(clause) in ("who", "which"):
            kind = PERSON if reading.behind(clause) == "who" else BODY
            ahead = [a for a in self._before(pronoun) if a.end <= clause and a.kind == kind]
            relative = next((a.start for a in reversed(ahead) if a.role != BEHIND and not a.many), -1)
        spoke_last = ""
        if pronoun.case == "subject" and pronoun.quote < 0 and self._goes_on_speaking(pronoun):
            oldest = reading.sentences[max(0, pronoun.sentence - REACH)][0]
            spoke = beginning_in(self.spoke, oldest, pronoun.start)
            spoke_last = spoke[-1][1] if spoke else ""
        return Place(pronoun, clause, relative, spoke_last)

    def _speaks(self, pronoun: Pronoun) -> bool:
        """Whether a pronoun is who speaks: "he said", "said she"."""
        around = [
            *self.reading.between(pronoun.end, pronoun.end + 20)[:2],
            *self.reading.between(pronoun.start - 12, pronoun.start)[-1:],
        ]
        return any(tells(token) for token in around)

    def _goes_on_speaking(self, pronoun: Pronoun) -> bool:
        """Whether a pronoun is who speaks and spoke before: "…," he said; said he; "He added"."""
        before = self.reading.text[max(0, pronoun.start - 2) : pronoun.start].strip()
        said = self.reading.before(pronoun.start)
        behind = self.reading.behind(pronoun.end) in _GOES_ON
        tag = before[-1:] in (",", '"', "”", "'") or tells(Token(said, 0, 0, said))
        return self._speaks(pronoun) and (tag or behind)

    def _apposed(self, pronoun: Pronoun, candidate: Antecedent) -> bool:
        """Whether a candidate is what the pronoun's phrase describes: "Eva Lind, 57, his sister"."""
        between = self.reading.text[candidate.end : pronoun.start]
        return pronoun.case == "owner" and between != " " and APPOSED.fullmatch(between) is not None

    def _candidates(self, pronoun: Pronoun) -> Iterator[tuple[Antecedent, int, int]]:
        """The phrases a pronoun can stand for, with their sentence and how many sentences back that is.

        A caption stands alone, and nothing in the body stands for somebody in a caption; sub-headings do
        not count as distance.
        """
        flow, block = self.flows[pronoun.sentence], self.reading.sentences[pronoun.sentence][2]
        far = 0
        for sentence in range(pronoun.sentence, -1, -1):
            other = self.flows[sentence]
            if far > REACH or (flow == "caption" and self.reading.sentences[sentence][2] != block):
                break
            if flow == "body" and other == "caption":
                continue
            for candidate in self._before(pronoun, sentence):
                yield candidate, sentence, far
            far += flow == "headline" or other != "headline"
        for candidate in self._ahead(pronoun):
            yield candidate, pronoun.sentence, 0

    def _before(self, pronoun: Pronoun, sentence: int | None = None) -> list[Antecedent]:
        """The phrases that end before a pronoun, in its sentence or another, in order."""
        found = self.antecedents[pronoun.sentence if sentence is None else sentence]
        near = beginning_in(found, pronoun.start - REACH_BACK, pronoun.start)
        return [a for a in near if a.end <= pronoun.start]

    def _ahead(self, pronoun: Pronoun) -> Iterator[Antecedent]:
        """Who is named behind a pronoun that points ahead.

        The subject behind the comma of "In his speech, Roe said"; in a headline, whom the text names first;
        in a quotation, whom its speaker is said to have spoken of.
        """
        begin, end, _ = self.reading.sentences[pronoun.sentence]
        before = self.reading.between(max(begin, pronoun.start - REACH_BACK // 10), pronoun.start)
        dash = max((i for i, token in enumerate(before) if token.text in "—–-"), default=-1)
        opening = before[dash + 1].lower if len(before) > dash + 1 else ""
        leads = opening in _LEADS or opening.endswith(("ing", "ed"))
        comma = self.reading.text.find(",", pronoun.end, end)
        if leads and comma >= 0 and not any(token.text in ",;:" for token in before[dash + 1 :]):
            ahead = beginning_in(self.antecedents[pronoun.sentence], comma, comma + REACH_AHEAD)
            yield from [a for a in ahead if a.start == ahead[0].start and a.role == SUBJECT and a.quote < 0][
                :1
            ]
        if pronoun.form == "they" and _THEIR_COMMON.match(self.reading.text, pronoun.end):
            yield from self._last_two(pronoun)
        if self.flows[pronoun.sentence] == "headline":
            for later in self.antecedents[pronoun.sentence + 1 : pronoun.sentence + 3]:
                yield from [a for a in later if a.role == SUBJECT][:1]
        if pronoun.quote >= 0:
            yield from self._spoken_of(pronoun)

    def _last_two(self, pronoun: Pronoun) -> list[Antecedent]:
        """The two states or bodies named last in the sentence: what "their shared border" takes together."""
        last: dict[str, Antecedent] = {}
        for a in reversed(self._before(pronoun)):
            if a.kind == BODY and not a.keys[0].startswith("?"):
                if a.many:
                    return [a]
                last.setdefault(a.keys[0], a)
        if len(last) < 2:
            return []
        second, first = [*last.values()][:2]
        return [first._replace(keys=(first.keys[0], second.keys[0]), many=True, role=SUBJECT)]

    def _spoken_of(self, pronoun: Pronoun) -> list[Antecedent]:
        """Whom "Doe said of Roe" names behind the quotation that holds a pronoun."""
        told = self._telling(pronoun)
        match = _OF.match(self.reading.text, told.cue[1]) if told and told.cue[0] >= told.end else None
        if match is None:
            return []
        at = match.end()
        sentence = bisect_left([start for start, *_ in self.reading.sentences], at + 1) - 1
        return [*beginning_in(self.antecedents[sentence], at, at + REACH_AHEAD)][:3]

    def _excluded(self, place: Place) -> set[str]:
        """Who cannot be meant: who speaks, inside a quotation; for "him", the subject of its clause."""
        pronoun = place.pronoun
        excluded = set()
        if told := self._telling(pronoun):
            excluded.add(self._speaker(told)[0])
        if pronoun.case == "object" and self.reading.before(pronoun.start) not in _BESIDE_SELF:
            for a in self._before(pronoun):
                if a.role == SUBJECT and a.clause == place.clause:
                    excluded |= set(a.keys)
        return excluded

    # ---- I and we ----

    def _telling(self, pronoun: Pronoun) -> Told | None:
        """The quotation that holds a pronoun."""
        if pronoun.quote < 0:
            return None
        number = bisect_right(self._quoted_from, pronoun.start) - 1
        told = self._quoted[number] if number >= 0 else None
        return told if told and pronoun.start < told.end else None

    def _speaker(self, told: Told) -> tuple[str, float, Span]:
        """Who speaks in a quotation, how sure that is, and the words that name them."""
        text = self.reading.text
        word = fold(told.speaker_text).lower()
        if word in forms() and told.cue[0] >= 0:
            around = range(max(0, told.cue[0] - REACH_AHEAD), told.cue[1] + REACH_AHEAD)
            near = [self.found[at] for at in around if at in self.found]
            same = [r for r in near if text[r.start : r.end].lower() == word]
            if same:
                speaker = min(same, key=lambda r: abs(r.start - told.cue[0]))
                return speaker.keys[0], speaker.score, speaker.root
        cue = told.cue[0] if told.cue[0] >= 0 else told.start
        named = fold(told.speaker_text)
        places = [text.rfind(named, 0, cue), text.find(named, cue)] if named else []
        places = [at for at in places if at >= 0]
        rows = [(row.start, row.end) for row in self.reading.rows if row.actor_id == told.speaker]
        root = min(rows, key=lambda span: abs(span[0] - cue), default=(told.start, told.end))
        if places:
            at = min(places, key=lambda at: abs(at - cue))
            root = at, at + len(named)
        return told.speaker, _CUED if told.cue[0] >= 0 else _CARRIED, root

    def _first_person(self, pronoun: Pronoun) -> None:
        """Read "I" as the speaker; "we" as a state or body that the speaker belongs to and has named."""
        told = self._telling(pronoun)
        if told is None:
            return
        speaker, score, root = self._speaker(told)
        actor = self.reading.actors.get(speaker)
        if actor is None:
            return
        keys: tuple[str, ...] = ()
        reason = "who speaks"
        if pronoun.form == "i":
            keys = (speaker,) if actor.type == "person" else ()
        elif meant := self._our_side(pronoun, {actor.id, actor.affiliation, actor.side} - {""}):
            keys, root, reason = meant.keys, meant.root, "whom the speaker speaks for"
        if keys:
            self.found[pronoun.start] = Resolved(pronoun.start, pronoun.end, keys, score, root, reason)

    def _our_side(self, pronoun: Pronoun, own: set[str]) -> Antecedent | None:
        """The speaker's state or body, named before in the quotation; for "our two countries", both."""
        if not _OUR_TWO.match(self.reading.text, pronoun.end):
            here = reversed(self._before(pronoun))
            return next((a for a in here if a.quote == pronoun.quote and own & set(a.keys)), None)
        states = {a for a in own if self.reading.actors[a].type == "state"}
        for sentence in range(pronoun.sentence, max(-1, pronoun.sentence - REACH - 1), -1):
            for a in reversed(self._before(pronoun, sentence)):
                if a.kind != BODY or a.keys[0].startswith("?"):
                    continue
                if len(a.keys) == 2 and states & set(a.keys):
                    return a
                if states and self.reading.actors[a.keys[0]].type == "state" and not states & set(a.keys):
                    return a._replace(keys=(*states, a.keys[0]))
        return None


def _number_paragraphs(blocks: Sequence[int], flows: Sequence[str]) -> list[int]:
    """The number of each sentence's paragraph; sub-headings have that of the paragraph before."""
    numbers: list[int] = []
    number, last = 0, -1
    for block, flow in zip(blocks, flows, strict=True):
        if flow != "headline" and block != last:
            number, last = number + 1, block
        numbers.append(number)
    return numbers

"""Names nobody has listed: runs of capitalised words, and what stands around them.

Titles, honorifics, appositions, reporting verbs, organisation words and the world's states say what a name
can be; where the corpus has a spaCy model, its entities are heard too. The word lists are in
``data/candidates.toml`` and ``data/titles.toml``.
"""

import re
from collections import Counter
from functools import cache
from typing import NamedTuple

import pandas as pd
from simplemma import is_known

from .actors import institutions
from .calendar_words import MONTHS, WEEKDAYS
from .corpus import Corpus
from .countries import load_countries
from .first_names import is_first_name
from .gazetteer import british_and_american
from .language_models import NO_READING, Entity
from .matching import fold
from .name_cues import look_around
from .name_words import (
    Token,
    in_capitals,
    is_body,
    is_capital,
    is_organisation_name,
    is_title,
    role_words,
    split_tokens,
    state_at,
    state_names,
    without_modifiers,
    word_set,
)
from .persons import beginning_in
from .sentences import sentence_openers
from .title_words import word_list

_CALENDAR = WEEKDAYS | MONTHS | frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
_LONGEST = 12  # words of a name: a longer run of capitals is a list or a shout
# No name with its titles has more words; a line of capitalised words is read piece by piece.
_LONGEST_RUN = 40
COLUMNS = [
    "article_id", "sentence_id", "start", "end", "text", "cues", "role", "affiliation", "kind",
]  # fmt: skip


class _Words:
    """How the corpus writes each word: what is a name and what is only the first word of a sentence."""

    def __init__(self, sentences: list[list[Token]], titled: list[bool]) -> None:
        self.small: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()
        for tokens, heading in zip(sentences, titled, strict=True):
            if heading:
                continue
            for token, before in zip(tokens[1:], tokens, strict=False):
                if token.text[0].islower():
                    self.small[token.text] += 1
                elif is_capital(token.text) and before.text not in "\"“”'‘’:.!?(–—-•":
                    self.inside[token.text] += 1

    def opens_only(self, word: str) -> bool:
        """True for a word whose capital comes from its place at the start of a sentence."""
        if word in sentence_openers() or word in word_set("no_names") or word.lower() in _CALENDAR:
            return True
        lower = self.small[word.lower()]
        if self.inside[word] > lower:
            return False
        if lower:
            return True
        return is_known(word.lower(), lang="en") and not (is_first_name(word) and len(word) > 2)


def find_candidates(corpus: Corpus) -> pd.DataFrame:
    """Find what can be a name in the texts, with what speaks for a person, an organisation or a place.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`; its actors do not matter.

    Returns
    -------
    DataFrame
        A row is one occurrence: article_id, sentence_id, start, end, text, cues (tuple of str), role (the
        description it stands with, "" for none), affiliation (the state or organisation it stands with),
        kind ("state" for a state's name, adjective, capital or people, else ""). Lines in title case or
        capitals are not read. Where the corpus has a spaCy model, an entity of its adds a cue such as "model:
        person" to the name it overlaps, whose span becomes the entity's if that holds it whole; one that
        overlaps no name is a row of its own. Then ``attrs["model"]`` names the model.

    Examples
    --------
    >>> from helpers import load_corpus
    >>> found = find_candidates(load_corpus())
    >>> bool((found["end"] > found["start"]).all())
    True
    """
    texts = [re.sub(r"\s", " ", fold(text)) for text in corpus.sentences["text"]]
    tokens = [split_tokens(text) for text in texts]
    kinds = corpus.sentences.merge(corpus.blocks[["article_id", "block_id", "kind"]], validate="many_to_one")
    headings = kinds["kind"].isin(["headline", "subheading"])
    titled = [in_capitals(text, heading=h) for text, h in zip(texts, headings, strict=True)]
    words = _Words(tokens, titled)
    readings = corpus.readings()
    rows = []
    for sentence, text, of_sentence, heading in zip(
        corpus.sentences.itertuples(), texts, tokens, titled, strict=True
    ):
        if heading:
            continue
        found_here = _read_sentence(text, of_sentence, words)
        entities = readings.get(sentence.article_id, NO_READING).entities
        for start, end, kind in beginning_in(entities, sentence.start, sentence.end):
            entity = Entity(start - sentence.start, end - sentence.start, kind)
            found_here = _with_entity(text, of_sentence, found_here, entity)
        for found in found_here:
            start, end = sentence.start + found.start, sentence.start + found.end
            where = sentence.article_id, sentence.sentence_id, start, end
            rows.append((*where, text[found.start : found.end], *found[2:]))
    candidates = pd.DataFrame(rows, columns=COLUMNS)
    if corpus.model:
        candidates.attrs["model"] = corpus.model
    return candidates


class _Found(NamedTuple):
    start: int
    end: int
    cues: tuple[str, ...]
    role: str
    affiliation: str
    kind: str


def _read_sentence(text: str, tokens: list[Token], words: _Words) -> list[_Found]:
    found: list[_Found] = []
    at = _after_dateline(text, tokens)
    while at < len(tokens):
        stop = _run_end(text, tokens, at)
        if stop == at:
            at += 1
            continue
        found += _read_run(text, tokens, at, stop, words)
        at = stop
    return found


def _after_dateline(text: str, tokens: list[Token]) -> int:
    """Where a sentence begins behind "GENEVA (AP) -"."""
    match = re.match(
        r"[A-Z][A-Z .,'/-]{2,40}(?:, [A-Z][\w.]* ?\d{0,2})?(?: \([\w /.]{2,20}\))? ?[–—-]+ ", text
    )
    return sum(t.start < match.end() for t in tokens) if match else 0


def _run_end(text: str, tokens: list[Token], at: int) -> int:
    """Where the run of capitalised words that begins here ends; `at` itself if none begins."""
    if not is_capital(tokens[at].text):
        return at
    end = at + 1
    while end < min(len(tokens), at + _LONGEST_RUN):
        step = _run_goes_on(text, tokens, end)
        if not step:
            break
        end += step
    return end


def _run_goes_on(text: str, tokens: list[Token], at: int) -> int:
    """How many tokens more belong to a run: a word, an initial's stop, particles, a nickname in quotes."""
    before, token = tokens[at - 1], tokens[at]
    if token.text == "." and token.start == before.end and _abbreviates(before.text) and at + 1 < len(tokens):
        following = tokens[at + 1]
        return 2 if is_capital(following.text) and following.start == token.end + 1 else 0
    if token.start != before.end + 1:
        return 0
    if tokens[at - 1].text in word_set("legal_forms") or token.text.lower() in WEEKDAYS:
        return 0  # "Acme LLC" ends there, and so does "Asia" before "Monday"
    if is_capital(token.text):
        return 1
    steps = 0
    while at + steps < len(tokens) and tokens[at + steps].text in word_set("particles") and steps < 3:
        steps += 1
    if steps and at + steps < len(tokens) and is_capital(tokens[at + steps].text):
        return steps + 1
    quoted = re.match(
        r"[\"“'‘(][^\W\d_a-z][\w.-]{1,15}[\"”'’)] (?=[^\W\d_a-z])", text[token.start : token.start + 24]
    )
    if quoted:
        return sum(token.start <= t.start < token.start + quoted.end() for t in tokens[at : at + 6]) + 1
    if token.text == "&" and at + 1 < len(tokens) and is_capital(tokens[at + 1].text):
        return 2
    if token.text == "and":
        return _joined_by_and(tokens, at)
    return _joined_by_of(tokens, at)


def _joined_by_and(tokens: list[Token], at: int) -> int:
    """The "and Safety" of "Health and Safety Executive", "Trade and Energy Minister" likewise."""
    end = at + 1
    while end < len(tokens) and end - at < 4 and is_capital(tokens[end].text):
        end += 1
    words = [tokens[at - 1].text, *(t.text for t in tokens[at + 1 : end])]
    common = len(words) > 2 and all(
        is_known(w.lower(), lang="en") and not is_first_name(w) for w in words[:2]
    )
    ends = words[-1] in word_set("organisation_words", "thing_words") or is_title(words[-1])
    return 2 if common and ends and not state_at(tokens, at - 1, at) else _joined_by_of(tokens, at)


def _abbreviates(word: str) -> bool:
    return (
        len(word) == 1 or word in word_list("honorifics", "ranks") or word in ("St", "Sta", "Sto", "Jr", "Sr")
    )


def _joined_by_of(tokens: list[Token], at: int) -> int:
    """The "of Foreign Affairs" of "Ministry of Foreign Affairs"; "for", "on" and a second noun likewise."""
    first = at
    while first > 0 and is_capital(tokens[first - 1].text):
        first -= 1
    in_body = tokens[at - 1].text in word_set("organisation_words")
    behind_of = first > 0 and tokens[first - 1].text in ("of", "for") and at - first == 1
    if tokens[at].text in ("of", "for") and in_body:
        steps = 2 if at + 1 < len(tokens) and tokens[at + 1].text == "the" else 1
        return steps + 1 if at + steps < len(tokens) and is_capital(tokens[at + steps].text) else 0
    joins = (
        tokens[at].text == "and"
        and behind_of
        and first > 1
        and tokens[first - 2].text in word_set("organisation_words")
    )
    return 2 if joins and at + 1 < len(tokens) and is_capital(tokens[at + 1].text) else 0


def _read_run(text: str, tokens: list[Token], at: int, stop: int, words: _Words) -> list[_Found]:
    """Take a run apart: what opens the sentence, states, titles, and the name itself."""
    opens = at == 0 or tokens[at - 1].text in "\"“”'‘’:.!?(–—-•"
    if opens and words.opens_only(tokens[at].text) and not _begins_a_name(tokens, at, stop):
        at += 1
    while at < stop and (
        (tokens[at].text.lower() in _CALENDAR and not _first_name_here(tokens, at, stop))
        or (tokens[at].text in ("The", "A", "An") and not _begins_a_name(tokens, at, stop))
        or _is_unit(tokens, at)
        or not is_capital(tokens[at].text)
        or re.search(r"-[a-z]+(?:ed|ing)$", tokens[at].text)
    ):
        at += 1
    found: list[_Found] = []
    affiliation, cue, roles = "", "", []
    # An "envoy to Norway Jane Doe" is not Norway's.
    foreign = at > 0 and tokens[at - 1].text in ("to", "in", "with", "on", "against", "from")
    while at < stop:
        state = state_at(tokens, at, stop)
        if state and not _is_namesake(tokens, at, stop):
            length, name, form = state
            whole = at + length == stop
            built = tokens[stop - 1].text in word_set("place_words", "thing_words")
            if (
                not whole
                and form != "people"
                and (is_body(tokens[at:stop]) or (built and form != "adjective"))
            ):
                affiliation = affiliation or name
                break
            found.append(_Found(tokens[at].start, tokens[at + length - 1].end, (), "", name, "state"))
            affiliation = "" if foreign else name
            at += length
            continue
        head = _last_title(tokens, at, stop)
        if head < at:
            break
        left = without_modifiers(tokens, at, head)
        portfolio = tokens[head].text in ("Minister", "Secretary")
        of_body = is_organisation_name(text[tokens[at].start : tokens[left - 1].end]) if left > at else False
        if left > at and (of_body or not portfolio):  # no "Climate and Environment" beside its minister
            body = _found_name(text, tokens, at, left, affiliation, "", "employs")
            found.append(body)
            affiliation = text[body.start : body.end]
        roles.append(role_words(tokens[left : head + 1]))
        cue = "title"
        at = head + 1
    while at < stop and tokens[at].text in word_set("before_name"):
        at += 1 + (at + 1 < stop and tokens[at + 1].text == ".")
    while stop > at and tokens[stop - 1].text in word_set("behind_name"):
        stop -= 1
    if _is_credit(tokens, at):
        return found
    while stop > at and (tokens[stop - 1].text == "." or tokens[stop - 1].text in word_set("particles")):
        stop -= 1
    short_form = stop - at == 1 and at > 0 and tokens[at - 1].text in ("(", "the", "The")
    if at < stop and not _is_no_name(tokens[at:stop], short_form=short_form):
        found.append(_found_name(text, tokens, at, stop, affiliation, " ".join(filter(None, roles)), cue))
    return found


def _begins_a_name(tokens: list[Token], at: int, stop: int) -> bool:
    """True for the first word of a title, a state's name or a name with initials, at a sentence's start."""
    word = tokens[at].text
    if is_title(word) or state_at(tokens, at, stop) or _first_name_here(tokens, at, stop):
        return True
    if len(word) == 1 and at + 2 < stop and tokens[at + 1].text == ".":
        return True
    head = _last_title(tokens, at, stop)
    return (
        head > at
        and word not in sentence_openers()
        and word.lower() in word_list("modifiers")
        and without_modifiers(tokens, at, head) == at
    )


def _is_unit(tokens: list[Token], at: int) -> bool:
    """True for the "GMT" of "14:05 GMT Jane Doe left"."""
    word = tokens[at].text
    return at > 0 and tokens[at - 1].text[-1].isdigit() and word.isupper() and word in word_set("no_names")


def _is_namesake(tokens: list[Token], at: int, stop: int) -> bool:
    """True for the "Georgia" of "Georgia Doe": a first name that is a state's name too."""
    state, rest = state_at(tokens, at, at + 1), [t.text for t in tokens[at + 1 : stop]]
    other = word_set("organisation_words", "media_words", "place_words", "thing_words", "no_names")
    return (
        state is not None
        and load_countries()[state[1]].ambiguous
        and state[2] == "name"
        and 0 < len(rest) < 4
        and not any(is_title(word) or word in other for word in rest)
        and not state_at(tokens, at + 1, stop)
    )


def _first_name_here(tokens: list[Token], at: int, stop: int) -> bool:
    """True for the "April" of "April Doe"."""
    word, rest = tokens[at].text, tokens[at + 1 : stop]
    return (
        bool(rest)
        and is_first_name(word)
        and not is_title(rest[0].text)
        and not state_at(tokens, at + 1, stop)
    )


def _is_credit(tokens: list[Token], at: int) -> bool:
    """True behind "By" at the start of a line, or "Photo:": who made the text or the picture."""
    before = [t.text for t in tokens[max(0, at - 2) : at]]
    bracketed = len(before) == 2 and before[0] in ".!?" and before[1] == "("  # "… on the van. (Jane Doe)"
    announced = len(before) == 2 and before[1] == ":" and before[0] in word_set("credits")
    return announced or (bracketed and tokens[-1].text == ")") or (before == ["By"] and at == 1)


def _last_title(tokens: list[Token], at: int, stop: int) -> int:
    """The last title word in a run, or at - 1: the "Minister" of "Defence Minister Doe"."""
    last = at - 1
    rest = [t.text for t in tokens[at:stop]]
    built = rest[-1] in word_set("place_words") - (word_set("surnames_too") if is_title(rest[0]) else set())
    if rest[0] not in word_list("honorifics") and (built or is_body(tokens[at:stop])):
        return last
    following = False
    for index in range(stop - 1, at - 1, -1):
        word = tokens[index].text
        before = tokens[index - 1].text if index > at and is_title(word) else ""
        given = before and (_looks_given(before) if following else is_first_name(before))
        if is_title(word) and not given:  # "Martin King" and "Martin King Doe" are persons
            return index + (index + 1 < stop and tokens[index + 1].text == ".")
        following = following or (word != "." and word not in word_set("suffixes"))
    return last


def _looks_given(word: str) -> bool:
    """True for a first name before a surname that is a title too: the "Martin" of "Martin King"."""
    return is_first_name(word) and not is_known(word.lower(), lang="en")


@cache
def _bodies_of_states() -> frozenset[str]:
    """How texts name the ministries, forces and other bodies that every state has."""
    forms = (form for body in institutions().values() for form in body["forms"])
    return frozenset(way.lower() for form in forms for way in british_and_american(form))


@cache
def _state_endings() -> frozenset[tuple[str, ...]]:
    """The last words of states' names and adjectives that have two."""
    return frozenset(way[-1:] for way in state_names() if len(way) == 2)


def _is_no_name(tokens: list[Token], *, short_form: bool = False) -> bool:
    """Whether words are no name; `short_form`: they stand where "(WHO)" and "the WHO" do."""
    words = [t.text for t in tokens if t.text[0].isalpha()]
    if len(words) > _LONGEST:
        return True
    if len(words) > 1 and all(w.isupper() and len(w) > 2 for w in words):
        return True  # a shout: "BREAKING NEWS"
    if len(words) == 1 and re.search(r"-[a-z]+(?:ed|ing)$|^[DRI]-[A-Z]", words[0]):
        return True  # "Roe-led"; "Senator Roe, D-Ohio"
    if not words or all(w in word_set("no_names") or w.lower() in _CALENDAR for w in words):
        return True
    if " ".join(words).lower() in _bodies_of_states():
        return True  # "the Foreign Ministry": made from its state
    single = len(words) == 1
    if single and (words[0],) in _state_endings():
        return True  # the "Samoan" of "East and West Samoan talks"
    generic = word_set("organisation_words", "place_words", "thing_words", "media_words")
    if single and (len(words[0]) < 2 or words[0] in sentence_openers() or words[0] in generic):
        return True
    shout = words[0].isupper() and is_known(words[0].lower(), lang="en") and not short_form
    if single and (words[0].startswith("I'") or shout):
        return True
    if is_body(tokens) and not single and not is_title(words[-1]):
        return False  # "Labour Party"
    return all(
        w.lower() in word_list("person_heads", "modifiers") or w in word_list("honorifics") for w in words
    )


def _found_name(
    text: str, tokens: list[Token], at: int, stop: int, affiliation: str, role: str, cue: str
) -> _Found:
    """One name with what stands around it; `cue` is one that is known already, or ""."""
    start, end = tokens[at].start, tokens[stop - 1].end
    more, described, owner = look_around(text, tokens, at, stop)
    cues = tuple(c for c in dict.fromkeys([cue, *more]) if c)
    return _Found(start, end, cues, role or described, affiliation or owner, "")


def _with_entity(text: str, tokens: list[Token], found: list[_Found], entity: Entity) -> list[_Found]:
    """What was found in a sentence, with the word of a model on one name, or with that name."""
    at, stop = _without_titles(text, tokens, entity)
    if at >= stop:
        return found
    start, end = tokens[at].start, tokens[stop - 1].end
    cue = f"model: {entity.kind}"
    touched = [f for f in found if f.start < end and start < f.end]
    apart = [f for f in found if f not in touched]
    names = [f for f in touched if f.kind == ""]
    held = all(start <= f.start and f.end <= end for f in touched)
    if names and names == touched and held:  # the longer name wins
        cues = tuple(dict.fromkeys([c for f in names for c in f.cues] + [cue]))
        role = next((f.role for f in names if f.role), "")
        affiliation = next((f.affiliation for f in names if f.affiliation), "")
        return sorted([*apart, _Found(start, end, cues, role, affiliation, "")])
    if names:
        return [f._replace(cues=(*f.cues, cue)) if f in names else f for f in found]
    # A state is known better by its lists; a body with a state in its name is one more name.
    longer = held and entity.kind in ("person", "organisation")
    longer = longer and all((f.start, f.end) != (start, end) for f in touched)
    if (touched and not longer) or _is_no_name(tokens[at:stop]):
        return found
    affiliation = touched[0].affiliation if touched else ""
    return sorted([*found, _found_name(text, tokens, at, stop, affiliation, "", cue)])


def _without_titles(text: str, tokens: list[Token], entity: Entity) -> tuple[int, int]:
    """The words of an entity without article, titles and possessive; none of a dateline's or a credit's."""
    at = sum(t.end <= entity.start for t in tokens)
    stop = sum(t.start < entity.end for t in tokens)
    if at < _after_dateline(text, tokens) or _is_credit(tokens, at):
        return at, at
    while at < stop and (tokens[at].text.lower() in ("the", "a", "an") or not tokens[at].text[0].isalnum()):
        at += 1
    while stop > at and (tokens[stop - 1].text == "'s" or not tokens[stop - 1].text[0].isalnum()):
        stop -= 1
    if at < stop and entity.kind == "person":
        at = max(at, _last_title(tokens, at, stop) + 1)
    return at, stop

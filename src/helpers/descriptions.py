"""Descriptions that stand for an actor alone: "the French president", "the two countries"."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from .gazetteer import ADJECTIVE
from .phrases import CLOSED, COPULAS, PREPOSITIONS, Article, Description, Tokens, last_word
from .spans import Name
from .structure import Span
from .title_words import titles, word_list
from .titles import find_titles

_DEMONSTRATIVES = frozenset("the this that".split())
_INDEFINITE = COPULAS | frozenset(["a", "an"])
_NO_ADJECTIVES = CLOSED | _DEMONSTRATIVES | frozenset("these those each one".split())
# After "the two": what persons are or do.
_PERSONS = re.compile(
    r"men|women|leaders|presidents|ministers|officials|statesmen|diplomats|generals|brothers|sisters"
)
_PERSONS_FOLLOW = re.compile(
    rf"{_PERSONS.pattern}|were|are|had|have|met|will|would|also|"
    r"agreed|discussed|spoke|shook|talked|sat|posed|walked|\w+ing"
)


def find_descriptions(article: Article) -> list[Description]:
    """Find titles and lone descriptions in one article.

    A lone description must be definite. It means the actor of its state that ``actors.toml`` describes
    so, or that this article gave that title before; without a state, the one of them named last. "The
    country" is the state named last outside titles; "the two countries" the last two, "both Samoas" the
    states whose names end so, "the two men" the two persons named last.

    Parameters
    ----------
    article : Article
        The text and its names.

    Returns
    -------
    list of Description
        ``kind`` is "title" (attached to a name) or "nominal" (standing alone); in the order of the
        text.
    """
    found = list(find_titles(article))
    attached = sorted(found, key=_start)
    starts = [title.start for title in attached]
    longest = max((title.end - title.start for title in attached), default=0)
    for lone in _lone_descriptions(article, found.copy()):
        first, last = bisect_left(starts, lone.start - longest), bisect_left(starts, lone.end)
        # One inside a title's complement stands ("adviser to the president"); a title does not twice.
        if all(title.end <= lone.start or _inside(lone, title) for title in attached[first:last]):
            found.append(lone)
    return sorted(found, key=lambda d: (d.start, -d.end))


def _start(description: Description) -> int:
    return description.start


def _inside(inner: Description, outer: Description) -> bool:
    return outer.start < inner.start and inner.end <= outer.end


class _Titles:
    """What the titles of an article say: who bears which, and from where on."""

    def __init__(self, article: Article, attached: list[Description]) -> None:
        # By each ending of a title and by each word of one: who bears it, and where first.
        self._by_ending: dict[str, dict[str, int]] = defaultdict(dict)
        self._by_word: dict[str, dict[str, int]] = defaultdict(dict)
        for title in attached:
            actor_id, phrase = title.actor_ids[0], article.phrase(title.start, title.end)
            for ending in _endings(phrase):
                _note_first(self._by_ending[ending], actor_id, title.start)
            for word in phrase.split():
                _note_first(self._by_word[word], actor_id, title.start)

    def ending(self, phrase: str, at: int) -> list[str]:
        """Whom the text before a position gave a title that this phrase can mean."""
        return [a for a, first in self._by_ending.get(phrase, {}).items() if first < at]

    def holding(self, word: str, at: int) -> list[str]:
        """Whom the text before a position gave a title with this word in it."""
        return [a for a, first in self._by_word.get(word, {}).items() if first < at]


def _note_first(first_of: dict[str, int], actor_id: str, at: int) -> None:
    first_of[actor_id] = min(at, first_of.get(actor_id, at))


def _endings(title: str) -> Iterator[str]:
    """A title and its endings: "minister" of "trade minister", not of "deputy minister"."""
    yield title
    for space in re.finditer(" ", title):
        lead = title[: space.start()].split()
        if not (word_list("other_office").isdisjoint(lead) and PREPOSITIONS.isdisjoint(lead)):
            return
        yield title[space.end() :]


def _lone_descriptions(article: Article, attached: list[Description]) -> Iterator[Description]:
    known = _Titles(article, attached)
    heads = _heads()
    shared = {f"{ending}s" for ending in article.gazetteer.shared_endings}
    shared_words = {last_word(word) for word in shared}
    for sentence in article.sentences:
        if not sentence.may_hold(heads) and shared_words.isdisjoint(sentence.words):
            continue
        tokens = sentence.tokens
        places = [index for index, lower in enumerate(tokens.lower) if lower in heads]
        if shared:
            sharing = (index for index, text in enumerate(tokens.text) if text in shared)
            places = sorted({*places, *sharing})
        for index in places:
            lower = tokens.lower[index]
            found = _group(article, tokens, index)
            if found is None and not article.in_name(tokens, index):
                if lower in word_list("state_heads"):
                    found = _state(article, tokens, index)
                elif lower in word_list("person_heads", "organisation_heads"):
                    found = _person_or_body(article, tokens, index, known)
            if found:
                yield found


def _before(tokens: Tokens, begin: int, steps: int = 1) -> str:
    return tokens.lower[begin - steps] if begin >= steps else ""


def _person_or_body(article: Article, tokens: Tokens, index: int, known: _Titles) -> Description | None:
    if article.last_head(tokens, index, "person") != index:
        return None
    begin = article.reach_left(tokens, index, loose=False)
    determiner, before = _before(tokens, begin), _before(tokens, begin, 2)
    if determiner in _INDEFINITE or (determiner == "the" and (before in COPULAS or before == "as")):
        return None  # somebody not known, or a predicate
    start, end = tokens.start[begin], tokens.end[index]
    named = next((at for at in range(begin, index) if article.in_name(tokens, at)), begin)
    first = article.name_at.get(tokens.start[named])
    owner = article.actor(first) if first else None
    if first and owner and owner.type != "state" and article.text.startswith("'", first.end):
        return _owned(article, first, start, end)
    if first and owner and owner.type == "organisation" and first.end < end:
        return _of_organisation(article, owner.id, tokens.lower[index], (start, end), known)
    phrase = article.phrase(start, end)
    state = owner.id if owner and owner.type == "state" else ""
    media = phrase.endswith(" media")  # "state media" stands without an article
    if not state and not media and determiner not in _DEMONSTRATIVES:
        return None
    actor_id = _described(article, phrase, state, start, known)
    return Description(start, end, (actor_id,), "nominal") if actor_id else None


def _owned(article: Article, owner: Name, start: int, end: int) -> Description | None:
    """Read "Doe's ministry", "Doe's elder brother": what belongs to a named actor."""
    phrase = article.text[start:end].lower()
    body = article.gazetteer.actors.get(article.actor(owner).affiliation)
    if body and body.name.lower().endswith(phrase.split()[-1]):
        return Description(start, end, (body.id,), "nominal")
    described = [a.id for a in article.gazetteer.described_as(phrase) if a.id != owner.actor_id]
    return Description(start, end, (described[0],), "nominal") if len(described) == 1 else None


def _of_organisation(
    article: Article, body: str, head: str, span: Span, known: _Titles
) -> Description | None:
    """Read "the Acme spokesman" as the one affiliated person whom this article gave that office."""
    actors = article.gazetteer.actors
    office = [*known.holding(head, span[0]), *(a.id for a in article.gazetteer.described_as(head))]
    fits = {a for a in office if actors[a].affiliation == body}
    return Description(*span, (fits.pop(),), "nominal") if len(fits) == 1 else None


def _described(article: Article, phrase: str, state: str, at: int, known: _Titles) -> str:
    """The actor that is described so: by its entry, by a title in this article, by its name's last word."""
    actors = article.gazetteer.actors
    fits = {a.id for a in article.gazetteer.described_as(phrase)}
    heads = {"person": word_list("person_heads"), "organisation": word_list("organisation_heads")}
    head = phrase.rpartition(" ")[2]
    fits |= {a for a in known.ending(phrase, at) if head in heads.get(actors[a].type, ())}
    if state:
        fits = {a for a in fits if actors[a].side == state}
    if not fits and not state:
        fits = {a for a in article.organisations_by_ending.get(phrase, ()) if article.last_before(a, at) >= 0}
    last = max(fits, key=lambda a: article.last_before(a, at), default="")
    if last and article.last_before(last, at) >= 0:
        return last
    one_of_a_kind = len(fits) == 1 and (state or all(actors[a].type != "person" for a in fits))
    return next(iter(fits)) if one_of_a_kind else ""


def _state(article: Article, tokens: Tokens, index: int) -> Description | None:
    """Read "the country", "the isolated country", "the French regime"."""
    begin = index
    while begin > 0 and _is_plain_adjective(article, tokens, begin - 1):
        begin -= 1
    own = article.name_at.get(tokens.start[begin - 1]) if begin else None
    if own and own.form == ADJECTIVE:
        return Description(own.start, tokens.end[index], (own.actor_id,), "nominal")
    if _before(tokens, begin) not in _DEMONSTRATIVES or _before(tokens, begin, 2) in COPULAS:
        return None
    if begin < index and tokens.lower[index] == "regime":
        return None  # "the sanctions regime"
    follows = tokens.lower[index + 1] if index + 1 < len(tokens) else ""
    states = () if follows == "of" else _states_before(article, tokens.start[begin], 1)
    return Description(tokens.start[begin], tokens.end[index], states, "nominal") if states else None


def _is_plain_adjective(article: Article, tokens: Tokens, at: int) -> bool:
    text = tokens.text[at]
    plain = text.islower() and text[0].isalpha()
    return plain and tokens.lower[at] not in _NO_ADJECTIVES and not article.in_name(tokens, at)


def _states_before(article: Article, at: int, count: int) -> tuple[str, ...]:
    """The last distinct states named before; none if there are too few.

    For one state, the main one of the article is meant, if it has one, and adjectives inside titles
    are passed over; for several, places are, and whoever acts for a state stands for it.
    """
    if count > 1:
        return article.sides.last(at, count)
    return (article.main_state,) if article.main_state else article.states.last(at, count)


@cache
def _group_heads() -> frozenset[str]:
    return word_list("group_heads", "group_heads_organisations") | {"two"}


@cache
def _heads() -> frozenset[str]:
    """What a lone description can be built on, but for names of states."""
    return _group_heads() | word_list("state_heads", "person_heads", "organisation_heads")


def _group(article: Article, tokens: Tokens, index: int) -> Description | None:
    """Read "the two countries", "both sides", "both Samoas": every member is credited, or none."""
    text, lower = tokens.text[index], tokens.lower[index]
    sharing_name = text.endswith("s") and text[:-1] in article.gazetteer.shared_endings
    if not sharing_name and lower not in _group_heads():
        return None
    at, end = tokens.start[index], tokens.end[index]
    number, before = _before(tokens, index), _before(tokens, index, 2)
    count = titles()["numbers"].get(number, 2 if number == "the" and before == "between" else 0)
    start = tokens.start[index - 1] if number in titles()["numbers"] else at
    members: tuple[str, ...] = ()
    if sharing_name:
        sharing = tuple(sorted(article.gazetteer.shared_endings[text[:-1]].values()))
        members = sharing if number in ("the", "both") or count == len(sharing) else ()
    elif lower == "two" and number in ("the", "these"):
        follows = min(index + 1, len(tokens) - 1)
        if _PERSONS_FOLLOW.fullmatch(tokens.text[follows]):
            members = article.persons.last(at, 2)
        if _PERSONS.fullmatch(tokens.text[follows]):
            end = tokens.end[follows]
        start = at
    elif lower in word_list("group_heads_organisations") and count == 2:
        definite = number == "both" or before in ("the", "these")
        members = article.organisations.last(at, 2) if definite else ()
    elif lower in word_list("group_heads") and count:
        definite = number in ("both", "the") or before in ("the", "these", "those")
        members = _states_before(article, at, count) if definite else ()
    return Description(start, end, members, "nominal") if members else None

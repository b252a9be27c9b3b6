"""Descriptions that stand for an actor alone: "the French president", "the two countries"."""

import re
from collections.abc import Iterator
from functools import cache

from .phrases import CLOSED, COPULAS, PREPOSITIONS, Article, Description, Token
from .spans import Name
from .title_words import titles, word_list
from .titles import find_titles

_DEMONSTRATIVES = frozenset("the this that".split())
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
    attached = list(found)
    # A description inside a title's complement stands ("adviser to the president"); a title does not twice.
    found += [
        lone
        for lone in _lone_descriptions(article, attached)
        if not any(t.start < lone.end and lone.start < t.end and not _inside(lone, t) for t in attached)
    ]
    return sorted(found, key=lambda d: (d.start, -d.end))


def _inside(inner: Description, outer: Description) -> bool:
    return outer.start < inner.start and inner.end <= outer.end


def _lone_descriptions(article: Article, attached: list[Description]) -> Iterator[Description]:
    known = [(t.actor_ids[0], article.phrase(t.start, t.end), t.start) for t in attached]
    for start, end in article.sentences:
        tokens = article.tokens(start, end)
        for index, token in enumerate(tokens):
            found = _group(article, tokens, index)
            if found is None and not article.in_name(token):
                if token.lower in word_list("state_heads"):
                    found = _state(article, tokens, index)
                elif token.lower in word_list("person_heads", "organisation_heads"):
                    found = _person_or_body(article, tokens, index, known)
            if found:
                yield found


def _before(tokens: list[Token], begin: int, steps: int = 1) -> str:
    return tokens[begin - steps].lower if begin >= steps else ""


def _person_or_body(
    article: Article, tokens: list[Token], index: int, known: list[tuple[str, str, int]]
) -> Description | None:
    if article.last_head(tokens, index, "person") != index:
        return None
    begin = article.reach_left(tokens, index, loose=False)
    determiner, before = _before(tokens, begin), _before(tokens, begin, 2)
    if determiner in COPULAS | {"a", "an"} or (determiner == "the" and before in COPULAS | {"as"}):
        return None  # somebody not known, or a predicate
    start, end = tokens[begin].start, tokens[index].end
    named = next((t for t in tokens[begin:index] if article.in_name(t)), tokens[begin])
    first = article.name_at.get(named.start)
    owner = article.actor(first) if first else None
    if first and owner and owner.type != "state" and article.text[first.end : first.end + 1] == "'":
        return _owned(article, first, start, end)
    if first and owner and owner.type == "organisation" and first.end < end:
        return _of_organisation(article, owner.id, start, end, known)
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


def _ends_title(title: str, phrase: str) -> bool:
    """True for "minister" of "trade minister", not of "deputy minister" or "aide to the minister"."""
    lead = title.removesuffix(f" {phrase}")
    return lead != title and not (word_list("other_office") | PREPOSITIONS) & set(lead.split())


def _of_organisation(
    article: Article, body: str, start: int, end: int, known: list[tuple[str, str, int]]
) -> Description | None:
    """Read "the Acme spokesman" as the one affiliated person whom this article gave that office."""
    head = article.tokens(start, end)[-1].lower
    actors = article.gazetteer.actors
    office = [a for a, title, where in known if where < start and head in title.split()]
    office += [a.id for a in article.gazetteer.described_as(head)]
    fits = {a for a in office if actors[a].affiliation == body}
    return Description(start, end, (fits.pop(),), "nominal") if len(fits) == 1 else None


def _described(article: Article, phrase: str, state: str, at: int, known: list[tuple[str, str, int]]) -> str:
    """The actor that is described so: by its entry, by a title in this article, by its name's last word."""
    actors = article.gazetteer.actors
    fits = {a.id for a in article.gazetteer.described_as(phrase)}
    heads = {"person": word_list("person_heads"), "organisation": word_list("organisation_heads")}
    fits |= {
        actor_id
        for actor_id, title, where in known
        if where < at
        and (title == phrase or _ends_title(title, phrase))
        and phrase.rpartition(" ")[2] in heads.get(actors[actor_id].type, ())
    }
    if state:
        fits = {a for a in fits if actors[a].side == state}
    named = [n.actor_id for n in article.names if n.end <= at]
    if not fits and not state:
        bodies = {a for a in named if actors[a].type == "organisation"}
        fits = {
            a
            for a in bodies
            if any(name.lower().endswith(f" {phrase}") for name in (actors[a].name, *actors[a].aliases))
        }
    if last := [a for a in named if a in fits]:
        return last[-1]
    one_of_a_kind = len(fits) == 1 and (state or all(actors[a].type != "person" for a in fits))
    return next(iter(fits)) if one_of_a_kind else ""


def _state(article: Article, tokens: list[Token], index: int) -> Description | None:
    """Read "the country", "the isolated country", "the French regime"."""
    begin = index
    while begin > 0 and _is_plain_adjective(article, tokens[begin - 1]):
        begin -= 1
    own = article.name_at.get(tokens[begin - 1].start) if begin else None
    if own and own.form == "adjective":
        return Description(own.start, tokens[index].end, (own.actor_id,), "nominal")
    if _before(tokens, begin) not in _DEMONSTRATIVES or _before(tokens, begin, 2) in COPULAS:
        return None
    if begin < index and tokens[index].lower == "regime":
        return None  # "the sanctions regime"
    follows = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    states = () if follows == "of" else _states_before(article, tokens[begin].start, 1)
    return Description(tokens[begin].start, tokens[index].end, states, "nominal") if states else None


def _is_plain_adjective(article: Article, token: Token) -> bool:
    plain = token.text.islower() and token.text[0].isalpha()
    return plain and token.lower not in _NO_ADJECTIVES and not article.in_name(token)


def _states_before(article: Article, at: int, count: int) -> tuple[str, ...]:
    """The last distinct states named before; none if there are too few.

    For one state, the main one of the article is meant, if it has one, and adjectives inside titles
    are passed over; for several, places are, and whoever acts for a state stands for it.
    """
    if count == 1 and article.main_state:
        return (article.main_state,)
    seen: set[str] = set()
    for name in reversed([n for n in article.names if n.end <= at and not n.nested]):
        state = article.actor(name).side if count > 1 else name.actor_id
        if not state or article.gazetteer.actors[state].type != "state":
            continue
        if (count > 1 and name.start in article.places) or (count == 1 and _in_title(article, name)):
            continue
        seen.add(state)
        if len(seen) == count:
            return tuple(sorted(seen))
    return ()


def _in_title(article: Article, name: Name) -> bool:
    """True for the adjective of "the Norwegian foreign minister"."""
    if name.form != "adjective":
        return False
    for token in article.tokens(name.end, name.end + 60)[:4]:
        if token.lower in word_list("person_heads", "organisation_heads"):
            return True
        if token.lower not in word_list("modifiers") and not token.text[0].isupper():
            return False
    return False


@cache
def _group_heads() -> frozenset[str]:
    return word_list("group_heads", "group_heads_organisations") | {"two"}


def _group(article: Article, tokens: list[Token], index: int) -> Description | None:
    """Read "the two countries", "both sides", "both Samoas": every member is credited, or none."""
    token = tokens[index]
    sharing_name = token.text.endswith("s") and token.text[:-1] in article.gazetteer.shared_endings
    if not sharing_name and token.lower not in _group_heads():
        return None
    number, before = _before(tokens, index), _before(tokens, index, 2)
    count = titles()["numbers"].get(number, 2 if number == "the" and before == "between" else 0)
    start = tokens[index - 1].start if number in titles()["numbers"] else token.start
    members: tuple[str, ...] = ()
    if sharing_name:
        sharing = tuple(sorted(article.gazetteer.shared_endings[token.text[:-1]].values()))
        members = sharing if number in ("the", "both") or count == len(sharing) else ()
    elif token.lower == "two" and number in ("the", "these"):
        follows = tokens[index + 1] if index + 1 < len(tokens) else token
        members = (
            _last_before(article, token.start, "person") if _PERSONS_FOLLOW.fullmatch(follows.text) else ()
        )
        if _PERSONS.fullmatch(follows.text):
            token = follows
        start = tokens[index].start
    elif token.lower in word_list("group_heads_organisations") and count == 2:
        definite = number == "both" or before in ("the", "these")
        members = _last_before(article, token.start, "organisation") if definite else ()
    elif token.lower in word_list("group_heads") and count:
        definite = number in ("both", "the") or before in ("the", "these", "those")
        members = _states_before(article, token.start, count) if definite else ()
    return Description(start, token.end, members, "nominal") if members else None


def _last_before(article: Article, at: int, kind: str) -> tuple[str, ...]:
    """The two persons or organisations named last before a position; none if there are fewer."""
    of_kind = [n.actor_id for n in article.names if n.end <= at and article.actor(n).type == kind]
    last = list(dict.fromkeys(reversed(of_kind)))[:2]
    return tuple(sorted(last)) if len(last) == 2 else ()

"""Descriptions in the text: titles beside a name, and phrases that stand for an actor alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from .actors import Actor
from .names import Gazetteer, Name, british_and_american, noun_goes_on, titles
from .structure import Span, sentence_openers


class Description(NamedTuple):
    """A title or a lone description, and the actors it means (several for "the two countries")."""

    start: int
    end: int
    actor_ids: tuple[str, ...]
    kind: str


class _Token(NamedTuple):
    text: str
    start: int
    end: int


_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|\w+(?:(?:'(?!s\b)|[&/-])\w+)*|'s\b|[^\w\s]")
_PREPOSITIONS = frozenset(["of", "for", "at", "in", "on", "to", "with", "from", "under"])
_ARTICLES = frozenset(["a", "an", "the"])
_POSSESSIVE_PRONOUNS = frozenset(["his", "her", "its", "their", "our", "my", "your"])
_VERB_FOLLOWS = frozenset("to will would can could may might must shall should did does do".split())
_COPULAS = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "become",
        "became",
        "becomes",
        "remain",
        "remains",
        "remained",
    ]
)
# Words that no description reaches across.
_BREAKS = frozenset(
    [
        "and",
        "or",
        "but",
        "nor",
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "where",
        "when",
        "while",
        "because",
        "since",
        "if",
        "than",
        "then",
        "said",
        "says",
        "say",
        "saying",
        "told",
        "tells",
        "asked",
        "added",
        "according",
        "including",
        "like",
        "led",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "do",
        "does",
        "did",
        "not",
        "met",
        "meets",
        "after",
        "before",
        "during",
        "until",
        "by",
        "about",
        "against",
        "between",
    ]
)

_CLOSED = _ARTICLES | _POSSESSIVE_PRONOUNS | _PREPOSITIONS | _BREAKS


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(titles()[key])


@dataclass
class _Article:
    """What the rules look at: the folded text, its sentences, the names found so far."""

    text: str
    sentences: list[Span]
    names: list[Name]
    gazetteer: Gazetteer
    places: set[int]

    def __post_init__(self) -> None:
        self.name_at = {i: n for n in reversed(self.names) for i in range(n.start, n.end)}

    def actor(self, name: Name) -> Actor:
        return self.gazetteer.actors[name.actor_id]

    def tokens(self, start: int, end: int) -> list[_Token]:
        return [_Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(self.text, start, end)]


def find_descriptions(
    text: str, sentences: list[Span], names: list[Name], gazetteer: Gazetteer, places: set[int]
) -> list[Description]:
    """Find titles and lone descriptions in one article.

    Parameters
    ----------
    text : str
        The folded text, of the raw text's length.
    sentences : list of (int, int)
        Its sentences.
    names : list of Name
        From `Gazetteer.find_names`.
    gazetteer : Gazetteer
        Whose descriptions are looked for.
    places : set of int
        Starts of names that are only where something happens.

    Returns
    -------
    list of Description
        ``kind`` is "title" (attached to a name) or "nominal" (standing alone).

    Notes
    -----
    A title is a phrase around a head word of ``data/titles.toml`` directly before a name ("Russian
    Defense Minister"), before it with a comma, or in apposition after it, up to the next comma or
    relative clause. A lone description must be definite. It means the actor of its state that
    ``actors.toml`` describes so or that this article gave that title; without a state, the one
    named last before. "The country" is the state named last outside titles; "the two countries" the
    last two.
    """
    article = _Article(text, sentences, names, gazetteer, places)
    found = list(_titles(article))
    spans = [(d.start, d.end) for d in found]
    learned = [(d.actor_ids[0], _phrase(article, d.start, d.end), d.start) for d in found]
    for lone in _lone_descriptions(article, learned):
        if not any(a < lone.end and lone.start < b and not a < lone.start < lone.end < b for a, b in spans):
            found.append(lone)
    return sorted(found, key=lambda d: (d.start, -d.end))


_HEADS = {"person": "person_heads", "organisation": "organisation_heads", "state": "state_titles"}


def _is_head(token: _Token, article: _Article, kind: str) -> bool:
    if token.start in article.name_at and article.name_at[token.start].form != "body":
        return False
    if kind == "organisation" and not token.text.islower():
        return False  # a capital makes it part of a name: "Ford Motor Company"
    return token.text.lower() in _words(_HEADS[kind])


def _reaches_left(article: _Article, tokens: list[_Token], index: int, *, loose: bool) -> int:
    """Index of the token where the description that ends at a head word begins.

    Loosely, beside a name, an unlisted word may belong to it: "aircraft manufacturer".
    """
    begin = index
    while begin > 0:
        token = tokens[begin - 1]
        word = token.text.lower()
        name = article.name_at.get(token.start)
        gap = article.text[token.end : tokens[begin].start]
        if name is not None and (gap in (" ", "", "-")):
            while begin > 0 and tokens[begin - 1].start >= name.start:
                begin -= 1
            continue
        if gap not in (" ", ""):
            break
        if token.text in ("'s", "'"):
            owner = tokens[begin - 2] if begin > 1 else token
            if owner.start not in article.name_at and not owner.text[0].isupper():
                break
            begin -= 1
            continue
        first = begin == 1 or tokens[begin - 2].text in ".!?"
        if word in _CLOSED or not word[:1].isalnum():
            break
        known = word in _words("modifiers") or word in _words("person_heads") or "-" in token.text
        capital = token.text[0].isupper() and token.text not in sentence_openers() and not first
        before = tokens[begin - 2].text.lower() if begin > 1 else ""
        if not (known or capital or (loose and _may_modify(token.text, before))):
            break
        begin -= 1
    return begin


def _may_modify(word: str, before: str) -> bool:
    """An unlisted word in lower case that can describe: "aircraft manufacturer", "nuclear-armed"."""
    if not word.islower() or word in _words("not_modifiers") or before in _VERB_FOLLOWS:
        return False
    return "-" in word or not word.endswith(("ed", "ing", "s", "ly"))


def _titles(article: _Article) -> Iterator[Description]:
    for start, end in article.sentences:
        tokens = article.tokens(start, end)
        inside = [n for n in article.names if start <= n.start < end and not n.nested]
        for name in inside:
            kind = article.actor(name).type
            if name.form in ("body", "adjective") or kind not in _HEADS:
                continue
            before = [t for t in tokens if t.end <= name.start]
            span = _title_before(article, before, name, end, kind) or _title_after(article, name, end, kind)
            if span and span[0] < span[1]:
                yield Description(*span, (name.actor_id,), "title")


def _title_before(
    article: _Article, tokens: list[_Token], name: Name, sentence_end: int, kind: str
) -> Span | None:
    comma = bool(tokens) and tokens[-1].text == ","
    tokens = tokens[:-1] if comma else tokens
    if (
        kind == "state"
        or not tokens
        or article.text[tokens[-1].end : name.start] not in (", " if comma else " ", "  ")
    ):
        return None
    follows = article.text[name.end : sentence_end]
    closed = re.match(r"\s*$|[,.;:)]| \(", follows) is not None
    head = len(tokens) - 1
    if _is_head(tokens[head], article, kind):
        if comma and not (closed and kind == "person"):
            return None
    elif kind == "person":
        found = _head_with_complement(article, tokens, comma)
        if found is None:
            return None
        head = found
    else:
        return None
    begin = _reaches_left(article, tokens, head, loose=True)
    lead = [t.text.lower() for t in tokens[max(0, begin - 3) : begin] if t.text.lower() not in _ARTICLES]
    if comma and not closed and lead[-1:] and lead[-1] in ("to", "said", "says", "told"):
        return None  # "according to a spokesman, Putin …" names two people
    return tokens[begin].start, tokens[-1].end


def _head_with_complement(article: _Article, tokens: list[_Token], comma: bool) -> int | None:
    """The head of "a professor at the university in Oslo, …" in the words before a name."""
    reach = 16 if comma else 7
    for index in range(len(tokens) - 2, max(-1, len(tokens) - reach - 1), -1):
        token, following = tokens[index], tokens[index + 1]
        word = token.text.lower()
        in_name = token.start in article.name_at
        if not in_name and (word in _BREAKS or (not token.text[0].isalnum() and token.text[0] not in "'()")):
            return None
        if following.text.lower() in _PREPOSITIONS and _is_head(token, article, "person"):
            rest = tokens[index + 2 :]
            proper = all(t.text[0].isupper() or t.text in ("of", "the", "for", "and", "'s") for t in rest)
            return index if comma or (rest and proper) else None
    return None


def _title_after(article: _Article, name: Name, sentence_end: int, kind: str) -> Span | None:
    text = article.text
    if kind == "organisation":  # "RIA state news agency"
        tokens = article.tokens(name.end, min(sentence_end, name.end + 40))
        if tokens and text[name.end : tokens[0].start] == " ":
            for index, token in enumerate(tokens[:4]):
                if _is_head(token, article, "organisation"):
                    return None if noun_goes_on(text, token.end) else (tokens[0].start, token.end)
                if token.text.lower() not in _words("modifiers") or token.text[0].isupper():
                    break
    match = re.compile(
        r", (?:(?:a|an|the|also|now|then|once|formerly|currently|previously|his|her|its|their) )*"
    ).match(text, name.end, sentence_end)
    if not match:
        return None
    if kind == "state" and not re.search(r"\b(?:a|an|the) $", match.group()):
        return None  # a list of states has no articles
    tokens = article.tokens(match.end(), min(sentence_end, match.end() + 200))
    for index, token in enumerate(tokens[:9]):
        word = token.text.lower()
        if _is_head(token, article, kind):
            index = _last_head(article, tokens, index, kind)
            token = tokens[index]
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            after_name = article.name_at.get(following.start) if following else None
            if after_name and article.actor(after_name).type == "person" and text[token.end] == " ":
                return None
            if following and (following.text[0].isupper() and after_name is None and text[token.end] == " "):
                return None  # the title of somebody the gazetteer does not know
            return match.end(), _end_of_complement(article, tokens, index)
        in_name = article.name_at.get(token.start)
        if in_name and kind == "state":
            return None
        if (
            in_name
            and article.actor(in_name).type == "person"
            and text[in_name.end : in_name.end + 2] != "'s"
        ):
            return None
        if in_name is None and (
            word in _BREAKS or word in _PREPOSITIONS or (not word[0].isalnum() and word != "'")
        ):
            return None
        if (
            in_name is None
            and re.search(r"(?:ed|ing)$", word)
            and index == 0
            and not token.text[0].isupper()
            and (index + 1 < len(tokens) and tokens[index + 1].text.lower() in _ARTICLES | _PREPOSITIONS)
        ):
            return None
    return None


def _last_head(article: _Article, tokens: list[_Token], index: int, kind: str) -> int:
    """The head that ends a run of heads and modifiers: "chief operating officer", "executive chairman"."""
    last = index
    for at in range(index + 1, min(index + 4, len(tokens))):
        if article.text[tokens[at - 1].end : tokens[at].start] != " ":
            break
        if _is_head(tokens[at], article, kind):
            last = at
        elif not (
            tokens[at].text.lower() in _words("modifiers") or tokens[at].text in ("operating", "financial")
        ):
            break
    return last


def _end_of_complement(article: _Article, tokens: list[_Token], head: int) -> int:
    """Where a title ends: with its "of …", "at …", but without a comma, a clause or a participle."""
    end = tokens[head].end
    if head + 1 >= len(tokens) or tokens[head + 1].text.lower() not in _PREPOSITIONS:
        return end
    for token in tokens[head + 1 :]:
        word = token.text.lower()
        in_name = token.start in article.name_at
        joins = word in ("and", "'s", "'", "&", "-")
        if not in_name and not joins and (word in _BREAKS or not word[0].isalnum()):
            break
        if not in_name and token.text.islower() and re.search(r"(?:\w{3}ing|\w{3}ed)$", word):
            break
        if not joins:
            end = token.end
    return end


def _phrase(article: _Article, start: int, end: int) -> str:
    """A description without its state and in one spelling: what two of them are compared by."""
    name = article.name_at.get(start)
    if name and article.actor(name).type == "state" and name.end < end:
        start = name.end + len(re.match(r"(?:'s?)? ?", article.text[name.end : end]).group())  # type: ignore[union-attr]
    return min(british_and_american(article.text[start:end].lower()))


def _lone_descriptions(article: _Article, learned: list[tuple[str, str, int]]) -> Iterator[Description]:
    for start, end in article.sentences:
        tokens = article.tokens(start, end)
        for index, token in enumerate(tokens):
            word = token.text.lower()
            if group := _group(article, tokens, index):
                yield group
            elif token.start in article.name_at:
                continue
            elif word in _words("state_heads"):
                yield from _lone_state(article, tokens, index)
            elif word in _words("person_heads") or word in _words("organisation_heads"):
                if _last_head(article, tokens, index, "person") != index:
                    continue
                yield from _lone_actor(article, tokens, index, learned)


def _determiner(tokens: list[_Token], begin: int) -> str:
    return tokens[begin - 1].text.lower() if begin else ""


def _lone_actor(
    article: _Article, tokens: list[_Token], index: int, learned: list[tuple[str, str, int]]
) -> Iterator[Description]:
    begin = _reaches_left(article, tokens, index, loose=False)
    start, end = tokens[begin].start, tokens[index].end
    determiner = _determiner(tokens, begin)
    before = tokens[begin - 2].text.lower() if begin > 1 else ""
    if (
        determiner in ("a", "an")
        or (determiner == "the" and before in _COPULAS | {"as"})
        or determiner in _COPULAS
    ):
        return
    first = article.name_at.get(start)
    owner = article.actor(first) if first else None
    if first and owner and owner.type != "state" and article.text[first.end : first.end + 1] == "'":
        body = article.gazetteer.actors.get(owner.affiliation)  # "Shoigu's ministry"
        if body and body.name.lower().endswith(tokens[index].text.lower()):
            yield Description(start, end, (body.id,), "nominal")
            return
        described = article.gazetteer.described_as(article.text[start:end].lower())
        if len(described) == 1 and described[0].id != owner.id:  # "Anna's elder brother"
            yield Description(start, end, (described[0].id,), "nominal")
        return
    phrase = _phrase(article, start, end)
    state = owner.id if owner and owner.type == "state" else ""
    if (
        not state
        and determiner not in ("the", "this", "that")
        and (" " not in phrase or "media" not in phrase)
    ):
        return
    if actor_id := _described(article, phrase, state, start, learned):
        yield Description(start, end, (actor_id,), "nominal")


def _described(
    article: _Article, phrase: str, state: str, at: int, learned: list[tuple[str, str, int]]
) -> str:
    """The actor that is described so: by its entry, by a title in this article, by its name's last word."""
    actors = article.gazetteer.actors
    fits = {a.id for a in article.gazetteer.described_as(phrase) if not state or a.side == state}
    fits |= {
        a
        for a, title, where in learned
        if title == phrase and where < at and (not state or actors[a].side == state)
    }
    if not state and not fits:
        fits = {
            n.actor_id
            for n in article.names
            if n.end <= at
            and actors[n.actor_id].type == "organisation"
            and any(
                name.lower().endswith(f" {phrase}")
                for name in (actors[n.actor_id].name, *actors[n.actor_id].aliases)
            )
        }
    named = [n.actor_id for n in article.names if n.end <= at and n.actor_id in fits]
    if named:
        return named[-1]
    alone = len(fits) == 1 and (state or all(actors[a].type != "person" for a in fits))
    return next(iter(fits)) if alone else ""


def _lone_state(article: _Article, tokens: list[_Token], index: int) -> Iterator[Description]:
    begin = index
    while begin > 0 and _is_plain_adjective(tokens[begin - 1], article):
        begin -= 1
    determiner = _determiner(tokens, begin)
    own = article.name_at.get(tokens[begin - 1].start) if begin else None
    if own and own.form == "adjective":  # "the North Korean regime"
        yield Description(own.start, tokens[index].end, (own.actor_id,), "nominal")
        return
    before = tokens[begin - 2].text.lower() if begin > 1 else ""
    if determiner not in ("the", "this", "that") or before in _COPULAS:
        return
    if begin < index and tokens[index].text.lower() == "regime":
        return  # "the sanctions regime"
    follows = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if follows.lower() in ("of", "department", "media", "television", "visit", "news", "agency"):
        return
    if states := _states_before(article, tokens[begin].start, 1):
        yield Description(tokens[begin].start, tokens[index].end, states, "nominal")


def _is_plain_adjective(token: _Token, article: _Article) -> bool:
    word = token.text.lower()
    closed = (
        _ARTICLES
        | _POSSESSIVE_PRONOUNS
        | _PREPOSITIONS
        | _BREAKS
        | {"this", "that", "these", "those", "each", "one"}
    )
    return (
        token.start not in article.name_at
        and word[0].isalpha()
        and word not in closed
        and token.text.islower()
    )


def _states_before(article: _Article, at: int, count: int) -> tuple[str, ...]:
    """The last distinct states named before; none if there are too few.

    For one state, adjectives inside titles are passed over; for several, whoever acts for a state
    stands for it.
    """
    actors = article.gazetteer.actors
    seen: dict[str, None] = {}
    for name in reversed([n for n in article.names if n.end <= at]):
        state = article.actor(name).side if count > 1 else name.actor_id
        if not state or actors[state].type != "state" or name.nested:
            continue
        if count > 1 and name.start in article.places:
            continue
        if count == 1 and name.form == "adjective" and _before_head(article, name):
            continue
        seen.setdefault(state)
        if len(seen) == count:
            return tuple(sorted(seen))
    return ()


def _before_head(article: _Article, name: Name) -> bool:
    tokens = article.tokens(name.end, name.end + 60)[:4]
    heads = _words("person_heads") | _words("organisation_heads")
    for token in tokens:
        if token.text.lower() in heads:
            return True
        if token.text.lower() not in _words("modifiers") and not token.text[0].isupper():
            return False
    return False


def _group(article: _Article, tokens: list[_Token], index: int) -> Description | None:
    """ "The two countries", "both sides", "both Koreas": every member is credited, or none."""
    token = tokens[index]
    number = tokens[index - 1].text.lower() if index else ""
    count = titles()["numbers"].get(number, 0)
    if number == "the" and index > 1 and tokens[index - 2].text.lower() == "between":
        count = 2
    definite = number in ("both", "the") or (
        index > 1 and tokens[index - 2].text.lower() in ("the", "these", "those")
    )
    members = article.gazetteer.shared_endings.get(token.text[:-1], {}) if token.text.endswith("s") else {}
    start = tokens[index - 1].start if number in titles()["numbers"] else token.start
    if members and (number in ("the", "both") or count == len(members)):
        return Description(start, token.end, tuple(sorted(members.values())), "nominal")
    if token.text.lower() == "two" and number in ("the", "these") and _means_persons(tokens, index):
        both = _persons_before(article, token.start)
        return Description(token.start, token.end, both, "nominal") if both else None
    if token.text.lower() in _words("group_heads") and count and definite:
        if states := _states_before(article, token.start, count):
            return Description(start, token.end, states, "nominal")
    return None


_PERSONS_FOLLOW = re.compile(
    r"men|women|leaders|presidents|ministers|officials|statesmen|diplomats|were|are|had|have|met|will|would|also|"
    r"agreed|discussed|spoke|shook|talked|sat|posed|walked|\w+ing"
)


def _means_persons(tokens: list[_Token], index: int) -> bool:
    return index + 1 < len(tokens) and _PERSONS_FOLLOW.fullmatch(tokens[index + 1].text) is not None


def _persons_before(article: _Article, at: int) -> tuple[str, ...]:
    persons = [n.actor_id for n in article.names if n.end <= at and article.actor(n).type == "person"]
    return tuple(sorted(list(dict.fromkeys(reversed(persons)))[:2])) if len(set(persons)) > 1 else ()

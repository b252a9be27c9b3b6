"""Titles: descriptions attached to a name, before it or in apposition after it."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from .gazetteer import ADJECTIVE, BARE_BODY, BODY
from .phrases import ARTICLES, BREAKS, POSSESSIVE_PRONOUNS, PREPOSITIONS, Article, Description, Token
from .spans import Name, noun_goes_on
from .structure import Span
from .title_words import word_list

_KINDS = ("person", "organisation", "state")
_APPOSITION = re.compile(
    r",\s(?:(?:a|an|the|also|now|then|once|formerly|currently|previously|his|her|its|their)\s)*"
)


def find_titles(article: Article) -> Iterator[Description]:
    """Find the title of each name that has one.

    A title is built on a head word of ``data/titles.toml`` and stands directly before the name ("Prime
    Minister Jane Doe"), before it with a comma ("a professor at the university, Jane Doe,"), directly
    after an organisation ("the Xinhua news agency"), or after the name and a comma, up to the next comma,
    clause or participle. States have titles of the last form only, with an article ("Oslo, a
    neighbour").

    Parameters
    ----------
    article : Article
        The text and its names.

    Yields
    ------
    Description
        Of kind "title", without a leading article.
    """
    for start, end in article.sentences:
        tokens = article.tokens(start, end)
        first, last = (bisect_left(article.names, at, key=_start) for at in (start, end))
        for name in article.names[first:last]:
            kind = article.actor(name).type
            if name.nested or name.form in (BODY, BARE_BODY, ADJECTIVE) or kind not in _KINDS:
                continue
            before = [t for t in tokens if t.end <= name.start]
            for span in (_before(article, before, name, end, kind), _after(article, name, end, kind)):
                if span:
                    yield Description(*span, (name.actor_id,), "title")


def _start(name: Name) -> int:
    return name.start


def _before(article: Article, tokens: list[Token], name: Name, sentence_end: int, kind: str) -> Span | None:
    if kind == "person" and (rank := _rank(article, tokens, name)) is not None:
        return rank
    comma = bool(tokens) and tokens[-1].text == ","
    tokens = tokens[:-1] if comma else tokens
    if kind == "state" or not tokens:
        return None
    if article.text[tokens[-1].end : name.start] != (", " if comma else " "):
        return None
    closed = re.match(r"\s*$|[,.;:)]| \(", article.text[name.end : sentence_end]) is not None
    head: int | None = len(tokens) - 1
    if not article.is_head(tokens[-1], kind):
        head = _head_with_complement(article, tokens, comma=comma) if kind == "person" else None
    elif comma and not closed:
        return None
    if head is None:
        return None
    begin = article.reach_left(tokens, head, loose=True)
    lead = [t.lower for t in tokens[max(0, begin - 3) : begin] if t.lower not in ARTICLES]
    if comma and not closed and lead and lead[-1] in ("to", "said", "says", "told"):
        return None  # "according to a spokesman, Doe …" names two people
    return tokens[begin].start, tokens[-1].end


def _rank(article: Article, tokens: list[Token], name: Name) -> Span | None:
    """The "Lt. Gen." of "Lt. Gen. Jane Doe", with what describes it before."""
    index = len(tokens)
    while index > 1 and tokens[index - 1].text == "." and tokens[index - 2].text in word_list("ranks"):
        index -= 2
    if index == len(tokens) or article.text[tokens[-1].end : name.start] != " ":
        return None
    return tokens[article.reach_left(tokens, index, loose=True)].start, tokens[-1].end


def _head_with_complement(article: Article, tokens: list[Token], *, comma: bool) -> int | None:
    """The head of "a professor at the university in Oslo, …" in the words before a name."""
    reach = 16 if comma else 7
    for index in range(len(tokens) - 2, max(-1, len(tokens) - reach - 1), -1):
        token, following = tokens[index], tokens[index + 1]
        stops = token.lower in BREAKS or not (token.text[0].isalnum() or token.text[0] in "'()")
        if stops and not article.in_name(token):
            return None
        if following.lower in PREPOSITIONS and article.is_head(token, "person"):
            rest = tokens[index + 2 :]
            proper = all(t.text[0].isupper() or t.text in ("of", "the", "for", "and", "'s") for t in rest)
            return index if comma or (rest and proper) else None
    return None


def _after(article: Article, name: Name, sentence_end: int, kind: str) -> Span | None:
    if kind == "organisation" and (span := _directly_after(article, name, sentence_end)):
        return span
    match = _APPOSITION.match(article.text, name.end, sentence_end)
    if not match or (kind == "state" and not re.search(r"\b(?:a|an|the)\s$", match.group())):
        return None  # a list of states has no articles
    tokens = article.tokens(match.end(), min(sentence_end, match.end() + 200))
    for index, token in enumerate(tokens[:9]):
        owns = index + 1 < len(tokens) and tokens[index + 1].text == "'s"
        if article.is_head(token, kind) and not owns:
            return _apposition(article, tokens, article.last_head(tokens, index, kind))
        if not _may_precede_head(article, tokens, index, kind):
            return None
    return None


def _directly_after(article: Article, name: Name, sentence_end: int) -> Span | None:
    """The "news agency" of "the Xinhua news agency"."""
    tokens = article.tokens(name.end, min(sentence_end, name.end + 40))
    if not tokens or article.text[name.end : tokens[0].start] != " ":
        return None
    for token in tokens[:4]:
        if article.is_head(token, "organisation"):
            return None if noun_goes_on(article.text, token.end) else (tokens[0].start, token.end)
        if token.text not in word_list("modifiers"):
            return None
    return None


def _apposition(article: Article, tokens: list[Token], head: int) -> Span | None:
    """The span of an apposition from its first token, or None where it is another's title."""
    if head + 1 < len(tokens) and article.text[tokens[head].end] == " ":
        following = tokens[head + 1]
        name = article.name_at.get(following.start)
        if following.text[0].isupper() and (name is None or article.actor(name).type == "person"):
            return None
    return tokens[0].start, _end_of_complement(article, tokens, head)


def _may_precede_head(article: Article, tokens: list[Token], index: int, kind: str) -> bool:
    """Whether an apposition can go on over this token to its head."""
    token = tokens[index]
    name = article.name_at.get(token.start)
    if name is not None:
        owns = article.text[name.end : name.end + 2] == "'s"
        return kind != "state" and (article.actor(name).type != "person" or owns)
    if token.lower in BREAKS | PREPOSITIONS or not (token.text[0].isalnum() or token.text[0] == "'"):
        return False
    participle = index == 0 and token.text.islower() and token.text.endswith(("ed", "ing"))
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    return not (participle and following in ARTICLES | PREPOSITIONS)


def _end_of_complement(article: Article, tokens: list[Token], head: int) -> int:
    """Where a title ends: with its "of …", "at …", but without a comma, a clause or a participle."""
    end = tokens[head].end
    if head + 1 >= len(tokens) or tokens[head + 1].lower not in PREPOSITIONS:
        return end
    for offset, token in enumerate(tokens[head + 1 :]):
        joins = token.lower in ("and", "'s", "'", "&", "-")
        if not article.in_name(token) and not joins:
            if token.lower in BREAKS or not token.text[0].isalnum():
                break
            if _opens_clause(tokens, head + 1 + offset):
                break
        if not joins:
            end = token.end
    return end


def _opens_clause(tokens: list[Token], index: int) -> bool:
    """True for the participle of "a man known to police"; in "maker of armed drones" a noun follows it."""
    if not re.fullmatch(r"[a-z]{3,}(?:ing|ed)", tokens[index].text):
        return False
    following = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    return not following[:1].isalpha() or following in ARTICLES | BREAKS | PREPOSITIONS | POSSESSIVE_PRONOUNS

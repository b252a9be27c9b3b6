"""Titles: descriptions attached to a name, before it or in apposition after it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from .gazetteer import ADJECTIVE, BARE_BODY, BODY
from .phrases import (
    ARTICLES,
    BREAKS,
    HEADS,
    POSSESSIVE_PRONOUNS,
    PREPOSITIONS,
    Article,
    Description,
    Sentence,
    Tokens,
)
from .spans import Name, last_letters, may_follow, noun_goes_on
from .structure import Span
from .title_words import word_list

_APPOSITION = re.compile(
    r",\s(?:(?:a|an|the|also|now|then|once|formerly|currently|previously|his|her|its|their)\s)*"
)
_ARTICLE_LAST = re.compile(r"\b(?:a|an|the)\s$")
_CLOSED_BEHIND = re.compile(r"\s*$|[,.;:)]| \(")
_JOINING = frozenset(["of", "the", "for", "and", "'s"])
_PARTICIPLE = re.compile(r"[a-z]{3,}(?:ing|ed)")
_NO_NOUNS = ARTICLES | BREAKS | PREPOSITIONS | POSSESSIVE_PRONOUNS


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
    for sentence in article.sentences:
        first, last = (bisect_left(article.names, at, key=_start) for at in (sentence.start, sentence.end))
        for name in article.names[first:last]:
            kind = article.actor(name).type
            if name.nested or name.form in (BODY, BARE_BODY, ADJECTIVE) or kind not in HEADS:
                continue
            if kind != "state" and (span := _before(article, sentence, name, kind)):
                yield Description(*span, (name.actor_id,), "title")
            if span := _after(article, name, sentence.end, kind):
                yield Description(*span, (name.actor_id,), "title")


def _start(name: Name) -> int:
    return name.start


def _before(article: Article, sentence: Sentence, name: Name, kind: str) -> Span | None:
    if not article.text.endswith(" ", sentence.start, name.start):
        return None  # a title, too, has a space behind it
    if (
        kind == "person"
        and article.text.endswith(". ", sentence.start, name.start)
        and (rank := _rank(article, sentence.tokens, name)) is not None
    ):
        return rank
    if not _may_be_title(article, name, kind) or not sentence.may_hold(word_list(HEADS[kind])):
        return None
    tokens = sentence.tokens
    count = bisect_right(tokens.end, name.start)  # of tokens before the name
    comma = count > 0 and tokens.text[count - 1] == ","
    last = count - 2 if comma else count - 1
    if last < 0 or article.text[tokens.end[last] : name.start] != (", " if comma else " "):
        return None
    end = max(name.end, sentence.end)  # a name may hold what looks like the end of a sentence
    closed = not comma or _CLOSED_BEHIND.match(article.text, name.end, end) is not None
    head: int | None = last
    if not article.is_head(tokens, last, kind):
        head = _head_with_complement(article, tokens, last, comma=comma) if kind == "person" else None
    elif not closed:
        return None
    if head is None:
        return None
    begin = article.reach_left(tokens, head, loose=True)
    lead = [word for word in tokens.lower[max(0, begin - 3) : begin] if word not in ARTICLES]
    if not closed and lead and lead[-1] in ("to", "said", "says", "told"):
        return None  # "according to a spokesman, Doe …" names two people
    return tokens.start[begin], tokens.end[last]


@cache
def _head_endings(kind: str) -> frozenset[str]:
    return last_letters(word_list(HEADS[kind]))


def _may_be_title(article: Article, name: Name, kind: str) -> bool:
    """False where the word before a name rules out a title: it is no head and ends no complement."""
    text, at = article.text, name.start
    comma = text.endswith(", ", 0, at)
    if comma and kind == "person":
        return True
    if may_follow(text, at - 2 if comma else at, _head_endings(kind)):
        return True
    # Without a comma a complement ends in a capitalised word, or in one of a few that join such words.
    word = text[max(0, at - 20) : at - 1].rpartition(" ")[2]
    return kind == "person" and (word in _JOINING or not (word.isalpha() and word.islower()))


def _rank(article: Article, tokens: Tokens, name: Name) -> Span | None:
    """The "Lt. Gen." of "Lt. Gen. Jane Doe", with what describes it before."""
    index = count = bisect_right(tokens.end, name.start)
    while index > 1 and tokens.text[index - 1] == "." and tokens.text[index - 2] in word_list("ranks"):
        index -= 2
    if index == count or article.text[tokens.end[count - 1] : name.start] != " ":
        return None
    return tokens.start[article.reach_left(tokens, index, loose=True)], tokens.end[count - 1]


def _head_with_complement(article: Article, tokens: Tokens, last: int, *, comma: bool) -> int | None:
    """The head of "a professor at the university in Oslo, …" in the words before a name."""
    reach = 16 if comma else 7
    for index in range(last - 1, max(-1, last - reach), -1):
        first = tokens.text[index][0]
        stops = tokens.lower[index] in BREAKS or not (first.isalnum() or first in "'()")
        if stops and not article.in_name(tokens, index):
            return None
        if tokens.lower[index + 1] in PREPOSITIONS and article.is_head(tokens, index, "person"):
            rest = tokens.text[index + 2 : last + 1]
            proper = all(t[0].isupper() or t in _JOINING for t in rest)
            return index if comma or (rest and proper) else None
    return None


def _after(article: Article, name: Name, sentence_end: int, kind: str) -> Span | None:
    if kind == "organisation" and (span := _directly_after(article, name, sentence_end)):
        return span
    if not article.text.startswith(",", name.end):
        return None
    match = _APPOSITION.match(article.text, name.end, sentence_end)
    if not match or (kind == "state" and not _ARTICLE_LAST.search(match.group())):
        return None  # a list of states has no articles
    begin, end = match.end(), min(sentence_end, match.end() + 200)
    # Most often the first word shows that there is no title.
    tokens = article.tokens(begin, end, 2)
    if not tokens or not (_may_precede_head(article, tokens, 0, kind) or article.is_head(tokens, 0, kind)):
        return None
    tokens = article.tokens(begin, end)
    for index in range(min(9, len(tokens))):
        owns = index + 1 < len(tokens) and tokens.text[index + 1] == "'s"
        if article.is_head(tokens, index, kind) and not owns:
            return _apposition(article, tokens, article.last_head(tokens, index, kind))
        if not _may_precede_head(article, tokens, index, kind):
            return None
    return None


def _directly_after(article: Article, name: Name, sentence_end: int) -> Span | None:
    """The "news agency" of "the Xinhua news agency"."""
    if not article.text.startswith(" ", name.end):
        return None
    tokens = article.tokens(name.end, min(sentence_end, name.end + 40), 4)
    if not tokens or tokens.start[0] != name.end + 1:
        return None
    for index, text in enumerate(tokens.text):
        if article.is_head(tokens, index, "organisation"):
            end = tokens.end[index]
            return None if noun_goes_on(article.text, end) else (tokens.start[0], end)
        if text not in word_list("modifiers"):
            return None
    return None


def _apposition(article: Article, tokens: Tokens, head: int) -> Span | None:
    """The span of an apposition from its first token, or None where it is another's title."""
    if head + 1 < len(tokens) and article.text[tokens.end[head]] == " ":
        name = article.name_at.get(tokens.start[head + 1])
        proper = tokens.text[head + 1][0].isupper()
        if proper and (name is None or article.actor(name).type == "person"):
            return None
    return tokens.start[0], _end_of_complement(article, tokens, head)


def _may_precede_head(article: Article, tokens: Tokens, index: int, kind: str) -> bool:
    """Whether an apposition can go on over this token to its head."""
    text, lower = tokens.text[index], tokens.lower[index]
    name = article.name_at.get(tokens.start[index])
    if name is not None:
        owns = article.text.startswith("'s", name.end)
        return kind != "state" and (article.actor(name).type != "person" or owns)
    if lower in BREAKS or lower in PREPOSITIONS or not (text[0].isalnum() or text[0] == "'"):
        return False
    participle = index == 0 and text.islower() and text.endswith(("ed", "ing"))
    following = tokens.lower[index + 1] if index + 1 < len(tokens) else ""
    return not (participle and (following in ARTICLES or following in PREPOSITIONS))


def _end_of_complement(article: Article, tokens: Tokens, head: int) -> int:
    """Where a title ends: with its "of …", "at …", but without a comma, a clause or a participle."""
    end = tokens.end[head]
    if head + 1 >= len(tokens) or tokens.lower[head + 1] not in PREPOSITIONS:
        return end
    for index in range(head + 1, len(tokens)):
        lower = tokens.lower[index]
        joins = lower in ("and", "'s", "'", "&", "-")
        if not article.in_name(tokens, index) and not joins:
            if lower in BREAKS or not tokens.text[index][0].isalnum():
                break
            if _opens_clause(tokens, index):
                break
        if not joins:
            end = tokens.end[index]
    return end


def _opens_clause(tokens: Tokens, index: int) -> bool:
    """True for the participle of "a man known to police"; in "maker of armed drones" a noun follows it."""
    if not _PARTICIPLE.fullmatch(tokens.text[index]):
        return False
    following = tokens.lower[index + 1] if index + 1 < len(tokens) else ""
    return not following[:1].isalpha() or following in _NO_NOUNS

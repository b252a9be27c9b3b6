"""The words that names are built of and stand beside: tokens, states, titles, organisation words."""

import re
from functools import cache
from typing import NamedTuple

from .actors import institutions
from .countries import load_countries
from .gazetteer import british_and_american
from .matching import fold
from .paths import read_vocabulary
from .title_words import word_list

# "Sarn-based" is a name and what it does; "Jin-woo" and "Gulf-wide" are one word.
_JOINED = r"-(?!(?:based|born|led|backed|owned|run|made|listed|trained|educated|funded|controlled|held)\b)"
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:(?:'(?!s\b)|&|{_JOINED}|\.(?=[^\W\d_]{{2}}))[^\W_]+)*|'s\b|[^\w\s]"
)


class Token(NamedTuple):
    """A word or mark of a sentence, and where in it it stands."""

    text: str
    start: int
    end: int


@cache
def word_set(*keys: str) -> frozenset[str]:
    """The words of lists of ``data/candidates.toml`` together."""
    return frozenset(word for key in keys for word in read_vocabulary("candidates")[key])


@cache
def state_names() -> dict[tuple[str, ...], tuple[str, str]]:
    """Each way to name a state, word by word: which one; its name, adjective, capital or people."""
    ways: dict[tuple[str, ...], tuple[str, str]] = {}
    for country in load_countries().values():
        for form, names in (
            ("people", country.peoples), ("capital", country.capitals), ("adjective", country.adjectives),
            ("name", (country.name, *country.aliases)),
        ):  # fmt: skip
            for name in names:
                ways[tuple(t.text for t in split_tokens(fold(name)))] = (country.name, form)
    return ways


def split_tokens(text: str) -> list[Token]:
    """Split a folded text into words and marks."""
    return [Token(m[0], *m.span()) for m in _TOKEN.finditer(text)]


def is_capital(word: str) -> bool:
    """Say whether a word begins a name: "Doe", "al-Doe", "d'Estaing".

    Examples
    --------
    >>> [is_capital(w) for w in ("Doe", "al-Doe", "d'Or", "doe")]
    [True, True, True, False]
    """
    return word[0].isupper() or re.match(r"(?:al|el|ul|d|l|de)[-'][^\W\d_a-z]", word) is not None


def in_capitals(text: str, *, heading: bool = False) -> bool:
    """True for a line in title case or in capitals, where a capital tells nothing.

    Examples
    --------
    >>> in_capitals("Foreign Minister Flies To Geneva"), in_capitals("A foreign minister flew to Geneva")
    (True, False)
    """
    if text.rstrip().endswith((".", ",", ";")):
        return text.isupper()
    words = re.findall(r"[^\W\d_]{4,}", text)
    capitals = sum(w[0].isupper() for w in words)
    # A heading of three words tells as much as a sentence of more.
    return (len(words) > 3 and capitals >= 0.75 * len(words)) or (heading and 2 < len(words) == capitals)


def state_at(tokens: list[Token], at: int, stop: int) -> tuple[int, str, str] | None:
    """The state that the words from here on name: how many words, which, in what form."""
    for length in range(min(6, stop - at), 0, -1):
        if state := state_names().get(tuple(t.text for t in tokens[at : at + length])):
            return (length, *state)
    return None


def is_body(tokens: list[Token]) -> bool:
    """Say whether words name an organisation that is no ministry or force of a state."""
    words = [t.text for t in tokens if t.text[0].isalnum()]
    if not words:
        return False
    plain = british_and_american(" ".join(words[1:]).lower())
    if any(form in plain for body in institutions().values() for form in body["forms"]):
        return False
    inner = word_set("organisation_words")
    if words[-1] in word_set("surnames_too") and is_title(words[0]):
        return False
    return words[-1] in inner | word_set("media_words") or ("of" in words and any(w in inner for w in words))


def is_organisation_name(name: str) -> bool:
    """Say whether a name has the words of an organisation's: "Acme Holdings", "Bank of Borduria".

    Examples
    --------
    >>> is_organisation_name("Acme Holdings"), is_organisation_name("Jane Doe")
    (True, False)
    """
    first, last = name.split(maxsplit=1)[0], name.rsplit(maxsplit=1)[-1]
    if first != name and (first in word_set("before_organisation") or re.fullmatch("[A-Z]{3,5}", first)):
        return True
    listed = word_set("media_words", "organisation_words", "firm_words", "legal_forms")
    return last in listed or is_body(split_tokens(fold(name)))


def is_title(word: str) -> bool:
    """Say whether a word, in any case, can be the last of a title, or is an honorific."""
    honorifics = word_list("honorifics", "ranks") | word_set("foreign_honorifics", "before_name")
    return word.lower().removeprefix("ex-") in word_list("person_heads") or word in honorifics


def role_words(tokens: list[Token]) -> str:
    """A role in small letters, without honorifics, articles and marks: "foreign minister"."""
    left_out = word_list("honorifics", "ranks") | word_set("foreign_honorifics") | {"the", "a", "an"}
    return " ".join(t.text.lower() for t in tokens if t.text[0].isalpha() and t.text not in left_out)


def without_modifiers(tokens: list[Token], at: int, head: int) -> int:
    """Where the title begins that ends at its head: over "Deputy Foreign" to the left."""
    left = head
    while left > at and (
        tokens[left - 1].text.lower() in word_list("modifiers", "person_heads")
        or tokens[left - 1].text in (".", "of", "for", "the", "and")
        or tokens[left - 1].text in word_list("honorifics", "ranks")
    ):
        left -= 1
    return left

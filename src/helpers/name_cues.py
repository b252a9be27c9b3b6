"""What stands around a name and says what it can be: a role, an age, a kind of body, a place."""

import re
from functools import cache

from .countries import territories
from .name_words import (
    Token,
    is_capital,
    role_words,
    split_tokens,
    state_at,
    without_modifiers,
    word_set,
)
from .title_words import word_list

_APPOSED = re.compile(
    r", (?:(?:a|an|the|his|her|its|their|also|now|then|former|formerly|who is|who was) )*([^,.;:\x1e]{3,90})"
)


_AGE = re.compile(r", (?:aged )?\d{1,3}(?=,|\.|;| –| —|$)|,? \(\d{1,3}\)")
# What stands directly behind a name, and what it speaks for; "not the person": the name is another's.
_BEHIND = {
    "not_the_person": "not the person",
    "place_nouns": "place noun",
    "of_a_firm": "firm",
}
_OWNS_AS_FIRM = re.compile(
    r"(?:'s|') (?:\w+ )?(?:chief executive|CEO|board|shares|headquarters|spokes\w+|subsidiary)\b"
)


def look_around(text: str, tokens: list[Token], at: int, stop: int) -> tuple[list[str], str, str]:
    """Give the cues before and after a name, and the role and the state or body it is described with."""
    cues, role, owner = _before(tokens, at)
    before = tokens[at - 1].text.lower() if at else ""
    following = tokens[stop].text if stop < len(tokens) else ""
    if before in word_set("sayers") or following in word_set("sayers"):
        cues.append("says")
    cues += [cue for key, cue in _BEHIND.items() if following in word_set(key)]
    if following.islower() and following in word_list("person_heads"):
        cues.append("employs")
    if "not the person" in cues and "the" in cues:
        cues.remove("the")  # the article of "the Doe family" is the family's
    after = text[tokens[stop - 1].end :]
    if _OWNS_AS_FIRM.match(after):
        cues.append("firm")
    if after.startswith("-based"):
        cues.append("in")
    if (
        before == "at"
        and at > 1
        and tokens[at - 2].text.lower().removesuffix("s") in word_list("person_heads")
    ):
        cues.append("employs")  # "an analyst at Acme"
    governed = tokens[at - 2].text.lower().removesuffix("s") if at > 1 and before == "of" else ""
    if governed in word_set("place_nouns"):
        cues.append("place noun")
    if before in ("in", "at", "near", "from") or governed in _governed():
        return cues, role, owner  # what follows in "the mayor of Sarn, who …" is not said of Sarn
    if following == "of" and not owner:  # "Prime Minister Doe of Norway"
        at_state = stop + 1 + (stop + 1 < len(tokens) and tokens[stop + 1].text == "the")
        owner = _state_from(tokens, at_state)
    more, described, apposed = _behind(after)
    return cues + more, role or described, owner or apposed


def _before(tokens: list[Token], at: int) -> tuple[list[str], str, str]:
    """What the word before a name says of it, the role it is a part of, and the state whose that is."""
    before = tokens[at - 1].text if at else ""
    lower = before.lower()
    if before.islower() and lower in word_list("person_heads"):
        left = without_modifiers(tokens, max(0, at - 6), at - 1)
        return ["title"], role_words(tokens[left:at]), _state_before(tokens, left)
    if before.islower() and lower in word_list("organisation_heads"):
        return ["kind of body"], "", ""
    if lower in word_set("place_prepositions"):
        return ["in"], "", ""
    if lower == "the":
        return ["the"], "", ""
    if before == "," and at > 1 and tokens[at - 2].text in word_list("person_heads"):
        left = without_modifiers(tokens, max(0, at - 7), at - 2)
        return ["apposition"], role_words(tokens[left : at - 1]), _state_before(tokens, left)
    return [], "", ""


def _state_before(tokens: list[Token], at: int) -> str:
    """The state whose name or adjective ends before a role: "the Norwegian foreign minister"."""
    at -= at > 0 and tokens[at - 1].text == "'s"
    for length in (3, 2, 1):
        found = state_at(tokens, at - length, at) if at >= length else None
        if found and found[0] == length:
            return found[1]
    return ""


def _state_from(tokens: list[Token], at: int) -> str:
    found = state_at(tokens, at, len(tokens)) if at < len(tokens) else None
    return found[1] if found else ""


@cache
def _governed() -> frozenset[str]:
    """What is governed or lies in a place: the "mayor" and the "villages" of Sarn."""
    return word_list("person_heads") | word_set("place_nouns")


def _behind(after: str) -> tuple[list[str], str, str]:
    """What the words behind a name say of it: an age, "who", an apposition, an acronym, a country."""
    if age := _AGE.match(after):
        cues, role, owner = _behind(after[age.end() :])
        return ["age", *cues], role, owner
    if re.match(r",? who\b|,? whom\b", after):
        return ["who"], "", ""
    if re.match(r",? which\b", after):
        return ["which"], "", ""
    if short := re.match(r" \((?:the )?[\"“'‘]?([A-Z][A-Za-z&.-]{1,9})[\"”'’]?\)", after):
        return [f"acronym {short[1]}"], "", ""
    match = _APPOSED.match(after)
    if not match:
        return [], "", ""
    tokens = split_tokens(match[1])
    state = state_at(tokens, 0, len(tokens))
    if state and state[2] == "name" and (state[0] == len(tokens)):
        return ["city"], "", state[1]
    if match[1].rstrip(".") in territories() | word_set("us_states"):
        return ["city"], "", ""
    for index, token in enumerate(tokens[:9]):
        word = token.text
        if word in ("of", "at", "for", "in", "who", "which", "and", "with", "said") and index:
            break
        if word.lower() in word_list("person_heads"):
            left = without_modifiers(tokens, 0, index)
            return ["apposition"], role_words(tokens[left : index + 1]), _owner(tokens, index)
        owns = index + 1 < len(tokens) and tokens[index + 1].text == "'s"
        if word in word_list("organisation_heads") and not owns:
            return ["body apposition"], "", state[1] if state else ""
    return [], "", ""


def _owner(tokens: list[Token], head: int) -> str:
    """Whom the head of an apposition belongs to: "Norway's prime minister", "a spokesman for Acme"."""
    for at in range(head):
        if state := state_at(tokens, at, head):
            return state[1]
    if head + 1 < len(tokens) and tokens[head + 1].text in ("of", "for", "at"):
        at = head + 2 + (head + 2 < len(tokens) and tokens[head + 2].text == "the")
        if at < len(tokens):
            if state := state_at(tokens, at, len(tokens)):
                return state[1]
            end = at
            while end < len(tokens) and (
                is_capital(tokens[end].text) or (tokens[end].text in ("of", "for", "&") and end > at)
            ):
                end += 1
            return " ".join(t.text for t in tokens[at:end])
    return ""

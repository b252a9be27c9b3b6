"""Names in the text: whom each stands for, with short names, ministries and nested states."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from .actors import institutions
from .calendar_words import WEEKDAYS
from .gazetteer import ADJECTIVE, ARTICLE, BARE_BODY, BODY, CAPITAL, NAME, PEOPLE, SHORT, Gazetteer
from .matching import fold
from .short_names import choose_short_names, find_variants
from .spans import Name, last_letters, may_follow, noun_goes_on, overlaps
from .title_words import titles

_STATE_FORMS = (NAME, ARTICLE, ADJECTIVE, CAPITAL)
_FULL_FORMS = (NAME, ADJECTIVE, CAPITAL, PEOPLE)
_CAPITAL_BEHIND = re.compile(r" ([A-Z]\w+)")
_THE_BEFORE = re.compile(r"\b[Tt]he (?:[\w.-]+ )?$|\bTHE $")
_OF_STATE = re.compile(r"(?:'[sS]?)? $")
_OFFICE_BEHIND = re.compile(r" (?:Minister|Secretary)\b")
_OF_BEHIND = re.compile(r" of (?:the )?")
_PEOPLE_BEHIND = re.compile(r" (?:people|peoples|population|public)\b")
_LINE_END = re.compile(r"[\n\x1e]")
_DATELINE = re.compile(r"[A-Z][^.()]*\((?:[\w ]+/)?")
_AGENCY_BEHIND = re.compile(r"(?:/[\w ]+)?\) ?[–—-]")
_WORD_BEHIND = re.compile(r"[ -]\w")
_LANGUAGE_BEFORE = re.compile(
    r"\b(?:sp[eo]a?ke?\w*|fluent|learn\w*|translat\w+(?: in)?to|in|from) (?:\w+ )?$"
)
_JOINED = re.compile(r" (?:and|or) $")


def find_names(texts: Sequence[str], gazetteer: Gazetteer) -> list[list[Name]]:
    """Find the names in each text, in the order of the text.

    Parameters
    ----------
    texts : sequence of str
        Raw texts, or texts with what does not count replaced one character for one.
    gazetteer : Gazetteer
        Whom to look for.

    Returns
    -------
    list of list of Name
        One list a text; `resolve_names` has the rules.
    """
    hits = gazetteer.matcher.find(texts)
    found: list[list[tuple[int, int, str, str]]] = [[] for _ in texts]
    for text, start, end, phrase in zip(
        *(a.tolist() for a in (hits.text, hits.start, hits.end, hits.phrase)), strict=True
    ):
        found[text] += [(start, end, form, key) for form, key in gazetteer.by_phrase[phrase]]
    return [resolve_names(fold(text), of_text, gazetteer) for text, of_text in zip(texts, found, strict=True)]


def resolve_names(text: str, hits: list[tuple[int, int, str, str]], gazetteer: Gazetteer) -> list[Name]:
    """Say which occurrences in one folded text are names, and of whom.

    Rules, in this order: an alias with "the" needs its article or a possessive; a state and a state
    body beside it make the body's name; the longest name at the leftmost place wins; a state's name or
    adjective inside a longer name that is not a person's keeps a row of its own; a person's name in
    a square's, a prize's or an administration's name is none; a short name counts for the one person
    of the article it can mean.
    """
    of_form: dict[str, list[Name]] = defaultdict(list)
    for start, end, form, key in hits:
        of_form[NAME if form in _FULL_FORMS else form].append(Name(start, end, key, form))
    full = of_form[NAME]
    full += [n for n in of_form[ARTICLE] if _has_article(text, n.start, n.end)]
    of_states = [n for n in full if n.form in _STATE_FORMS and gazetteer.actors[n.actor_id].type == "state"]
    # The longest of those that end, or begin, at one place comes last and stays.
    states = {n.end: n for n in sorted(of_states, key=lambda n: -n.start)}
    starts = {n.start: n for n in sorted(of_states, key=lambda n: n.end)}
    bodies = [(n.start, n.end, n.actor_id) for n in of_form[BODY]]
    full += _state_bodies(text, bodies, states, starts)
    full = _longest(full, gazetteer)
    full += _bare_bodies(text, bodies, full, gazetteer)
    absorbed = {n for n in full if _absorbed(text, n, gazetteer)}
    full = _longest(set(full) - absorbed, gazetteer)
    full += _shared_endings(text, full, gazetteer)
    shorts = of_form[SHORT]
    variants, more = find_variants(text, shorts, [*full, *absorbed], gazetteer)
    full += [n for n in variants if not _absorbed(text, n, gazetteer)]
    names = [n for n in full if n.form != PEOPLE]
    names += choose_short_names(text, shorts + more, full, [*absorbed, *variants], gazetteer)
    names = [_with_honorific(text, n, gazetteer) for n in names]
    return sorted(names, key=lambda n: (n.start, -n.end))


def _has_article(text: str, start: int, end: int) -> bool:
    """True for "the North" and "North's", not for "the North Pole"."""
    goes_on = _CAPITAL_BEHIND.match(text, end, end + 30)
    if goes_on and goes_on[1].lower() not in WEEKDAYS:
        return False
    before = text[max(0, start - 40) : start]
    if _THE_BEFORE.search(before):
        return True
    return text[end : end + 2].lower() == "'s"


def _state_bodies(
    text: str, bodies: list[tuple[int, int, str]], states: dict[int, Name], starts: dict[int, Name]
) -> list[Name]:
    """Join a body to its state: "Norway's navy", "US Air Force", "the Ministry of Defence of India"."""
    found = []
    for start, end, key in bodies:
        before = _OF_STATE.search(text[max(0, start - 3) : start])
        state = states.get(start - len(before.group())) if before else None
        attribute = before and before.group() == " " and _is_attribute(text, start, end, key)
        if state and not attribute and not _OFFICE_BEHIND.match(text, end, end + 12):
            found.append(Name(state.start, end, f"{state.actor_id}_{key}", BODY))
            continue
        after = _OF_BEHIND.match(text, end)
        state = starts.get(after.end()) if after else None
        if state and state.form != ADJECTIVE:
            found.append(Name(start, state.end, f"{state.actor_id}_{key}", BODY))
    return found


def _is_attribute(text: str, start: int, end: int, key: str) -> bool:
    """True in "military ties" or "government officials": the body only describes another noun."""
    attributive = institutions()[key].get("attributive") and text[start].islower()
    return bool(attributive) and noun_goes_on(text, end)


def _bare_bodies(
    text: str, bodies: list[tuple[int, int, str]], full: list[Name], gazetteer: Gazetteer
) -> list[Name]:
    """Read "the army" as the one that the text named with its state last, or as the main state's."""
    taken = sorted((n.start, n.end) for n in full if not n.nested)
    named_before: dict[str, list[Name]] = defaultdict(list)
    for name in full:
        named_before[gazetteer.actors[name.actor_id].institution].append(name)
    state = main_state(full, gazetteer)
    found = []
    for start, end, key in bodies:
        definite = text[max(0, start - 4) : start].lower() == "the "
        proper = text[start].isupper() and " " in text[start:end]
        if not (definite or proper) or overlaps(taken, start, end) or noun_goes_on(text, end):
            continue
        before = bisect_right(named_before[key], start, key=lambda n: n.end)
        same = named_before[key][before - 1].actor_id if before else ""
        actor_id = same or (f"{state}_{key}" if state and definite else "")
        if actor_id:
            found.append(Name(start, end, actor_id, BODY if proper else BARE_BODY))
    return found


def main_state(names: Iterable[Name], gazetteer: Gazetteer) -> str:
    """The state that an article is about: named twice as often as any other, or "".

    In such an article "the army" is that state's, and "the country" is that state.
    """
    counts = Counter(n.actor_id for n in names if gazetteer.actors[n.actor_id].type == "state")
    (first, n), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return first if n >= 2 * second else ""


def _longest(names: Iterable[Name], gazetteer: Gazetteer) -> list[Name]:
    """Leftmost-longest; what lies inside a longer name stays only if it says whose that is."""
    kept: list[Name] = []
    outer: Name | None = None
    for name in sorted(set(names), key=lambda n: (n.start, -n.end, n.form != BODY, n.form, n.actor_id)):
        if outer is None or name.start >= outer.end:
            kept.append(name)
            outer = name
        elif name.end <= outer.end and (name.start, name.end) != (outer.start, outer.end):
            holder, inner = gazetteer.actors[outer.actor_id], gazetteer.actors[name.actor_id]
            says_whose = inner.type == "state" and holder.type not in ("person", "state", "bloc")
            inside_kept = any(k.nested and k.start <= name.start and name.end <= k.end for k in kept[-3:])
            if says_whose and not inside_kept:
                kept.append(name._replace(nested=True))
    return kept


@cache
def _goes_on_as(*lists: str) -> re.Pattern[str]:
    words = "|".join(word for key in lists for word in titles()[key])
    gap = r"(?: (?:[Ii]nternational|[Cc]entral|[Nn]ational|[A-Z]\w+)){0,2}"
    return re.compile(rf"{gap} (?P<kind>(?i:{words}))\b")


def is_facility(text: str, end: int) -> bool:
    """True where the name that ends here goes on as an airport's, a square's or a university's.

    Examples
    --------
    >>> is_facility("Oslo international airport", 4), is_facility("Oslo agreed", 4)
    (True, False)
    """
    return _goes_on_as("facilities").match(text, end) is not None


def _absorbed(text: str, name: Name, gazetteer: Gazetteer) -> bool:
    """A person in "… Square" or "… administration", a state in "US$", an adjective in "the … people"."""
    if name.form == ADJECTIVE and _is_language(text, name):
        return True
    if name.form == ADJECTIVE:
        return _PEOPLE_BEHIND.match(text, name.end, name.end + 12) is not None
    if _in_dateline(text, name):
        return True
    if gazetteer.actors[name.actor_id].type != "person":
        return text.startswith(("$", " $"), name.end)
    match = _goes_on_as("facilities", "named_after").match(text, name.end)
    return match is not None and (match["kind"][0].isupper() or match.group() == " administration")


def _in_dateline(text: str, name: Name) -> bool:
    """True for the agency of "PARIS (AFP) –": it says who sends the text."""
    if not _AGENCY_BEHIND.match(text, name.end, name.end + 20):
        return False
    line = _LINE_END.split(text[max(0, name.start - 50) : name.start])[-1]
    return len(line) < 50 and _DATELINE.fullmatch(line) is not None


def _is_language(text: str, name: Name) -> bool:
    """True in "speaks good Turkish" and "said in French"."""
    if _WORD_BEHIND.match(text, name.end):
        return False
    return _LANGUAGE_BEFORE.search(text[max(0, name.start - 40) : name.start]) is not None


def _shared_endings(text: str, full: list[Name], gazetteer: Gazetteer) -> list[Name]:
    """The "North" of "North and South Sudan"."""
    found: list[Name] = []
    starts = {n.start for n in full}
    for name in full if gazetteer.shared_endings else ():
        if not _JOINED.search(text[max(0, name.start - 6) : name.start]):
            continue
        offset = max(0, name.start - 40)
        before = text[offset : name.start]
        ending = gazetteer.actors[name.actor_id].name.rpartition(" ")[2]
        for first, actor_id in gazetteer.shared_endings.get(ending, {}).items():
            match = re.search(rf"\b{re.escape(first)}(?={_JOINED.pattern})", before)
            taken = match is not None and offset + match.start() in starts
            if match and not taken and name.form in (NAME, ADJECTIVE) and actor_id != name.actor_id:
                found.append(Name(offset + match.start(), offset + match.end(), actor_id, name.form))
    return found


@cache
def _honorific() -> tuple[frozenset[str], re.Pattern[str]]:
    words = titles()["honorifics"]
    return last_letters(words), re.compile(rf"\b(?:{'|'.join(words)})\.? $")


def _with_honorific(text: str, name: Name, gazetteer: Gazetteer) -> Name:
    if gazetteer.actors[name.actor_id].type != "person":
        return name
    endings, pattern = _honorific()
    if not may_follow(text, name.start, endings):
        return name
    match = pattern.search(text[max(0, name.start - 8) : name.start])
    return name._replace(start=name.start - len(match.group())) if match else name

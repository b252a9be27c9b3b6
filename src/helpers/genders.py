"""Who is called he and who she: from an entry, from titles and roles in the texts, from first names."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .actors import Actor
from .first_names import full_name_gender
from .noun_phrases import gendered_nouns
from .persons import Person, Row, gender

_THEY_BEFORE = re.compile(r"\bMx\.? ?$")
_THEY_BEHIND = re.compile(r"[^.;]{0,80}\bthey/them\b")
_OF_PRONOUN = {"he": "m", "she": "f", "they": "they"}


def unlisted_key(name: str) -> str:
    """By what a person whom no actor covers is known in an article: "?" and the surname.

    Examples
    --------
    >>> unlisted_key("Eva Lind")
    '?lind'
    """
    return "?" + name.rsplit(maxsplit=1)[-1].lower()


def called(text: str, start: int, end: int) -> str:
    """Whether a person named at a place is called he (m), she (f) or they, by title, role or pronouns given.

    Examples
    --------
    >>> called("Mx. Roe left.", 4, 7), called("Jo Roe (they/them) left.", 0, 6), called("Ms. Roe left.", 4, 7)
    ('they', 'they', 'f')
    """
    if _THEY_BEFORE.search(text[max(0, start - 5) : start]) or _THEY_BEHIND.match(text, end):
        return "they"
    return "they" if text.startswith("Mx", start) else gender(text, start, end)


def learn_genders(
    actors: Mapping[str, Actor], articles: Iterable[tuple[str, Sequence[Row]]]
) -> dict[str, str]:
    """Say who of the listed persons is called he (m), she (f) or they, as far as it is known.

    Parameters
    ----------
    actors : mapping of str to Actor
        The gazetteer.
    articles : iterable of (str, sequence of Row)
        Each article's folded text and mentions.

    Returns
    -------
    dict of str to str
        By actor id; who is missing is not known.

    Notes
    -----
    The entry's own ``gender`` decides; else what most titles and roles beside the person's mentions in the
    corpus say ("Ms.", "the spokesman"); else the first name (see `helpers.first_names.full_name_gender`).

    Examples
    --------
    >>> eva, jo = Actor("eva", "Eva Lind", "person"), Actor("jo", "Jo Roe", "person")
    >>> learn_genders({"eva": eva, "jo": jo}, [("Mr. Roe left.", [Row(4, 7, "jo", "named", "actor")])])
    {'eva': 'f', 'jo': 'm'}
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for text, rows in articles:
        for row in rows:
            if actors[row.actor_id].type != "person":
                continue
            words = text[row.start : row.end].lower().split()
            said = (
                called(text, row.start, row.end)
                if row.kind == "named"
                else gendered_nouns().get(words[-1], "")
            )
            if said:
                votes[row.actor_id][said] += 1
    genders = {}
    for actor in actors.values():
        if actor.type == "person":
            found = _OF_PRONOUN.get(actor.gender) or majority(votes[actor.id]) or full_name_gender(actor.name)
            if found:
                genders[actor.id] = found
    return genders


def unlisted_genders(text: str, persons: Sequence[Person]) -> dict[str, str]:
    """Say the same of the persons of one article whom no actor covers, by `unlisted_key`.

    A title beside any of their mentions decides, else the first name.

    Examples
    --------
    >>> text = "Jo Roe met Eva Lind. Mr. Roe left."
    >>> unlisted_genders(text, [Person(0, 6, ""), Person(11, 19, ""), Person(25, 28, "")])
    {'?roe': 'm', '?lind': 'f'}
    """
    titled: dict[str, Counter[str]] = defaultdict(Counter)
    named: dict[str, str] = {}
    for person in persons:
        name = text[person.start : person.end]
        key = unlisted_key(name)
        if said := gender(text, person.start, person.end):
            titled[key][said] += 1
        named[key] = named.get(key) or full_name_gender(name)
    genders = {key: majority(titled[key]) or named[key] for key in named}
    return {key: found for key, found in genders.items() if found}


def majority(votes: Counter[str]) -> str:
    """What more than half of the votes say, or "".

    Examples
    --------
    >>> majority(Counter("mmf")), majority(Counter("mf"))
    ('m', '')
    """
    return next((found for found, n in votes.items() if 2 * n > votes.total()), "")

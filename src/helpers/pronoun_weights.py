"""How likely a phrase is what a pronoun stands for: one number a rule."""

import re
from typing import NamedTuple

from .antecedents import BEHIND, INSIDE, OBJECT, OWNER, PLACE, SUBJECT, Antecedent
from .noun_phrases import BODY, PERSON, THING
from .pronoun_words import Pronoun

REACH = 5  # sentences back
NEARNESS = (1.0, 0.65, 0.4, 0.25, 0.15, 0.1)  # by sentences back
# What a candidate's weight is the product of. Chosen by hand, then by trying a third more and less of each on
# two of the bundled articles, fifteen invented and sixty business articles: most stand on a plateau there.
WEIGHTS = {
    # where it stands in its clause
    SUBJECT: 1.0, OBJECT: 0.55, BEHIND: 0.55, OWNER: 0.45, PLACE: 0.3, INSIDE: 0.2,
    # what the pronoun is to it
    "subject of its clause": 1.5,  # "Roe praised her own work"; twice that for "herself"
    "named right before": 3.0,  # "Roe and his wife", "Acme over its plan"
    "named behind it": 1.5,  # "In his speech, Roe said"
    "spoken of": 2.0,  # "He is able," Doe said of Roe
    "spoke last": 1.5,  # "…," he said
    "both subjects": 1.15,
    # where it comes from
    "paragraph": 0.6,  # for each paragraph back, two at the most
    "headline": 0.4,  # for a pronoun in the text below
    "in a quotation": 0.5,  # for a pronoun that is not in it
    "pronoun": 0.9,
    "without a name": 0.8,  # a noun, or a person whom no actor covers
    "gender not known": 0.6,
    "thing": 0.75,
    "one body": 0.4,  # they, for one organisation
    "one person": 0.3,  # they, for a person of whom no gender is known
    "again": 0.15,  # what each further phrase for the same adds, as a share of its weight
    "nobody": 0.1,  # what stands against a lone candidate
}  # fmt: skip
_JOINED = re.compile(r" (?:in|with|over|for|about|to|on|at|and) ")


class Place(NamedTuple):
    """A pronoun with what is looked up once for all its candidates."""

    pronoun: Pronoun
    clause: int  # where its clause begins
    relative: int  # where the one of "Roe, who wears his watch" begins, or -1
    spoke_last: str  # who did, if the pronoun is who goes on speaking


class Distance(NamedTuple):
    """How far a candidate is from a pronoun, and whether only the candidate is in a headline."""

    sentences: int
    paragraphs: int
    from_headline: bool


def weigh(place: Place, candidate: Antecedent, distance: Distance, between: str) -> tuple[float, str]:
    """Say how likely a candidate is by where it stands, and the rule that says most for it.

    Parameters
    ----------
    place : Place
        The pronoun.
    candidate : Antecedent
        The candidate.
    distance : Distance
        How far apart they are.
    between : str
        The text between them; "" where the candidate comes behind.

    Returns
    -------
    (float, str)
        The weight, without what `fits` says, and the reason.
    """
    pronoun, far = place.pronoun, distance.sentences
    ahead = candidate.start > pronoun.start
    if ahead and pronoun.quote >= 0:
        return WEIGHTS["spoken of"], "spoken of"
    weight = NEARNESS[far] * WEIGHTS["paragraph"] ** min(2, distance.paragraphs)
    if distance.from_headline:
        weight *= WEIGHTS["headline"]
    if ahead:
        return weight * WEIGHTS["named behind it"], "named behind it"
    if candidate.start == place.relative:
        return weight * WEIGHTS["subject of its clause"], "subject of its clause"
    weight *= WEIGHTS[candidate.role]
    if pronoun.case == "owner" and _JOINED.fullmatch(between):
        return weight * WEIGHTS["named right before"], "named right before"
    where = ["same sentence", "sentence before"][far] if far < 2 else f"{far} sentences before"
    reason = f"{candidate.role}, {where}"
    if candidate.role == SUBJECT and pronoun.case == "subject":
        weight *= WEIGHTS["both subjects"]
    elif (
        candidate.role == SUBJECT
        and pronoun.case != "object"
        and far == 0
        and candidate.clause == place.clause
    ):
        weight *= WEIGHTS["subject of its clause"] * (2 if pronoun.case == "self" else 1)
        reason = "subject of its clause"
    if place.spoke_last in candidate.keys:
        weight *= WEIGHTS["spoke last"]
        reason = "spoke last"
    if candidate.quote not in (-1, pronoun.quote):
        weight *= WEIGHTS["in a quotation"]
    return weight, reason


def fits(form: str, candidate: Antecedent) -> float:
    """Say how well number, gender and kind of a phrase fit a pronoun: 0 for not at all, 1 for wholly.

    Examples
    --------
    >>> roe = Antecedent(0, 3, ("roe",), PERSON, False, "f", SUBJECT, 0, -1, (0, 3))
    >>> fits("she", roe), fits("he", roe), fits("he", roe._replace(gender=""))
    (1.0, 0.0, 0.6)
    """
    fit = WEIGHTS["without a name"] if candidate.keys[0].startswith("?") else 1.0
    if form in ("he", "she"):
        if candidate.kind != PERSON or candidate.many:
            return 0.0
        if not candidate.gender:
            return fit * WEIGHTS["gender not known"]
        return fit if candidate.gender == ("m" if form == "he" else "f") else 0.0
    if candidate.kind == THING:
        fit *= WEIGHTS["thing"]
    if form == "it":
        return 0.0 if candidate.kind == PERSON or candidate.many else fit
    if candidate.many:
        return fit
    if candidate.kind == PERSON:
        alone = 0.0 if candidate.gender or candidate.keys[0].startswith("?") else WEIGHTS["one person"]
        return fit if candidate.gender == "they" else alone
    return fit * WEIGHTS["one body"] if candidate.kind == BODY else 0.0

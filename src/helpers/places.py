"""Actor or place: whether a state acts in a sentence or is only where something happens."""

import re

from .names import Gazetteer, Name, is_facility

# Where something happens, is or goes to.
_WHERE = r"in|into|inside|within|at|near|outside|across|around|throughout|over|beyond|via|downtown|onto|toward|towards"
_MOVES = (
    r"ent(?:er|ers|ered|ering)|reach(?:es|ed|ing)?|arriv(?:e|es|ed|ing)(?: back)?|leav(?:e|es|ing)|left|"
    r"fled|flee(?:s|ing)?|tour(?:s|ed|ing)?|cross(?:es|ed|ing)?|approach(?:es|ed|ing)?"
)
# Nouns and verbs whose "to" or "towards" has a receiver, not a destination.
_GIVES = (
    r"giv\w+|gave|provid\w+|suppl\w+|sold|sell\w*|sale|sales|export\w*|deliver\w*|transfer\w*|offer\w*|grant\w*|lend\w*|"
    r"lent|support\w*|aid\w*|assist\w*|help\w*|arms|weapons|ammunition|missiles|rockets|shells|munitions|letter|letters|"
    r"message\w*|invit\w+|respon[sd]\w*|repl\w+|answer\w*|threat\w*|warning\w*|warn\w*|appeal\w*|commit\w*|pledg\w+|"
    r"promis\w+|loyal\w*|all(?:y|ies|ied)|clos\w+|challenge\w*|outreach|reach(?:es|ed|ing)? out|tribute|thanks?|"
    r"grat\w+|apolog\w+|hostil\w*|defiance|attitude|policy|approach|stance|relation\w*|similar|compared|thank\w*|"
    r"accord\w+|belong\w*|speak\w*|spoke|talk\w*|listen\w*|said|told|important|threaten\w*|opposed|opposition|due|"
    r"pressure|sympath\w+|friend\w*|harm\w*|damage\w*|damaging|loss\w*|lost|concession\w*|access|sanctions?"
)
_TO = re.compile(r"\b(?:to|towards?) (?:the |both |neighbou?ring )?$")
_GIVEN_TO = re.compile(
    rf"\b(?:{_GIVES})\b[^.;:\x1e]{{0,40}}\b(?:to|towards?) (?:the |both )?$", re.IGNORECASE
)
_GOES_TO = re.compile(
    r"\b(?:visit\w*|trip\w*|travel\w*|came|come|coming|go|goes|going|went|fl(?:ew|y|ies|ying|ight)\w*|return\w*|tour\w*|"
    r"journey\w*|mission\w*|delegation\w*|mov(?:e|ed|ing)|deploy\w*|sen[dt]\w*|dispatch\w*|back|invit\w+ \w+|"
    r"welcom\w+|minister|envoy|ambassador|head(?:s|ed|ing))\b[^.;:\x1e]{0,25}\bto (?:the )?$",
    re.IGNORECASE,
)
_IN = re.compile(rf"\b(?:{_WHERE}|{_MOVES}) (?:the |both |neighbou?ring |north(?:ern)? |south(?:ern)? |east(?:ern)? |"
                 r"west(?:ern)? |central |nearby |capital |city of |capital,? )*$", re.IGNORECASE)  # fmt: skip
_NO_MOTION = re.compile(
    r"\b(?:interest\w*|confiden\w+|trust\w*|faith|belie\w+|aggress\w+|hope\w*|invest\w*|anger\w*|hostil\w+|defian\w+) "
    r"(?:in|at|toward|towards) (?:the )?$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"(?:^|\x1e|\n)[^\x1e\n]{0,40}?$")
_DATELINE_REST = re.compile(
    r"(?:, [A-Z][\w. ]{2,25})?(?:, \w+\.? \d{1,2})?(?: \([\w/ .-]{2,20}\))? (?:—|–|--|-) "
)
_PLACE_TAIL = re.compile(r"[ -]based\b")
_FROM = re.compile(r"\b(?:return\w*|c[oa]m(?:e|es|ing)|arriv\w+|fl(?:ew|y|ying)\w*|travel\w*|report(?:s|ed|ing)?|live|"
                   r"broadcast\w*|flee\w*|fled|back|away|miles|kilomet(?:re|er)s|km) from (?:the )?$", re.IGNORECASE)  # fmt: skip
_NOUN_FOLLOWS = re.compile(
    r" (?!(?:is|are|was|were|has|have|had|will|would|can|could|may|might|and|or|but|nor|in|on|at|to|for|from|by|with|"
    r"of|as|than|that|which|who|where|when|while|after|before|during|since|until|if|because|this|last|next|late|early|"
    r"earlier|later|over|under|about|against|amid|despite|through|without|also|not|now|then|the|a|an|its|their|his|"
    r"her|ahead|alongside|along|together|today|yesterday|tomorrow|tonight|again|soon|said|says|where|wants?|\w+ly|"
    r"\w+ed|\w+ing|[A-Z]\w+day|[JFMASOND]\w+ \d+)\b)\w{3,}"
)
_SPEAKS = re.compile(r"\b(?:sa(?:y|ys|id|ying)|told|tells|announce\w*|state(?:d|s|ment)|spokes\w+|confirm\w*|den(?:y|ies|ied)|"
                     r"warn\w*|add(?:s|ed|ing)|reaction|respon\w+|official\w*|secretary|adviser|coordinator|aides?|"
                     r"according to|comment\w*|declin\w+|insist\w*|claim\w*)\b", re.IGNORECASE)  # fmt: skip


def is_place(text: str, name: Name, gazetteer: Gazetteer, previous: tuple[int, bool]) -> bool:
    """Say whether a state, a capital or a seat of power is only where something happens.

    A place: after in, at, near, into, enter, reach, arrive; after "to" where something goes and
    nothing is given; in datelines; in names of squares and airports; "X-based"; the country after
    its city ("Oslo, Norway"); "the X war". An actor: everywhere else, so as subject, with a
    possessive, as an adjective, after "from", "with", "for", "against" and "of".

    Parameters
    ----------
    text : str
        The folded text.
    name : Name
        The name in question.
    gazetteer : Gazetteer
        Says what kind of actor it is.
    previous : (int, bool)
        Where the name before it ends, and whether that was a place.

    Returns
    -------
    bool
        True for a place.
    """
    actor = gazetteer.actors[name.actor_id]
    if actor.type not in ("state", "seat") or name.form == "adjective" or name.nested:
        return False
    start, end = name.start, name.end
    if is_facility(text, end) and actor.type == "state":
        return True
    if _PLACE_TAIL.match(text, end):
        return True
    if text[end : end + 2] == "'s" or text[end : end + 1] == "-":
        return False
    before = text[max(0, start - 80) : start]
    before = re.split(r"[\x1e\n]", before)[-1]
    previous_end, previous_place = previous
    between = text[previous_end:start]
    if previous_place and re.fullmatch(r", |,? (?:and|or) (?:the |in |to )?", between):
        return True
    if (
        name.form == "capital"
        and re.search(r"\bof $", before)
        and re.search(
            r"\b(?:district|city|suburb|outskirts|streets?|part|centre|center|north|south|east|west|capital)\b[^,.]{0,20}$",
            before,
            re.IGNORECASE,
        )
    ):
        return True
    if (
        _DATELINE.search(text[max(0, start - 41) : start])
        and _DATELINE_REST.match(text, end)
        and len(before) < 30
    ):
        return True
    if re.match(r" (?:war|conflict|crisis|front|invasion zone)\b", text[end : end + 20]):
        return True
    if re.search(r"\bfrom (?:the )?$", before) and re.match(
        r" (?:in)?to (?:the )?[A-Z]", text[end : end + 15]
    ):
        return True
    if _attributive(text, name):
        return False
    # "in Toulouse, France", "to Europe or the US": what stands before it is a place too.
    before = re.sub(r"(?<= )(?:[A-Z][\w.-]+ ){1,3}(?:and|or) (?:the )?$", "", before)
    before = re.sub(r"(?<= )(?:[A-Z][\w.-]+ ?){1,3}, $", "", before)
    if _TO.search(before):
        if _GIVEN_TO.search(before) and not _GOES_TO.search(before):
            return False
        return before.rstrip().endswith(("to", "to the", "to both")) or _GOES_TO.search(before) is not None
    if _FROM.search(before):
        return True
    if re.search(r"\bthe capital,? $", before):
        return re.search(rf"\b(?:{_WHERE}|to|{_MOVES}) the capital,? $", before) is not None
    return _IN.search(before) is not None and _NO_MOTION.search(before) is None


def _attributive(text: str, name: Name) -> bool:
    """ "In US custody": an acronym used as an adjective owns what follows."""
    acronym = text[name.start : name.end].replace(".", "").isupper() and name.end - name.start <= 4
    return acronym and _NOUN_FOLLOWS.match(text, name.end) is not None


def speaks(text: str, name: Name) -> bool:
    """True where words of saying stand close to a seat of power, so that it is itself the actor."""
    before = re.split(r"[\x1e\n,.;]", text[max(0, name.start - 30) : name.start])[-1]
    after = re.split(r"[\x1e\n,.;]", text[name.end : name.end + 40])[0]
    return _SPEAKS.search(f"{before} {after}") is not None

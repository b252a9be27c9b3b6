"""Short names: which person of an article a surname, a first name or a nickname stands for."""

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from .actors import Actor
from .calendar_words import MONTHS, WEEKDAYS
from .first_names import full_name_gender
from .gazetteer import NAME, SHORT, Gazetteer
from .name_variants import same_person, split_name, transliterated
from .paths import read_vocabulary
from .sentences import sentence_openers
from .spans import Name, find_word, last_letters, may_follow, noun_goes_on, overlaps
from .structure import Span
from .title_words import titles

_MEN = frozenset("Mr Sir Lord Don Herr Señor Signor Monsieur King Prince".split())
_WOMEN = frozenset("Mrs Ms Miss Dame Lady Doña Frau Señora Signora Madame Queen Princess".split())
# A run of capitalised words that can be a person's full name, a quoted nickname or particles inside. No
# word of a name is longer than 60 characters; without that limit a line of letters is read once a letter.
# A full stop goes on only behind an initial and short forms, or it ends the sentence and the name.
# It begins with the capital, not with the choice, so that the other letters are passed over at once.
_CAPITAL = r"[^\W\d_a-zß-ÿ]"
_WORD = (
    rf"{_CAPITAL}(?:\.(?:{_CAPITAL}\.){{0,5}}+|(?:(?<=[DJM])r|(?<=M)r?s|(?<=S)[rt])\."
    r"|(?:[\w'-]|\.(?=\w)){0,60}+)"
)
_RUN = re.compile(
    _WORD
    + r"(?: (?:(?:de|da|do|dos|del|della|di|du|van|von|der|den|ter|ten|bin|ibn|al|el|la|le|y|e)[ -]){0,3}"
    r"(?:[\"“'‘(][^\W\d_a-z][\w .-]{1,15}[\"”'’)] )?(?:al-|el-|d')?" + _WORD + ")+"
)
_PART = re.compile(r"[\"“'‘(][^\"”'’)]+[\"”'’)]|[^\s\"“”()]+")
_LOOSE_END = re.compile(r"'s?$|[.'-]+$")
_QUOTED = re.compile(r"[\"“'‘(]([^\W\d_a-z][\w.-]{1,15})[\"”'’)]")
_CALLED = re.compile(
    r"[^.\n\x1e]{0,40}?\b(?:nicknamed|known (?:to [\w ]{2,30} )?as|called by [\w ]{2,20}) "
    r"[\"“'‘]?((?:The )?[^\W\d_a-z][\w-]+)"
)
_SIGNS = ("nicknamed", "known", "called by")  # one for each choice of this pattern
_NICKNAME = re.compile(r"[\"“'‘(][^\"”'’)]*[\"”'’)]")
_PREPOSITION = re.compile(r" (?:in|of|on|at|for|from|by|with|and|or|are|were)\b")
_OF_FIRM = re.compile(
    r"'s? (?:chief executive|board|shares|headquarters|products|customers)\b"
    r"|'s? [\d,.]+ (?:staff|employees|workers|people)\b"
    r"| (?:CEO|CFO|COO|Inc|AG|SE|GmbH|PLC|Ltd)\b"
    r"| \((?:[A-Z]{2,8}: ?)?[A-Z0-9]{1,6}\.[A-Z]{1,3}\)"  # how an exchange calls it
)
_SHARE_OF = re.compile(r"(?:%|\bper ?cent|\bstake|\bshares?) (?:of|in) $")
_AGE = re.compile(r", (?:aged )?\d{1,3}\b")
_FIRM_APPOSED = re.compile(
    r", (?:an?|the) [^.,;\n]{0,40}?\b(?:company|firm|maker|supplier|group|bank|manufacturer|giant)\b"
)
_SECOND_SURNAME = re.compile(r"[A-Z][\w'-]+ (?:de|del|da|y|e) $")
# "Doe, 63, got his way": the first pronoun behind a name in its sentence.
_PRONOUN_AHEAD = re.compile(r"[^.!?\n\x1e\"“”]{0,60}?\b(he|his|him|she|her)\b")
_WORD_BEFORE = re.compile(r"([^\W\d_]+) $")
_CLAUSE_END = re.compile(r"[.;\n\x1e]")
_APPOSED = re.compile(r",([^.,;\n\x1e]{0,60})")
_LETTERS = re.compile(r"[^\W\d_]+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_LINE_END = re.compile(r"[\n\x1e]")
_SMALL_WORD_BEFORE = re.compile(r"\b([a-z-]+) $")
_THE_BEFORE = re.compile(r"\b[Tt]he $")
_IN_BEFORE = re.compile(r"\b[Ii]n $")
_SENTENCE_OPENS = re.compile(r"(?:^|[.!?:\n\x1e\"“”] ?)$")
_SPEAKS = re.compile(r"'s |,? (?:said|says|told|added)\b")
_VERB_BEHIND = re.compile(r" [a-z]+s\b")  # of a headline: "Stone praises …"
_NAME_BEHIND = re.compile(r"[ -]([A-Z][\w.'-]*)")
_NAME_BEFORE = re.compile(r"([A-Z][\w.'-]*)([ -])$")
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_ARABIC_ARTICLE = re.compile(r"(?<![\w-])(?:[Aa]l|[Ee]l)-$")
_OF_OR_IN = last_letters(["of", "in"])
_TRUST = re.compile(r"\b(?:confidence|trust|faith|belief|believe[sd]?|interest(?:ed)?|disappointed) in $")


def find_variants(
    text: str, shorts: Sequence[Name], full: Sequence[Name], gazetteer: Gazetteer
) -> tuple[list[Name], list[Name]]:
    """Find full names that are spelled or ordered in another way than the list has them, and nicknames.

    Returns
    -------
    (list of Name, list of Name)
        Full names, by the rules of `same_person`; and the short names that come with them: the "Bob" of
        "Bob Roe", the "Lolo" of 'Jon "Lolo" Roe', where they stand alone in the same text.
    """
    taken = sorted({(n.start, n.end) for n in full})
    named: dict[int, list[str]] = defaultdict(list)
    for short in shorts:
        named[short.start].append(short.actor_id)
    at = sorted(named)
    found: list[Name] = []
    new_words: dict[str, set[str]] = defaultdict(set)
    for run in _RUN.finditer(text):
        start, end = run.span()
        last = bisect_left(taken, (end,)) - 1
        if last >= 0 and taken[last][0] <= start and end <= taken[last][1]:
            continue  # all of it is a name in full
        inside = at[bisect_left(at, start) : bisect_left(at, end)]
        actor_ids = {a for start in inside for a in named[start]}
        if not actor_ids:
            for word in run[0].split():
                actor_ids.update(gazetteer.by_sound.get(transliterated(word), ()))
        if actor_ids:
            found += _read_run(text, run, actor_ids, taken, gazetteer)
    read: set[tuple[str, str]] = set()
    for name in (*full, *found):
        actor, written = gazetteer.actors[name.actor_id], text[name.start : name.end]
        if actor.type != "person" or name.form != NAME:
            continue
        if (written, actor.id) not in read:
            read.add((written, actor.id))
            for word in _by_names(written, actor):
                new_words[word].add(actor.id)
        if called := _called(text, name.end):
            new_words[called].add(actor.id)
    more = [
        Name(start, start + len(word), actor_id, SHORT)
        for word, actor_ids in new_words.items()
        for start in find_word(text, word)
        for actor_id in actor_ids
    ]
    return found, more


def _read_run(
    text: str, run: re.Match[str], actor_ids: set[str], taken: list[tuple[int, int]], gazetteer: Gazetteer
) -> list[Name]:
    """The longest part of a run of capitalised words that is a listed person's name in another form."""
    words = [(m.start() + run.start(), m.end() + run.start()) for m in _PART.finditer(run[0])]
    candidates = sorted(a for a in actor_ids if gazetteer.actors[a].type == "person")
    for length in range(min(6, len(words)), 1, -1):
        for first in range(len(words) - length + 1):
            start, end = words[first][0], words[first + length - 1][1]
            end = start + len(_LOOSE_END.sub("", text[start:end]))
            if overlaps(taken, start, end):
                continue
            fits = [
                (a, rule) for a in candidates if (rule := _fits_name(text[start:end], gazetteer.actors[a]))
            ]
            exact = [a for a, rule in fits if rule in ("same", "order")]
            chosen = exact or [a for a, _ in fits]
            if len(chosen) == 1:
                return [Name(start, end, chosen[0], NAME)]
    return []


def _fits_name(words: str, actor: Actor) -> str:
    return next((rule for name in (actor.name, *actor.aliases) if (rule := same_person(words, name))), "")


def _by_names(written: str, actor: Actor) -> Iterable[str]:
    """What else a full name calls a person: a nickname, another first name."""
    yield from _QUOTED.findall(written)
    words = [w for w in _NICKNAME.sub("", written).split() if len(w) > 2]
    listed = {w for known in (actor.name, *actor.aliases) for w in known.split()}
    yield from (w for w in words if w not in listed and w[0].isupper() and not w.endswith("."))
    ends = {known.split()[-1] for known in (actor.name, *actor.aliases)}
    yield from (w for w in words[-1:] if w not in ends)  # "Pedro Ruiz", listed as "Pedro Ruiz Mateo"


def _called(text: str, at: int) -> str:
    """What a text says behind a full name that the person is called."""
    if all(text.find(sign, at, at + 90) < 0 for sign in _SIGNS):
        return ""
    called = _CALLED.match(text, at, at + 90)
    return called[1] if called else ""


def choose_short_names(
    text: str, shorts: list[Name], full: list[Name], blocked: list[Name], gazetteer: Gazetteer
) -> list[Name]:
    """Say which short names count, and for whom.

    A short name counts for a person whom the article names in full; of several, the one whom honorific,
    role and sex fit, then one whom it has called so before, then the one it named last. For a person the
    article never names in full it counts where it can be nothing else.

    Parameters
    ----------
    text : str
        The folded text.
    shorts : list of Name
        Where a short name of anybody stands.
    full : list of Name
        The names in full.
    blocked : list of Name
        Spans that are taken, too: what looked like a name and is none.
    gazetteer : Gazetteer
        Who is looked for.
    """
    article = _Persons(text, full, gazetteer)
    firms = _firms(text, shorts)
    taken = sorted({(n.start, n.end) for n in (*full, *blocked) if not n.nested})
    candidates: dict[tuple[int, int], list[str]] = defaultdict(list)
    for short in shorts:
        if (
            not overlaps(taken, short.start, short.end)
            and short.actor_id not in candidates[short.start, short.end]
        ):
            candidates[short.start, short.end].append(short.actor_id)
    ends, begins = {n.end for n in full}, {n.start for n in full}
    persons_end = {n.end for n in full if gazetteer.actors[n.actor_id].type == "person"}
    found: list[Name] = []
    last_end = -1
    for (start, end), actor_ids in sorted(candidates.items(), key=lambda c: (c[0][0], -c[0][1])):
        if start < last_end or not _stands_alone(text, start, end, ends, begins):
            continue
        if start - 1 in persons_end or _SECOND_SURNAME.search(text[max(0, start - 40) : start]):
            continue  # the "Lund" of "Jane Doe Lund" and of "Mary Roe de Lund"
        person = _can_be_a_person(text, start, end, firms)
        bodies = [a for a in actor_ids if gazetteer.actors[a].type != "person"]
        # Where a firm goes by its founder's name, the bare name is the firm's.
        fitting = bodies if bodies and not article.speaks_of_a_person(start, end) else actor_ids
        fitting = fitting if person else bodies
        if actor_id := article.choose(start, end, fitting):
            found.append(Name(_with_article(text, start), end, actor_id, SHORT))
            last_end = end
    return found


def _with_article(text: str, start: int) -> int:
    """Where a name begins that has the Arabic article before it: "al-Doe"."""
    before = _ARABIC_ARTICLE.search(text[max(0, start - 4) : start])
    return start - 3 if before else start


class _Persons:
    """Who has been named so far in one article, and how."""

    def __init__(self, text: str, full: list[Name], gazetteer: Gazetteer) -> None:
        self.text, self.gazetteer = text, gazetteer
        self.full: dict[str, list[Name]] = defaultdict(list)
        for name in full:
            self.full[name.actor_id].append(name)
        self.ends = sorted(name.end for name in full)
        self.named_at = {actor_id: sorted(n.start for n in names) for actor_id, names in self.full.items()}
        # Who has been called by a short name, and whether with an honorific.
        self.called_so: set[tuple[str, bool]] = set()
        # Of most who are named in full nobody asks these two.
        self._styles: dict[str, set[str]] = {}
        self._roles: dict[str, set[str]] = {}

    def styles(self, actor_id: str) -> set[str]:
        """The honorifics and ranks that an actor has been given so far, or at a full name."""
        if actor_id not in self._styles:
            self._styles[actor_id] = {style(self.text, n.start) for n in self.full.get(actor_id, ())}
        return self._styles[actor_id]

    def roles(self, actor_id: str) -> set[str]:
        """The roles of an actor named in full: beside its names, and by its entry."""
        if actor_id not in self._roles:
            names = self.full.get(actor_id, [])
            described = self.gazetteer.actors[actor_id].descriptions if names else ()
            roles = {d.split()[-1].lower() for d in described}
            for name in names:
                earlier = bisect_left(self.ends, name.start + 1)
                behind = self.ends[earlier - 1] if earlier else 0
                roles |= {_role(self.text, name.start), *_roles_around(self.text, name, behind)}
            self._roles[actor_id] = roles - {""}
        return self._roles[actor_id]

    def choose(self, start: int, end: int, actor_ids: list[str]) -> str:
        """The one actor meant at a place, or ""."""
        honorific, role = style(self.text, start), _role(self.text, start)
        fitting = actor_ids
        if len(actor_ids) > 1:
            sex = _sex_of(honorific) or self._sex_ahead(end)
            fitting = [a for a in actor_ids if not self._wrong_sex(a, sex)] or actor_ids
        named = [a for a in fitting if a in self.named_at]
        strangers = [a for a in fitting if a not in self.named_at]
        actor_id = ""
        yet_unnamed = bool(named) and all(self.named_at[a][0] > start for a in named)
        roles = [self.roles(a) for a in named] if role else []
        another = role and all(roles) and not any(role in known for known in roles)
        if named and not (len(strangers) == 1 and ((yet_unnamed and honorific) or another)):
            actor_id = (
                max(named, key=lambda a: self._rank(a, start, end, honorific)) if named[1:] else named[0]
            )
        elif strangers:
            actor_id = self._stranger(start, end, strangers, honorific)
        if actor_id:
            insort(self.named_at.setdefault(actor_id, []), start)
            self.styles(actor_id).add(honorific)
            self.called_so.add((actor_id, bool(honorific)))
        return actor_id

    def speaks_of_a_person(self, start: int, end: int) -> bool:
        """Whether an honorific, a role, an age or a pronoun says that a name is a person's here."""
        if style(self.text, start) or _role(self.text, start) or _AGE.match(self.text, end):
            return True
        return self._sex_ahead(end) != ""

    def _rank(self, actor_id: str, start: int, end: int, honorific: str) -> tuple[int, int, int, int, int]:
        """How well an actor named in the article fits a short name; the greater the better."""
        role = _role(self.text, start)
        fits_role = 0 if not role else 1 if role in self.roles(actor_id) else -1
        surname = self.text[start:end] in (self.gazetteer.actors[actor_id].name.split()[-1:] or [""])
        named_at = self.named_at[actor_id]
        before = bisect_left(named_at, start)
        called = int((actor_id, bool(honorific)) in self.called_so)
        nearest = named_at[before - 1] if before else -named_at[0]
        elder = split_name(self.gazetteer.actors[actor_id].name).suffix == "sr"
        if elder and not re.search(r"\b(?:elder|senior|father)\b", self.text[max(0, start - 25) : start]):
            called = -1
        return (_fits(self.styles(actor_id), honorific), fits_role, int(surname), called, nearest)

    def _sex_ahead(self, end: int) -> str:
        """What the first pronoun behind a name says: "he" is a man more often than not the one just named."""
        ahead = _PRONOUN_AHEAD.match(self.text, end, end + 70)
        return ("f" if ahead[1] in ("she", "her") else "m") if ahead else ""

    def _wrong_sex(self, actor_id: str, sex: str) -> bool:
        """Whether somebody whom the text, or the first name, has as a woman would be "Mr." or "he"."""
        if not sex:
            return False
        if seen := {_sex_of(s) for s in self.styles(actor_id)} - {""}:
            return sex not in seen
        actor = self.gazetteer.actors[actor_id]
        known = {"he": "m", "she": "f"}.get(actor.gender) or full_name_gender(actor.name)
        return known not in ("", sex)

    def _stranger(self, start: int, end: int, strangers: list[str], honorific: str) -> str:
        """Whom a short name means in an article that never gives the full one."""
        role = _role(self.text, start)
        described = [
            a for a in strangers
            if role and any(role in d.lower().split() for d in self.gazetteer.actors[a].descriptions)
        ]  # fmt: skip
        one = described if len(described) == 1 else strangers
        if len(one) != 1:
            return ""
        actor = self.gazetteer.actors[one[0]]
        word = self.text[start:end]
        is_surname = word in actor.short or any(
            n.endswith(word) or (n.startswith(f"{word} ") and honorific) for n in (actor.name, *actor.aliases)
        )
        if honorific or (role and is_surname):
            return one[0]
        common_word = _stands_in(self.text, rf"\b{re.escape(word.lower())}\b", word.lower())
        if common_word or not _stands_in(self.text, rf"[\w,] {re.escape(word)}\b", f" {word}"):
            return ""
        family = actor.name.split()[-1] in self.text
        return one[0] if is_surname or (family and len(word) > 2) else ""


def _stands_in(text: str, pattern: str, literal: str) -> bool:
    """Whether a pattern for a word stands in a text; compiled only where the word itself does."""
    return literal in text and re.search(pattern, text) is not None


def _sex_of(honorific: str) -> str:
    return "m" if honorific in _MEN else "f" if honorific in _WOMEN else ""


@cache
def _styles() -> tuple[frozenset[str], re.Pattern[str]]:
    words = [*titles()["honorifics"], *titles()["ranks"], *sorted(_MEN | _WOMEN)]
    return last_letters(words), re.compile(rf"\b({'|'.join(words)})\.? $")


def style(text: str, start: int) -> str:
    """Give the honorific or rank before a name: it tells Gen. Doe from Mr. Doe."""
    endings, pattern = _styles()
    if not may_follow(text, start, endings):
        return ""
    match = pattern.search(text[max(0, start - 12) : start])
    return match[1] if match else ""


@cache
def _role_words() -> frozenset[str]:
    return frozenset(titles()["person_heads"])


@cache
def _role_endings() -> frozenset[str]:
    return last_letters(_role_words())


def _role(text: str, start: int) -> str:
    """The role directly before a name: the "minister" of "Foreign Minister Doe"."""
    if not may_follow(text, start, _role_endings()):
        return ""
    match = _WORD_BEFORE.search(text[max(0, start - 20) : start])
    return match[1].lower() if match and match[1].lower() in _role_words() else ""


def _roles_around(text: str, name: Name, behind: int) -> frozenset[str]:
    """The roles that a full name stands with: "Jane Roe, the prime minister", "the minister, Jane Roe".

    What stands before the name counts from `behind`, the end of the name before it.
    """
    before = _CLAUSE_END.split(text[max(behind, name.start - 40) : name.start])[-1]
    after = _APPOSED.match(text, name.end, name.end + 62)
    words = _LETTERS.findall(f"{before} {after[1] if after else ''}".lower())
    return _role_words() & set(words)


def _fits(seen: set[str], honorific: str) -> int:
    """How well an honorific fits a person: 1 seen with this one, -1 seen with another only, else 0."""
    if not honorific or not seen - {""}:
        return 0
    return 1 if honorific in seen else -1


@cache
def _not_persons() -> re.Pattern[str]:
    lists = read_vocabulary("candidates")
    return re.compile(rf" (?:{'|'.join(lists['not_the_person'])})\b")


@cache
def _of_a_firm() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(read_vocabulary('candidates')['of_a_firm'])})\b")


@cache
def _named_as_firm() -> re.Pattern[str]:
    lists = read_vocabulary("candidates")
    bodies = "|".join([*lists["firm_words"], *lists["legal_forms"]])
    return re.compile(rf" (?:[A-Z][\w&-]+ )?(?:{bodies})\b")


@cache
def _firm_heads() -> frozenset[str]:
    return frozenset(titles()["organisation_heads"]) - set(titles()["person_heads"]) - {"customer", "giant"}


@cache
def _firm_endings() -> frozenset[str]:
    return last_letters(_firm_heads())


def _firms(text: str, shorts: list[Name]) -> set[Span]:
    """Where short names are a firm's.

    By what stands beside them, or because the article uses the same surname as a firm's name elsewhere: "Doe
    Motors", or twice "Doe shares" and the like.
    """
    spans = {(s.start, s.end) for s in shorts}
    firms = {span for span in spans if _is_firm(text, *span)}
    signs = Counter(text[start:end] for start, end in firms)
    for start, end in spans:
        if _named_as_firm().match(text, end):
            signs[text[start:end]] += 2
    return firms | {(start, end) for start, end in spans if signs[text[start:end]] > 1}


def _is_firm(text: str, start: int, end: int) -> bool:
    """Whether a firm's name stands here: "Doe shares", "the carmaker Doe", "Doe, a bank"."""
    if text.startswith(",", end):
        if _FIRM_APPOSED.match(text, end):
            return True
    elif _OF_FIRM.match(text, end) or _of_a_firm().match(text, end):
        return True
    before = text[max(0, start - 25) : start]
    if may_follow(text, start, _firm_endings()):
        head = _SMALL_WORD_BEFORE.search(before)
        if head is not None and head[1] in _firm_heads():
            return True
    return may_follow(text, start, _OF_OR_IN) and _SHARE_OF.search(before) is not None


def _can_be_a_person(text: str, start: int, end: int, firms: set[Span]) -> bool:
    """False where a surname alone is a family's, a firm's, a place's or a month's name, or a common word."""
    if style(text, start) or _role(text, start):
        return True
    if (start, end) in firms:
        return False
    directly_before, word = text[max(0, start - 6) : start], text[start:end]
    if _THE_BEFORE.search(directly_before) or _not_persons().match(text, end):
        return False
    if _IN_BEFORE.search(directly_before) and not _TRUST.search(text[max(0, start - 40) : start]):
        return False
    small = word.lower()
    if small in MONTHS:
        return _SPEAKS.match(text, end, end + 12) is not None
    opens = _SENTENCE_OPENS.search(directly_before) is not None
    if not opens or next(find_word(text, small), None) is None:
        return True
    verb = _VERB_BEHIND.match(text, end, end + 20) is not None
    return not ((noun_goes_on(text, end) and not verb) or _PREPOSITION.match(text, end))


@cache
def _not_names() -> frozenset[str]:
    """Capitalised words that may stand before or after a surname without being part of the name."""
    lists = titles()
    words = {w for key in ("person_heads", "modifiers", "organisation_heads") for w in lists[key]}
    others = (*lists["honorifics"], *lists["ranks"], *sentence_openers(), *_MEN, *_WOMEN)
    return frozenset({*words, *WEEKDAYS, *(w.lower() for w in others)})


def _stands_alone(text: str, start: int, end: int, name_ends: set[int], name_starts: set[int]) -> bool:
    """False where the word is a part of some longer name that the gazetteer does not know."""
    after = _NAME_BEHIND.match(text, end, end + 40)
    if after and end + 1 not in name_starts and after.group(1).lower() not in _not_names():
        return not after.group().startswith("-") and in_title_case(text, start)
    before = _NAME_BEFORE.search(text[max(0, start - 40) : start])
    if not before:
        return True
    if start - 1 in name_ends:
        return before.group(2) == " "
    if before.group(1).endswith(".") and not _INITIALS.fullmatch(before.group(1)):
        return True  # the word before ended a sentence, or is a rank
    word = before.group(1).rstrip(".").lower()
    if text[start - 3 : start] in ("Al-", "El-"):
        return True
    if word in _not_names() or word.endswith("'s"):
        return before.group(2) == " "
    first = start - len(before.group())
    sentence_start = _SENTENCE_OPENS.search(text[max(0, first - 3) : first]) is not None
    return sentence_start and before.group(2) == " " and word.endswith(("ing", "ed", "ly"))


def in_title_case(text: str, at: int) -> bool:
    """True inside a line whose words nearly all begin with a capital, as headlines do."""
    line = _LINE_END.split(text[max(0, at - 200) : at])[-1] + _LINE_END.split(text[at : at + 200])[0]
    words = _LONG_WORD.findall(line)
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)

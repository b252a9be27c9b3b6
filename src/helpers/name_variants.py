"""When two spellings can be one person's name: accents, order, initials, nicknames, transliterations."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from .first_names import first_name_gender, fold_accents
from .paths import read_vocabulary
from .title_words import titles

# What transliterations of one name into English differ by, most specific first.
_SPELLINGS = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("^gi(?=[aeo])|^y(?=[aeo])|^j(?=[aeo])", "i"),
        ("sch|sh|ch|tch|sz|cz", "s"),
        ("dh", "d"),
        ("th", "t"),
        ("kh|gh|hh|h(?!$)", "h"),
        ("ou|oe|oo|u", "o"),
        ("ph|ff|w|v", "f"),
        ("dj|j|y|ii|ij|i", "i"),
        ("ck|q|c|k", "k"),
        ("zh|ts|tz|z|x", "z"),
        ("e|ai|ei|ay|ey", "i"),
        ("h$", ""),
        (r"(.)\1+", r"\1"),
    )
]
_E_BEHIND_VOWEL = re.compile(r"(?<=[aou])e(?=.)")


class PersonName(NamedTuple):
    """A person's name in parts, folded: its words, and what tells generations apart."""

    words: tuple[str, ...]
    suffix: str

    @property
    def first(self) -> str:
        """The first word."""
        return self.words[0]

    @property
    def last(self) -> str:
        """The last word."""
        return self.words[-1]


@cache
def _particles() -> frozenset[str]:
    return frozenset(read_vocabulary("candidates")["particles"])


@cache
def split_name(name: str) -> PersonName:
    """Split a person's name into its words, folded; honorifics, particles and quoted nicknames left out.

    Examples
    --------
    >>> split_name("Dr. José van der Berg-Ruiz Jr.")
    PersonName(words=('jose', 'berg-ruiz'), suffix='jr')
    """
    bare = re.sub(r"[\"“”(][^\"“”()]*[\"“”)]|(?<= )['‘][^'’]*['’](?= )", " ", name)
    apart = re.sub(r"\.(?=\w)", ". ", fold_accents(bare).replace("’", "'"))  # the "J.R." of "J. R. Roe"
    words = [w.strip(".,") for w in apart.split()]
    words = [re.sub(r"^(?:al|el|ul|d)[-'](?=\w)", "", w) for w in words if w]
    honorifics = {h.lower() for h in titles()["honorifics"]}
    while len(words) > 1 and words[0] in honorifics:
        words.pop(0)
    suffixes = {s.lower() for s in read_vocabulary("candidates")["suffixes"]}
    suffix = words.pop() if len(words) > 1 and words[-1] in suffixes else ""
    kept = [w for i, w in enumerate(words) if w not in _particles() or i == len(words) - 1]
    return PersonName(tuple(kept or words), suffix)


@cache
def transliterated(word: str) -> str:
    """Give the form that other transliterations of a name share with it; "" for a name too short to tell.

    Examples
    --------
    >>> transliterated("Sergei") == transliterated("Sergey"), transliterated("Anna") == transliterated("Ada")
    (True, False)
    """
    plain = re.sub(r"[^a-z]", "", fold_accents(word))
    for pattern, replacement in _SPELLINGS:
        plain = pattern.sub(replacement, plain)
    return plain if len(plain) > 2 else ""


@cache
def _nicknames() -> tuple[object, ...]:
    from nicknames import NickNamer  # a table of names, where two differ

    return (NickNamer(),)


@cache
def has_full_form(word: str) -> bool:
    """Say whether a word is a usual English short form of a first name.

    Examples
    --------
    >>> has_full_form("Doug"), has_full_form("Minister")
    (True, False)
    """
    (namer,) = _nicknames()
    return bool(namer.canonicals_of(word.lower()))  # type: ignore[attr-defined]


@cache
def is_nickname(one: str, other: str) -> bool:
    """Say whether one first name is a usual English short form of the other.

    Examples
    --------
    >>> is_nickname("Bob", "Robert"), is_nickname("Robert", "Roberta")
    (True, False)
    """
    (namer,) = _nicknames()
    one, other = one.lower(), other.lower()
    return other in namer.nicknames_of(one) or one in namer.nicknames_of(other)  # type: ignore[attr-defined]


@cache
def _bare(word: str) -> str:
    """A word without hyphens and apostrophes, and with "oe" for "ö" read as "o" is."""
    bare = word.replace("-", "").replace("'", "")
    return _E_BEHIND_VOWEL.sub("", bare) if len(bare) > 3 else bare


def first_names_agree(one: str, other: str) -> str:
    """Say by which rule two folded first names can be one person's; "" if by none.

    Examples
    --------
    >>> [first_names_agree("jane", o) for o in ("jane", "j", "janie", "mary")]
    ['same', 'initials', 'nickname', '']
    """
    if _bare(one) == _bare(other):
        return "same"
    if one[0] == other[0] and 1 in (len(one), len(other)):
        return "initials"
    if is_nickname(one, other):
        return "nickname"
    shorter, longer = sorted((one, other), key=len)
    sexes = {first_name_gender(one), first_name_gender(other)} - {""}
    if len(shorter) > 2 and longer.startswith(shorter) and len(sexes) < 2:
        return "nickname"  # "Rey", "Reynaldo"
    if _share_a_stem(shorter, longer) and len(sexes) < 2:
        return "spelling"  # "Dimitris", "Dimitrios"
    return "spelling" if transliterated(one) and transliterated(one) == transliterated(other) else ""


def _share_a_stem(shorter: str, longer: str) -> bool:
    """Whether two first names differ by their endings only: "Nikos", "Nikolaos"."""
    stem = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return stem > 3 and len(shorter) - stem < 3 and len(longer) - stem < 5


@lru_cache(maxsize=100_000)
def same_person(one: str, other: str) -> str:
    """Say by which rule two full names can be one person's.

    Parameters
    ----------
    one, other : str
        Names of two words or more.

    Returns
    -------
    str
        "same" (case, accents, apostrophes, hyphens, particles, honorifics), "order" (surname first),
        "middle names", "second surname", "initials", "nickname", "spelling" (another transliteration of
        the first name, of the surname, or of both), or "" for none. Two generations ("Jr.", "Sr.")
        are two persons.

    Examples
    --------
    >>> [same_person("Jane Roe", o) for o in ("Roe Jane", "Jane Q. Roe", "J. Roe", "Jane Rowe", "John Roe")]
    ['order', 'middle names', 'initials', '', '']
    """
    a, b = split_name(one), split_name(other)
    if len(a.words) > 1 < len(b.words) and a.suffix == b.suffix and _letters(one) == _letters(other):
        return "same"
    if min(len(a.words), len(b.words)) < 2 or (a.suffix != b.suffix and "sr" in (a.suffix, b.suffix)):
        return ""
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return ""
    if _bare("".join(a.words)) == _bare("".join(b.words)):
        return "same"
    if sorted(map(_bare, a.words)) == sorted(map(_bare, b.words)) or _rotated(a.words, b.words):
        return "order"
    firsts = first_names_agree(a.first, b.first)
    same_last = _bare(a.last) == _bare(b.last)
    if firsts and same_last and _middles_agree(a.words[1:-1], b.words[1:-1]):
        return "middle names" if firsts == "same" else firsts
    shorter, longer = sorted((a.words, b.words), key=len)
    if firsts == "same" and len(shorter) < len(longer) and _is_second_surname(shorter, longer):
        return "second surname"
    if firsts == "same" and _has_part(a.last, b.last):
        return "second surname"
    close = transliterated(a.last) and transliterated(a.last) == transliterated(b.last)
    return "spelling" if firsts in ("same", "spelling") and close and len(a.words) == len(b.words) else ""


def shared_keys(name: str) -> frozenset[tuple[str, ...]]:
    """Give keys of which two names that can be one person's by `same_person` share at least one.

    So that of many names only those alike need to be compared.

    Examples
    --------
    >>> [bool(shared_keys("Jane Roe") & shared_keys(o)) for o in ("Roe Jane", "J. Roe", "Jane Doe")]
    [True, True, False]
    """
    words = split_name(name).words
    if not words:
        return frozenset()
    bare = [_bare(word) for word in words]
    return frozenset(
        {
            ("letters", _letters(name)),
            ("words", *sorted(bare)),
            ("start", *words[:2]),
            ("sound", transliterated(words[-1]) or words[-1]),
            ("last", bare[-1]),
            *(("turn", turn) for turn in ("".join(bare), *_turns(words))),
            *(("last", part) for part in words[-1].split("-")),
        }
    )


@cache
def _letters(name: str) -> str:
    return _bare("".join(c for c in fold_accents(name) if c.isalnum()))


def _has_part(one: str, other: str) -> bool:
    """Whether one surname is a part of the other: "Roe", "Roe-Stone"."""
    shorter, longer = sorted((one, other), key=len)
    return shorter != longer and shorter in longer.split("-")


def _rotated(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether a surname was put first, the given names joined or not: "Park Jin-woo", "Jin Woo Park"."""
    return _joined(a) in _turns(b) or _joined(b) in _turns(a)


@cache
def _joined(words: tuple[str, ...]) -> str:
    return "".join(map(_bare, words))


@cache
def _turns(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words joined with the first put last, and with the last put first."""
    return tuple(_joined((*words[at:], *words[:at])) for at in (1, len(words) - 1))


def _middles_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the names between can be one person's: one has none, or each fits one of the other's."""
    shorter, longer = sorted((a, b), key=len)
    pairs = [(shorter, longer), (longer, shorter)][: 2 if len(a) == len(b) else 1]
    return all(any(first_names_agree(x, y) for y in others) for mine, others in pairs for x in mine)


def _is_second_surname(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Whether the longer name goes on where the shorter ends: "Pedro Ruiz", "Pedro Ruiz Mateo"."""
    return longer[: len(shorter)] == shorter

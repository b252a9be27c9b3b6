"""First names: whether a word is one, and whether men or women bear it."""

import unicodedata
from collections import defaultdict
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from simplemma import is_known

_MAJORITY = 4  # as many languages must have a name for one sex as this times those for the other
_LISTS = {
    "m": ("first_names_male", "first_romanized_names_male"),
    "f": ("first_names_female", "first_romanized_names_female"),
}


# Letters whose accent is no mark of its own.
_BARRED = str.maketrans("łøıđħ", "loidh")


def fold_accents(text: str) -> str:
    """Drop accents and case: what spellings of one name share.

    Examples
    --------
    >>> fold_accents("Łukasz Çelik")
    'lukasz celik'
    """
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_BARRED))
    return "".join(c for c in letters if not unicodedata.combining(c))


def _plain(name: str) -> str:
    """A name in small letters, without accents, hyphens and apostrophes.

    Examples
    --------
    >>> _plain("Íñigo"), _plain("Jean-Luc")
    ('inigo', 'jeanluc')
    """
    return "".join(c for c in fold_accents(name) if c.isalnum())


@cache
def _places() -> dict[str, dict[str, set[str]]]:
    """For each sex and name, the places ("de_AT") by whose list faker invents people of that name."""
    from faker.providers import person

    found: dict[str, dict[str, set[str]]] = {"m": defaultdict(set), "f": defaultdict(set)}
    for module in iter_modules(person.__path__):
        provider = import_module(f"{person.__name__}.{module.name}").Provider
        for sex, lists in _LISTS.items():
            for name in {name for key in lists for name in getattr(provider, key, ())}:
                found[sex][_plain(name)].add(module.name)
    return found


def _languages(sex: str, plain: str) -> set[str]:
    """The languages that have a name for a sex; de_AT and de_DE are one voice."""
    return {place.partition("_")[0] for place in _places()[sex].get(plain, ())}


def is_first_name(word: str) -> bool:
    """Say whether a word is a first name: in two countries' lists, or in one and no English word.

    Parameters
    ----------
    word : str
        One word; accents, hyphens and capitals make no difference.

    Returns
    -------
    bool
        True for a name that the lists of the package ``faker`` have. Some are also other words.

    Examples
    --------
    >>> is_first_name("Ines"), is_first_name("Parliament")
    (True, False)
    """
    plain = _plain(word)
    places = {place for names in _places().values() for place in names.get(plain, ())}
    return len(places) > 1 or (len(places) == 1 and not is_known(word.lower(), lang="en"))


@cache
def first_name_gender(name: str) -> str:
    """Say whether a first name is a man's or a woman's.

    Parameters
    ----------
    name : str
        One word; accents, hyphens and capitals make no difference.

    Returns
    -------
    str
        "m", "f", or "" where no list has the name or both sexes bear it.

    Notes
    -----
    Each language of the package ``faker`` that lists the name for one sex only has one vote, however many
    countries speak it. One sex must have at least four times the votes of the other, and twice as many
    as there are languages that list the name for both.

    Examples
    --------
    >>> first_name_gender("Lucía"), first_name_gender("Viktor"), first_name_gender("Kim")
    ('f', 'm', '')
    """
    plain = _plain(name)
    men, women = _languages("m", plain), _languages("f", plain)
    for sex, own, others in (("m", men - women, women - men), ("f", women - men, men - women)):
        if len(own) >= max(1, _MAJORITY * len(others), 2 * len(men & women)):
            return sex
    return ""


@cache
def _surnames_first() -> frozenset[str]:
    """Surnames that stand before the given name, in Latin letters."""
    found = set(
        "kim park lee choi jung jeong kang cho yoon jang lim han oh seo shin kwon hwang ahn song ryu hong "
        "jeon ko moon son yang bae baek heo nam noh xi li".split()
    )
    for language in ("zh_CN", "zh_TW", "ja_JP"):
        provider = import_module(f"faker.providers.person.{language}").Provider
        found |= {_plain(name) for name in provider.last_romanized_names}
    return frozenset(found)


def full_name_gender(name: str) -> str:
    """Say from a full name whether a person is called he (m) or she (f); "" where it does not say.

    A name that begins with an East Asian surname says nothing by its first word.

    Examples
    --------
    >>> full_name_gender("Ines Roe"), full_name_gender("Li Na"), full_name_gender("Roe")
    ('f', '', '')
    """
    words = name.split()
    if len(words) < 2 or _plain(words[0]) in _surnames_first():
        return ""
    return first_name_gender(words[0])

"""First names of many countries: which words are one, and whether they are a woman's or a man's.

From the name lists of the package Faker, which carries them for some eighty languages and countries.
"""

import importlib
import pkgutil
import unicodedata
from collections import Counter
from functools import cache

from simplemma import is_known


def fold_accents(text: str) -> str:
    """Drop accents and case: what spellings of one name share.

    Examples
    --------
    >>> fold_accents("Łukasz Çelik")
    'lukasz celik'
    """
    letters = unicodedata.normalize(
        "NFKD", text.casefold().replace("ł", "l").replace("ø", "o").replace("ı", "i")
    )
    return "".join(c for c in letters if not unicodedata.combining(c))


@cache
def _counts() -> tuple[Counter[str], Counter[str]]:
    """In how many lists each name stands, as a man's and as a woman's."""
    from faker.providers import person  # 86 modules: only where names nobody listed are asked for

    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for module in pkgutil.iter_modules(person.__path__):
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for attribute, count in zip(("first_names_male", "first_names_female"), counts, strict=True):
            count.update({fold_accents(name) for name in getattr(provider, attribute, ())})
    return counts


def is_first_name(word: str) -> bool:
    """Say whether a word is a first name: in two of the lists, or in one and no English word.

    Parameters
    ----------
    word : str
        One word; case and accents do not matter.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_first_name("Zoe"), is_first_name("Parliament")
    (True, False)
    """
    lists = sum(count[fold_accents(word)] for count in _counts())
    return lists > 1 or (lists == 1 and not is_known(word.lower(), lang="en"))


@cache
def first_name_gender(name: str) -> str:
    """Say whether a first name is a man's or a woman's, where the lists are nearly of one mind.

    Parameters
    ----------
    name : str
        A first name; of a hyphenated one the first part decides.

    Returns
    -------
    str
        "m" or "f", if at least four times as many lists have it so as otherwise; else "".

    Examples
    --------
    >>> first_name_gender("Anna"), first_name_gender("José"), first_name_gender("Kim")
    ('f', 'm', '')
    """
    men, women = (
        count[fold_accents(name)] or count[fold_accents(name.split("-", maxsplit=1)[0])]
        for count in _counts()
    )
    if men == women or min(men, women) * 4 > max(men, women):
        return ""
    return "m" if men > women else "f"

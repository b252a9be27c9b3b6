"""The word lists of ``data/titles.toml``: heads of descriptions, modifiers, facilities, honorifics."""

from functools import cache
from typing import Any

from .paths import read_vocabulary


def titles() -> dict[str, Any]:
    """All lists, by name."""
    return read_vocabulary("titles")


@cache
def word_list(*keys: str) -> frozenset[str]:
    """The words of one or several lists together."""
    return frozenset(word for key in keys for word in titles()[key])

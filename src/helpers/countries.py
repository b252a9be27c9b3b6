"""The world's states with their adjectives, capitals and peoples, for proposals.

From the package countryinfo, with what it lacks for news prose in ``data/countries.toml``.
"""

from functools import cache
from typing import NamedTuple

from .paths import read_vocabulary

# An official name in English holds one of these; the package lists names in other tongues beside them.
_OFFICIAL = (" of ", "Republic", "Kingdom", "Federation", "Emirates", "Commonwealth")


class Country(NamedTuple):
    """A state as news names it."""

    name: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]
    peoples: tuple[str, ...]
    ambiguous: bool = False


@cache
def load_countries() -> dict[str, Country]:
    """List the world's states by name.

    Returns
    -------
    dict of str to Country
        ``ambiguous`` is True where the name is also a person's or a region's ("Georgia").

    Examples
    --------
    >>> norway = load_countries()["Norway"]
    >>> norway.adjectives, norway.capitals, norway.peoples
    (('Norwegian',), ('Oslo',), ('Norwegians',))
    """
    from countryinfo import all_countries  # two megabytes of data, for proposals only

    ours = read_vocabulary("countries")
    found: dict[str, Country] = {}
    for country in all_countries():
        if country.name() in ours["left_out"]["names"]:
            continue
        name = ours["names"].get(country.name(), country.name())
        demonym = (country.demonym() or "").replace("/", ",").split(",")
        adjectives = ours["adjectives"].get(name, [d for d in demonym if d and len(d.split()) < 4])
        capital = country.capital()
        capitals = ours["capitals"].get(name, [capital] if isinstance(capital, str) and capital else [])
        others = country.alt_spellings() or []
        aliases = [*ours["aliases"].get(name, []), *(other for other in others if _is_official(other))]
        found[name] = Country(
            name,
            tuple(a for a in dict.fromkeys(aliases) if a != name),
            tuple(adjectives),
            tuple(capitals),
            tuple(ours["peoples"].get(name, _peoples(adjectives))),
            name in ours["ambiguous"]["names"],
        )
    for name, more in ours["further"].items():
        found[name] = Country(
            name, (), tuple(more["adjectives"]), tuple(more["capitals"]), tuple(more["peoples"])
        )
    return dict(sorted(found.items()))


@cache
def territories() -> frozenset[str]:
    """Names of provinces, regions and territories, which are places and no states.

    Examples
    --------
    >>> "Catalonia" in territories() or "California" in territories()
    True
    """
    from countryinfo import all_countries

    names = {name for country in all_countries() for name in country.provinces() or ()}
    ours = read_vocabulary("countries")
    return frozenset({*names, *ours["left_out"]["names"], *ours["regions"]["names"]})


def _is_official(name: str) -> bool:
    return name.isascii() and "," not in name and name[:1].isupper() and any(m in name for m in _OFFICIAL)


def _peoples(adjectives: list[str]) -> list[str]:
    """The people's name where the adjective makes it: "Norwegians", not "Japaneses"."""
    return [f"{a}s" for a in adjectives[:1] if a.endswith(("an", "i", "k", "r", "o", "q", "z", "b", "e"))
            and not a.endswith(("ese", "oise", "ois"))]  # fmt: skip

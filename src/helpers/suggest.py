"""Names in the texts that nobody has listed: who they can be, of what type, with the reason."""

import re
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from .actors import load_ignored
from .candidates import find_candidates
from .corpus import Corpus
from .countries import load_countries
from .first_names import fold_accents
from .name_groups import (
    Proposal,
    best_type,
    find_bodies,
    find_persons,
    group_candidates,
    note_near_misses,
    parts_of_names,
    share_names_with_founders,
)
from .paths import read_vocabulary
from .title_words import word_list

COLUMNS = [
    "actor_id", "name", "type", "affiliation", "aliases", "short", "descriptions", "adjectives", "capitals",
    "peoples", "n_mentions", "n_articles", "reason", "near_misses", "example", "article_id", "start", "end",
]  # fmt: skip
_Place = tuple[str, int, int]  # article_id, start, end
_LISTS = ["aliases", "short", "descriptions", "adjectives", "capitals", "peoples", "near_misses"]


def suggest_actors(corpus: Corpus, mentions: pd.DataFrame | None = None) -> pd.DataFrame:
    """Propose actors for the names that the texts hold.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`; its own actors are not looked at, but for the names its ``actors.toml`` ignores.
    mentions : DataFrame, optional
        From `find_mentions`: names that these cover are left out, so that what is left is still to list.

    Returns
    -------
    DataFrame
        A row is one proposed actor, the most widely mentioned first: actor_id, name, type (person, state,
        organisation, seat; "place" for what is none; "" where the texts do not tell), affiliation (an
        actor_id or ""), aliases, short, descriptions and for states
        adjectives, capitals, peoples as in `Actor`, near_misses (tuples of str), n_mentions and n_articles
        (of the occurrences looked at: lines in title case are not), reason (what speaks for the type and
        the merged spellings), and one example: the sentence with its article_id, start and end of the name.

    Notes
    -----
    Wordings of one person are merged by the rules of `helpers.name_variants.same_person`; names that only
    look alike are `near_misses`. A name before "administration", "family" and the like is not its bearer.
    A spaCy model, where the corpus has one, is heard too, and `reason` says so ("the model takes it for a
    person").

    Examples
    --------
    >>> from helpers import load_corpus
    >>> suggested = suggest_actors(load_corpus())
    >>> {"person", "state", "organisation"} <= set(suggested["type"])
    True
    """
    candidates = find_candidates(corpus)
    ignored = load_ignored(corpus.folder / "actors.toml")
    candidates = candidates[~candidates["text"].isin(ignored)].reset_index(drop=True)
    if mentions is not None:
        candidates = _leave_out_covered(candidates, mentions)
    groups = group_candidates(candidates[candidates["kind"] == ""])
    persons = find_persons(groups)
    used = {id(g) for p in persons for g in p.groups}
    parts = parts_of_names(groups, persons)
    rest = [g for g in groups if id(g) not in used and g not in parts]
    bodies = find_bodies(rest, persons)
    share_names_with_founders(bodies, groups)
    used |= {id(g) for p in bodies for g in p.groups}
    places = [Proposal("place", [g]) for g in rest if id(g) not in used and best_type(g) == "place"]
    used |= {id(g) for p in places for g in p.groups}
    unsure = [Proposal("", [g]) for g in rest if id(g) not in used]
    note_near_misses(persons)
    states = _find_states(candidates, persons)
    if mentions is not None:  # what is left of a listed state is its people, who are nobody's mention
        listed = {actor.name for actor in corpus.actors.values()}
        states = {name: rows for name, rows in states.items() if name not in listed}
    return _table(corpus, candidates, [*persons, *bodies, *places, *unsure], states)


def _leave_out_covered(candidates: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """The occurrences that share no character with a mention."""
    kept = []
    for article_id, part in candidates.groupby("article_id", sort=False):
        found = mentions.loc[mentions["article_id"] == article_id, ["start", "end"]].sort_values("start")
        starts, reach = found["start"].to_numpy(), found["end"].cummax().to_numpy()
        before = np.searchsorted(starts, part["end"].to_numpy())  # mentions that begin before its end
        covered = (before > 0) & (np.append(reach, 0)[before - 1] > part["start"].to_numpy())
        kept.append(part[~covered])
    return pd.concat(kept, ignore_index=True) if kept else candidates


def _find_states(candidates: pd.DataFrame, persons: list[Proposal]) -> dict[str, pd.DataFrame]:
    """The occurrences of each state that is named; ambiguous names only beside an adjective or a capital."""
    parts_of_persons = {w for p in persons for g in p.groups for w in g.words}
    found = {}
    for name, rows in candidates[candidates["kind"] == "state"].groupby("affiliation", sort=False):
        country = load_countries()[str(name)]
        own = rows[~rows["text"].isin(parts_of_persons)]
        named = set(own["text"]) - set(country.capitals)
        alone = country.ambiguous and named == {country.name}
        if own.empty or alone or (not named and len(own) < 3):  # three times by its capital alone
            continue
        found[str(name)] = rows
    return found


def _table(
    corpus: Corpus, candidates: pd.DataFrame, proposals: list[Proposal], states: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    taken: set[str] = set()
    ids = {name: _new_id(name, taken) for name in states}
    bodies = [p for p in proposals if p.type in ("seat", "organisation")]
    ids |= {p.name: _new_id(p.name, taken) for p in bodies}
    known = {fold_accents(g.text): ids[p.name] for p in bodies for g in p.groups}
    known |= {fold_accents(name): ids[name] for name in states}
    places = list(candidates[["article_id", "start", "end"]].itertuples(index=False, name=None))
    rows = [_state_row(name, ids[name], part, places) for name, part in states.items()]
    for proposal in proposals:
        actor_id = ids.get(proposal.name) or _new_id(proposal.name, taken)
        rows.append(_row(proposal, actor_id, places, known))
    _break_circles(rows)
    table = pd.DataFrame(rows, columns=[c for c in COLUMNS if c != "example"])
    table[_LISTS] = table[_LISTS].map(lambda value: value if isinstance(value, tuple) else ())
    sentences = {
        (row.article_id, row.sentence_id): " ".join(row.text.split()) for row in corpus.sentences.itertuples()
    }
    at = candidates.set_index(["article_id", "start"])["sentence_id"].to_dict()
    places_shown = zip(table["article_id"], table["start"], strict=True)
    table["example"] = [sentences[place[0], at[place]] for place in places_shown]
    order = {"person": 0, "state": 0, "organisation": 0, "seat": 0, "place": 1, "": 2}
    table["rank"] = table["type"].map(order)
    by = ["rank", "n_articles", "n_mentions", "actor_id"]
    table = table.sort_values(by, ascending=[True, False, False, True], ignore_index=True)
    return table[COLUMNS]


def _break_circles(rows: list[dict[str, Any]]) -> None:
    """Drop an affiliation that leads back: two bodies that each stand with the other."""
    owners = {row["actor_id"]: row["affiliation"] for row in rows}
    for row in rows:
        seen, at = {row["actor_id"]}, owners[row["actor_id"]]
        while at and at not in seen:
            seen.add(at)
            at = owners[at]
        if at:
            row["affiliation"] = owners[row["actor_id"]] = ""


def _new_id(name: str, taken: set[str]) -> str:
    """An id made from a name, that no other has."""
    stem = re.sub(r"\W+", "_", fold_accents(name)).strip("_") or "actor"
    actor_id, number = stem, 2
    while actor_id in taken:
        actor_id, number = f"{stem}_{number}", number + 1
    taken.add(actor_id)
    return actor_id


def _where(rows: list[int], places: list[_Place]) -> dict[str, Any]:
    article_id, start, end = places[rows[0]]
    articles = {places[row][0] for row in rows}
    return {
        "n_mentions": len(rows),
        "n_articles": len(articles),
        "article_id": article_id,
        "start": start,
        "end": end,
    }


def _state_row(name: str, actor_id: str, part: pd.DataFrame, places: list[_Place]) -> dict[str, Any]:
    country = load_countries()[name]
    texts = ", ".join(f"{text} ({n})" for text, n in Counter(part["text"]).most_common(4))
    lists = {key: getattr(country, key) for key in ("aliases", "adjectives", "capitals", "peoples")}
    reason = f"a state's name, adjective, capital or people: {texts}"
    return (
        {"actor_id": actor_id, "name": name, "type": "state", "affiliation": "", "reason": reason}
        | lists
        | _where(list(part.index), places)
    )


def _row(proposal: Proposal, actor_id: str, places: list[_Place], known: dict[str, str]) -> dict[str, Any]:
    rows = sorted(n for g in proposal.groups for n in g.rows)
    owners: Counter[str] = Counter()
    for group in proposal.groups:
        owners += group.owners
    if proposal.type == "seat":
        owners = Counter({read_vocabulary("countries")["seats"][proposal.name]: 1})
    owner = next((o for o, _ in owners.most_common() if known.get(fold_accents(o), actor_id) != actor_id), "")
    acronyms = [cue.split()[1] for g in proposal.groups for cue in g.cues if cue.startswith("acronym ")]
    reasons = list(dict.fromkeys(reason for group in proposal.groups[:1] for reason in group.reasons))
    reasons[:0] = [f"affiliation: stands with {owner!r}"] if owner else []
    reasons += [f"merged: {', '.join(proposal.merged)}"] if proposal.merged else []
    texts = [*(g.text for g in proposal.groups), *(acronyms if proposal.type == "organisation" else [])]
    aliases = [text for text in texts if text not in (proposal.name, *proposal.short)]
    return {
        "actor_id": actor_id,
        "name": proposal.name,
        "type": proposal.type,
        "affiliation": known[fold_accents(owner)] if owner else "",
        "aliases": tuple(dict.fromkeys(aliases)),
        "short": tuple(dict.fromkeys(proposal.short)),
        "descriptions": _descriptions(proposal),
        "near_misses": tuple(proposal.near),
        "reason": "; ".join(reasons) or "capitalised words that are no English words",
    } | _where(rows, places)


def _descriptions(proposal: Proposal) -> tuple[str, ...]:
    """The offices a person is called by: roles that more than kin or "man" say, the usual ones first."""
    if proposal.type != "person":
        return ()
    roles: Counter[str] = Counter()
    for group in proposal.groups:
        roles += group.roles
    kept = [r for r, _ in roles.most_common() if r.split()[-1] in word_list("offices")]
    return tuple(kept[:3])

"""Names as they are listed, in text of any size: a first count, and what the rules begin with."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from .actors import Actor
from .batch_sentences import find_all_sentences
from .gazetteer import ADJECTIVE, CAPITAL, NAME, Gazetteer, compile_gazetteer
from .matching import Matcher, join_texts


class Listed(NamedTuple):
    """What is looked for, and whom and what each phrase means."""

    matcher: Matcher
    actor: pd.Categorical
    kind: pd.Categorical


@lru_cache(maxsize=1)
def _compile(gazetteer: Gazetteer) -> Listed:
    meaning_of: dict[str, tuple[str, str]] = {}
    for phrase, meanings in gazetteer.meanings.items():
        for form, actor_id in meanings:
            kind = "demonym" if form == ADJECTIVE else "named"
            if form in (NAME, ADJECTIVE, CAPITAL):
                meaning_of[phrase] = actor_id, kind
    matcher = Matcher(meaning_of)
    found = [meaning_of[phrase] for phrase in matcher.phrases]
    actor = pd.Categorical([actor_id for actor_id, _ in found], list(gazetteer.actors))
    return Listed(matcher, actor, pd.Categorical([kind for _, kind in found], ["named", "demonym"]))


def compile_listed(actors: dict[str, Actor]) -> Listed:
    """Give what `find_listed_names` looks for; that of the last actors is kept."""
    return _compile(compile_gazetteer(actors))


def find_listed_names(texts: Sequence[str], actors: dict[str, Actor]) -> pd.DataFrame:
    """Find every name, alias, capital and adjective of the list in some texts, and its sentence.

    Parameters
    ----------
    texts : sequence of str
        Any texts; some hundred at once are read fastest.
    actors : dict of str to Actor
        From `load_actors`.

    Returns
    -------
    DataFrame
        A row a name, in the order of the text: text (its number), sentence_id (counted in its text),
        start, end, actor_id, kind (named, demonym).

    Notes
    -----
    The longest name at the leftmost place, between word boundaries, spelled as in the list or in capitals.
    No rule is applied: a person's surname alone, an alias that needs its article, a ministry, a description
    is not found; a country in "in Norway" and a person in "Jane Doe Square" are. Millions of words a second;
    `find_mentions` has the rules.

    Examples
    --------
    >>> actors = {"norway": Actor("norway", "Norway", "state", adjectives=("Norwegian",))}
    >>> table = find_listed_names(["It snowed. A Norwegian in Norway smiled.", "NORWAY"], actors)
    >>> table.values.tolist()
    [[0, 1, 13, 22, 'norway', 'demonym'], [0, 1, 26, 32, 'norway', 'named'], [1, 0, 0, 6, 'norway', 'named']]
    """
    listed = compile_listed(actors)
    batch = join_texts(texts)
    hits = listed.matcher.find_in(batch).longest()
    text, start, _ = find_all_sentences(batch)
    place = batch.begins[hits.text] + hits.start
    first = np.searchsorted(text, hits.text)
    # A name may begin with the bullet before its sentence.
    sentence = np.maximum(np.searchsorted(batch.begins[text] + start, place, side="right") - 1, first)
    return pd.DataFrame(
        {
            "text": hits.text,
            "sentence_id": sentence - first,
            "start": hits.start,
            "end": hits.end,
            "actor_id": listed.actor.take(hits.phrase),
            "kind": listed.kind.take(hits.phrase),
        },
        copy=False,
    )

"""Who is mentioned where, in which form, as an actor or as a place; and how often."""

import re
from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from .actors import Actor, institutions
from .corpus import Corpus
from .descriptions import find_descriptions
from .errors import InputError
from .gazetteer import ADJECTIVE, BARE_BODY, BODY, Gazetteer, compile_gazetteer
from .language_models import NO_READING, Reading
from .matching import fold
from .names import find_names
from .parallel import map_chunks
from .phrases import Article
from .places import describes_place, is_place, speaks
from .spans import Name
from .structure import Span

KINDS = ("named", "title", "nominal", "demonym", "pronoun")
_OTHER_SPACE = re.compile(r"[^\S\x1e ]")
_SPACES = re.compile(" {2,}")
MENTION_COLUMNS = [
    "article_id", "outlet", "block_id", "sentence_id", "start", "end", "text",
    "actor_id", "kind", "use", "in_quote",
]  # fmt: skip


def find_mentions(corpus: Corpus, *, pronouns: bool = False) -> pd.DataFrame:
    """Find every mention of every actor of the corpus.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.
    pronouns : bool
        Whether pronouns are mentions, too: the rows of `find_pronouns`, without its further columns. They
        are less sure than the others, and what else takes mentions says whether it counts them.

    Returns
    -------
    DataFrame
        A row is one mention of one actor: article_id, outlet, block_id, sentence_id, start, end,
        text, actor_id, kind (named, title, nominal, demonym, pronoun), use (actor, place), in_quote. In the
        order of the text. A phrase that credits several actors ("the two countries") has a row for
        each; a state inside a longer name ("Norway's Defense Ministry") has a row of its own. Of what
        `helpers.scale.annotate` wrote it is a table on disk.

    Raises
    ------
    InputError
        Pronouns of a corpus whose tables lie on disk.

    Notes
    -----
    Only headline, sub-headings, captions and body are read. Names, ministries and short names:
    `helpers.names.resolve_names`; titles and descriptions: `helpers.descriptions.find_descriptions`;
    actor or place: `helpers.places.is_place`. Where the corpus has a spaCy model, its parse may decide
    actor or place, nothing else, and ``attrs["model"]`` names it. The rules are those of a hand
    annotation, against which ``tests/gold`` measures them.

    Examples
    --------
    >>> from helpers import load_corpus
    >>> mentions = find_mentions(load_corpus())
    >>> sorted(set(mentions["kind"])), sorted(set(mentions["use"]))
    (['demonym', 'named', 'nominal', 'title'], ['actor', 'place'])
    >>> "pronoun" in set(find_mentions(load_corpus(), pronouns=True)["kind"])
    True
    """
    if (stored := corpus.stored("mentions")) is not None:
        if pronouns:
            raise InputError(
                f"{corpus.folder.name}/ has no pronouns: they are found in a folder of articles only"
            )
        return stored
    mentions = _find_without_pronouns(corpus)
    if not pronouns:
        return mentions
    from .pronouns import find_pronouns  # it reads a table of mentions itself

    both = pd.concat([mentions, find_pronouns(corpus, mentions)[MENTION_COLUMNS]], ignore_index=True)
    article = both["article_id"].map({a: n for n, a in enumerate(corpus.articles["article_id"])})
    order = pd.DataFrame({"article": article, "start": both["start"], "end": -both["end"]})
    # the sort is stable: what stands at one place keeps its order
    return both.loc[order.sort_values([*order], kind="stable").index].reset_index(drop=True)


def _find_without_pronouns(corpus: Corpus) -> pd.DataFrame:
    article_ids = corpus.articles["article_id"].tolist()
    sentences_of = dict(tuple(corpus.sentences.groupby("article_id")))
    nothing = corpus.sentences.head(0)
    readings = corpus.readings()
    articles = [
        (
            corpus.counted_text(a),
            sentences_of.get(a, nothing)[["start", "end"]].to_numpy(),
            readings.get(a, NO_READING),
        )
        for a in article_ids
    ]
    rows: list[tuple[object, ...]] = []
    for article_id, outlet, found in zip(
        article_ids,
        corpus.articles["outlet"],
        map_chunks(partial(_find_in_articles, corpus.actors), articles),
        strict=True,
    ):
        if not found:
            continue
        sentences = sentences_of[article_id]
        at = np.searchsorted(sentences["start"], [start for start, *_ in found], side="right") - 1
        block_ids, sentence_ids = (sentences[side].to_numpy()[at] for side in ("block_id", "sentence_id"))
        raw = corpus.raw(article_id)
        quoted = inside(corpus.quoted_spans(article_id), [start for start, *_ in found])
        rows += [
            (article_id, outlet, block, sentence, start, end, raw[start:end], actor_id, kind, use, in_quote)
            for (start, end, actor_id, kind, use), block, sentence, in_quote in zip(
                found, block_ids, sentence_ids, quoted, strict=True
            )
        ]
    mentions = pd.DataFrame(rows, columns=MENTION_COLUMNS)
    whole_numbers = dict.fromkeys(["block_id", "sentence_id", "start", "end"], "int64")
    mentions = mentions.astype({**whole_numbers, "in_quote": "bool"})
    if corpus.model:
        mentions.attrs["model"] = corpus.model
    return mentions


def _find_in_articles(
    actors: dict[str, Actor], articles: Sequence[tuple[str, np.ndarray, Reading]]
) -> list[list[tuple[int, int, str, str, str]]]:
    """The mentions of each article, from its text that counts and the spans of its sentences."""
    gazetteer = compile_gazetteer(actors)
    squeezed = [squeeze(text) for text, *_ in articles]
    found = []
    for (text, places), (_, sentences, reading), names in zip(
        squeezed, articles, find_names([text for text, _ in squeezed], gazetteer), strict=True
    ):
        starts, ends = np.searchsorted(places, sentences).T.tolist() if len(sentences) else ([], [])
        spans = list(zip(starts, ends, strict=True))
        rows = find_mentions_in(text, spans, names, gazetteer, _squeezed(reading, places))
        begins = places[[start for start, *_ in rows]].tolist() if rows else []
        ends = (places[[end - 1 for _, end, *_ in rows]] + 1).tolist() if rows else []
        found.append(
            [(start, end, *rest) for start, end, (_, _, *rest) in zip(begins, ends, rows, strict=True)]
        )
    return found


def _squeezed(reading: Reading, places: np.ndarray) -> Reading:
    """A reading by the characters of the squeezed text."""
    if reading == NO_READING:
        return reading
    at = np.searchsorted(places, [*reading.places, *reading.verbs]).tolist()
    n = len(reading.places)
    return Reading((), dict(zip(at[:n], reading.places.values(), strict=True)), frozenset(at[n:]))


def squeeze(text: str) -> tuple[str, np.ndarray]:
    r"""Make each run of white space one space, so that a name may be broken over lines.

    Returns the text and, for each of its characters, where it stands in the text given. The mark U+001E
    for what does not count is left alone.

    Examples
    --------
    >>> squeezed, places = squeeze("East\r\n  Timor")
    >>> squeezed, places.tolist()
    ('East Timor', [0, 1, 2, 3, 4, 8, 9, 10, 11, 12])
    """
    text = _OTHER_SPACE.sub(" ", text)
    kept = np.ones(len(text), dtype=bool)
    for run in _SPACES.finditer(text):
        kept[run.start() + 1 : run.end()] = False
    return _SPACES.sub(" ", text), np.flatnonzero(kept)


def find_mentions_in(
    text: str,
    sentences: list[Span],
    names: list[Name],
    gazetteer: Gazetteer,
    reading: Reading = NO_READING,
) -> list[tuple[int, int, str, str, str]]:
    """Find the mentions of one text: start, end, actor_id, kind and use, in the order of the text.

    Parameters
    ----------
    text : str
        The text, characters that do not count replaced one for one.
    sentences : list of (int, int)
        Its sentences.
    names : list of Name
        What `find_names` found in it.
    gazetteer : Gazetteer
        The one that found them.
    reading : Reading
        A spaCy model's of this text, if there is one.
    """
    text = fold(text)
    actors = gazetteer.actors
    places: set[int] = set()
    previous = (0, False)
    for name in names:
        place = is_place(text, name, gazetteer, previous, reading)
        if place:
            places.add(name.start)
        if not name.nested:
            previous = (name.end, place)
    descriptions = find_descriptions(Article(text, sentences, names, gazetteer, places))
    titled = {(d.start, d.end) for d in descriptions if d.kind == "title"}
    rows = []
    for name in names:
        actor = actors[name.actor_id]
        if (name.start, name.end) in titled:
            continue  # "Norwegian state media NRK": the description belongs to the name beside it
        use = "place" if name.start in places and not name.nested else "actor"
        acts_for_state = actor.type == "seat" and use == "actor" and actor.side and not speaks(text, name)
        kind = "demonym" if name.form == ADJECTIVE else "named"
        if name.form == BODY:
            kind = institutions()[actor.institution].get("kind", "named")
        elif name.form == BARE_BODY:
            kind = "nominal"
        rows.append((name.start, name.end, actor.side if acts_for_state else actor.id, kind, use))
    for description in descriptions:
        lone_state = len(description.actor_ids) == 1 and actors[description.actor_ids[0]].type == "state"
        place = lone_state and description.kind == "nominal" and describes_place(text, description, reading)
        rows += [
            (description.start, description.end, actor_id, description.kind, "place" if place else "actor")
            for actor_id in description.actor_ids
        ]
    return sorted(set(rows), key=lambda row: (row[0], -row[1], row[2]))


def inside(spans: list[Span], positions: Sequence[int]) -> np.ndarray:
    """Which positions lie inside one of the spans, which are in order and do not overlap."""
    if not spans:
        return np.zeros(len(positions), dtype=bool)
    starts, ends = np.array(spans).T
    at = np.searchsorted(starts, positions, side="right") - 1
    return np.asarray((at >= 0) & (np.asarray(positions) < ends[at]))


def without_pronouns(mentions: pd.DataFrame) -> pd.DataFrame:
    """Leave out what `find_mentions` was asked for by ``pronouns=True``.

    Examples
    --------
    >>> without_pronouns(pd.DataFrame({"kind": ["named", "pronoun"]}))["kind"].tolist()
    ['named']
    """
    return mentions[mentions["kind"] != "pronoun"]

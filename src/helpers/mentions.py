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
from .stored_tables import StoredTable, in_parts, sum_parts
from .structure import Span
from .uncertainty import RANGES, compare_rates

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


def leave_out_nested(mentions: pd.DataFrame) -> pd.DataFrame:
    """Leave out mentions inside a longer mention of another actor.

    "Norway's Defense Ministry" is a mention of the ministry and, inside it, one of Norway. That the two stand
    together is a matter of spelling: without the inner one they meet only where Norway is mentioned apart.

    Parameters
    ----------
    mentions : DataFrame
        From `find_mentions`; of a table on disk each part is looked through when it is read.

    Returns
    -------
    DataFrame
        The rows whose span is not part of a longer one. Actors that share one span ("the two countries")
        stay.

    Examples
    --------
    >>> rows = [("a", 0, 25, "ministry"), ("a", 0, 6, "norway"), ("a", 30, 36, "norway")]
    >>> table = pd.DataFrame(rows, columns=["article_id", "start", "end", "actor_id"])
    >>> leave_out_nested(table)["start"].tolist()
    [0, 30]
    """
    if isinstance(mentions, StoredTable):
        return mentions.each(leave_out_nested)
    spans = mentions[["article_id", "start", "end"]].drop_duplicates()
    spans = spans.sort_values(["article_id", "start", "end"], ascending=[True, True, False])
    # A span is inside an earlier one if it ends no later than the furthest of them.
    furthest = spans.groupby("article_id")["end"].cummax().groupby(spans["article_id"]).shift(fill_value=-1)
    nested = pd.MultiIndex.from_frame(spans[spans["end"] <= furthest])
    return mentions[~pd.MultiIndex.from_frame(mentions[["article_id", "start", "end"]]).isin(nested)]


_USES = {"actor": ", places left out", "place": ", as places only", None: ", places too"}
_GROUPS = ("outlet", "article_id", "actor_id", "kind")


def roll_up_mentions(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """Put each actor's side, normally a state, in its place; actors without one stay themselves.

    Parameters
    ----------
    corpus : Corpus
        Gives the actors' sides.
    mentions : DataFrame
        From `find_mentions`.

    Returns
    -------
    DataFrame
        The same rows with another actor_id.

    Examples
    --------
    >>> from helpers import load_corpus
    >>> corpus = load_corpus()
    >>> mentions = find_mentions(corpus)
    >>> len(roll_up_mentions(corpus, mentions)) == len(mentions)
    True
    """
    return mentions.assign(actor_id=[corpus.actors[a].side or a for a in mentions["actor_id"]])


def count_mentions(
    corpus: Corpus,
    mentions: pd.DataFrame,
    by: str | Sequence[str] = ("outlet", "actor_id"),
    *,
    rolled_up: bool = False,
    use: str | None = "actor",
) -> pd.DataFrame:
    """Count mentions by outlet, article, actor or kind.

    Parameters
    ----------
    corpus : Corpus
        Gives the words, and every outlet, article and actor, so that zeros are kept.
    mentions : DataFrame
        From `find_mentions`; take rows out before to count some kinds only. A table on disk is read part by
        part. Pronouns are never counted among the others: they have a column of their own, by kind rows of
        their own.
    by : str or sequence of str
        Some of outlet, article_id, actor_id, kind.
    rolled_up : bool
        Count a person or organisation for the state it is affiliated with. A phrase that names
        an actor by its state ("Norway's Defense Ministry") holds two mentions and counts as two.
    use : str or None
        "actor" (default), "place", or None for both.

    Returns
    -------
    DataFrame
        The columns of `by`; with actor_id also actor (its name), type, affiliation (id of its
        side) and affiliation_name; n_mentions; n_pronouns (if there are any, and not by kind; no rate
        or share holds them); n_words (of the outlet, article or whole corpus);
        mentions_per_1000_words = 1000 * n_mentions / n_words; share = n_mentions / all mentions of
        the same outlet or article. Rates compare outlets; they say nothing of texts not in the
        corpus. Every combination has a row, zero or not, for actors that are in ``actors.toml`` or
        occur anywhere. ``attrs["counted"]`` says which kinds are in it.

    Raises
    ------
    InputError
        A column that mentions are not counted by.

    Examples
    --------
    >>> from helpers import load_corpus
    >>> corpus = load_corpus()
    >>> counts = count_mentions(corpus, find_mentions(corpus), by=["article_id", "kind"])
    >>> len(counts) == len(corpus.articles) * 5
    True
    """
    by = [by] if isinstance(by, str) else list(by)
    if not by:
        raise InputError(f"mentions must be counted by something: expected some of {', '.join(_GROUPS)}")
    for column in by:
        if column not in _GROUPS:
            raise InputError(
                f"mentions cannot be counted by {column!r}: expected some of {', '.join(_GROUPS)}"
            )
    actors = corpus.actors
    keys = list(dict.fromkeys([*by, "actor_id", "kind"]))
    sizes = sum_parts((_count_part(part, keys, use) for part in in_parts(mentions)), keys)
    if rolled_up:
        sizes = roll_up_mentions(corpus, sizes)
    seen = set(sizes["actor_id"])
    counted_actors = [
        a.id
        for a in actors.values()
        if a.id in seen or (a.declared and (not rolled_up or a.side in ("", a.id)))
    ]
    pronouns = sizes[sizes["kind"] == "pronoun"]
    if "kind" not in by:
        sizes = without_pronouns(sizes)
    kinds = [kind for kind in KINDS if kind in set(sizes["kind"])]
    levels = {
        "outlet": sorted(set(corpus.articles["outlet"])),
        "article_id": corpus.articles["article_id"].tolist(),
        "actor_id": counted_actors,
        "kind": list(KINDS),
    }
    index = pd.MultiIndex.from_product([levels[c] for c in by], names=by)
    counts = sizes.groupby(by)["n"].sum().reindex(index, fill_value=0).rename("n_mentions").reset_index()
    if len(pronouns) and "kind" not in by:
        n_pronouns = pronouns.groupby(by)["n"].sum().reindex(index, fill_value=0)
        counts["n_pronouns"] = n_pronouns.to_numpy()
    unit = "article_id" if "article_id" in by else "outlet" if "outlet" in by else None
    if unit:
        words = corpus.articles.groupby(unit)["n_words"].sum()
        counts["n_words"] = counts[unit].map(words)
        total = counts.groupby(unit)["n_mentions"].transform("sum")
    else:
        counts["n_words"] = corpus.articles["n_words"].sum()
        total = counts["n_mentions"].sum()
    counts.attrs["counted"] = f"Counted: {', '.join(kinds) or 'no'} mentions{_USES[use]}."
    counts["mentions_per_1000_words"] = 1000 * counts["n_mentions"] / counts["n_words"]
    counts["share"] = (counts["n_mentions"] / total).fillna(0.0)
    if "actor_id" in by:
        at = counts.columns.get_loc("actor_id") + 1
        sides = [actors[a].side for a in counts["actor_id"]]
        counts.insert(at, "type", [actors[a].type for a in counts["actor_id"]])
        counts.insert(at, "actor", [actors[a].name for a in counts["actor_id"]])
        counts.insert(at + 2, "affiliation", sides)
        counts.insert(at + 3, "affiliation_name", [actors[s].name if s else "" for s in sides])
    return counts


def _count_part(mentions: pd.DataFrame, keys: list[str], use: str | None) -> pd.DataFrame:
    if use is not None:
        mentions = mentions[mentions["use"] == use]
    return mentions.groupby(keys).size().rename("n").reset_index()


def compare_mentions(
    corpus: Corpus, mentions: pd.DataFrame, by: str = "outlet", *, use: str | None = "actor"
) -> pd.DataFrame:
    """Contrast how often each outlet mentions each actor with the other outlets.

    Parameters
    ----------
    corpus : Corpus
        Gives the words and actors.
    mentions : DataFrame
        From `find_mentions`; take rows out before to compare some kinds only. Pronouns are not counted.
    by : {"outlet", "article_id"}
        What a group is.
    use : str or None
        "actor" (default), "place", or None for both.

    Returns
    -------
    DataFrame
        A row a group and actor that any group mentions: group, actor_id, actor, n_mentions, n_words,
        mentions_per_1000_words, rate_low, rate_high (95 % range over paragraphs), rate_rest,
        difference (of the rates), loo_low, loo_high, boot_low, boot_high, p_value, lowest_p, q_value
        (see `helpers.uncertainty.compare_rates`), n_articles, n_articles_group, articles. The
        largest differences of each group first.

    Raises
    ------
    InputError
        Another `by`.

    Examples
    --------
    >>> from helpers import load_corpus
    >>> corpus = load_corpus()
    >>> compare_mentions(corpus, find_mentions(corpus))["lowest_p"].unique().tolist()
    [0.2, 0.1]
    """
    units = corpus.grouped_paragraphs(by, "mentions").rename(columns={"n_words": "size"})
    mentions = without_pronouns(mentions)
    if use is not None:
        mentions = mentions[mentions["use"] == use]
    counts = mentions.groupby(["article_id", "block_id", "actor_id"]).size().rename("n").reset_index()
    compared = compare_rates(units, counts.rename(columns={"actor_id": "item"}), zeros=True)
    per_1000 = {c: 1000 * compared[c] for c in ("rate", "rate_low", "rate_high", "effect", *RANGES[:4])}
    table = pd.DataFrame(
        {
            "group": compared["group"],
            "actor_id": compared["item"],
            "actor": [corpus.actors[a].name for a in compared["item"]],
            "n_mentions": compared["n"],
            "n_words": compared["size"].astype(int),
            "mentions_per_1000_words": per_1000["rate"],
            "rate_low": per_1000["rate_low"],
            "rate_high": per_1000["rate_high"],
            "rate_rest": per_1000["rate"] - per_1000["effect"],
            "difference": per_1000["effect"],
            **{c: per_1000.get(c, compared[c]) for c in RANGES},
            "n_articles": compared["n_articles"],
            "n_articles_group": compared["n_articles_group"],
            "articles": compared["articles"],
        }
    )
    order = table["difference"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].sort_values("group", kind="stable", ignore_index=True)


def locate_mentions(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """Say how far into its article each mention of an actor stands.

    Parameters
    ----------
    corpus : Corpus
        Gives the text that counts, by which positions are measured, and the actors.
    mentions : DataFrame
        From `find_mentions`; places and pronouns are left out.

    Returns
    -------
    DataFrame
        A row a mention, by article in the order of the text: article_id, label (of the article, see
        `Corpus.labels`), outlet, actor_id, actor, affiliation, affiliation_name, position (characters of
        counted text before it, as a share of all, 0 to 1), time (1 for the actor's first mention in the
        article, 2 for the second, …), sentence_id, start, end.

    Examples
    --------
    >>> from helpers import load_corpus
    >>> corpus = load_corpus()
    >>> bool(locate_mentions(corpus, find_mentions(corpus))["position"].between(0, 1).all())
    True
    """
    acting = without_pronouns(mentions[mentions["use"] == "actor"])
    acting = acting.sort_values(["article_id", "start", "actor_id"])
    sides = [corpus.actors[a].side for a in acting["actor_id"]]
    located = acting.assign(
        label=acting["article_id"].map(corpus.labels()),
        actor=[corpus.actors[a].name for a in acting["actor_id"]],
        affiliation=sides,
        affiliation_name=[corpus.actors[side].name if side else "" for side in sides],
        position=corpus.positions(acting),
        time=acting.groupby(["article_id", "actor_id"]).cumcount() + 1,
    )
    columns = [
        "article_id", "label", "outlet", "actor_id", "actor", "affiliation", "affiliation_name",
        "position", "time", "sentence_id", "start", "end",
    ]  # fmt: skip
    return located[columns].reset_index(drop=True)


def find_first_mentions(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """Say when each article brings in each actor.

    Parameters
    ----------
    corpus : Corpus
        Gives the text that counts, by which positions are measured.
    mentions : DataFrame
        From `find_mentions`; places and pronouns are left out.

    Returns
    -------
    DataFrame
        A row an article and actor: article_id, outlet, actor_id, actor, order (1 for the first
        actor of the article), position (characters of counted text before it, as a share of all,
        0 to 1), sentence_id, start, end.

    Examples
    --------
    >>> from helpers import load_corpus
    >>> corpus = load_corpus()
    >>> first = find_first_mentions(corpus, find_mentions(corpus))
    >>> bool(first["position"].between(0, 1).all())
    True
    """
    located = locate_mentions(corpus, mentions)
    first = located[located["time"] == 1].copy()
    first["order"] = first.groupby("article_id").cumcount() + 1
    columns = [
        "article_id", "outlet", "actor_id", "actor", "order", "position", "sentence_id", "start", "end",
    ]  # fmt: skip
    return first[columns].reset_index(drop=True)

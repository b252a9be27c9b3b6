"""Whom pronouns stand for: he, she, it and they, and I and we inside quotations."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from .actors import Actor
from .antecedents import Reading
from .corpus import Corpus
from .genders import learn_genders, unlisted_key
from .matching import fold
from .mentions import MENTION_COLUMNS, inside
from .parallel import map_chunks
from .persons import Row
from .pronoun_resolution import Resolved, Resolver, Told
from .pronoun_words import forms
from .quotes import find_quotes
from .structure import Span

PRONOUN_COLUMNS = [*MENTION_COLUMNS, "score", "antecedent_start", "antecedent_end", "reason"]
LEAST = 0.5  # below this score a pronoun has no row
_SURE, _VOTES, _SHARE = 0.6, 1.0, 0.75  # what pronouns must say to tell who is called he
_GENDERS = {"he": "m", "she": "f", "they": "they"}
_WHOLE = ["block_id", "sentence_id", "start", "end", "antecedent_start", "antecedent_end"]
_Article = tuple[str, list[list[int]], list[Span], list[Row], list[Told], list[str]]


def find_pronouns(corpus: Corpus, mentions: pd.DataFrame, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find the pronouns that stand for an actor.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.
    mentions : DataFrame
        From `find_mentions`: what pronouns can stand for. Pronouns in it are left out.
    quotes : DataFrame, optional
        From `find_quotes`, which is asked if it is not given.

    Returns
    -------
    DataFrame
        A row a pronoun and actor, in the order of the text: the columns of `find_mentions` (kind pronoun, use
        actor); score (how sure, 0.5 to 1); antecedent_start and antecedent_end (the span of the name or
        description it stands for; where it does so through another pronoun, of that pronoun's); reason (the
        rule that says most for it). "They" for several actors has a row for each.

    Notes
    -----
    **Candidates** are the mentions of up to five sentences back, and beside them persons whom no actor
    covers, nouns ("the man", "the plan", "residents") and other names: what they win has no row. Persons can
    be he or she; states, organisations and things it; several of anything they, one organisation they, too.

    **Gender**: the actor's entry, titles and roles in the corpus, the first name; of whom none of them says
    anything, three quarters of the pronouns that a first reading of the corpus gave them.

    **Never**: for "he" in a quotation, its speaker; for "him", the subject of its clause; across the border
    of a caption.

    **Weight**: `helpers.pronoun_resolution.WEIGHTS`, for nearness, subject before object, paragraphs and
    headlines, the subject of its own clause for "his" and "himself", who spoke last for "he said", who is
    named behind it ("In his speech, Roe said"). The score is w / (w + v + 0.1), w being the weight of the
    likeliest candidate and v of the next, and never above that of a pronoun it goes through. Below 0.5, as
    where two are equally likely, there is no row: on annotated articles one in three of those was right.

    **I** inside a quotation is its speaker, with a score of 0.95, of 0.8 where no verb of saying names the
    speaker, or of the "he" that does. **We** counts only where the speaker belongs to a state or
    organisation that the sentence has named within the quotation, and for "our two countries". Empty "it",
    relative and reciprocal pronouns have no row.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> pronouns = find_pronouns(corpus, find_mentions(corpus))
    >>> bool(pronouns["score"].between(0.5, 1).all()), set(pronouns["kind"])
    (True, {'pronoun'})
    """
    mentions = mentions[mentions["kind"] != "pronoun"]
    quotes = find_quotes(corpus, mentions) if quotes is None else quotes
    articles = _articles(corpus, mentions, quotes)
    genders = learn_genders(corpus.actors, ((text, rows) for text, _, _, rows, _, _ in articles.values()))
    resolved = _resolve(corpus.actors, genders, articles)
    if more := _told_by_pronouns(corpus.actors, genders, articles, resolved):
        again = {
            article_id: article
            for article_id, article in articles.items()
            if any(row.actor_id in more for row in article[3])
        }
        resolved |= _resolve(corpus.actors, {**genders, **more}, again)
    outlets = corpus.articles.set_index("article_id")["outlet"]
    sentences_of = dict(tuple(corpus.sentences.groupby("article_id")))
    table: list[tuple[Any, ...]] = []
    for article_id, found in resolved.items():
        if sure := [r for r in found if r.score >= LEAST]:
            table += _rows(corpus, article_id, outlets[article_id], sure, sentences_of[article_id])
    pronouns = pd.DataFrame(table, columns=PRONOUN_COLUMNS)
    return pronouns.astype({**dict.fromkeys(_WHOLE, "int64"), "in_quote": "bool", "score": "float64"})


def _articles(corpus: Corpus, mentions: pd.DataFrame, quotes: pd.DataFrame) -> dict[str, _Article]:
    """Each article with its sentences, quotations and mentions, free of tables, for other processes."""
    kinds = corpus.blocks.set_index(["article_id", "block_id"])["kind"].to_dict()
    sentences_of = dict(tuple(corpus.sentences.groupby("article_id")))
    rows_of = dict(tuple(mentions.groupby("article_id")[list(Row._fields)]))
    told_of: dict[str, list[Told]] = defaultdict(list)
    columns = [
        "article_id", "start", "end", "kind", "speaker_id", "speaker", "speaker_text", "cue_start", "cue_end",
    ]  # fmt: skip
    for article_id, start, end, kind, actor_id, name, words, *cue in quotes[columns].itertuples(index=False):
        speaker = actor_id or (unlisted_key(name) if name.strip() else "")
        told_of[article_id].append(Told(start, end, kind, speaker, words, (cue[0], cue[1])))
    articles: dict[str, _Article] = {}
    for article_id in corpus.articles["article_id"]:
        table = sentences_of.get(article_id, corpus.sentences.head(0))
        sentences = table[["start", "end", "block_id"]].to_numpy().tolist()
        rows = rows_of[article_id].to_numpy().tolist() if article_id in rows_of else []
        flows = [kinds[article_id, block] for _, _, block in sentences]
        articles[article_id] = (
            fold(corpus.counted_text(article_id)),
            sentences,
            corpus.quoted_spans(article_id),
            [*map(Row._make, rows)],
            told_of[article_id],
            ["headline" if flow == "subheading" else flow for flow in flows],
        )
    return articles


def _resolve(
    actors: dict[str, Actor], genders: Mapping[str, str], articles: Mapping[str, _Article]
) -> dict[str, list[Resolved]]:
    found = map_chunks(partial(_resolve_articles, actors, genders), list(articles.values()))
    return dict(zip(articles, found, strict=True))


def _resolve_articles(
    actors: dict[str, Actor], genders: Mapping[str, str], articles: Sequence[_Article]
) -> list[list[Resolved]]:
    return [
        Resolver(Reading(text, sentences, quoted, rows, actors, genders), told, flows).resolve()
        for text, sentences, quoted, rows, told, flows in articles
    ]


def _told_by_pronouns(
    actors: Mapping[str, Actor],
    genders: Mapping[str, str],
    articles: Mapping[str, _Article],
    resolved: Mapping[str, list[Resolved]],
) -> dict[str, str]:
    """Who is called he, she or they by pronouns that surely stand for them, where nothing else says it."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for article_id, found in resolved.items():
        text = articles[article_id][0]
        for pronoun in found:
            form = forms()[text[pronoun.start : pronoun.end].lower()]
            actor = actors.get(pronoun.keys[0])
            person = actor is not None and actor.type == "person" and len(pronoun.keys) == 1
            if person and form in _GENDERS and pronoun.score >= _SURE and pronoun.keys[0] not in genders:
                votes[pronoun.keys[0]][_GENDERS[form]] += pronoun.score  # type: ignore[assignment]
    most = {
        key: max(of_key, key=lambda gender: of_key[gender]) for key, of_key in votes.items() if key in actors
    }
    return {
        key: gender
        for key, gender in most.items()
        if votes[key][gender] >= max(_VOTES, _SHARE * votes[key].total())
    }


def _rows(
    corpus: Corpus, article_id: str, outlet: str, resolved: Sequence[Resolved], sentences: pd.DataFrame
) -> list[tuple[Any, ...]]:
    """The rows of one article; who is not listed has none."""
    raw = corpus.raw(article_id)
    starts = sentences["start"].tolist()
    ids = sentences[["block_id", "sentence_id"]].to_numpy().tolist()
    quoted = inside(corpus.quoted_spans(article_id), [r.start for r in resolved])
    return [
        (
            article_id, outlet, *ids[bisect_left(starts, r.start + 1) - 1], r.start, r.end,
            raw[r.start : r.end], key, "pronoun", "actor", bool(in_quote),
            round(r.score, 3), *r.root, r.reason,
        )
        for r, in_quote in zip(resolved, quoted, strict=True)
        for key in r.keys
        if key in corpus.actors
    ]  # fmt: skip

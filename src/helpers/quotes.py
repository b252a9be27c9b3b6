"""Who says what, in whose words: quotations and attributions with their cue and speaker."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from .actors import Actor
from .corpus import Corpus
from .language_models import NO_READING
from .mentions import without_pronouns
from .parallel import map_chunks
from .persons import Row
from .source_types import NOBODY, source_type
from .structure import Span
from .tellings import Telling, find_tellings

QUOTE_KINDS = ("direct", "partial", "scare", "indirect", "other")
QUOTE_COLUMNS = [
    "article_id", "outlet", "sentence_id", "quote_id", "start", "end", "text", "kind", "speaker_id",
    "speaker_text", "via_id", "cue", "cue_start", "cue_end", "stance", "speaker", "source_type",
]  # fmt: skip
_WHOLE = ["sentence_id", "quote_id", "start", "end", "cue_start", "cue_end"]
_Article = tuple[str, list[list[int]], list[Span], list[Row], dict[int, Span]]


def find_quotes(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """Find every quotation and every attribution, with its speaker.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.
    mentions : DataFrame
        From `find_mentions`: the actors whom speakers resolve to; pronouns among them are not looked at.

    Returns
    -------
    DataFrame
        A row a span, in the order of the text: article_id, outlet, sentence_id (of its first
        character), quote_id (one number for the spans of one quotation), start, end, text (marks
        left out), kind, speaker_id (an actor's id, or ""), speaker_text (the words that name the
        speaker; those before where the speaker is carried over), via_id (the actor that relays it, or
        ""), cue, cue_start, cue_end ("", -1 and -1 for none), stance of the
        cue (neutral, endorsing, confronting, distancing, ""), speaker (the actor's name, or the
        fullest name the article gives, or the words), source_type (see `helpers.source_types.source_type`).

    Notes
    -----
    ``kind``: direct, at least a clause in marks; partial, a fragment of speech in the outlet's own
    sentence; scare, a label held at a distance; other, marks that quote no speech; indirect, what a
    source is said to say, without marks. A quotation inside a quotation belongs to the outer one. Two
    sources named together ("both ministries") get no speaker_id: the words credit all or none.
    Where the corpus has a spaCy model, its parse names the speaker of a cue to which the rules find none,
    or none that is listed; then the table has a last column by_model, true for such rows and for those
    whose speaker is carried over from one.
    Works by rules for English; quotations in other languages are found, attributions are not.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> quotes = find_quotes(corpus, find_mentions(corpus))
    >>> sorted(set(quotes["kind"]))
    ['direct', 'indirect', 'other', 'partial', 'scare']
    """
    outlets = corpus.articles["outlet"]
    sentences_of = dict(tuple(corpus.sentences.groupby("article_id")))
    articles = _articles(corpus, without_pronouns(mentions), sentences_of)
    found = map_chunks(partial(_find_in_articles, corpus.actors), list(articles.values()))
    table: list[tuple[Any, ...]] = []
    n_quotes = 0
    for article_id, outlet, tellings in zip(articles, outlets, found, strict=True):
        if tellings:
            table += _rows(corpus, article_id, outlet, n_quotes, tellings, sentences_of[article_id])
        n_quotes += len(tellings)
    quotes = pd.DataFrame(table, columns=[*QUOTE_COLUMNS, "by_model"])
    quotes = quotes.astype({**dict.fromkeys(_WHOLE, "int64"), "by_model": "bool"})
    return quotes if corpus.model else quotes[QUOTE_COLUMNS]


def _articles(
    corpus: Corpus, mentions: pd.DataFrame, sentences_of: dict[str, pd.DataFrame]
) -> dict[str, _Article]:
    """Each article with its sentences, quotations and mentions, free of tables, for other processes."""
    columns = ["start", "end", "block_id"]
    none = corpus.sentences.head(0)
    readings = corpus.readings()
    rows_of = dict(tuple(mentions.groupby("article_id")[list(Row._fields)]))
    return {
        article_id: (
            corpus.counted_text(article_id),
            sentences_of.get(article_id, none)[columns].to_numpy().tolist(),
            corpus.quoted_spans(article_id),
            [*map(Row._make, rows_of[article_id].to_numpy().tolist())] if article_id in rows_of else [],
            readings.get(article_id, NO_READING).subjects,
        )
        for article_id in corpus.articles["article_id"]
    }


def _find_in_articles(actors: dict[str, Actor], articles: Sequence[_Article]) -> list[list[Telling]]:
    return [find_tellings(actors, *article) for article in articles]


def _rows(
    corpus: Corpus,
    article_id: str,
    outlet: str,
    first_id: int,
    tellings: Sequence[Telling],
    sentences: pd.DataFrame,
) -> list[tuple[Any, ...]]:
    """The rows of one article, in the order of the text; quotations are numbered in that order."""
    raw = corpus.raw(article_id)
    starts, ids = sentences["start"].to_numpy(), sentences["sentence_id"].tolist()
    rows: list[tuple[Any, ...]] = []
    for quote_id, told in enumerate(sorted(tellings, key=lambda t: t.spans[0]), start=first_id):
        speaker = told.speaker
        kind_of_source = source_type(speaker, corpus.actors) if speaker is not NOBODY else ""
        cue_start, cue_end = told.cue or (-1, -1)
        cue = raw[cue_start:cue_end] if told.cue else ""
        for start, end in told.spans:
            sentence_id = ids[max(int(starts.searchsorted(start, "right")) - 1, 0)]
            rows.append(
                (
                    article_id, outlet, sentence_id, quote_id, start, end, raw[start:end], told.kind,
                    speaker.actor_id, speaker.text, told.via_id, cue, cue_start, cue_end, told.stance,
                    speaker.name, kind_of_source, speaker.by_model,
                )
            )  # fmt: skip
    return sorted(rows, key=lambda row: row[4])

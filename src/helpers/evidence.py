"""From any number back to the sentences it came from."""

import html
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from .cooccurrence import find_incidence
from .corpus import Corpus
from .errors import InputError
from .frames import VOCABULARIES, find_listed_words, load_word_lists
from .mentions import find_mentions
from .naming import find_labels, plain_label
from .quotes import find_quotes
from .shown_tables import say_rest
from .voices import LEVELS, find_stances, leave_counted, name_voices
from .words import find_all_words

_KEYS = (
    "outlet", "article_id", "actor_id", "kind", "use", "subject_id", "form", "occurrence", "voice", "tone",
    "frame", "word", "label", "voice_id", "side", "rung", "speaker_id", "source_type", "stance",
)  # fmt: skip


@lru_cache(maxsize=2)
def _mentions(corpus: Corpus) -> pd.DataFrame:
    return find_mentions(corpus)


@lru_cache(maxsize=2)
def _words(corpus: Corpus) -> pd.DataFrame:
    return find_all_words(corpus, _mentions(corpus))


@lru_cache(maxsize=2)
def _quotes(corpus: Corpus) -> pd.DataFrame:
    return find_quotes(corpus, _mentions(corpus))


def _counted_in(corpus: Corpus, columns: set[str]) -> pd.DataFrame:
    """The table that rows with these columns were counted in, if nothing was taken out of it."""
    if "voice_id" in columns:
        told = leave_counted(_quotes(corpus))
        # Only speakers are shown with the type of source they are first called.
        levels = ("speaker",) if "source_type" in columns else LEVELS
        named = pd.concat([name_voices(corpus, told, level) for level in levels])
        return named.drop(columns="source_type")
    if columns & {"speaker_id", "source_type", "stance"}:
        return _quotes(corpus)
    if columns & {"side", "rung"}:
        return find_stances(corpus, _mentions(corpus), _quotes(corpus))
    if "subject_id" in columns:
        return find_labels(corpus, _mentions(corpus))
    if "frame" in columns:
        lists = [listed for v in VOCABULARIES for listed in load_word_lists(v, corpus.folder)]
        return find_listed_words(_words(corpus), lists)
    return _words(corpus) if "word" in columns else _mentions(corpus)


@dataclass(frozen=True, eq=False)
class Evidence:
    """Sentences with what was counted in them marked; shows itself in a notebook or as text.

    Parameters
    ----------
    sentences : DataFrame
        A row a sentence: outlet, article_id, start, end, text, marks (spans within the text).
    n_left_out : int
        How many more sentences there are.
    n_by_outlet : Series
        How many sentences each outlet has in all, those left out among them.
    """

    sentences: pd.DataFrame
    n_left_out: int
    n_by_outlet: pd.Series

    def __repr__(self) -> str:
        """One sentence a line, the marked parts in brackets."""
        lines = [
            f"{row.outlet}, {row.article_id} [{row.start}:{row.end}] "
            + _marked(row.text, row.marks, "[", "]", str)
            for row in self.sentences.itertuples()
        ]
        return "\n".join([*lines, *self._rest()])

    def _repr_html_(self) -> str:
        parts = []
        for outlet, rows in self.sentences.groupby("outlet", sort=False):
            n = self.n_by_outlet[outlet]
            noun = "sentence" if n == 1 else "sentences"
            of = f"{len(rows):,} of {n:,} {noun}" if len(rows) < n else f"{n:,} {noun}"
            items = [
                f"<li>{_marked(row.text, row.marks, '<mark>', '</mark>', html.escape)}"
                f" <small>{html.escape(f'{row.article_id} [{row.start}:{row.end}]')}</small></li>"
                for row in rows.itertuples()
            ]
            parts.append(
                f"<p><b>{html.escape(str(outlet))}</b> <small>{of}</small></p><ul>{''.join(items)}</ul>"
            )
        parts += [f"<p>{html.escape(line)}</p>" for line in self._rest()]
        # The class keeps dollar signs of the text from being set as formulas.
        return f'<div class="evidence tex2jax_ignore mathjax_ignore">{"".join(parts)}</div>'

    def _rest(self) -> list[str]:
        if not len(self.sentences):
            return ["No sentence stands behind these rows."]
        return say_rest(self.n_left_out, "sentence")


def _marked(
    text: str, marks: list[tuple[int, int]], before: str, after: str, escape: Callable[[str], str]
) -> str:
    pieces, at = [], 0
    for start, end in marks:
        pieces += [escape(text[at:start]), before, escape(text[start:end]), after]
        at = end
    return "".join([*pieces, escape(text[at:])])


def find_spans(corpus: Corpus, rows: pd.DataFrame, among: pd.DataFrame | None) -> pd.DataFrame:
    """Find the spans that the rows of a table stand for: article_id, start, end."""
    if not isinstance(rows, pd.DataFrame):
        raise InputError(f"rows is a {type(rows).__name__}: expected a table, such as edges.iloc[[0]]")
    span = ["article_id", "start", "end"]
    if set(span) <= set(rows.columns):
        return rows.loc[rows["start"] >= 0, span]  # a fact that is absent has no place
    if {"article_a", "start_a", "end_a"} <= set(rows.columns):
        sides = [rows[[f"{name}_{side}" for name in ("article", "start", "end")]] for side in ("a", "b")]
        return pd.concat([side.set_axis(span, axis="columns") for side in sides])
    if among is None:
        among = _counted_in(corpus, set(rows.columns))
        edges_say = {"source", "use"} <= set(rows.columns)
        if (
            "use" in among.columns
            and {"source", "mentions_per_1000_words"} & set(rows.columns)
            and not edges_say
        ):
            among = among[among["use"] == "actor"]  # what counts and edges are made of unless told otherwise
    if "group" in rows.columns:
        rows = _with_group_as_key(corpus, rows)
    if {"source", "target"} <= set(rows.columns):
        return _spans_of_edges(corpus, rows, among)
    among = among.assign(label=plain_label(among["text"])) if "text" in among.columns else among
    keys = [c for c in _KEYS if c in rows.columns and c in among.columns]
    if not keys:
        raise InputError(
            f"no sentences can be found for rows with the columns {', '.join(map(str, rows.columns))}: "
            "expected article_id, start and end, or source and target, or some of "
            f"{', '.join(_KEYS)}"
        )
    return among.merge(rows[keys].drop_duplicates(), on=keys)[span]


def _spans_of_edges(corpus: Corpus, edges: pd.DataFrame, among: pd.DataFrame) -> pd.DataFrame:
    """The mentions of both actors in the windows that hold both; of one outlet where the rows name it."""
    span = ["article_id", "start", "end"]
    found = [among.head(0)[span]]
    ways = {"within": "sentence", "level": "actor", "use": "any"}
    edges = edges.assign(**{c: default for c, default in ways.items() if c not in edges.columns})
    for (within, level, use), alike in edges.groupby(list(ways), sort=False):
        counted = among if use == "any" else among[among["use"] == use]
        incidence = find_incidence(corpus, counted, within, rolled_up=level == "affiliation", use=None)
        number = dict(zip(incidence.actor_ids, range(len(incidence.actor_ids)), strict=True))
        keys = {
            c: counted[c].to_numpy()[incidence.mention]
            for c in ("outlet", "article_id")
            if c in alike.columns
        }
        keys |= {"place": incidence.place} if "place" in alike.columns else {}
        for edge in alike.to_dict("records"):
            here = np.logical_and.reduce([values == edge[c] for c, values in keys.items()], initial=True)
            ends = [here & (incidence.actor == number.get(edge[end], -1)) for end in ("source", "target")]
            both = np.intersect1d(incidence.window[ends[0]], incidence.window[ends[1]])
            rows = np.flatnonzero((ends[0] | ends[1]) & np.isin(incidence.window, both))
            found.append(counted.iloc[incidence.mention[rows]][span])
    return pd.concat([part for part in found if len(part)] or found[:1])


def _with_group_as_key(corpus: Corpus, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a keyness table by outlet or by article_id, whose label the group may be."""
    if set(rows["group"]) <= set(corpus.articles["outlet"]):
        return rows.rename(columns={"group": "outlet"})
    ids = {label: article_id for article_id, label in corpus.labels().items()}
    return rows.assign(article_id=rows["group"].map(lambda group: ids.get(group, group)))


def spread_evenly(table: pd.DataFrame, n: int) -> pd.DataFrame:
    """Take at most n rows, spread evenly over all there are.

    Examples
    --------
    >>> spread_evenly(pd.DataFrame({"row": range(10)}), 3)["row"].tolist()
    [0, 3, 6]
    """
    step = max(1.0, len(table) / n)
    return table.iloc[[int(i * step) for i in range(min(n, len(table)))]].reset_index(drop=True)


def show_evidence(
    corpus: Corpus, rows: pd.DataFrame, among: pd.DataFrame | None = None, n: int = 10
) -> Evidence:
    """Show the sentences behind rows of any table of the suite.

    Parameters
    ----------
    corpus : Corpus
        The corpus the table was made from.
    rows : DataFrame
        Rows with article_id, start and end (mentions, words, sentences, quotes, facts); or with two of
        each (article_a, start_a … end_b: passages, near copies, disagreements); or source and target
        (edges: both actors, in windows with both, counted as the columns within, level and use say; of one
        outlet where a column outlet or group names it); or some
        of outlet, article_id, actor_id, kind, use, word, label, subject_id, form, frame, tone, group,
        voice_id, side, rung (counts, keyness, naming, frames, tone, voices, stances): all mentions,
        words or quotations that agree with one of the rows.
    among : DataFrame, optional
        The mentions or words that were counted, if not all were: only these are shown. Without it, all
        mentions as an actor for counts and edges, all mentions for labels, all words for keyness, all
        labels for subjects, all listed words for frames, for voices the quotations that are counted.
    n : int
        Show at most so many sentences, spread evenly over all there are; the rest is counted.

    Returns
    -------
    Evidence
        Shows itself, escaped, by outlet, the spans marked, each sentence with its article and offsets.

    Raises
    ------
    InputError
        Rows that no sentence can be found for, by their columns.

    Examples
    --------
    >>> from helpers import load_corpus
    >>> corpus = load_corpus()
    >>> evidence = show_evidence(corpus, corpus.articles.assign(kind="title")[["outlet", "kind"]], n=2)
    >>> len(evidence.sentences), evidence.n_left_out > 0
    (2, True)
    """
    if n < 1:
        raise InputError(f"n is {n}: expected 1 or more sentences to show")
    spans = find_spans(corpus, rows, among).drop_duplicates().sort_values(["article_id", "start", "end"])
    sentences = corpus.sentences.merge(corpus.articles[["article_id", "outlet"]], on="article_id")
    by_article = dict(tuple(sentences.groupby("article_id")))
    shown = []
    for article_id, of_article in spans.groupby("article_id"):
        here = by_article[article_id]
        # A quotation or passage may go on over several sentences.
        first = here["end"].searchsorted(of_article["start"], side="right")
        behind = here["start"].searchsorted(of_article["end"])
        for index in sorted({i for a, b in zip(first, behind, strict=True) for i in range(a, b)}):
            sentence = here.iloc[index]
            inside = of_article[(first <= index) & (index < behind)]
            starts = inside["start"].clip(lower=sentence.start) - sentence.start
            ends = inside["end"].clip(upper=sentence.end) - sentence.start
            marks: list[tuple[int, int]] = []
            for start, end in sorted(zip(starts, ends, strict=True)):
                if not marks or start >= marks[-1][1]:
                    marks.append((start, end))
                else:
                    marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
            shown.append((sentence.outlet, article_id, sentence.start, sentence.end, sentence.text, marks))
    table = pd.DataFrame(shown, columns=["outlet", "article_id", "start", "end", "text", "marks"])
    kept = spread_evenly(table, n)
    return Evidence(kept, len(table) - len(kept), table["outlet"].value_counts())

"""Load a folder of articles: what each file is, what each run of characters in it is."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from .actors import Actor, load_actors
from .errors import InputError
from .listed_articles import read_listed, read_text
from .parallel import map_chunks
from .part_files import UNKNOWN_OUTLET, is_annotated
from .paths import CORPUS_DIR
from .sentences import find_quoted_spans, find_sentences, find_words
from .settings import load_settings
from .shown_tables import show_table
from .structure import COUNTED_KINDS, Block, Span, find_blocks
from .things import Thing, load_things

if TYPE_CHECKING:
    from .language_models import Reading
    from .stored_tables import StoredTable

ARTICLE_COLUMNS = [
    "article_id", "outlet", "agency", "headline", "published_from", "published_to", "url", "confidence",
    "evidence", "n_words", "sha256",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Corpus:
    """The articles of one event, in tables.

    Parameters
    ----------
    articles : DataFrame
        A row is one file: article_id, outlet, agency, headline, published_from, published_to, url,
        confidence, evidence, n_words, sha256.
    blocks : DataFrame
        A row is one run of characters of one kind: article_id, block_id, kind, start, end, reason,
        n_words.
    sentences : DataFrame
        A row is one sentence of a block that counts: article_id, block_id, sentence_id, start, end,
        text.
    actors : dict of str to Actor
        The gazetteer by actor id.
    things : dict of str to Thing
        What else the outlets' names are compared for, by id.
    folder : Path
        Where it was read from.
    model : str
        The spaCy model whose evidence is used too, its package's name or its folder; "" for none.

    Notes
    -----
    ``start`` and ``end`` index into ``raw(article_id)``: ``raw[start:end]`` is the evidence.
    """

    articles: pd.DataFrame
    blocks: pd.DataFrame
    sentences: pd.DataFrame
    actors: dict[str, Actor]
    folder: Path
    _texts: dict[str, str] = field(repr=False)
    _blocks: dict[str, list[Block]] = field(repr=False)
    _words: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict, repr=False)
    things: dict[str, Thing] = field(default_factory=dict)
    model: str = ""
    _readings: dict[str, dict[str, "Reading"]] = field(default_factory=dict, repr=False)  # by model

    def raw(self, article_id: str) -> str:
        """Give the article's text as decoded, otherwise untouched."""
        if article_id not in self._texts:
            raise InputError(f"unknown article {article_id!r}: expected one of {', '.join(self._texts)}")
        return self._texts[article_id]

    def labels(self) -> pd.Series:
        """Give each article a short name: its outlet, and what tells it from the outlet's others.

        By article_id. What tells them apart is the day, or the article_id where two appeared on one
        day or a day is not known.
        """
        articles = self.articles.set_index("article_id")
        outlet, day = articles["outlet"], articles["published_from"]
        alone = ~outlet.duplicated(keep=False)
        dated = (day != "") & ~articles.duplicated(["outlet", "published_from"], keep=False)
        detail = day.where(dated, articles.index.to_series())
        return outlet.where(alone, outlet + ", " + detail).rename("label")

    def without(self, article_id: str) -> "Corpus":
        """Give the corpus as it would be without one article."""
        self.raw(article_id)
        tables = [self.articles, self.blocks, self.sentences]
        tables = [table[table["article_id"] != article_id] for table in tables]
        articles, blocks, sentences = (table.reset_index(drop=True) for table in tables)
        return replace(
            self,
            articles=articles,
            blocks=blocks,
            sentences=sentences,
            _texts={key: text for key, text in self._texts.items() if key != article_id},
            _blocks={key: found for key, found in self._blocks.items() if key != article_id},
            _words={key: words for key, words in self._words.items() if key != article_id},
            _readings={
                model: {key: reading for key, reading in readings.items() if key != article_id}
                for model, readings in self._readings.items()
            },
        )

    def counted_text(self, article_id: str) -> str:
        """Give the text with what does not count blanked, one character for one, so offsets hold.

        The blank is the control character U+001E, which no phrase and no rule reaches across.
        """
        raw = self.raw(article_id)
        pieces, at = [], 0
        for block in self._blocks[article_id]:
            if block.kind in COUNTED_KINDS:
                pieces += ["\x1e" * (block.start - at), raw[block.start : block.end]]
                at = block.end
        return "".join([*pieces, "\x1e" * (len(raw) - at)])

    def paragraphs(self) -> pd.DataFrame:
        """List the blocks that count: article_id, outlet, block_id, n_words.

        An article without any has one row, with block_id -1 and no words, so that it is not lost.
        """
        blocks = self.blocks.loc[
            self.blocks["kind"].isin(COUNTED_KINDS), ["article_id", "block_id", "n_words"]
        ]
        paragraphs = self.articles[["article_id", "outlet"]].merge(blocks, on="article_id", how="left")
        empty = {"block_id": -1, "n_words": 0}
        return paragraphs.fillna(empty).astype(dict.fromkeys(empty, "int64"))

    def quoted_spans(self, article_id: str) -> list[Span]:
        """Where quotation marks hold what they hold, marks left out; see `find_quoted_spans`."""
        return find_quoted_spans(self.raw(article_id), self._blocks[article_id])

    def groups(self, by: str, what: str) -> pd.Series:
        """Give the group of each article, by article_id; `what` is what an error calls what is compared."""
        if by not in ("outlet", "article_id"):
            raise InputError(f"{what} cannot be compared by {by!r}: expected 'outlet' or 'article_id'")
        return self.articles.set_index("article_id", drop=False)[by].rename("group")

    @cached_property
    def article_ids(self) -> frozenset[str]:
        """The ids of all articles."""
        return frozenset(self.articles["article_id"])

    def stored(self, name: str) -> "StoredTable | None":
        """Give a table that lies on disk; none does, but for an `AnnotatedCorpus`."""

    def n_units(self, unit: str) -> pd.Series:
        """Say how many sentences or paragraphs each article has, by article_id."""
        table = self.sentences
        if unit == "paragraph":
            table = self.blocks[self.blocks["kind"].isin(COUNTED_KINDS)]
        return table["article_id"].value_counts().reindex(self.articles["article_id"], fill_value=0)

    def positions(self, spans: pd.DataFrame) -> pd.Series:
        """Say how far into its article each span begins: characters of counted text before it, 0 to 1.

        `spans` has article_id, block_id and start; the share has its index.
        """
        blocks = self.blocks[self.blocks["kind"].isin(COUNTED_KINDS)]
        length = blocks["end"] - blocks["start"]
        before = length.groupby(blocks["article_id"]).cumsum() - length
        whole = length.groupby(blocks["article_id"]).sum()
        keys = ["article_id", "block_id"]
        shift = pd.Series((before - blocks["start"]).to_numpy(), index=pd.MultiIndex.from_frame(blocks[keys]))
        done = spans["start"] + shift.reindex(pd.MultiIndex.from_frame(spans[keys])).to_numpy()
        return (done / spans["article_id"].map(whole)).rename("position")

    def grouped_paragraphs(self, by: str, what: str) -> pd.DataFrame:
        """Give `paragraphs` with a column group for what is compared; see `groups`."""
        paragraphs = self.paragraphs()
        return paragraphs.assign(group=paragraphs["article_id"].map(self.groups(by, what)))

    def words(self, article_id: str) -> list[tuple[int, int, int]]:
        """Give block, start and end of every word that counts; see `find_words`."""
        self.raw(article_id)
        return self._words[article_id]

    def readings(self) -> "dict[str, Reading]":
        """Give what the model says of each article, by article_id; nothing without a model.

        The first call loads the model and reads the articles, which takes seconds.
        """
        if not self.model:
            return {}
        if self.model not in self._readings:
            from .language_models import read_articles

            self._readings[self.model] = read_articles(self)
        return self._readings[self.model]

    def __repr__(self) -> str:
        """Say what is in it, in one line and without a path."""
        model = f", with the spaCy model {Path(self.model).name}" if self.model else ""
        return (
            f"Corpus: {len(self.articles)} articles by {self.articles['outlet'].nunique()} outlets, "
            f"{self.articles['n_words'].sum():,} words in {len(self.sentences)} sentences{model}"
        )

    def _repr_html_(self) -> str:
        known = self.articles["published_from"].where(self.articles["published_from"] != "")
        sizes = self.n_units("sentence").reindex(self.articles["article_id"]).fillna(0).astype(int)
        articles = self.articles.assign(day=known, n_sentences=sizes.to_numpy())
        outlets = articles.groupby("outlet").agg(
            n_articles=("article_id", "size"),
            first_day=("day", "min"),
            last_day=("day", "max"),
            n_words=("n_words", "sum"),
            n_sentences=("n_sentences", "sum"),
        )
        table = show_table(outlets.sort_values("n_articles", ascending=False, kind="stable"), n=12)
        return f"<p>{html.escape(repr(self))}</p>{table._repr_html_()}"


def short_ids(article_ids: pd.Series) -> pd.Series:
    """The numbers the files' names begin with, if those tell the files apart; else the ids."""
    numbers = article_ids.str.split("_").str[0]
    return numbers if numbers.is_unique else article_ids


def name_outlets(articles: pd.DataFrame) -> pd.Series:
    """Give each article's outlet; unknown ones are never pooled: each is its own, named by its file."""
    unknown = UNKNOWN_OUTLET + short_ids(articles["article_id"]) + ")"
    return articles["outlet"].where(articles["outlet"] != "", unknown)


def make_corpus(
    listed: pd.DataFrame,
    texts: dict[str, str],
    actors: dict[str, Actor],
    folder: Path,
    *,
    things: dict[str, Thing] | None = None,
    model: str = "",
) -> Corpus:
    """Make a corpus of articles that have been read.

    Parameters
    ----------
    listed : DataFrame
        A row an article: article_id, outlet, agency, published_from, published_to, url, confidence,
        evidence, sha256.
    texts : dict of str to str
        The raw text by article_id, in the same order.
    actors, folder, things, model : dict of str to Actor, Path, dict of str to Thing, str
        As `Corpus` has them.

    Returns
    -------
    Corpus
        With everything that is found in the texts; see `load_corpus`.
    """
    found_blocks: dict[str, list[Block]] = {}
    found_words: dict[str, list[tuple[int, int, int]]] = {}
    article_rows, block_rows, sentence_rows = [], [], []
    structures = map_chunks(_find_structure, list(texts.values()))
    for (article_id, raw), structure in zip(texts.items(), structures, strict=True):
        headline = ""
        found_blocks[article_id] = [block for block, _, _ in structure]
        words = found_words[article_id] = []
        for block_id, (block, word_spans, sentence_spans) in enumerate(structure):
            block_rows.append((article_id, block_id, *block, len(word_spans)))
            if block.kind not in COUNTED_KINDS:
                continue
            words += [(block_id, block.start + start, block.start + end) for start, end in word_spans]
            if block.kind == "headline":
                headline = raw[block.start : block.end]
            sentence_rows += [
                (article_id, block_id, start, end, raw[start:end]) for start, end in sentence_spans
            ]
        article_rows.append((headline, len(words)))
    articles = listed.reset_index(drop=True).assign(outlet=name_outlets(listed).to_numpy())
    articles[["headline", "n_words"]] = pd.DataFrame(article_rows, columns=["headline", "n_words"])
    blocks = pd.DataFrame(
        block_rows, columns=["article_id", "block_id", "kind", "start", "end", "reason", "n_words"]
    )
    sentences = pd.DataFrame(sentence_rows, columns=["article_id", "block_id", "start", "end", "text"])
    sentences.insert(2, "sentence_id", sentences.groupby("article_id").cumcount())
    found = (texts, found_blocks, found_words)
    tables = (articles[ARTICLE_COLUMNS], blocks, sentences)
    return Corpus(*tables, actors, folder, *found, things or {}, model)


def _find_structure(raws: Sequence[str]) -> list[list[tuple[Block, list[Span], list[Span]]]]:
    """The blocks of each text, with the words (from the block's start) and sentences in them."""
    return [
        [
            (block, find_words(raw[block.start : block.end]), find_sentences(raw, block.start, block.end))
            for block in find_blocks(raw)
        ]
        for raw in raws
    ]


def load_corpus(folder: Path | str = CORPUS_DIR) -> Corpus:
    """Read the articles of a folder with its ``articles.csv`` and ``actors.toml``.

    Parameters
    ----------
    folder : Path or str
        Holds the text files (UTF-8), ``articles.csv`` (a row per file; columns file, outlet and, as
        far as known, agency, published_from, published_to, url, confidence, evidence, sha256; parted
        by commas, semicolons or tabs, days like 2024-03-31 or 31.03.2024) and
        ``actors.toml`` (see `load_actors`); if it likes ``settings.toml`` (see
        `helpers.settings.load_settings`). Nothing in it is ever written to.

    Returns
    -------
    Corpus
        Its tables are described there. An empty ``outlet`` cell becomes "unknown outlet (…)", one
        per article, so that two unknown outlets are not counted as one. ``published_to`` may be
        empty: not known to end. ``headline`` is the text's own, empty where the file has none.
        ``n_words`` counts spaCy tokens with a letter or digit, a possessive ending joined to its
        word, in headline, sub-headings, captions and body; every rate divides by it.

    Raises
    ------
    InputError
        In one sentence: a folder or file that is missing, empty, not UTF-8 or changed; a row without
        a file, a file without a row; a cell, a setting or a gazetteer entry that cannot be right; a model
        that is not installed.

    Examples
    --------
    >>> corpus = load_corpus()
    >>> corpus
    Corpus: 5 articles by 4 outlets, 3,980 words in 151 sentences
    >>> row = corpus.sentences.iloc[0]
    >>> corpus.raw(row.article_id)[row.start : row.end] == row.text
    True
    """
    folder = Path(folder).absolute()
    if is_annotated(folder):
        from .annotations import load_annotations  # it makes a corpus itself

        return load_annotations(folder)
    if not folder.is_dir():
        raise InputError(
            f"there is no folder {folder.name!r} in {folder.parent.name}/: expected one with text files, "
            "articles.csv and actors.toml"
        )
    listed = read_listed(folder)
    model = load_settings(folder).model
    if model:  # only looked for: it is loaded where it is first needed
        from .language_models import find_model

        model = find_model(model, folder)
    actors = load_actors(folder / "actors.toml")
    things = load_things(folder / "actors.toml", actors.values())
    texts, hashes = {}, []
    for row in listed.itertuples():
        texts[row.article_id], content_hash = read_text(folder, row.file, row.sha256)
        hashes.append(content_hash)
    return make_corpus(listed.assign(sha256=hashes), texts, actors, folder, things=things, model=model)

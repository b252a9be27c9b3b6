"""Articles of which there are tables on disk: a corpus without texts."""

from functools import cached_property
from pathlib import Path
from typing import NoReturn

import pandas as pd

from .actors import load_actors
from .corpus import Corpus
from .errors import InputError
from .part_files import ACTORS, COMPLETE, find_done, part_file, read_json, read_part_file
from .stored_tables import StoredTable


class AnnotatedCorpus(Corpus):
    """Articles of which there are tables on disk and no texts; see `helpers.scale.annotate`."""

    def stored(self, name: str) -> StoredTable:
        """Give a table on disk."""
        return StoredTable(self.folder, name)

    def n_units(self, unit: str) -> pd.Series:
        """Say how many sentences or paragraphs each article has, by article_id."""
        return self._by_id[f"n_{unit}s"]

    @cached_property
    def _by_id(self) -> pd.DataFrame:
        return self.articles.set_index("article_id")

    def raw(self, article_id: str) -> NoReturn:  # noqa: ARG002 - there is none of any
        """Say that there are no texts."""
        raise InputError(
            f"{self.folder.name}/ holds tables and no texts: what reads the text itself needs a folder of "
            "articles"
        )

    def paragraphs(self) -> NoReturn:
        """Say that there are no texts."""
        self.raw("")

    def __repr__(self) -> str:
        """Say what is in it, in one line and without a path."""
        n_outlets = self.articles["outlet"].nunique()
        return (
            f"AnnotatedCorpus: {len(self.articles):,} articles by {n_outlets:,} outlets, "
            f"{self.articles['n_words'].sum():,} words, tables on disk"
        )


def load_annotations(folder: Path) -> AnnotatedCorpus:
    """Read what `helpers.scale.annotate` wrote; of its tables only the articles are held in memory.

    Raises
    ------
    InputError
        If it is not complete, or a file of it is missing.
    """
    n_parts = read_json(folder / COMPLETE).get("n_parts")
    if not isinstance(n_parts, int) or n_parts < 1:
        raise InputError(
            f"{folder.name}/ is not complete ({len(find_done(folder))} parts are done): give the same "
            "annotate command again, it goes on where it stopped"
        )
    if missing := set(range(n_parts)) - find_done(folder):
        raise InputError(
            f"{folder.name}/articles/ lacks part {min(missing)}: delete {COMPLETE} and annotate again"
        )
    columns = ["article_id", "outlet", "published_from", "n_words", "n_paragraphs", "n_sentences"]
    parts = [read_part_file(part_file(folder, "articles", number), columns) for number in range(n_parts)]
    return AnnotatedCorpus(
        articles=pd.concat(parts, ignore_index=True),
        # What asks them for more than a table on disk can give is told so.
        blocks=StoredTable(folder, "blocks"),
        sentences=StoredTable(folder, "sentences"),
        actors=load_actors(folder / ACTORS),
        folder=folder,
        _texts={},
        _blocks={},
    )

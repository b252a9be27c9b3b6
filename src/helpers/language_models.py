"""What an installed spaCy model adds to the rules, where a folder names one in its ``settings.toml``.

The rules need no model, and without one spaCy's pipelines are never loaded. With one, an article is read
once, and what the rules may use of it is kept as plain numbers and words: its entities, where its parse
clearly says that a name acts or is a place, and the subjects of verbs of saying. The labels are those of
spaCy's English models.
"""

import importlib.util
import platform
import re
import textwrap
import warnings
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .errors import InputError
from .name_words import in_capitals
from .paths import read_vocabulary
from .reporting import reporting_words
from .structure import Span

if TYPE_CHECKING:  # spaCy is heavy, and a corpus asks this module for its readings
    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from .corpus import Corpus

# The labels of spaCy's English models, and of others for the same.
KINDS = {
    "PERSON": "person", "PER": "person", "ORG": "organisation", "ORGANIZATION": "organisation",
    "NORP": "group", "GPE": "place", "LOC": "place", "LOCATION": "place", "FAC": "place",
}  # fmt: skip
# Parts of a pipeline whose work nothing here looks at.
_UNNEEDED = frozenset(
    "lemmatizer trainable_lemmatizer senter sentencizer textcat textcat_multilabel entity_linker "
    "spancat spancat_singlelabel".split()
)
_WITHOUT = "or go without one: take model out of settings.toml, or --model off the command"


class Entity(NamedTuple):
    """A name as the model sees it: where, and whether of a person, organisation, group or place."""

    start: int
    end: int
    kind: str


class Reading(NamedTuple):
    """What a model says of one text, by character; what it does not say clearly is not there."""

    entities: tuple[Entity, ...] = ()
    places: dict[int, bool] = {}  # noqa: RUF012 - never changed; words that are a place (True) or act (False)
    verbs: frozenset[int] = frozenset()  # finite verbs
    subjects: dict[int, Span] = {}  # noqa: RUF012 - never changed; by the verb of saying


NO_READING = Reading()


def find_model(name: str, folder: Path | None = None) -> str:
    """Look whether a model is there, without loading it or spaCy.

    Parameters
    ----------
    name : str
        An installed model's package, or the folder of a saved pipeline.
    folder : Path or None
        Where a relative folder is looked for before the working folder.

    Returns
    -------
    str
        The package's name, or the folder's whole path.

    Raises
    ------
    InputError
        If it is not there, with the command that installs it, or is no spaCy pipeline.

    Examples
    --------
    >>> find_model("no such model")
    Traceback (most recent call last):
        ...
    helpers.errors.InputError: the spaCy model is 'no such model': expected the name of an installed model, \
such as 'en_core_web_sm', or the folder of a saved pipeline
    """
    # Only what has registered as a spaCy model is ever imported by its name.
    if any(entry.name == name for entry in entry_points(group="spacy_models")):
        return name
    for parent in (folder, Path.cwd()):
        path = parent / name if parent and name else None
        if path and _exists(path):
            if not (path / "config.cfg").is_file():
                raise InputError(
                    f"the folder {name!r} is no pipeline saved by spaCy 3: expected one with a "
                    f"config.cfg, {_WITHOUT}"
                )
            return str(path.absolute())
    if not re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII):
        raise InputError(
            f"the spaCy model is {name!r}: expected the name of an installed model, such as "
            "'en_core_web_sm', or the folder of a saved pipeline"
        )
    if importlib.util.find_spec(name):
        raise InputError(
            f"the package {name!r} is no spaCy model: expected one such as 'en_core_web_sm', {_WITHOUT}"
        )
    python = r".venv\Scripts\python" if platform.system() == "Windows" else ".venv/bin/python"
    raise InputError(
        f"the spaCy model {name!r} is not installed: install it with `{python} -m spacy download {name}`, "
        f"{_WITHOUT}"
    )


def _exists(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # longer than the system allows, or with a character no path has
        return False


@cache
def load_model(name: str) -> "Language":
    """Load a model, once.

    Parameters
    ----------
    name : str
        See `find_model`.

    Returns
    -------
    Language
        The pipeline, with the parts switched off that nothing here looks at.

    Raises
    ------
    InputError
        If it is not installed or cannot be loaded.

    Examples
    --------
    >>> import tempfile
    >>> import spacy
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     spacy.blank("en").to_disk(folder)
    ...     load_model(folder).lang
    'en'
    """
    place = find_model(name)
    import spacy

    try:
        with warnings.catch_warnings():
            # W095: made for a near version. If that matters, loading fails, and the sentence below says so.
            warnings.filterwarnings("ignore", r"\[W095\]", UserWarning)
            nlp = spacy.load(place)
    except Exception as error:  # noqa: BLE001 - a damaged or foreign pipeline may raise anything
        why = textwrap.shorten((str(error).strip() or type(error).__name__).splitlines()[0], 120)
        raise InputError(
            f"the spaCy model {Path(name).name!r} cannot be loaded ({why}): expected one that is "
            f"whole and made for spaCy {spacy.about.__version__}, {_WITHOUT}"
        ) from None
    for part in nlp.pipe_names:
        if nlp.get_pipe_meta(part).factory in _UNNEEDED:
            nlp.disable_pipe(part)
    return nlp


def read_articles(corpus: "Corpus") -> dict[str, Reading]:
    """Let the corpus's model read its articles; `Corpus.readings` keeps the result.

    Parameters
    ----------
    corpus : Corpus
        With a model.

    Returns
    -------
    dict of str to Reading
        By article_id; offsets are those of the raw text. The sentences are the corpus's, so that no parse
        and no entity reaches across a paragraph.

    Examples
    --------
    >>> import tempfile
    >>> from dataclasses import replace
    >>> import spacy
    >>> from helpers import load_corpus
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     spacy.blank("en").to_disk(folder)
    ...     readings = read_articles(replace(load_corpus(), model=folder))
    >>> all(reading == NO_READING for reading in readings.values())
    True
    """
    nlp = load_model(corpus.model)
    starts = corpus.sentences.groupby("article_id")["start"].agg(set)
    article_ids = corpus.articles["article_id"].tolist()
    docs = (_prepare(nlp, corpus.counted_text(a), starts.get(a, set())) for a in article_ids)
    return {a: read_doc(doc) for a, doc in zip(article_ids, nlp.pipe(docs), strict=True)}


def _prepare(nlp: "Language", text: str, starts: set[int]) -> "Doc":
    nlp.max_length = max(nlp.max_length, len(text))  # a guard for memory: what could be loaded is read
    doc = nlp.make_doc(text.replace("\x1e", "\n"))  # models know line breaks
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc


def read_doc(doc: "Doc") -> Reading:
    """Keep of a parsed text what the rules may use.

    Parameters
    ----------
    doc : Doc
        With its sentences marked. In lines in title case only the entities are looked at.

    Returns
    -------
    Reading
        Without a parser it has no places and no subjects. A tagger alone says only which words are finite
        verbs, which decides one thing: whether a noun goes on behind an acronym ("in US custody").

    Examples
    --------
    >>> import spacy
    >>> from spacy.tokens import Doc
    >>> words = "In snowy Norway , Oslo said no .".split()
    >>> heads, deps = [5, 2, 0, 5, 5, 5, 5, 5], "prep amod pobj punct nsubj ROOT dobj punct".split()
    >>> reading = read_doc(Doc(spacy.blank("en").vocab, words, heads=heads, deps=deps))
    >>> reading.places, reading.subjects
    ({9: True, 18: False}, {23: (18, 22)})
    """
    entities = [Entity(e.start_char, e.end_char, KINDS[e.label_]) for e in doc.ents if e.label_ in KINDS]
    running = [t for s in doc.sents if not in_capitals(s.text) for t in s]
    places = {t.idx: place for t in running if (place := _is_place(t)) is not None}
    verbs = frozenset(t.idx for t in running if t.tag_ in ("VBD", "VBP", "VBZ", "MD"))
    saying = [t for t in running if t.lower_ in reporting_words()]
    subjects = {t.idx: _phrase(subject) for t in saying if (subject := _subject(t)) is not None}
    return Reading(tuple(entities), places, verbs, subjects)


def _is_place(token: "Token") -> bool | None:
    """Whether a name that ends in this word is a place, by the parse; None where that is not clear."""
    token = list(_up(token, "appos", "conj"))[-1]
    if token.dep_ in ("nsubj", "nsubjpass", "poss"):
        return False
    if token.dep_ != "pobj":
        return None
    preposition = token.head
    word, governor = preposition.lower_, preposition.head.lower_
    if preposition.dep_ == "agent":
        return False
    if word in read_vocabulary("places")["surely_where"]:
        return None if _is_listed(governor, "no_place") else True  # "interest in Norway"
    return True if word == "from" and _is_listed(governor, "departs") else None


def _is_listed(word: str, key: str) -> bool:
    """Whether a word is in a list of ``data/places.toml``, where * stands for any ending."""
    return any(fnmatchcase(word, listed) for listed in read_vocabulary("places")[key])


def _subject(verb: "Token") -> "Token | None":
    """Who says it: the verb's subject, or that of the verb it is joined to: "came and said"."""
    for depth, at in enumerate(_up(verb, "conj", "advcl")):
        parts = {child.dep_: child for child in at.children}
        if "agent" in parts and not depth:  # "it was said by Doe"
            return next((c for c in parts["agent"].children if c.dep_ == "pobj"), None)
        if subject := parts.get("nsubj") or (parts.get("nsubjpass") if depth else None):
            relative = at.dep_ == "relcl" and subject.lower_ in ("who", "which", "that")
            return at.head if relative else subject
        if "nsubjpass" in parts:
            return None
    return None


def _up(token: "Token", *relations: str) -> "Iterator[Token]":
    """A word, and the words that it is joined to by these relations."""
    yield token
    while token.dep_ in relations and token.head.i != token.i:
        token = token.head
        yield token


def _phrase(head: "Token") -> Span:
    """Where a noun phrase stands, without appositions and clauses behind its head."""
    doc = head.doc
    behind = [c for c in head.children if c.i > head.i and c.dep_ in ("appos", "relcl", "acl")]
    stop = min((c.left_edge.i for c in behind), default=head.right_edge.i + 1)
    while stop > head.i + 1 and (doc[stop - 1].is_punct or doc[stop - 1].is_space):
        stop -= 1
    return head.left_edge.idx, doc[stop - 1].idx + len(doc[stop - 1])

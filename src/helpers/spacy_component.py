"""The mention rules as a spaCy pipeline component: ``nlp.add_pipe("actor_mentions", …)``."""

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from .actors import load_actors
from .gazetteer import Gazetteer
from .mentions import find_mentions_in
from .names import find_names
from .paths import CORPUS_DIR
from .sentences import find_sentences


class ActorMentions:
    r"""Fills ``doc.spans["actors"]`` with the mentions of one text.

    Each span's label is the actor's id and its ``kb_id_`` the kind; mentions of states that are only
    a place are left out. A mention that begins or ends inside a token takes the whole token.

    Parameters
    ----------
    actors : str
        Path of an ``actors.toml``; the bundled one if empty.

    Examples
    --------
    >>> import tempfile
    >>> import spacy
    >>> nlp = spacy.blank("en")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "actors.toml"
    ...     _ = path.write_text('[[actor]]\nname = "Norway"\ntype = "state"\nadjectives = ["Norwegian"]')
    ...     _ = nlp.add_pipe("actor_mentions", config={"actors": str(path)})
    >>> doc = nlp("Norway's army met the Norwegian envoy.")
    >>> [(span.text, span.label_) for span in doc.spans["actors"]]
    [("Norway's army", 'norway_army'), ('Norway', 'norway'), ('Norwegian', 'norway')]
    """

    def __init__(self, actors: str) -> None:
        self.gazetteer = Gazetteer(load_actors(Path(actors) if actors else CORPUS_DIR / "actors.toml"))

    def __call__(self, doc: Doc) -> Doc:
        """Add the spans; lines of the text are read as paragraphs."""
        lines: list[tuple[int, int]] = []
        at = 0
        for line in doc.text.splitlines(keepends=True):
            lines += find_sentences(doc.text, at, at + len(line.rstrip()))
            at += len(line)
        names = find_names([doc.text], self.gazetteer)[0]
        spans: list[Span] = []
        for start, end, actor_id, kind, use in find_mentions_in(doc.text, lines, names, self.gazetteer):
            span = doc.char_span(start, end, label=actor_id, kb_id=kind, alignment_mode="expand")
            if span is not None and use == "actor":
                spans.append(span)
        doc.spans["actors"] = spans
        return doc


@Language.factory("actor_mentions", default_config={"actors": ""})
def create_actor_mentions(nlp: Language, name: str, actors: str) -> ActorMentions:  # noqa: ARG001 - spaCy's call
    """Make the component; `actors` is the path of an ``actors.toml``, empty for the bundled one."""
    return ActorMentions(actors)

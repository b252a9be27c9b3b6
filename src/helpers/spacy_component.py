"""The mention rules as a spaCy pipeline component: ``nlp.add_pipe("actor_mentions", …)``."""

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from .actors import load_actors
from .mentions import find_mentions_in
from .names import Gazetteer
from .structure import find_sentences


class ActorMentions:
    """Fills ``doc.spans["actors"]`` with the mentions of one text.

    Each span's label is the actor's id and its ``kb_id_`` the kind; mentions of states that are only
    a place are left out. A mention that begins or ends inside a token takes the whole token.

    Parameters
    ----------
    actors : str
        Path of an ``actors.toml``.

    Examples
    --------
    >>> import spacy
    >>> from helpers.paths import CORPUS_DIR
    >>> nlp = spacy.blank("en")
    >>> _ = nlp.add_pipe("actor_mentions", config={"actors": str(CORPUS_DIR / "actors.toml")})
    >>> [(span.text, span.label_, span.kb_id_) for span in nlp("Seoul's army met the Chinese.").spans["actors"]]
    [("Seoul's army", 'south_korea_army', 'named'), ('Seoul', 'south_korea', 'named'), ('Chinese', 'china', 'demonym')]
    """

    def __init__(self, actors: str) -> None:
        self.gazetteer = Gazetteer(load_actors(Path(actors)))

    def __call__(self, doc: Doc) -> Doc:
        """Add the spans; lines of the text are read as paragraphs."""
        lines: list[tuple[int, int]] = []
        at = 0
        for line in doc.text.splitlines(keepends=True):
            lines += find_sentences(doc.text, at, at + len(line.rstrip()))
            at += len(line)
        names = self.gazetteer.find_names([doc.text])[0]
        spans: list[Span] = []
        for start, end, actor_id, kind, use in find_mentions_in(doc.text, lines, names, self.gazetteer):
            span = doc.char_span(start, end, label=actor_id, kb_id=kind, alignment_mode="expand")
            if span is not None and use == "actor":
                spans.append(span)
        doc.spans["actors"] = spans
        return doc


@Language.factory("actor_mentions")
def create_actor_mentions(nlp: Language, name: str, actors: str) -> ActorMentions:
    """Make the component; `actors` is the path of an ``actors.toml``."""
    return ActorMentions(actors)

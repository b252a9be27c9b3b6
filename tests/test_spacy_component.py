"""The spaCy component: the same mentions as find_mentions gives, as spans of a Doc."""

from pathlib import Path

import pandas as pd
import pytest
import spacy
from spacy.language import Language

from helpers import Corpus, InputError


@pytest.fixture
def nlp(toy_folder: Path) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("actor_mentions", config={"actors": str(toy_folder / "actors.toml")})
    return nlp


def spans(nlp: Language, text: str) -> list[tuple[str, str, str]]:
    doc = nlp(text)  # spans live no longer than their Doc
    return [(span.text, span.label_, span.kb_id_) for span in doc.spans["actors"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Norwegian foreign minister Anna Berg met Mr. Stone.",
            [
                ("Norwegian foreign minister", "anna_berg", "title"),
                ("Norwegian", "norway", "demonym"),
                ("Anna Berg", "anna_berg", "named"),
                ("Mr. Stone", "jon_stone", "named"),
            ],
        ),
        (
            "Norway’s navy sailed.",
            [("Norway’s navy", "norway_navy", "named"), ("Norway", "norway", "named")],
        ),
        # places are left out
        ("They met in Oslo.", []),
        # a phrase of two states has a span for each
        (
            "Norway met East Borduria. The two countries agreed.",
            [
                ("Norway", "norway", "named"),
                ("East Borduria", "east_borduria", "named"),
                ("two countries", "east_borduria", "nominal"),
                ("two countries", "norway", "nominal"),
            ],
        ),
        # what begins or ends inside a token takes the whole token
        ("A Norway+Sweden pact.", [("Norway+Sweden", "norway", "named")]),
        ("😀 Norway agreed.", [("Norway", "norway", "named")]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_spans(text: str, expected: list[tuple[str, str, str]], nlp: Language) -> None:
    assert spans(nlp, text) == expected


def test_lines_are_paragraphs(nlp: Language) -> None:
    assert spans(nlp, "They all went in\n\nNorway agreed.") == [("Norway", "norway", "named")]


@pytest.mark.parametrize("article_id", ["a", "b"])
def test_the_mentions_of_the_toy_corpus(
    article_id: str, nlp: Language, toy: Corpus, toy_mentions: pd.DataFrame
) -> None:
    here = toy_mentions[(toy_mentions["article_id"] == article_id) & (toy_mentions["use"] == "actor")]
    expected = list(here[["start", "end", "actor_id", "kind"]].itertuples(index=False, name=None))
    text = toy.raw(article_id).removesuffix("Read more\n")
    doc = nlp(text)
    assert [(s.start_char, s.end_char, s.label_, s.kb_id_) for s in doc.spans["actors"]] == expected


def test_a_stream_of_texts(nlp: Language) -> None:
    docs = list(nlp.pipe(["Norway agreed.", "", "The East agreed."]))
    assert [[s.label_ for s in doc.spans["actors"]] for doc in docs] == [["norway"], [], ["east_borduria"]]


def test_a_missing_gazetteer_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"/actors\.toml is missing: expected a file with one \[\[actor\]\] table per actor$"
    ):
        spacy.blank("en").add_pipe("actor_mentions", config={"actors": str(tmp_path / "actors.toml")})


def test_without_a_config_it_looks_for_the_bundled_actors(bundled: Corpus) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("actor_mentions")
    state = next(a for a in bundled.actors.values() if a.type == "state" and a.adjectives)
    doc = nlp(f"The {state.adjectives[0]} envoy met us.")
    assert [span.label_ for span in doc.spans["actors"]] == [state.id]

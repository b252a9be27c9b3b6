"""Whom pronouns stand for: tables of sentences by rule, what is ignored, odd texts, the bundled annotation."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import (
    Corpus,
    compare_mentions,
    count_cooccurrences,
    count_mentions,
    find_all_words,
    find_facts,
    find_first_mentions,
    find_labels,
    find_mention_errors,
    find_mentions,
    find_pronouns,
    find_quotes,
    find_stances,
    find_tone,
    load_corpus,
    load_gold,
    locate_mentions,
    score_mentions,
    show_evidence,
)
from helpers.mentions import MENTION_COLUMNS
from helpers.noun_phrases import split_tokens
from helpers.pronoun_words import find_pronoun_words, is_empty
from helpers.pronouns import PRONOUN_COLUMNS

ACTORS = """
[[actor]]
name = "Norland"
type = "state"
adjectives = ["Norlandic"]
capitals = ["Norburg"]
[[actor]]
name = "Sudland"
type = "state"
adjectives = ["Sudlandic"]
[[actor]]
name = "Anna Berg"
type = "person"
affiliation = "norland"
[[actor]]
name = "Eva Lund"
type = "person"
[[actor]]
name = "Jon Stone"
type = "person"
affiliation = "sudland"
[[actor]]
name = "Karl Moss"
type = "person"
[[actor]]
id = "vale"
name = "Xyra Vale"
type = "person"
[[actor]]
id = "reed"
name = "Sam Reed"
type = "person"
gender = "they"
[[actor]]
name = "Acme Metals"
type = "organisation"
short = ["Acme"]
[[actor]]
name = "Orbis Bank"
type = "organisation"
short = ["Orbis"]
"""

Resolve = Callable[[str], list[tuple[str, str]]]


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Corpus]:
    """Make a corpus of one text, with the actors above."""
    folder = tmp_path_factory.mktemp("pronouns")
    (folder / "actors.toml").write_text(ACTORS, encoding="utf-8")
    (folder / "articles.csv").write_text("file,outlet\na.txt,Daily\n", encoding="utf-8")

    def load_text(text: str) -> Corpus:
        (folder / "a.txt").write_text(text, encoding="utf-8", newline="")
        return load_corpus(folder)

    return load_text


@pytest.fixture(scope="module")
def resolve(load: Callable[[str], Corpus]) -> Resolve:
    """The pronouns of a text below a headline, each with the actors it stands for."""

    def resolve_text(text: str) -> list[tuple[str, str]]:
        corpus = load(f"News from the coast\n\n{text}\n")
        found = find_pronouns(corpus, find_mentions(corpus))
        ids = found.groupby(["start", "text"])["actor_id"].agg(lambda a: "+".join(sorted(a)))
        return [(text, ids) for (_, text), ids in ids.items()]

    return resolve_text


CASES: dict[str, list[tuple[str, list[tuple[str, str]]]]] = {
    "number and person": [
        ("Anna Berg arrived on Monday. She met reporters.", [("She", "anna_berg")]),
        ("Acme Metals closed a mine. It gave no reason.", [("It", "acme_metals")]),
        ("Anna Berg left Acme Metals. It thanked her.", [("It", "acme_metals"), ("her", "anna_berg")]),
        ("Norland and Sudland signed. They will open the border.", [("They", "norland+sudland")]),
        ("Anna Berg and Jon Stone met. They shook hands.", [("They", "anna_berg+jon_stone")]),
        ("Anna Berg met residents. They cheered.", []),
    ],
    "gender": [
        ("Anna Berg met Jon Stone. He spoke first.", [("He", "jon_stone")]),
        ("Jon Stone met Anna Berg. She spoke first.", [("She", "anna_berg")]),
        ("Mr. Vale met Anna Berg. He spoke first.", [("He", "vale")]),
        ("Xyra Vale met Anna Berg. Mr. Vale left. He was tired.", [("He", "vale")]),
        ("Sam Reed resigned. They gave no reason.", [("They", "reed")]),
        ("Sam Reed resigned. He gave no reason.", []),
    ],
    "nearness": [
        ("Jon Stone won. Karl Moss lost. He left.", [("He", "karl_moss")]),
        (
            "Jon Stone won. The vote was close. Rain fell. The count took a day. Turnout was low. Trains ran. "
            "Shops shut. He was glad.",
            [],
        ),
    ],
    "the subject of the clause": [
        ("Jon Stone praised Karl Moss and raised his glass.", [("his", "jon_stone")]),
        ("Jon Stone told Karl Moss a story. He smiled.", [("He", "jon_stone")]),
        ("Karl Moss hurt himself.", [("himself", "karl_moss")]),
        ("Norland defended itself.", [("itself", "norland")]),
        ("Jon Stone praised him.", []),
        ("Karl Moss resigned. Jon Stone praised him.", [("him", "karl_moss")]),
        ("Jon Stone, 61, who lost his seat in May, will run.", [("his", "jon_stone")]),
    ],
    "named right before": [
        ("Eva Lund thanked Jon Stone and his wife.", [("his", "jon_stone")]),
        ("Norland criticised Sudland over its plan.", [("its", "sudland")]),
    ],
    "named behind": [
        ("In his speech, Jon Stone thanked voters.", [("his", "jon_stone")]),
        ("Before she left, Anna Berg signed.", [("she", "anna_berg")]),
        ("Karl Moss lost. In its report, Acme Metals agreed.", [("its", "acme_metals")]),
        ("“He is a fine man,” Anna Berg said of Jon Stone.", [("He", "jon_stone")]),
    ],
    "quotations": [
        ("“I will not go,” Anna Berg said.", [("I", "anna_berg")]),
        ("“My plan is ready,” said Jon Stone. “Believe me.”", [("My", "jon_stone"), ("me", "jon_stone")]),
        (
            "Jon Stone met Karl Moss. “He is late,” Karl Moss said.",
            [("He", "jon_stone")],
        ),
        (
            "“We won,” Jon Stone said. Karl Moss nodded.\n\n“It was close,” he said. “I am tired.”",
            [("he", "karl_moss"), ("I", "karl_moss")],
        ),
        ("“Norland knows that we will win,” Anna Berg said.", [("we", "norland")]),
        ("“We will win,” Anna Berg said.", []),
        ("“I am cold,” a neighbour said.", []),
    ],
    "persons whom no actor covers": [
        ("Jon Stone resigned. Viktor Hale replaced him. He is 40.", [("him", "jon_stone")]),
        ("Jon Stone resigned. A man shouted that he was glad.", []),
        ("Anna Berg spoke. Her husband said he was proud.", [("Her", "anna_berg")]),
    ],
    "whom a description means": [
        ("Eva Lund, the mayor, resigned. The mayor said she was tired.", [("she", "eva_lund")]),
        ("Acme Metals fell. The company cut its forecast.", [("its", "acme_metals")]),
        (
            "A teacher said she had seen the wreck.\n\nEva Lund, 44, told a court that the water was clear.",
            [("she", "eva_lund")],
        ),
    ],
    "things": [
        ("Acme Metals opened a plant. The plant lost its roof.", []),
    ],
    "several at once": [
        ("Norland and Sudland opened their border.", [("their", "norland+sudland")]),
        ("Norland met Sudland to discuss their shared border.", [("their", "norland+sudland")]),
        ("“Sudland and Norland value our bilateral ties,” Jon Stone said.", [("our", "norland+sudland")]),
    ],
}


@pytest.mark.parametrize(
    ("text", "expected"), [case for cases in CASES.values() for case in cases], ids=lambda v: str(v)[:40]
)
def test_whom_a_pronoun_stands_for(text: str, expected: list[tuple[str, str]], resolve: Resolve) -> None:
    assert resolve(text) == expected

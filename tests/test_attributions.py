"""Tellings within one sentence: cue, source, content, relay. A quotation is written [1], [2] …."""

import re

import pytest

from helpers.attributions import find_attributions
from helpers.clause_words import QUOTE, Word, split_words
from helpers.contents import is_noun_here, skip_circumstances
from helpers.reporting import reporting_verbs
from helpers.sources import find_inverted, find_subject, names_a_source

NAMES = re.compile(r"\b(?:Norway|Oslo|Jon Stone|Anna Berg|NRK|Borduria)\b")


def words_of(text: str) -> list[Word]:
    """The words of a sentence; each [n] in it is a quotation."""
    quotes = [m.span() for m in re.finditer(r"\[\d+\]", text)]
    masked = re.sub(r"\[\d+\]", lambda m: QUOTE * len(m[0]), text)
    return split_words(masked, 0, len(text), quotes, [m.span() for m in NAMES.finditer(text)])


def tell(text: str) -> list[tuple[str, str, list[str]]]:
    """Cue, source and contents of each telling."""
    words = words_of(text)

    def part(span: tuple[int, int] | None) -> str:
        return text[words[span[0]].start : words[span[1] - 1].end] if span else ""

    return [(part(t.cue), part(t.source), [*map(part, t.contents)]) for t in find_attributions(words)]


# ---- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Norway said no.", ["Norway", "said", "no", "."]),
        ("The U.S. won't pay $3.5 now…", ["The", "U.S.", "won't", "pay", "$", "3.5", "now", "…"]),
        ("Norway's A. Berg, of AT&T", ["Norway", "'s", "A.", "Berg", ",", "of", "AT&T"]),
        ("It [1] – [2].", ["It", QUOTE, "–", QUOTE, "."]),
        ("[1][2]", [QUOTE, QUOTE]),
        ("Acme Inc. said no", ["Acme", "Inc.", "said", "no"]),
        ("", []),
    ],
)
def test_words_of_a_sentence(text: str, words: list[str]) -> None:
    found = words_of(text)
    assert [word.text if word.quote < 0 else QUOTE for word in found] == words
    assert [word.quote for word in found if word.quote >= 0] == [*range(words.count(QUOTE))]


def test_names_are_marked() -> None:
    assert [w.text for w in words_of("Anna Berg of Norway spoke.") if w.name] == ["Anna", "Berg", "Norway"]


# ---- sources ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jon Stone", True), ("she", True), ("the minister", True), ("senior officials", True),
        ("the company", True), ("a local baker", True), ("the report", True), ("the BBC", True),
        ("the weather", False), ("three numbers", False), ("a rainy day", False), ("Satellite images", False),
        ("The ship", False), ("On Monday", False),
    ],
)  # fmt: skip
def test_what_can_name_a_source(text: str, names: bool) -> None:
    assert names_a_source(words_of(text)) == names


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Jon Stone said", "Jon Stone"),
        ("On Monday Jon Stone said", "Jon Stone"),
        ("But the old minister also said", "the old minister"),
        ("After the talks the minister said", "the minister"),
        ("Jon Stone, an envoy, said", "Jon Stone"),
        ("Jon Stone, who had left, said", "Jon Stone"),
        ("Jon Stone (an envoy) said", "Jon Stone"),
        ("Jon Stone, head of the port said", "Jon Stone"),
        ("Jon Stone – an envoy – said", "Jon Stone"),
        ("the minister who said", "the minister"),
        ("It rained when she said", "she"),
        ("In the end he said", "he"),
        ("The ship sank because the captain had said", "the captain"),
        ("The crew has left the ministers said", "the ministers"),
        ("It rained and said", None),
        ("said", None),
        ("[1] said", None),
        ("and said", None),
    ],
)
def test_subject(text: str, subject: str | None) -> None:
    words = words_of(text)
    span = find_subject(words, len(words) - 1)
    assert (span and text[words[span[0]].start : words[span[1] - 1].end]) == subject


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("said Jon Stone", "Jon Stone"),
        ("said the minister, Jon Stone", "the minister"),
        ("said Jon Stone on Monday", "Jon Stone"),
        ("said Jon Stone late on Monday", "Jon Stone"),
        ("said also Jon Stone", "Jon Stone"),
        ("said reporters", None),
        ("said in Oslo", None),
        ("said the ship sailed", None),
        ("said the weather", None),
        ("said", None),
    ],
)
def test_source_behind_the_verb(text: str, source: str | None) -> None:
    words = words_of(text)
    span = find_inverted(words, 0)
    assert (span and text[words[span[0]].start : words[span[1] - 1].end]) == source


# ---- contents -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "is_noun"),
    [
        ("Norway claims", False), ("The claims", True), ("Norway's claims", True), ("of reports", True),
        ("new claims of fraud", True), ("they claim", False), ("officials claim", False), ("the claim", True),
        ("Norway will claim", False), ("this claim", True), ("some said", False), ("the said man", True),
        ("Norway said", False), ("to say", True),
    ],
)  # fmt: skip
def test_nouns_that_look_like_verbs(text: str, is_noun: bool) -> None:
    words = words_of(text)
    at = next(i for i, word in enumerate(words) if word.lower in reporting_verbs())
    assert is_noun_here(words, at, reporting_verbs()[words[at].lower]) == is_noun


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("said it failed", "it failed"),
        ("said on Monday it failed", "it failed"),
        ("said late on March 3 that it failed", "that it failed"),
        ("said in a statement that it failed", "that it failed"),
        ("said in Oslo, it failed", ", it failed"),
        ("said bluntly it failed", "it failed"),
        ("said may is over", "may is over"),
        ("told reporters in Oslo that it failed", "that it failed"),
        ("told NRK the talks had failed", "the talks had failed"),
        ("told the crowd that it failed", "that it failed"),
        ("said in", "in"),
    ],
)
def test_what_stands_between_verb_and_content(text: str, rest: str) -> None:
    words = words_of(text)
    at = skip_circumstances(words, 1, reporting_verbs()[words[0].lower])
    assert text[words[at].start :] == rest


# ---- tellings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # subject, verb, content
        ("Norway said it failed.", [("said", "Norway", ["it failed"])]),
        ("Norway said that it failed.", [("said", "Norway", ["it failed"])]),
        ("Norway said on Monday it failed.", [("said", "Norway", ["it failed"])]),
        ("Norway told NRK it failed.", [("told", "Norway", ["it failed"])]),
        ("Norway asked whether it failed.", [("asked", "Norway", ["whether it failed"])]),
        ("Norway said: [1].", [("said", "Norway", ["[1]"])]),
        ("Norway has never said that it failed.", []),
        ("Norway did not say that it failed.", []),
        ("Norway left to say that it failed.", []),
        ("The weather said that it failed.", []),
        # behind the content
        ("It failed, Norway said.", [("said", "Norway", ["It failed"])]),
        ("It failed, said Norway.", [("said", "Norway", ["It failed"])]),
        ("It failed – Norway said on Monday.", [("said", "Norway", ["It failed"])]),
        ("[1] Norway said.", [("said", "Norway", ["[1]"])]),
        ("[1] said Norway on Monday.", [("said", "Norway", ["[1]"])]),
        # in the middle
        ("[1] Norway said, [2].", [("said", "Norway", ["[1]", "[2]"])]),
        ("[1] said Norway, [2].", [("said", "Norway", ["[1]", "[2]"])]),
        # phrases
        ("According to Norway, it failed.", [("According to", "Norway", ["it failed"])]),
        ("It failed, according to Norway.", [("according to", "Norway", ["It failed"])]),
        ("It failed, according to Norway, badly.", [("according to", "Norway", ["It failed", "badly"])]),
        ("[1] according to Norway.", [("according to", "Norway", ["[1]"])]),
        ("According to NRK, a broadcaster, it failed.", [("According to", "NRK", ["it failed"])]),
        ("According to plan, it failed.", []),
        ("Norway made it clear that it failed.", [("made it clear that", "Norway", ["it failed"])]),
        ("It failed, Norway was quoted as saying.", [("was quoted as saying", "Norway", ["It failed"])]),
        # passive
        ("Norway was accused of theft by NRK.", [("accused", "NRK", ["theft"])]),
        ("Norway was accused by NRK of theft.", [("accused", "NRK", ["theft"])]),
        ("The ship is seen by NRK as lost.", [("seen", "NRK", ["The ship", "lost"])]),
        ("Norway was accused of theft.", []),
        ("Norway was told by the river.", []),
        # participles
        ("Norway left, saying it failed.", [("saying", "", ["it failed"])]),
        ("Norway reacted by saying it failed.", [("saying", "", ["it failed"])]),
        ("Norway sent a letter saying it failed.", [("saying", "", ["it failed"])]),
        ("It rained with Norway saying it failed.", [("saying", "Norway", ["it failed"])]),
        ("Calling it lost, Norway left.", []),
        ("It failed, suggesting that Norway left.", []),
        # going on
        ("Norway said it failed and warned that it rained.",
            [("said", "Norway", ["it failed"]), ("warned", "", ["it rained"])]),
        ("Norway said it failed, adding it rained.",
            [("said", "Norway", ["it failed"]), ("adding", "", ["it rained"])]),
        ("Norway said it failed, while NRK said it rained.",
            [("said", "Norway", ["it failed"]), ("said", "NRK", ["it rained"])]),
        # a telling inside another belongs to the outer one
        ("Norway said NRK claimed it failed.", [("said", "Norway", ["NRK claimed it failed"])]),
        # objects and labels
        ("Norway accused NRK of theft.", [("accused", "Norway", ["theft"])]),
        ("Norway rejected the claim.", [("rejected", "Norway", ["the claim"])]),
        ("Norway rejected the ship.", []),
        ("Norway called it [1].", [("called", "Norway", ["it [1]"])]),
        ("Norway called it a day.", []),
        # a telling without content: what is told follows
        ("Norway had this to say:", []),
        ("Norway said:", [("said", "Norway", [])]),
    ],
)  # fmt: skip
def test_tellings(text: str, told: list[tuple[str, str, list[str]]]) -> None:
    assert tell(text) == told


@pytest.mark.parametrize(
    ("text", "relay"),
    [
        ("Norway said it failed, according to NRK.", "NRK"),
        ("NRK quoted Norway as saying that it failed.", "NRK"),
        ("Norway said it failed.", None),
    ],
)
def test_who_passes_it_on(text: str, relay: str | None) -> None:
    words = words_of(text)
    [told] = find_attributions(words)
    assert told.source and words[told.source[0]].text == "Norway"
    assert (told.relay and words[told.relay[0]].text) == relay

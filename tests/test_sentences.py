"""Where sentences end, where words stand, where quotation marks open and close."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import sentences as sentences_module
from helpers.sentences import (
    find_quoted_spans,
    find_sentences,
    find_words,
    function_words,
    sentence_openers,
)
from helpers.structure import Block, find_blocks

thorough = settings(derandomize=True, deadline=None, max_examples=100)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in find_sentences(text)]


def split_words(text: str) -> list[str]:
    return [text[start:end] for start, end in find_words(text)]


def quoted(raw: str) -> list[str]:
    """What is quoted in one block of body text."""
    return [raw[start:end] for start, end in find_quoted_spans(raw, [Block("body", 0, len(raw), "")])]


# ---- sentences ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentences",
    [
        # plain ends
        ["He left.", "She came."],
        ["Will he go?", "He will!", "When?!", "Now."],
        ["He left.", "12 ships stayed."],
        ["He left.", "Ángel came.", "Élodie too."],
        ["He left.", "(She stayed.)", "“No one spoke.”", "[Laughter.]", "'Go.'", "All went."],
        ["He said no.", "Then he left."],
        ["They saw example.org.", "It was shut."],
        ["He has no closing mark"],
        # full stops that end nothing
        ["Mr. Stone and Mrs. Berg met Dr. Lund, Prof. Dahl and Lt. Gen. Moe."],
        ["St. Olaf’s, Mt. Szohod and Ft. Berg are shut."],
        ["Jon Stone Jr. Avenue is shut."],
        ["On Sept. 9 and Jan. 3 they met, and on Dec. 1 too."],
        ["Berg v. Stone was heard.", "Norway vs. Borduria was not."],
        ["It has capitals, e.g. Oslo, i.e. Norway’s."],
        ["He lives at example.org and wrote 3.5 pages, 1.000 words."],
        # initials
        ["J. R. Stone and A. Berg met."],
        ["Jon R. Stone met.", "A. Berg did not."],
        ["So do I.", "Norway does not."],
        # acronyms and company forms: the next word decides
        ["The U.S. Navy met the U.N. Council in Washington, D.C. Monday."],
        ["He is from the U.S.", "The ship is not."],
        ["He is from the U.S.", "It is not."],
        ["They met at 5 p.m. Monday.", "All came."],
        ["They met at 5 p.m.", "The ship left."],
        ["Salt Inc. Norway met Salt Corp. Borduria."],
        ["He runs Salt Inc.", "The firm is old."],
        ["Ph.D. Anna Berg met M.D. Jon Stone."],
        # No. before a figure, No. as an answer
        ["He is No. 1 and lives at No. 10."],
        ["See Nos. 3 and 4."],
        ["Is it true?", "No.", "The ship stayed."],
        ["Norway is No. 1.", "No. 2 is Borduria."],
        # decimals
        ["It cost 3.5 million.", "Then 4.", "Then 4.5."],
        # ellipses
        ["He paused … Then he left."],
        ["He paused ... Then he left."],
        ["He paused…", "Then he left."],
        ["He paused...", "Then he left."],
        ["He paused… then he left."],
        # quotations that end sentences
        ["“We go.”", "She left."],
        ['"We go."', '"We stay."'],
        ["She said: “We go.", "We stay.”", "He left."],
        ["He called it “a deal.”", "No one else did."],
        ["He called it “a deal”.", "No one else did."],
        ["‘We go.’", "She left."],
        ["«We go.»", "She left."],
        ["He left (it rained.)", "Then she left."],
        ["“‘We go.’”", "She left."],
        # questions and shouts within a sentence
        ["“Will you go?” Stone said."],
        ["“Will you go?” Ms. Berg asked.", "No one spoke."],
        ["“Will you go?” the envoy asked."],
        ["“Go!” Prime Minister Anna Berg shouted."],
        ["“Will you go?”", "The envoy left."],
        ["He asked, “Will they go?”", "Berg left."],
        ["“Will you go?” said Stone."],
    ],
)
@pytest.mark.parametrize("gap", [" ", "\n", " \r\n "])
def test_sentences(sentences: list[str], gap: str) -> None:
    assert split(gap.join(sentences)) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "The United Nations (U.N.) Security Council met.",
        'She joined the "U.S." Navy.',
        "“Will you go?” Stone’s aide asked.",
    ],
)
def test_marks_within_a_sentence_split_nothing(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize("text", ["", "x", ".", "...", "…", "?", ".”", "Mr.", "No."])
def test_texts_without_an_end_within_are_one_sentence(text: str) -> None:
    assert split(text) == ([text] if text else [])


def test_a_block_within_a_text() -> None:
    text = "He left. She came. It rained. No one"
    assert find_sentences(text, 9, 29) == [(9, 18), (19, 29)]
    assert find_sentences(text, 9) == [(9, 18), (19, 29), (30, 36)]
    assert find_sentences(text, 9, 9) == []


def test_what_follows_the_block_does_not_decide() -> None:
    text = "He left. she"
    assert find_sentences(text, 0, 8) == [(0, 8)]


def test_openers_are_words_and_not_names() -> None:
    assert {"The", "It", "However"} <= sentence_openers()
    assert all(word.isalpha() and word[0].isupper() for word in sentence_openers())


def test_function_words_are_small_words() -> None:
    assert {"the", "of", "not"} <= function_words()
    assert not {"norway", "minister", "war"} & function_words()


PIECES = [
    "Mr.", "U.S.", "No.", "1", "3.5", "J.", "Norway", "left", "The", "said", "Stone", "Sept.", "Inc.", "etc.",
    ".", "?", "!", "…", "...", ",", "“", "”", '"', "‘", "’", "'", "«", "»", "„", "(", ")", "]", "—",
    " ", " ", " ", "\n", "\r\n", "\u00a0", "\u2028", "’s", "n't", "a", "Ü", "國", "\u0301", "\U0001f600",
    "\x00",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)


@thorough
@given(texts | st.text(alphabet="aÉ9._’'&- \n,", max_size=60))
def test_the_word_before_a_place(text: str) -> None:
    for end in range(len(text) + 1):
        before = re.search(r"(?:[^\W_]|[_.’'&-])*\Z", text[:end].removesuffix("\n"))
        assert before is not None
        assert sentences_module._word_before(text, end) == before.group()


@thorough
@given(texts, st.data())
def test_sentences_cover_the_block(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    spans = find_sentences(text, start, end)
    at = start
    for a, b in spans:
        assert text[at:a].strip() == ""
        assert at <= a < b <= end
        assert at == start or a > at
        at = b
    assert at == end
    if end > start:
        assert spans[0][0] == start
    assert spans == [(start + a, start + b) for a, b in find_sentences(text[start:end])]


@thorough
@given(texts)
def test_a_sentence_ends_with_a_mark_or_with_the_block(text: str) -> None:
    for _, end in find_sentences(text)[:-1]:
        assert text[:end].rstrip("\"”’'»)]")[-1] in ".!?…"


# ---- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("— … “” ! $", []),
        ("Norway sent no ship.", ["Norway", "sent", "no", "ship"]),
        ("Norway’s ship", ["Norway’s", "ship"]),
        ("Norway's ship", ["Norway's", "ship"]),
        ("NORWAY'S ship", ["NORWAY'S", "ship"]),
        ("the ministers’ ship", ["the", "ministers", "ship"]),
        ("Mr. Stone left the U.S. navy.", ["Mr.", "Stone", "left", "the", "U.S.", "navy"]),
        ("a two-day visit", ["a", "two", "day", "visit"]),
        ("$3.5 million, or 40%", ["3.5", "million", "or", "40"]),
        ("1,000 ships in 1950", ["1,000", "ships", "in", "1950"]),
        ("they don't", ["they", "do", "n't"]),
        ("“Yes,” (she) said…", ["Yes", "she", "said"]),
        ("Ærø and Østfold", ["Ærø", "and", "Østfold"]),
        ("one\n\ntwo\u00a0three", ["one", "two", "three"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in find_words(text)] == words


# What spaCy looks for again in what it has split, whole and with a space inside.
SMILES = [
    "a.m.", "Gov.", "Sept.", "he's", "goin’", "’em", "’ll", "’s", "and/or", ":D", ":o", ":)", "o.O", "._.",
    "(o:", "<3", "Gov._", "_.", "goin", "’", "o", ". O", "( o", ": )", "._ .", "s .", "-", ",", "(", "“", "…",
    "mid-", "10", "km", "can", "not", " ", " ", "  ", "\n", "\xa0", "\x1e", "\u200b", "\ud800", "-" * 21,
    "x" * 101,
]  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=1_000)
@given(st.lists(st.sampled_from(SMILES), max_size=12).map("".join) | texts)
def test_words_run_by_run_are_those_of_the_whole_text(text: str) -> None:
    whole = sentences_module._tokenize(text, sentences_module._tokenizers()[0])
    assert find_words(text) == whole


def test_a_special_case_across_a_space_keeps_one_from_the_run_beside_it() -> None:
    assert [split_words("goin ’ll:)"), split_words("’ll:)")] == [["goin", "ll"], ["’ll"]]


def test_words_stay_when_what_is_known_of_runs_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Mr. Wu didn't go to the U.S. on Sept. 9"
    words = find_words(text)
    monkeypatch.setattr(sentences_module, "_MOST_RUNS", 2)
    assert [find_words(text), find_words(f"{text} again")[:-1]] == [words, words]


@thorough
@given(texts)
def test_words_are_in_order_and_leave_no_letter_out(text: str) -> None:
    spans = find_words(text)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert all(any(c.isalnum() for c in text[a:b]) for a, b in spans)
    inside = {at for a, b in spans for at in range(a, b)}
    assert [text[at] for at in range(len(text)) if text[at].isalnum() and at not in inside] == []


# ---- quotation marks ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "spans"),
    [
        # the shapes of marks
        ("He said “no” twice.", ["no"]),
        ('He said "no" twice.', ["no"]),
        ("He said ‘no’ twice.", ["no"]),
        ("He said 'no' twice.", ["no"]),
        ("He said «no» twice.", ["no"]),
        ("He said „no” twice.", ["no"]),
        ("He said „no“ twice.", ["no"]),
        # several, at the ends, next to other marks
        ("“We go,” she said. “Now.”", ["We go,", "Now."]),
        ('"We go," she said. "Now."', ["We go,", "Now."]),
        ("“Yes”/“no”", ["Yes", "no"]),
        ('("yes") and ["no"]', ["yes", "no"]),
        ('He said—"no"—twice.', ["no"]),
        ('He said "wait—" and left.', ["wait—"]),
        ('He said "no", "yes"; "why?"', ["no", "yes", "why?"]),
        ("no marks", []),
        # nested: the outermost only
        ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"]),
        ("“He said 'no' to me,” she said.", ["He said 'no' to me,"]),
        ("\"He said 'no' to me,\" she said.", ["He said 'no' to me,"]),
        ('‘He said “no” to me,’ she said.', ["He said “no” to me,"]),
        ("'He said \"no\" to me,' she said.", ['He said "no" to me,']),
        ("«He said “no” to me,» she said.", ["He said “no” to me,"]),
        ("“He said ‘no.’”", ["He said ‘no.’"]),
        # apostrophes
        ("It’s Norway’s turn, not the ministers’.", []),
        ("It's Norway's turn, not the ministers'.", []),
        ("In the '90s and the ’80s they didn't.", []),
        ("‘We don’t know,’ he said.", ["We don’t know,"]),
        ("'We don't know,' he said.", ["We don't know,"]),
        ("“We don’t know,” he said.", ["We don’t know,"]),
        # feet and inches
        ("A 12\" gun and a 6'2\" man.", []),
        # not balanced
        ("He said no” and left.", []),
        ('He said no" and left.', []),
        ("He said “no and left. She came.", ["no and left."]),
        ('He said "no and left. She came.', ["no and left."]),
        ("He said «no and left. She came.", ["no and left."]),
        ("He said ‘no and left. She came.", ["no and left."]),
        ("He left. “No", ["No"]),
        ("He said “no way. She said “yes” then.", ["no way.", "yes"]),
        ("He said “a ‘deal” now.", ["a ‘deal"]),
        # not opened, but closed behind a comma or the like: back to the sentence's start
        ("It rained. We go,” she said.", ["We go,"]),
        ('It rained. We go," she said.', ["We go,"]),
        ("We go!” she said. It rained.", ["We go!"]),
        # a straight mark with a curly one
        ('He said "no” and left.', ["no"]),
        ('"We go,” she said. It rained.', ["We go,"]),
        # the closing mark stands too late
        ('"We go, "he said. It rained.', ["We go, "]),
        ('"We go, "she said, "now."', ["We go, ", "now."]),
        # straight around curly
        ('"He said “no” to me," she said.', ["He said “no” to me,"]),
        # words without their beginning
        ("'Twas rock 'n' roll in '68, James' car.", []),
        ("'Tis 'cause of 'em, the players' bus.", []),
    ],
)  # fmt: skip
def test_quoted_spans(raw: str, spans: list[str]) -> None:
    assert quoted(raw) == spans


@pytest.mark.parametrize(("first", "last"), ["“”", '""', "«»"])
def test_a_quotation_over_three_paragraphs(first: str, last: str) -> None:
    raw = f"{first}One.\n\n{first}Two. Still two.\n\n{first}Three,{last} he said.\n\nHe left."
    spans = find_quoted_spans(raw, find_blocks(raw))
    assert [raw[a:b] for a, b in spans] == ["One.", "Two. Still two.", "Three,"]


def test_a_paragraph_without_an_opening_mark_ends_the_quotation() -> None:
    raw = "“One. Two.\n\nShe left “the room” then."
    assert [raw[a:b] for a, b in find_quoted_spans(raw, find_blocks(raw))] == ["One.", "the room"]


def test_a_quotation_runs_on_over_furniture() -> None:
    raw = "“One is over. Two.\n\nRead more\n\n“Three,” he said."
    assert [raw[a:b] for a, b in find_quoted_spans(raw, find_blocks(raw))] == ["One is over. Two.", "Three,"]


def test_a_single_mark_never_runs_on() -> None:
    raw = "‘One is over. Two.\n\n‘Three,’ he said."
    assert [raw[a:b] for a, b in find_quoted_spans(raw, find_blocks(raw))] == ["One is over.", "Three,"]


def test_only_blocks_that_count_are_read() -> None:
    raw = "“One.” “Two.” “Three.”"
    blocks = [Block("boilerplate", 0, 6, ""), Block("caption", 7, 13, ""), Block("credit", 14, 22, "")]
    assert find_quoted_spans(raw, blocks) == [(8, 12)]
    assert find_quoted_spans(raw, []) == []


def test_marks_of_one_kind_within_each_other_give_no_nested_spans() -> None:
    raw = "He said “no “way” today."
    spans = find_quoted_spans(raw, find_blocks(raw))
    assert [raw[a:b] for a, b in spans][-1] == "way"
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))


def test_an_apostrophe_on_either_side_of_a_letter_quotes_nothing() -> None:
    assert quoted("They play rock 'n' roll.") == []


paragraphs = st.lists(texts, max_size=4).map("\n\n".join)


@thorough
@given(paragraphs)
def test_quoted_spans_stay_within_their_block_beside_a_mark(raw: str) -> None:
    blocks = find_blocks(raw)
    spans = find_quoted_spans(raw, blocks)
    for a, b in spans:
        assert raw[a - 1 : a] in tuple("“„«\"‘'") or raw[b : b + 1] in ("”", '"')
        assert any(block.start <= a <= b <= block.end for block in blocks)
    assert spans == sorted(spans)


@thorough
@given(paragraphs)
def test_quoted_spans_never_overlap(raw: str) -> None:
    spans = find_quoted_spans(raw, find_blocks(raw))
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))


@thorough
@given(st.lists(st.tuples(st.sampled_from(["“”", '""', "«»"]), st.sampled_from(["no way", "It’s on."]))))
def test_balanced_marks_are_all_found(pieces: list[tuple[str, str]]) -> None:
    raw = "He said" + "".join(f" {marks[0]}{told}{marks[1]} and" for marks, told in pieces) + " left."
    assert quoted(raw) == [told for _, told in pieces]


def test_a_long_row_of_dots_does_not_hang() -> None:
    text = "It goes on " + "." * 100_000 + " and on."
    assert find_sentences(text) == [(0, len(text))]


# ---- time ---------------------------------------------------------------------------------------

HOSTILE = [
    "a ", "a", "A.", "“", "(", "Mr. ", " \n", "- ", "1,", "http://a.b/", "!", "_", "A. B. ", "x. A/",
    ". Photo by ", 'a, "', 'x?" A ', " 'a", 'a "', "?'", "Read more\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_of_a_text(piece: str) -> None:
    """Steps in the square of it would take from ten seconds to an hour here."""
    text = (piece * 100_000)[:100_000] + "x"
    find_words("the tokenizer is loaded once")
    begun = time.monotonic()
    blocks = find_blocks(text)
    for start, end in [(block.start, block.end) for block in blocks]:
        find_sentences(text, start, end)
        find_words(text[start:end])
    find_quoted_spans(text, [Block("body", 0, len(text), "")])
    assert time.monotonic() - begun < 5


def test_the_way_a_photo_credit_is_searched_has_no_steps_beyond_count() -> None:
    text = "It rained. A" + "b" * 60 + (" " * 50 + "/") * 12 + "!"
    begun = time.monotonic()
    assert [block.kind for block in find_blocks(text)] == ["body"]
    assert time.monotonic() - begun < 5


def test_words_between_many_signs_and_in_a_run_without_spaces() -> None:
    text = "one" + "(" * 30 + "two " + "a/b." * 200
    assert [text[a:b] for a, b in find_words(text)] == ["one", "two", *["a", "b"] * 200]

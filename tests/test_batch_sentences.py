"""Sentences of many texts at once: in each the sentences that are found in it alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Corpus
from helpers.batch_sentences import find_all_sentences
from helpers.matching import join_texts
from helpers.sentences import LONGEST_SENTENCE, find_sentences, words_before_no_end

Sentences = list[tuple[int, int, int]]


def find(texts: list[str]) -> Sentences:
    """What is found in the batch: text, start, end."""
    found = find_all_sentences(join_texts(texts))
    return list(zip(*(array.tolist() for array in found), strict=True))


def find_one_by_one(texts: list[str]) -> Sentences:
    return [(number, *span) for number, text in enumerate(texts) for span in find_sentences(text)]


# ---- any text -----------------------------------------------------------------------------------

MARKS = [".", ".", ".", "!", "?", "…", "...", "?!", "!…"]
CLOSERS = ['"', "”", "’", "'", "»", ")", "]"]
OPENERS = ['"', "“", "‘", "'", "«", "(", "["]
GAPS = [" ", " ", " ", "  ", "\n", "\n\n", "\n\n\n", "\r\n", "\r", "\t", "\u00a0", "\u2003", "\u202f", "\x1e"]
GAPS += ["\u2028", "\x85", "\x1c", "\u200b", ""]
WORDS = [
    "a", "I", "x", "ships", "Norway", "The", "It", "Then", "However", "said", "Mr", "Mrs", "U.S", "U.N",
    "Inc", "Sept", "No", "Nos", "v", "etc", "a.m", "Ph.D", "e.g", "J", "McGill", "AT&T", "x-y", "o'clock",
    "Berg’s", "1", "12", "3.5", "2nd", "9a", "é", "Été", "Ångström", "élan", "Слово", "они", "Ω", "中文",
    "😀", "𐌰", "𝐀", "²", "_", "_x", "-", "–", "&", "\u0301", "ß", "ǅ", "ŉ", "İ", "\ud800", "\x00",
    "abbreviations", "Schiffahrtsgesellschaft", "approx", "no approx", "’No", "-Mr", "1Mr", "éMr",
]  # fmt: skip
BULLETS = ["• ", "– ", "- ", "* ", "·\u00a0", "—\n", "‣", "•"]

_PIECES = st.sampled_from([*WORDS, *MARKS, *CLOSERS, *OPENERS, *GAPS, *BULLETS])
# Most of it as prose has it: a word, a mark perhaps, a closing sign, a gap, an opening sign.
_PROSE = st.tuples(
    st.sampled_from(WORDS),
    st.sampled_from(["", *MARKS]),
    st.sampled_from(["", "", *CLOSERS]),
    st.sampled_from(GAPS),
    st.sampled_from(["", "", *OPENERS]),
).map("".join)
_TEXTS = st.lists(st.one_of(_PROSE, _PIECES), max_size=25).map("".join)
_WITH_BULLETS = st.tuples(st.sampled_from(["", *BULLETS]), _TEXTS).map("".join)


@settings(derandomize=True, deadline=None, max_examples=1_000)
@given(st.lists(_WITH_BULLETS, max_size=4))
def test_sentences_of_a_batch_are_those_of_each_text(texts: list[str]) -> None:
    assert find(texts) == find_one_by_one(texts)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.lists(
        st.text(st.sampled_from("aA1é中😀.!?…\"'’”“‘«»()[] \n\u00a0\u2003\x1e•-"), max_size=40), max_size=3
    )
)
def test_sentences_of_any_signs(texts: list[str]) -> None:
    assert find(texts) == find_one_by_one(texts)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(st.text(max_size=30), max_size=3))
def test_sentences_of_all_of_unicode(texts: list[str]) -> None:
    assert find(texts) == find_one_by_one(texts)


# ---- one thing at a time ------------------------------------------------------------------------

NEXT = [
    "The ship",
    "the ship",
    "Norway",
    "12",
    "“The",
    "‘The",
    "'The",
    '"the',
    "(The",
    "«Ö",
    "Ö",
    "ö",
    "中",
    "😀",
]
NEXT += ["_x", "-x", "The.", "I.", "He said", "said he", "Mr. Wu said", "Я", "я", ".", ""]


@pytest.mark.parametrize(
    "gap", [" ", "  ", "   ", "\n", "\n\n\n", "\r\n", "\t", "\u00a0", "\u2003", "\x1e", ""]
)
@pytest.mark.parametrize("closer", ["", *CLOSERS, "”)", "’”", "'\"", ")]", "))"])
@pytest.mark.parametrize("mark", [".", "!", "?", "…", "...", "..", "?!", "!.", " ...", " …"])
def test_every_end_before_every_beginning(mark: str, closer: str, gap: str) -> None:
    before = ("left", "Mr", "No", "U.S", "Inc", "I", "J", "é", "1", "")
    texts = [f"He {word}{mark}{closer}{gap}{following}" for word in before for following in NEXT]
    assert find(texts) == find_one_by_one(texts)


@pytest.mark.parametrize(
    "before", ["", " ", "x", "X", "-", "'", "’", ".", "é", "中", "(", "/", "\n", "\u00a0", "_"]
)
def test_every_word_behind_which_a_full_stop_may_end_nothing(before: str) -> None:
    words = [*sorted(words_before_no_end()), "Nope", "Approximate", "MR", "mr", "approxi"]
    texts = [f"It is {before}{word}{end}" for word in words for end in (". The ship left.", ". 9 left.", ".")]
    assert find(texts) == find_one_by_one(texts)


@pytest.mark.parametrize("length", range(1, 12))
def test_words_longer_than_what_is_looked_at(length: int) -> None:
    """Of the word before a full stop only the last letters are looked at."""
    texts = [
        f"{sign}{'x' * length}. The ship" for sign in ("", "é", "'", "’", ".", "A.", "&", "-", "1", " ", "\n")
    ]
    texts += [f"It is {text}" for text in texts]
    assert find(texts) == find_one_by_one(texts)


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [""],
        ["", ""],
        ["", "It is. He left.", "", "", "No.", ""],
        ["."],
        ["He left.", "The ship stayed."],  # what ends one text and begins the next
        ["He left. ", "The ship stayed."],
        ["He left", ". The ship stayed."],
        ["• ", "It. The ship"],
        ["• It is. The ship", "•", "• "],
        [" ", "\n", "\x1e\x1e"],
        ["He left.\x1e\x1eThe ship stayed.", "It"],
        ["Mr", ". Wu"],
    ],
)
def test_texts_of_a_batch_know_nothing_of_each_other(texts: list[str]) -> None:
    assert find(texts) == find_one_by_one(texts)


# ---- long ones ----------------------------------------------------------------------------------


@pytest.mark.parametrize("n_words", [499, 500, 501, 600, 1_000, 1_001])
def test_a_text_without_a_full_stop_is_cut(n_words: int) -> None:
    assert LONGEST_SENTENCE == 500
    long = " ".join(["ship"] * n_words)
    texts = [
        "It is. He left.",
        long,
        "",
        f"It is. {long}. He left.",
        " ".join("a" * n_words),
        f"• {long}\n{long}",
    ]
    found = find(texts)
    assert found == find_one_by_one(texts)
    assert len([number for number, _, _ in found if number == 1]) == -(-n_words // 500)
    for text in texts:  # none of them for the sake of another
        assert find([text]) == find_one_by_one([text])


def test_the_bundled_articles_have_the_sentences_they_had(bundled: Corpus) -> None:
    texts = [bundled.raw(article_id) for article_id in bundled.articles["article_id"]]
    assert len(find(texts)) > 100
    assert find(texts) == find_one_by_one(texts)
    # and each of their lines as a text of its own
    lines = [line for text in texts for line in text.split("\n")]
    assert find(lines) == find_one_by_one(lines)

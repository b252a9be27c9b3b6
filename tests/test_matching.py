"""The matcher: every occurrence between word boundaries, held against a slow and obvious search."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Actor
from helpers.gazetteer import Gazetteer, compile_gazetteer
from helpers.matching import Hits, Matcher, fold, join_texts, lower_case, spellings

# Marks that are read as another, character for character, and line ends that are read as spaces.
PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "‐": "-", "\u00a0": " ", "\u202f": " "}
GAPS = {"\n": " ", "\r": " ", "\t": " "}
ACCENTS = {"é": "e"}

Found = tuple[int, int, int, str]


def find(phrases: list[str], texts: list[str]) -> list[Found]:
    """What the matcher finds: text, start, end, phrase, in the order it gives them."""
    matcher = Matcher(phrases)
    hits = matcher.find(texts)
    return [
        (int(t), int(a), int(b), matcher.phrases[p])
        for t, a, b, p in zip(hits.text, hits.start, hits.end, hits.phrase, strict=True)
    ]


def plain(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(c, c) for c in text)


def in_word(text: str, at: int) -> bool:
    """Whether a letter, digit, mark on a letter or underscore of the basic plane stands at a position."""
    if not 0 <= at < len(text) or ord(text[at]) >= 0x10000:
        return False
    return text[at].isalnum() or text[at] == "_" or unicodedata.combining(text[at]) > 0


def find_slowly(phrases: list[str], texts: list[str]) -> list[Found]:
    """Try every phrase at every position of every text."""
    looked_for = {plain(p, PLAIN | ACCENTS) for p in phrases}
    found = set()
    for number, raw in enumerate(texts):
        text = plain(raw, PLAIN | GAPS | ACCENTS)
        for phrase in looked_for:
            for start in range(len(text) - len(phrase) + 1):
                end = start + len(phrase)
                if text[start:end] != phrase:
                    continue
                cut_before = in_word(text, start - 1) and in_word(text, start)
                cut_after = in_word(text, end - 1) and in_word(text, end)
                if not (cut_before or cut_after):
                    found.add((number, start, end, phrase))
    return sorted(found)


# Few letters, so that phrases do occur; every mark that has a rule; emoji and rare scripts.
_CHARACTERS = st.sampled_from("aabbAB1_é' ’‘-‑.,\n\u00a0\t😀𐌰\x1e")
_TEXTS = st.text(_CHARACTERS, max_size=40)
_PHRASES = st.text(st.sampled_from("aabbAB1_é' ’-‑.😀𐌰"), min_size=1, max_size=4)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.lists(_PHRASES, min_size=1, max_size=8), st.lists(_TEXTS, min_size=1, max_size=4))
def test_finds_what_a_slow_search_finds(phrases: list[str], texts: list[str]) -> None:
    assert find(phrases, texts) == find_slowly(phrases, texts)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.data(), _TEXTS.filter(lambda t: len(t) >= 2))
def test_finds_pieces_of_the_text_itself(data: st.DataObject, text: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 6)))
    phrase = plain(text[start:end], GAPS)
    if "\x1e\x1e" in phrase:  # what keeps the texts of a batch apart
        phrase = "a"
    assert find([phrase], [text]) == find_slowly([phrase], [text])


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(_PHRASES, min_size=1, max_size=5), st.lists(_TEXTS, max_size=5))
def test_a_batch_finds_what_each_text_gives_alone(phrases: list[str], texts: list[str]) -> None:
    alone = [(n, a, b, p) for n, text in enumerate(texts) for _, a, b, p in find(phrases, [text])]
    assert find(phrases, texts) == alone


@pytest.mark.parametrize(
    ("phrase", "text", "starts"),
    [
        ("US", "US", [0]),
        ("US", "the US-led talks (US) of the US's", [4, 18, 29]),
        ("US", "USA, bus, BUS, US2, US_1, 1US, _US, ÉUS", []),
        ("US", "“US”—US/US", [1, 5, 8]),
        ("U.S.", "the U.S. envoy, U.S., aU.S.", [4, 16]),
        ("Norway's", "Norway’s Norway's Norwayʼs Norway‘s", [0, 9, 18, 27]),
        ("Norway’s", "Norway's", [0]),
        ("Norway", "Norway’s Norways", [0]),
        ("O'Neil", "O’Neil, O'Neill", [0]),
        ("Saint-Pierre", "Saint-Pierre Saint‑Pierre Saint‐Pierre Saint–Pierre Saint Pierre", [0, 13, 26]),
        (
            "East Timor",
            "East Timor East\nTimor East\u00a0Timor East\u202fTimor East\tTimor",
            [0, 11, 22, 33, 44],
        ),
        ("East Timor", "East  Timor", []),
        ("East Timor", "East\x1eTimor", []),
        ("Oslo", "Oslo", [0]),
        ("Oslo", "oslo OSLO", []),
        ("Ås", "Ås, Åse, blÅs", [0]),
        ("Oslo", "😀Oslo😀 𐌰Oslo Oslo", [1, 8, 13]),
        ("😀", "a😀b😀😀", [1, 3, 4]),
        ("aa", "aa-aa-aa", [0, 3, 6]),
        ("a a", "a a a a", [0, 2, 4]),
        ("Łódź", "Łódź’s\nŁódź", [0, 7]),
    ],
)
def test_boundaries(phrase: str, text: str, starts: list[int]) -> None:
    found = find([phrase], [text])
    assert [start for _, start, _, _ in found] == starts
    assert all(end - start == len(phrase) for _, start, end, _ in found)


def test_overlapping_phrases_are_all_found_sorted_by_start_and_end() -> None:
    assert find(["Timor", "East Timor talks", "East", "East Timor"], ["East Timor talks"]) == [
        (0, 0, 4, "East"),
        (0, 0, 10, "East Timor"),
        (0, 0, 16, "East Timor talks"),
        (0, 5, 10, "Timor"),
    ]


def test_phrases_are_folded_and_looked_for_once() -> None:
    assert Matcher(["b’s", "b's", "a", "a"]).phrases == ["a", "b's"]
    assert find(["b’s", "b's"], ["b‘s"]) == [(0, 0, 3, "b's")]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], []),
        ([""], []),
        (["", ""], []),
        (["", "a", "", "", "a", ""], [(1, 0, 1, "a"), (4, 0, 1, "a")]),
        (["a", "a"], [(0, 0, 1, "a"), (1, 0, 1, "a")]),
        (["a b", "c"], [(0, 0, 1, "a")]),
        (["b", "a"], [(1, 0, 1, "a")]),
        # the same phrase of two words, half in one text and half in the next, is in neither
        (["a", "a", "a c"], [(0, 0, 1, "a"), (1, 0, 1, "a"), (2, 0, 1, "a"), (2, 0, 3, "a c")]),
        (["😀 a", "a"], [(0, 2, 3, "a"), (1, 0, 1, "a")]),
    ],
)
def test_several_texts(texts: list[str], expected: list[Found]) -> None:
    assert find(["a", "a c"], texts) == expected


def test_without_phrases_nothing_is_found() -> None:
    assert find([], ["a b c"]) == []


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(st.characters(), max_size=60))
def test_fold_keeps_every_offset_and_is_done_once(text: str) -> None:
    assert fold(text) == plain(text, PLAIN)
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("phrase", "any_case", "expected"),
    [
        ("Li", False, {"Li"}),
        ("Doe", False, {"Doe"}),
        ("US", False, {"US"}),
        ("Berg", False, {"Berg", "BERG"}),
        ("Norway’s", False, {"Norway's", "NORWAY'S"}),
        ("navy", True, {"navy", "Navy", "NAVY"}),
        (
            "ministry of the interior",
            True,
            {
                "ministry of the interior",
                "Ministry of the Interior",
                "Ministry of the interior",
                "MINISTRY OF THE INTERIOR",
            },
        ),
    ],
)
def test_spellings(phrase: str, any_case: bool, expected: set[str]) -> None:
    assert spellings(phrase, any_case=any_case) == expected


def test_accents_match_in_one_character_or_two() -> None:
    phrases = spellings("Erdoğan", any_case=False)
    matcher = Matcher(phrases)
    for text in ("Mr. Erdoğan left.", "Mr. Erdog\u0306an left."):
        hits = matcher.find([text])
        assert [(int(a), text[a:b]) for a, b in zip(hits.start, hits.end, strict=True)] == [(4, text[4:-6])]
    assert len(Matcher(["Erdog"]).find(["Erdog\u0306an", "Erdog an"]).start) == 1


def test_half_a_character_is_passed_over() -> None:
    hits = Matcher(["Norway"]).find(["Norway \ud800 Norway"])
    assert hits.start.tolist() == [0, 9]


# ---- signs that are read as one byte ------------------------------------------------------------

# Letters and signs beyond Latin of which several are read as the same byte: 112 codes apart the letters, 16
# the signs. Marks that are written over the letter before, halves of characters, and what lies beyond.
SHARED = "ЯѯӟԏṪ中串乾人か" + "—‼≀⊐" + "\u0306\u0301" + "\ud800\udfff" + "😀🙀𐌰𐎀𠀀"


def test_signs_do_share_bytes() -> None:
    """What the tests below are about."""
    codes = join_texts([SHARED]).codes
    assert len(set(codes.tolist())) < len(SHARED)
    assert all(code >= 128 for code in codes)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.lists(st.text(st.sampled_from(SHARED + "aé’ "), min_size=1, max_size=3), min_size=1, max_size=6),
    st.lists(st.text(st.sampled_from(SHARED + "aé’ .\n"), max_size=30), min_size=1, max_size=3),
)
def test_signs_that_share_a_byte_are_told_apart(phrases: list[str], texts: list[str]) -> None:
    assert find(phrases, texts) == find_slowly(phrases, texts)


@pytest.mark.parametrize(("one", "other"), [("Я", "џ"), ("中", "亽"), ("か", "び"), ("—", "‴"), ("Ω", "Й")])
def test_a_sign_is_not_found_as_another_of_its_byte(one: str, other: str) -> None:
    texts = [f"{one} {other} {one}", other]
    assert [(t, a) for t, a, *_ in find([one], texts)] == [(0, 0), (0, 4)]


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(st.characters(), max_size=20), st.text(st.characters(), min_size=1, max_size=6), st.data())
def test_any_phrase_is_found_where_it_stands(text: str, phrase: str, data: st.DataObject) -> None:
    """Of all of Unicode, between spaces."""
    phrase = phrase.translate(GAPS_AS_SPACES)
    if "\x1e\x1e" in phrase or "\x1e\x1e" in text:
        return
    assert (0, len(text) + 1, len(text) + 1 + len(phrase)) in [
        hit[:3] for hit in find([phrase], [f"{text} {phrase} x"])
    ]


GAPS_AS_SPACES = str.maketrans(GAPS)


def test_no_place_is_no_phrase_between_texts() -> None:
    assert find(["\x1e\x1e", "a\x1e\x1eb", "\x1e"], ["a", "b", ""]) == []
    assert [hit[:3] for hit in find(["\x1e"], ["a\x1eb"])] == [(0, 1, 2)]


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["a", "", "bc😀"], ["\ud800", "Åse’s\tx"]])
def test_a_batch_keeps_the_places_of_its_texts(texts: list[str]) -> None:
    batch = join_texts(texts)
    assert batch.texts == texts
    joined = "\x1e\x1e".join(texts)
    assert len(batch.codes) == len(joined)
    assert [joined[a:b] for a, b in zip(batch.begins, batch.ends, strict=True)] == texts
    assert [batch.codes[a:b].tolist() for a, b in zip(batch.begins, batch.ends, strict=True)] == [
        join_texts([text]).codes.tolist() for text in texts
    ]
    matcher = Matcher(["a", "bc"])
    again = matcher.find_in(batch)
    assert [array.tolist() for array in vars(again).values()] == [
        array.tolist() for array in vars(matcher.find(texts)).values()
    ]


def test_every_character_of_ascii_is_read_as_itself() -> None:
    text = "".join(map(chr, range(128)))
    expected = text.translate(str.maketrans(GAPS)).encode()
    assert join_texts([text]).codes.tobytes() == expected


def test_lower_case_keeps_offsets() -> None:
    every = "".join(map(chr, range(0x10000)))
    lowered = lower_case(every)
    assert len(lowered) == len(every)
    assert all(low in (c, c.lower()) for c, low in zip(every, lowered, strict=True))


# ---- the longest --------------------------------------------------------------------------------

Span = tuple[int, int, int]


def longest_slowly(spans: list[Span]) -> list[int]:
    """From the left, of those that begin at one place the longest; what overlaps one that stays goes."""
    kept: list[int] = []
    for at in sorted(range(len(spans)), key=lambda n: (spans[n][0], spans[n][1], -spans[n][2])):
        text, start, _ = spans[at]
        if not any(text == spans[k][0] and start < spans[k][2] for k in kept):
            kept.append(at)
    return sorted(kept)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 20), st.integers(1, 8)), max_size=25, unique=True)
)
def test_the_longest_from_the_left_stay(drawn: list[Span]) -> None:
    spans = sorted((text, start, start + length) for text, start, length in drawn)
    columns = [np.array(column, dtype=np.int64) for column in zip(*spans, strict=True)] or [
        np.zeros(0, dtype=np.int64)
    ] * 3
    left = Hits(*columns, np.arange(len(spans))).longest()
    chosen = longest_slowly(spans)
    assert left.phrase.tolist() == chosen
    assert list(zip(left.text.tolist(), left.start.tolist(), left.end.tolist(), strict=True)) == [
        spans[at] for at in chosen
    ]


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(_PHRASES, min_size=1, max_size=8), st.lists(_TEXTS, min_size=1, max_size=4))
def test_the_longest_of_what_is_found(phrases: list[str], texts: list[str]) -> None:
    matcher = Matcher(phrases)
    left = matcher.find(texts).longest()
    found = find(phrases, texts)
    expected = [found[at] for at in longest_slowly([hit[:3] for hit in found])]
    assert [
        (int(t), int(a), int(b), matcher.phrases[p])
        for t, a, b, p in zip(left.text, left.start, left.end, left.phrase, strict=True)
    ] == expected


def test_a_chain_of_overlaps_is_taken_apart_from_the_left() -> None:
    spans = [(0, n, n + 3) for n in range(0, 3_000, 2)]
    columns = [np.array(column) for column in zip(*spans, strict=True)]
    left = Hits(*columns, np.arange(len(spans))).longest()
    assert left.start.tolist() == list(range(0, 3_000, 4))


# ---- the gazetteer is compiled once -------------------------------------------------------------


def test_the_gazetteer_of_the_same_actors_is_kept() -> None:
    actors = {
        "norway": Actor("norway", "Norway", "state"),
        "syldavia": Actor("syldavia", "Syldavia", "state"),
    }
    first = compile_gazetteer(actors)
    assert compile_gazetteer(dict(actors)) is first
    actors["syldavia"] = Actor("syldavia", "Syldavia", "state", aliases=("the Kingdom",))
    second = compile_gazetteer(actors)  # the same dict, with something else in it
    assert second is not first
    assert "Kingdom" in second.meanings
    del actors["norway"]
    third = compile_gazetteer(actors)
    assert "Norway" not in third.meanings
    assert third.matcher.phrases == Gazetteer(actors).matcher.phrases

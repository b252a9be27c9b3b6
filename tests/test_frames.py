"""Frames and loaded words: the lists, what is found of them, and the rates by hand."""

import math
from itertools import pairwise, product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import (
    Corpus,
    InputError,
    WordList,
    compare_listed_words,
    find_all_words,
    find_listed_words,
    find_mentions,
    find_words,
    load_corpus,
    load_word_lists,
)

POLICY = [
    "economic", "capacity_and_resources", "morality", "fairness_and_equality", "legality",
    "policy_prescription", "crime_and_punishment", "security_and_defense", "health_and_safety",
    "quality_of_life", "cultural_identity", "public_opinion", "political", "external_regulation",
]  # fmt: skip
GENERIC = ["conflict", "responsibility", "human_interest", "economic_consequences", "generic_morality"]
LOADED = [
    "labels", "judging_adjectives", "distancing", "dramatic", "loaded_verbs", "praise", "euphemisms",
    "boosters", "insinuation",
]  # fmt: skip


def word_list(name: str, *words: str) -> WordList:
    return WordList(name, "own", name.capitalize(), "made up", "for a test", words)


# The files


@pytest.mark.parametrize(
    ("vocabulary", "families"),
    [("frames", {"policy": POLICY, "generic": GENERIC}), ("loaded_words", {"loaded": LOADED})],
)
def test_the_bundled_lists(vocabulary: str, families: dict[str, list[str]]) -> None:
    lists = load_word_lists(vocabulary)
    assert [(entry.family, entry.id) for entry in lists] == [(f, i) for f in families for i in families[f]]
    assert len({entry.name for entry in lists}) == len(lists)
    for entry in lists:
        assert len(entry.source) > 5, entry.id
        assert len(entry.reason) > 40, entry.id
        assert list(entry.words) == sorted(entry.words), entry.id
    published = {"policy": "Boydstun", "generic": "Semetko & Valkenburg", "loaded": ""}
    assert [entry.id for entry in lists if published[entry.family] not in entry.source] == []


@pytest.mark.parametrize("vocabulary", ["frames", "loaded_words"])
def test_no_bundled_entry_is_covered_by_another_of_its_list(vocabulary: str) -> None:
    covered = [
        (entry.id, word, other)
        for entry in load_word_lists(vocabulary)
        for word, other in product(entry.words, entry.words)
        if word != other
        and other.endswith("*")
        and word.count(" ") == other.count(" ")
        and word.startswith(other[:-1])
    ]
    assert covered == []


@pytest.mark.parametrize("vocabulary", ["frames", "loaded_words"])
def test_every_bundled_entry_is_cut_into_words_as_a_text_is(vocabulary: str) -> None:
    lost = []
    for entry in load_word_lists(vocabulary):
        for words in (word.removesuffix("*") for word in entry.words):
            text = f"They saw {words} there."
            if [text[a:b] for a, b in find_words(text)] != ["They", "saw", *words.split(" "), "there"]:
                lost.append((entry.id, words))
    assert lost == []


LIST = """
[[list]]
id = "weather"
family = "own"
name = "Weather"
source = "made up"
reason = "for a test"
words = ["rain*", "no sun", "can't", "out of season*", "2023"]
"""


def write(folder: Path, content: str | bytes, vocabulary: str = "frames") -> Path:
    folder = folder / "event"
    folder.mkdir(exist_ok=True)
    content = content.encode() if isinstance(content, str) else content
    (folder / f"{vocabulary}.toml").write_bytes(content)
    return folder


@pytest.mark.parametrize("vocabulary", ["frames", "loaded_words"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_in_the_folder_replaces_the_bundled_one(vocabulary: str, mark: str, tmp_path: Path) -> None:
    bundled = {name: load_word_lists(name) for name in ("frames", "loaded_words")}
    folder = write(tmp_path, mark + LIST, vocabulary)
    expected = WordList(
        "weather", "own", "Weather", "made up", "for a test",
        ("rain*", "no sun", "can't", "out of season*", "2023"),
    )  # fmt: skip
    assert load_word_lists(vocabulary, folder) == [expected]
    assert load_word_lists(vocabulary, str(folder)) == [expected]
    other = "frames" if vocabulary == "loaded_words" else "loaded_words"
    assert load_word_lists(other, folder) == bundled[other]
    assert load_word_lists(vocabulary) == bundled[vocabulary]


def test_lists_of_every_family_in_the_order_of_the_file(tmp_path: Path) -> None:
    ids = [("z", "own"), ("conflict", "generic"), ("a", "loaded"), ("economic", "policy")]
    text = "".join(LIST.replace("weather", i).replace('"own"', f'"{family}"') for i, family in ids)
    assert [(entry.id, entry.family) for entry in load_word_lists("frames", write(tmp_path, text))] == ids


CANNOT = (
    "cannot be looked for: expected one to three words in lower case, spaces for hyphens, "
    "a star only at the end"
)
FIELDS = "expected a [[list]] table with exactly id, family, name, source, reason, words"
TABLES = "event/frames.toml: expected nothing but [[list]] tables, and one at least"
WEATHER = "event/frames.toml, list 1 (weather): "


def with_word(word: str) -> str:
    return LIST.replace('"no sun"', f'"{word}"')


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (LIST + LIST, "event/frames.toml, list 2: the frame 'weather' stands there twice: join them"),
        (
            LIST.replace('"own"', '"policy"'),
            WEATHER + "unknown policy frame 'weather': expected one of "
            f"{', '.join(POLICY)}; a list of your own has the family 'own'",
        ),
        (
            LIST.replace('"own"', '"generic"').replace("weather", "economic"),
            WEATHER.replace("weather", "economic") + "unknown generic frame 'economic': expected one of "
            f"{', '.join(GENERIC)}; a list of your own has the family 'own'",
        ),
        (
            LIST.replace('"own"', '"Own"'),
            WEATHER + "unknown family 'Own': expected one of policy, generic, loaded, own",
        ),
        (with_word("2023"), WEATHER + "'2023' stands there twice: leave one of them out"),
        (with_word("no* sun"), WEATHER + f"'no* sun' {CANNOT}"),
        (with_word("n*o"), WEATHER + f"'n*o' {CANNOT}"),
        (with_word("sun**"), WEATHER + f"'sun**' {CANNOT}"),
        (with_word("*"), WEATHER + f"'*' {CANNOT}"),
        (with_word("no sun at all"), WEATHER + f"'no sun at all' {CANNOT}"),
        (with_word("No sun"), WEATHER + f"'No sun' {CANNOT}"),
        (with_word("no-sun"), WEATHER + f"'no-sun' {CANNOT}"),
        (with_word("no  sun"), WEATHER + f"'no  sun' {CANNOT}"),
        (with_word("sun "), WEATHER + f"'sun ' {CANNOT}"),
        (with_word(""), WEATHER + f"'' {CANNOT}"),
        (with_word("'"), WEATHER + f'"\'" {CANNOT}'),
        (
            LIST.replace('words = ["rain*", "no sun", "can\'t", "out of season*", "2023"]', "words = []"),
            WEATHER + 'words is []: expected a list like ["one", "two*"]',
        ),
        (
            LIST.replace('"2023"', "2023"),
            WEATHER + "words is ['rain*', 'no sun', \"can't\", 'out of season*', 2023]: expected a list like "
            '["one", "two*"]',
        ),
        (LIST.replace('reason = "for a test"\n', ""), f"event/frames.toml, list 1: {FIELDS}"),
        (LIST + LIST + 'note = "one too many"\n', f"event/frames.toml, list 2: {FIELDS}"),
        ("list = [1]\n", f"event/frames.toml, list 1: {FIELDS}"),
        (
            LIST.replace('"made up"', '" "'),
            "event/frames.toml, list 1: source is ' ': expected text, not empty",
        ),
        (LIST.replace('"weather"', "7"), "event/frames.toml, list 1: id is 7: expected text, not empty"),
        ("", TABLES),
        (LIST.replace("[[list]]", "[[frame]]"), TABLES),
        (LIST.replace("[[list]]", "[list]"), TABLES),
        ('language = "en"\n' + LIST, TABLES),
        (
            LIST.replace("words = [", "words = "),
            "event/frames.toml is not valid TOML: ",
        ),
        (
            b'[[list]]\nid = "caf\xe9"\n',
            "event/frames.toml is not UTF-8 (byte 18): save it again with the encoding UTF-8",
        ),
    ],
)
def test_a_file_that_cannot_be_right_is_an_error(content: str | bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_word_lists("frames", write(tmp_path, content))
    if message.endswith("TOML: "):
        assert str(caught.value).startswith(message)
        assert str(caught.value).endswith("(at line 8, column 16); mend that line")
    else:
        assert str(caught.value) == message


@pytest.mark.parametrize("vocabulary", ["frame", "titles", "frames.toml", ""])
def test_an_unknown_vocabulary_is_an_error(vocabulary: str) -> None:
    message = f"^unknown vocabulary '{vocabulary}': expected one of frames, loaded_words$"
    with pytest.raises(InputError, match=message):
        load_word_lists(vocabulary)


# Finding

Token = tuple[str, int, bool, bool]  # word, what stands before it, in a name, quoted


def make_words(paragraphs: list[tuple[str, list[Token]]]) -> pd.DataFrame:
    """The words of paragraphs, each with its article; a gap of 1 is a space or a hyphen."""
    rows = []
    at = 0
    for block_id, (article_id, tokens) in enumerate(paragraphs):
        for word, gap, in_name, in_quote in tokens:
            at += gap
            rows.append((article_id, "Daily", block_id, at, at + len(word), word, False, in_name, in_quote))
            at += len(word)
    columns = [
        "article_id", "outlet", "block_id", "start", "end", "word", "is_function_word", "in_name", "in_quote",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns).astype({"article_id": "str", "word": "str"})
    return table.astype({"block_id": int, "start": int, "end": int, "in_name": bool, "in_quote": bool})


def matches(entry: str, words: list[str]) -> bool:
    parts = entry.removesuffix("*").split(" ")
    exact = parts if not entry.endswith("*") else parts[:-1]
    if len(words) != len(parts) or words[: len(exact)] != exact:
        return False
    return not entry.endswith("*") or words[-1].startswith(parts[-1])


def find_slowly(words: pd.DataFrame, lists: list[WordList]) -> list[tuple[int, int, str, str, bool]]:
    """Start, end, word, list, in_quote: from each word on, the longest entry that stands there."""
    rows = words.to_dict("records")
    found = []
    for listed in lists:
        at = 0
        while at < len(rows):
            step = 1
            for length in (3, 2, 1):
                run = rows[at : at + length]
                joined = all(
                    a["block_id"] == b["block_id"] and b["start"] - a["end"] == 1 for a, b in pairwise(run)
                )
                texts = [row["word"] for row in run]
                if len(run) == length and joined and any(matches(e, texts) for e in listed.words):
                    if not any(row["in_name"] for row in run):
                        text = " ".join(texts)
                        found.append((run[0]["start"], run[-1]["end"], text, listed.id, run[0]["in_quote"]))
                    step = length
                    break
            at += step
    return sorted(found, key=lambda match: (match[0], match[3]))


WORDS = ("arm", "arms", "armed", "control", "controls", "race", "of", "peace")
ENTRIES = (
    "arm", "arm*", "arms", "arms control", "arms control*", "arms race", "control*", "race", "peace", "of",
    "control of arms", "of arm*", "arms control race", "armed peace", "peace of arm*", "race race",
)  # fmt: skip


def paragraphs_of(in_name: st.SearchStrategy[bool]) -> st.SearchStrategy[list[tuple[str, list[Token]]]]:
    token = st.tuples(st.sampled_from(WORDS), st.sampled_from([1, 1, 1, 2]), in_name, st.booleans())
    return st.lists(st.tuples(st.sampled_from("ab"), st.lists(token, max_size=12)), max_size=4).map(sorted)


def lists_of(entries: tuple[str, ...]) -> st.SearchStrategy[list[WordList]]:
    chosen = st.lists(st.sampled_from(entries), min_size=1, max_size=8, unique=True)
    two = st.tuples(chosen, chosen)
    return two.map(lambda both: [word_list("one", *both[0]), word_list("two", *both[1])])


def check(paragraphs: list[tuple[str, list[Token]]], lists: list[WordList]) -> None:
    words = make_words(paragraphs)
    found = find_listed_words(words, lists)
    assert list(found.columns) == [
        "article_id", "outlet", "block_id", "start", "end", "word", "frame", "in_quote",
    ]  # fmt: skip
    columns = ["start", "end", "word", "frame", "in_quote"]
    assert [tuple(row) for row in found[columns].to_numpy().tolist()] == find_slowly(words, lists)
    of_start = words.set_index("start")
    for row in found.itertuples():
        assert of_start.loc[row.start, ["article_id", "block_id"]].tolist() == [row.article_id, row.block_id]


@settings(derandomize=True, deadline=None, max_examples=70)
@given(paragraphs_of(st.just(False)), lists_of(ENTRIES))
def test_phrases_by_brute_force(paragraphs: list[tuple[str, list[Token]]], lists: list[WordList]) -> None:
    check(paragraphs, lists)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(paragraphs_of(st.booleans()), lists_of(tuple(e for e in ENTRIES if " " not in e)))
def test_words_in_names_by_brute_force(
    paragraphs: list[tuple[str, list[Token]]], lists: list[WordList]
) -> None:
    check(paragraphs, lists)


@pytest.mark.parametrize(
    ("entries", "text", "expected"),
    [
        (("war*",), "war wars warm awar", ["war", "wars", "warm"]),
        (("war",), "war wars warm", ["war"]),
        (("arms control", "arms", "control"), "arms control arms", ["arms control", "arms"]),
        (("arms", "arms control talks"), "arms control arms", ["arms", "arms"]),
        (("arms control talk*",), "arms control talking", ["arms control talking"]),
        (("of war", "war of", "of"), "of war of war", ["of war", "of war"]),
        (("war of", "of war"), "war of war of", ["war of", "war of"]),
        (("war war",), "war war war", ["war war"]),
        (("peace",), "", []),
        (("peace",), "war", []),
    ],
)
def test_entries_by_hand(entries: tuple[str, ...], text: str, expected: list[str]) -> None:
    words = make_words([("a", [(word, 1, False, False) for word in text.split()])])
    assert find_listed_words(words, [word_list("one", *entries)])["word"].tolist() == expected


def test_no_list_finds_nothing() -> None:
    words = make_words([("a", [("war", 1, False, False)])])
    assert len(find_listed_words(words, [])) == 0


ACTORS = """
[[actor]]
id = "borduria"
name = "Borduria"
type = "state"
adjectives = ["Bordurian"]

[[actor]]
id = "ministry"
name = "Defense Ministry"
type = "organisation"
affiliation = "borduria"
"""


def load_words(folder: Path, **texts: str) -> tuple[Corpus, pd.DataFrame]:
    """The corpus of these articles, each of the outlet of its name, and its words."""
    (folder / "actors.toml").write_text(ACTORS, encoding="utf-8")
    rows = "".join(f"{name}.txt,{name.capitalize()}\n" for name in texts)
    (folder / "articles.csv").write_text(f"file,outlet\n{rows}", encoding="utf-8")
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    corpus = load_corpus(folder)
    return corpus, find_all_words(corpus, find_mentions(corpus))


@pytest.mark.parametrize(
    ("entries", "text", "expected"),
    [
        (("arms control",), "Arms Control and arms-control talks.", ["Arms Control", "arms-control"]),
        (("arms control",), "Of arms, control and arms. Control it.", []),
        (("arms control",), "He spoke of arms\n\nControl was his aim.", []),
        (("war",), "The war's end, the wars’ ends, the War.", ["war's", "War"]),
        (("o'clock",), "At two o’clock or three o'clock.", ["o’clock", "o'clock"]),
        # Names never count, neither alone nor as an end of a phrase.
        (("defense*",), "The Defense Ministry spoke of defense.", ["defense"]),
        (("ministry",), "The Defense Ministry and another ministry.", ["ministry"]),
        (("bordurian", "bordurian army"), "The Bordurian army and Borduria.", []),
        (("bordurian rain",), "The Bordurian rain and a bordurian rain.", ["bordurian rain"]),
        (("strong defense",), "A strong Defense Ministry, a strong defense.", ["strong defense"]),
    ],
)
def test_what_is_found_in_a_text(
    entries: tuple[str, ...], text: str, expected: list[str], tmp_path: Path
) -> None:
    corpus, words = load_words(tmp_path, one=text + "\n")
    found = find_listed_words(words, [word_list("one", *entries)])
    assert [corpus.raw("one")[row.start : row.end] for row in found.itertuples()] == expected


def test_a_word_counts_for_every_list_that_holds_it(tmp_path: Path) -> None:
    _, words = load_words(tmp_path, one="The “costly war” went on, a costly war.\n")
    lists = [word_list("money", "costly"), word_list("battle", "war*", "costly war")]
    found = find_listed_words(words, lists)
    assert found[["word", "frame", "in_quote"]].to_numpy().tolist() == [
        ["costly war", "battle", True],
        ["costly", "money", True],
        ["costly war", "battle", False],
        ["costly", "money", False],
    ]
    own_voice = find_listed_words(words[~words["in_quote"]], lists)
    assert own_voice["word"].tolist() == ["costly war", "costly"]


def test_words_on_either_side_of_a_quotation_taken_out_are_not_beside(tmp_path: Path) -> None:
    _, words = load_words(tmp_path, one="The arms “and” control of arms “x” control.\n")
    found = find_listed_words(words[~words["in_quote"]], [word_list("one", "arms control", "control of")])
    assert found["word"].tolist() == ["control of"]


# Comparing: Daily has 36 words in a and 18 in b, the unknown outlet 18 in c

TALK = word_list("talk", "foreign minister", "minister", "said", "talk*", "praise*")
PEACE = word_list("peace", "trust", "navy", "norw*")
OTHER = word_list("other", "volcano*")
COLUMNS = [
    "group", "frame", "frame_name", "family", "n", "n_words", "rate_per_1000_words", "rate_low", "rate_high",
    "rate_rest", "difference", "loo_low", "loo_high", "boot_low", "boot_high", "p_value", "lowest_p",
    "q_value", "n_articles_present", "n_articles_group", "articles", "words",
]  # fmt: skip


def test_the_toy_corpus_by_hand(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    table = compare_listed_words(toy, find_all_words(toy, toy_mentions), [TALK, PEACE, OTHER])
    assert list(table.columns) == COLUMNS
    # Groups by name, lists in the order given. Norway is a name; the people are no actor.
    by_hand = [
        ("Daily", "talk", "Talk", "own", 5, 54, 1, 2, "a (3), b (2)",
         "said 2, foreign minister 1, praised 1, praises 1"),
        ("Daily", "peace", "Peace", "own", 1, 54, 0, 2, "a (1)", "trust 1"),
        ("Daily", "other", "Other", "own", 0, 54, 0, 2, "", ""),
        ("unknown outlet (c)", "talk", "Talk", "own", 3, 18, 1, 1, "c (3)",
         "foreign minister 1, said 1, talk 1"),
        ("unknown outlet (c)", "peace", "Peace", "own", 1, 18, 0, 1, "c (1)", "norwegians 1"),
        ("unknown outlet (c)", "other", "Other", "own", 0, 18, 0, 1, "", ""),
    ]  # fmt: skip
    columns = [
        "group", "frame", "frame_name", "family", "n", "n_words", "n_articles_present", "n_articles_group",
        "articles", "words",
    ]  # fmt: skip
    assert [tuple(row) for row in table[columns].to_numpy().tolist()] == by_hand
    daily, unknown = table.iloc[0], table.iloc[3]
    rates = ["rate_per_1000_words", "rate_rest"]
    assert daily[rates].tolist() == pytest.approx([5000 / 54, 3000 / 18])
    assert unknown[rates].tolist() == pytest.approx([3000 / 18, 5000 / 54])
    assert daily["difference"] == pytest.approx(5000 / 54 - 3000 / 18)
    # Without a: 2 of 18; without b: 3 of 36; c is the only article of its outlet.
    left_out = [3000 / 36 - 3000 / 18, 2000 / 18 - 3000 / 18]
    assert [daily["loo_low"], daily["loo_high"]] == pytest.approx(left_out)
    assert [unknown["loo_high"], unknown["loo_low"]] == pytest.approx([-v for v in left_out])
    # Another article alone: a 3 / 36 against 5 / 36, b 2 / 18 against 6 / 54; c is farthest.
    assert [daily["p_value"], unknown["p_value"]] == pytest.approx([1 / 3, 1 / 3])
    assert (table["lowest_p"] == 1 / 3).all()
    assert table["q_value"].isna().all()
    # c has but one paragraph; a has 2 in its second and 1 in its third, b 1 of 3 and 1 of 15.
    assert [unknown["rate_low"], unknown["rate_high"]] == pytest.approx([3000 / 18] * 2)
    assert 0 < daily["rate_low"] < 5000 / 54 < daily["rate_high"] < 1000 / 3
    assert daily["boot_low"] == pytest.approx(daily["rate_low"] - 3000 / 18)
    assert daily["boot_high"] == pytest.approx(daily["rate_high"] - 3000 / 18)
    # A list without a match anywhere
    zeros = ["n", "rate_per_1000_words", "rate_low", "rate_high", "rate_rest", "difference", "loo_low",
             "loo_high", "boot_low", "boot_high"]  # fmt: skip
    for row in (table.iloc[2], table.iloc[5]):
        assert row[zeros].tolist() == [0] * 10
        assert row["p_value"] == 1.0


def test_rates_divide_by_the_words_given(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    words = find_all_words(toy, toy_mentions)
    given_words = words[~words["in_quote"]]
    table = compare_listed_words(toy, given_words, [TALK, PEACE], by="article_id")
    columns = ["group", "frame", "n", "n_words", "rate_per_1000_words", "n_articles_present", "words"]
    assert table[columns].to_numpy().tolist() == [
        ["a", "talk", 3, 30, 100.0, 1, "said 2, foreign minister 1"],
        ["a", "peace", 0, 30, 0.0, 0, ""],
        ["b", "talk", 2, 18, pytest.approx(2000 / 18), 0, "praised 1, praises 1"],
        ["b", "peace", 0, 18, 0.0, 0, ""],
        ["c", "talk", 3, 18, pytest.approx(3000 / 18), 1, "foreign minister 1, said 1, talk 1"],
        ["c", "peace", 1, 18, pytest.approx(1000 / 18), 0, "norwegians 1"],
    ]


@pytest.mark.parametrize(("times", "present"), [(0, 0), (2, 0), (3, 1), (4, 1)])
def test_a_list_is_present_from_three_words_on(times: int, present: int, tmp_path: Path) -> None:
    corpus, words = load_words(tmp_path, one="So, " + "war, " * times + "and so on.\n", two="Two wars.\n")
    table = compare_listed_words(corpus, words, [word_list("battle", "war*")]).set_index("group")
    assert table.loc["One", ["n", "n_articles_present"]].tolist() == [times, present]
    assert table.loc["Two", ["n", "n_articles_present"]].tolist() == [1, 0]


def test_one_outlet_has_nothing_to_be_held_against(tmp_path: Path) -> None:
    corpus, words = load_words(tmp_path, one="War came and went.\n")
    (row,) = compare_listed_words(corpus, words, [word_list("battle", "war")]).to_dict("records")
    assert [row["n"], row["n_words"], row["rate_per_1000_words"]] == [1, 4, 250.0]
    assert [row["p_value"], row["lowest_p"]] == [1.0, 1.0]
    missing = ["rate_rest", "difference", "loo_low", "loo_high", "boot_low", "boot_high", "q_value"]
    assert [c for c in missing if not math.isnan(row[c])] == []


def test_an_outlet_all_of_whose_words_are_quoted(tmp_path: Path) -> None:
    corpus, words = load_words(tmp_path, one="“War came and peace went.”\n", two="War came and stayed.\n")
    assert words.groupby("outlet")["in_quote"].all().to_dict() == {"One": True, "Two": False}
    own_voice = words[~words["in_quote"]]
    one, two = compare_listed_words(corpus, own_voice, [word_list("battle", "war")]).to_dict("records")
    assert [one["n"], one["n_words"], one["rate_rest"], one["p_value"]] == [0, 0, 250.0, 1.0]
    assert [two["n"], two["n_words"], two["rate_per_1000_words"], two["p_value"]] == [1, 4, 250.0, 1.0]
    values = [one["rate_per_1000_words"], one["difference"], two["rate_rest"], two["difference"]]
    assert all(math.isnan(value) for value in values)


def test_no_words_at_all(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    words = find_all_words(toy, toy_mentions).head(0)
    table = compare_listed_words(toy, words, [TALK, PEACE])
    assert table[["n", "n_words", "n_articles_present"]].to_numpy().tolist() == [[0, 0, 0]] * 4
    assert table["rate_per_1000_words"].isna().all()
    assert table["words"].tolist() == [""] * 4


def test_every_outlet_and_bundled_list_has_a_row(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    words = find_all_words(bundled, bundled_mentions)
    for vocabulary in ("frames", "loaded_words"):
        lists = load_word_lists(vocabulary)
        table = compare_listed_words(bundled, words, lists)
        outlets = sorted(set(bundled.articles["outlet"]))
        assert table[["group", "frame"]].to_numpy().tolist() == [[o, e.id] for o in outlets for e in lists]
        found = find_listed_words(words, lists)
        assert int(table["n"].sum()) == len(found)
        # What the table lists adds up to what it counts.
        for row in table.itertuples():
            listed = [int(part.rsplit(" ", 1)[1]) for part in row.words.split(", ") if part]
            held = [int(part.rsplit("(", 1)[1][:-1]) for part in row.articles.split(", ") if part]
            assert sum(listed) == sum(held) == row.n
            assert row.n_articles_present == sum(n >= 3 for n in held)


@pytest.mark.parametrize("by", ["word", "frame", ""])
def test_an_unknown_grouping_is_an_error(by: str, toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    message = f"^lists cannot be compared by '{by}': expected 'outlet' or 'article_id'$"
    with pytest.raises(InputError, match=message):
        compare_listed_words(toy, find_all_words(toy, toy_mentions), [TALK], by=by)

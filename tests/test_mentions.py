"""Mentions of the toy corpus, counted by hand; counts and first mentions held against recounts."""

import itertools
import textwrap
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import (
    Corpus,
    InputError,
    compare_mentions,
    count_mentions,
    find_first_mentions,
    find_mentions,
    load_corpus,
)
from helpers.mentions import KINDS, MENTION_COLUMNS, inside

DAILY, UNKNOWN = "Daily", "unknown outlet (c)"

# article, block, sentence, text, actor, kind, use, in_quote
BY_HAND = [
    ("a", 0, 0, "Anna Berg", "anna_berg", "named", "actor", False),
    ("a", 0, 0, "Szohod", "east_borduria", "named", "actor", False),
    ("a", 1, 1, "Norwegian foreign minister", "anna_berg", "title", "actor", False),
    ("a", 1, 1, "Norwegian", "norway", "demonym", "actor", False),
    ("a", 1, 1, "Anna Berg", "anna_berg", "named", "actor", False),
    ("a", 1, 1, "Szohod", "east_borduria", "named", "place", False),
    ("a", 1, 2, "Ms. Berg", "anna_berg", "named", "actor", False),
    ("a", 1, 2, "Jon Stone", "jon_stone", "named", "actor", False),
    ("a", 1, 2, "NRK", "nrk", "named", "actor", False),
    ("a", 2, 3, "Norway’s navy", "norway_navy", "named", "actor", False),
    ("a", 2, 3, "Norway", "norway", "named", "actor", False),
    ("a", 2, 4, "two countries", "east_borduria", "nominal", "actor", True),
    ("a", 2, 4, "two countries", "norway", "nominal", "actor", True),
    ("a", 2, 4, "Mr. Stone", "jon_stone", "named", "actor", False),
    ("b", 0, 0, "Stone", "jon_stone", "named", "actor", False),
    ("b", 0, 0, "Norway", "norway", "named", "actor", False),
    ("b", 1, 1, "Jon Stone", "jon_stone", "named", "actor", False),
    ("b", 1, 1, "East Borduria", "east_borduria", "named", "actor", False),
    ("b", 1, 1, "Norway", "norway", "named", "actor", False),
    ("b", 1, 2, "Oslo", "norway", "named", "place", False),
    ("c", 0, 0, "East", "east_borduria", "named", "actor", False),
    ("c", 0, 0, "Norway", "norway", "named", "actor", False),
    ("c", 0, 1, "East", "east_borduria", "named", "actor", False),
    ("c", 0, 1, "West Borduria", "west_borduria", "named", "actor", False),
]
OUTLETS = {"a": DAILY, "b": DAILY, "c": UNKNOWN}
N_WORDS = {"a": 36, "b": 18, "c": 18, DAILY: 54, UNKNOWN: 18, "all": 72}
ACTORS = ["norway", "east_borduria", "west_borduria", "anna_berg", "jon_stone", "nrk", "norway_navy"]


def test_the_toy_corpus_by_hand(toy_mentions: pd.DataFrame) -> None:
    columns = ["article_id", "block_id", "sentence_id", "text", "actor_id", "kind", "use", "in_quote"]
    assert list(toy_mentions[columns].itertuples(index=False, name=None)) == BY_HAND
    assert toy_mentions["outlet"].tolist() == [OUTLETS[row[0]] for row in BY_HAND]


def test_columns_and_their_types(toy_mentions: pd.DataFrame) -> None:
    assert list(toy_mentions.columns) == MENTION_COLUMNS
    for column in ("block_id", "sentence_id", "start", "end"):
        assert toy_mentions[column].dtype == np.dtype("int64")
    assert toy_mentions["in_quote"].dtype == np.dtype("bool")
    assert list(toy_mentions.index) == list(range(len(toy_mentions)))


@pytest.mark.parametrize("name", ["toy", "bundled"])
def test_offsets_are_the_evidence(name: str, request: pytest.FixtureRequest) -> None:
    corpus: Corpus = request.getfixturevalue(name)
    mentions: pd.DataFrame = request.getfixturevalue(f"{name}_mentions")
    sentences = corpus.sentences.set_index(["article_id", "sentence_id"])
    assert len(mentions) > 0
    for row in mentions.itertuples():
        assert corpus.raw(row.article_id)[row.start : row.end] == row.text
        sentence = sentences.loc[(row.article_id, row.sentence_id)]
        assert sentence.start <= row.start < row.end <= sentence.end
        assert sentence.block_id == row.block_id
        assert row.actor_id in corpus.actors
    assert not mentions.duplicated(["article_id", "start", "end", "actor_id"]).any()
    articles = {a: n for n, a in enumerate(corpus.articles["article_id"])}
    order = [(articles[r.article_id], r.start, -r.end, r.actor_id) for r in mentions.itertuples()]
    assert order == sorted(order)


def test_in_quote_is_what_stands_between_the_marks(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    quoted = {
        (article_id, at)
        for article_id in bundled.articles["article_id"]
        for start, end in bundled.quoted_spans(article_id)
        for at in range(start, end)
    }
    expected = [(r.article_id, r.start) in quoted for r in bundled_mentions.itertuples()]
    assert bundled_mentions["in_quote"].tolist() == expected
    assert any(expected)


def make_corpus(folder: Path, actors: str, texts: dict[str, str]) -> Corpus:
    folder.mkdir(exist_ok=True)
    (folder / "actors.toml").write_text(actors, encoding="utf-8")
    rows = "".join(f"{name}.txt,Outlet {name}\n" for name in texts)
    (folder / "articles.csv").write_text(f"file,outlet\n{rows}", encoding="utf-8")
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    return load_corpus(folder)


NORWAY = '[[actor]]\nname = "Norway"\ntype = "state"\nadjectives = ["Norwegian"]\ncapitals = ["Oslo"]\n'


def test_a_corpus_without_a_mention_gives_an_empty_table_with_all_columns(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c", NORWAY, {"a": "It rained all day long.\n"})
    mentions = find_mentions(corpus)
    assert list(mentions.columns) == MENTION_COLUMNS
    assert len(mentions) == 0
    counts = count_mentions(corpus, mentions)
    assert counts[["outlet", "actor_id", "n_mentions", "share"]].to_numpy().tolist() == [
        ["Outlet a", "norway", 0, 0.0]
    ]
    assert len(find_first_mentions(corpus, mentions)) == 0


def test_what_does_not_count_is_not_read(tmp_path: Path) -> None:
    text = "Norway agreed on Monday.\n\nRead more: Norway\n\nThe Norway Post contributed to this report.\n"
    mentions = find_mentions(make_corpus(tmp_path / "c", NORWAY, {"a": text}))
    assert mentions["start"].tolist() == [0]


def test_astral_characters_and_a_byte_order_mark_move_no_offset(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c", NORWAY, {"a": "\ufeff😀 Norway agreed, 𐌰 Oslo said.\n"})
    mentions = find_mentions(corpus)
    assert mentions[["start", "end", "text"]].to_numpy().tolist() == [[2, 8, "Norway"], [19, 23, "Oslo"]]


WRAPPED = (
    "The talks went on for days and days before the Norwegian foreign minister Anna Berg at last arrived in "
    "Norway, where she met Jon Stone of East Borduria and spoke for an hour and more with Norway's defense "
    "ministry, which sent the delegation to Oslo and would not say more about East and West Borduria "
    "or about the two countries and what the foreign minister had asked of them in the long talks in the end."
)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [50, 57, 64, 71, 78])
def test_a_hard_wrapped_article_has_the_mentions_of_one_that_is_not(
    toy_folder: Path, line_end: str, width: int
) -> None:
    def find(text: str) -> list[list[object]]:
        (toy_folder / "a.txt").write_text(text, encoding="utf-8", newline="")
        corpus = load_corpus(toy_folder)
        assert corpus.blocks[corpus.blocks["article_id"] == "a"]["kind"].tolist() == ["body"]
        found = find_mentions(corpus)
        found = found[found["article_id"] == "a"]
        found["text"] = found["text"].str.split().str.join(" ")
        return found[["text", "actor_id", "kind", "use"]].to_numpy().tolist()

    assert find(line_end.join(textwrap.wrap(WRAPPED, width)) + line_end) == find(WRAPPED + line_end)


# Counting


def recount(
    rows: list[tuple[object, ...]], by: tuple[str, ...], side: dict[str, str] | None = None
) -> Counter[tuple[object, ...]]:
    """Count the rows of BY_HAND without pandas."""
    cells = []
    for article, _, _, _, actor, kind, _, _ in rows:
        actor_id = (side or {}).get(str(actor), actor)
        row = {"outlet": OUTLETS[str(article)], "article_id": article, "actor_id": actor_id, "kind": kind}
        cells.append(tuple(row[c] for c in by))
    return Counter(cells)


SIDE = {"anna_berg": "norway", "nrk": "norway", "norway_navy": "norway", "jon_stone": "east_borduria"}
GROUPINGS = [
    *(
        by
        for n in (1, 2, 3, 4)
        for by in itertools.combinations(("outlet", "article_id", "actor_id", "kind"), n)
    ),
    ("kind", "actor_id", "outlet"),
]


def test_by_outlet_and_actor_by_hand(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    counts = count_mentions(toy, toy_mentions)
    assert list(counts.columns) == [
        "outlet", "actor_id", "actor", "type", "affiliation", "affiliation_name",
        "n_mentions", "n_words", "mentions_per_1000_words", "share",
    ]  # fmt: skip
    n = {DAILY: [5, 3, 0, 4, 4, 1, 1], UNKNOWN: [1, 2, 1, 0, 0, 0, 0]}
    expected = [
        (outlet, actor, n[outlet][i], N_WORDS[outlet])
        for outlet in (DAILY, UNKNOWN)
        for i, actor in enumerate(ACTORS)
    ]
    columns = ["outlet", "actor_id", "n_mentions", "n_words"]
    assert list(counts[columns].itertuples(index=False, name=None)) == expected
    first = counts.iloc[3]
    assert first["mentions_per_1000_words"] == pytest.approx(4000 / 54)
    assert first["share"] == pytest.approx(4 / 18)
    assert first[["actor", "type", "affiliation", "affiliation_name"]].tolist() == [
        "Anna Berg", "person", "norway", "Norway",
    ]  # fmt: skip


def test_rolled_up_by_hand(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    counts = count_mentions(toy, toy_mentions, rolled_up=True)
    expected = [
        (DAILY, "norway", 11), (DAILY, "east_borduria", 7), (DAILY, "west_borduria", 0),
        (UNKNOWN, "norway", 1), (UNKNOWN, "east_borduria", 2), (UNKNOWN, "west_borduria", 1),
    ]  # fmt: skip
    assert list(counts[["outlet", "actor_id", "n_mentions"]].itertuples(index=False, name=None)) == expected


@pytest.mark.parametrize(("use", "n"), [("actor", 22), ("place", 2), (None, 24)])
def test_use(use: str | None, n: int, toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    assert count_mentions(toy, toy_mentions, use=use)["n_mentions"].sum() == n


@pytest.mark.parametrize("rolled_up", [False, True])
@pytest.mark.parametrize("by", GROUPINGS)
def test_every_grouping(
    by: tuple[str, ...], rolled_up: bool, toy: Corpus, toy_mentions: pd.DataFrame
) -> None:
    counts = count_mentions(toy, toy_mentions, by=by, rolled_up=rolled_up)
    expected = recount([r for r in BY_HAND if r[6] == "actor"], by, SIDE if rolled_up else None)
    levels = {
        "outlet": [DAILY, UNKNOWN],
        "article_id": ["a", "b", "c"],
        "actor_id": ACTORS[:3] if rolled_up else ACTORS,
        "kind": list(KINDS),
    }
    keys = list(itertools.product(*(levels[c] for c in by)))
    assert list(counts[list(by)].itertuples(index=False, name=None)) == keys
    assert counts["n_mentions"].tolist() == [expected[key] for key in keys]
    unit = next((c for c in ("article_id", "outlet") if c in by), None)
    groups = counts[unit] if unit else pd.Series("all", index=counts.index)
    assert counts["n_words"].tolist() == groups.map(N_WORDS).tolist()
    rates = [1000 * n / w for n, w in zip(counts["n_mentions"], counts["n_words"], strict=True)]
    assert counts["mentions_per_1000_words"].tolist() == pytest.approx(rates)
    assert counts.groupby(groups)["share"].sum().tolist() == pytest.approx([1.0] * groups.nunique())


@pytest.mark.parametrize("by", [("outlet", "actor_id"), ("article_id", "actor_id", "kind")])
def test_rolled_up_is_a_recount_of_the_bundled_articles(
    by: tuple[str, ...], bundled: Corpus, bundled_mentions: pd.DataFrame
) -> None:
    counts = count_mentions(bundled, bundled_mentions, by=by, rolled_up=True)
    expected: Counter[tuple[object, ...]] = Counter()
    for row in bundled_mentions[bundled_mentions["use"] == "actor"].to_dict("records"):
        row["actor_id"] = bundled.actors[row["actor_id"]].side or row["actor_id"]
        expected[tuple(row[c] for c in by)] += 1
    found = {tuple(row[c] for c in by): row["n_mentions"] for row in counts.to_dict("records")}
    assert {key: n for key, n in found.items() if n} == expected
    assert len(found) == len(counts)


def test_rows_taken_out_before_are_not_counted(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    named = toy_mentions[toy_mentions["kind"] == "named"]
    counts = count_mentions(toy, named, by=["kind"]).set_index("kind")["n_mentions"]
    assert counts.to_dict() == {"named": 18, "title": 0, "nominal": 0, "demonym": 0, "pronoun": 0}


def with_a_pronoun(toy_mentions: pd.DataFrame) -> pd.DataFrame:
    """The toy mentions and a second, made-up row like each of Anna Berg's, as a pronoun."""
    hers = toy_mentions[toy_mentions["actor_id"] == "anna_berg"]
    return pd.concat([toy_mentions, hers.assign(kind="pronoun", text="she")], ignore_index=True)


def test_pronouns_have_a_column_of_their_own(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    mentions = with_a_pronoun(toy_mentions)
    counts = count_mentions(toy, mentions, by="actor_id")
    plain = count_mentions(toy, toy_mentions, by="actor_id")
    n = counts.set_index("actor_id")["n_pronouns"]
    assert "n_pronouns" not in plain
    assert n["anna_berg"] == (toy_mentions["actor_id"] == "anna_berg").sum()
    assert n.drop("anna_berg").sum() == 0
    pd.testing.assert_frame_equal(counts.drop(columns="n_pronouns"), plain)
    assert "pronoun" not in counts.attrs["counted"]
    rolled = count_mentions(toy, mentions, by="actor_id", rolled_up=True).set_index("actor_id")
    assert rolled.loc["norway", "n_pronouns"] == n["anna_berg"]


def test_by_kind_pronouns_have_rows_of_their_own(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    counts = count_mentions(toy, with_a_pronoun(toy_mentions), by="kind")
    plain = count_mentions(toy, toy_mentions, by="kind").set_index("kind")["n_mentions"]
    n = counts.set_index("kind")["n_mentions"]
    assert "n_pronouns" not in counts
    assert n.drop("pronoun").equals(plain.drop("pronoun"))
    assert n["pronoun"] == (toy_mentions["actor_id"] == "anna_berg").sum()


def test_the_mentions_are_left_as_they_were(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    before = toy_mentions.copy()
    count_mentions(toy, toy_mentions, rolled_up=True)
    find_first_mentions(toy, toy_mentions)
    pd.testing.assert_frame_equal(toy_mentions, before)


@pytest.mark.parametrize("column", ["sentence_id", "use", "Outlet", ""])
def test_an_unknown_grouping_is_an_error(column: str, toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    sentence = (
        f"^mentions cannot be counted by '{column}': expected some of outlet, article_id, actor_id, kind$"
    )
    with pytest.raises(InputError, match=sentence):
        count_mentions(toy, toy_mentions, by=["outlet", column])


# Comparing


COMPARED = ["group", "actor_id", "n_mentions", "n_words", "articles"]


def test_compared_by_hand(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    table = compare_mentions(toy, toy_mentions)
    assert list(table.columns) == [
        "group", "actor_id", "actor", "n_mentions", "n_words", "mentions_per_1000_words", "rate_low",
        "rate_high", "rate_rest", "difference", "loo_low", "loo_high", "boot_low", "boot_high", "p_value",
        "lowest_p", "q_value", "n_articles", "n_articles_group", "articles",
    ]  # fmt: skip
    assert list(table[COMPARED].itertuples(index=False, name=None)) == [
        (DAILY, "anna_berg", 4, 54, "a (4)"),
        (DAILY, "jon_stone", 4, 54, "a (2), b (2)"),
        (DAILY, "east_borduria", 3, 54, "a (2), b (1)"),
        (DAILY, "west_borduria", 0, 54, ""),
        (DAILY, "norway", 5, 54, "a (3), b (2)"),
        (DAILY, "norway_navy", 1, 54, "a (1)"),
        (DAILY, "nrk", 1, 54, "a (1)"),
        (UNKNOWN, "anna_berg", 0, 18, ""),
        (UNKNOWN, "jon_stone", 0, 18, ""),
        (UNKNOWN, "east_borduria", 2, 18, "c (2)"),
        (UNKNOWN, "west_borduria", 1, 18, "c (1)"),
        (UNKNOWN, "norway", 1, 18, "c (1)"),
        (UNKNOWN, "norway_navy", 0, 18, ""),
        (UNKNOWN, "nrk", 0, 18, ""),
    ]
    rates = table.set_index(["group", "actor_id"])
    columns = ["mentions_per_1000_words", "rate_rest", "difference", "loo_low", "loo_high", "p_value"]
    # Leaving out a (36 words) or b (18 words); dealing two of a, b and c to Daily in all three ways.
    for actor, expected in {
        "norway": [5000 / 54, 1000 / 18, 1000 / 27, 1000 / 36, 1000 / 18, 2 / 3],
        "anna_berg": [4000 / 54, 0, 4000 / 54, 0, 4000 / 36, 1],
        "east_borduria": [3000 / 54, 2000 / 18, -1000 / 18, -1000 / 18, -1000 / 18, 1 / 3],
    }.items():
        assert rates.loc[(DAILY, actor), columns].tolist() == pytest.approx(expected), actor
    norway = rates.loc[(UNKNOWN, "norway")]
    assert norway[columns].tolist() == pytest.approx(
        [1000 / 18, 5000 / 54, -1000 / 27, -1000 / 18, -1000 / 36, 2 / 3]
    )
    assert norway[["actor", "n_articles", "n_articles_group"]].tolist() == ["Norway", 1, 1]
    assert table["lowest_p"].tolist() == pytest.approx([1 / 3] * 14)
    assert table["q_value"].isna().all()
    assert (table["rate_low"] <= table["mentions_per_1000_words"]).all()
    assert (table["mentions_per_1000_words"] <= table["rate_high"]).all()


@pytest.mark.parametrize(("use", "n"), [("actor", [5, 1]), ("place", [1, 0]), (None, [6, 1])])
def test_compared_uses(use: str | None, n: list[int], toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    table = compare_mentions(toy, toy_mentions, use=use)
    assert table[table["actor_id"] == "norway"]["n_mentions"].tolist() == n


@pytest.mark.parametrize("by", ["outlet", "article_id"])
def test_compared_rates_are_those_counted(by: str, bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    table = compare_mentions(bundled, bundled_mentions, by=by)
    counts = count_mentions(bundled, bundled_mentions, by=[by, "actor_id"])
    counts = counts[counts.groupby("actor_id")["n_mentions"].transform("sum") > 0]
    columns = ["n_mentions", "n_words", "mentions_per_1000_words"]
    expected = counts.rename(columns={by: "group"}).set_index(["group", "actor_id"])[columns].sort_index()
    pd.testing.assert_frame_equal(table.set_index(["group", "actor_id"])[columns].sort_index(), expected)
    for _, of_group in table.groupby("group"):
        assert (of_group["difference"].abs().diff().dropna() <= 0).all()


def test_an_outlet_without_a_word_that_counts_keeps_its_rows(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c", NORWAY, {"a": "Norway agreed.\n", "b": "Read more\n"})
    table = compare_mentions(corpus, find_mentions(corpus))
    assert table[COMPARED].to_numpy().tolist() == [
        ["Outlet a", "norway", 1, 2, "a (1)"],
        ["Outlet b", "norway", 0, 0, ""],
    ]
    assert table["mentions_per_1000_words"].tolist() == pytest.approx([500, float("nan")], nan_ok=True)
    assert table["difference"].isna().all()


def test_one_outlet_alone_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "c", NORWAY, {"a": "Norway agreed.\n"})
    table = compare_mentions(corpus, find_mentions(corpus))
    assert table[["n_mentions", "mentions_per_1000_words", "p_value", "lowest_p"]].to_numpy().tolist() == [
        [1, 500.0, 1.0, 1.0]
    ]
    assert table[["rate_rest", "difference", "loo_low", "boot_high", "q_value"]].isna().all(axis=None)


def test_nothing_mentioned_is_an_empty_comparison(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    assert len(compare_mentions(toy, toy_mentions.head(0))) == 0


@pytest.mark.parametrize("by", ["actor_id", "Outlet", ""])
def test_an_unknown_group_is_an_error(by: str, toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    sentence = f"^mentions cannot be compared by '{by}': expected 'outlet' or 'article_id'$"
    with pytest.raises(InputError, match=sentence):
        compare_mentions(toy, toy_mentions, by=by)


# First mentions


def test_first_mentions_by_hand(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    first = find_first_mentions(toy, toy_mentions)
    assert list(first.columns) == [
        "article_id", "outlet", "actor_id", "actor", "order", "position", "sentence_id", "start", "end",
    ]  # fmt: skip
    # lengths of the blocks that count: a 23 + 105 + 81 characters, b 20 + 83, c 108
    expected = [
        ("a", DAILY, "anna_berg", "Anna Berg", 1, 0 / 209, 0, 0, 9),
        ("a", DAILY, "east_borduria", "East Borduria", 2, 17 / 209, 0, 17, 23),
        ("a", DAILY, "norway", "Norway", 3, 23 / 209, 1, 25, 34),
        ("a", DAILY, "jon_stone", "Jon Stone", 4, 108 / 209, 2, 110, 119),
        ("a", DAILY, "nrk", "Norwegian Broadcasting Corporation", 5, 119 / 209, 2, 121, 124),
        ("a", DAILY, "norway_navy", "Norwegian Navy", 6, 128 / 209, 3, 132, 145),
        ("b", DAILY, "jon_stone", "Jon Stone", 1, 0 / 103, 0, 0, 5),
        ("b", DAILY, "norway", "Norway", 2, 14 / 103, 0, 14, 20),
        ("b", DAILY, "east_borduria", "East Borduria", 3, 33 / 103, 1, 35, 48),
        ("c", UNKNOWN, "east_borduria", "East Borduria", 1, 4 / 108, 0, 4, 8),
        ("c", UNKNOWN, "norway", "Norway", 2, 26 / 108, 0, 26, 32),
        ("c", UNKNOWN, "west_borduria", "West Borduria", 3, 85 / 108, 1, 85, 98),
    ]
    assert list(first.itertuples(index=False, name=None)) == expected


def test_a_place_is_no_first_mention(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    places = toy_mentions.assign(use="place")
    assert len(find_first_mentions(toy, places)) == 0


def test_first_mentions_of_shuffled_rows_are_the_same(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    shuffled = toy_mentions.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(find_first_mentions(toy, shuffled), find_first_mentions(toy, toy_mentions))


# Inside


@st.composite
def separate_spans(draw: Callable[..., list[int]]) -> list[tuple[int, int]]:
    """Spans in order that do not overlap, some of them touching or empty."""
    edges = sorted(draw(st.lists(st.integers(0, 40), max_size=12)))
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]


@settings(derandomize=True, deadline=None, max_examples=100)
@given(separate_spans(), st.lists(st.integers(0, 45), max_size=20))
def test_inside(spans: list[tuple[int, int]], positions: list[int]) -> None:
    expected = [any(a <= p < b for a, b in spans) for p in positions]
    assert inside(spans, positions).tolist() == expected

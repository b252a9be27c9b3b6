"""Pairs compared between outlets: shares, changes and p held against every way to deal the articles."""

import itertools
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cooccurrence import (
    NOBODY,
    PAIR,
    WITHINS,
    Mention,
    actors_in_windows,
    as_tuples,
    count_pairs,
    few,
    make_corpus,
    make_mentions,
    windows_slowly,
)

from helpers import Corpus, InputError, compare_cooccurrences, count_cooccurrences
from helpers import cooccurrence_differences as module

COLUMNS = [
    "group", "rest", *PAIR, "source_name", "target_name", "within", "level", "use", "change",
    "n_windows", "n_all", "share", "n_windows_rest", "n_all_rest", "share_rest", "difference",
    "loo_low", "loo_high", "boot_low", "boot_high", "p_value", "lowest_p", "q_value",
    "n_articles", "n_articles_group", "articles",
]  # fmt: skip
SHARES = ["n_windows", "n_all", "n_windows_rest", "n_all_rest", "change"]

# Six articles by three outlets; z of the Weekly has nothing that counts, and no sentence.
LAYOUT = {
    "a": [("headline", 1), ("credit", 0), ("body", 2)],
    "b": [("body", 1)],
    "c": [("caption", 1), ("body", 1), ("subheading", 0)],
    "d": [("body", 3)],
    "e": [("body", 1), ("body", 1)],
    "z": [("boilerplate", 0)],
}
OUTLETS = {"a": "Daily", "b": "Daily", "c": "Weekly", "d": "Weekly", "e": "Hourly", "z": "Weekly"}
LENGTHS = {a: sum(n for _, n in kinds) for a, kinds in LAYOUT.items()}
CORPUS = make_corpus(LAYOUT, OUTLETS)
MENTIONS: st.SearchStrategy[list[Mention]] = st.lists(
    st.builds(
        lambda at, actor: (*at, actor, "actor"),
        st.sampled_from([(a, s) for a, n in LENGTHS.items() for s in range(n)]),
        st.sampled_from(["ann", "bo", "cy", "di"]),
    ),
    max_size=24,
)


def compare(rows: list[Mention], within: str = "sentence", **how: Any) -> pd.DataFrame:
    return compare_cooccurrences(CORPUS, make_mentions(rows, CORPUS), within, **how)


def count_articles(
    rows: list[Mention], within: str, articles: Mapping[str, str], *, rolled_up: bool = False
) -> tuple[dict[str, int], dict[str, Counter[tuple[str, str]]]]:
    """For each article its windows, and in how many of them each pair meets."""
    windows = {a: [w for w in windows_slowly(within, LAYOUT) if w[0] == a] for a in articles}
    n_all = {a: len(found) for a, found in windows.items()}
    met = {
        a: count_pairs(actors_in_windows(rows, found, rolled_up=rolled_up)) for a, found in windows.items()
    }
    return n_all, met


def difference(here: set[str], n_all: dict[str, int], met: dict[str, int]) -> Fraction | None:
    """The share of the windows of these articles less that of the others; none without windows."""
    sides = [[a for a in n_all if (a in here) == side] for side in (True, False)]
    sizes = [sum(n_all[a] for a in side) for side in sides]
    if not all(sizes):
        return None
    one, other = (Fraction(sum(met[a] for a in side), size) for side, size in zip(sides, sizes, strict=True))
    return one - other


@few(25)
@given(
    MENTIONS,
    st.sampled_from(WITHINS),
    st.sampled_from(["outlet", "article_id"]),
    st.booleans(),
    st.sampled_from([None, ("Weekly", "Daily"), ("a", "d", "z")]),
)
def test_comparisons_by_brute_force(
    rows: list[Mention], within: str, by: str, rolled_up: bool, groups: tuple[str, ...] | None
) -> None:
    """p by every way to deal the articles, those without a window among them."""
    group_of = OUTLETS if by == "outlet" else {a: a for a in OUTLETS}
    groups = groups if groups and set(groups) <= set(group_of.values()) else None
    table = compare(rows, within, by=by, rolled_up=rolled_up, groups=groups)
    kept = {a: g for a, g in group_of.items() if groups is None or g in groups}
    n_all, met = count_articles(rows, within, kept, rolled_up=rolled_up)
    pairs = sorted({pair for found in met.values() for pair in found})
    assert list(table.columns) == COLUMNS
    expected = sorted((g, *pair) for g in set(kept.values()) for pair in pairs)
    assert sorted(as_tuples(table, ["group", *PAIR])) == expected
    for row in table.to_dict("records"):
        here = {a for a, g in kept.items() if g == row["group"]}
        each = {a: met[a][row["source"], row["target"]] for a in kept}
        n, rest = sum(each[a] for a in here), sum(each[a] for a in kept if a not in here)
        size, size_rest = sum(n_all[a] for a in here), sum(n_all[a] for a in kept if a not in here)
        assert [row[c] for c in SHARES[:4]] == [n, size, rest, size_rest]
        observed = difference(here, n_all, each)
        assert row["share"] == pytest.approx(n / size if size else float("nan"), nan_ok=True)
        if observed is None:  # a side without a window
            assert pd.isna(row["difference"])
            assert pd.isna(row["share_rest"])
            change = ""
        else:
            assert row["difference"] == pytest.approx(float(observed), abs=1e-12)
            assert row["share_rest"] == pytest.approx(rest / size_rest, abs=1e-12)
            change = "stronger here" if observed > 0 else "weaker here" if observed else "as strong"
            if not rest or not n:
                change = "only here" if n else "only there"
        assert row["change"] == change
        deals = [
            abs(difference(set(deal), n_all, each) or 0) for deal in itertools.combinations(kept, len(here))
        ]
        exact = sum(deal >= abs(observed or 0) for deal in deals) / len(deals)
        assert row["p_value"] == pytest.approx(exact)
        assert row["n_articles"] == sum(each[a] > 0 for a in here)
        assert row["n_articles_group"] == len(here)
        assert row["articles"] == ", ".join(
            f"{a} ({each[a]})" for a in sorted(here, key=lambda a: (-each[a], a)) if each[a]
        )
    how = (within, "affiliation" if rolled_up else "actor", "actor")
    assert set(as_tuples(table, ["within", "level", "use"])) <= {how}
    names = as_tuples(table, [*PAIR, "source_name", "target_name"])
    assert all((a.title(), b.title()) == (x, y) for a, b, x, y in names)
    # A group after the other, the largest differences of each first.
    assert table["group"].is_monotonic_increasing
    for _, part in table.groupby("group"):
        known = part["difference"].abs().dropna()
        assert known.is_monotonic_decreasing
        assert part["difference"].iloc[: len(known)].notna().all()


@few(15)
@given(MENTIONS, st.sampled_from(WITHINS))
def test_two_groups_are_mirror_images(rows: list[Mention], within: str) -> None:
    table = compare(rows, within, groups=["Weekly", "Daily"])
    one, other = (
        table[table["group"] == g].sort_values(PAIR, ignore_index=True) for g in ("Daily", "Weekly")
    )
    assert one["difference"].tolist() == pytest.approx((-other["difference"]).tolist())
    opposite = {"": ""} | dict(zip(module.CHANGES, reversed(module.CHANGES), strict=True))
    assert one["change"].tolist() == [opposite[c] for c in other["change"]]
    for mine, its in [("n_windows", "n_windows_rest"), ("n_all", "n_all_rest"), ("share", "share_rest")]:
        assert one[mine].tolist() == pytest.approx(other[its].tolist())
        assert one[its].tolist() == pytest.approx(other[mine].tolist())
    assert one["loo_low"].tolist() == pytest.approx((-other["loo_high"]).tolist(), nan_ok=True)
    assert one["p_value"].tolist() == pytest.approx(other["p_value"].tolist())


@few(8)
@given(MENTIONS, st.sampled_from(WITHINS), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_groups_does_not_matter(rows: list[Mention], within: str, random: Any) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    one = compare(rows, within, groups=["Daily", "Weekly"])
    other = compare(shuffled, within, groups=["Weekly", "Daily", "Weekly"])
    pd.testing.assert_frame_equal(one, other)


def test_the_toy_corpus_by_hand(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """Two articles of the Daily with eight sentences, one of the other with two."""
    table = compare_cooccurrences(toy, toy_mentions)
    other = "unknown outlet (c)"
    assert set(table["group"]) == {"Daily", other}
    row = table.set_index(["group", *PAIR]).loc[("Daily", "east_borduria", "norway")]
    assert row[[*SHARES, "share", "share_rest", "difference"]].tolist() == [
        2, 8, 1, 2, "weaker here", 0.25, 0.5, -0.25,
    ]  # fmt: skip
    # Without a: 1/3 - 1/2; without b: 1/5 - 1/2. Dealt: {a, b}, {a, c}: 2/7 - 1/3, {b, c}: 2/5 - 1/5.
    assert row[["loo_low", "loo_high"]].tolist() == pytest.approx([-0.3, -1 / 6])
    assert row[["p_value", "lowest_p"]].tolist() == pytest.approx([1 / 3, 1 / 3])
    assert row[["n_articles", "n_articles_group", "articles"]].tolist() == [2, 2, "a (1), b (1)"]
    changes = {(g, s, t): c for g, s, t, c in as_tuples(table, ["group", *PAIR, "change"])}
    assert changes["Daily", "jon_stone", "norway"] == "only here"
    assert changes[other, "jon_stone", "norway"] == "only there"
    assert changes[other, "east_borduria", "norway"] == "stronger here"
    assert changes[other, "east_borduria", "west_borduria"] == "only here"
    assert len(table) == 2 * 10


def test_places_are_compared_as_well(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    table = compare_cooccurrences(toy, toy_mentions, use=None)
    row = table.set_index(["group", *PAIR]).loc[("Daily", "east_borduria", "norway")]
    assert row[[*SHARES, "use"]].tolist() == [3, 8, 1, 2, "weaker here", "any"]
    assert len(compare_cooccurrences(toy, toy_mentions, use="place")) == 0


def test_equal_shares_of_unequal_outlets_are_as_strong() -> None:
    """One of the three sentences of a, and two of the six of b, c and d."""
    rows = [(a, s, actor, "actor") for a, s in [("d", 0), ("a", 0), ("c", 1)] for actor in ("ann", "bo")]
    table = compare(rows, by="article_id", groups=["a", "b", "c", "d"])
    row = table[table["group"] == "a"].iloc[0]
    assert row[SHARES].tolist() == [1, 3, 2, 6, "as strong"]
    assert row["difference"] == 0
    assert row["p_value"] == 1


def test_the_units_are_the_paragraphs_in_which_windows_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with as many windows as begin there; an article without any has one with none."""
    seen: list[tuple[pd.DataFrame, pd.DataFrame]] = []
    compare_rates = module.compare_rates

    def spy(units: pd.DataFrame, counts: pd.DataFrame, **how: Any) -> pd.DataFrame:
        seen.append((units, counts))
        return compare_rates(units, counts, **how)

    monkeypatch.setattr(module, "compare_rates", spy)
    rows = [("a", s, actor, "actor") for s, actor in enumerate(["ann", "bo", "ann"])]
    for within in WITHINS:
        compare(rows, within)
        units, counts = seen.pop()
        windows = windows_slowly(within, LAYOUT)
        expected = Counter((a, block) for a, _, block, _ in windows)
        expected.update({(a, -1): 0 for a in LAYOUT if a not in {w[0] for w in windows}})
        found = as_tuples(units, ["article_id", "block_id", "group", "size"])
        assert sorted(found) == sorted((a, b, OUTLETS[a], n) for (a, b), n in expected.items())
        actors = actors_in_windows(rows, windows)
        meet = Counter((w[0], w[2]) for w, here in zip(windows, actors, strict=True) if len(here) == 2)
        assert {(a, b): n for a, b, n in as_tuples(counts, ["article_id", "block_id", "n"])} == meet


def test_each_group_against_the_others_adds_up_to_the_pooled_counts() -> None:
    rows = [
        (a, s, actor, "actor") for a, n in LENGTHS.items() for s in range(n) for actor in ("ann", "bo", "di")
    ][::2]
    table = compare(rows, "2 sentences")
    pooled = count_cooccurrences(CORPUS, make_mentions(rows, CORPUS), "2 sentences")
    for a, b, n, n_all in as_tuples(pooled, [*PAIR, "n_windows", "n_all"]):
        of_pair = table[(table["source"] == a) & (table["target"] == b)]
        assert of_pair["group"].tolist() == ["Daily", "Hourly", "Weekly"]
        assert of_pair["n_windows"].sum() == n
        assert set(of_pair["n_windows"] + of_pair["n_windows_rest"]) == {n}
        assert set(of_pair["n_all"] + of_pair["n_all_rest"]) == {n_all}


@pytest.mark.parametrize("within", WITHINS)
def test_nobody_meets(within: str) -> None:
    for rows in (NOBODY[0], NOBODY[-1]):
        moved = [("a" if a == "x" else "b", s, actor, use) for a, s, actor, use in rows]
        table = compare(moved, within, groups=["Daily", "Weekly"], by="outlet")
        assert list(table.columns) == COLUMNS
        assert len(table) == 0


def test_one_outlet_alone_has_nothing_to_be_compared_with() -> None:
    corpus = make_corpus(LAYOUT, dict.fromkeys(LAYOUT, "Daily"))
    rows = [("d", 0, "ann", "actor"), ("d", 0, "bo", "actor")]
    table = compare_cooccurrences(corpus, make_mentions(rows, corpus))
    row = table.iloc[0]
    assert len(table) == 1
    assert row[["n_windows", "n_all", "n_windows_rest", "n_all_rest"]].tolist() == [1, 11, 0, 0]
    assert row[["p_value", "change"]].tolist() == [1, ""]
    assert table[["difference", "share_rest", "loo_low", "boot_low", "q_value"]].isna().all(axis=None)


# Errors.


@pytest.mark.parametrize("by", ["actor_id", "", None])
def test_pairs_are_not_compared_by_anything_else(by: Any) -> None:
    message = rf"^pairs cannot be compared by {by!r}: expected 'outlet' or 'article_id'$"
    with pytest.raises(InputError, match=message):
        compare([], by=by)


@pytest.mark.parametrize(
    ("by", "groups", "message"),
    [
        ("outlet", ["Daily", "Herald"], "^unknown outlet 'Herald': expected some of Daily, Hourly, Weekly$"),
        ("article_id", ["Daily", "a"], "^unknown article_id 'Daily': expected some of a, b, c, d, e, z$"),
        ("outlet", ["Daily"], "^groups names 1: expected two or more of Daily, Hourly, Weekly$"),
        ("outlet", ["Daily", "Daily"], "^groups names 1: expected two or more of Daily, Hourly, Weekly$"),
        ("outlet", [], "^groups names 0: expected two or more of Daily, Hourly, Weekly$"),
    ],
)
def test_groups_that_cannot_be_compared_are_an_error(by: str, groups: list[str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        compare([], by=by, groups=groups)


def test_what_count_cooccurrences_refuses_is_refused() -> None:
    with pytest.raises(InputError, match=r"^unknown window 'page': expected one of sentence, paragraph,.*'$"):
        compare([], "page")
    with pytest.raises(InputError, match=r"^unknown use 'any': expected 'actor', 'place', or None for both$"):
        compare([], use="any")


def test_what_a_group_is_held_against_is_named(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    table = compare_cooccurrences(toy, toy_mentions)
    rest = dict(zip(table["group"], table["rest"], strict=True))
    assert rest == {"Daily": "unknown outlet (c)", "unknown outlet (c)": "Daily"}
    by_article = compare_cooccurrences(toy, toy_mentions, by="article_id")
    assert set(by_article["rest"]) == {"2 other articles"}


def test_one_name_is_no_list_of_groups(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    message = r"^groups is 'Daily': expected a list of two or more of Daily, unknown outlet \(c\)$"
    with pytest.raises(InputError, match=message):
        compare_cooccurrences(toy, toy_mentions, groups="Daily")

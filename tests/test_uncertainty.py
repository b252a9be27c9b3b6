"""What few articles can show: exact p, leave-one-out and bootstrap held against plain Python."""

import math
from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, hypergeom

from helpers import InputError, lowest_p
from helpers.uncertainty import compare_rates, rate_difference


@pytest.mark.parametrize(
    ("n_here", "n_rest", "two_sided", "one_sided"),
    [
        (1, 4, 1 / 5, 1 / 5),
        (4, 1, 1 / 5, 1 / 5),
        (2, 3, 1 / 10, 1 / 10),
        (1, 1, 1.0, 1 / 2),
        (2, 2, 2 / 6, 1 / 6),
        (3, 3, 2 / 20, 1 / 20),
        (2, 5, 1 / 21, 1 / 21),
        (0, 5, 1.0, 1.0),
        (5, 0, 1.0, 1.0),
        (0, 0, 1.0, 1.0),
        (8, 8, 2 / 12_870, 1 / 12_870),
        (8, 9, 1 / 10_000, 1 / 10_000),
        (9, 9, 1 / 10_000, 1 / 10_000),
        (1, 19_999, 1 / 20_000, 1 / 20_000),
        (1, 20_000, 1 / 10_000, 1 / 10_000),
        (2, 198, 1 / 19_900, 1 / 19_900),
        (2, 199, 1 / 10_000, 1 / 10_000),
        (500, 500, 1 / 10_000, 1 / 10_000),
    ],
)
def test_lowest_p(n_here: int, n_rest: int, two_sided: float, one_sided: float) -> None:
    assert lowest_p(n_here, n_rest) == two_sided
    assert lowest_p(n_here, n_rest, two_sided=False) == one_sided


@pytest.mark.parametrize(("n_here", "n_rest", "named"), [(-1, 4, -1), (4, -2, -2), (-1, -3, -3)])
def test_a_negative_number_of_articles_is_an_error(n_here: int, n_rest: int, named: int) -> None:
    message = f"^there cannot be {named} articles: expected 0 or more in each group$"
    with pytest.raises(InputError, match=message):
        lowest_p(n_here, n_rest)


def test_rate_difference() -> None:
    n, size = np.array([3.0, 0.0, 0.0, 1.0]), np.array([10.0, 10.0, 0.0, 4.0])
    n_rest, size_rest = np.array([1.0, 2.0, 2.0, 0.0]), np.array([20.0, 10.0, 10.0, 0.0])
    found = rate_difference(n, size, n_rest, size_rest, np.arange(4))
    assert found.tolist() == pytest.approx([0.25, -0.2, math.nan, math.nan], nan_ok=True)


# An article is its group and its paragraphs; a paragraph is its size and, an item, the pair n and own size.
Paragraph = tuple[int, dict[str, tuple[int, int]]]
Articles = dict[str, tuple[str, list[Paragraph]]]

COLUMNS = [
    "group", "item", "n", "size", "n_rest", "size_rest", "n_articles", "n_articles_group", "articles",
    "rate", "rate_low", "rate_high", "effect", "loo_low", "loo_high", "boot_low", "boot_high",
    "p_value", "lowest_p", "q_value",
]  # fmt: skip


def make_tables(articles: Articles, *, own: bool = False) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Units and counts as compare_rates takes them."""
    units = [
        (a, b, group, size)
        for a, (group, paragraphs) in articles.items()
        for b, (size, _) in enumerate(paragraphs)
    ]
    counts = [
        (a, b, item, n, size)
        for a, (_, paragraphs) in articles.items()
        for b, (_, held) in enumerate(paragraphs)
        for item, (n, size) in held.items()
    ]
    table = pd.DataFrame(counts, columns=["article_id", "block_id", "item", "n", "size"])
    return (
        pd.DataFrame(units, columns=["article_id", "block_id", "group", "size"]),
        table if own else table.drop(columns="size"),
    )


def compare(articles: Articles, *, own: bool = False, **options: Any) -> dict[tuple[str, str], Any]:
    table = compare_rates(*make_tables(articles, own=own), **options)
    assert list(table.columns) == COLUMNS
    rows = {(row["group"], row["item"]): row for row in table.to_dict("records")}
    assert list(rows) == sorted(rows)
    assert len(rows) == len(table)
    return rows


def one_count(**articles: tuple[str, list[tuple[int, int]]]) -> Articles:
    """Articles of one item i, each paragraph its size and its n."""
    return {
        a: (group, [(size, {"i": (n, 0)} if n else {}) for size, n in paragraphs])
        for a, (group, paragraphs) in articles.items()
    }


def smoothed_log_ratio(n: Any, size: Any, n_rest: Any, size_rest: Any, items: Any) -> Any:
    """A log ratio with a prior of each item's own, as log-odds have."""
    prior = np.asarray(items) + 1
    return np.log((n + prior) / (size + 9)) - np.log((n_rest + prior) / (size_rest + 9))


# The slow way: one item and one group at a time, by the definitions


def add_up(articles: Articles, among: Iterable[str], item: str, *, own: bool) -> tuple[int, int]:
    paragraphs = [p for a in among for p in articles[a][1]]
    held = [p[1].get(item, (0, 0)) for p in paragraphs]
    return sum(n for n, _ in held), sum(s for _, s in held) if own else sum(size for size, _ in paragraphs)


def slow_p(articles: Articles, here: list[str], item: str, *, own: bool) -> float:
    def statistic(dealt: Iterable[str]) -> Fraction:
        n, size = add_up(articles, dealt, item, own=own)
        n_rest, size_rest = add_up(articles, set(articles) - set(dealt), item, own=own)
        return abs(Fraction(n, size) - Fraction(n_rest, size_rest)) if size and size_rest else Fraction(0)

    dealt = list(combinations(articles, len(here)))
    return sum(statistic(d) >= statistic(here) for d in dealt) / len(dealt)


def slow_left_out(
    articles: Articles, here: list[str], item: str, position: int, *, own: bool, effect: Any
) -> list[float]:
    rest = [a for a in articles if a not in here]
    values = []
    for one in articles:
        sides = [a for a in here if a != one], [a for a in rest if a != one]
        if all(sides):
            sums = [float(v) for side in sides for v in add_up(articles, side, item, own=own)]
            values.append(float(effect(*sums, np.int64(position))))
    return [value for value in values if math.isfinite(value)]


PARAGRAPHS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=3
)
DRAWN = st.lists(st.tuples(st.sampled_from("XXYYZ"), PARAGRAPHS), min_size=1, max_size=8)


def build(drawn: list[tuple[str, list[tuple[int, int, int]]]]) -> Articles:
    """Articles a, b, … with items i and j, never more often than there are words."""
    articles: Articles = {}
    for a, (group, paragraphs) in zip("abcdefgh", drawn, strict=False):
        made: list[Paragraph] = []
        for size, i, j in paragraphs:
            sizes = {"i": i, "j": j}
            made.append((size, {item: (min(size, s), s) for item, s in sizes.items() if s}))
        articles[a] = (group, made)
    return articles


@settings(derandomize=True, deadline=None, max_examples=80)
@given(DRAWN, st.sampled_from(["shared", "shared, ratio", "own"]), st.booleans())
def test_rates_by_brute_force(
    drawn: list[tuple[str, list[tuple[int, int, int]]]], sizes: str, zeros: bool
) -> None:
    own, effect = sizes == "own", smoothed_log_ratio if sizes == "shared, ratio" else rate_difference
    articles = build(drawn)
    found = compare(articles, own=own, zeros=zeros, effect=effect)
    groups = sorted({group for group, _ in articles.values()})
    items = sorted({item for _, paragraphs in articles.values() for _, held in paragraphs for item in held})
    expected = set()
    for group, (position, item) in product(groups, enumerate(items)):
        here = [a for a in articles if articles[a][0] == group]
        rest = [a for a in articles if a not in here]
        n, size = add_up(articles, here, item, own=own)
        n_rest, size_rest = add_up(articles, rest, item, own=own)
        if not (zeros or (size if own else n)):
            continue
        expected.add((group, item))
        row = found[group, item]
        assert [row[c] for c in ("n", "size", "n_rest", "size_rest")] == [n, size, n_rest, size_rest]
        per_article = {a: add_up(articles, [a], item, own=own)[0] for a in here}
        holding = sorted((-n, a) for a, n in per_article.items() if n)
        assert row["articles"] == ", ".join(f"{a} ({-n})" for n, a in holding)
        assert [row["n_articles"], row["n_articles_group"]] == [len(holding), len(here)]
        assert row["rate"] == pytest.approx(n / size if size else math.nan, nan_ok=True)
        assert row["lowest_p"] == lowest_p(len(here), len(rest))
        assert row["p_value"] >= row["lowest_p"]
        assert row["p_value"] == pytest.approx(slow_p(articles, here, item, own=own))
        if not rest:
            assert all(math.isnan(row[c]) for c in ("effect", "loo_low", "loo_high", "boot_low", "boot_high"))
            continue
        whole = float(effect(*(float(v) for v in (n, size, n_rest, size_rest)), np.int64(position)))
        assert row["effect"] == pytest.approx(whole, nan_ok=True)
        left_out = slow_left_out(articles, here, item, position, own=own, effect=effect) or [math.nan]
        assert row["loo_low"] == pytest.approx(min(left_out), nan_ok=True)
        assert row["loo_high"] == pytest.approx(max(left_out), nan_ok=True)
    assert set(found) == expected
    p = [row["p_value"] for row in found.values()]
    q = false_discovery_control([*p, *[1.0] * (len(groups) * len(items) - len(p))]) if items else []
    for row, value in zip(found.values(), q, strict=False):
        enough = row["lowest_p"] <= 0.05
        assert row["q_value"] == pytest.approx(value if enough else math.nan, nan_ok=True)


@settings(derandomize=True, deadline=None, max_examples=15)
@given(DRAWN, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    drawn: list[tuple[str, list[tuple[int, int, int]]]], own: bool, random: Any
) -> None:
    units, counts = make_tables(build(drawn), own=own)
    mixed = [table.iloc[random.sample(range(len(table)), len(table))] for table in (units, counts)]
    pd.testing.assert_frame_equal(compare_rates(*mixed), compare_rates(units, counts))


# p by hand


@pytest.mark.parametrize(
    ("articles", "p", "lowest"),
    [
        # 1 v 4: the one article farthest from the rest, second farthest, and farthest below
        ({"a": ("X", 9), "b": ("Y", 1), "c": ("Y", 2), "d": ("Y", 3), "e": ("Y", 4)}, 1 / 5, 1 / 5),
        ({"a": ("X", 0), "b": ("Y", 3), "c": ("Y", 4), "d": ("Y", 4), "e": ("Y", 9)}, 2 / 5, 1 / 5),
        ({"a": ("X", 0), "b": ("Y", 6), "c": ("Y", 6), "d": ("Y", 6), "e": ("Y", 6)}, 1 / 5, 1 / 5),
        # 2 v 3: nothing so far to the other side
        ({"a": ("X", 9), "b": ("X", 8), "c": ("Y", 1), "d": ("Y", 2), "e": ("Y", 3)}, 1 / 10, 1 / 10),
        # 2 v 2: the two highest here, and the two highest there, are as far apart
        ({"a": ("X", 4), "b": ("X", 3), "c": ("Y", 1), "d": ("Y", 2)}, 2 / 6, 2 / 6),
        # all alike: every arrangement is as far apart as the observed one
        ({"a": ("X", 2), "b": ("X", 2), "c": ("Y", 2), "d": ("Y", 2)}, 1.0, 2 / 6),
    ],
)
def test_p_by_hand(articles: dict[str, tuple[str, int]], p: float, lowest: float) -> None:
    made = one_count(**{a: (group, [(10, n)]) for a, (group, n) in articles.items()})
    row = compare(made, zeros=True)["X", "i"]
    assert row["p_value"] == pytest.approx(p)
    assert row["lowest_p"] == pytest.approx(lowest)


def test_p_weighs_articles_by_their_words() -> None:
    # a 0.04 against 4 / 50 in the rest, b 0.2 against 6 / 140, c 0.05 against 6 / 110
    made = one_count(a=("X", [(100, 4)]), b=("Y", [(10, 2)]), c=("Y", [(40, 2)]))
    assert compare(made)["X", "i"]["p_value"] == pytest.approx(2 / 3)
    # a 0.04 against 2 / 50: no difference
    made = one_count(a=("X", [(100, 4)]), b=("Y", [(10, 0)]), c=("Y", [(40, 2)]))
    assert compare(made)["X", "i"]["p_value"] == 1.0


def equal_articles(n: int, here: int, held_here: int, held_rest: int) -> Articles:
    """N articles of ten words; so many of the first and of the others hold item i once."""
    holding = set(range(held_here)) | set(range(here, here + held_rest))
    return {
        f"a{k:02}": ("X" if k < here else "Y", [(10, {"i": (1, 0)} if k in holding else {})])
        for k in range(n)
    }


def exact_p(n: int, here: int, held_here: int, held_rest: int) -> float:
    """P of `equal_articles`: how many of the articles that hold the item are dealt here."""
    held = held_here + held_rest
    distance = [abs(Fraction(x, here) - Fraction(held - x, n - here)) for x in range(held + 1)]
    return float(
        sum(hypergeom.pmf(x, n, held, here) for x in range(held + 1) if distance[x] >= distance[held_here])
    )


@pytest.mark.parametrize(
    ("n", "here", "held", "rest"), [(16, 8, 4, 1), (15, 5, 5, 0), (200, 2, 2, 3), (200, 198, 5, 1)]
)
def test_p_up_to_20000_arrangements_is_exact(n: int, here: int, held: int, rest: int) -> None:
    p = compare(equal_articles(n, here, held, rest))["X", "i"]["p_value"]
    assert p == pytest.approx(exact_p(n, here, held, rest))


@pytest.mark.parametrize(
    ("n", "here", "held", "rest", "draws"),
    [
        (17, 8, 3, 3, 1_000),  # the commonest outcome
        (20, 8, 4, 2, 1_000),
        (20, 8, 6, 0, 10_000),  # 28 of 38,760
        (60, 30, 9, 0, 10_000),
        (60, 30, 30, 0, 10_000),  # beyond what any draw finds
    ],
)
def test_p_beyond_20000_arrangements(n: int, here: int, held: int, rest: int, draws: int) -> None:
    p = compare(equal_articles(n, here, held, rest))["X", "i"]["p_value"]
    assert p * draws == pytest.approx(round(p * draws), abs=1e-6)
    # Under ten draws as large among 999 are too few: only then are 9,000 more made.
    assert (p >= 11 / 1_000) == (draws == 1_000)
    exact = exact_p(n, here, held, rest)
    assert p == pytest.approx(exact, abs=4 * math.sqrt(exact * (1 - exact) / draws) + 2 / draws)
    assert p >= lowest_p(here, n - here) == 1 / 10_000


def test_random_draws_are_the_same_on_every_call() -> None:
    articles = equal_articles(20, 8, 6, 0)
    before = compare(articles)["X", "i"]
    for other in (21, 22, 23):  # no draw is left over from the first call
        compare(equal_articles(other, 8, 6, 0))
    again = compare(articles)["X", "i"]
    assert {c: again[c] for c in ("p_value", "boot_low", "boot_high")} == {
        c: before[c] for c in ("p_value", "boot_low", "boot_high")
    }
    # A second item does not shift the draws of the first.
    with_other = {
        a: (group, [(size, {**held, "h": (1, 0)}) for size, held in paragraphs])
        for a, (group, paragraphs) in articles.items()
    }
    assert compare(with_other)["X", "i"]["p_value"] == before["p_value"]
    assert compare(with_other)["X", "h"]["p_value"] == 1.0


def test_p_of_many_items() -> None:
    # 12,870 arrangements of 405 items are more than fit in one go. Five times over, an item
    # stands in 0 to 8 articles here and in 0 to 8 there.
    held = {f"i{m:03}": (m % 9, m // 9 % 9) for m in range(405)}
    articles: Articles = {
        f"a{k:02}": (group, [(10, {i: (1, 0) for i, counts in held.items() if k % 8 < counts[side]})])
        for side, group in enumerate("XY")
        for k in range(8 * side, 8 * side + 8)
    }
    found = compare(articles, zeros=True)
    for item, (here, rest) in held.items():
        if here or rest:
            assert found["X", item]["p_value"] == pytest.approx(exact_p(16, 8, here, rest))


def test_q_by_hand() -> None:
    # X has one article of seven (lowest p 1/7), Y two (1/21), Z four (1/35).
    sizes = {"a": ("X", 0, 0), "b": ("Y", 3, 0), "c": ("Y", 3, 0)}
    sizes |= dict.fromkeys("defg", ("Z", 0, 2))
    articles: Articles = {
        a: (group, [(10, {k: (v, 0) for k, v in (("i", i), ("j", j)) if v})])
        for a, (group, i, j) in sizes.items()
    }
    found = compare(articles)
    # Two of the six pairs have a row; the other four count as tested, with p = 1.
    assert {key: row["p_value"] for key, row in found.items()} == pytest.approx(
        {("Y", "i"): 1 / 21, ("Z", "j"): 1 / 35}
    )
    assert found["Z", "j"]["q_value"] == pytest.approx(min(6 / 35, 6 / 21 / 2))
    assert found["Y", "i"]["q_value"] == pytest.approx(6 / 21 / 2)
    by_all = compare(articles, zeros=True)
    assert math.isnan(by_all["X", "i"]["q_value"])
    assert math.isnan(by_all["X", "j"]["q_value"])


@pytest.mark.parametrize(
    ("n_here", "n_rest", "given"), [(2, 3, 0), (3, 3, 0), (1, 18, 0), (1, 19, 1), (3, 4, 1)]
)
def test_q_is_given_where_there_are_enough_articles(n_here: int, n_rest: int, given: int) -> None:
    row = compare(equal_articles(n_here + n_rest, n_here, n_here, 0))["X", "i"]
    assert row["p_value"] == pytest.approx(row["lowest_p"])
    # Two pairs are tested.
    assert row["q_value"] == pytest.approx(2 * row["p_value"] if given else math.nan, nan_ok=True)


# Leaving one article out, by hand


@pytest.mark.parametrize(
    ("articles", "low", "high"),
    [
        # The only article of X stays: 0.5 less what is left of 3 of 20.
        (one_count(a=("X", [(10, 5)]), b=("Y", [(10, 1)]), c=("Y", [(10, 2)])), 0.3, 0.4),
        # Only b lacks the item; without it the rate is 4 of 10.
        (one_count(a=("X", [(10, 4)]), b=("X", [(30, 0)]), c=("Y", [(10, 0)])), 0.0, 0.4),
        # One against one: nothing can be left out.
        (one_count(a=("X", [(10, 4)]), b=("Y", [(10, 1)])), math.nan, math.nan),
        # Articles that lack the item, the largest in the middle: 2 / 50, 2 / 20, 2 / 50, 0 / 60.
        (
            one_count(
                a=("X", [(10, 0)]),
                b=("X", [(40, 0)]),
                c=("X", [(10, 0)]),
                d=("X", [(0, 2)]),
                e=("Y", [(5, 0)]),
            ),
            0.0,
            0.1,
        ),
    ],
)
def test_leave_one_out_by_hand(articles: Articles, low: float, high: float) -> None:
    row = compare(articles)["X", "i"]
    assert [row["loo_low"], row["loo_high"]] == pytest.approx([low, high], nan_ok=True)


def test_leave_one_out_of_a_large_group() -> None:
    # The 70 longest of 80 articles hold the item; the longest without it has 10 words.
    made = one_count(
        **{f"a{k:02}": ("X", [(k, k if k > 10 else 0)]) for k in range(1, 81)},
        b=("Y", [(100, 40)]),
    )
    here = [a for a in made if a != "b"]
    left_out = slow_left_out(made, here, "i", 0, own=False, effect=rate_difference)
    row = compare(made)["X", "i"]
    assert [row["loo_low"], row["loo_high"]] == pytest.approx([min(left_out), max(left_out)])
    n, size = add_up(made, here, "i", own=False)
    assert row["loo_high"] == pytest.approx(n / (size - 10) - 0.4)


# Bootstrap over paragraphs


def test_paragraphs_are_drawn_within_their_article() -> None:
    # All paragraphs of an article are alike: whatever is drawn, the article stays as it is.
    made = one_count(
        a=("X", [(10, 2)] * 3), b=("X", [(20, 5)] * 2), c=("Y", [(30, 1)]), d=("Y", [(7, 0)] * 4)
    )
    row = compare(made)["X", "i"]
    assert row["rate"] == row["rate_low"] == row["rate_high"] == 16 / 70
    assert row["boot_low"] == row["boot_high"] == pytest.approx(16 / 70 - 1 / 58)
    assert row["effect"] == row["boot_low"]


def test_bootstrap_by_hand() -> None:
    # X draws 0, 2 or 4 for article a (one, two, one chance in four) and always 5 for b.
    # Y draws 0, 3 or 6 of 20.
    made = one_count(a=("X", [(10, 0), (10, 2)]), b=("X", [(10, 5)]), c=("Y", [(10, 3), (10, 0)]))
    found = compare(made)
    x, y = found["X", "i"], found["Y", "i"]
    assert [x["rate_low"], x["rate"], x["rate_high"]] == pytest.approx([5 / 30, 7 / 30, 9 / 30])
    assert [y["rate_low"], y["rate"], y["rate_high"]] == pytest.approx([0, 3 / 20, 6 / 20])
    assert [x["boot_low"], x["boot_high"]] == pytest.approx([5 / 30 - 6 / 20, 9 / 30])
    assert [y["boot_low"], y["boot_high"]] == pytest.approx([-9 / 30, 6 / 20 - 5 / 30])


def resampled_rates(articles: Articles, group: str, *, own: bool) -> list[float]:
    """The group's rate of item i in every equally likely resample of paragraphs within articles."""
    ways = [
        list(product(paragraphs, repeat=len(paragraphs)))
        for other, paragraphs in articles.values()
        if other == group
    ]
    rates = []
    for way in product(*ways):
        drawn = [paragraph for article in way for paragraph in article]
        held = [p[1].get("i", (0, 0)) for p in drawn]
        n, size = sum(n for n, _ in held), sum(s for _, s in held) if own else sum(s for s, _ in drawn)
        rates.append(n / size if size else math.nan)
    return sorted(rate for rate in rates if not math.isnan(rate))


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(PARAGRAPHS, min_size=1, max_size=3), st.booleans())
def test_bootstrap_ranges_are_quantiles_of_all_resamples(
    drawn: list[list[tuple[int, int, int]]], own: bool
) -> None:
    articles = build([("X", paragraphs) for paragraphs in drawn])
    row = compare(articles, own=own, zeros=True).get(("X", "i"))
    rates = resampled_rates(articles, "X", own=own)
    if row is None or not rates:
        return
    low, high = row["rate_low"], row["rate_high"]
    assert any(low == pytest.approx(rate) for rate in rates)
    assert any(high == pytest.approx(rate) for rate in rates)
    # 2.5 % of 400 draws: hardly beyond 7.5 % of all resamples.
    assert low <= rates[math.ceil(0.075 * len(rates)) - 1] + 1e-12
    assert high >= rates[-math.ceil(0.075 * len(rates))] - 1e-12
    assert low <= row["rate"] + 1e-12
    assert high >= row["rate"] - 1e-12


def test_resamples_without_words_are_left_out_and_no_range_is_given_where_half_have_none() -> None:
    # One paragraph in ten has words: 65 % of the draws have any, in both groups at once 42 %.
    made = one_count(a=("X", [(10, 1)] + [(0, 0)] * 9), b=("Y", [(20, 4)] + [(0, 0)] * 9))
    row = compare(made)["X", "i"]
    assert [row["rate_low"], row["rate_high"]] == pytest.approx([0.1, 0.1])
    assert math.isnan(row["boot_low"])
    assert math.isnan(row["boot_high"])
    # Against an article of one paragraph, 65 % of the draws are enough.
    made = one_count(a=("X", [(10, 1)] + [(0, 0)] * 9), b=("Y", [(20, 4)]))
    row = compare(made)["X", "i"]
    assert [row["boot_low"], row["boot_high"]] == pytest.approx([-0.1, -0.1])


# The table


def test_rows_for_what_a_group_does_not_have() -> None:
    made = one_count(a=("X", [(10, 5)]), b=("Y", [(10, 0)]), c=("Z", [(0, 0)]))
    assert list(compare(made)) == [("X", "i")]
    found = compare(made, zeros=True)
    assert list(found) == [("X", "i"), ("Y", "i"), ("Z", "i")]
    of_y, of_z = found["Y", "i"], found["Z", "i"]
    assert [of_y[c] for c in ("n", "size", "n_rest", "size_rest", "n_articles", "articles", "rate")] == [
        0, 10, 5, 10, 0, "", 0,
    ]  # fmt: skip
    assert [of_y["effect"], of_z["n"], of_z["size"], of_z["p_value"]] == [-0.5, 0, 0, 1.0]
    assert math.isnan(of_z["rate"])
    assert math.isnan(of_z["effect"])


def test_an_item_of_its_own_size_has_a_row_wherever_it_has_a_size() -> None:
    articles: Articles = {
        "a": ("X", [(50, {"i": (0, 4), "j": (1, 2)})]),
        "b": ("Y", [(50, {"i": (3, 3)})]),
    }
    found = compare(articles, own=True)
    assert {key: (row["n"], row["size"], row["rate"]) for key, row in found.items()} == {
        ("X", "i"): (0, 4, 0.0),
        ("X", "j"): (1, 2, 0.5),
        ("Y", "i"): (3, 3, 1.0),
    }
    assert found["X", "i"]["effect"] == -1.0
    assert math.isnan(found["X", "j"]["effect"])


@pytest.mark.parametrize("others", [{}, {"j": (1, 1)}])
def test_a_size_without_a_count_is_a_rate_of_zero(others: dict[str, tuple[int, int]]) -> None:
    articles: Articles = {
        "a": ("X", [(50, {"i": (0, 4)})]),
        "b": ("Y", [(50, {"i": (2, 5), **others})]),
    }
    row = compare(articles, own=True)["X", "i"]
    assert [row["n"], row["size"], row["rate"], row["articles"]] == [0, 4, 0.0, ""]
    assert row["effect"] == pytest.approx(-0.4)


def test_counts_need_not_be_whole_numbers() -> None:
    articles: Any = {
        "a": ("X", [(10, {"i": (1.5, 0)}), (10, {"i": (-0.25, 0)})]),
        "b": ("X", [(5, {"i": (2.0, 0)})]),
        "c": ("Y", [(10, {"i": (0.5, 0)})]),
    }
    found = compare(articles)
    assert found["X", "i"]["articles"] == "b (2), a (1.25)"
    assert [found["X", "i"]["n"], found["Y", "i"]["n"]] == [3.25, 0.5]
    assert found["X", "i"]["effect"] == pytest.approx(3.25 / 25 - 0.05)


def test_counts_of_one_paragraph_and_item_are_added_up() -> None:
    units, counts = make_tables(one_count(a=("X", [(10, 3)]), b=("Y", [(10, 1)])))
    apart = pd.concat([counts.assign(n=counts["n"] - 1), counts.assign(n=1)])
    pd.testing.assert_frame_equal(compare_rates(units, apart), compare_rates(units, counts))


@pytest.mark.parametrize("zeros", [False, True])
@pytest.mark.parametrize("groups", ["XXX", "XYY"])
def test_no_counts_give_an_empty_table(groups: str, zeros: bool) -> None:
    assert compare({a: (g, [(10, {})]) for a, g in zip("abc", groups, strict=True)}, zeros=zeros) == {}


def test_one_group_has_nothing_to_be_held_against() -> None:
    row = compare(one_count(a=("X", [(10, 5)]), b=("X", [(10, 1)])))["X", "i"]
    assert [row[c] for c in ("rate", "n_rest", "size_rest", "p_value", "lowest_p")] == [0.3, 0, 0, 1, 1]
    missing = ("effect", "loo_low", "loo_high", "boot_low", "boot_high", "q_value")
    assert [c for c in missing if not math.isnan(row[c])] == []


def test_counts_of_an_unknown_paragraph_are_an_error() -> None:
    units, counts = make_tables(one_count(a=("X", [(10, 1), (5, 2)]), b=("Y", [(10, 1)])))
    message = "^paragraph 1 of article 'a' has counts and no row among the units: expected one row for each$"
    with pytest.raises(InputError, match=message):
        compare_rates(units.drop(index=1), counts)


def test_a_paragraph_given_twice_is_an_error() -> None:
    units, counts = make_tables(one_count(a=("X", [(10, 1)]), b=("Y", [(10, 1)])))
    message = "^a paragraph stands twice in the units: expected one row for each$"
    with pytest.raises(InputError, match=message):
        compare_rates(pd.concat([units, units.head(1)]), counts)

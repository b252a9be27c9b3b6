"""From edges, meetings and their comparison back to the sentences, whatever the window."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cooccurrence import (
    CORPUS,
    MENTIONS,
    OUTLETS,
    PAIR,
    SIDES,
    USE,
    WITHIN,
    Mention,
    actors_in_windows,
    few,
    make_mentions,
    windows_slowly,
)

from helpers import (
    Corpus,
    compare_cooccurrences,
    compare_with_chance,
    count_cooccurrences,
    find_backbone,
    find_meetings,
    roll_up_mentions,
    show_evidence,
    weigh_cooccurrences,
)

Sentence = tuple[str, int]
STARTS = {(s.article_id, s.start): s.sentence_id for s in CORPUS.sentences.itertuples()}


def sentences_shown(rows: pd.DataFrame, mentions: pd.DataFrame | None = None) -> list[Sentence]:
    evidence = show_evidence(CORPUS, rows, among=mentions, n=1000)
    assert evidence.n_left_out == 0
    keys = zip(evidence.sentences["article_id"], evidence.sentences["start"], strict=True)
    return [(article, STARTS[article, start]) for article, start in keys]


def sentences_slowly(
    rows: list[Mention],
    pair: set[str],
    within: str,
    *,
    rolled_up: bool = False,
    use: str | None = "actor",
    outlet: str = "",
    article_id: str = "",
    place: int | None = None,
) -> list[Sentence]:
    """Sentences with one of the pair that lie in a window with both."""
    windows = [
        w
        for w in windows_slowly(within)
        if outlet in ("", OUTLETS[w[0]]) and article_id in ("", w[0]) and place in (None, w[1])
    ]
    inside = set()
    for window, actors in zip(
        windows, actors_in_windows(rows, windows, rolled_up=rolled_up, use=use), strict=True
    ):
        if pair <= actors:
            inside |= {(window[0], s) for s in window[3]}
    either = {
        (article, s)
        for article, s, actor, how in rows
        if use in (None, how) and ((SIDES[actor] or actor) if rolled_up else actor) in pair
    }
    return sorted(inside & either)


@few(25)
@given(MENTIONS, WITHIN, st.booleans(), USE, st.sampled_from([None, "outlet", "article_id"]))
def test_the_sentences_behind_an_edge_by_brute_force(
    rows: list[Mention], within: str, rolled_up: bool, use: str | None, by: str | None
) -> None:
    """Exactly those that were counted; of one outlet or article where the row names it."""
    mentions = make_mentions(rows)
    edges = count_cooccurrences(CORPUS, mentions, within, by=by, rolled_up=rolled_up, use=use)
    for number, edge in enumerate(edges.to_dict("records")):
        expected = sentences_slowly(
            rows,
            {edge["source"], edge["target"]},
            within,
            rolled_up=rolled_up,
            use=use,
            outlet=edge.get("outlet", ""),
            article_id=edge.get("article_id", ""),
        )
        assert expected
        assert sorted(sentences_shown(edges.iloc[[number]], mentions)) == expected
    # Several rows together show what each of them shows.
    apart = {s for n in range(len(edges)) for s in sentences_shown(edges.iloc[[n]], mentions)}
    assert set(sentences_shown(edges, mentions)) == apart


@few(20)
@given(MENTIONS, WITHIN, st.booleans(), USE)
def test_a_meeting_leads_to_its_one_window(
    rows: list[Mention], within: str, rolled_up: bool, use: str | None
) -> None:
    mentions = make_mentions(rows)
    meetings = find_meetings(CORPUS, mentions, within, rolled_up=rolled_up, use=use)
    for number, row in enumerate(meetings.to_dict("records")):
        assert sorted(sentences_shown(meetings.iloc[[number]], mentions)) == sentences_slowly(
            rows,
            {row["source"], row["target"]},
            within,
            rolled_up=rolled_up,
            use=use,
            article_id=row["article_id"],
            place=row["place"],
        )


def test_a_pair_that_meets_again_shows_each_window_by_itself() -> None:
    rows = [("x", s, actor, "actor") for s in (1, 2, 3) for actor in ("ann", "bo")]
    mentions = make_mentions(rows)
    for within, expected in [
        ("sentence", [[1], [2], [3]]),
        ("paragraph", [[1], [2, 3]]),
        ("2 sentences", [[1], [1, 2], [2, 3], [3]]),
        ("article", [[1, 2, 3]]),
    ]:
        meetings = find_meetings(CORPUS, mentions, within)
        found = [sentences_shown(meetings.iloc[[n]], mentions) for n in range(len(meetings))]
        assert found == [[("x", s) for s in window] for window in expected]


@few(10)
@given(MENTIONS, WITHIN, st.sampled_from(["outlet", "article_id"]), st.booleans())
def test_a_compared_pair_leads_to_the_sentences_of_its_group(
    rows: list[Mention], within: str, by: str, rolled_up: bool
) -> None:
    """None where the pair never meets there."""
    mentions = make_mentions(rows)
    table = compare_cooccurrences(CORPUS, mentions, within, by=by, rolled_up=rolled_up)
    for number, row in enumerate(table.to_dict("records")):
        expected = sentences_slowly(
            rows,
            {row["source"], row["target"]},
            within,
            rolled_up=rolled_up,
            outlet=row["group"] if by == "outlet" else "",
            article_id=row["group"] if by == "article_id" else "",
        )
        assert (row["n_windows"] == 0) == (not expected)
        assert sorted(sentences_shown(table.iloc[[number]], mentions)) == expected


def test_edges_of_several_windows_in_one_table() -> None:
    """Each row as its own columns say."""
    rows = [
        ("x", 0, "ann", "actor"),
        ("x", 1, "bo", "actor"),
        ("x", 4, "bo", "place"),
        ("x", 4, "cy", "actor"),
    ]
    mentions = make_mentions(rows)
    of_runs = count_cooccurrences(CORPUS, mentions, "2 sentences")
    of_places = count_cooccurrences(CORPUS, mentions, "article", use=None)
    of_places = of_places[of_places["target"] == "cy"]
    assert sentences_shown(of_runs, mentions) == [("x", 0), ("x", 1)]
    assert sentences_shown(of_places, mentions) == [("x", 0), ("x", 1), ("x", 4)]
    assert sentences_shown(of_places[of_places["source"] == "bo"], mentions) == [("x", 1), ("x", 4)]
    both = pd.concat([of_runs, of_places[of_places["source"] == "bo"]])
    assert sentences_shown(both, mentions) == [("x", 0), ("x", 1), ("x", 4)]


def test_what_is_marked_are_the_mentions_of_the_two(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """Only those in the windows that hold both, and only of the use that was counted."""
    edges = count_cooccurrences(toy, toy_mentions, "2 sentences").set_index(PAIR, drop=False)
    assert repr(show_evidence(toy, edges.loc[[("anna_berg", "east_borduria")]])).splitlines() == [
        "Daily, a [0:23] [Anna Berg] Visits [Szohod]",
        # Szohod is a place here, and the run from here on holds no East Borduria.
        "Daily, a [25:90] [Norwegian foreign minister] [Anna Berg] arrived in Szohod on Monday.",
    ]
    any_use = count_cooccurrences(toy, toy_mentions, use=None).set_index(PAIR, drop=False)
    assert repr(show_evidence(toy, any_use.loc[[("anna_berg", "east_borduria")]])).splitlines() == [
        "Daily, a [0:23] [Anna Berg] Visits [Szohod]",
        "Daily, a [25:90] [Norwegian foreign minister] [Anna Berg] arrived in [Szohod] on Monday.",
    ]


def test_a_rolled_up_edge_marks_whoever_stands_for_the_state(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    edges = count_cooccurrences(toy, toy_mentions, rolled_up=True).set_index(PAIR, drop=False)
    lines = repr(show_evidence(toy, edges.loc[[("east_borduria", "norway")]])).splitlines()
    assert lines == [
        "Daily, a [0:23] [Anna Berg] Visits [Szohod]",
        "Daily, a [91:130] [Ms. Berg] will meet [Jon Stone], [NRK] said.",
        "Daily, a [160:213] “The [two countries] trust each other,” [Mr. Stone] said.",
        "Daily, b [0:20] [Stone] praises [Norway]",
        "Daily, b [22:64] [Jon Stone] of [East Borduria] praised [Norway].",
        "unknown outlet (c), c [0:60] The [East] will not talk to [Norway], the foreign minister said.",
    ]


@pytest.mark.parametrize("within", ["2 sentences", "article"])
@pytest.mark.parametrize("how", [{}, {"rolled_up": True}, {"use": None}])
def test_the_mentions_need_not_be_handed_over(
    within: str, how: dict[str, Any], toy: Corpus, toy_mentions: pd.DataFrame
) -> None:
    """What the columns say is enough, through weights, filters and chance as well."""
    edges = count_cooccurrences(toy, toy_mentions, within, **how)
    further = find_backbone(
        weigh_cooccurrences(compare_with_chance(toy, toy_mentions, within, draws=1, **how))
    )
    for table in (edges, further, find_meetings(toy, toy_mentions, within, **how)):
        for row in (table.iloc[[-1]], table):
            one, other = (show_evidence(toy, row, among=m, n=50) for m in (None, toy_mentions))
            assert len(one.sentences)
            assert repr(one) == repr(other)


def test_edges_without_their_columns_are_read_as_sentences_of_actors(
    toy: Corpus, toy_mentions: pd.DataFrame
) -> None:
    edges = count_cooccurrences(toy, toy_mentions)
    assert repr(show_evidence(toy, edges[PAIR], n=50)) == repr(show_evidence(toy, edges, n=50))
    places = pd.DataFrame({"source": ["anna_berg"], "target": ["east_borduria"]})
    assert len(show_evidence(toy, places).sentences) == 1  # Szohod the place is in another sentence


def test_rows_taken_out_before_are_not_shown(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    named = toy_mentions[toy_mentions["kind"] == "named"]
    edges = count_cooccurrences(toy, named, "paragraph")
    edge = edges[(edges["source"] == "anna_berg") & (edges["target"] == "jon_stone")]
    assert "foreign minister] [Anna Berg]" in repr(show_evidence(toy, edge))
    assert "Norwegian foreign minister [Anna Berg]" in repr(show_evidence(toy, edge, among=named))


def test_rolled_up_rows_are_traced_through_the_mentions_as_they_were(
    toy: Corpus, toy_mentions: pd.DataFrame
) -> None:
    """Rolled up beforehand or while counting: the same sentences."""
    before = roll_up_mentions(toy, toy_mentions)
    edges = count_cooccurrences(toy, before, "paragraph")
    while_counting = count_cooccurrences(toy, toy_mentions, "paragraph", rolled_up=True)
    assert repr(show_evidence(toy, edges, among=before, n=50)) == repr(
        show_evidence(toy, while_counting, n=50)
    )


def test_a_pair_that_never_meets_has_no_sentence(toy: Corpus) -> None:
    rows = [("nrk", "west_borduria"), ("nobody", "norway")]
    for pair in rows:
        edge = pd.DataFrame([{**dict(zip(PAIR, pair, strict=True)), "within": "article", "use": "any"}])
        assert repr(show_evidence(toy, edge)) == "No sentence stands behind these rows."

"""The ledger of names and what is counted in it: the toy corpus by hand, the bundled one against the gold."""

import csv
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from helpers import (
    Actor,
    Corpus,
    InputError,
    compare_labels,
    count_labels,
    find_labels,
    find_mentions,
    find_things,
    load_corpus,
)
from helpers.naming import FORMS

DAILY, UNKNOWN = "Daily", "unknown outlet (c)"
THING = '\n[[thing]]\nid = "visit"\nname = "the journey"\nlabels = ["visit", "trust"]\n'


@pytest.fixture
def toy_with_thing(toy_folder: Path) -> Corpus:
    """The toy corpus, and a thing that A.txt calls by two names."""
    path = toy_folder / "actors.toml"
    path.write_text(path.read_text(encoding="utf-8") + THING, encoding="utf-8")
    return load_corpus(toy_folder)


@pytest.fixture
def ledger(toy_with_thing: Corpus) -> pd.DataFrame:
    return find_labels(toy_with_thing, find_mentions(toy_with_thing))


@pytest.fixture(scope="session")
def bundled_ledger(bundled: Corpus, bundled_mentions: pd.DataFrame) -> pd.DataFrame:
    return find_labels(bundled, bundled_mentions)


# ---- ledger -------------------------------------------------------------------------------------

# article, start, subject, label, form, occurrence, voice, use
BY_HAND = [
    ("a", 0, "anna_berg", "Anna Berg", "full name", "first", "own", "actor"),
    ("a", 10, "visit", "Visits", "thing", "first", "own", "actor"),
    ("a", 17, "east_borduria", "Szohod", "capital", "first", "own", "actor"),
    ("a", 25, "norway", "Norwegian", "adjective", "first", "own", "actor"),
    ("a", 25, "anna_berg", "Norwegian foreign minister", "title", "later", "own", "actor"),
    ("a", 52, "anna_berg", "Anna Berg", "full name", "later", "own", "actor"),
    ("a", 73, "east_borduria", "Szohod", "capital", "later", "own", "place"),
    ("a", 91, "anna_berg", "Ms. Berg", "Mr.", "later", "own", "actor"),
    ("a", 110, "jon_stone", "Jon Stone", "full name", "first", "own", "actor"),
    ("a", 121, "nrk", "NRK", "full name", "first", "own", "actor"),
    ("a", 132, "norway", "Norway", "country name", "later", "own", "actor"),
    ("a", 132, "norway_navy", "Norway's navy", "full name", "first", "own", "actor"),
    ("a", 165, "east_borduria", "two countries", "description", "later", "quoted", "actor"),
    ("a", 165, "norway", "two countries", "description", "later", "quoted", "actor"),
    ("a", 179, "visit", "trust", "thing", "later", "quoted", "actor"),
    ("a", 198, "jon_stone", "Mr. Stone", "Mr.", "later", "own", "actor"),
    ("b", 0, "jon_stone", "Stone", "surname", "first", "own", "actor"),
    ("b", 14, "norway", "Norway", "country name", "first", "own", "actor"),
    ("b", 22, "jon_stone", "Jon Stone", "full name", "later", "own", "actor"),
    ("b", 35, "east_borduria", "East Borduria", "country name", "first", "own", "actor"),
    ("b", 57, "norway", "Norway", "country name", "later", "own", "actor"),
    ("b", 85, "norway", "Oslo", "capital", "later", "own", "place"),
    ("c", 4, "east_borduria", "East", "country name", "first", "own", "actor"),
    ("c", 26, "norway", "Norway", "country name", "first", "own", "actor"),
    ("c", 76, "east_borduria", "East", "country name", "later", "own", "actor"),
    ("c", 85, "west_borduria", "West Borduria", "country name", "first", "own", "actor"),
]


def test_the_toy_corpus_by_hand(ledger: pd.DataFrame) -> None:
    assert list(ledger.columns) == [
        "article_id", "outlet", "block_id", "sentence_id", "start", "end", "subject_id", "subject",
        "subject_type", "affiliation", "label", "form", "occurrence", "voice", "use",
    ]  # fmt: skip
    columns = ["article_id", "start", "subject_id", "label", "form", "occurrence", "voice", "use"]
    assert list(ledger[columns].itertuples(index=False, name=None)) == BY_HAND
    described = ledger.drop_duplicates("subject_id").set_index("subject_id")
    assert described[["subject", "subject_type", "affiliation"]].T.to_dict("list") == {
        "anna_berg": ["Anna Berg", "person", "norway"],
        "visit": ["the journey", "thing", ""],
        "east_borduria": ["East Borduria", "state", "east_borduria"],
        "norway": ["Norway", "state", "norway"],
        "jon_stone": ["Jon Stone", "person", "east_borduria"],
        "nrk": ["Norwegian Broadcasting Corporation", "organisation", "norway"],
        "norway_navy": ["Norwegian Navy", "organisation", "norway"],
        "west_borduria": ["West Borduria", "state", "west_borduria"],
    }
    where = ["article_id", "outlet", "block_id", "sentence_id", "start", "end"]
    assert ledger.loc[[1, 17], where].to_numpy().tolist() == [
        ["a", DAILY, 0, 0, 10, 16],
        ["b", DAILY, 0, 0, 14, 20],
    ]


def check_complete(corpus: Corpus, mentions: pd.DataFrame, ledger: pd.DataFrame) -> None:
    """Every mention and every label of a thing is in the ledger once, and nothing else."""
    things = find_things(corpus).rename(columns={"thing_id": "actor_id"})
    keys = ["article_id", "outlet", "block_id", "sentence_id", "start", "end", "actor_id"]
    rows = Counter(pd.concat([mentions, things])[keys].itertuples(index=False, name=None))
    ledger = ledger.rename(columns={"subject_id": "actor_id"})
    assert Counter(ledger[keys].itertuples(index=False, name=None)) == rows
    merged = ledger.merge(pd.concat([mentions, things.assign(use="actor")]), on=keys, suffixes=("", "_found"))
    assert len(merged) == len(ledger)
    assert (merged["use"] == merged["use_found"]).all()
    assert ((merged["voice"] == "quoted") == merged["in_quote"].astype(bool)).all()
    order = list(ledger[["article_id", "start", "end"]].itertuples(index=False, name=None))
    assert order == sorted(order)


def test_every_mention_is_in_it_once(
    toy_with_thing: Corpus, bundled: Corpus, bundled_mentions: pd.DataFrame, bundled_ledger: pd.DataFrame
) -> None:
    mentions = find_mentions(toy_with_thing)
    check_complete(toy_with_thing, mentions, find_labels(toy_with_thing, mentions))
    check_complete(bundled, bundled_mentions, bundled_ledger)
    assert {"place", "actor"} == set(bundled_ledger["use"])
    assert set(bundled_ledger["form"]) <= {*FORMS, "thing"}


def test_rows_in_any_order_give_the_same(toy_with_thing: Corpus, ledger: pd.DataFrame) -> None:
    shuffled = find_mentions(toy_with_thing).sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(find_labels(toy_with_thing, shuffled), ledger)


def test_every_name_of_the_ten_most_named_actors_of_the_gold(bundled_ledger: pd.DataFrame) -> None:
    gold = []
    for path in sorted((Path(__file__).parent / "gold").glob("*.mentions.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            gold += [
                (path.name.split(".")[0], int(row["start"]), int(row["end"]), actor)
                for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
                if row["kind"] == "named"
                for actor in row["actor_ids"].split("+")
            ]
    top = {actor for actor, _ in Counter(row[3] for row in gold).most_common(10)}
    wanted = {row for row in gold if row[3] in top}
    assert len(wanted) > 300
    columns = ["article_id", "start", "end", "subject_id"]
    assert wanted - set(bundled_ledger[columns].itertuples(index=False, name=None)) == set()


def test_voice_against_a_simple_reading_of_the_marks(bundled: Corpus, bundled_ledger: pd.DataFrame) -> None:
    """A mark opens, the next of its kind closes, in one line."""
    quoted = {
        (a, at)
        for a in bundled.articles["article_id"]
        for match in re.finditer(r'“[^”\n]*”|"[^"\n]*"', bundled.raw(a))
        for at in range(match.start(), match.end())
    }
    read = [
        "quoted" if key in quoted else "own"
        for key in bundled_ledger[["article_id", "start"]].itertuples(index=False, name=None)
    ]
    agreement = (bundled_ledger["voice"] == read).groupby(read).mean()
    assert set(agreement.index) == {"own", "quoted"}
    assert (agreement >= 0.97).all()


BERG = """
[[actor]]
name = "Norway"
type = "state"
adjectives = ["Norwegian"]
capitals = ["Oslo"]

[[actor]]
name = "Anna Berg"
type = "person"
affiliation = "norway"
descriptions = ["foreign minister"]
"""


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Corpus]:
    """A corpus of one article an outlet."""

    def made(actors: str = BERG, **texts: str) -> Corpus:
        (tmp_path / "actors.toml").write_text(actors, encoding="utf-8")
        rows = "".join(f"{name}.txt,Outlet {name}\n" for name in texts)
        (tmp_path / "articles.csv").write_text(f"file,outlet\n{rows}", encoding="utf-8")
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8", newline="")
        return load_corpus(tmp_path)

    return made


Make = Callable[..., Corpus]


@pytest.mark.parametrize(
    ("text", "berg"),
    [
        ("Anna Berg left.", "Anna Berg 1"),
        ("Norwegian foreign minister Anna Berg left.", "Norwegian foreign minister 1, Anna Berg 1"),
        ("Anna Berg, foreign minister, left.", "Anna Berg 1, foreign minister 1"),
        ("Anna Berg left. Foreign minister Anna Berg wept.", "Anna Berg 1, Foreign minister 2, Anna Berg 2"),
        ("Anna Berg left. Anna Berg wept.", "Anna Berg 1, Anna Berg 2"),
        ("Anna Berg left. Mr. Berg wept.", "Anna Berg 1, Mr. Berg 2"),
        ("Anna Berg left. The foreign minister wept.", "Anna Berg 1, foreign minister 2"),
        ("Anna Berg, the Norwegian foreign minister, left.", "Anna Berg 1, Norwegian foreign minister 1"),
        ("Anna Berg left, and the foreign minister wept.", "Anna Berg 1, foreign minister 2"),
    ],
)
def test_a_title_beside_the_first_name_is_of_the_first_mention(text: str, berg: str, make: Make) -> None:
    corpus = make(a=text)
    ledger = find_labels(corpus, find_mentions(corpus))
    ledger = ledger[ledger["subject_id"] == "anna_berg"]
    numbers = ledger["occurrence"].map({"first": " 1", "later": " 2"})
    assert ", ".join(ledger["label"] + numbers) == berg


def test_a_first_mention_is_one_in_each_article_and_may_be_a_place_or_quoted(make: Make) -> None:
    corpus = make(a="They met in Oslo. Norway left.", b="“Norway left,” they said. Norway wept.")
    ledger = find_labels(corpus, find_mentions(corpus))
    columns = ["article_id", "label", "occurrence", "use", "voice"]
    assert ledger[columns].to_numpy().tolist() == [
        ["a", "Oslo", "first", "place", "own"],
        ["a", "Norway", "later", "actor", "own"],
        ["b", "Norway", "first", "actor", "quoted"],
        ["b", "Norway", "later", "actor", "own"],
    ]


@pytest.mark.parametrize(("actors", "labels"), [(BERG, []), (BERG + THING, ["trust"])])
def test_a_corpus_without_mentions(actors: str, labels: list[str], make: Make) -> None:
    corpus = make(actors, a="There was trust.")
    ledger = find_labels(corpus, find_mentions(corpus))
    assert ledger["label"].tolist() == labels
    assert count_labels(ledger)["n"].tolist() == [1] * len(labels)


def test_a_thing_and_an_actor_may_share_a_label(make: Make) -> None:
    corpus = make(BERG + THING.replace('"visit", ', '"Norway", '), a="Norway left.")
    ledger = find_labels(corpus, find_mentions(corpus))
    assert ledger[["subject_id", "label", "form", "occurrence"]].to_numpy().tolist() == [
        ["norway", "Norway", "country name", "first"],
        ["visit", "Norway", "thing", "first"],
    ]


ACTORS = {
    "norway": Actor(
        "norway", "Norway", "state", aliases=("the Kingdom",), adjectives=("Norwegian",), capitals=("Oslo",)
    ),
    "anna": Actor("anna", "Anna Maria Berg", "person", aliases=("Anna Lund",), short=("AMB",)),
    "nrk": Actor("nrk", "Norsk Radio", "organisation", aliases=("NRK", "the Radio"), short=("Radio One",)),
    "palace": Actor("palace", "Red Palace", "seat", affiliation="norway"),
    "navy": Actor("navy", "Norwegian Navy", "organisation", affiliation="norway", institution="navy"),
}


def make_ledger(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    """The ledger of mentions given as actor_id, kind and text, in one article of an outlet."""
    mentions = pd.DataFrame(rows, columns=["actor_id", "kind", "text"]).assign(
        article_id="a", outlet=DAILY, block_id=0, sentence_id=0, use="actor", in_quote=False
    )
    mentions = mentions.assign(start=[100 * n for n in range(len(rows))])
    mentions = mentions.assign(end=mentions["start"] + mentions["text"].str.len())
    return find_labels(Corpus(*[pd.DataFrame()] * 3, ACTORS, Path("made"), {}, {}), mentions)


@pytest.mark.parametrize(
    ("actor_id", "kind", "text", "label", "form"),
    [
        ("anna", "named", "Anna Maria Berg", "Anna Maria Berg", "full name"),
        ("anna", "named", "ANNA MARIA BERG", "ANNA MARIA BERG", "full name"),
        ("anna", "named", "Anna\nMaria\u00a0Berg", "Anna Maria Berg", "full name"),
        ("anna", "named", "Anna Lund", "Anna Lund", "full name"),
        ("anna", "named", "Berg", "Berg", "surname"),
        ("anna", "named", "Lund", "Lund", "surname"),
        ("anna", "named", "AMB", "AMB", "surname"),
        ("anna", "named", "Anna", "Anna", "other name"),
        ("anna", "named", "Mr. Berg", "Mr. Berg", "Mr."),
        ("anna", "named", "Mrs Anna Maria Berg", "Mrs Anna Maria Berg", "Mr."),
        ("anna", "named", "Miss Berg", "Miss Berg", "Mr."),
        ("anna", "title", "minister", "minister", "title"),
        ("anna", "nominal", "Norway’s envoy", "Norway's envoy", "description"),
        ("norway", "named", "Norway", "Norway", "country name"),
        ("norway", "named", "Kingdom", "Kingdom", "country name"),
        ("norway", "named", "Oslo", "Oslo", "capital"),
        ("norway", "named", "OSLO", "OSLO", "capital"),
        ("norway", "demonym", "Norwegian", "Norwegian", "adjective"),
        ("norway", "nominal", "country", "country", "description"),
        ("nrk", "named", "NRK", "NRK", "full name"),
        ("nrk", "named", "Radio", "Radio", "full name"),
        ("nrk", "named", "Radio One", "Radio One", "other name"),
        ("nrk", "nominal", "broadcaster", "broadcaster", "description"),
        ("palace", "named", "Red Palace", "Red Palace", "full name"),
        ("navy", "named", "Norway’s navy", "Norway's navy", "full name"),
    ],
)
def test_each_form(actor_id: str, kind: str, text: str, label: str, form: str) -> None:
    assert make_ledger([(actor_id, kind, text)])[["label", "form"]].to_numpy().tolist() == [[label, form]]
    assert form in FORMS


# ---- counts -------------------------------------------------------------------------------------


def test_counts_of_the_toy_corpus_by_hand(ledger: pd.DataFrame) -> None:
    labels = count_labels(ledger)
    assert list(labels.columns) == [
        "outlet", "subject_id", "subject", "subject_type", "affiliation", "label", "form", "n", "n_first",
        "n_quoted", "share",
    ]  # fmt: skip
    columns = ["outlet", "subject_id", "label", "form", "n", "n_first", "n_quoted", "share"]
    assert list(labels[columns].itertuples(index=False, name=None)) == [
        (DAILY, "anna_berg", "Anna Berg", "full name", 2, 1, 0, 2 / 4),
        (DAILY, "anna_berg", "Ms. Berg", "Mr.", 1, 0, 0, 1 / 4),
        (DAILY, "anna_berg", "Norwegian foreign minister", "title", 1, 0, 0, 1 / 4),
        (DAILY, "east_borduria", "Szohod", "capital", 2, 1, 0, 2 / 4),
        (DAILY, "east_borduria", "East Borduria", "country name", 1, 1, 0, 1 / 4),
        (DAILY, "east_borduria", "two countries", "description", 1, 0, 1, 1 / 4),
        (DAILY, "jon_stone", "Jon Stone", "full name", 2, 1, 0, 2 / 4),
        (DAILY, "jon_stone", "Mr. Stone", "Mr.", 1, 0, 0, 1 / 4),
        (DAILY, "jon_stone", "Stone", "surname", 1, 1, 0, 1 / 4),
        (DAILY, "norway", "Norway", "country name", 3, 1, 0, 3 / 6),
        (DAILY, "norway", "Norwegian", "adjective", 1, 1, 0, 1 / 6),
        (DAILY, "norway", "Oslo", "capital", 1, 0, 0, 1 / 6),
        (DAILY, "norway", "two countries", "description", 1, 0, 1, 1 / 6),
        (DAILY, "norway_navy", "Norway's navy", "full name", 1, 1, 0, 1.0),
        (DAILY, "nrk", "NRK", "full name", 1, 1, 0, 1.0),
        (DAILY, "visit", "Visits", "thing", 1, 1, 0, 1 / 2),
        (DAILY, "visit", "trust", "thing", 1, 0, 1, 1 / 2),
        (UNKNOWN, "east_borduria", "East", "country name", 2, 1, 0, 1.0),
        (UNKNOWN, "norway", "Norway", "country name", 1, 1, 0, 1.0),
        (UNKNOWN, "west_borduria", "West Borduria", "country name", 1, 1, 0, 1.0),
    ]
    first = labels.iloc[0]
    assert first[["subject", "subject_type", "affiliation"]].tolist() == ["Anna Berg", "person", "norway"]


def test_rows_taken_out_before_are_not_counted(ledger: pd.DataFrame) -> None:
    own = count_labels(ledger[(ledger["voice"] == "own") & (ledger["use"] == "actor")])
    norway = own[(own["outlet"] == DAILY) & (own["subject_id"] == "norway")]
    assert norway[["label", "n", "share"]].to_numpy().tolist() == [
        ["Norway", 3, 0.75],
        ["Norwegian", 1, 0.25],
    ]


def test_apostrophes_and_line_ends_do_not_make_two_labels() -> None:
    rows = [("navy", "named", t) for t in ("Norway's navy", "Norway’s navy", "Norway’s\n navy")]
    labels = count_labels(make_ledger(rows))
    assert labels[["label", "n", "share"]].to_numpy().tolist() == [["Norway's navy", 3, 1.0]]


def test_one_text_in_two_kinds_makes_two_rows() -> None:
    rows = [("anna", "title", "envoy"), ("anna", "nominal", "envoy"), ("anna", "nominal", "envoy")]
    labels = count_labels(make_ledger(rows))
    assert labels[["form", "n", "share"]].to_numpy().tolist() == [
        ["description", 2, 2 / 3],
        ["title", 1, 1 / 3],
    ]


def test_the_bundled_counts_add_up(bundled_ledger: pd.DataFrame) -> None:
    labels = count_labels(bundled_ledger)
    keys = ["outlet", "subject_id"]
    counted = labels.groupby(keys)[["n", "n_quoted"]].sum()
    assert counted["n"].to_dict() == bundled_ledger.groupby(keys).size().to_dict()
    quoted = (bundled_ledger["voice"] == "quoted").groupby([bundled_ledger[k] for k in keys]).sum()
    assert counted["n_quoted"].to_dict() == quoted.to_dict()
    assert labels.groupby(keys)["share"].sum().tolist() == pytest.approx([1.0] * len(counted))
    assert (labels["n_first"] <= labels["n"]).all()
    # All but titles are first once in each article that names the subject.
    first = labels[labels["form"] != "title"].groupby("subject_id")["n_first"].sum()
    named = bundled_ledger[bundled_ledger["form"] != "title"]
    assert first.to_dict() == named.groupby("subject_id")["article_id"].nunique().to_dict()


# ---- comparison ---------------------------------------------------------------------------------

SHARES = ["group", "subject_id", "n", "n_subject", "share", "share_rest", "difference"]


def test_labels_compared_by_hand(toy_with_thing: Corpus, ledger: pd.DataFrame) -> None:
    table = compare_labels(toy_with_thing, ledger)
    assert list(table.columns) == [
        "group", "subject_id", "subject", "label", "n", "n_subject", "share", "share_low", "share_high",
        "share_rest", "difference", "loo_low", "loo_high", "boot_low", "boot_high", "p_value", "lowest_p",
        "q_value", "n_articles_group", "articles",
    ]  # fmt: skip
    shared = table[table["subject_id"].isin(["norway", "east_borduria"])]
    columns = ["group", "subject_id", "label", "n", "n_subject", "share_rest", "articles"]
    assert list(shared[columns].itertuples(index=False, name=None)) == [
        (DAILY, "east_borduria", "East", 0, 4, 1.0, ""),
        (DAILY, "east_borduria", "Szohod", 2, 4, 0.0, "a (2)"),
        (DAILY, "norway", "Norway", 3, 6, 1.0, "b (2), a (1)"),
        (DAILY, "east_borduria", "East Borduria", 1, 4, 0.0, "b (1)"),
        (DAILY, "east_borduria", "two countries", 1, 4, 0.0, "a (1)"),
        (DAILY, "norway", "Norwegian", 1, 6, 0.0, "a (1)"),
        (DAILY, "norway", "Oslo", 1, 6, 0.0, "b (1)"),
        (DAILY, "norway", "two countries", 1, 6, 0.0, "a (1)"),
        (UNKNOWN, "east_borduria", "East", 2, 2, 0.0, "c (2)"),
        (UNKNOWN, "east_borduria", "Szohod", 0, 2, 2 / 4, ""),
        (UNKNOWN, "norway", "Norway", 1, 1, 3 / 6, "c (1)"),
        (UNKNOWN, "east_borduria", "East Borduria", 0, 2, 1 / 4, ""),
        (UNKNOWN, "east_borduria", "two countries", 0, 2, 1 / 4, ""),
        (UNKNOWN, "norway", "Norwegian", 0, 1, pytest.approx(1 / 6), ""),
        (UNKNOWN, "norway", "Oslo", 0, 1, pytest.approx(1 / 6), ""),
        (UNKNOWN, "norway", "two countries", 0, 1, pytest.approx(1 / 6), ""),
    ]
    assert table["share"].tolist() == pytest.approx((table["n"] / table["n_subject"]).tolist())
    differences = (shared["share"] - shared["share_rest"]).tolist()
    assert shared["difference"].tolist() == pytest.approx(differences)
    # Whom one outlet alone names, nothing is held against.
    alone = table[~table["subject_id"].isin(["norway", "east_borduria"])]
    assert sorted(set(alone["subject_id"])) == [
        "anna_berg", "jon_stone", "norway_navy", "nrk", "visit", "west_borduria",
    ]  # fmt: skip
    assert alone[["share_rest", "difference", "loo_low", "boot_high"]].isna().all(axis=None)
    assert (alone["p_value"] == 1).all()
    assert table["lowest_p"].tolist() == pytest.approx([1 / 3] * len(table))
    assert table["q_value"].isna().all()
    # "East" is all that c calls it and nothing that a or b do; dealt anew, a with c and b with c give less.
    east = table[(table["subject_id"] == "east_borduria") & (table["label"] == "East")]
    assert east["p_value"].tolist() == pytest.approx([1 / 3, 1 / 3])
    assert east[["loo_low", "loo_high"]].to_numpy().tolist() == [[-1, -1], [1, 1]]


def test_forms_compared_by_hand(toy_with_thing: Corpus, ledger: pd.DataFrame) -> None:
    table = compare_labels(toy_with_thing, ledger, column="form", by="article_id")
    norway = table[table["subject_id"] == "norway"].set_index(["group", "form"]).sort_index()
    assert norway[["n", "n_subject", "share_rest"]].to_numpy().tolist() == [
        pytest.approx(row)
        for row in [
            [1, 3, 0 / 4],  # a: Norwegian, Norway, two countries
            [0, 3, 1 / 4],
            [1, 3, 3 / 4],
            [1, 3, 0 / 4],
            [0, 3, 1 / 4],  # b: Norway, Norway, Oslo
            [1, 3, 0 / 4],
            [2, 3, 2 / 4],
            [0, 3, 1 / 4],
            [0, 1, 1 / 6],  # c: Norway
            [0, 1, 1 / 6],
            [1, 1, 3 / 6],
            [0, 1, 1 / 6],
        ]
    ]
    assert norway.index.tolist() == [
        (group, form) for group in "abc" for form in ("adjective", "capital", "country name", "description")
    ]
    assert (norway["subject"] == "Norway").all()


def test_largest_differences_come_first(bundled: Corpus, bundled_ledger: pd.DataFrame) -> None:
    table = compare_labels(bundled, bundled_ledger, column="form")
    assert table["group"].is_monotonic_increasing
    for _, of_group in table.groupby("group"):
        known = of_group["difference"].abs()
        assert (known.fillna(-1).diff().dropna() <= 0).all()
    sums = table.groupby(["group", "subject_id"])["share"].sum()
    assert sums.tolist() == pytest.approx([1.0] * len(sums))
    sizes = bundled_ledger.groupby(["outlet", "subject_id"]).size()
    assert table.groupby(["group", "subject_id"])["n_subject"].unique().str[0].to_dict() == sizes.to_dict()
    counts = bundled_ledger.groupby(["outlet", "subject_id", "form"]).size().to_dict()
    found = table.set_index(["group", "subject_id", "form"])["n"]
    assert found[found > 0].to_dict() == counts
    known = table.dropna(subset="share_low")
    assert ((known["share_low"] <= known["share"]) & (known["share"] <= known["share_high"])).all()


def test_one_outlet_alone(make: Make) -> None:
    corpus = make(a="Norway left. Oslo wept. Norway came.\n\nAnna Berg left.")
    table = compare_labels(corpus, find_labels(corpus, find_mentions(corpus)))
    assert table[["subject_id", "label", "n", "n_subject", "share", "p_value"]].to_numpy().tolist() == [
        ["anna_berg", "Anna Berg", 1, 1, 1.0, 1.0],
        ["norway", "Norway", 2, 3, pytest.approx(2 / 3), 1.0],
        ["norway", "Oslo", 1, 3, pytest.approx(1 / 3), 1.0],
    ]
    assert table[["share_rest", "difference", "loo_low", "boot_low", "q_value"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("column", "by", "sentence"),
    [
        ("subject", "outlet", "names cannot be compared by their 'subject': expected 'label' or 'form'"),
        ("", "actor", "names cannot be compared by their '': expected 'label' or 'form'"),
        ("form", "actor_id", "names cannot be compared by 'actor_id': expected 'outlet' or 'article_id'"),
        ("label", "Outlet", "names cannot be compared by 'Outlet': expected 'outlet' or 'article_id'"),
    ],
)
def test_errors(column: str, by: str, sentence: str, toy: Corpus, ledger: pd.DataFrame) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(sentence)}$"):
        compare_labels(toy, ledger, column=column, by=by)


def test_an_empty_ledger_gives_an_empty_table(toy: Corpus, ledger: pd.DataFrame) -> None:
    assert len(compare_labels(toy, ledger.head(0))) == 0

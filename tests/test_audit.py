"""Which wording counts for whom, by which rule, and where the article had to decide."""

from pathlib import Path

import pytest

from helpers import Actor, Corpus, audit_aliases, find_ambiguous_mentions, find_mentions, load_corpus
from helpers.audit import bare_name, name_rule

ACTORS = """
[[actor]]
name = "Norway"
type = "state"
adjectives = ["Norwegian"]
capitals = ["Oslo"]

[[actor]]
name = "Anna Berg"
type = "person"
aliases = ["Anna Lund"]

[[actor]]
name = "Karl Berg"
type = "person"
short = ["Kalle"]
"""
TEXT = (
    "Talks in Oslo open slowly\n\nNorwegian envoy Anna Berg met Karl Berg. Ms. Berg spoke first. "
    "A. Berg left. Kalle stayed. Norway’s navy sent Berg, Anna Lund said.\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "articles.csv").write_text("file,outlet\na.txt,Daily\n")
    (folder / "actors.toml").write_text(ACTORS)
    return load_corpus(folder)


def test_every_wording_by_hand(corpus: Corpus) -> None:
    audit = audit_aliases(corpus, find_mentions(corpus))
    rows = {(r.actor, r.text): (r.rule, r.n_mentions, r.n_actor, r.n_without) for r in audit.itertuples()}
    assert rows[("Anna Berg", "Anna Berg")] == ("name", 1, 4, 3)
    assert rows[("Anna Berg", "Anna Lund")] == ("alias", 1, 4, 3)
    assert rows[("Anna Berg", "Ms. Berg")] == ("surname", 1, 4, 3)
    assert rows[("Anna Berg", "A. Berg")] == ("initials", 1, 4, 3)
    assert rows[("Karl Berg", "Kalle")] == ("short", 1, 3, 2)
    assert rows[("Norway", "Norwegian")][0] == "adjective"
    assert rows[("Norwegian Navy", "Norway’s navy")][0] == "state and body"
    of_berg = audit[audit["text"] == "Ms. Berg"].iloc[0]
    assert of_berg["could_be"] == ("Karl Berg",)
    assert of_berg["example"] == "Ms. Berg spoke first."
    assert audit["n_actor"].is_monotonic_decreasing


def test_the_counts_of_an_actor_add_up(bundled: Corpus) -> None:
    mentions = find_mentions(bundled)
    audit = audit_aliases(bundled, mentions)
    named = mentions[mentions["kind"].isin(["named", "demonym"])]
    by_actor = audit.groupby("actor_id")["n_mentions"].sum()
    assert by_actor.to_dict() == named["actor_id"].value_counts().to_dict()


def test_ambiguous_mentions_are_rows_of_mentions(corpus: Corpus) -> None:
    mentions = find_mentions(corpus)
    found = find_ambiguous_mentions(corpus, mentions)
    assert found["text"].tolist() == ["Ms. Berg", "Berg"]
    assert found["could_be"].tolist() == [("Karl Berg",), ("Anna Berg",)]
    assert set(mentions.columns) < set(found.columns)
    assert found.index.isin(mentions.index).all()


def test_without_mentions_there_is_nothing_to_audit(corpus: Corpus) -> None:
    nothing = find_mentions(corpus).head(0)
    assert audit_aliases(corpus, nothing).empty
    assert find_ambiguous_mentions(corpus, nothing).empty


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Jane Roe", "name"), ("JANE ROE", "name"), ("the Roe", "surname"), ("Mrs Roe", "surname"),
        ("Jane", "first name"), ("Roe Jane", "order"), ("Jane Q. Roe", "middle names"),
        ("J. Roe", "initials"), ("Janie", "nickname here"),
    ],
)  # fmt: skip
def test_rules_of_a_person(text: str, rule: str) -> None:
    assert name_rule(text, Actor("jane_roe", "Jane Roe", "person")) == rule


@pytest.mark.parametrize(
    ("text", "bare"), [("Mr. Roe", "Roe"), ("the Mr Roe", "Roe"), ("The North", "North"), ("Theo", "Theo")]
)
def test_bare_name(text: str, bare: str) -> None:
    assert bare_name(text) == bare

"""Hold blocks, sentences, mentions and quotations against the annotation in tests/gold."""

from pathlib import Path

import pandas as pd
import pytest

from helpers import Corpus, find_mention_errors, load_gold, score_mentions, score_quotes
from helpers.quotes import QUOTE_KINDS, find_quotes

GOLD = Path(__file__).parent / "gold"
ARTICLES = sorted(p.name.removesuffix(".mentions.tsv") for p in GOLD.glob("*.mentions.tsv"))
# Just below what is reached, so that a rule which gets worse is seen.
FLOORS = {"names": 0.99, "adjectives": 0.99, "titles and descriptions": 0.94, "actor or place": 0.99}
QUOTE_FLOORS = {
    "in quotation marks": 0.95, "their speakers": 0.9,
    "without marks": 0.75, "their speakers, without marks": 0.9,
}  # fmt: skip


def test_gold_covers_every_article(bundled: Corpus) -> None:
    assert set(bundled.articles["article_id"]) == set(ARTICLES)
    for table in ("mentions", "quotes", "blocks", "sentences"):
        assert set(load_gold(bundled, table)["article_id"]) == set(ARTICLES)


@pytest.mark.parametrize("group", FLOORS)
def test_mentions_agree_with_the_gold(
    group: str, bundled: Corpus, bundled_mentions: pd.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = load_gold(bundled)
    score = score_mentions(bundled, bundled_mentions, gold).loc[group]
    errors = find_mention_errors(bundled, bundled_mentions, gold)
    with capsys.disabled():
        print(f"\n{group}: precision {score.precision:.3f}, recall {score.recall:.3f}, F1 {score.f1:.3f}")
        print(errors[errors["group"] == group].to_string(index=False, header=False))
    assert score.n_gold > 80
    assert score.f1 >= FLOORS[group]


@pytest.mark.parametrize("article_id", ARTICLES)
def test_sentences_agree_with_the_gold(article_id: str, bundled: Corpus) -> None:
    sentences = bundled.sentences[bundled.sentences["article_id"] == article_id]
    found = set(zip(sentences["start"], sentences["end"], strict=True))
    gold = load_gold(bundled, "sentences").query("article_id == @article_id")
    assert found == set(zip(gold["start"], gold["end"], strict=True))


@pytest.mark.parametrize("article_id", ARTICLES)
def test_blocks_agree_with_the_gold(article_id: str, bundled: Corpus) -> None:
    raw = bundled.raw(article_id)
    blocks = bundled.blocks[bundled.blocks["article_id"] == article_id]
    kinds = {i: b.kind for b in blocks.itertuples() for i in range(b.start, b.end)}
    rows = load_gold(bundled, "blocks").query("article_id == @article_id")
    gold = {i: row.kind for row in rows.itertuples() for i in range(row.start, row.end)}
    wrong = [i for i, c in enumerate(raw) if not c.isspace() and kinds.get(i) != gold.get(i)]
    assert wrong == []


# ---- quotations ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def found_quotes(bundled: Corpus, bundled_mentions: pd.DataFrame) -> pd.DataFrame:
    """The quotations of the bundled articles."""
    return find_quotes(bundled, bundled_mentions)


def test_gold_quotes_have_known_kinds(bundled: Corpus) -> None:
    assert set(load_gold(bundled, "quotes")["kind"]) <= set(QUOTE_KINDS)


@pytest.mark.parametrize("what", QUOTE_FLOORS)
def test_quotations_agree_with_the_gold(what: str, bundled: Corpus, found_quotes: pd.DataFrame) -> None:
    score = score_quotes(found_quotes, load_gold(bundled, "quotes")).loc[what]
    assert score.n_gold > 30
    assert score.f1 >= QUOTE_FLOORS[what]


@pytest.mark.parametrize("kind", ["direct", "partial", "scare", "other"])
def test_each_kind_of_marks_agrees_with_the_gold(
    kind: str, bundled: Corpus, found_quotes: pd.DataFrame
) -> None:
    tables = (load_gold(bundled, "quotes"), found_quotes)
    of_kind = [table.loc[table["kind"] == kind, ["article_id", "start", "end"]] for table in tables]
    spans = [set(table.itertuples(index=False, name=None)) for table in of_kind]
    assert len(spans[0]) > 1
    assert 2 * len(spans[0] & spans[1]) / (len(spans[0]) + len(spans[1])) >= 0.95, spans[0] ^ spans[1]


def test_who_relays_agrees_with_the_gold(bundled: Corpus, found_quotes: pd.DataFrame) -> None:
    gold = load_gold(bundled, "quotes").query("kind in ('direct', 'partial', 'scare')")
    both = gold.merge(found_quotes, on=["article_id", "start", "end"], suffixes=("_gold", "_found"))
    wrong = both[both["via_id_gold"] != both["via_id_found"]]
    assert (both["via_id_gold"] != "").any()
    assert len(wrong) / len(both) <= 0.1, wrong

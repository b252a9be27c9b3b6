"""Hold blocks, sentences and mentions against the annotation in tests/gold."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

from helpers import Corpus

GOLD = Path(__file__).parent / "gold"
ARTICLES = sorted(p.name.removesuffix(".mentions.tsv") for p in GOLD.glob("*.mentions.tsv"))
GROUPS = {"named": "named", "demonym": "demonym", "title": "title or nominal", "nominal": "title or nominal"}
# Just below what is reached, so that a rule which gets worse is seen.
FLOORS = {"named": 0.99, "demonym": 0.99, "title or nominal": 0.94}

Row = tuple[str, int, int, str]


def read(article_id: str, table: str) -> list[dict[str, str]]:
    with (GOLD / f"{article_id}.{table}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def bare(raw: str, start: int, end: int) -> tuple[int, int]:
    """A span without a leading article or honorific and without a possessive ending."""
    while lead := re.match(r"(?:the|an?|m(?:r|rs|s)\.?) ", raw[start:end], re.IGNORECASE):
        start += lead.end()
    tail = re.search(r"['’]s?$", raw[start:end])
    return start, end - len(tail.group()) if tail else end


def gold_mentions(corpus: Corpus, group: str) -> dict[Row, str]:
    """The annotated rows of a group of kinds, with their use."""
    rows = {}
    for article_id in ARTICLES:
        for row in read(article_id, "mentions"):
            if GROUPS.get(row["kind"]) == group:
                span = bare(corpus.raw(article_id), int(row["start"]), int(row["end"]))
                rows |= {(article_id, *span, actor): row["use"] for actor in row["actor_ids"].split("+")}
    return rows


def found_mentions(corpus: Corpus, mentions: pd.DataFrame, group: str) -> dict[Row, str]:
    """The found rows of a group of kinds, with their use."""
    return {
        (m.article_id, *bare(corpus.raw(m.article_id), m.start, m.end), m.actor_id): m.use
        for m in mentions.itertuples()
        if GROUPS[m.kind] == group
    }


def show(corpus: Corpus, row: Row) -> str:
    article_id, start, end, actor = row
    raw = corpus.raw(article_id)
    around = f"{raw[max(0, start - 40) : start]}[{raw[start:end]}]{raw[end : end + 30]}"
    return f"{article_id[:3]} {actor}: {' '.join(around.split())}"


def test_gold_covers_every_article_and_its_texts_are_the_files(bundled: Corpus) -> None:
    assert set(bundled.articles["article_id"]) == set(ARTICLES)
    for article_id in ARTICLES:
        raw = bundled.raw(article_id)
        for row in read(article_id, "mentions"):
            assert raw[int(row["start"]) : int(row["end"])] == row["text"]
            assert set(row["actor_ids"].split("+")) <= set(bundled.actors)


@pytest.mark.parametrize("group", FLOORS)
def test_mentions_agree_with_the_gold(
    group: str, bundled: Corpus, bundled_mentions: pd.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = set(gold_mentions(bundled, group))
    found = set(found_mentions(bundled, bundled_mentions, group))
    precision, recall = len(gold & found) / len(found), len(gold & found) / len(gold)
    f1 = 2 * precision * recall / (precision + recall)
    with capsys.disabled():
        print(f"\n{group}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} of {len(gold)} rows")
        for row in sorted(gold - found):
            print("  not found:", show(bundled, row))
        for row in sorted(found - gold):
            print("  not in the gold:", show(bundled, row))
    assert f1 >= FLOORS[group]


def test_actor_and_place_agree_with_the_gold(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    gold, found = gold_mentions(bundled, "named"), found_mentions(bundled, bundled_mentions, "named")
    states = [row for row in gold if row in found and bundled.actors[row[3]].type in ("state", "seat")]
    wrong = [show(bundled, row) for row in states if gold[row] != found[row]]
    assert len(states) > 200
    assert len(wrong) / len(states) <= 0.01, wrong


@pytest.mark.parametrize("article_id", ARTICLES)
def test_sentences_agree_with_the_gold(article_id: str, bundled: Corpus) -> None:
    sentences = bundled.sentences[bundled.sentences["article_id"] == article_id]
    found = set(zip(sentences["start"], sentences["end"], strict=True))
    assert found == {(int(row["start"]), int(row["end"])) for row in read(article_id, "sentences")}


@pytest.mark.parametrize("article_id", ARTICLES)
def test_blocks_agree_with_the_gold(article_id: str, bundled: Corpus) -> None:
    raw = bundled.raw(article_id)
    blocks = bundled.blocks[bundled.blocks["article_id"] == article_id]
    kinds = {i: b.kind for b in blocks.itertuples() for i in range(b.start, b.end)}
    gold = {
        i: row["kind"]
        for row in read(article_id, "blocks")
        for i in range(int(row["start"]), int(row["end"]))
    }
    wrong = [i for i, c in enumerate(raw) if not c.isspace() and kinds.get(i) != gold.get(i)]
    assert wrong == []

"""Hold blocks, sentences, mentions and quotations against the annotation in tests/gold."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest

from helpers import Corpus
from helpers.quotes import QUOTE_KINDS, find_quotes

GOLD = Path(__file__).parent / "gold"
ARTICLES = sorted(p.name.removesuffix(".mentions.tsv") for p in GOLD.glob("*.mentions.tsv"))
GROUPS = {"named": "named", "demonym": "demonym", "title": "title or nominal", "nominal": "title or nominal"}
# Just below what is reached, so that a rule which gets worse is seen.
FLOORS = {"named": 0.99, "demonym": 0.99, "title or nominal": 0.94}

IN_MARKS = ["direct", "partial", "scare"]

Row = tuple[str, int, int, str]
Quotes = dict[tuple[str, int, int], dict[str, str]]


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


# ---- quotations ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def found_quotes(bundled: Corpus, bundled_mentions: pd.DataFrame) -> Quotes:
    """What is found, by article, start and end."""
    quotes = find_quotes(bundled, bundled_mentions)
    return {(row["article_id"], row["start"], row["end"]): row for row in quotes.to_dict("records")}


@pytest.fixture(scope="module")
def gold_quotes() -> Quotes:
    """What is annotated, by article, start and end."""
    return {
        (article_id, int(row["start"]), int(row["end"])): row
        for article_id in ARTICLES
        for row in read(article_id, "quotes")
    }


def of_kinds(quotes: Quotes, kinds: list[str]) -> dict[tuple[str, int, int], str]:
    return {span: row["kind"] for span, row in quotes.items() if row["kind"] in kinds}


def pair_by_overlap(gold: Quotes, found: Quotes) -> dict[tuple[str, int, int], tuple[str, int, int]]:
    """Pair the indirect ones that share at least half of what both cover together; none twice."""
    pairs: dict[tuple[str, int, int], tuple[str, int, int]] = {}
    for article_id, start, end in of_kinds(gold, ["indirect"]):
        shares = {
            (a, s, e): (min(e, end) - max(s, start)) / (max(e, end) - min(s, start))
            for a, s, e in of_kinds(found, ["indirect"])
            if a == article_id and (a, s, e) not in pairs.values()
        }
        best = max(shares, key=shares.__getitem__, default=None)
        if best and shares[best] >= 0.5:
            pairs[article_id, start, end] = best
    return pairs


def credited(gold: dict[str, str], found: dict[str, str]) -> bool:
    """Whether the speaker is right: the same actor; for several, none; for an unlisted one, its words."""
    if gold["speaker_id"] and "+" not in gold["speaker_id"]:
        return gold["speaker_id"] == found["speaker_id"]
    words = set(gold["speaker_text"].lower().split()), set(found["speaker_text"].lower().split())
    return found["speaker_id"] == "" and (words[0] == words[1] or bool(words[0] & words[1]))


def test_gold_quotes_are_the_files_and_name_known_actors(bundled: Corpus, gold_quotes: Quotes) -> None:
    for (article_id, start, end), row in gold_quotes.items():
        assert bundled.raw(article_id)[start:end] == row["text"]
        assert row["kind"] in QUOTE_KINDS
        assert {*row["speaker_id"].split("+"), row["via_id"]} <= {*bundled.actors, ""}


@pytest.mark.parametrize("kind", [*IN_MARKS, "other"])
def test_quotations_in_marks_agree_with_the_gold(
    kind: str, gold_quotes: Quotes, found_quotes: Quotes
) -> None:
    gold, found = of_kinds(gold_quotes, [kind]), of_kinds(found_quotes, [kind])
    assert len(gold) > 1
    assert 2 * len(gold.keys() & found.keys()) / (len(gold) + len(found)) >= 0.95, gold.keys() ^ found.keys()


def test_speakers_of_quotations_agree_with_the_gold(gold_quotes: Quotes, found_quotes: Quotes) -> None:
    spans = [span for span in of_kinds(gold_quotes, IN_MARKS) if span in found_quotes]
    wrong = [gold_quotes[s] for s in spans if not credited(gold_quotes[s], found_quotes[s])]
    assert len(spans) > 30
    assert len(wrong) / len(spans) <= 0.1, wrong


def test_who_relays_agrees_with_the_gold(gold_quotes: Quotes, found_quotes: Quotes) -> None:
    spans = [span for span in of_kinds(gold_quotes, IN_MARKS) if span in found_quotes]
    wrong = [gold_quotes[s] for s in spans if gold_quotes[s]["via_id"] != found_quotes[s]["via_id"]]
    assert any(gold_quotes[span]["via_id"] for span in spans)
    assert len(wrong) / len(spans) <= 0.1, wrong


def test_indirect_attributions_agree_with_the_gold(gold_quotes: Quotes, found_quotes: Quotes) -> None:
    gold, found = of_kinds(gold_quotes, ["indirect"]), of_kinds(found_quotes, ["indirect"])
    pairs = pair_by_overlap(gold_quotes, found_quotes)
    assert 2 * len(pairs) / (len(gold) + len(found)) >= 0.75, gold.keys() - pairs.keys()
    right = [s for s, other in pairs.items() if credited(gold_quotes[s], found_quotes[other])]
    assert len(right) / len(pairs) >= 0.9, [gold_quotes[s] for s in pairs.keys() - set(right)]

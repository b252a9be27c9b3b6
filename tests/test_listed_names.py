"""Names as they are listed, found at any speed: held against a search that tries each at every place."""

import unicodedata

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import Actor, Corpus, find_listed_names
from helpers.gazetteer import british_and_american
from helpers.sentences import find_sentences

COLUMNS = ["text", "sentence_id", "start", "end", "actor_id", "kind"]
PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "‑": "-", "‐": "-", "\u00a0": " ", "\u202f": " "}
    | dict.fromkeys("\n\r\t", " ")
)
Row = tuple[int, int, int, int, str, str]


def without_accents(text: str) -> str:
    """Letters of Latin without their accent, one for one."""
    bare = []
    for letter in text:
        base = unicodedata.normalize("NFKD", letter)
        is_latin = 0xC0 <= ord(letter) < 0x250 and len(base) > 1 and base[0].isascii() and base[0].isalpha()
        bare.append(
            base[0] if is_latin else {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i"}.get(letter, letter)
        )
    return "".join(bare)


def list_phrases(actors: dict[str, Actor]) -> dict[str, tuple[str, str]]:
    """Every phrase that is looked for with whom it means: names and aliases, adjectives, capitals."""
    listed: dict[str, tuple[str, str]] = {}
    for actor in actors.values():
        names = [(name, "named") for name in (actor.name, *actor.aliases) if name[:4].lower() != "the "]
        names = names if actor.declared else []
        names += [(name, "demonym") for name in actor.adjectives]
        names += [(name, "named") for name in actor.capitals]
        for name, kind in names:
            for way in british_and_american(name):
                plain = way.translate(PLAIN)
                for spelling in {plain, plain.upper()} if len(plain) > 3 else {plain}:
                    for form in (without_accents(unicodedata.normalize("NFC", spelling)), _apart(spelling)):
                        listed[form] = actor.id, kind
    return listed


def _apart(text: str) -> str:
    """With each accent as a character of its own, as far as it then still has one."""
    return without_accents(unicodedata.normalize("NFD", text))


def stands_in_word(text: str, at: int) -> bool:
    if not 0 <= at < len(text) or ord(text[at]) > 0xFFFF:
        return False
    return text[at].isalnum() or text[at] == "_" or unicodedata.combining(text[at]) > 0


def find_slowly(texts: list[str], actors: dict[str, Actor]) -> list[Row]:
    """At each place the longest phrase that stands there as a whole; then on behind it."""
    listed = list_phrases(actors)
    rows = []
    for number, raw in enumerate(texts):
        text = without_accents(raw.translate(PLAIN))
        sentences = find_sentences(raw)
        at = 0
        while at < len(text):
            ends = [
                at + len(phrase)
                for phrase in listed
                if text.startswith(phrase, at)
                and not (stands_in_word(text, at - 1) and stands_in_word(text, at))
                and not (
                    stands_in_word(text, at + len(phrase)) and stands_in_word(text, at + len(phrase) - 1)
                )
            ]
            if not ends:
                at += 1
                continue
            end = max(ends)
            sentence = max(n for n, (start, _) in enumerate(sentences) if start <= at)
            rows.append((number, sentence, at, end, *listed[text[at:end]]))
            at = end
    return rows


def rows_of(found: pd.DataFrame) -> list[Row]:
    assert list(found.columns) == COLUMNS
    return list(found.astype({"actor_id": str, "kind": str}).itertuples(index=False, name=None))


# ---- random text --------------------------------------------------------------------------------

ACTORS = {
    actor.id: actor
    for actor in (
        Actor(
            "norway",
            "Norway",
            "state",
            aliases=("the North", "NO"),
            adjectives=("Norwegian",),
            capitals=("Oslo",),
            peoples=("Norwegians",),
        ),
        Actor("east", "East Borduria", "state", aliases=("EB",), adjectives=("East Bordurian",)),
        Actor("berg", "Åse Berg", "person", aliases=("Åse Berg-Lund", "Berg of Oslo"), affiliation="norway"),
        Actor("neil", "Ed O’Neil", "person", descriptions=("envoy",)),
        Actor("centre", "Centre of Labour", "organisation", aliases=("Oslo Centre", "中文 社")),
        Actor("undeclared", "Zed Stone", "person", declared=False),
        Actor("dots", "U.S. Steel", "organisation", aliases=("U.S.",)),
    )
}
PIECES = [
    "Norway", "NORWAY", "norway", "Norwegian", "Norwegians", "Oslo", "Oslo Centre", "Oslo Center", "East",
    "East Borduria", "East\nBorduria", "East Bordurian", "EAST BORDURIA", "EB", "Eb", "NO", "No", "the North",
    "North", "Åse Berg", "Ase Berg", "A\u030ase Berg", "ÅSE BERG", "Berg", "Berg of Oslo", "Berg of", "-Lund",
    "‑Lund", "Ed O’Neil", "Ed O'Neil", "ED O‘NEIL", "O'Neil", "Zed Stone", "Centre of Labour",
    "Center of Labor", "of Labour", "中文 社", "中文\u00a0社", "亽文 社", "U.S.", "U.S. Steel", "u.s.", "The",
    "He left", "Mr", "’s", "'s", "s", "x", "1", "_", "\u0301", "é", "😀", "\ud800", "-", "—", ".", ". ", "? ",
    "!” ", "…", ",", "(", "“", " ", " ", " ", " ", "\n", "\u00a0", "\u202f", "\u2003", "\t", "\x1e", "• ",
]  # fmt: skip
_TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@settings(derandomize=True, deadline=None, max_examples=600)
@given(st.lists(_TEXTS, max_size=4))
def test_random_texts_have_what_a_slow_search_finds(texts: list[str]) -> None:
    assert rows_of(find_listed_names(texts, ACTORS)) == find_slowly(texts, ACTORS)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.lists(_TEXTS, max_size=4))
def test_a_batch_has_what_each_text_has_alone(texts: list[str]) -> None:
    alone = [
        (number, *row[1:])
        for number, text in enumerate(texts)
        for row in rows_of(find_listed_names([text], ACTORS))
    ]
    assert rows_of(find_listed_names(texts, ACTORS)) == alone


# ---- real text ----------------------------------------------------------------------------------


def test_the_bundled_articles_have_what_a_slow_search_finds(bundled: Corpus) -> None:
    texts = [bundled.raw(article_id) for article_id in bundled.articles["article_id"]]
    found = rows_of(find_listed_names(texts, bundled.actors))
    assert len(found) > 100
    assert len({actor_id for *_, actor_id, _ in found}) > 10
    assert found == find_slowly(texts, bundled.actors)


def test_most_mentions_by_name_are_listed_names(bundled: Corpus, bundled_mentions: pd.DataFrame) -> None:
    """A first count: what the rules leave of it, and add to it, is for them to say."""
    ids = bundled.articles["article_id"].tolist()
    found = find_listed_names([bundled.raw(article_id) for article_id in ids], bundled.actors)
    listed = {(ids[row[0]], *row[2:5]) for row in rows_of(found)}
    is_named = bundled_mentions["kind"] == "named"
    named = bundled_mentions[
        is_named & bundled_mentions["actor_id"].map(lambda a: bundled.actors[a].declared)
    ]
    full = {bundled.actors[a].name for a in named["actor_id"].unique()}
    by_full_name = named[named["text"].isin(full)]
    places = set(by_full_name[["article_id", "start", "end", "actor_id"]].itertuples(index=False, name=None))
    assert len(places) > 30
    assert places <= listed


# ---- the table ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "texts", [[], [""], ["", ""], ["Nothing."], ["Zed Stone, Norwegians, the North, Berg."]]
)
def test_without_a_name_the_table_has_its_columns(texts: list[str]) -> None:
    found = find_listed_names(texts, ACTORS)
    assert rows_of(found) == []
    assert list(found["actor_id"].cat.categories) == list(ACTORS)
    assert list(found["kind"].cat.categories) == ["named", "demonym"]


def test_without_actors_nothing_is_found() -> None:
    assert rows_of(find_listed_names(["Norway."], {})) == []


def test_a_table_keeps_its_types_and_order() -> None:
    found = find_listed_names(["It is. Oslo, Norway.", "", "• Norwegian. EB"], ACTORS)
    assert rows_of(found) == [
        (0, 1, 7, 11, "norway", "named"),
        (0, 1, 13, 19, "norway", "named"),
        (2, 0, 2, 11, "norway", "demonym"),
        (2, 1, 13, 15, "east", "named"),
    ]
    assert found.dtypes.astype(str).to_dict() == {
        **dict.fromkeys(["text", "sentence_id", "start", "end"], "int64"),
        **dict.fromkeys(["actor_id", "kind"], "category"),
    }


def test_other_actors_are_looked_for_when_they_are_given() -> None:
    """What was compiled for the last ones is kept for them only."""
    one = {"a": Actor("a", "Norway", "state")}
    other = {"b": Actor("b", "Norway", "state")}
    for actors in (one, other, one):
        found = find_listed_names(["Norway."], actors)
        assert [row[4] for row in rows_of(found)] == list(actors)
    one["c"] = Actor("c", "Oslo", "place")
    assert [row[4] for row in rows_of(find_listed_names(["Norway. Oslo."], one))] == ["a", "c"]


def test_a_name_that_begins_with_a_bullet_is_in_the_first_sentence() -> None:
    """The sentence begins behind it."""
    actors = {"star": Actor("star", "* Norway", "organisation")}
    assert [row[1] for row in rows_of(find_listed_names(["* Norway"], actors))] == [0]

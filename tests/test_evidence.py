"""From rows of any table back to sentences: which are shown, what is marked, and hostile text escaped."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from test_voices import make

from helpers import (
    Corpus,
    InputError,
    compare_facts,
    compare_words,
    count_cooccurrences,
    count_labels,
    count_mentions,
    count_stances,
    count_voices,
    find_all_words,
    find_disagreements,
    find_first_mentions,
    find_labels,
    find_mentions,
    find_near_copies,
    find_quotes,
    find_shared_passages,
    find_stances,
    load_corpus,
    roll_up_mentions,
    show_evidence,
)
from helpers.evidence import Evidence, find_spans
from helpers.voices import LEVELS

DIV = '<div class="evidence tex2jax_ignore mathjax_ignore">'


def shown(corpus: Corpus, rows: pd.DataFrame, n: int = 100) -> list[str]:
    """The sentences without where they stand, what is marked in brackets."""
    evidence = show_evidence(corpus, rows, n=n)
    return [line.split("] ", 1)[-1] for line in repr(evidence).splitlines() if not line.startswith("+ ")]


def pick(table: pd.DataFrame, **cells: object) -> pd.DataFrame:
    for column, value in cells.items():
        table = table[table[column] == value]
    assert len(table)
    return table


def test_rows_of_mentions(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    assert shown(toy, pick(toy_mentions, actor_id="anna_berg")) == [
        "[Anna Berg] Visits Szohod",
        "[Norwegian foreign minister] [Anna Berg] arrived in Szohod on Monday.",
        "[Ms. Berg] will meet Jon Stone, NRK said.",
    ]
    assert shown(toy, pick(toy_mentions, actor_id="norway", use="place")) == [
        "The stone bridge in [Oslo] will stay shut."
    ]


def test_marks_that_overlap_are_one(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """A nested state and its body, a title and the adjective in it, one phrase of two states."""
    evidence = show_evidence(toy, pick(toy_mentions, article_id="a"))
    marks = dict(zip(evidence.sentences["start"], evidence.sentences["marks"], strict=True))
    assert marks == {
        0: [(0, 9), (17, 23)],
        25: [(0, 26), (27, 36), (48, 54)],
        91: [(0, 8), (19, 28), (30, 33)],
        132: [(0, 13)],
        160: [(5, 18), (38, 47)],
    }


def test_rows_of_sentences(toy: Corpus) -> None:
    assert shown(toy, toy.sentences.iloc[[3, 7]]) == [
        "[Norway’s navy sent no ship.]",
        "[The stone bridge in Oslo will stay shut.]",
    ]


def test_rows_of_first_mentions(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    first = find_first_mentions(toy, toy_mentions)
    assert shown(toy, pick(first, actor_id="east_borduria")) == [
        "Anna Berg Visits [Szohod]",
        "Jon Stone of [East Borduria] praised Norway.",
        "The [East] will not talk to Norway, the foreign minister said.",
    ]


def test_rows_of_counts_are_traced_to_what_was_counted(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    counts = count_mentions(toy, toy_mentions)
    assert shown(toy, pick(counts, outlet="Daily", actor_id="norway")) == [
        "[Norwegian] foreign minister Anna Berg arrived in Szohod on Monday.",
        "[Norway]’s navy sent no ship.",
        "“The [two countries] trust each other,” Mr. Stone said.",
        "Stone praises [Norway]",
        "Jon Stone of East Borduria praised [Norway].",
    ]
    by_kind = count_mentions(toy, toy_mentions, by=["article_id", "kind"])
    assert shown(toy, pick(by_kind, article_id="a", kind="title")) == [
        "[Norwegian foreign minister] Anna Berg arrived in Szohod on Monday."
    ]


def test_a_row_that_counts_nothing_has_no_sentence(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    counts = count_mentions(toy, toy_mentions)
    evidence = show_evidence(toy, pick(counts, outlet="Daily", actor_id="west_borduria"))
    assert repr(evidence) == "No sentence stands behind these rows."
    assert evidence._repr_html_() == f"{DIV}<p>No sentence stands behind these rows.</p></div>"
    assert repr(show_evidence(toy, counts.iloc[:0])) == repr(evidence)


def test_rows_of_edges_show_both_ends(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    edges = count_cooccurrences(toy, toy_mentions)
    assert shown(toy, pick(edges, source="east_borduria", target="norway")) == [
        "“The [two countries] trust each other,” Mr. Stone said.",
        "Jon Stone of [East Borduria] praised [Norway].",
        "The [East] will not talk to [Norway], the foreign minister said.",
    ]
    assert len(show_evidence(toy, edges.iloc[:0]).sentences) == 0


@pytest.mark.parametrize("within", ["sentence", "paragraph", "article"])
def test_every_edge_has_its_evidence(within: str, toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """In as many windows as were counted, and with both actors marked."""
    edges = count_cooccurrences(toy, toy_mentions, within=within)
    blocks = toy.sentences.set_index(["article_id", "start"])["block_id"]
    for i in range(len(edges)):
        table = show_evidence(toy, edges.iloc[[i]], n=100).sentences
        keys = list(zip(table["article_id"], table["start"], strict=True))
        windows = {
            "sentence": set(keys),
            "paragraph": {(a, blocks[a, s]) for a, s in keys},
            "article": {a for a, _ in keys},
        }
        assert len(windows[within]) == edges["n_windows"].iloc[i], tuple(edges.iloc[i])


def test_rows_of_words(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    words = find_all_words(toy, toy_mentions)
    assert shown(toy, pick(words, word="norway", article_id="a")) == ["[Norway’s] navy sent no ship."]
    assert shown(toy, pick(words, word="said")[["word"]].drop_duplicates()) == [
        "Ms. Berg will meet Jon Stone, NRK [said].",
        "“The two countries trust each other,” Mr. Stone [said].",
        "The East will not talk to Norway, the foreign minister [said].",
    ]


@pytest.mark.parametrize(
    ("by", "group", "expected"),
    [
        (
            "outlet",
            "Daily",
            [
                "Ms. Berg will meet Jon Stone, NRK [said].",
                "“The two countries trust each other,” Mr. Stone [said].",
            ],
        ),
        (
            "outlet",
            "unknown outlet (c)",
            ["The East will not talk to Norway, the foreign minister [said]."],
        ),
        ("article_id", "c", ["The East will not talk to Norway, the foreign minister [said]."]),
    ],
)
def test_rows_of_compared_words(
    by: str, group: str, expected: list[str], toy: Corpus, toy_mentions: pd.DataFrame
) -> None:
    table = compare_words(toy, find_all_words(toy, toy_mentions), by=by)
    assert shown(toy, pick(table, group=group, word="said")) == expected


def test_rows_of_labels(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    labels = count_labels(find_labels(toy, toy_mentions))
    assert shown(toy, pick(labels, label="Norway's navy")) == ["[Norway’s navy] sent no ship."]
    assert shown(toy, pick(labels, label="Oslo")) == ["The stone bridge in [Oslo] will stay shut."]
    for i in range(len(labels)):
        marks = show_evidence(toy, labels.iloc[[i]], n=100).sentences["marks"]
        assert sum(map(len, marks)) == labels["n"].iloc[i]


def test_rows_of_articles_and_of_uses(toy: Corpus) -> None:
    articles = toy.articles[toy.articles["article_id"] == "b"]
    assert shown(toy, articles) == [
        "[Stone] praises [Norway]",
        "[Jon Stone] of [East Borduria] praised [Norway].",
        "The stone bridge in [Oslo] will stay shut.",
    ]
    assert shown(toy, pd.DataFrame({"use": ["place"]})) == [
        "Norwegian foreign minister Anna Berg arrived in [Szohod] on Monday.",
        "The stone bridge in [Oslo] will stay shut.",
    ]


@pytest.mark.parametrize(
    ("n", "starts", "left_out"),
    [
        (1, [0], 9),
        (2, [0, 5], 8),
        (3, [0, 3, 6], 7),
        (9, [0, 1, 2, 3, 4, 5, 6, 7, 8], 1),
        (10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0),
        (50, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0),
    ],
)
def test_some_of_many_are_spread_evenly(n: int, starts: list[int], left_out: int, toy: Corpus) -> None:
    evidence = show_evidence(toy, toy.sentences, n=n)
    keys = list(zip(evidence.sentences["article_id"], evidence.sentences["start"], strict=True))
    everything = list(zip(toy.sentences["article_id"], toy.sentences["start"], strict=True))
    assert keys == [everything[i] for i in starts]
    assert evidence.n_left_out == left_out
    rest = f"+ {left_out} more sentence" + ("s" if left_out != 1 else "")
    assert repr(evidence).endswith(rest) == (left_out > 0)
    assert evidence._repr_html_().endswith(f"<p>{rest}</p></div>") == (left_out > 0)


def test_text_says_where_it_stands(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    evidence = show_evidence(toy, toy_mentions.iloc[[9]])
    assert repr(evidence) == "Daily, a [132:159] [Norway’s navy] sent no ship."
    assert evidence._repr_html_() == (
        f"{DIV}<p><b>Daily</b> <small>1 sentence</small></p><ul>"
        "<li><mark>Norway’s navy</mark> sent no ship. <small>a [132:159]</small></li></ul></div>"
    )
    assert toy.raw("a")[132:159] == "Norway’s navy sent no ship."


@pytest.mark.parametrize(
    ("n", "said", "items", "rest"),
    [
        (10, ["Daily 8 sentences", "unknown outlet (c) 2 sentences"], [8, 2], ""),
        (9, ["Daily 8 sentences", "unknown outlet (c) 1 of 2 sentences"], [8, 1], "+ 1 more sentence"),
        (5, ["Daily 4 of 8 sentences", "unknown outlet (c) 1 of 2 sentences"], [4, 1], "+ 5 more sentences"),
        (1, ["Daily 1 of 8 sentences"], [1], "+ 9 more sentences"),
    ],
)
def test_a_page_says_how_many_sentences_each_outlet_has(
    n: int, said: list[str], items: list[int], rest: str, toy: Corpus
) -> None:
    """Those left out too, so that some of many are not taken for all."""
    page = show_evidence(toy, toy.sentences, n=n)._repr_html_()
    outlets = re.findall(r"<p><b>(.*?)</b> <small>(.*?)</small></p><ul>(.*?)</ul>", page)
    assert [f"{outlet} {of}" for outlet, of, _ in outlets] == said
    assert [inside.count("<li>") for *_, inside in outlets] == items
    assert page.endswith(f"<p>{rest}</p></div>" if rest else "</ul></div>")


def test_an_outlet_has_one_list_though_another_stands_between(tmp_path: Path) -> None:
    (tmp_path / "actors.toml").write_text("")
    (tmp_path / "articles.csv").write_text("file,outlet\na.txt,A\nb.txt,B\nc.txt,A\n")
    for name, text in {"a": "It rained.", "b": "It snowed.", "c": "It was dry."}.items():
        (tmp_path / f"{name}.txt").write_text(f"{text}\n")
    corpus = load_corpus(tmp_path)
    page = show_evidence(corpus, corpus.sentences)._repr_html_()
    assert re.findall("<b>(.*?)</b> <small>(.*?)</small>", page) == [
        ("A", "2 sentences"),
        ("B", "1 sentence"),
    ]
    assert re.findall("<small>(.) \\[", page) == ["a", "c", "b"]


def test_thousands_that_are_left_out_have_a_comma(toy: Corpus) -> None:
    some = show_evidence(toy, toy.sentences, n=1)
    many = Evidence(some.sentences, 12_345, some.n_by_outlet + 12_338)
    assert repr(many).endswith("\n+ 12,345 more sentences")
    assert "<small>1 of 12,346 sentences</small>" in many._repr_html_()


def test_rows_in_any_order_and_twice_show_the_same(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    shuffled = pd.concat([toy_mentions, toy_mentions]).sample(frac=1, random_state=1)
    assert repr(show_evidence(toy, shuffled)) == repr(show_evidence(toy, toy_mentions))


# Who speaks

TWICE = "“We will not sign this,” Anna Berg said. " * 2
LABEL = "Norway held so-called “peace talks” there."
VOICES = (
    f"Norway said it had won. Anna Berg claimed it had rained. {LABEL} {TWICE}Norway left.",
    "One analyst said it was late. Jon Stone said it was over.",
    "Jon Stone, an analyst, said it was early.",
)


@pytest.fixture(scope="module")
def spoken() -> tuple[Corpus, pd.DataFrame]:
    """Articles of three outlets in which sides, persons and nobody speak, and the quotations."""
    corpus = make(*VOICES)
    return corpus, find_quotes(corpus, find_mentions(corpus))


WON, RAINED = "Norway said [it had won].", "Anna Berg claimed [it had rained]."
SIGN = "“[We will not sign this,]” Anna Berg said."
LATE = "One analyst said [it was late]."
OVER, EARLY = "Jon Stone said [it was over].", "Jon Stone, an analyst, said [it was early]."


@pytest.mark.parametrize(
    ("level", "voice", "expected"),
    [
        # a state's own words are not those of its minister, but a side's are
        ("speaker", "Norway", [WON]),
        ("speaker", "Anna Berg", [RAINED, SIGN]),
        ("side", "Norway", [WON, RAINED, SIGN]),
        ("speaker", "Jon Stone", [OVER, EARLY]),
        ("speaker", "One analyst", [LATE]),
        # a label in marks is nobody's
        ("side", "no state", [LATE]),
        ("source_type", "officials", [WON, RAINED, SIGN, OVER]),
        ("source_type", "experts", [LATE, EARLY]),
        *((level, "the outlet itself", []) for level in ("speaker", "side")),
    ],
)
def test_rows_of_voices(
    level: str, voice: str, expected: list[str], spoken: tuple[Corpus, pd.DataFrame]
) -> None:
    corpus, quotes = spoken
    for by in ("outlet", "article_id"):
        rows = pick(count_voices(corpus, quotes, by=by, level=level), voice=voice)
        assert shown(corpus, rows) == (expected or ["No sentence stands behind these rows."])


def test_voices_of_one_group_only() -> None:
    corpus = make("Norway said it had won.", "Norway said it had lost.")
    voices = count_voices(corpus, find_quotes(corpus, find_mentions(corpus)))
    assert shown(corpus, pick(voices, group="B")) == ["Norway said [it had lost]."]
    assert shown(corpus, pick(voices, group="B")[["voice_id"]]) == [
        "Norway said [it had won].",
        "Norway said [it had lost].",
    ]


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("speaker_id", "norway", [WON]),
        ("speaker_id", "anna_berg", [RAINED, SIGN, SIGN]),
        ("source_type", "experts", [LATE, EARLY]),
        ("stance", "distancing", [RAINED]),
    ],
)
def test_rows_of_counted_quotations(
    key: str, value: str, expected: list[str], spoken: tuple[Corpus, pd.DataFrame]
) -> None:
    corpus, quotes = spoken
    counts = quotes.groupby(["outlet", key]).size().rename("n").reset_index()
    assert shown(corpus, pick(counts, **{key: value})) == expected
    assert shown(corpus, pick(quotes, **{key: value})) == expected
    kinds = quotes.groupby(["kind", key]).size().rename("n").reset_index()
    assert shown(corpus, pick(kinds, **{key: value})) == expected
    direct = quotes[quotes["kind"] == "direct"]
    quoted = [line for line in expected if "“" in line] or ["No sentence stands behind these rows."]
    evidence = show_evidence(corpus, pick(counts, **{key: value}), among=direct)
    assert [line.split("] ", 1)[-1] for line in repr(evidence).splitlines()] == quoted


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"side": "norway", "rung": "said"}, [WON, SIGN, SIGN]),
        ({"side": "norway", "rung": "claimed"}, [RAINED]),
        ({"side": "norway", "rung": "own voice"}, ["[Norway] left."]),
        ({"side": "norway", "rung": "scare quotes"}, ["Norway held so-called “[peace talks]” there."]),
        ({"side": "norway", "rung": "confirmed"}, ["No sentence stands behind these rows."]),
        ({"side": "borduria", "rung": "said"}, [OVER, EARLY]),
        ({"rung": "said"}, [WON, SIGN, SIGN, OVER, EARLY]),
        ({"side": "borduria"}, [OVER, EARLY]),
    ],
)
def test_rows_of_stances(
    cells: dict[str, str], expected: list[str], spoken: tuple[Corpus, pd.DataFrame]
) -> None:
    corpus, quotes = spoken
    ladder = count_stances(corpus, find_stances(corpus, find_mentions(corpus), quotes))
    assert shown(corpus, pick(ladder, **cells)) == expected
    assert shown(corpus, pick(ladder, **cells)[["group", *cells]]) == expected
    assert shown(corpus, pd.DataFrame([cells])) == expected


# Rows of two articles, and of none


def test_a_span_over_several_sentences_is_marked_in_each() -> None:
    corpus = make("He said: “Go. Norway lied. Stay,” and left. It rained.")
    quotes = find_quotes(corpus, find_mentions(corpus))
    assert shown(corpus, quotes[quotes["kind"] == "direct"]) == [
        "He said: “[Go.]",
        "[Norway lied.]",
        "[Stay,]” and left.",
    ]
    raw = corpus.raw("a")
    spans = [(raw.index(a), raw.index(b)) for a, b in (("Go", "Norway"), ("lied", "Stay"), ("left", "rain"))]
    rows = pd.DataFrame(spans, columns=["start", "end"]).assign(article_id="a")
    evidence = show_evidence(corpus, rows)
    assert shown(corpus, rows) == [
        "He said: “[Go.]",
        "Norway [lied.]",
        "Stay,” and [left.]",
        "[It ]rained.",
    ]
    between = pd.DataFrame({"article_id": ["a"], "start": [raw.index(" It")], "end": [raw.index("rain")]})
    assert shown(corpus, between) == ["[It ]rained."]
    assert all(
        0 <= start < end <= len(text)
        for text, marks in zip(evidence.sentences["text"], evidence.sentences["marks"], strict=True)
        for start, end in marks
    )


COPIED = (
    "It rained. Nobody in the old town of Oslo saw the two ships. They sank at night. Norway wept.",
    "Kim Lee was there. Yet nobody in the old town of Oslo saw the two ships! They sank at dawn.",
)


def test_rows_of_passages_show_both_articles() -> None:
    corpus = make(*COPIED)
    passages = find_shared_passages(corpus, 5)
    assert len(passages) == 1
    assert shown(corpus, passages) == [
        "[Nobody in the old town of Oslo saw the two ships.]",
        "[They sank at] night.",
        "Yet [nobody in the old town of Oslo saw the two ships!]",
        "[They sank at] dawn.",
    ]
    evidence = show_evidence(corpus, passages)
    assert evidence.sentences["article_id"].tolist() == ["a", "a", "b", "b"]
    assert evidence.sentences["outlet"].tolist() == ["A", "A", "B", "B"]


def test_rows_of_near_copies_show_both_articles() -> None:
    corpus = make(*COPIED)
    assert shown(corpus, find_near_copies(corpus, 5, 0.5)) == [
        "[Nobody in the old town of Oslo saw the two ships].",
        "[Yet nobody in the old town of Oslo saw the two ships]!",
    ]


def test_rows_of_disagreements_show_both_articles() -> None:
    corpus = make("Norway sent 12 ships to Oslo.", "It rained. Norway sent 15 ships to Oslo.")
    mentions = find_mentions(corpus)
    found = find_disagreements(corpus, mentions, find_quotes(corpus, mentions))
    assert len(found) == 1
    row = found.iloc[0]
    assert "12" in row["text_a"]
    assert shown(corpus, found) == [
        row[f"sentence_{side}"].replace(row[f"text_{side}"], f"[{row[f'text_{side}']}]") for side in "ab"
    ]


def test_a_fact_that_is_absent_has_no_sentence() -> None:
    corpus = make("Norway sent 12 ships to Oslo. Anna Berg met Jon Stone.", "Anna Berg met Jon Stone.")
    mentions = find_mentions(corpus)
    facts = compare_facts(corpus, mentions, find_quotes(corpus, mentions))
    absent, stated = (pick(facts, state=state) for state in ("absent", "stated"))
    assert absent[["group", "start", "end"]].to_numpy().tolist() == [["B", -1, -1]]
    assert shown(corpus, absent) == ["No sentence stands behind these rows."]
    assert shown(corpus, facts) == shown(corpus, stated)
    assert sorted(shown(corpus, stated)) == [
        "[Anna Berg met Jon Stone.]",
        "[Anna Berg met Jon Stone.]",
        "[Norway sent 12 ships to Oslo.]",
    ]


@pytest.mark.parametrize("n", [0, -1])
def test_a_sentence_at_least_is_shown(n: int, toy: Corpus) -> None:
    with pytest.raises(InputError, match=f"^n is {n}: expected 1 or more sentences to show$"):
        show_evidence(toy, toy.sentences, n=n)


# Untrusted text

HOSTILE = "<script>alert(\"x\")</script> Norway & <b onclick='go()'>Oslo</b> &amp; <mark> agreed."
OUTLET = '<img src=x onerror="go()">'


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert attrs == ([("class", "evidence tex2jax_ignore mathjax_ignore")] if tag == "div" else [])

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def hostile(tmp_path: Path) -> Corpus:
    (tmp_path / "actors.toml").write_text(
        '[[actor]]\nname = "Norway"\ntype = "state"\ncapitals = ["Oslo"]\n'
        '[[actor]]\nname = "South\u00a0Ost"\ntype = "state"\n',
        encoding="utf-8",
    )
    rows = f"file,outlet\na.txt,{OUTLET.replace(chr(34), chr(34) * 2)}\nb.txt,B\n"
    rows = rows.replace("a.txt,", 'a.txt,"').replace("\nb.txt", '"\nb.txt')
    (tmp_path / "articles.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "a.txt").write_text(f"{HOSTILE}\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Then South\u00a0Ost agreed with Norway.\n", encoding="utf-8")
    return load_corpus(tmp_path)


@pytest.mark.parametrize("find", [find_mentions, lambda corpus: corpus.sentences])
def test_hostile_text_and_outlets_are_escaped(
    find: Callable[[Corpus], pd.DataFrame], hostile: Corpus
) -> None:
    rows = find(hostile)
    evidence = show_evidence(hostile, rows[rows["article_id"] == "a"])
    page = Tags()
    page.feed(evidence._repr_html_())
    page.close()
    assert set(page.tags) == {"div", "p", "b", "ul", "li", "small", "mark"}
    assert page.text.startswith(f"{OUTLET} 1 sentence")
    assert f"{HOSTILE} a [0:" in page.text
    assert re.sub(r"[\[\]]", "", repr(evidence)).endswith(HOSTILE)


def test_a_label_over_a_hard_space_is_found_again(hostile: Corpus) -> None:
    labels = count_labels(find_labels(hostile, find_mentions(hostile)))
    assert shown(hostile, pick(labels, label="South Ost")) == ["Then [South\u00a0Ost] agreed with Norway."]


@pytest.mark.parametrize("columns", [["n_mentions"], ["headline", "colour"], ["start", "end"], ["source"]])
def test_rows_that_lead_nowhere_are_an_error(columns: list[str], toy: Corpus) -> None:
    sentence = (
        f"no sentences can be found for rows with the columns {', '.join(columns)}: expected article_id, "
        "start and end, or source and target, or some of outlet, article_id, actor_id, kind, use, "
        "subject_id, form, occurrence, voice, tone, frame, word, label, voice_id, side, rung, speaker_id, "
        "source_type, stance"
    )
    with pytest.raises(InputError, match=f"^{re.escape(sentence)}$"):
        show_evidence(toy, pd.DataFrame({c: [1] for c in columns}))


# Every number leads back to as many marks


def count_marks(corpus: Corpus, rows: pd.DataFrame, among: pd.DataFrame) -> int:
    """Spans behind rows, before those that touch are marked as one."""
    return len(find_spans(corpus, rows, among).drop_duplicates())


def test_counts_lead_back_to_the_mentions_that_were_counted(
    bundled: Corpus, bundled_mentions: pd.DataFrame
) -> None:
    counted = bundled_mentions[(bundled_mentions["kind"] != "title") & (bundled_mentions["use"] == "actor")]
    for _, row in count_mentions(bundled, counted).query("n_mentions > 0").iterrows():
        assert count_marks(bundled, row.to_frame().T, counted) == row["n_mentions"], row


def test_rolled_up_counts_lead_back_to_the_mentions_of_the_side(
    bundled: Corpus, bundled_mentions: pd.DataFrame
) -> None:
    acting = bundled_mentions[bundled_mentions["use"] == "actor"]
    counts = count_mentions(bundled, acting, rolled_up=True)
    rolled = roll_up_mentions(bundled, acting)
    for _, row in counts.query("n_mentions > 0").iterrows():
        # "Norway's navy" and the "Norway" in it are two mentions of one side, at two spans.
        same = rolled[(rolled["outlet"] == row["outlet"]) & (rolled["actor_id"] == row["actor_id"])]
        spans = same.drop_duplicates(["article_id", "start", "end"])
        assert len(same) == row["n_mentions"]
        assert count_marks(bundled, row.to_frame().T, rolled) == len(spans)


@pytest.mark.parametrize("by", ["outlet", "article_id", "label"])
def test_keyness_leads_back_to_the_words_that_were_compared(
    by: str, bundled: Corpus, bundled_mentions: pd.DataFrame
) -> None:
    words = find_all_words(bundled, bundled_mentions)
    compared = words[~words["is_function_word"] & ~words["in_name"] & ~words["in_quote"]]
    keyness = compare_words(bundled, compared, by="outlet" if by == "outlet" else "article_id")
    if by == "label":
        keyness["group"] = keyness["group"].map(bundled.labels())
    for _, row in keyness.nlargest(40, "n").iterrows():
        assert count_marks(bundled, row.to_frame().T, compared) == row["n"], row


@pytest.mark.parametrize("level", LEVELS)
def test_voices_lead_back_to_the_quotations_that_were_counted(
    level: str, bundled: Corpus, bundled_mentions: pd.DataFrame
) -> None:
    quotes = find_quotes(bundled, bundled_mentions)
    voices = count_voices(bundled, quotes, level=level)
    assert voices["n_quotes"].sum() > 80
    for number, n in enumerate(voices["n_quotes"]):
        spans = find_spans(bundled, voices.iloc[[number]], None)
        behind = quotes.merge(spans.drop_duplicates(), on=["article_id", "start", "end"])
        assert behind["quote_id"].nunique() == n, voices.iloc[number]


def test_stances_lead_back_to_the_statements_that_were_counted(
    bundled: Corpus, bundled_mentions: pd.DataFrame
) -> None:
    stances = find_stances(bundled, bundled_mentions, find_quotes(bundled, bundled_mentions))
    ladder = count_stances(bundled, stances)
    for number, n in enumerate(ladder["n_statements"]):
        assert count_marks(bundled, ladder.iloc[[number]], stances) == n, ladder.iloc[number]
    assert len(find_spans(bundled, ladder, None)) == len(stances)

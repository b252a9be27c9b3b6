"""Tone: invented sentences for each role of the rules, the word lists, the tables and the check set."""

import itertools
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import (
    Corpus,
    InputError,
    check_tone,
    compare_tone,
    find_mentions,
    find_tone,
    load_corpus,
    score_tone,
)
from helpers.mentions import KINDS
from helpers.paths import read_vocabulary
from helpers.tone import TONES
from helpers.tone_rules import Sentence, find_cues, find_tokens, judge
from helpers.tone_words import tone_roles

# ---- rules --------------------------------------------------------------------------------------


def read(marked: str) -> tuple[list[str], str]:
    """The cues of a sentence whose target stands in brackets, and its tone; “…” is somebody's speech."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    quoted = [match.span(1) for match in re.finditer("“(.*?)”", text)]
    cues = find_cues(Sentence(text), start, end, quoted)
    listed = [f"{text[c.start : c.end]} {c.weight:+g} {c.role}" for c in cues]
    return listed, judge(sum(c.weight for c in cues))


@pytest.mark.parametrize(
    ("sentence", "cues"),
    [
        # subject
        ("[Doe] misled the board.", "misled -2 subject"),
        ("[Doe] rescued the child.", "rescued +2 subject"),
        ("In June, [Doe] cheated on the exam.", "cheated on -2 subject"),
        ("[Doe] has repeatedly lied.", "lied -2 subject"),
        ("[Doe] will have lied.", "lied -2 subject"),
        ("[Doe] tried to mislead the board.", "mislead -2 subject"),
        ("[Doe] lied and cheated.", "lied -2 subject; cheated -2 subject"),
        ("[Doe] and Roe bullied the staff.", "bullied -2 subject"),
        ("Doe and [Roe] bullied the staff.", "bullied -2 subject"),
        ("[Doe] caved in to the union.", "caved in -2 subject"),
        ("[Doe] lashed out at the press.", "lashed out at -2 subject"),
        ("[Doe] opened the window.", ""),
        # passive
        ("[Doe] was jailed.", "jailed -2 passive"),
        ("[Doe] was praised by the board.", "praised +2 passive"),
        ("[Doe] has been honoured.", "honoured +2 passive"),
        ("[Doe] got fired.", "fired -2 passive"),
        ("[Doe] is being investigated.", "investigated -2 passive"),
        ("[Doe] could be jailed.", "jailed -2 passive"),
        ("[Doe] was widely criticised.", "criticised -2 passive"),
        ("[Doe] was seen.", ""),
        # object
        ("The board condemned [Doe].", "condemned -2 object"),
        ("The board praised [Doe].", "praised +2 object"),
        ("Critics slammed [Doe].", "slammed -2 object"),
        ("The mayor defended [Doe].", "defended +2 object"),
        ("The crowd turned on [Doe].", "turned on -2 object"),
        ("The board sided with [Doe].", "sided with +2 object"),
        ("The board met [Doe].", ""),
        # agent
        ("The village was bombed by [Doe].", "bombed -2 agent"),
        ("The child was rescued by [Doe].", "rescued +2 agent"),
        ("The report was read by [Doe].", ""),
        # copula
        ("[Doe] is corrupt.", "corrupt -2 is"),
        ("[Doe] is a liar.", "liar -2 is"),
        ("[Doe] was a hero.", "hero +2 is"),
        ("[Doe] looked weak.", "weak -2 is"),
        ("[Doe] stayed calm.", "calm +2 is"),
        ("[Doe] became a laughing-stock.", "laughing-stock -2 is"),
        ("[Doe] is under investigation.", "investigation -2 is"),
        ("[Doe] is tall.", ""),
        # receiving
        ("[Doe] faced criticism.", "criticism -2 gets"),
        ("[Doe] drew praise from teachers.", "praise +2 gets"),
        ("[Doe] came under pressure.", "pressure -2 gets"),
        ("[Doe] earned respect.", "respect +2 gets"),
        # label
        ("The union branded [Doe] a coward.", "branded -2 object; coward -2 label"),
        ("The mayor hailed [Doe] as a hero.", "hailed +2 object; hero +2 label"),
        ("The mayor described [Doe] as generous.", "generous +2 label"),
        # aimed at
        ("Criticism of [Doe] grew.", "Criticism -2 aimed at"),
        ("Anger at [Doe] grew.", "Anger -2 aimed at"),
        ("Support for [Doe] grew.", "Support +2 aimed at"),
        ("Sanctions on [Doe] were tightened.", "Sanctions -2 aimed at"),
        ("A blow to [Doe]", "blow -2 aimed at"),
        ("The case against [Doe] began.", "against -2 aimed at"),
        ("The union lashed out at [Doe].", "lashed out at -2 object"),
        ("They marched against [Doe].", "marched against -2 object"),
        ("The talks with [Doe] began.", ""),
        # owner
        ("[Doe]'s failure was plain.", "failure -2 possession"),
        ("[Doe]’s courage was plain.", "courage +2 possession"),
        ("[Doe]'s corrupt aides left.", "corrupt -2 possession"),
        ("The failure of [Doe] was plain.", "failure -2 aimed at"),
        ("The generosity of [Doe] was plain.", "generosity +2 aimed at"),
        ("[Doe]'s house is blue.", ""),
        # apposition and attribute
        ("[Doe], the disgraced banker, left.", "disgraced -2 apposition"),
        ("[Doe], a gifted pianist, left.", "gifted +2 apposition"),
        ("[Doe], a teacher, left.", ""),
        ("The embattled [Doe] left.", "embattled -2 attribute"),
        ("The disgraced former banker [Doe] left.", "disgraced -2 attribute"),
        ("Disgraced banker [Doe] left.", "Disgraced -2 attribute"),
        ("The heroic [Doe] left.", "heroic +2 attribute"),
        # adverb
        ("[Doe] bravely went in.", "bravely +2 adverb"),
        ("[Doe] recklessly drove home.", "recklessly -2 adverb"),
        ("[Doe] slowly drove home.", ""),
        # negation turns round and halves
        ("[Doe] was not praised.", "praised -1 passive, negated"),
        ("[Doe] isn’t honest.", "honest -1 is, negated"),
        ("[Doe] is hardly a genius.", "genius -1 is, negated"),
        ("[Doe] is not corrupt.", "corrupt +1 is, negated"),
        ("[Doe] never lied.", "lied +1 subject, negated"),
        ("The board did not condemn [Doe].", "condemn +1 object, negated"),
        # reversers
        ("[Doe] lacked courage.", "courage -2 gets"),
        ("[Doe] lacks integrity.", "integrity -2 gets"),
        ("The court lifted the ban on [Doe].", ""),
        ("The judge dismissed the complaint against [Doe].", ""),
        # what the target says of others
        ("[Doe] said the plan was a disaster.", ""),
        ("[Doe] told reporters that Roe lied.", ""),
        ("Doe told reporters that [Roe] lied.", "lied -2 subject"),
        ("[Doe] says Roe is corrupt.", ""),
        ("Doe says [Roe] is corrupt.", "corrupt -2 is"),
        ("[Doe] warned of corruption.", ""),
        # lists
        ("The board praised [Doe], Roe and Poe.", "praised +2 object"),
        ("The board praised Doe, [Roe] and Poe.", "praised +2 object"),
        ("The board praised Doe, Roe and [Poe].", "praised +2 object"),
        ("The board condemned Doe and [Roe] of Oslo.", "condemned -2 object"),
        # insertion
        ("[Doe], 41, lied.", "lied -2 subject"),
        ("[Doe] (right) lied.", "lied -2 subject"),
        ("[Doe], of the left, was praised.", "praised +2 passive"),
        # quoted
        ("[Doe] is “a liar,” Roe said.", ""),
        ("“[Doe] lied,” Roe said.", ""),
        ("The “disgraced” [Doe] left.", ""),
        ("[Doe] is a liar, “a cheat,” Roe said.", "liar -2 is"),
        # headline
        ("Board Slams [Doe] Over Budget Gap", "Slams -2 object"),
        ("Corrupt [Doe] Leaves Oslo Court Again", "Corrupt -2 attribute"),
        # edges of the sentence, and marks inside words
        ("[Doe] lied", "lied -2 subject"),
        ("The board blamed [Doe]", "blamed -2 object"),
        ("[Doe]", ""),
        ("[Liar]", ""),
        ("The pro-[Doe] camp met.", ""),
        ("[Doe]-backed plans were read.", ""),
        # letters of any script
        ("[Jose\u0301 A\u0301lvarez] lied.", "lied -2 subject"),
        ("[Ævar Þórðarson] was jailed.", "jailed -2 passive"),
        ("[Дмитрий] was praised.", "praised +2 passive"),
        ("\U0001f600 [Doe]\u00a0lied \U0001f600", "lied -2 subject"),
        ("The board condemned [\u05d3\u05d5].", "condemned -2 object"),
        ("[İnci] lied.", "lied -2 subject"),
    ],
)  # fmt: skip
def test_cues(sentence: str, cues: str) -> None:
    assert "; ".join(read(sentence)[0]) == cues


@pytest.mark.parametrize(
    ("sentence", "tone"),
    [
        ("[Doe], who lied to the court, left.", "negative"),
        ("[Doe] stood up for the weak.", "positive"),
        ("[Doe] was accused of theft.", "negative"),
        ("[Doe] was cleared of fraud.", "positive"),
        ("[Doe] was acquitted of fraud.", "positive"),
        ("[Doe] won applause.", "positive"),
        ("[Doe] suffered a defeat.", "negative"),
        ("[Doe] lost support.", "negative"),
        ("[Doe] received no support.", "negative"),
        ("[Doe] faces charges of fraud.", "negative"),
        ("[Doe] is no hero.", "negative"),
        ("[Doe] was neither brave nor honest.", "negative"),
        ("[Doe] has lost the respect of peers.", "negative"),
        ("The union called [Doe] a liar.", "negative"),
        ("They dubbed [Doe] a hero.", "positive"),
        ("[Doe] was called a liar.", "negative"),
        ("The mayor accused [Doe] of cowardice.", "negative"),
        ("Doe accused [Roe] of theft.", "negative"),
        ("The board accused [Doe] and Roe of theft.", "negative"),
        ("The board accused Doe and [Roe] of theft.", "negative"),
        ("The mayor praised [Doe] for his courage.", "positive"),
        ("The vote against [Doe] took an hour.", "negative"),
        ("Trust in [Doe] grew.", "positive"),
        ("The attack by [Doe] was brief.", "negative"),
        ("Doe's attack on [Roe] was brief.", "negative"),
        ("[Doe]'s victory was clear.", "positive"),
        ("[Doe], a convicted fraudster, left.", "negative"),
        ("[Doe] was brave and honest.", "positive"),
        ("[Doe] Slammed Over Failed Deal", "negative"),
        ("A [Doe]-led coup failed.", "negative"),
    ],
)
def test_signs(sentence: str, tone: str) -> None:
    assert read(sentence)[1] == tone


@pytest.mark.parametrize("text", ["", " ", "\n", "…", "lied", "\u0301", "\U0001f600"])
def test_sentences_without_a_word_beside_the_mention(text: str) -> None:
    assert find_cues(Sentence(text), 0, len(text)) == []


# Words that the rules do not read in a frame that should show them: adjectives taken for verbs, phrases
# that end in a word the rules do not know as a preposition or whose lemma is another verb's.
MISSED = set(
    "corrupt fake foul overpaid profane articulate assured calm finest humble perfect promising reasoned "
    "disciplined".split()
) | {
    "close in on", "go after", "lay into", "lay off", "lose faith in", "weed out", "fall in behind",
    "fall in with", "look after", "name after", "stand by", "stick by", "swear by", "peter out",
}  # fmt: skip


@pytest.mark.parametrize(
    ("role", "frame"),
    [
        ("subject", "[Doe] did {} them."),
        ("object", "They will {} [Doe]."),
        ("owner", "[Doe]'s {} was plain."),
        ("owner", "[Doe] is a {}."),
        ("toward", "The {} against [Doe] grew."),
        ("toward", "[Doe] faced {}."),
        ("adverb", "[Doe] {} went in."),
        ("adjective", "[Doe] is {}."),
        ("adjective", "The {} [Doe] left."),
        ("phrasal subject", "[Doe] will {} them."),
        ("phrasal object", "They will {} [Doe]."),
    ],
)
def test_every_listed_word_speaks_in_its_role(role: str, frame: str) -> None:
    tones = {1: "positive", -1: "negative"}
    wrong = {word for word, sign in tone_roles()[role].items() if read(frame.format(word))[1] != tones[sign]}
    assert wrong - MISSED == set()


WORDS = (
    "Doe lied the a corrupt , . ; and who was accused of by against praise called said not lack "
    "denied Roe's ’s n't isn’t — ( ) “ ” liar to come under cast doubt on e\u0301 "
    "\u200d \u05d3 \u0661 İstanbul ß \U0001f600 \x1e"
).split(" ")


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.data())
def test_any_sentence_has_cues_in_order_outside_the_mention_and_the_quotes(
    words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    start, end, *quoted = edges
    cues = find_cues(Sentence(text), start, end, [(quoted[0], quoted[1])])
    assert [c.start for c in cues] == sorted({c.start for c in cues})
    for cue in cues:
        assert 0 <= cue.start < cue.end <= len(text)
        assert start == end or cue.end <= start or cue.start >= end
        assert not quoted[0] <= cue.start < quoted[1]
        assert abs(cue.weight) in (0.25, 0.5, 1.0, 2.0)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.text(max_size=40))
def test_tokens_stand_where_they_say(text: str) -> None:
    tokens = find_tokens(text)
    assert all(len(t.text) == t.end - t.start for t in tokens)
    assert all(a.end <= b.start for a, b in itertools.pairwise(tokens))
    between = "".join(c for i, c in enumerate(text) if not any(t.start <= i < t.end for t in tokens))
    assert not between.strip()


@pytest.mark.parametrize(
    ("score", "tone"),
    [
        (2.0, "positive"), (0.5, "positive"), (0.49, "neutral"), (0.0, "neutral"), (-0.49, "neutral"),
        (-0.5, "negative"), (-7.0, "negative"),
    ],
)  # fmt: skip
def test_judge(score: float, tone: str) -> None:
    assert judge(score) == tone


# ---- word lists ---------------------------------------------------------------------------------


def word_lists() -> dict[str, list[str]]:
    """Every list of data/tone.toml by its place in the file."""
    lists = {}
    for section, content in read_vocabulary("tone").items():
        for name, value in content.items():
            if isinstance(value, dict):
                lists |= {f"{section} {name} {inner}": words for inner, words in value.items()}
            elif section != "forms":
                lists[f"{section} {name}"] = value
    return lists


def test_the_lists_there_are() -> None:
    roles = [f"{side}_{sign}" for side in ("subject", "object") for sign in ("negative", "positive")]
    assert set(word_lists()) == {
        *(f"verbs {role}" for role in roles),
        *(f"verbs phrasal {role}" for role in roles),
        *(f"nouns {side}_{sign}" for side in ("owner", "toward") for sign in ("negative", "positive")),
        *(f"{kind} {sign}" for kind in ("adjectives", "adverbs") for sign in ("negative", "positive")),
        *(f"particles {kind}" for kind in ("negators", "reversers", "reporting")),
    }


@pytest.mark.parametrize("name", word_lists())
def test_lists_are_sorted_without_repeats_and_in_lower_case(name: str) -> None:
    words = word_lists()[name]
    assert words
    assert words == sorted(set(words))
    assert [w for w in words if w != " ".join(w.lower().split())] == []
    lengths = {len(w.split()) for w in words}
    assert lengths <= ({2, 3} if "phrasal" in name else {1})


@pytest.mark.parametrize("name", [n for n in word_lists() if n.endswith("negative")])
def test_no_word_has_both_polarities_of_a_role(name: str) -> None:
    lists = word_lists()
    assert set(lists[name]) & set(lists[name.removesuffix("negative") + "positive"]) == set()


def test_negators_are_no_reversers() -> None:
    lists = word_lists()
    assert set(lists["particles negators"]) & set(lists["particles reversers"]) == set()


def test_the_roles_are_those_that_the_rules_read() -> None:
    """With every word of the file in one of them."""
    roles = tone_roles()
    assert set(roles) == {
        "subject", "object", "phrasal subject", "phrasal object", "owner", "toward", "adjective", "adverb",
    }  # fmt: skip
    lists = {name: words for name, words in word_lists().items() if not name.startswith("particles")}
    assert sum(map(len, roles.values())) == sum(map(len, lists.values()))
    signs = {sign for role in roles.values() for sign in role.values()}
    assert signs == {1, -1}


# ---- tables -------------------------------------------------------------------------------------

STATES = """
[[actor]]
name = "Norway"
type = "state"
adjectives = ["Norwegian"]
capitals = ["Oslo"]

[[actor]]
name = "Sweden"
type = "state"

[[actor]]
name = "Anna Berg"
type = "person"
affiliation = "norway"
descriptions = ["foreign minister"]
"""


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., tuple[Corpus, pd.DataFrame]]:
    """A corpus of one article an outlet, and its tones."""

    def made(**texts: str) -> tuple[Corpus, pd.DataFrame]:
        (tmp_path / "actors.toml").write_text(STATES, encoding="utf-8")
        rows = "".join(f"{name}.txt,Outlet {name}\n" for name in texts)
        (tmp_path / "articles.csv").write_text(f"file,outlet\n{rows}", encoding="utf-8")
        for name, text in texts.items():
            (tmp_path / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8", newline="")
        corpus = load_corpus(tmp_path)
        return corpus, find_tone(corpus, find_mentions(corpus))

    return made


Make = Callable[..., tuple[Corpus, pd.DataFrame]]


@pytest.fixture(scope="session")
def bundled_tones(bundled: Corpus, bundled_mentions: pd.DataFrame) -> pd.DataFrame:
    return find_tone(bundled, bundled_mentions)


def test_what_is_judged_by_hand(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    """No title, no adjective, no place, nothing in quotation marks."""
    tones = find_tone(toy, toy_mentions)
    assert list(tones.columns) == [
        "article_id", "outlet", "block_id", "sentence_id", "start", "end", "text", "actor_id", "tone",
        "score", "cues", "cue_start", "cue_end",
    ]  # fmt: skip
    assert list(tones[["article_id", "start", "text"]].itertuples(index=False, name=None)) == [
        ("a", 0, "Anna Berg"), ("a", 17, "Szohod"), ("a", 52, "Anna Berg"), ("a", 91, "Ms. Berg"),
        ("a", 110, "Jon Stone"), ("a", 121, "NRK"), ("a", 132, "Norway"), ("a", 132, "Norway’s navy"),
        ("a", 198, "Mr. Stone"), ("b", 0, "Stone"), ("b", 14, "Norway"), ("b", 22, "Jon Stone"),
        ("b", 35, "East Borduria"), ("b", 57, "Norway"), ("c", 4, "East"), ("c", 26, "Norway"),
        ("c", 76, "East"), ("c", 85, "West Borduria"),
    ]  # fmt: skip
    praised = tones[(tones["article_id"] == "b") & (tones["text"] == "Norway")]
    assert praised[["tone", "score", "cues", "cue_start", "cue_end"]].to_numpy().tolist() == [
        ["positive", 2.0, "praises +2 (object)", 6, 13],
        ["positive", 2.0, "praised +2 (object)", 49, 56],
    ]


def test_only_the_kinds_that_stand_for_the_actor(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    names = toy_mentions[toy_mentions["kind"] == "named"]
    n_judged = {kind: len(find_tone(toy, names.assign(kind=kind))) for kind in KINDS}
    assert n_judged == {"named": 18, "nominal": 18, "pronoun": 18, "title": 0, "demonym": 0}
    assert len(find_tone(toy, names.assign(use="place"))) == 0
    assert len(find_tone(toy, names.assign(in_quote=True))) == 0


def test_rows_in_any_order_give_the_same(toy: Corpus, toy_mentions: pd.DataFrame) -> None:
    shuffled = toy_mentions.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(find_tone(toy, shuffled), find_tone(toy, toy_mentions))


def test_quoted_words_are_not_the_outlets(make: Make) -> None:
    _, tones = make(a="Norway was praised. “Norway lied,” Berg said. Norway is “corrupt” and weak.")
    assert tones.loc[tones["actor_id"] == "norway", ["start", "tone", "cues"]].to_numpy().tolist() == [
        [0, "positive", "praised +2 (passive)"],
        [46, "negative", "weak -1 (after)"],
    ]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Norway lied and cheated.", "lied"),
        ("Norway stood up for the weak.", "stood up for"),
        ("Sweden lied. Norway was not praised.", "praised"),
        ("Norway left.", "Norway"),
    ],
)
def test_the_strongest_cue_on_the_side_of_the_score(text: str, cue: str, make: Make) -> None:
    corpus, tones = make(a=text)
    (row,) = tones[tones["text"] == "Norway"].itertuples()
    assert corpus.raw("a")[row.cue_start : row.cue_end] == cue


def test_cues_lead_back_to_the_text(bundled: Corpus, bundled_tones: pd.DataFrame) -> None:
    tones = bundled_tones
    with_cues = tones[tones["cues"] != ""]
    assert len(with_cues) > 50
    for row in with_cues.itertuples():
        cues = re.findall(r"(?:^|; )(.+?) ([+-][\d.]+) \([^)]*\)", row.cues)
        weights = [float(weight) for _, weight in cues]
        assert sum(weights) == row.score
        strongest = (max if row.score > 0 else min)(weights)
        evidence = bundled.raw(row.article_id)[row.cue_start : row.cue_end]
        assert evidence in [
            cue for (cue, _), w in zip(cues, weights, strict=True) if w == strongest or row.score == 0
        ]
        assert judge(row.score) == row.tone
    without = tones[tones["cues"] == ""]
    assert (without["cue_start"] == without["start"]).all()
    assert (without["cue_end"] == without["end"]).all()
    assert set(without["tone"]) == {"neutral"}
    quoted = {
        (a, at)
        for a in bundled.articles["article_id"]
        for start, end in bundled.quoted_spans(a)
        for at in range(start, end)
    }
    starts = zip(with_cues["article_id"], with_cues["cue_start"], strict=True)
    assert not quoted.intersection(starts)


# article, start of the mention: tone and score
MADE_UP = {
    ("a", 17): ("positive", 0.5),
    ("a", 132): ("negative", -2.0),
    ("b", 14): ("negative", -1.0),
    ("b", 35): ("neutral", 0.0),
    ("b", 57): ("positive", 2.0),
    ("c", 4): ("positive", 2.0),
    ("c", 26): ("neutral", 0.0),
    ("c", 76): ("negative", -2.5),
}


@pytest.fixture
def made_up(toy: Corpus, toy_mentions: pd.DataFrame) -> pd.DataFrame:
    """Tones of the toy corpus that the rules had no part in."""
    tones = find_tone(toy, toy_mentions)
    tones = tones[tones["actor_id"].isin(["norway", "east_borduria"])].reset_index(drop=True)
    given = [MADE_UP[key] for key in zip(tones["article_id"], tones["start"], strict=True)]
    return tones.assign(
        tone=[tone for tone, _ in given],
        score=[score for _, score in given],
        cue_start=tones["start"],
        cue_end=tones["end"],
    )


COUNTS = ["group", "actor_id", "n", "n_negative", "n_neutral", "n_positive"]


def test_compared_by_hand(toy: Corpus, made_up: pd.DataFrame) -> None:
    table = compare_tone(toy, made_up)
    assert list(table.columns) == [
        "group", "actor_id", "actor", "affiliation", "n", "n_negative", "n_neutral", "n_positive", "net_tone",
        "net_low", "net_high", "net_rest", "difference", "loo_low", "loo_high", "boot_low", "boot_high",
        "p_value", "lowest_p", "q_value", "n_articles_group", "example", "example_tone",
    ]  # fmt: skip
    assert list(table[COUNTS].itertuples(index=False, name=None)) == [
        ("Daily", "norway", 3, 2, 0, 1),
        ("Daily", "east_borduria", 2, 0, 1, 1),
        ("unknown outlet (c)", "east_borduria", 2, 1, 0, 1),
        ("unknown outlet (c)", "norway", 1, 0, 1, 0),
    ]
    numbers = ["net_tone", "net_rest", "difference", "loo_low", "loo_high", "p_value", "lowest_p"]
    # Left out of Daily's Norway: a leaves (-1 + 1) / 2, b leaves -1. All three ways to deal the articles to
    # Daily give at least 1/3. East Borduria's pooled sums of a, b and c are 1 of 1, 0 of 1 and 0 of 2.
    expected = [
        [-1 / 3, 0, -1 / 3, -1, 0, 1, 1 / 3],
        [1 / 2, 0, 1 / 2, 0, 1, 2 / 3, 1 / 3],
        [0, 1 / 2, -1 / 2, -1, 0, 2 / 3, 1 / 3],
        [0, -1 / 3, 1 / 3, 0, 1, 1, 1 / 3],
    ]
    assert table[numbers].to_numpy().tolist() == [pytest.approx(row) for row in expected]
    assert table["q_value"].isna().all()
    assert table["n_articles_group"].tolist() == [2, 2, 1, 1]
    assert table[["example_tone", "example"]].to_numpy().tolist() == [
        ["negative", "Norway’s navy sent no ship."],
        ["positive", "Anna Berg Visits Szohod"],
        ["negative", "Norwegians and East and West Borduria disagree."],
        ["", ""],
    ]
    assert table[["actor", "affiliation"]].iloc[0].tolist() == ["Norway", "norway"]


def test_compared_by_article(toy: Corpus, made_up: pd.DataFrame) -> None:
    table = compare_tone(toy, made_up, by="article_id")
    assert list(table[[*COUNTS, "net_tone"]].itertuples(index=False, name=None)) == [
        ("a", "east_borduria", 1, 0, 0, 1, 1.0),
        ("a", "norway", 1, 1, 0, 0, -1.0),
        ("b", "norway", 2, 1, 0, 1, 0.0),
        ("b", "east_borduria", 1, 0, 1, 0, 0.0),
        ("c", "east_borduria", 2, 1, 0, 1, 0.0),
        ("c", "norway", 1, 0, 1, 0, 0.0),
    ]


@pytest.mark.parametrize("by", ["actor_id", "Outlet", ""])
def test_an_unknown_group_is_an_error(by: str, toy: Corpus, made_up: pd.DataFrame) -> None:
    sentence = f"^tone cannot be compared by '{by}': expected 'outlet' or 'article_id'$"
    with pytest.raises(InputError, match=sentence):
        compare_tone(toy, made_up, by=by)


def test_one_outlet_alone_has_nothing_to_be_compared_with(make: Make) -> None:
    corpus, tones = make(a="Norway lied. Sweden was praised.")
    table = compare_tone(corpus, tones)
    assert table[["actor_id", "net_tone", "p_value", "lowest_p"]].to_numpy().tolist() == [
        ["norway", -1.0, 1.0, 1.0],
        ["sweden", 1.0, 1.0, 1.0],
    ]
    assert table[["net_rest", "difference", "loo_low", "boot_high", "q_value"]].isna().all(axis=None)


@pytest.mark.parametrize("by", ["outlet", "article_id"])
def test_bundled_counts_are_those_of_the_tones(by: str, bundled: Corpus, bundled_tones: pd.DataFrame) -> None:
    tones = bundled_tones
    table = compare_tone(bundled, tones, by=by).set_index(["group", "actor_id"])
    for tone in TONES:
        counted = tones[tones["tone"] == tone].groupby([by, "actor_id"]).size().to_dict()
        found = {key: n for key, n in table[f"n_{tone}"].to_dict().items() if n}
        assert found == counted
    assert table["n"].to_dict() == tones.groupby([by, "actor_id"]).size().to_dict()
    assert len(table) == tones.groupby([by, "actor_id"]).ngroups
    assert ((table["net_low"] <= table["net_tone"]) & (table["net_tone"] <= table["net_high"])).all()


def test_a_lone_actor_without_tone_is_not_lost(make: Make) -> None:
    corpus, tones = make(a="Norway left.", b="Norway lied.")
    assert compare_tone(corpus, tones)[["group", "n", "net_tone"]].to_numpy().tolist() == [
        ["Outlet a", 1, 0.0],
        ["Outlet b", 1, -1.0],
    ]


def test_a_corpus_without_mentions_has_no_tone(make: Make) -> None:
    corpus, tones = make(a="It rained.")
    assert len(tones) == 0
    assert len(compare_tone(corpus, tones)) == 0


# ---- examples -----------------------------------------------------------------------------------


def check_excerpt(example: str, sentence: str, mention: str, cue: str) -> None:
    """It is some 110 characters of the sentence, whole words, with both; more where both need more."""
    sentence = " ".join(sentence.split())
    shown = example.removeprefix("… ").removesuffix(" …")
    assert re.search(rf"(?<!\w){re.escape(shown)}(?!\w)", sentence)
    assert example.startswith("… ") != sentence.startswith(shown)
    assert example.endswith(" …") != sentence.endswith(shown)
    assert mention in shown
    assert cue in shown
    if len(example) > 130:
        assert shown.startswith((mention, cue))
        assert shown.endswith((mention, cue))
    else:
        assert len(shown) > 80 or shown == sentence


FILLER = "in the old town hall by the river on the second evening of the long conference"
LIST = "Anna Lindqvist, Bertram Blumenfeld, Constantin Christopherson, Desdemona Delacroix-Montgomery"


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("Norway lied.", "lied"),
        ("Norway\u00a0lied.", "lied"),
        (f"{FILLER.capitalize()} Norway lied.", "lied"),
        (f"Norway lied {FILLER} {FILLER}.", "lied"),
        (f"{FILLER.capitalize()} Norway lied {FILLER} {FILLER}.", "lied"),
        (f"{FILLER.capitalize()} {FILLER} the board accused Norway", "accused"),
        (f"The embattled Norway left {FILLER} {FILLER}.", "embattled"),
        (f"Norway {'x' * 150} lied.", "lied"),
        (f"The board accused {LIST}, Ebenezer Entwistle and Norway.", "accused"),
    ],
)  # fmt: skip
def test_excerpts(sentence: str, cue: str, make: Make) -> None:
    corpus, tones = make(a=sentence)
    (example,) = compare_tone(corpus, tones)["example"]
    check_excerpt(example, sentence, "Norway", cue)


@pytest.mark.parametrize("by", ["outlet", "article_id"])
def test_bundled_excerpts(by: str, bundled: Corpus, bundled_tones: pd.DataFrame) -> None:
    tones = bundled_tones
    table = compare_tone(bundled, tones, by=by)
    texts = bundled.sentences.set_index(["article_id", "sentence_id"])["text"]
    examples = table[table["example"] != ""]
    assert len(examples) > 20
    for row in examples.itertuples():
        same = tones[(tones[by] == row.group) & (tones["actor_id"] == row.actor_id)]
        same = same[same["tone"] == row.example_tone]
        strongest = same.loc[same["score"].abs().idxmax()]
        cue = bundled.raw(strongest["article_id"])[strongest["cue_start"] : strongest["cue_end"]]
        sentence = texts[strongest["article_id"], strongest["sentence_id"]]
        check_excerpt(row.example, sentence, " ".join(strongest["text"].split()), cue)


def test_tones_that_are_all_neutral_have_no_example(make: Make) -> None:
    corpus, tones = make(a="Norway left. Sweden stayed.")
    assert compare_tone(corpus, tones)["example"].tolist() == ["", ""]


# ---- check set ----------------------------------------------------------------------------------


def brute_force(label: list[str], tone: list[str]) -> list[float]:
    """Macro-F1 and accuracy from precision and recall, in plain Python."""
    f1 = []
    for kind in TONES:
        both = sum(a == b == kind for a, b in zip(label, tone, strict=True))
        precision = both / tone.count(kind) if kind in tone else 0.0
        recall = both / label.count(kind) if kind in label else 0.0
        f1.append(2 * precision * recall / (precision + recall) if both else 0.0)
    return [sum(f1) / 3, sum(a == b for a, b in zip(label, tone, strict=True)) / len(label)]


PAIRS = st.lists(st.tuples(st.sampled_from(TONES), st.sampled_from(TONES)), min_size=1, max_size=30)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(PAIRS)
def test_scores_against_brute_force(pairs: list[tuple[str, str]]) -> None:
    checked = pd.DataFrame(pairs, columns=["label", "tone"])
    scores = score_tone(checked, n_draws=40)
    assert list(scores.index) == ["macro-F1", "accuracy"]
    assert list(scores.columns) == ["value", "low", "high"]
    assert scores["value"].tolist() == pytest.approx(brute_force(*map(list, zip(*pairs, strict=True))))
    assert ((scores["low"] >= 0) & (scores["low"] <= scores["high"]) & (scores["high"] <= 1)).all()


def test_ranges_are_quantiles_of_resamples() -> None:
    """Of 60 right and 40 wrong: 0.6, give or take 1.96 standard errors of 0.049."""
    checked = pd.DataFrame({"label": ["neutral"] * 100, "tone": ["neutral"] * 60 + ["positive"] * 40})
    scores = score_tone(checked)
    assert scores.loc["accuracy", "value"] == 0.6
    assert scores.loc["accuracy", ["low", "high"]].tolist() == pytest.approx([0.504, 0.696], abs=0.01)
    pd.testing.assert_frame_equal(scores, score_tone(checked))


def test_the_check_set_is_what_its_file_says() -> None:
    lines = files("helpers").joinpath("data/tone_check.tsv").read_text(encoding="utf-8").splitlines()
    header, *rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert header == ["text", "start", "end", "target", "label"]
    assert len(rows) == 240
    for text, start, end, target, label in rows:
        assert target
        assert text[int(start) : int(end)] == target
        assert label in TONES
    assert len({(text, start) for text, start, *_ in rows}) == 240
    checked = check_tone()
    assert list(checked.columns) == ["text", "target", "label", "tone"]
    assert checked[["text", "target", "label"]].to_numpy().tolist() == [[r[0], r[3], r[4]] for r in rows]
    assert set(checked["tone"]) <= set(TONES)


def test_the_rules_beat_one_answer_always() -> None:
    checked = check_tone()
    assert checked["label"].value_counts().to_dict() == {"neutral": 108, "negative": 79, "positive": 53}
    scores = score_tone(checked, n_draws=200)
    always = score_tone(checked.assign(tone="neutral"), n_draws=200)
    # 2 * 108 / (240 + 108) for neutral, nothing for the others
    assert always["value"].tolist() == pytest.approx([2 * 108 / 348 / 3, 108 / 240])
    assert (scores["low"] > always["high"]).loc["macro-F1"]
    assert (scores["value"] > 0.54).all()


@pytest.mark.parametrize(("labels", "n_draws"), [(["good"], 10), (["neutral"], 0), ([], 10)])
def test_what_cannot_be_scored_is_an_error(labels: list[str], n_draws: int) -> None:
    checked = pd.DataFrame({"label": labels, "tone": ["neutral"] * len(labels)})
    with pytest.raises(InputError, match=r"^the tone cannot be scored: expected labels and tones among"):
        score_tone(checked, n_draws=n_draws)

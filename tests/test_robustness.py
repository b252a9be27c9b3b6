"""Which findings hold: every answer is found again through the public functions, and flips are planted."""

from collections import Counter
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from conftest import ACTORS

from helpers import (
    Corpus,
    InputError,
    check_findings,
    compare_voices,
    compare_words,
    count_cooccurrences,
    count_mentions,
    count_outcomes,
    count_voices,
    find_all_words,
    find_labels,
    find_listed_words,
    find_mentions,
    find_quotes,
    leave_out_nested,
    load_corpus,
    load_word_lists,
    measure_actors,
    robustness,
    uncertainty,
    weigh_cooccurrences,
)
from helpers.robustness import (
    VARIANTS,
    Choices,
    _best,
    _Finding,
    _Found,
    _judge,
    _lead,
    _list_variants,
    _Reading,
    _say,
    _say_runner_up,
    _score,
)

COLUMNS = ["question", "answer", "runner_up", "choice", "variant", "answer_here", "outcome"]


ALIASES = ["all", "no short names, no roles", "capital cities left out"]


@pytest.fixture(scope="module")
def checked(bundled: Corpus) -> pd.DataFrame:
    return check_findings(bundled)


@pytest.fixture(scope="module")
def found(bundled: Corpus) -> dict[str, _Found]:
    return {aliases: _Found.find(bundled, aliases) for aliases in ALIASES}


@pytest.fixture
def articles_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the other variants out, where only articles matter: it takes half the time."""
    monkeypatch.setattr(robustness, "VARIANTS", ())


def make(folder: Path, articles: dict[str, tuple[str, str]], actors: str = ACTORS) -> Corpus:
    """A corpus of articles: by name, outlet and text."""
    folder.mkdir()
    rows = [f"{name}.txt,{outlet}\n" for name, (outlet, _) in articles.items()]
    (folder / "articles.csv").write_text("file,outlet\n" + "".join(rows), encoding="utf-8")
    (folder / "actors.toml").write_text(actors, encoding="utf-8")
    for name, (_, text) in articles.items():
        (folder / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    return load_corpus(folder)


def read_outcomes(checked: pd.DataFrame, question: str) -> dict[str, tuple[str, str]]:
    rows = checked[checked["question"] == question]
    return dict(zip(rows["variant"], zip(rows["answer_here"], rows["outcome"], strict=True), strict=True))


# --- answers in words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "values", "best"),
    [
        (["b", "a", "c"], [1, 3, 2], ("a",)),
        (["c", "a", "b"], [2, 1, 2], ("b", "c")),
        (["a", "b"], [0, 0], ()),
        (["a", "b"], [-1, -2], ()),
        (["a", "b"], [float("nan"), 1], ("b",)),
        (["a", "b"], [0.1 + 0.2, 0.3], ("a", "b")),  # the last digit decides nothing
        (["b", "a", "b"], [2, 3, 2], ("b",)),  # those of one name count together
        ([], [], ()),
    ],
)
def test_the_best_is_the_largest_above_zero_and_ties_share(
    names: list[str], values: list[float], best: tuple[str, ...]
) -> None:
    assert _best(_score(names, values)) == best


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((), "none"),
        (("a",), "a"),
        (("a", "b"), "a = b"),
        (("a", "b", "c"), "a = b (+ 1 more)"),
        (("a", "b", "c", "d"), "a = b (+ 2 more)"),
    ],
)
def test_an_answer_is_said_with_two_names_at_most(answer: tuple[str, ...], words: str) -> None:
    assert _say(answer) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"a": 0.375, "b": 0.357}, "b (0.357 against 0.375)"),
        ({"a": 12, "b": 12, "c": 3, "d": 1}, "c (3 against 12)"),  # who ties for the lead is not next
        ({"a": 3, "c": 2, "b": 2}, "b = c (2 against 3)"),
        ({"a": 3}, ""),
        ({"a": 3, "b": 0}, ""),
        ({}, ""),
    ],
)
def test_the_runner_up_is_the_next_lower_value(values: dict[str, float], words: str) -> None:
    assert _say_runner_up(_score(values, values.values())) == words


@pytest.mark.parametrize(
    ("outlets", "leads"),
    [
        ([{"a": 2, "b": 1}, {"a": 9}, {"b": 1}], {"a": 2, "b": 1}),
        ([{"a": 2, "b": 2}, {"b": 1}], {"b": 2, "a": 1}),  # who shares a lead has it
        ([{"a": 1}, {}], {"a": 1}),
        ([{}, {}], {}),
        ([], {}),
    ],
)
def test_leads_are_counted_over_the_outlets(outlets: list[dict[str, float]], leads: dict[str, float]) -> None:
    assert _lead(_score(part, part.values()) for part in outlets).to_dict() == leads


@pytest.mark.parametrize(
    ("base", "here", "outcome"),
    [
        (("a",), ("a",), "holds"),
        (("a", "b"), ("a", "b"), "holds"),
        ((), (), "holds"),
        (("a",), ("a", "b"), "ties"),
        (("a", "b"), ("b",), "ties"),
        (("a",), ("b",), "flips"),
        (("a",), (), "flips"),
        ((), ("a",), "flips"),
    ],
)
def test_an_answer_holds_ties_or_flips(
    toy: Corpus, base: tuple[str, ...], here: tuple[str, ...], outcome: str
) -> None:
    reading = _Reading(SimpleNamespace(corpus=toy), Choices())  # type: ignore[arg-type]
    finding = _Finding("Who?", lambda _: _score(here, [2.0] * len(here)), ("prior",))
    assert _judge(finding, reading, base, set()) == (_say(here), outcome)


@pytest.mark.parametrize(
    ("finding", "base", "lost", "left_out", "asked"),
    [
        ({"outlet": "Daily"}, ("war",), {"Daily"}, "", False),
        ({"outlet": "Daily"}, ("war",), {"Post"}, "", True),
        ({"names_outlet": True}, ("Daily",), {"Daily"}, "", False),  # the answer itself is gone
        ({"names_outlet": True}, ("Daily", "Post"), {"Post"}, "", False),
        ({}, ("Daily",), {"Daily"}, "", True),  # an actor of the same name is not
        ({"compares": True}, ("war",), set(), "c", False),  # one outlet is left
        ({"compares": True}, ("war",), set(), "a", True),
        ({}, ("war",), set(), "c", True),
    ],
)
def test_a_question_cannot_be_asked_without_its_outlet(
    toy: Corpus, finding: dict[str, object], base: tuple[str, ...], lost: set[str], left_out: str, asked: bool
) -> None:
    corpus = toy.without(left_out) if left_out else toy
    reading = _Reading(SimpleNamespace(corpus=corpus), Choices())  # type: ignore[arg-type]
    judged = _judge(
        _Finding("Who?", lambda _: _score(base, [1.0] * len(base)), (), **finding), reading, base, lost
    )  # type: ignore[arg-type]
    assert judged == ((_say(base), "holds") if asked else ("", "cannot be asked"))


# --- every answer again, by another way --------------------------------------------------------------------


Scores = "pd.Series[float]"


def _rank(values: Scores) -> list[list[str]]:
    """The names of the largest value, of the next, and so on."""
    values = values.astype(float).round(9)
    return [sorted(values.index[values == v]) for v in sorted({v for v in values if v > 0}, reverse=True)]


def _name(names: list[str]) -> str:
    return " = ".join(names[:2]) + (f" (+ {len(names) - 2} more)" if len(names) > 2 else "")


def _top(values: Scores) -> str:
    """The name of the largest value, as an answer is said."""
    return _name(_rank(values)[0]) if _rank(values) else "none"


def _next(values: Scores) -> str:
    """The name of the next value, with both."""
    if len(_rank(values)) < 2:
        return ""
    first, second = (values[names[0]] for names in _rank(values)[:2])
    return f"{_name(_rank(values)[1])} ({second:.3g} against {first:.3g})"


def _leads(outlets: list[Scores]) -> Scores:
    return pd.Series(Counter(name for values in outlets for names in _rank(values)[:1] for name in names))


# Which rows, words and ways each variant stands for, written down apart from the code.
USUAL = ["named", "nominal", "demonym"]
WINDOWS = {
    "windows of 3 sentences": "3 sentences", "windows of a paragraph": "paragraph",
    "windows of an article": "article",
}  # fmt: skip
WEIGHTS = {"weight: Jaccard": "jaccard", "weight: NPMI": "npmi"}
PRIORS = {"prior of 10 words": 10, "prior of 1,000 words": 1000}
OTHERS = [
    "no name in a name", "places too", "counted as their state", *ALIASES[1:], "function words too",
    "quoted words too",
]  # fmt: skip
KINDS = {
    "names only": ["named"], "names and adjectives": ["named", "demonym"], "titles too": [*USUAL, "title"],
}  # fmt: skip


class Again:
    """The answers of one variant, by the public functions."""

    def __init__(self, tables: _Found, variant: str) -> None:
        self.corpus, self.variant, self.tables = tables.corpus, variant, tables
        mentions = tables.mentions
        if variant == "no name in a name":
            mentions = leave_out_nested(mentions)
        self.mentions = mentions[mentions["kind"].isin(KINDS.get(variant, USUAL))]
        self.how = {
            "rolled_up": variant == "counted as their state",
            "use": None if variant == "places too" else "actor",
        }

    def counts(self) -> pd.DataFrame:
        return count_mentions(self.corpus, self.mentions, **self.how)  # type: ignore[arg-type]

    @cached_property
    def pairs(self) -> pd.DataFrame:
        within, weight = WINDOWS.get(self.variant, "sentence"), WEIGHTS.get(self.variant, "raw")
        edges = count_cooccurrences(self.corpus, self.mentions, within, **self.how)  # type: ignore[arg-type]
        edges = weigh_cooccurrences(edges, weight)
        return edges.assign(both=edges["source_name"] + " + " + edges["target_name"])

    def scores(self, question: str) -> Scores:
        ways: dict[str, Callable[[], Scores]] = {
            "Who is mentioned most in": self.leaders, "Which person is": self.person,
            "Which frame": self.frames, "Where do most labels": self.honorifics, "Which side": self.side,
            "Which outlet has": self.own_words, "Which two are": self.pair, "Which two persons": self.persons,
            "Over whom": self.link,
        }  # fmt: skip
        for beginning, way in ways.items():
            if question.startswith(beginning):
                return way()
        if question.startswith("Which word sets "):
            return self.word(question.removeprefix("Which word sets ").removesuffix(" apart?"))
        if question.startswith("Who stands beside "):
            return self.beside(question.removeprefix("Who stands beside ").removesuffix(" most?"))
        name = question.removeprefix("Which outlet mentions ").removesuffix(" most, per 1,000 words?")
        counts = self.counts()
        return counts[counts["actor"] == name].set_index("outlet")["mentions_per_1000_words"]

    def leaders(self) -> Scores:
        return _leads([p.set_index("actor")["n_mentions"] for _, p in self.counts().groupby("outlet")])

    def person(self) -> Scores:
        counts = self.counts()
        return counts[counts["type"] == "person"].groupby("actor")["n_mentions"].sum()

    @cached_property
    def words(self) -> pd.DataFrame:
        words = self.tables.words[~self.tables.words["in_name"]]
        if self.variant != "function words too":
            words = words[~words["is_function_word"]]
        if self.variant != "quoted words too":
            words = words[~words["in_quote"]]
        return compare_words(self.corpus, words, alpha_total=PRIORS.get(self.variant, 100))

    def word(self, outlet: str) -> Scores:
        return self.words[self.words["group"] == outlet].set_index("word")["z"]

    def frames(self) -> Scores:
        listed = self.tables.listed
        listed = listed if self.variant == "quoted words too" else listed[~listed["in_quote"]]
        name = {wl.id: wl.name for wl in load_word_lists("frames", self.corpus.folder)}
        outlets = sorted(set(self.corpus.articles["outlet"]))
        return _leads([listed[listed["outlet"] == o]["frame"].map(name).value_counts() for o in outlets])

    def honorifics(self) -> Scores:
        names = find_labels(self.corpus, self.tables.mentions)
        names = names[(names["subject_type"] == "person") & (names["use"] == "actor")]
        if self.variant != "quoted words too":
            names = names[names["voice"] == "own"]
        parts = names.groupby("outlet")["form"]
        return pd.Series({outlet: (forms == "Mr.").sum() / len(forms) for outlet, forms in parts})

    def side(self) -> Scores:
        voices = count_voices(self.corpus, self.tables.quotes, level="side")
        told = voices[(voices["voice_id"] != "own voice") & (voices["voice_id"] != "")]
        totals = told.groupby("voice_id")["n_words"].sum()
        return totals.rename({a: actor.name for a, actor in self.corpus.actors.items()})

    def own_words(self) -> Scores:
        return compare_voices(self.corpus, self.tables.quotes).set_index("group")["share_own"]

    def pair(self) -> Scores:
        return self.pairs.set_index("both")["weight"]

    def persons(self) -> Scores:
        persons = {a for a, actor in self.corpus.actors.items() if actor.type == "person"}
        ends = zip(self.pairs["source"], self.pairs["target"], strict=True)
        return self.pairs[[{source, target} <= persons for source, target in ends]].set_index("both")[
            "weight"
        ]

    def beside(self, name: str) -> Scores:
        rows = self.pairs[["source_name", "target_name", "weight"]].itertuples(index=False, name=None)
        met = [({*pair} - {name}, weight) for *pair, weight in rows if name in pair]
        return pd.Series({partner.pop(): float(weight) for partner, weight in met})

    def link(self) -> Scores:
        return measure_actors(self.pairs).set_index("actor")["betweenness"]


def test_every_answer_is_found_again_through_the_public_functions(
    checked: pd.DataFrame, found: dict[str, _Found], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uncertainty, "BOOTSTRAPS", 2)  # ranges are not asked for
    corpus = found["all"].corpus
    assert [
        variant for _, variant, _ in VARIANTS if variant not in {*WINDOWS, *WEIGHTS, *PRIORS, *KINDS}
    ] == OTHERS
    base = checked.drop_duplicates("question").set_index("question")
    usual = Again(found["all"], "")
    assert base["answer"].to_dict() == {question: _top(usual.scores(question)) for question in base.index}
    assert base["runner_up"].to_dict() == {question: _next(usual.scores(question)) for question in base.index}
    assert (base["runner_up"] != "").sum() > 10
    for (choice, variant), rows in checked[checked["outcome"] != "cannot be asked"].groupby(
        ["choice", "variant"]
    ):
        tables = found.get(variant, found["all"])
        if choice == "articles":
            (left_out,) = (
                a for a in corpus.articles["article_id"] if a.startswith(variant.removeprefix("without "))
            )
            tables = tables.without(left_out)
        again = Again(tables, variant)
        expected = [_top(again.scores(question)) for question in rows["question"]]
        assert rows["answer_here"].tolist() == expected, variant


def test_every_variant_changes_what_is_counted(found: dict[str, _Found]) -> None:
    def read(choices: Choices) -> dict[str, list[object]]:
        reading = _Reading(found[choices.aliases], choices)
        return {
            "counts": reading.counts[["outlet", "actor_id", "n_mentions"]].to_numpy().tolist(),
            "pairs": reading.edges[["source", "target", "weight"]].to_numpy().tolist(),
            "words": reading.word_scores[["outlet", "word", "z"]].to_numpy().tolist(),
        }

    base = read(Choices())
    changes = {
        "window": {"pairs"}, "weight": {"pairs"}, "kinds": {"counts", "pairs"},
        "aliases": {"counts", "pairs", "words"}, "prior": {"words"}, "words": {"words"},
        "titles too": {"counts"},  # a title stands beside its name: no pair is new in a sentence
    }  # fmt: skip
    for choice, variant, change in VARIANTS:
        other = read(Choices(**change))  # type: ignore[arg-type]
        assert {name for name in base if base[name] != other[name]} == changes.get(variant, changes[choice])


def test_each_variant_is_tried_on_the_questions_it_bears_on_and_on_no_other(checked: pd.DataFrame) -> None:
    tried = checked.groupby("question", sort=False)["choice"].agg(set)
    assert checked.drop_duplicates("question")["question"].tolist() == list(tried.index)
    counting, pairs = {"kinds", "aliases", "articles"}, {"window", "kinds", "aliases", "articles"}
    words = {"prior", "words", "aliases", "articles"}
    expected = {
        "Who is": counting, "Which person": counting, "Which outlet mentions": counting,
        "Which word sets": words, "Where do": {"words", "aliases", "articles"},
        "Which frame": {"words", "articles"}, "Which side": {"aliases", "articles"},
        "Which outlet has": {"aliases", "articles"}, "Which two": pairs, "Who stands": pairs | {"weight"},
        "Over whom": pairs | {"weight"},
    }  # fmt: skip
    for question, choices in tried.items():
        (known,) = (wanted for beginning, wanted in expected.items() if str(question).startswith(beginning))
        assert choices == known, question
    assert sum(str(q).startswith("Which word sets") for q in tried.index) == 4
    # These make no sense: a state is no person, no function word is an honorific or one of a frame,
    # and short ways lead over the pairs that met once.
    for question, variant in [
        ("Which person", "counted as their state"), ("Which outlet mentions", "counted as their state"),
        ("Which two p", "counted as their state"), ("Where do", "function words too"),
        ("Which frame", "function words too"), ("Over whom", "weight: NPMI"),
    ]:  # fmt: skip
        assert variant not in set(checked["variant"][checked["question"].str.startswith(question)])
    assert not checked.duplicated(["question", "variant"]).any()
    assert set(checked["variant"]) == {variant for _, variant, _ in VARIANTS} | {
        f"without 00{k}" for k in range(5)
    }
    outcomes = checked.groupby("outcome").size()
    assert set(outcomes.index) == {"holds", "ties", "flips", "cannot be asked"}
    assert (checked["answer_here"] == "").sum() == outcomes["cannot be asked"]


# --- planted cases -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("articles_only")
def test_leaving_out_the_article_that_makes_a_person_lead_flips_or_ties(tmp_path: Path) -> None:
    corpus = make(
        tmp_path / "made",
        {
            "a": ("Daily", "Talks go on\n\nAnna Berg left. Anna Berg came back."),
            "b": ("Daily", "Talks end\n\nJon Stone left. Jon Stone spoke. Jon Stone came. Jon Stone sat."),
            "c": ("Post", "Talks again\n\nAnna Berg sat down. Later Jon Stone met Anna Berg for dinner."),
        },
    )  # fmt: skip
    checked = check_findings(corpus)
    person = read_outcomes(checked, "Which person is mentioned most?")  # Stone 5, Berg 4
    assert person["without a"] == ("Jon Stone", "holds")
    assert person["without b"] == ("Anna Berg", "flips")
    assert person["without c"] == ("Jon Stone", "holds")
    outlet = read_outcomes(checked, "Which outlet mentions Jon Stone most, per 1,000 words?")
    assert outlet["without a"] == ("Daily", "holds")
    assert outlet["without b"] == ("Post", "flips")
    assert outlet["without c"] == ("", "cannot be asked")
    pair = read_outcomes(checked, "Which two persons are together most?")
    assert pair["without b"] == ("Anna Berg + Jon Stone", "holds")
    assert pair["without c"] == ("none", "flips")
    counted = count_outcomes(checked).set_index("question")
    row = counted.loc["Which person is mentioned most?"]
    assert row["flips_with"] == "without b: Anna Berg" and row["n_flips"] == 1


@pytest.mark.usefixtures("articles_only")
def test_an_outlet_that_goes_does_not_change_who_leads_in_the_others(tmp_path: Path) -> None:
    norway, stone = "Talks go on\n\nNorway spoke. Norway left.", "Talks end\n\nJon Stone spoke and left."
    texts = {"a": ("Daily", norway), "b": ("Post", norway), "c": ("Radio", stone)}
    checked = check_findings(make(tmp_path / "made", texts))
    leads = read_outcomes(checked, "Who is mentioned most in most outlets?")
    assert leads == {
        "without a": ("Jon Stone = Norway", "ties"),
        "without b": ("Jon Stone = Norway", "ties"),
        "without c": ("Norway", "holds"),
    }
    assert set(checked["runner_up"][checked["question"].str.startswith("Who is")]) == {
        "Jon Stone (1 against 2)"
    }


@pytest.mark.usefixtures("articles_only")
def test_a_shared_first_place_ties(tmp_path: Path) -> None:
    corpus = make(
        tmp_path / "made",
        {
            "a": ("Daily", "Talks go on\n\nAnna Berg left. Anna Berg came back."),
            "b": ("Daily", "Talks end\n\nJon Stone left. Jon Stone came back."),
            "c": ("Post", "Talks again\n\nJon Stone sat down."),
        },
    )  # fmt: skip
    person = read_outcomes(check_findings(corpus), "Which person is mentioned most?")
    assert person["without c"] == ("Anna Berg = Jon Stone", "ties")
    assert person["without b"] == ("Anna Berg", "flips")
    both = corpus.without("c")
    checked = check_findings(both)
    assert checked["answer"][checked["question"].str.startswith("Which person")].unique().tolist() == [
        "Anna Berg = Jon Stone"
    ]
    assert read_outcomes(checked, "Which person is mentioned most?")["without a"] == ("Jon Stone", "ties")


@pytest.mark.usefixtures("articles_only")
def test_an_outlet_whose_one_article_is_left_out_is_not_asked_about(toy: Corpus) -> None:
    checked = check_findings(toy.without("b"))  # two outlets with an article each
    for gone in ("without a", "without c"):
        here = checked[checked["variant"] == gone]
        compares = here["question"].str.contains("Which outlet|Which word|Where do")
        assert (here["outcome"][compares] == "cannot be asked").all() and compares.sum() >= 4
        assert (here["outcome"][~compares] != "cannot be asked").all() and (~compares).sum() >= 4


# --- an article left out is an article that was never there ------------------------------------------------


def load_without(toy: Corpus, folder: Path, left_out: str) -> Corpus:
    """The toy corpus read from a folder in which an article never was."""
    folder.mkdir()
    (folder / "actors.toml").write_bytes((toy.folder / "actors.toml").read_bytes())
    lines = (toy.folder / "articles.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{left_out}.txt")]
    (folder / "articles.csv").write_text("".join(kept), encoding="utf-8")
    for name in {"a", "b", "c"} - {left_out}:
        (folder / f"{name}.txt").write_bytes((toy.folder / f"{name}.txt").read_bytes())
    return load_corpus(folder)


@pytest.mark.usefixtures("articles_only")
def test_leaving_an_article_out_equals_loading_a_folder_without_it(toy: Corpus, tmp_path: Path) -> None:
    checked, whole = check_findings(toy), _Found.find(toy, "all")
    for left_out in "abc":
        tables = whole.without(left_out)
        other = _Found.find(load_without(toy, tmp_path / f"without_{left_out}", left_out), "all")
        for name in ("mentions", "quotes", "words", "ledger", "listed"):
            pd.testing.assert_frame_equal(
                getattr(tables, name).reset_index(drop=True).drop(columns="quote_id", errors="ignore"),
                getattr(other, name).drop(columns="quote_id", errors="ignore"),
            )
        answers = check_findings(other.corpus).drop_duplicates("question").set_index("question")["answer"]
        here = checked[(checked["variant"] == f"without {left_out}")]
        here = here[here["outcome"] != "cannot be asked"].set_index("question")["answer_here"]
        common = here.index.intersection(answers.index)
        assert len(common) >= 6
        assert here[common].to_dict() == answers[common].to_dict()


@pytest.mark.parametrize("left_out", ["a", "b", "c"])
def test_a_corpus_without_an_article_is_the_corpus_of_the_others(
    toy: Corpus, tmp_path: Path, left_out: str
) -> None:
    less, other = toy.without(left_out), load_without(toy, tmp_path / "less", left_out)
    for name in ("articles", "blocks", "sentences"):
        pd.testing.assert_frame_equal(getattr(less, name), getattr(other, name))
    for article_id in other.articles["article_id"]:
        assert less.raw(article_id) == other.raw(article_id)
        assert less.words(article_id) == other.words(article_id)
        assert less.counted_text(article_id) == other.counted_text(article_id)
    pd.testing.assert_frame_equal(find_mentions(less), find_mentions(other))
    assert less.actors == other.actors and less.folder == toy.folder
    assert len(toy.articles) == 3 and toy.raw(left_out)  # the whole is left as it was
    kept = ", ".join(sorted({"a", "b", "c"} - {left_out}))
    for read in (less.raw, less.words, less.without):
        with pytest.raises(InputError, match=f"^unknown article '{left_out}': expected one of {kept}$"):
            read(left_out)


# --- small corpora -----------------------------------------------------------------------------------------


def test_of_one_article_no_article_is_left_out_and_no_outlets_are_compared(tmp_path: Path) -> None:
    corpus = make(tmp_path / "one", {"a": ("Daily", "Talks go on\n\nAnna Berg met Jon Stone in Oslo.")})
    checked = check_findings(corpus)
    assert "articles" not in set(checked["choice"])
    assert not checked["question"].str.contains("apart|Which outlet|Where do").any()
    assert (checked["outcome"] != "cannot be asked").all()
    pair = read_outcomes(checked, "Which two persons are together most?")
    assert pair["windows of a paragraph"] == ("Anna Berg + Jon Stone", "holds")


def test_of_one_outlet_articles_are_left_out_and_no_outlets_are_compared(tmp_path: Path) -> None:
    texts = ["Talks go on\n\nAnna Berg met Jon Stone.", "Talks end\n\nAnna Berg left Szohod."]
    corpus = make(tmp_path / "one", {name: ("Daily", text) for name, text in zip("ab", texts, strict=True)})
    checked = check_findings(corpus)
    assert set(checked["variant"][checked["choice"] == "articles"]) == {"without a", "without b"}
    assert not checked["question"].str.contains("apart|Which outlet|Where do").any()
    assert read_outcomes(checked, "Which person is mentioned most?")["without b"][1] == "ties"


@pytest.mark.parametrize(
    ("actors", "text"),
    [("", "Anna Berg met Jon Stone."), (ACTORS, "It rained on Monday, and then it snowed.")],
)
def test_without_actors_or_mentions_the_answer_is_none_and_holds(
    tmp_path: Path, actors: str, text: str
) -> None:
    if not actors:
        actors = '[[actor]]\nname = "Nobody Here"\ntype = "person"\n'
    corpus = make(tmp_path / "none", {"a": ("Daily", text), "b": ("Post", "Rain\n\nIt rains.")}, actors)
    assert find_mentions(corpus).empty
    checked = check_findings(corpus)
    assert not checked["question"].str.startswith(("Which person", "Who stands")).any()
    for question in (
        "Which two are mentioned together most?",
        "Over whom do most of the shortest paths lead?",
    ):
        assert set(read_outcomes(checked, question).values()) == {("none", "holds")}
    for question in ("Who is mentioned most in most outlets?", "Which frame leads in most outlets?"):
        assert set(read_outcomes(checked, question).values()) == {("none", "holds")}
    assert set(checked["runner_up"][checked["answer"] == "none"]) == {""}


@pytest.mark.usefixtures("articles_only")
def test_of_many_articles_the_longest_are_left_out_and_of_many_outlets_the_largest_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"a": 3, "b": 9, "c": 5, "d": 9}
    corpus = make(
        tmp_path / "many",
        {name: (name.upper() + " Post", "Head\n\n" + "It rains. " * n) for name, n in words.items()},
    )
    monkeypatch.setattr(robustness, "MOST_LEFT_OUT", 3)
    monkeypatch.setattr(robustness, "MOST_OUTLETS", 2)
    checked = check_findings(corpus)
    left_out = list(dict.fromkeys(checked["variant"][checked["choice"] == "articles"]))
    assert left_out == ["without b", "without c", "without d"]
    asked = [q for q in dict.fromkeys(checked["question"]) if q.startswith("Which word sets")]
    assert asked == ["Which word sets B Post apart?", "Which word sets D Post apart?"]


def test_variants_are_changed_one_at_a_time(toy: Corpus) -> None:
    usual = Choices()
    listed = list(_list_variants(toy))
    assert len({variant for _, variant, _ in listed}) == len(listed) == len(VARIANTS) + 3
    for _, variant, choices in listed:
        changed = [name for name in vars(usual) if getattr(usual, name) != getattr(choices, name)]
        assert len(changed) == 1, variant


@pytest.mark.usefixtures("articles_only")
def test_the_findings_are_the_same_each_time(toy: Corpus) -> None:
    pd.testing.assert_frame_equal(check_findings(toy), check_findings(toy))


# --- sums --------------------------------------------------------------------------------------------------


def test_outcomes_are_summed_up_by_question() -> None:
    who, what, when = ("Who?", "Ann", "Bo (1 against 2)"), ("What?", "war", ""), ("When?", "today", "")
    rows = [
        (*who, "prior", "10 words", "Bo", "flips"),
        (*who, "prior", "1,000 words", "Ann", "holds"),
        (*what, "prior", "10 words", "peace", "flips"),
        (*who, "articles", "without 1", "", "cannot be asked"),
        (*what, "prior", "1,000 words", "none", "flips"),
        (*what, "words", "quoted words too", "peace = war", "ties"),
        (*when, "articles", "without 1", "", "cannot be asked"),
    ]
    counted = count_outcomes(pd.DataFrame(rows, columns=COLUMNS))
    assert list(counted.itertuples(index=False, name=None)) == [
        (*who, 2, 1, 0, 1, "10 words: Bo"),
        (*what, 3, 0, 1, 2, "10 words: peace; 1,000 words: none"),
        (*when, 0, 0, 0, 0, ""),
    ]
    names = [*COLUMNS[:3], "n_asked", "n_holds", "n_ties", "n_flips", "flips_with"]
    assert counted.columns.tolist() == names
    empty = count_outcomes(pd.DataFrame([], columns=COLUMNS))
    assert empty.empty and empty.columns.tolist() == names


def test_the_sums_of_a_corpus_are_those_of_its_rows(checked: pd.DataFrame) -> None:
    counted = count_outcomes(checked)
    assert counted["question"].tolist() == list(dict.fromkeys(checked["question"]))
    totals = checked["outcome"].value_counts()
    assert counted["n_holds"].sum() == totals["holds"]
    assert counted["n_ties"].sum() == totals["ties"]
    assert counted["n_flips"].sum() == totals["flips"]
    assert (counted["n_asked"] == counted[["n_holds", "n_ties", "n_flips"]].sum(axis=1)).all()
    assert checked.columns.tolist() == COLUMNS


def test_the_readings_tables_are_those_of_the_public_functions(
    bundled: Corpus, bundled_mentions: pd.DataFrame, found: dict[str, _Found]
) -> None:
    tables = found["all"]
    pd.testing.assert_frame_equal(tables.mentions, bundled_mentions)
    pd.testing.assert_frame_equal(tables.quotes, find_quotes(bundled, bundled_mentions))
    words = find_all_words(bundled, bundled_mentions)
    pd.testing.assert_frame_equal(tables.words, words)
    listed = find_listed_words(words, load_word_lists("frames", bundled.folder))
    pd.testing.assert_frame_equal(tables.listed, listed)
    # Without capitals no mention is one of Pyongyang; with full names only, each holds the actor's own name.
    assert "Pyongyang" in set(tables.mentions["text"])
    assert "Pyongyang" not in set(found["capital cities left out"].mentions["text"])
    full = found["no short names, no roles"].mentions
    people = {a: actor.name for a, actor in bundled.actors.items() if actor.type == "person"}
    texts = full[full["actor_id"].isin(people) & (full["kind"] == "named")]
    assert (
        len(texts) < (bundled_mentions["actor_id"].isin(people) & (bundled_mentions["kind"] == "named")).sum()
    )

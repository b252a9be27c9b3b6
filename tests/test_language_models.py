"""A spaCy model beside the rules: what it may change, what it may not, and what is said where it fails."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import spacy
from conftest import ACTORS
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import fix_random_seed

from helpers import Corpus, InputError, find_candidates, find_mentions, find_quotes, load_corpus
from helpers.language_models import NO_READING, find_model, load_model, read_doc
from helpers.suggest import suggest_actors

# What the model is to know by heart: a sentence, each token's head and relation, and its entities.
SAID_LATE = "“Talks failed,” said in Oslo on Monday Anna Berg."
AFTER_A_SPEECH = "Anna Berg after a speech the union booed said talks failed."
Sentence = tuple[str, str, str, dict[str, str]]
SENTENCES: list[Sentence] = [
    ("When the envoy left Norway said talks failed.", "3 2 3 5 5 5 7 5 5",
     "advmod det nsubj advcl nsubj ROOT nsubj ccomp punct", {"Norway": "GPE"}),
    ("Rain fell in snowy Norway.", "1 1 1 4 2 1", "nsubj ROOT prep amod pobj punct", {"Norway": "GPE"}),
    ("Interest in Norway grew.", "3 0 1 3 3", "nsubj prep pobj ROOT punct", {"Norway": "GPE"}),
    ("After talks in Oslo, Norway agreed.", "6 0 1 2 6 6 6 6",
     "prep pobj prep pobj punct nsubj ROOT punct", {"Oslo": "GPE", "Norway": "GPE"}),
    ("Norway won.", "1 1 1", "nsubj ROOT punct", {"Norway": "GPE"}),
    ("When they left the country agreed.", "2 2 5 4 5 5 5", "advmod nsubj advcl det nsubj ROOT punct", {}),
    ("People in EB fear war.", "3 0 1 3 3 3", "nsubj prep pobj ROOT dobj punct", {}),
    # a wrong parse, which must not override the rules
    ("Norway said Anna Berg lied.", "1 1 3 1 1 1", "npadvmod ROOT compound nsubj ccomp punct",
     {"Norway": "GPE", "Anna Berg": "PERSON"}),
    (SAID_LATE, "5 2 5 5 5 5 5 6 5 8 11 5 5",
     "punct nsubj ccomp punct punct ROOT prep pobj prep pobj compound nsubj punct",
     {"Oslo": "GPE", "Anna Berg": "PERSON"}),
    (AFTER_A_SPEECH, "1 8 8 4 2 6 7 4 8 10 8 8",
     "compound nsubj prep det pobj det nsubj relcl ROOT nsubj ccomp punct", {"Anna Berg": "PERSON"}),
    ("Zorblat sang at noon.", "1 1 1 2 1", "nsubj ROOT prep pobj punct", {"Zorblat": "PERSON"}),
    ("Shares of iCorp fell.", "3 0 1 3 3", "nsubj prep pobj ROOT punct", {"iCorp": "ORG"}),
    ("Quill and Finch sued.", "3 0 0 3 3", "nsubj cc conj ROOT punct", {"Quill and Finch": "ORG"}),
    ("They met President Zorblat.", "1 1 3 1 1", "nsubj ROOT compound dobj punct",
     {"President Zorblat": "PERSON"}),
    ("Friends of Norway sued.", "3 0 1 3 3", "nsubj prep pobj ROOT punct", {"Friends of Norway": "ORG"}),
    ("Old Quenby slept.", "1 2 2 2", "amod nsubj ROOT punct", {"Quenby": "NORP"}),
]  # fmt: skip
FINITE = {"fear": "VBP"} | dict.fromkeys(
    "left said booed failed fell grew agreed won lied met sued".split(), "VBD"
)

TOK2VEC = {
    "@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 32, "depth": 1,
    "embed_size": 500, "window_size": 1, "maxout_pieces": 2, "subword_features": True,
}  # fmt: skip


def transitions(state_type: str) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": state_type,
        "extra_state_tokens": False, "hidden_width": 32, "maxout_pieces": 2, "use_upper": True,
        "tok2vec": TOK2VEC,
    }  # fmt: skip


def gold_doc(nlp: Language, sentences: list[Sentence]) -> Doc:
    """The sentences as paragraphs of one text, with what the model is to say of them."""
    doc = nlp.make_doc("".join(f"{text}\n\n" for text, *_ in sentences))
    heads, deps, ents, at = [], [], [], 0
    for text, heads_here, deps_here, entities in sentences:
        first = len(heads)
        heads += [first + int(head) for head in heads_here.split()]
        deps += deps_here.split()
        ents += [(at + text.index(e), at + text.index(e) + len(e), label) for e, label in entities.items()]
        at += len(text) + 2
        heads.append(len(heads) - 1)  # the end of the paragraph
        deps.append("dep")
    words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
    tags = [FINITE.get(w, "NN") for w in words]
    gold = Doc(nlp.vocab, words, spaces, heads=heads, deps=deps, tags=tags)
    gold.ents = [
        span for start, end, label in ents if (span := gold.char_span(start, end, label)) is not None
    ]
    return gold


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline that knows a few sentences by heart, saved."""
    fix_random_seed(0)
    nlp = spacy.blank("en")
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": TOK2VEC}})
    nlp.add_pipe("parser", config={"model": transitions("parser"), "min_action_freq": 1})
    nlp.add_pipe("ner", config={"model": transitions("ner")})
    # Alone and in a text of paragraphs: a model hears what stands around a sentence too.
    texts = [[sentence] for sentence in SENTENCES]
    texts += [random.Random(seed).sample(SENTENCES, len(SENTENCES)) for seed in range(2)]
    golds = [gold_doc(nlp, text) for text in texts]
    examples = [Example(nlp.make_doc(gold.text), gold) for gold in golds]
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = 0.01
    shuffled = random.Random(0)
    for _ in range(20):
        shuffled.shuffle(examples)
        for at in range(0, len(examples), 5):
            nlp.update(examples[at : at + 5], sgd=optimizer, drop=0.0)
    folder = tmp_path_factory.mktemp("models") / "toy_model"
    nlp.to_disk(folder)
    return folder


Write = Callable[..., Corpus]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give the corpus of one article, with a model in its settings or without."""

    def write(text: str, model: Path | str = "") -> Corpus:
        (tmp_path / "actors.toml").write_text(ACTORS, encoding="utf-8")
        (tmp_path / "articles.csv").write_text("file,outlet\na.txt,Daily\n", encoding="utf-8")
        (tmp_path / "a.txt").write_text(text + "\n\n", encoding="utf-8")
        (tmp_path / "settings.toml").write_text(f"model = '{model}'\n" if model else "", encoding="utf-8")
        return load_corpus(tmp_path)

    return write


def partial_model(model: Path, folder: Path, without: list[str]) -> Path:
    spacy.load(model, exclude=without).to_disk(folder)
    return folder


def uses(corpus: Corpus) -> list[tuple[str, str]]:
    mentions = find_mentions(corpus)
    return list(mentions[["text", "use"]].itertuples(index=False, name=None))


# Actor or place


@pytest.mark.parametrize(
    ("text", "rules", "parsed"),
    [
        ("When the envoy left Norway said talks failed.", ["place"], ["actor"]),
        ("Rain fell in snowy Norway.", ["actor"], ["place"]),
        ("After talks in Oslo, Norway agreed.", ["place", "place"], ["place", "actor"]),
        ("Norway won.\n\nWhen they left the country agreed.", ["actor", "place"], ["actor", "actor"]),
        ("Interest in Norway grew.", ["actor"], ["actor"]),
        ("People in EB fear war.", ["actor"], ["place"]),
        # offsets hold where white space is squeezed, and behind text that does not count
        ("Norway  won.\n\nRead more\n\nRain fell in snowy Norway.", ["actor"] * 2, ["actor", "place"]),
        # in title case a parse tells nothing
        ("Rain Fell In Snowy Norway", ["actor"], ["actor"]),
    ],
)  # fmt: skip
def test_a_clear_parse_decides_between_actor_and_place(
    text: str, rules: list[str], parsed: list[str], write: Write, model: Path
) -> None:
    assert [use for _, use in uses(write(text))] == rules
    assert [use for _, use in uses(write(text, model))] == parsed


def test_a_tagger_alone_says_whether_a_noun_goes_on(write: Write, model: Path, tmp_path: Path) -> None:
    tagger = partial_model(model, tmp_path / "tagger", ["parser", "ner"])
    assert uses(write("People in EB fear war.", tagger)) == [("EB", "place")]
    assert uses(write("Rain fell in snowy Norway.", tagger)) == [("Norway", "actor")]


def test_a_model_changes_the_use_of_mentions_and_nothing_else(write: Write, model: Path) -> None:
    text = "\n\n".join(text for text, *_ in SENTENCES)
    plain, parsed = find_mentions(write(text)), find_mentions(write(text, model))
    pd.testing.assert_frame_equal(plain.drop(columns="use"), parsed.drop(columns="use"), check_flags=False)
    assert (plain["use"] != parsed["use"]).any()
    assert plain.attrs == {}
    assert parsed.attrs == {"model": str(model)}


def parsed_doc(words: str, heads: str, deps: str, **annotations: Any) -> Doc:
    vocab = spacy.blank("en").vocab
    return Doc(vocab, words.split(), heads=[int(h) for h in heads.split()], deps=deps.split(), **annotations)


@pytest.mark.parametrize(
    ("words", "heads", "deps", "expected"),
    [
        ("Norway was told", "2 2 2", "nsubjpass auxpass ROOT", {"Norway": False}),
        ("told by Norway", "0 0 1", "ROOT agent pobj", {"Norway": False}),
        ("Norway 's ships", "2 0 2", "poss case ROOT", {"Norway": False}),
        ("Norway and Chad won", "3 0 0 3", "nsubj cc conj ROOT", {"Norway": False, "Chad": False}),
        ("ally , Norway , won", "4 0 0 0 4", "nsubj punct appos punct ROOT",
         {"ally": False, "Norway": False}),
        ("fell in Norway and Chad", "0 0 1 2 2", "ROOT prep pobj cc conj", {"Norway": True, "Chad": True}),
        ("trusts in Norway", "0 0 1", "ROOT prep pobj", {}),
        ("came from Norway", "0 0 1", "ROOT prep pobj", {"Norway": True}),
        ("heard from Norway", "0 0 1", "ROOT prep pobj", {}),
        ("wrote to Norway", "0 0 1", "ROOT prep pobj", {}),
        ("asked Norway", "0 0", "ROOT dobj", {}),
        ("Norway", "0", "conj", {}),  # a damaged parse ends too
    ],
)  # fmt: skip
def test_what_a_parse_says_of_a_name(words: str, heads: str, deps: str, expected: dict[str, bool]) -> None:
    doc = parsed_doc(words, heads, deps)
    assert {doc.char_span(at, at + 1, alignment_mode="expand").text: place
            for at, place in read_doc(doc).places.items()} == expected  # fmt: skip


# Quotations


def test_a_parsed_subject_speaks_where_the_rules_find_nobody(write: Write, model: Path) -> None:
    text = f"{SAID_LATE}\n\n“It is over for us all, and for good.”"
    corpus = write(text)
    assert find_quotes(corpus, find_mentions(corpus))["speaker_id"].tolist() == ["", ""]
    corpus = write(text, model)
    quotes = find_quotes(corpus, find_mentions(corpus))
    columns = ["speaker_id", "speaker_text", "speaker", "by_model"]
    # the second is carried over from the first
    assert quotes[columns].to_numpy().tolist() == [["anna_berg", "Anna Berg", "Anna Berg", True]] * 2


def test_a_parsed_subject_that_is_listed_speaks_before_words_that_are_not(write: Write, model: Path) -> None:
    corpus = write(AFTER_A_SPEECH)
    quotes = find_quotes(corpus, find_mentions(corpus))
    assert quotes[["speaker_id", "speaker_text"]].to_numpy().tolist() == [["", "a speech the union booed"]]
    assert "by_model" not in quotes
    corpus = write(AFTER_A_SPEECH, model)
    quotes = find_quotes(corpus, find_mentions(corpus))
    columns = ["speaker_id", "speaker_text", "by_model"]
    assert quotes[columns].to_numpy().tolist() == [["anna_berg", "Anna Berg", True]]


def test_a_listed_speaker_of_the_rules_stays(write: Write, model: Path) -> None:
    corpus = write("Norway said Anna Berg lied.", model)
    said = corpus.raw("a").index("said")
    assert corpus.readings()["a"].subjects[said] == (12, 21)
    quotes = find_quotes(corpus, find_mentions(corpus))
    assert quotes[["speaker_id", "by_model"]].to_numpy().tolist() == [["norway", False]]


def test_without_a_parser_no_speaker_changes(write: Write, model: Path, tmp_path: Path) -> None:
    corpus = write(SAID_LATE, partial_model(model, tmp_path / "ner", ["parser", "tagger"]))
    quotes = find_quotes(corpus, find_mentions(corpus))
    assert quotes[["speaker_id", "by_model"]].to_numpy().tolist() == [["", False]]


@pytest.mark.parametrize(
    ("words", "heads", "deps", "subject"),
    [
        ("Doe came and said", "1 1 1 1", "nsubj ROOT cc conj", "Doe"),
        ("Doe was seen and said", "2 2 2 2 2", "nsubjpass auxpass ROOT cc conj", "Doe"),
        ("Doe left , adding", "1 1 1 1", "nsubj ROOT punct advcl", "Doe"),
        ("it was said by Doe", "2 2 2 2 3", "nsubjpass auxpass ROOT agent pobj", "Doe"),
        ("it was said", "2 2 2", "nsubjpass auxpass ROOT", None),
        ("Doe , who said", "0 0 3 0", "ROOT punct nsubj relcl", "Doe"),
        ("the head of Acme , Doe , said", "1 7 1 2 1 1 7 7", "det nsubj prep pobj punct appos punct ROOT",
         "the head of Acme"),
        ("Doe and Roe said", "3 0 0 3", "nsubj cc conj ROOT", "Doe and Roe"),
        ("said", "0", "ROOT", None),
    ],
)  # fmt: skip
def test_the_subject_of_a_verb_of_saying(words: str, heads: str, deps: str, subject: str | None) -> None:
    doc = parsed_doc(words, heads, deps)
    cue = next(t.idx for t in doc if t.text in ("said", "adding"))
    found = read_doc(doc).subjects.get(cue)
    assert (doc.text[slice(*found)] if found else None) == subject


# Candidates


def candidates(corpus: Corpus) -> list[tuple[str, tuple[str, ...], str]]:
    found = find_candidates(corpus)
    assert [corpus.raw(r.article_id)[r.start : r.end] for r in found.itertuples()] == found["text"].tolist()
    return list(found[["text", "cues", "affiliation"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("text", "rules", "heard"),
    [
        # a cue more
        ("Zorblat sang at noon.", [("Zorblat", (), "")], [("Zorblat", ("model: person",), "")]),
        ("Old Quenby slept.", [("Quenby", (), "")], [("Quenby", ("model: group",), "")]),
        # a title is no part of a name, also where a model thinks so
        ("They met President Zorblat.", [("Zorblat", ("title",), "")],
         [("Zorblat", ("title", "model: person"), "")]),
        # one more
        ("Shares of iCorp fell.", [], [("iCorp", ("model: organisation",), "")]),
        # a longer one
        ("Quill and Finch sued.", [("Finch", (), "")], [("Quill and Finch", ("model: organisation",), "")]),
        # a state in a body's name stays; a state alone is known from its lists
        ("Friends of Norway sued.", [("Norway", (), "Norway")],
         [("Friends of Norway", ("model: organisation",), "Norway"), ("Norway", (), "Norway")]),
        ("Norway won.", [("Norway", (), "Norway")], [("Norway", (), "Norway")]),
    ],
)  # fmt: skip
def test_entities_are_heard(
    text: str,
    rules: list[tuple[str, tuple[str, ...], str]],
    heard: list[tuple[str, tuple[str, ...], str]],
    write: Write,
    model: Path,
) -> None:
    assert candidates(write(text)) == rules
    assert candidates(write(text, model)) == heard


def test_a_suggestion_says_that_the_model_spoke_for_it(write: Write, model: Path) -> None:
    text = "Zorblat sang at noon."
    suggested = suggest_actors(write(text)).set_index("name")
    assert suggested.loc["Zorblat", "type"] == ""
    suggested = suggest_actors(write(text, model)).set_index("name")
    assert suggested.loc["Zorblat", "type"] == "person"
    assert suggested.loc["Zorblat", "reason"] == "the model takes it for a person (1)"


RULED = [
    ("PER", "Vena Zorblat", "By Vena Zorblat\n\nSnow fell.", []),  # a credit
    ("ORG", "Zed", "SARN (Zed) — Snow fell.", []),  # a dateline
    ("PERSON", "Monday", "It fell on Monday.", []),
    ("PERSON", "the", "It hit the town.", []),
    ("PER", "Zorblat", "Zorblat Hits Sarn With Snow", []),  # title case
    ("PRODUCT", "iFoo", "It sold iFoo at noon.", []),  # no label that is asked for
    ("LOC", "northern Norway", "It fell on northern Norway.", [("Norway", ())]),
    ("PERSON", "Norwegian Zorblat", "A Norwegian Zorblat sang.",
     [("Norwegian", ()), ("Zorblat", ("model: person",))]),
    ("PERSON", "Zorblat’s", "Then Zorblat’s hat fell.", [("Zorblat", ("model: person",))]),
    ("ORGANIZATION", "the “iFoo", "It met the “iFoo” men.", [("iFoo", ("model: organisation",))]),
]  # fmt: skip


@pytest.mark.parametrize(("label", "entity", "text", "expected"), RULED)
def test_entities_are_held_against_the_rules(
    label: str, entity: str, text: str, expected: list[object], write: Write, tmp_path: Path
) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": entity}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "ruler")
    corpus = write(text, "ruler")
    assert [found[:2] for found in candidates(corpus)] == expected


# Where a model is named


def test_a_corpus_says_that_a_model_takes_part_and_reads_each_article_once(
    write: Write, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = write("Norway won.", model)
    assert repr(corpus) == (
        "Corpus: 1 articles by 1 outlets, 2 words in 1 sentences, with the spaCy model toy_model"
    )
    first = corpus.readings()
    monkeypatch.setattr("helpers.language_models.read_articles", None)
    assert corpus.readings() is first
    assert corpus.without("a").readings() == {}


def test_no_model_is_loaded_before_it_is_needed(
    write: Write, monkeypatch: pytest.MonkeyPatch, model: Path
) -> None:
    monkeypatch.setattr("helpers.language_models.load_model", None)
    corpus = write("Norway won.", model)
    with pytest.raises(TypeError):
        find_mentions(corpus)


def test_the_variable_comes_before_the_settings(
    write: Write, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPERS_MODEL", str(model))
    assert write("Norway won.", "not_there").model == str(model)
    monkeypatch.setenv("HELPERS_MODEL", "")
    assert write("Norway won.").model == ""
    # a relative folder lies in the corpus's, else where one works
    shutil.copytree(model, tmp_path / "mine")
    assert write("Norway won.", "mine").model == str(tmp_path / "mine")
    monkeypatch.chdir(model.parent)
    assert write("Norway won.", "toy_model").model == str(model)


def test_an_installed_package(
    write: Write, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, info = tmp_path / "site" / "xx_toy", tmp_path / "site" / "xx_toy-1.0.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: xx_toy\nVersion: 1.0.0\n")
    (info / "entry_points.txt").write_text("[spacy_models]\nxx_toy = xx_toy\n")
    shutil.copytree(model, package)
    (package / "__init__.py").write_text(
        "import spacy, pathlib\n\n"
        "def load(**options):\n    return spacy.load(pathlib.Path(__file__).parent, **options)\n"
    )
    monkeypatch.syspath_prepend(tmp_path / "site")
    corpus = write("Rain fell in snowy Norway.", "xx_toy")
    assert repr(corpus).endswith("with the spaCy model xx_toy")
    assert uses(corpus) == [("Norway", "place")]


@pytest.mark.parametrize(
    ("system", "python"), [("Linux", ".venv/bin/python"), ("Windows", r".venv\Scripts\python")]
)
def test_a_missing_model_is_reported_at_loading_with_the_command(
    system: str, python: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.system", lambda: system)
    sentence = (
        "the spaCy model 'xx_not_there' is not installed: install it with "
        f"`{python} -m spacy download xx_not_there`, or go without one: take model out of settings.toml, "
        "or --model off the command"
    )
    with pytest.raises(InputError, match=f"^{re.escape(sentence)}$"):
        write("Norway won.", "xx_not_there")
    with pytest.raises(InputError, match=f"^{re.escape(sentence)}$"):
        load_model("xx_not_there")


@pytest.mark.parametrize(
    "name",
    [
        "a b", "en; rm -rf x", "$(x)", "`x`", "--help", "-m", "a.b", "en-core", "../nowhere", "x/y", "http://x.y/z",
        "mödel", "a\0b", "a\nb", "x" * 5000 + ".", "__main__", "C:\\models", "",
    ],
)  # fmt: skip
def test_a_name_that_no_model_can_have(name: str) -> None:
    with pytest.raises(InputError) as error:
        find_model(name)
    said = str(error.value)
    assert said.startswith(f"the spaCy model is {name!r}"[:900])
    assert said.endswith("such as 'en_core_web_sm', or the folder of a saved pipeline")


def test_what_is_no_pipeline(write: Write, tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"^the package 'antigravity' is no spaCy model: expected one such as"
    ):
        write("Norway won.", "antigravity")  # looked for, not imported
    (tmp_path / "mine").mkdir()
    with pytest.raises(
        InputError, match=r"^the folder 'mine' is no pipeline saved by spaCy 3: expected one "
    ):
        write("Norway won.", "mine")
    with pytest.raises(InputError, match=r"^the folder '\.' is no pipeline"):
        write("Norway won.", ".")


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "config.cfg").write_text("["),
        lambda folder: (folder / "config.cfg").write_text(""),
        lambda folder: (folder / "config.cfg").write_bytes(b"\xff\xfe\0"),
        lambda folder: (folder / "ner" / "model").write_bytes(b"no"),
        lambda folder: shutil.rmtree(folder / "parser"),
        lambda folder: (folder / "tokenizer").write_bytes(b""),
        # what another version, or a package that is not installed, made
        lambda folder: (folder / "config.cfg").write_text(
            (folder / "config.cfg").read_text().replace('factory = "ner"', 'factory = "of_another_version"')
        ),
    ],
)
def test_a_damaged_model_is_one_sentence(
    change: Callable[[Path], object], write: Write, model: Path, tmp_path: Path
) -> None:
    shutil.copytree(model, tmp_path / "mine")
    change(tmp_path / "mine")
    corpus = write("Norway won.", "mine")
    with pytest.raises(
        InputError, match=r"^the spaCy model 'mine' cannot be loaded \(.{2,120}\): expected one"
    ) as error:
        find_mentions(corpus)
    assert "\n" not in str(error.value)


def test_a_model_of_a_near_version_loads_without_a_warning(write: Write, model: Path, tmp_path: Path) -> None:
    shutil.copytree(model, tmp_path / "mine")
    meta = tmp_path / "mine" / "meta.json"
    meta.write_text(re.sub(r'"spacy_version":"[^"]*"', '"spacy_version":">=3.1.0,<3.2.0"', meta.read_text()))
    assert "3.1.0" in meta.read_text()
    assert uses(write("Rain fell in snowy Norway.", "mine")) == [("Norway", "place")]


def test_parts_that_nothing_looks_at_do_not_run(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer", name="cutter")
    nlp.add_pipe("entity_ruler")
    nlp.to_disk(tmp_path / "mine")
    assert load_model(str(tmp_path / "mine")).pipe_names == ["entity_ruler"]


def test_a_text_longer_than_a_models_limit_is_read(write: Write, model: Path, tmp_path: Path) -> None:
    load_model(str(model)).max_length = 20
    assert uses(write("Rain fell in snowy Norway.", model)) == [("Norway", "place")]


def test_entities_outside_every_label_and_docs_without_annotation() -> None:
    doc = spacy.blank("en")("Doe said no.")
    doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = False
    assert read_doc(doc) == NO_READING
    doc.ents = [Span(doc, 0, 1, "PER"), Span(doc, 2, 3, "DATE")]
    assert [e.kind for e in read_doc(doc).entities] == ["person"]


# Without one


def test_a_model_that_says_nothing_leaves_the_bundled_tables_as_they_are(
    bundled: Corpus, bundled_mentions: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    monkeypatch.setenv("HELPERS_MODEL", str(tmp_path / "blank"))
    corpus = load_corpus()
    assert corpus.model == str(tmp_path / "blank")
    assert bundled.model == ""
    mentions = find_mentions(corpus)
    assert mentions.to_dict() == bundled_mentions.to_dict()
    quotes = find_quotes(corpus, mentions)
    assert not quotes["by_model"].any()
    assert quotes.drop(columns="by_model").to_dict() == find_quotes(bundled, bundled_mentions).to_dict()
    assert find_candidates(corpus).to_dict() == find_candidates(bundled).to_dict()

"""What is said of a folder that is wrong or doubtful."""

from pathlib import Path

import pytest

from helpers import InputError, check_corpus, load_ignored, suggest_actors
from helpers.corpus import load_corpus
from helpers.settings import MODEL_VARIABLE, load_settings

TEXTS = {
    "a": "Talks open in the old town\n\nMinister Anna Berg met Jon Stone, a spokesman for Sarn Holdings. "
    "Berg left.\n",
    "b": "Talks go on in the old town\n\nAnna Berg met Karl Berg of Sarn Holdings. Berg stayed, "
    "Jon Stone said.\n",
}
TEXTS["c"] = TEXTS["b"]
ARTICLES = (
    "file,outlet,published_from,confidence\na.txt,Daily,2024-03-01,outlet: low\nb.txt,The Daily,,\nc.txt,,,\n"
)
ACTORS = (
    '[[actor]]\nname = "Anna Berg"\ntype = "person"\ndescriptions = ["minister"]\n\n'
    '[[actor]]\nname = "Karl Berg"\ntype = "person"\n\n[[actor]]\nname = "Nobody Here"\ntype = "person"\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "news"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / f"{name}.txt").write_text(text)
    (place / "articles.csv").write_text(ARTICLES)
    (place / "actors.toml").write_text(ACTORS)
    return place


def said(folder: Path, kind: str) -> list[str]:
    findings = check_corpus(folder)
    return findings.loc[findings["kind"] == kind, "sentence"].tolist()


def test_what_is_doubtful(folder: Path) -> None:
    sentences = said(folder, "doubtful")
    assert any(
        s.startswith("No actor covers 'Jon Stone', a person by the look of it, 3 times in 3")
        for s in sentences
    )
    assert any(
        s.startswith("No actor covers 'Sarn Holdings', an organisation by the look of it") for s in sentences
    )
    assert "This actor never occurs: Nobody Here. Check the spelling, or take the entry out." in sentences
    assert "1 person has an office and no affiliation, and so no side: Anna Berg." in sentences
    assert "These outlets look like one: Daily, The Daily." in sentences
    assert "1 article has an outlet that is only a guess: a." in sentences
    assert "1 article has no outlet in articles.csv: c." in sentences
    assert "2 articles have the very text of another article: b, c." in sentences


def test_what_is_to_know(folder: Path) -> None:
    sentences = said(folder, "to know")
    assert "2 articles have no date in articles.csv: b, c." in sentences
    assert any(s.startswith("2 outlets have one article, so that what it shows") for s in sentences)
    assert any(s.startswith("'Berg' is the name of several actors and stands 3 times.") for s in sentences)


def test_names_on_the_ignore_list_are_not_proposed_again(folder: Path) -> None:
    (folder / "actors.toml").write_text(f'ignore = ["Jon Stone", "Sarn Holdings"]\n\n{ACTORS}')
    assert load_ignored(folder / "actors.toml") == {"Jon Stone", "Sarn Holdings"}
    assert not any("No actor covers" in sentence for sentence in said(folder, "doubtful"))
    assert "Jon Stone" not in set(suggest_actors(load_corpus(folder))["name"])


@pytest.mark.parametrize("value", ['"Jon Stone"', "[1]", "{a = 1}"])
def test_an_ignore_list_that_is_none(folder: Path, value: str) -> None:
    (folder / "actors.toml").write_text(f"ignore = {value}\n\n{ACTORS}")
    with pytest.raises(InputError, match=r"^news/actors\.toml: "):
        load_ignored(folder / "actors.toml")


def test_an_empty_gazetteer_is_wrong(folder: Path) -> None:
    (folder / "actors.toml").write_text("")
    assert said(folder, "wrong") == ["news/actors.toml lists nobody: add an [[actor]] table for each actor."]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("modle = 'x'", "news/settings.toml: unknown setting 'modle': expected one of model"),
        ("model = 1", "news/settings.toml: model is 1: expected text in quotation marks"),
    ],
)
def test_errors_in_the_settings(folder: Path, content: str, sentence: str) -> None:
    (folder / "settings.toml").write_text(content)
    with pytest.raises(InputError) as error:
        load_settings(folder)
    assert str(error.value) == sentence
    assert said(folder, "wrong") == [sentence]


def test_the_command_line_comes_before_the_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "settings.toml").write_text('model = "of_the_folder"')
    assert load_settings(folder).model == "of_the_folder"
    monkeypatch.setenv(MODEL_VARIABLE, "of_the_command")
    assert load_settings(folder).model == "of_the_command"

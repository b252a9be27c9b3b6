"""The package: its public names, what importing it brings in, and what its source may not know."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import helpers

SOURCE = Path(helpers.__file__).parent
FILES = sorted(
    p for p in SOURCE.rglob("*") if p.suffix != ".pyc" and p.is_file() and "__pycache__" not in p.parts
)


@pytest.mark.parametrize("name", helpers.__all__)
def test_a_public_name_is_importable_and_documented(name: str) -> None:
    value = getattr(helpers, name)
    if name.isupper():  # a constant, said in words where it is used
        assert isinstance(value, tuple)
        assert value
        return
    assert inspect.getdoc(value)
    assert value.__doc__ is not None
    assert (value.__module__ if not inspect.ismodule(value) else value.__name__).startswith("helpers.")
    if inspect.isfunction(value):
        sections = ["Parameters", "Returns", "Examples"]
        assert [s for s in sections if f"{s}\n{'-' * len(s)}" in inspect.getdoc(value)] == sections
        parameters = inspect.getdoc(value).split("Returns\n---")[0]
        for parameter in inspect.signature(value).parameters:
            assert re.search(rf"^{parameter}\b.* : ", parameters, re.MULTILINE), parameter


def test_the_list_of_names_is_sorted_and_complete() -> None:
    assert dir(helpers) == sorted(helpers.__all__)
    assert len(set(helpers.__all__)) == len(helpers.__all__)


def test_names_for_type_checkers_are_the_public_names() -> None:
    """What ``if TYPE_CHECKING`` imports is what is given when asked for."""
    block = (SOURCE / "__init__.py").read_text(encoding="utf-8").split("if TYPE_CHECKING:")[1]
    lines = block.split("\n\n")[0]
    imported = {
        name.strip(" ()\n")
        for names in re.findall(r"import ([^\n(]+|\([^)]+\))", lines)
        for name in names.split(",")
    }
    assert imported - {""} == set(helpers.__all__)


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match=r"^module 'helpers' has no attribute 'load_korpus'$"):
        _ = helpers.load_korpus  # type: ignore[attr-defined]


def run(code: str) -> str:
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return result.stdout.strip()


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        ("import helpers", "spacy matplotlib networkx scipy"),
        ("from helpers import InputError", "spacy matplotlib networkx scipy"),
        ("from helpers import load_actors", "spacy matplotlib networkx"),
        ("from helpers import load_corpus", "spacy matplotlib networkx"),
        ("from helpers import find_mentions, count_mentions", "spacy matplotlib networkx"),
        ("import helpers.language_models as m; m.KINDS", "spacy"),
    ],
)
def test_an_import_brings_in_no_more_than_it_needs(code: str, heavy: str) -> None:
    assert run(f"{code}; import sys; print(*[m for m in {heavy.split()!r} if m in sys.modules])") == ""


def test_the_source_is_found() -> None:
    names = {p.relative_to(SOURCE).as_posix() for p in FILES}
    assert {"__init__.py", "mentions.py", "data/titles.toml", "data/places.toml"} <= names


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_no_source_file_knows_the_bundled_articles(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    words = r"korea|shoigu|\bputin|pyongyang|moscow|beijing|kremlin|2023"
    if path.name == "countries.toml":  # the Kremlin is one of the world's seats of power
        words = words.replace("|kremlin", "")
    found = [line.strip() for line in text.splitlines() if re.search(words, line, re.IGNORECASE)]
    assert found == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_no_source_file_names_a_machines_path(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"(?:^|[\s\"'=(])(?:/home/|/Users/|/tmp/|[A-Z]:\\\\)[^\s\"']*", text) == []

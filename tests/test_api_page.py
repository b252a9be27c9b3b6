"""The page of the functions: all of them, once, as they are now."""

import re
from pathlib import Path

import pytest

import helpers
from helpers.api_page import SUBJECTS, write_api_page
from helpers.paths import PROJECT_ROOT


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = write_api_page(tmp_path_factory.mktemp("api") / "docs" / "api.md")
    return path.read_text(encoding="utf-8")


def test_every_public_name_and_chart_has_one_section(page: str) -> None:
    found = re.findall(r"^### (\w+)$", page, re.MULTILINE)
    draws = [name for name in helpers.charts.__all__ if name.startswith("draw_")]
    assert len(draws) > 10
    assert sorted(found) == sorted([*(n for n in helpers.__all__ if n != "charts"), *draws])


def test_every_module_stands_under_one_subject() -> None:
    modules = [module for of_subject in SUBJECTS.values() for module in of_subject]
    assert len(set(modules)) == len(modules)


def test_every_link_leads_to_a_section(page: str) -> None:
    targets = {heading.lower() for heading in re.findall(r"^#{2,3} (.+)$", page, re.MULTILINE)}
    links = re.findall(r"\]\(#([^)]+)\)", page)
    assert len(links) > 60
    assert set(links) <= targets


def test_a_function_shows_its_call_its_tables_and_its_example(page: str) -> None:
    section = page.split("### show_evidence\n")[1].split("\n### ", maxsplit=1)[0]
    assert "```python\nshow_evidence(corpus, rows, among=None, n=10)\n```" in section
    assert "- `corpus` (Corpus): The corpus the table was made from." in section
    assert "**Gives**\n\n- Evidence: Shows itself" in section
    assert "**Errors**\n\n- InputError: " in section
    assert "```pycon\n>>> from helpers import load_corpus\n" in section


def test_no_section_names_a_machine_or_an_object(page: str) -> None:
    assert str(Path.home()) not in page
    assert str(PROJECT_ROOT) not in page
    assert not re.search(r"object at 0x|<class|<function|PosixPath|Ellipsis|griffe", page)


def test_the_committed_page_is_the_current_one(page: str) -> None:
    committed = PROJECT_ROOT / "docs" / "api.md"
    assert committed.read_text(encoding="utf-8") == page, "write it again with `python run.py`"

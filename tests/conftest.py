"""The toy corpus: three articles by two outlets on one invented meeting, small enough to count by hand."""

from pathlib import Path

import pandas as pd
import pytest

from helpers import Corpus, find_mentions, load_corpus

ACTORS = """
[[actor]]
id = "norway"
name = "Norway"
type = "state"
adjectives = ["Norwegian"]
capitals = ["Oslo"]
peoples = ["Norwegians"]

[[actor]]
id = "east_borduria"
name = "East Borduria"
type = "state"
aliases = ["the East", "EB"]
adjectives = ["East Bordurian"]
capitals = ["Szohod"]

[[actor]]
id = "west_borduria"
name = "West Borduria"
type = "state"
adjectives = ["West Bordurian"]

[[actor]]
id = "anna_berg"
name = "Anna Berg"
type = "person"
affiliation = "norway"
descriptions = ["foreign minister"]

[[actor]]
id = "jon_stone"
name = "Jon Stone"
type = "person"
affiliation = "east_borduria"

[[actor]]
id = "nrk"
name = "Norwegian Broadcasting Corporation"
type = "organisation"
affiliation = "norway"
aliases = ["NRK"]
"""

ARTICLES = """\
file,outlet,agency,published_from,published_to,url,confidence,evidence,sha256
a.txt,Daily,,2024-03-01,2024-03-01,,outlet: high; date: high,printed on it,
b.txt,Daily,,2024-03-02,2024-03-02,,outlet: high; date: high,printed on it,
c.txt,,,,,,,,
"""

A = """\
Anna Berg Visits Szohod

Norwegian foreign minister Anna Berg arrived in Szohod on Monday. Ms. Berg will meet Jon Stone, NRK said.

Norway’s navy sent no ship. “The two countries trust each other,” Mr. Stone said.

Read more
"""

B = """\
Stone praises Norway

Jon Stone of East Borduria praised Norway. The stone bridge in Oslo will stay shut.
"""

C = """\
The East will not talk to Norway, the foreign minister said. Norwegians and East and West Borduria disagree.

The East will not talk to Norway, the foreign minister said. Norwegians and East and West Borduria disagree.
"""


# Files that take a minute or more. Begun last, one of them would keep the other cores waiting.
LONGEST = (
    "test_browser",
    "test_figures_for_everyone",
    "test_hostile",
    "test_commands",
    "test_committed_outputs",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, so that the short ones fill the gaps."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


@pytest.fixture
def toy_folder(tmp_path: Path) -> Path:
    """The toy corpus as files."""
    folder = tmp_path / "toy"
    folder.mkdir()
    for name, text in {
        "actors.toml": ACTORS, "articles.csv": ARTICLES, "a.txt": A, "b.txt": B, "c.txt": C,
    }.items():  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.fixture
def toy(toy_folder: Path) -> Corpus:
    """The toy corpus, loaded."""
    return load_corpus(toy_folder)


@pytest.fixture
def toy_mentions(toy: Corpus) -> pd.DataFrame:
    """The mentions of the toy corpus."""
    return find_mentions(toy)


@pytest.fixture(scope="session")
def bundled() -> Corpus:
    """The five bundled articles."""
    return load_corpus()


@pytest.fixture(scope="session")
def bundled_mentions(bundled: Corpus) -> pd.DataFrame:
    """The mentions of the bundled articles."""
    return find_mentions(bundled)


def make_plain_corpus(folder: Path, *texts: str) -> Corpus:
    """A corpus of articles, without actors; each text has a plain sentence before it."""
    (folder / "actors.toml").write_text("", encoding="utf-8")
    rows = "".join(f"a{n}.txt,Outlet {n}\n" for n in range(len(texts)))
    (folder / "articles.csv").write_text(f"file,outlet\n{rows}", encoding="utf-8")
    for n, text in enumerate(texts):
        lead = "It rained on the town for hours.\n\n"
        (folder / f"a{n}.txt").write_text(f"{lead}{text}\n", encoding="utf-8", newline="")
    return load_corpus(folder)

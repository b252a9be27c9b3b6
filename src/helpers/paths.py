"""Where the project keeps things."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

PROJECT_ROOT = Path(__file__).resolve().parents[2]
CORPUS_DIR = PROJECT_ROOT / "seeds"
FIGURES_DIR = PROJECT_ROOT / "figures"


@cache
def read_vocabulary(name: str) -> dict[str, Any]:
    """Read one of the word lists in ``data/``, once; not to be changed.

    Examples
    --------
    >>> read_vocabulary("titles")["honorifics"][:2]
    ['Mr', 'Mrs']
    """
    return tomllib.loads(files("helpers").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))

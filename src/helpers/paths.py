"""Where the project keeps things, and how its lists are read."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from .errors import InputError

PROJECT_ROOT = Path(__file__).resolve().parents[2]
CORPUS_DIR = PROJECT_ROOT / "seeds"
FIGURES_DIR = PROJECT_ROOT / "figures"


def read_toml(path: Path, where: str) -> dict[str, Any]:
    """Read a TOML file that a user wrote; `where` is what an error calls it."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where} is not UTF-8 (byte {error.start}): save it again with the encoding UTF-8"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where} is not valid TOML: {error}; mend that line") from None


@cache
def read_vocabulary(name: str) -> dict[str, Any]:
    """Read one of the word lists in ``data/``, once; not to be changed.

    Examples
    --------
    >>> read_vocabulary("titles")["honorifics"][:2]
    ['Mr', 'Mrs']
    """
    return tomllib.loads(files("helpers").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))

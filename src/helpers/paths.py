"""Where the project keeps things, and how its lists are read."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from .errors import InputError

PROJECT_ROOT = Path(__file__).resolve().parents[2]
CORPUS_DIR = PROJECT_ROOT / "seeds"
FIGURES_DIR = PROJECT_ROOT / "figures"

# Fifty thousand actors with aliases have some ten.
MAX_TOML_BYTES = 50_000_000


def check_inside(path: Path) -> None:
    """Refuse a link out of its folder: links are the folder's maker's, this one may come from anybody."""
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        folder = path.absolute().parent.name
        raise InputError(
            f"{folder}/{path.name} is a link that leads out of {folder}/: put the file itself there"
        )


def read_toml(path: Path, where: str) -> dict[str, Any]:
    """Read a TOML file that a user wrote; `where` is what an error calls it."""
    check_inside(path)
    if not path.is_file():  # a pipe would be waited for without end
        raise InputError(f"{where} cannot be read: expected a file") if path.exists() else FileNotFoundError
    if path.stat().st_size > MAX_TOML_BYTES:
        raise InputError(f"{where} has more than {MAX_TOML_BYTES // 10**6} MB: take out what is not needed")
    content = path.read_bytes()
    # Each further level of a dotted key costs as much as all before it.
    too_deep = f"{where} is nested too deeply: expected tables and lists, a few levels of them"
    if re.search(rb"""(?:[\w"'-]{1,80}+[ \t]*+\.[ \t]*+){100}""", content):
        raise InputError(too_deep)
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except RecursionError:
        raise InputError(too_deep) from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"{where} is not UTF-8 (byte {error.start}): save it again with the encoding UTF-8"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{where} is not valid TOML: {error}; mend that line") from None
    except ValueError:  # Python reads no number of more than 4,300 digits
        raise InputError(f"{where} is not valid TOML: a number is too long; mend that line") from None


@cache
def read_vocabulary(name: str) -> dict[str, Any]:
    """Read one of the word lists in ``data/``, once; not to be changed.

    Examples
    --------
    >>> read_vocabulary("titles")["honorifics"][:2]
    ['Mr', 'Mrs']
    """
    return tomllib.loads(files("helpers").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))

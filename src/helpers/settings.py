"""A corpus folder's own settings, from its ``settings.toml``."""

import os
from dataclasses import dataclass, fields
from pathlib import Path

from .errors import InputError
from .paths import read_toml

# What `run.py --model` hands to the notebooks' kernels; it comes before the folder's settings.
MODEL_VARIABLE = "HELPERS_MODEL"


@dataclass(frozen=True)
class Settings:
    """What a folder may set.

    Parameters
    ----------
    model : str
        The spaCy model whose evidence is used too, by its package's name or its folder; "" for none.
    """

    model: str = ""


def load_settings(folder: Path | str) -> Settings:
    r"""Read ``settings.toml`` of a corpus folder; a folder without one has the defaults.

    Parameters
    ----------
    folder : Path or str
        The corpus folder.

    Returns
    -------
    Settings
        The environment variable HELPERS_MODEL, if set, comes before the file's ``model``.

    Raises
    ------
    InputError
        If the file is no TOML, or holds an unknown setting or a value that is no text.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "settings.toml").write_text('model = "en_core_web_sm"')
    ...     load_settings(folder)
    Settings(model='en_core_web_sm')
    """
    path = Path(folder) / "settings.toml"
    where = f"{path.absolute().parent.name}/settings.toml"
    content = read_toml(path, where) if path.is_file() else {}
    allowed = [field.name for field in fields(Settings)]
    for key, value in content.items():
        if key not in allowed:
            raise InputError(f"{where}: unknown setting {key!r}: expected one of {', '.join(allowed)}")
        if not isinstance(value, str):
            raise InputError(f"{where}: {key} is {value!r}: expected text in quotation marks")
    model = os.environ.get(MODEL_VARIABLE) or content.get("model", "")
    return Settings(model=model.strip())

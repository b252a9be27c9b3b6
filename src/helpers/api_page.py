"""The page of the public functions, written from their docstrings."""

import inspect
import re
from pathlib import Path
from typing import Any

import helpers

from . import _MODULES
from .figures import write_if_changed

# The order in which one meets them; a public name is listed under one subject.
SUBJECTS = {
    "Articles": ["corpus", "structure", "sentences", "settings", "reading", "check", "errors"],
    "Actors and their mentions": [
        "actors", "mentions", "mention_counts", "arrivals", "pronouns", "audit", "suggest", "proposals",
        "candidates", "listed_names",
    ],
    "Words, names, frames, tone": ["words", "naming", "things", "frames", "tone"],
    "Voices": ["quotes", "voices"],
    "Copies, facts, disagreements": ["passages", "near_copies", "facts", "values", "disagreements"],
    "Who is mentioned together": [
        "cooccurrence", "association", "chance", "backbone", "network", "cooccurrence_differences",
        "network_files",
    ],
    "Back to the sentences": ["evidence", "in_context", "marked_article", "shown_tables", "choices"],
    "Figures": ["figures"],
    "How far to trust it": ["uncertainty", "robustness", "accuracy"],
    "Millions of articles": ["scale", "annotations", "stored_tables"],
}  # fmt: skip
_HEAD = """# The functions

Everything that `from helpers import …` offers, written from the docstrings by `python run.py`. Tables go in
and come out; what a column holds is said where the table is made. The charts are in `helpers.charts`: each
`draw_` function takes one of these tables, and its twin `describe_` gives the words for it."""


def write_api_page(path: Path) -> Path:
    """Write what each public name is for, takes and gives, as Markdown.

    Parameters
    ----------
    path : Path
        The file to write; touched only if its bytes change.

    Returns
    -------
    Path
        The file.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = write_api_page(Path(folder) / "api.md").read_text(encoding="utf-8")
    >>> "### count_mentions" in page
    True
    """
    parts, contents = [], []
    for subject, modules in SUBJECTS.items():
        names = [name for module in modules for name, home in _MODULES.items() if home == module]
        links = ", ".join(f"[{name}](#{name.lower()})" for name in names)
        contents.append(f"- **{subject}**: {links}")
        parts += [f"## {subject}", *(_write_name(name, getattr(helpers, name)) for name in names)]
    parts.append("## Charts")
    parts += [
        _write_name(name, getattr(helpers.charts, name))
        for name in helpers.charts.__all__
        if name.startswith("draw_")
    ]
    contents.append("- **Charts**: in `helpers.charts`, [below](#charts)")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_if_changed(path, ("\n\n".join([_HEAD, "\n".join(contents), *parts]) + "\n").encode())
    return path


def _write_name(name: str, value: Any) -> str:
    if not (inspect.isfunction(value) or inspect.isclass(value)):
        return f"### {name}\n\n`{value!r}`"
    doc = inspect.getdoc(value) or ""
    parts = [f"### {name}"]
    if inspect.isfunction(value):
        parts.append(f"```python\n{name}{_shorten(inspect.signature(value))}\n```")
    return "\n\n".join([*parts, *map(_write_section, _parse(doc))])


def _shorten(signature: inspect.Signature) -> str:
    """A signature without types, which stand with the parameters below, and without a machine's paths."""
    bare = str(
        signature.replace(
            parameters=[p.replace(annotation=p.empty) for p in signature.parameters.values()],
            return_annotation=signature.empty,
        )
    )
    return re.sub(r"(\w+)=<?(?:Posix|Windows)Path\([^)]*\)>?", r"\1=…", bare)


def _parse(doc: str) -> list[Any]:
    from griffe import Docstring, Parser  # for this page only

    return list(Docstring(doc).parse(Parser.numpy, warnings=False))


def _write_section(section: Any) -> str:
    kind = section.kind.value
    if kind == "text":
        return _plain(section.value)
    if kind == "examples":
        return "\n\n".join(
            f"```pycon\n{text}\n```" if part.value == "examples" else _plain(text)
            for part, text in section.value
        )
    if kind == "admonition":
        return f"**{section.title}**: {_plain(section.value.description)}"
    lines = [
        "- " + " ".join(filter(None, [_label(item), _plain(" ".join(item.description.split()))]))
        for item in section.value
    ]
    heading = {"parameters": "Takes", "returns": "Gives", "raises": "Errors"}.get(kind, kind.capitalize())
    return "\n".join([f"**{heading}**", "", *lines])


def _label(item: Any) -> str:
    """A parameter's name and type, or a result's type."""
    name = getattr(item, "name", "")
    return f"`{name}` ({item.annotation}):" if name and item.annotation else f"{item.annotation or name}:"


def _plain(text: str) -> str:
    """Docstrings mark code by two ticks, Markdown by one."""
    return text.replace("``", "`").strip()

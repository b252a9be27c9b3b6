"""Which files of a folder are read, and why the others are not even opened."""

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from .errors import InputError
from .part_files import is_annotated
from .raw_articles import SetAside, shown

# A text or a page of 50 MB is none. Tables are read row by row; 500 MB hold some hundred thousand articles.
MAX_FILE = 50_000_000
MAX_TABLE = 500_000_000
TABLE_ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet")
PAGE_ENDINGS = (".html", ".htm", ".xhtml")
TEXT_ENDINGS = (".txt", ".text")
_HIDDEN = ("thumbs.db", "desktop.ini", "__macosx")
# What browsers put beside page.html, in the languages they speak: page_files/ with its frames and pictures.
_PAGE_PARTS = ("_files", "-dateien", "_fichiers", "_archivos")
# What together make a folder one that `load_corpus` reads.
CORPUS_FILES = {"articles.csv", "actors.toml"}


@dataclass
class FoundFiles:
    """What was found in a folder, in sorted order."""

    root: Path
    most_table: int | None = MAX_TABLE
    files: list[tuple[Path, str]] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    n_hidden: int = 0
    n_page_parts: int = 0
    n_corpora: int = 0

    def look(self, folder: Path) -> None:
        """List a folder and those in it, without following a link to another folder."""
        waiting = [folder]
        while waiting:
            folder = waiting.pop()
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError:
                self.aside.append(
                    SetAside(self.name(folder), "The folder cannot be read: give yourself the right to.")
                )
                continue
            names = {entry.name for entry in entries}
            if folder != self.root and names >= CORPUS_FILES:
                self.n_corpora += 1
                continue
            inner = []
            for entry in entries:
                path = Path(entry.path)
                if entry.name.startswith((".", "~$")) or entry.name.lower() in _HIDDEN:
                    self.n_hidden += 1
                elif entry.is_dir(follow_symlinks=False):
                    if _is_page_part(entry.name, names):
                        self.n_page_parts += 1
                        continue
                    inner.append(path)
                else:
                    self.add(path)
            waiting += reversed(inner)

    def skipped(self) -> list[SetAside]:
        """Say how many files and folders were passed over."""
        counts = {
            "Hidden files and folders are not read": self.n_hidden,
            "Folders that belong to a saved page beside them are not read": self.n_page_parts,
            "Corpus folders, whose articles have been read before, are not read": self.n_corpora,
        }
        root = shown(self.root.name)
        return [SetAside(root, f"{what}: {number:,}.") for what, number in counts.items() if number]

    def name(self, path: Path) -> str:
        """Call a file by its place in the folder, never by the machine's path."""
        return shown(path.relative_to(self.root).as_posix())

    def add(self, path: Path) -> None:
        """Note a file, or why it is not to be opened."""
        source = self.name(path)
        if reason := _why_not(path, self.root, self.most_table):
            self.aside.append(SetAside(source, reason))
        else:
            self.files.append((path, source))


def _is_page_part(name: str, beside: set[str]) -> bool:
    return any(
        name.lower().endswith(part)
        and not beside.isdisjoint(name[: -len(part)] + end for end in PAGE_ENDINGS)
        for part in _PAGE_PARTS
    )


def _why_not(path: Path, root: Path, most_table: int | None) -> str:
    """Why a file is not opened, or "" if it can be."""
    try:
        target = path.resolve(strict=True) if path.is_symlink() else path
        found = target.stat(follow_symlinks=False)
    except (OSError, RuntimeError):  # a link to nowhere or to itself
        return "The link leads nowhere: put the file itself into the folder."
    if not target.is_relative_to(root):
        return "The link leads out of the folder: put the file itself into the folder."
    if target != path and stat.S_ISDIR(found.st_mode):
        return "Links to folders are not followed: put the files themselves into the folder."
    if not stat.S_ISREG(found.st_mode):
        return "This is a device or a pipe, which is not opened."
    ending = path.suffix.lower()
    if ending not in (*TABLE_ENDINGS, *PAGE_ENDINGS, *TEXT_ENDINGS):
        kind = f"Files ending in {shown(ending)[:20]}" if ending else "Files without an ending"
        return f"{kind} are not read: save the article as text (.txt) or HTML."
    if not found.st_size:
        return "The file is empty."
    most = most_table if ending in TABLE_ENDINGS else MAX_FILE
    too_large = most is not None and found.st_size > most
    return f"The file has more than {most // 10**6} MB: split it." if most and too_large else ""


def find_files(source: Path, most_table: int | None = MAX_TABLE) -> FoundFiles:
    """List the files to read, by name, and those that are not to be opened.

    `most_table` is how many bytes a table may have; None for any number.

    Raises
    ------
    InputError
        If there is no such folder or file, or nothing in it.
    """
    try:
        root = source.resolve(strict=True)
        is_folder, is_file = root.is_dir(), root.is_file()
    except (OSError, RuntimeError, ValueError):
        is_folder = is_file = False
    if not (is_folder or is_file):
        raise InputError(
            f"there is no folder or file {shown(source.name)!r}: expected text files, saved web pages or "
            "tables of articles"
        )
    if is_annotated(root):
        raise InputError(f"{shown(root.name)}/ holds tables, not articles: name what they were made from")
    found = FoundFiles(root if is_folder else root.parent, most_table)
    if is_folder:
        found.look(root)
        if not (found.files or found.aside or found.n_page_parts or found.n_corpora):
            raise InputError(
                f"{shown(root.name)}/ holds no file to read: put text files, web pages or tables in"
            )
    else:
        found.add(root)
    return found

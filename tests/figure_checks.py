"""What every figure is held to, as functions that return faults, and the figures of the notebooks to hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import combinations
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import tomlkit
from coloraide import Color
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection, QuadMesh
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

import helpers
from helpers import charts
from helpers.cli import NOTEBOOKS_DIR
from helpers.execution import find_notebooks
from helpers.paths import CORPUS_DIR

# --- the figures of the notebooks ----------------------------------------------------------------


@dataclass(frozen=True)
class Drawn:
    """A figure as a notebook would save it, with all tables that its cell names and the list of articles."""

    figure: Figure
    table: pd.DataFrame
    alt: str
    tables: list[pd.DataFrame]
    redraw: Callable[[], Any]

    @cached_property
    def numbers(self) -> Numbers:
        return read_numbers(self.tables)


def _names(cell: str, *kinds: type[ast.expr_context]) -> set[str]:
    """The names that a cell reads or writes; ``a["b"] = 1`` and ``a.b = 1`` write `a`."""
    found = set()
    for node in ast.walk(ast.parse(cell)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, kinds):
            found.add(node.id)
        elif isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, kinds):
            inner: ast.expr = node
            while isinstance(inner, ast.Subscript | ast.Attribute):
                inner = inner.value
            found |= {inner.id} if isinstance(inner, ast.Name) else set()
        elif isinstance(node, ast.alias) and ast.Store in kinds:
            found.add(node.asname or node.name)
    return found


def _cells_for_figures(path: Path, *, bundled: bool) -> list[tuple[str, bool]]:
    """The code cells that a notebook's figures need, in order; whether each is the one with parameters.

    What only shows a table or a widget is left out: it costs time and needs a notebook around it.
    """
    kept: list[tuple[str, bool]] = []
    wanted: set[str] = set()
    for cell in reversed(nbformat.read(path, as_version=4).cells):
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or ("seeds-only" in tags and not bundled):
            continue
        if "save_figure(" in cell.source or wanted & _names(cell.source, ast.Store):
            kept.append((cell.source, "parameters" in tags))
            wanted |= _names(cell.source, ast.Load)
    return kept[::-1]


def draw_notebooks(monkeypatch: Any, folder: Path = CORPUS_DIR) -> dict[str, Drawn]:
    """Draw every figure that the notebooks save, by the name of its files; no file is written."""
    drawn: dict[str, Drawn] = {}
    namespace: dict[str, Any] = {}
    source = ""
    last: Callable[[], Any] = str

    def record(draw: Callable[..., Any]) -> Callable[..., Any]:
        def draw_and_remember(*args: Any, **options: Any) -> Any:
            nonlocal last
            last = partial(draw, *args, **options)
            return last()

        return draw_and_remember

    def collect(axes: Any, name: str, table: pd.DataFrame, alt: str, folder: Path) -> list[Path]:
        figure = (axes if isinstance(axes, Axes) else axes[0]).get_figure(root=True)
        named = [namespace[key] for key in sorted(_names(source, ast.Load)) if key in namespace]
        tables = [value for value in named if isinstance(value, pd.DataFrame)]
        tables += [namespace["corpus"].articles] if "corpus" in namespace else []
        drawn[name] = Drawn(figure, table, helpers.figures.clean_words(alt), tables, last)
        plt.close(figure)  # as save_figure does
        FigureCanvasAgg(figure)
        return []

    monkeypatch.setattr(helpers, "save_figure", collect)
    for name in charts.__all__:
        if name.startswith("draw_"):
            monkeypatch.setattr(charts, name, record(getattr(charts, name)))
    for path in find_notebooks(NOTEBOOKS_DIR):
        namespace.clear()
        for source, is_parameters in _cells_for_figures(path, bundled=folder == CORPUS_DIR):
            exec(compile(source, path.name, "exec"), namespace)
            if is_parameters:
                namespace |= {"corpus_folder": folder, "figures_folder": folder / "figures"}
    pd.reset_option("display.")
    return drawn


def make_long_corpus(folder: Path) -> Path:
    """Thirteen articles of twelve outlets with long names, on actors with long names.

    They are paragraphs of the bundled articles dealt out anew, so that the rules find in them what they
    find in news; an article holds the words of two.
    """
    words = "Alder Birch Cedar Dogwood Elder Fir Ginkgo Hazel Ivy Juniper Kapok Larch".split()
    outlets = [f"The {word} Intercontinental Gazette of Trade, Weather and Shipping" for word in words]
    rows = ["file,outlet"]
    texts = [path.read_text(encoding="utf-8") for path in sorted(CORPUS_DIR.glob("*.txt"))]
    parts = [[part for part in text.split("\n\n") if len(part) > 120] for text in texts]
    for k in range(13):
        own = [part for n in range(2) for part in parts[(k + n) % 5][(k // 5 + n) % 4 :: 4]]
        head = f"Paper {k} on the anniversary of the armistice"
        (folder / f"{k:03d}_paper.txt").write_text("\n\n".join([head, *own]) + "\n", encoding="utf-8")
        rows.append(f'{k:03d}_paper.txt,"{outlets[k % 12]}"')
    (folder / "articles.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    actors = tomlkit.parse((CORPUS_DIR / "actors.toml").read_text(encoding="utf-8")).unwrap()
    for actor in actors["actor"]:
        actor["aliases"] = [*actor.get("aliases", []), actor["name"]]
        kind = "Permanent Secretariat" if actor.get("type") == "organisation" else "Plenipotentiary"
        actor["name"] = f"{actor['name']}, {kind} of the Harbour Commission"
    (folder / "actors.toml").write_text(tomlkit.dumps(actors), encoding="utf-8")
    return folder


# --- texts ---------------------------------------------------------------------------------------


def visible_texts(ax: Axes | Figure) -> list[Text]:
    figure = ax if isinstance(ax, Figure) else ax.figure
    return [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip() and t.axes]


def find_overlaps(boxes: list[Bbox]) -> list[list[int]]:
    """Return the pairs of boxes that share more than 0.8 pixel both ways (at 144 dpi)."""
    x0, y0, x1, y1 = np.array([box.extents for box in boxes]).T
    wide = np.minimum.outer(x1, x1) - np.maximum.outer(x0, x0)
    high = np.minimum.outer(y1, y1) - np.maximum.outer(y0, y0)
    pairs = np.argwhere((wide > 0.8) & (high > 0.8))
    return pairs[pairs[:, 0] < pairs[:, 1]].tolist()


def find_text_faults(figure: Figure, least: float = 7.0) -> list[str]:
    """Find texts that are small, off the sheet, cut by their axes, over another, or no number.

    The figure has been drawn.
    """
    texts = visible_texts(figure)
    boxes = [text.get_window_extent() for text in texts]
    edge, faults = figure.bbox, []
    for text, box in zip(texts, boxes, strict=True):
        said = repr(text.get_text())
        faults += [f"{said} has {text.get_fontsize():g} pt"] if text.get_fontsize() < least else []
        if min(box.x0, box.y0, edge.x1 - box.x1, edge.y1 - box.y1) < 0:
            faults.append(f"{said} leaves the sheet")
        frame = text.axes.bbox  # type: ignore[union-attr]
        inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
        clipped = text.get_clip_on() and (text.get_clip_box() or text.get_clip_path())
        faults += [f"{said} is cut by its axes"] if clipped and not inside else []
        faults += [f"{said} is no number"] if "nan" in text.get_text().lower().split() else []
    pairs = find_overlaps(boxes) if boxes else []
    return faults + [f"{texts[a].get_text()!r} overlaps {texts[b].get_text()!r}" for a, b in pairs]


# --- contrast ------------------------------------------------------------------------------------


def luminance(colours: np.ndarray) -> np.ndarray:
    """Relative luminance (WCAG 2) of colours whose last axis is red, green, blue from 0 to 1."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(one: Any, other: Any) -> np.ndarray:
    """Contrast ratio (WCAG 2) of a colour with one or many."""
    a, b = luminance(np.asarray(one, dtype=float)), luminance(np.asarray(other, dtype=float))
    return (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)


def _render(figure: Figure) -> np.ndarray:
    figure.canvas.draw()
    pixels: np.ndarray = np.asarray(figure.canvas.buffer_rgba())[..., :3] / 255  # type: ignore[attr-defined]
    return pixels.copy()


def find_text_contrast_faults(figure: Figure) -> list[str]:
    """Find texts that stand out too little from what is drawn behind their letters, or are hidden.

    Behind a letter are the pixels that change when texts lose their colour, and keep their halo and
    ground. A twentieth of them may be worse: the edge of a bar or a line that a letter crosses.
    """
    texts = visible_texts(figure)
    full = _render(figure)
    boxes = [text.get_window_extent() for text in texts]
    colours = [text.get_color() for text in texts]
    for text in texts:
        text.set_color((0, 0, 0, 0))
        text.set_visible(bool(text.get_path_effects() or text.get_bbox_patch()))  # the others take time
    behind = _render(figure)
    for text, colour in zip(texts, colours, strict=True):
        text.set_color(colour)
        text.set_visible(True)
    letters = np.abs(full - behind).max(axis=-1) > 0.15
    faults = []
    for text, box, colour in zip(texts, boxes, colours, strict=True):
        rows = slice(max(0, round(len(full) - box.y1)), max(0, round(len(full) - box.y0)) + 1)
        columns = slice(max(0, round(box.x0)), round(box.x1) + 1)
        ground = behind[rows, columns][letters[rows, columns]]
        size, weight = text.get_fontsize(), text.get_fontweight()
        large = size >= 18 or (size >= 14 and weight == "bold")
        if not len(ground):
            faults.append(f"{text.get_text()!r} is hidden")
        elif (ratio := np.quantile(contrast(to_rgba(colour)[:3], ground), 0.05)) < (3 if large else 4.5):
            faults.append(f"{text.get_text()!r} has a contrast of {ratio:.1f}")
    return faults


# --- marks ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mark:
    """Something drawn that is no text: its colour, the form it has besides, and what it is."""

    colour: str
    form: tuple[Any, ...]
    gid: str
    edge: str = "#ffffff"


def _line_marks(line: Line2D) -> Iterator[Mark]:
    gid = str(line.get_gid() or "")
    if line.get_linestyle() not in ("None", "none") and len(line.get_xdata()) > 1:  # type: ignore[arg-type]
        dashes = line._dash_pattern[1]  # type: ignore[attr-defined]
        thick = line.get_linewidth() >= 3
        yield Mark(to_hex(line.get_color()), ("line", bool(dashes), thick), gid)
    marker = str(line.get_marker())
    if marker not in ("None", "none", "", " ") and line.get_markersize():  # a tick has none here
        face, edge = to_rgba(line.get_markerfacecolor()), to_rgba(line.get_markeredgecolor())
        hollow = face[:3] == (1, 1, 1) or not face[3]
        colour = edge if hollow or marker in "|_x+" else face
        yield Mark(to_hex(colour), ("marker", marker, line.get_fillstyle(), hollow), gid, to_hex(edge))


def find_marks(figure: Figure) -> list[Mark]:
    """List the marks of a figure: lines, markers, bars and areas; white ones and heat maps are none."""
    marks: list[Mark] = []
    grounds = [figure.patch, *(ax.patch for ax in figure.axes)]
    for artist in figure.findobj(lambda a: a.get_visible()):  # type: ignore[arg-type]
        if isinstance(artist, Line2D):
            marks += _line_marks(artist)
        elif isinstance(artist, PathCollection):
            face, edge = artist.get_facecolor()[0], artist.get_edgecolor()[0]  # type: ignore[index]
            hollow = to_hex(face) == "#ffffff"
            shape = str(np.round(artist.get_paths()[0].vertices, 2).tolist())
            form = ("marker", shape, hollow)
            marks.append(Mark(to_hex(edge if hollow else face), form, str(artist.get_gid()), to_hex(edge)))
        elif isinstance(artist, Rectangle | PathPatch) and artist not in grounds:
            form = ("patch", str(artist.get_hatch() or ""), type(artist).__name__)
            edge = to_hex(artist.get_edgecolor()) if artist.get_linewidth() else "#ffffff"
            marks.append(Mark(to_hex(artist.get_facecolor()), form, str(artist.get_gid() or ""), edge))
    return sorted({mark for mark in marks if mark.colour != "#ffffff"}, key=str)


DEFICIENCIES = ("protan", "deutan", "tritan")


@cache
def difference(one: str, other: str, seen_by: str = "") -> float:
    """Difference of two colours (ΔE 2000), as a deficiency would see them or as they are."""
    a, b = Color(one), Color(other)
    if seen_by:
        a, b = a.filter(seen_by, method="machado"), b.filter(seen_by, method="machado")
    return float(a.delta_e(b, method="2000"))


@cache
def grey_difference(one: str, other: str) -> float:
    """Difference of two colours in lightness (L* of CIELAB, 0 to 100)."""
    return abs(float(Color(one).convert("lab-d65")["l"] - Color(other).convert("lab-d65")["l"]))


def find_mark_contrast_faults(marks: list[Mark], least: float = 3.0) -> list[str]:
    """Find marks of which neither face nor edge stands out from white."""
    faults = []
    for mark in marks:
        ratio = max(float(contrast(to_rgba(part)[:3], (1, 1, 1))) for part in (mark.colour, mark.edge))
        if ratio < least:
            faults.append(f"{mark.colour} {mark.form} {mark.gid!r} has a contrast of {ratio:.1f}")
    return faults


def find_alike(marks: list[Mark], alike: Callable[[str, str], bool]) -> list[str]:
    """Find marks of one form whose colours are alike: nothing else would tell them apart."""
    return [
        f"{a.colour} and {b.colour} of {a.form} {a.gid!r} {b.gid!r}"
        for a, b in combinations(marks, 2)
        if a.form == b.form and a.colour != b.colour and alike(a.colour, b.colour)
    ]


def find_grey_faults(marks: list[Mark]) -> list[str]:
    return find_alike(marks, lambda a, b: grey_difference(a, b) < 10)


def find_colour_faults(marks: list[Mark]) -> list[str]:
    return find_alike(marks, lambda a, b: min(difference(a, b, seen) for seen in DEFICIENCIES) < 10)


def find_shade_faults(figure: Figure) -> list[str]:
    """Find what is wrong with heat maps: shades that do not darken with the value, cells without a number."""
    faults, numbers = [], [text.get_window_extent() for text in visible_texts(figure)]
    for mesh in figure.findobj(QuadMesh):
        values = np.ma.compressed(mesh.get_array())  # type: ignore[arg-type]
        steps = np.unique(values)
        light = luminance(mesh.to_rgba(steps)[:, :3])  # type: ignore[index]
        # Values closer than a step of the scale share its shade.
        apart = np.diff(steps) > (mesh.norm.vmax - mesh.norm.vmin) / 128  # type: ignore[operator]
        if (np.diff(light)[apart] >= 0).any() or (np.diff(light) > 1e-9).any():
            faults.append("a larger value is not darker")
        corners = mesh.get_coordinates()
        centres = (corners[:-1, :-1] + corners[1:, 1:]) / 2
        for place in mesh.get_transform().transform(centres.reshape(-1, 2)):
            if not any(box.contains(*place) for box in numbers):
                faults.append("a cell has no number")
    return faults


# --- words ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Numbers:
    """What tables say in numbers; of these the sums and counts of whole tables; names with digits."""

    found: np.ndarray
    counts: np.ndarray
    names: list[str]


def read_numbers(tables: list[pd.DataFrame]) -> Numbers:
    """List the cells of tables, and sums, medians, sizes of the groups that one or two columns of words make.

    Shares may be said in per cent. Offsets are no finding. In a long table most small numbers stand
    somewhere: this finds numbers from nowhere; that words are right to the letter, test_charts shows.
    """
    values: list[float] = [0.0]
    counts: list[float] = [0.0]
    names: set[str] = set()
    for table in tables:
        numbers = table.select_dtypes("number").drop(columns=["start", "end"], errors="ignore")
        words = [c for c in table.columns if pd.api.types.infer_dtype(table[c]) in ("string", "boolean")]
        counts += [len(table), *table[words].nunique(), *numbers.sum()]
        values += [*numbers.max(), *numbers.to_numpy(dtype=float).ravel().tolist()]
        for keys in [[a] for a in words] + [[*pair] for pair in combinations(words, 2)]:
            groups = table.groupby(keys)
            counts += [groups.ngroups]
            values += groups.size().tolist()
            if groups.ngroups < 1000:  # beyond, a group is a row
                values += groups[list(numbers)].sum().to_numpy(dtype=float).ravel().tolist()
            if len(keys) == 1:
                values += groups[list(numbers)].median().to_numpy(dtype=float).ravel().tolist()
        names |= {
            str(v) for c in words for v in table[c].unique() if re.search(r"[^\W\d].*\d|\d.*[^\W\d]", str(v))
        }
    found = np.array(values)
    found = np.abs(found[np.isfinite(found)])
    found = np.unique(np.concatenate([found, 100 * found[found <= 1], counts]))
    named = [name for name in names if re.search(r"[^\W\d].*\d|\d.*[^\W\d]", name)]
    return Numbers(found, np.unique(counts), sorted(named, key=len, reverse=True))


def find_word_faults(words: str, numbers: Numbers) -> list[str]:
    """Find what is wrong with an alternative text: its length, or a number that the tables do not hold.

    A number must be one of the tables' at the precision it is written with, or what is left of a count when
    another number of the text is taken off ("20 actors ... 41 not shown" of 61).
    """
    faults = [f"{len(words)} characters"] if len(words) > 500 else []
    n_sentences = len(re.findall(r"[.?!…](?= [^a-z(]|$)", words))
    faults += [f"{n_sentences} sentences"] if not 1 <= n_sentences <= 3 else []
    faults += ["nan"] if re.search(r"\bnan\b", words, re.IGNORECASE) else []
    for name in numbers.names:
        words = words.replace(" ".join(name.split()), "")
    words = re.sub(r"\+ \d+ more|per 1,000 words", "", words)
    written = [number.rstrip(",") for number in re.findall(r"(?<![\w.])\d[\d,]*(?:\.\d+)?", words)]
    faults += [] if written else ["no number"]
    said = np.array([float(number.replace(",", "")) for number in written])
    for number, value in zip(written, said, strict=True):
        half = 0.5 * 10.0 ** -len(number.partition(".")[2]) + 1e-9
        is_rest = np.isin(value + said, numbers.counts).any()
        if np.abs(numbers.found - value).min() > half and not is_rest:
            faults.append(f"{number} is not in the table")
    return faults

"""Every figure that the notebooks save: read in print, in grey, with any eyes, or by its words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pandas as pd
import pytest
from figure_checks import (
    DEFICIENCIES,
    Drawn,
    Mark,
    contrast,
    difference,
    draw_notebooks,
    find_colour_faults,
    find_grey_faults,
    find_mark_contrast_faults,
    find_marks,
    find_shade_faults,
    find_text_contrast_faults,
    find_text_faults,
    find_word_faults,
    grey_difference,
    luminance,
    make_long_corpus,
    read_numbers,
)
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import helpers
from helpers.charts_style import SHADES, chart_width, sheet_width
from helpers.cli import NOTEBOOKS_DIR
from helpers.errors import InputError
from helpers.execution import find_notebooks

SAVED = [
    name
    for path in find_notebooks(NOTEBOOKS_DIR)
    for cell in nbformat.read(path, as_version=4).cells
    if cell.cell_type == "code"
    for name in re.findall(r'save_figure\([^"\n]+"(\w+)"', cell.source)
]
CORPORA = ("bundled", "long names")
CASES = [pytest.param(corpus, name, id=f"{corpus}-{name}") for corpus in CORPORA for name in SAVED]

# What carries no meaning of its own: rules between rows, the ground of columns, the line at zero.
STRUCTURE = {"#dddddd", "#f4f6f8", "#bbbbbb"}
# What is pale, and told by words or numbers as well: by gid, or by the name of the figure.
TOLD_OTHERWISE = {
    "shade": "cells of a heat map: their numbers stand in them",
    "segment": "whose words: each segment is named, with its share, in it or below it",
    "swatch": "key of a kind of passage: stands over the column with its name",
    "headline": "words of an article: every number stands in the table beside the bar",
    "subheading": "as headline",
    "caption": "as headline",
    "body": "as headline",
    "credit": "as headline",
    "boilerplate": "as headline",
    "rate": "bar of a rate: its number stands at its end",
    "use": "bar behind a label: the label and its number stand on it",
}
# What has one form and many colours, where something beside it tells what the colour tells.
NAMED_BESIDE = {
    "shade": "heat map: one colour for one number, which is written",
    "circle": "ladder: all circles of a panel are of the side that its head names",
    "size": "key of sizes: grey, and no side",
    "band": "passages: a band repeats the hatch of the blocks that it joins",
}


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict[str, Drawn]]]:
    """The figures of all notebooks on both corpora, drawn once, each at its own size."""
    patch = pytest.MonkeyPatch()
    patch.setattr(helpers, "load_corpus", cache(helpers.load_corpus))  # the notebooks share one
    folder = make_long_corpus(tmp_path_factory.mktemp("long"))
    with plt.rc_context():
        yield {"bundled": draw_notebooks(patch), "long names": draw_notebooks(patch, folder)}
    patch.undo()


def test_every_saved_figure_is_checked(figures: dict[str, dict[str, Drawn]]) -> None:
    assert len(SAVED) == len(set(SAVED)) > 15
    assert [list(figures[corpus]) for corpus in CORPORA] == [SAVED, SAVED]


@pytest.mark.parametrize(("corpus", "name"), CASES)
def test_texts_can_be_read(figures: dict[str, dict[str, Drawn]], corpus: str, name: str) -> None:
    figure = figures[corpus][name].figure
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(170)
    if corpus == "bundled":  # the colours of a chart are the same whatever its names
        assert find_text_contrast_faults(figure) == []
    figure.canvas.draw()
    assert find_text_faults(figure) == []


@pytest.mark.parametrize(("corpus", "name"), CASES)
def test_marks_are_seen_and_told_apart(figures: dict[str, dict[str, Drawn]], corpus: str, name: str) -> None:
    figure = figures[corpus][name].figure
    marks = [mark for mark in find_marks(figure) if mark.colour not in STRUCTURE]
    assert find_mark_contrast_faults([mark for mark in marks if mark.gid not in TOLD_OTHERWISE]) == []
    alone = [mark for mark in marks if mark.gid not in NAMED_BESIDE]
    assert find_grey_faults(alone) == []
    assert find_colour_faults(alone) == []
    assert find_shade_faults(figure) == []


@pytest.mark.parametrize(("corpus", "name"), CASES)
def test_words_say_what_the_figure_shows(
    figures: dict[str, dict[str, Drawn]], corpus: str, name: str
) -> None:
    drawn = figures[corpus][name]
    assert find_word_faults(drawn.alt, drawn.numbers) == []


@pytest.mark.parametrize("name", SAVED)
def test_words_follow_the_table(figures: dict[str, dict[str, Drawn]], name: str) -> None:
    one, other = (figures[corpus][name] for corpus in CORPORA)
    assert one.table.equals(other.table) == (one.alt == other.alt)


@pytest.mark.parametrize("name", SAVED)
def test_a_chart_narrower_than_a_page_can_be_read_or_says_how_wide_it_must_be(
    figures: dict[str, dict[str, Drawn]], name: str
) -> None:
    """148 mm is what grows to 12 pt on a slide; what allows a column or 120 mm is held to it there."""
    for width in (85, 120, 148):
        try:
            with chart_width(width):
                axes = figures["long names"][name].redraw()
            break
        except InputError as error:
            assert width < 148
            assert re.search(f" on {width} mm: expected (120|148) mm or more$", str(error))
    figure = (axes if isinstance(axes, Axes) else axes[0]).get_figure(root=True)
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(width)
    figure.canvas.draw()
    assert find_text_faults(figure) == []
    plt.close(figure)


def test_a_chart_148_mm_wide_has_type_of_12_pt_on_a_slide() -> None:
    with chart_width(148):
        assert 7 * 254 / (sheet_width() / 72 * 25.4) >= 12
    assert sheet_width() / 72 * 25.4 == pytest.approx(170)


@pytest.mark.parametrize("width", [10, 79, 421, float("nan")])
def test_a_width_without_sense_is_refused(width: float) -> None:
    with pytest.raises(InputError, match="mm wide: expected 80"), chart_width(width):
        pass


# --- the scale of the heat maps, and the checks themselves ---------------------------------------


def test_the_scale_of_heat_maps_darkens_with_every_step() -> None:
    shades = SHADES(np.linspace(0, 1, 64))
    assert (np.diff(luminance(shades[:, :3])) < 0).all()
    ends = [mpl.colors.to_hex(shade) for shade in shades[[0, -1]]]
    assert min(difference(*ends, seen) for seen in DEFICIENCIES) > 40


def test_known_contrasts() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast([118 / 255] * 3, (1, 1, 1)) == pytest.approx(4.54, abs=0.01)


def bad_figure(**look: Any) -> Figure:
    figure = mpl.figure.Figure(figsize=(3, 2), dpi=144)
    mpl.backends.backend_agg.FigureCanvasAgg(figure)
    ax = figure.add_axes((0.1, 0.1, 0.8, 0.8))
    ax.set(xticks=[], yticks=[])
    ax.text(**{"x": 0.5, "y": 0.5, "s": "freight", "size": 9} | look)
    figure.canvas.draw()
    return figure


@pytest.mark.parametrize(
    ("look", "fault"),
    [
        ({}, None),
        ({"size": 6}, "has 6 pt"),
        ({"x": -0.3}, "leaves the sheet"),
        ({"x": 0.95, "clip_on": True}, "is cut by its axes"),
        ({"s": "nan"}, "is no number"),
    ],
)
def test_a_bad_text_is_found(look: dict[str, Any], fault: str | None) -> None:
    faults = find_text_faults(bad_figure(**look))
    assert any(fault in found for found in faults) if fault else faults == []


def test_an_overlap_is_found() -> None:
    figure = bad_figure()
    figure.axes[0].text(0.55, 0.5, "harbour")
    assert find_text_faults(figure) == ["'freight' overlaps 'harbour'"]


@pytest.mark.parametrize(
    ("colour", "ground", "fault"),
    [
        ("#757575", "white", None),
        ("#9A9A9A", "white", "has a contrast of 2.8"),
        ("#757575", "#BBBBBB", "has a contrast of 2."),
        ("white", "white", "is hidden"),
    ],
)
def test_a_faint_text_is_found(colour: str, ground: str, fault: str | None) -> None:
    figure = bad_figure(color=colour)
    figure.axes[0].set_facecolor(ground)
    faults = find_text_contrast_faults(figure)
    assert any(fault in found for found in faults) if fault else faults == []


def test_a_text_behind_a_bar_is_found_and_a_halo_helps() -> None:
    figure = bad_figure(zorder=1)
    figure.axes[0].bar(0.5, 1, width=1, color="#22384E", zorder=2)
    assert find_text_contrast_faults(figure) == ["'freight' is hidden"]
    figure.axes[0].texts[0].set_zorder(3)
    (fault,) = find_text_contrast_faults(figure)
    assert fault.startswith("'freight' has a contrast of 1.")
    halo = mpl.patheffects.withStroke(linewidth=5, foreground="white")
    figure.axes[0].texts[0].set_path_effects([halo])
    assert find_text_contrast_faults(figure) == []


def test_a_pale_mark_is_found_and_an_edge_helps() -> None:
    figure = bad_figure()
    ax = figure.axes[0]
    ax.plot([0.2], [0.2], "o", color="#E69F00", markeredgecolor="white")
    ax.bar([0.8], [0.5], color="#D3DCE4", linewidth=0)
    ax.scatter([0.3], [0.4], color="#56B4E9", edgecolor="white")
    ax.plot([0, 1], [0, 1], color="#B9C3CC")
    assert len(find_mark_contrast_faults(find_marks(figure))) == 4
    ax.lines[0].set(markeredgecolor="#333333")
    ax.patches[0].set(edgecolor="#333333", linewidth=1)
    assert len(find_mark_contrast_faults(find_marks(figure))) == 2


def test_colours_alone_are_found_and_another_form_helps() -> None:
    red, green = Mark("#d62728", ("line", False), ""), Mark("#2ca02c", ("line", False), "")
    assert grey_difference("#d62728", "#2ca02c") < 20
    assert find_grey_faults([Mark("#e05050", ("bar", ""), ""), Mark("#508850", ("bar", ""), "")])
    olive, brown = Mark("#808000", ("line", False), ""), Mark("#a06a00", ("line", False), "")
    assert find_colour_faults([olive, brown]) and difference("#808000", "#a06a00") > 10
    assert find_colour_faults([olive, Mark(brown.colour, ("line", True), "")]) == []
    assert find_colour_faults([red, Mark("#1f1f1f", ("line", False), "")]) == []
    assert find_grey_faults([green, Mark("#1f1f1f", ("line", False), "")]) == []


def draw_heat_map(values: list[float], cmap: str, numbers: bool = True) -> Figure:
    figure = mpl.figure.Figure(figsize=(3, 1), dpi=144)
    mpl.backends.backend_agg.FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.pcolormesh(range(len(values) + 1), [0, 1], [values], cmap=cmap, vmin=0, vmax=max(values))
    for k, value in enumerate(values if numbers else []):
        ax.text(k + 0.5, 0.5, f"{value:g}", ha="center")
    figure.canvas.draw()
    return figure


def test_a_scale_that_does_not_darken_and_a_cell_without_number_are_found() -> None:
    assert find_shade_faults(draw_heat_map([1, 2, 3, 4], "Greys")) == []
    assert find_shade_faults(draw_heat_map([1, 2, 3, 4], "jet"))
    assert len(find_shade_faults(draw_heat_map([1, 2, 3, 4], "Greys", numbers=False))) == 4
    assert find_shade_faults(draw_heat_map([0, 2, 4], "bwr"))  # its ends are equally light


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("Bars of 3 outlets. Most: Post 12.", None),
        ("Bars of 3 outlets, 19 mentions in all.", None),
        ("Bars of 4 outlets.", "4 is not in the table"),
        ("Post 12.4 mentions.", "12.4 is not in the table"),
        ("Most in Post, 63 %.", None),
        ("Bars of outlets.", "no number"),
        ("One 3. Two 3. Three 3. Four 3.", "4 sentences"),
        ("Post 12. " + "x" * 500, "characters"),
        ("Bars of 3 outlets: nan.", "nan"),
    ],
)
def test_bad_words_are_found(words: str, fault: str | None) -> None:
    table = pd.DataFrame({"outlet": ["Post", "Radio", "Isle"], "n": [12, 5, 2], "share": [0.63, 0.26, 0.11]})
    faults = find_word_faults(words, read_numbers([table]))
    assert any(fault in found for found in faults) if fault else faults == []


def test_a_folder_of_parameters_and_cells_that_only_show_do_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell that needs a notebook around it is not run unless a figure needs it."""
    cells = [
        ("import pandas as pd\nfrom helpers import save_figure\nimport matplotlib.pyplot as plt", []),
        ("corpus_folder = figures_folder = None", ["parameters"]),
        ("table = pd.DataFrame({'n': [1]})", []),
        ("widget = get_ipython().no_such_thing(table)\nwidget", []),
        ("table['where'] = str(corpus_folder)", []),
        ("raise ValueError", ["seeds-only"]),
        ("save_figure(plt.figure().add_subplot(), '09_figure', table, 'One row.', figures_folder)", []),
    ]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source, metadata={"tags": tags}) for source, tags in cells]
    )
    nbformat.write(notebook, tmp_path / "09_some.ipynb")
    monkeypatch.setattr("figure_checks.NOTEBOOKS_DIR", tmp_path)
    drawn = draw_notebooks(monkeypatch, tmp_path)
    assert list(drawn) == ["09_figure"]
    assert drawn["09_figure"].table["where"].tolist() == [str(tmp_path)]

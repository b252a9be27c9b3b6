"""A smaller SVG file is the same picture."""

import re
from pathlib import Path
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.patheffects import Normal, Stroke
from matplotlib.transforms import Bbox

from helpers import figures, save_figure
from helpers.charts_style import chart_style
from helpers.small_svg import make_svg_small

HREF = "{http://www.w3.org/1999/xlink}href"
SVG = "{http://www.w3.org/2000/svg}"


@chart_style()
def draw() -> plt.Axes:
    """A bar with dots in it, and a word with an outline that is written twice."""
    ax: plt.Axes = plt.figure(figsize=(2, 1)).add_subplot()
    ax.barh(1, 2.123456, hatch="....")
    halo = [Stroke(linewidth=2, foreground="white"), Normal()]
    for y in (1, 1.1):
        ax.text(1, y, "Outlined words", path_effects=halo)
    ax.set_title("Dots and words")
    return ax


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """The file as matplotlib writes it, and as it is saved."""
    written = []
    for make_small in (lambda svg, name: svg, make_svg_small):
        monkeypatch.setattr(figures, "make_svg_small", make_small)
        path = save_figure(draw(), "dots", pd.DataFrame({"n": [2]}), "One bar.", tmp_path)[0]
        written.append(path.read_text(encoding="utf-8"))
    return written[0], written[1]


def find_extents(svg: str) -> list[tuple[float, float, float, float]]:
    """Where the lines of each path lie, to a tenth of a point; circles and glyphs are looked at elsewhere."""
    found = []
    for path in re.findall(r'<path(?: id="[^"]*")? d="([^"]*)"', svg):
        if not set(path) & set("CAQ"):
            numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path)]
            points = list(zip(numbers[::2], numbers[1::2], strict=True))
            found.append(tuple(Bbox.null().union([Bbox([p, p]) for p in points]).extents.round(1)))
    return found


def test_it_is_much_smaller(pictures: tuple[str, str]) -> None:
    before, after = pictures
    assert len(after) < len(before) / 3


def test_lines_stay_where_they_were(pictures: tuple[str, str]) -> None:
    before, after = map(find_extents, pictures)
    assert len(before) > 3
    assert before == after


def test_circles_stay_circles(pictures: tuple[str, str]) -> None:
    before, after = pictures
    n_circles = len(re.findall(r"(?:C [-\d. ]+\n){8}z", before))
    assert n_circles > 500
    assert not re.search(r"C ?[-\d]", after)
    arcs = re.findall(r"M(\S+) (\S+)A(\S+) \3 0 1 1 \1 (\S+?)A\3 \3 0 1 1 \1 \2z", after)
    assert len(arcs) == n_circles
    for _, top, radius, bottom in arcs:
        assert abs(float(top) - float(bottom)) == pytest.approx(2 * float(radius), abs=0.02)


def test_an_outlined_word_is_drawn_by_outline_and_again_by_its_id(pictures: tuple[str, str]) -> None:
    before, after = (ElementTree.fromstring(picture) for picture in pictures)
    ids = [element.get("id") for element in after.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    again = [use for use in after.iter(f"{SVG}use") if (use.get(HREF) or "").startswith("#dots-path-")]
    assert [use.get(HREF) for use in again] == ["#dots-path-1", "#dots-path-2"]
    assert all("stroke" not in (use.get("style") or "") for use in again)
    assert all((use.get(HREF) or "")[1:] in ids for use in after.iter(f"{SVG}use"))
    assert len(list(before.iter(f"{SVG}path"))) == len(list(after.iter(f"{SVG}path"))) + 2


def test_letters_stand_at_the_same_places(pictures: tuple[str, str]) -> None:
    letters, places = [], []
    for picture in pictures:
        uses = [
            use for use in ElementTree.fromstring(picture).iter(f"{SVG}use") if "DejaVu" in use.get(HREF, "")
        ]
        moved = [use.get("transform") or f"translate({use.get('x', 0)} 0)" for use in uses]
        letters.append([use.get(HREF) for use in uses])
        places.append([float(place.removeprefix("translate(").removesuffix(" 0)")) for place in moved])
    assert len(letters[0]) > 10
    assert letters[0] == letters[1]
    assert places[0] == pytest.approx(places[1], abs=0.0051)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('d="M 1e-05 -0.001 \nL 2.999 0.125 \n"', 'd="M0 0L3 0.12"'),
        (
            'transform="translate(8.123456 9) scale(0.015625)"',
            'transform="translate(8.12 9) scale(0.015625)"',
        ),
        ('x="0.123456" width="481.889764pt"', 'x="0.12" width="481.889764pt"'),
        ("<desc>M 1.23456 2.34567</desc>", "<desc>M 1.23456 2.34567</desc>"),
        # eight curves that are no circle: the fourth does not end below the first
        ("M 0 1 \n" + 8 * "C 1 1 1 1 2 2 \n" + "z", "M 0 1 \n" + 8 * "C 1 1 1 1 2 2 \n" + "z"),
    ],
)
def test_only_lengths_are_rounded(before: str, after: str) -> None:
    before, after = (f"<path {text}/>" if '="' in text else text for text in (before, after))
    assert make_svg_small(before, "a") == after

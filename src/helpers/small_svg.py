"""The same picture in a smaller SVG file: what matplotlib writes out at length, said in short."""

import re

_NUMBER = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
# Lengths are points: what lies behind the second decimal is less than a hundredth of a pixel.
_LONG_NUMBER = re.compile(r"-?\d+(?:\.\d{3,}(?:e-?\d+)?|\.\d+e-?\d+|e-?\d+)")
_LENGTHS = re.compile(r'(?<= d=")[^"]*|(?<=translate\()[^)]*|(?<= [xy]=")[^"]*')
# A circle as matplotlib writes it: eight curves, from top to bottom and back. Hatches have thousands.
_CURVES = r"(?:C [-\de. ]+\n)"
_CIRCLE = re.compile(
    rf"M ({_NUMBER}) ({_NUMBER}) \n{_CURVES}{{3}}"
    rf"C (?:{_NUMBER} ){{4}}({_NUMBER}) ({_NUMBER}) \n{_CURVES}{{4}}z"
)
# Text with an outline is the same long path twice: the outline, and what is filled.
_TWICE = re.compile(r'<path d="([^"]{300,})"([^>]*)/>(\s*)<path d="\1"([^>]*)/>')
_LETTER = re.compile(rf'(<use xlink:href="[^"]*") transform="translate\(({_NUMBER}) 0\)"/>')


def make_svg_small(svg: str, name: str) -> str:
    r"""Write an SVG picture of matplotlib in fewer bytes, so that a page can hold many.

    Lengths are rounded to two decimals, circles are written as arcs, and a path that is drawn twice stands
    there once.

    Parameters
    ----------
    svg : str
        The picture.
    name : str
        Its name; ids that are given begin with it.

    Returns
    -------
    str
        The same picture.

    Examples
    --------
    >>> make_svg_small('<path d="M 0.123456 7 \nL 10.000001 -7.5 \nz\n" style="fill: none"/>', "a")
    '<path d="M0.12 7L10 -7.5z" style="fill: none"/>'
    """
    svg = _CIRCLE.sub(_write_arcs, svg)
    svg = _LENGTHS.sub(_shorten, svg)
    svg = _LETTER.sub(r'\1 x="\2"/>', svg)
    n_paths = 0

    def use_again(pair: re.Match[str]) -> str:
        nonlocal n_paths
        n_paths += 1
        own = f"{name}-path-{n_paths}"
        path, outline, space, fill = pair.groups()
        return f'<g{outline}><path id="{own}" d="{path}"/></g>{space}<use xlink:href="#{own}"{fill}/>'

    return _TWICE.sub(use_again, svg)


def _write_arcs(circle: re.Match[str]) -> str:
    x, top, below, bottom = map(float, circle.groups())
    radius = round(abs(top - bottom) / 2, 6)
    if abs(x - below) > 1e-5:  # no circle
        return circle[0]
    arc = f"A {radius} {radius} 0 1 1"
    return f"M {x} {top} {arc} {x} {bottom} {arc} {x} {top} z"


def _shorten(lengths: re.Match[str]) -> str:
    rounded = _LONG_NUMBER.sub(lambda number: f"{float(number[0]):z.2f}".rstrip("0").rstrip("."), lengths[0])
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", rounded).strip()

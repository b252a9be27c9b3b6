"""Write a chart as files that are the same bytes on every run, with its data and words inside."""

import base64
import html
import io
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes

from helpers.charts_style import chart_style, find_title
from helpers.errors import InputError
from helpers.paths import FIGURES_DIR
from helpers.small_svg import make_svg_small

PNG_DPI = 200
FIGURE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_SVG = "{http://www.w3.org/2000/svg}"


class SavedFigure(list[Path]):
    """The files of a figure; a notebook shows the picture that is in them.

    Parameters
    ----------
    paths : iterable of Path
        The files.
    png : bytes
        The picture, `PNG_DPI` dots an inch.
    alt : str
        Its words.
    """

    def __init__(self, paths: Iterable[Path], png: bytes, alt: str) -> None:
        super().__init__(paths)
        self.png, self.alt = png, alt

    def __repr__(self) -> str:
        """Name the files, without a path of this machine."""
        return ", ".join(path.name for path in self)

    def _ipython_display_(self) -> None:
        """Show the picture, and its words folded below: Jupyter keeps no alternative text of a picture."""
        from IPython.display import display  # there wherever this is called

        # Larger than in print: a screen is further away.
        width = int.from_bytes(self.png[16:20]) * 120 // PNG_DPI
        picture = {"image/png": base64.b64encode(self.png).decode(), "text/plain": repr(self)}
        display(picture, raw=True, metadata={"image/png": {"alt": self.alt, "width": width}})
        words = (
            f'<details class="in-words tex2jax_ignore mathjax_ignore"><summary>In words</summary>'
            f"{html.escape(self.alt)}</details>"
        )
        display({"text/html": words, "text/plain": self.alt}, raw=True)


def save_figure(
    axes: Axes | Sequence[Axes],
    name: str,
    table: pd.DataFrame,
    alt: str,
    folder: Path | str = FIGURES_DIR,
) -> SavedFigure:
    r"""Write a chart as SVG, PNG and PDF, and its table as CSV beside it.

    The files hold the title of the chart and the alternative text: SVG as ``<title>`` and
    ``<desc>``, PNG as Title and Description, PDF as Title and Subject. They hold no date and no
    version, so that the same chart gives the same bytes; a file is touched only when its bytes
    change. In the CSV a string that a spreadsheet would take for a formula (it starts with
    ``=``, ``+``, ``-``, ``@``, tab or return) gets an apostrophe in front; numbers keep six
    significant digits.

    **Width.** Charts are drawn 170 mm wide, for the text of a page, with type of 7 pt or more; the height
    follows from what is shown (``n_actors=`` and the like make a chart lower). `helpers.charts.chart_width`
    draws them in another width, with type of the same size:

    - a page: 170 mm, the default; across a landscape page or a poster: `chart_width(254)`;
    - a column of 85 to 90 mm: `chart_width(85)`, for keyness, voices and the matrix of pairs. The others
      need 120 or 148 mm and say so: let those run over both columns;
    - a slide of 16:9 (254 mm wide): `chart_width(148)`, and place the SVG over the width of the slide: its
      type grows with it to 12 pt or more.

    Place SVG and PDF at the width they were drawn in, and type keeps its size; at half the width it is half
    as large. The PNG has 200 dots an inch: 1,338 pixels on 170 mm. For any other layout pass a `draw_`
    function an Axes of your own (``ax=``) with room around it.

    Parameters
    ----------
    axes : Axes or list of Axes
        What a `draw_` function returned.
    name : str
        Name of the files without their ending: letters, digits, ``_`` and ``-``.
    table : DataFrame
        The data that the chart shows; its index is not written.
    alt : str
        One to three sentences that say what the chart shows, with its main numbers.
    folder : Path or str
        Where to write; made if missing.

    Returns
    -------
    SavedFigure
        The paths of the .svg, .png, .pdf and .csv file. As the last line of a cell it shows the picture; the
        chart itself is closed, so that it is not drawn again.

    Raises
    ------
    InputError
        If the name has other characters, or `alt` or `axes` is empty.

    Examples
    --------
    >>> import tempfile
    >>> from helpers.charts import draw_article_makeup
    >>> table = pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "kind": ["body"], "n_words": [9]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = save_figure(draw_article_makeup(table), "words", table, "One bar.", Path(folder))
    >>> [path.name for path in paths]
    ['words.svg', 'words.png', 'words.pdf', 'words.csv']

    For a slide:

    >>> from helpers.charts import chart_width
    >>> with tempfile.TemporaryDirectory() as folder, chart_width(148):
    ...     paths = save_figure(draw_article_makeup(table), "slide", table, "One bar.", Path(folder))
    """
    if not FIGURE_NAME.fullmatch(name):
        raise InputError(
            f"figure name {name!r}: expected letters, digits, '_' and '-' only, no folder and no "
            "ending; choose the folder with folder="
        )
    words = clean_words(alt)
    if not words:
        raise InputError(
            f"figure {name!r} has no alternative text: pass alt=, e.g. from a describe_ function"
        )
    panels = [axes] if isinstance(axes, Axes) else list(axes)
    if not panels:
        raise InputError(f"figure {name!r}: axes is empty: pass what a draw_ function returned")
    title = find_title(panels[0]) or clean_words(panels[0].get_title()) or name
    contents = {
        "svg": _render_svg(panels[0], name, title, words),
        "png": _render(panels[0], "png", {"Title": title, "Description": words, "Software": None}),
        "pdf": _render(
            panels[0],
            "pdf",
            {"Title": title, "Subject": words} | dict.fromkeys(("Creator", "Producer", "CreationDate")),
        ),
        "csv": _render_csv(table),
    }
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.{ending}" for ending in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        write_if_changed(path, content)
    plt.close(panels[0].get_figure(root=True))
    return SavedFigure(paths, contents["png"], words)


def clean_words(text: str) -> str:
    r"""Put text on one line, without characters that XML forbids or that turn the direction of reading.

    Examples
    --------
    >>> clean_words("Jane\x07\u202e Doe")
    'Jane Doe'
    """
    forbidden = r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
    return " ".join(re.sub(forbidden, " ", text).split())


def _render(ax: Axes, ending: str, metadata: dict[str, str | None]) -> bytes:
    buffer = io.BytesIO()
    figure = ax.get_figure(root=True)
    if figure is None:
        raise InputError("the axes belong to no figure: pass what a draw_ function returned")
    with chart_style():
        figure.savefig(buffer, format=ending, dpi=PNG_DPI, metadata=metadata, facecolor="white")
    return buffer.getvalue()


def _render_svg(ax: Axes, name: str, title: str, words: str) -> bytes:
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    svg = make_svg_small(_render(ax, "svg", nothing).decode(), name)
    start = svg.index(">", svg.index("<svg"))
    # The ids carry the figure's name: several figures may stand in one page.
    spoken = (
        f' role="img" aria-labelledby="{name}-title {name}-desc">\n'
        f' <title id="{name}-title">{html.escape(title)}</title>\n'
        f' <desc id="{name}-desc">{html.escape(words)}</desc>'
    )
    return (svg[:start] + spoken + svg[start + 1 :]).encode()


def _render_csv(table: pd.DataFrame) -> bytes:
    safe = table.map(guard_cell)
    safe.columns = pd.Index([guard_cell(str(column)) for column in table.columns])
    # With \r in the line end the writer also quotes a cell that holds a lone \r.
    text: str = safe.to_csv(index=False, lineterminator="\r\n").replace("\r\n", "\n")
    return text.encode(errors="backslashreplace")


def guard_cell(value: object) -> object:
    """Disarm a string that a spreadsheet would run; shorten a float.

    Examples
    --------
    >>> [guard_cell(value) for value in ("=1+1", "-5", -5, 1234.56789, "a=b")]
    ["'=1+1", "'-5", -5, '1234.57', 'a=b']
    """
    if isinstance(value, str):
        value = value.replace("\r\n", "\n")
        return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
    if isinstance(value, float) and not pd.isna(value):
        return f"{value:.6g}"
    return value


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write a file in one step, or leave it alone if it holds these bytes already; tell whether it did."""
    if path.is_file() and path.read_bytes() == content:
        return False
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def write_gallery(folder: Path | str = FIGURES_DIR) -> Path:
    """Write README.md into a folder: each figure with its title, words and files, then the other files.

    Parameters
    ----------
    folder : Path or str
        Where `save_figure` wrote.

    Returns
    -------
    Path
        The README.md.

    Raises
    ------
    InputError
        If an SVG file in the folder holds no title or no description.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_gallery(folder).name
    'README.md'
    """
    parts = ["# Figures", "Each figure as it is, in words, and as files to take."]
    folder = Path(folder)
    for path in sorted(folder.glob("*.svg")):
        title, words = read_words(path)
        files = [path.with_suffix(f".{ending}") for ending in ("svg", "png", "pdf", "csv")]
        links = " · ".join(f"[{file.suffix[1:].upper()}]({file.name})" for file in files if file.is_file())
        picture = path.with_suffix(".png")
        shown = picture if picture.is_file() else path
        parts += [
            f"## {_escape(title)}",
            f'<img src="{html.escape(shown.name)}" alt="{html.escape(words)}" width="800">',
            f"In words: {_escape(words)}",
            f"Files: {links}",
        ]
    if len(parts) == 2:
        parts[1] = "There are no figures yet."
    readme = folder / "README.md"
    stems = {path.stem for path in folder.glob("*.svg")}
    others = [path for path in sorted(folder.glob("[!.]*.*")) if path.stem not in stems and path != readme]
    if others:
        links = " · ".join(f"[{_escape(path.name)}]({quote(path.name)})" for path in others)
        parts += [
            "## Other files",
            "Networks for other programs, with their nodes and edges as tables.",
            links,
        ]
    folder.mkdir(parents=True, exist_ok=True)
    write_if_changed(readme, ("\n\n".join(parts) + "\n").encode())
    return readme


def read_words(path: Path) -> tuple[str, str]:
    """Give the title and the description that an SVG file holds."""
    try:
        root = ElementTree.fromstring(path.read_bytes())  # noqa: S314 (a file of our own)
    except ElementTree.ParseError as error:
        raise InputError(f"{path.name} is no SVG file ({error}): write it with save_figure") from None
    found = [" ".join((root.findtext(_SVG + tag) or "").split()) for tag in ("title", "desc")]
    if not all(found):
        raise InputError(f"{path.name} holds no title and description: write it with save_figure")
    return found[0], found[1]


def _escape(text: str) -> str:
    """Write every sign that Markdown or HTML could take for its own as an entity.

    Examples
    --------
    >>> _escape("<b>5 *of* 6</b> (a)")
    '&#60;b&#62;5 &#42;of&#42; 6&#60;/b&#62; (a)'
    """
    return re.sub(r"[^\w\s.,;:()/%'’“”–-]|_", lambda sign: f"&#{ord(sign[0])};", text)

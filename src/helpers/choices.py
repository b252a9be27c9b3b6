"""One question more, asked with a mouse: pick a row's name and see what stands behind it."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from .errors import InputError
from .shown_tables import as_html

if TYPE_CHECKING:
    from ipywidgets import VBox

# A longer list is no longer a choice, and slow in a browser.
MOST_CHOICES = 500
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True, eq=False)
class Choice:
    """A list to pick from in JupyterLab; elsewhere what its first entry shows.

    Parameters
    ----------
    what : str
        What is picked.
    rows : dict of str to DataFrame
        The rows behind each entry, in the list's order.
    show : callable
        Makes of these rows what is shown.
    n_left_out : int
        How many entries the list leaves out.
    """

    what: str
    rows: dict[str, pd.DataFrame]
    show: Callable[[pd.DataFrame], Any]
    n_left_out: int
    _shown: dict[str, tuple[str, str]] = field(default_factory=dict, repr=False)

    def _find_shown(self, entry: str) -> tuple[str, str]:
        """What an entry shows, as text and as HTML; made once."""
        if entry not in self._shown:
            try:
                shown = self.show(self.rows[entry])
                self._shown[entry] = repr(shown), as_html(shown)
            except InputError as error:
                self._shown[entry] = str(error), f"<p>{html.escape(str(error))}</p>"
        return self._shown[entry]

    def show_html(self, entry: str) -> str:
        """Give what an entry shows, as HTML."""
        return self._find_shown(entry)[1]

    def make_widget(self) -> "VBox":
        """Make the list and the place where what was picked is shown."""
        from ipywidgets import HTML, Dropdown, Layout, VBox  # half a second, and only where there is a kernel

        entries = list(self.rows)
        picker = Dropdown(
            options=entries,
            value=entries[0],
            description=f"{self.what}:",
            style={"description_width": "initial"},
            layout=Layout(width="auto", max_width="40em"),
        )
        place = HTML(self._place(entries[0]))

        def show_picked(change: dict[str, Any]) -> None:
            place.value = self._place(change["new"])

        picker.observe(show_picked, names="value")
        return VBox([picker, place])

    def _place(self, entry: str) -> str:
        # Jupyter sets the lines of a widget as far apart as its buttons.
        rest = f"<p>+ {self.n_left_out:,} more that the list leaves out</p>" if self.n_left_out else ""
        return f'<div style="line-height:1.5">{self.show_html(entry)}{rest}</div>'

    def __repr__(self) -> str:
        """What the first entry shows."""
        first = next(iter(self.rows), None)
        if first is None:
            return f"There is no {self.what} to pick."
        return f"{self.what}: {first}\n{self._find_shown(first)[0]}"

    def _repr_html_(self) -> str:
        first = next(iter(self.rows), None)
        if first is None:
            return f"<p>There is no {html.escape(self.what)} to pick.</p>"
        others = len(self.rows) - 1
        more = f" <small>(JupyterLab has a list here, with {others:,} more)</small>" if others else ""
        picked = f"<p>{html.escape(self.what)}: <b>{html.escape(first)}</b>{more}</p>"
        return picked + self.show_html(first)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Both at once: the list for where there is a kernel, what stands without one for everywhere else."""
        still = {"text/plain": repr(self), "text/html": self._repr_html_()}
        if not self.rows or not _in_kernel():
            return still
        return {**self.make_widget()._repr_mimebundle_(), **still}


def _in_kernel() -> bool:
    """Whether there is a kernel for a widget to talk to."""
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return False
    return hasattr(get_ipython(), "kernel")


def explore(
    rows: pd.DataFrame, by: str | Sequence[str], show: Callable[[pd.DataFrame], Any], what: str = ""
) -> Choice:
    """Let a reader pick a name from a table and see what stands behind it.

    Parameters
    ----------
    rows : DataFrame
        Any table; the list has an entry for each value of `by`, in the order of the rows. Rows without a
        value are left out.
    by : str or list of str
        The column whose values are picked from; of several, the values joined, as for a pair.
    show : callable
        Takes the rows of the value picked and gives what to show, such as
        ``lambda rows: show_evidence(corpus, rows)``. An `InputError` of it is shown as its sentence.
    what : str
        What is picked, as the list's label; by default the name of the column.

    Returns
    -------
    Choice
        As the last line of a cell: in JupyterLab a list and, below it, what was picked; where there is no
        kernel (a saved notebook, the report) what the first entry shows. At most 500 entries; the rest is
        counted.

    Raises
    ------
    InputError
        If it is no table, or lacks a column.

    Examples
    --------
    >>> import pandas as pd
    >>> words = pd.DataFrame({"word": ["fog", "ice"], "n": [3, 1]})
    >>> explore(words, "word", lambda rows: int(rows["n"].sum()))
    word: fog
    3
    """
    if not isinstance(rows, pd.DataFrame):
        raise InputError(f"rows is a {type(rows).__name__}: expected a table, such as counts.head(50)")
    columns = [by] if isinstance(by, str) else list(by)
    if not columns:
        raise InputError("by is empty: expected a column of the table, or several")
    if missing := [column for column in columns if column not in rows.columns]:
        raise InputError(
            f"explore: the table lacks the column {missing[0]!r}; it has {', '.join(map(str, rows.columns))}"
        )
    rows = rows.dropna(subset=columns)
    labels = rows[columns].astype(str).agg(" – ".join, axis="columns") if len(rows) else pd.Series(dtype=str)
    names = labels.unique()
    behind = {name: rows[labels == name] for name in names[:MOST_CHOICES]}
    return Choice(what or " and ".join(columns), behind, show, max(0, len(names) - MOST_CHOICES))

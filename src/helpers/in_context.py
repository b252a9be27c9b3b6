"""Keyword in context: each use of a word or name with the words around it, one below the other."""

import html
import re
from dataclasses import dataclass

import pandas as pd

from .corpus import Corpus
from .errors import InputError
from .evidence import find_spans, spread_evenly
from .shown_tables import say_rest

# So many characters on either side fill a line, and say how a word is used.
WIDTH = 50


@dataclass(frozen=True, eq=False)
class Concordance:
    """Uses of words, the words one below the other; shows itself in a notebook or as text.

    Parameters
    ----------
    lines : DataFrame
        A row a use: outlet, article_id, start, end, before, keyword, after.
    n_left_out : int
        How many more uses there are.
    """

    lines: pd.DataFrame
    n_left_out: int

    def __repr__(self) -> str:
        """One use a line."""
        rows = [
            f"{row.before:>{WIDTH + 2}}[{_on_one_line(row.keyword)}]{row.after:<{WIDTH + 2}}  {row.outlet}"
            for row in self.lines.itertuples()
        ]
        return "\n".join([*rows, *self._rest()])

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col" style="text-align:{side}">{name}</th>'
            for name, side in (("outlet", "left"), ("before", "right"), ("used", "center"), ("after", "left"))
        )
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left" title="{html.escape(row.article_id)}">'
            f"{html.escape(row.outlet)}</th>"
            f'<td style="text-align:right">{html.escape(row.before)}</td>'
            f'<td style="text-align:center"><mark>{html.escape(row.keyword)}</mark></td>'
            f'<td style="text-align:left">{html.escape(row.after)}</td></tr>'
            for row in self.lines.itertuples()
        )
        # The class keeps dollar signs of the text from being set as formulas.
        table = (
            f'<table class="shown tex2jax_ignore mathjax_ignore"><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )
        rest = "".join(f"<p>{html.escape(line)}</p>" for line in self._rest())
        return f"{table}{rest}" if len(self.lines) else rest

    def _rest(self) -> list[str]:
        if not len(self.lines):
            return ["No use stands behind these rows."]
        return say_rest(self.n_left_out, "use")


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def show_in_context(
    corpus: Corpus, rows: pd.DataFrame, among: pd.DataFrame | None = None, n: int = 20
) -> Concordance:
    """Show each use of words or names with what stands before and after it in its paragraph.

    Parameters
    ----------
    corpus : Corpus
        The corpus the table was made from.
    rows : DataFrame
        Rows of any table that `show_evidence` takes, such as ``keyness[["word"]].head(1)``.
    among : DataFrame, optional
        The words or mentions that were counted, if not all were.
    n : int
        Show at most so many uses, spread evenly over all there are; the rest is counted.

    Returns
    -------
    Concordance
        Shows itself, escaped, a use a line, by outlet and place.

    Raises
    ------
    InputError
        If n is below 1, or no sentences can be found for rows with these columns.

    Examples
    --------
    >>> import pandas as pd
    >>> from helpers import load_corpus
    >>> shown = show_in_context(load_corpus(), pd.DataFrame({"word": ["visit"]}), n=3)
    >>> list(shown.lines["keyword"])
    ['Visit', 'Visit', 'visit']
    """
    if n < 1:
        raise InputError(f"n is {n}: expected 1 or more uses to show")
    spans = find_spans(corpus, rows, among).drop_duplicates()
    spans = spans.merge(corpus.articles[["article_id", "outlet"]], on="article_id")
    spans = spans.sort_values(["outlet", "article_id", "start", "end"], ignore_index=True)
    kept = spread_evenly(spans, n)
    blocks = dict(tuple(corpus.blocks.groupby("article_id")))
    cut = []
    for row in kept.itertuples():
        raw, around = corpus.raw(row.article_id), blocks[row.article_id]
        first = around.loc[around["start"] <= row.start, "start"].max()
        last = around.loc[around["end"] >= row.end, "end"].min()
        before = _on_one_line(raw[max(first, row.start - WIDTH) : row.start]).lstrip()
        after = _on_one_line(raw[row.end : min(last, row.end + WIDTH)]).rstrip()
        if row.start - WIDTH > first:  # half a word says nothing
            before = "… " + (before if raw[row.start - WIDTH - 1].isspace() else before.partition(" ")[2])
        if row.end + WIDTH < last:
            after = (after if raw[row.end + WIDTH].isspace() else after.rpartition(" ")[0]) + " …"
        cut.append((before, raw[row.start : row.end], after))
    lines = pd.concat(
        [
            kept,
            pd.DataFrame(cut, columns=["before", "keyword", "after"], dtype=object),
        ],
        axis="columns",
    )
    columns = ["outlet", "article_id", "start", "end", "before", "keyword", "after"]
    return Concordance(lines[columns], len(spans) - len(kept))

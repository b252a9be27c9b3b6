"""An article read whole, its mentions marked: whose they are, of which kind, and which are only places."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from .charts_style import INK, Side, list_sides
from .corpus import Corpus
from .errors import InputError
from .mention_counts import count_mentions
from .structure import COUNTED_KINDS

# The line below a mention, by its kind: never the colour alone. {0} is the side's colour.
_LINES = {
    "named": "{0}",
    "demonym": "repeating-linear-gradient(90deg,{0} 0 7px,#fff 7px 10px)",
    "nominal": "repeating-linear-gradient(90deg,{0} 0 2px,#fff 2px 4px)",
    "title": "linear-gradient({0} 0 1px,#fff 1px 3px,{0} 3px)",
    "pronoun": "linear-gradient({0} 0 1px,#fff 1px)",
}
_PLACE = "transparent"
_KINDS = {
    "named": "name", "demonym": "adjective", "nominal": "description", "title": "title beside a name",
    "pronoun": "pronoun",
}  # fmt: skip
# spaCy puts a space behind each piece of plain text; this takes it away again where the text has none.
_JOINED = "\u2060"
_TEMPLATE = {
    "span": '<span style="display:inline-block;position:relative;line-height:1.4;height:{total_height}px">'
    "{text}{span_slices}{span_starts}</span>",
    "slice": '<span style="position:absolute;background:{bg};top:{top_offset}px;left:0;width:100%;'
    'height:4px"></span>',
    "start": '<span style="top:{top_offset}px;left:0;position:absolute">'
    '<span style="position:absolute;top:4px;left:0;font-size:10px;line-height:1;white-space:nowrap;'
    f'background:#fff;color:{INK}">'
    "{label}{kb_link}</span></span>",
}


@dataclass(frozen=True, eq=False)
class MarkedArticle:
    """An article with its mentions marked; shows itself in a notebook or as text.

    Parameters
    ----------
    label : str
        The article's short name.
    blocks : DataFrame
        Its runs of characters, with their kind and text.
    mentions : DataFrame
        The mentions in them: start, end, kind, use and the side's code and colour.
    key : list of tuple
        Code, name and colour of each side that is marked.
    """

    label: str
    blocks: pd.DataFrame
    mentions: pd.DataFrame
    key: list[tuple[str, Side]]

    def __repr__(self) -> str:
        """The text, each mention in brackets with its side's code."""
        lines = []
        for block in self.blocks.itertuples():
            text, at = "", block.start
            for m in self._within(block, nested=False).itertuples():
                code = f"({m.code})" if m.use == "place" else m.code
                text += block.text[at - block.start : m.start - block.start]
                text += f"[{block.text[m.start - block.start : m.end - block.start]}|{code}]"
                at = m.end
            lines.append(text + block.text[at - block.start :])
        return "\n".join([self.label, *lines])

    def _within(self, block: Any, *, nested: bool = True) -> pd.DataFrame:
        found = self.mentions[
            (self.mentions["start"] >= block.start) & (self.mentions["end"] <= block.end)
        ].sort_values(["start", "end"], ascending=[True, False])
        if nested:
            return found
        return found[found["start"] >= found["end"].cummax().shift(fill_value=-1)]

    def _repr_html_(self) -> str:
        parts = []
        for block in self.blocks.itertuples():
            marked = _mark(block.text, self._within(block), block.start)
            grey = ""
            if block.kind not in COUNTED_KINDS:
                marked = f"<small>[{block.kind}, not counted] {marked}</small>"
                grey = ";color:#666"
            elif block.kind in ("headline", "subheading"):
                marked = f"<b>{marked}</b>"
            elif block.kind == "caption":
                marked = f"<i>{marked}</i>"
            parts.append(f'<p style="line-height:2{grey}">{marked}</p>')
        # Set on white in a dark theme too: the lines' colours were chosen for it.
        return (
            f'<div class="article tex2jax_ignore mathjax_ignore" style="background:#fff;color:{INK};'
            f'padding:.5em 1em;max-width:46em">{self._key()}{"".join(parts)}</div>'
        )

    def _key(self) -> str:
        """What codes, colours and lines mean."""
        if not self.key:
            return "<p><small>No mention is marked.</small></p>"
        sides = ", ".join(
            f'<span style="border-bottom:4px solid {side.colour}">{html.escape(code)}</span> '
            f"{html.escape(side.name or 'no side')}"
            for code, side in self.key
        )
        is_place = self.mentions["use"] == "place"
        lined = set(self.mentions.loc[~is_place, "kind"])
        kinds = ", ".join(
            '<span style="display:inline-block;width:2.5em;height:4px;'
            f'background:{line.format(INK)}"></span> {_KINDS[kind]}'
            for kind, line in _LINES.items()
            if kind in lined
        )
        places = ["a code in brackets and no line: only where something happens"] if is_place.any() else []
        lines = "; ".join([*([kinds] if kinds else []), *places])
        return f"<p><small><b>Whose</b>: {sides}. <b>As what</b>: {lines}.</small></p>"


def _mark(text: str, mentions: pd.DataFrame, start: int) -> str:
    """One run of text with its mentions, as HTML."""
    from spacy.displacy.render import SpanRenderer  # a second to import, needed here only

    cuts = {0, len(text), *(mentions["start"] - start), *(mentions["end"] - start)}
    # Between words too, so that a long mention may run over a line's end.
    cuts |= {at for at in range(1, len(text)) if text[at - 1].isspace() != text[at].isspace()}
    at = sorted(cuts)
    tokens = [text[a:b] for a, b in pairwise(at)]
    number = {position: n for n, position in enumerate(at)}
    spans: list[dict[str, Any]] = []
    colours = {}
    for m in mentions.itertuples():
        place = m.use == "place"
        label = html.escape(f"({m.code})" if place else m.code)
        # The look hangs on side and kind, the label on the side: a name of both finds the look.
        label += "\u200b" * (1 + list(_LINES).index(m.kind)) if not place else ""
        colours[label] = _PLACE if place else _LINES[m.kind].format(m.colour)
        first, last = number[m.start - start], number[m.end - start]
        spans.append({"start_token": first, "end_token": last, "label": label})
    inside = {n for span in spans for n in range(span["start_token"], span["end_token"])}
    plain = [t if n in inside or t.isspace() else t + _JOINED for n, t in enumerate(tokens)]
    options = {"colors": colours, "template": _TEMPLATE, "top_offset": 21, "span_label_offset": 15}
    marked: str = SpanRenderer(options).render_spans(plain, spans, None)
    # Without the <div> around it, which would end the paragraph it stands in.
    marked = marked.partition(">")[2].rpartition("</div>")[0]
    return marked.replace(f"{_JOINED} ", "").strip()


def _codes(names: Sequence[str]) -> list[str]:
    """A short code for each name that no other has, in capitals or not: its initials, or its first letters.

    Examples
    --------
    >>> _codes(["North Land", "Norway", "Northern Isles", "Norton", ""])
    ['NL', 'No', 'NI', 'Nor', '–']
    """
    codes: list[str] = []
    for name in names:
        words = [word for word in name.split() if word[:1].isupper()] or name.split()
        tries = ["".join(word[0] for word in words)] if len(words) > 1 else []
        letters = "".join(words)
        tries += [letters[:length] for length in range(2, len(letters) + 1)] or [letters or "–"]
        tries += [f"{tries[-1]}{number}" for number in range(2, len(names) + 2)]
        taken = {code.upper() for code in codes}  # displaCy finds a label's colour by its capitals
        codes.append(next(code for code in tries if code.upper() not in taken))
    return codes


def show_article(corpus: Corpus, article_id: str, mentions: pd.DataFrame) -> MarkedArticle:
    """Show an article whole, with its mentions marked by side and kind.

    Parameters
    ----------
    corpus : Corpus
        The corpus the mentions were found in.
    article_id : str
        Which article.
    mentions : DataFrame
        As from `find_mentions`: article_id, start, end, actor_id, kind, use. All of them give the sides their
        colours, those of this article are marked.

    Returns
    -------
    MarkedArticle
        Shows itself, escaped: below each mention a line in its side's colour, whose form says the kind, and
        the side's code; a country that is only a place has its code in brackets and no line. What does not
        count is grey. Drawn by spaCy's displaCy.

    Raises
    ------
    InputError
        If there is no such article.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> first = corpus.articles["article_id"].iloc[0]
    >>> shown = show_article(corpus, first, find_mentions(corpus))
    >>> len(shown.blocks) > 5, len(shown.key) > 2
    (True, True)
    """
    raw = corpus.raw(article_id)
    if missing := [c for c in ("article_id", "start", "end", "actor_id", "kind", "use") if c not in mentions]:
        raise InputError(f"mentions lacks the column {missing[0]!r}: expected what find_mentions gives")
    sides = list_sides(count_mentions(corpus, mentions, by="actor_id"))
    here = mentions[mentions["article_id"] == article_id].copy()
    side_of = {id_: corpus.actors[id_].side for id_ in here["actor_id"].unique()}
    here["side"] = here["actor_id"].map(side_of)
    marked = [side for side in sides if (here["side"] == side).any()]
    codes = dict(zip(marked, _codes([sides[side].name for side in marked]), strict=True))
    here["code"] = here["side"].map(codes)
    here["colour"] = here["side"].map({side: sides[side].colour for side in marked})
    blocks = corpus.blocks[corpus.blocks["article_id"] == article_id].sort_values("start")
    texts = [raw[start:end] for start, end in zip(blocks["start"], blocks["end"], strict=True)]
    key = [(codes[side], sides[side]) for side in marked]
    return MarkedArticle(corpus.labels()[article_id], blocks.assign(text=texts), here, key)

"""Charts of what is told: which outlet tells, attributes or leaves out a fact, and which words are shared."""

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import ScaledTranslation, Transform

from helpers.charts_style import (
    FAINT,
    LINE,
    MIDDLING,
    PALE,
    SMALL,
    SOFT,
    TEXT,
    chart_style,
    check_columns,
    clean_label,
    count_noun,
    draw_nothing,
    format_count,
    measure,
    open_chart,
    sheet_width,
    wrap,
    write,
)
from helpers.charts_tables import (
    UPRIGHT,
    find_edges,
    lay_out_heads,
    name_outlets,
    rank_outlets,
    write_heads,
)
from helpers.errors import InputError

FACTS = ("fact_id", "fact", "n_groups", "group", "state", "attributed_to")
PASSAGES = ("article_a", "article_b", "word_a", "word_b", "n_words", "quoted")
ARTICLES = ("article_id", "label", "n_words")
SLATE, MIDDLE = "#22384E", "#7D93A8"
# state: (words of the key, colour); none of these is the colour of a side
STATES = {
    "stated": ("stated as fact", SLATE),
    "attributed": ("attributed to someone", "#5F7890"),
    "contradicted": ("contradicted", "#882255"),
    "absent": ("absent", PALE),
}
# quoted: (words of the key, colour, hatch)
QUOTED = {
    "outside": ("outside quotation marks", MIDDLE, ""),
    "both": ("inside and outside", "#5F7890", "////"),
    "inside": ("inside quotation marks", SLATE, "xxxx"),
}
PITCH = SMALL * LINE
MAX_FACTS, FACT_LINES = 18, 3
MAX_ARTICLES, MAX_PASSAGES = 12, 200
GAP, TOLD, KEY = 8.0, 34.0, 20.0  # points
WHO = 48.0  # points that a column needs to name whom a fact is attributed to
BAR = 12.0
BAND = "#F4F6F8"


def _shorten(text: str, width: float, size: float, n_lines: int, weight: str = "normal") -> list[str]:
    """Wrap text into `n_lines` at most; of more, keep the first, cut at a word and ended with "…".

    Examples
    --------
    >>> _shorten("The Long Name Daily", 60, 7, 1)
    ['The Long …']
    """
    lines = wrap(text, width, size, weight)
    if len(lines) > n_lines:
        lines = wrap(text, width - measure(" …", size, weight), size, weight)[:n_lines]
        lines[-1] = lines[-1].removesuffix("…").rstrip() + " …"
    return lines


def _shift(ax: Axes, x: float, y: float) -> Transform:
    """Return a shift by points."""
    return ScaledTranslation(x / 72, y / 72, ax.get_figure(root=True).dpi_scale_trans)  # type: ignore[union-attr]


def _write_key(
    ax: Axes,
    entries: Sequence[tuple[str, str]],
    left: float,
    down: float,
    draw: Callable[[str, float, Transform], None],
) -> None:
    """Write the entries (value, words) of a key `down` points below the axes, `left` of its edge.

    `draw` draws the mark of a value at x points from the left, in a transform whose origin is the
    axes' lower left corner, `down` points lower.
    """
    x = -left
    origin = ax.transAxes + _shift(ax, 0, -down)
    for value, words in entries:
        draw(value, x, origin)
        write(ax, words, (0, 0), on=("axes fraction", "axes fraction"), shift=(x + 17, -down), size=SMALL,
              gid="key")  # fmt: skip
        x += 17 + measure(words, SMALL) + 12


def _clean_facts(facts: pd.DataFrame, chart: str) -> pd.DataFrame:
    """Return the facts with "" for nobody; raise ``InputError`` for an unknown state."""
    check_columns(facts, FACTS, chart)
    strange = facts.loc[~facts["state"].isin(list(STATES)), "state"]
    if len(strange):
        expected = ", ".join(STATES)
        raise InputError(f"{chart}: unknown state {strange.iloc[0]!r}: expected one of {expected}")
    who = facts["attributed_to"].astype(object)  # a column of missing values only is one of numbers
    return facts.assign(attributed_to=who.where(who.notna(), "").astype(str))


@chart_style()
def draw_facts(facts: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw which outlet states, attributes, contradicts or leaves out each fact: a mark per cell.

    Rows are the first 18 facts of the table, in its order; columns the outlets (twelve at most), those
    that tell most facts first. Where columns are wide enough, who says so, or denies it, stands
    below its mark. A long fact takes three lines and ends in "…".

    Parameters
    ----------
    facts : DataFrame
        Columns: fact_id, fact (its text), n_groups (outlets that tell it), group (the outlet), state
        (stated, attributed, contradicted, absent), attributed_to (a name, or ``""``). A fact and an
        outlet have one row at most; without a row the fact is absent.
    ax : Axes, optional
        Where to draw; without it a figure is opened, 170 mm wide (`chart_width`).

    Returns
    -------
    Axes
        x in columns (0 is the left edge of the first), y in points from the top.

    Raises
    ------
    InputError
        If a column is missing or a state is unknown.
    """
    title = "Which outlet tells which fact"
    facts = _clean_facts(facts, "draw_facts")
    if facts.empty:
        return draw_nothing(ax, title, "No fact was found: nothing to show.")
    told = facts.assign(outlet=facts["group"], n=facts["state"] != "absent")
    outlets, n_hidden = rank_outlets(told, "n")
    each = facts.drop_duplicates("fact_id")
    shown, rest = each.head(MAX_FACTS), max(0, len(each) - MAX_FACTS)
    cells = {
        (fact, group): (state, who)
        for fact, group, state, who in facts[["fact_id", "group", "state", "attributed_to"]].itertuples(
            index=False
        )
    }

    free = sheet_width() - 16 - TOLD
    column = min((free - (150 if len(outlets) < 7 else 178) - GAP) / len(outlets), 62)
    width = free - column * len(outlets) - GAP
    left = width + GAP
    labels = [_shorten(clean_label(fact), width, TEXT, FACT_LINES) for fact in shown["fact"]]
    who = {}
    if column >= WHO:
        who = {
            key: _shorten(clean_label(_who(state, name)), column - 4, SMALL, 3)
            for key, (state, name) in cells.items()
            if _who(state, name).strip()
        }
    below = [max(len(who.get((fact, outlet), [])) for outlet in outlets) for fact in shown["fact_id"]]
    heights = [max(len(label) * TEXT * LINE, 13 + n * PITCH) + 7
               for label, n in zip(labels, below, strict=True)]  # fmt: skip
    edges = find_edges(heights)
    heads = lay_out_heads(
        [_shorten(clean_label(outlet), 2 * UPRIGHT, SMALL, 1, "bold")[0] for outlet in outlets], column
    )
    (ax,) = open_chart(
        ax,
        least=MIDDLING,
        title=title,
        subtitle=f"{count_noun(len(each), 'fact')}, most widely told first; right, the number of outlets "
        "that tell it." + (" Below a mark: who says so, or who denies it." if who else ""),
        source=f"Articles: {name_outlets(outlets, n_hidden)}, those that tell most first. Rules "
        "group statements into facts, an analyst may correct them"
        + (f"; + {count_noun(rest, 'more fact')} not shown." if rest else "."),
        height=edges[-1],
        left=left,
        right=TOLD,
        top=max(heads.height, 2 * PITCH + 4),
        bottom=KEY,
    )
    ax.set(xlim=(0, len(outlets)), ylim=(edges[-1], 0), xticks=[], yticks=[])
    write_heads(ax, heads, [k + 0.5 for k in range(len(outlets))], 0)
    write(ax, ["told", "by"], (1, 1), on=("axes fraction", "axes fraction"), shift=(TOLD, 2), size=SMALL,
          color=SOFT, ha="right", va="bottom", gid="told-head")  # fmt: skip
    for x in range(1, len(outlets), 2) if column < WHO else ():  # narrow columns are hard to follow down
        ax.axvspan(x, x + 1, color=BAND, zorder=0)
    span = column * len(outlets)
    for k, fact in enumerate(shown.to_dict("records")):
        y = (edges[k] + edges[k + 1]) / 2
        ax.plot([-left / span, 1 + TOLD / span], [edges[k]] * 2, color=FAINT, linewidth=0.6, clip_on=False,
                transform=ax.get_yaxis_transform())  # fmt: skip
        write(ax, labels[k], (0, y), shift=(-left, 0), gid="row")
        write(ax, format_count(fact["n_groups"]), (1, y), on=("axes fraction", "data"), shift=(TOLD, 0),
              size=SMALL, color=SOFT, ha="right", gid="told")  # fmt: skip
        middle = y - below[k] * PITCH / 2  # all marks of a row stand in one line
        for x, outlet in enumerate(outlets):
            state = cells.get((fact["fact_id"], outlet), ("absent", ""))[0]
            _draw_state(ax, state, x + 0.5, middle, ax.transData)
            if (fact["fact_id"], outlet) in who:
                write(ax, who[fact["fact_id"], outlet], (x + 0.5, middle), on=("data", "data"), size=SMALL,
                      shift=(0, -6), color=SOFT, ha="center", va="top", gid="who")  # fmt: skip

    def draw(state: str, x: float, origin: Transform) -> None:
        _draw_state(ax, state, 0, 0, origin + _shift(ax, x + 7, 0), "key-mark")

    _write_key(ax, [(state, STATES[state][0]) for state in STATES], left, 13, draw)
    return ax


def _who(state: str, name: str) -> str:
    """Whom a cell names: who says it, or who denies it, and nobody where the outlet tells it itself."""
    if state == "contradicted":
        return name[name.rfind("denied by ") :] if "denied by " in name else ""
    return name if state == "attributed" else ""


def _draw_state(ax: Axes, state: str, x: float, y: float, transform: Transform, gid: str = "") -> None:
    """Draw the mark of a state: full square, half-filled ring, cross in a square, dash."""
    colour = STATES[state][1]
    look: Any = {"color": colour, "linestyle": "none", "clip_on": False, "transform": transform}
    forms: dict[str, Any] = {
        "stated": {"marker": "s", "markersize": 8, "markeredgewidth": 0},
        "attributed": {
            "marker": "o",
            "markersize": 8,
            "fillstyle": "left",
            "markerfacecoloralt": "white",
            "markeredgewidth": 1.2,
        },
        "contradicted": {"marker": "s", "markersize": 8, "fillstyle": "none", "markeredgewidth": 1.2},
        "absent": {"marker": "_", "markersize": 5, "markeredgewidth": 0.8},
    }
    ax.plot(x, y, gid=gid or state, **forms[state], **look)
    if state == "contradicted":
        ax.plot(x, y, marker="x", markersize=6, markeredgewidth=1.2, gid="cross", **look)


def describe_facts(facts: pd.DataFrame) -> str:
    """Return the alternative text of `draw_facts`."""
    facts = _clean_facts(facts, "describe_facts")
    if facts.empty:
        return "No fact was found."
    n_facts, n_groups = facts["fact_id"].nunique(), facts["group"].nunique()
    states = facts.drop_duplicates(["fact_id", "group"], keep="last")["state"].value_counts()
    numbers = {state: int(states.get(state, 0)) for state in STATES}
    numbers["absent"] = n_facts * n_groups - sum(numbers.values()) + numbers["absent"]
    counts = ", ".join(f"{format_count(n)} {state}" for state, n in numbers.items())
    first = facts.iloc[0]
    (text,) = _shorten(clean_label(first["fact"]), 400, TEXT, 1)
    return (
        f"Matrix of {count_noun(n_facts, 'fact')} by {count_noun(n_groups, 'outlet')}: {counts}. Most widely "
        f"told, by {count_noun(first['n_groups'], 'outlet')}: {text}"
    )


def _check_passages(passages: pd.DataFrame, articles: pd.DataFrame, n_words: int, chart: str) -> None:
    """Raise ``InputError`` if a passage does not stand in these articles or is too short."""
    check_columns(articles, ARTICLES, f"{chart}, articles")
    check_columns(passages, PASSAGES, f"{chart}, passages")
    strange = passages.loc[~passages["quoted"].isin(list(QUOTED)), "quoted"]
    if len(strange):
        expected = ", ".join(sorted(QUOTED))
        raise InputError(f"{chart}: unknown quoted {strange.iloc[0]!r}: expected one of {expected}")
    if len(passages) and passages["n_words"].min() < n_words:
        raise InputError(
            f"{chart}: a passage has {count_noun(passages['n_words'].min(), 'word')}, n_words is {n_words}: "
            "pass n_words as it was when the passages were found"
        )
    alone = passages.loc[passages["article_a"] == passages["article_b"], "article_a"]
    if len(alone):
        raise InputError(f"{chart}: a passage joins {alone.iloc[0]!r} with itself: expected two articles")
    sizes = dict(zip(articles["article_id"], articles["n_words"], strict=True))
    for side in "ab":
        ends = passages[f"word_{side}"] + passages["n_words"]
        for article_id, end in zip(passages[f"article_{side}"], ends, strict=True):
            if article_id not in sizes:
                raise InputError(
                    f"{chart}: a passage stands in {article_id!r}, which is not among the articles"
                )
            if end > sizes[article_id]:
                raise InputError(
                    f"{chart}: a passage ends at word {end} of {article_id!r}, which has "
                    f"{sizes[article_id]}: count the words of articles and passages alike"
                )


def _count_by_pair(passages: pd.DataFrame) -> dict[frozenset[Any], int]:
    """Return for each pair of articles the words of all passages that they share."""
    shared: dict[frozenset[Any], int] = {}
    for a, b, n in passages[["article_a", "article_b", "n_words"]].itertuples(index=False):
        shared[frozenset((a, b))] = shared.get(frozenset((a, b)), 0) + int(n)
    return shared


def _order_articles(ids: list[Any], shared: dict[frozenset[Any], int]) -> list[Any]:
    """Chain the articles: first the pair that shares most, then at either end what shares most with it.

    Ties go by the order of `ids`; articles that share nothing with an end follow in that order.

    Examples
    --------
    >>> _order_articles(list("abcd"), {frozenset("bd"): 9, frozenset("ad"): 5})
    ['b', 'd', 'a', 'c']
    """
    if not shared:
        return ids
    chain = list(max(combinations(ids, 2), key=lambda pair: shared.get(frozenset(pair), 0)))
    rest = [article for article in ids if article not in chain]
    while rest:
        words, k, last = max(
            (shared.get(frozenset((end, article)), 0), -k, last)
            for k, article in enumerate(rest)
            for last, end in enumerate((chain[0], chain[-1]))
        )
        if not words:
            return chain + rest
        chain.insert(len(chain) if last else 0, rest.pop(-k))
    return chain


def _count_shared_words(passages: pd.DataFrame, articles: pd.DataFrame) -> dict[Any, int]:
    """Return how many words of each article stand in a passage, each word once."""
    covered = {
        article: np.zeros(int(n), dtype=bool)
        for article, n in zip(articles["article_id"], articles["n_words"], strict=True)
    }
    for side in "ab":
        for article, start, n in passages[[f"article_{side}", f"word_{side}", "n_words"]].itertuples(
            index=False
        ):
            covered[article][int(start) : int(start + n)] = True
    return {article: int(words.sum()) for article, words in covered.items()}


@chart_style()
def draw_passages(
    passages: pd.DataFrame, articles: pd.DataFrame, ax: Axes | None = None, *, n_words: int = 8
) -> Axes:
    """Draw each article as a bar of its words, the passages it shares as blocks, joined by bands.

    Twelve articles at most, those whose passages have most words, so ordered that articles that share
    most stand next to each other; of their passages the 200 longest. Right stands how many of all words
    of the article stand in a shared passage, each word counted once, also of passages not drawn.

    Parameters
    ----------
    passages : DataFrame
        Columns: article_a, article_b, word_a, word_b (index of the passage's first word in either, from
        0), n_words, quoted (where it stands, as to quotation marks: inside, outside, both).
    articles : DataFrame
        Columns: article_id, label, n_words (counted as in `passages`).
    ax : Axes, optional
        Where to draw; without it a figure is opened, 170 mm wide (`chart_width`).
    n_words : int
        The least length of a passage, as it was when they were found.

    Returns
    -------
    Axes
        x is words from the start of the article, y points from the top.

    Raises
    ------
    InputError
        If a column is missing, a passage is shorter than `n_words` or stands in no article, or quoted
        is unknown.
    """
    title = "Passages that articles share word for word"
    _check_passages(passages, articles, n_words, "draw_passages")
    if articles.empty:
        return draw_nothing(ax, title, "There are no articles: nothing to show.")
    ids = articles["article_id"].tolist()
    by_pair = _count_by_pair(passages)
    totals = {article: sum(n for pair, n in by_pair.items() if article in pair) for article in ids}
    most = sorted(ids, key=lambda article: -totals[article])[:MAX_ARTICLES]
    order = _order_articles([article for article in ids if article in most], by_pair)
    inside = passages[passages["article_a"].isin(order) & passages["article_b"].isin(order)]
    shown = inside.sort_values("n_words", ascending=False, kind="stable").head(MAX_PASSAGES)
    rest, n_more = len(ids) - len(order), len(passages) - len(shown)
    table = articles.set_index("article_id").loc[order]
    covered = _count_shared_words(passages, articles)
    numbers = [f"{format_count(covered[a])} of {format_count(n)}" for a, n in table["n_words"].items()]

    width = min(max(measure(clean_label(label), TEXT) for label in table["label"]), 110)
    left = width + GAP
    right = max(measure(text, SMALL) for text in (*numbers, "words shared")) + GAP
    labels = [wrap(clean_label(label), width, TEXT) for label in table["label"]]
    edges = find_edges([max(len(label) * TEXT * LINE + 6, 40 if len(shown) else 22) for label in labels])
    used = [quoted for quoted in QUOTED if (shown["quoted"] == quoted).any()]
    (ax,) = open_chart(
        ax,
        least=MIDDLING,
        title=title,
        subtitle=(
            f"Runs of {count_noun(n_words, 'word')} or more. Block: a shared run; band: where it stands in "
            "the other article. "
            if len(passages)
            else f"No run of {count_noun(n_words, 'word')} is shared. "
        )
        + "Bar: the article from its first word to its last.",
        source=_say_what_is_left_out(len(order), rest, len(passages), n_more),
        height=edges[-1],
        left=left,
        right=right,
        top=14,
        bottom=16 + (KEY if used else 0),
    )
    longest = max(1.0, float(table["n_words"].max()))
    ax.set(xlim=(0, longest), ylim=(edges[-1], 0), xticks=[], yticks=[])
    ticks = mpl.ticker.MaxNLocator(4, integer=True).tick_values(0, longest)
    ticks = [float(tick) for tick in ticks if 0 <= tick <= longest]
    for tick in ticks:
        text = format_count(tick) if tick < ticks[-1] else f"word {format_count(tick)}"
        write(ax, text, (tick, 0), on=("data", "axes fraction"), shift=(0, -11), size=SMALL, color=SOFT,
              ha="center", va="baseline", gid="scale")  # fmt: skip
    write(ax, "words shared", (1, 1), on=("axes fraction", "axes fraction"), shift=(right, 6), size=SMALL,
          color=SOFT, ha="right", gid="head")  # fmt: skip
    middles = [(a + b) / 2 for a, b in pairwise(edges)]
    for label, number, n, y in zip(labels, numbers, table["n_words"], middles, strict=True):
        write(ax, label, (0, y), shift=(-left, 0), gid="row")
        write(ax, number, (1, y), on=("axes fraction", "data"), shift=(right, 0), size=SMALL, color=SOFT,
              ha="right", gid="shared")  # fmt: skip
        ax.barh(y, n, height=BAR, color="#EDF0F3", edgecolor=PALE, linewidth=0.5, zorder=3,
                clip_on=False, gid="article")  # fmt: skip
    _draw_shared(ax, shown, dict(zip(order, middles, strict=True)))

    def draw(quoted: str, x: float, origin: Transform) -> None:
        _, colour, hatch = QUOTED[quoted]
        inch = ax.get_figure(root=True).dpi_scale_trans  # type: ignore[union-attr]
        swatch = Rectangle((x / 72, -4 / 72), 13 / 72, 8 / 72, facecolor=colour, hatch=hatch, linewidth=0)
        corner = ScaledTranslation(0, 0, origin)  # type: ignore[arg-type]
        swatch.set(transform=inch + corner, clip_on=False, gid="key-mark")
        ax.add_patch(swatch)

    _write_key(ax, [(quoted, QUOTED[quoted][0]) for quoted in used], left, 30, draw)
    return ax


def _say_what_is_left_out(n_articles: int, rest: int, n_passages: int, n_more: int) -> str:
    more = f" (+ {count_noun(rest, 'more article')} not shown)" if rest else ""
    return (
        f"{count_noun(n_articles, 'article')}{more}, {count_noun(n_passages, 'shared passage')}"
        + (f" (+ {n_more:,} of them not drawn)" if n_more else "")
        + ". Case and what stands between words are ignored."
        + (" A shared passage does not say who had it first." if n_passages else "")
    )


def _draw_shared(ax: Axes, shown: pd.DataFrame, middles: dict[Any, float]) -> None:
    """Draw the bands behind the bars and the blocks on them, long passages first."""
    columns = list(PASSAGES)
    for a, b, word_a, word_b, n, quoted in shown[columns].itertuples(index=False):
        _, colour, hatch = QUOTED[quoted]
        (y_up, x_up), (y_low, x_low) = sorted(((middles[a], word_a), (middles[b], word_b)))
        ax.add_patch(_lay_band((x_up, y_up + BAR / 2), (x_low, y_low - BAR / 2), float(n), colour))
        for y, x in ((middles[a], word_a), (middles[b], word_b)):
            ax.barh(y, n, left=x, height=BAR, color=colour, hatch=hatch, edgecolor="white", linewidth=0.3,
                    zorder=4, gid=f"block-{quoted}")  # fmt: skip


def _lay_band(up: tuple[float, float], low: tuple[float, float], n: float, colour: str) -> PathPatch:
    """Lay a band `n` words wide from the lower edge of one bar to the upper edge of another."""
    half = (up[1] + low[1]) / 2
    corners = [
        up,
        (up[0], half), (low[0], half), low,
        (low[0] + n, low[1]),
        (low[0] + n, half), (up[0] + n, half), (up[0] + n, up[1]),
        up,
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    return PathPatch(Path(corners, codes), facecolor=colour, edgecolor=colour, linewidth=0.4, alpha=0.4,
                     zorder=1, gid="band")  # fmt: skip


def describe_passages(passages: pd.DataFrame, articles: pd.DataFrame, *, n_words: int = 8) -> str:
    """Return the alternative text of `draw_passages`."""
    _check_passages(passages, articles, n_words, "describe_passages")
    if articles.empty:
        return "There are no articles."
    if passages.empty:
        return f"No run of {count_noun(n_words, 'word')} is shared by {count_noun(len(articles), 'article')}."
    names = dict(zip(articles["article_id"], articles["label"], strict=True))
    by_pair = _count_by_pair(passages)
    a, b = max(combinations(names, 2), key=lambda pair: by_pair.get(frozenset(pair), 0))
    both = passages["article_a"].isin([a, b]) & passages["article_b"].isin([a, b])
    states = passages["quoted"].value_counts()
    quoted = ", ".join(
        f"{format_count(states[q])} {words}" for q, (words, _, _) in QUOTED.items() if q in states
    )
    return (
        f"Map of {count_noun(len(passages), 'passage')} of {count_noun(n_words, 'word')} or more shared by "
        f"{count_noun(len(articles), 'article')} ({quoted}). Most is shared by {clean_label(names[a])} and "
        f"{clean_label(names[b])}: {count_noun(int(both.sum()), 'passage')}, the longest of "
        f"{count_noun(passages.loc[both, 'n_words'].max(), 'word')}."
    )

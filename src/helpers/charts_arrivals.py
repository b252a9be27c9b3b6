"""When each actor enters each article."""

import pandas as pd
from matplotlib.axes import Axes

from helpers.charts_style import (
    GREY,
    MIDDLING,
    Side,
    chart_style,
    check_columns,
    clean_label,
    count_noun,
    draw_nothing,
    format_count,
    list_sides,
    open_chart,
    sheet_width,
)
from helpers.charts_tables import (
    MAX_OUTLETS,
    find_edges,
    lay_out_heads,
    lay_out_rows,
    write_heads,
    write_rows,
)
from helpers.errors import InputError

COLUMNS = ("article_id", "label", "actor_id", "actor", "affiliation", "affiliation_name", "position", "time")
INSET = 0.05


@chart_style()
def draw_arrivals(
    located: pd.DataFrame,
    ax: Axes | None = None,
    *,
    n_actors: int = 18,
    sides: dict[str, Side] | None = None,
) -> Axes:
    """Draw where in each article each actor comes in, and where it is mentioned again.

    A row an actor, a column an article from its beginning to its end; a mark is the first mention, a thin
    stroke each later one. Actors are in the order of their median first mention, over the articles that
    mention them.

    Parameters
    ----------
    located : DataFrame
        From `locate_mentions`: article_id, label, actor_id, actor, affiliation, affiliation_name,
        position, time.
    ax : Axes, optional
        Where to draw; without it a figure is opened, 170 mm wide (`chart_width`).
    n_actors : int
        How many actors are shown: those in most articles, of them the most mentioned.
    sides : dict, optional
        From `list_sides`, where the table holds only part of a corpus.

    Returns
    -------
    Axes
        Article k spans x from k + 0.05 to k + 0.95; y in points from the top. First mentions have the gid
        ``first``, later ones ``later``.

    Raises
    ------
    InputError
        If a column is missing or `n_actors` is below 1.
    """
    actors, articles, n_hidden, n_others = _select(located, n_actors, "draw_arrivals")
    title = "When each actor enters each article"
    if actors.empty:
        return draw_nothing(ax, title, "No actor is mentioned.")
    counted = located.groupby(["affiliation", "affiliation_name"], dropna=False).size().rename("n_mentions")
    looks = sides or list_sides(counted.reset_index())
    of_actor = [looks.get(str(side), looks[""]) for side in actors["affiliation"].fillna("")]
    rows = lay_out_rows(actors["actor"].tolist(), of_actor)
    edges = find_edges(rows.heights)
    column = (sheet_width() - 16 - rows.width) / len(articles)
    heads = lay_out_heads(articles["label"].tolist(), column)
    notes = [
        f"The {count_noun(len(actors), 'actor')} in most articles"
        + (f" (+ {format_count(n_others)} more not shown)." if n_others else "."),
        f"The first {count_noun(len(articles), 'article')}; + {format_count(n_hidden)} more not shown."
        if n_hidden
        else "",
        "Position: share of the article's characters that count before the mention.",
    ]
    (ax,) = open_chart(
        ax,
        least=MIDDLING,
        title=title,
        subtitle="Each column is an article, from its first word (left) to its last. Mark: first mention; "
        "stroke: a later one; nothing: never mentioned. Rows by median first mention.",
        source=" ".join(filter(None, notes)),
        height=edges[-1],
        left=rows.width,
        top=heads.height + 4,
    )
    ax.set(xlim=(0, len(articles)), ylim=(edges[-1], 0), xticks=[], yticks=[])
    write_heads(ax, heads, [k + 0.5 for k in range(len(articles))], 2)
    write_rows(ax, rows, edges)
    for k in range(len(articles)):
        ax.axvspan(k, k + 1, color="#F4F6F8", zorder=0)
        ax.axvline(k, color="white", linewidth=3, zorder=0.5)
    place = {article: k for k, article in enumerate(articles["article_id"])}
    at = {actor: (edges[k] + edges[k + 1]) / 2 for k, actor in enumerate(actors["actor_id"])}
    looks_of = dict(zip(actors["actor_id"], of_actor, strict=True))
    shown = located[located["actor_id"].isin(at) & located["article_id"].isin(place)]
    for mention in shown.sort_values("time", ascending=False).itertuples():
        x = place[mention.article_id] + INSET + (1 - 2 * INSET) * mention.position
        look = looks_of[mention.actor_id]
        if mention.time > 1:
            ax.plot([x], [at[mention.actor_id]], marker="|", markersize=7, markeredgewidth=0.7, color=GREY,
                    linestyle="none", zorder=1, gid="later")  # fmt: skip
        else:
            ax.plot([x], [at[mention.actor_id]], marker=look.marker, markersize=6, color=look.colour,
                    markeredgecolor=look.edge, markeredgewidth=0.5, linestyle="none", zorder=2, clip_on=False,
                    gid="first")  # fmt: skip
    return ax


def _select(located: pd.DataFrame, n_actors: int, chart: str) -> tuple[pd.DataFrame, pd.DataFrame, int, int]:
    """Check the table; return actors in order, articles, how many articles and actors are not shown."""
    check_columns(located, COLUMNS, chart)
    if n_actors < 1:
        raise InputError(f"{chart}: n_actors is {n_actors}: expected 1 or more")
    articles = located[["article_id", "label"]].drop_duplicates("article_id")
    shown = articles.head(MAX_OUTLETS)
    inside = located[located["article_id"].isin(shown["article_id"])]
    firsts = inside[inside["time"] == 1]
    actors = inside.drop_duplicates("actor_id")[["actor_id", "actor", "affiliation"]].set_index("actor_id")
    actors["n_articles"] = firsts.groupby("actor_id")["article_id"].nunique()
    actors["n_mentions"] = inside.groupby("actor_id").size()
    actors["median"] = firsts.groupby("actor_id")["position"].median()
    ranked = actors.reset_index().sort_values(
        ["n_articles", "n_mentions", "actor_id"], ascending=[False, False, True]
    )
    chosen = ranked.head(n_actors).sort_values(["median", "actor_id"], ignore_index=True)
    return chosen, shown, len(articles) - len(shown), located["actor_id"].nunique() - len(chosen)


def describe_arrivals(located: pd.DataFrame, *, n_actors: int = 18) -> str:
    """Return the alternative text of `draw_arrivals`."""
    actors, articles, n_hidden, n_others = _select(located, n_actors, "describe_arrivals")
    if actors.empty:
        return "No actor is mentioned."
    first, last = actors.iloc[0], actors.iloc[-1]
    which = "the first " if n_hidden else ""
    words = (
        f"First and later mentions of {count_noun(len(actors), 'actor')} over the course of "
        f"{which}{count_noun(len(articles), 'article')}. Earliest by median: {clean_label(first['actor'])}, "
        f"after {100 * first['median']:.0f} % of the text; latest: {clean_label(last['actor'])}, after "
        f"{100 * last['median']:.0f} %."
    )
    left_out = [
        count_noun(n, noun) for n, noun in ((n_others, "more actor"), (n_hidden, "more article")) if n
    ]
    return words + (f" Not shown: {' and '.join(left_out)}." if left_out else "")

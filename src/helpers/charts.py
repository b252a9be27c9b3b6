"""Every chart of the suite: one finished table in, one chart out.

Each `draw_` function takes a table, returns Axes (a list where the chart has panels) and has a
twin `describe_` that returns its alternative text. The charts live by subject in
`charts_articles`, `charts_mentions`, `charts_words`, `charts_framing`, `charts_voices`, `charts_facts`,
`charts_cooccurrence` (the matrix), `charts_network`, `charts_network_groups`, `charts_arrivals` and
`charts_robustness`; their common look is in `charts_style` and `charts_tables`. `list_sides` gives each
affiliation its colour.

Examples
--------
>>> import pandas as pd
>>> makeup = pd.DataFrame(
...     {"article": ["a1"], "outlet": ["Daily"], "kind": ["body"], "n_words": [320]})
>>> describe_article_makeup(makeup)
'Bars of words in 1 article: 320 count, 0 are set aside. Longest: Daily with 320 words; \
shortest: Daily with 320.'
"""

from helpers.charts_arrivals import describe_arrivals, draw_arrivals
from helpers.charts_articles import describe_article_makeup, draw_article_makeup
from helpers.charts_cooccurrence import describe_cooccurrence_matrix, draw_cooccurrence_matrix
from helpers.charts_facts import describe_facts, describe_passages, draw_facts, draw_passages
from helpers.charts_framing import describe_frames, describe_tone, draw_frames, draw_tone
from helpers.charts_mentions import (
    describe_mention_counts,
    describe_mention_rates,
    draw_mention_counts,
    draw_mention_rates,
)
from helpers.charts_network import describe_cooccurrence_network, draw_cooccurrence_network
from helpers.charts_network_groups import (
    describe_cooccurrence_difference,
    describe_cooccurrence_networks,
    draw_cooccurrence_difference,
    draw_cooccurrence_networks,
)
from helpers.charts_robustness import describe_robustness, draw_robustness
from helpers.charts_style import Side, chart_width, list_sides
from helpers.charts_voices import describe_ladder, describe_voices, draw_ladder, draw_voices
from helpers.charts_words import describe_keyness, describe_naming, draw_keyness, draw_naming

__all__ = [
    "Side",
    "chart_width",
    "describe_arrivals",
    "describe_article_makeup",
    "describe_cooccurrence_difference",
    "describe_cooccurrence_matrix",
    "describe_cooccurrence_network",
    "describe_cooccurrence_networks",
    "describe_facts",
    "describe_frames",
    "describe_keyness",
    "describe_ladder",
    "describe_mention_counts",
    "describe_mention_rates",
    "describe_naming",
    "describe_passages",
    "describe_robustness",
    "describe_tone",
    "describe_voices",
    "draw_arrivals",
    "draw_article_makeup",
    "draw_cooccurrence_difference",
    "draw_cooccurrence_matrix",
    "draw_cooccurrence_network",
    "draw_cooccurrence_networks",
    "draw_facts",
    "draw_frames",
    "draw_keyness",
    "draw_ladder",
    "draw_mention_counts",
    "draw_mention_rates",
    "draw_naming",
    "draw_passages",
    "draw_robustness",
    "draw_tone",
    "draw_voices",
    "list_sides",
]

"""Which findings hold: the signs of cells and the sums are read off the Axes and held against the table."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from figure_checks import visible_texts
from matplotlib.axes import Axes
from test_charts import HOSTILE, LONG_OUTLETS, read, read_lines
from test_charts_framing import check_texts

from helpers import Corpus, charts, check_findings, save_figure
from helpers.charts_style import find_title
from helpers.errors import InputError
from helpers.robustness import VARIANTS

COLUMNS = ["question", "answer", "choice", "variant", "answer_here", "outcome"]
OUTCOMES = ["holds", "ties", "flips", "cannot be asked"]
SIGNS = {"holds": "•", "ties": "=", "flips": "✕", "cannot be asked": "–"}
KINDS = [(choice, variant) for choice, variant, _ in VARIANTS]


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


def make_checked(questions: list[tuple[str, str]], n_articles: int = 2) -> pd.DataFrame:
    """All four outcomes; every fifth variant has no bearing on the question."""
    variants = [*KINDS, *(("articles", f"without {k:03d}") for k in range(n_articles))]
    rows = [
        (*question, *variant, "x", OUTCOMES[(3 * q + k * k) % 4])
        for q, question in enumerate(questions)
        for k, variant in enumerate(variants)
        if (q + k) % 5
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def ask(n: int) -> list[tuple[str, str]]:
    return [(f"Which word sets Outlet {k:02d} apart?", f"word {k}") for k in range(n)]


def read_cells(ax: Axes) -> dict[tuple[str, str], str]:
    """The sign in each cell, by question and variant."""
    heads = read_lines(ax, "head")
    tops = sorted((t.xy[1], t.get_text().replace("\n", " ")) for t in ax.texts if t.get_gid() == "question")
    cells: dict[tuple[str, str], str] = {}
    for text in (t for t in ax.texts if t.get_gid() == "cell"):
        x, y = text.xy
        cell = ([name for top, name in tops if top <= y][-1], heads[int(x)])
        assert x == int(x) + 0.5 and cell not in cells
        cells[cell] = text.get_text()
    return cells


def find_dark(ax: Axes) -> set[tuple[float, float]]:
    """The middles of the dark cells."""
    return {
        (round(p.get_x() + p.get_width() / 2, 6), round(p.get_y() + p.get_height() / 2, 6))
        for p in ax.patches
    }


CASES = {
    "a few": make_checked(ask(5)),
    "one": make_checked(ask(1), 0),
    "as many as fit": make_checked(ask(30), 12),
    "more than fit": make_checked(ask(3), 50),
    "long outlets": make_checked([(f"Which word sets {name} apart?", name) for name in LONG_OUTLETS]),
    "hostile": make_checked([(f"Which word sets {name} apart?", name) for name in HOSTILE]),
    "none": make_checked([]),
}


@pytest.mark.parametrize("case", CASES)
def test_no_text_overlaps_or_is_cut(case: str) -> None:
    check_texts(charts.draw_robustness(CASES[case]))


def test_each_cell_has_the_sign_of_its_outcome_and_is_blank_without_one() -> None:
    checked = CASES["a few"]
    assert set(checked["outcome"]) == set(OUTCOMES)
    cells = checked.set_index(["question", "variant"])["outcome"].map(SIGNS)
    ax = charts.draw_robustness(checked)
    assert read_cells(ax) == cells.to_dict()
    assert len(cells) < 5 * len(read(ax, "head"))
    (subtitle,) = read_lines(ax, "chart-subtitle")
    for sign, meaning in [
        ("•", "the answer holds"), ("=", "it shares the first place"), ("✕", "another answer"),
        ("–", "cannot be asked"), ("blank:", "no bearing on it"),
    ]:  # fmt: skip
        assert f"{sign} {meaning}" in subtitle


def test_the_cells_of_another_answer_are_dark_and_only_they() -> None:
    ax = charts.draw_robustness(CASES["a few"])
    crosses = [t for t in ax.texts if t.get_gid() == "cell" and t.get_text() == "✕"]
    assert {(t.xy[0], round(t.xy[1], 6)) for t in crosses} == find_dark(ax)
    assert {t.get_color() for t in crosses} == {"white"}
    others = {t.get_color() for t in ax.texts if t.get_gid() == "cell" and t.get_text() != "✕"}
    assert others == {"#1F1F1F"}


def test_a_row_says_question_and_answer_and_in_how_many_it_holds_of_those_that_could_be_asked() -> None:
    checked = CASES["a few"]
    ax = charts.draw_robustness(checked)
    by_question = checked.groupby("question", sort=False)["outcome"]
    n_holds = by_question.apply(lambda outcomes: (outcomes == "holds").sum())
    n_asked = by_question.apply(lambda outcomes: (outcomes != "cannot be asked").sum())
    assert read(ax, "sum") == [f"{a} of {b}" for a, b in zip(n_holds, n_asked, strict=True)]
    assert read_lines(ax, "question") == [question for question, _ in ask(5)]
    assert read_lines(ax, "answer") == [answer for _, answer in ask(5)]
    rows = [[t.xy[1] for t in ax.texts if t.get_gid() == gid] for gid in ("question", "answer", "sum")]
    assert all(question < answer and question < total for question, answer, total in zip(*rows, strict=True))


def test_columns_are_grouped_by_choice_in_the_order_of_the_table() -> None:
    checked = CASES["a few"]
    ax = charts.draw_robustness(checked[::-1])
    first_seen = list(dict.fromkeys(checked["choice"][::-1]))
    kind = dict(zip(checked["variant"], checked["choice"], strict=True))
    choices = [kind[head] for head in read_lines(ax, "head")]
    assert choices == sorted(choices, key=first_seen.index)
    # A rule stands between two choices.
    rules = [line.get_xdata()[0] for line in ax.lines if line.get_xdata()[0] == line.get_xdata()[1]]
    assert rules == [choices.index(choice) for choice in first_seen[1:]]


def test_of_many_articles_the_twelve_with_most_flips_are_shown_and_all_are_counted() -> None:
    articles = [("articles", f"without {k:03d}") for k in range(14)]
    rows = [
        # The k-th article flips k of the questions; the first two flip fewest.
        (*question, *variant, "x", "flips" if q < k else "holds" if q % 2 else "cannot be asked")
        for q, question in enumerate(ask(14))
        for k, variant in enumerate(articles)
    ]
    checked = pd.DataFrame(rows, columns=COLUMNS)
    ax = charts.draw_robustness(checked)
    assert read_lines(ax, "head") == [variant for _, variant in articles[2:]]
    shown = checked[~checked["variant"].isin(["without 000", "without 001"])]
    assert read_cells(ax) == shown.set_index(["question", "variant"])["outcome"].map(SIGNS).to_dict()
    # Of the question at q, k > q flip: the rest hold where q is odd.
    assert read(ax, "sum") == [f"{q + 1} of 14" if q % 2 else f"0 of {13 - q}" for q in range(14)]
    assert read_lines(ax, "chart-source")[0].endswith(
        "+ 2 left-out articles with no more flips, counted on the right."
    )
    assert "+ 2 left-out articles" in charts.describe_robustness(checked)
    twelve = checked[checked["variant"] < "without 012"]
    assert "left-out" not in read_lines(charts.draw_robustness(twelve), "chart-source")[0]


def test_of_many_questions_the_first_thirty_are_shown_and_the_rest_counted() -> None:
    checked = make_checked(ask(32))
    few = checked[checked["variant"].isin([KINDS[0][1], KINDS[1][1]])]
    ax = charts.draw_robustness(few)
    assert read_lines(ax, "question") == list(dict.fromkeys(few["question"]))[:30]
    assert read_lines(ax, "chart-source") == [
        "Rows: the suite's main questions with the answer that its own choices give. + 2 more questions."
    ]
    for n, more in ((30, "its own choices give."), (31, "+ 1 more question.")):
        ax = charts.draw_robustness(few[few["question"] < f"Which word sets Outlet {n:02d}"])
        assert read_lines(ax, "chart-source")[0].endswith(more)


def test_a_question_with_two_answers_has_two_rows() -> None:
    rows = [("Who leads?", answer, "prior", "10 words", "x", outcome)
            for answer, outcome in (("Ann", "holds"), ("Bo", "flips"))]  # fmt: skip
    ax = charts.draw_robustness(pd.DataFrame(rows, columns=COLUMNS))
    assert read(ax, "answer") == ["Ann", "Bo"]
    assert read(ax, "cell") == ["•", "✕"] and read(ax, "sum") == ["1 of 1", "0 of 1"]


def test_the_findings_of_a_corpus_are_drawn_as_they_are(toy: Corpus) -> None:
    checked = check_findings(toy)
    ax = charts.draw_robustness(checked)
    cells = checked.set_index(["question", "variant"])["outcome"].map(SIGNS)
    assert read_cells(ax) == cells.to_dict()
    check_texts(ax)


def test_nothing_to_show_gives_a_sentence() -> None:
    ax = charts.draw_robustness(CASES["none"])
    assert read_lines(ax, "chart-subtitle") == ["No finding could be checked."]
    assert find_title(ax) and len(visible_texts(ax)) == 2
    assert charts.describe_robustness(CASES["none"]) == "No finding could be checked."


def test_it_is_drawn_into_given_axes_and_twice_the_same(tmp_path: Path) -> None:
    figure, ax = plt.subplots()
    assert charts.draw_robustness(CASES["one"], ax) is ax
    assert figure.axes == [ax] and len(read_cells(ax)) == len(CASES["one"])
    files = [
        save_figure(charts.draw_robustness(CASES["a few"]), "r", CASES["a few"], "x", tmp_path)[
            0
        ].read_bytes()
        for _ in range(2)
    ]
    assert files[0] == files[1]


def test_the_order_of_the_variants_of_a_question_does_not_matter() -> None:
    checked = CASES["a few"]
    ax = charts.draw_robustness(checked.sort_values("variant").sort_values("question", kind="stable"))
    assert read_cells(ax) == read_cells(charts.draw_robustness(checked))


def test_hostile_names_are_drawn_as_they_are() -> None:
    names = ["$x$ and $\\frac{", "_h", "<b>b</b>", "=1+1"]
    ax = charts.draw_robustness(make_checked([(f"{name}?", name) for name in names]))
    assert read_lines(ax, "answer") == names
    assert read_lines(ax, "question") == [f"{name}?" for name in names]


def test_the_words_count_the_steady_answers_and_name_the_one_most_often_replaced() -> None:
    rows = [
        ("Who?", "Ann", "prior", "10 words", "Bo", "flips"),
        ("Who?", "Ann", "prior", "1,000 words", "Ann", "holds"),
        ("What?", "war", "prior", "10 words", "peace", "flips"),
        ("What?", "war", "prior", "1,000 words", "peace", "flips"),
        ("Where?", "Oslo", "prior", "10 words", "Oslo = Rome", "ties"),
    ]
    checked = pd.DataFrame(rows, columns=COLUMNS)
    assert charts.describe_robustness(checked) == (
        "Table of 3 questions under 2 other choices. 1 of 3 answers are never replaced by another. Most "
        "often replaced: What? (2 times)."
    )
    assert charts.describe_robustness(checked.replace("flips", "holds")).endswith(
        "3 of 3 answers are never replaced by another."
    )


@pytest.mark.parametrize("draw", [charts.draw_robustness, charts.describe_robustness])
def test_a_missing_column_is_named(draw: Callable[[pd.DataFrame], Any]) -> None:
    message = (
        r"_robustness: the table lacks the columns 'choice', 'outcome'; it has 'question', 'answer', 'va"
    )
    with pytest.raises(InputError, match=message):
        draw(CASES["one"].drop(columns=["choice", "outcome"]))

"""Which findings of the suite hold when it is asked with other choices, and which flip."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from .association import weigh_cooccurrences
from .cooccurrence import count_cooccurrences
from .corpus import Corpus, short_ids
from .frames import find_listed_words, load_word_lists
from .mentions import count_mentions, find_mentions, leave_out_nested
from .naming import find_labels
from .network import MOST_TIES, build_graph, find_betweenness
from .quotes import find_quotes
from .voices import compare_voices, count_voices
from .words import find_all_words, log_odds

OUTCOMES = ("holds", "ties", "flips", "cannot be asked")
# Of more articles so many of the longest are left out, one at a time; of more outlets so many are asked for.
MOST_LEFT_OUT = 50
MOST_OUTLETS = 6


@dataclass(frozen=True)
class Choices:
    """What an analyst settles before counting; the values given here are the suite's own."""

    within: str = "sentence"
    weight: str = "raw"
    kinds: tuple[str, ...] = ("named", "nominal", "demonym")  # a title stands beside a name that counts
    use: str | None = "actor"
    rolled_up: bool = False
    nested: bool = True
    aliases: str = "all"
    prior: float = 100.0
    function_words: bool = False
    quoted_words: bool = False
    left_out: str = ""


# Every other choice that is tried: what kind of choice, what it is called, what it changes.
VARIANTS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("window", "windows of 3 sentences", {"within": "3 sentences"}),
    ("window", "windows of a paragraph", {"within": "paragraph"}),
    ("window", "windows of an article", {"within": "article"}),
    ("weight", "weight: Jaccard", {"weight": "jaccard"}),
    ("weight", "weight: NPMI", {"weight": "npmi"}),
    ("kinds", "names only", {"kinds": ("named",)}),
    ("kinds", "names, adjectives", {"kinds": ("named", "demonym")}),
    ("kinds", "titles too", {"kinds": ("named", "nominal", "demonym", "title")}),
    ("kinds", "no name in a name", {"nested": False}),
    ("kinds", "places too", {"use": None}),
    ("kinds", "rolled up", {"rolled_up": True}),
    ("aliases", "full names only", {"aliases": "full names only"}),
    ("aliases", "no capitals", {"aliases": "no capitals"}),
    ("prior", "prior of 10 words", {"prior": 10.0}),
    ("prior", "prior of 1,000 words", {"prior": 1000.0}),
    ("words", "function words too", {"function_words": True}),
    ("words", "quoted words too", {"quoted_words": True}),
)
_EMPTY: dict[str, dict[str, tuple[str, ...]]] = {
    "full names only": {"aliases": (), "short": (), "descriptions": ()},
    "no capitals": {"capitals": ()},
}


@dataclass(frozen=True, eq=False)
class _Found:
    """What was found in the articles with one table of aliases."""

    corpus: Corpus
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    words: pd.DataFrame
    ledger: pd.DataFrame
    listed: pd.DataFrame

    @classmethod
    def find(cls, corpus: Corpus, aliases: str) -> "_Found":
        if aliases != "all":
            actors = {a: replace(actor, **_EMPTY[aliases]) for a, actor in corpus.actors.items()}  # type: ignore[arg-type]
            corpus = replace(corpus, actors=actors)
        mentions = find_mentions(corpus)
        words = find_all_words(corpus, mentions)
        listed = find_listed_words(words, load_word_lists("frames", corpus.folder))
        found = find_quotes(corpus, mentions), words, find_labels(corpus, mentions), listed
        return cls(corpus, mentions, *found)

    def without(self, article_id: str) -> "_Found":
        tables = (self.mentions, self.quotes, self.words, self.ledger, self.listed)
        return _Found(
            self.corpus.without(article_id), *(table[table["article_id"] != article_id] for table in tables)
        )


class _Reading:
    """The counts that one set of choices gives, each made when it is asked for."""

    def __init__(self, found: _Found, choices: Choices) -> None:
        self.found, self.choices, self.corpus = found, choices, found.corpus

    @cached_property
    def counted(self) -> pd.DataFrame:
        mentions = self.found.mentions
        mentions = mentions if self.choices.nested else leave_out_nested(mentions)
        return mentions[mentions["kind"].isin(self.choices.kinds)]

    @cached_property
    def counts(self) -> pd.DataFrame:
        choices = self.choices
        return count_mentions(self.corpus, self.counted, rolled_up=choices.rolled_up, use=choices.use)

    @cached_property
    def edges(self) -> pd.DataFrame:
        choices = self.choices
        edges = count_cooccurrences(
            self.corpus, self.counted, choices.within, rolled_up=choices.rolled_up, use=choices.use
        )
        return weigh_cooccurrences(edges, choices.weight)

    @cached_property
    def names(self) -> dict[str, str]:
        return {actor.id: actor.name for actor in self.corpus.actors.values()}

    @cached_property
    def word_scores(self) -> pd.DataFrame:
        """By outlet and word that is compared: z."""
        words = self.found.words
        words = words[~words["in_name"]]
        if not self.choices.function_words:
            words = words[~words["is_function_word"]]
        if not self.choices.quoted_words:
            words = words[~words["in_quote"]]
        table = words.groupby(["outlet", "word"]).size().rename("n").reset_index()
        n_words = table["outlet"].map(words.groupby("outlet").size())
        n_all = table["word"].map(words.groupby("word").size())
        share = n_all / max(len(words), 1)
        counts = table["n"], n_words, n_all - table["n"], len(words) - n_words
        scores = log_odds(*counts, self.choices.prior * share, self.choices.prior)
        return table.assign(z=scores.z)


Answer = tuple[str, ...]


def _best(names: Iterable[str], values: Iterable[float]) -> Answer:
    """The name with the largest value; several if they tie, none if there is none above zero."""
    scored = [(round(value, 9), name) for name, value in zip(names, values, strict=True) if value > 0]
    top = max(scored, default=(0.0, ""))[0]
    return tuple(sorted(name for value, name in scored if value == top))


def _say(answer: Answer) -> str:
    """An answer in words; of many that tie, two are named.

    Examples
    --------
    >>> _say(("Ann", "Bo", "Cy")), _say(())
    ('Ann = Bo (+ 1 more)', 'none')
    """
    more = f" (+ {len(answer) - 2} more)" if len(answer) > 2 else ""
    return " = ".join(answer[:2]) + more if answer else "none"


def _everywhere(answers: list[Answer]) -> Answer:
    """The leader of most outlets, and in how many it leads."""
    leaders = [_say(answer) for answer in answers]
    ranked = sorted(set(leaders), key=lambda name: (-leaders.count(name), name))
    if not ranked:
        return ()
    share = leaders.count(ranked[0]) / len(leaders)
    return (f"{ranked[0]} in {'all' if share == 1 else 'most' if share > 0.5 else 'some'} outlets",)


@dataclass(frozen=True)
class _Finding:
    """A question, how a reading answers it, and which choices bear on the answer."""

    question: str
    answer: Callable[[_Reading], Answer]
    bears: tuple[str, ...]
    but_not: tuple[str, ...] = ()  # variants of these choices that make no sense here
    outlet: str = ""  # the one it asks about
    compares: bool = False  # it needs two outlets


def _leads_everywhere(reading: _Reading) -> Answer:
    counts = reading.counts
    return _everywhere([_best(part["actor"], part["n_mentions"]) for _, part in counts.groupby("outlet")])


def _person(reading: _Reading) -> Answer:
    persons = reading.counts[reading.counts["type"] == "person"].groupby("actor")["n_mentions"].sum()
    return _best(persons.index, persons)


def _outlet_of(actor: str) -> Callable[[_Reading], Answer]:
    def answer(reading: _Reading) -> Answer:
        part = reading.counts[reading.counts["actor"] == actor]
        return _best(part["outlet"], part["mentions_per_1000_words"])

    return answer


def _pair(reading: _Reading, types: tuple[str, ...] = ()) -> Answer:
    edges = reading.edges
    if types:
        of_type = [a.id for a in reading.corpus.actors.values() if a.type in types]
        edges = edges[edges["source"].isin(of_type) & edges["target"].isin(of_type)]
    return _best(edges["source_name"] + " + " + edges["target_name"], edges["weight"])


def _persons_pair(reading: _Reading) -> Answer:
    return _pair(reading, ("person",))


def _partner_of(actor: str) -> Callable[[_Reading], Answer]:
    def answer(reading: _Reading) -> Answer:
        edges = reading.edges
        ends = [edges["source_name"] == actor, edges["target_name"] == actor]
        names = pd.concat([edges["target_name"][ends[0]], edges["source_name"][ends[1]]])
        return _best(names, pd.concat([edges["weight"][ends[0]], edges["weight"][ends[1]]]))

    return answer


def _linking_actor(reading: _Reading) -> Answer:
    between = {a: n for a, n in find_betweenness(build_graph(reading.edges)).items() if n > 0}
    return _best([reading.names[a] for a in between], between.values())


def _frame_leads(reading: _Reading) -> Answer:
    listed = reading.found.listed
    listed = listed if reading.choices.quoted_words else listed[~listed["in_quote"]]
    names = {wl.id: wl.name for wl in load_word_lists("frames", reading.corpus.folder)}
    sizes = listed.groupby(["outlet", "frame"]).size().reset_index(name="n")
    leaders = [_best(part["frame"].map(names), part["n"]) for _, part in sizes.groupby("outlet")]
    n_without = reading.corpus.articles["outlet"].nunique() - len(leaders)
    return _everywhere([*leaders, *([()] * n_without)])


def _honorifics(reading: _Reading) -> Answer:
    ledger = reading.found.ledger
    ledger = ledger[(ledger["use"] == "actor") & (ledger["subject_type"] == "person")]
    if not reading.choices.quoted_words:
        ledger = ledger[ledger["voice"] == "own"]
    share = (ledger["form"] == "Mr.").groupby(ledger["outlet"]).mean()
    return _best(share.index, share)


def _own_voice(reading: _Reading) -> Answer:
    voices = compare_voices(reading.corpus, reading.found.quotes)
    return _best(voices["group"], voices["share_own"].fillna(0))


def _quoted_side(reading: _Reading) -> Answer:
    voices = count_voices(reading.corpus, reading.found.quotes, level="side")
    sides = voices[~voices["voice_id"].isin(["own voice", ""])].groupby("voice_id")["n_words"].sum()
    return _best(sides.index.map(lambda side: reading.names.get(side, side)), sides)


def _word_of(outlet: str) -> Callable[[_Reading], Answer]:
    def answer(reading: _Reading) -> Answer:
        part = reading.word_scores[reading.word_scores["outlet"] == outlet]
        return _best(part["word"], part["z"])

    return answer


def _list_findings(base: _Reading) -> Iterator[_Finding]:
    """The suite's main findings, asked of this corpus: by notebook, from mentions to the network."""
    counting, whole = ("kinds", "aliases", "articles"), ("rolled up",)
    sizes = (
        base.corpus.articles.groupby("outlet")["n_words"].sum().sort_values(ascending=False, kind="stable")
    )
    yield _Finding("Whom does each outlet mention most?", _leads_everywhere, counting)
    if person := _person(base):
        yield _Finding("Which person is mentioned most?", _person, counting, whole)
        if len(person) == 1 and len(sizes) > 1:
            asked = f"Which outlet mentions {person[0]} most often?"
            yield _Finding(asked, _outlet_of(person[0]), counting, whole, compares=True)
    if len(sizes) > 1:
        for outlet in sorted(sizes.index[:MOST_OUTLETS]):
            asked, keyness = f"Which word sets {outlet} apart?", ("prior", "words", "aliases", "articles")
            yield _Finding(asked, _word_of(outlet), keyness, outlet=outlet, compares=True)
        asked, bears = (
            "Which outlet most often puts “Mr.” or the like before a name?",
            ("words", "aliases", "articles"),
        )
        yield _Finding(asked, _honorifics, bears, ("function words too",), compares=True)
    frames = ("words", "articles")
    yield _Finding("Which frame leads in each outlet?", _frame_leads, frames, ("function words too",))
    yield _Finding("Which side has most words among the speakers?", _quoted_side, ("aliases", "articles"))
    if len(sizes) > 1:
        asked = "Which outlet has the largest share of own words?"
        yield _Finding(asked, _own_voice, ("aliases", "articles"), compares=True)
    pairs = ("window", "weight", "kinds", "aliases", "articles")
    yield _Finding("Which two are mentioned together most?", _pair, pairs)
    total = base.counts.groupby("actor")["n_mentions"].sum()
    if len(leader := _best(total.index, total)) == 1:
        yield _Finding(f"Who stands beside {leader[0]} most?", _partner_of(leader[0]), pairs)
    yield _Finding("Which two persons are together most?", _persons_pair, pairs, whole)
    if len(base.edges) < MOST_TIES:  # of larger networks it is not known
        # Paths are shortest over large weights, and NPMI is largest for pairs that met once.
        yield _Finding("Who links those not mentioned together?", _linking_actor, pairs, ("weight: NPMI",))


def _list_variants(corpus: Corpus) -> Iterator[tuple[str, str, Choices]]:
    """Every variant: kind of choice, its name, the choices."""
    for choice, variant, change in VARIANTS:
        yield choice, variant, replace(Choices(), **change)  # type: ignore[arg-type]
    articles = corpus.articles.assign(number=short_ids(corpus.articles["article_id"]))
    if len(articles) > 1:
        longest = articles.sort_values(["n_words", "article_id"], ascending=[False, True]).head(MOST_LEFT_OUT)
        for row in longest.sort_values("article_id").itertuples():
            yield "articles", f"without {row.number}", Choices(left_out=str(row.article_id))


def _judge(finding: _Finding, reading: _Reading, base: Answer, lost: set[str]) -> tuple[str, str]:
    """What a variant answers, and whether the answer holds; `lost` are outlets it has no article of."""
    n_outlets = reading.corpus.articles["outlet"].nunique()
    if lost & {finding.outlet, *base} or (finding.compares and n_outlets < 2):
        return "", OUTCOMES[3]
    answer = finding.answer(reading)
    if answer == base:
        return _say(answer), OUTCOMES[0]
    return _say(answer), OUTCOMES[1] if set(base) & set(answer) else OUTCOMES[2]


def check_findings(corpus: Corpus) -> pd.DataFrame:
    """Ask the suite's main questions again with other choices, and say which answers hold.

    Every question of the notebooks that has one answer (who leads, which word, which pair) is asked of
    this corpus with the suite's own choices, and then once for each other choice that bears on it: the
    window and weight of pairs, the kinds of mention, the table of aliases, the prior and the words of
    keyness, and with each article left out (of more than fifty, the fifty longest).

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.

    Returns
    -------
    DataFrame
        A row a question and variant that bears on it: question, answer (with the suite's choices), choice
        (window, weight, kinds, aliases, prior, words, articles), variant, answer_here, outcome: holds;
        ties (the answer shares the first place, or did); flips; cannot be asked (the outlet has no other
        article). One choice is changed at a time. That an answer holds does not make it true: all variants
        read the same few articles by the same rules.

    Examples
    --------
    >>> from helpers import load_corpus
    >>> checked = check_findings(load_corpus())
    >>> set(checked["outcome"]) <= {"holds", "ties", "flips", "cannot be asked"}
    True
    """
    readings = {"all": _Found.find(corpus, "all")}
    base = _Reading(readings["all"], Choices())
    findings = list(_list_findings(base))
    answers = {finding.question: finding.answer(base) for finding in findings}
    outlets = set(corpus.articles["outlet"])
    rows = []
    for choice, variant, choices in _list_variants(corpus):
        found = readings.get(choices.aliases) or _Found.find(corpus, choices.aliases)
        found = found.without(choices.left_out) if choices.left_out else found
        reading = _Reading(found, choices)
        lost = outlets - set(found.corpus.articles["outlet"])
        for finding in findings:
            if choice not in finding.bears or variant in finding.but_not:
                continue
            answer = answers[finding.question]
            judged = _judge(finding, reading, answer, lost)
            rows.append((finding.question, _say(answer), choice, variant, *judged))
    columns = ["question", "answer", "choice", "variant", "answer_here", "outcome"]
    checked = pd.DataFrame(rows, columns=columns, dtype="str")
    order = {finding.question: number for number, finding in enumerate(findings)}
    return checked.sort_values("question", key=lambda q: q.map(order), kind="stable", ignore_index=True)


def count_outcomes(checked: pd.DataFrame) -> pd.DataFrame:
    """Sum up each question of `check_findings`.

    Parameters
    ----------
    checked : DataFrame
        From `check_findings`.

    Returns
    -------
    DataFrame
        A row a question, in order: question, answer, n_asked (variants in which it could be asked),
        n_holds, n_ties, n_flips, flips_with (the variants that flip it, each with its answer).

    Examples
    --------
    >>> columns = ["question", "answer", "choice", "variant", "answer_here", "outcome"]
    >>> rows = [("Who leads?", "Ann", "prior", "10 words", "Bo", "flips")]
    >>> count_outcomes(pd.DataFrame(rows, columns=columns))[["n_asked", "flips_with"]].values.tolist()
    [[1, '10 words: Bo']]
    """
    rows = []
    for (question, answer), part in checked.groupby(["question", "answer"], sort=False):
        n = {outcome: int((part["outcome"] == outcome).sum()) for outcome in OUTCOMES}
        flips = part[part["outcome"] == "flips"]
        flips_with = "; ".join(flips["variant"] + ": " + flips["answer_here"])
        n_asked = len(part) - n["cannot be asked"]
        rows.append((question, answer, n_asked, n["holds"], n["ties"], n["flips"], flips_with))
    columns = ["question", "answer", "n_asked", "n_holds", "n_ties", "n_flips", "flips_with"]
    return pd.DataFrame(rows, columns=columns)

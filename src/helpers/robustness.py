"""Which findings of the suite hold when it is asked with other choices, and which flip."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from .association import weigh_cooccurrences
from .cooccurrence import count_cooccurrences
from .corpus import Corpus, short_ids
from .frames import find_listed_words, load_word_lists
from .mention_counts import count_mentions, leave_out_nested
from .mentions import find_mentions
from .naming import find_labels
from .network import build_graph, find_betweenness
from .quotes import find_quotes
from .voices import compare_voices, count_voices
from .words import find_all_words, log_odds

OUTCOMES = ("holds", "ties", "flips", "cannot be asked")
# Of more articles so many of the longest are left out, one at a time; of more outlets so many are asked for.
MOST_LEFT_OUT = 12
MOST_OUTLETS = 6
# Shortest paths are looked for anew under each choice, in seconds where there are thousands of pairs.
MOST_PAIRS = 400


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
    ("kinds", "names and adjectives", {"kinds": ("named", "demonym")}),
    ("kinds", "titles too", {"kinds": ("named", "nominal", "demonym", "title")}),
    ("kinds", "no name in a name", {"nested": False}),
    ("kinds", "places too", {"use": None}),
    ("kinds", "counted as their state", {"rolled_up": True}),
    ("aliases", "no short names, no roles", {"aliases": "no short names, no roles"}),
    ("aliases", "capital cities left out", {"aliases": "capital cities left out"}),
    ("prior", "prior of 10 words", {"prior": 10.0}),
    ("prior", "prior of 1,000 words", {"prior": 1000.0}),
    ("words", "function words too", {"function_words": True}),
    ("words", "quoted words too", {"quoted_words": True}),
)
_EMPTY: dict[str, dict[str, tuple[str, ...]]] = {
    "no short names, no roles": {"aliases": (), "short": (), "descriptions": ()},
    "capital cities left out": {"capitals": ()},
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


def _score(names: Iterable[str], values: Iterable[float]) -> pd.Series:
    """Scores above zero, the largest first; those of one name added up."""
    scores = pd.Series(list(values), index=pd.Index(list(names), dtype="str"), dtype="float64")
    scores = scores.groupby(level=0).sum().round(9)
    return scores[scores > 0].sort_values(ascending=False, kind="stable")


def _best(scores: pd.Series) -> Answer:
    """The name with the largest value, in alphabetical order where several tie; none if there is none.

    Examples
    --------
    >>> _best(pd.Series({"Ann": 2.0, "Bo": 2.0, "Cy": 1.0})), _best(pd.Series(dtype=float))
    (('Ann', 'Bo'), ())
    """
    return tuple(sorted(scores.index[scores == scores.max()]))


def _say(answer: Answer) -> str:
    """An answer in words; of many that tie, two are named.

    Examples
    --------
    >>> _say(("Ann", "Bo", "Cy")), _say(())
    ('Ann = Bo (+ 1 more)', 'none')
    """
    more = f" (+ {len(answer) - 2} more)" if len(answer) > 2 else ""
    return " = ".join(answer[:2]) + more if answer else "none"


def _say_runner_up(scores: pd.Series) -> str:
    """Who comes next, and by how much.

    Examples
    --------
    >>> _say_runner_up(pd.Series({"Ann": 0.375, "Bo": 0.357}))
    'Bo (0.357 against 0.375)'
    """
    below = scores[scores < scores.max()]
    if below.empty:
        return ""
    return f"{_say(_best(below))} ({below.max():.3g} against {scores.max():.3g})"


def _lead(parts: Iterable[pd.Series]) -> pd.Series:
    """In how many outlets each leads; several who tie in one lead in it together."""
    leaders = [name for scores in parts for name in _best(scores)]
    return _score(leaders, [1.0] * len(leaders))


@dataclass(frozen=True)
class _Finding:
    """A question, how a reading answers it, and which choices bear on the answer."""

    question: str
    scores: Callable[[_Reading], pd.Series]
    bears: tuple[str, ...]
    but_not: tuple[str, ...] = ()  # variants of these choices that make no sense here
    outlet: str = ""  # the one it asks about
    compares: bool = False  # it needs two outlets
    names_outlet: bool = False  # its answer is one


def _leaders(reading: _Reading) -> pd.Series:
    return _lead(_score(part["actor"], part["n_mentions"]) for _, part in reading.counts.groupby("outlet"))


def _person(reading: _Reading) -> pd.Series:
    persons = reading.counts[reading.counts["type"] == "person"]
    return _score(persons["actor"], persons["n_mentions"])


def _outlet_of(actor: str) -> Callable[[_Reading], pd.Series]:
    def scores(reading: _Reading) -> pd.Series:
        part = reading.counts[reading.counts["actor"] == actor]
        return _score(part["outlet"], part["mentions_per_1000_words"])

    return scores


def _pair(reading: _Reading) -> pd.Series:
    return _score(
        reading.edges["source_name"] + " + " + reading.edges["target_name"], reading.edges["weight"]
    )


def _persons_pair(reading: _Reading) -> pd.Series:
    persons = [actor.id for actor in reading.corpus.actors.values() if actor.type == "person"]
    edges = reading.edges[reading.edges["source"].isin(persons) & reading.edges["target"].isin(persons)]
    return _score(edges["source_name"] + " + " + edges["target_name"], edges["weight"])


def _partner_of(actor: str) -> Callable[[_Reading], pd.Series]:
    def scores(reading: _Reading) -> pd.Series:
        edges = reading.edges
        ends = [edges["source_name"] == actor, edges["target_name"] == actor]
        names = pd.concat([edges["target_name"][ends[0]], edges["source_name"][ends[1]]])
        return _score(names, pd.concat([edges["weight"][ends[0]], edges["weight"][ends[1]]]))

    return scores


def _linking_actor(reading: _Reading) -> pd.Series:
    between = find_betweenness(build_graph(reading.edges))
    return _score([reading.names[actor] for actor in between], between.values())


def _frames(reading: _Reading) -> pd.Series:
    listed = reading.found.listed
    listed = listed if reading.choices.quoted_words else listed[~listed["in_quote"]]
    names = {wl.id: wl.name for wl in load_word_lists("frames", reading.corpus.folder)}
    sizes = listed.groupby(["outlet", "frame"]).size().reset_index(name="n")
    return _lead(_score(part["frame"].map(names), part["n"]) for _, part in sizes.groupby("outlet"))


def _honorifics(reading: _Reading) -> pd.Series:
    ledger = reading.found.ledger
    ledger = ledger[(ledger["use"] == "actor") & (ledger["subject_type"] == "person")]
    if not reading.choices.quoted_words:
        ledger = ledger[ledger["voice"] == "own"]
    share = (ledger["form"] == "Mr.").groupby(ledger["outlet"]).mean()
    return _score(share.index, share)


def _own_voice(reading: _Reading) -> pd.Series:
    voices = compare_voices(reading.corpus, reading.found.quotes)
    return _score(voices["group"], voices["share_own"].fillna(0))


def _quoted_side(reading: _Reading) -> pd.Series:
    voices = count_voices(reading.corpus, reading.found.quotes, level="side")
    sides = voices[~voices["voice_id"].isin(["own voice", ""])]
    return _score([reading.names.get(side, side) for side in sides["voice_id"]], sides["n_words"])


def _word_of(outlet: str) -> Callable[[_Reading], pd.Series]:
    def scores(reading: _Reading) -> pd.Series:
        part = reading.word_scores[reading.word_scores["outlet"] == outlet]
        return _score(part["word"], part["z"])

    return scores


def _list_findings(base: _Reading) -> Iterator[_Finding]:
    """The suite's main findings, asked of this corpus: by notebook, from mentions to the network."""
    counting, whole = ("kinds", "aliases", "articles"), ("counted as their state",)
    own_words = ("function words too",)
    sizes = base.corpus.articles.groupby("outlet")["n_words"].sum()
    outlets = list(sizes.sort_values(ascending=False, kind="stable").index)
    several = len(outlets) > 1
    yield _Finding("Who is mentioned most in most outlets?", _leaders, counting)
    if person := _best(_person(base)):
        yield _Finding("Which person is mentioned most?", _person, counting, whole)
        if len(person) == 1 and several:
            asked = f"Which outlet mentions {person[0]} most, per 1,000 words?"
            yield _Finding(asked, _outlet_of(person[0]), counting, whole, compares=True, names_outlet=True)
    for outlet in sorted(outlets[:MOST_OUTLETS]) if several else []:
        bears = ("prior", "words", "aliases", "articles")
        asked = f"Which word sets {outlet} apart?"
        yield _Finding(asked, _word_of(outlet), bears, outlet=outlet, compares=True)
    if several:
        asked = "Where do most labels of persons carry “Mr.” or the like?"
        yield _Finding(
            asked, _honorifics, ("words", "aliases", "articles"), own_words, compares=True, names_outlet=True
        )
    yield _Finding("Which frame leads in most outlets?", _frames, ("words", "articles"), own_words)
    yield _Finding("Which side has most words among the speakers?", _quoted_side, ("aliases", "articles"))
    if several:
        asked = "Which outlet has the largest share of own words?"
        yield _Finding(asked, _own_voice, ("aliases", "articles"), compares=True, names_outlet=True)
    # Weights other than counts answer another question: not who is together most, but who is least apart.
    pairs, titles = (
        ("window", "kinds", "aliases", "articles"),
        "titles too",
    )  # beside a name that counts anyway
    yield _Finding("Which two are mentioned together most?", _pair, pairs, (titles,))
    totals = _score(base.counts["actor"], base.counts["n_mentions"])
    if len(leader := _best(totals)) == 1:
        yield _Finding(
            f"Who stands beside {leader[0]} most?", _partner_of(leader[0]), (*pairs, "weight"), (titles,)
        )
    yield _Finding("Which two persons are together most?", _persons_pair, pairs, (titles, *whole))
    if len(base.edges) <= MOST_PAIRS:
        # Paths are shortest over large weights, and NPMI is largest for pairs that met once.
        asked = "Over whom do most of the shortest paths lead?"
        yield _Finding(asked, _linking_actor, (*pairs, "weight"), (titles, "weight: NPMI"))


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
    gone = {finding.outlet, *(base if finding.names_outlet else ())} & lost
    if gone or (finding.compares and n_outlets < 2):
        return "", OUTCOMES[3]
    answer = _best(finding.scores(reading))
    if answer == base:
        return _say(answer), OUTCOMES[0]
    return _say(answer), OUTCOMES[1] if set(base) & set(answer) else OUTCOMES[2]


def check_findings(corpus: Corpus) -> pd.DataFrame:
    """Ask the suite's main questions again with other choices, and say which answers hold.

    Every question of the notebooks that has one answer (who leads, which word, which pair) is asked of
    this corpus with the suite's own choices, and then once for each other choice that bears on it: the
    window and weight of pairs, the kinds of mention, the table of aliases, the prior and the words of
    keyness, and with each article left out (of more than twelve, the twelve longest). Over whom paths lead
    is asked of networks of up to 400 pairs.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.

    Returns
    -------
    DataFrame
        A row a question and variant that bears on it: question, answer (with the suite's choices),
        runner_up (who comes next, and by how much), choice (window, weight, kinds, aliases, prior, words,
        articles), variant, answer_here, outcome: holds; ties (the answer shares the first place, or did);
        flips; cannot be asked (the outlet has no other article). One choice is changed at a time. That an
        answer holds does not make it true: all variants read the same few articles by the same rules.

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
    scores = {finding.question: finding.scores(base) for finding in findings}
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
            answer = _best(scores[finding.question])
            known = finding.question, _say(answer), _say_runner_up(scores[finding.question])
            rows.append((*known, choice, variant, *_judge(finding, reading, answer, lost)))
    columns = ["question", "answer", "runner_up", "choice", "variant", "answer_here", "outcome"]
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
        A row a question, in order: question, answer, runner_up, n_asked (variants in which it could be
        asked), n_holds, n_ties, n_flips, flips_with (the variants that flip it, each with its answer).
        Questions are asked in unlike numbers of variants: n_holds does not rank them.

    Examples
    --------
    >>> columns = ["question", "answer", "runner_up", "choice", "variant", "answer_here", "outcome"]
    >>> rows = [("Who leads?", "Ann", "Bo (1 against 2)", "prior", "10 words", "Bo", "flips")]
    >>> count_outcomes(pd.DataFrame(rows, columns=columns))[["n_asked", "flips_with"]].values.tolist()
    [[1, '10 words: Bo']]
    """
    rows = []
    keys = ["question", "answer", "runner_up"]
    for key, part in checked.groupby(keys, sort=False):
        n = {outcome: int((part["outcome"] == outcome).sum()) for outcome in OUTCOMES}
        flips = part[part["outcome"] == "flips"]
        flips_with = "; ".join(flips["variant"] + ": " + flips["answer_here"])
        n_asked = len(part) - n["cannot be asked"]
        rows.append((*key, n_asked, n["holds"], n["ties"], n["flips"], flips_with))
    columns = [*keys, "n_asked", "n_holds", "n_ties", "n_flips", "flips_with"]
    return pd.DataFrame(rows, columns=columns)

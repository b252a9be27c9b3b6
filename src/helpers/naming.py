"""What each outlet calls each actor, and each thing that is no actor."""

import numpy as np
import pandas as pd

from .actors import Actor
from .corpus import Corpus
from .errors import InputError
from .matching import Matcher, lower_case, spellings
from .mentions import inside, squeeze, without_pronouns
from .title_words import titles
from .uncertainty import RANGES, compare_rates

FORMS = (
    "full name", "surname", "Mr.", "other name", "title", "description",
    "country name", "capital", "adjective",
)  # fmt: skip


def _form(text: str, kind: str, actor: Actor) -> str:
    """Which form of naming a mention is, from its kind and the actor's entry."""
    if kind != "named":
        return {"demonym": "adjective", "title": "title", "nominal": "description"}.get(kind, kind)
    first = text.split(" ", maxsplit=1)[0].rstrip(".")
    if actor.type == "person" and first in titles()["honorifics"]:
        return "Mr."
    label = text.casefold()
    if actor.type == "state":
        return "capital" if label in {capital.casefold() for capital in actor.capitals} else "country name"
    full = {name.removeprefix("the ").casefold() for name in (actor.name, *actor.aliases)}
    if label in full or actor.institution:
        return "full name"
    surnames = {short.casefold() for short in actor.short} | {name.rpartition(" ")[2] for name in full}
    ends_name = any(name.endswith(f" {label}") for name in full)
    return "surname" if actor.type == "person" and (label in surnames or ends_name) else "other name"


def plain_label(text: pd.Series) -> pd.Series:
    """Labels as they are compared: apostrophes straight, white space as one space."""
    return text.str.replace("’", "'").str.replace(r"\s+", " ", regex=True)


def find_things(corpus: Corpus) -> pd.DataFrame:
    """Find every label of every thing that the corpus folder's ``actors.toml`` lists.

    Parameters
    ----------
    corpus : Corpus
        From `load_corpus`.

    Returns
    -------
    DataFrame
        A row a label found: article_id, outlet, block_id, sentence_id, start, end, text, thing_id,
        in_quote; in the order of the text. Upper or lower case and a plural -s make no difference; of labels
        that overlap the first counts, of those that begin together the longest.

    Examples
    --------
    >>> from helpers import load_corpus
    >>> found = find_things(load_corpus())
    >>> bool((found["end"] > found["start"]).all())
    True
    """
    columns = ["article_id", "outlet", "block_id", "sentence_id", "start", "end", "text", "thing_id"]
    thing_of: dict[str, str] = {}
    for ending in ("s", ""):  # a label as written comes before the plural of another
        for thing in corpus.things.values():
            for label in thing.labels:
                ways = spellings(lower_case(label + ending), any_case=False)
                thing_of |= {lower_case(way): thing.id for way in ways}
    rows: list[tuple[object, ...]] = []
    if thing_of:
        squeezed = [squeeze(corpus.counted_text(a)) for a in corpus.articles["article_id"]]
        matcher = Matcher(thing_of)
        hits = matcher.find([lower_case(text) for text, _ in squeezed])
        order = np.lexsort((-hits.end, hits.start, hits.text))
        sentences_of = dict(tuple(corpus.sentences.groupby("article_id")))
        article, reached = -1, 0
        for number in order.tolist():
            text, start, end = (int(side[number]) for side in (hits.text, hits.start, hits.end))
            if text != article:
                article, reached = text, 0
                row, places = corpus.articles.iloc[text], squeezed[text][1]
                raw, sentences = corpus.raw(row["article_id"]), sentences_of[row["article_id"]]
            if start < reached:
                continue
            reached = end
            begin, stop = int(places[start]), int(places[end - 1]) + 1
            sentence = sentences.iloc[sentences["start"].searchsorted(begin, side="right") - 1]
            thing_id = thing_of[matcher.phrases[int(hits.phrase[number])]]
            where = (row["article_id"], row["outlet"], sentence["block_id"], sentence["sentence_id"])
            rows.append((*where, begin, stop, raw[begin:stop], thing_id))
    found = pd.DataFrame(rows, columns=columns)
    found = found.astype(dict.fromkeys(columns[2:6], "int64"))
    quoted = [
        inside(corpus.quoted_spans(str(article_id)), starts.tolist())
        for article_id, starts in found.groupby("article_id", sort=False)["start"]
    ]
    return found.assign(in_quote=np.concatenate(quoted) if quoted else np.empty(0, dtype=bool))


def find_labels(corpus: Corpus, mentions: pd.DataFrame) -> pd.DataFrame:
    """List every label that an outlet gives an actor or a thing: the ledger of names.

    Parameters
    ----------
    corpus : Corpus
        Gives the actors' entries and the things.
    mentions : DataFrame
        From `find_mentions`. All but pronouns are listed, places and quoted words too.

    Returns
    -------
    DataFrame
        A row a label in the text: article_id, outlet, block_id, sentence_id, start, end, subject_id,
        subject (name of the actor or thing), subject_type (the actor's type, or thing), affiliation,
        label (as written; apostrophes straight, one space between words), form (full name, surname,
        Mr. (any honorific), other name, title, description, country name, capital, adjective, or
        thing), occurrence (first in its article, with a title that stands by it; or later), voice
        (own, or quoted: inside quotation marks), use (actor, place). By article, in its order.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> mentions = find_mentions(corpus)
    >>> ledger = find_labels(corpus, mentions)
    >>> len(ledger) == len(mentions) + len(find_things(corpus))
    True
    """
    mentions = without_pronouns(mentions)
    where = ["article_id", "outlet", "block_id", "sentence_id", "start", "end"]
    actors, things = corpus.actors, corpus.things
    forms = [
        _form(label, kind, actors[a])
        for label, kind, a in zip(
            plain_label(mentions["text"]), mentions["kind"], mentions["actor_id"], strict=True
        )
    ]
    of_actors = mentions[[*where, "text", "in_quote", "use"]].assign(
        subject_id=mentions["actor_id"],
        subject=[actors[a].name for a in mentions["actor_id"]],
        subject_type=[actors[a].type for a in mentions["actor_id"]],
        affiliation=[actors[a].side for a in mentions["actor_id"]],
        form=forms,
    )
    found = find_things(corpus) if things else mentions.head(0).assign(thing_id="")
    of_things = found[[*where, "text", "in_quote"]].assign(
        use="actor",
        subject_id=found["thing_id"],
        subject=[things[t].name for t in found["thing_id"]],
        subject_type="thing",
        affiliation="",
        form="thing",
    )
    ledger = pd.concat([of_actors, of_things] if len(of_things) else [of_actors], ignore_index=True)
    ledger = ledger.sort_values(["article_id", "start", "end", "subject_id"], ignore_index=True)
    ledger["label"] = plain_label(ledger["text"])
    ledger["voice"] = np.where(ledger["in_quote"], "quoted", "own")
    keys = ["article_id", "subject_id"]
    standing = ledger[ledger["form"] != "title"].drop_duplicates(keys).set_index(keys)["end"]
    ends = standing.reindex(pd.MultiIndex.from_frame(ledger[keys])).to_numpy(dtype=float)
    # Six characters: ", the " is the most that stands between a name and the title that follows it.
    first = (ledger["end"] <= ends) | ((ledger["form"] == "title") & (ledger["start"] <= ends + 6))
    first |= np.isnan(ends) & ~ledger.duplicated(keys)
    ledger["occurrence"] = np.where(first, "first", "later")
    ordered = [*where, "subject_id", "subject", "subject_type", "affiliation", "label", "form"]
    return ledger[[*ordered, "occurrence", "voice", "use"]]


_GIVEN = ["outlet", "subject_id", "subject", "subject_type", "affiliation", "label", "form"]


def count_labels(ledger: pd.DataFrame) -> pd.DataFrame:
    """Count what each outlet calls each actor and thing.

    Parameters
    ----------
    ledger : DataFrame
        From `find_labels`; take rows out before to count some only, such as the outlet's own voice.

    Returns
    -------
    DataFrame
        A row an outlet, subject and label: outlet, subject_id, subject, subject_type, affiliation,
        label, form, n, n_first (in the first mention of an article), n_quoted, share (of all that
        the outlet calls this subject). Commonest first within outlet and subject.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> labels = count_labels(find_labels(corpus, find_mentions(corpus)))
    >>> labels.groupby(["outlet", "subject_id"])["share"].sum().round(6).unique().tolist()
    [1.0]
    """
    flags = ledger.assign(n_first=ledger["occurrence"] == "first", n_quoted=ledger["voice"] == "quoted", n=1)
    counts = flags.groupby(_GIVEN, as_index=False)[["n", "n_first", "n_quoted"]].sum()
    counts["share"] = counts["n"] / counts.groupby(["outlet", "subject_id"])["n"].transform("sum")
    order = ["outlet", "subject_id", "n", "label", "form"]
    return counts.sort_values(order, ascending=[True, True, False, True, True], ignore_index=True)


def compare_labels(
    corpus: Corpus, ledger: pd.DataFrame, column: str = "label", by: str = "outlet"
) -> pd.DataFrame:
    """Contrast the share that a label, or a form, has in what an outlet calls a subject.

    Parameters
    ----------
    corpus : Corpus
        Gives the articles.
    ledger : DataFrame
        From `find_labels`; rows taken out before do not count.
    column : {"label", "form"}
        What is compared.
    by : {"outlet", "article_id"}
        What a group is.

    Returns
    -------
    DataFrame
        A row a group, subject that it names and label (or form) that any group uses for it: group,
        subject_id, subject, the column, n, n_subject, share = n / n_subject, share_low, share_high
        (95 % range over paragraphs), share_rest, difference, loo_low, loo_high, boot_low, boot_high,
        p_value, lowest_p, q_value (see `helpers.uncertainty.compare_rates`), n_articles_group,
        articles. The largest differences of each group first.

    Raises
    ------
    InputError
        Another `column` or `by`.

    Examples
    --------
    >>> from helpers import find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> table = compare_labels(corpus, find_labels(corpus, find_mentions(corpus)), column="form")
    >>> bool(table["share"].between(0, 1).all())
    True
    """
    if column not in ("label", "form"):
        raise InputError(f"names cannot be compared by their {column!r}: expected 'label' or 'form'")
    units = corpus.grouped_paragraphs(by, "names").assign(size=0)
    keys = ["article_id", "block_id"]
    sizes = ledger.groupby([*keys, "subject_id"]).size().rename("size").reset_index()
    used = ledger.groupby([*keys, "subject_id", column]).size().rename("n").reset_index()
    pairs = (
        used[["subject_id", column]].drop_duplicates().sort_values(["subject_id", column], ignore_index=True)
    )
    counts = sizes.merge(pairs.assign(item=pairs.index), on="subject_id")
    counts = counts.merge(used, on=[*keys, "subject_id", column], how="left").fillna({"n": 0})
    compared = compare_rates(units, counts[[*keys, "item", "n", "size"]])
    subjects = ledger.drop_duplicates("subject_id").set_index("subject_id")["subject"]
    subject_ids = pairs["subject_id"].reindex(compared["item"]).to_numpy()
    table = pd.DataFrame(
        {
            "group": compared["group"],
            "subject_id": subject_ids,
            "subject": subjects.reindex(subject_ids).to_numpy(),
            column: pairs[column].reindex(compared["item"]).to_numpy(),
            "n": compared["n"].astype(int),
            "n_subject": compared["size"].astype(int),
            "share": compared["rate"],
            "share_low": compared["rate_low"],
            "share_high": compared["rate_high"],
            "share_rest": compared["rate"] - compared["effect"],
            "difference": compared["effect"],
            **{c: compared[c] for c in RANGES},
            "n_articles_group": compared["n_articles_group"],
            "articles": compared["articles"],
        }
    )
    order = table["difference"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].sort_values("group", kind="stable", ignore_index=True)

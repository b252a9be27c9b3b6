"""Frames and loaded words: how often each outlet uses the words of a list, and which words they were."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from .corpus import Corpus
from .errors import InputError
from .paths import read_toml, read_vocabulary
from .uncertainty import RANGES, Ints, compare_rates
from .words import size_paragraphs

PRESENT_FROM = 3  # words of a list in an article, after Field et al. (2018)
VOCABULARIES = ("frames", "loaded_words")
FAMILIES = ("policy", "generic", "loaded", "own")
_FIELDS = ("id", "family", "name", "source", "reason", "words")


@dataclass(frozen=True)
class WordList:
    """The words of one frame, or of one kind of loaded word.

    Parameters
    ----------
    id : str
        Short name used in every table.
    family : str
        policy (Boydstun, Card et al. 2014), generic (Semetko & Valkenburg 2000), loaded, or own.
    name : str
        The name shown.
    source, reason : str
        Where the list comes from, and by which rule words are in it.
    words : tuple of str
        Words in lower case, beginnings ("militar*"), phrases of two or three words ("arms control").
    """

    id: str
    family: str
    name: str
    source: str
    reason: str
    words: tuple[str, ...]


def _read_list(entry: Any, where: str) -> WordList:
    if not isinstance(entry, dict) or set(entry) != set(_FIELDS):
        raise InputError(f"{where}: expected a [[list]] table with exactly {', '.join(_FIELDS)}")
    for key in _FIELDS[:-1]:
        if not isinstance(entry[key], str) or not entry[key].strip():
            raise InputError(f"{where}: {key} is {entry[key]!r}: expected text, not empty")
    where = f"{where} ({entry['id']})"
    if entry["family"] not in FAMILIES:
        raise InputError(
            f"{where}: unknown family {entry['family']!r}: expected one of {', '.join(FAMILIES)}"
        )
    if entry["family"] in ("policy", "generic"):
        known = [e["id"] for e in read_vocabulary("frames")["list"] if e["family"] == entry["family"]]
        if entry["id"] not in known:
            raise InputError(
                f"{where}: unknown {entry['family']} frame {entry['id']!r}: expected one of "
                f"{', '.join(known)}; a list of your own has the family 'own'"
            )
    words = entry["words"]
    if not isinstance(words, list) or not words or not all(isinstance(w, str) for w in words):
        raise InputError(f'{where}: words is {words!r}: expected a list like ["one", "two*"]')
    if twice := [word for word, n in Counter(words).items() if n > 1]:
        raise InputError(f"{where}: {twice[0]!r} stands there twice: leave one of them out")
    for word in words:
        parts = word.removesuffix("*").split(" ")
        written = word == word.lower() and all(p.replace("'", "").isalnum() for p in parts)
        if not written or len(parts) > 3:
            raise InputError(
                f"{where}: {word!r} cannot be looked for: expected one to three words in lower case, spaces "
                "for hyphens, a star only at the end"
            )
    return WordList(**{**entry, "words": tuple(words)})


def load_word_lists(vocabulary: str, folder: Path | str | None = None) -> list[WordList]:
    r"""Read the lists of frame words or of loaded words.

    Parameters
    ----------
    vocabulary : {"frames", "loaded_words"}
        Which file: the suite's own (``src/helpers/data``), or one of that name in `folder`.
    folder : Path or str, optional
        A corpus folder. Its ``frames.toml`` or ``loaded_words.toml``, if there is one, takes the place
        of the suite's file.

    Returns
    -------
    list of WordList
        In the order of the file.

    Raises
    ------
    InputError
        Another vocabulary; a file that is not TOML or not UTF-8; a list given twice, an unknown
        family, an unknown frame of a family, a word that stands twice or cannot be looked for.

    References
    ----------
    Boydstun, Card, Gross, Resnik & Smith (2014); Semetko & Valkenburg (2000), which measures its
    frames by questions to a coder: words are an approximation.

    Examples
    --------
    >>> [frame.name for frame in load_word_lists("frames") if frame.family == "generic"][:2]
    ['Conflict', 'Responsibility']
    """
    if vocabulary not in VOCABULARIES:
        raise InputError(f"unknown vocabulary {vocabulary!r}: expected one of {', '.join(VOCABULARIES)}")
    where = f"{vocabulary}.toml"
    content = read_vocabulary(vocabulary)
    if folder is not None and (path := Path(folder).absolute() / where).is_file():
        where = f"{path.parent.name}/{where}"
        content = read_toml(path, where)
    entries = content.get("list")
    if set(content) != {"list"} or not isinstance(entries, list) or not entries:
        raise InputError(f"{where}: expected nothing but [[list]] tables, and one at least")
    lists: dict[str, WordList] = {}
    for number, entry in enumerate(entries, 1):
        made = _read_list(entry, f"{where}, list {number}")
        if made.id in lists:
            raise InputError(f"{where}, list {number}: the frame {made.id!r} stands there twice: join them")
        lists[made.id] = made
    return list(lists.values())


class _Index:
    """Where each word of a table of words stands, and which words begin in a given way."""

    def __init__(self, words: pd.DataFrame) -> None:
        codes, self.vocabulary = pd.factorize(words["word"])
        self.codes = np.asarray(codes, dtype=np.int64)
        self.order = np.argsort(self.codes, kind="stable")
        self.edges = np.searchsorted(self.codes[self.order], np.arange(len(self.vocabulary) + 1))
        self.code_of = {word: code for code, word in enumerate(self.vocabulary)}
        self.beginning: dict[str, list[int]] = defaultdict(list)
        for code, word in enumerate(self.vocabulary):
            for length in range(1, len(word) + 1):
                self.beginning[word[:length]].append(code)
        self.in_name = words["in_name"].to_numpy(dtype=bool)
        follows = (words["article_id"] == words["article_id"].shift(-1)) & (
            words["block_id"] == words["block_id"].shift(-1)
        )
        # One character between two words is taken for a space or a hyphen, which it nearly always is.
        self.beside = (follows & (words["start"].shift(-1) - words["end"] == 1)).to_numpy()

    def matching(self, entry: str) -> list[int]:
        if entry.endswith("*"):
            return self.beginning.get(entry[:-1], [])
        return [self.code_of[entry]] if entry in self.code_of else []

    def find(self, entry: str) -> Ints:
        """Positions at which an entry begins that holds no word of a name."""
        first, *others = entry.split(" ")
        found = [self.order[self.edges[code] : self.edges[code + 1]] for code in self.matching(first)]
        at: Ints = np.concatenate(found) if found else np.empty(0, dtype=np.int64)
        at = at[~self.in_name[at]]
        for step, part in enumerate(others, 1):
            at = at[at + step < len(self.codes)]
            at = at[self.beside[at + step - 1] & np.isin(self.codes[at + step], self.matching(part))]
            at = at[~self.in_name[at + step]]
        return at


def _longest(index: _Index, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """First and last position of each match; of those that overlap, the first and longest."""
    found = [(int(at), len(entry.split(" "))) for entry in words for at in index.find(entry)]
    reached = -1
    for at, length in sorted(found, key=lambda match: (match[0], -match[1])):
        if at > reached:
            reached = at + length - 1
            yield at, reached


def find_listed_words(words: pd.DataFrame, lists: Sequence[WordList]) -> pd.DataFrame:
    """Find the words and phrases of each list.

    Parameters
    ----------
    words : DataFrame
        From `find_all_words`; without the rows in_quote for the outlets' own voice.
    lists : sequence of WordList
        From `load_word_lists`.

    Returns
    -------
    DataFrame
        A row a match: article_id, outlet, block_id, start, end, word (as matched, in lower case),
        frame (id of the list), in_quote. A word counts for every list that holds it, once a list;
        a phrase counts once and its words not again. Words in names of actors ("Defense Ministry") never
        count.

    Examples
    --------
    >>> from helpers import find_all_words, find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> words = find_all_words(corpus, find_mentions(corpus))
    >>> found = find_listed_words(words, load_word_lists("frames"))
    >>> bool((found["end"] > found["start"]).all())
    True
    """
    index = _Index(words)
    matches = [(first, last, listed.id) for listed in lists for first, last in _longest(index, listed.words)]
    table = pd.DataFrame(matches, columns=["first", "last", "frame"])
    first, last = table["first"].to_numpy(dtype=int), table["last"].to_numpy(dtype=int)
    found = words.iloc[first][["article_id", "outlet", "block_id", "start"]].reset_index(drop=True)
    found["end"] = words["end"].to_numpy()[last]
    phrase = pd.Series(words["word"].to_numpy()[first])
    for step in (1, 2):
        more = pd.Series(words["word"].to_numpy()[np.minimum(first + step, last)])
        phrase = phrase.where(last < first + step, phrase + " " + more)
    found["word"] = phrase.astype("str")
    found["frame"] = table["frame"].astype("str")
    found["in_quote"] = words["in_quote"].to_numpy()[first]
    return found.sort_values(["article_id", "start", "frame"]).reset_index(drop=True)


def compare_listed_words(
    corpus: Corpus, words: pd.DataFrame, lists: Sequence[WordList], by: str = "outlet"
) -> pd.DataFrame:
    """Contrast how often each outlet uses the words of each list with the other outlets.

    Parameters
    ----------
    corpus : Corpus
        Gives the articles.
    words : DataFrame
        From `find_all_words`; without the rows in_quote for the outlets' own voice. Rates divide by
        the number of its rows.
    lists : sequence of WordList
        From `load_word_lists`.
    by : {"outlet", "article_id"}
        What a group is.

    Returns
    -------
    DataFrame
        A row a group and list, zero or not: group, frame, frame_name, family, n, n_words,
        rate_per_1000_words, rate_low, rate_high (95 % range over paragraphs), rate_rest, difference
        (of the two rates), loo_low, loo_high, boot_low, boot_high, p_value, lowest_p, q_value (see
        `helpers.uncertainty.compare_rates`), n_articles_present (articles with three words of the
        list or more), n_articles_group, articles, words (each with its count). A rate is missing
        where a group has no words. Rates of two lists do not compare: the lists differ in length.

    Raises
    ------
    InputError
        Another `by`.

    References
    ----------
    Field et al. (2018), "Framing and Agenda-setting in Russian News", for the rule of three.

    Examples
    --------
    >>> from helpers import find_all_words, find_mentions, load_corpus
    >>> corpus = load_corpus()
    >>> words = find_all_words(corpus, find_mentions(corpus))
    >>> table = compare_listed_words(corpus, words, load_word_lists("frames"))
    >>> len(table) == corpus.articles["outlet"].nunique() * 19
    True
    """
    units = size_paragraphs(corpus, words, by, "lists")
    keys = ["article_id", "block_id"]
    found = find_listed_words(words, lists)
    counts = found.groupby([*keys, "frame"]).size().rename("n").reset_index()
    # A list without a match anywhere is a finding too.
    absent = units[keys].head(1).merge(pd.DataFrame({"frame": [entry.id for entry in lists]}), how="cross")
    counts = pd.concat([counts, absent.assign(n=0)]).rename(columns={"frame": "item"})
    counts = counts.groupby([*keys, "item"], as_index=False)["n"].sum()
    compared = compare_rates(units, counts, zeros=True)
    group_of = units.drop_duplicates("article_id").set_index("article_id")["group"]
    found["group"] = found["article_id"].map(group_of)
    per_article = found.groupby(["group", "frame", "article_id"]).size()
    present = (per_article >= PRESENT_FROM).groupby(["group", "frame"]).sum()
    used = found.groupby(["group", "frame", "word"]).size().rename("n").reset_index()
    used = used.sort_values(["group", "frame", "n", "word"], ascending=[True, True, False, True])
    used["text"] = used["word"] + " " + used["n"].astype(str)
    listing = used.groupby(["group", "frame"])["text"].agg(", ".join)
    pairs = pd.MultiIndex.from_frame(compared[["group", "item"]])
    of_list = {entry.id: entry for entry in lists}
    per_1000 = {c: 1000 * compared[c] for c in ("rate_low", "rate_high", *RANGES[:4])}
    with np.errstate(divide="ignore", invalid="ignore"):
        rate_rest = 1000 * compared["n_rest"] / compared["size_rest"]
    table = pd.DataFrame(
        {
            "group": compared["group"],
            "frame": compared["item"],
            "frame_name": [of_list[i].name for i in compared["item"]],
            "family": [of_list[i].family for i in compared["item"]],
            "n": compared["n"],
            "n_words": compared["size"].astype(int),
            "rate_per_1000_words": 1000 * compared["rate"],
            "rate_low": per_1000["rate_low"],
            "rate_high": per_1000["rate_high"],
            "rate_rest": rate_rest,
            "difference": 1000 * compared["effect"],
            **{c: per_1000.get(c, compared[c]) for c in RANGES},
            "n_articles_present": present.reindex(pairs, fill_value=0).to_numpy(),
            "n_articles_group": compared["n_articles_group"],
            "articles": compared["articles"],
            "words": listing.reindex(pairs).fillna("").to_numpy(),
        }
    )
    order = {entry.id: number for number, entry in enumerate(lists)}
    return table.sort_values(["group", "frame"], key=lambda c: c.map(order) if c.name == "frame" else c,
                             ignore_index=True)  # fmt: skip

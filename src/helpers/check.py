"""What is wrong or doubtful in a corpus folder, in plain sentences."""

from pathlib import Path

import pandas as pd

from .actors import Actor, find_claims
from .audit import bare_name, find_ambiguous_mentions
from .corpus import Corpus, load_corpus
from .errors import InputError
from .mentions import find_mentions
from .suggest import suggest_actors

_SHOWN = 15


def check_corpus(folder: Path | str) -> pd.DataFrame:
    """Say what is wrong or doubtful in a corpus folder.

    Parameters
    ----------
    folder : Path or str
        The folder; nothing in it is changed.

    Returns
    -------
    DataFrame
        A row is one finding: kind ("wrong", the folder cannot be read until it is mended; "doubtful"; "to
        know"), about (articles, actors, names), sentence. Looked for are what `load_corpus` refuses, aliases
        that two actors claim, names that no actor covers, actors that never occur, short names that
        several actors share, outlets with one article, articles without outlet, date, counted text or any
        mention, and the same text printed by several.

    Examples
    --------
    >>> sorted(set(check_corpus("seeds")["kind"])) if Path("seeds").is_dir() else ["doubtful", "to know"]
    ['doubtful', 'to know']
    """
    folder = Path(folder)
    claims = [("wrong", "actors", claim) for claim in find_claims(folder / "actors.toml")]
    if claims:
        return _table(claims)
    try:
        corpus = load_corpus(folder)
    except InputError as error:
        return _table([("wrong", "files", str(error))])
    if not corpus.actors:
        sentence = (
            f"{folder.absolute().name}/actors.toml lists nobody: add an [[actor]] table for each actor."
        )
        return _table([("wrong", "actors", sentence)])
    mentions = find_mentions(corpus)
    rows = [
        *_uncovered(corpus, mentions),
        *_never(corpus, mentions),
        *_unaffiliated(corpus, mentions),
        *_shared(corpus, mentions),
        *_articles(corpus, mentions),
    ]
    return _table(rows)


def _table(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kind", "about", "sentence"])


def _some(items: list[str]) -> str:
    """The first of a list in words, and how many more."""
    more = f" and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
    return ", ".join(items[:_SHOWN]) + more


def _short(text: str, most: int = 160) -> str:
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def _uncovered(corpus: Corpus, mentions: pd.DataFrame) -> list[tuple[str, str, str]]:
    names = suggest_actors(corpus, mentions)
    names = names[~names["type"].isin(["place", ""])]
    rows = []
    for row in names.head(_SHOWN).to_dict("records"):
        kind = f"an {row['type']}" if row["type"] == "organisation" else f"a {row['type']}"
        times = "once" if row["n_mentions"] == 1 else f"{row['n_mentions']} times"
        where = "" if row["n_mentions"] == 1 else f" in {row['n_articles']} article(s)"
        sentence = f"No actor covers {_short(row['name'], 60)!r}, {kind} by the look of it, {times}{where}: "
        rows.append(("doubtful", "names", f"{sentence}“{_short(row['example'])}”"))
    if len(names) > _SHOWN:
        rest = names.iloc[_SHOWN:]
        shown = [f"{_short(n, 40)} ({m})" for n, m in zip(rest["name"], rest["n_mentions"], strict=True)]
        rows.append(("doubtful", "names", f"Nor are these covered: {_some(shown)}."))
    return rows


def _never(corpus: Corpus, mentions: pd.DataFrame) -> list[tuple[str, str, str]]:
    seen = set(mentions["actor_id"])
    owners = {a.affiliation for a in corpus.actors.values() if a.id in seen}
    never = [_named(a) for a in corpus.actors.values() if a.declared and a.id not in seen | owners]
    if not never:
        return []
    are = "This actor never occurs" if len(never) == 1 else f"These {len(never)} actors never occur"
    return [("doubtful", "actors", f"{are}: {_some(never)}. Check the spelling, or take the entry out.")]


def _named(actor: Actor) -> str:
    return _short(actor.name, 60)


def _unaffiliated(corpus: Corpus, mentions: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Persons with an office who act for nobody."""
    seen = set(mentions["actor_id"])
    actors = [a for a in corpus.actors.values() if a.declared and a.id in seen]
    without = [_named(a) for a in actors if a.type == "person" and a.descriptions and not a.affiliation]
    if not without:
        return []
    who = "1 person has" if len(without) == 1 else f"{len(without)} persons have"
    sentence = f"{who} an office and no affiliation, and so no side: {_some(without)}."
    return [("doubtful", "actors", sentence)]


def _shared(corpus: Corpus, mentions: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Short names that several actors share and that occur, the most frequent first."""
    found = find_ambiguous_mentions(corpus, mentions)
    names = found["text"].map(lambda text: bare_name(" ".join(text.split())))
    rows = []
    for text, n in names.value_counts().head(_SHOWN).items():
        part = found[names == text]
        counts = part["actor"].value_counts()
        chosen = ", ".join(f"{_short(name, 60)} ({m})" for name, m in counts.items())
        others = sorted({name for could_be in part["could_be"] for name in could_be} - set(counts.index))
        beside = f"; it could also be {_some(others)}" if others else ""
        times = "once" if n == 1 else f"{n} times"
        sentence = (
            f"{_short(str(text), 60)!r} is the name of several actors and stands {times}. Counted for: "
        )
        rows.append(("to know", "names", f"{sentence}{chosen}{beside}."))
    if (more := names.nunique() - _SHOWN) > 0:
        rows.append(("to know", "names", f"{more} more names are shared; `audit_aliases` lists them all."))
    return rows


def _articles(corpus: Corpus, mentions: pd.DataFrame) -> list[tuple[str, str, str]]:
    articles = corpus.articles
    counts = articles["outlet"].value_counts()
    known = counts[~counts.index.str.startswith("unknown outlet (")]
    single = sorted(known.index[known == 1])
    rows = []
    if single:
        names = _some([_short(outlet, 60) for outlet in single])
        has = "1 outlet has" if len(single) == 1 else f"{len(single)} outlets have"
        rows.append(
            ("to know", "articles", f"{has} one article, so that what it shows is that article's: {names}.")
        )
    outlets = sorted(set(articles["outlet"]))
    plain = [outlet.casefold().removeprefix("the ") for outlet in outlets]
    for name in sorted({p for p in plain if plain.count(p) > 1}):
        alike = [_short(o, 60) for o, p in zip(outlets, plain, strict=True) if p == name]
        rows.append(("doubtful", "articles", f"These outlets look like one: {_some(alike)}."))
    checks = [
        (articles["confidence"].str.contains("outlet: low"), "doubtful", "an outlet that is only a guess"),
        (articles["outlet"].str.startswith("unknown outlet ("), "doubtful", "no outlet in articles.csv"),
        (articles["published_from"] == "", "to know", "no date in articles.csv"),
        (articles["n_words"] == 0, "doubtful", "no text that counts"),
        (~articles["article_id"].isin(mentions["article_id"]), "doubtful", "no mention of any actor"),
        (articles["sha256"].duplicated(keep=False), "doubtful", "the very text of another article"),
    ]
    for mask, kind, what in checks:
        ids = [_short(article_id, 60) for article_id in articles.loc[mask, "article_id"]]
        if ids:
            have = "1 article has" if len(ids) == 1 else f"{len(ids)} articles have"
            rows.append((kind, "articles", f"{have} {what}: {_some(ids)}."))
    return rows

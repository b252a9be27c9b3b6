"""Text to time with: the bundled sentences drawn anew, rare words and invented names mixed in."""

import json
import random
import string
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from helpers import Actor, load_corpus
from helpers.matching import fold

RARE_WORDS = 0.1  # of all words
INVENTED_NAMES = 0.05  # of all sentences, where there are invented actors
POOL = 20_000
SENTENCES, PARAGRAPH = 30, 3  # of an article, of a paragraph


def make_actors(n_actors: int) -> dict[str, Actor]:
    """Give the bundled actors that stand in their file, and invented persons up to a number of actors."""
    declared = [actor for actor in load_corpus().actors.values() if actor.declared]
    actors = {actor.id: actor for actor in declared[:n_actors]}
    rng = random.Random(1)
    while len(actors) < n_actors:
        first, last = ("".join(rng.choices(string.ascii_lowercase, k=rng.randint(4, 9))) for _ in range(2))
        actors[f"{first}_{last}"] = Actor(f"{first}_{last}", f"{first.title()} {last.title()}", "person")
    return {
        a.id: a if a.affiliation in actors else replace(a, affiliation="", side="") for a in actors.values()
    }


def make_articles(n_bytes: int, actors: dict[str, Actor]) -> Iterator[str]:
    """Make articles until they have so many bytes, always the same ones."""
    rng = random.Random(2)
    corpus = load_corpus()
    # Plain apostrophes and hyphens, which is what peers look for.
    sentences = [" ".join(fold(text).split()) for text in corpus.sentences["text"]]
    invented = [actor.name for actor in actors.values() if actor.id not in corpus.actors]
    pool = []
    for _ in range(POOL):
        words = rng.choice(sentences).split()
        words = [_rare_word(rng) if rng.random() < RARE_WORDS and w.islower() else w for w in words]
        if invented and rng.random() < INVENTED_NAMES:
            words.insert(rng.randrange(1, len(words)) if len(words) > 1 else 0, rng.choice(invented))
        pool.append(" ".join(words))
    made = 0
    while made < n_bytes:
        drawn = rng.choices(pool, k=SENTENCES)
        paragraphs = (" ".join(drawn[i : i + PARAGRAPH]) for i in range(0, SENTENCES, PARAGRAPH))
        article = "\n\n".join(paragraphs)
        made += len(article.encode())
        yield article


def _rare_word(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_lowercase, k=rng.randint(4, 12)))


def write_articles(path: Path, n_bytes: int, actors: dict[str, Actor]) -> None:
    """Write made articles as JSON Lines, by four outlets in turn."""
    with path.open("w", encoding="utf-8") as file:
        for number, article in enumerate(make_articles(n_bytes, actors)):
            file.write(json.dumps({"outlet": f"Outlet {number % 4}", "text": article}) + "\n")


def write_actors(path: Path, actors: dict[str, Actor]) -> None:
    """Write actors as an ``actors.toml``."""
    fields = ("id", "name", "type", "affiliation")
    lists = ("aliases", "short", "descriptions", "adjectives", "capitals", "peoples")
    lines = []
    for actor in actors.values():
        lines.append("[[actor]]")
        lines += [
            f"{field} = {json.dumps(getattr(actor, field))}" for field in fields if getattr(actor, field)
        ]
        lines += [
            f"{field} = {json.dumps(list(getattr(actor, field)))}" for field in lists if getattr(actor, field)
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

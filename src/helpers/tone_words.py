"""What a word says of tone, in which role: the lists of ``data/tone.toml`` and, beside them, a lexicon."""

from functools import cache

import simplemma
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from .paths import read_vocabulary


@cache
def tone_roles() -> dict[str, dict[str, int]]:
    """Per role, the polarity of each lemma or phrase: 1 or -1."""
    words = read_vocabulary("tone")
    lists = [(section[:-1], words[section]) for section in ("nouns", "adjectives", "adverbs", "verbs")]
    lists.append(("phrasal", words["verbs"]["phrasal"]))
    roles: dict[str, dict[str, int]] = {}
    for section, by_name in lists:
        for name, lemmas in by_name.items():
            if name != "phrasal":
                part, _, sign = name.rpartition("_")
                role = f"phrasal {part}" if section == "phrasal" else part or section
                roles.setdefault(role, {}).update(dict.fromkeys(lemmas, 1 if sign == "positive" else -1))
    return roles


@cache
def particles(kind: str) -> frozenset[str]:
    """Words that turn, cancel or hand on the tone of others: negators, reversers, reporting."""
    return frozenset(read_vocabulary("tone")["particles"][kind])


@cache
def _lexicon() -> dict[str, float]:
    return dict(SentimentIntensityAnalyzer().lexicon)


@cache
def lemma_of(word: str) -> str:
    """Give the dictionary form of a word in lower case."""
    return str(read_vocabulary("tone")["forms"].get(word) or simplemma.lemmatize(word, lang="en"))


@cache
def polarity_in(role: str, word: str) -> int:
    """Polarity of a word in a role, by itself or its dictionary form: -1, 0 or 1."""
    known = tone_roles()[role]
    return known.get(word) or known.get(lemma_of(word), 0)


@cache
def any_polarity(word: str) -> int:
    """The first polarity that a word has in any role; 0 for none."""
    roles = ("adjective", "owner", "toward", "object", "subject", "adverb")
    return next((p for p in (polarity_in(role, word) for role in roles) if p), 0)


@cache
def lexicon_polarity(word: str) -> int:
    """The sign of the word's valence in VADER's lexicon; 0 for a word it does not hold."""
    valence = _lexicon().get(word, 0.0)
    return (valence > 0) - (valence < 0)


@cache
def may_carry_tone(word: str) -> bool:
    """Whether a word is in any list, or begins a phrase that is."""
    return bool(any_polarity(word) or lexicon_polarity(word)) or lemma_of(word) in phrasal_verbs()


@cache
def phrasal_verbs() -> frozenset[str]:
    """First words of phrasal verbs, and "against", which speaks against whom it governs."""
    phrases = (*tone_roles()["phrasal subject"], *tone_roles()["phrasal object"])
    return frozenset(phrase.split()[0] for phrase in phrases) | {"against"}

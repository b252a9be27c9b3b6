"""Helpers for reading how several newsrooms told one event: the public names."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from . import charts
    from .accuracy import find_mention_errors, load_gold, score_mentions, score_quotes
    from .actors import Actor, find_claims, load_actors, load_ignored
    from .annotations import AnnotatedCorpus
    from .arrivals import find_first_mentions, locate_mentions
    from .association import hypergeometric_p, jaccard, npmi, weigh_cooccurrences
    from .audit import audit_aliases, find_ambiguous_mentions
    from .backbone import find_backbone
    from .candidates import find_candidates
    from .chance import compare_with_chance
    from .check import check_corpus
    from .choices import Choice, explore
    from .cooccurrence import count_cooccurrences, find_meetings
    from .cooccurrence_differences import compare_cooccurrences
    from .corpus import Corpus, load_corpus
    from .disagreements import find_disagreements
    from .errors import InputError
    from .evidence import Evidence, show_evidence
    from .facts import compare_facts, find_facts
    from .figures import save_figure, write_gallery
    from .frames import WordList, compare_listed_words, find_listed_words, load_word_lists
    from .in_context import Concordance, show_in_context
    from .listed_names import find_listed_names
    from .marked_article import MarkedArticle, show_article
    from .mention_counts import compare_mentions, count_mentions, leave_out_nested, roll_up_mentions
    from .mentions import find_mentions
    from .naming import compare_labels, count_labels, find_labels, find_things
    from .near_copies import find_near_copies
    from .network import compare_windows, find_communities, measure_actors, place_actors
    from .network_files import make_network, make_nodes, save_network
    from .passages import compare_articles, count_shared_words, find_shared_passages
    from .pronouns import find_pronouns
    from .proposals import write_actors
    from .quotes import find_quotes
    from .reading import read_articles, write_articles
    from .robustness import check_findings, count_outcomes
    from .scale import annotate
    from .sentences import find_words
    from .settings import load_settings
    from .shown_tables import ShownTable, show_table
    from .stored_tables import StoredTable
    from .structure import COUNTED_KINDS
    from .suggest import suggest_actors
    from .things import Thing, load_things
    from .tone import check_tone, compare_tone, find_tone, score_tone
    from .uncertainty import lowest_p
    from .values import find_values
    from .voices import compare_voices, count_stances, count_voices, find_stances
    from .words import compare_words, find_all_words, find_two_word_phrases, log_odds

# Beside pyarrow, pandas would keep texts in its arrays. These tables are read text by text, which takes
# twice as long from there, and a column without rows would forbid arithmetic.
pd.options.mode.string_storage = "python"

# Each name is loaded from its module when it is first asked for, so that importing one does not
# import spaCy, matplotlib and networkx with it.
_MODULES = {
    "Actor": "actors",
    "AnnotatedCorpus": "annotations",
    "COUNTED_KINDS": "structure",
    "Choice": "choices",
    "Concordance": "in_context",
    "Corpus": "corpus",
    "Evidence": "evidence",
    "InputError": "errors",
    "MarkedArticle": "marked_article",
    "ShownTable": "shown_tables",
    "StoredTable": "stored_tables",
    "Thing": "things",
    "WordList": "frames",
    "annotate": "scale",
    "audit_aliases": "audit",
    "charts": "",
    "check_corpus": "check",
    "check_findings": "robustness",
    "check_tone": "tone",
    "compare_articles": "passages",
    "compare_cooccurrences": "cooccurrence_differences",
    "compare_facts": "facts",
    "compare_labels": "naming",
    "compare_listed_words": "frames",
    "compare_mentions": "mention_counts",
    "compare_tone": "tone",
    "compare_voices": "voices",
    "compare_windows": "network",
    "compare_with_chance": "chance",
    "compare_words": "words",
    "count_cooccurrences": "cooccurrence",
    "count_labels": "naming",
    "count_mentions": "mention_counts",
    "count_outcomes": "robustness",
    "count_shared_words": "passages",
    "count_stances": "voices",
    "count_voices": "voices",
    "explore": "choices",
    "find_all_words": "words",
    "find_ambiguous_mentions": "audit",
    "find_backbone": "backbone",
    "find_candidates": "candidates",
    "find_claims": "actors",
    "find_communities": "network",
    "find_disagreements": "disagreements",
    "find_facts": "facts",
    "find_first_mentions": "arrivals",
    "find_labels": "naming",
    "find_listed_names": "listed_names",
    "find_listed_words": "frames",
    "find_meetings": "cooccurrence",
    "find_mention_errors": "accuracy",
    "find_mentions": "mentions",
    "find_near_copies": "near_copies",
    "find_pronouns": "pronouns",
    "find_quotes": "quotes",
    "find_shared_passages": "passages",
    "find_stances": "voices",
    "find_things": "naming",
    "find_tone": "tone",
    "find_two_word_phrases": "words",
    "find_values": "values",
    "find_words": "sentences",
    "hypergeometric_p": "association",
    "jaccard": "association",
    "leave_out_nested": "mention_counts",
    "load_actors": "actors",
    "load_corpus": "corpus",
    "load_gold": "accuracy",
    "load_ignored": "actors",
    "load_settings": "settings",
    "load_things": "things",
    "load_word_lists": "frames",
    "locate_mentions": "arrivals",
    "log_odds": "words",
    "lowest_p": "uncertainty",
    "make_network": "network_files",
    "make_nodes": "network_files",
    "measure_actors": "network",
    "npmi": "association",
    "place_actors": "network",
    "read_articles": "reading",
    "roll_up_mentions": "mention_counts",
    "save_figure": "figures",
    "save_network": "network_files",
    "score_mentions": "accuracy",
    "score_quotes": "accuracy",
    "score_tone": "tone",
    "show_article": "marked_article",
    "show_evidence": "evidence",
    "show_in_context": "in_context",
    "show_table": "shown_tables",
    "suggest_actors": "suggest",
    "weigh_cooccurrences": "association",
    "write_actors": "proposals",
    "write_articles": "reading",
    "write_gallery": "figures",
}

__all__ = list(_MODULES)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module 'helpers' has no attribute {name!r}")
    if not _MODULES[name]:  # a module itself
        return import_module(f".{name}", __name__)
    return getattr(import_module(f".{_MODULES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(_MODULES)

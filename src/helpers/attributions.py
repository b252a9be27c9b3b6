"""Who is said to say what in one sentence: the cue, the source, and where the content stands.

Works on the words of a sentence whose quotations have each become one word, so that nothing inside the
marks is taken for the outlet's own telling.
"""

from collections.abc import Sequence

from .clause_words import Word, trim
from .constructions import Attribution, find_phrases, find_verbs
from .reporting import QUOTING


def find_attributions(words: Sequence[Word]) -> list[Attribution]:
    """Find the tellings of one sentence, in the order of their cues.

    Parameters
    ----------
    words : sequence of Word
        From `split_words`.

    Returns
    -------
    list of Attribution
        Contents do not overlap: what one telling holds, no other does, but for "according to" and
        for tellings joined on (", adding that …").

    Examples
    --------
    >>> from .clause_words import split_words
    >>> words = split_words("Oslo said on Monday that talks failed, adding it was late.", 0, 58, [], [(0, 4)])
    >>> for told in find_attributions(words):
    ...     print([" ".join(w.text for w in words[a:b]) for a, b in told.contents])
    ['talks failed']
    ['it was late']
    """
    found = sorted([*find_phrases(words), *find_verbs(words)], key=lambda told: told.cue)
    if len(found) > 1:  # "…, he writes, citing two sources": he tells it
        found = [t for t in found if t.form != "phrase" or words[t.cue[0]].lower not in QUOTING] or found
    return _drop_covered(_nest(words, found))


def _nest(words: Sequence[Word], found: list[Attribution]) -> list[Attribution]:
    """Give each word to one telling: the outer one, but for those joined on to it."""
    settled: list[Attribution] = []
    for told in found:
        outer = next((o for o in settled if _holds(o, told)), None)
        if outer is None:
            settled.append(told)
            continue
        place = settled.index(outer)
        left = told.side == "left"
        if left and told.form == "phrase":
            # "X said …, according to Y": Y passes on what X said
            settled[place] = _cut(words, outer, told.cue[0])._replace(relay=outer.relay or told.source)
        elif left and told.contents and told.contents[0][0] < outer.cue[0]:
            continue
        elif left or told.source is None or told.form == "phrase" or _is_set_apart(words, told):
            begin = min(told.cue[0], told.source[0]) if told.source else told.cue[0]
            settled[place] = _cut(words, outer, begin)
            settled.append(told)
    return settled


def _holds(outer: Attribution, told: Attribution) -> bool:
    """Whether a telling's cue stands in the content of another."""
    return any(a <= told.cue[0] < b for a, b in outer.contents)


def _is_set_apart(words: Sequence[Word], told: Attribution) -> bool:
    """A new main clause after a comma or "and" with its own source: ", while Oslo said …"."""
    begin = told.source[0] if told.source else told.cue[0]
    lead = [w.lower for w in words[max(0, begin - 3) : begin]]
    return any(w in ("while", "but", ";") for w in lead) or ("and" in lead and "," in lead)


def _cut(words: Sequence[Word], told: Attribution, at: int) -> Attribution:
    """A telling that ends before a word."""
    cut = [trim(words, a, min(b, at)) for a, b in told.contents if a < at]
    return told._replace(contents=tuple(c for c in cut if c))


def _drop_covered(found: list[Attribution]) -> list[Attribution]:
    """Where "…, A said, according to B" gives the left part twice, the nearer source keeps it."""
    kept: list[Attribution] = []
    for told in found:
        begin, end = told.contents[0] if told.contents else (0, 0)
        covered = [o for o in kept if begin <= o.cue[0] < end] if told.side == "left" else []
        if not covered:
            kept.append(told)
        elif told.form == "phrase":
            last = kept.index(covered[-1])
            kept[last] = kept[last]._replace(relay=kept[last].relay or told.source)
        elif rest := _behind(told, covered):
            kept.append(rest)
    return kept


def _behind(told: Attribution, covered: Sequence[Attribution]) -> Attribution | None:
    """What is left of a telling behind what others hold of it."""
    edge = max(end for o in covered for _, end in (o.cue, *o.contents))
    rest = tuple((max(a, edge), b) for a, b in told.contents if b > edge)
    return told._replace(contents=rest) if rest else None

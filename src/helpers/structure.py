"""What each run of characters is: headline, sub-heading, caption, body, credit or boilerplate.

Works on one article's raw text and returns spans into it; nothing is cut or moved. The patterns are in
``data/structure.toml``.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import Any, NamedTuple

from .paths import read_vocabulary

Span = tuple[int, int]

COUNTED_KINDS = ("headline", "subheading", "caption", "body")
BLOCK_KINDS = (*COUNTED_KINDS, "credit", "boilerplate")

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
)
# The pieces of a time stamp. One of the first kind must be there; the others may stand beside it.
_TIME = re.compile(
    rf"{_MONTHS}|ago|\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:[ap]m)?|\d{{1,4}}[/-]\d{{1,2}}(?:[/-]\d{{2,4}})?|\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}|"
    r"\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(?::\d{2})?z?"
)
_BESIDE_TIME = re.compile(
    r"\d{1,4}(?:st|nd|rd|th)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|published|updated|posted|"
    r"modified|issued|last|first|on|at|date|time|hours?|hrs?|minutes?|mins?|days?|today|yesterday|read|reading|"
    r"[ap]\.?m|(?:gmt|utc)(?:[+-]\d+)?|est|edt|et|pst|pdt|cet|bst|ist|kst|jst|msk"
)


_STAMP_PARTS = re.compile(r"[\s,|•·()–—]+|\s-\s|:\s")
_NO_LETTERS = re.compile(r"[\W_]+")
_EIGHT_LETTERS = re.compile(r"(?:[\W_]*+[^\W_]){8}")
_LINE = re.compile(r"\S(?:[^\n\r]*\S)?")
_TWO_SPACES = re.compile(r"\s\s")
_ACRONYM = re.compile(r"\b[A-Z]\.[A-Z]\.$")


class Block(NamedTuple):
    """One run of characters of one kind, and the rule that says so."""

    kind: str
    start: int
    end: int
    reason: str


def structure_rules() -> dict[str, Any]:
    """The word lists and patterns of ``data/structure.toml``."""
    return read_vocabulary("structure")


@cache
def _patterns(section: str) -> list[tuple[re.Pattern[str], str]]:
    """One compiled pattern a reason, in the order of the file."""
    return [
        (re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE), reason)
        for reason, patterns in structure_rules()[section].items()
    ]


@cache
def _signs_of(section: str) -> tuple[re.Pattern[str], frozenset[str]]:
    """How a line must open, or what it must hold, for a pattern of a section to be found in it."""
    openings, inside = [], set()
    for pattern in chain.from_iterable(structure_rules()[section].values()):
        needed = _needed_letters(pattern)
        if pattern.startswith("^") and needed is not None:
            openings.append(f"(?:{pattern[1:]})")
        else:
            inside.add(needed or "")
    return re.compile("|".join(openings), re.IGNORECASE), frozenset(inside)


def _needed_letters(pattern: str) -> str | None:
    """The longest run of letters that all texts of a pattern hold; None where it is several patterns."""
    bare = re.sub(r"\\.|\[[^]]*\]", "\0", pattern)
    n_groups = 1
    while n_groups:
        bare, n_groups = re.subn(r"\([^()]*\)", "\0", bare)
    runs = re.findall(r"[a-z ]+", re.sub(r".(?:[?*]|\{\d*,?\d*\})", "\0", bare))
    return None if "|" in bare else max(runs, key=len, default="")


@cache
def _furniture_lines() -> dict[str, str]:
    return {line: reason for reason, lines in structure_rules()["furniture_lines"].items() for line in lines}


@cache
def _furniture_beginnings() -> frozenset[str]:
    return frozenset(map(_first_letters, _furniture_lines()))


@cache
def _caption_patterns() -> dict[str, re.Pattern[str]]:
    rules = structure_rules()["captions"]
    patterns = {name: re.compile(rules[name], re.IGNORECASE) for name in rules if name != "openings"}
    openings = "|".join(f"(?:{p})" for p in rules["openings"])
    return patterns | {"openings": re.compile(openings, re.IGNORECASE)}


def _letters(text: str) -> str:
    """The letters and digits of a text, folded: what makes two printings of a paragraph the same."""
    return _NO_LETTERS.sub("", text.casefold())


def _first_letters(text: str) -> str:
    """The first of `_letters`, found without the others."""
    head = _EIGHT_LETTERS.match(text)
    return _letters(head[0] if head else text)[:8]


def _prints(texts: Sequence[str]) -> list[str]:
    """What tells paragraphs apart: their letters, or the first where no other paragraph begins with them."""
    first = [_first_letters(text) for text in texts]
    n_paragraphs = Counter(first)
    return [
        _letters(text) if n_paragraphs[begin] > 1 else begin for text, begin in zip(texts, first, strict=True)
    ]


def _paragraphs(raw: str) -> list[Span]:
    """Non-blank lines without their margins; the lines of a hard-wrapped paragraph as one."""
    lines = [m.span() for m in _LINE.finditer(raw)]
    width = max((end - start for start, end in lines), default=0)
    if not 40 <= width <= 120:
        return lines
    # A line is full where the first word of the next, which follows at once, would not have fitted on it.
    full = []
    for (start, end), (next_start, next_end) in pairwise(lines):
        adjacent = len(re.findall(r"\r\n|\n|\r", raw[end:next_start])) == 1
        first_word = re.match(r"\S+", raw[next_start:next_end])
        full.append(adjacent and first_word is not None and end - start + 1 + first_word.end() > width)
    # Full lines alone prove nothing: the longest line is always full. Wrapped text breaks sentences.
    broken = [
        is_full and (raw[after].islower() or _breaks_sentence(raw[start:end]))
        for is_full, (start, end), (after, _) in zip(full, lines[:-1], lines[1:], strict=True)
    ]
    if not any(broken):
        return lines
    joined = lines[:1]
    for is_full, (start, end) in zip(full, lines[1:], strict=True):
        if is_full:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _breaks_sentence(line: str) -> bool:
    """True for a line of running text that ends in mid-sentence: with a title, a small word or a comma."""
    return (
        re.search(r"(?:\b(?:Mr|Mrs|Ms|Dr|the|a|an|of|and|or|to|in|on|at|for|with|by|that)\.?|,)$", line)
        is not None
    )


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", text.casefold()).split())


def _is_furniture_piece(piece: str) -> bool:
    return (
        not piece
        or piece in _furniture_lines()
        or re.fullmatch(r"\d+( comments?| shares?| min\w*)?", piece) is not None
    )


def _stamp_pieces(text: str) -> Iterator[str]:
    begin = 0
    for sign in _STAMP_PARTS.finditer(text):
        yield text[begin : sign.start()]
        begin = sign.end()
    yield text[begin:]


def _is_time_stamp(text: str) -> bool:
    timed = False
    for piece in _stamp_pieces(text.lower()):
        if not piece.strip(".:-"):
            continue
        if _TIME.fullmatch(piece.strip(".")):
            timed = True
        elif not _BESIDE_TIME.fullmatch(piece.strip(".")):
            return False
    return timed and any(c.isdigit() for c in text)


def _furniture_reason(text: str, *, top: bool = False) -> str:
    first = _first_letters(text)
    if not first:
        return "no words"
    if first in _furniture_beginnings() and (reason := _furniture_lines().get(_bare(text))):
        return reason
    if _is_time_stamp(text):
        return "time stamp"
    if any(sign in text for sign in "|·•") or _TWO_SPACES.search(text):
        pieces = [_bare(piece) for piece in re.split(r"\s{2,}|\s*[|·•]\s*", text)]
        if all(_is_furniture_piece(piece) for piece in pieces):
            return "sharing buttons"
    # "Watch: Storm hits coast" above the story may be its headline.
    return _matching_reason("furniture_patterns", text, but="link to other articles" if top else "")


@lru_cache(maxsize=1)  # each line is asked for with two lists of patterns
def _folded_line(text: str) -> str:
    """A line of up to 40 words without its capitals; nothing of a longer one."""
    if len(text.split(None, 40)) > 40:
        return ""
    # Where case is ignored, these two count as an i, and are folded to something else.
    return text.replace("İ", "i").replace("ı", "i").casefold()


def _matching_reason(section: str, text: str, but: str = "") -> str:
    """The first reason of a section, except one, whose pattern is found in a line of up to 40 words."""
    folded = _folded_line(text)
    openings, needed = _signs_of(section)
    if not folded or not (any(map(folded.__contains__, needed)) or openings.match(text)):
        return ""
    found = (reason for pattern, reason in _patterns(section) if reason != but and pattern.search(text))
    return next(found, "")


def _caption_reason(text: str, credit: re.Match[str] | None, printed_twice: bool) -> str:
    patterns = _caption_patterns()
    if credit and (credit.group()[0] != "(" or patterns["photo_credit_words"].search(credit.group())):
        return "ends in a photo credit"
    if patterns["openings"].match(text):
        return "opens like a caption"
    if patterns["positions"].search(text) and patterns["dated"].search(text):
        return "says who stands where, and the day"
    if printed_twice:
        return "printed twice in a row, as a picture's text and its caption"
    return ""


def _is_sentence(text: str) -> bool:
    """True where the text closes like a sentence and not like a heading."""
    closed = text.rstrip("\"”’'»)]*").endswith((".", "!", "…", ":", ";", ","))
    # The last two letters are enough to know an acronym, and what stands before them.
    return closed and not _ACRONYM.search(text[-5:])


def _is_heading(text: str, most: int) -> bool:
    return len(text.split()) <= most and not (text[0].islower() or text[0] in '•*-–—"“')


def _is_masthead(raw: str, text: str, following: Iterable[Span]) -> bool:
    """True for a site's name above the headline: short capitals, or parts set off by a bar or a dash."""
    if not ((text.isupper() and len(text.split()) <= 4) or re.search(r" [|–—-] ", text)):
        return False
    below = (raw[a:b] for a, b in following)
    headline = next((line for line in below if not _furniture_reason(line)), "")
    return len(headline.split()) >= 5 and not _is_sentence(headline)


_BOXES = ("newsletter invitation", "comment form", "link to other articles")


def _holds_empty_line(gap: str) -> bool:
    return gap.count("\n") + gap.count("\r") - gap.count("\r\n") > 1


def _goes_on(text: str, invitation: str) -> bool:
    """Whether a line can belong to the box above it: links are bullets or headings, no running text."""
    return invitation != "link to other articles" or text[0] in "•*-–—▪" or not _is_sentence(text)


def find_blocks(raw: str) -> list[Block]:
    r"""Mark what each run of characters in an article is.

    Parameters
    ----------
    raw : str
        The file's text as decoded.

    Returns
    -------
    list of Block
        ``kind`` (headline, subheading, caption, body, credit, boilerplate), ``start`` and ``end``
        (string indices into `raw`), and ``reason``, the rule in words. Blocks do not overlap and
        cover every character that is not white space.

    Notes
    -----
    The first rule that applies wins: site furniture, time stamps, credits, a paragraph printed
    before, captions, the headline (the first counted paragraph, if it does not close like a
    sentence), sub-headings (short, no closing punctuation), body. A newsletter invitation, a
    comment form or a list of links reaches down to the next empty line, where empty lines part the
    paragraphs. A photo credit at the end of a paragraph is a block of its own.

    Examples
    --------
    >>> for block in find_blocks("Talks Open in Geneva\n\nThe talks opened on Monday.\n\nRead more"):
    ...     print(block.kind, block.start, block.end, block.reason)
    headline 0 20 first line, does not close like a sentence
    body 22 49 running text
    boilerplate 51 60 link to other articles
    """
    paragraphs = _paragraphs(raw)
    blocks: list[Block] = []
    seen: set[str] = set()
    invitation = ""
    parted = [_holds_empty_line(raw[end:start]) for (_, end), (start, _) in pairwise([(0, 0), *paragraphs])]
    spaced = sum(parted[1:]) > len(parted[1:]) / 4  # empty lines part its paragraphs
    credit_at = [_caption_patterns()["credit"].search(raw[start:end]) for start, end in paragraphs]
    prints = _prints(
        [
            raw[start : start + credit.start() if credit else end]
            for (start, end), credit in zip(paragraphs, credit_at, strict=True)
        ]
    )
    top = True
    for index, (start, end) in enumerate(paragraphs):
        text = raw[start:end]
        if parted[index] or not _goes_on(text, invitation):
            invitation = ""
        reason = _furniture_reason(text, top=top) or (invitation and f"{invitation}, continued")
        if reason:
            if reason in _BOXES and spaced:
                invitation = reason
            blocks.append(Block("boilerplate", start, end, reason))
            continue
        if reason := _matching_reason("credit_patterns", text):
            blocks.append(Block("credit", start, end, reason))
            continue
        credit = credit_at[index]
        told = text[: credit.start()].rstrip() if credit else text
        if prints[index] in seen and len(told.split()) >= 3:
            blocks.append(Block("boilerplate", start, end, "printed before in this article"))
            continue
        seen.add(prints[index])
        printed_twice = prints[index] in prints[index + 1 : index + 2] and _is_sentence(told)
        kind, reason = "body", "running text"
        if caption := _caption_reason(text, credit, printed_twice):
            kind, reason = "caption", caption
        elif not _is_sentence(text) and not credit:
            above = blocks[-1] if blocks else Block("", 0, 0, "")
            n_words = len(text.split())
            if top and _is_masthead(raw, text, (paragraphs[i] for i in range(index + 1, len(paragraphs)))):
                kind, reason = "boilerplate", "name of the site"
            elif top and n_words <= 30:
                kind, reason = "headline", "first line, does not close like a sentence"
            elif raw[above.end - 1 : above.end] != ":" and _is_heading(
                text, 30 if above.kind == "headline" else 12
            ):
                kind, reason = "subheading", "short, does not close like a sentence"
        blocks += [Block(kind, start, start + len(told), reason)] if told else []
        top = top and not (told and kind in COUNTED_KINDS)
        if credit:
            blocks.append(Block("credit", end - len(credit.group().lstrip()), end, "credit behind the text"))
    return blocks

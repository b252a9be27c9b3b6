"""What each run of characters is, where sentences end, where quotation marks open and close.

Everything here works on one article's raw text and returns spans into it; nothing is cut or moved.
The word lists and patterns are in ``data/structure.toml``.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

Span = tuple[int, int]

COUNTED_KINDS = ("headline", "subheading", "caption", "body")
BLOCK_KINDS = (*COUNTED_KINDS, "credit", "boilerplate")

_MONTHS_AND_DAYS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun"
)
_TIME_STAMP = re.compile(
    rf"(?:(?:{_MONTHS_AND_DAYS}|published|updated|posted|modified|last|first|on|at|date|time|ago|hours?|hrs?|"
    r"minutes?|mins?|days?|today|yesterday|a\.?m\.?|p\.?m\.?|gmt|utc|est|edt|et|pst|pdt|cet|bst|ist|kst|jst|msk|"
    r"\d{1,4}(?:st|nd|rd|th)?(?:[:./-]\d{1,2}){0,2}(?:[:./-]\d{2,4})?|t?\d{2}:\d{2}(?::\d{2})?z?)[\s,.:|•·()–—-]*)+",
    re.IGNORECASE,
)


class Block(NamedTuple):
    """One run of characters of one kind, and the rule that says so."""

    kind: str
    start: int
    end: int
    reason: str


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(files("helpers").joinpath("data/structure.toml").read_text(encoding="utf-8"))


@cache
def _patterns(section: str) -> list[tuple[re.Pattern[str], str]]:
    """One compiled pattern a reason, in the order of the file."""
    return [
        (re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE), reason)
        for reason, patterns in _rules()[section].items()
    ]


@cache
def _furniture_lines() -> dict[str, str]:
    return {line: reason for reason, lines in _rules()["furniture_lines"].items() for line in lines}


@cache
def _caption_patterns() -> dict[str, re.Pattern[str]]:
    rules = _rules()["captions"]
    patterns = {name: re.compile(rules[name], re.IGNORECASE) for name in rules if name != "openings"}
    openings = "|".join(f"(?:{p})" for p in rules["openings"])
    return patterns | {"openings": re.compile(openings, re.IGNORECASE)}


def _letters(text: str) -> str:
    """The letters and digits of a text, folded: what makes two printings of a paragraph the same."""
    return "".join(c for c in text.casefold() if c.isalnum())


def _paragraphs(raw: str) -> list[Span]:
    """Non-blank lines without their margins; the lines of a hard-wrapped paragraph as one."""
    lines = [m.span() for m in re.finditer(r"\S(?:[^\n\r]*\S)?", raw)]
    width = max((end - start for start, end in lines), default=0)
    if not 40 <= width <= 120:
        return lines
    # In a hard-wrapped text the first word of the next line would not have fitted on this one.
    joined = lines[:1]
    for start, end in lines[1:]:
        before_start, before_end = joined[-1]
        last_line = before_end - (max(raw.rfind("\n", 0, before_end), before_start - 1) + 1)
        first_word = re.match(r"\S+", raw[start:end])
        adjacent = raw[before_end:start].count("\n") == 1 and not raw[before_end:start].strip()
        wrapped = first_word is not None and last_line + 1 + first_word.end() > width
        if adjacent and wrapped and raw[before_end - 1] not in '.!?:”"':
            joined[-1] = (before_start, end)
        else:
            joined.append((start, end))
    return joined


def _furniture_reason(text: str) -> str:
    if not _letters(text):
        return "no words"
    bare = re.sub(r"[^\w\s]", "", text.casefold()).strip()
    if reason := _furniture_lines().get(" ".join(bare.split())):
        return reason
    if _TIME_STAMP.fullmatch(text) and any(c.isdigit() for c in text):
        return "time stamp"
    if len(text.split()) <= 40:
        for pattern, reason in _patterns("furniture_patterns"):
            if pattern.search(text):
                return reason
    return ""


def _credit_reason(text: str) -> str:
    if len(text.split()) <= 40:
        for pattern, reason in _patterns("credit_patterns"):
            if pattern.search(text):
                return reason
    return ""


def _caption_reason(text: str, credit: re.Match[str] | None, printed_twice: bool) -> str:
    patterns = _caption_patterns()
    if credit and patterns["photo_credit_words"].search(credit.group()):
        return "ends in a photo credit"
    if patterns["openings"].search(text):
        return "opens like a caption"
    if patterns["positions"].search(text) and patterns["dated"].search(text):
        return "says who stands where, and the day"
    if printed_twice:
        return "printed twice in a row, as a picture's text and its caption"
    return ""


def _is_sentence(text: str) -> bool:
    """True where the text closes like a sentence and not like a heading."""
    closed = re.search(r"[.!…:;,][\"”’')\]*]*$", text) is not None
    return closed and not re.search(r"\b(?:[A-Z]\.){2,}$", text)


def find_blocks(raw: str) -> list[Block]:
    """Mark what each run of characters in an article is.

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
    sentence), sub-headings (short, no closing punctuation), body. A newsletter invitation or a
    comment form reaches down to the next empty line. A credit in brackets at the end of a
    paragraph is a block of its own.

    Examples
    --------
    >>> for block in find_blocks("Talks Open in Geneva\\n\\nThe talks opened on Monday.\\n\\nRead more"):
    ...     print(block.kind, block.start, block.end, block.reason)
    headline 0 20 first line, does not close like a sentence
    body 22 49 running text
    boilerplate 51 60 link to other articles
    """
    paragraphs = _paragraphs(raw)
    blocks: list[Block] = []
    seen: set[str] = set()
    headline_found = False
    invitation = ""
    previous_end = 0
    for index, (start, end) in enumerate(paragraphs):
        text = raw[start:end]
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        if raw[previous_end:start].count("\n") > 1:
            invitation = ""
        previous_end = end
        reason = _furniture_reason(text) or (invitation and f"{invitation}, continued")
        if reason:
            if reason in ("newsletter invitation", "comment form"):
                invitation = reason
            blocks.append(Block("boilerplate", start, end, reason))
            continue
        if reason := _credit_reason(text):
            blocks.append(Block("credit", start, end, reason))
            continue
        credit = _caption_patterns()["credit"].search(text)
        told = text[: credit.start()].rstrip() if credit else text
        if len(told.split()) >= 3 and _letters(told) in seen:
            blocks.append(Block("boilerplate", start, end, "printed before in this article"))
            continue
        seen.add(_letters(told))
        printed_twice = (
            len(text.split()) >= 3
            and following is not None
            and _letters(raw[slice(*following)]).startswith(_letters(told))
        )
        kind = "body"
        reason = "running text"
        if caption := _caption_reason(text, credit, printed_twice):
            kind, reason = "caption", caption
        elif not _is_sentence(text) and not credit:
            n_words = len(text.split())
            after_colon = bool(blocks) and raw[blocks[-1].end - 1] == ":"
            if not headline_found and not any(b.kind in COUNTED_KINDS for b in blocks) and n_words <= 30:
                kind, reason = "headline", "first line, does not close like a sentence"
            elif n_words <= (30 if blocks and blocks[-1].kind == "headline" else 12) and not (
                after_colon or text[0].islower() or text[0] in '•*-–—"“'
            ):
                kind, reason = "subheading", "short, does not close like a sentence"
        headline_found = headline_found or kind in ("headline", "body")
        if told:
            blocks.append(Block(kind, start, start + len(told), reason))
        if credit:
            blocks.append(Block("credit", start + credit.start(), end, "credit in brackets"))
    return blocks


@cache
def _sentence_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    rules = _rules()["sentences"]
    return (
        frozenset(rules["abbreviations"]),
        frozenset(rules["maybe_final"]),
        frozenset(rules["openers"]),
    )


def sentence_openers() -> frozenset[str]:
    """Words that often open a sentence: capitalised there, and yet no names."""
    return _sentence_words()[2]


_END = re.compile(
    r"(?P<mark>[.!?…]+)(?P<closers>[\"”’'»)\]]*)(?P<gap>\s+)(?=[\"“‘'«(\[]*(?P<next>[^\W_]\S*))"
)
_SAID = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|added|told|wrote|warned|shouted|replied|tweeted|insisted)\b|"
    r"(?:said|says|asked|added)\b"
)


def _ends_here(text: str, match: re.Match[str]) -> bool:
    abbreviations, maybe_final, openers = _sentence_words()
    mark, following = match["mark"], match["next"]
    if following[0].islower():
        return False
    opener = re.match(r"[^\W_]+", following)
    opens = opener is not None and opener.group() in openers
    if mark in ("…", "...") and text[match.start() - 1 : match.start()].isspace():
        return False  # an ellipsis that stands alone marks words left out
    if mark[-1] in "?!" and re.search("[\"”’'»]", match["closers"]):
        return not _SAID.match(text, match.end())
    if mark != "." or match["closers"]:
        return True
    word = re.search(r"[\w.’'&-]*$", text[: match.start()])
    before = word.group() if word else ""
    if before in abbreviations:
        # "No. 1" and "Sept. 9" need their figure; "No." alone is an answer.
        return before in ("No", "Nos") and not following[0].isdigit()
    if before in maybe_final or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", before):
        return opens
    return re.fullmatch(r"[^\W\d_]", before) is None or before == "I"


def find_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Where the sentences of one block begin and end.

    A full stop ends no sentence after a title, a month, an initial or "No." before a figure; after
    an acronym ("U.S.") or a company form, only where the next word usually opens a sentence. Closing
    quotation marks and brackets belong to the sentence they close.

    Parameters
    ----------
    text : str
        The raw text.
    start, end : int
        The block within it.

    Returns
    -------
    list of (int, int)
        String indices into `text`, without the white space between sentences.

    Examples
    --------
    >>> text = 'Mr. Li met the U.S. envoy. "It went well." No. 1 on the list: trade.'
    >>> [text[a:b] for a, b in find_sentences(text)]
    ['Mr. Li met the U.S. envoy.', '"It went well."', 'No. 1 on the list: trade.']
    """
    block = text[start:end]
    cuts = [(m.end("closers"), m.end("gap")) for m in _END.finditer(block) if _ends_here(block, m)]
    edges = [(0, 0), *cuts, (len(block), len(block))]
    return [(start + a, start + b) for (_, a), (b, _) in pairwise(edges) if b > a]


_MARKS = re.compile("[“”„«»\"‘’']")


def _mark_role(text: str, at: int, mark: str, *, inside: bool) -> str:
    """Whether a mark opens or closes, by its shape or, where it has none, by its neighbours."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if mark in "“„«":
        return "open"
    if mark in "”»":
        return "close"
    opens = (before.isspace() or before in '([—–-/“"') and not after.isspace()
    if mark == '"':
        if opens and not (inside and after in ".,;:!?)"):
            return "open"
        return "close" if inside else ""
    if mark == "‘":
        return "open" if opens else ""
    # An apostrophe stands in or after a word; as a closing mark it stands before no letter or digit.
    if mark == "'" and opens and after.isalpha():
        return "open" if re.search(r"[\w.,!?…]'(?![\w])", text[at + 1 :]) else ""
    return "close" if inside and not before.isspace() and not after.isalnum() else ""


_PAIRS = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "'": "'"}


def find_quoted_spans(raw: str, blocks: list[Block]) -> list[Span]:
    """What stands inside quotation marks, outermost marks only, the marks left out.

    Straight, curly, single and angled marks. A quotation that runs on over paragraphs opens each of
    them with a mark and closes the last. A mark that is never closed reaches to the end of its
    sentence and no further; a closing mark that nothing opened is passed over.

    Parameters
    ----------
    raw : str
        The article's raw text.
    blocks : list of Block
        From `find_blocks`; only blocks that count are read.

    Returns
    -------
    list of (int, int)
        String indices into `raw`, in order.

    Examples
    --------
    >>> raw = "He spoke of “strong ties,” she of 'no change'. It’s Paris' turn."
    >>> [raw[a:b] for a, b in find_quoted_spans(raw, find_blocks(raw))]
    ['strong ties,', 'no change']
    """
    spans: list[Span] = []
    counted = [b for b in blocks if b.kind in COUNTED_KINDS]
    for block, following in pairwise([*counted, Block("", len(raw), len(raw), "")]):
        text = raw[block.start : block.end]
        opened, closing = -1, ""
        for match in _MARKS.finditer(text):
            mark, at = match.group(), match.start()
            role = _mark_role(text, at, mark, inside=bool(closing) and mark in closing)
            if not closing and role == "open":
                opened, closing = at, _PAIRS[mark]
            elif closing and role == "open" and _PAIRS[mark] == closing:
                spans.append(_open_to_sentence_end(block.start, text, opened))
                opened = at
            elif closing and role == "close" and mark in closing:
                spans.append((block.start + opened + 1, block.start + at))
                closing = ""
        if closing:
            runs_on = closing in '”"»' and raw[following.start : following.start + 1] == text[opened]
            if runs_on:
                spans.append((block.start + opened + 1, block.end))
            else:
                spans.append(_open_to_sentence_end(block.start, text, opened))
    return spans


def _open_to_sentence_end(offset: int, text: str, opened: int) -> Span:
    end = next(b for a, b in find_sentences(text) if b > opened)
    return offset + opened + 1, offset + max(end, opened + 1)


@cache
def _tokenizer() -> Any:
    from spacy.lang.en import English  # a second to import; only what counts words needs it

    return English().tokenizer


def find_words(text: str) -> list[Span]:
    """Where the words of a text stand: spaCy tokens that hold a letter or digit.

    A possessive ending is joined to its word; spaCy's other splits stay ("US-led" is two words).

    Examples
    --------
    >>> text = "Mr. Kim’s two-day visit cost $3.5 million — no more."
    >>> [text[a:b] for a, b in find_words(text)]
    ['Mr.', 'Kim’s', 'two', 'day', 'visit', 'cost', '3.5', 'million', 'no', 'more']
    """
    words: list[Span] = []
    for token in _tokenizer()(text):
        if token.lower_ in ("'s", "’s") and words and words[-1][1] == token.idx:
            words[-1] = (words[-1][0], token.idx + len(token))
        elif any(c.isalnum() for c in token.text):
            words.append((token.idx, token.idx + len(token)))
    return words


@cache
def function_words() -> frozenset[str]:
    """SpaCy's English stop list: words that carry grammar more than meaning."""
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)

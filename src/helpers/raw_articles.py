"""One article as it comes in: its bytes decoded, its text cleaned, its day understood."""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

# A novel has half a million characters, and reading stays a matter of seconds.
MAX_TEXT = 2_000_000
# A headline, an outlet's name or an address is shorter; what is longer is something else.
MAX_CELL_SHOWN = 500
# Enough for guessing an encoding, and quick.
_SAMPLE = 200_000

# The longer mark first: UTF-32 begins with the bytes of UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What files in the world are written in. Among all that Python knows, quotation marks in an English text
# are taken for box-drawing characters of an old PC.
_GUESSES = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 koi8_r cp932 euc_jp gb18030 big5 cp949".split()
)


@dataclass(frozen=True)
class RawArticle:
    """One article with what is known of it; `notes` are the sentences of its evidence."""

    text: str
    source: str
    stem: str
    title: str = ""
    outlet: str = ""
    agency: str = ""
    published: str = ""
    url: str = ""
    outlet_sure: str = ""
    date_sure: str = ""
    notes: tuple[str, ...] = ()
    # What a table's row has as its date, and the column it stands in.
    date_cell: str = ""
    date_column: str = ""


@dataclass(frozen=True)
class SetAside:
    """A file or row that is not read, and why."""

    source: str
    reason: str


def find_encoding(chunks: Iterable[bytes]) -> tuple[str, bool]:
    r"""Find what a file is written in, and whether that is a guess; "" for what is no text.

    Examples
    --------
    >>> find_encoding(["“Yes”".encode("utf-16")]), find_encoding([b"Caf\xe9 in the sun, she said."])
    (('utf-16', False), ('cp1252', True))
    """
    decoder, is_utf8, sample, seen = codecs.getincrementaldecoder("utf-8")(), True, bytearray(), 0
    for chunk in chunks:
        if not seen:
            for mark, encoding in _MARKS:
                if chunk.startswith(mark):
                    return encoding, False
        seen += len(chunk)
        if b"\0" in chunk:
            return "", False
        if is_utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
        if len(sample) < _SAMPLE and not chunk.isascii():
            sample += b"\n".join(line for line in chunk.splitlines() if not line.isascii())[:_SAMPLE] + b"\n"
    # A character cut off at the end of the file is an error too.
    return ("utf-8", False) if is_utf8 and not decoder.getstate()[0] else (_guess(bytes(sample)), True)


def _guess(sample: bytes) -> str:
    letters = sum(char.isalpha() and not char.isascii() for char in sample.decode("cp1252", errors="replace"))
    if letters < 0.05 * len(sample) and "\ufffd" not in sample.decode("cp1252", errors="replace"):
        return (
            "cp1252"  # signs and few accents: any of a dozen encodings, and this one is by far the commonest
        )
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(_GUESSES), enable_fallback=False).best()
    if best is None:
        return ""
    return "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding


def encoding_note(encoding: str, *, guessed: bool) -> tuple[str, ...]:
    """Say of a guessed encoding what the text was read as."""
    return (f"Read as {re.sub('^cp125', 'windows-125', encoding)}.",) if guessed else ()


def decode(content: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Give a file's text with what is to say of its encoding, or None for what is no text."""
    encoding, guessed = find_encoding([content])
    try:
        return (content.decode(encoding), encoding_note(encoding, guessed=guessed)) if encoding else None
    except UnicodeDecodeError:
        return None


# ---- cleaning -----------------------------------------------------------------------------------

# Scripts whose letters are joined or parted by U+200C and U+200D: from Arabic over those of India to
# Burmese, Khmer and Mongolian, and what of them stands further on; and pictures made of several.
_JOINED = (
    "\u0600-\u109f\u1780-\u18af\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
)
_LEFT_OUT = {
    ("control character", "control characters"): re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]"),
    ("mark of writing direction", "marks of writing direction"): re.compile(
        "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
    ),
    ("invisible character", "invisible characters"): re.compile(
        f"[\u00ad\u180e\u200b\u2060-\u2064\ufeff]|(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])"
    ),
}


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Make line ends one kind, leave out what nobody can see, and say how much that was.

    Examples
    --------
    >>> clean("A\x00 test\u202e\r\n")
    ('A test\n', ('1 control character left out.', '1 mark of writing direction left out.'))
    """
    notes = []
    text = re.sub("\r\n|[\r\x0b\x0c\x85\u2028\u2029]", "\n", text)
    for (one, several), pattern in _LEFT_OUT.items():
        text, n_found = pattern.subn("", text)
        if n_found:
            notes.append(f"{n_found:,} {one if n_found == 1 else several} left out.")
    text, n_found = re.subn("[\ud800-\udfff\ufffd]", "\ufffd", text)
    if n_found:
        notes.append(f"{n_found:,} broken character{'s stand' if n_found > 1 else ' stands'} as \ufffd.")
    return text, tuple(notes)


def one_line(value: str, most: int = MAX_CELL_SHOWN) -> str:
    """Put a name, a title or an address on one line; nothing is left of one that is too long to be one."""
    line = " ".join(clean(value[: 10 * most])[0].split())
    return line if len(line) <= most and len(value) <= 10 * most else ""


def shown(name: str) -> str:
    """Give a file's or column's name as it can stand in a sentence, whatever is in it."""
    visible = "".join(c if c.isprintable() else "\ufffd" for c in name)
    return visible if len(visible) <= 120 else f"{visible[:117]}…"


def under_title(text: str, title: str) -> str:
    r"""Put the title above a text that does not begin with it.

    Examples
    --------
    >>> under_title("It rained.", "Storm hits coast")
    'Storm hits coast\n\nIt rained.'
    """

    def letters(line: str) -> str:
        return re.sub(r"[\W_]+", "", line.casefold())

    text = text.strip("\n")
    wanted, first = letters(title), text.split("\n", 1)[0][: 2 * MAX_CELL_SHOWN]
    # A page's title often has the site's name behind the headline.
    is_there = letters(first).startswith(wanted) or (
        len(first.split()) >= 3 and wanted.startswith(letters(first))
    )
    return text if is_there else f"{title}\n\n{text}"


# ---- days ---------------------------------------------------------------------------------------

# Names of months in these languages, as the Unicode consortium's tables have them.
_LANGUAGES = ("en", "en_GB", "de", "de_AT", "fr", "es")
_MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|\.|º)?"
_WEEKDAY = r"(?:[^\W\d_]{2,10}\.?,? )?"
_YEAR, _REST = "(?P<year>[0-9]{4})", "(?:[t ,].*)?"
_FORMS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}(?P<sign>[-/.])(?P<number>[0-9]{{1,2}})(?P=sign)(?P<day>[0-9]{{1,2}}){_REST}",
        rf"{_YEAR}(?P<number>[0-9]{{2}})(?P<day>[0-9]{{2}})(?:t.*)?",
        # With dots the day stands first, and a year of two digits is common.
        rf"(?P<day>[0-9]{{1,2}})\. ?(?P<number>[0-9]{{1,2}})\. ?(?P<year>[0-9]{{4}}|[0-9]{{2}}){_REST}",
        rf"{_WEEKDAY}{_DAY} (?:of |de )?{_MONTH},? (?:del? )?{_YEAR}{_REST}",
        rf"{_WEEKDAY}{_MONTH} {_DAY},? {_YEAR}{_REST}",
    )
]
_EITHER_WAY = re.compile(rf"([0-9]{{1,2}})([/-])([0-9]{{1,2}})\2{_YEAR}{_REST}", re.IGNORECASE)


def _bare_letters(word: str) -> str:
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", word.casefold()))


@cache
def _months() -> dict[str, int]:
    """The number of each month by its names, long and short, without accents."""
    from babel.dates import get_month_names

    return {
        _bare_letters(name): number
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, language).items()
    }


def find_order(value: str) -> tuple[str, str]:
    """Say what a date like 13/03/2024 shows of its order, "day" or "month" first, and the sign it has.

    Examples
    --------
    >>> find_order("13/03/2024"), find_order("03-13-2024"), find_order("03/04/2024")
    (('day', '/'), ('month', '-'), ('', '/'))
    """
    if not (either := _EITHER_WAY.fullmatch(one_line(value))):
        return "", ""
    first, sign, second, year = either.groups()
    day_first, month_first = (
        _day(int(year), month, day) for month, day in ((int(second), int(first)), (int(first), int(second)))
    )
    return "" if bool(day_first) == bool(month_first) else "day" if day_first else "month", sign


def parse_day(value: str, order: str = "") -> tuple[str, str]:
    """Read a date as a day like 2024-03-31, with a sentence where it cannot be.

    `order` is what stands first where only the other dates beside it tell: "day" or "month".

    Examples
    --------
    >>> parse_day("Fri, 1 March 2024 10:00 GMT"), parse_day("1. März 2024"), parse_day("1.3.24")
    (('2024-03-01', ''), ('2024-03-01', ''), ('2024-03-01', ''))
    >>> parse_day("03/04/2024")
    ('', "The date '03/04/2024' can be read in two ways and is left out.")
    >>> parse_day("03/04/2024", "day")
    ('2024-04-03', '')
    """
    value = one_line(value)
    if not value:
        return "", ""
    quoted = f"The date {shown(value)[:40]!r}"
    if either := _EITHER_WAY.fullmatch(value):
        first, second, year = (int(either.group(n)) for n in (1, 3, 4))
        ways = {"day": _day(year, second, first), "month": _day(year, first, second)}
        days = set(ways.values()) - {""}
        if len(days) == 2:
            two = f"{quoted} can be read in two ways and is left out."
            return (ways[order], "") if order else ("", two)
        return (days.pop(), "") if days else ("", f"{quoted} is no day and is left out.")
    for found in filter(None, (form.fullmatch(value) for form in _FORMS)):
        parts = found.groupdict()
        month = _months().get(_bare_letters(parts["month"]), 0) if "month" in parts else int(parts["number"])
        year = int(parts["year"])
        if len(parts["year"]) == 2:
            year += 2000 if year < 69 else 1900  # as POSIX has it
        if day := _day(year, month, int(parts["day"])):
            return day, ""
    return "", f"{quoted} is not understood and is left out."


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def safe_names(stems: Iterable[str]) -> Iterator[str]:
    """Make names for files of titles and the like: short, safe on every system, each once.

    Examples
    --------
    >>> list(safe_names(["Café: open!", "cafe-open", "../../etc", "con", "平和"]))
    ['Cafe-open', 'cafe-open-2', 'etc', 'article-con', 'article']
    """
    # Windows keeps these for devices, with any ending, and knows no difference between cases.
    devices = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}
    used: set[str] = set()
    last: dict[str, int] = {}
    for stem in stems:
        plain = unicodedata.normalize("NFKD", stem[:200]).encode("ascii", "ignore").decode()
        name = re.sub(r"[^A-Za-z0-9_]+", "-", plain).strip("-_")[:60].rstrip("-_") or "article"
        if name.lower() in devices:
            name = f"article-{name}"
        base, key = name, name.lower()
        while name.lower() in used:
            last[key] = last.get(key, 1) + 1
            name = f"{base}-{last[key]}"
        used.add(name.lower())
        yield name

"""A saved web page: its main text, and what it says of itself."""

import codecs
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from .raw_articles import MAX_TEXT, RawArticle, SetAside, clean, decode, one_line, parse_day, under_title
from .structure import COUNTED_KINDS, find_blocks

# Saved pages with all their scripts have up to a few MB and some thousand tags. The extraction passes over
# the tags many times: a hundred thousand take it ten seconds.
MAX_PAGE = 20_000_000
MAX_TAGS = 50_000

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_:.-]{2,40})""", re.I
)
# Encodings that pages are in; others that Python knows take time out of step with the length.
_WEB_ENCODING = re.compile(r"(?:cp|iso|koi8|mac|gb|big5|euc|shift|utf-?(?:8|16|32)|ascii|johab|tis)", re.I)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the libraries log and warn of out of a notebook: what cannot be read is said by us."""
    names = ("trafilatura", "htmldate", "courlan", "justext", "readability", "charset_normalizer")
    levels = {name: logging.getLogger(name).level for name in names}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in names:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            for name, level in levels.items():
                logging.getLogger(name).setLevel(level)


def _decode_page(content: bytes) -> tuple[str, tuple[str, ...]] | None:
    """The page's text, in the encoding it declares if its bytes are not UTF-8."""
    declared = _DECLARED.search(content[:4096])
    if declared and b"\0" not in content:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            try:
                name = codecs.lookup(declared.group(1).decode()).name
                # As browsers do: who says Latin-1 means Microsoft's larger one.
                name = "cp1252" if name in ("iso8859-1", "ascii") else name
                if _WEB_ENCODING.match(name):
                    return content.decode(name), ()
            except (LookupError, UnicodeDecodeError):
                pass
    return decode(content)


def read_page(content: bytes, source: str, stem: str) -> RawArticle | SetAside:
    """Read the bytes of a saved page; nothing is ever fetched."""
    if len(content) > MAX_PAGE or content.count(b"<") > MAX_TAGS:
        return SetAside(
            source,
            f"The page has more than {MAX_PAGE // 10**6} MB or {MAX_TAGS:,} tags: save its text as .txt.",
        )
    decoded = _decode_page(content)
    if decoded is None:
        return SetAside(source, "The page is no text: save it again as HTML.")
    try:
        with _quiet():
            import trafilatura

            page = trafilatura.bare_extraction(
                decoded[0],
                include_comments=False,
                include_tables=False,
                with_metadata=True,
                # A day somewhere in the text is not when it was published.
                date_extraction_params={"original_date": True, "extensive_search": False},
            )
    except Exception as error:  # noqa: BLE001 # a page of any kind, in a library: one must not stop the others
        return SetAside(
            source,
            f"The page cannot be taken apart ({type(error).__name__}): copy its text into a .txt file.",
        )
    # The library's types also allow for a dict, which it no longer gives.
    page = None if isinstance(page, dict) else page
    text = (
        "\n\n".join(line.strip() for line in (page.text or "").splitlines() if line.strip()) if page else ""
    )
    if not page or not text:
        return SetAside(source, "No main text was found in the page: copy it into a .txt file.")
    if len(text) > MAX_TEXT:
        return SetAside(source, f"The text has more than {MAX_TEXT:,} characters: split it.")
    text, notes = clean(text)
    if not text.strip():
        return SetAside(source, "No main text was found in the page: copy it into a .txt file.")
    title, url = one_line(page.title or ""), one_line(page.url or "")
    if not re.fullmatch(r"https?://\S+", url, re.I):
        url = ""
    text = under_title(text, title) if title else text
    if not _has_running_text(text):
        return SetAside(
            source,
            "No running text was found in the page, only headings and what sites put around articles: copy "
            "the text into a .txt file.",
        )
    host = _host(url)
    outlet = one_line(page.sitename or "")
    guessed = bool(host) and outlet.lower() in ("", host, f"www.{host}")
    outlet = host if guessed else outlet
    day, _ = parse_day(page.date or "")
    return RawArticle(
        text=text,
        source=source,
        stem=stem,
        title=title,
        outlet=outlet,
        published=day,
        url=url,
        outlet_sure=("low" if guessed else "high") if outlet else "",
        date_sure="medium" if day else "",
        notes=(*_evidence(outlet, day, guessed=guessed), *notes, *decoded[1]),
    )


def _has_running_text(text: str) -> bool:
    """Whether some of it is body, or counts and has the full stops of a script without spaces."""
    return any(
        block.kind == "body"
        or (block.kind in COUNTED_KINDS and re.search("[。！？।۔]", text[block.start : block.end]))
        for block in find_blocks(text)
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _evidence(outlet: str, day: str, *, guessed: bool) -> list[str]:
    if outlet and guessed:
        return [
            "Outlet guessed from the page's address.",
            *(["Date from the page's own metadata."] if day else []),
        ]
    told = [what for what, value in (("outlet", outlet), ("date", day)) if value]
    return [f"{' and '.join(told).capitalize()} from the page's own metadata."] if told else []

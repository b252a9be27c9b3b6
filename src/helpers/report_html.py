"""What notebooks show, as HTML for a page that is read: only tags that are known, and made accessible."""

import html
import re
from collections import Counter

import lxml.html
from lxml.html import HtmlElement

_TAGS = set(
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s small span strong sub summary sup "
    "table tbody td tfoot th thead tr u ul".split()
)
_VOID = {"br", "col", "hr", "img"}
# Gone with all that is in them; of any other tag that is not known, what is in it stays.
_GONE = set("applet embed head iframe math noscript object script select style svg template title".split())
_ATTRIBUTES = {
    "": {"aria-label", "class", "dir", "id", "lang", "role", "style", "tabindex", "title"},
    "a": {"href"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_STYLE = re.compile(r"(?!.*(?:url|image|expression)\s*\()[\w\s.,:;()#%+-]*", re.IGNORECASE | re.DOTALL)
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[\w+/=\s]*")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NUMBER = re.compile(r"[-−+<>≤≥]?\s?\d[\d.,]*\s?%?|NaN|nan|–|-|")


class Rewriter:
    """Rewrites one fragment after the other, in the order of the page, and keeps what the page must know.

    Parameters
    ----------
    links : dict of str to str
        Where links to files lead in the page; other files have no link.

    Examples
    --------
    >>> rewriter = Rewriter({"02_b.ipynb": "#part-2"})
    >>> rewriter.begin("part-1", level=2, shift=1, heading="")
    >>> rewriter.rewrite('<h2 onclick="a()">Who?</h2><a href="02_b.ipynb">On</a><script>b()</script>')
    '<h3 id="part-1-1">Who?</h3><a href="#part-2">On</a>'
    >>> rewriter.headings
    [('part-1-1', 'Who?')]
    """

    def __init__(self, links: dict[str, str]) -> None:
        self.links = links
        self.headings: list[tuple[str, str]] = []
        self.last_heading = ""
        self._prefix, self._level, self._shift = "", 1, 0
        self._n_tables: Counter[str] = Counter()

    def begin(self, prefix: str, level: int, shift: int, heading: str) -> None:
        """Begin a part: how its ids begin, the level it stands on, how far below its headings stand."""
        self.headings, self.last_heading = [], heading
        self._prefix, self._level, self._shift = prefix, level, shift

    def rewrite(self, text: str) -> str:
        """Rewrite a fragment."""
        parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        root = lxml.html.fragment_fromstring(_UNREADABLE.sub("�", text), create_parent=True, parser=parser)
        for link in root.xpath('.//a[@class="anchor-link"]'):
            link.drop_tree()
        for element in list(root.iter()):
            element.attrib.pop("id", None)
            if re.fullmatch("h[1-6]", element.tag):
                self._set_heading(element)
            elif element.tag == "a":
                self._set_link(element)
            elif element.tag == "table":
                self._set_table(element)
            elif element.tag == "div" and "evidence" in element.classes:
                _fold(element)
        return _write_inside(root)

    def _set_heading(self, heading: HtmlElement) -> None:
        # No level is left out, whatever a notebook does.
        self._level = min(int(heading.tag[1]) + self._shift, self._level + 1, 6)
        heading.tag = f"h{self._level}"
        self.last_heading = " ".join(heading.text_content().split())
        heading.set("id", f"{self._prefix}-{len(self.headings) + 1}")
        self.headings.append((heading.get("id"), self.last_heading))

    def _set_link(self, link: HtmlElement) -> None:
        href = (link.get("href") or "").strip()
        target = self.links.get(href.split("#")[0], href)
        if target in self.links.values() or re.match("https?://", target):
            link.set("href", target)
        else:
            link.drop_tag()  # its words only

    def _set_table(self, table: HtmlElement) -> None:
        name = f"Table: {' '.join((table.findtext('caption') or self.last_heading).split())}"
        self._n_tables[name] += 1
        if self._n_tables[name] > 1:  # regions are told apart by their names
            name += f" ({self._n_tables[name]})"
        _mend_head(table)
        _mark_numbers(table)
        # Wider than a phone, a table is moved sideways: with keys too, so it is named and can be reached.
        region = HtmlElement()
        region.tag, region.tail, table.tail = "div", table.tail, None
        for key, value in (("class", "wide"), ("role", "region"), ("aria-label", name), ("tabindex", "0")):
            region.set(key, value)
        parent = table.getparent()
        parent.replace(table, region)
        region.append(table)


def _fold(evidence: HtmlElement) -> None:
    """Fold sentences away behind a line that counts them."""
    n = int(evidence.xpath("count(.//li)"))
    if n:
        evidence.tag = "details"
        summary = HtmlElement(f"Evidence: {n} sentence{'' if n == 1 else 's'}")
        summary.tag = "summary"
        summary.tail, evidence.text = evidence.text, None
        evidence.insert(0, summary)


def _words(cell: HtmlElement) -> str:
    return " ".join(cell.text_content().split())


def _mend_head(table: HtmlElement) -> None:
    """Say of each heading what it heads; a heading without words is none."""
    head = table.xpath("./thead/tr")
    if len(head) >= 2 and not table.xpath("./thead/tr/*[@colspan or @rowspan]"):
        # pandas has a line of its own for the names of the index, empty under the columns.
        above, names = head[-2:]
        n_names = max((n for n, cell in enumerate(names, 1) if _words(cell)), default=0)
        if len(above) == len(names) and not any(_words(cell) for cell in above[: max(0, n_names - 1)]):
            for cell, name in zip(above[:n_names], names[:n_names], strict=True):
                of_columns = _words(cell)
                cell.text = f"{_words(name)} / {of_columns}" if of_columns else _words(name)
            names.drop_tree()
    for cell in table.xpath("./thead/tr/th | ./tbody/tr/th"):
        across = cell.getparent().getparent().tag == "thead"
        if not _words(cell):
            cell.tag = "td"
            cell.attrib.pop("scope", None)
        elif across:
            cell.set("scope", "colgroup" if cell.get("colspan") else "col")
        else:
            cell.set("scope", "rowgroup" if cell.get("rowspan") else "row")


def _mark_numbers(table: HtmlElement) -> None:
    """Mark the cells of columns that hold numbers only; columns are counted from the end."""
    rows = [row.xpath("./td") for row in table.xpath("./tbody/tr")]
    for place in range(1, max(map(len, rows), default=0) + 1):
        cells = [row[-place] for row in rows if len(row) >= place]
        words = [_words(cell) for cell in cells]
        if all(map(_NUMBER.fullmatch, words)) and any(any(map(str.isdigit, word)) for word in words):
            for row in table.xpath("./thead/tr"):
                cells += row[-place : len(row) - place + 1]
            for cell in cells:
                cell.set("class", "number")


def _write_inside(element: HtmlElement) -> str:
    pieces = [html.escape(element.text or "", quote=False)]
    for child in element:
        pieces += [_write(child), html.escape(child.tail or "", quote=False)]
    return "".join(pieces)


def _write(element: HtmlElement) -> str:
    """Write an element with the attributes that are known: nothing that runs or loads is among them."""
    if not isinstance(element.tag, str) or element.tag in _GONE:
        return ""
    if element.tag not in _TAGS:
        return _write_inside(element)
    if element.tag == "img" and not _PICTURE.fullmatch(element.get("src") or ""):
        return html.escape(element.get("alt") or "")
    known = _ATTRIBUTES[""] | _ATTRIBUTES.get(element.tag, set())
    attributes = "".join(
        f' {name}="{html.escape(value)}"'
        for name, value in element.attrib.items()
        if name in known and (name != "style" or _STYLE.fullmatch(value))
    )
    opened = f"<{element.tag}{attributes}>"
    return opened if element.tag in _VOID else f"{opened}{_write_inside(element)}</{element.tag}>"

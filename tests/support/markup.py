"""Whether the elements of a page stand where HTML lets them stand.

What the HTML Standard says of the content of elements (section 4, "Content model"), as far as templates go wrong: no
block in what holds a line of text, no control inside another, lists and tables of their own parts only.
https://html.spec.whatwg.org/multipage/dom.html#content-models
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "hgroup"])
_BLOCKS = (
    "address article aside blockquote details dialog div dl fieldset figure footer form header hr main menu nav ol p "
    "pre search section table ul"
)
_LINES = (
    "abbr b bdi bdo button cite code data dfn em i kbd label legend mark meter output p pre progress q s samp small "
    "span strong sub summary sup time u var"
)
#: What is flow content and no phrasing content: it never stands in a line of text.
BLOCKS = HEADINGS | frozenset(_BLOCKS.split())
#: What holds phrasing content only.
LINES = (HEADINGS - {"hgroup"}) | frozenset(_LINES.split())
#: These two may hold a heading as well.
WITH_HEADINGS = frozenset({"summary", "legend"})
#: What holds whatever the element around it may hold.
TRANSPARENT = frozenset(["a", "del", "ins", "map", "noscript"])
CONTROLS = frozenset(["a", "button", "details", "embed", "iframe", "input", "label", "select", "textarea"])
#: What holds no control at all, and what does not stand in itself.
NO_CONTROLS = frozenset({"a", "button"})
NOT_IN_ITSELF = frozenset({"form", "label", "a", "button", "header", "footer", "main", "address", "dialog"})
#: What holds only certain elements.
PARTS = {
    "ul": {"li"},
    "ol": {"li"},
    "menu": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "select": {"option", "optgroup", "hr"},
    "datalist": {"option"},
}
#: What stands only in certain elements.
PLACES = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "td": {"tr"},
    "th": {"tr"},
    "summary": {"details"},
    "legend": {"fieldset"},
    "figcaption": {"figure"},
    "caption": {"table"},
    "option": {"select", "optgroup", "datalist"},
}
#: A table that belongs to a figure stands beside it, folded: in it, its words would be part of the picture's name.
APART = {"figure": {"details"}}
TEXTS = frozenset({"script", "style", "template"})


@dataclass
class _Open:
    """An element that is not closed yet."""

    tag: str
    line: int
    children: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Walks a page as it was written: a browser's parser would have mended it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[_Open] = []
        self.ids: set[str] = set()
        self.faults: list[str] = []
        self.foreign = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.foreign or tag in ("svg", "math"):
            self.foreign += tag not in VOID
            self._hold(tag, attrs)
            return
        given = dict(attrs)
        if len(given) != len(attrs):
            self._fault(tag, "has an attribute twice")
        if (name := given.get("id")) is not None:
            if name in self.ids:
                self._fault(tag, f"has the id {name} of another element")
            self.ids.add(name)
        self._stands(tag, given)
        if self.open:
            self.open[-1].children.append(tag)
        if tag not in VOID:
            self.open.append(_Open(tag, self.getpos()[0]))

    def _hold(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value is not None:
                if value in self.ids:
                    self._fault(tag, f"has the id {value} of another element")
                self.ids.add(value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.foreign or tag == "svg":
            self._hold(tag, attrs)
        else:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.foreign:
            self.foreign -= 1
            return
        if tag in VOID:
            self._fault(tag, "is closed, and has no content")
            return
        if not self.open or self.open[-1].tag != tag:
            inside = self.open[-1].tag if self.open else "nothing"
            self._fault(tag, f"is closed while {inside} is open")
            while any(each.tag == tag for each in self.open) and self.open.pop().tag != tag:
                pass
            return
        self._is_whole(self.open.pop())

    def handle_data(self, data: str) -> None:
        if self.foreign or not data.strip() or not self.open:
            return
        if self.open[-1].tag in PARTS:
            self._fault("#text", f"“{data.strip()[:30]}” stands in it")

    def _stands(self, tag: str, given: dict[str, str | None]) -> None:
        above = [each.tag for each in self.open]
        parent = above[-1] if above else ""
        if parent in PARTS and tag not in PARTS[parent] | TEXTS:
            self._fault(tag, "is none of its parts")
        if tag in PLACES and parent not in PLACES[tag]:
            self._fault(tag, "has no place there")
        holder = next((each for each in reversed(above) if each not in TRANSPARENT), "")
        heading = tag in HEADINGS and holder in WITH_HEADINGS
        if tag in BLOCKS and holder in LINES and not heading:
            self._fault(tag, f"is a block in {holder}, which holds text")
        if tag in NOT_IN_ITSELF and tag in above:
            self._fault(tag, f"stands in another {tag}")
        is_control = (tag in CONTROLS and given.get("type") != "hidden") or "tabindex" in given
        around = next((each for each in above if each in NO_CONTROLS), None)
        if is_control and around:
            self._fault(tag, f"is a control inside {around}")
        if tag in APART.get(parent, ()):
            self._fault(tag, "stands beside it, not in it")

    def _is_whole(self, it: _Open) -> None:
        if it.tag == "details" and it.children[:1] != ["summary"]:
            self._fault("details", "does not begin with its summary")
        if it.tag == "fieldset" and "legend" in it.children[1:]:
            self._fault("fieldset", "does not begin with its legend")
        if it.tag == "figure" and "figcaption" in it.children[1:-1]:
            self._fault("figure", "has its caption in the middle")

    def _fault(self, tag: str, why: str) -> None:
        way = " > ".join(each.tag for each in self.open[-4:])
        self.faults.append(f"line {self.getpos()[0]}: {way} > {tag}: {why}")


def faults(page: str) -> list[str]:
    """What stands where it may not stand, each with its line and the elements around it."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    left = [f"line {each.line}: {each.tag} is never closed" for each in reader.open]
    return reader.faults + left

"""The plain text of a mail, read off its HTML, so that both say the same."""

from __future__ import annotations

from html.parser import HTMLParser

from rmhr.core.patterns import Pattern

BLOCKS = {"p", "div", "table", "tr", "h1", "h2", "h3", "ul", "ol", "li", "td", "br", "hr"}
SILENT = {"head", "style", "title", "script"}
_BLANK_LINES = Pattern(r"\n{3,}")


class _Reader(HTMLParser):
    """Collects the words. An element marked data-text="skip" is left out; cells of a row stand on one line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.silent: list[str] = []
        self.href = ""
        self.row = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.silent or tag in SILENT or given.get("data-text") == "skip":
            if tag not in ("br", "hr", "meta", "img", "link"):
                self.silent.append(tag)
            return
        if tag == "tr" and "data-fact" in given:
            self.row = 1
            self.out.append("\n")
        elif tag == "td" and self.row:
            self.out.append(": " if self.row == 2 else "")
            self.row += 1
        elif tag == "li":
            self.out.append("\n- ")
        elif tag in BLOCKS:
            self.out.append("\n" if tag in ("br", "tr", "td") else "\n\n")
        if tag == "a":
            self.href = given.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if self.silent[-1] == tag:
                self.silent.pop()
            return
        if tag == "a" and self.href:
            self.out.append(f": {self.href}" if not self.href.startswith(("mailto:", "tel:")) else "")
            self.href = ""
        elif tag == "tr":
            self.row = 0
        elif tag in ("p", "table", "h1", "h2", "h3", "ul", "ol"):
            self.out.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(_one_space(data))


def _one_space(text: str) -> str:
    """The text with one space for white space of any length, also at its ends."""
    words = " ".join(text.split())
    before, after = text[:1].isspace(), text[-1:].isspace() and bool(words)
    return f"{' ' * before}{words}{' ' * after}"


class _Button(HTMLParser):
    """Finds the one button of a mail: its address and its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.href, self.words, self.inside = "", "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and not self.href and "m-btn" in (given.get("class") or "").split():
            self.href, self.inside = given.get("href") or "", True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "a"

    def handle_data(self, data: str) -> None:
        self.words += data if self.inside else ""


def button(html: str) -> tuple[str, str] | None:
    """The address and the words of a mail's button; None where it has none."""
    reader = _Button()
    reader.feed(html)
    return (reader.href, " ".join(reader.words.split())) if reader.href else None


def plain_text(html: str) -> str:
    """The words of an HTML mail: paragraphs apart, facts as "name: value", links with their address."""
    reader = _Reader()
    reader.feed(html)
    lines = [" ".join(line.split()) for line in "".join(reader.out).split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip() + "\n"

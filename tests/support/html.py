"""A page that was answered, read as a browser reads it: by selectors, never by patterns over its source."""

from __future__ import annotations

from typing import Any

from lxml import html


class Html:
    """A document, from a test client's answer or from source.

    lxml because the product uses it anyway, reads half a page as well as a whole one, and knows what a form sends.
    """

    def __init__(self, answer: Any) -> None:
        self.root: Any = html.fromstring(answer if isinstance(answer, str) else answer.text)

    def all(self, selector: str) -> list[Any]:
        """The elements that a CSS selector finds, in the order of the page."""
        return list(self.root.cssselect(selector))

    def one(self, selector: str) -> Any:
        """The one element that a selector finds. Raises AssertionError where it is none or several."""
        found = self.all(selector)
        assert len(found) == 1, f"{selector} is there {len(found)} times"
        return found[0]

    def texts(self, selector: str) -> list[str]:
        """What each of these elements says."""
        return [said(each) for each in self.all(selector)]

    def words(self, selector: str = "main") -> str:
        """What a part of the page says: its middle, where nothing is said."""
        return said(self.one(selector))

    def attributes(self, selector: str, name: str) -> list[str]:
        """An attribute of each of these elements; those without it are left out."""
        return [str(each.get(name)) for each in self.all(selector) if each.get(name) is not None]

    def link(self, selector: str) -> str:
        """Where the one link that a selector finds leads."""
        return str(self.one(f"{selector}[href]").get("href"))

    def next(self) -> str:
        """Where the next page of a list is."""
        return self.link('a[rel="next"]')

    def previous(self) -> str:
        """Where the page before is."""
        return self.link('a[rel="prev"]')

    def value(self, name: str) -> str | None:
        """What stands in the field of this name: the chosen option, the ticked box, the text; None for nothing."""
        values = dict(self._sent(self.all(f'[name="{name}"]')))
        return values.get(name)

    def form(self, selector: str = "main form", **given: Any) -> dict[str, Any]:
        """What a browser sends of a form as it stands, with these fields filled in otherwise."""
        sent: dict[str, Any] = {}
        for name, value in self._sent(self.one(selector).iter("input", "select", "textarea")):
            sent[name] = [*sent[name], value] if name in sent else [value]
        return {name: values[0] if len(values) == 1 else values for name, values in sent.items()} | given

    def _sent(self, fields: Any) -> list[tuple[str, str]]:
        pairs = []
        for field in fields:
            if not field.name or field.get("disabled") is not None:
                continue
            if field.tag == "select":
                values = list(field.value) if field.multiple else [field.value]
                pairs += [(field.name, value) for value in values if value is not None]
            elif field.get("type") in ("checkbox", "radio"):
                pairs += [(field.name, field.get("value", "on"))] if field.get("checked") is not None else []
            elif field.get("type") not in ("submit", "button", "image", "file", "reset"):
                pairs.append((field.name, field.value or ""))
        return pairs


def said(element: Any) -> str:
    """The text of an element without markup, with single spaces."""
    return " ".join(" ".join(element.itertext()).split())


def source(element: Any) -> str:
    """The markup of an element, with single spaces."""
    return " ".join(html.tostring(element, encoding="unicode", with_tail=False).split())


def words(answer: Any) -> str:
    """The text of a page's middle."""
    return Html(answer).words()

"""What must never stand on a page: nulls, stored values, leftovers of templates, the other language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rmhr.core.enums import LabelEnum

#: "None of these" is English, "None" alone is a value that nobody looked at.
LEFTOVERS = {
    "None": re.compile(r"\bNone\b(?! of\b)"),
    "an undefined value": re.compile(r"\b(?:undefined|Undefined|NaN|nan|null)\b|\[object \w+\]"),
    "a template": re.compile(r"\{\{|\}\}|\{%|%\}|%\(\w+\)[sd]"),
    "a placeholder": re.compile(r"\blorem\b|\bipsum\b|\bTODO\b|\bFIXME\b|\bxxx+\b", re.IGNORECASE),
    "Python": re.compile(
        r"<[A-Z]\w+(?: \d+| object at .+)?>|\b[A-Z]\w+\.[A-Z]{2,}\b|\bTraceback\b|datetime\."
    ),
}
VALUE = re.compile(r"%\((\w+)\)[sd]")


def stored_values() -> re.Pattern[str]:
    """Every stored value of an enumeration that is not a word: "not_met"."""
    values = sorted(
        {
            member.value
            for enum in _all(LabelEnum)
            for member in enum
            if "_" in member.value and str(member.label) != member.value
        }
    )
    return re.compile(r"(?<![\w/.@#-])(?:" + "|".join(map(re.escape, values or ["\0"])) + r")(?![\w/.@-])")


def _all(enum: type[LabelEnum]) -> Iterable[type[LabelEnum]]:
    for each in enum.__subclasses__():
        yield each
        yield from _all(each)


class English:
    """Finds English sentences of the product on a German page."""

    def __init__(self, catalogue: Iterable[tuple[str, str]]) -> None:
        """`catalogue`: each sentence and its German. One word is too little to tell a language by."""
        self.plain: set[str] = set()
        self.patterns: list[re.Pattern[str]] = []
        for said, german in catalogue:
            message = _even(said)
            words = [word for word in VALUE.sub(" ", message).split() if any(map(str.isalpha, word))]
            if len(words) < 2 or message == _even(german):
                continue
            if VALUE.search(message):
                parts = [
                    re.escape(part) for part in re.split(VALUE.pattern.replace("(\\w+)", "\\w+"), message)
                ]
                self.patterns.append(re.compile(".+?".join(parts)))
            else:
                self.plain.add(message)

    def found(self, texts: Iterable[str]) -> list[str]:
        """Those of `texts` that are such a sentence."""
        return [
            text
            for text in dict.fromkeys(map(_even, texts))
            if text in self.plain or any(pattern.fullmatch(text) for pattern in self.patterns)
        ]


def _even(text: str) -> str:
    return " ".join(text.split())


def catalogue() -> list[tuple[str, str]]:
    """Every sentence of the product with its German."""
    from rmhr.commands import i18n

    pairs: list[tuple[str, str]] = []
    for part in i18n.PARTS:
        for message in i18n.read(part):
            ids = message.id if isinstance(message.id, (list, tuple)) else [message.id]
            strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
            pairs += [(str(a), str(b)) for a, b in zip(ids, strings, strict=False) if a and b]
    return pairs


def problems(texts: list[str], stored: re.Pattern[str]) -> list[str]:
    """What is wrong with these texts of a page, in words."""
    found = []
    for text in dict.fromkeys(map(_even, texts)):
        for what, pattern in {**LEFTOVERS, "a stored value": stored}.items():
            if match := pattern.search(text):
                found.append(f"text shows {what}: {match.group()!r} in {text[:90]!r}")
    return found

"""How one version of a text differs from another, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from rmhr.core.i18n import LANGUAGES, Words


@dataclass(frozen=True)
class Change:
    """A place at which two versions differ: the language, how it read, how it reads."""

    language: str
    before: str
    after: str


def between(before: Words, after: Words) -> list[Change]:
    """All places at which they differ, one language after the other."""
    return [
        change for code in LANGUAGES for change in _in_one(code, before.get(code, ""), after.get(code, ""))
    ]


def _in_one(code: str, before: str, after: str) -> Iterator[Change]:
    old, new = _paragraphs(before), _paragraphs(after)
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield Change(code, "\n\n".join(old[i:j]), "\n\n".join(new[k:m]))


def _paragraphs(text: str) -> list[str]:
    return [each.strip() for each in text.replace("\r\n", "\n").split("\n\n") if each.strip()]

"""Patterns for text from outside: the time to match grows with the length of the text, whatever is in it.

The engine is RE2, which follows all ways through a pattern at once; Python's `re` tries one after the other, and a line
of forty dots can keep it busy for a minute. It has no lookaround and no references back: say what stands beside the
words as a part of the pattern, or look at it in Python. In RE2 `\\d` and `\\s` know ASCII alone; `\\p{L}` is a letter
of any language, and SPACE is white space of any kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import re2

#: One character of white space, as `str.isspace` has it.
SPACE = r"[\s\x1c-\x1f\x{85}\p{Z}]"
#: What means something else here than in `re`, without a word.
ASCII_ALONE = (r"\w", r"\W", r"\b", r"\B")


class Found(Protocol):
    """A place where a pattern fits, as `re.Match` has it."""

    def __getitem__(self, group: int | str) -> Any: ...  # a text; None where the group took no part
    def groups(self) -> tuple[Any, ...]: ...
    def start(self, group: int | str = 0) -> int: ...
    def end(self, group: int | str = 0) -> int: ...
    def span(self, group: int | str = 0) -> tuple[int, int]: ...


class Pattern:
    """A pattern that is compiled; its methods are those of `re.Pattern`.

    Half a surrogate pair, which is in no text that anybody types, is read as U+FFFD.
    """

    def __init__(self, text: str, *, ignore_case: bool = False) -> None:
        """Raises ValueError where the engine does not know what is asked, or would mean ASCII alone."""
        if meant := [sign for sign in ASCII_ALONE if sign in text.replace(r"\\", "")]:
            raise ValueError(f"{text!r}: {meant[0]} knows ASCII alone, write \\p{{L}} or SPACE")
        options = re2.Options()
        options.case_sensitive = not ignore_case
        options.log_errors = False
        try:
            self._engine: Any = re2.compile(text, options)
        except re2.error as error:
            said = error.args[0]
            raise ValueError(f"{text!r}: {said.decode() if isinstance(said, bytes) else said}") from None
        self.pattern = text

    def __repr__(self) -> str:
        return f"Pattern({self.pattern!r})"

    def match(self, text: str) -> Found | None:
        """Where it fits at the beginning of the text."""
        found: Found | None = self._engine.match(_whole(text))
        return found

    def fullmatch(self, text: str) -> Found | None:
        """Where it fits all of the text."""
        found: Found | None = self._engine.fullmatch(_whole(text))
        return found

    def search(self, text: str) -> Found | None:
        """The first place where it fits."""
        found: Found | None = self._engine.search(_whole(text))
        return found

    def finditer(self, text: str) -> Iterator[Found]:
        """All places where it fits, one behind the other."""
        found: Iterator[Found] = self._engine.finditer(_whole(text))
        return found

    def findall(self, text: str) -> list[Any]:
        """The words of all places; of a pattern with one group, those of the group."""
        found: list[Any] = self._engine.findall(_whole(text))
        return found

    def sub(self, new: str | Callable[[Found], str], text: str) -> str:
        """The text with something else in all of these places."""
        changed: str = self._engine.sub(new, _whole(text))
        return changed

    def split(self, text: str) -> list[str]:
        """The text between these places."""
        parts: list[str] = self._engine.split(_whole(text))
        return parts


def _whole(text: str) -> str:
    """The text as UTF-8 can say it, of the same length."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text

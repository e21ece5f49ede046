"""English and German: translated sentences of the product, and texts that staff write in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from babel.support import LazyProxy
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _gettext
from flask_babel import ngettext as _ngettext

LANGUAGES = ("en", "de")
#: Each language by its own name, for the switch.
OWN_NAMES = {"en": "English", "de": "Deutsch"}
DEFAULT = "en"

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def gettext(message: str, **values: Any) -> str:
    """The sentence in the current language, with its named values filled in."""
    return cast(str, _gettext(message, **{name: _said(value) for name, value in values.items()}))


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """The sentence for `num` things, in the current language; `%(num)s` is filled in."""
    return cast(str, _ngettext(one, many, num, **values))


def _(message: str, **values: Any) -> Any:
    """A sentence that is translated when it is shown, so that it may stand in a module's constants."""
    return LazyProxy(gettext, message, enable_cache=False, **values)


def _said(value: Any) -> Any:
    return str(value) if isinstance(value, LazyProxy) else value


def language() -> str:
    """The language that is being spoken now: "en" or "de"."""
    if said := _spoken.get():
        return said
    locale = get_locale()
    return locale.language if locale and locale.language in LANGUAGES else DEFAULT


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Inside this block everything is said in `code`, whoever asked: mail speaks its recipient's language."""
    token = _spoken.set(code)
    try:
        with force_locale(code):
            yield
    finally:
        _spoken.reset(token)


class Words(dict[str, str]):
    """A text in several languages. `str()` gives it in the current one, else in one that there is."""

    def __str__(self) -> str:
        return self.in_(language())

    def __bool__(self) -> bool:
        return any(text.strip() for text in self.values())

    def in_(self, code: str) -> str:
        """The text in `code`; where that is empty, in the first language that has it."""
        return self.get(code) or next((self[c] for c in LANGUAGES if self.get(c)), "")

    def speaks(self) -> str:
        """The language that `str()` falls back to: where it is not the reader's, the page says so (lang=…)."""
        return next((c for c in (language(), *LANGUAGES) if self.get(c)), language())

    def missing(self, codes: Iterable[str] = LANGUAGES) -> list[str]:
        """The languages in which there is no text yet."""
        return [code for code in codes if not self.get(code, "").strip()]

    @classmethod
    def both(cls, en: str, de: str) -> Words:
        """The same text in English and German."""
        return cls(en=en, de=de)

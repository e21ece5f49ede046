"""English and German: translated sentences of the product, and texts that staff write in both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from babel.support import LazyProxy
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _gettext
from flask_babel import ngettext as _ngettext
from flask_babel import pgettext as _pgettext
from jinja2 import Environment, pass_context
from jinja2.runtime import Context

LANGUAGES = ("en", "de")
#: Each language by its own name, for the switch.
OWN_NAMES = {"en": "English", "de": "Deutsch"}
DEFAULT = "en"

#: Two full stops, also with the end of a tag between them; three are an ellipsis.
_TWO_STOPS = re.compile(r"(?<!\.)\.((?:</[a-z]+>)*)\.(?!\.)")

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def gettext(message: str, **values: Any) -> str:
    """The sentence in the current language, with its named values filled in."""
    return ended(cast(str, _gettext(message, **{name: _said(value) for name, value in values.items()})))


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """The sentence for `num` things, in the current language; `%(num)s` is filled in."""
    return ended(cast(str, _ngettext(one, many, num, **values)))


def pgettext(context: str, message: str, **values: Any) -> str:
    """The sentence as it is meant in this context, where the same words mean two things ("Go on")."""
    given = {name: _said(value) for name, value in values.items()}
    return ended(cast(str, _pgettext(context, message, **given)))


def _(message: str, **values: Any) -> Any:
    """A sentence that is translated when it is shown, so that it may stand in a module's constants."""
    return LazyProxy(gettext, message, enable_cache=False, **values)


def _p(context: str, message: str, **values: Any) -> Any:
    """The same, translated when it is shown."""
    return LazyProxy(pgettext, context, message, enable_cache=False, **values)


def ended(sentence: str) -> str:
    """A sentence with one full stop, where its last word is an abbreviation: "bis Do 3. Dez." and not "Dez..".

    Markup stays such; an ellipsis is none of its business.
    """
    if ".." not in sentence and ".</" not in sentence:
        return sentence
    return type(sentence)(_TWO_STOPS.sub(r".\1", str(sentence)))


def speak_in(environment: Environment) -> None:
    """Let templates speak by the same rule: what Flask-Babel has given the environment is ended as well."""
    for name in ("gettext", "ngettext", "pgettext", "npgettext"):
        environment.globals[name] = _ending(cast(Callable[..., str], environment.globals[name]))


def _ending(say: Callable[..., str]) -> Callable[..., str]:
    @pass_context
    def ending(context: Context, *words: Any, **values: Any) -> str:
        return ended(say(context, *words, **values))

    return ending


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

"""English and German: translated sentences of the product, and texts that staff write in both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, TypeVar

from babel import Locale
from babel.support import LazyProxy, NullTranslations
from flask_babel import force_locale, get_domain, get_locale, refresh
from jinja2 import Environment
from markupsafe import Markup

LANGUAGES = ("en", "de")
#: Each language by its own name, for the switch.
OWN_NAMES = {"en": "English", "de": "Deutsch"}
DEFAULT = "en"

#: Two full stops, also with the end of a tag between them; three are an ellipsis.
_TWO_STOPS = re.compile(r"(?<!\.)\.((?:</[a-z]+>)*)\.(?!\.)")

S = TypeVar("S", bound=str)

#: What is spoken inside a block of `speaking`.
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)
#: What the answer to a request is said in, "" before anybody has asked; None where no request is answered.
_answer: ContextVar[str | None] = ContextVar("answer", default=None)


def gettext(message: str, /, **values: Any) -> str:
    """The sentence in the current language, with its named values filled in."""
    return _filled(_catalogue().gettext(message), values)


def ngettext(one: str, many: str, num: int, /, **values: Any) -> str:
    """The sentence for `num` things, in the current language; `%(num)s` is filled in."""
    return _filled(_catalogue().ngettext(one, many, num), {"num": num, **values})


def pgettext(context: str, message: str, /, **values: Any) -> str:
    """The sentence as it is meant in this context, where the same words mean two things ("Go on")."""
    return _filled(str(_catalogue().pgettext(context, message)), values)


def npgettext(context: str, one: str, many: str, num: int, /, **values: Any) -> str:
    """The sentence for `num` things as it is meant in this context."""
    return _filled(_catalogue().npgettext(context, one, many, num), {"num": num, **values})


def _catalogue() -> NullTranslations:
    """The catalogue of the language that is being spoken; without an application, one that translates nothing."""
    try:
        return _catalogue_of(language())
    except LookupError:
        return NullTranslations()


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue_of(_code: str) -> NullTranslations:
    if get_locale() is None:
        raise LookupError("without an application there are no catalogues")
    found: NullTranslations = get_domain().get_translations()
    return found


def _filled(sentence: str, values: Mapping[str, Any]) -> str:
    if values:
        sentence = sentence % {name: _said(value) for name, value in values.items()}
    return ended(sentence)


def _(message: str, **values: Any) -> Any:
    """A sentence that is translated when it is shown, so that it may stand in a module's constants."""
    return LazyProxy(gettext, message, enable_cache=False, **values)


def _p(context: str, message: str, **values: Any) -> Any:
    """The same, translated when it is shown."""
    return LazyProxy(pgettext, context, message, enable_cache=False, **values)


def ended(sentence: S) -> S:
    """A sentence with one full stop, where its last word is an abbreviation: "bis Do 3. Dez." and not "Dez..".

    Markup stays such; an ellipsis is none of its business.
    """
    if ".." not in sentence and ".</" not in sentence:
        return sentence
    return type(sentence)(_TWO_STOPS.sub(r".\1", str(sentence)))


def speak_in(environment: Environment) -> None:
    """Let templates speak by the same rules. Their sentences are markup, and what is filled in is escaped."""
    environment.globals |= {
        "_": lambda message, /, **values: _marked(_catalogue().gettext(message), values),
        "gettext": lambda message, /, **values: _marked(_catalogue().gettext(message), values),
        "ngettext": lambda one, many, num, /, **values: _marked(
            _catalogue().ngettext(one, many, num), {"num": num, **values}
        ),
        "pgettext": lambda context, message, /, **values: _marked(
            str(_catalogue().pgettext(context, message)), values
        ),
        "npgettext": lambda context, one, many, num, /, **values: _marked(
            _catalogue().npgettext(context, one, many, num), {"num": num, **values}
        ),
    }


def _marked(sentence: str, values: Mapping[str, Any]) -> Markup:
    # In templates a percent sign is doubled, also where nothing is filled in.
    return ended(Markup(sentence) % values if "%" in sentence else Markup(sentence))


def _said(value: Any) -> Any:
    return str(value) if isinstance(value, LazyProxy) else value


def language() -> str:
    """The language that is being spoken now: "en" or "de"."""
    if said := _spoken.get() or _answer.get():
        return said
    said = _known(get_locale())
    if _answer.get() is not None:
        _answer.set(said)
    return said


def begin_answer() -> None:
    """From here on a request is answered: what it is answered in is looked up once."""
    _answer.set("")


def end_answer(_error: BaseException | None = None) -> None:
    """The request is over."""
    _answer.set(None)


def ask_again() -> None:
    """Look up anew what the request is answered in: who asks, or what is known of them, has changed."""
    refresh()
    if _answer.get() is not None:
        _answer.set("")


def _known(locale: Locale | None) -> str:
    return locale.language if locale is not None and locale.language in LANGUAGES else DEFAULT


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

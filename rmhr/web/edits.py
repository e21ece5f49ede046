"""Two people at one stored thing: who saves second sees both texts and chooses, nothing is overwritten silently.

A form carries a mark of what each of its fields held when it was opened. So what somebody else has changed since is
told from what one has only changed oneself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Self

from flask import request
from wtforms import BooleanField, FileField, HiddenField, SelectMultipleField

from rmhr.core.flow.seen import is_stale, name_of, seen_of
from rmhr.core.lists.declaration import TYPED
from rmhr.web.forms import Difference, Form

#: What no comparison speaks of.
PLUMBING = ("csrf_token", "seen", "opened_with")


class EditForm(Form):
    """A form that changes a stored thing, filled from it by `editing`. It carries what was seen of the thing.

    The field `seen` is an address of the thing's version, not of its contents; it is no value of the form. Nor is
    `opened_with`, the marks of its contents.
    """

    seen = HiddenField()
    opened_with = HiddenField()
    _thing: Any = None
    _stored: Callable[[], Form]

    @classmethod
    def editing(cls, thing: Any, prepare: Callable[[Self], None] | None = None, **defaults: Any) -> Self:
        """The form of a thing: as it was sent, else filled from it. `prepare` gives choices to its fields.

        `defaults` are first values that are no attributes of the thing.
        """

        def made(form: Self) -> Self:
            if prepare is not None:
                prepare(form)
            return form

        values = {"obj": thing, **defaults, "seen": seen_of(thing)}
        form = made(cls.from_request(**values))
        form._thing = thing
        # A browser that comes back to the page must not put the version of before into the texts of now.
        form.seen.render_kw = {"data-thing": name_of(thing), "autocomplete": "off"}
        form.opened_with.render_kw = {"autocomplete": "off"}
        form._stored = lambda: made(cls(**values))
        if request.method != "POST":
            form.opened_with.data = marks_of(form)
        return form

    @property
    def stale(self) -> bool:
        """Whether somebody has changed the thing since this form was opened.

        Whoever does not say what they have seen, as a program, is not compared; every page of ours says it.
        """
        return request.method == "POST" and self._thing is not None and is_stale(self._thing, self.seen.data)

    def ready(self) -> bool:
        """Sent, valid, and nobody was faster; else the page says what is stored now, and saving again keeps this."""
        ready = super().ready()
        if not self.stale:
            return ready
        stored = self._stored()
        now = marks_of(stored)
        theirs = changed_between(self.opened_with.data, now)
        against = self._against(stored)
        self.overtaken = True
        self.differences = tuple(each for each in against if each.field in theirs)
        self.adds = len(against) > len(self.differences)
        self.seen.data, self.opened_with.data = seen_of(self._thing), now
        return False

    @property
    def status(self) -> int:
        """409 where somebody else was faster; else as of every form."""
        return 409 if self.overtaken else super().status

    def values(self) -> dict[str, Any]:
        """What the operation receives."""
        return {name: value for name, value in super().values().items() if name not in PLUMBING}

    @property
    def seen_now(self) -> str:
        """The status and version of the thing as it is now."""
        return seen_of(self._thing)

    @property
    def opened_with_now(self) -> str:
        """The marks of what the fields would hold if the form were opened now."""
        return marks_of(self._stored())

    def stored_values(self) -> dict[str, str | list[str]]:
        """What the controls of the form would hold if it were opened now, by their names."""
        stored: dict[str, str | list[str]] = {}
        for name, field in self._stored()._fields.items():
            if name not in PLUMBING:
                stored |= controls(field)
        return stored

    def _against(self, stored: Form) -> list[Difference]:
        return [
            Difference(str(field.label.text), name, said(stored[name]))
            for name, field in self._fields.items()
            if name not in PLUMBING and name in stored and _even(field.data) != _even(stored[name].data)
        ]


class ConfirmForm(EditForm):
    """Whether one means it, about a stored thing as one has seen it: deleting it, taking back what it says.

    Where somebody has changed it since, its page shows how it is now, and asks once more.
    """

    confirms = True


def _data(form: Form, name: str) -> Any:
    return form[name].data


def marks_of(form: Form, held: Callable[[Any, str], Any] = _data) -> str:
    """A mark for each field of what it holds: "title=1a2b3c4d place=…". `held(form, name)`: its value."""
    names = (name for name in form._fields if name not in PLUMBING)
    return " ".join(f"{name}={_mark(held(form, name))}" for name in names)


def _mark(value: Any) -> str:
    return hashlib.sha256(repr(_even(value)).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def changed_between(opened_with: str | None, now: str) -> set[str]:
    """The fields that have another mark now than when a form was opened; all where it does not say how that was."""
    before = _marks(opened_with or "")
    return {name for name, mark in _marks(now).items() if before.get(name) != mark}


def _marks(said: str) -> dict[str, str]:
    return {name: mark for name, _sign, mark in (each.partition("=") for each in said.split())}


def _even(value: Any) -> Any:
    """Line ends differ between a browser and what is kept; nothing and no text are the same."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    if isinstance(value, (list, tuple, set, frozenset)):
        return sorted(map(str, value))
    return value


def _row(entry: Any) -> str:
    """A row of a list, in words: the first of its fields that says something."""
    parts = entry.form if hasattr(entry, "form") else [entry]
    return next((words for part in parts if (words := said(part))), "")


def said(field: Any) -> str:
    """What a field holds, in words: the label of a choice, a text as it was typed."""
    choices = field.iter_choices() if hasattr(field, "iter_choices") else []
    chosen = field.data if isinstance(field.data, (list, tuple, set)) else [field.data]
    found = [str(label) for value, label, *_rest in choices if field.coerce(value) in chosen]
    if found or hasattr(field, "iter_choices"):
        return ", ".join(found)
    if hasattr(field, "languages"):
        return "\n".join(
            f"{code.upper()}: {field.data[code]}" for code in field.languages if field.data.get(code)
        )
    if field.data is None:
        return ""
    if hasattr(field, "entries"):
        return "\n".join(_row(entry) for entry in field.entries)
    return str(field._value()) if hasattr(field, "_value") else str(field.data)


def controls(field: Any) -> dict[str, str | list[str]]:
    """What the controls of a field hold, by their names: a text, or of ticks those that are set. Of a file, nothing."""
    if hasattr(field, "languages"):
        return {f"{field.name}-{code}": str(field.data.get(code) or "") for code in field.languages}
    if hasattr(field, "entries") or hasattr(field, "form"):
        found: dict[str, str | list[str]] = {}
        for part in field.entries if hasattr(field, "entries") else field.form:
            found |= controls(part)
        return found
    if isinstance(field, FileField):
        return {}
    if isinstance(field, BooleanField):
        return {field.name: [str(field._value())] if field.data else []}
    if hasattr(field, "iter_choices"):
        chosen = [str(value) for value, _label, selected, *_rest in field.iter_choices() if selected]
        typed = {f"{field.name}{TYPED}": str(field.words)} if getattr(field, "suggests", "") else {}
        return {
            field.name: chosen if isinstance(field, SelectMultipleField) else "".join(chosen[:1]),
            **typed,
        }
    return {field.name: str(field._value()) if hasattr(field, "_value") else str(field.data or "")}

"""The parts of the application form, in the order of the page: which are done, in which something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import FileField

from rmhr.applications.forms.apply import ApplicationForm
from rmhr.core.i18n import _


@dataclass(frozen=True)
class Part:
    """A part of the page: its anchor, its heading, and how it stands."""

    anchor: str
    words: Any
    done: bool
    wrong: int  # how many fields have to be looked at


def parts(form: ApplicationForm, kept: Mapping[str, object | None]) -> list[Part]:
    """The parts of this form. `kept`: the file that is here already, by the name of the field that asks for it."""
    groups: list[tuple[str, Any, Sequence[Any]]] = [
        ("part-cv", _("CV"), [form.cv]),
        ("part-you", _("About you"), _there(form, "name", "email", "phone")),
        ("part-motivation", _("Your motivation"), [form.motivation]),
        ("part-places", _("Place of work"), _there(form, "places")),
        ("part-questions", _("Questions"), list(form.questions())),
        ("part-privacy", _("Data protection"), [form.read]),
    ]
    return [
        Part(
            anchor,
            words,
            done=all(_answered(field, kept) for field in fields),
            wrong=sum(bool(field.errors) for field in fields),
        )
        for anchor, words, fields in groups
        if fields
    ]


def _there(form: ApplicationForm, *names: str) -> list[Any]:
    return [form[name] for name in names if name in form]


def _answered(field: Any, kept: Mapping[str, object | None]) -> bool:
    """Whether nothing is wrong with it, and it has what it must have."""
    if field.errors:
        return False
    if isinstance(field, FileField):
        return field.flags.optional or kept.get(field.short_name) is not None
    return field.flags.optional or bool(field.data)

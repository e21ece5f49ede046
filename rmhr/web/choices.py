"""A choice among rows: whoever or whatever a view offers, by id."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from wtforms import SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from rmhr.core.i18n import gettext
from rmhr.web.numbers import whole


class PeopleField(SelectField):
    """A choice among people or units, by id; what can be chosen is given by the view."""

    def __init__(self, label: Any, validators: Any = None, *, nothing: Any, **kwargs: Any):
        super().__init__(label, validators, choices=[], coerce=number_of, **kwargs)
        self.nothing = nothing
        self._rows: dict[int, Any] = {}

    def offer(self, rows: Iterable[Any], said: Callable[[Any], str] = lambda row: str(row.name)) -> None:
        """Let these be chosen. The one that is chosen now stays possible, even if it would not be offered."""
        self._rows = {row.id: row for row in rows}
        self.choices = [
            SelectChoice("", self.nothing),
            *(SelectChoice(str(id), said(row)) for id, row in self._rows.items()),
        ]

    def pre_validate(self, form: Any) -> None:
        """Raise ValidationError for a value that is no number, which is not the same as choosing nothing."""
        if self.data is None and any(self.raw_data or ()):
            raise ValidationError(gettext("Not a valid choice."))
        super().pre_validate(form)

    @property
    def chosen(self) -> Any:
        """Whoever or whatever was chosen, of what was offered. The field is valid."""
        return self._rows[self.data]


def number_of(value: Any) -> int | None:
    """The id that a choice stands for, or None."""
    return whole(str(value))

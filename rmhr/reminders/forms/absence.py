"""What is asked about an absence: the days, and who stands in."""

from __future__ import annotations

from typing import Any

from wtforms import Field, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from rmhr.core.due.bounds import PLANNED
from rmhr.core.i18n import _, gettext
from rmhr.models.accounts import User
from rmhr.reminders import queries
from rmhr.web.days import DayField
from rmhr.web.forms import Form


def _number(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


class AbsenceForm(Form):
    """From when until when, and who stands in."""

    starts_on = DayField(_("First day"), [InputRequired(_("Enter the first day"))], bounds=PLANNED)
    ends_on = DayField(_("Last day"), [InputRequired(_("Enter the last day"))], bounds=PLANNED)
    deputy_id = SelectField(
        _("Stands in"),
        [Optional()],
        coerce=_number,
        description=_(
            "Reminders on these days go to the deputy instead. Without a deputy they continue as usual."
        ),
    )

    def prepare(self, person: User) -> None:
        """Fill the list of colleagues, those of the same unit first."""
        near, far = queries.absence.colleagues(person)
        groups = {
            "": [SelectChoice("", _("Nobody"))],
            gettext("Same unit"): [SelectChoice(id, words) for id, words in near],
            gettext("Everybody else"): [SelectChoice(id, words) for id, words in far],
        }
        self.deputy_id.choices = [
            SelectChoice(each.value, each.label, optgroup=group or None)
            for group, choices in groups.items()
            for each in choices
        ]

    def validate_ends_on(self, field: Field) -> None:
        """Not before the first day."""
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(gettext("Choose a day on or after the first one"))

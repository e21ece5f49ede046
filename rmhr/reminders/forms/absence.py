"""What is asked about an absence: the days, and who stands in."""

from __future__ import annotations

from wtforms import Field
from wtforms.validators import InputRequired, Optional, ValidationError

from rmhr.accounts import queries as accounts
from rmhr.core.due.bounds import PLANNED
from rmhr.core.i18n import _, gettext
from rmhr.models.accounts import User
from rmhr.web.choices import Choices, PeopleField
from rmhr.web.days import DayField
from rmhr.web.forms import Form


class AbsenceForm(Form):
    """From when until when, and who stands in."""

    starts_on = DayField(_("First day"), [InputRequired(_("Enter the first day"))], bounds=PLANNED)
    ends_on = DayField(_("Last day"), [InputRequired(_("Enter the last day"))], bounds=PLANNED)
    deputy_id = PeopleField(
        _("Stands in"),
        [Optional()],
        nothing=_("Nobody"),
        description=_(
            "Reminders on these days go to the deputy instead. Without a deputy they continue as usual."
        ),
    )

    def prepare(self, person: User) -> None:
        """Offer the colleagues, those of the same unit first."""
        self.deputy_id.offer_found(Choices("deputies", accounts.choices.colleagues(person)))

    def validate_ends_on(self, field: Field) -> None:
        """Not before the first day."""
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(gettext("Choose a day on or after the first one"))

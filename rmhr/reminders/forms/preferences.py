"""What is asked of people about reminders: when they want them, and of what by mail."""

from __future__ import annotations

from wtforms import BooleanField, Field, RadioField, SelectChoice, SelectField, ValidationError

from rmhr.core.i18n import _, gettext
from rmhr.models.reminders import MailFrequency
from rmhr.reminders import wishes
from rmhr.web.edits import EditForm
from rmhr.web.forms import Ticks


def _hours(first: int, last: int) -> list[SelectChoice]:
    return [SelectChoice(str(hour), f"{hour:02}:00") for hour in range(first, last + 1)]


class PreferenceForm(EditForm):
    """How often, at which hours, of which kinds; chat only where the bank has one."""

    frequency = RadioField(
        _("How often"),
        choices=[SelectChoice(each.value, each.label) for each in MailFrequency],
        coerce=MailFrequency,
    )
    hour = SelectField(
        _("The one mail comes at"),
        choices=_hours(0, 23),
        coerce=int,
        description=_("Of the day, or of the first working day of the week."),
    )
    opens = SelectField(_("Not before"), choices=_hours(0, 23), coerce=int)
    closes = SelectField(_("Not after"), choices=_hours(1, 24), coerce=int)
    mailed = Ticks(_("By mail"), coerce=str)
    chat = BooleanField(_("Also in the bank’s chat"))

    def prepare(self, has_chat: bool) -> None:
        """Fill the list of kinds. Those that cannot be switched off are not asked about."""
        self.mailed.choices = [
            SelectChoice(name, gettext(each.label)) for name, each in wishes.optional().items()
        ]
        if not has_chat:
            del self.chat

    def validate_closes(self, field: Field) -> None:
        """The hours end after they begin."""
        if isinstance(self.opens.data, int) and isinstance(field.data, int) and field.data <= self.opens.data:
            raise ValidationError(gettext("Choose an hour after %(hour)s:00", hour=f"{self.opens.data:02}"))

    def validate_hour(self, field: Field) -> None:
        """The one mail comes within the hours."""
        numbers = (field.data, self.opens.data, self.closes.data)
        if self.frequency.data is MailFrequency.AT_ONCE or not all(isinstance(each, int) for each in numbers):
            return
        if self.opens.data < self.closes.data and not self.opens.data <= field.data < self.closes.data:
            raise ValidationError(gettext("Choose an hour between those in which you may be written to"))

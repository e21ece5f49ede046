"""A next step of a development plan; and the reason for which something is given up."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from rmhr.core import clock
from rmhr.core.due.bounds import AHEAD
from rmhr.core.i18n import _, gettext
from rmhr.models.accounts import User
from rmhr.models.competencies import Competency
from rmhr.models.performance import DevelopmentAction
from rmhr.performance.forms.goals import number_or_none, value_of
from rmhr.web.days import DayField
from rmhr.web.edits import EditForm
from rmhr.web.forms import LongTextField, TextField, TransitionForm


class ItemForm(EditForm):
    """What to learn next."""

    user_id = SelectField(_("For whom?"), [InputRequired(_("Choose a person."))], coerce=int)
    competency_id = SelectField(_("Competency"), [Optional()], coerce=number_or_none)
    aim = TextField(
        _("What is to be learnt?"), [InputRequired(_("Say what is to be learnt.")), Length(max=300)]
    )
    measure = TextField(
        _("How will both recognise that it has been reached?"),
        [InputRequired(_("Say how you will both recognise that it has been reached.")), Length(max=300)],
    )
    action = RadioField(
        _("How?"),
        [InputRequired(_("Choose how it is learnt."))],
        choices=[SelectChoice(each.value, each.label) for each in DevelopmentAction],
        coerce=value_of,
    )
    due_on = DayField(_("By when?"), [InputRequired(_("Enter a date."))], bounds=AHEAD)

    def __init__(self, *args: Any, people: list[User], competencies: list[Competency], **kwargs: Any) -> None:
        """`people`: for whom it can be; with none, the question is not asked."""
        super().__init__(*args, **kwargs)
        if people:
            self.user_id.choices = [SelectChoice(person.id, person.name) for person in people]
        else:
            del self.user_id
        self.competency_id.choices = [
            SelectChoice("", _("No particular one")),
            *(SelectChoice(each.id, each.name) for each in competencies),
        ]

    def validate_due_on(self, field: DayField) -> None:
        """Ahead."""
        if field.data and field.data <= clock.today():
            raise ValidationError(gettext("Enter a date in the future."))

    def values(self) -> dict[str, Any]:
        """The validated data, the enumeration as such."""
        given = super().values()
        return given | {"action": DevelopmentAction(given["action"])}


class ReasonForm(TransitionForm):
    """A word on why, kept in the history."""

    note = LongTextField(_("Reason"), [InputRequired(_("Give a reason.")), Length(max=1000)])

"""A SMART goal, letter by letter, and a check-in."""

from __future__ import annotations

from typing import Any, Self

from wtforms import RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from rmhr.core import clock
from rmhr.core.due.bounds import AHEAD
from rmhr.core.flow import double_submit
from rmhr.core.i18n import _, gettext
from rmhr.models.accounts import User
from rmhr.models.performance import CheckIn, Confidence, Goal, Kpi
from rmhr.web.days import DayField
from rmhr.web.decimals import DecimalField
from rmhr.web.edits import EditForm
from rmhr.web.forms import LongTextField, TextField


def value_of(choice: Any) -> Any:
    """What is sent for a choice among the members of an enumeration: the member's value."""
    return getattr(choice, "value", choice)


def number_or_none(value: Any) -> int | None:
    """The id of what was chosen; None for the first choice. What is no number is no choice either."""
    if value in (None, ""):
        return None
    return int(value) if str(value).isdecimal() else -1


class GoalForm(EditForm):
    """A goal as one side proposes it to the other."""

    user_id = SelectField(_("Whose goal?"), [InputRequired(_("Choose a person."))], coerce=int)
    title = TextField(
        _("In a few words"),
        [InputRequired(_("Give the goal a name.")), Length(max=80)],
        description=_("It appears in lists: “Retention of the portfolio”."),
    )
    specific = LongTextField(
        _("What exactly is to be achieved, for whom?"),
        [InputRequired(_("Describe what is to be achieved.")), Length(max=2000)],
        description=_("One full sentence with a figure in it."),
    )
    kpi_id = SelectField(_("KPI"), [Optional()], coerce=number_or_none)
    measure = TextField(
        _("Or a measure of your own"),
        [Length(max=120)],
        description=_("What is counted where no KPI fits: “Annual meetings held”."),
    )
    unit = TextField(
        _("Unit of the measure"), [Length(max=30)], description=_("For example “meetings” or “%”.")
    )
    baseline = DecimalField(_("Value today"), [InputRequired(_("Enter the value today."))])
    target = DecimalField(_("Target"), [InputRequired(_("Enter the target."))])
    achievable = LongTextField(
        _("Why is it within reach?"),
        [InputRequired(_("Say why it is within reach.")), Length(max=2000)],
        description=_("Available means, time and help."),
    )
    relevance = LongTextField(
        _("What does it serve?"),
        [InputRequired(_("Say what it serves.")), Length(max=2000)],
        description=_("Which aim of the team or the bank, and how clients benefit."),
    )
    due_on = DayField(_("By when?"), [InputRequired(_("Enter a date."))], bounds=AHEAD)

    def __init__(self, *args: Any, people: list[User], kpis: list[Kpi], **kwargs: Any) -> None:
        """`people`: whose goal it can be; with none, the question is not asked."""
        super().__init__(*args, **kwargs)
        if people:
            self.user_id.choices = [SelectChoice(person.id, person.name) for person in people]
        else:
            del self.user_id
        self.kpi_id.choices = [
            SelectChoice("", _("A measure of your own, no KPI")),
            *(SelectChoice(kpi.id, kpi.name) for kpi in kpis),
        ]

    def validate_measure(self, field: TextField) -> None:
        """Without a KPI, what is measured must be said."""
        if not self.kpi_id.data and not field.data:
            raise ValidationError(gettext("Choose a KPI, or say what is measured."))

    def validate_unit(self, field: TextField) -> None:
        """A measure of one's own has a unit."""
        if not self.kpi_id.data and self.measure.data and not field.data:
            raise ValidationError(gettext("Enter the unit of your measure."))

    def validate_target(self, field: DecimalField) -> None:
        """A goal changes something."""
        if field.data is not None and field.data == self.baseline.data:
            raise ValidationError(gettext("The target is the same as the value today. Enter another one."))

    def validate_due_on(self, field: DayField) -> None:
        """Ahead."""
        if field.data and field.data <= clock.today():
            raise ValidationError(gettext("Enter a date in the future."))

    def values(self) -> dict[str, Any]:
        """The validated data; a KPI takes the place of a measure of one's own."""
        given = super().values()
        return given | {"measure": "", "unit": ""} if given["kpi_id"] else given


class CheckInForm(EditForm):
    """A new value for a goal."""

    value = DecimalField(_("Value now"), [InputRequired(_("Enter the value."))])
    confidence = RadioField(
        _("How is it going?"),
        [InputRequired(_("Choose how it is going."))],
        choices=[SelectChoice(each.value, each.label) for each in Confidence],
        coerce=value_of,
    )
    comment = LongTextField(
        _("What helped, what is in the way?"),
        [Optional(), Length(max=2000)],
        description=_("No client names."),
    )

    @classmethod
    def of(cls, goal: Goal) -> Self:
        """The form below a goal: empty; who comes second sees what was recorded meanwhile."""
        form = cls.editing(goal)
        newest = goal.check_ins[-1] if goal.check_ins else None
        form._stored = lambda: cls(obj=newest)
        return form

    def repeats(self, newest: CheckIn | None, by: User) -> bool:
        """Whether this has just been recorded by the same person: a double click."""
        if newest is None or newest.by_id != by.id or newest.created_at < clock.now() - double_submit.WITHIN:
            return False
        return (newest.value, newest.confidence.value, newest.comment) == (
            self.value.data,
            self.confidence.data,
            self.comment.data or "",
        )

    def values(self) -> dict[str, Any]:
        """The validated data, the enumeration as such."""
        given = super().values()
        return given | {"confidence": Confidence(given["confidence"])}

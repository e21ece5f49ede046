"""What is asked for when a rule is changed, and when reminders are stopped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from rmhr.core import clock
from rmhr.core.due.bounds import PLANNED
from rmhr.core.due.reminder_steps import FURTHEST, MOST, ReminderStep, occurrences
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _, gettext
from rmhr.models.reminders import Basis, EscalationLevel
from rmhr.reminders.rules.proposal import MOST_STEPS, merged
from rmhr.reminders.rules.wording import in_order, step_line
from rmhr.web.days import DayField
from rmhr.web.forms import Form, LongTextField, Ticks

LONGEST_REASON = 1000


class Side(LabelEnum):
    """Where a step lies, seen from the day on which something is due."""

    BEFORE = "before", _("before it is due")
    ON = "on", _("on the day itself")
    AFTER = "after", _("after it was due")


def _choices(members: type[LabelEnum]) -> list[SelectChoice]:
    return [SelectChoice(member.value, member.label) for member in members]


class NumberField(IntegerField):
    """A whole number, or nothing."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number. Raises ValueError where it is none."""
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if text and not (text.isascii() and text.isdecimal()):
            raise ValueError(gettext("Enter a whole number."))
        if text:
            self.data = int(text[:9])


class StepRow(Form):
    """One line of a rule. An empty one does not count."""

    class Meta:
        """The form around it carries the token."""

        csrf = False

    called = _("Step %(number)s")
    days = NumberField(_("Days"))
    side = SelectField(_("When"), choices=_choices(Side), coerce=Side, default=Side.BEFORE)
    basis = SelectField(_("Counted in"), choices=_choices(Basis), coerce=Basis, default=Basis.CALENDAR)
    to = Ticks(_("Who is told"), choices=_choices(EscalationLevel), coerce=EscalationLevel)
    every = NumberField(_("Again every … days"))
    times = NumberField(_("How often in all"))
    remove = BooleanField(_("Remove"))

    @property
    def empty(self) -> bool:
        """Whether nothing was entered, or it is to go."""
        blank = not self.days.raw_data or not self.days.raw_data[0]
        return bool(self.remove.data) or (blank and self.side.data is not Side.ON and not self.to.data)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """An empty line is always right."""
        return self.empty or bool(super().validate(*args, **kwargs))

    def validate_days(self, field: Field) -> None:
        """A number of days, unless it is the day itself."""
        if self.side.data is Side.ON or field.process_errors:
            return
        if field.data is None or not 0 <= field.data <= FURTHEST:
            raise ValidationError(gettext("Enter a whole number of days, at most %(most)s.", most=FURTHEST))

    def validate_to(self, field: Field) -> None:
        """Somebody must be told."""
        if not field.data:
            raise ValidationError(gettext("Tick who is told."))

    def validate_every(self, field: Field) -> None:
        """Between two repetitions there is a pause."""
        if field.process_errors:
            return
        if (self.times.data or 1) > 1 and (field.data is None or not 1 <= field.data <= FURTHEST):
            raise ValidationError(gettext("Enter after how many days it is said again."))

    def validate_times(self, field: Field) -> None:
        """How often, and not beyond the year."""
        if field.process_errors:
            return
        if field.data is None and self.every.data:
            raise ValidationError(gettext("Enter how often it is said in all."))
        if field.data is not None and not 1 <= field.data <= MOST:
            raise ValidationError(gettext("Enter a number from 1 to %(most)s.", most=MOST))
        if self.days.errors or self.every.errors:
            return
        step = self.step()
        last = step.after + (step.times - 1) * step.every
        if last > FURTHEST:
            raise ValidationError(
                gettext(
                    "The last reminder would be %(days)s days late; at most %(most)s are possible.",
                    days=last,
                    most=FURTHEST,
                )
            )

    @property
    def words(self) -> str:
        """The line in words; empty where it says nothing yet, or not enough."""
        readable = self.side.data is Side.ON or self.days.data is not None
        repeated = (self.times.data or 1) == 1 or self.every.data
        return step_line(self.step()) if readable and repeated and self.to.data and not self.empty else ""

    def step(self) -> ReminderStep:
        """The line as a step."""
        number = 0 if self.side.data is Side.ON else self.days.data or 0
        times = self.times.data or 1
        return ReminderStep(
            after=-number if self.side.data is Side.BEFORE else number,
            to=tuple(level for level in EscalationLevel if level in (self.to.data or [])),
            basis=self.basis.data,
            every=(self.every.data or 0) if times > 1 else 0,
            times=times,
        )


class RuleForm(Form):
    """When who is told of one kind of due thing, and from when on."""

    seen = HiddenField()
    steps = FieldList(FormField(StepRow), max_entries=MOST_STEPS)
    valid_from = DayField(
        _("In force from"),
        [InputRequired(_("Enter the day from which the rule holds."))],
        bounds=PLANNED,
        description=_("Today or later. Anything due before that day still follows the previous rule."),
    )

    @classmethod
    def rows(cls, steps: Iterable[ReminderStep]) -> list[dict[str, Any]]:
        """These steps as the form shows them."""
        return [_row(step) for step in in_order(steps)]

    def add_row(self) -> None:
        """One more empty line; everything typed stays."""
        if len(self.steps.entries) < MOST_STEPS:
            self.steps.append_entry()

    def validate_valid_from(self, field: Field) -> None:
        """Nothing is changed after the fact."""
        if field.data is not None and field.data < clock.today():
            raise ValidationError(gettext("Enter today or a later day."))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """What each line says, and what they come to together."""
        if not super().validate(*args, **kwargs):
            return False
        steps = self.lines()
        if not steps:
            self.form_errors.append(gettext("Enter at least one step."))
        elif (number := len({(b.after, b.basis) for step in steps for b in occurrences([step])})) > MOST:
            self.form_errors.append(
                gettext(
                    "These steps add up to %(number)s reminders of one thing; at most %(most)s are possible.",
                    number=number,
                    most=MOST,
                )
            )
        return not self.form_errors

    def lines(self) -> list[ReminderStep]:
        """The steps that were entered, line by line."""
        return [entry.form.step() for entry in self.steps.entries if not entry.form.empty]

    @property
    def doubled(self) -> bool:
        """Whether two lines fall on one day: they are made one, and that is said."""
        steps = self.lines()
        return len(occurrences(steps)) < sum(step.times for step in steps)

    @property
    def made(self) -> list[ReminderStep]:
        """The steps in order, those for one day made one."""
        return in_order(merged(self.lines()))


def _row(step: ReminderStep) -> dict[str, Any]:
    side = Side.ON if step.after == 0 else Side.BEFORE if step.after < 0 else Side.AFTER
    return {
        "days": abs(step.after) or None,
        "side": side,
        "basis": step.basis,
        "to": list(step.to),
        "every": step.every or None,
        "times": step.times if step.times > 1 else None,
    }


class PutInForceForm(Form):
    """Why a rule changes: asked at last, when its effect has been seen."""

    reason = LongTextField(
        _("Reason"),
        [InputRequired(_("Say why the rule changes.")), Length(max=LONGEST_REASON)],
        description=_("For the history, and for whoever asks about it in a year."),
    )


class StopForm(Form):
    """Why nothing is to be sent for a while."""

    reason = LongTextField(
        _("Reason"),
        [InputRequired(_("Say why nothing is to be sent.")), Length(max=LONGEST_REASON)],
        description=_("Everybody who manages rules reads it until the reminders resume."),
    )

"""What is asked of whoever needs people, and of whoever decides on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import Field, IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from rmhr.core import clock
from rmhr.core.due.bounds import PLANNED, Bounds
from rmhr.core.i18n import _, gettext
from rmhr.models.accounts import RmLevel, RmType
from rmhr.models.requisitions import PayPeriod, RequisitionReason
from rmhr.web.choices import PeopleField
from rmhr.web.days import DayField
from rmhr.web.edits import EditForm
from rmhr.web.fields import CURRENCIES, LONGEST_LINE, EnumChoice, EnumField, MoneyField
from rmhr.web.forms import LongTextField, TextField, TransitionForm

LONGEST_REASON = 2000
#: So long a requisition waits at the most before HR looks at it again.
HOLD = Bounds(back=0, ahead=12)


class RequisitionForm(EditForm):
    """Who is needed, where, until when, and what it may cost."""

    rm_type = EnumField(_("What kind of Relationship Manager?"), RmType, [InputRequired()])
    level = EnumField(_("Level"), RmLevel, default=RmLevel.RM)
    unit_id = PeopleField(
        _("Unit"),
        [InputRequired(_("Choose the unit that looks for somebody."))],
        nothing=_("Choose a unit"),
    )
    positions = IntegerField(
        _("Positions"),
        [InputRequired(_("Enter how many positions there are.")), NumberRange(1, 99)],
        default=1,
    )
    needed_by = DayField(
        _("Needed by"),
        [InputRequired(_("Enter the day by which somebody should begin."))],
        bounds=PLANNED,
    )
    reason = EnumChoice(_("Reason"), RequisitionReason, [InputRequired()], default=RequisitionReason.NEW)
    replaces = TextField(
        _("Who is replaced"),
        [Length(max=LONGEST_LINE)],
        description=_("Who leaves or has left. Only people who work with this requisition can read it."),
    )
    justification = LongTextField(
        _("Why it is needed"),
        [InputRequired(_("Say in a sentence or two why it is needed.")), Length(max=LONGEST_REASON)],
    )
    pay_min = MoneyField(_("Budget from"), [InputRequired(_("Enter the lowest pay of the budget."))])
    pay_max = MoneyField(_("Budget to"), [InputRequired(_("Enter the highest pay of the budget."))])
    currency = SelectField(_("Currency"), choices=[SelectChoice(code, code) for code in CURRENCIES])
    pay_period = EnumField(_("Period"), PayPeriod, default=PayPeriod.YEAR)
    approver_id = PeopleField(
        _("Who decides"),
        [InputRequired(_("Choose who decides on it."))],
        nothing=_("Choose a person"),
        description=_("Somebody in HR or the head of a unit, but not you."),
    )

    def facts(self) -> dict[str, Any]:
        """What is asked for, without who decides where."""
        others = ("unit_id", "approver_id")
        return {name: value for name, value in self.values().items() if name not in others}

    def validate_needed_by(self, field: Field) -> None:
        """A day that is still ahead."""
        if isinstance(field.data, date) and field.data <= clock.today():
            raise ValidationError(gettext("The day must be in the future."))

    def validate_replaces(self, field: Field) -> None:
        """A replacement has somebody who is replaced."""
        if self.reason.data is RequisitionReason.REPLACEMENT and not field.data:
            raise ValidationError(gettext("Say who is replaced."))

    def validate_pay_max(self, field: Field) -> None:
        """From least to most."""
        if field.data is not None and self.pay_min.data is not None and field.data < self.pay_min.data:
            raise ValidationError(gettext("The highest pay must not be below the lowest."))


class OverPlanForm(TransitionForm):
    """Why more people are hired than the plan has room for."""

    over_plan = LongTextField(
        _("Reason"),
        [
            InputRequired(_("Say why more people are hired than the plan has room for.")),
            Length(max=LONGEST_REASON),
        ],
        description=_("It is kept in the history and shown beside the plan."),
    )


class HoldForm(TransitionForm):
    """Why a requisition waits, and when HR looks at it again."""

    held_until = DayField(
        _("Look at it again on"),
        [InputRequired(_("Enter the day on which it is looked at again."))],
        bounds=HOLD,
        working=True,
        description=_("On that day HR is asked to resume or to withdraw it."),
    )
    note = LongTextField(
        _("Reason"),
        [InputRequired(_("Give a reason.")), Length(max=LONGEST_REASON)],
        description=_("Whoever asked for it reads this."),
    )

    def validate_held_until(self, field: Any) -> None:
        """A day that is still ahead."""
        if isinstance(field.data, date) and field.data <= clock.today():
            raise ValidationError(gettext("The day must be in the future."))


class WhyForm(TransitionForm):
    """Why a requisition does not go on."""

    note = LongTextField(
        _("Reason"),
        [InputRequired(_("Give a reason.")), Length(max=LONGEST_REASON)],
        description=_("Whoever asked for it reads this."),
    )

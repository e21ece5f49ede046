"""What is asked of HR for a headcount plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import Field, IntegerField, SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from rmhr.core.due.bounds import BUDGETS
from rmhr.core.i18n import _, gettext
from rmhr.core.words import day_text
from rmhr.models.accounts import RmType
from rmhr.models.requisitions import HeadcountPlan
from rmhr.web.choices import Choices, PeopleField
from rmhr.web.days import DayField
from rmhr.web.edits import EditForm
from rmhr.web.fields import EnumField

MOST = 9_999


class HeadcountForm(EditForm):
    """How many people may be hired, where, of which kind, from when until when."""

    unit_id = PeopleField(
        _("Unit"),
        [InputRequired(_("Choose the unit for which you plan."))],
        nothing=_("Choose a unit"),
        description=_("The plan holds for this unit and all units below it."),
    )
    rm_type = EnumField(_("Kind"), RmType, [Optional()])
    starts_on = DayField(_("First day"), [InputRequired(_("Enter the first day."))], bounds=BUDGETS)
    ends_on = DayField(_("Last day"), [InputRequired(_("Enter the last day."))], bounds=BUDGETS)
    positions = IntegerField(
        _("Positions"),
        [
            InputRequired(_("Enter how many people may be hired.")),
            NumberRange(0, MOST, _("Enter a number from 0 to 9,999.")),
        ],
        description=_("How many people may be hired in this time, including those hired already."),
    )

    def offer(self, units: Choices) -> None:
        """Let these units be chosen, and all kinds together."""
        self.unit_id.offer_found(units)
        kinds = [SelectChoice(member.value, member.label) for member in RmType]
        self.rm_type.choices = [SelectChoice("", _("All kinds together")), *kinds]

    def facts(self) -> dict[str, Any]:
        """The plan itself, without its unit."""
        names = ("rm_type", "starts_on", "ends_on", "positions")
        return {name: self[name].data for name in names}

    def alone(self, other: HeadcountPlan | None) -> bool:
        """Whether no other plan says something about the same days; refuses the first day where one does."""
        if other is not None:
            self.refuse("starts_on", said_twice(other))
        return other is None

    def validate_ends_on(self, field: Field) -> None:
        """Not before it begins."""
        first = self.starts_on.data
        if isinstance(field.data, date) and isinstance(first, date) and field.data < first:
            raise ValidationError(gettext("The last day must not be before the first."))


def said_twice(other: HeadcountPlan) -> str:
    """That there is a plan for these days already, and which."""
    return gettext(
        "%(unit)s has a plan for %(kind)s from %(start)s to %(end)s already. Change that one, or choose other days.",
        unit=other.unit.name,
        kind=other.rm_type.label if other.rm_type else gettext("all kinds together"),
        start=day_text(other.starts_on),
        end=day_text(other.ends_on),
    )

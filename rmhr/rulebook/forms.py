"""What is asked about a check of a rule, and about who looks after it."""

from __future__ import annotations

from typing import Any

from wtforms import Field
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from rmhr.core import clock
from rmhr.core.due.bounds import AHEAD, DONE
from rmhr.core.i18n import _, gettext
from rmhr.core.words import day_bare
from rmhr.models.rulebook import CheckOutcome, RegisteredRule
from rmhr.rulebook import standing
from rmhr.web.choices import PeopleField
from rmhr.web.days import DayField
from rmhr.web.edits import EditForm
from rmhr.web.fields import EnumChoice
from rmhr.web.forms import LongTextField, TextField, TransitionForm

LONGEST_SOURCE, LONGEST_NOTE = 500, 4000
_TOO_LONG = _("At most %(max)d characters, please.")


def _source_field() -> TextField:
    return TextField(
        _("What did you look at?"),
        [
            InputRequired(_("Name the source that you looked at.")),
            Length(max=LONGEST_SOURCE, message=_TOO_LONG),
        ],
        description=_("The statute with its date or address, a circular, a commentary, counsel’s answer."),
    )


class CheckForm(EditForm):
    """What somebody has found who looked whether a rule still holds."""

    finding = EnumChoice(
        _("What did you find?"), CheckOutcome, validators=[InputRequired(_("Choose what you found."))]
    )
    looked_at = _source_field()
    note = LongTextField(
        _("Note"),
        [Length(max=LONGEST_NOTE, message=_TOO_LONG)],
        description=_("What is other now, since when, and what the bank or the product has to change."),
    )
    looked_on = DayField(
        _("Checked on"),
        [InputRequired(_("Enter the day on which you looked."))],
        bounds=DONE,
        default=clock.today,
    )
    next_on = DayField(_("Next check on"), [Optional()], bounds=AHEAD)

    def about(self, rule: RegisteredRule) -> None:
        """Say when it is looked at again if nobody enters a day."""
        days = {
            each: day_bare(standing.next_look(rule.authority, each, clock.today())) for each in CheckOutcome
        }
        self.next_on.description = gettext(
            "Empty: %(holds)s if it holds, %(changed)s if not.",
            holds=days[CheckOutcome.HOLDS],
            changed=days[CheckOutcome.CHANGED],
        )

    def validate_note(self, field: Field) -> None:
        """What no longer is as it stands here needs words."""
        if self.finding.data in (CheckOutcome.CHANGED, CheckOutcome.ENDED) and not field.data:
            raise ValidationError(gettext("Say what has changed."))

    def validate_next_on(self, field: Field) -> None:
        """A later day than today."""
        if field.data is not None and field.data <= clock.today():
            raise ValidationError(gettext("Enter a later day than today."))

    def values(self) -> dict[str, Any]:
        """What the operation receives."""
        said = super().values()
        return {
            "outcome": said["finding"],
            "looked_at": said["looked_at"],
            "note": said["note"] or "",
            "checked_on": said["looked_on"],
            "next_on": said["next_on"],
        }


class ConfirmForm(TransitionForm):
    """What was looked at for many rules at once that still hold."""

    looked_at = _source_field()
    note = LongTextField(_("Note"), [Optional(), Length(max=LONGEST_NOTE, message=_TOO_LONG)])


class OwnerForm(EditForm):
    """Who looks after a rule."""

    owner_id = PeopleField(_("Who looks after it"), [Optional()], nothing=_("Nobody: its role does"))

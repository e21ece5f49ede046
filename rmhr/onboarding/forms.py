"""What is asked when a task is done, dropped or opened again, and when a plan ends, begins anew or moves."""

from __future__ import annotations

from datetime import timedelta

from wtforms import DateField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from rmhr.core import clock
from rmhr.core.i18n import _, gettext
from rmhr.web.edits import EditForm
from rmhr.web.forms import LongTextField, TransitionForm

#: A first day lies at most so far from today, back or ahead.
FURTHEST = timedelta(days=731)


class CommentForm(TransitionForm):
    """A task is done; whoever did it may add a remark."""

    comment = LongTextField(
        _("Remark"),
        [Optional(), Length(max=1000)],
        description=_("What the others should know. No client names."),
    )


class DropForm(TransitionForm):
    """A task is not needed; the history says why."""

    note = LongTextField(
        _("Why is it not needed?"), [InputRequired(_("Say why it is not needed.")), Length(max=500)]
    )


class RestoreForm(TransitionForm):
    """A task that was dropped is needed after all."""

    note = LongTextField(
        _("Why is it needed after all?"),
        [InputRequired(_("Say why it is needed after all.")), Length(max=500)],
    )


class ReopenForm(TransitionForm):
    """A plan that is over goes on; the history says why."""

    note = LongTextField(
        _("Why does it go on?"),
        [InputRequired(_("Say why the onboarding goes on.")), Length(max=500)],
        description=_("It is kept in the history; the new RM can read it."),
    )


class CallOffForm(TransitionForm):
    """A plan ends before its end."""

    note = LongTextField(
        _("Why is it called off?"),
        [InputRequired(_("Say why it is called off.")), Length(max=500)],
        description=_("It is kept in the history. Write no reason that concerns health or family."),
    )


class FirstDayForm(EditForm):
    """The first working day lies on another day than the plan says."""

    starts_on = DateField(_("First day"), [InputRequired(_("Enter the first day."))])
    note = LongTextField(
        _("Why does it move?"), [InputRequired(_("Say why the first day moves.")), Length(max=500)]
    )

    def validate_starts_on(self, field: DateField) -> None:
        """A typing error of a century moves nothing."""
        if field.data is not None and abs(field.data - clock.today()) > FURTHEST:
            raise ValidationError(gettext("Enter a day within two years from today."))

"""What is asked when a task is done, dropped or opened again, and when a plan ends, begins anew or moves."""

from __future__ import annotations

from wtforms.validators import InputRequired, Length, Optional

from rmhr.core.due.bounds import DONE, PLANNED
from rmhr.core.i18n import _
from rmhr.web.days import DayField
from rmhr.web.edits import EditForm
from rmhr.web.forms import LongTextField, TextField, TransitionForm


class CommentForm(TransitionForm):
    """A task is done; whoever did it may add a remark."""

    comment = LongTextField(
        _("Remark"),
        [Optional(), Length(max=1000)],
        description=_("What the others should know. No client names."),
    )


class NotificationForm(TransitionForm):
    """Something was notified to BaFin: when, and under which number."""

    notified_on = DayField(
        _("Notified on"), [InputRequired(_("Enter the day of the notification."))], bounds=DONE
    )
    notice_number = TextField(
        _("Number"),
        [InputRequired(_("Enter the number of the notification.")), Length(max=100)],
        description=_("The number by which BaFin knows the person or the notification."),
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
        _("Why does it continue?"),
        [InputRequired(_("Say why the onboarding continues.")), Length(max=500)],
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

    starts_on = DayField(
        _("First day"), [InputRequired(_("Enter the first day."))], bounds=PLANNED, working=True
    )
    note = LongTextField(
        _("Why does it move?"), [InputRequired(_("Say why the first day moves.")), Length(max=500)]
    )

"""What the transitions of an application ask for."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from rmhr.applications import queries
from rmhr.applications.stages import fits
from rmhr.core.i18n import _
from rmhr.models.applications import Application
from rmhr.web.forms import LongTextField, TransitionForm
from rmhr.web.plain import NO_LINKS

LONGEST_LINE = 600
LONGEST_NOTE = 1000


class RejectManyForm(TransitionForm):
    """Why, for one applicant or many."""

    reason = RadioField(_("Reason"), validators=[InputRequired(_("Choose a reason."))])
    note = LongTextField(
        _("Note for the history"),
        description=_("Only colleagues see it."),
        validators=[Optional(), Length(max=LONGEST_NOTE, message=_("At most %(max)d characters."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [
            SelectChoice(value=reason.code, label=str(reason.label)) for reason in queries.reasons.reasons()
        ]


class RejectForm(RejectManyForm):
    """The same for one of them, of the reasons that fit; and what the applicant reads besides."""

    def fit(self, subject: Application) -> None:
        """Offer the reasons that fit where this application stands."""
        self.reason.choices = [each for each in self.reason.choices if fits(each.value, subject.status)]

    personal = LongTextField(
        _("A personal line"),
        description=_("Appears in the mail as you write it; please use the applicant's language."),
        validators=[Optional(), Length(max=LONGEST_LINE, message=_("At most %(max)d characters.")), NO_LINKS],
    )


_WHY = [
    InputRequired(_("Say why.")),
    Length(max=LONGEST_NOTE, message=_("At most %(max)d characters.")),
]


class ReopenForm(TransitionForm):
    """Why a rejection is taken back, and whether the applicant is told."""

    note = LongTextField(
        _("Why is it opened again?"), description=_("Only colleagues see it."), validators=_WHY
    )
    tell = BooleanField(
        _("Tell the applicant by e-mail"),
        description=_("That the earlier answer no longer holds, and that you look at the application again."),
        default=True,
    )


class ResumeForm(TransitionForm):
    """Why a withdrawn application is taken up again."""

    note = LongTextField(
        _("Why is it taken up again?"), description=_("It is kept in the history."), validators=_WHY
    )


class SetAsideForm(TransitionForm):
    """Why the other one of two applications counts."""

    note = LongTextField(
        _("Why does the other one count?"), description=_("It is kept in the history."), validators=_WHY
    )


class WithdrawForm(TransitionForm):
    """Taking one's application back."""

    note = LongTextField(
        _("Would you like to tell us why?"),
        description=_("It helps us to improve."),
        validators=[Optional(), Length(max=LONGEST_NOTE, message=_("At most %(max)d characters."))],
    )

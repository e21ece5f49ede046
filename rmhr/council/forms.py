"""What is asked when the works council is asked, answers, or is not waited for."""

from __future__ import annotations

from typing import Any

from wtforms import Field
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from rmhr.core.due.bounds import DONE
from rmhr.core.i18n import _
from rmhr.council import days
from rmhr.models.council import CouncilRequest, ProvisionalHiring, RefusalGround
from rmhr.web.days import DayField
from rmhr.web.fields import EnumChoice
from rmhr.web.forms import LongTextField, TextField, TransitionForm

LONGEST_LINE, LONGEST_WORDS, LONGEST_NOTE = 200, 4000, 1000


def _day(label: Any, missing: Any, description: Any = "") -> DayField:
    return DayField(label, [InputRequired(missing)], bounds=DONE, description=description)


def _had_everything() -> DayField:
    return _day(
        _("Informed on"),
        _("Enter the day on which the works council had everything."),
        _("The day on which the council had all documents. Its week begins on the day after."),
    )


def _note(label: Any, missing: Any, description: Any = "") -> LongTextField:
    checks = [InputRequired(missing), Length(max=LONGEST_NOTE)]
    return LongTextField(label, checks, description=description)


class AskForm(TransitionForm):
    """What the council is told beside the documents, and when it had them."""

    grouping = TextField(
        _("Intended pay group"),
        [
            InputRequired(_("Enter the intended pay group, or that the pay lies above the pay scale.")),
            Length(max=LONGEST_LINE),
        ],
        description=_("The council is told it with the position (section 99(1) sentence 2 BetrVG)."),
    )
    asked_on = _had_everything()


class CompletedForm(TransitionForm):
    """Something was missing, or the request is made anew: the week begins again."""

    asked_on = _had_everything()
    note = _note(_("What was added?"), _("Say what was added."))


class ReceivedForm(TransitionForm):
    """When an answer was received."""

    request: CouncilRequest
    answered_on = _day(_("Received on"), _("Enter the day on which the answer was received."))

    def fit(self, subject: CouncilRequest) -> None:
        """Look at the days of this request."""
        self.request = subject

    def validate_answered_on(self, field: Field) -> None:
        """Between the question and today."""
        if field.data and (why_not := days.why_not_received(self.request, field.data)):
            raise ValidationError(why_not)


class RefusedForm(ReceivedForm):
    """On what ground the council refuses, in its own words."""

    ground = EnumChoice(
        _("Ground"), RefusalGround, [InputRequired(_("Choose the ground that the council names."))]
    )
    answer = LongTextField(
        _("Its reasons"),
        [InputRequired(_("Enter the reasons as the council wrote them.")), Length(max=LONGEST_WORDS)],
        description=_(
            "As it wrote them. A refusal without a ground, or one that is not in writing, does not count."
        ),
    )

    def validate_answered_on(self, field: Field) -> None:
        """Within the week."""
        if field.data and (why_not := days.why_no_refusal(self.request, field.data)):
            raise ValidationError(why_not)


class CourtForm(TransitionForm):
    """When the labour court was asked."""

    court_on = _day(_("Application filed on"), _("Enter the day on which the court was asked."))


class JudgedForm(TransitionForm):
    """When the court's decision became final."""

    judged_on = _day(_("Final on"), _("Enter the day on which the decision became final."))
    note = LongTextField(
        _("File number and remark"), [Optional(), Length(max=LONGEST_NOTE)], description=_("For the history.")
    )


class WithdrawForm(TransitionForm):
    """Why the council is not asked any more."""

    note = _note(
        _("Reason"), _("Enter the reason"), _("If the council was asked, it reads the reason in the mail.")
    )


class ProvisionalForm(TransitionForm):
    """Why a hiring cannot wait."""

    reason = LongTextField(
        _("Why can it not wait?"),
        [InputRequired(_("Say why it cannot wait.")), Length(max=LONGEST_WORDS)],
        description=_(
            "Facts, not persons: what would suffer if the position stayed empty. The council reads it."
        ),
    )
    informed_on = _day(
        _("Council informed on"),
        _("Enter the day on which the council was informed."),
        _("Without delay. With an e-mail address of the council it is told by this step itself."),
    )


class DisputedForm(TransitionForm):
    """When the council disputed that a hiring was urgent."""

    hiring: ProvisionalHiring
    disputed_on = _day(_("Received on"), _("Enter the day on which the dispute was received."))

    def fit(self, subject: ProvisionalHiring) -> None:
        """Look at the days of this hiring."""
        self.hiring = subject

    def validate_disputed_on(self, field: Field) -> None:
        """Not before the council knew."""
        if field.data and field.data < self.hiring.informed_on:
            raise ValidationError(_("The works council was informed later than that."))


class EndForm(TransitionForm):
    """From when on a provisional hiring may not be kept up."""

    ended_on = _day(
        _("Final on"),
        _("Enter the day on which the decision became final."),
        _("The day of the court’s final decision, or of the bank’s own to give up."),
    )
    note = _note(_("Reason"), _("Enter the reason"))

"""What is asked about a severe disability: of applicants, who need not answer, and of HR, who keeps proof."""

from __future__ import annotations

from typing import Any, Self

from wtforms import BooleanField, RadioField, SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from rmhr.core import clock
from rmhr.core.due.bounds import DONE
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _, gettext
from rmhr.duties.queries import bodies
from rmhr.models.applications import Disability, Disclosure, Opinion, Party, StepKind, Uninvited
from rmhr.web.days import DayField
from rmhr.web.edits import EditForm
from rmhr.web.forms import LongTextField, Ticks, TransitionForm
from rmhr.web.plain import NO_LINKS

LONGEST_HOW, LONGEST_REASONS = 2000, 6000
#: The answer of somebody who does not want to say anything: it stores nothing.
UNSAID = "unsaid"
_TOO_LONG = _("At most %(max)d characters, please.")
_OBJECTS = _("The representative body is not to take part in my application.")


def choices() -> list[SelectChoice]:
    """What somebody may tell."""
    return [SelectChoice(each.value, each.label) for each in Disability]


def question(**more: Any) -> RadioField:
    """The question of the application form. Nothing is chosen, and one of the answers is to say nothing."""
    return RadioField(
        _("Severe disability or equal status"),
        validators=[Optional()],
        choices=[*choices(), SelectChoice(UNSAID, _("I do not want to say anything about it"))],
        **more,
    )


def objection() -> BooleanField:
    """Whether the representative body is left out."""
    return BooleanField(_OBJECTS)


def told(form: Any) -> dict[str, Any] | None:
    """What was told by a form, as the operation takes it; None where nothing was.

    Whoever was not asked about the representative body has said nothing about it.
    """
    answer = form.disability.data
    if answer not in {each.value for each in Disability}:
        return None
    objects = bool(form.objects.data) if "objects" in form else None
    return {"kind": Disability(answer), "objects": objects}


def without_body(form: Any) -> Any:
    """The same form, which asks about the representative body where there is one."""
    if bodies.body(Party.REPRESENTATIVE) is None:
        del form.objects
    return form


class DisclosureForm(EditForm):
    """What was told, by whoever changes it: the applicant and HR may do so at the same time."""

    @classmethod
    def about(cls, said: Disclosure) -> Self:
        """The form of what is stored; of nothing, where nothing was told or it was taken back."""
        told = {"disability": said.kind.value} if said.kind is not None else {}
        return cls.editing(said, without_body, **told)

    def ready(self) -> bool:
        """As of every form; sent twice, it says what is stored already, and there is nothing to choose between."""
        ready = super().ready()
        if self.overtaken and not self.differences and not self.adds and not self.errors:
            self.overtaken = False
            return True
        return ready


class OwnDisclosureForm(DisclosureForm):
    """What an applicant tells later, on their own page."""

    disability = RadioField(
        _("Severe disability or equal status"),
        [InputRequired(_("Choose one of the two."))],
        choices=choices(),
    )
    objects = objection()


class NotedDisclosureForm(DisclosureForm):
    """What HR has read in the documents, or was told."""

    disability = RadioField(
        _("What the applicant has told"), [InputRequired(_("Choose one of the two."))], choices=choices()
    )
    source = LongTextField(
        _("Where it stands, or when and how it was said"),
        [
            InputRequired(_("Say where it stands. Nothing may be inferred.")),
            Length(max=LONGEST_HOW, message=_TOO_LONG),
        ],
        description=_("Only what the applicant has said of themselves counts. Nothing may be inferred."),
    )
    objects = BooleanField(_("The applicant does not want the representative body to take part."))


def _among(members: type[LabelEnum], label: Any, missing: Any) -> RadioField:
    return RadioField(
        label,
        [InputRequired(missing)],
        choices=[SelectChoice(each.value, each.label) for each in members],
        coerce=lambda value: members(value) if value in {each.value for each in members} else None,
    )


class StepForm(TransitionForm):
    """That somebody was told or heard otherwise than by a mail of the product."""

    day = DayField(_("On"), [InputRequired(_("Enter the day."))], bounds=DONE, default=clock.today)
    opinion = _among(Opinion, _("What it says of the intended decision"), _("Choose what came of it."))
    how = LongTextField(
        _("How, and by whom"),
        [InputRequired(_("Say how.")), Length(max=LONGEST_HOW, message=_TOO_LONG)],
    )

    def of(self, kind: StepKind) -> StepForm:
        """The same form for a step of this kind: only a hearing has an opinion."""
        if kind is StepKind.HEARD:
            self.how.label.text = gettext("How it was heard, and what it said")
        else:
            del self.opinion
        return self


class UninvitedForm(EditForm):
    """Why a public employer need not invite somebody."""

    why = _among(Uninvited, _("Reason"), _("Choose a reason."))
    evidence = LongTextField(
        _("Evidence"),
        [
            InputRequired(_("Give the evidence: which requirement of the posting, and what shows it.")),
            Length(max=LONGEST_HOW, message=_TOO_LONG),
        ],
        description=_(
            "Measured by the requirements of the posting alone. Doubts are no reason: they are what the interview is "
            "for."
        ),
    )


class TellDecisionForm(TransitionForm):
    """The reasons of a decision, and to whom they go."""

    reasons = LongTextField(
        _("The reasons"),
        [
            InputRequired(_("Write down the reasons.")),
            Length(max=LONGEST_REASONS, message=_TOO_LONG),
            NO_LINKS,
        ],
        description=_(
            "All whom you choose read exactly this. Name the requirements of the posting and the evidence, nothing "
            "else."
        ),
    )
    parties = Ticks(
        _("Who is written to"),
        [InputRequired(_("Choose at least one."))],
        coerce=lambda value: Party(value) if value in {each.value for each in Party} else value,
    )

    def offer(self, parties: list[Party]) -> None:
        """Say who can be written to."""
        self.parties.choices = [SelectChoice(each, each.label) for each in parties]

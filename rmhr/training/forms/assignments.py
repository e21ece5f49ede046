"""What is asked when an exam is unlocked, and the answer to one question."""

from __future__ import annotations

from typing import Any, Self

from wtforms import IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from rmhr.core.i18n import _
from rmhr.models.courses import QuestionType
from rmhr.models.training import AttemptAnswer
from rmhr.web.edits import EditForm
from rmhr.web.forms import LongTextField, Ticks, TransitionForm


class UnlockForm(TransitionForm):
    """Another attempt, after a conversation."""

    note = LongTextField(
        _("What have you agreed?"),
        [InputRequired(_("Write in a sentence what you have agreed.")), Length(max=1000)],
        description=_(
            "For example which lessons are read again. It stays in the history; the person reads it."
        ),
    )
    attempts = IntegerField(
        _("Further attempts"),
        [
            InputRequired(_("Enter how many further attempts there are.")),
            NumberRange(1, 3, _("Enter 1, 2 or 3.")),
        ],
        default=1,
    )


class RevokeForm(TransitionForm):
    """A certificate that should never have been issued."""

    note = LongTextField(
        _("Why is it revoked?"),
        [InputRequired(_("Say why the certificate is revoked.")), Length(max=1000)],
        description=_("The person and the supervisor read it. Whoever checks the certificate does not."),
    )


class ExcuseForm(TransitionForm):
    """A course is not required of somebody any more."""

    note = LongTextField(
        _("Why is it no longer required?"),
        [InputRequired(_("Say why it is no longer required.")), Length(max=500)],
        description=_("It is kept in the history. Write no reason that concerns health or family."),
    )


class RequireForm(TransitionForm):
    """A course is required after all."""

    note = LongTextField(
        _("Why is it required after all?"),
        [InputRequired(_("Say why it is required after all.")), Length(max=500)],
    )


class QuestionForm(EditForm):
    """One question of an exam. Answers are numbered as they are shown: the page tells no more of them."""

    one = RadioField(_("Your answer"), [Optional()], validate_choice=True)
    several = Ticks(_("Your answers"), [Optional()])

    def __init__(self, *args: Any, answer: AttemptAnswer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer = answer
        words = answer.question.choices
        choices = [SelectChoice(str(number), words[id]) for number, id in enumerate(answer.order)]
        self.many = answer.question.type is QuestionType.MULTIPLE
        self.shown = self.several if self.many else self.one
        self.one.choices, self.several.choices = choices, choices
        self.shown.label.text = str(answer.question.text)

    @classmethod
    def of(cls, answer: AttemptAnswer) -> Self:
        """The question as it was sent, else with what was answered before."""
        numbers = [str(answer.order.index(id)) for id in answer.chosen]
        many = answer.question.type is QuestionType.MULTIPLE
        before = {"several": numbers} if many else {"one": numbers[0] if numbers else None}
        return cls.editing(answer, answer=answer, **before)

    @property
    def chosen(self) -> list[str]:
        """The ids of the options that were chosen."""
        numbers = self.several.data or [] if self.many else [self.one.data] if self.one.data else []
        return [self.answer.order[int(number)] for number in numbers]

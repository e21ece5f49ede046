"""What is asked when an exam is unlocked, and the answer to one question."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from rmhr.core.i18n import _
from rmhr.models.training import AttemptAnswer, QuestionType
from rmhr.web.forms import Form, LongTextField, Ticks, TransitionForm


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


class QuestionForm(Form):
    """One question of an exam. Answers are numbered as they are shown: the page tells no more of them."""

    attempt = HiddenField()
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

    def fill(self) -> None:
        """Show what was answered before."""
        numbers = [str(self.answer.order.index(id)) for id in self.answer.chosen]
        self.several.data = numbers
        self.one.data = numbers[0] if numbers else None

    @property
    def chosen(self) -> list[str]:
        """The ids of the options that were chosen."""
        numbers = self.several.data or [] if self.many else [self.one.data] if self.one.data else []
        return [self.answer.order[int(number)] for number in numbers]

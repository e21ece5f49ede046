"""A round of reviews, and what is written in one."""

from __future__ import annotations

from typing import Any, Self

from wtforms import RadioField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from rmhr.core import clock
from rmhr.core.due.bounds import AHEAD, PLANNED
from rmhr.core.i18n import _, gettext
from rmhr.models.accounts import User
from rmhr.models.competencies import Level
from rmhr.models.performance import Review
from rmhr.performance.forms.goals import value_of
from rmhr.web.choices import PeopleField
from rmhr.web.days import DayField
from rmhr.web.edits import EditForm
from rmhr.web.forms import Form, LongTextField, Ticks, TransitionForm, WordsField

#: It stands beside a name in lists and mails.
LONGEST_TITLE = 80


class CycleForm(Form):
    """HR opens a round."""

    title = WordsField(_("Title"))
    starts_on = DayField(
        _("Period from"), [InputRequired(_("Enter the first day of the period."))], bounds=PLANNED
    )
    ends_on = DayField(
        _("Period until"), [InputRequired(_("Enter the last day of the period."))], bounds=PLANNED
    )
    self_due_on = DayField(
        _("Self-assessments until"),
        [InputRequired(_("Enter until when the self-assessments are due."))],
        bounds=AHEAD,
        working=True,
    )
    supervisor_due_on = DayField(
        _("Supervisors’ assessments until"),
        [InputRequired(_("Enter until when the supervisors’ assessments are due."))],
        bounds=AHEAD,
        working=True,
    )
    meeting_due_on = DayField(
        _("Meetings until"),
        [InputRequired(_("Enter until when the meetings are to be held."))],
        bounds=AHEAD,
        working=True,
    )
    scope = RadioField(
        _("For whom?"),
        choices=[
            SelectChoice("all", _("All relationship managers who have a supervisor")),
            SelectChoice("chosen", _("Only those who are ticked below")),
        ],
        default="all",
    )
    people = Ticks(_("People"), coerce=int)

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people.choices = [SelectChoice(person.id, person.name) for person in people]

    def validate_title(self, field: WordsField) -> None:
        """Everybody reads it, in their own language."""
        if field.data.missing():
            raise ValidationError(gettext("Enter the title in both languages."))
        if any(len(text) > LONGEST_TITLE for text in field.data.values()):
            raise ValidationError(gettext("Use at most %(n)s characters.", n=LONGEST_TITLE))

    def validate_ends_on(self, field: DayField) -> None:
        """A period has a length."""
        if self.starts_on.data and field.data and field.data <= self.starts_on.data:
            raise ValidationError(gettext("The period ends before it begins. Enter a later day."))

    def validate_self_due_on(self, field: DayField) -> None:
        """There is time to write it."""
        if field.data and field.data <= clock.today():
            raise ValidationError(gettext("Enter a date in the future."))

    def validate_supervisor_due_on(self, field: DayField) -> None:
        """After the self-assessment."""
        if field.data and self.self_due_on.data and field.data < self.self_due_on.data:
            raise ValidationError(gettext("This is before the self-assessments are due. Enter a later day."))

    def validate_meeting_due_on(self, field: DayField) -> None:
        """After both assessments."""
        if field.data and self.supervisor_due_on.data and field.data < self.supervisor_due_on.data:
            raise ValidationError(
                gettext("This is before the supervisors’ assessments are due. Enter a later day.")
            )

    def validate_people(self, field: Ticks) -> None:
        """Whoever chooses, chooses somebody."""
        if self.scope.data == "chosen" and not field.data:
            raise ValidationError(gettext("Tick at least one person, or choose all."))

    def values(self) -> dict[str, Any]:
        """The validated data: the ids of those who are reviewed."""
        given = super().values()
        if given.pop("scope") == "all":
            given["people"] = [choice.value for choice in self.people.choices]
        return given


class HandOverForm(EditForm):
    """Who writes the other part from now on."""

    supervisor_id = PeopleField(
        _("Who takes it over?"), [InputRequired(_("Choose a person."))], nothing=_("Choose a person")
    )

    @classmethod
    def of(cls, review: Review, people: list[User], proposed: int | None) -> Self:
        """The form of a review that any of these may take over; one of them is proposed."""
        form = cls.editing(review, lambda made: made.supervisor_id.offer(people))
        form._stored = lambda: cls._with(review)
        if not form.supervisor_id.raw_data:
            form.supervisor_id.data = proposed
        return form

    @classmethod
    def _with(cls, review: Review) -> Self:
        form = cls(obj=review)
        form.supervisor_id.offer([review.supervisor])
        return form


class RatingForm(EditForm):
    """One competency. A draft: either part may still be missing."""

    level = RadioField(
        _("Level"),
        [Optional()],
        choices=[SelectChoice(level.value, level.label) for level in Level],
        coerce=value_of,
    )
    evidence = LongTextField(_("Evidence"), [Optional(), Length(max=4000)])

    def values(self) -> dict[str, Any]:
        """The validated data, the level as such."""
        given = super().values()
        return {
            "level": Level(given["level"]) if given["level"] else None,
            "evidence": given["evidence"] or "",
        }


class TextForm(EditForm):
    """One side's summary in its own words. A draft."""

    text = LongTextField(_("In your own words"), [Optional(), Length(max=8000)])


class MeetingForm(TransitionForm):
    """What was said, and when."""

    met_on = DayField(
        _("Day of the meeting"), [InputRequired(_("Enter the day of the meeting."))], bounds=PLANNED
    )
    meeting_notes = LongTextField(
        _("What was said"),
        [InputRequired(_("Write down what was said.")), Length(max=8000)],
        description=_("Both read it. What you agreed is under next steps."),
    )

    def validate_met_on(self, field: DayField) -> None:
        """It has been held."""
        if field.data and field.data > clock.today():
            raise ValidationError(gettext("This day is in the future. Record the meeting when it was held."))


class CommentForm(EditForm):
    """The RM's own word on the review."""

    comment = LongTextField(
        _("Your comment"),
        [Optional(), Length(max=8000)],
        description=_("You may add your view, also where it differs. It stays with the review."),
    )

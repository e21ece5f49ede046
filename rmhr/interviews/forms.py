"""What is asked for: when and with whom, what was seen, what is decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, Self

from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    RadioField,
    SelectChoice,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.due.bounds import PLANNED
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.duties.queries.bodies import Body
from rmhr.interviews.reasons import CHOSEN, CallOff
from rmhr.law import private_life
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Application
from rmhr.models.competencies import Competency, Level
from rmhr.models.interviews import (
    InterviewKind,
    InterviewQuestion,
    Outcome,
    Recommendation,
    Round,
    Scenario,
)
from rmhr.web.choices import PeopleField
from rmhr.web.days import DayField
from rmhr.web.edits import EditForm
from rmhr.web.forms import LongTextField, TextField, Ticks, TransitionForm
from rmhr.web.plain import NO_LINKS

MOST_QUESTIONS = 2  # of one competency: an hour has room for no more
MOST_SCENARIOS = 2  # of one interview, for the same reason


def member_of(kind: type[LabelEnum]) -> Callable[[Any], Any]:
    """Reads a stored value as its member; what is none stays as it is, and the choices refuse it."""
    return lambda value: (kind(value) if value in {m.value for m in kind} else value) if value else None


def _kinds() -> list[SelectChoice]:
    return [SelectChoice(kind.value, str(kind.label)) for kind in InterviewKind]


def too_few(fewest: int) -> str:
    """What is said where fewer people than that are chosen for a panel."""
    return ngettext("Choose at least %(num)s interviewer", "Choose at least %(num)s interviewers", fewest)


class MeetingForm(EditForm):
    """When, where and who: of a new interview, and of one that is moved."""

    kind = RadioField(
        _("How you meet"), [InputRequired(_("Choose how you meet"))], coerce=member_of(InterviewKind)
    )
    day = DayField(_("Day"), [InputRequired(_("Enter the day"))], bounds=PLANNED, working=True)
    time = TimeField(_("Start"), [InputRequired(_("Enter the time at which it starts"))])
    minutes = IntegerField(
        _("Minutes"),
        [
            InputRequired(_("Enter how long it takes")),
            NumberRange(10, 480, _("Enter between 10 and 480 minutes")),
        ],
    )
    place = TextField(
        _("Where"),
        [InputRequired(_("Enter the room, the phone number or the address of the call")), Length(max=500)],
        description=_(
            "The room with its address, or the link or number of the call. The candidate can read it."
        ),
    )
    panel = Ticks(_("Panel"), coerce=int)
    #: Only where a severely disabled person has applied and the body takes part.
    representative = BooleanField(_("The representative body gets the appointment"))
    message = LongTextField(
        _("Personal message"),
        [Optional(), Length(max=2000), NO_LINKS],
        description=_("Shown in the invitation: what to bring, how to find you."),
    )

    def offer(self, people: Sequence[tuple[User, str]], round: Round) -> None:
        """Say whom one can choose, and how many it takes."""
        self.kind.choices = _kinds()
        self.fewest = round.interviewers
        self.panel.description = ngettext(
            "One is enough in this round. What is rated in it is rated by others in a later one.",
            "At least %(num)s. Each of them rates alone.",
            self.fewest,
        )
        self.panel.choices = [
            SelectChoice(person.id, f"{person.name}, {title}" if title else person.name)
            for person, title in people
        ]

    def validate_message(self, field: Field) -> None:
        """Nobody is asked for payslips, or for what is private, on the way."""
        if reason := private_life.objection(field.data or ""):
            raise ValidationError(reason)

    def validate_day(self, field: Field) -> None:
        """The past cannot be planned."""
        if field.data and field.data < clock.today():
            raise ValidationError(gettext("This day is in the past. Choose today or a later one."))

    def validate_time(self, field: Field) -> None:
        """Not in the past, and a time that exists."""
        if not (self.day.data and field.data) or self.day.data < clock.today():
            return
        if skipped(self.day.data, field.data):
            raise ValidationError(
                gettext("This time does not exist on that day: the clocks go forward. Choose another one.")
            )
        if self.starts_at <= clock.now():
            raise ValidationError(gettext("This time has passed. Choose a later one."))

    def validate_panel(self, field: Field) -> None:
        """Whoever decides alone is not a panel: how many it takes, the round says."""
        if len(set(field.data or ())) < self.fewest:
            raise ValidationError(too_few(self.fewest))

    @property
    def starts_at(self) -> datetime:
        """The moment at which it starts."""
        return moment_of(self.day.data, self.time.data)

    def meeting(self) -> dict[str, Any]:
        """When and where, as the operations take it."""
        return {
            "kind": self.kind.data,
            "starts_at": self.starts_at,
            "minutes": self.minutes.data,
            "place": self.place.data,
            "message": self.message.data,
            "representative": bool(self.representative.data) if "representative" in self else False,
        }

    def invite(self, body: Body | None) -> None:
        """Ask whether the representative body takes part, where it may and can be written to."""
        if body is None or not body.email:
            del self.representative
        else:
            self.representative.description = gettext(
                "It may take part in the interview (section 178(2) sentence 4 SGB IX). A mail with the calendar entry "
                "goes to %(address)s.",
                address=body.email,
            )


def moment_of(day: date, at: time) -> datetime:
    """A time on the bank's wall clock, in UTC. Of an hour that comes twice, the first."""
    return clock.moment(day, at.hour, at.minute)


def skipped(day: date, at: time) -> bool:
    """Whether the bank's clocks skip this time on that day."""
    wall = clock.local(moment_of(day, at).astimezone(UTC))
    return (wall.date(), wall.hour, wall.minute) != (day, at.hour, at.minute)


class PlanForm(MeetingForm):
    """A new interview: the meeting, and questions and scenarios where they are not given by an earlier one."""

    questions = Ticks(_("Questions"), coerce=int)
    scenarios = Ticks(_("Scenarios"), coerce=int)

    def bring(
        self, bank: Mapping[Competency, Sequence[InterviewQuestion]], scenarios: Sequence[Scenario]
    ) -> None:
        """Say which questions and scenarios there are."""
        self.bank, self.simulated = bank, scenarios
        self.scenarios.choices = [SelectChoice(each.id, str(each.competency.name)) for each in scenarios]
        self.questions.choices = [
            SelectChoice(question.id, str(question.text))
            for questions in bank.values()
            for question in questions
        ]

    def validate_questions(self, field: Field) -> None:
        """One or two questions for each competency that is rated."""
        chosen = set(field.data or ())
        for competency, questions in self.bank.items():
            count = len(chosen & {question.id for question in questions})
            if not 1 <= count <= MOST_QUESTIONS:
                raise ValidationError(
                    gettext("Choose one or two questions for “%(competency)s”", competency=competency.name)
                )

    def validate_scenarios(self, field: Field) -> None:
        """None, one or two: there is time for no more."""
        if len(set(field.data or ())) > MOST_SCENARIOS:
            raise ValidationError(gettext("Choose two scenarios at most"))

    def played(self) -> list[Scenario]:
        """The chosen scenarios, in the order of the round."""
        return [each for each in self.simulated if each.id in set(self.scenarios.data or ())]

    def kit(self) -> list[InterviewQuestion]:
        """The chosen questions, in the order of the round."""
        chosen = set(self.questions.data or ())
        return [
            question for questions in self.bank.values() for question in questions if question.id in chosen
        ]


class CancelForm(TransitionForm):
    """Why an interview does not take place: the candidate and the panel each read the words that are meant for them."""

    reason = RadioField(
        _("Reason"),
        [InputRequired(_("Choose the reason"))],
        choices=[SelectChoice(each.value, each.label) for each in CHOSEN],
        coerce=member_of(CallOff),
    )
    line = LongTextField(
        _("A line to the candidate"),
        [Optional(), Length(max=1000), NO_LINKS],
        description=_("For example what happens next. Only the candidate reads it."),
    )
    words = LongTextField(
        _("A line to the panel"),
        [Optional(), Length(max=1000)],
        description=_("Colleagues read it in the mail and in the history; the candidate does not."),
    )

    def values(self) -> dict[str, Any]:
        """The history keeps the reason and what colleagues read."""
        note = ": ".join(filter(None, (str(self.reason.data.label), self.words.data)))
        return super().values() | {"note": note}


LONGEST_WHY = 1000


class WhyForm(TransitionForm):
    """Why something that was said or decided is taken back."""

    note = LongTextField(
        _("Reason"),
        [InputRequired(_("Enter the reason")), Length(max=LONGEST_WHY)],
        description=_("Only colleagues see it, in the history."),
    )


class MissedForm(WhyForm):
    """What is known of why a candidate did not come."""

    note = LongTextField(
        _("What is known"),
        [InputRequired(_("Say what is known, if only how long you waited")), Length(max=LONGEST_WHY)],
        description=_("Only colleagues see it, in the history."),
    )


class ExcuseForm(WhyForm):
    """Why nobody waits for a scorecard, and who else of those who were there rates."""

    note = LongTextField(
        _("Reason"),
        [InputRequired(_("Enter the reason")), Length(max=LONGEST_WHY)],
        description=_("It is shown beside the scorecards and in the history."),
    )
    instead = PeopleField(
        _("Who rates instead"),
        nothing=_("Nobody"),
        description=_("Somebody who was in the interview and is not on the panel yet. They get a mail."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instead.offer(accounts.people.with_role(Role.INTERVIEWER))

    def values(self) -> dict[str, Any]:
        """The reason is kept with the scorecard as well."""
        given = {name: value for name, value in super().values().items() if name != "instead"}
        chosen = self.instead.chosen if self.instead.data is not None else None
        return given | {"excuse": self.note.data, "instead": chosen}


class RatingForm(EditForm):
    """One competency on a scorecard. Everything may still be missing: it is a draft until it is handed in."""

    notes = LongTextField(_("Notes"), [Optional(), Length(max=10_000)])
    level = RadioField(
        validators=[Optional()],
        choices=[SelectChoice(level.value, level.value) for level in Level],
        coerce=member_of(Level),
    )
    evidence = LongTextField(_("Evidence"), [Length(max=5000)])


class SummaryForm(EditForm):
    """The end of a scorecard: what one advises."""

    recommendation = RadioField(
        _("Your recommendation"),
        [Optional()],
        choices=[SelectChoice(step.value, step.value) for step in Recommendation],
        coerce=member_of(Recommendation),
    )
    summary = LongTextField(
        _("In a few sentences"),
        [Optional(), Length(max=5000)],
        description=_("What speaks for this person in this job, and what against?"),
    )


class CorrectRatingForm(RatingForm):
    """The same of a scorecard that is handed in: nothing may be missing, and it says why."""

    level = RadioField(
        _("Level"),
        [InputRequired(_("Choose a level"))],
        choices=[SelectChoice(level.value, level.value) for level in Level],
        coerce=member_of(Level),
    )
    note = LongTextField(
        _("Why it is corrected"),
        [InputRequired(_("Enter the reason")), Length(max=LONGEST_WHY)],
        description=_("It is kept in the history, as is what you handed in at first. HR is told."),
    )

    def validate_evidence(self, field: Any) -> None:
        """A level that was observed has its sentence."""
        if self.level.data is not Level.NOT_OBSERVED and not field.data:
            raise ValidationError(gettext("Write the sentence that shows this level"))


class CorrectSummaryForm(SummaryForm):
    """The same of the advice."""

    recommendation = RadioField(
        _("Your recommendation"),
        [InputRequired(_("Choose your recommendation"))],
        choices=[SelectChoice(step.value, step.value) for step in Recommendation],
        coerce=member_of(Recommendation),
    )
    summary = LongTextField(
        _("In a few sentences"),
        [InputRequired(_("Write your summary")), Length(max=5000)],
        description=_("What speaks for this person in this job, and what against?"),
    )
    note = LongTextField(
        _("Why it is corrected"),
        [InputRequired(_("Enter the reason")), Length(max=LONGEST_WHY)],
        description=_("It is kept in the history, as is what you handed in at first. HR is told."),
    )


class DecisionForm(EditForm):
    """Hire, keep open, or not; always with the reason."""

    outcome = RadioField(
        _("Decision"),
        [InputRequired(_("Choose what is decided"))],
        choices=[SelectChoice(outcome.value, outcome.value) for outcome in Outcome],
        coerce=member_of(Outcome),
    )
    reason = LongTextField(
        _("Reason"),
        [InputRequired(_("Enter the reason for the decision")), Length(max=5000)],
        description=_(
            "Based on what was seen in the interviews. It is kept, and the applicant may ask to read it."
        ),
    )
    deviates = BooleanField(
        _("I decide against what the scorecards say, and the reason above explains it."),
    )

    @classmethod
    def of(cls, application: Application, outcomes: Sequence[Outcome], latest: Any) -> Self:
        """The form about an application; where somebody else decides meanwhile, it shows what they decided."""

        def prepare(form: Self) -> None:
            form.outcome.choices = [SelectChoice(each.value, str(each.label)) for each in outcomes]

        form = cls.editing(application, prepare)
        if latest is not None:
            said = {"outcome": Outcome(latest.outcome.value), "reason": latest.reason}
            form._stored = lambda: cls(**said)
        return form

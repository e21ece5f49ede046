"""What is asked about a session, and what its host answers."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, IntegerField, RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from rmhr.core import clock
from rmhr.core.due.bounds import PLANNED
from rmhr.core.i18n import _, gettext
from rmhr.core.words import day_text
from rmhr.models.shadowing import HowFar, Rung, SessionMode, ShadowingProgramme, ShadowingSession
from rmhr.shadowing import queries
from rmhr.web.choices import Choices, PeopleField
from rmhr.web.days import DayField
from rmhr.web.edits import EditForm
from rmhr.web.fields import EnumField
from rmhr.web.forms import LongTextField, TransitionForm

#: What the name of a field of the checklist begins with; the id of the point follows.
POINT = "point-"


def _value(given: Any) -> str:
    """A choice as the page sends it, also where it is a member of an enumeration."""
    return str(getattr(given, "value", given))


class PointField(EnumField):
    """How far one point of the checklist went; nothing where it did not come up."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, HowFar, [Optional()], **kwargs)
        levels = [SelectChoice(how_far.value, how_far.label) for how_far in HowFar]
        self.choices = [SelectChoice("", _("Not seen")), *levels]


class SessionForm(EditForm):
    """A session as the RM writes it up."""

    held_on = DayField(_("Day"), [InputRequired(_("Enter the day."))], bounds=PLANNED)
    activity_id = SelectField(_("What was it?"), [InputRequired(_("Choose what it was."))], coerce=int)
    rung = RadioField(_("Your part"), [InputRequired(_("Choose your part."))], coerce=_value)
    mode = RadioField(
        _("Where"),
        [InputRequired(_("Choose where it was."))],
        coerce=_value,
        choices=[SelectChoice(mode.value, mode.label) for mode in SessionMode],
    )
    host_id = PeopleField(_("Host"), [InputRequired(_("Choose the host."))], nothing=_("Choose the host."))
    minutes = IntegerField(
        _("Minutes"),
        [
            InputRequired(_("Enter how many minutes it took.")),
            NumberRange(5, 720, _("Enter between 5 and 720 minutes.")),
        ],
    )
    client_agreed = BooleanField(_("The client knew who was present and why, and agreed"))
    learned = LongTextField(
        _("What I take away"),
        [InputRequired(_("Write what you take away.")), Length(max=4000)],
        description=_("No names of clients and no account data: segment and kind of meeting are enough."),
    )
    next_step = LongTextField(_("What I try next"), [Optional(), Length(max=1000)])

    def __init__(self, *args: Any, programme: ShadowingProgramme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.activities = {activity.id: activity for activity in queries.activities()}
        self.activity_id.choices = [SelectChoice(key, it.name) for key, it in self.activities.items()]
        with_client = [str(it.name) for it in self.activities.values() if it.with_client]
        self.client_agreed.description = gettext(
            "Required where a client is present: %(activities)s.", activities=", ".join(with_client)
        )
        present = kwargs["obj"].host if kwargs.get("obj") is not None else programme.mentor
        # A host who has left can stay who it was.
        self.host_id.offer_found(Choices("hosts", queries.hosts(programme)), (present.id, present.name))
        open_rungs = queries.progress(programme).open
        self.rung.choices = [SelectChoice(rung.value, rung.label) for rung in Rung if rung in open_rungs]

    def validate(self, extra_validators: Any = None) -> bool:
        """Whoever only listens has tried nothing yet."""
        valid = super().validate(extra_validators)
        for name, how_far in self._points().items():
            if how_far is not HowFar.SEEN and self.rung.data == Rung.OBSERVE.value:
                self[name].errors = [gettext("You listened in this session: choose “Seen”, or another part.")]
                valid = False
        return valid

    def _points(self) -> dict[str, HowFar]:
        """What was chosen on the checklist, by field."""
        return {
            name: field.data
            for name, field in self._fields.items()
            if name.startswith(POINT) and field.data is not None
        }

    @property
    def points(self) -> list[Any]:
        """The fields of the checklist, in its order."""
        return [field for name, field in self._fields.items() if name.startswith(POINT)]

    def validate_held_on(self, field: DayField) -> None:
        """A session lies between the start of the programme and today."""
        if field.data is None:
            return  # no date at all: that is said already
        if field.data > clock.today():
            raise ValidationError(gettext("This day is in the future. Write the session up when it is over."))
        if field.data < self.programme.starts_on:
            first = day_text(self.programme.starts_on)
            raise ValidationError(
                gettext("Your programme began on %(day)s. Enter a day since then.", day=first)
            )

    def validate_client_agreed(self, field: BooleanField) -> None:
        """Nobody listens in without the client's consent (GDPR, banking secrecy)."""
        activity = self.activities.get(self.activity_id.data)
        if activity is not None and activity.with_client and not field.data:
            raise ValidationError(
                gettext("Confirm that the client had agreed. Without it the session may not be counted.")
            )

    def values(self) -> dict[str, Any]:
        """The validated data, enumerations as such; the checklist as one value, by the ids of its points."""
        given = {name: value for name, value in super().values().items() if not name.startswith(POINT)}
        observed = {int(name.removeprefix(POINT)): how_far for name, how_far in self._points().items()}
        return given | {
            "rung": Rung(given["rung"]),
            "mode": SessionMode(given["mode"]),
            "observed": observed,
        }


def session_form() -> type[SessionForm]:
    """The form of a session with a field for each point of the checklist."""
    fields = {f"{POINT}{item.id}": PointField(item.text) for item in queries.checklist()}
    return type("SessionForm", (SessionForm,), fields)


def points_of(session: ShadowingSession) -> dict[str, Any]:
    """What a session says of the checklist, as the fields of its form hold it."""
    return {f"{POINT}{each.item_id}": each.how_far for each in session.observations}


class ConfirmForm(TransitionForm):
    """The host confirms, with words for the RM."""

    feedback = LongTextField(
        _("Your feedback"),
        [InputRequired(_("Write one sentence of feedback.")), Length(max=2000)],
        description=_("One thing that went well, one to try next. The RM can read it at once."),
    )


class ReturnForm(TransitionForm):
    """The host sends it back, with a reason."""

    feedback = LongTextField(
        _("What should be corrected?"), [InputRequired(_("Say what should be corrected.")), Length(max=2000)]
    )


class PassOnForm(TransitionForm):
    """Somebody else confirms: the host cannot, or was not the host."""

    host_id = PeopleField(
        _("Who confirms?"), [InputRequired(_("Choose who confirms."))], nothing=_("Choose who confirms.")
    )
    note = LongTextField(
        _("Why does somebody else confirm?"),
        [InputRequired(_("Say why somebody else confirms.")), Length(max=1000)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host_id.offer_found(Choices("hosts", queries.all_hosts()))


class TakeBackForm(TransitionForm):
    """A session was confirmed that should not have been."""

    note = LongTextField(
        _("Why does it not count?"),
        [InputRequired(_("Say why the confirmation is taken back.")), Length(max=1000)],
        description=_("The RM reads it. It stays in the history, as does what was confirmed."),
    )


class CallOffForm(TransitionForm):
    """A programme ends before its end."""

    note = LongTextField(
        _("Why is it called off?"),
        [InputRequired(_("Say why it is called off.")), Length(max=500)],
        description=_("It is kept in the history. Write no reason that concerns health or family."),
    )


class ReopenForm(TransitionForm):
    """The last word is taken back, or a programme goes on after all."""

    note = LongTextField(
        _("Why does it continue?"),
        [InputRequired(_("Say why it continues.")), Length(max=1000)],
        description=_("The RM and the supervisor read it. What was signed off stays on record."),
    )


class SignOffForm(TransitionForm):
    """The last word on the programme."""

    note = LongTextField(
        _("Your judgement"),
        [InputRequired(_("Write why you sign off.")), Length(max=2000)],
        description=_("What this person can do on their own from now on. It stays in the history."),
    )
    despite = BooleanField(_("I sign off all the same, and my judgement says why"))

    def fit(self, subject: ShadowingProgramme) -> None:
        """Ask about the points of the checklist that have not come far enough, where there are any."""
        left = [point.item for point in queries.points(subject) if not point.is_done]
        if not left:
            del self.despite
            return
        self.despite.description = gettext(
            "Not far enough yet in confirmed sessions: %(points)s.",
            points="; ".join(f"{item.text} ({item.needed.label})" for item in left),
        )
        self.despite.validators = [InputRequired(_("Confirm that you sign off all the same."))]

"""What is asked of people about people: signing in, passwords, who somebody is, units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wtforms import (
    EmailField,
    Field,
    HiddenField,
    PasswordField,
    SelectChoice,
    SelectField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from rmhr.accounts import passwords, queries
from rmhr.accounts.regions import REGIONS, ZONES
from rmhr.core.due.bounds import PLANNED, WORKING_LIFE
from rmhr.core.i18n import LANGUAGES, OWN_NAMES, _, gettext
from rmhr.models.accounts import RmLevel, RmType, Role, Theme, UnitKind, User
from rmhr.web import emails
from rmhr.web.choices import Choices, PeopleField
from rmhr.web.days import DayField
from rmhr.web.edits import EditForm
from rmhr.web.forms import Form, TextField, Ticks, TransitionForm
from rmhr.web.plain import NO_LINKS

#: Longer ones are no names of people.
LONGEST_NAME = 120


def _required(message: Any) -> InputRequired:
    return InputRequired(message)


def _languages() -> list[SelectChoice]:
    return [SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES]


def _members(enum: Any, none: Any = None) -> list[SelectChoice]:
    first = [SelectChoice("", none)] if none is not None else []
    return first + [SelectChoice(member.value, member.label) for member in enum]


def _or_none(enum: Any) -> Any:
    return lambda value: enum(value) if value not in (None, "", "None") else None


class Email(EmailField, TextField):
    """An e-mail address, without white space around it."""


class SignInForm(Form):
    """E-mail and password; where to go afterwards."""

    email = Email(_("E-mail"), [_required(_("Enter your e-mail address"))])
    password = PasswordField(_("Password"), [_required(_("Enter your password"))])
    next = HiddenField()


class ForgottenForm(Form):
    """Whose password is forgotten."""

    email = Email(_("E-mail"), [_required(_("Enter your e-mail address"))])

    def validate_email(self, field: Field) -> None:
        """Catch typing errors; whether there is an account is not said."""
        _check_email(field)


class PasswordForm(Form):
    """A new password. `whose` is set by the view: a password must not be a person's own name."""

    whose: User | None = None
    password = PasswordField(
        _("New password"),
        [_required(_("Enter a new password"))],
        description=_("At least 10 characters. Several words in a row are long and easy to remember."),
    )

    def validate_password(self, field: Field) -> None:
        """Say why it will not do, and what would."""
        name, email = (self.whose.name, self.whose.email) if self.whose else ("", "")
        if reason := passwords.objection(field.data, name=name, email=email):
            raise ValidationError(reason)


class ChangePasswordForm(PasswordForm):
    """A new password by somebody who knows the present one."""

    present = PasswordField(_("Present password"), [_required(_("Enter your present password"))])

    def validate_password(self, field: Field) -> None:
        """The same rules; and it has to be another one."""
        super().validate_password(field)
        if field.data == self.present.data:
            raise ValidationError(gettext("This is your present password. Choose another one."))


class ProfileForm(EditForm):
    """What everybody chooses for themselves. The name is not among it: HR changes it, with its history."""

    language = SelectField(_("Language"), choices=_languages(), description=_("For pages and mails"))
    theme = SelectField(_("Colours"), choices=_members(Theme), coerce=Theme)


class PreferencesForm(Form):
    """The switches in the person's menu: one of the two is sent."""

    language = SelectField(choices=_languages(), validators=[Optional()], validate_choice=False)
    theme = SelectField(choices=_members(Theme), validators=[Optional()], validate_choice=False)
    next = HiddenField()


@dataclass(frozen=True)
class Places:
    """Where somebody can work, and under whom."""

    units: Choices
    supervisors: Choices


class PersonForm(EditForm):
    """Who somebody is, what they may do, and where they work."""

    name = TextField(_("Name"), [_required(_("Enter a name")), NO_LINKS])
    email = Email(
        _("E-mail"), [_required(_("Enter an e-mail address"))], description=_("For signing in and for mails")
    )
    language = SelectField(_("Language"), choices=_languages(), description=_("For pages and mails"))
    roles = Ticks(
        _("Roles"),
        [_required(_("Choose at least one role"))],
        coerce=Role,
        description=_(
            "A person may have several. They decide what someone can see and do. “Administrator” and "
            "“Compliance” take effect once a second person agrees."
        ),
    )
    unit_id = PeopleField(_("Unit"), [_required(_("Choose a unit"))], nothing=_("Choose a unit"))
    job_title = TextField(_("Job title"), [Optional(), Length(max=LONGEST_NAME)])
    supervisor_id = PeopleField(_("Supervisor"), [Optional()], nothing=_("Nobody"))
    rm_type = SelectField(_("RM type"), choices=_members(RmType, _("Not an RM")), coerce=_or_none(RmType))
    level = SelectField(_("Level"), choices=_members(RmLevel, _("Not an RM")), coerce=_or_none(RmLevel))
    started_on = DayField(
        _("First working day"),
        [_required(_("Enter the first working day"))],
        bounds=WORKING_LIFE,
        working=True,
    )
    valid_from = DayField(
        _("In force from"),
        [_required(_("Enter the day from which this holds"))],
        bounds=WORKING_LIFE,
        description=_(
            "For unit, title, supervisor, RM type and level: a future day is planned, a past one takes "
            "effect at once."
        ),
    )

    def prepare(self, actor: User, offered: Places, person: User | None = None) -> None:
        """Fill the lists: roles that this actor may give, units, supervisors. `person`: who is changed."""
        self._person = person
        if person is not None and person.employee is not None:
            self.started_on.region = person.employee.unit.holiday_region
        if person is None and "valid_from" in self:
            del self.valid_from
        self.roles.choices = [
            SelectChoice(role.value, role.label)
            for role in Role
            if role is not Role.ADMIN or actor.has(Role.ADMIN)
        ]
        self.unit_id.offer_found(offered.units)
        present = person.employee.supervisor if person and person.employee else None
        kept = (present.id, present.name) if present is not None and present.is_active else None
        self.supervisor_id.offer_found(offered.supervisors, kept)

    def validate_name(self, field: Field) -> None:
        """A name of a length that fits on a page."""
        _check_name(field)

    def validate_email(self, field: Field) -> None:
        """A complete address that nobody else has."""
        _check_email(field)
        other = queries.people.by_email(field.data)
        if other is not None and (self._person is None or other.id != self._person.id):
            raise ValidationError(gettext("%(name)s has this e-mail address already.", name=other.name))

    def validate_rm_type(self, field: Any) -> None:
        """Relationship managers look after one kind of clients, others after none."""
        _check_rm(self, field)

    def validate_level(self, field: Field) -> None:
        """Relationship managers have a level, others none."""
        _check_rm(self, field)


class RoleDeclineForm(TransitionForm):
    """Why somebody does not get a role."""

    note = TextField(_("Reason"), [_required(_("Say why")), Length(max=500)])


class LeaveForm(EditForm):
    """The last day of somebody who leaves."""

    on = DayField(
        _("Last day"),
        [_required(_("Enter the last day"))],
        bounds=PLANNED,
        description=_("Until then everything stays as it is."),
    )


@dataclass(frozen=True)
class Named:
    """What a unit can belong to, and who can be named for it."""

    above: Choices
    heads: Choices
    hr: Choices
    compliance: Choices


class UnitForm(EditForm):
    """A unit of the bank."""

    name = TextField(_("Name"), [_required(_("Enter a name"))])
    kind = SelectField(_("Kind"), choices=_members(UnitKind), coerce=UnitKind)
    parent_id = PeopleField(_("Belongs to"), [Optional()], nothing=_("None (top unit)"))
    street = TextField(
        _("Street"),
        [Optional(), Length(max=LONGEST_NAME, message=_("At most %(max)d characters, please."))],
        description=_("With its number. Job boards and maps use it to show where the job is."),
    )
    postcode = TextField(
        _("Postcode"), [Optional(), Length(max=12, message=_("At most %(max)d characters, please."))]
    )
    place = TextField(_("Place"), [Optional(), Length(max=LONGEST_NAME)])
    holiday_region = SelectField(
        _("Public holidays of"),
        choices=[SelectChoice(code, words) for code, words in REGIONS.items()],
        description=_("No due date falls on them."),
    )
    timezone = SelectField(
        _("Time zone"),
        choices=[SelectChoice("", _("As the unit above")), *(SelectChoice(*zone) for zone in ZONES.items())],
        description=_("Reminders come in working hours there."),
        default="",
    )
    head_id = PeopleField(_("Head of the unit"), [Optional()], nothing=_("As the unit above"))
    hr_id = PeopleField(_("HR"), [Optional()], nothing=_("As the unit above"))
    compliance_id = PeopleField(_("Compliance"), [Optional()], nothing=_("As the unit above"))

    def prepare(self, named: Named, unit_id: int | None = None) -> None:
        """Offer the units that it can belong to, and people."""
        self.parent_id.offer_found(named.above)
        self.head_id.offer_found(named.heads)
        self.hr_id.offer_found(named.hr)
        self.compliance_id.offer_found(named.compliance)
        self._unit_id = unit_id

    def validate_name(self, field: Field) -> None:
        """Two units in the same place need two names."""
        _check_name(field)
        if self.parent_id.typed and self.parent_id.data is None:
            return  # no unit yet; that field says so
        other = queries.units.unit_called(field.data, self.parent_id.data)
        if other is not None and other.id != self._unit_id:
            raise ValidationError(gettext("There is a unit of this name here already."))


def _check_name(field: Any) -> None:
    if len(field.data) > LONGEST_NAME:
        raise ValidationError(gettext("Use at most %(n)s characters.", n=LONGEST_NAME))
    if not any(map(str.isalnum, field.data)):
        raise ValidationError(gettext("Enter a name"))


def _check_email(field: Any) -> None:
    wrong = gettext("Enter a complete e-mail address, for example name@bank.example")
    field.data = emails.address(field.data, wrong)


def _check_rm(form: PersonForm, field: Any) -> None:
    is_rm = Role.RM in (form.roles.data or [])
    if is_rm and field.data is None:
        raise ValidationError(
            gettext("Choose the clients of this RM")
            if field is form.rm_type
            else gettext("Choose a level for this RM")
        )
    if not is_rm and field.data is not None:
        raise ValidationError(
            gettext("Only for relationship managers: give that role, too, or choose “Not an RM”")
        )

"""What share links and recommendations ask for."""

from __future__ import annotations

from wtforms import BooleanField, Field, RadioField, SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from rmhr.core.i18n import LANGUAGES, OWN_NAMES, _, gettext
from rmhr.web import emails
from rmhr.web.choices import PeopleField
from rmhr.web.edits import EditForm
from rmhr.web.forms import Form, LongTextField, TextField, TransitionForm
from rmhr.web.plain import NO_LINKS

LONGEST_CHANNEL, LONGEST_NAME, LONGEST_NOTE = 60, 200, 2000
_TOO_LONG = _("At most %(max)d characters, please.")
#: What is proposed; any other is as good.
CHANNELS = (
    "LinkedIn",
    "XING",
    "StepStone",
    "Indeed",
    _("Newsletter"),
    _("University"),
    _("Job fair"),
    _("Poster with QR code"),
)


class ShareForm(EditForm):
    """Where a link will be shared; of a link that is there, where it is."""

    channel = TextField(
        _("Channel"),
        description=_("Where you share it: LinkedIn, a newsletter, a poster …"),
        validators=[
            InputRequired(_("Say where the link will be shared.")),
            Length(max=LONGEST_CHANNEL, message=_TOO_LONG),
        ],
    )
    campaign = TextField(
        _("Campaign"),
        description=_("To tell several in one channel apart, for example “Spring 2027”."),
        validators=[Optional(), Length(max=LONGEST_CHANNEL, message=_TOO_LONG)],
    )


class EraseForm(TransitionForm):
    """Deleting what is known of somebody who was recommended, after a question."""


class ReferForm(Form):
    """Whom a colleague recommends, and that this person knows of it."""

    posting_id = PeopleField(
        _("Position"), nothing=_("Choose a position"), validators=[InputRequired(_("Choose a position."))]
    )
    name = TextField(
        _("Name of the person"),
        validators=[
            InputRequired(_("Enter the name.")),
            Length(max=LONGEST_NAME, message=_TOO_LONG),
            NO_LINKS,
        ],
    )
    email = TextField(
        _("E-mail"),
        description=_("We write to it once."),
        validators=[InputRequired(_("Enter the e-mail address of this person."))],
    )
    language = RadioField(
        _("Language of our e-mail"),
        choices=[SelectChoice(value=code, label=OWN_NAMES[code]) for code in LANGUAGES],
        validators=[InputRequired(_("Choose a language."))],
    )
    note = LongTextField(
        _("Why does this person fit?"),
        description=_("HR and the hiring manager read it, and this person can."),
        validators=[
            InputRequired(_("Write a sentence or two about why this person fits.")),
            Length(max=LONGEST_NOTE, message=_TOO_LONG),
            NO_LINKS,
        ],
    )
    asked = BooleanField(
        _("I have asked this person, and they agree that the bank writes to them."),
        validators=[
            InputRequired(_("Ask the person first: without their consent we must not write to them."))
        ],
    )

    def validate_email(self, field: Field) -> None:
        """A complete address that can be written to; kept in small letters."""
        wrong = gettext("This e-mail address is not complete or cannot be right. Example: name@example.org")
        field.data = emails.address(field.data, wrong)

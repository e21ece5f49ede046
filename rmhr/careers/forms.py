"""The form with which an administrator sets up the public career site."""

from __future__ import annotations

import base64
import binascii
import io
from typing import Any
from urllib.parse import urlsplit

from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, Field, FileField, HiddenField
from wtforms.validators import Length, Optional, ValidationError

from rmhr.core.files import pictures
from rmhr.core.files.store import NotAcceptable, Upload
from rmhr.core.i18n import LANGUAGES, _, gettext
from rmhr.core.words import number
from rmhr.web import colours, emails
from rmhr.web.colours import DARK, LIGHT, Theme
from rmhr.web.edits import EditForm
from rmhr.web.forms import Difference, Form, TextField, WordsField

_TOO_LONG = _("At most %(max)d characters, please.")
#: What the row does not hold as it was typed.
BESIDE = ("logo", "without_logo", "kept")
LONGEST_NAME, LONGEST_HEADLINE, LONGEST_TEXT = 80, 90, 5000


class SiteForm(EditForm):
    """Name, logo, colours, texts and links of the public pages."""

    name = TextField(
        _("Name of the bank"),
        [Optional(), Length(max=LONGEST_NAME, message=_TOO_LONG)],
        description=_("On all pages, in mails and on certificates. Empty: as set up in the system."),
    )
    logo = FileField(_("Logo"))
    without_logo = BooleanField(_("Remove the logo"))
    accent = TextField(
        _("Colour on light pages"),
        [Optional()],
        description=_("Of links and buttons, as six digits: #0b5cad. Empty: the original colour."),
    )
    accent_dark = TextField(
        _("Colour on dark pages"),
        [Optional()],
        description=_("For visitors whose device is set to dark. Empty: the colour above, lightened."),
    )
    headline = WordsField(_("Headline"), description=_("Above the list of jobs, in a few words."))
    introduction = WordsField(
        _("Introduction"),
        lines=6,
        description=_("Below the headline. Paragraphs, lists, **bold** and [links](https://…) are possible."),
    )
    shows_count = BooleanField(
        _("Show on each job how many have applied"),
        description=_("It helps applicants to judge their chances; small numbers say little."),
    )
    contact_email = TextField(
        _("E-mail for questions"),
        [Optional()],
        description=_("On the imprint and the page about accessibility."),
    )
    sender_name = TextField(
        _("Name of the sender"),
        [Optional(), Length(max=LONGEST_NAME, message=_TOO_LONG)],
        description=_("In front of the address of every mail. Empty: the name of the bank."),
    )
    sender_address = TextField(
        _("Address of the sender"),
        [Optional()],
        description=_(
            "Your mail server must be allowed to send for it. Empty: as set up in the system. Answers "
            "from candidates go to the recruiter in any case."
        ),
    )
    imprint_url = TextField(
        _("Address of the imprint"), [Optional()], description=_("Empty: the page of this site.")
    )
    privacy_url = TextField(
        _("Address of the privacy notice"),
        [Optional()],
        description=_(
            "At the foot of each page. Applicants are always shown the notice of this site, under “Texts of the bank”."
        ),
    )
    imprint = WordsField(
        _("Text of the imprint"),
        lines=6,
        description=_(
            "What it says besides: address, legal form, management and register come from “The bank and its duties”."
        ),
    )
    #: The picture that was chosen before, when something else was wrong or only a preview was asked for.
    kept = HiddenField()

    #: What was chosen as the logo, once the form was validated.
    picture: Upload | None = None

    def validate_accent(self, field: Field) -> None:
        """It must be read on light pages."""
        self._check(field, LIGHT)

    def validate_accent_dark(self, field: Field) -> None:
        """It must be read on dark pages."""
        self._check(field, DARK)

    def _check(self, field: Any, theme: Theme) -> None:
        colour = colours.tidy(field.data)
        if colour is None:
            raise ValidationError(gettext("Enter the colour as six digits and letters, for example #0b5cad."))
        field.data = colour
        if not colours.fits(colour, theme):
            words = {
                "ratio": number(int(colours.worst(colour, theme) * 10) / 10),
                "enough": number(colours.ENOUGH),
                "nearest": colours.nearest(colour, theme),
            }
            raise ValidationError(
                gettext(
                    "This is too hard to read on light pages: its contrast is %(ratio)s : 1, and %(enough)s : 1 "
                    "is needed. The nearest colour that can be read is %(nearest)s.",
                    **words,
                )
                if theme is LIGHT
                else gettext(
                    "This is too hard to read on dark pages: its contrast is %(ratio)s : 1, and %(enough)s : 1 "
                    "is needed. The nearest colour that can be read is %(nearest)s.",
                    **words,
                )
            )

    def validate_logo(self, field: Field) -> None:
        """A picture; drawn anew, and kept in the form until everything else is right too."""
        chosen = field.data
        if not getattr(chosen, "filename", ""):
            chosen = self._kept_file()
        if chosen is None:
            self.kept.data = ""
            return
        try:
            self.picture = pictures.accept(chosen)
        except NotAcceptable as error:
            self.kept.data = ""
            raise ValidationError(str(error)) from None
        self.kept.data = base64.b64encode(self.picture.data).decode()

    def _kept_file(self) -> FileStorage | None:
        try:
            data = base64.b64decode(self.kept.data or "", validate=True)
        except (binascii.Error, ValueError):
            return None
        return FileStorage(io.BytesIO(data), filename="logo.png") if data else None

    def validate_headline(self, field: Field) -> None:
        """Short enough for a phone."""
        _short_enough(field, LONGEST_HEADLINE)

    def validate_introduction(self, field: Field) -> None:
        """A page, not a book."""
        _short_enough(field, LONGEST_TEXT)

    def validate_imprint(self, field: Field) -> None:
        """A page, not a book."""
        _short_enough(field, LONGEST_TEXT)

    def validate_contact_email(self, field: Field) -> None:
        """A complete address."""
        wrong = gettext("Enter a complete e-mail address, for example name@bank.example")
        field.data = emails.address(field.data, wrong)

    def validate_sender_name(self, field: Field) -> None:
        """A name, not an address: readers would take it for the one that they answer to."""
        if "@" in field.data:
            raise ValidationError(gettext("Enter a name here. The address has a field of its own."))

    def validate_sender_address(self, field: Field) -> None:
        """A complete address."""
        wrong = gettext("Enter a complete e-mail address, for example name@bank.example")
        field.data = emails.address(field.data, wrong)

    def validate_imprint_url(self, field: Field) -> None:
        """A complete address of a page."""
        _address(field)

    def validate_privacy_url(self, field: Field) -> None:
        """A complete address of a page."""
        _address(field)

    def facts(self) -> dict[str, Any]:
        """What the row holds of it."""
        return {name: value for name, value in self.values().items() if name not in BESIDE}

    def _against(self, stored: Form) -> list[Difference]:
        """Pictures are looked at, not compared."""
        return [each for each in super()._against(stored) if each.field not in BESIDE]


def _short_enough(field: Any, most: int) -> None:
    if any(len(field.data.get(code, "")) > most for code in LANGUAGES):
        raise ValidationError(str(_TOO_LONG) % {"max": most})


def _address(field: Any) -> None:
    try:
        parts = urlsplit(field.data)
        fine = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and not set(field.data) & set(" \"'<>")
        )
    except ValueError:
        fine = False
    if not fine:
        raise ValidationError(gettext("Enter the whole address of the page, beginning with https://"))

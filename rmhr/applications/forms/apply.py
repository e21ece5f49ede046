"""The form with which one applies: fixed questions about the person, and those that the posting asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar, cast

from flask import current_app
from itsdangerous import BadSignature, Signer
from wtforms import BooleanField, Field, FileField, HiddenField, SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from rmhr.applications.forms import disclosures
from rmhr.applications.forms import questions as question_fields
from rmhr.core import clock
from rmhr.core.i18n import _, gettext
from rmhr.models.postings import Posting
from rmhr.web import emails
from rmhr.web.forms import Form, LongTextField, TextField, Ticks
from rmhr.web.plain import NO_LINKS

LONGEST_NAME, LONGEST_MOTIVATION = 200, 8000
#: Nobody sends the form faster than this many seconds, not even where the browser has filled it in.
QUICKEST = 1
QUESTION = "question_"
_TOO_LONG = _("At most %(max)d characters, please.")


def _needed(message: Any) -> InputRequired:
    return InputRequired(message)


class ApplicationForm(Form):
    """What everybody who applies is asked. `form_for` adds the posting's questions."""

    phone = TextField(_("Phone"), validators=[Optional(), Length(max=50, message=_TOO_LONG)])
    motivation = LongTextField(
        _("Why do you want to work here?"),
        description=_("A few sentences are enough. They take the place of a cover letter."),
        validators=[
            _needed(_("Write a few sentences about your motivation.")),
            Length(max=LONGEST_MOTIVATION, message=_TOO_LONG),
        ],
    )
    cv = FileField(_("File"))
    #: Nobody has to answer: see rmhr/applications/disclosures.py.
    disability = disclosures.question()
    objects = disclosures.objection()
    read = BooleanField(
        _("Data protection"), validators=[_needed(_("Confirm that you have read the privacy notice."))]
    )
    #: Which questions were read when they were answered.
    asked = HiddenField()
    #: Which version of the privacy notice was told.
    notice = HiddenField()
    questions_now = ""
    notice_now = ""

    def __iter__(self) -> Iterator[Any]:
        """In the order of the page, in which the summary lists what is wrong."""
        first = [
            name for name in ("cv", "name", "email", "phone", "motivation", "places") if name in self._fields
        ]
        own = [name for name in ("disability", "objects") if name in self._fields]
        ahead = [*first, *(field.short_name for field in self.questions()), *own]
        return iter(self[name] for name in [*ahead, *(each for each in self._fields if each not in ahead)])

    def validate_phone(self, field: Field) -> None:
        """Digits, and the signs that people write between them."""
        digits = sum(c.isdigit() for c in field.data)
        if digits < 5 or any(not (c.isdigit() or c in "+-/(). \u00a0") for c in field.data):
            raise ValidationError(gettext("Enter the number in digits, for example +49 40 5550 123."))

    def validate_asked(self, field: Field) -> None:
        """Answers belong to the questions that were read. HR may change them until somebody has applied."""
        if field.data and field.data != self.questions_now:
            field.data = self.questions_now
            raise ValidationError(
                gettext(
                    "The questions have changed since you opened this page. Please look at your answers again."
                )
            )

    def validate_notice(self, field: Field) -> None:
        """What was read is what holds: the bank may have put another version in force meanwhile."""
        if field.data and field.data != self.notice_now:
            field.data, self["read"].data = self.notice_now, False
            raise ValidationError(
                gettext("The privacy notice has changed since you opened this page. Please read it again.")
            )

    def questions(self) -> Iterator[Any]:
        """The fields of the posting's questions, in order."""
        return (field for field in self._fields.values() if field.short_name.startswith(QUESTION))

    def files(self) -> Iterator[Any]:
        """Those of them that ask for a file."""
        return (field for field in self.questions() if isinstance(field, FileField))

    def answers(self) -> dict[int, str]:
        """{question id: answer} of what was answered, as it is stored."""
        return {
            number_of(field): said for field in self.questions() if (said := question_fields.stored(field))
        }


class ApplyForm(ApplicationForm):
    """What strangers are asked besides: who they are; and two fields that tell programs from people."""

    name = TextField(
        _("Full name"),
        validators=[_needed(_("Enter your name.")), Length(max=LONGEST_NAME, message=_TOO_LONG), NO_LINKS],
    )
    email = TextField(
        _("E-mail"),
        description=_("We send your private link to it."),
        validators=[_needed(_("Enter your e-mail address."))],
    )
    #: For programs that fill in everything; people do not see it.
    website = TextField(_("Website"))
    opened = HiddenField()
    #: The code of the link or recommendation by which this person came.
    via = HiddenField()

    def validate_email(self, field: Field) -> None:
        """A complete address that can be written to; kept as it travels, in small letters."""
        before, at, after = field.data.rpartition("@")
        if at and before and not after:
            raise ValidationError(gettext("Something is missing after the @, for example name@example.org"))
        wrong = gettext("This e-mail address is not complete or cannot be right. Example: name@example.org")
        field.data = emails.address(field.data, wrong)

    def validate_website(self, field: Field) -> None:
        """Empty: the field is hidden from people, so only a program fills it in."""
        if field.data:
            field.data = ""
            raise ValidationError(
                gettext("A hidden field was filled in. It is empty again; please send the form once more.")
            )

    def validate_opened(self, field: Field) -> None:
        """Opened, and not sent in the same moment."""
        seconds = _seconds_since(field.data or "")
        if seconds is None or seconds < QUICKEST:
            # From now on. Whoever only corrects a field is not asked to wait again.
            field.data = stamp()
            raise ValidationError(
                gettext("Please check once more that everything is right, then send it again.")
            )


def number_of(field: Any) -> int:
    """Of the question that a field asks."""
    return int(field.short_name.removeprefix(QUESTION))


F = TypeVar("F", bound=ApplicationForm)


def form_for(posting: Posting, base: type[F]) -> type[F]:
    """The form with this posting's questions, in the language of the page. `base`: what is asked besides."""
    fields: dict[str, Any] = {f"{QUESTION}{q.id}": question_fields.field_for(q) for q in posting.questions}
    fields["questions_now"] = question_fields.digest(posting.questions)
    if posting.further_places:
        fields["places"] = _places(posting)
    return cast(type[F], type("PostingForm", (base,), fields))


def _places(posting: Posting) -> Ticks:
    """Where one would work, of the places that the posting names."""
    named = [
        (posting.unit_id, posting.place),
        *((each.unit_id, each.place) for each in posting.further_places),
    ]
    return Ticks(
        _("Where would you like to work?"),
        coerce=int,
        choices=[SelectChoice(unit_id, place) for unit_id, place in named],
        description=_("Choose every place that you would take."),
        validators=[_needed(_("Choose at least one place."))],
    )


def stamp() -> str:
    """The present moment, signed: stands in the form from when it was opened."""
    return _signer().sign(str(int(clock.now().timestamp()))).decode()


def _seconds_since(stamped: str) -> float | None:
    try:
        at = int(_signer().unsign(stamped))
    except (BadSignature, ValueError):
        return None
    return clock.now().timestamp() - at


def _signer() -> Signer:
    return Signer(str(current_app.config["SECRET_KEY"]), salt="apply.opened")

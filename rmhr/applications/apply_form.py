"""The form with which one applies: fixed questions about the person, and those that the posting asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from email_validator import EmailNotValidError, validate_email
from flask import current_app
from itsdangerous import BadSignature, Signer
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
)
from wtforms.validators import InputRequired, Length, Optional, StopValidation, ValidationError

from rmhr.core import clock
from rmhr.core.i18n import _, gettext
from rmhr.models.criteria import Question, QuestionKind
from rmhr.models.postings import Posting
from rmhr.web.forms import Form, LongTextField, TextField, Ticks

LONGEST_NAME, LONGEST_ANSWER, LONGEST_MOTIVATION = 200, 4000, 8000
#: Nobody fills in the form faster than this many seconds.
QUICKEST = 3
DATES = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
_TOO_LONG = _("At most %(max)d characters, please.")


def _needed(message: Any) -> InputRequired:
    return InputRequired(message)


class ApplyForm(Form):
    """What every applicant is asked. `form_for` adds the posting's questions."""

    name = TextField(
        _("Full name"),
        validators=[_needed(_("Enter your name.")), Length(max=LONGEST_NAME, message=_TOO_LONG)],
    )
    email = TextField(
        _("E-mail"),
        description=_("We send your private link to it."),
        validators=[_needed(_("Enter your e-mail address."))],
    )
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
    consent = BooleanField(validators=[_needed(_("Confirm that you have read the privacy notice."))])
    #: For programs that fill in everything; people do not see it.
    website = TextField(_("Website"))
    opened = HiddenField()

    def __iter__(self) -> Iterator[Any]:
        """In the order of the page, in which the summary lists what is wrong."""
        first = ("name", "email", "phone", "motivation", *(["places"] if "places" in self else []))
        ahead = [*first, *(field.short_name for field in self.questions())]
        return iter(self[name] for name in [*ahead, *(each for each in self._fields if each not in ahead)])

    def validate_email(self, field: Any) -> None:
        """A complete address that can be written to; kept as it travels, in small letters."""
        before, at, after = field.data.rpartition("@")
        if at and before and not after:
            raise ValidationError(gettext("Something is missing after the @, for example name@example.org"))
        try:
            found = validate_email(field.data, check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError:
            raise ValidationError(
                gettext("This e-mail address is not complete or cannot be right. Example: name@example.org")
            ) from None
        field.data = (found.ascii_email or found.normalized).lower()

    def validate_phone(self, field: Any) -> None:
        """Digits, and the signs that people write between them."""
        digits = sum(c.isdigit() for c in field.data)
        if digits < 5 or any(not (c.isdigit() or c in "+-/(). \u00a0") for c in field.data):
            raise ValidationError(gettext("Enter the number in digits, for example +49 40 5550 123."))

    def validate_website(self, field: Any) -> None:
        """The trap."""
        if field.data:
            field.data = ""
            raise ValidationError(
                gettext(
                    "A field that people do not see was filled in. It is empty again; please send once more."
                )
            )

    def validate_opened(self, field: Any) -> None:
        """Too quick for a person, or never opened at all."""
        seconds = _seconds_since(field.data or "")
        if seconds is None or seconds < QUICKEST:
            # From now on. Whoever only corrects a field is not asked to wait again.
            field.data = stamp()
            raise ValidationError(gettext("That was very quick. Please look once more, then send again."))

    def questions(self) -> Iterator[Any]:
        """The fields of the posting's questions, in order."""
        return (field for field in self._fields.values() if field.short_name.startswith("question_"))

    def answers(self) -> dict[int, str]:
        """{question id: answer} of what was answered, as it is stored."""
        return {
            int(field.short_name.removeprefix("question_")): said
            for field in self.questions()
            if (said := field.data.isoformat() if isinstance(field.data, date) else field.data or "")
        }


def form_for(posting: Posting) -> type[ApplyForm]:
    """The form with this posting's questions, in the language of the page."""
    fields: dict[str, Any] = {f"question_{q.id}": _field(q) for q in posting.questions}
    if posting.further_places:
        fields["places"] = _places(posting)
    return cast(type[ApplyForm], type("PostingForm", (ApplyForm,), fields))


def _places(posting: Posting) -> Ticks:
    """Where one would work, of the places that the posting names."""
    named = [
        (posting.unit_id, posting.place),
        *((each.unit_id, each.place) for each in posting.further_places),
    ]
    return Ticks(
        _("Where would you work?"),
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


def _field(question: Question) -> Any:
    label = str(question.text)
    needed = InputRequired(_("Please answer this question."))
    must: list[Any] = [needed if question.required else Optional()]
    if question.kind is QuestionKind.YES_NO:
        choices = [SelectChoice(value="yes", label=_("Yes")), SelectChoice(value="no", label=_("No"))]
        return RadioField(label, choices=choices, validate_choice=False, validators=[*must, _yes_or_no])
    if question.kind is QuestionKind.DATE:
        day = InputRequired(_("Enter a date.")) if question.required else Optional()
        return DateField(label, format=DATES, validators=[day, _plausible])
    return LongTextField(label, validators=[*must, Length(max=LONGEST_ANSWER, message=_TOO_LONG)])


def _yes_or_no(_form: Form, field: Field) -> None:
    if field.data not in ("yes", "no"):
        raise StopValidation(gettext("Please answer this question."))


def _plausible(_form: Form, field: Field) -> None:
    if isinstance(field.data, date) and not 1900 <= field.data.year <= 2200:
        raise StopValidation(gettext("Please check the year."))

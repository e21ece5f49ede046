"""What an offer says, and what the moves of its life ask for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, format_decimal, get_currency_precision, parse_decimal
from wtforms import Field, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import TextInput

from rmhr.core import clock
from rmhr.core.due.bounds import PLANNED
from rmhr.core.due.calendar import add_days, next_working_day
from rmhr.core.i18n import _, gettext, language
from rmhr.core.words import money
from rmhr.models.accounts import User
from rmhr.models.applications import Application
from rmhr.models.postings import Posting
from rmhr.models.requisitions import PayPeriod
from rmhr.web.days import DayField
from rmhr.web.edits import EditForm
from rmhr.web.forms import LongTextField, TransitionForm
from rmhr.web.plain import NO_LINKS

CURRENCIES = ("EUR", "CHF", "DKK", "GBP", "NOK", "PLN", "SEK", "USD")
#: More than any bank pays, less than the database's integers.
MOST = Decimal(10_000_000)


class AmountField(Field):
    """A sum in major units as people write it in their language: "62,500.50" or "62.500,50"."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        return format_decimal(self.data, format="#,##0.##", locale=language())

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read it in the reader's language. Raises ValueError for a misplaced point: nothing is guessed."""
        self.data = None
        text = "".join(str(valuelist[0]).split()) if valuelist else ""
        if not text:
            return
        try:
            self.data = parse_decimal(text, locale=language(), strict=True)
            if not self.data.is_finite():
                raise NumberFormatError(text)
        except NumberFormatError:
            self.data = None
            example = format_decimal(Decimal("62500.5"), format="#,##0.00", locale=language())
            raise ValueError(gettext("Enter a sum, for example %(sum)s", sum=example)) from None


def _period(value: Any) -> Any:
    """The stored value as its member; what is none stays as it is, and the choices refuse it."""
    return PayPeriod(value) if value in {member.value for member in PayPeriod} else value


def _person(value: Any) -> Any:
    """A person's number, or nobody; what is no number stays as it is, and the choices refuse it."""
    return (int(value) if str(value).isdigit() else value) if value else None


def in_range(posting: Posting, pay: int, currency: str, period: PayPeriod) -> bool:
    """Whether a sum lies in what the posting promised; where that cannot be compared, it does not."""
    if posting.pay_min is None and posting.pay_max is None:
        return True
    if (currency, period) != (posting.currency, posting.pay_period):
        return False
    return (posting.pay_min is None or pay >= posting.pay_min) and (
        posting.pay_max is None or pay <= posting.pay_max
    )


def range_words(posting: Any) -> str:
    """What the posting promised, in words: "€58,000 to €74,000 a year"; empty where it names nothing."""
    low, high = posting.pay_min, posting.pay_max
    if low is None and high is None:
        return ""
    if low is None or high is None:
        said = money(int(low or high or 0), posting.currency)
    else:
        said = gettext(
            "%(low)s to %(high)s", low=money(low, posting.currency), high=money(high, posting.currency)
        )
    return f"{said} {posting.pay_period.label}"


class OfferForm(EditForm):
    """The terms of an offer."""

    pay = AmountField(_("Pay, gross"), [InputRequired(_("Enter the pay"))])
    currency = SelectField(_("Currency"))
    pay_period = SelectField(
        _("Period"),
        choices=[SelectChoice(period.value, period.value) for period in PayPeriod],
        coerce=_period,
    )
    range_reason = LongTextField(
        _("Why outside the posted range"),
        [Length(max=2000)],
        description=_(
            "Only if it is outside the range. Everybody has seen the range; whoever checks equal pay "
            "will read this reason."
        ),
    )
    starts_on = DayField(
        _("First working day"),
        [InputRequired(_("Enter the first working day"))],
        bounds=PLANNED,
        working=True,
    )
    expires_on = DayField(
        _("Open until"),
        [InputRequired(_("Enter the last day on which it can be accepted"))],
        bounds=PLANNED,
        description=_("The last day on which it can be accepted."),
    )
    supervisor_id = SelectField(_("Supervisor"), [InputRequired(_("Choose the supervisor"))], coerce=_person)
    mentor_id = SelectField(
        _("Mentor"),
        coerce=_person,
        description=_("Hosts the shadowing; somebody other than the supervisor works better."),
    )
    buddy_id = SelectField(
        _("Buddy"),
        coerce=_person,
        description=_("The companion of the first weeks."),
    )
    message = LongTextField(
        _("Personal message"),
        [Optional(), Length(max=4000), NO_LINKS],
        description=_("Shown above the terms, in the mail and on the candidate's private page."),
    )

    def about(
        self, application: Application, supervisors: list[User], mentors: list[User], buddies: list[User]
    ) -> None:
        """Say for whom it is, and whom one can choose."""
        self.application = application
        self.starts_on.region = application.posting.unit.holiday_region
        known = dict.fromkeys((*CURRENCIES, application.posting.currency))
        self.currency.choices = [SelectChoice(code, code) for code in known]
        self.pay_period.choices = [SelectChoice(period.value, str(period.label)) for period in PayPeriod]
        self.supervisor_id.choices = [SelectChoice(person.id, person.name) for person in supervisors]
        nobody = SelectChoice("", gettext("Nobody yet"))
        self.mentor_id.choices = [nobody, *(SelectChoice(person.id, person.name) for person in mentors)]
        self.buddy_id.choices = [nobody, *(SelectChoice(person.id, person.name) for person in buddies)]

    @property
    def minor(self) -> int:
        """The pay in minor units."""
        return int(self.pay.data * 10 ** get_currency_precision(self.currency.data))

    def validate_pay(self, field: Field) -> None:
        """More than nothing, no parts of a cent, and believable."""
        if field.data is None:
            return
        if field.data <= 0 or field.data > MOST:
            raise ValidationError(
                gettext("Enter a sum between 1 and %(most)s", most=format_decimal(MOST, locale=language()))
            )
        if self.currency.data in (*CURRENCIES, self.application.posting.currency):
            exact = field.data * 10 ** get_currency_precision(self.currency.data)
            if exact != exact.to_integral_value():
                raise ValidationError(gettext("Enter at most two digits after the decimal sign"))

    def validate_range_reason(self, field: Field) -> None:
        """Whoever leaves the posted range says why."""
        if (
            self.pay.data is None
            or self.pay.errors
            or self.currency.errors
            or self.pay_period.errors
            or field.data
        ):
            return
        posting = self.application.posting
        if not in_range(posting, self.minor, self.currency.data, self.pay_period.data):
            raise ValidationError(
                gettext(
                    "The posting says %(range)s. Say why this offer is outside of it, or change the sum.",
                    range=range_words(posting),
                )
            )

    def validate_starts_on(self, field: Field) -> None:
        """Work begins in the future."""
        if field.data and field.data <= clock.today():
            raise ValidationError(gettext("The first working day lies in the future"))

    def validate_expires_on(self, field: Field) -> None:
        """Not over yet, and before the first day."""
        if not field.data:
            return
        if field.data < clock.today():
            raise ValidationError(gettext("This day is in the past"))
        if self.starts_on.data and field.data >= self.starts_on.data:
            raise ValidationError(gettext("The offer ends before the first working day"))

    def terms(self) -> dict[str, Any]:
        """What the operations take."""
        return {**self.values(), "pay": self.minor}


class WithdrawForm(TransitionForm):
    """Why an offer is taken back."""

    note = LongTextField(
        _("Reason"),
        [InputRequired(_("Enter the reason")), Length(max=1000), NO_LINKS],
        description=_("If the offer was sent, the candidate reads the reason in the mail."),
    )


class ReworkForm(TransitionForm):
    """What is wrong in an offer that was sent."""

    note = LongTextField(
        _("What is wrong"),
        [InputRequired(_("Say what is wrong")), Length(max=1000), NO_LINKS],
        description=_("The candidate reads it in the mail."),
    )


class RetractForm(TransitionForm):
    """Why somebody who has accepted will not start, and what becomes of the application."""

    becomes = RadioField(
        _("What becomes of the application"),
        [InputRequired(_("Choose what becomes of the application"))],
        choices=[
            SelectChoice("ended", _("It ends: the candidate has withdrawn")),
            SelectChoice("open", _("It is open again: another offer or a rejection follows")),
        ],
    )
    note = LongTextField(
        _("Reason"),
        [InputRequired(_("Enter the reason")), Length(max=1000)],
        description=_(
            "Only colleagues see it, in the history and in the mail to those who prepare the start."
        ),
    )


class DeclineForm(TransitionForm):
    """Why a candidate says no; they need not say it."""

    reason = LongTextField(
        _("Would you tell us why?"),
        [Optional(), Length(max=2000, message=_("At most 2,000 characters"))],
        description=_("You do not have to. It helps us to make better offers."),
    )


def usual_expiry(today: date, region: str) -> date:
    """A proposal for how long an offer stands: two weeks, and on to the next working day there."""
    return next_working_day(add_days(today, 14), region)

"""What is asked for when a posting is begun, written and reopened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from rmhr.core import clock
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import LANGUAGES, Words, _, gettext, language
from rmhr.models.accounts import RmLevel, RmType
from rmhr.models.postings import Employment, Importance, PayPeriod, QuestionKind, SectionKind
from rmhr.postings.checklist import field_of
from rmhr.web.forms import Form, LongTextField, TextField, TransitionForm, WordsField

CURRENCIES = ("EUR", "CHF", "DKK", "GBP", "NOK", "SEK", "USD")
#: More than the longest posting we have seen; keeps a pasted book out.
LONGEST_TEXT, LONGEST_LINE, MOST_ROWS = 20_000, 300, 40
#: "58,000", "58.000", "58 000", "58'000", each with or without cents.
GROUPED = re.compile(r"^(\d{1,3})((?:[.,'’\s]\d{3})+)(?:[.,](\d{2}))?$")
PLAIN = re.compile(r"^(\d{1,9})(?:[.,](\d{1,2}))?$")


class EnumField(SelectField):
    """A choice among the members of an enumeration; its data is the member."""

    def __init__(self, label: Any, members: type[LabelEnum], validators: Any = None, **kwargs: Any):
        super().__init__(
            label,
            validators,
            choices=[SelectChoice(member.value, member.label) for member in members],
            coerce=lambda value: None if value in (None, "") else members(value),
            **kwargs,
        )


class MoneyField(StringField):
    """A sum as people type it in either language; its data is in minor units, or None."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if not isinstance(self.data, int):
            return ""
        whole, cents = divmod(self.data, 100)
        point, group = (",", ".") if language() == "de" else (".", ",")
        said = f"{whole:,}".replace(",", group)
        return f"{said}{point}{cents:02}" if cents else said

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the sum. Raises ValueError where it is none."""
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if found := GROUPED.match(text):
            whole = found[1] + re.sub(r"\D", "", found[2])
            cents = found[3] or ""
        elif found := PLAIN.match(text):
            whole, cents = found[1], found[2] or ""
        else:
            raise ValueError(gettext("Enter a sum, for example 62,000"))
        self.data = int(whole) * 100 + int(cents.ljust(2, "0"))


class PeopleField(SelectField):
    """A choice among people or units, by id; what can be chosen is given by the view."""

    def __init__(self, label: Any, validators: Any = None, *, nothing: Any, **kwargs: Any):
        super().__init__(label, validators, choices=[], coerce=_number, **kwargs)
        self.nothing = nothing

    def offer(self, rows: Iterable[Any]) -> None:
        """Let these be chosen. The one that is chosen now stays possible, even if it would not be offered."""
        self.choices = [
            SelectChoice("", self.nothing),
            *(SelectChoice(str(row.id), row.name) for row in rows),
        ]


def _number(value: Any) -> int | None:
    return int(value) if str(value).isdigit() else None


class Sizes:
    """That no side of a text in two languages is longer than it may be."""

    def __init__(self, longest: int):
        self.longest = longest

    def __call__(self, _form: Any, field: Any) -> None:
        for code in LANGUAGES:
            if len(field.data.get(code, "")) > self.longest:
                raise ValidationError(gettext("Use at most %(number)s characters.", number=self.longest))


class NewForm(Form):
    """What a draft begins with; the rest comes from the starter text."""

    rm_type = EnumField(_("What kind of Relationship Manager?"), RmType, [InputRequired()])
    unit_id = PeopleField(
        _("Unit"),
        [InputRequired(_("Choose the unit that looks for somebody."))],
        nothing=_("Choose a unit"),
    )
    hiring_manager_id = PeopleField(
        _("Hiring manager"),
        [InputRequired(_("Choose the hiring manager."))],
        nothing=_("Choose a person"),
        description=_(
            "Whoever the new colleague will report to. They are told when the posting goes online."
        ),
    )


class CriterionRow(Form):
    """One criterion in the editor."""

    class Meta:
        """The editor around it carries the token."""

        csrf = False

    order = IntegerField(_("Order"), [Optional(), NumberRange(0, 999)])
    importance = EnumField(_("Importance"), Importance, default=Importance.MUST)
    text = WordsField(_("Criterion"), [Sizes(LONGEST_LINE)])
    remove = BooleanField(_("Remove"))


class QuestionRow(Form):
    """One question in the editor."""

    class Meta:
        """The editor around it carries the token."""

        csrf = False

    order = IntegerField(_("Order"), [Optional(), NumberRange(0, 999)])
    kind = EnumField(_("Answer"), QuestionKind, default=QuestionKind.TEXT)
    text = WordsField(_("Question"), [Sizes(LONGEST_LINE)])
    required = BooleanField(_("Must be answered"), default=True)
    remove = BooleanField(_("Remove"))


class EditForm(Form):
    """Everything of a posting that can be written; gaps may stay in a draft."""

    seen_version = HiddenField()
    title = WordsField(
        _("Title"), [Sizes(LONGEST_LINE)], description=_("In German with “(m/w/d)” or another mark.")
    )
    unit_id = PeopleField(
        _("Unit"),
        [InputRequired(_("Choose the unit that looks for somebody."))],
        nothing=_("Choose a unit"),
    )
    level = EnumField(_("Level"), RmLevel)
    place = TextField(_("Place of work"), [Length(max=LONGEST_LINE)])
    employment = EnumField(_("Full time or part time"), Employment)
    hours = WordsField(_("Hours"), [Sizes(LONGEST_LINE)])
    remote = WordsField(_("Working from home"), [Sizes(LONGEST_LINE)])
    starts = WordsField(_("Start"), [Sizes(LONGEST_LINE)])
    openings = IntegerField(
        _("Positions"), [InputRequired(_("Enter how many positions there are.")), NumberRange(1, 99)]
    )
    closes_on = DateField(_("Deadline"), [Optional()], description=_("The last day on which one can apply."))
    pay_min = MoneyField(_("Pay from"))
    pay_max = MoneyField(_("Pay to"))
    usual_min = MoneyField(_("Usual entry from"))
    usual_max = MoneyField(_("Usual entry to"))
    currency = SelectField(_("Currency"), choices=[SelectChoice(code, code) for code in CURRENCIES])
    pay_period = EnumField(_("Period"), PayPeriod)
    pay_note = WordsField(
        _("About the pay"),
        [Sizes(LONGEST_TEXT)],
        lines=3,
        description=_("What comes on top, and the collective agreement if there is one."),
    )
    hiring_manager_id = PeopleField(
        _("Hiring manager"), [InputRequired(_("Choose the hiring manager."))], nothing=_("Choose a person")
    )
    recruiter_id = PeopleField(
        _("Recruiter"), [InputRequired(_("Choose the recruiter."))], nothing=_("Choose a person")
    )
    contact_phone = TextField(_("Phone for questions"), [Optional(), Length(max=60)])
    criteria = FieldList(FormField(CriterionRow), max_entries=MOST_ROWS)
    questions = FieldList(FormField(QuestionRow), max_entries=MOST_ROWS)

    def validate_title(self, field: Any) -> None:
        """A posting has a name in at least one language from the beginning."""
        if not field.data:
            raise ValidationError(gettext("Enter a title."))

    def validate_pay_max(self, field: Any) -> None:
        """From least to most."""
        if field.data is not None and self.pay_min.data is not None and field.data < self.pay_min.data:
            raise ValidationError(gettext("The highest pay must not be below the lowest."))

    def validate_usual_max(self, field: Any) -> None:
        """Both or none, in order, and within the range."""
        low, high = self.usual_min.data, field.data
        if (low is None) != (high is None):
            raise ValidationError(gettext("Enter both ends of the usual entry, or none."))
        if low is None or high is None:
            return
        least, most = self.pay_min.data, self.pay_max.data
        if low > high or least is None or most is None or low < least or high > most:
            raise ValidationError(gettext("The usual entry must lie within the pay range."))

    def sections(self) -> dict[SectionKind, Words]:
        """The parts of the text."""
        return {kind: _even(self[field_of(kind)].data) for kind in SectionKind}

    def lock_rows(self) -> None:
        """Leave out criteria and questions: there are applications, which were made on their terms."""
        del self.criteria
        del self.questions

    def add_row(self, name: str) -> None:
        """One more empty row of "criteria" or "questions"; everything typed stays."""
        if name in ("criteria", "questions") and len(self[name].entries) < MOST_ROWS:
            self[name].append_entry()

    def facts(self) -> dict[str, Any]:
        """What the operation receives besides the texts."""
        other = {"csrf_token", "seen_version", "criteria", "questions", *map(field_of, SectionKind)}
        return {name: _even(value) for name, value in self.data.items() if name not in other}

    def rows(self, name: str) -> list[Mapping[str, Any]] | None:
        """The rows that stay, in their order, without the empty ones; None where they are locked."""
        if name not in self:
            return None
        kept = [
            (row["order"] if row["order"] is not None else 1000 + number, number, row)
            for number, row in enumerate(self[name].data)
            if row["text"] and not row["remove"]
        ]
        return [
            {key: _even(value) for key, value in row.items() if key not in ("order", "remove")}
            for _order, _number, row in sorted(kept, key=lambda each: each[:2])
        ]


def _even(value: Any) -> Any:
    """Words with the line ends that we keep, whatever the browser sends; anything else as it is."""
    if not isinstance(value, Words):
        return value
    return Words({code: text.replace("\r\n", "\n").replace("\x00", "") for code, text in value.items()})


for _kind in SectionKind:
    setattr(EditForm, field_of(_kind), WordsField(_kind.label, [Sizes(LONGEST_TEXT)], lines=5))


class ReopenForm(TransitionForm):
    """Why a closed posting opens again, and until when."""

    closes_on = DateField(_("New deadline"), [InputRequired(_("Enter the last day on which one can apply."))])
    note = LongTextField(
        _("Reason"),
        [InputRequired(_("Say why the posting opens again.")), Length(max=2000)],
        description=_("For the history; applicants do not see it."),
    )

    def validate_closes_on(self, field: Any) -> None:
        """Somebody must have time to apply."""
        if isinstance(field.data, date) and field.data <= clock.today():
            raise ValidationError(gettext("The deadline must be in the future."))

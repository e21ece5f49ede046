"""What is asked for when a posting is written, sent back and reopened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from rmhr.core import clock
from rmhr.core.due.bounds import PLANNED
from rmhr.core.i18n import Words, _, gettext
from rmhr.models.accounts import RmLevel
from rmhr.models.postings import Audience, Employment, RemoteWork, SectionKind
from rmhr.models.requisitions import PayPeriod
from rmhr.postings.checklist import field_of
from rmhr.postings.forms.places import MOST_PLACES, PlaceRow
from rmhr.postings.forms.rows import CriterionRow, QuestionRow, append, even, kept, refuse_many_files, staying
from rmhr.web.choices import PeopleField
from rmhr.web.days import DayField
from rmhr.web.edits import PLUMBING
from rmhr.web.fields import CURRENCIES, LONGEST_LINE, LONGEST_TEXT, MOST_ROWS, EnumField, MoneyField, Sizes
from rmhr.web.forms import Form, LongTextField, NoteForm, TextField, TransitionForm, WordsField

#: The lists of the editor that a button makes longer.
ROWS = ("further_places", "criteria", "questions")


class EditForm(Form):
    """Everything of a posting that can be written; gaps may stay in a draft."""

    seen = HiddenField()
    opened_with = HiddenField()
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
    remote_work = EnumField(_("Working from home"), RemoteWork)
    remote = WordsField(
        _("Working from home, in words"),
        [Sizes(LONGEST_LINE)],
        description=_("For example “up to 2 days a week”."),
    )
    starts = WordsField(_("Start"), [Sizes(LONGEST_LINE)])
    openings = IntegerField(
        _("Positions"), [InputRequired(_("Enter how many positions there are.")), NumberRange(1, 99)]
    )
    opens_on = DayField(
        _("Opens on"),
        [Optional()],
        bounds=PLANNED,
        description=_("Once approved, it opens by itself on this day."),
    )
    closes_on = DayField(
        _("Deadline"),
        [Optional()],
        bounds=PLANNED,
        description=_("The last day on which one can apply."),
    )
    audience = EnumField(_("Who reads it"), Audience)
    closes_when_filled = BooleanField(
        _("Close when all positions are taken"),
        description=_("Otherwise the recruiter answers."),
    )
    answer_days = IntegerField(
        _("First answer within"),
        [InputRequired(_("Enter in how many working days applicants hear from you.")), NumberRange(1, 30)],
    )
    offer_days = IntegerField(
        _("Offer within"), [Optional(), NumberRange(1, 250)], description=_("After the deadline.")
    )
    agency_on = DayField(
        _("Employment agency told on"),
        [Optional()],
        bounds=PLANNED,
        description=_("As section 164(1) SGB IX asks."),
    )
    pay_min = MoneyField(_("Pay from"))
    pay_max = MoneyField(_("Pay to"))
    usual_min = MoneyField(_("Usual entry from"))
    usual_max = MoneyField(_("Usual entry to"))
    currency = SelectField(_("Currency"), choices=[SelectChoice(code, code) for code in CURRENCIES])
    pay_period = EnumField(_("Period"), PayPeriod)
    pay_shown = BooleanField(
        _("Show the range on the page"),
        description=_("Otherwise each applicant is told in the confirmation of their application."),
    )
    pay_variable = WordsField(_("Variable part"), [Sizes(LONGEST_TEXT)], lines=2)
    pay_agreement = WordsField(
        _("Collective agreement"),
        [Sizes(LONGEST_TEXT)],
        lines=2,
        description=_("Which one applies, and the pay group; empty where there is none."),
    )
    pay_criteria = WordsField(
        _("What the pay depends on"),
        [Sizes(LONGEST_TEXT)],
        lines=2,
        description=_("Objective and the same for everybody (Art. 5(1) Directive (EU) 2023/970)."),
    )
    hiring_manager_id = PeopleField(
        _("Hiring manager"), [InputRequired(_("Choose the hiring manager."))], nothing=_("Choose a person")
    )
    recruiter_id = PeopleField(
        _("Recruiter"), [InputRequired(_("Choose the recruiter."))], nothing=_("Choose a person")
    )
    contact_phone = TextField(_("Phone for questions"), [Optional(), Length(max=60)])
    further_places = FieldList(FormField(PlaceRow), max_entries=MOST_PLACES)
    criteria = FieldList(FormField(CriterionRow), max_entries=MOST_ROWS)
    questions = FieldList(FormField(QuestionRow), max_entries=MOST_ROWS)

    def validate_title(self, field: Field) -> None:
        """A posting has a name in at least one language from the beginning."""
        if not field.data:
            raise ValidationError(gettext("Enter a title."))

    def validate_closes_on(self, field: Field) -> None:
        """Opened before it is closed."""
        opens, closes = self.opens_on.data, field.data
        if isinstance(opens, date) and isinstance(closes, date) and closes < opens:
            raise ValidationError(gettext("The deadline must not be before the day on which it opens."))

    def validate_pay_max(self, field: Field) -> None:
        """From least to most."""
        if field.data is not None and self.pay_min.data is not None and field.data < self.pay_min.data:
            raise ValidationError(gettext("The highest pay must not be below the lowest."))

    def validate_usual_max(self, field: Field) -> None:
        """Both or none, in order, and within the range."""
        low, high = self.usual_min.data, field.data
        if (low is None) != (high is None):
            raise ValidationError(gettext("Enter both values of the usual entry, or none."))
        if low is None or high is None:
            return
        least, most = self.pay_min.data, self.pay_max.data
        if low > high or least is None or most is None or low < least or high > most:
            raise ValidationError(gettext("The usual entry must lie within the pay range."))

    def validate_further_places(self, field: Field) -> None:
        """A unit and a place each, and no unit twice."""
        seen = {self.unit_id.data}
        for row in field.entries:
            unit_id, place = row.form.unit_id.data, row.form.place.data
            if row.form.remove.data or not (unit_id or place):
                continue
            if not unit_id:
                row.form.refuse("unit_id", gettext("Choose the unit of this place."))
            elif unit_id in seen:
                row.form.refuse("unit_id", gettext("This unit is named already."))
            if not place:
                row.form.refuse("place", gettext("Enter the place, for example “Kiel”."))
            seen.add(unit_id)
        if any(row.errors for row in field.entries):
            raise ValidationError(gettext("Look at the further places."))

    def places(self) -> list[tuple[int, str]]:
        """The further places that stay: unit and place, in their order."""
        rows = [row for row in self.further_places.data if not row["remove"]]
        return [(row["unit_id"], row["place"]) for row in rows if row["unit_id"] and row["place"]]

    def sections(self) -> dict[SectionKind, Words]:
        """The parts of the text."""
        return {kind: even(self[field_of(kind)].data) for kind in SectionKind}

    def validate_questions(self, field: Field) -> None:
        """No more files than one form can carry."""
        refuse_many_files(field)

    def add_row(self, name: str) -> None:
        """One more empty row of a list; everything typed stays."""
        if name == "further_places" and len(self[name].entries) < self[name].max_entries:
            self[name].append_entry()
        elif name in ROWS:
            append(self[name], [{}])

    def refuse_at(self, anchor: str, message: Any) -> None:
        """Add an error at the place of which the checklist speaks: "place", "title-de", "questions-1-text-de".

        It counts the rows that stay, in their order. Does nothing where this form has no such field.
        """
        name, *inside = anchor.split("-")
        if name in ROWS and inside:
            row = staying(self[name])[int(inside[0])]
            row.refuse(inside[1], message)
            self[name].errors = [*self[name].errors, row.errors]
        elif name in self:
            self.refuse(name, message)

    def facts(self) -> dict[str, Any]:
        """What the operation receives besides the texts."""
        other = {*PLUMBING, *ROWS, *map(field_of, SectionKind)}
        return {name: even(value) for name, value in self.data.items() if name not in other}

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """The rows that stay, in their order, without the empty ones."""
        return kept(self[name])


for _kind in SectionKind:
    setattr(EditForm, field_of(_kind), WordsField(_kind.label, [Sizes(LONGEST_TEXT)], lines=5))


class ReturnForm(TransitionForm):
    """What should change before it is approved."""

    note = LongTextField(
        _("What should change"),
        [InputRequired(_("Say what should change.")), Length(max=2000)],
        description=_("The recruiter gets this by mail; it is kept in the history."),
    )


class ReopenForm(TransitionForm):
    """Why a closed posting opens again, and until when."""

    closes_on = DayField(
        _("New deadline"), [InputRequired(_("Enter the last day on which one can apply."))], bounds=PLANNED
    )
    note = LongTextField(
        _("Reason"),
        [InputRequired(_("Say why the posting opens again.")), Length(max=2000)],
        description=_("For the history; applicants do not see it."),
    )

    def validate_closes_on(self, field: Field) -> None:
        """Somebody must have time to apply."""
        if isinstance(field.data, date) and field.data <= clock.today():
            raise ValidationError(gettext("The deadline must be in the future."))


class RemarkForm(NoteForm):
    """A remark for the history, where somebody wants to leave one."""

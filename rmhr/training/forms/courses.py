"""What is asked about a course, about one of its versions, and when that moves on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import Field, IntegerField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from rmhr.core import clock
from rmhr.core.due.bounds import PLANNED
from rmhr.core.i18n import _, gettext
from rmhr.models.accounts import RmType
from rmhr.models.courses import (
    Blocked,
    CountsFor,
    Course,
    CourseArea,
    CourseAudience,
    CourseKind,
    CourseVersion,
    CpdRegime,
)
from rmhr.training.queries.people import reviewers
from rmhr.web.auth import me
from rmhr.web.choices import Choices, PeopleField
from rmhr.web.days import DayField
from rmhr.web.decimals import DecimalField
from rmhr.web.edits import EditForm
from rmhr.web.fields import LONGEST_LINE, EnumChoice, EnumField, Sizes
from rmhr.web.forms import Form, LongTextField, TextField, Ticks, TransitionForm, WordsField

LONGEST_SHORT, LONGEST_OBJECTIVES, LONGEST_REASON = 30, 2000, 1000
MINUTES_OF_AN_HOUR = 60
_TOO_LONG = _("At most %(max)d characters, please.")


def _name() -> WordsField:
    return WordsField(_("Name"), [Sizes(LONGEST_LINE)], description=_("As it appears on the certificate."))


class NewCourseForm(Form):
    """A course that is begun."""

    name = _name()
    area = EnumField(_("Area"), CourseArea)
    kind = EnumField(_("Kind"), CourseKind, default=CourseKind.E_LEARNING)

    def validate_name(self, field: Field) -> None:
        """One language is enough to begin with."""
        if not any(field.data.values()):
            raise ValidationError(gettext("Enter the name in one language at least."))


class CourseForm(EditForm):
    """What stays the same whatever the versions of a course teach."""

    area = EnumField(_("Area"), CourseArea)
    kind = EnumField(_("Kind"), CourseKind)
    provider = TextField(
        _("Provider"),
        [Optional(), Length(max=LONGEST_LINE, message=_TOO_LONG)],
        description=_("Who gives it. Empty: the bank itself."),
    )
    owner_id = PeopleField(
        _("Owner"),
        [Optional()],
        nothing=_("HR and compliance together"),
        description=_("Looks after the course and may change it, whatever else they do."),
    )
    audience = EnumChoice(_("Who sees it"), CourseAudience)

    @classmethod
    def of(cls, course: Course, prepare: Any) -> CourseForm:
        """The form of this course."""
        return cls.editing(course, prepare)


def _number(label: Any, least: int, most: int, **more: Any) -> IntegerField:
    said = _("Enter a whole number from %(min)s to %(max)s.")
    return IntegerField(label, [InputRequired(said), NumberRange(least, most, said)], **more)


def _hours(label: Any) -> DecimalField:
    return DecimalField(label, [Optional(), NumberRange(0, 100, _("Enter hours from %(min)s to %(max)s."))])


class FactsForm(EditForm):
    """The facts of a draft. What is missing may stay so: it is named before the draft can go to review."""

    name = _name()
    short = WordsField(
        _("Short name"), [Sizes(LONGEST_SHORT)], description=_("For the heads of narrow columns.")
    )
    objectives = WordsField(
        _("Objectives"),
        [Sizes(LONGEST_OBJECTIVES)],
        lines=3,
        description=_("What one can do after it, in one sentence without a full stop."),
    )
    rm_types = Ticks(
        _("Who has to take it"),
        [Optional()],
        choices=[SelectChoice(each.value, each.label) for each in RmType],
    )
    due_days = _number(_("Due after the first day, in days"), 0, 730)
    interval_months = _number(_("Valid for, in months"), 1, 120)
    blocks = Ticks(
        _("What it blocks until it is passed"),
        [Optional()],
        choices=[SelectChoice(each.value, each.label) for each in Blocked],
    )
    minutes = _number(
        _("Length as stated, in minutes"),
        1,
        2400,
        description=_("With the exam. What is measured is shown beside it."),
    )
    cpd_idd = _hours(CpdRegime.IDD.label)
    cpd_mifid = _hours(CpdRegime.MIFID.label)
    cpd_internal = _hours(CpdRegime.INTERNAL.label)
    questions_per_exam = _number(_("Questions per exam"), 1, 100)
    pass_mark = _number(_("Pass mark, in per cent"), 1, 100)
    max_attempts = _number(_("Attempts"), 1, 20)
    wait_hours = _number(_("Pause between attempts, in hours"), 0, 720)

    @classmethod
    def of(cls, version: CourseVersion) -> FactsForm:
        """The form of this version, its CPD in hours."""

        def hours() -> dict[str, Any]:
            return {
                f"cpd_{each.value}": Decimal(version.cpd[each.value]) / MINUTES_OF_AN_HOUR
                for each in CpdRegime
                if each.value in version.cpd
            }

        made = cls.editing(version, None, **hours())
        made._stored = lambda: cls(**{"obj": version, **hours()})
        return made

    def facts(self) -> dict[str, Any]:
        """What the operation receives: CPD in minutes by regime."""
        values = self.values()
        hours = {each.value: values.pop(f"cpd_{each.value}") for each in CpdRegime}
        cpd = {regime: round(each * MINUTES_OF_AN_HOUR) for regime, each in hours.items() if each}
        return {**values, "rm_types": values["rm_types"] or [], "blocks": values["blocks"] or [], "cpd": cpd}


class SubmitVersionForm(TransitionForm):
    """What is new in a version, who looks at it, whom it counts for."""

    reason = LongTextField(
        _("What is new, and why"),
        [
            InputRequired(_("Say what is new: whoever reviews it looks there first.")),
            Length(max=LONGEST_REASON, message=_TOO_LONG),
        ],
    )
    reviewer_id = PeopleField(
        _("Who reviews it"),
        [InputRequired(_("Choose who reviews it: nobody publishes their own words."))],
        nothing=_("Choose a person"),
    )
    counts_for = EnumChoice(
        _("Whom it counts for, besides whoever begins the course from now on"),
        CountsFor,
        default=CountsFor.BEGINNERS,
        description=_("Whoever is in the version before finishes that one."),
    )
    change_by = DayField(
        _("Until when holders take the change"),
        [Optional()],
        bounds=PLANNED,
        description=_("They read the lessons that have changed, and take the exam."),
    )

    def fit(self, subject: CourseVersion) -> None:
        """Offer whoever may publish it: neither the one who asks nor whoever wrote it last."""
        wrote = [me().id, *([subject.edited_by_id] if subject.edited_by_id else [])]
        self.reviewer_id.offer_found(Choices("reviewers", reviewers(wrote, subject.course.owner_id)))

    def validate_change_by(self, field: Field) -> None:
        """A day for holders, and only for them."""
        if self.counts_for.data is CountsFor.HOLDERS:
            if field.data is None:
                raise ValidationError(gettext("Enter the day until which they take it."))
            if field.data <= clock.today():
                raise ValidationError(gettext("Enter a later day than today."))

    def values(self) -> dict[str, Any]:
        """What the transition receives: no day where it concerns no holders."""
        found = super().values()
        holders = found["counts_for"] is CountsFor.HOLDERS
        return {**found, "change_by": found["change_by"] if holders else None}


class ReturnVersionForm(TransitionForm):
    """What is to be changed."""

    note = LongTextField(
        _("What is to be changed?"),
        [
            InputRequired(_("Say what is to be changed.")),
            Length(max=LONGEST_REASON, message=_TOO_LONG),
        ],
    )


class ReasonForm(TransitionForm):
    """Why it is done: kept in the history."""

    note = LongTextField(
        _("Why?"),
        [InputRequired(_("Say why in a sentence.")), Length(max=LONGEST_REASON, message=_TOO_LONG)],
        description=_("It is kept in the history."),
    )

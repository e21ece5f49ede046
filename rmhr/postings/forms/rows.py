"""Rows of an editor: one criterion, one question; how they are ordered, and what of them is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import BooleanField, Field, IntegerField, SelectChoice, SelectField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from rmhr.core.i18n import LANGUAGES, Words, _, gettext
from rmhr.law import private_life
from rmhr.models.criteria import CriterionKind, Importance, QuestionKind
from rmhr.web.fields import LONGEST_LINE, EnumField, MayBeAsked, Sizes
from rmhr.web.forms import Form, TextField, WordsField

WEIGHTS = range(1, 6)
FEWEST_CHOICES, MOST_CHOICES = 2, 20
#: With the CV they make the largest form that the server takes.
MOST_FILES = 5
WITH_CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


class ChoicesField(WordsField):
    """The choices of a question, one a line and language; `rows` are what is stored: [{en, de}]."""

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any):
        super().__init__(label, validators, lines=4, **kwargs)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the lines; shown first, the stored choices as lines."""
        rows = data if isinstance(data, list) else []
        lines = {code: "\n".join(row.get(code, "") for row in rows).strip() for code in LANGUAGES}
        super().process(formdata, lines, extra_filters)

    def typed(self, code: str) -> list[str]:
        """What was typed in one language, without empty lines."""
        lines = self.data.get(code, "").replace("\x00", "").splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]

    @property
    def rows(self) -> list[dict[str, str]]:
        """The choices as they are stored; in the languages that have them."""
        said = {code: self.typed(code) for code in LANGUAGES if self.typed(code)}
        return [dict(zip(said, row, strict=True)) for row in zip(*said.values(), strict=False)]


class Row(Form):
    """What every row has: a place in the order, and a tick that takes it away."""

    class Meta:
        """The editor around it carries the token."""

        csrf = False

    order = IntegerField(_("Order"), [Optional(), NumberRange(0, 999)])
    remove = BooleanField(_("Remove"))

    @property
    def counts(self) -> bool:
        """Whether it stays: not ticked, and not empty."""
        return not self["remove"].data and bool(self["text"].data)

    def values(self) -> dict[str, Any]:
        """What the operation receives."""
        return {
            name: even(value)
            for name, value in self.data.items()
            if name not in ("order", "remove", "csrf_token")
        }


class CriterionRow(Row):
    """One criterion."""

    called = _("Criterion %(number)s")
    kind = EnumField(_("Kind"), CriterionKind, default=CriterionKind.EXPERIENCE)
    importance = EnumField(_("Importance"), Importance, default=Importance.MUST)
    text = WordsField(_("Criterion"), [Sizes(LONGEST_LINE)])
    weight = SelectField(
        _("Weight"),
        choices=[
            SelectChoice(str(weight), _("1, as all others") if weight == 1 else str(weight))
            for weight in WEIGHTS
        ],
        coerce=int,
        default=1,
    )
    weight_reason = TextField(
        _("Reason for the weight"),
        [Length(max=LONGEST_LINE)],
        description=_("For any weight but 1. Colleagues read it at the screening."),
    )

    def validate_weight_reason(self, field: Field) -> None:
        """Equal weights need no reason; any other does."""
        if self.counts and self.weight.data != 1 and not field.data:
            raise ValidationError(gettext("Say why this criterion weighs more than others."))

    def values(self) -> dict[str, Any]:
        """Equal weights keep no reason."""
        found = super().values()
        return found if found["weight"] != 1 else found | {"weight_reason": ""}


class QuestionRow(Row):
    """One question."""

    called = _("Question %(number)s")
    kind = EnumField(_("Answer"), QuestionKind, default=QuestionKind.TEXT)
    text = WordsField(_("Question"), [Sizes(LONGEST_LINE), MayBeAsked()])
    choices = ChoicesField(
        _("Choices"),
        description=_("For “Single choice” and “Multiple choice”: one on each line, in the same order."),
    )
    required = BooleanField(_("Must be answered"), default=True)

    def validate_text(self, field: Field) -> None:
        """Choices without a question are not thrown away in silence."""
        chosen = self.kind.data in WITH_CHOICES and self["choices"].data
        if chosen and not field.data and not self["remove"].data:
            raise ValidationError(gettext("Write the question that these choices belong to."))

    def validate_choices(self, field: Field) -> None:
        """Enough of them, no two alike, and each in the languages that have any."""
        if not self.counts or self.kind.data not in WITH_CHOICES:
            return
        said = {code: field.typed(code) for code in LANGUAGES if field.typed(code)}
        numbers = {len(lines) for lines in said.values()}
        if len(numbers) > 1:
            raise ValidationError(
                gettext(
                    "There are %(english)s choices in English and %(german)s in German. Write each in both "
                    "languages, or all in one language only.",
                    english=len(said["en"]),
                    german=len(said["de"]),
                )
            )
        if not numbers or not FEWEST_CHOICES <= max(numbers) <= MOST_CHOICES:
            raise ValidationError(
                gettext(
                    "Enter %(fewest)s to %(most)s choices, one on each line.",
                    fewest=FEWEST_CHOICES,
                    most=MOST_CHOICES,
                )
            )
        for lines in said.values():
            _refuse_twins(lines)
            _refuse_forbidden(lines)

    def values(self) -> dict[str, Any]:
        """Choices as they are stored; none for a kind that has none."""
        chosen = self.kind.data in WITH_CHOICES
        return super().values() | {"choices": self["choices"].rows if chosen else []}


def _refuse_forbidden(lines: Sequence[str]) -> None:
    for line in lines:
        if reason := private_life.objection(line):
            raise ValidationError(reason)


def _refuse_twins(lines: Sequence[str]) -> None:
    seen = set()
    for line in lines:
        if len(line) > LONGEST_LINE:
            raise ValidationError(gettext("Use at most %(number)s characters.", number=LONGEST_LINE))
        if line.casefold() in seen:
            raise ValidationError(gettext("The choice “%(choice)s” is there twice.", choice=line))
        seen.add(line.casefold())


def kept(entries: Iterable[Any]) -> list[Mapping[str, Any]]:
    """The rows that stay, in their order, without the empty ones. `entries`: a FieldList of rows."""
    return [row.values() for row in staying(entries)]


def staying(entries: Iterable[Any]) -> list[Row]:
    """Their forms, in the same order."""
    rows = [
        (row.order.data if row.order.data is not None else 1000 + number, number, row)
        for number, row in enumerate(entry.form for entry in entries)
        if row.counts
    ]
    return [row for _order, _number, row in sorted(rows, key=lambda each: each[:2])]


def append(entries: Any, rows: Iterable[Mapping[str, Any]]) -> bool:
    """More rows after the last one; says no, and adds none, where there is no room for them."""
    fresh = list(rows)
    if len(entries) + len(fresh) > entries.max_entries:
        return False
    last = max([len(entries), *(entry.form.order.data or 0 for entry in entries)])
    for number, row in enumerate(fresh, last + 1):
        entries.append_entry({**row, "order": min(number, 999)})
    return True


def refuse_many_files(entries: Iterable[Any]) -> None:
    """Raise ValidationError where more files are asked for than one form can carry."""
    asked = [row for row in kept(entries) if row["kind"] is QuestionKind.FILE]
    if len(asked) > MOST_FILES:
        raise ValidationError(gettext("Ask for at most %(number)s files besides the CV.", number=MOST_FILES))


def even(value: Any) -> Any:
    """Words with the line ends that we keep, whatever the browser sends; anything else as it is."""
    if not isinstance(value, Words):
        return value
    return Words({code: text.replace("\r\n", "\n").replace("\x00", "") for code, text in value.items()})

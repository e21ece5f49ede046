"""How a posting's questions are asked in the application form: a field for each kind of answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import Field, FileField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from rmhr.core.due.bounds import LIFETIME
from rmhr.core.i18n import _, gettext
from rmhr.core.patterns import SPACE, Pattern
from rmhr.core.words import number
from rmhr.models.criteria import Question, QuestionKind
from rmhr.web.days import DayField
from rmhr.web.forms import Form, LongTextField, TextField, Ticks

LONGEST_ANSWER = 4000
DATES = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
#: More choices than this stand in a list that opens.
MOST_RADIOS = 7
RATINGS = range(1, 6)
#: "39", "1234,5", "1,234.5", "1.234,5", "1 234": thousands by one sign, two decimals at most behind another.
NUMBER = Pattern(
    rf"(?:(?P<plain>\d{{1,12}})|(?P<grouped>[1-9]\d{{0,2}}(?:(?:[.,'’]|{SPACE})\d{{3}})+))"
    r"(?:(?P<point>[.,])(?P<decimals>\d{1,2}))?"
)
_TOO_LONG = _("At most %(max)d characters, please.")
_ANSWER = _("Please answer this question.")


class NumberField(TextField):
    """A number as people write it in either language; its data is a Decimal, or None."""

    data: Any
    least, most = Decimal(0), Decimal(1_000_000_000)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number. Raises ValueError where it is none, or out of bounds."""
        super().process_formdata(valuelist)
        text = (self.data or "").removesuffix("%").strip()
        self.data = None
        if not text:
            return
        found = NUMBER.fullmatch(text)
        signs = {sign for sign in (found and found["grouped"]) or "" if not sign.isdigit()}
        if not found or len(signs) > 1 or found["point"] in signs:
            raise ValueError(self.wrong())
        whole = "".join(filter(str.isdigit, found["plain"] or found["grouped"]))
        value = Decimal(f"{int(whole)}.{found['decimals'] or 0}")
        if not self.least <= value <= self.most:
            raise ValueError(self.wrong())
        self.data = value

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""

    def wrong(self) -> str:
        """What to enter instead."""
        return gettext(
            "Enter a number from %(least)s to %(most)s, for example %(example)s.",
            least=number(self.least),
            most=number(self.most),
            example=number(Decimal("38.5")),
        )


class PercentageField(NumberField):
    """From 0 to 100, with or without the sign."""

    most = Decimal(100)

    def wrong(self) -> str:
        """What to enter instead."""
        return gettext("Enter a percentage from 0 to 100.")


class RatingField(RadioField):
    """From 1 to 5, with words at both ends."""

    ends = (_("lowest"), _("highest"))


def field_for(question: Question) -> Any:
    """The field that asks this question, in the language of the page."""
    label = str(question.text)
    must: list[Any] = [InputRequired(_ANSWER)] if question.required else [Optional()]
    match question.kind:
        case QuestionKind.YES_NO:
            return _radios(RadioField, question, [("yes", _("Yes")), ("no", _("No"))])
        case QuestionKind.RATING:
            return _radios(RatingField, question, [(str(value), str(value)) for value in RATINGS])
        case QuestionKind.SINGLE if len(question.choices) > MOST_RADIOS:
            choices = [
                ("", _("Please choose") if question.required else _("No answer")),
                *_numbered(question),
            ]
            return SelectField(
                label, choices=_offered(choices), validate_choice=False, validators=[*must, _one_of(choices)]
            )
        case QuestionKind.SINGLE:
            return _radios(RadioField, question, _numbered(question))
        case QuestionKind.MULTIPLE:
            choices = _numbered(question)
            ticked = [InputRequired(_("Tick at least one."))] if question.required else [Optional()]
            return Ticks(
                label,
                choices=_offered(choices),
                validate_choice=False,
                validators=[*ticked, _all_of(choices)],
            )
        case QuestionKind.NUMBER:
            return NumberField(label, validators=must)
        case QuestionKind.PERCENTAGE:
            return PercentageField(label, validators=must)
        case QuestionKind.DATE:
            day = InputRequired(_("Enter a date.")) if question.required else Optional()
            return DayField(label, format=DATES, validators=[day], bounds=LIFETIME)
        case QuestionKind.FILE:
            # Whether there is one, apply.py says: it may have been sent before.
            return FileField(label, validators=[] if question.required else [Optional()])
    return LongTextField(label, validators=[*must, Length(max=LONGEST_ANSWER, message=_TOO_LONG)])


def stored(field: Any) -> str:
    """An answer as it is kept: see ApplicationAnswer.answer. Files are kept apart."""
    value = field.data
    if value is None or isinstance(field, FileField):
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return ",".join(sorted(set(value), key=int)) if isinstance(value, list) else str(value)


def digest(questions: Iterable[Question]) -> str:
    """Changes with the questions: whoever opened the form before answered other ones."""
    asked = [[q.id, q.kind.value, dict(q.text), q.choices] for q in questions]
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:16]


def _radios(kind: type[RadioField], question: Question, choices: list[tuple[str, Any]]) -> Any:
    """A choice among a few. What need not be answered can also be left again."""
    must: Any = InputRequired(_ANSWER) if question.required else Optional()
    offered = choices if question.required else [*choices, ("", _("No answer"))]
    return kind(
        str(question.text),
        choices=_offered(offered),
        default=None if question.required else "",
        validate_choice=False,
        validators=[must, _one_of(choices)],
    )


def _numbered(question: Question) -> list[tuple[str, Any]]:
    return [(str(place), str(words)) for place, words in enumerate(question.choice_words)]


def _offered(choices: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=words) for value, words in choices]


def _one_of(choices: Iterable[tuple[str, Any]]) -> Any:
    possible = {value for value, _words in choices if value}

    def check(_form: Form, field: Field) -> None:
        if field.data not in possible:
            raise StopValidation(gettext("Please answer this question."))

    return check


def _all_of(choices: Iterable[tuple[str, Any]]) -> Any:
    possible = {value for value, _words in choices}

    def check(_form: Form, field: Field) -> None:
        if not possible.issuperset(field.data or ()):
            raise StopValidation(gettext("Please answer this question."))

    return check

"""Fields that forms share: one of an enumeration, money, people, texts in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import ValidationError

from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import LANGUAGES, gettext, language
from rmhr.core.patterns import SPACE, Pattern
from rmhr.law import private_life

CURRENCIES = ("EUR", "CHF", "DKK", "GBP", "NOK", "SEK", "USD")
#: More than the longest posting we have seen; keeps a pasted book out.
LONGEST_TEXT, LONGEST_LINE, MOST_ROWS = 20_000, 300, 40
#: "58,000", "58.000", "58 000", "58'000", each with or without cents.
GROUPED = Pattern(rf"(\d{{1,3}})((?:(?:[.,'’]|{SPACE})\d{{3}})+)(?:[.,](\d{{2}}))?")
PLAIN = Pattern(r"(\d{1,9})(?:[.,](\d{1,2}))?")


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


class EnumChoice(EnumField, RadioField):
    """The same with every member in sight."""


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
        if found := GROUPED.fullmatch(text):
            whole = found[1] + "".join(filter(str.isdigit, found[2]))
            cents = found[3] or ""
        elif found := PLAIN.fullmatch(text):
            whole, cents = found[1], found[2] or ""
        else:
            raise ValueError(gettext("Enter a sum, for example 62,000"))
        self.data = int(whole) * 100 + int(cents.ljust(2, "0"))


class Sizes:
    """Validator: neither language of a text is longer than `longest` characters."""

    def __init__(self, longest: int):
        self.longest = longest

    def __call__(self, _form: Any, field: Any) -> None:
        for code in LANGUAGES:
            if len(field.data.get(code, "")) > self.longest:
                raise ValidationError(gettext("Use at most %(number)s characters.", number=self.longest))


class MayBeAsked:
    """Validator: no text, in either language, asks a candidate for past pay, or for what is private."""

    def __call__(self, _form: Any, field: Any) -> None:
        texts = field.data.values() if isinstance(field.data, Mapping) else [field.data or ""]
        for text in texts:
            if reason := private_life.objection(text):
                raise ValidationError(reason)

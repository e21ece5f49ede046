"""Numbers as people write them: 93.4 in English, 93,4 in German; never read otherwise than they were meant."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal
from wtforms.widgets import TextInput

from rmhr.core.i18n import gettext, language
from rmhr.core.patterns import Pattern
from rmhr.core.words import number
from rmhr.web.forms import TextField

#: What the database keeps: twelve figures before the point, two behind it.
MOST = Decimal(10) ** 12
PLAIN = Pattern(r"-?[0-9][0-9.,]*")


class DecimalField(TextField):
    """A number in the reader's own notation. What was typed stays as it was typed."""

    widget = TextInput()
    data: Any

    def process_data(self, value: Any) -> None:
        """Show a stored number in the reader's notation."""
        self.data = value
        self.shown = number(value) if value is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed. Raises ValueError where it could mean two things, or nothing."""
        if not valuelist:
            return
        super().process_formdata(valuelist)
        typed = str(self.data)
        self.shown, self.data = typed, None
        if not typed:
            return
        plain = typed.replace("−", "-").replace(" ", "").replace("\u00a0", "")
        try:
            if not PLAIN.fullmatch(plain):
                raise NumberFormatError("not a number")
            value = parse_decimal(plain, locale=language(), strict=True)
        except NumberFormatError as error:
            example = number(Decimal("93.4"))
            raise ValueError(gettext("Enter a number, for example %(example)s.", example=example)) from error
        if value != round(value, 2):
            raise ValueError(gettext("Enter at most two decimal places."))
        if abs(value) >= MOST:
            raise ValueError(gettext("This number is too large."))
        self.data = value

    def _value(self) -> str:
        return self.shown

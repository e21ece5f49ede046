"""Days that people enter: each field says how far from today a day may lie, and whether people work on it.

A day outside the bounds of its field is no data: whatever is reckoned with it afterwards never meets the year 9999.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date
from markupsafe import Markup
from wtforms import DateField
from wtforms.utils import unset_value
from wtforms.validators import StopValidation, ValidationError

from rmhr.core import clock
from rmhr.core.due import calendar
from rmhr.core.due.bounds import Bounds, day_of
from rmhr.core.i18n import gettext, language
from rmhr.core.words import day_text


class DayField(DateField):
    """A day within its bounds. With `working`, a weekend or public holiday is said, and kept where it is sent again.

    `region` says whose holidays count: a form that knows it sets it. A day that is stored already may stay.
    """

    data: Any

    def __init__(
        self,
        label: Any = None,
        validators: Any = None,
        *,
        bounds: Bounds,
        working: bool = False,
        **kwargs: Any,
    ):
        super().__init__(label, validators, **kwargs)
        self.bounds, self.working, self.region = bounds, working, calendar.NATIONWIDE
        self.meant: str | None = None
        self.asked = False

    @property
    def meant_name(self) -> str:
        """The name under which a page sends a day once more that is meant, although nobody works on it."""
        return f"{self.name}-meant"

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the day, and whether it is sent once more."""
        super().process(formdata, data, extra_filters)
        self.meant = formdata.get(self.meant_name) if formdata is not None else None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day. Raises ValueError for what is none, and for one outside the bounds; then there is no data."""
        if valuelist and not str(valuelist[0]).strip():
            self.data = None
            return
        super().process_formdata([str(value) for value in valuelist])
        if self.data is not None and self.data != self.object_data and self.data not in self.bounds:
            self.data = None
            raise ValueError(self.bounds.words)

    def pre_validate(self, form: Any) -> None:
        """What is no day is said once and not looked at further. Raises StopValidation."""
        if self.process_errors:
            raise StopValidation()

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Ask once more for a day on which nobody works. Raises ValidationError with the question."""
        if not self.working or validation_stopped or self.errors or not isinstance(self.data, date):
            return
        if self.data in (self.object_data, day_of(self.meant, self.bounds)) or self.data <= clock.today():
            return
        if why := day_off(self.data, self.region):
            self.asked = True
            raise ValidationError(
                gettext(
                    "%(why)s Choose another day, for example %(day)s, or send the form again to keep "
                    "this one.",
                    why=why,
                    day=day_text(calendar.next_working_day(self.data, self.region)),
                )
            )

    def __call__(self, **kwargs: Any) -> Markup:
        """The input: the picker keeps to the bounds, and a script says at once what is no working day."""
        kwargs.setdefault("min", self.bounds.first.isoformat())
        kwargs.setdefault("max", self.bounds.last.isoformat())
        if self.working:
            kwargs |= {
                "data-holidays": json.dumps(dict(self._holidays()), ensure_ascii=False),
                "data-weekend": gettext("That is a %(weekday)s.", weekday="{day}"),
                "data-holiday": gettext("That is a public holiday: %(name)s.", name="{day}"),
            }
        drawn = Markup(super().__call__(**kwargs))
        if self.data is not None and (self.asked or self.data == day_of(self.meant, self.bounds)):
            drawn += Markup('<input type="hidden" name="{}" value="{}">').format(
                self.meant_name, self.data.isoformat()
            )
        return drawn

    def _holidays(self) -> Iterator[tuple[str, str]]:
        """What lies ahead on a weekday, by its day."""
        day, last = clock.today(), self.bounds.last
        while day <= last:
            if day.weekday() < calendar.SATURDAY and (name := calendar.holiday_name(day, self.region)):
                yield day.isoformat(), name
            day += timedelta(days=1)


def day_off(day: date, region: str) -> str:
    """Why nobody works on that day, in a sentence; empty for a working day."""
    if name := calendar.holiday_name(day, region):
        return gettext("That is a public holiday: %(name)s.", name=name)
    if not calendar.is_working_day(day, region):
        return gettext("That is a %(weekday)s.", weekday=format_date(day, "EEEE", locale=language()))
    return ""

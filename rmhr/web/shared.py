"""What every worker of the web server needs: read once, before they part, it stands in memory once."""

from __future__ import annotations

from flask import Flask

from rmhr.core import clock, registry
from rmhr.core.due import calendar
from rmhr.core.i18n import LANGUAGES, speaking
from rmhr.core.words import day


def read(app: Flask) -> None:
    """Read the languages, the calendar of holidays, and what is owed as statements. It asks no database."""
    with app.app_context():
        today = clock.today()
        for language in LANGUAGES:
            with speaking(language):
                day(today)
        calendar.holiday_name(today, "DE")
        for source in registry.SOURCES.values():
            _made = source.row

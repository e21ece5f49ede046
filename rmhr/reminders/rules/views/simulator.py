"""The simulator for all rules as they are: who gets what in the next thirty days if nothing is done."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from rmhr.core.i18n import gettext
from rmhr.models.workspace import FileKind
from rmhr.reminders import policies
from rmhr.reminders.rules import queries
from rmhr.reminders.rules import simulator as ahead
from rmhr.reminders.rules.views import figures
from rmhr.reminders.rules.views.blueprint import bp
from rmhr.web.sheets import send_table


@bp.get("/simulator", access=policies.SEE_REMINDER_RULES)
def simulator() -> ResponseReturnValue:
    """Mails per day, totals, who gets most, and each day's list."""
    forecast = figures.ForecastPage(ahead.forecast())
    return render_template("reminders/rules/simulator.html", forecast=forecast, stops=queries.stops())


@bp.get("/simulator.<any(csv, xlsx):kind>", access=policies.SEE_REMINDER_RULES)
def simulator_file(kind: str) -> ResponseReturnValue:
    """The same as a file for a spreadsheet."""
    title = gettext("Reminders of the next 30 days")
    return send_table(FileKind(kind), title, *figures.as_table(ahead.forecast()))

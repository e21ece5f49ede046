"""The simulator for all rules as they are: who gets what in the next thirty days if nothing is done."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.core import clock
from rmhr.core.i18n import gettext
from rmhr.models.workspace import FileKind
from rmhr.reminders import policies
from rmhr.reminders.rules import forecasts, operations, queries
from rmhr.reminders.rules.views import figures
from rmhr.reminders.rules.views.blueprint import bp
from rmhr.web.auth import me
from rmhr.web.forms import require_token
from rmhr.web.sheets import send_table


@bp.get("/simulator", access=policies.SEE_REMINDER_RULES)
def simulator() -> ResponseReturnValue:
    """Mails per day, totals, who gets most, and each day's list, as worked out last; and how far a newer one is."""
    run, stops = forecasts.latest(), queries.stops()
    forecast = figures.page_of_run(run) if run is not None else None
    return render_template(
        "reminders/rules/simulator.html",
        run=run,
        forecast=forecast,
        under_way=forecasts.under_way(),
        changed=run is not None and run.rules != forecasts.rules_now(stops),
        of_before=forecast is not None and forecast.first_day < clock.today(),
        stops=stops,
    )


@bp.post("/simulator", access=policies.SEE_REMINDER_RULES)
def ask_forecast() -> ResponseReturnValue:
    """Have it worked out anew."""
    require_token()
    operations.ask_forecast(me(), None)
    flash(str(operations.ask_forecast.done), "info")
    return redirect(url_for(".simulator"), 303)


@bp.get("/simulator.<any(csv, xlsx):kind>", access=policies.SEE_REMINDER_RULES)
def simulator_file(kind: str) -> ResponseReturnValue:
    """The same as a file for a spreadsheet; 404 where nothing was worked out yet."""
    run = forecasts.latest() or abort(404)
    rows = ((row.day, figures.row_of_run(row)) for row in forecasts.rows(run))
    title = gettext("Reminders of the next 30 days")
    return send_table(FileKind(kind), title, *figures.as_table(rows))

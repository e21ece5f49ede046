"""Today: what is owed, soonest first, and the one thing to do next."""

from __future__ import annotations

from typing import Any

from babel.dates import format_date
from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core import clock
from rmhr.core.due import Due
from rmhr.core.i18n import _, gettext, language
from rmhr.models.accounts import Employee, Role, User
from rmhr.reminders import queries
from rmhr.reminders.policies import SEE_TODAY
from rmhr.reminders.views.blueprint import bp
from rmhr.web.auth import me
from rmhr.web.panels import panels_of

#: Until these hours it is morning, and afternoon.
NOON, EVENING = 11, 18
#: So long it is worth saying which day with the bank this is.
NEW_FOR = 365
#: "Monday 23 November": the year is known.
DATE = {"en": "EEEE d MMMM", "de": "EEEE, d. MMMM"}

#: What appears here for whom, said where nothing is owed. The first role that a person has counts.
FOR_ROLE = (
    (Role.RM, _("Tasks of your plan, sessions, courses and goals appear here in time.")),
    (Role.HR, _("Applications to screen, decisions, offers and plans appear here when it is your turn.")),
    (Role.SUPERVISOR, _("What your team needs from you appears here: tasks, goals and reviews.")),
    (Role.MENTOR, _("Sessions with new colleagues and what to confirm appear here.")),
    (Role.INTERVIEWER, _("Your interviews and scorecards appear here.")),
    (Role.COMPLIANCE, _("What compliance has to check in somebody’s first weeks appears here.")),
    (Role.ADMIN, _("You look after the system: see Mail and Scheduler in the bar above.")),
)


@bp.get("/today", access=SEE_TODAY)
def today() -> ResponseReturnValue:
    """The first page of the day. `?later=1` shows what is due after the horizon, too."""
    person, everything = me(), request.args.get("later") == "1"
    owed = queries.owed(person, everything)
    # The bar's count is the same list: it need not be asked for again.
    g.waiting = sum(1 for due in owed if due.on <= clock.today())
    employee = queries.employment(person)
    return render_template(
        "reminders/today.html",
        greeting=greeting(person.name.split()[0]),
        facts=_facts(employee, person),
        first=_row(owed[0]) if owed else None,
        groups=_groups(owed[1:]),
        beyond=0 if everything else queries.owed_beyond(person),
        nothing=next((words for role, words in FOR_ROLE if person.has(role)), ""),
        team=[_of_team(each) for each in queries.late_in_team(person)] if person.has(Role.SUPERVISOR) else [],
        people=_people(employee, person),
        above=panels_of("today.head", person, person),
        side=panels_of("today.side", person, person),
    )


def waiting(person: User) -> int:
    """How many things are late or due today: the count in the bar. Asked once per request."""
    if "waiting" not in g:
        g.waiting = queries.waiting_for(person)
    return int(g.waiting)


def greeting(name: str) -> str:
    """Good morning, by the bank's clock."""
    hour = clock.local(clock.now()).hour
    if hour < NOON:
        return gettext("Good morning, %(name)s", name=name)
    if hour < EVENING:
        return gettext("Good afternoon, %(name)s", name=name)
    return gettext("Good evening, %(name)s", name=name)


def _facts(employee: Employee | None, person: User) -> list[str]:
    """The date; for those who are new, which day with the bank this is; where they work."""
    facts = [format_date(clock.today(), DATE[language()], locale=language())]
    if employee is None:
        return facts
    days = (clock.today() - employee.started_on).days + 1
    if person.has(Role.RM) and 0 < days <= NEW_FOR:
        facts.append(gettext("Day %(number)s with us", number=days))
    what = str(employee.rm_type.label) if employee.rm_type else employee.job_title
    facts.append(", ".join(part for part in (what, employee.unit.name) if part))
    return facts


def _row(due: Due) -> dict[str, Any]:
    """One due thing as components/due.html and next.html draw it."""
    url = url_for(due.endpoint, **due.values)
    return {"text": due.what, "why": due.why, "on": due.on, "verb": due.verb, "url": url}


def _of_team(each: queries.OfTeam) -> dict[str, Any]:
    """Something a colleague is late with: it is their thing to do, so the way leads to their page."""
    return {
        "text": each.due.what,
        "why": each.person.name,
        "on": each.due.on,
        "verb": gettext("Show"),
        "url": url_for("accounts.person", id=each.person.id),
    }


def _groups(owed: list[Due]) -> list[tuple[str, str, Any, list[dict[str, Any]]]]:
    """(tone, icon, words, rows) of each group, in order."""
    day, sunday = clock.today(), queries.week_end(clock.today())
    late = [due for due in owed if due.on < day]
    now = [due for due in owed if due.on == day]
    week = [due for due in owed if day < due.on <= sunday]
    later = [due for due in owed if due.on > max(day, sunday)]
    groups = (
        ("bad", "exclamation-circle-fill", _("Late"), late),
        ("warning", "clock-fill", _("Today"), now),
        ("neutral", "calendar3", _("This week"), week),
        ("neutral", "calendar-range", _("Later"), later),
    )
    return [(tone, icon, words, [_row(due) for due in dues]) for tone, icon, words, dues in groups]


def _people(employee: Employee | None, person: User) -> list[dict[str, Any]]:
    """Who is there for an RM: the supervisor, and whom later stages know (mentor, buddy)."""
    if employee is None or not person.has(Role.RM):
        return []
    found = []
    if boss := employee.supervisor:
        found.append({"name": boss.name, "note": gettext("Supervisor"), "email": boss.email})
    for panel in panels_of("today.people", person, person):
        found += panel.values.get("people", [])
    return [
        {
            "name": each["name"],
            "note": each["note"],
            "url": f"mailto:{each['email']}",
            "verb": gettext("Write"),
        }
        for each in found
    ]

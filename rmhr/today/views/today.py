"""Today: what is owed, soonest first, and the one thing to do next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from babel.dates import format_date
from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.core import clock
from rmhr.core.due.lists import PAGE, Key, Span
from rmhr.core.due.sources import Due
from rmhr.core.i18n import _, gettext, language
from rmhr.core.words import begins_in, day_text
from rmhr.models.accounts import Employee, Role, User
from rmhr.reminders import queries as reminder_queries
from rmhr.reminders.queries.escalation import NextEscalation
from rmhr.today import queries
from rmhr.today.policies import SEE_TODAY
from rmhr.today.views import rows
from rmhr.today.views.blueprint import bp
from rmhr.web.auth import me
from rmhr.web.panels import Slot, panels_of

#: Until these hours it is morning, and afternoon.
NOON, EVENING = 11, 18
#: So long it is worth saying which day with the bank this is.
NEW_FOR = 365
#: A group with more things than that is divided by what they are.
MOST_ROWS = 8
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
def index() -> ResponseReturnValue:
    """The first page of the day. `?later=1` shows what is due after the horizon, too; `?after=`, `?before=` pages."""
    person, everything = me(), request.args.get("later") == "1"
    after, before = Key.read(request.args.get("after")), Key.read(request.args.get("before"))
    owed = queries.today.owed_by(person, everything, after=after, before=before)
    # The bar's count is the same list: it need not be asked for again.
    g.waiting = owed.waiting
    place = queries.today.place_of(person)
    employee = place.employee
    escalation = reminder_queries.escalation.next_escalation(employee)
    things = [due for due in owed.page.things if owed.first is None or due.key != owed.first.key]
    return render_template(
        "today/index.html",
        greeting=greeting(person.name.split()[0]),
        facts=_facts(employee, person),
        undo=rows.undo(Key.read(request.args.get("done")), person),
        first=rows.own_row(owed.first, escalation) if owed.first else None,
        soon=begins_in(owed.first.starts_at) if owed.first and owed.first.starts_at else "",
        groups=_groups(things, owed, escalation),
        pages=_pages(owed, everything),
        beyond=owed.beyond,
        asleep=[
            rows.asleep_row(due, until)
            for due, until in (queries.put_off.put_off_by(person) if place.put_off else [])
        ],
        nothing=next((words for role, words in FOR_ROLE if person.has(role)), ""),
        others=_Others(person, place),
        people=_people(employee, person),
        above=panels_of(Slot.TODAY_HEAD, person, person),
        side=panels_of(Slot.TODAY_SIDE, person, person),
    )


class _Others:
    """What Today says of others: what they owe this person, for whom this person stands in, who is late."""

    def __init__(self, person: User, place: queries.today.Place) -> None:
        self.awaited = [rows.awaited_row(each) for each in queries.awaited.awaited_by(person)]
        self.away = [
            (
                _away_words(each),
                [rows.deputy_row(due, each.person, person) for due in each.things],
            )
            for each in queries.stand_in.stood_in_for(person, place.away)
        ]
        headed = queries.team.late_in_units(person) if place.heads else []
        self.units = [rows.unit_line(each) for each in headed]
        team = queries.team.late_in_team(person) if person.has(Role.SUPERVISOR) else None
        self.team = [rows.colleague_row(each) for each in team.shown] if team else []
        self.late = team.things if team else 0
        self.more = team.people - len(team.shown) if team else 0


def _away_words(away: queries.stand_in.Away) -> str:
    said = {"person": away.person.name, "day": day_text(away.until)}
    if away.stands_in:
        return gettext("For %(person)s, away until %(day)s", **said)
    return gettext("Of %(person)s, away until %(day)s", **said)


def waiting(person: User) -> int:
    """How many things are late or due today: the count in the bar. Asked once per request."""
    if "waiting" not in g:
        g.waiting = queries.today.waiting_for(person)
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


#: The groups in order: span, tone, icon, words. What is due after the horizon stands in the last one.
GROUPS = (
    ((Span.LATE,), "bad", "exclamation-circle-fill", _("Late")),
    ((Span.TODAY,), "warning", "clock-fill", _("Today")),
    ((Span.WEEK,), "neutral", "calendar3", _("This week")),
    ((Span.LATER, Span.BEYOND), "neutral", "calendar-range", _("Later")),
)


def _groups(
    things: Sequence[Due], owed: queries.today.Owed, escalation: NextEscalation
) -> list[dict[str, Any]]:
    """The groups of the list, each with its rows on this page and how many there are in all."""
    made = []
    for spans, tone, picture, words in GROUPS:
        inside = sorted((due for due in things if _span(due) in spans), key=_order)
        if not inside:
            continue
        total = _total(owed, spans)
        kinds = _kinds(inside, owed, spans, escalation) if total > MOST_ROWS else []
        made.append(
            {
                "tone": tone,
                "picture": picture,
                "words": words,
                "total": total,
                "kinds": kinds,
                "rows": [] if kinds else [rows.own_row(due, escalation) for due in inside],
            }
        )
    return made


def _kinds(
    inside: Sequence[Due],
    owed: queries.today.Owed,
    spans: tuple[Span, ...],
    escalation: NextEscalation,
) -> list[dict[str, Any]]:
    """The same rows by what they are, the kind with the most urgent thing first; nothing where all are of one kind."""
    found: dict[str, list[Due]] = defaultdict(list)
    for due in inside:
        found[due.source.name].append(due)
    if len(found) < 2:
        return []
    return [
        {
            "label": gettext(dues[0].source.label),
            "first": dues[0].on,
            "total": _total(owed, spans, name),
            "rows": [rows.own_row(due, escalation) for due in dues],
        }
        for name, dues in found.items()
    ]


def _span(due: Due) -> Span:
    day = clock.today()
    return Span.at(due.on, queries.today.week_end(day), day + queries.today.HORIZON)


def _order(due: Due) -> tuple[Any, ...]:
    """By date; what has its time of day first, by that."""
    return (due.on, due.starts_at is None, due.starts_at or due.on)


def _total(owed: queries.today.Owed, spans: tuple[Span, ...], source: str | None = None) -> int:
    """How many things there are in a group besides the next step, which stands above."""
    first = owed.first
    above = first is not None and _span(first) in spans and source in (None, first.source.name)
    counted = spans if owed.beyond == 0 else tuple(span for span in spans if span is not Span.BEYOND)
    return owed.counts.of(*counted, source=source) - above


def _pages(owed: queries.today.Owed, everything: bool) -> dict[str, Any] | None:
    """The pages of a long list: where this one begins and ends, the ways back and on."""
    page, size = owed.page, len(owed.page.things)
    if not (page.before or page.after) or not size:
        return None
    start = request.args.get("from", "")
    first = max(1, min(int(start), owed.total)) if start.isdecimal() and len(start) < 7 else 1
    last, total = first + size - 1, max(owed.total, first + size - 1)
    back, on = str(Key.of(page.things[0])), str(Key.of(page.things[-1]))
    return {
        "first": first,
        "last": last,
        "total": total,
        "back": _page(everything, before=back, number=max(1, first - PAGE)) if page.before else None,
        "next": _page(everything, after=on, number=last + 1) if page.after else None,
    }


def _page(everything: bool, number: int, **start: Any) -> str:
    values = {**({"later": 1} if everything else {}), **start, "from": number}
    return url_for(".index", **values)


def _people(employee: Employee | None, person: User) -> list[dict[str, Any]]:
    """Who is there for an RM: the supervisor, and whom later stages know (mentor, buddy)."""
    if employee is None or not person.has(Role.RM):
        return []
    found = []
    if boss := employee.supervisor:
        found.append({"name": boss.name, "note": gettext("Supervisor"), "email": boss.email})
    for panel in panels_of(Slot.TODAY_PEOPLE, person, person):
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

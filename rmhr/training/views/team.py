"""The team's grid, on the page and as a file."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from rmhr.core import charts, clock
from rmhr.core.i18n import gettext, ngettext
from rmhr.models.accounts import User
from rmhr.models.training import Course, CourseState
from rmhr.training import bulk, grid, queries
from rmhr.training.policies import SEE_TEAM
from rmhr.training.views.blueprint import bp
from rmhr.training.views.mine import said
from rmhr.web.auth import me
from rmhr.web.bulk import add_bulk_page
from rmhr.web.sheets import send_csv
from rmhr.web.tables import MOST

#: So many days somebody counts as new.
NEW_FOR = 90


@bp.get("/team", access=SEE_TEAM)
def team() -> ResponseReturnValue:
    """People by courses: who holds what, what is late, who may not work alone."""
    viewer, courses = me(), queries.courses()
    listing = grid.listing(viewer, courses)
    shown = [course for course in courses if listing.chosen.get("course", str(course.id)) == str(course.id)]
    counts = grid.counts(viewer)
    names, many = grid.not_alone(viewer, courses)
    return render_template(
        "training/team.html",
        listing=listing,
        courses=shown,
        all_courses=len(courses),
        cells=grid.cells(grid.people_of(listing), courses),
        counts=counts,
        figure=_figure(counts),
        names=names,
        many=many,
        said=said,
        since=since,
        today=clock.today(),
        how_often=how_often,
        legend=(CourseState.VALID, CourseState.OPEN, CourseState.SOON, CourseState.LATE),
        place="" if grid.sees_all(viewer) or viewer.employee is None else viewer.employee.unit.name,
        bulk=[bulk.REMIND],
    )


add_bulk_page(
    bp,
    (bulk.REMIND,),
    SEE_TEAM,
    matching=lambda most: grid.listing(me(), queries.courses(), 0).ids(most),
)


@bp.get("/team.csv", access=SEE_TEAM)
def team_csv() -> ResponseReturnValue:
    """The same people as a file: a state and its day per course."""
    courses = queries.courses()
    people = grid.people_of(grid.listing(me(), courses, MOST))
    cells = grid.cells(people, courses)
    head: list[Any] = [gettext("Person"), gettext("E-mail"), gettext("Unit")]
    for course in courses:
        head += [course.name, gettext("%(course)s, day", course=str(course.name))]
    rows = []
    for person in people:
        row: list[Any] = [person.name, person.email, person.employee.unit.name if person.employee else ""]
        for course in courses:
            cell = cells.get((person.id, course.id))
            row += [cell.state.label, cell.on.isoformat()] if cell else ["", ""]
        rows.append(row)
    return send_csv(head, rows, f"training-{clock.today().isoformat()}.csv")


def _figure(counts: dict[str, grid.Count]) -> charts.Figure:
    """How many courses of the team stand how."""
    number = {group: count.duties for group, count in counts.items()}
    title = gettext(
        "%(all)s courses: %(valid)s valid, %(open)s open, %(soon)s due or expiring soon, "
        "%(late)s late, not passed or expired",
        all=sum(number.values()),
        **{group: number[group] for group in grid.GROUPS},
    )
    return charts.share(
        [
            (gettext("valid"), number["valid"], "ink"),
            (gettext("open"), number["open"], "muted"),
            (gettext("soon"), number["soon"], "warning"),
            (gettext("late"), number["late"], "bad"),
        ],
        title,
    )


def since(person: User) -> str:
    """ "New, day 21" or "RM since 2024"."""
    employee = person.employee
    if employee is None:
        return ""
    days = (clock.today() - employee.started_on).days
    if days < 0:
        return gettext("Not started yet")
    if days < NEW_FOR:
        return gettext("New, day %(day)s", day=days + 1)
    what = str(employee.level.label) if employee.level else employee.job_title
    return gettext("%(what)s since %(year)s", what=what, year=employee.started_on.year)


def how_often(course: Course) -> str:
    """ "yearly, blocks own client contact"."""
    years = course.interval_months // 12
    often = (
        ngettext("yearly", "every %(num)s years", years)
        if course.interval_months % 12 == 0
        else gettext("every %(months)s months", months=course.interval_months)
    )
    if not course.blocked:
        return often
    return gettext("%(often)s, blocks %(what)s", often=often, what=str(course.blocked[0].label))

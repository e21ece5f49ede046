"""The team's grid, on the page and as a file."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template
from flask.typing import ResponseReturnValue

from rmhr.core import charts, clock
from rmhr.core.i18n import gettext, ngettext
from rmhr.models.accounts import User
from rmhr.models.courses import CourseVersion
from rmhr.models.training import CourseState
from rmhr.training import bulk, grid, lists
from rmhr.training.policies import SEE_TEAM
from rmhr.training.views.blueprint import bp
from rmhr.training.views.mine import said
from rmhr.web.auth import me
from rmhr.web.bulk import add_bulk_page
from rmhr.web.exports import add_export
from rmhr.web.lists import matching, read, suggest

#: So many days somebody counts as new.
NEW_FOR = 90


@bp.get("/team", access=SEE_TEAM)
def team() -> ResponseReturnValue:
    """People by courses: who holds what, what is late, who may not work alone."""
    if (suggested := suggest(lists.TEAM)) is not None:
        return suggested
    viewer, listing = me(), read(lists.TEAM)
    courses = [
        each.course for each in listing.columns if isinstance(each, lists.CourseColumn) and each.course
    ]
    shown = [
        course
        for course in courses
        if listing.chosen.get("course", str(course.course_id)) == str(course.course_id)
    ]
    summary = grid.summary(viewer, courses)
    return render_template(
        "training/team.html",
        listing=listing,
        courses=shown,
        all_courses=len(courses),
        counts=summary.counts,
        figure=_figure(summary.counts),
        names=summary.names,
        many=summary.many,
        said=said,
        since=since,
        today=clock.today(),
        how_often=how_often,
        narrower=lists.NARROWER,
        legend=(CourseState.VALID, CourseState.OPEN, CourseState.SOON, CourseState.LATE),
        place="" if grid.sees_all(viewer) or viewer.employee is None else viewer.employee.unit.name,
    )


add_bulk_page(
    bp,
    (bulk.REMIND,),
    SEE_TEAM,
    matching=lambda most: matching(lists.TEAM, most),
)


add_export(bp, lists.TEAM, "/team/export", access=SEE_TEAM)


def _figure(counts: Mapping[str, grid.Count]) -> charts.Figure:
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


def how_often(course: CourseVersion) -> str:
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

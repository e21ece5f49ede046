"""The catalogue of courses; and the team's grid as a list: its people, what narrows them, a column per course.

The page of the grid stays one of its own (templates/training/team.html): whom to look after is read across people
and courses at once, in cells of one kind, which rows of a table would not show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defaultload

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import said_in
from rmhr.core.folding import by_name
from rmhr.core.i18n import _, gettext, language, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, Target
from rmhr.core.words import number
from rmhr.models.accounts import Employee, RmType, User
from rmhr.models.courses import (
    Course,
    CourseArea,
    CourseKind,
    CourseStatus,
    CourseVersion,
    CpdRegime,
    Stand,
    VersionStatus,
)
from rmhr.training import bulk, grid, policies, queries
from rmhr.training.progress import RENEWAL_OPENS, Progress

#: What one comes to from elsewhere: the states that have no chip of their own.
NARROWER = (
    (grid.EXPIRING, _("Certificate expires within %(days)s days", days=RENEWAL_OPENS)),
    (grid.BLOCKED, _("May not meet clients alone")),
)


MINUTES_OF_AN_HOUR = 60


@dataclass(frozen=True)
class Held:
    """So many courses are held of so many."""

    held: int
    all: int


@dataclass(frozen=True)
class Line:
    """A person of the grid, and how they stand with each course that is theirs."""

    it: User
    progress: Mapping[int, Progress]

    def among(self, courses: Sequence[CourseVersion]) -> Held:
        """How many of these courses are theirs, and how many of those they hold."""
        mine = [self.progress[each.course_id] for each in courses if each.course_id in self.progress]
        return Held(sum(each.held for each in mine), len(mine))


def _read(_viewer: Any, people: Sequence[User]) -> list[Line]:
    cells = queries.standing.by_course(people)
    return [Line(person, cells.get(person.id, {})) for person in people]


def _filters(viewer: Any) -> list[Filter]:
    courses = queries.courses.in_force()
    filters = [
        Filter(
            "state",
            _("Every state"),
            lambda viewer, group: grid.in_group(viewer, group, courses),
            [
                ("late", _("Late")),
                ("soon", _("Soon")),
                *NARROWER,
                (grid.NEW, _("New this year")),
            ],
        ),
        Filter(
            "course",
            _("Every course"),
            lambda _viewer, course: grid.has_course(course),
            [(course.course_id, course.short) for course in courses],
        ),
    ]
    if grid.sees_all(viewer):
        filters.append(Filter("unit", _("Every unit"), Employee.unit_id, grid.UNITS))
    return filters


@dataclass(frozen=True, eq=False)
class CourseColumn(Column[Line]):
    """The state of one course."""

    course: CourseVersion | None = None


def _courses(_viewer: Any) -> list[Column[Line]]:
    """For each course the state, and the day that matters."""
    columns: list[Column[Line]] = []
    for course in queries.courses.in_force():
        columns += [_state(course), _day(course)]
    return columns


def _state(course: CourseVersion) -> CourseColumn:
    def state(line: Line) -> Any:
        found = line.progress.get(course.course_id)
        return found.state if found else None

    return CourseColumn(f"course-{course.course_id}", course.name, state, cell="state", course=course)


def _day(course: CourseVersion) -> Column[Line]:
    def day(line: Line) -> Any:
        found = line.progress.get(course.course_id)
        return found.on if found else None

    label = gettext("%(course)s, day", course=str(course.name))
    return Column(f"day-{course.course_id}", label, day, cell="day")


TEAM: List[Line] = List(
    name="training.team",
    title=_("Team training"),
    count=lambda number: ngettext("%(num)s person", "%(num)s people", number),
    rows=grid.learners,
    key=User.id,
    read=_read,
    order="name",
    search=(accounts.findable.PEOPLE.by(User.id),),
    search_label=_("Search for a person"),
    search_hint=_("Person"),
    filters=_filters,
    size=40,
    wide=True,
    kept=False,
    bulk=(bulk.REMIND,),
    opens=lambda line: Target("accounts.person", {"id": line.it.id}),
    columns=(
        Column(
            "name",
            _("Person"),
            lambda line: line.it.name,
            cell="name",
            sort=by_name(User.name),
            phone=Phone.NAME,
        ),
        Column("email", _("E-mail"), lambda line: line.it.email),
        Column("unit", _("Unit"), lambda line: line.it.employee and line.it.employee.unit.name),
    ),
    more_columns=_courses,
    nothing_fits=_("No results"),
    empty=Empty(
        _("Nobody to look after yet"),
        _("The RMs who report to you appear here, each with their mandatory courses."),
        "mortarboard",
    ),
)


def stand(version: CourseVersion) -> Stand:
    """How the course of this version stands, which is what it is known by."""
    if version.course.status is CourseStatus.RETIRED:
        return Stand.RETIRED
    if version.is_taught:
        return Stand.GIVEN
    return Stand.IN_REVIEW if version.status is VersionStatus.IN_REVIEW else Stand.DRAFT


def _stands(_viewer: Any, value: str) -> sa.ColumnElement[bool]:
    retired, taught = Course.status == CourseStatus.RETIRED, queries.courses.is_taught()
    review = CourseVersion.status == VersionStatus.IN_REVIEW
    return {
        Stand.RETIRED: retired,
        Stand.GIVEN: sa.and_(~retired, taught),
        Stand.IN_REVIEW: sa.and_(~retired, ~taught, review),
        Stand.DRAFT: sa.and_(~retired, ~taught, ~review),
    }[Stand(value)]


def _length(version: CourseVersion) -> str:
    return ngettext("%(num)s minute", "%(num)s minutes", version.minutes)


def _cpd(version: CourseVersion) -> str:
    """ "Internal 0.5 h, Securities (MiFID II) 1 h"."""
    return ", ".join(
        gettext(
            "%(regime)s: %(hours)s h",
            regime=str(each.label),
            hours=number(Decimal(version.cpd[each.value]) / MINUTES_OF_AN_HOUR),
        )
        for each in CpdRegime
        if version.cpd.get(each.value)
    )


def _valid(version: CourseVersion) -> str:
    return ngettext("%(num)s month", "%(num)s months", version.interval_months)


def _blocked(version: CourseVersion) -> str:
    return ", ".join(str(each.label) for each in version.blocked)


def _clients(version: CourseVersion) -> str:
    return ", ".join(str(each.label) for each in RmType if each.value in version.rm_types)


def _name_in_order() -> sa.ColumnElement[str]:
    return by_name(said_in(CourseVersion.name, language()))


def _empty_catalogue(viewer: Any) -> Empty:
    title = _("There are no courses here yet")
    if policies.BEGIN_COURSE(viewer):
        text = _("Begin a course, or let an administrator load the starter content, which has seven of them.")
        return Empty(title, text, "mortarboard", Target("training.new_course"), _("New course"))
    return Empty(title, _("The courses that you may see appear here."), "mortarboard")


CATALOGUE: List[CourseVersion] = List(
    name="training.catalogue",
    title=_("Course catalogue"),
    count=lambda number: ngettext("%(num)s course", "%(num)s courses", number),
    rows=queries.courses.shown,
    key=CourseVersion.id,
    order="name",
    search=(
        Course.code,
        said_in(CourseVersion.name, "en"),
        said_in(CourseVersion.name, "de"),
        Course.provider,
    ),
    search_label=_("Search the catalogue"),
    search_hint=_("Name, code or provider"),
    filters=(
        Filter("area", _("All areas"), Course.area, CourseArea),
        Filter("kind", _("All kinds"), Course.kind, CourseKind),
        Filter("state", _("All states"), _stands, [(each.value, each.label) for each in Stand]),
        Filter(
            "owner",
            _("Everybody’s"),
            lambda viewer, _me: Course.owner_id == viewer.id,
            [("me", _("Mine"))],
        ),
    ),
    opens=lambda version: Target("training.course", {"id": version.course_id}),
    wide=True,
    columns=(
        Column(
            "name",
            _("Course"),
            lambda version: version.name,
            cell="name",
            note=lambda version: version.course.kind.label,
            sort=_name_in_order,
            phone=Phone.NAME,
        ),
        Column("state", _("State"), stand, cell="pill", phone=Phone.STATE),
        Column("number", _("Version"), lambda version: version.number, amount=True),
        Column("area", _("Area"), lambda version: version.course.area, phone=Phone.MORE),
        Column("for", _("For"), _clients),
        Column("length", _("Length"), _length, phone=Phone.SIDE, nowrap=True),
        Column("valid", _("Valid for"), _valid, nowrap=True),
        Column("blocks", _("Blocks"), _blocked, nothing=_("Nothing")),
        Column("cpd", _("CPD"), _cpd, nothing=_("No hours")),
        Column(
            "owner",
            _("Owner"),
            lambda version: version.course.owner and version.course.owner.name,
            nothing=_("HR and compliance together"),
            loads=(defaultload(CourseVersion.course).joinedload(Course.owner),),
        ),
        Column(
            "provider",
            _("Provider"),
            lambda version: version.course.provider,
            nothing=_("The bank itself"),
            shown=False,
        ),
        Column("code", _("Code"), lambda version: version.course.code, shown=False),
        Column("audience", _("Who sees it"), lambda version: version.course.audience, shown=False),
        Column(
            "published",
            _("Published"),
            lambda version: version.published_at and clock.local(version.published_at).date(),
            cell="day",
            nothing=_("Not yet"),
            shown=False,
        ),
    ),
    nothing_fits=_("No results"),
    empty=_empty_catalogue,
)

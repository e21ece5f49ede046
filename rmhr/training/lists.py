"""The team's grid as a list: its people, what narrows them, and a column per course for the file.

The page stays a grid of its own (templates/training/team.html): whom to look after is read across people and courses
at once, in cells of one kind, which rows of a table would not show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.accounts import queries as accounts
from rmhr.core.folding import by_name
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, Target
from rmhr.models.accounts import Employee, User
from rmhr.models.courses import CourseVersion
from rmhr.training import bulk, grid, queries
from rmhr.training.progress import RENEWAL_OPENS, Progress

#: What one comes to from elsewhere: the states that have no chip of their own.
NARROWER = (
    (grid.EXPIRING, _("Certificate expires within %(days)s days", days=RENEWAL_OPENS)),
    (grid.BLOCKED, _("May not meet clients alone")),
)


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

"""What of accounts follows from an employment, and hangs on a person: reports, and units that they answer for."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.accounts import policies
from rmhr.accounts.operations.employment import change_place
from rmhr.accounts.operations.people import grant
from rmhr.accounts.queries.people import here, team_of
from rmhr.accounts.workflow import EMPLOYMENT
from rmhr.core.db import Rows, db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.handing_over import hangs
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Employee, EmploymentEvent, EmploymentKind, Role, Unit, User


@EMPLOYMENT.after(EmploymentKind.CHANGES.value, order=5)
def give_the_role_of_an_rm(_actor: Any, event: EmploymentEvent) -> None:
    """Whoever looks after clients from now on may do what RMs do, before anything is prepared for them."""
    if event.becomes("rm_type") and not event.was("rm_type"):
        grant(SYSTEM, event.user, role=Role.RM)


def _reports() -> Rows:
    return (
        sa.select(
            Employee.supervisor_id.label("user_id"),
            Employee.user_id.label("subject_id"),
            User.name.label("what"),
        )
        .join(User, User.id == Employee.user_id)
        .where(here())
    )


@hangs(
    "accounts.reports",
    label=_("People who report to them"),
    find=_reports,
    endpoint="accounts.person",
    roles=(Role.SUPERVISOR, Role.HR),
)
@operation(allow=policies.MANAGE, done=_("Reports handed over"))
def hand_over_reports(actor: Any, person: User, *, successor: User) -> int:
    """Let those who report to the person report to the successor, who loses nothing else by it."""
    done = 0
    for report in team_of(person):
        try:
            done += change_place(actor, report, supervisor_id=_above(report, successor, person)) is not None
        except NotPossible:
            continue  # the successor reports to them: HR finds somebody else
    return done


def _above(report: User, successor: User, person: User) -> int | None:
    """Who leads them then: of the successor themselves, whoever led the person."""
    if report.id == successor.id:
        return person.employee.supervisor_id if person.employee else None
    return successor.id


def _units(column: Any) -> Any:
    """A SELECT of the units that name a person in this column, as a table of its own."""

    def find() -> Rows:
        unit = aliased(Unit)
        return sa.select(
            getattr(unit, column.key).label("user_id"), unit.id.label("subject_id"), unit.name.label("what")
        ).where(getattr(unit, column.key).is_not(None))

    return find


def _hand_over_units(column: Any, person: User, successor: User) -> int:
    found = db.session.scalars(sa.select(Unit).where(column == person.id)).all()
    for unit in found:
        setattr(unit, column.key, successor.id)
        audit.mention(unit, successor.name)
    return len(found)


@hangs(
    "accounts.unit_heads",
    label=_("Units that they lead"),
    find=_units(Unit.head_id),
    endpoint="accounts.unit",
    roles=(Role.SUPERVISOR, Role.HR),
)
@operation(allow=policies.MANAGE, done=_("Head of the unit handed over"))
def hand_over_unit_heads(_actor: Any, person: User, *, successor: User) -> int:
    """Name the successor as head where the person was."""
    return _hand_over_units(Unit.head_id, person, successor)


@hangs(
    "accounts.unit_hr",
    label=_("Units whose HR they are"),
    find=_units(Unit.hr_id),
    endpoint="accounts.unit",
    roles=(Role.HR,),
)
@operation(allow=policies.MANAGE, done=_("HR of the unit handed over"))
def hand_over_unit_hr(_actor: Any, person: User, *, successor: User) -> int:
    """Name the successor as HR where the person was."""
    return _hand_over_units(Unit.hr_id, person, successor)


@hangs(
    "accounts.unit_compliance",
    label=_("Units whose Compliance they are"),
    find=_units(Unit.compliance_id),
    endpoint="accounts.unit",
    roles=(Role.COMPLIANCE,),
)
@operation(allow=policies.MANAGE, done=_("Compliance of the unit handed over"))
def hand_over_unit_compliance(_actor: Any, person: User, *, successor: User) -> int:
    """Name the successor as Compliance where the person was."""
    return _hand_over_units(Unit.compliance_id, person, successor)

"""The tree of units: the bank, its regions, its branches."""

from __future__ import annotations

from rmhr.accounts import policies, queries
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import Actor
from rmhr.models.accounts import Unit, UnitKind


@operation(allow=policies.UNITS, done=_("Unit added"))
def add_unit(
    _actor: Actor,
    _subject: None,
    *,
    name: str,
    kind: UnitKind,
    place: str,
    holiday_region: str,
    parent_id: int | None,
    timezone: str = "",
    head_id: int | None = None,
    hr_id: int | None = None,
    compliance_id: int | None = None,
    street: str = "",
    postcode: str = "",
) -> Unit:
    """Add a unit below another one, or at the top."""
    _require_free(name, parent_id)
    unit = Unit(name=name, kind=kind, place=place, holiday_region=holiday_region, parent_id=parent_id)
    unit.timezone, unit.head_id, unit.hr_id, unit.compliance_id = timezone, head_id, hr_id, compliance_id
    unit.street, unit.postcode = street, postcode
    db.session.add(unit)
    return unit


@operation(allow=policies.UNITS, done=_("Unit saved"))
def change_unit(
    _actor: Actor,
    unit: Unit,
    *,
    name: str,
    kind: UnitKind,
    place: str,
    holiday_region: str,
    parent_id: int | None,
    timezone: str = "",
    head_id: int | None = None,
    hr_id: int | None = None,
    compliance_id: int | None = None,
    street: str = "",
    postcode: str = "",
) -> None:
    """Rename or move a unit, or name other people for it. Raises NotPossible where it would stand below itself."""
    _require_free(name, parent_id, unit)
    if parent_id is not None and unit.id in (parent_id, *queries.units.units_above(parent_id)):
        raise NotPossible(gettext("A unit cannot belong to itself or to one of its own units."))
    unit.name, unit.kind, unit.place = name, kind, place
    unit.holiday_region, unit.parent_id = holiday_region, parent_id
    unit.timezone, unit.head_id, unit.hr_id, unit.compliance_id = timezone, head_id, hr_id, compliance_id
    unit.street, unit.postcode = street, postcode


def _require_free(name: str, parent_id: int | None, itself: Unit | None = None) -> None:
    """For a database, two units at the top may have one name: there is nothing above them to compare.

    Two who name one at the same moment come one after the other.
    """
    queries.units.lock_tree()
    other = queries.units.unit_called(name, parent_id)
    if other is not None and (itself is None or other.id != itself.id):
        raise NotPossible(gettext("There is a unit of this name here already."))

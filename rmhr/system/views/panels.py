"""Pieces of other pages: whose address takes no mail."""

from __future__ import annotations

from rmhr.core.folding import same_address
from rmhr.core.mail import bounces
from rmhr.models.accounts import User
from rmhr.models.applications import Application
from rmhr.system import policies
from rmhr.web.panels import Panel, Slot, panel


@panel(Slot.PERSON_HEAD, order=20)
def bounced_person(viewer: User, person: User) -> Panel | None:
    """That mail does not reach the person."""
    return _bounced(viewer, person.email)


@panel(Slot.APPLICATION_HEAD, order=10)
def bounced_applicant(viewer: User, application: Application) -> Panel | None:
    """That mail does not reach the applicant; for who may know the address."""
    return _bounced(viewer, application.applicant.email) if policies.UNDELIVERED(viewer) else None


def _bounced(viewer: User, address: str) -> Panel | None:
    bounce = bounces.of([address]).get(same_address(address))
    if bounce is None:
        return None
    return Panel("system/_bounced.html", {"bounce": bounce, "may": policies.UNDELIVERED(viewer)})

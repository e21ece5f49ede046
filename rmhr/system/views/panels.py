"""Pieces of other pages: whose address takes no mail; which rules of law compliance has to look at again."""

from __future__ import annotations

from rmhr.core import clock, registry
from rmhr.core.folding import same_address
from rmhr.core.mail import bounces
from rmhr.law import deadlines
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Application
from rmhr.system import policies
from rmhr.web.panels import Panel, Slot, panel


@panel(Slot.TODAY_SIDE, order=6)
def rules_to_look_at_again(viewer: User, _subject: User) -> Panel | None:
    """The rules of law and practice that somebody has to look at soon, beside compliance's day."""
    until = deadlines.LOOK_AT_RULE_AGAIN.after(clock.today())
    due = [rule for rule in registry.LEGAL_RULES.values() if rule.review_by <= until]
    if not due or not viewer.has(Role.COMPLIANCE):
        return None
    return Panel("system/_rules_to_look_at.html", {"rules": sorted(due, key=lambda it: it.review_by)})


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

"""Pages of training: one's own courses, lessons and exams; the team's grid; the catalogue; certificates."""

from __future__ import annotations

from rmhr.accounts.policies import STAFF
from rmhr.core.i18n import _
from rmhr.models.accounts import Role
from rmhr.training import queries, search
from rmhr.training.views import catalogue, exam, lessons, mine, panels, proof, questions, team, versions
from rmhr.training.views.blueprint import bp, certificates
from rmhr.training.workflow.assignments import ASSIGNMENTS
from rmhr.web.nav import Area, add_place
from rmhr.web.transitions import add_transition_route

add_transition_route(
    bp, ASSIGNMENTS, queries.assignments.get, STAFF, about=lambda it: f"{it.taught.name}, {it.user.name}"
)

blueprints = [bp, certificates]

NAV = [
    Area(
        label=_("Training"),
        endpoint="training.mine",
        roles=(Role.RM,),
        icon="mortarboard",
        order=30,
        tab=True,
        unless=(Role.SUPERVISOR, Role.HR, Role.COMPLIANCE),
    ),
    Area(
        label=_("Training"),
        endpoint="training.team",
        roles=(Role.SUPERVISOR, Role.HR, Role.COMPLIANCE),
        icon="mortarboard",
        order=70,
    ),
]

__all__ = [
    "NAV",
    "blueprints",
    "catalogue",
    "exam",
    "lessons",
    "mine",
    "panels",
    "proof",
    "questions",
    "search",
    "team",
    "versions",
]

add_place(
    "certificates.index", _("Check a certificate"), _("Whether a certificate is genuine and still valid")
)
add_place(
    "training.catalogue",
    _("Course catalogue"),
    _("Mandatory courses: area, kind, owner, length, versions; begin and change a course"),
)

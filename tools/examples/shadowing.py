"""What the picture tool opens of job shadowing: the ladder and its sessions."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.models.accounts import User
from rmhr.models.shadowing import SessionStatus, ShadowingProgramme, ShadowingSession
from rmhr.shadowing import queries
from tools.examples import Example, Values, by_id, first


def _programme(viewer: User) -> ShadowingProgramme | None:
    """A programme that this person may open, one with sessions if there is one."""
    query = sa.select(ShadowingProgramme).outerjoin(ShadowingSession).where(queries.visible_to(viewer))
    found: ShadowingProgramme | None = first(query.order_by(ShadowingSession.id.desc()))
    return found


def _session(programme: ShadowingProgramme | None) -> Values | None:
    return {"id": programme.sessions[0].id} if programme and programme.sessions else None


def _to_confirm(viewer: User) -> Values | None:
    found = _programme(viewer)
    sessions = found.sessions if found else []
    waiting = (each for each in sessions if each.status is SessionStatus.LOGGED)
    return next(({"id": each.id, "name": "confirm"} for each in waiting), None)


EXAMPLES: dict[str, Example] = {
    "shadowing.show": lambda viewer: by_id(_programme(viewer)),
    "shadowing.log": lambda viewer: by_id(queries.of(viewer)),
    "shadowing.transition": lambda viewer: by_id(_programme(viewer), name="call_off"),
    "shadowing_sessions.show": lambda viewer: _session(_programme(viewer)),
    "shadowing_sessions.edit": lambda viewer: _session(queries.of(viewer)),
    "shadowing_sessions.transition": _to_confirm,
}

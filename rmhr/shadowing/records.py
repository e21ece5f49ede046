"""What was confirmed and signed off, kept as it was: a session, and the whole ladder with its sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rmhr.core.history.records import Copy, Read, record
from rmhr.models.shadowing import ProgrammeStatus, SessionStatus, ShadowingProgramme, ShadowingSession
from rmhr.shadowing import queries


@record("shadowing.session", of=ShadowingSession)
def SESSION(session: ShadowingSession) -> Mapping[str, Any]:
    """Who was where with whom, what was seen and done, and who confirmed it with which words."""
    return {
        "rm": session.programme.user.name,
        "host": session.host.name,
        "activity": session.activity.name,
        "with_client": session.activity.with_client,
        "rung": session.rung,
        "mode": session.mode,
        "held_on": session.held_on,
        "minutes": session.minutes,
        "client_agreed": session.client_agreed,
        "observations": [
            {"item": each.item.text, "how_far": each.how_far}
            for each in sorted(session.observations, key=lambda seen: seen.item.position)
        ],
        "learned": session.learned,
        "next_step": session.next_step,
        "feedback": session.feedback,
        "confirmed_at": session.confirmed_at,
        "confirmed_by": session.confirmed_by.name if session.confirmed_by else "",
    }


@record("shadowing.ladder", of=ShadowingProgramme)
def LADDER(programme: ShadowingProgramme) -> Mapping[str, Any]:
    """Who climbed which rungs by which sessions, with whom, how far each point came, and who signed it off."""
    employee, rules = programme.user.employee, {rule.rung: rule.text for rule in queries.rules()}
    boss = employee.supervisor if employee else None
    kept = of_sessions(programme.sessions)
    return {
        "rm": programme.user.name,
        "mentor": programme.mentor.name,
        "supervisor": boss.name if boss else "",
        "starts_on": programme.starts_on,
        "due_on": programme.due_on,
        "signed_off_at": programme.signed_off_at,
        "signed_off_by": programme.signed_off_by.name if programme.signed_off_by else "",
        "rungs": [
            {
                "rung": step.rung,
                "text": rules[step.rung],
                "done": step.done,
                "needed": step.needed,
                "due_on": step.due_on,
            }
            for step in queries.progress(programme).rungs
        ],
        "checklist": [
            {
                "item": point.item.text,
                "needed": point.item.needed,
                "reached": point.reached,
                "is_done": point.is_done,
            }
            for point in queries.points(programme)
        ],
        "sessions": [
            {"id": each.id, "status": each.status, **_short(kept[each.id])} for each in programme.sessions
        ],
    }


def _short(says: Copy) -> dict[str, Any]:
    return {name: says[name] for name in ("activity", "rung", "host", "minutes", "held_on")}


def of_sessions(sessions: list[ShadowingSession]) -> dict[int, Copy]:
    """What is seen of each, by id: of a confirmed one what was confirmed. One query."""
    kept = SESSION.kept([each.id for each in sessions if each.status is SessionStatus.CONFIRMED])
    return {each.id: kept[each.id].says if each.id in kept else SESSION.now(each) for each in sessions}


def of_session(session: ShadowingSession) -> Read:
    """What a page shows of a session: what was confirmed; while it is not, what stands there now."""
    if session.status is SessionStatus.CONFIRMED:
        return SESSION.read(session)
    return Read(SESSION.now(session))


def of_programme(programme: ShadowingProgramme) -> Read:
    """What a page shows of a programme: what was signed off; while it is under way, what holds now."""
    if programme.status is ProgrammeStatus.SIGNED_OFF:
        return LADDER.read(programme)
    return Read(LADDER.now(programme))

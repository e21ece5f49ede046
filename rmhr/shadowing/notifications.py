"""What is said about sessions and sign-offs, and to whom."""

from __future__ import annotations

from typing import Any

from rmhr.core.i18n import _
from rmhr.core.mail.outbox import Notice
from rmhr.models.accounts import User


def _who_confirmed(session: Any) -> str:
    return str((session.confirmed_by or session.host).name)


def _rm_and_supervisor(programme: Any) -> list[User]:
    people = (programme.user, programme.user.employee and programme.user.employee.supervisor)
    return [person for person in people if person is not None and person.is_active]


LOGGED = Notice(
    name="shadowing.logged",
    subject=_("%(person)s has written up a session with you"),
    to=lambda session: [session.host],
    context=lambda session, _to: {"person": session.programme.user.name},
)
CONFIRMED = Notice(
    name="shadowing.confirmed",
    subject=_("%(host)s has confirmed your session"),
    to=lambda session: [session.programme.user],
    context=lambda session, _to: {"host": _who_confirmed(session)},
)
RETURNED = Notice(
    name="shadowing.returned",
    subject=_("%(host)s has sent your session back"),
    to=lambda session: [session.programme.user],
    context=lambda session, _to: {"host": session.host.name},
)
SIGNED_OFF = Notice(
    name="shadowing.signed_off",
    subject=_("Job shadowing of %(person)s is signed off"),
    to=_rm_and_supervisor,
    context=lambda programme, _to: {"person": programme.user.name},
)
TAKEN_BACK = Notice(
    name="shadowing.taken_back",
    subject=_("Your session waits for confirmation again"),
    to=lambda session: [session.programme.user],
    context=lambda session, _to: {"host": session.host.name},
)
REOPENED = Notice(
    name="shadowing.reopened",
    subject=_("Job shadowing of %(person)s goes on"),
    to=_rm_and_supervisor,
    context=lambda programme, _to: {"person": programme.user.name},
)

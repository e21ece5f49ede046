"""What is said about sessions and sign-offs, and to whom."""

from __future__ import annotations

from rmhr.core.i18n import _
from rmhr.core.mail.outbox import Notice

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
    context=lambda session, _to: {"host": session.host.name},
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
    to=lambda programme: [
        person
        for person in (programme.user, programme.user.employee and programme.user.employee.supervisor)
        if person is not None
    ],
    context=lambda programme, _to: {"person": programme.user.name},
)

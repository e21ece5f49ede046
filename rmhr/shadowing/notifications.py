"""What is said about sessions and sign-offs, and to whom."""

from __future__ import annotations

from typing import Any

from rmhr.core.due.sources import N_
from rmhr.core.i18n import _, gettext
from rmhr.core.mail.news import News, headline
from rmhr.core.mail.outbox import Notice
from rmhr.models.accounts import Role, User
from rmhr.models.shadowing import ShadowingProgramme
from rmhr.onboarding import queries as onboarding
from rmhr.shadowing import queries


def _who_confirmed(session: Any) -> str:
    return str((session.confirmed_by or session.host).name)


def _rm_and_supervisor(programme: Any) -> list[User]:
    people = (programme.user, programme.user.employee and programme.user.employee.supervisor)
    return [person for person in people if person is not None and person.is_active]


def _mentor(programme: ShadowingProgramme) -> list[User]:
    """Who guides it, unless they hear already that they are the mentor of the first months."""
    plan = onboarding.of(programme.user)
    return [] if plan is not None and plan.mentor_id == programme.mentor_id else [programme.mentor]


GUIDES = News(
    name="shadowing.guides",
    label=N_("New colleagues whose job shadowing you guide"),
    concerns=(Role.MENTOR, Role.SUPERVISOR),
    subject="%(headline)s",
    to=_mentor,
    since=queries.guided_since,
    context=lambda programmes, _to: {
        "headline": headline(
            programmes,
            gettext(
                "You guide the job shadowing of %(person)s",
                person=programmes[-1].user.name,
            ),
            gettext("You guide the job shadowing of %(number)s new colleagues", number=len(programmes)),
        )
    },
)
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
    subject=_("Your session is waiting for confirmation again"),
    to=lambda session: [session.programme.user],
    context=lambda session, _to: {"host": session.host.name},
)
REOPENED = Notice(
    name="shadowing.reopened",
    subject=_("Job shadowing of %(person)s continues"),
    to=_rm_and_supervisor,
    context=lambda programme, _to: {"person": programme.user.name},
)

"""What people are told about their own account."""

from __future__ import annotations

from typing import Any

from rmhr.core import bank
from rmhr.core.i18n import _
from rmhr.core.mail.outbox import Notice
from rmhr.models.accounts import RoleRequest


def _role(request: RoleRequest) -> dict[str, Any]:
    return {"person": request.user.name, "role": request.role.label}


INVITATION = Notice(
    name="accounts.invitation",
    subject=_("Your account in the HR system of %(bank)s"),
    to=lambda user: [user],
    context=lambda _user, _recipient: {"bank": bank.name()},
)
RESET = Notice(
    name="accounts.reset",
    subject=_("Choose a new password"),
    to=lambda user: [user],
)
PASSWORD_CHANGED = Notice(
    name="accounts.password_changed",
    subject=_("Your password was changed"),
    to=lambda user: [user],
)
ROLE_GIVEN = Notice(
    name="accounts.role_given",
    subject=_("%(person)s has the role %(role)s"),
    to=lambda request: [request.asked_by, request.user],
    context=lambda request, _recipient: _role(request),
)
ROLE_NOT_GIVEN = Notice(
    name="accounts.role_not_given",
    subject=_("%(person)s will not get the role %(role)s"),
    to=lambda request: [request.asked_by],
    context=lambda request, _recipient: _role(request),
)
HANDED_OVER = Notice(
    name="accounts.handed_over",
    subject=_("You take over from %(person)s"),
    to=lambda _person: [],
    context=lambda person, _recipient: {"person": person.name},
)

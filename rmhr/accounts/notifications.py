"""What people are told about their own account."""

from __future__ import annotations

from rmhr.core import bank
from rmhr.core.i18n import _
from rmhr.core.mail.outbox import Notice

INVITATION = Notice(
    name="accounts.invitation",
    subject=_("Your account at %(bank)s"),
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
HANDED_OVER = Notice(
    name="accounts.handed_over",
    subject=_("You take over from %(person)s"),
    to=lambda _person: [],
    context=lambda person, _recipient: {"person": person.name},
)

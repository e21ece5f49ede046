"""What is owed about accounts: asking after invitations that nobody takes up."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.accounts.queries.people import here
from rmhr.core.db import Rows, this_day
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of
from rmhr.models.accounts import AccessLink, LinkPurpose, Role, User, UserRole


@source(
    "accounts.invitation",
    label=N_("Invitations that nobody takes up"),
    remind_on=(0, 3, 7),
    text=N_("Ask %(person)s about the invitation"),
    why=N_("The account has not been opened for a week; the link in the mail ends soon"),
    verb=N_("View"),
    endpoint="accounts.person",
    params={"id": "subject_id"},
    icon="envelope",
    snooze=7,
    shared=Role.HR,
)
def invitations_not_taken_up() -> Rows:
    """Owed by whoever sent it; where that was the product itself, by the longest-serving in HR."""
    sender, hr = aliased(User), aliased(User)
    still_here = sa.or_(sender.left_on.is_(None), sender.left_on >= this_day())
    there = sa.or_(hr.left_on.is_(None), hr.left_on >= this_day())
    stands_in = (
        sa.select(sa.func.min(UserRole.user_id))
        .join(hr, hr.id == UserRole.user_id)
        .where(UserRole.role == Role.HR, there)
        .scalar_subquery()
    )
    return (
        sa.select(
            User.id.label("subject_id"),
            sa.func.coalesce(sender.id, stands_in).label("owner_id"),
            AccessLink.ask_on.label("due_on"),
            day_of(AccessLink.created_at).label("since_on"),
            User.name.label("person"),
        )
        .join(AccessLink, AccessLink.user_id == User.id)
        .outerjoin(sender, sa.and_(sender.id == AccessLink.sent_by_id, still_here))
        .where(
            AccessLink.purpose == LinkPurpose.INVITATION,
            AccessLink.used_at.is_(None),
            AccessLink.ask_on.is_not(None),
            User.password_hash == "",
            here(),
        )
    )

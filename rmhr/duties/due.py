"""What is owed about the bank's texts: a second person's answer."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from rmhr.core.db import Rows, this_day
from rmhr.core.due.sources import N_, source
from rmhr.core.due.words import day_of, working_day_after
from rmhr.law import deadlines
from rmhr.models.accounts import Role, User, UserRole
from rmhr.models.duties import BankText, TextStatus


@source(
    "duties.text",
    label=N_("Texts of the bank that need a second person"),
    remind_on=(-7, -1, 0, 3, 7),
    text=N_("Read and approve a text of the bank: %(kind)s"),
    why=N_("%(writer)s has submitted version %(number)s, and nobody approves their own words"),
    verb=N_("View"),
    endpoint="texts.version",
    params={"id": "subject_id"},
    icon="file-earmark-check",
    otherwise=N_("The version in force stays until then"),
    otherwise_by="bank_texts.approve",
    awaited=N_("A second person for a text of the bank: %(kind)s"),
    shared=Role.COMPLIANCE,
)
def texts_that_need_a_second_person() -> Rows:
    """Owed by the longest-serving who could approve, compliance first; where nobody is, by whoever submitted it.

    Due on the day from which it is to be in force; where that is the day of its submission, some working days after.
    """
    submitted = day_of(BankText.submitted_at)
    writer, other, having = aliased(User), aliased(User), aliased(UserRole)

    def second(*roles: Role) -> sa.ScalarSelect[int]:
        return (
            sa.select(sa.func.min(having.user_id))
            .join(other, other.id == having.user_id)
            .where(
                having.role.in_(roles),
                sa.or_(other.left_on.is_(None), other.left_on >= this_day()),
                having.user_id != BankText.submitted_by_id,
                having.user_id != sa.func.coalesce(BankText.edited_by_id, 0),
            )
            .correlate(BankText)
            .scalar_subquery()
        )

    return (
        sa.select(
            BankText.id.label("subject_id"),
            sa.func.coalesce(second(Role.COMPLIANCE), second(Role.ADMIN, Role.HR), writer.id).label(
                "owner_id"
            ),
            sa.case(
                (BankText.valid_from > submitted, BankText.valid_from),
                else_=working_day_after(BankText.submitted_at, deadlines.APPROVE_TEXT.number),
            ).label("due_on"),
            submitted.label("since_on"),
            BankText.kind.label("kind"),
            BankText.number.label("number"),
            writer.name.label("writer"),
            writer.id.label("waits_id"),
        )
        .join(writer, writer.id == BankText.submitted_by_id)
        .where(BankText.status == TextStatus.IN_APPROVAL)
    )

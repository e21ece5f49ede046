"""Deleting what is known of an applicant, on the day that was promised to them.

What hangs on an application is found by its foreign keys, not by a list: interviews, scorecards, decisions and offers
go along, and so will what later stages add. The history keeps that it happened, when and by whom of the bank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from rmhr.applications import policies, queries
from rmhr.core import clock, registry
from rmhr.core.db import Base, db, deleted
from rmhr.core.due.jobs import one_by_one
from rmhr.core.flow.operation import operation
from rmhr.core.history import forgetting, records
from rmhr.core.i18n import _
from rmhr.core.policy import SYSTEM, Actor
from rmhr.core.search import index
from rmhr.law import retention
from rmhr.models.applications import Application
from rmhr.models.system import Bounce, Message

#: Mails and inbox entries that name many people and things at once, as all news do: they go by their age.
LETTERS = ("reminders.reminder", "today.ask")


@operation(allow=policies.FOLLOWS, done=_("Deleted on the promised day"))
def erase(_actor: Actor, application: Application) -> None:
    """Delete an application with everything about it, and its applicant with the last one.

    That is: what was sent, with the text of the files (the files themselves are swept once no row knows them), marks
    and evidence, interviews, scorecards, decisions, offers, the copies that were kept of them, the recommendation by
    which the person came, and all that was written to or about them. What became of somebody who was hired is not
    touched. Of the history the notes and the values are emptied.
    """
    applicant = application.applicant
    documents = [application.cv, *(it.document for it in application.answers if it.document)]
    referral = application.referral
    rows: list[Any] = [*_parts(application), application]
    _delete(rows)
    last = queries.applicants.latest_of(applicant) is None
    besides: list[Any] = [*documents, *([referral] if referral else [])]
    alone = len(queries.applicants.at(applicant.email)) == 1
    if last:
        besides += [*_parts(applicant), applicant]
        if alone:  # else a colleague has applied from inside with it
            _mails_to(applicant.email)
    _delete(besides)
    gone = rows + besides
    _mails_about(gone)
    forgetting.forget(application, [row for row in gone if row.__tablename__ != "private_link"])


def erase_due() -> int:
    """Delete every application whose day has come; says how many."""
    due = db.session.scalars(
        sa.select(Application)
        .where(Application.delete_on.is_not(None), Application.delete_on <= clock.today())
        .order_by(Application.id)
    ).unique()
    gone = one_by_one(due.all(), lambda application: erase(SYSTEM, application))
    if gone:
        index.sweep(db.session.connection())
    return len(gone)


def forget_letters() -> int:
    """Delete reminders and news of long ago: they name whoever applied then."""
    old = Message.created_at < clock.now() - retention.REMINDERS.span
    return deleted(sa.delete(Message).where(Message.kind.in_((*LETTERS, *registry.NEWS)), old))


def _parts(row: Any) -> Iterator[Any]:
    """What cannot be without this row, the parts of the parts first. Others that point to it let go of it."""
    for mapper in Base.registry.mappers:
        for column in mapper.local_table.c:
            if not any(key.references(row.__table__) for key in column.foreign_keys):
                continue
            query = sa.select(mapper.class_).where(column == row.id)
            for part in db.session.scalars(query).unique().all():
                if column.nullable:
                    setattr(part, mapper.get_property_by_column(column).key, None)
                    continue
                yield from _parts(part)
                yield part


def _delete(rows: Iterable[Any]) -> None:
    """Delete rows one after the other, with the copies that were kept of them."""
    kinds = list(registry.RECORDS.values())
    for row in rows:
        for kind in kinds:
            if isinstance(row, kind.model):
                records.forget(kind, row)
        if sa.inspect(row).persistent:  # else it went with what it was a part of
            db.session.delete(row)
            db.session.flush()


def _mails_about(rows: Iterable[Any]) -> None:
    """What was written about these rows, to whomever."""
    by_kind: dict[str, list[int]] = {}
    for row in rows:
        by_kind.setdefault(row.__tablename__, []).append(row.id)
    for kind, ids in by_kind.items():
        deleted(sa.delete(Message).where(Message.subject_type == kind, Message.subject_id.in_(ids)))


def _mails_to(address: str) -> None:
    """What was written to this address outside of the bank, and that it did not arrive."""
    deleted(sa.delete(Message).where(Message.to_address == address, Message.user_id.is_(None)))
    for bounce in db.session.scalars(sa.select(Bounce).where(Bounce.address == address)):
        db.session.delete(bounce)
        db.session.flush()
        forgetting.forget(bounce, [bounce])

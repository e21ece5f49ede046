"""Whether anything has changed that public pages are made of: a stamp, written anew in the transaction that changes it.

So what a process has made for one stranger it may show to the next, as long as the stamp is the same.
"""

from __future__ import annotations

import secrets
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from rmhr.core.db import Audited, db
from rmhr.models.accounts import Unit, User
from rmhr.models.applications import Application
from rmhr.models.careers import CareerSite, PublicState
from rmhr.models.documents import Document
from rmhr.models.duties import BankDuties, BankText
from rmhr.models.postings import HiringTeamMember, Posting, PostingPlace, PostingSection

#: What a stranger reads on the career site and in its feeds, and what is counted there. A flush hears of all that is
#: written of it: the history allows no other way.
READ: tuple[type[Audited], ...] = (
    CareerSite,
    BankDuties,
    BankText,
    Document,
    Posting,
    PostingSection,
    PostingPlace,
    HiringTeamMember,
    Unit,
    User,
    Application,
)
_STAMP = sa.select(PublicState.stamp)
#: In the notes of a session: that it writes something of it.
_CHANGED = "public pages: changed"


def stamp() -> str | None:
    """The stamp of what there is now; None before anything was written. One query."""
    return db.session.scalar(_STAMP)


@event.listens_for(Session, "after_flush")
def _after_flush(session: Session, _context: Any) -> None:
    if any(isinstance(row, READ) for row in (*session.new, *session.dirty, *session.deleted)):
        session.info[_CHANGED] = True


@event.listens_for(Session, "before_commit")
def _before_commit(session: Session) -> None:
    """The last row that a transaction takes: two of them never wait for each other."""
    session.flush()
    if not session.info.get(_CHANGED) or session.in_nested_transaction():
        return
    changed = sa.update(PublicState).values(stamp=secrets.token_hex(8))
    found = session.connection().execute(changed)
    if not found.rowcount:
        session.connection().execute(sa.insert(PublicState).values(id=1, stamp=secrets.token_hex(8)))
    session.info.pop(_CHANGED)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _transaction: Any) -> None:
    if not session.in_transaction():
        session.info.pop(_CHANGED, None)

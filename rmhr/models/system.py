"""What the engine itself keeps: the history, mail, reminders, runs of the scheduler."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core import clock
from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _
from rmhr.models.accounts import User


class ActorKind(LabelEnum):
    """Who acted: the product itself, a colleague, or an applicant behind a private link."""

    SYSTEM = "system", _("rmhr"), "neutral", "gear"
    USER = "user", _("Colleague"), "neutral", "person"
    APPLICANT = "applicant", _("Applicant"), "neutral", "person"


class AuditEntry(Base):
    """One change of one row: who, what, when, from what to what. Never changed, never deleted."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        sa.Index(None, "subject_type", "subject_id", "id"),
        sa.Index(None, "at", "id"),
        sa.Index("uq_audit_entry_nonce", "nonce", unique=True),
    )

    at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(default="", server_default="")  # of a colleague, on that day
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[int]
    changes: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(default="")
    # What the product signed with a key that the database does not know; those of before that have neither.
    nonce: Mapped[str | None]
    signature: Mapped[str] = mapped_column(default="", server_default="")


class Record(Base):
    """What was seen of a thing when it was concluded. Never changed; see core/history/records.py."""

    __tablename__ = "record"
    __table_args__ = (sa.UniqueConstraint("kind", "subject_id", "edition"),)

    kind: Mapped[str]  # "performance.review"
    subject_id: Mapped[int]
    edition: Mapped[int]  # 1; a correction makes the next
    at: Mapped[datetime]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(default="")  # of that day
    content: Mapped[dict[str, Any]]
    digest: Mapped[str]  # SHA-256 of the content; it stands in the history as well


@sa.event.listens_for(Record, "before_update")
def _stays_as_it_was(_mapper: Any, _connection: Any, record: Record) -> None:
    """What was signed is not changed afterwards; a correction is another edition."""
    if sa.inspect(record).modified:
        raise RuntimeError("a record is never changed")


class AuditSeal(Base):
    """A link of the chain: the signed digest of one entry, of the link before it, and of its place in the chain."""

    __tablename__ = "audit_seal"

    number: Mapped[int] = mapped_column(unique=True)  # from 1 on, without a gap

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("audit_entry.id", ondelete="RESTRICT"), unique=True)
    digest: Mapped[str]


class MessageStatus(LabelEnum):
    """What became of a mail."""

    WAITING = "waiting", _("Waiting"), "info", "hourglass-split"
    SENT = "sent", _("Sent"), "good", "check-circle-fill"
    KEPT = "kept", _("Kept, not sent"), "neutral", "archive"
    INBOX = "inbox", _("In the inbox only"), "neutral", "inbox"
    FAILED = "failed", _("Could not be sent"), "bad", "exclamation-circle-fill"


class Message(Base):
    """Something said to somebody, written in the same transaction as what it announces and mailed after it.

    What is said to a colleague stands in their inbox as well; where they do not want the mail, only there.
    """

    __tablename__ = "message"
    __table_args__ = (
        sa.Index(None, "state", "next_attempt_at"),
        sa.Index(None, "user_id", "read_at"),
        sa.Index(None, "user_id", "created_at", "id"),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_time"),
    )

    kind: Mapped[str] = mapped_column(index=True)  # the notice's name
    subject_type: Mapped[str] = mapped_column(default="")
    subject_id: Mapped[int | None]
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="SET NULL"))  # whose inbox
    to_address: Mapped[str] = mapped_column(index=True)
    to_name: Mapped[str]
    reply_address: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # who reads an answer; "": nobody
    reply_name: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(sa.String(2))
    text_id: Mapped[int | None] = mapped_column(  # the bank's letter that it is, if it is one
        sa.ForeignKey("bank_text.id", ondelete="RESTRICT"), index=True
    )
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    calendar: Mapped[str] = mapped_column(default="", info={"verbatim": True})  # an iTIP body, or nothing
    calendar_method: Mapped[str] = mapped_column(default="")
    unsubscribe: Mapped[str] = mapped_column(default="")  # where one click ends mail of this kind (RFC 8058)
    message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[MessageStatus] = mapped_column(default=MessageStatus.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now(), index=True)
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]  # in the inbox


class JobRun(Base):
    """One run of one job of the scheduler."""

    __tablename__ = "job_run"
    __table_args__ = (sa.Index(None, "job", "started_at"),)

    job: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(default=lambda: clock.now(), index=True)
    finished_at: Mapped[datetime | None]
    done: Mapped[int] = mapped_column(default=0)  # how many things it did
    error: Mapped[str] = mapped_column(default="")
    trace: Mapped[str] = mapped_column(default="")  # where it failed, line by line
    who: Mapped[str] = mapped_column(default="")  # the process: "host, 4711"
    by_hand: Mapped[bool] = mapped_column(default=False)  # an administrator started it


class Heartbeat(Base):
    """The last sign of life of a process, by name."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(default="")


class Webhook(Audited, Timestamps, Versioned, Base):
    """Where messages go besides mail: a chat's or another system's address, signed as Standard Webhooks has it."""

    __tablename__ = "webhook"

    name: Mapped[str] = mapped_column(unique=True)
    url: Mapped[str] = mapped_column(info={"private": True})  # chats put their secret into the address
    secret: Mapped[str] = mapped_column(info={"private": True})  # "whsec_" and base64
    active: Mapped[bool] = mapped_column(default=True)


class WebhookHost(Audited, Timestamps, Base):
    """A host of the bank's own network that webhooks may call: without it they reach public addresses only."""

    __tablename__ = "webhook_host"

    name: Mapped[str] = mapped_column(unique=True)  # "chat.bank.example" or "10.1.2.3", in small letters

    @property
    def called_in_history(self) -> str:
        """Its name."""
        return self.name


class DeliveryStatus(LabelEnum):
    """What became of a call of a webhook."""

    WAITING = "waiting", _("Waiting"), "info", "hourglass-split"
    SENT = "sent", _("Delivered"), "good", "check-circle-fill"
    FAILED = "failed", _("Not delivered"), "bad", "exclamation-circle-fill"


class WebhookDelivery(Base):
    """One message to one webhook. Its `event` goes along as webhook-id: who gets it twice can tell."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        sa.UniqueConstraint("webhook_id", "message_id"),
        sa.Index(None, "created_at", "id"),
        sa.Index(None, "state", "next_attempt_at"),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_has_time"),
    )

    webhook_id: Mapped[int] = mapped_column(sa.ForeignKey("webhook.id", ondelete="CASCADE"))
    message_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("message.id", ondelete="SET NULL"), index=True
    )
    event: Mapped[str] = mapped_column(unique=True)  # "msg_…"
    body: Mapped[str]
    state: Mapped[DeliveryStatus] = mapped_column(default=DeliveryStatus.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    answer: Mapped[str] = mapped_column(default="")  # the last answer or error
    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())
    sent_at: Mapped[datetime | None]

    webhook: Mapped[Webhook] = relationship()
    message: Mapped[Message | None] = relationship()


class JobPause(Audited, Timestamps, Base):
    """A job of the scheduler that an administrator has paused."""

    __tablename__ = "job_pause"
    __table_args__ = (sa.CheckConstraint("reason != ''", name="has_reason"),)

    job: Mapped[str] = mapped_column(unique=True)
    reason: Mapped[str]
    paused_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)

    paused_by: Mapped[User] = relationship()


class Bounce(Audited, Timestamps, Base):
    """An address that does not take mail: the server refused it for good, or the mail came back."""

    __tablename__ = "bounce"

    address: Mapped[str] = mapped_column(unique=True, info={"private": True})  # in small letters
    said: Mapped[str] = mapped_column(info={"private": True})  # what the server said
    times: Mapped[int] = mapped_column(default=1)


class BulkOutcome(LabelEnum):
    """What became of one of many things."""

    WAITING = "waiting", _("Not yet"), "neutral", "hourglass-split"
    DONE = "done", _("Done"), "good", "check-circle-fill"
    REFUSED = "refused", _("Not done"), "warning", "exclamation-circle-fill"


class BulkRun(Base):
    """The same move or operation on many things, as one person confirmed it. Gone after a month."""

    __tablename__ = "bulk_run"
    __table_args__ = (sa.UniqueConstraint("user_id", "key"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"))
    key: Mapped[str]  # of the page on which it was confirmed: sent twice, it is one
    name: Mapped[str]  # "applications.reject", see core.flow.bulk
    given: Mapped[dict[str, Any]]  # what was answered, by field; emptied once all is done
    # What this takes back: once at the most.
    undoes_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("bulk_run.id", ondelete="CASCADE"), unique=True
    )
    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now(), index=True)
    finished_at: Mapped[datetime | None]

    rows: Mapped[list[BulkRow]] = relationship(cascade="all, delete-orphan", order_by="BulkRow.subject_id")


class BulkRow(Base):
    """One of the things: as it was seen, and what became of it."""

    __tablename__ = "bulk_row"
    __table_args__ = (sa.UniqueConstraint("run_id", "subject_id"),)

    run_id: Mapped[int] = mapped_column(sa.ForeignKey("bulk_run.id", ondelete="CASCADE"))
    subject_id: Mapped[int]
    seen: Mapped[str] = mapped_column(default="")  # its status; empty for what has none
    outcome: Mapped[BulkOutcome] = mapped_column(default=BulkOutcome.WAITING)
    said: Mapped[str] = mapped_column(
        default=""
    )  # why not, or what came of it, as it was said to whoever did it

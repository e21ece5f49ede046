"""Mail: written with what it announces, in the recipient's language; sent after the commit, with retries."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any, Protocol
from urllib.parse import urlsplit

import css_inline
import sqlalchemy as sa
from flask import current_app

from rmhr.core import bank, clock
from rmhr.core.db import db
from rmhr.core.i18n import speaking
from rmhr.core.mail import bounces, smtp
from rmhr.core.mail.claims import Claim
from rmhr.core.mail.headers import POLICY
from rmhr.core.mail.text import plain_text
from rmhr.models.accounts import User
from rmhr.models.system import Message, MessageStatus

#: Minutes to wait after the first, second … failed attempt; after the last one the mail has failed.
BACK_OFF = (1, 5, 15, 60, 240, 720)
#: How long a sender that died may hold a mail. Longer than any sending takes.
LEASE = timedelta(minutes=5)


class Recipient(Protocol):
    """Somebody who can be written to."""

    @property
    def email(self) -> str:
        """Where to."""

    @property
    def name(self) -> str:
        """Whose it is."""

    @property
    def language(self) -> str:
        """What they read: "en" or "de"."""


@dataclass(frozen=True)
class Calendar:
    """A calendar entry that goes with a mail: an iTIP body and its method."""

    body: str
    method: str


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something that is said to somebody: `stage.name`, whose text is templates/stage/emails/name.html."""

    name: str
    subject: Any  # lazy; may name values that `context` gives
    to: Callable[[Any], Iterable[Recipient]]
    context: Callable[[Any, Recipient], dict[str, Any]] = lambda _subject, _recipient: {}
    calendar: Callable[[Any, Recipient], Calendar | None] = lambda _subject, _recipient: None

    @property
    def template(self) -> str:
        """Where its text lies."""
        stage, name = self.name.split(".", 1)
        return f"{stage}/emails/{name}.html"


def public_url(endpoint: str, **values: Any) -> str:
    """The absolute address of a page, from RMHR_PUBLIC_URL: mail is written without a request, too."""
    parts = urlsplit(current_app.config["PUBLIC_URL"])
    adapter = current_app.url_map.bind(parts.netloc, script_name=parts.path or "/", url_scheme=parts.scheme)
    return adapter.build(endpoint, values, force_external=True)


def queue(notice: Notice, subject: Any, **extra: Any) -> list[Message]:
    """Write this notice to everybody whom it concerns. Sent only if what it announces is committed."""
    return [compose(notice, subject, recipient, **extra) for recipient in notice.to(subject)]


def compose(
    notice: Notice,
    subject: Any,
    recipient: Recipient,
    *,
    mailed: bool = True,
    unsubscribe: str = "",
    **extra: Any,
) -> Message:
    """Write one mail in its recipient's language and put it into the outbox; or into their inbox only.

    `unsubscribe` is the address where one POST ends mail of this kind.
    """
    app = current_app
    host = urlsplit(app.config["PUBLIC_URL"]).hostname or "localhost"
    with speaking(recipient.language):
        values = {**extra, **notice.context(subject, recipient)}
        title = str(notice.subject) % values if "%(" in str(notice.subject) else str(notice.subject)
        html = app.jinja_env.get_template(notice.template).render(
            {
                "subject": subject,
                "recipient": recipient,
                "title": title,
                "language": recipient.language,
                "public_url": public_url,
                "bank_name": bank.name(),
                **values,
            }
        )
        calendar = notice.calendar(subject, recipient)
    sends = MessageStatus.WAITING if app.config["SMTP_URL"] else MessageStatus.KEPT
    message = Message(
        kind=notice.name,
        user_id=recipient.id if isinstance(recipient, User) else None,
        subject_type=getattr(subject, "__tablename__", ""),
        subject_id=getattr(subject, "id", None),
        to_address=recipient.email,
        to_name=recipient.name,
        language=recipient.language,
        subject=_line(title),
        text=plain_text(html),
        html=css_inline.inline(html, keep_style_tags=True, load_remote_stylesheets=False),
        calendar=calendar.body if calendar else "",
        calendar_method=calendar.method if calendar else "",
        unsubscribe=unsubscribe,
        message_id=make_msgid(domain=host),
        state=sends if mailed else MessageStatus.INBOX,
    )
    db.session.add(message)
    return message


def _line(text: str) -> str:
    """One line without anything that could begin another header: no breaks, no control characters."""
    plain = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in text)
    return " ".join(plain.split())


def mime(message: Message, sender: str, sender_name: str) -> EmailMessage:
    """The mail as it travels (RFC 5322); a calendar entry both as an alternative and as a file (RFC 6047)."""
    mail = EmailMessage(POLICY)
    mail["From"] = Address(_line(sender_name), addr_spec=sender)
    mail["To"] = Address(_line(message.to_name), addr_spec=message.to_address)
    mail["Subject"] = _line(message.subject)
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = message.message_id
    mail["Content-Language"] = message.language
    mail["Auto-Submitted"] = "auto-generated"
    if message.unsubscribe:
        mail["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(message.text, cte="quoted-printable")
    mail.add_alternative(message.html, subtype="html", cte="quoted-printable")
    if message.calendar:
        mail.add_alternative(
            message.calendar,
            subtype="calendar",
            params={"method": message.calendar_method},
            cte="quoted-printable",
        )
        mail.add_attachment(
            message.calendar.encode(), maintype="application", subtype="ics", filename="invite.ics"
        )
    return mail


@dataclass(frozen=True)
class _Claimed:
    """A mail that is ours for LEASE: what it takes to send it, free of the database."""

    claim: Claim
    to: str
    mail: EmailMessage | None  # None: it cannot even be written down
    error: str = ""


def deliver(limit: int = 100, go_on: Callable[[], bool] = lambda: True) -> int:
    """Send what waits; say how many mails went out. Commits after each: what is sent is sent.

    A mail is claimed before it is sent, so two senders never send the same one. A sender that dies after the
    server took the mail and before that was marked leads to a second copy with the same Message-ID, never to
    a lost mail. One that fails waits longer each time (BACK_OFF) and then counts as failed. `go_on` is asked
    before each mail.
    """
    if not current_app.config["SMTP_URL"]:
        return 0
    sent, server = 0, smtp.Server(current_app.config["SMTP_URL"])
    try:
        for _turn in range(limit):
            claimed = _claim() if go_on() else None
            if claimed is None:
                break
            if claimed.mail is None:
                _failed(claimed, claimed.error, for_good=True)
                continue
            try:
                server.send(claimed.mail)
            except smtp.Refused as refusal:
                if refusal.recipient and refusal.for_good:
                    bounces.refused(claimed.to, str(refusal))
                _failed(claimed, str(refusal), for_good=refusal.for_good)
            except smtp.Unreachable as trouble:
                _failed(claimed, str(trouble), for_good=False)
                break
            else:
                bounces.taken(claimed.to)
                claimed.claim.mark(state=MessageStatus.SENT, sent_at=clock.now(), error="")
                sent += 1
    finally:
        server.close()
    return sent


def _claim() -> _Claimed | None:
    waiting = (
        sa.select(Message)
        .where(Message.state == MessageStatus.WAITING, Message.next_attempt_at <= clock.now())
        .order_by(Message.next_attempt_at, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    message = db.session.scalars(waiting).first()
    if message is None:
        db.session.rollback()
        return None
    claim = Claim.of(message, LEASE)
    # Everything is read before the commit: no transaction may be open while a mail server is talked to.
    try:
        mail = mime(message, current_app.config["MAIL_FROM"], bank.name())
        claimed = _Claimed(claim, message.to_address, mail)
    except Exception as error:  # whatever is wrong with one mail must not hold up the others
        claimed = _Claimed(claim, message.to_address, None, smtp.said(error))
    db.session.commit()
    return claimed


def _failed(claimed: _Claimed, error: str, *, for_good: bool) -> None:
    claimed.claim.fail(MessageStatus.FAILED, BACK_OFF, for_good=for_good, error=error)

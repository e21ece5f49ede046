"""Mail: written with what it announces, in the recipient's language; sent after the commit, with retries."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any, Protocol
from urllib.parse import urlsplit

import css_inline
import sqlalchemy as sa
from flask import current_app

from rmhr.core import bank, registry
from rmhr.core.db import Rows, db
from rmhr.core.i18n import DEFAULT, speaking
from rmhr.core.mail import bounces, delivery, smtp
from rmhr.core.mail.channels import Told, channel
from rmhr.core.mail.headers import POLICY
from rmhr.core.mail.text import plain_text
from rmhr.models.accounts import User
from rmhr.models.system import Message, MessageStatus


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
    """Something that is said to somebody: `stage.name`, whose text is templates/stage/emails/name.html.

    To whoever is no colleague, `contact` of its context says whom they may ask: an answer to the mail goes there. It is
    one of the bank's own letters, and `letter_id` says which version; or it is none, and `no_letter` says why.
    """

    name: str
    subject: Any  # lazy; may name values that `context` gives
    to: Callable[[Any], Iterable[Recipient]]
    context: Callable[[Any, Recipient], dict[str, Any]] = lambda _subject, _recipient: {}
    calendar: Callable[[Any, Recipient], Calendar | None] = lambda _subject, _recipient: None
    no_letter: Any = ""  # lazy; why the product says it in its own words, to whoever is no colleague
    closed: bool = False  # what it says is for its reader alone: administrators do not see it among the mail

    def __post_init__(self) -> None:
        registry.NOTICES.add(self.name, self)
        if self.closed:
            registry.CLOSED.add(self.name, self)

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
    """Write this notice to everybody whom it concerns. Sent only if what it announces is committed.

    Whoever does not work here any more hears nothing: what hung on them goes to a successor, or is owed by HR.
    """
    return [
        compose(notice, subject, recipient, **extra)
        for recipient in notice.to(subject)
        if not isinstance(recipient, User) or recipient.is_active
    ]


def compose(
    notice: Notice,
    subject: Any,
    recipient: Recipient,
    *,
    mailed: bool = True,
    unsubscribe: str = "",
    **extra: Any,
) -> Message:
    """Write one message in its recipient's language into their inbox, and as mail into the outbox if it is `mailed`.

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
                "particulars": [] if isinstance(recipient, User) else bank.particulars(),
                **values,
            }
        )
        calendar = notice.calendar(subject, recipient)
    contact = None if isinstance(recipient, User) else values.get("contact")
    message = Message(
        kind=notice.name,
        user_id=recipient.id if isinstance(recipient, User) else None,
        subject_type=getattr(subject, "__tablename__", ""),
        subject_id=getattr(subject, "id", None),
        to_address=recipient.email,
        to_name=recipient.name,
        reply_address=contact.email if contact else "",
        reply_name=contact.name if contact else "",
        language=recipient.language,
        text_id=values.get("letter_id"),
        subject=_line(title),
        text=plain_text(html),
        html=css_inline.inline(html, keep_style_tags=True, load_remote_stylesheets=False),
        calendar=calendar.body if calendar else "",
        calendar_method=calendar.method if calendar else "",
        unsubscribe=unsubscribe,
        message_id=make_msgid(domain=host),
        state=_as_mail() if mailed else MessageStatus.INBOX,
    )
    db.session.add(message)
    if (said := _rehearsing.get()) is not None:
        said.append(
            Said(
                message.kind,
                message.user_id is None,
                message.to_name,
                message.language,
                message.subject,
                message.text,
            )
        )
    return message


@dataclass(frozen=True)
class Said:
    """What is said to somebody, to be looked at before it is said."""

    kind: str  # the notice's name
    outside: bool  # to somebody who is no colleague of ours, or not as one
    to_name: str
    language: str
    subject: str
    text: str


_rehearsing: ContextVar[list[Said] | None] = ContextVar("rehearsing", default=None)


def rehearsing() -> bool:
    """Whether what is done now is only tried: no secret need be made for a mail that is never sent."""
    return _rehearsing.get() is not None


@contextmanager
def rehearsal() -> Iterator[list[Said]]:
    """Do the block and take all of it back; the list holds what it would have said to whom."""
    said: list[Said] = []
    savepoint = db.session.begin_nested()
    token = _rehearsing.set(said)
    try:
        yield said
    finally:
        _rehearsing.reset(token)
        savepoint.rollback()


@dataclass(frozen=True)
class Nobody:
    """Whom a mail is written to that is never sent."""

    name: str = "–"
    email: str = ""
    language: str = DEFAULT


def pretend(notice: Notice, **extra: Any) -> None:
    """Write this notice to nobody and throw it away: whoever asks for a mail waits as long as if there were one."""
    nobody = Nobody()
    with rehearsal():
        compose(notice, nobody, nobody, **extra)


def _as_mail() -> MessageStatus:
    """What becomes of a mail: without a mail server it is kept, and shown to administrators."""
    return MessageStatus.WAITING if current_app.config["SMTP_URL"] else MessageStatus.KEPT


@channel
def mail_out(said: Sequence[Told]) -> int:
    """Puts these messages into the outbox, but those whose readers want them in their inbox only."""
    mailed = [told.message for told in said if told.mail]
    for message in mailed:
        message.state = _as_mail()
    return len(mailed)


def _line(text: str) -> str:
    """One line without anything that could begin another header: no breaks, no control characters."""
    plain = "".join(" " if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in text)
    return " ".join(plain.split())


def mime(message: Message, sender: str, sender_name: str) -> EmailMessage:
    """The mail as it travels (RFC 5322); a calendar entry both as an alternative and as a file (RFC 6047).

    `sender` is an address of the installation; an answer goes to whoever the mail names as the one to ask.
    """
    mail = EmailMessage(POLICY)
    mail["From"] = Address(_line(sender_name), addr_spec=sender)
    mail["To"] = Address(_line(message.to_name), addr_spec=message.to_address)
    if message.reply_address:
        mail["Reply-To"] = Address(_line(message.reply_name), addr_spec=message.reply_address)
    mail["Subject"] = _line(message.subject)
    mail["Date"] = format_datetime(message.created_at)
    mail["Message-ID"] = message.message_id
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
    # Last: whatever sets the body takes away every header of it that stands there.
    mail["Content-Language"] = message.language
    return mail


class _Mail(delivery.Carrier[Message, tuple[str, EmailMessage]]):
    """One run of sending mail, with one connection to the mail server."""

    model, states, log = Message, MessageStatus, "error"

    def __init__(self, url: str) -> None:
        self.server = smtp.Server(url)
        self.answers = True

    def rows(self) -> Rows | None:
        """All mail, as long as the mail server answers."""
        return sa.select(Message) if self.answers else None

    def pack(self, row: Message) -> tuple[str, EmailMessage]:
        """The address, and the mail as it travels."""
        name, address = bank.sender()
        return row.to_address, mime(row, address, name)

    def hand_over(self, parcel: tuple[str, EmailMessage]) -> str:
        """Send it, and note whether its address takes mail. Raises Refused, Unreachable."""
        address, mail = parcel
        try:
            self.server.send(mail)
        except smtp.NotTaken as refusal:
            if refusal.recipient and refusal.for_good:
                bounces.refused(address, str(refusal))
            raise
        bounces.taken(address)
        return ""

    def leave_alone(self, parcel: tuple[str, EmailMessage]) -> None:
        """There is one mail server for all of them."""
        self.answers = False


def deliver(limit: int = 100, go_on: Callable[[], bool] = lambda: True) -> int:
    """Sends mail that waits; returns how many mails went out. Commits after each: what is sent is sent.

    A second copy of a mail, after a sender that died, has the same Message-ID. `go_on` is asked before each mail.
    """
    if not current_app.config["SMTP_URL"]:
        return 0
    mail = _Mail(current_app.config["SMTP_URL"])
    try:
        return delivery.deliver(mail, limit, go_on)
    finally:
        mail.server.close()

"""A real SMTP server on the loopback, which keeps what it is given."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What arrived, in order. `refuse` makes the server answer each mail with that line instead.

    Addresses in `unknown` are refused before any mail is told.
    """

    url: str
    received: list[EmailMessage] = field(default_factory=list)
    refuse: str = ""
    unknown: set[str] = field(default_factory=set)

    def to(self, address: str) -> list[EmailMessage]:
        """The mails to one address."""
        return [mail for mail in self.received if address in str(mail["To"])]


class _Keep:
    def __init__(self, box: Mailbox) -> None:
        self.box = box

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.box.unknown:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.box.refuse:
            return self.box.refuse
        content = envelope.content or b""
        data = content if isinstance(content, bytes) else content.encode()
        mail = message_from_bytes(data, policy=policy.default)
        self.box.received.append(mail)
        return "250 kept"


@contextmanager
def server() -> Iterator[Mailbox]:
    """A mailbox that answers at `.url` until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Mailbox(f"smtp://127.0.0.1:{port}")
    controller = Controller(_Keep(box), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()

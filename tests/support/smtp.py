"""A real SMTP server on the loopback, which keeps what it is given."""

from __future__ import annotations

import logging
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from random import Random

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What arrived, in order. `refuse` makes the server answer each mail with that line instead.

    `moods` counts in which way a moody server has failed. Addresses in `unknown` are refused before any mail is told.
    """

    url: str
    received: list[EmailMessage] = field(default_factory=list)
    refuse: str = ""
    moods: Counter[str] = field(default_factory=Counter)
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


class _Moody(_Keep):
    """Fails at random: refuses for now, hangs up before it has a mail, hangs up when it has one, without a word."""

    def __init__(self, box: Mailbox, random: Random, share: float) -> None:
        super().__init__(box)
        self.random, self.share = random, share

    def _fails(self, how: str) -> bool:
        """One way to fail after the other; all of them together as often as `share` says."""
        fails = self.random.random() < self.share / 4
        self.box.moods[how] += fails
        return fails

    async def handle_MAIL(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self._fails("refused at once"):
            return "450 too busy"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self._fails("hung up before"):
            _hang_up(server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self._fails("refused the text"):
            return "451 not now"
        answer = await super().handle_DATA(server, session, envelope)
        if self._fails("hung up after"):
            _hang_up(server)
        return answer


def _hang_up(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.abort()


@contextmanager
def server(random: Random | None = None, fails: float = 0.4) -> Iterator[Mailbox]:
    """A mailbox that answers at `.url` until the block ends; with `random`, one that fails that often."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Mailbox(f"smtp://127.0.0.1:{port}")
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    keeps = _Moody(box, random, fails) if random else _Keep(box)
    controller = Controller(keeps, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()

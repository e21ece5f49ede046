"""One connection to the mail server that RMHR_SMTP_URL names, and what its answers mean."""

from __future__ import annotations

import ssl
from email.message import EmailMessage
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
)
from urllib.parse import unquote, urlsplit

from rmhr.core.mail.delivery import LONGEST, Refused, Unreachable, error_line

#: Seconds that the server may take over one answer.
PATIENCE = 20
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class NotTaken(Refused):
    """The server does not take this one mail: for good (5xx), or not now (4xx).

    `recipient`: it is the address that it does not take, not what the mail says.
    """

    def __init__(self, said: str, for_good: bool, recipient: bool = False) -> None:
        super().__init__(said, for_good)
        self.recipient = recipient


class Server:
    """One connection for all mails of a run, opened with the first."""

    def __init__(self, url: str) -> None:
        """`url` as in RMHR_SMTP_URL: smtp://user:password@host:587 or smtps://host."""
        self.url = urlsplit(url)
        self.smtp: SMTP | None = None

    def send(self, mail: EmailMessage) -> None:
        """Hand over one mail. Raises NotTaken where it is about this mail, Unreachable where it is not."""
        try:
            if self.smtp is None:
                self.smtp = self._connect()
            self.smtp.send_message(mail)
        except SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _refused(code, words, recipient=True) from error
        except SMTPDataError as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        except (SMTPNotSupportedError, UnicodeError) as error:
            raise NotTaken(error_line(error), for_good=True) from error
        except (OSError, SMTPException) as error:
            self.close()
            raise Unreachable(error_line(error)) from error

    def close(self) -> None:
        """Close the connection, if one is open."""
        smtp, self.smtp = self.smtp, None
        if smtp is not None:
            try:
                smtp.quit()
            except (OSError, SMTPException):
                smtp.close()

    def _connect(self) -> SMTP:
        host, user = self.url.hostname or "localhost", self.url.username
        if self.url.scheme == "smtps":
            context = ssl.create_default_context()
            server: SMTP = SMTP_SSL(host, self.url.port or 465, timeout=PATIENCE, context=context)
        else:
            server = SMTP(host, self.url.port or (587 if user else 25), timeout=PATIENCE)
        try:
            if self.url.scheme != "smtps":
                self._encrypt(server, host)
            if user:
                server.login(unquote(user), unquote(self.url.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _encrypt(self, server: SMTP, host: str) -> None:
        """STARTTLS where it is offered. Only a server that proves who it is may be told a password."""
        server.ehlo()
        if server.has_extn("starttls"):
            context = ssl.create_default_context()
            if not self.url.username:
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            server.starttls(context=context)
            server.ehlo()
        elif self.url.username and host not in LOOPBACK:
            raise SMTPException("the server offers no encryption, so it is not told the password")


def _refused(code: int, words: bytes | str, recipient: bool = False) -> NotTaken:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return NotTaken(f"{code} {text}"[:LONGEST], for_good=code >= 500, recipient=recipient)

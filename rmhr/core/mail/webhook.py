"""A call to another system, signed as Standard Webhooks has it: whoever gets it can tell that it is ours, and new.

What is signed is `id.timestamp.body`, with HMAC-SHA256; the secret is "whsec_" and its bytes in base64.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import secrets
import socket
import ssl
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import SplitResult, urlsplit

from rmhr.core.mail import network
from rmhr.core.mail.delivery import Unreachable, error_line

PREFIX = "whsec_"
BYTES = 32
SCHEMES = ("http", "https")
#: So long the secret before signs as well, once there is a new one.
BOTH_FOR = timedelta(hours=24)
#: Seconds that a call may take altogether.
PATIENCE = 10.0


@dataclass(frozen=True)
class Answer:
    """Whether the other system took the call. What else it says is not read: it could be anything of its network."""

    status: int

    @property
    def words(self) -> str:
        """The status with its name."""
        known = {each.value: each.phrase for each in http.HTTPStatus}
        return f"{self.status} {known.get(self.status, '')}".strip()

    @property
    def well(self) -> bool:
        """Whether it has taken the call."""
        return 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Whether it wants no more calls, ever."""
        return self.status == http.HTTPStatus.GONE


def new_event() -> str:
    """Returns an id for one call: the same at every attempt, so that the receiver can tell repetitions."""
    return f"msg_{secrets.token_urlsafe(18)}"


def new_secret() -> str:
    """A secret for a new webhook."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def rotated(stored: str, now: datetime) -> str:
    """Returns what to store for a new secret: it, the present one, and the moment until which that signs as well."""
    return f"{new_secret()} {current(stored)} {(now + BOTH_FOR).isoformat()}"


def current(stored: str) -> str:
    """The secret that the other system should know now."""
    return stored.split(maxsplit=1)[0]


def both_until(stored: str, now: datetime) -> datetime | None:
    """Until when the secret before still signs; None where it does not."""
    _secret, *before = stored.split()
    until = datetime.fromisoformat(before[1]) if before else None
    return until if until is not None and until > now else None


def headers(stored: str, event: str, body: str, now: datetime) -> dict[str, str]:
    """The headers of one attempt to deliver it."""
    used = stored.split()[:2] if both_until(stored, now) else [current(stored)]
    timestamp = str(int(now.timestamp()))
    return {
        "Content-Type": "application/json",
        "User-Agent": "rmhr",
        "webhook-id": event,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(_signature(secret, event, timestamp, body) for secret in used),
    }


def _signature(secret: str, event: str, timestamp: str, body: str) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    made = hmac.new(key, f"{event}.{timestamp}.{body}".encode(), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"


def post(url: str, headers: dict[str, str], body: str, *, inside: bool = False) -> Answer:
    """Send it, and say what was answered. Redirects are answers, not followed. Raises Unreachable.

    The host's name is looked up once, and the call goes to that address. `inside`: it may lie in the bank's own network
    or on this machine; otherwise an address there is as good as none.
    """
    late = threading.Event()
    try:
        connection = _connection(urlsplit(url), inside)
        try:
            connection.connect()
            ends = threading.Timer(PATIENCE, _hang_up, (connection.sock, late))
            ends.daemon = True
            ends.start()
            try:
                return _exchange(connection, urlsplit(url), headers, body, late)
            finally:
                ends.cancel()
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable(_why(error, late)) from error


def _why(error: Exception, late: threading.Event) -> str:
    if late.is_set():
        return f"no answer within {PATIENCE:.0f} seconds"
    if isinstance(error, http.client.HTTPException):  # it would say what came instead of an answer
        return f"no answer of a web server ({type(error).__name__})"
    return error_line(error)


def _connection(url: SplitResult, inside: bool) -> http.client.HTTPConnection:
    if url.scheme not in SCHEMES or not url.hostname:
        raise ValueError("the address must begin with http:// or https://")
    port = url.port or (443 if url.scheme == "https" else 80)
    address = network.address_of(url.hostname, port, inside=inside)
    if url.scheme == "https":
        return _PinnedTLS(url.hostname, url.port, address)
    return _Pinned(url.hostname, url.port, address)


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, whatever its host's name leads to by then."""

    def __init__(self, host: str, port: int | None, address: str) -> None:
        super().__init__(host, port, timeout=PATIENCE)
        self.address = address

    def connect(self) -> None:
        """Open it."""
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _PinnedTLS(http.client.HTTPSConnection):
    """The same over TLS: the certificate must still be of the host's name."""

    def __init__(self, host: str, port: int | None, address: str) -> None:
        self.tls = ssl.create_default_context()
        super().__init__(host, port, timeout=PATIENCE, context=self.tls)
        self.address = address

    def connect(self) -> None:
        """Open it."""
        line = socket.create_connection((self.address, self.port), self.timeout)
        try:
            self.sock = self.tls.wrap_socket(line, server_hostname=self.host)
        except BaseException:
            line.close()
            raise


def _hang_up(line: socket.socket, late: threading.Event) -> None:
    """A time-out counts anew with every byte; whoever answers a byte at a time is hung up on."""
    late.set()
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        line.close()


def _exchange(
    connection: http.client.HTTPConnection,
    url: SplitResult,
    headers: dict[str, str],
    body: str,
    late: threading.Event,
) -> Answer:
    path = (url.path or "/") + (f"?{url.query}" if url.query else "")
    connection.request("POST", path, body.encode(), headers)
    response = connection.getresponse()
    if late.is_set():
        raise TimeoutError  # it was hung up on in the middle of the headers, which reads like their end
    return Answer(response.status)

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

from rmhr.core.mail.delivery import Unreachable, error_line

PREFIX = "whsec_"
BYTES = 32
SCHEMES = ("http", "https")
#: So long the secret before signs as well, once there is a new one.
BOTH_FOR = timedelta(hours=24)
#: Seconds that a call may take altogether; of the answer, so much is kept.
PATIENCE = 10.0
LONGEST_ANSWER = 500


@dataclass(frozen=True)
class Answer:
    """What the other system said."""

    status: int
    words: str

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


def post(url: str, headers: dict[str, str], body: str) -> Answer:
    """Send it, and say what was answered. Redirects are answers, not followed. Raises Unreachable."""
    late = threading.Event()
    try:
        connection = _connection(urlsplit(url))
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
        words = f"no answer within {PATIENCE:.0f} seconds" if late.is_set() else error_line(error)
        raise Unreachable(words) from error


def _connection(url: SplitResult) -> http.client.HTTPConnection:
    if url.scheme not in SCHEMES or not url.hostname:
        raise ValueError("the address must begin with http:// or https://")
    if url.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(url.hostname, url.port, timeout=PATIENCE, context=context)
    return http.client.HTTPConnection(url.hostname, url.port, timeout=PATIENCE)


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
    try:
        more = response.read(LONGEST_ANSWER * 4).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException, ValueError):
        more = ""  # it has said whether it took the call; what it says besides can be missed
    words = f"{response.status} {response.reason} {more}"
    plain = "".join(sign if sign.isprintable() else " " for sign in words)
    return Answer(response.status, " ".join(plain.split())[:LONGEST_ANSWER])

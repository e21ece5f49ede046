"""Another system that is called by our webhooks: a real HTTP server on the loopback, which checks every signature."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any

#: Seconds by which a timestamp may be off: the standard's own figure.
TOLERANCE = 300


@dataclass
class Call:
    """What came in."""

    headers: dict[str, str]
    body: str

    @property
    def event(self) -> str:
        """Its name, the same at each attempt."""
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict[str, Any]:
        """Its body."""
        return dict(json.loads(self.body))

    def signed_with(self, secret: str, now: float) -> bool:
        """Whether one of its signatures was made with that secret, and lately. Written after the standard alone."""
        sent_at = int(self.headers["webhook-timestamp"])
        key = base64.b64decode(secret.split("_", 1)[1])
        content = f"{self.event}.{sent_at}.{self.body}".encode()
        wanted = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
        given = [each.split(",", 1) for each in self.headers["webhook-signature"].split(" ")]
        good = any(version == "v1" and hmac.compare_digest(made, wanted) for version, made in given)
        return good and abs(now - sent_at) <= TOLERANCE


#: (status, headers, body), or what does something else to the connection.
Answer = tuple[int, dict[str, str], bytes] | Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Receiver:
    """What came in at `url`, in order. `answers` says what to answer next; 204 when there is no more of them."""

    url: str
    calls: list[Call] = field(default_factory=list)
    answers: Iterator[Answer] = field(default_factory=lambda: iter(()))
    moods: Counter[str] = field(default_factory=Counter)

    def answer(self, *given: Answer) -> None:
        """Answer this, one after the other."""
        self.answers = iter(given)

    def be_moody(self, random: Random) -> None:
        """Fail half of the time, in one of three ways."""

        def moods() -> Iterator[Answer]:
            while True:
                mood = random.choice(["good", "good", "good", "busy", "broken", "hung up"])
                self.moods[mood] += 1
                yield {
                    "good": (204, {}, b""),
                    "busy": (429, {}, b"slow down"),
                    "broken": (500, {}, b"sorry"),
                }.get(mood, hang_up)

        self.answers = moods()


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Say nothing and go."""
    handler.close_connection = True
    handler.connection.close()


def drip(seconds: float) -> Answer:
    """Answer a byte at a time: a time-out that counts anew with each would never end."""

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        end = time.monotonic() + seconds
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while time.monotonic() < end:
                handler.wfile.write(b".")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    return slowly


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A receiver that answers at `.url` until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
            box.calls.append(Call({name.lower(): value for name, value in self.headers.items()}, content))
            answer = next(box.answers, (204, {}, b""))
            if callable(answer):
                answer(self)
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        do_GET = do_POST

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing: a test that fails says enough."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_arguments: None  # type: ignore[method-assign]
    box = Receiver(f"http://127.0.0.1:{server.server_port}/hooks/secret-part?room=1")
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()

"""Connections that send their request a byte at a time: how many stop the server, alone and behind a proxy.

gunicorn serves the product as README's production section says. nginx or Caddy, where one is installed, stands in front
with the settings of that section (without TLS): it reads a request whole before it passes it on.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tools.attack import Figure, attack

ROOT = Path(__file__).resolve().parents[2]
#: How many slow connections are tried, and how long somebody waits for a page meanwhile, in seconds.
NUMBERS, PATIENCE = (4, 8, 16, 64, 256), 5.0
#: What a slow connection sends first; the rest of the body comes a byte at a time.
BEGINS = (
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9000\r\n\r\na"
)

NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 2048; }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{
        listen 127.0.0.1:{port};
        client_max_body_size 64m; client_header_timeout 10s; client_body_timeout 20s;
        location / {{
            proxy_pass http://127.0.0.1:{behind};
            proxy_request_buffering on; proxy_buffering on;
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
        }}
    }}
}}
"""
CADDY = """
{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    request_body {{
        max_size 64MB
    }}
    reverse_proxy 127.0.0.1:{behind} {{
        request_buffers 64MB
        response_buffers 4MB
    }}
}}
"""


def stops_at(port: int, numbers: tuple[int, ...] = NUMBERS, patience: float = PATIENCE) -> int | None:
    """The smallest of these numbers of slow connections during which nobody else is served; None for none."""
    with ExitStack() as opened:
        slow: list[socket.socket] = []
        for number in numbers:
            while len(slow) < number:
                slow.append(opened.enter_context(socket.create_connection(("127.0.0.1", port), 10)))
                slow[-1].sendall(BEGINS)
            time.sleep(0.5)
            for each in slow:
                with suppress(OSError):
                    each.send(b"a")
            if not served(port, patience):
                return number
    return None


def served(port: int, patience: float) -> bool:
    """Whether somebody else gets a page in time."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=patience) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def gunicorn(folder: Path) -> Iterator[int]:
    """The product as it is served in production, on a database of its own; the port."""
    port = _free()
    own = {
        "RMHR_ENV": "development",
        "RMHR_DATABASE_URL": f"sqlite:///{folder}/slow.db",
        "RMHR_DATA_DIR": str(folder / "files"),
        "RMHR_PORT": str(port),
    }
    command = (sys.executable, "-m", "gunicorn", "wsgi:app", "--chdir", str(ROOT), "--log-level", "critical")
    with _running(command, port, {**os.environ, **own}):
        yield port


@contextmanager
def behind(name: str, port: int, folder: Path) -> Iterator[int]:
    """A proxy of this name in front of this port; its own port."""
    own = _free()
    written = folder / name
    written.write_text((NGINX if name == "nginx" else CADDY).format(folder=folder, port=own, behind=port))
    commands = {
        "nginx": ("nginx", "-p", str(folder), "-c", str(written)),
        "caddy": ("caddy", "run", "--adapter", "caddyfile", "--config", str(written)),
    }
    with _running(commands[name], own, dict(os.environ)):
        yield own


@contextmanager
def _running(command: tuple[str, ...], port: int, environment: dict[str, str]) -> Iterator[None]:
    """A server while the block runs. Raises RuntimeError where it does not answer within two minutes."""
    process = subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 120
        while not served(port, 2):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{command[0]} does not answer")
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@attack("slow", "slow connections: how many stop the server, alone and behind nginx or Caddy")
def slow() -> Iterator[Figure]:
    """For gunicorn alone, as a figure; behind a proxy as README sets it up none may stop it."""
    with tempfile.TemporaryDirectory(prefix="rmhr-attack-") as name, ExitStack() as opened:
        folder = Path(name)
        port = opened.enter_context(gunicorn(folder))
        yield Figure("gunicorn alone stops at", _said(stops_at(port)))
        time.sleep(2)
        for proxy in ("nginx", "caddy"):
            if shutil.which(proxy) is None:
                yield Figure(f"behind {proxy}", "it is not installed", skipped=True)
                continue
            with behind(proxy, port, folder) as own:
                stops = stops_at(own)
                yield Figure(f"behind {proxy} it stops at", _said(stops), held=stops is None)


def _said(number: int | None) -> str:
    return f"no number up to {NUMBERS[-1]}" if number is None else f"{number} connections"

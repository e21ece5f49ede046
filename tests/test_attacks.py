"""The attacks of `make attack`, each at a small size: that it holds, and that it sees what would not hold."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from rmhr.core.policy import anyone
from tools.attack import attacks, malformed, outage, pairs, proxy, routes, slow
from tools.attack.bank import bank

pytestmark = pytest.mark.once


def test_there_is_an_attack_of_each_kind():
    assert [each.name for each in attacks()] == [
        "child",
        "cv",
        "malformed",
        "outage",
        "pairs",
        "patterns",
        "proxy",
        "routes",
        "slow",
    ]


def test_nobody_gets_what_they_may_not_and_an_open_door_is_seen(monkeypatch):
    with bank() as it:
        found = routes.tried(it, only=("offer",))
        assert found.number["own"] >= 4
        assert found.number["foreign"] > 30
        assert found.number["sent"] > 10
        assert not found.through
        assert not found.broken

        monkeypatch.setattr(it.app.view_functions["offers.index"], "access", anyone)
        found = routes.tried(it, only=("offer",))
        assert "GET offers.index by stranger" in " ".join([*found.through, *found.broken])


def test_two_requests_at_the_same_moment_make_no_doubles():
    with bank() as it:
        found = pairs.tried(it, only=("goal",))
    assert found.same
    assert found.kept
    assert not found.doubles
    assert not found.broken


def test_a_double_is_seen():
    found = pairs.Tried()
    with bank():
        before = dict.fromkeys(pairs._rows(), -2)
        pairs._look(found, "twice", [(303, ""), (500, "IntegrityError")], before, dict.fromkeys(before, 1))
    assert found.broken == ["twice: IntegrityError"]
    assert any("rows of goal" in each for each in found.doubles)


@pytest.mark.parametrize("proxies", [0, 1])
def test_no_forged_header_is_believed(proxies: int):
    assert proxy.believed(proxies) == {}


def test_a_header_that_is_believed_is_seen(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(proxy, "REAL", "203.0.113.10")
    monkeypatch.setitem(proxy.FORGED, "X-Forwarded-For", "203.0.113.11")
    assert "address" in proxy.believed(2)  # more are trusted than there are


@pytest.mark.usefixtures("mailbox")  # it may open connections
def test_no_mail_is_lost_or_sent_twice_while_the_server_is_down_and_an_administrator_reads_of_it():
    found = outage.down(mails=5, step=timedelta(hours=2))
    assert len(found.written) == 5
    assert dict(found.arrived) == dict.fromkeys(found.written, 1)
    assert found.failed == 0
    assert found.told_after is not None
    assert found.told_after <= timedelta(hours=20)
    assert not found.told_still


def test_every_malformation_is_sent_to_every_page():
    with bank() as it:
        number, broken = malformed.tried(it, only=("public_posting",))
    assert number > 30
    assert not broken


@contextmanager
def one_at_a_time() -> Iterator[int]:
    """A server that reads one request after the other, whatever keeps it waiting."""

    def answer(environ: dict, start: object) -> list[bytes]:
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start("200 OK", [])  # type: ignore[operator]
        return [b"fine"]

    server = make_server("127.0.0.1", 0, answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()


def test_it_is_seen_at_how_many_slow_connections_a_server_stops():
    with one_at_a_time() as port:
        assert slow.served(port, 5)
        assert slow.stops_at(port, (1,), patience=0.5) == 1


def test_the_settings_of_the_proxies_are_those_of_the_readme():
    readme = Path(__file__).parents[1].joinpath("README.md").read_text(encoding="utf-8")
    asked = ("proxy_request", "proxy_set", "client_max", "client_header", "request_buffers", "max_size")
    lines = [line.strip() for line in (*slow.NGINX.splitlines(), *slow.CADDY.splitlines())]
    said = [each.strip().rstrip(";") for line in lines for each in line.split("; ")]
    said = [each for each in said if each.startswith(asked)]
    assert len(said) > 6
    assert [each for each in said if each not in readme] == []

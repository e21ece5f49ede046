"""Calls go to public addresses, and inside only where somebody listed the host."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from typing import Any

import pytest

from rmhr.core.mail import network, webhook
from rmhr.core.mail.delivery import Unreachable
from tests.support.receiver import receiver

pytestmark = pytest.mark.once

OURS = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::", "2001:0:7f00:1::",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
#: How else the address of this machine can be written.
LOOPBACK = [
    "localhost", "LOCALHOST.", "127.1", "2130706433", "0x7f000001", "017700000001", "[::1]", "0",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
]  # fmt: skip


@pytest.mark.parametrize("address", OURS)
def test_what_is_ours_is_not_public(address: str) -> None:
    assert not network.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_everybody_s_is(address: str) -> None:
    assert network.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", LOOPBACK)
def test_however_it_is_written_this_machine_is_not_called(host: str) -> None:
    with receiver() as box:
        port = box.url.split(":")[2].split("/")[0]
        with pytest.raises(Unreachable):
            webhook.post(f"http://{host}:{port}/", {}, "{}")
        assert box.calls == []


def test_what_is_listed_is_called() -> None:
    with receiver() as box:
        assert webhook.post(box.url, {}, "{}", inside=True).well


def answers(*rounds: str) -> Any:
    """A look-up that says something else each time."""
    left = iter(rounds)

    def look_up(_host: str, port: int, *_args: Any, **_named: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(left), port))]

    return look_up


def test_a_name_that_leads_elsewhere_a_moment_later_is_looked_up_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    called: list[str] = []

    def connect(address: tuple[str, int], *_args: Any) -> Any:
        called.append(address[0])
        raise OSError("nobody there")

    monkeypatch.setattr(socket, "getaddrinfo", answers("93.184.215.14", "127.0.0.1", "127.0.0.1"))
    monkeypatch.setattr(socket, "create_connection", connect)

    for scheme in ("http", "https"):
        monkeypatch.setattr(socket, "getaddrinfo", answers("93.184.215.14", "127.0.0.1"))
        with pytest.raises(Unreachable, match="nobody there"):
            webhook.post(f"{scheme}://rebind.example/", {}, "{}")

    assert called == ["93.184.215.14"] * 2


def test_of_several_addresses_one_that_may_be_called_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda _host, port, **_named: [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in ("10.0.0.1", "8.8.8.8")
        ],
    )
    assert network.address_of("both.example", 80, inside=False) == "8.8.8.8"
    assert network.address_of("both.example", 80, inside=True) == "10.0.0.1"


def test_the_certificate_must_be_of_the_name_and_not_of_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def wrap(_context: Any, line: Any, server_hostname: str) -> Any:
        asked.append(server_hostname)
        raise ssl.SSLError("no certificate")

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", wrap)
    with receiver() as box:
        url = box.url.replace("http://127.0.0.1", "https://localhost")
        with pytest.raises(Unreachable, match="no certificate"):
            webhook.post(url, {}, "{}", inside=True)
    assert asked == ["localhost"]


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("Chat.Bank.Example.", "chat.bank.example"),
        ("[fd00::1]", "fd00::1"),
        ("fd00:0:0::1", "fd00::1"),
        ("10.1.2.3", "10.1.2.3"),
    ],
)
def test_hosts_are_compared_in_one_way(typed: str, host: str) -> None:
    assert network.plain(typed) == host
    assert network.is_host(host)


@pytest.mark.parametrize(
    "typed", ["https://x.example", "x.example/a", "x:80", "a b", "", "-x", "x..y", "ä.example"]
)
def test_what_is_no_host_alone_is_none(typed: str) -> None:
    assert not network.is_host(network.plain(typed))

"""Addresses that calls to other systems may go to: public ones, and in the bank's own network those that are listed."""

from __future__ import annotations

import ipaddress
import socket
from typing import TypeAlias

from rmhr.core.patterns import Pattern

IP: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

#: Addresses of IPv6 that stand for one of IPv4: its last 32 bits (RFC 6052, RFC 8215).
TRANSLATED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96")))
LONGEST_HOST = 253
_HOST = Pattern(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")


class Inside(OSError):
    """A host lies where calls do not go unless an administrator lists it."""


def plain(host: str) -> str:
    """Returns a host's name or address as it is compared: small letters, no dot at the end, an address in short."""
    host = host.strip().lower().rstrip(".").removeprefix("[").removesuffix("]")
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return host


def is_host(host: str) -> bool:
    """Whether this is a host's name or address alone, as `plain` gives it."""
    return is_address(host) or (
        len(host) <= LONGEST_HOST and all(_HOST.fullmatch(label) for label in host.split("."))
    )


def is_address(host: str) -> bool:
    """Whether it is an address and no name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: IP) -> bool:
    """Whether an address lies in nobody's own network, and means one machine: no loopback, link-local, multicast.

    Where an address of IPv6 stands for one of IPv4, that counts.
    """
    if isinstance(address, ipaddress.IPv6Address):
        meant = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        meant += [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) for net in TRANSLATED if address in net]
        if not all(is_public(each) for each in meant if each is not None):
            return False
        if address.ipv4_mapped is not None:
            return True
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_unspecified)


def address_of(host: str, port: int, *, inside: bool) -> str:
    """Looks a host up, once, and returns the address to call. Raises Inside where none of its addresses may be called.

    Of several addresses the first that may be called. Raises OSError for a name that leads nowhere.
    """
    found = [
        str(answer[4][0]).partition("%")[0]
        for answer in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ]
    allowed = [each for each in found if inside or is_public(ipaddress.ip_address(each))]
    if not allowed:
        raise Inside(
            f"{host} lies in the bank's own network, where no call goes: an administrator can list it under Webhooks"
        )
    return allowed[0]

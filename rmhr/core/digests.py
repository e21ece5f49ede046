"""What is kept in the place of something that must not be read: of secrets, and of addresses that are only counted."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress

from flask import current_app


def digest(secret: str) -> str:
    """What is kept of a secret: it has 256 bits of its own, so nothing slower is needed, and equal ones are found."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keyed(text: str) -> str:
    """What is kept of something that could be guessed, an address for example: not without our key."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def network(address: str) -> str:
    """A network address; of IPv6 the network, since one connection has as many addresses as it likes.

    What is none, as where a request comes by a socket, is itself.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)

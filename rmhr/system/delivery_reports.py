"""What came back: the failed recipients of a delivery status notification (RFC 3464)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from typing import Any
from urllib.parse import unquote

from rmhr.core.patterns import Pattern

#: More than a mail server writes about one mail is none of its notifications.
LONGEST = 2_000_000
REPORT = "message/delivery-status"
_ADDRESS = Pattern(r"[^\s<>\"(),:;@]+@[^\s<>\"(),:;@]+")
#: A byte as xtext writes it: "+2B".
_ESCAPED = Pattern(r"\+([0-9a-f]{2})")


@dataclass(frozen=True)
class Failed:
    """One address that a mail did not reach, and what was said of it. `addresses`: as we wrote it, as it was tried."""

    addresses: tuple[str, ...]
    said: str


def failed(notification: bytes) -> list[Failed]:
    """The recipients for which this notification says that delivery has failed for good; none where it is no such."""
    if len(notification) > LONGEST:
        return []
    mail = message_from_bytes(notification, policy=policy.compat32)
    if mail.get_content_type() != "multipart/report":
        return []
    return [found for part in mail.walk() for found in _of(part)]


def _of(part: Message) -> Iterator[Failed]:
    groups: Any = part.get_payload()
    if part.get_content_type() != REPORT or not isinstance(groups, list):
        return
    for group in groups:
        if _field(group, "Action").lower() == "failed":
            addresses = [_address(_field(group, name)) for name in ("Original-Recipient", "Final-Recipient")]
            found = tuple(dict.fromkeys(each for each in addresses if each))
            if found:
                status, code = _field(group, "Status"), _after_type(_field(group, "Diagnostic-Code"))
                yield Failed(found, code if status in code else f"{status} {code}".strip())


def _field(group: Message, name: str) -> str:
    """A field in one line; "" where there is none, or something else than text."""
    return " ".join(str(group.get(name, "")).split())


def _after_type(text: str) -> str:
    """ "rfc822; lena@bank.example" without the kind of address before it."""
    return text.partition(";")[2].strip() if ";" in text else text


def _address(text: str) -> str:
    address = _after_type(text).strip("<>").lower()
    # Original-Recipient is written as xtext: "+2B" is a plus.
    plain = unquote(_ESCAPED.sub(r"%\1", address)) if "+" in address else address
    return next((each for each in (plain, address) if _ADDRESS.fullmatch(each)), "")

"""Names in the headers of mail: one person stays one person, whatever the name and however it is folded."""

from __future__ import annotations

import email
import email.policy
from email.utils import getaddresses
from typing import Any

import pytest

from rmhr.core import clock
from rmhr.core.mail import outbox
from rmhr.models.system import Message

pytestmark = pytest.mark.once

NAMES = [
    "Lena Brandt",
    "Brandt, Lena",
    'Lena "the bird" Brandt',
    "Jürgen Groß, geb. Öztürk-Çelik",
    "Brandt, " * 24 + "Lena",
    ("Brandt, Lena; " * 15)[:200],
    "Ä" * 200,
    "x" * 200,
    ("Jürgen, " * 30)[:200].strip(),
    '"\\"' * 40,
    "a@b.example, <evil@example.org>",
    "Lena <evil@example.org>",
    "(comment) Lena",
    "=?utf-8?q?Lena?=",
    "山田太郎, 営業",
    "محمد بن عبد الله",
    "Anna 👩‍👩‍👧 Berg",
    "O'Neill",
    "Dr. Anna v. Berg, MBA",
    "x" * 60 + ", " + "y" * 60,
]


def travelled(name: str, sender: str = "Nordhaven Bank") -> tuple[bytes, Any]:
    """The mail as it goes over the wire, and as it is read at the other end."""
    row = Message(
        kind="tests.mail", to_address="lena.brandt@example.org", to_name=name, language="en", subject="Hello",
        text="Hi\n", html="<p>Hi</p>", message_id="<1@bank.example>", created_at=clock.now(), unsubscribe="",
        calendar="", calendar_method="",
    )  # fmt: skip
    raw = outbox.mime(row, "no-reply@bank.example", sender).as_bytes()
    return raw, email.message_from_bytes(raw, policy=email.policy.default)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
@pytest.mark.parametrize("header", ["To", "From"])
def test_one_name_is_one_address_at_the_other_end(name: str, header: str) -> None:
    raw, mail = travelled(*((name,) if header == "To" else ("Lena Brandt", name)))

    [read] = mail[header].addresses
    assert read.addr_spec == ("lena.brandt@example.org" if header == "To" else "no-reply@bank.example")
    assert "".join(read.display_name.split()) == "".join(name.split())
    lines = raw.decode("ascii").split("\n\n")[0].split("\n")
    assert all(len(line) <= 78 for line in lines if not line.startswith(("Message-ID", "Content-")))

    # What reads the header without knowing encoded words finds one address as well.
    old = email.message_from_bytes(raw, policy=email.policy.compat32)
    assert [spec for _name, spec in getaddresses([old[header]])] == [read.addr_spec]


def test_the_language_is_said_of_the_whole_mail() -> None:
    _raw, mail = travelled("Lena Brandt")
    assert mail["Content-Language"] == "en"
    assert mail.get_content_type() == "multipart/alternative"

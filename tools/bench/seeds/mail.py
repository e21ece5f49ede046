"""The log of mails: what each applicant was told when the application came in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rmhr.models.system import Message, MessageStatus
from tools.bench.seeds.applications import Life, lives
from tools.bench.seeds.names import person
from tools.bench.seeds.rows import add
from tools.bench.sizes import Size

SUBJECTS = {"en": "We have received your application", "de": "Ihre Bewerbung ist angekommen"}
TEXT = "Thank you for your application. Until the day named on your page you hear from us."


def fill(size: Size) -> None:
    """A confirmation for each application."""
    add(Message, (_confirmation(it) for it in lives(size)))


def _confirmation(it: Life) -> dict[str, Any]:
    language = ("de", "en")[it.number % 2]
    return {
        "kind": "applications.received",
        "subject_type": "application",
        "subject_id": it.id,
        "to_address": f"bewerbung{it.number}@example.org",
        "to_name": person(it.number, "applicant"),
        "language": language,
        "subject": SUBJECTS[language],
        "text": TEXT,
        "html": f"<p>{TEXT}</p>",
        "message_id": f"<bench-{it.number}@bank.example>",
        "state": MessageStatus.SENT,
        "attempts": 1,
        "next_attempt_at": it.received_at,
        "created_at": it.received_at,
        "sent_at": it.received_at + timedelta(minutes=1),
    }

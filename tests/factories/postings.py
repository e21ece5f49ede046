"""Postings for tests: open, complete, with criteria and questions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rmhr.core import clock
from rmhr.core.i18n import Words
from rmhr.models.accounts import RmType, Role
from rmhr.models.postings import (
    Criterion,
    Employment,
    Importance,
    Posting,
    PostingSection,
    PostingStatus,
    PostingTemplate,
    Question,
    QuestionKind,
    SectionKind,
)

from . import numbers, save
from .accounts import unit, user


def sections() -> list[PostingSection]:
    """Every part, in both languages."""
    return [
        PostingSection(kind=kind, text=Words.both(f"About {kind.value}.", f"Über {kind.value}."))
        for kind in SectionKind
    ]


def criteria() -> list[Criterion]:
    """Two musts and one that would be nice."""
    return [
        Criterion(
            position=0, text=Words.both("Banking training", "Bankausbildung"), importance=Importance.MUST
        ),
        Criterion(
            position=1,
            text=Words.both("Experience with clients", "Erfahrung mit Kundschaft"),
            importance=Importance.MUST,
        ),
        Criterion(position=2, text=Words.both("Danish", "Dänisch"), importance=Importance.NICE),
    ]


def questions() -> list[Question]:
    """One of each kind; the text need not be answered."""
    return [
        Question(position=0, kind=QuestionKind.DATE, text=Words.both("When can you start?", "Ab wann?")),
        Question(position=1, kind=QuestionKind.YES_NO, text=Words.both("Work permit?", "Arbeitserlaubnis?")),
        Question(position=2, kind=QuestionKind.TEXT, text=Words.both("Hours?", "Stunden?"), required=False),
    ]


def posting(**given: Any) -> Posting:
    """An open posting for private clients that closes in 18 days; `status=` for another one."""
    n = next(numbers)
    status = given.get("status", PostingStatus.PUBLISHED)
    if "unit" not in given:
        given["unit"] = unit()
    if "hiring_manager" not in given:
        given["hiring_manager"] = user(Role.SUPERVISOR)
    if "recruiter" not in given:
        given["recruiter"] = user(Role.HR)
    defaults: dict[str, Any] = {
        "slug": f"relationship-manager-{n}",
        "title": Words.both("Relationship Manager (f/m/x)", "Relationship Manager (m/w/d)"),
        "rm_type": RmType.PERSONAL,
        "status": status,
        "employment": Employment.EITHER,
        "hours": Words.both("39 a week", "39 pro Woche"),
        "place": "Hamburg-Altona",
        "remote": Words.both("2 days from home", "2 Tage von zu Hause"),
        "starts": Words.both("as agreed", "nach Absprache"),
        "openings": 1,
        "pay_min": 58_000_00,
        "pay_max": 74_000_00,
        "usual_min": 62_000_00,
        "usual_max": 68_000_00,
        "pay_note": Words.both("Plus a variable part.", "Dazu ein variabler Teil."),
        "closes_on": clock.today() + timedelta(days=18),
        "contact_phone": "040 5550 142",
        "published_at": None if status is PostingStatus.DRAFT else clock.now() - timedelta(days=5),
        "closed_at": clock.now() if status is PostingStatus.CLOSED else None,
        "sections": sections(),
        "criteria": criteria(),
        "questions": questions(),
    }
    return save(Posting(**defaults | given))


def posting_template(**given: Any) -> PostingTemplate:
    """A short starter text for private clients."""
    defaults: dict[str, Any] = {
        "rm_type": RmType.PERSONAL,
        "title": Words.both("Relationship Manager (f/m/x)", "Relationship Manager (m/w/d)"),
        "facts": {
            "employment": "either",
            "hours": {"en": "39 a week", "de": "39 pro Woche"},
            "remote": {"en": "", "de": ""},
            "starts": {"en": "as agreed", "de": "nach Absprache"},
            "pay_note": {"en": "", "de": ""},
        },
        "sections": [
            {
                "kind": kind.value,
                "text": {"en": f"{{{{bank_name}}}}: {kind.value}", "de": f"{{{{bank_name}}}} {kind.value}"},
            }
            for kind in SectionKind
        ],
        "criteria": [{"text": {"en": "Banking training", "de": "Bankausbildung"}, "importance": "must"}],
        "questions": [
            {"kind": "yes_no", "text": {"en": "Work permit?", "de": "Arbeitserlaubnis?"}, "required": True}
        ],
    }
    return save(PostingTemplate(**defaults | given))

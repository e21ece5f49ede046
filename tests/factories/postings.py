"""Postings for tests: open, complete, with criteria and questions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rmhr.core import clock
from rmhr.core.i18n import Words
from rmhr.models.accounts import RmType, Role
from rmhr.models.careers import CareerSite
from rmhr.models.criteria import (
    Criterion,
    Importance,
    PostingTemplate,
    PostingVersion,
    Question,
    QuestionKind,
    QuestionSet,
)
from rmhr.models.postings import Employment, Posting, PostingSection, PostingStatus, SectionKind
from rmhr.models.requisitions import HeadcountPlan, Requisition, RequisitionReason, RequisitionStatus
from rmhr.models.sourcing import Referral, ShareLink

from . import duties, numbers, save, together
from .accounts import unit, user

#: Nobody outside HR has read it yet.
BEFORE = (PostingStatus.DRAFT, PostingStatus.IN_APPROVAL, PostingStatus.APPROVED)


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


@together
def requisition(**given: Any) -> Requisition:
    """Approved, for ten private bankers: enough for whatever a test advertises."""
    status = given.get("status", RequisitionStatus.APPROVED)
    if "unit" not in given:
        given["unit"] = unit()
    for who, role in (("requester", Role.SUPERVISOR), ("approver", Role.HR)):
        if who not in given:
            given[who] = user(role)
    defaults: dict[str, Any] = {
        "status": status,
        "rm_type": RmType.PERSONAL,
        "positions": 10,
        "pay_min": 58_000_00,
        "pay_max": 74_000_00,
        "reason": RequisitionReason.NEW,
        "justification": "Enquiries wait for a week.",
        "needed_by": clock.today() + timedelta(days=120),
        "decide_by": clock.today() + timedelta(days=7),
        "decided_at": clock.now() if status is RequisitionStatus.APPROVED else None,
    }
    return save(Requisition(**defaults | given))


@together
def posting(**given: Any) -> Posting:
    """An open posting for private clients that closes in 18 days; `status=` for another one."""
    n = next(numbers)
    duties.in_place()
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
        "pay_variable": Words.both("Plus a variable part.", "Dazu ein variabler Teil."),
        "pay_agreement": Words(),
        "pay_criteria": Words.both("By what you have done.", "Nach dem, was Sie getan haben."),
        "closes_on": clock.today() + timedelta(days=18),
        "contact_phone": "040 5550 142",
        "published_at": None if status in BEFORE else clock.now() - timedelta(days=5),
        "approve_by": clock.today() + timedelta(days=3) if status is PostingStatus.IN_APPROVAL else None,
        "closed_at": clock.now() if status in (PostingStatus.CLOSED, PostingStatus.ARCHIVED) else None,
        "sections": sections(),
    }
    if "requisition" not in given:
        given["requisition"] = requisition(unit=given["unit"], rm_type=given.get("rm_type", RmType.PERSONAL))
    if "versions" not in given:
        rows = {
            "criteria": given.pop("criteria") if "criteria" in given else criteria(),
            "questions": given.pop("questions") if "questions" in given else questions(),
        }
        given["versions"] = [PostingVersion(**rows)]
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
            "remote_work": "none",
            **{name: {"en": "", "de": ""} for name in ("pay_variable", "pay_agreement", "pay_criteria")},
        },
        "sections": [
            {
                "kind": kind.value,
                "text": {"en": f"{{{{bank_name}}}}: {kind.value}", "de": f"{{{{bank_name}}}} {kind.value}"},
            }
            for kind in SectionKind
        ],
        "criteria": [
            {
                "kind": "education",
                "text": {"en": "Banking training", "de": "Bankausbildung"},
                "importance": "must",
            }
        ],
        "questions": [
            {"kind": "yes_no", "text": {"en": "Work permit?", "de": "Arbeitserlaubnis?"}, "required": True}
        ],
    }
    return save(PostingTemplate(**defaults | given))


def question_set(**given: Any) -> QuestionSet:
    """One question with two choices, under a name of its own."""
    defaults: dict[str, Any] = {
        "name": f"Set {next(numbers)}",
        "questions": [
            {
                "kind": "multiple",
                "text": {"en": "Which licence do you hold?", "de": "Welche Zulassung haben Sie?"},
                "choices": [
                    {"en": "None", "de": "Keine"},
                    {"en": "Investment advice", "de": "Anlageberatung"},
                ],
                "required": True,
            }
        ],
    }
    return save(QuestionSet(**defaults | given))


def every_kind() -> list[Question]:
    """A question of each kind in the order of the kinds; text, several, rating and file need no answer."""
    free = (QuestionKind.TEXT, QuestionKind.MULTIPLE, QuestionKind.RATING, QuestionKind.FILE)
    choices = [
        {"en": "North", "de": "Norden"},
        {"en": "South", "de": "Süden"},
        {"en": "West", "de": "Westen"},
    ]
    return [
        Question(
            position=place,
            kind=kind,
            text=Words.both(f"Question of {kind.value}?", f"Frage nach {kind.value}?"),
            choices=choices if kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE) else [],
            required=kind not in free,
        )
        for place, kind in enumerate(QuestionKind)
    ]


def headcount_plan(**given: Any) -> HeadcountPlan:
    """Five positions of every kind, for the year of `requisition()`'s day and those around it."""
    if "unit" not in given:
        given["unit"] = unit()
    today = clock.today()
    defaults: dict[str, Any] = {
        "rm_type": None,
        "starts_on": today - timedelta(days=400),
        "ends_on": today + timedelta(days=800),
        "positions": 5,
    }
    return save(HeadcountPlan(**defaults | given))


def share_link(**given: Any) -> ShareLink:
    """A link to an open posting for LinkedIn."""
    n = next(numbers)
    if "posting" not in given:
        given["posting"] = posting()
    if "made_by" not in given:
        given["made_by"] = given["posting"].recruiter
    return save(ShareLink(**{"code": f"code{n}", "channel": "LinkedIn", "campaign": f"No. {n}"} | given))


def referral(**given: Any) -> Referral:
    """A colleague's recommendation for an open posting, made just now; `days_ago=` for an older one."""
    n = next(numbers)
    if "posting" not in given:
        given["posting"] = posting()
    if "referrer" not in given:
        given["referrer"] = user()
    days = given.pop("days_ago", 0)
    defaults: dict[str, Any] = {
        "code": f"tip{n}",
        "name": f"Friend {n}",
        "email": f"friend{n}@example.org",
        "language": "en",
        "note": "Knows everybody in Pinneberg.",
        "created_at": clock.now() - timedelta(days=days),
    }
    return save(Referral(**defaults | given))


def career_site(**given: Any) -> CareerSite:
    """A site that an administrator has set up, without colours and logo."""
    defaults: dict[str, Any] = {
        "id": 1,
        "name": "Hafenbank",
        "headline": Words.both("Stay with us", "Bleiben Sie bei uns"),
        "introduction": Words.both("We take **time**.", "Wir nehmen uns **Zeit**."),
        "imprint": Words(),
    }
    return save(CareerSite(**defaults | given))

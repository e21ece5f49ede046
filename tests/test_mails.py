"""Every mail that the product writes, in both languages: who reads an answer, which zone a time is in, what changed."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import date
from email.headerregistry import Address
from pathlib import Path
from typing import Any

import pytest

import rmhr
from rmhr.core import clock
from rmhr.core.history import audit
from rmhr.core.history.anchors import Anchor
from rmhr.core.history.seal import Verdict
from rmhr.core.i18n import Words, gettext, speaking
from rmhr.core.mail import changes, outbox
from rmhr.core.mail.news import News, Things
from rmhr.core.mail.outbox import Notice
from rmhr.core.policy import SYSTEM
from rmhr.core.words import time_in_zone
from rmhr.duties import content, placeholders
from rmhr.duties.queries import texts
from rmhr.interviews.operations import decide
from rmhr.interviews.reasons import CallOff
from rmhr.models.accounts import Role, User
from rmhr.models.applications import ApplicationStatus
from rmhr.models.duties import BankText, TextKind
from rmhr.models.interviews import Outcome
from rmhr.models.offers import OfferStatus
from rmhr.models.postings import HiringTeamMember, TeamPart
from rmhr.models.sourcing import SourceKind
from rmhr.models.system import Message
from rmhr.offers import records
from rmhr.system.notifications import Proof
from tests.factories import (
    accounts,
    applications,
    council,
    courses,
    duties,
    interviews,
    offers,
    onboarding,
    performance,
    postings,
    reminders,
    save,
    shadowing,
    training,
)

TEMPLATES = Path(rmhr.__file__).parents[1] / "templates"
#: A time of day, with what stands behind it.
TIME = re.compile(r"\b\d{1,2}:\d\d\b(?P<behind>.{0,60})")
ZONE = re.compile(r"\b(CET|CEST|MEZ|MESZ|UTC)\b")
#: What is written of several things at once, and made of what other tests make: no time of day stands in it.
BUILT_ELSEWHERE = {"reminders.reminder", "today.ask"}
#: Written by hand, with whom it is to.
TO_WHOM: dict[str, Callable[[Any], Any]] = {"accounts.handed_over": lambda _person: accounts.user()}


def notices() -> Iterator[Notice]:
    """All that there are, by the modules that declare them."""
    for module in pkgutil.walk_packages(rmhr.__path__, "rmhr."):
        if module.name.endswith(".notifications"):
            found = vars(importlib.import_module(module.name)).values()
            yield from (each for each in found if isinstance(each, Notice))


ALL = {notice.name: notice for notice in notices() if notice.name not in BUILT_ELSEWHERE}


def _member() -> HiringTeamMember:
    of, person = postings.posting(), accounts.user(Role.HR)
    return save(HiringTeamMember(posting_id=of.id, user_id=person.id, part=TeamPart.RECRUITER))


def _sent_offer() -> Any:
    it = offers.offer(OfferStatus.DRAFT, pay=60_000_00)
    with audit.acting(SYSTEM, "tests"):
        records.OFFER.keep(it)
        it.pay = 64_000_00
        it.status = OfferStatus.SENT
        it.sent_at = clock.now()
        records.OFFER.keep(it)
    return it


def _hired() -> Any:
    by = postings.referral()
    return applications.application(ApplicationStatus.HIRED, referral=by, source=SourceKind.REFERRAL)


def _disclosed() -> Any:
    return applications.disclosed(applications.application(ApplicationStatus.SHORTLISTED))


def _represented() -> Any:
    return interviews.interview(representative_at="sbv@bank.example")


def _decided() -> Any:
    return applications.application(ApplicationStatus.APPROVED)


def _decision() -> Any:
    it = interviews.judged(interviews.interview(hours=-30))
    return decide(it.application.posting.recruiter, it.application, outcome=Outcome.HIRE, reason="Good.")


def _card() -> Any:
    it = interviews.interview()
    return it.seats[0].scorecard


def _absence() -> Any:
    today = clock.today()
    return reminders.absence(accounts.employee().user, accounts.user(), today, today)


PROOF = Proof(Verdict(3, 0, None, None), Anchor("2026-11-30", 3, "0" * 64))
#: What each stage writes about; a notice that is about something else has its own row.
SUBJECTS: dict[str, Callable[[], Any]] = {
    "accounts": lambda: accounts.employee().user,
    "accounts.role_given": accounts.role_request,
    "accounts.role_not_given": accounts.role_request,
    "applications": lambda: applications.application(ApplicationStatus.SHORTLISTED),
    "applications.link": lambda: applications.application().applicant,
    "applications.disclosed": _disclosed,
    "applications.disclosure_taken_back": _disclosed,
    "applications.left_out": _disclosed,
    "applications.decision": _disclosed,
    "applications.decision_told": _disclosed,
    "applications.referral_hired": _hired,
    "council": council.refused,
    "council.provisional": lambda: council.provisional().request,
    "duties": duties.approved,
    "interviews": interviews.interview,
    "interviews.corrected": _card,
    "interviews.invited_representative": _represented,
    "interviews.moved_representative": _represented,
    "interviews.cancelled_representative": _represented,
    "interviews.without_representative": _represented,
    "interviews.decided": _decision,
    "offers": _sent_offer,
    "offers.conditional": lambda: council.asked(OfferStatus.CONDITIONAL).offer,
    "offers.held_up": offers.held_up,
    "offers.conditional_here": lambda: council.asked(OfferStatus.CONDITIONAL).offer,
    "offers.to_make": _decided,
    "performance": performance.supervisor_in,
    "performance.goal_proposed": performance.proposed,
    "performance.goal_agreed": performance.proposed,
    "performance.goal_sent_back": performance.proposed,
    "performance.goal_reopened": performance.agreed,
    "performance.draft_kept": performance.draft_kept,
    "postings": postings.posting,
    "postings.approval_wanted": lambda: postings.posting(submitted_by=accounts.user(Role.HR)),
    "postings.joined": _member,
    "reminders": _absence,
    "requisitions": lambda: postings.requisition(decided_by=accounts.user(Role.HR)),
    "onboarding.accompanies": onboarding.plan,
    "shadowing": lambda: shadowing.confirmed(shadowing.programme()),
    "shadowing.guides": shadowing.programme,
    "shadowing.signed_off": shadowing.programme,
    "shadowing.reopened": shadowing.programme,
    "sourcing": postings.referral,
    "system": lambda: PROOF,
    "training": training.passed,
    "training.assigned": training.assignment,
    "training.blocked": training.blocked,
    "training.version_to_review": lambda: courses.submitted(accounts.user(Role.HR), courses.draft()),
    "training.version_returned": lambda: courses.submitted(accounts.user(Role.HR), courses.draft()),
    "training.version_published": lambda: courses.published(courses.draft()),
}
#: Placeholders of letters that say nothing in most of them.
MAY_BE_EMPTY = {"corrected", "line", "message", "provisional", "reason", "travel_costs"}
#: What whoever writes it gives along.
GIVEN: dict[str, Any] = {
    "note": "Because it is so.",
    "token": "secret",
    "inviter": "Ilse Petersen",
    "parts": [("Cards", 3)],
    "reason": CallOff.PANEL,
    "words": "",
    "line": "Until soon.",
    "reasons": "Somebody else showed more of what the posting asks for.",
}


def written(notice: Notice, language: str) -> Message:
    """One message of this kind, in this language."""
    stage = notice.name.split(".")[0]
    subject = SUBJECTS.get(notice.name, SUBJECTS.get(stage, lambda: None))()
    if notice.name in TO_WHOM:
        recipient = TO_WHOM[notice.name](subject)
    else:
        recipient = next(iter(notice.to(subject)), None) or accounts.user()
    now = clock.now()
    changed = [changes.Change(changes.Fact("What", "before"), changes.Fact("What", "after"))]
    about = Things([subject]) if isinstance(notice, News) else subject
    with audit.acting(SYSTEM, "tests"):
        recipient.language = language
        return outbox.compose(notice, about, recipient, until=now, at=now, changed=changed, **GIVEN)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", sorted(ALL))
def test_every_mail_says_whom_to_answer_and_in_which_zone_its_times_are(session, name, language):
    mail = written(ALL[name], language)

    assert "→" in mail.text or not _tells_of_a_change(name), "it says that something changed, and not what"
    for line in [mail.subject, *mail.text.splitlines()]:
        # A range names its zone once, behind its end.
        for found in TIME.finditer(line):
            assert ZONE.search(found["behind"]), line
    if mail.user_id is None:
        reader = session.query(User).filter_by(email=mail.reply_address).one()
        assert reader.is_active
        travels = outbox.mime(mail, "no-reply@bank.example", "Nordhaven Bank")
        assert travels["Reply-To"].addresses == (Address(reader.name, addr_spec=reader.email),)


def test_every_mail_to_people_outside_is_a_letter_of_the_bank_or_says_why_not(session):
    """A new one needs a text of the bank, which its message keeps, or the reason why it is none."""
    content.load()
    told: dict[TextKind, str] = {}
    for name, notice in ALL.items():
        mail = written(notice, "en")
        version = session.get(BankText, mail.text_id) if mail.text_id else None
        if mail.user_id is not None:
            assert version is None, f"{name}: it is to colleagues"
            assert not notice.no_letter, f"{name}: it is to colleagues"
        elif version is None:
            assert notice.no_letter, f"{name}: neither a text of the bank nor said to be none"
        else:
            assert not notice.no_letter, name
            assert version.kind.is_letter, name
            assert told.setdefault(version.kind, name) == name
    assert told.keys() == {kind for kind in TextKind if kind.is_letter}


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_letter_draws_all_that_its_words_may_leave_open(session, language):
    """Each placeholder that a letter may hold, in one letter: nothing is left in braces, nothing needed is empty."""
    for kind in TextKind:
        said = "\n\n".join(f"{name}:\n\n{{{name}}}" for name in placeholders.offered(kind))
        duties.text(kind, text=Words.both(said, said))
    duties.bank()
    for name, notice in ALL.items():
        mail = written(notice, language)
        if mail.text_id is None:
            continue
        kind = session.get_one(BankText, mail.text_id).kind
        _before, *parts = re.split(r"^([a-z_]+):$", mail.text, flags=re.MULTILINE)
        drawn = dict(zip(parts[::2], parts[1::2], strict=True))
        assert drawn.keys() == placeholders.offered(kind).keys(), name
        assert not re.search(r"\{[a-z_]+\}", mail.text), name
        assert not [
            it for it in placeholders.NEEDED[kind] if it not in MAY_BE_EMPTY and not drawn[it].strip()
        ], name


def _tells_of_a_change(name: str) -> bool:
    text = (TEMPLATES / ALL[name].template).read_text()
    return "changes(" in text


@pytest.mark.once
def test_whatever_says_in_its_subject_that_something_changed_or_moved_names_it():
    told = {
        notice.name
        for notice in notices()
        if re.search(r"\bchanged\b|\bmoved\b|\bnow (on|with)\b", str(notice.subject), re.IGNORECASE)
    }

    assert told == {
        "accounts.password_changed",  # a secret: that it was changed is all that may be said
        "interviews.moved_candidate",
        "interviews.moved_interviewer",
        "interviews.moved_representative",
        "performance.handed_over",
        "requisitions.changed",
    }
    for name in told - {"accounts.password_changed"}:
        assert _tells_of_a_change(name), name
    assert _tells_of_a_change("offers.sent")


@pytest.mark.once
def test_no_mail_says_a_time_without_its_zone():
    for template in TEMPLATES.glob("*/emails/*.html"):
        said = re.findall(r"\|\s*(clock|moment)\b", template.read_text())
        assert not said, f"{template}: use time_in_zone, moment_in_zone or words.meeting"
    for module in Path(rmhr.__file__).parent.glob("*/notifications.py"):
        text = module.read_text()
        assert not re.search(r"\btime_of_day\b|(?<!clock\.)\bmoment\(", text), module


@pytest.mark.once
def test_after_the_greeting_of_a_letter_as_well():
    for kind in (kind for kind in TextKind if kind.is_letter):
        for code, text in texts.starter(kind).items():
            greeting, first = [part for part in text.split("\n\n") if part[1:-1] not in placeholders.PIECES][
                :2
            ]
            assert greeting == {"en": "Dear {name},", "de": "Guten Tag {name},"}[code], kind
            large = re.match(r"\{|Ihne?|Ihr|Sie\b" if code == "de" else r"[A-Z]|\{", first)
            assert large or (code == "de" and first[0].islower()), f"{kind}: {first}"


def opening(template: str) -> list[str]:
    """What may stand in the first paragraph after the greeting, as the template says it: one sentence a branch."""
    _head, greeting, body = template.partition('_("Dear ')
    if not greeting:
        return []
    body = body.partition("}}")[2].strip()
    branches = [body]
    if body.startswith("{% if"):
        branches = re.split(r"\{%-? (?:else|elif)[^%]*%\}", body.partition("{% endif %}")[0])
    return [
        found[1]
        for branch in branches
        for found in re.finditer(r'(?:\b_|gettext)\("((?:[^"\\]|\\.)*)"', branch.partition("}}")[0])
    ]


@pytest.mark.once
def test_after_the_greeting_english_begins_with_a_capital_and_german_goes_on_small(app):
    checked = 0
    for path in sorted(TEMPLATES.glob("*/emails/*.html")):
        for english in opening(path.read_text()):
            with app.test_request_context(), speaking("de"):
                german = gettext(english)
            checked += 1
            assert not english[0].islower(), f"{path.name}: {english}"
            # German goes on behind the comma; what is said to the reader is written large, and so is a name.
            assert german[0].islower() or re.match(r"%\(|Ihne?|Ihr|Sie\b", german), f"{path.name}: {german}"
    assert checked > 45


@pytest.mark.once
def test_the_kinds_that_are_left_out_are_those_that_there_are():
    assert BUILT_ELSEWHERE <= {notice.name for notice in notices()}
    assert len(ALL) > 70


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Berlin", {"en": "14:00 CET", "de": "14:00 Uhr MEZ"}),
        ("Asia/Dubai", {"en": "14:00 UTC+04", "de": "14:00 Uhr UTC+04"}),
    ],
)
def test_a_time_names_its_zone_as_the_language_calls_it(app, zone, said):
    before = clock.zone().key
    clock.set_zone(zone)
    try:
        at = clock.moment(date(2027, 1, 12), 14)
        for language, words in said.items():
            with speaking(language):
                assert time_in_zone(at) == words
    finally:
        clock.set_zone(before)

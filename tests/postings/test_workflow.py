"""The life of a posting: who may move it, what stops it, what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.due.jobs import noting
from rmhr.core.errors import NotAllowed, NotPossible, Stale
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.criteria import Importance
from rmhr.models.postings import PostingSection, SectionKind
from rmhr.models.postings import PostingStatus as S
from rmhr.models.requisitions import RequisitionStatus
from rmhr.postings import checklist, operations
from rmhr.postings.coach import advice
from rmhr.postings.jobs import close_expired, open_due
from rmhr.postings.workflow import POSTINGS
from tests.factories.accounts import user
from tests.factories.postings import posting, requisition

DATA = {
    "reopen": {"closes_on": clock.today() + timedelta(days=10), "note": "One more place"},
    "return": {"note": "Say more about the team"},
}


def test_publishing_puts_it_online_tells_the_hiring_manager_and_is_recorded(mails):
    draft = posting(status=S.APPROVED)

    POSTINGS.perform(draft.recruiter, draft, "publish")

    assert draft.status is S.PUBLISHED
    assert draft.is_open
    assert draft.published_at is not None
    assert [(mail.kind, mail.to_address) for mail in mails()] == [
        ("postings.published", draft.hiring_manager.email)
    ]
    entry = audit.timeline(draft)[0]
    assert (entry.action, entry.actor) == ("postings.publish", draft.recruiter.name)


@pytest.mark.parametrize(
    ("status", "who", "may"),
    [
        (S.DRAFT, "recruiter", {"submit"}),
        (S.DRAFT, "another in HR", {"submit"}),
        (S.DRAFT, "hiring manager", {"submit"}),
        (S.DRAFT, "interviewer", set()),
        (S.DRAFT, "the system", set()),
        (S.IN_APPROVAL, "another in HR", {"approve", "return", "withdraw"}),
        (S.IN_APPROVAL, "hiring manager", {"approve", "return", "withdraw"}),
        (S.IN_APPROVAL, "another supervisor", set()),
        (S.APPROVED, "recruiter", {"publish", "withdraw"}),
        (S.APPROVED, "hiring manager", {"withdraw"}),
        (S.APPROVED, "the system", {"publish"}),
        (S.PUBLISHED, "recruiter", {"close", "pause", "rework"}),
        (S.PUBLISHED, "hiring manager", set()),
        (S.PUBLISHED, "administrator", set()),
        (S.PUBLISHED, "the system", {"expire", "fill"}),
        (S.PAUSED, "recruiter", {"resume", "close", "rework"}),
        (S.PAUSED, "hiring manager", set()),
        (S.PAUSED, "the system", {"expire", "fill"}),
        (S.CLOSED, "recruiter", {"reopen", "archive"}),
        (S.CLOSED, "hiring manager", set()),
        (S.CLOSED, "the system", set()),
        (S.ARCHIVED, "recruiter", {"restore"}),
        (S.ARCHIVED, "hiring manager", set()),
    ],
)
def test_who_may_move_a_posting(status, who, may):
    row = posting(status=status)
    actor = {
        "recruiter": lambda: row.recruiter,
        "another in HR": lambda: user(Role.HR),
        "hiring manager": lambda: row.hiring_manager,
        "interviewer": lambda: user(Role.INTERVIEWER),
        "another supervisor": lambda: user(Role.SUPERVISOR),
        "administrator": lambda: user(Role.ADMIN),
        "the system": lambda: SYSTEM,
    }[who]()

    assert {move.transition.name for move in POSTINGS.moves(actor, row)} == may
    for name in POSTINGS.transitions.keys() - may:
        with pytest.raises((NotAllowed, NotPossible)):
            POSTINGS.perform(actor, row, name, **DATA.get(name, {}))


def test_nobody_approves_what_they_submitted_themselves():
    written = posting(status=S.DRAFT)
    POSTINGS.perform(written.hiring_manager, written, "submit")

    assert {move.transition.name for move in POSTINGS.moves(written.hiring_manager, written)} == {"withdraw"}
    with pytest.raises(NotAllowed):
        POSTINGS.perform(written.hiring_manager, written, "approve")
    POSTINGS.perform(written.recruiter, written, "approve")

    assert (written.status, written.approved_by_id) == (S.APPROVED, written.recruiter.id)
    assert written.approve_by is None


def test_the_other_side_is_asked_told_and_can_send_it_back(mails):
    written = posting(status=S.DRAFT)
    POSTINGS.perform(written.recruiter, written, "submit")
    assert written.approve_by is not None
    POSTINGS.perform(written.hiring_manager, written, "return", note="Say more about the team")

    assert (written.status, written.submitted_by_id, written.approve_by) == (S.DRAFT, None, None)
    POSTINGS.perform(written.recruiter, written, "submit")
    POSTINGS.perform(written.hiring_manager, written, "approve")
    recruiter, manager = written.recruiter.email, written.hiring_manager.email
    assert [(mail.kind, mail.to_address) for mail in mails()] == [
        ("postings.approval_wanted", manager),
        ("postings.returned", recruiter),
        ("postings.approval_wanted", manager),
        ("postings.approved", recruiter),
    ]
    assert "Say more about the team" in mails()[1].text


def test_nothing_is_advertised_for_a_requisition_that_rests():
    written = posting(status=S.DRAFT, requisition=requisition(status=RequisitionStatus.ON_HOLD))

    with pytest.raises(NotPossible, match="On hold"):
        POSTINGS.perform(written.recruiter, written, "submit")


def test_the_scheduler_opens_what_is_approved_on_any_run_after_its_first_day():
    today = clock.today()
    due = posting(status=S.APPROVED, opens_on=today - timedelta(days=2))
    early = posting(status=S.APPROVED, opens_on=today + timedelta(days=1))
    by_hand = posting(status=S.APPROVED)
    late = posting(status=S.APPROVED, opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1))
    resting = posting(
        status=S.APPROVED, opens_on=today, requisition=requisition(status=RequisitionStatus.ON_HOLD)
    )

    assert open_due() == 1
    assert open_due() == 0

    assert due.status is S.PUBLISHED
    assert {row.status for row in (early, by_hand, late, resting)} == {S.APPROVED}
    assert audit.timeline(due)[0].action == "postings.publish"


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"title": Words(en="Relationship Manager", de="")}, "title-de", "German"),
        ({"title": Words(en="", de="Relationship Manager (m/w/d)")}, "title-en", "English"),
        ({"title": Words.both("RM (f/m/x)", "Kundenbetreuer")}, "title-de", "genders"),
        ({"place": " "}, "place", "place"),
        ({"pay_min": None, "usual_min": None, "usual_max": None}, "pay_min", "pay range"),
        ({"pay_max": None, "usual_min": None, "usual_max": None}, "pay_max", "pay range"),
        ({"closes_on": None}, "closes_on", "missing"),
        ({"closes_on": clock.today()}, "closes_on", "future"),
        ({"closes_on": clock.today() - timedelta(days=1)}, "closes_on", "future"),
        ({"criteria": []}, "criteria", "must"),
        ({"hours": Words(en="{{hours}} a week", de="39")}, "hours-en", "placeholder"),
    ],
)
def test_submitting_is_refused_with_what_is_missing_and_where(given, field, words):
    draft = posting(status=S.DRAFT, **given)

    (gap,) = checklist.gaps(draft)
    assert gap.field == field
    assert words in str(gap.words)
    (move,) = POSTINGS.moves(draft.recruiter, draft)
    assert str(gap.words) in move.blocked
    with pytest.raises(NotPossible, match=words):
        POSTINGS.perform(draft.recruiter, draft, "submit")
    assert draft.status is S.DRAFT


@pytest.mark.parametrize("kind", checklist.REQUIRED, ids=str)
def test_every_required_part_is_asked_for_in_at_least_one_language(kind):
    one_language = [PostingSection(kind=kind, text=Words(en="", de="Text")) for kind in SectionKind]
    assert checklist.gaps(posting(status=S.DRAFT, sections=one_language)) == []

    empty = [
        PostingSection(kind=each, text=Words.both(" ", "") if each is kind else Words.both("Text", "Text"))
        for each in SectionKind
    ]
    (gap,) = checklist.gaps(posting(status=S.DRAFT, sections=empty))
    assert gap.field == f"part_{kind.value}-en"


@pytest.mark.parametrize(
    "mark", ["(m/w/d)", "(w/m/d)", "(d/m/w)", "(m/w/x)", "(M / W / D)", "(all genders)", "(gn)"]
)
def test_the_usual_marks_address_everybody(mark):
    assert checklist.neutral(Words(de=f"Relationship Manager {mark}"))


@pytest.mark.parametrize(
    "title", ["Kundenbetreuer", "Betreuer (m)", "Betreuer (m/w)", "Manager (Hamburg)", ""]
)
def test_other_titles_do_not(title):
    assert not checklist.neutral(Words(de=title))


def test_a_part_in_one_language_only_is_worth_a_look_and_no_gap():
    row = posting(sections=[PostingSection(kind=kind, text=Words(en="Text", de="")) for kind in SectionKind])

    found = [each for each in advice.worth_a_look(row) if each.check == "one_language"]
    assert {each.field for each in found} == {f"part_{kind.value}-de" for kind in SectionKind}
    assert checklist.gaps(row) == []


def test_a_nice_to_have_alone_is_nothing_to_screen_by():
    draft = posting(status=S.DRAFT)
    with audit.acting(SYSTEM, "tests.arrange"):
        for criterion in draft.criteria:
            criterion.importance = Importance.NICE

    assert [gap.field for gap in checklist.gaps(draft)] == ["criteria"]


def test_closing_keeps_when():
    row = posting()

    POSTINGS.perform(row.recruiter, row, "close")

    assert row.status is S.CLOSED
    assert row.closed_at is not None
    assert not row.is_open


def test_reopening_moves_the_deadline_and_keeps_the_reason():
    row = posting(status=S.CLOSED, closes_on=clock.today() - timedelta(days=3))

    POSTINGS.perform(row.recruiter, row, "reopen", **DATA["reopen"])

    assert row.is_open
    assert row.closed_at is None
    assert audit.timeline(row)[0].note == "One more place"


def test_a_page_that_is_out_of_date_changes_nothing():
    row = posting()

    with pytest.raises(Stale):
        POSTINGS.perform(row.recruiter, row, "close", seen="draft")

    assert row.status is S.PUBLISHED


def test_the_scheduler_closes_what_has_expired_and_nothing_else():
    today = clock.today()
    over = posting(closes_on=today - timedelta(days=1))
    last_day = posting(closes_on=today)
    draft = posting(status=S.DRAFT, closes_on=today - timedelta(days=1))

    assert close_expired() == 1
    assert close_expired() == 0

    assert (over.status, last_day.status, draft.status) == (S.CLOSED, S.PUBLISHED, S.DRAFT)
    entry = audit.timeline(over)[0]
    assert (entry.action, entry.actor, entry.note) == ("postings.expire", "", "")


def test_a_person_from_outside_hr_cannot_close_by_the_job():
    over = posting(closes_on=clock.today() - timedelta(days=1))

    with noting() as left:
        assert operations.postings.close_expired(user(Role.SUPERVISOR)) == 0

    assert [type(problem) for _what, problem in left] == [NotAllowed]
    assert over.status is S.PUBLISHED

"""What is owed to applicants, by whom, until when."""

from __future__ import annotations

from datetime import timedelta

from rmhr.applications.workflow import FLOW
from rmhr.core import clock
from rmhr.core.due import sources
from rmhr.core.due.calendar import working_days_between
from rmhr.core.i18n import speaking
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from tests.factories import accounts, applications

S = ApplicationStatus


def of(user):
    return [each for each in sources.for_person(user.id) if each.source.name.startswith("applications.")]


def test_the_recruiter_owes_an_answer_until_it_is_given():
    it = applications.application(screen_by=clock.today() - timedelta(days=1))
    recruiter = it.posting.recruiter

    (owed,) = of(recruiter)
    assert (owed.source.name, owed.subject_id, owed.late) == ("applications.screen", it.id, 1)
    assert owed.what == f"Screen {it.name}"
    with speaking("de"):
        assert "Relationship Manager (m/w/d)" in owed.why
    assert of(it.posting.hiring_manager) == []
    FLOW.perform(accounts.user(Role.HR), it, "reject", reason=applications.rejection_reason().code)
    assert of(recruiter) == []


def test_whoever_is_shortlisted_gets_a_date_within_five_working_days():
    it = applications.judged(applications.application(S.SCREENING))

    FLOW.perform(accounts.user(Role.HR), it, "shortlist")

    (owed,) = of(it.posting.recruiter)
    assert owed.source.name == "applications.invite"
    assert working_days_between(clock.today(), owed.on, "DE-HH") == 5
    assert owed.values == {"application_id": it.id}

"""What recruiters owe: a look at what closes soon."""

from __future__ import annotations

from datetime import timedelta

from rmhr.core import clock, registry
from rmhr.core.due import sources
from rmhr.models.accounts import Role
from rmhr.models.postings import PostingStatus as S
from tests.factories.accounts import user
from tests.factories.postings import posting


def test_the_recruiter_looks_at_what_closes_within_a_week():
    recruiter = user(Role.HR)
    soon = posting(recruiter=recruiter, closes_on=clock.today() + timedelta(days=7))
    posting(recruiter=recruiter, closes_on=clock.today() + timedelta(days=8))
    posting(recruiter=recruiter, closes_on=clock.today() - timedelta(days=1))
    posting(recruiter=recruiter, closes_on=clock.today() + timedelta(days=1), status=S.DRAFT)
    posting(recruiter=recruiter, closes_on=clock.today() + timedelta(days=1), status=S.CLOSED)
    posting(closes_on=clock.today() + timedelta(days=2))

    (owed,) = [each for each in sources.for_person(recruiter.id) if each.source.name == "postings.closing"]

    assert (owed.source.name, owed.subject_id, owed.on) == ("postings.closing", soon.id, soon.closes_on)
    assert owed.what == "Look at “Relationship Manager (f/m/x)” before it closes"
    assert "Hamburg-Altona" in owed.why
    assert (owed.endpoint, owed.values) == ("postings.show", {"id": soon.id})


def test_one_is_reminded_three_days_before_and_on_the_last_day():
    source = registry.SOURCES["postings.closing"]

    assert [each.key for each in source.occurrences] == ["-3", "+0"]

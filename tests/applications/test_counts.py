"""A number says no more than the list beside it: for every role, and for who passes by."""

from __future__ import annotations

import pytest

from rmhr.applications import queries
from rmhr.applications.lists import APPLICATIONS
from rmhr.careers import queries as careers_queries
from rmhr.core.db import db
from rmhr.core.lists.selection import Chosen, Selection
from rmhr.models.accounts import Role
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.postings import policies as posting_policies
from rmhr.postings import queries as postings_queries
from rmhr.sourcing import queries as sourcing_queries
from tests.factories import accounts, applications, postings, save
from tests.factories.postings import career_site, share_link

pytestmark = pytest.mark.both
S = ApplicationStatus


@pytest.fixture
def people():
    """One of each role, and those from whom an application is hidden: above the person, and the person."""
    found = {role.value: accounts.user(role) for role in Role}
    found["top"] = accounts.user(Role.SUPERVISOR)
    found["boss of HR"] = accounts.user(Role.HR)
    accounts.employee(user=found["boss of HR"], supervisor=found["top"])
    found["the person"] = accounts.employee(user=accounts.user(Role.HR), supervisor=found["boss of HR"]).user
    return found


@pytest.fixture
def posting(people):
    """With applications of every kind: open, hidden, replaced, from a colleague's address, by a link."""
    row = postings.posting(hiring_manager=people["top"])
    link = share_link(posting=row)
    person = people["the person"]
    strange = applications.applicant(email=person.email)
    applications.application(posting=row)
    twice = applications.application(S.REPLACED, posting=row, source="shared", share_link=link)
    applications.application(posting=row, applicant=twice.applicant, source="shared", share_link=link)
    applications.application(S.REJECTED, posting=row)
    applications.from_inside(person=person, posting=row)
    applications.application(
        posting=row, applicant=strange, source="shared", share_link=link, supervisor_may_know=False
    )
    return row


WHO = [*(role.value for role in Role), "top", "boss of HR", "the person"]
EXPECTED = {"hr": 5, "top": 3, "boss of HR": 3, "the person": 3}


@pytest.mark.parametrize("who", WHO)
def test_every_number_is_that_of_the_list(people, posting, who):
    viewer = people[who]
    seen = [
        it
        for it in db.session.scalars(queries.applications.visible_to(viewer)).unique()
        if it.status is not S.REPLACED
    ]
    shown = Selection(APPLICATIONS, viewer, Chosen()).counts()

    assert len(seen) == EXPECTED.get(who, 0)
    replaced = db.session.scalars(
        queries.applications.visible_to(viewer).where(Application.status == S.REPLACED)
    ).unique()
    assert dict(shown)[APPLICATIONS.views[0]] == len(seen) + len(replaced.all())
    if not posting_policies.RECRUIT(viewer, posting):
        return  # no number is shown
    by_link = sourcing_queries.share_links.by_link(viewer, posting)
    by_kind = sourcing_queries.share_links.by_kind(viewer, posting)
    assert postings_queries.lists.counts(viewer, [posting.id])[posting.id].all == len(seen)
    assert sum(postings_queries.versions.applied_to_each(viewer, posting).values()) == len(seen)
    assert postings_queries.versions.applied_as_known_to(viewer, posting.current) == len(seen)
    assert sum(each.applied for each in by_kind.values()) == len(seen)
    assert sum(each.applied for each in by_link.values()) == sum(1 for it in seen if it.share_link)


def test_the_public_page_counts_nobody_who_is_hidden(browser, posting):
    save(career_site(shows_count=True))

    assert careers_queries.have_applied(posting) == 3
    assert "3 people have applied so far" in browser().get(f"/careers/{posting.slug}").text

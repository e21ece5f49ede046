"""Judging criteria, asking for links, clearing away."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from rmhr.applications import jobs, links, operations
from rmhr.core import clock
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.files import store
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus, PrivateLink, Verdict
from tests.factories import accounts, applications

S = ApplicationStatus


def test_the_first_verdict_starts_the_screening_and_says_who_gave_it():
    it = applications.application()
    hr = accounts.user(Role.HR)
    first, second, _third = it.posting_version.criteria

    operations.judge(hr, it, verdicts={first.id: (Verdict.MET, "Banking training (IHK)")})
    other = accounts.user(Role.HR)
    operations.judge(other, it, verdicts={first.id: (Verdict.MET, "Banking training (IHK)")})
    operations.judge(other, it, verdicts={second.id: (Verdict.NOT_MET, "")})

    assert it.status is S.SCREENING
    assert [(mark.verdict, mark.evidence, mark.marked_by) for mark in it.marks] == [
        (Verdict.MET, "Banking training (IHK)", hr),
        (Verdict.NOT_MET, "", other),
    ]


def test_a_verdict_can_be_changed_while_it_is_screened():
    it = applications.application(S.SCREENING)
    criterion = it.posting_version.criteria[0]
    hr = accounts.user(Role.HR)
    for verdict in (Verdict.PARTLY, Verdict.MET):
        operations.judge(hr, it, verdicts={criterion.id: (verdict, "")})

    assert [mark.verdict for mark in it.marks] == [Verdict.MET]


def test_nothing_is_judged_after_the_screening():
    it = applications.application(S.SHORTLISTED)

    with pytest.raises(NotPossible, match="moved on"):
        operations.judge(
            accounts.user(Role.HR), it, verdicts={it.posting_version.criteria[0].id: (Verdict.MET, "")}
        )


@pytest.mark.parametrize("who", ["manager", "rm", "system", "applicant"])
def test_only_hr_judges(who):
    it = applications.application()
    actor = {
        "manager": it.posting.hiring_manager,
        "rm": accounts.user(),
        "system": SYSTEM,
        "applicant": it.applicant,
    }[who]

    with pytest.raises(NotAllowed):
        operations.judge(actor, it, verdicts={})


def test_a_link_is_known_by_its_digest_only_and_ends_after_half_a_year(session):
    person = applications.applicant()
    address = operations.private_link(person)
    session.flush()
    secret = address.rsplit("/", 1)[1]

    (row,) = session.query(PrivateLink)
    assert len(secret) >= 43
    assert secret not in row.digest
    assert links.known(secret).applicant is person
    assert links.known(secret[:-1] + "x") is None
    assert links.opens(row)
    with clock.at(clock.now() + timedelta(days=181)):
        assert not links.opens(row)
        assert links.use(secret) is None
    assert links.use(secret) is row
    assert links.use(secret) is None, "it opens once"


def test_a_link_is_sent_to_addresses_we_know_and_not_too_often(mails):
    person = applications.applicant(language="de")
    applications.application(applicant=person)

    sent = [operations.ask_for_link(person.email.upper()) for _time in range(4)]

    assert sent == [True, True, True, False]
    assert {(mail.kind, mail.language) for mail in mails()} == {("applications.link", "de")}
    assert operations.ask_for_link("nobody@example.org") is False


def test_the_sweep_forgets_what_nobody_needs(session):
    person = applications.applicant()
    applications.link(person, expires_at=clock.now() - timedelta(days=40))
    kept = applications.link(person)
    left = store.store(store.Upload("CV.txt", store.TXT, b"left in a form", "left in a form"))
    old = (clock.now() - timedelta(days=2)).timestamp()
    os.utime(store.path_of(left), (old, old))

    assert jobs.sweep() == 2

    assert session.query(PrivateLink).all() == [kept]
    assert not store.path_of(left).exists()
    assert jobs.sweep() == 0

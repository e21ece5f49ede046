"""Proof that each applicant knew the pay range before the interview: when, how, and which."""

from __future__ import annotations

import pytest

from rmhr.applications import notifications, operations
from rmhr.core.db import db
from rmhr.core.errors import NotAllowed
from rmhr.core.files import store
from rmhr.core.files.store import Upload
from rmhr.core.history import audit
from rmhr.core.mail import outbox
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.applications import PayNoticeWay
from rmhr.models.documents import TextState
from tests.factories import applications, duties
from tests.factories.accounts import user
from tests.factories.postings import posting

PAGE, CONFIRMATION, INVITATION = PayNoticeWay
NO_RANGE = {"pay_min": None, "pay_max": None, "usual_min": None, "usual_max": None}


def apply(to):
    """An application as the form hands it in."""
    cv = Upload("CV.txt", store.TXT, b"Work", "Work", TextState.FOUND)
    given = {
        "phone": "",
        "motivation": "I like to advise.",
        "answers": {},
        "cv": cv,
        "privacy_text": duties.notice(),
    }
    return operations.receive(to, email="maren@example.org", name="Maren", language="en", **given)


def ways(it):
    return [notice.way for notice in it.pay_notices]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, [PAGE, CONFIRMATION]),
        ({"pay_shown": False}, [CONFIRMATION]),
        (NO_RANGE, []),
    ],
    ids=["on the page", "only by mail", "no range"],
)
def test_an_application_keeps_how_its_applicant_learned_the_range(given, expected):
    it = apply(posting(**given))

    assert ways(it) == expected
    for notice in it.pay_notices:
        assert (notice.pay_min, notice.pay_max, notice.currency) == (58_000_00, 74_000_00, "EUR")


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize(
    ("language", "words"), [("en", "€58,000 to 74,000 a year"), ("de", "58.000 bis 74.000 € im Jahr")]
)
def test_the_confirmation_states_the_range_whatever_the_page_shows(shown, language, words):
    person = applications.applicant(language=language)
    it = applications.application(posting=posting(pay_shown=shown), applicant=person)

    (mail,) = outbox.queue(notifications.RECEIVED, it)

    assert words in mail.text.replace("\xa0", " ")


def test_the_confirmation_says_nothing_of_a_range_that_there_is_not():
    it = applications.application(posting=posting(**NO_RANGE))

    (mail,) = outbox.queue(notifications.RECEIVED, it)

    assert "Pay" not in mail.text


def test_the_proof_stays_when_the_range_changes_and_is_never_changed():
    it = apply(posting())
    with audit.acting(SYSTEM, "tests.arrange"):
        it.posting.pay_max = 80_000_00
    assert {notice.pay_max for notice in it.pay_notices} == {74_000_00}

    with pytest.raises(RuntimeError, match="never changed"), audit.acting(SYSTEM, "tests.arrange"):
        it.pay_notices[0].pay_max = 80_000_00
    db.session.rollback()


def test_only_a_range_that_is_news_is_told_once_more():
    it = apply(posting())
    assert operations.tell_pay(SYSTEM, it, INVITATION) is None

    with audit.acting(SYSTEM, "tests.arrange"):
        it.posting.pay_max = 80_000_00
    assert operations.tell_pay(SYSTEM, it, INVITATION).pay_max == 80_000_00
    assert operations.tell_pay(SYSTEM, it, INVITATION) is None
    assert ways(it) == [PAGE, CONFIRMATION, INVITATION]
    with pytest.raises(NotAllowed):
        operations.tell_pay(it.posting.recruiter, it, INVITATION)


def test_the_page_of_an_application_shows_the_proof(browser):
    it = apply(posting())
    db.session.commit()
    untold = applications.application()
    without = applications.application(posting=posting(**NO_RANGE))
    client = browser(user(Role.HR))

    page = client.get(f"/applications/{it.id}").text
    for words in (
        "Pay range told",
        "€58,000 to 74,000 a year",
        "It was in the posting",
        "In the confirmation",
    ):
        assert words in page
    assert "it is in the invitation to the interview" in client.get(f"/applications/{untold.id}").text
    assert "the posting has none" in client.get(f"/applications/{without.id}").text

"""What has happened is told as its readers wish: every kind of news, told by what really brings it about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from rmhr.applications import operations as applying
from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.files import store
from rmhr.core.files.store import Upload
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.interviews import operations as interviewing
from rmhr.models.accounts import Role, User
from rmhr.models.documents import TextState
from rmhr.models.interviews import Outcome
from rmhr.models.reminders import MailFrequency
from rmhr.models.system import Message, MessageStatus
from rmhr.reminders import unsubscribe
from rmhr.training import operations as learning
from tests.factories import accounts, interviews, onboarding, postings, shadowing, training
from tests.factories.duties import notice
from tests.factories.reminders import wish
from tests.support.html import Html

pytestmark = pytest.mark.both

#: A Monday, ten o'clock in Frankfurt.
MONDAY = clock.moment(clock.today().replace(year=2026, month=11, day=23), 10)


@pytest.fixture(autouse=True)
def _on_a_monday(app, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:9")
    with clock.at(MONDAY):
        yield


def apply(recruiter: User, name: str = "Maren Oltmanns") -> None:
    """Somebody applies for a posting of this recruiter."""
    posting = postings.posting(recruiter=recruiter)
    applying.receive(
        posting,
        email=f"{name.replace(' ', '.').lower()}@example.org",
        name=name,
        language="en",
        phone="",
        motivation="",
        answers={},
        cv=Upload("CV.txt", store.TXT, name.encode(), "Work", TextState.FOUND),
        privacy_text=notice(),
    )


def decide(manager: User, by: User | None = None) -> None:
    """It is decided about a candidate for a position that this person will lead."""
    it = interviews.judged(interviews.interview())
    with audit.acting(SYSTEM, "tests.arrange"):
        it.application.posting.hiring_manager = manager
    interviewing.decide(
        by or it.application.posting.recruiter,
        it.application,
        outcome=Outcome.HOLD,
        reason="One more look.",
        deviates=True,
    )


def assign(learner: User) -> None:
    """The mandatory courses of an RM are assigned."""
    training.course()
    learning.assignments.assign_required(SYSTEM, learner.employee)


#: How each kind of news comes about for a person.
COMES: dict[str, Callable[[User], Any]] = {
    "applications.arrived": apply,
    "interviews.decided": decide,
    "onboarding.accompanies": lambda user: onboarding.plan(mentor=user),
    "shadowing.guides": lambda user: shadowing.programme(mentor=user),
    "training.assigned": assign,
}
#: What happens next of the same kind, where it cannot be the same once more.
MORE: dict[str, Callable[[User], Any]] = {
    "applications.arrived": lambda user: apply(user, "Bo Berg"),
    "training.assigned": lambda user: learning.rounds.renew(
        SYSTEM, training.passed("ethics", user=user, cycle=2)
    ),
}


def test_every_kind_of_news_is_tried():
    assert COMES.keys() == registry.NEWS.keys()


def reader(**given: Any) -> User:
    """Somebody who can be told of everything."""
    return accounts.employee(user=accounts.user(*Role, name="Rita Reader", **given)).user


def told(user: User, kind: str) -> list[Message]:
    """What stands in somebody's inbox of this kind."""
    db.session.flush()
    mine = sa.select(Message).where(Message.user_id == user.id, Message.kind == kind)
    return list(db.session.scalars(mine.order_by(Message.id)))


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", COMES)
def test_it_is_told_in_the_readers_language_and_mailed_a_little_later(kind, language):
    user = reader(language=language)

    COMES[kind](user)

    (message,) = told(user, kind)
    assert message.state is MessageStatus.WAITING
    assert MONDAY < message.next_attempt_at <= MONDAY + timedelta(hours=1)
    assert ("Guten Tag" in message.text) == (language == "de")
    assert "Rita Reader" in message.text
    assert unsubscribe.read(message.unsubscribe.rpartition("/")[2].partition("?")[0]) == (user.id, [kind])


@pytest.mark.parametrize("kind", COMES)
def test_several_at_once_are_one_message(kind):
    user = reader()

    COMES[kind](user)
    (first,) = [each.subject for each in told(user, kind)]
    MORE.get(kind, COMES[kind])(user)

    (message,) = told(user, kind)
    assert message.subject != first


@pytest.mark.parametrize("kind", COMES)
def test_who_does_not_want_the_mail_finds_it_in_the_inbox(kind):
    user = reader()
    wish(user, silent=[kind])

    COMES[kind](user)

    (message,) = told(user, kind)
    assert message.state is MessageStatus.INBOX


@pytest.mark.parametrize(
    ("frequency", "days"), [(MailFrequency.DAILY, 1), (MailFrequency.WEEKLY, 7)], ids=["daily", "weekly"]
)
@pytest.mark.parametrize("kind", COMES)
def test_who_wants_mail_now_and_then_has_it_then(kind, frequency, days):
    user = reader()
    wish(user, frequency=frequency, hour=8)

    COMES[kind](user)

    (message,) = told(user, kind)
    assert message.next_attempt_at == MONDAY + timedelta(days=days) - timedelta(hours=2)


def test_at_night_nobody_is_written_to():
    user = reader()

    with clock.at(MONDAY + timedelta(hours=12)):
        apply(user)

    (message,) = told(user, "applications.arrived")
    assert message.next_attempt_at == MONDAY + timedelta(hours=21)


def test_a_message_that_was_read_or_sent_is_not_told_again():
    user = reader()
    apply(user)
    (first,) = told(user, "applications.arrived")
    first.read_at = clock.now()
    apply(user, "Bo Berg")
    second = told(user, "applications.arrived")[1]
    second.state, second.sent_at = MessageStatus.SENT, clock.now()
    apply(user, "Cem Celik")

    found = told(user, "applications.arrived")

    assert [each.subject.partition(":")[2].partition(",")[0].strip() for each in found] == [
        "Maren Oltmanns",
        "Bo Berg",
        "Cem Celik",
    ]


def test_many_applications_are_counted_and_the_newest_named():
    user = reader()

    for number in range(23):
        apply(user, f"Person {number:02}")

    (message,) = told(user, "applications.arrived")
    assert message.subject == "23 new applications"
    assert "Person 22" in message.text
    assert "Person 02" not in message.text
    assert "And 3 more." in message.text


def test_nobody_is_told_of_what_they_did_themselves():
    manager = accounts.user(Role.HR, Role.SUPERVISOR)

    decide(manager, by=manager)

    assert told(manager, "interviews.decided") == []


def test_the_profile_asks_of_every_kind(browser):
    user = reader()
    page = Html(browser(user).get("/reminders"))

    for kind in registry.NEWS:
        assert page.one(f"input[name=mailed][value='{kind}'][checked]") is not None


def test_one_click_ends_mail_of_a_kind(browser):
    user = reader()
    apply(user)
    (message,) = told(user, "applications.arrived")
    address = message.unsubscribe.partition("//")[2].partition("/")[2]

    assert "Applications that have arrived" in browser(user).get(f"/{address}").text
    browser(user).post(f"/{address}")
    apply(user, "Bo Berg")

    assert told(user, "applications.arrived")[-1].state is MessageStatus.INBOX


def test_a_new_application_stands_on_today(browser):
    user = reader()
    apply(user)

    assert "Maren Oltmanns" in browser(user).get("/today").text

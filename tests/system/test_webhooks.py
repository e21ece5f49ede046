"""Reminders for the chat: written with the message, called until taken, once for each, whatever the other side does."""

from __future__ import annotations

import json
from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history import audit
from rmhr.core.mail import delivery
from rmhr.core.mail import webhook as standard
from rmhr.core.policy import SYSTEM
from rmhr.core.registry import JOBS
from rmhr.models.accounts import Role
from rmhr.models.reminders import ReminderPreference
from rmhr.models.system import AuditEntry, DeliveryStatus, Message, Webhook, WebhookDelivery
from rmhr.system import operations, queries, webhooks
from tests.factories import save
from tests.factories.accounts import user
from tests.factories.webhooks import call, webhook
from tests.support.due_things import goal, only_goals, send_due
from tests.support.elsewhere import at_once, elsewhere
from tests.support.receiver import hang_up, receiver

S = DeliveryStatus
DAY = date(2026, 11, 23)
MORNING = clock.moment(DAY, 9)

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    only_goals(monkeypatch)
    with clock.at(MORNING):
        yield


@pytest.fixture
def box():
    with receiver() as box:
        yield box


@pytest.fixture
def chat(box):
    """A webhook that the receiver listens to."""
    return webhook(url=box.url)


def chatter(**given):
    """Somebody who wants reminders in the chat."""
    person = user(**{"name": "Lena Brandt", "email": "lena.brandt@bank.example"} | given)
    save(ReminderPreference(user_id=person.id, chat=True))
    return person


def calls() -> list[WebhookDelivery]:
    return list(db.session.scalars(sa.select(WebhookDelivery).order_by(WebhookDelivery.id)))


def later(**span):
    return clock.at(MORNING + timedelta(**span))


# What is written


def test_a_reminder_to_somebody_who_wants_it_in_the_chat_is_called_out(chat, app):
    goal(chatter(), DAY)

    send_due(DAY)

    [one] = calls()
    [message] = db.session.scalars(sa.select(Message)).all()
    assert (one.webhook_id, one.message_id, one.state) == (chat.id, message.id, S.WAITING)
    said = json.loads(one.body)
    url = f"{app.config['PUBLIC_URL']}/people/{message.user_id}"
    assert said["type"] == "reminder.told"
    assert said["timestamp"] == MORNING.isoformat()
    assert said["text"] == f"Lena Brandt: Today: Reach “Ten new clients” {url}"
    assert said["data"] == {
        "person": {"name": "Lena Brandt", "email": "lena.brandt@bank.example"},
        "title": "Today: Reach “Ten new clients”",
        "text": "Lena Brandt: Today: Reach “Ten new clients”",
        "url": url,
        "things": [
            {
                "what": "Reach “Ten new clients”",
                "when": "Today",
                "due": "2026-11-23",
                "why": "Agreed with Tomas Lind",
                "url": url,
            }
        ],
        "more": 0,
    }


def test_several_things_are_one_call_that_leads_to_today(chat, app):
    person = chatter(language="de")
    for number in range(25):
        goal(person, DAY, f"Nr. {number}")

    send_due(DAY)

    [one] = calls()
    said = json.loads(one.body)
    assert said["text"].endswith(f"{app.config['PUBLIC_URL']}/today")
    assert said["text"].startswith("Lena Brandt: Heute: ")
    assert len(said["data"]["things"]) == webhooks.MOST_THINGS
    assert said["data"]["more"] == 5


def test_nobody_else_is_called_out(chat):
    goal(user(), DAY)
    save(ReminderPreference(user_id=user().id, chat=False))
    quiet = chatter()
    with audit.acting(SYSTEM, "tests.arrange"):
        wish = db.session.scalars(
            sa.select(ReminderPreference).where(ReminderPreference.user_id == quiet.id)
        ).one()
        wish.silent = ["tests.goal"]
    goal(quiet, DAY)

    assert send_due(DAY) == 2
    assert calls() == [], "what stays in the inbox only is not said in the chat either"


def test_each_webhook_that_is_on_gets_its_call_and_those_that_are_off_get_none(chat):
    webhook("Second")
    webhook("Off", active=False)
    goal(chatter(), DAY)

    send_due(DAY)

    assert len(calls()) == 2
    assert len({one.event for one in calls()}) == 2


def test_a_reminder_that_is_rolled_back_calls_nobody(chat):
    goal(chatter(), DAY)
    send_due(DAY)
    assert len(calls()) == 1

    db.session.rollback()

    assert calls() == []


def test_calls_cost_the_same_however_many_people_are_told(chat, max_queries):
    def told(count: int) -> int:
        for _number in range(count):
            goal(chatter(name="X", email=f"{next(numbers)}@bank.example"), DAY)
        db.session.commit()
        db.session.expire_all()
        with max_queries(60) as asked:
            send_due(DAY)
        questions = [statement for statement in asked if statement.startswith("SELECT")]
        return sum("webhook" in question or "chat" in question for question in questions)

    numbers = iter(range(1000))
    assert told(2) == told(20) > 0


# What is called


def test_a_call_is_made_once_and_its_signature_proves_it(chat, box):
    one = call(chat)

    assert JOBS["webhooks.deliver"].run() == 1
    assert JOBS["webhooks.deliver"].run() == 0

    [came] = box.calls
    assert came.event == one.event
    assert came.said["text"] == "Grüße"
    assert came.signed_with(chat.secret, MORNING.timestamp())
    assert (one.state, one.attempts, one.sent_at, one.answer) == (S.SENT, 1, MORNING, "204 No Content")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((500, {}, b"out of order"), "500 Internal Server Error"),
        ((404, {}, b""), "404 Not Found"),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), "302 Found"),
        (hang_up, "no answer of a web server (RemoteDisconnected)"),
    ],
)
def test_a_call_that_is_not_taken_is_made_again_later_under_the_same_name(chat, box, answer, said):
    one = call(chat)
    box.answer(answer)

    assert webhooks.deliver() == 0
    assert one.state is S.WAITING
    assert one.answer.startswith(said)
    with later(seconds=59):
        assert webhooks.deliver() == 0
    with later(seconds=61):
        assert webhooks.deliver() == 1

    assert [came.event for came in box.calls] == [one.event] * 2
    assert len({came.headers["webhook-timestamp"] for came in box.calls}) == 2
    assert (one.state, one.attempts) == (S.SENT, 2)


def test_a_host_inside_that_is_not_listed_is_not_called(chat, box):
    one = call(chat)
    admin = user(Role.ADMIN)
    operations.webhooks.unlist_host(admin, queries.webhooks.hosts()[0])

    assert webhooks.deliver() == 0

    assert box.calls == []
    assert "lies in the bank's own network" in one.answer
    operations.webhooks.list_host(admin, None, name="127.0.0.1")
    with later(seconds=61):
        assert webhooks.deliver() == 1


def test_after_the_last_pause_a_call_has_failed(chat, box):
    one = call(chat)
    tries = len(delivery.BACK_OFF) + 1
    box.answer(*[(500, {}, b"")] * (tries + 3))
    moment, pauses = MORNING, []

    for _time in range(tries + 2):
        with clock.at(moment):
            webhooks.deliver()
        pauses.append((one.next_attempt_at - moment).total_seconds() / 60)
        moment = max(one.next_attempt_at, moment) + timedelta(seconds=1)

    assert (one.state, one.attempts) == (S.FAILED, tries)
    assert len(box.calls) == tries
    assert pauses[: tries - 1] == list(delivery.BACK_OFF)


def test_who_is_gone_is_switched_off_and_the_history_says_so(chat, box):
    one, other = call(chat), call(chat)
    box.answer((410, {}, b"this room is closed"))

    assert webhooks.deliver() == 0

    assert not chat.active
    assert (one.state, one.answer) == (S.FAILED, "410 Gone")
    assert (other.state, other.attempts) == (S.WAITING, 0)
    assert len(box.calls) == 1
    assert str(audit.timeline(chat)[0].sentence).startswith("Webhook switched off: the other system")


def test_one_that_does_not_answer_does_not_hold_up_the_others(chat, box):
    dead = webhook("Nobody there")
    for _number in range(3):
        call(dead)
    alive = call(chat)

    assert webhooks.deliver() == 1

    assert alive.state is S.SENT
    assert sum(one.attempts for one in calls() if one.webhook_id == dead.id) == 1


def test_a_process_that_died_in_the_middle_of_a_call_leaves_it_to_the_next(chat, box):
    one = call(chat)
    assert delivery._claim(webhooks._Calls()) is not None

    assert webhooks.deliver() == 0
    with clock.at(MORNING + delivery.LEASE + timedelta(seconds=1)):
        assert webhooks.deliver() == 1

    assert [came.event for came in box.calls] == [one.event]


def test_what_an_older_process_says_of_a_call_that_is_not_its_own_any_more_is_not_written_down(chat, box):
    one = call(chat)
    old, _call = delivery._claim(webhooks._Calls())
    with clock.at(MORNING + delivery.LEASE + timedelta(seconds=1)):
        webhooks.deliver()
        old.fail("too late", for_good=True)

    assert (one.state, one.answer) == (S.SENT, "204 No Content")


def test_while_it_is_off_calls_wait(chat, box):
    admin = user(Role.ADMIN)
    call(chat)
    operations.webhooks.switch_off(admin, chat)
    db.session.commit()
    assert webhooks.deliver() == 0

    operations.webhooks.switch_on(admin, chat)
    db.session.commit()
    assert webhooks.deliver() == 1


def test_a_moody_receiver_gets_every_call_in_the_end(chat, box):
    events = {call(chat).event for _number in range(25)}
    box.be_moody(Random(20261123))
    moment = MORNING

    while any(one.state is S.WAITING for one in calls()):
        with clock.at(moment):
            webhooks.deliver()
        db.session.expire_all()
        moment += timedelta(minutes=10)

    assert {one.state for one in calls()} <= {S.SENT, S.FAILED}
    taken = {one.event for one in calls() if one.state is S.SENT}
    assert len(taken) >= 20
    assert {came.event for came in box.calls} == events
    assert set(box.moods) == {"good", "busy", "broken", "hung up"}
    assert all(one.attempts == 7 for one in calls() if one.state is S.FAILED)


def test_three_at_once_make_each_call_once(upgraded_database, tmp_path, box):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            chat = webhook(url=box.url)
            events = sorted(call(chat).event for _number in range(30))

        def deliver():
            # Each thread has a clock of its own.
            with clock.at(MORNING):
                return webhooks.deliver()

        counts = at_once(app, deliver, deliver, deliver)

        assert sum(counts) == 30, counts
        assert sorted(came.event for came in box.calls) == events


# What administrators do


def test_only_administrators_may_and_all_of_it_is_written_down(chat):
    admin, other = user(Role.ADMIN), user(Role.HR)
    deeds = [
        lambda who: operations.webhooks.add_webhook(who, None, name="New", url="http://127.0.0.1:9/"),
        lambda who: operations.webhooks.change_webhook(
            who, chat, name="Chat 2", url="http://127.0.0.1:9/secret"
        ),
        lambda who: operations.webhooks.switch_off(who, chat),
        lambda who: operations.webhooks.switch_on(who, chat),
        lambda who: operations.webhooks.rotate_secret(who, chat),
        lambda who: operations.webhooks.delete_webhook(who, chat),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed(other)
    before = chat.secret
    for deed in deeds:
        deed(admin)

    entries = db.session.scalars(
        sa.select(AuditEntry).where(AuditEntry.actor_id == admin.id).order_by(AuditEntry.id)
    ).all()
    assert [entry.action.removeprefix("system.") for entry in entries] == [
        "add_webhook",
        "change_webhook",
        "switch_off",
        "switch_on",
        "rotate_secret",
        "delete_webhook",
    ]
    kept = json.dumps([entry.changes for entry in entries])
    assert before.split()[0] not in kept
    assert "/secret" not in kept, "chats put their secret into the address"


def test_what_makes_no_sense_is_refused_in_words(chat):
    admin = user(Role.ADMIN)
    waiting = call(chat)
    with pytest.raises(NotPossible, match="waiting"):
        operations.webhooks.send_again(admin, waiting)
    with pytest.raises(NotPossible, match="on already"):
        operations.webhooks.switch_on(admin, chat)
    operations.webhooks.switch_off(admin, chat)
    with pytest.raises(NotPossible, match="off already"):
        operations.webhooks.switch_off(admin, chat)
    with pytest.raises(NotPossible, match="switch it on"):
        operations.webhooks.send_test(admin, chat, body="{}")
    with pytest.raises(NotAllowed):
        operations.webhooks.gone(admin, chat)


def test_what_failed_is_made_again_under_the_same_name(chat, box):
    one = call(chat, state=S.FAILED, attempts=7, answer="500")

    operations.webhooks.send_again(user(Role.ADMIN), one)
    assert webhooks.deliver() == 1

    assert [came.event for came in box.calls] == [one.event]
    assert (one.state, one.attempts) == (S.SENT, 1)


def test_with_a_new_secret_both_are_good_for_a_day(chat, box):
    old = chat.secret
    new = operations.webhooks.rotate_secret(user(Role.ADMIN), chat)

    for hours in (1, 25):
        call(chat)
        with later(hours=hours):
            webhooks.deliver()

    first, second = box.calls
    assert new == standard.current(chat.secret)
    assert first.signed_with(old, MORNING.timestamp() + 3600)
    assert first.signed_with(new, MORNING.timestamp() + 3600)
    assert not second.signed_with(old, MORNING.timestamp() + 25 * 3600)


def test_a_webhook_that_is_deleted_takes_its_calls_along(chat):
    call(chat)

    operations.webhooks.delete_webhook(user(Role.ADMIN), chat)
    db.session.commit()

    assert db.session.scalar(sa.select(sa.func.count(Webhook.id))) == 0
    assert calls() == []

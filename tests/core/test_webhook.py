"""Calls to other systems: signed so that they can be told from others, and never waited for too long."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from rmhr.core.mail import delivery, webhook
from tests.support.receiver import Receiver, drip, hang_up, receiver

pytestmark = pytest.mark.once

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def box():
    with receiver() as box:
        yield box


def post(box: Receiver, stored: str, body: str = '{"text": "Grüße"}', now: datetime = NOW) -> webhook.Answer:
    return webhook.post(box.url, webhook.headers(stored, "msg_1", body, now), body, inside=True)


def test_the_signature_is_the_one_of_the_standard_s_own_example():
    # https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    headers = webhook.headers(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        '{"test": 2432232314}',
        datetime.fromtimestamp(1614265330, UTC),
    )

    assert headers["webhook-id"] == "msg_p5jXN8AQM9LWM0D4loKWxJek"
    assert headers["webhook-timestamp"] == "1614265330"
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_call_arrives_as_it_was_signed(box):
    secret = webhook.new_secret()

    answer = post(box, secret)

    [call] = box.calls
    assert answer.well
    assert call.headers["content-type"] == "application/json"
    assert call.said == {"text": "Grüße"}
    assert call.signed_with(secret, NOW.timestamp())
    assert not call.signed_with(webhook.new_secret(), NOW.timestamp())
    assert not call.signed_with(secret, NOW.timestamp() + 301), "an old one that somebody sends again"


def test_for_a_day_the_secret_before_signs_as_well(box):
    old = webhook.new_secret()
    stored = webhook.rotated(old, NOW)
    new = webhook.current(stored)

    for hours in (0, 23.9, 24):
        post(box, stored, now=NOW + timedelta(hours=hours))

    moments = [NOW.timestamp() + 3600 * hours for hours in (0, 23.9, 24)]
    assert [call.signed_with(new, at) for call, at in zip(box.calls, moments, strict=True)] == [True] * 3
    assert [call.signed_with(old, at) for call, at in zip(box.calls, moments, strict=True)] == [
        True,
        True,
        False,
    ]
    assert webhook.both_until(stored, NOW) == NOW + timedelta(hours=24)
    assert webhook.both_until(stored, NOW + timedelta(hours=24)) is None


def test_a_second_new_secret_ends_the_first(box):
    old = webhook.new_secret()
    once = webhook.rotated(old, NOW)
    twice = webhook.rotated(once, NOW)

    post(box, twice)

    [call] = box.calls
    assert call.signed_with(webhook.current(once), NOW.timestamp())
    assert not call.signed_with(old, NOW.timestamp())


def test_a_redirect_is_an_answer_and_is_not_followed(box):
    with receiver() as elsewhere:
        box.answer((302, {"Location": elsewhere.url}, b""), (307, {"Location": elsewhere.url}, b""))

        answers = [post(box, webhook.new_secret()) for _time in range(2)]

    assert [(answer.status, answer.well) for answer in answers] == [(302, False), (307, False)]
    assert elsewhere.calls == []


def test_of_an_answer_its_status_is_kept_and_nothing_else(box):
    box.answer(
        (500, {"X-Secret": "hunter2"}, b"the key is hunter2" + b"x" * 5_000_000), (299, {}, b"hunter2")
    )

    assert [post(box, webhook.new_secret()).words for _time in range(2)] == [
        "500 Internal Server Error",
        "299",
    ]


def test_what_is_no_answer_of_a_web_server_is_not_repeated(box):
    def say(handler):
        handler.close_connection = True
        handler.wfile.write(b"SSH-2.0-OpenSSH_9.2p1 hunter2\r\n")

    box.answer(say)

    with pytest.raises(delivery.Unreachable) as refused:
        post(box, webhook.new_secret())
    assert "SSH" not in str(refused.value)


def test_who_hangs_up_or_is_not_there_cannot_be_reached(box):
    box.answer(hang_up)

    with pytest.raises(delivery.Unreachable):
        post(box, webhook.new_secret())
    with pytest.raises(delivery.Unreachable, match="refused"):
        webhook.post("http://127.0.0.1:9/", {}, "{}", inside=True)


def test_who_answers_a_byte_at_a_time_is_hung_up_on(box, monkeypatch):
    monkeypatch.setattr(webhook, "PATIENCE", 0.5)
    box.answer(drip(30))

    began = time.monotonic()
    with pytest.raises(delivery.Unreachable, match="no answer within"):
        post(box, webhook.new_secret())

    assert time.monotonic() - began < 10


def test_who_takes_the_call_and_says_nothing_is_hung_up_on(box, monkeypatch):
    monkeypatch.setattr(webhook, "PATIENCE", 0.3)
    box.answer(lambda _handler: time.sleep(1))

    with pytest.raises(delivery.Unreachable):
        post(box, webhook.new_secret())


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x/", "//x/", "http://", "x"]
)
def test_only_web_addresses_are_called(url):
    with pytest.raises(delivery.Unreachable):
        webhook.post(url, {}, "{}", inside=True)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/a b", "http://127.0.0.1:1/ä", "http://127.0.0.1:99999/"])
def test_an_address_that_cannot_be_said_is_no_crash(url):
    with pytest.raises(delivery.Unreachable):
        webhook.post(url, {}, "{}", inside=True)

"""Signing in and out: who comes in, who has to wait, when a session ends, where one lands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from rmhr.accounts import operations, passwords, queries
from rmhr.core import clock
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import FailedSignIn
from tests.factories import accounts as factories

PASSWORD = "quiet harbour 27"
TODAY = "/today"


@pytest.fixture
def lena(app: Any) -> Any:
    """Somebody with a password."""
    return factories.user(email="lena@bank.example", password_hash=passwords.hashed(PASSWORD))


def enter(client: Any, email: str = "lena@bank.example", password: str = PASSWORD, **more: Any) -> Any:
    """Send the sign-in form."""
    address = more.pop("address", "10.0.0.1")
    data = {"email": email, "password": password, **more}
    return client.post("/sign-in", data=data, environ_overrides={"REMOTE_ADDR": address})


def is_in(client: Any) -> bool:
    """Whether the client is signed in."""
    return client.get("/profile").status_code == 200


def test_the_right_password_opens_the_door(browser: Any, lena: Any) -> None:
    client = browser()
    answer = enter(client, email=" LENA@bank.example ")
    assert (answer.status_code, answer.location) == (303, TODAY)
    assert is_in(client)


def test_nothing_of_an_earlier_session_stays(browser: Any, lena: Any) -> None:
    client = browser()
    with client.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
    enter(client)
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert cookie.permanent


def test_a_wrong_password_says_so_and_keeps_the_address(browser: Any, lena: Any, session: Any) -> None:
    client = browser()
    answer = enter(client, password="guess number one", next="/goals/")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/goals/")
    page = client.get(answer.location).text
    assert "do not belong together" in page
    assert 'value="lena@bank.example"' in page
    assert 'value="/goals/"' in page
    assert "guess number one" not in page
    assert session.scalar(select(func.count(FailedSignIn.id))) == 1
    assert not is_in(client)


@pytest.mark.parametrize(
    "email", ["lena@bank.example", "nobody@bank.example", "gone@bank.example", "new@bank.example"]
)
def test_known_and_unknown_addresses_get_the_same_answer_with_the_same_effort(
    browser: Any, lena: Any, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    factories.user(
        email="gone@bank.example",
        password_hash=passwords.hashed(PASSWORD),
        left_on=clock.today() - timedelta(days=1),
    )
    factories.user(email="new@bank.example")  # has not opened the account
    checked: list[str] = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher,
        "verify",
        lambda self, stored, given: checked.append(stored) or verify(self, stored, given),
    )
    client = browser()
    answer = enter(client, email=email, password="wrong" if email.startswith("lena") else PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "do not belong together" in client.get("/sign-in").text
    assert len(checked) == 1
    assert checked[0].startswith("$argon2id$")


@pytest.mark.both
@pytest.mark.parametrize("email", ["lena@bank.example", "nobody@bank.example"])
def test_after_five_failures_one_has_to_wait_and_the_wait_grows(browser: Any, lena: Any, email: str) -> None:
    client, now = browser(), clock.now()
    with clock.at(now):
        for _ in range(5):
            assert enter(client, email=email, password="wrong").status_code == 303
        refused = enter(client, email=email)
        assert refused.status_code == 429
        assert refused.headers["Retry-After"] == "60"
        assert "Please wait 1 minute and" in refused.text
        assert f'value="{email}"' in refused.text
    for minutes in (2, 5, 15, 15):
        now += timedelta(minutes=16)
        with clock.at(now):
            assert enter(client, email=email, password="wrong").status_code == 303
            assert f"Please wait {minutes} minutes" in enter(client, email=email).text or minutes == 15


def test_the_right_password_works_after_the_wait_and_clears_the_count(
    browser: Any, lena: Any, session: Any
) -> None:
    client, now = browser(), clock.now()
    with clock.at(now):
        for _ in range(5):
            enter(client, password="wrong")
    with clock.at(now + timedelta(seconds=61)):
        assert enter(client).location == TODAY
    assert session.scalar(select(func.count(FailedSignIn.id))) == 0


def test_what_is_tried_while_waiting_does_not_prolong_the_wait(browser: Any, lena: Any, session: Any) -> None:
    client = browser()
    for _ in range(9):
        enter(client, password="wrong")
    assert session.scalar(select(func.count(FailedSignIn.id))) == 5


@pytest.mark.both
def test_where_many_fail_from_one_network_its_people_still_come_in(browser: Any, lena: Any) -> None:
    client = browser()
    for number in range(30):
        enter(client, email=f"somebody{number}@bank.example", address="2001:db8::1")
    there = "2001:db8::ffff"  # the same network
    assert enter(client, email="somebody3@bank.example", address=there).status_code == 429
    assert enter(client, password="wrong", address=there).status_code == 303
    assert enter(client, address=there).status_code == 429, "a second guess waits there"
    assert enter(client, address="2001:db8:0:1::1").location == TODAY

    other = factories.user(email="murat@bank.example", password_hash=passwords.hashed(PASSWORD))
    assert enter(browser(), email=other.email, address=there).location == TODAY


@pytest.mark.both
def test_whoever_guesses_from_many_networks_shuts_nobody_out(browser: Any, lena: Any) -> None:
    assert enter(browser(), address="10.0.0.1").location == TODAY
    for number in range(20):
        enter(browser(), password="wrong", address=f"10.1.{number}.1")

    assert enter(browser(), password="wrong", address="10.2.0.1").status_code == 429, "the account is guarded"
    assert enter(browser(), address="10.0.0.1").location == TODAY, (
        "and its owner comes in where they are known"
    )


def test_addresses_are_not_kept_in_plain_words(browser: Any, lena: Any, session: Any) -> None:
    enter(browser(), password="wrong")
    row = session.scalars(select(FailedSignIn)).one()
    assert "lena" not in row.account
    assert "10.0.0.1" not in row.address


@pytest.mark.both
def test_old_failures_are_thrown_away(browser: Any, lena: Any, session: Any) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        enter(browser(), password="wrong")
    enter(browser(), password="wrong")
    assert session.scalar(select(func.count(FailedSignIn.id))) == 1


def test_a_hash_of_older_parameters_is_renewed_and_the_session_goes_on(browser: Any, session: Any) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, hash_len=20).hash(PASSWORD)
    user = factories.user(email="lena@bank.example", password_hash=weak)
    key, other = user.session_key, browser(user)
    enter(browser())
    session.refresh(user)
    assert user.password_hash != weak
    assert passwords.fits(PASSWORD, user.password_hash)
    assert user.session_key == key
    assert is_in(other)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "evil.example",
        " /goals",
    ],
)
def test_nobody_is_sent_elsewhere(browser: Any, lena: Any, elsewhere: str) -> None:
    assert enter(browser(), next=elsewhere).location == TODAY


def test_one_lands_where_one_wanted_to_go(browser: Any, lena: Any) -> None:
    client = browser()
    asked = client.get("/people?q=anna")
    assert asked.location == "/sign-in?next=/people?q%3Danna"
    assert enter(client, next="/people?q=anna").location == "/people?q=anna"


def test_who_is_in_does_not_see_the_door(browser: Any, lena: Any) -> None:
    assert browser(lena).get("/sign-in?next=/profile").location == "/profile"


def test_an_empty_form_says_what_is_missing(browser: Any) -> None:
    answer = enter(browser(), email="", password="")
    assert answer.status_code == 422
    assert "Enter your e-mail address" in answer.text
    assert "Enter your password" in answer.text


def test_signing_out_ends_the_session(browser: Any, lena: Any) -> None:
    client = browser(lena)
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").location == "/sign-in"
    assert not is_in(client)


def test_a_copy_of_the_cookie_opens_nothing_after_signing_out(browser: Any, lena: Any) -> None:
    client, thief = browser(), browser()
    enter(client)
    with client.session_transaction() as cookie, thief.session_transaction() as copy:
        copy.update(cookie)
    assert is_in(thief)

    client.post("/sign-out")

    assert not is_in(thief)


def test_sessions_end_with_the_password_and_with_the_last_day(browser: Any, lena: Any) -> None:
    client = browser(lena)
    assert is_in(client)
    operations.access.choose_password(lena, lena, password="another quiet harbour")
    assert not is_in(client)
    client = browser(lena)
    with audit.acting(SYSTEM, "tests.arrange"):
        lena.left_on = clock.today()
    assert is_in(client)
    with clock.at(clock.now() + timedelta(days=1)):
        assert not is_in(client)


def test_the_first_page_leads_on(browser: Any, lena: Any) -> None:
    assert browser(lena).get("/").location == TODAY
    assert browser().get("/").location == "/careers/"


def test_waiting_is_for_the_longer_of_both(app: Any) -> None:
    assert queries.access.minutes_to_wait("a", "b") == 0

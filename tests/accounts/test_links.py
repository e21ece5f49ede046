"""Invitations, forgotten passwords and changing one's own: links that work once, passwords that will do."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from rmhr.accounts import operations, passwords, queries
from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.models.accounts import AccessLink, LinkPurpose, Role
from rmhr.reminders import unsubscribe
from tests.factories import accounts as factories
from tests.support.html import Html

GOOD = "seven quiet harbours"


def link_in(mail: Any) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https?://[^/\s]+(/password/\S+)", mail.text)
    assert found, mail.text
    return found[1]


def reset_for(browser: Any, mails: Any, user: Any) -> str:
    """Ask for a link and take it from the mail."""
    browser().post("/forgotten", data={"email": user.email})
    return link_in(mails()[-1])


def test_an_invitation_opens_the_account_once(browser: Any, mails: Any, session: Any) -> None:
    hr, user = factories.user(Role.HR), factories.user(language="de")
    operations.access.send_invitation(hr, user)
    mail = mails()[-1]
    assert (mail.kind, mail.to_address, mail.language) == ("accounts.invitation", user.email, "de")
    path = link_in(mail)
    assert path.removeprefix("/password/") not in session.scalars(select(AccessLink.digest)).one()

    first, second = browser(), browser()
    assert user.email in first.get(path).text
    assert second.get(path).status_code == 200  # a second tab
    answer = first.post(path, data={"password": GOOD})
    assert (answer.status_code, answer.location) == (303, "/today")
    assert first.get("/profile").status_code == 200
    late = second.post(path, data={"password": "eight other harbours"})
    assert late.status_code == 410
    assert "/forgotten" in late.text
    session.refresh(user)
    assert passwords.fits(GOOD, user.password_hash)
    assert second.get("/profile").status_code == 302


def test_two_at_the_same_moment_do_not_both_win(app: Any) -> None:
    user = factories.user()
    secret = operations.access.send_invitation(factories.user(Role.HR), user)
    assert operations.access.use_link(secret, GOOD) is user
    assert operations.access.use_link(secret, "eight other harbours") is None
    assert passwords.fits(GOOD, user.password_hash)


@pytest.mark.parametrize(
    ("purpose", "good_for"),
    [(LinkPurpose.INVITATION, timedelta(days=14)), (LinkPurpose.RESET, timedelta(minutes=60))],
)
def test_links_end(browser: Any, mails: Any, purpose: LinkPurpose, good_for: timedelta) -> None:
    user, now = factories.user(), clock.now()
    with clock.at(now):
        if purpose is LinkPurpose.INVITATION:
            operations.access.send_invitation(factories.user(Role.HR), user)
        else:
            operations.access.forget(user.email)
    path = link_in(mails()[-1])
    with clock.at(now + good_for - timedelta(seconds=1)):
        assert browser().get(path).status_code == 200
    with clock.at(now + good_for):
        page = browser().get(path)
        assert page.status_code == 410
        assert "no longer works" in page.text
        assert browser().post(path, data={"password": GOOD}).status_code == 410


def test_an_invitation_sent_twice_by_a_double_click_is_one(browser: Any, mails: Any) -> None:
    user, other = factories.user(), factories.user(Role.HR)
    client = browser(factories.user(Role.HR))
    for _click in range(2):
        assert client.post(f"/people/{user.id}/invitation").status_code == 303
    assert len(mails()) == 1

    browser(other).post(f"/people/{user.id}/invitation")
    with clock.at(clock.now() + timedelta(minutes=5)):
        client.post(f"/people/{user.id}/invitation")
    assert len(mails()) == 3


def test_a_new_invitation_makes_the_old_one_useless(app: Any) -> None:
    hr, user = factories.user(Role.HR), factories.user()
    old = operations.access.send_invitation(hr, user)
    new = operations.access.send_invitation(hr, user)
    assert queries.access.open_link(old) is None
    assert queries.access.open_link(new) is not None


def test_using_one_link_makes_all_others_useless(app: Any, mails: Any) -> None:
    user = factories.user(password_hash=passwords.hashed("before all this"))
    operations.access.forget(user.email)
    operations.access.forget(user.email)
    first, second = (link_in(mail).removeprefix("/password/") for mail in mails())
    operations.access.use_link(first, GOOD)
    assert queries.access.open_link(second) is None


def test_who_has_opened_the_account_is_not_invited_again(app: Any) -> None:
    user = factories.user(password_hash=passwords.hashed(GOOD))
    with pytest.raises(NotPossible):
        operations.access.send_invitation(factories.user(Role.HR), user)


def test_nobody_who_has_left_comes_in_by_a_link(app: Any) -> None:
    user = factories.user()
    secret = operations.access.send_invitation(factories.user(Role.HR), user)
    with clock.at(clock.now() + timedelta(days=2)):
        operations.people.leave(factories.user(Role.HR), user, on=clock.today() - timedelta(days=1))
        assert queries.access.open_link(secret) is None
        assert operations.access.use_link(secret, GOOD) is None


def test_forgotten_answers_the_same_for_everybody_and_writes_to_those_we_know(
    browser: Any, mails: Any
) -> None:
    user = factories.user()
    gone = factories.user(left_on=clock.today() - timedelta(days=3))
    pages = []
    for email in (user.email, gone.email, "nobody@bank.example"):
        client = browser()
        answer = client.post("/forgotten", data={"email": email})
        assert (answer.status_code, answer.location) == (303, "/forgotten/sent")
        pages.append(Html(client.get("/forgotten/sent")).words("body").replace(email, "…"))
    assert len(set(pages)) == 1
    assert [mail.to_address for mail in mails()] == [user.email]


def test_forgotten_works_as_hard_where_there_is_nobody(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from rmhr.core.mail import outbox

    written: list[str] = []
    compose = outbox.compose

    def count(notice: Any, *args: Any, **extra: Any) -> Any:
        written.append(notice.name)
        return compose(notice, *args, **extra)

    monkeypatch.setattr(outbox, "compose", count)
    user = factories.user()
    operations.access.forget(user.email)
    operations.access.forget("nobody@bank.example")
    assert written == ["accounts.reset", "accounts.reset"]


def test_nobody_is_flooded_with_links(app: Any, mails: Any) -> None:
    user = factories.user()
    for _ in range(10):
        operations.access.forget(user.email)
    assert len(mails()) == 3
    with clock.at(clock.now() + timedelta(minutes=61)):
        operations.access.forget(user.email)
    assert len(mails()) == 4


def test_an_address_that_is_none_is_said_to_be_none(browser: Any) -> None:
    answer = browser().post("/forgotten", data={"email": "lena@"})
    assert answer.status_code == 422
    assert "Enter a complete e-mail address" in answer.text
    assert 'value="lena@"' in answer.text


def test_a_new_password_ends_the_sessions_and_is_told(browser: Any, mails: Any, session: Any) -> None:
    user = factories.user(password_hash=passwords.hashed("before all this"))
    elsewhere = browser(user)
    path = reset_for(browser, mails, user)
    browser().post(path, data={"password": GOOD})
    assert elsewhere.get("/profile").status_code == 302
    assert mails()[-1].kind == "accounts.password_changed"
    assert session.scalar(select(func.count(AccessLink.id)).where(AccessLink.used_at.is_(None))) == 0


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "Enter a new password"),
        ("short", "at least 10 characters"),
        ("x" * 201, "at most 200"),
        ("aaaaaaaaaaaa", "repeats the same few"),
        ("1234567890", "row of the keyboard"),
        ("qwertyuiop", "row of the keyboard"),
        ("abcdefghijkl", "row of the keyboard"),
        ("Password2026!", "tried first"),
        ("p4$$w0rd1234", "tried first"),
        ("passwort-2026", "tried first"),
        ("Willkommen123", "tried first"),
        ("lena.brandt@bank.example", "your name"),
        ("LenaBrandt1990", "your name"),
        ("brandtlena!!", "your name"),
    ],
)
def test_a_weak_password_is_refused_with_a_way_out(browser: Any, mails: Any, password: str, why: str) -> None:
    user = factories.user(name="Lena Brandt", email="lena.brandt@bank.example")
    path = reset_for(browser, mails, user)
    answer = browser().post(path, data={"password": password})
    assert answer.status_code == 422
    assert why in answer.text
    if password:  # the address stands above the field, what was typed nowhere
        assert answer.text.count(password) == ("@" in password)


@pytest.mark.parametrize(
    "password", [GOOD, "Lena likes seven harbours", "xK3!vv9#pQw2", "größer als der Deich"]
)
def test_a_good_password_is_taken(app: Any, password: str) -> None:
    assert passwords.objection(password, name="Lena Brandt", email="lena.brandt@bank.example") is None


def test_changing_ones_own_password_asks_for_the_present_one(browser: Any, session: Any) -> None:
    user = factories.user(password_hash=passwords.hashed("before all this"))
    client, elsewhere = browser(user), browser(user)
    wrong = client.post("/profile/password", data={"present": "something else", "password": GOOD})
    assert wrong.location == "/profile/password"
    assert "present password is not right" in client.get("/profile/password").text
    session.refresh(user)
    assert not passwords.fits(GOOD, user.password_hash)
    right = client.post("/profile/password", data={"present": "before all this", "password": GOOD})
    assert right.location == "/profile"
    assert client.get("/profile").status_code == 200
    assert elsewhere.get("/profile").status_code == 302


def test_guessing_the_present_password_is_slowed_down_like_the_sign_in(browser: Any, session: Any) -> None:
    user = factories.user(password_hash=passwords.hashed("before all this"))
    client = browser(user)
    for _ in range(5):
        client.post("/profile/password", data={"present": "something else", "password": GOOD})
    client.get("/profile/password")
    client.post("/profile/password", data={"present": "before all this", "password": GOOD})
    assert "too many attempts" in client.get("/profile/password").text
    session.refresh(user)
    assert passwords.fits("before all this", user.password_hash)


def test_the_same_password_again_is_no_change(browser: Any) -> None:
    user = factories.user(password_hash=passwords.hashed("before all this"))
    data = {"present": "before all this", "password": "before all this"}
    answer = browser(user).post("/profile/password", data=data)
    assert answer.status_code == 422
    assert "Choose another one" in answer.text


def test_no_hash_and_no_secret_gets_into_the_history(app: Any, session: Any) -> None:
    from rmhr.models.system import AuditEntry

    user = factories.user()
    secret = operations.access.send_invitation(factories.user(Role.HR), user)
    operations.access.use_link(secret, GOOD)
    said = str(session.scalars(select(AuditEntry.changes)).all())
    assert "argon2" not in said
    assert user.session_key not in said


def corrected(hr: Any, user: Any, email: str) -> None:
    """HR gives somebody another address."""
    it = user.employee
    operations.people.change(
        hr, user, name=user.name, email=email, language=user.language, roles=user.roles, unit_id=it.unit_id,
        started_on=it.started_on, valid_from=clock.today(), job_title=it.job_title, rm_type=it.rm_type,
        level=it.level, supervisor_id=it.supervisor_id,
    )  # fmt: skip


@pytest.mark.both
def test_what_went_to_an_address_that_is_corrected_opens_nothing(browser: Any, mails: Any) -> None:
    hr = factories.user(Role.HR)
    user = factories.employee(user=factories.user(password_hash=passwords.hashed(GOOD))).user
    reset = reset_for(browser, mails, user)
    off = unsubscribe.token(user, ["performance.propose"])
    assert browser().get(reset).status_code == 200

    corrected(hr, user, "new.address@bank.example")

    assert browser().get(reset).status_code == 410
    assert unsubscribe.read(off) is None


def test_whoever_was_invited_at_the_old_address_is_invited_at_the_new_one(browser: Any, mails: Any) -> None:
    hr, user = factories.user(Role.HR), factories.employee().user
    operations.access.send_invitation(hr, user)
    old = link_in(mails()[-1])

    corrected(hr, user, "new.address@bank.example")

    assert browser().get(old).status_code == 410
    mail = mails()[-1]
    assert (mail.kind, mail.to_address) == ("accounts.invitation", "new.address@bank.example")
    assert browser().get(link_in(mail)).status_code == 200


def test_an_invitation_that_went_elsewhere_stays_good(browser: Any, mails: Any) -> None:
    hr, user = factories.user(Role.HR), factories.employee().user
    private = factories.user(email="private@example.org")
    operations.access.send_invitation(hr, user, to=private)
    link = link_in(mails()[-1])

    corrected(hr, user, "new.address@bank.example")

    assert browser().get(link).status_code == 200

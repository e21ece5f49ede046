"""What people choose about reminders; and the one click that ends mail of a kind."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from rmhr.accounts.policies import OWN
from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.due.sources import N_
from rmhr.core.errors import NotAllowed
from rmhr.core.mail import outbox
from rmhr.models.accounts import Role
from rmhr.models.reminders import MailFrequency, ReminderPreference
from rmhr.models.system import AuditEntry
from rmhr.reminders import operations, unsubscribe
from rmhr.system.views import secrets as letters
from tests.factories import save
from tests.factories.accounts import employee, unit, user
from tests.factories.reminders import message
from tests.support.due_things import NAME, goal, goals, only_goals, send_due
from tests.support.html import Html

MUST = "tests.must"


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    only_goals(monkeypatch, 0)
    monkeypatch.setattr(registry, "NEWS", registry.Registry("kinds of news"))
    sources.source(
        MUST,
        label=N_("Duties by law"),
        remind_on=(0,),
        text=N_("Reach “%(what)s”"),
        why=N_("Agreed with %(person)s"),
        verb=N_("Show"),
        endpoint="accounts.person",
        params={"id": "owner_id"},
        must=N_("The bank must be able to prove it"),
    )(lambda: goals().where(sa.false()))
    with clock.at(clock.moment(clock.today().replace(year=2026, month=11, day=23), 9)):
        yield


@pytest.fixture
def lena():
    return employee(user=user(name="Lena Brandt"), unit=unit(timezone="America/New_York")).user


def chosen(client, data):
    """Open the page, and send it with these answers."""
    return client.post("/reminders", data=data | {"seen": Html(client.get("/reminders")).value("seen")})


def choice(**given):
    return {"frequency": "daily", "hour": "8", "opens": "7", "closes": "18", "mailed": [NAME]} | given


def wish_of(person) -> ReminderPreference | None:
    return db.session.scalar(sa.select(ReminderPreference).where(ReminderPreference.user_id == person.id))


def test_what_holds_without_a_choice_is_shown_first(browser, lena):
    page = Html(browser(lena).get("/reminders"))

    assert (page.value("frequency"), page.value("closes")) == ("at_once", "19")
    assert "America/New York" in page.words()
    assert "Goals" in page.words()


def test_a_choice_is_kept_and_shown_again(browser, lena):
    client = browser(lena)

    assert chosen(client, choice(mailed=[])).location == "/reminders"

    wish = wish_of(lena)
    assert wish is not None
    assert (wish.frequency, wish.hour, wish.opens, wish.closes) == (MailFrequency.DAILY, 8, 7, 18)
    assert wish.silent == [NAME]
    page = Html(client.get("/reminders"))
    assert "Your choice is saved" in page.words("body")
    assert not page.all(f'[name=mailed][value="{NAME}"][checked]')
    chosen(client, choice(frequency="weekly"))
    db.session.expire_all()
    assert (wish.frequency, wish.silent) == (MailFrequency.WEEKLY, [])


def test_what_cannot_be_switched_off_is_ticked_locked_and_explained(browser, lena):
    client = browser(lena)
    page = Html(client.get("/reminders"))

    box = page.one("#mailed-tests-must[checked][disabled]")
    assert box.get("name") is None
    assert "Always by mail: The bank must be able to prove it" in page.words()
    chosen(client, choice(mailed=[]))
    wish = wish_of(lena)
    assert wish is not None
    assert MUST not in wish.silent


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"opens": "18", "closes": "7"}, "Choose an hour after 18:00"),
        ({"opens": "8", "closes": "8"}, "Choose an hour after 08:00"),
        ({"hour": "6"}, "Choose an hour between those in which you may be written to"),
        (
            {"hour": "18", "frequency": "weekly"},
            "Choose an hour between those in which you may be written to",
        ),
        ({"frequency": "hourly"}, "Not a valid choice"),
        ({"opens": "x"}, "Not a valid choice"),
        ({"mailed": ["no.such"]}, "Not a valid choice"),
    ],
)
def test_what_was_typed_is_kept_where_something_is_wrong(browser, lena, given, said):
    answer = chosen(browser(lena), choice(mailed=[]) | given)

    assert answer.status_code == 422
    assert said in answer.text
    assert not Html(answer).all(f'[name=mailed][value="{NAME}"][checked]')
    assert wish_of(lena) is None


def test_the_hour_of_the_one_mail_does_not_matter_to_who_wants_them_as_they_come(browser, lena):
    assert chosen(browser(lena), choice(frequency="at_once", hour="3")).status_code == 303


def test_kinds_that_concern_one_stand_first(browser, lena):
    def first(person) -> str:
        return browser(person).get("/reminders").text.split('<details class="section__body"')[0]

    assert NAME not in first(lena)
    goal(lena, 0)
    assert NAME in first(lena)


def test_chat_is_asked_about_only_where_the_bank_has_one(browser, lena):
    from rmhr.models.system import Webhook

    client = browser(lena)
    assert "chat" not in client.get("/reminders").text
    chosen(client, choice(chat="y"))
    assert wish_of(lena).chat is False
    save(Webhook(name="Chat", url="https://chat.example/x", secret="whsec_eA==", active=True))

    assert "Also in the bank’s chat" in client.get("/reminders").text
    chosen(client, choice(chat="y"))
    db.session.expire_all()
    assert wish_of(lena).chat is True


def test_the_choice_decides_what_is_mailed(lena, mails):
    goal(lena, 0)
    operations.preferences.choose(
        lena, lena, frequency=MailFrequency.AT_ONCE, hour=7, opens=7, closes=19, mailed=[]
    )

    send_due(clock.today())

    assert [str(mail.state.label) for mail in mails()] == ["In the inbox only"]


def test_nobody_chooses_for_others(lena):
    assert not OWN(user(Role.HR), lena)
    with pytest.raises(NotAllowed):
        operations.preferences.silence(user(Role.HR), lena, kinds=[NAME])


# One click in a mail.


def reminded(person, mails):
    goal(person, 0)
    send_due(clock.today())
    db.session.commit()
    return mails()[-1]


def token_of(mail) -> str:
    return mail.unsubscribe.split("/unsubscribe/")[1].split("?")[0]


def test_a_reminder_names_the_place_where_one_click_ends_it(lena, mails, app):
    mail = reminded(lena, mails)

    assert mail.unsubscribe.startswith(f"{app.config['PUBLIC_URL']}/unsubscribe/")
    assert mail.unsubscribe.endswith("?lang=en")
    assert unsubscribe.read(token_of(mail)) == (lena.id, [NAME])
    sent = outbox.mime(mail, "bank@bank.example", "Bank")
    assert sent["List-Unsubscribe"] == f"<{mail.unsubscribe}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    lines = sent.as_bytes().decode().splitlines()
    assert f"List-Unsubscribe: <{mail.unsubscribe}>" in lines, "in one piece"


def test_what_cannot_be_switched_off_offers_no_click(lena, mails, monkeypatch):
    source = registry.SOURCES[NAME]
    monkeypatch.setitem(registry.SOURCES, NAME, type(source)(**{**vars(source), "must": "By law"}))

    mail = reminded(lena, mails)

    assert mail.unsubscribe == ""
    assert outbox.mime(mail, "bank@bank.example", "Bank")["List-Unsubscribe"] is None


def test_other_mail_offers_no_click():
    assert outbox.mime(message(user()), "b@bank.example", "Bank")["List-Unsubscribe-Post"] is None


def test_the_link_asks_first_and_changes_nothing(browser, lena, mails):
    token = token_of(reminded(lena, mails))

    page = browser().get(f"/unsubscribe/{token}")

    assert page.status_code == 200
    assert "No more mail about this?" in page.text
    assert "Goals" in page.text
    assert "Lena" not in page.text
    assert wish_of(lena) is None


def test_a_post_without_session_or_token_switches_it_off_as_rfc_8058_has_it(
    browser, lena, mails, app, monkeypatch
):
    monkeypatch.setitem(app.config, "CSRF_ENABLED", True)
    token = token_of(reminded(lena, mails))

    answer = browser().post(f"/unsubscribe/{token}", data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200, "no redirect: mail programs do not follow any"
    assert "Switched off" in answer.text
    assert wish_of(lena).silent == [NAME]
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.actor_id) == ("reminders.silence", lena.id)
    assert browser().post(f"/unsubscribe/{token}").status_code == 200, "a second time is fine"
    db.session.expire_all()
    assert wish_of(lena).silent == [NAME]


def test_the_page_speaks_the_language_of_the_mail(browser, mails):
    mail = reminded(user(language="de"), mails)

    assert mail.unsubscribe.endswith("?lang=de")
    assert "Keine E-Mails mehr dazu?" in browser().get(f"/unsubscribe/{token_of(mail)}?lang=de").text


@pytest.mark.parametrize("token", ["x", "WzEsWyJ0ZXN0cy5nb2FsIl1d.forged", "a.b.c", "ü", "." * 300])
def test_a_token_that_is_not_ours_is_refused_kindly(browser, token):
    for method in ("GET", "POST"):
        answer = browser().open(f"/unsubscribe/{token}", method=method)
        assert answer.status_code == 404
        assert "This link does not work" in answer.text


def test_a_signature_for_something_else_is_none_here(browser, app, lena):
    from itsdangerous import URLSafeSerializer

    other = URLSafeSerializer(app.config["SECRET_KEY"], salt="something else").dumps([lena.id, [NAME]])

    assert browser().post(f"/unsubscribe/{other}").status_code == 404


def test_whoever_has_left_and_what_must_be_mailed_cannot_be_switched_off(browser, lena):
    gone = user(left_on=clock.today().replace(day=1))
    for token in (unsubscribe.token(gone, [NAME]), unsubscribe.token(lena, [MUST])):
        assert browser().post(f"/unsubscribe/{token}").status_code == 404
    both = unsubscribe.token(lena, [NAME, MUST, "no.such"])
    browser().post(f"/unsubscribe/{both}")
    assert wish_of(lena).silent == [NAME]


def test_the_token_is_written_into_no_log_and_shown_to_no_administrator(
    app, browser, lena, caplog, monkeypatch
):
    token = unsubscribe.token(lena, [NAME])
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:9")

    with caplog.at_level("INFO"):
        browser().get(f"/unsubscribe/{token}")

    assert token not in caplog.text
    address = f"{app.config['PUBLIC_URL']}/unsubscribe/{token}?lang=en"
    assert token not in letters.shown(f"Click {address} now")
    assert "Click" in letters.shown(f"Click {address} now")


def test_what_was_switched_off_in_a_mail_meanwhile_is_not_switched_on_by_an_older_page(browser, session):
    lena = user()
    client = browser(lena)
    optional = [name for name, source in registry.SOURCES.items() if not source.must]
    name, old = optional[0], choice(mailed=optional)
    old["seen"] = Html(client.get("/reminders")).value("seen")
    operations.preferences.silence(lena, lena, kinds=[name])
    session.commit()

    answer = client.post("/reminders", data=old)

    assert answer.status_code == 409
    assert "Somebody else has saved this since you opened it" in answer.text
    [wish] = session.scalars(sa.select(ReminderPreference))
    assert wish.silent == [name]
    assert client.post("/reminders", data=old | {"seen": Html(answer).value("seen")}).status_code == 303
    assert wish.silent == []

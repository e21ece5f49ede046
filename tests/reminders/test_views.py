"""Today for everybody; mail for those who look after the system."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from jinja2 import ChoiceLoader, DictLoader
from werkzeug.routing import AnyConverter

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.models.accounts import Role, Theme
from rmhr.models.system import Message, MessageStatus
from rmhr.system.views import secrets as letters
from rmhr.today.views.today import greeting
from rmhr.web import panels
from rmhr.web.panels import Panel, Slot
from tests.factories.accounts import employee, unit, user
from tests.pages import MOST
from tests.support.due_things import goal, only_goals
from tests.support.html import Html, words

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
S = MessageStatus
#: Those of the product; the tests have their own.
EVERY_SOURCE = registry.SOURCES


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    only_goals(monkeypatch)
    # What other stages put there is their tests' matter.
    monkeypatch.setattr(registry, "PANELS", registry.Registry("panels"))
    with clock.at(clock.moment(MONDAY, 9)):
        yield


@pytest.fixture
def lena():
    """An RM in the fourth week."""
    boss = user(Role.SUPERVISOR, name="Tomas Lind", email="tomas.lind@bank.example")
    return employee(
        user=user(name="Lena Brandt"),
        supervisor=boss,
        unit=unit(name="Hamburg-Altona"),
        started_on=date(2026, 11, 3),
    ).user


@pytest.fixture
def nils():
    return user(Role.ADMIN, name="Nils Ohlsen")


# Today


def test_today_greets_and_says_which_day_it_is(browser, lena):
    page = words(browser(lena).get("/today"))

    assert page.startswith("Good morning, Lena")
    assert "Monday 23 November" in page
    assert "Day 21 with us" in page
    assert "Private clients, Hamburg-Altona" in page


@pytest.mark.parametrize(
    ("wall_clock", "said"),
    [
        ("2026-11-23T00:00", "Good morning, Lena"),
        ("2026-11-23T10:59", "Good morning, Lena"),
        ("2026-11-23T11:00", "Good afternoon, Lena"),
        ("2026-11-23T17:59", "Good afternoon, Lena"),
        ("2026-11-23T18:00", "Good evening, Lena"),
        # Five past seven in the evening of the day on which the clocks have changed.
        ("2027-03-28T18:05", "Good evening, Lena"),
    ],
)
def test_the_greeting_goes_by_the_bank_s_clock(app, wall_clock, said):
    with clock.at(datetime.fromisoformat(wall_clock).replace(tzinfo=BERLIN)):
        assert greeting("Lena") == said


def test_today_shows_the_next_step_and_the_rest_by_urgency(browser, lena):
    goal(lena, MONDAY + timedelta(days=20), "Far")
    goal(lena, MONDAY + timedelta(days=6), "Sunday")
    goal(lena, MONDAY + timedelta(days=7), "Next Monday")
    goal(lena, MONDAY, "Now")
    goal(lena, MONDAY - timedelta(days=3), "Late")
    goal(lena, MONDAY - timedelta(days=7), "Latest")

    page = words(browser(lena).get("/today"))

    places = [
        "Next step",
        "Latest",
        "Late 1",
        "“Late”",
        "Today 1",
        "Now",
        "This week 1",
        "Sunday",
        "Later 2",
        "Next Monday",
        "Far",
    ]
    found = [page.index(each) for each in places]
    assert found == sorted(found), page
    assert "7 days late" in page
    assert page.count("“Latest”") == 1, "the next step is not repeated in the list"
    assert "Agreed with Tomas Lind" in page


def test_today_looks_thirty_days_ahead_and_says_how_much_there_is_beyond(browser, lena):
    goal(lena, MONDAY + timedelta(days=30), "Within")
    goal(lena, MONDAY + timedelta(days=31), "Beyond")

    page = browser(lena).get("/today")
    everything = browser(lena).get("/today?later=1")

    assert "Within" in page.text
    assert "Beyond" not in page.text
    assert "One more thing is due later than that" in page.text
    assert "Beyond" in everything.text
    assert "later than that" not in everything.text


@pytest.mark.parametrize("role", list(Role))
def test_today_of_every_role_says_what_will_appear_where_nothing_is_owed(browser, role):
    page = browser(user(role)).get("/today")

    assert page.status_code == 200
    assert "Nothing due." in page.text
    assert len(Html(page).words(".empty__title + p")) >= 20


def test_the_bar_counts_what_is_late_and_due_today(browser, lena):
    for days in (-1, 0, 1):
        goal(lena, MONDAY + timedelta(days=days))

    assert set(Html(browser(lena).get("/today")).texts(".bar__count")) == {"2"}


def test_today_shows_nothing_of_anybody_else(browser, lena):
    goal(user(), MONDAY, "Somebody else’s")

    assert "Somebody else" not in browser(lena).get("/today").text


def test_today_costs_the_same_however_many_sources_there_are(browser, lena, max_queries, monkeypatch):
    client = browser(lena)
    client.get("/today")
    with max_queries(60) as few:
        client.get("/today")
    [source] = registry.SOURCES.values()
    for number in range(40):
        registry.SOURCES[f"tests.more{number}"] = source

    with max_queries(len(few)):
        client.get("/today")


def test_a_supervisor_sees_what_the_team_is_late_with_and_by_whom(browser, lena):
    boss = lena.employee.supervisor
    goal(lena, MONDAY - timedelta(days=2), "Tax details")
    goal(lena, MONDAY, "Not late yet")
    goal(user(), MONDAY - timedelta(days=9), "Another team’s")

    answer = browser(boss).get("/today")
    page = words(answer)

    assert "Late in my team 1" in page
    assert "“Tax details”" in page
    assert "Lena Brandt" in page
    assert f'href="/people/{lena.id}"' in answer.text
    assert "Not late yet" not in page
    assert "Another team" not in page
    assert "Late in my team" not in browser(lena).get("/today").text


def test_an_rm_sees_who_is_there_for_them(browser, lena):
    @panels.panel(Slot.TODAY_PEOPLE, order=1)
    def mentor(_viewer, _subject):
        return Panel("", {"people": [{"name": "Ilse Petersen", "note": "Mentor", "email": "i@bank.example"}]})

    answer = browser(lena).get("/today")

    assert re.search(
        r"Your contacts .*Tomas Lind Supervisor Write .*Ilse Petersen Mentor Write", words(answer)
    )
    assert 'href="mailto:tomas.lind@bank.example"' in answer.text


def test_other_stages_put_their_pieces_above_and_beside_the_list(browser, lena, app, monkeypatch):
    pieces = DictLoader({"above.html": "<p>Above {{ it.name }}</p>", "beside.html": "<p>Beside</p>"})
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([pieces, app.jinja_env.loader]))
    panels.panel(Slot.TODAY_HEAD, order=1)(
        lambda viewer, _subject: Panel("above.html", {"name": viewer.name})
    )
    panels.panel(Slot.TODAY_SIDE, order=1)(lambda _viewer, _subject: Panel("beside.html"))

    page = words(browser(lena).get("/today"))

    assert page.index("Above Lena Brandt") < page.index("Nothing due.") < page.index("Beside")


def test_today_speaks_german(browser):
    murat = user(name="Murat Yılmaz", language="de")
    goal(murat, MONDAY - timedelta(days=3), "Zehn Kunden")
    goal(murat, MONDAY, "Noch zehn")

    page = words(browser(murat).get("/today"))

    assert page.startswith("Guten Morgen, Murat")
    assert "Montag, 23. November" in page
    assert "3 Tage verspätet" in page
    assert "Heute 1" in page


def test_what_stands_in_a_goal_is_no_markup(browser, lena):
    goal(lena, MONDAY, "<img src=x onerror=alert(1)>")

    assert "<img src=x" not in browser(lena).get("/today").text


# Who may come in


def test_a_stranger_is_asked_to_sign_in(browser):
    answer = browser().get("/today")

    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]


# Mail


def letter(**given) -> Message:
    """A mail that was kept."""
    defaults = {
        "kind": "applications.received",
        "to_address": "nora@example.org",
        "to_name": "Nora Lindemann",
        "language": "en",
        "subject": "We have your application",
        "text": "Dear Nora\n",
        "html": "<!doctype html><html><head><title>x</title></head><body><p>Dear Nora</p></body></html>",
        "message_id": f"<{db.session.query(Message).count()}@bank.example>",
        "state": S.KEPT,
    }
    row = Message(**defaults | given)
    db.session.add(row)
    db.session.commit()
    return row


def test_the_mail_page_says_who_was_written_what_and_what_became_of_it(browser, nils):
    letter()
    letter(to_name="Jörg <b>", subject="100 % sure", state=S.FAILED, kind="offers.sent")

    answer = browser(nils).get("/admin/mail")
    page = words(answer)

    assert (
        "Nora Lindemann nora@example.org We have your application Application Today, 09:00 Kept, not sent"
        in page
    )
    assert "Jörg &lt;b&gt;" in answer.text
    assert "Could not be sent" in page
    assert "There is no mail server" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("q=nora", 2),
        ("q=100+%25", 1),
        ("q=_", 0),
        ("state=failed", 1),
        ("kind=offers", 1),
        ("kind=nonsense", 3),
    ],
)
def test_mails_are_found_by_person_subject_state_and_kind(browser, nils, query, count):
    letter()
    letter(
        to_name="Jörg", to_address="j@example.org", subject="100 % sure", state=S.FAILED, kind="offers.sent"
    )
    letter(subject="Reminder", kind="offersomething.x")

    page = browser(nils).get(f"/admin/mail?{query}").text

    assert page.count('class="table__name"') == count
    assert ("No results." in page) == (count == 0)


def test_the_mail_list_does_not_read_what_the_mails_say(browser, nils, max_queries):
    for _number in range(30):
        letter()
    with max_queries(MOST) as asked:
        browser(nils).get("/admin/mail")

    assert not [statement for statement in asked if "message.html" in statement]


def test_one_mail_shows_its_text_its_look_and_its_calendar_entry(browser, nils):
    it = letter(calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", calendar_method="REQUEST")
    client = browser(nils)

    look = client.get(f"/admin/mail/{it.id}")
    text = client.get(f"/admin/mail/{it.id}?view=text")
    entry = client.get(f"/admin/mail/{it.id}?view=calendar")
    file = client.get(f"/admin/mail/{it.id}/invite.ics")

    assert Html(look).one("iframe[sandbox]").get("src") == f"/admin/mail/{it.id}/html"
    assert "Dear Nora" in text.text
    assert "BEGIN:VCALENDAR" in entry.text
    assert file.data == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    assert file.mimetype == "text/calendar"
    assert "attachment" in file.headers["Content-Disposition"]
    assert client.get(f"/admin/mail/{letter().id}/invite.ics").status_code == 404
    assert client.get("/admin/mail/999").status_code == 404


def test_a_mail_s_html_can_do_nothing_and_be_shown_nowhere_else(browser, nils):
    it = letter(html="<!doctype html><html><head></head><body><script>alert(1)</script></body></html>")

    answer = browser(nils).get(f"/admin/mail/{it.id}/html")

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert re.search(r"sandbox\b", policy)
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = browser(nils).get(f"/admin/mail/{it.id}")
    assert page.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def secret_letter(app, **given) -> Message:
    own = app.config["PUBLIC_URL"]
    link = f"{own}/password/aBcDeF"
    other = f"{own}/old/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4"
    body = f'<a href="{link}">Set a password</a> <a href="{other}">Old</a> <a href="{own}/today">Today</a>'
    return letter(
        text=f"Set a password: {link}\nOld: {other}\nToday: {own}/today\nhttps://elsewhere.example/password/aBcD",
        html=f"<!doctype html><html><head></head><body>{body}</body></html>",
        **given,
    )


def test_where_mail_is_only_kept_its_links_can_be_followed(app, browser, nils, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", None)
    it = secret_letter(app)

    text = browser(nils).get(f"/admin/mail/{it.id}?view=text").text
    html = browser(nils).get(f"/admin/mail/{it.id}/html")

    assert "/password/aBcDeF" in text
    assert '<base target="_top">' in html.text
    assert "allow-top-navigation-by-user-activation" in html.headers["Content-Security-Policy"]


def test_where_mail_is_sent_private_links_are_the_recipient_s_alone(app, browser, nils, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:9")
    it = secret_letter(app)
    client = browser(nils)

    page = client.get(f"/admin/mail/{it.id}?view=text").text
    html = client.get(f"/admin/mail/{it.id}/html")

    for said in (page, html.text):
        assert "aBcDeF" not in said
        assert "Zm9vYmFy" not in said
        assert f"/password/{letters.HIDDEN}" in said
        assert "/today" in said
    assert "https://elsewhere.example/password/aBcD" in page
    assert "Private links are hidden" in page
    assert html.headers["Content-Security-Policy"].endswith("sandbox")


def test_a_mail_that_failed_is_sent_again_and_others_are_not(app, browser, nils, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://127.0.0.1:9")
    failed = letter(state=S.FAILED, attempts=7, error="550 No such person")
    sent = letter(state=S.SENT, sent_at=clock.now())
    client = browser(nils)

    page = client.get(f"/admin/mail/{failed.id}").text
    assert "550 No such person" in page
    assert "Send again" in page
    assert "Send again" not in client.get(f"/admin/mail/{sent.id}").text
    answer = client.post(f"/admin/mail/{failed.id}/resend", follow_redirects=True)

    assert "The mail will be sent again" in answer.text
    assert (failed.state, failed.attempts) == (S.WAITING, 0)
    assert client.post(f"/admin/mail/{sent.id}/resend").status_code == 409
    assert sent.state is S.SENT


def test_without_a_mail_server_nothing_is_sent_again(browser, nils):
    failed = letter(state=S.FAILED)

    assert browser(nils).post(f"/admin/mail/{failed.id}/resend").status_code == 409
    assert failed.state is S.FAILED


# Every real source


def test_every_source_of_the_product_leads_to_a_page_and_knows_its_words(app):
    adapter = app.url_map.bind("localhost")
    assert EVERY_SOURCE, "the stages declare what is owed"
    for name, source in EVERY_SOURCE.items():
        columns = set(source.kinds)
        assert {"subject_id", "owner_id", "due_on"} <= columns, name
        assert set(source.params.values()) <= columns, f"{name}: its address needs another column"
        rule = next(app.url_map.iter_rules(source.endpoint))
        chosen = {
            key: next(iter(converter.items)) if isinstance(converter, AnyConverter) else 1
            for key, converter in rule._converters.items()
        }
        assert adapter.build(source.endpoint, {key: chosen.get(key, 1) for key in source.params}), name
        for sentence in (source.text, source.why):
            asked = set(re.findall(r"%\((\w+)\)s", sentence))
            assert asked <= columns, f"{name}: {sentence!r} names {asked - columns}"


def test_the_theme_of_a_person_reaches_today(browser, nils):
    assert 'data-bs-theme="dark"' in browser(user(theme=Theme.DARK)).get("/today").text

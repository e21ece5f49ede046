"""The calendar feed: what stands in it, how two parsers read it, and who gets it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import vobject
from icalendar import Calendar

from rmhr.accounts import operations as accounts
from rmhr.core import clock, registry
from rmhr.core.db import UTCDateTime, db
from rmhr.core.digests import digest
from rmhr.core.due import sources
from rmhr.core.due.sources import N_
from rmhr.core.errors import NotAllowed
from rmhr.models.accounts import Role
from rmhr.models.applications import AttemptKind
from rmhr.models.performance import Goal
from rmhr.models.reminders import MailFrequency
from rmhr.models.today import CalendarFeed, Snooze
from rmhr.reminders import operations
from rmhr.today import operations as today_operations
from rmhr.web import attempts
from tests.factories import save
from tests.factories.accounts import user
from tests.support.due_things import NAME, goal, goals, only_goals

MONDAY = date(2026, 11, 23)
MEETING = "tests.meeting"
STARTS = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    only_goals(monkeypatch)
    with clock.at(clock.moment(MONDAY, 9)):
        yield


@pytest.fixture
def lena():
    return user(name="Lena Brandt")


@pytest.fixture
def feed(browser, lena):
    """`feed()` is the answer at Lena's address; `feed(**headers)` with these."""
    secret = today_operations.feed.make_feed(lena, lena)
    client = browser()
    return lambda **headers: client.get(f"/calendar/{secret}.ics", headers=headers)


def events(answer) -> list:
    return list(Calendar.from_ical(answer.data).walk("VEVENT"))


def meetings(monkeypatch) -> None:
    """Goals called "Meet …" take place at a time of day."""

    def find():
        starts, ends = (sa.literal(STARTS + timedelta(hours=each), UTCDateTime()) for each in (0, 1))
        return goals().add_columns(starts.label("starts_at"), ends.label("ends_at"))

    monkeypatch.setattr(registry, "SOURCES", registry.Registry("due sources"))
    sources.source(
        MEETING,
        label=N_("Meetings"),
        remind_on=(0,),
        text=N_("Meet about “%(what)s”"),
        why=N_("Agreed with %(person)s"),
        verb=N_("Show"),
        endpoint="accounts.person",
        params={"id": "owner_id"},
    )(find)


def test_what_is_owed_stands_there_as_whole_days(feed, lena, app):
    it = goal(lena, MONDAY + timedelta(days=2), "Ten; new, clients\\")

    answer = feed()

    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"].startswith("private")
    [event] = events(answer)
    assert event.decoded("dtstart") == date(2026, 11, 25)
    assert event.decoded("dtend") == date(2026, 11, 26)
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["SUMMARY"] == "Reach “Ten; new, clients\\”"
    url = f"{app.config['PUBLIC_URL']}/people/{lena.id}"
    assert event["DESCRIPTION"] == f"Agreed with Tomas Lind\n{url}"
    assert event["URL"] == url
    assert event["UID"].startswith(f"{NAME}-{it.id}-{lena.id}@")
    [alarm] = event.walk("VALARM")
    assert (alarm["ACTION"], alarm.decoded("trigger")) == ("DISPLAY", timedelta(hours=7))


def test_the_file_is_as_the_standard_wants_it(feed, lena):
    goal(lena, 0, "Ein sehr langes Ziel mit vielen Wörtern – „über“ 李小龍 🙂 " * 4)

    raw = feed().data

    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    text = raw.decode().replace("\r\n ", "")
    assert "X-WR-CALNAME:Nordhaven Bank: what is due" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text
    assert "METHOD:PUBLISH" in text


def test_another_parser_reads_the_same(feed, lena, monkeypatch):
    meetings(monkeypatch)
    words = "Grüße; a, b\\n “x” " * 8
    goal(lena, MONDAY + timedelta(days=1), words)

    raw = feed().data

    theirs = vobject.readOne(raw.decode())
    [ours] = Calendar.from_ical(raw).walk("VEVENT")
    [event] = theirs.vevent_list
    assert event.summary.value == str(ours["SUMMARY"])
    assert event.description.value == str(ours["DESCRIPTION"])
    assert event.uid.value == str(ours["UID"])
    assert event.dtstart.value == ours.decoded("dtstart") == STARTS
    assert event.valarm.trigger.value == timedelta(minutes=-15)
    again = Calendar.from_ical(Calendar.from_ical(raw).to_ical())
    assert again == Calendar.from_ical(raw)


def test_what_takes_place_at_a_time_stands_at_that_time(feed, lena, monkeypatch):
    meetings(monkeypatch)
    goal(lena, MONDAY + timedelta(days=1), "Kiel")

    answer = feed()

    [event] = events(answer)
    assert event.decoded("dtstart") == STARTS
    assert event.decoded("dtend") == STARTS + timedelta(hours=1)
    assert event["TRANSP"] == "OPAQUE"
    assert b"DTSTART:20261124T130000Z" in answer.data


def test_what_is_late_says_so_and_what_was_put_off_stands_on_its_new_day(feed, lena):
    late = goal(lena, MONDAY - timedelta(days=3), "Late one")
    moved = goal(lena, MONDAY - timedelta(days=1), "Put off")
    until = MONDAY + timedelta(days=4)
    save(
        Snooze(
            owner_id=lena.id,
            source=NAME,
            subject_id=moved.id,
            due_on=moved.due_on,
            made_on=MONDAY,
            until=until,
        )
    )

    found = {str(event["SUMMARY"]): event.decoded("dtstart") for event in events(feed())}

    assert found == {"Late: Reach “Late one”": late.due_on, "Reach “Put off”": until}


def test_a_date_that_moves_moves_the_event_and_does_not_double_it(feed, lena):
    it = goal(lena, 3)
    [before] = events(feed())
    table = Goal.__table__
    db.session.execute(sa.update(table).where(table.c.id == it.id).values(due_on=MONDAY + timedelta(days=9)))

    [after] = events(feed())

    assert after["UID"] == before["UID"]
    assert after.decoded("dtstart") == MONDAY + timedelta(days=9)


def test_the_calendar_speaks_its_owner_s_language_whoever_asks(browser):
    murat = user(language="de")
    goal(murat, -1, "Zehn")
    secret = today_operations.feed.make_feed(murat, murat)

    text = browser(language="en").get(f"/calendar/{secret}.ics").text

    assert "SUMMARY:Verspätet: " in text
    assert "was fällig ist" in text


def test_the_alarm_rings_at_the_hour_of_the_one_mail(feed, lena):
    operations.preferences.choose(
        lena, lena, frequency=MailFrequency.DAILY, hour=9, opens=8, closes=17, mailed=[]
    )
    goal(lena, 0)

    [event] = events(feed())

    assert event.walk("VALARM")[0].decoded("trigger") == timedelta(hours=9)


def test_what_has_not_changed_is_not_sent_again(feed, lena):
    goal(lena, 0)
    first = feed()

    again = feed(**{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    with clock.at(clock.moment(MONDAY, 16)):
        assert feed().headers["ETag"] == first.headers["ETag"]

    goal(lena, 1)
    assert feed(**{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_address_is_shown_once_and_only_its_digest_is_kept(browser, lena, app):
    client = browser(lena)

    page = client.post("/reminders/calendar").text

    address = page[page.index(app.config["PUBLIC_URL"] + "/calendar/") :].split('"')[0]
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(secret) == 43, "256 bits"
    kept = db.session.scalars(sa.select(CalendarFeed)).one()
    assert kept.digest == digest(secret)
    assert secret not in client.get("/reminders").text
    assert "It was shown once" in client.get("/reminders").text
    assert browser().get(f"/calendar/{secret}.ics").status_code == 200


def test_a_new_address_ends_the_old_one_and_switching_off_ends_both(browser, lena):
    old = today_operations.feed.make_feed(lena, lena)
    client = browser(lena)
    assert "Make a new address?" in client.get("/reminders/calendar/replace").text
    assert browser().get(f"/calendar/{old}.ics").status_code == 200

    new = today_operations.feed.make_feed(lena, lena)

    assert browser().get(f"/calendar/{old}.ics").status_code == 404
    assert browser().get(f"/calendar/{new}.ics").status_code == 200
    assert "Switch off" in client.get("/reminders/calendar/off").text
    assert client.post("/reminders/calendar/off").location == "/reminders"
    assert browser().get(f"/calendar/{new}.ics").status_code == 404
    assert client.post("/reminders/calendar/off").status_code == 303


def test_nobody_makes_an_address_for_others(lena):
    with pytest.raises(NotAllowed):
        today_operations.feed.make_feed(user(Role.HR), lena)


def test_strangers_and_those_who_left_get_nothing(browser, lena, session):
    secret = today_operations.feed.make_feed(lena, lena)
    for wrong in ("x", secret[:-1], secret.swapcase(), digest(secret)):
        assert browser().get(f"/calendar/{wrong}.ics").status_code == 404
    accounts.people.leave(user(Role.HR), lena, on=MONDAY - timedelta(days=1))
    assert browser().get(f"/calendar/{secret}.ics").status_code == 404


def test_who_tries_one_address_after_the_other_has_to_wait_and_others_have_not(
    browser, feed, lena, monkeypatch
):
    monkeypatch.setitem(attempts.MOST, AttemptKind.FEED, 3)

    answers = [browser().get(f"/calendar/{number}.ics").status_code for number in range(5)]

    assert answers == [404, 404, 404, 429, 429]
    assert feed().status_code == 200


def test_the_secret_is_written_into_no_log(browser, lena, caplog):
    secret = today_operations.feed.make_feed(lena, lena)

    with caplog.at_level("INFO"):
        browser().get(f"/calendar/{secret}.ics")

    assert secret not in caplog.text


def test_everything_that_is_owed_stands_in_it(feed, lena):
    for number in range(30):
        goal(lena, number)

    assert len(events(feed())) == 30


def test_an_event_keeps_its_uid_when_the_installation_moves(feed, lena, app, monkeypatch):
    goal(lena, 3)
    (before,) = [str(event["UID"]) for event in events(feed())]

    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://elsewhere.example/people")
    (event,) = events(feed())

    assert str(event["UID"]) == before
    assert "elsewhere.example" in str(event["URL"])
    assert "elsewhere.example" not in before


def test_two_calendars_share_no_uid(browser, lena):
    other = user()
    goal(lena, 3)
    domains = set()
    for person in (lena, other):
        goal(person, 4)
        secret = today_operations.feed.make_feed(person, person)
        domains |= {
            str(event["UID"]).partition("@")[2] for event in events(browser().get(f"/calendar/{secret}.ics"))
        }
    assert len(domains) == len([lena, other])

"""Who is told besides the person, and who instead: escalation, deputies, people who have left, other units."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.reminders import Basis, EscalationLevel, Reminder
from rmhr.reminders import engine
from tests.factories import reminders
from tests.factories.accounts import employee, unit, user
from tests.support.due_things import NAME, goal, goals, only_goals, send_due

DAY = date(2026, 11, 23)  # a Monday
P, S, H, C, B = (
    EscalationLevel.OWNER,
    EscalationLevel.SUPERVISOR,
    EscalationLevel.HR,
    EscalationLevel.COMPLIANCE,
    EscalationLevel.HEAD,
)
STEPS = (
    ReminderStep(0),
    ReminderStep(1, (P, S), Basis.WORKING),
    ReminderStep(5, (S, H), Basis.WORKING),
    ReminderStep(10, (H, C), Basis.WORKING),
    ReminderStep(20, (C, B), Basis.WORKING),
)

pytestmark = pytest.mark.both


def days(n: int) -> date:
    return DAY + timedelta(days=n)


@pytest.fixture(autouse=True)
def _monday(monkeypatch):
    only_goals(monkeypatch, escalation=STEPS)
    with clock.at(clock.moment(DAY, 9)):
        yield


@pytest.fixture
def bank():
    """Lena in a branch that names its people."""
    greta, anna, birgit = (
        user(role, name=name)
        for role, name in (
            (Role.SUPERVISOR, "Greta Sandvik"),
            (Role.HR, "Anna Kessler"),
            (Role.COMPLIANCE, "Birgit Sass"),
        )
    )
    region = unit(head_id=greta.id, hr_id=anna.id, compliance_id=birgit.id)
    boss = user(Role.SUPERVISOR, name="Tomas Lind")
    return employee(
        user=user(name="Lena Brandt"), supervisor=boss, unit=unit(parent_id=region.id, holiday_region="DE-HH")
    )


def told(on=None) -> list[tuple[str, str]]:
    """Who is told, as what: and written down as sent."""
    found = [(reminder.recipient.name, reminder.level.value) for reminder in engine.waiting(on)]
    send_due(on)
    db.session.commit()
    return sorted(found)


def test_each_step_tells_the_next_in_line_and_the_unit_takes_its_people_from_above(bank):
    goal(bank.user, DAY)

    said = {n: found for n in range(30) if (found := told(days(n)))}

    assert said == {
        0: [("Lena Brandt", "owner")],
        1: [("Lena Brandt", "owner"), ("Tomas Lind", "supervisor")],
        7: [("Anna Kessler", "hr"), ("Tomas Lind", "supervisor")],
        14: [("Anna Kessler", "hr"), ("Birgit Sass", "compliance")],
        28: [("Birgit Sass", "compliance"), ("Greta Sandvik", "head")],
    }


def test_after_downtime_each_is_told_once_the_latest_that_concerns_them(bank):
    goal(bank.user, days(-14))

    assert told(DAY) == [
        ("Anna Kessler", "hr"),
        ("Birgit Sass", "compliance"),
        ("Lena Brandt", "owner"),
        ("Tomas Lind", "supervisor"),
    ]
    assert told(days(1)) == []


def test_what_is_done_is_told_to_nobody_further_up(bank):
    done = goal(bank.user, DAY)
    told(days(1))
    with audit.acting(SYSTEM, "tests.arrange"):
        db.session.delete(done)

    assert [told(days(n)) for n in (7, 14, 28)] == [[], [], []]


def test_where_no_unit_names_anybody_the_longest_serving_is_told():
    lena = employee(supervisor=None).user
    first, _second = user(Role.HR, name="First"), user(Role.HR, name="Second")
    goal(lena, days(-7))

    assert ("First", "hr") in told()
    assert ("Second", "hr") not in told()
    assert first.id


def test_one_person_at_two_levels_is_told_once(monkeypatch, bank):
    only_goals(monkeypatch, escalation=(ReminderStep(1, (S, H, C, B)),))
    with audit.acting(SYSTEM, "tests.arrange"):
        bank.unit.head_id = bank.unit.hr_id = bank.unit.compliance_id = bank.supervisor_id
    goal(bank.user, days(-1))

    assert told() == [("Tomas Lind", "supervisor")]


def test_nobody_is_told_about_themselves_as_somebody_else(monkeypatch, bank):
    only_goals(monkeypatch, escalation=(ReminderStep(1, (B,)),))
    goal(db.session.get(type(bank.user), bank.unit.parent.head_id), days(-1))
    with audit.acting(SYSTEM, "tests.arrange"):
        bank.unit.head_id = bank.user_id
    goal(bank.user, days(-1))

    assert told() == []


def test_a_deputy_is_told_instead_and_why(bank, mails):
    ilse = user(name="Ilse Petersen")
    reminders.absence(bank.supervisor, ilse, days(-1), days(1))
    goal(bank.user, days(-1))

    assert told(DAY) == [("Ilse Petersen", "supervisor"), ("Lena Brandt", "owner")]

    [mail] = [mail for mail in mails() if mail.to_name == "Ilse Petersen"]
    assert "You stand in for Tomas Lind, who is away." in mail.text
    assert "This is open with others" in mail.text


def test_a_deputy_who_has_left_stands_in_for_nobody(bank):
    reminders.absence(bank.user, user(left_on=days(-1)), days(-3), days(3))
    goal(bank.user, DAY)

    assert told(DAY) == [("Lena Brandt", "owner")]


def test_who_comes_back_is_told_of_what_is_still_open(bank):
    ilse = user(name="Ilse Petersen")
    reminders.absence(bank.user, ilse, days(-3), days(0))
    goal(bank.user, DAY)

    assert told(DAY) == [("Ilse Petersen", "owner")]
    assert ("Lena Brandt", "owner") in told(days(1))


def test_what_somebody_who_left_still_owes_is_for_their_supervisor(bank, mails):
    goal(bank.user, DAY)
    with audit.acting(SYSTEM, "tests.arrange"):
        bank.user.left_on = days(-1)

    assert told(DAY) == [("Tomas Lind", "owner")]
    assert "Lena Brandt has left; somebody else has to take care of it." in mails()[-1].text


def test_where_the_supervisor_has_left_too_it_is_for_hr_and_the_head(bank):
    goal(bank.user, days(-1))
    with audit.acting(SYSTEM, "tests.arrange"):
        bank.supervisor.left_on = days(-1)

    assert told(DAY) == [("Greta Sandvik", "supervisor"), ("Lena Brandt", "owner")]
    with audit.acting(SYSTEM, "tests.arrange"):
        bank.user.left_on = days(-1)
    assert ("Anna Kessler", "owner") in told(days(6))


def test_the_mail_says_why_me_why_now_what_next_and_who_else(bank, mails):
    goal(bank.user, days(-1))

    told(DAY)

    by_name = {mail.to_name: mail for mail in mails()}
    own, boss = by_name["Lena Brandt"].text, by_name["Tomas Lind"].text
    assert "Agreed with" in own
    assert "You are told when it is 1 working day late. Also told: Tomas Lind." in own
    assert "If it is still open on Fri 27 Nov, the HR team will be told." in own
    assert by_name["Tomas Lind"].subject == "1 day late: Lena Brandt: Reach “Ten new clients”"
    assert "You lead Lena Brandt." in boss
    assert "Also told: Lena Brandt." in boss
    assert "If it is still open on Fri 27 Nov, the HR team will be told." in boss


def test_where_the_next_step_tells_nobody_new_the_one_after_it_is_named(monkeypatch, bank, mails):
    only_goals(
        monkeypatch,
        escalation=(
            ReminderStep(-7, (P, S)),
            ReminderStep(1, (P, S)),
            ReminderStep(7, (S, H)),
            ReminderStep(9, (P,)),
        ),
    )
    goal(bank.user, days(1))

    told(DAY)

    [boss] = [mail for mail in mails() if mail.to_name == "Tomas Lind"]
    assert "If it is still open on Tue 1 Dec, the HR team will be told." in boss.text


def test_who_is_told_later_reads_who_was_told_before(bank, mails):
    goal(bank.user, DAY)
    for n in (0, 1, 7):
        told(days(n))

    [mail] = [mail for mail in mails() if mail.to_name == "Anna Kessler"]
    assert "Also told: Lena Brandt, Tomas Lind." in mail.text
    assert "You are HR for the unit of Lena Brandt." in mail.text


def test_escalation_speaks_german(bank, mails):
    with audit.acting(SYSTEM, "tests.arrange"):
        bank.supervisor.language = "de"
    goal(bank.user, days(-1))

    told(DAY)

    [mail] = [mail for mail in mails() if mail.to_name == "Tomas Lind"]
    assert "Sie führen Lena Brandt." in mail.text
    assert "You" not in mail.text.replace("Your", "")


def test_a_holiday_of_the_region_is_no_working_day_there_and_one_elsewhere(monkeypatch):
    """31 October 2028, a Tuesday, is a holiday in Hamburg and none in Munich."""
    only_goals(monkeypatch, escalation=(ReminderStep(1, (P,), Basis.WORKING),))
    on = date(2028, 10, 30)
    hamburg = employee(user=user(name="Hamburg"), unit=unit(holiday_region="DE-HH"))
    munich = employee(user=user(name="Munich"), unit=unit(holiday_region="DE-BY"))
    for person in (hamburg, munich):
        goal(person.user, on)

    with clock.at(clock.moment(date(2028, 10, 31), 9)):
        assert told() == [("Munich", "owner")]
    with clock.at(clock.moment(date(2028, 11, 1), 9)):
        # All Saints' Day: a holiday in Munich, none in Hamburg.
        assert told() == [("Hamburg", "owner")]


def test_people_are_told_by_the_clock_of_their_own_unit(monkeypatch):
    only_goals(monkeypatch, 0)
    hamburg = employee(user=user(name="Hamburg"), unit=unit())
    above = unit(timezone="America/New_York", holiday_region="US-NY")
    york = employee(user=user(name="New York"), unit=unit(parent_id=above.id, holiday_region="US-NY"))
    for person in (hamburg, york):
        goal(person.user, DAY)

    def at(zone, hour):
        moment = datetime(2026, 11, 23, hour, tzinfo=ZoneInfo(zone))
        with clock.at(moment):
            return told()

    assert at("Europe/Berlin", 6) == []
    assert at("Europe/Berlin", 7) == [("Hamburg", "owner")]
    assert at("America/New_York", 6) == []
    assert at("America/New_York", 7) == [("New York", "owner")]


def test_a_new_rule_begins_on_its_day_and_says_nothing_again(bank):
    goal(bank.user, days(-4))
    assert told(DAY) == [("Lena Brandt", "owner"), ("Tomas Lind", "supervisor")]
    reminders.rule(ReminderStep(2, (P, S)), ReminderStep(6, (P,)), ReminderStep(7, (H,)), valid_from=days(1))

    # Two days late was before the rule began: under the old one both have been told.
    assert told(days(1)) == []
    assert told(days(2)) == [("Lena Brandt", "owner")]
    assert told(days(3)) == [("Anna Kessler", "hr")]


def test_the_latest_rule_that_has_begun_is_in_force_unless_it_was_withdrawn(bank):
    goal(bank.user, DAY)
    reminders.rule(ReminderStep(0, (S,)), valid_from=days(-10))
    reminders.rule(ReminderStep(0, (C,)), valid_from=days(-5), withdrawn_at=clock.now())
    reminders.rule(ReminderStep(0, (H,)), valid_from=days(1))

    assert told(DAY) == [("Tomas Lind", "supervisor")]


def test_what_is_stopped_says_nothing_and_goes_on_with_the_latest(bank):
    goal(bank.user, days(-8))
    row = reminders.stop()
    assert told(DAY) == []
    with audit.acting(SYSTEM, "tests.arrange"):
        db.session.delete(row)

    assert told(DAY) == [("Anna Kessler", "hr"), ("Lena Brandt", "owner"), ("Tomas Lind", "supervisor")]


def test_what_is_put_off_waits_but_escalation_does_not(bank):
    late = goal(bank.user, days(-1))
    reminders.put_off(bank.user, late.id, late.due_on, days(2))

    assert told(DAY) == [("Tomas Lind", "supervisor")]
    assert told(days(2)) == [("Lena Brandt", "owner")]


def test_a_date_that_moves_there_and_back_says_nothing_twice(bank):
    moved = goal(bank.user, DAY)
    table = type(moved).__table__

    def to(day):
        db.session.execute(sa.update(table).where(table.c.id == moved.id).values(due_on=day))
        db.session.commit()

    assert told(DAY) == [("Lena Brandt", "owner")]
    to(days(-1))
    assert told(DAY) == [("Lena Brandt", "owner"), ("Tomas Lind", "supervisor")]
    to(DAY)
    assert told(DAY) == []


def test_every_reminder_says_as_what_its_recipient_was_told(bank):
    goal(bank.user, days(-1))
    told(DAY)

    rows = db.session.execute(sa.select(Reminder.recipient_id, Reminder.level, Reminder.occurrence)).all()

    assert sorted(rows, key=str) == sorted(
        [(bank.user_id, P, "+1w"), (bank.supervisor_id, S, "+1w")], key=str
    )


def test_the_cost_is_the_same_for_two_people_and_for_sixty(max_queries):
    def some(count):
        for _number in range(count):
            goal(employee().user, days(-1))
        db.session.commit()
        db.session.expire_all()

    some(2)
    with max_queries(40) as few:
        assert len(engine.waiting(DAY)) == 4
    some(60)
    with max_queries(len(few)):
        assert len(engine.waiting(DAY)) == 124


def test_two_sources_with_other_columns_are_told_together(bank):
    sources.source(
        "tests.timed",
        label="Timed",
        remind_on=(0,),
        text="Meet",
        why="Why",
        verb="Open",
        endpoint="today.index",
        params={},
    )(lambda: goals().add_columns(sa.literal(None, sa.Date).label("since_on")))
    goal(bank.user, DAY)

    assert [reminder.due.source.name for reminder in engine.waiting(DAY)] == [NAME, "tests.timed"]

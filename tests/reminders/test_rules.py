"""Rules about reminders: which holds, who may change them, and that two people do not overwrite each other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.errors import NotAllowed, NotPossible, Stale
from rmhr.models.accounts import Role, User
from rmhr.models.reminders import Basis, EscalationLevel, ReminderRule, ReminderStop
from rmhr.reminders import engine
from rmhr.reminders.rules import operations as rule_operations
from rmhr.reminders.rules import queries as rule_queries
from rmhr.reminders.rules import wording
from rmhr.reminders.rules.proposal import merged, read, written
from rmhr.reminders.rules.queries import RuleVersionStatus
from tests.factories.accounts import user
from tests.factories.reminders import rule, stop
from tests.support.due_things import goal, only_goals, send_due
from tests.support.elsewhere import at_once, elsewhere

MONDAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
LATER = (ReminderStep(-1), ReminderStep(5, (EscalationLevel.SUPERVISOR, EscalationLevel.HR), Basis.WORKING))

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def source(monkeypatch):
    with clock.at(clock.moment(MONDAY, 9)):
        yield only_goals(monkeypatch)


@pytest.fixture
def nils():
    return user(Role.ADMIN, name="Nils Ohlsen")


def put(actor, source, steps=LATER, valid_from=MONDAY + ONE_DAY, seen="0.0", reason="Agreed with HR"):
    return rule_operations.put_in_force(
        actor, source, steps=steps, valid_from=valid_from, reason=reason, seen=seen
    )


# In words


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([ReminderStep(-3), ReminderStep(0)], "3 days before and on the day"),
        ([ReminderStep(1), ReminderStep(-7), ReminderStep(-1)], "7 days before, 1 day before and 1 day late"),
        (
            [ReminderStep(0), ReminderStep(5, (EscalationLevel.SUPERVISOR,), Basis.WORKING)],
            "on the day; 5 working days late: supervisor",
        ),
        (
            [
                ReminderStep(
                    2,
                    (EscalationLevel.OWNER, EscalationLevel.SUPERVISOR, EscalationLevel.HR),
                    every=7,
                    times=4,
                )
            ],
            "2 days late, then every 7 days, 4 times in all: the person, supervisor and HR",
        ),
        (
            [ReminderStep(1, basis=Basis.WORKING, every=1, times=3)],
            "1 working day late, then every working day, 3 times in all",
        ),
        ([ReminderStep(0, basis=Basis.WORKING)], "on the next working day"),
    ],
)
def test_a_rule_reads_as_a_sentence(steps, said):
    assert wording.rule_words(steps) == said


def test_a_proposal_travels_in_an_address_and_comes_back_as_it_was():
    steps = [
        ReminderStep(-30, (EscalationLevel.OWNER, EscalationLevel.SUPERVISOR)),
        ReminderStep(0, basis=Basis.WORKING),
        ReminderStep(7, (EscalationLevel.HR,), Basis.WORKING, 5, 10),
    ]

    assert written(steps) == "-30:owner,supervisor;+0w:owner;+7w:hr*5x10"
    assert read(written(steps)) == steps


@pytest.mark.parametrize(
    "text",
    ["", "x", "3:owner", "+3:", "+3:nobody", "+400:owner", "+1:owner*0x3", ";".join(["+1:owner"] * 13)],
)
def test_what_is_no_rule_is_refused(text):
    with pytest.raises(ValueError):
        read(text)


def test_two_lines_for_one_day_become_one_that_tells_everybody():
    assert merged([ReminderStep(3, (EscalationLevel.HR,)), ReminderStep(3), ReminderStep(4)]) == [
        ReminderStep(3, (EscalationLevel.OWNER, EscalationLevel.HR)),
        ReminderStep(4),
    ]


# Put in force, withdraw


def test_a_rule_is_numbered_and_stands_where_its_day_says(source, nils):
    for days in (-30, -10, 5, 5, 9):
        rule(ReminderStep(days), valid_from=MONDAY + timedelta(days=days))
    rule_operations.withdraw(nils, rule_queries.versions(source)[0].rule)

    assert [(each.number, each.status) for each in rule_queries.versions(source)] == [
        (5, RuleVersionStatus.WITHDRAWN),
        (4, RuleVersionStatus.COMING),
        (3, RuleVersionStatus.REPLACED),
        (2, RuleVersionStatus.IN_FORCE),
        (1, RuleVersionStatus.ENDED),
    ]


def test_what_is_put_in_force_holds_from_its_day_on_and_is_in_the_history(source, nils):
    lena = user()
    thing = goal(lena, MONDAY + timedelta(days=2))

    made = put(nils, source)

    assert made.reason == "Agreed with HR"
    assert [reminder.occurrence.key for reminder in engine.waiting(MONDAY)] == ["-2"]
    assert engine.waiting(MONDAY + ONE_DAY)[0].due.subject_id == thing.id
    assert [reminder.occurrence.key for reminder in engine.waiting(MONDAY + ONE_DAY)] == ["-1"]
    [entry] = rule_queries.history(source)
    assert (entry.actor, str(entry.sentence), entry.note) == (
        "Nils Ohlsen",
        "The rule was put in force",
        "Agreed with HR",
    )


def test_who_has_seen_an_older_rule_is_told(source, nils):
    seen = rule_queries.last_decision(source)
    put(nils, source, seen=seen)

    with pytest.raises(Stale, match="Somebody else has changed the rule for “Goals”"):
        put(user(Role.ADMIN), source, steps=(ReminderStep(0),), seen=seen)

    put(nils, source, steps=(ReminderStep(0),), seen=rule_queries.last_decision(source))
    assert len(rule_queries.versions(source)) == 2


def test_a_rule_does_not_begin_in_the_past_and_changes_something(source, nils):
    with pytest.raises(NotPossible, match="in the past"):
        put(nils, source, valid_from=MONDAY - ONE_DAY)
    with pytest.raises(NotPossible, match="in force already"):
        put(nils, source, steps=source.steps)
    with pytest.raises(ValueError):
        put(nils, source, steps=())
    assert db.session.scalar(sa.select(sa.func.count(ReminderRule.id))) == 0


def test_only_a_coming_rule_can_be_withdrawn_and_only_once(source, nils):
    coming = put(nils, source)
    begun = rule(ReminderStep(1), valid_from=MONDAY)

    rule_operations.withdraw(nils, coming)

    with pytest.raises(Stale):
        rule_operations.withdraw(nils, coming)
    with pytest.raises(NotPossible, match="has begun"):
        rule_operations.withdraw(nils, begun)
    assert [each.status for each in rule_queries.versions(source)] == [
        RuleVersionStatus.IN_FORCE,
        RuleVersionStatus.WITHDRAWN,
    ]


def test_two_administrators_at_once_make_one_rule(upgraded_database, tmp_path, monkeypatch):
    source = only_goals(monkeypatch)
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            people = [user(Role.ADMIN).id for _number in range(3)]
            db.session.commit()

        def decide(id):
            def run():
                try:
                    put(db.session.get(User, id), source, valid_from=clock.today() + ONE_DAY)
                except Stale:
                    db.session.rollback()
                    return 0
                db.session.commit()
                return 1

            return run

        assert sum(at_once(app, *(decide(id) for id in people))) == 1


# The kill switch


def test_stopped_reminders_are_not_sent_and_go_on_with_the_latest_step_only(source, nils):
    lena = user()
    goal(lena, MONDAY)

    rule_operations.stop(nils, source, reason="Wrong data from HR")
    assert [send_due(MONDAY + timedelta(days=days)) for days in (-2, 0, 3)] == [0, 0, 0]

    rule_operations.resume(nils, source)
    assert [reminder.occurrence.key for reminder in engine.waiting(MONDAY + timedelta(days=4))] == ["+3"]
    assert [(str(entry.sentence), entry.note) for entry in rule_queries.history(source)] == [
        ("Reminders resumed", ""),
        ("Reminders were stopped", "Wrong data from HR"),
    ]


def test_who_stops_what_is_stopped_already_is_told_by_whom(source, nils):
    rule_operations.stop(user(Role.ADMIN, name="Ada"), source, reason="Wrong data")

    with pytest.raises(Stale, match="Ada has stopped"):
        rule_operations.stop(nils, source, reason="Wrong data")
    rule_operations.resume(nils, source)
    with pytest.raises(Stale, match="are running already"):
        rule_operations.resume(nils, source)
    assert db.session.scalar(sa.select(sa.func.count(ReminderStop.id))) == 0


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_but_administrators_decides(source, role):
    somebody = user(role)
    coming = rule(ReminderStep(1), valid_from=MONDAY + ONE_DAY)

    with pytest.raises(NotAllowed):
        put(somebody, source, seen="1.0")
    with pytest.raises(NotAllowed):
        rule_operations.withdraw(somebody, coming)
    with pytest.raises(NotAllowed):
        rule_operations.stop(somebody, source, reason="x")
    stop()
    with pytest.raises(NotAllowed):
        rule_operations.resume(somebody, source)


# How much each is about


def test_each_kind_is_counted_open_and_late_in_one_query(source, max_queries):
    for days in (-3, -1, 0, 5):
        goal(user(), MONDAY + timedelta(days=days))
    rule(*LATER, valid_from=MONDAY - ONE_DAY)
    rule(ReminderStep(0), valid_from=MONDAY + timedelta(days=9))
    stop()
    db.session.expire_all()

    with max_queries(5):
        [line] = rule_queries.lines()

    assert (line.open, line.late) == (4, 2)
    assert (line.in_force.number, line.coming.number, line.stop.reason) == (1, 2, "Too much.")
    assert line.steps == LATER

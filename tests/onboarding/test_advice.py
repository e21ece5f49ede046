"""Investment advice: notification to BaFin, experience, four years under supervision, and what ends them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmhr.accounts import operations as employment
from rmhr.core import clock
from rmhr.core.due import calendar, sources
from rmhr.core.errors import NotPossible
from rmhr.core.policy import SYSTEM
from rmhr.core.registry import SOURCES
from rmhr.models.accounts import RmType, Role
from rmhr.models.onboarding import PlanStatus, TaskKind, TaskStatus
from rmhr.onboarding import operations
from rmhr.onboarding.workflow import TASKS
from tests.factories import accounts
from tests.factories.onboarding import completed, do, plan

BEGAN = date(2027, 5, 3)


def coded(opened, code):
    return next((task for task in opened.tasks if task.code == code), None)


def owed(user, name):
    return [item for item in sources.for_person(user.id) if item.source.name == name]


def of_somebody_new(**given):
    return plan(employee=accounts.employee(started_on=BEGAN, **given))


def test_it_has_its_days_the_last_ones_never_later_than_law_says():
    with clock.at(clock.moment(date(2027, 4, 1), 9)):
        opened = of_somebody_new()
    notification, experience, supervision = (
        coded(opened, code) for code in ("pb_bafin", "k_mifid", "x_supervision")
    )
    assert notification.due_on < BEGAN
    assert notification.blocking
    assert experience.due_on == date(2027, 11, 3)
    # The four years end with 2 May 2031, a Friday.
    assert supervision.due_on == date(2031, 5, 2)
    assert opened.complete_by < supervision.due_on
    assert coded(opened, "x_bafin_end") is None


def test_a_last_day_on_a_day_off_is_the_working_day_before():
    with clock.at(clock.moment(date(2027, 1, 4), 9)):
        opened = plan(employee=accounts.employee(started_on=date(2027, 5, 2)))
    due = coded(opened, "x_supervision").due_on
    assert due == date(2031, 4, 30)  # 1 May is a holiday
    assert calendar.is_working_day(due, opened.user.employee.unit.holiday_region)


@pytest.mark.parametrize("rm_type", [RmType.BUSINESS, RmType.CORPORATE])
def test_whoever_gives_no_advice_has_none_of_it(rm_type):
    opened = of_somebody_new(rm_type=rm_type)
    assert not [task for task in opened.tasks if task.kind is not TaskKind.ORDINARY]


def test_the_days_move_with_the_first_one():
    with clock.at(clock.moment(date(2027, 4, 1), 9)):
        opened = of_somebody_new()
        moved = operations.moved_with(opened.hr, opened, date(2027, 6, 1))
        assert {each.after for each in moved} >= {date(2027, 12, 1), date(2031, 5, 30)}
        operations.begin_on(opened.hr, opened.user, starts_on=date(2027, 6, 1))
    assert coded(opened, "k_mifid").due_on == date(2027, 12, 1)
    assert coded(opened, "x_supervision").due_on == date(2031, 5, 30)  # the last working day before 1 June


def test_a_notification_is_done_with_its_day_and_number_and_not_by_a_click():
    opened = plan()
    do(opened.hr, coded(opened, "pb_reliability"))
    task = coded(opened, "pb_bafin")
    for name in ("complete", "complete_with_remark"):
        with pytest.raises(NotPossible, match="day and the number"):
            TASKS.perform(task.owner, task, name)
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(NotPossible, match="future"):
        TASKS.perform(task.owner, task, "notify", notified_on=tomorrow, notice_number="1")
    TASKS.perform(task.owner, task, "notify", notified_on=clock.today(), notice_number="4711")
    assert (task.status, task.notified_on, task.notice_number) == (TaskStatus.DONE, clock.today(), "4711")
    TASKS.perform(task.owner, task, "reopen")
    assert (task.notified_on, task.notice_number) == (None, "")


def test_nobody_is_notified_who_was_not_found_reliable():
    task = coded(plan(), "pb_bafin")
    with pytest.raises(NotPossible, match="has to be done before"):
        TASKS.perform(task.owner, task, "notify", notified_on=clock.today(), notice_number="4711")


def test_the_page_asks_for_day_and_number(browser):
    opened = plan()
    do(opened.hr, coded(opened, "pb_reliability"))
    task, client = coded(opened, "pb_bafin"), browser(opened.hr)
    assert f'href="/onboarding/tasks/{task.id}/notify"' in client.get(f"/onboarding/{opened.id}").text
    sent = {"notified_on": clock.today().isoformat(), "notice_number": ""}
    assert client.post(f"/onboarding/tasks/{task.id}/notify", data=sent).status_code == 422
    sent["notice_number"] = "WA 31-4711"
    assert client.post(f"/onboarding/tasks/{task.id}/notify", data=sent).status_code == 302
    assert "WA 31-4711" in client.get(f"/onboarding/{opened.id}").text


@pytest.mark.both
def test_compliance_owes_the_notification_and_the_supervisor_the_four_years():
    compliance = accounts.user(Role.COMPLIANCE)
    opened = plan()
    assert [item.subject_id for item in owed(compliance, "onboarding.notification")] == [
        coded(opened, "pb_bafin").id
    ]
    boss = opened.user.employee.supervisor
    (clock_item,) = owed(boss, "onboarding.clock")
    assert clock_item.on == coded(opened, "x_supervision").due_on
    assert {step.after for step in SOURCES["onboarding.clock"].steps} >= {-182, -91}


@pytest.mark.both
def test_the_four_years_outlast_the_plan():
    opened = completed()
    boss, task = opened.user.employee.supervisor, coded(opened, "x_supervision")
    assert task.status is TaskStatus.OPEN
    assert [item.subject_id for item in owed(boss, "onboarding.clock")] == [task.id]
    heir = accounts.user(Role.SUPERVISOR)
    assert operations.hand_over(SYSTEM, boss, successor=heir) == 1
    assert owed(boss, "onboarding.clock") == []
    TASKS.perform(heir, task, "complete")
    assert owed(heir, "onboarding.clock") == []


def test_a_plan_is_complete_without_what_is_due_in_years():
    opened = completed()
    assert opened.status is PlanStatus.COMPLETED


@pytest.mark.both
def test_who_leaves_is_to_be_notified_whatever_became_of_the_plan():
    compliance = accounts.user(Role.COMPLIANCE)
    for opened in (completed(), plan()):
        if opened.status is PlanStatus.ACTIVE:
            do(opened.hr, coded(opened, "pb_reliability"))
            do(opened.hr, coded(opened, "pb_bafin"))
        today = clock.today()
        employment.people.leave(opened.hr, opened.user, on=today)
        with clock.at(clock.now() + timedelta(days=1)):
            employment.employment.take_effect(SYSTEM)
            change = coded(opened, "x_bafin_end")
            assert change is not None
            assert change.due_on > today
            assert coded(opened, "x_supervision").status is TaskStatus.DROPPED
            assert change.id in {item.subject_id for item in owed(compliance, "onboarding.notification")}
            do(compliance, change)
            assert change.id not in {item.subject_id for item in owed(compliance, "onboarding.notification")}


def test_who_was_never_notified_leaves_nothing_to_notify():
    opened = plan()
    operations.end_advice_for(SYSTEM, opened.user, on=clock.today(), reason="Has left.")
    assert coded(opened, "x_bafin_end") is None
    assert coded(opened, "pb_bafin").status is TaskStatus.DROPPED


def test_other_clients_end_the_advice_and_it_is_notified_once():
    opened = completed()
    employment.employment.change_place(opened.hr, opened.user, rm_type=RmType.BUSINESS)
    change = coded(opened, "x_bafin_end")
    assert change is not None
    assert coded(opened, "x_supervision").status is TaskStatus.DROPPED
    operations.end_advice_for(SYSTEM, opened.user, on=clock.today(), reason="Once more.")
    assert [task.kind for task in opened.tasks].count(TaskKind.CHANGE) == 1


def test_who_begins_to_advise_later_has_the_clocks_from_that_day():
    opened = completed(employee=accounts.employee(rm_type=RmType.BUSINESS))
    employment.employment.change_place(opened.hr, opened.user, rm_type=RmType.PERSONAL)
    supervision = coded(opened, "x_supervision")
    latest = calendar.add_months(clock.today(), 48)
    assert latest - timedelta(days=7) < supervision.due_on < latest
    assert coded(opened, "pb_bafin").status is TaskStatus.OPEN

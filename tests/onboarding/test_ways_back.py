"""Plans and tasks opened again, done for somebody else, moved with the first day; who becomes an RM, whichever way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.due import sources
from rmhr.core.errors import NotPossible
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType, Role
from rmhr.models.onboarding import PlanStatus, TaskOwner, TaskStatus
from rmhr.onboarding import content, operations, queries
from rmhr.onboarding.workflow import PLANS, TASKS
from tests.factories import accounts, training
from tests.factories.onboarding import completed, fulfilled, plan
from tests.factories.shadowing import programme
from tests.support.days import working_day
from tests.support.html import Html


def coded(opened, code):
    return next(task for task in opened.tasks if task.code == code)


def owed(user, name):
    return [item for item in sources.for_person(user.id) if item.source.name == name]


def row_of(client, task):
    page = Html(client.get(f"/onboarding/{task.plan_id}"))
    return " ".join(page.one(f"#task-{task.id}").text_content().split())


def test_a_task_done_for_somebody_else_names_who_did_it(browser):
    opened = plan()
    task = next(t for t in opened.tasks if t.owner_role is TaskOwner.BUDDY)
    TASKS.perform(opened.hr, task, "complete_with_remark", comment="She is ill this week")
    row = row_of(browser(opened.user), task)
    assert f"{opened.hr.name} for {task.owner.name}, done" in row
    TASKS.perform(opened.hr, task, "reopen")
    TASKS.perform(task.owner, task, "complete")
    row = row_of(browser(opened.user), task)
    assert f"{task.owner.name}, done" in row
    assert opened.hr.name not in row


@pytest.mark.both
def test_passing_a_course_makes_the_supervisors_decision_possible_and_owed_but_does_not_take_it():
    opened = plan()
    task, boss = coded(opened, "k_mifid"), opened.user.employee.supervisor
    assert task.owner_id == boss.id
    with pytest.raises(NotPossible, match="course has to be passed"):
        TASKS.perform(boss, task, "complete")
    assert task.id not in {item.subject_id for item in owed(boss, "onboarding.part")}
    training.sit(training.assignment("mifid", user=opened.user))
    assert (task.status, task.course_passed_on) == (TaskStatus.OPEN, clock.today())
    assert task.id in {item.subject_id for item in owed(boss, "onboarding.part")}
    TASKS.perform(boss, task, "complete")
    assert task.done_by_id == boss.id


def test_the_first_portfolio_is_handed_over_after_what_it_requires():
    opened = plan()
    task, boss = coded(opened, "o_portfolio"), opened.user.employee.supervisor
    with pytest.raises(NotPossible, match="signed off"):
        TASKS.perform(boss, task, "complete")
    operations.ladder_signed_off(SYSTEM, opened.user, on=clock.today())
    with pytest.raises(NotPossible, match="AML training passed"):
        TASKS.perform(boss, task, "complete")
    for course in ("aml", "data_protection", "product_knowledge"):
        operations.course_passed(SYSTEM, opened.user, course_code=course)
    TASKS.perform(boss, task, "complete")
    assert task.status is TaskStatus.DONE


def test_a_dropped_task_comes_back_with_a_reason(browser):
    opened = plan()
    task = next(t for t in opened.tasks if t.owner_role is TaskOwner.NEW_RM and not t.course_code)
    TASKS.perform(opened.hr, task, "drop", note="Knows it")
    client, address = browser(opened.hr), f"/onboarding/tasks/{task.id}/restore"
    assert client.post(address, data={"seen": "dropped", "note": ""}).status_code == 422
    assert client.post(address, data={"seen": "dropped", "note": "Does not, after all"}).status_code == 302
    assert task.status is TaskStatus.OPEN
    assert audit.timeline(task)[0].note == "Does not, after all"


@pytest.mark.both
def test_a_plan_of_which_nothing_required_is_open_is_owed_and_can_go_on():
    opened = fulfilled()
    boss = opened.user.employee.supervisor
    [item] = owed(boss, "onboarding.complete")
    assert (item.on, item.waits_id) == (opened.complete_by, opened.user_id)
    PLANS.perform(boss, opened, "complete")
    assert owed(boss, "onboarding.complete") == []
    PLANS.perform(boss, opened, "reopen", note="The probation was prolonged")
    assert opened.status is PlanStatus.ACTIVE
    assert audit.timeline(opened)[0].note == "The probation was prolonged"


def test_nothing_is_ticked_in_a_plan_that_is_over():
    opened = completed()
    task = next(t for t in opened.tasks if t.status is TaskStatus.OPEN)
    with pytest.raises(NotPossible, match="is over"):
        TASKS.perform(opened.hr, task, "complete")


@pytest.mark.both
def test_the_tasks_of_who_has_left_are_those_of_hr():
    opened = plan()
    with audit.acting(SYSTEM, "tests.arrange"):
        opened.buddy.left_on = clock.today() - timedelta(days=1)
    theirs = {task.id for task in opened.tasks if task.owner_id == opened.buddy_id}
    assert theirs
    assert theirs <= {item.subject_id for item in owed(opened.hr, "onboarding.part")}


# The first day.


def test_moving_the_first_day_shows_first_what_moves_then_moves_it(browser):
    employee = accounts.employee(started_on=working_day(30))
    opened = plan(employee=employee)
    of = programme(employee=employee)
    made = training.assignment(employee=employee)
    client, address = browser(opened.hr), f"/onboarding/{opened.id}/first-day"
    day = working_day(44)
    before, course = coded(opened, "d0_welcome").due_on, made.due_on
    sent = {"starts_on": day.isoformat(), "note": "The former employer lets her go later"}

    preview = client.post(address, data=sent)

    assert preview.status_code == 200
    for words in ("Welcome and first one-to-one", "Anti-money laundering", "Observe"):
        assert words in preview.text
    assert (opened.starts_on, coded(opened, "d0_welcome").due_on, made.due_on) == (
        employee.started_on,
        before,
        course,
    )

    assert client.post(address, data=sent | {"shown": day.isoformat()}).status_code == 302
    assert (opened.starts_on, employee.started_on, of.starts_on) == (day, day, day)
    assert opened.complete_by == day + timedelta(days=180)
    assert coded(opened, "d0_welcome").due_on > before
    assert made.due_on > course


def test_another_day_than_the_one_that_was_shown_is_shown_first(browser):
    opened = plan()
    day, other = working_day(7), working_day(14)
    sent = {"starts_on": other.isoformat(), "note": "Later", "shown": day.isoformat()}
    answer = browser(opened.hr).post(f"/onboarding/{opened.id}/first-day", data=sent)
    assert answer.status_code == 200
    assert opened.starts_on != other


def test_what_is_done_stays_when_the_first_day_moves():
    opened = plan()
    task = coded(opened, "d0_welcome")
    TASKS.perform(task.owner, task, "complete")
    before = task.due_on
    operations.begin_on(SYSTEM, opened.user, starts_on=opened.starts_on + timedelta(days=40))
    assert task.due_on == before
    version = opened.version
    operations.begin_on(SYSTEM, opened.user, starts_on=opened.starts_on)
    assert opened.version == version


# Whoever becomes an RM.


def test_whoever_becomes_an_rm_gets_a_plan_once_whichever_way():
    content.load()
    hr = accounts.user(Role.HR)
    employee = accounts.employee()
    first = operations.open_for(SYSTEM, employee.user, starts_on=employee.started_on)
    assert (first.hr_id, len(first.tasks) > 20) == (hr.id, True)
    assert operations.open_for(SYSTEM, employee.user, starts_on=employee.started_on) is first
    assert operations.open_for(SYSTEM, accounts.employee(rm_type=None).user, starts_on=clock.today()) is None


def test_a_change_of_clients_and_supervisor_changes_the_open_tasks_once():
    opened = plan(employee=accounts.employee(rm_type=RmType.BUSINESS))
    employee, boss = opened.user.employee, accounts.user(Role.SUPERVISOR)
    with audit.acting(SYSTEM, "tests.arrange"):
        employee.rm_type, employee.supervisor_id = RmType.PERSONAL, boss.id
    for _n in range(2):
        operations.adjust_for(SYSTEM, opened.user, reason="Private clients from now on")
    assert [task.code for task in opened.tasks].count("k_mifid") == 1
    assert {t.owner_id for t in opened.tasks if t.owner_role is TaskOwner.SUPERVISOR} == {boss.id}
    with audit.acting(SYSTEM, "tests.arrange"):
        employee.rm_type = RmType.BUSINESS
    operations.adjust_for(SYSTEM, opened.user, reason="Business clients again")
    assert coded(opened, "k_mifid").status is TaskStatus.DROPPED


def test_who_does_not_come_has_no_plan_any_more_and_who_comes_after_all_has():
    opened = plan()
    operations.call_off_for(SYSTEM, opened.user, reason="Will not start")
    operations.call_off_for(SYSTEM, opened.user, reason="Will not start")
    assert opened.status is PlanStatus.CALLED_OFF
    assert owed(opened.user.employee.supervisor, "onboarding.part") == []
    assert operations.open_for(SYSTEM, opened.user, starts_on=opened.starts_on) is opened
    assert opened.status is PlanStatus.ACTIVE


def test_the_part_of_who_leaves_is_handed_over():
    opened = plan()
    other = accounts.user()
    assert operations.hand_over(SYSTEM, opened.buddy, successor=other) > 0
    assert opened.buddy_id == other.id
    assert queries.open_tasks_of(other)


def test_after_an_absence_there_are_two_weeks():
    opened = plan(employee=accounts.employee(started_on=accounts.started(60)))
    assert operations.postpone_for(SYSTEM, opened.user, back_on=clock.today()) > 0
    assert operations.postpone_for(SYSTEM, opened.user, back_on=clock.today()) == 0
    own = [t for t in opened.tasks if t.owner_id == opened.user_id and t.status is TaskStatus.OPEN]
    assert min(t.due_on for t in own) >= clock.today() + timedelta(days=14)

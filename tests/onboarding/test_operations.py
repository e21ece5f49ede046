"""A hire opens a plan: a task for everybody who has a part in it, each on a working day."""

from __future__ import annotations

from datetime import date

from rmhr.content.loading import Loaded
from rmhr.core import clock
from rmhr.core.due import calendar
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType, Role
from rmhr.models.onboarding import TaskOwner, TaskStatus
from rmhr.onboarding import content, operations
from rmhr.onboarding.workflow import TASKS
from tests.factories import accounts
from tests.factories.onboarding import plan


def test_the_content_is_loaded_once():
    assert content.load().added > 20
    assert content.load() == Loaded()


def test_every_task_has_its_owner():
    compliance, admin = accounts.user(Role.COMPLIANCE), accounts.user(Role.ADMIN)
    opened = plan()
    of = {task.owner_role: task.owner_id for task in opened.tasks}
    assert of[TaskOwner.NEW_RM] == opened.user_id
    assert of[TaskOwner.SUPERVISOR] == opened.user.employee.supervisor_id
    assert of[TaskOwner.MENTOR] == opened.mentor_id
    assert of[TaskOwner.BUDDY] == opened.buddy_id
    assert of[TaskOwner.HR] == opened.hr_id
    assert of[TaskOwner.COMPLIANCE] == compliance.id
    assert of[TaskOwner.IT] == admin.id


def test_without_a_mentor_the_supervisor_steps_in():
    employee, hr = accounts.employee(), accounts.user(Role.HR)
    content.load()
    opened = operations.open_plan(SYSTEM, employee, hr_id=hr.id)
    owners = {
        task.owner_id for task in opened.tasks if task.owner_role in (TaskOwner.MENTOR, TaskOwner.BUDDY)
    }
    assert owners == {employee.supervisor_id}


def test_due_dates_are_working_days_around_the_first_day():
    with clock.at(clock.moment(date(2026, 3, 2), 9)):
        opened = plan(employee=accounts.employee(started_on=date(2026, 5, 4)))
    by_code = {task.code: task.due_on for task in opened.tasks}
    assert by_code["d0_welcome"] == date(2026, 5, 4)
    assert by_code["pb_contract"] == date(2026, 4, 20)  # two weeks before
    assert by_code["pb_access"] == date(2026, 4, 30)  # 1 May is a holiday, a Friday: the day before it
    assert all(calendar.is_working_day(day, "DE-HH") for day in by_code.values())


def test_what_should_have_been_done_before_the_offer_was_accepted_is_due_at_once():
    with clock.at(clock.moment(date(2026, 5, 5), 9)):
        opened = plan(employee=accounts.employee(started_on=date(2026, 5, 7)))
    assert min(task.due_on for task in opened.tasks) == date(2026, 5, 5)


def test_only_those_who_advise_private_clients_owe_what_advice_asks():
    personal = plan(employee=accounts.employee(rm_type=RmType.PERSONAL))
    business = plan(employee=accounts.employee(rm_type=RmType.BUSINESS))
    assert "k_mifid" in {task.code for task in personal.tasks}
    assert "k_mifid" not in {task.code for task in business.tasks}


def test_a_passed_course_ticks_the_tasks_that_waited_for_it():
    opened = plan()
    assert operations.course_passed(SYSTEM, opened.user, course_code="aml") == 1
    ticked = next(task for task in opened.tasks if task.course_code == "aml")
    assert ticked.status is TaskStatus.DONE
    assert str(audit.timeline(ticked)[0].sentence) == "Done: the course was passed"
    assert operations.course_passed(SYSTEM, opened.user, course_code="aml") == 0


def test_a_course_of_somebody_without_a_plan_ticks_nothing():
    assert operations.course_passed(SYSTEM, accounts.user(), course_code="aml") == 0


def test_the_history_of_a_plan_says_which_task_was_done():
    opened = plan()
    tasks = [task for task in opened.tasks if not task.course_code][:2]
    for hour, task in enumerate(tasks, 9):
        with clock.at(clock.moment(clock.today(), hour)):
            TASKS.perform(task.owner, task, "complete")
    told = [(str(line.sentence), line.about) for line in audit.timeline(opened, *opened.tasks)]
    assert told[:2] == [("Task done", (str(task.text),)) for task in reversed(tasks)]
    assert told[-1] == ("Onboarding plan opened", ())


def test_a_task_that_is_alone_in_a_history_is_not_named():
    opened = plan()
    task = next(task for task in opened.tasks if not task.course_code)
    TASKS.perform(task.owner, task, "complete")
    assert audit.timeline(opened, task)[0].about == ()

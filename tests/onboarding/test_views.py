"""The pages of a plan, for everybody who takes part and for nobody else."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.due import sources
from rmhr.models.accounts import Role
from rmhr.models.onboarding import Phase, TaskOwner, TaskStatus
from rmhr.onboarding import queries
from tests.factories import accounts, save
from tests.factories.onboarding import completed, do, plan
from tests.support.html import Html


def first(opened, owner):
    return next(t for t in opened.tasks if t.owner_role is owner and not t.course_code)


def twenty_days_in():
    """A plan whose first day was twenty days ago, with what comes before it done."""
    opened = plan(employee=accounts.employee(started_on=clock.today() - timedelta(days=20)))
    for task in opened.tasks:
        if task.phase is Phase.PREBOARDING:
            do(opened.hr, task)
    return save(opened)


def test_the_new_rm_finds_their_own_plan(browser):
    opened = plan()
    answer = browser(opened.user).get("/plan", follow_redirects=True)
    assert answer.status_code == 200
    assert "My plan" in answer.text
    assert str(first(opened, TaskOwner.NEW_RM).text) in answer.text


def test_who_has_no_plan_reads_why(browser):
    answer = browser(accounts.user()).get("/plan")
    assert answer.status_code == 200
    assert "no plan" in answer.text


@pytest.mark.parametrize("who", ["user", "hr", "mentor", "buddy"])
def test_who_takes_part_sees_it(browser, who):
    opened = plan()
    page = Html(browser(getattr(opened, who)).get(f"/onboarding/{opened.id}"))
    assert opened.user.name in page.words()
    assert all(page.all(f"#task-{task.id}") for task in opened.tasks)


def test_a_click_ticks_a_task_and_comes_back_to_it(browser):
    opened = plan()
    task = first(opened, TaskOwner.NEW_RM)
    answer = browser(opened.user).post(f"/onboarding/tasks/{task.id}/complete", data={"seen": "open"})
    assert answer.status_code == 302
    assert answer.location.endswith(f"/onboarding/{opened.id}#task-{task.id}")
    assert task.status is TaskStatus.DONE


def test_a_second_click_changes_nothing_and_says_so(browser):
    opened = plan()
    task = first(opened, TaskOwner.NEW_RM)
    client = browser(opened.user)
    client.post(f"/onboarding/tasks/{task.id}/complete", data={"seen": "open"})
    answer = client.post(f"/onboarding/tasks/{task.id}/complete", data={"seen": "open"})
    assert answer.status_code == 409


def test_dropping_asks_why(browser):
    opened = plan()
    task = first(opened, TaskOwner.NEW_RM)
    client = browser(opened.hr)
    answer = client.post(f"/onboarding/tasks/{task.id}/drop", data={"seen": "open", "note": " "})
    assert answer.status_code == 422
    assert "Say why it is not needed." in answer.text
    assert (
        client.post(
            f"/onboarding/tasks/{task.id}/drop", data={"seen": "open", "note": "Knows it"}
        ).status_code
        == 302
    )
    assert task.status is TaskStatus.DROPPED


def test_the_page_is_there_in_german(browser):
    opened = plan()
    opened_by = browser(accounts.user(Role.HR, language="de"))
    text = opened_by.get(f"/onboarding/{opened.id}").text
    assert "Erste Woche: ankommen" in text
    assert "Wer mitwirkt" in text


def test_open_tasks_are_owed_by_their_owners_and_courses_are_owed_elsewhere():
    opened = plan()
    mine = [item for item in sources.for_person(opened.user_id) if item.source.name == "onboarding.own"]
    wanted = {t.id for t in opened.tasks if t.owner_id == opened.user_id and not t.course_code}
    assert {item.subject_id for item in mine} == wanted
    theirs = [item for item in sources.for_person(opened.mentor_id) if item.source.name == "onboarding.part"]
    assert theirs
    assert opened.user.name in theirs[0].why


def test_a_station_is_the_present_one_on_its_days():
    stations = queries.stations(plan(employee=accounts.employee(started_on=accounts.started(20))))
    assert [station.state for station in stations][:4] == ["done", "done", "now", "later"]


def _form_on_today(answer, task) -> dict[str, str]:
    """What the button of this task on Today sends, and where to."""
    page = Html(answer)
    form = page.one(f'form[action^="/onboarding/tasks/{task.id}/"]')
    return {"to": form.get("action"), "next": form.fields["next"]}


def test_one_click_on_today_does_a_task_and_another_takes_it_back(browser):
    opened = plan()
    task = first(opened, TaskOwner.NEW_RM)
    client = browser(opened.user)

    button = _form_on_today(client.get("/today?later=1"), task)
    answer = client.post(button["to"], data={"next": button["next"]})
    assert task.status is TaskStatus.DONE
    assert answer.location.startswith("/today?later=1&done=")

    page = client.get(answer.location)
    assert "Task done" in page.text
    assert "It has been removed from your list." in page.text
    undo = _form_on_today(page, task)
    answer = client.post(undo["to"], data={"next": undo["next"]})
    assert answer.location == "/today?later=1"
    assert task.status is TaskStatus.OPEN
    assert "It has been removed from your list." not in client.get(answer.location).text


def test_nobody_is_offered_to_take_back_what_somebody_else_did(browser):
    opened = plan()
    task = first(opened, TaskOwner.NEW_RM)
    done = f"{task.due_on:%Y%m%d}-{task.id}-{opened.user_id}-onboarding.own"

    assert "It has been removed from your list." not in browser(opened.hr).get(f"/today?done={done}").text


def test_a_new_rm_sees_what_others_owe_them_and_since_when(browser):
    opened = plan()
    theirs = [task for task in opened.tasks if task.owner_id not in (opened.user_id, opened.hr_id)]

    page = browser(opened.user).get("/today").text

    assert "I am waiting for" in page
    assert any(str(html.escape(str(task.text), quote=False)) in page for task in theirs)


def test_a_course_of_ones_own_plan_leads_to_ones_training(browser):
    opened = plan()
    assert "To the course" in browser(opened.user).get(f"/onboarding/{opened.id}").text
    assert "To the course" not in browser(opened.hr).get(f"/onboarding/{opened.id}").text


def test_what_is_ones_own_now_stands_on_top_and_finished_and_later_phases_are_folded(browser):
    opened = twenty_days_in()
    page = Html(browser(opened.user).get(f"/onboarding/{opened.id}"))
    mine = [f"task-{task.id}" for task in queries.now_of(opened, opened.user)]
    assert mine
    assert page.attributes("#mine li.checklist__row", "id") == mine
    assert len(page.all("li.checklist__row")) == len(opened.tasks)
    unfolded = page.attributes("details.fold[open]", "id")
    assert "preboarding" not in unfolded
    assert {"arrive", "learn"} <= set(unfolded)
    assert not {"contribute", "own", "consolidate"} & set(unfolded)
    assert not Html(browser(accounts.user(Role.HR)).get(f"/onboarding/{opened.id}")).all("#mine")


def test_a_plan_that_is_over_asks_nothing_of_anybody():
    opened = completed(employee=accounts.employee(started_on=clock.today() - timedelta(days=20)))
    assert queries.now_of(opened, opened.user) == []

"""Certificates that are revoked, courses that are no longer required, exams that nobody hands in."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest

from rmhr.core import clock, registry
from rmhr.core.due import sources
from rmhr.core.errors import NotAllowed
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType, Role
from rmhr.models.onboarding import TaskStatus
from rmhr.models.training import AssignmentStatus, AttemptStatus, CourseState
from rmhr.training import operations, queries
from rmhr.training.workflow.assignments import ASSIGNMENTS
from tests.factories import accounts, training
from tests.factories.onboarding import plan


def owed(user):
    return {item.source.name for item in sources.for_person(user.id)}


def revoke(made, by=None):
    by = by or accounts.user(Role.COMPLIANCE)
    return ASSIGNMENTS.perform(by, made, "revoke", note="Somebody else sat the exam")


def test_a_revoked_certificate_proves_nothing_and_the_course_is_owed_again(browser, mails):
    made = training.passed()
    compliance = accounts.user(Role.COMPLIANCE)
    answer = browser(compliance).post(
        f"/training/{made.id}/revoke", data={"seen": "passed", "note": "Somebody else sat the exam"}
    )
    assert answer.status_code == 302

    proof = made.certificate
    assert (made.status, proof.revoked_on, proof.revoked_by_id) == (
        AssignmentStatus.REVOKED,
        clock.today(),
        compliance.id,
    )
    again = queries.assignments.newest(made)
    assert (again.cycle, again.status) == (2, AssignmentStatus.OPEN)
    assert again.due_on >= clock.today() + timedelta(days=14)
    [held] = queries.standing.courses_of(made.user)
    assert not held.progress.held
    assert held.progress.assignment_id == again.id
    assert "training.course" in owed(made.user)
    assert {mail.to_address for mail in mails() if mail.kind == "training.revoked"} == {
        made.user.email,
        made.user.employee.supervisor.email,
    }
    page = browser().get(f"/certificates/{proof.code}").text
    assert "Genuine, but revoked" in page
    assert "revoked on" in page
    assert "Somebody else sat" not in page
    paper = browser(made.user).get(f"/training/{made.id}/certificate.pdf").data
    assert "is no longer proof of anything" in pypdf.PdfReader(io.BytesIO(paper)).pages[0].extract_text()
    assert "Somebody else sat the exam" in browser(compliance).get(f"/training/{made.id}").text


def test_nobody_revokes_their_own():
    both = accounts.user(Role.RM, Role.COMPLIANCE)
    made = training.passed(user=accounts.employee(user=both).user)
    with pytest.raises(NotAllowed):
        revoke(made, both)


def test_what_a_revoked_course_had_ticked_is_open_again_and_a_decision_stays():
    opened = plan()
    made = training.assignment(user=opened.user)
    training.sit(made)
    task = next(each for each in opened.tasks if each.course_code == "aml")
    assert task.status is TaskStatus.DONE
    revoke(made)
    assert (task.status, task.course_passed_on) == (TaskStatus.OPEN, None)
    again = queries.assignments.newest(made)
    training.read_all(again)
    training.sit(again)
    assert task.status is TaskStatus.DONE


def test_a_renewal_that_is_open_takes_the_place_of_a_revoked_certificate():
    made = training.passed()
    renewal = operations.rounds.renew(SYSTEM, made)
    revoke(made)
    assert queries.assignments.newest(made) is renewal
    assert renewal.due_on <= queries.people.pass_again_by(made.user)


@pytest.mark.both
def test_used_up_attempts_take_the_course_off_no_list_and_end_no_escalation():
    made = training.blocked(due_on=clock.today() - timedelta(days=3))
    [item] = [each for each in sources.for_person(made.user_id) if each.source.name == "training.blocked"]
    assert (item.on, item.subject_id) == (made.due_on, made.id)
    assert "Agree on another attempt" in item.what
    course, blocked = registry.SOURCES["training.course"], registry.SOURCES["training.blocked"]
    assert blocked.occurrences == course.occurrences
    assert "training.unlock" in owed(made.user.employee.supervisor)


@pytest.mark.both
@pytest.mark.parametrize("roles", [(Role.COMPLIANCE,), (Role.HR,)])
def test_whoever_is_there_unlocks_where_the_supervisor_has_left(roles):
    stand_in = accounts.user(*roles)
    made = training.blocked()
    with audit.acting(SYSTEM, "tests.arrange"):
        made.user.employee.supervisor.left_on = clock.today() - timedelta(days=1)
    assert "training.unlock" in owed(stand_in)
    ASSIGNMENTS.perform(stand_in, made, "unlock", attempts=1, note="Agreed")


def test_an_exam_that_nobody_hands_in_is_marked_as_it_stands():
    attempt = training.running()
    learner = attempt.assignment.user
    answer = attempt.answers[0]
    operations.exams.answer_question(learner, attempt, position=1, chosen=answer.question.correct)
    assert "training.hand_in" in owed(learner)
    with clock.at(clock.moment(attempt.hand_in_by, 23)):
        assert operations.exams.hand_in_all_overdue(SYSTEM) == 0
    with clock.at(clock.moment(attempt.hand_in_by + timedelta(days=1), 1)):
        assert operations.exams.hand_in_all_overdue(SYSTEM) == 1
        assert operations.exams.hand_in_all_overdue(SYSTEM) == 0
    assert (attempt.status, attempt.score) == (AttemptStatus.FAILED, 12)
    assert str(audit.timeline(attempt)[0].sentence) == "Exam not passed"


def test_a_course_that_is_not_required_is_owed_by_nobody_and_its_exam_ends():
    attempt = training.running()
    made = attempt.assignment
    hr = accounts.user(Role.HR)
    ASSIGNMENTS.perform(hr, made, "drop", note="Works in the back office now")
    assert (made.status, attempt.status) == (AssignmentStatus.DROPPED, AttemptStatus.ABANDONED)
    assert queries.standing.courses_of(made.user) == []
    assert not owed(made.user) & {"training.course", "training.hand_in"}
    ASSIGNMENTS.perform(hr, made, "require", note="Back with clients")
    [held] = queries.standing.courses_of(made.user)
    assert held.state in (CourseState.OPEN, CourseState.SOON)
    assert operations.exams.start_exam(made.user, made).number == 2
    assert held.progress.used == 0


# Whoever becomes an RM.


def test_whoever_becomes_an_rm_gets_the_courses_once():
    training.course()
    employee = accounts.employee()
    user, first = employee.user, employee.started_on
    assert len(operations.assignments.open_for(SYSTEM, user, starts_on=first)) == 7
    before = {each.id: each.due_on for each in queries.assignments.all_of(user)}
    assert operations.assignments.open_for(SYSTEM, user, starts_on=first) == []
    assert {each.id: each.due_on for each in queries.assignments.all_of(user)} == before


def test_a_change_of_clients_brings_what_is_missing_and_drops_what_was_not_begun():
    training.course()
    employee = accounts.employee(rm_type=RmType.PERSONAL)
    user = employee.user
    operations.assignments.open_for(SYSTEM, user, starts_on=employee.started_on)
    mifid = next(each for each in queries.assignments.all_of(user) if each.course.code == "mifid")
    with audit.acting(SYSTEM, "tests.arrange"):
        employee.rm_type = RmType.BUSINESS
    assert operations.assignments.adjust_for(SYSTEM, user, reason="Business clients from now on") == []
    assert mifid.status is AssignmentStatus.DROPPED
    assert audit.timeline(mifid)[0].note == "Business clients from now on"
    assert "mifid" not in {held.course.code for held in queries.standing.courses_of(user)}

    with audit.acting(SYSTEM, "tests.arrange"):
        employee.rm_type = RmType.PERSONAL
    operations.assignments.adjust_for(SYSTEM, user, reason="Back")
    operations.assignments.adjust_for(SYSTEM, user, reason="Back")
    assert mifid.status is AssignmentStatus.OPEN


def test_what_was_begun_stays_after_a_change_of_clients():
    training.course()
    employee = accounts.employee(rm_type=RmType.PERSONAL)
    made = training.assignment("mifid", employee=employee)
    with audit.acting(SYSTEM, "tests.arrange"):
        employee.rm_type = RmType.BUSINESS
    operations.assignments.adjust_for(SYSTEM, employee.user, reason="Business clients from now on")
    assert made.status is AssignmentStatus.OPEN


def test_courses_follow_the_first_day_and_nothing_becomes_due_in_the_past():
    training.course()
    employee = accounts.employee(started_on=clock.today() + timedelta(days=20))
    user = employee.user
    operations.assignments.open_for(SYSTEM, user, starts_on=employee.started_on)
    later = employee.started_on + timedelta(days=70)
    assert operations.assignments.begin_on(SYSTEM, user, starts_on=later) == 7
    assert operations.assignments.begin_on(SYSTEM, user, starts_on=later) == 0
    aml = next(each for each in queries.assignments.all_of(user) if each.course.code == "aml")
    assert aml.due_on == queries.people.working_day(later + timedelta(days=14), user)
    operations.assignments.begin_on(SYSTEM, user, starts_on=clock.today() - timedelta(days=400))
    assert min(each.due_on for each in queries.assignments.all_of(user)) >= clock.today()


def test_after_an_absence_there_are_two_weeks_and_who_leaves_owes_nothing():
    made = training.assignment(due_on=clock.today() - timedelta(days=40))
    assert operations.assignments.postpone_for(SYSTEM, made.user, back_on=clock.today()) == 1
    assert operations.assignments.postpone_for(SYSTEM, made.user, back_on=clock.today()) == 0
    assert made.due_on >= clock.today() + timedelta(days=14)
    assert operations.assignments.call_off_for(SYSTEM, made.user, reason="Leaves the bank") == 1
    assert operations.assignments.call_off_for(SYSTEM, made.user, reason="Leaves the bank") == 0
    assert made.status is AssignmentStatus.DROPPED


# The search.


@pytest.mark.both
@pytest.mark.parametrize("typed", ["laundering", "GELDWÄSCHE", "aml"])
def test_courses_are_found(browser, typed):
    made = training.assignment()
    own = browser(made.user).get("/search", query_string={"q": typed}).text
    assert f"/training/{made.id}" in own
    hr = browser(accounts.user(Role.HR)).get("/search", query_string={"q": typed}).text
    assert f"/training/courses/{made.course_id}" in hr
    stranger = browser(accounts.user(Role.MENTOR)).get("/search", query_string={"q": typed}).text
    assert f"/training/{made.id}" not in stranger
    assert "/training/courses/" not in stranger

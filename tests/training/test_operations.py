"""Assigning, reading, sitting exams: dates, attempts, waits, certificates."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from rmhr.accounts import queries as people
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import calendar
from rmhr.core.errors import NotAllowed, NotPossible, Stale
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType, Role
from rmhr.models.offers import OfferStatus
from rmhr.models.onboarding import TaskStatus
from rmhr.models.training import AssignmentStatus, Attempt, AttemptStatus
from rmhr.offers.workflow import FLOW as OFFERS
from rmhr.training import exams, operations, queries, records
from tests.factories import accounts, training
from tests.factories.offers import offer
from tests.factories.onboarding import plan


def test_a_new_rm_gets_the_courses_of_their_clients_due_on_working_days():
    training.course()
    with clock.at(clock.moment(date(2026, 3, 2), 9)):
        employee = accounts.employee(started_on=date(2026, 4, 18), rm_type=RmType.PERSONAL)
        given = {each.course.code: each for each in operations.assignments.assign_required(SYSTEM, employee)}
    assert len(given) == 7
    assert given["aml"].due_on == date(2026, 5, 4)  # two weeks after the 18th is a Saturday after a holiday
    assert all(calendar.is_working_day(each.due_on, "DE-HH") for each in given.values())
    assert given["aml"].reason["en"] == "Required for private clients, before own client contact"
    assert (
        given["aml"].reason["de"]
        == "Erforderlich für Privatkunden; gesperrt bis zum Bestehen: eigener Kundenkontakt"
    )
    assert given["ethics"].reason["en"] == "Required for private clients"


def test_acceptance_of_an_offer_gives_the_courses_at_once():
    training.course()
    sent = offer(OfferStatus.SENT)
    OFFERS.perform(sent.application.applicant, sent, "accept")
    employee = people.people.employee_for(sent.application_id)
    held = queries.standing.courses_of(employee.user)
    assert len(held) == 7 - (employee.rm_type is RmType.BUSINESS)
    assert min(it.progress.due_on for it in held) > employee.started_on


def test_business_clients_need_no_course_about_advice():
    training.course()
    employee = accounts.employee(rm_type=RmType.BUSINESS)
    codes = {each.course.code for each in operations.assignments.assign_required(SYSTEM, employee)}
    assert "mifid" not in codes
    assert len(codes) == 6


def test_assigning_twice_gives_nothing_twice():
    training.course()
    employee = accounts.employee()
    operations.assignments.assign_required(SYSTEM, employee)
    assert operations.assignments.assign_required(SYSTEM, employee) == []


def test_only_the_system_assigns():
    with pytest.raises(NotAllowed):
        operations.assignments.assign_required(accounts.user(Role.HR), accounts.employee())


def test_the_exam_opens_when_all_lessons_are_read():
    made = training.assignment(read=False)
    with pytest.raises(NotPossible, match="lessons"):
        operations.exams.start_exam(made.user, made)
    training.read_all(made)
    training.read_all(made)
    assert len(made.lessons_read) == len(records.lessons_for(made)) < len(made.taught.lessons)
    assert operations.exams.start_exam(made.user, made).number == 1


def test_a_double_click_finds_the_attempt_that_is_under_way():
    made = training.assignment()
    first = operations.exams.start_exam(made.user, made)
    assert operations.exams.start_exam(made.user, made) is first
    assert len(made.attempts) == 1


def test_the_database_holds_only_one_running_attempt():
    made = training.assignment()
    operations.exams.start_exam(made.user, made)
    with pytest.raises(IntegrityError), audit.acting(SYSTEM, "tests.arrange"):
        db.session.add(Attempt(assignment=made, number=2, started_at=clock.now()))


def test_the_same_chance_draws_the_same_questions():
    one, other = training.assignment(), training.assignment()
    attempts = [operations.exams.start_exam(m.user, m, chance=random.Random(7)) for m in (one, other)]
    drawn = [[(each.question_id, each.order) for each in attempt.answers] for attempt in attempts]
    assert drawn[0] == drawn[1]


def test_answers_are_kept_and_can_be_changed_until_the_exam_is_handed_in():
    made = training.assignment()
    attempt = operations.exams.start_exam(made.user, made)
    answer = attempt.answers[0]
    operations.exams.answer_question(made.user, attempt, position=1, chosen=answer.order[:1])
    operations.exams.answer_question(made.user, attempt, position=1, chosen=answer.order[1:2])
    assert answer.chosen == answer.order[1:2]
    operations.exams.answer_question(made.user, attempt, position=1, chosen=[])
    assert answer.chosen == []
    operations.exams.hand_in(made.user, attempt)
    with pytest.raises(Stale):
        operations.exams.answer_question(made.user, attempt, position=1, chosen=answer.order[:1])
    with pytest.raises(Stale):
        operations.exams.hand_in(made.user, attempt)


def test_an_answer_must_belong_to_its_question():
    made = training.assignment()
    attempt = operations.exams.start_exam(made.user, made)
    with pytest.raises(NotPossible):
        operations.exams.answer_question(made.user, attempt, position=1, chosen=["z"])


def test_nobody_sits_somebody_elses_exam():
    made = training.assignment()
    attempt = operations.exams.start_exam(made.user, made)
    for stranger in (accounts.user(), made.user.employee.supervisor, accounts.user(Role.HR)):
        with pytest.raises(NotAllowed):
            operations.exams.start_exam(stranger, made)
        with pytest.raises(NotAllowed):
            operations.exams.answer_question(stranger, attempt, position=1, chosen=[])
        with pytest.raises(NotAllowed):
            operations.exams.hand_in(stranger, attempt)


def test_passing_brings_certificate_mail_and_a_tick_in_the_plan(mails):
    opened = plan()
    with clock.at(clock.moment(date(2028, 2, 29), 10)):
        made = training.assignment(user=opened.user)
        attempt = training.sit(made, right=7)
    assert attempt.score == 87
    assert attempt.status is AttemptStatus.PASSED
    assert made.status is AssignmentStatus.PASSED
    assert (made.passed_on, made.valid_until) == (date(2028, 2, 29), date(2029, 2, 28))
    assert made.certificate.score == 87
    assert len(made.certificate.code) == 14
    assert next(t for t in opened.tasks if t.course_code == "aml").status is TaskStatus.DONE
    last = mails()[-1]
    assert last.kind == "training.passed"
    assert f"/training/{made.id}/certificate.pdf" in last.text


def test_the_mail_speaks_the_learners_language(mails):
    training.passed(user=accounts.employee(user=accounts.user(language="de")).user)
    last = mails()[-1]
    assert last.subject == "Bestanden: Geldwäscheprävention"
    assert "herzlichen Glückwunsch" in last.text


def test_one_point_below_the_mark_is_not_enough():
    made = training.assignment()
    attempt = training.sit(made, right=6)  # 75 %
    assert (attempt.score, attempt.status) == (75, AttemptStatus.FAILED)
    assert made.status is AssignmentStatus.OPEN
    assert made.certificate is None


def test_an_exam_without_answers_is_failed():
    made = training.assignment()
    attempt = operations.exams.start_exam(made.user, made)
    operations.exams.hand_in(made.user, attempt)
    assert attempt.score == 0


def test_there_is_a_day_between_two_attempts():
    began = clock.moment(date(2026, 6, 1), 10)
    with clock.at(began):
        made = training.assignment()
        training.sit(made, right=0)
    with clock.at(began + timedelta(hours=23, minutes=59)), pytest.raises(NotPossible, match="pause"):
        operations.exams.start_exam(made.user, made)
    with clock.at(began + timedelta(hours=24)):
        assert operations.exams.start_exam(made.user, made).number == 2


def test_after_the_last_attempt_somebody_must_talk(mails):
    with clock.at(clock.moment(date(2026, 6, 5), 10)):  # a Friday
        made = training.blocked()
    assert made.status is AssignmentStatus.BLOCKED
    assert len(made.attempts) == 3
    assert made.unlock_by == date(2026, 6, 10)
    last = mails()[-1]
    assert (last.kind, last.to_address) == ("training.blocked", made.user.employee.supervisor.email)
    with pytest.raises(NotPossible):
        operations.exams.start_exam(made.user, made)


def test_without_a_supervisor_compliance_is_told(mails):
    compliance = accounts.user(Role.COMPLIANCE)
    training.blocked(employee=accounts.employee(supervisor=None))
    assert mails()[-1].to_address == compliance.email


def test_a_renewal_opens_sixty_days_before_the_end_and_only_once():
    with clock.at(clock.moment(date(2026, 1, 15), 10)):
        made = training.passed()
    end = date(2027, 1, 15)
    with clock.at(clock.moment(end - timedelta(days=61), 10)):
        assert operations.rounds.open_renewals(SYSTEM) == 0
    with clock.at(clock.moment(end - timedelta(days=60), 10)):
        assert operations.rounds.open_renewals(SYSTEM) == 1
        assert operations.rounds.open_renewals(SYSTEM) == 0
        renewal = queries.assignments.newest(made)
        assert (renewal.cycle, renewal.due_on) == (2, end)
        training.read_all(renewal)
        training.sit(renewal)
    assert renewal.valid_until == date(2027, 11, 16)


def test_who_has_left_renews_nothing():
    with clock.at(clock.moment(date(2026, 1, 15), 10)):
        made = training.passed()
    with audit.acting(SYSTEM, "tests.arrange"):
        made.user.left_on = date(2026, 6, 30)
    with clock.at(clock.moment(date(2027, 1, 1), 10)):
        assert operations.rounds.open_renewals(SYSTEM) == 0


def test_codes_are_never_the_same():
    assert len({operations.certificates.new_code() for _n in range(500)}) == 500


def test_the_history_does_not_tell_the_answers_apart():
    made = training.assignment()
    attempt = training.sit(made)
    assert str(audit.timeline(attempt)[0].sentence) == "Exam passed"
    assert exams.passes(attempt, made.taught.pass_mark)

"""Employment events: what begins, changes, pauses and ends on a day; what hangs on a person and who takes it over."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from rmhr.accounts import operations, queries
from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.errors import NotPossible
from rmhr.core.flow.handing_over import hanging_on
from rmhr.core.flow.seen import seen_of
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import EmploymentKind, EmploymentStatus, RmLevel, RmType, Role, User
from rmhr.models.applications import ApplicationStatus
from rmhr.models.interviews import InterviewStatus
from rmhr.models.postings import TeamPart
from rmhr.models.requisitions import RequisitionStatus
from rmhr.onboarding import content as onboarding_content
from rmhr.onboarding import queries as onboarding
from rmhr.postings.operations import team
from rmhr.reminders.operations import absence as absences
from rmhr.shadowing import content as shadowing_content
from rmhr.shadowing import queries as ladders
from rmhr.training import content as training_content
from rmhr.training import queries as training
from tests.factories import accounts as factories
from tests.factories import (
    applications,
    courses,
    interviews,
    offers,
    performance,
    postings,
    reminders,
    rulebook,
    shadowing,
)
from tests.factories import onboarding as plans

pytestmark = pytest.mark.both

TODAY, AHEAD = timedelta(0), timedelta(days=10)


def day(after: timedelta) -> Any:
    return clock.today() + after


def invited(**given: Any) -> User:
    boss = factories.user(Role.SUPERVISOR)
    return operations.people.invite(
        given.pop("by", None) or factories.user(Role.HR),
        None,
        **{
            "name": "Lena Brandt",
            "email": "lena.brandt@bank.example",
            "language": "en",
            "roles": [Role.RM],
            "unit_id": factories.unit().id,
            "job_title": "Relationship Manager",
            "supervisor_id": boss.id,
            "rm_type": RmType.BUSINESS,
            "level": RmLevel.JUNIOR,
            "started_on": day(AHEAD),
        }
        | given,
    )


def courses_of(user: User) -> set[str]:
    return {held.course.code for held in training.standing.courses_of(user)}


@pytest.fixture
def content(app: Any) -> None:
    for stage in (onboarding_content, shadowing_content, training_content):
        stage.load()


# Whoever becomes an RM gets what RMs get.


def test_an_invited_rm_gets_plan_shadowing_and_courses(content: None) -> None:
    hr = factories.user(Role.HR)
    rm = invited(by=hr)

    plan = onboarding.of(rm)
    assert plan is not None
    assert (plan.starts_on, plan.hr_id) == (rm.employee.started_on, hr.id)
    assert plan.tasks
    assert any(each.kind is EmploymentKind.BEGINS for each in queries.employment.with_requests(rm)[0])
    assert courses_of(rm)
    programme = ladders.of(rm)
    assert programme is not None
    assert programme.mentor_id == rm.employee.supervisor_id


def test_an_invited_colleague_who_is_no_rm_gets_none_of_it(content: None) -> None:
    clerk = invited(roles=[Role.INTERVIEWER], rm_type=None, level=None)
    assert onboarding.of(clerk) is None
    assert courses_of(clerk) == set()


def test_whoever_began_long_ago_needs_the_courses_and_no_plan(content: None) -> None:
    rm = invited(started_on=day(timedelta(days=-1000)))
    assert onboarding.of(rm) is None
    assert courses_of(rm)


def test_a_move_from_business_to_private_clients_adds_the_courses_on_the_day(content: None) -> None:
    hr, rm = factories.user(Role.HR), invited(started_on=day(timedelta(days=-400)))
    before = courses_of(rm)

    operations.employment.change_place(hr, rm, on=day(AHEAD), rm_type=RmType.PERSONAL)
    assert (rm.employee.rm_type, courses_of(rm)) == (RmType.BUSINESS, before)

    with clock.at(clock.now() + AHEAD):
        assert operations.employment.take_effect(SYSTEM) == 1
        assert operations.employment.take_effect(SYSTEM) == 0
    assert rm.employee.rm_type is RmType.PERSONAL
    assert courses_of(rm) > before


def test_a_clerk_who_becomes_an_rm_gets_role_plan_and_courses(content: None) -> None:
    hr, clerk = factories.user(Role.HR), invited(roles=[Role.INTERVIEWER], rm_type=None, level=None)
    operations.employment.change_place(hr, clerk, rm_type=RmType.PERSONAL, level=RmLevel.JUNIOR)
    assert clerk.has(Role.RM)
    assert onboarding.of(clerk) is not None
    assert courses_of(clerk)


# Days ahead and behind.


def test_what_is_planned_can_be_taken_back_on_the_person_s_page(browser: Any, session: Any) -> None:
    hr, rm = factories.user(Role.HR), factories.employee().user
    unit = factories.unit(name="Kiel")
    event = operations.employment.change_place(hr, rm, on=day(AHEAD), unit_id=unit.id)
    assert event is not None
    client = browser(hr)
    page = client.get(f"/people/{rm.id}").text
    assert "Kiel" in page
    assert "Take back…" in page
    client.post(f"/people/employment/{event.id}/cancel", data={"seen": seen_of(event)})
    session.refresh(event)
    assert event.status is EmploymentStatus.CANCELLED
    with clock.at(clock.now() + AHEAD):
        assert operations.employment.take_effect(SYSTEM) == 0
    assert rm.employee.unit_id != unit.id


def test_the_edit_of_a_person_takes_a_day_from_which_it_holds(browser: Any, session: Any) -> None:
    hr, rm = factories.user(Role.HR), factories.employee().user
    it = rm.employee
    data = {
        "name": rm.name,
        "email": rm.email,
        "language": "en",
        "roles": ["rm"],
        "unit_id": it.unit_id,
        "job_title": it.job_title,
        "supervisor_id": it.supervisor_id,
        "rm_type": "business",
        "level": it.level.value,
        "started_on": it.started_on.isoformat(),
        "valid_from": day(AHEAD).isoformat(),
        "seen": seen_of(rm),
    }
    assert browser(hr).post(f"/people/{rm.id}/edit", data=data).status_code == 303
    session.refresh(rm)
    assert rm.employee.rm_type is RmType.PERSONAL
    (event,) = queries.employment.planned_of(rm)
    assert (event.on, event.changes) == (day(AHEAD), {"rm_type": ["personal", "business"]})


def test_an_old_supervisor_loses_sight_on_the_day(browser: Any) -> None:
    hr, boss, other = (
        factories.user(Role.HR),
        factories.user(Role.SUPERVISOR),
        factories.user(Role.SUPERVISOR),
    )
    rm = factories.employee(supervisor=boss).user
    goal = performance.agreed(rm)
    assert browser(boss).get(f"/people/{rm.id}").status_code == 200

    operations.employment.change_place(hr, rm, supervisor_id=other.id)

    assert browser(boss).get(f"/people/{rm.id}").status_code == 404
    assert browser(boss).get(f"/goals/{goal.id}").status_code == 404
    assert browser(other).get(f"/goals/{goal.id}").status_code == 200
    assert goal.supervisor_id == other.id


def test_what_cannot_be_put_into_force_is_owed_by_hr_and_in_the_way_of_nobody() -> None:
    hr = factories.user(Role.HR)
    one, other = (
        factories.employee(user=factories.user(Role.SUPERVISOR), supervisor=None).user for _n in "12"
    )
    rm = factories.employee().user
    # Each of the two is fine by itself, when it is recorded.
    operations.employment.change_place(hr, one, on=day(AHEAD), supervisor_id=other.id)
    operations.employment.change_place(hr, other, on=day(AHEAD), supervisor_id=one.id)
    operations.employment.change_place(hr, rm, on=day(AHEAD), level=RmLevel.SENIOR)
    with clock.at(clock.now() + AHEAD + timedelta(days=1)):
        assert operations.employment.take_effect(SYSTEM) == 2
        owed = [each.source.name for each in sources.for_person(queries.people.first(Role.HR).id)]
    assert (one.employee.supervisor_id, other.employee.supervisor_id) == (other.id, None)
    assert rm.employee.level is RmLevel.SENIOR
    assert owed.count("accounts.employment") == 1


# Leaving: everything that hangs on a person is listed, and goes to somebody.


def everything_hangs_on() -> tuple[User, User]:
    """(who leaves, who can take over all of it), with one thing of each kind."""
    roles = tuple(role for role in Role if role is not Role.ADMIN)
    leaver, heir = factories.user(*roles, name="Paul Alt"), factories.user(*roles, name="Nora Neu")
    factories.employee(user=leaver, supervisor=None)
    report = factories.employee(supervisor=leaver).user
    factories.unit(head=leaver, hr=leaver, compliance=leaver)
    postings.requisition(status=RequisitionStatus.PENDING, approver=leaver)
    postings.requisition(requester=leaver)
    postings.posting(recruiter=leaver, hiring_manager=leaver)
    helps = postings.posting()
    team.add_to_team(helps.recruiter, helps, user=leaver, part=TeamPart.INTERVIEWER)
    interviews.interview(hours=24 * 20, panel=[leaver, interviews.interviewer()])
    interviews.interview(InterviewStatus.HELD, hours=-24, panel=[leaver, interviews.interviewer()])
    plans.plan(mentor=leaver, buddy=leaver, hr=leaver)
    shadowing.logged(shadowing.programme(mentor=leaver))
    offers.offer(supervisor=leaver, mentor=leaver, buddy=leaver)
    performance.review(report)
    performance.proposed(report)
    rulebook.rule(owner=leaver)
    author = factories.user(Role.HR)
    courses.owned(courses.submitted(author, courses.draft(author), leaver), leaver)
    reminders.absence(report, leaver, day(TODAY), day(AHEAD * 3))
    db.session.commit()
    return leaver, heir


def test_one_thing_of_each_kind_is_listed_and_handed_over_on_the_day(browser: Any, mails: Any) -> None:
    leaver, heir = everything_hangs_on()
    hr = factories.user(Role.HR)
    hung = hanging_on(leaver)
    assert {each.kind.name for each in hung} == set(registry.HANGING)

    page = browser(hr).get(f"/people/{leaver.id}/leave").text
    for each in hung:
        assert str(each.kind.label) in page
        assert each.things[0].what in unescape(page)
    fields = {
        "to_" + each.kind.name.replace(".", "_"): heir.id for each in hung if each.kind.hand_over is not None
    }
    sent = {"on": day(AHEAD).isoformat(), "seen": seen_of(leaver), **fields}
    assert browser(hr).post(f"/people/{leaver.id}/leave", data=sent).status_code == 303
    assert {each.kind.name for each in hanging_on(leaver)} == set(registry.HANGING), "not before the day"

    with clock.at(clock.now() + AHEAD + timedelta(days=1)):
        operations.employment.take_effect(SYSTEM)
        db.session.commit()
        left = {each.kind.name for each in hanging_on(leaver)}
    # What only the person could write stays, and HR owes it.
    assert left == {"interviews.scorecards"}
    mail = mails()[-1]
    assert (mail.kind, mail.to_address) == ("accounts.handed_over", heir.email)
    assert "Paul Alt" in mail.text


def test_nobody_is_handed_the_offer_that_is_made_to_them() -> None:
    leaver, colleague = factories.user(Role.SUPERVISOR), factories.user(Role.SUPERVISOR)
    factories.employee(user=colleague)
    own = offers.offer(
        supervisor=leaver,
        application=applications.from_inside(person=colleague, status=ApplicationStatus.APPROVED),
    )
    another = offers.offer(supervisor=leaver)

    operations.people.leave(
        factories.user(Role.HR),
        leaver,
        on=day(timedelta(days=-1)),
        successors={"offers.supervising": colleague.id},
    )

    assert (own.supervisor_id, another.supervisor_id) == (leaver.id, colleague.id)
    assert "offers.supervising" in [each.kind.name for each in hanging_on(leaver)]


def test_panels_are_handed_over_as_far_as_there_is_time(mails: Any) -> None:
    roles = (Role.INTERVIEWER,)
    leaver, heir = factories.user(*roles, name="Paul Alt"), factories.user(*roles, name="Nora Neu")
    free = interviews.interview(hours=72, panel=[leaver, interviews.interviewer()])
    taken = interviews.interview(hours=96, panel=[leaver, interviews.interviewer()])
    interviews.interview(hours=96, panel=[heir, interviews.interviewer()])

    operations.people.leave(
        factories.user(Role.HR), leaver, on=day(timedelta(days=-1)), successors={"interviews.panels": heir.id}
    )

    assert heir.id in {seat.interviewer_id for seat in free.seats}
    assert leaver.id in {seat.interviewer_id for seat in taken.seats}
    assert [each.kind.name for each in hanging_on(leaver)] == ["interviews.panels"]


def moves(hr: User, person: User, successors: dict[str, int]) -> None:
    operations.employment.change_place(
        hr, person, on=clock.today(), job_title="Elsewhere", successors=successors
    )


def is_away(hr: User, person: User, successors: dict[str, int]) -> None:
    operations.employment.be_absent(
        hr, person, starts_on=clock.today(), ends_on=day(AHEAD), successors=successors
    )


def leaves(hr: User, person: User, successors: dict[str, int]) -> None:
    operations.people.leave(hr, person, on=day(timedelta(days=-1)), successors=successors)


def owed_about(person: User) -> list[int]:
    first = queries.people.first(Role.HR)
    names = [each for each in sources.for_person(first.id) if each.source.name == "accounts.left_over"]
    return [each.subject_id for each in names if each.subject_id == person.id]


def not_taken_over(way: Any) -> tuple[User, User]:
    """(who moves, leaves or is away; whose interview at the same time leaves one of theirs with them)."""
    hr = factories.user(Role.HR)
    person = factories.employee(user=factories.user(Role.INTERVIEWER), rm_type=None, level=None).user
    heir = factories.user(Role.INTERVIEWER)
    for panel in ([person, interviews.interviewer()], [heir, interviews.interviewer()]):
        interviews.interview(hours=96, panel=panel)
    way(hr, person, {"interviews.panels": heir.id})
    db.session.flush()
    assert [each.kind.name for each in hanging_on(person)] == ["interviews.panels"]
    return hr, person


@pytest.mark.parametrize("way", [moves, is_away, leaves])
def test_what_a_successor_cannot_take_over_is_owed_by_hr_until_somebody_does(browser: Any, way: Any) -> None:
    hr, person = not_taken_over(way)
    assert owed_about(person) == [person.id]
    assert "Something of" in browser(hr).get(f"/people/{person.id}").text

    another = factories.user(Role.INTERVIEWER)
    (moves if person.is_active else leaves)(hr, person, {"interviews.panels": another.id})
    db.session.flush()
    assert hanging_on(person) == []
    operations.employment.settle_all(SYSTEM)
    assert owed_about(person) == []


@pytest.mark.parametrize("way", [moves, is_away])
def test_hr_says_that_it_stays_with_whoever_is_still_here(browser: Any, way: Any) -> None:
    hr, person = not_taken_over(way)
    client = browser(hr)
    assert client.post(f"/people/{person.id}/keep", data={"seen": seen_of(person)}).status_code == 303
    assert owed_about(person) == []
    assert client.post(f"/people/{person.id}/keep", data={"seen": seen_of(person)}).status_code == 409


def test_whoever_is_back_goes_on_with_what_nobody_took() -> None:
    _hr, person = not_taken_over(is_away)
    with clock.at(clock.now() + AHEAD + timedelta(days=1)):
        operations.employment.take_effect(SYSTEM)
        assert owed_about(person) == []


def test_what_nobody_takes_over_is_owed_by_hr_until_somebody_does(browser: Any) -> None:
    leaver, hr = factories.user(Role.HR, Role.SUPERVISOR), factories.user(Role.HR)
    report = factories.employee(supervisor=leaver).user
    operations.people.leave(hr, leaver, on=day(timedelta(days=-1)))
    first = queries.people.first(Role.HR)
    owed = [each for each in sources.for_person(first.id) if each.source.name == "accounts.left_over"]
    assert [each.subject_id for each in owed if each.subject_id == leaver.id] == [leaver.id]
    assert "Hand over…" in browser(hr).get(f"/people/{leaver.id}").text

    successor = factories.user(Role.SUPERVISOR)
    sent = {
        "on": day(timedelta(days=-1)).isoformat(),
        "to_accounts_reports": successor.id,
        "seen": seen_of(leaver),
    }
    assert browser(hr).post(f"/people/{leaver.id}/leave", data=sent).status_code == 303
    db.session.expire_all()
    assert report.employee.supervisor_id == successor.id
    assert leaver.id not in {each.subject_id for each in sources.for_person(first.id)}


def test_nobody_takes_over_who_may_not_or_is_not_here() -> None:
    hr, leaver, gone = factories.user(Role.HR), factories.user(Role.HR), factories.user(Role.HR)
    operations.people.leave(hr, gone, on=day(timedelta(days=-1)))
    for successor in (factories.user(Role.RM), leaver, gone):
        with pytest.raises(NotPossible, match="works here and may do it"):
            operations.people.leave(
                hr, leaver, on=clock.today(), successors={"postings.recruiting": successor.id}
            )


def test_leaving_taken_back_hands_nothing_over() -> None:
    hr, leaver = factories.user(Role.HR), factories.user(Role.SUPERVISOR)
    report = factories.employee(supervisor=leaver).user
    successor = factories.user(Role.SUPERVISOR)
    operations.people.leave(hr, leaver, on=day(AHEAD), successors={"accounts.reports": successor.id})
    operations.people.stay(hr, leaver)
    assert leaver.left_on is None
    with clock.at(clock.now() + AHEAD + timedelta(days=1)):
        assert operations.employment.take_effect(SYSTEM) == 0
    assert report.employee.supervisor_id == leaver.id


# Long absences.


def test_a_long_absence_is_an_event_with_a_return(app: Any) -> None:
    hr, rm = factories.user(Role.HR), factories.employee().user
    absence = absences.enter_absence(
        hr, rm, starts_on=day(AHEAD), ends_on=day(AHEAD * 10), deputy_id=None, successors=None
    )
    kinds = [(each.kind, each.on) for each in queries.employment.planned_of(rm)]
    assert kinds == [
        (EmploymentKind.ABSENT, day(AHEAD)),
        (EmploymentKind.RETURNS, day(AHEAD * 10) + timedelta(days=1)),
    ]
    with clock.at(clock.now() + AHEAD * 2):
        operations.employment.take_effect(SYSTEM)
        absences.end_absence(hr, absence)
        assert queries.employment.planned_of(rm) == []
    assert [each.status for each in queries.employment.with_requests(rm)[0]] == [
        EmploymentStatus.EFFECTIVE
    ] * 2


def test_an_absence_that_does_not_happen_leaves_nothing_planned() -> None:
    hr, rm = factories.user(Role.HR), factories.employee().user
    absence = absences.enter_absence(hr, rm, starts_on=day(AHEAD), ends_on=day(AHEAD * 10), deputy_id=None)
    absences.delete_absence(hr, absence)
    assert queries.employment.planned_of(rm) == []


def test_a_holiday_is_no_event() -> None:
    hr, rm = factories.user(Role.HR), factories.employee().user
    absences.enter_absence(hr, rm, starts_on=day(AHEAD), ends_on=day(AHEAD * 2), deputy_id=None)
    assert queries.employment.with_requests(rm)[0] == []

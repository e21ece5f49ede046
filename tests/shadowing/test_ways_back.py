"""Confirmations taken back, ladders opened again, hosts who left; programmes that begin and end with an employment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.due import sources
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.shadowing import ProgrammeStatus, SessionStatus
from rmhr.shadowing import content, operations, queries, records
from rmhr.shadowing.workflow import PROGRAMMES, SESSIONS
from tests.factories import accounts
from tests.factories.onboarding import plan
from tests.factories.shadowing import climb, confirmed, logged, programme, signed_off


def owed(user):
    return {item.source.name for item in sources.for_person(user.id)}


def leave(user):
    with audit.acting(SYSTEM, "tests.arrange"):
        user.left_on = clock.today() - timedelta(days=1)


def test_a_confirmation_is_taken_back_with_a_reason_and_the_first_copy_stays(mails):
    session = confirmed(programme())
    SESSIONS.perform(session.host, session, "take_back", note="It was another meeting")
    assert (session.status, session.confirmed_by_id) == (SessionStatus.LOGGED, None)
    assert queries.progress(session.programme).rungs[0].done == 0
    assert "It was another meeting" in mails()[-1].text
    assert not records.of_session(session).concluded
    operations.correct_session(session.programme.user, session, learned="Something else.")
    SESSIONS.perform(session.host, session, "confirm", feedback="Now it is right.")
    says = [each.says.learned for each in records.SESSION.editions(session)]
    assert says == ["Costs come before the product.", "Something else."]


def test_while_the_ladder_is_signed_off_no_confirmation_is_taken_back():
    of = signed_off()
    session = of.sessions[0]
    with pytest.raises(NotPossible, match="opened again first"):
        SESSIONS.perform(session.host, session, "take_back", note="Wrong")
    PROGRAMMES.perform(of.mentor, of, "reopen", note="A session was confirmed by mistake")
    SESSIONS.perform(session.host, session, "take_back", note="Wrong")
    assert (of.status, of.signed_off_at) == (ProgrammeStatus.ACTIVE, None)
    assert not records.of_programme(of).concluded


def test_the_plan_knows_of_the_sign_off_and_of_its_end():
    opened = plan()
    of = programme(employee=opened.user.employee)
    climb(of)
    PROGRAMMES.perform(of.mentor, of, "sign_off", note="Ready.")
    assert opened.signed_off_on == clock.today()
    PROGRAMMES.perform(of.mentor, of, "reopen", note="Too early")
    assert opened.signed_off_on is None


def test_a_host_who_has_left_is_stood_in_for_and_the_page_says_by_whom(browser):
    of = programme()
    session = logged(of, host_id=accounts.user(Role.MENTOR).id)
    with pytest.raises(NotAllowed):
        SESSIONS.perform(of.mentor, session, "confirm", feedback="Well seen.")
    leave(session.host)
    assert "shadowing.confirm" in owed(of.mentor)
    SESSIONS.perform(of.mentor, session, "confirm", feedback="Well seen.")
    assert session.confirmed_by_id == of.mentor_id
    page = browser(of.user).get(f"/shadowing/sessions/{session.id}").text
    assert f"Feedback of {of.mentor.name}" in page
    assert f"For {session.host.name}, who has left" in page


@pytest.mark.both
def test_where_host_and_mentor_have_left_the_supervisor_owes_it_and_then_hr():
    of = programme()
    session = logged(of)
    boss, hr = of.user.employee.supervisor, accounts.user(Role.HR)
    leave(of.mentor)
    assert "shadowing.confirm" in owed(boss)
    leave(boss)
    assert "shadowing.confirm" in owed(hr)
    other = accounts.user(Role.MENTOR)
    SESSIONS.perform(hr, session, "pass_on", host_id=other.id, note="The mentor has left")
    assert "shadowing.confirm" in owed(other)


def test_it_is_passed_on_to_somebody_who_can_host(browser, mails):
    of = programme()
    session, other = logged(of), accounts.user(Role.MENTOR)
    address = f"/shadowing/sessions/{session.id}/pass_on"
    client = browser(of.user.employee.supervisor)
    assert other.name in client.get(address).text
    sent = {"seen": "logged", "host_id": other.id, "note": "On holiday for three weeks"}
    assert client.post(address, data=sent).status_code == 302
    assert session.host_id == other.id
    assert mails()[-1].to_address == other.email
    with pytest.raises(NotPossible, match="not the RM"):
        SESSIONS.perform(other, session, "pass_on", host_id=of.user_id, note="No")


@pytest.mark.both
def test_a_climbed_ladder_is_owed_by_the_mentor_and_else_by_the_supervisor():
    of = programme()
    climb(of)
    assert "shadowing.sign_off" in owed(of.mentor)
    leave(of.mentor)
    assert "shadowing.sign_off" in owed(of.user.employee.supervisor)


def test_whoever_becomes_an_rm_gets_a_ladder_once_whichever_way():
    content.load()
    employee = accounts.employee()
    user = employee.user
    first = operations.open_for(SYSTEM, user, starts_on=employee.started_on)
    assert first.mentor_id == employee.supervisor_id
    assert operations.open_for(SYSTEM, user, starts_on=employee.started_on) is first
    nobody = accounts.employee(rm_type=None).user
    assert operations.open_for(SYSTEM, nobody, starts_on=clock.today()) is None


def test_the_ladder_follows_the_first_day_but_what_is_climbed_stays():
    of = programme()
    for _n in range(4):
        confirmed(of)
    before = {rung.rung: rung.due_on for rung in of.rungs}
    later = of.starts_on + timedelta(days=30)
    operations.begin_on(SYSTEM, of.user, starts_on=later)
    operations.begin_on(SYSTEM, of.user, starts_on=later)
    moved = {rung.rung for rung in of.rungs if rung.due_on > before[rung.rung]}
    assert len(moved) == 2
    assert of.due_on == max(rung.due_on for rung in of.rungs)


def test_who_leaves_owes_nothing_and_who_comes_back_goes_on():
    of = programme()
    session = logged(of)
    operations.call_off_for(SYSTEM, of.user, reason="Leaves the bank")
    operations.call_off_for(SYSTEM, of.user, reason="Leaves the bank")
    assert of.status is ProgrammeStatus.CALLED_OFF
    assert "shadowing.confirm" not in owed(session.host)
    with pytest.raises(NotPossible, match="called off"):
        logged(of)
    assert operations.open_for(SYSTEM, of.user, starts_on=of.starts_on) is of
    assert of.status is ProgrammeStatus.ACTIVE


def test_what_a_mentor_guides_and_owes_is_handed_over():
    of = programme()
    session, other = logged(of), accounts.user(Role.MENTOR)
    assert operations.hand_over(SYSTEM, of.mentor, successor=other) == 2
    assert (of.mentor_id, session.host_id) == (other.id, other.id)
    assert "shadowing.confirm" in owed(other)

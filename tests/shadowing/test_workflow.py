"""Sessions are confirmed by their hosts, programmes signed off by mentor or supervisor, never by oneself."""

from __future__ import annotations

import pytest

from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.models.accounts import Role
from rmhr.models.shadowing import ProgrammeStatus, Rung, SessionStatus
from rmhr.shadowing import operations, queries
from rmhr.shadowing.workflow import PROGRAMMES, SESSIONS
from tests.factories import accounts
from tests.factories.shadowing import climb, confirmed, logged, programme


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("host", {"confirm", "send_back", "pass_on"}),
        ("RM", set()),
        ("supervisor", {"pass_on"}),
        ("another mentor", set()),
        ("HR", {"pass_on"}),
    ],
)
def test_who_may_do_what_with_a_session_that_waits(who, may):
    session = logged(programme())
    user = {
        "host": lambda: session.host,
        "RM": lambda: session.programme.user,
        "supervisor": lambda: session.programme.user.employee.supervisor,
        "another mentor": lambda: accounts.user(Role.MENTOR),
        "HR": lambda: accounts.user(Role.HR),
    }[who]()
    assert {move.transition.name for move in SESSIONS.moves(user, session)} == may
    for name in SESSIONS.transitions.keys() - may:
        with pytest.raises((NotAllowed, NotPossible)):
            SESSIONS.perform(user, session, name)


def test_a_confirmed_session_counts_and_the_rm_is_told(mails):
    session = logged(programme())
    assert queries.progress(session.programme).waiting == 1
    SESSIONS.perform(session.host, session, "confirm", feedback="Well seen.")
    step = queries.progress(session.programme).rungs[0]
    assert (step.rung, step.done) == (Rung.OBSERVE, 1)
    assert mails()[-1].to_address == session.programme.user.email
    assert "confirmed your session" in mails()[-1].subject


def test_what_was_sent_back_is_corrected_and_handed_in_again(mails):
    session = logged(programme())
    SESSIONS.perform(session.host, session, "send_back", feedback="Which kind of meeting was it?")
    rm = session.programme.user
    operations.correct_session(rm, session, learned="A meeting about a mortgage.")
    SESSIONS.perform(rm, session, "resubmit")
    assert session.status is SessionStatus.LOGGED
    assert [mail.kind for mail in mails()][-2:] == ["shadowing.returned", "shadowing.logged"]


def test_a_confirmed_session_stays_as_it_is():
    session = confirmed(programme())
    with pytest.raises(NotPossible, match="confirmed"):
        operations.correct_session(session.programme.user, session, learned="Nothing.")


def test_nobody_else_corrects_a_session():
    session = logged(programme())
    with pytest.raises(NotAllowed):
        operations.correct_session(session.host, session, learned="Nothing.")


def test_signing_off_says_what_is_missing():
    opened = programme()
    with pytest.raises(NotPossible, match="Observe: 0 of 4"):
        PROGRAMMES.perform(opened.mentor, opened, "sign_off")
    logged(opened)
    with pytest.raises(NotPossible, match="still waiting"):
        PROGRAMMES.perform(opened.mentor, opened, "sign_off")


@pytest.mark.parametrize("who", ["mentor", "supervisor"])
def test_whoever_guides_or_leads_signs_off_when_the_ladder_is_climbed(who, mails):
    opened = programme()
    climb(opened)
    user = opened.mentor if who == "mentor" else opened.user.employee.supervisor
    PROGRAMMES.perform(user, opened, "sign_off", note="Ready.")
    assert opened.status is ProgrammeStatus.SIGNED_OFF
    told = {mail.to_address for mail in mails() if mail.kind == "shadowing.signed_off"}
    assert told == {opened.user.email, opened.user.employee.supervisor.email}
    with pytest.raises(NotPossible, match="signed off"):
        logged(opened)


def test_nobody_signs_off_themselves():
    opened = programme()
    climb(opened)
    with pytest.raises(NotAllowed):
        PROGRAMMES.perform(opened.user, opened, "sign_off")


def test_a_rung_opens_when_the_one_below_is_climbed():
    opened = programme()
    assert queries.progress(opened).open == [Rung.OBSERVE]
    for _n in range(4):
        confirmed(opened)
    assert queries.progress(opened).open == [Rung.OBSERVE, Rung.ASSIST]
    assert queries.progress(opened).present.needed == 5

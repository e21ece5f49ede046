"""Roles are power: nobody gives themselves one, two people give the strongest, and nobody checks themselves."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from rmhr.accounts import operations, policies
from rmhr.accounts.workflow import ROLE_REQUESTS
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.flow.seen import seen_of
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role, RoleRequest, RoleRequestStatus, User
from tests.accounts.test_people import form
from tests.factories import accounts as factories

pytestmark = pytest.mark.both

#: Who gives a role at all, and which; a new role or a new way in joins by itself.
GIVERS = (Role.HR, Role.ADMIN)


def asked(user: User) -> list[RoleRequest]:
    return list(db.session.scalars(select(RoleRequest).where(RoleRequest.user_id == user.id)))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("giver", GIVERS)
def test_nobody_gives_themselves_a_role(app: Any, giver: Role, role: Role) -> None:
    me, _other = factories.user(giver), factories.user(Role.HR)
    if role is giver:
        operations.people.grant(me, me, role=role)  # having it already is fine
        return
    with pytest.raises((NotPossible, NotAllowed)):
        operations.people.grant(me, me, role=role)
    assert me.roles == {giver}
    assert asked(me) == []


def test_the_page_says_so_and_keeps_what_was_typed(browser: Any, app: Any) -> None:
    hr = factories.employee(user=factories.user(Role.HR), rm_type=None, level=None).user
    sent = form(hr.employee.unit, name=hr.name, email=hr.email, roles=["hr", "mentor"], rm_type="", level="")
    sent |= {"job_title": "Typed", "valid_from": clock.today().isoformat(), "seen": seen_of(hr)}
    answer = browser(hr).post(f"/people/{hr.id}/edit", data=sent)
    assert answer.status_code == 422
    assert "Nobody gives themselves a role" in answer.text
    assert 'value="Typed"' in answer.text
    assert hr.roles == {Role.HR}


@pytest.mark.parametrize("role", Role)
def test_which_roles_one_person_gives_alone(app: Any, role: Role) -> None:
    admin, somebody = factories.user(Role.ADMIN), factories.user(Role.INTERVIEWER)
    factories.user(Role.HR)
    operations.people.grant(admin, somebody, role=role)
    alone = role not in (Role.ADMIN, Role.COMPLIANCE)
    assert somebody.has(role) is alone
    assert len(asked(somebody)) == (0 if alone else 1)


def test_asking_twice_is_one_question(app: Any) -> None:
    hr, somebody = factories.user(Role.HR), factories.user(Role.INTERVIEWER)
    factories.user(Role.HR)
    for _time in range(2):
        operations.people.grant(hr, somebody, role=Role.COMPLIANCE)
    assert len(asked(somebody)) == 1


def test_an_invitation_gives_the_rest_at_once(browser: Any, app: Any) -> None:
    hr = factories.user(Role.HR)
    factories.user(Role.COMPLIANCE)
    sent = form(factories.unit(), roles=["compliance", "interviewer"], rm_type="", level="")
    page = browser(hr).post("/people/new", data=sent, follow_redirects=True).text
    invited = db.session.scalars(select(User).where(User.email == "jule.hansen@bank.example")).one()
    assert invited.roles == {Role.INTERVIEWER}
    assert [each.role for each in asked(invited)] == [Role.COMPLIANCE]
    assert "is waiting for a second person" in page


DECIDES = {
    "asker": False,
    "whoever gets it": False,
    "another in HR": True,
    "administrator": True,
    "compliance": True,
    "supervisor": False,
    "rm": False,
}


@pytest.mark.parametrize("who", DECIDES)
def test_who_is_the_second_person(browser: Any, app: Any, who: str) -> None:
    asker, subject = factories.user(Role.HR), factories.user(Role.HR)
    people = {
        "asker": asker,
        "whoever gets it": subject,
        "another in HR": factories.user(Role.HR),
        "administrator": factories.user(Role.ADMIN),
        "compliance": factories.user(Role.COMPLIANCE),
        "supervisor": factories.user(Role.SUPERVISOR),
        "rm": factories.user(Role.RM),
    }
    request = factories.role_request(user_id=subject.id, asked_by_id=asker.id)
    assert policies.SECOND_PERSON(people[who], request) is DECIDES[who]
    client = browser(people[who])
    answer = client.post(f"/people/roles/{request.id}/give", data={"seen": seen_of(request)})
    assert answer.status_code == (302 if DECIDES[who] else 403)
    assert subject.has(Role.COMPLIANCE) is DECIDES[who]


def test_both_are_told_that_it_is_given(app: Any, mails: Any) -> None:
    request = factories.role_request()
    ROLE_REQUESTS.perform(factories.user(Role.COMPLIANCE), request, "give")
    assert request.user.has(Role.COMPLIANCE)
    assert {mail.user_id for mail in mails()} == {request.user_id, request.asked_by_id}


def test_whoever_asked_reads_why_not_and_can_withdraw(app: Any, mails: Any) -> None:
    request, other = factories.role_request(), factories.role_request()
    ROLE_REQUESTS.perform(factories.user(Role.ADMIN), request, "decline", note="We have two already.")
    assert "We have two already." in mails()[-1].text
    assert request.user.roles == {Role.INTERVIEWER}
    ROLE_REQUESTS.perform(other.asked_by, other, "withdraw")
    assert other.status is RoleRequestStatus.WITHDRAWN


def test_where_nobody_could_agree_it_is_said_at_once(app: Any) -> None:
    admin = factories.user(Role.ADMIN)
    with pytest.raises(NotPossible, match="nobody else could agree"):
        operations.people.grant(admin, factories.user(Role.INTERVIEWER), role=Role.COMPLIANCE)


def test_the_second_person_finds_it_on_today(app: Any) -> None:
    request = factories.role_request()
    second = factories.user(Role.COMPLIANCE)

    def owes(user: User) -> list[int]:
        return [
            each.subject_id for each in sources.for_person(user.id) if each.source.name == "accounts.role"
        ]

    assert owes(second) == [request.id]
    assert owes(request.asked_by) == []
    operations.people.revoke(SYSTEM, second, role=Role.COMPLIANCE)
    assert owes(request.asked_by) == [request.id]  # nobody is left who could agree: it can be withdrawn


def test_nobody_is_rm_and_compliance_whichever_way(browser: Any, app: Any) -> None:
    hr, admin = factories.user(Role.HR), factories.user(Role.ADMIN)
    officer, rm = factories.user(Role.COMPLIANCE), factories.employee().user
    for actor, user, role in (
        (hr, officer, Role.RM),
        (SYSTEM, officer, Role.RM),
        (hr, rm, Role.COMPLIANCE),
        (SYSTEM, rm, Role.COMPLIANCE),
    ):
        with pytest.raises(NotPossible, match="nobody checks themselves"):
            operations.people.grant(actor, user, role=role)
    sent = form(factories.unit(), roles=["rm", "compliance"])
    page = browser(hr).post("/people/new", data=sent)
    assert page.status_code == 422
    assert "nobody checks themselves" in page.text
    late = factories.role_request()
    operations.people.grant(hr, late.user, role=Role.RM)
    with pytest.raises(NotPossible, match="nobody checks themselves"):
        ROLE_REQUESTS.perform(admin, late, "give")


def test_an_rm_becomes_compliance_by_giving_up_the_other(browser: Any, app: Any) -> None:
    hr, rm = factories.user(Role.HR), factories.employee().user
    factories.user(Role.HR)
    sent = form(rm.employee.unit, name=rm.name, email=rm.email, roles=["compliance"], rm_type="", level="")
    sent |= {"started_on": rm.employee.started_on.isoformat(), "valid_from": clock.today().isoformat()}
    answer = browser(hr).post(f"/people/{rm.id}/edit", data=sent | {"seen": seen_of(rm)})
    assert answer.status_code == 303
    assert rm.roles == frozenset()
    assert [each.role for each in asked(rm)] == [Role.COMPLIANCE]


def test_the_database_refuses_what_only_one_person_decided(app: Any, session: Any) -> None:
    request = factories.role_request()
    for column, value in (("decided_by_id", request.asked_by_id), ("asked_by_id", request.user_id)):
        with pytest.raises(Exception, match=r"(?i)check"), session.begin_nested():
            session.execute(RoleRequest.__table__.update().values({column: value}))

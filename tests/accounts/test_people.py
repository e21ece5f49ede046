"""People and their roles: who may see, invite, change and let go whom."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from rmhr.accounts import operations, passwords, policies, queries
from rmhr.core import clock
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.flow.seen import seen_of
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Employee, RmLevel, RmType, Role, User
from tests.factories import accounts as factories
from tests.factories.applications import application
from tests.support.exports import exported
from tests.support.html import Html


@pytest.fixture
def team(app: Any) -> dict[str, Any]:
    """A supervisor with one RM, and one of everybody else."""
    boss = factories.user(Role.SUPERVISOR, name="Tomas Lind")
    rm = factories.employee(user=factories.user(name="Murat Yılmaz"), supervisor=boss).user
    factories.employee(user=boss, supervisor=None, rm_type=None, level=None)
    people = {role.value: factories.user(role) for role in Role if role not in (Role.SUPERVISOR, Role.RM)}
    other = factories.employee(user=factories.user(name="Aylin Çelik")).user
    return people | {
        "supervisor": boss,
        "rm": rm,
        "another rm": other,
        "second admin": factories.user(Role.ADMIN),
    }


SEES = {
    "admin": 200,
    "hr": 200,
    "compliance": 200,
    "supervisor": 200,
    "rm": 200,
    "another rm": 404,
    "mentor": 404,
    "interviewer": 404,
}


@pytest.mark.parametrize("who", SEES)
def test_who_sees_an_rm(browser: Any, team: dict[str, Any], who: str) -> None:
    answer = browser(team[who]).get(f"/people/{team['rm'].id}")
    assert answer.status_code == SEES[who]
    if answer.status_code == 200:
        assert "Murat Yılmaz" in answer.text
        assert ("Record the last day" in answer.text) == (who in ("admin", "hr"))


LIST = {
    "admin": 200,
    "hr": 200,
    "compliance": 200,
    "supervisor": 302,
    "rm": 403,
    "mentor": 403,
    "interviewer": 403,
}


@pytest.mark.parametrize("who", LIST)
def test_who_has_a_list_of_people(browser: Any, team: dict[str, Any], who: str) -> None:
    client = browser(team[who])
    assert client.get("/people").status_code == LIST[who]
    assert client.get("/people/export").status_code == (200 if LIST[who] == 200 else 403)
    assert client.get("/people/team/export").status_code == (200 if who == "supervisor" else 403)
    managing = 200 if who in ("admin", "hr") else 403
    for path in ("/people/new", f"/people/{team['rm'].id}/edit", f"/people/{team['rm'].id}/leave", "/units"):
        assert client.get(path).status_code == managing, path
    for path in ("invitation", "stay"):
        answer = client.post(f"/people/{team['rm'].id}/{path}")
        assert answer.status_code == (303 if managing == 200 else 403)


def test_a_supervisor_sees_the_team_and_nobody_else(browser: Any, team: dict[str, Any]) -> None:
    client = browser(team["supervisor"])
    page = client.get("/people", follow_redirects=True).text
    assert "Murat Yılmaz" in page
    assert "Aylin Çelik" not in page
    assert [row["Name"] for row in exported(client, "/people/team/export")] == ["Murat Yılmaz"]


def test_strangers_are_asked_to_sign_in(browser: Any, team: dict[str, Any]) -> None:
    for path in (
        "/people",
        "/people/team",
        "/people/1",
        "/people/new",
        "/units",
        "/search",
        "/inbox",
        "/profile",
    ):
        assert browser().get(path).location.startswith("/sign-in?next=")


@pytest.mark.both
def test_searching_filtering_and_ordering(browser: Any, team: dict[str, Any]) -> None:
    client = browser(team["hr"])
    assert "Aylin" not in client.get("/people?q=murat").text
    assert "Murat" in client.get("/people?role=rm&sort=-start").text
    assert "Murat" not in client.get("/people?role=compliance").text
    assert "Murat" in client.get(f"/people?unit={team['rm'].employee.unit_id}&sort=unit").text
    assert "Murat" not in client.get("/people?state=left").text
    assert "No results" in client.get("/people?q=%25").text


@pytest.mark.both
def test_who_has_left_is_only_listed_when_asked_for(browser: Any, team: dict[str, Any]) -> None:
    operations.people.leave(SYSTEM, team["rm"], on=clock.today())
    with clock.at(clock.now() + timedelta(days=1)):
        client = browser(team["hr"])
        assert "Murat" not in client.get("/people").text
        assert "Murat" in client.get("/people?state=left").text
        assert "Murat Yılmaz" in [row["Name"] for row in exported(client, "/people/export?state=left")]


def test_no_cell_of_the_file_is_a_formula(browser: Any, team: dict[str, Any]) -> None:
    factories.user(name='=HYPERLINK("http://evil.example")', email="+x@bank.example")
    rows = exported(browser(team["hr"]), "/people/export?q=evil")
    assert [row["Name"] for row in rows] == ['\'=HYPERLINK("http://evil.example")']
    assert [row["E-mail"] for row in rows] == ["'+x@bank.example"]


def form(unit: Any, **given: Any) -> dict[str, Any]:
    """What the page sends."""
    return {
        "name": "Jule Hansen",
        "email": "Jule.Hansen@bank.example",
        "language": "de",
        "roles": ["rm"],
        "unit_id": str(unit.id),
        "job_title": "Relationship Manager",
        "supervisor_id": "",
        "rm_type": "personal",
        "level": "junior",
        "started_on": "2026-12-01",
    } | given


def test_hr_invites_a_colleague(browser: Any, team: dict[str, Any], mails: Any, session: Any) -> None:
    unit = factories.unit()
    answer = browser(team["hr"]).post(
        "/people/new", data=form(unit, supervisor_id=str(team["supervisor"].id))
    )
    user = queries.people.by_email("jule.hansen@bank.example")
    assert user is not None
    assert answer.location == f"/people/{user.id}"
    assert user.roles == {Role.RM}
    assert (user.employee.unit_id, user.employee.supervisor_id) == (unit.id, team["supervisor"].id)
    assert (user.employee.rm_type, user.employee.level) == (RmType.PERSONAL, RmLevel.JUNIOR)
    (mail,) = [each for each in mails() if each.kind == "accounts.invitation"]
    assert mail.language == "de"
    assert team["hr"].name in mail.text


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"name": " "}, "Enter a name"),
        ({"email": "jule"}, "complete e-mail address"),
        ({"email": "taken@bank.example"}, "has this e-mail address already"),
        ({"roles": []}, "Choose at least one role"),
        ({"roles": ["admin"]}, "Not a valid choice"),
        ({"unit_id": ""}, "Choose a unit"),
        ({"unit_id": "99999"}, "alid choice"),
        ({"level": ""}, "Choose a level"),
        ({"rm_type": ""}, "Choose the clients"),
        ({"roles": ["hr"]}, "Only for relationship managers"),
        ({"started_on": "soon"}, "valid date"),
    ],
)
def test_bad_input_is_explained_and_nothing_typed_is_lost(
    browser: Any, team: dict[str, Any], given: dict[str, Any], why: str
) -> None:
    factories.user(email="taken@bank.example")
    before = queries.people.by_email("jule.hansen@bank.example")
    answer = browser(team["hr"]).post("/people/new", data=form(factories.unit(), job_title="Typed", **given))
    assert answer.status_code == 422
    assert why in answer.text
    assert 'value="Typed"' in answer.text
    assert before is None
    assert queries.people.by_email("jule.hansen@bank.example") is None


def test_only_administrators_make_administrators(browser: Any, team: dict[str, Any]) -> None:
    unit = factories.unit()
    data = form(unit, roles=["admin"], rm_type="", level="")
    assert 'value="admin"' not in browser(team["hr"]).get("/people/new").text
    assert browser(team["admin"]).post("/people/new", data=data).status_code == 303
    with pytest.raises(NotAllowed):
        operations.people.grant(team["hr"], team["rm"], role=Role.ADMIN)


def test_hr_cannot_touch_an_administrator(browser: Any, team: dict[str, Any]) -> None:
    hr, admin = team["hr"], team["admin"]
    assert not policies.EDIT(hr, admin)
    for act in (
        lambda: operations.people.revoke(hr, admin, role=Role.ADMIN),
        lambda: operations.people.leave(hr, admin, on=clock.today()),
        lambda: operations.access.send_invitation(hr, admin),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert browser(hr).get(f"/people/{admin.id}/edit").status_code == 403
    assert browser(hr).post(f"/people/{admin.id}/edit", data=form(factories.unit())).status_code == 403


@pytest.mark.parametrize("who", ["rm", "supervisor", "mentor", "compliance", "interviewer"])
def test_nobody_else_gives_roles(team: dict[str, Any], who: str) -> None:
    for act in (
        lambda: operations.people.grant(team[who], team[who], role=Role.HR),
        lambda: operations.people.leave(team[who], team["another rm"], on=clock.today()),
        lambda: operations.units.add_unit(
            team[who], None, name="X", kind=None, place="", holiday_region="DE", parent_id=None
        ),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_administrator_keeps_the_own_role_and_the_last_one_stays(team: dict[str, Any]) -> None:
    admin, second = team["admin"], team["second admin"]
    with pytest.raises(NotPossible, match="your own role"):
        operations.people.revoke(admin, admin, role=Role.ADMIN)
    with pytest.raises(NotPossible, match="Somebody else"):
        operations.people.leave(admin, admin, on=clock.today())
    operations.people.revoke(admin, second, role=Role.ADMIN)
    with pytest.raises(NotPossible, match="must be an administrator"):
        operations.people.leave(SYSTEM, admin, on=clock.today())
    with pytest.raises(NotPossible, match="must be an administrator"):
        operations.people.revoke(SYSTEM, admin, role=Role.ADMIN)
    assert admin.has(Role.ADMIN)
    assert admin.left_on is None


def test_an_administrator_who_leaves_does_not_count(team: dict[str, Any]) -> None:
    operations.people.leave(team["admin"], team["second admin"], on=clock.today())
    with pytest.raises(NotPossible):
        operations.people.revoke(SYSTEM, team["admin"], role=Role.ADMIN)


def test_the_page_refuses_the_own_role_beside_what_was_typed(browser: Any, team: dict[str, Any]) -> None:
    admin = team["admin"]
    data = form(factories.unit(), email=admin.email, roles=["hr"], rm_type="", level="", name="New Name")
    data |= {"valid_from": clock.today().isoformat(), "seen": seen_of(admin)}
    answer = browser(admin).post(f"/people/{admin.id}/edit", data=data)
    assert answer.status_code == 422
    assert "your own role" in answer.text
    assert 'value="New Name"' in answer.text
    assert admin.name != "New Name"


def test_editing_moves_a_person_and_is_in_the_history(
    browser: Any, team: dict[str, Any], session: Any
) -> None:
    unit, rm = factories.unit(name="Kiel"), team["rm"]
    client = browser(team["hr"])
    page = client.get(f"/people/{rm.id}/edit").text
    assert 'value="Murat Yılmaz"' in page
    data = form(unit, name="Murat Yılmaz", email=rm.email, roles=["rm", "mentor"], level="senior")
    data |= {"valid_from": clock.today().isoformat(), "seen": seen_of(rm)}
    assert client.post(f"/people/{rm.id}/edit", data=data).status_code == 303
    session.refresh(rm)
    assert rm.roles == {Role.RM, Role.MENTOR}
    assert (rm.employee.unit, rm.employee.level) == (unit, RmLevel.SENIOR)
    page = client.get(f"/people/{rm.id}").text
    assert "Changes saved" in page
    assert "Kiel" in page


def test_hr_renames_somebody_and_the_history_keeps_the_former_name(
    browser: Any, team: dict[str, Any]
) -> None:
    rm, hr = team["rm"], team["hr"]
    operations.people.rename(hr, rm, name="Murat Demir")
    with pytest.raises(NotPossible, match="Nobody changes their own name"):
        operations.people.rename(hr, hr, name="Somebody Else")
    page = browser(hr).get(f"/people/{rm.id}").text
    assert "Name changed" in page
    assert "Murat Yılmaz → Murat Demir" in page


def test_nobody_reports_to_themselves_by_way_of_others(team: dict[str, Any]) -> None:
    boss, rm = team["supervisor"], team["rm"]
    it = boss.employee
    with pytest.raises(NotPossible, match="report to themselves"):
        operations.people.change(
            team["hr"],
            boss,
            name=boss.name,
            email=boss.email,
            language="en",
            roles=[Role.SUPERVISOR],
            unit_id=it.unit_id,
            job_title="",
            supervisor_id=rm.id,
            rm_type=None,
            level=None,
            started_on=it.started_on,
        )


def test_leaving_is_asked_recorded_and_taken_back(browser: Any, team: dict[str, Any], session: Any) -> None:
    rm, client = team["rm"], browser(team["hr"])
    asked = client.get(f"/people/{team['supervisor'].id}/leave").text
    assert "People who report to them (1)" in asked
    assert "Murat Yılmaz" in asked
    too_early = (rm.employee.started_on - timedelta(days=1)).isoformat()
    refused = client.post(f"/people/{rm.id}/leave", data={"on": too_early, "seen": seen_of(rm)})
    assert refused.status_code == 422
    assert "cannot be before the first one" in refused.text
    last = clock.today() + timedelta(days=30)
    leaving = {"on": last.isoformat(), "seen": seen_of(rm)}
    assert client.post(f"/people/{rm.id}/leave", data=leaving).status_code == 303
    session.refresh(rm)
    assert (rm.left_on, rm.employee.left_on) == (last, last)
    assert "Leaves the bank. The last day is" in client.get(f"/people/{rm.id}").text
    client.post(f"/people/{rm.id}/stay")
    session.refresh(rm)
    assert (rm.left_on, rm.employee.left_on) == (None, None)


def test_nobody_takes_back_a_last_day_that_they_have_not_seen(
    browser: Any, team: dict[str, Any], session: Any
) -> None:
    rm, client = team["rm"], browser(team["hr"])
    operations.people.leave(team["hr"], rm, on=clock.today() + timedelta(days=30))
    session.commit()
    page = Html(client.get(f"/people/{rm.id}").text)
    seen = page.one(f'form[action="/people/{rm.id}/stay"] input[name=seen]').get("value")
    other = clock.today() + timedelta(days=60)
    operations.people.leave(team["hr"], rm, on=other)
    session.commit()

    answer = client.post(f"/people/{rm.id}/stay", data={"seen": seen})

    assert answer.status_code == 409
    session.refresh(rm)
    assert rm.left_on == other


def test_an_applicant_becomes_a_colleague(team: dict[str, Any], mails: Any) -> None:
    user = _employ(email="Lena.Brandt@example.org", supervisor=team["supervisor"])
    assert user.email == "lena.brandt@example.org"
    assert user.roles == {Role.RM}
    assert user.password_hash == ""
    assert user in queries.people.team_of(team["supervisor"])
    (mail,) = [each for each in mails() if each.kind == "accounts.invitation"]
    assert (mail.to_address, mail.language) == ("lena.brandt@example.org", "de")


def test_an_applicant_whose_address_is_taken_gets_one_at_the_bank(
    app: Any, mails: Any, team: dict[str, Any]
) -> None:
    factories.user(email="lena@example.org")
    domain = app.config["MAIL_FROM"].partition("@")[2]
    first, second = _employ(email="lena@example.org"), _employ(email="lena@example.org")
    assert first.email == f"lena.grossmann-oez@{domain}"
    assert second.email == f"lena.grossmann-oez2@{domain}"
    invited = [mail for mail in mails() if mail.kind == "accounts.invitation"]
    assert {mail.to_address for mail in invited} == {"lena@example.org"}
    assert first.email in invited[0].text


def _employ(*, email: str, supervisor: User | None = None) -> User:
    return operations.people.employ(
        SYSTEM,
        application(),
        name="Lena Großmann-Öz",
        email=email,
        language="de",
        unit=factories.unit(),
        rm_type=RmType.PERSONAL,
        level=RmLevel.JUNIOR,
        supervisor=supervisor,
        started_on=date(2026, 12, 1),
        job_title="Relationship Manager",
    )


def test_only_those_who_manage_people_employ(team: dict[str, Any]) -> None:
    assert not policies.MANAGE(team["supervisor"])
    assert policies.MANAGE(team["hr"])
    assert policies.MANAGE(SYSTEM)


def test_a_command_makes_the_first_administrator(app: Any, session: Any, browser: Any) -> None:
    run = app.test_cli_runner().invoke(args=["accounts", "create-admin", "Boss@bank.example", "Nils Ohlsen"])
    assert run.exit_code == 0, run.output
    path = run.output.strip().splitlines()[-1].split("/", 3)[3]
    assert browser().post(f"/{path}", data={"password": "seven quiet harbours"}).location == "/today"
    session.expire_all()
    user = queries.people.by_email("boss@bank.example")
    assert user is not None
    assert user.roles == {Role.ADMIN}
    assert passwords.fits("seven quiet harbours", user.password_hash)
    again = app.test_cli_runner().invoke(args=["accounts", "create-admin", "boss@bank.example", "Nils"])
    assert again.exit_code == 1
    assert "has an account already" in again.output
    wrong = app.test_cli_runner().invoke(args=["accounts", "create-admin", "boss", "Nils"])
    assert "not an e-mail address" in wrong.output
    assert session.scalars(select(Employee)).all() == []

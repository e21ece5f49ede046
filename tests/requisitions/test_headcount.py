"""How many people may be hired: what a plan holds, what takes its places, who plans, who comes first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.flow.seen import seen_of
from rmhr.models.accounts import RmType, Role, Unit, User
from rmhr.models.requisitions import HeadcountPlan, Requisition
from rmhr.models.requisitions import RequisitionStatus as S
from rmhr.requisitions import operations
from rmhr.requisitions.queries import headcount as queries
from rmhr.requisitions.workflow import REQUISITIONS
from tests.factories.accounts import unit, user
from tests.factories.postings import headcount_plan, requisition
from tests.support.elsewhere import at_once, elsewhere, meet_before

pytestmark = pytest.mark.both


def year(number=2031, **given):
    return {
        "rm_type": None,
        "starts_on": date(number, 1, 1),
        "ends_on": date(number, 12, 31),
        "positions": 4,
        **given,
    }


def test_a_plan_counts_what_is_approved_in_its_unit_and_below_of_its_kind_in_its_time():
    region = unit()
    branch = unit(parent_id=region.id)
    plan = headcount_plan(unit=region, rm_type=RmType.PERSONAL)
    for status in (S.APPROVED, S.ON_HOLD, S.FILLED, S.PENDING, S.REJECTED, S.CANCELLED):
        requisition(unit=branch, status=status, positions=1)
    requisition(unit=branch, rm_type=RmType.BUSINESS)
    requisition(unit=unit())
    requisition(unit=branch, needed_by=plan.ends_on + timedelta(days=1))

    assert queries.planned(plan).taken == 3
    assert [each.status for each in queries.takers([plan])[plan.id]] == [S.APPROVED, S.ON_HOLD, S.FILLED]


def test_the_tightest_plan_above_decides_and_the_nearest_stands_first():
    region = unit()
    branch = unit(parent_id=region.id)
    wide = headcount_plan(unit=branch, positions=9)
    tight = headcount_plan(unit=region, positions=3)
    requisition(unit=branch, positions=2)
    row = requisition(unit=branch, positions=2, status=S.PENDING)

    room = queries.room(row)

    assert [place.plan for place in room.plans] == [wide, tight]
    assert room.tightest.plan is tight
    assert [(place.free, place.left, place.beyond) for place in room.plans] == [(7, 5, 0), (1, 0, 1)]


def test_without_a_plan_nothing_is_limited():
    row = requisition(status=S.PENDING, positions=50)

    assert queries.room(row).tightest is None
    REQUISITIONS.perform(row.approver, row, "approve")


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.RM, Role.ADMIN, Role.COMPLIANCE])
def test_only_hr_plans(role):
    plan = headcount_plan()

    for deed in (
        lambda who: operations.headcount.add_plan(who, unit(), **year()),
        lambda who: operations.headcount.change_plan(who, plan, unit=plan.unit, **year()),
        lambda who: operations.headcount.delete_plan(who, plan),
    ):
        with pytest.raises(NotAllowed):
            deed(user(role))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"ends_on": date(2030, 12, 31)}, "must not be before"),
        ({"positions": -1}, "0 or a higher number"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(wrong, why):
    with pytest.raises(NotPossible, match=why):
        operations.headcount.add_plan(user(Role.HR), unit(), **year(**wrong))


def test_two_plans_for_the_same_days_are_refused_but_one_per_kind_is_not():
    hr, here = user(Role.HR), unit(name="Kiel")
    operations.headcount.add_plan(hr, here, **year())
    operations.headcount.add_plan(hr, here, **year(rm_type=RmType.BUSINESS))
    later = operations.headcount.add_plan(hr, here, **year(2032))

    with pytest.raises(NotPossible, match="Kiel has a plan for all kinds together from"):
        operations.headcount.add_plan(
            hr, here, **year(starts_on=date(2031, 12, 31), ends_on=date(2032, 1, 2))
        )
    with pytest.raises(NotPossible, match="already"):
        operations.headcount.change_plan(hr, later, unit=here, **year(2031))
    operations.headcount.change_plan(hr, later, unit=here, **year(2032, positions=0))

    assert later.positions == 0


def test_the_page_lists_plans_in_the_order_of_the_tree_with_the_units_between(max_queries):
    bank = unit(name="Bank")
    region = unit(name="North", parent_id=bank.id)
    branch = unit(name="Altona", parent_id=region.id)
    unit(name="Without", parent_id=bank.id)
    headcount_plan(unit=branch, **year(2031, rm_type=RmType.PERSONAL))
    headcount_plan(unit=branch, **year(2031))
    headcount_plan(unit=bank, **year(2032))

    with max_queries(6) as few:
        parts = queries.of_year(2031)

    assert [(part.unit.name, part.depth, len(part.plans)) for part in parts] == [
        ("Bank", 0, 0),
        ("North", 1, 0),
        ("Altona", 2, 2),
    ]
    assert [each.plan.rm_type for each in parts[2].plans] == [None, RmType.PERSONAL]
    assert parts[2].plans[0].whole_year == 2031
    for number in range(6):
        headcount_plan(unit=unit(name=f"More {number}"), **year(2031))
    db.session.expire_all()
    with max_queries(len(few)):
        queries.of_year(2031)
    assert queries.years()[-1] == 2032


@pytest.mark.postgresql
def test_two_approvals_at_once_do_not_both_take_the_last_place(upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            region = unit()
            headcount_plan(unit=region, positions=1)
            rows = [
                requisition(unit=unit(parent_id=region.id), positions=1, status=S.PENDING) for _ in range(2)
            ]
            given = [(row.id, user(Role.HR).id) for row in rows]
            db.session.commit()
            meet_before(db.engine, "FOR UPDATE")

        def approving(id, who):
            def run():
                row, actor = db.session.get(Requisition, id), db.session.get(User, who)
                REQUISITIONS.perform(actor, row, "approve")
                db.session.commit()
                return "approved"

            return run

        found = at_once(app, *(approving(*each) for each in given))

        assert sorted("approved" if each == "approved" else type(each).__name__ for each in found) == [
            "NotPossible",
            "approved",
        ]
        with app.app_context():
            plan = db.session.scalars(db.select(HeadcountPlan)).one()
            assert queries.planned(plan).taken == 1


@pytest.mark.postgresql
def test_two_who_plan_the_same_at_once_do_not_both_succeed(upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            here, people = unit().id, [user(Role.HR).id, user(Role.HR).id]
            db.session.commit()
            meet_before(db.engine, "FOR UPDATE")

        def planning(who):
            def run():
                actor, place = db.session.get(User, who), db.session.get(Unit, here)
                operations.headcount.add_plan(actor, place, **year())
                db.session.commit()
                return "planned"

            return run

        found = at_once(app, *map(planning, people))

        assert sorted("planned" if each == "planned" else type(each).__name__ for each in found) == [
            "NotPossible",
            "planned",
        ]


# Pages.


def test_the_page_says_what_is_planned_taken_free_and_beyond(browser):
    this = clock.today().year
    hr, here = user(Role.HR), unit(name="Kiel")
    headcount_plan(unit=here, **year(this, positions=1))
    row = requisition(unit=here, positions=2, needed_by=date(this, 12, 31), over_plan="Two contracts")

    page = browser(hr).get("/requisitions/headcount/").text

    for words in ("Kiel", str(this), "1 too many", "1 requisition", "Two contracts", "Add a plan"):
        assert words in page
    assert f"/requisitions/{row.id}" in page
    assert browser(hr).get(f"/requisitions/headcount/?year={this + 1}").status_code == 200
    assert browser(hr).get("/requisitions/headcount/?year=nonsense").status_code == 200


def test_supervisors_read_it_and_open_only_their_own_requisitions(browser):
    this = clock.today().year
    boss, here = user(Role.SUPERVISOR), unit(name="Kiel")
    plan = headcount_plan(unit=here, **year(this))
    own = requisition(unit=here, requester=boss, needed_by=date(this, 12, 31))
    other = requisition(unit=here, needed_by=date(this, 12, 31))
    client = browser(boss)

    page = client.get("/requisitions/headcount/").text

    assert f'href="/requisitions/{own.id}"' in page
    assert f'href="/requisitions/{other.id}"' not in page
    assert "Add a plan" not in page
    for url in ("new", f"{plan.id}", f"{plan.id}/delete"):
        assert client.get(f"/requisitions/headcount/{url}").status_code == 403
    assert browser(user(Role.RM)).get("/requisitions/headcount/").status_code == 403


def test_hr_adds_changes_and_deletes_a_plan(browser):
    hr, here = user(Role.HR), unit(name="Kiel")
    client = browser(hr)
    sent = {"unit_id": here.id, "rm_type": "", "starts_on": "2031-01-01", "ends_on": "2031-12-31"}

    answer = client.post("/requisitions/headcount/new", data=sent | {"positions": "3"})

    assert answer.status_code == 303
    plan = db.session.scalars(db.select(HeadcountPlan)).one()
    assert (plan.unit_id, plan.rm_type, plan.positions) == (here.id, None, 3)
    changed = sent | {"positions": "0", "rm_type": "business", "seen": seen_of(plan)}
    assert client.post(f"/requisitions/headcount/{plan.id}", data=changed).status_code == 303
    assert (plan.positions, plan.rm_type) == (0, RmType.BUSINESS)
    assert "limits nothing any more" in client.get(f"/requisitions/headcount/{plan.id}/delete").text
    assert client.post(f"/requisitions/headcount/{plan.id}/delete").status_code == 303
    assert db.session.scalars(db.select(HeadcountPlan)).all() == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ends_on": "2030-12-31"}, "The last day must not be before the first."),
        ({"starts_on": "0007-01-01"}, "Enter a day between"),
        ({"starts_on": "yesterday"}, "Not a valid date"),
        ({"positions": "-1"}, "from 0 to 9,999"),
        ({"positions": "many"}, "Not a valid"),
        ({"unit_id": ""}, "Choose the unit"),
        ({"rm_type": "pirate"}, "Not a valid choice"),
        ({}, "already"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_kept(browser, wrong, says):
    plan = headcount_plan(unit=unit(name="Kiel"), **year())
    sent = {
        "unit_id": plan.unit_id,
        "rm_type": "",
        "starts_on": "2031-03-01",
        "ends_on": "2031-12-31",
        "positions": "7",
    }

    answer = browser(user(Role.HR)).post("/requisitions/headcount/new", data=sent | wrong)

    assert answer.status_code == 422
    assert says in answer.text
    assert db.session.query(HeadcountPlan).count() == 1


def test_who_is_second_sees_what_the_plan_holds_now_and_loses_nothing(browser):
    plan = headcount_plan(positions=5)
    client = browser(user(Role.HR))
    seen = seen_of(plan)
    operations.headcount.change_plan(user(Role.HR), plan, unit=plan.unit, **year(positions=8))
    db.session.commit()
    sent = {
        "unit_id": plan.unit_id,
        "starts_on": "2031-01-01",
        "ends_on": "2031-12-31",
        "positions": "2",
        "seen": seen,
    }

    answer = client.post(f"/requisitions/headcount/{plan.id}", data=sent)

    assert answer.status_code == 409
    assert "<dd>8</dd>" in answer.text
    assert 'value="2"' in answer.text
    assert plan.positions == 8

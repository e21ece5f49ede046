"""Pages about requisitions: the list, one requisition, asking, changing, copying, deciding."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.flow.seen import seen_of
from rmhr.models.accounts import RmLevel, RmType, Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.postings import PostingStatus
from rmhr.models.requisitions import Requisition, RequisitionReason
from rmhr.models.requisitions import RequisitionStatus as S
from rmhr.requisitions import operations
from tests.factories.accounts import unit, user
from tests.factories.applications import application
from tests.factories.postings import headcount_plan, posting, requisition
from tests.support.exports import exported
from tests.support.html import Html


@pytest.fixture
def sent():
    """What somebody types who asks for two people in Kiel; approver and unit are there."""
    hr, here = user(Role.HR), unit(name="Kiel")
    return {
        "rm_type": "business",
        "level": "senior",
        "unit_id": here.id,
        "positions": "2",
        "needed_by": (clock.today() + timedelta(days=60)).isoformat(),
        "reason": "new",
        "replaces": "",
        "justification": "Enquiries wait for a week.",
        "pay_min": "62,000",
        "pay_max": "80.000",
        "currency": "EUR",
        "pay_period": "year",
        "approver_id": hr.id,
    }


def test_one_asks_and_lands_on_the_page_that_says_who_decides(browser, sent):
    boss = user(Role.SUPERVISOR)

    answer = browser(boss).post("/requisitions/new", data=sent, follow_redirects=True)

    row = db.session.scalars(db.select(Requisition)).unique().one()
    assert (row.rm_type, row.level, row.positions) == (RmType.BUSINESS, RmLevel.SENIOR, 2)
    assert (row.pay_min, row.pay_max, row.requester) == (62_000_00, 80_000_00, boss)
    for words in ("Requisition asked for", f"{row.approver.name} decides by", "Waiting for approval", "Edit"):
        assert words in answer.text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"needed_by": clock.today().isoformat()}, "The day must be in the future."),
        ({"needed_by": "soon"}, "Not a valid date"),
        ({"positions": "0"}, "between 1 and 99"),
        ({"pay_min": "90,000"}, "must not be below the lowest"),
        ({"pay_min": "a lot"}, "Enter a sum"),
        ({"reason": "replacement"}, "Say who is replaced."),
        ({"unit_id": "999999"}, "Not a valid choice"),
        ({"approver_id": ""}, "Choose who decides"),
        ({"justification": "   "}, "why it is needed"),
    ],
)
def test_bad_input_is_refused_and_what_was_typed_stays(browser, sent, wrong, says):
    answer = browser(user(Role.SUPERVISOR)).post("/requisitions/new", data=sent | wrong)

    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="80.000"' in answer.text
    assert db.session.query(Requisition).count() == 0


def test_nobody_can_choose_themselves_or_somebody_who_decides_nothing(browser, sent):
    hr, plain = user(Role.HR), user(Role.SUPERVISOR)
    head = user(Role.SUPERVISOR, name="Head of Kiel")
    unit(head_id=head.id)

    for who in (hr, plain):
        assert browser(hr).post("/requisitions/new", data=sent | {"approver_id": who.id}).status_code == 422
    assert "Head of Kiel" in browser(hr).get("/requisitions/new").text


def test_who_asked_changes_it_while_it_waits_and_after_a_no(browser, sent):
    boss = user(Role.SUPERVISOR)
    row = requisition(status=S.REJECTED, requester=boss)
    client = browser(boss)
    assert "ask again" in client.get(f"/requisitions/{row.id}/edit").text

    sent["seen"] = seen_of(row)
    answer = client.post(f"/requisitions/{row.id}/edit", data=sent, follow_redirects=True)

    assert "Requisition changed" in answer.text
    assert "Ask again" in answer.text
    assert (row.positions, row.unit.name, row.status) == (2, "Kiel", S.REJECTED)


def test_others_do_not_change_it_and_nobody_does_once_it_is_approved(browser, sent):
    boss = user(Role.SUPERVISOR)
    row = requisition(status=S.PENDING, requester=boss)
    approved = requisition(requester=boss)

    assert browser(row.approver).get(f"/requisitions/{row.id}/edit").status_code == 403
    assert browser(user(Role.SUPERVISOR)).get(f"/requisitions/{row.id}/edit").status_code == 404
    refused = browser(boss).post(f"/requisitions/{approved.id}/edit", data=sent)
    assert refused.status_code == 409
    assert "An approved requisition cannot be changed" in refused.text
    assert "/edit" not in browser(boss).get(f"/requisitions/{approved.id}").text


def test_two_windows_lose_nothing_and_say_what_differs(browser, sent):
    boss = user(Role.SUPERVISOR)
    row = requisition(status=S.PENDING, requester=boss, positions=3)
    sent["seen"] = seen_of(row)
    operations.requisitions.rework(
        boss,
        row,
        unit=row.unit,
        approver=row.approver,
        facts={"positions": 7, "reason": RequisitionReason.NEW},
    )
    db.session.commit()
    client = browser(boss)

    answer = client.post(f"/requisitions/{row.id}/edit", data=sent)

    assert answer.status_code == 409
    assert "saved this since you opened it" in answer.text
    assert "<dd>7</dd>" in answer.text
    assert "<dd>Private clients</dd>" in answer.text
    assert 'value="2"' in answer.text
    assert row.positions == 7
    sent["seen"] = seen_of(row)
    assert client.post(f"/requisitions/{row.id}/edit", data=sent).status_code == 302
    assert row.positions == 2


def test_a_copy_begins_with_everything_but_who_is_replaced(browser):
    boss = user(Role.SUPERVISOR)
    past = clock.today() - timedelta(days=9)
    row = requisition(requester=boss, replaces="Oskar", needed_by=past, justification="As every spring")

    page = browser(boss).get(f"/requisitions/new?copy={row.id}").text

    assert "As every spring" in page
    assert "58,000" in page
    assert "Oskar" not in page
    assert past.isoformat() not in page
    assert browser(user(Role.SUPERVISOR)).get(f"/requisitions/new?copy={row.id}").status_code == 404


def test_the_page_shows_room_postings_and_what_is_next(browser):
    here = unit(name="Kiel")
    headcount_plan(unit=here, positions=5)
    requisition(unit=here, positions=1)
    row = requisition(unit=here, positions=2, replaces="Oskar", reason=RequisitionReason.REPLACEMENT)
    job = posting(requisition=row, openings=2)
    application(ApplicationStatus.HIRED, posting=job)

    page = browser(row.requester).get(f"/requisitions/{row.id}").text

    for words in (
        "Kiel: 5 planned, 1 taken by others, 2 for this requisition",
        "1 of 2 filled, 1 advertised",
        "1 of 2 filled",
        "Oskar",
        "As a table",
    ):
        assert words in page
    assert "Begin posting" not in page


def test_the_override_is_offered_only_where_the_plan_has_no_room(browser):
    here = unit(name="Kiel")
    headcount_plan(unit=here, positions=1)
    fits = requisition(unit=here, positions=1, status=S.PENDING)
    too_many = requisition(unit=here, positions=2, status=S.PENDING)
    client = browser(user(Role.HR))

    page = client.get(f"/requisitions/{fits.id}").text
    assert "approve_beyond_plan" not in page
    page = client.get(f"/requisitions/{too_many.id}").text
    assert f"/requisitions/{too_many.id}/approve_beyond_plan" in page
    assert "The headcount plan of Kiel holds 1 for this time" in page


def test_the_list_is_filtered_with_all_units_below_searched_sorted_and_taken_home(browser):
    region = unit(name="North")
    requisition(unit=unit(name="Kiel", parent_id=region.id), rm_type=RmType.BUSINESS)
    requisition(unit=unit(name="Köln"), status=S.PENDING, justification="=cmd()")
    client = browser(user(Role.HR))

    assert [row["Unit"] for row in exported(client, f"/requisitions/export?unit={region.id}")] == ["Kiel"]
    assert [row["Unit"] for row in exported(client, "/requisitions/export?status=pending")] == ["Köln"]
    assert [row["Unit"] for row in exported(client, "/requisitions/export?type=business")] == ["Kiel"]
    assert [row["Unit"] for row in exported(client, "/requisitions/export?sort=-new")] == ["Köln", "Kiel"]
    assert exported(client, "/requisitions/export")[0]["Filled"] == "0"
    assert "No results" in client.get("/requisitions/?q=nowhere").text
    assert "<td>=" not in client.get("/requisitions/").text
    for order in ("needed", "-positions", "nonsense"):
        assert client.get(f"/requisitions/?sort={order}").status_code == 200


def test_a_requester_sees_their_own_and_what_they_decide_on(browser):
    boss = user(Role.SUPERVISOR)
    empty = browser(boss).get("/requisitions/").text
    assert "No requisitions yet" in empty
    own, asked = requisition(requester=boss), requisition(approver=boss)
    other = requisition()

    page = browser(boss).get("/requisitions/").text

    assert f'/requisitions/{own.id}"' in page
    assert f'/requisitions/{asked.id}"' in page
    assert f'/requisitions/{other.id}"' not in page
    assert browser(boss).get(f"/requisitions/{other.id}").status_code == 404


def test_the_parts_of_the_area_stand_on_each_of_its_lists_for_whom_may_open_them(browser):
    boss = browser(user(Role.SUPERVISOR))
    for url in ("/postings/", "/requisitions/", "/requisitions/headcount/"):
        page = boss.get(url).text
        for part in ("Postings", "Requisitions", "Headcount plan"):
            assert part in page, (url, part)
    assert "Headcount plan" not in browser(user(Role.INTERVIEWER)).get("/postings/").text


def test_the_posting_says_when_all_its_positions_are_taken(browser):
    job = posting(closes_when_filled=False)
    words = "All its positions are taken"
    assert words not in browser(job.recruiter).get(f"/postings/{job.id}").text

    application(ApplicationStatus.HIRED, posting=job)

    assert words in browser(job.recruiter).get(f"/postings/{job.id}").text
    assert job.status is PostingStatus.PUBLISHED


@pytest.mark.parametrize("wrong", ["²", "99999999999", "-1", "x"])
def test_a_copy_of_what_no_database_counts_to_is_a_plain_beginning(browser, wrong):
    client = browser(user(Role.HR))
    plain, copied = (Html(client.get(f"/requisitions/new{more}")).form() for more in ("", f"?copy={wrong}"))

    assert copied == plain

"""Two parts, each unread until it is handed in; a meeting; two signatures in either order; then it is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.due import sources
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.competencies import Level
from rmhr.models.performance import ItemStatus, ReviewStatus, Side
from rmhr.performance import operations, queries
from rmhr.performance.workflow.items import ITEMS
from rmhr.performance.workflow.reviews import REVIEWS
from tests.factories import accounts
from tests.factories.performance import (
    item,
    met,
    names,
    review,
    rm,
    self_in,
    signed,
    step,
    supervisor_in,
    supervisor_of,
    written,
)

R = ReviewStatus


@pytest.mark.parametrize(
    ("who", "at_first", "then", "meeting", "signing"),
    [
        ("RM", {"hand_in_self"}, set(), set(), {"sign"}),
        ("supervisor", set(), {"hand_in_supervisor"}, {"record_meeting"}, {"sign"}),
        ("another supervisor", set(), set(), set(), set()),
        ("another RM", set(), set(), set(), set()),
        (
            "HR",
            {"cancel"},
            {"back_to_self", "cancel"},
            {"back_to_supervisor", "back_to_self", "cancel"},
            {"back_to_meeting", "back_to_supervisor", "back_to_self", "cancel"},
        ),
    ],
)
def test_who_may_do_what_with_a_review(who, at_first, then, meeting, signing):
    for it, may in [(review(), at_first), (self_in(), then), (supervisor_in(), meeting), (met(), signing)]:
        user = {
            "RM": lambda it=it: it.user,
            "supervisor": lambda it=it: it.supervisor,
            "another supervisor": lambda: accounts.user(Role.SUPERVISOR),
            "another RM": rm,
            "HR": lambda: accounts.user(Role.HR),
        }[who]()
        assert names(REVIEWS.moves(user, it)) == may, it.status
        for name in REVIEWS.transitions.keys() - may:
            with pytest.raises((NotAllowed, NotPossible)):
                REVIEWS.perform(user, it, name)


@pytest.mark.parametrize("first", ["user", "supervisor"])
def test_both_sign_in_either_order_and_each_once(first, mails):
    it = met()
    sides = [it.user, it.supervisor] if first == "user" else [it.supervisor, it.user]
    REVIEWS.perform(sides[0], it, "sign")
    assert it.status is R.SIGNING
    for name in ("sign", "countersign"):
        with pytest.raises(NotAllowed):
            REVIEWS.perform(sides[0], it, name)
    assert names(REVIEWS.moves(sides[1], it)) == {"countersign"}
    REVIEWS.perform(sides[1], it, "countersign")
    assert it.status is R.SIGNED
    assert it.signed_by_employee_at is not None
    assert it.signed_by_supervisor_at is not None
    told = {mail.to_address for mail in mails() if mail.kind == "performance.signed"}
    assert told == {it.user.email, it.supervisor.email}


def test_a_part_is_handed_in_when_every_competency_has_level_and_evidence():
    it = review()
    operations.reviews.save_text(it.user, it, text="I am content.")
    with pytest.raises(NotPossible, match="2 open"):
        REVIEWS.perform(it.user, it, "hand_in_self")
    one, two = queries.reviews.competencies(it.user)
    operations.reviews.save_rating(it.user, it, competency_id=one.id, level=Level.FOUR, evidence="")
    operations.reviews.save_rating(it.user, it, competency_id=two.id, level=None, evidence="It happened.")
    with pytest.raises(NotPossible, match="2 open"):
        REVIEWS.perform(it.user, it, "hand_in_self")
    operations.reviews.save_rating(it.user, it, competency_id=one.id, level=Level.NOT_OBSERVED, evidence="")
    operations.reviews.save_rating(
        it.user, it, competency_id=two.id, level=Level.TWO, evidence="It happened."
    )
    REVIEWS.perform(it.user, it, "hand_in_self")
    assert it.status is R.SUPERVISOR_ASSESSMENT


def test_a_part_needs_words_too():
    it = review()
    written(it, Side.SELF)
    operations.reviews.save_text(it.user, it, text="")
    with pytest.raises(NotPossible, match="text"):
        REVIEWS.perform(it.user, it, "hand_in_self")
    it = self_in()
    written(it, Side.SUPERVISOR)
    operations.reviews.save_text(it.supervisor, it, text="")
    with pytest.raises(NotPossible, match="summary"):
        REVIEWS.perform(it.supervisor, it, "hand_in_supervisor")


def test_the_meeting_is_recorded_when_a_next_step_is_agreed():
    it = supervisor_in()
    with pytest.raises(NotPossible, match="next step"):
        REVIEWS.perform(it.supervisor, it, "record_meeting", met_on=clock.today(), meeting_notes="Good.")
    item(it)
    REVIEWS.perform(it.supervisor, it, "record_meeting", met_on=clock.today(), meeting_notes="Good.")
    assert it.sign_by == clock.today() + timedelta(days=14)


def test_neither_side_writes_while_it_is_not_its_turn():
    it = review()
    one = queries.reviews.competencies(it.user)[0]
    rating = {"competency_id": one.id, "level": Level.ONE, "evidence": "Late."}
    with pytest.raises(NotPossible):
        operations.reviews.save_rating(it.supervisor, it, **rating)
    self_in(it)
    with pytest.raises(NotPossible):
        operations.reviews.save_rating(it.user, it, **rating)
    with pytest.raises(NotPossible):
        operations.reviews.save_text(it.user, it, text="Better words.")
    for other in (accounts.user(Role.HR), accounts.user(Role.SUPERVISOR)):
        with pytest.raises(NotAllowed):
            operations.reviews.save_text(other, it, text="Mine.")


def test_a_signed_review_is_closed_for_good():
    it = signed()
    one = queries.reviews.competencies(it.user)[0]
    for side in (it.user, it.supervisor):
        assert REVIEWS.moves(side, it) == []
        with pytest.raises(NotPossible):
            operations.reviews.save_rating(side, it, competency_id=one.id, level=Level.ONE, evidence="No.")
        with pytest.raises(NotPossible):
            operations.reviews.save_text(side, it, text="No.")
        with pytest.raises(NotPossible):
            operations.development.add_item(side, it, **step())
        with pytest.raises(NotPossible):
            operations.development.change_item(side, it.items[0], aim="Other")
    with pytest.raises(NotPossible):
        operations.reviews.comment(it.user, it, comment="No.")


def test_the_rm_comments_until_they_have_signed():
    it = supervisor_in()
    with pytest.raises(NotPossible):
        operations.reviews.comment(it.user, it, comment="Early.")
    it = met()
    operations.reviews.comment(it.user, it, comment="I see it otherwise.")
    with pytest.raises(NotAllowed):
        operations.reviews.comment(it.supervisor, it, comment="Mine.")
    REVIEWS.perform(it.user, it, "sign")
    with pytest.raises(NotPossible):
        operations.reviews.comment(it.user, it, comment="Late.")
    assert it.employee_comment == "I see it otherwise."


@pytest.mark.parametrize(
    ("state", "rm_reads", "supervisor_reads", "hr_reads"),
    [
        (review, (True, False), (False, True), (False, False)),
        (self_in, (True, False), (True, True), (False, False)),
        (supervisor_in, (True, True), (True, True), (False, False)),
        (met, (True, True), (True, True), (False, False)),
        (signed, (True, True), (True, True), (True, True)),
    ],
)
def test_who_reads_which_part_when(state, rm_reads, supervisor_reads, hr_reads):
    """(self-assessment, supervisor's part)."""
    it = state()
    readers = ((it.user, rm_reads), (it.supervisor, supervisor_reads), (accounts.user(Role.HR), hr_reads))
    for person, reads in readers:
        sight = queries.reviews.sight(person, it)
        assert (sight.reads_self, sight.reads_supervisor) == reads


def test_hr_opens_a_round_for_those_who_can_be_reviewed(mails):
    person, alone = rm(), accounts.employee(supervisor=None).user
    hr = accounts.user(Role.HR)
    today = clock.today()
    given = {
        "title": {"en": "Year", "de": "Jahr"},
        "starts_on": today - timedelta(days=300),
        "ends_on": today,
        "self_due_on": today + timedelta(days=7),
        "supervisor_due_on": today + timedelta(days=8),
        "meeting_due_on": today + timedelta(days=9),
    }
    with pytest.raises(NotPossible, match="nobody"):
        operations.reviews.open_cycle(hr, None, **given, people=[alone.id])
    with pytest.raises(NotAllowed):
        operations.reviews.open_cycle(supervisor_of(person), None, **given, people=[person.id])
    operations.reviews.open_cycle(hr, None, **given, people=[person.id, alone.id])
    assert queries.reviews.newest(alone) is None
    assert queries.reviews.newest(person).supervisor_id == supervisor_of(person).id
    assert [mail.to_address for mail in mails() if mail.kind == "performance.review_opened"] == [person.email]


def test_each_step_of_a_review_tells_whoever_is_next(mails):
    it = signed()
    kinds = [
        (mail.kind.split(".")[1], mail.to_address) for mail in mails() if mail.kind.startswith("performance.")
    ]
    employee, supervisor = it.user.email, it.supervisor.email
    assert kinds == [
        ("review_opened", employee),
        ("self_handed_in", supervisor),
        ("supervisor_handed_in", employee),
        ("to_sign", employee),
        ("to_sign", supervisor),
        ("signed", employee),
        ("signed", supervisor),
    ]


def owed(person):
    return {entry.source.name.split(".")[1]: entry.on for entry in sources.for_person(person.id)}


@pytest.mark.both
def test_what_is_owed_around_a_review():
    it = review()
    assert owed(it.user) == {"self_assessment": it.self_due_on}
    assert owed(it.supervisor) == {}
    self_in(it)
    assert owed(it.user) == {}
    assert owed(it.supervisor) == {"supervisor_assessment": it.supervisor_due_on}
    written(it, Side.SUPERVISOR)
    REVIEWS.perform(it.supervisor, it, "hand_in_supervisor")
    assert owed(it.supervisor) == {"meeting": it.meeting_due_on}
    made = item(it)
    REVIEWS.perform(it.supervisor, it, "record_meeting", met_on=clock.today(), meeting_notes="Good.")
    assert owed(it.user) == {"sign_own": it.sign_by, "item": made.due_on}
    assert owed(it.supervisor) == {"sign": it.sign_by}
    REVIEWS.perform(it.supervisor, it, "sign")
    assert owed(it.supervisor) == {}
    REVIEWS.perform(it.user, it, "countersign")
    assert owed(it.user) == {"item": made.due_on}
    ITEMS.perform(it.user, made, "complete")
    assert owed(it.user) == {}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("RM", {"complete", "drop"}),
        ("supervisor", {"complete", "drop"}),
        ("another RM", set()),
        ("HR", set()),
    ],
)
def test_who_may_close_a_next_step(who, may):
    made = item(rm())
    user = {
        "RM": lambda: made.user,
        "supervisor": lambda: supervisor_of(made.user),
        "another RM": rm,
        "HR": lambda: accounts.user(Role.HR),
    }[who]()
    assert names(ITEMS.moves(user, made)) == may
    if may:
        ITEMS.perform(user, made, "complete")
        assert (made.status, made.done_on) == (ItemStatus.DONE, clock.today())
        with pytest.raises(NotPossible, match="closed"):
            operations.development.change_item(user, made, aim="Other")
        ITEMS.perform(user, made, "reopen")
        assert (made.status, made.done_on) == (ItemStatus.OPEN, None)
    else:
        with pytest.raises(NotAllowed):
            ITEMS.perform(user, made, "complete")


def test_hr_hands_a_review_over_where_it_stands(browser, mails):
    it, successor, hr = self_in(), accounts.user(Role.SUPERVISOR), accounts.user(Role.HR)
    before = it.supervisor
    written(it, Side.SUPERVISOR)
    client, address = browser(hr), f"/reviews/{it.id}/hand-over"
    assert "Hand over…" in client.get(f"/reviews/{it.id}").text
    assert before.name not in client.get(address).text.split("<select")[1]

    page = client.post(address, data={"supervisor_id": successor.id}, follow_redirects=True).text

    assert "Review handed over" in page
    assert successor.name in page
    assert it.status is R.SUPERVISOR_ASSESSMENT
    assert names(REVIEWS.moves(successor, it)) == {"hand_in_supervisor"}
    assert names(REVIEWS.moves(before, it)) == set()
    assert browser(before).get(f"/reviews/{it.id}").status_code == 404
    assert [each.to_address for each in mails() if each.kind == "performance.handed_over"] == [
        it.user.email,
        successor.email,
    ]
    with pytest.raises(NotPossible, match="missing"):
        REVIEWS.perform(successor, it, "hand_in_supervisor")
    written(it, Side.SUPERVISOR, evidence="Seen by the successor.")
    REVIEWS.perform(successor, it, "hand_in_supervisor")
    assert it.status is R.MEETING


@pytest.mark.both
def test_a_review_whose_supervisor_has_left_says_so_to_hr(browser, session):
    it, hr = review(), accounts.user(Role.HR)
    with audit.acting(SYSTEM, "tests.arrange"):
        it.supervisor.left_on = clock.today() - timedelta(days=1)
    session.commit()

    page = browser(hr).get(f"/reviews/{it.id}").text

    assert f"{it.supervisor.name} does not work here any more" in page


def test_nobody_hands_over_their_own_review_nor_one_that_is_signed_nor_to_who_has_it(browser):
    it, other, hr = review(), accounts.user(Role.SUPERVISOR), accounts.user(Role.HR)
    own = review(rm(user=accounts.user(Role.RM, Role.HR)))
    closed = signed()

    with pytest.raises(NotAllowed):
        operations.handing_over.hand_over(it.supervisor, it, supervisor=other)
    with pytest.raises(NotAllowed):
        operations.handing_over.hand_over(own.user, own, supervisor=other)
    with pytest.raises(NotPossible, match="has signed"):
        operations.handing_over.hand_over(hr, closed, supervisor=other)
    for person in (it.supervisor, it.user):
        with pytest.raises(NotPossible, match="has this review already"):
            operations.handing_over.hand_over(hr, it, supervisor=person)
    for person in (
        accounts.user(Role.RM),
        accounts.user(Role.SUPERVISOR, left_on=clock.today() - timedelta(days=1)),
    ):
        with pytest.raises(NotPossible, match="no supervisor here"):
            operations.handing_over.hand_over(hr, it, supervisor=person)
    assert "Hand over…" not in browser(hr).get(f"/reviews/{closed.id}").text
    for person in (it.supervisor, it.user, other):
        assert browser(person).get(f"/reviews/{it.id}/hand-over").status_code == 403
    wrong = browser(hr).post(f"/reviews/{it.id}/hand-over", data={"supervisor_id": it.supervisor_id})
    assert wrong.status_code == 422
    assert "Not a valid choice." in wrong.text

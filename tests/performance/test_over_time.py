"""Reviews and goals over time: what is kept, who goes on with what, what waits for nobody, and the ways back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.flow.seen import seen_of
from rmhr.core.history import audit, records
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.law import deadlines
from rmhr.models.accounts import Role
from rmhr.models.performance import GoalStatus, ItemStatus, ReviewStatus, Side
from rmhr.models.system import Record
from rmhr.performance import jobs, operations, queries
from rmhr.performance.records import GOAL, REVIEW
from rmhr.performance.workflow.goals import GOALS
from rmhr.performance.workflow.reviews import REVIEWS
from tests.factories import accounts
from tests.factories.performance import (
    agreed,
    checked,
    goal,
    item,
    met,
    names,
    proposed,
    review,
    rm,
    self_in,
    signed,
    signed_by_both,
    supervisor_in,
    supervisor_of,
    written,
)

R, G = ReviewStatus, GoalStatus
SECRET = "Something that only its author may read."
hr = pytest.fixture(lambda session: accounts.user(Role.HR))


def owed(person):
    return {entry.source.name.split(".")[1] for entry in sources.for_person(person.id)}


def another(person):
    """A second round."""
    return review(person, title=Words.both("Half a year", "Halbjahr"))


def moves_to(person, supervisor):
    """Let somebody be led by somebody else, as HR enters it."""
    with audit.acting(SYSTEM, "tests.arrange"):
        person.employee.supervisor = supervisor
    db.session.commit()


def later(days):
    return clock.at(clock.now() + timedelta(days=days))


# What both sign.


def test_the_second_signs_what_the_first_had_before_them():
    it = met()
    REVIEWS.perform(it.supervisor, it, "sign")
    first = REVIEW.read(it).says
    with audit.acting(SYSTEM, "tests.arrange"):
        it.user.name = "Somebody Else"
    operations.reviews.comment(it.user, it, comment="I see it otherwise.")
    REVIEWS.perform(it.user, it, "countersign")

    says = REVIEW.read(it).says

    assert says.person == first.person != "Somebody Else"
    assert says.competencies == first.competencies
    assert (first.comment, says.comment) == ("", "I see it otherwise.")
    assert [each.at is not None for each in says.signatures] == [True, True]
    assert [each.edition for each in REVIEW.editions(it)] == [1, 2, 3]
    assert list(records.damaged()) == []


def test_a_damaged_copy_is_not_signed_a_second_time(session):
    it = met()
    REVIEWS.perform(it.supervisor, it, "sign")
    session.commit()
    kept = session.scalars(sa.select(Record).where(Record.edition == 2)).one()
    forged = {**kept.content, "meeting_notes": "We agreed on everything."}
    session.execute(
        sa.update(Record.__table__).where(Record.__table__.c.id == kept.id).values(content=forged)
    )
    session.expire_all()
    with pytest.raises(NotPossible, match="no longer what is stored"):
        REVIEWS.perform(it.user, it, "countersign")


def test_a_signed_review_says_since_when_it_stands_and_what_somebody_is_called_today(browser, hr):
    it = signed()
    before = it.user.name
    with audit.acting(SYSTEM, "tests.arrange"):
        it.user.name = "Nora Neumann"
    db.session.commit()
    page = browser(hr).get(f"/reviews/{it.id}").text
    assert f"Review of {before}" in page
    assert "As it was on" in page
    assert "Today the name is Nora Neumann" in page
    listed = browser(hr).get("/reviews/").text
    assert before in listed


@pytest.mark.both
def test_what_was_signed_before_copies_were_kept_is_kept_once_as_it_is_then(session):
    it, aim = signed(), agreed()
    GOALS.perform(aim.supervisor, aim, "achieve", note="Held.")
    session.commit()
    session.execute(sa.delete(Record))
    assert not REVIEW.read(it).concluded

    assert jobs.keep_missing() == 2
    assert jobs.keep_missing() == 0

    assert REVIEW.read(it).concluded
    assert GOAL.read(aim).concluded
    assert list(records.damaged()) == []


# Whose words.


def test_what_a_supervisor_had_begun_stays_theirs_when_the_review_is_handed_over(browser, hr, mails):
    it, successor = self_in(), accounts.user(Role.SUPERVISOR)
    before = it.supervisor
    written(it, Side.SUPERVISOR, evidence=SECRET)
    operations.handing_over.hand_over(hr, it, supervisor=successor)
    db.session.commit()

    for part in ("competencies&n=1", "summary", "facts"):
        assert SECRET not in browser(successor).get(f"/reviews/{it.id}?part={part}").text
        assert "Words of supervisor" not in browser(successor).get(f"/reviews/{it.id}?part={part}").text
    draft = queries.drafts.of(it, before)
    mine = browser(before).get(f"/reviews/drafts/{draft.id}").text
    assert SECRET in mine
    assert "Words of supervisor" in mine
    assert f"/reviews/drafts/{draft.id}" in browser(before).get("/reviews/").text
    for other in (successor, it.user, hr):
        assert browser(other).get(f"/reviews/drafts/{draft.id}").status_code in (403, 404)
    [told] = [mail for mail in mails() if mail.kind == "performance.draft_kept"]
    assert told.to_address == before.email
    assert SECRET not in told.text


def test_whoever_gets_a_review_back_goes_on_with_their_own_words(hr):
    it, between = self_in(), accounts.user(Role.SUPERVISOR)
    before = written(it, Side.SUPERVISOR, evidence=SECRET).supervisor
    operations.handing_over.hand_over(hr, it, supervisor=between)
    assert queries.reviews.unrated(it, Side.SUPERVISOR) != []
    operations.handing_over.hand_over(hr, it, supervisor=before)
    db.session.commit()
    assert queries.reviews.unrated(it, Side.SUPERVISOR) == []
    assert it.supervisor_text == "Words of supervisor"
    assert queries.drafts.within(it) == []


def test_what_was_handed_in_goes_with_the_review_and_drafts_end_with_it(hr):
    it, successor = self_in(), accounts.user(Role.SUPERVISOR)
    written(it, Side.SUPERVISOR)
    operations.handing_over.hand_over(hr, it, supervisor=successor)
    assert len(queries.drafts.within(it)) == 1
    written(it, Side.SUPERVISOR)
    REVIEWS.perform(successor, it, "hand_in_supervisor")
    third = accounts.user(Role.SUPERVISOR)
    operations.handing_over.hand_over(hr, it, supervisor=third)
    assert it.supervisor_text == "Words of supervisor"
    item(it)
    REVIEWS.perform(third, it, "record_meeting", met_on=clock.today(), meeting_notes="Good.")
    signed_by_both(it)
    assert queries.drafts.within(it) == []


# Somebody moves, somebody leaves.


@pytest.mark.both
def test_whoever_leads_no_longer_loses_sight_that_day_and_the_next_one_gets_it(browser):
    person = rm()
    before, after = supervisor_of(person), accounts.user(Role.SUPERVISOR)
    past, it, aim = signed(review(person)), self_in(another(person)), agreed(person)
    written(it, Side.SUPERVISOR, evidence=SECRET)
    moves_to(person, after)

    for address in (f"/reviews/{past.id}", f"/reviews/{it.id}", f"/goals/{aim.id}"):
        assert browser(before).get(address).status_code == 404, address
    assert names(REVIEWS.moves(before, it)) == set()
    assert past.user.name not in browser(before).get("/reviews/").text
    assert browser(after).get(f"/goals/{aim.id}").status_code == 200
    assert "Words of self" in browser(after).get(f"/reviews/{past.id}?part=self").text

    assert jobs.follow_leaders() == 1
    db.session.commit()
    assert it.supervisor_id == after.id
    assert SECRET not in browser(after).get(f"/reviews/{it.id}?part=competencies&n=1").text
    assert "supervisor_assessment" in owed(after)
    assert "supervisor_assessment" not in owed(before)
    assert jobs.follow_leaders() == 0


def test_a_review_that_hr_has_given_to_somebody_on_purpose_stays_there(browser, hr):
    person = rm()
    it, chosen = self_in(review(person)), accounts.user(Role.SUPERVISOR)
    operations.handing_over.hand_over(hr, it, supervisor=chosen)
    db.session.commit()
    assert it.supervisor_chosen
    assert jobs.follow_leaders() == 0
    assert operations.handing_over.hand_over_open(SYSTEM, person, to=accounts.user(Role.SUPERVISOR)) == 0
    assert browser(chosen).get(f"/reviews/{it.id}").status_code == 200


def test_the_new_supervisor_takes_over_what_is_open_once():
    person, after = rm(), accounts.user(Role.SUPERVISOR)
    past, it = signed(review(person)), another(person)
    before = past.supervisor
    moves_to(person, after)
    assert operations.handing_over.hand_over_open(SYSTEM, person, to=after) == 1
    assert operations.handing_over.hand_over_open(SYSTEM, person, to=after) == 0
    assert (it.supervisor, past.supervisor) == (after, before)
    with pytest.raises(NotAllowed):
        operations.handing_over.hand_over_open(before, person, to=before)


@pytest.mark.both
def test_nothing_stays_open_of_somebody_who_has_left():
    person = rm()
    it, aim, draft, step = review(person), agreed(person), goal(person, title="Visits"), item(person)
    assert operations.handing_over.close_for_leaver(SYSTEM, person) == 4
    assert operations.handing_over.close_for_leaver(SYSTEM, person) == 0
    db.session.commit()
    assert (it.status, aim.status, draft.status, step.status) == (
        R.CANCELLED,
        G.CANCELLED,
        G.CANCELLED,
        ItemStatus.DROPPED,
    )
    assert owed(person) == set()
    assert owed(supervisor_of(person)) == set()


# What is not handed in.


@pytest.mark.both
def test_a_review_begins_without_the_self_assessment_and_says_so(browser, mails):
    it = written(review(), Side.SELF, evidence=SECRET)
    meeting_due_on = it.meeting_due_on
    wait = deadlines.BEGIN_REVIEW_WITHOUT_SELF.number + (it.self_due_on - clock.today()).days
    with later(wait - 1):
        assert jobs.begin_without_self() == 0
        with pytest.raises(NotPossible, match="still time"):
            REVIEWS.perform(SYSTEM, it, "begin_without_self")
    with later(wait):
        assert jobs.begin_without_self() == 1
        assert jobs.begin_without_self() == 0
        db.session.commit()
        assert it.status is R.SUPERVISOR_ASSESSMENT
        assert it.meeting_due_on == meeting_due_on + deadlines.BEGIN_REVIEW_WITHOUT_SELF.span
        assert "supervisor_assessment" in owed(it.supervisor)
        told = {mail.to_address for mail in mails() if mail.kind == "performance.begun_without_self"}
        assert told == {it.user.email, it.supervisor.email}
        theirs = browser(it.supervisor)
        page = theirs.get(f"/reviews/{it.id}?part=competencies&n=1")
        assert "has begun without it" in page.text
        assert SECRET not in page.text
        assert theirs.get(f"/reviews/{it.id}?part=self").status_code == 404
        written(it, Side.SUPERVISOR)
        REVIEWS.perform(it.supervisor, it, "hand_in_supervisor")
        item(it)
        REVIEWS.perform(
            it.supervisor, it, "record_meeting", met_on=clock.today(), meeting_notes="Without them."
        )
        signed_by_both(it)
        read = browser(accounts.user(Role.HR)).get(f"/reviews/{it.id}?part=self").text
        assert "It was not handed in." in read
        for part in ("self", "competencies"):
            seen = browser(accounts.user(Role.HR)).get(f"/reviews/{it.id}?part={part}").text
            assert SECRET not in seen
            assert "Words of self" not in seen


@pytest.mark.parametrize("step", ["add_self", "add_self_to_meeting"])
def test_the_rm_adds_their_words_until_the_meeting_is_recorded(browser, step):
    it = written(review(), Side.SELF)
    with later(40):
        jobs.begin_without_self()
        if step == "add_self_to_meeting":
            written(it, Side.SUPERVISOR)
            REVIEWS.perform(it.supervisor, it, "hand_in_supervisor")
        status = it.status
        assert names(REVIEWS.moves(it.user, it)) == {step}
        operations.reviews.save_text(it.user, it, text="Late, but mine.")
        REVIEWS.perform(it.user, it, step)
        db.session.commit()
        assert it.status is status
        assert "Late, but mine." in browser(it.supervisor).get(f"/reviews/{it.id}?part=self").text
        assert names(REVIEWS.moves(it.user, it)) == set()
        with pytest.raises(NotPossible):
            operations.reviews.save_text(it.user, it, text="Once more.")


def test_a_draft_of_a_goal_is_owed_by_whoever_wrote_it():
    it = goal()
    assert "propose" in owed(it.user)
    by_boss = proposed(by_supervisor=True)
    GOALS.perform(by_boss.user, by_boss, "send_back", note="Too much.")
    assert "propose" in owed(supervisor_of(by_boss.user))
    assert "propose" not in owed(by_boss.user)
    after = accounts.user(Role.SUPERVISOR)
    moves_to(by_boss.user, after)
    assert "propose" in owed(after)


# The ways back.


def test_a_concluded_goal_is_opened_again_with_a_reason_and_keeps_what_it_was(browser, mails):
    it = agreed()
    checked(it, 60)
    GOALS.perform(it.supervisor, it, "miss", note="By mistake.")
    with pytest.raises(NotAllowed):
        GOALS.perform(it.user, it, "reopen", note="Please.")
    page = f"/goals/{it.id}"
    boss = browser(it.supervisor)
    assert boss.post(f"{page}/reopen", data={"seen": seen_of(it), "note": ""}).status_code == 422
    assert (
        boss.post(f"{page}/reopen", data={"seen": seen_of(it), "note": "It was reached."}).status_code == 302
    )
    assert it.status is G.AGREED
    assert it.check_in_by is not None
    shown = boss.get(page).text
    assert "It was reached." in shown
    assert "As it was on" not in shown
    assert [mail.to_address for mail in mails() if mail.kind == "performance.goal_reopened"] == [
        it.user.email
    ]
    GOALS.perform(it.supervisor, it, "achieve", note="Now rightly.")
    assert [each.says.status.value for each in GOAL.editions(it)] == ["missed", "achieved"]


def test_a_withdrawn_goal_becomes_a_draft_again():
    it = proposed()
    GOALS.perform(it.user, it, "cancel", note="By mistake.")
    assert owed(it.user) == set()
    GOALS.perform(it.supervisor, it, "restore", note="We still want it.")
    assert it.status is G.DRAFT
    assert "propose" in owed(it.supervisor)


@pytest.mark.parametrize(
    ("move", "status", "owes"),
    [
        ("back_to_meeting", R.MEETING, "meeting"),
        ("back_to_supervisor", R.SUPERVISOR_ASSESSMENT, "supervisor_assessment"),
        ("back_to_self", R.SELF_ASSESSMENT, "self_assessment"),
    ],
)
def test_hr_opens_a_signed_review_again_at_the_step_that_went_wrong(browser, hr, mails, move, status, owes):
    it = signed()
    for side in (it.user, it.supervisor):
        with pytest.raises(NotAllowed):
            REVIEWS.perform(side, it, move, note="Please.")
    page = f"/reviews/{it.id}"
    answer = browser(hr).post(f"{page}/{move}", data={"seen": seen_of(it), "note": "The wrong day."})
    assert answer.status_code == 302
    assert it.status is status
    assert (it.signed_by_employee_at, it.signed_by_supervisor_at, it.met_on) == (None, None, None)
    assert owes in owed(it.user) | owed(it.supervisor)
    told = [mail for mail in mails() if mail.kind == "performance.review_reopened"]
    assert {mail.to_address for mail in told} == {it.user.email, it.supervisor.email}
    assert all("The wrong day." in mail.text for mail in told)
    assert "The wrong day." in browser(hr).get(page).text
    for who in (it.user, it.supervisor, hr):
        former = browser(who).get(f"{page}?part=meeting&edition=3")
        assert "We saw it alike." in former.text
        assert "an earlier version" in former.text
    assert browser(rm()).get(f"{page}?part=meeting&edition=3").status_code == 404
    assert browser(hr).get(f"{page}?part=meeting&edition=1").status_code == 404


def test_a_review_that_is_signed_again_keeps_both_editions(hr):
    it = signed()
    REVIEWS.perform(hr, it, "back_to_meeting", note="The wrong day.")
    REVIEWS.perform(
        it.supervisor, it, "record_meeting", met_on=clock.today(), meeting_notes="Now it is right."
    )
    signed_by_both(it)
    notes = [
        each.says.meeting_notes
        for each in REVIEW.editions(it)
        if all(one.at is not None for one in each.says.signatures)
    ]
    assert notes == ["We saw it alike.", "Now it is right."]


def test_a_review_is_cancelled_with_a_reason_and_begun_again(browser, hr, mails):
    it = supervisor_in()
    REVIEWS.perform(hr, it, "cancel", note="A long absence.")
    db.session.commit()
    assert owed(it.user) == owed(it.supervisor) == set()
    assert REVIEWS.moves(it.user, it) == REVIEWS.moves(it.supervisor, it) == []
    told = [mail for mail in mails() if mail.kind == "performance.review_cancelled"]
    assert {mail.to_address for mail in told} == {it.user.email, it.supervisor.email}
    page = browser(hr).get(f"/reviews/{it.id}").text
    assert "was called off" in page
    assert "Words of" not in page
    REVIEWS.perform(hr, it, "back_to_self", note="Back at work.")
    assert it.status is R.SELF_ASSESSMENT
    assert it.self_due_on >= deadlines.REVIEW_AGAIN.after(clock.today())
    with pytest.raises(NotPossible):
        REVIEWS.perform(hr, signed(), "cancel", note="Too late.")


def test_a_round_is_cancelled_but_what_is_signed_in_it_stays(browser, hr):
    it, done = review(), signed()
    with audit.acting(SYSTEM, "tests.arrange"):
        done.cycle = it.cycle
    db.session.commit()
    client, page = browser(hr), f"/reviews/cycles/{it.cycle_id}/cancel"
    assert page in client.get(f"/reviews/?cycle={it.cycle_id}").text
    assert "One open review is called off" in client.get(page).text
    assert client.post(page, data={"note": ""}).status_code == 422
    assert client.post(page, data={"note": "The works council asked."}).status_code == 302
    assert (it.status, done.status) == (R.CANCELLED, R.SIGNED)
    assert client.post(page, data={"note": "Once more."}).status_code == 409
    assert page not in client.get(f"/reviews/?cycle={it.cycle_id}").text
    assert browser(it.supervisor).get(page).status_code == 403


# Two at one thing.


def test_a_person_has_one_open_review_of_a_period(hr):
    it = review()
    with pytest.raises(NotPossible, match="open review of this period"):
        another(it.user)
    REVIEWS.perform(hr, it, "cancel", note="A mistake.")
    db.session.commit()
    assert another(it.user) is not it


def test_autosave_tells_a_second_tab_what_is_stored_and_that_it_was_handed_in(browser):
    it = written(review(), Side.SELF)
    client = browser(it.user)
    text = queries.reviews.text_of(it, Side.SELF)
    opened = seen_of(text)
    page = f"/reviews/{it.id}/draft?part=self"
    kept = client.post(page, data={"text": "From one tab", "seen": opened})
    assert kept.json["seen"] == seen_of(text)
    late = client.post(page, data={"text": "From the other", "seen": opened})
    assert late.status_code == 409
    assert late.json["opened_with"]
    assert late.json == {
        "stale": True,
        "seen": seen_of(text),
        "opened_with": late.json["opened_with"],
        "stored": {"text": "From one tab"},
    }
    assert client.post(page, data={"text": "Both", "seen": late.json["seen"]}).status_code == 200
    rating = f"/reviews/{it.id}/draft?part=competencies&n=1"
    late = client.post(rating, data={"level": "5", "evidence": "Mine", "seen": ".None"})
    assert late.json["stored"] == {"level": "3", "evidence": "It happened."}
    REVIEWS.perform(it.user, it, "hand_in_self")
    db.session.commit()
    over = client.post(page, data={"text": "Later", "seen": seen_of(text)})
    assert over.status_code == 409
    assert over.json == {"over": True, "url": f"/reviews/{it.id}"}
    assert it.self_text == "Both"


def test_the_rm_who_adds_words_and_the_supervisor_who_writes_do_not_disturb_each_other(browser):
    it = review()
    with later(40):
        jobs.begin_without_self()
        db.session.commit()
        mine, theirs = (queries.reviews.text_of(it, side) for side in (Side.SELF, Side.SUPERVISOR))
        seen_mine, seen_theirs = seen_of(mine), seen_of(theirs)
        page = f"/reviews/{it.id}/draft?part="
        first = browser(it.user).post(f"{page}self", data={"text": "Mine", "seen": seen_mine})
        second = browser(it.supervisor).post(f"{page}summary", data={"text": "Theirs", "seen": seen_theirs})
        assert (first.status_code, second.status_code) == (200, 200)
        assert (it.self_text, it.supervisor_text) == ("Mine", "Theirs")

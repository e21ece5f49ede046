"""The checklist: what was seen, tried and done in sessions, and what is left of it before the sign-off."""

from __future__ import annotations

import pytest

from rmhr.core.errors import NotPossible
from rmhr.core.flow.seen import seen_of
from rmhr.models.shadowing import HowFar, ProgrammeStatus, Rung
from rmhr.shadowing import operations, queries, records
from rmhr.shadowing.workflow import PROGRAMMES, SESSIONS
from tests.factories.shadowing import climb, confirmed, form, logged, programme
from tests.support.html import Html


def reached(of):
    """How far each point has come, by its code."""
    return {point.item.code: point.reached for point in queries.points(of)}


def item(code):
    return next(each for each in queries.checklist() if each.code == code)


def test_eleven_points_are_looked_at_and_two_of_them_are_done_alone_before_the_sign_off():
    programme()
    needed = {each.code: each.needed for each in queries.checklist()}
    assert len(needed) == 11
    assert {code for code, how_far in needed.items() if how_far is HowFar.ALONE} == {
        "costs_risks",
        "documentation",
    }


def test_only_a_confirmed_session_counts_and_the_furthest_of_them():
    of = programme()
    needs = item("needs").id
    session = logged(of, observed={needs: HowFar.SEEN})
    assert reached(of)["needs"] is None
    SESSIONS.perform(session.host, session, "confirm", feedback="Well seen.")
    assert reached(of)["needs"] is HowFar.SEEN
    confirmed(of, observed={needs: HowFar.HELPED})
    confirmed(of, minutes=30, observed={needs: HowFar.SEEN})
    assert reached(of)["needs"] is HowFar.HELPED
    assert reached(of)["objections"] is None


def test_the_page_asks_about_each_point_and_the_session_shows_what_was_said(browser):
    of = programme()
    mine = browser(of.user)
    page = Html(mine.get(f"/shadowing/{of.id}/log"))
    assert len(page.all(".points select")) == 11
    data = form(of) | {f"point-{item('needs').id}": "seen", f"point-{item('closing').id}": ""}
    assert mine.post(f"/shadowing/{of.id}/log", data=data).status_code == 302

    [session] = queries.get(of.user, of.id).sessions
    assert [(each.item.code, each.how_far) for each in session.observations] == [("needs", HowFar.SEEN)]
    shown = Html(mine.get(f"/shadowing/sessions/{session.id}")).words(".judged")
    assert shown == f"{item('needs').text} Seen"


def test_whoever_listens_has_tried_nothing_yet(browser):
    of = programme()
    data = form(of) | {f"point-{item('needs').id}": "alone"}
    answer = browser(of.user).post(f"/shadowing/{of.id}/log", data=data)
    assert answer.status_code == 422
    assert "You listened in this session" in answer.text


def test_a_correction_changes_adds_and_takes_away(browser):
    of = programme()
    session = logged(of, observed={item("needs").id: HowFar.SEEN, item("time").id: HowFar.SEEN})
    mine = browser(of.user)
    page = Html(mine.get(f"/shadowing/sessions/{session.id}/edit"))
    chosen = {each.get("value") for each in page.all(".points option[selected]")} - {""}
    assert chosen == {"seen"}
    told = {"needs": "", "time": "seen", "closing": "seen"}
    data = form(of) | {f"point-{item(code).id}": how_far for code, how_far in told.items()}
    assert mine.post(f"/shadowing/sessions/{session.id}/edit", data=data).status_code == 302
    assert {each.item.code for each in session.observations} == {"time", "closing"}


def test_a_correction_of_the_words_alone_leaves_the_checklist():
    session = logged(programme(), observed={item("needs").id: HowFar.SEEN})
    operations.correct_session(session.programme.user, session, learned="A meeting about a mortgage.")
    assert len(session.observations) == 1


def climbed_without(code):
    """A ladder on which one point was never more than seen."""
    of = programme()
    far = {each.id: HowFar.ALONE for each in queries.checklist()} | {item(code).id: HowFar.SEEN}
    for step in queries.progress(of).rungs:
        for _n in range(step.needed):
            confirmed(of, rung=step.rung, observed={} if step.rung is Rung.OBSERVE else far)
    return of


def test_what_has_not_come_far_enough_is_named_and_signed_off_only_on_purpose(browser):
    of = climbed_without("costs_risks")
    with pytest.raises(NotPossible, match="not come far enough"):
        PROGRAMMES.perform(of.mentor, of, "sign_off", note="Ready.")

    mentor, address = browser(of.mentor), f"/shadowing/{of.id}/sign_off"
    assert f"{item('costs_risks').text} (Done alone)" in Html(mentor.get(address)).words("main form")
    data = {"seen": seen_of(of), "note": "Will have a second pair of eyes until March."}
    assert mentor.post(address, data=data).status_code == 422
    assert of.status is ProgrammeStatus.ACTIVE
    PROGRAMMES.perform(of.mentor, of, "sign_off", note="With a second pair of eyes.", despite=True)
    kept = records.of_programme(of).says
    assert [str(each.item) for each in kept.checklist if not each.is_done] == [str(item("costs_risks").text)]


def test_nothing_is_asked_where_everything_is_done(browser):
    of = programme()
    climb(of)
    page = browser(of.mentor).get(f"/shadowing/{of.id}/sign_off").text
    assert "sign off all the same" not in page
    shown = Html(browser(of.user).get(f"/shadowing/{of.id}")).words("main")
    assert "11 of 11 far enough for the sign-off" in shown

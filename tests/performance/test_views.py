"""The pages: numbers in both languages, the desk without script, who sees none of it, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from rmhr.core import clock
from rmhr.core.flow.seen import seen_of
from rmhr.models.accounts import Role
from rmhr.models.competencies import Level
from rmhr.models.performance import GoalStatus, ItemStatus, ReviewStatus, Side
from rmhr.performance import operations, queries
from rmhr.performance.workflow.reviews import REVIEWS
from tests.factories import accounts
from tests.factories.performance import (
    agreed,
    checked,
    form,
    goal,
    item,
    kpi,
    met,
    proposed,
    review,
    rm,
    self_in,
    signed,
    step,
    supervisor_in,
    supervisor_of,
    written,
)
from tests.support.days import working_day
from tests.support.html import Html

SECRET = "Something that only one side may read."


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("en", "93.4", "93.4"),
        ("de", "93,4", "93.4"),
        ("en", "1,234.5", "1234.5"),
        ("de", "1.234,5", "1234.5"),
        ("de", "−2,5", "-2.5"),
    ],
)
def test_numbers_are_read_as_they_are_written_in_that_language(browser, language, typed, meant):
    person = accounts.employee(user=accounts.user(language=language)).user
    answer = browser(person).post("/goals/new", data=form(target=typed))
    assert answer.status_code == 302, answer.text
    made = queries.goals.of(person)[0].goal
    assert made.target == Decimal(meant)
    page = browser(person).get(f"/goals/{made.id}/edit").text
    assert f'value="{typed.replace("−", "-")}"' in page


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "93,4"),
        ("de", "93.4"),
        ("en", "many"),
        ("en", "1e5"),
        ("en", "NaN"),
        ("en", "0x10"),
        ("en", "1.234"),
    ],
)
def test_a_number_that_could_mean_something_else_is_asked_again(browser, language, typed):
    person = accounts.employee(user=accounts.user(language=language)).user
    answer = browser(person).post("/goals/new", data=form(target=typed))
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert queries.goals.of(person) == []


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"title": " "}, "Give the goal a name."),
        ({"specific": ""}, "Describe what is to be achieved."),
        ({"measure": ""}, "Choose a KPI, or say what is measured."),
        ({"unit": ""}, "Enter the unit of your measure."),
        ({"target": "0"}, "The target is the same as the value today."),
        ({"target": ""}, "Enter the target."),
        ({"due_on": clock.today().isoformat()}, "Enter a date in the future."),
        ({"due_on": "2999-01-01"}, "Enter a day between"),
        ({"due_on": "soon"}, "Not a valid date value."),
        ({"kpi_id": "x"}, "Not a valid choice."),
        ({"baseline": "9999999999999"}, "This number is too large."),
    ],
)
def test_bad_input_is_explained_and_nothing_typed_is_lost(browser, given, message):
    person = rm()
    answer = browser(person).post("/goals/new", data=form(achievable="One a week & more") | given)
    assert answer.status_code == 422
    assert message in answer.text
    assert "One a week &amp; more" in answer.text
    assert queries.goals.of(person) == []


def test_a_kpi_takes_the_place_of_a_measure_of_ones_own(browser):
    person = rm()
    chosen = kpi()
    browser(person).post("/goals/new", data=form(kpi_id=chosen.id, measure="", unit=""))
    made = queries.goals.of(person)[0].goal
    assert (made.kpi_id, made.measure) == (chosen.id, "")
    assert "Client retention rate" in browser(person).get(f"/goals/{made.id}").text


def test_a_supervisor_sets_goals_for_the_team_and_for_nobody_else(browser):
    person, stranger = rm(), rm()
    client = browser(supervisor_of(person))
    assert client.post("/goals/new", data=form(user_id=person.id)).status_code == 302
    assert client.post("/goals/new", data=form(user_id=stranger.id)).status_code == 422
    assert len(queries.goals.of(person)) == 1
    assert queries.goals.of(stranger) == []


def test_from_a_draft_to_a_check_in_on_the_pages(browser):
    it = goal()
    mine, theirs = browser(it.user), browser(it.supervisor)
    assert mine.post(f"/goals/{it.id}/propose", data={"seen": "draft"}).status_code == 302
    assert "It counts when" in mine.get(f"/goals/{it.id}").text
    assert mine.post(f"/goals/{it.id}/agree", data={"seen": "proposed"}).status_code == 403
    assert theirs.post(f"/goals/{it.id}/agree", data={"seen": "proposed"}).status_code == 302
    assert it.status is GoalStatus.AGREED
    page = f"/goals/{it.id}/check-in"
    assert mine.post(page, data={"value": "", "confidence": "on_track"}).status_code == 422
    assert (
        mine.post(page, data={"value": "12", "confidence": "on_track", "comment": "Well."}).status_code == 302
    )
    shown = mine.get(f"/goals/{it.id}").text
    assert "12 of 60 meetings" in shown
    assert "<svg" in shown
    assert theirs.post(f"/goals/{it.id}/miss", data={"seen": "agreed", "note": ""}).status_code == 422
    assert theirs.post(f"/goals/{it.id}/miss", data={"seen": "agreed", "note": "Half."}).status_code == 302
    assert it.status is GoalStatus.MISSED


def test_an_agreed_goal_has_no_form(browser):
    it = agreed()
    assert browser(it.user).get(f"/goals/{it.id}/edit").status_code == 302


@pytest.mark.parametrize("role", [Role.RM, Role.SUPERVISOR])
def test_strangers_change_neither_goals_nor_reviews(browser, role):
    it, other = agreed(), browser(accounts.employee(user=accounts.user(role)).user)
    reviewed = review()
    assert other.post(f"/goals/{it.id}/cancel", data={"note": "x"}).status_code == 404
    assert other.post(f"/reviews/{reviewed.id}/draft?part=self", data={"text": "x"}).status_code == 404


def test_hr_reads_goals_and_changes_none(browser):
    it = agreed()
    hr = browser(accounts.user(Role.HR))
    assert it.title in hr.get("/goals/").text
    assert hr.get(f"/goals/{it.id}").status_code == 200
    assert hr.get(f"/goals/{it.id}/check-in").status_code == 403
    assert hr.post(f"/goals/{it.id}/cancel", data={"note": "x"}).status_code == 403


def test_the_list_of_a_team_is_narrowed_by_person_and_state(browser):
    person = rm()
    boss = supervisor_of(person)
    agreed(person, title="Agreed one")
    goal(accounts.employee(supervisor=boss).user, title="Draft of another")
    client = browser(boss)
    assert "Agreed one" in (page := client.get("/goals/").text)
    assert "Draft of another" in page
    assert "Draft of another" not in client.get("/goals/?status=agreed").text
    assert "Draft of another" not in client.get(f"/goals/?person={person.id}").text


# The desk.


def test_the_self_assessment_is_written_page_by_page(browser):
    it = review()
    client, page = browser(it.user), f"/reviews/{it.id}"
    assert "Competency 1 of 2, expected level 4" in client.get(page).text
    answer = client.post(
        f"{page}?part=competencies&n=1", data={"level": "4", "evidence": "It happened.", "go": "next"}
    )
    assert answer.location.endswith("part=competencies&n=2")
    assert "Competency 2 of 2" in client.get(page).text
    answer = client.post(f"{page}?part=competencies&n=2", data={"level": "", "evidence": "Later."})
    assert answer.location.endswith("part=self")
    assert "(1 open)" in client.get(f"{page}?part=self").text or "text" in client.get(page).text
    answer = client.post(f"{page}?part=self", data={"text": "I am content."})
    assert answer.location.endswith("part=competencies&n=2")
    back = client.post(
        f"{page}?part=competencies&n=2", data={"level": "3", "evidence": "Later.", "go": "back"}
    )
    assert back.location.endswith("n=1")
    assert client.post(f"{page}/hand_in_self", data={"seen": "self_assessment"}).status_code == 302
    assert it.status is ReviewStatus.SUPERVISOR_ASSESSMENT
    assert client.get(f"{page}?part=competencies&n=1").status_code == 200
    assert client.post(f"{page}?part=competencies&n=1", data={"level": "5"}).status_code == 409


def test_a_review_is_compared_as_a_table_with_the_largest_gap_first(browser):
    it = self_in(review(competencies=3), level=Level.FOUR)
    for each, level in zip(
        queries.reviews.competencies(it.user), (Level.FIVE, Level.TWO, Level.THREE), strict=True
    ):
        operations.reviews.save_rating(
            it.supervisor, it, competency_id=each.id, level=level, evidence=f"Seen at {level.value}."
        )
    operations.reviews.save_text(it.supervisor, it, text="A good year.")
    REVIEWS.perform(it.supervisor, it, "hand_in_supervisor")
    page = Html(browser(it.supervisor).get(f"/reviews/{it.id}?part=competencies"))
    assert page.texts(".sides thead th") == [
        "Competency",
        "Self-assessment",
        "Supervisor",
        "Expected",
        "Gap",
    ]
    assert page.texts(".sides__gap") == ["2 levels below", "1 level below", "1 level above"]
    assert ["tone-bad" in each for each in page.attributes(".sides__gap .state", "class")] == [
        True,
        False,
        False,
    ]
    assert [each.get("open") is not None for each in page.all(".sides details")] == [True, False, False]
    assert "Seen at 2." in page.texts(".sides details")[0]
    assert "Far apart" in page.texts(".sides__name")[0]


def test_while_only_the_self_assessment_may_be_read_it_is_held_against_what_is_expected(browser):
    it = self_in(level=Level.NOT_OBSERVED)
    page = Html(browser(it.user).get(f"/reviews/{it.id}?part=competencies"))
    assert page.texts(".sides thead th") == ["Competency", "Self-assessment", "Expected", "Gap"]
    assert page.texts(".sides__gap") == ["– Not rated"] * 2


def test_whoever_sends_from_an_old_page_is_told_that_it_was_too_late(browser):
    it = agreed()
    theirs = browser(it.supervisor)
    assert theirs.post(f"/goals/{it.id}/cancel", data={"note": "Not any more."}).status_code == 302
    late = browser(it.user).post(f"/goals/{it.id}/check-in", data={"value": "3", "confidence": "on_track"})
    assert late.status_code == 409
    assert "Only an agreed goal has check-ins." in late.text
    late = browser(it.user).post(f"/goals/{it.id}/edit", data=form(title="Another name"))
    assert late.status_code == 409
    assert "stays as it is" in late.text
    reviewed = self_in()
    late = browser(reviewed.user).post(f"/reviews/{reviewed.id}?part=self", data={"text": "One more thing."})
    assert late.status_code == 409
    assert "This has changed since you opened it." in late.text


def test_a_form_that_is_sent_twice_is_kept_once(browser, mails):
    person = rm()
    mine = browser(person)
    first, second = (mine.post("/goals/new", data=form()) for _n in range(2))
    assert first.location == second.location
    next_step = step(action="mentoring", competency_id="")
    next_step["due_on"] = next_step["due_on"].isoformat()
    first, second = (mine.post("/development/new", data=next_step) for _n in range(2))
    assert first.location == second.location
    it = agreed(person)
    for _n in range(2):
        mine.post(f"/goals/{it.id}/check-in", data={"value": "3", "confidence": "on_track", "comment": ""})
    assert len(it.check_ins) == 1
    mine.post(f"/goals/{it.id}/check-in", data={"value": "4", "confidence": "on_track", "comment": ""})
    assert len(it.check_ins) == 2
    meeting = supervisor_in()
    for _n in range(2):
        browser(meeting.supervisor).post(f"/reviews/{meeting.id}?part=steps", data=next_step)
    assert len(meeting.items) == 1


def test_a_round_that_is_opened_twice_at_once_is_one(browser, mails):
    person = rm()
    data = {"title-en": "Year", "title-de": "Jahr", "scope": "chosen", "people": str(person.id)}
    days = {"starts_on": -200, "ends_on": 30, "self_due_on": 5, "supervisor_due_on": 6, "meeting_due_on": 7}
    data |= {name: working_day(number).isoformat() for name, number in days.items()}
    hr = browser(accounts.user(Role.HR))
    first, second = (hr.post("/reviews/cycles/new", data=data) for _n in range(2))
    assert first.location == second.location
    assert len([mail for mail in mails() if mail.to_address == person.email]) == 1
    assert hr.post("/reviews/cycles/new", data=data | {"title-en": "x" * 81}).status_code == 422


def test_a_draft_is_kept_while_it_is_written(browser):
    it = review()
    client = browser(it.user)
    answer = client.post(f"/reviews/{it.id}/draft?part=competencies&n=1", data={"evidence": "Half a sent"})
    assert answer.status_code == 200
    assert answer.json["seen"] == ".1"
    assert it.ratings[0].level is None
    text = queries.reviews.text_of(it, Side.SELF)
    client.post(f"/reviews/{it.id}/draft?part=self", data={"text": "Half a text", "seen": seen_of(text)})
    assert it.self_text == "Half a text"
    assert (
        client.post(f"/reviews/{it.id}/draft?part=competencies&n=1", data={"level": "9"}).status_code == 422
    )
    assert (
        browser(it.supervisor).post(f"/reviews/{it.id}/draft?part=summary", data={"text": "x"}).status_code
        == 404
    )


def test_quoting_a_fact_keeps_the_draft_and_adds_the_fact(browser):
    it = review()
    check_in = checked(agreed(it.user), 30, comment="Thirty families were glad.")
    data = {"level": "4", "evidence": "I rang all.", "quote": f"check-in-{check_in.id}"}
    browser(it.user).post(f"/reviews/{it.id}?part=competencies&n=1", data=data)
    rating = it.ratings[0]
    assert rating.level is Level.FOUR
    assert rating.evidence.startswith("I rang all.\n")
    assert "Thirty families were glad." in rating.evidence


def test_the_supervisor_reads_nothing_of_the_self_assessment_before_it_is_handed_in(browser):
    it = written(review(), Side.SELF, evidence=SECRET)
    client = browser(it.supervisor)
    for part in ("", "?part=facts"):
        answer = client.get(f"/reviews/{it.id}{part}")
        assert answer.status_code == 200
        assert SECRET not in answer.text
        assert "Words of self" not in answer.text
    for part in ("self", "competencies", "summary", "meeting", "steps", "signatures"):
        assert client.get(f"/reviews/{it.id}?part={part}").status_code == 404
    self_in(it)
    assert "Words of self" in client.get(f"/reviews/{it.id}?part=self").text


def test_the_supervisor_sees_the_rms_own_level_beside_the_anchors(browser):
    it = self_in(level=Level.THREE)
    page = browser(it.supervisor).get(f"/reviews/{it.id}?part=competencies&n=1").text
    assert f"{it.user.name.split()[0]}’s own level" in page


def test_the_rm_reads_nothing_of_the_supervisors_part_before_it_is_handed_in(browser):
    it = written(self_in(), Side.SUPERVISOR, evidence=SECRET)
    client = browser(it.user)
    for part in ("facts", "self", "competencies"):
        answer = client.get(f"/reviews/{it.id}?part={part}")
        assert answer.status_code == 200
        assert SECRET not in answer.text
        assert "Words of supervisor" not in answer.text
    for part in ("summary", "meeting", "steps", "signatures"):
        assert client.get(f"/reviews/{it.id}?part={part}").status_code == 404
    supervisor_in(it) if it.self_handed_in_at is None else browser(it.supervisor).post(
        f"/reviews/{it.id}/hand_in_supervisor", data={}
    )
    assert "Words of supervisor" in client.get(f"/reviews/{it.id}?part=summary").text


def test_hr_sees_how_far_a_review_is_and_reads_it_when_it_is_signed(browser):
    hr = browser(accounts.user(Role.HR))
    it = met()
    page = hr.get(f"/reviews/{it.id}")
    assert "To be signed" in page.text
    assert "Words of" not in page.text
    assert "We saw it alike." not in page.text
    it = signed()
    assert "Words of self" in hr.get(f"/reviews/{it.id}?part=self").text
    assert "We saw it alike." in hr.get(f"/reviews/{it.id}?part=meeting").text
    assert hr.post(f"/reviews/{it.id}?part=steps", data=step()).status_code == 404


def test_meeting_step_comment_and_signatures_on_the_pages(browser):
    it = supervisor_in()
    mine, theirs, page = browser(it.user), browser(it.supervisor), f"/reviews/{it.id}"
    assert "Agree at least one next step first." in theirs.get(page).text
    given = step(action="course", competency_id="")
    given["due_on"] = given["due_on"].isoformat()
    assert theirs.post(f"{page}?part=steps", data=given | {"aim": ""}).status_code == 422
    assert theirs.post(f"{page}?part=steps", data=given).status_code == 302
    told = {"met_on": clock.today().isoformat(), "meeting_notes": "Good.", "seen": "meeting"}
    ahead = (clock.today() + timedelta(days=1)).isoformat()
    assert theirs.post(f"{page}/record_meeting", data=told | {"met_on": ahead}).status_code == 422
    assert theirs.post(f"{page}/record_meeting", data=told).status_code == 302
    assert mine.post(f"{page}?part=signatures", data={"comment": "I see it so too."}).status_code == 302
    assert "does not mean that you agree" in mine.get(f"{page}/sign").text
    assert mine.post(f"{page}/sign", data={"seen": "signing"}).status_code == 302
    assert theirs.post(f"{page}/countersign", data={"seen": "signing"}).status_code == 302
    assert it.status is ReviewStatus.SIGNED
    assert "only HR can open it again" in mine.get(page).text


def test_hr_opens_a_round_on_the_page(browser):
    person = rm()
    hr = browser(accounts.user(Role.HR))
    today = clock.today()
    data = {
        "title-en": "Year",
        "title-de": "",
        "starts_on": (today - timedelta(days=300)).isoformat(),
        "ends_on": today.isoformat(),
        "self_due_on": working_day(7).isoformat(),
        "supervisor_due_on": working_day(3).isoformat(),
        "meeting_due_on": working_day(9).isoformat(),
        "scope": "chosen",
    }
    answer = hr.post("/reviews/cycles/new", data=data)
    assert answer.status_code == 422
    for message in ("in both languages", "before the self-assessments are due", "Tick at least one person"):
        assert message in answer.text
    data |= {"title-de": "Jahr", "supervisor_due_on": data["meeting_due_on"], "people": str(person.id)}
    assert hr.post("/reviews/cycles/new", data=data).status_code == 302
    assert queries.reviews.newest(person) is not None


def test_next_steps_between_two_reviews(browser):
    person = rm()
    given = step(action="mentoring", competency_id="")
    given["due_on"] = given["due_on"].isoformat()
    answer = browser(person).post("/development/new", data=given)
    assert answer.status_code == 302
    page = answer.location
    boss = browser(supervisor_of(person))
    assert "Read balance sheets" in boss.get("/development/").text
    assert boss.post(f"{page}/edit", data=given | {"aim": "Read accounts"}).status_code == 302
    assert "Read accounts" in browser(person).get(page).text
    assert boss.post(f"{page}/drop", data={"note": ""}).status_code == 422
    assert boss.post(f"{page}/drop", data={"note": "Known by now."}).status_code == 302


def test_goals_stand_on_today_and_on_the_persons_page(browser):
    it = agreed()
    assert it.title in browser(it.user).get("/today").text
    assert it.title in browser(it.supervisor).get(f"/people/{it.user_id}").text
    assert it.title in browser(accounts.user(Role.HR)).get(f"/people/{it.user_id}").text
    assert it.title not in browser(accounts.user(Role.COMPLIANCE)).get(f"/people/{it.user_id}").text


def test_the_pages_speak_german(browser):
    person = accounts.employee(user=accounts.user(language="de")).user
    it = proposed(person)
    assert "Das Ziel nach SMART" in browser(person).get(f"/goals/{it.id}").text


def test_one_click_on_today_does_a_next_step_and_another_takes_it_back(browser):
    made = item(rm())
    client = browser(made.user)
    where = f"/development/{made.id}"
    page = client.get("/today?later=1").text
    assert f'action="{where}/complete"' in page

    answer = client.post(f"{where}/complete", data={"next": "/today?done=x"})
    assert answer.location == "/today?done=x"
    assert made.status is ItemStatus.DONE
    done = f"{made.due_on:%Y%m%d}-{made.id}-{made.user_id}-performance.item"
    assert f'action="{where}/reopen"' in client.get(f"/today?done={done}").text


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "evil", ""]
)
def test_a_click_comes_back_to_no_page_but_ours(browser, elsewhere):
    made = item(rm())

    answer = browser(made.user).post(f"/development/{made.id}/complete", data={"next": elsewhere})

    assert answer.location == f"/development/{made.id}"

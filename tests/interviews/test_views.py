"""The pages: who gets in, what they show, and that nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest

from rmhr.core import clock
from rmhr.core.flow.seen import seen_of
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.competencies import Level
from rmhr.models.interviews import (
    Decision,
    Interview,
    InterviewKind,
    InterviewStatus,
    Outcome,
    Rating,
    ScorecardStatus,
)
from rmhr.models.postings import TeamPart
from rmhr.postings.operations.team import add_to_team
from tests.factories import accounts, applications
from tests.factories import interviews as make
from tests.support.days import next_change_back, working_day
from tests.support.html import Html


@pytest.fixture
def hr():
    return accounts.user(Role.HR)


@pytest.fixture
def planning():
    """Somebody shortlisted, a round with its bank, two people for the panel."""
    application = applications.application(ApplicationStatus.SHORTLISTED)
    round_ = make.round_()
    return application, round_, [make.interviewer(), make.interviewer()]


def typed(round_, people, session, **given):
    """What HR sends: everything right unless said otherwise."""
    from rmhr.interviews import queries

    day = working_day(5)
    first = [questions[0].id for questions in queries.planning.bank(round_).values()]
    return {
        "kind": "video",
        "day": day.isoformat(),
        "time": "15:00",
        "minutes": "60",
        "place": "https://video.bank.example/1",
        "panel": [person.id for person in people],
        "message": "Bring nothing.",
        "questions": first,
    } | given


def url(application):
    return f"/applications/{application.id}/interview"


# Planning.


def test_the_team_of_the_posting_is_proposed_first(browser, hr, planning, session):
    application, _round, panel = planning
    last = max(panel, key=lambda person: person.name)
    add_to_team(hr, application.posting, user=last, part=TeamPart.INTERVIEWER)

    page = browser(hr).get(url(application)).text

    others = [person.name for person in panel if person is not last]
    assert all(page.index(f"{last.name}") < page.index(name) for name in others)


def test_hr_plans_an_interview(browser, hr, planning, session):
    application, round_, panel = planning
    answer = browser(hr).post(url(application), data=typed(round_, panel, session))

    it = session.query(Interview).one()
    assert answer.location == f"/interviews/{it.id}"
    assert application.status is ApplicationStatus.INTERVIEWING
    assert clock.local(it.starts_at).hour == 15
    assert [question.position for question in it.questions] == [1, 2]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"day": "2026-11-22"}, "in the past"),
        ({"panel": []}, "at least 2"),
        ({"place": ""}, "Enter the room"),
        ({"time": ""}, "Enter the time"),
        ({"minutes": "5"}, "between 10 and 480"),
        ({"kind": "telepathy"}, "Not a valid choice"),
        ({"questions": []}, "one or two questions"),
        ({"day": "2027-03-28", "time": "02:30"}, "does not exist"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(browser, hr, planning, session, wrong, message):
    application, round_, panel = planning
    with clock.at(clock.moment(date(2026, 11, 23), 9)):
        answer = browser(hr).post(url(application), data=typed(round_, panel, session, **wrong))

    assert answer.status_code == 422
    assert message in answer.text
    assert "Bring nothing." in answer.text
    assert session.query(Interview).count() == 0


def test_the_hour_that_comes_twice_is_the_first(browser, hr, planning, session):
    application, round_, panel = planning
    day = next_change_back()
    data = typed(round_, panel, session, day=str(day), time="02:30") | {"day-meant": str(day)}
    browser(hr).post(url(application), data=data)
    assert session.query(Interview).one().starts_at == clock.moment(day, 2, 30)
    assert session.query(Interview).one().starts_at.hour == 0


def test_a_clash_is_said_at_the_panel(browser, hr, planning, session):
    application, round_, panel = planning
    day = working_day(5)
    make.interview(starts_at=clock.moment(day, 15, 30), panel=panel)
    answer = browser(hr).post(url(application), data=typed(round_, panel, session))

    assert answer.status_code == 422
    assert f"{panel[0].name} is in another interview then" in answer.text


def test_a_kit_that_was_used_is_shown_and_not_chosen_again(browser, hr, planning):
    application, round_, _panel = planning
    first = make.interview(
        application=applications.application(ApplicationStatus.INTERVIEWING, posting=application.posting),
        round=round_,
    )
    page = browser(hr).get(url(application)).text
    assert "Others were asked these questions" in page
    assert str(first.questions[0].text) in page


def test_an_interview_is_changed(browser, hr, session):
    it = make.interview(hours=72)
    page = browser(hr).get(f"/interviews/{it.id}/move").text
    assert it.place in page
    day = working_day(8)
    data = {
        "kind": "phone", "day": day.isoformat(), "time": "09:15", "minutes": "45", "place": "040 555",
        "panel": [seat.interviewer_id for seat in it.seats],
    }  # fmt: skip
    assert browser(hr).post(f"/interviews/{it.id}/move", data=data).status_code == 302
    assert (it.starts_at, it.sequence) == (clock.moment(day, 9, 15), 1)


def test_cancelling_asks_for_a_reason(browser, hr):
    it = make.interview(hours=72)
    path = f"/interviews/{it.id}/cancel"
    assert browser(hr).post(path, data={"seen": "planned", "words": "Ill."}).status_code == 422
    given = {"seen": "planned", "reason": "panel", "words": "Ill."}
    assert browser(hr).post(path, data=given).status_code == 302
    assert it.status is InterviewStatus.CANCELLED
    assert browser(it.seats[0].interviewer).post(path, data={"note": "x"}).status_code in (403, 409)


# Reading.


def test_the_panel_sees_kit_and_cv_and_no_pay(browser):
    it = make.interview(hours=-2)
    page = browser(it.seats[0].interviewer).get(f"/interviews/{it.id}").text
    assert str(it.questions[0].text) in page
    assert "240 private clients" in page
    assert "58,000" not in page


def test_others_find_nothing(browser):
    it = make.interview(hours=-2)
    for person in (make.interviewer(), accounts.user(Role.SUPERVISOR)):
        for path in ("", "/scorecard", "/scorecard/hand-in"):
            assert browser(person).get(f"/interviews/{it.id}{path}").status_code == 404
    assert browser(accounts.user(Role.RM)).get(f"/interviews/{it.id}").status_code == 403
    assert browser().get(f"/interviews/{it.id}").status_code == 302


def test_ratings_of_others_are_not_in_the_page_before_ones_own_are_in(browser, hr):
    it = make.interview(hours=-2)
    make.rate(it.seats[0].scorecard, Level.TWO)
    other = it.seats[1].interviewer
    code = it.questions[0].competency.code

    for person in (other, hr, it.application.posting.hiring_manager):
        page = browser(person).get(f"/interviews/{it.id}")
        assert f"Did {code} well" not in page.text
        assert Html(page).all(".compared") == []
    assert "once your own scorecard is handed in" in browser(other).get(f"/interviews/{it.id}").text
    assert "once all scorecards are in" in browser(hr).get(f"/interviews/{it.id}").text
    own = browser(it.seats[0].interviewer).get(f"/interviews/{it.id}").text
    assert f"Did {code} well" in own

    make.rate(it.seats[1].scorecard, Level.FIVE)
    for person in (other, hr):
        page = browser(person).get(f"/interviews/{it.id}").text
        assert "Partly shown" in Html(page).words(".compared")
        assert "Role model" in Html(page).words(".compared")
        assert "Far apart" in Html(page).words(".compared")


def test_before_the_interview_the_page_says_how_one_meets_and_offers_no_rating(browser):
    it = make.interview(hours=0.5)
    client = browser(it.seats[0].interviewer)

    page = Html(client.get(f"/interviews/{it.id}"))

    assert page.one("main .btn-primary").get("href") == it.place
    assert "Begins in 30 minutes" in page.words(".next")
    headings = page.texts("main h2")
    assert headings.index("Panel") < headings.index("CV") < headings.index("Questions")
    assert headings[0] == it.place
    assert "scorecard" not in page.words(".next")
    folded = page.all(".kit li details")
    assert len(folded) == 2
    assert all(each.get("open") is None for each in folded)
    assert "Behaviour 4" in page.words(".kit")

    with clock.at(it.starts_at):
        assert "Open my scorecard" in client.get(f"/interviews/{it.id}").text
    with clock.at(it.ends_at):
        after = Html(client.get(f"/interviews/{it.id}"))
        assert after.texts("main .btn-primary") == ["Open my scorecard"]


@pytest.mark.parametrize(
    ("kind", "place", "url"),
    [
        ("video", "https://video.bank.example/1", "https://video.bank.example/1"),
        ("video", "Code 12, https://video.bank.example/1", "https://video.bank.example/1"),
        ("video", "javascript:alert(1)", None),
        ("in_person", "Room https://maps.example/1", None),
        ("phone", "+49 40 555 1234", "tel:+49405551234"),
        ("phone", "We ring the candidate: 040 555 1234", None),
    ],
)
def test_what_one_can_join_is_a_link_and_nothing_else(browser, hr, kind, place, url):
    it = make.interview(hours=5, kind=InterviewKind(kind), place=place)

    page = Html(browser(hr).get(f"/interviews/{it.id}"))

    assert page.words(".next__what") == place
    assert [url] * bool(url) == page.attributes(".next .btn-primary", "href")


def test_the_comparison_counts_recommendations_and_marks_what_is_below_in_words(browser, hr):
    it = make.interview(hours=-24)
    for seat, level in zip(it.seats, (Level.TWO, Level.FIVE), strict=True):
        make.rate(seat.scorecard, level)

    page = Html(browser(hr).get(f"/interviews/{it.id}"))

    assert len(page.all(".tally > li")) == 4
    assert sum(int(each) for each in page.texts(".tally b.num")) == 2
    assert page.texts(".compared thead th")[-2:] == ["Mean", "Spread"]
    assert "Below expected" in page.words(".compared")
    assert len(page.all(".compared td.is-below")) >= 2


def test_interviewers_see_their_own_list_and_hr_sees_all(browser, hr):
    mine, other = make.interview(hours=-2), make.interview(hours=30)
    page = browser(mine.seats[0].interviewer).get("/interviews/").text
    assert mine.application.name in page
    assert other.application.name not in page
    page = browser(hr).get("/interviews/?status=planned").text
    assert mine.application.name in page
    assert other.application.name in page


# Scorecards.


def card_url(it, step=1):
    return f"/interviews/{it.id}/scorecard?step={step}"


def test_a_scorecard_goes_from_competency_to_competency_and_is_handed_in(browser, session):
    it = make.interview(hours=-2)
    person, card = it.seats[0].interviewer, it.seats[0].scorecard
    client = browser(person)

    page = client.get(card_url(it)).text
    assert "Behaviour 4" in page
    assert "Then ask: And then?" in page
    sent = {"level": "4", "notes": "Rang first.", "evidence": "Won her back."}
    assert client.post(card_url(it), data=sent).location.endswith("step=2")
    client.post(card_url(it, 2), data={"level": "not_observed", "notes": "", "evidence": ""})
    answer = client.post(card_url(it, 3), data={"recommendation": "clear_yes", "summary": "Take her."})
    assert answer.location.endswith("/hand-in")
    page = client.get(answer.location).text
    assert "Won her back." in page
    assert "Still missing" not in page
    assert client.post(answer.location, data={"seen": "draft"}).location == f"/interviews/{it.id}"

    assert card.status is ScorecardStatus.SUBMITTED
    page = client.get(card_url(it)).text
    assert "This is what you wrote then" in page
    assert "Rang first." in page
    late = client.post(card_url(it), data=sent | {"level": "1", "notes": "Typed in another tab."})
    assert late.status_code == 409
    assert "Typed in another tab." in late.text
    assert {rating.level for rating in card.ratings} == {Level.FOUR, Level.NOT_OBSERVED}


def test_a_rating_that_does_not_exist_is_refused_and_what_was_written_is_kept(browser):
    it = make.interview(hours=-2)
    client = browser(it.seats[0].interviewer)
    answer = client.post(card_url(it), data={"level": "²", "notes": "Rang first.", "evidence": ""})
    assert answer.status_code == 422
    assert "Rang first." in answer.text
    assert client.get(card_url(it, "²")).status_code == 404


def test_a_half_filled_page_is_kept_and_the_end_says_what_is_missing(browser):
    it = make.interview(hours=-2)
    client = browser(it.seats[0].interviewer)
    client.post(card_url(it), data={"level": "2", "notes": "", "evidence": ""})
    page = client.get(f"/interviews/{it.id}/scorecard/hand-in").text
    assert "evidence is missing" in page
    assert "Your recommendation is missing." in page
    assert client.post(f"/interviews/{it.id}/scorecard/hand-in", data={"seen": "draft"}).status_code == 409


def test_a_draft_is_saved_while_it_is_written(browser, session):
    it = make.interview(hours=-2)
    client = browser(it.seats[0].interviewer)
    path = f"/interviews/{it.id}/scorecard/draft"
    answer = client.post(f"{path}?step=1", data={"notes": "Half a sent"})
    assert answer.json["seen"] == seen_of(it.seats[0].scorecard)
    assert answer.json.keys() == {"seen", "opened_with"}
    assert client.post(f"{path}?step=1", data={"level": "9"}).status_code == 422
    assert client.post(f"{path}?step=9", data={"notes": "x"}).status_code == 404
    assert [rating.notes for rating in session.query(Rating)] == ["Half a sent"]
    other = browser(accounts.user(Role.HR))
    assert other.post(f"{path}?step=1", data={"notes": "x"}).status_code == 404


def test_before_the_day_the_scorecard_is_closed(browser):
    it = make.interview(hours=72)
    answer = browser(it.seats[0].interviewer).get(card_url(it))
    assert answer.location == f"/interviews/{it.id}"


# Deciding.


def test_hr_decides_with_the_comparison_in_sight(browser, hr, session):
    it = make.judged(make.interview(hours=-24))
    path = f"/applications/{it.application_id}/decision"
    page = browser(hr).get(path).text
    assert "Clearly above" in page
    assert browser(hr).post(path, data={"outcome": "hire", "reason": ""}).status_code == 422
    answer = browser(hr).post(path, data={"outcome": "hire", "reason": "Both saw the same."})
    assert answer.location == f"/applications/{it.application_id}"
    assert session.query(Decision).one().outcome is Outcome.HIRE


def test_a_no_leads_to_the_mail(browser, hr):
    it = make.judged(make.interview(hours=-24), Level.TWO, Level.TWO)
    path = f"/applications/{it.application_id}/decision"
    answer = browser(hr).post(path, data={"outcome": "no", "reason": "Too little evidence."})
    assert answer.location == f"/applications/{it.application_id}/reject"


def test_against_the_scorecards_one_is_asked(browser, hr, session):
    it = make.judged(make.interview(hours=-24), Level.TWO, Level.TWO)
    path = f"/applications/{it.application_id}/decision"
    answer = browser(hr).post(path, data={"outcome": "hire", "reason": "I have seen her work."})
    assert answer.status_code == 422
    assert "Confirm that you mean it" in answer.text
    assert "I have seen her work." in answer.text
    browser(hr).post(path, data={"outcome": "hire", "reason": "I have seen her work.", "deviates": "y"})
    assert session.query(Decision).one().deviates


def test_who_is_missing_is_said_and_nothing_is_shown(browser, hr):
    it = make.interview(hours=-24)
    make.rate(it.seats[0].scorecard, Level.FIVE)
    page = browser(hr).get(f"/applications/{it.application_id}/decision").text
    assert f"A scorecard is missing from: {it.seats[1].interviewer.name}." in page
    assert "Role model" not in page
    answer = browser(hr).post(
        f"/applications/{it.application_id}/decision", data={"outcome": "no", "reason": "No."}
    )
    assert answer.status_code == 409


def test_the_panel_does_not_decide(browser):
    it = make.judged(make.interview(hours=-24))
    path = f"/applications/{it.application_id}/decision"
    assert browser(it.seats[0].interviewer).get(path).status_code == 403
    assert browser(make.interviewer()).get(path).status_code == 404
    assert browser(it.application.posting.hiring_manager).get(path).status_code == 200


# Elsewhere.


def test_the_application_shows_its_interviews(browser, hr):
    it = make.judged(make.interview(hours=-24))
    page = browser(hr).get(f"/applications/{it.application_id}").text
    assert f"/interviews/{it.id}" in page
    assert f"/applications/{it.application_id}/decision" in page
    page = browser(it.seats[0].interviewer).get(f"/applications/{it.application_id}").text
    assert f"/interviews/{it.id}" in page
    assert "/decision" not in page


def test_the_candidate_sees_when_where_and_whom_and_gets_the_entry(browser):
    it = make.interview(hours=72)
    client = applications.holder(browser(), it.application.applicant)
    page = client.get("/careers/my-application").text
    assert it.seats[0].interviewer.name in page
    answer = client.get(f"/careers/my-application/interview/{it.id}.ics")
    assert answer.content_type.startswith("text/calendar")
    assert it.uid in answer.text
    other = applications.holder(browser(), applications.applicant())
    assert other.get(f"/careers/my-application/interview/{it.id}.ics").status_code == 404

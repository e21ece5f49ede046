"""Scenarios: part of the kit, given to everybody in the same way, rated by themselves and counted once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.interviews import operations, queries
from rmhr.interviews.comparison import compare
from rmhr.interviews.kit import parts_of
from rmhr.interviews.workflow import SCORECARDS, unfinished
from rmhr.models.accounts import RmType, Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.competencies import Level, Relevance
from rmhr.models.interviews import Interview, InterviewKind
from tests.factories import accounts, applications, competencies, postings
from tests.factories import interviews as make
from tests.support.days import working_day
from tests.support.html import Html

L = Level


@pytest.fixture
def hr():
    return accounts.user(Role.HR)


@pytest.fixture
def played():
    """A competency with a question and a scenario, and a round that can have both."""
    about = competencies.competency()
    make.question(competency=about)
    scenario = make.scenario(competency=about)
    return make.round_([about], scenarios=[scenario.code]), scenario


def plan(round_, scenarios, application=None, **given):
    """An interview in two days with these scenarios."""
    application = application or applications.application(
        ApplicationStatus.SHORTLISTED, posting=postings.posting(rm_type=RmType.PERSONAL)
    )
    [questions] = queries.planning.bank(round_).values()
    defaults = {
        "round": round_,
        "kind": InterviewKind.VIDEO,
        "starts_at": clock.now() + timedelta(days=2),
        "minutes": 60,
        "place": "https://video.bank.example/1",
        "message": "",
        "panel": [make.interviewer(), make.interviewer()],
        "questions": questions,
        "scenarios": scenarios,
    }
    return operations.plan(application.posting.recruiter, application, **defaults | given)


# In the kit.


def test_a_kit_keeps_the_scenario_with_the_case_of_the_type_of_rm(played):
    round_, scenario = played
    [kept] = plan(round_, [scenario]).scenarios

    assert (kept.text, kept.roles, kept.instead) == (scenario.text, scenario.roles, scenario.instead)
    assert (kept.preparation_minutes, kept.minutes) == (5, 10)
    assert (kept.case["en"], kept.solution["en"]) == ("A flat.", "The sum is wrong.")


def test_the_next_candidate_gets_the_same_scenario_and_no_other(played):
    round_, scenario = played
    first = plan(round_, [scenario])
    other = make.scenario()
    candidate = applications.application(ApplicationStatus.SHORTLISTED, posting=first.application.posting)
    second = plan(round_, [other], candidate, starts_at=clock.now() + timedelta(days=3))

    assert [each.scenario for each in second.scenarios] == [scenario]


def test_where_the_first_had_none_the_next_has_none(played):
    round_, scenario = played
    first = plan(round_, [])
    candidate = applications.application(ApplicationStatus.SHORTLISTED, posting=first.application.posting)
    second = plan(round_, [scenario], candidate, starts_at=clock.now() + timedelta(days=3))

    assert second.scenarios == []


def test_the_candidate_is_told_of_the_time_and_the_panel_of_the_task(played, mails):
    round_, scenario = played
    it = plan(round_, [scenario])

    sent = {mail.to_address: mail for mail in mails()}
    to_candidate = sent[it.application.applicant.email].text
    assert "5 minutes to prepare and 10 minutes to do it" in " ".join(to_candidate.split())
    assert scenario.text["en"] not in to_candidate
    assert scenario.text["en"] in " ".join(sent[it.seats[0].interviewer.email].text.split())


def test_nothing_is_said_of_a_scenario_where_there_is_none(played, mails):
    round_, _scenario = played
    it = plan(round_, [])
    [mail] = [mail for mail in mails() if mail.to_address == it.application.applicant.email]
    assert "minutes to prepare" not in " ".join(mail.text.split())


def test_the_page_of_planning_proposes_the_first_scenario_of_the_round(browser, hr, played, session):
    round_, scenario = played
    other = make.scenario()
    with make.audit.acting(hr, "tests.arrange"):
        round_.scenarios = [scenario.code, other.code]
    application = applications.application(ApplicationStatus.SHORTLISTED)
    address = f"/applications/{application.id}/interview"

    page = Html(browser(hr).get(address))
    ticked = {each.get("value") for each in page.all("[name=scenarios][checked]")}
    assert ticked == {str(scenario.id)}

    [question] = [each.id for questions in queries.planning.bank(round_).values() for each in questions]
    sent = {
        "kind": "video",
        "day": working_day(5).isoformat(),
        "time": "15:00",
        "minutes": "60",
        "place": "https://video.bank.example/1",
        "panel": [make.interviewer().id, make.interviewer().id],
        "questions": [question],
        "scenarios": [scenario.id, other.id],
    }
    browser(hr).post(address, data=sent)
    assert [each.scenario for each in session.query(Interview).one().scenarios] == [scenario, other]


def test_three_scenarios_are_too_many(browser, hr, played):
    round_, scenario = played
    more = [scenario, make.scenario(), make.scenario()]
    with make.audit.acting(hr, "tests.arrange"):
        round_.scenarios = [each.code for each in more]
    application = applications.application(ApplicationStatus.SHORTLISTED)
    address = f"/applications/{application.id}/interview"
    answer = browser(hr).post(address, data={"scenarios": [each.id for each in more]})
    assert answer.status_code == 422
    assert "Choose two scenarios at most" in answer.text


# On the scorecard.


def test_a_scenario_has_a_page_of_its_own_with_fixed_parts_another_way_and_its_own_levels(browser):
    scenario = make.scenario()
    it = make.interview(hours=-1, competencies=[scenario.competency], scenarios=[scenario])
    mine = browser(it.seats[0].interviewer)

    page = Html(mine.get(f"/interviews/{it.id}/scorecard?step=2"))
    said = page.words("main")
    for words in (scenario.text, scenario.roles, scenario.instead):
        assert words["en"] in said
    assert "5 minutes to prepare, then 10 minutes" in said
    assert "Does 4 of it." in page.words(".anchors")
    assert "Behaviour 4" not in page.words(".anchors")
    assert page.all(".star") == []


def test_the_sheet_has_what_the_candidate_gets_in_their_language_and_nothing_for_the_panel(browser):
    scenario = make.scenario()
    posting = postings.posting(rm_type=RmType.PERSONAL)
    application = applications.application(ApplicationStatus.INTERVIEWING, posting=posting, language="de")
    it = make.interview(hours=1, application=application, scenarios=[scenario])
    mine = browser(it.seats[0].interviewer)
    said = Html(mine.get(f"/interviews/{it.id}/sheet")).words("main")
    assert scenario.text["de"] in said
    assert "Eine Wohnung." in said
    for words in (scenario.roles, scenario.cases[0].solution):
        assert words["en"] not in said
        assert words["de"] not in said
    assert (
        mine.get(f"/interviews/{make.interview(panel=[it.seats[0].interviewer]).id}/sheet").status_code == 404
    )


def test_what_is_asked_about_any_example_stands_beside_each_question(browser):
    it = make.interview(hours=-1)
    page = Html(browser(it.seats[0].interviewer).get(f"/interviews/{it.id}/scorecard"))
    assert page.texts(".ask .star dt") == ["Situation", "Task", "Action", "Result"]
    assert "Then ask: And then?" in page.words(".ask")


def test_the_page_of_the_interview_says_what_is_said_first_and_by_which_law_nobody_asks(browser):
    it = make.interview(hours=1)
    page = Html(browser(it.seats[0].interviewer).get(f"/interviews/{it.id}"))
    assert "without names of clients" in page.words("main")
    assert "Trade union membership (Article 9(3) of the Basic Law; Article 9(1) GDPR)" in page.words("main")


def test_answers_and_scenario_are_rated_apart_and_both_are_owed(browser):
    scenario = make.scenario()
    it = make.interview(hours=-2, competencies=[scenario.competency], scenarios=[scenario])
    owner, card = it.seats[0].interviewer, it.seats[0].scorecard
    mine = browser(owner)
    rated = {"level": "3", "notes": "Asked first.", "evidence": "Asked for the reserve."}
    mine.post(f"/interviews/{it.id}/scorecard?step=1", data=rated)

    name = scenario.competency.name["en"]
    assert unfinished(card)[0] == (2, f"“{name}, scenario” is not rated yet.")
    with pytest.raises(NotPossible, match=f"{name}, scenario"):
        SCORECARDS.perform(owner, card, "submit")

    mine.post(f"/interviews/{it.id}/scorecard?step=2", data=rated | {"level": "5"})
    answers, in_scenario = (part.rating_on(card) for part in parts_of(it))
    assert (answers.level, in_scenario.level) == (L.THREE, L.FIVE)
    assert (answers.scenario_id, in_scenario.scenario_id) == (None, scenario.id)


def test_a_scenario_that_was_not_part_of_it_is_not_rated():
    it = make.interview(hours=-2)
    other = make.scenario(competency=it.questions[0].competency)
    owner, card = it.seats[0].interviewer, it.seats[0].scorecard
    said = {"level": L.THREE, "notes": "", "evidence": "Did it."}
    about = {"competency_id": other.competency_id, "scenario_id": other.id}
    with pytest.raises(NotPossible, match="not part of the interview"):
        operations.save_rating(owner, card, **about, **said)


def test_a_correction_of_the_scenario_leaves_the_answers_as_they_were(browser):
    scenario = make.scenario()
    it = make.judged(make.interview(hours=-30, competencies=[scenario.competency], scenarios=[scenario]))
    card = it.seats[0].scorecard
    sent = {"level": "2", "notes": "", "evidence": "Took sides.", "note": "Read my notes again"}
    mine = browser(it.seats[0].interviewer)
    assert mine.post(f"/interviews/{it.id}/scorecard/correct?step=2", data=sent).status_code == 302

    answers, in_scenario = (part.rating_on(card) for part in parts_of(it))
    assert (answers.level, in_scenario.level) == (L.FOUR, L.TWO)
    page = Html(mine.get(f"/interviews/{it.id}/scorecard"))
    name = scenario.competency.name["en"]
    assert {name, f"{name}, scenario"} <= set(page.texts("h2"))
    assert page.words("main").count("At first:") == 1


# In the comparison.


def compared(*levels, relevance=Relevance.IMPORTANT):
    """A competency with a scenario and one without, rated by one person: the answers on both, then the scenario."""
    scenario = make.scenario(competency=competencies.competency(relevance))
    asked = [scenario.competency, competencies.competency()]
    it = make.interview(hours=-24, competencies=asked, scenarios=[scenario], panel=[make.interviewer()])
    [seat] = it.seats
    make.rate(seat.scorecard, submitted=False)
    by_key = dict(zip(((0, False), (1, False), (0, True)), levels, strict=True))
    with make.audit.acting(accounts.user(), "tests.arrange"):
        for part in parts_of(it):
            rating = part.rating_on(seat.scorecard)
            rating.level = by_key[asked.index(part.competency), part.scenario is not None]
    SCORECARDS.perform(seat.interviewer, seat.scorecard, "submit")
    return compare(queries.scorecards.as_handed_in([seat.scorecard])), scenario.competency


def test_a_competency_with_a_scenario_has_two_rows_and_counts_once():
    found, about = compared(L.FIVE, L.FOUR, L.TWO)
    assert [str(row.name) for row in found.rows][-1] == f"{about.name['en']}, scenario"
    assert [row.mean for row in found.rows] == [Decimal("5.00"), Decimal("4.00"), Decimal("2.00")]
    assert found.total == Decimal("3.75"), "(5 + 2) / 2 and 4, each competency once"


def test_an_essential_competency_that_only_the_scenario_showed_is_not_missing():
    found, _about = compared(L.NOT_OBSERVED, L.FOUR, L.THREE, relevance=Relevance.ESSENTIAL)
    assert (found.missing, found.total) == ([], Decimal("3.50"))
    found, about = compared(L.NOT_OBSERVED, L.FOUR, L.NOT_OBSERVED, relevance=Relevance.ESSENTIAL)
    assert (found.missing, found.total) == ([about.name], None)


# The first call.


def test_one_interviewer_holds_a_round_that_takes_one(browser, hr, played):
    round_, _scenario = played
    with make.audit.acting(hr, "tests.arrange"):
        round_.interviewers = 1
    it = plan(round_, [], panel=[make.interviewer()])
    assert len(it.seats) == 1
    page = browser(it.application.posting.recruiter).get(f"/interviews/{it.id}/move").text
    assert "One is enough in this round." in page
    with pytest.raises(NotPossible, match="at least 1 interviewer"):
        plan(round_, [], panel=[], starts_at=clock.now() + timedelta(days=4))

"""Reminding many at once from the lists of stages: the same limits, one mail a person, words where it may not be."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.flow import bulk
from rmhr.core.history import audit
from rmhr.interviews import bulk as interviews
from rmhr.models.accounts import Role
from rmhr.models.today import Ask
from rmhr.onboarding import bulk as onboarding
from rmhr.training import bulk as training
from tests.factories import accounts
from tests.factories import interviews as meetings
from tests.factories import onboarding as plans
from tests.factories import training as courses
from tests.web.test_bulk import ask, chosen, fields


@pytest.fixture
def hr():
    return accounts.user(Role.HR)


def reminded(actor, of, *things, key="key") -> list[tuple[str, str]]:
    """What became of reminding of each of these."""
    run, _new = bulk.start(actor, of, {thing.id: "" for thing in things}, key=key, given={})
    bulk.go_on(actor, run, {})
    db.session.commit()
    return [(row.outcome.value, row.said) for row in run.rows]


def asks() -> list[tuple[str, int]]:
    rows = db.session.execute(
        sa.select(Ask.source, sa.func.count()).group_by(Ask.source).order_by(Ask.source)
    )
    return [(source, number) for source, number in rows]


def some_days_later(days: int):
    return clock.at(clock.now() + timedelta(days=days))


def test_each_person_gets_one_mail_about_all_that_is_due_in_the_plan(hr, mails):
    plan = plans.plan(employee=accounts.employee(started_on=accounts.started(days_ago=0)))
    with some_days_later(40):
        before = len(mails())
        [(outcome, said)] = reminded(hr, onboarding.REMIND, plan)
        sent = [mail for mail in mails()[before:] if mail.kind == "today.ask"]
        entry = audit.timeline(plan)[0]

    assert outcome == "done"
    assert plan.user.name in said
    assert len({mail.to_address for mail in sent}) == len(sent) == len(said.split(", "))
    assert sum(mail.text.count("Why you") for mail in sent) == sum(number for _source, number in asks())
    most = max(sent, key=lambda mail: mail.text.count("Why you"))
    assert f", and {most.text.count('Why you') - 1} more" in most.subject
    assert "/today" in most.text
    assert f"{hr.name} is waiting for this" in most.text
    assert (str(entry.sentence), entry.about) == ("Reminder sent", (said,))


def test_once_a_day_is_enough_and_who_asks_again_reads_it(hr, mails):
    made = courses.assignment(due_on=clock.today())
    person = made.user

    assert training.REMIND.refusals(hr, [person]) == [None]
    assert reminded(hr, training.REMIND, person) == [("done", person.name)]
    [no] = training.REMIND.refusals(hr, [person])
    assert no == f"{person.name} has been reminded of it already; once a day is enough."
    assert reminded(hr, training.REMIND, person, key="again") == [("refused", no)]
    assert (asks(), len([m for m in mails() if m.kind == "today.ask"])) == ([("training.course", 1)], 1)


def test_whoever_owes_nothing_or_not_yet_is_left_out_in_words(hr):
    far = courses.assignment(due_on=clock.today() + timedelta(days=20)).user
    free = courses.passed().user

    assert training.REMIND.refusals(hr, [far, free]) == [
        "You can remind somebody two days before it is due, not sooner.",
        "There is nothing that anybody should be reminded of.",
    ]


def test_nobody_reminds_themselves():
    person = accounts.user(Role.HR, Role.INTERVIEWER)
    it = meetings.interview(hours=-2, panel=[person])

    assert interviews.REMIND.refusals(person, [it]) == ["It is yours to do."]
    assert reminded(person, interviews.REMIND, it) == [("refused", "It is yours to do.")]


def test_only_those_who_have_not_handed_in_are_reminded(hr, mails):
    one, other = meetings.interviewer(name="Mara"), meetings.interviewer(name="Jan")
    it = meetings.interview(hours=-48, panel=[one, other])
    meetings.rate(meetings.card_of(it, one))

    assert reminded(hr, interviews.REMIND, it) == [("done", "Jan")]
    assert [mail.to_name for mail in mails() if mail.kind == "today.ask"] == ["Jan"]


def test_a_supervisor_reminds_the_own_team_alone(browser, mails):
    team, others = (courses.assignment(due_on=clock.today()).user for _n in range(2))
    boss = team.employee.supervisor

    page = browser(boss).get("/training/team").text
    assert f'value="{team.id}" form="bulk"' in page
    assert f'value="{others.id}" form="bulk"' not in page
    asked = ask(browser(boss), "remind", team, others, address="/training").text
    assert chosen(asked) == {team.id: ""}
    assert "It no longer exists." in asked
    sent = fields(asked) | {"chosen": f"{team.id}: {others.id}:"}
    report = browser(boss).post("/training/bulk/remind", data=sent).location
    assert "1 person reminded of their courses" in browser(boss).get(report).text
    assert [mail.user_id for mail in mails() if mail.kind == "today.ask"] == [team.id]


def test_the_lists_of_onboarding_and_interviews_have_their_bar(browser, hr):
    plan, it = plans.plan(), meetings.interview(hours=-2)
    client = browser(hr)

    for address, thing in (("/onboarding/", plan), ("/interviews/", it)):
        page = client.get(address).text
        assert f'name="row" value="{thing.id}" form="bulk"' in page
        assert f'formaction="{address}bulk/remind' in page
    assert client.post("/interviews/bulk/remind", data={"all": "1"}).status_code == 200
    assert client.post("/onboarding/bulk/remind", data={"all": "1"}).status_code == 200
    assert client.post("/training/bulk/remind", data={"all": "1"}).status_code == 200
    mentor = browser(plan.mentor)
    assert plan.user.name in mentor.get("/onboarding/").text
    assert 'id="bulk"' not in mentor.get("/onboarding/").text
    assert ask(mentor, "remind", plan, address="/onboarding").status_code == 403


def test_reminding_of_many_is_looked_at_with_as_many_statements_as_of_few(hr, max_queries):
    def spent(number: int) -> int:
        people = [courses.assignment(due_on=clock.today()).user for _n in range(number)]
        ids = [person.id for person in people]
        db.session.expire_all()
        with max_queries(20) as asked:
            training.REMIND.refusals(hr, training.REMIND.things.found(hr, ids))
        return len(asked)

    assert spent(12) <= spent(2)

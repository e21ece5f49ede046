"""The pages: the list, one rule, the form of a check, who looks after it, many at once."""

from __future__ import annotations

import pytest

from rmhr.law.rules import Authority
from rmhr.models.accounts import Role
from rmhr.models.rulebook import CheckOutcome
from rmhr.rulebook import content, lists, queries
from tests.factories import rulebook
from tests.factories.accounts import user
from tests.support.html import Html

pytestmark = pytest.mark.both
PAGE = "/admin/rules-of-law"


def sent(**given):
    fields = {"finding": "holds", "looked_at": "The statute", "looked_on": rulebook.day(0).isoformat()}
    return fields | given


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.RM, Role.INTERVIEWER, Role.MENTOR])
def test_others_do_not_come_in(session, browser, role):
    assert browser(user(role)).get(PAGE).status_code == 403


def test_the_list_is_searched_and_narrowed(session, browser):
    rulebook.rule(look_again_on=rulebook.day(-1))
    practice = rulebook.rule(authority=Authority.PRACTICE, owner=user(Role.HR, name="Ada Ahrens"))
    rulebook.rule(retired_on=rulebook.day(-1))
    client = browser(user(Role.COMPLIANCE))
    assert len(Html(client.get(PAGE)).texts("td.cell--name")) == 2
    for query in ("q=Ahrens", "kind=practice", f"owner={practice.owner_id}", "view=unchecked"):
        (name,) = Html(client.get(f"{PAGE}?{query}")).texts("td.cell--name")
        assert str(practice.what) in name, query
    (name,) = Html(client.get(f"{PAGE}?view=due")).texts("td.cell--name")
    assert str(practice.what) not in name
    assert len(Html(client.get(f"{PAGE}?force=ended")).texts("td.cell--name")) == 1


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("sort", sorted(lists.RULES.sorts))
def test_it_is_ordered_both_ways_in_both_languages(session, browser, sort, language):
    rulebook.rule(owner=user(Role.HR), look_again_on=rulebook.day(3), since=None)
    rulebook.checked()
    client = browser(user(Role.COMPLIANCE, language=language))
    up, down = (Html(client.get(f"{PAGE}?sort={by}{sort}")).texts("td.cell--name") for by in ("", "-"))
    assert len(up) == 2
    assert up == down[::-1]


def test_a_check_is_recorded_and_shown_with_how_the_rule_stood(session, browser):
    rule = rulebook.rule(look_again_on=rulebook.day(-1))
    client = browser(user(Role.COMPLIANCE, name="Birgit Saß"))
    form = Html(client.get(f"{PAGE}/{rule.id}/check"))
    assert "section 1 AGG" in form.words("#main")
    answer = client.post(f"{PAGE}/{rule.id}/check", data=sent(finding="changed", note="Now three months"))
    assert answer.status_code == 303
    words = Html(client.get(f"{PAGE}/{rule.id}")).words("#main")
    for said in ("Birgit Saß", "Has changed", "Now three months", "The statute", "6 months", "To follow up"):
        assert said in words
    assert rule.outcome is CheckOutcome.CHANGED


def test_a_check_that_is_sent_twice_is_recorded_once_and_another_tells_of_it(session, browser):
    rule = rulebook.rule()
    client = browser(user(Role.COMPLIANCE))
    page = Html(client.get(f"{PAGE}/{rule.id}/check"))
    opened = {name: page.one(f"#main input[name={name}]").get("value") for name in ("seen", "opened_with")}
    for _tab in "12":
        assert client.post(f"{PAGE}/{rule.id}/check", data=sent(**opened)).status_code == 303
    assert [check.number for check in queries.checks(rule)] == [1]

    another = sent(**opened, note="Section 2 is new")
    answer = client.post(f"{PAGE}/{rule.id}/check", data=another)
    assert answer.status_code == 409
    told = Html(answer)
    assert "since you opened it" in told.words(".errors")
    assert "Last check" in told.words("#main")
    assert told.one("textarea[name=note]").text.strip() == "Section 2 is new"
    seen = told.one("#main input[name=seen]").get("value")
    assert client.post(f"{PAGE}/{rule.id}/check", data=another | {"seen": seen}).status_code == 303
    assert len(queries.checks(rule)) == 2


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"finding": ""}, "Choose what you found"),
        ({"looked_at": ""}, "Name the source"),
        ({"finding": "ended"}, "Say what has changed"),
        ({"looked_on": rulebook.day(2).isoformat()}, "Enter a day between"),
        ({"next_on": rulebook.day(0).isoformat()}, "later day than today"),
        ({"next_on": rulebook.day(900).isoformat()}, "Enter a day between"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said(session, browser, given, words):
    rule = rulebook.rule()
    answer = browser(user(Role.COMPLIANCE)).post(f"{PAGE}/{rule.id}/check", data=sent(**given))
    assert answer.status_code == 422
    assert words in Html(answer).words(".errors")
    assert queries.checks(rule) == []


def test_hr_reads_and_checks_only_what_is_theirs(session, browser):
    anna = user(Role.HR)
    mine, other = rulebook.rule(owner=anna), rulebook.rule()
    client = browser(anna)
    assert f"{PAGE}/{mine.id}/check" in client.get(f"{PAGE}/{mine.id}").text
    assert f"{PAGE}/{other.id}/check" not in client.get(f"{PAGE}/{other.id}").text
    assert client.get(f"{PAGE}/{mine.id}/check").status_code == 200
    assert client.get(f"{PAGE}/{other.id}/check").status_code == 403
    assert client.get(f"{PAGE}/{mine.id}/owner").status_code == 403


def test_somebody_is_named_and_nobody_again(session, browser):
    rule, anna = rulebook.rule(), user(Role.HR)
    client = browser(user(Role.ADMIN))
    assert client.post(f"{PAGE}/{rule.id}/owner", data={"owner_id": anna.id}).status_code == 303
    assert rule.owner_id == anna.id
    assert client.post(f"{PAGE}/{rule.id}/owner", data={"owner_id": ""}).status_code == 303
    assert rule.owner_id is None
    assert client.post(f"{PAGE}/{rule.id}/owner", data={"owner_id": user(Role.RM).id}).status_code == 422


def test_a_rule_says_where_it_is_used_and_what_belongs_to_it(session, browser):
    content.load()
    found = {rule.name: rule for rule in session.scalars(queries.rules(None))}
    client = browser(user(Role.COMPLIANCE))
    words = Html(client.get(f"{PAGE}/{found['offers.send'].id}")).words("#main")
    assert "rmhr.offers." in words
    page = client.get(f"{PAGE}/{found['duties.says_name'].id}")
    assert "/admin/bank" in page.text
    assert "The registered name of the bank" in page.text


def test_that_many_still_hold_is_recorded_at_once(session, browser):
    one, other, ended = rulebook.rule(), rulebook.rule(), rulebook.rule(retired_on=rulebook.day(-1))
    client = browser(user(Role.COMPLIANCE))
    asked = client.post(f"{PAGE}/bulk/confirm", data={"row": [one.id, other.id, ended.id]})
    page = Html(asked)
    assert "no longer in force" in page.words("#main")
    fields = {each.get("name"): each.get("value") for each in page.all("#main input[type=hidden]")}
    answer = client.post(f"{PAGE}/bulk/confirm", data={**fields, "looked_at": "Statutes of today"})
    assert answer.status_code == 303
    assert [rule.outcome for rule in (one, other, ended)] == [CheckOutcome.HOLDS, CheckOutcome.HOLDS, None]
    assert queries.checks(one)[0].looked_at == "Statutes of today"


def test_what_somebody_else_has_just_checked_is_left_out(session, browser):
    rule = rulebook.rule()
    client = browser(user(Role.COMPLIANCE))
    page = Html(client.post(f"{PAGE}/bulk/confirm", data={"row": [rule.id]}))
    fields = {each.get("name"): each.get("value") for each in page.all("#main input[type=hidden]")}
    browser(user(Role.ADMIN)).post(
        f"{PAGE}/{rule.id}/check", data=sent(finding="changed", note="Now three months")
    )
    client.post(f"{PAGE}/bulk/confirm", data={**fields, "looked_at": "Statutes of today"})
    assert rule.outcome is CheckOutcome.CHANGED

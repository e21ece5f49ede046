"""The register: every rule of the product and of the bank is in it, says what it must, and is owed by somebody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import url_for

from rmhr.content import read
from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.i18n import LANGUAGES, Words
from rmhr.duties.queries import texts
from rmhr.law import deadlines
from rmhr.law.rules import Authority, every_rule
from rmhr.models.accounts import Role
from rmhr.models.duties import TextKind
from rmhr.models.rulebook import CheckOutcome, RegisteredRule
from rmhr.rulebook import content, jobs, operations, queries, uses
from rmhr.training import content as training_content
from rmhr.training import coverage
from tests.factories import duties
from tests.factories.accounts import user
from tests.support.html import Html

SOURCE = "rulebook.check"


def registered(name: str) -> RegisteredRule:
    return db.session.scalars(sa.select(RegisteredRule).where(RegisteredRule.name == name)).one()


def changed(monkeypatch: pytest.MonkeyPatch, name: str, **given: object) -> None:
    """Another version of the product, which says something else of a rule."""
    other = registry.Registry("legal rules")
    other.update(registry.LEGAL_RULES)
    other[name] = replace(other[name], **given)
    monkeypatch.setattr(registry, "LEGAL_RULES", other)


def test_every_rule_that_is_declared_is_in_it_and_says_everything_in_both_languages(session):
    training_content.load()
    duties.text()
    content.load()
    declared = {rule.name: rule for rule in every_rule()}
    rows = {row.name: row for row in session.scalars(sa.select(RegisteredRule))}
    assert rows.keys() == declared.keys()
    assert len(rows) > 100
    for name, row in rows.items():
        for words in (row.what, row.why, row.source):
            assert words.missing(LANGUAGES) == [], name
        assert Role(row.owner_role.value)
        if row.authority is Authority.BANK:
            assert (row.since is None) == (not row.reads), name
        else:
            assert row.since is not None, name
            assert row.since <= clock.today(), name
        assert clock.today() < row.review_by <= clock.today() + timedelta(days=3 * 366), name


def test_every_rule_is_used_in_code_or_stands_on_a_page_that_opens(session, app, browser):
    training_content.load()
    client = browser(user(Role.HR))
    pages = set()
    for rule in every_rule():
        assert uses.of(rule.name) or rule.stands_at, f"{rule.name} is used nowhere"
        if rule.stands_at:
            assert str(rule.page), rule.name
            with app.test_request_context():
                pages.add(url_for(rule.stands_at.endpoint, **rule.stands_at.values))
    assert len(pages) > 10
    for page in pages:
        assert client.get(page).status_code == 200, page


def test_what_the_content_teaches_is_there_grouped_by_course_and_day(session):
    training_content.load()
    told = {rule.name: rule for rule in every_rule() if rule.stage == "training" and rule.parts}
    for course in read("courses")["courses"]:
        assert len(told[f"training.{course['id']}"].parts) == len(coverage.taught(course["id"]))
    dated = [rule for name, rule in told.items() if name[-1].isdigit()]
    assert sum(len(rule.parts) for rule in dated) == len(coverage.to_look_at())
    assert {(rule.review_by) for rule in dated} == {each.day for each in coverage.to_look_at()}
    assert len(told) < 30, "nobody reads a list of 181 questions"


def test_what_law_asks_of_postings_interviews_tasks_and_the_bank_is_there(session):
    told = {rule.name: rule for rule in every_rule()}
    for name in ("postings.coach", "interviews.guidance", "onboarding.tasks", "duties.says_name"):
        assert told[name].parts, name
    assert any("22 AGG" in str(part.words) for part in told["postings.coach"].parts)
    assert {name for name in told if name.startswith("duties.text_")} == {
        f"duties.text_{kind.value}" for kind in TextKind
    }


def test_two_rules_of_one_name_are_refused(session, monkeypatch):
    twice = [registry.LEGAL_RULES["offers.send"]]
    monkeypatch.setitem(registry.RULE_TELLERS, "tests", lambda: twice)
    with pytest.raises(ValueError, match=r"two legal rules are called offers\.send"):
        content.load()


def test_the_uses_are_those_of_the_code():
    told = {use.place for use in uses.of("offers.send")}
    assert any(place.startswith("rmhr.offers.") for place in told)
    assert {use.module for use in uses.of("applications.links")} == {"rmhr.applications.jobs"}
    assert any(use.module.startswith("rmhr.applications") for use in uses.of("applications.masking"))
    asked = {use.module for use in uses.of("interviews.private_health")}
    assert any(module.startswith("rmhr.") for module in asked)
    assert not any(
        use.module.startswith("rmhr.law") for each in registry.LEGAL_RULES for use in uses.of(each)
    )
    assert uses.of("training.aml") == ()


def test_a_use_that_people_know_is_said_in_their_words(session):
    said = {use.words for name in registry.LEGAL_RULES for use in uses.of(name)}
    labels = {str(job.label) for job in registry.JOBS.values()} | {
        each.label for each in registry.SOURCES.values()
    }
    assert (said - {""}) <= labels
    assert len(said) > 4


def test_loading_twice_changes_nothing(session):
    assert content.load().added > 80
    again = content.load()
    assert (again.added, again.updated) == (0, 0)
    assert jobs.keep_in_step() == 0


def test_a_rule_that_the_product_changes_shows_how_it_read_before(session, browser, monkeypatch):
    content.load()
    row = registered("offers.send")
    assert row.reads == Words.both("2 working days", "2 Arbeitstage")
    changed(monkeypatch, "offers.send", number=4)
    assert content.load().updated == 1
    assert row.reads["en"] == "4 working days"
    (before,) = queries.earlier(row)
    assert (before.until, before.reads["en"]) == (clock.today(), "2 working days")
    page = Html(browser(user(Role.COMPLIANCE)).get(f"/admin/rules-of-law/{row.id}"))
    assert "2 working days" in page.words("section[aria-labelledby=earlier]")


def test_a_rule_that_was_changed_after_its_check_is_soon_looked_at_again(session, monkeypatch):
    content.load()
    row = registered("offers.send")
    operations.record(user(Role.COMPLIANCE), row, outcome=CheckOutcome.HOLDS, looked_at="Figures of the year")
    assert row.look_again_on > clock.today() + timedelta(days=300)
    content.load()
    assert row.look_again_on > clock.today() + timedelta(days=300), "nothing has changed"
    changed(monkeypatch, "offers.send", number=4)
    content.load()
    assert row.look_again_on == deadlines.FOLLOW_UP_RULE.after(clock.today())


def test_a_rule_that_nobody_declares_is_retired_and_comes_back(session, monkeypatch):
    content.load()
    row = registered("offers.send")
    left = registry.Registry("legal rules")
    left.update({name: rule for name, rule in registry.LEGAL_RULES.items() if name != "offers.send"})
    with monkeypatch.context() as other:
        other.setattr(registry, "LEGAL_RULES", left)
        content.load()
        assert row.retired_on == clock.today()
    content.load()
    assert row.retired_on is None


def test_a_text_of_the_bank_holds_from_its_day(session):
    content.load()
    row = registered("duties.text_offer")
    assert (row.since, bool(row.reads)) == (None, False)
    version = duties.text(TextKind.OFFER, valid_from=clock.today())
    assert texts.in_force(TextKind.OFFER) is version
    jobs.keep_in_step()
    assert row.since == clock.today()
    assert row.look_again_on == deadlines.CHECK_LAW_AGAIN.after(clock.today())
    assert queries.earlier(row) == [], "nothing was in force before"
    duties.text(TextKind.OFFER, valid_from=clock.today())
    jobs.keep_in_step()
    assert [each.reads["en"] for each in queries.earlier(row)] == ["Version 1"]


def test_every_rule_past_its_day_is_owed_by_somebody(session):
    """Whatever is declared: a year after the last day to look again, all of it is owed by whoever is here."""
    compliance, admin = user(Role.COMPLIANCE), user(Role.ADMIN)
    training_content.load()
    content.load()
    rows = session.scalars(sa.select(RegisteredRule)).all()
    last = max(row.look_again_on for row in rows)
    with clock.at(clock.moment(last + timedelta(days=1), 9)):
        owed = [
            due
            for person in (compliance, admin)
            for due in sources.for_person(person.id)
            if due.source.name == SOURCE
        ]
    assert {due.subject_id for due in owed} == {row.id for row in rows}
    assert len(owed) == len(rows)

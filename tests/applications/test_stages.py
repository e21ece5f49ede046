"""The facts of each status: one row each, of which everything that is said of a status is made."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from rmhr.applications import progress, stages
from rmhr.applications.stages import FACTS
from rmhr.applications.workflow import FLOW
from rmhr.core.errors import NotPossible
from rmhr.core.i18n import speaking
from rmhr.core.words import day_long
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationGroup, ApplicationStatus
from rmhr.models.performance import ReviewStatus
from rmhr.models.postings import PostingStatus
from rmhr.models.requisitions import RequisitionStatus
from rmhr.performance import stages as of_reviews
from rmhr.postings import stages as of_postings
from rmhr.requisitions import stages as of_requisitions
from tests.factories import accounts, applications
from tests.support.html import Html

ROOT = Path(__file__).parent.parent.parent
S = ApplicationStatus


@pytest.mark.parametrize(
    ("table", "statuses"),
    [
        (FACTS, ApplicationStatus),
        (of_postings.FACTS, PostingStatus),
        (of_requisitions.NEXT, RequisitionStatus),
        (of_reviews.FACTS, ReviewStatus),
    ],
    ids=["applications", "postings", "requisitions", "reviews"],
)
def test_every_status_has_its_row(table, statuses):
    assert set(table) == set(statuses)


def test_no_code_tells_statuses_apart_case_by_case():
    def matches(tree: ast.AST) -> list[int]:
        return [
            node.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.Match)
            and isinstance(node.subject, ast.Attribute)
            and node.subject.attr == "status"
        ]

    for path in sorted((ROOT / "rmhr").rglob("*.py")):
        lines = matches(ast.parse(path.read_text(encoding="utf-8")))
        assert lines == [], f"{path}: {lines}; a status's facts are a table beside its workflow"
    assert matches(ast.parse("match it.status:\n    case 1:\n        pass")) == [1]


@pytest.mark.parametrize("status", S)
def test_what_is_said_of_each_status_fits_together(status):
    it, facts = applications.application(status), FACTS[status]
    is_open = status in stages.OPEN

    for language in ("en", "de"):
        with speaking(language):
            said = progress.said(it, day_long)
            assert said
            assert "%(" not in said
            assert (day_long(it.screen_by) in said) == (status is S.RECEIVED)
    assert (progress.next_step(it) is not None) == is_open == (status in FLOW["withdraw"].sources)
    assert [station["state"] for station in progress.stations(it)].count("now") == (1 if is_open else 0)
    assert bool(progress.stations(it)) == (
        status.group not in (ApplicationGroup.ENDED, ApplicationGroup.REPLACED)
    )
    assert status in stages.in_view(facts.view)


def test_the_way_of_whoever_is_hired_is_done():
    states = [each["state"] for each in progress.stations(applications.application(S.HIRED))]

    assert states == ["done"] * 4


def test_the_tabs_of_the_list_hold_each_status_once():
    assert sorted(status for view in stages.View for status in stages.in_view(view)) == sorted(S)


def test_nobody_reads_from_a_word_on_a_page_that_the_decision_is_made():
    for one, other in ((S.APPROVED, S.INTERVIEWING),):
        assert FACTS[one].public == FACTS[other].public
        assert (FACTS[one].said, FACTS[one].station) == (FACTS[other].said, FACTS[other].station)


REASONS = ("requirements", "experience", "interview", "filled", "cancelled", "conditions")


@pytest.mark.parametrize("status", FLOW["reject"].sources)
def test_the_reasons_that_are_offered_fit_and_no_other_is_taken(status, browser):
    it, hr = applications.application(status), accounts.user(Role.HR)
    for code in REASONS:
        applications.rejection_reason(code=code)

    offered = Html(browser(hr).get(f"/applications/{it.id}/reject")).attributes("[name=reason]", "value")

    met = status in (ApplicationStatus.INTERVIEWING, ApplicationStatus.APPROVED)
    assert ("interview" in offered) == met
    assert ("requirements" in offered) != met
    for code in set(REASONS) - set(offered):
        with pytest.raises(NotPossible, match="does not fit"):
            FLOW.perform(hr, it, "reject", reason=code)
        assert it.status is status
    FLOW.perform(hr, it, "reject", reason=offered[0])
    assert it.status is ApplicationStatus.REJECTED

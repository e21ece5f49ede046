"""A new posting from an earlier one: what comes along, and what stays behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType, Role
from rmhr.models.postings import HiringTeamMember, PostingPlace, SectionKind, TeamPart
from rmhr.models.postings import PostingStatus as S
from rmhr.postings import operations
from tests.factories.accounts import unit, user
from tests.factories.applications import application
from tests.factories.postings import posting, posting_template, requisition


def earlier():
    """A closed posting with a weighted criterion, a team, a second place and an application."""
    row = posting(
        status=S.CLOSED,
        answer_days=5,
        offer_days=40,
        agency_on=clock.today(),
        opens_on=clock.today() - timedelta(days=9),
        team=[HiringTeamMember(user=user(Role.INTERVIEWER), part=TeamPart.INTERVIEWER)],
        further_places=[PostingPlace(position=0, unit=unit(name="Kiel"), place="Kiel")],
    )
    with audit.acting(SYSTEM, "tests.arrange"):
        row.criteria[0].weight, row.criteria[0].weight_reason = 3, "Needed from the first day"
    application(posting=row)
    return row


def test_texts_criteria_questions_team_places_and_times_come_along_dates_and_applications_do_not():
    source, asked = earlier(), requisition(rm_type=RmType.BUSINESS, positions=2)
    recruiter, manager = user(Role.HR), user(Role.SUPERVISOR)

    made = operations.copies.copy(recruiter, source, requisition=asked, hiring_manager=manager)

    assert made.status is S.DRAFT
    assert (made.requisition, made.unit, made.rm_type, made.openings) == (
        asked,
        asked.unit,
        RmType.BUSINESS,
        2,
    )
    assert (made.recruiter, made.hiring_manager) == (recruiter, manager)
    assert made.title == source.title
    assert made.section(SectionKind.VISION) == source.section(SectionKind.VISION)
    assert [(row.text, row.weight, row.weight_reason) for row in made.criteria] == [
        (row.text, row.weight, row.weight_reason) for row in source.criteria
    ]
    assert [row.text for row in made.questions] == [row.text for row in source.questions]
    assert [each.user for each in made.team] == [each.user for each in source.team]
    assert [each.place for each in made.further_places] == ["Kiel"]
    assert (made.answer_days, made.offer_days) == (5, 40)
    assert (made.opens_on, made.closes_on, made.published_at, made.agency_on) == (None, None, None, None)
    assert made.slug != source.slug
    assert len(made.versions) == 1
    assert made.criteria[0].id != source.criteria[0].id


def test_whoever_leads_the_new_one_is_not_in_its_team_as_well():
    source = earlier()
    helper = source.team[0].user

    made = operations.copies.copy(user(Role.HR), source, requisition=requisition(), hiring_manager=helper)

    assert made.team == []


def test_the_form_begins_with_the_posting_one_came_from(browser):
    source, asked = earlier(), requisition()
    client = browser(source.recruiter)

    assert f"/postings/new?copy={source.id}" in client.get(f"/postings/{source.id}").text
    form = client.get(f"/postings/new?copy={source.id}").text
    assert f'<option selected value="{source.id}">' in form
    answer = client.post(
        "/postings/new",
        data={
            "requisition_id": asked.id,
            "hiring_manager_id": source.hiring_manager_id,
            "source_id": source.id,
        },
        follow_redirects=True,
    )

    assert "Posting copied" in answer.text
    assert "About vision." in answer.text


def test_without_a_source_it_is_the_starter_text(browser):
    posting_template()
    asked, hr, manager = requisition(), user(Role.HR), user(Role.SUPERVISOR)

    answer = browser(hr).post(
        "/postings/new",
        data={"requisition_id": asked.id, "hiring_manager_id": manager.id, "source_id": ""},
        follow_redirects=True,
    )

    assert "Posting begun" in answer.text


def test_no_position_left_no_copy_and_only_hr_makes_one():
    source = earlier()
    asked = requisition(positions=1)
    posting(requisition=asked)

    with pytest.raises(NotPossible, match="no position left"):
        operations.copies.copy(
            source.recruiter, source, requisition=asked, hiring_manager=source.hiring_manager
        )
    with pytest.raises(NotAllowed):
        operations.copies.copy(
            source.hiring_manager, source, requisition=requisition(), hiring_manager=source.hiring_manager
        )

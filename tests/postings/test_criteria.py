"""Criteria in the editor and on the page: kind, weight and its reason; all of it goes into the next version."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from rmhr.core.i18n import Words
from rmhr.models.criteria import Criterion, CriterionKind, Importance
from rmhr.models.postings import PostingStatus as S
from rmhr.postings import operations
from rmhr.postings.operations import versions
from rmhr.postings.workflow import POSTINGS
from tests.factories import save
from tests.factories.accounts import Role, user
from tests.factories.applications import application
from tests.factories.postings import posting

from .test_editor import typed


def edit(browser, row, **changed):
    return browser(row.recruiter).post(f"/postings/{row.id}/edit", data=typed(row, **changed))


def test_kind_importance_weight_and_reason_are_kept(browser):
    draft = posting(status=S.DRAFT)

    answer = edit(
        browser,
        draft,
        **{
            "criteria-0-kind": "education",
            "criteria-1-importance": "nice",
            "criteria-2-kind": "language",
            "criteria-2-weight": "3",
            "criteria-2-weight_reason": "Half of the clients speak it.",
        },
    )

    assert answer.status_code == 302
    first, second, third = draft.criteria
    assert (first.kind, first.weight, first.weight_reason) == (CriterionKind.EDUCATION, 1, "")
    assert second.importance is Importance.NICE
    assert (third.kind, third.weight) == (CriterionKind.LANGUAGE, 3)
    assert third.weight_reason == "Half of the clients speak it."


def test_another_weight_needs_a_reason_and_says_so_beside_the_row(browser):
    draft = posting(status=S.DRAFT)

    answer = edit(browser, draft, **{"criteria-1-weight": "4", "criteria-1-weight_reason": "  "})

    assert answer.status_code == 422
    assert answer.text.count("Say why this criterion weighs more than others.") == 2
    assert 'id="criteria-1-weight_reason-error"' in answer.text
    assert 'href="#criteria-1-weight_reason"' in answer.text
    assert draft.criteria[1].weight == 1


def test_a_row_that_is_removed_or_empty_is_not_asked_for_a_reason(browser):
    draft = posting(status=S.DRAFT)

    answer = edit(
        browser,
        draft,
        **{
            "criteria-1-weight": "4",
            "criteria-1-remove": "y",
            "criteria-2-weight": "4",
            "criteria-2-text-en": "",
            "criteria-2-text-de": "",
        },
    )

    assert answer.status_code == 302
    assert len(draft.criteria) == 1


def test_equal_weights_keep_no_reason(browser):
    draft = posting(status=S.DRAFT)

    edit(browser, draft, **{"criteria-0-weight": "1", "criteria-0-weight_reason": "None is needed."})

    assert draft.criteria[0].weight_reason == ""


@pytest.mark.parametrize("weight", ["0", "6", "heavy"])
def test_a_weight_outside_the_scale_is_no_choice(browser, weight):
    draft = posting(status=S.DRAFT)

    answer = edit(browser, draft, **{"criteria-0-weight": weight, "criteria-0-weight_reason": "So."})

    assert answer.status_code == 422
    assert "Not a valid choice." in answer.text


@pytest.mark.parametrize("wrong", [{"weight": 6, "weight_reason": "So."}, {"weight": 2}])
def test_the_database_keeps_to_the_scale_and_asks_for_the_reason(wrong):
    draft = posting(status=S.DRAFT)

    with pytest.raises(IntegrityError):
        save(Criterion(version_id=draft.current.id, position=9, text=Words.both("More", "Mehr"), **wrong))


def test_a_new_version_takes_everything_along():
    public = posting(status=S.DRAFT)
    rows = versions.rows_of(public.current)
    rows["criteria"][0] |= {"kind": CriterionKind.EDUCATION, "weight": 2, "weight_reason": "It matters."}
    texts = {"facts": {}, "sections": {}}
    operations.postings.revise(public.recruiter, public, **texts, **rows)
    for who, move in (
        (public.recruiter, "submit"),
        (public.hiring_manager, "approve"),
        (public.recruiter, "publish"),
    ):
        POSTINGS.perform(who, public, move)
    early = application(posting=public)

    POSTINGS.perform(public.recruiter, public, "rework")
    operations.postings.revise(
        public.recruiter, public, **texts, criteria=[*rows["criteria"][:2]], questions=None
    )

    assert public.current.number == 2
    assert early.posting_version.number == 1
    assert len(early.posting_version.criteria) == 3
    for version in (early.posting_version, public.current):
        criterion = version.criteria[0]
        assert (criterion.kind, criterion.weight) == (CriterionKind.EDUCATION, 2)
        assert criterion.weight_reason == "It matters."


def test_another_weight_alone_begins_a_new_version():
    public = posting()
    application(posting=public)
    rows = versions.rows_of(public.current)["criteria"]
    rows[0] |= {"weight": 2, "weight_reason": "It matters."}
    POSTINGS.perform(public.recruiter, public, "rework")

    operations.postings.revise(public.recruiter, public, facts={}, sections={}, criteria=rows)

    assert public.current.number == 2


def test_the_posting_s_page_lists_kind_and_weight_and_nothing_where_all_are_equal(browser):
    heavy = Criterion(
        position=0,
        kind=CriterionKind.CERTIFICATE,
        text=Words.both("Licence", "Zulassung"),
        weight=2,
        weight_reason="Without it nobody advises.",
    )
    weighted, equal = posting(criteria=[heavy]), posting()
    hr = user(Role.HR)

    page = browser(hr).get(f"/postings/{weighted.id}").text
    assert "Certificate, weight 2: Without it nobody advises." in page
    assert (
        "weight"
        not in browser(hr)
        .get(f"/postings/{equal.id}")
        .text.split("Applications are screened by")[1]
        .split("</ol>")[0]
    )


def test_the_screening_begins_with_what_weighs_most_and_ranks_nobody(browser):
    light = Criterion(position=0, text=Words.both("Light one", "Leichtes"))
    heavy = Criterion(
        position=1,
        kind=CriterionKind.LANGUAGE,
        text=Words.both("Heavy one", "Schweres"),
        weight=5,
        weight_reason="Clients speak it.",
    )
    it = application(posting=posting(criteria=[light, heavy]))

    page = browser(user(Role.HR)).get(f"/applications/{it.id}/screening").text

    assert page.index("Heavy one") < page.index("Light one")
    assert "Must, Language, weight 5" in page
    assert "Weight 5: Clients speak it." in page
    assert "they neither rank nor reject anybody" in page


def test_equal_weights_are_not_mentioned_at_the_screening(browser):
    it = application()

    page = browser(user(Role.HR)).get(f"/applications/{it.id}/screening").text

    assert "Must, Experience" in page
    assert "weight" not in page.split('<ol class="criteria">')[1].split("</ol>")[0].lower()

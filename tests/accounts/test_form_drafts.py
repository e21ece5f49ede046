"""What is typed and not saved: kept for one person, never shown to another, gone after a month."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.accounts import operations, queries
from rmhr.accounts.jobs import forget_form_drafts
from rmhr.core import clock
from rmhr.core.errors import NotAllowed, NotPossible
from tests.factories.accounts import user

FORM = "postings.edit:12"


def keep(person, *typed, form=FORM):
    return operations.form_drafts.keep_form_draft(person, person, form=form, typed=typed)


def test_the_latest_state_of_each_form_is_kept_without_its_token():
    somebody = user()

    keep(somebody, ("place", "K"))
    keep(somebody, ("csrf_token", "secret"), ("place", "Kiel"), ("tick", "1"), ("tick", "2"))
    keep(somebody, ("place", "Another"), form="postings.edit:13")

    draft = queries.form_drafts.form_draft(somebody, FORM)
    assert [tuple(each.values()) for each in draft.typed] == [("place", "Kiel"), ("tick", "1"), ("tick", "2")]


def test_it_belongs_to_one_person():
    somebody, other = user(), user()
    keep(somebody, ("place", "Kiel"))

    assert queries.form_drafts.form_draft(other, FORM) is None
    with pytest.raises(NotAllowed):
        operations.form_drafts.keep_form_draft(other, somebody, form=FORM, typed=[])
    with pytest.raises(NotAllowed):
        operations.form_drafts.drop_form_draft(other, somebody, form=FORM)
    assert queries.form_drafts.form_draft(somebody, FORM) is not None


def test_more_than_a_person_types_is_refused():
    somebody = user()

    with pytest.raises(NotPossible, match="too long"):
        keep(somebody, ("text", "x" * 400_001))
    with pytest.raises(NotPossible, match="too long"):
        keep(somebody, *((str(number), "") for number in range(2_001)))


def test_what_nobody_came_back_to_is_gone_after_thirty_days():
    somebody = user()
    with clock.at(clock.now() - timedelta(days=31)):
        keep(somebody, ("place", "Old"))
    with clock.at(clock.now() - timedelta(days=29)):
        keep(somebody, ("place", "New"), form="postings.edit:13")

    assert forget_form_drafts() == 1
    assert queries.form_drafts.form_draft(somebody, FORM) is None
    assert queries.form_drafts.form_draft(somebody, "postings.edit:13") is not None

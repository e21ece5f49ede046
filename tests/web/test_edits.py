"""Two at one thing: the page lists what somebody else has changed, and not what one has only changed oneself."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import StringField

from rmhr.web.edits import PLUMBING, EditForm, changed_between, marks_of

MINE, THEIRS, BOTH = "mine", "theirs", "both"


class Sample(EditForm):
    """Three lines."""

    mine = StringField("Mine")
    theirs = StringField("Theirs")
    both = StringField("Both")


class Thing:
    """What is stored."""

    __tablename__ = "thing"
    id = 1
    status = None

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(dict.fromkeys((MINE, THEIRS, BOTH), "old") | values)


def every_edit_form() -> list[type[EditForm]]:
    """The forms of the product that change a stored thing."""
    found, todo = [], [EditForm]
    while todo:
        todo += (below := todo.pop().__subclasses__())
        found += [each for each in below if each.__module__.startswith("rmhr.")]
    return found


@pytest.fixture
def request_with(app):
    def opened(method: str, **sent: str):
        return app.test_request_context(method=method, data=MultiDict(sent))

    return opened


def test_only_what_somebody_else_has_changed_is_listed(request_with):
    with request_with("GET"):
        opened = Sample.editing(Thing()).opened_with.data
    stored = Thing(theirs="new", both="new")
    sent = {MINE: "typed", THEIRS: "old", BOTH: "typed", "seen": "old", "opened_with": opened}

    with request_with("POST", **sent):
        form = Sample.editing(stored)
        form.ready()

        assert [each.field for each in form.differences] == [THEIRS, BOTH]
        assert form.adds
        assert form.opened_with.data == marks_of(form._stored())


def test_a_form_that_does_not_say_how_it_was_opened_lists_all(request_with):
    with request_with("POST", mine="typed", theirs="old", both="old", seen="old"):
        form = Sample.editing(Thing(theirs="new"))
        form.ready()

    assert [each.field for each in form.differences] == [MINE, THEIRS]


@pytest.mark.parametrize("nonsense", ["", "=", "mine", "mine=", "a=b=c", "\ud800"])
def test_marks_that_are_none_of_ours_change_nothing(nonsense):
    assert changed_between(nonsense, "mine=12345678") == {"mine"}


def test_every_form_that_changes_a_thing_carries_the_marks():
    assert len(every_edit_form()) > 10
    for form in every_edit_form():
        assert all(hasattr(form, name) for name in PLUMBING if name != "csrf_token"), form

"""What a form that is saved while it is filled in is told."""

from __future__ import annotations

from typing import Any

from flask import Flask
from wtforms import BooleanField, DateField, validators
from wtforms.fields.choices import SelectChoice

from rmhr.core.db import db
from rmhr.core.flow.seen import seen_of
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.requisitions import HeadcountPlan
from rmhr.web.autosave import autosaved
from rmhr.web.edits import EditForm, controls
from rmhr.web.forms import Form, LongTextField, Ticks, WordsField
from tests.factories.postings import headcount_plan


class NoteForm(EditForm):
    positions = LongTextField(validators=[validators.Length(max=5)])


def change(plan: HeadcountPlan, positions: int) -> None:
    with audit.acting(SYSTEM, "requisitions.change_plan"):
        plan.positions = positions
    db.session.flush()


def sent(app: Flask, plan: HeadcountPlan, over_url: str | None = None, **fields: Any) -> tuple[int, Any]:
    """What the server answers to these fields."""
    with app.test_request_context(method="POST", data=fields):
        form = NoteForm.editing(plan)
        saved = autosaved(form, lambda: change(plan, int(form.positions.data)), over_url)
        return saved.status_code, saved.get_json()


def test_what_is_saved_is_answered_with_the_version_to_send_next(app):
    plan = headcount_plan(positions=3)
    db.session.flush()
    first = seen_of(plan)

    status, said = sent(app, plan, positions="4", seen=first)

    assert (status, said["seen"]) == (200, seen_of(plan))
    assert said.keys() == {"seen", "opened_with"}
    assert said["seen"] != first
    assert plan.positions == 4


def test_who_comes_second_is_told_what_is_stored_and_overwrites_nothing(app):
    plan = headcount_plan(positions=3)
    db.session.flush()
    first = seen_of(plan)
    change(plan, 7)

    status, said = sent(app, plan, positions="4", seen=first)

    assert said.pop("opened_with")
    assert (status, said) == (409, {"stale": True, "seen": seen_of(plan), "stored": {"positions": "7"}})
    assert plan.positions == 7


def test_what_is_handed_in_says_where_it_is_now(app):
    plan = headcount_plan(positions=3)
    db.session.flush()
    assert sent(app, plan, "/there", positions="4", seen=seen_of(plan)) == (
        409,
        {"over": True, "url": "/there"},
    )
    assert plan.positions == 3


def test_what_cannot_be_saved_says_why(app):
    plan = headcount_plan(positions=3)
    db.session.flush()
    status, said = sent(app, plan, positions="1234567", seen=seen_of(plan))
    assert status == 422
    assert list(said["errors"]) == ["positions"]


def test_a_session_that_began_anew_is_told_its_token(app):
    plan = headcount_plan(positions=3)
    db.session.flush()
    app.config["CSRF_ENABLED"] = True
    try:
        status, said = sent(
            app, plan, positions="4", seen=seen_of(plan), csrf_token="20200101000000##of-before"
        )
    finally:
        app.config["CSRF_ENABLED"] = False
    assert status == 403
    assert said["person"] == ""
    assert "##" in said["token"]
    assert plan.positions == 3


class Every(Form):
    words = WordsField()
    ticks = Ticks(choices=[SelectChoice("1", "One"), SelectChoice("2", "Two")])
    yes = BooleanField()
    no = BooleanField()
    day = DateField()


def test_what_is_stored_is_said_as_the_controls_hold_it(app):
    with app.test_request_context():
        form = Every(words={"en": "Yes", "de": "Ja"}, ticks=["2"], yes=True)
    found = {}
    for field in form:
        found |= controls(field)
    assert found == {
        "words-en": "Yes",
        "words-de": "Ja",
        "ticks": ["2"],
        "yes": ["y"],
        "no": [],
        "day": "",
        **({"csrf_token": found["csrf_token"]} if "csrf_token" in found else {}),
    }

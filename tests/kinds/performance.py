"""Goals, reviews and next steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmType, Role
from rmhr.models.competencies import Level
from rmhr.models.performance import Confidence, DevelopmentAction, Review, ReviewRating, Side
from rmhr.models.system import AuditEntry
from rmhr.performance import operations, queries
from rmhr.performance.workflow.goals import GOALS
from tests.factories import accounts, training
from tests.factories import performance as make
from tests.kinds import Concluded, Edit, NextStep, Opened, Pair, RecordCase, Twice

OTHER = Words.both("Another name", "Ein anderer Name")


def _changed(*changes: tuple[Any, str, Any]) -> None:
    with audit.acting(SYSTEM, "tests.change"):
        for row, name, value in changes:
            setattr(row, name, value)


# Records.


def _goal() -> Concluded:
    it = make.agreed(kpi_id=make.kpi().id, measure="", unit="")
    check_in = make.checked(it, 30, comment="Thirty were glad.")
    GOALS.perform(it.supervisor, it, "achieve", note="Held.")

    def change() -> None:
        _changed(
            (it.user, "name", "Another Name"),
            (it.supervisor, "name", "Another Boss"),
            (it.kpi, "name", OTHER),
            (it.kpi, "question", OTHER),
            (it.kpi, "formula", "a / b"),
            (it, "title", "Another title"),
            (it, "specific", "Something else."),
            (it, "target", 7),
            (check_in, "comment", "Nobody was."),
            (check_in, "value", 1),
        )

    hr = accounts.user(Role.HR)
    where = f"/goals/{it.id}"
    return Concluded(
        it, [(it.user, where), (it.supervisor, where), (hr, where), (hr, "/goals/export")], change
    )


def _review() -> Concluded:
    owner = make.rm()
    goal = make.agreed(owner)
    check_in = make.checked(goal, 30, comment="Thirty were glad.")
    assignment = training.assignment(user=owner)
    it = make.met(make.review(owner))
    operations.reviews.comment(owner, it, comment="I see it otherwise.")
    it = make.signed_by_both(it)
    competency = queries.reviews.competencies(owner)[0]
    rating, text = it.ratings[0], queries.reviews.text_of(it, Side.SELF)

    def change() -> None:
        operations.goals.check_in(owner, goal, value=50, confidence=Confidence.BEHIND, comment="Later on.")
        _changed(
            (owner, "name", "Another Name"),
            (it.supervisor, "name", "Another Boss"),
            (owner.employee, "rm_type", RmType.CORPORATE),
            (owner.employee.unit, "name", "Another branch"),
            (it.cycle, "title", OTHER),
            (competency, "name", OTHER),
            (competency, "definition", OTHER),
            (goal, "title", "Another title"),
            (check_in, "comment", "Nobody was."),
            (assignment.course, "name", OTHER),
            (it.items[0], "aim", "Something else"),
            (it, "meeting_notes", "We saw nothing alike."),
            (it, "employee_comment", "Better now."),
            (rating, "evidence", "It never happened."),
            (rating, "level", Level.ONE),
            (text, "text", "Other words"),
        )

    hr = accounts.user(Role.HR)
    parts = ("facts", "self", "competencies", "summary", "meeting", "steps", "signatures")
    pages = [(who, f"/reviews/{it.id}?part={part}") for who in (it.user, it.supervisor, hr) for part in parts]
    return Concluded(it, [*pages, (hr, "/reviews/export")], change)


RECORDS = [RecordCase("performance.goal", _goal), RecordCase("performance.review", _review)]

# Edits.


def _goal_edit() -> Opened:
    it = make.goal()

    def meanwhile() -> None:
        operations.goals.change_goal(it.supervisor, it, achievable="Theirs")

    sent = make.form(achievable="What I typed")
    return Opened(it, it.user, f"/goals/{it.id}/edit", sent, meanwhile, lambda: it.achievable, "Theirs")


def _check_in_edit() -> Opened:
    it = make.agreed()

    def meanwhile() -> None:
        operations.goals.check_in(
            it.supervisor, it, value=41, confidence=Confidence.ON_TRACK, comment="Theirs it is"
        )

    def stored() -> str:
        db.session.refresh(it, ["check_ins"])
        return it.check_ins[-1].comment if it.check_ins else ""

    sent = {"value": "12", "confidence": "behind", "comment": "What I typed"}
    return Opened(it, it.user, f"/goals/{it.id}/check-in", sent, meanwhile, stored, "Theirs it is")


def _conclusion() -> Opened:
    it = make.agreed()

    def meanwhile() -> None:
        operations.goals.check_in(it.user, it, value=41, confidence=Confidence.ON_TRACK, comment="")

    sent = {"note": "What I typed"}
    return Opened(it, it.supervisor, f"/goals/{it.id}/achieve", sent, meanwhile, lambda: it.status)


def _rating(address: str) -> Callable[[], Opened]:
    def made() -> Opened:
        it = make.written(make.review(), Side.SELF)
        rating = queries.reviews.ratings(it, Side.SELF)[queries.reviews.competencies(it.user)[0].id]

        def meanwhile() -> None:
            operations.reviews.save_rating(
                it.user, it, competency_id=rating.competency_id, level=Level.TWO, evidence="Theirs"
            )

        sent = {"level": "4", "evidence": "What I typed", "go": "next"}
        where = address.format(it.id, "competencies") + "&n=1"
        return Opened(rating, it.user, where, sent, meanwhile, lambda: rating.evidence, "Theirs")

    return made


def _text(address: str) -> Callable[[], Opened]:
    def made() -> Opened:
        it = make.written(make.review(), Side.SELF)
        text = queries.reviews.text_of(it, Side.SELF)

        def meanwhile() -> None:
            operations.reviews.save_text(it.user, it, text="Theirs")

        sent = {"text": "What I typed"}
        where = address.format(it.id, "self")
        return Opened(text, it.user, where, sent, meanwhile, lambda: text.text, "Theirs")

    return made


def _comment() -> Opened:
    it = make.met()

    def meanwhile() -> None:
        operations.reviews.comment(it.user, it, comment="Theirs")

    where = f"/reviews/{it.id}?part=signatures"
    sent = {"comment": "What I typed"}
    return Opened(it, it.user, where, sent, meanwhile, lambda: it.employee_comment, "Theirs")


def _hand_over() -> Opened:
    it, hr = make.review(), accounts.user(Role.HR)
    one, other = accounts.user(Role.SUPERVISOR), accounts.user(Role.SUPERVISOR, name="Theirs To Be")

    def meanwhile() -> None:
        operations.handing_over.hand_over(accounts.user(Role.HR), it, supervisor=other)

    where = f"/reviews/{it.id}/hand-over"
    return Opened(
        it, hr, where, {"supervisor_id": one.id}, meanwhile, lambda: it.supervisor_id, "Theirs To Be"
    )


def _signature() -> Opened:
    """The supervisor is about to sign; the RM changes the comment."""
    it = make.met()

    def meanwhile() -> None:
        operations.reviews.comment(it.user, it, comment="I see it otherwise.")

    return Opened(
        it, it.supervisor, f"/reviews/{it.id}/sign", {}, meanwhile, lambda: it.signed_by_supervisor_at
    )


def _item() -> Opened:
    it = make.item(make.rm())

    def meanwhile() -> None:
        operations.development.change_item(make.supervisor_of(it.user), it, aim="Theirs")

    sent = make.step(aim="What I typed", action=DevelopmentAction.PROJECT.value, competency_id="")
    sent["due_on"] = sent["due_on"].isoformat()
    return Opened(it, it.user, f"/development/{it.id}/edit", sent, meanwhile, lambda: it.aim, "Theirs")


def _drop() -> Opened:
    it = make.item(make.rm())

    def meanwhile() -> None:
        operations.development.change_item(make.supervisor_of(it.user), it, aim="Theirs")

    return Opened(
        it, it.user, f"/development/{it.id}/drop", {"note": "What I typed"}, meanwhile, lambda: it.status
    )


PAGE, DRAFT = "/reviews/{}?part={}", "/reviews/{}/draft?part={}"
EDITS = [
    Edit("performance.edit", _goal_edit),
    Edit("performance.check_in", _check_in_edit),
    Edit("performance.transition", _conclusion, name="achieve"),
    Edit("performance.review", _rating(PAGE), name="competencies"),
    Edit("performance.review", _text(PAGE), name="self"),
    Edit("performance.review", _comment, name="comment"),
    Edit("performance.draft", _rating(DRAFT), name="competencies", autosave=True),
    Edit("performance.draft", _text(DRAFT), name="self", autosave=True),
    Edit("performance.hand_over", _hand_over),
    Edit("performance_reviews.transition", _signature, name="sign"),
    Edit("performance.edit_item", _item),
    Edit("performance_development.transition", _drop, name="drop"),
]
NO_EDIT = {
    "performance.cancel_cycle": "It changes no text: what is open is cancelled, each review by the version it has.",
}

# What follows.

NEXT_STEPS = [
    NextStep("performance_goals", "draft", make.goal),
    NextStep("performance_goals", "proposed", make.proposed),
    NextStep("performance_goals", "agreed", make.agreed),
    NextStep("performance_reviews", "self_assessment", make.review),
    NextStep("performance_reviews", "supervisor_assessment", make.self_in),
    NextStep("performance_reviews", "meeting", make.supervisor_in),
    NextStep("performance_reviews", "signing", make.met),
    NextStep("performance_development", "open", lambda: make.item(make.rm())),
]

# Two at once.


def _both_propose() -> Twice:
    it = make.goal()
    where = f"/goals/{it.id}/propose"
    proposals = sa.select(sa.func.count(AuditEntry.id)).where(
        AuditEntry.action == "performance_goals.propose", AuditEntry.subject_id == it.id
    )
    return Twice((it.user, where, {}), (it.supervisor, where, {}), lambda: db.session.scalar(proposals) or 0)


def _both_sign() -> Twice:
    id = (it := make.met()).id
    where = f"/reviews/{id}/sign"

    def signatures() -> int:
        found = db.session.get_one(Review, id)
        return sum(at is not None for at in (found.signed_by_employee_at, found.signed_by_supervisor_at))

    return Twice((it.user, where, {}), (it.supervisor, where, {}), signatures)


def _two_rounds() -> Twice:
    person, today = make.rm(), clock.today()
    id = person.id
    days = {"starts_on": -200, "ends_on": 30, "self_due_on": 5, "supervisor_due_on": 6, "meeting_due_on": 7}
    sent = {"title-en": "Year", "title-de": "Jahr", "scope": "chosen", "people": str(id)}
    sent |= {name: (today + timedelta(days=number)).isoformat() for name, number in days.items()}
    first, second = accounts.user(Role.HR), accounts.user(Role.HR)
    opened = sa.select(sa.func.count(Review.id)).where(Review.user_id == id)
    where = "/reviews/cycles/new"
    return Twice((first, where, sent), (second, where, sent), lambda: db.session.scalar(opened) or 0)


def _two_tabs() -> Twice:
    """The first words on a competency, from two tabs."""
    it = make.review()
    where = DRAFT.format(it.id, "competencies") + "&n=1"
    kept = sa.select(sa.func.count(ReviewRating.id)).where(ReviewRating.review_id == it.id)
    return Twice(
        (it.user, where, {"evidence": "In one tab"}),
        (it.user, where, {"evidence": "In the other"}),
        lambda: db.session.scalar(kept) or 0,
    )


PAIRS = [
    Pair("performance.transition", _both_propose),
    Pair("performance_reviews.transition", _both_sign),
    Pair("performance.open_cycle", _two_rounds),
    Pair("performance.draft", _two_tabs),
]
NO_PAIR = {
    "performance.new": "Any number of goals is right; the same one sent twice is kept once.",
    "performance.new_item": "Any number of steps is right; the same one sent twice is kept once.",
    "performance.check_in": "Any number of check-ins is right; the same one sent twice is kept once.",
}

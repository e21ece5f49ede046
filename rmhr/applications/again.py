"""Sending a form again for the same posting: which one counts, and that the other one stays whole.

An address proves nothing, so a later form never destroys an earlier one, and never changes it. While nobody has begun
to read, the later one counts: that is what people mean who send the right file after the wrong one. The earlier one
steps aside with everything in it. HR sees at both that there are two, with both names, and can let the earlier one
count again; so can whoever holds the private link, to whom the mail has said that a form came with their address. An
application that is being read, or further, cannot be put aside by any form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rmhr.applications import queries
from rmhr.applications.workflow import FLOW
from rmhr.core.db import db
from rmhr.core.policy import SYSTEM, Actor
from rmhr.models.applications import Application
from rmhr.models.sourcing import SourceKind

#: By which way somebody came, as columns of an application: it is credited once.
CREDIT = ("source", "share_link", "referral")


def steps_aside(application: Application) -> bool:
    """Whether another form would take its place: not once somebody reads it."""
    return application.status in FLOW["replace"].sources


def says_the_same(
    application: Application,
    *,
    name: str,
    phone: str,
    motivation: str,
    answers: Mapping[int, str],
    cv: Any,
    attached: Mapping[int, Any] | None = None,
    places: Any = (),
    disclosure: Mapping[str, Any] | None = None,
    **_besides: Any,
) -> bool:
    """Whether a form has nothing new in it: a second click, the browser's back button."""
    kept = {it.question_id: it.document.sha256 if it.document else it.answer for it in application.answers}
    sent = {id: answer for id, answer in answers.items() if answer}
    sent |= {id: upload.sha256 for id, upload in (attached or {}).items()}
    return (
        (application.name, application.phone, application.motivation, application.cv.sha256, kept)
        == (name, phone, motivation, cv.sha256, sent)
    ) and (
        ({each.unit_id for each in application.places}, _disclosed(application)) == (set(places), disclosure)
    )


def _disclosed(application: Application) -> dict[str, Any] | None:
    said = queries.disclosures.standing(application)
    return {"kind": said.kind, "objects": said.objects} if said is not None else None


def put_aside(earlier: Application, came: Mapping[str, Any]) -> dict[str, Any]:
    """Let an application step aside for a form that comes now; `came` is what that one says of its way here.

    The later one inherits what the earlier one was credited to, and that the supervisor knows already.
    """
    FLOW.perform(SYSTEM, earlier, "replace")
    credit = _take_credit(earlier)
    known = earlier.supervisor_may_know or came["supervisor_may_know"]
    inherited = credit if came.get("source", SourceKind.DIRECT) is SourceKind.DIRECT else {}
    told = came.get("supervisor_text_id") or earlier.supervisor_text_id
    return {**came, **inherited, "supervisor_may_know": known, "supervisor_text_id": told}


@FLOW.after("set_aside", order=10)
def let_the_other_count(_actor: Actor, application: Application) -> None:
    """The other form of the same person takes the place of the one that was set aside."""
    other = queries.applicants.other_form(application)
    assert other is not None  # else the guard would have said so
    credit = _take_credit(application)
    FLOW.perform(SYSTEM, other, "reinstate")
    for name, value in credit.items():
        setattr(other, name, value)


def _take_credit(application: Application) -> dict[str, Any]:
    """Its way here, which from now on another one is credited to."""
    credit = {name: getattr(application, name) for name in CREDIT}
    if credit["source"] is not SourceKind.INTERNAL:
        application.source, application.share_link, application.referral = SourceKind.DIRECT, None, None
    db.session.flush()  # before the other one is written: a recommendation is credited once
    return credit

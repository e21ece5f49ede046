"""Severely disabled applicants: what they tell, and who is told, heard and invited because of it (SGB IX).

Whoever applies may tell of a severe disability or equal status, and nobody has to. The moment it is told, the
representative body and the works council are written to, each application by itself (section 164(1) sentence 4). Where
there is no such body its steps are not there; where it has no address, HR owes telling it. All of it is kept as steps:
they are the proof.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from rmhr.applications import notifications, policies
from rmhr.applications.queries import disclosures as queries
from rmhr.applications.workflow import DISCLOSURES, FLOW
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotPossible, Stale
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import outbox
from rmhr.core.mail.outbox import Notice, Recipient
from rmhr.core.policy import Actor
from rmhr.duties.queries import bodies
from rmhr.duties.queries.bodies import Body
from rmhr.models.accounts import User
from rmhr.models.applications import (
    Application,
    Disability,
    Disclosure,
    DisclosureStep,
    Opinion,
    Party,
    StepKind,
    Uninvited,
)


@operation(allow=policies.DISCLOSE, done=_("Severe disability or equal status told"))
def disclose(
    actor: Actor,
    application: Application,
    *,
    kind: Disability,
    objects: bool | None = None,
    source: str = "",
) -> Disclosure:
    """Keep what somebody has told of themselves, and tell the bodies at once.

    `objects`: the representative body is not to take part; None: as it was told before. `source` is where HR read or
    heard it. Raises NotPossible once the application is over.
    """
    if application.closed_at is not None:
        raise NotPossible(gettext("This application is over."))
    said = application.disclosure
    if said is None:
        said = application.disclosure = Disclosure(steps=[], objects=False, uninvited_why="", source="")
    took_part = said.stands and not said.objects
    if not said.stands:
        said.said_at, said.withdrawn_at = clock.now(), None
        said.tell_by = clock.today()  # directly after receipt
    said.kind, said.objects, said.source = kind, said.objects if objects is None else objects, source
    db.session.flush()
    for body in queries.involved(said):
        if queries.last(said, StepKind.TOLD, body.party) is None:
            _write(notifications.DISCLOSED, said, StepKind.TOLD, body)
    if said.objects and took_part:
        _leave_out(application, said)
    DISCLOSURES.happen("told", actor, application)
    return said


def _leave_out(application: Application, said: Disclosure) -> None:
    """Tell a representative body that knows of the application already that it takes no part any more."""
    body = bodies.body(Party.REPRESENTATIVE)
    if body is not None and body.email and queries.last(said, StepKind.TOLD, body.party) is not None:
        outbox.compose(notifications.LEFT_OUT, application, body)


@operation(allow=policies.DISCLOSE, done=_("Severe disability or equal status taken back"))
def take_back(actor: Actor, application: Application) -> Disclosure:
    """Forget what was told; who was told of it until then stays as proof, and hears that it was taken back.

    Raises NotPossible where nothing stands.
    """
    said = queries.standing(application)
    if said is None:
        raise NotPossible(gettext("Nothing is stored here any more."))
    for body in queries.involved(said):
        if body.email and queries.last(said, StepKind.TOLD, body.party) is not None:
            outbox.compose(notifications.DISCLOSURE_TAKEN_BACK, application, body)
    said.kind, said.objects, said.source = None, False, ""
    said.withdrawn_at = clock.now()
    DISCLOSURES.happen("taken_back", actor, application)
    return said


def _alone_with(application: Application) -> Disclosure | None:
    """What there is of it, as it is now with its steps: whoever writes one down waits for whoever came before."""
    said = application.disclosure
    if said is not None:
        query = sa.select(Disclosure).where(Disclosure.id == said.id).with_for_update(of=Disclosure)
        db.session.scalars(query.execution_options(populate_existing=True)).one()
        db.session.refresh(said, ["steps"])
    return said


def _write(notice: Notice, said: Disclosure, kind: StepKind, body: Body, **values: Any) -> None:
    """Write to a body and keep that it was; where nobody knows its address, it stays owed."""
    if body.email:
        _mail(notice, said, kind, body.party, body, **values)


def _mail(
    notice: Notice, said: Disclosure, kind: StepKind, party: Party, to: Recipient, **values: Any
) -> None:
    message = outbox.compose(notice, said.application, to, **values)
    db.session.flush()
    step = DisclosureStep(kind=kind, party=party, at=clock.now(), day=clock.today(), how=to.email)
    step.message_id = message.id
    said.steps.append(step)
    db.session.flush()


@operation(allow=policies.INVOLVE, done=_("Written down"))
def write_down(
    actor: User,
    application: Application,
    *,
    kind: StepKind,
    party: Party,
    day: date,
    how: str,
    opinion: Opinion | None = None,
) -> DisclosureStep:
    """Keep that somebody was told or heard otherwise than by a mail of the product.

    Written down twice in the same words it is kept once. Raises NotPossible where the bank has no such body or the
    applicant does not want it, for a day to come, and for a hearing of which nobody says what came of it.
    """
    said = _alone_with(application)
    if said is None or (not said.stands and kind is not StepKind.DECISION):
        raise NotPossible(gettext("Nothing is stored here any more."))
    if party is not Party.APPLICANT and queries.body(said, party) is None:
        raise NotPossible(gettext("This body does not take part."))
    if kind is StepKind.DECISION and party not in queries.concerned(said):
        raise NotPossible(gettext("Nobody has to be told of a decision here."))
    if day > clock.today():
        raise NotPossible(gettext("This day is still to come."))
    if (kind is StepKind.HEARD) != (opinion is not None):
        raise NotPossible(gettext("Say what came of the hearing."))
    facts = {"kind": kind, "party": party, "day": day, "how": how, "opinion": opinion, "by_id": actor.id}
    if (known := queries.last(said, kind, party)) is not None and all(
        getattr(known, name) == value for name, value in facts.items()
    ):
        return known
    step = DisclosureStep(at=clock.now(), **facts)
    said.steps.append(step)
    db.session.flush()
    return step


@operation(allow=policies.INVOLVE, done=_("Recorded why no invitation is needed"))
def leave_uninvited(actor: User, application: Application, *, why: Uninvited, evidence: str) -> Disclosure:
    """Record why a public employer need not invite this person (any more), with the evidence.

    Raises NotPossible where nobody has to be invited.
    """
    said = application.disclosure
    if said is None or not queries.must_be_invited(application):
        raise NotPossible(gettext("Nobody has to be invited here."))
    said.uninvited, said.uninvited_why = why, evidence
    said.uninvited_by, said.uninvited_at = actor, clock.now()
    return said


@operation(allow=policies.INVOLVE, done=_("Decision told"))
def tell_decision(
    actor: User, application: Application, *, reasons: str, parties: Collection[Party]
) -> list[Party]:
    """Write the decision with its reasons to these of those concerned; says to whom no mail could go.

    Raises NotPossible where nothing was decided, or somebody is named whom it does not concern; Stale where one of them
    has been told meanwhile.
    """
    said = _alone_with(application)
    if said is None or not set(parties) <= set(queries.concerned(said)):
        raise NotPossible(gettext("Nobody has to be told of a decision here."))
    if not set(parties) <= set(queries.still_to_know(said)):
        raise Stale(gettext("Somebody else has just told them. Please look at how things stand now."))
    left = list[Party]()
    for party in parties:
        body = queries.body(said, party)
        if party is Party.APPLICANT:
            _mail(notifications.DECISION, said, StepKind.DECISION, party, application, reasons=reasons)
        elif body is not None and body.email:
            _write(notifications.DECISION_TOLD, said, StepKind.DECISION, body, reasons=reasons)
        else:
            left.append(party)
    return left


@FLOW.after("reject", order=40)
def owe_the_decision(_actor: Actor, application: Application) -> None:
    """Those concerned have to know of it without delay."""
    said = queries.standing(application)
    if said is not None:
        said.decision_by = clock.today()


@FLOW.after("hire", order=40)
def tell_of_the_hire(actor: Actor, application: Application) -> None:
    """The bodies hear of it at once; whoever cannot be written to is told by HR."""
    owe_the_decision(actor, application)
    said = queries.standing(application)
    if said is None:
        return
    for body in queries.involved(said):
        _write(notifications.DECISION_TOLD, said, StepKind.DECISION, body, reasons="")


@FLOW.after("reopen", order=40)
@FLOW.after("unhire", order=40)
def owe_nothing_yet(_actor: Actor, application: Application) -> None:
    """It is open again: the next decision is told."""
    if application.disclosure is not None:
        application.disclosure.decision_by = None

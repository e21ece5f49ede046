"""What the picture tool opens of applications: the record, the form, the applicant's own page."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.applications.queries import disclosures
from rmhr.applications.stages import OPEN
from rmhr.core.db import db
from rmhr.models.applications import (
    Application,
    ApplicationAnswer,
    ApplicationStatus,
    Disclosure,
    PrivateLink,
)
from rmhr.models.duties import Answer
from tools.examples import Example, Values, Where, by_id, first
from tools.examples.careers import job_for_colleagues, open_job

S = ApplicationStatus
#: Whoever has to invite (section 165 SGB IX) is no stock corporation with a works council, as the demo bank is.
PUBLIC_EMPLOYER = {"public_employer": Answer.YES}
#: Moves that have a page of their own.
MOVES = ((S.REJECTED, "reopen"), (S.SCREENING, "reject"), (S.WITHDRAWN, "resume"))


def _application(*statuses: ApplicationStatus) -> Application | None:
    """The oldest application in one of these statuses (in any, without)."""
    query = sa.select(Application).order_by(Application.id)
    found: Application | None = first(query.where(Application.status.in_(statuses)) if statuses else query)
    return found


def _in_screening(_viewer: Any) -> Values | None:
    return by_id(_application(S.SCREENING))


def _moves(_viewer: Any) -> list[Values]:
    found = ((_application(status), name) for status, name in MOVES)
    return [{"id": it.id, "name": name} for it, name in found if it]


def _attached(of: Application | None = None) -> Values | None:
    """Some answer that is a file, of this application where it is given."""
    query = sa.select(ApplicationAnswer).where(ApplicationAnswer.document_id.is_not(None))
    if of is not None:
        query = query.where(ApplicationAnswer.application_id == of.id)
    found = first(query.order_by(ApplicationAnswer.id))
    return {"id": found.application_id, "answer": found.id} if found else None


def _of_the_applicant() -> Application | None:
    """An open application of the person whose link the pictures use: the first one."""
    link = sa.select(PrivateLink.applicant_id).order_by(PrivateLink.id).limit(1).scalar_subquery()
    query = sa.select(Application).where(Application.applicant_id == link, Application.closed_at.is_(None))
    found: Application | None = first(query.order_by(Application.id))
    return found


def _own(_viewer: Any) -> Values | None:
    return by_id(_of_the_applicant())


def _withdrawal(viewer: Any) -> Values | None:
    found = _own(viewer)
    return {**found, "name": "withdraw"} if found else None


def _having_told(*statuses: ApplicationStatus) -> sa.Select[Any]:
    """Applications of those who have told of a severe disability, in one of these statuses."""
    said = Disclosure.withdrawn_at.is_(None), Disclosure.objects.is_(False)
    query = sa.select(Application).join(Disclosure).where(*said, Application.status.in_(statuses))
    return query.order_by(Application.id)


def _disclosed(*statuses: ApplicationStatus) -> Application | None:
    found: Application | None = first(_having_told(*statuses))
    return found


def _to_invite(_viewer: Any) -> Values | None:
    told = db.session.scalars(_having_told(*OPEN)).unique()
    return by_id(next((each for each in told if disclosures.must_be_invited(each)), None))


def _step(_viewer: Any) -> Values | None:
    found = by_id(_disclosed(*OPEN))
    return {**found, "kind": "heard", "party": "representative"} if found else None


EXAMPLES: dict[str, Example] = {
    "applications.show": _in_screening,
    "applications.screening": _in_screening,
    "applications.document": lambda _viewer: by_id(_application()),
    "applications.attached": lambda _viewer: _attached(),
    "applications.transition": _moves,
    "disclosures.note": lambda _viewer: by_id(_disclosed(*OPEN)),
    "disclosures.take_back": lambda _viewer: by_id(_disclosed(*OPEN)),
    "disclosures.step": _step,
    "disclosures.uninvited": Where(PUBLIC_EMPLOYER, _to_invite),
    "disclosures.decision": lambda _viewer: by_id(_disclosed(S.REJECTED)),
    "status.disclose": _own,
    "status.take_back": _own,
    "apply.new": open_job,
    "apply.sent": open_job,
    "internal.new": job_for_colleagues,
    # A link that leads nowhere shows the friendly way on.
    "status.open": lambda _viewer: {"token": "expired"},
    "status.transition": _withdrawal,
    "status.agree": _own,
    "status.keep_from_supervisor": _own,
    "status.document": _own,
    "status.attached": lambda _viewer: _attached(_of_the_applicant()),
}

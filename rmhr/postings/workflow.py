"""The life of a posting: written, approved, open, paused, closed, archived; who may move it on."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.flow.next_steps import Owed, Rests, Waits
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import Actor
from rmhr.duties.queries import bank
from rmhr.models.accounts import User
from rmhr.models.postings import Posting
from rmhr.models.postings import PostingStatus as S
from rmhr.models.requisitions import RequisitionStatus
from rmhr.postings import checklist, notifications, policies
from rmhr.postings.forms.postings import RemarkForm, ReopenForm, ReturnForm
from rmhr.postings.queries import postings as queries


def brings_applicants(posting: Posting) -> bool:
    """Whether anybody can have come to it, or soon can: not while it is a draft that never was out."""
    return posting.has_been_out or posting.status not in POSTINGS["submit"].sources


def _not_ready(posting: Posting) -> Any:
    if posting.requisition.status is not RequisitionStatus.APPROVED:
        return gettext(
            "The requisition is “%(status)s”: nothing is advertised for it now.",
            status=posting.requisition.status.label,
        )
    return checklist.why_not(posting)


def _not_to_be_public(posting: Posting) -> Any:
    return _not_ready(posting) or bank.why_not_public()


def _not_to_be_resumed(posting: Posting) -> Any:
    return next((gap.words for gap in checklist.deadline(posting.closes_on)), None) or bank.why_not_public()


def _not_to_be_reopened(posting: Posting) -> Any:
    return checklist.why_not_again(posting) or bank.why_not_public()


def _submitted(actor: User, posting: Posting) -> None:
    posting.submitted_by, posting.approved_by = actor, None
    posting.approve_by = queries.approve_by(posting)


def _approved(actor: User, posting: Posting) -> None:
    posting.approved_by, posting.approve_by = actor, None
    posting.step_by = queries.publish_by(posting)


def _back_to_draft(_actor: Actor, posting: Posting, **_data: Any) -> None:
    posting.submitted_by = posting.approved_by = posting.approve_by = None
    posting.step_by = queries.write_by(posting.unit)


def _published(_actor: Actor, posting: Posting) -> None:
    posting.published_at = posting.published_at or clock.now()
    if posting.opens_on is not None and posting.opens_on > clock.today():
        posting.opens_on = clock.today()


def _closed(_actor: Actor, posting: Posting, **_data: Any) -> None:
    posting.closed_at = clock.now()
    posting.step_by = queries.settle_by(posting)


def _reopened(_actor: Actor, posting: Posting, *, closes_on: date) -> None:
    posting.closes_on = closes_on
    posting.closed_at = None


POSTINGS = Workflow(
    "postings",
    initial=S.DRAFT,
    transitions=[
        Transition(
            name="submit",
            sources=(S.DRAFT,),
            target=S.IN_APPROVAL,
            label=_("Submit for approval"),
            done=_("Posting submitted for approval"),
            allow=policies.SUBMIT,
            guard=_not_ready,
            apply=_submitted,
            notify=(notifications.APPROVAL_WANTED,),
            tone="primary",
        ),
        Transition(
            name="approve",
            sources=(S.IN_APPROVAL,),
            target=S.APPROVED,
            label=_("Approve"),
            done=_("Posting approved"),
            allow=policies.APPROVE,
            apply=_approved,
            notify=(notifications.APPROVED,),
            tone="primary",
        ),
        Transition(
            name="return",
            sources=(S.IN_APPROVAL,),
            target=S.DRAFT,
            label=_("Send back…"),
            done=_("Posting sent back"),
            allow=policies.APPROVE,
            form=ReturnForm,
            apply=_back_to_draft,
            notify=(notifications.RETURNED,),
        ),
        Transition(
            name="publish",
            sources=(S.APPROVED,),
            target=S.PUBLISHED,
            label=_("Publish"),
            done=_("Posting published"),
            allow=policies.OPEN,
            guard=_not_to_be_public,
            apply=_published,
            notify=(notifications.PUBLISHED,),
            tone="primary",
        ),
        Transition(
            name="withdraw",
            sources=(S.IN_APPROVAL, S.APPROVED),
            target=S.DRAFT,
            label=_("Back to draft"),
            done=_("Posting taken back to draft"),
            allow=policies.SUBMIT,
            apply=_back_to_draft,
            confirm=_("It can be edited again then, and needs to be approved once more."),
        ),
        Transition(
            name="rework",
            sources=(S.PUBLISHED, S.PAUSED),
            target=S.DRAFT,
            label=_("Back to draft"),
            done=_("Posting taken back to draft"),
            allow=policies.PUBLISH,
            apply=_back_to_draft,
            confirm=_(
                "Title, pay and criteria can be changed then. Nobody can apply, and the posting is not shown,"
                " until it has been approved and published again. Applications that have arrived are worked on"
                " as before."
            ),
        ),
        Transition(
            name="pause",
            sources=(S.PUBLISHED,),
            target=S.PAUSED,
            label=_("Pause…"),
            done=_("Posting paused"),
            allow=policies.PUBLISH,
            form=RemarkForm,
            confirm=_("Nobody can apply, and the posting is not shown, until it is resumed."),
        ),
        Transition(
            name="resume",
            sources=(S.PAUSED,),
            target=S.PUBLISHED,
            label=_("Resume"),
            done=_("Posting resumed"),
            allow=policies.PUBLISH,
            guard=_not_to_be_resumed,
            tone="primary",
        ),
        Transition(
            name="close",
            sources=(S.PUBLISHED, S.PAUSED),
            target=S.CLOSED,
            label=_("Close"),
            done=_("Posting closed"),
            allow=policies.CLOSE,
            confirm=_(
                "Nobody can apply any more, and the page says that the job is no longer open. Applications"
                " that have arrived are worked on as before."
            ),
            apply=_closed,
        ),
        Transition(
            name="expire",
            sources=(S.PUBLISHED, S.PAUSED),
            target=S.CLOSED,
            label=_("Close after the deadline"),
            done=_("Posting closed: the deadline has passed"),
            allow=policies.END,
            apply=_closed,
        ),
        Transition(
            name="fill",
            sources=(S.PUBLISHED, S.PAUSED),
            target=S.CLOSED,
            label=_("Close because it is filled"),
            done=_("Posting closed: all positions are taken"),
            allow=policies.END,
            apply=_closed,
            notify=(notifications.FILLED,),
        ),
        Transition(
            name="reopen",
            sources=(S.CLOSED,),
            target=S.PUBLISHED,
            label=_("Reopen…"),
            done=_("Posting opened again"),
            allow=policies.PUBLISH,
            guard=_not_to_be_reopened,
            form=ReopenForm,
            apply=_reopened,
        ),
        Transition(
            name="archive",
            sources=(S.CLOSED,),
            target=S.ARCHIVED,
            label=_("Archive"),
            done=_("Posting archived"),
            allow=policies.PUBLISH,
        ),
        Transition(
            name="restore",
            sources=(S.ARCHIVED,),
            target=S.CLOSED,
            label=_("Take out of the archive"),
            done=_("Posting taken out of the archive"),
            allow=policies.PUBLISH,
        ),
    ],
    next_steps={
        S.DRAFT: Owed("postings.write"),
        S.IN_APPROVAL: Owed("postings.approve"),
        S.APPROVED: Owed("postings.publish"),
        S.PUBLISHED: Waits("closes_on", "expire"),
        S.PAUSED: Waits("closes_on", "expire"),
        S.CLOSED: Owed("postings.settle"),
        S.ARCHIVED: Rests("It is put away: everything about it is over, and it is only looked up."),
    },
)

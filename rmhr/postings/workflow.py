"""The life of a posting: draft, open, closed; who may move it on, and what then happens."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.i18n import _
from rmhr.core.workflow import Transition, Workflow
from rmhr.models.postings import Posting
from rmhr.models.postings import PostingStatus as S
from rmhr.postings import checklist, notifications, policies
from rmhr.postings.forms import ReopenForm


def _published(_actor: Any, posting: Posting) -> None:
    posting.published_at = clock.now()


def _closed(_actor: Any, posting: Posting) -> None:
    posting.closed_at = clock.now()


def _reopened(_actor: Any, posting: Posting, *, closes_on: date) -> None:
    posting.closes_on = closes_on
    posting.closed_at = None


FLOW = Workflow(
    "postings",
    initial=S.DRAFT,
    transitions=[
        Transition(
            name="publish",
            sources=(S.DRAFT,),
            target=S.PUBLISHED,
            label=_("Publish"),
            done=_("Posting published"),
            allow=policies.PUBLISH,
            guard=checklist.why_not,
            apply=_published,
            notify=(notifications.PUBLISHED,),
            tone="primary",
        ),
        Transition(
            name="close",
            sources=(S.PUBLISHED,),
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
            sources=(S.PUBLISHED,),
            target=S.CLOSED,
            label=_("Close after the deadline"),
            done=_("Posting closed: the deadline has passed"),
            allow=policies.EXPIRE,
            apply=_closed,
        ),
        Transition(
            name="reopen",
            sources=(S.CLOSED,),
            target=S.PUBLISHED,
            label=_("Reopen…"),
            done=_("Posting opened again"),
            allow=policies.PUBLISH,
            guard=checklist.why_not_again,
            form=ReopenForm,
            apply=_reopened,
        ),
    ],
)

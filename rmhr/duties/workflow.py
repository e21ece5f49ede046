"""The life of one version of a text: written, submitted, approved by a second person for a day, or sent back."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core import clock
from rmhr.core.flow.next_steps import Owed, Rests
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _, gettext
from rmhr.core.words import day_text
from rmhr.duties import notifications, placeholders, policies
from rmhr.duties.forms import ReturnTextForm, SubmitTextForm
from rmhr.models.accounts import User
from rmhr.models.duties import BankText
from rmhr.models.duties import TextStatus as S


def _not_ready(version: BankText) -> Any:
    flaw = next(placeholders.flaws(version.kind, version.text), None)
    return flaw.words if flaw else None


def _has_begun(version: BankText) -> Any:
    if version.valid_from is not None and version.valid_from <= clock.today():
        return gettext(
            "It is in force since %(day)s, and people were told it. Approve another version instead.",
            day=day_text(version.valid_from),
        )
    return None


def _submitted(actor: User, version: BankText, *, valid_from: date) -> None:
    version.submitted_by, version.submitted_at, version.valid_from = actor, clock.now(), valid_from


def _approved(actor: User, version: BankText) -> None:
    version.approved_by, version.approved_at = actor, clock.now()
    # Nothing was told before it was approved.
    version.valid_from = max(version.valid_from or clock.today(), clock.today())


def _a_draft_again(_actor: User, version: BankText, **_data: Any) -> None:
    version.valid_from = None


TEXTS = Workflow(
    "bank_texts",
    initial=S.DRAFT,
    transitions=[
        Transition(
            name="submit",
            sources=(S.DRAFT,),
            target=S.IN_APPROVAL,
            label=_("Submit for approval…"),
            done=_("Text submitted for approval"),
            allow=policies.WRITE,
            guard=_not_ready,
            form=SubmitTextForm,
            apply=_submitted,
            tone="primary",
        ),
        Transition(
            name="approve",
            sources=(S.IN_APPROVAL,),
            target=S.APPROVED,
            label=_("Approve"),
            done=_("Text approved by a second person"),
            allow=policies.APPROVE,
            guard=_not_ready,
            apply=_approved,
            confirm=_(
                "From its day on people are told these words. They are never changed, only followed by others."
            ),
            notify=(notifications.APPROVED,),
            tone="primary",
        ),
        Transition(
            name="return",
            sources=(S.IN_APPROVAL,),
            target=S.DRAFT,
            label=_("Send back…"),
            done=_("Text sent back"),
            allow=policies.APPROVE,
            form=ReturnTextForm,
            apply=_a_draft_again,
            notify=(notifications.RETURNED,),
        ),
        Transition(
            name="take_back",
            sources=(S.IN_APPROVAL,),
            target=S.DRAFT,
            label=_("Back to draft"),
            done=_("Text taken back to draft"),
            allow=policies.WRITE,
            apply=_a_draft_again,
        ),
        Transition(
            name="withdraw",
            sources=(S.APPROVED,),
            target=S.WITHDRAWN,
            label=_("Withdraw"),
            done=_("Text withdrawn before its day"),
            allow=policies.WRITE,
            guard=_has_begun,
            confirm=_("It does not come into force then. The version in force stays."),
        ),
    ],
    next_steps={
        S.DRAFT: Rests(
            "Nobody has to change a text; what is in force stays in force until another one is approved."
        ),
        S.IN_APPROVAL: Owed("duties.text"),
        S.APPROVED: Rests("It is in force from its day on, until a later one is."),
    },
)

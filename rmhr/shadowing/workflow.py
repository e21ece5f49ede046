"""The lives of a session and of a programme."""

from __future__ import annotations

from typing import Any

from rmhr.core import clock
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _
from rmhr.core.policy import the_system
from rmhr.models.shadowing import ProgrammeStatus, SessionStatus, ShadowingProgramme, ShadowingSession
from rmhr.shadowing import notifications, policies, queries
from rmhr.shadowing.forms import ConfirmForm, ReturnForm, SignOffForm

S, P = SessionStatus, ProgrammeStatus


def _confirmed(_actor: Any, session: ShadowingSession, *, feedback: str) -> None:
    session.feedback, session.confirmed_at = feedback, clock.now()


def _returned(_actor: Any, session: ShadowingSession, *, feedback: str) -> None:
    session.feedback = feedback


def _again(_actor: Any, session: ShadowingSession) -> None:
    session.confirm_by = queries.confirm_by(session.programme)


SESSIONS = Workflow(
    "shadowing_sessions",
    initial=S.LOGGED,
    transitions=[
        Transition(
            name="confirm",
            sources=(S.LOGGED,),
            target=S.CONFIRMED,
            label=_("Confirm…"),
            done=_("Session confirmed"),
            allow=policies.CONFIRM,
            form=ConfirmForm,
            apply=_confirmed,
            notify=(notifications.CONFIRMED,),
            tone="primary",
        ),
        Transition(
            name="send_back",
            sources=(S.LOGGED,),
            target=S.RETURNED,
            label=_("Send back…"),
            done=_("Session sent back"),
            allow=policies.CONFIRM,
            form=ReturnForm,
            apply=_returned,
            notify=(notifications.RETURNED,),
        ),
        Transition(
            name="resubmit",
            sources=(S.RETURNED,),
            target=S.LOGGED,
            label=_("Hand in again"),
            done=_("Session handed in again"),
            allow=policies.CORRECT,
            apply=_again,
            notify=(notifications.LOGGED,),
            tone="primary",
        ),
    ],
)


def _ladder_is_climbed(programme: ShadowingProgramme) -> Any:
    standing = queries.standing(programme)
    if standing.waiting:
        return _("A session still waits for its host’s confirmation.")
    for step in standing.steps:
        if step.done < step.needed:
            return _(
                "%(rung)s: %(done)s of %(needed)s sessions are confirmed.",
                rung=step.rung.label,
                done=step.done,
                needed=step.needed,
            )
    return None


def _signed(_actor: Any, programme: ShadowingProgramme) -> None:
    programme.signed_off_at = clock.now()


PROGRAMMES = Workflow(
    "shadowing",
    initial=P.ACTIVE,
    transitions=[
        Transition(
            name="sign_off",
            sources=(P.ACTIVE,),
            target=P.SIGNED_OFF,
            label=_("Sign off…"),
            done=_("Job shadowing signed off"),
            allow=policies.SIGN_OFF,
            guard=_ladder_is_climbed,
            form=SignOffForm,
            apply=_signed,
            notify=(notifications.SIGNED_OFF,),
            tone="primary",
        ),
        Transition(
            name="call_off",
            sources=(P.ACTIVE,),
            target=P.CALLED_OFF,
            label=_("Call off"),
            done=_("Job shadowing called off: will not start"),
            allow=the_system,
        ),
    ],
)

"""The lives of a session and of a programme."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from rmhr.core import clock
from rmhr.core.errors import NotPossible
from rmhr.core.flow.next_steps import Owed, Rests
from rmhr.core.flow.workflow import Transition, Workflow
from rmhr.core.i18n import _, gettext
from rmhr.core.policy import SYSTEM, Actor
from rmhr.models.shadowing import ProgrammeStatus, SessionStatus, ShadowingProgramme, ShadowingSession
from rmhr.onboarding import operations as onboarding
from rmhr.shadowing import notifications, policies, queries, records
from rmhr.shadowing.forms import (
    CallOffForm,
    ConfirmForm,
    PassOnForm,
    ReopenForm,
    ReturnForm,
    SignOffForm,
    TakeBackForm,
)

S, P = SessionStatus, ProgrammeStatus


def touch(session: ShadowingSession) -> None:
    """Let the version of the programme count up: whoever has it before them has not seen this session so."""
    flag_modified(session.programme, "due_on")


def _under_way(session: ShadowingSession) -> Any:
    if session.programme.status is P.ACTIVE:
        return None
    return _("The programme is not under way any more. It has to be opened again first.")


def _confirmed(actor: Actor, session: ShadowingSession, *, feedback: str) -> None:
    session.feedback, session.confirmed_at, session.confirmed_by_id = feedback, clock.now(), actor.id
    touch(session)


def _taken_back(_actor: Actor, session: ShadowingSession) -> None:
    session.confirmed_at = session.confirmed_by_id = None
    session.confirm_by = queries.confirm_by(session.programme)
    touch(session)


def _returned(_actor: Actor, session: ShadowingSession, *, feedback: str) -> None:
    session.feedback = feedback
    touch(session)


def _again(_actor: Actor, session: ShadowingSession) -> None:
    session.confirm_by = queries.confirm_by(session.programme)
    touch(session)


def _passed_on(_actor: Actor, session: ShadowingSession, *, host_id: int) -> None:
    host = queries.host(session.programme, host_id)
    if host is None or host.id == session.host_id:
        raise NotPossible(gettext("Choose somebody else who can host, and not the RM."))
    session.host = host
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
            guard=_under_way,
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
            guard=_under_way,
            form=ReturnForm,
            apply=_returned,
            notify=(notifications.RETURNED,),
        ),
        Transition(
            name="pass_on",
            sources=(S.LOGGED,),
            target=S.LOGGED,
            label=_("Somebody else confirms…"),
            done=_("Somebody else was asked to confirm"),
            allow=policies.PASS_ON,
            guard=_under_way,
            form=PassOnForm,
            apply=_passed_on,
            notify=(notifications.LOGGED,),
        ),
        Transition(
            name="resubmit",
            sources=(S.RETURNED,),
            target=S.LOGGED,
            label=_("Hand in again"),
            done=_("Session handed in again"),
            allow=policies.CORRECT,
            guard=_under_way,
            apply=_again,
            notify=(notifications.LOGGED,),
            tone="primary",
        ),
        Transition(
            name="take_back",
            sources=(S.CONFIRMED,),
            target=S.LOGGED,
            label=_("Take the confirmation back…"),
            done=_("Confirmation taken back"),
            allow=policies.TAKE_BACK,
            guard=_under_way,
            form=TakeBackForm,
            apply=_taken_back,
            notify=(notifications.TAKEN_BACK,),
        ),
    ],
    next_steps={
        S.LOGGED: Owed("shadowing.confirm"),
        S.RETURNED: Owed("shadowing.correct"),
        S.CONFIRMED: Rests("It counts; only a mistake leads back."),
    },
)


@SESSIONS.after("confirm", order=10)
def _keep_the_session(_actor: Actor, session: ShadowingSession) -> None:
    records.SESSION.keep(session)


def _ladder_is_climbed(programme: ShadowingProgramme) -> Any:
    progress = queries.progress(programme)
    if progress.waiting:
        return _("A session is still waiting for its host’s confirmation.")
    for step in progress.rungs:
        if step.done < step.needed:
            return _(
                "%(rung)s: %(done)s of %(needed)s sessions are confirmed.",
                rung=step.rung.label,
                done=step.done,
                needed=step.needed,
            )
    return None


def _signed(actor: Actor, programme: ShadowingProgramme, *, despite: bool = False) -> None:
    if not despite and any(not point.is_done for point in queries.points(programme)):
        raise NotPossible(
            gettext(
                "Points of the checklist have not come far enough. Confirm that you sign off all the same."
            )
        )
    programme.signed_off_at, programme.signed_off_by_id = clock.now(), actor.id


def _reopened(_actor: Actor, programme: ShadowingProgramme) -> None:
    programme.signed_off_at = programme.signed_off_by_id = None


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
            label=_("Call off the programme…"),
            done=_("Job shadowing called off"),
            allow=policies.FOLLOW,
            form=CallOffForm,
            tone="danger",
        ),
        Transition(
            name="reopen",
            sources=(P.SIGNED_OFF, P.CALLED_OFF),
            target=P.ACTIVE,
            label=_("Open again…"),
            done=_("Job shadowing opened again"),
            allow=policies.REOPEN_OR_FOLLOW,
            form=ReopenForm,
            apply=_reopened,
            notify=(notifications.REOPENED,),
        ),
    ],
    next_steps={
        P.ACTIVE: Owed("shadowing.rung", "shadowing.sign_off", "shadowing.confirm", "shadowing.correct"),
        P.SIGNED_OFF: Rests("The RM meets clients without a host; only a mistake leads back."),
        P.CALLED_OFF: Rests("The person left or never came; it goes on if they come after all."),
    },
)


@PROGRAMMES.after("sign_off", order=10)
def _keep_the_ladder(_actor: Actor, programme: ShadowingProgramme) -> None:
    records.LADDER.keep(programme)


@PROGRAMMES.after("sign_off", order=20)
def _note_in_the_plan(_actor: Actor, programme: ShadowingProgramme) -> None:
    onboarding.ladder_signed_off(SYSTEM, programme.user, on=clock.today())


@PROGRAMMES.after("reopen", order=10)
def _take_out_of_the_plan(_actor: Actor, programme: ShadowingProgramme) -> None:
    onboarding.ladder_signed_off(SYSTEM, programme.user, on=None)

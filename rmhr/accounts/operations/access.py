"""How people get in: signing in, links by mail, passwords.

Nobody acts yet when somebody signs in or has forgotten a password, so those two are no operations with a
rule; what they change about a person is done by operations in that person's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from rmhr.accounts import notifications, passwords, policies, queries
from rmhr.core import clock
from rmhr.core.db import db, deleted
from rmhr.core.digests import digest, keyed, network
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.flow import double_submit
from rmhr.core.flow.operation import operation
from rmhr.core.folding import same_address
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import outbox
from rmhr.core.mail.outbox import Recipient
from rmhr.core.policy import Actor
from rmhr.law import deadlines, retention
from rmhr.models.accounts import AccessLink, FailedSignIn, LinkPurpose, SignIn, User
from rmhr.models.applications import AttemptKind, PublicAttempt

#: How long a link is good.
LASTS = {
    LinkPurpose.INVITATION: deadlines.TAKE_UP_INVITATION.span,
    LinkPurpose.RESET: deadlines.CHOOSE_NEW_PASSWORD.span,
}
#: Nobody needs more mails about a forgotten password in an hour; they would only be a nuisance.
MOST_RESETS = 3
#: Failures are of no use to anybody after a day.
KEEP_FAILURES = retention.FAILED_SIGN_INS.span


@dataclass(frozen=True)
class Refused:
    """A sign-in that failed: how many minutes nobody may try again; 0 where the password did not fit."""

    minutes: int


def sign_in(email: str, password: str, address: str) -> User | Refused:
    """Who may come in now, or Refused: the same answer in the same time for known and unknown addresses.

    A failure is a row of its own, so the request that gets Refused(0) has to end in a status below 400 to
    have it committed: the view answers with a redirect. While one has to wait, nothing is looked at and
    nothing counted: nobody can lock somebody else out for longer than the steps of queries.access.WAITS.
    """
    account, place = keyed(same_address(email)), keyed(network(address))
    known_here = queries.access.has_signed_in(same_address(email), place)
    if minutes := queries.access.minutes_to_wait(account, place, known_here=known_here):
        return Refused(minutes)
    user = queries.people.by_email(email, locked=True)
    if not passwords.fits(password, user.password_hash if user else "") or user is None or not user.is_active:
        db.session.execute(sa.delete(FailedSignIn).where(FailedSignIn.at < clock.now() - KEEP_FAILURES))
        db.session.add(FailedSignIn(account=account, address=place))
        db.session.flush()
        return Refused(0)
    _forgive(user)
    if passwords.outdated(user.password_hash):
        rehash(user, user, password=password)
    return user


def begin_session(user: User, *, device: str, address: str) -> str:
    """Write down that this person is signed in on this device; returns the secret that the cookie carries."""
    secret = passwords.token()
    place = keyed(network(address))
    db.session.add(SignIn(user_id=user.id, digest=digest(secret), place=place, device=device))
    db.session.flush()
    return secret


def end_session(secret: str) -> None:
    """End the session with this secret, if there is one."""
    _end(SignIn.digest == digest(secret))


@operation(allow=policies.OWN, done=_("That session is ended."))
def end_session_of(_actor: Actor, user: User, session: SignIn) -> None:
    """End one of this person's sessions, from wherever. Raises NotAllowed for one of somebody else."""
    if session.user_id != user.id:
        raise NotAllowed(gettext("You are not allowed to do this."))
    _end(SignIn.id == session.id)


@operation(allow=policies.OWN, done=_("All other sessions are ended."))
def end_other_sessions(_actor: Actor, user: User, *, but: str) -> None:
    """End all sessions of this person but the one with the secret `but`."""
    _end(SignIn.user_id == user.id, SignIn.digest != digest(but))


def forget_sessions() -> int:
    """Delete sessions that nobody has used for long; returns how many."""
    return deleted(sa.delete(SignIn).where(SignIn.seen_at < clock.now() - retention.SIGN_INS.span))


def _end(*which: sa.ColumnElement[bool]) -> None:
    db.session.execute(
        sa.update(SignIn)
        .where(SignIn.ended_at.is_(None), *which)
        .values(ended_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def forget(email: str) -> None:
    """Mail a link for a new password, if there is an account. Works as long where there is none."""
    user = queries.people.by_email(email)
    if user is not None and user.is_active and queries.access.resets_lately(user) < MOST_RESETS:
        secret, until = _issue(user, LinkPurpose.RESET)
        outbox.queue(notifications.RESET, user, token=secret, until=until)
        return
    outbox.pretend(notifications.RESET, token=passwords.token(), until=clock.now() + LASTS[LinkPurpose.RESET])
    # A commit that writes takes longer than one that does not.
    db.session.add(PublicAttempt(kind=AttemptKind.FORGOTTEN, address=""))


@operation(allow=policies.EDIT, done=_("Invitation sent"))
def send_invitation(actor: Actor, user: User, *, to: Recipient | None = None) -> str:
    """Mail a link with which the account is opened, and return its secret. Earlier invitations no longer work.

    `to` is another recipient than the user: a new colleague whose address at the bank does not work yet.
    Raises NotPossible where the account is opened already.
    """
    if user.password_hash:
        raise NotPossible(gettext("%(name)s has opened the account already.", name=user.name))
    void_links(user)
    secret, until = _issue(user, LinkPurpose.INVITATION, actor)
    outbox.compose(
        notifications.INVITATION,
        user,
        to or user,
        token=secret,
        until=until,
        inviter=actor.name if isinstance(actor, User) else "",
    )
    return secret


def invite_again(actor: User, user: User) -> None:
    """Mail a new invitation, unless the same person has sent one a moment ago: a second one would void the first.

    Raises NotPossible where the account is opened already.
    """
    by_them = {"user_id": user.id, "purpose": LinkPurpose.INVITATION, "sent_by_id": actor.id}
    if double_submit.written(actor, AccessLink, **by_them) is None:
        send_invitation(actor, user)


def use_link(secret: str, password: str) -> User | None:
    """Set the password with a link that is good, once; None if somebody else was faster or it has expired."""
    now = clock.now()
    taken = db.session.execute(
        sa.update(AccessLink)
        .where(
            AccessLink.digest == digest(secret),
            AccessLink.used_at.is_(None),
            AccessLink.expires_at > now,
        )
        .values(used_at=now)
        .returning(AccessLink.user_id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    user = queries.people.by_id(taken) if taken else None
    if user is None or not user.is_active:
        return None
    choose_password(user, user, password=password)
    return user


@operation(allow=policies.OWN, done=_("Password set"))
def choose_password(_actor: Actor, user: User, *, password: str) -> None:
    """Set it; end all sessions; make the other links useless; say so by mail if there was one before."""
    before = user.password_hash
    user.password_hash = passwords.hashed(password)
    user.session_key = passwords.token()
    _end(SignIn.user_id == user.id)
    void_links(user)
    _forgive(user)
    if before:
        outbox.queue(notifications.PASSWORD_CHANGED, user, at=clock.now())


def change_password(user: User, *, present: str, password: str, address: str) -> Refused | None:
    """Change one's own password, knowing the present one.

    Returns Refused where the present one is wrong, as at the sign-in, and counts it as one there. Raises NotAllowed
    where the account that it opens is another one.
    """
    found = sign_in(user.email, present, address)
    if isinstance(found, Refused):
        return found
    if found.id != user.id:
        raise NotAllowed(gettext("You are not allowed to do this."))
    choose_password(user, user, password=password)
    return None


@operation(allow=policies.OWN, done=_("Password kept in a better way"))
def rehash(_actor: Actor, user: User, *, password: str) -> None:
    """Hash the same password with today's parameters. Sessions go on."""
    user.password_hash = passwords.hashed(password)


def _issue(user: User, purpose: LinkPurpose, sender: Any = None) -> tuple[str, Any]:
    secret, until = passwords.token(), clock.now() + LASTS[purpose]
    link = AccessLink(user=user, purpose=purpose, digest=digest(secret), expires_at=until)
    if purpose is LinkPurpose.INVITATION:
        link.ask_on = deadlines.ASK_AFTER_INVITATION.after(clock.today())
        link.sent_by_id = sender.id if isinstance(sender, User) else None
    db.session.add(link)
    db.session.flush()
    return secret, until


def void_links(user: User) -> None:
    """Links that were not used cannot be used any more."""
    db.session.execute(
        sa.delete(AccessLink)
        .where(AccessLink.user_id == user.id, AccessLink.used_at.is_(None))
        .execution_options(synchronize_session=False)
    )


def void_links_to(actor: Actor, user: User, address: str) -> None:
    """What was mailed to this address opens nothing any more; whoever was invited there is invited anew."""
    invited = queries.access.invited_at(user)
    if invited is not None and invited != address:
        return  # before the first day, at the address that they gave as an applicant; without account, no other link
    void_links(user)
    if invited is not None:
        send_invitation(actor, user)


def _forgive(user: User) -> None:
    db.session.execute(
        sa.delete(FailedSignIn)
        .where(FailedSignIn.account == keyed(same_address(user.email)))
        .execution_options(synchronize_session=False)
    )

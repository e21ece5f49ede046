"""Who is asking: a colleague who signed in, or an applicant who came by a private link."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy as sa
from flask import abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin, LoginManager, current_user
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, joinedload

from rmhr.core import bank, clock
from rmhr.core.db import db, reading
from rmhr.core.digests import digest, keyed
from rmhr.core.policy import PRIVATE_LINK, AccessRule
from rmhr.models.accounts import SignIn, User
from rmhr.models.applications import Applicant, PrivateLink
from rmhr.models.system import Message

login_manager = LoginManager()

#: Where the session keeps which private link was followed.
LINK = "private_link"
#: Where the session of a colleague keeps the secret of its row (SignIn), and how exactly that knows its last use.
SIGNED_IN = "signed_in"
SEEN_EVERY = timedelta(minutes=15)


#: Whoever may ask for a page: a colleague, on the pages of a private link an applicant, else a stranger.
Visitor: TypeAlias = User | Applicant | AnonymousUserMixin


def visitor() -> Visitor:
    """Whoever asks for this page. Where only users, or only applicants, come in, take me() or me_as_applicant()."""
    found: Visitor = g.actor if "actor" in g else current_user._get_current_object()
    return found


def colleague() -> User | None:
    """The user who is signed in, whatever page this is; None for a stranger and for an applicant."""
    user = current_user._get_current_object()
    return user if isinstance(user, User) else None


def me() -> User:
    """The user who is signed in. Raises LookupError on a page whose access rule lets in others as well."""
    user = visitor()
    if not isinstance(user, User):
        raise LookupError(f"{request.endpoint} is open to more than users: ask visitor()")
    return user


def me_as_applicant() -> Applicant:
    """The applicant whose pages these are. Raises LookupError where the access rule is not PRIVATE_LINK."""
    applicant = visitor()
    if not isinstance(applicant, Applicant):
        raise LookupError(f"{request.endpoint} is open to others than applicants")
    return applicant


@login_manager.user_loader
def _load_user(cookie: str) -> User | None:
    """The user of a session, unless it was ended, the password has changed since, or the person has left.

    One query, for what every page says as well: the bank's name, and of a page that only reads, how many messages
    they have not read (`g.unread`).
    """
    number, _, key = cookie.partition(".")
    if not number.isdigit() or SIGNED_IN not in session:
        return None
    row = (
        db.session.execute(_session_of(), {"digest": digest(str(session[SIGNED_IN])), "user": int(number)})
        .unique()
        .one_or_none()
    )
    if row is None:
        return None
    found, bank_name, unread = row
    if found.user.session_key != key or not found.user.is_active:
        return None
    if clock.now() - found.seen_at > SEEN_EVERY:
        g.seen = found.id
    bank.remember(bank_name or "")
    if reading.get():
        g.unread = unread
    return found.user


@cache
def _session_of() -> sa.Select[SignIn, str, int]:
    """What every page asks: put together once."""
    return (
        sa.select(SignIn, bank.set_name(), _unread())
        .where(
            SignIn.digest == sa.bindparam("digest"),
            SignIn.user_id == sa.bindparam("user"),
            SignIn.ended_at.is_(None),
        )
        .options(joinedload(SignIn.user).joinedload(User.role_rows))
    )


def _unread() -> sa.ScalarSelect[int]:
    mine = (Message.user_id == SignIn.user_id, Message.read_at.is_(None))
    return sa.select(sa.func.count(Message.id)).where(*mine).correlate(SignIn).scalar_subquery()


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.accept_mimetypes.best == "application/json" or request.method != "GET":
        abort(401)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))


login_manager.unauthorized_handler(_ask_to_sign_in)


def person_key() -> str:
    """A name for whoever is signed in that says nothing of them; "" for nobody.

    A browser keeps under it what this person has typed and not saved.
    """
    user = current_user._get_current_object()
    if not isinstance(user, User):
        return ""
    return keyed(f"person {user.id}")[:24]


def visit() -> PrivateLink | None:
    """The private link that has opened this session, until the visit that began with it is over."""
    link_id = session.get(LINK)
    if link_id is None:
        return None
    return db.session.scalar(
        sa.select(PrivateLink).where(PrivateLink.id == link_id, PrivateLink.visit_until > clock.now())
    )


def applicant() -> Applicant | None:
    """The applicant whose private link has opened this session, until the visit is over."""
    link = visit()
    return link.applicant if link else None


def colleague_as_applicant() -> Applicant | None:
    """What the colleague who is signed in is as an applicant: for applications from inside they need no link."""
    user = colleague()
    if user is None:
        return None
    return db.session.scalar(sa.select(Applicant).where(Applicant.user_id == user.id))


def gate() -> ResponseReturnValue | None:
    """Before every request: the route's access rule, or the sign-in page, or 403."""
    reading.set(request.method in ("GET", "HEAD", "OPTIONS"))
    if "\x00" in request.path:
        abort(404)  # nothing is called so, and PostgreSQL cannot even be asked
    if any("\x00" in name + value for name, value in request.args.items(multi=True)):
        abort(400)
    if request.endpoint is None or request.endpoint.endswith("static"):
        return None
    view: Any = current_app.view_functions[request.endpoint]
    access: AccessRule = view.access
    if access is PRIVATE_LINK:
        g.actor = applicant() or colleague_as_applicant()
        return None if g.actor else redirect(url_for("status.ask"))
    if access(current_user._get_current_object()):
        return None
    if current_user.is_authenticated:
        abort(403)
    return _ask_to_sign_in()


def leave(_error: BaseException | None) -> None:
    """After every request: let this thread write to the database again, which a GET may not.

    That a session is used is noted now and then, with the request behind it: nothing depends on it.
    """
    reading.set(False)
    seen = g.pop("seen", None)
    if seen is not None:
        with suppress(SQLAlchemyError):
            db.session.rollback()  # SQLite has one writer: this session must not hold the lock meanwhile
            with Session(db.engine) as own, own.begin():
                own.execute(sa.update(SignIn).where(SignIn.id == seen).values(seen_at=clock.now()))

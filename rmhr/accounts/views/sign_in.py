"""Signing in and out, forgotten passwords, links from mails."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from rmhr.accounts import operations, queries
from rmhr.accounts.forms import ForgottenForm, PasswordForm, SignInForm
from rmhr.accounts.operations.access import Refused
from rmhr.accounts.views.blueprint import bp
from rmhr.core.i18n import gettext, ngettext
from rmhr.core.policy import anyone
from rmhr.models.accounts import User
from rmhr.models.applications import AttemptKind
from rmhr.web import attempts, devices
from rmhr.web.auth import SIGNED_IN, colleague
from rmhr.web.back import own_path
from rmhr.web.forms import require_token

#: Where the session keeps, over the redirect, which address was tried.
TRIED = "tried"


def home() -> str:
    """Where one lands: Today."""
    return url_for("today.index")


@bp.get("/", access=anyone)
def root() -> ResponseReturnValue:
    """The first page: Today for colleagues, the open jobs for everybody else."""
    return redirect(home() if colleague() else url_for("careers.index"))


@bp.route("/sign-in", methods=["GET", "POST"], access=anyone)
def sign_in() -> ResponseReturnValue:
    """E-mail and password.

    A failure is counted in the database, and only answers below 400 are committed. So it is answered by a
    redirect to the form, with the words and the typed address in the session, as after any other deed.
    """
    if colleague():
        return redirect(own_path(request.values.get("next"), home()))
    form = SignInForm.from_request(next=request.args.get("next", ""), email=session.pop(TRIED, ""))
    if not form.ready():
        return render_template("accounts/sign_in.html", form=form, wait=None), form.status
    found = operations.access.sign_in(form.email.data, form.password.data, request.remote_addr or "")
    if isinstance(found, Refused) and found.minutes:
        answer = make_response(
            render_template("accounts/sign_in.html", form=form, wait=waiting(found.minutes)), 429
        )
        answer.headers["Retry-After"] = str(found.minutes * 60)
        return answer
    there = own_path(form.next.data, "")
    if isinstance(found, Refused):
        session[TRIED] = form.email.data
        flash(
            gettext("The e-mail address and the password do not belong together. Please check both."), "bad"
        )
        return redirect(url_for(".sign_in", next=there or None), 303)
    enter(found)
    return redirect(there or home(), 303)


@bp.post("/sign-out", access=anyone)
def sign_out() -> ResponseReturnValue:
    """End the session: a copy of its cookie opens nothing either."""
    require_token()
    operations.access.end_session(session.get(SIGNED_IN, ""))
    logout_user()
    session.clear()
    flash(gettext("You are signed out."), "good")
    return redirect(url_for(".sign_in"), 303)


@bp.route("/forgotten", methods=["GET", "POST"], access=anyone)
def forgotten() -> ResponseReturnValue:
    """Ask for a link. The answer does not tell whether there is an account."""
    wait = 0
    if request.method == "POST":
        wait = attempts.note(AttemptKind.FORGOTTEN, request.remote_addr or "", request.form.get("email", ""))
    form = ForgottenForm.from_request(email=request.args.get("email", ""))
    if wait:
        page = render_template("accounts/forgotten.html", form=form, wait=attempts.waiting(wait))
        return page, 429, attempts.later(wait)
    if not form.ready():
        return render_template("accounts/forgotten.html", form=form, wait=""), form.status
    operations.access.forget(form.email.data)
    session[TRIED] = form.email.data
    return redirect(url_for(".forgotten_sent"), 303)


@bp.get("/forgotten/sent", access=anyone)
def forgotten_sent() -> ResponseReturnValue:
    """What happens now."""
    return render_template("accounts/forgotten_sent.html", email=session.get(TRIED, ""))


@bp.route("/password/<token>", methods=["GET", "POST"], access=anyone)
def password(token: str) -> ResponseReturnValue:
    """Set a password with a link from a mail: once, while it is good."""
    link = queries.access.open_link(token)
    if link is None:
        return render_template("accounts/link_over.html"), 410
    form = PasswordForm.from_request()
    form.whose = link.user
    if not form.ready():
        return render_template("accounts/password.html", form=form, link=link), form.status
    user = operations.access.use_link(token, form.password.data)
    if user is None:
        return render_template("accounts/link_over.html"), 410
    enter(user)
    flash(gettext("Your password is set. Welcome, %(name)s.", name=user.name), "good")
    return redirect(home(), 303)


def enter(user: User) -> None:
    """Begin a session as this person: nothing of an earlier one stays in the cookie."""
    session.clear()
    session.permanent = True
    session[SIGNED_IN] = operations.access.begin_session(
        user, device=devices.called(request.user_agent.string), address=request.remote_addr or ""
    )
    login_user(user)


def waiting(minutes: int) -> str:
    """How long, in words."""
    return ngettext(
        "There were too many attempts. Please wait %(num)s minute and try again.",
        "There were too many attempts. Please wait %(num)s minutes and try again.",
        minutes,
    )

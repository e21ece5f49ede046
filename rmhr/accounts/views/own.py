"""What belongs to the person who is signed in: profile, preferences, search."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import operations, queries
from rmhr.accounts.forms import ChangePasswordForm, PreferencesForm, ProfileForm
from rmhr.accounts.policies import STAFF
from rmhr.accounts.views.blueprint import bp
from rmhr.accounts.views.sign_in import enter, home, waiting
from rmhr.core.digests import digest
from rmhr.core.i18n import LANGUAGES, _, gettext
from rmhr.models.accounts import Theme
from rmhr.web.auth import SIGNED_IN, me
from rmhr.web.back import came_from, own_path
from rmhr.web.forms import require_token
from rmhr.web.nav import places_called


@bp.route("/profile", methods=["GET", "POST"], access=STAFF)
def profile() -> ResponseReturnValue:
    """Language and colours; what the bank knows of one, and who in HR corrects it."""
    user = queries.people.get(me(), me().id)
    form = ProfileForm.editing(user)
    if not form.ready():
        page = render_template(
            "accounts/profile.html", form=form, person=user, hr=queries.people.hr_for(user)
        )
        return page, form.status
    operations.people.prefer(user, user, **form.values())
    flash(str(operations.people.prefer.done), "good")
    return redirect(url_for(".profile"), 303)


@bp.route("/profile/password", methods=["GET", "POST"], access=STAFF)
def own_password() -> ResponseReturnValue:
    """Change one's own password. A wrong present one counts as a failed sign-in and is answered like one."""
    user = me()
    form = ChangePasswordForm.from_request()
    form.whose = user
    if not form.ready():
        return render_template("accounts/own_password.html", form=form), form.status
    refused = operations.access.change_password(
        user, present=form.present.data, password=form.password.data, address=request.remote_addr or ""
    )
    if refused is not None:
        wrong = gettext("Your present password is not right. Please enter both once more.")
        flash(waiting(refused.minutes) if refused.minutes else wrong, "bad")
        return redirect(url_for(".own_password"), 303)
    enter(user)
    flash(gettext("Your password is changed. On all other devices you have to sign in again."), "good")
    return redirect(url_for(".profile"), 303)


@bp.get("/profile/sessions", access=STAFF)
def sessions() -> ResponseReturnValue:
    """Where I am signed in; each place can be ended."""
    here = digest(session[SIGNED_IN])
    found = queries.access.sessions_of(me())
    return render_template(
        "accounts/sessions.html",
        rows=[(it, it.digest == here) for it in found],
        others=sum(it.digest != here for it in found),
    )


@bp.post("/profile/sessions/<int:id>/end", access=STAFF)
def end_session(id: int) -> ResponseReturnValue:
    """End one of my sessions: whoever uses that device has to sign in again."""
    require_token()
    operations.access.end_session_of(me(), me(), queries.access.session_of(me(), id))
    flash(str(operations.access.end_session_of.done), "good")
    return redirect(url_for(".sessions"), 303)


@bp.post("/profile/sessions/end-others", access=STAFF)
def end_other_sessions() -> ResponseReturnValue:
    """End all my sessions but this one."""
    require_token()
    operations.access.end_other_sessions(me(), me(), but=session[SIGNED_IN])
    flash(str(operations.access.end_other_sessions.done), "good")
    return redirect(url_for(".sessions"), 303)


@bp.post("/preferences", access=STAFF)
def preferences() -> ResponseReturnValue:
    """The switches in the person's menu; back to where one was."""
    require_token()
    form = PreferencesForm.from_request()
    language, theme = form.language.data, form.theme.data
    operations.people.prefer(
        me(),
        me(),
        language=language if language in LANGUAGES else None,
        theme=Theme(theme) if theme in set(Theme) else None,
    )
    return redirect(own_path(form.next.data, came_from(home())), 303)


@bp.get("/search", access=STAFF)
def search() -> ResponseReturnValue:
    """Everything that this person may see and that is called so."""
    typed = request.args.get("q", "").replace("\x00", "").strip()[:200]
    pages = [
        queries.search.Hit(_("Pages"), place.label, place.about, place.endpoint)
        for place in places_called(me(), typed)
    ]
    most = queries.search.MOST
    groups = queries.search.found(me(), typed, pages[:most])
    return render_template("accounts/search.html", typed=typed, groups=groups, most=most)

"""The career site as an administrator sets it up: name, logo, colours, texts, links."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.careers import operations, policies, queries
from rmhr.careers.forms import SiteForm
from rmhr.careers.views.blueprint import settings as bp
from rmhr.core import bank
from rmhr.core.files.pictures import LOGO
from rmhr.web import brand, colours
from rmhr.web.auth import me
from rmhr.web.edits import ConfirmForm

#: Where the preview stands in its page.
PREVIEW = ".brand-preview"


@bp.route("/careers", methods=["GET", "POST"], access=policies.BRAND)
def settings() -> ResponseReturnValue:
    """The form; `look` shows what it would amount to, without saving."""
    row = queries.row()
    form = SiteForm.editing(row or queries.as_drawn())
    fine = form.ready()
    look = fine and bool(request.form.get("look"))
    if fine and not look:
        operations.set_up(
            me(), row, facts=form.facts(), logo=form.picture, without_logo=form.without_logo.data
        )
        flash(str(operations.set_up.done), "good")
        return redirect(url_for(".settings"), 303)
    page = render_template(
        "careers/settings.html",
        form=form,
        row=row,
        allowed=LOGO,
        look=look,
        colours=(form.accent.data or "", form.accent_dark.data or ""),
        now=brand.of(row),
        sender=bank.sender(),
    )
    return page, 200 if look else form.status


@bp.get("/careers/preview.css", access=policies.BRAND)
def preview() -> ResponseReturnValue:
    """The colours of `?accent=` and `?accent_dark=`, for the preview alone."""
    day, night = (colours.tidy(request.args.get(name, "")) or "" for name in ("accent", "accent_dark"))
    return Response(brand.stylesheet(day, night, within=PREVIEW), mimetype="text/css")


@bp.route("/careers/as-drawn", methods=["GET", "POST"], access=policies.BRAND)
def draw_as_before() -> ResponseReturnValue:
    """Colours and logo back to how the product was drawn, after asking."""
    row = queries.row()
    if row is None:
        return redirect(url_for(".settings"))
    form = ConfirmForm.editing(row)
    if not form.ready():
        return render_template("careers/as_drawn.html", form=form, back=url_for(".settings")), form.status
    operations.draw_as_before(me(), row)
    flash(str(operations.draw_as_before.done), "good")
    return redirect(url_for(".settings"), 303)

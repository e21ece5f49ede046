"""By which ways people come to a posting, and the links that are shared to bring them."""

from __future__ import annotations

import io

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from rmhr.core.i18n import _, gettext
from rmhr.core.mail.outbox import public_url
from rmhr.models.accounts import User
from rmhr.models.postings import Audience, Posting
from rmhr.models.sourcing import ShareLink
from rmhr.postings import policies as posting_policies
from rmhr.postings import queries as posting_queries
from rmhr.postings.workflow import brings_applicants
from rmhr.sourcing import operations, policies, queries
from rmhr.sourcing.forms import CHANNELS, ShareForm
from rmhr.sourcing.views.blueprint import share_links as bp
from rmhr.web.auth import me
from rmhr.web.downloads import send_made
from rmhr.web.edits import ConfirmForm
from rmhr.web.panels import Panel, Slot, panel
from rmhr.web.tabs import Row, add_tab, tabs_of

add_tab(
    Row.POSTING,
    _("Sources"),
    "share_links.index",
    order=40,
    shown=lambda viewer, posting: posting_policies.RECRUIT(viewer, posting) and brings_applicants(posting),
)


def _posting(id: int) -> Posting:
    posting = posting_queries.postings.get(me(), id)
    policies.SHARE.require(me(), posting)
    return posting


def address(link: ShareLink) -> str:
    """What is shared: the page of the posting, with the code that credits whoever comes by it."""
    return public_url("careers.show", slug=link.posting.slug, via=link.code)


@bp.route("/<int:id>/sources", methods=["GET", "POST"], access=posting_policies.SEE)
def index(id: int) -> ResponseReturnValue:
    """All links with what came of them; a new one is made here."""
    posting = _posting(id)
    form = ShareForm.from_request()
    if form.ready() and _free(form, posting):
        operations.share_links.share(
            me(), posting, channel=form.channel.data, campaign=form.campaign.data or ""
        )
        flash(str(operations.share_links.share.done), "good")
        return redirect(url_for(".index", id=id))
    page = render_template(
        "sourcing/share_links.html",
        posting=posting,
        siblings=tabs_of(Row.POSTING, me(), "share_links.index", posting),
        form=form,
        links=queries.share_links.links(posting),
        came=queries.share_links.by_link(me(), posting),
        kinds=queries.share_links.by_kind(me(), posting),
        address=address,
        channels=[str(channel) for channel in CHANNELS],
        is_public=posting.audience is Audience.PUBLIC,
    )
    return page, form.status


def _free(form: ShareForm, posting: Posting, but: ShareLink | None = None) -> bool:
    """Whether no other link has this channel and campaign; says it at the field otherwise."""
    known = queries.share_links.link_for(posting, form.channel.data, form.campaign.data or "")
    if known is None or known is but:
        return True
    form.refuse("channel", gettext("There is a link for this channel and campaign already."))
    return False


@bp.route("/<int:id>/sources/<int:link_id>", methods=["GET", "POST"], access=posting_policies.SEE)
def rename(id: int, link_id: int) -> ResponseReturnValue:
    """Call a link something else; its address stays."""
    posting = _posting(id)
    link = queries.share_links.link(posting, link_id)
    form = ShareForm.editing(link)
    if form.ready() and _free(form, posting, but=link):
        operations.share_links.rename(
            me(), link, channel=form.channel.data, campaign=form.campaign.data or ""
        )
        flash(str(operations.share_links.rename.done), "good")
        return redirect(url_for(".index", id=id))
    page = render_template(
        "sourcing/rename_link.html",
        posting=posting,
        link=link,
        form=form,
        channels=[str(channel) for channel in CHANNELS],
    )
    return page, form.status


@bp.route("/<int:id>/sources/<int:link_id>/delete", methods=["GET", "POST"], access=posting_policies.SEE)
def delete(id: int, link_id: int) -> ResponseReturnValue:
    """Delete a link by which nobody has come, after a question."""
    link = queries.share_links.link(_posting(id), link_id)
    form = ConfirmForm.editing(link)
    if form.ready():
        operations.share_links.unshare(me(), link)
        flash(str(operations.share_links.unshare.done), "good")
        return redirect(url_for(".index", id=id))
    page = render_template(
        "sourcing/delete_link.html", link=link, form=form, used=queries.share_links.is_used(link)
    )
    return page, form.status


@bp.get("/<int:id>/sources/<int:link_id>/qr.svg", access=posting_policies.SEE)
def qr_code(id: int, link_id: int) -> ResponseReturnValue:
    """The address as a QR code for posters and slides: a drawing that stays sharp at any size."""
    import segno  # of all pages, this one has a code

    link = queries.share_links.link(_posting(id), link_id)
    drawing = io.BytesIO()
    segno.make(address(link), error="m", micro=False).save(drawing, kind="svg", scale=10, border=4)
    return send_made(drawing.getvalue(), f"{link.posting.slug}-{link.code}.svg", "image/svg+xml")


@panel(Slot.POSTING_SIDE, order=40)
def in_brief(viewer: User, posting: Posting) -> Panel | None:
    """By which ways people came so far, beside the posting."""
    if not policies.SHARE(viewer, posting):
        return None
    kinds = [
        (kind, came) for kind, came in queries.share_links.by_kind(viewer, posting).items() if came.applied
    ]
    return Panel("sourcing/_in_brief.html", {"posting": posting, "kinds": kinds}) if kinds else None

"""Recommending somebody: one's own recommendations, a new one, and HR's list with what is due for them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import policies as account_policies
from rmhr.models.postings import Posting
from rmhr.postings import queries as posting_queries
from rmhr.sourcing import lists, operations, policies, queries
from rmhr.sourcing.forms import EraseForm, ReferForm
from rmhr.sourcing.views.blueprint import referrals as bp
from rmhr.web.auth import me
from rmhr.web.choices import Choices
from rmhr.web.exports import add_export
from rmhr.web.forms import require_token
from rmhr.web.lists import add_list


@bp.get("/", access=account_policies.STAFF)
def index() -> ResponseReturnValue:
    """Whom I recommend, and how far it is."""
    return render_template(
        "sourcing/referrals/index.html",
        mine=queries.referrals.own(me()),
        last_day=queries.referrals.last_day,
        days=queries.referrals.COUNTS_FOR.days,
        sees_all=policies.REFERRALS(me()),
    )


@bp.route("/new", methods=["GET", "POST"], access=account_policies.STAFF)
def new() -> ResponseReturnValue:
    """Recommend somebody for an open posting."""
    form = ReferForm.from_request(posting_id=request.args.get("posting"), language=me().language)
    open_now = Choices("postings", posting_queries.postings.OPEN)
    form.posting_id.offer_found(open_now)
    posting = posting_queries.postings.open_now(form.posting_id.data)
    if form.ready() and posting is not None and _possible(form, posting):
        operations.referrals.recommend(
            me(),
            posting,
            name=form.name.data,
            email=form.email.data,
            language=form.language.data,
            note=form.note.data,
        )
        flash(str(operations.referrals.recommend.done), "good")
        return redirect(url_for(".index"))
    page = render_template(
        "sourcing/referrals/new.html",
        form=form,
        any_open=open_now.few is None or bool(open_now.few),
        bonus=posting is None or queries.referrals.earns_bonus(me(), posting),
        days=queries.referrals.COUNTS_FOR.days,
    )
    return page, form.status


def _possible(form: ReferForm, posting: Posting) -> bool:
    """Whether this person can be recommended; says at the field why not."""
    if why_not := operations.referrals.why_not_recommend(me(), posting, form.email.data):
        form.refuse("email", why_not)
    return not why_not


add_list(bp, lists.REFERRALS, "/all", access=policies.REFERRALS, template="sourcing/referrals/all.html")
add_export(bp, lists.REFERRALS, "/all/export", access=policies.REFERRALS)


@bp.route("/<int:id>/erase", methods=["GET", "POST"], access=policies.REFERRALS)
def erase(id: int) -> ResponseReturnValue:
    """Delete one because the person has asked for it, after a question."""
    referral = queries.referrals.get(id)
    form = EraseForm.from_request()
    if form.ready():
        operations.referrals.erase(me(), referral)
        flash(str(operations.referrals.erase.done), "good")
        return redirect(url_for(".everybodys"))
    page = render_template(
        "sourcing/referrals/erase.html", it=referral, form=form, used=queries.referrals.is_used(referral)
    )
    return page, form.status


@bp.post("/<int:id>/pay", access=policies.REFERRALS)
def pay(id: int) -> ResponseReturnValue:
    """The bonus has been paid."""
    require_token()
    operations.referrals.pay_bonus(me(), queries.referrals.get(id))
    flash(str(operations.referrals.pay_bonus.done), "good")
    return redirect(url_for(".everybodys", bonus="due"))


@bp.post("/<int:id>/unpay", access=policies.REFERRALS)
def unpay(id: int) -> ResponseReturnValue:
    """It has not, after all."""
    require_token()
    operations.referrals.take_back_payment(me(), queries.referrals.get(id))
    flash(str(operations.referrals.take_back_payment.done), "good")
    return redirect(url_for(".everybodys", bonus="due"))

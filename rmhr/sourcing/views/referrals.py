"""Recommending somebody: one's own recommendations, a new one, and HR's list with what is due for them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from rmhr.accounts import policies as account_policies
from rmhr.core import clock
from rmhr.core.i18n import _, gettext
from rmhr.models.postings import Posting
from rmhr.postings import queries as posting_queries
from rmhr.sourcing import operations, policies, queries
from rmhr.sourcing.forms import ReferForm
from rmhr.sourcing.views.blueprint import referrals as bp
from rmhr.web.auth import me
from rmhr.web.forms import require_token
from rmhr.web.sheets import send_csv
from rmhr.web.tables import MOST, SIZE, Filter, Listing


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
    open_now = queries.referrals.open_postings(posting_queries.postings.published())
    form = ReferForm.from_request(posting_id=request.args.get("posting"), language=me().language)
    form.posting_id.offer(open_now, said=lambda it: f"{it.title}, {it.place}")
    posting = next((it for it in open_now if it.id == form.posting_id.data), None)
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
        any_open=bool(open_now),
        bonus=posting is None or queries.referrals.earns_bonus(me(), posting),
        days=queries.referrals.COUNTS_FOR.days,
    )
    return page, form.status


def _possible(form: ReferForm, posting: Posting) -> bool:
    """Whether this person can be recommended; says at the field why not."""
    if why_not := operations.referrals.why_not_recommend(me(), posting, form.email.data):
        form.refuse("email", why_not)
    return not why_not


def _listing(size: int = SIZE) -> Listing:
    return Listing(
        queries.referrals.listed(),
        key=queries.referrals.KEY,
        sorts=queries.referrals.SORTS,
        default="-new",
        search=queries.referrals.SEARCH,
        filters=[
            Filter(
                "bonus",
                _("Bonus"),
                lambda value: queries.referrals.bonus_is(value),
                [("due", _("Bonus due")), ("paid", _("Bonus paid"))],
            )
        ],
        size=size,
    )


@bp.get("/all", access=policies.REFERRALS)
def everybodys() -> ResponseReturnValue:
    """All recommendations, and the bonuses that are due."""
    return render_template(
        "sourcing/referrals/all.html",
        listing=_listing(),
        state_of=queries.referrals.state_of,
        may_pay=lambda referral: policies.PAY_BONUS(me(), referral),
    )


@bp.get("/all/export.csv", access=policies.REFERRALS)
def export() -> ResponseReturnValue:
    """The same list as a file for a spreadsheet."""
    head = [
        gettext("Recommended"),
        gettext("E-mail"),
        gettext("Who recommends"),
        gettext("Position"),
        gettext("Place"),
    ]
    head += [gettext("On"), gettext("State"), gettext("Bonus due"), gettext("Bonus paid")]
    rows = [
        [
            it.name,
            it.email,
            it.referrer.name,
            str(it.posting.title),
            it.posting.place,
            clock.local(it.created_at).date().isoformat(),
            str(queries.referrals.state_of(status).label),
            it.bonus_due_on.isoformat() if it.bonus_due_on else "",
            it.bonus_paid_on.isoformat() if it.bonus_paid_on else "",
        ]
        for it, status in _listing(MOST).rows
    ]
    return send_csv(head, rows, f"{gettext('recommendations')}.csv")


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

"""Pages about offers for HR and hiring managers, and the candidate's answer behind the private link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from rmhr.applications import operations as application_operations
from rmhr.applications import queries as applications
from rmhr.applications.workflow import FLOW as APPLICATIONS
from rmhr.core import clock
from rmhr.core.due.calendar import holiday_name, is_working_day
from rmhr.core.errors import NotPossible
from rmhr.core.history.audit import timeline
from rmhr.core.i18n import _, gettext, speaking
from rmhr.core.policy import PRIVATE_LINK
from rmhr.core.words import day_long, major
from rmhr.council import policies as council_policies
from rmhr.council import queries as council
from rmhr.interviews import queries as interviews
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Applicant, Application
from rmhr.models.offers import Offer, OfferStatus
from rmhr.offers import forms, lists, operations, policies, queries, records, search
from rmhr.offers.workflow import FLOW
from rmhr.web import auth
from rmhr.web.auth import me, me_as_applicant
from rmhr.web.blueprint import Blueprint
from rmhr.web.exports import add_export
from rmhr.web.forms import require_token
from rmhr.web.lists import add_list
from rmhr.web.nav import Area
from rmhr.web.panels import Panel, Slot, panel
from rmhr.web.sensitive import sensitive, shown
from rmhr.web.transitions import Question, add_transition_route

bp = Blueprint("offers", __name__)
answer_bp = Blueprint("offer_answer", __name__, url_prefix="/careers/my-application/offer")
blueprints = [bp, answer_bp]
__all__ = ["NAV", "blueprints", "search"]
NAV = [
    Area(
        label=_("Offers"),
        endpoint="offers.index",
        roles=(Role.HR,),
        icon="envelope-open",
        order=50,
        belongs=("offers", "council", "provisional_hiring"),
    )
]
#: What a candidate may do with an offer; the other moves are not theirs, and not shown.
ANSWERS = ("accept", "decline")
#: What tells the candidate something at once: the mail can be read before it goes.
TELLS = ("send", "rework", "withdraw", "take_effect", "retract_acceptance")
#: The next step is with whoever writes it, or with the candidate.
BEING_MADE = (OfferStatus.DRAFT, OfferStatus.SENT)
#: Somebody has said yes, whatever came of it.
ACCEPTED = (OfferStatus.CONDITIONAL, OfferStatus.ACCEPTED, OfferStatus.RETRACTED)


add_list(bp, lists.OFFERS, "/offers/", access=policies.ENTER, is_sensitive=True)
add_export(bp, lists.OFFERS, "/offers/export", access=policies.ENTER)


@bp.route("/applications/<int:application_id>/offer", methods=["GET", "POST"], access=policies.MAKE)
def new(application_id: int) -> ResponseReturnValue:
    """Write an offer. Raises NotPossible before it is decided to hire this person."""
    application = applications.applications.get(me(), application_id)
    if request.method == "POST":
        interviews.scorecards.lock(application)
    alive = queries.alive(application)
    if alive is not None:
        return redirect(url_for("offers.show", id=alive.id))
    if application.status not in APPLICATIONS["offer"].sources:
        raise NotPossible(gettext("An offer is made once it is decided to hire."))
    posting = application.posting
    form = forms.OfferForm.from_request(
        currency=posting.currency,
        pay_period=posting.pay_period,
        expires_on=forms.usual_expiry(clock.today(), posting.unit.holiday_region),
        supervisor_id=posting.hiring_manager_id,
    )
    form.about(application, *queries.people_for(application))
    if form.ready():
        offer = operations.make(me(), application, **form.terms())
        _said(operations.make, offer)
        return redirect(url_for("offers.show", id=offer.id))
    return _page(application, form, None)


@bp.route("/offers/<int:id>/edit", methods=["GET", "POST"], access=policies.MAKE)
@sensitive
def edit(id: int) -> ResponseReturnValue:
    """Change the terms of a draft. Raises NotPossible once it was sent."""
    offer = queries.get(me(), id)
    if offer.status is not OfferStatus.DRAFT:
        raise NotPossible(gettext("A sent offer cannot be changed. Withdraw it and make a new one."))
    people = queries.people_for(offer.application)
    form = forms.OfferForm.editing(
        offer,
        lambda form: form.about(offer.application, *people),
        obj=None,  # its pay is in minor units
        pay=major(offer.pay, offer.currency),
        currency=offer.currency,
        pay_period=offer.pay_period,
        range_reason=offer.range_reason,
        starts_on=offer.starts_on,
        expires_on=offer.expires_on,
        supervisor_id=offer.supervisor_id,
        mentor_id=offer.mentor_id,
        buddy_id=offer.buddy_id,
        message=offer.message,
    )
    if form.ready():
        operations.change(me(), offer, **form.terms())
        _said(operations.change, offer)
        return redirect(url_for("offers.show", id=id))
    shown(offer)
    return _page(offer.application, form, offer)


def _page(application: Application, form: forms.OfferForm, offer: Offer | None) -> ResponseReturnValue:
    page = render_template(
        "offers/edit.html",
        application=application,
        form=form,
        offer=offer,
        range_words=forms.range_words(application.posting),
    )
    return page, form.status


def _said(operation: Any, offer: Offer) -> None:
    """What was done, and what one may want to think of again."""
    flash(str(operation.done), "good")
    for hint in hints(offer):
        flash(hint, "warning")


def hints(offer: Offer) -> list[str]:
    """What is allowed and yet unusual."""
    found = []
    region = offer.application.posting.unit.holiday_region
    if not is_working_day(offer.starts_on, region):
        name = holiday_name(offer.starts_on, region)
        found.append(
            gettext("The first working day, %(day)s, is no working day.", day=day_long(offer.starts_on))
            + (f" ({name})" if name else "")
        )
    if offer.mentor_id is not None and offer.mentor_id == offer.supervisor_id:
        found.append(gettext("Mentor and supervisor are the same person. Somebody else is easier to ask."))
    if offer.buddy_id is not None and offer.buddy_id == offer.mentor_id:
        found.append(gettext("Mentor and buddy are the same person."))
    return found


@bp.get("/offers/<int:id>", access=policies.ENTER)
@sensitive
def show(id: int) -> ResponseReturnValue:
    """One offer: the terms, what the candidate sees of them, what happened."""
    offer = queries.get(me(), id)
    read = records.terms(offer)
    shown(offer)
    return render_template(
        "offers/show.html",
        it=offer,
        terms=read.says,
        kept=read,
        acceptance=records.ACCEPTANCE.read(offer) if offer.answered_at and offer.status in ACCEPTED else None,
        application=offer.application,
        moves=[
            move
            for move in FLOW.moves(me(), offer)
            if not (move.blocked and move.transition.name == "retract_acceptance")  # they have begun
        ],
        may_edit=policies.MAKE(me(), offer) and offer.status is OfferStatus.DRAFT,
        letter=letter(offer, read.says),
        range_words=forms.range_words(read.says.range),
        hints=hints(offer) if offer.status is OfferStatus.DRAFT else [],
        council=council.standing(offer),
        wanted=council.needed() if offer.status in council.ALIVE else False,
        may_open=council_policies.HR(me(), offer),
        entries=timeline(offer),
    )


def letter(offer: Offer, terms: Any) -> Markup:
    """The offer as the candidate reads it, in their language."""
    with speaking(offer.application.language):
        return Markup(render_template("offers/_letter.html", terms=terms))


def _terms(offer: Offer) -> dict[str, Any]:
    return {"terms": records.terms(offer).says}


add_transition_route(
    bp,
    FLOW,
    queries.get,
    policies.ENTER,
    about=lambda offer: offer.application.name,
    url="/offers/<int:id>/<name>",
    questions={name: Question(template="tells.html", shows_mail=True) for name in TELLS},
)


def _confirmed_first(offer: Offer) -> ResponseReturnValue | None:
    """Yes is said by whoever reads this mailbox now: without a link that was mailed just now, the page offers one."""
    link = auth.visit()
    if link is None or application_operations.is_fresh(link) or offer.status not in FLOW["accept"].sources:
        return _being_corrected(offer)  # a colleague has signed in
    page = render_template("offers/confirm.html", offer=offer, email=link.applicant.email)
    return page, 403 if request.method == "POST" else 200


@answer_bp.post("/<int:id>/link", access=PRIVATE_LINK)
def mail_link(id: int) -> ResponseReturnValue:
    """Mail the link with which the offer can be accepted, for half an hour."""
    require_token()
    operations.mail_link(me_as_applicant(), queries.get_own(me_as_applicant(), id))
    flash(str(operations.mail_link.done), "good")
    return redirect(url_for("status.show"), 303)


def _being_corrected(offer: Offer) -> ResponseReturnValue | None:
    """An offer that was taken back to be corrected is not to be answered; the page says so."""
    if offer.status is not OfferStatus.DRAFT:
        return None
    flash(gettext("We are correcting this offer. You get the corrected one by e-mail."), "info")
    return redirect(url_for("status.show"))


add_transition_route(
    answer_bp,
    FLOW,
    queries.get_own,
    PRIVATE_LINK,
    about=lambda offer: offer.application.posting.title,
    back=lambda _offer: url_for("status.show"),
    only=ANSWERS,
    questions={
        "accept": Question(template="offers/answer.html", context=_terms, instead=_confirmed_first),
        "decline": Question(template="offers/answer.html", context=_terms, instead=_being_corrected),
    },
)


@panel(Slot.APPLICATION_MAIN, order=30)
def of_an_application(viewer: User, application: Application) -> Panel | None:
    """The offers of an application, for those who may know what is paid."""
    if not policies.SEE(viewer, application):
        return None
    offers = queries.of_application(application)
    may_make = (
        application.status in APPLICATIONS["offer"].sources
        and policies.MAKE(viewer, application)
        and not any(offer.status is OfferStatus.DRAFT for offer in offers)
    )
    if not offers and not may_make:
        return None
    if offers:
        shown(*offers)
    kept = records.sent(offers)
    values = {
        "application": application,
        "offers": [(offer, kept[offer.id].says if offer.id in kept else offer) for offer in offers],
        "may_make": may_make,
    }
    return Panel("offers/_of_application.html", values, _step(application, offers, may_make))


def _step(application: Application, offers: Sequence[Offer], may_make: bool) -> tuple[Any, str] | None:
    """The offer that is being written or is out; else making one."""
    alive = [offer for offer in offers if offer.status in BEING_MADE]
    if alive:
        return _("Open the offer"), url_for("offers.show", id=alive[0].id)
    return (_("Make an offer"), url_for("offers.new", application_id=application.id)) if may_make else None


@panel(Slot.STATUS, order=30)
def of_the_candidate(applicant: Applicant, application: Application) -> Panel | None:
    """The latest offer as the candidate reads it, with yes and no while it is open. Asked once for all they sent."""
    if "offers_sent" not in g:
        offers = queries.sent_to(applicant)
        g.offers_sent = offers, records.OFFER.read_all(offers.values()) if offers else {}
    offers, kept = g.offers_sent
    offer = offers.get(application.id)
    if offer is None:
        return None
    moves = [move for move in FLOW.moves(applicant, offer) if move.transition.name in ANSWERS]
    terms = kept[offer.id].says
    return Panel("offers/_of_candidate.html", {"offer": offer, "terms": terms, "moves": moves})

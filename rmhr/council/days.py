"""The days of a request: when it should be asked, when the week of the council ends, what was received too late."""

from __future__ import annotations

from datetime import date

from rmhr.core import clock
from rmhr.core.due import calendar
from rmhr.core.i18n import gettext
from rmhr.core.words import day_text
from rmhr.law import hiring
from rmhr.models.council import CouncilRequest
from rmhr.models.offers import Offer, OfferStatus


def region_of(offer: Offer) -> str:
    """Whose holidays count: those of the unit in which the person will work."""
    return offer.application.posting.unit.holiday_region


def ask_by(offer: Offer) -> date:
    """So early that the week is over when the offer has to be answered; at once where it was accepted already."""
    if offer.status is OfferStatus.CONDITIONAL:
        return clock.today()
    week = hiring.COUNCIL_ANSWERS.number
    latest = calendar.last_working_day(calendar.add_days(offer.expires_on, -week), region_of(offer))
    return max(latest, clock.today())


def answer_by(asked_on: date, region: str) -> date:
    """The last day of the week; one on which nobody works moves to the next on which somebody does."""
    return calendar.next_working_day(hiring.COUNCIL_ANSWERS.after(asked_on), region)


def court_by(disputed_on: date, region: str) -> date:
    """The last day on which the court can be reached: a working day, within three calendar days."""
    last = calendar.last_working_day(hiring.COURT_AFTER_DISPUTE.after(disputed_on), region)
    return max(last, disputed_on)


def why_not_received(request: CouncilRequest, on: date) -> str | None:
    """Why no answer can have been received on this day, or None."""
    if on > clock.today():
        return gettext("This day is in the future.")
    if request.asked_on is not None and on < request.asked_on:
        return gettext("The works council was asked on %(day)s.", day=day_text(request.asked_on))
    return None


def why_no_refusal(request: CouncilRequest, on: date) -> str | None:
    """Why a refusal that was received on this day does not count, or None."""
    if why_not := why_not_received(request, on):
        return why_not
    if request.answer_by is not None and on > request.answer_by:
        return gettext(
            "The week ended on %(day)s. A refusal that was received later does not count: consent is deemed given "
            "(section 99(3) BetrVG).",
            day=day_text(request.answer_by),
        )
    return None

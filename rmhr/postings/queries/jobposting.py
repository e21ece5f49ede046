"""A posting for machines: schema.org JobPosting, with everything that Google requires and recommends.

https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

from __future__ import annotations

from typing import Any

from markupsafe import escape

from rmhr.core import clock
from rmhr.core.i18n import gettext
from rmhr.core.mail.outbox import public_url
from rmhr.core.words import markdown
from rmhr.models.accounts import Unit
from rmhr.models.postings import Employment, Posting, RemoteWork, SectionKind
from rmhr.models.requisitions import PayPeriod
from rmhr.postings.queries import public

EMPLOYMENT = {
    Employment.FULL_TIME: ["FULL_TIME"],
    Employment.PART_TIME: ["PART_TIME"],
    Employment.EITHER: ["FULL_TIME", "PART_TIME"],
}
PERIODS = {PayPeriod.YEAR: "YEAR", PayPeriod.MONTH: "MONTH"}
#: The last minute of the last day.
END = (23, 59)


def described(posting: Posting) -> str:
    """All texts of the page in their order, as HTML with headings; sanitised."""
    kinds = (*public.OURSELVES, SectionKind.SUMMARY, *public.MIDDLE, *public.LAST)
    blocks, texts = [], posting.texts
    for kind in kinds:
        if (text := texts.get(kind)) and kind is not SectionKind.PRIVACY:
            blocks.append(f"<h3>{escape(kind.label)}</h3>")
            blocks.append(str(markdown(text)))
    if money := public.pay_said(posting):
        blocks.append(f"<p>{public.pay_label(posting)}: {money}</p>")
    return "".join(block.strip() for block in blocks)


def closes_at(posting: Posting) -> str:
    """The end of the last day on the bank's clock, as ISO 8601 with its offset; empty where there is none."""
    if posting.closes_on is None:
        return ""
    return clock.local(clock.moment(posting.closes_on, *END)).isoformat()


def posted_on(posting: Posting) -> str:
    """The first day on the page, as ISO 8601."""
    assert posting.published_at is not None
    return clock.local(posting.published_at).date().isoformat()


def address(unit: Unit, place: str) -> dict[str, str]:
    """Where a unit is, as schema.org says it; what is not known is left out."""
    country, _dash, region = unit.holiday_region.partition("-")
    said = {
        "streetAddress": unit.street,
        "addressLocality": unit.place or place,
        "addressRegion": region,
        "postalCode": unit.postcode,
        "addressCountry": country,
    }
    return {"@type": "PostalAddress", **{name: value for name, value in said.items() if value}}


def places(posting: Posting) -> list[tuple[Unit, str]]:
    """Where the job can be done, the main place first."""
    return [(posting.unit, posting.place), *((other.unit, other.place) for other in posting.further_places)]


def jsonld(posting: Posting, bank: str, logo: str = "") -> dict[str, Any]:
    """The whole of it, in the reader's language. `logo`: the absolute address of the bank's picture, or ""."""
    organization = {
        "@type": "Organization",
        "name": bank,
        "sameAs": public_url("careers.index"),
        "logo": logo,
    }
    where = [{"@type": "Place", "address": address(unit, place)} for unit, place in places(posting)]
    data: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": str(posting.title),
        "description": described(posting),
        "identifier": {"@type": "PropertyValue", "name": bank, "value": posting.slug},
        "datePosted": posted_on(posting),
        "validThrough": closes_at(posting),
        "employmentType": EMPLOYMENT[posting.employment],
        "hiringOrganization": {name: value for name, value in organization.items() if value},
        "jobLocation": where[0] if len(where) == 1 else where,
        "totalJobOpenings": posting.openings,
        "directApply": True,
        "url": public_url("careers.show", slug=posting.slug),
        "workHours": str(posting.hours),
        "incentiveCompensation": str(posting.pay_variable) if posting.pay_shown else "",
        "industry": gettext("Banking"),
    }
    if posting.remote_work is RemoteWork.FULLY:
        data["jobLocationType"] = "TELECOMMUTE"
        countries = dict.fromkeys(unit.holiday_region.partition("-")[0] for unit, _place in places(posting))
        data["applicantLocationRequirements"] = [{"@type": "Country", "name": code} for code in countries]
    if public.pay_said(posting):
        data["baseSalary"] = _salary(posting)
    return {name: value for name, value in data.items() if value not in ("", [])}


def _salary(posting: Posting) -> dict[str, Any]:
    def units(minor: int | None) -> float | int:
        whole, cents = divmod(minor or 0, 100)
        return whole if not cents else (minor or 0) / 100

    return {
        "@type": "MonetaryAmount",
        "currency": posting.currency,
        "value": {
            "@type": "QuantitativeValue",
            "minValue": units(posting.pay_min),
            "maxValue": units(posting.pay_max),
            "unitText": PERIODS[posting.pay_period],
        },
    }

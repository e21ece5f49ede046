"""All open postings for machines: RSS 2.0, Indeed's XML, JSON, and the sitemap for search engines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from uuid import UUID, uuid5

from lxml import etree

from rmhr.core import clock
from rmhr.core.i18n import DEFAULT, LANGUAGES, gettext, language, speaking
from rmhr.core.mail.outbox import public_url
from rmhr.core.patterns import Pattern
from rmhr.models.postings import Employment, Posting, RemoteWork
from rmhr.models.requisitions import PayPeriod
from rmhr.models.sourcing import FEEDS
from rmhr.postings.queries import public
from rmhr.postings.queries.jobposting import closes_at, described, places, posted_on

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
#: What XML 1.0 cannot hold at all.
IMPOSSIBLE = Pattern("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Indeed's words for what we know.
JOB_TYPES = {
    Employment.FULL_TIME: "fulltime",
    Employment.PART_TIME: "parttime",
    Employment.EITHER: "fulltime, parttime",
}
REMOTE_TYPES = {RemoteWork.NONE: "", RemoteWork.PARTLY: "Hybrid remote", RemoteWork.FULLY: "Fully remote"}
#: Below which the names of postings are made.
NAMES = UUID("4f0f3d8e-6d0c-4c1e-9a55-0f1c2f7f6f0a")
#: What its jobs carry as the way by which somebody came.
INDEED = "indeed"
#: Pages of the site besides the jobs.
PAGES = ("careers.index", "careers.imprint", "careers.accessibility", "apply.privacy")


def rss(postings: Sequence[Posting], bank: str, changed: datetime) -> bytes:
    """RSS 2.0, in the reader's language. What an item is known by stays, whatever the address of the site."""
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"atom": ATOM})
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", gettext("Open jobs at %(bank)s", bank=bank))
    _add(channel, "link", public_url("careers.index", lang=language()))
    _add(
        channel,
        "description",
        gettext("Open jobs for Relationship Managers at %(bank)s.", bank=bank),
    )
    _add(channel, "language", language())
    _add(channel, "lastBuildDate", format_datetime(changed, usegmt=True))
    own = {"href": public_url("feeds.rss", lang=language()), "rel": "self", "type": "application/rss+xml"}
    etree.SubElement(channel, f"{{{ATOM}}}link", own)
    for posting in postings:
        item = etree.SubElement(channel, "item")
        _add(item, "title", f"{posting.title}, {posting.place}")
        _add(item, "link", public_url("careers.show", slug=posting.slug, lang=language()))
        guid = _add(item, "guid", f"urn:uuid:{_known_by(posting)}")
        guid.set("isPermaLink", "false")
        assert posting.published_at is not None
        _add(item, "pubDate", format_datetime(posting.published_at, usegmt=True))
        _add(item, "category", str(posting.rm_type.label))
        _add(item, "description", described(posting), raw=True)
    return _written(root)


def indeed(postings: Sequence[Posting], bank: str, changed: datetime) -> bytes:
    """Indeed's feed: every value in CDATA, one job for each place and language, with a number that stays the same."""
    root = etree.Element("source")
    _add(root, "publisher", bank)
    _add(root, "publisherurl", public_url("careers.index"))
    _add(root, "lastBuildDate", format_datetime(changed, usegmt=True))
    for posting in postings:
        for code in _written_in(posting):
            with speaking(code):
                _indeed_jobs(root, posting, bank)
    return _written(root)


def listed(postings: Sequence[Posting], bank: str, changed: datetime) -> dict[str, Any]:
    """The same as plain JSON, for the bank's own pages and for boards that read it."""
    return {
        "publisher": bank,
        "url": public_url("careers.index"),
        "language": language(),
        "updated": changed.isoformat(),
        "jobs": [_job(posting) for posting in postings],
    }


def sitemap(postings: Sequence[Posting], changed: datetime) -> bytes:
    """Every address of every public page with the moment of its last change: one entry each, among its alternates."""
    nsmap: Any = {None: SITEMAP, "xhtml": XHTML}
    root = etree.Element("urlset", nsmap=nsmap)
    for endpoint in PAGES:
        _page(root, changed if endpoint == PAGES[0] else None, endpoint)
    for posting in postings:
        _page(root, posting.updated_at, "careers.show", slug=posting.slug)
    return _written(root)


def robots() -> str:
    """Search engines read the career site, nothing else; and not the forms on it."""
    lines = [
        "User-agent: *",
        "Disallow: /",
        "Allow: /careers/",
        "Allow: /static/",
        "Allow: /bootstrap/",
        "Allow: /sitemap.xml",
        "Disallow: /careers/*/apply",
        "Disallow: /careers/my-application/",
        "",
        f"Sitemap: {public_url('feeds.sitemap')}",
    ]
    return "\n".join(lines) + "\n"


def _job(posting: Posting) -> dict[str, Any]:
    said = bool(public.pay_said(posting))
    return {
        "id": posting.slug,
        "title": str(posting.title),
        "url": public_url("careers.show", slug=posting.slug, lang=language()),
        "apply_url": public_url("apply.new", slug=posting.slug, lang=language()),
        "posted": posted_on(posting),
        "closes": posting.closes_on.isoformat() if posting.closes_on else None,
        "type": posting.rm_type.value,
        "level": posting.level.value,
        "employment": posting.employment.value,
        "remote": posting.remote_work.value,
        "openings": posting.openings,
        "places": [
            {
                "name": place,
                "unit": unit.name,
                "street": unit.street,
                "postcode": unit.postcode,
                "city": unit.place or place,
                "region": unit.holiday_region,
            }
            for unit, place in places(posting)
        ],
        "pay": {
            "minimum": (posting.pay_min or 0) / 100,
            "maximum": (posting.pay_max or 0) / 100,
            "currency": posting.currency,
            "period": posting.pay_period.value,
        }
        if said
        else None,
        "description": described(posting),
        "updated": posting.updated_at.isoformat(),
    }


def _known_by(posting: Posting) -> UUID:
    """The name of a posting for machines: from what never changes of it."""
    return uuid5(NAMES, f"{posting.id} {posting.created_at.isoformat()}")


def _written_in(posting: Posting) -> list[str]:
    """The languages in which there is a title to advertise."""
    return [code for code in LANGUAGES if posting.title.get(code, "").strip()] or [DEFAULT]


def _indeed_jobs(root: Any, posting: Posting, bank: str) -> None:
    """The posting in the language being spoken, once for each place. Its address says who brings the reader."""
    for number, (unit, place) in enumerate(places(posting)):
        country, _dash, region = unit.holiday_region.partition("-")
        assert posting.published_at is not None
        at = f"-at-{unit.id}" if number else ""
        spoken = "" if language() == DEFAULT else f"-{language()}"
        values = {
            "title": str(posting.title),
            "date": format_datetime(posting.published_at, usegmt=True),
            "referencenumber": f"{posting.slug}{at}{spoken}",
            "requisitionid": posting.slug,
            "url": public_url("careers.show", slug=posting.slug, lang=language(), via=INDEED),
            "company": bank,
            "sourcename": bank,
            "source": FEEDS[INDEED],
            "language": language(),
            "city": unit.place or place,
            "state": region,
            "country": country,
            "postalcode": unit.postcode,
            "streetaddress": unit.street,
            "description": described(posting),
            "salary": _salary(posting),
            "jobtype": JOB_TYPES[posting.employment],
            "category": str(posting.rm_type.label),
            "expirationdate": closes_at(posting)[:10],
            "remotetype": REMOTE_TYPES[posting.remote_work],
        }
        job = etree.SubElement(root, "job")
        for name, value in values.items():
            if value or name in ("state", "country"):
                _add(job, name, value, raw=True)


def _salary(posting: Posting) -> str:
    """ "€58,000 to 74,000 per year"; empty where nothing is said."""
    money = public.pay_said(posting)
    if not money:
        return ""
    if posting.pay_period is PayPeriod.MONTH:
        return gettext("%(money)s per month", money=money)
    return gettext("%(money)s per year", money=money)


def _page(root: Any, changed: datetime | None, endpoint: str, **values: str) -> None:
    """The page in each language and in whichever fits: each of these addresses names all of them, itself too."""
    alternates = {code: public_url(endpoint, **values, lang=code) for code in LANGUAGES}
    alternates["x-default"] = public_url(endpoint, **values)
    for address in alternates.values():
        url = etree.SubElement(root, "url")
        _add(url, "loc", address)
        if changed is not None:
            _add(url, "lastmod", clock.local(changed).replace(microsecond=0).isoformat())
        for code, href in alternates.items():
            other = {"rel": "alternate", "hreflang": code, "href": href}
            etree.SubElement(url, f"{{{XHTML}}}link", other)


def _add(parent: Any, name: str, text: str, raw: bool = False) -> Any:
    """One element with its text. `raw`: in CDATA, as far as the text can stand there."""
    element = etree.SubElement(parent, name)
    text = IMPOSSIBLE.sub("", text)
    element.text = etree.CDATA(text) if raw and "]]>" not in text else text
    return element


def _written(root: Any) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written

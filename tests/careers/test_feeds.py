"""What machines read of the career site, read by other people's libraries."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import extruct
import feedparser
import pytest
from lxml import etree

from rmhr.core import clock
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import RmLevel
from rmhr.models.applications import Application
from rmhr.models.postings import (
    Employment,
    PostingPlace,
    PostingSection,
    PostingStatus,
    RemoteWork,
    SectionKind,
)
from rmhr.models.requisitions import PayPeriod
from rmhr.models.sourcing import ShareLink
from rmhr.postings.workflow import POSTINGS
from tests.applications.support import filled
from tests.factories.accounts import unit
from tests.factories.postings import career_site, posting
from tests.support.html import Html

HOSTILE = "</script><script>alert(1)</script> ]]> <!-- & \u2028 <img src=x onerror=alert(1)>"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
#: https://developers.google.com/search/docs/appearance/structured-data/job-posting
REQUIRED = {"title", "description", "datePosted", "hiringOrganization", "jobLocation"}
RECOMMENDED = {"validThrough", "employmentType", "baseSalary", "identifier", "directApply"}


def at_altona(**given: Any) -> Any:
    """A posting at an address."""
    place = unit(name="Hamburg-Altona", street="Große Bergstraße 162", postcode="22767", place="Hamburg")
    return posting(unit=place, **given)


def jsonld(page: str) -> dict[str, Any]:
    """The one JobPosting of a page, as extruct reads it."""
    found = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert len(found) == 1
    job: dict[str, Any] = found[0]
    return job


def hostile(**given: Any) -> Any:
    """A posting whose every text tries to break out."""
    sections = [PostingSection(kind=kind, text=Words.both(HOSTILE, HOSTILE)) for kind in SectionKind]
    said = Words.both(HOSTILE, HOSTILE)
    return posting(
        title=said, place=HOSTILE, hours=said, pay_variable=said, sections=sections, remote=said, **given
    )


def test_a_job_has_everything_that_google_requires_and_recommends(browser, app):
    row = at_altona(openings=2)
    home = app.config["PUBLIC_URL"]

    job = jsonld(browser().get(f"/careers/{row.slug}").text)

    assert job["@context"] == "https://schema.org/"
    assert job["@type"] == "JobPosting"
    assert set(job) >= REQUIRED | RECOMMENDED
    assert job["title"] == "Relationship Manager (f/m/x)"
    assert job["datePosted"] == clock.local(row.published_at).date().isoformat()
    ends = datetime.fromisoformat(job["validThrough"])
    assert ends.tzinfo
    assert clock.local(ends).date() == row.closes_on
    assert job["employmentType"] == ["FULL_TIME", "PART_TIME"]
    assert job["identifier"] == {"@type": "PropertyValue", "name": "Nordhaven Bank", "value": row.slug}
    assert job["hiringOrganization"]["name"] == "Nordhaven Bank"
    assert job["hiringOrganization"]["sameAs"] == f"{home}/careers/"
    assert job["jobLocation"] == {
        "@type": "Place",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Große Bergstraße 162",
            "addressLocality": "Hamburg",
            "addressRegion": "HH",
            "postalCode": "22767",
            "addressCountry": "DE",
        },
    }
    assert job["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "minValue": 58000, "maxValue": 74000, "unitText": "YEAR"},
    }
    assert job["directApply"] is True
    assert job["totalJobOpenings"] == 2
    assert "jobLocationType" not in job
    for kind in SectionKind:
        assert (f"<p>About {kind.value}.</p>" in job["description"]) is (kind is not SectionKind.PRIVACY)


def test_a_job_from_home_in_several_places_by_the_month(browser):
    row = posting(
        remote_work=RemoteWork.FULLY,
        employment=Employment.PART_TIME,
        pay_period=PayPeriod.MONTH,
        pay_min=4_800_50,
        further_places=[
            PostingPlace(position=0, unit=unit(place="Kiel", holiday_region="DE-SH"), place="Kiel")
        ],
    )

    job = jsonld(browser(language="de").get(f"/careers/{row.slug}").text)

    assert job["jobLocationType"] == "TELECOMMUTE"
    assert job["applicantLocationRequirements"] == [{"@type": "Country", "name": "DE"}]
    assert [each["address"]["addressLocality"] for each in job["jobLocation"]] == ["Hamburg", "Kiel"]
    assert job["employmentType"] == ["PART_TIME"]
    assert job["baseSalary"]["value"]["unitText"] == "MONTH"
    assert job["baseSalary"]["value"]["minValue"] == 4800.5
    assert job["title"] == "Relationship Manager (m/w/d)"
    assert "<p>Über summary.</p>" in job["description"]


def test_no_text_breaks_out_of_the_data(browser):
    row = hostile()
    client = browser()

    page = client.get(f"/careers/{row.slug}").text

    assert page.count("<script") == 2  # ours, and the data
    job = jsonld(page)
    assert job["title"] == HOSTILE
    assert "<script" not in job["description"]
    assert "<img" not in job["description"]
    for feed in ("/careers/feed.xml", "/careers/indeed.xml", "/sitemap.xml"):
        etree.fromstring(client.get(feed).data)
    assert feedparser.parse(client.get("/careers/feed.xml").data).bozo == 0
    assert client.get("/careers/jobs.json").get_json()["jobs"][0]["title"] == HOSTILE


def test_what_xml_cannot_hold_is_left_out(browser):
    posting(title=Words.both("Manager\x0b\ufffe (f/m/x)", ""))

    root = etree.fromstring(browser().get("/careers/indeed.xml").data)

    assert root.findtext("job/title") == "Manager (f/m/x)"


@pytest.mark.parametrize(
    ("language", "title", "named"),
    [
        ("en", "Relationship Manager (f/m/x)", "Open jobs at Nordhaven Bank"),
        ("de", "Relationship Manager (m/w/d)", "Offene Stellen der Nordhaven Bank"),
    ],
)
def test_the_rss_feed_is_one(browser, app, language, title, named):
    row = posting(published_at=clock.now() - timedelta(days=2))
    newer = posting(published_at=clock.now() - timedelta(days=1))
    home = app.config["PUBLIC_URL"]

    answer = browser().get(f"/careers/feed.xml?lang={language}")
    feed = feedparser.parse(answer.data)

    assert answer.mimetype == "application/rss+xml"
    assert (feed.bozo, feed.version) == (0, "rss20")
    assert feed.feed.title == named
    assert feed.feed.language == language
    assert {"rel": "self", "href": f"{home}/careers/feed.xml?lang={language}"}.items() <= feed.feed.links[
        1
    ].items()
    assert len({entry.guid for entry in feed.entries}) == len([newer, row])
    assert all(entry.guid.startswith("urn:uuid:") for entry in feed.entries)
    assert feed.entries[1].title == f"{title}, Hamburg-Altona"
    assert feed.entries[1].guidislink is False
    assert feed.entries[1].link == f"{home}/careers/{row.slug}?lang={language}"
    assert datetime(*feed.entries[1].published_parsed[:6]) == row.published_at.replace(
        tzinfo=None, microsecond=0
    )
    assert ("About summary." if language == "en" else "Über summary.") in feed.entries[1].description


def test_what_feeds_know_a_job_by_stays_when_the_installation_moves(browser, app, monkeypatch):
    posting()

    def known() -> set[str]:
        rss = feedparser.parse(browser().get("/careers/feed.xml").data)
        indeed = etree.fromstring(browser().get("/careers/indeed.xml").data)
        jobs = browser().get("/careers/jobs.json").get_json()["jobs"]
        numbers = [job.findtext("referencenumber") or "" for job in indeed.findall("job")]
        return {entry.guid for entry in rss.entries} | set(numbers) | {job["id"] for job in jobs}

    before = known()
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://elsewhere.example")

    assert known() == before
    assert "elsewhere.example" in browser().get("/careers/feed.xml").text


def test_indeed_gets_its_fields_in_cdata(browser, app):
    row = at_altona(employment=Employment.FULL_TIME, remote_work=RemoteWork.PARTLY)
    posting(pay_shown=False)

    data = browser().get("/careers/indeed.xml").data
    root = etree.fromstring(data, etree.XMLParser(strip_cdata=False))
    jobs = root.findall("job")
    english = [each for each in jobs if each.findtext("language") == "en"]
    job = {element.tag: element.text for element in english[1]}

    assert root.tag == "source"
    assert [each.tag for each in root][:3] == ["publisher", "publisherurl", "lastBuildDate"]
    assert job == job | {
        "title": "Relationship Manager (f/m/x)",
        "referencenumber": row.slug,
        "url": f"{app.config['PUBLIC_URL']}/careers/{row.slug}?lang=en&via=indeed",
        "source": "Indeed",
        "company": "Nordhaven Bank",
        "city": "Hamburg",
        "state": "HH",
        "country": "DE",
        "postalcode": "22767",
        "streetaddress": "Große Bergstraße 162",
        "salary": "€58,000 to 74,000 per year",
        "jobtype": "fulltime",
        "remotetype": "Hybrid remote",
        "expirationdate": row.closes_on.isoformat(),
    }
    assert english[0].find("salary") is None
    assert data.count(b"<![CDATA[") == sum(len(each) for each in jobs)


def test_indeed_gets_each_job_in_each_language_that_it_is_written_in(browser):
    row = posting()
    posting(title=Words.both("", "Nur auf Deutsch"), slug="nur-deutsch")

    for asked in ("", "?lang=en", "?lang=de"):
        root = etree.fromstring(browser(language="de").get(f"/careers/indeed.xml{asked}").data)
        said = {job.findtext("referencenumber"): job for job in root.findall("job")}

        assert set(said) == {row.slug, f"{row.slug}-de", "nur-deutsch-de"}
        assert said[row.slug].findtext("title") == "Relationship Manager (f/m/x)"
        german = said[f"{row.slug}-de"]
        assert german.findtext("title") == "Relationship Manager (m/w/d)"
        assert "Über summary." in (german.findtext("description") or "")
        assert german.findtext("requisitionid") == row.slug
        assert (german.findtext("url") or "").endswith(f"/careers/{row.slug}?lang=de&via=indeed")


def test_whoever_comes_by_a_feed_is_counted_among_the_sources(browser, session):
    row = posting()
    root = etree.fromstring(browser().get("/careers/indeed.xml").data)
    address = urlsplit(root.findtext("job/url") or "")

    for sender in ("one@mail.example", "two@mail.example"):
        guest = browser()
        page = Html(guest.get(f"{address.path}?{address.query}"))
        form = page.link(".public-job a.btn-primary, main a.btn-primary")
        data = filled(row, email=sender) | {"via": Html(guest.get(form)).value("via")}
        assert guest.post(form, data=data).status_code == 302

    (link,) = session.query(ShareLink).all()
    assert (link.channel, link.posting_id) == ("Indeed", row.id)
    assert {each.share_link_id for each in session.query(Application)} == {link.id}
    assert "Indeed" in browser(row.recruiter).get(f"/postings/{row.id}/sources").text


def test_the_same_as_json_for_any_page(browser):
    row = at_altona(level=RmLevel.SENIOR)
    posting(pay_shown=False, slug="told-later")

    answer = browser(language="de").get("/careers/jobs.json")
    said = {job["id"]: job for job in json.loads(answer.data)["jobs"]}

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert said[row.slug]["title"] == "Relationship Manager (m/w/d)"
    assert said[row.slug]["level"] == "senior"
    assert said[row.slug]["pay"] == {
        "minimum": 58000.0,
        "maximum": 74000.0,
        "currency": "EUR",
        "period": "year",
    }
    assert said[row.slug]["places"][0]["postcode"] == "22767"
    assert said["told-later"]["pay"] is None


def test_the_sitemap_has_every_page_in_each_language(browser, app):
    row = posting()
    home = app.config["PUBLIC_URL"]

    root = etree.fromstring(browser().get("/sitemap.xml").data)
    pages = {url.findtext("s:loc", namespaces=SITEMAP): url for url in root.findall("s:url", SITEMAP)}

    assert set(pages) == {
        f"{home}/careers/{part}{asked}"
        for part in ("", "imprint", "accessibility", "privacy", row.slug)
        for asked in ("", "?lang=en", "?lang=de")
    }
    job = pages[f"{home}/careers/{row.slug}"]
    changed = datetime.fromisoformat(job.findtext("s:lastmod", namespaces=SITEMAP))
    assert changed == row.updated_at.replace(microsecond=0)
    others = {link.get("hreflang"): link.get("href") for link in job.findall("x:link", SITEMAP)}
    assert others == {
        "en": f"{home}/careers/{row.slug}?lang=en",
        "de": f"{home}/careers/{row.slug}?lang=de",
        "x-default": f"{home}/careers/{row.slug}",
    }
    for page, url in pages.items():
        assert page in {link.get("href") for link in url.findall("x:link", SITEMAP)}
        assert browser().get(page.removeprefix(home)).status_code == 200


def test_robots_read_the_career_site_and_nothing_else(browser, app):
    said = browser().get("/robots.txt").text

    assert "Disallow: /\n" in said
    assert "Allow: /careers/\n" in said
    assert f"Sitemap: {app.config['PUBLIC_URL']}/sitemap.xml" in said


@pytest.mark.parametrize(
    "given",
    [
        {"status": PostingStatus.CLOSED},
        {"status": PostingStatus.PAUSED},
        {"status": PostingStatus.DRAFT},
        {"closes_on": clock.today() - timedelta(days=1)},
    ],
    ids=["closed", "paused", "draft", "expired"],
)
def test_what_takes_nobody_is_in_no_feed(browser, given):
    row = posting(**given)

    for feed in ("/careers/feed.xml", "/careers/indeed.xml", "/careers/jobs.json", "/sitemap.xml"):
        answer = browser().get(feed)
        assert answer.status_code == 200
        assert row.slug not in answer.text


def test_feeds_name_the_bank_as_it_wants_to_be_named(browser):
    posting()
    career_site(name="Hafenbank <Kiel>")

    assert feedparser.parse(browser().get("/careers/feed.xml?lang=en").data).feed.title == (
        "Open jobs at Hafenbank <Kiel>"
    )
    assert browser().get("/careers/jobs.json").get_json()["publisher"] == "Hafenbank <Kiel>"


def test_no_feed_runs_backwards_when_the_newest_posting_leaves_it(browser):
    older, newest = posting(), posting()
    client, told = browser(), []

    def times() -> list[Any]:
        return [
            feedparser.parse(client.get("/careers/feed.xml").data).feed.updated_parsed,
            parsedate_to_datetime(
                etree.fromstring(client.get("/careers/indeed.xml").data).findtext("lastBuildDate") or ""
            ),
            client.get("/careers/jobs.json").get_json()["updated"],
            etree.fromstring(client.get("/sitemap.xml").data).findtext("s:url/s:lastmod", namespaces=SITEMAP),
        ]

    for hours, leaving in ((0, None), (1, newest), (2, older)):
        with clock.at(clock.now() + timedelta(hours=hours)):
            if leaving is not None:
                POSTINGS.perform(SYSTEM, leaving, "expire")
            told.append(times())
    for before, after in pairwise(told):
        assert all(early < late for early, late in zip(before, after, strict=True)), (before, after)

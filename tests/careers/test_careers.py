"""The career site, as strangers see it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.i18n import Words
from rmhr.models.accounts import RmLevel, RmType, Role
from rmhr.models.postings import (
    Audience,
    Employment,
    PostingPlace,
    PostingSection,
    RemoteWork,
    SectionKind,
)
from rmhr.models.postings import PostingStatus as S
from rmhr.postings import operations
from tests.factories.accounts import unit, user
from tests.factories.applications import application
from tests.factories.postings import career_site, posting
from tests.support.html import Html

pytestmark = pytest.mark.both


def test_strangers_read_what_is_open_and_nothing_else(browser):
    row = posting(title=Words.both("Open one (f/m/x)", "Offene (m/w/d)"))
    posting(title=Words.both("A draft", "Ein Entwurf"), status=S.DRAFT)
    posting(title=Words.both("A closed one", "Eine geschlossene"), status=S.CLOSED)
    posting(
        title=Words.both("An expired one", "Eine abgelaufene"), closes_on=clock.today() - timedelta(days=1)
    )

    page = browser().get("/careers/").text

    assert "Open one (f/m/x)" in page
    assert f"/careers/{row.slug}" in page
    for hidden in ("A draft", "A closed one", "An expired one"):
        assert hidden not in page
    assert "Offene (m/w/d)" in browser(language="de").get("/careers/").text


def test_the_list_is_searched_filtered_sorted_and_paged(browser):
    altona = unit(name="Altona")  # the search reads the names of units, too: no other numbers
    for number in range(22):
        title = Words.both(f"Job {number:02} (f/m/x)", f"Stelle {number:02} (m/w/d)")
        posting(title=title, unit=altona)
    posting(title=Words.both("Kiel (f/m/x)", "Kiel (m/w/d)"), place="Kiel", rm_type=RmType.CORPORATE)
    client = browser()

    assert "Job 00" not in client.get("/careers/?place=Kiel").text
    assert "Job 00" not in client.get("/careers/?type=corporate").text
    found = client.get("/careers/?q=stelle+03").text
    assert "Job 03" in found
    assert "Job 04" not in found
    first = client.get("/careers/?sort=title").text
    assert "Job 00" in first
    assert "Job 21" not in first
    assert 'rel="next"' in first
    assert "No results" in client.get("/careers/?q=pilot").text
    for order in ("closes", "-new", "title"):
        assert client.get(f"/careers/?sort={order}").status_code == 200


def test_without_open_jobs_it_says_so(browser):
    assert "No open jobs at the moment" in browser().get("/careers/").text


def test_a_job_says_everything_in_both_languages(browser):
    row = posting(openings=2)

    english = browser().get(f"/careers/{row.slug}").text
    german = browser(language="de").get(f"/careers/{row.slug}").text

    for words in (
        "Relationship Manager (f/m/x)",
        "€58,000 to 74,000",
        "Gross pay a year, full time",
        "usual entry",
        "Hamburg-Altona, 2 days from home",
        "39 a week",
        "18 days left",
        "About culture.",
        "Apply now",
        f"/careers/{row.slug}/apply",
        row.recruiter.name,
    ):
        assert words in english, words
    for kind in SectionKind:
        assert f"About {kind.value}." in english
        assert f"Über {kind.value}." in german
    for words in ("Relationship Manager (m/w/d)", "58.000 bis 74.000\xa0€", "Jetzt bewerben"):
        assert words in german, words
    assert '<html lang="de"' in german


def test_the_link_chooses_the_language(browser):
    row = posting()
    client = browser()

    assert "Jetzt bewerben" in client.get(f"/careers/{row.slug}?lang=de").text
    assert (
        "Apply now" in client.get(f"/careers/{row.slug}").text
    )  # a page that all may keep remembers nothing
    assert "Apply now" in client.get(f"/careers/{row.slug}?lang=en").text


def test_search_engines_are_told_what_it_is_and_where_it_is_in_each_language(browser, app):
    row = posting()
    home = app.config["PUBLIC_URL"]

    assert (
        f'<link rel="canonical" href="{home}/careers/{row.slug}">'
        in browser().get(f"/careers/{row.slug}").text
    )
    page = browser().get(f"/careers/{row.slug}?lang=de&utm_source=x").text

    assert "<title>Relationship Manager (m/w/d), Hamburg-Altona" in page
    assert '<meta name="description" content="Über summary.">' in page
    assert f'<link rel="canonical" href="{home}/careers/{row.slug}?lang=de">' in page
    assert f'hreflang="x-default" href="{home}/careers/{row.slug}"' in page
    for name, content in (
        ("og:type", "article"),
        ("og:site_name", "Nordhaven Bank"),
        ("og:title", "Relationship Manager (m/w/d), Hamburg-Altona"),
        ("og:description", "Über summary."),
        ("og:url", f"{home}/careers/{row.slug}?lang=de"),
        ("og:locale", "de_DE"),
        ("og:locale:alternate", "en_GB"),
    ):
        assert f'<meta property="{name}" content="{content}">' in page
    assert "og:image" not in page
    for code in ("en", "de"):
        assert f'hreflang="{code}" href="{home}/careers/{row.slug}?lang={code}"' in page


def test_a_text_in_the_other_language_says_which_it_is(browser):
    sections = [PostingSection(kind=kind, text=Words(en="", de="Nur deutsch.")) for kind in SectionKind]
    row = posting(sections=sections)

    page = browser().get(f"/careers/{row.slug}").text

    assert '<div lang="de"><p>Nur deutsch.</p>' in page


def test_named_points_are_values_and_steps(browser):
    texts = {
        SectionKind.CULTURE: Words(en="We are:\n\n- **Honest.** Always.", de=""),
        SectionKind.PROCESS: Words(en="1. **You apply.** Online.", de=""),
    }
    sections = [
        PostingSection(kind=kind, text=texts.get(kind, Words.both("Text", "Text"))) for kind in SectionKind
    ]
    row = posting(sections=sections)

    page = browser().get(f"/careers/{row.slug}").text

    assert "<b>Honest</b><p>Always.</p>" in page
    assert "<li><b>You apply</b>Online.</li>" in page


def test_nothing_that_staff_write_runs(browser):
    bad = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    sections = [PostingSection(kind=kind, text=Words.both(bad, bad)) for kind in SectionKind]
    row = posting(sections=sections, title=Words.both(bad, bad), place=bad)

    page = browser().get(f"/careers/{row.slug}").text

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page


def test_without_a_range_there_is_no_figure(browser):
    row = posting(pay_max=58_000_00, usual_min=None, usual_max=None)

    page = browser().get(f"/careers/{row.slug}").text

    assert "€58,000" in page
    assert " to 58,000" not in page
    assert "usual entry" not in page


@pytest.mark.parametrize(
    "given",
    [{"status": S.CLOSED}, {"status": S.ARCHIVED}, {"closes_on": clock.today() - timedelta(days=1)}],
    ids=["closed", "archived", "expired"],
)
def test_a_job_that_is_taken_is_gone_and_shows_the_others(browser, given):
    row = posting(**given)
    other = posting(title=Words.both("Another one (f/m/x)", "Eine andere (m/w/d)"))

    answer = browser().get(f"/careers/{row.slug}")

    assert answer.status_code == 410
    assert "This job is no longer open" in answer.text
    assert f"/careers/{other.slug}" in answer.text
    assert "noindex" in answer.text
    assert "Apply now" not in answer.text
    assert "ld+json" not in answer.text


def test_a_draft_is_not_there(browser):
    assert browser().get(f"/careers/{posting(status=S.DRAFT).slug}").status_code == 404
    assert browser().get("/careers/no-such-job").status_code == 404


@pytest.mark.parametrize("page", ["imprint", "accessibility"])
def test_the_pages_that_every_site_has(browser, page):
    english, german = browser().get(f"/careers/{page}"), browser(language="de").get(f"/careers/{page}")

    assert english.status_code == german.status_code == 200
    assert "Nordhaven Bank" in english.text
    assert english.text != german.text


def test_filters_offer_what_there_is_and_find_what_they_say(browser):
    kiel, altona = unit(name="Kiel Branch"), unit(name="Altona Branch")
    posting(
        title=Words.both("First", "Erste"),
        unit=kiel,
        place="Kiel",
        employment=Employment.FULL_TIME,
        level=RmLevel.SENIOR,
        further_places=[PostingPlace(position=0, unit=altona, place="Altona")],
    )
    posting(
        title=Words.both("Second", "Zweite"),
        unit=altona,
        place="Altona",
        employment=Employment.EITHER,
        remote_work=RemoteWork.FULLY,
        rm_type=RmType.BUSINESS,
    )
    client = browser()

    def found(query: str) -> list[str]:
        page = client.get(f"/careers/?{query}").text
        return [title for title in ("First", "Second") if f">{title}</a>" in page]

    whole = client.get("/careers/").text
    for offered in ("Kiel Branch", "Senior RM", "Full time", "Part time", "On site", "Wholly from home"):
        assert f">{offered}</option>" in whole
    for missing in ("Corporate clients", "Junior RM", "Partly from home"):
        assert f">{missing}</option>" not in whole
    assert found("") == ["First", "Second"]
    assert found("place=Altona") == ["First", "Second"]
    assert found("place=Kiel") == ["First"]
    assert found(f"unit={altona.id}") == ["First", "Second"]
    assert found(f"unit={kiel.id}") == ["First"]
    assert found("hours=part_time") == ["Second"]
    assert found("hours=full_time") == ["First", "Second"]
    assert found("remote=fully") == ["Second"]
    assert found("level=senior") == ["First"]
    assert found("type=business&q=altona") == ["Second"]


def test_what_narrows_the_list_can_be_taken_off_one_by_one(browser):
    posting(place="Kiel")
    posting(place="Altona", rm_type=RmType.BUSINESS)

    page = browser().get("/careers/?place=Kiel&type=personal&q=manager&sort=title").text

    assert 'href="/careers/?place=Kiel&amp;type=personal&amp;sort=title"' in page
    assert 'href="/careers/?q=manager&amp;type=personal&amp;sort=title"' in page
    assert 'href="/careers/?q=manager&amp;place=Kiel&amp;sort=title"' in page
    assert "Clear all filters" in page


def test_a_choice_that_nobody_offers_is_no_choice(browser):
    row = posting()

    for nonsense in ("place=Nowhere", "unit=abc", "unit=999999", "hours=either", "level=boss", "after=x"):
        assert Html(browser().get(f"/careers/?{nonsense}")).words("a.job__title") == str(row.title), nonsense


def test_a_job_says_when_people_hear_from_the_bank(browser):
    row = posting(answer_days=5, offer_days=15)

    english = browser().get(f"/careers/{row.slug}").text
    german = browser(language="de").get(f"/careers/{row.slug}").text

    assert "within 5 working days" in english
    assert "within 15 working days after the last day to apply" in english
    assert "innerhalb von 5 Arbeitstagen" in german
    assert "Posted" in english


def test_a_range_that_is_not_shown_is_promised_instead(browser):
    row = posting(pay_shown=False)

    page = browser().get(f"/careers/{row.slug}").text

    assert "58,000" not in page
    assert "74,000" not in browser().get("/careers/").text
    assert "We tell you the pay range in writing before the first interview." in page
    assert "baseSalary" not in page


def test_how_many_have_applied_is_said_where_the_bank_says_it(browser):
    row = posting()
    application(posting=row)
    application(posting=row)

    assert "have applied so far" not in browser().get(f"/careers/{row.slug}").text
    career_site(shows_count=True)
    assert "2 people have applied so far" in browser().get(f"/careers/{row.slug}").text


def test_that_nobody_has_applied_is_not_said(browser):
    row = posting()
    career_site(shows_count=True)
    page = browser().get(f"/careers/{row.slug}").text
    assert "applied" not in page
    assert "<dt>Applications</dt>" not in page


def test_one_button_opens_the_filters_on_a_phone_and_says_how_many_are_set(browser):
    posting(place="Kiel")
    posting(place="Hamburg")
    page = Html(browser().get("/careers/"))
    assert page.words(".filters__open") == "Filter"
    (more,) = page.attributes(".filters__open", "popovertarget")
    assert page.all(f"#{more}[popover] select")
    assert page.words(f"#{more} button") == "Apply"
    assert page.all(".filters__open .count") == []
    page = Html(browser().get("/careers/?place=Kiel"))
    assert page.words(".filters__open .count") == "1"
    assert "1 set" in page.words(".filters__open")


def test_who_shared_a_link_travels_to_the_form(browser):
    row = posting()

    def page(via: str) -> str:
        return browser().get(f"/careers/{row.slug}?via={via}").text

    assert f'href="/careers/{row.slug}/apply?via=spring_2027-x"' in page("spring_2027-x")
    for nonsense in ("abc", "x" * 41, "a%22b%3E%3Cscript", "a+b+c+d"):
        assert f'href="/careers/{row.slug}/apply"' in page(nonsense)


def test_a_paused_job_says_so_and_takes_nobody(browser):
    row = posting(status=S.PAUSED)
    other = posting(title=Words.both("Another one (f/m/x)", "Eine andere (m/w/d)"))

    answer = browser().get(f"/careers/{row.slug}")

    assert answer.status_code == 200
    assert "Applications are paused" in answer.text
    assert "noindex" in answer.text
    assert "ld+json" not in answer.text
    assert f"/careers/{row.slug}/apply" not in answer.text
    assert f"/careers/{other.slug}" in answer.text
    assert row.slug not in browser().get("/careers/").text


def test_an_internal_job_is_nowhere(browser):
    row = posting(audience=Audience.INTERNAL, title=Words.both("Only for us", "Nur für uns"))

    assert browser().get(f"/careers/{row.slug}").status_code == 404
    for page in (
        "/careers/",
        "/careers/feed.xml",
        "/careers/indeed.xml",
        "/careers/jobs.json",
        "/sitemap.xml",
    ):
        answer = browser().get(page)
        assert answer.status_code == 200
        assert row.slug not in answer.text
        assert "Only for us" not in answer.text


@pytest.mark.parametrize(
    "page",
    [
        "/careers/",
        "/careers/{slug}",
        "/careers/feed.xml",
        "/careers/jobs.json",
        "/sitemap.xml",
        "/robots.txt",
        "/careers/imprint",
        "/careers/brand.css",
        "/careers/?lang=de",
        "/careers/{slug}?lang=de",
        "/careers/feed.xml?lang=de",
    ],
)
def test_a_visitor_may_keep_what_is_the_same_for_everybody(browser, page):
    row = posting()
    career_site(accent="#0b5cad")
    client, address = browser(), page.format(slug=row.slug)

    first = client.get(address)
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert first.cache_control.public
    assert first.cache_control.max_age
    assert {"Accept-Language", "Cookie"} <= set(first.vary)
    assert "Set-Cookie" not in first.headers
    assert second.status_code == 304
    assert second.data == b""
    operations.postings.revise(row.recruiter, row, facts={"place": "Kiel"}, sections={})
    if page in ("/careers/", "/careers/{slug}", "/careers/feed.xml", "/careers/jobs.json"):
        third = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert third.status_code == 200


def test_what_belongs_to_one_person_is_kept_by_nobody(browser):
    row = posting()

    signed_in = browser(user()).get(f"/careers/{row.slug}")
    in_german = browser(user()).get(f"/careers/{row.slug}?lang=de")
    applying = browser().get(f"/careers/{row.slug}/apply")

    for answer in (signed_in, in_german, applying):
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer.headers


def test_a_title_cannot_take_the_address_of_a_page(browser):
    hr = user(Role.HR)
    row = posting(status=S.DRAFT, recruiter=hr)

    operations.postings.revise(
        hr, row, facts={"title": Words.both("Imprint (f/m/x)", "Impressum"), "place": ""}, sections={}
    )

    assert row.slug == "imprint-2"


def test_a_page_in_the_language_of_its_address_sets_no_cookie_and_its_links_stay_in_it(browser):
    row, client = posting(), browser()

    page = client.get("/careers/?lang=de", headers={"Accept-Language": "en"})
    links = [link for link in hrefs(page.text) if link.startswith("/careers/") and "." not in link]

    assert "Set-Cookie" not in page.headers
    assert f"/careers/{row.slug}?lang=de" in links
    assert [link for link in links if "lang=" not in link] == []
    assert '<input type="hidden" name="lang" value="de">' in page.text
    applying = client.get(f"/careers/{row.slug}/apply?lang=de")
    assert "Set-Cookie" in applying.headers  # a form has a token, and what is chosen holds from there on
    assert '<html lang="de"' in client.get("/careers/", headers={"Accept-Language": "en"}).text


def hrefs(page):
    return re.findall(r'href="([^"]+)"', page)

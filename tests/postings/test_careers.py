"""The career site, as strangers see it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.core import clock
from rmhr.core.i18n import Words
from rmhr.models.accounts import RmType
from rmhr.models.postings import PostingSection, SectionKind
from rmhr.models.postings import PostingStatus as S
from tests.factories.postings import posting


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
    for number in range(22):
        posting(title=Words.both(f"Job {number:02} (f/m/x)", f"Stelle {number:02} (m/w/d)"))
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
    assert "No job fits" in client.get("/careers/?q=pilot").text
    for order in ("closes", "-new", "title"):
        assert client.get(f"/careers/?sort={order}").status_code == 200


def test_without_open_jobs_it_says_so(browser):
    assert "No open jobs at the moment" in browser().get("/careers/").text


def test_the_list_asks_the_same_number_of_questions_whatever_its_length(browser, max_queries):
    client = browser()
    posting()
    client.get("/careers/")
    with max_queries(4) as few:
        client.get("/careers/")
    for _ in range(8):
        posting()
    with max_queries(len(few)):
        client.get("/careers/")


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
    assert "Jetzt bewerben" in client.get(f"/careers/{row.slug}").text
    assert "Apply now" in client.get(f"/careers/{row.slug}?lang=en").text


def test_search_engines_are_told_what_it_is_and_where_it_is_in_each_language(browser, app):
    row = posting()
    home = app.config["PUBLIC_URL"]

    page = browser().get(f"/careers/{row.slug}?lang=de&utm_source=x").text

    assert "<title>Relationship Manager (m/w/d), Hamburg-Altona" in page
    assert '<meta name="description" content="Über summary.">' in page
    assert f'<link rel="canonical" href="{home}/careers/{row.slug}">' in page
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
    [{"status": S.CLOSED}, {"closes_on": clock.today() - timedelta(days=1)}],
    ids=["closed", "expired"],
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


def test_a_draft_is_not_there(browser):
    assert browser().get(f"/careers/{posting(status=S.DRAFT).slug}").status_code == 404
    assert browser().get("/careers/no-such-job").status_code == 404


@pytest.mark.parametrize("page", ["imprint", "accessibility"])
def test_the_pages_that_every_site_has(browser, page):
    english, german = browser().get(f"/careers/{page}"), browser(language="de").get(f"/careers/{page}")

    assert english.status_code == german.status_code == 200
    assert "Nordhaven Bank" in english.text
    assert english.text != german.text


def test_one_job_asks_few_questions(browser, max_queries):
    row = posting()
    client = browser()
    url = f"/careers/{row.slug}"
    client.get(url)

    with max_queries(3):
        client.get(url)

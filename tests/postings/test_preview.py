"""The preview is the public page, for whoever may see the posting, before anybody else does."""

from __future__ import annotations

from rmhr.core.i18n import Words
from rmhr.models.accounts import Role
from rmhr.models.postings import PostingSection, SectionKind
from rmhr.models.postings import PostingStatus as S
from tests.factories.accounts import user
from tests.factories.postings import posting
from tests.support.html import Html, source


def content(page: str) -> list[str]:
    """The page's own part, without the bar of the preview and the addresses of "Apply now"."""
    read = Html(page)
    for printed in read.all("p.on-paper"):  # where it was printed from
        printed.drop_tree()
    for link in read.all('a[href*="apply"], a[href$="#main"]'):
        del link.attrib["href"]
    hero = read.one("div.hero")
    return [source(each) for each in (hero, *hero.itersiblings())]


def test_it_is_what_strangers_read_in_both_languages(browser):
    row = posting()
    client = browser(row.recruiter)

    for code in ("en", "de"):
        public = browser(language=code).get(f"/careers/{row.slug}").text
        preview = client.get(f"/postings/{row.id}/preview?lang={code}").text
        assert content(preview) == content(public)
        assert f'<html lang="{code}"' in preview
    assert "Vorschau" in preview


def test_a_draft_without_a_deadline_has_one_too_and_says_what_falls_back(browser):
    sections = [PostingSection(kind=kind, text=Words(en="Only English", de="")) for kind in SectionKind]
    draft = posting(status=S.DRAFT, closes_on=None, sections=sections)

    page = browser(draft.recruiter).get(f"/postings/{draft.id}/preview?lang=de").text

    assert "So lesen es Bewerbende." in page
    assert "letzte Tag" not in page
    assert '<div lang="en">' in page


def test_only_who_sees_the_posting_sees_its_preview(browser):
    draft = posting(status=S.DRAFT)
    address = f"/postings/{draft.id}/preview"

    assert browser(draft.hiring_manager).get(address).status_code == 200
    assert browser(user(Role.SUPERVISOR)).get(address).status_code == 404
    assert browser(user(Role.RM)).get(address).status_code == 403
    assert browser().get(address).status_code == 302


def test_text_with_scripts_is_shown_as_text(browser):
    wild = [
        PostingSection(kind=kind, text=Words.both("<script>alert(1)</script> **bold**", "x"))
        for kind in SectionKind
    ]
    draft = posting(status=S.DRAFT, sections=wild)

    page = browser(draft.recruiter).get(f"/postings/{draft.id}/preview").text

    assert "<script>alert" not in page
    assert "<strong>bold</strong>" in page

"""The parts of the application form: the CV first, how many are done, in which something is wrong."""

from __future__ import annotations

from tests.factories import postings
from tests.support.html import Html

from .support import address, filled


def _parts(answer) -> dict[str, str]:
    """How each part stands, as it is read aloud, by its heading."""
    page = Html(answer)
    return dict(zip(page.texts(".parts a"), page.texts(".parts [data-part-said]"), strict=True))


def test_the_cv_comes_first_and_nothing_is_done_yet(browser):
    posting = postings.posting()
    page = Html(browser().get(address(posting)))
    assert page.texts("form fieldset > legend")[:2] == ["CV", "About you"]
    assert page.texts(".parts a")[:2] == ["CV", "About you"]
    assert page.words(".parts__sum") == f"0 of {len(page.all('.parts li'))} parts done"
    assert set(_parts(browser().get(address(posting))).values()) == {"open"}


def test_each_part_leads_to_its_fields(browser):
    page = Html(browser().get(address(postings.posting())))
    for anchor in page.attributes(".parts a", "href"):
        assert page.one(f"fieldset{anchor}").cssselect("input, textarea, select")


def test_what_came_back_says_which_parts_are_done_and_which_are_wrong(browser):
    posting = postings.posting()
    answer = browser().post(address(posting), data=filled(posting, email="maren@", phone="none", read=""))
    assert answer.status_code == 422
    said = _parts(answer)
    assert said["CV"] == "done"
    assert said["About you"] == "2 fields to look at"
    assert said["Data protection"] == "1 field to look at"
    assert said["Your motivation"] == "done"
    done = sum(each == "done" for each in said.values())
    assert Html(answer).words(".parts__sum") == f"{done} of {len(said)} parts done"


def test_the_summary_names_what_is_wrong_in_the_order_of_the_page(browser):
    posting = postings.posting()
    sent = filled(posting, name="", cv=None)
    links = Html(browser().post(address(posting), data=sent)).attributes(".errors a", "href")
    assert links == ["#cv", "#name"]

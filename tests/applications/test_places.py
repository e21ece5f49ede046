"""Where somebody would work, where the posting names several places: asked, kept, shown, filtered."""

from __future__ import annotations

import pytest

from rmhr.models.applications import Application, ApplicationPlace
from rmhr.models.postings import PostingPlace
from tests.factories import applications
from tests.factories.accounts import unit
from tests.factories.postings import posting

from .support import address, filled


def in_two_places():
    return posting(further_places=[PostingPlace(position=0, unit=unit(name="Kiel"), place="Kiel")])


def test_who_applies_says_which_places_they_would_take(browser, session):
    row = in_two_places()
    kiel = row.further_places[0].unit_id

    assert "Where would you like to work?" in browser().get(address(row)).text
    nothing = browser().post(address(row), data=filled(row))
    assert nothing.status_code == 422
    assert "Choose at least one place." in nothing.text
    wrong = browser().post(address(row), data=filled(row, places=[999_999]))
    assert wrong.status_code == 422
    assert browser().post(address(row), data=filled(row, places=[kiel])).status_code == 302

    (it,) = session.query(Application).all()
    assert [each.unit_id for each in it.places] == [kiel]
    page = browser(row.recruiter).get(f"/applications/{it.id}").text
    assert "Would work in" in page
    own = applications.holder(browser(), it.applicant).get("/careers/my-application").text
    assert "Where you would work" in own
    assert "<dd>Kiel</dd>" in own


def test_one_place_is_no_question(browser):
    assert "Where would you like to work?" not in browser().get(address(posting())).text


@pytest.mark.both
def test_the_list_is_narrowed_to_who_would_take_a_place(browser):
    row = in_two_places()
    kiel = row.further_places[0].unit
    here = applications.application(posting=row, applicant=applications.applicant(name="Would stay"))
    applications.application(
        posting=row,
        applicant=applications.applicant(name="Would go"),
        places=[ApplicationPlace(unit=kiel)],
    )
    client = browser(row.recruiter)

    narrowed = client.get(f"/applications/?place={kiel.id}").text
    assert "Would go" in narrowed
    assert "Would stay" not in narrowed
    home = client.get(f"/applications/?place={here.posting.unit_id}").text
    assert "Would stay" in home
    assert "Would go" not in home

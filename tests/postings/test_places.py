"""Further places: in the editor, on the page, and what applicants say to them."""

from __future__ import annotations

import pytest

from rmhr.models.accounts import Role
from rmhr.models.postings import PostingPlace
from rmhr.models.postings import PostingStatus as S
from rmhr.postings import operations
from rmhr.postings.queries import public
from tests.factories.accounts import unit, user
from tests.factories.postings import posting

from .test_editor import typed


def rows(*places, **other):
    """What the browser sends of them."""
    sent = {}
    for number, (unit_id, place) in enumerate(places):
        sent |= {f"further_places-{number}-unit_id": unit_id, f"further_places-{number}-place": place}
    return sent | other


def test_places_are_added_swapped_and_removed(browser):
    draft, kiel, luebeck = posting(status=S.DRAFT), unit(name="Kiel"), unit(name="Lübeck")
    client, address = browser(draft.recruiter), f"/postings/{draft.id}/edit"

    more = client.post(address, data=typed(draft, add="further_places"))
    assert "Further place 1" in more.text
    client.post(address, data=typed(draft, **rows((kiel.id, "Kiel"), (luebeck.id, "Lübeck"))))
    assert public.places(draft) == ["Hamburg-Altona", "Kiel", "Lübeck"]
    client.post(address, data=typed(draft, **rows((luebeck.id, "Lübeck"), (kiel.id, "Kiel-Mitte"))))
    assert public.places(draft) == ["Hamburg-Altona", "Lübeck", "Kiel-Mitte"]
    gone = {"further_places-0-remove": "y"}
    client.post(address, data=typed(draft, **rows((luebeck.id, "Lübeck"), (kiel.id, "Kiel-Mitte"), **gone)))
    assert public.places(draft) == ["Hamburg-Altona", "Kiel-Mitte"]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (("", "Kiel"), "Choose the unit of this place."),
        (("kiel", ""), "Enter the place, for example"),
        (("own", "Altona"), "This unit is named already."),
    ],
)
def test_half_a_place_and_one_that_is_named_already_are_refused(browser, place, words):
    draft, kiel = posting(status=S.DRAFT), unit(name="Kiel")
    unit_id = {"": "", "kiel": kiel.id, "own": draft.unit_id}[place[0]]

    answer = browser(draft.recruiter).post(
        f"/postings/{draft.id}/edit", data=typed(draft, **rows((unit_id, place[1])))
    )

    assert answer.status_code == 422
    assert words in answer.text
    assert draft.further_places == []


def test_the_second_of_two_people_is_shown_the_places_of_the_first(browser):
    draft, kiel = posting(status=S.DRAFT), unit(name="Kiel")
    mine = typed(draft)
    operations.postings.revise(
        draft.recruiter, draft, facts={}, sections={}, further_places=[(kiel.id, "Kiel")]
    )

    answer = browser(draft.recruiter).post(f"/postings/{draft.id}/edit", data=mine)

    assert answer.status_code == 409
    assert "Further places" in answer.text
    assert "<dd>Kiel</dd>" in answer.text


def test_the_posting_s_own_page_names_them(browser):
    row = posting(further_places=[PostingPlace(position=0, unit=unit(name="Kiel"), place="Kiel")])

    assert "Kiel" in browser(user(Role.SUPERVISOR)).get(f"/postings/{row.id}").text

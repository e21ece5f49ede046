"""What was typed into the editor and not saved is offered again, to whoever typed it."""

from __future__ import annotations

from rmhr.accounts import queries as accounts
from rmhr.models.accounts import Role
from rmhr.models.postings import PostingStatus as S
from tests.factories.accounts import user
from tests.factories.postings import posting

from .test_editor import typed


def kept(client, row, **other):
    return client.post(f"/postings/{row.id}/draft", data=typed(row, **other))


def test_what_was_typed_is_offered_continued_and_gone_once_it_is_saved(browser):
    draft = posting(status=S.DRAFT)
    client, edit = browser(draft.recruiter), f"/postings/{draft.id}/edit"

    assert kept(client, draft, **{"part_vision-en": "Typed on the train"}).status_code == 200
    offered = client.get(edit).text
    assert "Continue with what you typed at" in offered
    assert "Typed on the train" not in offered
    assert "data-autosave" not in offered, "what is kept is not overwritten before it is decided on"
    resumed = client.get(f"{edit}?draft=1").text
    assert "Typed on the train" in resumed
    assert "data-autosave" in resumed

    client.post(edit, data=typed(draft, **{"part_vision-en": "Typed on the train"}))
    assert "Continue with what you typed" not in client.get(edit).text
    assert accounts.form_drafts.form_draft(draft.recruiter, f"postings.edit:{draft.id}") is None


def test_it_is_discarded_on_request(browser):
    draft = posting(status=S.DRAFT)
    client = browser(draft.recruiter)
    kept(client, draft, place="Nowhere")

    answer = client.post(f"/postings/{draft.id}/draft/discard", follow_redirects=True)

    assert "Draft discarded" in answer.text
    assert "Continue with what you typed" not in answer.text
    assert draft.place == "Hamburg-Altona"


def test_nobody_else_sees_it(browser):
    draft = posting(status=S.DRAFT)
    kept(browser(draft.recruiter), draft, **{"part_vision-en": "Between us"})
    other = browser(draft.hiring_manager)

    assert "Continue with what you typed" not in other.get(f"/postings/{draft.id}/edit").text
    assert "Between us" not in other.get(f"/postings/{draft.id}/edit?draft=1").text


def test_rows_that_were_added_and_ticks_that_were_taken_off_come_back(browser):
    draft = posting(status=S.DRAFT)
    client = browser(draft.recruiter)
    more = {
        "further_places-0-unit_id": draft.unit_id,
        "further_places-0-place": "Typed place",
        "pay_shown": None,
    }
    kept(client, draft, **more)

    page = client.get(f"/postings/{draft.id}/edit?draft=1").text

    assert 'value="Typed place"' in page
    assert 'name="pay_shown" type="checkbox"' in page
    assert 'checked class="tick" id="pay_shown"' not in page.replace("\n", " ")


def test_continuing_after_somebody_else_has_saved_shows_both(browser):
    draft = posting(status=S.DRAFT)
    mine, theirs = browser(draft.recruiter), browser(draft.hiring_manager)
    before = typed(draft, place="Mine")
    mine.post(f"/postings/{draft.id}/draft", data=before)
    theirs.post(f"/postings/{draft.id}/edit", data=typed(draft, place="Theirs"))

    assert f'value="{before["seen"]}"' in mine.get(f"/postings/{draft.id}/edit?draft=1").text
    answer = mine.post(f"/postings/{draft.id}/edit", data=before)

    assert answer.status_code == 409
    assert "Theirs" in answer.text
    assert "Mine" in answer.text


def test_who_may_not_write_it_keeps_no_draft(browser):
    public, hidden = posting(), posting(status=S.DRAFT)

    assert kept(browser(public.hiring_manager), public).status_code == 403
    assert kept(browser(user(Role.SUPERVISOR)), hidden).status_code == 404
    assert kept(browser(public.recruiter), posting(status=S.CLOSED)).status_code == 409


def test_two_tabs_do_not_overwrite_what_the_other_has_kept(browser):
    draft = posting(status=S.DRAFT)
    client = browser(draft.recruiter)
    first = kept(client, draft, **{"part_vision-en": "In the first tab"})
    assert kept(client, draft, kept=first.json["kept"]).status_code == 200

    other = kept(client, draft, **{"part_vision-en": "In the second tab", "kept": ""})

    assert other.status_code == 409
    assert other.json["stale"]
    assert "kept" not in other.json["stored"]
    assert kept(client, draft, kept=other.json["kept"]).status_code == 200, "once it is chosen it goes on"
    assert kept(client, draft, kept="resumed").status_code == 200

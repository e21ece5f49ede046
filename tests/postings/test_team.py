"""The hiring team: who is in it, what they see, what they do not."""

from __future__ import annotations

import pytest
from lxml import html

from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.history import audit
from rmhr.models.accounts import Role
from rmhr.models.postings import PostingStatus as S
from rmhr.models.postings import TeamPart
from rmhr.postings import operations
from tests.factories.accounts import user
from tests.factories.postings import posting


def test_people_are_added_get_another_part_and_go_again(browser):
    row = posting(status=S.DRAFT)
    helper = user(Role.INTERVIEWER, Role.HR, name="Hilke Harms")
    client, address = browser(row.recruiter), f"/postings/{row.id}/team"

    page = client.post(
        address, data={"user_id": helper.id, "part": "interviewer"}, follow_redirects=True
    ).text
    assert "Hiring team changed" in page
    assert "Hilke Harms" in page
    operations.team.add_to_team(row.recruiter, row, user=helper, part=TeamPart.RECRUITER)
    assert [(each.user, each.part) for each in row.team] == [(helper, TeamPart.RECRUITER)]

    client.post(f"{address}/{row.team[0].id}/remove")
    assert row.team == []
    assert client.post(f"{address}/999999/remove").status_code == 404


def test_who_joins_is_told_once_and_the_history_of_the_posting_names_who_came_and_went(browser, mails):
    row = posting(status=S.DRAFT)
    helper = user(Role.INTERVIEWER, Role.HR, name="Hilke Harms", language="de")
    operations.team.add_to_team(row.recruiter, row, user=helper, part=TeamPart.INTERVIEWER)
    operations.team.add_to_team(row.recruiter, row, user=helper, part=TeamPart.RECRUITER)

    (mail,) = [each for each in mails() if each.kind == "postings.joined"]
    assert mail.to_address == helper.email
    assert mail.subject.startswith("Sie gehören zum Auswahlteam: ")
    assert "Interviewer" in mail.text
    assert f"/postings/{row.id}" in mail.text

    operations.team.remove_from_team(row.recruiter, row, member=row.team[0])
    told = [(str(each.sentence), each.about, each.mark) for each in audit.timeline(row)]
    assert told[:2] == [
        ("Taken out of the hiring team", ("Hilke Harms",), False),
        ("Hiring team changed", ("Hilke Harms",), False),
    ]
    assert "Taken out of the hiring team" in browser(row.recruiter).get(f"/postings/{row.id}").text


def test_every_page_of_a_posting_leads_to_the_others(browser):
    row = posting(status=S.PUBLISHED)
    client = browser(row.recruiter)
    pages = [f"/postings/{row.id}{part}" for part in ("", "/coach", "/sources", "/team")]

    for address in pages:
        tabs = html.fromstring(client.get(address).text).xpath("//nav[contains(@class, 'views')]//a")
        found = [each.get("href") for each in tabs]
        assert [each for each in found if each in pages] == pages
        assert [each.get("href") for each in tabs if each.get("aria-current")] == [address]
        assert f"/applications/?posting={row.id}" in found


def test_interviewers_see_the_draft_they_work_on_and_do_not_edit_it(browser):
    row, other = posting(status=S.DRAFT), posting(status=S.DRAFT)
    helper = user(Role.INTERVIEWER)
    operations.team.add_to_team(row.recruiter, row, user=helper, part=TeamPart.INTERVIEWER)
    client = browser(helper)

    assert client.get(f"/postings/{row.id}").status_code == 200
    assert client.get(f"/postings/{row.id}/preview").status_code == 200
    assert client.get(f"/postings/{row.id}/edit").status_code == 403
    assert client.get(f"/postings/{row.id}/team").status_code == 403
    assert client.get(f"/postings/{row.id}/versions").status_code == 403
    assert client.get(f"/postings/{other.id}").status_code == 404
    with pytest.raises(NotAllowed):
        operations.team.add_to_team(helper, row, user=user(Role.HR), part=TeamPart.RECRUITER)


def test_the_part_needs_the_role_and_who_leads_is_in_it_already():
    row = posting()

    with pytest.raises(NotPossible, match="lacks the role"):
        operations.team.add_to_team(row.recruiter, row, user=user(Role.HR), part=TeamPart.INTERVIEWER)
    with pytest.raises(NotPossible, match="lacks the role"):
        operations.team.add_to_team(row.recruiter, row, user=user(Role.INTERVIEWER), part=TeamPart.RECRUITER)
    with pytest.raises(NotPossible, match="leads this selection"):
        operations.team.add_to_team(row.recruiter, row, user=row.recruiter, part=TeamPart.RECRUITER)


def test_the_hiring_manager_changes_the_team_and_others_do_not(browser):
    row = posting()

    assert browser(row.hiring_manager).get(f"/postings/{row.id}/team").status_code == 200
    assert browser(user(Role.SUPERVISOR)).get(f"/postings/{row.id}/team").status_code == 403


def test_recruiters_who_help_are_told_what_the_recruiter_is_told():
    row = posting()
    helper = user(Role.HR)
    operations.team.add_to_team(row.recruiter, row, user=helper, part=TeamPart.RECRUITER)
    operations.team.add_to_team(row.recruiter, row, user=user(Role.INTERVIEWER), part=TeamPart.INTERVIEWER)

    assert row.recruiters == [row.recruiter, helper]


@pytest.mark.parametrize("wrong", ["²", "x", "-1", "99999999999999999999", "\x00"])
def test_whoever_sends_something_that_was_not_offered_is_told(browser, wrong):
    row = posting(status=S.DRAFT)
    answer = browser(row.recruiter).post(
        f"/postings/{row.id}/team", data={"user_id": wrong, "part": "interviewer"}
    )

    assert answer.status_code == 422
    if wrong != "\x00":  # of a sign that no text has nothing is left: nobody was chosen
        assert "Not a valid choice." in answer.text
    assert row.team == []

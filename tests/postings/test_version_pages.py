"""The page of versions: since when, what changed, who stays with which."""

from __future__ import annotations

from rmhr.core.i18n import Words
from rmhr.models.accounts import Role
from rmhr.models.criteria import Importance
from rmhr.models.postings import SectionKind
from rmhr.postings import changes, operations
from rmhr.postings.workflow import POSTINGS
from tests.factories.accounts import unit, user
from tests.factories.applications import application
from tests.factories.postings import posting

from .test_editor import typed


def changed():
    """A posting with one application to its first version and two to its second."""
    row = posting()
    application(posting=row)
    POSTINGS.perform(row.recruiter, row, "rework")
    operations.postings.revise(
        row.recruiter,
        row,
        facts={"title": Words.both("Adviser (f/m/x)", "Relationship Manager (m/w/d)"), "pay_max": 80_000_00},
        sections={SectionKind.VISION: Words.both("A new vision.", "Eine neue Vision.")},
        criteria=[
            {"text": Words.both("Banking training", "Bankausbildung"), "importance": Importance.MUST},
            {"text": Words.both("Swedish", "Schwedisch"), "importance": Importance.NICE},
        ],
        questions=[],
        further_places=[(unit(name="Kiel").id, "Kiel")],
    )
    application(posting=row)
    application(posting=row)
    return row


def test_what_changed_is_said_field_by_field_and_only_that():
    new, old = changes.history(changed())

    assert old.changes == []
    said = {str(change.label): (change.before, change.after) for change in new.changes}
    assert said["Title"] == (
        [("English", "Relationship Manager (f/m/x)")],
        [("English", "Adviser (f/m/x)")],
    ), "the German title is the same"
    assert said["Pay"][1] == [("", "€58,000 to 80,000 a year")]
    assert said["Places"] == ([], [("", "Kiel")])
    assert said["Our vision"][1] == [("English", "A new vision."), ("German", "Eine neue Vision.")]
    assert said["Criteria"] == (
        [("", "Experience with clients (Must)"), ("", "Danish (Nice to have)")],
        [("", "Swedish (Nice to have)")],
    )
    assert len(said["Questions for applicants"][0]) == 3
    assert said.keys() == {"Title", "Pay", "Places", "Our vision", "Criteria", "Questions for applicants"}


def test_the_page_counts_who_applied_to_each(browser):
    row = changed()

    page = browser(row.recruiter).get(f"/postings/{row.id}/versions").text

    assert "Version 2" in page
    assert "2 applications" in page
    assert "1 application<" in page
    assert "As it was first written." in page
    assert f"/postings/{row.id}/versions" in browser(row.recruiter).get(f"/postings/{row.id}").text


def test_saving_says_which_version_begins_and_who_stays(browser):
    row = posting()
    application(posting=row)
    application(posting=row)
    data = typed(row, **{"part_benefits-en": "A bicycle"})

    page = browser(row.recruiter).post(f"/postings/{row.id}/edit", data=data, follow_redirects=True).text

    assert "Version 2 begins; 2 applications stay with version 1." in page


def test_a_change_of_places_begins_a_version_and_one_of_the_phone_does_not():
    row = posting()
    application(posting=row)

    operations.postings.revise(row.recruiter, row, facts={"contact_phone": "040 1"}, sections={})
    assert len(row.versions) == 1
    kiel = unit(name="Kiel")
    operations.postings.revise(row.recruiter, row, facts={}, sections={}, further_places=[(kiel.id, "Kiel")])
    assert len(row.versions) == 2


def test_who_does_not_recruit_for_it_does_not_read_it(browser):
    row = posting()

    assert browser(row.hiring_manager).get(f"/postings/{row.id}/versions").status_code == 200
    assert browser(user(Role.SUPERVISOR)).get(f"/postings/{row.id}/versions").status_code == 403

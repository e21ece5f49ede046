"""What the hiring manager reads."""

from __future__ import annotations

from datetime import date

from rmhr.core.i18n import Words
from rmhr.models.accounts import Role
from rmhr.models.postings import PostingStatus as S
from rmhr.postings.workflow import POSTINGS
from tests.factories.accounts import user
from tests.factories.postings import posting


def test_the_hiring_manager_reads_that_it_is_online(mails):
    draft = posting(
        status=S.APPROVED,
        closes_on=date(2099, 12, 11),
        hiring_manager=user(Role.SUPERVISOR, name="Tomas Lind"),
        recruiter=user(Role.HR, name="Anna Kessler"),
    )

    POSTINGS.perform(draft.recruiter, draft, "publish")

    (mail,) = mails()
    assert mail.subject == "Your posting is online: Relationship Manager (f/m/x), Hamburg-Altona"
    assert "Dear Tomas Lind," in mail.text
    assert "Anna Kessler has published the posting" in mail.text
    assert "Friday 11 December 2099" in mail.text
    assert f"/postings/{draft.id}" in mail.text
    assert f"/careers/{draft.slug}" in mail.text


def test_in_german_it_is_german_whoever_published(mails):
    draft = posting(
        status=S.APPROVED,
        title=Words.both("RM <b>(f/m/x)</b>", "RM <b>(m/w/d)</b>"),
        hiring_manager=user(Role.SUPERVISOR, language="de"),
    )

    POSTINGS.perform(draft.recruiter, draft, "publish")

    (mail,) = mails()
    assert mail.language == "de"
    assert mail.subject.startswith("Ihre Stellenausschreibung ist online: RM <b>(m/w/d)</b>")
    assert "Guten Tag" in mail.text
    assert "<b>(m" not in mail.html

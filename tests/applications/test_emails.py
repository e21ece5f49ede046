"""What applicants read, word for word."""

from __future__ import annotations

import re

from rmhr.applications import notifications
from rmhr.core.mail import outbox
from tests.factories import applications

DE = """Guten Tag Maren Oltmanns,

vielen Dank für Ihre Bewerbung. Sie ist bei uns eingegangen."""


def test_the_acknowledgement_names_the_day_and_brings_the_link():
    it = applications.application(applicant=applications.applicant(name="Maren Oltmanns", language="de"))

    (mail,) = outbox.queue(notifications.RECEIVED, it)

    assert mail.subject == "Ihre Bewerbung ist eingegangen: Relationship Manager (m/w/d)"
    assert mail.text.startswith(DE)
    assert "Antwort bis: " in mail.text
    assert re.search(r"/careers/my-application/[\w-]{43}\n", mail.text)
    assert it.posting.recruiter.email in mail.text


def test_every_mail_brings_a_link_of_its_own():
    it = applications.application()

    texts = [outbox.queue(notifications.SHORTLISTED, it)[0].text for _time in range(2)]

    found = {re.search(r"my-application/([\w-]+)", text)[1] for text in texts}
    assert len(found) == 2


def test_a_name_is_never_markup():
    it = applications.application(applicant=applications.applicant(name="<b>Bobby</b> & %(link)s"))

    (mail,) = outbox.queue(notifications.RECEIVED, it)

    assert "<b>Bobby" not in mail.html
    assert "<b>Bobby</b> & %(link)s" in mail.text

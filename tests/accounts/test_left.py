"""Nobody who left is invited, reminded, named as somebody to ask, or offered in a choice: every page is walked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from flask import Flask

from rmhr.accounts import operations
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.mail import outbox
from rmhr.models.accounts import Role, User
from rmhr.models.postings import PostingStatus
from rmhr.postings import notifications
from rmhr.reminders import engine
from tests.accounts.test_employment import everything_hangs_on
from tests.factories import accounts as factories
from tests.factories import applications
from tests.factories.postings import posting

GONE = "Paul Alt"


@pytest.fixture
def gone(app: Flask) -> User:
    """Somebody who left yesterday and from whom nobody has taken over anything."""
    leaver, _heir = everything_hangs_on()
    operations.people.leave(factories.user(Role.HR), leaver, on=clock.today() - timedelta(days=1))
    db.session.commit()
    return leaver


def addresses(app: Flask) -> list[str]:
    """Every page that a GET opens, with the first few numbers as ids."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint.startswith(("styleguide", "static")):
            continue
        if rule.endpoint.endswith(("export", "html", "calendar", "picture")):
            continue  # files
        if not rule.arguments:
            found.append(rule.rule)
        elif rule.arguments == {"id"}:
            found += [rule.rule.replace("<int:id>", str(id)) for id in (1, 2)]
    return found


def test_no_page_offers_somebody_who_left_as_a_choice(app: Flask, browser: Any, gone: User) -> None:
    client = browser(factories.user(*Role))
    forms, offering = 0, []
    for address in addresses(app):
        with client.get(address) as answer:
            if answer.status_code != 200 or answer.mimetype != "text/html":
                continue
            page = lxml.html.fromstring(answer.text)
        choices = [each.text_content().strip() for each in page.xpath("//select//option")]
        forms += bool(choices)
        offering += [f"{address}: {each}" for each in choices if each.startswith(GONE)]
    assert forms > 10
    assert offering == []


def test_strangers_and_applicants_are_named_somebody_who_is_here(browser: Any, gone: User) -> None:
    it = posting(recruiter=gone, hiring_manager=factories.user(Role.SUPERVISOR, name="Tomas Lind"))
    person = applications.applicant()
    applications.application(posting=it, applicant=person)
    public = browser(None).get(f"/careers/{it.slug}").text
    assert GONE not in public
    assert "Tomas Lind" in public
    status = applications.holder(browser(None), person).get("/careers/my-application").text
    assert GONE not in status
    inside = browser(factories.user(Role.RM)).get(f"/jobs/{it.slug}").text
    assert GONE not in inside


def test_nobody_writes_to_somebody_who_left(gone: User) -> None:
    it = posting(status=PostingStatus.APPROVED, recruiter=gone)
    assert outbox.queue(notifications.APPROVED, it) == []
    assert len(outbox.queue(notifications.PUBLISHED, it)) == 1
    assert sources.for_person(gone.id), "they owed something"
    told = 0
    for days in range(40):
        waiting = engine.waiting(clock.today() + timedelta(days=days))
        told += len(waiting)
        assert gone.id not in {reminder.recipient.id for reminder in waiting}
    assert told

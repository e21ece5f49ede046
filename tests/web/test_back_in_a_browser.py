"""Back after a form: no page that the browser refuses to show, and no alarm about what was done."""

from __future__ import annotations

import pytest

from rmhr.core.db import db
from rmhr.models.accounts import Role
from tests.factories.accounts import user
from tests.factories.postings import requisition

pytestmark = pytest.mark.browser


def test_back_to_a_form_that_was_corrected_opens_it_anew(live, signed_in):
    with live.app.app_context():
        hr = user(Role.HR).id
    page = signed_in(hr)
    page.goto("/units/new")
    page.locator("main [type=submit]").click()
    page.locator("main .errors").wait_for()
    page.locator("main [name=name]").fill("Harburg")
    page.locator("main [type=submit]").click()
    page.wait_for_url("**/units")

    page.go_back()

    assert page.locator("h1").inner_text()
    assert page.locator("main [name=name]").is_visible()
    assert not page.locator("main .errors").count()


def test_back_to_a_question_that_was_answered_says_how_things_stand(live, signed_in):
    with live.app.app_context():
        row = requisition()
        row_id, hr = row.id, user(Role.HR).id
        db.session.commit()
    page = signed_in(hr)
    page.goto(f"/requisitions/{row_id}/cancel")
    page.locator("main [name=note]").fill("Nobody is needed any more.")
    page.locator("main [type=submit]").click()
    page.wait_for_url(f"**/requisitions/{row_id}")

    page.go_back()

    assert page.locator("h1").inner_text() == "This cannot be done now"
    page.get_by_role("link", name="See its present state").click()
    page.wait_for_url(f"**/requisitions/{row_id}")

"""The pages: what is filled in and by whom, a text from its draft to its approval, what strangers read of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.applications import notifications
from rmhr.core import clock, registry
from rmhr.core.errors import NotPossible
from rmhr.core.mail import outbox
from rmhr.duties import operations, queries
from rmhr.duties.queries import texts
from rmhr.models.accounts import Role
from rmhr.models.duties import Answer, TextKind, TextStatus
from tests.factories import applications, duties, postings
from tests.factories.accounts import user
from tests.support.html import Html

PAGE = "/admin/bank/edit"


def test_an_administrator_fills_it_in_piece_by_piece(session, browser):
    client = browser(user(Role.ADMIN))
    assert client.post(PAGE, data={"name": "Nordhaven Bank AG", "town": "Hamburg"}).status_code == 303
    page = Html(client.get("/admin/bank"))
    assert "Nordhaven Bank AG" in page.words("#main")
    assert "Street and number of the bank" in page.words("#main")
    assert "The bank and its duties saved" in page.words("#main")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("vat_id", "22/123/45678", "DE and nine digits"),
        ("officer_email", "privacy@", "complete e-mail address"),
    ],
)
def test_what_cannot_be_right_is_said(session, browser, field, value, words):
    answer = browser(user(Role.ADMIN)).post(PAGE, data={field: value})
    assert answer.status_code == 422
    assert words in Html(answer).words(".errors")
    assert queries.bank.row() is None


@pytest.mark.parametrize("public", [{"public_employer": "yes"}, {"legal_form": "public"}])
@pytest.mark.parametrize(("language", "words"), [("en", "staff council"), ("de", "Personalrat")])
def test_a_public_employer_has_no_works_council(session, browser, public, language, words):
    client = browser(user(Role.ADMIN, language=language))
    said = {"name": "Sparkasse Förde", "works_council": "yes", **public}
    answer = client.post(PAGE, data=said)
    assert answer.status_code == 422
    page = Html(answer)
    assert words in page.words(".errors")
    assert page.one("input[name=name]").get("value") == "Sparkasse Förde"
    assert client.post(PAGE, data=said | {"works_council": "no"}).status_code == 303
    with pytest.raises(NotPossible, match="130 BetrVG"):
        operations.fill_in(user(Role.ADMIN), queries.bank.row(), facts={"works_council": Answer.YES})


def test_a_text_goes_from_draft_to_approval(session, browser):
    duties.text(TextKind.CONFIRMATION)
    client = browser(user(Role.HR))
    new = {
        "text-en": "Hello {name},\n\n{facts}\n\n{button}",
        "text-de": "Hallo {name},\n\n{facts}\n\n{button}",
    }
    sent = client.post("/admin/texts/confirmation/edit", data={**new, "reason": "Shorter."})
    assert sent.status_code == 303
    page = Html(client.get(sent.location))
    assert any("Hello" in words for words in page.texts(".change__sides"))
    draft = texts.on_its_way(TextKind.CONFIRMATION)
    day = clock.today() + timedelta(days=1)
    move = f"/admin/texts/version/{draft.id}/move"
    assert client.post(f"{move}/submit", data={"valid_from": day.isoformat()}).status_code == 302
    assert client.post(f"{move}/approve", data={}).status_code == 403
    assert browser(user(Role.COMPLIANCE)).post(f"{move}/approve", data={}).status_code == 302
    assert draft.status is TextStatus.APPROVED


def test_a_text_needs_both_languages(session, browser):
    answer = browser(user(Role.HR)).post(
        "/admin/texts/supervisor_consent/edit", data={"text-en": "I agree.", "text-de": "", "reason": "New."}
    )
    assert answer.status_code == 422
    assert "both languages" in Html(answer).words(".errors")


def test_the_imprint_says_who_the_bank_is(session, browser):
    duties.bank()
    words = Html(browser().get("/careers/imprint")).words("#main")
    for said in ("Speicherkai 4, 20457 Hamburg", "HRB 12345", "DE123456789", "Rune Dahl", "BaFin"):
        assert said in words


def test_the_notice_that_strangers_read_is_the_one_in_force(session, browser):
    duties.in_place()
    page = Html(browser().get("/careers/privacy"))
    assert "Version 1" in page.words("#main")
    assert "privacy@bank.example" in page.words("#main")
    assert "Your right to object" in page.texts("h2")


def test_nobody_applies_by_a_notice_that_has_changed_meanwhile(session, browser):
    posting = postings.posting()
    client = browser()
    old = texts.in_force(TextKind.PRIVACY_NOTICE)
    duties.text(text=texts.starter(TextKind.PRIVACY_NOTICE))
    answer = client.post(f"/careers/{posting.slug}/apply", data={"notice": str(old.id), "read": "y"})
    assert answer.status_code == 422
    assert "privacy notice has changed" in Html(answer).words(".errors")


def test_letters_to_applicants_say_of_the_bank_what_law_asks_for(session):
    (message,) = outbox.queue(notifications.RECEIVED, applications.application())
    for said in ("Speicherkai 4, 20457 Hamburg", "Amtsgericht Hamburg HRB 12345", "Karla Holm"):
        assert said in message.text


def test_a_letter_keeps_which_version_it_was_and_its_page_names_it(session, browser):
    version = duties.text(TextKind.CONFIRMATION)
    (message,) = outbox.queue(notifications.RECEIVED, applications.application())
    assert message.text_id == version.id
    session.commit()
    page = Html(browser(user(Role.ADMIN)).get(f"/admin/mail/{message.id}"))
    assert f"/admin/texts/version/{version.id}" in page.attributes("#main a", "href")


def test_of_a_letter_as_the_product_brought_it_the_page_says_that_nobody_approved_it(session, browser):
    product = duties.text(TextKind.REJECTION, approved_at=None)
    own = duties.text(TextKind.REJECTION, approved_by_id=user(Role.COMPLIANCE, name="Ada Lind").id)
    session.commit()
    client = browser(user(Role.HR))
    page = Html(client.get(f"/admin/texts/version/{product.id}"))
    assert "Nobody of the bank has approved this version" in page.words("#main .notice")
    assert "Approved by Nobody of the bank" in page.words("#main aside .facts")
    page = Html(client.get(f"/admin/texts/version/{own.id}"))
    assert "Nobody of the bank" not in page.words("#main")
    assert "Approved by Ada Lind" in page.words("#main aside .facts")
    rows = Html(client.get("/admin/texts/rejection")).texts("#main aside tbody tr")
    assert ["Approved by nobody of the bank" in row for row in rows] == [False, True]


def test_the_list_names_the_mails_that_are_no_letters_and_why(session, browser):
    page = Html(browser(user(Role.HR)).get("/admin/texts"))
    for name, notice in registry.NOTICES.items():
        assert not notice.no_letter or str(notice.no_letter) in page.words("#main details"), name

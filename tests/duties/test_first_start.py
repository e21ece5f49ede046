"""A fresh bank: led from an empty page to its first job in public."""

from __future__ import annotations

from rmhr.core import clock
from rmhr.duties import content, queries
from rmhr.models.accounts import Role
from rmhr.models.duties import BankDuties, BankText, TextKind
from rmhr.models.postings import PostingStatus
from tests.factories import duties, postings
from tests.factories.accounts import user
from tests.support.html import Html

FILLED = {
    "name": "Nordhaven Bank eG",
    "street": "Speicherkai 4",
    "postcode": "20457",
    "town": "Hamburg",
    "email": "post@bank.example",
    "officer_email": "privacy@bank.example",
    "authority": "Data Protection Authority",
    "processors-en": "- Kai IT: hosting",
    "processors-de": "- Kai IT: Rechenzentrum",
    "third_countries": "no",
    "legal_form": "cooperative",
    "seat": "Hamburg",
    "register_court": "Amtsgericht Hamburg",
    "register_number": "GnR 1234",
    "management": "Rune Dahl",
    "supervision": "BaFin, Bonn",
    "works_council": "no",
    "representative": "no",
}


def empty(session) -> None:
    """What a factory of postings has put in place is not there yet."""
    with duties.changing():
        for row in (*session.query(BankText), *session.query(BankDuties)):
            session.delete(row)


def test_a_fresh_bank_is_led_to_its_first_job(session, browser):
    posting = postings.posting(status=PostingStatus.APPROVED)
    empty(session)
    content.load()
    session.commit()
    admin, recruiter = browser(user(Role.ADMIN)), browser(posting.recruiter)
    second = browser(user(Role.COMPLIANCE))

    refused = recruiter.post(f"/postings/{posting.id}/publish", data={"seen": "approved"})
    assert refused.status_code == 409
    assert "The bank and its duties" in refused.text
    page = Html(recruiter.get(f"/postings/{posting.id}"))
    assert "Before the first job goes public" in page.words("body")

    assert admin.post("/admin/bank/edit", data=FILLED).status_code == 303
    refused = recruiter.post(f"/postings/{posting.id}/publish", data={"seen": "approved"})
    assert "privacy notice" in refused.text

    draft = queries.texts.on_its_way(TextKind.PRIVACY_NOTICE)
    move = f"/admin/texts/version/{draft.id}/move"
    assert admin.post(f"{move}/submit", data={"valid_from": clock.today().isoformat()}).status_code == 302
    assert second.post(f"{move}/approve", data={}).status_code == 302

    assert recruiter.post(f"/postings/{posting.id}/publish", data={"seen": "approved"}).status_code == 302
    session.refresh(posting)
    assert posting.is_open
    words = Html(browser().get("/careers/privacy")).words("#main")
    assert "Nordhaven Bank eG, Speicherkai 4, 20457 Hamburg" in words
    assert "works council, which" not in words
    assert "Your data are not sent to third countries." in words

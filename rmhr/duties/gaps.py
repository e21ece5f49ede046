"""What the bank has not said yet of what law asks it to say, and which of it keeps its jobs from the public."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rmhr.core.i18n import Words, _, gettext
from rmhr.models.duties import Answer, BankDuties, LegalForm, TravelCosts

#: Legal forms whose letters name a register, and those that name a supervisory board (sections 80 AktG, 25a GenG).
REGISTERED = frozenset(LegalForm) - {LegalForm.OPEN, LegalForm.PUBLIC, LegalForm.OTHER}
BOARD = frozenset({LegalForm.STOCK, LegalForm.SHARES, LegalForm.EUROPEAN, LegalForm.COOPERATIVE})


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: what, in which field it is filled in, which law asks for it."""

    words: Any
    field: str
    law: Any
    blocks: bool = True  # no job goes public without it


def nothing_said() -> BankDuties:
    """The row before anybody has filled it in: nothing that is stored."""
    made = BankDuties(
        id=1,
        version=0,
        processors=Words(),
        third_countries_words=Words(),
        travel_limits=Words(),
        employment_terms=Words(),
    )
    for column in BankDuties.__table__.columns:
        first: Any = column.default
        if first is not None and first.is_scalar:
            setattr(made, column.key, first.arg)
    return made


def gaps(duties: BankDuties | None, *, own_imprint: bool = True) -> list[Gap]:
    """All that is missing, in the order of the form. `own_imprint`: the imprint is a page of the career site."""
    said = duties or nothing_said()
    return [*_controller(said), *_protection(said), *_business(said, own_imprint), *_applicants(said)]


def _controller(it: BankDuties) -> Iterator[Gap]:
    law = _("Art. 13(1)(a) GDPR")
    for field, words in (
        ("name", _("The registered name of the bank")),
        ("street", _("Street and number of the bank")),
        ("postcode", _("The bank’s postcode")),
        ("town", _("The bank’s town")),
        ("email", _("The bank’s e-mail address")),
    ):
        if not getattr(it, field):
            yield Gap(words, field, law)
    if not it.phone:
        yield Gap(_("The bank’s phone number"), "phone", _("section 5 DDG"), blocks=False)


def _protection(it: BankDuties) -> Iterator[Gap]:
    if not (it.officer_email or it.officer_phone):
        yield Gap(_("How to reach the data protection officer"), "officer_email", _("Art. 13(1)(b) GDPR"))
    if not it.authority:
        words = _("The supervisory authority for data protection")
        yield Gap(words, "authority", _("Art. 13(2)(d) GDPR"))
    if it.processors.missing():
        yield Gap(
            _("Who processes data for the bank, in both languages"), "processors", _("Art. 13(1)(e) GDPR")
        )
    if it.third_countries is Answer.OPEN:
        yield Gap(_("Whether data go to third countries"), "third_countries", _("Art. 13(1)(f) GDPR"))
    elif it.third_countries is Answer.YES and it.third_countries_words.missing():
        words = _("To which third countries, and on what ground, in both languages")
        yield Gap(words, "third_countries_words", _("Art. 13(1)(f) GDPR"))


def _business(it: BankDuties, own_imprint: bool) -> Iterator[Gap]:
    law = _("section 5 DDG; section 80 AktG, 35a GmbHG or 25a GenG")
    wanted = [("legal_form", _("The legal form of the bank"), it.legal_form is LegalForm.OPEN)]
    wanted += [
        ("seat", _("The seat of the bank"), not it.seat),
        ("management", _("Who leads and represents the bank"), not it.management),
        ("supervision", _("Who supervises the bank, with address"), not it.supervision),
    ]
    if it.legal_form in REGISTERED:
        court = not (it.register_court and it.register_number)
        wanted.append(("register_court", _("Court and number of the register"), court))
    for field, words, missing in wanted:
        if missing:
            yield Gap(words, field, law, blocks=own_imprint)
    if it.legal_form in BOARD and not it.board_chair:
        yield Gap(_("The chair of the supervisory board"), "board_chair", law, blocks=False)


def _applicants(it: BankDuties) -> Iterator[Gap]:
    if it.travel_costs is TravelCosts.OPEN:
        yield Gap(
            _("What the bank pays for travelling to interviews"),
            "travel_costs",
            _("section 670 BGB"),
            blocks=False,
        )
    elif it.travel_costs is TravelCosts.LIMITED and it.travel_limits.missing():
        words = _("The limits within which travel is paid, in both languages")
        yield Gap(words, "travel_limits", _("section 670 BGB"), blocks=False)
    if it.employment_terms.missing():
        words = _("The terms that hold for every offer, in both languages")
        yield Gap(words, "employment_terms", _("section 2 NachwG"), blocks=False)
    if not it.complaints:
        yield Gap(_("The body for complaints"), "complaints", _("section 13 AGG"), blocks=False)
    for field, contact, words in (
        ("works_council", "works_council_contact", _("Whether there is a works council")),
        ("representative", "representative_contact", _("Whether there is a representative body")),
    ):
        if getattr(it, field) is Answer.OPEN:
            yield Gap(words, field, _("Art. 13(1)(e) GDPR"))
        elif getattr(it, field) is Answer.YES and not getattr(it, contact):
            words = _("How to reach the works council")
            if field == "representative":
                words = _("How to reach the representative body")
            yield Gap(words, contact, _("section 99 BetrVG, section 164 SGB IX"), blocks=False)
    if no_works_council(it.works_council, it.public_employer, it.legal_form):
        words = _("Whether there is a works council or, at a public employer, a staff council")
        yield Gap(words, "works_council", _("section 130 BetrVG"), blocks=False)
    yield from _addresses(it)
    if it.public_employer is Answer.OPEN:
        words = _("Whether the bank is a public employer")
        yield Gap(words, "public_employer", _("section 165 SGB IX"), blocks=False)


def no_works_council(council: Answer, public_employer: Answer, legal_form: LegalForm) -> str | None:
    """Why there cannot be a works council, in words that say what to answer; or None."""
    if council is Answer.YES and (public_employer is Answer.YES or legal_form is LegalForm.PUBLIC):
        return gettext(
            "A public employer and an institution under public law have a staff council by the law of the federation "
            "or their state, no works council (section 130 BetrVG). Answer no, or correct what kind of employer the "
            "bank is."
        )
    return None


def _addresses(it: BankDuties) -> Iterator[Gap]:
    """Where there is such a body: where the product writes to it."""
    for field, there, words in (
        ("works_council_email", it.works_council, _("The e-mail address of the works council")),
        ("representative_email", it.representative, _("The e-mail address of the representative body")),
    ):
        if there is Answer.YES and not getattr(it, field):
            yield Gap(words, field, _("section 164(1) sentence 4 SGB IX"), blocks=False)
    if it.quota is Answer.OPEN and Answer.YES in (it.works_council, it.representative):
        words = _("Whether the bank employs as many severely disabled people as law asks for")
        yield Gap(words, "quota", _("section 164(1) sentence 7 SGB IX"), blocks=False)


def why_not_public(duties: BankDuties | None, *, notice: bool, own_imprint: bool) -> str | None:
    """Why no job can go public yet, in words that say where that is put right; or None.

    `notice`: whether somebody in the bank has approved the privacy notice that is in force.
    """
    missing = [str(gap.words) for gap in gaps(duties, own_imprint=own_imprint) if gap.blocks]
    said = []
    if missing:
        said.append(
            gettext(
                "Law asks the bank to tell applicants more than is filled in. Missing: %(what)s. An administrator "
                "fills it in under “The bank and its duties”.",
                what=", ".join(missing),
            )
        )
    if not notice:
        said.append(
            gettext(
                "Two people of the bank have to approve its privacy notice for applicants first, under “Texts of the "
                "bank”."
            )
        )
    return " ".join(said) or None

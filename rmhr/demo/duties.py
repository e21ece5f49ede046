"""What the demo bank has said of itself, and its texts: approved by two people before anything was advertised."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.i18n import Words
from rmhr.demo.building import at_work, day, person
from rmhr.duties import operations
from rmhr.duties.queries import texts
from rmhr.duties.workflow import TEXTS
from rmhr.models.accounts import Role, User, UserRole
from rmhr.models.duties import Answer, BankText, LegalForm, TextKind, TextStatus, TravelCosts

SAID: dict[str, Any] = {
    "name": "Nordhaven Bank AG",
    "street": "Speicherkai 4",
    "postcode": "20457",
    "town": "Hamburg",
    "email": "post@bank.example",
    "phone": "+49 40 5550 0",
    "officer": "Ida Voss",
    "officer_email": "datenschutz@bank.example",
    "officer_phone": "+49 40 5550 118",
    "authority": "Der Hamburgische Beauftragte für Datenschutz und Informationsfreiheit",
    "authority_address": "Ludwig-Erhard-Straße 22, 20459 Hamburg",
    "authority_url": "https://datenschutz-hamburg.de",
    "processors": Words.both(
        en="- Kai IT GmbH, Hamburg: runs the servers and the mail server",
        de="- Kai IT GmbH, Hamburg: betreibt die Server und den Mailserver",
    ),
    "third_countries": Answer.NO,
    "legal_form": LegalForm.STOCK,
    "seat": "Hamburg",
    "register_court": "Amtsgericht Hamburg",
    "register_number": "HRB 99912",
    "management": "Rune Dahlgaard (Vorsitz), Lea Brinkmann, Peer Husmann",
    "board_chair": "Karla Holmstedt",
    "vat_id": "DE999999999",
    "supervision": "Bundesanstalt für Finanzdienstleistungsaufsicht (BaFin), Graurheindorfer Straße 108, 53117 Bonn",
    "travel_costs": TravelCosts.LIMITED,
    "travel_limits": Words.both(
        en="We refund a second-class train ticket up to €150. Please send us the receipt within a month.",
        de="Wir erstatten eine Bahnfahrt zweiter Klasse bis 150 €. Bitte senden Sie uns den Beleg innerhalb eines "
        "Monats.",
    ),
    "employment_terms": Words.both(
        en="The first six months are a probationary period. The statutory periods of notice and 30 days of holiday a "
        "year apply; pay is due at the end of the month. The collective agreements for private banks apply.",
        de="Die ersten sechs Monate sind Probezeit. Es gelten die gesetzlichen Kündigungsfristen und 30 Urlaubstage im "
        "Jahr; das Gehalt wird zum Monatsende gezahlt. Es gelten die Tarifverträge für das private Bankgewerbe.",
    ),
    "complaints": "Beschwerdestelle nach § 13 AGG, agg@bank.example, +49 40 5550 120",
    "works_council": Answer.YES,
    "works_council_contact": "betriebsrat@bank.example",
    "works_council_email": "betriebsrat@bank.example",
    "more_than_twenty": Answer.YES,
    "representative": Answer.YES,
    "representative_contact": "sbv@bank.example",
    "representative_email": "sbv@bank.example",
    "public_employer": Answer.NO,
    "quota": Answer.NO,
}


def privacy_notice() -> BankText:
    """The notice that applicants are told on the day that the clock shows. Raises RuntimeError where there is none."""
    found = texts.in_force(TextKind.PRIVACY_NOTICE)
    if found is None:
        raise RuntimeError("the demo bank has no privacy notice in force")
    return found


def build() -> None:
    """Filled in by the administrator; each starter text submitted by them and approved by compliance."""
    nils, second = person("nils"), _compliance()
    with clock.at(at_work(day(-252), 10, 5)):
        operations.fill_in(nils, None, facts=SAID)
    drafts = sa.select(BankText).where(BankText.status == TextStatus.DRAFT).order_by(BankText.id)
    for draft in db.session.scalars(drafts).all():
        with clock.at(at_work(day(-252), 11, 30)):
            TEXTS.perform(nils, draft, "submit", valid_from=day(-251))
        with clock.at(at_work(day(-251), 9, 20)):
            TEXTS.perform(second, draft, "approve")
    _second_versions(nils, second)


def _second_versions(nils: User, second: User) -> None:
    """The next confirmation is approved and waits for its day, an invitation waits for approval, an offer is begun."""
    with clock.at(at_work(day(-9), 11, 5)):
        confirmation = _rewritten(
            nils,
            TextKind.CONFIRMATION,
            "{button}",
            Words.both(
                en="We read every application within a week.",
                de="Wir lesen jede Bewerbung innerhalb einer Woche.",
            ),
            "People call to ask when they will hear from us.",
        )
        TEXTS.perform(nils, confirmation, "submit", valid_from=day(5))
    with clock.at(at_work(day(-8), 10, 15)):
        TEXTS.perform(second, confirmation, "approve")
    with clock.at(at_work(day(-2), 15, 20)):
        invitation = _rewritten(
            nils,
            TextKind.INVITATION,
            "{button}",
            Words.both(
                en="Please plan a quarter of an hour more: first we show you the branch.",
                de="Bitte planen Sie eine Viertelstunde mehr ein: Zuerst zeigen wir Ihnen die Filiale.",
            ),
            "Candidates asked how long it takes in all.",
        )
        TEXTS.perform(nils, invitation, "submit", valid_from=day(12))
    with clock.at(at_work(day(-1), 9, 45)):
        _rewritten(
            person("anna"),
            TextKind.OFFER,
            "{button}",
            Words.both(
                en="If you would like to see your desk before you decide, call us.",
                de="Wenn Sie Ihren Arbeitsplatz vorher sehen möchten, rufen Sie uns gern an.",
            ),
            "Two candidates asked for it before they accepted.",
        )


def _rewritten(by: User, kind: TextKind, before: str, more: Words, reason: str) -> BankText:
    """A draft of the text in force with a paragraph more. Raises RuntimeError where it has no place for it."""
    now = texts.in_force(kind)
    if now is None or any(before not in said for said in now.text.values()):
        raise RuntimeError(f"the demo bank has no {kind.value} with {before} in force")
    text = Words({code: said.replace(before, f"{more[code]}\n\n{before}") for code, said in now.text.items()})
    return operations.write(by, None, kind=kind, text=text, reason=reason)


def _compliance() -> User:
    query = (
        sa.select(User).join(UserRole, UserRole.user_id == User.id).where(UserRole.role == Role.COMPLIANCE)
    )
    return db.session.scalars(query.order_by(User.id).limit(1)).one()

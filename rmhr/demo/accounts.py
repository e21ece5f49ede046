"""The demo bank's units and people: every role, known by first name to the other stages' demo."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app

from rmhr.accounts import operations
from rmhr.accounts.passwords import hashed
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.digests import digest
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.demo.building import at_work, day, just_now, person
from rmhr.models.accounts import (
    AccessLink,
    Employee,
    LinkPurpose,
    RmLevel,
    RmType,
    Role,
    Unit,
    UnitKind,
    User,
    UserRole,
)


@dataclass(frozen=True)
class SignIn:
    """A person of the demo bank, for the list that `make run` prints."""

    email: str
    what: str


SIGN_INS = (
    SignIn("anna.kessler@bank.example", "HR"),
    SignIn("tomas.lind@bank.example", "supervisor, interviewer"),
    SignIn("ilse.petersen@bank.example", "mentor, senior RM, interviewer"),
    SignIn("lena.brandt@bank.example", "new RM, third week"),
    SignIn("murat.yilmaz@bank.example", "RM (reads German)"),
    SignIn("mara.lindqvist@bank.example", "interviewer"),
    SignIn("birgit.sass@bank.example", "compliance (reads German)"),
    SignIn("nils.ohlsen@bank.example", "administrator"),
)

#: Opens the page that sets a password, for whoever wants to look at it; nobody's account in earnest.
OPEN_LINK = "a-link-of-the-demo-bank-that-opens-this-page"

#: Lena is not among them: she is hired by the demo of the stages further on.
#: key: name, roles, language, job title, unit, RM type, level, days with the bank, supervisor's key
PEOPLE: dict[str, tuple[Any, ...]] = {
    "anna": ("Anna Kessler", [Role.HR], "en", "HR business partner", "head", None, None, 2200, None),
    "tomas": (
        "Tomas Lind",
        [Role.SUPERVISOR, Role.INTERVIEWER],
        "en",
        "Head of branch",
        "altona",
        None,
        None,
        3100,
        "greta",
    ),
    "greta": (
        "Greta Sandvik",
        [Role.SUPERVISOR, Role.INTERVIEWER],
        "de",
        "Head of region",
        "north",
        None,
        None,
        4000,
        None,
    ),
    "ilse": (
        "Ilse Petersen",
        [Role.RM, Role.MENTOR, Role.INTERVIEWER],
        "en",
        "Senior Relationship Manager",
        "altona",
        RmType.PERSONAL,
        RmLevel.SENIOR,
        2900,
        "tomas",
    ),
    "murat": (
        "Murat Yılmaz",
        [Role.RM, Role.MENTOR],
        "de",
        "Relationship Manager",
        "altona",
        RmType.PERSONAL,
        RmLevel.RM,
        1900,
        "tomas",
    ),
    "oskar": (
        "Oskar Dietrich",
        [Role.RM],
        "de",
        "Relationship Manager",
        "altona",
        RmType.BUSINESS,
        RmLevel.RM,
        800,
        "tomas",
    ),
    "aylin": (
        "Aylin Çelik",
        [Role.RM],
        "en",
        "Relationship Manager",
        "kiel",
        RmType.CORPORATE,
        RmLevel.RM,
        1150,
        "greta",
    ),
    "paul": (
        "Paul Reimers",
        [Role.RM],
        "de",
        "Relationship Manager",
        "altona",
        RmType.BUSINESS,
        RmLevel.JUNIOR,
        62,
        "tomas",
    ),
    "mara": (
        "Mara Lindqvist",
        [Role.INTERVIEWER],
        "en",
        "Credit specialist",
        "head",
        None,
        None,
        1500,
        "greta",
    ),
    "birgit": ("Birgit Saß", [Role.COMPLIANCE], "de", "Compliance officer", "head", None, None, 2600, None),
    "nils": ("Nils Ohlsen", [Role.ADMIN], "en", "HR systems", "head", None, None, 1700, None),
}


def build() -> None:
    """Units and people. All have the demo password."""
    with audit.acting(SYSTEM, "accounts.invite"):
        units = _units()
        db.session.add_all(units.values())
        people: dict[str, User] = {}
        password = hashed(current_app.config["DEMO_PASSWORD"] or secrets.token_urlsafe(24))
        for key, (name, roles, language, *_rest) in PEOPLE.items():
            address = name.lower().translate(str.maketrans({"ı": "i", "ß": "ss", "ç": "c", " ": "."}))
            people[key] = User(
                name=name,
                email=f"{address}@bank.example",
                language=language,
                password_hash=password,
                session_key=secrets.token_urlsafe(16),
                role_rows=[UserRole(role=role) for role in roles],
            )
            db.session.add(people[key])
        db.session.flush()
        for key, (_name, _roles, _language, title, where, rm_type, level, days, boss) in PEOPLE.items():
            db.session.add(
                Employee(
                    user=people[key],
                    unit=units[where],
                    job_title=title,
                    rm_type=rm_type,
                    level=level,
                    started_on=day(-days),
                    supervisor_id=people[boss].id if boss else None,
                )
            )
        units["north"].head, units["altona"].head = people["greta"], people["tomas"]
        bank = units["north"].parent
        assert bank is not None
        bank.hr, bank.compliance = people["anna"], people["birgit"]
    _invite_somebody(people["anna"], units["kiel"])
    moves_on = day(20)
    with clock.at(just_now()):
        operations.employment.change_place(
            people["anna"], people["murat"], on=moves_on, unit_id=units["kiel"].id, level=RmLevel.SENIOR
        )
        # Compliance is to have a deputy; it waits for a second person.
        operations.people.grant(people["anna"], people["greta"], role=Role.COMPLIANCE)


def _invite_somebody(by: User, unit: Unit) -> None:
    """An invitation that has not been taken up for nine days."""
    starts = day(7)
    with clock.at(at_work(day(-9), 9, 40)):
        jule = operations.people.invite(
            by,
            None,
            name="Jule Hansen",
            email="jule.hansen@bank.example",
            language="de",
            roles=[Role.INTERVIEWER],
            unit_id=unit.id,
            job_title="Credit specialist",
            supervisor_id=person("greta").id,
            rm_type=None,
            level=None,
            started_on=starts,
        )
        example = AccessLink(user=jule, purpose=LinkPurpose.RESET, digest=digest(OPEN_LINK))
    example.expires_at = clock.now() + timedelta(days=365)
    db.session.add(example)


def _units() -> dict[str, Unit]:
    bank = Unit(
        name=current_app.config["BANK_NAME"], kind=UnitKind.BANK, place="Hamburg", holiday_region="DE-HH"
    )
    north = Unit(
        name="Region North", kind=UnitKind.REGION, place="Hamburg", holiday_region="DE-HH", parent=bank
    )
    return {
        "head": Unit(
            name="Head office",
            kind=UnitKind.BRANCH,
            street="Neuer Wall 40",
            postcode="20354",
            place="Hamburg",
            holiday_region="DE-HH",
            parent=bank,
        ),
        "north": north,
        "altona": Unit(
            name="Hamburg-Altona",
            kind=UnitKind.BRANCH,
            street="Große Bergstraße 162",
            postcode="22767",
            place="Hamburg",
            holiday_region="DE-HH",
            parent=north,
        ),
        "kiel": Unit(
            name="Kiel",
            kind=UnitKind.BRANCH,
            street="Holstenstraße 88",
            postcode="24103",
            place="Kiel",
            holiday_region="DE-SH",
            parent=north,
        ),
        "luebeck": Unit(
            name="Lübeck",
            kind=UnitKind.BRANCH,
            street="Breite Straße 54",
            postcode="23552",
            place="Lübeck",
            holiday_region="DE-SH",
            parent=north,
        ),
    }

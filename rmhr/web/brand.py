"""How the public pages look and what they say of the bank: as an administrator has set it, else the product's own."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa
from flask import Flask, current_app, g, url_for
from sqlalchemy.orm import joinedload

from rmhr.core import bank
from rmhr.core.db import db
from rmhr.core.i18n import Words
from rmhr.models.careers import CareerSite
from rmhr.models.documents import Document
from rmhr.web import colours
from rmhr.web.colours import DARK, LIGHT

_SITE = sa.select(CareerSite).options(joinedload(CareerSite.logo).load_only(Document.sha256))


@dataclass(frozen=True)
class Brand:
    """The bank on its public pages. `version` changes with each change, and with it the address of its style sheet."""

    name: str
    contact: str  # where strangers write to
    accent: str = ""
    accent_dark: str = ""
    logo: str = ""  # the address of the picture; "": our own mark
    headline: Words = field(default_factory=Words)
    introduction: Words = field(default_factory=Words)
    imprint: Words = field(default_factory=Words)
    imprint_url: str = ""
    privacy_url: str = ""
    shows_count: bool = False
    version: int = 0

    @property
    def is_coloured(self) -> bool:
        """Whether a style sheet of its own belongs to it."""
        return bool(self.accent or self.accent_dark)


def brand() -> Brand:
    """Returns the brand for this request. At most one query."""
    if "brand" not in g:
        site = db.session.scalar(_SITE)
        bank.remember(site.name if site else "")
        g.brand = of(site)
    found: Brand = g.brand
    return found


def without_database() -> None:
    """Use the product's own brand for this request: the database may be what is broken."""
    bank.remember("")
    g.brand = of(None)


def of(site: CareerSite | None) -> Brand:
    """Returns the brand that a row describes; what it leaves open, and no row, is the product's own."""
    mail = f"careers@{current_app.config['MAIL_FROM'].rpartition('@')[2]}"
    if site is None:
        return Brand(name=current_app.config["BANK_NAME"], contact=mail)
    return Brand(
        name=site.name or current_app.config["BANK_NAME"],
        contact=site.contact_email or mail,
        accent=site.accent,
        accent_dark=site.accent_dark,
        logo=url_for("careers.logo", v=site.logo.sha256[:12]) if site.logo else "",
        headline=site.headline,
        introduction=site.introduction,
        imprint=site.imprint,
        imprint_url=site.imprint_url,
        privacy_url=site.privacy_url,
        shows_count=site.shows_count,
        version=site.version,
    )


def stylesheet(accent: str, accent_dark: str, within: str = "") -> str:
    """The accent as the tokens of css/tokens.css. `within`: a selector inside which alone it holds.

    Where one of the two is not set, it is the other one, as far away as it must be to be read.
    """
    if not (accent or accent_dark):
        return ""
    day = accent or colours.nearest(accent_dark, LIGHT)
    night = accent_dark or colours.nearest(accent, DARK)
    where = f'{within} [data-bs-theme="light"], {within} [data-bs-theme="dark"]'
    if not within:
        where = ':root, [data-bs-theme="light"], [data-bs-theme="dark"]'

    def both(name: str, light: str, dark: str) -> str:
        return f"  --{name}: light-dark({light}, {dark});\n"

    return (
        f"{where} {{\n"
        + both("accent", day, night)
        + both(
            "accent-hover",
            colours.mix(day, LIGHT.towards, 0.8),
            colours.mix(night, DARK.towards, 0.75),
        )
        + both("accent-soft", colours.soft(day, LIGHT), colours.soft(night, DARK))
        + both("on-accent", LIGHT.on_accent, DARK.on_accent)
        + "}\n"
    )


def init_app(app: Flask) -> None:
    """Templates ask `brand()`: only public pages do, so that no other page pays for it."""
    app.jinja_env.globals.update(brand=brand)

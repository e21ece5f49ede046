"""What an administrator decides about the public career site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from rmhr.careers import policies
from rmhr.core import bank
from rmhr.core.db import db
from rmhr.core.errors import NotPossible
from rmhr.core.files import store
from rmhr.core.files.store import Upload
from rmhr.core.flow.operation import operation
from rmhr.core.i18n import Words, _, gettext
from rmhr.core.policy import Actor
from rmhr.models.careers import CareerSite


@operation(allow=policies.BRAND, done=_("Career site saved"))
def set_up(
    _actor: Actor,
    site: CareerSite | None,
    *,
    facts: Mapping[str, Any],
    logo: Upload | None = None,
    without_logo: bool = False,
) -> CareerSite:
    """Write how the site looks and what it says. A new logo takes the place of the old one, which is deleted.

    Raises NotPossible where somebody else has just set it up for the first time.
    """
    if site is None:
        site = _made()
    for name, value in facts.items():
        setattr(site, name, value)
    bank.forget()
    if logo is not None or without_logo:
        _replace_logo(site, logo)
    return site


@operation(allow=policies.BRAND, done=_("The career site has its original design again"))
def draw_as_before(_actor: Actor, site: CareerSite) -> CareerSite:
    """Take back colours and logo; the texts stay."""
    site.accent = site.accent_dark = ""
    _replace_logo(site, None)
    return site


def _made() -> CareerSite:
    """The one row. Two who set up the site at the same moment want it at once."""
    site = CareerSite(id=1, headline=Words(), introduction=Words(), imprint=Words())
    try:
        with db.session.begin_nested():
            db.session.add(site)
            db.session.flush()
    except IntegrityError:
        raise NotPossible(
            gettext("Somebody else has just set up the career site. Please open it again.")
        ) from None
    return site


def _replace_logo(site: CareerSite, logo: Upload | None) -> None:
    before = site.logo
    site.logo = store.store(logo) if logo is not None else None
    db.session.flush()
    if before is not None:
        db.session.delete(before)

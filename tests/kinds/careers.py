"""The career site: how it is set up."""

from __future__ import annotations

from rmhr.careers import operations
from rmhr.core.db import db
from rmhr.models.accounts import Role
from rmhr.models.careers import CareerSite
from tests.factories.accounts import user
from tests.factories.postings import career_site
from tests.kinds import Edit, Opened, Pair, Twice

PAGE = "/admin/careers"


def _settings() -> Opened:
    site = career_site(name="At first")
    other = user(Role.ADMIN)

    def meanwhile() -> None:
        operations.set_up(other, site, facts={"name": "Their bank"})

    sent = {"name": "My own bank", "accent": "#0b5cad"}
    return Opened(site, user(Role.ADMIN), PAGE, sent, meanwhile, lambda: site.name, "Their bank")


def _drawn_as_before() -> Opened:
    site = career_site(accent="#0b5cad")
    other = user(Role.ADMIN)

    def meanwhile() -> None:
        operations.set_up(other, site, facts={"accent": "#7a1f3d"})

    return Opened(site, user(Role.ADMIN), f"{PAGE}/as-drawn", {}, meanwhile, lambda: site.accent)


def _both_first() -> Twice:
    one, other = user(Role.ADMIN), user(Role.ADMIN)
    return Twice(
        (one, PAGE, {"name": "One bank", "seen": ".0"}),
        (other, PAGE, {"name": "Another bank", "seen": ".0"}),
        lambda: db.session.query(CareerSite).count(),
    )


EDITS = [Edit("site.settings", _settings), Edit("site.draw_as_before", _drawn_as_before)]
PAIRS = [Pair("site.settings", _both_first)]

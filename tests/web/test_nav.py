"""The bar: what each role needs weekly stands in it, not behind "More"."""

from __future__ import annotations

import pytest

from rmhr.core import registry
from rmhr.models.accounts import Role
from rmhr.web.nav import is_weekly
from tests.factories import accounts
from tests.support.html import Html

#: So many areas stand in the bar at 1440 px, in both languages.
IN_SIGHT = 7


@pytest.mark.parametrize(
    "roles", [*((role,) for role in Role), (Role.SUPERVISOR, Role.INTERVIEWER), (Role.RM, Role.MENTOR)]
)
def test_what_somebody_needs_weekly_stands_before_the_rest_and_fits_into_the_bar(browser, roles):
    person = accounts.user(*roles)
    mine = [
        area
        for area in sorted(registry.AREAS.values(), key=lambda area: area.order)
        if person.has(*area.roles) and not person.has(*area.unless)
    ]
    weekly = [str(area.label) for area in mine if is_weekly(area, person)]
    shown = Html(browser(person).get("/today")).texts(".bar__areas a")
    assert 0 < len(weekly) <= IN_SIGHT
    assert [each.rsplit(" ", 1)[0] if each[-1].isdigit() else each for each in shown][: len(weekly)] == weekly
    assert len(shown) == len(mine)


def test_a_supervisor_finds_the_team_and_its_training_at_once(browser):
    boss = accounts.user(Role.SUPERVISOR, Role.INTERVIEWER)
    shown = Html(browser(boss).get("/team")).texts(".bar__areas a")[:IN_SIGHT]
    assert {"My team", "Training", "Goals and reviews", "Applications", "Interviews"} <= set(shown)

"""What several modules of this folder begin with."""

from __future__ import annotations

from typing import Any

import pytest

from rmhr.core.lists.declaration import FEW
from rmhr.models.accounts import Role
from tests.factories import accounts


@pytest.fixture(scope="module")
def hr_of_many_units(live: Any) -> int:
    """The id of somebody from HR, in a bank of more units than are picked from; one person works in Köln Süd."""
    with live.app.app_context():
        for number in range(FEW + 1):
            accounts.unit(name=f"Branch {number:03}")
        accounts.unit(name="Köln Nord")
        accounts.employee(unit=accounts.unit(name="Köln Süd"))
        return accounts.user(Role.HR).id

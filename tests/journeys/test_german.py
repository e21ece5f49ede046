"""Posting to signed review, in German."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.story import whole_life
from tests.support.bank import Bank

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]


def test_the_whole_life_of_one_rm(bank: Callable[[str], Bank], axe: Any) -> None:
    whole_life(bank("de"), axe)

"""What is read before the workers part is what their first pages would read."""

from __future__ import annotations

import pytest

from rmhr.core import registry
from rmhr.web import shared

pytestmark = pytest.mark.once


def test_the_statements_of_what_is_owed_are_made_beforehand(app):
    some = next(iter(registry.SOURCES.values()))
    vars(some).pop("row", None)
    shared.read(app)
    assert all("row" in vars(source) for source in registry.SOURCES.values())

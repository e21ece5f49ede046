"""Which version this is: said in one place, shown to colleagues, told in the change log."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from rmhr.models.accounts import Role
from rmhr.version import VERSION
from tests.factories.accounts import user

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.once
def test_the_change_log_begins_with_this_version_and_goes_back_in_order() -> None:
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    told = [head for head in re.findall(r"^## (.+)$", log, re.MULTILINE) if head != "Unreleased"]
    assert told[0] == VERSION
    numbers = [tuple(int(part) for part in head.split(".")) for head in told]
    assert numbers == sorted(set(numbers), reverse=True)


@pytest.mark.once
def test_it_is_written_in_one_place() -> None:
    elsewhere = [
        path.relative_to(ROOT).as_posix()
        for pattern in (
            "rmhr/**/*.py",
            "templates/**/*.html",
            "tools/*.py",
            "*.toml",
            "Makefile",
            "README.md",
        )
        for path in ROOT.glob(pattern)
        if path.name != "version.py" and VERSION in path.read_text(encoding="utf-8")
    ]
    assert elsewhere == []


@pytest.mark.sqlite
@pytest.mark.parametrize("role", [Role.RM, Role.ADMIN])
def test_colleagues_read_it_at_the_foot_of_their_pages(browser: Any, role: Role) -> None:
    page = browser(user(role)).get("/today").text
    assert f'<span class="num">rmhr {VERSION}</span></footer>' in page


@pytest.mark.sqlite
@pytest.mark.parametrize("path", ["/sign-in", "/careers/", "/certificates/", "/forgotten", "/no/such/page"])
def test_strangers_do_not(browser: Any, path: str) -> None:
    assert VERSION not in browser().get(path).text

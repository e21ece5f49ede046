"""Each contract of imports in pyproject.toml, tried on an import that it must refuse. `make check` keeps them."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from typing import Any

import grimp
import pytest
from importlinter import Contract
from importlinter.application import output
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

from rmhr import STAGES

ROOT = Path(__file__).parent.parent
OPTIONS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
CONTRACTS = {each["id"]: each for each in OPTIONS["contracts"]}
SESSION = {"root_packages": ["rmhr"], "include_external_packages": "True"}
#: contract: the offender, what it imports, and the line that does it. A folder of a concept is looked into, too.
PLANTED = {
    "order": [
        ("rmhr.postings.operations.planted", "rmhr.careers", "import rmhr.careers"),
        ("rmhr.careers.views", "rmhr.sourcing.queries", "from rmhr.sourcing import queries"),
        ("rmhr.reminders.planted", "rmhr.today", "import rmhr.today"),
        ("rmhr.core.due.sources.planted", "rmhr.accounts.queries", "from rmhr.accounts import queries"),
    ],
    "ground": [("rmhr.core.clock", "rmhr.core.policy", "from rmhr.core import policy")],
    "law": [("rmhr.law.planted", "rmhr.models.postings", "from rmhr.models import postings")],
    "tables": [("rmhr.models.planted", "rmhr.core.policy", "from rmhr.core import policy")],
    "core": [("rmhr.core.mail.planted", "rmhr.law", "import rmhr.law")],
    "reminders": [("rmhr.system.planted", "rmhr.training.queries", "from rmhr.training import queries")],
    "business": [
        ("rmhr.postings.operations.planted", "flask", "from flask import abort, request"),
        ("rmhr.applications.queries.planted", "flask", "import flask"),
        ("rmhr.applications.answers", "flask_login", "from flask_login import current_user"),
        ("rmhr.interviews.workflow", "rmhr.web.auth", "from rmhr.web.auth import me"),
        ("rmhr.core.due.sources.planted", "flask", "from flask import g"),
    ],
    "doors": [
        ("rmhr.offers.views.planted", "rmhr.interviews.views", "from rmhr.interviews import views"),
        (
            "rmhr.today.queries",
            "rmhr.reminders.rules.forms",
            "from rmhr.reminders.rules.current import forms",
        ),
    ],
    "database": [
        ("rmhr.reminders.rules.views.planted", "sqlalchemy", "import sqlalchemy as sa"),
        ("rmhr.postings.views.planted", "rmhr.core.db", "from rmhr.core.db import db"),
        ("rmhr.offers.policies", "sqlalchemy", "from sqlalchemy import select"),
    ],
}

pytestmark = pytest.mark.once


def contract(name: str) -> Contract:
    """One of the contracts in pyproject.toml."""
    kinds: dict[str, type[Contract]] = {"layers": LayersContract, "forbidden": ForbiddenContract}
    for line in OPTIONS["contract_types"]:
        kind, where = line.split(": ")
        module, _, name_of_class = where.rpartition(".")
        kinds[kind] = getattr(import_module(module), name_of_class)
    options = {
        key: str(value) if isinstance(value, bool) else value for key, value in CONTRACTS[name].items()
    }
    return kinds[options["type"]](options["name"], SESSION, options)


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    """Who imports whom today."""
    return grimp.build_graph("rmhr", include_external_packages=True, cache_dir=None)


def test_each_contract_is_tried():
    assert PLANTED.keys() == CONTRACTS.keys()


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_contract_refuses_what_is_planted(name, imports, capsys):
    kept = contract(name)
    before = _said(kept, imports)
    for importer, imported, line in PLANTED[name]:
        graph = deepcopy(imports)
        for module in (importer, imported):
            _plant(graph, module)
        graph.add_import(importer=importer, imported=imported, line_number=1, line_contents=line)
        said = _said(kept, graph)
        assert said != before, f"{line} in {importer} goes unseen"
        assert importer in said


def test_business_may_refuse_and_read_the_settings(imports):
    kept = contract("business")
    before = _said(kept, imports)
    graph = deepcopy(imports)
    _plant(graph, "rmhr.offers.queries.planted")
    graph.add_import(
        importer="rmhr.offers.queries.planted",
        imported="flask",
        line_number=1,
        line_contents="from flask import abort, current_app",
    )
    assert _said(kept, graph) == before


@pytest.mark.parametrize("name", ["business", "doors"])
def test_every_stage_is_held_to_them(name):
    named = set(CONTRACTS[name]["packages"])
    assert {f"rmhr.{stage}" for stage in STAGES} <= named


def _plant(graph: grimp.ImportGraph, module: str) -> None:
    """Make a module and the packages above it where they are not there."""
    parts = module.split(".")
    for length in range(1 if parts[0] != "rmhr" else 2, len(parts) + 1):
        if ".".join(parts[:length]) not in graph.modules:
            graph.add_module(".".join(parts[:length]))


def _said(kept: Contract, graph: grimp.ImportGraph) -> str:
    """What a contract prints of this graph; nothing where it is kept."""
    result: Any = kept.check(deepcopy(graph), verbose=False)
    if result.kept:
        return ""
    with output.console.capture() as said:
        kept.render_broken_contract(result)
    return " ".join(said.get().split())

"""The rules of the house, asserted: who may import whom, who may write, who may come in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from rmhr import STAGES
from rmhr.core.registry import FLOWS

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "rmhr").rglob("*.py"))
#: What the tables stand on. It knows nothing of them; the rest of core may.
GROUND = {"db", "enums", "clock", "i18n", "errors"}
#: What a stage lets the stages after it import.
PUBLIC = {"models", "operations", "queries", "workflow", "policies"}
#: What must work without a request.
WITHOUT_HTTP = {"policies", "workflow", "operations", "queries", "notifications", "due", "engine", "content"}
#: Of Flask, what is no request: the settings, refusing to know, and groups of commands.
ALLOWED_OF_FLASK = {"current_app", "abort"}

pytestmark = pytest.mark.once


def imports(path: Path) -> Iterator[list[str]]:
    """Everything a file imports when it is loaded, as parts: ["rmhr", "applications", "queries"]."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}".split(".") for alias in node.names)


def ours(path: Path) -> list[list[str]]:
    """What a file imports of this product, without the leading "rmhr"."""
    return [parts[1:] for parts in imports(path) if parts[0] == "rmhr" and len(parts) > 1]


def name(path: Path) -> str:
    """rmhr/core/db.py → core/db.py."""
    return path.relative_to(ROOT / "rmhr").as_posix()


def of_stages() -> list[Path]:
    """The files of all stages."""
    return [path for path in SOURCES if name(path).split("/")[0] in STAGES]


def test_the_ground_knows_only_the_ground():
    for path in SOURCES:
        if path.parent.name == "core" and path.stem in GROUND:
            for target in ours(path):
                assert target[0] == "core", f"{name(path)} imports {target}"
                assert target[1] in GROUND, f"{name(path)} imports {target}"


def test_tables_stand_on_the_ground_alone():
    for path in SOURCES:
        if path.parent.name == "models":
            for target in ours(path):
                on_ground = target[0] == "core" and target[1] in GROUND
                assert on_ground or target[0] == "models", f"{name(path)} imports {target}"


def test_every_table_is_defined_in_models():
    for path in SOURCES:
        if path.parent.name != "models":
            assert "__tablename__ =" not in path.read_text(encoding="utf-8"), f"{name(path)} defines a table"


@pytest.mark.parametrize("package", ["core", "web"])
def test_core_and_web_know_no_stage(package):
    for path in SOURCES:
        if name(path).startswith(f"{package}/"):
            for target in ours(path):
                assert target[0] not in STAGES, f"{name(path)} knows {target[0]}"
                assert package != "core" or target[0] != "web", f"{name(path)} knows the web"


@pytest.mark.parametrize("path", of_stages(), ids=name)
def test_a_stage_imports_only_what_comes_before_it_and_only_what_that_lets_out(path):
    here = name(path).split("/")[0]
    for target in ours(path):
        if target[0] in STAGES and target[0] != here:
            assert STAGES.index(target[0]) < STAGES.index(here), f"{here} must not know {target[0]}"
            inner = {"demo"} if path.stem.startswith("demo") else PUBLIC
            part = target[1] if len(target) > 1 else ""
            assert part in PUBLIC | inner, f"{here} reaches into {target[0]}.{part}"
        if here == "reminders":
            assert target[0] not in STAGES or target[0] in ("accounts", here), "the engine knows no stage"


@pytest.mark.parametrize("path", [p for p in of_stages() if p.stem in WITHOUT_HTTP], ids=name)
def test_the_business_knows_no_request(path):
    for parts in imports(path):
        if parts[0].startswith("flask") and parts[0] != "flask_babel":
            assert parts[0] == "flask", f"{name(path)} imports {'.'.join(parts)}"
            assert parts[-1] in ALLOWED_OF_FLASK, f"{name(path)} imports {'.'.join(parts)}"


@pytest.mark.parametrize("path", of_stages(), ids=name)
def test_views_ask_queries_and_call_operations(path):
    views = {"views", "api", "careers", "apply", "status"}
    if path.stem in views or path.parent.name in views:
        for parts in imports(path):
            assert parts[0] != "sqlalchemy", f"{name(path)} asks the database itself"
            assert parts[:3] != ["rmhr", "core", "db"], f"{name(path)} asks the database itself"


#: Where a transaction may end: at the edge of the product, never in the middle of the business. Mail and calls of
#: webhooks cannot be taken back, so what became of each is committed at once.
EDGES = {
    "__init__.py",
    "core/claims.py",
    "core/outbox.py",
    "reminders/jobs.py",
    "reminders/scheduler.py",
    "reminders/webhooks.py",
}


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_only_the_workflow_assigns_a_status_and_only_the_edge_commits(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Attribute) and target.attr == "status":
                    assert name(path) == "core/workflow.py", f"{name(path)}:{node.lineno} assigns a status"
        if isinstance(node, ast.Attribute) and node.attr == "commit":
            edge = name(path) in EDGES or path.stem == "cli" or path.parent.name == "commands"
            assert edge, f"{name(path)}:{node.lineno} commits"


def test_days_are_those_of_the_bank_s_calendar():
    """Moments are stored in UTC: their day there is yesterday for an hour or two of every night."""
    for path in SOURCES:
        found = re.findall(
            r"\w+_at\.date\(\)|now\(\)\.date\(\)|\bfunc\.date\(", path.read_text(encoding="utf-8")
        )
        assert not found, (
            f"{name(path)}: {found}; use clock.local(…).date(), clock.today() or duewords.day_of(…)"
        )


def test_no_file_is_called_after_what_it_is_not():
    for path in SOURCES:
        assert path.stem not in {"utils", "helpers", "common", "services", "manager", "misc"}, name(path)


def test_every_module_begins_with_a_sentence():
    for path in SOURCES:
        said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert said, f"{name(path)} says nothing of itself"


def test_every_route_says_who_may_come_in(app: Flask):
    silent = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if not endpoint.endswith("static") and not hasattr(view, "access")
    ]
    assert silent == []


def test_no_template_decides_what_a_status_looks_like():
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert ".status ==" not in text, f"{path} compares a status"
        assert "style=" not in text or "email" in str(path), f"{path} carries its own style"
        assert "<script>" not in text, f"{path} carries its own script"


def test_every_page_and_component_begins_with_its_parameters():
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8").lstrip()
        assert text.startswith("{#"), f"{path} does not say what it needs"


def test_every_template_compiles(app: Flask):
    for template in app.jinja_env.list_templates(extensions=["html", "txt"]):
        app.jinja_env.get_template(template)


def test_every_notice_has_its_text(app: Flask):
    for flow in FLOWS.values():
        for transition in flow.transitions.values():
            for notice in transition.notify:
                app.jinja_env.get_template(notice.template)


def test_nothing_in_the_product_loads_from_elsewhere():
    for path in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "rmhr" / "static").rglob("*.*s")]:
        text = path.read_text(encoding="utf-8")
        for mark in ('src="http', "src='http", '@import "http', "url(http", "url('http", 'url("http'):
            assert mark not in text, f"{path} loads something from another host"

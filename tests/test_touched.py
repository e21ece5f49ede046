"""`make quick`: which tests are near which file, and that it comes to an end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import suite, touched

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("file", "tests"),
    [
        ("rmhr/offers/workflow.py", ["tests/offers/test_workflow.py", "tests/offers"]),
        ("rmhr/interviews/views/planning.py", ["tests/interviews/test_views.py", "tests/interviews"]),
        ("rmhr/interviews/__init__.py", ["tests/interviews"]),
        ("rmhr/models/offers.py", ["tests/test_migrations.py"]),
        ("rmhr/__init__.py", ["tests/test_access.py", "tests/test_start.py"]),
        ("templates/offers/show.html", ["tests/offers", "tests/web"]),
        ("templates/components/form.html", ["tests/web"]),
        ("tests/offers/test_views.py", ["tests/offers/test_views.py", "tests/offers"]),
        ("tests/pages.py", ["tests/test_pages.py"]),
        ("tests/support/html.py", []),
        ("tests/deleted/test_gone.py", []),
        ("tools/suite.py", list(touched.ELSEWHERE["tools"])),
        ("README.md", []),
    ],
)
def test_the_nearest_tests_come_first(file: str, tests: list[str]):
    assert touched.tests_near([file]) == [*touched.ALWAYS, *tests]


def test_several_files_of_a_folder_name_it_once():
    near = touched.tests_near(["rmhr/offers/views.py", "rmhr/offers/forms.py", "templates/offers/new.html"])
    assert near == [*touched.ALWAYS, "tests/offers/test_views.py", "tests/offers", "tests/web"]


def test_every_place_named_there_is_there():
    for start, tests in touched.ELSEWHERE.items():
        assert list(ROOT.glob(f"{start}*")) or start == "rmhr/demo", start
        assert all((ROOT / each).exists() for each in tests), start


def test_what_differs_is_asked_of_git(monkeypatch: pytest.MonkeyPatch):
    answers = {
        "merge-base": "abc",
        "rev-parse": "abc",
        "status": " M rmhr/offers/views.py",
        "diff": "rmhr/offers/views.py",
        "ls-files": "tests/offers/test_new.py",
    }
    asked = []

    def git(*command: str) -> str:
        asked.append(command)
        return answers[command[0]]

    monkeypatch.setattr(touched, "_git", git)
    assert touched.changed() == ["rmhr/offers/views.py", "tests/offers/test_new.py"]
    assert asked[-2][-1] == "abc"
    answers["status"] = ""
    touched.changed()
    assert asked[-2][-1] == "HEAD~1"


def test_only_the_whole_suite_on_sqlite_is_measured(monkeypatch: pytest.MonkeyPatch):
    passes: list[list[str]] = []
    monkeypatch.setattr(suite, "run", lambda _jobs, options: passes.append(options) or 0)
    monkeypatch.setattr(suite, "CHEAP", (4, 0))

    suite.both("2", True, [])
    suite.both("2", True, ["-k", "offers"])
    suite.both("2", False, [])

    measured = ["--cov" in options for options in passes]
    assert measured == [True, False, False, False, False, False]

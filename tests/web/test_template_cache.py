"""Compiled templates on disk: found again, by nobody else, and never of another version."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config import Testing
from rmhr import create_app
from rmhr.web import private_folder, template_cache

Start = Callable[[], Flask]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """`start()` is the application as a new process has it, on one data folder."""
    return lambda: create_app(
        Testing(
            f"sqlite:///{tmp_path}/none.db", tmp_path / "files", ENV_NAME="development", TEMPLATES_DIR=None
        )
    )


def cached(app: Flask) -> list[Path]:
    return sorted(Path(app.config["DATA_DIR"]).glob("cache-*/templates-*/*.cache"))


def test_a_second_process_compiles_nothing(start: Start, monkeypatch: pytest.MonkeyPatch):
    first = start()
    first.jinja_env.get_template("layouts/public.html")
    assert len(cached(first)) == 1

    second = start()

    def compile_(*_: object, **__: object) -> str:
        raise AssertionError("it was compiled before")

    monkeypatch.setattr(second.jinja_env, "compile", compile_)
    assert second.jinja_env.get_template("layouts/public.html")
    with pytest.raises(AssertionError, match="compiled before"):
        second.jinja_env.get_template("layouts/door.html")


def test_a_template_that_was_changed_is_compiled_anew(start: Start, tmp_path: Path):
    page = tmp_path / "templates" / "planted.html"
    page.parent.mkdir()
    for words in ("before", "after"):
        page.write_text(words, encoding="utf-8")
        app = start()
        app.jinja_loader.searchpath.append(str(page.parent))  # type: ignore[union-attr]
        assert app.jinja_env.get_template("planted.html").render() == words


def test_another_version_begins_anew_and_clears_up(start: Start, monkeypatch: pytest.MonkeyPatch):
    first = start()
    first.jinja_env.get_template("layouts/public.html")
    before = cached(first)[0].parent
    monkeypatch.setattr(template_cache, "VERSION", "99.0.0")
    second = start()
    assert not before.exists()
    second.jinja_env.get_template("layouts/public.html")
    assert "templates-99.0.0-" in cached(second)[0].parent.name
    # The version that still runs goes on without.
    first.jinja_env.get_template("layouts/door.html")
    assert not before.exists()


def test_each_user_has_a_folder_that_nobody_else_may_open(start: Start):
    app = start()
    folder = private_folder.made(app)
    assert folder is not None
    assert folder.name == f"cache-{os.geteuid()}"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o770, 0o707])
def test_what_others_may_write_to_is_not_run(start: Start, mode: int, caplog: pytest.LogCaptureFixture):
    app = start()
    folder = private_folder.made(app)
    assert folder is not None
    folder.chmod(mode)
    assert private_folder.made(app) is None
    again = start()
    assert again.jinja_env.bytecode_cache is None
    assert not Path(str(again.static_folder)).is_relative_to(folder)
    assert again.test_client().get("/healthz").status_code == 200


def test_what_another_user_has_made_is_not_run(start: Start, monkeypatch: pytest.MonkeyPatch):
    app = start()
    theirs = Path(app.config["DATA_DIR"]) / f"cache-{os.geteuid() + 1}"
    monkeypatch.setattr(os, "geteuid", lambda: int(theirs.name.removeprefix("cache-")))
    theirs.mkdir()  # of whoever runs this test
    assert private_folder.made(app) is None


def test_a_link_is_no_folder(start: Start, tmp_path: Path):
    app = start()
    folder = private_folder.made(app)
    assert folder is not None
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    assert private_folder.made(app) is None


def test_no_page_fails_because_there_is_no_room(start: Start, monkeypatch: pytest.MonkeyPatch):
    app = start()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    assert app.jinja_env.get_template("layouts/public.html")
    assert cached(app) == []


def test_all_applications_of_a_run_of_the_suite_share_one_place(app: Flask, tmp_path: Path):
    cache: Any = create_app(
        Testing(f"sqlite:///{tmp_path}/none.db", tmp_path / "files")
    ).jinja_env.bytecode_cache
    ours: Any = app.jinja_env.bytecode_cache
    assert cache.directory == ours.directory
    app.jinja_env.get_template("layouts/public.html")
    assert list(Path(cache.directory).glob("*.cache"))
    assert not list(tmp_path.rglob("*.cache"))

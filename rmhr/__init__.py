"""rmhr: from the job posting to the first review of a relationship manager. This is the composition root."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from rmhr.core import clock, i18n, registry
from rmhr.core.db import db, migrate
from rmhr.web import (
    auth,
    brand,
    bulk,
    caching,
    compression,
    errors,
    filters,
    frame,
    head,
    health,
    logs,
    numbers,
    schema,
    security,
    template_cache,
    uploads,
)
from rmhr.web.application import Application
from rmhr.web.assets import folder as assets

#: In the order in which a person goes through the bank. A package may import those before it, never those after.
STAGES = (
    "accounts",
    "duties",
    "requisitions",
    "postings",
    "careers",
    "sourcing",
    "applications",
    "interviews",
    "council",
    "offers",
    "onboarding",
    "shadowing",
    "training",
    "performance",
    "reminders",
    "rulebook",
    "today",
    "system",
)
PARTS = ("workflow", "operations", "employment", "law", "content", "due", "jobs", "views", "api", "cli")


def create_app(config: Any = None) -> Flask:
    """The application for these settings; without any, for those of the environment. Raises ConfigError."""
    if config is None:
        from config import Config

        config = Config.from_env()
    app = Application(__name__, template_folder="../templates", instance_relative_config=False)
    app.config.from_object(config)
    app.request_class = uploads.Request
    import_module("rmhr.models")  # every table is known before the first query
    app.config.setdefault("MAIL_FROM", f"no-reply@{_host(app.config['PUBLIC_URL'])}")
    clock.set_zone(app.config["TIMEZONE"])
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    numbers.init_app(app)
    logs.init_app(app)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(app.config.get("MIGRATIONS", "")) or _migrations())
    schema.init_app(app)
    Babel(app, locale_selector=frame.chosen_language, timezone_selector=lambda: app.config["TIMEZONE"])
    i18n.speak_in(app.jinja_env)
    Bootstrap5(app)
    auth.login_manager.init_app(app)
    app.before_request(i18n.begin_answer)
    app.before_request(auth.gate)
    app.teardown_request(auth.leave)
    app.teardown_request(i18n.end_answer)
    for part in (filters, security, compression, caching, errors, frame, brand, template_cache):
        part.init_app(app)
    app.register_blueprint(health.bp)
    app.register_blueprint(bulk.bp)
    if app.config["ENV_NAME"] != "production":
        import_module("rmhr.web.styleguide").register(app)
    _register_stages(app)
    _register_commands(app)
    app.after_request(errors.commit)
    head.init_app(app)
    assets.init_app(app)
    if proxies := app.config["TRUSTED_PROXIES"]:
        # What stands further left in these headers, whoever asks may have written.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0, x_port=0, x_prefix=0
        )
    return app


def _host(url: str) -> str:
    from urllib.parse import urlsplit

    host = urlsplit(url).hostname or ""
    return host if "." in host and not host.replace(".", "").isdigit() else "bank.example"


def _migrations() -> str:
    from pathlib import Path

    return str(Path(__file__).parent.parent / "migrations")


def _register_stages(app: Flask) -> None:
    """Import each part of each stage that exists, and register its blueprints, areas and commands."""
    registry.AREAS.clear()
    for stage in STAGES:
        for part in PARTS:
            module = _module(f"rmhr.{stage}.{part}")
            if module is None:
                continue
            for blueprint in getattr(module, "blueprints", [b for b in [getattr(module, "bp", None)] if b]):
                app.register_blueprint(blueprint)
            for number, area in enumerate(getattr(module, "NAV", [])):
                registry.AREAS.add(f"{stage} {number}", area)
            for command in getattr(module, "commands", [c for c in [getattr(module, "cli", None)] if c]):
                app.cli.add_command(command)


def _register_commands(app: Flask) -> None:
    from rmhr.commands import audit, content, demo, docs, i18n, search, version

    for module in (audit, content, demo, docs, i18n, search, version):
        app.cli.add_command(module.cli)


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not name.startswith(error.name):
            raise
        return None

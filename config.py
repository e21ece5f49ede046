"""Settings: read from the environment and `.env`, checked once, before anything starts."""

import difflib
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from argon2 import profiles
from dotenv import dotenv_values
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent
ENVIRONMENTS = ("development", "production")
NAMES = (
    "RMHR_ENV",
    "RMHR_SECRET_KEY",
    "RMHR_AUDIT_KEY",
    "RMHR_DATABASE_URL",
    "RMHR_DATA_DIR",
    "RMHR_SMTP_URL",
    "RMHR_PUBLIC_URL",
    "RMHR_PORT",
    "RMHR_TRUSTED_PROXIES",
    "RMHR_TIMEZONE",
    "RMHR_DEMO_PASSWORD",
    "RMHR_BANK_NAME",
)
#: Everyone can read this one here, so production refuses it.
DEVELOPMENT_SECRET = "only-for-development-never-for-real-people"
DEVELOPMENT_PASSWORD = "nordhaven-demo"
SHORTEST_SECRET = 32
SHORTEST_PASSWORD = 10
MOST_PROXIES = 9
DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


class ConfigError(ValueError):
    """A setting is missing or malformed; the message is one sentence that names it."""


class Config:
    """What `create_app` is given. `Config.from_env()` is the only way in for a real start."""

    TESTING = False
    DEBUG = False
    CSRF_ENABLED = True
    #: A CV may have 10 MB. What is larger must still reach the form, which says so and loses nothing typed.
    MAX_CONTENT_LENGTH = 64 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE = 1024 * 1024
    BOOTSTRAP_SERVE_LOCAL = True
    SESSION_COOKIE_NAME = "rmhr"
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_COOKIE_SECURE = False
    REMEMBER_COOKIE_HTTPONLY = True
    REMEMBER_COOKIE_SAMESITE = "Lax"
    REMEMBER_COOKIE_SECURE = False
    PERMANENT_SESSION_LIFETIME = timedelta(hours=12)
    #: How hard it is to try passwords against a stolen hash.
    PASSWORD_PARAMETERS = profiles.RFC_9106_LOW_MEMORY
    SEND_FILE_MAX_AGE_DEFAULT = timedelta(hours=1)
    BABEL_DEFAULT_LOCALE = "en"
    BABEL_TRANSLATION_DIRECTORIES = str(ROOT / "rmhr" / "translations")

    ENV_NAME = "development"
    SECRET_KEY = DEVELOPMENT_SECRET
    #: With which the history is signed: today's first, then those of before.
    AUDIT_KEYS: tuple[str, ...] = (DEVELOPMENT_SECRET,)
    SQLALCHEMY_DATABASE_URI = f"sqlite:///{ROOT / 'instance' / 'rmhr.db'}"
    SQLALCHEMY_ENGINE_OPTIONS: Mapping[str, Any] = {}
    DATA_DIR = ROOT / "instance" / "files"
    #: Where compiled templates are kept; None: in the data folder.
    TEMPLATES_DIR: Path | None = None
    SMTP_URL: str | None = None
    PORT = 8000
    PUBLIC_URL = "http://127.0.0.1:8000"
    PREFERRED_URL_SCHEME = "http"
    #: How many proxies stand in front, each of which adds whom it speaks for to X-Forwarded-For.
    TRUSTED_PROXIES = 0
    TIMEZONE = "Europe/Berlin"
    BABEL_DEFAULT_TIMEZONE = "Europe/Berlin"
    DEMO_PASSWORD: str | None = None
    BANK_NAME = "Nordhaven Bank"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """The settings of this process. What stands in the environment wins over `.env`."""
        if environ is None:
            environ = {k: v for k, v in dotenv_values(ROOT / ".env").items() if v is not None} | os.environ
        _refuse_misspelt(environ)
        given = {name: environ.get(name, "").strip() for name in NAMES}
        config = cls()
        config.ENV_NAME = given["RMHR_ENV"] or "development"
        if config.ENV_NAME not in ENVIRONMENTS:
            raise ConfigError(f"RMHR_ENV must be development or production, not {config.ENV_NAME!r}.")
        production = config.ENV_NAME == "production"
        if production:
            _require(given, "RMHR_SECRET_KEY", "RMHR_DATABASE_URL", "RMHR_DATA_DIR", "RMHR_PUBLIC_URL")
        config.SECRET_KEY = _secret(given["RMHR_SECRET_KEY"], production)
        config.AUDIT_KEYS = _audit_keys(given["RMHR_AUDIT_KEY"]) or (config.SECRET_KEY,)
        config.SQLALCHEMY_DATABASE_URI = _database(given["RMHR_DATABASE_URL"])
        config.SQLALCHEMY_ENGINE_OPTIONS = engine_options(config.SQLALCHEMY_DATABASE_URI)
        config.DATA_DIR = _folder(given["RMHR_DATA_DIR"])
        config.SMTP_URL = _smtp(given["RMHR_SMTP_URL"])
        config.PORT = _port(given["RMHR_PORT"])
        config.PUBLIC_URL = _public_url(given["RMHR_PUBLIC_URL"], config.PORT, production)
        config.PREFERRED_URL_SCHEME = urlsplit(config.PUBLIC_URL).scheme
        config.TRUSTED_PROXIES = _proxies(given["RMHR_TRUSTED_PROXIES"])
        config.TIMEZONE = config.BABEL_DEFAULT_TIMEZONE = _timezone(given["RMHR_TIMEZONE"])
        config.DEMO_PASSWORD = _demo_password(given["RMHR_DEMO_PASSWORD"], production)
        config.BANK_NAME = given["RMHR_BANK_NAME"] or cls.BANK_NAME
        config.SESSION_COOKIE_SECURE = config.REMEMBER_COOKIE_SECURE = production
        return config


class Testing(Config):
    """For the suite: no environment is read; the database is the one the test set-up made."""

    __test__ = False  # a name that pytest would take for a class of tests
    TESTING = True
    CSRF_ENABLED = False
    ENV_NAME = "testing"
    SECRET_KEY = "only-for-tests-" * 3
    AUDIT_KEYS = ("only-for-tests-of-the-history-" * 2,)
    DEMO_PASSWORD = DEVELOPMENT_PASSWORD
    PASSWORD_PARAMETERS = profiles.CHEAPEST
    TEMPLATES_DIR = ROOT / "build"

    def __init__(self, database: str, data_dir: Path, **other: Any) -> None:
        """`other` overrides any setting by its name."""
        self.SQLALCHEMY_DATABASE_URI = database
        self.SQLALCHEMY_ENGINE_OPTIONS = engine_options(database)
        self.DATA_DIR = data_dir
        for name, value in other.items():
            setattr(self, name, value)


def engine_options(database: str) -> dict[str, Any]:
    """How to connect. No error shows the values that a statement was about: they are people's data.

    The connection that was given back last is taken first: it has prepared most statements, and the others need not.
    """
    usual = {"hide_parameters": True, "pool_use_lifo": True}
    if database.startswith("sqlite"):
        # Parameters by name: one that a statement asks for in many places is handed over once.
        return {
            **usual,
            "paramstyle": "named",
            "connect_args": {"timeout": 30, "cached_statements": 512},
        }
    return {**usual, "pool_pre_ping": True}


def _refuse_misspelt(environ: Mapping[str, str]) -> None:
    """A setting with a typing error in its name would be ignored without a word."""
    for name in sorted(environ):
        if name.startswith("RMHR_") and name not in NAMES and not name.startswith("RMHR_TEST_"):
            near = difflib.get_close_matches(name, NAMES, n=1)
            meant = f"; did you mean {near[0]}?" if near else "."
            raise ConfigError(f"{name} is not a setting{meant}")


def _require(given: Mapping[str, str], *names: str) -> None:
    for name in names:
        if not given[name]:
            raise ConfigError(f"{name} is missing: in production it must be set.")


def _secret(value: str, production: bool) -> str:
    if production and value == DEVELOPMENT_SECRET:
        raise ConfigError("RMHR_SECRET_KEY is the one for development: in production it must be your own.")
    if value and len(value) < SHORTEST_SECRET:
        raise ConfigError(
            f"RMHR_SECRET_KEY has {len(value)} characters: it must have at least {SHORTEST_SECRET}."
        )
    return value or DEVELOPMENT_SECRET


def _audit_keys(value: str) -> tuple[str, ...]:
    keys = tuple(value.split())
    if any(len(key) < SHORTEST_SECRET for key in keys):
        raise ConfigError(f"RMHR_AUDIT_KEY: each key must have at least {SHORTEST_SECRET} characters.")
    return keys


def _database(value: str) -> str:
    url = _database_url(value) if value else make_url(Config.SQLALCHEMY_DATABASE_URI)
    if url.drivername != "sqlite":
        return url.render_as_string(hide_password=False)
    if not url.database or url.database == ":memory:":
        raise ConfigError("RMHR_DATABASE_URL must name a file: a database in memory is gone after the start.")
    path = ROOT / url.database
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"RMHR_DATABASE_URL is in {path.parent}, which {_why(error)}.") from None
    return url.set(database=str(path)).render_as_string(hide_password=False)


def _database_url(value: str) -> URL:
    wanted = "RMHR_DATABASE_URL must look like sqlite:///path or postgresql://user:password@host/name"
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        raise ConfigError(f"{wanted}.") from None
    kind = url.drivername.partition("+")[0]
    if kind not in DRIVERS:
        raise ConfigError(f"{wanted}, not {url.drivername}://.")
    if kind != "sqlite" and not url.database:
        raise ConfigError(f"{wanted}: the name of the database is missing.")
    return url.set(drivername=DRIVERS[kind])


def _folder(value: str) -> Path:
    path = ROOT / Path(value).expanduser() if value else Config.DATA_DIR
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"RMHR_DATA_DIR is {path}, which {_why(error)}.") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise ConfigError(f"RMHR_DATA_DIR is {path}, which this user may not write to.")
    return path


def _why(error: OSError) -> str:
    return f"cannot be made ({(error.strerror or str(error)).lower()})"


def _smtp(value: str) -> str | None:
    if not value:
        return None
    try:
        url = urlsplit(value)
        usable = url.scheme in ("smtp", "smtps") and bool(url.hostname) and url.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ConfigError("RMHR_SMTP_URL must look like smtp://user:password@host:587 or smtps://host:465.")
    return value


def _port(value: str) -> int:
    if not value:
        return Config.PORT
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise ConfigError(f"RMHR_PORT must be a number from 1 to 65535, not {value!r}.")
    return int(value)


def _proxies(value: str) -> int:
    if not value:
        return Config.TRUSTED_PROXIES
    if not value.isascii() or not value.isdigit() or int(value) > MOST_PROXIES:
        raise ConfigError(
            f"RMHR_TRUSTED_PROXIES must be how many proxies stand in front, 0 to {MOST_PROXIES}, not {value!r}."
        )
    return int(value)


def _public_url(value: str, port: int, production: bool) -> str:
    if not value:
        return f"http://127.0.0.1:{port}"
    try:
        url = urlsplit(value)
        usable = url.scheme in ("http", "https") and bool(url.hostname) and url.port != 0
    except ValueError:
        usable = False
    if not usable or url.query or url.fragment:
        raise ConfigError("RMHR_PUBLIC_URL must look like https://people.bank.example.")
    if production and url.scheme != "https":
        raise ConfigError("RMHR_PUBLIC_URL must begin with https://: no cookie may go over plain http.")
    return value.rstrip("/")


def _timezone(value: str) -> str:
    name = value or Config.TIMEZONE
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ConfigError(
            f"RMHR_TIMEZONE must be the name of a zone like Europe/Berlin, not {name!r}."
        ) from None
    return name


def _demo_password(value: str, production: bool) -> str | None:
    if production:
        if value:
            raise ConfigError("RMHR_DEMO_PASSWORD is set: production has no demo people.")
        return None
    if value and len(value) < SHORTEST_PASSWORD:
        raise ConfigError(
            f"RMHR_DEMO_PASSWORD has {len(value)} characters: it must have at least {SHORTEST_PASSWORD}."
        )
    return value or DEVELOPMENT_PASSWORD

"""Settings: every refusal is one sentence that names the setting."""

from __future__ import annotations

from pathlib import Path

import pytest

import config as settings
from config import Config, ConfigError

pytestmark = pytest.mark.once

PRODUCTION = {
    "RMHR_ENV": "production",
    "RMHR_SECRET_KEY": "k" * 40,
    "RMHR_DATABASE_URL": "postgresql://rmhr:secret@db.bank.example/rmhr",
    "RMHR_PUBLIC_URL": "https://people.bank.example/",
}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the settings make, they make in a folder of this test."""
    monkeypatch.setattr(settings, "ROOT", tmp_path)
    monkeypatch.setattr(Config, "DATA_DIR", tmp_path / "instance" / "files")
    monkeypatch.setattr(Config, "SQLALCHEMY_DATABASE_URI", f"sqlite:///{tmp_path / 'instance' / 'rmhr.db'}")


def test_without_any_setting_it_is_a_development_machine(tmp_path: Path) -> None:
    config = Config.from_env({})

    assert config.ENV_NAME == "development"
    assert config.SQLALCHEMY_DATABASE_URI == f"sqlite:///{tmp_path / 'instance' / 'rmhr.db'}"
    assert config.DATA_DIR == tmp_path / "instance" / "files"
    assert config.DATA_DIR.is_dir()
    assert config.PUBLIC_URL == "http://127.0.0.1:8000"
    assert config.SMTP_URL is None
    assert config.DEMO_PASSWORD
    assert config.TIMEZONE == "Europe/Berlin"
    assert config.BANK_NAME == "Nordhaven Bank"
    assert not config.SESSION_COOKIE_SECURE


def test_production_is_strict_about_cookies_and_has_no_demo(tmp_path: Path) -> None:
    config = Config.from_env(PRODUCTION | {"RMHR_DATA_DIR": str(tmp_path / "uploads")})

    assert config.SESSION_COOKIE_SECURE
    assert config.REMEMBER_COOKIE_SECURE
    assert config.SESSION_COOKIE_HTTPONLY
    assert config.SESSION_COOKIE_SAMESITE == "Lax"
    assert config.PREFERRED_URL_SCHEME == "https"
    assert config.PUBLIC_URL == "https://people.bank.example"
    assert config.DEMO_PASSWORD is None
    assert config.SQLALCHEMY_DATABASE_URI == "postgresql+psycopg://rmhr:secret@db.bank.example/rmhr"


@pytest.mark.parametrize(("given", "meant"), [("", 0), ("0", 0), ("2", 2)])
def test_proxies_are_counted(given: str, meant: int) -> None:
    assert Config.from_env({"RMHR_TRUSTED_PROXIES": given}).TRUSTED_PROXIES == meant


@pytest.mark.parametrize("given", ["-1", "10", "yes", "127.0.0.1", "²"])
def test_proxies_that_cannot_be_counted_are_named(given: str) -> None:
    with pytest.raises(ConfigError, match="RMHR_TRUSTED_PROXIES"):
        Config.from_env({"RMHR_TRUSTED_PROXIES": given})


def test_production_may_run_on_sqlite(tmp_path: Path) -> None:
    given = {"RMHR_DATA_DIR": str(tmp_path / "uploads"), "RMHR_DATABASE_URL": f"sqlite:///{tmp_path}/bank.db"}
    assert Config.from_env(PRODUCTION | given).SQLALCHEMY_DATABASE_URI == given["RMHR_DATABASE_URL"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RMHR_ENV", "staging"),
        ("RMHR_SECRET_KEY", "short"),
        ("RMHR_AUDIT_KEY", "k" * 40 + " short"),
        ("RMHR_DATABASE_URL", "mysql://bank.example/rmhr"),
        ("RMHR_DATABASE_URL", "no address at all"),
        ("RMHR_DATABASE_URL", "sqlite://"),
        ("RMHR_DATABASE_URL", "sqlite:///:memory:"),
        ("RMHR_DATABASE_URL", "postgresql://db.bank.example"),
        ("RMHR_DATABASE_URL", "postgresql://db.bank.example:port/rmhr"),
        ("RMHR_DATA_DIR", "/dev/null/files"),
        ("RMHR_SMTP_URL", "mail.bank.example"),
        ("RMHR_SMTP_URL", "http://mail.bank.example"),
        ("RMHR_SMTP_URL", "smtp://mail.bank.example:many"),
        ("RMHR_SMTP_URL", "smtp://"),
        ("RMHR_PUBLIC_URL", "people.bank.example"),
        ("RMHR_PUBLIC_URL", "https://"),
        ("RMHR_PUBLIC_URL", "https://people.bank.example/?x=1"),
        ("RMHR_PORT", "eighty"),
        ("RMHR_PORT", "0"),
        ("RMHR_PORT", "65536"),
        ("RMHR_PORT", "²"),
        ("RMHR_TIMEZONE", "Europe/Atlantis"),
        ("RMHR_TIMEZONE", "../../etc/passwd"),
        ("RMHR_DEMO_PASSWORD", "demo"),
    ],
)
def test_a_malformed_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name) as refusal:
        Config.from_env({name: value})

    assert_one_sentence(refusal.value)


@pytest.mark.parametrize("name", ["RMHR_SECRET_KEY", "RMHR_DATABASE_URL", "RMHR_DATA_DIR", "RMHR_PUBLIC_URL"])
def test_production_wants_it_said(name: str, tmp_path: Path) -> None:
    given = PRODUCTION | {"RMHR_DATA_DIR": str(tmp_path)}
    with pytest.raises(ConfigError, match=f"{name} is missing") as refusal:
        Config.from_env(given | {name: " "})

    assert_one_sentence(refusal.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RMHR_SECRET_KEY", settings.DEVELOPMENT_SECRET),
        ("RMHR_SECRET_KEY", "x" * 31),
        ("RMHR_PUBLIC_URL", "http://people.bank.example"),
        ("RMHR_DEMO_PASSWORD", "a-long-enough-one"),
    ],
)
def test_production_refuses_what_is_for_development(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=name) as refusal:
        Config.from_env(PRODUCTION | {"RMHR_DATA_DIR": str(tmp_path), name: value})

    assert_one_sentence(refusal.value)
    assert value not in str(refusal.value) or name == "RMHR_PUBLIC_URL"


def test_a_misspelt_name_is_not_ignored() -> None:
    with pytest.raises(ConfigError, match=r"RMHR_SMPT_URL is not a setting; did you mean RMHR_SMTP_URL\?"):
        Config.from_env({"RMHR_SMPT_URL": "smtp://mail.bank.example"})


def test_settings_of_the_suite_and_of_others_are_left_alone() -> None:
    config = Config.from_env({"RMHR_TEST_DATABASE_URL": "postgresql://localhost/x", "HOME": "/tmp"})

    assert config.SQLALCHEMY_DATABASE_URI == Config.from_env({}).SQLALCHEMY_DATABASE_URI


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("RMHR_PORT=8100\nRMHR_BANK_NAME='Bank am Hafen'\n", encoding="utf-8")
    monkeypatch.setenv("RMHR_PORT", "8200")
    for name in set(settings.NAMES) - {"RMHR_PORT"}:
        monkeypatch.delenv(name, raising=False)

    config = Config.from_env()

    assert (config.PORT, config.BANK_NAME) == (8200, "Bank am Hafen")


def test_the_example_file_names_every_setting_and_nothing_else() -> None:
    example = (Path(__file__).parent.parent / ".env.example").read_text(encoding="utf-8")
    named = {line.lstrip("#").split("=")[0] for line in example.splitlines() if line.startswith("#RMHR_")}
    assert named == set(settings.NAMES)


def assert_one_sentence(error: ConfigError) -> None:
    """One line, that ends, without what Python says about itself."""
    message = str(error)
    assert "\n" not in message
    assert message.endswith(".")
    assert "Error" not in message

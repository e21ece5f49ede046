"""How often strangers may send something: who sends very often waits, nobody is shut out for others."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from config import Testing
from rmhr import create_app
from rmhr.core import clock
from rmhr.models.applications import AttemptKind
from rmhr.web import attempts

pytestmark = pytest.mark.both


@pytest.mark.parametrize("kind", list(AttemptKind))
def test_from_one_network_the_wait_grows_and_ends(app: Any, kind: AttemptKind) -> None:
    now, waits = clock.now(), []
    with clock.at(now):
        for number in range(attempts.MOST[kind]):
            assert attempts.note(kind, "10.0.0.1", f"{number}@example.org") == 0
    for _turn in range(7):
        with clock.at(now):
            waits.append(attempts.note(kind, "10.0.0.1", "more@example.org"))
            assert attempts.note(kind, "10.0.0.1", "other@example.org") == waits[-1], "it is not prolonged"
            assert attempts.note(kind, "10.0.0.2") == 0, "elsewhere nobody waits"
        now += timedelta(seconds=waits[-1])
        with clock.at(now):
            assert attempts.note(kind, "10.0.0.1", f"{now}@example.org") == 0
    assert waits == [5, 10, 20, 30, 60, 60, 60]


@pytest.mark.parametrize("kind", list(attempts.MOST_BY_ONE))
def test_one_address_waits_longer_and_the_others_there_do_not(app: Any, kind: AttemptKind) -> None:
    with clock.at(clock.now()):
        for _time in range(attempts.MOST_BY_ONE[kind]):
            assert attempts.note(kind, "10.0.0.1", " Maren@example.org") == 0
        assert attempts.note(kind, "10.0.0.1", "maren@example.org") == 60
        assert attempts.note(kind, "10.0.0.1", "jonas@example.org") == 0
        assert attempts.note(kind, "10.0.0.9", "maren@example.org") == 0, "nobody is shut out from elsewhere"


def test_known_and_unknown_addresses_wait_alike(browser: Any) -> None:
    from tests.factories import accounts, applications

    known, colleague = applications.applicant().email, accounts.user().email
    for path, address in (("/careers/my-application/link", known), ("/forgotten", colleague)):
        answers = [
            [browser().post(path, data={"email": email}).status_code for _time in range(6)]
            for email in (address, "nobody@example.org")
        ]
        assert answers[0] == answers[1]
        assert answers[0][-1] == 429


@pytest.mark.parametrize(
    ("proxies", "header", "meant"),
    [
        (0, "203.0.113.7", "10.9.9.9"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "10.9.9.9"),
        (1, None, "10.9.9.9"),
    ],
)
def test_whom_a_proxy_speaks_for_it_says_itself_and_nobody_else(
    proxies: int, header: str | None, meant: str, tmp_path: Path
) -> None:
    app = create_app(Testing(f"sqlite:///{tmp_path / 'bank.db'}", tmp_path, TRUSTED_PROXIES=proxies))
    seen = []
    app.before_request_funcs.setdefault(None, []).insert(
        0, lambda: seen.append(__import__("flask").request.remote_addr)
    )
    headers = {} if header is None else {"X-Forwarded-For": header}
    app.test_client().get("/healthz", headers=headers, environ_overrides={"REMOTE_ADDR": "10.9.9.9"})
    assert seen == [meant]

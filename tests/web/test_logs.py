"""One line per request, with an id, without what nobody should read."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, abort

from rmhr.core.policy import anyone
from rmhr.web import logs


@pytest.fixture
def lines() -> Iterator[Any]:
    """`lines()` is what was logged so far, as production writes it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(json_lines=True, stream=stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers, root.level = handlers, level


@pytest.fixture
def app() -> Flask:
    """A small application: what is tested here is the line, not the product."""
    app = Flask(__name__)
    app.config.update(ENV_NAME="testing", SECRET_KEY="x")
    logs.init_app(app)

    def page(token: str = "") -> str:
        if token == "missing":
            abort(404)
        if token == "broken":
            raise RuntimeError("the cause")
        return "ok"

    page.access = anyone  # type: ignore[attr-defined]
    app.add_url_rule("/plain", "plain", page)
    app.add_url_rule("/status/<token>", "status", page)
    return app


pytestmark = pytest.mark.once


def test_each_request_is_one_line_with_an_id_that_the_answer_carries(app: Flask, lines: Any) -> None:
    answer = app.test_client().get("/plain?q=Anna+Schmidt")

    (line,) = lines()
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert (line["method"], line["path"], line["status"], line["endpoint"]) == ("GET", "/plain", 200, "plain")
    assert line["level"] == "info"
    assert line["ms"] >= 0
    assert "Anna" not in json.dumps(line)


def test_an_id_from_a_proxy_is_kept_and_a_strange_one_is_not(app: Flask, lines: Any) -> None:
    client = app.test_client()
    for given in ("a1b2c3d4-e5", '"} {"'):
        client.get("/plain", headers={"X-Request-ID": given})

    kept, replaced = (line["request_id"] for line in lines())
    assert kept == "a1b2c3d4-e5"
    assert logs.ACCEPTABLE_ID.fullmatch(replaced)


def test_what_opens_a_private_link_is_not_written_down(app: Flask, lines: Any) -> None:
    app.test_client().get("/status/Zq8dVb3xT")
    assert lines()[0]["path"] == "/status/<token>"


def test_a_page_that_is_not_there_and_a_failure_are_lines_too(app: Flask, lines: Any) -> None:
    client = app.test_client()
    client.get("/status/missing")
    answer = client.get("/status/broken")

    missing, trace, broken = lines()
    assert (missing["status"], missing["level"]) == (404, "info")
    assert trace["exception"][0]["exc_type"] == "RuntimeError"
    assert trace["request_id"] == broken["request_id"] == answer.headers["X-Request-ID"]
    assert (broken["status"], broken["level"]) == (500, "error")


def test_a_traceback_does_not_show_the_values_of_variables(app: Flask, lines: Any) -> None:
    app.test_client().get("/status/broken")
    assert '"token"' not in json.dumps(lines()[0].get("exception", "")).replace("<token>", "")


def test_there_is_no_id_outside_of_a_request() -> None:
    assert logs.request_id() == "" or len(logs.request_id()) >= 8

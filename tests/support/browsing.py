"""What tests in a browser are given: Chromium, the product served, pages, people who have signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support import chromium as chromium_support

FAILURES = Path(__file__).resolve().parent.parent.parent / "build" / "failures"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The Chromium of this worker."""
    path = chromium_support.find()
    assert path, "tests that use a browser carry @pytest.mark.browser"
    with chromium_support.running(path) as browser:
        yield browser


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The application of this worker, served on a database file."""
    from tests.support.live import served

    with served(tmp_path_factory.mktemp("live")) as live:
        yield live


@pytest.fixture(scope="module")
def live(server: Any) -> Any:
    """The application, served: `.url`, `.app`, `.run("command", …)`. Each module begins with an empty bank."""
    server.begin_anew()
    return server


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Remember how the test itself went, for the picture below."""
    report = yield
    if report.when == "call":
        item.stash[_failed] = report.failed
    return report


_failed = pytest.StashKey[bool]()


@pytest.fixture
def open_page_on(
    request: pytest.FixtureRequest, chromium: Any
) -> Iterator[Callable[[Any], Callable[..., Any]]]:
    """`open_page_on(live)` gives an `open_page` for a server of one's own.

    At the end, a console error, a violation of the CSP or a request to another host fails the test, and a
    test that failed leaves a picture of each page in build/failures/.
    """
    from tests.support.pages import watch

    opened = []

    def on(live: Any) -> Callable[..., Any]:
        def open_one(*, language: str = "en", width: int = 1440, height: int = 900, **options: Any) -> Any:
            locale = {"en": "en-GB", "de": "de-DE"}[language]
            size: Any = {"width": width, "height": height}
            # Without the turning of pages: it costs a machine without a graphics card more than the pages do.
            options = {"reduced_motion": "reduce", **options}
            context = chromium.new_context(base_url=live.url, locale=locale, viewport=size, **options)
            context.set_default_timeout(15_000)
            seen = watch(context, live.url.removeprefix("http://"))
            page = context.new_page()
            opened.append((context, page, seen))
            return page

        return open_one

    yield on
    problems = []
    for number, (context, page, seen) in enumerate(opened):
        if request.node.stash.get(_failed, True) and not page.is_closed():
            FAILURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=FAILURES / f"{request.node.name}-{number}.png", full_page=True)
        context.close()
        problems += seen.take()
    assert not problems, "\n".join(problems)


@pytest.fixture
def open_page(open_page_on: Callable[[Any], Callable[..., Any]], live: Any) -> Callable[..., Any]:
    """`open_page(language="de", width=390)` is a page in a browser of its own, as another person has one."""
    return open_page_on(live)


@pytest.fixture
def signed_in(live: Any, open_page: Callable[..., Any]) -> Callable[..., Any]:
    """`signed_in(user.id, width=390)` is a page of that person, who has signed in already."""

    def enter(person: int, **options: Any) -> Any:
        from rmhr.core.db import db
        from rmhr.models.accounts import User

        with live.app.app_context():
            who = db.session.get(User, person)
            assert who is not None
            from tests.factories.accounts import signed_in as session_of

            serializer = live.app.session_interface.get_signing_serializer(live.app)
            cookie = serializer.dumps(session_of(who))
        page = open_page(**options)
        name = live.app.config["SESSION_COOKIE_NAME"]
        page.context.add_cookies([{"name": name, "value": cookie, "url": live.url}])
        return page

    return enter


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """A page of a desktop browser in English."""
    return open_page()


@pytest.fixture(scope="session")
def looked_at() -> set[tuple[Any, ...]]:
    """What axe has been asked in this worker."""
    return set()


@pytest.fixture
def axe(server: Any, looked_at: set[tuple[Any, ...]]) -> Callable[[Any], None]:
    """`axe(page)` fails on any finding of accessibility, on a phone as at a desk, with errors as without.

    It costs more than the page does, so it is asked once for each template and each of these, not once for each test.
    """
    from tests.support.pages import accessibility, appearance

    def check(page: Any) -> None:
        page.wait_for_load_state("load")
        path = urlsplit(page.url).path
        look = (server.templates.get(path, path), *appearance(page))
        if look not in looked_at:
            findings = accessibility(page)
            assert not findings, "\n".join(findings)
            looked_at.add(look)

    return check

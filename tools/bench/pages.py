"""The pages that are measured: each main page of each role, once.

What there is to open where an address names a thing is said by tools/examples, as for the pictures; who opens it is
somebody of the demo bank. tests/bench holds that each of them opens, and that no list and no area of the bar is
missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from rmhr.accounts.operations import access
from rmhr.accounts.queries.people import by_email
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import User
from rmhr.models.applications import PrivateLink
from rmhr.web.auth import LINK, SIGNED_IN
from tools import examples


class Kind(Enum):
    """What a page is, and so what it may cost: that many times the floor."""

    PUBLIC = 3
    RECORD = 5
    LIST = 8
    OTHER = 0  # measured without an aim


@dataclass(frozen=True)
class Page:
    """A page as one role sees it. `loaded`: asked by many at a time as well."""

    kind: Kind
    role: str
    endpoint: str
    query: tuple[tuple[str, str], ...] = ()
    loaded: bool = False

    @property
    def name(self) -> str:
        """How it is called in figures: "hr applications.index q=kiel"."""
        return " ".join([self.role, self.endpoint, *(f"{name}={value}" for name, value in self.query)])


#: Who opens the pages of a role; an applicant and a visitor are found otherwise.
VIEWERS = {
    "hr": "anna.kessler@bank.example",
    "supervisor": "tomas.lind@bank.example",
    "interviewer": "mara.lindqvist@bank.example",
    "mentor": "ilse.petersen@bank.example",
    "rm": "murat.yilmaz@bank.example",
    "new rm": "lena.brandt@bank.example",
    "compliance": "birgit.sass@bank.example",
    "admin": "nils.ohlsen@bank.example",
}
VISITOR, APPLICANT = "visitor", "applicant"
#: For so long an applicant's page stays open.
VISIT = timedelta(days=1)


def _pages(kind: Kind, role: str, *endpoints: str, **query: str) -> Iterator[Page]:
    for endpoint in endpoints:
        yield Page(kind, role, endpoint, tuple(query.items()), loaded=kind is Kind.PUBLIC)


PAGES: tuple[Page, ...] = (
    *_pages(Kind.PUBLIC, VISITOR, "careers.index", "careers.show", "apply.new"),
    *_pages(Kind.OTHER, VISITOR, "accounts.sign_in", "certificates.show", "feeds.jobs"),
    *_pages(Kind.RECORD, APPLICANT, "status.show"),
    *_pages(Kind.OTHER, APPLICANT, "status.disclose"),
    # HR sees everything.
    *_pages(Kind.LIST, "hr", "today.index", "accounts.people", "requisitions.index", "headcount.index"),
    Page(Kind.LIST, "hr", "applications.index", loaded=True),
    *_pages(Kind.LIST, "hr", "applications.index", q="kiel"),
    *_pages(Kind.LIST, "hr", "applications.index", view="screen"),
    *_pages(Kind.LIST, "hr", "accounts.search", q="müller"),
    *_pages(Kind.LIST, "hr", "postings.index", "interviews.index", "offers.index", "onboarding.index"),
    *_pages(
        Kind.LIST, "hr", "shadowing.index", "training.team", "training.catalogue", "referrals.everybodys"
    ),
    *_pages(Kind.LIST, "hr", "training.team", state="late"),
    *_pages(Kind.LIST, "hr", "performance.goals", "performance.development", "performance.reviews"),
    *_pages(Kind.LIST, "hr", "mail.undelivered", "accounts.inbox", "accounts.units"),
    *_pages(Kind.RECORD, "hr", "accounts.person", "requisitions.show", "postings.show"),
    *_pages(Kind.RECORD, "hr", "applications.show", "applications.screening"),
    *_pages(Kind.RECORD, "hr", "interviews.show", "interviews.decide", "offers.show", "onboarding.show"),
    *_pages(Kind.RECORD, "hr", "shadowing.show", "training.show", "training.course"),
    *_pages(Kind.RECORD, "hr", "performance.goal", "performance.review", "performance.item"),
    *_pages(Kind.RECORD, "hr", "council.show", "texts.show", "texts.version", "rulebook.show", "duties.show"),
    *_pages(Kind.LIST, "hr", "texts.index", "rulebook.index", "papers.index"),
    *_pages(Kind.OTHER, "hr", "postings.edit", "interviews.new", "accounts.edit_person"),
    *_pages(Kind.OTHER, "hr", "council.transition", "disclosures.note", "disclosures.step", "texts.edit"),
    *_pages(Kind.OTHER, "hr", "papers.show", "interviews.sheet"),
    *_pages(Kind.LIST, "supervisor", "today.index", "accounts.team", "team.index", "applications.index"),
    *_pages(Kind.LIST, "supervisor", "requisitions.index", "postings.index", "interviews.index"),
    *_pages(Kind.LIST, "supervisor", "onboarding.index", "training.team", "performance.goals"),
    *_pages(Kind.LIST, "supervisor", "performance.reviews"),
    *_pages(Kind.RECORD, "supervisor", "performance.review"),
    *_pages(Kind.LIST, "interviewer", "today.index", "interviews.mine"),
    *_pages(Kind.RECORD, "interviewer", "interviews.show", "interviews.scorecard"),
    *_pages(Kind.RECORD, "mentor", "shadowing.show"),
    *_pages(Kind.LIST, "mentor", "today.index", "shadowing.index", "onboarding.index"),
    *_pages(Kind.LIST, "rm", "today.index", "training.mine", "performance.goals", "jobs.index"),
    *_pages(Kind.OTHER, "rm", "training.privacy", "internal.new"),
    *_pages(Kind.LIST, "rm", "accounts.search", q="müller"),
    *_pages(Kind.RECORD, "rm", "training.show", "performance.goal", "performance.review", "jobs.show"),
    *_pages(Kind.LIST, "new rm", "today.index", "training.mine"),
    *_pages(Kind.RECORD, "new rm", "onboarding.show", "shadowing.show"),
    *_pages(Kind.LIST, "compliance", "today.index", "training.team", "history.index", "onboarding.index"),
    *_pages(Kind.LIST, "compliance", "reminder_rules.index"),
    *_pages(Kind.LIST, "compliance", "texts.index", "rulebook.index", "papers.index"),
    *_pages(Kind.RECORD, "compliance", "texts.show", "texts.version", "rulebook.show", "duties.show"),
    *_pages(Kind.OTHER, "compliance", "reminder_rules.simulator", "rulebook.check", "papers.show"),
    *_pages(Kind.LIST, "admin", "today.index", "accounts.people", "mail.index", "history.index"),
    *_pages(Kind.LIST, "admin", "scheduler.index", "webhooks.index"),
    *_pages(Kind.LIST, "admin", "texts.index", "rulebook.index", "papers.index"),
    *_pages(Kind.RECORD, "admin", "mail.show", "reminder_rules.show"),
    *_pages(Kind.RECORD, "admin", "texts.show", "rulebook.show", "duties.show"),
    *_pages(Kind.OTHER, "admin", "duties.edit", "rulebook.check", "papers.show"),
)


@dataclass(frozen=True)
class Opened:
    """A page with its address, whoever opens it signed in, and what opening it once has shown."""

    name: str
    url: str
    cookie: str
    status: int
    statements: int
    size: int  # bytes of the page itself


def chosen(pattern: str) -> list[Page]:
    """The pages whose name holds this."""
    return [page for page in PAGES if pattern in page.name]


def opened(app: Flask, pages: list[Page]) -> Iterator[Opened]:
    """Open each of them twice; what the second time shows is told. Status 0: there is nothing to open."""
    known = examples.known()
    guests: dict[str, tuple[Any, Any]] = {}
    for page in pages:
        if page.role not in guests:
            guests[page.role] = _guest(app, page.role)
        client, viewer = guests[page.role]
        url = _address(app, page, known.get(page.endpoint), viewer)
        if url is None:
            yield Opened(page.name, "", "", 0, 0, 0)
            continue
        client.get(url).close()
        with counted() as asked, client.get(url) as answer:
            status, size = answer.status_code, len(answer.data)
        yield Opened(page.name, url, _cookie(app, client), status, len(asked), size)


def client_of(app: Flask, role: str) -> Any:
    """A client that somebody of this role is signed in with."""
    return _guest(app, role)[0]


def _guest(app: Flask, role: str) -> tuple[Any, Any]:
    """(client, viewer's number) of this role; None for a visitor."""
    client: Any = app.test_client()
    carried: dict[str, Any] = {}
    id = None
    with app.app_context():
        if role == APPLICANT:
            link = _private_link()
            link.visit_until = clock.now() + VISIT
            carried = {LINK: link.id}
        elif role != VISITOR:
            user = by_email(VIEWERS[role])
            assert user is not None
            secret = access.begin_session(user, device="", address="")
            id, carried = user.id, {"_user_id": user.get_id(), "_fresh": True, SIGNED_IN: secret}
        db.session.commit()
    if carried:
        with client.session_transaction() as session:
            session.update(carried)
    return client, id


def _private_link() -> PrivateLink:
    """The first one that still opens."""
    open_ = (
        sa.select(PrivateLink).where(PrivateLink.expires_at > clock.now()).order_by(PrivateLink.id).limit(1)
    )
    return db.session.scalars(open_).one()


def _address(app: Flask, page: Page, example: Any, viewer: int | None) -> str | None:
    """Where the page stands: of several examples the first."""
    with app.test_request_context():
        who = db.session.get(User, viewer) if viewer is not None else None
        found = example(who) if callable(example) else {}
        values = next(iter(found), None) if isinstance(found, list) else found
        address = None if values is None else app.url_for(page.endpoint, **values)
        db.session.rollback()
    if address is None or not page.query:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode(page.query)}"


def _cookie(app: Flask, client: Any) -> str:
    """As a browser sends it."""
    name = app.config["SESSION_COOKIE_NAME"]
    kept = client.get_cookie(name)
    return f"{name}={kept.value}" if kept else ""


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are executed inside the block; to begin a transaction is none."""
    asked: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", count)

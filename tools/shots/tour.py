"""What there is to open: every GET route, for each role that it answers, with its examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from rmhr.accounts.operations import access
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.policy import anyone
from rmhr.models.accounts import Role, User
from rmhr.models.applications import PrivateLink
from rmhr.models.duties import BankDuties
from rmhr.web.auth import LINK, SIGNED_IN
from tools import examples

#: Columns of bank_duties with their values.
Said = tuple[tuple[str, Any], ...]
VISITOR, APPLICANT = "visitor", "applicant"
#: How many people of a role are tried until one may open an example.
TRIED = 8
#: For so long an applicant's page stays open.
VISIT = timedelta(days=1)
#: Who looks at pages that everybody may see: the others would see the same.
PUBLIC = {VISITOR, Role.HR.value}
#: Says 503 where no scheduler runs, as here.
NOT_HERE = {"health.readyz"}


@dataclass(frozen=True)
class Guest:
    """Somebody to look through: one person with a role, and the cookie of their session."""

    role: str
    person: type[Any] | None = None
    id: int = 0
    cookie: str = ""

    def viewer(self) -> Any:
        """The person, in the present session; None for a stranger."""
        return db.session.get(self.person, self.id) if self.person else None


@dataclass(frozen=True)
class Stop:
    """One page as one person sees it."""

    role: str
    name: str  # the endpoint, and which of its examples
    url: str
    cookie: str
    scan: bool = True  # whether axe looks at it: the first role to come by is enough
    said: Said = ()  # what the bank has said of itself, where that is another thing than in the demo bank


@dataclass
class Tour:
    """All stops, what answers other things than pages, and what could not be opened by anybody."""

    stops: list[Stop] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)  # what has no picture, and why


def plan(app: Flask, wanted: Callable[[str], bool], roles: set[str], tried: int = TRIED) -> Tour:
    """Ask each route as each role, without a browser, and keep the pages that open."""
    tour = Tour()
    guests = {role: people[:tried] for role, people in guests_of(app).items()}
    known = examples.known()
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule)):
        passed = "GET" not in (rule.methods or ()) or rule.endpoint.endswith("static")
        if not passed and rule.endpoint not in NOT_HERE and wanted(rule.endpoint):
            _visit(app, rule, known.get(rule.endpoint), guests, tour)
    if wanted("error"):
        cookie = guests[Role.HR.value][0].cookie
        tour.stops += [
            Stop(VISITOR, "error.404", "/no/such/page", ""),
            Stop(Role.HR.value, "error.404", "/no/such/page", cookie),
        ]
    tour.stops = [stop for stop in tour.stops if not roles or stop.role in roles]
    first = {stop.name: stop for stop in reversed(tour.stops)}
    tour.stops = [replace(stop, scan=first[stop.name] is stop) for stop in tour.stops]
    return tour


def guests_of(app: Flask) -> dict[str, list[Guest]]:
    """A visitor, applicants with their links, and people of each role, those first who have it alone."""
    found = {VISITOR: [Guest(VISITOR)], APPLICANT: []}
    with app.app_context():
        for link in db.session.scalars(sa.select(PrivateLink).where(PrivateLink.expires_at > clock.now())):
            link.visit_until = clock.now() + VISIT
            cookie = _cookie(app, {LINK: link.id})
            found[APPLICANT].append(Guest(APPLICANT, type(link.applicant), link.applicant.id, cookie))
        people = [user for user in db.session.scalars(sa.select(User).order_by(User.id)) if user.is_active]
        for role in Role:
            having = sorted((user for user in people if user.has(role)), key=lambda user: len(user.roles))
            found[role.value] = [
                Guest(role.value, User, user.id, _cookie(app, _session(user))) for user in having
            ]
        db.session.commit()
    return found


def _session(user: User) -> dict[str, Any]:
    """What the cookie of this person carries, signed in anew."""
    secret = access.begin_session(user, device="Firefox, Linux", address="127.0.0.1")
    return {"_user_id": user.get_id(), "_fresh": True, SIGNED_IN: secret}


def speak(app: Flask, language: str) -> None:
    """Let everybody at the demo bank prefer this language; not an event of the bank, so no history."""
    table = User.__table__
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.update(table).values(language=language))


@contextmanager
def saying(app: Flask, said: Said) -> Iterator[None]:
    """Inside the block the bank has said this of itself; not an event of the bank, so no history."""
    table = BankDuties.__table__
    before: dict[str, Any] = {}
    if said:
        with app.app_context(), db.engine.begin() as connection:
            row = connection.execute(sa.select(*(table.c[name] for name, _value in said))).mappings().first()
            before = dict(row or {})
            connection.execute(sa.update(table).values(dict(said)))
    try:
        yield
    finally:
        if before:
            with app.app_context(), db.engine.begin() as connection:
                connection.execute(sa.update(table).values(before))


def _visit(app: Flask, rule: Rule, example: Any, guests: dict[str, list[Guest]], tour: Tour) -> None:
    """Open one route, in the bank that its example asks for."""
    if isinstance(example, str):
        tour.unseen.append(f"{rule.endpoint}: {example}")
        return
    needed = rule.arguments - set(rule.defaults or ())
    if needed and example is None:
        tour.problems.append(f"{rule.endpoint}: {rule.rule} has no example in tools/examples")
        return
    said: Said = ()
    if isinstance(example, examples.Where):
        said, example = tuple(example.said.items()), example.found
    with saying(app, said):
        _open(app, rule, example, guests, tour, said)


def _open(
    app: Flask, rule: Rule, example: Any, guests: dict[str, list[Guest]], tour: Tour, said: Said
) -> None:
    """As each role: the first person who may open anything shows all that they may."""
    answers: dict[str, None] = {}
    opened: set[str] = set()
    seen = len(tour.stops) + len(tour.others)
    view: Any = app.view_functions[rule.endpoint]
    for role, people in guests.items():
        if view.access is anyone and role not in PUBLIC:
            continue
        for guest in people:
            before = len(opened)
            for name, url in _urls(app, rule, example, guest, tour.problems):
                status, kind = _ask(app, url, guest)
                answers[f"{role} {status}"] = None
                if status >= 500:
                    tour.problems.append(f"{name} [{role}]: {url} answers {status}")
                elif status < 300 and kind == "text/html":
                    tour.stops.append(Stop(role, name, url, guest.cookie, said=said))
                elif status < 300:
                    tour.others.append(f"{role} {name}: {kind}")
                if status < 400:
                    opened.add(f"{role} {name}")
            if len(opened) > before:
                break
    if not opened:
        why = ", ".join(answers) or "its example gives nobody anything"
        tour.problems.append(f"{rule.endpoint}: {rule.rule} opens for nobody ({why})")
    elif seen == len(tour.stops) + len(tour.others):
        tour.unseen.append(f"{rule.endpoint}: it leads elsewhere, whoever asks")


def _urls(
    app: Flask, rule: Rule, example: Any, guest: Guest, problems: list[str]
) -> Iterator[tuple[str, str]]:
    """The addresses of a route for this person, each with a name for its pictures."""
    with app.test_request_context():
        viewer = guest.viewer()
        view: Any = app.view_functions[rule.endpoint]
        given = _given(example, viewer) if view.access(viewer) else []
        for number, values in enumerate(given):
            unnamed = rule.arguments - values.keys() - set(rule.defaults or ())
            if unnamed:
                problems.append(f"{rule.endpoint}: its example has no {', '.join(sorted(unnamed))}")
                continue
            last = [str(values["name"])] if "name" in values else [str(number + 1)] if number else []
            yield ".".join([rule.endpoint, *last]), app.url_for(rule.endpoint, **values)
        db.session.rollback()


def _given(example: Any, viewer: Any) -> list[dict[str, Any]]:
    """What an example says for this person: nothing, values, or a list of them."""
    found = example(viewer) if example is not None else {}
    return found if isinstance(found, list) else [found] if found is not None else []


def _cookie(app: Flask, session: dict[str, Any]) -> str:
    serializer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(serializer.dumps(session))


def _ask(app: Flask, url: str, guest: Guest) -> tuple[int, str]:
    client = app.test_client()
    if guest.cookie:
        client.set_cookie(app.config["SESSION_COOKIE_NAME"], guest.cookie)
    with client.get(url) as answer:
        return answer.status_code, answer.mimetype or ""

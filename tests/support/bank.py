"""A small bank for the long stories: people who sign in, a clock that all share, mail that really arrives."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from rmhr.accounts.passwords import hashed
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.history import audit
from rmhr.core.mail import outbox
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Employee, Role, Unit, UnitKind, User, UserRole
from tests.factories import duties
from tests.support.live import Live
from tests.support.smtp import Mailbox

PASSWORD = "quiet-harbour-27"
#: key: name, roles, the key of whom they report to
PEOPLE: dict[str, tuple[str, tuple[Role, ...], str | None]] = {
    "hr": ("Anna Kessler", (Role.HR,), None),
    "supervisor": ("Tomas Lind", (Role.SUPERVISOR, Role.INTERVIEWER), None),
    "peer": ("Mara Lindqvist", (Role.INTERVIEWER,), "supervisor"),
    "mentor": ("Ilse Petersen", (Role.RM, Role.MENTOR, Role.INTERVIEWER), "supervisor"),
    "compliance": ("Birgit Saß", (Role.COMPLIANCE,), None),
    "admin": ("Nils Ohlsen", (Role.ADMIN,), None),
}


def address(key: str) -> str:
    """Where this person is written to, and signs in."""
    return f"{key}@bank.example"


@dataclass
class Bank:
    """The live product with its people, its time and its post."""

    live: Live
    post: Mailbox
    language: str
    open_page: Callable[..., Any]
    time: datetime
    signed_in: dict[tuple[str, date, tuple[tuple[str, Any], ...]], Any] = field(default_factory=dict)

    def at(self, day: date, hour: int = 9, minute: int = 0) -> None:
        """Move everybody's clock."""
        self.time = clock.moment(day, hour, minute)

    def later(self, **span: int) -> None:
        """A moment later."""
        self.time += timedelta(**span)

    @property
    def today(self) -> date:
        """The day on the bank's calendar."""
        return clock.local(self.time).date()

    def populate(self) -> None:
        """Everybody who is there before the story begins; the bank has said what law asks for."""
        with self.live.app.app_context():
            with audit.acting(SYSTEM, "tests.arrange"):
                unit = Unit(
                    name="Hamburg-Altona", kind=UnitKind.BRANCH, place="Hamburg", holiday_region="DE-HH"
                )
                people = {
                    key: User(
                        name=name,
                        email=address(key),
                        language=self.language,
                        password_hash=hashed(PASSWORD),
                        session_key=secrets.token_urlsafe(8),
                        role_rows=[UserRole(role=role) for role in roles],
                    )
                    for key, (name, roles, _boss) in PEOPLE.items()
                }
                db.session.add_all([unit, *people.values()])
                db.session.flush()
                for key, (_name, _roles, boss) in PEOPLE.items():
                    db.session.add(
                        Employee(
                            user_id=people[key].id,
                            unit_id=unit.id,
                            started_on=self.today - timedelta(days=900),
                            supervisor_id=people[boss].id if boss else None,
                        )
                    )
                db.session.flush()
            db.session.commit()
            duties.in_place()

    def sign_in(self, who: str, password: str = PASSWORD, **options: Any) -> Any:
        """A browser of this person's own, signed in; the same one all day long."""
        key = (who, self.today, tuple(options.items()))
        if key in self.signed_in:
            return self.signed_in[key]
        page = self.signed_in[key] = self.visit(**options)
        page.goto("/sign-in")
        page.fill("[name=email]", who if "@" in who else address(who))
        page.fill("[name=password]", password)
        self.send(page)
        assert "/sign-in" not in page.url, page.inner_text("main")
        return page

    def visit(self, **options: Any) -> Any:
        """A stranger's browser."""
        return self.open_page(language=self.language, **options)

    def send(self, page: Any, form: str = "main form") -> None:
        """Press the one primary button of a form and wait for what comes."""
        with page.expect_navigation():
            page.locator(f"{form} .btn-primary").first.click()

    def move(self, page: Any, name: str, **fields: Any) -> None:
        """Make a move of the workflow: the button alone, or the question that it opens."""
        one_click = page.locator(f'form[action$="/{name}"] button').first
        if one_click.count():
            with page.expect_navigation():
                one_click.click()
            return
        link = page.locator(f'a[href$="/{name}"]').first
        page.goto(link.get_attribute("href"))
        self.fill(page, **fields)
        with page.expect_navigation():
            page.locator("main form button[type=submit]:not([name=look])").last.click()

    def fill(self, page: Any, **fields: Any) -> None:
        """Fill in fields by name: text, True for a tick, a list for several ticks or a choice by value."""
        for name, value in fields.items():
            control = page.locator(f'main [name="{name}"]')
            kind = control.first.get_attribute("type")
            if isinstance(value, bool):
                control.first.set_checked(value)
            elif kind in ("radio", "checkbox"):
                for one in value if isinstance(value, list) else [value]:
                    page.locator(f'main [name="{name}"][value="{one}"]').check()
            elif control.first.evaluate("each => each.tagName") == "SELECT":
                control.first.select_option(str(value))
            else:
                control.first.fill(str(value))

    def deliver(self) -> None:
        """What the scheduler does: send what waits."""
        with self.live.app.app_context():
            outbox.deliver(1000)

    def mail(self, to: str, containing: str = "") -> EmailMessage:
        """The newest mail to an address, after a delivery; the one that contains a text if one is given."""
        self.deliver()
        found = [mail for mail in self.post.to(to) if containing in text_of(mail)]
        assert found, f"no mail to {to} containing {containing!r}"
        return found[-1]

    def link(self, mail: EmailMessage, containing: str) -> str:
        """The address in a mail that contains a text."""
        found = [url for url in re.findall(r"https?://\S+", text_of(mail)) if containing in url]
        assert found, f"no link with {containing!r} in {text_of(mail)}"
        return str(found[0])

    @contextmanager
    def looking(self) -> Iterator[Any]:
        """A session of one's own, to look at what was stored."""
        with self.live.app.app_context():
            yield db.session
            db.session.rollback()


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail as people read it."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())

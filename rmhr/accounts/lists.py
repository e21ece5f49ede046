"""The lists of people, everybody's and one's team; and the inbox."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from rmhr.accounts import queries
from rmhr.core.due.kinds import KINDS
from rmhr.core.folding import by_name
from rmhr.core.i18n import _, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, State, Target
from rmhr.core.mail import bounces
from rmhr.models.accounts import Employee, RmType, Role, Unit, User
from rmhr.models.system import Message


@dataclass(frozen=True)
class Line:
    """A person, and whether mail to them comes back."""

    it: User
    bounced: bool

    @property
    def roles(self) -> str:
        """ "HR, Interviewer"."""
        return ", ".join(str(role.label) for role in sorted(self.it.roles))

    @property
    def account(self) -> list[State]:
        """What keeps the person from signing in or from reading mail."""
        found = [State(_("Mail comes back"), "bad", "envelope-x")] if self.bounced else []
        if self.it.left_on:
            words = _("Leaves") if self.it.is_active else _("Left")
            return [*found, State(words, "neutral", "box-arrow-right")]
        return found if self.it.password_hash else [*found, State(_("Invited"), "warning", "envelope")]


def _read(_viewer: Any, people: Sequence[User]) -> list[Line]:
    bounced = bounces.of(person.email for person in people)
    return [Line(person, person.email in bounced) for person in people]


def _of_the_employment(tell: Callable[[Employee], Any]) -> Callable[[Line], Any]:
    """What a column tells of the person's employment; nothing of who has none."""
    return lambda line: tell(line.it.employee) if line.it.employee else None


def _people(name: str, title: Any, rows: Callable[[Any], Any], empty: Empty, *, team: bool) -> List[Line]:
    """A list of people; a team need not say who leads it."""
    return List(
        name=name,
        title=title,
        count=lambda number: ngettext("%(num)s person", "%(num)s people", number),
        rows=rows,
        key=User.id,
        read=_read,
        order="name",
        search=(queries.findable.PEOPLE.by(User.id),),
        search_label=_("Search people"),
        search_hint=_("Name or e-mail"),
        filters=(
            Filter("role", _("Role"), lambda _viewer, role: queries.people.having(role), Role),
            Filter("unit", _("Unit"), Employee.unit_id, queries.units.UNITS),
            Filter("type", _("RM type"), Employee.rm_type, RmType),
            Filter(
                "state",
                _("Account"),
                lambda _viewer, state: (
                    ~queries.people.here() if state == "left" else queries.people.never_signed_in()
                ),
                [("invited", _("Invitation open")), ("left", _("Has left"))],
                otherwise=lambda _viewer: queries.people.here(),
            ),
        ),
        opens=lambda line: Target("accounts.person", {"id": line.it.id}),
        cells="accounts/_cells.html",
        columns=(
            Column(
                "name",
                _("Name"),
                lambda line: line.it.name,
                cell="name",
                note=lambda line: (line.it.employee and line.it.employee.job_title) or line.it.email,
                sort=by_name(User.name),
                phone=Phone.NAME,
            ),
            Column("email", _("E-mail"), lambda line: line.it.email, shown=False),
            Column(
                "unit",
                _("Unit"),
                _of_the_employment(lambda it: it.unit.name),
                nothing=_("No unit"),
                sort=by_name(sa.func.coalesce(Unit.name, "")),
                phone=Phone.MORE,
            ),
            Column("roles", _("Roles"), lambda line: line.roles, phone=Phone.MORE),
            Column("title", _("Job title"), _of_the_employment(lambda it: it.job_title), shown=False),
            Column("type", _("RM type"), _of_the_employment(lambda it: it.rm_type), nothing=_("Not an RM")),
            Column("level", _("Level"), _of_the_employment(lambda it: it.level), shown=False),
            Column(
                "supervisor",
                _("Supervisor"),
                _of_the_employment(lambda it: it.supervisor and it.supervisor.name),
                nothing=_("Nobody"),
                loads=(contains_eager(User.employee).selectinload(Employee.supervisor),),
                may=lambda _viewer: not team,
            ),
            Column(
                "start",
                _("First day"),
                _of_the_employment(lambda it: it.started_on),
                cell="day_bare",
                sort=sa.func.coalesce(Employee.started_on, sa.literal(date(9999, 12, 31), sa.Date)),
                nowrap=True,
            ),
            Column("left", _("Last day"), lambda line: line.it.left_on, cell="day_bare", shown=False),
            Column(
                "account",
                _("Account"),
                lambda line: line.account,
                cell="account",
                file=lambda line: ", ".join(str(state.label) for state in line.account),
                phone=Phone.STATE,
            ),
        ),
        nothing_fits=_("No results"),
        empty=empty,
    )


PEOPLE = _people(
    "accounts.people",
    _("People"),
    queries.people.people,
    Empty(
        _("Nobody is here yet"),
        _("All people of the bank appear here. Invite the first ones."),
        "people",
        Target("accounts.invite"),
        _("Invite a colleague"),
        primary=False,
    ),
    team=False,
)
TEAM = _people(
    "accounts.team",
    _("Addresses of my team"),
    queries.people.team,
    Empty(
        _("Nobody reports to you yet"),
        _("The people you lead appear here as soon as HR has made you their supervisor."),
        "diagram-3",
    ),
    team=True,
)

#: What the product has said to a person, newest first. The page draws it itself: a message is no row of a table.
INBOX: List[Any] = List(
    name="accounts.inbox",
    title=_("Inbox"),
    count=lambda number: ngettext("%(num)s message", "%(num)s messages", number),
    rows=queries.inbox.messages,
    key=Message.id,
    order="-written",
    search=(Message.subject, Message.text),
    search_label=_("Search the inbox"),
    search_hint=_("Subject or text"),
    filters=(
        Filter(
            "state",
            _("Read and unread"),
            lambda _viewer, _unread: Message.read_at.is_(None),
            [("unread", _("Unread only"))],
        ),
        Filter(
            "kind",
            _("Every kind"),
            lambda _viewer, stage: Message.kind.startswith(f"{stage}.", autoescape=True),
            list(KINDS.items()),
        ),
    ),
    kept=False,
    columns=(Column("written", _("Written"), lambda it: it.created_at, sort=Message.created_at),),
    nothing_fits=_("No results"),
    empty=Empty(
        _("No messages yet"),
        _(
            "What the bank writes to you appears here: invitations, reminders, decisions. The same goes "
            "to your e-mail address unless you choose otherwise."
        ),
        "bell",
    ),
)

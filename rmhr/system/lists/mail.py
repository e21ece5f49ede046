"""The lists of mail: everything that was written, and what did not arrive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app

from rmhr.core.due.kinds import KINDS, kind_of
from rmhr.core.folding import by_name
from rmhr.core.i18n import _, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, State, Target
from rmhr.models.system import Message, MessageStatus
from rmhr.system import queries

CELLS = "system/_cells.html"


def _mails(number: int) -> str:
    return ngettext("%(num)s mail", "%(num)s mails", number)


MAIL: List[Any] = List(
    name="mail.index",
    title=_("Mail"),
    count=_mails,
    rows=lambda _viewer: queries.mail.mails(),
    key=Message.id,
    order="-written",
    search=(Message.to_name, Message.to_address, Message.subject),
    search_label=_("Search by person, address or subject"),
    search_hint=_("Person, address, subject"),
    filters=(
        Filter("state", _("Every state"), Message.state, MessageStatus),
        Filter(
            "kind", _("Every kind"), lambda _viewer, stage: queries.mail.of_kind(stage), list(KINDS.items())
        ),
    ),
    opens=lambda row: Target("mail.show", {"id": row.id}),
    cells=CELLS,
    columns=(
        Column(
            "to",
            _("To"),
            lambda row: row.to_name,
            cell="name",
            note=lambda row: row.to_address,
            sort=by_name(Message.to_name),
            phone=Phone.NAME,
        ),
        Column("address", _("Address"), lambda row: row.to_address, shown=False),
        Column(
            "subject",
            _("Subject"),
            lambda row: row.subject,
            cell="subject",
            sort=by_name(Message.subject),
            phone=Phone.MAIN,
        ),
        Column("kind", _("Kind"), lambda row: kind_of(row.kind), phone=Phone.SIDE),
        Column(
            "written",
            _("Written"),
            lambda row: row.created_at,
            cell="moment",
            sort=Message.created_at,
            nowrap=True,
            phone=Phone.SIDE,
        ),
        Column("sent", _("Sent"), lambda row: row.sent_at, cell="moment", nowrap=True, shown=False),
        Column("state", _("State"), lambda row: row.state, cell="pill", phone=Phone.STATE),
        Column("error", _("What the mail server said"), lambda row: row.error, shown=False),
    ),
    nothing_fits=_("No results."),
    empty=Empty(
        _("No mail yet."),
        _(
            "Invitations, acknowledgements, reminders: what the product writes to somebody appears here, "
            "and what became of it."
        ),
        "envelope",
    ),
)


@dataclass(frozen=True)
class Undelivered:
    """A mail that did not arrive (see queries/undelivered.py), and whether there is a server to send it again by."""

    row: Any
    sends: bool

    @property
    def target(self) -> Target | None:
        """The page of whoever it was written to."""
        if self.row.user_id:
            return Target("accounts.person", {"id": self.row.user_id})
        number = self.row.application_id
        return Target("applications.show", {"id": number}) if number else None

    @property
    def state(self) -> Any:
        """What became of it."""
        return State(_("Came back"), "bad", "envelope-x") if self.row.bounce_id else self.row.state


def _undelivered(_viewer: Any, rows: Sequence[Any]) -> list[Undelivered]:
    return [Undelivered(row, bool(current_app.config["SMTP_URL"])) for row in rows]


UNDELIVERED: List[Undelivered] = List(
    name="mail.undelivered",
    title=_("Undelivered mail"),
    count=_mails,
    rows=lambda _viewer: queries.undelivered.undelivered(),
    key=Message.id,
    read=_undelivered,
    order="-written",
    search=(Message.to_name, Message.to_address, Message.subject),
    search_label=_("Search by person, address or subject"),
    search_hint=_("Person, address, subject"),
    opens=lambda it: it.target,
    cells=CELLS,
    buttons="undelivered",
    columns=(
        Column(
            "to",
            _("To"),
            lambda it: it.row.to_name,
            cell="name",
            note=lambda it: it.row.to_address,
            sort=by_name(Message.to_name),
            phone=Phone.NAME,
        ),
        Column("address", _("Address"), lambda it: it.row.to_address, shown=False),
        Column(
            "subject",
            _("Subject"),
            lambda it: it.row.subject,
            cell="subject_of",
            sort=by_name(Message.subject),
            phone=Phone.MAIN,
        ),
        Column(
            "said",
            _("What the mail server said"),
            lambda it: it.row.said or _("Nothing"),
            phone=Phone.MORE,
        ),
        Column(
            "written",
            _("Written"),
            lambda it: it.row.created_at,
            cell="moment",
            sort=Message.created_at,
            nowrap=True,
            phone=Phone.SIDE,
        ),
        Column("state", _("State"), lambda it: it.state, cell="state", phone=Phone.STATE),
    ),
    nothing_fits=_("No results."),
    empty=Empty(
        _("All mail arrives."),
        _(
            "What cannot be delivered appears here, with what the mail server said. You can send it again once the "
            "address is right."
        ),
        "envelope-check",
    ),
)

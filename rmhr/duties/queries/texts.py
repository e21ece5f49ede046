"""The bank's texts: which version is in force, how it reads when it is told, what is on its way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from rmhr.content import read, words
from rmhr.core import bank, clock
from rmhr.core.db import db, this_day
from rmhr.core.i18n import Words, _
from rmhr.duties import placeholders
from rmhr.models.accounts import User
from rmhr.models.duties import BankText, TextKind, TextStatus

STARTER = "bank_texts"
#: The parts in which all texts are listed, each by the text that it begins with.
PARTS = {
    TextKind.PRIVACY_NOTICE: _("Notices and consents"),
    TextKind.REFERRAL: _("Letters about an application"),
    TextKind.INVITATION: _("Letters about an interview"),
    TextKind.OFFER: _("Letters about an offer"),
}
#: Versions that somebody is still working on.
ON_ITS_WAY = (TextStatus.DRAFT, TextStatus.IN_APPROVAL)
_PEOPLE = (
    joinedload(BankText.edited_by),
    joinedload(BankText.submitted_by),
    joinedload(BankText.approved_by),
)


@dataclass(frozen=True)
class Section:
    """A part of a text below a heading of its own; the first one may have none."""

    number: int
    title: str
    text: str


@dataclass(frozen=True)
class Told:
    """A text as it is told now, in the language that is spoken, with what the bank has answered filled in."""

    kind: TextKind
    text: str
    version: BankText | None  # None: the product's starter text, which nobody has approved

    @property
    def sections(self) -> list[Section]:
        """The text by its headings ("## Who sees it")."""
        return list(_sections(self.text))


def _sections(text: str) -> Iterator[Section]:
    title, lines, number = "", list[str](), 0
    for line in [*text.splitlines(), "## "]:
        if not line.startswith("## "):
            lines.append(line)
            continue
        if title or any(each.strip() for each in lines):
            yield Section(number, title, "\n".join(lines).strip())
        title, lines, number = line.removeprefix("## ").strip(), [], number + 1


def starter(kind: TextKind) -> Words:
    """The text that the product brings."""
    return words(read(STARTER)["texts"][kind.value])


def _in_force(kind: TextKind) -> sa.Select[BankText]:
    begun = (
        BankText.kind == kind,
        BankText.status == TextStatus.APPROVED,
        BankText.valid_from <= this_day(),
    )
    # What nobody of the bank has approved gives way to what its people have.
    latest = (BankText.approved_at.is_(None), BankText.valid_from.desc(), BankText.number.desc())
    return sa.select(BankText).where(*begun).order_by(*latest).limit(1)


def in_force(kind: TextKind) -> BankText | None:
    """The version that is told today; None where there is none, and the starter text is told. One query."""
    return db.session.scalar(_in_force(kind))


def approved_at(kind: TextKind) -> sa.ScalarSelect[datetime | None]:
    """When two people approved the version that is told today, for a statement that asks for more; else NULL."""
    return _in_force(kind).with_only_columns(BankText.approved_at).scalar_subquery()


def id_in_force(kind: TextKind) -> int | None:
    """Of that version. One query."""
    return db.session.scalar(_in_force(kind).with_only_columns(BankText.id))


def told(kind: TextKind) -> Told:
    """How a text reads today. Two queries at the most."""
    version = in_force(kind)
    return reads(kind, version.text if version else starter(kind), version)


def reads(kind: TextKind, text: Words, version: BankText | None = None) -> Told:
    """How these words would read if they were told now."""
    said = placeholders.filled(str(text), placeholders.facts(bank.duties()))
    return Told(kind, said, version)


def letter(kind: TextKind, values: Mapping[str, str]) -> dict[str, Any]:
    """A letter to one person, for the context of its notice: `letter`, its paragraphs, and `letter_id`, its version.

    What `values` names stands before what the bank has answered. "{facts}" and the like stay, for the template of the
    mail to draw. Two queries at the most.
    """
    version = in_force(kind)
    text = str(version.text if version else starter(kind))
    filled = placeholders.filled(text, placeholders.facts(bank.duties()) | dict(values))
    filled = filled.replace("§ ", "§\N{NO-BREAK SPACE}")  # no line ends behind it
    return {
        "letter": [block.strip() for block in filled.split("\n\n") if block.strip()],
        "letter_id": version.id if version else None,
    }


def get(_viewer: User, id: int) -> BankText:
    """One version, or 404. Whoever may open its page may see all of them."""
    found = db.session.get(BankText, id, options=_PEOPLE)
    if found is None:
        abort(404)
    return found


def versions(kind: TextKind) -> Sequence[BankText]:
    """All versions of a text, the newest first. One query."""
    query = sa.select(BankText).where(BankText.kind == kind).options(*_PEOPLE)
    return db.session.scalars(query.order_by(BankText.number.desc())).all()


def on_its_way(kind: TextKind) -> BankText | None:
    """The version that is being written or waits for a second person."""
    query = sa.select(BankText).where(BankText.kind == kind, BankText.status.in_(ON_ITS_WAY))
    return db.session.scalar(query)


@dataclass(frozen=True)
class Line:
    """One text in the list of all: what is in force, what begins later, what is on its way."""

    kind: TextKind
    in_force: BankText | None = None
    coming: BankText | None = None
    on_its_way: BankText | None = None

    @property
    def waits(self) -> bool:
        """Whether nobody of the bank has approved it yet."""
        return self.in_force is None or self.in_force.approved_at is None


def overview() -> list[Line]:
    """All texts. One query."""
    query = sa.select(BankText).options(joinedload(BankText.edited_by)).order_by(BankText.number)
    rows = db.session.scalars(query).all()
    return [line(kind, [row for row in rows if row.kind is kind]) for kind in TextKind]


def in_parts(lines: Sequence[Line]) -> list[tuple[Any, list[Line]]]:
    """These lines by the parts in which they are listed: (heading, lines)."""
    parts: list[tuple[Any, list[Line]]] = []
    for each in lines:
        if each.kind in PARTS:
            parts.append((PARTS[each.kind], []))
        parts[-1][1].append(each)
    return parts


def line(kind: TextKind, rows: Sequence[BankText]) -> Line:
    """How one text stands, of all its versions."""
    approved = sorted(
        (row for row in rows if row.status is TextStatus.APPROVED),
        key=lambda row: (row.approved_at is not None, _begins(row), row.number),
    )
    begun = [row for row in approved if _begins(row) <= clock.today()]
    coming = [row for row in approved if _begins(row) > clock.today()]
    way = [row for row in rows if row.status in ON_ITS_WAY]
    return Line(
        kind,
        in_force=begun[-1] if begun else None,
        coming=coming[0] if coming else None,
        on_its_way=way[0] if way else None,
    )


def _begins(row: BankText) -> date:
    return row.valid_from or date.max

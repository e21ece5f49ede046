"""What stood on a thing when it was concluded: kept as it was seen and signed, whatever changes afterwards.

A stage says in its `records.py` what is seen of a kind of thing, as one function. Its page, document, mail and export
draw what `read` gives: while the thing is open what the function says now, once it is concluded what it said then.
The digest of each record stands in the history of the thing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from babel.support import LazyProxy

from rmhr.core import clock, registry
from rmhr.core.db import Base, db
from rmhr.core.enums import LabelEnum
from rmhr.core.history import audit
from rmhr.core.i18n import LANGUAGES, Words, speaking
from rmhr.models.system import Record

Row = TypeVar("Row", bound=Base)


class Copy:
    """A mapping whose entries are attributes as well, so that a template draws a record like a row."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        self._entries = dict(entries)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._entries:
            raise AttributeError(name)
        return self._entries[name]

    def __getitem__(self, name: str) -> Any:
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Copy) and self._entries == other._entries

    __hash__ = None  # type: ignore[assignment]  # two copies are the same by what they hold


@dataclass(frozen=True)
class Label:
    """A member of an enumeration as it was called then: value, words, tone and icon."""

    value: str
    label: Words
    tone: str
    icon: str

    def __str__(self) -> str:
        return str(self.label)


def frozen(value: Any) -> Any:
    """The value as JSON: a day, a moment, a number, words of both languages, a label, and mappings and lists of them.

    Raises TypeError for what would not be the same tomorrow, as a row of a table.
    """
    if isinstance(value, LabelEnum):
        return {
            "$label": value.value,
            "words": _words(value.label),
            "tone": value.tone,
            "icon": value.icon,
        }
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, LazyProxy):
        return {"$words": _words(value)}
    if isinstance(value, Words):
        return {"$words": dict(value)}
    if isinstance(value, datetime):
        return {"$moment": value.isoformat()}
    if isinstance(value, date):
        return {"$day": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$number": str(value)}
    if isinstance(value, (Copy, Mapping)):
        return {str(name): frozen(value[name]) for name in value}
    if isinstance(value, (list, tuple)):
        return [frozen(each) for each in value]
    if isinstance(value, Label):
        return {"$label": value.value, "words": dict(value.label), "tone": value.tone, "icon": value.icon}
    raise TypeError(f"{value!r} cannot be kept as it is")


def thawed(value: Any) -> Any:
    """What `frozen` was given: mappings come back as a Copy, members of an enumeration as a Label."""
    if isinstance(value, list):
        return [thawed(each) for each in value]
    if not isinstance(value, dict):
        return value
    if "$label" in value:
        return Label(value["$label"], Words(value["words"]), value["tone"], value["icon"])
    if "$words" in value:
        return Words(value["$words"])
    if "$moment" in value:
        return datetime.fromisoformat(value["$moment"])
    if "$day" in value:
        return date.fromisoformat(value["$day"])
    if "$number" in value:
        return Decimal(value["$number"])
    return Copy({name: thawed(each) for name, each in value.items()})


def _words(said: Any) -> dict[str, str]:
    if isinstance(said, Words):
        return dict(said)
    spoken = {}
    for code in LANGUAGES:
        with speaking(code):
            spoken[code] = str(said)
    return spoken


def digest(content: Any) -> str:
    """SHA-256 over the content of a record, in hexadecimal digits."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class Read:
    """What a page shows of a thing: `says`, and, once it is concluded, since when and by whom it stands so."""

    says: Any
    at: datetime | None = None
    by: str = ""
    edition: int = 0
    digest: str = ""
    intact: bool = True

    @property
    def concluded(self) -> bool:
        """Whether this is what was kept, and not what holds now."""
        return self.at is not None


class RecordKind(Generic[Row]):
    """A kind of thing of which a copy is kept when it is concluded."""

    def __init__(
        self,
        name: str,
        model: type[Row],
        says: Callable[[Row], Mapping[str, Any]],
        loads: Callable[[], Sequence[Any]] = tuple,
    ) -> None:
        self.name, self.model, self._says, self._loads = name, model, says, loads
        registry.RECORDS.add(name, self)

    def now(self, row: Row) -> Any:
        """What is seen of it at this moment, in the shape in which it would be kept."""
        return thawed(frozen(self._says(row)))

    def keep(self, row: Row, says: Mapping[str, Any] | Copy | None = None) -> Record:
        """Keep what is seen of it now, inside the operation that concludes it. A second time keeps another edition.

        `says` is what was seen where that is not what holds now: who signs second signs what the first had before them.
        Raises WriteOutsideOperation where nobody acts.
        """
        db.session.flush()
        content = frozen(self._says(row) if says is None else says)
        kind, actor_id, name = audit.who_acts()
        last = db.session.scalar(
            sa.select(sa.func.max(Record.edition)).where(
                Record.kind == self.name, Record.subject_id == row.id
            )
        )
        made = Record(
            kind=self.name,
            subject_id=row.id,
            edition=(last or 0) + 1,
            at=clock.now(),
            actor_kind=kind,
            actor_id=actor_id,
            actor_name=name,
            content=content,
            digest=digest(content),
        )
        db.session.add(made)
        audit.vouch(row, f"{self.name} {made.edition}: {made.digest}")
        return made

    def read(self, row: Row) -> Read:
        """What a page shows of it: the copy that was kept last, else what holds now. One query."""
        return self.read_all([row])[row.id]

    def read_all(self, rows: Iterable[Row]) -> dict[int, Read]:
        """The same of many, by id. One query; where some are not concluded, one and what `loads` asks for those."""
        wanted = {row.id: row for row in rows}
        kept = _latest(self.name, wanted)
        if loads := self._loads() if len(wanted) > len(kept) else ():
            # Into the rows that are at hand, for all of them at once.
            now = sa.select(self.model).where(self.model.id.in_(wanted.keys() - kept.keys()))
            db.session.scalars(now.options(*loads)).unique().all()
        return {id: _read(kept[id]) if id in kept else Read(self.now(row)) for id, row in wanted.items()}

    def kept(self, ids: Iterable[int]) -> dict[int, Read]:
        """What was kept last of those of these that are concluded, by id. One query."""
        return {id: _read(record) for id, record in _latest(self.name, ids).items()}

    def editions(self, row: Row) -> list[Read]:
        """All that was kept of it, the first one first. One query."""
        found = db.session.scalars(
            sa.select(Record)
            .where(Record.kind == self.name, Record.subject_id == row.id)
            .order_by(Record.edition)
        )
        return [_read(each) for each in found]


def record(
    name: str, of: type[Row], loads: Callable[[], Sequence[Any]] = tuple
) -> Callable[[Callable[[Row], Mapping[str, Any]]], RecordKind[Row]]:
    """Declare what is seen of a kind of thing: `CERTIFICATE = record("training.certificate", of=Certificate)(says)`.

    `loads` gives the options of a query for all that it reads, where many are read that are not concluded, or were
    before copies were kept.
    """

    def declare(says: Callable[[Row], Mapping[str, Any]]) -> RecordKind[Row]:
        return RecordKind(name, of, says, loads)

    return declare


def _latest(kind: str, ids: Iterable[int]) -> dict[int, Record]:
    found = db.session.scalars(
        sa.select(Record)
        .where(Record.kind == kind, Record.subject_id.in_(list(ids)))
        .order_by(Record.edition)
    )
    return {each.subject_id: each for each in found}


def _read(kept: Record) -> Read:
    return Read(
        says=thawed(kept.content),
        at=kept.at,
        by=kept.actor_name,
        edition=kept.edition,
        digest=kept.digest,
        intact=digest(kept.content) == kept.digest,
    )


def forget(kind: RecordKind[Any], row: Base) -> None:
    """Delete what was kept of a thing, when the day of its deletion has come. The history keeps the digests."""
    db.session.execute(sa.delete(Record).where(Record.kind == kind.name, Record.subject_id == row.id))


def damaged() -> Iterator[Record]:
    """The records whose content is not what their digest says, or that the history does not vouch for."""
    for kept in db.session.scalars(sa.select(Record).order_by(Record.id).execution_options(yield_per=500)):
        model = registry.RECORDS[kept.kind].model
        vouched = audit.vouched(model.__tablename__, kept.subject_id)
        if digest(kept.content) != kept.digest or f"{kept.kind} {kept.edition}: {kept.digest}" not in vouched:
            yield kept

"""What the picture tool opens of the bank and its texts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.duties.papers.kinds import Paper
from rmhr.models.duties import BankText, TextKind, TextStatus
from tools.examples import Example, Values, by_id, first


def _text(_viewer: Any) -> list[Values]:
    return [{"name": TextKind.PRIVACY_NOTICE.value}, {"name": TextKind.OFFER.value}]


def _version(_viewer: Any) -> Values | None:
    return by_id(first(sa.select(BankText).order_by(BankText.id.desc())))


def _draft(_viewer: Any) -> Values | None:
    query = sa.select(BankText).where(BankText.status == TextStatus.DRAFT)
    return by_id(first(query.order_by(BankText.id)))


def _waiting(_viewer: Any) -> Values | None:
    query = sa.select(BankText).where(BankText.status == TextStatus.IN_APPROVAL)
    return by_id(first(query.order_by(BankText.id)), name="approve")


def _papers(_viewer: Any) -> list[Values]:
    return [{"name": paper.value} for paper in Paper]


EXAMPLES: dict[str, Example] = {
    "papers.show": _papers,
    "papers.download": lambda _viewer: {"name": Paper.RECORDS.value, "kind": "html"},
    "texts.show": _text,
    "texts.edit": _text,
    "texts.version": _version,
    "texts.throw_away": _draft,
    "texts.transition": _waiting,
}

"""What the picture tool opens of share links and recommendations."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.models.applications import Application
from rmhr.models.sourcing import Referral, ShareLink
from tools.examples import Example, Values, first


def _unused(_viewer: Any) -> Values | None:
    """A link that nobody has used yet."""
    used = sa.select(Application.share_link_id).where(Application.share_link_id.is_not(None))
    found = first(sa.select(ShareLink).where(ShareLink.id.not_in(used)).order_by(ShareLink.id))
    return {"id": found.posting_id, "link_id": found.id} if found else None


def _posting(viewer: Any) -> Values | None:
    found = _unused(viewer)
    return {"id": found["id"]} if found else None


def _recommended(_viewer: Any) -> Values | None:
    """Somebody who was recommended and has not applied."""
    used = sa.select(Application.referral_id).where(Application.referral_id.is_not(None))
    found = first(sa.select(Referral).where(Referral.id.not_in(used)).order_by(Referral.id))
    return {"id": found.id, "code": found.code} if found else None


def _to_erase(viewer: Any) -> Values | None:
    found = _recommended(viewer)
    return {"id": found["id"]} if found else None


def _of_the_mail(viewer: Any) -> Values | None:
    found = _recommended(viewer)
    return {"code": found["code"]} if found else None


EXAMPLES: dict[str, Example] = {
    "share_links.index": _posting,
    "share_links.rename": _unused,
    "share_links.delete": _unused,
    "share_links.qr_code": _unused,
    "referrals.erase": _to_erase,
    "recommended.erase": _of_the_mail,
}

"""What the picture tool opens of share links."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.models.applications import Application
from rmhr.models.sourcing import ShareLink
from tools.examples import Example, Values, first


def _unused(_viewer: Any) -> Values | None:
    """A link that nobody has used yet."""
    used = sa.select(Application.share_link_id).where(Application.share_link_id.is_not(None))
    found = first(sa.select(ShareLink).where(ShareLink.id.not_in(used)).order_by(ShareLink.id))
    return {"id": found.posting_id, "link_id": found.id} if found else None


def _posting(viewer: Any) -> Values | None:
    found = _unused(viewer)
    return {"id": found["id"]} if found else None


EXAMPLES: dict[str, Example] = {
    "share_links.index": _posting,
    "share_links.rename": _unused,
    "share_links.delete": _unused,
    "share_links.qr_code": _unused,
}

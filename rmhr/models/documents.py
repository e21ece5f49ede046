"""Uploaded files: what is known of them. The bytes lie in the data folder, under a random key."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from rmhr.core import clock
from rmhr.core.db import Audited, Base
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _


class TextState(LabelEnum):
    """Whether the file's text could be read."""

    FOUND = "found", _("Text found"), "good", "file-earmark-text"
    LITTLE = "little", _("Hardly any text found, probably a scan"), "warning", "file-earmark-image"
    NONE = "none", _("No text found, probably a scan"), "warning", "file-earmark-image"
    UNREADABLE = "unreadable", _("Could not be read"), "bad", "file-earmark-x"


class Document(Audited, Base):
    """A file that somebody handed in."""

    __tablename__ = "document"
    __table_args__ = (sa.CheckConstraint("size > 0", name="not_empty"),)

    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(info={"private": True})
    content_type: Mapped[str]
    size: Mapped[int]  # bytes
    sha256: Mapped[str]
    text: Mapped[str] = mapped_column(default="", info={"private": True})
    text_state: Mapped[TextState]
    pages: Mapped[int | None]  # where the format has pages
    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())

"""What colleagues keep for their own work: lists as they like to see them, forms that are not sent yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from rmhr.core import clock
from rmhr.core.db import Base


class SavedView(Base):
    """A list with its search, filters and order, under a name. It belongs to one person."""

    __tablename__ = "saved_view"
    __table_args__ = (sa.UniqueConstraint("user_id", "page", "name"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"))
    page: Mapped[str]  # the endpoint of the list
    name: Mapped[str]
    state: Mapped[dict[str, Any]]  # what stands in its address
    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())


class FormDraft(Base):
    """What somebody has typed into a form and not saved. It belongs to one person."""

    __tablename__ = "form_draft"
    __table_args__ = (sa.UniqueConstraint("user_id", "form"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"))
    form: Mapped[str]  # which form of which thing: "postings.edit:12"
    typed: Mapped[list[dict[str, Any]]]  # [{name, value}] in the order of the form
    saved_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())

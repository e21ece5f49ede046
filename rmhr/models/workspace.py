"""What colleagues keep for their own work: lists as they like to see them, forms that are not sent yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from rmhr.core import clock
from rmhr.core.db import Base
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _


class SavedView(Base):
    """A list with its search, filters, order and columns, under a name. It belongs to one person.

    Without a name it holds nothing but the columns that this person has chosen for the list.
    """

    __tablename__ = "saved_view"
    __table_args__ = (sa.UniqueConstraint("user_id", "page", "name"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"))
    page: Mapped[str]  # the endpoint of the list
    name: Mapped[str]
    state: Mapped[dict[str, Any]]  # what stands in its address
    created_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())


class FileKind(LabelEnum):
    """What a list is taken home as."""

    XLSX = "xlsx", _("Workbook (XLSX)"), "neutral", "file-earmark-spreadsheet"
    CSV = "csv", _("Table as text (CSV)"), "neutral", "filetype-csv"


class Separator(LabelEnum):
    """What stands between the cells of a CSV file."""

    SEMICOLON = "semicolon", _("Semicolon, for Excel in German"), "neutral", "dot"
    COMMA = "comma", _("Comma"), "neutral", "dot"
    TAB = "tab", _("Tab"), "neutral", "dot"


class ExportChoice(Base):
    """How somebody last took a list home: proposed the next time."""

    __tablename__ = "export_choice"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), unique=True)
    kind: Mapped[FileKind]
    separator: Mapped[Separator]
    every_column: Mapped[bool]  # not only those that the list shows


class FormDraft(Base):
    """What somebody has typed into a form and not saved. It belongs to one person."""

    __tablename__ = "form_draft"
    __table_args__ = (sa.UniqueConstraint("user_id", "form"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"))
    form: Mapped[str]  # which form of which thing: "postings.edit:12"
    typed: Mapped[list[dict[str, Any]]]  # [{name, value}] in the order of the form
    saved_at: Mapped[datetime] = mapped_column(default=lambda: clock.now())

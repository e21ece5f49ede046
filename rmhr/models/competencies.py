"""What is rated from posting to review: competencies, with behaviour in words for each level."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.models.accounts import RmType


class Level(LabelEnum):
    """The five levels of every rating, and what is not a level."""

    ONE = "1", _("Not shown"), "bad", "1-circle"
    TWO = "2", _("Partly shown"), "warning", "2-circle"
    THREE = "3", _("Meets the requirement"), "info", "3-circle"
    FOUR = "4", _("Clearly above"), "good", "4-circle"
    FIVE = "5", _("Role model"), "good", "5-circle"
    NOT_OBSERVED = "not_observed", _("Not observed"), "neutral", "dash-circle"

    @property
    def number(self) -> int | None:
        """The level as a number; None where nothing was observed, which no average counts."""
        return None if self is Level.NOT_OBSERVED else int(self.value)


class Relevance(LabelEnum):
    """How much a competency matters to a type of RM."""

    ESSENTIAL = "essential", _("Essential"), "info", "star-fill"
    IMPORTANT = "important", _("Important"), "neutral", "star-half"
    USEFUL = "useful", _("Useful"), "neutral", "star"


class Competency(Audited, Base):
    """Something that an RM can do, described so that two people reach the same rating."""

    __tablename__ = "competency"

    code: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    name: Mapped[Words]
    definition: Mapped[Words]

    anchors: Mapped[list[Anchor]] = relationship(
        order_by="Anchor.level", cascade="all, delete-orphan", back_populates="competency"
    )
    profiles: Mapped[list[CompetencyProfile]] = relationship(
        cascade="all, delete-orphan", back_populates="competency"
    )


class Anchor(Audited, Base):
    """The behaviour that shows one level of one competency."""

    __tablename__ = "anchor"
    __table_args__ = (
        sa.UniqueConstraint("competency_id", "level"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level_from_1_to_5"),
    )

    competency_id: Mapped[int] = mapped_column(sa.ForeignKey("competency.id", ondelete="CASCADE"))
    level: Mapped[int]
    text: Mapped[Words]

    competency: Mapped[Competency] = relationship(back_populates="anchors")


class CompetencyProfile(Audited, Base):
    """What a type of RM should reach."""

    __tablename__ = "competency_profile"
    __table_args__ = (
        sa.UniqueConstraint("competency_id", "rm_type"),
        sa.CheckConstraint("target_level BETWEEN 1 AND 5", name="level_from_1_to_5"),
    )

    competency_id: Mapped[int] = mapped_column(sa.ForeignKey("competency.id", ondelete="CASCADE"))
    rm_type: Mapped[RmType]
    relevance: Mapped[Relevance]
    target_level: Mapped[int]

    competency: Mapped[Competency] = relationship(back_populates="profiles")

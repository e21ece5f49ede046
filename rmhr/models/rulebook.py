"""The register of legal and practice rules, and the checks by which somebody has said that each still holds."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from rmhr.core.db import Audited, Base, Timestamps, Versioned
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import Words, _
from rmhr.law.rules import Authority, Owner
from rmhr.models.accounts import User


class CheckOutcome(LabelEnum):
    """What a check has found."""

    HOLDS = "holds", _("Still holds"), "good", "check-circle-fill"
    CHANGED = "changed", _("Has changed"), "warning", "exclamation-triangle"
    ENDED = "ended", _("No longer holds"), "bad", "x-circle"


class RegisteredRule(Audited, Timestamps, Versioned, Base):
    """A rule as the product or the bank declares it now. What changes in it stands in its history."""

    __tablename__ = "registered_rule"
    __table_args__ = (
        sa.CheckConstraint("(checked_on IS NULL) = (outcome IS NULL)", name="checked_with_an_outcome"),
        # What is due, and whose.
        sa.Index(None, "look_again_on", "retired_on"),
    )

    name: Mapped[str] = mapped_column(unique=True)  # "interviews.decide"
    stage: Mapped[str]
    authority: Mapped[Authority]
    what: Mapped[Words]
    why: Mapped[Words]
    source: Mapped[Words]
    reads: Mapped[Words]  # "5 working days"; empty where it is no span
    since: Mapped[date | None]  # None: the bank has not put it in force yet
    review_by: Mapped[date]  # as it was declared
    owner_role: Mapped[Owner]  # who looks, while nobody is named
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    look_again_on: Mapped[date]  # when it is due: as it was declared, then as the last check says
    checked_on: Mapped[date | None]
    outcome: Mapped[CheckOutcome | None]  # of the last check
    retired_on: Mapped[date | None]  # since then nobody declares it any more

    owner: Mapped[User | None] = relationship()

    @property
    def called_in_history(self) -> Words:
        """Which of several rules it is."""
        return self.what


class RuleCheck(Audited, Timestamps, Base):
    """Somebody has looked whether a rule still holds. It is never changed: what was found later is another check."""

    __tablename__ = "rule_check"
    __table_args__ = (
        sa.UniqueConstraint("rule_id", "number"),
        sa.CheckConstraint("next_on > checked_on", name="next_after_the_check"),
        sa.CheckConstraint("outcome = 'holds' OR note <> ''", name="says_what_is_other"),
    )

    rule_id: Mapped[int] = mapped_column(sa.ForeignKey("registered_rule.id", ondelete="RESTRICT"))
    number: Mapped[int]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True)
    by_name: Mapped[str]  # as they were called then
    checked_on: Mapped[date]
    outcome: Mapped[CheckOutcome]
    looked_at: Mapped[str]  # the source that was looked at: a statute's page, a commentary, counsel
    note: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date]
    # As the rule stood when it was checked.
    what: Mapped[Words]
    source: Mapped[Words]
    reads: Mapped[Words]
    since: Mapped[date | None]

    rule: Mapped[RegisteredRule] = relationship()
    by: Mapped[User] = relationship()

"""The register of rules of the demo bank: some are checked, one is due, one soon, one has changed."""

from __future__ import annotations

import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.demo.building import at_work, day, person
from rmhr.models.rulebook import CheckOutcome, RegisteredRule
from rmhr.rulebook import content, operations

#: (rule, days from today of the check and of the next one, what was looked at)
CHECKS = (
    ("applications.refused", -120, -3, "gesetze-im-internet.de: § 15 AGG, § 61b ArbGG"),
    ("interviews.private_health", -110, 19, "gesetze-im-internet.de: §§ 1, 7 AGG, § 164 SGB IX"),
    ("interviews.private_age", -110, 255, "gesetze-im-internet.de: §§ 1, 7, 10 AGG"),
    ("duties.says_name", -64, 301, "eur-lex.europa.eu: Regulation (EU) 2016/679"),
    ("training.aml", -41, 324, "gesetze-im-internet.de: GwG; BaFin, Auslegungs- und Anwendungshinweise"),
    ("interviews.decide", -33, 690, "Talk with the heads of the regions"),
)


def build() -> None:
    """Compliance has begun to check in the summer."""
    content.load()
    birgit, anna = person("birgit"), person("anna")
    for name, checked, following, looked_at in CHECKS:
        next_on = day(following)
        with clock.at(at_work(day(checked), 14, 20)):
            operations.record(
                birgit,
                _rule(name),
                outcome=CheckOutcome.HOLDS,
                looked_at=looked_at,
                next_on=next_on,
            )
    with clock.at(at_work(day(-12), 10, 40)):
        operations.name_owner(birgit, _rule("postings.coach"), owner=anna)
        operations.record(
            birgit,
            _rule("interviews.past_pay"),
            outcome=CheckOutcome.CHANGED,
            looked_at="Counsel, by e-mail",
            note="The day for carrying out the directive is over. Counsel looks at what holds for a private bank.",
        )


def _rule(name: str) -> RegisteredRule:
    return db.session.scalars(sa.select(RegisteredRule).where(RegisteredRule.name == name)).one()

"""What law asks for around a hiring: the works council's week, three days to court, the clocks of investment advice."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core.i18n import _
from rmhr.law.rules import Authority, LegalRule, Unit, legal_rule

#: The spans below were last looked at on this day in 2026; nothing newer than that was known.
REVIEW_BY = date(2027, 11, 30)
#: The Works Constitution Act in force; the day was not looked up.
BETRVG = date(1972, 1, 19)
#: Section 87 WpHG under its number of now, and the ESMA guidelines beside it; the day was not looked up.
WPHG = date(2018, 1, 3)
#: When the spans of practice were written down.
SINCE = date(2026, 11, 30)


def _law(name: str, number: int, unit: Unit, since: date, what: Any, why: Any, source: Any) -> LegalRule:
    return legal_rule(
        name,
        number,
        unit,
        what=what,
        why=why,
        authority=Authority.LAW,
        source=source,
        since=since,
        review_by=REVIEW_BY,
    )


def _practice(name: str, number: int, unit: Unit, what: Any, why: Any, source: Any) -> LegalRule:
    return legal_rule(
        name,
        number,
        unit,
        what=what,
        why=why,
        authority=Authority.PRACTICE,
        source=source,
        since=SINCE,
        review_by=REVIEW_BY,
    )


COUNCIL_ANSWERS = _law(
    "council.answer",
    7,
    Unit.DAYS,
    BETRVG,
    _("Refuse consent to a hiring: the works council; its silence is consent"),
    _(
        "In writing, with reasons. The day on which the council had everything does not count (section 187(1) BGB); a "
        "last day on a weekend or holiday moves to the next working day (section 193 BGB)."
    ),
    _("section 99(3) BetrVG"),
)
COURT_AFTER_DISPUTE = _law(
    "council.court",
    3,
    Unit.DAYS,
    BETRVG,
    _("Go to the labour court after the works council has disputed that a hiring was urgent"),
    _("Calendar days; whether section 193 BGB prolongs them was not checked, so they are not prolonged."),
    _("section 100(2) sentence 3 BetrVG"),
)
END_PROVISIONAL_HIRING = _law(
    "council.end",
    14,
    Unit.DAYS,
    BETRVG,
    _("End a provisional hiring after the court’s final decision"),
    _("It ends when two weeks after the decision became final are over."),
    _("section 100(3) BetrVG"),
)
FOLLOW_REFUSAL = _practice(
    "council.follow",
    3,
    Unit.WORKING_DAYS,
    _("Decide what follows a refusal by the works council"),
    _("The candidate waits; a hiring that is urgent is not urgent any more after a week."),
    _("Experience: no law sets this span"),
)
SAY_WHETHER_DISPUTED = _practice(
    "council.disputed",
    3,
    Unit.WORKING_DAYS,
    _("Record whether the works council disputes that a hiring was urgent"),
    _("The council has to dispute it without delay; no number of days is given."),
    _("section 100(2) sentence 2 BetrVG"),
)
EXPERIENCE = _law(
    "onboarding.experience",
    6,
    Unit.MONTHS,
    WPHG,
    _("Gain the experience that knowledge and competence for investment advice ask for, at least"),
    _("In Germany read with section 1 WpHGMaAnzV, whose text was not checked."),
    _("section 87(1) WpHG with the ESMA guidelines (ESMA/2015/1886)"),
)
SUPERVISION = _law(
    "onboarding.supervision",
    48,
    Unit.MONTHS,
    WPHG,
    _("Give investment advice under supervision without the full knowledge and competence, at the most"),
    _("Authorities may shorten it. In Germany read with section 1 WpHGMaAnzV, whose text was not checked."),
    _("section 87(1) WpHG with the ESMA guidelines (ESMA/2015/1886)"),
)
WARN_EARLY = _practice(
    "onboarding.warn_early",
    182,
    Unit.DAYS,
    _("Warn early before a clock of investment advice runs out"),
    _("Half a year leaves room for an exam and a second attempt."),
    _("Experience: no law sets this span"),
)
WARN_AGAIN = _practice(
    "onboarding.warn_again",
    91,
    Unit.DAYS,
    _("Warn again before a clock of investment advice runs out"),
    _("Three months are the last in which an exam can still be taken."),
    _("Experience: no law sets this span"),
)
NOTIFY_CHANGE = _practice(
    "onboarding.notify_change",
    3,
    Unit.WORKING_DAYS,
    _("Notify BaFin that somebody gives no investment advice any more"),
    _(
        "It has to be done without delay, which is without culpable hesitation (section 121(1) BGB). Whether "
        "WpHGMaAnzV gives a span of its own was not checked."
    ),
    _("section 87(1) WpHG; the number of days is practice"),
)

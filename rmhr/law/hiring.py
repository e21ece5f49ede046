"""What law asks for around a hiring: the works council's week, three days to court, the clocks of investment advice."""

from __future__ import annotations

from datetime import date

from rmhr.core.i18n import _
from rmhr.law.rules import Authority, Unit, legal_rule

#: The spans below were last looked at on this day in 2026; nothing newer than that was known.
REVIEW_BY = date(2027, 11, 30)

COUNCIL_ANSWERS = legal_rule(
    "council.answer",
    7,
    Unit.DAYS,
    what=_("Refuse consent to a hiring: the works council; its silence is consent"),
    authority=Authority.LAW,
    source="section 99(3) BetrVG: within one week, in writing, with reasons. The day on which the council had "
    "everything does not count (section 187(1) BGB); a last day on a weekend or holiday moves to the next working day "
    "(section 193 BGB).",
    review_by=REVIEW_BY,
)
COURT_AFTER_DISPUTE = legal_rule(
    "council.court",
    3,
    Unit.DAYS,
    what=_("Go to the labour court after the works council has disputed that a hiring was urgent"),
    authority=Authority.LAW,
    source="section 100(2) sentence 3 BetrVG: within three days. Calendar days; whether section 193 BGB prolongs them "
    "was not checked, so they are not prolonged.",
    review_by=REVIEW_BY,
)
END_PROVISIONAL_HIRING = legal_rule(
    "council.end",
    14,
    Unit.DAYS,
    what=_("End a provisional hiring after the court’s final decision"),
    authority=Authority.LAW,
    source="section 100(3) BetrVG: it ends when two weeks after the decision became final are over.",
    review_by=REVIEW_BY,
)
FOLLOW_REFUSAL = legal_rule(
    "council.follow",
    3,
    Unit.WORKING_DAYS,
    what=_("Decide what follows a refusal by the works council"),
    authority=Authority.PRACTICE,
    source="Practice: the candidate waits; a hiring that is urgent is not urgent any more after a week.",
    review_by=REVIEW_BY,
)
SAY_WHETHER_DISPUTED = legal_rule(
    "council.disputed",
    3,
    Unit.WORKING_DAYS,
    what=_("Record whether the works council disputes that a hiring was urgent"),
    authority=Authority.PRACTICE,
    source="Practice: section 100(2) sentence 2 BetrVG asks the council to dispute it without delay; no number of "
    "days is given.",
    review_by=REVIEW_BY,
)
EXPERIENCE = legal_rule(
    "onboarding.experience",
    6,
    Unit.MONTHS,
    what=_("Gain the experience that knowledge and competence for investment advice ask for, at least"),
    authority=Authority.LAW,
    source="section 87(1) WpHG, read with the ESMA guidelines (ESMA/2015/1886): at least six months; in Germany with "
    "section 1 WpHGMaAnzV, whose text was not checked.",
    review_by=REVIEW_BY,
)
SUPERVISION = legal_rule(
    "onboarding.supervision",
    48,
    Unit.MONTHS,
    what=_("Give investment advice under supervision without the full knowledge and competence, at the most"),
    authority=Authority.LAW,
    source="section 87(1) WpHG, read with the ESMA guidelines (ESMA/2015/1886): at most four years; authorities may "
    "shorten it. In Germany with section 1 WpHGMaAnzV, whose text was not checked.",
    review_by=REVIEW_BY,
)
WARN_EARLY = legal_rule(
    "onboarding.warn_early",
    182,
    Unit.DAYS,
    what=_("Warn early before a clock of investment advice runs out"),
    authority=Authority.PRACTICE,
    source="Practice: half a year leaves room for an exam and a second attempt.",
    review_by=REVIEW_BY,
)
WARN_AGAIN = legal_rule(
    "onboarding.warn_again",
    91,
    Unit.DAYS,
    what=_("Warn again before a clock of investment advice runs out"),
    authority=Authority.PRACTICE,
    source="Practice: three months are the last in which an exam can still be taken.",
    review_by=REVIEW_BY,
)
NOTIFY_CHANGE = legal_rule(
    "onboarding.notify_change",
    3,
    Unit.WORKING_DAYS,
    what=_("Notify BaFin that somebody gives no investment advice any more"),
    authority=Authority.PRACTICE,
    source="Practice: section 87(1) WpHG asks for it without delay, which is without culpable hesitation (section "
    "121(1) BGB); three working days are practice. Whether WpHGMaAnzV gives a span of its own was not checked.",
    review_by=REVIEW_BY,
)

"""What law asks the bank to say, and the bank's own texts in force, for the register of rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from rmhr.core.i18n import _, speaking
from rmhr.core.lists.declaration import Target
from rmhr.duties import gaps
from rmhr.duties.queries import texts
from rmhr.law import deadlines
from rmhr.law.rules import Authority, LegalRule, Part, rules_of
from rmhr.models.duties import TextKind

GDPR, AGG, SGB_IX = date(2018, 5, 25), date(2006, 8, 18), date(2018, 1, 1)
DDG, NACHWG, BGB = date(2024, 5, 14), date(2022, 8, 1), date(1900, 1, 1)
#: Since when the bank has to say what stands in a field, by the first field that a law asks for.
SINCE = {
    "name": GDPR,
    "phone": DDG,
    "officer_email": GDPR,
    "authority": GDPR,
    "processors": GDPR,
    "third_countries": GDPR,
    "legal_form": DDG,
    "travel_costs": BGB,
    "employment_terms": NACHWG,
    "complaints": AGG,
    "public_employer": SGB_IX,
}
REVIEW_BY = date(2027, 6, 30)
#: On which law each text of the bank rests, or on what else.
_PRACTICE = _("Experience: who has applied wants to know how things are")
RESTS_ON = {
    TextKind.PRIVACY_NOTICE: _("Art. 13 GDPR"),
    TextKind.SUPERVISOR_CONSENT: _("Art. 6(1)(a) and Art. 7 GDPR"),
    TextKind.TRAINING_NOTICE: _("Art. 13 GDPR"),
    TextKind.REFERRAL: _("Art. 14 GDPR"),
    TextKind.CONFIRMATION: _("Experience: applicants want to know that it has arrived"),
    TextKind.SECOND_CONFIRMATION: _("Experience: applicants want to know that it has arrived"),
    TextKind.EARLIER_COUNTS: _PRACTICE,
    TextKind.SHORTLIST: _PRACTICE,
    TextKind.REJECTION: _("section 22 AGG"),
    TextKind.DECISION: _("section 164(1) sentence 9 SGB IX"),
    TextKind.REOPENED: _PRACTICE,
    TextKind.WITHDRAWAL: _PRACTICE,
    TextKind.RESUMED: _PRACTICE,
    TextKind.INVITATION: _("section 670 BGB for the costs of travelling"),
    TextKind.INTERVIEW_CHANGED: _("section 670 BGB for the costs of travelling"),
    TextKind.INTERVIEW_CANCELLED: _PRACTICE,
    TextKind.INTERVIEW_MISSED: _PRACTICE,
    TextKind.INTERVIEW_HELD: _PRACTICE,
    TextKind.OFFER: _("section 2 NachwG"),
    TextKind.OFFER_REWORKED: _("sections 119 and 145 BGB: an offer binds"),
    TextKind.OFFER_WITHDRAWN: _("section 145 BGB: an offer binds"),
    TextKind.OFFER_EXPIRED: _("section 148 BGB: an offer with a last day"),
    TextKind.OFFER_DECLINED: _("section 146 BGB: an offer that is declined"),
    TextKind.OFFER_CONDITIONAL: _("section 99 BetrVG"),
    TextKind.OFFER_HELD_UP: _PRACTICE,
    TextKind.OFFER_ACCEPTED: _("section 100 BetrVG where the hire is provisional"),
    TextKind.ACCEPTANCE_RETRACTED: _PRACTICE,
}


@rules_of("duties")
def duties() -> Iterator[LegalRule]:
    """What the bank says of itself, by law; and each of its texts. One query."""
    yield from _said()
    for line in texts.overview():
        version = line.in_force
        begun = version.valid_from if version else None
        yield LegalRule(
            name=f"duties.text_{line.kind.value}",
            what=_("Text of the bank: “%(text)s”", text=line.kind.label),
            why=_(
                "What the bank tells people in its own words has to be true, and to say what law asks for."
            ),
            authority=Authority.BANK,
            source=RESTS_ON[line.kind],
            since=begun,
            review_by=max(deadlines.CHECK_LAW_AGAIN.after(begun), REVIEW_BY) if begun else REVIEW_BY,
            text=_("Version %(number)s", number=version.number) if version else "",
            page=line.kind.label,
            stands_at=Target("texts.show", {"name": line.kind.value}),
        )


def _said() -> Iterator[LegalRule]:
    with speaking("en"):
        asked = sorted(((str(gap.law), gap) for gap in gaps.gaps(None)), key=lambda pair: pair[0])
    for _law, pairs in groupby(asked, key=lambda pair: pair[0]):
        found = [gap for _law, gap in pairs]
        first, more = found[0].words, len(found) - 1
        yield LegalRule(
            name=f"duties.says_{found[0].field}",
            what=_("The bank has to say: %(what)s, and %(more)s more", what=first, more=more)
            if more
            else _("The bank has to say: %(what)s", what=first),
            why=_("Privacy notice, imprint, letters and offers say it from there; what is missing is named."),
            authority=Authority.LAW,
            source=found[0].law,
            since=SINCE[found[0].field],
            review_by=REVIEW_BY,
            page=_("The bank and its duties"),
            stands_at=Target("duties.show"),
            parts=tuple(Part(gap.words) for gap in found),
        )

"""How long something is kept, where no rule of the bank says otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from rmhr.core import registry
from rmhr.core.i18n import _
from rmhr.law.rules import Authority, LegalRule, Unit, legal_rule

REVIEW_BY = date(2027, 11, 30)
#: Since then personal data are kept no longer than their purpose needs (Art. 99(2) GDPR); the spans are the product's.
SINCE = date(2018, 5, 25)
STORAGE_LIMITATION = _("Art. 5(1)(e) Regulation (EU) 2016/679 (GDPR)")


class Period(NamedTuple):
    """A rule of deletion, and what is deleted by it."""

    rule: LegalRule
    of: Any  # lazy: "Private links of applicants after their end"


def _kept(
    name: str,
    number: int,
    what: Any,
    why: Any,
    unit: Unit = Unit.DAYS,
    *,
    source: Any = STORAGE_LIMITATION,
) -> LegalRule:
    made = legal_rule(
        name,
        number,
        unit,
        what=_("Delete: %(what)s", what=what),
        why=why,
        authority=Authority.LAW,
        source=source,
        since=SINCE,
        review_by=REVIEW_BY,
    )
    registry.PERIODS.add(name, Period(made, what))
    return made


APPLICATIONS = _kept(
    "applications.refused",
    6,
    _("Applications that were rejected, withdrawn or replaced"),
    _(
        "Claims are made within two months of the answer, and in court three months after that; a month is left for "
        "what is on its way."
    ),
    Unit.MONTHS,
    source=_("Art. 5(1)(e) Regulation (EU) 2016/679 (GDPR) with section 15(4) AGG and section 61b ArbGG"),
)
REMINDERS = _kept(
    "reminders.messages",
    180,
    _("Reminders in the inbox and in the outbox"),
    _("They name applicants and colleagues; what they asked for is done or has been asked for again since."),
)
REFERRALS = _kept(
    "sourcing.referrals",
    60,
    _("Referrals of people who did not apply"),
    _("A search takes about two months; after it nothing can come of a referral."),
)
FORM_DRAFTS = _kept(
    "accounts.form_drafts",
    30,
    _("Form input that was not saved"),
    _("Whoever has not come back to it within a month does not want it any more."),
)
PRIVATE_LINKS = _kept(
    "applications.links",
    30,
    _("Private links of applicants after their end"),
    _("Their number must not be given to another one while a session that names it can still be open."),
)
RUNS_AND_CALLS = _kept(
    "system.runs",
    30,
    _("Runs of the scheduler and calls of webhooks"),
    _("Long enough to find the cause of a fault; calls name people."),
)
BULK_RUNS = _kept(
    "accounts.bulk_runs",
    30,
    _("Reports of bulk actions"),
    _("A mistake in it is noticed within weeks; what was done stands in the history of each thing."),
)
SENT_FORMS = _kept(
    "system.attempts",
    1,
    _("Counts of forms sent from outside"),
    _("They are counted by the hour; nothing asks for older ones."),
)
SIGN_INS = _kept(
    "accounts.sign_ins",
    30,
    _("Sign-ins and devices"),
    _("Whoever looks whether somebody else used their account does so within weeks."),
)
FAILED_SIGN_INS = _kept(
    "accounts.failed_sign_ins",
    1,
    _("Failed attempts to sign in"),
    _("They lock an account for minutes; a day is enough to look into an attack."),
)

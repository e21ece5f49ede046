"""What applicants and recruiters are told. Every mail to an applicant brings a fresh private link."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from rmhr.accounts.queries import confidential
from rmhr.applications import queries
from rmhr.applications.links import private_link
from rmhr.core.clock import today
from rmhr.core.due.sources import N_
from rmhr.core.i18n import _, gettext
from rmhr.core.mail.news import News, headline
from rmhr.core.mail.outbox import Notice, Recipient
from rmhr.core.words import day_long, money_range
from rmhr.duties.queries import texts
from rmhr.duties.queries.bodies import OF_LAW, Body
from rmhr.law import retention
from rmhr.models.accounts import Role
from rmhr.models.applications import Application, ApplicationStatus, Party
from rmhr.models.duties import TextKind
from rmhr.models.postings import Posting
from rmhr.postings.queries import teams


def _applicant(application: Application) -> list[Application]:
    """Who applied, by the name and in the language of this application."""
    return [application]


def _about(application: Application, _recipient: Recipient) -> dict[str, Any]:
    """What every mail to an applicant names."""
    return {
        "job": str(application.posting.title),
        "contact": teams.contact(application.posting),
        "link": private_link(application.applicant),
    }


def rejection_words(application: Application, _recipient: Recipient) -> dict[str, Any]:
    """What the rejection says besides: the words of its reason, HR's own line, how long the data is kept."""
    return {
        "said": str(application.rejection_reason.said) if application.rejection_reason else "",
        "line": application.rejection_line,
        "kept_until": _kept_until(application),
    }


def _letter(kind: TextKind, about: dict[str, Any], **values: str) -> dict[str, Any]:
    """What the mail says, in the bank's own words."""
    contact = about["contact"]
    known = {"job": about["job"], "contact": contact.name, "contact_email": contact.email}
    return about | texts.letter(kind, known | values)


def _says(kind: TextKind) -> Callable[[Application, Recipient], dict[str, Any]]:
    """What a letter of this kind names: whose application it is, for which job, and the days that count."""

    def context(application: Application, recipient: Recipient) -> dict[str, Any]:
        about = _about(application, recipient) | {"pay": pay(application.posting)}
        days = {
            "answer_by": day_long(application.screen_by),
            "kept_until": day_long(_kept_until(application)),
        }
        return _letter(kind, about, name=recipient.name, **days)

    return context


def _kept_until(application: Application) -> date:
    """The day of its deletion, or of an application that is not over, the one that it would have today."""
    return application.delete_on or retention.APPLICATIONS.after(today())


def _rejected(application: Application, recipient: Recipient) -> dict[str, Any]:
    words = rejection_words(application, recipient)
    return _letter(
        TextKind.REJECTION,
        _about(application, recipient) | words,
        name=recipient.name,
        reason=words["said"],
        line=words["line"],
        kept_until=day_long(words["kept_until"]),
    )


def _bodies(application: Application) -> list[Body]:
    """Those that take part in it."""
    said = application.disclosure
    return queries.disclosures.involved(said) if said is not None else []


def _to_bodies(application: Application, recipient: Recipient) -> dict[str, Any]:
    """What they need: who has applied for what, when it was told, and whom they turn to."""
    said, posting = application.disclosure, application.posting
    return {
        "person": application.name,
        "job": str(posting.title),
        "unit": posting.unit.name,
        "received_on": day_long(application.received_at),
        "told_on": day_long(said.said_at) if said is not None else "",
        "contact": teams.contact(posting),
        "representative": isinstance(recipient, Body) and recipient.party is Party.REPRESENTATIVE,
        "hired": application.status is ApplicationStatus.HIRED,
    }


def _decision(application: Application, recipient: Recipient) -> dict[str, Any]:
    return _letter(TextKind.DECISION, _about(application, recipient), name=recipient.name)


def pay(posting: Posting) -> str:
    """The range as the confirmation says it, unasked; empty where there is none."""
    if posting.pay_min is None or posting.pay_max is None:
        return ""
    return f"{money_range(posting.pay_min, posting.pay_max, posting.currency)} {posting.pay_period.label}"


RECEIVED = Notice(
    name="applications.received",
    subject=_("We have your application: %(job)s"),
    to=_applicant,
    context=_says(TextKind.CONFIRMATION),
)
RECEIVED_AGAIN = Notice(
    name="applications.received_again",
    subject=_("We have your new application: %(job)s"),
    to=_applicant,
    context=_says(TextKind.SECOND_CONFIRMATION),
)
KNOWN = Notice(
    name="applications.known",
    subject=_("You have already applied: %(job)s"),
    to=_applicant,
    context=_about,
    no_letter=_("It says what the program has just refused to store; whoever sent it may be somebody else."),
)
SHORTLISTED = Notice(
    name="applications.shortlisted",
    subject=_("We would like to meet you: %(job)s"),
    to=_applicant,
    context=_says(TextKind.SHORTLIST),
)
REJECTED = Notice(
    name="applications.rejected",
    subject=_("Your application: %(job)s"),
    to=_applicant,
    context=_rejected,
)
DISCLOSED = Notice(
    name="applications.disclosed",
    subject=_("Section 164 SGB IX: an application for “%(job)s”"),
    to=_bodies,
    context=_to_bodies,
    no_letter=OF_LAW,
    closed=True,
)
DISCLOSURE_TAKEN_BACK = Notice(
    name="applications.disclosure_taken_back",
    subject=_("Taken back: section 164 SGB IX, an application for “%(job)s”"),
    to=_bodies,
    context=_to_bodies,
    no_letter=OF_LAW,
    closed=True,
)
LEFT_OUT = Notice(
    name="applications.left_out",
    subject=_("Without you: section 164 SGB IX, an application for “%(job)s”"),
    to=_bodies,
    context=_to_bodies,
    no_letter=OF_LAW,
    closed=True,
)
DECISION = Notice(
    name="applications.decision",
    subject=_("Our decision and its reasons: %(job)s"),
    to=_applicant,
    context=_decision,
    closed=True,
)
DECISION_TOLD = Notice(
    name="applications.decision_told",
    subject=_("Section 164 SGB IX: the decision about an application for “%(job)s”"),
    to=_bodies,
    context=_to_bodies,
    no_letter=OF_LAW,
    closed=True,
)
ARRIVED = News(
    name="applications.arrived",
    label=N_("Applications that have arrived"),
    concerns=(Role.HR,),
    subject="%(headline)s",
    to=lambda application: confidential.who_may_know(application, application.posting.recruiters),
    since=queries.applications.arrived,
    context=lambda applications, recipient: {
        "headline": headline(
            applications,
            gettext(
                "New application: %(person)s, %(job)s",
                person=applications[-1].name,
                job=str(applications[-1].posting.title),
            ),
            gettext("%(number)s new applications", number=len(applications)),
        )
    },
)
REOPENED = Notice(
    name="applications.reopened",
    subject=_("We are looking at your application again: %(job)s"),
    to=_applicant,
    context=_says(TextKind.REOPENED),
)
RESUMED = Notice(
    name="applications.resumed",
    subject=_("Your application is open again: %(job)s"),
    to=_applicant,
    context=_says(TextKind.RESUMED),
)
RESUMED_HERE = Notice(
    name="applications.resumed_here",
    subject=_("%(person)s has reopened the application"),
    to=lambda application: confidential.who_may_know(application, application.posting.recruiters),
    context=lambda application, recipient: {
        "person": application.name,
        "job": str(application.posting.title),
    },
)
SWAPPED = Notice(
    name="applications.swapped",
    subject=_("Your earlier application counts: %(job)s"),
    to=_applicant,
    context=_says(TextKind.EARLIER_COUNTS),
)
WITHDRAWN_CONFIRMED = Notice(
    name="applications.withdrawn_confirmed",
    subject=_("You have withdrawn your application: %(job)s"),
    to=_applicant,
    context=_says(TextKind.WITHDRAWAL),
)
WITHDRAWN = Notice(
    name="applications.withdrawn",
    subject=_("%(person)s has withdrawn the application"),
    to=lambda application: confidential.who_may_know(application, application.posting.recruiters),
    context=lambda application, recipient: {
        "person": application.name,
        "job": str(application.posting.title),
    },
)
LINK = Notice(
    name="applications.link",
    subject=_("Your private link"),
    to=lambda applicant: filter(None, [queries.applicants.latest_of(applicant)]),
    context=lambda applicant, recipient: {
        "contact": teams.contact(recipient.posting) if isinstance(recipient, Application) else None,
        "link": private_link(applicant),
    },
    no_letter=_("It brings the link that was asked for, and says how long that is valid."),
)
#: To whoever recommended the person: that it came off, and nothing else.
REFERRAL_HIRED = Notice(
    name="applications.referral_hired",
    subject=_("%(person)s, whom you referred, has been hired"),
    to=lambda application: [application.referral.referrer],
    context=lambda application, recipient: {
        "person": application.referral.name,
        "job": str(application.posting.title),
        "bonus": application.referral.bonus_due_on is not None,
    },
)

"""Words for what the code names in English alone: areas of pages, kinds of things, access rules, readers of mails.

One line each, and `tests/duties/test_papers.py` fails on what is missing: a new blueprint, workflow, access rule or
mail is not in the papers before somebody has said in both languages what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rmhr.core.i18n import _
from rmhr.models.personal import Processing


@dataclass(frozen=True)
class AreaOfPages:
    """Pages that belong together: their blueprints, and what is seen there."""

    label: Any
    blueprints: tuple[str, ...]


#: The pages of the product, by what they are about. `PUBLIC` ones need no account.
AREAS = (
    AreaOfPages(_("Today: what is due, and reminders by hand"), ("today",)),
    AreaOfPages(_("People, roles, units and the inbox"), ("accounts",)),
    AreaOfPages(_("Overview of one’s team"), ("team",)),
    AreaOfPages(_("Requisitions and headcount plans"), ("requisitions", "headcount")),
    AreaOfPages(_("Job postings, their teams and links"), ("postings", "question_sets", "share_links")),
    AreaOfPages(_("Jobs for employees, and one’s own application"), ("jobs", "internal")),
    AreaOfPages(_("Referrals"), ("referrals",)),
    AreaOfPages(_("Applications and screening"), ("applications",)),
    AreaOfPages(_("Severe disability of applicants, and who is told"), ("disclosures",)),
    AreaOfPages(_("Interviews, scorecards and decisions"), ("interviews",)),
    AreaOfPages(_("Offers"), ("offers",)),
    AreaOfPages(_("Consent of the works council before a hire"), ("council", "provisional_hiring")),
    AreaOfPages(_("Onboarding"), ("onboarding", "onboarding_tasks")),
    AreaOfPages(_("Job shadowing"), ("shadowing", "shadowing_sessions")),
    AreaOfPages(_("Courses and exams"), ("training",)),
    AreaOfPages(
        _("Goals, reviews and development"),
        ("performance", "performance_reviews", "performance_development"),
    ),
    AreaOfPages(_("One’s own reminders and absences"), ("reminders",)),
    AreaOfPages(_("Reminder rules and their forecast"), ("reminder_rules",)),
    AreaOfPages(_("Work on many things at once"), ("bulk",)),
    AreaOfPages(_("The bank, its duties, texts and papers"), ("duties", "texts", "papers")),
    AreaOfPages(_("Rules of law and practice"), ("rulebook",)),
    AreaOfPages(_("Career site: settings"), ("site",)),
    AreaOfPages(_("History of everything"), ("history",)),
    AreaOfPages(_("Outbox and mail that did not arrive"), ("mail",)),
    AreaOfPages(_("Scheduler"), ("scheduler",)),
    AreaOfPages(_("Calls of other systems (webhooks)"), ("webhooks",)),
)
#: Pages without an account: for everybody, or for whoever holds a private link.
PUBLIC = AreaOfPages(
    _("Public pages, and pages behind a private link"),
    (
        "careers",
        "feeds",
        "apply",
        "status",
        "my_interview",
        "offer_answer",
        "recommended",
        "certificates",
        "health",
    ),
)
#: For developers alone; production does not have it.
NOT_SAID = ("styleguide", "static", "bootstrap")

#: What each workflow is about, and to which processing it belongs.
THINGS: Mapping[str, tuple[Any, Processing]] = {
    "employment": (_("Change of an employment"), Processing.ACCOUNTS),
    "role_requests": (_("Role that two people give"), Processing.ACCOUNTS),
    "bank_texts": (_("Text of the bank"), Processing.BANK),
    "requisitions": (_("Requisition"), Processing.HEADCOUNT),
    "postings": (_("Job posting"), Processing.HEADCOUNT),
    "applications": (_("Application"), Processing.RECRUITING),
    "interviews": (_("Interview"), Processing.INTERVIEWS),
    "scorecards": (_("Scorecard"), Processing.INTERVIEWS),
    "offers": (_("Offer"), Processing.OFFERS),
    "council": (_("Request to the works council"), Processing.OFFERS),
    "provisional_hiring": (_("Provisional hire"), Processing.OFFERS),
    "onboarding_tasks": (_("Task of an onboarding plan"), Processing.ONBOARDING),
    "onboarding": (_("Onboarding plan"), Processing.ONBOARDING),
    "shadowing_sessions": (_("Shadowing session"), Processing.SHADOWING),
    "shadowing": (_("Shadowing programme"), Processing.SHADOWING),
    "training": (_("Mandatory course of a person"), Processing.TRAINING),
    "training_attempts": (_("Exam attempt"), Processing.TRAINING),
    "courses": (_("Course of the catalogue"), Processing.TRAINING),
    "course_versions": (_("Version of a course"), Processing.TRAINING),
    "performance_goals": (_("Goal"), Processing.PERFORMANCE),
    "performance_development": (_("Step of a development plan"), Processing.PERFORMANCE),
    "performance_reviews": (_("Review"), Processing.PERFORMANCE),
}

#: Access rules that ask for more than a role, by their name: who that is …
WHO: Mapping[str, Any] = {
    "anyone": _("everybody, without an account"),
    "signed in": _("everybody with an account"),
    "holder of a private link": _("applicant with a private link"),
    "the system": _("the program itself"),
    "applicant whose it is": _("the applicant"),
    "applicant while the posting is open": _("the applicant, while the posting is open"),
    "candidate whose it is": _("the candidate"),
    "approver asked": _("the approver who was asked"),
    "asked for the role": _("whoever asked for it"),
    "compliance but not the learner": _("Compliance (never for oneself)"),
    "guides": _("mentor or supervisor of the RM"),
    "hiring manager of the interview": _("hiring manager"),
    "hiring manager of the posting": _("hiring manager"),
    "host of the session": _("host of the session"),
    "hr but not the learner": _("HR (never for oneself)"),
    "hr but not the rm": _("HR (never for oneself)"),
    "hr where it could not be made": _("HR (where the product tried and could not)"),
    "mentor or supervisor for a host who left": _("mentor or supervisor, where the host has left"),
    "on the panel": _("interviewers of the interview"),
    "owner of the course": _("whoever is named as its owner"),
    "owner of the scorecard": _("the interviewer whose scorecard it is"),
    "owner of the task": _("whoever the task belongs to"),
    "requester": _("whoever asked for it"),
    "rm of the goal": _("the RM themselves"),
    "rm of the item": _("the RM themselves"),
    "rm of the review": _("the RM themselves"),
    "rm of the session": _("the RM themselves"),
    "rm whose words are missing": _("the RM, to add their own part"),
    "side that did not propose": _("RM or supervisor: the one who did not propose it"),
    "side while nobody has signed": _("RM or supervisor, for the first signature"),
    "side whose signature is missing": _("RM or supervisor, for the second signature"),
    "supervisor of the learner": _("supervisor of the person"),
    "supervisor of the new rm": _("supervisor of the person"),
    "supervisor of the review": _("supervisor of the person"),
    "supervisor of the rm": _("supervisor of the person"),
}
#: … and what must hold besides, in brackets behind it.
BESIDES: Mapping[str, Any] = {
    "neither asked nor meant": _("neither whoever asked nor whoever it is for"),
    "neither wrote nor submitted": _("neither whoever wrote nor whoever submitted it"),
    "not agreed yet": _("while it is not agreed"),
    "not an administrator": _("not of administrators"),
    "not the requester": _("never whoever asked for it"),
    "not their own review": _("never for oneself"),
    "not who submitted it": _("never whoever submitted it"),
}

_APPLICANT, _PERSON = _("the applicant"), _("the person concerned")
_RECRUITERS, _PANEL = _("recruiters of the posting"), _("interviewers of the interview")
_RM, _BOTH = _("the RM"), _("the RM and their supervisor")
_WRITERS, _HOST = _("whoever wrote and whoever submitted it"), _("host of the session")
_COUNCIL = _("works council")
_REPRESENTATIVE = _("representative body for severely disabled employees")
_BODIES = _("representative body for severely disabled employees, works council")
#: To whom each notice goes, by its name.
READERS: Mapping[str, Any] = {
    "accounts.invitation": _PERSON,
    "accounts.reset": _PERSON,
    "accounts.password_changed": _PERSON,
    "accounts.role_given": _("the person concerned and whoever asked"),
    "accounts.role_not_given": _("whoever asked for it"),
    "accounts.handed_over": _("the successor"),
    "applications.received": _APPLICANT,
    "applications.received_again": _APPLICANT,
    "applications.known": _APPLICANT,
    "applications.shortlisted": _APPLICANT,
    "applications.rejected": _APPLICANT,
    "applications.arrived": _RECRUITERS,
    "applications.reopened": _APPLICANT,
    "applications.resumed": _APPLICANT,
    "applications.resumed_here": _RECRUITERS,
    "applications.swapped": _APPLICANT,
    "applications.withdrawn": _RECRUITERS,
    "applications.withdrawn_confirmed": _APPLICANT,
    "applications.link": _APPLICANT,
    "applications.disclosed": _BODIES,
    "applications.disclosure_taken_back": _BODIES,
    "applications.left_out": _BODIES,
    "applications.decision": _APPLICANT,
    "applications.decision_told": _BODIES,
    "applications.referral_hired": _("whoever referred the person"),
    "duties.approved": _WRITERS,
    "duties.returned": _WRITERS,
    "interviews.invited_interviewer": _PANEL,
    "interviews.invited_candidate": _APPLICANT,
    "interviews.moved_interviewer": _PANEL,
    "interviews.moved_candidate": _APPLICANT,
    "interviews.taken_off": _PANEL,
    "interviews.cancelled_interviewer": _PANEL,
    "interviews.cancelled_candidate": _APPLICANT,
    "interviews.invited_representative": _REPRESENTATIVE,
    "interviews.moved_representative": _REPRESENTATIVE,
    "interviews.cancelled_representative": _REPRESENTATIVE,
    "interviews.without_representative": _REPRESENTATIVE,
    "interviews.missed_candidate": _APPLICANT,
    "interviews.found_candidate": _APPLICANT,
    "interviews.asked_to_rate": _PANEL,
    "interviews.decided": _("recruiters and hiring manager"),
    "interviews.corrected": _RECRUITERS,
    "offers.sent": _APPLICANT,
    "offers.confirm": _APPLICANT,
    "offers.accepted": _APPLICANT,
    "offers.accepted_here": _("recruiter, whoever made the offer, future supervisor"),
    "offers.conditional": _APPLICANT,
    "offers.held_up": _APPLICANT,
    "offers.conditional_here": _("recruiter, whoever made the offer, future supervisor"),
    "council.asked": _COUNCIL,
    "council.withdrawn": _COUNCIL,
    "council.provisional": _COUNCIL,
    "offers.declined": _("recruiter, whoever made the offer, future supervisor"),
    "offers.declined_confirmed": _APPLICANT,
    "offers.expired": _APPLICANT,
    "offers.expired_here": _RECRUITERS,
    "offers.withdrawn": _APPLICANT,
    "offers.reworked": _APPLICANT,
    "offers.retracted": _APPLICANT,
    "offers.retracted_here": _("everybody who prepares the start"),
    "offers.to_make": _RECRUITERS,
    "onboarding.accompanies": _("mentor and buddy"),
    "performance.goal_proposed": _("RM or supervisor: the one who did not propose it"),
    "performance.goal_agreed": _("whoever proposed it"),
    "performance.goal_sent_back": _("whoever proposed it"),
    "performance.review_opened": _RM,
    "performance.handed_over": _BOTH,
    "performance.draft_kept": _("whoever wrote the draft"),
    "performance.begun_without_self": _BOTH,
    "performance.self_added": _("supervisor of the person"),
    "performance.review_reopened": _BOTH,
    "performance.review_cancelled": _BOTH,
    "performance.goal_reopened": _RM,
    "performance.self_handed_in": _("supervisor of the person"),
    "performance.supervisor_handed_in": _RM,
    "performance.to_sign": _("RM or supervisor: whose signature is missing"),
    "performance.signed": _BOTH,
    "postings.approval_wanted": _("whoever approves it"),
    "postings.approved": _("recruiter"),
    "postings.returned": _("recruiter"),
    "postings.published": _("hiring manager"),
    "postings.joined": _PERSON,
    "postings.filled": _("recruiter and hiring manager"),
    "reminders.reminder": _("whoever is told under the reminder rules"),
    "reminders.absence": _("the person, their deputy and their supervisor"),
    "reminders.absence_over": _("the person, their deputy and their supervisor"),
    "requisitions.asked": _("the approver who was asked"),
    "requisitions.changed": _("the approver who was asked"),
    "requisitions.approved": _("whoever asked for it"),
    "requisitions.rejected": _("whoever asked for it"),
    "requisitions.held": _("whoever asked for it"),
    "shadowing.guides": _("mentor"),
    "shadowing.logged": _HOST,
    "shadowing.confirmed": _RM,
    "shadowing.returned": _RM,
    "shadowing.signed_off": _BOTH,
    "shadowing.taken_back": _RM,
    "shadowing.reopened": _BOTH,
    "sourcing.recommended": _("the person who was referred"),
    "system.history_holds": _("Compliance, else administrators"),
    "system.history_damaged": _("Compliance, else administrators"),
    "today.ask": _("whoever has to do it"),
    "training.assigned": _RM,
    "training.passed": _RM,
    "training.blocked": _("supervisor of the person, else Compliance or HR"),
    "training.unlocked": _RM,
    "training.revoked": _BOTH,
    "training.version_to_review": _("whoever was asked to review it"),
    "training.version_returned": _WRITERS,
    "training.version_published": _WRITERS,
}
#: What a mail is about whose subject is only known when it is written.
HEADLINES: Mapping[str, Any] = {
    "applications.arrived": _("New applications"),
    "interviews.decided": _("Decisions about candidates"),
    "onboarding.accompanies": _("New colleagues whose mentor or buddy you are"),
    "reminders.reminder": _("Reminders of what is due"),
    "reminders.absence": _("Somebody will be away"),
    "reminders.absence_over": _("Somebody is back earlier"),
    "shadowing.guides": _("New colleagues whose job shadowing you guide"),
    "training.assigned": _("Courses that are assigned to you"),
}
#: Columns that a list has besides its own, by the list's name.
MORE_COLUMNS: Mapping[str, Any] = {
    "training.team": _("for each course its state and the day that matters"),
}

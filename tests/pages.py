"""Every page that can be opened: who may, on what it is tried, and how often it asks the database.

tests/test_pages.py opens each of them. A new page gets its row here; so does a number that is not what the house asks
for, with its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from rmhr.models.accounts import Role
from tests.factories import examples
from tests.factories.examples import Example

#: No page asks the database more often.
MOST = 12
#: So many rows are added to see whether a page then asks more often.
FEW, MANY = 10, 1000


class Of(str):
    """The name of a value of the example, where it is not called as in the address."""


@dataclass(frozen=True, eq=False)
class Page:
    """A page, an example that it shows, and what is true of it.

    `opens` are the roles that may open it without having to do with the example; None where everybody may, signed in
    or not. `statements` is how often it asks at most; where that is more than MOST, how often it does. `grown` is how
    often it asks with `rows` rows, where that differs.
    """

    endpoint: str
    example: Callable[[], Example]
    opens: frozenset[Role] | None = None
    statements: int = MOST
    grown: int | None = None
    rows: int = MANY
    why: str = ""
    status: int = 200
    values: dict[str, Any] = field(default_factory=dict)

    def address(self, example: Example, arguments: set[str]) -> dict[str, Any]:
        """The values of its address, for this example."""
        known = {name: example.values[name] for name in arguments - self.values.keys()}
        chosen = {
            name: example.values[value] if isinstance(value, Of) else value
            for name, value in self.values.items()
        }
        return known | chosen


def page(
    endpoint: str,
    example: Callable[[], Example],
    opens: frozenset[Role] | None = None,
    **given: Any,
) -> Page:
    """A row of the table: what is no field of a page is a value of its address."""
    own = {
        name: given.pop(name) for name in ("statements", "grown", "rows", "why", "status") if name in given
    }
    return Page(endpoint, example, opens, values=given, **own)


NOBODY: frozenset[Role] = frozenset()
EVERYBODY = frozenset(Role)
ADMIN, HR, INTERVIEWER, SUPERVISOR, MENTOR, RM, COMPLIANCE = (
    frozenset([role])
    for role in (
        Role.ADMIN,
        Role.HR,
        Role.INTERVIEWER,
        Role.SUPERVISOR,
        Role.MENTOR,
        Role.RM,
        Role.COMPLIANCE,
    )
)

# Why a number is not what the house asks for.
BATCHES = "a list or a choice without an end: what hangs on its rows is read 500 at a time"
LATE = "of a kind of which there are very many, what is late is counted apart"

#: What has no row in the table, and why.
LEFT_OUT = {
    "health.healthz": "asks nothing",
    "health.readyz": "asks whether the database answers",
    "bulk.report": "of what one did oneself to many: tests/web/test_bulk.py",
    "styleguide.index": "not in production",
    "styleguide.transition": "not in production",
}

PAGES: tuple[Page, ...] = (
    # People.
    page("accounts.root", examples.colleague, status=302),
    page("accounts.sign_in", examples.stranger),
    page("accounts.forgotten", examples.stranger),
    page("accounts.forgotten_sent", examples.stranger),
    page("accounts.password", examples.link_to_a_password),
    page("accounts.inbox", examples.colleague, EVERYBODY),
    page("accounts.message", examples.colleague, NOBODY),
    page("accounts.own_password", examples.colleague, EVERYBODY),
    page("accounts.profile", examples.colleague, EVERYBODY),
    page("accounts.sessions", examples.colleague, EVERYBODY),
    page("accounts.search", examples.staff, EVERYBODY, q=Of("q")),
    page("accounts.people", examples.staff, ADMIN | HR | SUPERVISOR | COMPLIANCE),
    page("accounts.people_export", examples.staff, ADMIN | HR | COMPLIANCE),
    page("accounts.invite", examples.staff, ADMIN | HR),
    page("accounts.person", examples.person, ADMIN | HR | COMPLIANCE),
    page("accounts.edit_person", examples.person, ADMIN | HR),
    page("accounts.leave", examples.person, ADMIN | HR),
    page("accounts.employment_transition", examples.planned_change, ADMIN | HR, name="cancel"),
    page("accounts.role_transition", examples.asked_role, ADMIN | HR | COMPLIANCE, name="decline"),
    page("accounts.team", examples.leader, SUPERVISOR),
    page("accounts.team_export", examples.leader, SUPERVISOR),
    page("accounts.units", examples.units, ADMIN | HR),
    page("accounts.unit", examples.units, ADMIN | HR),
    page("accounts.add_unit", examples.units, ADMIN | HR),
    # Requisitions and postings.
    page("requisitions.index", examples.requisition, HR | SUPERVISOR),
    page("requisitions.index_export", examples.requisition, HR | SUPERVISOR),
    page("requisitions.new", examples.requisition, HR | SUPERVISOR),
    page("requisitions.show", examples.requisition, HR),
    page("requisitions.edit", examples.requisition, NOBODY, grown=7, why=BATCHES),
    page("requisitions.transition", examples.requisition_waiting, HR, name="cancel"),
    page("headcount.index", examples.headcount, HR | SUPERVISOR),
    page("headcount.new", examples.headcount, HR),
    page("headcount.edit", examples.headcount, HR, grown=6, why=BATCHES),
    page("headcount.delete", examples.headcount, HR),
    page("postings.index", examples.posting, HR | INTERVIEWER | SUPERVISOR),
    page("postings.index_export", examples.posting, HR | INTERVIEWER | SUPERVISOR),
    page("postings.new", examples.posting, HR),
    page("postings.show", examples.posting, HR | INTERVIEWER | SUPERVISOR),
    page("postings.edit", examples.posting, HR),
    page("postings.preview", examples.posting, HR | INTERVIEWER | SUPERVISOR),
    page("postings.coach", examples.posting, HR),
    page("postings.versions", examples.posting, HR),
    page("postings.team", examples.posting, HR),
    page("postings.audience", examples.posting, HR),
    page("share_links.index", examples.posting, HR),
    page("share_links.rename", examples.posting, HR),
    page("share_links.delete", examples.posting, HR),
    page("share_links.qr_code", examples.posting, HR),
    page("postings.transition", examples.posting, HR, name="close"),
    page("question_sets.index", examples.question_set, HR),
    page("question_sets.new", examples.question_set, HR),
    page("question_sets.edit", examples.question_set, HR),
    page("question_sets.delete", examples.question_set, HR),
    # The career site, sources.
    page("careers.index", examples.public_posting),
    page("careers.show", examples.public_posting),
    page("careers.accessibility", examples.stranger),
    page("careers.colours", examples.career_site),
    page("careers.imprint", examples.career_site),
    page("careers.logo", examples.career_site),
    page("feeds.indeed", examples.public_posting, grown=9, why=BATCHES),
    page("feeds.jobs", examples.public_posting, grown=9, why=BATCHES),
    page("feeds.robots", examples.stranger),
    page("feeds.rss", examples.public_posting, grown=9, why=BATCHES),
    page("feeds.sitemap", examples.public_posting),
    page("jobs.index", examples.posting_for_colleagues, EVERYBODY),
    page("jobs.show", examples.posting_for_colleagues, EVERYBODY),
    page("site.settings", examples.career_site, ADMIN),
    page("site.draw_as_before", examples.career_site, ADMIN),
    page("site.preview", examples.career_site, ADMIN, accent="#0b5cad"),
    # What the bank is, and its texts.
    page("duties.show", examples.bank_of_duties, ADMIN | HR | COMPLIANCE),
    page("duties.edit", examples.bank_of_duties, ADMIN),
    page("texts.index", examples.bank_text, ADMIN | HR | COMPLIANCE),
    page("texts.show", examples.bank_text, ADMIN | HR | COMPLIANCE),
    page("texts.version", examples.bank_text, ADMIN | HR | COMPLIANCE),
    page("texts.edit", examples.bank_text, ADMIN | HR),
    page("texts.throw_away", examples.bank_text, ADMIN | HR),
    page("texts.transition", examples.text_to_approve, HR | ADMIN | COMPLIANCE, name="approve"),
    # Legal and practice rules.
    page("rulebook.index", examples.rule_of_law, ADMIN | HR | COMPLIANCE),
    page("rulebook.index_export", examples.rule_of_law, ADMIN | HR | COMPLIANCE),
    page("rulebook.bulk", examples.rule_of_law, ADMIN | COMPLIANCE, status=302, verb="confirm"),
    page("rulebook.show", examples.rule_of_law, ADMIN | HR | COMPLIANCE),
    page("rulebook.check", examples.rule_of_law, ADMIN | COMPLIANCE),
    page("rulebook.owner", examples.rule_of_law, ADMIN | COMPLIANCE),
    page("papers.index", examples.bank_of_duties, ADMIN | HR | COMPLIANCE),
    page("papers.show", examples.bank_of_duties, ADMIN | HR | COMPLIANCE, name="works-agreement"),
    page(
        "papers.download", examples.bank_of_duties, ADMIN | HR | COMPLIANCE, name="works-agreement", kind="md"
    ),
    page("papers.show", examples.bank_of_duties, ADMIN | HR | COMPLIANCE, name="impact-assessment"),
    page("papers.show", examples.bank_of_duties, ADMIN | HR | COMPLIANCE, name="records-of-processing"),
    page("referrals.index", examples.own_referral, EVERYBODY),
    page("referrals.new", examples.own_referral, EVERYBODY),
    page("referrals.everybodys", examples.referrals, HR),
    page("referrals.everybodys_export", examples.referrals, HR),
    page("referrals.erase", examples.one_referral, HR),
    page("recommended.erase", examples.one_referral),
    page("recommended.erased", examples.stranger),
    # Applications.
    page("apply.new", examples.public_posting),
    page("apply.sent", examples.public_posting),
    page("apply.privacy", examples.stranger),
    page("internal.new", examples.posting_for_colleagues, EVERYBODY),
    page("internal.mine", examples.applicant_from_inside, EVERYBODY, grown=15, why=BATCHES),
    page("status.ask", examples.stranger),
    page("status.asked", examples.stranger),
    page("status.open", examples.link_to_applications),
    page("status.show", examples.applicant, NOBODY, grown=20, why=BATCHES),
    page("status.document", examples.applicant, NOBODY),
    page("status.attached", examples.applicant, NOBODY),
    page("status.agree", examples.applicant_from_inside, NOBODY),
    page("status.keep_from_supervisor", examples.applicant_from_inside, NOBODY, status=302),
    page("status.disclose", examples.applicant, NOBODY),
    page("status.take_back", examples.applicant_disclosed, NOBODY),
    page("status.transition", examples.applicant, NOBODY, name="withdraw"),
    page("my_interview.calendar", examples.applicant, NOBODY, id=Of("interview")),
    page("offer_answer.transition", examples.applicant, NOBODY, id=Of("offer"), name="decline"),
    page("applications.index", examples.application, HR | SUPERVISOR),
    page("applications.index_export", examples.application, HR | SUPERVISOR),
    page("applications.show", examples.application, HR),
    page("applications.document", examples.application, HR),
    page("applications.attached", examples.application, HR),
    page("applications.screening", examples.application, HR),
    page("applications.bulk", examples.application, HR, status=302, verb="reject"),
    page("applications.transition", examples.application, HR, name="shortlist"),
    page("disclosures.note", examples.disclosed, HR),
    page("disclosures.take_back", examples.disclosed, HR),
    page("disclosures.step", examples.disclosed, HR, kind="heard", party="representative"),
    page("disclosures.uninvited", examples.disclosed, HR),
    page("disclosures.decision", examples.disclosed_and_rejected, HR),
    # Interviews and offers.
    page("interviews.index", examples.interview, HR | INTERVIEWER | SUPERVISOR),
    page("interviews.index_export", examples.interview_of_hr, HR),
    page("interviews.mine", examples.interview, HR | INTERVIEWER | SUPERVISOR),
    page("interviews.show", examples.interview, HR),
    page("interviews.sheet", examples.interview_of_hr, HR),
    page("interviews.move", examples.interview_of_hr, HR),
    page("interviews.bulk", examples.interview_of_hr, HR, status=302, verb="remind"),
    page("interviews.transition", examples.interview_of_hr, HR, name="cancel"),
    page("interviews.new", examples.shortlisted, HR, grown=14, why=BATCHES),
    page("interviews.scorecard", examples.scorecard, NOBODY),
    page("interviews.hand_in", examples.scorecard, NOBODY),
    page("interviews.correct", examples.scorecard_handed_in, NOBODY),
    page("interviews.seat", examples.scorecard_missing, HR, name="excuse"),
    page("interviews.decide", examples.interview_held, HR),
    page("offers.index", examples.offer, HR | SUPERVISOR),
    page("offers.index_export", examples.offer, HR | SUPERVISOR),
    page("offers.new", examples.approved, HR, grown=13, why=BATCHES),
    page("offers.show", examples.offer, HR),
    page("offers.edit", examples.offer, HR, grown=12, why=BATCHES),
    page("offers.transition", examples.offer, HR, name="send"),
    # The first months.
    page("council.show", examples.council_request, HR),
    page("council.transition", examples.council_request, HR, name="ask"),
    page("provisional_hiring.transition", examples.provisional_hiring, HR, name="dispute"),
    page("onboarding.index", examples.plan, ADMIN | HR | SUPERVISOR | MENTOR | RM | COMPLIANCE),
    page("onboarding.index_export", examples.plan, ADMIN | HR | SUPERVISOR | MENTOR | RM | COMPLIANCE),
    page("onboarding.show", examples.plan, ADMIN | HR | COMPLIANCE),
    page("onboarding.mine", examples.own_plan, EVERYBODY, status=302),
    page("onboarding.bulk", examples.plan_done, HR | SUPERVISOR, status=302, verb="remind"),
    page("onboarding.transition", examples.plan_done, HR, name="complete"),
    page("onboarding.first_day", examples.plan, HR),
    page("onboarding_tasks.transition", examples.own_plan, HR, id=Of("task"), name="complete"),
    page("shadowing.index", examples.programme, HR | SUPERVISOR | MENTOR | RM | COMPLIANCE),
    page("shadowing.index_export", examples.programme, HR | SUPERVISOR | MENTOR | RM | COMPLIANCE),
    page("shadowing.show", examples.programme, HR | COMPLIANCE, grown=13, why=BATCHES),
    page("shadowing.log", examples.own_programme, NOBODY),
    page("shadowing.transition", examples.programme_climbed, NOBODY, name="sign_off"),
    page("shadowing_sessions.show", examples.programme, HR | COMPLIANCE, id=Of("session")),
    page("shadowing_sessions.edit", examples.own_programme, NOBODY, id=Of("session")),
    page("shadowing_sessions.transition", examples.programme, NOBODY, id=Of("session"), name="confirm"),
    page("training.mine", examples.course, EVERYBODY),
    page("training.show", examples.course, HR | COMPLIANCE),
    page("training.privacy", examples.course, EVERYBODY),
    page("training.lesson", examples.course, NOBODY, number=1),
    page("training.exam", examples.exam, NOBODY),
    page("training.question", examples.exam, NOBODY, number=1),
    page("training.check", examples.exam, NOBODY),
    page("training.result", examples.course_passed, NOBODY, number=1),
    page("training.certificate", examples.course_passed, HR | COMPLIANCE),
    page("training.bulk", examples.course_blocked, HR | SUPERVISOR | COMPLIANCE, status=302, verb="remind"),
    page("training.transition", examples.course_blocked, HR | COMPLIANCE, name="unlock"),
    page("training.lesson_file", examples.assigned_file, NOBODY),
    page("training.catalogue", examples.courses, EVERYBODY),
    page("training.catalogue_export", examples.courses, EVERYBODY),
    page("training.course", examples.courses, ADMIN | HR | SUPERVISOR | COMPLIANCE),
    page(
        "training.course_file",
        examples.course_with_file,
        ADMIN | HR | SUPERVISOR | COMPLIANCE,
        id=Of("course"),
    ),
    page("training.new_course", examples.courses, HR | COMPLIANCE),
    page("training.course_facts", examples.course_draft, HR | COMPLIANCE, id=Of("course")),
    page("training.course_transition", examples.courses, HR | COMPLIANCE, name="retire"),
    page("training.version", examples.course_draft, HR | COMPLIANCE),
    page("training.version_transition", examples.course_draft, HR | COMPLIANCE, name="submit"),
    page("training.version_file", examples.course_with_file, HR | COMPLIANCE),
    page("training.facts", examples.course_draft, HR | COMPLIANCE),
    page("training.preview", examples.course_draft, HR | COMPLIANCE),
    page("training.throw_away", examples.course_draft, HR | COMPLIANCE),
    page("training.lessons", examples.course_draft, HR | COMPLIANCE),
    page("training.lesson_editor", examples.course_draft, HR | COMPLIANCE, id=Of("lesson")),
    page("training.add_file", examples.course_draft, HR | COMPLIANCE, id=Of("lesson"), kind="picture"),
    page("training.exam_editor", examples.course_draft, HR | COMPLIANCE),
    page("training.question_editor", examples.course_draft, HR | COMPLIANCE, id=Of("question")),
    page("training.team", examples.courses, HR | SUPERVISOR | COMPLIANCE),
    page("training.team_export", examples.courses, HR | SUPERVISOR | COMPLIANCE),
    page("certificates.index", examples.stranger),
    page("certificates.show", examples.course_passed),
    # Goals and reviews.
    page("performance.goals", examples.goal, HR | SUPERVISOR | RM),
    page("performance.goals_export", examples.goal, HR | SUPERVISOR | RM),
    page("performance.goal", examples.goal, HR),
    page("performance.new", examples.goal, RM),
    page("performance.edit", examples.goal, NOBODY, id=Of("draft")),
    page("performance.check_in", examples.goal, NOBODY),
    page("performance.transition", examples.goal, NOBODY, id=Of("draft"), name="propose"),
    page("performance.development", examples.item, HR | SUPERVISOR | RM),
    page("performance.development_export", examples.item, HR | SUPERVISOR | RM),
    page("performance.item", examples.item, HR),
    page("performance.new_item", examples.item, RM),
    page("performance.edit_item", examples.item, NOBODY),
    page("performance_development.transition", examples.item, NOBODY, name="complete"),
    page("performance.reviews", examples.reviews, HR | SUPERVISOR | RM),
    page("performance.reviews_export", examples.reviews, HR | SUPERVISOR | RM),
    page("performance.review", examples.review, HR),
    page("team.index", examples.leader, SUPERVISOR),
    page("team.index_export", examples.leader, SUPERVISOR),
    page("performance.review", examples.review_of_a_team, HR, part="self"),
    page("performance.review", examples.review_of_a_team, HR, part="competencies", n=1),
    page("performance.hand_over", examples.reviews, HR),
    page("performance.kept_draft", examples.draft_kept, NOBODY),
    page("performance.cancel_cycle", examples.reviews, HR, id=Of("cycle")),
    page("performance.open_cycle", examples.reviews, HR),
    page("performance_reviews.transition", examples.review_met, NOBODY, name="sign"),
    # Reminders, Today and the system.
    page("today.index", examples.colleague, EVERYBODY),
    page("reminders.preferences", examples.colleague, EVERYBODY),
    page("reminders.absence", examples.colleague, EVERYBODY),
    page("reminders.absence_of", examples.staff, HR),
    page("reminders.end_absence", examples.absence, HR),
    page("reminders.delete_absence", examples.colleague, HR, id=Of("absence")),
    page("today.calendar", examples.calendar_feed),
    page("today.replace_feed", examples.own_calendar_feed, EVERYBODY),
    page("today.switch_feed_off", examples.own_calendar_feed, EVERYBODY),
    page("reminders.unsubscribe", examples.unsubscribing_link),
    page("reminder_rules.index", examples.rule, ADMIN | HR | COMPLIANCE, grown=7, why=LATE),
    page("reminder_rules.show", examples.rule, ADMIN | HR | COMPLIANCE),
    page("reminder_rules.change", examples.rule, ADMIN),
    page(
        "reminder_rules.try_out",
        examples.rule,
        ADMIN,
        steps=Of("steps"),
        valid_from=Of("valid_from"),
    ),
    page(
        "reminder_rules.try_out_file",
        examples.rule,
        ADMIN,
        kind="xlsx",
        steps=Of("steps"),
        valid_from=Of("valid_from"),
    ),
    page("reminder_rules.put_in_force", examples.rule, ADMIN, steps=Of("steps"), valid_from=Of("valid_from")),
    page("reminder_rules.stop", examples.rule, ADMIN),
    page("reminder_rules.withdraw", examples.rule, ADMIN),
    page("reminder_rules.resume", examples.rule_stopped, ADMIN),
    page("reminder_rules.simulator", examples.rule, ADMIN | HR | COMPLIANCE),
    page(
        "reminder_rules.simulator_file",
        examples.rule,
        ADMIN | HR | COMPLIANCE,
        kind="xlsx",
    ),
    page("history.index", examples.mail, ADMIN | COMPLIANCE),
    page("history.index_export", examples.mail, ADMIN | COMPLIANCE),
    page("mail.index", examples.mail, ADMIN),
    page("mail.index_export", examples.mail, ADMIN),
    page("mail.show", examples.mail, ADMIN),
    page("mail.calendar", examples.mail, ADMIN),
    page("mail.html", examples.mail, ADMIN),
    page("mail.undelivered", examples.undelivered, ADMIN | HR),
    page("mail.undelivered_export", examples.undelivered, ADMIN | HR),
    page("mail.resend_all", examples.undelivered, ADMIN | HR),
    page("scheduler.index", examples.job, ADMIN),
    page("scheduler.show", examples.job, ADMIN),
    page("scheduler.pause", examples.job, ADMIN),
    page("webhooks.index", examples.webhook, ADMIN),
    page("webhooks.show", examples.webhook, ADMIN),
    page("webhooks.new", examples.webhook, ADMIN),
    page("webhooks.hosts", examples.webhook, ADMIN),
    page("webhooks.edit", examples.webhook, ADMIN),
    page("webhooks.delete", examples.webhook, ADMIN),
    page("webhooks.rotate_secret", examples.webhook, ADMIN),
)

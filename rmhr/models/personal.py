"""Whose personal data each table holds, what kind, for which processing, and how long: one entry a table.

This is the source of the tables in `docs/works-agreement.md`, `docs/impact-assessment.md` and
`docs/records-of-processing.md`. A table without an entry, and a column that no entry names, fail
`tests/test_personal.py`. What need not be named: the bookkeeping columns, and foreign keys (where one points to a
person, the row says who: it is data about that person).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import _
from rmhr.law import retention
from rmhr.law.rules import LegalRule

#: Columns that every row may have and that no entry names.
BOOKKEEPING = frozenset({"id", "created_at", "updated_at", "version"})
#: Tables of people: a foreign key to one of these says who.
PEOPLE = frozenset({"user", "applicant"})


class Whose(LabelEnum):
    """Whose data they are (categories of data subjects, Art. 30(1)(c) GDPR)."""

    APPLICANTS = "applicants", _("Applicants")
    REFERRED = "referred", _("People who were referred and have not applied")
    RMS = "rms", _("Relationship managers")
    STAFF = "staff", _("Employees with an account")
    VISITORS = "visitors", _("People who use public forms or sign in")


class Data(LabelEnum):
    """What kind of data they are (categories of personal data)."""

    CONTACT = "contact", _("Name and contact details")
    WORDS = "words", _("What the person wrote or handed in")
    JUDGED = "judged", _("Assessments of the person, with reasons")
    DECIDED = "decided", _("Decisions about the person, with reasons")
    TERMS = "terms", _("Pay and terms")
    EMPLOYMENT = "employment", _("Employment: unit, job, role, start, end, absence")
    LEARNING = "learning", _("Courses, exams, certificates, job shadowing")
    AIMS = "aims", _("Goals, their values and next steps")
    COURSE = "course", _("State, days and deadlines of a process")
    MESSAGES = "messages", _("Messages and reminders")
    ACTIONS = "actions", _("Who did, read or changed what, and when")
    TECHNICAL = "technical", _("Technical data: sign-in, device, network address, settings")
    SPECIAL = "special", _("Special categories (Art. 9 GDPR)")
    PLAIN = "plain", _("Nothing about a person")


class Processing(LabelEnum):
    """For what they are processed: one entry each in the records of processing activities."""

    RECRUITING = "recruiting", _("Recruiting: applications and screening")
    SOURCING = "sourcing", _("Referrals and sources of applications")
    INTERVIEWS = "interviews", _("Interviews and decisions")
    OFFERS = "offers", _("Offers and hiring")
    HEADCOUNT = "headcount", _("Requisitions and job postings")
    ONBOARDING = "onboarding", _("Onboarding and probation")
    SHADOWING = "shadowing", _("Job shadowing")
    TRAINING = "training", _("Mandatory courses, exams and certificates")
    PERFORMANCE = "performance", _("Goals, reviews and development")
    REMINDERS = "reminders", _("Due dates, reminders and messages")
    ACCOUNTS = "accounts", _("Accounts, roles and employment")
    LOGS = "logs", _("History and technical logs")
    BANK = "bank", _("The bank’s own particulars and texts")


@dataclass(frozen=True)
class Kept:
    """How long something is kept: in words, and by which legal rule where one says so."""

    words: Any
    rule: LegalRule | None = None


WITH_APPLICATION = Kept(
    _(
        "With the application: until %(months)s months after it was rejected, withdrawn or replaced; of people who "
        "were hired, until the bank decides",
        months=retention.APPLICATIONS.number,
    ),
    retention.APPLICATIONS,
)
IF_UNUSED = Kept(
    _(
        "%(days)s days if the person does not apply; else with the application",
        days=retention.REFERRALS.number,
    ),
    retention.REFERRALS,
)
LETTERS = Kept(
    _(
        "Reminders and news %(days)s days; letters about an application with it; all others until the bank decides",
        days=retention.REMINDERS.number,
    ),
    retention.REMINDERS,
)
LINKS = Kept(
    _("%(days)s days after the link has ended", days=retention.PRIVATE_LINKS.number), retention.PRIVATE_LINKS
)
DRAFTS = Kept(
    _("Until it is saved, at most %(days)s days", days=retention.FORM_DRAFTS.number), retention.FORM_DRAFTS
)
BULK = Kept(_("%(days)s days", days=retention.BULK_RUNS.number), retention.BULK_RUNS)
RUNS = Kept(_("%(days)s days", days=retention.RUNS_AND_CALLS.number), retention.RUNS_AND_CALLS)
SIGN_INS = Kept(_("%(days)s days after it was last used", days=retention.SIGN_INS.number), retention.SIGN_INS)
FAILURES = Kept(_("One day, or until the person signs in"), retention.FAILED_SIGN_INS)
SENT_FORMS = Kept(_("One day"), retention.SENT_FORMS)
HISTORY = Kept(
    _(
        "No period: the history is proof. When an application is deleted, what the history says about the person is "
        "emptied"
    )
)
REPLACED = Kept(_("Until its owner or a newer one replaces or deletes it"))
AS_LONG_AS_FOUND = Kept(_("As long as what is found by it"))
UNLIMITED = Kept(_("No period in the product: the bank decides"))
NOTHING = Kept(_("Nothing about a person"))


@dataclass(frozen=True)
class Holding:
    """What one table holds."""

    table: str
    what: Any  # lazy: "Applications"
    processing: Processing
    whose: tuple[Whose, ...]  # empty: nobody's, besides who wrote it
    kept: Kept
    columns: dict[Data, tuple[str, ...]]

    @property
    def kinds(self) -> tuple[Data, ...]:
        """The kinds of data in it that are about a person, in their order."""
        return tuple(kind for kind in Data if kind is not Data.PLAIN and self.columns.get(kind))

    @property
    def named(self) -> list[str]:
        """All columns that the entry names."""
        return [column for columns in self.columns.values() for column in columns]


def holds(
    table: str, what: Any, processing: Processing, *whose: Whose, kept: Kept, **columns: str
) -> Holding:
    """What a table holds: under the name of each kind of data (`Data`) its columns, with spaces between.

    Raises ValueError for an unknown kind of data.
    """
    kinds = {Data(kind): tuple(names.split()) for kind, names in columns.items()}
    return Holding(table, what, processing, whose, kept, kinds)


A, F, R, S, V = Whose.APPLICANTS, Whose.REFERRED, Whose.RMS, Whose.STAFF, Whose.VISITORS
P = Processing

_ALL = (
    # Applications
    holds(
        "applicant",
        _("Addresses from which people apply"),
        P.RECRUITING,
        A,
        kept=WITH_APPLICATION,
        contact="email",
    ),
    holds(
        "application",
        _("Applications"),
        P.RECRUITING,
        A,
        S,
        kept=WITH_APPLICATION,
        contact="name phone language",
        words="motivation",
        decided="rejection_line supervisor_may_know",
        course="status status_since was privacy_at received_at screen_by interview_by closed_at delete_on",
        plain="source",
    ),
    holds(
        "disclosure",
        _("Severe disability or equal status, where an applicant tells of it"),
        P.RECRUITING,
        A,
        S,
        kept=WITH_APPLICATION,
        special="kind objects source",
        decided="uninvited uninvited_why uninvited_at",
        course="said_at tell_by decision_by withdrawn_at",
    ),
    holds(
        "disclosure_step",
        _("Who was told of it or heard, and when"),
        P.RECRUITING,
        A,
        S,
        kept=WITH_APPLICATION,
        special="how opinion",
        course="kind party at day",
    ),
    holds(
        "application_answer",
        _("Answers to the questions of a posting"),
        P.RECRUITING,
        A,
        kept=WITH_APPLICATION,
        words="answer",
    ),
    holds(
        "application_place", _("Places where applicants would work"), P.RECRUITING, A, kept=WITH_APPLICATION
    ),
    holds(
        "document",
        _("Files that were handed in, with their text"),
        P.RECRUITING,
        A,
        kept=WITH_APPLICATION,
        words="name text",
        technical="key content_type size sha256 text_state pages",
    ),
    holds(
        "cv_reading",
        _("Places in a CV that share words with a criterion"),
        P.RECRUITING,
        A,
        kept=WITH_APPLICATION,
        technical="outline passages",
    ),
    holds(
        "pay_notice",
        _("Proof that the pay range was told"),
        P.RECRUITING,
        A,
        kept=WITH_APPLICATION,
        terms="pay_min pay_max currency pay_period",
        course="way told_at",
    ),
    holds(
        "private_link",
        _("Private links of applicants"),
        P.RECRUITING,
        A,
        kept=LINKS,
        technical="digest expires_at used_at visit_until",
    ),
    holds(
        "public_attempt",
        _("Counts of forms sent from outside"),
        P.LOGS,
        V,
        kept=SENT_FORMS,
        technical="kind address account at",
    ),
    holds(
        "rejection_reason",
        _("Reasons for rejection"),
        P.RECRUITING,
        kept=NOTHING,
        plain="code position label said",
    ),
    holds(
        "screening_mark",
        _("Judgements of criteria"),
        P.RECRUITING,
        A,
        S,
        kept=WITH_APPLICATION,
        judged="verdict evidence",
    ),
    # Where applications come from
    holds(
        "referral",
        _("Referrals by employees"),
        P.SOURCING,
        F,
        A,
        S,
        kept=IF_UNUSED,
        contact="name email language",
        words="note",
        terms="bonus_due_on bonus_paid_on",
        technical="code",
    ),
    holds(
        "share_link",
        _("Links to share a posting"),
        P.SOURCING,
        S,
        kept=UNLIMITED,
        plain="code channel campaign",
    ),
    # Interviews
    holds(
        "interview",
        _("Interviews"),
        P.INTERVIEWS,
        A,
        S,
        kept=WITH_APPLICATION,
        course="status kind starts_at ends_at day score_by decide_by outcome_by place",
        special="representative_at",
        messages="message",
        technical="uid sequence",
    ),
    holds("panel_seat", _("Interviewers of an interview"), P.INTERVIEWS, A, S, kept=WITH_APPLICATION),
    holds(
        "scorecard",
        _("Scorecards"),
        P.INTERVIEWS,
        A,
        S,
        kept=WITH_APPLICATION,
        judged="recommendation summary",
        course="status submitted_at excuse",
    ),
    holds(
        "rating",
        _("Ratings of competencies"),
        P.INTERVIEWS,
        A,
        S,
        kept=WITH_APPLICATION,
        judged="level notes evidence",
    ),
    holds(
        "decision",
        _("Decisions about candidates"),
        P.INTERVIEWS,
        A,
        S,
        kept=WITH_APPLICATION,
        judged="panel_mean",
        decided="outcome reason deviates",
        course="tell_by decided_at",
    ),
    holds(
        "kit_question",
        _("Questions of one interview"),
        P.INTERVIEWS,
        kept=WITH_APPLICATION,
        plain="position text probe",
    ),
    holds(
        "kit_scenario",
        _("Scenarios of one interview"),
        P.INTERVIEWS,
        kept=WITH_APPLICATION,
        plain="minutes preparation_minutes text case solution roles instead",
    ),
    holds(
        "interview_question",
        _("Interview questions of the bank"),
        P.INTERVIEWS,
        kept=NOTHING,
        plain="code position text probe",
    ),
    holds(
        "round",
        _("Kinds of interviews"),
        P.INTERVIEWS,
        kept=NOTHING,
        plain="code position name about minutes interviewers competencies scenarios",
    ),
    holds(
        "scenario",
        _("Simulated situations for interviews"),
        P.INTERVIEWS,
        kept=NOTHING,
        plain="code minutes preparation_minutes text roles instead",
    ),
    holds("scenario_anchor", _("Levels of a scenario"), P.INTERVIEWS, kept=NOTHING, plain="level text"),
    holds(
        "scenario_case", _("Cases of a scenario"), P.INTERVIEWS, kept=NOTHING, plain="rm_type text solution"
    ),
    holds("competency", _("Competencies"), P.INTERVIEWS, kept=NOTHING, plain="code position name definition"),
    holds("anchor", _("Levels of a competency"), P.INTERVIEWS, kept=NOTHING, plain="level text"),
    holds(
        "competency_profile",
        _("What each kind of RM should reach"),
        P.INTERVIEWS,
        kept=NOTHING,
        plain="rm_type relevance target_level",
    ),
    # Offers
    holds(
        "offer",
        _("Offers"),
        P.OFFERS,
        A,
        S,
        kept=WITH_APPLICATION,
        terms="pay currency pay_period starts_on range_reason",
        messages="message",
        words="decline_reason",
        course="status expires_on send_by sent_at answered_at held_up_on held_up",
    ),
    holds(
        "council_request",
        _("Requests to the works council for consent to a hire"),
        P.OFFERS,
        A,
        S,
        kept=WITH_APPLICATION,
        decided="ground answer",
        terms="grouping",
        course="status ask_by asked_on answer_by answered_on decide_by court_on judged_on",
    ),
    holds(
        "provisional_hiring",
        _("Provisional hires before the works council has consented"),
        P.OFFERS,
        A,
        S,
        kept=WITH_APPLICATION,
        decided="reason",
        course="status informed_on look_by disputed_on court_by court_on ended_on end_by",
    ),
    # Requisitions and postings
    holds(
        "requisition",
        _("Requests to fill positions"),
        P.HEADCOUNT,
        S,
        kept=UNLIMITED,
        contact="replaces",
        words="justification over_plan",
        course="status needed_by decide_by decided_at advertise_by held_until",
        plain="rm_type level positions pay_min pay_max currency pay_period reason",
    ),
    holds(
        "headcount_plan",
        _("Headcount plans"),
        P.HEADCOUNT,
        kept=NOTHING,
        plain="rm_type starts_on ends_on positions",
    ),
    holds(
        "posting",
        _("Job postings"),
        P.HEADCOUNT,
        S,
        kept=UNLIMITED,
        contact="contact_phone",
        course="status approve_by step_by published_at closed_at agency_on",
        plain=(
            "slug title rm_type level audience employment hours place remote_work remote starts openings pay_min "
            "pay_max usual_min usual_max currency pay_period pay_shown pay_variable pay_agreement pay_criteria "
            "opens_on closes_on closes_when_filled answer_days offer_days"
        ),
    ),
    holds(
        "posting_place", _("Further places of a posting"), P.HEADCOUNT, kept=NOTHING, plain="position place"
    ),
    holds("posting_section", _("Texts of a posting"), P.HEADCOUNT, kept=NOTHING, plain="kind text"),
    holds(
        "posting_version", _("Versions of a posting"), P.HEADCOUNT, kept=NOTHING, plain="number begun_at text"
    ),
    holds(
        "posting_template",
        _("Starter texts of postings"),
        P.HEADCOUNT,
        kept=NOTHING,
        plain="rm_type title facts sections criteria questions",
    ),
    holds(
        "criterion",
        _("Criteria of a posting"),
        P.HEADCOUNT,
        kept=NOTHING,
        plain="position kind text importance weight weight_reason",
    ),
    holds(
        "question",
        _("Questions of a posting"),
        P.HEADCOUNT,
        kept=NOTHING,
        plain="position kind text choices required",
    ),
    holds("question_set", _("Question sets"), P.HEADCOUNT, kept=NOTHING, plain="name questions"),
    holds(
        "finding_note",
        _("Answers to hints about a posting"),
        P.HEADCOUNT,
        S,
        kept=UNLIMITED,
        words="note",
        plain="finding",
    ),
    holds("hiring_team_member", _("Hiring teams"), P.HEADCOUNT, S, kept=UNLIMITED, employment="part"),
    holds(
        "career_site",
        _("Career site of the bank"),
        P.BANK,
        kept=NOTHING,
        plain=(
            "name accent accent_dark headline introduction imprint_url privacy_url imprint contact_email sender_name "
            "sender_address shows_count"
        ),
    ),
    holds("public_state", _("State of the public pages"), P.BANK, kept=NOTHING, plain="stamp"),
    # Onboarding
    holds(
        "onboarding_plan",
        _("Onboarding plans"),
        P.ONBOARDING,
        R,
        S,
        kept=UNLIMITED,
        course="status starts_on complete_by signed_off_on",
    ),
    holds(
        "onboarding_task",
        _("Tasks of an onboarding plan"),
        P.ONBOARDING,
        R,
        S,
        kept=UNLIMITED,
        words="comment",
        learning="course_code course_passed_on",
        course="status due_on done_at notified_on notice_number",
        plain="code phase owner_role text blocking requires kind",
    ),
    holds(
        "task_template",
        _("Tasks that every plan begins with"),
        P.ONBOARDING,
        kept=NOTHING,
        plain="code position phase owner due_days blocking text course_code requires rm_types kind rule",
    ),
    # Job shadowing
    holds(
        "shadowing_programme",
        _("Shadowing programmes"),
        P.SHADOWING,
        R,
        S,
        kept=UNLIMITED,
        learning="status signed_off_at",
        course="starts_on due_on",
    ),
    holds(
        "programme_rung",
        _("Stages of a programme"),
        P.SHADOWING,
        R,
        kept=UNLIMITED,
        learning="rung needed due_on",
        plain="position",
    ),
    holds(
        "shadowing_session",
        _("Shadowing sessions"),
        P.SHADOWING,
        R,
        S,
        kept=UNLIMITED,
        words="learned next_step",
        judged="feedback",
        learning="rung mode held_on minutes client_agreed",
        course="status confirm_by confirmed_at",
    ),
    holds("observation", _("Points that were observed"), P.SHADOWING, R, kept=UNLIMITED, judged="how_far"),
    holds(
        "activity",
        _("Activities to watch"),
        P.SHADOWING,
        kept=NOTHING,
        plain="code position name minutes with_client",
    ),
    holds(
        "checklist_item",
        _("Points of the checklist"),
        P.SHADOWING,
        kept=NOTHING,
        plain="code position text needed",
    ),
    holds(
        "rung_rule", _("Rules of the stages"), P.SHADOWING, kept=NOTHING, plain="rung position sessions text"
    ),
    # Courses and exams
    holds(
        "assignment",
        _("Mandatory courses of a person"),
        P.TRAINING,
        R,
        S,
        kept=UNLIMITED,
        learning="cycle status reason passed_on valid_until superseded_on extra_attempts",
        course="assigned_on due_on unlock_by",
    ),
    holds(
        "attempt",
        _("Exam attempts"),
        P.TRAINING,
        R,
        kept=UNLIMITED,
        learning="number status score",
        course="started_at hand_in_by submitted_at",
    ),
    holds(
        "attempt_answer",
        _("Answers in an exam"),
        P.TRAINING,
        R,
        kept=UNLIMITED,
        learning="position order chosen right",
    ),
    holds(
        "certificate",
        _("Certificates"),
        P.TRAINING,
        R,
        S,
        kept=UNLIMITED,
        learning="code issued_on valid_until score revoked_on",
    ),
    holds(
        "lesson_read",
        _("Lessons that were worked through"),
        P.TRAINING,
        R,
        kept=UNLIMITED,
        learning="read_at",
    ),
    holds(
        "course",
        _("Courses"),
        P.TRAINING,
        S,
        kept=UNLIMITED,
        course="status retired_on",
        plain="code position area kind provider audience",
    ),
    holds(
        "course_version",
        _("Versions of courses"),
        P.TRAINING,
        S,
        kept=UNLIMITED,
        course="status submitted_at published_at replaced_at settled_at",
        plain=(
            "number name short objectives rm_types due_days interval_months minutes pass_mark max_attempts wait_hours "
            "questions_per_exam blocks cpd reason counts_for change_by"
        ),
    ),
    holds("lesson", _("Lessons"), P.TRAINING, kept=NOTHING, plain="code position title rm_types deleted_at"),
    holds(
        "lesson_block",
        _("Blocks of lessons"),
        P.TRAINING,
        kept=NOTHING,
        plain="code position kind text content deleted_at",
    ),
    holds(
        "exam_question",
        _("Exam questions"),
        P.TRAINING,
        kept=NOTHING,
        plain="code position type rm_types text options correct explanation deleted_at",
    ),
    # Goals, reviews, development
    holds(
        "goal",
        _("Goals"),
        P.PERFORMANCE,
        R,
        S,
        kept=UNLIMITED,
        aims="title specific measure unit baseline target achievable relevance",
        course="status starts_on due_on propose_by agree_by check_in_by agreed_at",
    ),
    holds(
        "check_in",
        _("Check-ins on goals"),
        P.PERFORMANCE,
        R,
        S,
        kept=UNLIMITED,
        aims="value confidence",
        words="comment",
        course="on",
    ),
    holds(
        "development_item",
        _("Steps of a development plan"),
        P.PERFORMANCE,
        R,
        S,
        kept=UNLIMITED,
        aims="aim measure action",
        course="status due_on done_on",
    ),
    holds(
        "review",
        _("Reviews"),
        P.PERFORMANCE,
        R,
        S,
        kept=UNLIMITED,
        judged="meeting_notes",
        words="employee_comment",
        course=(
            "status self_due_on supervisor_due_on meeting_due_on sign_by begun_without_self_on supervisor_chosen "
            "self_handed_in_at supervisor_handed_in_at met_on signed_by_employee_at signed_by_supervisor_at"
        ),
    ),
    holds(
        "review_draft",
        _("Drafts that stay with their author"),
        P.PERFORMANCE,
        R,
        S,
        kept=UNLIMITED,
        judged="text ratings",
    ),
    holds(
        "review_rating",
        _("Ratings in a review"),
        P.PERFORMANCE,
        R,
        S,
        kept=UNLIMITED,
        judged="side level evidence",
    ),
    holds(
        "review_text",
        _("Words of both sides of a review"),
        P.PERFORMANCE,
        R,
        S,
        kept=UNLIMITED,
        judged="side text",
    ),
    holds("review_cycle", _("Review rounds"), P.PERFORMANCE, kept=NOTHING, plain="title starts_on ends_on"),
    holds(
        "kpi",
        _("KPIs to measure goals by"),
        P.PERFORMANCE,
        kept=NOTHING,
        plain="code position name question unit direction formula caution commercial",
    ),
    # What is due, and what is said
    holds(
        "absence", _("Absences and deputies"), P.REMINDERS, S, kept=UNLIMITED, employment="starts_on ends_on"
    ),
    holds("digest", _("Daily mails that were sent"), P.REMINDERS, S, kept=UNLIMITED, messages="day"),
    holds(
        "forecast_row",
        _("Calculated reminders of the next days"),
        P.REMINDERS,
        S,
        kept=REPLACED,
        messages="number day source owner_id recipient_id due_on after basis level mailed",
    ),
    holds(
        "forecast_run",
        _("Calculations of reminders"),
        P.REMINDERS,
        S,
        kept=REPLACED,
        actions="asked_at",
        plain="done kinds rules totals finished_at",
    ),
    holds(
        "reminder",
        _("Reminders that were sent"),
        P.REMINDERS,
        S,
        kept=UNLIMITED,
        messages="source subject_id due_on nudge party",
    ),
    holds(
        "reminder_preference",
        _("How people want to be reminded"),
        P.REMINDERS,
        S,
        kept=UNLIMITED,
        technical="rhythm hour opens closes silent chat",
    ),
    holds(
        "reminder_rule",
        _("Reminder rules"),
        P.REMINDERS,
        S,
        kept=UNLIMITED,
        actions="reason",
        plain="source valid_from steps withdrawn_at",
    ),
    holds(
        "reminder_stop",
        _("Reminders that are switched off"),
        P.REMINDERS,
        S,
        kept=REPLACED,
        actions="reason",
        plain="source",
    ),
    holds(
        "ask", _("Reminders by hand"), P.REMINDERS, S, kept=UNLIMITED, messages="source subject_id due_on at"
    ),
    holds("calendar_feed", _("Secret calendar addresses"), P.REMINDERS, S, kept=REPLACED, technical="digest"),
    holds(
        "snooze",
        _("What people have put off"),
        P.REMINDERS,
        S,
        kept=UNLIMITED,
        course="source subject_id due_on made_on until",
    ),
    holds(
        "message",
        _("Mails and messages in the inbox"),
        P.REMINDERS,
        A,
        F,
        S,
        kept=LETTERS,
        contact="to_address to_name reply_address reply_name language",
        messages="kind subject_type subject_id subject text html calendar calendar_method",
        course="state attempts next_attempt_at error sent_at read_at",
        technical="unsubscribe message_id",
    ),
    holds(
        "bounce",
        _("Addresses that take no mail"),
        P.REMINDERS,
        A,
        S,
        kept=Kept(
            _("Until the address works again; of applicants, with the last application"),
            retention.APPLICATIONS,
        ),
        contact="address",
        technical="said times",
    ),
    holds(
        "webhook",
        _("Calls of other systems"),
        P.REMINDERS,
        kept=NOTHING,
        plain="name url secret active",
    ),
    holds("webhook_host", _("Hosts that may be called"), P.REMINDERS, kept=NOTHING, plain="name"),
    holds(
        "webhook_delivery",
        _("Messages to other systems"),
        P.REMINDERS,
        S,
        kept=RUNS,
        messages="body",
        technical="event state attempts next_attempt_at answer sent_at",
    ),
    # Accounts
    holds(
        "user",
        _("Accounts"),
        P.ACCOUNTS,
        S,
        kept=UNLIMITED,
        contact="email name language",
        employment="left_on",
        technical="theme password_hash session_key",
    ),
    holds("user_role", _("Roles of people"), P.ACCOUNTS, S, kept=UNLIMITED, employment="role"),
    holds(
        "role_request",
        _("Roles that two people give"),
        P.ACCOUNTS,
        S,
        kept=UNLIMITED,
        employment="role",
        course="status",
    ),
    holds(
        "employee",
        _("Employment of people"),
        P.ACCOUNTS,
        S,
        kept=UNLIMITED,
        employment="job_title rm_type level started_on left_on",
    ),
    holds(
        "employment_event",
        _("Changes of employment"),
        P.ACCOUNTS,
        S,
        kept=UNLIMITED,
        employment="kind on changes",
        course="status effective_at settled_at",
    ),
    holds("successor", _("Who takes over what"), P.ACCOUNTS, S, kept=UNLIMITED, employment="kind"),
    holds(
        "unit",
        _("Units of the bank"),
        P.ACCOUNTS,
        S,
        kept=UNLIMITED,
        plain="name kind place street postcode holiday_region timezone",
    ),
    holds(
        "access_link",
        _("Links to set a password"),
        P.ACCOUNTS,
        S,
        kept=UNLIMITED,
        technical="purpose digest expires_at used_at ask_on",
    ),
    holds(
        "sign_in",
        _("Sessions and devices"),
        P.LOGS,
        S,
        kept=SIGN_INS,
        technical="digest place device seen_at ended_at",
    ),
    holds(
        "failed_sign_in",
        _("Failed attempts to sign in"),
        P.LOGS,
        V,
        kept=FAILURES,
        technical="account address at",
    ),
    holds(
        "export_choice",
        _("How people export lists"),
        P.ACCOUNTS,
        S,
        kept=UNLIMITED,
        technical="kind separator every_column",
    ),
    holds(
        "form_draft",
        _("Input that was not saved"),
        P.ACCOUNTS,
        S,
        A,
        R,
        kept=DRAFTS,
        words="form typed saved_at",
    ),
    holds("saved_view", _("Saved views of lists"), P.ACCOUNTS, S, kept=REPLACED, technical="page name state"),
    holds(
        "bulk_run",
        _("Work on many things at once"),
        P.LOGS,
        S,
        kept=BULK,
        actions="key name given finished_at",
    ),
    holds(
        "bulk_row",
        _("What became of each of them"),
        P.LOGS,
        A,
        R,
        kept=BULK,
        actions="subject_id seen outcome said",
    ),
    # History and logs
    holds(
        "audit_entry",
        _("History: who changed or opened what"),
        P.LOGS,
        A,
        R,
        S,
        kept=HISTORY,
        actions="at actor_kind actor_id actor_name action subject_type subject_id changes note",
        technical="nonce signature",
    ),
    holds("audit_seal", _("Seals of the history"), P.LOGS, kept=HISTORY, plain="number digest"),
    holds(
        "record",
        _("Copies of what was concluded"),
        P.LOGS,
        A,
        R,
        S,
        kept=Kept(
            _(
                "Of an application with it; of certificates, reviews, goals and job shadowing until the bank decides"
            ),
            retention.APPLICATIONS,
        ),
        judged="content",
        actions="kind subject_id edition at actor_kind actor_id actor_name digest",
    ),
    holds("heartbeat", _("Signs of life of the processes"), P.LOGS, kept=NOTHING, plain="name at who"),
    holds(
        "job_run",
        _("Runs of the scheduler"),
        P.LOGS,
        kept=RUNS,
        technical="error trace",
        plain="job started_at finished_at done who by_hand",
    ),
    holds("job_pause", _("Paused jobs"), P.LOGS, S, kept=REPLACED, actions="reason", plain="job"),
    # What is found by words
    holds(
        "user_search",
        _("Index of the words about people"),
        P.ACCOUNTS,
        S,
        kept=AS_LONG_AS_FOUND,
        contact="words",
    ),
    holds(
        "candidate_search",
        _("Index of the names of candidates"),
        P.RECRUITING,
        A,
        kept=WITH_APPLICATION,
        contact="words",
    ),
    holds(
        "application_search",
        _("Index of the words of applications"),
        P.RECRUITING,
        A,
        kept=WITH_APPLICATION,
        words="words",
    ),
    holds(
        "goal_search", _("Index of the words of goals"), P.PERFORMANCE, R, kept=AS_LONG_AS_FOUND, aims="words"
    ),
    # The bank
    holds(
        "bank_duties",
        _("The bank and its duties"),
        P.BANK,
        S,
        kept=UNLIMITED,
        contact=(
            "officer officer_address officer_email officer_phone management board_chair complaints "
            "works_council_contact representative_contact works_council_email representative_email"
        ),
        plain=(
            "name street postcode town email phone authority authority_address authority_url processors "
            "third_countries third_countries_words legal_form seat register_court register_number vat_id "
            "supervision travel_costs travel_limits employment_terms works_council representative public_employer "
            "quota more_than_twenty"
        ),
    ),
    holds(
        "bank_text",
        _("Texts of the bank"),
        P.BANK,
        S,
        kept=UNLIMITED,
        course="status submitted_at approved_at",
        plain="kind number text reason valid_from",
    ),
    holds(
        "registered_rule",
        _("Rules of law and practice in force"),
        P.BANK,
        S,
        kept=UNLIMITED,
        plain=(
            "name stage authority what why source reads since review_by owner_role look_again_on checked_on outcome "
            "retired_on"
        ),
    ),
    holds(
        "rule_check",
        _("Checks of these rules"),
        P.BANK,
        S,
        kept=UNLIMITED,
        actions="by_name checked_on outcome looked_at note next_on",
        plain="number what source reads since",
    ),
)
#: What each table holds, by the table's name.
HOLDINGS: Mapping[str, Holding] = {it.table: it for it in _ALL}

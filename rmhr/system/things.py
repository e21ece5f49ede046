"""What the things are called that the history is about, and which pages they have."""

from __future__ import annotations

from typing import Any

from rmhr.core.i18n import _
from rmhr.core.lists.declaration import Target

#: {table: (its word, the endpoint of a page with its id, or "")}. Every audited table has its row (tests/system).
THINGS: dict[str, tuple[Any, str]] = {
    "absence": (_("Absence"), ""),
    "activity": (_("Shadowing activity"), ""),
    "anchor": (_("Behavioural anchor"), ""),
    "applicant": (_("Applicant"), ""),
    "application": (_("Application"), "applications.show"),
    "application_answer": (_("Answer of an application"), ""),
    "application_place": (_("Place of an application"), ""),
    "ask": (_("Request to a colleague"), ""),
    "assignment": (_("Assigned course"), "training.show"),
    "attempt": (_("Attempt at an exam"), ""),
    "attempt_answer": (_("Answer in an exam"), ""),
    "bank_duties": (_("The bank and its duties"), ""),
    "bank_text": (_("Text of the bank"), "texts.version"),
    "bounce": (_("Mail that came back"), ""),
    "calendar_feed": (_("Calendar feed"), ""),
    "career_site": (_("Career site"), ""),
    "certificate": (_("Certificate"), ""),
    "check_in": (_("Check-in"), ""),
    "checklist_item": (_("Checklist item of shadowing"), ""),
    "competency": (_("Competency"), ""),
    "competency_profile": (_("Competency profile"), ""),
    "council_request": (_("Request to the works council"), "council.show"),
    "course": (_("Course"), "training.course"),
    "course_version": (_("Version of a course"), "training.version"),
    "criterion": (_("Screening criterion"), ""),
    "decision": (_("Decision on an application"), ""),
    "development_item": (_("Development item"), "performance.item"),
    "disclosure": (_("Severe disability of an applicant"), ""),
    "disclosure_step": (_("Step with a severe disability"), ""),
    "document": (_("Document"), ""),
    "employee": (_("Employment"), ""),
    "employment_event": (_("Change of employment"), ""),
    "exam_question": (_("Exam question"), ""),
    "finding_note": (_("Note on a finding"), ""),
    "goal": (_("Goal"), "performance.goal"),
    "headcount_plan": (_("Headcount plan"), ""),
    "hiring_team_member": (_("Member of a hiring team"), ""),
    "interview": (_("Interview"), "interviews.show"),
    "interview_question": (_("Interview question"), ""),
    "job_pause": (_("Pause of a job"), ""),
    "kit_question": (_("Question of an interview kit"), ""),
    "kit_scenario": (_("Scenario of an interview"), ""),
    "kpi": (_("KPI"), ""),
    "lesson": (_("Lesson"), ""),
    "lesson_block": (_("Block of a lesson"), ""),
    "lesson_read": (_("Lesson read"), ""),
    "observation": (_("Observation in a shadowing session"), ""),
    "offer": (_("Offer"), "offers.show"),
    "onboarding_plan": (_("Onboarding plan"), "onboarding.show"),
    "onboarding_task": (_("Onboarding task"), ""),
    "panel_seat": (_("Seat on a panel"), ""),
    "pay_notice": (_("Notice of past pay"), ""),
    "posting": (_("Job posting"), "postings.show"),
    "posting_place": (_("Place of a posting"), ""),
    "posting_section": (_("Section of a posting"), ""),
    "posting_template": (_("Posting template"), ""),
    "posting_version": (_("Version of a posting"), ""),
    "programme_rung": (_("Stage of shadowing"), ""),
    "provisional_hiring": (_("Provisional hiring"), ""),
    "question": (_("Question to applicants"), ""),
    "question_set": (_("Set of questions"), ""),
    "rating": (_("Rating on a scorecard"), ""),
    "referral": (_("Recommendation"), ""),
    "registered_rule": (_("Legal or practice rule"), "rulebook.show"),
    "rejection_reason": (_("Reason for a rejection"), ""),
    "reminder_preference": (_("Reminder preferences"), ""),
    "reminder_rule": (_("Reminder rule"), ""),
    "reminder_stop": (_("Stop of a reminder rule"), ""),
    "requisition": (_("Requisition"), "requisitions.show"),
    "review": (_("Review"), "performance.review"),
    "review_cycle": (_("Round of reviews"), ""),
    "review_draft": (_("Draft of a review"), ""),
    "review_rating": (_("Level in a review"), ""),
    "review_text": (_("Text of a review"), ""),
    "role_request": (_("Request for a role"), ""),
    "round": (_("Interview round"), ""),
    "rule_check": (_("Check of a rule"), ""),
    "rung_rule": (_("Rule of a shadowing stage"), ""),
    "scenario": (_("Scenario"), ""),
    "scenario_anchor": (_("Anchor of a scenario"), ""),
    "scenario_case": (_("Case of a scenario"), ""),
    "scorecard": (_("Scorecard"), ""),
    "screening_mark": (_("Screening verdict"), ""),
    "shadowing_programme": (_("Shadowing programme"), "shadowing.show"),
    "shadowing_session": (_("Shadowing session"), "shadowing_sessions.show"),
    "share_link": (_("Share link"), ""),
    "snooze": (_("Put off"), ""),
    "successor": (_("Successor"), ""),
    "task_template": (_("Template of a task"), ""),
    "unit": (_("Unit"), "accounts.unit"),
    "user": (_("Person"), "accounts.person"),
    "user_role": (_("Role of a person"), ""),
    "webhook": (_("Webhook"), "webhooks.show"),
    "webhook_host": (_("Host that webhooks may call"), ""),
}


def called(table: str, id: int) -> str:
    """ "Application 12"."""
    word = THINGS[table][0] if table in THINGS else table
    return f"{word} {id}"


def page_of(table: str, id: int) -> Target | None:
    """Where the thing itself is, as far as it has a page by its number."""
    endpoint = THINGS.get(table, ("", ""))[1]
    return Target(endpoint, {"id": id}) if endpoint else None

"""Until when somebody should have done something, where the thing itself does not say it."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core.i18n import _
from rmhr.law.rules import Authority, LegalRule, Unit, legal_rule

#: The spans below were last looked at when they were gathered here.
REVIEW_BY = date(2027, 11, 30)


def _practice(name: str, number: int, unit: Unit, what: Any, source: str) -> LegalRule:
    return legal_rule(
        name, number, unit, what=what, authority=Authority.PRACTICE, source=source, review_by=REVIEW_BY
    )


DECIDE_ON_REQUISITION = _practice(
    "requisitions.decide",
    5,
    Unit.WORKING_DAYS,
    _("Decide on a requisition"),
    "Practice: a week, so that a place is not empty longer than the search takes.",
)
LONG_ABSENCE = _practice(
    "accounts.long_absence",
    42,
    Unit.DAYS,
    _("Treat an absence as a long one: tasks are handed over, deadlines of courses rest"),
    "Practice: six weeks, after which an employer has to see how somebody comes back (section 167(2) SGB IX).",
)
ADVERTISE_REQUISITION = _practice(
    "requisitions.advertise",
    5,
    Unit.WORKING_DAYS,
    _("Begin the posting for an approved requisition"),
    "Practice: a week, so that what was approved is not overtaken.",
)
WRITE_POSTING = _practice(
    "postings.write",
    10,
    Unit.WORKING_DAYS,
    _("Submit a posting that was begun"),
    "Practice: two weeks; a requisition names a day by which somebody is needed.",
)
PUBLISH_POSTING = _practice(
    "postings.publish",
    3,
    Unit.WORKING_DAYS,
    _("Publish a posting that is approved"),
    "Practice: whoever approved it expects to see it.",
)
SETTLE_APPLICATIONS = _practice(
    "postings.settle",
    20,
    Unit.WORKING_DAYS,
    _("Answer the last applications to a closed posting"),
    "Practice: four weeks after the deadline applicants ask, and look elsewhere.",
)
APPROVE_POSTING = _practice(
    "postings.approve",
    3,
    Unit.WORKING_DAYS,
    _("Look at a posting that waits for approval"),
    "Practice: the text is fresh, and whoever wrote it still remembers why.",
)
SCREEN_APPLICATION = _practice(
    "applications.screen",
    3,
    Unit.WORKING_DAYS,
    _("Screen an application"),
    "Practice: applicants are told this day in the confirmation of receipt.",
)
PLAN_INTERVIEW = _practice(
    "applications.plan_interview",
    5,
    Unit.WORKING_DAYS,
    _("Plan the interview of somebody who was shortlisted"),
    "Practice: good candidates have other offers within two weeks.",
)
HAND_IN_SCORECARD = _practice(
    "interviews.score",
    1,
    Unit.WORKING_DAYS,
    _("Hand in a scorecard"),
    "Practice: memory of an interview fades within days.",
)
DECIDE_ON_CANDIDATE = _practice(
    "interviews.decide",
    2,
    Unit.WORKING_DAYS,
    _("Decide after the last scorecard"),
    "Practice: candidates wait, and the panel still remembers.",
)
TELL_CANDIDATE = _practice(
    "interviews.tell",
    2,
    Unit.WORKING_DAYS,
    _("Tell a candidate that it is a no"),
    "Practice: whoever was interviewed learns the outcome in the same week.",
)
SEND_OFFER = _practice(
    "offers.send",
    2,
    Unit.WORKING_DAYS,
    _("Send an offer that has been written"),
    "Practice: a draft that lies longer is a question that nobody has asked.",
)
AGREE_ON_GOAL = _practice(
    "performance.agree",
    7,
    Unit.DAYS,
    _("Agree on a proposed goal, or send it back"),
    "Practice: the period runs while the goal waits.",
)
CHECK_IN = _practice(
    "performance.check_in",
    30,
    Unit.DAYS,
    _("Check in on a goal"),
    "Practice: monthly, as KPIs are measured.",
)
HAND_IN_SELF_ASSESSMENT = _practice(
    "performance.self_assessment",
    14,
    Unit.DAYS,
    _("Hand in the self-assessment of a review"),
    "Practice: two weekends to think about a year.",
)
HAND_IN_SUPERVISOR_ASSESSMENT = _practice(
    "performance.supervisor_assessment",
    16,
    Unit.DAYS,
    _("Hand in the supervisor’s assessment of a review"),
    "Practice: two days after the self-assessment, written without waiting for it.",
)
HOLD_REVIEW_MEETING = _practice(
    "performance.meeting",
    21,
    Unit.DAYS,
    _("Hold the meeting of a review"),
    "Practice: within the week after both assessments.",
)
SIGN_REVIEW = _practice(
    "performance.sign",
    14,
    Unit.DAYS,
    _("Sign a review after its meeting"),
    "Practice: two weeks to read it in peace and to comment.",
)
UNLOCK_EXAM = _practice(
    "training.unlock",
    3,
    Unit.WORKING_DAYS,
    _("Decide on another attempt at an exam"),
    "Practice: a mandatory course must not stand still because nobody decides.",
)
RENEW_CERTIFICATE = _practice(
    "training.renew",
    60,
    Unit.DAYS,
    _("Begin the renewal before a certificate ends"),
    "Practice: two months leave room for holidays and a second attempt.",
)
CONFIRM_SESSION = _practice(
    "shadowing.confirm",
    3,
    Unit.WORKING_DAYS,
    _("Confirm a session that was written up"),
    "Practice: the host still remembers what took place.",
)

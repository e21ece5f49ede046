"""Until when somebody should have done something, where the thing itself does not say it."""

from __future__ import annotations

from datetime import date
from typing import Any

from rmhr.core.i18n import _
from rmhr.law.rules import Authority, LegalRule, Owner, Unit, legal_rule

#: The spans below were gathered here, as they stand, on this day.
SINCE = date(2026, 11, 29)
#: When those of a stage are looked at again: a few each month, so that nobody has to look at all of them at once.
REVIEW_BY = {
    "accounts": date(2027, 5, 31),
    "requisitions": date(2027, 6, 30),
    "postings": date(2027, 7, 31),
    "applications": date(2027, 8, 31),
    "interviews": date(2027, 9, 30),
    "offers": date(2027, 10, 31),
    "onboarding": date(2027, 11, 30),
    "performance": date(2028, 1, 31),
    "shadowing": date(2028, 2, 29),
    "training": date(2028, 2, 29),
}
REVIEW_OTHERS_BY = date(2028, 3, 31)
#: Who looks after what keeps the product running, and nobody's rights.
TECHNICAL = (
    "accounts.invitation",
    "accounts.ask_after_invitation",
    "accounts.new_password",
    "system.mail_stands",
)
EXPERIENCE = _("Experience: no law sets this span")
#: Counted from the first working day. The rungs of job shadowing end with the phases.
PHASES = _("Phases of 30, 60 and 90 days are the usual plan of the first months; the tasks follow them.")


def _practice(name: str, number: int, unit: Unit, what: Any, why: Any, source: Any = EXPERIENCE) -> LegalRule:
    stage = name.partition(".")[0]
    return legal_rule(
        name,
        number,
        unit,
        what=what,
        why=why,
        authority=Authority.PRACTICE,
        source=source,
        since=SINCE,
        review_by=REVIEW_BY.get(stage, REVIEW_OTHERS_BY),
        owner=Owner.ADMIN if name in TECHNICAL else Owner.COMPLIANCE,
    )


TAKE_UP_INVITATION = _practice(
    "accounts.invitation",
    14,
    Unit.DAYS,
    _("Accept an invitation"),
    _("Two weeks reach whoever is on leave; after it the address in the mail opens nothing."),
)
ASK_AFTER_INVITATION = _practice(
    "accounts.ask_after_invitation",
    7,
    Unit.DAYS,
    _("Follow up an invitation that nobody has accepted"),
    _("Half of its time is over, and the mail may have gone astray."),
)
GIVE_ROLE = _practice(
    "accounts.second_person",
    2,
    Unit.WORKING_DAYS,
    _("Decide, as the second person, whether somebody gets a role"),
    _("Whoever needs the role cannot work until then."),
)
CHOOSE_NEW_PASSWORD = _practice(
    "accounts.new_password",
    1,
    Unit.HOURS,
    _("Choose a new password through the link that was requested"),
    _("Whoever has asked for it waits for the mail; nobody else who reads it later gets in."),
)
DECIDE_ON_REQUISITION = _practice(
    "requisitions.decide",
    5,
    Unit.WORKING_DAYS,
    _("Decide on a requisition"),
    _("A week, so that a place is not empty longer than the search takes."),
)
LONG_ABSENCE = _practice(
    "accounts.long_absence",
    42,
    Unit.DAYS,
    _("Treat an absence as a long one: tasks are handed over, deadlines of courses rest"),
    _("After six weeks within a year an employer has to see how somebody comes back."),
    _("Modelled on section 167(2) SGB IX, which speaks of illness"),
)
ADVERTISE_REQUISITION = _practice(
    "requisitions.advertise",
    5,
    Unit.WORKING_DAYS,
    _("Begin the posting for an approved requisition"),
    _("A week, so that what was approved is not overtaken."),
)
WRITE_POSTING = _practice(
    "postings.write",
    10,
    Unit.WORKING_DAYS,
    _("Submit a posting that was begun"),
    _("Two weeks; a requisition names a day by which somebody is needed."),
)
PUBLISH_POSTING = _practice(
    "postings.publish",
    3,
    Unit.WORKING_DAYS,
    _("Publish a posting that is approved"),
    _("Whoever approved it expects to see it."),
)
SETTLE_APPLICATIONS = _practice(
    "postings.settle",
    20,
    Unit.WORKING_DAYS,
    _("Answer the last applications to a closed posting"),
    _("Four weeks after the deadline applicants ask, and look elsewhere."),
)
APPROVE_POSTING = _practice(
    "postings.approve",
    3,
    Unit.WORKING_DAYS,
    _("Look at a posting that is waiting for approval"),
    _("The text is fresh, and whoever wrote it still remembers why."),
)
APPROVE_TEXT = _practice(
    "duties.approve",
    3,
    Unit.WORKING_DAYS,
    _("Look at a text of the bank that is waiting for approval and says no later day"),
    _("As long as for a posting: the words are fresh, and whoever wrote them still remembers why."),
)
LOOK_AT_POSTING_THAT_CLOSES = _practice(
    "postings.closing",
    7,
    Unit.DAYS,
    _("Look at a posting before it closes"),
    _("With a week left there is still time to extend it, or to tell more people."),
)
SCREEN_APPLICATION = _practice(
    "applications.screen",
    3,
    Unit.WORKING_DAYS,
    _("Screen an application"),
    _("Applicants are told this day in the confirmation of receipt."),
)
WAITS_LONG = _practice(
    "applications.waits_long",
    7,
    Unit.DAYS,
    _("Show that an application has been in one stage for long"),
    _("After a week without a word applicants think that they are forgotten."),
)
WAITS_TOO_LONG = _practice(
    "applications.waits_too_long",
    14,
    Unit.DAYS,
    _("Show that an application has been in one stage for too long"),
    _("Good candidates have other offers within two weeks."),
)
OPEN_PRIVATE_LINK = _practice(
    "applications.private_link",
    180,
    Unit.DAYS,
    _("Open a status page through the link in a mail"),
    _("A hiring process takes months; an address in a mailbox should still not be good for ever."),
)
PLAN_INTERVIEW = _practice(
    "applications.plan_interview",
    5,
    Unit.WORKING_DAYS,
    _("Plan the interview of somebody who was shortlisted"),
    _("Good candidates have other offers within two weeks."),
)
HAND_IN_SCORECARD = _practice(
    "interviews.score",
    1,
    Unit.WORKING_DAYS,
    _("Hand in a scorecard"),
    _("Memory of an interview fades within days."),
)
DECIDE_ON_CANDIDATE = _practice(
    "interviews.decide",
    2,
    Unit.WORKING_DAYS,
    _("Decide after the last scorecard"),
    _("Candidates wait, and the panel still remembers."),
)
SAY_WHETHER_HELD = _practice(
    "interviews.outcome",
    7,
    Unit.DAYS,
    _("Say whether an interview took place"),
    _("A week is long enough for everybody who was there to have said so."),
)
TELL_CANDIDATE = _practice(
    "interviews.tell",
    2,
    Unit.WORKING_DAYS,
    _("Tell a candidate that they were not chosen"),
    _("Whoever was interviewed learns the outcome in the same week."),
)
SEND_OFFER = _practice(
    "offers.send",
    2,
    Unit.WORKING_DAYS,
    _("Send an offer that has been written"),
    _("A draft that lies longer is a question that nobody has asked."),
)
ARRIVE = _practice(
    "onboarding.arrive",
    7,
    Unit.DAYS,
    _("Arrive: the first phase of an onboarding plan"),
    PHASES,
)
LEARN = _practice(
    "onboarding.learn",
    30,
    Unit.DAYS,
    _("Learn: the second phase of an onboarding plan, and the stage of observing"),
    PHASES,
)
CONTRIBUTE = _practice(
    "onboarding.contribute",
    60,
    Unit.DAYS,
    _("Contribute: the third phase of an onboarding plan, and the stage of assisting"),
    PHASES,
)
TAKE_RESPONSIBILITY = _practice(
    "onboarding.take_responsibility",
    90,
    Unit.DAYS,
    _("Take responsibility: the fourth phase of an onboarding plan, and the stage of leading"),
    PHASES,
)
CONSOLIDATE = _practice(
    "onboarding.consolidate",
    180,
    Unit.DAYS,
    _("Consolidate: the last phase of an onboarding plan"),
    _("It ends with the probationary period, which is six months at the most."),
    _("section 622(3) BGB for the probationary period; the rest is experience"),
)
PROPOSE_GOAL = _practice(
    "performance.propose",
    14,
    Unit.DAYS,
    _("Propose a goal that was written down or sent back, or withdraw it"),
    _("A goal that nobody has agreed guides nobody, and its period runs."),
)
RETRACT_ACCEPTANCE = _practice(
    "offers.retract",
    14,
    Unit.DAYS,
    _("Record that somebody never began, after the first day"),
    _("Whoever was there for two weeks has begun, and leaves."),
)
AGREE_ON_GOAL = _practice(
    "performance.agree",
    7,
    Unit.DAYS,
    _("Agree on a proposed goal, or send it back"),
    _("The period runs while the goal waits."),
)
CHECK_IN = _practice(
    "performance.check_in",
    30,
    Unit.DAYS,
    _("Check in on a goal"),
    _("Monthly, as KPIs are measured."),
)
REACH_GOAL = _practice(
    "performance.reach",
    12,
    Unit.MONTHS,
    _("Reach a goal"),
    _("Reviews are held once a year, and a goal that ends later is never looked at as a whole."),
)
HAND_IN_SELF_ASSESSMENT = _practice(
    "performance.self_assessment",
    14,
    Unit.DAYS,
    _("Hand in the self-assessment of a review"),
    _("Two weekends to think about a year."),
)
BEGIN_REVIEW_WITHOUT_SELF = _practice(
    "performance.begin_without_self",
    7,
    Unit.DAYS,
    _("Begin a review without the self-assessment if that was not handed in"),
    _("A week and three reminders after the day; words can still be added until the meeting is recorded."),
)
HAND_IN_SUPERVISOR_ASSESSMENT = _practice(
    "performance.supervisor_assessment",
    16,
    Unit.DAYS,
    _("Hand in the supervisor’s assessment of a review"),
    _("Two days after the self-assessment, written without waiting for it."),
)
REVIEW_AGAIN = _practice(
    "performance.review_again",
    7,
    Unit.DAYS,
    _("Write or meet again after a review was opened again"),
    _("A weekend to look at what went wrong, and no longer, while both remember."),
)
HOLD_REVIEW_MEETING = _practice(
    "performance.meeting",
    21,
    Unit.DAYS,
    _("Hold the meeting of a review"),
    _("Within the week after both assessments."),
)
SIGN_REVIEW = _practice(
    "performance.sign",
    14,
    Unit.DAYS,
    _("Sign a review after its meeting"),
    _("Two weeks to read it in peace and to comment."),
)
UNLOCK_EXAM = _practice(
    "training.unlock",
    3,
    Unit.WORKING_DAYS,
    _("Decide on another attempt at an exam"),
    _("A mandatory course must not wait because nobody decides."),
)
REVIEW_COURSE = _practice(
    "training.review",
    5,
    Unit.WORKING_DAYS,
    _("Review a version of a course that was sent to somebody"),
    _("A week: whoever reviews it reads every lesson and every question."),
)
BEGIN_COURSE = _practice(
    "training.begin",
    30,
    Unit.DAYS,
    _("Begin a course before it is due"),
    _("A month leaves room for a second and a third attempt at the exam."),
)
FINISH_COURSE = _practice(
    "training.finish",
    7,
    Unit.DAYS,
    _("Show that a course is due soon"),
    _("A week still has a free afternoon."),
)
PASS_AGAIN = _practice(
    "training.pass_again",
    14,
    Unit.DAYS,
    _("Pass a course again after its certificate was revoked"),
    _("As long as a new RM has for the courses that come before own client contact."),
)
HAND_IN_EXAM = _practice(
    "training.hand_in",
    7,
    Unit.DAYS,
    _("Hand in an exam that was begun"),
    _("An exam shows what somebody knows now, not what they looked up over a month."),
)
BACK_FROM_ABSENCE = _practice(
    "onboarding.back_from_absence",
    14,
    Unit.DAYS,
    _("Catch up after a long absence on what was due meanwhile"),
    _("Deadlines rest while somebody is away; two weeks to find back."),
)
LOOK_AT_RULE_AGAIN = _practice(
    "rulebook.look_again",
    60,
    Unit.DAYS,
    _("Check whether a legal rule or good practice still holds"),
    _("Two months leave room to ask counsel and to change the product."),
)
CHECK_LAW_AGAIN = _practice(
    "rulebook.check_law",
    12,
    Unit.MONTHS,
    _("Check a legal rule again after it was found to hold"),
    _("Law is changed in the course of a year, and courts read it anew."),
)
CHECK_PRACTICE_AGAIN = _practice(
    "rulebook.check_practice",
    24,
    Unit.MONTHS,
    _("Check a rule of good practice again after it was found to hold"),
    _("What is a habit changes slowly; in two years the bank has figures of its own."),
)
FOLLOW_UP_RULE = _practice(
    "rulebook.follow_up",
    30,
    Unit.DAYS,
    _("Look again after a rule was found to have changed, or was changed in the product"),
    _("In a month the bank or the product has followed, or somebody has to ask why not."),
)
RENEW_CERTIFICATE = _practice(
    "training.renew",
    60,
    Unit.DAYS,
    _("Begin the renewal before a certificate ends"),
    _("Two months leave room for holidays and a second attempt."),
)
WITHDRAW_COURSE_VERSION = _practice(
    "training.withdraw",
    1,
    Unit.HOURS,
    _("Withdraw a version of a course that was published by mistake"),
    _("A mistake is noticed at once; after it people are told of the version and are taught by it."),
)
CONFIRM_SESSION = _practice(
    "shadowing.confirm",
    3,
    Unit.WORKING_DAYS,
    _("Confirm a session that was written up"),
    _("The host still remembers what took place."),
)
ASK_COLLEAGUE = _practice(
    "today.ask",
    2,
    Unit.DAYS,
    _("Remind a colleague of something you are waiting for, before it is due"),
    _("Whoever is asked earlier is pushed; on the day itself it is too late to plan for it."),
)
NOTICE_MAIL_STANDS = _practice(
    "system.mail_stands",
    3,
    Unit.HOURS,
    _("Notice that no mail is being sent"),
    _("A restart of the mail server takes less; candidates who wait for a word should not wait a day."),
)

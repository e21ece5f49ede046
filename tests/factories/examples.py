"""What the pages of tests/pages.py are tried on: a thing, who looks at it, and how there comes to be more of it.

Each function makes one example. `more(n)` adds n rows of all that the pages about it list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from rmhr.accounts.operations import employment
from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due.reminder_steps import ReminderStep
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import AccessLink, LinkPurpose, Role, User
from rmhr.models.applications import Applicant, Application, ApplicationAnswer, ApplicationStatus
from rmhr.models.criteria import QuestionKind
from rmhr.models.duties import Answer, TextStatus
from rmhr.models.interviews import InterviewStatus
from rmhr.models.offers import OfferStatus
from rmhr.models.onboarding import TaskStatus
from rmhr.models.performance import Side
from rmhr.models.postings import HiringTeamMember, TeamPart
from rmhr.models.requisitions import RequisitionStatus
from rmhr.models.sourcing import SourceKind
from rmhr.models.system import JobPause, JobRun, MessageStatus
from rmhr.models.today import CalendarFeed
from rmhr.models.workspace import SavedView
from rmhr.reminders import unsubscribe as unsubscribing
from rmhr.training import operations as training_operations
from tests.support.due_things import goal as owed_goal

from . import (
    accounts,
    applications,
    council,
    duties,
    interviews,
    many,
    numbers,
    offers,
    onboarding,
    performance,
    postings,
    reminders,
    rulebook,
    save,
    shadowing,
    training,
    webhooks,
)
from . import (
    courses as written_courses,
)

S = ApplicationStatus
SECRET = "s3cret-in-an-address"


@dataclass
class Example:
    """Who looks, at which thing (the values of its address), and what makes it more."""

    viewer: User | Applicant | None
    values: dict[str, Any] = field(default_factory=dict)
    more: Callable[[int], object] = lambda _count: None


def digest() -> str:
    """As what a secret in an address is stored."""
    return hashlib.sha256(SECRET.encode()).hexdigest()


# People.


def stranger() -> Example:
    """Somebody who has not signed in."""
    return Example(None)


def colleague() -> Example:
    """Somebody who works here, owes things, waits for others and has been written to."""
    boss = accounts.user(Role.SUPERVISOR)
    me = accounts.employee(supervisor=boss)
    deputy, away = accounts.user(), accounts.user()
    today = clock.today()
    absence = reminders.absence(me.user, deputy, today + timedelta(days=9), today + timedelta(days=9))
    standing_in = reminders.absence(away, me.user, today, today)
    mine, waited_for, theirs = (
        owed_goal(me.user, 0, supervisor=boss),
        owed_goal(deputy, -3, supervisor=me.user),
        owed_goal(away, -3, supervisor=boss),
    )
    put_off = reminders.put_off(me.user, mine.id, mine.due_on, today + timedelta(days=3))
    message = reminders.message(me.user)
    view = save(SavedView(user_id=me.user_id, page="postings.index", name="Mine", state={"q": "x"}))

    def more(count: int) -> None:
        others = many.people(deputy, count)
        later = [today + timedelta(days=20 + n) for n in range(count)]
        many.copies(absence, count, deputy_id=others, starts_on=later, ends_on=later)
        many.copies(standing_in, count, user_id=others)
        many.copies(theirs, count, user_id=others)
        days = [today + timedelta(days=n % 400 - 200) for n in range(count)]
        many.copies(waited_for, count, due_on=days)
        many.copies(mine, count, due_on=days)
        many.copies(put_off, count, subject_id=many.copies(mine, count))
        many.copies(message, count)
        many.copies(view, count, name=lambda _n: f"View {next(numbers)}")

    values = {"id": message.id, "absence": absence.id, "person": me.user_id}
    return Example(me.user, values, more)


def absence() -> Example:
    """An absence that one has noted down, and that has begun."""
    me, today = accounts.employee().user, clock.today()
    row = reminders.absence(me, accounts.user(), today - timedelta(days=1), today + timedelta(days=9))
    return Example(me, {"id": row.id})


def leader() -> Example:
    """Somebody who leads a team."""
    boss = accounts.user(Role.SUPERVISOR)
    one = accounts.employee(supervisor=boss)
    late = owed_goal(one.user, -3, supervisor=boss)
    training.progress(one.user, "aml", due_on=clock.today())

    def more(count: int) -> None:
        team = many.employees(one, count)
        many.copies(late, count, user_id=team)

    return Example(boss, {"id": one.user_id}, more)


def staff() -> Example:
    """All people, looked at by HR."""
    hr, one = accounts.user(Role.HR), accounts.employee()
    reminders.bounce(one.user.email)
    reminders.absence(one.user, accounts.user(), clock.today(), clock.today())

    def more(count: int) -> None:
        many.employees(one, count)

    return Example(hr, {"id": one.user_id, "q": "Person"}, more)


def person() -> Example:
    """The page of one RM with everything that hangs on them, looked at by HR."""
    hr = accounts.user(Role.HR)
    plan = onboarding.plan(hr=hr)
    me = plan.user
    absence = reminders.absence(me, accounts.user(), clock.today(), clock.today())
    training.progress(me, "aml", due_on=clock.today())
    programme = shadowing.programme(employee=me.employee)
    session = shadowing.logged(programme)
    goal = performance.agreed(me)
    item = performance.item(me)

    def more(count: int) -> None:
        later = [clock.today() + timedelta(days=20 + n) for n in range(count)]
        many.copies(absence, count, deputy_id=many.people(hr, count), starts_on=later, ends_on=later)
        for each in (session, goal, item):
            many.copies(each, count)
        many.history(me, count, "accounts.edit")

    return Example(hr, {"id": me.id}, more)


def planned_change() -> Example:
    """A change of employment that HR has planned."""
    hr, rm = accounts.user(Role.HR), accounts.employee().user
    event = employment.change_place(hr, rm, on=clock.today() + timedelta(days=20), job_title="Senior")
    assert event is not None
    db.session.commit()
    return Example(hr, {"id": event.id})


def asked_role() -> Example:
    """A role that waits for a second person."""
    request = accounts.role_request()
    return Example(accounts.user(Role.HR), {"id": request.id})


def units() -> Example:
    """The units of the bank, as administrators see them."""
    one = accounts.unit(head_id=accounts.user().id)
    accounts.employee(unit=one)

    def more(count: int) -> None:
        ids = many.copies(
            one, count, name=lambda _n: f"Unit {next(numbers)}", head_id=many.people(accounts.user(), count)
        )
        many.copies(one, count, name=lambda _n: f"Part {next(numbers)}", parent_id=ids)

    return Example(accounts.user(Role.ADMIN), {"id": one.id}, more)


def link_to_a_password() -> Example:
    """The secret of an invitation that is still good."""
    save(
        AccessLink(
            user=accounts.user(),
            purpose=LinkPurpose.INVITATION,
            digest=digest(),
            expires_at=clock.now() + timedelta(days=1),
        )
    )
    return Example(None, {"token": SECRET})


# Requisitions and postings.


def requisition() -> Example:
    """A requisition that waits, with postings; the list of all."""
    row = postings.requisition(status=RequisitionStatus.PENDING)
    job = postings.posting(requisition=row, unit=row.unit)

    def more(count: int) -> None:
        many.copies(
            row,
            count,
            unit_id=many.copies(row.unit, count, name=lambda _n: f"Unit {next(numbers)}"),
            requester_id=many.people(row.requester, count),
            approver_id=many.people(row.approver, count),
        )
        many.copies(job, count, recruiter_id=many.people(job.recruiter, count))
        many.history(row, count, "requisitions.approve")

    return Example(row.requester, {"id": row.id}, more)


def requisition_waiting() -> Example:
    """A requisition that nobody has decided about."""
    row = postings.requisition(status=RequisitionStatus.PENDING)
    return Example(row.requester, {"id": row.id})


def headcount() -> Example:
    """A plan of positions, and the list of the year."""
    plan = postings.headcount_plan()
    accounts.employee(unit=plan.unit)
    postings.requisition(unit=plan.unit)

    def more(count: int) -> None:
        many.copies(
            plan, count, unit_id=many.copies(plan.unit, count, name=lambda _n: f"Unit {next(numbers)}")
        )

    return Example(accounts.user(Role.HR), {"id": plan.id}, more)


def posting() -> Example:
    """A posting with all that hangs on it, looked at by its recruiter; the list of all."""
    row = postings.posting()
    link = postings.share_link(posting=row)
    tip = postings.referral(posting=row)
    application = applications.application(
        posting=row, source=SourceKind.SHARED, share_link=link, referral=None
    )
    member = save(
        HiringTeamMember(
            posting_id=row.id, user_id=accounts.user(Role.INTERVIEWER).id, part=TeamPart.INTERVIEWER
        )
    )

    def more(count: int) -> None:
        many.postings(row, count)
        links = many.copies(link, count, campaign=lambda _n: f"Campaign {next(numbers)}")
        many.copies(
            tip,
            count,
            email=lambda _n: f"tip{next(numbers)}@example.org",
            referrer_id=many.people(tip.referrer, count),
        )
        many.applications(application, count, share_link_id=links)
        many.copies(member, count, user_id=many.people(accounts.user(Role.INTERVIEWER), count))
        many.history(row, count, "postings.publish")

    return Example(row.recruiter, {"id": row.id, "link_id": link.id, "slug": row.slug}, more)


def question_set() -> Example:
    """A set of questions, and the list of all."""
    row = postings.question_set()
    return Example(accounts.user(Role.HR), {"id": row.id}, lambda count: many.copies(row, count))


def public_posting() -> Example:
    """An open posting, looked at by somebody outside; the list of all."""
    example = posting()
    return Example(None, example.values, example.more)


def posting_for_colleagues() -> Example:
    """An open posting, looked at by a colleague; the list of all."""
    example = posting()
    return Example(accounts.employee().user, example.values, example.more)


def own_referral() -> Example:
    """What somebody has recommended."""
    tip = postings.referral()

    def more(count: int) -> None:
        jobs = many.postings(tip.posting, count)
        many.copies(tip, count, posting_id=jobs)

    return Example(tip.referrer, {}, more)


def referrals() -> Example:
    """All recommendations, looked at by HR."""
    tip = postings.referral()

    def more(count: int) -> None:
        jobs, people = many.postings(tip.posting, count), many.people(tip.referrer, count)
        many.copies(tip, count, posting_id=jobs, referrer_id=people)

    return Example(accounts.user(Role.HR), {}, more)


def one_referral() -> Example:
    """One recommendation, looked at by HR."""
    tip = postings.referral()
    return Example(accounts.user(Role.HR), {"id": tip.id, "code": tip.code})


def career_site() -> Example:
    """The public site as an administrator sets it up."""
    postings.career_site(logo=applications.document(), accent="#0b5cad")
    return Example(accounts.user(Role.ADMIN))


def bank_of_duties() -> Example:
    """What the bank has said of itself, as an administrator sees it."""
    duties.bank()
    return Example(accounts.user(Role.ADMIN))


def bank_text() -> Example:
    """A text with two versions: one in force, a draft."""
    duties.text()
    draft = duties.text(status=TextStatus.DRAFT)

    def more(count: int) -> None:
        many.copies(
            draft,
            count,
            number=lambda _n: 100 + next(numbers),
            status=TextStatus.WITHDRAWN,
            edited_by_id=accounts.user().id,
        )

    return Example(accounts.user(Role.ADMIN), {"id": draft.id, "name": draft.kind.value}, more)


def text_to_approve() -> Example:
    """A version that waits for a second person."""
    version = duties.submitted()
    return Example(accounts.user(Role.COMPLIANCE), {"id": version.id})


# Applications, interviews, offers.


def answered(row: Application) -> ApplicationAnswer:
    """An answer that is a file."""
    question = next(each for each in row.posting_version.questions if each.kind is QuestionKind.FILE)
    file = applications.document()
    return save(
        ApplicationAnswer(application_id=row.id, question_id=question.id, answer="", document_id=file.id)
    )


def application() -> Example:
    """An application that was judged, with an answer that is a file; the list of all."""
    job = postings.posting(questions=postings.every_kind())
    row = applications.judged(applications.application(posting=job))
    answer = answered(row)
    mark = row.marks[0]

    def more(count: int) -> None:
        many.copies(mark, count, application_id=many.applications_elsewhere(row, count))
        many.history(row, count, "applications.screen")

    return Example(accounts.user(Role.HR), {"id": row.id, "answer": answer.id}, more)


def shortlisted() -> Example:
    """Somebody who is to be invited, and the people who could be on the panel."""
    row = applications.application(S.SHORTLISTED)
    interviews.round_()

    def more(count: int) -> None:
        many.people(interviews.interviewer(), count)

    return Example(accounts.user(Role.HR), {"application_id": row.id}, more)


def approved() -> Example:
    """Somebody who is to get an offer, and the people who could lead them."""
    row = applications.application(S.APPROVED)

    def more(count: int) -> None:
        many.people(accounts.user(Role.SUPERVISOR), count)
        many.people(accounts.user(Role.MENTOR), count)

    return Example(accounts.user(Role.HR), {"application_id": row.id}, more)


def applicant() -> Example:
    """What an applicant sees behind the private link: an application that has come as far as an offer."""
    job = postings.posting(questions=postings.every_kind())
    row = applications.application(S.OFFERED, posting=job)
    offer = offers.offer(OfferStatus.SENT, application=row)
    meeting = interviews.interview(application=row)
    answer = answered(row)

    def more(count: int) -> None:
        jobs = many.postings(row.posting, count)
        ids = many.copies(row, count, posting_id=jobs, cv_id=many.copies(row.cv, count))
        many.copies(meeting, count, application_id=ids)
        many.copies(offer, count, application_id=ids)

    values = {"id": row.id, "answer": answer.id, "offer": offer.id, "interview": meeting.id}
    return Example(row.applicant, values, more)


def applicant_disclosed() -> Example:
    """An applicant who has told of a severe disability."""
    row = applications.disclosed(applications.application(S.SCREENING))
    return Example(row.applicant, {"id": row.id}, lambda count: _elsewhere(row, count))


def disclosed() -> Example:
    """The same as HR of a public employer sees it."""
    row = applications.disclosed(applications.application(S.SCREENING))
    duties.changed(public_employer=Answer.YES)
    return Example(accounts.user(Role.HR), {"id": row.id}, lambda count: _elsewhere(row, count))


def disclosed_and_rejected() -> Example:
    """A severely disabled applicant who was rejected, and has not been told why."""
    row = applications.disclosed(applications.application(S.SCREENING))
    applications.heard(row)
    applications.rejected(row)
    return Example(accounts.user(Role.HR), {"id": row.id}, lambda count: _elsewhere(row, count))


def _elsewhere(row: Application, count: int) -> None:
    many.applications_elsewhere(row, count)


def applicant_from_inside() -> Example:
    """A colleague who has applied, of which their supervisor does not know."""
    row = applications.from_inside()

    def more(count: int) -> None:
        many.copies(
            row, count, posting_id=many.postings(row.posting, count), cv_id=many.copies(row.cv, count)
        )

    return Example(row.applicant.user, {"id": row.id}, more)


def link_to_applications() -> Example:
    """The secret of a private link."""
    applications.link(applications.applicant(), digest=digest())
    return Example(None, {"token": SECRET})


def interview() -> Example:
    """An interview that is planned, with a scenario, looked at by one of its panel; the list of all."""
    row = interviews.interview(scenarios=[interviews.scenario()])

    def more(count: int) -> None:
        many.interviews(row, count)
        many.history(row, count, "interviews.plan")

    return Example(row.seats[0].interviewer, {"id": row.id}, more)


def interview_of_hr() -> Example:
    """The same, looked at by HR."""
    example = interview()
    return Example(accounts.user(Role.HR), example.values, example.more)


def interview_held() -> Example:
    """An interview that was held and rated, about which HR is to decide; others of the same posting."""
    row = interviews.judged(interviews.interview(hours=-30))

    def more(count: int) -> None:
        ids = many.applications(row.application, count)
        meetings = many.copies(row, count, application_id=ids)
        for question in row.questions:
            many.copies(question, count, interview_id=meetings)
        for seat in row.seats:
            cards = many.copies(
                seat.scorecard, count, seat_id=many.copies(seat, count, interview_id=meetings)
            )
            for rating in seat.scorecard.ratings:
                many.copies(rating, count, scorecard_id=cards)

    return Example(accounts.user(Role.HR), {"application_id": row.application_id, "id": row.id}, more)


def scorecard_handed_in() -> Example:
    """What one of the panel has handed in, and can correct."""
    row = interviews.judged(interviews.interview(hours=-30))
    return Example(row.seats[0].interviewer, {"id": row.id})


def scorecard_missing() -> Example:
    """A scorecard that HR can do without."""
    card = interviews.interview(hours=-3).seats[0].scorecard
    assert card is not None
    return Example(accounts.user(Role.HR), {"id": card.id})


def scorecard() -> Example:
    """What one of the panel fills in."""
    row = interviews.interview(InterviewStatus.HELD, hours=-3)
    card = interviews.card_of(row, row.seats[0].interviewer)
    interviews.rate(card, submitted=False)
    return Example(row.seats[0].interviewer, {"id": row.id})


def council_request() -> Example:
    """A request to the works council that waits to be made; among the documents those of many others."""
    row = council.to_ask()
    application = row.offer.application

    def more(count: int) -> None:
        many.applications(
            application, count, status=S.REJECTED, rejection_reason_id=applications.rejection_reason().id
        )
        many.history(row, count, "council.ask")

    return Example(accounts.user(Role.HR), {"id": row.id}, more)


def provisional_hiring() -> Example:
    """Somebody who was hired without waiting for the works council."""
    row = council.provisional()
    application = row.request.offer.application

    def more(count: int) -> None:
        many.applications(
            application, count, status=S.REJECTED, rejection_reason_id=applications.rejection_reason().id
        )
        many.history(row, count, "provisional_hiring.dispute")

    return Example(accounts.user(Role.HR), {"id": row.id}, more)


def offer() -> Example:
    """A draft of an offer; the list of all."""
    row = offers.offer()

    def more(count: int) -> None:
        many.copies(
            row,
            count,
            application_id=many.applications_elsewhere(row.application, count),
            supervisor_id=many.people(row.supervisor, count),
        )
        many.history(row, count, "offers.write")

    return Example(accounts.user(Role.HR), {"id": row.id}, more)


# The first months.


def plan() -> Example:
    """The plan of a new RM, looked at by HR; the list of all."""
    hr = accounts.user(Role.HR)
    row = onboarding.plan(hr=hr)
    task = row.tasks[0]

    def more(count: int) -> None:
        people = many.employees(row.user.employee, count)
        ids = many.copies(row, count, user_id=people, mentor_id=many.people(row.mentor, count))
        many.copies(task, count, plan_id=ids)
        many.copies(task, count, code=lambda _n: f"more{next(numbers)}")
        many.history(row, count, "onboarding.complete")

    return Example(hr, {"id": row.id, "task": task.id}, more)


def plan_done() -> Example:
    """A plan of which nothing is left to do, looked at by HR."""
    hr = accounts.user(Role.HR)
    row = onboarding.plan(hr=hr)
    with audit.acting(SYSTEM, "tests.arrange"):
        for task in row.tasks:
            task.status = TaskStatus.DROPPED
    db.session.commit()
    return Example(hr, {"id": row.id})


def own_plan() -> Example:
    """The plan of a new RM, looked at by themselves."""
    row = onboarding.plan()
    task = next(each for each in row.tasks if each.owner_id == row.user_id and not each.course_code)

    def more(count: int) -> None:
        many.copies(task, count, code=lambda _n: f"more{next(numbers)}")

    return Example(row.user, {"id": row.id, "task": task.id}, more)


def programme() -> Example:
    """A shadowing programme with a session, looked at by the mentor; the list of all."""
    row = shadowing.programme()
    session = shadowing.logged(row)

    def more(count: int) -> None:
        people = many.employees(row.user.employee, count)
        ids = many.copies(row, count, user_id=people)
        for rung in row.rungs:
            many.copies(rung, count, programme_id=ids)
        many.copies(session, count, host_id=many.people(row.mentor, count))
        many.history(row, count, "shadowing.open_programme")

    return Example(row.mentor, {"id": row.id, "session": session.id}, more)


def own_programme() -> Example:
    """The same, looked at by the RM."""
    example = programme()
    row = shadowing.programme()
    session = shadowing.logged(row)
    return Example(row.user, {"id": row.id, "session": session.id}, example.more)


def programme_climbed() -> Example:
    """A programme whose every rung is climbed, waiting for the mentor's signature."""
    row = shadowing.programme()
    shadowing.climb(row)
    return Example(row.mentor, {"id": row.id})


def course() -> Example:
    """A course that an RM has yet to pass."""
    row = training.assignment()
    code = training.course("ethics")
    other = training.progress(row.user, "ethics", due_on=clock.today())

    def more(count: int) -> None:
        courses = many.copies(code, count)
        many.copies(other, count, course_id=courses)

    return Example(row.user, {"id": row.id}, more)


def course_draft() -> Example:
    """A draft of a course with a lesson and questions, looked at by its author."""
    author = accounts.user(Role.HR)
    row = written_courses.draft(author)
    ids = {"course": row.course_id, "lesson": row.lessons[0].id, "question": row.questions[0].id}

    def more(count: int) -> None:
        some = min(count, 50)  # more lessons no course has
        lessons = many.copies(row.lessons[0], some, code=lambda n: f"copy-{count}-{n}")
        many.copies(row.lessons[0].parts[0], some, lesson_id=lessons)

    return Example(author, {"id": row.id, **ids}, more)


def course_with_file() -> Example:
    """A course with an attachment in one of its lessons, looked at by HR."""
    row, document = written_courses.with_attachment()
    return Example(accounts.user(Role.HR), {"id": row.id, "course": row.course_id, "document_id": document})


def assigned_file() -> Example:
    """The same, looked at by an RM who has to pass it."""
    row, document = written_courses.with_attachment()
    made = training.assignment(row.course.code, read=False)
    return Example(made.user, {"id": made.id, "document_id": document})


def exam() -> Example:
    """An exam that has begun."""
    row = training.assignment()
    training_operations.exams.start_exam(row.user, row)
    return Example(row.user, {"id": row.id})


def course_passed() -> Example:
    """A course that was passed, with its certificate."""
    row = training.passed()
    return Example(row.user, {"id": row.id, "code": row.certificate.code})


def course_blocked() -> Example:
    """A course whose attempts are used up, looked at by who can unlock it."""
    row = training.blocked()
    return Example(row.user.employee.supervisor, {"id": row.id})


def courses() -> Example:
    """All courses and who is where, looked at by HR."""
    row = training.passed()

    def more(count: int) -> None:
        people = many.employees(row.user.employee, count)
        many.copies(row, count, user_id=people)

    return Example(accounts.user(Role.HR), {"id": row.course_id}, more)


# Goals and reviews.


def goal() -> Example:
    """A goal that is agreed, with check-ins, looked at by the RM; the list of all."""
    row = performance.agreed()
    check_in = performance.checked(row)
    draft = performance.goal(row.user, title="Visits")

    def more(count: int) -> None:
        many.copies(check_in, count)
        ids = many.copies(row, count)
        many.copies(check_in, count, goal_id=ids)
        many.copies(draft, count)
        many.history(row, count, "performance.check_in")

    return Example(row.user, {"id": row.id, "draft": draft.id}, more)


def goals_of_a_team() -> Example:
    """The same, looked at by who leads the team."""
    example = goal()
    row = performance.agreed()

    def more(count: int) -> None:
        many.copies(row, count, user_id=many.employees(row.user.employee, count))

    example.more(1)
    return Example(performance.supervisor_of(row.user), {"id": row.id}, more)


def item() -> Example:
    """A next step; the list of all."""
    row = performance.item(performance.rm())

    def more(count: int) -> None:
        many.copies(row, count)
        many.history(row, count, "performance.add_item")

    return Example(row.user, {"id": row.id}, more)


def review() -> Example:
    """A review whose self-assessment is due, looked at by the RM."""
    row = performance.written(performance.review(), Side.SELF)

    def more(count: int) -> None:
        many.copies(row, count, cycle_id=many.copies(row.cycle, count))
        many.history(row, count, "performance.open_cycle")

    return Example(row.user, {"id": row.id}, more)


def review_of_a_team() -> Example:
    """A review that waits for who leads the team, of somebody with goals; the list of theirs."""
    row = performance.self_in()
    goal = performance.agreed(row.user)
    check_in = performance.checked(goal, comment="Well.")

    def more(count: int) -> None:
        many.copies(row, count, user_id=many.employees(row.user.employee, count))
        many.copies(check_in, count, goal_id=many.copies(goal, count))

    return Example(row.supervisor, {"id": row.id}, more)


def reviews() -> Example:
    """All reviews, looked at by HR."""
    row = performance.self_in()

    def more(count: int) -> None:
        many.copies(row, count, user_id=many.employees(row.user.employee, count))

    return Example(accounts.user(Role.HR), {"id": row.id, "cycle": row.cycle_id}, more)


def draft_kept() -> Example:
    """What a supervisor had written in a review that is with somebody else now."""
    row = performance.draft_kept()
    return Example(row.author, {"id": row.id})


def review_met() -> Example:
    """A review whose meeting has been, ready to be signed."""
    row = performance.met()
    return Example(row.user, {"id": row.id})


# Reminders and the system.


def source() -> str:
    """The name of something that is owed and can be stopped."""
    return next(name for name, each in registry.SOURCES.items() if not each.must)


def rule() -> Example:
    """A rule of reminders that comes into force tomorrow, and what it is about."""
    name, tomorrow = source(), clock.today() + timedelta(days=1)
    row = reminders.rule(ReminderStep(-3), ReminderStep(0), valid_from=tomorrow, source=name)
    owed = owed_goal(accounts.employee().user, 3)
    reminders.worked_out()

    def more(count: int) -> None:
        many.copies(row, count, made_by_id=many.people(row.made_by, count))
        many.copies(owed, count, user_id=many.employees(owed.user.employee, count))

    values = {"name": name, "number": 1, "steps": "-2:owner", "valid_from": tomorrow.isoformat()}
    return Example(accounts.user(Role.ADMIN), values, more)


def rule_stopped() -> Example:
    """Reminders that an administrator has stopped."""
    reminders.stop(source())
    return Example(accounts.user(Role.ADMIN), {"name": source()})


def mail() -> Example:
    """What was sent, as administrators see it."""
    row = reminders.message(
        accounts.user(), calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", calendar_method="REQUEST"
    )

    def more(count: int) -> None:
        many.copies(row, count, user_id=many.people(accounts.user(), count))

    return Example(accounts.user(Role.ADMIN), {"id": row.id}, more)


def undelivered() -> Example:
    """Mail that could not be delivered, as HR sees it."""
    row = reminders.message(accounts.user(), state=MessageStatus.FAILED)
    bounce = reminders.bounce(row.to_address)

    def more(count: int) -> None:
        many.copies(row, count, user_id=many.people(accounts.user(), count))
        many.copies(bounce, count)

    return Example(accounts.user(Role.HR), {}, more)


def job() -> Example:
    """What the scheduler has done."""
    admin = accounts.user(Role.ADMIN)
    began = clock.now()
    row = save(
        JobRun(job="audit.seal", started_at=began, finished_at=began, error="ValueError: x", trace="x")
    )
    save(JobPause(job="audit.seal", reason="The server moves", paused_by=admin))
    return Example(admin, {"name": "mail.deliver"}, lambda count: many.copies(row, count))


def webhook() -> Example:
    """A webhook and its calls."""
    row = webhooks.webhook()
    call = webhooks.call(row)

    def more(count: int) -> None:
        many.copies(call, count)
        many.copies(row, count, name=lambda _n: f"Webhook {next(numbers)}")

    return Example(accounts.user(Role.ADMIN), {"id": row.id}, more)


def calendar_feed() -> Example:
    """The calendar that somebody has subscribed to."""
    me = accounts.employee().user
    save(CalendarFeed(user=me, digest=digest()))
    owed = owed_goal(me, 0)

    def more(count: int) -> None:
        many.copies(owed, count, due_on=[clock.today() + timedelta(days=n % 90) for n in range(count)])

    return Example(None, {"secret": SECRET}, more)


def own_calendar_feed() -> Example:
    """The same, where its owner sets it up."""
    me = accounts.employee().user
    save(CalendarFeed(user=me, digest=digest()))
    return Example(me)


def unsubscribing_link() -> Example:
    """What stands below a reminder."""
    return Example(None, {"token": unsubscribing.token(accounts.user(), [source()])})


def rule_of_law() -> Example:
    """A rule of the register that was checked, as compliance reads it."""
    check = rulebook.checked()
    rule = check.rule

    def more(count: int) -> None:
        ids = many.copies(rule, count, name=lambda n: f"interviews.copy_{next(numbers)}")
        many.copies(check, count, rule_id=ids)

    return Example(accounts.user(Role.COMPLIANCE), {"id": rule.id}, more)

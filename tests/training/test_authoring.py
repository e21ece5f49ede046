"""A course is written, reviewed by a second person, published, followed by another version, withdrawn, retired."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.i18n import Words
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.courses import (
    BlockKind,
    CountsFor,
    Course,
    CourseStatus,
    VersionStatus,
)
from rmhr.models.training import AssignmentStatus, AttemptStatus
from rmhr.training import changes, checklist, length, operations, queries
from rmhr.training.workflow.courses import COURSES, VERSIONS
from tests.factories import accounts, courses, training
from tests.support.html import Html


def hr():
    return accounts.user(Role.HR)


# Written, reviewed, published.


def test_a_course_is_written_by_one_person_and_published_by_another():
    author, other = hr(), accounts.user(Role.COMPLIANCE)
    version = courses.draft(author)
    courses.submitted(author, version, other)
    with pytest.raises(NotAllowed):
        VERSIONS.perform(author, version, "publish")
    VERSIONS.perform(other, version, "publish")
    assert (version.status, version.published_by, version.is_taught) == (VersionStatus.PUBLISHED, other, True)
    assert version in queries.courses.in_force()


def test_whoever_wrote_last_is_no_second_person():
    author, other = hr(), accounts.user(Role.COMPLIANCE)
    version = courses.draft(author)
    operations.lessons.name_lesson(
        other, version, lesson=version.lessons[0], title=courses.both("Another"), rm_types=[]
    )
    courses.submitted(author, version, hr())
    with pytest.raises(NotAllowed):
        VERSIONS.perform(other, version, "publish")


def test_it_is_sent_back_with_a_reason_and_can_be_written_again():
    author, other = hr(), accounts.user(Role.COMPLIANCE)
    version = courses.submitted(author, courses.draft(author), other)
    with pytest.raises(NotPossible, match="in review"):
        operations.lessons.add_lesson(author, version, title=courses.both("More"))
    VERSIONS.perform(other, version, "return", note="Lesson 1 is too short")
    assert version.status is VersionStatus.DRAFT
    operations.lessons.add_lesson(author, version, title=courses.both("More"))


def test_what_is_missing_is_named_before_it_can_go_to_review():
    author = hr()
    version = courses.draft(author, questions=2)
    operations.lessons.name_lesson(
        author, version, lesson=version.lessons[0], title=Words(en="Only English"), rm_types=[]
    )
    said = [str(each.words) for each in checklist.gaps(version)]
    assert said == ["Lesson 1: German title", "The exam asks 5 questions, and there are 2"]
    with pytest.raises(NotPossible, match="German title"):
        courses.submitted(author, version, accounts.user(Role.COMPLIANCE))


def test_an_owner_who_is_neither_hr_nor_compliance_writes_their_course_alone():
    version = courses.draft()
    owner, stranger = accounts.user(), accounts.user()
    with pytest.raises(NotAllowed):
        operations.lessons.add_lesson(owner, version, title=courses.both("Mine"))
    course = version.course
    operations.courses.describe(
        hr(),
        course,
        area=course.area,
        kind=course.kind,
        provider="",
        owner_id=owner.id,
        audience=course.audience,
    )
    operations.lessons.add_lesson(owner, version, title=courses.both("Mine"))
    with pytest.raises(NotAllowed):
        operations.lessons.add_lesson(stranger, version, title=courses.both("Mine"))


def test_two_courses_of_one_name_and_two_drafts_of_one_course_are_refused_in_words():
    there = courses.draft()
    with pytest.raises(NotPossible, match="of this name"):
        operations.courses.begin(
            accounts.user(Role.HR), None, name=there.name, area=there.course.area, kind=there.course.kind
        )
    courses.next_version()
    with pytest.raises(NotPossible, match="draft of the next version"):
        courses.next_version()


# Versions.


def test_who_has_begun_finishes_the_version_before_and_who_begins_takes_the_new_one():
    inside = training.assignment("ethics")
    first = inside.taught
    second = courses.published(courses.next_version())
    assert (inside.taught, first.replaced_at is not None) == (first, True)
    training.sit(inside)
    assert inside.attempts[0].taught is first
    fresh = training.assignment("ethics", read=False)
    assert fresh.taught is second
    assert inside.status is AssignmentStatus.PASSED


def test_who_has_not_begun_takes_the_new_version_once_it_can_no_longer_be_withdrawn():
    waiting = training.assignment("ethics", read=False)
    second = courses.published(courses.next_version())
    assert operations.versions.settle_all(SYSTEM) == 0
    with clock.at(clock.now() + timedelta(hours=1, minutes=1)):
        assert operations.versions.settle_all(SYSTEM) == 1
        assert operations.versions.settle_all(SYSTEM) == 0
    assert waiting.taught is second


@pytest.mark.parametrize("counts_for", CountsFor)
def test_holders_keep_their_certificate_and_take_the_change_where_it_counts_for_them(counts_for):
    holder = training.passed("ethics")
    by = clock.today() + timedelta(days=60)
    holders = counts_for is CountsFor.HOLDERS
    second = courses.published(
        courses.next_version(), counts_for=counts_for, change_by=by if holders else None
    )
    with clock.at(clock.now() + timedelta(hours=2)):
        operations.versions.settle_all(SYSTEM)
    newest = queries.assignments.newest(holder)
    assert holder.status is AssignmentStatus.PASSED
    assert (newest is not holder) is holders
    if holders:
        assert (newest.taught, newest.due_on) == (second, by)
        assert newest.reason["de"] == "Was sich in Fassung 2 geändert hat"
        read = {each.lesson_id for each in newest.lessons_read}
        assert [each.id in read for each in second.lessons] == [False] + [True] * (len(second.lessons) - 1)


def test_the_differences_are_told_lesson_by_lesson():
    author = hr()
    version = courses.next_version(author=author)
    operations.versions.set_facts(author, version, facts={"pass_mark": 90})
    operations.lessons.delete_lesson(author, version, lesson=version.lessons[-1])
    db.session.expire(version, ["lessons"])
    told = changes.between(queries.versions.before(version), version)
    last = len(version.lessons) + 1
    assert [(str(each.what), str(each.how)) for each in told] == [
        ("Pass mark, in per cent", "Changed"),
        ("Lesson 1", "Changed"),
        (f"Lesson {last}", "Left out"),
    ]
    assert (told[0].places[0].before, told[0].places[0].after) == ("80", "90")


def test_the_reviewer_of_a_first_version_reads_all_that_it_teaches_and_asks(browser):
    author, other = hr(), accounts.user(Role.COMPLIANCE)
    version = courses.submitted(author, courses.draft(author), other)
    text = browser(other).get(f"/training/versions/{version.id}").text
    for words in (
        "Ask first, auf Deutsch",
        "Question 4, in English",
        "✓ Yes, in English",
        "Because, auf Deutsch",
    ):
        assert words in text


# Withdrawn, retired.


def test_a_version_published_by_mistake_is_withdrawn_within_the_hour():
    inside = training.assignment("ethics", read=False)
    first = inside.taught
    author = hr()
    second = courses.published(courses.next_version(author=author), author)
    begun = training.assignment("ethics")
    assert begun.taught is second
    VERSIONS.perform(author, second, "withdraw", note="The wrong draft")
    assert (second.status, first.is_taught) == (VersionStatus.WITHDRAWN, True)
    assert (begun.taught, begun.lessons_read) == (first, [])
    assert [each.course_id for each in queries.courses.in_force()].count(first.course_id) == 1


def test_after_an_hour_or_once_somebody_has_passed_it_it_stays():
    author = hr()
    training.course()
    second = courses.published(courses.next_version(author=author), author)
    training.passed("ethics")
    with pytest.raises(NotPossible, match="passed it already"):
        VERSIONS.perform(author, second, "withdraw", note="Too late")
    with clock.at(clock.now() + timedelta(minutes=61)), pytest.raises(NotPossible, match="an hour ago"):
        VERSIONS.perform(author, second, "withdraw", note="Too late")


def test_a_retired_course_is_required_of_nobody_and_its_history_stays():
    held, owed = training.passed("ethics"), training.assignment("ethics")
    course = held.course
    COURSES.perform(hr(), course, "retire", note="Part of compliance now")
    assert (course.status, course.retired_on) == (CourseStatus.RETIRED, clock.today())
    assert owed.status is AssignmentStatus.DROPPED
    assert held.certificate.revoked_on is None
    assert queries.standing.courses_of(held.user) == []
    with clock.at(clock.now() + timedelta(days=330)):
        assert operations.rounds.open_renewals(SYSTEM) == 0
    employee = accounts.employee()
    codes = {each.course.code for each in operations.assignments.assign_required(SYSTEM, employee)}
    assert "ethics" not in codes


@pytest.mark.parametrize("right", [100, 0])
def test_whoever_is_in_the_exam_of_a_retired_course_may_finish_it(right):
    attempt = training.running("ethics")
    made = attempt.assignment
    COURSES.perform(hr(), made.course, "retire", note="Part of compliance now")
    assert (made.status, attempt.status) == (AssignmentStatus.OPEN, AttemptStatus.RUNNING)
    for answer in attempt.answers[:right]:
        chosen = answer.question.correct
        operations.exams.answer_question(made.user, attempt, position=answer.position, chosen=chosen)
    operations.exams.hand_in(made.user, attempt)
    assert made.status is (AssignmentStatus.PASSED if right else AssignmentStatus.DROPPED)


def test_a_course_that_is_brought_back_is_required_again():
    made = training.assignment("ethics", read=False, employee=accounts.employee(user=accounts.user(Role.RM)))
    COURSES.perform(hr(), made.course, "retire", note="Not needed")
    COURSES.perform(hr(), made.course, "reinstate", note="Needed after all")
    assert made.status is AssignmentStatus.OPEN


# Lessons and questions of a draft.


def test_lessons_and_blocks_are_moved_deleted_and_brought_back():
    author = hr()
    version = courses.next_version(author=author)
    first, second = version.lessons[:2]
    operations.lessons.move_lesson(author, version, lesson=second, to=1)
    db.session.expire(version, ["lessons"])
    assert version.lessons[:2] == [second, first]
    operations.lessons.delete_lesson(author, version, lesson=second)
    db.session.expire(version, ["lessons"])
    assert second not in version.lessons
    operations.lessons.restore_lesson(author, version, lesson=second)
    db.session.expire(version, ["lessons"])
    assert version.lessons[0] is second
    copied = operations.lessons.copy_block(author, version, block=first.parts[0])
    assert copied.text == first.parts[0].text
    operations.lessons.move_block_to(author, version, block=copied, lesson=second)
    db.session.expire_all()
    assert [len(each.parts) for each in version.lessons[:2]] == [2, 1]


def test_what_was_deleted_is_gone_once_it_is_published():
    author = hr()
    version = courses.draft(author)
    operations.lessons.add_lesson(author, version, title=courses.both("Too much"))
    operations.lessons.delete_lesson(author, version, lesson=version.lessons[1])
    db.session.expire(version, ["lessons"])
    courses.published(version, author)
    assert len(queries.versions.deleted_lessons(version)) == 0


def test_the_length_is_measured_by_words_cases_and_questions():
    author = hr()
    version = courses.draft(author)
    block = version.lessons[0].parts[0]
    words = Words(en="word " * 400, de="Wort " * 540)
    operations.lessons.write_block(author, version, block=block, text=words, content={})
    operations.lessons.add_block(author, version, lesson=version.lessons[0], kind=BlockKind.CASE)
    found = length.of(version)
    assert (found.reading, found.cases, found.questions, found.measured) == (3, 3, 5, 11)
    assert (found.short, found.fits) == (19, False)


# On pages.


def opened(browser, author=None):
    author = author or hr()
    return courses.draft(author), browser(author)


def test_the_pages_of_a_draft_open_and_others_get_404(browser):
    version, client = opened(browser)
    lesson, question = version.lessons[0], version.questions[0]
    pages = [
        f"versions/{version.id}",
        f"versions/{version.id}/facts",
        f"versions/{version.id}/lessons",
        f"versions/{version.id}/exam",
        f"versions/{version.id}/preview?lang=de",
        f"versions/{version.id}/delete",
        f"lessons/{lesson.id}",
        f"lessons/{lesson.id}?block={lesson.parts[0].id}",
        f"lessons/{lesson.id}/files/picture",
        f"questions/{question.id}",
        f"courses/{version.course_id}",
        f"courses/{version.course_id}/edit",
        "catalogue",
        "courses/new",
    ]
    for page in pages:
        assert client.get(f"/training/{page}").status_code == 200, page
    stranger = browser(accounts.user())
    for page in pages[:12]:
        assert stranger.get(f"/training/{page}").status_code == 404, page
    assert stranger.get("/training/courses/new").status_code == 403


def test_what_is_typed_is_kept_as_it_is_typed_and_told_what_weakens_it(browser):
    version, client = opened(browser)
    question = version.questions[0]
    page = Html(client.get(f"/training/questions/{question.id}"))
    form = {each.get("name"): each.get("value") or "" for each in page.all("form[data-autosave] input[name]")}
    sent = form | {
        "type": "single",
        "text-en": "Which preferences are asked?",
        "text-de": "Welche Präferenzen werden erfragt?",
        "answers-0-text-en": "All of those which the law names for clients",
        "answers-0-text-de": "Alle",
        "answers-0-right": "y",
        "answers-1-text-en": "None",
        "answers-1-text-de": "Keine",
    }
    answer = client.post(f"/training/questions/{question.id}/draft", data=sent)
    assert answer.status_code == 200, answer.text
    assert "by far the longest" in answer.json["parts"]["hints"]
    assert question.text["de"] == "Welche Präferenzen werden erfragt?"
    # The same page once more, from another tab that has not seen that.
    late = client.post(f"/training/questions/{question.id}/draft", data=sent | {"text-en": "Otherwise"})
    assert (late.status_code, late.json["stale"]) == (409, True)


def test_bad_input_is_said_in_the_readers_language_and_nothing_is_lost(browser):
    author = accounts.user(Role.HR, language="de")
    version, client = opened(browser, author)
    page = client.post(
        f"/training/versions/{version.id}/facts",
        data={"name-en": "Kept", "name-de": "x" * 400, "minutes": "lang", "pass_mark": "101"},
    )
    assert page.status_code == 422
    assert "Kept" in page.text
    assert "Höchstens 300 Zeichen" in page.text or "300 Zeichen" in page.text
    assert "von 1 bis 100" in page.text
    assert version.pass_mark == 80


def test_a_lesson_of_all_kinds_of_blocks_is_read_on_the_phone(browser):
    version, client = opened(browser)
    lesson = version.lessons[0]
    for kind in (BlockKind.HEADING, BlockKind.CHECK, BlockKind.CASE):
        answer = client.post(f"/training/lessons/{lesson.id}/blocks", data={"kind": kind.value})
        assert answer.status_code == 303
    db.session.expire_all()
    _text, heading, check, case = lesson.parts
    client.post(f"/training/blocks/{heading.id}", data={"text-en": "Why ask", "text-de": "Warum fragen"})
    client.post(
        f"/training/blocks/{check.id}",
        data={
            "text-en": "May you skip it?",
            "text-de": "Dürfen Sie das auslassen?",
            "answers-0-text-en": "Yes",
            "answers-0-text-de": "Ja",
            "answers-1-text-en": "No",
            "answers-1-text-de": "Nein",
            "answers-1-right": "y",
            "why-en": "It is asked of all",
            "why-de": "Alle werden gefragt",
        },
    )
    client.post(
        f"/training/blocks/{case.id}",
        data={
            "text-en": "A client says nothing.",
            "text-de": "Eine Kundin sagt nichts.",
            "steps-0-text-en": "What now?",
            "steps-0-text-de": "Was nun?",
            "steps-0-choice1-en": "Ask again",
            "steps-0-choice1-de": "Noch einmal fragen",
            "steps-0-to1": "2",
            "steps-1-text-en": "She answers.",
            "steps-1-text-de": "Sie antwortet.",
        },
    )
    db.session.expire_all()
    assert check.content["correct"] == ["b"]
    assert case.content["steps"][0]["choices"][0]["to"] == "s2"
    assert checklist.gaps(version) == []
    shown = client.get(f"/training/versions/{version.id}/preview?lang=de").text
    for words in ("Warum fragen", "Dürfen Sie das auslassen?", "Noch einmal fragen", "Sie antwortet."):
        assert words in shown


def test_a_second_click_begins_no_second_course(browser):
    client = browser(hr())
    sent = {"name-en": "Phishing", "name-de": "Phishing", "area": "compliance", "kind": "e_learning"}
    assert client.post("/training/courses/new", data=sent).status_code == 302
    again = client.post("/training/courses/new", data=sent)
    assert (again.status_code, "There is a course of this name already" in again.text) == (422, True)
    assert db.session.scalar(sa.select(sa.func.count()).where(Course.code == "phishing")) == 1


def test_the_catalogue_is_searched_filtered_and_shows_what_one_may_see(browser):
    training.course()
    client = browser(hr())
    assert "Ethics and code of conduct" in client.get("/training/catalogue?area=ethics").text
    assert "Anti-money laundering" not in client.get("/training/catalogue?area=ethics").text
    assert "Anti-money laundering" in client.get("/training/catalogue?q=Geldw%C3%A4sche").text
    assert "There are no courses here yet" in browser(accounts.user()).get("/training/catalogue").text


def test_a_leaver_hands_their_courses_over():
    from rmhr.training.employment import hand_over_courses

    version = courses.draft()
    owner, successor = accounts.user(Role.HR), accounts.user(Role.HR)
    course = version.course
    operations.courses.describe(
        successor,
        course,
        area=course.area,
        kind=course.kind,
        provider="",
        owner_id=owner.id,
        audience=course.audience,
    )
    assert hand_over_courses(successor, owner, successor=successor) == 1
    assert course.owner is successor

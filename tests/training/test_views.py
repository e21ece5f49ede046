"""The pages of one's own training: courses, lessons, the exam without a script, the certificate."""

from __future__ import annotations

import io

import pypdf
import pytest

from rmhr.models.accounts import Role
from rmhr.models.courses import QuestionType
from rmhr.models.training import AssignmentStatus
from rmhr.training import operations, records
from tests.factories import accounts, training
from tests.support.html import Html, said


def begun(**given):
    made = training.assignment(**given)
    return made, operations.exams.start_exam(made.user, made)


def test_my_training_shows_what_is_required_first(browser):
    user = accounts.employee().user
    training.passed("ethics", user=user)
    training.assignment("compliance", user=user)
    training.assignment("aml", user=user)
    text = browser(user).get("/training/").text
    names = ("Anti-money laundering", "Compliance basics", "Ethics and code of conduct")
    places = [text.index(f'">{name}</a>') for name in names]
    assert places == sorted(places)
    assert "blocks own client contact" in text


def test_who_has_no_course_reads_why(browser):
    assert "You have no mandatory courses" in browser(accounts.user()).get("/training/").text


def test_who_leads_a_team_and_has_no_course_lands_there(browser):
    answer = browser(accounts.user(Role.SUPERVISOR)).get("/training/")
    assert answer.location.endswith("/training/team")


def test_whoever_looks_after_somebody_sees_the_course_but_not_the_answers(browser):
    made = training.passed()
    for viewer in (made.user.employee.supervisor, accounts.user(Role.HR), accounts.user(Role.COMPLIANCE)):
        client = browser(viewer)
        assert client.get(f"/training/{made.id}").status_code == 200
        assert client.get(f"/training/{made.id}/attempts/1").status_code == 404
        assert client.get(f"/training/{made.id}/exam").status_code == 404


def test_reading_marks_a_lesson_and_goes_on(browser):
    made = training.assignment(read=False)
    client = browser(made.user)
    assert "placement" in client.get(f"/training/{made.id}/lessons/1").text
    assert made.lessons_read == []
    answer = client.post(f"/training/{made.id}/lessons/1")
    assert answer.location.endswith(f"/training/{made.id}/lessons/2")
    last = len(records.lessons_for(made))
    for number in range(2, last):
        client.post(f"/training/{made.id}/lessons/{number}")
    assert client.post(f"/training/{made.id}/lessons/{last}").location.endswith(f"/training/{made.id}/exam")
    assert len(made.lessons_read) == last
    assert client.get(f"/training/{made.id}/lessons/{last + 1}").status_code == 404


def test_the_exam_says_its_rules_before_it_begins(browser):
    made = training.assignment(read=False)
    client = browser(made.user)
    text = client.get(f"/training/{made.id}/exam").text
    assert "Read all lessons first" in text
    for words in ("8 questions", "80% of the points are needed", "3 attempts are left", "pause of 24 hours"):
        assert words in text
    assert client.post(f"/training/{made.id}/exam").status_code == 409


def test_a_whole_exam_by_plain_forms(browser):
    made = training.assignment()
    client = browser(made.user)
    assert client.post(f"/training/{made.id}/exam").location.endswith("/exam/1")
    assert client.post(f"/training/{made.id}/exam").location.endswith("/exam/1")
    attempt = made.attempts[0]
    for answer in list(attempt.answers):
        page = client.get(f"/training/{made.id}/exam/{answer.position}")
        assert str(answer.question.text) in page.text.replace("&#39;", "'")
        name = "several" if answer.question.type is QuestionType.MULTIPLE else "one"
        chosen = [str(answer.order.index(id)) for id in answer.question.correct]
        sent = {"attempt": 1, name: chosen, "go": "next"}
        client.post(f"/training/{made.id}/exam/{answer.position}", data=sent)
    check = client.get(f"/training/{made.id}/exam/check").text
    assert "no answer yet" not in check
    done = client.post(f"/training/{made.id}/exam/check", data={"attempt": 1}, follow_redirects=True)
    assert "100% of the points" in done.text
    assert "Congratulations" in done.text
    assert made.status is AssignmentStatus.PASSED
    assert client.get(f"/training/{made.id}/exam/1").location.endswith("/exam")


def test_back_saves_the_answer_too(browser):
    made, attempt = begun()
    client = browser(made.user)
    name = "several" if attempt.answers[1].question.type is QuestionType.MULTIPLE else "one"
    answer = client.post(f"/training/{made.id}/exam/2", data={"attempt": 1, name: "0", "go": "back"})
    assert answer.location.endswith("/exam/1")
    assert attempt.answers[1].chosen == attempt.answers[1].order[:1]
    assert " checked" in client.get(f"/training/{made.id}/exam/2").text


def test_what_is_not_an_option_is_refused_and_the_question_stays(browser):
    made, attempt = begun()
    client = browser(made.user)
    for each in attempt.answers:
        name = "several" if each.question.type is QuestionType.MULTIPLE else "one"
        answer = client.post(f"/training/{made.id}/exam/{each.position}", data={"attempt": 1, name: "9"})
        assert answer.status_code == 422
        assert "Not a valid choice" in answer.text
        assert each.chosen == []


def test_a_tab_from_an_exam_that_was_handed_in_changes_nothing(browser):
    made, attempt = begun()
    operations.exams.hand_in(made.user, attempt)
    client = browser(made.user)
    assert client.post(f"/training/{made.id}/exam/1", data={"attempt": 1, "one": "0"}).status_code == 409
    assert client.post(f"/training/{made.id}/exam/check", data={"attempt": 1}).status_code == 409


def test_no_page_before_the_end_tells_what_is_right(browser):
    made, attempt = begun()
    client = browser(made.user)
    pages = [client.get(f"/training/{made.id}/exam/{each.position}").text for each in attempt.answers]
    pages += [client.get(f"/training/{made.id}{path}").text for path in ("", "/exam", "/exam/check")]
    for each in attempt.answers:
        why = str(each.question.explanation)
        if why.strip(".") not in map(str, each.question.choices.values()):
            assert not any(why[:30] in page for page in pages)
    for page, each in zip(pages, attempt.answers, strict=False):
        values = Html(page).attributes("[name=one], [name=several]", "value")
        assert values == [str(n) for n in range(len(each.order))]
        assert "correct" not in page.lower()


def test_unanswered_questions_are_named_before_handing_in(browser):
    made, _attempt = begun()
    assert "8 questions have no answer yet" in browser(made.user).get(f"/training/{made.id}/exam/check").text


def test_a_failed_exam_says_what_was_right_and_when_the_next_one_opens(browser):
    made = training.assignment()
    attempt = training.sit(made, right=2)
    text = browser(made.user).get(f"/training/{made.id}/attempts/1").text
    assert "25% of the points" in text
    assert "2 attempts are left" in text
    assert "The next one is possible from" in text
    text = text.replace("&#39;", "'")
    assert all(str(each.question.explanation) in text for each in attempt.answers)


def test_an_exam_under_way_has_no_result(browser):
    made, _attempt = begun()
    assert browser(made.user).get(f"/training/{made.id}/attempts/1").status_code == 404


def test_unlocking_asks_what_was_agreed(browser):
    made = training.blocked()
    client = browser(made.user.employee.supervisor)
    assert "Unlock" in client.get(f"/training/{made.id}").text
    url = f"/training/{made.id}/unlock"
    answer = client.post(url, data={"seen": "blocked", "note": "", "attempts": "9"})
    assert answer.status_code == 422
    assert "Enter 1, 2 or 3." in answer.text
    agreed = {"seen": "blocked", "note": "Read lesson 2", "attempts": "2"}
    assert client.post(url, data=agreed).status_code == 302
    assert made.extra_attempts == 2
    assert browser(made.user).post(url, data={"seen": "blocked"}).status_code == 403


@pytest.mark.parametrize(("language", "word"), [("en", "has passed the exam"), ("de", "Prüfung")])
def test_the_certificate_is_a_pdf_in_the_persons_language(browser, language, word):
    user = accounts.employee(user=accounts.user(language=language, name="Søren Åkerblad")).user
    made = training.passed(user=user)
    answer = browser(user).get(f"/training/{made.id}/certificate.pdf")
    assert answer.mimetype == "application/pdf"
    text = " ".join(pypdf.PdfReader(io.BytesIO(answer.data)).pages[0].extract_text().split())
    assert "Søren Åkerblad" in text
    assert made.certificate.code in text
    assert word in text
    assert str(made.taught.name.in_(language)) in text


def test_without_a_certificate_there_is_no_pdf(browser):
    made = training.assignment()
    assert browser(made.user).get(f"/training/{made.id}/certificate.pdf").status_code == 404


def test_anyone_can_check_a_certificate(browser):
    made = training.passed()
    code = made.certificate.code
    for typed in (code, code.lower(), code.replace("-", "")):
        answer = browser().get(f"/certificates/{typed}")
        assert answer.status_code == 200
        assert made.user.name in answer.text
        assert "Genuine and valid" in answer.text
    assert browser().get("/certificates/", query_string={"code": f" {code} "}).location.endswith(code)


def test_an_expired_certificate_says_so(browser):
    from datetime import timedelta

    from rmhr.core import clock

    with clock.at(clock.now() - timedelta(days=400)):
        made = training.passed()
    assert "Genuine, but expired" in browser().get(f"/certificates/{made.certificate.code}").text


@pytest.mark.parametrize("code", ["7K3M-QX9P-2WHD", "x", "%F0%9F%92%A5", "<script>", "A" * 500])
def test_an_unknown_code_is_answered_kindly(browser, code):
    answer = browser(language="de").get(f"/certificates/{code}")
    assert answer.status_code == 404
    assert "Dieses Zertifikat gibt es nicht" in answer.text
    assert "<script>alert" not in answer.text


def test_the_pages_are_there_in_german(browser):
    user = accounts.employee(user=accounts.user(language="de")).user
    made = training.assignment("data_protection", user=user)
    client = browser(user)
    assert "Meine Schulungen" in client.get("/training/").text
    assert "Ihr Weg durch die Schulung" in client.get(f"/training/{made.id}").text
    assert "Grundsätze und Rechtsgrundlagen" in client.get(f"/training/{made.id}/lessons/1").text
    assert "Prüfung beginnen" in client.get(f"/training/{made.id}/exam").text


def test_an_exam_is_a_quiet_frame_with_an_overview_and_a_way_out(browser):
    made, attempt = begun()
    client = browser(made.user)
    name = "several" if attempt.answers[3].question.type is QuestionType.MULTIPLE else "one"
    sent = {"attempt": attempt.number, name: "0"}
    address = f"/training/{made.id}/exam/4"
    page = Html(client.get(address))
    assert not page.all("header nav, nav.tabs-phone, [role=search]")
    assert "4 of 8" in page.words(".exam__line")
    assert page.words(".bar__tools button") == "Save and leave"
    assert len(page.all(".goto")) == 8
    assert not page.all(".goto.is-done")
    assert client.post(address, data=sent | {"go": "7"}).location.endswith("/exam/7")
    assert client.post(address, data=sent | {"go": "99"}).location.endswith("/exam/5")
    left = client.post(address, data=sent | {"go": "leave"}, follow_redirects=True)
    assert "Your answers are saved." in left.text
    page = Html(client.get(address))
    assert page.attributes(".goto.is-done", "aria-label") == ["Question 4: answered"]
    assert not Html(client.get(f"/training/{made.id}/exam/check")).all("header nav")


@pytest.mark.parametrize("tab", ["exam/1", "exam/check"])
def test_a_second_tab_leads_to_the_result(browser, tab):
    attempt = training.running()
    made = attempt.assignment
    client = browser(made.user)
    operations.exams.hand_in(made.user, attempt)

    page = Html(client.post(f"/training/{made.id}/{tab}", data={"attempt": str(attempt.number)}))

    link = page.one(".halt__ways .btn-primary").get("href")
    assert link == f"/training/{made.id}/attempts/{attempt.number}"
    assert client.get(link).status_code == 200


def test_the_answers_of_each_question_are_named_by_the_question(browser):
    attempt = training.running()
    client = browser(attempt.assignment.user)
    for answer in attempt.answers:
        page = Html(client.get(f"/training/{attempt.assignment_id}/exam/{answer.position}"))
        assert str(answer.question.text) in said(page.one("form#exam fieldset > legend"))

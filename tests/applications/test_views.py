"""The pages of colleagues: list, record, bench, rejection."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.flow.seen import seen_of
from rmhr.core.history import audit
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationAnswer, ApplicationStatus, Verdict
from rmhr.models.criteria import QuestionKind
from rmhr.models.documents import TextState
from rmhr.models.sourcing import SourceKind
from tests.factories import accounts, applications, many, postings
from tests.support.exports import exported, workbook
from tests.support.html import Html

S = ApplicationStatus

pytestmark = pytest.mark.both


@pytest.fixture
def hr(browser):
    return browser(accounts.user(Role.HR))


def names(page: str) -> list[str]:
    return Html(page).texts("a.table__name")


def test_an_empty_list_says_what_it_is_for(hr):
    assert "No applications yet" in hr.get("/applications/").text


def test_the_list_is_searched_by_name_address_and_word_in_the_cv(hr):
    one = applications.application(applicant=applications.applicant(name="Zoë Ånd", email="zoe@example.org"))
    applications.application(cv=applications.document("Sailing 100% of the time_"))

    assert names(hr.get("/applications/?q=zo%C3%AB").text) == [one.name]
    assert names(hr.get("/applications/?q=ZOE@example").text) == [one.name]
    assert len(names(hr.get("/applications/?q=sailing").text)) == 1
    assert len(names(hr.get("/applications/?q=100%25").text)) == 1
    assert "No results" in hr.get("/applications/?q=submarine").text


def test_the_views_count_and_narrow(hr):
    for status in (S.RECEIVED, S.SCREENING, S.SHORTLISTED, S.REJECTED):
        applications.application(status)

    page = hr.get("/applications/?view=screen").text

    assert Html(page).texts("a > .count") == ["4", "2", "1", "0", "0", "1"]
    assert len(names(page)) == 2
    assert len(names(hr.get("/applications/?status=rejected").text)) == 1
    assert len(names(hr.get("/applications/?view=nonsense&status=nonsense&posting=999&sort=x").text)) == 4


def test_the_list_is_ordered_by_name_and_pages(hr):
    first = applications.application(applicant=applications.applicant(name="Anton"))
    many.applications(first, 119)
    db.session.commit()

    for sort in ("name", "-name"):
        page = Html(hr.get(f"/applications/?sort={sort}"))
        found = page.texts("a.table__name")
        while page.all('a[rel="next"]'):
            page = Html(hr.get(page.next()))
            found += page.texts("a.table__name")
        assert len(set(found)) == len(found) == 120
        assert found == sorted(found, reverse=sort == "-name")
    assert "of 120" in page.words()
    assert names(hr.get(page.previous()).text) == found[50:100]


def test_the_export_is_the_list_and_no_formula(hr):
    applications.application(applicant=applications.applicant(name="=HYPERLINK(1)"))
    applications.application(S.REJECTED)

    assert [row["Name"] for row in exported(hr, "/applications/export?view=screen")] == ["'=HYPERLINK(1)"]


def test_the_workbook_tells_the_day_of_the_bank_s_own_time_zone(hr):
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    applications.application(received_at=late)

    head, (row,) = workbook(hr, "/applications/export")

    assert row[head.index("Applied")].value.date() == date(2026, 11, 26)


def test_a_view_is_kept_with_its_tab_and_its_order(hr):
    applications.application(S.SCREENING)
    address = "/applications/?view=screen&sort=name"
    assert 'name="state-view" value="screen"' in hr.get(address).text

    kept = {"page": "applications.index", "name": "My mornings", "state-view": "screen", "state-sort": "name"}
    answer = hr.post("/saved-views", data=kept)

    assert answer.location == address
    assert "My mornings" in hr.get(answer.location).text


def test_hiring_managers_see_those_of_their_postings_and_interviewers_none(browser):
    mine, other = applications.application(), applications.application()
    manager = browser(mine.posting.hiring_manager)

    assert names(manager.get("/applications/").text) == [mine.name]
    assert manager.get(f"/applications/{mine.id}").status_code == 200
    assert manager.get(f"/applications/{other.id}").status_code == 404
    assert manager.get(f"/applications/{other.id}/cv").status_code == 404
    assert manager.get(f"/applications/{mine.id}/screening").status_code == 403
    assert manager.get(f"/applications/{mine.id}/reject").status_code == 403
    assert browser(accounts.user(Role.INTERVIEWER)).get(f"/applications/{mine.id}").status_code == 404
    for role in (Role.RM, Role.MENTOR, Role.COMPLIANCE, Role.ADMIN):
        assert browser(accounts.user(role)).get(f"/applications/{mine.id}").status_code == 403


def test_the_record_shows_what_was_sent_and_how_it_was_judged(hr):
    it = applications.judged(applications.application(S.SCREENING))

    page = hr.get(f"/applications/{it.id}").text

    for words in (
        it.name,
        it.applicant.email,
        it.motivation,
        "2 of 2 musts met",
        "240 private clients",
    ):
        assert words in page


def test_a_cv_without_text_says_so(hr):
    it = applications.application(cv=applications.document("x", text=""))

    assert "probably a scan" in hr.get(f"/applications/{it.id}").text
    assert "Judge from the original" in hr.get(f"/applications/{it.id}/screening").text


def test_the_original_file_is_sent_to_be_saved(hr):
    it = applications.application()
    hr.post(f"/applications/{it.id}/cv")

    with hr.get(f"/applications/{it.id}/cv") as answer:
        assert answer.data.startswith(b"Work\n")
        assert "attachment" in answer.headers["Content-Disposition"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_text_of_a_cv_is_never_markup(hr):
    it = applications.application(
        cv=applications.document("<script>alert(1)</script> Banking training & more")
    )

    for page in (hr.get(f"/applications/{it.id}").text, hr.get(f"/applications/{it.id}/screening").text):
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_the_bench_points_at_passages_and_saves_verdicts(hr):
    it = applications.read(applications.application())
    first, second, _third = it.posting_version.criteria
    page = Html(hr.get(f"/applications/{it.id}/screening"))
    assert page.words("a#passage-1.passage").startswith("Banking training (IHK)")
    assert "0 of 3 judged" in page.words()

    answer = hr.post(
        f"/applications/{it.id}/screening",
        data={
            f"verdict-{first.id}": "met",
            f"evidence-{first.id}": "Banking training (IHK)",
            f"verdict-{second.id}": "",
            "verdict-999": "met",
            "seen": seen_of(it),
        },
    )

    assert answer.status_code == 302
    assert it.status is S.SCREENING
    assert [(mark.criterion_id, mark.verdict) for mark in it.marks] == [(first.id, Verdict.MET)]
    page = hr.get(answer.location).text
    assert "1 of 3 judged" in page
    assert "1 criterion that must be met has not been judged yet." in page


def test_the_draft_of_a_verdict_is_saved_without_a_page(hr):
    it = applications.application(S.SCREENING)
    criterion = it.posting_version.criteria[0]

    answer = hr.post(
        f"/applications/{it.id}/screening",
        data={f"verdict-{criterion.id}": "partly", "seen": seen_of(it)},
        headers={"Accept": "application/json"},
    )

    assert (answer.status_code, answer.json["seen"]) == (200, seen_of(it))
    assert it.marks[0].verdict is Verdict.PARTLY
    assert answer.json["parts"]["judged"] == "1 of 3 judged"
    assert "1 criterion that must be met has not been judged yet." in answer.json["parts"]["moves"]


def test_two_who_judge_the_same_see_each_other_s_verdicts(hr):
    it = applications.application(S.SCREENING)
    criterion = it.posting_version.criteria[0]
    seen, address = seen_of(it), f"/applications/{it.id}/screening"
    theirs = {f"verdict-{criterion.id}": "met", f"evidence-{criterion.id}": "Theirs", "seen": seen}
    assert hr.post(address, data=theirs).status_code == 302
    mine = theirs | {f"evidence-{criterion.id}": "Mine"}

    answer = hr.post(address, data=mine, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert answer.json["stale"]
    assert answer.json["stored"][f"evidence-{criterion.id}"] == "Theirs"

    page = hr.post(address, data=mine)
    assert page.status_code == 409
    assert "Theirs" in page.text
    assert "Mine</textarea>" in page.text
    assert it.marks[0].evidence == "Theirs"


def test_the_bench_leads_from_one_to_the_next(hr):
    ones = [applications.application() for _n in range(3)]

    page = hr.get(f"/applications/{ones[1].id}/screening").text

    assert "2 of 3" in page
    assert f'href="/applications/{ones[0].id}/screening" aria-label="Previous"' in page
    assert f'href="/applications/{ones[2].id}/screening" aria-label="Next"' in page


def test_the_bench_of_a_closed_application_only_shows(hr):
    it = applications.application(S.REJECTED)

    assert "Save verdicts" not in hr.get(f"/applications/{it.id}/screening").text
    answer = hr.post(
        f"/applications/{it.id}/screening",
        data={f"verdict-{it.posting_version.criteria[0].id}": "met", "seen": seen_of(it)},
    )
    assert answer.status_code == 409


def test_rejecting_shows_the_mail_before_it_is_sent(hr, mails):
    it = applications.application(S.SCREENING, applicant=applications.applicant(language="de"))
    reason = applications.rejection_reason()
    address = f"/applications/{it.id}/reject"

    looked = hr.post(address, data={"reason": reason.code, "personal": "Alles Gute!", "look": "1"})
    assert looked.status_code == 200
    assert reason.said["de"] in looked.text
    assert looked.text.count("Alles Gute!") == 2
    assert (it.status, mails()) == (S.SCREENING, [])

    assert hr.post(address, data={"personal": "Alles Gute!"}).status_code == 422
    done = hr.post(address, data={"reason": reason.code, "personal": "Alles Gute!", "seen": "screening"})
    assert done.status_code == 302
    assert it.status is S.REJECTED
    (mail,) = mails()
    shown = Html(looked).words("article.document")
    assert mail.text.split("/careers/")[0].splitlines()[2] in shown


def test_reopening_asks_for_a_reason(hr):
    it = applications.application(S.REJECTED)

    assert hr.get(f"/applications/{it.id}/reopen").status_code == 200
    assert hr.post(f"/applications/{it.id}/reopen", data={"note": " "}).status_code == 422
    assert hr.post(f"/applications/{it.id}/reopen", data={"note": "mixed up"}).status_code == 302
    assert it.status is S.SCREENING


def test_shortlisting_shows_the_mail_before_it_is_sent(hr, mails):
    it = applications.application(S.SCREENING)
    assert hr.post(f"/applications/{it.id}/shortlist").status_code == 409
    applications.judged(it)

    page = hr.get(f"/applications/{it.id}/shortlist")
    assert "We have read your application for the position “Relationship Manager (f/m/x)”" in Html(
        page
    ).words("article.document")
    assert (it.status, mails()) == (S.SCREENING, [])
    assert hr.post(f"/applications/{it.id}/shortlist", data={"seen": "screening"}).status_code == 302
    assert it.status is S.SHORTLISTED


def test_the_search_in_the_bar_finds_applicants(browser):
    from rmhr.accounts.queries.search import found

    it = applications.application(applicant=applications.applicant(name="Xaver Quill"))

    hits = [hit.title for _kind, group in found(accounts.user(Role.HR), "quill") for hit in group]
    assert it.name in hits
    assert [hit for _kind, group in found(accounts.user(), "quill") for hit in group] == []


def test_what_the_cv_says_of_private_life_is_hidden_and_the_original_opens_with_a_word_in_the_history(hr):
    text = "Lena Brandt\nGeburtsdatum: 12.03.1985\nBeraterin in Kiel seit 2015"
    it = applications.application(cv=applications.document("x", text=text))
    for page in (hr.get(f"/applications/{it.id}"), hr.get(f"/applications/{it.id}/screening")):
        assert "12.03.1985" not in page.text
        assert "Beraterin in Kiel" in page.text

    answer = hr.post(f"/applications/{it.id}/cv")

    assert answer.status_code == 303
    assert answer.location == f"/applications/{it.id}/cv?look=1"
    assert "Original file opened" in hr.get(f"/applications/{it.id}").text


def test_what_is_written_beside_the_cv_is_hidden_as_the_cv_is_until_the_original_is_opened(hr, session):
    said = {
        "motivation": "Ich berate gern. Meine Familie lebt in Kiel, ich bin 34 Jahre alt.",
        "answer": "Seit 2015, vor der Elternzeit meiner Frau.",
        "note": "She is a mother of two children and advises well.",
    }
    tip = postings.referral(note=said["note"])
    it = applications.application(
        motivation=said["motivation"], posting=tip.posting, referral_id=tip.id, source=SourceKind.REFERRAL
    )
    text = next(each for each in postings.questions() if each.kind is QuestionKind.TEXT)
    with audit.acting(SYSTEM, "tests.arrange"):
        text.version_id, text.position = it.posting_version_id, 9
        session.add(text)
        session.flush()
        session.add(ApplicationAnswer(application_id=it.id, question_id=text.id, answer=said["answer"]))
    session.commit()
    pages = (f"/applications/{it.id}", f"/applications/{it.id}/screening")
    for page in map(hr.get, pages):
        assert "Ich berate gern." in page.text
        assert "Seit 2015" in page.text
        for private in ("Meine Familie", "34 Jahre", "meiner Frau", "mother of two"):
            assert private not in page.text
        asks = Html(page).one("form:has(input[name=back][value$=motivation])")
        assert asks.get("action") == f"/applications/{it.id}/cv"
    assert "advises well" in hr.get(pages[0]).text
    assert opened(it) == []

    back = f"{pages[1]}#motivation"
    assert hr.post(f"/applications/{it.id}/cv", data={"back": back}).location == back

    assert len(opened(it)) == 1
    for page in map(hr.get, pages):
        assert said["motivation"] in page.text
        assert said["answer"] in page.text
        assert "Show it as it was written" not in page.text


def opened(it):
    return [entry for entry in audit.timeline(it) if entry.action == "applications.open_original"]


def test_no_way_to_the_original_is_without_a_word_in_the_history_once_a_person_and_day(browser, hr):
    it = applications.application()
    other = browser(accounts.user(Role.HR))
    address = f"/applications/{it.id}/cv"
    for query in ("", "?look=1"):
        asked = hr.get(address + query)
        assert asked.mimetype == "text/html"
        assert "Banking training" not in asked.text
        assert Html(asked).one("main form").get("action") == address
    assert opened(it) == []

    assert hr.post(address).status_code == hr.post(address).status_code == 303
    assert len(opened(it)) == 1
    with hr.get(f"{address}?look=1") as answer:
        assert answer.data.startswith(b"Work\n")
    assert other.get(address).mimetype == "text/html"
    other.post(address)
    assert len(opened(it)) == 2

    with clock.at(clock.now() + timedelta(days=1)):
        assert hr.get(address).mimetype == "text/html"
        hr.post(address)
    assert len(opened(it)) == 3


def test_whoever_has_opened_the_original_sees_it_in_a_frame_with_the_text_as_a_switch(hr):
    it = applications.application()
    for address in (f"/applications/{it.id}", f"/applications/{it.id}/screening"):
        page = Html(hr.get(address))
        assert page.all("iframe") == []
        assert "Banking training" in page.words(".document")
        back = page.one("input[name=back]").get("value")
        assert back == f"{address}#cv"
    assert hr.post(f"/applications/{it.id}/cv", data={"back": back}).location == back
    assert hr.post(f"/applications/{it.id}/cv", data={"back": "https://evil.example/"}).location.startswith(
        f"/applications/{it.id}/cv"
    )

    for address in (f"/applications/{it.id}", f"/applications/{it.id}/screening"):
        page = Html(hr.get(address))
        frame = page.one("iframe")
        assert frame.get("src").startswith(f"/applications/{it.id}/cv?look=1")
        assert frame.get("sandbox") is not None
        assert page.all(".document") == []
        assert page.all(".quote a") == []
        as_text = Html(hr.get(f"{address}?cv=text"))
        assert as_text.all("iframe") == []
        assert "Banking training" in as_text.words(".document")


def test_only_our_own_pages_may_frame_the_original(hr):
    it = applications.application()
    hr.post(f"/applications/{it.id}/cv")

    with hr.get(f"/applications/{it.id}/cv?look=1") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "sandbox" in policy
        assert "frame-ancestors 'self'" in policy
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    with hr.get(f"/applications/{it.id}/cv") as saved:
        assert "frame-ancestors 'none'" in saved.headers["Content-Security-Policy"]
        assert saved.headers["X-Frame-Options"] == "DENY"


def test_one_leafs_through_the_list_that_one_came_from(hr):
    ones = [applications.application() for _n in range(3)]
    applications.application(S.REJECTED)
    listed = Html(hr.get("/applications/?view=screen&sort=applied"))
    way = next(
        url for url in listed.attributes("a.table__name", "href") if f"/applications/{ones[1].id}?" in url
    )

    page = Html(hr.get(way))

    assert page.words(".working") == "2 of 3"
    before, after = page.attributes(".working a", "href")
    assert before.startswith(f"/applications/{ones[0].id}?")
    assert after.startswith(f"/applications/{ones[2].id}?")
    assert Html(hr.get(after)).words(".working") == "3 of 3"
    assert Html(hr.get(f"/applications/{ones[1].id}")).all(".working") == []


def test_cv_and_screening_come_first_and_the_next_step_is_the_one_primary_button(hr):
    it = applications.application(S.SCREENING)
    address = f"/applications/{it.id}"

    def primary():
        return Html(hr.get(address)).texts("main .btn-primary")

    assert Html(hr.get(address)).texts("main .columns > .stack h2")[:2] == ["CV", "Screening"]
    assert primary() == ["Screen"]
    applications.judged(it)
    assert primary() == ["Shortlist…"]
    hr.post(f"{address}/shortlist", data={"seen": "screening"})
    assert primary() == ["Plan an interview"]


def test_hardly_any_text_is_said_before_anybody_judges_from_it(browser):
    it = applications.application()
    with audit.acting(SYSTEM, "tests"):
        it.cv.text_state = TextState.LITTLE
    db.session.commit()
    hr = browser(it.posting.recruiter)

    for language, said in (("en", "Hardly any text"), ("de", "kaum Text")):
        hr.post("/preferences", data={"language": language})
        assert said in hr.get(f"/applications/{it.id}?cv=text").text

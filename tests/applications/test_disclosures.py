"""Severely disabled applicants: told voluntarily, seen by few, and each step that law asks for with its proof."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from rmhr.applications import bulk, disclosures, erasing, queries
from rmhr.applications.workflow import FLOW
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.i18n import speaking
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.applications import (
    Application,
    ApplicationStatus,
    Disability,
    Disclosure,
    DisclosureStep,
    Opinion,
    Party,
    StepKind,
    Uninvited,
)
from rmhr.models.duties import Answer
from rmhr.models.interviews import InterviewStatus
from rmhr.models.postings import Audience
from rmhr.models.system import AuditEntry, Message, MessageStatus
from tests.applications.support import address, filled
from tests.factories import accounts, applications, duties, interviews, postings
from tests.support.html import Html

pytestmark = pytest.mark.both
S = ApplicationStatus
COUNCIL, BODY = "council@bank.example", "sbv@bank.example"
HR_PAGE = "/applications/{}/disability"
#: As a browser sends it with each form of ours.
FROM_A_PAGE = {"Origin": "http://localhost"}


@pytest.fixture(autouse=True)
def council(session):
    """A bank with a works council, whose consent a hire need not wait for: it has twenty voters or fewer."""
    return duties.bank(more_than_twenty=Answer.NO)


@pytest.fixture
def hr():
    """Somebody of HR."""
    return accounts.user(Role.HR)


@pytest.fixture
def job():
    """A job that strangers can apply for."""
    return postings.posting(questions=[])


def to(*kinds: str) -> list[tuple[str, str]]:
    """(kind, address) of the mails of these kinds, in the order in which they were written."""
    rows = db.session.scalars(sa.select(Message).where(Message.kind.in_(kinds)).order_by(Message.id))
    return [(each.kind.removeprefix("applications."), each.to_address) for each in rows]


def owed(it: Application) -> set[str]:
    """What the recruiter owes because of a severe disability."""
    kinds = {"tell_representative", "tell_works_council", "must_invite", "tell_decision", "tell_hire"}
    found = {each.source.name.partition(".")[2] for each in sources.for_person(it.posting.recruiter_id)}
    return found & kinds


def steps(it: Application) -> list[tuple[StepKind, Party]]:
    """What is written down, in its order."""
    return [(each.kind, each.party) for each in it.disclosure.steps]


# Telling it.


def test_the_form_asks_and_nothing_is_chosen(browser, job):
    page = Html(browser().get(address(job)).text)

    answers = page.all("input[name=disability]")
    assert [each.get("value") for each in answers] == ["severe", "equal", "unsaid"]
    assert not any("checked" in each.attrib for each in answers)
    assert "checked" not in page.one("input[name=objects]").attrib
    assert "You do not have to answer" in page.words("#part-disability")


@pytest.mark.parametrize("answer", [{}, {"disability": "unsaid"}, {"objects": "y"}])
def test_whoever_says_nothing_has_told_nothing(browser, session, job, answer):
    assert browser().post(address(job), data=filled(job, **answer)).status_code == 302

    assert session.query(Application).one().disclosure is None
    assert session.query(Disclosure).count() == 0
    assert to("applications.disclosed") == []


def test_what_is_told_is_told_on_to_both_bodies_at_once_one_mail_each(browser, session, job):
    answer = browser().post(address(job), data=filled(job, disability="severe"))

    assert answer.status_code == 302
    it = session.query(Application).one()
    assert (it.disclosure.kind, it.disclosure.objects) == (Disability.SEVERE, False)
    assert to("applications.disclosed") == [("disclosed", BODY), ("disclosed", COUNCIL)]
    assert steps(it) == [(StepKind.TOLD, Party.REPRESENTATIVE), (StepKind.TOLD, Party.WORKS_COUNCIL)]
    assert {(each.day, each.by_id) for each in it.disclosure.steps} == {(clock.today(), None)}
    assert owed(it) == set()
    mail = session.query(Message).filter_by(kind="applications.disclosed", to_address=BODY).one()
    assert mail.language == "de"
    assert it.name in mail.text
    assert "§ 164 Abs. 1 Satz 4 SGB IX" in mail.text
    assert it.name not in mail.subject
    assert mail.reply_address == it.posting.recruiter.email


def test_the_representative_body_hears_nothing_where_the_applicant_objects(browser, session, job):
    browser().post(address(job), data=filled(job, disability="equal", objects="y"))

    it = session.query(Application).one()
    assert (it.disclosure.kind, it.disclosure.objects) == (Disability.EQUAL, True)
    assert to("applications.disclosed") == [("disclosed", COUNCIL)]
    assert owed(it) == set()
    assert queries.disclosures.why_not_decide(it) is None


def test_where_there_is_no_such_body_its_steps_are_not_there(browser, session, job):
    duties.changed(works_council=Answer.NO, representative=Answer.NO)
    assert Html(browser().get(address(job)).text).all("input[name=objects]") == []

    browser().post(address(job), data=filled(job, disability="severe"))

    it = session.query(Application).one()
    assert steps(it) == []
    assert queries.disclosures.lines(it.disclosure) == []
    assert owed(it) == set()
    assert FLOW["reject"].guard(it) is None


def test_a_second_form_with_only_the_answer_added_is_no_second_click(browser, session, job):
    client = browser()
    client.post(address(job), data=filled(job))
    client.post(address(job), data=filled(job, disability="severe"))

    first, second = session.query(Application).order_by(Application.id)
    assert first.status is S.REPLACED
    assert first.disclosure is None
    assert second.disclosure.kind is Disability.SEVERE


def test_a_colleague_tells_it_inside(browser, session):
    posting, person = postings.posting(questions=[]), accounts.employee().user
    given = filled(posting, disability="severe", name=None, email=None, opened=None, website=None)

    assert browser(person).post(f"/jobs/{posting.slug}/apply", data=given).status_code == 302

    assert session.query(Application).one().disclosure.kind is Disability.SEVERE


def test_an_applicant_tells_changes_and_takes_back_later(browser, session):
    it = applications.application(S.SCREENING)
    duties.in_place()
    client = applications.holder(browser(), it.applicant)
    page = f"/careers/my-application/{it.id}/disability"
    assert page in client.get("/careers/my-application").text
    assert not any("checked" in each.attrib for each in Html(client.get(page).text).all("input[type=radio]"))
    assert client.post(page, data={}).status_code == 422

    client.post(page, data={"disability": "severe"})
    assert to("applications.disclosed") == [("disclosed", BODY), ("disclosed", COUNCIL)]
    assert "You have told us: Severe disability" in client.get("/careers/my-application").text
    client.post(page, data={"disability": "equal", "objects": "y"})
    session.refresh(it.disclosure)
    assert (it.disclosure.kind, it.disclosure.objects) == (Disability.EQUAL, True)
    assert to("applications.disclosed", "applications.left_out")[2:] == [("left_out", BODY)]
    client.post(f"{page}/take-back")

    session.refresh(it.disclosure)
    assert (it.disclosure.kind, it.disclosure.objects, it.disclosure.source) == (None, False, "")
    assert len(it.disclosure.steps) == 2, "the proof stays"
    assert to("applications.disclosure_taken_back") == [("disclosure_taken_back", COUNCIL)]
    assert "You have told us" not in client.get("/careers/my-application").text


def test_told_anew_it_is_told_on_anew(session):
    it = applications.disclosed(applications.application())
    disclosures.take_back(it.applicant, it)
    with clock.at(clock.now() + timedelta(days=2)):
        disclosures.disclose(it.applicant, it, kind=Disability.EQUAL)

        assert it.disclosure.tell_by == clock.today()
    assert len(to("applications.disclosed")) == 4


def test_nobody_tells_it_of_another_or_once_it_is_over(hr):
    it, other = applications.application(), applications.application()
    duties.in_place()
    for somebody in (other.applicant, accounts.user(Role.INTERVIEWER), it.posting.hiring_manager):
        with pytest.raises(NotAllowed):
            disclosures.disclose(somebody, it, kind=Disability.SEVERE)
    over = applications.application(S.WITHDRAWN)
    with pytest.raises(NotPossible, match="over"):
        disclosures.disclose(over.applicant, over, kind=Disability.SEVERE)
    with pytest.raises(NotPossible, match="Nothing"):
        disclosures.take_back(hr, it)


def test_hr_writes_down_what_stands_in_the_documents_and_where(browser, session, hr):
    it, client = applications.application(S.SCREENING), browser(hr)
    duties.in_place()
    page = HR_PAGE.format(it.id)
    assert client.post(page, data={"disability": "severe"}).status_code == 422, "where does it stand?"

    answer = client.post(page, data={"disability": "severe", "source": "CV, page 2"})

    assert answer.location.endswith("#disability")
    assert it.disclosure.source == "CV, page 2"
    assert len(to("applications.disclosed")) == 2
    shown = Html(client.get(f"/applications/{it.id}").text)
    assert "CV, page 2" in shown.words("section[aria-labelledby=disability]")
    assert f"e-mail to {BODY}" in shown.words("section[aria-labelledby=disability]")
    client.post(f"{page}/take-back")
    session.refresh(it.disclosure)
    assert it.disclosure.kind is None


# Two at one answer. Who comes second with the form open stands in tests/kinds/applications.py.


def seen_on(client, page) -> dict[str, str]:
    """What the form of a page has seen."""
    form = Html(client.get(page).text)
    return {name: form.one(f"input[name={name}]").get("value") for name in ("seen", "opened_with")}


def test_hr_does_not_store_again_what_the_applicant_has_taken_back_meanwhile(browser, session, hr):
    it = applications.disclosed(applications.application(S.SCREENING), source="CV, page 2")
    client, page = browser(hr), HR_PAGE.format(it.id)
    open_since = seen_on(client, page)
    disclosures.take_back(it.applicant, it)
    session.commit()

    given = {"disability": "severe", "source": "CV, page 2 and 3"}
    answer = client.post(page, data=given | open_since)

    assert answer.status_code == 409
    session.refresh(it.disclosure)
    assert (it.disclosure.kind, it.disclosure.source) == (None, "")
    shown = Html(answer.text)
    assert "What the applicant has told Nothing" in shown.words(".errors")
    assert "CV, page 2 and 3" in shown.words("textarea")
    assert len(to("applications.disclosed")) == 2, "nobody is told of it again"
    # Who has it in writing that it was told anew chooses so.
    now = {name: shown.one(f"input[name={name}]").get("value") for name in ("seen", "opened_with")}
    assert client.post(page, data=given | now).status_code == 302
    session.refresh(it.disclosure)
    assert it.disclosure.kind is Disability.SEVERE


def test_where_nothing_was_told_when_the_form_was_opened_the_applicant_may_be_faster(browser, session, hr):
    it = applications.application(S.SCREENING)
    duties.in_place()
    client, page = browser(hr), HR_PAGE.format(it.id)
    open_since = seen_on(client, page)
    disclosures.disclose(it.applicant, it, kind=Disability.EQUAL, objects=True)
    session.commit()

    answer = client.post(page, data={"disability": "severe", "source": "CV, page 2"} | open_since)

    assert answer.status_code == 409
    assert "Equal status" in Html(answer.text).words(".errors")
    session.refresh(it.disclosure)
    assert (it.disclosure.kind, it.disclosure.objects) == (Disability.EQUAL, True)


def test_sent_twice_it_is_told_once_and_nobody_is_asked_to_choose(browser, session):
    it = applications.application(S.SCREENING)
    duties.in_place()
    client, page = applications.holder(browser(), it.applicant), f"/careers/my-application/{it.id}/disability"
    given = {"disability": "severe"} | seen_on(client, page)

    assert [client.post(page, data=given).status_code for _ in range(2)] == [302, 302]

    assert len(to("applications.disclosed")) == 2
    session.refresh(it)
    assert it.disclosure.kind is Disability.SEVERE


def test_hr_does_not_take_back_what_they_have_not_seen(browser, session, hr):
    it = applications.disclosed(applications.application(S.SCREENING))
    client, page = browser(hr), HR_PAGE.format(it.id) + "/take-back"
    shown = Html(client.get(page).text)
    assert "Severe disability" in shown.words("main")
    seen = {"seen": shown.one("input[name=seen]").get("value")}
    disclosures.disclose(it.applicant, it, kind=Disability.EQUAL)
    session.commit()

    answer = client.post(page, data=seen)

    assert answer.status_code == 409
    assert "confirm once more" in answer.text
    assert "Equal status" in Html(answer.text).words("main")
    session.refresh(it.disclosure)
    assert it.disclosure.kind is Disability.EQUAL


def test_a_refusal_of_the_body_outlives_a_form_that_does_not_ask_about_it(session):
    it = applications.disclosed(applications.application(), objects=True)
    duties.changed(representative=Answer.NO)
    disclosures.disclose(it.applicant, it, kind=Disability.EQUAL)
    assert (it.disclosure.kind, it.disclosure.objects) == (Disability.EQUAL, True)


def test_what_is_sent_once_the_application_is_over_is_not_said_to_be_stored(browser, session, hr):
    it = applications.application(S.WITHDRAWN)
    duties.in_place()
    session.commit()
    own = applications.holder(browser(), it.applicant)
    for client, page in (
        (own, f"/careers/my-application/{it.id}/disability"),
        (browser(hr), HR_PAGE.format(it.id)),
    ):
        answer = client.post(page, data={"disability": "severe", "source": "It stands in the CV on page 2"})
        assert answer.status_code == 409
        assert "This application is over." in answer.text


def test_a_step_is_written_down_once_and_a_decision_told_once(browser, session, hr):
    it = applications.disclosed(applications.application(S.SCREENING))
    duties.changed(quota=Answer.YES)
    client, page = browser(hr), HR_PAGE.format(it.id)
    step = {"day": clock.today().isoformat(), "opinion": "agrees", "how": "In a meeting"}
    for _ in range(2):
        assert client.post(f"{page}/heard/representative", data=step).status_code == 302
    assert steps(it).count((StepKind.HEARD, Party.REPRESENTATIVE)) == 1
    client.post(f"{page}/heard/representative", data=step | {"opinion": "disagrees"})
    session.refresh(it.disclosure)
    assert steps(it).count((StepKind.HEARD, Party.REPRESENTATIVE)) == 2, "another opinion is another step"

    applications.rejected(it)
    first, second = (
        {"reasons": words, "parties": ["representative"]}
        for words in ("The training is missing.", "Words of somebody else in HR.")
    )
    assert client.post(f"{page}/decision", data=first).status_code == 302
    answer = client.post(f"{page}/decision", data=second, headers=FROM_A_PAGE)
    assert answer.status_code == 409
    assert "Words of somebody else in HR." in answer.text, "what was typed is not lost"
    assert to("applications.decision_told") == [("decision_told", BODY)]


def test_a_decision_that_no_mail_can_tell_is_not_said_to_be_known(browser, session, hr):
    it = applications.rejected(
        applications.heard(applications.disclosed(applications.application(S.SCREENING)))
    )
    duties.changed(quota=Answer.YES, representative_email="")
    address = HR_PAGE.format(it.id) + "/decision"
    answer = browser(hr).post(
        address, data={"reasons": "The training is missing.", "parties": ["representative"]}
    )
    assert answer.status_code == 409
    assert "No e-mail address is known" in answer.text
    assert "knows of the decision" not in answer.text


def test_what_was_taken_back_at_the_same_moment_is_not_written_down_any_more(session):
    it, hr = applications.disclosed(applications.application(S.SCREENING)), accounts.user(Role.HR)
    assert it.disclosure.stands
    # Somebody else is faster; this session still holds what it has read.
    row = sa.update(Disclosure.__table__).where(Disclosure.__table__.c.id == it.disclosure.id)
    session.execute(row.values(kind=None, withdrawn_at=clock.now()))
    with pytest.raises(NotPossible, match="Nothing is stored here any more"):
        disclosures.write_down(
            hr,
            it,
            kind=StepKind.HEARD,
            party=Party.REPRESENTATIVE,
            day=clock.today(),
            how="In a meeting",
            opinion=Opinion.AGREES,
        )


def test_a_reason_for_no_invitation_that_comes_second_is_not_lost(browser, session, hr):
    it = applications.disclosed(applications.application(S.SCREENING))
    duties.changed(public_employer=Answer.YES, representative=Answer.NO, works_council=Answer.NO)
    client, page = browser(hr), HR_PAGE.format(it.id) + "/invitation"
    given = {"why": "unsuitable", "evidence": "No banking training, which is a must."} | seen_on(client, page)
    disclosures.leave_uninvited(accounts.user(Role.HR), it, why=Uninvited.DECLINED, evidence="Wrote so.")
    session.commit()

    answer = client.post(page, data=given, headers=FROM_A_PAGE)

    assert answer.status_code == 409
    assert "No banking training, which is a must." in answer.text
    session.refresh(it.disclosure)
    assert it.disclosure.uninvited is Uninvited.DECLINED


# Who sees it.


def test_only_hr_sees_it_and_whoever_decides_once_there_is_an_interview(browser, session, hr):
    it = applications.disclosed(applications.application(S.SCREENING))
    manager = it.posting.hiring_manager

    def sees(user) -> bool:
        page = browser(user).get(f"/applications/{it.id}")
        assert page.status_code == 200, user.roles
        return "Severe disability" in page.text

    assert sees(hr)
    assert not sees(manager)
    it.posting.hiring_manager_id = manager.id
    meeting = interviews.interview(application=it)
    with duties.changing():
        it.status = S.INTERVIEWING
    session.commit()
    assert not sees(meeting.seats[0].interviewer)
    assert sees(manager)


@pytest.mark.sqlite
def test_no_list_export_search_or_other_page_tells_of_it(browser, session, hr):
    it = applications.disclosed(applications.judged(applications.application(S.SCREENING)))
    panel = interviews.interview(application=it)
    marks = ("severe disab", "severely disabled", "equal status", "disclos")
    urls = (
        "/applications/",
        "/applications/?view=screen",
        "/applications/export?kind=csv",
        f"/applications/{it.id}/screening",
        f"/interviews/{panel.id}",
        "/interviews/",
        "/today",
        f"/search?q={it.name}",
        f"/postings/{it.posting_id}",
    )
    for user in (hr, it.posting.recruiter, it.posting.hiring_manager, panel.seats[0].interviewer):
        for url in urls:
            page = browser(user).get(url)
            found = [mark for mark in marks if mark in page.text.casefold()]
            assert not found, f"{user.name}: {url}: {found}"


def test_the_history_keeps_that_it_was_said_and_not_what(session, hr):
    it = applications.disclosed(applications.application(), Disability.EQUAL, objects=True)
    applications.heard(it, Opinion.SILENT, Party.WORKS_COUNCIL)
    rows = session.scalars(
        sa.select(AuditEntry).where(AuditEntry.subject_type.in_(("disclosure", "disclosure_step")))
    ).all()

    assert {each.action for each in rows} >= {"applications.disclose", "applications.write_down"}
    said = str([each.changes for each in rows])
    for secret in ("equal", "silent", "In a meeting", COUNCIL):
        assert secret not in said, secret
    assert "'kind': ['(private)', '(private)']" in said


def test_an_administrator_does_not_read_what_was_written_to_the_bodies(browser, session):
    it = applications.disclosed(applications.application())
    mail = session.query(Message).filter_by(kind="applications.disclosed", to_address=BODY).one()
    client = browser(accounts.user(Role.ADMIN))

    for view in ("", "?view=text"):
        page = client.get(f"/admin/mail/{mail.id}{view}")
        assert page.status_code == 200
        assert it.name not in page.text
    assert client.get(f"/admin/mail/{mail.id}/html").status_code == 404


def test_nothing_of_it_is_left_on_the_promised_day(session, hr):
    it = applications.disclosed(applications.application(S.SCREENING))
    applications.heard(it)
    applications.rejected(it)
    parties = queries.disclosures.still_to_know(it.disclosure)
    disclosures.tell_decision(hr, it, reasons="Because it is so.", parties=parties)
    session.commit()
    assert session.query(DisclosureStep).count() > 3

    with clock.at(clock.moment(it.delete_on)):
        assert erasing.erase_due() == 1
        session.commit()

    assert session.query(Disclosure).count() == session.query(DisclosureStep).count() == 0
    kept = session.query(Message).filter(Message.to_address.in_((BODY, COUNCIL))).count()
    assert kept == 0
    entries = session.scalars(sa.select(AuditEntry).where(AuditEntry.subject_type == "disclosure_step")).all()
    assert all(set(map(str, each.changes.values())) <= {"['(private)', '(private)']"} for each in entries)


# Where no mail can go.


def test_a_body_without_an_address_is_told_by_hr_the_same_day(browser, session, hr):
    duties.changed(representative_email="", works_council_email="")
    it = applications.disclosed(applications.application())
    assert to("applications.disclosed") == []
    found = {
        each.source.name: each
        for each in sources.for_person(it.posting.recruiter_id)
        if each.source.name in ("applications.tell_representative", "applications.tell_works_council")
    }
    assert len(found) == 2
    due = found["applications.tell_representative"]
    assert due.on == clock.today()
    for language in ("en", "de"):
        with speaking(language):
            assert it.name not in due.what + due.why, "deputies and supervisors read it, too"
    page = HR_PAGE.format(it.id) + "/told/representative"
    assert due.values == {"id": it.id, "kind": "told", "party": "representative"}
    client = browser(hr)
    assert client.post(page, data={"day": clock.today().isoformat()}).status_code == 422

    client.post(page, data={"day": clock.today().isoformat(), "how": "Phoned"})

    assert owed(it) == {"tell_works_council"}
    (step,) = it.disclosure.steps
    assert (step.kind, step.party, step.how, step.by) == (
        StepKind.TOLD,
        Party.REPRESENTATIVE,
        "Phoned",
        hr,
    )
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert client.post(page, data={"day": tomorrow, "how": "Phoned"}).status_code == 422
    assert client.get(HR_PAGE.format(it.id) + "/told/applicant").status_code == 404


def test_a_mail_that_could_not_be_sent_has_told_nobody(session):
    it = applications.disclosed(applications.application())
    mail = session.query(Message).filter_by(kind="applications.disclosed", to_address=BODY).one()
    mail.state = MessageStatus.FAILED
    session.commit()

    assert owed(it) == {"tell_representative"}
    told = queries.disclosures.lines(it.disclosure)[0]
    assert (told.party, told.failed, told.owed) == (Party.REPRESENTATIVE, True, True)


# The decision.


def test_nothing_is_decided_before_the_representative_body_was_heard(session, hr):
    it = applications.disclosed(applications.application(S.SCREENING))
    reason = applications.rejection_reason().code
    with pytest.raises(NotPossible, match="heard"):
        FLOW.perform(hr, it, "reject", reason=reason)

    applications.heard(it, Opinion.DISAGREES, by=hr)
    FLOW.perform(hr, it, "reject", reason=reason)

    assert it.status is S.REJECTED


def test_many_are_rejected_without_those_that_have_to_wait(session, hr):
    plain = applications.application(S.SCREENING)
    waiting = applications.disclosed(applications.application(S.SCREENING))

    found = bulk.APPLICATIONS.found(hr, [plain.id, waiting.id])
    free, refused = bulk.REJECT.refusals(hr, found)

    assert free is None
    assert "representative body has to be heard" in refused


def test_an_interview_is_decided_on_once_the_body_was_heard(browser, hr):
    it = applications.disclosed(applications.application(S.INTERVIEWING))
    interviews.judged(interviews.interview(hours=-30, application=it))
    client = browser(hr)
    assert "has to be heard" in client.get(f"/applications/{it.id}/decision").text

    applications.heard(it)

    assert "has to be heard" not in client.get(f"/applications/{it.id}/decision").text


@pytest.mark.parametrize(
    ("quota", "opinions", "who"),
    [
        # The representative body hears of each decision; all of them where the quota is not filled and one disagrees.
        (Answer.YES, (Opinion.DISAGREES, None), ["representative"]),
        (Answer.NO, (Opinion.AGREES, Opinion.AGREES), ["representative"]),
        (Answer.NO, (Opinion.DISAGREES, Opinion.AGREES), ["representative", "works_council", "applicant"]),
        (Answer.NO, (Opinion.AGREES, Opinion.DISAGREES), ["representative", "works_council", "applicant"]),
        # What nobody has said is taken for the case in which all are told.
        (Answer.OPEN, (Opinion.AGREES, None), ["representative", "works_council", "applicant"]),
    ],
)
def test_who_has_to_know_of_a_rejection(session, quota, opinions, who):
    duties.changed(quota=quota)
    it = applications.disclosed(applications.application(S.SCREENING))
    for party, opinion in zip((Party.REPRESENTATIVE, Party.WORKS_COUNCIL), opinions, strict=True):
        if opinion is not None:
            applications.heard(it, opinion, party)
    assert queries.disclosures.still_to_know(it.disclosure) == []

    applications.rejected(it)

    assert [each.value for each in queries.disclosures.still_to_know(it.disclosure)] == who
    assert owed(it) == {"tell_decision"}
    for party in (Party.REPRESENTATIVE, Party.WORKS_COUNCIL, Party.APPLICANT):
        if party.value in who:
            disclosures.write_down(
                accounts.user(Role.HR), it, kind=StepKind.DECISION, party=party, day=clock.today(), how="Said"
            )
    session.commit()
    assert owed(it) == set(), "the list and the page mean the same"


def test_the_decision_is_told_with_its_reasons_on_one_page_and_kept(browser, session, hr):
    it = applications.disclosed(applications.application(S.SCREENING, language="de"))
    applications.heard(it, Opinion.DISAGREES)
    applications.rejected(it)
    client, page = browser(hr), HR_PAGE.format(it.id) + "/decision"
    asked = Html(client.get(page).text)
    assert [each.get("value") for each in asked.all("input[name=parties][checked]")] == [
        "representative",
        "works_council",
        "applicant",
    ]
    given = {
        "reasons": "Die Ausbildung fehlt.\n\nSie ist ein Muss.",
        "parties": ["representative", "works_council", "applicant"],
    }

    shown = client.post(page, data=given | {"look": "1"})
    assert shown.text.count("Die Ausbildung fehlt.") == 4  # in the field and in three mails
    assert to("applications.decision", "applications.decision_told") == []
    client.post(page, data=given)

    assert to("applications.decision", "applications.decision_told") == [
        ("decision_told", BODY),
        ("decision_told", COUNCIL),
        ("decision", it.email),
    ]
    letter = session.query(Message).filter_by(kind="applications.decision").one()
    assert "Sie ist ein Muss." in letter.text
    assert letter.text_id is None  # nobody has approved a version: the starter text was told
    assert owed(it) == set()
    assert "Everybody concerned knows" in client.get(page).text


def test_a_decision_taken_back_is_told_anew(session, hr):
    it = applications.disclosed(applications.application(S.SCREENING))
    applications.heard(it)
    applications.rejected(it)
    disclosures.tell_decision(hr, it, reasons="So it is.", parties=[Party.REPRESENTATIVE])
    with clock.at(clock.now() + timedelta(days=1)):
        FLOW.perform(hr, it, "reopen", note="A mistake", tell=False)
        session.commit()
        assert owed(it) == set()
        applications.rejected(it)

        assert Party.REPRESENTATIVE in queries.disclosures.still_to_know(it.disclosure)


def test_the_bodies_hear_of_a_hire(session):
    it = applications.disclosed(applications.application(S.OFFERED))

    FLOW.perform(SYSTEM, it, "hire")

    assert to("applications.decision_told") == [("decision_told", BODY), ("decision_told", COUNCIL)]
    assert owed(it) == set()


def test_hr_tells_of_a_hire_where_no_mail_can_go(session, hr):
    duties.changed(representative_email="")
    it = applications.disclosed(applications.application(S.OFFERED))
    FLOW.perform(SYSTEM, it, "hire")
    session.commit()
    assert owed(it) == {"tell_hire"}

    disclosures.write_down(
        hr, it, kind=StepKind.DECISION, party=Party.REPRESENTATIVE, day=clock.today(), how="Said"
    )

    assert owed(it) == set()


def test_nobody_writes_down_what_cannot_be(session, hr):
    duties.changed(works_council=Answer.NO)
    it = applications.disclosed(applications.application())
    today = clock.today()
    for wrong, said in (
        ({"kind": StepKind.TOLD, "party": Party.WORKS_COUNCIL, "day": today}, "take part"),
        ({"kind": StepKind.DECISION, "party": Party.REPRESENTATIVE, "day": today}, "Nobody has to be told"),
        (
            {"kind": StepKind.TOLD, "party": Party.REPRESENTATIVE, "day": today + timedelta(days=1)},
            "still to come",
        ),
        ({"kind": StepKind.HEARD, "party": Party.REPRESENTATIVE, "day": today}, "what came of"),
    ):
        with pytest.raises(NotPossible, match=said):
            disclosures.write_down(hr, it, how="So", **wrong)
    with pytest.raises(NotAllowed):
        disclosures.write_down(
            it.applicant, it, kind=StepKind.TOLD, party=Party.REPRESENTATIVE, day=today, how="So"
        )


# Public employers.


@pytest.fixture
def public():
    """A bank that is a public employer, and has no bodies."""
    return duties.changed(public_employer=Answer.YES, representative=Answer.NO, works_council=Answer.NO)


def test_a_public_employer_invites_or_says_why_suitability_is_plainly_lacking(browser, session, public, hr):
    it = applications.disclosed(applications.application(S.SCREENING))
    reason = applications.rejection_reason().code
    assert owed(it) == {"must_invite"}
    with pytest.raises(NotPossible, match="section 165"):
        FLOW.perform(hr, it, "reject", reason=reason)
    client, page = browser(hr), HR_PAGE.format(it.id) + "/invitation"
    assert client.post(page, data={"why": "unsuitable"}).status_code == 422, "the evidence is missing"

    client.post(page, data={"why": "unsuitable", "evidence": "No banking training, which is a must."})

    said = it.disclosure
    assert (said.uninvited, said.uninvited_by) == (Uninvited.UNSUITABLE, hr)
    assert owed(it) == set()
    FLOW.perform(hr, it, "reject", reason=reason)
    assert client.get(page).status_code == 302


@pytest.mark.parametrize(
    ("status", "waits"),
    [(InterviewStatus.PLANNED, True), (InterviewStatus.CANCELLED, True), (InterviewStatus.HELD, False)],
)
def test_to_be_invited_and_called_off_is_not_to_be_invited(public, status, waits):
    it = applications.disclosed(applications.application(S.INTERVIEWING))
    interviews.interview(status, hours=-30, application=it)

    assert (FLOW["reject"].guard(it) is not None) == waits


def test_the_duty_to_invite_is_for_jobs_that_everybody_can_see(session, public, hr):
    inside = postings.posting(audience=Audience.INTERNAL)
    it = applications.disclosed(applications.application(S.SCREENING, posting=inside))
    other = applications.application(S.SCREENING)

    for each in (it, other):
        assert FLOW["reject"].guard(each) is None
        assert owed(each) == set()
    with pytest.raises(NotPossible, match="invited"):
        disclosures.leave_uninvited(hr, it, why=Uninvited.UNSUITABLE, evidence="So")


def test_a_private_bank_has_no_such_duty(session, hr):
    duties.changed(representative=Answer.NO)
    it = applications.disclosed(applications.application(S.SCREENING))

    assert FLOW["reject"].guard(it) is None

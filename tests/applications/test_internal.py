"""Colleagues who apply from inside: what they see, who does not see them, until they agree."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rmhr.accounts import queries as accounts_queries
from rmhr.accounts.queries import confidential
from rmhr.applications import operations
from rmhr.applications import queries as applications_queries
from rmhr.applications.lists import APPLICATIONS
from rmhr.applications.workflow import FLOW
from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.files.store import TXT, Upload
from rmhr.core.i18n import Words
from rmhr.core.lists.selection import Chosen, Selection
from rmhr.interviews import queries as interviews_queries
from rmhr.interviews.notifications import CANCELLED_INTERVIEWER
from rmhr.models.accounts import Role, User, UserRole
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.documents import TextState
from rmhr.models.duties import TextKind
from rmhr.models.offers import OfferStatus
from rmhr.models.postings import Audience
from rmhr.models.sourcing import SourceKind
from rmhr.offers import queries as offers_queries
from rmhr.offers.workflow import FLOW as OFFERS
from rmhr.postings import queries as postings_queries
from tests.factories import accounts, applications, interviews, offers, postings, save
from tests.factories.duties import notice, text
from tests.support.due_things import awaited
from tests.support.exports import exported
from tests.support.html import Html

from .support import address, filled

S = ApplicationStatus


def sent(row, **given):
    fields = filled(row, **given)
    return {name: fields[name] for name in fields if name not in ("name", "email", "website", "opened")}


def status_of(client, page):
    with client.get(page) as answer:
        return answer.status_code


@pytest.fixture
def chain():
    """Three levels: somebody, who leads them, who leads that one."""
    top = accounts.employee(supervisor=None, user=accounts.user(Role.SUPERVISOR, name="Top")).user
    boss = accounts.employee(supervisor=top, user=accounts.user(Role.SUPERVISOR, name="Boss")).user
    person = accounts.employee(supervisor=boss, user=accounts.user(name="Oskar Dietrich")).user
    return person, boss, top


# The jobs of colleagues.


def test_colleagues_see_both_kinds_of_open_jobs(browser):
    public, inside = postings.posting(), postings.posting(audience=Audience.INTERNAL)
    over = postings.posting(audience=Audience.INTERNAL, closes_on=clock.today() - timedelta(days=1))
    me = browser(accounts.user())

    page = me.get("/jobs/").text

    assert f"/jobs/{public.slug}" in page
    assert f"/jobs/{inside.slug}" in page
    assert f"/jobs/{over.slug}" not in page
    assert f"/jobs/{public.slug}" not in me.get("/jobs/?for=internal").text
    assert "No results" in me.get("/jobs/?q=submarine").text
    assert me.get(f"/jobs/{inside.slug}").status_code == 200
    assert me.get(f"/jobs/{over.slug}").status_code == 404
    assert me.get(f"/jobs/{over.slug}/apply").status_code == 404
    assert browser().get(f"/jobs/{inside.slug}").status_code == 302
    assert browser().get(f"/careers/{inside.slug}").status_code == 404


def test_an_empty_list_says_what_it_is_for(browser):
    assert "No open jobs at the moment" in browser(accounts.user()).get("/jobs/").text
    assert "You have not applied for anything yet" in browser(accounts.user()).get("/my-applications").text


# Applying.


def test_an_application_from_inside_belongs_to_the_account_and_is_hidden_by_default(
    browser, session, mails, chain
):
    person, boss, _top = chain
    row = postings.posting(audience=Audience.INTERNAL)
    me = browser(person)
    form = me.get(f"/jobs/{row.slug}/apply").text
    assert f"{boss.name} will not learn of your application" in form

    answer = me.post(f"/jobs/{row.slug}/apply", data=sent(row))

    assert answer.status_code == 302
    (it,) = session.query(Application).all()
    assert (it.source, it.supervisor_may_know) == (SourceKind.INTERNAL, False)
    assert (it.applicant.user_id, it.applicant.email) == (person.id, person.email)
    assert [each.answer for each in it.answers] == ["2027-02-01", "yes", "Full time"]
    assert [mail.to_address for mail in mails()] == [person.email, row.recruiter.email]
    page = me.get("/my-applications").text
    assert "We have your application" in page
    assert "Your supervisor and all higher supervisors do not see this application." in page
    assert "To your application" in me.get(f"/jobs/{row.slug}").text
    assert "what you send now replaces it" in me.get(f"/jobs/{row.slug}/apply").text
    FLOW.perform(accounts.user(Role.HR), it, "screen")
    assert me.get(f"/jobs/{row.slug}/apply").location == "/my-applications"


def test_the_tick_tells_the_supervisor_at_once(browser, session, chain):
    row = postings.posting()

    browser(chain[0]).post(f"/jobs/{row.slug}/apply", data=sent(row, supervisor="y"))

    assert session.query(Application).one().supervisor_may_know


def test_whoever_has_no_supervisor_is_not_asked(browser, session):
    row, me = postings.posting(), accounts.user()

    assert "Your supervisor" not in browser(me).get(f"/jobs/{row.slug}/apply").text
    browser(me).post(f"/jobs/{row.slug}/apply", data=sent(row))

    assert session.query(Application).one().supervisor_may_know


def test_what_is_missing_is_said_and_the_cv_is_kept(browser, session, chain):
    row = postings.posting()
    me = browser(chain[0])

    answer = me.post(f"/jobs/{row.slug}/apply", data=sent(row, motivation="", read=None))

    assert answer.status_code == 422
    assert "Write a few sentences about your motivation." in answer.text
    assert "is already uploaded" in answer.text
    wrong = sent(row, cv=(b"MZ\x90", "virus.exe"))
    assert me.post(f"/jobs/{row.slug}/apply", data=wrong).status_code == 422
    assert session.query(Application).all() == []


def test_the_form_says_plainly_that_the_own_supervisor_decides(browser, chain):
    person, boss, top = chain

    for leads in (boss, top):
        page = browser(person).get(f"/jobs/{postings.posting(hiring_manager=leads).slug}/apply").text
        assert f"{leads.name} takes part in filling this position and leads you" in page
    assert "takes part in filling" not in browser(person).get(f"/jobs/{postings.posting().slug}/apply").text


def test_what_comes_from_outside_with_a_colleagues_address_never_becomes_theirs(browser, session, chain):
    person, boss, _top = chain
    row = postings.posting()

    browser().post(address(row), data=filled(row, email=person.email, name="Somebody Else"))
    browser(person).post(f"/jobs/{row.slug}/apply", data=sent(row))

    strange, own = session.query(Application).order_by(Application.id)
    assert (strange.name, strange.applicant.user_id) == ("Somebody Else", None)
    assert (own.name, own.applicant.user_id) == (person.name, person.id)
    assert own.applicant is not strange.applicant
    assert not strange.supervisor_may_know, "it may be they"
    for viewer in (person, boss):
        assert strange not in everywhere(viewer)
    assert "Somebody Else" not in browser(person).get("/my-applications").text
    hr = browser(accounts.user(Role.HR))
    assert f"The same address applied as {person.name} on" in hr.get(f"/applications/{strange.id}").text
    assert "The address of a colleague" in hr.get(f"/applications/{strange.id}").text


def test_one_applies_once_while_it_is_read(chain):
    person = chain[0]
    it = applications.from_inside(person=person, status=S.SCREENING)
    given = {
        "supervisor_may_know": False,
        "phone": "",
        "motivation": "Why not.",
        "answers": {},
        "privacy_text": notice(),
    }
    cv = Upload("CV.txt", TXT, b"Work", "Work", TextState.FOUND)
    with pytest.raises(NotPossible, match="already"):
        operations.apply_from_inside(person, it.posting, cv=cv, **given)
    closed = postings.posting(closes_on=clock.today() - timedelta(days=1))
    with pytest.raises(NotPossible, match="no longer"):
        operations.apply_from_inside(person, closed, cv=cv, **given)


# Who does not see it.


def everywhere(viewer):
    """The applications that this person finds, by each way there is."""
    found = set()
    session = db.session
    found |= set(session.scalars(applications_queries.applications.visible_to(viewer)))
    found |= {
        it.application for it in session.scalars(interviews_queries.meetings.visible_to(viewer)).unique()
    }
    found |= {it.application for it, _card in interviews_queries.meetings.sat_by(viewer)}
    found |= {it.application for it in session.scalars(offers_queries.visible_to(viewer)).unique()}
    return found


@pytest.fixture
def hidden(chain):
    """An application on its way, with an interview and an offer, to a posting that the boss's boss fills."""
    person, boss, top = chain
    row = postings.posting(hiring_manager=top)
    it = applications.from_inside(person=person, posting=row, status=S.INTERVIEWING)
    interviews.interview(application=it, panel=[boss, top])
    offers.offer(application=it, status=OfferStatus.DRAFT)
    return it


@pytest.mark.both
def test_those_above_find_it_nowhere_and_hr_everywhere(hidden, chain):
    _person, boss, top = chain

    for above in (boss, top):
        assert everywhere(above) == set()
        assert postings_queries.lists.counts(above, [hidden.posting_id])[hidden.posting_id].all == 0
        assert {number for _view, number in Selection(APPLICATIONS, above, Chosen()).counts()} == {0}
        assert applications_queries.lists.POSTINGS.find(above, "", 9) == []
        hits = [hit for _kind, found in accounts_queries.search.found(above, "Oskar") for hit in found]
        assert [hit for hit in hits if hit.endpoint == "applications.show"] == []
        assert not confidential.may_know(above, hidden)
    hr = hidden.posting.recruiter
    assert everywhere(hr) == {hidden}
    assert confidential.may_know(hr, hidden)
    assert postings_queries.lists.counts(hr, [hidden.posting_id])[hidden.posting_id].all == 1


def test_every_page_about_it_is_unknown_to_those_above(browser, hidden, chain):
    meeting = interviews_queries.meetings.of_application(hidden)[0]
    offer = offers_queries.of_application(hidden)[0]
    pages = [
        f"/applications/{hidden.id}",
        f"/applications/{hidden.id}/cv",
        f"/interviews/{meeting.id}",
        f"/interviews/{meeting.id}/scorecard",
        f"/offers/{offer.id}",
    ]

    for above in chain[1:]:
        visitor = browser(above)
        assert [status_of(visitor, page) for page in pages] == [404] * 5
        assert hidden.name not in str(exported(visitor, "/applications/export"))
        for listed in ("/applications/", "/search?q=Oskar", "/today", "/my-team"):
            page = visitor.get(listed, follow_redirects=True)
            own_team = listed in ("/search?q=Oskar", "/my-team")
            assert own_team or hidden.name not in page.text, listed
        assert "Internal" not in visitor.get(f"/postings/{hidden.posting_id}").text
    hr = browser(hidden.posting.recruiter)
    assert [status_of(hr, page) for page in pages if "scorecard" not in page] == [200] * 4
    assert "The supervisor does not know yet" in hr.get(pages[0]).text
    assert "The supervisor does not know yet" in hr.get("/applications/").text


def test_hr_that_leads_the_person_is_treated_as_their_supervisor(browser):
    boss = accounts.user(Role.HR)
    above = accounts.user(Role.HR)
    accounts.employee(user=boss, supervisor=above)
    person = accounts.employee(supervisor=boss).user
    it = applications.from_inside(person=person)

    assert browser(boss).get(f"/applications/{it.id}").status_code == 404
    assert browser(boss).get(f"/applications/{it.id}/screening").status_code == 404
    assert browser(above).get(f"/applications/{it.id}").status_code == 200
    assert [confidential.may_know(each, it) for each in (boss, above)] == [False, True]


def test_nobody_works_on_their_own_application(browser):
    me = accounts.employee(user=accounts.user(Role.HR)).user
    it = applications.from_inside(person=me, supervisor_may_know=True)

    assert browser(me).get(f"/applications/{it.id}").status_code == 404
    assert everywhere(me) == set()
    assert not confidential.may_know(me, it)


def test_what_is_due_names_nobody_and_is_not_awaited_by_those_above(hidden, chain):
    _person, boss, top = chain
    meeting = interviews_queries.meetings.of_application(hidden)[0]
    recruiter = hidden.posting.recruiter
    fresh = applications.from_inside(
        person=accounts.employee(supervisor=recruiter).user, posting=hidden.posting
    )
    other = applications.from_inside(posting=hidden.posting)

    words = [each.what for each in sources.for_person(recruiter.id)]

    assert "Screen N. N." in words
    assert all(it.name not in " ".join(words) for it in (hidden, fresh, other))
    screens = [each for each in sources.for_person(recruiter.id) if each.source.name == "applications.screen"]
    assert [each.subject_id for each in screens] == [other.id]
    assert [each for each in sources.for_person(boss.id) if each.subject_id == meeting.id] == []
    for above in (boss, top):
        assert awaited(above, most=50) == []


def test_mail_goes_to_nobody_above(mails, chain):
    person, boss, _top = chain
    row = postings.posting(recruiter=accounts.user(Role.HR))
    it = applications.from_inside(person=person, posting=row)
    led = applications.from_inside(person=accounts.employee(supervisor=row.recruiter).user, posting=row)

    FLOW.perform(it.applicant, it, "withdraw")
    FLOW.perform(led.applicant, led, "withdraw")

    assert [mail.user_id for mail in mails() if mail.kind != "applications.withdrawn_confirmed"] == [
        row.recruiter_id
    ]
    meeting = interviews.interview(
        application=applications.from_inside(person=boss), panel=[chain[2], person]
    )
    assert list(CANCELLED_INTERVIEWER.to(meeting)) == [person]


def test_nobody_above_is_offered_for_the_panel(chain):
    person, boss, top = chain
    it = applications.from_inside(person=person)
    outside = accounts.user(Role.INTERVIEWER)
    for above in (boss, top):
        save(UserRole(user_id=above.id, role=Role.INTERVIEWER))

    assert [each for each, _title in interviews_queries.planning.interviewers(it)] == [outside]


# Agreeing, withdrawing.


def test_nobody_agrees_to_a_text_that_has_come_into_force_since_they_read_another(
    browser, session, hidden, chain
):
    text(TextKind.SUPERVISOR_CONSENT)
    session.commit()
    client = browser(chain[0])
    where = f"/careers/my-application/{hidden.id}/supervisor"
    read = Html(client.get(where).text).one("input[name=seen]").get("value")
    newer = text(TextKind.SUPERVISOR_CONSENT, text=Words.both("Other words.", "Andere Worte."))
    session.commit()

    answer = client.post(where, data={"seen": read})

    assert answer.status_code == 409
    assert "Other words." in answer.text
    assert "changed this text since you opened it" in Html(answer.text).words(".errors")
    assert "Somebody else" not in answer.text
    session.refresh(hidden)
    assert not hidden.supervisor_may_know
    again = Html(answer.text).one("input[name=seen]").get("value")
    assert client.post(where, data={"seen": again}).status_code == 302
    session.refresh(hidden)
    assert (hidden.supervisor_may_know, hidden.supervisor_text_id) == (True, newer.id)


def test_the_candidate_agrees_later(browser, session, hidden, chain):
    person, boss, top = chain
    me = browser(person)
    where = f"/careers/my-application/{hidden.id}/supervisor"
    assert "for the future" in me.get(where).text

    answer = me.post(where)

    assert answer.status_code == 302
    assert me.get(answer.location).location == "/my-applications"
    session.refresh(hidden)
    assert hidden.supervisor_may_know
    assert browser(top).get(f"/applications/{hidden.id}").status_code == 200
    assert everywhere(boss) == {hidden}
    assert "do not see this application" not in me.get("/my-applications").text
    assert me.get(where).status_code == 302
    with pytest.raises(NotPossible):
        operations.let_supervisor_know(hidden.applicant, hidden)
    for other in (boss, hidden.posting.recruiter, applications.applicant()):
        with pytest.raises(NotAllowed):
            operations.let_supervisor_know(other, hidden)


def test_what_was_agreed_is_withdrawn_for_the_future(browser, session, hidden, chain):
    person, boss, top = chain
    told = text(TextKind.SUPERVISOR_CONSENT)
    me = browser(person)
    where = f"/careers/my-application/{hidden.id}/supervisor"
    me.post(where)
    session.refresh(hidden)
    assert hidden.supervisor_text_id == told.id
    assert "may see this application" in me.get("/my-applications").text

    assert me.post(f"{where}/withdraw").status_code == 302

    session.refresh(hidden)
    assert not hidden.supervisor_may_know
    assert browser(top).get(f"/applications/{hidden.id}").status_code == 404
    assert me.get(f"{where}/withdraw").status_code == 302
    with pytest.raises(NotPossible):
        operations.keep_from_supervisor(hidden.applicant, hidden)
    with pytest.raises(NotAllowed):
        operations.keep_from_supervisor(boss, hidden)


def test_the_candidate_withdraws_and_opens_what_they_sent(browser, session, chain):
    it = applications.from_inside(person=chain[0])
    me = browser(chain[0])

    assert status_of(me, f"/careers/my-application/{it.id}/cv") == 200
    assert me.post(f"/careers/my-application/{it.id}/withdraw", data={"seen": "received"}).status_code == 302
    session.refresh(it)
    assert it.status is S.WITHDRAWN


def test_the_pages_of_one_colleague_are_not_anothers(browser, chain):
    it = applications.from_inside(person=chain[0])
    other = applications.from_inside()

    assert browser(chain[0]).get(f"/careers/my-application/{other.id}/cv").status_code == 404
    assert browser(chain[1]).get(f"/careers/my-application/{it.id}/cv").status_code == 302
    assert it.name not in browser(chain[1]).get("/my-applications").text


def test_a_private_link_shows_the_same_application_without_signing_in(browser, chain):
    it = applications.from_inside(person=chain[0])

    page = applications.holder(browser(), it.applicant).get("/careers/my-application")

    assert page.status_code == 200
    assert "do not see this application" in page.text


def test_with_the_hire_it_is_no_secret_and_nobody_is_employed_twice(session, chain):
    person, boss, _top = chain
    it = applications.from_inside(person=person, status=S.OFFERED)
    offer = offers.offer(application=it, status=OfferStatus.SENT)
    before = session.query(User).count()
    OFFERS.perform(it.applicant, offer, "accept")

    assert it.status is S.HIRED
    assert it.supervisor_may_know
    assert session.query(User).count() == before
    assert everywhere(boss) == set()  # it is not their posting, so it is not on their lists
    assert confidential.may_know(boss, it)


@pytest.mark.both
def test_the_list_of_applications_is_narrowed_by_source(browser):
    it, plain = applications.from_inside(), applications.application()
    hr = browser(accounts.user(Role.HR))

    page = hr.get("/applications/?source=internal").text
    assert it.name in page
    assert plain.name not in page
    assert [row["Source"] for row in exported(hr, "/applications/export?source=internal")] == ["Internal"]


def test_the_record_says_by_which_way_somebody_came(browser):
    link = postings.share_link(channel="XING", campaign="Spring")
    shared = applications.application(posting=link.posting, source=SourceKind.SHARED, share_link=link)
    tip = postings.referral()
    recommended = applications.application(posting=tip.posting, source=SourceKind.REFERRAL, referral=tip)
    hr = browser(accounts.user(Role.HR))

    assert "XING, Spring" in hr.get(f"/applications/{shared.id}").text
    page = hr.get(f"/applications/{recommended.id}").text
    assert f"Referred by {tip.referrer.name}" in page
    assert tip.note in page

"""The search of the bar: what it finds of every stage, for whom, in which order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from rmhr.accounts.queries import search
from rmhr.core import clock
from rmhr.core.folding import rank
from rmhr.core.i18n import Words
from rmhr.models.accounts import Role
from rmhr.models.offers import OfferStatus
from tests.factories import accounts, applications, offers, performance, postings, training
from tests.support.html import Html

pytestmark = pytest.mark.both


def hits(client: Any, typed: str) -> dict[str, list[str]]:
    """Where what was found leads, by kind."""
    page = Html(client.get("/search", query_string={"q": typed}))
    found = {}
    for part in page.all("main section[aria-labelledby^=group]"):
        kind = part.cssselect("h2")[0].text_content().strip()
        found[kind] = [link.get("href") for link in part.cssselect("a.due__what")]
    return found


def test_goals_are_found_by_those_who_see_them_in_their_list(browser):
    it = performance.agreed(title="Öffentlichkeitsarbeit in Çelle", due_on=clock.today() + timedelta(days=90))
    link = f"/goals/{it.id}"

    for person in (it.user, performance.supervisor_of(it.user), accounts.user(Role.HR)):
        for typed in ("öffentlichkeitsarbeit", "celle OFFENTLICH", it.user.name):
            assert link in hits(browser(person), typed).get("Goals", []), (person.roles, typed)
    for person in (performance.rm(), accounts.user(Role.SUPERVISOR), accounts.user(Role.ADMIN)):
        assert "Goals" not in hits(browser(person), "öffentlichkeitsarbeit"), person.roles


def test_reviews_are_found_by_name_and_round_in_either_language(browser):
    it = performance.review()
    link = f"/reviews/{it.id}"

    for person in (it.user, it.supervisor, accounts.user(Role.HR)):
        for typed in (it.user.name, *it.cycle.title.values()):
            assert link in hits(browser(person), typed).get("Reviews", []), (person.roles, typed)
    assert "Reviews" not in hits(browser(performance.rm()), it.user.name)


def test_offers_are_found_by_hr_and_whoever_leads_the_position(browser):
    it = offers.offer(OfferStatus.SENT)
    posting, name = it.application.posting, it.application.name
    link = f"/offers/{it.id}"

    for person in (accounts.user(Role.HR), posting.hiring_manager):
        for typed in (name, f"{name} {posting.title['de'][:6]}"):
            assert link in hits(browser(person), typed).get("Offers", []), (person.roles, typed)
    for person in (
        accounts.user(Role.SUPERVISOR),
        accounts.user(Role.INTERVIEWER),
        accounts.user(Role.ADMIN),
    ):
        assert "Offers" not in hits(browser(person), name)


def test_courses_are_found_in_either_language(browser):
    it = training.assignment()
    learner = browser(it.user)

    for typed in it.taught.name.values():
        assert f"/training/{it.id}" in hits(learner, typed)["Courses"]


def test_postings_and_applications_are_found_whatever_the_accents(browser):
    row = postings.posting(title=Words.both("Adviser for Çanakkale", "Beratung Straßenbau"))
    it = applications.application(posting=row, name="Zoë Ångström")
    hr = browser(row.recruiter)

    assert f"/postings/{row.id}" in hits(hr, "canakkale")["Postings"]
    assert f"/postings/{row.id}" in hits(hr, "STRASSENBAU")["Postings"]
    assert f"/applications/{it.id}" in hits(hr, "angstrom zoe")["Applications"]


@pytest.mark.parametrize(
    ("typed", "role", "address"),
    [
        ("password", Role.RM, "/profile/password"),
        ("Passwort", Role.RM, "/profile/password"),
        ("Abwesenheit", Role.RM, "/reminders/absence"),
        ("calendar", Role.RM, "/reminders"),
        ("accessibility", Role.RM, "/careers/accessibility"),
        ("Hilfe Barrieren", Role.RM, "/careers/accessibility"),
        ("Datenschutz", Role.HR, "/careers/privacy"),
        ("scheduler", Role.ADMIN, "/admin/scheduler"),
        ("Absender", Role.ADMIN, "/admin/careers"),
    ],
)
def test_pages_are_found_in_either_language(browser, typed, role, address):
    person = browser(accounts.user(role))
    if typed == "Absender":
        typed = "from whom mails"

    assert address in hits(person, typed).get("Pages", [])


def test_pages_that_one_may_not_open_are_not_found(browser, app):
    for role in Role:
        client = browser(accounts.user(role))
        found = {
            address
            for typed in ("e", "er", "in", "an", "st")
            for address in hits(client, typed).get("Pages", [])
        }
        assert found, role
        for address in found:
            with client.get(address) as answer:
                assert answer.status_code < 400, (role, address)
    assert "/admin/webhooks/hosts" not in hits(browser(accounts.user(Role.RM)), "hosts").get("Pages", [])


def test_what_fits_best_comes_first_also_where_there_is_much(browser):
    for n in range(search.MOST + 4):
        accounts.employee(user=accounts.user(name=f"Anna-Marie Brandt {n}"))
    exact = accounts.employee(user=accounts.user(name="Marie Brandt")).user
    hr = browser(accounts.user(Role.HR))

    found = hits(hr, "marie brandt")["People"]
    assert found[0] == f"/people/{exact.id}"
    assert len(found) == search.MOST
    assert [rank(text, "marie") for text in ("Marie", "Marie B", "A Marie", "Annamarie", "Otto")] == list(
        range(5)
    )


def test_of_a_kind_of_which_there_are_more_it_says_that_these_are_the_first(browser):
    hr = browser(accounts.user(Role.HR))
    for number in range(search.MOST - 1):
        accounts.user(name=f"Ähnlich {number}")
    said = "main section[aria-labelledby^=group] .push"
    assert Html(hr.get("/search?q=ahnlich")).texts(said) == [str(search.MOST - 1)]
    for number in range(2):
        accounts.user(name=f"Ähnlich {search.MOST + number}")
    page = Html(hr.get("/search?q=ahnlich"))
    assert page.texts(said) == [f"the first {search.MOST}"]
    assert len(page.all("a.due__what")) == search.MOST

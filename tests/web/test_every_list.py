"""Every list there is: it opens, narrows, orders, shows the columns that are chosen, and files hold what it shows."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import lxml.html
import openpyxl
import pytest
import sqlalchemy as sa
from flask import url_for
from flask_babel import force_locale
from werkzeug.http import parse_options_header

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.core.enums import LabelEnum
from rmhr.core.folding import IN_ORDER
from rmhr.core.history import reads
from rmhr.core.lists.declaration import Phone, State
from rmhr.core.lists.selection import Chosen, Selection
from rmhr.core.registry import LISTS
from rmhr.law.rules import Authority
from rmhr.models.accounts import Role, User
from rmhr.models.applications import ApplicationStatus
from rmhr.models.courses import CourseArea, CourseKind
from rmhr.models.system import ActorKind, AuditEntry, JobRun, MessageStatus
from rmhr.training.operations import courses as course_operations
from tests.factories import (
    accounts,
    applications,
    courses,
    interviews,
    offers,
    onboarding,
    performance,
    postings,
    rulebook,
    save,
    shadowing,
    training,
    webhooks,
)
from tests.factories.reminders import message
from tests.support.exports import exported, workbook


@dataclass
class Case:
    """Who looks at a list, and what it is a part of. Two rows stand in it."""

    viewer: User
    place: dict[str, Any] = field(default_factory=dict)


def hr() -> User:
    return accounts.user(Role.HR)


def _people() -> Case:
    accounts.employee(supervisor=None)
    return Case(hr())  # who stands in it, too


def _team() -> Case:
    boss = accounts.user(Role.SUPERVISOR)
    accounts.employee(supervisor=boss)
    accounts.employee(supervisor=boss)
    return Case(boss)


def _inbox() -> Case:
    person = accounts.user()
    message(person)
    message(person)
    return Case(person)


def _postings() -> Case:
    person = hr()
    for row in (postings.posting(recruiter=person), postings.posting()):
        applications.application(posting=row)
    return Case(person)


def _requisitions() -> Case:
    postings.requisition()
    postings.requisition()
    return Case(hr())


def _referrals() -> Case:
    postings.referral()
    postings.referral()
    return Case(hr())


def _open_jobs() -> Case:
    postings.posting()
    postings.posting()
    return Case(accounts.user())


def _applications() -> Case:
    applications.judged(applications.application(ApplicationStatus.SCREENING))
    applications.application(ApplicationStatus.REJECTED)
    return Case(hr())


def _interviews() -> Case:
    interviews.interview()
    interviews.interview()
    return Case(hr())


def _offers() -> Case:
    offers.offer()
    offers.offer()
    return Case(hr())


def _plans() -> Case:
    onboarding.plan()
    onboarding.plan()
    return Case(hr())


def _programmes() -> Case:
    shadowing.logged(shadowing.programme())
    shadowing.programme()
    return Case(hr())


def _grid() -> Case:
    case = _team()
    for person in db.session.scalars(sa.select(User)).all():
        if person.employee:
            training.progress(person, "aml", due_on=clock.today() - timedelta(days=7))
    return case


def _goals() -> Case:
    performance.checked(performance.agreed())
    performance.goal()
    return Case(hr())


def _reviews() -> Case:
    performance.review()
    performance.signed()
    return Case(hr())


def _steps() -> Case:
    performance.item(performance.rm())
    performance.item(performance.rm())
    return Case(hr())


def _rules_of_law() -> Case:
    rulebook.checked()
    rulebook.rule(authority=Authority.PRACTICE, owner=accounts.user(Role.HR))
    return Case(accounts.user(Role.COMPLIANCE))


def _mail() -> Case:
    message(accounts.user(), state=MessageStatus.FAILED, error="554 no")
    message(accounts.user(), state=MessageStatus.FAILED)
    return Case(accounts.user(Role.ADMIN))


def _undelivered() -> Case:
    _mail()
    return Case(hr())


def _calls() -> Case:
    one = webhooks.webhook()
    webhooks.call(one)
    webhooks.call(one)
    return Case(accounts.user(Role.ADMIN), {"id": one.id})


def _history() -> Case:
    viewer, earlier = accounts.user(Role.COMPLIANCE), clock.now() - timedelta(hours=1)
    for row in db.session.scalars(sa.select(AuditEntry)).all():
        db.session.delete(row)  # what happened while this was arranged
    told = {"subject_type": "user", "subject_id": viewer.id, "changes": {}, "actor_id": viewer.id}
    by = {"actor_kind": ActorKind.USER, "actor_name": "Ada Ahrens"}
    save(AuditEntry(at=earlier, action="accounts.end_session_of", note="Left us", **told, **by))
    reads.keep([reads.entry(viewer, viewer, "history.index")])  # that it is opened stands in it
    db.session.commit()
    return Case(viewer)


def _runs() -> Case:
    now = clock.now()
    save(JobRun(job="audit.seal", started_at=now - timedelta(hours=1), finished_at=now, done=3))
    save(JobRun(job="audit.seal", started_at=now, error="no"))
    return Case(accounts.user(Role.ADMIN), {"name": "audit.seal"})


def _catalogue() -> Case:
    author = hr()
    courses.published(courses.draft(author), author)
    other = {"area": CourseArea.ETHICS, "kind": CourseKind.WORKSHOP}
    course_operations.begin(author, None, name=courses.both("Gifts"), **other)
    db.session.commit()
    return Case(author)


#: What puts two rows into each list. A new list needs a line here.
ARRANGED: dict[str, Callable[[], Case]] = {
    "accounts.people": _people,
    "accounts.team": _team,
    "accounts.inbox": _inbox,
    "applications.index": _applications,
    "careers.index": _open_jobs,
    "history.index": _history,
    "interviews.index": _interviews,
    "jobs.index": _open_jobs,
    "offers.index": _offers,
    "onboarding.index": _plans,
    "performance.development": _steps,
    "performance.goals": _goals,
    "performance.reviews": _reviews,
    "postings.index": _postings,
    "referrals.everybodys": _referrals,
    "scheduler.show": _runs,
    "mail.index": _mail,
    "webhooks.show": _calls,
    "mail.undelivered": _undelivered,
    "requisitions.index": _requisitions,
    "rulebook.index": _rules_of_law,
    "shadowing.index": _programmes,
    "team.index": _team,
    "training.catalogue": _catalogue,
    "training.team": _grid,
}
#: Whose pages draw their rows themselves.
DRAWN_ELSEWHERE = {"accounts.inbox", "careers.index", "training.team"}
DRAWN = sorted(ARRANGED.keys() - DRAWN_ELSEWHERE)
#: Of which there are no files.
STAYS = {"accounts.inbox", "careers.index", "jobs.index", "scheduler.show", "webhooks.show"}


@dataclass
class Opened:
    """A list, opened by somebody who sees two rows in it."""

    app: Any
    client: Any
    case: Case
    name: str

    @property
    def declared(self) -> Any:
        return LISTS[self.name]

    def url(self, endpoint: str = "", **values: Any) -> str:
        with self.app.test_request_context():
            return url_for(endpoint or self.name, **self.case.place, **values)

    def page(self, **values: Any) -> Any:
        answer = self.client.get(self.url(**values))
        assert answer.status_code == 200, values
        return lxml.html.fromstring(answer.text)

    def table(self, **values: Any) -> list[list[str]]:
        """The words of the head and of each row; nothing where there is no row."""
        rows = self.page(**values).xpath("//main//table[contains(@class, 'table')]//tr")
        return [
            [_words(cell) for cell in row.xpath("(th|td)[not(contains(@class, 'tick'))]")] for row in rows
        ]

    def names(self, **values: Any) -> list[str]:
        page = self.page(**values)
        return [_words(each) for each in page.xpath("//td[contains(@class, 'cell--name')]/*[1]")]

    def selection(self, **chosen: Any) -> Selection[Any]:
        return Selection(self.declared, self.case.viewer, Chosen(**chosen), self.case.place)


def _words(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


@pytest.fixture
def opened(request: pytest.FixtureRequest, app: Any, browser: Any) -> Opened:
    case = ARRANGED[request.param]()
    return Opened(app, browser(case.viewer), case, request.param)


every = pytest.mark.parametrize("opened", sorted(ARRANGED), indirect=True)
drawn = pytest.mark.parametrize("opened", DRAWN, indirect=True)
taken_home = pytest.mark.parametrize("opened", sorted(ARRANGED.keys() - STAYS), indirect=True)


def test_every_list_is_tried_here(app):
    assert set(ARRANGED) == set(LISTS)
    assert {name for name in LISTS if f"{name}_export" not in app.view_functions} == STAYS


@every
def test_its_page_opens_in_both_languages(opened):
    assert str(opened.declared.count(2)) in opened.page().text_content()
    opened.client.post("/preferences", data={"language": "de"})
    with force_locale("de"):
        said = opened.declared.count(len(opened.selection().ids()))  # the history has one more
    assert said in opened.page().text_content()


@drawn
def test_each_order_has_its_other_direction(opened):
    usual = opened.names()
    assert len(usual) == 2
    for name in opened.declared.sorts:
        up, down = opened.names(sort=name), opened.names(sort=f"-{name}")
        assert up == down[::-1], name
        assert sorted(up) == sorted(usual), name
    assert opened.names(sort="no such order") == usual


@pytest.mark.once
def test_whatever_says_words_is_ordered_as_names_are(app):
    with app.test_request_context():
        for declared in LISTS.values():
            for name, sort in declared.sorts.items():
                column = sort() if callable(sort) and not isinstance(sort, sa.sql.ClauseElement) else sort
                kind = sa.inspect(column).type if not hasattr(column, "type") else column.type
                if isinstance(kind, sa.String) and not isinstance(kind, sa.Enum):
                    assert IN_ORDER in str(column), f"{declared.name}: {name} puts ä behind z"


@every
def test_each_choice_of_each_filter_narrows_it(opened):
    selection = opened.selection()
    all_rows = set(selection.ids())
    assert len(all_rows) == 2
    for each in selection.filters:
        name = each.filter.name
        for value, _said in each.options:
            narrowed = opened.selection(filters={name: value})
            assert narrowed.narrowed
            assert set(narrowed.ids()) <= all_rows or each.filter.otherwise
        page = opened.page(**{name: each.options[-1][0]})
        set_to = page.xpath(
            f"//select[@name='{name}']/option[@selected]/@value | //input[@name='{name}']/@value"
        )
        assert each.options[-1][0] in set_to
        assert set(opened.selection(filters={name: "no such choice"}).ids()) == all_rows


@drawn
def test_a_word_is_found_and_what_is_not_there_is_not(opened):
    if not opened.declared.search:
        assert opened.page().xpath("//main//input[@type='search']") == []
        return
    name, selection = opened.names()[0], opened.selection(sort=opened.declared.order)
    selection = selection.with_columns(selection.columns)
    said = {_told(column, selection.page().rows[0])[:40] for column in selection.columns}
    assert any(name in opened.names(q=words) for words in said if words)
    page = opened.page(q="no-such-word-anywhere")
    assert str(opened.declared.nothing_fits) in page.text_content()
    assert opened.names(q="no-such-word-anywhere") == []


@drawn
def test_each_view_shows_as_many_as_it_counts(opened):
    for view, number in opened.selection().counts():
        assert len(opened.names(view=view.name)) == number, view.name


@drawn
def test_each_column_can_be_shown_and_hidden(opened):
    columns = opened.selection().columns
    usual = [str(column.label) for column in columns if column.shown]
    assert opened.table()[0][: len(usual)] == usual
    for wanted in (columns, columns[::2], [columns[0], *columns[1::2]]):
        shown = opened.table(columns=",".join(column.name for column in wanted))
        assert shown[0][: len(wanted)] == [str(column.label) for column in wanted]
        others = {str(column.label) for column in columns if column not in wanted}
        assert not others.intersection(shown[0])
        assert len(shown) == 3


#: The cells and the names of columns that say until when something has to be done.
DEADLINES = re.compile(r"(^|_)(due|until|by|closes|needed)$|^due_|^deadline$")
#: Pages that draw the rows of their list themselves, the last day among them.
DRAWN_OTHERWISE = {"careers.index"}


def test_no_list_leaves_out_until_when_on_a_phone():
    looked_at = 0
    for declared in LISTS.values():
        for column in declared.columns:
            if declared.name in DRAWN_OTHERWISE or not (
                DEADLINES.search(column.cell) or (column.name != "by" and DEADLINES.search(column.name))
            ):
                continue
            looked_at += 1
            assert column.phone is not Phone.NOWHERE, (
                f"{declared.name}: {column.name} is not there on a phone"
            )
    assert looked_at > 10


@drawn
def test_a_phone_has_a_card_with_a_title(opened):
    for row in opened.page().xpath("//main//table[contains(@class, 'table--cards')]/tbody/tr"):
        (name,) = row.xpath("td[contains(@class, 'cell--name')]")
        assert _words(name.xpath("*[1]")[0])
        assert "cell--hide-phone" not in name.get("class")


#: What the history says of itself as soon as a file is made of it.
EXPORTED = "List exported"


def _told(column: Any, row: Any) -> str:
    """What a file in English says of a row, as the CSV reader gives it."""
    value = (column.file or column.value)(row)
    if isinstance(value, LabelEnum | State):
        value = value.label
    if isinstance(value, datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    return _plain(value)


@taken_home
def test_files_hold_exactly_the_rows_and_columns_of_the_list(opened, app):
    selection, url = opened.selection(sort=opened.declared.order), opened.url(f"{opened.name}_export")
    for columns, wanted in (("shown", selection.shown), ("every", selection.columns)):
        with app.test_request_context(), force_locale("en"):
            head = [str(column.label) for column in wanted]
            page = selection.with_columns(wanted).page()
            told = [[_told(column, row) for column in wanted] for row in page.rows]
        rows = [row for row in told if EXPORTED not in row]

        found = exported(opened.client, url, columns=columns)
        words, cells = workbook(opened.client, url, columns=columns)

        found = [row for row in found if EXPORTED not in row.values()]
        assert [list(row) for row in found] == [head, head]
        assert [[_plain(cell) for cell in row.values()] for row in found] == rows
        assert words == head
        in_cells = [[_plain(cell.value) for cell in row] for row in cells]
        assert [row for row in in_cells if EXPORTED not in row] == rows


def _plain(value: Any) -> str:
    """The same text for what a file holds as a number, a day, a moment or words."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    text = ("" if value is None else str(value)).removeprefix("'")
    return text.removesuffix(".00").removesuffix(".0")


@taken_home
@pytest.mark.parametrize("language", ["en", "de"])
def test_files_are_called_in_the_language_of_whoever_takes_them(opened, app, language):
    opened.client.post("/preferences", data={"language": language})
    url = opened.url(f"{opened.name}_export")
    with app.test_request_context(), force_locale(language):
        title = str(opened.declared.title)
        head = [str(column.label) for column in opened.selection().columns]

    for kind in ("csv", "xlsx"):
        sent = {"kind": kind, "separator": "comma", "columns": "every"}
        with opened.client.post(url, data=sent) as answer:
            said = parse_options_header(answer.headers["Content-Disposition"])[1]["filename"]
            data = answer.data
        assert said == f"{'-'.join(title.lower().split())}.{kind}"
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert (book.sheetnames, book.properties.title) == ([title], title)
    assert [cell.value for cell in next(book.active.iter_rows())] == head


@taken_home
def test_that_it_was_taken_home_stands_in_the_history(opened):
    exported(opened.client, opened.url(f"{opened.name}_export"))

    person = opened.case.viewer
    (entry,) = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "core.export"))
    assert (entry.actor_id, entry.subject_type, entry.subject_id) == (person.id, "user", person.id)
    assert entry.changes == {"(about)": [None, f"2 rows of “{opened.declared.title}”"]}


@taken_home
def test_whoever_may_not_open_it_takes_nothing_home(opened, app, browser):
    opens, takes = (app.view_functions[name].access for name in (opened.name, f"{opened.name}_export"))
    people = [accounts.user(role) for role in Role]
    assert all(opens(person) for person in people if takes(person))
    url = opened.url(f"{opened.name}_export")
    assert browser().post(url).status_code == 401
    for person in [person for person in people if not opens(person)][:1]:
        assert browser(person).post(url).status_code == 403


@drawn
def test_it_costs_the_same_with_two_rows_and_with_a_view(opened, max_queries):
    opened.page()
    with max_queries(13) as plain:
        opened.page()
    sort = next(iter(opened.declared.sorts))
    with max_queries(len(plain)):
        opened.client.get(f"{opened.url()}?{urlencode({'sort': sort, 'columns': 'x'})}")

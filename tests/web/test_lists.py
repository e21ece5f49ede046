"""Lists: what is searched, filtered, ordered and shown stands in the address; files hold all of it."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest
import sqlalchemy as sa

from rmhr.applications.lists import APPLICATIONS
from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, View
from rmhr.core.lists.selection import Chosen, Selection
from rmhr.models.accounts import Role, Theme, User
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.system import AuditEntry
from rmhr.models.workspace import ExportChoice, FileKind, SavedView, Separator
from rmhr.web import lists
from tests.factories import accounts, applications, postings
from tests.support.exports import exported, workbook


@pytest.fixture
def people_list(monkeypatch):
    """A list of people, five to a page; it takes the address of the real one."""
    monkeypatch.setattr(registry, "LISTS", registry.Registry("lists"))
    return List(
        name="accounts.people",
        title="People",
        count=lambda number: f"{number} people",
        rows=lambda _viewer: sa.select(User),
        key=User.id,
        order="name",
        search=(User.name, User.email),
        filters=(Filter("theme", "Theme", User.theme, Theme),),
        size=5,
        columns=(
            Column("name", "Name", lambda it: it.name, sort=User.name),
            Column("id", "Number", lambda it: it.id, sort=User.id),
        ),
        empty=Empty("Nobody", "Nobody is here."),
    )


@pytest.fixture
def shown(app, people_list):
    """`shown("?sort=-name")` is that page of it."""

    def read(address=""):
        with app.test_request_context(f"/people{address}"):
            page = lists.read(people_list)
            page.urls = (page.back_url, page.next_url, page.sort_url("name"))
            return page

    return read


@pytest.fixture
def people():
    return [
        accounts.user(Role.RM, name=f"Name {n:02}", email=f"{chr(97 + n)}@bank.example") for n in range(12)
    ]


@pytest.fixture
def hr(browser):
    return browser(accounts.user(Role.HR))


def names(page):
    return [user.name for user in page.rows]


def query(url):
    return "?" + url.partition("?")[2]


def test_pages_follow_each_other_there_and_back(shown, people):
    one = shown()
    assert names(one) == [f"Name {n:02}" for n in range(5)]
    assert (one.first, one.last, one.total, one.urls[0]) == (1, 5, 12, None)
    two = shown(query(one.urls[1]))
    assert names(two) == [f"Name {n:02}" for n in range(5, 10)]
    three = shown(query(two.urls[1]))
    assert names(three) == ["Name 10", "Name 11"]
    assert (three.first, three.last, three.urls[1]) == (11, 12, None)
    again = shown(query(three.urls[0]))
    assert names(again) == names(two)
    start = shown(query(again.urls[0]))
    assert names(start) == names(one)
    assert start.urls[0] is None


def test_the_other_direction(shown, people):
    one = shown("?sort=-name")
    assert names(one)[0] == "Name 11"
    assert (one.sorted("name"), one.sorted("id")) == ("descending", None)
    assert names(shown(query(one.urls[1])))[0] == "Name 06"
    assert "sort=name" in one.urls[2]


def test_every_word_must_be_found_and_signs_are_only_signs(shown, people):
    accounts.user(name="100%_sure")
    assert names(shown("?q=name+07")) == ["Name 07"]
    assert names(shown("?q=%25_")) == ["100%_sure"]
    nobody = shown("?q=nobody")
    assert (nobody.rows, nobody.narrowed, nobody.total) == ([], True, 0)


def test_equal_values_are_not_lost_between_pages(shown):
    for _n in range(11):
        accounts.user(name="Same")
    seen, url = set(), ""
    while url is not None:
        page = shown(query(url) if url else "")
        seen |= {user.id for user in page.rows}
        url = page.urls[1]
    assert len(seen) == 11


def test_nonsense_in_the_address_is_ignored(shown, people):
    address = "?sort=password&after=x&theme=plaid&from=-3&view=y&columns=z"
    page = shown(address)
    assert names(page)[0] == "Name 00"
    assert [column.name for column in page.shown] == ["name", "id"]
    assert shown("?after=999999999").rows


def test_all_rows_in_their_order_chunk_by_chunk(people_list, people, monkeypatch, max_queries):
    monkeypatch.setattr("rmhr.core.lists.selection.CHUNK", 5)
    selection = Selection(people_list, people[0], Chosen(sort="-name"))
    with max_queries(1 + 2 * 3):  # the ids; and of each chunk the people and their roles
        chunks = [[user.name for user in chunk] for chunk in selection.chunks()]
    assert [len(chunk) for chunk in chunks] == [5, 5, 2]
    assert [name for chunk in chunks for name in chunk] == [f"Name {n:02}" for n in reversed(range(12))]
    assert selection.ids(3) == [user.id for user in people[:-4:-1]]


def test_a_list_that_contradicts_itself_does_not_start(people_list):
    with pytest.raises(ValueError, match="two lists"):
        replace(people_list)
    with pytest.raises(ValueError, match="share a name"):
        replace(people_list, name="x.y", columns=(*people_list.columns, people_list.columns[0]))
    with pytest.raises(ValueError, match="nothing to order by"):
        replace(people_list, name="x.z", order="email")


def test_a_column_that_somebody_may_not_see_is_neither_shown_nor_offered(people_list, people):
    secret = Column("secret", "Secret", lambda it: it.session_key, may=lambda viewer: viewer is people[0])
    declared = replace(people_list, name="x.y", columns=(*people_list.columns, secret))
    for viewer, sees in ((people[0], True), (people[1], False)):
        selection = Selection(declared, viewer, Chosen(columns=("name", "secret")))
        assert (secret in selection.columns, secret in selection.shown) == (sees, sees)


# A column is one entry.


def test_a_new_column_is_one_entry_in_one_file(hr, monkeypatch):
    """No template, view, form or export is told of it: page, card, menu, order, workbook and CSV have it."""
    applications.application(motivation="Because B")
    applications.application(motivation="Because A")
    entry = Column(
        "why",
        "Why us",
        lambda it: it.motivation,
        reads=(Application.motivation,),
        sort=APPLICATIONS.key,
        phone=Phone.MORE,
    )
    monkeypatch.setitem(APPLICATIONS.__dict__, "columns", (*APPLICATIONS.columns, entry))

    page = hr.get("/applications/?sort=why").text
    assert page.index('<td class="cell--more">Because B</td>') < page.index("Because A</td>")
    assert '<th scope="col" aria-sort="ascending"><a class="sort"' in page
    assert 'name="column" value="why" id="column-why" checked' in page
    rows = exported(hr, "/applications/export?sort=why", columns="shown")
    assert [row["Why us"] for row in rows] == ["Because B", "Because A"]
    head, cells = workbook(hr, "/applications/export?sort=-why", columns="every")
    assert [row[head.index("Why us")].value for row in cells] == ["Because A", "Because B"]
    assert (
        "Why us" not in hr.get("/applications/?columns=status").text.split("<tbody>")[0].split("<thead>")[1]
    )


# Columns that somebody has chosen.


def heads(page):
    """The words above the columns of a list, without that of the ticks."""
    found = lxml.html.fromstring(page).xpath("//main//thead//th[not(contains(@class, 'tick'))]")
    return [str(each.text_content()).strip() for each in found]


def choose(client, *columns, page="offers.index", **more):
    data = {"page": page, "column": list(columns), "next": "/applications/?sort=name"} | more
    return client.post("/saved-views/columns", data=data)


def test_somebody_chooses_columns_for_good_and_nobody_else_has_them(hr, browser):
    applications.application()
    answer = choose(hr, "applied", "email", "no such column", page="applications.index")

    assert answer.location == "/applications/?sort=name"
    assert heads(hr.get(answer.location).text) == ["Name", "E-mail", "Applied"]
    assert "Next step" in heads(browser(accounts.user(Role.HR)).get("/applications/").text)
    assert len(exported(hr, "/applications/export", columns="shown")[0]) == 3
    assert [view.state for view in db.session.scalars(sa.select(SavedView))] == [{"columns": "email,applied"}]
    assert '<li class="menu__pair">' not in hr.get("/applications/").text, "that is no view"

    choose(hr, "email", page="applications.index", usual="y")
    assert "Next step" in heads(hr.get("/applications/").text)
    assert db.session.scalar(sa.select(SavedView.id)) is None


def test_a_saved_view_has_its_columns_whatever_is_chosen_later(hr):
    applications.application()
    address = "/applications/?sort=name&columns=name,email"
    page = hr.get(address).text
    assert 'name="state-columns" value="name,email"' in page
    answer = hr.post(
        "/saved-views",
        data={
            "page": "applications.index",
            "name": "Addresses",
            "state-sort": "name",
            "state-columns": "name,email",
        },
    )
    choose(hr, "unit", page="applications.index")

    again = hr.get(answer.location).text
    assert heads(again) == ["Name", "E-mail"]
    assert 'aria-current="true">' in again
    assert heads(hr.get("/applications/").text) == ["Name", "Unit"]


def test_what_is_set_stays_when_something_else_is_set(hr):
    applications.application()
    page = hr.get("/applications/?view=screen&columns=name,email&sort=name").text
    filters = page.split('class="filters"')[1].split("</form>")[0]
    for name, value in (("view", "screen"), ("columns", "name,email"), ("sort", "name")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in filters


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("offers.index", 302),
        ("postings.show", 404),
        ("mail.index", 404),
        ("accounts.inbox", 404),
        ("", 404),
    ],
)
def test_columns_are_chosen_of_lists_that_one_may_open(hr, page, status):
    assert choose(hr, "name", page=page).status_code == status


def test_the_way_back_from_choosing_is_a_path_of_ours(hr):
    answer = choose(hr, "name", next="https://elsewhere.example/")
    assert answer.location == "/offers/"


# Files.


def asked(client, url):
    """What the page that asks how to take a list home proposes."""
    (form,) = lxml.html.fromstring(client.get(url).text).xpath("//form[contains(@class, 'export')]")
    return {name: value for name, value in form.fields.items() if name != "csrf_token"}


def test_a_file_is_asked_for_and_only_a_post_makes_it(hr):
    applications.application(ApplicationStatus.SCREENING)
    page = hr.get("/applications/export?view=screen").text

    shown = sum(column.shown for column in APPLICATIONS.columns)
    among = (f"All shown in the list ({shown})", f"Every column ({len(APPLICATIONS.columns)})")
    for words in ("1 application", "To screen", *among):
        assert words in page
    assert 'action="/applications/export?view=screen&amp;sort=-applied"' in page
    assert db.session.scalar(sa.select(ExportChoice.id)) is None
    assert hr.post("/applications/export", data={"kind": "pdf", "columns": "shown"}).status_code == 422
    assert db.session.scalar(sa.select(AuditEntry.id).where(AuditEntry.action == "core.export")) is None


def test_the_history_says_what_was_taken_but_not_whom_one_looked_for(browser):
    person = accounts.user(Role.HR)
    client = browser(person)
    applications.application(applicant=applications.applicant(name="Zoë Ånd"))

    assert len(exported(client, "/applications/export?view=screen&status=received&q=zo%C3%AB")) == 1

    entry = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "core.export")).one()
    assert entry.changes["(about)"][1] == "1 row of “Applications” (To screen; New; searched)"
    page = client.get(f"/people/{person.id}").text
    assert "List exported" in page
    assert "Zo" not in page


def test_csv_opens_in_a_german_excel(browser):
    person = accounts.user(Role.HR, language="de")
    client = browser(person)
    postings.requisition(pay_min=58_000_50, justification="x")
    assert asked(client, "/requisitions/export")["separator"] == "semicolon"
    with client.post(
        "/requisitions/export", data={"kind": "csv", "separator": "semicolon", "columns": "every"}
    ) as answer:
        text = answer.data.decode("utf-8")
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "stellenanforderungen.csv" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert text.startswith("\ufeffGesucht;")
    assert ";58000,5;" in text


def test_how_somebody_takes_lists_home_is_remembered(browser):
    person = accounts.user(Role.HR)
    client = browser(person)
    applications.application()
    assert asked(client, "/offers/export") == {"kind": "xlsx", "separator": "comma", "columns": "shown"}
    exported(client, "/applications/export", separator="tab", columns="every")

    choice = db.session.scalars(sa.select(ExportChoice)).one()
    assert (choice.user_id, choice.kind, choice.separator) == (person.id, FileKind.CSV, Separator.TAB)
    assert asked(client, "/offers/export") == {"kind": "csv", "separator": "tab", "columns": "every"}
    workbook(client, "/applications/export", columns="shown")
    assert db.session.scalars(sa.select(ExportChoice)).one().kind is FileKind.XLSX


def test_a_file_of_everything_costs_a_few_statements_per_chunk_and_is_sent_piece_by_piece(
    hr, max_queries, monkeypatch
):
    monkeypatch.setattr("rmhr.core.lists.selection.CHUNK", 10)
    posting = postings.posting()
    for _n in range(30):
        applications.judged(applications.application(posting=posting))
    form = {"kind": "csv", "separator": "comma", "columns": "every"}

    def taken(view):
        with max_queries(45) as asked, hr.post(f"/applications/export{view}", data=form) as answer:
            assert answer.is_streamed
            assert len(answer.data.splitlines()) == 31
        return len(asked)

    taken("")
    three = taken("")
    monkeypatch.setattr("rmhr.core.lists.selection.CHUNK", 15)
    assert (three - taken("")) <= 4, (
        "one chunk more: the applications, their marks, their criteria, what it comes from"
    )


def test_what_takes_long_keeps_no_writer_waiting(hr, monkeypatch):
    from rmhr.core.db import reading
    from rmhr.web import exports

    applications.application()
    seen = []
    written = exports._written
    monkeypatch.setattr(exports, "_written", lambda *given: (seen.append(reading.get()), written(*given))[1])

    exported(hr, "/applications/export")

    assert seen == [True]
    assert reading.get() is False


def test_a_workbook_ends_where_a_sheet_ends(hr, monkeypatch):
    monkeypatch.setattr("rmhr.web.sheets.ROWS", 3)
    for _n in range(3):
        applications.application()

    answer = hr.post("/applications/export", data={"kind": "xlsx", "separator": "comma", "columns": "shown"})

    assert answer.status_code == 409
    assert "A workbook holds 2 rows." in answer.text
    assert len(exported(hr, "/applications/export")) == 3


def test_views_count_whatever_else_is_chosen(people_list, people):
    views = (View("", "All"), View("one", "One", ("Name 01", "Name 02")))
    declared = replace(people_list, name="x.y", views=views, viewed_by=User.name)
    selection = Selection(declared, people[0], Chosen(view="one", q="07"))
    assert [number for _view, number in selection.counts()] == [12, 2]
    assert selection.page().total == 0

"""Days that people enter: every field of every form has its bounds, and says a day on which nobody works."""

from __future__ import annotations

import ast
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

import rmhr
from rmhr.core import clock
from rmhr.core.due import calendar
from rmhr.core.due.bounds import AHEAD, LIFETIME, PLANNED, Bounds, day_of
from rmhr.core.i18n import LANGUAGES
from rmhr.law import deadlines, retention
from rmhr.law.rules import LegalRule, Unit
from rmhr.models.accounts import Role
from rmhr.models.criteria import Question, QuestionKind
from rmhr.web.days import DayField
from rmhr.web.forms import Form
from tests.factories import accounts, shadowing
from tests.support.html import Html
from tests.test_pages import BY_EXAMPLE, address, enter  # noqa: F401 - fixtures

NO_DAYS = ("0026-01-01", "9999-12-31", "31.02.", "2027-02-31", "soon", "2027-13-01", "-1", "0000-00-00")


def _forms(above: type[Form] = Form) -> Iterator[type[Form]]:
    for form in above.__subclasses__():
        yield form
        yield from _forms(form)


def _declared() -> dict[str, Any]:
    """Every field of a day that a form declares, and the one that asks an applicant, by its name."""
    from rmhr.applications.forms.questions import field_for

    found = {
        f"{form.__module__}.{form.__qualname__}.{name}": field
        for form in _forms()
        for name in dir(form)
        if getattr(field := getattr(form, name), "field_class", None) is DayField
        and form.__module__.startswith("rmhr.")
    }
    asked = Question(kind=QuestionKind.DATE, required=True)
    return {**found, "the question of a posting": field_for(asked)}


@pytest.fixture
def fields(app: Flask) -> dict[str, Any]:
    with app.test_request_context():
        return _declared()


def _sent(field: Any, day: str, **more: str) -> Any:
    """The field after that day was sent, with whatever belongs to it alone."""
    form = type("Alone", (Form,), {"day": field})(MultiDict({"day": day, **more}))
    form.validate()
    return form["day"]


@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_refuses_what_is_no_day_or_out_of_bounds_in_words(app, fields, language):
    assert len(fields) > 20
    for name, field in fields.items():
        with app.test_request_context(method="POST"), force_locale(language):
            bounds = field.kwargs["bounds"]
            beyond = [bounds.first - timedelta(days=1), bounds.last + timedelta(days=1)]
            years = ["1999-05-03"] if date(1999, 5, 3) not in bounds else []
            for day in (*NO_DAYS, *years, *map(date.isoformat, beyond)):
                sent = _sent(field, day)
                assert len(sent.errors) == 1, f"{name} took {day}"
                assert sent.data is None, f"{name} reckons with {day}"
                assert sent._value() == day, f"{name} forgot {day}"
            for day in (bounds.first, bounds.last):
                assert _sent(field, day.isoformat()).data == day, name


@pytest.mark.once
def test_every_field_where_people_work_says_a_weekend_and_keeps_it_where_it_is_meant(app, fields):
    saturday = clock.today() + timedelta(days=(5 - clock.today().weekday()) % 7 or 7)
    working = {name: field for name, field in fields.items() if field.kwargs.get("working")}
    assert len(working) >= 8
    with app.test_request_context(method="POST"):
        for name, field in working.items():
            sent = _sent(field, saturday.isoformat())
            assert "That is a Saturday." in str(sent.errors), name
            drawn = Html(f"<form>{sent()}</form>")
            again = drawn.one('input[type="hidden"]')
            assert again.get("value") == saturday.isoformat()
            assert not _sent(field, saturday.isoformat(), **{again.get("name"): again.get("value")}).errors
            other = (saturday + timedelta(days=1)).isoformat()
            assert _sent(field, other, **{again.get("name"): again.get("value")}).errors, (
                "another day is meant"
            )


@pytest.mark.once
def test_the_region_says_what_is_a_holiday_and_a_working_day_is_proposed(app):
    epiphany = date(2027, 1, 6)
    with clock.at(clock.moment(date(2026, 11, 30), 9)), app.test_request_context(method="POST"):
        form = type("Alone", (Form,), {"day": DayField(bounds=PLANNED, working=True)})
        there, here = (form(MultiDict({"day": epiphany.isoformat()})) for _n in range(2))
        there["day"].region = "DE-BW"
        assert not there.validate()
        assert here.validate()
        assert "public holiday" in there["day"].errors[0]
        assert "Thu 7 Jan" in there["day"].errors[0]


@pytest.mark.once
def test_a_day_that_is_stored_already_may_stay(app):
    old = date(1999, 1, 1)
    with app.test_request_context(method="POST"):
        form = type("Alone", (Form,), {"day": DayField(bounds=AHEAD)})
        assert form(MultiDict({"day": old.isoformat()}), data={"day": old}).validate()
        assert not form(MultiDict({"day": "1999-01-02"}), data={"day": old}).validate()


@pytest.mark.once
def test_an_address_names_a_day_within_bounds_or_none():
    assert day_of(clock.today().isoformat(), AHEAD) == clock.today()
    for text in (None, "", "9999-12-31", "0026-01-01", "31.02.", "2026-02-31", "x" * 9000):
        assert day_of(text, LIFETIME) is None


@pytest.mark.once
@pytest.mark.parametrize("day", [date.min, date(26, 1, 1), date(9999, 1, 1), date.max])
def test_a_far_day_never_stops_the_reckoning(day):
    began = time.monotonic()
    for n in (-(10**6), -400, -1, 0, 1, 400, 5000):
        assert isinstance(calendar.add_days(day, n), date)
        assert isinstance(calendar.add_months(day, n), date)
    for n in (-40, -1, 0, 1, 40):
        assert isinstance(calendar.add_working_days(day, n, "DE"), date)
    calendar.next_working_day(day, "DE")
    calendar.working_days_between(day, day, "DE")
    rules = [each for module in (deadlines, retention) for each in vars(module).values()]
    for rule in rules:
        if isinstance(rule, LegalRule) and rule.unit is not Unit.HOURS:
            assert isinstance(rule.after(day, "DE"), date)
    assert time.monotonic() - began < 5


@pytest.mark.once
def test_the_bounds_are_whole_months():
    with clock.at(clock.moment(date(2028, 2, 29), 9)):
        assert (Bounds(12, 12).first, Bounds(12, 12).last) == (date(2027, 2, 28), date(2029, 2, 28))


@pytest.mark.once
@BY_EXAMPLE
def test_every_page_with_a_day_refuses_a_far_one_in_words(make, pages, address, enter, session):  # noqa: F811
    example = make()
    client = enter(example.viewer)
    for page in pages:
        where = address(page, example)
        with client.get(where) as answer:
            if not answer.mimetype.startswith("text/html") or not answer.get_data():
                continue
            html = Html(answer)
        for form in html.all('main form[method="post"]'):
            days = [each.name for each in form.cssselect('input[type="date"]')]
            given = dict(html._sent(form.iter("input", "select", "textarea")))
            for name in days:
                for day in ("9999-12-31", "0026-01-01", "31.02."):
                    sent = client.post(form.get("action") or where, data={**given, name: day})
                    assert sent.status_code in (422, 409), f"{page.endpoint} took {day} for {name}"


# What a form suggests is a day on which people work.

#: What makes a working day of any day; `usual_expiry` and `_working` end with one.
MAKE_WORKING = {
    "next_working_day",
    "last_working_day",
    "add_working_days",
    "_next_day",
    "usual_expiry",
    "_working",
}
#: What fills a form before somebody has typed anything.
FILL = {"from_request", "editing"}


def _named(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _counts_from_today(value: ast.AST) -> bool:
    """Whether a value is reckoned from today without ending on a working day."""
    if isinstance(value, ast.Call):
        if _named(value) in MAKE_WORKING:
            return False
        if _named(value) in ("today", "now"):
            return True
    return any(_counts_from_today(part) for part in ast.iter_child_nodes(value))


def _suggestions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _named(node) in FILL:
            yield from (keyword.value for keyword in node.keywords)
        if isinstance(node, ast.Assign):
            targets = [each for target in node.targets for each in ast.walk(target)]
            if any(isinstance(each, ast.Attribute) and each.attr == "data" for each in targets):
                yield node.value


@pytest.mark.once
def test_every_day_that_a_form_suggests_is_a_working_day():
    found, offenders = 0, []
    for path in sorted(Path(rmhr.__file__).parent.rglob("*.py")):
        if "views" not in path.parts and path.name != "views.py":
            continue
        for value in _suggestions(ast.parse(path.read_text())):
            said = ast.unparse(value)
            found += "today" in said or "_next_day" in said
            if _counts_from_today(value):
                offenders.append(f"{path.name}:{value.lineno}: {said}")
    assert not offenders, "\n".join(offenders)
    assert found >= 5, "the suggestions are not where they were looked for"


@pytest.mark.once
def test_a_suggestion_that_is_none_is_found():
    wrong = ast.parse("form = LeaveForm.from_request(on=clock.today() + timedelta(days=1))")
    right = ast.parse("form.on.data = next_working_day(clock.today(), NATIONWIDE)")
    assert [_counts_from_today(each) for each in _suggestions(wrong)] == [True]
    assert [_counts_from_today(each) for each in _suggestions(right)] == [False]


def test_on_a_sunday_nobody_is_offered_a_sunday(browser, monkeypatch):
    sunday = date(2026, 11, 29)
    with clock.at(clock.moment(sunday, 9)):
        hr = browser(accounts.user(Role.HR))
        person = accounts.employee(started_on=sunday - timedelta(days=90)).user
        programme = shadowing.programme()
        offered = [
            (hr, "/people/new", "started_on", sunday + timedelta(days=1)),
            (hr, f"/people/{person.id}/edit", "valid_from", sunday + timedelta(days=1)),
            (hr, f"/people/{person.id}/leave", "on", sunday + timedelta(days=1)),
            (browser(person), "/reminders/absence", "starts_on", sunday + timedelta(days=1)),
            (
                browser(programme.user),
                f"/shadowing/{programme.id}/log",
                "held_on",
                sunday - timedelta(days=2),
            ),
        ]
        for client, address, field, day in offered:
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert Html(answer).value(field) == day.isoformat(), address

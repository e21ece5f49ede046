"""A CV is read once, in the child; pages show what was kept, and open fast whatever is in it."""

from __future__ import annotations

import time
from typing import Any

import pytest
from sqlalchemy import event

from rmhr.applications import jobs, operations, readings
from rmhr.core.db import db
from rmhr.core.files import extraction, reading, store
from rmhr.core.files.extraction import ExtractionBroken
from rmhr.core.files.store import Upload
from rmhr.models.accounts import Role
from rmhr.models.applications import Applicant, CvReading
from rmhr.models.documents import TextState
from rmhr.models.postings import Posting
from tests.factories import accounts, applications, interviews
from tests.factories.duties import notice
from tests.factories.postings import posting
from tests.support.html import Html
from tools.attack import cv

pytestmark = pytest.mark.both


@pytest.fixture
def hr(browser):
    return browser(accounts.user(Role.HR))


@pytest.fixture
def child(monkeypatch):
    """The texts that were read since, and the answer that is given instead of the child's, where there is one."""
    seen: list[str] = []
    instead: list[Any] = []
    real = reading.read

    def read(text: str, criteria: Any) -> Any:
        seen.append(text)
        if instead and isinstance(instead[-1], Exception):
            raise instead[-1]
        return instead[-1] if instead else real(text, criteria)

    monkeypatch.setattr(reading, "read", read)
    return seen, instead


@pytest.fixture
def statements_written(app):
    """Each statement that has written something."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.split(maxsplit=1)[0] in ("INSERT", "UPDATE", "DELETE"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def _send(text: str = applications.CV_TEXT, where: Posting | None = None) -> Any:
    where = where or posting()
    upload = Upload(
        "cv.txt", store.TXT, text.encode() or b"-", text, TextState.FOUND if text else TextState.NONE
    )
    it = operations.send(
        Applicant(email="lena@example.org"),
        where,
        name="Lena",
        phone="",
        language="en",
        motivation="",
        answers={},
        cv=upload,
        privacy_text=notice(),
    )
    db.session.commit()
    return it


def test_a_cv_is_read_when_it_comes_in_and_never_by_a_page(hr, child):
    seen, _instead = child
    it = _send()
    assert len(seen) == 1

    bench = Html(hr.get(f"/applications/{it.id}/screening"))
    record = Html(hr.get(f"/applications/{it.id}"))
    meeting = interviews.interview(application=it)
    asked = Html(hr.get(f"/interviews/{meeting.id}"))

    assert bench.words("#passage-1") == "Banking training (IHK), 2015 to 2018."
    assert [page.texts(".document h3") for page in (bench, record, asked)] == [["Work", "Education"]] * 3
    assert len(seen) == 1


def test_what_is_kept_are_places_and_no_words(child):
    it = _send()

    kept = f"{it.reading.outline} {it.reading.passages}"
    assert "Banking" not in kept
    assert it.reading.passages[0].keys() == {"criterion", "start", "end"}


def test_what_was_not_read_stands_as_it_is_until_the_job_has_read_it(hr, child):
    seen, instead = child
    instead.append(None)
    it = _send()
    page = Html(hr.get(f"/applications/{it.id}/screening"))
    assert page.texts(".document h3") == []
    assert "Banking training" in page.words(".document")

    instead.clear()
    assert jobs.read() == 1
    db.session.commit()

    assert Html(hr.get(f"/applications/{it.id}/screening")).texts(".document h3") == ["Work", "Education"]
    assert (jobs.read(), len(seen)) == (0, 2)


def test_a_text_that_takes_too_long_is_tried_by_the_job_once(child):
    seen, instead = child
    instead.append(None)
    _send()

    assert [jobs.read(), jobs.read()] == [1, 0]
    assert len(seen) == 2


def test_an_application_comes_in_although_nothing_can_be_read(child):
    _seen, instead = child
    instead.append(ExtractionBroken("no child"))
    it = _send()

    assert it.reading is None
    with pytest.raises(ExtractionBroken):
        jobs.read()
    assert db.session.query(CvReading).count() == 0


def test_one_run_of_the_job_reads_so_many(child, monkeypatch):
    for _number in range(3):
        applications.application()
    monkeypatch.setattr(readings, "MOST", 2)

    assert [jobs.read(), jobs.read(), jobs.read()] == [2, 1, 0]


def test_nothing_is_written_while_the_child_is_at_work(monkeypatch, statements_written):
    real = reading.read

    def read(*given: Any) -> Any:
        assert statements_written == []
        return real(*given)

    monkeypatch.setattr(reading, "read", read)
    for _number in range(2):
        applications.application()
    where = posting()
    statements_written.clear()

    _send(where=where)
    statements_written.clear()
    assert jobs.read() == 2
    db.session.commit()
    assert any("cv_reading" in each for each in statements_written)


def test_a_scan_is_not_read_for_passages(child):
    seen, _instead = child
    it = _send("")

    assert (seen, it.reading, jobs.read()) == ([], None, 0)


@pytest.mark.parametrize(
    "answer",
    [
        {"outline": [["text", [[0, 99]]]], "passages": []},
        {"outline": [["text", [[3, 2]]]], "passages": []},
        {"outline": [["text", [[0, 5]]]], "passages": [[2, 0, 5]]},
        {"outline": [["text", [["a", 5]]]], "passages": []},
        {"outline": "text", "passages": []},
        {},
    ],
)
def test_a_child_that_lies_about_places_is_not_believed(monkeypatch, answer):
    monkeypatch.setattr(extraction, "ask", lambda *_given: answer)

    assert reading.read("Hello", [["a"]]) is None


@pytest.mark.parametrize("name", cv.TEXTS)
def test_the_longest_cv_is_read_and_opened_in_time_whatever_is_in_it(hr, name):
    text = extraction.tidy(cv.TEXTS[name](extraction.MOST_TEXT))
    it = applications.application(cv=applications.document(text))
    assert reading.read(text, [list(each.text.values()) for each in it.posting_version.criteria])
    applications.read(it)

    began = time.process_time()
    answer = hr.get(f"/applications/{it.id}/screening")

    assert answer.status_code == 200
    assert time.process_time() - began < cv.PAGE

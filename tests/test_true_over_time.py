"""Nobody's record changes behind them, nothing confirmed gets lost, nothing is owed by nobody: each kind is walked."""

from __future__ import annotations

import io
import re
from typing import Any

import lxml.html
import pypdf
import pytest
from flask import Flask

from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.due import sources
from rmhr.core.flow.next_steps import Owed, Rests, Waits
from rmhr.core.policy import SYSTEM
from rmhr.core.registry import FLOWS, SOURCES
from rmhr.models.applications import Applicant
from tests.factories import applications
from tests.factories.accounts import signed_in
from tests.kinds import everything
from tests.support.elsewhere import at_once, elsewhere
from tests.support.exports import exported

ALL = everything()


@pytest.fixture
def enter(app: Flask) -> Any:
    """`enter(somebody)` is a client of a colleague, of an applicant with their private link, or of a stranger."""
    return lambda who: client_of(app, who)


# 1. A record says what was true when it was made.


def seen_at(client: Any, address: str) -> list[str]:
    """What a page, a document or an export tells of a record."""
    if address.endswith("export"):
        return [" | ".join(row.values()) for row in exported(client, address)]
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status}"
    if answer.mimetype == "application/pdf":
        return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages]
    page = lxml.html.fromstring(answer.text)
    parts = page.cssselect("[data-record]")
    assert parts, f"{address} shows no record"
    return [re.sub(r"\s+", " ", part.text_content()).strip() for part in parts]


@pytest.mark.once
def test_every_kind_of_record_is_tried():
    assert {case.kind for case in ALL.records} == set(registry.RECORDS)


@pytest.mark.parametrize("case", ALL.records, ids=lambda case: case.kind)
def test_what_was_concluded_stays_whatever_it_was_made_of_changes(case, enter):
    concluded = case.conclude()
    db.session.commit()
    kind = registry.RECORDS[case.kind]
    before = {at: seen_at(enter(who), at) for who, at in concluded.shown}
    assert kind.read(concluded.thing).concluded

    concluded.change()
    db.session.commit()
    db.session.expire_all()

    assert kind.now(concluded.thing) != kind.read(concluded.thing).says, "nothing of it was changed: no test"
    assert {at: seen_at(enter(who), at) for who, at in concluded.shown} == before


# 2. What was confirmed is kept.


@pytest.mark.once
def test_every_route_that_changes_a_stored_thing_is_tried(app: Flask):
    """A route with an id of a thing that takes a POST changes a stored thing, unless its reason says otherwise."""
    changing = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.arguments and not rule.endpoint.startswith("styleguide")
    }
    # There is one career site and one bank: their pages have no id in the address.
    tried = {edit.endpoint for edit in ALL.edits} - {"site.settings", "site.draw_as_before", "duties.edit"}
    assert tried <= changing
    assert changing - tried - ALL.no_edit.keys() == set()
    assert ALL.no_edit.keys() <= changing - tried


@pytest.mark.parametrize("edit", ALL.edits, ids=lambda edit: f"{edit.endpoint} {edit.name}".strip())
def test_who_comes_second_overwrites_nothing_and_loses_nothing(edit, enter):
    opened = edit.open()
    db.session.commit()
    seen = opened.seen
    opened.meanwhile()
    db.session.commit()
    theirs = opened.stored()
    client = enter(opened.who)

    answer = client.post(opened.address, data={**opened.sent, "seen": seen})

    assert answer.status_code == 409, f"{edit.endpoint}: {answer.status}"
    db.session.expire_all()
    assert opened.stored() == theirs, "overwritten silently"
    if edit.autosave:
        assert answer.is_json
        return
    for text in opened.sent.values():
        if isinstance(text, str) and " " in text:
            assert text in answer.text, "what was typed is lost"
    assert opened.theirs in answer.text
    fields = lxml.html.fromstring(answer.text).xpath("//input[@name='seen']/@value")
    assert opened.seen in fields, "it cannot be sent again"


@pytest.mark.parametrize("edit", ALL.edits, ids=lambda edit: f"{edit.endpoint} {edit.name}".strip())
def test_who_is_alone_saves(edit, enter):
    opened = edit.open()
    db.session.commit()
    before = opened.stored()
    answer = enter(opened.who).post(opened.address, data={**opened.sent, "seen": opened.seen})
    assert answer.status_code < 400, f"{edit.endpoint}: {answer.status}"
    db.session.expire_all()
    assert opened.stored() != before


# 3. Nothing is owed by nobody.


@pytest.mark.once
def test_every_status_that_is_not_final_says_what_follows():
    missing = [
        f"{flow.name}: {status.value}"
        for flow in FLOWS.values()
        for status in type(flow.initial)
        if status not in flow.final and status not in flow.next_steps
    ]
    assert missing == []


@pytest.mark.once
def test_what_follows_exists():
    for flow in FLOWS.values():
        for status, step in flow.next_steps.items():
            where = f"{flow.name}: {status.value}"
            if isinstance(step, Owed):
                assert set(step.sources) <= set(SOURCES), where
            elif isinstance(step, Waits):
                assert status in flow[step.move].sources, where
            else:
                assert isinstance(step, Rests), where
                assert step.because, where


@pytest.mark.once
def test_every_status_in_which_somebody_owes_is_tried():
    owed = {
        (flow.name, status.value)
        for flow in FLOWS.values()
        for status, step in flow.next_steps.items()
        if not isinstance(step, Rests)
    }
    assert owed == {(each.flow, each.status) for each in ALL.next_steps}


@pytest.mark.parametrize("row", ALL.next_steps, ids=lambda row: f"{row.flow} {row.status}")
def test_somebody_owes_the_next_step_or_a_day_is_waited_for(row, app):
    thing = row.make()
    db.session.commit()
    flow = FLOWS[row.flow]
    assert thing.status.value == row.status
    step = flow.next_steps[thing.status]
    if isinstance(step, Waits):
        assert getattr(thing, step.until) is not None
        flow[step.move].allow.require(SYSTEM, thing)
        return
    query = sources.everything(names=step.sources)
    assert query is not None
    found = db.session.execute(query).all()
    assert found, f"nobody owes anything of {row.flow} in {row.status}"


@pytest.mark.once
def test_whatever_happens_otherwise_is_an_action_that_exists():
    for each in SOURCES.values():
        assert bool(each.otherwise) == bool(each.otherwise_by), each.name
        assert not each.otherwise_by or each.otherwise_by in registry.SENTENCES, each.name


# Two at once.


@pytest.mark.both
@pytest.mark.parametrize("pair", ALL.pairs, ids=lambda pair: pair.endpoint)
def test_two_at_the_same_moment_end_in_words(pair, upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            twice = pair.make()
            db.session.commit()
            sent = [
                (client_of(app, who), address, fields) for who, address, fields in (twice.first, twice.second)
            ]
        answers = at_once(
            app,
            *(
                lambda client=client, address=address, fields=fields: (
                    client.post(address, data=fields).status_code
                )
                for client, address, fields in sent
            ),
        )
        assert all(isinstance(status, int) and status < 500 for status in answers), answers
        with app.app_context():
            assert twice.count() <= twice.most


def client_of(app: Flask, who: Any) -> Any:
    """A client of a colleague, of an applicant with their private link, or of a stranger."""
    client = app.test_client()
    if isinstance(who, Applicant):
        return applications.holder(client, who)
    if who is not None:
        with client.session_transaction() as cookie:
            cookie.update(signed_in(who))
    return client

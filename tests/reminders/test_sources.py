"""The sources of every stage keep what they promise: they run, and what they name is there."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.sql import visitors

from rmhr.core import clock, registry
from rmhr.core.db import db
from rmhr.core.due import lists, sources
from rmhr.core.registry import FLOWS
from rmhr.today.queries import awaited
from tests.factories.accounts import user


def test_every_source_gives_what_every_list_asks_for():
    assert len(registry.SOURCES) > 20
    for source in registry.SOURCES.values():
        mine = sources.part(source, sources.owed_by(1, clock.today()), awake=True)

        assert db.session.execute(mine).all() == [], source.name
        assert {*sources.OWN} <= source.kinds.keys(), source.name


def test_all_sources_together_are_one_statement_that_the_database_takes():
    person = user()

    assert lists.page(person.id).things == lists.put_off(person.id) == []
    assert awaited.awaited_by(person) == []
    assert lists.late_of([person.id]) == []


def test_where_somebody_waits_it_is_said_for_what():
    for source in registry.SOURCES.values():
        assert bool(source.awaited) == ("waits_id" in source.kinds), source.name


def test_one_click_is_a_transition_that_asks_nothing_and_can_be_taken_back(app: Flask):
    clicked = [source for source in registry.SOURCES.values() if source.click]
    assert clicked
    for source in clicked:
        assert source.click_params["name"] in source.kinds, source.name
        flow = FLOWS[source.click.split(".")[0]]
        said = {
            str(part.value) for part in visitors.iterate(source.find()) if isinstance(part, sa.BindParameter)
        }
        [name] = said & flow.transitions.keys()
        done, back = flow[name], flow[source.undo]

        assert source.click in app.view_functions, source.name
        assert source.click_verb, source.name
        assert not done.asks, source.name
        assert not back.asks, source.name
        assert done.target in back.sources, source.name


def test_a_meeting_says_from_when_until_when():
    timed = [source.name for source in registry.SOURCES.values() if "starts_at" in source.kinds]

    assert timed == ["interviews.coming"]
    assert "ends_at" in registry.SOURCES[timed[0]].kinds


def test_no_source_keeps_the_day_on_which_it_was_made():
    """Its SELECT is made once: of the clock it asks when it runs."""
    for source in registry.SOURCES.values():
        for part in visitors.iterate(source.find()):
            if isinstance(part, sa.BindParameter) and isinstance(part.value, date):
                raise AssertionError(f"{source.name} keeps {part.value}: use core.db.this_day or this_moment")

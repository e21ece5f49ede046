"""The banks that are measured: at a tiny size everything is there that the pages of the bench show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from config import Testing
from rmhr import create_app
from rmhr.core import registry
from rmhr.core.db import db
from rmhr.core.history import seal
from rmhr.council import queries as council
from rmhr.models.accounts import User
from rmhr.models.applications import Application, ApplicationStatus
from rmhr.models.council import CouncilRequest
from rmhr.models.documents import Document
from rmhr.models.offers import Offer
from rmhr.models.rulebook import RuleCheck
from rmhr.models.system import AuditEntry
from rmhr.models.training import Assignment
from tools.bench import pages, seeds
from tools.bench.seeds.rows import FIRST
from tools.bench.sizes import Size

pytestmark = [pytest.mark.once, pytest.mark.sqlite, pytest.mark.timeout(900)]

TINY = Size("tiny", people=60, applications=120, duties=900, history=60, postings=30)
#: Areas of the bar and lists that are no page of the bench, and why.
LEFT_OUT = {
    "onboarding.mine": "leads to the plan, which is measured",
    "site.settings": "set up once",
    "webhooks.show": "a log of one webhook",
    "scheduler.show": "a log of one job",
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A tiny bank: built once, the demo bank in it takes its time."""
    folder = tmp_path_factory.mktemp("bench")
    app = create_app(Testing(f"sqlite:///{folder / 'bench.db'}", Path(folder)))
    assert {step.name for step in seeds.build(app, TINY)} > {"history", "people", "training"}
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_every_page_opens(filled: Flask) -> None:
    found = list(pages.opened(filled, list(pages.PAGES)))
    assert {each.name: each.status for each in found if each.status != 200} == {}
    assert all(each.statements for each in found)


def test_there_is_as_much_as_the_size_says(filled: Flask) -> None:
    with filled.app_context():

        def count(table: type) -> int:
            id = table.id  # type: ignore[attr-defined]
            return db.session.scalar(sa.select(sa.func.count()).where(id >= FIRST)) or 0

        assert (count(User), count(Application), count(Assignment)) == (60, 120, 900)
        unsigned = sa.select(sa.func.count()).where(AuditEntry.signature == "")
        assert db.session.scalar(unsigned) == 60
        statuses = set(db.session.scalars(sa.select(Application.status).where(Application.id >= FIRST)))
        assert len(statuses) >= 6
        assert ApplicationStatus.RECEIVED in statuses
        texts = db.session.scalars(sa.select(Document.text).where(Document.id >= FIRST)).all()
        assert len(set(texts)) == len(texts) == 120
        db.session.remove()


def test_the_works_council_was_asked_about_each_offer(filled: Flask) -> None:
    with filled.app_context():
        assert council.without_request() == []
        requests = sa.select(CouncilRequest).where(CouncilRequest.id >= FIRST)
        statuses = {each.status for each in db.session.scalars(requests)}
        assert statuses & set(council.GIVEN)
        offers = sa.select(sa.func.count()).select_from(Offer).where(Offer.id >= FIRST)
        assert db.session.scalar(offers) == len(db.session.scalars(requests).all())
        assert council.over() == []
        checks = sa.select(sa.func.count()).select_from(RuleCheck).where(RuleCheck.id >= FIRST)
        assert db.session.scalar(checks)
        db.session.remove()


def test_the_history_of_before_is_sealed_as_it_was_then(filled: Flask) -> None:
    with filled.app_context():
        verdict = seal.verify()
        db.session.remove()
    assert verdict.holds
    assert verdict.sealed > 60


def test_no_page_is_measured_twice_and_each_has_an_address(app: Flask) -> None:
    names = [page.name for page in pages.PAGES]
    assert len(names) == len(set(names))
    assert {page.endpoint for page in pages.PAGES} <= set(app.view_functions)
    assert {page.role for page in pages.PAGES} == {*pages.VIEWERS, pages.VISITOR, pages.APPLICANT}


def test_every_area_of_the_bar_and_every_list_is_measured(app: Flask) -> None:
    shown = {area.endpoint for area in registry.AREAS.values()} | set(registry.LISTS)
    measured = {page.endpoint for page in pages.PAGES}
    assert shown - measured == set(LEFT_OUT)

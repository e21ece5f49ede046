"""Several people at the same moment: one answer counts, and one hire comes of it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from rmhr.core import clock
from rmhr.core.db import db
from rmhr.models.accounts import Employee
from rmhr.models.council import CouncilRequest
from rmhr.models.offers import OfferStatus
from tests.factories import council as make
from tests.support.elsewhere import at_once, elsewhere
from tests.test_true_over_time import client_of

pytestmark = pytest.mark.both


def test_a_consent_and_a_refusal_at_once_are_one_answer(upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            request = make.asked(OfferStatus.CONDITIONAL)
            id, day = request.id, clock.today().isoformat()
            clients = [client_of(app, make.hr()) for _ in range(2)]
            db.session.commit()
        sent = [
            (clients[0], f"/council/{id}/consent", {"answered_on": day}),
            (clients[1], f"/council/{id}/refuse", {"answered_on": day, "ground": "no_1", "answer": "No."}),
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
        assert all(status < 500 for status in answers), answers
        assert answers.count(302) == 1
        with app.app_context():
            found = db.session.get_one(CouncilRequest, id)
            hired = db.session.scalar(
                sa.select(sa.func.count(Employee.id)).where(
                    Employee.application_id == found.offer.application_id
                )
            )
            assert hired == (1 if found.status.value == "consented" else 0)


def test_an_acceptance_and_a_consent_at_once_hire(upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            request = make.asked()
            id, offer, day = request.id, request.offer_id, clock.today().isoformat()
            candidate = client_of(app, request.offer.application.applicant)
            hr = client_of(app, make.hr())
            db.session.commit()
        answers = at_once(
            app,
            lambda: candidate.post(f"/careers/my-application/offer/{offer}/accept").status_code,
            lambda: hr.post(f"/council/{id}/consent", data={"answered_on": day}).status_code,
        )
        assert all(status < 500 for status in answers), answers
        with app.app_context():
            from rmhr.core.registry import JOBS

            JOBS["offers.take_effect"].run()
            found = db.session.get_one(CouncilRequest, id)
            statuses = (found.status.value, found.offer.status.value)
            assert statuses in {
                ("consented", "accepted"),
                ("asked", "conditional"),
                ("consented", "sent"),
            }

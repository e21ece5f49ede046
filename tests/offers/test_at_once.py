"""Several people at the same moment: one offer, in words for the others."""

from __future__ import annotations

import pytest

from rmhr.core.db import db
from tests.kinds.offers import _identical
from tests.support.elsewhere import at_once, elsewhere
from tests.test_true_over_time import client_of

pytestmark = pytest.mark.both


def test_three_identical_offers_at_once_are_one(upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            twice = _identical()
            db.session.commit()
            who, address, sent = twice.first
            clients = [client_of(app, who) for _ in range(3)]
        answers = at_once(
            app, *(lambda client=client: client.post(address, data=sent).status_code for client in clients)
        )
        assert answers == [302, 302, 302]  # whoever was not first is led to the offer that there is
        with app.app_context():
            assert twice.count() == 1

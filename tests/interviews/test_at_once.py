"""Several people at the same moment: nobody sits in two interviews."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from rmhr.core.db import db
from rmhr.interviews import queries
from rmhr.models.accounts import Role
from rmhr.models.applications import ApplicationStatus
from rmhr.models.interviews import Interview
from tests.factories import accounts, applications
from tests.factories import interviews as make
from tests.factories.postings import posting
from tests.support.days import working_day
from tests.support.elsewhere import at_once, elsewhere, meet_before
from tests.test_true_over_time import client_of

pytestmark = pytest.mark.both


def test_three_interviews_of_one_panel_at_the_same_time_are_one(upgraded_database, tmp_path):
    with elsewhere(upgraded_database, tmp_path) as app:
        with app.app_context():
            round_, job = make.round_(), posting()
            people = [make.interviewer(), make.interviewer()]
            day = working_day(5)
            sent = {
                "kind": "video",
                "day": day.isoformat(),
                "time": "10:00",
                "minutes": "60",
                "place": "https://video.bank.example/1",
                "message": "",
                "questions": [found[0].id for found in queries.planning.bank(round_).values()],
            }
            asked = []
            for turn in range(3):
                it = applications.application(ApplicationStatus.SHORTLISTED, posting=job)
                # In another order each time: who locks in the order in which they came would wait for each other.
                panel = [person.id for person in (people if turn % 2 else people[::-1])]
                client = client_of(app, accounts.user(Role.HR))
                asked.append((client, f"/applications/{it.id}/interview", sent | {"panel": panel}))
            if db.engine.dialect.name == "postgresql":
                meet_before(db.engine, "FOR UPDATE", 3)
        answers = at_once(
            app,
            *(
                lambda client=client, url=url, data=data: client.post(url, data=data).status_code
                for client, url, data in asked
            ),
        )
        assert sorted(answers) == [302, 422, 422]  # what was typed is shown again, with who is busy
        with app.app_context():
            assert db.session.scalar(sa.select(sa.func.count(Interview.id))) == 1

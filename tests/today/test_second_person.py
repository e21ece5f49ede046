"""Whoever is asked to approve something has days for it: nothing is late on the day after it was submitted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rmhr.accounts import operations as accounts
from rmhr.core import clock
from rmhr.core.due import sources
from rmhr.duties.workflow import TEXTS
from rmhr.models.accounts import Role
from rmhr.models.duties import TextKind, TextStatus
from tests.factories import courses, duties
from tests.factories.accounts import user

pytestmark = pytest.mark.both

#: The Thursday before Easter: Friday and Monday are holidays in the whole country.
MAUNDY_THURSDAY = date(2027, 3, 25)
#: The 2nd, 3rd and 5th working day after it.
SECOND, THIRD, FIFTH = date(2027, 3, 31), date(2027, 4, 1), date(2027, 4, 5)


def text(author, other, valid_from):
    duties.bank()
    draft = duties.text(TextKind.CONFIRMATION, status=TextStatus.DRAFT)
    TEXTS.perform(author, draft, "submit", valid_from=valid_from)


def a_text(author, other):
    text(author, other, clock.today())


def a_text_for_a_day(author, other):
    text(author, other, clock.today() + timedelta(days=20))


def a_course(author, other):
    courses.submitted(author, courses.draft(author), other)


def a_role(author, other):
    accounts.people.grant(author, user(Role.INTERVIEWER), role=Role.COMPLIANCE)


@pytest.mark.parametrize(
    ("submit", "kind", "on"),
    [
        (a_text, "duties.text", THIRD),
        (a_text_for_a_day, "duties.text", MAUNDY_THURSDAY + timedelta(days=20)),
        (a_course, "training.review", FIFTH),
        (a_role, "accounts.role", SECOND),
    ],
)
def test_an_approval_is_due_days_after_it_was_asked_for(session, submit, kind, on):
    author, other = user(Role.HR), user(Role.ADMIN, Role.COMPLIANCE)
    # Late in the evening: in UTC it is another day than here, or none yet.
    with clock.at(clock.moment(MAUNDY_THURSDAY, 23, 30)):
        submit(author, other)
        session.flush()
        [due] = [each for each in sources.for_person(other.id) if each.source.name == kind]
        assert (due.since_on, due.on) == (MAUNDY_THURSDAY, on)
    with clock.at(clock.moment(MAUNDY_THURSDAY + timedelta(days=1), 9)):
        [due] = [each for each in sources.for_person(other.id) if each.source.name == kind]
        assert due.late < 0

"""Who may do what with a duty and an attempt: nobody passes, blocks or unlocks their own."""

from __future__ import annotations

import pytest

from rmhr.core.errors import NotAllowed, NotPossible
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from rmhr.models.training import AssignmentStatus
from rmhr.training.workflow.assignments import ASSIGNMENTS
from tests.factories import accounts, training


def people(assignment):
    return {
        "learner": assignment.user,
        "supervisor": assignment.user.employee.supervisor,
        "another supervisor": accounts.user(Role.SUPERVISOR),
        "compliance": accounts.user(Role.COMPLIANCE),
        "hr": accounts.user(Role.HR),
        "admin": accounts.user(Role.ADMIN),
        "mentor": accounts.user(Role.MENTOR),
        "another rm": accounts.user(Role.RM),
        "the system": SYSTEM,
    }


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        ("open", {"the system": ["pass", "block", "drop"], "hr": ["drop"]}),
        (
            "blocked",
            {
                "supervisor": ["unlock"],
                "compliance": ["unlock"],
                "hr": ["unlock", "drop"],
                "the system": ["drop"],
            },
        ),
        ("passed", {"compliance": ["revoke"], "hr": ["revoke"]}),
    ],
)
def test_who_may_move_a_duty(status, allowed):
    made = {"open": training.assignment, "blocked": training.blocked, "passed": training.passed}[status]()
    for who, person in people(made).items():
        names = [move.transition.name for move in ASSIGNMENTS.moves(person, made)]
        assert names == allowed.get(who, []), who


def test_compliance_cannot_unlock_their_own():
    both = accounts.user(Role.RM, Role.COMPLIANCE)
    accounts.employee(user=both)
    made = training.blocked(user=both)
    with pytest.raises(NotAllowed):
        ASSIGNMENTS.perform(both, made, "unlock", attempts=1, note="I am sorry")


def test_unlocking_gives_another_attempt_and_says_so(mails):
    made = training.blocked()
    boss = made.user.employee.supervisor
    ASSIGNMENTS.perform(boss, made, "unlock", attempts=1, note="Lesson 3 again")
    assert made.status is AssignmentStatus.OPEN
    assert made.extra_attempts == 1
    assert made.unlock_by is None
    last = mails()[-1]
    assert last.to_address == made.user.email
    assert "Lesson 3 again" in last.text


def test_what_is_passed_cannot_be_passed_again():
    made = training.passed()
    with pytest.raises(NotPossible):
        ASSIGNMENTS.perform(SYSTEM, made, "pass")

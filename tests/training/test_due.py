"""What is owed: courses by learners, conversations by supervisors."""

from __future__ import annotations

from datetime import timedelta

from rmhr.core import clock, registry
from rmhr.core.due import sources
from rmhr.core.history import audit
from rmhr.core.i18n import speaking
from rmhr.core.policy import SYSTEM
from rmhr.models.accounts import Role
from tests.factories import accounts, training


def owed(user, name):
    return [item for item in sources.for_person(user.id) if item.source.name == name]


def test_a_course_is_owed_by_its_learner_until_it_is_passed():
    made = training.assignment()
    (item,) = owed(made.user, "training.course")
    assert item.on == made.due_on
    assert item.what == "Pass “Anti-money laundering”"
    assert item.why == "Required for private clients, before own client contact; about 60 minutes"
    with speaking("de"):
        assert item.what == "„Geldwäscheprävention“ bestehen"
    training.sit(made)
    assert owed(made.user, "training.course") == []


def test_whose_attempts_are_used_up_owes_nothing_their_supervisor_does():
    made = training.blocked()
    assert owed(made.user, "training.course") == []
    (item,) = owed(made.user.employee.supervisor, "training.unlock")
    assert made.user.name in item.what
    assert item.on == made.unlock_by


def test_without_a_supervisor_compliance_owes_the_conversation():
    compliance = accounts.user(Role.COMPLIANCE)
    training.blocked(employee=accounts.employee(supervisor=None))
    assert len(owed(compliance, "training.unlock")) == 1


def test_who_has_left_owes_nothing():
    made = training.assignment()
    with audit.acting(SYSTEM, "tests.arrange"):
        made.user.left_on = clock.today() - timedelta(days=1)
    assert owed(made.user, "training.course") == []


def test_reminders_come_as_the_catalogue_says():
    told = {
        each.after: [level.value for level in each.to]
        for each in registry.SOURCES["training.course"].occurrences
    }

    assert told == {
        -30: ["owner"],
        -14: ["owner"],
        -7: ["owner", "supervisor"],
        -1: ["owner"],
        1: ["owner", "supervisor"],
        7: ["owner", "supervisor", "hr"],
        14: ["owner", "supervisor", "hr", "compliance"],
        30: ["owner", "compliance", "head"],
    }

"""Certificates."""

from __future__ import annotations

import secrets

from rmhr.core.db import db
from rmhr.core.policy import SYSTEM, Actor
from rmhr.models.training import Assignment, Certificate
from rmhr.onboarding import operations as onboarding
from rmhr.training import queries, records
from rmhr.training.workflow.assignments import ASSIGNMENTS

#: Letters and digits of a certificate's code: none that is read as another (0 and O, 1 and I and L).
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
#: Twelve of them: more than 10 to the 17 codes, and nothing counts up.
CODE_LENGTH = 12


@ASSIGNMENTS.after("pass", order=10)
def certify(_actor: Actor, assignment: Assignment) -> Certificate:
    """Issue the certificate of a passed course, and tick the task of the onboarding plan that waited for it.

    Raises LookupError for a course that was passed without a day.
    """
    if assignment.passed_on is None or assignment.valid_until is None:
        raise LookupError(f"{assignment!r} was passed without a day")
    assignment.taught = queries.versions.whole(assignment.course_version_id)
    best = max((each.score or 0 for each in assignment.attempts), default=0)
    certificate = Certificate(
        assignment=assignment,
        code=new_code(),
        issued_on=assignment.passed_on,
        valid_until=assignment.valid_until,
        score=best,
    )
    db.session.add(certificate)
    records.CERTIFICATE.keep(certificate)
    records.COURSE.keep(assignment)
    onboarding.course_passed(SYSTEM, assignment.user, course_code=assignment.course.code)
    return certificate


def new_code() -> str:
    """A code that nobody guesses and that can be typed: "7K3M-QX9P-2WHD"."""
    plain = "".join(secrets.choice(SIGNS) for _n in range(CODE_LENGTH))
    return "-".join(plain[start : start + 4] for start in range(0, CODE_LENGTH, 4))

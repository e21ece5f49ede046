"""Who may do what with courses and duties. Nobody unlocks or passes their own."""

from __future__ import annotations

from typing import Any

from rmhr.accounts.policies import supervisor_of_the_person
from rmhr.core.policy import AccessRule, access_rule, has_role, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.courses import Course, CourseVersion
from rmhr.models.training import Assignment, Attempt


@access_rule
def learner(user: object, thing: Assignment | Attempt) -> bool:
    """Whoever must pass the course; of an assignment or of one of its attempts."""
    assignment = thing.assignment if isinstance(thing, Attempt) else thing
    return isinstance(user, User) and assignment.user_id == user.id


@access_rule
def supervisor_of_the_learner(user: object, assignment: Assignment) -> bool:
    """Whoever the learner reports to now."""
    employee = assignment.user.employee
    return (
        isinstance(user, User)
        and employee is not None
        and employee.supervisor_id == user.id != assignment.user_id
    )


@access_rule
def hr_but_not_the_learner(user: Any, assignment: Any) -> bool:
    """HR, for everybody but themselves."""
    return isinstance(user, User) and user.has(Role.HR) and user.id != assignment.user_id


@access_rule
def compliance_but_not_the_learner(user: Any, assignment: Any) -> bool:
    """Compliance, for everybody but themselves."""
    return isinstance(user, User) and user.has(Role.COMPLIANCE) and user.id != assignment.user_id


@access_rule
def owner_of_the_course(user: object, thing: Course | CourseVersion | None) -> bool:
    """Whom the bank has named to look after the course; of a course or of one of its versions."""
    course = thing.course if isinstance(thing, CourseVersion) else thing
    return isinstance(user, User) and course is not None and course.owner_id == user.id


@access_rule
def neither_wrote_nor_submitted(user: object, version: CourseVersion | None) -> bool:
    """Somebody else than whoever wrote the version last and whoever submitted it."""
    return (
        isinstance(user, User)
        and version is not None
        and user.id not in (version.edited_by_id, version.submitted_by_id)
    )


SYSTEM_ONLY = the_system
TAKE = learner
#: The supervisor; compliance; and HR, so that there is somebody where those two are missing.
UNLOCK = supervisor_of_the_learner | compliance_but_not_the_learner | hr_but_not_the_learner
#: Who may say that a certificate should never have been issued.
REVOKE = compliance_but_not_the_learner | hr_but_not_the_learner
#: Who may say that a course is not required of somebody any more, and that it is after all.
EXCUSE = hr_but_not_the_learner | the_system
#: What follows from an employment that begins, changes or ends: the product does it, or HR.
FOLLOW = has_role(Role.HR) | the_system
#: Who may look at a whole team, or the whole bank.
SEE_TEAM = has_role(Role.SUPERVISOR, Role.HR, Role.COMPLIANCE)
SEE_COURSES = has_role(Role.SUPERVISOR, Role.HR, Role.COMPLIANCE, Role.ADMIN)
#: Who may remind a person of their courses.
REMIND = supervisor_of_the_person | has_role(Role.HR, Role.COMPLIANCE)
#: Who may begin a course.
BEGIN_COURSE = has_role(Role.HR, Role.COMPLIANCE)
#: Who writes a course and its versions, retires it, and reads the right answers of its exam.
WRITE: AccessRule = BEGIN_COURSE | owner_of_the_course
#: The second person, who publishes a version or sends it back.
PUBLISH: AccessRule = WRITE & neither_wrote_nor_submitted

"""Who may see, judge and decide an application."""

from __future__ import annotations

from rmhr.accounts.policies import HR
from rmhr.core.policy import AccessRule, access_rule, has_role, signed_in, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Applicant, Application
from rmhr.models.postings import PostingStatus


@access_rule
def hiring_manager_of_the_posting(user: object, application: Application) -> bool:
    """Whoever the hired person will report to."""
    return isinstance(user, User) and user.id == application.posting.hiring_manager_id


@access_rule
def applicant_whose_it_is(user: object, application: Application) -> bool:
    """The person who sent it, behind their private link."""
    return isinstance(user, Applicant) and user.id == application.applicant_id


@access_rule
def applicant_while_the_posting_is_open(user: object, application: Application) -> bool:
    """The person who sent it, while the posting still takes applications."""
    return OWN(user, application) and application.posting.status is PostingStatus.PUBLISHED


#: The pages of applications as such; which ones a person finds there, the queries say.
BROWSE: AccessRule = has_role(Role.HR, Role.SUPERVISOR)
#: One application; interviewers come in when they sit on its panel (registry.VISIBILITY).
OPEN: AccessRule = has_role(Role.HR, Role.SUPERVISOR, Role.INTERVIEWER)
#: Judging against the criteria and deciding on it: people, never the system.
DECIDE: AccessRule = HR
SEE = HR | hiring_manager_of_the_posting
OWN: AccessRule = applicant_whose_it_is
#: Taking up again what was withdrawn; which of two forms counts.
COME_BACK: AccessRule = applicant_while_the_posting_is_open
CHOOSE: AccessRule = DECIDE | OWN
#: What later stages bring about: an interview planned, an offer sent, a contract signed.
FOLLOWS: AccessRule = the_system
#: Everybody who works here may apply from inside.
COLLEAGUE: AccessRule = signed_in

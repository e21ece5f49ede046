"""Who may see, judge and decide an application."""

from __future__ import annotations

from rmhr.accounts.policies import HR
from rmhr.core.policy import Rule, has_role, rule, signed_in, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Applicant, Application


@rule
def hiring_manager_of_the_posting(user: object, application: Application) -> bool:
    """Whoever the hired person will report to."""
    return isinstance(user, User) and user.id == application.posting.hiring_manager_id


@rule
def applicant_whose_it_is(user: object, application: Application) -> bool:
    """The person who sent it, behind their private link."""
    return isinstance(user, Applicant) and user.id == application.applicant_id


#: The pages of applications as such; which ones a person finds there, the queries say.
BROWSE: Rule = has_role(Role.HR, Role.SUPERVISOR)
#: One application; interviewers come in when they sit on its panel (registry.VISIBILITY).
OPEN: Rule = has_role(Role.HR, Role.SUPERVISOR, Role.INTERVIEWER)
#: Judging against the criteria and deciding on it: people, never the system.
DECIDE: Rule = HR
SEE = HR | hiring_manager_of_the_posting
OWN: Rule = applicant_whose_it_is
#: What later stages bring about: an interview planned, an offer sent, a contract signed.
FOLLOWS: Rule = the_system
#: Everybody who works here may apply from inside.
COLLEAGUE: Rule = signed_in

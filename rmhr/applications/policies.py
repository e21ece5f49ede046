"""Who may see, judge and decide an application."""

from __future__ import annotations

from rmhr.accounts.policies import HR
from rmhr.core.policy import AccessRule, access_rule, has_role, signed_in, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Applicant, Application, ApplicationStatus
from rmhr.models.postings import PostingStatus

#: Nobody has been invited yet.
BEFORE_MEETING = (ApplicationStatus.RECEIVED, ApplicationStatus.SCREENING, ApplicationStatus.SHORTLISTED)


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


@access_rule
def hiring_manager_who_decides(user: object, application: Application) -> bool:
    """Whoever the hired person will report to, from the invitation to an interview on."""
    return hiring_manager_of_the_posting(user, application) and application.status not in BEFORE_MEETING


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
#: That somebody has told of a severe disability, and the steps that follow (Art. 9 GDPR): HR, and who decides on the
#: person once an interview is planned. Nobody else: neither the panel nor anybody's supervisor.
SEE_DISCLOSURE: AccessRule = HR | hiring_manager_who_decides
#: Telling it: the person, on their own page; HR, where it stands in the documents or was said.
DISCLOSE: AccessRule = HR | OWN
#: The steps that law asks for.
INVOLVE: AccessRule = HR
#: What later stages bring about: an interview planned, an offer sent, a contract signed.
FOLLOWS: AccessRule = the_system
#: Everybody who works here may apply from inside.
COLLEAGUE: AccessRule = signed_in

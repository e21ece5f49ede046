"""Who may make, see and answer an offer."""

from __future__ import annotations

from rmhr.core.policy import AccessRule, access_rule, has_role, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Applicant, Application
from rmhr.models.offers import Offer

HR = has_role(Role.HR)
#: Who may come in at all; pay is for HR and the hiring manager, the queries see to it.
ENTER = has_role(Role.HR, Role.SUPERVISOR)


@access_rule
def candidate_whose_it_is(user: object, offer: Offer) -> bool:
    """The person to whom it is made, behind their private link."""
    return isinstance(user, Applicant) and user.id == offer.application.applicant_id


@access_rule
def hiring_manager(user: object, application: Application) -> bool:
    """Whoever will lead the person who is hired."""
    return isinstance(user, User) and user.id == application.posting.hiring_manager_id


MAKE: AccessRule = HR
WITHDRAW: AccessRule = HR | the_system
EXPIRE: AccessRule = the_system


@access_rule
def hr_where_it_could_not_be_made(user: object, offer: Offer) -> bool:
    """HR, once the product has tried to hire by an accepted offer and could not."""
    return HR(user, offer) and offer.held_up_on is not None


#: An acceptance becomes a hire by itself, as soon as nothing is in the way; where something was, HR tries again.
TAKE_EFFECT: AccessRule = the_system | hr_where_it_could_not_be_made
#: What is known of an attempt to hire.
FOLLOW: AccessRule = the_system
#: Only the candidate can say yes or no; nobody in the bank can do it for them.
ANSWER: AccessRule = candidate_whose_it_is
#: Who may know what is offered.
SEE: AccessRule = HR | hiring_manager

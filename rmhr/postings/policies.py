"""Who may ask for positions, write, approve, publish and see postings."""

from __future__ import annotations

from rmhr.accounts.policies import HR
from rmhr.core.policy import AccessRule, access_rule, has_role, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.postings import Posting, PostingStatus


@access_rule
def hiring_manager_of_the_posting(user: object, posting: Posting | None) -> bool:
    """Whoever the new colleague will report to."""
    return isinstance(user, User) and posting is not None and posting.hiring_manager_id == user.id


@access_rule
def of_a_draft(_user: object, posting: Posting | None) -> bool:
    """Nobody outside has read it yet."""
    return posting is not None and posting.status is PostingStatus.DRAFT


@access_rule
def not_who_submitted_it(user: object, posting: Posting | None) -> bool:
    """Somebody else than who asks for the approval."""
    return isinstance(user, User) and posting is not None and posting.submitted_by_id != user.id


#: Who works on postings at all; what of them, the queries say.
SEE: AccessRule = has_role(Role.HR, Role.SUPERVISOR, Role.INTERVIEWER)
CREATE: AccessRule = HR
#: Questions that many postings ask.
KEEP_SETS: AccessRule = HR
#: The people who fill this posting: HR and its hiring manager.
RECRUIT: AccessRule = HR | hiring_manager_of_the_posting
EDIT: AccessRule = HR | (hiring_manager_of_the_posting & of_a_draft)
SUBMIT: AccessRule = RECRUIT
APPROVE: AccessRule = RECRUIT & not_who_submitted_it
PUBLISH: AccessRule = HR
OPEN: AccessRule = HR | the_system
CLOSE: AccessRule = HR
END: AccessRule = the_system

"""Who may ask for positions, write, approve, publish and see postings."""

from __future__ import annotations

from rmhr.accounts.policies import HR
from rmhr.core.policy import Rule, has_role, rule, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.postings import Posting, PostingStatus


@rule
def hiring_manager_of_the_posting(user: object, posting: Posting | None) -> bool:
    """Whoever the new colleague will report to."""
    return isinstance(user, User) and posting is not None and posting.hiring_manager_id == user.id


@rule
def of_a_draft(_user: object, posting: Posting | None) -> bool:
    """Nobody outside has read it yet."""
    return posting is not None and posting.status is PostingStatus.DRAFT


@rule
def not_who_submitted_it(user: object, posting: Posting | None) -> bool:
    """Somebody else than who asks for the approval."""
    return isinstance(user, User) and posting is not None and posting.submitted_by_id != user.id


#: Who works on postings at all; what of them, the queries say.
SEE: Rule = has_role(Role.HR, Role.SUPERVISOR, Role.INTERVIEWER)
CREATE: Rule = HR
#: Questions that many postings ask.
KEEP_SETS: Rule = HR
#: The people who fill this posting: HR and its hiring manager.
RECRUIT: Rule = HR | hiring_manager_of_the_posting
EDIT: Rule = HR | (hiring_manager_of_the_posting & of_a_draft)
SUBMIT: Rule = RECRUIT
APPROVE: Rule = RECRUIT & not_who_submitted_it
PUBLISH: Rule = HR
OPEN: Rule = HR | the_system
CLOSE: Rule = HR
END: Rule = the_system

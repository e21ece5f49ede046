"""Who helps to fill a posting besides its hiring manager and its recruiter."""

from __future__ import annotations

from rmhr.core.errors import NotPossible
from rmhr.core.flow.operation import operation
from rmhr.core.history import audit
from rmhr.core.i18n import _, gettext
from rmhr.core.mail import outbox
from rmhr.models.accounts import Role, User
from rmhr.models.postings import HiringTeamMember, Posting, TeamPart
from rmhr.postings import notifications, policies

#: What an account must be allowed to do for the part: what one sees of applicants follows from the role.
ROLE = {TeamPart.RECRUITER: Role.HR, TeamPart.INTERVIEWER: Role.INTERVIEWER}


@operation(allow=policies.RECRUIT, done=_("Hiring team changed"))
def add_to_team(actor: User, posting: Posting, *, user: User, part: TeamPart) -> HiringTeamMember:
    """Let somebody help as a recruiter or an interviewer; who is there already gets the other part.

    Raises NotPossible for who leads the selection anyway and for who may not do that.
    """
    if user.id == posting.recruiter_id or (
        user.id == posting.hiring_manager_id and part is TeamPart.RECRUITER
    ):
        raise NotPossible(gettext("%(name)s leads this selection already.", name=user.name))
    if not user.has(ROLE[part]):
        raise NotPossible(gettext("%(name)s may not do that: the account lacks the role.", name=user.name))
    member = next((each for each in posting.team if each.user_id == user.id), None)
    if member is None:
        member = HiringTeamMember(user=user, part=part)
        posting.team.append(member)
        if user.id != actor.id:
            outbox.queue(notifications.JOINED, member)
    member.part = part
    audit.mention(posting, user.name)
    return member


@operation(allow=policies.RECRUIT, done=_("Taken out of the hiring team"))
def remove_from_team(actor: User, posting: Posting, *, member: HiringTeamMember) -> Posting:
    """Let somebody go; whoever sits on a panel already stays there."""
    posting.team.remove(member)
    audit.mention(posting, member.user.name)
    return posting

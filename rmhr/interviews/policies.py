"""Who may plan, hold, judge and decide."""

from __future__ import annotations

from rmhr.core.policy import AccessRule, access_rule, has_role, the_system
from rmhr.models.accounts import Role, User
from rmhr.models.applications import Application
from rmhr.models.interviews import Interview, Scorecard

HR = has_role(Role.HR)
#: Who may come in at all; which interviews they see, the queries say.
ENTER = has_role(Role.HR, Role.INTERVIEWER, Role.SUPERVISOR)

#: Who has scorecards; whose they are, the queries say.
INTERVIEW = has_role(Role.INTERVIEWER, Role.HR, Role.SUPERVISOR)


@access_rule
def on_the_panel(user: object, interview: Interview) -> bool:
    """One of the interviewers of this interview."""
    return isinstance(user, User) and any(seat.interviewer_id == user.id for seat in interview.seats)


@access_rule
def owner_of_the_scorecard(user: object, scorecard: Scorecard) -> bool:
    """The interviewer whose seat it is; nobody else, whatever their role."""
    return isinstance(user, User) and scorecard.seat.interviewer_id == user.id


@access_rule
def hiring_manager(user: object, application: Application) -> bool:
    """Whoever will lead the person who is hired."""
    return isinstance(user, User) and application.posting.hiring_manager_id == user.id


@access_rule
def hiring_manager_of_the_interview(user: object, interview: Interview) -> bool:
    """The same, asked about one of the interviews."""
    return isinstance(user, User) and interview.application.posting.hiring_manager_id == user.id


#: The product itself puts a successor on a panel on the day.
PLAN: AccessRule = HR | the_system
#: A decision is a person's: the system has no part in it.
DECIDE = HR | hiring_manager
HOLD = HR | hiring_manager_of_the_interview | on_the_panel | the_system
REMIND: AccessRule = HR | hiring_manager_of_the_interview
#: Who may do so from the list, which only HR has.
REMIND_ALL: AccessRule = HR
CANCEL = HR | the_system
#: The candidate is told at once.
SAY_WHO_CAME: AccessRule = HR
UNHOLD = HR | hiring_manager_of_the_interview | on_the_panel
#: Who may say that nobody waits for a scorecard; never whoever should hand it in.
EXCUSE: AccessRule = HR

"""Goals on the pages of others: on somebody's page, and beside an RM's day."""

from __future__ import annotations

from rmhr.accounts.policies import oneself, supervisor_of_the_person
from rmhr.models.accounts import Role, User
from rmhr.models.performance import GoalStatus
from rmhr.performance import policies, queries
from rmhr.web.panels import Panel, Slot, panel

#: Who reads somebody's goals on their page: not everybody who may open it.
READ = oneself | supervisor_of_the_person | policies.HR


@panel(Slot.PERSON_MAIN, order=30)
def goals_of_the_person(viewer: User, subject: User) -> Panel | None:
    """What somebody has agreed, and the last review."""
    if not subject.has(Role.RM) or not READ(viewer, subject):
        return None
    found, review = queries.goals.with_review(subject, GoalStatus.PROPOSED, GoalStatus.AGREED)
    if review is not None and queries.reviews.sight(viewer, review).side is None and not viewer.has(Role.HR):
        review = None
    if not found and review is None:
        return None
    return Panel(
        "performance/_person.html",
        {
            "goals": found,
            "review": review,
            "person": subject,
            "may_set": supervisor_of_the_person(viewer, subject),
            "url_of_all": subject.id if viewer.id != subject.id else None,
        },
    )


@panel(Slot.TODAY_SIDE, order=30)
def goals_of_the_day(viewer: User, subject: User) -> Panel | None:
    """How an RM's goals come along, beside the day."""
    found = queries.goals.of(subject, GoalStatus.AGREED) if subject.has(Role.RM) else []
    return Panel("performance/_today.html", {"goals": found[:4]}) if found else None

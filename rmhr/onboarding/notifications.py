"""What is said about plans of the first months, and to whom."""

from __future__ import annotations

from rmhr.core.due.sources import N_
from rmhr.core.i18n import gettext
from rmhr.core.mail.news import News, headline
from rmhr.models.accounts import Role, User
from rmhr.models.onboarding import OnboardingPlan
from rmhr.onboarding import queries


def _companions(plan: OnboardingPlan) -> list[User]:
    return [person for person in (plan.mentor, plan.buddy) if person is not None]


ACCOMPANIES = News(
    name="onboarding.accompanies",
    label=N_("New colleagues whose mentor or buddy you are"),
    concerns=(Role.MENTOR, Role.RM),
    subject="%(headline)s",
    to=_companions,
    since=queries.accompanied_since,
    context=lambda plans, recipient: {
        "headline": headline(
            plans,
            gettext(
                "You are accompanying %(person)s in the first months",
                person=plans[-1].user.name,
            ),
            gettext("You are accompanying %(number)s new colleagues in the first months", number=len(plans)),
        )
    },
)

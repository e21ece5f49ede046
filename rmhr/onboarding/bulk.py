"""What can be done with many onboarding plans at once."""

from __future__ import annotations

from rmhr.core.flow.bulk import BulkOperation, Things
from rmhr.core.i18n import _, ngettext
from rmhr.models.onboarding import OnboardingPlan
from rmhr.onboarding import operations, policies, queries

PLANS = Things(
    model=OnboardingPlan,
    load=queries.these,
    called=lambda plan: plan.user.name,
    count=lambda number: ngettext("%(num)s plan", "%(num)s plans", number),
    index="onboarding.index",
    show="onboarding.show",
    page="onboarding.bulk",
)
REMIND = BulkOperation(
    name="onboarding.remind",
    things=PLANS,
    operation=operations.remind,
    why_not=operations.OWED.refusals,
    allow=policies.REMIND,
    label=_("Remind"),
    verb=lambda number: ngettext(
        "Remind of open tasks in %(num)s plan", "Remind of open tasks in %(num)s plans", number
    ),
    done=lambda number: ngettext(
        "Reminded of open tasks in %(num)s plan", "Reminded of open tasks in %(num)s plans", number
    ),
    about=_("Whoever has a task that is due gets one mail about it, once a day at most."),
)

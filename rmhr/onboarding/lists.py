"""The list of onboarding plans that somebody has to do with, with how far each is along."""

from __future__ import annotations

from typing import Any

from rmhr.accounts import queries as accounts
from rmhr.core.folding import by_name
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, State, Target
from rmhr.models.accounts import User
from rmhr.models.onboarding import OnboardingPlan, PlanStatus
from rmhr.onboarding import bulk, queries


def _done(row: Any) -> str:
    return gettext("%(done)s of %(all)s", done=row.all - row.open, all=row.all)


def _late(row: Any) -> State | None:
    if not row.late:
        return None
    return State(ngettext("%(num)s late", "%(num)s late", row.late), "bad", "exclamation-circle-fill")


#: A row is (OnboardingPlan, open, late, all).
PLANS: List[Any] = List(
    name="onboarding.index",
    title=_("Onboarding"),
    count=lambda number: ngettext("%(num)s plan", "%(num)s plans", number),
    rows=queries.overview,
    key=OnboardingPlan.id,
    order="-start",
    search=(accounts.findable.PEOPLE.by(User.id),),
    search_label=_("Search by name"),
    search_hint=_("Name"),
    filters=(Filter("status", _("Every state"), OnboardingPlan.status, PlanStatus),),
    opens=lambda row: Target("onboarding.show", {"id": row.OnboardingPlan.id}),
    bulk=(bulk.REMIND,),
    columns=(
        Column(
            "name",
            _("Name"),
            lambda row: row.OnboardingPlan.user.name,
            cell="name",
            note=lambda row: row.OnboardingPlan.user.employee.unit.name,
            sort=by_name(User.name),
            phone=Phone.NAME,
        ),
        Column("unit", _("Unit"), lambda row: row.OnboardingPlan.user.employee.unit.name, shown=False),
        Column("status", _("State"), lambda row: row.OnboardingPlan.status, cell="pill", phone=Phone.STATE),
        Column(
            "start",
            _("First day"),
            lambda row: row.OnboardingPlan.starts_on,
            cell="day",
            sort=OnboardingPlan.starts_on,
        ),
        Column("today", _("Today"), lambda row: queries.today_of(row.OnboardingPlan), phone=Phone.MORE),
        Column("done", _("Tasks done"), _done, phone=Phone.MAIN, named=True),
        Column(
            "late",
            _("Late"),
            _late,
            cell="state",
            file=lambda row: row.late,
            nothing=_("None late"),
            phone=Phone.SIDE,
        ),
        Column(
            "mentor",
            _("Mentor"),
            lambda row: row.OnboardingPlan.mentor and row.OnboardingPlan.mentor.name,
        ),
    ),
    nothing_fits=_("No results"),
    empty=Empty(
        _("Nobody is being onboarded"),
        _(
            "A plan opens by itself when somebody accepts an offer. It shows everybody their part in the first six "
            "months."
        ),
        "signpost",
    ),
)

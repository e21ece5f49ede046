"""The register of legal and practice rules as a list."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from rmhr.core.db import this_day
from rmhr.core.due.kinds import kind_of
from rmhr.core.folding import by_name
from rmhr.core.i18n import _, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, Target, View
from rmhr.law.rules import Authority
from rmhr.models.accounts import User
from rmhr.models.rulebook import CheckOutcome, RegisteredRule
from rmhr.rulebook import bulk, queries, standing, uses
from rmhr.rulebook.standing import Standing


def _looks(rule: RegisteredRule) -> Any:
    return rule.owner.name if rule.owner else rule.owner_role.label


def _used(rule: RegisteredRule) -> str:
    found = dict.fromkeys(use.words or use.stage for use in uses.of(rule.name))
    return ", ".join(found) or kind_of(rule.name)


RULES: List[RegisteredRule] = List(
    name="rulebook.index",
    title=_("Legal and practice rules"),
    count=lambda number: ngettext("%(num)s rule", "%(num)s rules", number),
    rows=queries.rules,
    key=RegisteredRule.id,
    order="due",
    search=queries.search_columns,
    search_label=_("Search rules"),
    search_hint=_("Rule, law, reason or person"),
    filters=(
        Filter("kind", _("Law and practice"), RegisteredRule.authority, Authority),
        Filter("stage", _("Every area"), RegisteredRule.stage, queries.stages),
        Filter("owner", _("Everybody’s"), lambda _viewer, who: queries.looked_after(who), queries.owners),
        Filter("found", _("Every finding"), RegisteredRule.outcome, CheckOutcome),
        Filter(
            "force",
            _("In force"),
            lambda _viewer, _ended: RegisteredRule.retired_on.is_not(None),
            [("ended", _("No longer in force"))],
            otherwise=lambda _viewer: RegisteredRule.retired_on.is_(None),
        ),
    ),
    views=(
        View("", _("All")),
        View("due", Standing.DUE.label, (Standing.DUE.value,)),
        View("follow_up", Standing.FOLLOW_UP.label, (Standing.FOLLOW_UP.value,)),
        View("soon", Standing.SOON.label, (Standing.SOON.value,)),
        View("checked", Standing.CHECKED.label, (Standing.CHECKED.value,)),
        View("unchecked", Standing.UNCHECKED.label, (Standing.UNCHECKED.value,)),
    ),
    viewed_by=standing.column(),
    counted=lambda viewer: queries.rules(viewer).where(RegisteredRule.retired_on.is_(None)),
    opens=lambda rule: Target("rulebook.show", {"id": rule.id}),
    bulk=(bulk.CONFIRM,),
    called=lambda rule: rule.what,
    columns=(
        Column(
            "what",
            _("Rule"),
            lambda rule: rule.what,
            cell="name",
            note=lambda rule: rule.source,
            file=lambda rule: str(rule.what),
            sort=queries.what_column,
            phone=Phone.NAME,
        ),
        Column("source", _("Source"), lambda rule: str(rule.source), shown=False),
        Column("why", _("Why"), lambda rule: str(rule.why), shown=False),
        Column("reads", _("Value"), lambda rule: str(rule.reads), nowrap=True, phone=Phone.MORE),
        Column("kind", _("Kind"), lambda rule: rule.authority.label, phone=Phone.MORE),
        Column("stage", _("Area"), lambda rule: kind_of(rule.stage)),
        Column("used", _("Where used"), _used, shown=False),
        Column(
            "since",
            _("Since"),
            lambda rule: rule.since,
            cell="day_bare",
            nothing=_("Not in force yet"),
            sort=sa.func.coalesce(RegisteredRule.since, this_day(36500)),
            nowrap=True,
        ),
        Column(
            "owner",
            _("Looks after it"),
            _looks,
            sort=by_name(sa.func.coalesce(User.name, "")),
            phone=Phone.SIDE,
            named=True,
        ),
        Column(
            "checked",
            _("Last check"),
            lambda rule: rule.checked_on,
            cell="day_bare",
            nothing=_("Not checked yet"),
            note=lambda rule: rule.outcome.label if rule.outcome else None,
            sort=sa.func.coalesce(RegisteredRule.checked_on, this_day(-36500)),
            nowrap=True,
        ),
        Column(
            "due",
            _("Next check"),
            lambda rule: rule.look_again_on,
            cell="day",
            sort=RegisteredRule.look_again_on,
            nowrap=True,
            phone=Phone.SIDE,
            named=True,
        ),
        Column(
            "state",
            _("State"),
            standing.of,
            cell="state",
            phone=Phone.STATE,
            on_phone=lambda state: state is not Standing.UNCHECKED,
        ),
    ),
    nothing_fits=_("No results"),
    empty=Empty(
        _("No rules yet"),
        _(
            "Every legal and practice rule in force appears here as soon as the content of the product is loaded."
        ),
        "journal-check",
    ),
)

"""The logs that stand on the page of a webhook and of a job: calls, runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone
from rmhr.core.words import moment, number
from rmhr.models.system import DeliveryStatus, JobRun, WebhookDelivery
from rmhr.system import queries, webhooks


@dataclass(frozen=True)
class Call:
    """A call of a webhook, what it is about, whom it tells, and whether the webhook is switched on."""

    it: WebhookDelivery
    active: bool
    title: str
    person: str

    @property
    def waits(self) -> bool:
        """Whether it is still to be made."""
        return self.it.state is DeliveryStatus.WAITING

    @property
    def failed(self) -> bool:
        """Whether it was given up."""
        return self.it.state is DeliveryStatus.FAILED

    @property
    def next_attempt(self) -> str | None:
        """When it is made again, where it failed before."""
        if not (self.waits and self.it.attempts and self.active):
            return None
        return gettext("next attempt %(when)s", when=moment(self.it.next_attempt_at))


#: The log of one webhook, a part of its page; `id` is the webhook's.
CALLS: List[Call] = List(
    name="webhooks.show",
    title=_("Calls"),
    count=lambda number: ngettext(
        "%(num)s call in the last month", "%(num)s calls in the last month", number
    ),
    rows=lambda _viewer, id: queries.webhooks.calls_listed(id),
    key=WebhookDelivery.id,
    read=lambda _viewer, rows: [Call(it, active, *webhooks.title_of(it)) for it, active in rows],
    order="-written",
    filters=(Filter("state", _("Every state"), WebhookDelivery.state, DeliveryStatus),),
    kept=False,
    cells="system/_cells.html",
    buttons="call",
    columns=(
        Column(
            "what",
            _("What"),
            lambda call: call.title,
            cell="name",
            note=lambda call: call.person,
            phone=Phone.NAME,
        ),
        Column("state", _("State"), lambda call: call.it.state, cell="state", phone=Phone.STATE),
        Column(
            "written",
            _("Written"),
            lambda call: call.it.created_at,
            cell="moment",
            sort=WebhookDelivery.created_at,
            nowrap=True,
            phone=Phone.MORE,
        ),
        Column(
            "attempts",
            _("Attempts"),
            lambda call: call.it.attempts,
            amount=True,
            phone=Phone.SIDE,
            named=True,
        ),
        Column(
            "answer",
            _("Answer"),
            lambda call: call.it.answer,
            cell="answer",
            note=lambda call: call.next_attempt,
            phone=Phone.MAIN,
        ),
    ),
    nothing_fits=_("No results."),
    empty=Empty(
        _("No calls yet."),
        _(
            "Each reminder to somebody who wants them in the chat makes a call here. Send a test to see whether "
            "calls arrive."
        ),
        "broadcast",
    ),
)


def _took(row: Any) -> str | None:
    seconds = queries.jobs.seconds_of(row.JobRun)
    return None if seconds is None else gettext("%(seconds)s s", seconds=number(seconds))


#: The log of one job of the scheduler, a part of its page; `name` is the job's. A row is (JobRun, newest: its id).
RUNS: List[Any] = List(
    name="scheduler.show",
    title=_("Runs"),
    count=lambda number: ngettext("%(num)s run in the last month", "%(num)s runs in the last month", number),
    rows=lambda _viewer, name: queries.jobs.runs_listed(name),
    key=JobRun.id,
    order="-started",
    filters=(
        Filter(
            "only",
            _("Every run"),
            lambda _viewer, which: queries.jobs.of_interest(which),
            [("failed", _("Failed")), ("hand", _("Started by hand"))],
        ),
    ),
    kept=False,
    columns=(
        Column(
            "started",
            _("Started"),
            lambda row: moment(row.JobRun.started_at),
            cell="name",
            sort=JobRun.started_at,
            phone=Phone.NAME,
        ),
        Column(
            "state",
            _("State"),
            lambda row: queries.jobs.outcome_of(row.JobRun, newest=row.newest == row.JobRun.id),
            cell="state",
            phone=Phone.STATE,
        ),
        Column(
            "by",
            _("By"),
            lambda row: _("By hand") if row.JobRun.by_hand else _("By time"),
            note=lambda row: row.JobRun.who,
            phone=Phone.MAIN,
        ),
        Column("took", _("Took"), _took, amount=True, nowrap=True, phone=Phone.SIDE, named=True),
        Column("done", _("Done"), lambda row: row.JobRun.done, amount=True, phone=Phone.SIDE, named=True),
    ),
    nothing_fits=_("No results."),
    empty=Empty(
        _("It has not run yet."),
        _(
            "Each run is listed with how long it took and how much it did. Runs that found nothing to do "
            "are not kept."
        ),
        "clock-history",
    ),
)

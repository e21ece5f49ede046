"""The lists of goals, reviews and next steps: one's own, the team's, or everybody's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from rmhr.accounts import queries as accounts
from rmhr.core import clock
from rmhr.core.db import Rows
from rmhr.core.folding import by_name
from rmhr.core.i18n import _, gettext, ngettext
from rmhr.core.lists.choices import by_words
from rmhr.core.lists.declaration import Column, Empty, Filter, List, Phone, State, Target
from rmhr.models.accounts import Role, User
from rmhr.models.performance import (
    Confidence,
    DevelopmentItem,
    Goal,
    GoalStatus,
    ItemStatus,
    Review,
    ReviewStatus,
)
from rmhr.performance import queries, records
from rmhr.performance.queries.goals import Progress
from rmhr.performance.queries.team import Standing
from rmhr.performance.stages import FACTS

CELLS = "performance/_cells.html"


def sees_others(viewer: object) -> bool:
    """Whether more than this person's own things may stand in these lists."""
    return isinstance(viewer, User) and viewer.has(Role.HR, Role.SUPERVISOR)


def _progress(_viewer: Any, rows: Sequence[Any]) -> list[Progress]:
    return as_concluded([queries.goals.progress(row) for row in rows])


def as_concluded(goals: Sequence[Progress]) -> list[Progress]:
    """The same, those that are concluded as they were then. One query."""
    rows = {each.goal.id: each.goal for each in goals if isinstance(each.goal, Goal)}
    kept = records.goals_kept(rows.values())
    return [
        queries.goals.as_said(kept[each.goal.id].says) if each.goal.id in kept else each for each in goals
    ]


@dataclass(frozen=True)
class Listed:
    """A review in a list; signed, with the names that stand in it."""

    review: Review
    says: Any  # the copy that was kept of it, or None

    @property
    def person(self) -> str:
        """Whose it is."""
        return str(self.says.person) if self.says else self.review.user.name

    @property
    def supervisor(self) -> str:
        """Whoever wrote the other part, or writes it."""
        return str(self.says.supervisor) if self.says else self.review.supervisor.name

    @property
    def round(self) -> Any:
        """What the round was called."""
        return self.says.round if self.says else self.review.cycle.title

    @property
    def met_on(self) -> date | None:
        """When both met."""
        return self.says.met_on if self.says else self.review.met_on


def _listed(_viewer: Any, rows: Sequence[Review]) -> list[Listed]:
    kept = records.reviews_kept(rows)
    return [Listed(row, kept[row.id].says if row.id in kept else None) for row in rows]


def _rms(viewer: Any) -> Rows:
    """Whose goals this person may see."""
    mine = accounts.people.has_role(Role.RM) if viewer.has(Role.HR) else queries.goals.leads(viewer)
    return sa.select(User.id, User.name).where(mine).order_by(by_name(User.name), User.id)


GOALS: List[Progress] = List(
    name="performance.goals",
    title=_("Goals"),
    count=lambda number: ngettext("%(num)s goal", "%(num)s goals", number),
    rows=queries.goals.overview,
    key=Goal.id,
    read=_progress,
    order="due",
    search=(queries.findable.GOALS.by(Goal.id),),
    search_label=_("Search by name or goal"),
    search_hint=_("Name or goal"),
    filters=(
        Filter("status", _("Every state"), Goal.status, GoalStatus),
        Filter(
            "person",
            _("Everybody"),
            Goal.user_id,
            by_words(_rms, accounts.findable.PEOPLE.by(User.id)),
        ),
    ),
    opens=lambda it: Target("performance.goal", {"id": it.goal.id}),
    cells=CELLS,
    columns=(
        Column(
            "goal",
            _("Goal"),
            lambda it: it.goal.title or it.goal.measure,
            cell="name",
            sort=by_name(Goal.title),
            phone=Phone.NAME,
        ),
        Column("name", _("Person"), lambda it: it.person, sort=by_name(User.name), phone=Phone.MORE),
        Column("status", _("State"), lambda it: it.status, cell="pill", phone=Phone.STATE),
        Column("progress", _("Progress"), lambda it: it.said, cell="progress", phone=Phone.MAIN),
        Column(
            "confidence",
            _("Outlook"),
            lambda it: it.confidence or _("No check-in yet"),
            cell="looks",
            file=lambda it: it.confidence,
            phone=Phone.SIDE,
        ),
        Column(
            "due",
            _("Due"),
            lambda it: it.goal.due_on,
            cell="due_while_open",
            sort=Goal.due_on,
            phone=Phone.SIDE,
            named=True,
        ),
    ),
    nothing_fits=_("No results"),
    empty=Empty(
        _("No goal yet"),
        _("Goals are written down by RMs or their supervisors and count when both agree. They appear here."),
        "bullseye",
    ),
)


def next_day(review: Review) -> date | None:
    """Until when the present step of a review is due; None when it is signed."""
    return FACTS[review.status].due_on(review)


def _no_review(viewer: Any) -> Empty:
    said = (
        _(
            "A round opens a review for each RM: self-assessment, supervisor’s assessment, meeting, signatures."
        )
        if sees_others(viewer)
        else _(
            "HR opens a round once a year. You then write your self-assessment, your supervisor writes theirs, and "
            "you talk about both."
        )
    )
    return Empty(_("No review yet"), said, "clipboard-check")


REVIEWS: List[Listed] = List(
    name="performance.reviews",
    title=_("Reviews"),
    count=lambda number: ngettext("%(num)s review", "%(num)s reviews", number),
    rows=queries.reviews.overview,
    key=Review.id,
    read=_listed,
    order="-due",
    search=(accounts.findable.PEOPLE.by(User.id),),
    search_label=_("Search by name"),
    search_hint=_("Name"),
    filters=(
        Filter("status", _("Every state"), Review.status, ReviewStatus),
        Filter(
            "cycle",
            _("Every round"),
            Review.cycle_id,
            lambda _viewer: [(each.id, each.title) for each in queries.reviews.cycles()],
        ),
    ),
    opens=lambda it: Target("performance.review", {"id": it.review.id}),
    cells=CELLS,
    columns=(
        Column(
            "name", _("Name"), lambda it: it.person, cell="name", sort=by_name(User.name), phone=Phone.NAME
        ),
        Column("cycle", _("Round"), lambda it: it.round, phone=Phone.MORE),
        Column("status", _("State"), lambda it: it.review.status, cell="pill", phone=Phone.STATE),
        Column(
            "step",
            _("This step is due"),
            lambda it: next_day(it.review),
            cell="due",
            nothing=_("Nothing due"),
            phone=Phone.SIDE,
            named=True,
        ),
        Column("supervisor", _("Supervisor"), lambda it: it.supervisor),
        Column(
            "due",
            _("Meeting"),
            lambda it: it.met_on or it.review.meeting_due_on,
            cell="meeting",
            sort=Review.meeting_due_on,
            phone=Phone.SIDE,
            named=True,
        ),
    ),
    nothing_fits=_("No results"),
    empty=_no_review,
)

DEVELOPMENT: List[DevelopmentItem] = List(
    name="performance.development",
    title=_("Next steps"),
    count=lambda number: ngettext("%(num)s step", "%(num)s steps", number),
    rows=queries.development.overview,
    key=DevelopmentItem.id,
    order="due",
    search=(accounts.findable.PEOPLE.by(User.id), DevelopmentItem.aim),
    search_label=_("Search by name or step"),
    search_hint=_("Name or step"),
    filters=(Filter("status", _("Every state"), DevelopmentItem.status, ItemStatus),),
    opens=lambda it: Target("performance.item", {"id": it.id}),
    cells=CELLS,
    columns=(
        Column(
            "aim",
            _("Step"),
            lambda it: it.aim,
            cell="name",
            note=lambda it: it.measure,
            sort=by_name(DevelopmentItem.aim),
            phone=Phone.NAME,
        ),
        Column("measure", _("How to recognise it"), lambda it: it.measure, shown=False),
        Column(
            "name",
            _("Person"),
            lambda it: it.user.name,
            sort=by_name(User.name),
            phone=Phone.MORE,
            may=sees_others,
        ),
        Column("status", _("State"), lambda it: it.status, cell="pill", phone=Phone.STATE),
        Column("action", _("How"), lambda it: it.action, cell="state", phone=Phone.SIDE),
        Column(
            "competency",
            _("Competency"),
            lambda it: it.competency and it.competency.name,
            nothing=_("No particular one"),
        ),
        Column(
            "due",
            _("Due"),
            lambda it: it.due_on,
            cell="due_while_open",
            sort=DevelopmentItem.due_on,
            phone=Phone.MAIN,
        ),
    ),
    nothing_fits=_("No results"),
    empty=Empty(
        _("No next step yet"),
        _(
            "What to learn next is agreed in the review meeting, or between two reviews: a course, a mentor, a "
            "project."
        ),
        "mortarboard",
    ),
)


def _standings(viewer: Any, people: Sequence[User]) -> list[Standing]:
    return queries.team.standings(viewer, people)


def _training(it: Standing) -> State | None:
    """The worst that is to be said of somebody's courses."""
    late, soon = (sum(state.tone == tone for state in it.courses) for tone in ("bad", "warning"))
    if late:
        return State(
            ngettext("%(num)s to catch up on", "%(num)s to catch up on", late),
            "bad",
            "exclamation-circle-fill",
        )
    if soon:
        return State(ngettext("%(num)s due soon", "%(num)s due soon", soon), "warning", "clock-fill")
    return State(gettext("In order"), "good", "check-circle-fill") if it.courses else None


def _starting_out(it: Standing) -> State | None:
    """How far the first months are, while they last."""
    if it.plan is None:
        return None
    if it.plan.late:
        words = ngettext("%(num)s task late", "%(num)s tasks late", it.plan.late)
        return State(words, "bad", "exclamation-circle-fill")
    return State(
        gettext("%(done)s of %(all)s done", done=it.plan.done, all=it.plan.all), "info", "arrow-right-circle"
    )


def _goals_of(it: Standing) -> State | None:
    """The worst that is to be said of somebody's goals."""
    overdue = sum(each.goal.due_on < clock.today() for each in it.goals)
    behind = sum(each.confidence in (Confidence.BEHIND, Confidence.AT_RISK) for each in it.goals)
    proposed = sum(each.status is GoalStatus.PROPOSED for each in it.goals)
    if overdue:
        words = ngettext("%(num)s overdue", "%(num)s overdue", overdue)
        return State(words, "bad", "exclamation-circle-fill")
    if behind:
        return State(
            gettext("%(some)s of %(all)s at risk", some=behind, all=len(it.goals)),
            "warning",
            "exclamation-triangle",
        )
    if proposed:
        return State(ngettext("%(num)s to agree", "%(num)s to agree", proposed), "warning", "chat-left-text")
    return State(gettext("On track"), "good", "arrow-right-circle") if it.goals else None


def _words(tell: Callable[[Standing], State | None]) -> Callable[[Standing], Any]:
    """What a file tells of a state."""
    return lambda it: (state := tell(it)) and state.label


def _review_day(it: Standing) -> date | None:
    return next_day(it.review) if it.review else None


TEAM: List[Standing] = List(
    name="team.index",
    title=_("My team"),
    count=lambda number: ngettext("%(num)s person", "%(num)s people", number),
    rows=accounts.people.team_here,
    key=User.id,
    read=_standings,
    order="name",
    search=(accounts.findable.PEOPLE.by(User.id),),
    search_label=_("Search people"),
    search_hint=_("Name"),
    opens=lambda it: Target("accounts.person", {"id": it.person.id}),
    cells=CELLS,
    columns=(
        Column(
            "name",
            _("Name"),
            lambda it: it.person.name,
            cell="name",
            note=lambda it: it.person.employee and it.person.employee.job_title,
            sort=by_name(User.name),
            phone=Phone.NAME,
        ),
        Column(
            "training",
            _("Training"),
            _training,
            cell="state",
            nothing=_("No course"),
            file=_words(_training),
            phone=Phone.MAIN,
            named=True,
        ),
        Column(
            "onboarding",
            _("First months"),
            _starting_out,
            cell="state",
            nothing=_("No plan under way"),
            file=_words(_starting_out),
            phone=Phone.MAIN,
            named=True,
        ),
        Column(
            "goals",
            _("Goals"),
            _goals_of,
            cell="state",
            nothing=_("No goal"),
            file=_words(_goals_of),
            phone=Phone.MAIN,
            named=True,
        ),
        Column(
            "goal_due",
            _("Next goal due"),
            lambda it: it.next_goal,
            cell="due",
            nowrap=True,
            phone=Phone.MAIN,
            named=True,
        ),
        Column(
            "review",
            _("Review"),
            lambda it: it.review.status if it.review else None,
            cell="state",
            nothing=_("No review"),
            phone=Phone.MAIN,
            named=True,
        ),
        Column(
            "review_due",
            _("Review step due"),
            _review_day,
            cell="due",
            nowrap=True,
            phone=Phone.MAIN,
            named=True,
        ),
        Column(
            "unit", _("Unit"), lambda it: it.person.employee and it.person.employee.unit.name, shown=False
        ),
        Column("email", _("E-mail"), lambda it: it.person.email, shown=False),
    ),
    nothing_fits=_("No results"),
    empty=Empty(
        _("Nobody reports to you yet"),
        _("The people you lead appear here, with training, first months, goals and reviews."),
        "diagram-3",
    ),
)

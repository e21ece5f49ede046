"""The registries: what the stages declare when they are imported. All of them stand here, and nowhere else.

A registry holds things by name and refuses a second one of the same name, so that a mistake fails at start.
What is in it, who adds to it and who reads it is said beside each; `docs/development.md` has the recipes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from rmhr.core.due.asking import Asker
    from rmhr.core.due.jobs import Job
    from rmhr.core.due.sources import Source
    from rmhr.core.flow.bulk import Bulk
    from rmhr.core.flow.handing_over import Hanging
    from rmhr.core.flow.occasions import Occasions
    from rmhr.core.flow.workflow import Workflow
    from rmhr.core.history.records import RecordKind
    from rmhr.core.lists.declaration import List
    from rmhr.core.mail.channels import Channel
    from rmhr.core.mail.news import News, Wishes
    from rmhr.core.mail.outbox import Notice
    from rmhr.core.search.index import Findable

T = TypeVar("T")


class Registry(dict[str, T], Generic[T]):
    """Things by name, filled at import."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what

    def add(self, name: str, thing: T) -> T:
        """Put it in and return it. Raises ValueError where another thing has that name already."""
        known = self.get(name)
        if known is not None and known is not thing:
            raise ValueError(f"two {self.what} are called {name}")
        self[name] = thing
        return thing


#: Workflows by name. A `Workflow` adds itself; transition pages, history and `flask docs` read them.
FLOWS: Registry[Workflow] = Registry("workflows")
#: What happens to a person or thing whichever way it comes about, by name ("employment"). Stages react to it with
#: `after`; `flask docs` lists who does.
OCCASIONS: Registry[Occasions] = Registry("kinds of occasions")
#: What can hang on a person, by name ("postings.recruiting"): `@hangs`. Pages list it before somebody leaves, moves or
#: is away for long, and it is handed over on the day.
HANGING: Registry[Hanging] = Registry("kinds of what hangs on a person")
#: Past-tense sentences by action ("postings.publish"). Transitions, operations and imports of content add theirs;
#: the history reads them.
SENTENCES: Registry[Any] = Registry("actions")
#: What can be done to many things at once, by name ("applications.reject"). A `Bulk` adds itself; the pages of work on
#: many, and the runs that are worked off, read them.
BULKS: Registry[Bulk] = Registry("bulk moves")
#: Kinds of due things by name ("applications.screen"): `@source`. Today, reminders, feeds and rules read them.
SOURCES: Registry[Source] = Registry("due sources")
#: Work of the scheduler by name ("postings.open_due"): `@job`. The scheduler and its pages read them.
JOBS: Registry[Job] = Registry("jobs")
#: Ways to reach people who are reminded, by function: `@channel`. The reminder engine hands messages to them.
CHANNELS: Registry[Channel] = Registry("channels")
#: Whoever reminds people by hand; there is one, `asking.register`. Stages ask it by `asking.Owed`.
ASKERS: Registry[Asker] = Registry("askers")
#: Kinds of news by name ("applications.arrived"). A `News` adds itself; where people choose what is
#: mailed to them, they are listed.
NEWS: Registry[News] = Registry("kinds of news")
#: Everything that is said to somebody, by name ("applications.received"). A `Notice` adds itself; the papers for works
#: council and data protection list them with their readers.
NOTICES: Registry[Notice] = Registry("notices")
#: Kinds of messages whose words are for their readers alone, by name: a `Notice` that is `closed` adds itself. The mail
#: pages of administrators do not show them.
CLOSED: Registry[Any] = Registry("kinds of closed messages")
#: Whoever knows how people want to hear of news; there is one, `news.register`. Stages ask it by `news.tell`.
WISHES: Registry[Wishes] = Registry("wishes")
#: Lists by the endpoint of their page ("applications.index"). A `List` adds itself; saved views and exports read them.
LISTS: Registry[List[Any]] = Registry("lists")
#: Kinds of things of which a copy is kept when they are concluded, by name ("training.certificate"): `record(…)` in a
#: stage's `records.py`. `flask audit verify` checks what was kept of each.
RECORDS: Registry[RecordKind[Any]] = Registry("kinds of records")
#: What is found by its words, by the name of their table: a `Findable` in `queries/findable.py`. Flush, commit, upgrade
#: and `flask search rebuild` keep them in step.
FINDABLES: Registry[Findable] = Registry("kinds of findable things")
#: Searches of the bar, by function: `@search`. The search page asks each.
SEARCHES: Registry[Any] = Registry("searches")
#: Days that count from somebody's first working day, by stage: functions of a User, see `onboarding/queries.py`.
DATES: Registry[Any] = Registry("relative dates")
#: What shows applications to somebody, by function: `@shows_applications`. The queries of applications read it.
VISIBILITY: Registry[Any] = Registry("ways to see applications")
#: Areas of the bar, by endpoint: `NAV` of a stage's views, added by the factory.
AREAS: Registry[Any] = Registry("areas")
#: Pages that the search finds besides areas and lists, by endpoint: `add_place` of a stage's views.
PLACES: Registry[Any] = Registry("places")
#: Panels on pages of other stages, by slot and function: `@panel(Slot.…)`. Pages read them with `panels_of`.
PANELS: Registry[Any] = Registry("panels")
#: Pages that stand side by side, by row and endpoint: `add_tab(Row.…)`. Pages read them with `tabs_of`.
TABS: Registry[Any] = Registry("tabs")
#: Rules of law and practice by name ("interviews.decide"): `legal_rule`. Stages name them; the register lists them.
LEGAL_RULES: Registry[Any] = Registry("legal rules")
#: What the program deletes by itself, and after how long, by the name of the rule: `rmhr/law/retention.py`.
PERIODS: Registry[Any] = Registry("periods of deletion")
#: What tells the rules of a stage that are no constants, by stage: `@rules_of`. The register of rules asks each.
RULE_TELLERS: Registry[Any] = Registry("tellers of legal rules")


def name_of(function: Any) -> str:
    """The name under which a function is registered: where it stands, and what it is called."""
    return f"{function.__module__}.{function.__qualname__}"

"""The tables of the papers, as Markdown in the language that is spoken. Nothing here asks the database.

Each is made of what the code declares: routes and transitions with their access rules, due sources, notices, lists,
jobs, periods of deletion, and what each table holds (`rmhr/models/personal.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from flask import current_app

from rmhr.content import read, words
from rmhr.core import registry
from rmhr.core.due.reminder_steps import Occurrence
from rmhr.core.due.sources import Source
from rmhr.core.i18n import gettext
from rmhr.core.patterns import Pattern
from rmhr.core.policy import AccessRule, anyone, signed_in, the_system
from rmhr.core.registry import Registry
from rmhr.duties.papers import declared
from rmhr.models.accounts import Role, User, UserRole
from rmhr.models.personal import HOLDINGS, UNLIMITED, Data, Holding, Processing, Whose
from rmhr.models.reminders import Basis, EscalationLevel

#: A value that a sentence is filled with: "%(person)s".
FILLED = Pattern(r"%\([a-z_]+\)[sd]")
NOTHING = "–"
T = TypeVar("T")


def table(heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> str:
    """A table in Markdown."""
    lines = [_row(heads), _row(["---"] * len(heads)), *map(_row, rows)]
    return "\n".join(lines)


def _row(cells: Sequence[Any]) -> str:
    said = (" ".join(str(cell).split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(said)} |"


def listed(names: Iterable[Any], between: str = ", ") -> str:
    """Names in a row, each once; a dash where there is none."""
    return between.join(dict.fromkeys(str(name) for name in names)) or NOTHING


def _in_order(things: Registry[T]) -> list[T]:
    """What a registry holds, by name: the order in which modules are imported must not be seen."""
    return [things[name] for name in sorted(things)]


# Who may do what.


def who(rule: AccessRule) -> str:
    """An access rule in words: "HR; the approver who was asked (never whoever asked for it)"."""
    return listed(_everybody(rule), "; ")


def _everybody(rule: AccessRule) -> Iterator[str]:
    if rule.either:
        for each in rule.either:
            yield from _everybody(each)
    elif rule.every:
        people = [each for each in _flat(rule) if each.name not in declared.BESIDES]
        limits = [declared.BESIDES[each.name] for each in _flat(rule) if each.name in declared.BESIDES]
        named = listed((name for each in people for name in _everybody(each)), "; ")
        yield f"{named} ({listed(limits)})" if limits else named
    elif rule.roles:
        yield from (str(role.label) for role in rule.roles)
    else:
        yield str(declared.WHO[rule.name])


def _flat(rule: AccessRule) -> Iterator[AccessRule]:
    for each in rule.every or (rule,):
        if each is rule:
            yield each
        else:
            yield from _flat(each)


def atoms(rule: AccessRule) -> Iterator[AccessRule]:
    """The rules that this one is made of, less those that ask for a role."""
    parts = rule.either + rule.every
    if parts:
        for each in parts:
            yield from atoms(each)
    elif not rule.roles:
        yield rule


def routes() -> Iterator[tuple[str, AccessRule, frozenset[str]]]:
    """(blueprint, access rule, methods) of every address of the product."""
    for rule in current_app.url_map.iter_rules():
        blueprint = rule.endpoint.rpartition(".")[0]
        view: Any = current_app.view_functions[rule.endpoint]
        access = getattr(view, "access", None)
        if access is not None and blueprint not in declared.NOT_SAID:
            yield blueprint, access, frozenset(rule.methods or ()) - {"HEAD", "OPTIONS"}


def somebody(role: Role) -> User:
    """A person with this role and no other: nobody who is stored."""
    made = User(name="", email="", password_hash="")
    made.role_rows = [UserRole(role=role)]
    return made


def access() -> str:
    """Areas of pages by roles: opens and acts, reads, only what is one's own, nothing."""
    pages = list(routes())
    heads = [gettext("Area"), *(role.label for role in Role)]
    return table(
        heads, ([area.label, *(_may(area, role, pages) for role in Role)] for area in declared.AREAS)
    )


def _may(area: declared.AreaOfPages, role: Role, pages: Sequence[Any]) -> str:
    inside = [(rule, methods) for blueprint, rule, methods in pages if blueprint in area.blueprints]
    person = somebody(role)
    by_role = [methods for rule, methods in inside if rule not in (signed_in, anyone) and rule(person)]
    if any("POST" in methods for methods in by_role):
        return gettext("acts")
    if by_role:
        return gettext("reads")
    return gettext("own") if any(rule is signed_in for rule, _methods in inside) else NOTHING


def moves(*of: Processing) -> str:
    """Who may take which step of what; steps of the same people stand in one line."""
    rows = []
    for name, (thing, processing) in declared.THINGS.items():
        flow = registry.FLOWS[name]
        if of and processing not in of:
            continue
        by_people: dict[str, list[str]] = {}
        for it in flow.transitions.values():
            by_people.setdefault(who(it.allow), []).append(_verb(it.label))
        rows += [[thing, listed(verbs), people] for people, verbs in by_people.items()]
    return table([gettext("What"), gettext("Possible steps"), gettext("Who")], rows)


def _verb(label: Any) -> str:
    return str(label).removesuffix("…").rstrip()


def automatic() -> str:
    """What the program may do by itself: jobs of the scheduler, and steps that nobody has to take."""
    jobs = listed((job.label for job in _in_order(registry.JOBS)), "; ")
    rows: list[list[Any]] = [[gettext("Scheduler"), jobs]]
    for name, (thing, _processing) in declared.THINGS.items():
        steps = [_verb(it.label) for it in registry.FLOWS[name].transitions.values() if _by_itself(it.allow)]
        if steps:
            rows.append([thing, listed(steps)])
    return table([gettext("What"), gettext("What the program does by itself")], rows)


def _by_itself(rule: AccessRule) -> bool:
    return any(each is the_system for each in atoms(rule))


# What is due, said and shown.


def reminders() -> str:
    """Each kind of due thing: on which days its owner hears of it, who else does, and who can do without the mail."""
    heads = [
        gettext("What is due"),
        gettext("The person hears of it (days from the due date)"),
        gettext("Others who are told by name (days)"),
        gettext("The person can do without the mail"),
    ]
    return table(heads, (_due(it) for it in _in_order(registry.SOURCES)))


def _due(it: Source) -> list[str]:
    own = [each for each in it.occurrences if EscalationLevel.OWNER in each.to]
    others: dict[EscalationLevel, list[str]] = {}
    for each in it.occurrences:
        for level in each.to:
            if level is not EscalationLevel.OWNER:
                others.setdefault(level, []).append(_day(each))
    besides = "; ".join(f"{level.label} {', '.join(days)}" for level, days in others.items())
    return [
        gettext(it.label),
        ", ".join(map(_day, own)) or NOTHING,
        besides or NOTHING,
        gettext("no") if it.must else gettext("yes"),
    ]


def _day(it: Occurrence) -> str:
    sign = "−" if it.after < 0 else "+" if it.after else ""
    return f"{sign}{abs(it.after)}" + (gettext("w") if it.basis is Basis.WORKING else "")


def mails() -> str:
    """Every mail and message, and to whom it goes."""
    rows = [[subject(it), declared.READERS[name]] for name, it in sorted(registry.NOTICES.items())]
    return table([gettext("Subject"), gettext("To")], rows)


def subject(it: Any) -> str:
    """What a mail is about, with dots for what is different each time."""
    if it.name in declared.HEADLINES:
        return str(declared.HEADLINES[it.name])
    return FILLED.sub(lambda _found: "…", str(it.subject))


def lists() -> str:
    """Every list of the product: what its columns tell, and who may take it home as a file."""
    heads = [gettext("List"), gettext("What it tells"), gettext("Who opens it"), gettext("Who exports it")]
    return table(heads, (_list(it) for it in _in_order(registry.LISTS)))


def _list(it: Any) -> list[str]:
    stage, _dot, _name = it.name.partition(".")
    columns = [str(column.label) for column in it.columns]
    if it.more_columns is not None:
        columns.append(str(declared.MORE_COLUMNS[it.name]))
    return [it.title, listed(columns), _opens(it.name), _opens(f"{it.name}_export", f"{stage}.export")]


def _opens(*endpoints: str) -> str:
    for endpoint in endpoints:
        view: Any = current_app.view_functions.get(endpoint)
        if view is not None:
            return who(view.access)
    return NOTHING


def kpis() -> str:
    """The KPIs that goals can be measured by, as the product brings them."""
    rows = [[words(it["name"]), f"`{it['formula']}`"] for it in read("kpis")["kpis"]]
    return table([gettext("KPI"), gettext("Formula")], rows)


def competencies() -> str:
    """The competencies that are rated in interviews and reviews, as the product brings them."""
    return listed(words(it["name"]) for it in read("competencies")["competencies"])


# What is stored, and how long.


def holdings(*of: Processing) -> str:
    """What each table holds, whose it is and how long it is kept; of some processings, or of all."""
    heads = [gettext("What"), gettext("Whose"), gettext("Kinds of data"), gettext("Kept")]
    if len(of) != 1:
        heads.insert(0, gettext("Processing"))
    rows = []
    for processing in of or tuple(Processing):
        for it in _about_people(processing):
            cells = [_named(it), _people(it), _kinds(it.kinds), it.kept.words]
            rows.append(cells if len(of) == 1 else [processing.label, *cells])
    return table(heads, rows)


def _about_people(processing: Processing) -> list[Holding]:
    return [it for it in HOLDINGS.values() if it.processing is processing and it.whose]


def _named(it: Holding) -> str:
    return f"{it.what} (`{it.table}`)"


def _people(it: Holding) -> str:
    return listed(whose.label for whose in it.whose)


def _kinds(found: Iterable[Data]) -> str:
    labels = [kind.label for kind in found]
    return listed(labels, "; ") if labels else gettext("Only who it is about")


def nobodys() -> str:
    """The tables that hold nothing about a person."""
    return listed((_named(it) for it in HOLDINGS.values() if not it.whose), "; ")


def subjects(processing: Processing) -> str:
    """Whose data one processing has, in a sentence."""
    found = {whose for it in _about_people(processing) for whose in it.whose}
    return listed(whose.label for whose in Whose if whose in found)


def kinds(processing: Processing) -> str:
    """Which kinds of data one processing has, in a sentence."""
    found = {kind for it in _about_people(processing) for kind in it.kinds}
    return _kinds(kind for kind in Data if kind in found)


def kept(processing: Processing) -> str:
    """How long the data of one processing are kept, as a list: what is kept how long."""
    by_period: dict[str, list[str]] = {}
    for it in _about_people(processing):
        by_period.setdefault(str(it.kept.words), []).append(str(it.what))
    return "\n".join(f"  - {period}: {listed(whats, '; ')}" for period, whats in by_period.items())


def special() -> str:
    """The tables made for special categories of data (Art. 9 GDPR); says so where there is none."""
    found = [_named(it) for it in HOLDINGS.values() if it.columns.get(Data.SPECIAL)]
    return f"{listed(found)}." if found else gettext("No table is made for them.")


def periods() -> str:
    """The periods after which the program deletes by itself."""
    return table(
        [gettext("What"), gettext("Deleted after")],
        ([it.of, it.rule.reads] for it in _in_order(registry.PERIODS)),
    )


def unlimited() -> str:
    """What the program keeps without a period, in a sentence: there the bank has to decide."""
    return listed((it.what for it in HOLDINGS.values() if it.whose and it.kept is UNLIMITED), "; ")


def roles() -> str:
    """All roles, in a sentence."""
    return listed(role.label for role in Role)

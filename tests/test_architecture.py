"""The rules of the house about how code and templates are written; who may import whom is said in pyproject.toml.

Each rule looks at every file and is tried once on an offender, so that a rule that sees nothing fails.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from flask import Flask

from rmhr.core.registry import FLOWS
from rmhr.web.panels import Slot

ROOT = Path(__file__).parent.parent
#: Names of files that say nothing of what is in them.
EMPTY_NAMES = {"utils", "helpers", "common", "services", "manager", "misc"}
LOADS_FROM_ELSEWHERE = re.compile(r"""src=["']http|@import "http|url\(["']?http""")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)

pytestmark = pytest.mark.once


@dataclass(frozen=True)
class File:
    """A file of the product: where it is below rmhr/ or templates/, and what stands in it."""

    where: str
    text: str = field(repr=False)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every piece of a Python file, itself first."""
        return list(ast.walk(ast.parse(self.text)))

    @property
    def folders(self) -> list[str]:
        """The folders it is in."""
        return self.where.split("/")[:-1]

    @property
    def stem(self) -> str:
        """What it is called, without what it ends in."""
        return self.where.split("/")[-1].partition(".")[0]


Rule = Callable[[File], Iterator[str]]


@dataclass(frozen=True)
class Offender:
    """A file that a rule must refuse; and the files that may do it all the same, each with its reason."""

    where: str
    text: str
    but: dict[str, str] = field(default_factory=dict)


#: The rules of a kind of file, each with its offender.
PYTHON: dict[Rule, Offender] = {}
TEMPLATES: dict[Rule, Offender] = {}
STATIC: dict[Rule, Offender] = {}


def forbids(
    rules: dict[Rule, Offender], where: str, text: str, but: dict[str, str] | None = None
) -> Callable[[Rule], Rule]:
    """Add a rule that refuses this text in a file at this place."""

    def register(rule: Rule) -> Rule:
        rules[rule] = Offender(where, text, but or {})
        return rule

    return register


def files(folder: Path, *patterns: str) -> list[File]:
    """The files below a folder."""
    found = sorted(path for pattern in patterns for path in folder.rglob(pattern))
    return [File(path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")) for path in found]


# How code is written.


@forbids(PYTHON, "postings/queries/planted.py", 'class Planted(Base):\n    __tablename__ = "planted"')
def tables_are_defined_in_models(file: File) -> Iterator[str]:
    """The whole schema is read in one folder."""
    if file.folders != ["models"] and "__tablename__ =" in file.text:
        yield "defines a table"


@forbids(
    PYTHON,
    "postings/operations/planted.py",
    'posting.status = 1\nsetattr(posting, "status", 1)\nposting.status: int = 1\na, posting.status = 1, 2',
    {"core/flow/workflow.py": "the one place where a status changes"},
)
def only_the_workflow_assigns_a_status(file: File) -> Iterator[str]:
    """A status that changes anywhere else changes without rule, history and mail."""
    for node in file.nodes:
        if isinstance(node, ast.Attribute) and node.attr == "status" and isinstance(node.ctx, ast.Store):
            yield f"line {node.lineno} assigns a status"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr":
            name = node.args[1]
            if isinstance(name, ast.Constant) and name.value == "status":
                yield f"line {node.lineno} assigns a status by its name"


@forbids(
    PYTHON,
    "offers/operations/planted.py",
    "db.session.commit()",
    {
        "__init__.py": "names the end of a request",
        "core/mail/delivery.py": "what was said cannot be taken back, so what became of each is kept at once",
        "core/prepared.py": "a transaction that wrote nothing ends so, where a rollback would forget what is prepared",
        "reminders/jobs.py": "the end of a job",
        "system/scheduler.py": "the end of a job",
        "web/errors.py": "the end of a request, and what is said where it fails",
    },
)
def only_the_edge_commits(file: File) -> Iterator[str]:
    """A transaction ends at the edge of the product, never in the middle of the business."""
    if file.stem == "cli" or file.folders == ["commands"]:
        return
    for node in file.nodes:
        if isinstance(node, ast.Attribute) and node.attr == "commit":
            yield f"line {node.lineno} commits"


@forbids(PYTHON, "offers/planted.py", "name = offer.application.applicant.name")
def whoever_applies_is_named_by_the_application(file: File) -> Iterator[str]:
    """An address proves nothing: what a form says of a person belongs to what was sent with it."""
    for found in re.findall(r"\bapplicant\.(?:name|phone|language)\b", file.text, re.IGNORECASE):
        yield f"{found}: it stands in the application"


@forbids(
    PYTHON, "training/due/planted.py", "day = attempt.passed_at.date()\nfunc.date(x)\nclock.now().date()"
)
def days_are_those_of_the_bank_s_calendar(file: File) -> Iterator[str]:
    """Moments are stored in UTC: their day there is yesterday for an hour or two of every night."""
    for found in re.findall(r"\w+_at\.date\(\)|now\(\)\.date\(\)|\bfunc\.date\(", file.text):
        yield f"{found}: use clock.local(…).date(), clock.today() or duewords.day_of(…)"


@forbids(PYTHON, "interviews/operations/utils.py", '"""Planted."""')
def names_say_what_is_in_a_file(file: File) -> Iterator[str]:
    """A file called after nothing holds anything."""
    if EMPTY_NAMES.intersection([file.stem, *file.folders]):
        yield "is called after what it is not"


@forbids(PYTHON, "interviews/operations/planted.py", "import re")
def every_module_begins_with_a_sentence(file: File) -> Iterator[str]:
    """The first line of each file is the map of the product."""
    if not ast.get_docstring(ast.parse(file.text)):
        yield "says nothing of itself"


@forbids(
    PYTHON,
    "applications/planted.py",
    "import re\nimport re as patterns\nfrom re import compile\nimport regex\nimport re2",
    {
        "commands/i18n.py": "our own sentences",
        "content/__init__.py": "our own files",
        "core/patterns.py": "the engine",
        "core/i18n.py": "two full stops, which need lookaround, in a sentence of our own",
        "core/schema.py": "our own tables",
        "law/past_pay.py": "questions and messages of staff, which need lookaround",
        "law/private_life.py": "questions and messages of staff, which need lookaround, 500 characters at a time",
        "performance/measures.py": "formulas of our own files, which need lookaround",
        "performance/smart.py": "goals of staff, which need words of any alphabet",
        "postings/checklist.py": "postings of staff",
        "postings/coach/advice.py": "names of our own fields",
        "postings/coach/reading.py": "postings of staff, which need lookaround",
        "postings/coach/requirements.py": "postings of staff, which need lookaround",
        "postings/coach/wording.py": "postings of staff, which need lookaround",
        "postings/queries/pieces.py": "postings of staff",
        "web/icons.py": "drawings of a wheel",
    },
)
def text_from_outside_meets_the_engine_that_is_linear(file: File) -> Iterator[str]:
    """A pattern of `re` may take a minute for a line: rmhr.core.patterns. tests/test_patterns.py times all of them."""
    for node in file.nodes:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        for name in {"re", "re2", "regex"} & set(names):
            yield f"imports {name}"


@forbids(
    PYTHON,
    "applications/planted.py",
    "x = unicodedata.normalize(form, text)\nfrom unicodedata import normalize\ny = ud.normalize('NFC', text)",
    {
        "core/files/extract_child/passages.py": "a word at a time, in the child",
        "core/letters.py": "the one place, which leaves marks out before",
    },
)
def unicode_is_normalised_in_one_place(file: File) -> Iterator[str]:
    """Python sorts the marks of a letter in a time that grows with their square: rmhr.core.letters.normal."""
    for node in file.nodes:
        called = (
            node.func if isinstance(node, ast.Call) and node.args else None
        )  # Decimal.normalize() takes nothing
        if isinstance(called, ast.Attribute) and called.attr == "normalize":
            yield "normalises by itself"
        elif isinstance(node, ast.ImportFrom) and node.module == "unicodedata":
            yield from ("imports normalize" for alias in node.names if alias.name in ("normalize", "*"))


@forbids(
    PYTHON, "training/operations/planted.py", "import rmhr.offers.operations  # noqa: F401 - its reaction"
)
def no_import_is_kept_alive(file: File) -> Iterator[str]:
    """What a module declares is imported by whoever lists it; the order of reactions is said, not imported."""
    if "noqa: F401" in file.text:
        yield "keeps an import alive that it does not use"


@forbids(
    PYTHON,
    "offers/operations/planted.py",
    "SEND_WITHIN = 2\nDAYS_TO_ANSWER = 14\nDAYS_BETWEEN_ASKS: int = 3\nDUE_DAYS = {1: 30}\nKEPT_MONTHS = 6\n"
    "ASK_AFTER = timedelta(days=7)\nLASTS = {1: timedelta(weeks=2)}",
    {
        "applications/operations.py": "so many files a day from one stranger: a limit of use",
        "reminders/pending.py": "how far a scheduler that stood still looks back",
        "reminders/rules/simulator.py": "so many days of the future are shown",
        "reminders/views/panels.py": "what a page shows of the time ahead",
        "today/queries/today.py": "what a page shows of the time ahead",
        "today/views/rows.py": "words for days, no span",
    },
)
def spans_of_law_and_practice_stand_in_law(file: File) -> Iterator[str]:
    """There each has its source and the day to look again."""
    if {"law", "core", "demo"}.intersection(file.folders[:1]):
        return
    called = r"\w+_WITHIN|(?:\w+_)?(?:DAYS|MONTHS)(?:_\w+)?"
    counted = r"[A-Z_, ]+ = .*timedelta\((?:days|weeks)="
    for found in re.findall(rf"^(?:{called})\b.*=|^{counted}", file.text, re.MULTILINE):
        yield f"{found}: declare it in rmhr/law/"


@forbids(
    PYTHON,
    "offers/views/planted.py",
    'EXAMPLES = {"offers.show": show}\nEXAMPLES: dict[str, Any] = {}\nfrom rmhr.offers.examples import EXAMPLES',
)
def what_a_picture_shows_is_no_part_of_the_product(file: File) -> Iterator[str]:
    """What the picture tool opens stands beside it, in tools/examples."""
    if re.search(r"^EXAMPLES\s*[:=]|\bimport .*\bEXAMPLES\b", file.text, re.MULTILINE):
        yield "has EXAMPLES"


@forbids(
    PYTHON,
    "core/flow/planted.py",
    'MOVES: dict[str, Move] = {}\n_askers = []\nSEEN = set()\nBY = defaultdict(list)\nM: Registry[int] = Registry("x")',
    {"core/registry.py": "the one place where they stand"},
)
def what_others_fill_stands_in_the_registry(file: File) -> Iterator[str]:
    """What modules declare when they are imported is found in one place, by name; nothing is declared twice."""
    for found in re.findall(
        r"^(\w+)(?:\s*:[^=\n]+)?\s*=\s*(?:\[\]|\{\}|(?:set|dict|list)\(\)|(?:defaultdict|Registry)\()",
        file.text,
        re.MULTILINE,
    ):
        yield f"{found} is filled from elsewhere: let it be a registry of core/registry.py"


@forbids(
    PYTHON,
    "offers/operations/planted.py",
    "def send(offer): raise NotPossible('It was sent.')\ndef mend(offer): raise _refused(offer)",
)
def what_is_raised_is_said(file: File) -> Iterator[str]:
    """Whoever calls a function reads in its docstring what it refuses, and catches or avoids that.

    A form's `validate_<field>` is there to raise; the docstring of a command is its help, which says when it fails.
    """
    for function in _public_functions(ast.parse(file.text)):
        said = ast.get_docstring(function) or ""
        for name in dict.fromkeys(_raised(function.body)):
            said_so = name in said if name[0].isupper() else "Raise" in said
            if not said_so and not function.name.startswith("validate_") and name not in OF_COMMANDS:
                yield f"{function.name}: its docstring does not say that it raises {name}"


@forbids(
    PYTHON,
    "offers/planted.py",
    "User.name.ilike('%x%')\nsa.func.lower(User.email)\nemail.strip().lower()\nsorted(x, key=str.casefold)",
)
def letters_are_compared_in_one_way(file: File) -> Iterator[str]:
    """`lower` and `ilike` know no umlauts on SQLite, and elsewhere what the server's locale does."""
    for found in re.findall(
        r"\.ilike\(|func\.lower\(|\bemail(?:\.strip\(\))?\.lower\(|key=str\.(?:casefold|lower)", file.text
    ):
        yield f"{found}: use rmhr/core/folding.py"


@forbids(
    PYTHON,
    "offers/forms.py",
    "note = TextAreaField()\nname = StringField()",
    {"web/styleguide.py": "shows what WTForms has"},
)
def what_is_typed_is_tidied_before_it_is_measured(file: File) -> Iterator[str]:
    """TextField and LongTextField keep NFC with single line ends; WTForms' own keep whatever came."""
    for found in re.findall(
        r"\b(?:StringField|TextAreaField|EmailField|SearchField|TelField|URLField)\(_?", file.text
    ):
        if not re.search(rf"class \w+\([^)]*{found[:-1]}", file.text):
            yield f"{found}: use TextField or LongTextField"


@forbids(
    PYTHON,
    "offers/planted.py",
    "on = DateField()\nat = wtforms.DateTimeLocalField()\ndue_on = DayField('Due')",
)
def every_day_that_is_asked_has_its_bounds(file: File) -> Iterator[str]:
    """The years 26 and 9999 are typing errors; what is reckoned with must never meet them."""
    for node in file.nodes:
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if re.fullmatch(r"Date(Time|TimeLocal)?Field|MonthField|WeekField", called):
            yield f"{called}: use DayField of rmhr/web/days.py"
        if called == "DayField" and "bounds" not in {keyword.arg for keyword in node.keywords}:
            yield "a DayField without bounds"


#: What a command ends with.
OF_COMMANDS = {"ClickException", "SystemExit"}


def _public_functions(node: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef]:
    """The public functions of a module and methods of its public classes."""
    for each in node.body:
        if isinstance(each, ast.ClassDef) and not each.name.startswith("_"):
            yield from _public_functions(each)
        if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
            yield each


def _raised(body: Sequence[ast.AST]) -> Iterator[str]:
    """The names of what these statements raise: a class, or a function or variable that holds one.

    Without what a function inside raises, what a `try` around catches, and what is raised again.
    """
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Raise) and node.exc is not None:
            raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            name = raised.attr if isinstance(raised, ast.Attribute) else getattr(raised, "id", "an exception")
            if name != "NotImplementedError":
                yield name
        elif isinstance(node, ast.Try):
            caught = {each.id for handler in node.handlers if handler.type for each in _names(handler.type)}
            yield from (name for name in _raised(node.body) if name not in caught)
            yield from _raised([*node.handlers, *node.orelse, *node.finalbody])
        else:
            yield from _raised(list(ast.iter_child_nodes(node)))


def _names(node: ast.AST) -> Iterator[ast.Name]:
    return (each for each in ast.walk(node) if isinstance(each, ast.Name))


# How templates are written.


@forbids(PYTHON, "models/planted.py", 'user: Mapped[User] = relationship(lazy="joined")')
def a_relation_loads_nothing_by_itself(file: File) -> Iterator[str]:
    """What a page shows, its query says: whoever shows less would load it all the same."""
    if file.where.startswith("models/") and re.search(r"\blazy\s*=", file.text):
        yield "says for every query what is loaded"


@forbids(TEMPLATES, "offers/parts/planted.html", "{% for p in panels_of(slots.PERSON_HED, viewer, it) %}")
def panels_are_put_into_slots_that_there_are(file: File) -> Iterator[str]:
    """A page and a panel name a Slot; a typo would show nothing, and nobody would miss it."""
    for found in re.findall(r"\bslots\.([A-Z_]+)", file.text):
        if found not in Slot.__members__:
            yield f"{found} is no slot"


@forbids(TEMPLATES, "offers/parts/planted.html", '{% if offer.status == "sent" %}')
def no_template_decides_what_a_status_looks_like(file: File) -> Iterator[str]:
    """Words and tone of a status stand on its enum."""
    if re.search(r"\.status\s*[!=]=", file.text):
        yield "compares a status"


@forbids(TEMPLATES, "offers/parts/planted.html", '<p style="color: red">')
def pages_carry_no_style_of_their_own(file: File) -> Iterator[str]:
    """The CSP refuses it; mails have no other way."""
    if re.search(r"\bstyle\s*=", file.text) and "email" not in file.where:
        yield "carries its own style"


@forbids(TEMPLATES, "offers/parts/planted.html", '<script type="module">alert(1)</script>')
def pages_carry_no_script_of_their_own(file: File) -> Iterator[str]:
    """The CSP refuses it."""
    for attributes in re.findall(r"<script\b([^>]*)>", COMMENT.sub("", file.text)):
        if "src=" not in attributes and "application/ld+json" not in attributes:
            yield "carries its own script"


@forbids(TEMPLATES, "offers/parts/planted.html", "<p>Hello</p>")
def every_page_and_component_begins_with_its_parameters(file: File) -> Iterator[str]:
    """Who writes a page looks there for what it is given."""
    if not file.text.lstrip().startswith("{#"):
        yield "does not say what it needs"


@forbids(TEMPLATES, "offers/parts/planted.html", '<img src="https://elsewhere.example/logo.png">')
@forbids(STATIC, "css/planted.css", "body { background: url(https://elsewhere.example/it.png) }")
def nothing_loads_from_elsewhere(file: File) -> Iterator[str]:
    """Another host would learn who reads which page."""
    if LOADS_FROM_ELSEWHERE.search(file.text):
        yield "loads something from another host"


KINDS = {
    "python": (PYTHON, files(ROOT / "rmhr", "*.py")),
    "templates": (TEMPLATES, files(ROOT / "templates", "*.html")),
    "static": (STATIC, files(ROOT / "rmhr" / "static", "*.css", "*.js")),
}
RULES = [
    pytest.param(rule, offender, found, id=f"{kind}: {rule.__name__.replace('_', ' ')}")
    for kind, (rules, found) in KINDS.items()
    for rule, offender in rules.items()
]


@pytest.mark.parametrize(("rule", "offender", "found"), RULES)
def test_a_rule_holds_everywhere(rule: Rule, offender: Offender, found: list[File]):
    assert len(found) > 20
    faults = [
        f"{file.where} {fault}" for file in found if file.where not in offender.but for fault in rule(file)
    ]
    assert not faults, "\n".join([str(rule.__doc__), *faults])


@pytest.mark.parametrize(("rule", "offender", "found"), RULES)
def test_a_rule_sees_its_offender(rule: Rule, offender: Offender, found: list[File]):
    lines = [line for line in offender.text.splitlines() if not line.startswith("class")]
    for text in [offender.text, *(lines if len(lines) > 1 else [])]:
        assert list(rule(File(offender.where, text))), f"{rule.__name__} does not see {text!r}"


@pytest.mark.parametrize(("rule", "offender", "found"), [each for each in RULES if each.values[1].but])
def test_each_exception_is_needed(rule: Rule, offender: Offender, found: list[File]):
    needed = {file.where for file in found if list(rule(file))}
    assert offender.but.keys() <= needed, f"not needed any more: {offender.but.keys() - needed}"


# What only the whole product can say.


def imports_of(file: File) -> set[str]:
    """The files of rmhr/models that one of them imports, wherever in it: for a type hint, or in a function."""
    found: set[str] = set()
    for node in file.nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return {name.split(".")[2] for name in found if name.startswith("rmhr.models.")}


def circle_of(models: list[File]) -> list[str]:
    """Some of these files that import each other in a circle; none where they import one way."""
    names = {file.stem for file in models}
    try:
        list(TopologicalSorter({file.stem: imports_of(file) & names for file in models}).static_order())
    except CycleError as error:
        return list(error.args[1])
    return []


def test_tables_know_each_other_one_way():
    models = [file for file in files(ROOT / "rmhr" / "models", "*.py") if file.stem != "__init__"]
    assert len(models) > 15
    assert circle_of(models) == []


@pytest.mark.parametrize(
    "planted",
    [
        "if TYPE_CHECKING:\n    from rmhr.models.applications import Application",
        "def hired():\n    from rmhr.models import applications",
        "import rmhr.models.applications",
    ],
)
def test_a_circle_of_tables_is_seen(planted: str):
    models = [file for file in files(ROOT / "rmhr" / "models", "*.py") if file.stem != "__init__"]
    offender = [replace(file, text=f"{file.text}\n{planted}\n") for file in models if file.stem == "accounts"]
    others = [file for file in models if file.stem != "accounts"]
    assert {"accounts", "applications"} <= set(circle_of([*offender, *others]))


def test_every_route_says_who_may_come_in(app: Flask):
    silent = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if not endpoint.endswith("static") and not hasattr(view, "access")
    ]
    assert silent == []


def test_every_template_compiles(app: Flask):
    for template in app.jinja_env.list_templates(extensions=["html", "txt"]):
        app.jinja_env.get_template(template)


def test_every_notice_has_its_text(app: Flask):
    for flow in FLOWS.values():
        for transition in flow.transitions.values():
            for notice in transition.notify:
                app.jinja_env.get_template(notice.template)

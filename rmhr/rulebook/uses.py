"""Where each rule is used: read from the code itself, so that it cannot say what is not so."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import ModuleType

from rmhr.core import registry
from rmhr.core.due.kinds import kind_of
from rmhr.core.i18n import gettext
from rmhr.law.rules import LegalRule

LAW = "rmhr.law"
#: The law itself, invented people, and models, which say of tables by which rule they are emptied.
NO_USE = (LAW, "rmhr.demo", "rmhr.models")
#: What somebody has to have imported for a file to use a rule.
_MENTIONS = f"from {LAW}"


@dataclass(frozen=True, order=True)
class Use:
    """A place in the code that builds on a rule: the module, and the function or constant in it."""

    module: str  # "rmhr.applications.due"
    within: str  # "to_screen"

    @property
    def stage(self) -> str:
        """Whose it is, in words."""
        return kind_of(self.module.split(".")[1])

    @property
    def words(self) -> str:
        """What it is for people, where they have a word for it: something due, or a job."""
        for source in registry.SOURCES.values():
            if (source.find.__module__, source.find.__name__) == (self.module, self.within):
                return gettext(source.label)
        for job in registry.JOBS.values():
            if (job.run.__module__, job.run.__name__) == (self.module, self.within):
                return str(job.label)
        return ""

    @property
    def place(self) -> str:
        """Where a programmer finds it."""
        return f"{self.module}.{self.within}"


def of(name: str) -> tuple[Use, ...]:
    """Where the rule of this name is used; nowhere for one that is no constant."""
    return _all().get(name, ())


@cache
def _all() -> Mapping[str, tuple[Use, ...]]:
    """Every use of every rule that is a constant: the code does not change while it runs."""
    spans, kept = _constants(), _kept_in()
    found: dict[str, set[Use]] = defaultdict(set)
    for module, text in _sources():
        for within, law_module, attribute in _mentions(text):
            use = Use(module, within)
            for name in spans.get((law_module, attribute), ()):
                found[name].add(use)
            for name in kept.get(law_module, ()):
                found[name].add(use)
    return {name: tuple(sorted(uses)) for name, uses in found.items()}


def _law_modules() -> Iterator[ModuleType]:
    for name, module in list(sys.modules.items()):
        if name.startswith(f"{LAW}."):
            yield module


def _constants() -> dict[tuple[str, str], list[str]]:
    """{(module of the law, name in it): the rules that it is}."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for module in _law_modules():
        for attribute, value in vars(module).items():
            if isinstance(value, LegalRule) and value.name in registry.LEGAL_RULES:
                found[module.__name__, attribute].append(value.name)
    return found


def _kept_in() -> dict[str, set[str]]:
    """{module of the law: the rules that whoever uses it uses}: its own, and those of the modules that it builds on."""
    own: dict[str, set[str]] = defaultdict(set)
    for rule in registry.LEGAL_RULES.values():
        if rule.kept_in:
            own[rule.kept_in].add(rule.name)
    found = {name: set(names) for name, names in own.items()}
    for module in _law_modules():
        for value in vars(module).values():
            if isinstance(value, ModuleType) and value.__name__ in own:
                found.setdefault(module.__name__, set()).update(own[value.__name__])
    return found


def _sources() -> Iterator[tuple[str, str]]:
    """(module, text) of every file of the product that names a module of the law, but for the law itself."""
    folders = [(files("rmhr"), "rmhr")]
    while folders:
        folder, package = folders.pop()
        for path in folder.iterdir():
            name = path.name
            if path.is_dir():
                if f"{package}.{name}" not in NO_USE:
                    folders.append((path, f"{package}.{name}"))
            elif name.endswith(".py") and _MENTIONS in (text := path.read_text(encoding="utf-8")):
                yield f"{package}.{name.removesuffix('.py')}".removesuffix(".__init__"), text


def _mentions(text: str) -> Iterator[tuple[str, str, str]]:
    """(function or constant, module of the law, name in it) of every use in this file."""
    tree = ast.parse(text)
    modules, names = _imported(tree)
    for statement in tree.body:
        within = _called(statement)
        for node in ast.walk(statement):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in modules
            ):
                yield within, modules[node.value.id], node.attr
            elif isinstance(node, ast.Name) and node.id in names:
                yield within, *names[node.id]


def _imported(tree: ast.Module) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """What is imported of the law: {name: module}, and {name: (module, name in it)}."""
    modules: dict[str, str] = {}
    names: dict[str, tuple[str, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == LAW:
            modules |= {each.asname or each.name: f"{LAW}.{each.name}" for each in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{LAW}."):
            names |= {each.asname or each.name: (str(node.module), each.name) for each in node.names}
    return modules, names


def _called(statement: ast.stmt) -> str:
    """What a statement at the top of a module is called."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return statement.name
    if isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        return next((each.id for each in targets if isinstance(each, ast.Name)), "")
    return ""

"""Contracts of imports that import-linter has no kind for. pyproject.toml says what each holds, `make check` asks."""

from __future__ import annotations

import ast
import sys
from abc import abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grimp import DetailedImport, ImportGraph
from importlinter import Contract, ContractCheck, fields, output
from importlinter.application import contract_utils
from importlinter.application.contract_utils import AlertLevel
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent


class DirectContract(Contract):
    """A contract about each import by itself, with exceptions that must still be needed."""

    ignore_imports = fields.SetField(subfield=fields.ImportExpressionField(), required=False)

    @abstractmethod
    def faults(self, graph: ImportGraph) -> Iterator[str]:
        """Yield a line for each import that should not be."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Look at the whole graph. Raises MissingImport for an exception that matches no import any more."""
        ignored: Any = self.ignore_imports
        contract_utils.remove_ignored_imports(graph, ignored, AlertLevel.ERROR)
        found = sorted(set(self.faults(graph)))
        return ContractCheck(kept=not found, metadata={"faults": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the faults."""
        for fault in check.metadata["faults"]:
            output.print_error(f"- {fault}", bold=False)
        output.new_line()


class StandsOnContract(DirectContract):
    """`modules` import of the product only what is below themselves and `on`."""

    type_name = "stands_on"
    modules = fields.ListField(subfield=fields.StringField())
    on = fields.ListField(subfield=fields.StringField(), required=False)

    def faults(self, graph: ImportGraph) -> Iterator[str]:
        """Yield each import of something else of the product."""
        mine, ground = _list(self.modules), _list(self.on)
        for importer in sorted(each for each in graph.modules if _below(each, mine)):
            for imported in graph.find_modules_directly_imported_by(importer):
                if _below(imported, ["rmhr"]) and not _below(imported, mine + ground):
                    yield from _lines(graph, importer, imported)


class BusinessContract(DirectContract):
    """In `packages` only modules named in `edges` import what knows of HTTP; the others at most names in `allowed`."""

    type_name = "business"
    packages = fields.ListField(subfield=fields.StringField())
    edges = fields.ListField(subfield=fields.StringField(), required=False)
    http = fields.ListField(subfield=fields.StringField())
    allowed = fields.ListField(subfield=fields.StringField(), required=False)

    def faults(self, graph: ImportGraph) -> Iterator[str]:
        """Yield each name that business code imports from where a request is known."""
        edges, http, allowed = set(_list(self.edges)), _list(self.http), _list(self.allowed)
        business = (
            module
            for module in sorted(graph.modules)
            if _below(module, _list(self.packages)) and not edges.intersection(module.split("."))
        )
        for importer in business:
            for imported in graph.find_modules_directly_imported_by(importer):
                if _below(imported, http):
                    for details in graph.get_import_details(importer=importer, imported=imported):
                        for name in _names(details):
                            if name not in allowed:
                                yield f"{importer}:{details['line_number']} imports {name}"


class DoorsContract(DirectContract):
    """Among `packages`, one imports of another only modules named in `doors`, or one of `also` by its whole name."""

    type_name = "doors"
    packages = fields.ListField(subfield=fields.StringField())
    doors = fields.ListField(subfield=fields.StringField())
    also = fields.ListField(subfield=fields.StringField(), required=False)

    def faults(self, graph: ImportGraph) -> Iterator[str]:
        """Yield each import that reaches into another package beside its doors."""
        packages, doors = _list(self.packages), set(_list(self.doors))
        unused = set(_list(self.also))
        for importer in sorted(each for each in graph.modules if _below(each, packages)):
            for imported in graph.find_modules_directly_imported_by(importer):
                to = _package(imported, packages)
                if to is None or to == _package(importer, packages):
                    continue
                if imported in _list(self.also):
                    unused.discard(imported)
                elif not doors.intersection(imported.removeprefix(to).split(".")):
                    yield from _lines(graph, importer, imported)
        yield from (f"{each} is let in for nobody" for each in unused)


def _list(field: Any) -> list[str]:
    """What a field was given; import-linter types it as the field itself."""
    return list(field or [])


def _below(module: str, packages: list[str]) -> bool:
    return _package(module, packages) is not None


def _package(module: str, packages: list[str]) -> str | None:
    """Which of these packages a module is, or is in."""
    return next((each for each in packages if module == each or module.startswith(f"{each}.")), None)


def _lines(graph: ImportGraph, importer: str, imported: str) -> Iterator[str]:
    for details in graph.get_import_details(importer=importer, imported=imported):
        yield f"{importer}:{details['line_number']} imports {imported}"


def _names(details: DetailedImport) -> list[str]:
    """What one statement of import binds, by its whole name. The graph knows packages from outside, not their names."""
    try:
        (statement,) = ast.parse(details["line_contents"].strip()).body
    except SyntaxError:  # it goes on in the next line
        statement = _statement_at(details["importer"], details["line_number"])
    if isinstance(statement, ast.ImportFrom):
        return [f"{statement.module}.{alias.name}" for alias in statement.names]
    assert isinstance(statement, ast.Import)
    return [alias.name for alias in statement.names]


def _statement_at(module: str, line: int) -> ast.stmt:
    path = ROOT.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return next(node for node in ast.walk(tree) if isinstance(node, ast.stmt) and node.lineno == line)


if __name__ == "__main__":
    sys.exit(lint_imports(no_cache=True, no_logo=True))

"""Starter content of which no key is left unread: a key that no loader knows stops the loading, with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import yaml

from rmhr.core.i18n import LANGUAGES


class ContentError(ValueError):
    """What is wrong with a content file: "courses.yaml, line 16: nothing reads “grace_days”"."""


class Sheet(dict[str, Any]):
    """A mapping of a content file that remembers on which line it stands and which of its keys were read."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file, self.line = file, line
        self.lines: dict[str, int] = {}
        self.seen: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        if key not in self:
            raise ContentError(f"{self.file}, line {self.line}: “{key}” is missing")
        self.seen.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key that may be left out."""
        if key not in self:
            return default
        return self[key]

    def refuse(self, key: str, why: str) -> ContentError:
        """What to raise where the value of a key cannot be."""
        return ContentError(f"{self.file}, line {self.lines.get(key, self.line)}: {why}")


@contextmanager
def whole(name: str) -> Iterator[Sheet]:
    """The content of `<name>.yaml`, of which everything has to be read inside the block.

    Raises ContentError for a key that is not read, that is missing, or that stands there twice.
    """
    text = (files("rmhr.content") / f"{name}.yaml").read_text(encoding="utf-8")
    with checked(f"{name}.yaml", text) as sheet:
        yield sheet


@contextmanager
def checked(file: str, text: str) -> Iterator[Sheet]:
    """The same of a text, which is called `file` where something is wrong with it."""
    node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    sheet = _made(file, node)
    if not isinstance(sheet, Sheet):
        raise ContentError(f"{file}, line 1: this is not a mapping")
    if sheet["language_keys"] != list(LANGUAGES):
        raise sheet.refuse("language_keys", f"the languages are {', '.join(LANGUAGES)}")
    _version = sheet["version"]
    yield sheet
    for line, key in sorted(_unread(sheet)):
        raise ContentError(f"{file}, line {line}: nothing reads “{key}”")


def _made(file: str, node: Any) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_made(file, each) for each in node.value]
    if not isinstance(node, yaml.MappingNode):
        return _scalar(node)
    sheet = Sheet(file, node.start_mark.line + 1)
    for name, value in node.value:
        key, line = str(name.value), name.start_mark.line + 1
        if key in sheet:
            raise ContentError(f"{file}, line {line}: “{key}” stands there twice")
        sheet.lines[key] = line
        sheet.setdefault(key, _made(file, value))
    return sheet


def _scalar(node: Any) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    finally:
        loader.dispose()


def _unread(given: Any) -> Iterator[tuple[int, str]]:
    if isinstance(given, list):
        for each in given:
            yield from _unread(each)
    if isinstance(given, Sheet):
        for key, value in given.items():
            if key not in given.seen:
                yield given.lines[key], key
            else:
                yield from _unread(value)


def plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping of which everything is kept as it stands: all its keys are read."""
    return {key: given[key] for key in given}

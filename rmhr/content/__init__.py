"""The starter content, as YAML in English and German."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from rmhr.core.i18n import LANGUAGES, Words

#: What stands before the number of a law's part.
CITED = re.compile(r"(?<!\w)(section|Section|Article|no\.|sentence|Art\.|Abs\.|Nr\.|Satz|§§?) (?=\d)")


class ContentError(ValueError):
    """A content file says what nobody understands, or leaves out what somebody needs: with file and line."""


class Entry(dict[str, Any]):
    """A mapping of a content file: it knows where its keys stand, and which of them somebody has read."""

    def __init__(self, given: dict[str, Any], file: str, line: int, lines: dict[str, int]) -> None:
        super().__init__(given)
        self._file, self._line, self._lines = file, line, lines
        self.read: set[str] = set()

    def place(self, key: str = "") -> str:
        """Where it stands, or one of its keys: "rmhr/content/courses.yaml, line 12"."""
        return f"rmhr/content/{self._file}.yaml, line {self._lines.get(key, self._line)}"

    def __getitem__(self, key: str) -> Any:
        if key not in self:
            raise ContentError(f"{self.place()}: “{key}” is missing")
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """The value, read; the other one where there is none."""
        if key not in self:
            return default
        return self[key]

    def __iter__(self) -> Iterator[str]:
        """Whoever goes through all of it reads all of it."""
        self.read.update(super().__iter__())
        return super().__iter__()

    def keys(self) -> Any:
        """All keys, read."""
        self.read.update(super().__iter__())
        return super().keys()

    def values(self) -> Any:
        """All values, read."""
        self.read.update(super().__iter__())
        return super().values()

    def items(self) -> Any:
        """All of it, read."""
        self.read.update(super().__iter__())
        return super().items()

    def only(self, *needed: str, perhaps: tuple[str, ...] = ()) -> Entry:
        """Itself, read: these keys and no others. Raises ContentError."""
        for key in needed:
            self[key]
        for key in super().__iter__():
            if key not in (*needed, *perhaps):
                raise ContentError(f"{self.place(key)}: “{key}” is not known here")
        self.read.update(super().__iter__())
        return self

    def among(self, key: str, known: Iterable[str], default: Any = None) -> Any:
        """What a key says: one or several of the known words; the default where there is no such key.

        Raises ContentError.
        """
        if key not in self and default is not None:
            return default
        said, known = plain(self[key]), set(known)
        for each in said if isinstance(said, list) else [said]:
            if each not in known:
                raise ContentError(f"{self.place(key)}: “{each}” is not known here")
        return said


@cache
def read(name: str) -> Entry:
    """The content of `<name>.yaml`, for example read("courses"). Raises ContentError like `parsed`."""
    text = (files("rmhr.content") / f"{name}.yaml").read_text(encoding="utf-8")
    return parsed(text, name)


def parsed(text: str, name: str) -> Entry:
    """A content file from its text; the keys that describe the file itself are read.

    Raises ContentError where it has no keys or one of them twice, no version, or other languages.
    """
    node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if not isinstance(node, yaml.MappingNode):
        raise ContentError(f"rmhr/content/{name}.yaml: it has no keys")
    data: Entry = _built(node, name)
    if not isinstance(data.get("version"), int):
        raise ContentError(f"{data.place('version')}: “version” is a number")
    if data.get("language_keys", list(LANGUAGES)) != list(LANGUAGES):
        raise ContentError(f"{data.place('language_keys')}: the languages are {', '.join(LANGUAGES)}")
    return data


def _built(node: Any, file: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        lines: dict[str, int] = {}
        given: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = _scalar(key_node), key_node.start_mark.line + 1
            if key in given:
                raise ContentError(f"rmhr/content/{file}.yaml, line {line}: “{key}” stands here twice")
            lines[key], given[key] = line, _built(value_node, file)
        return Entry(given, file, node.start_mark.line + 1, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_built(each, file) for each in node.value]
    return _scalar(node)


def _scalar(node: Any) -> Any:
    """The value of a scalar by YAML's own rules: a number, a day, true or false, a text."""
    return SafeConstructor().construct_object(node)


def plain(value: Any) -> Any:
    """The same of plain mappings and lists, all of it read: to be stored as it is."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


def words(given: dict[str, Any]) -> Words:
    """{en: …, de: …} of the content as words; other keys beside them are left out."""
    return Words(en=_kept_together(str(given["en"])), de=_kept_together(str(given["de"])))


def _kept_together(text: str) -> str:
    """No line ends between "§" or "section" and its number."""
    return CITED.sub("\\1\u00a0", text)

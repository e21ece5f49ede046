"""How one version of a course differs from another: its facts, then lesson by lesson and question by question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.core import differences
from rmhr.core.differences import Change
from rmhr.core.enums import LabelEnum
from rmhr.core.i18n import LANGUAGES, Words, _, gettext
from rmhr.models.accounts import RmType
from rmhr.models.courses import Blocked, CourseVersion, CpdRegime
from rmhr.training import material
from rmhr.training.material import Material

LABELS = {
    "name": _("Name"),
    "short": _("Short name"),
    "objectives": _("Objectives"),
    "rm_types": _("Who has to take it"),
    "due_days": _("Due after the first day, in days"),
    "interval_months": _("Valid for, in months"),
    "minutes": _("Length as stated, in minutes"),
    "pass_mark": _("Pass mark, in per cent"),
    "max_attempts": _("Attempts"),
    "wait_hours": _("Pause between attempts, in hours"),
    "questions_per_exam": _("Questions per exam"),
    "blocks": _("What it blocks until it is passed"),
    "cpd": _("CPD, in minutes"),
}
#: What the values of these facts are called.
MEMBERS: dict[str, type[LabelEnum]] = {"rm_types": RmType, "blocks": Blocked}


@dataclass(frozen=True)
class Changed:
    """A fact, lesson or question that differs, what has become of it, and where its words differ."""

    what: Any
    how: Any  # "Added", "Left out", "Changed", "Moved"
    places: Sequence[Change]


def between(before: CourseVersion | None, after: CourseVersion) -> list[Changed]:
    """All that differs, in the order of the later version; of the first one, all that it teaches and asks."""
    old = material.of(before) if before is not None else Material({}, [], [])
    new = material.of(after)
    return [
        *_facts(old.facts, new.facts),
        *_parts(old.lessons, new.lessons, _lesson, gettext("Lesson")),
        *_parts(old.questions, new.questions, _question, gettext("Question")),
    ]


def _facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Changed]:
    for name, label in LABELS.items():
        if before.get(name) != after[name]:
            was = _words(name, before[name]) if name in before else Words()
            how = gettext("Changed") if name in before else gettext("Added")
            yield Changed(label, how, differences.between(was, _words(name, after[name])))


def _words(name: str, value: Any) -> Words:
    """A fact in words: of what is no text, the same in both languages."""
    if isinstance(value, Words):
        return value
    if name in MEMBERS:
        value = ", ".join(str(each.label) for each in MEMBERS[name] if each.value in value)
    if isinstance(value, Mapping):
        value = ", ".join(f"{CpdRegime(regime).label}: {minutes}" for regime, minutes in value.items())
    return Words({code: str(value) for code in LANGUAGES[:1]})


def _parts(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], said: Any, what: str
) -> Iterator[Changed]:
    old = {each["code"]: (place, each) for place, each in enumerate(before, 1)}
    new = {each["code"] for each in after}
    for place, each in enumerate(after, 1):
        called = f"{what} {place}"
        if each["code"] not in old:
            yield Changed(called, gettext("Added"), differences.between(Words(), said(each)))
            continue
        was_at, was = old[each["code"]]
        places = differences.between(said(was), said(each))
        if places or was != each:
            yield Changed(called, gettext("Changed"), places)
        elif _later(was_at, before, new) != _later(place, after, set(old)):
            yield Changed(called, gettext("Moved"), [])
    for was_at, was in old.values():
        if was["code"] not in new:
            yield Changed(f"{what} {was_at}", gettext("Left out"), differences.between(said(was), Words()))


def _later(place: int, among: Sequence[Mapping[str, Any]], both: set[str]) -> int:
    """Its place among those that stand in both versions."""
    return sum(each["code"] in both for each in among[: place - 1])


def _lesson(lesson: Mapping[str, Any]) -> Words:
    parts = [lesson["title"]]
    for part in lesson["parts"]:
        parts += [part["text"], *_content(part["content"])]
    return _joined(parts)


def _content(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for option in content.get("options", []):
        yield _ticked(option, option["id"] in content["correct"])
    if "why" in content:
        yield content["why"]
    for step in content.get("steps", []):
        yield step
        yield from step["choices"]


def _question(question: Mapping[str, Any]) -> Words:
    options = [_ticked(each, each["id"] in question["correct"]) for each in question["options"]]
    return _joined([question["text"], *options, question["explanation"]])


def _ticked(option: Mapping[str, Any], right: bool) -> dict[str, str]:
    return {code: f"{'✓' if right else '–'} {option.get(code, '')}" for code in LANGUAGES}


def _joined(parts: Sequence[Mapping[str, Any]]) -> Words:
    return Words({code: "\n\n".join(str(each.get(code, "")) for each in parts) for code in LANGUAGES})

"""What the picture tool opens: things of the demo bank in a state that shows most."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rmhr.interviews import queries
from rmhr.models.interviews import InterviewStatus

Values = dict[str, Any] | list[dict[str, Any]] | None


def _planned(_viewer: Any = None) -> Values:
    id = queries.examples.example(InterviewStatus.PLANNED)
    return {"id": id} if id else None


def _of_each_kind(_viewer: Any = None) -> Values:
    found = [queries.examples.example(status) for status in InterviewStatus]
    return [{"id": id} for id in found if id] or None


def _cards(_viewer: Any = None) -> Values:
    id = queries.examples.example_to_rate()
    return [{"id": id, "step": 1}, {"id": id, "step": 3}, {"id": id, "step": 5}] if id else None


def _card(_viewer: Any = None) -> Values:
    id = queries.examples.example_to_rate()
    return {"id": id} if id else None


def _handed_in(viewer: Any = None) -> Values:
    id = queries.examples.example_handed_in(viewer)
    return [{"id": id, "step": 1}, {"id": id, "step": 5}] if id else None


def _missing(_viewer: Any = None) -> Values:
    id = queries.examples.example_missing()
    return {"id": id, "name": "excuse"} if id else None


def _to_plan(_viewer: Any = None) -> Values:
    id = queries.examples.example_to_plan()
    return {"application_id": id} if id else None


def _to_decide(_viewer: Any = None) -> Values:
    found = queries.examples.examples_to_decide()
    return [{"application_id": id} for id in found] or None


def _transitions(_viewer: Any = None) -> Values:
    planned = queries.examples.example(InterviewStatus.PLANNED)
    missed = queries.examples.example(InterviewStatus.NO_SHOW)
    found = [{"id": planned, "name": "cancel"}, {"id": missed, "name": "find"}]
    return [each for each in found if each["id"]] or None


def _own(_viewer: Any = None) -> Values:
    id = queries.examples.example_of_a_candidate()
    return {"id": id} if id else None


EXAMPLES: dict[str, Callable[[Any], Values]] = {
    "interviews.new": _to_plan,
    "interviews.show": _of_each_kind,
    "interviews.move": _planned,
    "interviews.scorecard": _cards,
    "interviews.hand_in": _card,
    "interviews.correct": _handed_in,
    "interviews.seat": _missing,
    "interviews.decide": _to_decide,
    "interviews.transition": _transitions,
    "my_interview.calendar": _own,
}

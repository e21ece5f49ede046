"""What a block of a lesson shows to whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rmhr.core.i18n import Words
from rmhr.models.courses import LessonBlock


def words_of(said: Mapping[str, Any]) -> Words:
    """The words of both languages of a mapping that holds other things besides."""
    return Words({code: str(text) for code, text in said.items() if code in ("en", "de") and text})


def told(block: LessonBlock) -> dict[str, Any]:
    """A block as it is read, in plain values: its words, its choices, its file."""
    content = block.content
    said: dict[str, Any] = {"kind": block.kind.value, "text": block.text, "document_id": block.document_id}
    if "options" in content:
        said["options"] = [
            {"text": words_of(each), "right": each["id"] in content["correct"]} for each in content["options"]
        ]
        said["why"] = words_of(content["why"])
    if "steps" in content:
        numbers = {step["id"]: number for number, step in enumerate(content["steps"], 1)}
        said["steps"] = [
            {
                "number": numbers[step["id"]],
                "text": words_of(step),
                "choices": [
                    {"text": words_of(each), "leads_to": numbers.get(each["to"], 0)}
                    for each in step["choices"]
                ],
            }
            for step in content["steps"]
        ]
    return said

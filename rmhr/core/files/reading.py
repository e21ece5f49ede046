"""How the text of a CV is laid out, and where it may speak to criteria: found once, in the child, and kept as places.

What is kept are numbers of characters, no words: they go with the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rmhr.core.files import extraction

#: Seconds, waiting included: the longest text that there is takes less than one.
WALL_TIME = 6.0

#: A kind of block (heading, list, text), and where its lines begin and end.
Outline = list[tuple[str, list[tuple[int, int]]]]


@dataclass(frozen=True)
class Reading:
    """What the child made of a text; `passages`: the number of a criterion, from 1, where it begins and ends."""

    outline: Outline
    passages: list[tuple[int, int, int]]


def read(text: str, criteria: Sequence[Iterable[str]]) -> Reading | None:
    """The outline of a text, and for each criterion (given as its texts in all languages) at most one passage.

    None where it did not come in time. Raises ExtractionBroken where the child cannot start.
    """
    asked = json.dumps({"text": text, "criteria": [list(each) for each in criteria]})
    answer = extraction.ask(asked.encode(), "cv", WALL_TIME)
    if isinstance(answer, extraction.State):
        return None
    try:
        return _checked(answer, len(text), len(criteria))
    except (LookupError, TypeError, ValueError):
        return None


def _checked(answer: dict[str, Any], length: int, criteria: int) -> Reading:
    """The answer, once every place lies in the text. Raises ValueError, TypeError or LookupError."""
    outline = [
        (str(kind), [_place(start, end, length) for start, end in places])
        for kind, places in answer["outline"]
    ]
    passages = []
    for number, start, end in answer["passages"]:
        if number not in range(1, criteria + 1):
            raise ValueError(number)
        passages.append((int(number), *_place(start, end, length)))
    return Reading(outline, passages)


def _place(start: int, end: int, length: int) -> tuple[int, int]:
    if not 0 <= int(start) < int(end) <= length:
        raise ValueError(f"{start} to {end} is no place in {length} characters")
    return int(start), int(end)

"""Texts of a posting as the page shows them: lists whose points have a name become steps or values."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: "- **Name.** What it means", "1. **Name** What happens"
NAMED = re.compile(r"^\s*(?:[-*]|\d+[.)])\s+\*\*(?P<name>[^*]+)\*\*:?\s*(?P<words>.+)$")
POINT = re.compile(r"^\s*(?:[-*]|\d+[.)])\s+")


@dataclass(frozen=True)
class Pieces:
    """What comes first, as Markdown, then the points with a name; none where a list is an ordinary one."""

    intro: str
    points: list[tuple[str, str]]


def pieces(text: str) -> Pieces:
    """Take a text apart. Whatever is not an introduction followed by named points stays whole."""
    lines = text.strip().splitlines()
    start = next((number for number, line in enumerate(lines) if POINT.match(line)), len(lines))
    found = [NAMED.match(line) for line in lines[start:] if line.strip()]
    if not found or not all(found):
        return Pieces(text.strip(), [])
    points = [(match["name"].strip().rstrip(".:"), match["words"].strip()) for match in found if match]
    return Pieces("\n".join(lines[:start]).strip(), points)

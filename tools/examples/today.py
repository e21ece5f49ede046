"""What the picture tool opens of Today."""

from __future__ import annotations

from tools.examples import Example

EXAMPLES: dict[str, Example] = {"today.calendar": "a secret address is nobody's example"}

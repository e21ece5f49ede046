"""What the picture tool opens of the pages that belong to no stage."""

from __future__ import annotations

from tools.examples import Example

#: These pages are there for what somebody has just chosen.
CHOSEN = "asks about, or reports on, what was chosen in a list; tests/applications/test_bulk_in_a_browser.py walks it"

EXAMPLES: dict[str, Example] = {
    "applications.bulk": CHOSEN,
    "interviews.bulk": CHOSEN,
    "rulebook.bulk": CHOSEN,
    "onboarding.bulk": CHOSEN,
    "training.bulk": CHOSEN,
    "bulk.report": CHOSEN,
    "styleguide.transition": lambda _viewer: {"id": 1, "name": "reject"},
}

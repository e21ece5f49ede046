"""Where the pages of this stage hang, and the three views of its area."""

from __future__ import annotations

from flask import url_for

from rmhr.core.i18n import gettext
from rmhr.web.blueprint import Blueprint

bp = Blueprint("performance", __name__)
reviews = Blueprint("performance_reviews", __name__)
development = Blueprint("performance_development", __name__)
team = Blueprint("team", __name__)


def siblings(current: str) -> list[tuple[str, str, bool, None]]:
    """Goals, reviews and next steps, as components/header.html draws views."""
    return [
        (words, url_for(endpoint), endpoint == current, None)
        for words, endpoint in (
            (gettext("Goals"), "performance.goals"),
            (gettext("Reviews"), "performance.reviews"),
            (gettext("Development"), "performance.development"),
        )
    ]

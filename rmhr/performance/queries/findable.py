"""By which words goals are found."""

from __future__ import annotations

from rmhr.core.search.index import Findable, Part
from rmhr.models import search
from rmhr.models.accounts import User
from rmhr.models.performance import Goal

#: By what is aimed at, and by whom.
GOALS = Findable(
    search.GOALS, Goal, (Part((Goal.title, Goal.measure)), Part((User.name,), on=User.id == Goal.user_id))
)

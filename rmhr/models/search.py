"""The words by which things are found, as `rmhr/core/search` keeps them: nothing here that stands nowhere else.

A stage declares of which texts they are (`queries/findable.py`).
"""

from __future__ import annotations

from rmhr.core.search.tables import search_table
from rmhr.models.accounts import User
from rmhr.models.applications import Application
from rmhr.models.performance import Goal

PEOPLE = search_table(User)
#: All that is known of an application; and who sent it alone.
APPLICATIONS = search_table(Application)
CANDIDATES = search_table(Application, "candidate")
GOALS = search_table(Goal)
